//! The columns of a batch as the short way takes them: decoded once, value by value; `None` where it declines.

use super::values::{EPOCH, days_and_rest, key_at};
use crate::batch::dense::{DayId, DenseRates};
use crate::batch::figures::ShortReported;
use crate::batch::short::Short;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use std::ops::Range;

/// One more than a short number can be.
const TOO_LARGE: u64 = 1_000_000_000_000_000_000;

/// A column, decoded a block at a time; one with a dictionary at once, as each of its values serves many rows.
pub(super) struct Field<T, F> {
    array: ArrayRef,
    decode: F,
    whole: Option<Vec<Option<T>>>,
}

impl<T: Copy, F: Fn(&dyn Array) -> Vec<Option<T>>> Field<T, F> {
    pub(super) fn new(array: ArrayRef, decode: F) -> Field<T, F> {
        let whole = matches!(array.data_type(), DataType::Dictionary(..)).then(|| decode(&array));
        Field { array, decode, whole }
    }

    /// The values of some rows.
    pub(super) fn block(&self, rows: Range<usize>) -> Vec<Option<T>> {
        match &self.whole {
            Some(values) => values.get(rows).unwrap_or_default().to_vec(),
            None => (self.decode)(&self.array.slice(rows.start, rows.len())),
        }
    }
}

/// A figure in each row.
pub(super) fn figures(array: &dyn Array) -> Vec<Option<Short>> {
    match numbers(array) {
        Some(numbers) => numbers,
        None => texts(array, |text| text.and_then(Short::read)),
    }
}

/// A reported figure in each row; whether growths have a percent sign makes no difference.
pub(super) fn reported(array: &dyn Array, percent: bool) -> Vec<Option<ShortReported>> {
    if let Some(numbers) = numbers(array) {
        let of = |(row, number): (usize, Option<Short>)| {
            if array.is_null(row) { Some(ShortReported::Nothing) } else { number.map(ShortReported::Figure) }
        };
        return numbers.into_iter().enumerate().map(of).collect();
    }
    texts(array, |text| match text {
        None | Some([]) => Some(ShortReported::Nothing),
        Some([digits @ .., b'%']) if percent => Short::read(digits).map(ShortReported::Figure),
        Some(text) => Short::read(text).map(ShortReported::Figure),
    })
}

/// A day in each row; `None` outside of the table too.
pub(super) fn days(array: &dyn Array, rates: &DenseRates) -> Vec<Option<DayId>> {
    let epoch = rates.place(EPOCH);
    match array.data_type() {
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>();
            match days.null_count() {
                0 => days.values().iter().map(|day| rates.day_at(epoch + i64::from(*day))).collect(),
                _ => days.iter().map(|day| rates.day_at(epoch + i64::from(day?))).collect(),
            }
        }
        DataType::Date64 | DataType::Timestamp(_, _) => (0..array.len())
            .map(|row| {
                let (day, rest) = days_and_rest(array, row);
                (array.is_valid(row) && rest == 0).then(|| rates.day_at(epoch.checked_add(day)?)).flatten()
            })
            .collect(),
        _ => texts(array, |text| rates.day(text?.try_into().ok()?)),
    }
}

/// Plain numbers; `None` for columns of anything else.
fn numbers(array: &dyn Array) -> Option<Vec<Option<Short>>> {
    match array.data_type() {
        DataType::Decimal128(_, scale) => {
            let scale = u32::try_from(*scale).ok().filter(|scale| *scale <= 18)?;
            let numbers = array.as_primitive::<Decimal128Type>();
            Some(match numbers.null_count() {
                0 => numbers.values().iter().map(|value| short(*value, scale)).collect(),
                _ => numbers.iter().map(|value| short(value?, scale)).collect(),
            })
        }
        DataType::Int64 => Some(array.as_primitive::<Int64Type>().iter().map(|value| short(value?.into(), 0)).collect()),
        DataType::Int32 => Some(array.as_primitive::<Int32Type>().iter().map(|value| short(value?.into(), 0)).collect()),
        _ => None,
    }
}

#[inline]
fn short(value: i128, scale: u32) -> Option<Short> {
    let digits = u64::try_from(value.unsigned_abs()).ok().filter(|digits| *digits < TOO_LARGE)?;
    Some(Short { negative: value < 0, digits, scale })
}

/// What a function makes of each text; `None` in every row of a column that is no text.
pub(super) fn texts<T: Copy>(array: &dyn Array, read: impl Fn(Option<&[u8]>) -> Option<T> + Copy) -> Vec<Option<T>> {
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().map(|text| read(text.map(str::as_bytes))).collect(),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().map(|text| read(text.map(str::as_bytes))).collect(),
        DataType::Utf8View => array.as_string_view().iter().map(|text| read(text.map(str::as_bytes))).collect(),
        DataType::Dictionary(key, _) => {
            let dictionary = array.as_any_dictionary();
            let (values, nothing) = (texts(dictionary.values().as_ref(), read), read(None));
            let of = |row| key_at(key, dictionary.keys(), row).map_or(nothing, |at| values.get(at).copied().unwrap_or(nothing));
            (0..array.len()).map(of).collect()
        }
        DataType::Null => vec![read(None); array.len()],
        _ => vec![None; array.len()],
    }
}
