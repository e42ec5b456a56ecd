//! Growth as reported and at constant currency, and the exchange effect between the two.

use super::basket::MethodName;
use crate::currency::Currency;
use crate::error::{ArithmeticError, Error};
use crate::exact::{Precision, Ratio, RoundingMode};
use crate::growth::{GrowthRate, NotMeaningful};
use crate::money::{Money, same};
use rust_decimal::Decimal;

/// Growth as reported and at constant currency, with the exchange effect between the two. Exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstantCurrencyGrowth {
    pub(super) method: MethodName,
    pub(super) reporting: Currency,
    pub(super) prior: Ratio,
    pub(super) current: Ratio,
    pub(super) constant_prior: Ratio,
    pub(super) constant_current: Ratio,
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
    /// [`CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch).
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
