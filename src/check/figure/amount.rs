//! A number in digits or words, with its scale words.

use super::reader::Reader;
use crate::check::language::{Cue, Sense, is_cjk};
use crate::check::scan::TokenKind;
use crate::exact::Ratio;
use crate::number::NumberStyle;
use rust_decimal::Decimal;

/// The largest power of ten that scale words make together.
const LARGEST_SCALE: i16 = 30;

/// A number with its scale words.
pub(super) struct Amount {
    pub(super) digits: Decimal,
    pub(super) power: i16,
    /// Spelled in words with no scale: it counts exactly.
    pub(super) exact: bool,
    pub(super) spelled: bool,
    pub(super) grouped: bool,
    /// "More" stands inside it: 30多亿.
    pub(super) over: bool,
    pub(super) first: usize,
    pub(super) end: usize,
}

impl Reader<'_> {
    /// A number in digits or words, with its scale words.
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        let mut amount = self.number(at)?;
        self.add_half(&mut amount);
        self.add_scales(&mut amount);
        self.add_half(&mut amount);
        while let Some(whole) = self.with_rest(&amount) {
            amount = whole;
        }
        // 1兆2千億, "1 兆 2,000 億": a smaller part follows at once.
        while amount.power > 0
            && (self.glued(amount.end - 1) || self.power_of(amount.end + 1).is_some_and(|power| power < amount.power))
            && self.slice(amount.end - 1).chars().all(is_cjk)
            && self.scaling_unit(&amount).is_none()
        {
            let Some(mut part) = self.number(amount.end) else { break };
            self.add_scales(&mut part);
            let below = Ratio::from(part.digits) < Ratio::power_of_ten(amount.power - part.power);
            if part.power >= amount.power || part.spelled != amount.spelled || !below {
                break;
            }
            let whole = &(&Ratio::from(amount.digits) * &Ratio::power_of_ten(amount.power - part.power)) + &Ratio::from(part.digits);
            (amount.digits, amount.power, amount.end) = (whole.to_decimal()?, part.power, part.end);
        }
        Some(amount)
    }

    /// "2 mil 500 millones", "um bilhão e seiscentos milhões": the rest of the number follows its scale word.
    fn with_rest(&self, amount: &Amount) -> Option<Amount> {
        let and = usize::from(amount.spelled && self.has_cue(amount.end, Cue::And));
        let whole = self.language.spaced && amount.power >= 3 && amount.digits.scale() == 0 && amount.digits < Decimal::ONE_THOUSAND;
        let mut rest = whole.then(|| self.number(amount.end + and))??;
        let hundreds = rest.digits.scale() == 0 && rest.digits < Decimal::ONE_THOUSAND && !rest.digits.is_zero();
        if !hundreds || rest.spelled != amount.spelled || !(rest.spelled || rest.digits >= Decimal::ONE_HUNDRED) {
            return None;
        }
        self.add_scales(&mut rest);
        let thousands = amount.power == 3 && (rest.power >= 6 || rest.power == 0) && and == 0;
        if !(thousands || (rest.power > 0 && rest.power < amount.power)) {
            return None;
        }
        let steps = if thousands { 3 } else { amount.power - rest.power };
        let digits = (&(&Ratio::from(amount.digits) * &Ratio::power_of_ten(steps)) + &Ratio::from(rest.digits)).to_decimal()?;
        Some(Amount { digits, first: amount.first, exact: amount.exact && rest.exact, ..rest })
    }

    /// A number in digits or words, without its scale.
    fn number(&self, at: usize) -> Option<Amount> {
        match self.kind(at)? {
            TokenKind::Number(digits) => {
                let marks = self.slice(at).chars().filter(|c| !c.is_numeric()).count();
                let grouped = marks > 1 || (marks == 1 && digits.scale() == 0);
                Some(Amount { digits, power: 0, exact: false, spelled: false, grouped, over: false, first: at, end: at + 1 })
            }
            TokenKind::Term(_) => self.spelled(at).or_else(|| self.fraction_of_scale(at)),
            _ => None,
        }
    }

    /// "two and a half billion", "deux millions et demi".
    fn add_half(&self, amount: &mut Amount) {
        let half = Decimal::new(5, 1);
        if !self.has_cue(amount.end, Cue::AndHalf) || amount.digits.scale() > 0 {
            return;
        }
        if let Some(digits) = (&Ratio::from(amount.digits) + &Ratio::from(half)).to_decimal() {
            (amount.digits, amount.end) = (digits, amount.end + 1);
        }
    }

    fn add_scales(&self, amount: &mut Amount) {
        loop {
            if self.has_cue(amount.end, Cue::OverAfter) && self.glued(amount.end) && self.scale(amount.end + 1, amount).is_some() {
                (amount.over, amount.end) = (true, amount.end + 1);
            }
            let hyphen = usize::from(self.mark(amount.end) == Some('-') && self.glued(amount.end));
            let at = amount.end + hyphen;
            if let (0, Some(power)) = (amount.power, self.scale_behind_bracket(at, amount)) {
                amount.power = power;
                return;
            }
            // "10-K" is no ten thousand.
            let Some(power) = self.scale(at, amount).filter(|_| hyphen == 0 || self.slice(at).len() > 2) else { return };
            if amount.power + power > LARGEST_SCALE {
                return;
            }
            amount.power += power;
            amount.end += hyphen + 1;
            amount.exact = false;
        }
    }

    /// "EUR 350 (320) million": the scale behind the bracket serves both.
    fn scale_behind_bracket(&self, at: usize, amount: &Amount) -> Option<i16> {
        self.scale(self.past_bracket(at)?, amount)
    }

    /// The token behind a bracket that holds a number and perhaps the time before it.
    pub(super) fn past_bracket(&self, at: usize) -> Option<usize> {
        const REACH: usize = 5;
        let close = (at + 2..at + REACH).find(|at| self.mark(*at) == Some(')')).filter(|_| self.mark(at) == Some('('))?;
        let number = matches!(self.kind(close - 1)?, TokenKind::Number(_));
        (number && (at + 1..close - 1).all(|at| self.is_time_before(at))).then_some(close + 1)
    }

    /// Whether a token only says that what follows is of the time before: "Vorjahr:", "2021:".
    pub(crate) fn is_time_before(&self, at: usize) -> bool {
        let year =
            matches!(self.kind(at), Some(TokenKind::Number(value)) if value.scale() == 0 && (1900..=2100).contains(&value.mantissa()));
        year || self.mark(at) == Some(':') || [Cue::PriorTime, Cue::Against].iter().any(|cue| self.has_cue(at, *cue))
    }

    /// The power of ten that a token names.
    pub(super) fn power_of(&self, at: usize) -> Option<i16> {
        let mut powers = self.senses(at).iter().filter_map(|sense| match sense {
            Sense::Scale(power) => Some(i16::from(*power)),
            _ => None,
        });
        let first = powers.next()?;
        // MM are millions, mM thousands of millions.
        Some(
            powers
                .next()
                .filter(|_| self.slice(at).starts_with(char::is_lowercase) && self.slice(at).ends_with(char::is_uppercase))
                .unwrap_or(first),
        )
    }

    /// The scale that a token is after this number. One or two letters are one only when glued, or beside money.
    pub(super) fn scale(&self, at: usize, amount: &Amount) -> Option<i16> {
        let power = self.power_of(at)?;
        if self.has_cue(at, Cue::MoneyScale) && !self.is_sum(at, amount) {
            return None;
        }
        let word = self.slice(at);
        let short = word.len() <= 2 && word.is_ascii();
        let joined = at + 1 + usize::from(self.has_cue(at + 1, Cue::Of));
        let beside_money =
            self.currency(joined).is_some() || amount.first.checked_sub(1).is_some_and(|before| self.currency(before).is_some());
        let attached = at.checked_sub(1).is_some_and(|before| self.glued(before));
        // "31 ct": the word is a currency besides.
        let own = self.currency(at).is_some();
        // "Ward 7B", "12m hoch": some letters are so much else that only money beside them makes them a scale.
        let metres = word == "m" && self.language.style == NumberStyle::COMMA;
        let letter = metres || matches!(word, "b" | "B" | "t" | "T" | "G" | "bil") || (word == "mil" && power == 6);
        (((!short || attached) && !letter) || (beside_money && (attached || word != "t")) || own).then_some(power)
    }

    /// "een tekort van drie ton": a small number of what is a unit too, nothing that it weighs behind it, and a sentence on
    /// money.
    fn is_sum(&self, at: usize, amount: &Amount) -> bool {
        const REACH: usize = 12;
        let small = amount.power == 0 && !amount.grouped && amount.digits < Decimal::ONE_HUNDRED;
        let weighed = matches!(self.kind(at + 1), Some(TokenKind::Word)) && !self.language.is_function_word(self.slice(at + 1));
        let stops = |at: &usize| matches!(self.kind(*at), Some(TokenKind::Stop | TokenKind::Break));
        let money =
            |other: usize| other != at && (self.glance(other).is_money || self.is_money(other) || self.has_cue(other, Cue::Balance));
        let before = (at.saturating_sub(REACH)..at).rev().take_while(|at| !stops(at));
        let behind = (at + 1..at + REACH).take_while(|at| !stops(at));
        small && !weighed && before.chain(behind).any(money)
    }

    /// "half a billion", "zweieinhalb Millionen": a fraction of a scale word.
    fn fraction_of_scale(&self, at: usize) -> Option<Amount> {
        let (num, den) = self.sense(at, |sense| match sense {
            Sense::Fraction(num, den) => Some((*num, *den)),
            _ => None,
        })?;
        let digits = Ratio::new(i128::from(num), i128::from(den))?.to_decimal()?;
        let end = at + 1 + usize::from(self.has_cue(at + 1, Cue::Article) || self.has_cue(at + 1, Cue::Of));
        let scaled = self.senses(end).iter().any(|sense| matches!(sense, Sense::Scale(_)));
        scaled.then_some(Amount { digits, power: 0, exact: false, spelled: true, grouped: false, over: false, first: at, end })
    }
}
