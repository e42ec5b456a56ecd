//! What figure stands in this field, and what of it is known?

use super::error::{ErrorCode, RowError};
use super::header::{Column, Header};
use super::lines::Fields;
use super::records::Row;
use super::short::Short;
use crate::error::Error;
use crate::exact::{Precision, Ratio, RoundingMode};
use crate::locale::{Locale, TypedFigure, TypedUnit, is_absent};
use crate::printed::{Printed, Reading};
use crate::relation::{Operand, Verdict};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How the figures of a table are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// As exact values: a ledger.
    Exact,
    /// As printed figures with their intervals: a results table.
    Printed,
}

/// What every job is told.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// How results are rounded.
    pub rounding: RoundingMode,
    /// To how many decimals; `None` for the job's own default.
    pub decimals: Option<i32>,
    /// How the figures are taken; `None` for the job's own default.
    pub inputs: Option<Inputs>,
    /// How figures are written.
    pub figures: Locale,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { rounding: RoundingMode::HalfEven, decimals: None, inputs: None, figures: Locale::EN }
    }
}

impl Settings {
    /// The operand that a figure is; `scale` is what one of its units is worth in the relation.
    pub(super) fn operand(&self, figure: &TypedFigure, scale: &Ratio, default: Inputs) -> Operand {
        match self.inputs.unwrap_or(default) {
            Inputs::Exact => Operand::exact(&figure.value() * scale),
            Inputs::Printed => reported(figure, scale),
        }
    }

    /// A result at a precision.
    pub(super) fn round(&self, value: &Ratio, decimals: i32) -> Result<Decimal, RowError> {
        Ok(value.round(Precision::Decimals(decimals), self.rounding)?.value)
    }

    /// Reported − recomputed, with the reported figure's decimals; `computed` is in the reported figure's unit.
    pub(super) fn difference(&self, reported: &TypedFigure, computed: &Ratio) -> Result<Decimal, RowError> {
        let recomputed = Ratio::from(self.round(computed, reported.decimals())?);
        self.round(&(&reported.value() - &recomputed), reported.decimals().max(0))
    }
}

/// A reported figure, always as printed.
pub(super) fn reported(figure: &TypedFigure, scale: &Ratio) -> Operand {
    let printed: Printed = figure.printed();
    let printed = if *scale == Ratio::ONE { printed } else { printed.scaled(scale) };
    Operand::printed(&printed, Reading::Nearest)
}

/// A column of figures.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    column: Column,
    reader: Locale,
}

impl Figures {
    /// The column of a name.
    pub(super) fn find(header: &Header, name: &str, settings: &Settings) -> Result<Figures, Error> {
        Ok(Figures { column: header.find(name)?, reader: settings.figures })
    }

    /// The name of the column.
    pub(super) fn name(&self) -> &str {
        &self.column.name
    }

    /// The place of the column, counted from 0.
    #[cfg(feature = "arrow")]
    pub(super) fn place(&self) -> usize {
        self.column.index
    }

    /// The figure of a row, if it is an ordinary number.
    #[inline(always)]
    pub(super) fn short<'r>(&self, row: &impl Fields<'r>) -> Option<Short> {
        Short::of_field(row, self.column.index)
    }

    /// The figure of a row; `None` where the field says that there is none.
    pub(super) fn read(&self, row: &Row<'_>) -> Result<Option<TypedFigure>, RowError> {
        let bytes = self.column.content(row)?;
        if let Some(digits) = plain_decimal(&bytes) {
            return Ok(Some(TypedFigure::plain(digits)));
        }
        let text = String::from_utf8_lossy(&bytes);
        if is_absent(&text) {
            return Ok(None);
        }
        self.reader.parse_figure(&text).map(Some).map_err(|error| RowError::of_field(&error, self.name()))
    }

    /// The figure of a row, which must be there.
    pub(super) fn need(&self, row: &Row<'_>) -> Result<TypedFigure, RowError> {
        self.read(row)?.ok_or_else(|| RowError::new(ErrorCode::MissingValue, format!("no figure in column {:?}", self.name())))
    }
}

/// What a table reports, as far as the short way reads it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum ShortReported {
    #[default]
    NoColumn,
    Nothing,
    Figure(Short),
}

/// The `--reported` column, where there is one.
#[derive(Debug, Clone)]
pub(super) struct Reported(Option<Figures>);

impl Reported {
    pub(super) fn find(header: &Header, name: Option<&str>, settings: &Settings) -> Result<Reported, Error> {
        Ok(Reported(name.map(|name| Figures::find(header, name, settings)).transpose()?))
    }

    /// The reported figure, and the verdict if it is not there.
    pub(super) fn read(&self, row: &Row<'_>) -> Result<(Option<TypedFigure>, Option<Verdict>), RowError> {
        let Some(figures) = &self.0 else { return Ok((None, None)) };
        // A short row that has everything else is padded: what it should report is empty.
        let figure = if row.len() > figures.column.index { figures.read(row)? } else { None };
        Ok((figure, figure.is_none().then_some(Verdict::Unverifiable)))
    }

    /// What the short way finds: no column, an empty field, or an ordinary number; `None` for anything else.
    #[inline(always)]
    pub(super) fn short<'r>(&self, row: &impl Fields<'r>) -> Option<ShortReported> {
        let Some(figures) = &self.0 else { return Some(ShortReported::NoColumn) };
        match row.raw(figures.column.index) {
            None | Some([]) => Some(ShortReported::Nothing),
            Some(_) => Short::of_field(row, figures.column.index).map(ShortReported::Figure),
        }
    }

    /// As [`short`](Reported::short), of growths: whether a percent sign is written makes no difference.
    #[inline(always)]
    pub(super) fn short_growth(&self, row: &Row<'_>) -> Option<ShortReported> {
        let Some(figures) = &self.0 else { return Some(ShortReported::NoColumn) };
        match row.raw(figures.column.index) {
            None | Some([]) => Some(ShortReported::Nothing),
            Some([field @ .., b'%'] | field) => Short::read(field).map(ShortReported::Figure),
        }
    }

    /// The place of the column, if there is one.
    #[cfg(feature = "arrow")]
    pub(super) fn place(&self) -> Option<usize> {
        self.0.as_ref().map(Figures::place)
    }

    /// Whether there is such a column.
    pub(super) fn is_given(&self) -> bool {
        self.0.is_some()
    }

    /// The name of the column.
    pub(super) fn name(&self) -> &str {
        self.0.as_ref().map_or("", Figures::name)
    }
}

impl Column {
    /// The content of the row's field.
    pub(super) fn content<'r>(&self, row: &impl Fields<'r>) -> Result<Cow<'r, [u8]>, RowError> {
        row.content(self.index).ok_or_else(|| {
            RowError::new(ErrorCode::ShortRow, format!("the row has {} fields and none for column {:?}", row.len(), self.name))
        })
    }

    /// The content as text, without spaces around it.
    pub(super) fn text(&self, row: &Row<'_>) -> Result<String, RowError> {
        Ok(String::from_utf8_lossy(&self.content(row)?).trim().to_owned())
    }
}

/// A plain decimal number (`-12.50`): the commonest field, read without detours. `None` for anything else.
fn plain_decimal(bytes: &[u8]) -> Option<Decimal> {
    let (negative, digits) = match bytes {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 28 {
        return None;
    }
    let (mut mantissa, mut scale) = (0_i128, None);
    for byte in digits {
        match (byte, &mut scale) {
            (b'0'..=b'9', scale) => {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                if let Some(scale) = scale {
                    *scale += 1;
                }
            }
            (b'.', None) => scale = Some(0_u32),
            _ => return None,
        }
    }
    // `5.` and `.` are for the reader to refuse.
    if scale == Some(0) || digits.starts_with(b".") {
        return None;
    }
    Decimal::try_from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale.unwrap_or(0)).ok()
}

/// Refuses a unit that an amount cannot have.
pub(super) fn refuse_share(figure: &TypedFigure, column: &str) -> Result<(), RowError> {
    match figure.unit {
        TypedUnit::Percent | TypedUnit::Points | TypedUnit::BasisPoints => {
            Err(RowError::new(ErrorCode::WrongUnit, format!("column {column:?} holds a share where an amount is needed")))
        }
        _ => Ok(()),
    }
}

/// What one unit of a growth is worth: a hundredth, whether `%` is written or not.
pub(super) fn growth_unit(figure: &TypedFigure, column: &str) -> Result<Ratio, RowError> {
    match figure.unit {
        TypedUnit::Plain | TypedUnit::Percent => Ok(Ratio::power_of_ten(-2)),
        _ => Err(RowError::new(ErrorCode::WrongUnit, format!("column {column:?} holds no percent"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: the short way reads what the reader reads, and leaves the rest to it.
    #[test]
    fn the_short_way_agrees_with_the_reader() {
        let reader = Locale::EN;
        for text in ["0", "-0", "1.50", "-12.345", "007", "9999999999999999999999999999", "1.", ".5", "-", "", "1e5", "1-2", "+1", "1,000"]
        {
            if let Some(short) = plain_decimal(text.as_bytes()) {
                let long = reader.parse_figure(text).unwrap().digits;
                assert_eq!((short.to_string(), short.scale()), (long.to_string(), long.scale()), "{text:?}");
            }
        }
    }
}
