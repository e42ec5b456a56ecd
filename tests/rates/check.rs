//! What a check finds, and what it leaves alone.

use super::table;
use tieout::{Duplicates, RateTable, ReadOptions};

/// A row a weekday from 1 March 2024 on.
fn rows(base: &str, quote: &str, rates: &[&str]) -> String {
    let days = (1..).map(|day| format!("2024-{:02}-{:02}", 3 + day / 28, 1 + day % 28));
    let rows: Vec<String> = days.zip(rates).map(|(day, rate)| format!("{day},{base},{quote},{rate}")).collect();
    rows.join("\n")
}

fn findings(table: &RateTable) -> Vec<String> {
    table.check().iter().map(ToString::to_string).collect()
}

/// Rule: a factor of ten, hundred or thousand, an inverse, and what none of these explains.
#[test]
fn a_rate_that_does_not_belong_to_its_neighbours() {
    let found = findings(&table(&rows("USD", "VND", &["24650", "246.6", "24680", "24690000", "24700"])));
    assert_eq!(
        found,
        [
            "USD/VND: 246.6 on 2024-03-03 (line 3) looks 100 times too low beside 24650 on 2024-03-02 (line 2)",
            "USD/VND: 24690000 on 2024-03-05 (line 5) looks 1000 times too high beside 24680 on 2024-03-04 (line 4)",
        ]
    );
    let found = findings(&table(&rows("USD", "RUB", &["27.5", "76.1", "27.6", "0.0363", "27.7"])));
    assert_eq!(
        found,
        [
            "USD/RUB: 76.1 on 2024-03-03 (line 3) is far from 27.5 on 2024-03-02 (line 2)",
            "USD/RUB: 0.0363 on 2024-03-05 (line 5) looks inverted beside 27.6 on 2024-03-04 (line 4)",
        ]
    );
}

/// Rule: a level that lasts is the new level (a redenomination, a devaluation), told once.
#[test]
fn a_level_that_lasts_is_taken() {
    let found = findings(&table(&rows("USD", "EGP", &["30.9", "49.5", "49.6", "49.4", "49.3", "49.2", "49.1", "49.0", "48.9"])));
    assert_eq!(found, ["USD/EGP: 49.5 on 2024-03-03 (line 3) is far from 30.9 on 2024-03-02 (line 2)"]);
}

/// Rule: two columns that change places are one finding.
#[test]
fn swapped_columns_are_one_finding() {
    let csv = "Date,USD,JPY,\n2024-03-05,1.0849,162.9,\n2024-03-04,163.1,1.0846,\n2024-03-01,1.0813,162.6,\n";
    let found = findings(&RateTable::read(csv.as_bytes(), "hist.csv").unwrap());
    assert_eq!(found, ["EUR/USD: 163.1 on 2024-03-04 (line 3) looks swapped with EUR/JPY"]);
}

/// Rule: a gap is longer than a week and than the series' own step; a month's series has none.
#[test]
fn gaps() {
    let found = findings(&table("2024-03-01,EUR,USD,1.08\n2024-03-04,EUR,USD,1.09\n2024-03-14,EUR,USD,1.09\n2024-03-15,EUR,USD,1.10"));
    assert_eq!(found, ["EUR/USD: no rate between 2024-03-04 and 2024-03-14, 10 days"]);
    assert!(findings(&table("2024-01-31,EUR,USD,1.08\n2024-02-29,EUR,USD,1.09\n2024-03-29,EUR,USD,1.10")).is_empty());
}

/// Rule: ten equal rates in a row are a stale run, unless the currency is pegged.
#[test]
fn stale_runs() {
    let mut rates: Vec<String> = (0..20).map(|n| format!("7.{}", 1000 + n)).collect();
    rates.extend(std::iter::repeat_n("7.2".to_owned(), 12));
    let moving: Vec<&str> = rates.iter().map(String::as_str).collect();
    let found = findings(&table(&rows("USD", "CNY", &moving)));
    assert_eq!(found, ["USD/CNY: 7.2 on 12 days in a row, 2024-03-22 to 2024-04-05"]);
    assert!(findings(&table(&rows("USD", "AED", &["3.6725"; 30]))).is_empty());
}

/// Rule: duplicates are found where a policy lets them in, equal ones always.
#[test]
fn duplicates() {
    let csv =
        "date,base,quote,rate\n2024-03-01,USD,JPY,150.1\n2024-03-01,USD,JPY,150.2\n2024-03-04,USD,JPY,150.3\n2024-03-04,USD,JPY,150.3\n";
    let options = ReadOptions::default().with_duplicates(Duplicates::First);
    let found = findings(&RateTable::read_with(csv.as_bytes(), "x.csv", &options).unwrap());
    assert_eq!(
        found,
        [
            "USD/JPY: 2024-03-01 is given as 150.1 (line 2) and again as 150.2 (line 3)",
            "USD/JPY: 150.3 on 2024-03-04 stands on line 4 and again on line 5",
        ]
    );
}

/// Rule: a pair that is published both ways must agree with itself.
#[test]
fn a_direction_slip_in_one_of_two_directions() {
    let agree = "2024-03-04,GBP,USD,1.2682\n2024-03-04,USD,GBP,0.7885";
    assert!(findings(&table(agree)).is_empty());
    let found = findings(&table("2024-03-01,USD,JPY,150.1\n2024-03-01,JPY,USD,150.1"));
    assert_eq!(found, ["USD/JPY: 150.1 on 2024-03-01 (line 2) is not the inverse of JPY/USD: 150.1 on 2024-03-01 (line 3)"]);
}

/// Rule: a series that is wrong from end to end is held against another table: inverted, per hundred, another currency's.
#[test]
fn whole_series_against_another_table() {
    let theirs = table("2024-03-01,EUR,USD,1.08\n2024-03-01,EUR,JPY,162\n2024-03-04,EUR,USD,1.09\n2024-03-04,EUR,JPY,163");
    let compared = |rows: &str| table(rows).compare(&theirs).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(compared("2024-03-01,USD,JPY,149.1\n2024-03-04,JPY,EUR,0.0062\n2024-03-05,EUR,JPY,1.6\n2024-03-01,EUR,SEK,1.1").is_empty());
    assert_eq!(
        compared("2024-03-01,USD,EUR,1.081\n2024-03-04,USD,EUR,1.091\n2024-03-01,JPY,USD,0.667\n2024-03-01,EUR,JPY,1.08"),
        [
            "USD/EUR: 1.081 on 2024-03-01 (line 2) looks inverted beside 0.925925926 of rates.csv, and so on 2 times until 2024-03-04 (line 3)",
            "JPY/USD: 0.667 on 2024-03-01 (line 4) looks 100 times too high beside 0.00666666667 of rates.csv",
            "EUR/JPY: 1.08 on 2024-03-01 (line 5) is far from 162 of rates.csv",
        ]
    );
    // Near one: 1.0 for 1.08 is far, but not its inverse; 1.02 for 0.98 would be no farther than a day's move.
    assert!(compared("2024-03-01,EUR,USD,1.0").is_empty());
    let parity = table("2024-03-01,EUR,CHF,0.96");
    let inverted = table("2024-03-01,EUR,CHF,1.042").compare(&parity);
    assert_eq!(inverted[0].to_string(), "EUR/CHF: 1.042 on 2024-03-01 (line 2) looks inverted beside 0.96 of rates.csv");
    assert_eq!(
        compared("2024-03-01,USD,JPY,0.0067\n2024-03-04,USD,JPY,0.0066"),
        ["USD/JPY: 0.0067 on 2024-03-01 (line 2) looks inverted beside 150 of rates.csv, and so on 2 times until 2024-03-04 (line 3)"]
    );
}

/// Rule: rates after a currency's last day are one finding: Germany's mark ended in 1998, Croatia's kuna in 2022; a rate of
/// the last day itself is none.
#[test]
fn rates_after_the_end_of_a_currency() {
    let found =
        findings(&table("1998-12-31,USD,DEM,1.6730\n1999-01-04,USD,DEM,1.6591\n1999-01-05,USD,DEM,1.6598\n1999-01-06,USD,DEM,1.6691"));
    let rest = "and so on 3 times until 1999-01-06 (line 5)";
    assert_eq!(found, [format!("USD/DEM: 1.6591 on 1999-01-04 (line 3) is after the last day of DEM, 1998-12-31, {rest}")]);
    let found = findings(&table("2022-12-30,EUR,HRK,7.5365\n2023-01-02,EUR,HRK,7.5345"));
    assert_eq!(found, ["EUR/HRK: 7.5345 on 2023-01-02 (line 3) is after the last day of HRK, 2022-12-31"]);
    assert!(findings(&table("2022-12-30,EUR,HRK,7.5365\n2022-12-31,EUR,HRK,7.5345")).is_empty());
}

/// Rule: averages and closings of periods are held against what follows from the other table's days.
#[cfg(feature = "ecb")]
#[test]
fn averages_against_another_table() {
    let header = "Country,Unit Of Currency,Currency Code,Sterling value of Currency Unit £,Currency Units per £1\n";
    let swapped = format!("{header}USA,Dollar,USD,0.7824,1.2781\nJapan,Yen,JPY,193.4,0.0052\n");
    let table = RateTable::read(swapped.as_bytes(), "average-2024-12.csv").unwrap();
    let found: Vec<String> = table.compare(RateTable::ecb()).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["GBP/JPY: 0.0052 on 2024-12-31 (line 3) looks inverted beside 193.564624 of ECB"]);
}

/// The embedded history: one hole (Iceland's crisis) and one jump (the lira floated on 22 February 2001), and no slip.
#[cfg(feature = "ecb")]
#[test]
fn the_embedded_history_has_one_hole_one_jump_and_no_slip() {
    let found = findings(RateTable::ecb());
    let gaps: Vec<&String> = found.iter().filter(|finding| finding.contains("no rate between")).collect();
    assert_eq!(gaps, ["EUR/ISK: no rate between 2008-12-09 and 2018-02-01, 3341 days"]);
    let slips: Vec<&String> =
        found.iter().filter(|f| ["looks", "far from", "again", "inverse"].iter().any(|word| f.contains(word))).collect();
    assert_eq!(slips, ["EUR/TRL: 1050000 on 2001-02-22 (line 6576) is far from 624367 on 2001-02-21 (line 6577)"]);
}
