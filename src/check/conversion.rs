//! At which rate did a document convert? All its conversions between two currencies should share one.

use super::figure::{Figure, Unit};
use super::relate::Draft;
use crate::currency::{Currency, CurrencyPair};
use crate::exact::{End, Interval, Ratio};
use crate::printed::{Printed, Reading};
use crate::rates::{Basis, Fit};
use crate::relation::{Claim, Judgement, Operand, Relation, Role, Verdict};

/// The rate that a group of conversions shares.
#[derive(Debug, Clone)]
pub struct SharedRate {
    /// One unit of the base costs so many of the quote.
    pub pair: CurrencyPair,
    /// Every rate at which all of the group could have been converted.
    pub interval: Interval,
    /// The claims that share it, by index.
    pub claims: Vec<usize>,
    /// The claims that no common rate explains.
    pub outliers: Vec<usize>,
    /// The published rates inside the interval.
    pub matches: Vec<Fit>,
}

/// A conversion with the rates it implies.
pub(crate) struct Conversion {
    pub(crate) claim: usize,
    /// The rate that the document states, in the direction of the pair.
    stated: Option<Operand>,
    amount: Printed,
    converted: Printed,
    /// Whether the rate is `converted ÷ amount`: the pair's base is the amount's currency.
    inverted: bool,
    value: Option<Ratio>,
    fine: Interval,
    coarse: Interval,
}

impl Conversion {
    /// The rate from the printed values.
    pub(crate) fn value(&self) -> Option<&Ratio> {
        self.value.as_ref()
    }

    /// Every rate the printed amounts leave open.
    pub(crate) fn interval(&self) -> &Interval {
        &self.fine
    }

    fn new(claim: usize, amount: &Printed, converted: &Printed, inverted: bool, reading: Reading) -> Conversion {
        let size = |printed: &Printed| if printed.value().is_negative() { printed.clone().negated() } else { printed.clone() };
        let (amount, converted) = (size(amount), size(converted));
        let (over, under) = if inverted { (&converted, &amount) } else { (&amount, &converted) };
        let divide = |a: Interval, b: Interval| a.checked_div(&b).unwrap_or(Interval::ALL);
        Conversion {
            claim,
            stated: None,
            value: over.value().checked_div(under.value()),
            fine: divide(over.interval(reading), under.interval(reading)),
            coarse: divide(over.coarse_interval(reading), under.coarse_interval(reading)),
            inverted,
            amount,
            converted,
        }
    }

    /// Holds the conversion against a rate.
    fn judge(&self, rate: Operand, reading: Reading) -> Judgement {
        let rate = if self.inverted { rate.recip() } else { Some(rate) };
        Claim::new(Relation::Conversion)
            .with(Role::Amount, Operand::printed(&self.amount, reading))
            .with(Role::Rate, rate.unwrap_or(Operand::within(Interval::ALL)))
            .with(Role::Converted, Operand::printed(&self.converted, reading))
            .judge()
    }
}

/// The conversions of one pair of currencies, in the order of the text.
pub(crate) struct Pair {
    pub(crate) pair: CurrencyPair,
    pub(crate) conversions: Vec<Conversion>,
}

/// Sorts the conversions of a document by pair. The base is the currency of `converted` in the first of each pair.
pub(crate) fn pairs(drafts: &[Draft], figures: &[Figure], reading: Reading) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (claim, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.relation == Relation::Conversion) {
        let figure = |role: Role| draft.roles.iter().find(|(known, _)| *known == role).and_then(|(_, index)| figures.get(*index));
        let (Some(amount), Some(converted)) = (figure(Role::Amount), figure(Role::Converted)) else { continue };
        let (Some(from), Some(to)) = (currency(amount), currency(converted)) else { continue };
        let pair = CurrencyPair::new(to, from);
        let index = pairs.iter().position(|known| known.pair == pair || known.pair == pair.inverse()).unwrap_or_else(|| {
            pairs.push(Pair { pair, conversions: Vec::new() });
            pairs.len() - 1
        });
        if let Some(known) = pairs.get_mut(index) {
            let inverted = known.pair != pair;
            let mut conversion = Conversion::new(claim, &amount.printed, &converted.printed, inverted, reading);
            conversion.stated = figure(Role::Rate).and_then(|rate| stated_rate(rate, known.pair, reading));
            known.conversions.push(conversion);
        }
    }
    pairs
}

/// A stated rate as one of the pair: turned round if it is for one of the quote.
fn stated_rate(rate: &Figure, pair: CurrencyPair, reading: Reading) -> Option<Operand> {
    let stated = Operand::printed(&rate.printed, reading);
    if rate.rate_base? == pair.base { Some(stated) } else { stated.recip() }
}

fn currency(figure: &Figure) -> Option<Currency> {
    match figure.unit {
        Unit::Currency(currency) => Some(currency),
        _ => None,
    }
}

impl Pair {
    /// The groups that share a rate, the largest first, each with the verdict of its claims.
    ///
    /// `published` are the rates the document may have used: they choose between outliers that explain a conflict
    /// equally well, and tell honest rates on different bases from slips.
    pub(crate) fn solve(&self, published: &[Fit], reading: Reading) -> Vec<(SharedRate, Vec<(usize, Verdict)>)> {
        let mut groups = Vec::new();
        let mut rest: Vec<&Conversion> = self.conversions.iter().filter(|conversion| conversion.stated.is_none()).collect();
        let mut main_basis: Option<Vec<Basis>> = None;
        while !rest.is_empty() {
            let Some(common) = common_rate(&rest, published) else { break };
            let (members, others): (Vec<&Conversion>, Vec<&Conversion>) = rest.iter().partition(|c| c.coarse.contains(&common.point));
            let interval =
                members.iter().fold(Interval::ALL, |all, member| all.intersect(member.interval_at(&common.point)).unwrap_or(all));
            let matches: Vec<Fit> = published.iter().filter(|fit| interval.contains(&fit.rate)).cloned().collect();
            let basis: Vec<Basis> = matches.iter().map(|fit| fit.basis).collect();
            // What is left over is honest if the table cannot decide, or if it is published on another basis.
            let honest = common.undecided
                || (!others.is_empty()
                    && others.iter().all(|other| is_other_basis(other, published, main_basis.as_deref().unwrap_or(&basis))));
            let outliers = if honest { Vec::new() } else { others.iter().map(|other| other.claim).collect::<Vec<_>>() };
            let alone = members.len() == 1 && outliers.is_empty();
            let judged = |conversion: &&Conversion| match alone {
                true => (conversion.claim, Verdict::Unverifiable),
                false => (conversion.claim, conversion.judge(Operand::within(interval.clone()), reading).verdict),
            };
            let mut verdicts: Vec<(usize, Verdict)> = members.iter().map(judged).collect();
            verdicts.extend(outliers.iter().map(|claim| (*claim, Verdict::DoesNotTie)));
            groups.push((
                SharedRate { pair: self.pair, interval, claims: members.iter().map(|member| member.claim).collect(), outliers, matches },
                verdicts,
            ));
            rest = if honest { others } else { Vec::new() };
            main_basis.get_or_insert(basis);
        }
        groups
    }
}

impl Conversion {
    /// The judgement by the rate that the document states, if it states one.
    pub(crate) fn judge_stated(&self, reading: Reading) -> Option<Judgement> {
        Some(self.judge(self.stated.clone()?, reading))
    }

    /// The finer of its intervals that holds a rate.
    fn interval_at(&self, rate: &Ratio) -> &Interval {
        if self.fine.contains(rate) { &self.fine } else { &self.coarse }
    }
}

/// The shared rate of each claim, by index: the first that it shares or is an outlier of.
pub(crate) fn by_claim(shared: &[SharedRate], claims: usize) -> Vec<Option<usize>> {
    let mut of = vec![None; claims];
    for (index, rate) in shared.iter().enumerate() {
        for claim in rate.claims.iter().chain(&rate.outliers) {
            if let Some(entry) = of.get_mut(*claim) {
                entry.get_or_insert(index);
            }
        }
    }
    of
}

fn is_other_basis(conversion: &Conversion, published: &[Fit], main: &[Basis]) -> bool {
    !main.is_empty() && published.iter().any(|fit| conversion.fine.contains(&fit.rate) && !main.contains(&fit.basis))
}

/// A rate that most conversions share.
struct Common {
    point: Ratio,
    /// Several sets of outliers are equally small, and no published rate is nearer to one of them.
    undecided: bool,
}

/// The rate that lies in most coarse intervals, and among those in most fine ones; of several, the nearest to a
/// published rate.
fn common_rate(conversions: &[&Conversion], published: &[Fit]) -> Option<Common> {
    let coarse = Cover::new(conversions.iter().map(|c| &c.coarse));
    let fine = Cover::new(conversions.iter().map(|c| &c.fine));
    let mut points = coarse.points();
    points.extend(fine.points());
    points.sort();
    points.dedup();
    let midpoints: Vec<Ratio> = points.windows(2).filter_map(|pair| Some(&(pair.first()? + pair.last()?) * &Ratio::new(1, 2)?)).collect();
    points.extend(midpoints);
    points.sort();
    let score = |point: &Ratio| (coarse.count(point), fine.count(point));
    let best = points.iter().map(score).max()?;
    let mut regions: Vec<Ratio> = Vec::new();
    let mut inside = false;
    for point in &points {
        let reaches = score(point) == best;
        if reaches && !inside {
            regions.push(point.clone());
        }
        inside = reaches;
    }
    let first = regions.first()?.clone();
    if regions.len() == 1 {
        return Some(Common { point: first, undecided: false });
    }
    let distance =
        |region: &Ratio| published.iter().map(|fit| (region - &fit.rate).abs().checked_div(&fit.rate).unwrap_or(Ratio::ONE)).min();
    let near = Ratio::new(1, 100)?;
    let nearest = regions.iter().filter_map(|region| Some((distance(region)?, region))).min_by(|a, b| a.0.cmp(&b.0));
    match nearest {
        Some((off, region)) if off <= near => Some(Common { point: region.clone(), undecided: false }),
        _ => Some(Common { point: first, undecided: true }),
    }
}

/// How many of some intervals hold a value.
struct Cover {
    /// Sorted: a closed end comes before an open one at the same value.
    lows: Vec<(Ratio, bool)>,
    /// Sorted: an open end comes before a closed one at the same value.
    highs: Vec<(Ratio, bool)>,
    unbounded_below: usize,
}

impl Cover {
    fn new<'a>(intervals: impl Iterator<Item = &'a Interval>) -> Cover {
        let (mut lows, mut highs, mut unbounded_below) = (Vec::new(), Vec::new(), 0);
        for interval in intervals {
            match interval.low() {
                End::Unbounded => unbounded_below += 1,
                end => lows.extend(end.value().map(|value| (value.clone(), !end.is_closed()))),
            }
            let high = interval.high();
            highs.extend(high.value().map(|value| (value.clone(), high.is_closed())));
        }
        lows.sort();
        highs.sort();
        Cover { lows, highs, unbounded_below }
    }

    fn points(&self) -> Vec<Ratio> {
        self.lows.iter().chain(&self.highs).map(|(value, _)| value.clone()).collect()
    }

    fn count(&self, value: &Ratio) -> usize {
        let begun = self.lows.partition_point(|(low, open)| low < value || (low == value && !open));
        let ended = self.highs.partition_point(|(high, closed)| high < value || (high == value && !closed));
        (self.unbounded_below + begun).saturating_sub(ended)
    }
}
