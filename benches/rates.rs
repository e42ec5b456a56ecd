//! What do reading, looking up and dating a rate cost? Each line says in one sentence what it times.
//!
//! Run with `cargo bench --no-default-features --features ecb --bench rates`. The figures that are compared with each
//! other are taken in the same run, the best of several passes; every answer is asserted.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_types,
    reason = "a bench that fails should say so, and ratios of times are shown only"
)]

use jiff::civil::Date;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tieout::{Currency, CurrencyPair, Decimal, Interval, Lookup, Period, RateTable, Ratio, ReadOptions};

const CSV: &[u8] = include_bytes!("../data/rates/ecb-eurofxref-hist.csv");

fn main() {
    let walk = best(20, 1, || {
        let mut reader = csv::Reader::from_reader(CSV);
        let mut record = csv::ByteRecord::new();
        let mut fields = 0;
        while reader.read_byte_record(&mut record).unwrap() {
            fields += record.len();
        }
        assert_eq!(fields, 7126 * 43);
    });
    show("the csv crate walks the ECB history", walk);
    let read = best(20, 1, || {
        assert_eq!(RateTable::read(black_box(CSV), "hist.csv").unwrap().pairs().count(), 41);
    });
    show("RateTable::read reads the ECB history from a reader", read);
    let read = best(20, 1, || {
        assert_eq!(RateTable::from_bytes(black_box(CSV), "hist.csv", &ReadOptions::default()).unwrap().pairs().count(), 41);
    });
    show("RateTable::from_bytes reads the ECB history", read);
    println!("  = {:.2} times the csv crate's walk (at most 1.5)", read.as_nanos() as f64 / walk.as_nanos() as f64);

    lookups();
    dating();
    bulk();
}

fn lookups() {
    let table = RateTable::ecb();
    let (lookup, friday, sunday) = (Lookup::default(), Date::constant(2023, 5, 26), Date::constant(2023, 5, 28));
    let (amount, rate) = (Decimal::new(5_950_000_000_000, 2), Decimal::new(75_874, 4));
    let product = best(50, 10_000, || *black_box(&amount) * *black_box(&rate));
    show("rust_decimal multiplies an amount by a rate", product);
    let wide = Decimal::from_str_exact("1234567890.123456789012").unwrap();
    let product = best(50, 10_000, || *black_box(&wide) * *black_box(&wide));
    show("rust_decimal multiplies two decimals of 22 digits", product);
    for (name, pair, day) in [
        ("a published rate of the day", CurrencyPair::new(Currency::EUR, Currency::USD), friday),
        ("a published rate for a Sunday", CurrencyPair::new(Currency::EUR, Currency::USD), sunday),
        ("an inverse", CurrencyPair::new(Currency::USD, Currency::EUR), friday),
        ("a cross of the day", CurrencyPair::new(Currency::USD, Currency::CNY), friday),
        ("a cross for a Sunday", CurrencyPair::new(Currency::USD, Currency::CNY), sunday),
    ] {
        let time = best(50, 10_000, || assert!(table.rate(*black_box(&pair), *black_box(&day), &lookup).unwrap().date() == friday));
        show(&format!("rate(): {name}"), time);
    }
    let pair = CurrencyPair::new(Currency::EUR, Currency::USD);
    let time = best(50, 10_000, || assert!(table.published(*black_box(&pair), *black_box(&friday), &lookup).unwrap().date == friday));
    show("published(): the observation itself", time);
    let cross = table.rate(CurrencyPair::new(Currency::USD, Currency::CNY), friday, &lookup).unwrap();
    show("Rate::value() of a cross", best(50, 10_000, || black_box(black_box(&cross).value())));
}

fn dating() {
    let table = RateTable::ecb();
    let pair = CurrencyPair::new(Currency::USD, Currency::CNY);
    let ratio = |n: i128| Ratio::new(n, 100_000).unwrap();
    let interval = Interval::closed(ratio(705_679), ratio(706_951)).unwrap();
    let day = Some(Date::constant(2023, 5, 26));
    for (name, period) in [("no period", None), ("a quarter", Period::quarter(2023, 1)), ("a year", Period::year(2022))] {
        show(&format!("candidates() of a day and {name}"), best(50, 100, || assert!(table.candidates(pair, day, period).len() >= 9)));
    }
    let quarter = Period::quarter(2023, 1).unwrap();
    show("average() of a cross over a quarter", best(50, 100, || assert_eq!(table.average(pair, quarter).unwrap().days, 65)));
    let year = Period::year(2024).unwrap();
    show("average() of a cross over a year", best(50, 100, || assert_eq!(table.average(pair, year).unwrap().days, 256)));
    let low = Interval::closed(Ratio::new(1, 10).unwrap(), Ratio::new(2, 10).unwrap()).unwrap();
    let before = Date::constant(2026, 10, 30);
    show("last_fit() through the whole history in vain", best(20, 10, || assert!(table.last_fit(pair, before, &low).is_none())));
    show("history() prepares a pair", best(20, 10, || black_box(table.history(pair))));
    let history = table.history(pair);
    show("daily rates that fit, whole history", best(20, 10, || assert!(history.spot(&interval).len() > 2)));
    show("closings that fit, whole history", best(20, 10, || black_box(history.closings(&interval))));
    show("averages that fit, whole history", best(20, 10, || black_box(history.averages(&interval))));
}

/// A bulk file of the BIS, made up row by row.
struct Bulk {
    row: u64,
    ready: std::io::Cursor<Vec<u8>>,
}

const BULK_ROWS: u64 = 5_600_000;

impl std::io::Read for Bulk {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.ready.position() == self.ready.get_ref().len() as u64 && self.row < BULK_ROWS {
            let mut rows = String::new();
            for _ in 0..500 {
                let code = ["JPY", "CHF", "SEK", "NOK", "KRW", "INR", "BRL", "MXN"][(self.row % 8) as usize];
                let day = Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days((self.row / 8 % 20_000) as i64));
                rows += &format!(
                    "D: Daily,XX: Somewhere,{code}: Name,A: Average of observations through period,0: Units,{day},1{}.5,\"Somewhere, daily, against the dollar\"\n",
                    self.row / 8 % 20_000
                );
                self.row += 1;
            }
            self.ready = std::io::Cursor::new(rows.into_bytes());
        }
        self.ready.read(buffer)
    }
}

fn bulk() {
    let header = "FREQ:Frequency,REF_AREA:Reference area,CURRENCY:Currency,COLLECTION:Collection,UNIT_MULT:Unit Multiplier,\
        TIME_PERIOD:Time period or range,OBS_VALUE:Observation Value,TITLE:Series title\n";
    let options = ReadOptions::default().only([Currency::USD, Currency::EUR]);
    let (before, start) = (peak_memory(), Instant::now());
    let rows = std::io::Cursor::new(header.as_bytes().to_vec());
    let table = RateTable::read_with(std::io::Read::chain(rows, Bulk { row: 0, ready: Default::default() }), "bulk.csv", &options).unwrap();
    assert_eq!(table.pairs().count(), 0);
    println!(
        "{:>12?}  a bulk file of some 700 MB is read for a currency it does not have; peak memory {before:?} to {:?} kB",
        start.elapsed(),
        peak_memory()
    );
}

/// The most memory this process has had, in kB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

/// The shortest time of one call: `calls` at a time, the best of several passes.
fn best<T>(passes: u32, calls: u32, mut call: impl FnMut() -> T) -> Duration {
    let pass = |_| {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        start.elapsed() / calls
    };
    (0..passes).map(pass).min().unwrap()
}

fn show(what: &str, time: Duration) {
    println!("{:>12?}  {what}", time);
}
