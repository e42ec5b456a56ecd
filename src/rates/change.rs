//! By how much did a rate change?

use super::lookup::Lookup;
use super::rate::Rate;
use super::table::RateTable;
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};
use crate::growth::GrowthRate;
use crate::period::{Lag, Period};
use jiff::civil::Date;

/// The rate of a pair on two days.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RateChange<'t> {
    /// The rate of the earlier day.
    pub earlier: Rate<'t>,
    /// The rate of the later day.
    pub later: Rate<'t>,
}

impl RateChange<'_> {
    /// The growth from the earlier rate to the later one: positive when the base has become dearer. Exact.
    ///
    /// ```
    /// use tieout::{Lag, Lookup, RateTable, Ratio};
    ///
    /// let csv = "date,base,quote,rate\n2022-05-26,EUR,USD,1.00\n2023-05-26,EUR,USD,1.25\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let change = table.change("EUR/USD".parse()?, "2023-05-26".parse()?, Lag::years(1), &Lookup::default())?;
    /// assert_eq!(change.growth().as_percent(), Ratio::from(25));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn growth(&self) -> GrowthRate {
        let factor = self.later.value().checked_div(&self.earlier.value());
        // OK because a rate is positive.
        GrowthRate::from_multiple(factor.unwrap_or(crate::exact::Ratio::ONE))
    }
}

impl RateTable {
    /// The rate on a day, and on the day so much earlier.
    ///
    /// # Errors
    ///
    /// As [`rate`](RateTable::rate), for either day; [`Syntax`](ErrorKind::Syntax) for a lag that leaves the calendar.
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{Lag, Lookup, Precision, RateTable, RoundingMode};
    ///
    /// let csv = "date,base,quote,rate\n2022-05-26,EUR,USD,1.0697\n2023-05-26,EUR,USD,1.0751\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let change = table.change("EUR/USD".parse()?, "2023-05-26".parse()?, Lag::years(1), &Lookup::default())?;
    /// let percent = change.growth().as_percent().round(Precision::Decimals(2), RoundingMode::HalfEven)?;
    /// assert_eq!(percent.value.to_string(), "0.50");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn change(&self, pair: CurrencyPair, on: Date, lag: Lag, lookup: &Lookup) -> Result<RateChange<'_>, Error> {
        let too_far = || ErrorKind::Syntax { expected: "a lag that stays in the calendar", found: format!("{lag} before {on}") };
        let earlier = Period::day(on).before(lag).ok_or_else(too_far)?.first_day();
        Ok(RateChange { earlier: self.rate(pair, earlier, lookup)?, later: self.rate(pair, on, lookup)? })
    }
}
