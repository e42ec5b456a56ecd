//! The short way of a growth: plain figures of at most 18 digits, in 128 bits.
//!
//! It computes the same exact fraction as the long way and rounds it once. A row that it declines (`None`) takes the
//! long way, figures that do not tie among them.

use super::PERCENT_DECIMALS;
use crate::batch::cells::Cells;
use crate::batch::figures::{Settings, ShortReported};
use crate::batch::output::Piece;
use crate::batch::short::{Fraction, Short, power_of_ten, write_two_cells};
use crate::relation::Verdict;

/// A row's growth by the short way.
#[derive(Debug, Default)]
pub(in crate::batch) struct ShortGrowth {
    pub(in crate::batch) prior: Option<Short>,
    pub(in crate::batch) change: Option<Short>,
    pub(in crate::batch) percent: Option<Short>,
    pub(in crate::batch) verdict: Option<Verdict>,
}

impl ShortGrowth {
    /// The growth from a prior figure, which may be missing, to a current one, held against the reported one.
    #[inline(always)]
    pub(in crate::batch) fn between(
        prior: Option<Short>,
        current: Short,
        reported: ShortReported,
        settings: &Settings,
    ) -> Option<ShortGrowth> {
        let unjudged = (!matches!(reported, ShortReported::NoColumn)).then_some(Verdict::Unverifiable);
        let Some(prior) = prior else { return Some(ShortGrowth { verdict: unjudged, ..ShortGrowth::default() }) };
        let (change, base) = difference(prior, current)?;
        let mut growth = ShortGrowth { prior: Some(prior), change: Some(change), percent: None, verdict: unjudged };
        if prior.negative || current.negative || prior.digits == 0 {
            // Not meaningful: no growth, and where one is reported, the long way finds the words.
            return unjudged.is_none().then_some(growth);
        }
        // In percent.
        let percent = Fraction { n: change.digits, d: base, exponent: 2 };
        let places = u32::try_from(settings.decimals.unwrap_or(PERCENT_DECIMALS)).ok()?;
        let digits = percent.in_units(places)?.round(change.negative, settings.rounding)?;
        growth.percent = Some(Short { negative: change.negative, digits, scale: places });
        match reported {
            ShortReported::NoColumn | ShortReported::Nothing => {}
            ShortReported::Figure(figure) if ties(percent, change.negative, figure)? => growth.verdict = Some(Verdict::Ties),
            ShortReported::Figure(_) => return None,
        }
        Some(growth)
    }

    /// Writes the cells of a row that stands in a table by itself.
    #[inline(always)]
    pub(super) fn write(&self, cells: &mut Cells<'_>) -> Option<Verdict> {
        cells.piece(4, |piece, delimiter| Some(self.write_to(piece, delimiter))).flatten()
    }

    /// Writes the cells, each behind a delimiter.
    #[inline(always)]
    pub(super) fn write_to(&self, piece: &mut Piece<'_>, delimiter: u8) -> Option<Verdict> {
        match (self.prior, self.change) {
            (Some(prior), Some(change)) => write_two_cells(piece, delimiter, prior, change),
            _ => piece.put(&[delimiter; 2], 2),
        }
        match self.percent {
            Some(percent) => percent.write(piece, delimiter),
            None => piece.put(&[delimiter], 1),
        }
        piece.put(&[delimiter], 1);
        if let Some(verdict) = self.verdict {
            piece.extend(verdict.name().as_bytes());
        }
        self.verdict
    }
}

/// Current − prior with the decimals of the finer one, and the prior's digits with as many decimals.
#[inline(always)]
fn difference(prior: Short, current: Short) -> Option<(Short, u64)> {
    let scale = prior.scale.max(current.scale);
    let digits = |number: Short| number.digits.checked_mul(power_of_ten((scale - number.scale).cast_signed())?);
    let (base, reached) = (digits(prior)?, digits(current)?);
    let (size, negative) = match (prior.negative, current.negative) {
        (false, false) => (reached.abs_diff(base), reached < base),
        (true, true) => (reached.abs_diff(base), reached > base),
        (true, false) => (reached.checked_add(base)?, false),
        (false, true) => (reached.checked_add(base)?, true),
    };
    Some((Short { negative, digits: size, scale }, base))
}

/// Whether the growth lies in the interval of the reported figure.
fn ties(percent: Fraction, negative: bool, figure: Short) -> Option<bool> {
    let exact = percent.in_units(figure.scale)?;
    Some((figure.negative == negative || exact.is_zero()) && exact.is_within_half(figure.digits)?)
}
