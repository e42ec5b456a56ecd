//! Growth over a table that is sorted by its key, some keys at a time.

use std::fmt::Write;
use std::process::Command;
use tieout::ErrorKind;
use tieout::batch::{GrowthIndex, LongColumns, Reader, Settings, Summary, run};

/// A table whose rows of each key stand together, with all that a row may have wrong. One key has more rows than are
/// computed together.
fn table() -> String {
    let (mut table, memo) = (String::from("\u{feff}memo,company,segment,quarter,value\r\n"), "m".repeat(300));
    let mut seed = 88_172_645_463_325_252_u64;
    let mut next = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    for key in 0..450 {
        for _ in 0..if key == 150 { 8_000 } else { 1 + next(60) } {
            let quoted = if next(4) == 0 { "\"" } else { "" };
            let (year, quarter) = (2010 + next(14), 1 + next(4));
            match next(40) {
                0 => table += "\n",
                1 => table += "short\n",
                2 => table += "\"two\r\nlines\"\r\n",
                3 => writeln!(table, "{memo},company {key},x,{year}-Q{quarter},1,more").unwrap(),
                4 => writeln!(table, "{memo},company {key},x,{year}-Q{quarter},abc").unwrap(),
                5 => writeln!(table, "{memo},company {key},x,never,1").unwrap(),
                _ => writeln!(table, "{memo},{quoted}company {key}{quoted},x,{year}-Q{quarter},{}.5", next(900)).unwrap(),
            }
        }
    }
    table
}

fn columns(by: &[String]) -> LongColumns<'_> {
    LongColumns { value: "value", period: "quarter", by, lag: "1y".parse().unwrap(), reported: None }
}

/// The rows, the bad ones, and the count of either.
type Outcome = (Vec<u8>, Vec<u8>, Summary);

fn sorted(table: &str, by: &[String]) -> Result<Outcome, tieout::Error> {
    let (reader, mut rows, mut bad) = (Reader::new(table.as_bytes(), "t.csv", b',')?, Vec::new(), Vec::new());
    let index = GrowthIndex::new(reader.header(), &columns(by), Settings::default())?;
    let summary = index.run_sorted(reader, &mut rows, Some(&mut bad))?;
    Ok((rows, bad, summary))
}

fn indexed(table: &str, by: &[String]) -> Result<Outcome, tieout::Error> {
    let read = || Reader::new(table.as_bytes(), "t.csv", b',');
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    let job = GrowthIndex::new(read()?.header(), &columns(by), Settings::default())?.build(read()?)?;
    let summary = run(read()?, &job, &mut rows, Some(&mut bad))?;
    Ok((rows, bad, summary))
}

/// Rule: where the rows of a key stand together, some keys at a time give byte for byte what the whole table gives.
#[test]
fn some_keys_at_a_time_give_what_the_whole_table_gives() {
    let (table, by) = (table(), ["company".to_owned(), "segment".to_owned()]);
    assert!(table.len() > 5_000_000, "{} bytes are no more than one block", table.len());
    let (one, other) = (sorted(&table, &by).unwrap(), indexed(&table, &by).unwrap());
    assert!(one.0 == other.0, "the rows differ");
    assert!(one.1 == other.1, "the bad rows differ");
    assert_eq!(one.2, other.2);
    for code in ["duplicate_key", "long_row", "short_row", "bad_number", "bad_period"] {
        assert!(one.2.errors().any(|(known, count)| known.name() == code && count > 0), "no {code}");
    }
    // As few rows as there can be.
    for rows in ["", "\n", "a,A,x,2023-Q1,1", "a,A,x,2022-Q1,1\na,A,x,2023-Q1,2\n"] {
        let table = format!("memo,company,segment,quarter,value\n{rows}");
        assert_eq!(sorted(&table, &by).unwrap(), indexed(&table, &by).unwrap(), "{rows:?}");
    }
}

/// Rule: a key that comes back after others is an error at its line, however far behind, and leaves no output.
#[test]
fn a_key_that_comes_back_ends_the_run() {
    let (mut table, by) = (table(), ["company".to_owned(), "segment".to_owned()]);
    let line = table.replace("\r\n", "\n").matches('\n').count() + 1;
    table += "late,\"company 0\",x,2023-Q1,1\n";
    let error = sorted(&table, &by).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Csv { .. }), "{error}");
    assert!(error.to_string().starts_with(&format!("t.csv:{line}: rows of this key stand further up")), "{error}");

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in.csv"), "k,p,v\nA,2022,1\nB,2022,1\nA,2023,2\n").unwrap();
    let arguments = ["batch", "growth", "in.csv", "-o", "out.csv", "--value", "v", "--period", "p", "--by", "k", "--lag", "1y"];
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        command.args(arguments).args(more).current_dir(folder.path()).output().unwrap()
    };
    let output = run(&["--sorted"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("in.csv:4: "), "{output:?}");
    assert!(!folder.path().join("out.csv").exists());
    assert_eq!(run(&[]).status.code(), Some(0));
}
