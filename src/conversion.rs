//! What is this amount in another currency, at which rate, and where does that rate come from?
//!
//! The amount chooses the direction: at `USD/CNY r` yuan are divided and dollars multiplied, and nobody inverts a
//! rate by hand. A result is one quotient of published numbers, rounded once.

use crate::currency::{Currency, CurrencyPair, Successor};
use crate::error::{ArithmeticError, Error, ErrorKind};
use crate::exact::{Precision, Ratio, Rounded, RoundingMode, mul_div};
use crate::money::{Money, minor_precision, plain_decimal};
use crate::rates::{AverageRate, Legs, Rate};
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A rate that somebody states: by law, in a contract, in a budget, in the notes of a report.
///
/// # Example
///
/// ```
/// use tieout::{FixedRate, Money, Precision, RoundingMode};
///
/// let rate: FixedRate = "USD/HKD 7.8".parse()?;
/// let dollars = "HKD 100".parse::<Money>()?.convert(rate, Precision::Decimals(2), RoundingMode::HalfEven)?;
/// assert_eq!(dollars.converted.to_string(), "USD 12.82");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FixedRate {
    pair: CurrencyPair,
    /// Above zero.
    rate: Decimal,
}

impl FixedRate {
    /// One unit of the pair's base costs `rate` units of its quote.
    ///
    /// # Errors
    ///
    /// [`RateNotPositive`](ErrorKind::RateNotPositive).
    ///
    /// ```
    /// use tieout::{Currency, CurrencyPair, Decimal, FixedRate};
    ///
    /// assert!(FixedRate::new(CurrencyPair::new(Currency::USD, Currency::HKD), Decimal::ZERO).is_err());
    /// ```
    pub fn new(pair: CurrencyPair, rate: Decimal) -> Result<FixedRate, Error> {
        if rate <= Decimal::ZERO {
            return Err(ErrorKind::RateNotPositive { found: rate.to_string() }.into());
        }
        Ok(FixedRate { pair, rate })
    }

    /// The rate of a currency to itself.
    ///
    /// ```
    /// use tieout::{Currency, FixedRate};
    ///
    /// assert_eq!(FixedRate::identity(Currency::USD).to_string(), "USD/USD 1");
    /// ```
    #[must_use]
    pub fn identity(currency: Currency) -> FixedRate {
        FixedRate { pair: CurrencyPair::new(currency, currency), rate: Decimal::ONE }
    }

    /// The direction.
    ///
    /// ```
    /// use tieout::FixedRate;
    ///
    /// assert_eq!("USD/HKD 7.8".parse::<FixedRate>()?.pair().to_string(), "USD/HKD");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn pair(&self) -> CurrencyPair {
        self.pair
    }

    /// What one unit of the base costs in the quote, with the digits as stated.
    ///
    /// ```
    /// use tieout::FixedRate;
    ///
    /// assert_eq!("USD/HKD 7.80".parse::<FixedRate>()?.rate().to_string(), "7.80");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn rate(&self) -> Decimal {
        self.rate
    }
}

impl Currency {
    /// The fixed legal rate to the [`successor`](Currency::successor): one unit of the new currency is so many of
    /// the old.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::from_code("GRD")?.legal_rate().unwrap().to_string(), "EUR/GRD 340.750");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn legal_rate(self) -> Option<FixedRate> {
        let Successor { currency, ratio } = self.successor()?;
        FixedRate::new(CurrencyPair::new(currency, self), ratio).ok()
    }
}

impl fmt::Display for FixedRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.pair, self.rate)
    }
}

impl FromStr for FixedRate {
    type Err = Error;

    /// `USD/HKD 7.8`: one dollar costs 7.8 Hong Kong dollars.
    fn from_str(text: &str) -> Result<FixedRate, Error> {
        let wrong = || ErrorKind::Syntax { expected: "a rate such as USD/HKD 7.8", found: text.to_owned() };
        let (pair, rate) = text.split_once(' ').ok_or_else(wrong)?;
        FixedRate::new(pair.parse()?, plain_decimal(rate)?)
    }
}

/// The rate at which something was converted, with all that is known of it.
///
/// A table's [`Rate`] and [`AverageRate`] and a [`FixedRate`] turn into one, so that each of them can be given to
/// [`Money::convert`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AppliedRate<'t> {
    /// Published for a day, or derived from what was: the legs say which, of which day, from which source.
    Published(Rate<'t>),
    /// The mean over a period.
    Average(Arc<AverageRate>),
    /// Stated by law or by somebody.
    Fixed(FixedRate),
}

impl<'t> AppliedRate<'t> {
    /// The direction: one unit of the base costs [`value`](AppliedRate::value) units of the quote.
    ///
    /// ```
    /// use tieout::{AppliedRate, FixedRate};
    ///
    /// let rate = AppliedRate::from("USD/HKD 7.8".parse::<FixedRate>()?);
    /// assert_eq!(rate.pair().to_string(), "USD/HKD");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn pair(&self) -> CurrencyPair {
        match self {
            AppliedRate::Published(rate) => rate.pair(),
            AppliedRate::Average(rate) => rate.pair,
            AppliedRate::Fixed(rate) => rate.pair,
        }
    }

    /// The exact value.
    ///
    /// ```
    /// use tieout::{AppliedRate, FixedRate, Ratio};
    ///
    /// let rate = AppliedRate::from("USD/HKD 7.8".parse::<FixedRate>()?);
    /// assert_eq!(Some(rate.value()), Ratio::new(78, 10));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn value(&self) -> Ratio {
        match self {
            AppliedRate::Published(rate) => rate.value(),
            AppliedRate::Average(rate) => rate.value.clone(),
            AppliedRate::Fixed(rate) => Ratio::from(rate.rate),
        }
    }

    /// The published rates it came from, in the order of the chain; none for a stated rate and for an average.
    ///
    /// ```
    /// use tieout::{AppliedRate, FixedRate};
    ///
    /// let rate = AppliedRate::from("USD/HKD 7.8".parse::<FixedRate>()?);
    /// assert!(rate.legs().is_empty());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn legs(&self) -> Legs<'_, 't> {
        match self {
            AppliedRate::Published(rate) => rate.legs(),
            AppliedRate::Average(_) | AppliedRate::Fixed(_) => Legs::none(),
        }
    }

    /// The currency on the other side of an amount's.
    ///
    /// # Errors
    ///
    /// [`PairMismatch`](ErrorKind::PairMismatch) when the amount's currency is on neither side.
    ///
    /// ```
    /// use tieout::{AppliedRate, Currency, FixedRate};
    ///
    /// let rate = AppliedRate::from("USD/HKD 7.8".parse::<FixedRate>()?);
    /// assert_eq!(rate.counterpart(Currency::HKD)?, Currency::USD);
    /// assert_eq!(rate.counterpart(Currency::GBP).unwrap_err().to_string(), "a rate USD/HKD does not convert GBP");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[inline(always)]
    pub fn counterpart(&self, currency: Currency) -> Result<Currency, Error> {
        match self.pair() {
            pair if pair.base == currency => Ok(pair.quote),
            pair if pair.quote == currency => Ok(pair.base),
            pair => Err(pair_mismatch(pair, currency)),
        }
    }

    /// An amount at this rate, exact.
    ///
    /// # Errors
    ///
    /// As [`counterpart`](AppliedRate::counterpart).
    ///
    /// ```
    /// use tieout::{AppliedRate, FixedRate, Ratio};
    ///
    /// let rate = AppliedRate::from("USD/HKD 7.8".parse::<FixedRate>()?);
    /// assert_eq!(Some(rate.exchange("HKD 39".parse()?)?), Ratio::new(5, 1));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn exchange(&self, amount: Money) -> Result<Ratio, Error> {
        self.counterpart(amount.currency())?;
        let up = self.pair().base == amount.currency();
        let amount = amount.amount();
        Ok(match self {
            AppliedRate::Published(rate) => rate.exchange(amount, up),
            AppliedRate::Average(_) | AppliedRate::Fixed(_) if up => &Ratio::from(amount) * &self.value(),
            // OK because a rate is above zero.
            AppliedRate::Average(_) | AppliedRate::Fixed(_) => Ratio::from(amount).checked_div(&self.value()).unwrap_or(Ratio::ZERO),
        })
    }

    /// An amount at this rate, rounded once; the amount is in one of the two currencies.
    #[inline(always)]
    fn exchange_rounded(&self, amount: Money, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        let (up, number) = (self.pair().base == amount.currency(), amount.amount());
        match self {
            AppliedRate::Published(rate) => rate.exchange_rounded(number, up, precision, mode),
            AppliedRate::Fixed(rate) if up => mul_div(number, rate.rate, Decimal::ONE, precision, mode),
            AppliedRate::Fixed(rate) => mul_div(number, Decimal::ONE, rate.rate, precision, mode),
            AppliedRate::Average(rate) if up => (&Ratio::from(number) * &rate.value).round(precision, mode),
            // OK because a rate is above zero.
            AppliedRate::Average(rate) => Ratio::from(number).checked_div(&rate.value).unwrap_or(Ratio::ZERO).round(precision, mode),
        }
    }
}

impl<'t> From<Rate<'t>> for AppliedRate<'t> {
    #[inline]
    fn from(rate: Rate<'t>) -> AppliedRate<'t> {
        AppliedRate::Published(rate)
    }
}

impl<'t> From<&Rate<'t>> for AppliedRate<'t> {
    #[inline]
    fn from(rate: &Rate<'t>) -> AppliedRate<'t> {
        AppliedRate::Published(rate.clone())
    }
}

impl From<AverageRate> for AppliedRate<'_> {
    fn from(rate: AverageRate) -> Self {
        AppliedRate::Average(Arc::new(rate))
    }
}

impl From<&AverageRate> for AppliedRate<'_> {
    fn from(rate: &AverageRate) -> Self {
        AppliedRate::Average(Arc::new(rate.clone()))
    }
}

impl From<FixedRate> for AppliedRate<'_> {
    #[inline]
    fn from(rate: FixedRate) -> Self {
        AppliedRate::Fixed(rate)
    }
}

impl From<&FixedRate> for AppliedRate<'_> {
    #[inline]
    fn from(rate: &FixedRate) -> Self {
        AppliedRate::Fixed(*rate)
    }
}

impl<'t> From<&AppliedRate<'t>> for AppliedRate<'t> {
    #[inline]
    fn from(rate: &AppliedRate<'t>) -> AppliedRate<'t> {
        rate.clone()
    }
}

#[cold]
fn pair_mismatch(pair: CurrencyPair, currency: Currency) -> Error {
    ErrorKind::PairMismatch { pair: pair.to_string(), currency: currency.to_string() }.into()
}

/// An amount in another currency, with everything that produced it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use]
pub struct Conversion<'t> {
    /// What was converted.
    pub amount: Money,
    /// What came out.
    pub converted: Money,
    /// The rate, and where it comes from.
    pub rate: AppliedRate<'t>,
    /// To which precision the result was rounded.
    pub precision: Precision,
    /// In which mode.
    pub mode: RoundingMode,
    /// Whether nothing was discarded.
    pub exact: bool,
    /// Whether the exact result lay halfway between two neighbours.
    pub tie: bool,
}

impl fmt::Display for Conversion<'_> {
    /// `CNY 59500000000 = USD 8430878825.42 at EUR/USD 1.0751 (ECB, 2023-05-26), EUR/CNY 7.5874 (ECB, 2023-05-26)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.amount, self.converted)?;
        match &self.rate {
            AppliedRate::Fixed(rate) => write!(f, " at {rate}"),
            AppliedRate::Average(rate) => write!(f, " at the average {} of {}", rate.pair, rate.period),
            AppliedRate::Published(rate) => {
                for (index, leg) in rate.legs().enumerate() {
                    let before = if index == 0 { " at" } else { "," };
                    write!(f, "{before} {} {} ({}, {})", leg.pair, leg.rate, leg.source, leg.date)?;
                }
                Ok(())
            }
        }
    }
}

impl Money {
    /// The amount in the other currency of a rate, computed exactly and rounded once.
    ///
    /// The amount's own currency chooses between multiplication and division.
    ///
    /// # Errors
    ///
    /// [`PairMismatch`](ErrorKind::PairMismatch) when the rate is between two other currencies, and the
    /// [`ArithmeticError`](crate::ArithmeticError)s of [`mul_div`](crate::mul_div).
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{Currency, CurrencyPair, Lookup, Money, Precision, RateTable, RoundingMode};
    ///
    /// let csv = "date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let rate = table.rate(CurrencyPair::new(Currency::USD, Currency::CNY), "2023-05-26".parse()?, &Lookup::default())?;
    ///
    /// let revenue: Money = "CNY 59500000000".parse()?;
    /// let dollars = revenue.convert(&rate, Precision::Decimals(2), RoundingMode::HalfEven)?;
    /// assert_eq!(dollars.converted.to_string(), "USD 8430878825.42");
    /// assert!(!dollars.exact);
    /// assert_eq!(dollars.rate.legs().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    // Inlined, so that the rate need not be copied into the result only to be dropped there.
    #[inline(always)]
    pub fn convert<'t>(self, rate: impl Into<AppliedRate<'t>>, precision: Precision, mode: RoundingMode) -> Result<Conversion<'t>, Error> {
        let rate = rate.into();
        let to = rate.counterpart(self.currency())?;
        let Rounded { value, exact, tie } = rate.exchange_rounded(self, precision, mode)?;
        Ok(Conversion { amount: self, converted: Money::new(value, to), rate, precision, mode, exact, tie })
    }

    /// As [`convert`](Money::convert), rounded to the minor units of the other currency.
    ///
    /// # Errors
    ///
    /// As [`convert`](Money::convert), and [`NoMinorUnit`](ErrorKind::NoMinorUnit).
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{FixedRate, Money, RoundingMode};
    ///
    /// let rate: FixedRate = "USD/JPY 149.45".parse()?;
    /// let yen = "USD 10.00".parse::<Money>()?.convert_to_minor_units(rate, RoundingMode::HalfEven)?;
    /// assert_eq!((yen.converted.to_string().as_str(), yen.tie), ("JPY 1494", true));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn convert_to_minor_units<'t>(self, rate: impl Into<AppliedRate<'t>>, mode: RoundingMode) -> Result<Conversion<'t>, Error> {
        let rate = rate.into();
        let precision = minor_precision(rate.counterpart(self.currency())?)?;
        self.convert(rate, precision, mode)
    }
}
