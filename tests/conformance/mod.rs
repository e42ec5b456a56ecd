//! The operations of the General Decimal Arithmetic specification, held against another implementation of it.
//!
//! `decimal-arithmetic.csv` was computed by Python's `decimal` module; `generate.py` says how and in which form.

mod dectest;

use tieout::{ArithmeticError, Decimal, Precision, Rounded, RoundingMode, add, divide, multiply, quantize, round, subtract};

/// The result of one row, written as the table writes it.
fn compute(operation: &str, precision: &str, mode: &str, a: &str, b: &str) -> (String, String) {
    let number = |text: &str| Decimal::from_str_exact(text).unwrap();
    let mode = RoundingMode::from_name(mode).unwrap();
    let up_to = |precision: &str| Precision::UpToSignificant(precision.parse().unwrap());
    let result = match operation {
        "plus" => round(number(a), up_to(precision), mode),
        "add" => add(number(a), number(b), up_to(precision), mode),
        "subtract" => subtract(number(a), number(b), up_to(precision), mode),
        "multiply" => multiply(number(a), number(b), up_to(precision), mode),
        "divide" => divide(number(a), number(b), up_to(precision), mode),
        "quantize" => quantize(number(a), number(b), mode),
        other => panic!("no operation {other}"),
    };
    match result {
        Ok(Rounded { value, exact, .. }) => (value.to_string(), exact.to_string()),
        Err(ArithmeticError::Overflow) => ("overflow".to_owned(), String::new()),
        Err(ArithmeticError::Underflow) => ("underflow".to_owned(), String::new()),
        Err(error) => panic!("{operation} {a} {b}: {error}"),
    }
}

/// Rule: value, trailing zeros and exactness of every operation are those of the specification. 4,200 rows.
#[test]
fn the_operations_are_those_of_the_general_decimal_arithmetic_specification() {
    let mut reader = csv::Reader::from_reader(include_str!("decimal-arithmetic.csv").as_bytes());
    let mut failures = Vec::new();
    let mut rows = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let [operation, precision, mode, a, b, result, exact] = std::array::from_fn(|i| &record[i]);
        let found = compute(operation, precision, mode, a, b);
        if (found.0.as_str(), found.1.as_str()) != (result, exact) {
            failures.push(format!("{operation} {a} {b} to {precision} {mode}: expected {result} {exact}, found {found:?}"));
        }
        rows += 1;
    }
    assert!(failures.is_empty(), "{} of {rows}:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(rows, 4200);
}
