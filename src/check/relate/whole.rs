//! Statements of a whole and its parts: shares, sums, differences, margins, price times volume.

use super::slot::{Mention, Slot};
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Kind, Unit};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

impl Sentence<'_, '_> {
    /// Finds these statements; what they tie is taken, or stays current where it is the subject.
    pub(super) fn wholes(&mut self, mentions: &mut [Mention], memory: &mut Memory) {
        self.shares(mentions, memory);
        self.sums(mentions);
        self.difference(mentions, memory);
        self.margin(mentions, memory);
        self.product(mentions);
    }

    /// "or 22% of total net sales of $383.3 billion", "35% of the group's revenue".
    fn shares(&mut self, mentions: &mut [Mention], memory: &mut Memory) {
        let mut stated = None;
        for index in 0..mentions.len() {
            if let Some(whole) = self.share_out_of(mentions, index).or_else(|| self.bracketed_share(mentions, index, stated)) {
                stated = Some(whole);
                continue;
            }
            let Some(mention) = mentions.get(index).copied() else { continue };
            let before = index.checked_sub(1).filter(|before| self.stands_as_whole(mentions, *before, mention.figure));
            if !self.is_share(&mention, before.is_some()) {
                continue;
            }
            let parts = mentions.get(..before.unwrap_or(index)).unwrap_or_default();
            let part = parts.iter().rev().find(|m| self.is_amount(m) && m.slot != Slot::Prior).map(|m| m.figure);
            let next =
                mentions.get(index + 1).copied().filter(|next| self.is_amount(next) && self.follows_as_whole(mention.figure, next.figure));
            // "45% of sales of €6.0 billion, that is €2.7 billion"
            let told = mentions.get(index + 2).filter(|told| next.is_some() && self.is_amount(told) && self.is_told_again(told.figure));
            let part = told.map(|told| told.figure).or(part);
            let end = self.token_range(mention.figure).end;
            let named = |mut range: std::ops::Range<usize>| range.find_map(|at| memory.levels.get(&self.metric_at(at)?).copied());
            let from = part.map_or(end, |part| self.token_range(part).end).min(end);
            let unnamed = || memory.whole.or(memory.last.map(|(figure, _)| figure)).filter(|_| self.says_share(mention.figure));
            let remembered = || {
                named(end..(end + 6).min(self.tokens.end))
                    .or_else(|| named(from..end).filter(|_| self.says_share(mention.figure)))
                    .or_else(unnamed)
            };
            let whole = before.and_then(|before| mentions.get(before)).or(next.as_ref()).map(|whole| whole.figure).or_else(remembered);
            let Some(part) = part else { continue };
            let same = |whole: &usize| *whole != part && self.get(part).zip(self.get(*whole)).is_some_and(|(a, b)| a.same_unit(b));
            let whole = whole.filter(same);
            // 全体の58%を占めた
            let behind = end + usize::from(!self.reader.language.spaced);
            if whole.is_none() && !(from..=behind).any(|at| self.has_any(at, &[Cue::Share, Cue::Or])) {
                continue;
            }
            let mut roles = vec![(Role::Part, part)];
            roles.extend(whole.map(|whole| (Role::Whole, whole)));
            roles.push((Role::Share, mention.figure));
            self.claims.push(Draft::new(Relation::Share, roles));
            if let Some(share) = mentions.get_mut(index) {
                share.slot = Slot::Taken;
            }
            memory.whole = whole.or(memory.whole);
            if let Some(whole) = mentions.iter_mut().find(|mention| Some(mention.figure) == whole) {
                whole.slot = Slot::Taken;
            }
        }
    }

    /// "Of its $8 billion in revenue, $2 billion, or 25%, came from services".
    fn share_out_of(&mut self, mentions: &mut [Mention], index: usize) -> Option<usize> {
        let Some([whole, part, share]) = index.checked_sub(2).and_then(|first| mentions.get(first..=index)) else { return None };
        let total = whole.figure;
        let opens = self.token_range(whole.figure).start.saturating_sub(3)..self.token_range(whole.figure).start;
        let of = opens.clone().any(|at| at == self.tokens.start && self.reader.has_cue(at, Cue::Of));
        let percent = self.get(share.figure).is_some_and(|figure| figure.kind == Kind::Percent && !figure.signed);
        let same = self.get(whole.figure).zip(self.get(part.figure)).is_some_and(|(a, b)| a.same_unit(b));
        if !(of && percent && same && self.is_told_again(share.figure) && self.is_amount(whole) && self.is_amount(part)) {
            return None;
        }
        let roles = vec![(Role::Part, part.figure), (Role::Whole, whole.figure), (Role::Share, share.figure)];
        self.claims.push(Draft::new(Relation::Share, roles));
        for mention in mentions.iter_mut().take(index + 1).skip(index - 2) {
            mention.slot = Slot::Taken;
        }
        Some(total)
    }

    /// "Of sales of 4.4 billion, Asia contributed 1.9 billion (43%), Europe 1.6 billion (36%)": behind a first share, a
    /// percentage in brackets is one of the same whole.
    fn bracketed_share(&mut self, mentions: &mut [Mention], index: usize, whole: Option<usize>) -> Option<usize> {
        let whole = whole?;
        let [part, share] = mentions.get(index.checked_sub(1)?..=index)? else { return None };
        let plain = self.get(share.figure).is_some_and(|figure| figure.kind == Kind::Percent && !figure.signed);
        let directed =
            (self.token_range(part.figure).end..self.token_range(share.figure).end + 1).any(|at| self.direction_at(at).is_some());
        let same = self.get(whole).zip(self.get(part.figure)).is_some_and(|(a, b)| a.same_unit(b));
        if !(plain && same && !directed && self.is_amount(part) && self.opens_bracket(part.figure, share.figure)) {
            return None;
        }
        self.claims.push(Draft::new(Relation::Share, vec![(Role::Part, part.figure), (Role::Whole, whole), (Role::Share, share.figure)]));
        for mention in mentions.get_mut(index - 1..=index).unwrap_or_default() {
            mention.slot = Slot::Taken;
        }
        Some(whole)
    }

    /// Whether "or", "that is" or a bracket leads a figure in.
    fn is_told_again(&self, figure: usize) -> bool {
        let start = self.token_range(figure).start;
        let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let lead = (self.tokens.start..start).rev().find(|at| !self.has_any(*at, &hedges));
        lead.is_some_and(|at| self.has_any(at, &[Cue::Or, Cue::Equals]) || matches!(self.mark(at), Some('(' | '（')))
    }

    /// 連結売上高4,105億円の45.6%: the whole stands before its share, and a word says that it is one.
    fn stands_as_whole(&self, mentions: &[Mention], before: usize, share: usize) -> bool {
        let Some(whole) = mentions.get(before).filter(|whole| self.is_amount(whole)) else { return false };
        let end = self.token_range(whole.figure).end;
        let of = self.reader.has_cue(end, Cue::Of) && end + 1 == self.token_range(share).start;
        of && before > 0 && (self.says_share(share) || self.says_share(whole.figure))
    }

    /// Whether a word of sharing stands between a figure and the one before it, or right behind it.
    fn says_share(&self, figure: usize) -> bool {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let range = self.token_range(figure);
        (from..range.start).chain([range.end]).any(|at| self.reader.has_cue(at, Cue::Share))
    }

    /// A percentage with "of" behind it and no direction of its own.
    fn is_share(&self, mention: &Mention, whole_before: bool) -> bool {
        let range = self.token_range(mention.figure);
        let percent = self
            .get(mention.figure)
            .is_some_and(|figure| figure.kind == Kind::Percent && !figure.printed.value().is_negative() && !figure.signed);
        let directed = (range.start.saturating_sub(3)..range.start).any(|at| self.direction_at(at).is_some());
        let of = self.reader.has_cue(range.end, Cue::Of)
            || self.reader.has_cue(range.end, Cue::Share)
            || whole_before
            || (!self.reader.language.spaced && self.says_share(mention.figure));
        percent && of && !directed && self.right_direction(mention.figure).is_none() && mention.slot != Slot::Prior
    }

    fn is_amount(&self, mention: &Mention) -> bool {
        mention.slot != Slot::Taken
            && self.get(mention.figure).is_some_and(|figure| figure.kind == Kind::Money || figure.kind == Kind::Count)
    }

    /// Whether only the name of the whole stands between.
    fn follows_as_whole(&self, share: usize, whole: usize) -> bool {
        const REACH: usize = 8;
        let gap = self.token_range(share).end..self.token_range(whole).start;
        gap.len() <= REACH
            && gap
                .into_iter()
                .all(|at| self.mark(at).is_none_or(|c| matches!(c, '\'' | '’')) && !self.has_any(at, &[Cue::And, Cue::Against]))
    }

    /// "X was made up of A, B and C": at least two parts of the unit of the total.
    fn sums(&mut self, mentions: &mut [Mention]) {
        let first = mentions.first().map_or(self.tokens.end, |mention| self.token_range(mention.figure).start);
        let cues = || self.tokens.clone().filter(|at| self.has_any(*at, &[Cue::PartsFollow, Cue::TotalFollows, Cue::PartsAmong]));
        // "The parts are A, B and C, in all T": what parts follow needs a total before it.
        let Some(cue) = cues().find(|at| *at > first || self.reader.has_cue(*at, Cue::TotalFollows)).or_else(|| cues().next()) else {
            self.listed_parts(mentions);
            return;
        };
        let among = self.reader.has_cue(cue, Cue::PartsAmong);
        let parts_follow = among || self.reader.has_cue(cue, Cue::PartsFollow);
        let amounts: Vec<usize> = (0..mentions.len()).filter(|index| mentions.get(*index).is_some_and(|m| self.is_amount(m))).collect();
        let start = |index: usize| mentions.get(index).map_or(0, |m| self.token_range(m.figure).start);
        let (before, after): (Vec<usize>, Vec<usize>) = amounts.into_iter().partition(|index| start(*index) < cue);
        // What is subtracted, or stands behind a semicolon, is no part.
        let ends = |at: &usize| matches!(self.mark(*at), Some(';' | '；')) || self.reader.has_cue(*at, Cue::Less);
        let end = (cue..self.tokens.end).find(ends).unwrap_or(self.tokens.end);
        let after: Vec<usize> = after.into_iter().filter(|index| start(*index) < end).collect();
        let kind = |index: &usize| mentions.get(*index).and_then(|m| self.get(m.figure)).map(|figure| figure.kind);
        let (total, parts) = match (parts_follow, after.split_last()) {
            // 86亿元，由A 47亿元、B 25亿元和C 15亿元构成: the verb comes last.
            (true, None) if before.len() > 2 && !self.reader.language.spaced => {
                (before.first().copied(), before.get(1..).unwrap_or_default().to_vec())
            }
            (true, _) => (before.last().copied(), after),
            // "Adding A, B and C, costs amounted to T"
            (false, Some((total, parts))) if before.is_empty() => (Some(*total), parts.to_vec()),
            // "A, B and C, the three divisions together T": what is counted is no total.
            (false, _) => (after.iter().find(|index| before.first().is_none_or(|first| kind(first) == kind(index))).copied(), before),
        };
        let Some(total) = total.and_then(|index| mentions.get(index)).map(|m| m.figure) else { return };
        let whole = self.get(total).map(|figure| figure.kind);
        let parts: Vec<usize> = parts.into_iter().filter(|index| kind(index) == whole).collect();
        let figures: Vec<usize> = parts.iter().filter_map(|index| mentions.get(*index)).map(|m| m.figure).collect();
        let same = |figure: &usize| self.get(total).zip(self.get(*figure)).is_some_and(|(a, b)| a.same_unit(b));
        if figures.len() < 2 || !figures.iter().all(same) {
            return;
        }
        let mut roles = vec![(Role::Total, total)];
        roles.extend(figures.iter().zip(1..).map(|(figure, number)| (Role::Addend(number), *figure)));
        self.claims.push(Draft { tentative: among, ..Draft::new(Relation::Sum, roles) });
        for mention in parts {
            if let Some(mention) = mentions.get_mut(mention) {
                mention.slot = Slot::Taken;
            }
        }
    }

    /// "Revenue was 812 million: 512 from A, 214 from B and 86 from C": a list behind a colon to the end of the sentence,
    /// without anything that moves in it.
    fn listed_parts(&mut self, mentions: &mut [Mention]) {
        let Some(colon) = self.tokens.clone().find(|at| matches!(self.mark(*at), Some(':' | '：'))) else { return };
        let (before, after): (Vec<Mention>, Vec<Mention>) =
            mentions.iter().partition(|mention| self.token_range(mention.figure).end <= colon);
        let ([total], [.., next_to_last, last]) = (before.as_slice(), after.as_slice()) else { return };
        let moves = (colon..self.tokens.end).any(|at| self.direction_at(at).is_some() || self.has_any(at, &[Cue::Against, Cue::PriorTime]));
        let joined = self.token_range(next_to_last.figure).end..self.token_range(last.figure).start;
        let listed = joined.into_iter().any(|at| self.reader.has_cue(at, Cue::And));
        let value = |figure: usize| self.get(figure).map(|figure| figure.printed.value().clone());
        let is_part = |part: &Mention| {
            let same = self.get(total.figure).zip(self.get(part.figure)).is_some_and(|(a, b)| a.is_level() && a.same_unit(b));
            same && value(part.figure) < value(total.figure)
        };
        if moves || !listed || total.slot == Slot::Taken || !after.iter().all(is_part) {
            return;
        }
        let mut roles = vec![(Role::Total, total.figure)];
        roles.extend(after.iter().zip(1..).map(|(part, number)| (Role::Addend(number), part.figure)));
        self.claims.push(Draft { tentative: true, ..Draft::new(Relation::Sum, roles) });
        for mention in mentions.iter_mut().filter(|mention| after.iter().any(|part| part.figure == mention.figure)) {
            mention.slot = Slot::Taken;
        }
    }

    /// "8.4 billion in cash; after deducting borrowings of 5.9 billion, net cash stood at 2.5 billion".
    fn difference(&mut self, mentions: &mut [Mention], memory: &Memory) {
        let amounts: Vec<usize> = mentions.iter().filter(|mention| self.is_amount(mention)).map(|mention| mention.figure).collect();
        let remembered = memory.last.map(|(figure, _)| figure);
        let found = amounts
            .windows(3)
            .find_map(|three| self.subtraction(three, amounts.len() == 3))
            // 売上総利益は392億円。販管費287億円を差し引いた営業利益は105億円: the minuend was stated before.
            .or_else(|| match (remembered, amounts.as_slice()) {
                (Some(minuend), [subtrahend, difference]) if self.says_less(*subtrahend, *difference) => {
                    self.is_subtraction(minuend, *subtrahend, *difference).then_some([minuend, *subtrahend, *difference])
                }
                _ => None,
            });
        let Some([minuend, subtrahend, difference]) = found else { return };
        self.claims.push(Draft::new(
            Relation::Difference,
            vec![(Role::Minuend, minuend), (Role::Subtrahend, subtrahend), (Role::Difference, difference)],
        ));
        // Each may have grown besides: only what was read as a change of another is none.
        let used = |mention: &&mut Mention| [minuend, subtrahend, difference].contains(&mention.figure) && mention.slot != Slot::Current;
        mentions.iter_mut().filter(used).for_each(|mention| mention.slot = Slot::Taken);
    }

    /// Three amounts in a row as minuend, subtrahend and difference, if the words between say so.
    fn subtraction(&self, three: &[usize], alone: bool) -> Option<[usize; 3]> {
        let [first, second, third] = *three else { return None };
        let between = |a: usize, b: usize| self.token_range(a).end..self.token_range(b).start;
        // "After subtracting costs of 75 from sales of 90, a profit of 15 remained"
        let subtracted_first = (self.tokens.start..self.token_range(first).start).any(|at| self.reader.has_cue(at, Cue::Less))
            && between(first, second).any(|at| self.reader.has_cue(at, Cue::From));
        let (minuend, subtrahend) = if subtracted_first { (second, first) } else { (first, second) };
        let less = subtracted_first || between(first, second).any(|at| self.reader.has_cue(at, Cue::Less));
        let balance = alone && between(second, third).any(|at| self.reader.has_cue(at, Cue::Balance));
        ((less || balance) && self.is_subtraction(minuend, subtrahend, third)).then_some([minuend, subtrahend, third])
    }

    /// Whether a word before the first of two amounts, or between them, says that it is subtracted.
    fn says_less(&self, subtrahend: usize, difference: usize) -> bool {
        (self.tokens.start..self.token_range(difference).start)
            .filter(|at| !self.token_range(subtrahend).contains(at))
            .any(|at| self.reader.has_cue(at, Cue::Less))
    }

    fn is_subtraction(&self, minuend: usize, subtrahend: usize, difference: usize) -> bool {
        let same = |a: usize, b: usize| a != b && self.get(a).zip(self.get(b)).is_some_and(|(a, b)| a.same_unit(b));
        same(minuend, subtrahend) && same(minuend, difference)
    }

    /// "operating profit of 612 on sales of 4.9 billion, a margin of 12.5%".
    fn margin(&mut self, mentions: &mut [Mention], memory: &Memory) {
        const REVENUE: [&str; 2] = ["revenue", "total revenue"];
        let margins: Vec<(usize, &[&str])> =
            self.free(mentions, Kind::Percent).into_iter().filter_map(|figure| Some((figure, self.margin_of(figure)?))).collect();
        let prior = |figure: usize| mentions.iter().any(|mention| mention.figure == figure && mention.slot == Slot::Prior);
        // "8.1% on revenue of 955 million": measured on it, not compared with it.
        let base = |figure: usize| self.lead(self.token_range(figure).start).is_some_and(|led| self.reader.has_cue(led.at, Cue::OnBase));
        let amounts: Vec<usize> = self.free(mentions, Kind::Money).into_iter().filter(|figure| !prior(*figure) || base(*figure)).collect();
        let [(margin, profits)] = margins.as_slice() else { return };
        if prior(*margin) {
            return;
        }
        let is_revenue = |figure: &usize| self.is_named(*figure, &REVENUE);
        let is_profit = |figure: &usize| {
            !is_revenue(figure) && if profits.is_empty() { self.is_profit(*figure) } else { self.is_named(*figure, profits) }
        };
        // The nearest before the margin, else the nearest behind it.
        let before = amounts.iter().rev().filter(|figure| *figure < margin);
        let after = amounts.iter().filter(|figure| *figure > margin);
        let nearest = before.chain(after).copied().collect::<Vec<_>>();
        let alone = amounts.len() <= 2 && profits.is_empty();
        let numerator =
            nearest.iter().find(|figure| is_profit(figure)).or_else(|| nearest.iter().find(|figure| alone && !is_revenue(figure)));
        let stated = nearest.iter().find(|figure| is_revenue(figure)).copied();
        // The revenue was stated before: that of a kind of profit is the text's own, any other is named again.
        let remembered = || {
            let named = (self.tokens.start..self.token_range(*margin).end)
                .find_map(|at| self.metric_at(at).filter(|metric| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name))));
            let revenue =
                |(metric, figure): (&u16, &usize)| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name)).then_some(*figure);
            match named {
                Some(metric) => memory.levels.get(&metric).copied(),
                None if profits.is_empty() => None,
                None => memory.levels.iter().filter_map(revenue).min(),
            }
        };
        let (Some(numerator), Some(denominator)) = (numerator.copied(), stated.or_else(remembered)) else { return };
        if numerator == denominator || !self.get(numerator).zip(self.get(denominator)).is_some_and(|(a, b)| a.same_unit(b)) {
            return;
        }
        let roles = vec![(Role::Numerator, numerator), (Role::Denominator, denominator), (Role::Ratio, *margin)];
        self.claims.push(Draft { tentative: stated.is_none(), ..Draft::new(Relation::Ratio, roles) });
        for mention in mentions.iter_mut().filter(|m| m.figure == *margin) {
            mention.slot = Slot::Taken;
        }
    }

    /// Whether the name of a figure is that of a profit.
    fn is_profit(&self, figure: usize) -> bool {
        const PROFITS: [&str; 7] =
            ["profit", "net profit", "operating profit", "gross profit", "pre-tax profit", "adjusted net profit", "EBITDA"];
        self.is_named(figure, &PROFITS)
    }

    /// What a margin is of, by its name: of anything for one that does not say.
    fn margin_of(&self, figure: usize) -> Option<&'static [&'static str]> {
        const MARGINS: [(&str, &[&str]); 5] = [
            ("margin", &[]),
            ("gross margin", &["gross profit"]),
            ("operating margin", &["operating profit"]),
            ("net margin", &["net profit", "adjusted net profit"]),
            ("EBITDA margin", &["EBITDA"]),
        ];
        MARGINS.iter().find(|(name, _)| self.is_named(figure, &[name])).map(|(_, profits)| *profits)
    }

    /// The figures of a kind that nothing has tied yet.
    fn free(&self, mentions: &[Mention], kind: Kind) -> Vec<usize> {
        let open = mentions.iter().filter(|mention| mention.slot != Slot::Taken).map(|mention| mention.figure);
        open.filter(|figure| {
            self.get(*figure).is_some_and(|figure| figure.kind == kind && figure.rate_base.is_none() && figure.range.is_none())
        })
        .collect()
    }

    /// Whether the last name between the figure before and this one is one of these.
    fn is_named(&self, figure: usize, names: &[&str]) -> bool {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let end = self.token_range(figure).end;
        let behind = || (end..(end + 3).min(self.tokens.end)).find_map(|at| self.metric_at(at));
        let metric = (from..self.token_range(figure).start).rev().find_map(|at| self.metric_at(at)).or_else(behind);
        metric.and_then(|metric| self.metric_name(metric)).is_some_and(|name| names.contains(&name))
    }

    /// A volume, a price of one and an amount in one sentence.
    fn product(&mut self, mentions: &mut [Mention]) {
        let (counts, prices, amounts) =
            (self.free(mentions, Kind::Count), self.free(mentions, Kind::UnitPrice), self.free(mentions, Kind::Money));
        let ([count], [price], [amount]) = (counts.as_slice(), prices.as_slice(), amounts.as_slice()) else { return };
        let unit = |figure: usize| self.get(figure).map(|figure| figure.unit.clone());
        if unit(*price) != unit(*amount) || !matches!(unit(*amount), Some(Unit::Currency(_))) {
            return;
        }
        let mut factors = [*count, *price];
        factors.sort_unstable();
        self.claims
            .push(Draft::new(Relation::Product, vec![(Role::Product, *amount), (Role::Factor1, factors[0]), (Role::Factor2, factors[1])]));
        for mention in mentions.iter_mut().filter(|m| m.figure == *count || m.figure == *price) {
            mention.slot = Slot::Taken;
        }
    }
}
