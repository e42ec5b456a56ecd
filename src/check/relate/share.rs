//! Shares of a whole: "22% of total net sales".

use super::slot::{CLAUSE, Mention, Slot};
use super::whole::REVENUE;
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Figure, Kind};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

impl Sentence<'_, '_> {
    /// "or 22% of total net sales of $383.3 billion", "35% of the group's revenue".
    pub(super) fn shares(&mut self, mentions: &mut [Mention], memory: &mut Memory) {
        let mut stated = None;
        for index in 0..mentions.len() {
            if self.share_told_first(mentions, index)
                || self.share_of_last(mentions, index, memory)
                || self.share_told_last(mentions, index)
            {
                continue;
            }
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
            let told = mentions.get(index + 2).filter(|told| {
                next.is_some() && self.is_amount(told) && (self.is_told_again(told.figure) || self.is_estimated(told.figure))
            });
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
            // "represented 38% of that figure"
            let that = self.reader.has_cue(end, Cue::Of) && self.reader.has_cue(end + 1, Cue::Anaphor);
            let same = |a: usize, b: usize| self.get(a).zip(self.get(b)).is_some_and(|(a, b)| a.same_unit(b));
            let just_told = || {
                let told =
                    mentions.iter().find(|m| m.slot == Slot::Current && part.is_some_and(|part| m.figure < part && same(m.figure, part)));
                told.filter(|_| that).map(|told| told.figure)
            };
            let whole = before.and_then(|before| mentions.get(before)).or(next.as_ref()).map(|whole| whole.figure);
            let whole = whole.or_else(just_told).or_else(remembered).or_else(|| self.total_behind(mentions, index, part?));
            // "The costs are 18 million; the state bears 60%": no part is named.
            let apart = |part: &usize| (self.token_range(*part).end..end).any(|at| matches!(self.mark(at), Some(';' | '；')));
            let Some(part) = part.filter(|part| told.is_some() || !apart(part)) else { continue };
            if told.is_none() && whole.is_none() && self.names_another(self.token_range(part).end..self.token_range(mention.figure).start) {
                continue;
            }
            let same = |whole: &usize| *whole != part && self.get(part).zip(self.get(*whole)).is_some_and(|(a, b)| a.same_unit(b));
            let whole = whole.filter(same);
            // 全体の58%を占めた
            let behind = end + usize::from(!self.reader.language.spaced);
            // "Asien trug mit 1,26 Mrd. Euro 30 Prozent zum Umsatz bei"
            let verb_first = self.token_range(part).end == self.token_range(mention.figure).start && self.goes_to_whole(mention.figure);
            let said = verb_first || (from..=behind).any(|at| self.has_any(at, &[Cue::Share, Cue::Or]));
            if whole.is_none() && !said && !self.equals_share_of_revenue(part, mention.figure) {
                continue;
            }
            let draft = self.share_or_ratio(part, whole, mention.figure);
            self.claims.push(draft);
            if let Some(share) = mentions.get_mut(index) {
                share.slot = Slot::Taken;
            }
            memory.whole = whole.or(memory.whole);
            if let Some(whole) = mentions.iter_mut().find(|mention| Some(mention.figure) == whole && !(that && mention.figure < part)) {
                whole.slot = Slot::Taken;
            }
        }
    }

    /// 占比为42%，公司总收入为85亿元: the total revenue that follows is the whole.
    fn total_behind(&self, mentions: &[Mention], share: usize, part: usize) -> Option<usize> {
        let (own, whole) = (mentions.get(share)?.figure, mentions.get(share + 1).filter(|whole| self.is_amount(whole))?.figure);
        let larger = self.get(part).zip(self.get(whole)).is_some_and(|(a, b)| a.same_unit(b) && a.printed.value() < b.printed.value());
        (larger && self.says_share(own) && self.is_named(whole, &["total revenue"])).then_some(whole)
    }

    /// "Tickets cost 41 euros, and energy makes up 6% of the costs": between an amount and the share another subject is
    /// named, so the amount is not the part.
    fn names_another(&self, gap: std::ops::Range<usize>) -> bool {
        let ends = |at: usize| matches!(self.mark(at), Some(',' | '，' | '、')) || self.has_any(at, &[Cue::And, Cue::Clause]);
        let verb = gap.clone().rev().find(|at| self.reader.has_cue(*at, Cue::Share)).unwrap_or(gap.end);
        let Some(ends) = (gap.start..verb).rev().find(|at| ends(*at)) else { return false };
        let told_first = verb < gap.end && !self.reader.has_cue(verb, Cue::OnBase);
        let noun = |at: usize| self.reader.is_word(at) || self.metric_at(at).is_some();
        let subject = |at: usize| match self.reader.language.spaced {
            true => self.reader.has_cue(at, Cue::Article) && !self.reader.has_cue(at, Cue::Anaphor) && noun(at + 1),
            // Where the whole stands before its word a particle marks the subject: 全体の6割を占めた, 連結売上高に占める比率.
            false => noun(at) && (told_first || self.reader.has_cue(at + 1, Cue::Level)),
        };
        (ends + 1..verb).any(subject)
    }

    /// "Of its $8 billion in revenue, $2 billion, or 25%, came from services".
    fn share_out_of(&mut self, mentions: &mut [Mention], index: usize) -> Option<usize> {
        let Some([whole, part, share]) = index.checked_sub(2).and_then(|first| mentions.get(first..=index)) else { return None };
        const OPENING: usize = 8;
        let start = self.token_range(whole.figure).start;
        let passable = |at: usize| {
            self.has_any(at, &[Cue::Of, Cue::OnBase, Cue::Article, Cue::About, Cue::At, Cue::PriorTime])
                || self.metric_at(at).is_some()
                || self.reader.is_word(at)
        };
        let leads = start <= self.tokens.start + OPENING
            && start > self.tokens.start
            && self.has_any(self.tokens.start, &[Cue::Of, Cue::OnBase])
            && (self.tokens.start..start).all(passable);
        // 応募者1,250人のうち500人、割合にして40%
        let end = self.token_range(whole.figure).end;
        let among = !self.reader.language.spaced && (end..end + 2).any(|at| self.reader.has_cue(at, Cue::PartsAmong));
        // 营收44亿元，其中亚洲19亿元，占43%; "4.4 billion, of which 1.9 billion (43%) came from Asia"
        let parts = (end..self.token_range(part.figure).start).any(|at| self.reader.has_cue(at, Cue::PartsAmong));
        let leads = leads || among || parts;
        // "4.3 of the 8.0 billion that the bank earned, 54.1% of the total"
        let mut between = self.token_range(whole.figure).end..self.token_range(part.figure).start;
        let part_first = !leads
            && !between.is_empty()
            && between.all(|at| self.has_any(at, &[Cue::Of, Cue::OnBase, Cue::Article]) || self.metric_at(at).is_some());
        let of = leads || part_first;
        let (whole, part) = if part_first { (part, whole) } else { (whole, part) };
        let total = whole.figure;
        let percent = self.get(share.figure).is_some_and(|figure| figure.kind == Kind::Percent && !figure.signed);
        // "Sur les 1 200 postes, 300 seront supprimés": the verb is no other noun.
        let alike = |a: &Figure, b: &Figure| a.same_unit(b) || (leads && a.kind == Kind::Count && b.kind == Kind::Count);
        let same = self.get(whole.figure).zip(self.get(part.figure)).is_some_and(|(a, b)| alike(a, b));
        let told = self.is_told_again(share.figure) || self.follows_comma(share.figure) || (parts && self.says_share(share.figure));
        if !(of && percent && same && told && self.is_amount(whole) && self.is_amount(part)) || self.is_directed(share.figure) {
            return None;
        }
        // "will cut 1,200 of its 24,000 jobs, or 5%": a share goes nowhere.
        self.set_negative(share.figure, false);
        let draft = self.share_or_ratio(part.figure, Some(whole.figure), share.figure);
        // "300 saranno tagliati, pari al 25%": the verb is of the part.
        self.set_negative(share.figure, false);
        self.claims.push(draft);
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

    /// "Health brought in 612 million of the revenue of 3.4 billion, a share of 18%": the larger is the whole.
    fn share_told_last(&mut self, mentions: &mut [Mention], index: usize) -> bool {
        let Some([part, whole, share]) = index.checked_sub(2).and_then(|first| mentions.get(first..=index)) else { return false };
        let (part, whole, share) = (*part, *whole, *share);
        let gap = |a: usize, b: usize| self.token_range(a).end..self.token_range(b).start;
        let percent = self.get(share.figure).is_some_and(|figure| {
            figure.kind == Kind::Percent && !figure.signed && figure.range.is_none() && !figure.printed.value().is_negative()
        });
        let fits = self
            .get(part.figure)
            .zip(self.get(whole.figure))
            .is_some_and(|(part, whole)| part.same_unit(whole) && part.printed.value().abs() < whole.printed.value().abs());
        let told = self.is_told_again(share.figure) || gap(whole.figure, share.figure).any(|at| self.reader.has_cue(at, Cue::Share));
        let directed =
            gap(whole.figure, share.figure).any(|at| self.direction_at(at).is_some()) || self.right_direction(share.figure).is_some();
        let named = gap(part.figure, whole.figure).any(|at| self.has_any(at, &[Cue::Of, Cue::TotalFollows]))
            && gap(part.figure, share.figure).any(|at| self.metric_at(at).is_some() || self.reader.has_cue(at, Cue::TotalFollows));
        // 海外売上高は1260億円で、全体の3000億円に占める割合は42%
        let named =
            named || (!self.reader.language.spaced && gap(whole.figure, share.figure).any(|at| self.reader.has_cue(at, Cue::Share)));
        let margin = self.margin_of(share.figure).is_some();
        let start = self.token_range(share.figure).start;
        let shares = (self.tokens.start.max(start.saturating_sub(CLAUSE))..start).any(|at| self.reader.has_cue(at, Cue::Share));
        if margin
            || !(percent && fits && told && named && shares && !directed && self.is_amount(&part) && self.is_amount(&whole))
            || whole.slot == Slot::Prior
        {
            return false;
        }
        let draft = self.share_or_ratio(part.figure, Some(whole.figure), share.figure);
        self.claims.push(draft);
        for mention in mentions.iter_mut().filter(|m| m.figure == whole.figure || m.figure == share.figure) {
            mention.slot = Slot::Taken;
        }
        true
    }

    /// "45% of revenue, that is 540 million out of 1.2 billion".
    fn share_told_first(&mut self, mentions: &mut [Mention], index: usize) -> bool {
        let Some([share, part, whole]) = mentions.get(index..index + 3) else { return false };
        let (share, part, whole) = (*share, *part, *whole);
        let mut gap = self.token_range(part.figure).end..self.token_range(whole.figure).start;
        const REACH: usize = 8;
        let total = !gap.is_empty() && gap.len() <= REACH && gap.clone().any(|at| self.has_any(at, &[Cue::OnBase, Cue::TotalFollows]));
        let name = |at: usize| {
            let link = self.has_any(at, &[Cue::OnBase, Cue::Of, Cue::Article, Cue::TotalFollows]);
            link || (total && (self.metric_at(at).is_some() || self.reader.is_word(at)))
        };
        // "ou seja, 328 milhões de euros em 800 milhões"
        let within =
            gap.len() == 1 && gap.clone().all(|at| self.has_any(at, &[Cue::At, Cue::By]) && !self.has_any(at, &[Cue::From, Cue::To]));
        let out_of = within || (!gap.is_empty() && gap.all(name));
        let with = self.token_range(part.figure).start.checked_sub(1).is_some_and(|at| total && self.reader.has_cue(at, Cue::At));
        let same = self.get(part.figure).zip(self.get(whole.figure)).is_some_and(|(a, b)| a.same_unit(b));
        let amounts = self.is_amount(&part) && self.is_amount(&whole);
        if !(out_of && same && amounts && self.is_share(&share, false) && (with || self.is_told_again(part.figure))) {
            return false;
        }
        self.push_share(mentions, &[part.figure, whole.figure, share.figure]);
        true
    }

    /// "Of that, 434 million, or 65%, came from …": the whole is what the sentence before spoke of.
    fn share_of_last(&mut self, mentions: &mut [Mention], index: usize, memory: &Memory) -> bool {
        let Some([part, share]) = index.checked_sub(1).and_then(|first| mentions.get(first..=index)) else { return false };
        let (part, share) = (*part, *share);
        let opens = self.reader.has_cue(self.tokens.start, Cue::Of) && self.reader.has_cue(self.tokens.start, Cue::Anaphor);
        let percent = self.get(share.figure).is_some_and(|figure| figure.kind == Kind::Percent && !figure.signed);
        let told = self.is_told_again(share.figure) || self.follows_comma(share.figure);
        let Some((whole, _)) = memory.last.filter(|_| opens && index == 1 && percent && told && self.is_amount(&part)) else {
            return false;
        };
        if self.is_directed(share.figure) || !self.get(part.figure).zip(self.get(whole)).is_some_and(|(a, b)| a.same_unit(b)) {
            return false;
        }
        self.push_share(mentions, &[part.figure, whole, share.figure]);
        true
    }

    /// Costs and profits are no part of revenue, but stand in a ratio to it.
    fn share_or_ratio(&self, part: usize, whole: Option<usize>, share: usize) -> Draft {
        const BESIDE: [&str; 12] = [
            "costs",
            "EBITDA",
            "operating profit",
            "gross profit",
            "net profit",
            "adjusted net profit",
            "pre-tax profit",
            "profit",
            "margin",
            "gross margin",
            "adjusted operating profit",
            "capital expenditure",
        ];
        let own = |figure: usize, names: &[&str]| {
            let known = self.get(figure).and_then(|figure| figure.metric.as_deref()).map(|name| names.contains(&name));
            known.unwrap_or_else(|| figure >= self.first && self.is_named(figure, names))
        };
        let behind = self.token_range(share).end;
        let start = self.token_range(share).start;
        let before = if self.reader.language.spaced { start } else { start.saturating_sub(2) };
        let of_revenue = || {
            (before..start)
                .chain(behind..behind + 3)
                .any(|at| self.metric_at(at).and_then(|name| self.metric_name(name)).is_some_and(|name| REVENUE.contains(&name)))
        };
        let revenue = whole.is_some_and(|whole| own(whole, &REVENUE)) || of_revenue();
        // "27 million for advertising on sales of 180 million"
        let measured = |whole: usize| {
            let mut gap = self.token_range(part).end..self.token_range(whole).start;
            let named = gap.next().is_some_and(|at| !self.reader.has_cue(at, Cue::OnBase));
            named && whole < share && self.reader.language.spaced && gap.any(|at| self.reader.has_cue(at, Cue::OnBase))
        };
        let roles = match (own(part, &BESIDE) || whole.is_some_and(measured)) && revenue {
            true => [Role::Numerator, Role::Denominator, Role::Ratio],
            false => [Role::Part, Role::Whole, Role::Share],
        };
        let relation = if roles.contains(&Role::Ratio) { Relation::Ratio } else { Relation::Share };
        let figures = [Some(part), whole, Some(share)];
        Draft::new(relation, roles.into_iter().zip(figures).filter_map(|(role, figure)| Some((role, figure?))).collect())
    }

    /// States a share: of part, whole and share the mentions are taken.
    fn push_share(&mut self, mentions: &mut [Mention], figures: &[usize; 3]) {
        let [part, whole, share] = *figures;
        let draft = self.share_or_ratio(part, Some(whole), share);
        self.claims.push(draft);
        for mention in mentions.iter_mut().filter(|mention| figures.contains(&mention.figure)) {
            mention.slot = Slot::Taken;
        }
    }

    /// "66 million, that is 55% of sales", 利润为9亿元，相当于营业收入的11%: a word that equates the two, and revenue as the whole.
    fn equals_share_of_revenue(&self, part: usize, share: usize) -> bool {
        const REACH: usize = 8;
        let gap = self.token_range(part).end..self.token_range(share).start;
        let end = self.token_range(share).end;
        let revenue = |at: usize| self.metric_at(at).and_then(|name| self.metric_name(name)).is_some_and(|name| REVENUE.contains(&name));
        let spaced = self.reader.language.spaced;
        let whole = match gap.end.checked_sub(2).filter(|_| !spaced) {
            Some(at) => revenue(at) && self.reader.has_cue(at + 1, Cue::Of),
            None => self.reader.has_cue(end, Cue::Of) && (end + 1..end + 3).any(revenue),
        };
        let equals = gap.clone().chain((!spaced).then_some(end)).any(|at| self.reader.has_cue(at, Cue::Equals));
        part >= self.first && gap.len() <= REACH && whole && equals && self.get(part).is_some_and(Figure::is_level)
    }

    /// Whether a percentage has a direction of its own.
    fn is_directed(&self, figure: usize) -> bool {
        let start = self.token_range(figure).start;
        let near = (start.saturating_sub(3)..start).rev().take_while(|at| !matches!(self.mark(*at), Some(',' | ';')));
        near.into_iter().any(|at| self.direction_at(at).is_some()) || self.right_direction(figure).is_some()
    }

    /// 連結売上高4,105億円の45.6%: the whole stands before its share, and a word says that it is one.
    fn stands_as_whole(&self, mentions: &[Mention], before: usize, share: usize) -> bool {
        let Some(whole) = mentions.get(before).filter(|whole| self.is_amount(whole)) else { return false };
        let end = self.token_range(whole.figure).end;
        let of = self.reader.has_cue(end, Cue::Of) && end + 1 == self.token_range(share).start;
        // 全体の3,000億円に占める割合は42%
        let base = self.reader.has_cue(end, Cue::Share) && self.reader.has_cue(end, Cue::OnBase) && !self.reader.language.spaced;
        let plain = |at: usize| self.mark(at).is_none() && self.direction_at(at).is_none();
        let base = base && (end..self.token_range(share).start).all(plain);
        before > 0 && (base || of && (self.says_share(share) || self.says_share(whole.figure)))
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
        if !percent || self.margin_of(mention.figure).is_some() {
            return false;
        }
        // "120 million, or 24%, of group revenue"
        let closed = self.is_told_again(mention.figure) && matches!(self.mark(range.end), Some(',' | ')'));
        let of = self.reader.has_cue(range.end + usize::from(closed), Cue::Of)
            || self.goes_to_whole(mention.figure)
            || self.reader.has_cue(range.end, Cue::Share)
            || whole_before
            || (!self.reader.language.spaced && self.says_share(mention.figure))
            || mention.figure.checked_sub(1).is_some_and(|part| self.equals_share_of_revenue(part, mention.figure));
        of && !self.is_directed(mention.figure) && mention.slot != Slot::Prior
    }

    /// "contributed 42% to sales": a share was said before, and the name of the whole follows.
    fn goes_to_whole(&self, figure: usize) -> bool {
        const REACH: usize = 4;
        let range = self.token_range(figure);
        let said = (self.tokens.start.max(range.start.saturating_sub(CLAUSE))..range.start).any(|at| self.reader.has_cue(at, Cue::Share));
        let linking = |at: usize| self.has_any(at, &[Cue::NotCount, Cue::Article, Cue::Of]) && self.direction_at(at).is_none();
        let name = (range.end..(range.end + REACH).min(self.tokens.end)).find(|at| !linking(*at) || self.metric_at(*at).is_some());
        said && self.reader.language.spaced && name.is_some_and(|at| at > range.end && self.metric_at(at).is_some())
    }

    /// ", unos 1.710 millones": a comma and a hedge lead a figure in.
    fn is_estimated(&self, figure: usize) -> bool {
        let start = self.token_range(figure).start;
        let hedge = start.checked_sub(1).is_some_and(|at| self.reader.has_cue(at, Cue::About));
        hedge && start.checked_sub(2).is_some_and(|at| matches!(self.mark(at), Some(',')))
    }

    /// "45% of total revenue, which amounted to 3.6 billion": the whole is named, then its size.
    fn is_named_then_sized(&self, mut gap: std::ops::Range<usize>) -> bool {
        let Some(comma) = gap.clone().find(|at| matches!(self.mark(*at), Some(','))) else { return false };
        let sizing = [Cue::Level, Cue::To, Cue::Of, Cue::At, Cue::Up, Cue::Article, Cue::NotCount];
        let named = (gap.start..comma).any(|at| self.metric_at(at).is_some());
        let sized = (comma + 1..gap.end).any(|at| self.has_any(at, &[Cue::Level, Cue::Up]));
        named && sized && gap.all(|at| at <= comma || (self.has_any(at, &sizing) && self.metric_at(at).is_none()))
    }

    /// Whether only the name of the whole stands between.
    fn follows_as_whole(&self, share: usize, whole: usize) -> bool {
        const REACH: usize = 8;
        let end = self.token_range(share).end;
        let closed = self.is_told_again(share) && matches!(self.mark(end), Some(',' | ')')) && self.reader.has_cue(end + 1, Cue::Of);
        let gap = end + usize::from(closed)..self.token_range(whole).start;
        if gap.len() <= REACH + 2 && self.is_named_then_sized(gap.clone()) {
            return true;
        }
        let inserted = matches!(self.mark(gap.start), Some(',')) && self.reader.has_cue(gap.start + 1, Cue::Of);
        let gap = gap.start + usize::from(inserted)..gap.end;
        gap.len() <= REACH
            && gap
                .into_iter()
                .all(|at| self.mark(at).is_none_or(|c| matches!(c, '\'' | '’')) && !self.has_any(at, &[Cue::And, Cue::Against]))
    }
}
