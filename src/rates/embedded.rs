//! The history of the ECB euro foreign exchange reference rates, as it stands in `data/rates`.

use super::read::ReadOptions;
use super::table::RateTable;
use std::sync::LazyLock;

static ECB: LazyLock<RateTable> = LazyLock::new(|| {
    let csv: &[u8] = include_bytes!("../../data/rates/ecb-eurofxref-hist.csv");
    // A test reads the file, so the empty table is never taken.
    RateTable::from_bytes(csv, "ecb-eurofxref-hist.csv", &ReadOptions::default()).unwrap_or_default()
});

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
        &ECB
    }
}
