//! Each parser in turn: the first byte chooses a sample, the second where it is cut, and the rest of the bytes follow. So
//! every parser is reached behind its own header. `SAMPLE=nbp-2024.csv` keeps to one parser.
//!
//! What is read is described, checked, looked up by every policy, averaged and dated, and comes back from the canonical
//! form; what is refused says in which file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tieout::{AverageMethod, Duplicates, Interval, Lookup, OnMissing, Period, RateTable, Ratio, ReadOptions};

const SAMPLES: [(&str, &[u8]); 19] = [
    ("bis-bulk.csv", include_bytes!("../../tests/rates/files/bis-bulk.csv")),
    ("bis.csv", include_bytes!("../../tests/rates/files/bis.csv")),
    ("boe.csv", include_bytes!("../../tests/rates/files/boe.csv")),
    ("ecb-daily.csv", include_bytes!("../../tests/rates/files/ecb-daily.csv")),
    ("ecb-hist-90d.xml", include_bytes!("../../tests/rates/files/ecb-hist-90d.xml")),
    ("ecb-history.csv", include_bytes!("../../tests/rates/files/ecb-history.csv")),
    ("ecb-sdmx.csv", include_bytes!("../../tests/rates/files/ecb-sdmx.csv")),
    ("fed-h10.csv", include_bytes!("../../tests/rates/files/fed-h10.csv")),
    ("fed-h10.xml", include_bytes!("../../tests/rates/files/fed-h10.xml")),
    ("fred-monthly.csv", include_bytes!("../../tests/rates/files/fred-monthly.csv")),
    ("fred.csv", include_bytes!("../../tests/rates/files/fred.csv")),
    ("hmrc-average-2025-03.csv", include_bytes!("../../tests/rates/files/hmrc-average-2025-03.csv")),
    ("hmrc-monthly.xml", include_bytes!("../../tests/rates/files/hmrc-monthly.xml")),
    ("imf-rep.tsv", include_bytes!("../../tests/rates/files/imf-rep.tsv")),
    ("imf-sdr.tsv", include_bytes!("../../tests/rates/files/imf-sdr.tsv")),
    ("long.csv", include_bytes!("../../tests/rates/files/long.csv")),
    ("nbp-2024.csv", include_bytes!("../../tests/rates/files/nbp-2024.csv")),
    ("prices.beancount", include_bytes!("../../tests/rates/files/prices.beancount")),
    ("prices.journal", include_bytes!("../../tests/rates/files/prices.journal")),
];

/// The sample that the environment names.
static PINNED: LazyLock<Option<usize>> = LazyLock::new(|| {
    let name = std::env::var("SAMPLE").ok()?;
    Some(SAMPLES.iter().position(|(sample, _)| *sample == name).expect("SAMPLE is the name of a sample"))
});

fuzz_target!(|bytes: &[u8]| {
    let [sample, cut, tail @ ..] = bytes else { return };
    let (name, sample) = SAMPLES[PINNED.unwrap_or(usize::from(*sample)) % SAMPLES.len()];
    let cut = sample.len() * usize::from(*cut) / 255;
    let spliced = [&sample[..cut], tail].concat();
    match RateTable::from_bytes(&spliced, name, &ReadOptions::default()) {
        Ok(table) => {
            assert_comes_back(&table);
            ask(&table);
        }
        Err(error) => assert!(error.to_string().starts_with(name), "{error}"),
    }
    let lenient = ReadOptions::default().with_duplicates(Duplicates::First);
    let _ = RateTable::from_bytes(&spliced, name, &lenient).map(|table| table.check());
});

fn assert_comes_back(table: &RateTable) {
    let _ = (table.check(), table.info().to_string());
    let mut csv = Vec::new();
    table.write_csv(&mut csv).unwrap();
    let again = RateTable::from_bytes(&csv, table.source(), &ReadOptions::default());
    let again = again.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again.info().observations, table.info().observations);
    let mut twice = Vec::new();
    again.write_csv(&mut twice).unwrap();
    assert_eq!(String::from_utf8(twice), String::from_utf8(csv));
}

/// Asks for rates, averages and fits beside the first and last day of some pairs, and across them.
fn ask(table: &RateTable) {
    let info = table.info();
    let (Some(first), Some(last)) = (info.first, info.last) else { return };
    let years = || table.infos().flat_map(|info| info.first.into_iter().chain(info.last)).map(|day| i32::from(day.year()));
    let span = years().max().unwrap_or(0) - years().min().unwrap_or(0);
    let pairs: Vec<_> = table.pairs().take(3).collect();
    let crosses = pairs.iter().flat_map(|a| pairs.iter().map(|b| tieout::CurrencyPair::new(a.base, b.quote)));
    for pair in crosses.chain(pairs.iter().map(|pair| pair.inverse())) {
        for policy in [OnMissing::Error, OnMissing::Previous, OnMissing::Next, OnMissing::Nearest, OnMissing::Interpolate] {
            for day in [first, last, last.tomorrow().unwrap_or(last)] {
                if let Ok(rate) = table.rate(pair, day, &Lookup::within_days(9).on_missing(policy)) {
                    assert!(rate.value() > Ratio::ZERO && rate.age_days().abs() <= 9);
                }
            }
        }
        let Some(month) = Period::month(last.year(), last.month()) else { continue };
        for method in [AverageMethod::MeanOfDailies, AverageMethod::CrossOfMeans, AverageMethod::Harmonic, AverageMethod::Published] {
            let _ = table.average_by(pair, month, method);
        }
        if let (Ok(rate), true) = (table.rate(pair, last, &Lookup::within_days(0)), span < 30) {
            let value = rate.value();
            let here = Interval::closed(value.clone(), value).unwrap();
            let history = table.history(pair);
            let _ = (history.closings(&here), history.averages(&here));
            assert!(!history.spot(&here).is_empty(), "{pair}");
        }
    }
}
