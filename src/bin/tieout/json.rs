//! Numbers as JSON has them: strings of plain decimals.

use crate::failure::Failure;
use serde::Serialize;
use std::io::Write;
use tieout::{Decimal, End, Precision, Ratio, RoundingMode};

/// The significant digits that a quotient has at least.
const QUOTIENT_DIGITS: i32 = 6;
/// The significant digits that a rate has at least.
const RATE_DIGITS: u32 = 9;

/// Prints one object.
pub(crate) fn print(object: &impl Serialize) -> Result<(), Failure> {
    std::io::stdout().lock().write_all(text(object)?.as_bytes()).map_err(|error| Failure::output(&error))
}

/// One object as it is printed, a line end behind it.
pub(crate) fn text(object: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(object).map(|text| text + "\n").map_err(|error| Failure::CouldNotRun(error.to_string()))
}

/// At least so many decimals, and as many as six significant digits need.
pub(crate) fn decimals(value: &Ratio, at_least: i32) -> i32 {
    leading_exponent(value).map_or(at_least, |exponent| at_least.max(QUOTIENT_DIGITS - 1 - exponent)).min(28)
}

/// The exponent of the first significant digit: 1 for 18.9; `None` for zero and what no decimal holds.
fn leading_exponent(value: &Ratio) -> Option<i32> {
    let first = value.round(Precision::Significant(1), RoundingMode::Down).ok().filter(|first| !first.value.is_zero())?;
    let digits = first.value.mantissa().unsigned_abs().checked_ilog10()?;
    i32::try_from(digits).ok()?.checked_sub_unsigned(first.value.scale())
}

/// An end of an interval, rounded away from its inside; `None` where there is none.
pub(crate) fn end(end: &End, decimals: i32, outward: RoundingMode) -> Result<Option<Decimal>, Failure> {
    let rounded = end.value().map(|value| value.round(Precision::Decimals(decimals), outward)).transpose()?;
    Ok(rounded.map(|end| end.value))
}

/// A rate: all its digits if it is a decimal, else at least nine significant ones.
pub(crate) fn rate(value: &Ratio) -> Result<Decimal, Failure> {
    let rounded = value.round(Precision::Significant(RATE_DIGITS), RoundingMode::HalfEven)?;
    if !rounded.exact
        && let Some(exact) = value.to_decimal()
    {
        return Ok(exact);
    }
    Ok(rounded.value)
}
