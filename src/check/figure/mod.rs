//! Which figures does a text print? Numbers with what belongs to them: currency, scale, unit, noun, hedge.

mod amount;
mod assemble;
mod currency;
mod hedge;
mod noun;
mod reader;
mod spelled;
mod unit;

use super::language::Language;
use super::scan::Tokens;
use crate::currency::Currency;
use crate::period::Period;
use crate::printed::Printed;
pub(crate) use reader::Reader;
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
        let price = |one: &Figure, other: &Figure| one.kind == Kind::UnitPrice && other.kind == Kind::Money && other.power <= 0;
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
pub(crate) fn figures(text: &str, language: &Language, tokens: &Tokens) -> Vec<Figure> {
    let reader = Reader { text, language, tokens };
    let mut figures = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.may_begin(at).then(|| reader.figure(at)).flatten() {
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
