//! Facts from documentation, law, standards and other libraries' tests, row by row. See `README.md`.

mod rules;

use std::collections::BTreeMap;

/// One row of the table.
struct Row {
    line: u64,
    rule: String,
    source: String,
    inputs: String,
    expected: String,
}

impl Row {
    fn input(&self, key: &str) -> Option<&str> {
        self.inputs.split(';').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    #[track_caller]
    fn text(&self, key: &str) -> &str {
        self.input(key).unwrap_or_else(|| panic!("line {}: no input {key}", self.line))
    }
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(include_str!("rounding-and-conversion.csv").as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        let line = record.position().unwrap().line();
        let [rule, source, inputs, expected] = [0, 1, 2, 3].map(|i| record[i].to_owned());
        Row { line, rule, source, inputs, expected }
    });
    rows.collect()
}

/// Runs the rows of one rule, reports every row that fails, and returns how many there are.
#[track_caller]
fn assert_rule(rule: &str, compute: fn(&Row) -> String) -> usize {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.rule == rule).collect();
    let failures: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let found = compute(row);
            let Row { line, source, inputs, expected, .. } = row;
            (found != *expected).then(|| format!("line {line}: {inputs}: expected {expected}, found {found} ({source})"))
        })
        .collect();
    assert!(failures.is_empty(), "{rule}:\n{}", failures.join("\n"));
    rows.len()
}

macro_rules! rules {
    ($($rule:ident: $count:literal rows, $compute:expr;)*) => {
        $(
            #[test]
            fn $rule() {
                assert_eq!(assert_rule(stringify!($rule), $compute), $count);
            }
        )*

        /// Rule: every row of the table belongs to a rule that is tested.
        #[test]
        fn no_row_is_skipped() {
            let mut counts = BTreeMap::new();
            for row in rows() {
                *counts.entry(row.rule).or_insert(0) += 1;
            }
            assert_eq!(counts, BTreeMap::from([$((stringify!($rule).to_owned(), $count)),*]));
            assert_eq!(rows().len(), 430);
        }
    };
}

rules! {
    round_dp: 172 rows, rules::round_dp;
    round_step: 18 rows, rules::round_step;
    significant_figures: 20 rows, rules::significant_figures;
    convert: 52 rows, rules::convert;
    triangulate: 13 rows, rules::triangulate;
    round_trip: 10 rows, rules::round_trip;
    double_rounding: 2 rows, rules::double_rounding;
    preimage: 36 rows, rules::preimage;
    fact_interval: 20 rows, rules::fact_interval;
    sum_consistent: 4 rows, rules::sum_consistent;
    grim: 15 rows, rules::grim;
    reround: 5 rows, rules::reround;
    growth_percent: 9 rows, rules::growth_percent;
    share_percent: 4 rows, rules::share_percent;
    implied_prior_interval: 5 rows, rules::implied_prior;
    cagr_percent: 8 rows, rules::cagr_percent;
    minor_units: 28 rows, rules::minor_units;
    mode_name: 9 rows, rules::mode_name;
}
