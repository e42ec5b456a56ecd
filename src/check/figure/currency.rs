//! Which currency does a number have, before it or behind it?

use super::Unit;
use super::amount::Amount;
use super::assemble::Draft;
use super::reader::Reader;
use crate::check::language::{Cue, Sense, is_cjk};
use crate::check::scan::TokenKind;
use crate::currency::Currency;

/// A currency beside a number.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    Known(Currency),
    Shared(u8),
}

impl Reader<'_> {
    /// The currency whose code a word is.
    pub(super) fn code(&self, at: usize) -> Option<Currency> {
        let token = self.tokens.get(at).filter(|token| token.end - token.start == 3)?;
        matches!(token.kind, TokenKind::Word | TokenKind::Term(_)).then(|| Currency::find(self.slice(at)))?
    }

    /// "Mio. EUR 12,5", "EUR Mio. 12,5": a short scale word and a currency before a number that has neither, and is no
    /// year: "in Mio. EUR 2023".
    pub(super) fn scaled_prefix(&self, at: usize) -> Option<(Sign, i16)> {
        const SHORT: usize = 4;
        let pair = |scale: usize, currency: usize| {
            let short = self.slice(scale).chars().count() <= SHORT;
            Some((self.currency(currency)?, self.power_of(scale).filter(|_| short)?))
        };
        let behind_number =
            at.checked_sub(1).is_some_and(|before| matches!(self.kind(before), Some(TokenKind::Number(_) | TokenKind::Opaque)));
        if behind_number || !self.language.spaced || !matches!(self.kind(at + 2), Some(TokenKind::Number(_))) {
            return None;
        }
        let (sign, power) = pair(at, at + 1).or_else(|| pair(at + 1, at))?;
        let amount = self.amount(at + 2).filter(|amount| amount.power == 0)?;
        let year = !amount.grouped && amount.digits.scale() == 0 && (1900..=2100).contains(&amount.digits.mantissa());
        let own = self.unit(amount.end).is_some() || self.currency(amount.end).is_some();
        (!year && !own).then_some((sign, power))
    }

    /// The currency before or behind a number. Where both stand, the name before is the fuller one: 新台幣5億元.
    pub(super) fn money(&self, draft: &Draft, amount: &Amount, end: usize) -> Option<(Sign, usize)> {
        let suffix = self.suffix(end, amount).or_else(|| self.scaled_currency(amount, end));
        let end = suffix.map_or(end, |(_, end)| end);
        let sign = match (draft.prefix, suffix) {
            (Some(known @ Sign::Known(_)), _) => known,
            (prefix, suffix) => suffix.map(|(sign, _)| sign).or(prefix)?,
        };
        Some((sign, end))
    }

    /// 12.480 TEUR: the scale word is a currency besides.
    fn scaled_currency(&self, amount: &Amount, end: usize) -> Option<(Sign, usize)> {
        // The scale may stand behind a bracket: (4,6) M€.
        let last = end.checked_sub(1).filter(|last| *last >= amount.first && self.power_of(*last).is_some())?;
        let scale = |at: usize| {
            self.sense(at, |sense| match sense {
                Sense::Currency(currency) => Some(Sign::Known(*currency)),
                _ => None,
            })
        };
        Some((self.currency(last).or_else(|| scale(last))?, end))
    }

    /// A currency before a number: a sign or a code, or a name that no other word shares.
    pub(super) fn prefix(&self, at: usize) -> Option<Sign> {
        let sign = self.currency(at)?;
        let text = self.slice(at);
        if text.len() == 1 && text.chars().all(char::is_alphabetic) && !(self.glued(at) && text.chars().all(char::is_uppercase)) {
            // "S&P 500": pence stand behind their number, and rand are glued to it.
            return None;
        }
        let name = text.chars().all(char::is_alphabetic) && !text.chars().all(char::is_uppercase);
        let behind_number = at.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Some(TokenKind::Number(_)))
                || self.senses(before).iter().any(|sense| matches!(sense, Sense::Scale(_)))
        });
        if name && text.len() > 3 && self.language.spaced && self.glued(at) && matches!(self.kind(at + 1), Some(TokenKind::Number(_))) {
            // "Euro95" is a fuel.
            return None;
        }
        if name && behind_number && self.language.spaced {
            // "4 Mio. Euro 2022": the name belongs to what stands before.
            return None;
        }
        let looks_like_sign = match text.chars().any(is_cjk) {
            true => self.has_cue(at, Cue::Leading),
            false => !text.chars().all(char::is_lowercase) || self.senses(at).contains(&Sense::Currency(Currency::EUR)),
        };
        let before_number = |at: usize| self.amount(at).is_some_and(|amount| !amount.spelled || amount.power > 0);
        let mut next = at + 1;
        if matches!(self.mark(next), Some('-' | '−' | '(' | '△' | '▲' | '+'))
            && (self.glued(at) || (self.glued(next) && self.mark(next) != Some('(')) || self.is_bracketed_number(next))
        {
            next += 1;
        }
        (looks_like_sign && before_number(next) && !self.is_common_word(at, next)).then_some(sign)
    }

    /// "212.4 (2021: 208.1) million euros": the currency behind the bracket serves both.
    pub(super) fn sign_behind_bracket(&self, at: usize, amount: &Amount) -> Option<Sign> {
        let behind = self.past_bracket(at)?;
        let behind = behind + usize::from(self.power_of(behind).is_some());
        self.suffix(behind, amount).map(|(sign, _)| sign)
    }

    /// A currency after a number, with a particle between a scale word and it: "milliards de yuans".
    fn suffix(&self, at: usize, amount: &Amount) -> Option<(Sign, usize)> {
        let hyphen = usize::from(self.mark(at) == Some('-') && self.glued(at));
        let particle = usize::from(self.has_cue(at, Cue::Of) && amount.power > 0);
        let at = at + hyphen.max(particle);
        let sign = self.currency(at)?;
        // The currency of the next number is not this one's: "5 $3 million" or "up 12 EUR 5 million".
        let name = self.slice(at).chars().all(char::is_alphabetic);
        if hyphen == 0 && (particle == 0 || !name) && !self.glued(at.checked_sub(1)?) && self.prefix(at).is_some() {
            return None;
        }
        Some((sign, at + 1))
    }

    /// The currency that a token names.
    pub(super) fn currency(&self, at: usize) -> Option<Sign> {
        let known = |sense: &Sense| match sense {
            Sense::Currency(currency) => Some(Sign::Known(*currency)),
            Sense::Bare(index) => Some(Sign::Shared(*index)),
            _ => None,
        };
        match self.glance(at).is_money {
            true if self.has_cue(at, Cue::MoneyScale) => None,
            true => self.sense(at, known),
            false => self.code(at).map(Sign::Known),
        }
    }

    /// Whether a code is as likely a word in capitals: "ALL 5 plants", "TOP 10". A scale or decimals settle it.
    fn is_common_word(&self, at: usize, number: usize) -> bool {
        const WORDS: [&str; 22] = [
            "ALL", "TOP", "TRY", "CUP", "MOP", "PEN", "SOS", "GEL", "MAD", "BAN", "BAM", "LAK", "COP", "CAD", "SAR", "MUR", "NIO", "BOB",
            "PAB", "ARS", "WON", "ANG",
        ];
        let text = self.slice(at);
        WORDS.contains(&text)
            && text != "CAD"
            && text != "ARS"
            && self.amount(number).is_some_and(|amount| amount.power == 0 && amount.digits.scale() == 0 && !amount.grouped)
    }

    /// The currency of a sign, a shared one as the commonest.
    pub(super) fn known(&self, sign: Sign) -> Option<Currency> {
        match sign {
            Sign::Known(currency) => Some(currency),
            Sign::Shared(index) => self.language.bare.get(usize::from(index))?.first().copied(),
        }
    }

    /// The commonest of the currencies that share a sign.
    pub(super) fn commonest(&self, index: u8) -> Unit {
        self.language
            .bare
            .get(usize::from(index))
            .and_then(|shared| shared.first())
            .map_or(Unit::None, |currency| Unit::Currency(*currency))
    }
}
