//! The arithmetic of a claim, in lines that stand beside a figure and under a finding.

use super::Place;
use super::number::{percent, plain, span, value};
use super::words::Words;
use crate::check::{CheckedClaim, Document, Reference, SharedRate, Unit, Value};
use crate::currency::CurrencyPair;
use crate::relation::{Relation, Role, Verdict};

/// Each step in a line of its own, plain text.
pub(super) fn lines(place: Place<'_>, words: &Words) -> Vec<String> {
    let (claim, document) = (place.claim, place.document);
    let mut lines = Vec::new();
    match (&claim.computed, claim.implied.as_ref()) {
        (Some(computed), _) if claim.relation == Relation::Conversion => lines.extend(at_stated_rate(claim, document, computed, words)),
        (_, Some(implied)) if claim.relation == Relation::Conversion => lines.extend(implied_rate(claim, document, implied, words)),
        (Some(computed), _) => lines.push(computation(claim, document, computed, words)),
        (None, Some(implied)) => lines.push(equation(claim, document, implied, words)),
        (None, None) => {}
    }
    if claim.verdict == Verdict::NotMeaningful {
        lines.push(words.no_base.to_owned());
    }
    let wrong = claim.verdict == Verdict::DoesNotTie;
    if let Some(shared) = document.shared_rates.iter().find(|shared| wrong && shared.outliers.contains(&place.number)) {
        lines.push(format!("{} {}", words.outside, rate_span(shared, words)));
    } else if claim.relation == Relation::Conversion && claim.verdict == Verdict::Unverifiable {
        lines.push(words.alone.to_owned());
    }
    lines.extend(claim.reference.as_ref().and_then(|reference| published(reference, document, words)));
    if lines.is_empty() {
        lines.push(words.too_little.to_owned());
    }
    lines
}

/// The slips that would explain why a claim does not tie.
pub(super) fn slips(place: Place<'_>, words: &Words) -> Vec<String> {
    let instead = |figure: Option<usize>, instead: &crate::exact::Ratio| {
        let unit = figure.and_then(|figure| place.document.figures.get(figure)).map_or(&Unit::None, |figure| &figure.unit);
        format!("{} {} {}", words.colon, value(instead, unit, words), words.would_tie)
    };
    let slip = |found: &crate::check::Diagnosis| {
        let instead = found.instead.as_ref().map(|value| instead(found.figure, value)).unwrap_or_default();
        format!("{} {}{instead}", words.perhaps, words.slip(found.slip))
    };
    place.claim.diagnosis.iter().map(slip).collect()
}

/// The interval of a shared rate with its direction: "1 USD = 7.05679 to 7.06951 CNY".
pub(super) fn rate_span(shared: &SharedRate, words: &Words) -> String {
    directed(shared.pair, &span(&shared.interval, &Unit::None, words))
}

fn directed(pair: CurrencyPair, rate: &str) -> String {
    format!("1\u{a0}{} = {rate}\u{a0}{}", pair.base, pair.quote)
}

/// A role's figure as printed; white space folded.
fn text(claim: &CheckedClaim, document: &Document, role: Role) -> Option<String> {
    let (_, figure) = claim.roles.iter().find(|(known, _)| *known == role)?;
    Some(document.signed_text(*figure).split_whitespace().collect::<Vec<_>>().join(" "))
}

fn at_stated_rate(claim: &CheckedClaim, document: &Document, computed: &Value, words: &Words) -> Option<String> {
    let (amount, rate) = (text(claim, document, Role::Amount)?, text(claim, document, Role::Rate)?);
    let printed = text(claim, document, Role::Converted)?;
    Some(format!("{amount} ({rate}) = {}; {} {printed}", span(&computed.interval, &computed.unit, words), words.printed))
}

fn implied_rate(claim: &CheckedClaim, document: &Document, implied: &Value, words: &Words) -> Option<String> {
    let pair = implied.pair?;
    let (amount, converted) = (text(claim, document, Role::Amount)?, text(claim, document, Role::Converted)?);
    let from_base = claim.roles.iter().any(|(role, figure)| {
        *role == Role::Amount && document.figures.get(*figure).is_some_and(|figure| figure.unit == Unit::Currency(pair.base))
    });
    let (over, under) = if from_base { (converted, amount) } else { (amount, converted) };
    Some(format!("{over} ÷ {under}{} {}", words.colon, directed(pair, &span(&implied.interval, &Unit::None, words))))
}

/// What the published rates say: the one that fits, or the nearest.
fn published(reference: &Reference, document: &Document, words: &Words) -> Option<String> {
    let nearest = reference.nearest.as_ref()?;
    let rate = format!("{}, {}", words.published(nearest, &document.rates_source), plain(&nearest.rate, words));
    let mut line = match (reference.verdict, &reference.off_by_percent) {
        (Verdict::Ties, _) => format!("{} {rate}", words.fits_the),
        (Verdict::TiesCoarsely, _) | (_, None) => format!("{} {rate}", words.near_the),
        (_, Some(off)) => format!("{} {rate}", words.off(&percent(&off.abs(), words), off.is_negative())),
    };
    if let Some(stale) = &reference.stale {
        line += &format!("; {} {}", words.last_fit, words.date(stale.date));
    }
    Some(line)
}

/// The equation, what it gives, and what is printed.
fn computation(claim: &CheckedClaim, document: &Document, computed: &Value, words: &Words) -> String {
    let stated = text(claim, document, computed.role);
    let printed = match (&stated, claim.verdict) {
        (Some(stated), _) => format!("; {} {stated}", words.printed),
        (None, Verdict::Unverifiable) => String::new(),
        (None, _) => format!("; {} {}", words.printed, words.direction),
    };
    equation(claim, document, computed, words) + &printed
}

/// "59.5 billion ÷ (1 − 18.9%) = 73.3662 billion (73.2593 billion to 73.4732 billion)".
fn equation(claim: &CheckedClaim, document: &Document, result: &Value, words: &Words) -> String {
    let left = formula(claim, document, result.role).unwrap_or_else(|| words.role(result.role));
    let range = span(&result.interval, &result.unit, words);
    match &result.value {
        Some(best) => format!("{left} = {} ({range})", value(best, &result.unit, words)),
        None => format!("{left} = {range}"),
    }
}

/// The right-hand side that gives a role, with the figures as printed.
fn formula(claim: &CheckedClaim, document: &Document, role: Role) -> Option<String> {
    let get = |role: Role| text(claim, document, role);
    if claim.relation == Relation::Sum {
        let addends = claim.roles.iter().filter(|(known, _)| matches!(known, Role::Addend(_)));
        let addends: Option<Vec<String>> = addends.map(|(role, _)| get(*role)).collect();
        return addends.filter(|_| role == Role::Total).map(|addends| addends.join(" + "));
    }
    // A growth that is negative brings its own sign.
    let factor = |growth: String| match growth.strip_prefix(['−', '-']) {
        Some(fall) => format!("(1 − {fall})"),
        None => format!("(1 + {})", growth.trim_start_matches('+')),
    };
    let two = |a: Role, sign: &str, b: Role| Some(format!("{} {sign} {}", get(a)?, get(b)?));
    match (claim.relation, role) {
        (Relation::Growth, Role::Growth) => Some(format!("{} ÷ {} − 1", get(Role::Current)?, get(Role::Prior)?)),
        (Relation::Growth, Role::Prior) => Some(format!("{} ÷ {}", get(Role::Current)?, factor(get(Role::Growth)?))),
        (Relation::Growth, Role::Current) => Some(format!("{} × {}", get(Role::Prior)?, factor(get(Role::Growth)?))),
        (Relation::Change, Role::Change) | (Relation::Points, Role::Points) => two(Role::Current, "−", Role::Prior),
        (Relation::Change, Role::Prior) => two(Role::Current, "−", Role::Change),
        (Relation::Change, Role::Current) => two(Role::Prior, "+", Role::Change),
        (Relation::Points, Role::Prior) => two(Role::Current, "−", Role::Points),
        (Relation::Points, Role::Current) => two(Role::Prior, "+", Role::Points),
        (Relation::Difference, Role::Difference) => two(Role::Minuend, "−", Role::Subtrahend),
        (Relation::Share, Role::Share) => two(Role::Part, "÷", Role::Whole),
        (Relation::Share, Role::Whole) => two(Role::Part, "÷", Role::Share),
        (Relation::Share, Role::Part) => two(Role::Share, "×", Role::Whole),
        (Relation::Ratio, Role::Ratio) => two(Role::Numerator, "÷", Role::Denominator),
        (Relation::Ratio, Role::Denominator) => two(Role::Numerator, "÷", Role::Ratio),
        (Relation::Ratio, Role::Numerator) => two(Role::Ratio, "×", Role::Denominator),
        (Relation::Multiple, Role::Multiple) => two(Role::Current, "÷", Role::Prior),
        (Relation::Multiple, Role::Prior) => two(Role::Current, "÷", Role::Multiple),
        (Relation::Multiple, Role::Current) => two(Role::Prior, "×", Role::Multiple),
        (Relation::Product, Role::Product) => two(Role::Factor1, "×", Role::Factor2),
        (Relation::Product, Role::Factor1) => two(Role::Product, "÷", Role::Factor2),
        (Relation::Product, Role::Factor2) => two(Role::Product, "÷", Role::Factor1),
        _ => None,
    }
}
