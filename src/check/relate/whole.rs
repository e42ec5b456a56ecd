//! Statements of a whole and its parts: shares, sums, differences, margins, price times volume.

use super::slot::{Mention, Slot};
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Kind, Unit};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

/// The names of revenue.
pub(super) const REVENUE: [&str; 2] = ["revenue", "total revenue"];

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

    pub(super) fn is_amount(&self, mention: &Mention) -> bool {
        mention.slot != Slot::Taken
            && self.get(mention.figure).is_some_and(|figure| figure.kind == Kind::Money || figure.kind == Kind::Count)
    }

    /// The figures of a kind that nothing has tied yet.
    pub(super) fn free(&self, mentions: &[Mention], kind: Kind) -> Vec<usize> {
        let open = mentions.iter().filter(|mention| mention.slot != Slot::Taken).map(|mention| mention.figure);
        open.filter(|figure| {
            self.get(*figure).is_some_and(|figure| figure.kind == kind && figure.rate_base.is_none() && figure.range.is_none())
        })
        .collect()
    }

    /// Whether the last name between the figure before and this one is one of these.
    pub(super) fn is_named(&self, figure: usize, names: &[&str]) -> bool {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let end = self.token_range(figure).end;
        let behind = || (end..(end + 3).min(self.tokens.end)).find_map(|at| self.metric_at(at));
        let metric = (from..self.token_range(figure).start).rev().find_map(|at| self.metric_at(at)).or_else(behind);
        metric.and_then(|metric| self.metric_name(metric)).is_some_and(|name| names.contains(&name))
    }

    /// Whether "or", "that is" or a bracket leads a figure in.
    pub(super) fn is_told_again(&self, figure: usize) -> bool {
        let start = self.token_range(figure).start;
        let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let lead = (self.tokens.start..start).rev().find(|at| !self.has_any(*at, &hedges));
        // "ou seja, 328 milhões"
        let lead = lead.map(|at| if self.mark(at) == Some(',') && at > self.tokens.start && self.is_equal(at - 1) { at - 1 } else { at });
        lead.is_some_and(|at| self.has_any(at, &[Cue::Or, Cue::Equals]) || matches!(self.mark(at), Some('(' | '（')))
    }

    /// "ou seja", "es decir"; no comma follows what only leads an amount in.
    fn is_equal(&self, at: usize) -> bool {
        self.has_any(at, &[Cue::Or, Cue::Equals])
    }

    /// "300, el 25 %, …": only a comma and an article between a figure and the one before it.
    pub(super) fn follows_comma(&self, figure: usize) -> bool {
        let Some(previous) = figure.checked_sub(1) else { return false };
        let start = self.token_range(figure).start;
        let comma = (self.token_range(previous).end..start).rev().find(|at| !self.reader.has_cue(*at, Cue::Article));
        comma.is_some_and(|at| matches!(self.mark(at), Some(',')))
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
        let (first, second) = (*count.min(price), *count.max(price));
        let roles = vec![(Role::Product, *amount), (Role::Factor1, first), (Role::Factor2, second)];
        self.claims.push(Draft::new(Relation::Product, roles));
        for mention in mentions.iter_mut().filter(|m| m.figure == *count || m.figure == *price) {
            mention.slot = Slot::Taken;
        }
    }
}
