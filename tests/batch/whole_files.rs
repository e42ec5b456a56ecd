//! What a run leaves as it was, on inputs of many chunks.

use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, run};

/// A table of more than a chunk, with every kind of field and line end that a reader could stumble over.
fn table(rows: usize) -> String {
    let mut table = String::from("v,\"me\"\"mo\",g\r\n");
    for row in 0..rows {
        table += match row % 7 {
            0 => "59.5,plain,-18.9\r\n",
            1 => "\"59.5\",\"two\nlines, and \"\"quotes\"\"\",-18.9\n",
            2 => "59.5,5\" pipe,-18.9\r\n",
            3 => "\r\n",
            4 => "59.5,\"\r\n\",\"-18.9\"\n",
            5 => "59.5,short\n",
            _ => "59.5,long,-18.9,more\n",
        };
    }
    table
}

/// Rule: the input's bytes stand in the output row by row, in order, and chunks make no difference.
#[test]
fn every_byte_of_the_input_stands_in_the_output() {
    let table = table(100_000);
    let reader = Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
    let job = Implied::new(reader.header(), &ImpliedColumns { value: "v", growth: "g" }, Settings::default()).unwrap();
    let mut output = Vec::new();
    let summary = run(reader, &job, &mut output, None).unwrap();
    let output = String::from_utf8(output).unwrap();
    let empty = (0..100_000).filter(|row| row % 7 == 3).count() as u64;
    assert_eq!(summary.rows, 100_000 - empty);
    let (cells, header) = (",73.366,73.259,73.474,", ",prior,prior_low,prior_high,error");
    let short = ",,,,,\"short_row: the row has 2 fields and none for column \"\"g\"\"\"";
    let long = ",,,,long_row: the row has 4 fields where the header has 3";
    let stripped = output.replacen(header, "", 1).replace(cells, "").replace(short, "").replace(long, "");
    assert!(stripped == table, "a byte of the input is not where it was");
}
