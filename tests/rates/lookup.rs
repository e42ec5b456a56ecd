//! Which observation serves a day: each policy, its limit, and what it says of itself.

use super::{day, legs, pair, table, within};
use tieout::{Duplicates, Lookup, OnMissing, Precision, RateTable, ReadOptions, RoundingMode};

const ROWS: &str = "2024-03-01,USD,JPY,150.1\n2024-03-08,USD,JPY,147.3\n2024-03-11,USD,JPY,146.7";

#[track_caller]
fn assert_serves(on: &str, lookup: Lookup, expected: Option<(&str, &str)>) {
    let table = table(ROWS);
    let rate = table.rate(pair("USD/JPY"), day(on), &lookup).ok();
    let value =
        rate.as_ref().map(|rate| rate.value().round(Precision::Decimals(4), RoundingMode::HalfEven).unwrap().value.normalize().to_string());
    assert_eq!(rate.map(|rate| rate.date().to_string()).zip(value), expected.map(|(date, value)| (date.to_owned(), value.to_owned())));
}

/// Rule: previous is the last on or before the day within its age; the day itself always serves.
#[test]
fn previous() {
    assert_serves("2024-03-07", within(6), Some(("2024-03-01", "150.1")));
    assert_serves("2024-03-07", within(5), None);
    assert_serves("2024-03-08", within(0), Some(("2024-03-08", "147.3")));
    assert_serves("2024-02-29", within(99), None);
}

#[test]
fn error_takes_the_day_alone() {
    let lookup = within(99).on_missing(OnMissing::Error);
    assert_serves("2024-03-08", lookup, Some(("2024-03-08", "147.3")));
    assert_serves("2024-03-09", lookup, None);
}

#[test]
fn next_is_the_first_after_the_day() {
    let lookup = within(4).on_missing(OnMissing::Next);
    assert_serves("2024-03-04", lookup, Some(("2024-03-08", "147.3")));
    assert_serves("2024-03-03", lookup, None);
    assert_serves("2024-03-01", lookup, Some(("2024-03-01", "150.1")));
    assert_serves("2024-03-12", lookup, None);
    let table = table(ROWS);
    let rate = table.rate(pair("USD/JPY"), day("2024-03-06"), &lookup).unwrap();
    assert_eq!((rate.age_days(), rate.on_missing()), (-2, OnMissing::Next));
}

/// Rule: of two equally near ones the earlier.
#[test]
fn nearest() {
    let lookup = within(7).on_missing(OnMissing::Nearest);
    assert_serves("2024-03-04", lookup, Some(("2024-03-01", "150.1")));
    assert_serves("2024-03-05", lookup, Some(("2024-03-08", "147.3")));
    assert_serves("2024-03-09", lookup, Some(("2024-03-08", "147.3")));
    assert_serves("2024-03-10", lookup, Some(("2024-03-11", "146.7")));
    // 8 and 11 March, asked on neither: equally near does not occur there, but between 1 and 8 with 4.5 nor; so a tie:
    let tie = super::table("2024-03-01,USD,JPY,150.1\n2024-03-03,USD,JPY,149.9");
    assert_eq!(tie.rate(pair("USD/JPY"), day("2024-03-02"), &lookup).unwrap().date(), day("2024-03-01"));
}

/// Rule: the straight line between two published rates, both near enough; exact, and said to be interpolated.
///
/// 150.1 on the 1st and 147.3 on the 8th: on the 4th 150.1 - 2.8 × 3/7 = 148.9.
#[test]
fn interpolate() {
    let lookup = within(7).on_missing(OnMissing::Interpolate);
    assert_serves("2024-03-04", lookup, Some(("2024-03-01", "148.9")));
    assert_serves("2024-03-04", within(3).on_missing(OnMissing::Interpolate), None);
    assert_serves("2024-03-12", lookup, None);
    let table = table(ROWS);
    let rate = table.rate(pair("JPY/USD"), day("2024-03-04"), &lookup).unwrap();
    assert!(rate.is_interpolated());
    assert_eq!(rate.legs().next().unwrap().next.unwrap().line, 3);
    assert_eq!(rate.value(), tieout::Ratio::new(10, 1489).unwrap());
}

/// Rule: two rates of one day that disagree are refused, unless a policy chooses.
#[test]
fn duplicates() {
    let csv = "date,base,quote,rate\n2024-03-01,USD,JPY,150.1\n2024-03-01,USD,JPY,150.2\n2024-03-01,USD,JPY,150.20\n";
    let read = |policy| RateTable::read_with(csv.as_bytes(), "x.csv", &ReadOptions::default().with_duplicates(policy));
    assert!(read(Duplicates::Refuse).is_err());
    assert_eq!(read(Duplicates::First).unwrap().observations(pair("USD/JPY"))[0].rate.to_string(), "150.1");
    assert_eq!(read(Duplicates::Last).unwrap().observations(pair("USD/JPY"))[0].rate.to_string(), "150.20");
}

/// Rule: the first source that has an answer gives the whole of it.
#[test]
fn sources_in_order_of_priority() {
    let first = RateTable::read("date,base,quote,rate\n2024-03-01,USD,JPY,150.1\n".as_bytes(), "first").unwrap();
    let second = RateTable::read(
        "date,base,quote,rate\n2024-03-01,USD,JPY,150.2\n2024-03-04,USD,JPY,150.5\n2024-03-04,EUR,USD,1.0846\n".as_bytes(),
        "second",
    )
    .unwrap();
    let both = first.with_fallback(second);
    let ask = |pair_: &str, on: &str, days| both.rate(pair(pair_), day(on), &within(days)).map(|rate| legs(&rate)).unwrap();
    assert_eq!(ask("USD/JPY", "2024-03-01", 0), ["USD/JPY 150.1 2024-03-01 first:2"]);
    assert_eq!(ask("USD/JPY", "2024-03-04", 7), ["USD/JPY 150.1 2024-03-01 first:2"]);
    assert_eq!(ask("USD/JPY", "2024-03-04", 0), ["USD/JPY 150.5 2024-03-04 second:3"]);
    assert_eq!(ask("EUR/JPY", "2024-03-04", 7), ["EUR/USD 1.0846 2024-03-04 second:4", "USD/JPY 150.5 2024-03-04 second:3"]);
    assert_eq!(both.pairs().map(|pair| pair.to_string()).collect::<Vec<_>>(), ["USD/JPY", "EUR/USD"]);
}

/// Rule: a series so sparse that it has no index is searched, with the same answers.
#[test]
fn a_sparse_series_is_searched() {
    let table = table("1900-01-01,USD,GBP,0.2055\n2024-03-01,USD,GBP,0.7903");
    let rate = table.rate(pair("USD/GBP"), day("2024-02-29"), &within(u32::MAX)).unwrap();
    assert_eq!((rate.date(), rate.age_days()), (day("1900-01-01"), 45349));
}
