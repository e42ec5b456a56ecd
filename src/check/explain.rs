//! One sentence for each claim, with the arithmetic spelled out.

use super::conversion::SharedRate;
use super::figure::Unit;
use super::plain;
use super::report::{CheckedClaim, Document, Value};
use crate::exact::{Interval, Ratio};
use crate::relation::{Relation, Role, Verdict};

/// Explains a claim of a document.
pub(crate) fn explain(index: usize, document: &Document, shared: Option<&SharedRate>) -> String {
    let Some(claim) = document.claims.get(index) else { return String::new() };
    let text = |role: Role| claim.roles.iter().find(|(known, _)| *known == role).map(|(_, figure)| document.figure_text(*figure));
    if claim.relation == Relation::Conversion {
        return conversion(claim, document, shared, text(Role::Amount).unwrap_or_default(), text(Role::Converted).unwrap_or_default());
    }
    let stated = claim.roles.iter().find(|(known, _)| *known == claim.relation.result()).map(|(_, figure)| document.signed_text(*figure));
    let operands: Vec<String> = claim
        .roles
        .iter()
        .filter(|(role, _)| *role != claim.relation.result())
        .map(|(role, figure)| format!("{role} {}", document.figure_text(*figure)))
        .collect();
    let operands = operands.join(", ");
    let range = |value: &Value| format!("{}{}", span(value), unit(&value.unit));
    match (claim.verdict, &claim.computed, &claim.implied) {
        (Verdict::NotMeaningful, ..) => {
            format!("a growth from {operands} is not meaningful: its base is not positive, or the sign changed")
        }
        (Verdict::Unverifiable, _, Some(implied)) => {
            format!(
                "{operands} with a {} of {} implies a {} of {}",
                claim.relation.result(),
                stated.unwrap_or_else(|| "?".to_owned()),
                implied.role,
                range(implied)
            )
        }
        (Verdict::Unverifiable, Some(computed), _) => {
            format!("{operands}: the {} would be {}; none is stated", computed.role, range(computed))
        }
        (verdict, Some(computed), _) => {
            let said = stated.map_or_else(|| "the stated direction".to_owned(), |stated| format!("the printed {stated}"));
            let how = match verdict {
                Verdict::Ties => "which is",
                Verdict::TiesWithinRounding => "which meets, within rounding,",
                Verdict::TiesCoarsely => "which meets, coarsely read,",
                _ => "which is not",
            };
            let value = computed.value.as_ref().map_or_else(String::new, |value| format!("{}{}, ", number(value), unit(&computed.unit)));
            format!("{operands}: the {} is {value}between {}, {how} {said}", computed.role, range(computed))
        }
        _ => format!("{operands}: too little is stated"),
    }
}

fn conversion(claim: &CheckedClaim, document: &Document, shared: Option<&SharedRate>, amount: &str, converted: &str) -> String {
    let rate = claim.roles.iter().find(|(role, _)| *role == Role::Rate).map(|(_, figure)| document.figure_text(*figure));
    if let (Some(rate), Some(computed)) = (rate, &claim.computed) {
        let how = if claim.verdict == Verdict::DoesNotTie { "which is not" } else { "which agrees with" };
        return format!("{amount} at the stated {rate} is {}, {how} the printed {converted}", span(computed));
    }
    let Some((implied, pair)) = claim.implied.as_ref().and_then(|implied| Some((implied, implied.pair?))) else { return String::new() };
    let mut sentence = format!("{amount} as {converted} implies 1 {} = {} {}", pair.base, span(implied), pair.quote);
    if let Some(shared) = shared {
        let rate = format!("{} to {}", or_open(low(&shared.interval)), or_open(high(&shared.interval)));
        sentence += &match claim.verdict {
            Verdict::DoesNotTie => format!(", outside the {rate} that the other conversions share"),
            Verdict::Unverifiable => ", with no other conversion to hold it against".to_owned(),
            _ => format!("; all {} conversions share {rate}", shared.claims.len()),
        };
    }
    let reference = claim.reference.as_ref().and_then(|reference| Some((reference, reference.nearest.as_ref()?)));
    if let Some((reference, nearest)) = reference {
        let published = format!("{} {} rate of {}, {}", document.rates_source, nearest.basis, nearest.date, number(&nearest.rate));
        sentence += &match reference.verdict {
            Verdict::Ties => format!("; consistent with the {published}"),
            Verdict::TiesCoarsely => format!("; within 1% of the {published}"),
            _ => format!("; off the {published} by {}%", reference.off_by_percent.as_ref().map(number).unwrap_or_default()),
        };
        if let Some(stale) = &reference.stale {
            sentence += &format!(" (the rate of {} would fit)", stale.date);
        }
    }
    sentence
}

fn span(value: &Value) -> String {
    format!("{} to {}", or_open(low(&value.interval)), or_open(high(&value.interval)))
}

fn or_open(end: Option<String>) -> String {
    end.unwrap_or_else(|| "no bound".to_owned())
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Percent => "%".to_owned(),
        Unit::None => String::new(),
        Unit::Noun(noun) => format!(" {noun}"),
        Unit::Points => " pp".to_owned(),
        Unit::BasisPoints => " bp".to_owned(),
        Unit::Times => "x".to_owned(),
        Unit::Currency(currency) => format!(" {currency}"),
    }
}

/// A number for people: thousands grouped.
pub(crate) fn number(value: &Ratio) -> String {
    grouped(&plain::number(value))
}

/// The lower end of an interval, for people.
pub(crate) fn low(interval: &Interval) -> Option<String> {
    plain::low(interval).map(|end| grouped(&end))
}

/// The upper end of an interval, for people.
pub(crate) fn high(interval: &Interval) -> Option<String> {
    plain::high(interval).map(|end| grouped(&end))
}

/// Commas between the thousands of a plain decimal, from five digits on.
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut out = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 && digits.len() > 4 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out += fraction;
    }
    out
}
