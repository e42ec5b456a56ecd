//! Which mark is the decimal one in a text? A language has its own, but not in every country.

use super::language::{Cue, Language};
use crate::number::NumberStyle;
use memchr::memchr2_iter;

/// The style of the numbers of a text: the language's, unless its numbers can only be read in the other one.
pub(crate) fn style_of(text: &str, language: &Language) -> NumberStyle {
    if language.style != NumberStyle::COMMA {
        return language.style;
    }
    let (points, commas) = votes(text);
    let point = points > commas || (points == 0 && commas == 0 && language.text_has(text, Cue::PointDecimal));
    if point { NumberStyle::POINT } else { NumberStyle::COMMA }
}

/// How many percentages and sums have a mark that can only be a decimal point, and how many numbers one that can only
/// be a decimal comma.
fn votes(text: &str) -> (u32, u32) {
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
            (Some(b'.'), false) if fraction != 3 => points += u32::from(before == Some(&b'$') || is_percent(text, end)),
            (Some(b','), false) if fraction != 3 => commas += 1,
            _ => {}
        }
    }
    (points, commas)
}

fn is_percent(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).starts_with('%'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: percentages and numbers with both marks tell the decimal mark; a date or a section tells nothing.
    #[test]
    fn the_numbers_of_a_text_tell_its_decimal_mark() {
        assert_eq!(votes("un alza de 3.6%, a 12,450.8 millones"), (2, 0));
        assert_eq!(votes("un 3,6 % más, hasta 12.450,8 millones"), (0, 2));
        assert_eq!(votes("la sección 4.2, el 26.05.2023 y 1.234 millones"), (0, 0));
    }
}
