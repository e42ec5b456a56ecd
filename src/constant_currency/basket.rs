//! The figures of two periods by currency, and which rates stand still.

use super::growth::ConstantCurrencyGrowth;
use crate::conversion::{AppliedRate, FixedRate};
use crate::currency::Currency;
use crate::error::{Error, ErrorKind};
use crate::exact::Ratio;
use crate::money::{Money, same};
use std::fmt;

/// An amount in the currency it arose in, and the rate at which it is reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Translated<'t> {
    amount: Money,
    rate: AppliedRate<'t>,
}

impl<'t> Translated<'t> {
    /// An amount at a rate between its currency and that of the report. An amount in the reporting currency needs none:
    /// a [`Money`] turns into one by itself.
    ///
    /// # Errors
    ///
    /// [`PairMismatch`](ErrorKind::PairMismatch) when the rate does not convert the amount.
    ///
    /// ```
    /// use tieout::{FixedRate, Translated};
    ///
    /// assert!(Translated::new("GBP 5".parse()?, "EUR/USD 1.08".parse::<FixedRate>()?).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn new(amount: Money, rate: impl Into<AppliedRate<'t>>) -> Result<Translated<'t>, Error> {
        let rate = rate.into();
        rate.counterpart(amount.currency())?;
        Ok(Translated { amount, rate })
    }

    /// The amount in its own currency.
    ///
    /// ```
    /// use tieout::{FixedRate, Translated};
    ///
    /// let sales = Translated::new("USD 5".parse()?, "EUR/USD 1.08".parse::<FixedRate>()?)?;
    /// assert_eq!(sales.amount().to_string(), "USD 5");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn amount(&self) -> Money {
        self.amount
    }

    /// The rate.
    ///
    /// ```
    /// use tieout::{FixedRate, Translated};
    ///
    /// let sales = Translated::new("USD 5".parse()?, "EUR/USD 1.08".parse::<FixedRate>()?)?;
    /// assert_eq!(sales.rate().pair().to_string(), "EUR/USD");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn rate(&self) -> &AppliedRate<'t> {
        &self.rate
    }
}

/// An amount in the reporting currency, which nothing translates.
impl From<Money> for Translated<'_> {
    fn from(amount: Money) -> Self {
        Translated { amount, rate: FixedRate::identity(amount.currency()).into() }
    }
}

/// The figures of two periods by currency: what constant-currency growth is computed from.
///
/// # Example
///
/// A euro reporter with sales in dollars and yen; the euro rose:
///
/// ```
/// use tieout::{Basket, ConstantCurrencyMethod, Currency, FixedRate, Precision, RoundingMode, Translated};
///
/// let at = |amount: &str, rate: &str| Translated::new(amount.parse()?, rate.parse::<FixedRate>()?);
/// let mut basket = Basket::new(Currency::EUR);
/// basket.add(at("USD 1000", "EUR/USD 1.0530")?, at("USD 1100", "EUR/USD 1.0813")?)?;
/// basket.add(at("JPY 50000", "EUR/JPY 138.03")?, at("JPY 60000", "EUR/JPY 151.99")?)?;
///
/// let growth = basket.growth(&ConstantCurrencyMethod::CurrentAtPriorRates)?;
/// let percent = |rate: tieout::GrowthRate| rate.as_percent().round(Precision::Decimals(2), RoundingMode::HalfEven);
/// assert_eq!(percent(growth.reported()?)?.value.to_string(), "7.63");
/// assert_eq!(percent(growth.constant()?)?.value.to_string(), "12.76");
///
/// let parts = growth.effect(Precision::Decimals(2), RoundingMode::HalfEven)?;
/// assert_eq!(parts.change.to_string(), "EUR 100.15");
/// assert_eq!(parts.exchange.checked_add(parts.organic)?, parts.change);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Basket<'t> {
    reporting: Currency,
    lines: Vec<Line<'t>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Line<'t> {
    prior: Translated<'t>,
    current: Translated<'t>,
}

/// Which rates stand still.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ConstantCurrencyMethod<'t> {
    /// A: the current figures at the prior period's rates, against the prior as reported. The commonest.
    CurrentAtPriorRates,
    /// B: the current figures as reported, against the prior restated at the current rates.
    PriorAtCurrentRates,
    /// C: both at fixed rates, such as a budget's, one for each currency; the reporting currency needs none.
    FixedRates(Vec<AppliedRate<'t>>),
}

/// The name of a [`ConstantCurrencyMethod`], as it stands in results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MethodName {
    /// Method A.
    CurrentAtPriorRates,
    /// Method B.
    PriorAtCurrentRates,
    /// Method C.
    FixedRates,
}

impl fmt::Display for MethodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MethodName::CurrentAtPriorRates => "current figures at prior-period rates",
            MethodName::PriorAtCurrentRates => "prior figures at current-period rates",
            MethodName::FixedRates => "both periods at fixed rates",
        })
    }
}

impl<'t> Basket<'t> {
    /// An empty basket, reported in a currency.
    ///
    /// ```
    /// use tieout::{Basket, Currency};
    ///
    /// assert_eq!(Basket::new(Currency::EUR).reporting(), Currency::EUR);
    /// ```
    #[must_use]
    pub fn new(reporting: Currency) -> Basket<'t> {
        Basket { reporting, lines: Vec::new() }
    }

    /// The currency of the report.
    ///
    /// ```
    /// use tieout::{Basket, Currency};
    ///
    /// assert_eq!(Basket::new(Currency::USD).reporting(), Currency::USD);
    /// ```
    #[must_use]
    pub fn reporting(&self) -> Currency {
        self.reporting
    }

    /// Adds the figures of one currency (or of one line of business) in both periods; those in the reporting currency as
    /// plain [`Money`].
    ///
    /// # Errors
    ///
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch) when the two are in different currencies,
    /// [`PairMismatch`](ErrorKind::PairMismatch) when a rate does not lead to the reporting currency.
    ///
    /// ```
    /// use tieout::{Basket, Currency, FixedRate, Money, Translated};
    ///
    /// let dollars = |amount: &str| Translated::new(amount.parse()?, "EUR/USD 1.08".parse::<FixedRate>()?);
    /// let yen = Translated::new("JPY 5".parse()?, "EUR/JPY 151.99".parse::<FixedRate>()?)?;
    /// let mut basket = Basket::new(Currency::EUR);
    /// assert!(basket.add(dollars("USD 5")?, dollars("USD 6")?).is_ok());
    /// assert!(basket.add(dollars("USD 5")?, yen).is_err());
    /// assert!(basket.add("EUR 5".parse::<Money>()?, "EUR 6".parse::<Money>()?).is_ok());
    /// assert!(basket.add("GBP 5".parse::<Money>()?, "GBP 6".parse::<Money>()?).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn add(&mut self, prior: impl Into<Translated<'t>>, current: impl Into<Translated<'t>>) -> Result<(), Error> {
        let (prior, current) = (prior.into(), current.into());
        same(prior.amount.currency(), current.amount.currency())?;
        for side in [&prior, &current] {
            let to = side.rate.counterpart(side.amount.currency())?;
            if to != self.reporting {
                let pair = side.rate.pair().to_string();
                return Err(ErrorKind::PairMismatch { pair, currency: self.reporting.to_string() }.into());
            }
        }
        self.lines.push(Line { prior, current });
        Ok(())
    }

    /// The growth at constant currency by one of the methods, with everything it is computed from. Exact.
    ///
    /// # Errors
    ///
    /// [`PairMissing`](ErrorKind::PairMissing) when the fixed rates of method C have none for a currency.
    ///
    /// ```
    /// use tieout::{Basket, ConstantCurrencyMethod, Currency, FixedRate, MethodName, Ratio, Translated};
    ///
    /// let at = |amount: &str, rate: &str| Translated::new(amount.parse()?, rate.parse::<FixedRate>()?);
    /// let mut basket = Basket::new(Currency::EUR);
    /// basket.add(at("USD 100", "EUR/USD 1.25")?, at("USD 110", "EUR/USD 1.10")?)?;
    /// let growth = basket.growth(&ConstantCurrencyMethod::PriorAtCurrentRates)?;
    /// assert_eq!(growth.method(), MethodName::PriorAtCurrentRates);
    /// // One currency alone grows as it does in itself: 10%.
    /// assert_eq!(growth.constant()?.as_percent(), Ratio::from(10));
    /// assert_eq!(growth.reported()?.as_percent(), Ratio::from(25));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn growth(&self, method: &ConstantCurrencyMethod<'t>) -> Result<ConstantCurrencyGrowth, Error> {
        let prior = self.total(|line| line.prior.rate.exchange(line.prior.amount))?;
        let current = self.total(|line| line.current.rate.exchange(line.current.amount))?;
        let (method, constant_prior, constant_current) = match method {
            ConstantCurrencyMethod::CurrentAtPriorRates => {
                let restated = self.total(|line| line.prior.rate.exchange(line.current.amount))?;
                (MethodName::CurrentAtPriorRates, prior.clone(), restated)
            }
            ConstantCurrencyMethod::PriorAtCurrentRates => {
                let restated = self.total(|line| line.current.rate.exchange(line.prior.amount))?;
                (MethodName::PriorAtCurrentRates, restated, current.clone())
            }
            ConstantCurrencyMethod::FixedRates(rates) => {
                let prior = self.total(|line| self.at_fixed(rates, line.prior.amount))?;
                let current = self.total(|line| self.at_fixed(rates, line.current.amount))?;
                (MethodName::FixedRates, prior, current)
            }
        };
        Ok(ConstantCurrencyGrowth { method, reporting: self.reporting, prior, current, constant_prior, constant_current })
    }

    fn total(&self, of: impl Fn(&Line<'t>) -> Result<Ratio, Error>) -> Result<Ratio, Error> {
        self.lines.iter().try_fold(Ratio::ZERO, |sum, line| Ok(&sum + &of(line)?))
    }

    /// An amount at the fixed rate of its currency.
    fn at_fixed(&self, rates: &[AppliedRate<'t>], amount: Money) -> Result<Ratio, Error> {
        let currency = amount.currency();
        if currency == self.reporting {
            return Ok(Ratio::from(amount.amount()));
        }
        let leads_home = |rate: &&AppliedRate<'t>| rate.counterpart(currency).is_ok_and(|to| to == self.reporting);
        let rate = rates
            .iter()
            .find(leads_home)
            .ok_or_else(|| ErrorKind::PairMissing { pair: format!("{}/{currency}", self.reporting), currency: currency.to_string() })?;
        rate.exchange(amount)
    }
}
