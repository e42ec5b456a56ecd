//! What stands in a field: a rate, a date, a unit, or a mark for "no observation".

use super::super::read::DecimalMark;
use crate::error::ErrorKind;
use crate::period::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// How a table writes its numbers: the decimal mark, and what may group the digits before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub(super) decimal: char,
    pub(super) group: Option<char>,
}

/// `1435.4`
pub(super) const PLAIN: Marks = Marks { decimal: '.', group: None };
/// `1,435.4`
pub(super) const GROUPED: Marks = Marks { decimal: '.', group: Some(',') };
/// `1435,4`
pub(super) const COMMA: Marks = Marks { decimal: ',', group: None };
/// `1.435,4`
pub(super) const COMMA_GROUPED: Marks = Marks { decimal: ',', group: Some('.') };

/// What publishers write where they have no observation.
const MISSING: [&str; 9] = ["", "N/A", "NA", "ND", ".", "-", "NaN", "-9999", "-9999.0"];

/// The greatest number of decimal places of a [`Decimal`].
const MAX_SCALE: u32 = 28;

/// Whether a field says that there is no observation.
pub(super) fn is_missing(text: &str) -> bool {
    MISSING.iter().any(|mark| mark.eq_ignore_ascii_case(text))
}

/// The rate in a field with the digits as they stand, `None` where there is no observation.
///
/// # Errors
///
/// [`ErrorKind::Syntax`] for what is no number, [`ErrorKind::TooManyDigits`] for one that a decimal cannot hold,
/// [`ErrorKind::RateNotPositive`] for zero or less.
pub(super) fn rate(text: &str, marks: Marks) -> Result<Option<Decimal>, ErrorKind> {
    if is_missing(text) {
        return Ok(None);
    }
    number(text, marks).and_then(|rate| positive(rate, text)).map(Some)
}

pub(super) fn positive(rate: Decimal, text: &str) -> Result<Decimal, ErrorKind> {
    if rate > Decimal::ZERO { Ok(rate) } else { Err(ErrorKind::RateNotPositive { found: text.to_owned() }) }
}

/// A plain number with the digits as they stand: no exponent rounds it, no mark is guessed.
pub(super) fn number(text: &str, marks: Marks) -> Result<Decimal, ErrorKind> {
    let wrong = || ErrorKind::Syntax { expected: "a rate such as 1.0751", found: text.to_owned() };
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().map_err(|_| wrong())?),
        None => (text, 0),
    };
    let plain = plain_digits(digits, marks).ok_or_else(wrong)?;
    let too_many = || ErrorKind::TooManyDigits { found: text.to_owned() };
    let value = crate::number::plain_decimal(&plain).ok_or_else(too_many)?;
    shifted(value, exponent).ok_or_else(too_many)
}

/// Which marks a number is written with; `None` where that cannot be told.
pub(super) fn marks(number: &str, known: Option<DecimalMark>) -> Option<Marks> {
    match known {
        Some(DecimalMark::Point) => return Some(GROUPED),
        Some(DecimalMark::Comma) => return Some(COMMA_GROUPED),
        None => {}
    }
    match (number.rfind('.'), number.rfind(',')) {
        (Some(point), Some(comma)) => Some(if point > comma { GROUPED } else { COMMA_GROUPED }),
        (_, None) => Some(GROUPED),
        (None, Some(_)) if number.matches(',').count() > 1 => Some(GROUPED),
        (None, Some(comma)) => {
            let (whole, decimals) = (number.get(..comma)?, number.get(comma + 1..)?);
            let could_group = decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            (!could_group).then_some(COMMA_GROUPED)
        }
    }
}

/// The number as `-1234.5`, its groups taken out; `None` if it is not written so.
fn plain_digits(text: &str, marks: Marks) -> Option<String> {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_once(marks.decimal).map_or((unsigned, None), |(w, f)| (w, Some(f)));
    let whole = match marks.group {
        Some(mark) if whole.contains(mark) => ungrouped(whole, mark)?,
        _ => whole.to_owned(),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let some_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    if !(some_digits && all_digits(&whole) && fraction.is_none_or(all_digits)) {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    Some(match fraction.filter(|fraction| !fraction.is_empty()) {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    })
}

/// `1,234,567` without its marks: a first group of one to three digits, then groups of three.
fn ungrouped(whole: &str, mark: char) -> Option<String> {
    let mut groups = whole.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut digits = first.to_owned();
    for group in groups {
        digits.push_str(Some(group).filter(|group| group.len() == 3)?);
    }
    Some(digits)
}

/// The number times ten to a power, exactly; `None` where a decimal cannot hold that.
pub(super) fn shifted(value: Decimal, power: i32) -> Option<Decimal> {
    let scale = i64::from(value.scale()) - i64::from(power);
    if let Ok(scale) = u32::try_from(scale) {
        return Decimal::try_from_i128_with_scale(value.mantissa(), scale).ok().filter(|_| scale <= MAX_SCALE);
    }
    let factor = 10_i128.checked_pow(u32::try_from(-scale).ok()?)?;
    Decimal::try_from_i128_with_scale(value.mantissa().checked_mul(factor)?, 0).ok()
}

/// The power of ten of a unit: 2 for 100, as in "100 HUF = 1.1234 PLN".
pub(super) fn power_of_ten(unit: &str) -> Option<i32> {
    let zeros = unit.strip_prefix('1')?;
    zeros.bytes().all(|byte| byte == b'0').then(|| i32::try_from(zeros.len()).ok()).flatten()
}

/// The power of ten of a number of units: 2 for `100` and `100.0`.
pub(super) fn units(text: &str) -> Option<i32> {
    let number = number(text, PLAIN).ok()?.normalize();
    power_of_ten(&number.to_string())
}

/// The months as they are written out in English; their first three letters are the short form.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// A month by its English name, whole or by three letters ("Sept" too).
fn month(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let place =
        MONTHS.iter().position(|month| *month == name || month.get(..3) == Some(&name) || (name == "sept" && *month == "september"))?;
    i8::try_from(place + 1).ok()
}

/// A whole number of so many digits.
fn digits<T: std::str::FromStr>(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<T> {
    let fits = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

fn date_of(year: &str, month: Option<i8>, day: &str) -> Option<Date> {
    Date::new(digits(year, 4..=4)?, month?, digits(day, 1..=2)?).ok()
}

/// `2023-05-26`, and nothing else.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    date_of(year, digits(month, 2..=2), day).filter(|_| text.len() == 10 && parts.next().is_none())
}

/// `20230526`
pub(super) fn compact_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    date_of(year, digits(month, 2..=2), day).filter(|_| text.len() == 8)
}

/// `26 May 2023`, `26-May-2023` or `26/May/2023`; the month in English, whole or short.
pub(super) fn day_month_year(text: &str) -> Option<Date> {
    let mut parts = text.split([' ', '-', '/']).filter(|part| !part.is_empty());
    let (day, name, year) = (parts.next()?, parts.next()?, parts.next()?);
    date_of(year, month(name), day).filter(|_| parts.next().is_none())
}

/// `May 26, 2023`
pub(super) fn month_day_year(text: &str) -> Option<Date> {
    let mut parts = text.split([' ', ',']).filter(|part| !part.is_empty());
    let (name, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    date_of(year, month(name), day).filter(|_| parts.next().is_none())
}

/// `26/05/2023 00:00:00`: what a spreadsheet makes of a date. The day stands first; a midnight may follow.
pub(super) fn spreadsheet_date(text: &str) -> Option<Date> {
    let date = text.strip_suffix("00:00:00").unwrap_or(text).trim_end();
    let mut parts = date.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    date_of(year, digits(month, 1..=2), day).filter(|_| parts.next().is_none())
}

/// A period as statistics write it: `2023`, `2023-Q2`, `2023-S1`, `2023-05` or a day.
pub(super) fn period(text: &str) -> Option<Period> {
    text.parse().ok()
}
