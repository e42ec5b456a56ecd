//! Any bytes: the recogniser, the decoders, the archives and whichever parser they lead to. What is read is described,
//! checked, and comes back from the canonical form; what is refused says in which file.
//!
//! Seeds: `cargo fuzz run rates_read fuzz/corpus/rates_read tests/rates/files`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::{RateTable, ReadOptions};

fuzz_target!(|bytes: &[u8]| {
    match RateTable::from_bytes(bytes, "average-2025-03", &ReadOptions::default()) {
        Ok(table) => assert_comes_back(&table),
        Err(error) => assert!(error.to_string().starts_with("average-2025-03"), "{error}"),
    }
});

/// Writes the table, reads it, and writes it again: the same text.
fn assert_comes_back(table: &RateTable) {
    let _ = (table.check(), table.info().to_string());
    let written = written(table);
    let again = RateTable::from_bytes(written.as_bytes(), table.source(), &ReadOptions::default());
    let again = again.unwrap_or_else(|error| panic!("{error}\n{written}"));
    assert_eq!(self::written(&again), written);
}

fn written(table: &RateTable) -> String {
    let mut csv = Vec::new();
    table.write_csv(&mut csv).unwrap();
    String::from_utf8(csv).unwrap()
}
