//! Statements of a whole and its parts: shares, sums, differences, margins, price times volume.

use super::slot::{CLAUSE, Mention, Slot};
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Figure, Kind, Unit};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

const REVENUE: [&str; 2] = ["revenue", "total revenue"];

impl Sentence<'_, '_> {
    /// Finds these statements; what they tie is taken, or stays current where it is the subject.
    pub(super) fn wholes(&mut self, mentions: &mut [Mention], memory: &mut Memory) {
        self.shares(mentions, memory);
        self.sums(mentions);
        self.sum_with_before(mentions, memory);
        self.difference(mentions, memory);
        self.margin(mentions, memory);
        self.product(mentions);
    }

    /// "or 22% of total net sales of $383.3 billion", "35% of the group's revenue".
    fn shares(&mut self, mentions: &mut [Mention], memory: &mut Memory) {
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
            let whole = before.and_then(|before| mentions.get(before)).or(next.as_ref()).map(|whole| whole.figure).or_else(remembered);
            // "The costs are 18 million; the state bears 60%": no part is named.
            let apart = |part: &usize| (self.token_range(*part).end..end).any(|at| matches!(self.mark(at), Some(';' | '；')));
            let Some(part) = part.filter(|part| told.is_some() || !apart(part)) else { continue };
            let same = |whole: &usize| *whole != part && self.get(part).zip(self.get(*whole)).is_some_and(|(a, b)| a.same_unit(b));
            let whole = whole.filter(same);
            // 全体の58%を占めた
            let behind = end + usize::from(!self.reader.language.spaced);
            if whole.is_none() && !(from..=behind).any(|at| self.has_any(at, &[Cue::Share, Cue::Or])) {
                continue;
            }
            let draft = self.share_or_ratio(part, whole, mention.figure);
            self.claims.push(draft);
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
        let opens = self.token_range(whole.figure).start.saturating_sub(3)..self.token_range(whole.figure).start;
        let leads = opens.clone().any(|at| at == self.tokens.start && self.has_any(at, &[Cue::Of, Cue::OnBase]));
        // "4.3 of the 8.0 billion that the bank earned, 54.1% of the total"
        let mut between = self.token_range(whole.figure).end..self.token_range(part.figure).start;
        let part_first = !leads
            && !between.is_empty()
            && between.all(|at| self.has_any(at, &[Cue::Of, Cue::OnBase, Cue::Article]) || self.metric_at(at).is_some());
        let of = leads || part_first;
        let (whole, part) = if part_first { (part, whole) } else { (whole, part) };
        let total = whole.figure;
        let percent = self.get(share.figure).is_some_and(|figure| figure.kind == Kind::Percent && !figure.signed);
        let same = self.get(whole.figure).zip(self.get(part.figure)).is_some_and(|(a, b)| a.same_unit(b));
        let told = self.is_told_again(share.figure) || self.follows_comma(share.figure);
        if !(of && percent && same && told && self.is_amount(whole) && self.is_amount(part)) || self.is_directed(share.figure) {
            return None;
        }
        let draft = self.share_or_ratio(part.figure, Some(whole.figure), share.figure);
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
        let margin = self.margin_of(share.figure).is_some();
        let start = self.token_range(share.figure).start;
        let shares = (self.tokens.start.max(start.saturating_sub(CLAUSE))..start).any(|at| self.reader.has_cue(at, Cue::Share));
        if margin
            || !(percent && fits && told && named && shares && !directed && self.is_amount(&part) && self.is_amount(&whole))
            || whole.slot == Slot::Prior
        {
            return false;
        }
        let roles = vec![(Role::Part, part.figure), (Role::Whole, whole.figure), (Role::Share, share.figure)];
        self.claims.push(Draft::new(Relation::Share, roles));
        for mention in mentions.iter_mut().filter(|m| m.figure == whole.figure || m.figure == share.figure) {
            mention.slot = Slot::Taken;
        }
        true
    }

    /// Whether "or", "that is" or a bracket leads a figure in.
    fn is_told_again(&self, figure: usize) -> bool {
        let start = self.token_range(figure).start;
        let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let lead = (self.tokens.start..start).rev().find(|at| !self.has_any(*at, &hedges));
        lead.is_some_and(|at| self.has_any(at, &[Cue::Or, Cue::Equals]) || matches!(self.mark(at), Some('(' | '（')))
    }

    /// "45% of revenue, that is 540 million out of 1.2 billion".
    fn share_told_first(&mut self, mentions: &mut [Mention], index: usize) -> bool {
        let Some([share, part, whole]) = mentions.get(index..index + 3) else { return false };
        let (share, part, whole) = (*share, *part, *whole);
        let mut gap = self.token_range(part.figure).end..self.token_range(whole.figure).start;
        let out_of = !gap.is_empty() && gap.all(|at| self.has_any(at, &[Cue::OnBase, Cue::Of, Cue::Article]));
        let same = self.get(part.figure).zip(self.get(whole.figure)).is_some_and(|(a, b)| a.same_unit(b));
        let amounts = self.is_amount(&part) && self.is_amount(&whole);
        if !(out_of && same && amounts && self.is_share(&share, false) && self.is_told_again(part.figure)) {
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
        const BESIDE: [&str; 10] = [
            "costs",
            "EBITDA",
            "operating profit",
            "gross profit",
            "net profit",
            "adjusted net profit",
            "pre-tax profit",
            "profit",
            "margin",
            "capital expenditure",
        ];
        let own = |figure: usize, names: &[&str]| {
            let known = self.get(figure).and_then(|figure| figure.metric.as_deref()).map(|name| names.contains(&name));
            known.unwrap_or_else(|| figure >= self.first && self.is_named(figure, names))
        };
        let behind = self.token_range(share).end;
        let of_revenue = || {
            (behind..behind + 3)
                .any(|at| self.metric_at(at).and_then(|name| self.metric_name(name)).is_some_and(|name| REVENUE.contains(&name)))
        };
        let revenue = whole.is_some_and(|whole| own(whole, &REVENUE)) || of_revenue();
        let roles = match own(part, &BESIDE) && revenue {
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

    /// "300, el 25 %, …": only a comma and an article between a figure and the one before it.
    fn follows_comma(&self, figure: usize) -> bool {
        let Some(previous) = figure.checked_sub(1) else { return false };
        let start = self.token_range(figure).start;
        let comma = (self.token_range(previous).end..start).rev().find(|at| !self.reader.has_cue(*at, Cue::Article));
        comma.is_some_and(|at| matches!(self.mark(at), Some(',')))
    }

    /// Whether a percentage has a direction of its own.
    fn is_directed(&self, figure: usize) -> bool {
        let start = self.token_range(figure).start;
        (start.saturating_sub(3)..start).any(|at| self.direction_at(at).is_some()) || self.right_direction(figure).is_some()
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
        if !percent || self.margin_of(mention.figure).is_some() {
            return false;
        }
        let of = self.reader.has_cue(range.end, Cue::Of)
            || self.goes_to_whole(mention.figure)
            || self.reader.has_cue(range.end, Cue::Share)
            || whole_before
            || (!self.reader.language.spaced && self.says_share(mention.figure));
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

    fn is_amount(&self, mention: &Mention) -> bool {
        mention.slot != Slot::Taken
            && self.get(mention.figure).is_some_and(|figure| figure.kind == Kind::Money || figure.kind == Kind::Count)
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
        let gap = self.token_range(share).end..self.token_range(whole).start;
        if gap.len() <= REACH + 2 && self.is_named_then_sized(gap.clone()) {
            return true;
        }
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
        let split = cues().find(|at| *at > first && self.has_any(*at, &[Cue::PartsFollow]) && !self.reader.has_cue(*at, Cue::TotalFollows));
        let usual = || cues().find(|at| *at > first || self.reader.has_cue(*at, Cue::TotalFollows)).or_else(|| cues().next());
        let Some(cue) = split.or_else(usual) else {
            if !self.sum_out_of(mentions) {
                self.listed_parts(mentions);
            }
            return;
        };
        if self.total_last(mentions, cue) {
            return;
        }
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
        let counted = |index: &usize| after.last().is_some_and(|last| kind(index) != kind(last));
        let before: Vec<usize> =
            if self.lists_after_colon(mentions, &after) { before.into_iter().filter(|i| !counted(i)).collect() } else { before };
        let alike = |last: &usize| after.iter().copied().filter(|index| kind(index) == kind(last)).collect::<Vec<_>>();
        let (total, parts) = match (parts_follow, after.split_last()) {
            // 86亿元，由A 47亿元、B 25亿元和C 15亿元构成: the verb comes last.
            (true, None) if before.len() > 2 && !self.reader.language.spaced => {
                (before.first().copied(), before.get(1..).unwrap_or_default().to_vec())
            }
            (true, _) => (before.last().copied(), after),
            // "Together they made T: A, B and C"
            (false, Some((last, _))) if before.is_empty() && self.lists_behind(mentions, &alike(last)) => {
                let amounts = alike(last);
                (amounts.first().copied(), amounts.get(1..).unwrap_or_default().to_vec())
            }
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

    /// "Of the 1,250 jobs, 640 go to Seville, 380 to Saragossa and 230 to Lugo": three parts or more of what opens the
    /// sentence.
    fn sum_out_of(&mut self, mentions: &mut [Mention]) -> bool {
        let [total, parts @ .., next_to_last, last] = &*mentions else { return false };
        let opens = self.reader.has_cue(self.tokens.start, Cue::Of) && self.token_range(total.figure).start <= self.tokens.start + 2;
        let (end, start) = (self.token_range(next_to_last.figure).end, self.token_range(last.figure).start);
        let joined = (end..start).any(|at| self.reader.has_cue(at, Cue::And));
        let figures: Vec<usize> = parts.iter().chain([next_to_last, last]).map(|part| part.figure).collect();
        // "640 corresponden a Sevilla": the verb is no other noun.
        let alike = |a: &Figure, b: &Figure| a.is_level() && (a.same_unit(b) || (a.kind == Kind::Count && b.kind == Kind::Count));
        let same = |part: &usize| self.get(total.figure).zip(self.get(*part)).is_some_and(|(a, b)| alike(a, b));
        if !opens || !joined || parts.is_empty() || !figures.iter().all(same) {
            return false;
        }
        let mut roles = vec![(Role::Total, total.figure)];
        roles.extend(figures.iter().zip(1..).map(|(part, number)| (Role::Addend(number), *part)));
        self.claims.push(Draft::new(Relation::Sum, roles));
        for mention in mentions.iter_mut().skip(1) {
            mention.slot = Slot::Taken;
        }
        true
    }

    /// "5.8 to households and 9.1 to firms, that is 14.9 in total": the word stands behind the total.
    fn total_last(&mut self, mentions: &mut [Mention], cue: usize) -> bool {
        let amounts: Vec<usize> = mentions.iter().filter(|mention| self.is_amount(mention)).map(|mention| mention.figure).collect();
        let Some((total, parts)) = amounts.split_last().filter(|(_, parts)| parts.len() >= 2) else { return false };
        let same = |figure: &usize| self.get(*total).zip(self.get(*figure)).is_some_and(|(a, b)| a.same_unit(b));
        let ends = self.token_range(*total).end == cue && self.reader.has_cue(cue, Cue::TotalFollows) && self.reader.language.spaced;
        if !ends || !self.is_told_again(*total) || !parts.iter().all(same) {
            return false;
        }
        let mut roles = vec![(Role::Total, *total)];
        roles.extend(parts.iter().zip(1..).map(|(figure, number)| (Role::Addend(number), *figure)));
        self.claims.push(Draft::new(Relation::Sum, roles));
        for mention in mentions.iter_mut().filter(|mention| parts.contains(&mention.figure)) {
            mention.slot = Slot::Taken;
        }
        true
    }

    /// Whether a list stands behind a colon behind the first of these amounts that is like the last.
    fn lists_after_colon(&self, mentions: &[Mention], amounts: &[usize]) -> bool {
        let kind = |index: &usize| mentions.get(*index).and_then(|m| self.get(m.figure)).map(|figure| figure.kind);
        let alike: Vec<usize> =
            amounts.iter().copied().filter(|index| amounts.last().is_some_and(|last| kind(index) == kind(last))).collect();
        self.lists_behind(mentions, &alike)
    }

    /// Whether a colon stands right behind the first of these amounts.
    fn lists_behind(&self, mentions: &[Mention], amounts: &[usize]) -> bool {
        let first = amounts.first().and_then(|index| mentions.get(*index));
        first.is_some_and(|first| self.mark(self.token_range(first.figure).end) == Some(':'))
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
        let led = self.balance_first(&amounts);
        let Some([minuend, subtrahend, difference]) = found.or(led) else { return };
        // "imports of 52.4 and exports of 55.1, a surplus of 2.7"
        let turned = (self.is_named(minuend, &["imports"]) && self.is_named(subtrahend, &["exports"]))
            || (self.is_named(minuend, &["costs"]) && self.is_named(subtrahend, &REVENUE));
        // "spending of 3.42 exceeded revenue of 3.27 by 0.15"
        let start = self.tokens.start.max(self.token_range(subtrahend).start.saturating_sub(CLAUSE));
        let exceeds =
            (start..self.token_range(subtrahend).start).any(|at| self.has_any(at, &[Cue::Over]) && self.reader.has_cue(at, Cue::Level));
        let turned = turned && !exceeds;
        let (minuend, subtrahend) = if turned { (subtrahend, minuend) } else { (minuend, subtrahend) };
        let before =
            if led.is_some() { self.tokens.start } else { difference.checked_sub(1).map_or(0, |previous| self.token_range(previous).end) };
        if (before..self.token_range(difference).start)
            .any(|at| self.reader.has_cue(at, Cue::Loss) && self.reader.has_cue(at, Cue::Balance))
        {
            self.set_negative(difference, true);
        }
        self.claims.push(Draft::new(
            Relation::Difference,
            vec![(Role::Minuend, minuend), (Role::Subtrahend, subtrahend), (Role::Difference, difference)],
        ));
        // Each may have grown besides: only what was read as a change of another is none.
        let used = |mention: &&mut Mention| [minuend, subtrahend, difference].contains(&mention.figure) && mention.slot != Slot::Current;
        mentions.iter_mut().filter(used).for_each(|mention| mention.slot = Slot::Taken);
    }

    /// "a surplus of 9.2, on exports of 29.6 and imports of 20.4"
    fn balance_first(&self, amounts: &[usize]) -> Option<[usize; 3]> {
        let [difference, minuend, subtrahend] = *amounts else { return None };
        let led = (self.tokens.start..self.token_range(difference).start).any(|at| self.reader.has_cue(at, Cue::Balance));
        let named = self.is_named(minuend, &["exports"]) && self.is_named(subtrahend, &["imports"]);
        (led && named && self.is_subtraction(minuend, subtrahend, difference)).then_some([minuend, subtrahend, difference])
    }

    /// "Together with other income of 20 that makes revenue of 640": the parts besides are those of the sentence before.
    fn sum_with_before(&mut self, mentions: &mut [Mention], memory: &Memory) {
        let opens = self.has_any(self.tokens.start, &[Cue::TotalFollows]) && self.reader.language.spaced;
        let amounts: Vec<usize> = mentions.iter().filter(|mention| self.is_amount(mention)).map(|mention| mention.figure).collect();
        let [part, total] = *amounts.as_slice() else { return };
        let same = |figure: &usize| self.get(total).zip(self.get(*figure)).is_some_and(|(a, b)| a.same_unit(b));
        let linked = (self.tokens.start + 1..self.token_range(part).start).all(|at| self.direction_at(at).is_none());
        if !opens || !linked || memory.listed.len() < 2 || !memory.listed.iter().all(same) || !same(&part) {
            return;
        }
        let mut roles = vec![(Role::Total, total)];
        roles.extend(memory.listed.iter().chain([&part]).zip(1..).map(|(figure, number)| (Role::Addend(number), *figure)));
        self.claims.push(Draft::new(Relation::Sum, roles));
        for mention in mentions.iter_mut().filter(|mention| mention.figure == part) {
            mention.slot = Slot::Taken;
        }
    }

    /// Three amounts in a row as minuend, subtrahend and difference, if the words between say so.
    fn subtraction(&self, three: &[usize], alone: bool) -> Option<[usize; 3]> {
        let [first, second, third] = *three else { return None };
        let between = |a: usize, b: usize| self.token_range(a).end..self.token_range(b).start;
        // "After subtracting costs of 75 from sales of 90, a profit of 15 remained"
        let less_before = |from: bool| {
            let less = |at: usize| self.reader.has_cue(at, Cue::Less) && self.reader.has_cue(at, Cue::From) == from;
            (self.tokens.start..self.token_range(first).start).any(less)
        };
        let subtracted_first = less_before(false) && between(first, second).any(|at| self.reader.has_cue(at, Cue::From));
        let (minuend, subtrahend) = if subtracted_first { (second, first) } else { (first, second) };
        // "Zieht man vom Gewinn von 284 Kosten von 219 ab"
        let less = subtracted_first || less_before(true) || between(first, second).any(|at| self.reader.has_cue(at, Cue::Less));
        let balance = alone && between(second, third).any(|at| self.reader.has_cue(at, Cue::Balance));
        // "a profit of 86 results from income of 742 less costs of 656", "the difference between 742 and 656"
        let says = |gap: std::ops::Range<usize>, cue| gap.clone().any(|at| self.reader.has_cue(at, cue));
        let told_first = !less
            && alone
            && (says(between(second, third), Cue::Less)
                || (says(self.tokens.start..self.token_range(first).start, Cue::Balance)
                    && between(first, second).any(|at| self.mark(at) == Some(':')))
                || (says(between(first, second), Cue::Between) && says(between(first, second), Cue::Balance)));
        if told_first {
            return self.is_subtraction(second, third, first).then_some([second, third, first]);
        }
        // "spending of 3.42 exceeded revenue of 3.27 by 0.15"
        let exceeds = says(self.tokens.start..self.token_range(second).start, Cue::Over)
            && self.token_range(third).start.checked_sub(1).is_some_and(|at| self.reader.has_cue(at, Cue::By));
        let less = less || exceeds;
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
            let named = (self.tokens.start..self.token_range(*margin).end + 4)
                .find_map(|at| self.metric_at(at).filter(|metric| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name))));
            let revenue =
                |(metric, figure): (&u16, &usize)| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name)).then_some(*figure);
            match named {
                Some(metric) => memory.levels.get(&metric).copied().or_else(|| memory.levels.iter().filter_map(revenue).min()),
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
        for mention in mentions.iter_mut().filter(|m| m.figure == *margin || (m.figure == denominator && m.slot == Slot::Prior)) {
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
        let names = [self.own_name(figure), self.name_of_base(figure)];
        MARGINS.iter().find(|(name, _)| names.contains(&Some(name))).map(|(_, profits)| *profits)
    }

    /// "un’incidenza sui ricavi del 30,0%": what it is measured on stands between the name and the figure.
    fn name_of_base(&self, figure: usize) -> Option<&str> {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let mut names = (from..self.token_range(figure).start).rev().filter(|at| self.metric_at(*at).is_some());
        let name = |at: usize| self.metric_at(at).and_then(|metric| self.metric_name(metric));
        let base = names.next().filter(|at| *at > from && self.reader.has_cue(at - 1, Cue::OnBase))?;
        name(base).filter(|name| REVENUE.contains(name)).and_then(|_| name(names.next()?))
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
        self.own_name(figure).is_some_and(|name| names.contains(&name))
    }

    /// The last name between the figure before and this one, else the one right behind it.
    fn own_name(&self, figure: usize) -> Option<&str> {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let end = self.token_range(figure).end;
        let behind = || (end..(end + 3).min(self.tokens.end)).find_map(|at| self.metric_at(at));
        let metric = (from..self.token_range(figure).start).rev().find_map(|at| self.metric_at(at)).or_else(behind);
        metric.and_then(|metric| self.metric_name(metric))
    }

    /// A volume, a price of one and an amount in one sentence.
    fn product(&mut self, mentions: &mut [Mention]) {
        let (counts, prices, amounts) =
            (self.free(mentions, Kind::Count), self.free(mentions, Kind::UnitPrice), self.free(mentions, Kind::Money));
        let ([count], [price], [amount]) = (counts.as_slice(), prices.as_slice(), amounts.as_slice()) else { return };
        let unit = |figure: usize| self.get(figure).map(|figure| figure.unit.clone());
        // A price belongs to the number it stands beside: "sold 24,600 vans at 52,000 euros each".
        if count.abs_diff(*price) != 1 || unit(*price) != unit(*amount) || !matches!(unit(*amount), Some(Unit::Currency(_))) {
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
