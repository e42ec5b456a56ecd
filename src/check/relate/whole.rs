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

    /// Whether the name of a figure is one of these.
    pub(super) fn is_named(&self, figure: usize, names: &[&str]) -> bool {
        self.own_name(figure).is_some_and(|name| names.contains(&name))
    }

    /// The last name between the figure before and this one, else the one right behind it.
    pub(super) fn own_name(&self, figure: usize) -> Option<&str> {
        // "revenue was flat at": a word that is a figure hides no name.
        let previous = (self.first..figure).rev().find(|other| self.get(*other).is_some_and(|other| !other.flat));
        let from = previous.map_or(self.tokens.start, |previous| self.token_range(previous).end);
        let end = self.token_range(figure).end;
        let behind = || (end..(end + 3).min(self.tokens.end)).find_map(|at| self.metric_at(at));
        // "52,4 milliards d'euros d'exportations": the name that "of" joins is its own.
        let joined = self.metric_at(end + 1).filter(|_| self.reader.language.spaced && self.reader.has_cue(end, Cue::Of));
        if let Some(own) = joined.and_then(|metric| self.metric_name(metric)) {
            return Some(own);
        }
        let metric = (from..self.token_range(figure).start).rev().find_map(|at| self.metric_at(at)).or_else(behind);
        metric.and_then(|metric| self.metric_name(metric))
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
        comma.is_some_and(|at| matches!(self.mark(at), Some(',' | '，' | '、')))
    }

    /// "1.2 million bottles at an average of 8.50 euros brought in 10.2 million": an amount right behind a count may be the
    /// price of one.
    fn product_at(&mut self, mentions: &mut [Mention], count: usize, price: usize, amount: usize) {
        let gap = self.token_range(count).end..self.token_range(price).start;
        let linking = [Cue::At, Cue::Of, Cue::Article, Cue::About, Cue::To, Cue::By];
        let led = count + 1 == price && self.reader.has_cue(gap.start, Cue::At) && gap.clone().all(|at| self.has_any(at, &linking));
        let small = |figure: usize| self.get(figure).is_some_and(|figure| figure.power == 0);
        let same = self.get(price).zip(self.get(amount)).is_some_and(|(a, b)| a.unit == b.unit && a.printed.value() < b.printed.value());
        if !(self.reader.language.spaced && led && same && small(price) && !small(amount)) {
            return;
        }
        let roles = vec![(Role::Product, amount), (Role::Factor1, count), (Role::Factor2, price)];
        self.claims.push(Draft { tentative: true, ..Draft::new(Relation::Product, roles) });
        for mention in mentions.iter_mut().filter(|m| m.figure == price) {
            mention.slot = Slot::Taken;
        }
    }

    /// A volume, a price of one and an amount in one sentence.
    fn product(&mut self, mentions: &mut [Mention]) {
        let (counts, prices, amounts) =
            (self.free(mentions, Kind::Count), self.free(mentions, Kind::UnitPrice), self.free(mentions, Kind::Money));
        if let ([count], [], [price, amount]) = (counts.as_slice(), prices.as_slice(), amounts.as_slice()) {
            return self.product_at(mentions, *count, *price, *amount);
        }
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
