//! Any bytes as a table: what comes of its rows by the way of ordinary chunks, with the processor's vectors, is what comes
//! of them by the way of any chunk, record by record, to which a quoted record at the end of the table leads.
//!
//! The tables are small, so all of a table is one chunk.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::batch::{Convert, ConvertColumns, Reader, Settings, run};
use tieout::{Lookup, RateTable};

const HEADER: &str = "date,amount,from,to\n";
const QUOTED: &str = "\"2023-05-26\",1.00,EUR,USD\n";

fuzz_target!(|rows: &[u8]| {
    // A quote may hold what follows it, and a carriage return its line feed: then the ways differ in what they are given.
    if rows.len() > 4096 || rows.contains(&b'"') || rows.contains(&b'\r') {
        return;
    }
    let plain = [HEADER.as_bytes(), rows, b"\n"].concat();
    let with_quote = [&plain, QUOTED.as_bytes()].concat();
    let (plain, with_quote) = (converted(&plain), converted(&with_quote));
    assert!(with_quote.starts_with(&plain), "{}\n---\n{}", String::from_utf8_lossy(&plain), String::from_utf8_lossy(&with_quote));
});

fn converted(table: &[u8]) -> Vec<u8> {
    let reader = Reader::new(table, "t.csv", b',').unwrap();
    let columns = ConvertColumns { amount: "amount", from: "from", to: "to", date: "date", reported: None };
    let job = Convert::new(reader.header(), &columns, rates(), Lookup::default(), Settings::default()).unwrap();
    let mut output = Vec::new();
    run(reader, &job, &mut output, None).unwrap();
    output
}

/// A few days of a few currencies, so that a table of rates is soon spread out.
fn rates() -> &'static RateTable {
    static RATES: std::sync::OnceLock<RateTable> = std::sync::OnceLock::new();
    RATES.get_or_init(|| {
        let text = "date,base,quote,rate\n2023-05-25,EUR,USD,1.0735\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,JPY,150.07\n";
        RateTable::read(text.as_bytes(), "rates.csv").unwrap()
    })
}
