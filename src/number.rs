//! Which number do these digits and separators write? Grouping is checked, never guessed away.

use rust_decimal::Decimal;

/// How a locale writes numbers: its decimal mark, and what may stand between groups of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    /// The decimal mark.
    pub decimal: char,
    /// The marks that may separate groups; one number uses one of them.
    pub groups: &'static [char],
}

/// The spaces that group digits: space, no-break, narrow no-break, thin, figure.
const SPACES: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'];

impl NumberStyle {
    /// `1,234.5`: English, Chinese, Japanese; also the Indian `12,34,567` and the Swiss `1'234.5`.
    pub const POINT: NumberStyle =
        NumberStyle { decimal: '.', groups: &[',', '\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'] };
    /// `1.234,5`: most of Europe and Latin America; also `1 234,5`.
    pub const COMMA: NumberStyle =
        NumberStyle { decimal: ',', groups: &['.', '\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'] };

    /// The number that an unsigned text writes, with every digit kept; `None` if it is none in this style.
    ///
    /// Groups have three digits, or two before a last three as in India; the decimal part has no groups but those of
    /// three after a space.
    ///
    /// ```
    /// use tieout::NumberStyle;
    ///
    /// assert_eq!(NumberStyle::POINT.read("1,234.50").unwrap().to_string(), "1234.50");
    /// assert_eq!(NumberStyle::COMMA.read("1 234,5").unwrap().to_string(), "1234.5");
    /// assert_eq!(NumberStyle::POINT.read("12,34,567").unwrap().to_string(), "1234567");
    /// assert_eq!(NumberStyle::POINT.read("1,23"), None);
    /// ```
    pub fn read(&self, text: &str) -> Option<Decimal> {
        let (whole, fraction) = match text.split_once(self.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        let mut digits = String::with_capacity(text.len() + 1);
        self.read_whole(whole, &mut digits)?;
        if digits.is_empty() {
            // `.5`
            fraction?;
            digits.push('0');
        }
        if let Some(fraction) = fraction {
            digits.push('.');
            let before = digits.len();
            for c in fraction.chars() {
                digits.push(digit(c)?);
            }
            (digits.len() > before).then_some(())?;
        }
        plain_decimal(&digits)
    }

    /// The digits before the decimal mark, their groups checked.
    fn read_whole(&self, text: &str, digits: &mut String) -> Option<()> {
        let mut mark = None;
        let (mut group, mut groups) = (0_usize, 0_usize);
        // The length of every group but the first and the last, which is always three.
        let mut inner = None;
        for c in text.chars() {
            if let Some(digit) = digit(c) {
                digits.push(digit);
                group += 1;
                continue;
            }
            if !self.groups.contains(&c) || group == 0 || *mark.get_or_insert(c) != c {
                return None;
            }
            if groups == 0 {
                (group <= 3).then_some(())?;
            } else {
                (group == *inner.get_or_insert(group) && (2..=3).contains(&group)).then_some(())?;
            }
            (group, groups) = (0, groups + 1);
        }
        let indian = inner == Some(2);
        // A first group of three belongs to no Indian number.
        (groups == 0 || group == 3).then_some(())?;
        (!indian || groups >= 2).then_some(())
    }
}

/// A plain number as it stands, `None` where a decimal does not hold every digit.
///
/// The zeros in front go first: the reader of decimals calls itself for each of them, and a long row of zeros would
/// exhaust the stack.
pub(crate) fn plain_decimal(plain: &str) -> Option<Decimal> {
    let digits = plain.strip_prefix('-').unwrap_or(plain);
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let mut number = Decimal::from_str_exact(digits.get(zeros.saturating_sub(1)..)?).ok()?;
    number.set_sign_negative(digits.len() < plain.len() && !number.is_zero());
    Some(number)
}

/// An ASCII digit, or a full-width one.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

/// Whether a character is a space that may group digits.
///
/// ```
/// use tieout::is_group_space;
///
/// assert!(is_group_space('\u{202f}') && !is_group_space(','));
/// ```
pub fn is_group_space(c: char) -> bool {
    SPACES.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_reads(style: NumberStyle, text: &str, expected: Option<&str>) {
        assert_eq!(style.read(text).map(|n| n.to_string()).as_deref(), expected, "{text:?}");
    }

    /// Rule: groups have three digits, or the Indian two before a last three; one number uses one mark.
    #[test]
    fn groups_have_three_digits_or_the_indian_two() {
        for (text, expected) in [
            ("1,234", Some("1234")),
            ("1,234,567.89", Some("1234567.89")),
            ("12,34,567", Some("1234567")),
            ("1,00,000", Some("100000")),
            ("1'234.5", Some("1234.5")),
            ("1234567", Some("1234567")),
            (".5", Some("0.5")),
            ("１２３", Some("123")),
            ("1,23", None),
            ("1234,567", None),
            ("1,2345", None),
            ("1,234 567", None),
            (",123", None),
            ("1,,234", None),
            ("1.2.3", None),
            ("5.", None),
            ("", None),
            (".", None),
            ("1,234.5,6", None),
        ] {
            assert_reads(NumberStyle::POINT, text, expected);
        }
    }

    /// Rule: in the comma style the same signs change places.
    #[test]
    fn the_comma_style_swaps_the_marks() {
        for (text, expected) in [
            ("1.234,5", Some("1234.5")),
            ("1\u{202f}234,50", Some("1234.50")),
            ("59,5", Some("59.5")),
            ("1.234", Some("1234")),
            ("59.5", None),
        ] {
            assert_reads(NumberStyle::COMMA, text, expected);
        }
    }

    /// Rule: zeros in front change nothing, however many they are.
    #[test]
    fn zeros_in_front_change_nothing() {
        let zeros = "0".repeat(1_000_000);
        for (text, number) in [("", "0"), ("1", "1"), (".50", "0.50"), ("12.00", "12.00")] {
            assert_reads(NumberStyle::POINT, &format!("{zeros}{text}"), Some(number));
            assert_eq!(plain_decimal(&format!("-{zeros}{text}")).map(|n| -n), number.parse().ok());
        }
        assert_eq!(plain_decimal("-0.00").unwrap().to_string(), "0.00");
    }

    /// Rule: what a decimal cannot hold exactly is refused, never shortened.
    #[test]
    fn digits_beyond_a_decimal_are_refused() {
        assert_reads(NumberStyle::POINT, "1.00000000000000000000000000001", None);
        assert_reads(NumberStyle::POINT, "9999999999999999999999999999999999999999", None);
    }
}
