//! Each parser in turn: the first byte chooses a sample, the second where it is cut, and the rest of the bytes follow. So
//! every parser is reached behind its own header.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::{RateTable, ReadOptions};

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

fuzz_target!(|bytes: &[u8]| {
    let [sample, cut, tail @ ..] = bytes else { return };
    let (name, sample) = SAMPLES[usize::from(*sample) % SAMPLES.len()];
    let cut = sample.len() * usize::from(*cut) / 255;
    let spliced = [&sample[..cut], tail].concat();
    match RateTable::from_bytes(&spliced, name, &ReadOptions::default()) {
        Ok(table) => {
            let _ = (table.check(), table.info().to_string());
            let mut csv = Vec::new();
            table.write_csv(&mut csv).unwrap();
            let again = RateTable::from_bytes(&csv, table.source(), &ReadOptions::default());
            let again = again.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(again.info().observations, table.info().observations);
        }
        Err(error) => assert!(error.to_string().starts_with(name), "{error}"),
    }
});
