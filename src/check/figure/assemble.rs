//! A figure from its parts: sign, currency, number, unit, hedge, and the two ends of a range.

use super::amount::Amount;
use super::currency::Sign;
use super::reader::Reader;
use super::{Figure, Kind, RangeEnd, Unit};
use crate::check::language::{Cue, Sense, is_cjk};
use crate::check::scan::TokenKind;
use crate::exact::Ratio;
use crate::printed::{Hedge, Printed};
use rust_decimal::Decimal;

/// What stands before a number.
pub(super) struct Draft {
    pub(super) at: usize,
    pub(super) prefix: Option<Sign>,
    pub(super) negative: bool,
    pub(super) signed: bool,
    pub(super) bracketed: bool,
    pub(super) unit: Option<(Kind, Unit)>,
}

impl Reader<'_> {
    /// Whether a figure can begin at a token: most words cannot, and need not be looked at.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::Number(_)) => true,
            Some(TokenKind::Mark(c)) => matches!(c, '(' | '-' | '−' | '+' | '△' | '▲' | '–'),
            Some(TokenKind::Term(phrase)) => self.language.glance(phrase).begins_figure || self.code(at).is_some(),
            Some(TokenKind::Word) => self.code(at).is_some(),
            Some(TokenKind::Opaque | TokenKind::Stop | TokenKind::Break) | None => false,
        }
    }

    /// The figure (or the two of a range) that starts at a token.
    pub(super) fn figure(&self, at: usize) -> Option<Vec<Figure>> {
        if let Some(word) = self.multiple_word(at).or_else(|| self.flat_word(at)) {
            return Some(vec![word]);
        }
        // 负2.3亿元: the minus sign is a word.
        let minus = self.has_cue(at, Cue::Minus);
        let start = at + usize::from(minus);
        let scaled = self.scaled_prefix(start);
        let (prefix, mut next) = match self.prefix(start) {
            _ if scaled.is_some() => (scaled.map(|(sign, _)| sign), start + 2),
            Some(sign) => (Some(sign), start + 1),
            None => (None, start),
        };
        let sign = self.sign_mark(next, start, prefix.is_some());
        next += usize::from(sign.is_some());
        // A sign may stand before the currency: -$5 million.
        let (prefix, mut next) = match prefix {
            None if sign.is_some() => self.prefix(next).map_or((None, next), |sign| (Some(sign), next + 1)),
            prefix => (prefix, next),
        };
        let bracketed = self.mark(next) == Some('(') && self.bracket_is_sign(next, prefix.is_some());
        let unit = self.leading_unit(next);
        next += usize::from(unit.is_some());
        let mut amount = self.amount(next + usize::from(bracketed))?;
        let ahead = scaled.map(|(_, power)| power).or_else(|| prefix.and_then(|_| (at..next).find_map(|at| self.power_of(at))));
        if let Some(power) = ahead.filter(|_| amount.power == 0) {
            // TEUR 12.480
            (amount.power, amount.exact) = (power, false);
        }
        let negative = minus || bracketed || matches!(sign, Some('-' | '−' | '△' | '▲' | '–'));
        let signed = negative || sign == Some('+');
        let draft = Draft { at, prefix, negative, signed, bracketed, unit };
        if let Some(range) = self.range(&draft, &amount) {
            return Some(range);
        }
        if self.is_a_name(start, &amount) {
            return None;
        }
        self.complete(&draft, amount).map(|figure| vec![figure])
    }

    /// `5–6%`, `between 5 and 6 million`: two figures that share unit and scale.
    fn range(&self, draft: &Draft, low: &Amount) -> Option<Vec<Figure>> {
        let dash = matches!(self.mark(low.end), Some('-' | '–' | '—' | '~' | '〜' | '～' | '至'));
        let between = draft.at > 0 && self.has_cue(draft.at - 1, Cue::Between) && self.has_cue(low.end, Cue::And);
        if !(dash || between) || draft.signed {
            return None;
        }
        let start = low.end + 1;
        let sign = self.prefix(start);
        // US$ 3.5 million — R$ 17.5 million
        if let (Some(Sign::Known(low)), Some(Sign::Known(high))) = (draft.prefix, sign)
            && low != high
        {
            return None;
        }
        let amount = self.amount(start + usize::from(sign.is_some()))?;
        let next =
            Draft { at: start, prefix: sign.or(draft.prefix), negative: false, signed: false, bracketed: false, unit: draft.unit.clone() };
        let mut high = self.complete(&next, amount)?;
        if matches!(high.unit, Unit::None) || (self.is_a_name(draft.at, low) && high.kind == Kind::Count) {
            return None;
        }
        let power = if low.power == 0 { high.power } else { low.power };
        let mut first = high.clone();
        first.printed = if high.is_level() { Printed::whole(low.digits, power) } else { Printed::new(low.digits, power) };
        first.printed = match high.printed.hedge() {
            Some(hedge) => first.printed.hedged(hedge),
            None => first.printed,
        };
        (first.digits, first.power) = (low.digits, power);
        first.tokens = draft.at..low.end;
        first.span = self.span(&first.tokens);
        (first.range, high.range) = (Some(RangeEnd::Low), Some(RangeEnd::High));
        (first.printed.value() <= high.printed.value()).then(|| vec![first, high])
    }

    /// Adds what follows the number: scale is read already; unit, currency, noun.
    fn complete(&self, draft: &Draft, mut amount: Amount) -> Option<Figure> {
        // 100多家, 300余元
        if self.has_cue(amount.end, Cue::OverAfter)
            && self.glued(amount.end)
            && (self.has_cue(amount.end + 1, Cue::Counter) || self.currency(amount.end + 1).is_some())
        {
            (amount.over, amount.end) = (true, amount.end + 1);
        }
        let mut end = amount.end + usize::from(draft.bracketed);
        let mut power = amount.power;
        if draft.bracketed {
            // (2.5) million
            while let Some(more) = self.scale(end, &amount) {
                power = power.saturating_add(more);
                end += 1;
            }
            amount.power = power;
        }
        if let Some(whole) = self.with_hundredths(&amount, end) {
            amount = whole;
            end = amount.end;
        }
        let hyphen = usize::from(self.mark(end) == Some('-') && self.glued(end));
        let (mut pending, mut rate_base) = (false, None);
        let (kind, unit, bare, end) = if let Some((kind, unit)) = self.unit(end + hyphen) {
            let (kind, unit) = self.counted_points(&amount, end + hyphen).unwrap_or((kind, unit));
            (kind, unit, None, end + hyphen + 1)
        } else if let Some((kind, unit)) = self.unit_behind_bracket(end) {
            (kind, unit, None, end)
        } else if let Some((kind, unit)) = draft.unit.clone().or_else(|| self.scaling_unit(&amount)) {
            (kind, unit, None, end)
        } else if let Some((sign, end)) = self.money(draft, &amount, end).or_else(|| Some((self.sign_behind_bracket(end, &amount)?, end))) {
            let for_one = self.for_one(end);
            let per = for_one.map_or_else(|| self.per(end), |(length, _)| length);
            rate_base = for_one.map(|(_, sign)| sign).or_else(|| self.one_before(draft.at));
            let kind = if per > 0 || rate_base.is_some() || self.per_before(draft.at) { Kind::UnitPrice } else { Kind::Money };
            let (unit, bare) = match sign {
                Sign::Known(currency) => (Unit::Currency(currency), None),
                Sign::Shared(index) => (self.commonest(index), Some(index)),
            };
            (kind, unit, bare, end + per)
        } else {
            let (noun, end) = match self.noun(&amount, end) {
                Some(found) => found,
                None if amount.spelled && amount.digits < Decimal::ONE_HUNDRED => return None,
                None if self.times_before(draft.at) => (Unit::Times, end),
                None => {
                    pending = true;
                    (Unit::None, end)
                }
            };
            (if noun == Unit::Times { Kind::Multiple } else { Kind::Count }, noun, None, end)
        };
        let level = matches!(kind, Kind::Money | Kind::UnitPrice | Kind::Count);
        let mut printed = if amount.exact && kind == Kind::Count {
            Printed::exact(Ratio::from(amount.digits))
        } else if level {
            Printed::whole(amount.digits, power)
        } else {
            Printed::new(amount.digits, power)
        };
        if draft.negative {
            printed = printed.negated();
        }
        if let Some(hedge) = self.hedge(draft.at, end).or(amount.over.then_some(Hedge::Over)) {
            printed = printed.hedged(hedge);
        }
        let tokens = draft.at..end;
        Some(Figure {
            span: self.span(&tokens),
            kind,
            printed,
            ambiguous: bare.is_some() || (draft.at..end).any(|at| power > 0 && self.has_cue(at, Cue::MoneyScale)),
            unit,
            range: None,
            metric: None,
            period: None,
            tokens,
            bare,
            signed: draft.signed,
            inherited: false,
            power,
            digits: amount.digits,
            pending,
            rate_base: rate_base.and_then(|sign| self.known(sign)),
            flat: false,
        })
    }

    /// 148円50銭: the hundredths of the unit follow at once.
    fn with_hundredths(&self, amount: &Amount, end: usize) -> Option<Amount> {
        let whole =
            !self.language.spaced && amount.power == 0 && amount.digits.scale() == 0 && self.glued(end) && self.currency(end).is_some();
        let part = whole.then(|| self.amount(end + 1))?.filter(|part| part.power == -2 && part.digits.scale() == 0)?;
        let hundredths = Decimal::new(i64::try_from(part.digits.mantissa()).ok().filter(|part| *part < 100)?, 2);
        Some(Amount { digits: amount.digits.checked_add(hundredths)?, first: amount.first, power: 0, ..part })
    }

    /// "$1 = 1,300 won": one figure, the price of one.
    pub(super) fn equation(&self, one: &Figure, rate: &Figure) -> Option<Figure> {
        // 1ドル当たり145円
        let per = !self.language.spaced && self.has_cue(one.tokens.end, Cue::Per);
        let sign = matches!(self.mark(one.tokens.end), Some('=' | '＝' | '≈')) || self.has_cue(one.tokens.end, Cue::ForOne) || per;
        let equals = sign && one.tokens.end + 1 == rate.tokens.start;
        let base = match one.unit {
            Unit::Currency(currency) if equals && one.printed.value() == &Ratio::ONE && rate.kind == Kind::Money => currency,
            _ => return None,
        };
        let tokens = one.tokens.start..rate.tokens.end;
        Some(Figure { span: self.span(&tokens), tokens, kind: Kind::UnitPrice, rate_base: Some(base), ..rate.clone() })
    }

    /// "doubled": a multiple in a word.
    fn multiple_word(&self, at: usize) -> Option<Figure> {
        let (num, den) = self.sense(at, |sense| match sense {
            Sense::Multiple(num, den) => Some((*num, *den)),
            _ => None,
        })?;
        let value = Ratio::new(i128::from(num), i128::from(den))?;
        let digits = value.to_decimal()?;
        Some(self.word(at, Kind::Multiple, Unit::Times, Printed::multiple_word(value), digits))
    }

    /// "flat", "unchanged": a growth of 0%.
    fn flat_word(&self, at: usize) -> Option<Figure> {
        self.has_cue(at, Cue::Flat).then_some(())?;
        let word = self.word(at, Kind::Percent, Unit::Percent, Printed::new(Decimal::ZERO, 0), Decimal::ZERO);
        // "nearly unchanged" is so to either side.
        let printed = word.printed.hedge().map_or_else(|| word.printed.clone(), |_| Printed::new(Decimal::ZERO, 0).hedged(Hedge::About));
        Some(Figure { flat: true, printed, ..word })
    }

    /// A figure in one word, with its hedge.
    fn word(&self, at: usize, kind: Kind, unit: Unit, printed: Printed, digits: Decimal) -> Figure {
        let tokens = at..at + 1;
        let printed = match self.hedge(at, at + 1) {
            Some(hedge) => printed.hedged(hedge),
            None => printed,
        };
        Figure {
            span: self.span(&tokens),
            kind,
            printed,
            unit,
            ambiguous: false,
            range: None,
            metric: None,
            period: None,
            tokens,
            bare: None,
            signed: false,
            inherited: false,
            power: 0,
            digits,
            pending: false,
            rate_base: None,
            flat: false,
        }
    }

    /// A sign before a number; a hyphen after a word is none.
    fn sign_mark(&self, at: usize, first: usize, prefixed: bool) -> Option<char> {
        let mark = self.mark(at).filter(|c| matches!(c, '-' | '−' | '+' | '△' | '▲' | '–'))?;
        let free = prefixed || at == 0 || at != first || {
            let (before, own) = (self.tokens.get(at.checked_sub(1)?)?, self.tokens.get(at)?);
            before.end < own.start
                || self.ends_a_word(at - 1)
                || matches!(before.kind, TokenKind::Mark('(' | '|' | '（' | ':' | ',' | '：' | '，' | '、'))
        };
        (free && self.glued(at)).then_some(mark)
    }

    /// Whether a token without spaces is a word that leads a number in, and no unit or part of a date.
    fn ends_a_word(&self, at: usize) -> bool {
        let unit = |sense: &Sense| {
            use Cue::{Counter, NotCount};
            matches!(
                sense,
                Sense::Scale(_) | Sense::Currency(_) | Sense::Bare(_) | Sense::Percent | Sense::Points | Sense::Cue(Counter | NotCount)
            )
        };
        matches!(self.kind(at), Some(TokenKind::Term(_))) && self.slice(at).chars().all(is_cjk) && !self.senses(at).iter().any(unit)
    }

    /// `(2.5) million`, `$(2.5)`: the brackets are a minus sign.
    fn bracket_is_sign(&self, at: usize, prefixed: bool) -> bool {
        let Some(amount) = self.amount(at + 1) else { return false };
        // "EUR 211 (254) million": the number before has the scale too.
        if !prefixed && at.checked_sub(1).is_some_and(|before| matches!(self.kind(before), Some(TokenKind::Number(_)))) {
            return false;
        }
        if self.mark(amount.end) != Some(')') || amount.power > 0 {
            return false;
        }
        prefixed || self.scale(amount.end + 1, &amount).is_some()
    }

    /// `(112,4)`
    pub(super) fn is_bracketed_number(&self, at: usize) -> bool {
        self.mark(at) == Some('(') && matches!(self.kind(at + 1), Some(TokenKind::Number(_))) && self.mark(at + 2) == Some(')')
    }
}
