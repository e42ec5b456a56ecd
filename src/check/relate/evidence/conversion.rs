//! One amount in two currencies, whatever stands between: the market says whether they can be the same.

use super::Evidence;
use crate::check::figure::{Figure, Kind, Unit};
use crate::check::language::Cue;
use crate::check::relate::{Draft, RoughRate};
use crate::currency::Currency;
use crate::exact::Ratio;
use crate::relation::{Relation, Role};
use std::ops::Range;

/// How far, in hundredths, the implied rate may lie from that of the market where a word of exchange stands beside; where only
/// a mark or "or" links the two; and from a rate that the text states.
const TOLD: i128 = 30;
const LINKED: i128 = 12;
const STATED: i128 = 3;

/// Two amounts that may be one.
struct Twin {
    amount: usize,
    converted: usize,
    currencies: [Currency; 2],
    /// So many of the amount's currency for one of the other.
    rate: Ratio,
}

impl Evidence<'_, '_> {
    /// "The fine: $750 million. At today's rate that is 690 million euros": two amounts next to each other in different
    /// currencies, between which a word of exchange, a mark or a stated rate stands, and whose rate is one of the market.
    pub(super) fn conversions(&mut self, at: usize, market: &RoughRate<'_>) {
        let Some(figures) = self.passages.get(at).map(|passage| passage.figures.clone()) else { return };
        for converted in figures {
            let Some(twin) = self.twin(at, converted) else { continue };
            let stated = self.stated_rate(twin.currencies);
            let draft = Draft::new(Relation::Conversion, vec![(Role::Amount, twin.amount), (Role::Converted, twin.converted)]);
            let known = stated.as_ref().map(|rate| is_near(&twin.rate, rate, STATED) || is_powers_away(&twin.rate, rate));
            let gap = self.tokens(twin.amount).end..self.tokens(twin.converted).start;
            let off = || market(twin.currencies).map(|rate| !is_near(&twin.rate, &rate, TOLD));
            let near = || market(twin.currencies).is_some_and(|rate| is_near(&twin.rate, &rate, LINKED));
            let told = self.is_exchanged(&gap, self.tokens(twin.converted).end);
            let stands = match known {
                Some(known) => known,
                None => told && off() != Some(true) || self.is_linked(gap) && near(),
            };
            if stands {
                self.push_conversion(draft);
            }
        }
    }

    /// An amount and the one before it, in the sentence or in the one before.
    fn twin(&self, at: usize, converted: usize) -> Option<Twin> {
        let plain = |figure: &&Figure| figure.kind == Kind::Money && figure.range.is_none() && figure.rate_base.is_none();
        let rate = |figure: usize| self.get(figure).is_some_and(|figure| figure.rate_base.is_some());
        let own = self.get(converted).filter(plain)?;
        // A stated rate may stand between.
        let before = (converted.saturating_sub(2)..converted).rev().find(|before| !rate(*before))?;
        let amount = self.get(before).filter(plain)?;
        let here = self.passages.get(at)?.tokens.start <= amount.tokens.start;
        let just_before = || {
            let before_at = self.beside(at, at.checked_sub(1));
            before_at.and_then(|at| self.passages.get(at)).is_some_and(|passage| passage.tokens.start <= amount.tokens.start)
        };
        let (Unit::Currency(from), Unit::Currency(to)) = (&amount.unit, &own.unit) else { return None };
        let free = !self.used(converted).converted && !self.used(converted).amount && !self.used(before).converted;
        if from == to || !free || !(here || just_before()) || self.used(converted).whole {
            return None;
        }
        let rate = amount.printed.value().abs().checked_div(&own.printed.value().abs())?;
        Some(Twin { amount: before, converted, currencies: [*from, *to], rate })
    }

    /// A rate that the text states between two currencies: so many of the first for one of the second.
    fn stated_rate(&self, [from, to]: [Currency; 2]) -> Option<Ratio> {
        let stated = |base, quote| self.rates.get(&(base, quote)).and_then(|rate| self.get(*rate)).map(|rate| rate.printed.value());
        stated(to, from).cloned().or_else(|| stated(from, to)?.recip())
    }

    /// Notes the first rate that the text states for each pair.
    pub(super) fn note_rates(&mut self) {
        for (index, rate) in self.figures.iter().enumerate() {
            if let (Some(base), Unit::Currency(quote)) = (rate.rate_base, &rate.unit) {
                self.rates.entry((base, *quote)).or_insert(index);
            }
        }
    }

    /// Whether a word of exchange stands between two amounts or right behind the second.
    fn is_exchanged(&self, gap: &Range<usize>, end: usize) -> bool {
        const REACH: usize = 14;
        const BEHIND: usize = 4;
        gap.len() <= REACH && gap.clone().chain(end..end + BEHIND).any(|at| self.reader.has_cue(at, Cue::Exchange))
    }

    /// Whether a mark, "or" or "that is" stands before the second amount, and little else between the two.
    fn is_linked(&self, gap: Range<usize>) -> bool {
        const REACH: usize = 6;
        let link = |at: usize| {
            self.has_any(at, &[Cue::Or, Cue::Equals, Cue::Thus])
                || matches!(self.mark(at), Some('–' | '—' | '-' | '(' | '（' | ':' | '：' | ',' | '，' | '、' | ';' | '；' | '='))
        };
        let apart = |at: usize| self.has_any(at, &[Cue::And, Cue::Against, Cue::PriorTime, Cue::PartsAmong]);
        gap.len() <= REACH && gap.clone().any(link) && !gap.clone().any(apart)
    }
}

/// Whether a rate lies so many hundredths around another at most.
fn is_near(rate: &Ratio, other: &Ratio, hundredths: i128) -> bool {
    let Some(leeway) = Ratio::new(hundredths, 100) else { return false };
    (rate - other).abs() <= other * &leeway
}

/// Whether a rate is another but for a power of ten.
fn is_powers_away(rate: &Ratio, other: &Ratio) -> bool {
    [-3, -2, -1, 1, 2, 3].into_iter().any(|power| is_near(&(rate * &Ratio::power_of_ten(power)), other, STATED))
}
