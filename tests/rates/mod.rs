//! Rates: every format with its direction and its refusals, the lookup, what is derived, averages, dating and checks.

mod averages;
mod canonical;
mod check;
mod dating;
mod derive;
mod encodings;
mod formats;
#[cfg(feature = "ecb")]
mod golden;
mod lookup;
mod properties;
mod refusals;

use tieout::{CurrencyPair, Date, Lookup, Period, Rate, RateTable, ReadOptions};

pub(crate) fn pair(text: &str) -> CurrencyPair {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// A table of the canonical form from its rows.
pub(crate) fn table(rows: &str) -> RateTable {
    RateTable::read(format!("date,base,quote,rate\n{rows}\n").as_bytes(), "rates.csv").unwrap()
}

/// The bytes of a sample in `tests/rates/files`.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/rates/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The table of a sample.
pub(crate) fn read(name: &str) -> RateTable {
    RateTable::read(sample(name).as_slice(), name).unwrap()
}

/// The message with which bytes are refused.
pub(crate) fn refusal(bytes: &[u8], name: &str) -> String {
    match RateTable::read_with(bytes, name, &ReadOptions::default()) {
        Ok(table) => panic!("{name} is read: {}", table.info()),
        Err(error) => error.to_string(),
    }
}

/// The legs of a rate as `pair rate date source:line`.
pub(crate) fn legs(rate: &Rate<'_>) -> Vec<String> {
    rate.legs().map(|leg| format!("{} {} {} {}:{}", leg.pair, leg.rate, leg.date, leg.source, leg.line)).collect()
}

pub(crate) fn within(days: u32) -> Lookup {
    Lookup::within_days(days)
}
