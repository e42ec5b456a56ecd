//! How is an exact value made shorter? In one step, in a named mode, to a named precision.

use crate::error::{Error, ErrorKind};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// How a value that lies between two neighbours of the wanted precision is rounded.
///
/// The number line shows where each mode takes a value between two neighbours; `half` modes differ only on exact
/// ties.
///
/// | value | -2.5 | -1.6 | -1.5 | -1.1 | 1.1 | 1.5 | 1.6 | 2.5 |
/// |---|---|---|---|---|---|---|---|---|
/// | `HalfEven` | -2 | -2 | -2 | -1 | 1 | 2 | 2 | 2 |
/// | `HalfUp` | -3 | -2 | -2 | -1 | 1 | 2 | 2 | 3 |
/// | `HalfDown` | -2 | -2 | -1 | -1 | 1 | 1 | 2 | 2 |
/// | `HalfCeiling` | -2 | -2 | -1 | -1 | 1 | 2 | 2 | 3 |
/// | `HalfFloor` | -3 | -2 | -2 | -1 | 1 | 1 | 2 | 2 |
/// | `Up` | -3 | -2 | -2 | -2 | 2 | 2 | 2 | 3 |
/// | `Down` | -2 | -1 | -1 | -1 | 1 | 1 | 1 | 2 |
/// | `Ceiling` | -2 | -1 | -1 | -1 | 2 | 2 | 2 | 3 |
/// | `Floor` | -3 | -2 | -2 | -2 | 1 | 1 | 1 | 2 |
/// | `ZeroFiveUp` | -2 | -1 | -1 | -1 | 1 | 1 | 1 | 2 |
///
/// # Example
///
/// ```
/// use tieout::{Decimal, Precision, RoundingMode, round};
///
/// let half: Decimal = "2.675".parse()?;
/// let even = round(half, Precision::Decimals(2), RoundingMode::HalfEven)?;
/// assert_eq!((even.value.to_string().as_str(), even.exact, even.tie), ("2.68", false, true));
/// let down = round(half, Precision::Decimals(2), RoundingMode::Down)?;
/// assert_eq!(down.value.to_string(), "2.67");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RoundingMode {
    /// To the nearest; a tie to the even neighbour. "Banker's rounding".
    ///
    /// IEEE 754 `roundTiesToEven`, Java `HALF_EVEN`, Python `ROUND_HALF_EVEN`, rust_decimal `MidpointNearestEven`.
    #[default]
    HalfEven,
    /// To the nearest; a tie away from zero. "Commercial rounding".
    ///
    /// IEEE 754 `roundTiesToAway`, Java `HALF_UP`, Python `ROUND_HALF_UP`, rust_decimal `MidpointAwayFromZero`,
    /// Postgres `round(numeric)`, Excel `ROUND`.
    HalfUp,
    /// To the nearest; a tie towards zero.
    ///
    /// Java `HALF_DOWN`, Python `ROUND_HALF_DOWN`, rust_decimal `MidpointTowardZero`; none in IEEE 754, Postgres or Excel.
    HalfDown,
    /// To the nearest; a tie towards positive infinity.
    ///
    /// JavaScript `Math.round`, XPath `fn:round`; no name in IEEE 754, Java, Python, Postgres or Excel.
    HalfCeiling,
    /// To the nearest; a tie towards negative infinity.
    ///
    /// No name in IEEE 754, Java, Python, Postgres or Excel; the mirror image of
    /// [`HalfCeiling`](RoundingMode::HalfCeiling).
    HalfFloor,
    /// Away from zero. Not the same as [`Ceiling`](RoundingMode::Ceiling): −1.1 becomes −2.
    ///
    /// Java `UP`, Python `ROUND_UP`, rust_decimal `AwayFromZero`, Excel `ROUNDUP`.
    Up,
    /// Towards zero: the digits are cut off.
    ///
    /// IEEE 754 `roundTowardZero`, Java `DOWN`, Python `ROUND_DOWN`, rust_decimal `ToZero`, Postgres `trunc(numeric)`,
    /// Excel `ROUNDDOWN` and `TRUNC`.
    Down,
    /// Towards positive infinity.
    ///
    /// IEEE 754 `roundTowardPositive`, Java `CEILING`, Python `ROUND_CEILING`, rust_decimal `ToPositiveInfinity`,
    /// Postgres `ceil`.
    Ceiling,
    /// Towards negative infinity.
    ///
    /// IEEE 754 `roundTowardNegative`, Java `FLOOR`, Python `ROUND_FLOOR`, rust_decimal `ToNegativeInfinity`,
    /// Postgres `floor`, Excel `INT`.
    Floor,
    /// Towards zero, but away from zero where the last kept digit would be 0 or 5.
    ///
    /// Python `ROUND_05UP`. A value rounded so can be rounded once more, to fewer digits, without a double-rounding
    /// error.
    ZeroFiveUp,
}

impl RoundingMode {
    /// Every mode, in the order of the table above.
    pub const ALL: [RoundingMode; 10] = [
        RoundingMode::HalfEven,
        RoundingMode::HalfUp,
        RoundingMode::HalfDown,
        RoundingMode::HalfCeiling,
        RoundingMode::HalfFloor,
        RoundingMode::Up,
        RoundingMode::Down,
        RoundingMode::Ceiling,
        RoundingMode::Floor,
        RoundingMode::ZeroFiveUp,
    ];

    /// Their names, in the same order.
    #[cfg(feature = "serde")]
    pub(crate) const NAMES: [&'static str; 10] =
        ["half-even", "half-up", "half-down", "half-ceiling", "half-floor", "up", "down", "ceiling", "floor", "05-up"];

    /// The name on the command line: `half-even`, `05-up`.
    ///
    /// ```
    /// use tieout::RoundingMode;
    ///
    /// assert_eq!(RoundingMode::HalfEven.name(), "half-even");
    /// assert_eq!(RoundingMode::from_name("05-up"), Some(RoundingMode::ZeroFiveUp));
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            RoundingMode::HalfEven => "half-even",
            RoundingMode::HalfUp => "half-up",
            RoundingMode::HalfDown => "half-down",
            RoundingMode::HalfCeiling => "half-ceiling",
            RoundingMode::HalfFloor => "half-floor",
            RoundingMode::Up => "up",
            RoundingMode::Down => "down",
            RoundingMode::Ceiling => "ceiling",
            RoundingMode::Floor => "floor",
            RoundingMode::ZeroFiveUp => "05-up",
        }
    }

    /// The mode of this [name](RoundingMode::name).
    ///
    /// ```
    /// use tieout::RoundingMode;
    ///
    /// assert_eq!(RoundingMode::from_name("half-up"), Some(RoundingMode::HalfUp));
    /// assert_eq!(RoundingMode::from_name("bankers"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<RoundingMode> {
        RoundingMode::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// Whether a value with these discarded digits goes to the neighbour farther from zero.
    ///
    /// `kept` is the truncated magnitude in units of the precision (only its last digit is looked at).
    #[inline]
    pub(crate) fn goes_up(self, negative: bool, kept: u128, discarded: Discarded) -> bool {
        let Discarded { nothing, half } = discarded;
        // Without a branch on the digits: whether these go up is a coin toss that no processor predicts.
        let at_tie = |away: bool| half.is_gt() | (half.is_eq() & away);
        let up = match self {
            RoundingMode::HalfEven => at_tie(kept & 1 == 1),
            RoundingMode::HalfUp => at_tie(true),
            RoundingMode::HalfDown => at_tie(false),
            RoundingMode::HalfCeiling => at_tie(!negative),
            RoundingMode::HalfFloor => at_tie(negative),
            RoundingMode::Up => true,
            RoundingMode::Down => false,
            RoundingMode::Ceiling => !negative,
            RoundingMode::Floor => negative,
            RoundingMode::ZeroFiveUp => kept.is_multiple_of(5),
        };
        up & !nothing
    }
}

/// The [name](RoundingMode::name).
impl fmt::Display for RoundingMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for RoundingMode {
    type Err = Error;

    /// A [name](RoundingMode::name): `half-even`, `05-up`.
    fn from_str(name: &str) -> Result<RoundingMode, Error> {
        let expected = "a rounding mode: half-even, half-up, half-down, half-ceiling, half-floor, up, down, ceiling, floor or 05-up";
        RoundingMode::from_name(name).ok_or_else(|| ErrorKind::Syntax { expected, found: name.to_owned() }.into())
    }
}

/// What a truncation dropped: nothing, or a part that is less than, equal to or more than half a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Discarded {
    pub(crate) nothing: bool,
    pub(crate) half: Ordering,
}

/// To what precision a result is rounded.
///
/// A decimal has 29 significant digits at most (96 bits) and 28 places. Zeros beyond those are left out; other digits
/// beyond them are an error. More than 28 places or 38 digits can only be asked of an exact result.
///
/// # Example
///
/// ```
/// use tieout::{Precision, RoundingMode, divide};
///
/// let eighth = |precision| divide("1".parse().unwrap(), "8".parse().unwrap(), precision, RoundingMode::HalfEven);
/// assert_eq!(eighth(Precision::Decimals(2))?.value.to_string(), "0.12");
/// assert_eq!(eighth(Precision::Decimals(4))?.value.to_string(), "0.1250");
/// assert_eq!(eighth(Precision::Significant(5))?.value.to_string(), "0.12500");
/// assert_eq!(eighth(Precision::UpToSignificant(5))?.value.to_string(), "0.125");
/// assert_eq!(eighth(Precision::Step("0.05".parse().unwrap()))?.value.to_string(), "0.10");
/// # Ok::<(), tieout::ArithmeticError>(())
/// ```
///
/// # General Decimal Arithmetic
///
/// With `UpToSignificant` the operations are those of the General Decimal Arithmetic specification (IEEE 754 decimal,
/// Python's `decimal`), to the digit and the trailing zero:
///
/// | there | here |
/// |---|---|
/// | `add`, `subtract`, `multiply`, `divide` at precision p | [`add`](crate::add), [`subtract`](crate::subtract), [`multiply`](crate::multiply), [`divide`](crate::divide) with `UpToSignificant(p)` |
/// | `plus` at precision p: round to p digits | [`round`](crate::round) with `UpToSignificant(p)` |
/// | `quantize` | [`quantize`](crate::quantize), or [`round`](crate::round) with `Decimals(n)` |
/// | `reduce`: no trailing zeros | `normalize` of the result's [`value`](Rounded::value) |
/// | condition Inexact | [`Rounded::exact`] is `false` |
/// | conditions Overflow, Underflow, Division by zero | an [`ArithmeticError`](crate::ArithmeticError) |
///
/// Left out are NaN, infinities and exponents above zero, which a [`Decimal`] does not have (2E+3 is written 2000), and
/// the sign of zero, which is never negative here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// So many decimal places; negative ones are tens, hundreds, thousands: `Decimals(-3)`. The result is written
    /// with all of them (`1.50`).
    Decimals(i32),
    /// So many significant digits, at least one. The result is written with all of them where a decimal can
    /// (`340.750`), except those before the point (`12000` for two digits of 12345). Zero keeps its own decimals.
    Significant(u32),
    /// At most so many significant digits, at least one: what is longer is rounded to that many, an exact result that
    /// is shorter keeps the decimals of its operands (1.10 + 2.2 is `3.30`, 1 ÷ 8 is `0.125`).
    ///
    /// The precision of the General Decimal Arithmetic specification, of Python's `decimal` and of Java's
    /// `MathContext`. `UpToSignificant(28)` is the nearest there is to "do not round".
    UpToSignificant(u32),
    /// A multiple of a positive step: 0.05 for five-cent cash. The result has the step's decimals. What a mode says of
    /// the last digit it says of the number of steps: half-even takes 0.075 to 0.10, two steps.
    Step(Decimal),
}

/// A rounded value, and what the rounding did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounded {
    /// The value at the precision asked for.
    pub value: Decimal,
    /// Whether the value is the exact result: nothing was discarded.
    ///
    /// Who wants no rounding at all (Java `UNNECESSARY`, Python's `Inexact trap`) asks for this.
    pub exact: bool,
    /// Whether the exact result lay halfway between two neighbours, so that the mode's tie rule decided.
    pub tie: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a mode is written as it is read.
    #[test]
    fn a_mode_is_written_as_it_is_read() {
        for mode in RoundingMode::ALL {
            assert_eq!(mode.to_string().parse(), Ok(mode));
        }
        assert!("bankers".parse::<RoundingMode>().unwrap_err().to_string().ends_with("found \"bankers\""));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn the_names_are_those_of_the_modes() {
        assert_eq!(RoundingMode::ALL.map(RoundingMode::name), RoundingMode::NAMES);
    }
}
