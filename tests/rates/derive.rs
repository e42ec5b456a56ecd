//! What one currency costs in another: which chain serves, and from which legs.

use super::{day, legs, pair, refusal, table, within};
use tieout::{Lookup, RateTable, Ratio};

#[track_caller]
fn assert_legs(rows: &str, of: &str, on: &str, expected: &[&str]) {
    let table = table(rows);
    let rate = table.rate(pair(of), day(on), &Lookup::default()).unwrap();
    assert_eq!(legs(&rate), expected);
}

/// Rule: published before derived, even if what could be derived is newer.
#[test]
fn a_published_rate_goes_before_any_derived_one() {
    let rows = "2024-03-01,USD,CNY,7.1971\n2024-03-04,CNY,USD,0.13890\n2024-03-04,EUR,USD,1.0846\n2024-03-04,EUR,CNY,7.8093";
    assert_legs(rows, "USD/CNY", "2024-03-04", &["USD/CNY 7.1971 2024-03-01 rates.csv:2"]);
}

/// Rule: of what can be derived, the newest legs; an inverse and a cross of one day: the shorter.
#[test]
fn the_newest_legs_go_before_old_ones_then_the_shortest() {
    let old_inverse = "2024-03-01,CNY,USD,0.13894\n2024-03-04,EUR,USD,1.0846\n2024-03-04,EUR,CNY,7.8093";
    assert_legs(old_inverse, "USD/CNY", "2024-03-04", &["EUR/USD 1.0846 2024-03-04 rates.csv:3", "EUR/CNY 7.8093 2024-03-04 rates.csv:4"]);
    let same_day = "2024-03-04,CNY,USD,0.13890\n2024-03-04,EUR,USD,1.0846\n2024-03-04,EUR,CNY,7.8093";
    assert_legs(same_day, "USD/CNY", "2024-03-04", &["CNY/USD 0.13890 2024-03-04 rates.csv:2"]);
    let two_pivots = "2024-03-01,EUR,USD,1.0813\n2024-03-04,EUR,CNY,7.8093\n2024-03-04,GBP,USD,1.2682\n2024-03-04,GBP,CNY,9.1273";
    assert_legs(two_pivots, "USD/CNY", "2024-03-04", &["GBP/USD 1.2682 2024-03-04 rates.csv:4", "GBP/CNY 9.1273 2024-03-04 rates.csv:5"]);
}

/// Rule: of equals the one that comes first in the table, whichever end is searched from.
#[test]
fn of_equal_chains_the_first_in_the_table_serves() {
    let rows = "2024-03-04,GBP,USD,1.2682\n2024-03-04,EUR,USD,1.0846\n2024-03-04,EUR,CNY,7.8093\n2024-03-04,GBP,CNY,9.1273\n2024-03-04,USD,JPY,150.5";
    assert_legs(rows, "USD/CNY", "2024-03-04", &["GBP/USD 1.2682 2024-03-04 rates.csv:2", "GBP/CNY 9.1273 2024-03-04 rates.csv:5"]);
}

/// Rule: of two directions of a leg that are equally new, the one that leads from base to quote, whichever end is searched
/// from: here the quote has one neighbour and the base two.
#[test]
fn a_leg_leads_from_base_to_quote_where_both_directions_are_published() {
    let rows = "2024-03-04,EUR,USD,1.0846\n2024-03-04,CNY,EUR,0.12806\n2024-03-04,EUR,CNY,7.8093\n2024-03-04,USD,JPY,150.5";
    assert_legs(rows, "USD/CNY", "2024-03-04", &["EUR/USD 1.0846 2024-03-04 rates.csv:2", "EUR/CNY 7.8093 2024-03-04 rates.csv:4"]);
    assert_legs(rows, "CNY/USD", "2024-03-04", &["CNY/EUR 0.12806 2024-03-04 rates.csv:3", "EUR/USD 1.0846 2024-03-04 rates.csv:2"]);
}

/// Rule: a longer chain serves where there is no shorter one, or where its legs are newer.
#[test]
fn a_longer_chain_serves_where_it_must() {
    let rows = "2024-03-04,EUR,USD,1.0846\n2024-03-04,GBP,USD,1.2682\n2024-03-04,GBP,KES,182.9\n2024-03-04,EUR,CNY,7.8093";
    assert_legs(
        rows,
        "KES/CNY",
        "2024-03-05",
        &[
            "GBP/KES 182.9 2024-03-04 rates.csv:4",
            "GBP/USD 1.2682 2024-03-04 rates.csv:3",
            "EUR/USD 1.0846 2024-03-04 rates.csv:2",
            "EUR/CNY 7.8093 2024-03-04 rates.csv:5",
        ],
    );
    let newer = "2024-03-01,USD,KES,144.1\n2024-03-04,USD,GBP,0.78852\n2024-03-04,GBP,EUR,1.1693\n2024-03-04,EUR,CNY,7.8093\n2024-03-01,KES,CNY,0.04994";
    assert_legs(
        newer,
        "USD/CNY",
        "2024-03-04",
        &["USD/GBP 0.78852 2024-03-04 rates.csv:3", "GBP/EUR 1.1693 2024-03-04 rates.csv:4", "EUR/CNY 7.8093 2024-03-04 rates.csv:5"],
    );
    let table = table(rows);
    let there = table.rate(pair("KES/CNY"), day("2024-03-04"), &within(0)).unwrap().value();
    let back = table.rate(pair("CNY/KES"), day("2024-03-04"), &within(0)).unwrap().value();
    assert_eq!(&there * &back, Ratio::ONE);
}

/// Rule: a cross has the date of its older leg, and both must be recent enough.
#[test]
fn a_cross_is_as_old_as_its_older_leg() {
    let table = table("2024-03-01,EUR,USD,1.0813\n2024-03-04,EUR,CNY,7.8093");
    let rate = table.rate(pair("USD/CNY"), day("2024-03-05"), &within(4)).unwrap();
    assert_eq!((rate.date(), rate.age_days()), (day("2024-03-01"), 4));
    let error = table.rate(pair("USD/CNY"), day("2024-03-05"), &within(3)).unwrap_err();
    assert_eq!(error.to_string(), "no rate USD/CNY for 2024-03-05 within 3 days; the last is of 2024-03-01");
}

/// Rule: from the day after its end a currency is its legal ratio of the successor, before any older rate, whatever the
/// age; until then its published rate serves.
#[test]
fn an_ended_currency_converts_at_its_legal_ratio() {
    let rows = "2022-12-30,EUR,HRK,7.5365\n2022-12-30,EUR,USD,1.0666\n2023-01-02,EUR,USD,1.0683";
    assert_legs(rows, "EUR/HRK", "2022-12-31", &["EUR/HRK 7.5365 2022-12-30 rates.csv:2"]);
    assert_legs(rows, "EUR/HRK", "2023-01-01", &["EUR/HRK 7.53450 2023-01-01 legal conversion rate:0"]);
    assert_legs(rows, "HRK/EUR", "2031-05-05", &["EUR/HRK 7.53450 2031-05-05 legal conversion rate:0"]);
    assert_legs(
        rows,
        "HRK/USD",
        "2023-01-03",
        &["EUR/HRK 7.53450 2023-01-03 legal conversion rate:0", "EUR/USD 1.0683 2023-01-02 rates.csv:4"],
    );
    assert_legs(
        rows,
        "USD/HRK",
        "2023-01-03",
        &["EUR/USD 1.0683 2023-01-02 rates.csv:4", "EUR/HRK 7.53450 2023-01-03 legal conversion rate:0"],
    );
}

/// Rule: the law needs no table, and takes several steps where there were several reforms.
#[test]
fn the_law_needs_no_table() {
    let none = RateTable::default();
    let rate = none.rate(pair("DEM/FRF"), day("2001-05-05"), &Lookup::default()).unwrap();
    assert_eq!(legs(&rate), ["EUR/DEM 1.95583 2001-05-05 legal conversion rate:0", "EUR/FRF 6.55957 2001-05-05 legal conversion rate:0"]);
    assert_eq!(rate.value(), Ratio::new(655_957, 195_583).unwrap());
    let twice = none.rate(pair("BGL/EUR"), day("2026-02-01"), &Lookup::default()).unwrap();
    assert_eq!(twice.value(), Ratio::new(100_000, 195_583_000).unwrap());
}

/// Rule: a currency in itself costs one, without a table and without legs.
#[test]
fn a_currency_in_itself_costs_one() {
    let none = RateTable::default();
    let rate = none.rate(pair("CHF/CHF"), day("2024-03-01"), &within(0)).unwrap();
    assert_eq!((rate.value(), rate.legs().len(), rate.date()), (Ratio::ONE, 0, day("2024-03-01")));
}

/// Rule: what a table does not hold is said, and so are the nearest days of what it holds.
#[test]
fn what_is_missing_is_said() {
    let table = table("2024-03-01,EUR,USD,1.0813\n2024-03-20,EUR,USD,1.0844");
    let ask = |of: &str, on: &str| table.rate(pair(of), day(on), &Lookup::default()).unwrap_err().to_string();
    assert_eq!(ask("EUR/JPY", "2024-03-01"), "the rate table has no JPY: it cannot give EUR/JPY");
    assert_eq!(ask("USD/EUR", "2024-03-12"), "no rate USD/EUR for 2024-03-12 within 7 days; the nearest are of 2024-03-01 and 2024-03-20");
    assert_eq!(ask("EUR/USD", "2024-02-01"), "no rate EUR/USD for 2024-02-01 within 7 days; the first is of 2024-03-01");
    assert!(refusal(b"date,base,quote,rate\n2024-03-01,EUR,USD,\xff\n", "x.csv").starts_with("x.csv:2:4: expected a rate"));
}
