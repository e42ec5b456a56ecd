//! The history of the ECB euro foreign exchange reference rates, as it stands in `data/rates`.

use super::formats;
use super::table::RateTable;
use std::sync::LazyLock;

static ECB: LazyLock<RateTable> = LazyLock::new(|| {
    // A test reads the file, so the empty table is never taken.
    formats::ecb_history(CSV, FILE).unwrap_or_default()
});

const CSV: &[u8] = include_bytes!("../../data/rates/ecb-eurofxref-hist.csv");
const FILE: &str = "ecb-eurofxref-hist.csv";

impl RateTable {
    /// The embedded history of the ECB euro foreign exchange reference rates, from 4 January 1999.
    ///
    /// Source: ECB. Crosses, inverses and averages computed from it are derived, not published. Each
    /// currency is read when it is first asked for; later calls cost nothing.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::ReadOptions;

    /// Rule: read currency by currency the history is what the whole file says.
    #[test]
    fn each_column_is_what_the_whole_file_says() {
        let whole = RateTable::from_bytes(CSV, FILE, &ReadOptions::default()).unwrap();
        let lazy = RateTable::ecb();
        assert_eq!((lazy.source(), lazy.info().format), (whole.source(), whole.info().format));
        assert!(lazy.pairs().eq(whole.pairs()) && whole.pairs().count() > 40);
        for pair in whole.pairs() {
            assert_eq!(lazy.observations(pair), whole.observations(pair), "{pair}");
        }
    }
}
