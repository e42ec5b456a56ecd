//! What does a number count, and when is it part of a name and no figure?

use super::Unit;
use super::amount::Amount;
use super::reader::Reader;
use crate::check::language::{Cue, Sense};
use crate::check::scan::TokenKind;
use crate::currency::Currency;
use rust_decimal::Decimal;

impl Reader<'_> {
    /// What a number counts. Without a noun it is a figure only if it has a scale, groups or a hedge.
    pub(super) fn noun(&self, amount: &Amount, end: usize) -> Option<(Unit, usize)> {
        let year = !amount.spelled
            && amount.power == 0
            && !amount.grouped
            && amount.digits.scale() == 0
            && (1900..=2100).contains(&amount.digits.mantissa());
        let hedged = self.hedge(amount.first, amount.end).is_some();
        // Where no space shows a noun, a number in words may be part of any word: 三星, 两者.
        let counted = self.language.spaced || !amount.spelled || self.has_cue(end, Cue::Counter);
        // 1俵当たり: one of what a price is for.
        if !self.language.spaced && amount.digits == Decimal::ONE && (self.has_cue(end + 1, Cue::Per) || self.has_cue(end + 1, Cue::ForOne))
        {
            return None;
        }
        // "16 milioni di ettolitri": where there is a particle for it, what follows millions without it is not counted.
        let joins = self.language.partitive && self.has_cue(end, Cue::Partitive);
        let particle = self.language.spaced && amount.power > 0 && joins && self.noun_at(end).is_none();
        let unjoined = self.language.partitive && amount.power >= 6 && !particle;
        let bare = end;
        let end = if particle && self.noun_at(end + 1).is_some() { end + 1 } else { end };
        let named = self.noun_at(end).filter(|_| counted && !unjoined && !(amount.power >= 6 && self.is_money(end)));
        if let Some(noun) = named
            && !year
        {
            return Some((Unit::Noun(noun), end + 1));
        }
        let plain = amount.power == 0 && !amount.grouped;
        let barred = self.has_cue(end, Cue::NotCount) && plain;
        // 900 123 456 may as well be a telephone.
        let beside = |at: Option<usize>| at.is_some_and(|at| matches!(self.kind(at), Some(TokenKind::Number(_))));
        let listed = beside(Some(amount.end)) || beside(amount.first.checked_sub(1));
        let telephone =
            plain_digits(self.slice(amount.first)) && (amount.digits >= Decimal::from(10_000_000) || listed) && amount.power == 0;
        let figure = if amount.spelled { amount.power >= 6 } else { (!plain && !telephone) || (hedged && !year) };
        (!barred && figure).then_some((Unit::None, bare))
    }

    /// Whether a token names what is measured in money: "150 millones de deuda" are no 150 million debts.
    pub(super) fn is_money(&self, at: usize) -> bool {
        const COUNTED: [&str; 5] = ["employees", "orders", "deliveries", "stores", "customers"];
        let name = |metric: u16| self.language.metrics.get(usize::from(metric)).map(String::as_str);
        self.senses(at).iter().any(|sense| match sense {
            Sense::Metric(metric) => name(*metric).is_some_and(|name| !COUNTED.contains(&name)),
            Sense::Cue(Cue::Loss | Cue::MoneyNoun) => true,
            _ => false,
        })
    }

    /// What a token names that can be counted.
    pub(crate) fn noun_at(&self, at: usize) -> Option<String> {
        let word = match self.kind(at)? {
            TokenKind::Word => true,
            TokenKind::Term(_) => {
                let senses = self.senses(at);
                let noun = |sense: &Sense| {
                    matches!(
                        sense,
                        Sense::Metric(_)
                            | Sense::Country(_)
                            | Sense::Cue(Cue::Counter | Cue::Measure | Cue::MoneyScale | Cue::MoneyNoun | Cue::OfAmount)
                    )
                };
                // Metres are no millions here.
                (senses.iter().any(noun) || self.slice(at) == "m") && !senses.contains(&Sense::Cue(Cue::NotCount))
            }
            _ => false,
        };
        let text = self.slice(at);
        // 2対1で: a particle in hiragana is no noun.
        let particle =
            !self.language.spaced && word && self.kind(at) == Some(TokenKind::Word) && text.chars().all(|c| ('ぁ'..='ん').contains(&c));
        (word && !particle && !text.chars().next().is_some_and(|c| c.is_numeric()) && Currency::find(text).is_none())
            .then(|| text.to_owned())
    }

    /// Whether a number is part of a name or a date: "page 12", "May 26", "the 3 quarters", "S&P 500", "10-K".
    pub(super) fn is_a_name(&self, at: usize, amount: &Amount) -> bool {
        let unit = self.unit(amount.end).is_some() || self.currency(amount.end).is_some();
        if amount.power != 0 || unit || amount.first != at {
            return false;
        }
        let before = at.checked_sub(1);
        let named = before.is_some_and(|before| self.has_cue(before, Cue::NotFigure) || self.is_acronym(before));
        let month = |at: usize| self.senses(at).iter().any(|sense| matches!(sense, Sense::Month(_)));
        // "im Oktober 218.959 Pkw": no day and no year is grouped.
        let dated = !amount.grouped && (before.is_some_and(month) || month(amount.end));
        let only_time = !self.senses(amount.end).iter().any(|sense| matches!(sense, Sense::Cue(cue) if *cue != Cue::NotCount));
        // "438,000 in May"
        let led_on = self.language.is_function_word(self.slice(amount.end));
        // "1.150 negli uffici": what is grouped is no month of a year.
        let counts_time = self.has_cue(amount.end, Cue::NotCount) && only_time && !led_on;
        let lettered = self.mark(amount.end) == Some('-')
            && self.glued(amount.end - 1)
            && self.glued(amount.end)
            && self.slice(amount.end + 1).chars().all(char::is_alphabetic);
        named || dated || counts_time || self.is_score(at, amount) || (lettered && !amount.spelled) || self.is_proper_name(at, amount)
    }

    /// "a 2-1 win", 3比1: one side of a score, where the other is glued to it and the first is no less.
    fn is_score(&self, at: usize, amount: &Amount) -> bool {
        const MOST: i64 = 40;
        let goals = |at: usize| match self.kind(at) {
            Some(TokenKind::Number(goals)) if goals.scale() == 0 && goals < Decimal::from(MOST) => Some(goals),
            _ => None,
        };
        let colon = |at: usize| matches!(self.slice(at), "比" | "対" | "對");
        let dash =
            |at: usize| matches!(self.mark(at), Some('-' | '–')) && self.glued(at) && at.checked_sub(1).is_some_and(|at| self.glued(at));
        let pair = |first: usize, mark: usize, second: usize| match (goals(first), goals(second)) {
            (Some(one), Some(other)) => {
                colon(mark)
                    || (dash(mark)
                        && one >= other
                        && self.unit(second + 1).is_none()
                        && self.power_of(second + 1).is_none()
                        && self.currency(second + 1).is_none())
            }
            _ => false,
        };
        pair(at, amount.end, amount.end + 1) || (at >= 2 && pair(at - 2, at - 1, at))
    }

    /// "Two Rivers Logistics", "at Five Guys": a number in words with a capital of its own, and names behind it.
    fn is_proper_name(&self, at: usize, amount: &Amount) -> bool {
        let capital = |at: usize| self.slice(at).chars().next().is_some_and(char::is_uppercase);
        let name = |at: usize| capital(at) && matches!(self.kind(at), Some(TokenKind::Word));
        let opens = at.checked_sub(1).is_none_or(|before| matches!(self.kind(before), Some(TokenKind::Stop | TokenKind::Break)));
        let quoted = at.checked_sub(1).is_some_and(|before| !matches!(self.kind(before), Some(TokenKind::Word | TokenKind::Term(_))));
        let alone = name(amount.end) && (name(amount.end + 1) || !(opens || quoted));
        amount.spelled && self.language.spaced && capital(at) && alone
    }

    /// A name in capitals, or the last letter of one: "CAC", "S&P".
    fn is_acronym(&self, at: usize) -> bool {
        let text = self.slice(at);
        let capitals = !text.is_empty() && text.chars().all(char::is_uppercase) && self.language.spaced;
        // "S&P": what a single letter means besides, it does not mean in capitals.
        let word = self.kind(at) == Some(TokenKind::Word) || (text.len() == 1 && at > 0 && self.slice(at - 1) == "&");
        capitals && word && Currency::find(text).is_none()
    }
}

/// Whether digits are grouped by spaces alone.
fn plain_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) && text.contains(char::is_whitespace)
}
