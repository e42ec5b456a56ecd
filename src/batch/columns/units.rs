//! Numbers as counts of the units of a column of decimals.

use crate::batch::error::{ErrorCode, RowError};

/// The digits of every column of decimals.
pub(super) const PRECISION: u8 = 38;

/// The error of a number that a column of this scale cannot hold.
pub(super) fn too_fine(scale: u32) -> RowError {
    let message = format!("the result does not fit a column of {PRECISION} digits with {scale} decimals: give the decimals, or take text");
    RowError::new(ErrorCode::OutOfRange, message)
}

/// A written number in units of `10^-scale`; no digit is lost.
pub(super) fn scaled(number: &str, scale: u32) -> Result<i128, RowError> {
    let parse = || {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        rescaled(digits, u32::try_from(fraction.len()).ok()?, scale)
    };
    parse().ok_or_else(|| too_fine(scale))
}

/// Units of `10^-from` as units of `10^-to`, if that is exact and fits.
#[inline]
pub(super) fn rescaled(units: i128, from: u32, to: u32) -> Option<i128> {
    /// One more than fits a column.
    const END: i128 = 10_i128.pow(PRECISION as u32);
    if from == to {
        return (units.abs() < END).then_some(units);
    }
    let units = if from < to {
        units.checked_mul(10_i128.checked_pow(to - from)?)?
    } else {
        let divisor = 10_i128.checked_pow(from - to)?;
        (units % divisor == 0).then_some(units / divisor)?
    };
    (units.abs() < END).then_some(units)
}
