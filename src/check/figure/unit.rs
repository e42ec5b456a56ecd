//! Percent, points, multiples, and what a price is for one of.

use super::amount::Amount;
use super::currency::Sign;
use super::reader::Reader;
use super::{Kind, Unit};
use crate::check::language::{Cue, Sense};
use crate::check::scan::TokenKind;
use rust_decimal::Decimal;

impl Reader<'_> {
    pub(super) fn unit(&self, at: usize) -> Option<(Kind, Unit)> {
        // Of two senses the unit of a ratio wins: "points" is no noun.
        self.sense(at, |sense| match sense {
            Sense::Percent => Some((Kind::Percent, Unit::Percent)),
            Sense::Points => Some((Kind::Points, Unit::Points)),
            Sense::BasisPoints => Some((Kind::BasisPoints, Unit::BasisPoints)),
            Sense::Times => Some((Kind::Multiple, Unit::Times)),
            _ => None,
        })
    }

    /// 9.435 points of an index are counted, they are no percentage points.
    pub(super) fn counted_points(&self, amount: &Amount, at: usize) -> Option<(Kind, Unit)> {
        let large = amount.digits >= Decimal::ONE_THOUSAND;
        (large && self.senses(at).contains(&Sense::Points)).then(|| (Kind::Count, Unit::Noun(self.slice(at).to_owned())))
    }

    /// "multiplicó por 3,1"
    pub(super) fn times_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|at| self.has_cue(at, Cue::TimesBefore))
    }

    /// A percent sign before its number: 百分之五, %5.
    pub(super) fn leading_unit(&self, at: usize) -> Option<(Kind, Unit)> {
        let (kind, unit) = self.unit(at).filter(|(kind, _)| *kind == Kind::Percent)?;
        let behind_number = at.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Some(TokenKind::Number(_)))
                || self.senses(before).iter().any(|sense| matches!(sense, Sense::Scale(_)))
        });
        let scales = self.senses(at).iter().any(|sense| matches!(sense, Sense::Scale(_)));
        (self.glued(at) && !behind_number && !scales && self.amount(at + 1).is_some_and(|amount| self.unit(amount.end).is_none()))
            .then_some((kind, unit))
    }

    /// A scale word that is a unit besides: 三成 is 30%, 八折 is 0.8 times.
    pub(super) fn scaling_unit(&self, amount: &Amount) -> Option<(Kind, Unit)> {
        // 两成半
        let last = amount.end - 1 - usize::from(self.has_cue(amount.end - 1, Cue::AndHalf));
        self.unit(last).filter(|_| amount.power != 0)
    }

    /// "9.8 (11.7) percent": the unit behind the bracket serves both.
    pub(super) fn unit_behind_bracket(&self, at: usize) -> Option<(Kind, Unit)> {
        self.unit(self.past_bracket(at)?)
    }

    /// How many tokens say "to the dollar" here, and the currency.
    pub(super) fn for_one(&self, at: usize) -> Option<(usize, Sign)> {
        // 160円/ユーロ
        if self.mark(at) == Some('/')
            && self.glued(at)
            && let Some(sign) = self.currency(at + 1)
        {
            return Some((2, sign));
        }
        if !(self.has_cue(at, Cue::ForOne) || self.has_cue(at, Cue::Per)) {
            return None;
        }
        let article = |at: usize| self.has_cue(at, Cue::Article) || self.senses(at).contains(&Sense::Cardinal(1)) || self.slice(at) == "1";
        let at_currency = at + 1 + usize::from(article(at + 1));
        // "de R$ 1,56 a R$ 1,88": the sign of the next amount.
        let next = |at: usize| self.glued(at) || !self.slice(at).chars().all(char::is_alphabetic);
        let own = !matches!(self.kind(at_currency + 1), Some(TokenKind::Number(_))) || !next(at_currency);
        self.currency(at_currency).filter(|_| own).map(|sign| (at_currency + 1 - at, sign))
    }

    /// The currency that an amount is for one of, named before it: 每美元兑7.25元, "for every dollar 7.25 yuan".
    pub(super) fn one_before(&self, at: usize) -> Option<Sign> {
        let linking = [Cue::ForOne, Cue::Level, Cue::Equals, Cue::At, Cue::About, Cue::Against];
        let currency = (at.saturating_sub(2)..at).rev().find(|at| !linking.iter().any(|cue| self.has_cue(*at, *cue)))?;
        let one = currency.checked_sub(1).is_some_and(|per| self.has_cue(per, Cue::Per) || self.has_cue(per, Cue::ForOne));
        (one && currency + 1 < at + usize::from(!self.language.spaced)).then(|| self.currency(currency))?
    }

    /// How many tokens say "per share" here.
    pub(super) fn per(&self, at: usize) -> usize {
        // 0.45元/千瓦时, "$5/share"
        let named = matches!(self.kind(at + 1), Some(TokenKind::Word)) || self.has_cue(at + 1, Cue::Counter);
        if self.mark(at) == Some('/') && self.glued(at) && named && self.currency(at + 1).is_none() {
            return 2;
        }
        if self.has_cue(at, Cue::Each) {
            return 1;
        }
        if !self.has_cue(at, Cue::Per) {
            return if self.has_cue(at, Cue::PerCounted) && self.was_counted(at + 1) { 2 } else { 0 };
        }
        // "a share" names its noun; "per" needs one.
        let complete = self.slice(at).contains([' ', '\'', '’']) || !self.language.spaced;
        // "apiece", "each": nothing need follow.
        let whole = complete || self.has_cue(at, Cue::Article);
        match self.kind(at + 1) {
            _ if complete => 1,
            // "500 million a year" is no price.
            Some(TokenKind::Term(_)) if !whole && self.has_cue(at + 1, Cue::NotCount) && self.slice(at).chars().count() > 2 => 0,
            _ if whole => 1,
            Some(TokenKind::Word | TokenKind::Term(_)) => 2,
            _ => 0,
        }
    }

    /// "3,8 milioni di forme a 410 euro per forma": the noun stands behind a number of the sentence, in another ending.
    fn was_counted(&self, at: usize) -> bool {
        const REACH: usize = 30;
        const STEM: usize = 4;
        let noun: Vec<char> = self.slice(at).chars().collect();
        let alike = |word: &str| {
            let common = word.chars().zip(&noun).take_while(|(a, b)| a == *b).count();
            let longest = word.chars().count().max(noun.len());
            common >= STEM.min(noun.len()) && longest - common <= 2
        };
        let counted = |at: usize| {
            let of = |at: usize| self.has_cue(at, Cue::Of) || self.power_of(at).is_some();
            let number = (at.saturating_sub(3)..at).rev().find(|at| !of(*at));
            number.is_some_and(|at| matches!(self.kind(at), Some(TokenKind::Number(_))))
        };
        let word = matches!(self.kind(at), Some(TokenKind::Word | TokenKind::Term(_))) && noun.len() >= STEM && self.power_of(at).is_none();
        let stops = |at: &usize| matches!(self.kind(*at), Some(TokenKind::Stop | TokenKind::Break));
        word && (at.saturating_sub(REACH)..at - 1).rev().take_while(|at| !stops(at)).any(|at| alike(self.slice(at)) && counted(at))
    }

    /// 每吨4200元, 1株当たり45円: the price is of one of what stands before; a name, a verb or a preposition between.
    pub(super) fn per_before(&self, at: usize) -> bool {
        const REACH: usize = 8;
        let linking = [Cue::Level, Cue::At, Cue::About, Cue::Over, Cue::Under, Cue::Of, Cue::Article];
        let passable = |at: usize| {
            self.kind(at) == Some(TokenKind::Word)
                || linking.iter().any(|cue| self.has_cue(at, *cue))
                || self.senses(at).iter().any(|sense| matches!(sense, Sense::Metric(_)))
        };
        // 1俵当たり
        let per =
            |at: usize| self.has_cue(at, Cue::Per) || (self.has_cue(at, Cue::ForOne) && self.currency(at.saturating_sub(1)).is_none());
        let mut before = (at.saturating_sub(REACH)..at).rev().skip_while(|at| !per(*at) && passable(*at));
        // 对越南的发货额为27亿元: a lone character may be a preposition, and says a price only right before.
        let beside =
            |of: usize| self.slice(of).chars().nth(1).is_some() || (of + 1..at).all(|at| linking.iter().any(|cue| self.has_cue(at, *cue)));
        !self.language.spaced && before.next().is_some_and(|at| per(at) && (self.has_cue(at, Cue::Per) || beside(at)))
    }
}
