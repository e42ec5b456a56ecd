//! A whole and the list of its parts.

use super::{Evidence, LEVELS};
use crate::check::figure::Kind;
use crate::check::language::Cue;
use crate::check::relate::Draft;
use crate::relation::{Relation, Role};

impl Evidence<'_, '_> {
    /// "Portugal contributed 318 million, Poland 904 million and Colombia 68 million to the 1,290 million of sales": the
    /// figures of one unit that a sentence lists, and a whole beside them.
    pub(super) fn sums(&mut self, at: usize) {
        let levels = self.levels(at);
        if levels.len() < 2 || levels.len() > LEVELS {
            return;
        }
        for list in self.lists(&levels) {
            if list.iter().any(|figure| self.used(*figure).tied) {
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
        self.counts_alike(a, b) && gap.len() <= REACH && !gap.any(|at| self.has_any(at, &compares))
    }

    /// Whether two figures are of one unit, or both counts: "of 1,250 jobs 640 go to Seville" may name a verb as what is counted.
    fn counts_alike(&self, a: usize, b: usize) -> bool {
        let counts = |figure: usize| self.get(figure).is_some_and(|figure| figure.kind == Kind::Count);
        self.same_unit(a, b) || (counts(a) && counts(b))
    }

    /// The whole and the parts that add up, the most parts first.
    fn fitting_sum(&self, at: usize, list: &[usize]) -> Option<Draft> {
        let inside = self.split(list);
        let outside = self.wholes_beside(at, list).into_iter().map(|whole| (whole, list.to_vec()));
        let mut found: Vec<(usize, Vec<usize>)> = outside.chain(inside).filter(|(_, parts)| parts.len() > 1).collect();
        found.sort_by_key(|(_, parts)| std::cmp::Reverse(parts.len()));
        found.into_iter().find_map(|(whole, parts)| {
            let draft = sum(whole, &parts);
            let plain = parts.len() > 2 || self.says_parts(at, whole, &parts);
            (plain && self.may_be_whole(whole, &parts) && self.significant_digits(whole) > 1 && self.fits(&draft)).then_some(draft)
        })
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
        let mut wholes: Vec<usize> =
            levels.filter(|level| !list.contains(level) && !self.used(*level).tied && self.same_unit(*first, *level)).collect();
        wholes.sort_by_key(|whole| whole.abs_diff(*first));
        wholes
    }

    /// Whether every part is less than the whole.
    fn may_be_whole(&self, whole: usize, parts: &[usize]) -> bool {
        let size = self.size(whole);
        parts.iter().all(|part| self.size(*part) < size)
    }

    /// Whether a word says that a whole has parts: between the two, or in the sentence of the parts.
    fn says_parts(&self, at: usize, whole: usize, parts: &[usize]) -> bool {
        let Some(passage) = self.passages.get(at) else { return false };
        let cues = [Cue::PartsFollow, Cue::TotalFollows, Cue::PartsAmong];
        let said = passage.tokens.clone().any(|at| self.has_any(at, &cues));
        said || matches!(self.mark(self.tokens(whole).end), Some(':' | '：')) || self.opens_as_whole(at, whole, parts)
    }

    /// "Of the net profit of 486 million, 251 million …": the sentence opens with what it is out of.
    fn opens_as_whole(&self, at: usize, whole: usize, parts: &[usize]) -> bool {
        let Some(passage) = self.passages.get(at) else { return false };
        let opens = self.has_any(passage.tokens.start, &[Cue::Of, Cue::OnBase]);
        let first = passage.tokens.contains(&self.tokens(whole).start) && parts.iter().all(|part| whole < *part);
        opens && first
    }

    /// Three parts or more and a whole that opens or closes their list, one slip away from fitting.
    fn slipped_sum(&self, at: usize, list: &[usize]) -> Option<Draft> {
        const PARTS: usize = 3;
        self.split(list).into_iter().find_map(|(whole, parts)| {
            let more = parts.iter().filter(|part| self.size(**part) >= self.size(whole)).count();
            if parts.len() < PARTS || more > 1 || !self.is_closed(&parts) {
                return None;
            }
            let draft = Draft { tentative: true, ..sum(whole, &parts) };
            let said = self.says_parts(at, whole, &parts);
            let alike = parts.iter().all(|part| self.same_unit(whole, *part));
            if (said || alike) && self.is_one_slip_away(&draft) {
                return Some(draft);
            }
            (said && self.is_one_digit_away(&draft)).then(|| Draft { tentative: false, ..draft })
        })
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
