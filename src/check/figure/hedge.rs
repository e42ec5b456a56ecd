//! Is a figure a bound, or an estimate?

use super::reader::Reader;
use crate::check::language::{Cue, Sense};
use crate::check::scan::TokenKind;
use crate::printed::Hedge;

impl Reader<'_> {
    /// The hedge before or after a figure, articles skipped.
    pub(super) fn hedge(&self, at: usize, end: usize) -> Option<Hedge> {
        let after = [(Cue::OverAfter, Hedge::Over), (Cue::UnderAfter, Hedge::Under), (Cue::AboutAfter, Hedge::About)];
        let before = [(Cue::Over, Hedge::Over), (Cue::Under, Hedge::Under), (Cue::About, Hedge::About)];
        let mut at = at.checked_sub(1)?;
        let number = at + 1;
        if self.has_cue(at, Cue::Article) && at > 0 && !before.iter().any(|(cue, _)| self.has_cue(at, *cue)) {
            at -= 1;
        }
        if at.checked_sub(1).is_some_and(|before| self.is_size(before)) {
            // "15% more than the …" compares.
            return None;
        }
        // "148.000 vehículos, por debajo de los 150.000"
        let numbered = |at: usize| self.is_size(at) || matches!(self.kind(at), Some(TokenKind::Number(_)));
        // "… 90 milioni di euro e un indebitamento inferiore a 200 milioni": of something else.
        let named = |at: &usize| self.has_cue(*at, Cue::And) || self.glance(*at).is_metric;
        let mut near = (at.saturating_sub(4)..at).rev().take_while(|at| !named(at));
        let behind_number = self.has_cue(at, Cue::Against) && self.language.spaced && near.any(numbered);
        // "superó los 39 millones que esperaba el mercado": held against what was expected.
        let known = [Cue::Expect, Cue::PriorTime];
        let expected = at + 1 < number && (end..end + 3).any(|at| known.iter().any(|cue| self.has_cue(at, *cue)));
        // "Darlehen über 40 Millionen"
        let amount_of = at + 1 == number && at.checked_sub(1).is_some_and(|noun| self.has_cue(noun, Cue::OfAmount));
        if expected || (amount_of && self.has_cue(at, Cue::Over)) {
            return None;
        }
        if behind_number || self.compares_with_before(at, end) {
            return None;
        }
        let find = |cues: &[(Cue, Hedge)], at: usize| cues.iter().find(|(cue, _)| self.has_cue(at, *cue)).map(|(_, hedge)| *hedge);
        // 会社予想の400億円を上回り and 比52亿元多4亿元 compare, they do not hedge.
        let compares = self.has_cue(at, Cue::Of) && at > 0 && (self.has_cue(at - 1, Cue::Expect) || self.has_cue(at - 1, Cue::PriorTime));
        find(&before, at)
            .or_else(|| find(&after, end).filter(|_| !compares && self.amount(end + 1).is_none_or(|next| next.first != end + 1)))
    }

    /// Whether a size ends at a token: a percentage, a fraction, so many times.
    fn is_size(&self, at: usize) -> bool {
        self.unit(at).is_some()
            || self.senses(at).iter().any(|sense| matches!(sense, Sense::Fraction(..) | Sense::Scale(_) | Sense::Currency(_)))
    }

    /// "leicht über den 5 Mio. Euro des Vorjahres": a direction before what was, no bound.
    pub(crate) fn compares_with_before(&self, at: usize, end: usize) -> bool {
        let directed = self.has_cue(at, Cue::Up) || self.has_cue(at, Cue::Down);
        let linking = [Cue::Of, Cue::Article, Cue::At];
        let next = (end..end + 3).find(|at| !linking.iter().any(|cue| self.has_cue(*at, *cue)) || self.has_cue(*at, Cue::PriorTime));
        directed && next.is_some_and(|at| self.has_cue(at, Cue::PriorTime))
    }
}
