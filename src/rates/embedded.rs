//! The history of the ECB euro foreign exchange reference rates, as it stands in `data/rates`.

use super::table::RateTable;
use std::sync::LazyLock;

static ECB: LazyLock<Option<RateTable>> =
    LazyLock::new(|| RateTable::from_bytes(include_bytes!("../../data/rates/ecb-eurofxref-hist.csv"), "ecb-eurofxref-hist.csv").ok());

impl RateTable {
    /// The embedded history of the ECB euro foreign exchange reference rates, from 4 January 1999.
    ///
    /// Source: ECB. Crosses, inverses and averages computed from it are derived, not published. Read at the first
    /// call; later calls cost nothing.
    ///
    /// ```
    /// use tieout::{Currency, CurrencyPair, RateTable};
    ///
    /// let dollars = RateTable::ecb().observations(CurrencyPair::new(Currency::EUR, Currency::USD));
    /// assert_eq!(dollars[0].date.to_string(), "1999-01-04");
    /// assert_eq!(dollars[0].rate.to_string(), "1.1789");
    /// ```
    pub fn ecb() -> &'static RateTable {
        static EMPTY: LazyLock<RateTable> = LazyLock::new(RateTable::default);
        // A test reads the file, so the second table is never taken.
        ECB.as_ref().unwrap_or_else(|| &EMPTY)
    }
}
