//! What figure did a person type, and what does it count?

use super::symbols;
use crate::currency::Currency;
use crate::error::{Error, ErrorKind};
use crate::exact::{Precision, Ratio, RoundingMode};
use crate::printed::Printed;
use rust_decimal::Decimal;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypedUnit {
    /// Nothing is said.
    Plain,
    /// A currency, by its code, its name, or a symbol that the locale settles.
    Money(Currency),
    /// A currency symbol that several currencies share, and that the locale does not settle.
    Symbol(&'static str),
    /// `%`.
    Percent,
    /// Percentage points: `pp`, `pts`, `ppt`.
    Points,
    /// Basis points: `bp`.
    BasisPoints,
}

/// A figure as it was typed: `digits × 10^power` of a unit, the digits with their sign.
///
/// # Example
///
/// ```
/// use tieout::{Currency, Locale, TypedUnit};
///
/// let figure = Locale::EN.parse_figure("CNY 59.5bn")?;
/// assert_eq!((figure.digits.to_string().as_str(), figure.power), ("59.5", 9));
/// assert_eq!(figure.unit, TypedUnit::Money(Currency::CNY));
/// assert_eq!(figure.to_decimal().unwrap().to_string(), "59500000000");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedFigure {
    /// The digits as they stand, trailing zeros kept, with the arithmetic sign.
    pub digits: Decimal,
    /// The power of ten of the scale word.
    pub power: i16,
    /// What it counts.
    pub unit: TypedUnit,
}

impl TypedFigure {
    /// A plain number.
    ///
    /// ```
    /// use tieout::{Decimal, TypedFigure};
    ///
    /// assert_eq!(TypedFigure::plain(Decimal::from(5)).to_decimal(), Some(Decimal::from(5)));
    /// ```
    pub fn plain(digits: Decimal) -> TypedFigure {
        TypedFigure { digits, power: 0, unit: TypedUnit::Plain }
    }

    /// The exact value in its own unit: 12.3 for "12.3%".
    ///
    /// ```
    /// use tieout::{Locale, Ratio};
    ///
    /// assert_eq!(Locale::EN.parse_figure("1.5k")?.value(), Ratio::from(1500));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn value(&self) -> Ratio {
        let digits = Ratio::from(self.digits);
        if self.power == 0 { digits } else { &digits * &Ratio::power_of_ten(self.power) }
    }

    /// The figure as an interval, in its own unit: an amount with a coarse reading, a percent or points without.
    ///
    /// ```
    /// use tieout::{Locale, Ratio};
    ///
    /// assert_eq!(Locale::EN.parse_figure("59.5bn")?.printed().granularity(), &Ratio::from(100_000_000));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn printed(&self) -> Printed {
        match self.unit {
            TypedUnit::Percent | TypedUnit::Points | TypedUnit::BasisPoints => Printed::new(self.digits, self.power),
            _ => Printed::whole(self.digits, self.power),
        }
    }

    /// What its own unit is worth: a hundredth for percent and points, a ten-thousandth for basis points.
    ///
    /// ```
    /// use tieout::{Locale, Ratio};
    ///
    /// assert_eq!(Some(Locale::EN.parse_figure("5 bp")?.unit_value()), Ratio::new(1, 10_000));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn unit_value(&self) -> Ratio {
        match self.unit {
            TypedUnit::Percent | TypedUnit::Points => Ratio::power_of_ten(-2),
            TypedUnit::BasisPoints => Ratio::power_of_ten(-4),
            _ => Ratio::ONE,
        }
    }

    /// How many decimals it is printed with; negative when its last digit counts tens or thousands.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::EN.parse_figure("59.5bn")?.decimals(), -8);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn decimals(&self) -> i32 {
        i32::try_from(self.digits.scale()).unwrap_or(0).saturating_sub(i32::from(self.power))
    }

    /// The value as a plain decimal with the digits as typed; `None` when a decimal cannot hold it.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::EN.parse_figure("59.50m")?.to_decimal().unwrap().to_string(), "59500000");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_decimal(&self) -> Option<Decimal> {
        if self.power == 0 {
            return Some(self.digits);
        }
        let decimals = Precision::Decimals(self.decimals().max(0));
        let rounded = self.value().round(decimals, RoundingMode::Down).ok()?;
        rounded.exact.then_some(rounded.value)
    }

    /// The currency; `None` where none is named.
    ///
    /// # Errors
    ///
    /// [`Ambiguous`](ErrorKind::Ambiguous) for a symbol of several currencies.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert!(Locale::EN.parse_figure("$5")?.currency().is_err());
    /// assert_eq!(Locale::EN.parse_figure("5")?.currency()?, None);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn currency(&self) -> Result<Option<Currency>, Error> {
        match self.unit {
            TypedUnit::Money(currency) => Ok(Some(currency)),
            TypedUnit::Symbol(symbol) => Err(ErrorKind::Ambiguous { found: symbol.to_owned(), meanings: symbols::meanings(symbol) }.into()),
            _ => Ok(None),
        }
    }
}

/// Whether a cell says that there is no figure: empty, a dash, `N/A`, `n.m.` and their like.
///
/// ```
/// use tieout::is_absent;
///
/// assert!(["", " – ", "N/A", "n.m.", "nm"].into_iter().all(is_absent));
/// assert!(!is_absent("0"));
/// ```
pub fn is_absent(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 8 && ABSENT.contains(&text.to_ascii_lowercase().as_str())
}

const ABSENT: [&str; 19] =
    ["", "-", "–", "—", "−", "--", "n/a", "na", "n.a.", "n.a", "n.m.", "n.m", "nm", "n/m", "nmf", "nan", "null", "..", "…"];
