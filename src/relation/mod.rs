//! Which equation ties these figures, do they satisfy it, and what must the missing one be?
//!
//! Each relation is one exact equation in which each figure stands once, so interval arithmetic over it is exact:
//! the computed interval holds every value that true values inside the printed intervals can give, and no other.

mod claim;
mod operand;
mod verdict;

pub use claim::{Claim, Estimate, Judgement};
pub use operand::{Depth, Operand};
pub use verdict::Verdict;

use std::fmt;

/// What ties figures together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// amount = rate × converted
    Conversion,
    /// current = prior × (1 + growth)
    Growth,
    /// current − prior = change
    Change,
    /// minuend − subtrahend = difference
    Difference,
    /// total = part1 + part2 + …
    Sum,
    /// part = share × whole
    Share,
    /// numerator = ratio × denominator (a margin)
    Ratio,
    /// current = multiple × prior
    Multiple,
    /// product = factor1 × factor2 (price × volume)
    Product,
    /// current − prior = points, of percentages
    Points,
}

/// The part a figure plays in a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the equations of `Relation`")]
pub enum Role {
    Amount,
    Converted,
    Rate,
    Current,
    Prior,
    Growth,
    Change,
    Minuend,
    Subtrahend,
    Difference,
    Total,
    /// A summand, from 1.
    Addend(u16),
    Part,
    Whole,
    Share,
    Numerator,
    Denominator,
    Ratio,
    Multiple,
    Product,
    Factor1,
    Factor2,
    Points,
}

impl Relation {
    /// The name in reports.
    ///
    /// ```
    /// use tieout::Relation;
    ///
    /// assert_eq!(Relation::Growth.name(), "growth");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Relation::Conversion => "conversion",
            Relation::Growth => "growth",
            Relation::Change => "change",
            Relation::Difference => "difference",
            Relation::Sum => "sum",
            Relation::Share => "share",
            Relation::Ratio => "ratio",
            Relation::Multiple => "multiple",
            Relation::Product => "product",
            Relation::Points => "points",
        }
    }

    /// The role that the others give: what a text states as the result.
    ///
    /// ```
    /// use tieout::{Relation, Role};
    ///
    /// assert_eq!(Relation::Sum.result(), Role::Total);
    /// ```
    pub const fn result(self) -> Role {
        match self {
            Relation::Conversion => Role::Converted,
            Relation::Growth => Role::Growth,
            Relation::Change => Role::Change,
            Relation::Difference => Role::Difference,
            Relation::Sum => Role::Total,
            Relation::Share => Role::Share,
            Relation::Ratio => Role::Ratio,
            Relation::Multiple => Role::Multiple,
            Relation::Product => Role::Product,
            Relation::Points => Role::Points,
        }
    }

    /// The equation's form.
    const fn equation(self) -> Equation {
        match self {
            Relation::Conversion => Equation::Product { product: Role::Amount, factors: [Role::Rate, Role::Converted] },
            Relation::Growth => Equation::Product { product: Role::Current, factors: [Role::Growth, Role::Prior] },
            Relation::Share => Equation::Product { product: Role::Part, factors: [Role::Share, Role::Whole] },
            Relation::Ratio => Equation::Product { product: Role::Numerator, factors: [Role::Ratio, Role::Denominator] },
            Relation::Multiple => Equation::Product { product: Role::Current, factors: [Role::Multiple, Role::Prior] },
            Relation::Product => Equation::Product { product: Role::Product, factors: [Role::Factor1, Role::Factor2] },
            Relation::Change => Equation::Difference { whole: Role::Current, parts: [Role::Prior, Role::Change] },
            Relation::Difference => Equation::Difference { whole: Role::Minuend, parts: [Role::Subtrahend, Role::Difference] },
            Relation::Points => Equation::Difference { whole: Role::Current, parts: [Role::Prior, Role::Points] },
            Relation::Sum => Equation::Sum,
        }
    }
}

/// The three forms that cover every relation. A growth stands in its product as the factor `1 + growth`.
enum Equation {
    Product { product: Role, factors: [Role; 2] },
    Difference { whole: Role, parts: [Role; 2] },
    Sum,
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Role::Addend(n) => return write!(f, "part{n}"),
            Role::Amount => "amount",
            Role::Converted => "converted",
            Role::Rate => "rate",
            Role::Current => "current",
            Role::Prior => "prior",
            Role::Growth => "growth",
            Role::Change => "change",
            Role::Minuend => "minuend",
            Role::Subtrahend => "subtrahend",
            Role::Difference => "difference",
            Role::Total => "total",
            Role::Part => "part",
            Role::Whole => "whole",
            Role::Share => "share",
            Role::Numerator => "numerator",
            Role::Denominator => "denominator",
            Role::Ratio => "ratio",
            Role::Multiple => "multiple",
            Role::Product => "product",
            Role::Factor1 => "factor1",
            Role::Factor2 => "factor2",
            Role::Points => "points",
        };
        f.write_str(name)
    }
}
