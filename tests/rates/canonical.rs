//! Every table goes through the canonical form and back with every digit.

use super::{read, sample};
use tieout::RateTable;

/// Each sample, written and read again, is written the same.
#[test]
fn every_sample_comes_back_with_every_digit() {
    let mut count = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rates/files")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let table = read(&name);
        let written = written(&table);
        let again = RateTable::read(written.as_bytes(), "canonical.csv").unwrap();
        assert_eq!(super::canonical::written(&again), written, "{name}");
        let mut pairs: Vec<_> = table.pairs().collect();
        pairs.sort();
        for pair in pairs {
            let plain = |table: &RateTable| table.observations(pair).iter().map(|o| (o.date, o.rate.to_string())).collect::<Vec<_>>();
            assert_eq!(plain(&again), plain(&table), "{name} {pair}");
        }
        count += 1;
    }
    assert_eq!(count, 19);
}

pub(crate) fn written(table: &RateTable) -> String {
    let mut csv = Vec::new();
    table.write_csv(&mut csv).unwrap();
    String::from_utf8(csv).unwrap()
}

/// Rule: kinds, periods and sources are written, each period by its shortest name.
#[test]
fn kinds_periods_and_sources_are_written() {
    assert_eq!(
        written(&read("long.csv")),
        "date,base,quote,rate,kind,source\n\
         2024-03-28,EUR,USD,1.08110,spot,ECB\n\
         2024-Q1,EUR,USD,1.0811,closing,ECB\n\
         2024-03,EUR,USD,1.0872,average,ECB\n\
         2024-03-28,USD,JPY,151.4,spot,Fed\n\
         2024-04,GBP,USD,1.2650,spot,HMRC\n"
    );
    assert!(written(&read("hmrc-monthly.xml")).contains("\n2025-08,GBP,AED,4.9729,spot,HMRC\n"));
    assert!(written(&read("hmrc-average-2025-03.csv")).contains("\n2024-04-01..2025-03-31,GBP,EUR,1.1906,average,HMRC\n"));
}

/// The ECB's history loses nothing: as many rates, the same ones.
#[cfg(feature = "ecb")]
#[test]
fn the_embedded_history_comes_back() {
    let ecb = RateTable::ecb();
    let again = RateTable::read(written(ecb).as_bytes(), "canonical.csv").unwrap();
    assert_eq!((again.info().observations, again.info().days), (ecb.info().observations, 7126));
    for pair in ecb.pairs() {
        let plain = |table: &RateTable| table.observations(pair).iter().map(|o| (o.date, o.rate.to_string())).collect::<Vec<_>>();
        assert_eq!(plain(&again), plain(ecb));
    }
}

/// The plain split of the history and the careful reader agree, line by line.
#[test]
fn the_plain_split_reads_what_the_careful_reader_reads() {
    let bytes = sample("ecb-history.csv");
    let quoted = String::from_utf8(bytes.clone()).unwrap().replace("1.0545", "\"1.0545\"");
    let (fast, careful) = (RateTable::read(bytes.as_slice(), "x").unwrap(), RateTable::read(quoted.as_bytes(), "x").unwrap());
    for pair in fast.pairs() {
        assert_eq!(fast.observations(pair), careful.observations(pair));
    }
}
