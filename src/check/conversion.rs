//! At which rate did a document convert? All its conversions between two currencies should share one.

use super::cover::Cover;
use super::figure::{Figure, Unit};
use super::relate::Draft;
use crate::currency::{Currency, CurrencyPair};
use crate::exact::{Interval, Ratio};
use crate::printed::{Printed, Reading};
use crate::rates::{Basis, Fit};
use crate::relation::{Claim, Judgement, Operand, Relation, Role, Verdict};
use std::collections::HashMap;

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
    let mut places: HashMap<CurrencyPair, usize> = HashMap::new();
    for (claim, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.relation == Relation::Conversion) {
        let figure = |role: Role| draft.roles.iter().find(|(known, _)| *known == role).and_then(|(_, index)| figures.get(*index));
        let (Some(amount), Some(converted)) = (figure(Role::Amount), figure(Role::Converted)) else { continue };
        let (Some(from), Some(to)) = (currency(amount), currency(converted)) else { continue };
        let pair = CurrencyPair::new(to, from);
        let index = *places.entry(pair).or_insert(pairs.len());
        if index == pairs.len() {
            places.insert(pair.inverse(), index);
            pairs.push(Pair { pair, conversions: Vec::new() });
        }
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
    pub(crate) fn solve(&self, published: &[Fit], reading: Reading) -> Vec<Group> {
        let mut groups = Vec::new();
        let cover = Cover::of(self.conversions.iter().map(|conversion| (&conversion.coarse, &conversion.fine)));
        let mut rest: Vec<usize> =
            (0..self.conversions.len()).filter(|index| self.get(*index).is_some_and(|c| c.stated.is_none())).collect();
        let mut main_basis: Option<Vec<Basis>> = None;
        while !rest.is_empty() && groups.len() < MOST_GROUPS {
            let Some(common) = common_rate(&cover, &rest, published) else { return groups };
            let shares = |index: &usize| self.get(*index).is_some_and(|conversion| conversion.coarse.contains(&common.point));
            let (members, others): (Vec<usize>, Vec<usize>) = rest.iter().copied().partition(shares);
            let all = |of: &[usize]| of.iter().filter_map(|index| self.get(*index)).collect::<Vec<_>>();
            let shared = self.shared(&all(&members), Some(&common.point), published);
            let basis: Vec<Basis> = shared.matches.iter().map(|fit| fit.basis).collect();
            let is_other = |other: &&Conversion| is_other_basis(other, published, main_basis.as_deref().unwrap_or(&basis));
            // What is left over is honest if the table cannot decide, or if it is published on another basis.
            let honest = common.undecided || (!others.is_empty() && all(&others).iter().all(is_other));
            let outliers = if honest { Vec::new() } else { all(&others).iter().map(|other| other.claim).collect() };
            groups.push(judged(SharedRate { outliers, ..shared }, &all(&members), reading));
            rest = if honest { others } else { Vec::new() };
            main_basis.get_or_insert(basis);
        }
        let alone = rest.iter().filter_map(|index| self.get(*index));
        groups.extend(alone.map(|conversion| judged(self.shared(&[conversion], None, published), &[conversion], reading)));
        groups
    }

    fn get(&self, index: usize) -> Option<&Conversion> {
        self.conversions.get(index)
    }

    /// The rate that some conversions share, each read as finely as leaves it this one.
    fn shared(&self, members: &[&Conversion], point: Option<&Ratio>, published: &[Fit]) -> SharedRate {
        let own = |member: &Conversion| point.map_or_else(|| member.fine.clone(), |point| member.interval_at(point).clone());
        let interval = members.iter().fold(Interval::ALL, |all, member| all.intersect(&own(member)).unwrap_or(all));
        let matches = published.iter().filter(|fit| interval.contains(&fit.rate)).cloned().collect();
        SharedRate { pair: self.pair, interval, claims: members.iter().map(|member| member.claim).collect(), outliers: Vec::new(), matches }
    }
}

/// How many groups are looked for: in a document of more none says anything of another.
const MOST_GROUPS: usize = 32;

/// A shared rate with the verdicts of its claims.
type Group = (SharedRate, Vec<(usize, Verdict)>);

fn judged(shared: SharedRate, members: &[&Conversion], reading: Reading) -> Group {
    let alone = members.len() == 1 && shared.outliers.is_empty();
    let verdict = |conversion: &Conversion| match alone {
        true => Verdict::Unverifiable,
        false => conversion.judge(Operand::within(shared.interval.clone()), reading).verdict,
    };
    let mut verdicts: Vec<(usize, Verdict)> = members.iter().map(|conversion| (conversion.claim, verdict(conversion))).collect();
    verdicts.extend(shared.outliers.iter().map(|claim| (*claim, Verdict::DoesNotTie)));
    (shared, verdicts)
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
fn common_rate(cover: &Cover, rest: &[usize], published: &[Fit]) -> Option<Common> {
    let regions = cover.best(rest);
    let first = regions.first()?.clone();
    if regions.len() == 1 {
        return Some(Common { point: first, undecided: false });
    }
    let near = Ratio::new(1, 100)?;
    match published.iter().filter_map(|fit| nearest(&regions, &fit.rate)).min() {
        Some((off, region)) if off <= near => Some(Common { point: regions.get(region)?.clone(), undecided: false }),
        _ => Some(Common { point: first, undecided: true }),
    }
}

/// How far the nearest of some ascending values lies from a rate, as a fraction of that, and its place.
fn nearest(values: &[Ratio], rate: &Ratio) -> Option<(Ratio, usize)> {
    let above = values.partition_point(|value| value < rate);
    let around = [above.checked_sub(1), Some(above)].into_iter().flatten();
    let off = |place: usize| Some(((values.get(place)? - rate).abs().checked_div(rate).unwrap_or(Ratio::ONE), place));
    around.filter_map(off).min()
}
