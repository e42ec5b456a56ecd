//! Numbers in words: "twenty-five", "three-point-five".

use super::amount::Amount;
use super::reader::Reader;
use crate::check::language::{Cue, Sense};
use crate::number::plain_decimal;
use rust_decimal::Decimal;

impl Reader<'_> {
    /// A number in words: "twenty-five", "three hundred". A lone "one" is an article in many languages.
    pub(super) fn spelled(&self, at: usize) -> Option<Amount> {
        let cardinal = |at: usize| {
            self.sense(at, |sense| match sense {
                Sense::Cardinal(value) => Some(u64::from(*value)),
                _ => None,
            })
        };
        let inner_scale = |at: usize| {
            let power = self.sense(at, |sense| match sense {
                Sense::Scale(power @ 3) => Some(u32::try_from(*power).unwrap_or(0)),
                _ => None,
            })?;
            let and = usize::from(self.has_cue(at + 1, Cue::And));
            cardinal(at + 1 + and).map(|_| 10_u64.pow(power))
        };
        let (mut total, mut current, mut next) = (0_u64, cardinal(at)?, at + 1);
        loop {
            let joint =
                usize::from(self.mark(next) == Some('-') || (self.has_cue(next, Cue::And) && cardinal(next - 1).is_some_and(|v| v >= 20)));
            if let Some(thousand) = inner_scale(next) {
                total += current.max(1) * thousand;
                (current, next) = (0, next + 1);
            } else if let Some(value) = cardinal(next + joint) {
                current = match value {
                    100 => current.max(1) * 100,
                    // "doscientos mil": a scale, and no part of the number.
                    1000.. if current > 0 => break,
                    value
                        if current == 0 || current % 100 == 0 || (current % 10 == 0 && value < 20) || (current % 20 == 0 && value < 20) =>
                    {
                        current + value
                    }
                    // "two three" are two numbers.
                    _ => break,
                };
                next += joint + 1;
            } else {
                break;
            }
            if current > 9999 {
                return None;
            }
        }
        let value = total.checked_add(current)?;
        if let Some((digits, end)) = self.spelled_decimals(value, next) {
            return Some(Amount { digits, power: 0, exact: false, spelled: true, grouped: false, over: false, first: at, end });
        }
        let scaled = self.senses(next).iter().any(|sense| matches!(sense, Sense::Scale(_)));
        if value < 2 && !scaled {
            return None;
        }
        Some(Amount {
            digits: Decimal::from(value),
            power: 0,
            exact: true,
            spelled: true,
            grouped: false,
            over: false,
            first: at,
            end: next,
        })
    }

    /// "three-point-five": single digits after the word for the decimal mark.
    fn spelled_decimals(&self, whole: u64, at: usize) -> Option<(Decimal, usize)> {
        let hyphen = |at: usize| usize::from(self.mark(at) == Some('-'));
        let mut next = at + hyphen(at);
        self.has_cue(next, Cue::DecimalPoint).then_some(())?;
        next += 1;
        let mut digits = format!("{whole}.");
        while let Some(digit) = self.sense(next + hyphen(next), |sense| match sense {
            Sense::Cardinal(value @ 0..=9) => Some(*value),
            _ => None,
        }) {
            digits.push_str(&digit.to_string());
            next += hyphen(next) + 1;
        }
        (!digits.ends_with('.')).then(|| Some((plain_decimal(&digits)?, next)))?
    }
}
