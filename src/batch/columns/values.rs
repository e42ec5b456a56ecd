//! Which types of columns hold figures, codes and days, and what is the text of a value?

use crate::error::{Error, ErrorKind};
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_schema::{DataType, Field, TimeUnit};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt::Display;
use std::io::Write;

/// The first day of Arrow's calendar.
pub(super) const EPOCH: Date = Date::constant(1970, 1, 1);

/// Refuses a column whose values have no exact text.
pub(super) fn check(field: &Field) -> Result<(), Error> {
    let reason = match field.data_type() {
        DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => return Ok(()),
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None) => return Ok(()),
        data_type if scale(data_type).is_some() => return Ok(()),
        DataType::Dictionary(_, values) if matches!(**values, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) => return Ok(()),
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            "binary floating point, which holds few decimals exactly: read the figures as text or as decimals from their source"
        }
        DataType::Timestamp(_, Some(_)) => "moments in a time zone, which are no days: cast it to a date where you know the zone",
        _ => "neither text nor exact numbers nor days: cast it to one of these",
    };
    Err(ErrorKind::ColumnType { name: field.name().clone(), found: field.data_type().to_string(), reason }.into())
}

/// The decimals of a column of exact numbers; `None` for any other.
pub(super) fn scale(data_type: &DataType) -> Option<i32> {
    match data_type {
        DataType::Decimal32(_, scale) | DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) | DataType::Decimal256(_, scale) => {
            Some(i32::from(*scale).max(0))
        }
        data_type => data_type.is_integer().then_some(0),
    }
}

/// Appends the text of a value; nothing for a null.
pub(super) fn write_text(array: &dyn Array, row: usize, out: &mut Vec<u8>) {
    if array.is_null(row) {
        return;
    }
    match array.data_type() {
        DataType::Utf8 => out.extend_from_slice(array.as_string::<i32>().value(row).as_bytes()),
        DataType::LargeUtf8 => out.extend_from_slice(array.as_string::<i64>().value(row).as_bytes()),
        DataType::Utf8View => out.extend_from_slice(array.as_string_view().value(row).as_bytes()),
        DataType::Int8 => display::<Int8Type>(array, row, out),
        DataType::Int16 => display::<Int16Type>(array, row, out),
        DataType::Int32 => display::<Int32Type>(array, row, out),
        DataType::Int64 => display::<Int64Type>(array, row, out),
        DataType::UInt8 => display::<UInt8Type>(array, row, out),
        DataType::UInt16 => display::<UInt16Type>(array, row, out),
        DataType::UInt32 => display::<UInt32Type>(array, row, out),
        DataType::UInt64 => display::<UInt64Type>(array, row, out),
        DataType::Decimal32(_, scale) => decimal(&array.as_primitive::<Decimal32Type>().value(row).to_string(), *scale, out),
        DataType::Decimal64(_, scale) => decimal(&array.as_primitive::<Decimal64Type>().value(row).to_string(), *scale, out),
        DataType::Decimal128(_, scale) => decimal(&array.as_primitive::<Decimal128Type>().value(row).to_string(), *scale, out),
        DataType::Decimal256(_, scale) => decimal(&array.as_primitive::<Decimal256Type>().value(row).to_string(), *scale, out),
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None) => moment(array, row, out),
        DataType::Dictionary(key, _) => {
            let dictionary = array.as_any_dictionary();
            if let Some(at) = key_at(key, dictionary.keys(), row).filter(|at| *at < dictionary.values().len()) {
                write_text(dictionary.values().as_ref(), at, out);
            }
        }
        // OK because `check` refuses the others.
        _ => {}
    }
}

fn display<T: ArrowPrimitiveType>(array: &dyn Array, row: usize, out: &mut Vec<u8>)
where
    T::Native: Display,
{
    // OK because writing to memory does not fail.
    let _ = write!(out, "{}", array.as_primitive::<T>().value(row));
}

/// Appends `digits × 10^-scale`, all digits of the scale kept.
fn decimal(digits: &str, scale: i8, out: &mut Vec<u8>) {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let places = usize::from(scale.unsigned_abs());
    out.extend_from_slice(sign.as_bytes());
    if scale <= 0 {
        out.extend_from_slice(digits.as_bytes());
        let zeros = if digits == "0" { 0 } else { places };
        return out.extend(std::iter::repeat_n(b'0', zeros));
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    out.extend_from_slice(whole.as_bytes());
    out.push(b'.');
    out.extend_from_slice(fraction.as_bytes());
}

/// Appends a day; a moment within a day, with its time, which no column of days can have.
fn moment(array: &dyn Array, row: usize, out: &mut Vec<u8>) {
    let (days, within) = days_and_rest(array, row);
    let day = i32::try_from(days).ok().and_then(|days| EPOCH.checked_add(days.days()).ok());
    let _ = match day {
        Some(day) if within == 0 => write!(out, "{day}"),
        Some(day) => write!(out, "{day} with a time of day"),
        None => write!(out, "{days} days after 1970-01-01"),
    };
}

/// The days since the epoch, and what of a day is left, in the column's own unit.
pub(super) fn days_and_rest(array: &dyn Array, row: usize) -> (i64, i64) {
    let split = |count: i64, per_second: i64| (count.div_euclid(86_400 * per_second), count.rem_euclid(86_400 * per_second));
    match array.data_type() {
        DataType::Date32 => (array.as_primitive::<Date32Type>().value(row).into(), 0),
        DataType::Date64 => split(array.as_primitive::<Date64Type>().value(row), 1000),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => split(array.as_primitive::<TimestampSecondType>().value(row), 1),
            TimeUnit::Millisecond => split(array.as_primitive::<TimestampMillisecondType>().value(row), 1000),
            TimeUnit::Microsecond => split(array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000),
            TimeUnit::Nanosecond => split(array.as_primitive::<TimestampNanosecondType>().value(row), 1_000_000_000),
        },
        _ => (i64::MAX, 0),
    }
}

/// The place in the dictionary of a row's value.
pub(super) fn key_at(key: &DataType, keys: &dyn Array, row: usize) -> Option<usize> {
    fn of<K: ArrowDictionaryKeyType>(keys: &dyn Array, row: usize) -> Option<usize>
    where
        usize: TryFrom<K::Native>,
    {
        let keys = keys.as_primitive_opt::<K>()?;
        if keys.is_null(row) { None } else { usize::try_from(keys.value(row)).ok() }
    }
    match key {
        DataType::Int8 => of::<Int8Type>(keys, row),
        DataType::Int16 => of::<Int16Type>(keys, row),
        DataType::Int32 => of::<Int32Type>(keys, row),
        DataType::Int64 => of::<Int64Type>(keys, row),
        DataType::UInt8 => of::<UInt8Type>(keys, row),
        DataType::UInt16 => of::<UInt16Type>(keys, row),
        DataType::UInt32 => of::<UInt32Type>(keys, row),
        DataType::UInt64 => of::<UInt64Type>(keys, row),
        _ => None,
    }
}
