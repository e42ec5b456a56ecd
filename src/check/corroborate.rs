//! Do two documents agree on the figures that both state?

use super::figure::Figure;
use super::report::{Corroboration, Document};
use crate::printed::Reading;
use crate::relation::{Role, Verdict};

/// The pairs of figures that state the same metric for the same period in the same unit, in two documents.
pub(crate) fn corroborate(documents: &[Document], reading: Reading) -> Vec<Corroboration> {
    let mut found = Vec::new();
    for (first, a) in documents.iter().enumerate() {
        for (second, b) in documents.iter().enumerate().skip(first + 1) {
            for pair in pairs(a, b) {
                let (Some(x), Some(y)) = (a.figures.get(pair.0), b.figures.get(pair.1)) else { continue };
                found.push(Corroboration { figures: [(first, pair.0), (second, pair.1)], verdict: agreement(x, y, reading) });
            }
        }
    }
    found
}

/// Figures of the same name, each at most once: the best agreement first.
fn pairs(a: &Document, b: &Document) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let named = |document: &Document, index: usize| document.figures.get(index).and_then(|figure| figure.metric.clone());
    for (i, x) in a.figures.iter().enumerate() {
        if named(a, i).is_none() || is_converted(a, i) {
            continue;
        }
        let taken = |pairs: &[(usize, usize)], j: usize| pairs.iter().any(|(_, other)| *other == j);
        let candidates: Vec<usize> = (0..b.figures.len())
            .filter(|j| !is_converted(b, *j) && !taken(&pairs, *j) && named(b, *j) == named(a, i))
            .filter(|j| b.figures.get(*j).is_some_and(|y| x.same_unit(y) && x.period_agrees(y)) && part(a, i) == part(b, *j))
            .collect();
        let agrees = |j: &usize| b.figures.get(*j).is_some_and(|y| agreement(x, y, Reading::Nearest) != Verdict::DoesNotTie);
        if let Some(j) = candidates.iter().copied().find(agrees).or_else(|| candidates.first().copied().filter(|_| candidates.len() == 1)) {
            pairs.push((i, j));
        }
    }
    let converted: Vec<(usize, usize)> = pairs.iter().flat_map(|(i, j)| conversions(a, b, *i, *j)).collect();
    pairs.extend(converted);
    pairs.sort_unstable();
    pairs
}

/// The conversions of two amounts that corroborate, into the same currency.
fn conversions(a: &Document, b: &Document, i: usize, j: usize) -> Vec<(usize, usize)> {
    let of = |document: &Document, amount: usize| -> Vec<usize> {
        let claims = document.claims.iter().filter(|claim| claim.roles.contains(&(Role::Amount, amount)));
        claims.filter_map(|claim| claim.roles.iter().find(|(role, _)| *role == Role::Converted).map(|(_, figure)| *figure)).collect()
    };
    let mut found = Vec::new();
    for x in of(a, i) {
        let same = |y: &usize| a.figures.get(x).zip(b.figures.get(*y)).is_some_and(|(x, y)| x.same_unit(y));
        found.extend(of(b, j).into_iter().find(same).map(|y| (x, y)));
    }
    found
}

fn is_converted(document: &Document, figure: usize) -> bool {
    document.claims.iter().any(|claim| claim.roles.contains(&(Role::Converted, figure)))
}

/// What part a figure plays where it matters for comparing: a prior is no current, a growth no level.
fn part(document: &Document, figure: usize) -> Option<Role> {
    let roles = document.claims.iter().flat_map(|claim| &claim.roles);
    let role = roles.filter(|(_, index)| *index == figure).map(|(role, _)| *role).find(|role| !matches!(role, Role::Amount))?;
    (!matches!(role, Role::Current)).then_some(role)
}

/// At which reading the intervals of two figures agree.
fn agreement(x: &Figure, y: &Figure, reading: Reading) -> Verdict {
    let (a, b) = (&x.printed, &y.printed);
    let less_precise = if a.granularity() >= b.granularity() { (a, b) } else { (b, a) };
    if less_precise.0.interval(reading).contains(less_precise.1.value()) {
        Verdict::Ties
    } else if a.interval(reading).meets(&b.interval(reading)) {
        Verdict::TiesWithinRounding
    } else if a.coarse_interval(reading).meets(&b.coarse_interval(reading)) {
        Verdict::TiesCoarsely
    } else {
        Verdict::DoesNotTie
    }
}

impl Figure {
    /// Whether the periods are the same, as far as they are known.
    fn period_agrees(&self, other: &Figure) -> bool {
        match (self.period, other.period) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
}
