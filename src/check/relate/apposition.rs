//! What stands in brackets, after a dash or after "or" behind a figure: its conversion, its prior, or its growth.

use super::slot::Slot;
use super::{Draft, Sentence};
use crate::check::figure::{Figure, Kind, Unit};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};
use std::ops::Range;

impl Sentence<'_, '_> {
    /// The slot of a figure that is in apposition to another; `None` if it is not.
    pub(super) fn apposition(&mut self, anchor: usize, figure: usize) -> Option<Slot> {
        let previous = figure.checked_sub(1)?;
        let gap = self.token_range(previous).end..self.token_range(figure).start;
        let bracketed = self.opens_bracket(anchor, figure);
        let equated = self.is_equated(gap.clone())
            || self.is_equated_behind(gap.clone(), figure)
            || self.is_converted_alike(anchor, figure, gap.clone());
        if !(bracketed || equated || self.is_apposition_gap(gap.clone())) {
            return None;
        }
        let (main, other) = (self.get(anchor)?.clone(), self.get(figure)?.clone());
        if main.is_level() && other.is_level() && main.kind == other.kind {
            return self.second_amount(anchor, figure, &main, &other, bracketed);
        }
        if main.is_level() && other.is_level() {
            // "$2.1 billion, or $1.34 a share": the same thing told in another way.
            return Some(Slot::Loose);
        }
        if bracketed && other.kind == Kind::Percent && main.is_level() {
            return self.bracketed_percent(figure, gap);
        }
        None
    }

    fn second_amount(&mut self, anchor: usize, figure: usize, main: &Figure, other: &Figure, bracketed: bool) -> Option<Slot> {
        match (&main.unit, &other.unit) {
            (Unit::Currency(a), Unit::Currency(b)) if a != b => {
                self.claims.push(Draft::new(Relation::Conversion, vec![(Role::Amount, anchor), (Role::Converted, figure)]));
                Some(Slot::Taken)
            }
            // The figure of the year before in brackets: "EUR 102.4 million (98.7)".
            (a, b) if bracketed && a == b => {
                let range = self.token_range(figure);
                if self.lead(range.start).is_some_and(|led| led.loss) || self.is_loss_behind(range.end) {
                    self.set_negative(figure, true);
                }
                Some(Slot::Prior)
            }
            _ => None,
        }
    }

    /// "(up 12%)", "(+12%)", "(-18.9%)": the growth of the amount before the bracket.
    fn bracketed_percent(&mut self, figure: usize, mut gap: Range<usize>) -> Option<Slot> {
        let direction = gap.by_ref().rev().find_map(|at| self.direction_at(at)).or_else(|| self.right_direction(figure));
        if let Some(direction) = direction {
            self.set_negative(figure, direction.is_lt());
            return Some(Slot::Growth);
        }
        self.get(figure)?.signed.then_some(Slot::Growth)
    }

    /// Whether a bracket opens right behind the anchor, or what is tied to it, and does not close before a figure.
    pub(super) fn opens_bracket(&self, anchor: usize, figure: usize) -> bool {
        let mut depth = 0_i32;
        for at in self.token_range(anchor).end..self.token_range(figure).start {
            match self.mark(at) {
                Some('(' | '（' | '[') => depth += 1,
                Some(')' | '）' | ']') => depth -= 1,
                _ if depth == 0 && !self.has_any(at, &[Cue::Article, Cue::Of]) => return false,
                _ => {}
            }
        }
        depth > 0
    }

    /// "1.4 billion yuan works out at $200 million, and 568 million yuan at some $80 million": the verb is left out the
    /// second time.
    fn is_converted_alike(&self, anchor: usize, figure: usize, mut gap: Range<usize>) -> bool {
        let units = |a: usize, b: usize| self.get(a).map(|a| a.unit.clone()).zip(self.get(b).map(|b| b.unit.clone()));
        let alike = |claim: &&Draft| {
            claim.relation == Relation::Conversion
                && claim
                    .figure(Role::Amount)
                    .zip(claim.figure(Role::Converted))
                    .is_some_and(|(a, b)| a >= self.first && units(a, b).is_some() && units(a, b) == units(anchor, figure))
        };
        let links = [Cue::At, Cue::To, Cue::Level, Cue::About, Cue::Over, Cue::Under, Cue::Article];
        !gap.is_empty() && gap.all(|at| self.has_any(at, &links)) && self.claims.iter().any(|claim| alike(&claim))
    }

    /// "the €500 million price is worth $540 million": a word that equates stands right before the second.
    fn is_equated(&self, gap: Range<usize>) -> bool {
        const REACH: usize = 8;
        let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let last = gap.clone().rev().find(|at| self.reader.has_cue(*at, Cue::Equals) || !self.has_any(*at, &hedges));
        gap.len() <= REACH && last.is_some_and(|at| self.reader.has_cue(at, Cue::Equals))
    }

    /// 3億ユーロは480億円に相当する: the word stands behind.
    fn is_equated_behind(&self, mut gap: Range<usize>, figure: usize) -> bool {
        let links = !gap.is_empty() && gap.all(|at| self.has_any(at, &[Cue::Level, Cue::About, Cue::Over, Cue::Under]));
        links && !self.reader.language.spaced && self.reader.has_cue(self.token_range(figure).end, Cue::Equals)
    }

    /// Whether only "or", a dash, a comma, hedges and articles stand between two figures, with one of the first two.
    fn is_apposition_gap(&self, gap: Range<usize>) -> bool {
        let mut led = false;
        for at in gap {
            let dash = matches!(self.mark(at), Some('–' | '—' | '=' | '＝' | '/'));
            let or = self.has_any(at, &[Cue::Or, Cue::Equals]);
            led |= dash || or;
            let hedge = self.has_any(at, &[Cue::About, Cue::Over, Cue::Under, Cue::Article]);
            if !(dash || or || hedge || matches!(self.mark(at), Some(',' | '，' | '、'))) {
                return false;
            }
        }
        led
    }
}
