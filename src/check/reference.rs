//! What does the rate table say of a conversion?

use super::conversion::{Conversion, Pair, SharedRate};
use super::figure::Unit;
use super::market::{Market, Offer};
use super::report::{Diagnosis, Document, Reference, Slip, Value};
use crate::exact::{Interval, Ratio};
use crate::rates::Fit;
use crate::relation::{Role, Verdict};
use jiff::civil::Date;

/// The rate that a conversion's two amounts imply.
pub(crate) fn implied_rate(pair: &Pair, conversion: &Conversion) -> Value {
    Value {
        role: Role::Rate,
        value: conversion.value().cloned(),
        interval: conversion.interval().clone(),
        unit: Unit::None,
        pair: Some(pair.pair),
    }
}

/// Holds the implied rate against the published ones.
pub(crate) fn reference(pair: &Pair, conversion: &Conversion, published: &Offer, date: Option<Date>, market: &Market<'_>) -> Reference {
    let interval = conversion.interval();
    let around = match published.find(interval) {
        Ok(fit) => {
            return Reference { verdict: Verdict::Ties, nearest: Some(fit.clone()), off_by_percent: Some(Ratio::ZERO), stale: None };
        }
        Err(around) => around,
    };
    let off = |fit: &Fit| -> Option<Ratio> {
        let (side, distance) = interval.distance(&fit.rate)?;
        let percent = &distance.checked_div(&fit.rate)? * &Ratio::from(100);
        // A published rate below the interval means that the document's rate is the higher.
        Some(if side.is_lt() { percent } else { -percent })
    };
    let nearest = around.into_iter().flatten().filter_map(|fit| Some((off(fit)?, fit))).min_by(|a, b| a.0.abs().cmp(&b.0.abs()));
    let Some((percent, fit)) = nearest else {
        return Reference { verdict: Verdict::Unverifiable, nearest: None, off_by_percent: None, stale: None };
    };
    let close = percent.abs() <= Ratio::ONE;
    let stale = if close { None } else { date.and_then(|date| market.last_fit(pair.pair, date, interval)) };
    Reference {
        verdict: if close { Verdict::TiesCoarsely } else { Verdict::DoesNotTie },
        nearest: Some(fit.clone()),
        off_by_percent: Some(percent),
        stale,
    }
}

/// The slips that would explain a conversion that no common rate explains.
pub(crate) fn diagnose(claim: usize, document: &Document, shared: Option<&SharedRate>) -> Vec<Diagnosis> {
    let Some(shared) = shared else { return Vec::new() };
    let Some(checked) = document.claims.get(claim) else { return Vec::new() };
    let Some(implied) = checked.implied.as_ref().map(|implied| &implied.interval) else { return Vec::new() };
    let converted = checked.roles.iter().find(|(role, _)| *role == Role::Converted).map(|(_, index)| *index);
    let printed = converted.and_then(|index| document.figures.get(index)).map(|figure| figure.printed.value().clone());
    let fits = |factor: &Ratio| implied.mul(&Interval::point(factor.clone())).meets(&shared.interval);
    // The sizes can be off by a factor in either direction; the rate is off by the inverse.
    let powers = [(Slip::Factor1000, 3), (Slip::Factor10, 1), (Slip::Factor100, 2), (Slip::Factor1e4, 4), (Slip::Factor1e8, 8)];
    let mut found: Vec<Diagnosis> = powers
        .into_iter()
        .flat_map(|(slip, power)| [(slip, power), (slip, -power)])
        .filter(|(_, power)| fits(&Ratio::power_of_ten(*power)))
        .map(|(slip, power)| Diagnosis {
            slip,
            figure: converted,
            instead: printed.as_ref().map(|value| value * &Ratio::power_of_ten(-power)),
        })
        .collect();
    if implied.recip().is_some_and(|inverse| inverse.meets(&shared.interval)) {
        found.push(Diagnosis { slip: Slip::InvertedRate, figure: converted, instead: None });
    }
    if checked.reference.as_ref().is_some_and(|reference| reference.stale.is_some()) {
        found.push(Diagnosis { slip: Slip::StaleRate, figure: converted, instead: None });
    }
    found
}
