//! Do two documents agree on the figures that both state?

use super::facts::Fact;
use super::figure::{Figure, Kind, Unit};
use super::report::{Corroboration, Document, Stated};
use super::subject;
use crate::printed::{Printed, Reading};
use crate::relation::{Relation, Role, Verdict};
use std::collections::{HashMap, HashSet};

/// The pairs of figures that state the same metric for the same period in the same unit, in two documents.
pub(crate) fn corroborate(documents: &[Document], facts: &[Fact], reading: Reading) -> Vec<Corroboration> {
    if facts.is_empty() && documents.len() < 2 {
        return Vec::new();
    }
    let sides: Vec<Side<'_>> = documents.iter().map(Side::of).collect();
    let mut found = with_facts(&sides, facts, reading);
    for (first, second) in subject::pairs(documents) {
        let (Some(a), Some(b)) = (sides.get(first), sides.get(second)) else { continue };
        for pair in pairs(a, b) {
            let (Some(x), Some(y)) = (a.figure(pair.0), b.figure(pair.1)) else { continue };
            let figures = [Stated::Figure(first, pair.0), Stated::Figure(second, pair.1)];
            found.push(Corroboration { figures, verdict: agreement(&x.printed, &y.printed, reading) });
        }
    }
    found
}

/// A document as one side of a comparison.
struct Side<'d> {
    document: &'d Document,
    /// What part a figure plays where it matters for comparing: a prior is no current, a growth no level.
    parts: HashMap<usize, Role>,
    /// The figures into which each amount is converted.
    conversions: HashMap<usize, Vec<usize>>,
    converted: HashSet<usize>,
    /// The named figures of each metric and part that are no conversions.
    named: HashMap<(&'d str, Option<Role>), Vec<usize>>,
}

impl<'d> Side<'d> {
    fn of(document: &'d Document) -> Side<'d> {
        let mut side =
            Side { document, parts: HashMap::new(), conversions: HashMap::new(), converted: HashSet::new(), named: HashMap::new() };
        for claim in &document.claims {
            let figure = |wanted: Role| claim.roles.iter().find(|(role, _)| *role == wanted).map(|(_, figure)| *figure);
            if let (Relation::Conversion, Some(amount), Some(converted)) = (claim.relation, figure(Role::Amount), figure(Role::Converted)) {
                side.conversions.entry(amount).or_default().push(converted);
                side.converted.insert(converted);
            }
            for (role, figure) in claim.roles.iter().filter(|(role, _)| *role != Role::Amount) {
                side.parts.entry(*figure).or_insert(*role);
            }
        }
        side.parts.retain(|_, role| *role != Role::Current);
        for (index, figure) in document.figures.iter().enumerate().filter(|(index, _)| !side.converted.contains(index)) {
            if let Some(metric) = figure.metric.as_deref() {
                side.named.entry((metric, side.parts.get(&index).copied())).or_default().push(index);
            }
        }
        side
    }

    fn figure(&self, index: usize) -> Option<&'d Figure> {
        self.document.figures.get(index)
    }
}

/// Every figure whose metric and unit a fact has, for the same period.
fn with_facts(sides: &[Side<'_>], facts: &[Fact], reading: Reading) -> Vec<Corroboration> {
    let mut by_name: HashMap<(&str, &str), Vec<(usize, &Fact)>> = HashMap::new();
    for (row, fact) in facts.iter().enumerate() {
        by_name.entry((&fact.metric, &fact.unit)).or_default().push((row, fact));
    }
    let mut found = Vec::new();
    for (document, side) in sides.iter().enumerate().filter(|_| !by_name.is_empty()) {
        for (index, figure) in side.document.figures.iter().enumerate() {
            if side.parts.contains_key(&index) || side.converted.contains(&index) {
                continue;
            }
            let Some(metric) = figure.metric.as_deref() else { continue };
            let unit = unit_text(&figure.unit);
            let same_period = |fact: &Fact| figure.period.zip(fact.period).is_none_or(|(a, b)| a == b);
            let named = by_name.get(&(metric, unit.as_str())).into_iter().flatten();
            if let Some((row, fact)) = named.copied().find(|(_, fact)| same_period(fact)) {
                let verdict = agreement(&figure.printed, &fact.printed, reading);
                found.push(Corroboration { figures: [Stated::Figure(document, index), Stated::Fact(row + 1)], verdict });
            }
        }
    }
    found
}

fn unit_text(unit: &Unit) -> String {
    match unit {
        Unit::Currency(currency) => currency.to_string(),
        Unit::Percent => "%".to_owned(),
        Unit::Points => "pp".to_owned(),
        Unit::BasisPoints => "bp".to_owned(),
        Unit::Times => "x".to_owned(),
        Unit::Noun(noun) => noun.clone(),
        Unit::None => String::new(),
    }
}

/// Figures of the same name, each at most once: the best agreement first.
fn pairs(a: &Side<'_>, b: &Side<'_>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (name, left) in &a.named {
        let Some(right) = b.named.get(name) else { continue };
        let mut open = Open::of(b, right);
        for i in left {
            let Some(x) = a.figure(*i) else { continue };
            if let Some(j) = open.take(b, x) {
                pairs.push((*i, j));
            }
        }
    }
    let converted: Vec<(usize, usize)> = pairs.iter().flat_map(|(i, j)| conversions(a, b, *i, *j)).collect();
    pairs.extend(converted);
    pairs.sort_unstable();
    pairs
}

/// The figures of one name that have no partner yet, by kind.
struct Open {
    by_kind: HashMap<Kind, Vec<usize>>,
}

/// How many figures of one name are tried for a partner.
const TRIED: usize = 64;

impl Open {
    fn of(side: &Side<'_>, figures: &[usize]) -> Open {
        let mut by_kind: HashMap<Kind, Vec<usize>> = HashMap::new();
        for index in figures {
            if let Some(figure) = side.figure(*index) {
                by_kind.entry(figure.kind).or_default().push(*index);
            }
        }
        Open { by_kind }
    }

    /// Takes the first that agrees with a figure, or the only one there is.
    fn take(&mut self, side: &Side<'_>, wanted: &Figure) -> Option<usize> {
        let open = self.by_kind.get_mut(&wanted.kind)?;
        let comparable = |place: &usize| {
            let figure = open.get(*place).and_then(|index| side.figure(*index));
            figure.is_some_and(|figure| wanted.same_unit(figure) && wanted.period_agrees(figure))
        };
        let candidates: Vec<usize> = (0..open.len().min(TRIED)).filter(comparable).collect();
        let agrees = |place: &usize| {
            let figure = open.get(*place).and_then(|index| side.figure(*index));
            figure.is_some_and(|figure| agreement(&wanted.printed, &figure.printed, Reading::Nearest) != Verdict::DoesNotTie)
        };
        let only = || candidates.first().copied().filter(|_| candidates.len() == 1);
        let place = candidates.iter().copied().find(agrees).or_else(only)?;
        Some(open.remove(place))
    }
}

/// The conversions of two amounts that corroborate, into the same currency.
fn conversions(a: &Side<'_>, b: &Side<'_>, i: usize, j: usize) -> Vec<(usize, usize)> {
    let of = |side: &Side<'_>, amount: usize| side.conversions.get(&amount).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for x in of(a, i) {
        let same = |y: &usize| a.figure(x).zip(b.figure(*y)).is_some_and(|(x, y)| x.same_unit(y));
        found.extend(of(b, j).into_iter().find(same).map(|y| (x, y)));
    }
    found
}

/// At which reading the intervals of two figures agree.
fn agreement(a: &Printed, b: &Printed, reading: Reading) -> Verdict {
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
