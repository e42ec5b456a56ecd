//! How much of the growth came from business, and how much from exchange rates?
//!
//! Three methods are in use, and they give different growths for a basket of currencies, so every result names its
//! own. Reported change and constant-currency change differ by the exchange effect, exactly: the additive
//! decomposition sums to the reported change by construction, also when it is rounded.
//!
//! Sources: SEC Compliance and Disclosure Interpretations on non-GAAP measures (describe the process); annual
//! reports of Alphabet, Sodexo and Syngenta (method A).

use crate::conversion::{AppliedRate, FixedRate};
use crate::currency::Currency;
use crate::error::{ArithmeticError, Error, ErrorKind};
use crate::exact::{Precision, Ratio, RoundingMode};
use crate::growth::{GrowthRate, NotMeaningful};
use crate::money::{Money, same};
use rust_decimal::Decimal;
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

/// Growth as reported and at constant currency, with the exchange effect between the two. Exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstantCurrencyGrowth {
    method: MethodName,
    reporting: Currency,
    prior: Ratio,
    current: Ratio,
    constant_prior: Ratio,
    constant_current: Ratio,
}

/// Two reported amounts and the current one at the prior period's rates, as a company prints them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restated {
    /// The prior amount, as reported.
    pub prior: Money,
    /// The current amount, as reported.
    pub current: Money,
    /// The current amount at the prior period's rates.
    pub current_at_prior_rates: Money,
}

/// The reported change in its two parts, which sum to it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeEffect {
    /// The method.
    pub method: MethodName,
    /// Current less prior, as reported.
    pub change: Money,
    /// What exchange rates did.
    pub exchange: Money,
    /// The rest: what business did.
    pub organic: Money,
}

impl ConstantCurrencyGrowth {
    /// The growth of amounts that were restated at prior rates by somebody else (method A). Where a company takes
    /// hedging out of both years first, so must the amounts given here.
    ///
    /// # Errors
    ///
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch).
    ///
    /// # Example
    ///
    /// Alphabet, EMEA, fourth quarter of 2023:
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Precision, Restated, RoundingMode};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 21762".parse()?,
    ///     current: "USD 25010".parse()?,
    ///     current_at_prior_rates: "USD 23905".parse()?,
    /// })?;
    /// let points = growth.effect_in_points()?.round(Precision::Decimals(3), RoundingMode::HalfEven)?;
    /// assert_eq!(points.value.to_string(), "5.078");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_restated(amounts: Restated) -> Result<ConstantCurrencyGrowth, Error> {
        let Restated { prior, current, current_at_prior_rates: constant } = amounts;
        same(prior.currency(), current.currency())?;
        same(prior.currency(), constant.currency())?;
        let before = Ratio::from(prior.amount());
        Ok(ConstantCurrencyGrowth {
            method: MethodName::CurrentAtPriorRates,
            reporting: prior.currency(),
            constant_prior: before.clone(),
            prior: before,
            current: Ratio::from(current.amount()),
            constant_current: Ratio::from(constant.amount()),
        })
    }

    /// Which rates stood still.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, MethodName, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.method(), MethodName::CurrentAtPriorRates);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn method(&self) -> MethodName {
        self.method
    }

    /// The currency of all amounts.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Currency, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.reporting(), Currency::USD);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn reporting(&self) -> Currency {
        self.reporting
    }

    /// The prior amount as reported, exact.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.prior(), &Ratio::from(100));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn prior(&self) -> &Ratio {
        &self.prior
    }

    /// The current amount as reported, exact.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.current(), &Ratio::from(125));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn current(&self) -> &Ratio {
        &self.current
    }

    /// The prior amount at the rates that stood still, exact.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.constant_prior(), &Ratio::from(100));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn constant_prior(&self) -> &Ratio {
        &self.constant_prior
    }

    /// The current amount at the rates that stood still, exact.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.constant_current(), &Ratio::from(110));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn constant_current(&self) -> &Ratio {
        &self.constant_current
    }

    /// The growth as reported.
    ///
    /// # Errors
    ///
    /// [`NotMeaningful`] as in [`GrowthRate::between`]. For another policy, take the amounts.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.reported()?.as_percent(), Ratio::from(25));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reported(&self) -> Result<GrowthRate, NotMeaningful> {
        GrowthRate::between(self.prior.clone(), self.current.clone())
    }

    /// The growth at constant currency.
    ///
    /// # Errors
    ///
    /// As [`reported`](ConstantCurrencyGrowth::reported).
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.constant()?.as_percent(), Ratio::from(10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn constant(&self) -> Result<GrowthRate, NotMeaningful> {
        GrowthRate::between(self.constant_prior.clone(), self.constant_current.clone())
    }

    /// The exchange effect in percentage points: reported less constant-currency growth, exact.
    ///
    /// # Errors
    ///
    /// As [`reported`](ConstantCurrencyGrowth::reported).
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.effect_in_points()?, Ratio::from(15));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn effect_in_points(&self) -> Result<Ratio, NotMeaningful> {
        Ok(&self.reported()?.as_percent() - &self.constant()?.as_percent())
    }

    /// The multiplicative exchange effect: `(1 + reported) ÷ (1 + constant) − 1`, exact.
    ///
    /// # Errors
    ///
    /// As [`reported`](ConstantCurrencyGrowth::reported), and [`NotMeaningful::ZeroBase`] for a constant-currency
    /// growth of −100%.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(Some(growth.effect_as_growth()?.as_multiple()), Ratio::new(125, 110));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn effect_as_growth(&self) -> Result<GrowthRate, NotMeaningful> {
        GrowthRate::between(self.constant()?.as_multiple(), self.reported()?.as_multiple())
    }

    /// The change as reported, exact: current less prior.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.change(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn change(&self) -> Ratio {
        &self.current - &self.prior
    }

    /// The change at constant currency, exact: what business did.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// assert_eq!(growth.organic_change(), Ratio::from(10));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn organic_change(&self) -> Ratio {
        &self.constant_current - &self.constant_prior
    }

    /// The additive exchange effect, exact: the reported [`change`](ConstantCurrencyGrowth::change) less the
    /// [`organic`](ConstantCurrencyGrowth::organic_change) one.
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Ratio, Restated};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 21762".parse()?,
    ///     current: "USD 25010".parse()?,
    ///     current_at_prior_rates: "USD 23905".parse()?,
    /// })?;
    /// assert_eq!(growth.exchange_effect(), Ratio::from(1105));
    /// assert_eq!(&growth.exchange_effect() + &growth.organic_change(), growth.change());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn exchange_effect(&self) -> Ratio {
        &self.change() - &self.organic_change()
    }

    /// The reported change and its two parts, rounded so that they still sum: change and exchange effect are rounded,
    /// the organic part is the rest.
    ///
    /// # Errors
    ///
    /// The [`ArithmeticError`]s of [`Ratio::round`].
    ///
    /// ```
    /// use tieout::{ConstantCurrencyGrowth, Precision, Restated, RoundingMode};
    ///
    /// let growth = ConstantCurrencyGrowth::of_restated(Restated {
    ///     prior: "USD 100".parse()?,
    ///     current: "USD 125".parse()?,
    ///     current_at_prior_rates: "USD 110".parse()?,
    /// })?;
    /// let parts = growth.effect(Precision::Decimals(0), RoundingMode::HalfEven)?;
    /// assert_eq!((parts.exchange.to_string(), parts.organic.to_string()), ("USD 15".into(), "USD 10".into()));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn effect(&self, precision: Precision, mode: RoundingMode) -> Result<ExchangeEffect, Error> {
        let money = |value: &Ratio| -> Result<Money, ArithmeticError> {
            let amount: Decimal = value.round(precision, mode)?.value;
            Ok(Money::new(amount, self.reporting))
        };
        let (change, exchange) = (money(&self.change())?, money(&self.exchange_effect())?);
        Ok(ExchangeEffect { method: self.method, change, exchange, organic: change.checked_sub(exchange)? })
    }
}
