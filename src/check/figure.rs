//! Which figures does a text print? Numbers with what belongs to them: currency, scale, unit, noun, hedge.

use super::language::{Cue, Language, Sense, is_cjk};
use super::scan::{Token, TokenKind};
use crate::currency::Currency;
use crate::exact::Ratio;
use crate::period::Period;
use crate::printed::{Hedge, Printed};
use rust_decimal::Decimal;
use serde::Serialize;

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An amount of money.
    Money,
    /// An amount of money for one of something.
    UnitPrice,
    /// Hundredths.
    Percent,
    /// Percentage points.
    Points,
    /// Hundredths of a percentage point.
    BasisPoints,
    /// So many times.
    Multiple,
    /// So many of something.
    Count,
}

/// The unit of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// A currency.
    Currency(Currency),
    /// `%`
    Percent,
    /// `pp`
    Points,
    /// `bp`
    BasisPoints,
    /// `x`
    Times,
    /// What is counted, as printed.
    Noun(String),
    /// Nothing is said.
    None,
}

impl Unit {
    /// Whether two counts may be of the same thing: one names nothing, or the nouns differ in their ending only
    /// ("Mitarbeiter" and "Mitarbeitern").
    fn may_count_as(&self, other: &Unit) -> bool {
        const ENDING: usize = 2;
        match (self, other) {
            (Unit::None, _) | (_, Unit::None) => true,
            (Unit::Noun(a), Unit::Noun(b)) => {
                let stem = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
                let (a, b) = (a.chars().count(), b.chars().count());
                stem > ENDING && a - stem <= ENDING && b - stem <= ENDING
            }
            _ => false,
        }
    }
}

/// Which end of a printed range a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeEnd {
    /// The lower.
    Low,
    /// The upper.
    High,
}

/// A figure of a text.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Where it stands, in bytes.
    pub span: std::ops::Range<usize>,
    /// What it is of.
    pub kind: Kind,
    /// Its value and granularity.
    pub printed: Printed,
    /// Its unit.
    pub unit: Unit,
    /// Whether the currency is a guess: a sign that several share.
    pub ambiguous: bool,
    /// Which end of a range it is.
    pub range: Option<RangeEnd>,
    /// What it measures, if the text names that.
    pub metric: Option<String>,
    /// The period it belongs to, if the text names that.
    pub period: Option<Period>,
    /// Its first token and the one after its last.
    pub(crate) tokens: std::ops::Range<usize>,
    /// The candidates of an ambiguous sign.
    pub(crate) bare: Option<u8>,
    /// Whether it is printed with a sign of its own.
    pub(crate) signed: bool,
    /// Whether currency or scale are understood from another figure.
    pub(crate) inherited: bool,
    /// The power of ten of its scale word.
    pub(crate) power: i16,
    /// The digits as printed.
    pub(crate) digits: Decimal,
    /// A bare number, which is a figure only if a neighbour lends it a unit.
    pub(crate) pending: bool,
    /// For a stated rate: the currency that it is for one of.
    pub(crate) rate_base: Option<Currency>,
    /// A word for no change ("flat"), which is a figure only where a claim needs it.
    pub(crate) flat: bool,
}

impl Figure {
    /// Whether it is an amount or a count: what a growth is of.
    pub(crate) fn is_level(&self) -> bool {
        matches!(self.kind, Kind::Money | Kind::UnitPrice | Kind::Count)
    }

    /// Whether it can be compared with another: the same kind of thing in the same unit.
    pub(crate) fn same_unit(&self, other: &Figure) -> bool {
        // "$1.42 a share, compared with $1.28"
        let price = |one: &Figure, other: &Figure| one.kind == Kind::UnitPrice && other.kind == Kind::Money && other.power == 0;
        (self.kind == other.kind || price(self, other) || price(other, self))
            && (self.unit == other.unit || (self.kind == Kind::Count && self.unit.may_count_as(&other.unit)))
    }

    /// Gives the figure its sign: the size as printed, negative or not.
    pub(crate) fn set_negative(&mut self, negative: bool) {
        if self.printed.value().is_negative() != negative && !self.printed.value().is_zero() {
            self.printed = self.printed.clone().negated();
        }
    }
}

/// Finds the figures of a scanned text.
pub(crate) fn figures(text: &str, language: &Language, tokens: &[Token]) -> Vec<Figure> {
    let reader = Reader { text, language, tokens };
    let mut figures = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.figure(at) {
            Some(found) => {
                if let [rate] = found.as_slice()
                    && let Some(merged) = figures.last().and_then(|one| reader.equation(one, rate))
                {
                    figures.pop();
                    at = merged.tokens.end;
                    figures.push(merged);
                    continue;
                }
                at = found.iter().map(|figure| figure.tokens.end).max().unwrap_or(at + 1).max(at + 1);
                figures.extend(found);
            }
            None => at += 1,
        }
    }
    figures
}

/// The largest power of ten that scale words make together.
const LARGEST_SCALE: i16 = 30;

/// A view of the tokens with their senses.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: &'a Language,
    pub(crate) tokens: &'a [Token],
}

/// A number with its scale words.
struct Amount {
    digits: Decimal,
    power: i16,
    /// Spelled in words with no scale: it counts exactly.
    exact: bool,
    spelled: bool,
    grouped: bool,
    /// "More" stands inside it: 30多亿.
    over: bool,
    first: usize,
    end: usize,
}

/// A currency beside a number.
#[derive(Clone, Copy)]
enum Sign {
    Known(Currency),
    Shared(u8),
}

impl<'a> Reader<'a> {
    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(crate) fn senses(&self, at: usize) -> &'a [Sense] {
        match self.kind(at) {
            Some(TokenKind::Term(phrase)) => self.language.senses(phrase),
            _ => &[],
        }
    }

    pub(crate) fn has_cue(&self, at: usize, cue: Cue) -> bool {
        self.senses(at).contains(&Sense::Cue(cue))
    }

    fn sense<T>(&self, at: usize, pick: impl Fn(&Sense) -> Option<T>) -> Option<T> {
        self.senses(at).iter().find_map(pick)
    }

    pub(crate) fn slice(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.kind(at) {
            Some(TokenKind::Mark(c)) => Some(c),
            _ => None,
        }
    }

    /// Whether nothing stands between a token and the next.
    fn glued(&self, at: usize) -> bool {
        matches!((self.tokens.get(at), self.tokens.get(at + 1)), (Some(a), Some(b)) if a.end == b.start)
    }

    /// The figure (or the two of a range) that starts at a token.
    fn figure(&self, at: usize) -> Option<Vec<Figure>> {
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

    /// "Mio. EUR 12,5", "EUR Mio. 12,5": a short scale word and a currency before a number that has neither, and is no
    /// year: "in Mio. EUR 2023".
    fn scaled_prefix(&self, at: usize) -> Option<(Sign, i16)> {
        const SHORT: usize = 4;
        let pair = |scale: usize, currency: usize| {
            let short = self.slice(scale).chars().count() <= SHORT;
            Some((self.currency(currency)?, self.power_of(scale).filter(|_| short)?))
        };
        let behind_number =
            at.checked_sub(1).is_some_and(|before| matches!(self.kind(before), Some(TokenKind::Number(_) | TokenKind::Opaque)));
        let number = matches!(self.kind(at + 2), Some(TokenKind::Number(_)));
        let amount = self.amount(at + 2).filter(|amount| number && !behind_number && amount.power == 0)?;
        let year = !amount.grouped && amount.digits.scale() == 0 && (1900..=2100).contains(&amount.digits.mantissa());
        let own = self.unit(amount.end).is_some() || self.currency(amount.end).is_some();
        (self.language.spaced && !year && !own).then(|| pair(at, at + 1).or_else(|| pair(at + 1, at)))?
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
        let hyphen = usize::from(self.mark(end) == Some('-') && self.glued(end));
        let (mut pending, mut rate_base) = (false, None);
        let (kind, unit, bare, end) = if let Some((kind, unit)) = self.unit(end + hyphen) {
            let (kind, unit) = self.counted_points(&amount, end + hyphen).unwrap_or((kind, unit));
            (kind, unit, None, end + hyphen + 1)
        } else if let Some((kind, unit)) = self.unit_behind_bracket(end) {
            (kind, unit, None, end)
        } else if let Some((kind, unit)) = draft.unit.clone().or_else(|| self.scaling_unit(&amount)) {
            (kind, unit, None, end)
        } else if let Some((sign, end)) = self.money(draft, &amount, end) {
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
            ambiguous: bare.is_some(),
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

    /// 9.435 points of an index are counted, they are no percentage points.
    fn counted_points(&self, amount: &Amount, at: usize) -> Option<(Kind, Unit)> {
        let large = amount.digits >= Decimal::ONE_THOUSAND;
        (large && self.senses(at).contains(&Sense::Points)).then(|| (Kind::Count, Unit::Noun(self.slice(at).to_owned())))
    }

    /// "multiplicó por 3,1"
    fn times_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|at| self.has_cue(at, Cue::TimesBefore))
    }

    /// A percent sign before its number: 百分之五, %5.
    fn leading_unit(&self, at: usize) -> Option<(Kind, Unit)> {
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
    fn scaling_unit(&self, amount: &Amount) -> Option<(Kind, Unit)> {
        // 两成半
        let last = amount.end - 1 - usize::from(self.has_cue(amount.end - 1, Cue::AndHalf));
        self.unit(last).filter(|_| amount.power != 0)
    }

    /// The currency before or behind a number. Where both stand, the name before is the fuller one: 新台幣5億元.
    fn money(&self, draft: &Draft, amount: &Amount, end: usize) -> Option<(Sign, usize)> {
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
        Some((self.currency(last)?, end))
    }

    /// "$1 = 1,300 won": one figure, the price of one.
    fn equation(&self, one: &Figure, rate: &Figure) -> Option<Figure> {
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

    fn span(&self, tokens: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        start..end
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

    /// A currency before a number: a sign or a code, or a name that no other word shares.
    fn prefix(&self, at: usize) -> Option<Sign> {
        let sign = self.currency(at)?;
        let text = self.slice(at);
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

    /// `(112,4)`
    fn is_bracketed_number(&self, at: usize) -> bool {
        self.mark(at) == Some('(') && matches!(self.kind(at + 1), Some(TokenKind::Number(_))) && self.mark(at + 2) == Some(')')
    }

    /// A currency after a number, with a particle between a scale word and it: "milliards de yuans".
    fn suffix(&self, at: usize, amount: &Amount) -> Option<(Sign, usize)> {
        let hyphen = usize::from(self.mark(at) == Some('-') && self.glued(at));
        let particle = usize::from(self.has_cue(at, Cue::Of) && amount.power > 0);
        let at = at + hyphen.max(particle);
        let sign = self.currency(at)?;
        // The currency of the next number is not this one's: "5 $3 million" or "up 12 EUR 5 million".
        if hyphen + particle == 0 && !self.glued(at.checked_sub(1)?) && self.prefix(at).is_some() {
            return None;
        }
        Some((sign, at + 1))
    }

    /// The currency that a token names.
    fn currency(&self, at: usize) -> Option<Sign> {
        let known = self.sense(at, |sense| match sense {
            Sense::Currency(currency) => Some(Sign::Known(*currency)),
            Sense::Bare(index) => Some(Sign::Shared(*index)),
            _ => None,
        });
        let code = || {
            matches!(self.kind(at)?, TokenKind::Word | TokenKind::Term(_))
                .then(|| self.slice(at))
                .and_then(|word| Currency::from_code(word).ok())
        };
        known.or_else(|| code().map(Sign::Known))
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
    fn known(&self, sign: Sign) -> Option<Currency> {
        match sign {
            Sign::Known(currency) => Some(currency),
            Sign::Shared(index) => self.language.bare.get(usize::from(index))?.first().copied(),
        }
    }

    /// The commonest of the currencies that share a sign.
    fn commonest(&self, index: u8) -> Unit {
        self.language
            .bare
            .get(usize::from(index))
            .and_then(|shared| shared.first())
            .map_or(Unit::None, |currency| Unit::Currency(*currency))
    }

    /// A sign before a number; a hyphen after a word is none.
    fn sign_mark(&self, at: usize, first: usize, prefixed: bool) -> Option<char> {
        let mark = self.mark(at).filter(|c| matches!(c, '-' | '−' | '+' | '△' | '▲' | '–'))?;
        let free = prefixed || at == 0 || at != first || {
            let (before, own) = (self.tokens.get(at.checked_sub(1)?)?, self.tokens.get(at)?);
            before.end < own.start
                || self.ends_a_word(at - 1)
                || matches!(before.kind, TokenKind::Mark('(' | '|' | '（' | ':' | ',' | '：'))
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

    /// A number in digits or words, with its scale words.
    fn amount(&self, at: usize) -> Option<Amount> {
        let mut amount = self.number(at)?;
        self.add_half(&mut amount);
        self.add_scales(&mut amount);
        self.add_half(&mut amount);
        while let Some(whole) = self.with_rest(&amount) {
            amount = whole;
        }
        // 1兆2千億: a smaller part follows at once.
        while amount.power > 0
            && self.glued(amount.end - 1)
            && self.slice(amount.end - 1).chars().all(is_cjk)
            && self.scaling_unit(&amount).is_none()
        {
            let Some(mut part) = self.number(amount.end) else { break };
            self.add_scales(&mut part);
            if part.power >= amount.power || part.spelled != amount.spelled {
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
        let bracket = self.mark(at) == Some('(') && matches!(self.kind(at + 1)?, TokenKind::Number(_)) && self.mark(at + 2) == Some(')');
        bracket.then(|| self.scale(at + 3, amount))?
    }

    /// "9.8 (11.7) percent": the unit behind the bracket serves both.
    fn unit_behind_bracket(&self, at: usize) -> Option<(Kind, Unit)> {
        let bracket = self.mark(at) == Some('(') && matches!(self.kind(at + 1)?, TokenKind::Number(_)) && self.mark(at + 2) == Some(')');
        bracket.then(|| self.unit(at + 3))?
    }

    /// The power of ten that a token names.
    fn power_of(&self, at: usize) -> Option<i16> {
        self.sense(at, |sense| match sense {
            Sense::Scale(power) => Some(i16::from(*power)),
            _ => None,
        })
    }

    /// The scale that a token is after this number. One or two letters are one only when glued, or beside money.
    fn scale(&self, at: usize, amount: &Amount) -> Option<i16> {
        let power = self.power_of(at)?;
        let word = self.slice(at);
        let short = word.len() <= 2 && word.is_ascii();
        let beside_money =
            self.currency(at + 1).is_some() || amount.first.checked_sub(1).is_some_and(|before| self.currency(before).is_some());
        let attached = at.checked_sub(1).is_some_and(|before| self.glued(before));
        // "31 ct": the word is a currency besides.
        let own = self.currency(at).is_some();
        (!short || attached || beside_money || own).then_some(power)
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

    /// A number in words: "twenty-five", "three hundred". A lone "one" is an article in many languages.
    fn spelled(&self, at: usize) -> Option<Amount> {
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
        (!digits.ends_with('.')).then(|| Some((Decimal::from_str_exact(&digits).ok()?, next)))?
    }

    fn unit(&self, at: usize) -> Option<(Kind, Unit)> {
        // Of two senses the unit of a ratio wins: "points" is no noun.
        self.sense(at, |sense| match sense {
            Sense::Percent => Some((Kind::Percent, Unit::Percent)),
            Sense::Points => Some((Kind::Points, Unit::Points)),
            Sense::BasisPoints => Some((Kind::BasisPoints, Unit::BasisPoints)),
            Sense::Times => Some((Kind::Multiple, Unit::Times)),
            _ => None,
        })
    }

    /// How many tokens say "to the dollar" here, and the currency.
    fn for_one(&self, at: usize) -> Option<(usize, Sign)> {
        // 160円/ユーロ
        let slash = !self.language.spaced && self.mark(at) == Some('/') && self.glued(at);
        if !(slash || self.has_cue(at, Cue::ForOne) || self.has_cue(at, Cue::Per)) {
            return None;
        }
        let article = |at: usize| self.has_cue(at, Cue::Article) || self.senses(at).contains(&Sense::Cardinal(1)) || self.slice(at) == "1";
        let at_currency = at + 1 + usize::from(article(at + 1));
        self.currency(at_currency).map(|sign| (at_currency + 1 - at, sign))
    }

    /// The currency that an amount is for one of, named before it: 每美元兑7.25元, "for every dollar 7.25 yuan".
    fn one_before(&self, at: usize) -> Option<Sign> {
        let linking = [Cue::ForOne, Cue::Level, Cue::Equals, Cue::At, Cue::About, Cue::Against];
        let currency = (at.saturating_sub(2)..at).rev().find(|at| !linking.iter().any(|cue| self.has_cue(*at, *cue)))?;
        let one = currency.checked_sub(1).is_some_and(|per| self.has_cue(per, Cue::Per) || self.has_cue(per, Cue::ForOne));
        (one && currency + 1 < at + usize::from(!self.language.spaced)).then(|| self.currency(currency))?
    }

    /// How many tokens say "per share" here.
    fn per(&self, at: usize) -> usize {
        // 0.45元/千瓦时, "$5/share"
        let named = matches!(self.kind(at + 1), Some(TokenKind::Word)) || self.has_cue(at + 1, Cue::Counter);
        if self.mark(at) == Some('/') && self.glued(at) && named && self.currency(at + 1).is_none() {
            return 2;
        }
        if self.has_cue(at, Cue::Each) {
            return 1;
        }
        if !self.has_cue(at, Cue::Per) {
            return 0;
        }
        // "a share" names its noun; "per" needs one.
        let complete = self.slice(at).contains(' ') || !self.language.spaced;
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

    /// 每吨4200元, 1株当たり45円: the price is of one of what stands before; a name, a verb or a preposition between.
    fn per_before(&self, at: usize) -> bool {
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
        !self.language.spaced && before.next().is_some_and(per)
    }

    /// What a number counts. Without a noun it is a figure only if it has a scale, groups or a hedge.
    fn noun(&self, amount: &Amount, end: usize) -> Option<(Unit, usize)> {
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
        let joins = self.has_cue(end, if self.language.partitive { Cue::Partitive } else { Cue::Of });
        let particle = self.language.spaced && amount.power > 0 && joins && self.noun_at(end).is_none();
        let unjoined = self.language.partitive && amount.power >= 6 && !particle;
        let number = end;
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
        (!barred && figure).then_some((Unit::None, number))
    }

    /// Whether a token names what is measured in money: "150 millones de deuda" are no 150 million debts.
    fn is_money(&self, at: usize) -> bool {
        const COUNTED: [&str; 4] = ["employees", "orders", "deliveries", "stores"];
        let name = |metric: u16| self.language.metrics.get(usize::from(metric)).map(String::as_str);
        self.senses(at).iter().any(|sense| match sense {
            Sense::Metric(metric) => name(*metric).is_some_and(|name| !COUNTED.contains(&name)),
            Sense::Cue(Cue::Loss) => true,
            _ => false,
        })
    }

    fn noun_at(&self, at: usize) -> Option<String> {
        let word = match self.kind(at)? {
            TokenKind::Word => true,
            TokenKind::Term(_) => {
                let senses = self.senses(at);
                let noun = |sense: &Sense| matches!(sense, Sense::Metric(_) | Sense::Country(_) | Sense::Cue(Cue::Counter));
                senses.iter().any(noun) && !senses.contains(&Sense::Cue(Cue::NotCount))
            }
            _ => false,
        };
        let text = self.slice(at);
        (word && !text.chars().next().is_some_and(|c| c.is_numeric()) && Currency::from_code(text).is_err()).then(|| text.to_owned())
    }

    /// Whether a number is part of a name or a date: "page 12", "May 26", "the 3 quarters", "S&P 500", "10-K".
    fn is_a_name(&self, at: usize, amount: &Amount) -> bool {
        let unit = self.unit(amount.end).is_some() || self.currency(amount.end).is_some();
        if amount.power != 0 || unit || amount.first != at {
            return false;
        }
        let before = at.checked_sub(1);
        let named = before.is_some_and(|before| self.has_cue(before, Cue::NotFigure) || self.is_acronym(before));
        let month = |at: usize| self.senses(at).iter().any(|sense| matches!(sense, Sense::Month(_)));
        let dated = before.is_some_and(month) || month(amount.end);
        let only_time = !self.senses(amount.end).iter().any(|sense| matches!(sense, Sense::Cue(cue) if *cue != Cue::NotCount));
        // "438,000 in May"
        let led_on = amount.grouped && self.language.is_function_word(self.slice(amount.end));
        let counts_time = self.has_cue(amount.end, Cue::NotCount) && only_time && !led_on;
        let lettered = self.mark(amount.end) == Some('-')
            && self.glued(amount.end - 1)
            && self.glued(amount.end)
            && self.slice(amount.end + 1).chars().all(char::is_alphabetic);
        named || dated || counts_time || (lettered && !amount.spelled)
    }

    /// A name in capitals, or the last letter of one: "CAC", "S&P".
    fn is_acronym(&self, at: usize) -> bool {
        let text = self.slice(at);
        let capitals = !text.is_empty() && text.chars().all(char::is_uppercase) && self.language.spaced;
        capitals && self.kind(at) == Some(TokenKind::Word) && Currency::from_code(text).is_err()
    }

    /// Whether a size ends at a token: a percentage, a fraction, so many times.
    fn is_size(&self, at: usize) -> bool {
        self.unit(at).is_some()
            || self.senses(at).iter().any(|sense| matches!(sense, Sense::Fraction(..) | Sense::Scale(_) | Sense::Currency(_)))
    }

    /// The hedge before or after a figure, articles skipped.
    fn hedge(&self, at: usize, end: usize) -> Option<Hedge> {
        let after = [(Cue::OverAfter, Hedge::Over), (Cue::UnderAfter, Hedge::Under), (Cue::AboutAfter, Hedge::About)];
        let before = [(Cue::Over, Hedge::Over), (Cue::Under, Hedge::Under), (Cue::About, Hedge::About)];
        let mut at = at.checked_sub(1)?;
        if self.has_cue(at, Cue::Article) && at > 0 && !before.iter().any(|(cue, _)| self.has_cue(at, *cue)) {
            at -= 1;
        }
        if at.checked_sub(1).is_some_and(|before| self.is_size(before)) {
            // "15% more than the …" compares.
            return None;
        }
        // "148.000 vehículos, por debajo de los 150.000"
        let numbered = |at: usize| self.is_size(at) || matches!(self.kind(at), Some(TokenKind::Number(_)));
        let behind_number = self.has_cue(at, Cue::Against) && self.language.spaced && (at.saturating_sub(4)..at).any(numbered);
        if behind_number || self.compares_with_before(at, end) {
            return None;
        }
        let find = |cues: &[(Cue, Hedge)], at: usize| cues.iter().find(|(cue, _)| self.has_cue(at, *cue)).map(|(_, hedge)| *hedge);
        // 会社予想の400億円を上回り and 比52亿元多4亿元 compare, they do not hedge.
        let compares = self.has_cue(at, Cue::Of) && at > 0 && (self.has_cue(at - 1, Cue::Expect) || self.has_cue(at - 1, Cue::PriorTime));
        find(&before, at)
            .or_else(|| find(&after, end).filter(|_| !compares && self.amount(end + 1).is_none_or(|next| next.first != end + 1)))
    }
}

/// Whether digits are grouped by spaces alone.
fn plain_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) && text.contains(char::is_whitespace)
}

impl Reader<'_> {
    /// "leicht über den 5 Mio. Euro des Vorjahres": a direction before what was, no bound.
    pub(crate) fn compares_with_before(&self, at: usize, end: usize) -> bool {
        let directed = self.has_cue(at, Cue::Up) || self.has_cue(at, Cue::Down);
        let linking = [Cue::Of, Cue::Article, Cue::At];
        let next = (end..end + 3).find(|at| !linking.iter().any(|cue| self.has_cue(*at, *cue)) || self.has_cue(*at, Cue::PriorTime));
        directed && next.is_some_and(|at| self.has_cue(at, Cue::PriorTime))
    }
}

/// What stands before a number.
struct Draft {
    at: usize,
    prefix: Option<Sign>,
    negative: bool,
    signed: bool,
    bracketed: bool,
    unit: Option<(Kind, Unit)>,
}
