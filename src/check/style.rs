//! Which mark is the decimal one in a text? A language has its own, but not in every country.

use super::language::{Cue, Hit, Language, Sense};
use crate::number::NumberStyle;
use memchr::memchr2_iter;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// How the numbers of a text are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// In this way, as the language or the text says.
    Known(NumberStyle),
    /// In this way where a country tells of its custom and no number of the text does: then one mark before three digits
    /// groups them, whichever it is.
    Likely(NumberStyle),
}

impl Style {
    /// The number that a text writes.
    pub(crate) fn read(self, text: &str) -> Option<Decimal> {
        match self {
            Style::Known(style) => style.read(text),
            Style::Likely(style) => {
                let thousands = text.rsplit_once(['.', ',']).filter(|(whole, tail)| tail.len() == 3 && !whole.contains(['.', ',']));
                let other = if style == NumberStyle::POINT { NumberStyle::COMMA } else { NumberStyle::POINT };
                thousands.and_then(|_| other.read(text).filter(|number| number.scale() == 0)).or_else(|| style.read(text))
            }
        }
    }
}

/// The style of the numbers of a text: the language's, unless its numbers can only be read in the other one.
pub(crate) fn style_of(text: &str, language: &Language) -> Style {
    if language.style != NumberStyle::COMMA {
        return Style::Known(language.style);
    }
    let (points, commas) = votes(text, language);
    match points.cmp(&commas) {
        Ordering::Greater => Style::Known(NumberStyle::POINT),
        Ordering::Equal if points == 0 && language.text_has(text, Cue::PointDecimal) => Style::Likely(NumberStyle::POINT),
        _ => Style::Known(NumberStyle::COMMA),
    }
}

/// How many percentages, scaled numbers and sums have a mark that can only be a decimal point, and how many numbers one that can only
/// be a decimal comma.
fn votes(text: &str, language: &Language) -> (u32, u32) {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut points, mut commas) = (0, 0);
    for at in memchr2_iter(b'.', b',', bytes) {
        if at == 0 || !digit(at - 1) || !digit(at + 1) {
            continue;
        }
        let fraction = (at + 1..).take_while(|at| digit(*at)).count();
        let end = at + 1 + fraction;
        let start = (0..at).rev().find(|at| !digit(*at)).map_or(0, |before| before + 1);
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        // Of several marks the last one decides: 12,450.8
        if matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
            continue;
        }
        let grouped = matches!(before, Some(b'.' | b',')) && start > 1 && digit(start - 2);
        match (bytes.get(at), grouped) {
            (Some(b'.'), true) => points += u32::from(before == Some(&b',')),
            (Some(b','), true) => commas += u32::from(before == Some(&b'.')),
            (Some(b'.'), false) if fraction != 3 => points += u32::from(before == Some(&b'$') || is_measured(text, end, language)),
            (Some(b','), false) if fraction != 3 => commas += 1,
            _ => {}
        }
    }
    (points, commas)
}

/// Whether a percent sign or word follows, or a scale: dates, sections and versions have neither.
fn is_measured(text: &str, end: usize, language: &Language) -> bool {
    let space = text.get(end..).map_or(0, |rest| rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len());
    let says = |hit: &Hit| language.senses(hit.phrase).iter().any(|sense| matches!(sense, Sense::Percent | Sense::Scale(_)));
    language.hit_at(text, end + space, says).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spanish() -> &'static Language {
        Language::get("es").unwrap()
    }

    /// Rule: percentages, scaled numbers and those with both marks tell the decimal mark; a date or a section tells nothing.
    #[test]
    fn the_numbers_of_a_text_tell_its_decimal_mark() {
        assert_eq!(votes("un alza de 3.6%, a 12,450.8 millones", spanish()), (2, 0));
        assert_eq!(votes("5,120 millones, un alza de 3.6 por ciento", spanish()), (1, 0));
        assert_eq!(votes("5,120 millones, tras 0.98 millones de toneladas", spanish()), (1, 0));
        assert_eq!(votes("un 3,6 % más, hasta 12.450,8 millones", spanish()), (0, 2));
        assert_eq!(votes("la sección 4.2, el 26.05.2023 y 1.234 millones", spanish()), (0, 0));
    }

    /// Rule: where only a country tells, three digits behind one mark are a group.
    #[test]
    fn a_group_of_three_is_no_fraction_where_the_text_tells_nothing() {
        let style = style_of("invertirá 1.350 millones de soles", spanish());
        assert_eq!(style, Style::Likely(NumberStyle::POINT));
        let read = |text: &str| style.read(text).unwrap().to_string();
        assert_eq!(["1.350", "1,350", "12.5", "1,350.25"].map(read), ["1350", "1350", "12.5", "1350.25"]);
    }
}
