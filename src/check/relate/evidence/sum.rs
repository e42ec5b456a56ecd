//! A whole and the list of its parts.

use super::{Evidence, LEVELS};
use crate::check::figure::Kind;
use crate::check::language::Cue;
use crate::check::relate::Draft;
use crate::exact::Ratio;
use crate::relation::{Relation, Role};
use std::ops::Range;

/// What says that a whole has parts.
const PARTS: [Cue; 3] = [Cue::PartsFollow, Cue::TotalFollows, Cue::PartsAmong];

impl Evidence<'_, '_> {
    /// "Portugal contributed 318 million, Poland 904 million and Colombia 68 million to the 1,290 million of sales": the
    /// figures of one unit that a sentence lists, and a whole beside them.
    pub(super) fn sums(&mut self, at: usize) {
        let levels = self.levels(at);
        if let Some(draft) = self.total_of_before(at, &levels) {
            return self.push(draft);
        }
        if levels.len() < 2 || levels.len() > LEVELS {
            return;
        }
        for list in self.lists(&levels) {
            if list.iter().any(|figure| self.used(*figure).tied || self.used(*figure).total) {
                continue;
            }
            let changes: Vec<usize> = list.iter().copied().filter(|figure| self.is_loose_fall(*figure)).collect();
            self.set_negative(&changes, false);
            match self.fitting_sum(at, &list).or_else(|| self.slipped_sum(at, &list)) {
                Some(draft) => self.push(draft),
                None => self.set_negative(&changes, true),
            }
        }
    }

    /// "from cuts 0.85 billion": a word of decline that names a part is no sign, where nothing bears out the change.
    fn is_loose_fall(&self, figure: usize) -> bool {
        let printed = self.get(figure).is_some_and(|figure| !figure.signed && figure.printed.value().is_negative());
        printed && self.used(figure).loose_change
    }

    /// The longest runs of levels of one unit between which nothing compares.
    fn lists(&self, levels: &[usize]) -> Vec<Vec<usize>> {
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for figure in levels {
            match lists.last_mut() {
                Some(list) if list.last().is_some_and(|last| self.goes_on(*last, *figure)) => list.push(*figure),
                _ => lists.push(vec![*figure]),
            }
        }
        lists.retain(|list| list.len() > 1);
        lists
    }

    fn goes_on(&self, a: usize, b: usize) -> bool {
        const REACH: usize = 24;
        let mut gap = self.tokens(a).end..self.tokens(b).start;
        let compares = [Cue::PriorTime, Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Less];
        let ends = gap.clone().any(|at| matches!(self.mark(at), Some(';' | '；'))) && !gap.clone().any(|at| self.has_any(at, &PARTS));
        self.counts_alike(a, b) && gap.len() <= REACH && !ends && !gap.any(|at| self.has_any(at, &compares))
    }

    /// Whether two figures are of one unit, or both counts: "of 1,250 jobs 640 go to Seville" may name a verb as what is counted.
    pub(super) fn counts_alike(&self, a: usize, b: usize) -> bool {
        let counts = |figure: usize| self.get(figure).is_some_and(|figure| figure.kind == Kind::Count);
        self.same_unit(a, b) || (counts(a) && counts(b))
    }

    /// The whole and the parts that add up, the most parts first.
    fn fitting_sum(&self, at: usize, list: &[usize]) -> Option<Draft> {
        let outside = self.wholes_beside(at, list).into_iter().map(|whole| (whole, list.to_vec()));
        let found = outside.chain(self.split(list)).chain(self.with_listed_before(at, list));
        let mut found: Vec<(usize, Vec<usize>)> = found.filter(|(_, parts)| parts.len() > 1).collect();
        found.sort_by_key(|(_, parts)| std::cmp::Reverse(parts.len()));
        found.into_iter().find_map(|(whole, parts)| {
            let draft = sum(whole, &parts);
            let plain =
                (parts.len() > 2 && self.significant_digits(whole) > 1) || self.says_parts(at, whole, &parts) || self.is_announced(whole);
            (plain && self.may_be_whole(whole, &parts) && self.fits(&draft)).then_some(draft)
        })
    }

    /// "Together with other income of 20 that makes revenue of 640": the parts besides are those of the sentence before.
    fn with_listed_before(&self, at: usize, list: &[usize]) -> Option<(usize, Vec<usize>)> {
        let opens = self.passages.get(at).is_some_and(|passage| self.reader.has_cue(passage.tokens.start, Cue::TotalFollows));
        let before = self.beside(at, at.checked_sub(1)).map(|before| self.levels(before)).filter(|_| opens)?;
        let (whole, own) = list.split_last()?;
        let free = before.iter().all(|part| self.same_unit(*whole, *part) && !self.used(*part).tied);
        free.then(|| (*whole, before.iter().chain(own).copied().collect()))
    }

    /// "It gave 9.5 million for grants and 6.3 million for research. All in all that was 15.8 million": all the levels of the
    /// sentence before, where a word of total leads in the first of this one.
    fn total_of_before(&self, at: usize, levels: &[usize]) -> Option<Draft> {
        const REACH: usize = 8;
        let (whole, start) = (*levels.first()?, self.passages.get(at)?.tokens.start);
        let lead = start..self.tokens(whole).start;
        let led = lead.len() <= REACH && lead.into_iter().any(|at| self.reader.has_cue(at, Cue::TotalFollows));
        let parts = self.beside(at, at.checked_sub(1)).map(|before| self.levels(before)).filter(|parts| led && parts.len() > 1)?;
        let open = parts.iter().all(|part| !self.used(*part).tied && self.counts_alike(whole, *part)) && !self.used(whole).tied;
        let draft = sum(whole, &parts);
        if !open || !self.may_be_whole(whole, &parts) {
            return None;
        }
        (self.fits(&draft) || self.is_one_mistake_away(&draft)).then_some(Draft { tentative: false, ..draft })
    }

    /// The whole may open or close the list itself.
    fn split(&self, list: &[usize]) -> Vec<(usize, Vec<usize>)> {
        let first = list.split_first().map(|(whole, parts)| (*whole, parts.to_vec()));
        let last = list.split_last().map(|(whole, parts)| (*whole, parts.to_vec()));
        first.into_iter().chain(last).collect()
    }

    /// The other levels of the unit in the sentence and in those beside it, the nearest first.
    fn wholes_beside(&self, at: usize, list: &[usize]) -> Vec<usize> {
        let Some(first) = list.first() else { return Vec::new() };
        let around = [Some(at), self.beside(at, at.checked_sub(1)), self.beside(at, at.checked_add(1))];
        let levels = around.into_iter().flatten().flat_map(|passage| self.levels(passage));
        let mut wholes: Vec<usize> = levels
            .filter(|level| !list.contains(level) && !self.used(*level).tied && !self.used(*level).total && self.same_unit(*first, *level))
            .collect();
        wholes.sort_by_key(|whole| whole.abs_diff(*first));
        wholes
    }

    /// Whether every part is less than the whole.
    fn may_be_whole(&self, whole: usize, parts: &[usize]) -> bool {
        let size = self.size(whole);
        parts.iter().all(|part| self.size(*part) < size)
    }

    /// Whether a word says that a whole has parts: in their sentence, or a colon right behind the whole.
    fn says_parts(&self, at: usize, whole: usize, parts: &[usize]) -> bool {
        let Some(passage) = self.passages.get(at) else { return false };
        let said = passage.tokens.clone().any(|at| self.has_any(at, &PARTS));
        said || self.ends_with_colon(whole) || self.opens_as_whole(at, whole, parts)
    }

    /// Whether it says so where it must: between the whole and its parts, or right beside a total.
    fn says_all_parts(&self, at: usize, whole: usize, parts: &[usize]) -> bool {
        let (Some(passage), Some(first), Some(last)) = (self.passages.get(at), parts.first(), parts.last()) else { return false };
        let (start, end) = (self.tokens(whole).start, self.tokens(whole).end);
        let said = |gap: Range<usize>, cues: &[Cue]| gap.into_iter().any(|at| self.has_any(at, cues));
        match whole < *first {
            true => {
                let between = end..self.tokens(*first).start;
                said(between.clone(), &PARTS)
                    || between.clone().any(|at| matches!(self.mark(at), Some(':' | '：')))
                    || said(passage.tokens.start..start, &[Cue::TotalFollows])
                    || self.ends_with_colon(whole)
                    || self.opens_as_whole(at, whole, parts)
            }
            false => {
                said(self.tokens(*last).end..start, &[Cue::TotalFollows, Cue::PartsFollow])
                    || said(end..end + 1, &[Cue::TotalFollows, Cue::PartsFollow])
                    || said(passage.tokens.start..self.tokens(*first).start, &[Cue::TotalFollows])
            }
        }
    }

    fn ends_with_colon(&self, figure: usize) -> bool {
        matches!(self.mark(self.tokens(figure).end), Some(':' | '：'))
    }

    /// "Of the net profit of 486 million, 251 million …": the sentence opens with what it is out of.
    fn opens_as_whole(&self, at: usize, whole: usize, parts: &[usize]) -> bool {
        let Some(passage) = self.passages.get(at) else { return false };
        let opens = self.has_any(passage.tokens.start, &[Cue::Of, Cue::OnBase]);
        let first = passage.tokens.contains(&self.tokens(whole).start) && parts.iter().all(|part| whole < *part);
        opens && first
    }

    /// A whole that opens or closes the list of its parts, stated as their total or one slip away from fitting.
    fn slipped_sum(&self, at: usize, list: &[usize]) -> Option<Draft> {
        let opened = self.with_listed_before(at, list).map(|(whole, parts)| (whole, parts, true));
        let split = self.split(list).into_iter().map(|(whole, parts)| {
            let total = self.states_total(at, whole, &parts);
            (whole, parts, total)
        });
        split.chain(opened).find_map(|(whole, parts, total)| {
            let more = parts.iter().filter(|part| self.size(**part) >= self.size(whole)).count();
            let draft = sum(whole, &parts);
            if total && parts.len() > 1 && self.are_alike(whole, &parts) {
                return Some(Draft { tentative: false, ..draft });
            }
            let said = self.says_all_parts(at, whole, &parts);
            let listed = if parts.len() > 2 { self.is_closed(&parts) && (said || self.are_alike(whole, &parts)) } else { said };
            if parts.len() < 2 || !listed || more > 1 {
                return None;
            }
            if parts.len() == 2 && self.falls_short(at, whole, &parts) {
                return self.is_one_scale_away(&draft).then_some(draft);
            }
            if self.is_one_slip_away(&draft) {
                return Some(draft);
            }
            if said && parts.len() > 2 && self.is_too_much(whole, &parts) {
                return Some(Draft { tentative: false, ..draft });
            }
            (said && self.is_one_digit_away(&draft)).then_some(Draft { tentative: false, ..draft })
        })
    }

    fn are_alike(&self, whole: usize, parts: &[usize]) -> bool {
        parts.iter().all(|part| self.same_unit(whole, *part))
    }

    /// "A 310 million, B 145 million, together 455 million": the word stands right before or behind the total, and the
    /// sentence has no other levels.
    fn states_total(&self, at: usize, whole: usize, parts: &[usize]) -> bool {
        let (Some(passage), Some(last)) = (self.passages.get(at), parts.last()) else { return false };
        let total = |at: usize| self.reader.has_cue(at, Cue::TotalFollows);
        let end = self.tokens(whole).end;
        let told = (self.tokens(*last).end..self.tokens(whole).start).any(total) || total(end);
        let closes = *last < whole && !(end + 1..passage.tokens.end).any(|at| self.has_any(at, &PARTS));
        told && closes && self.levels(at).len() == parts.len() + 1
    }

    /// "of which 1.2 billion from A and 0.3 billion from B": some parts, which need not be all.
    fn falls_short(&self, at: usize, whole: usize, parts: &[usize]) -> bool {
        let Some(passage) = self.passages.get(at) else { return false };
        let among = passage.tokens.clone().any(|at| self.reader.has_cue(at, Cue::PartsAmong));
        let all = parts.iter().fold(Ratio::ZERO, |sum, part| &sum + &self.size(*part));
        among && all < self.size(whole)
    }

    /// Whether parts that are listed to the end exceed their whole by far more than rounding: they cannot be incomplete.
    fn is_too_much(&self, whole: usize, parts: &[usize]) -> bool {
        let all = parts.iter().fold(Ratio::ZERO, |sum, part| &sum + &self.size(*part));
        self.are_alike(whole, parts) && self.is_closed(parts) && all > self.size(whole)
    }

    /// Whether a list has an end: "and" stands before its last item.
    fn is_closed(&self, parts: &[usize]) -> bool {
        let [.., next_to_last, last] = parts else { return false };
        let mut gap = self.tokens(*next_to_last).end..self.tokens(*last).start;
        gap.any(|at| self.reader.has_cue(at, Cue::And)) || !self.reader.language.spaced
    }
}

fn sum(whole: usize, parts: &[usize]) -> Draft {
    let mut roles = vec![(Role::Total, whole)];
    roles.extend(parts.iter().zip(1..).map(|(part, number)| (Role::Addend(number), *part)));
    Draft { tentative: true, ..Draft::new(Relation::Sum, roles) }
}
