//! Which mark is the decimal one in a text? A language has its own, but not in every country.

use super::language::{Cue, Hit, Language, Sense};
use crate::currency::Currency;
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
    /// As likely, but only its thousands tell: a figure that they decide is ambiguous.
    Unsure(NumberStyle),
}

impl Default for Style {
    fn default() -> Style {
        Style::Known(NumberStyle::POINT)
    }
}

impl Style {
    /// The number that a text writes.
    pub(crate) fn read(self, text: &str) -> Option<Decimal> {
        match self {
            Style::Known(style) => style.read(text),
            Style::Likely(style) | Style::Unsure(style) => {
                let thousands = text.rsplit_once(['.', ',']).filter(|(whole, tail)| tail.len() == 3 && !whole.contains(['.', ',']));
                let other = if style == NumberStyle::POINT { NumberStyle::COMMA } else { NumberStyle::POINT };
                thousands.and_then(|_| other.read(text).filter(|number| number.scale() == 0)).or_else(|| style.read(text))
            }
        }
    }
}

/// The style of the numbers of a text: the language's, unless its numbers or its country say that it is the other one.
pub(crate) fn style_of(text: &str, language: &Language) -> Style {
    if language.style != NumberStyle::COMMA {
        return Style::Known(language.style);
    }
    let votes = votes(text, language);
    let by_country = || language.text_has(text, Cue::PointDecimal);
    match votes.points.cmp(&votes.commas) {
        Ordering::Greater => Style::Known(NumberStyle::POINT),
        Ordering::Less => Style::Known(NumberStyle::COMMA),
        Ordering::Equal if by_country() => match votes.points + votes.rates {
            0 => Style::Likely(NumberStyle::POINT),
            _ => Style::Known(NumberStyle::POINT),
        },
        // Where some countries have the point, thousands tell, and by themselves only that they are.
        Ordering::Equal if votes.points == 0 && language.has(Cue::PointDecimal) => match votes.comma_groups.cmp(&votes.point_groups) {
            Ordering::Greater => Style::Unsure(NumberStyle::POINT),
            _ => Style::Known(NumberStyle::COMMA),
        },
        Ordering::Equal => Style::Known(NumberStyle::COMMA),
    }
}

/// What the numbers of a text tell of its marks.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Votes {
    /// Numbers with a mark that can only be a decimal point, or a comma that can only group.
    points: u32,
    /// Numbers with a mark that can only be a decimal comma, or a point that can only group.
    commas: u32,
    /// Rates of exchange with three digits behind a point: in a country with a decimal point they are decimals.
    rates: u32,
    /// Of numbers that tell nothing else: three digits behind a point, of what is counted by the piece or by millions.
    point_groups: u32,
    /// The same behind a comma.
    comma_groups: u32,
}

/// What the numbers of a text tell of its marks, one by one.
fn votes(text: &str, language: &Language) -> Votes {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut votes = Votes::default();
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
        let point = bytes.get(at) == Some(&b'.');
        let grouped = matches!(before, Some(b'.' | b',')) && start > 1 && digit(start - 2);
        let same = grouped && before == bytes.get(at);
        let (points, commas) = (&mut votes.points, &mut votes.commas);
        match (point, grouped) {
            (true, true) if !same => *points += 1,
            (false, true) if !same => *commas += 1,
            // 1,234,567
            (_, true) if fraction == 3 && at - start == 3 => *(if point { commas } else { points }) += 1,
            (_, true) => {}
            (false, false) if fraction != 3 => *commas += 1,
            (true, false) if fraction != 3 => *points += u32::from(is_priced(text, start, language) || is_measured(text, end, language)),
            // "S/ 3.745": what the sign of a country with a decimal point stands before has decimals.
            _ if point && is_local(text, start, end, language) => *points += 1,
            _ if is_rate(text, end, language) => votes.rates += u32::from(point),
            _ if bytes.get(start) == Some(&b'0') || at - start > 3 => {}
            _ if is_whole(text, end, language) => *(if point { &mut votes.point_groups } else { &mut votes.comma_groups }) += 1,
            _ => {}
        }
    }
    votes
}

/// Where what follows a number begins.
fn behind(text: &str, end: usize) -> usize {
    end + text.get(end..).map_or(0, |rest| rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len())
}

/// What stands before a number without white space or a bracket.
fn word_before(text: &str, start: usize) -> &str {
    const LONGEST: usize = 6;
    let before = text.get(..start).unwrap_or_default().trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let word = before.char_indices().rev().take(LONGEST).take_while(|(_, c)| !c.is_whitespace() && *c != '(').last();
    word.and_then(|(at, _)| before.get(at..)).unwrap_or_default()
}

/// Whether a sign of money stands before a number: `$18.50`, `S/ 18.50`, `CHF 18.50`, `Q18.50`.
fn is_priced(text: &str, start: usize, language: &Language) -> bool {
    let word = word_before(text, start);
    let money = |hit: &Hit| hit.end == word.len() && language.glance(hit.phrase).is_money;
    word.ends_with(['$', '/']) || Currency::find(word).is_some() || language.hit_at(word, 0, money).is_some()
}

/// Whether the sign of a country with a decimal point stands before a number that has no scale.
fn is_local(text: &str, start: usize, end: usize, language: &Language) -> bool {
    let word = word_before(text, start);
    let local = |hit: &Hit| hit.end == word.len() && language.glance(hit.phrase).has(Cue::PointDecimal);
    word.ends_with(['$', '/', '.']) && language.hit_at(word, 0, local).is_some() && !is_measured(text, end, language)
}

/// Whether a percent sign or word follows, a scale or a currency: dates, sections and versions have none.
fn is_measured(text: &str, end: usize, language: &Language) -> bool {
    let says = |hit: &Hit| {
        language.glance(hit.phrase).is_money
            || language.senses(hit.phrase).iter().any(|sense| matches!(sense, Sense::Percent | Sense::Scale(_)))
    };
    language.hit_at(text, behind(text, end), says).is_some()
}

/// Whether a number is the price of one of a currency: "18.505 pesos por dólar".
fn is_rate(text: &str, end: usize, language: &Language) -> bool {
    let money = |at: usize| language.hit_at(text, at, |hit| language.glance(hit.phrase).is_money);
    let at = behind(text, end);
    let at = money(at).map_or(at, |hit| behind(text, hit.end));
    let of = |hit: &Hit| language.glance(hit.phrase).has(Cue::ForOne);
    language.hit_at(text, at, of).is_some_and(|hit| money(behind(text, hit.end)).is_some())
}

/// Whether a number counts millions of other than euros, or what a plain word names: "1,850 millones", "2,300 personas".
fn is_whole(text: &str, end: usize, language: &Language) -> bool {
    let at = behind(text, end);
    let rest = text.get(at..).unwrap_or_default();
    let scale = |hit: &Hit| language.senses(hit.phrase).iter().any(|sense| matches!(sense, Sense::Scale(6..)));
    match language.hit_at(text, at, |_| true) {
        Some(hit) if language.glance(hit.phrase).has(Cue::Measure) => false,
        Some(_) => language.hit_at(text, at, scale).is_some_and(|scale| {
            let tail = text.get(scale.end..).unwrap_or_default();
            let words = tail.split_whitespace().take(2);
            !words.into_iter().any(|word| word.starts_with("euro"))
        }),
        // A cell of a table.
        None if rest.starts_with('|') => true,
        None => {
            let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            at > end && word.chars().count() > 3 && !language.is_function_word(word)
        }
    }
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
        let told = |text: &str| {
            let votes = votes(text, spanish());
            (votes.points, votes.commas)
        };
        assert_eq!(told("un alza de 3.6%, a 12,450.8 millones"), (2, 0));
        assert_eq!(told("5,120 millones, un alza de 3.6 por ciento"), (1, 0));
        assert_eq!(told("5,120 millones, tras 0.98 millones de toneladas"), (1, 0));
        assert_eq!(told("1,850 millones de pesos, a 18.50 pesos por dólar"), (1, 0));
        assert_eq!(told("S/ 3.745 por dólar"), (1, 0));
        assert_eq!(told("el dólar cerró en S/ 3.745"), (1, 0));
        assert_eq!(told("4.100 pesos por dólar"), (0, 0));
        assert_eq!(told("recaudó 1,234,567 soles"), (1, 0));
        assert_eq!(told("un 3,6 % más, hasta 12.450,8 millones"), (0, 2));
        assert_eq!(told("la sección 4.2, el 26.05.2023 y 1.234 millones"), (0, 0));
    }

    /// Rule: where neither a country nor a decimal tells, thousands do: pieces are whole, and so are most millions of pesos.
    #[test]
    fn whole_things_tell_what_groups_them() {
        let read = |text: &str, number: &str| style_of(text, spanish()).read(number).unwrap().to_string();
        assert_eq!(read("facturó 1,250 millones de dólares y empleó a 2,300 personas", "1,250"), "1250");
        assert_eq!(read("facturó 1.250 millones de dólares y empleó a 2.300 personas", "1.250"), "1250");
        assert_eq!(read("en México, 18.505 pesos por dólar", "18.505"), "18.505");
        assert_eq!(read("en Colombia, 4.100 pesos por dólar", "4.100"), "4100");
        assert_eq!(read("el litro cuesta 1,489 euros", "1,489"), "1.489");
        assert_eq!(read("un depósito de 2,125 litros", "2,125"), "2.125");
        assert_eq!(read("facturó 1,250 millones de euros", "1,250"), "1.250");
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
