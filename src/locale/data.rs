//! The tables of formats and scale words.

use super::symbols::strip_word;
use crate::currency::Currency;
use crate::number::NumberStyle;
use std::sync::LazyLock;

/// One row of `data/locales.csv`. In its patterns `¤` is the currency, `#` the number, `_` a no-break space and `~` a
/// narrow one.
pub(super) struct LocaleData {
    pub(super) tag: String,
    pub(super) home: Option<Currency>,
    pub(super) decimal: char,
    pub(super) group: char,
    /// The length of the groups before the last three digits.
    pub(super) grouping: usize,
    /// How many digits before the point are grouped at all.
    pub(super) grouped_from: usize,
    pub(super) positive: String,
    pub(super) negative: String,
    pub(super) compact: String,
    pub(super) percent: String,
    /// What compact numbers end in, and its power of ten, the smallest first.
    pub(super) units: Vec<(String, i16)>,
}

impl LocaleData {
    pub(super) fn style(&self) -> NumberStyle {
        if self.decimal == ',' { NumberStyle::COMMA } else { NumberStyle::POINT }
    }
}

static LOCALES: LazyLock<Vec<LocaleData>> =
    LazyLock::new(|| rows(include_str!("../../data/locales.csv")).filter_map(|row| locale(&row)).collect());

/// Locale or language, word in lower case, power of ten. The words of the languages are in a table that others read
/// too; those that only a locale has, or prints, come first.
static SCALES: LazyLock<Vec<(String, String, i16)>> = LazyLock::new(|| {
    let row = |row: csv::StringRecord| Some((row.get(0)?.to_owned(), row.get(1)?.to_lowercase(), row.get(2)?.parse().ok()?));
    rows(LOCALE_SCALES).chain(rows(LANGUAGE_SCALES)).filter_map(row).collect()
});

const LOCALE_SCALES: &str = include_str!("../../data/locale-scales.csv");
const LANGUAGE_SCALES: &str = include_str!("../../data/scales.csv");

static EMPTY: LazyLock<LocaleData> = LazyLock::new(|| LocaleData {
    tag: String::from("en"),
    home: None,
    decimal: '.',
    group: ',',
    grouping: 3,
    grouped_from: 4,
    positive: String::from("¤#"),
    negative: String::from("-¤#"),
    compact: String::from("¤#"),
    percent: String::from("#%"),
    units: Vec::new(),
});

/// The rows of a table that is part of the program; a test counts what the loaders make of them.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok)
}

fn locale(row: &csv::StringRecord) -> Option<LocaleData> {
    let text = |index: usize| row.get(index).map(|field| field.replace('_', "\u{a0}").replace('~', "\u{202f}"));
    let unit = |unit: &str| {
        let (word, exponent) = unit.rsplit_once(':')?;
        Some((word.to_owned(), exponent.parse().ok()?))
    };
    Some(LocaleData {
        tag: row.get(0)?.to_owned(),
        home: row.get(1).filter(|code| !code.is_empty()).and_then(|code| code.parse().ok()),
        decimal: text(2)?.chars().next()?,
        group: text(3)?.chars().next()?,
        grouping: row.get(4)?.parse().ok()?,
        grouped_from: row.get(5)?.parse().ok()?,
        positive: text(6)?,
        negative: text(7)?,
        compact: text(8)?,
        units: text(9)?.split(' ').filter_map(unit).collect(),
        percent: text(10)?,
    })
}

pub(super) fn all() -> &'static [LocaleData] {
    &LOCALES
}

pub(super) fn find(tag: &str) -> Option<&'static LocaleData> {
    LOCALES.iter().find(|data| data.tag.eq_ignore_ascii_case(tag))
}

/// Never needed: every tag of a [`Locale`](super::Locale) is in the table.
pub(super) fn fallback() -> &'static LocaleData {
    &EMPTY
}

/// The power of ten of a scale word, in lower case: the locale's own, else its language's.
pub(super) fn scale_word(word: &str, tag: &str) -> Option<i16> {
    let of = |place: &str| SCALES.iter().find(|(language, known, _)| language == place && known == word).map(|row| row.2);
    of(tag).or_else(|| of(language(tag)))
}

/// The longest scale word at the start of a text, its power of ten, and the rest.
pub(super) fn scale_at_start<'t>(text: &'t str, tag: &str) -> Option<(i16, &'t str)> {
    // The locale's own meaning of a word comes before that of its language.
    let of = |place: &str| {
        let words = SCALES.iter().filter(|(language, _, _)| language == place);
        words.filter_map(|(_, word, power)| Some((*power, strip_word(text, word)?))).min_by_key(|(_, rest)| rest.len())
    };
    match (of(tag), of(language(tag))) {
        (Some(own), Some(shared)) => Some(if own.1.len() <= shared.1.len() { own } else { shared }),
        (own, shared) => own.or(shared),
    }
}

pub(super) fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: every row of the data files is read, and what is printed as a compact unit is read as a scale word.
    #[test]
    fn every_row_is_read_and_every_unit_is_a_scale_word() {
        let lines = |text: &str| text.lines().count() - 1;
        assert_eq!(LOCALES.len(), lines(include_str!("../../data/locales.csv")));
        assert_eq!(SCALES.len(), lines(LOCALE_SCALES) + lines(LANGUAGE_SCALES));
        for data in all() {
            assert!(!data.units.is_empty(), "{}", data.tag);
            for (word, exponent) in &data.units {
                let word = word.replace('\u{a0}', " ").trim().to_lowercase();
                assert_eq!(scale_word(&word, &data.tag), Some(*exponent), "{} {word}", data.tag);
            }
        }
    }
}
