//! Averages by their names, and those that a source publishes.

use super::{pair, period, read, table};
use tieout::{AverageMethod, Ratio};

const CROSS: &str =
    "2024-03-01,EUR,USD,1.08\n2024-03-01,EUR,JPY,162\n2024-03-04,EUR,USD,1.25\n2024-03-04,EUR,JPY,175\n2024-03-05,EUR,JPY,180";

/// However few days of a month the small tables here have.
const SPARSE: u32 = 31;

/// USD/JPY of two days: 162 ÷ 1.08 = 150 and 175 ÷ 1.25 = 140; the third has no dollar.
#[test]
fn the_mean_is_of_daily_crosses() {
    let mean = table(CROSS).average_within(pair("USD/JPY"), period("2024-03"), AverageMethod::MeanOfDailies, SPARSE).unwrap();
    assert_eq!((mean.value, mean.days), (Ratio::from(145), 2));
}

/// (162 + 175 + 180) ÷ 3 against (1.08 + 1.25) ÷ 2, and 2 ÷ (1/150 + 1/140).
#[test]
fn cross_of_means_and_harmonic_mean() {
    let by = |method| table(CROSS).average_within(pair("USD/JPY"), period("2024-03"), method, SPARSE).unwrap();
    let cross = by(AverageMethod::CrossOfMeans);
    assert_eq!((cross.value, cross.days), (Ratio::new(517 * 2 * 100, 3 * 233).unwrap(), 2));
    assert_eq!(by(AverageMethod::Harmonic).value, Ratio::new(2 * 150 * 140, 290).unwrap());
}

/// Rule: a published average is used when it is asked for, in either direction, for its very period.
#[test]
fn a_published_average_is_used_when_asked_for() {
    let bis = read("bis.csv");
    let official = bis.average_by(pair("USD/JPY"), period("2024-03"), AverageMethod::Published).unwrap();
    assert_eq!((official.value.to_decimal().unwrap().to_string().as_str(), official.days), ("149.778", 0));
    assert_eq!((official.source.as_ref(), official.published.unwrap().line), ("BIS", 6));
    let inverse = bis.average_by(pair("JPY/USD"), period("2024-03"), AverageMethod::Published).unwrap();
    assert_eq!(inverse.value, Ratio::new(1000, 149_778).unwrap());
    assert!(bis.average_by(pair("USD/JPY"), period("2024-Q1"), AverageMethod::Published).is_err());
    assert!(bis.average(pair("USD/JPY"), period("2024-03")).is_err(), "no daily rates: nothing is taken for them");
}

/// Rule: a period without a rate has no average, and the nearest days are named.
#[test]
fn a_period_without_a_rate_has_no_average() {
    let error = table(CROSS).average(pair("EUR/JPY"), period("2024-05")).unwrap_err();
    assert_eq!(error.to_string(), "no rate EUR/JPY for 2024-05 within 7 days; the last is of 2024-03-05");
    assert_eq!(
        table(CROSS).average(pair("EUR/KES"), period("2024-03")).unwrap_err().to_string(),
        "the rate table has no KES: it cannot give EUR/KES"
    );
}

/// Rule: more digits than 128 bits hold are averaged as exactly.
#[test]
fn wide_digits_are_averaged_exactly() {
    let rows = "2024-03-01,EUR,USD,1.000000000000000000000000001\n2024-03-01,EUR,JPY,150.0000000000000000000000003\n2024-03-04,EUR,USD,1.000000000000000000000000003\n2024-03-04,EUR,JPY,151.0000000000000000000000007";
    let table = table(rows);
    let days: Vec<Ratio> =
        ["2024-03-01", "2024-03-04"].map(|on| table.rate(pair("USD/JPY"), super::day(on), &super::within(0)).unwrap().value()).to_vec();
    let mean = (&days[0] + &days[1]).checked_div(&Ratio::from(2)).unwrap();
    let average = table.average_within(pair("USD/JPY"), period("2024-03"), AverageMethod::MeanOfDailies, SPARSE).unwrap();
    assert_eq!(average.value, mean);
}

/// Rule: a mean that leaves out more days in a row than a lookup would bridge is no average of the period: the first day
/// that no rate serves is named, and a wider gap is allowed by name only.
#[test]
fn an_average_over_a_hole_is_refused() {
    let days =
        |month: u32, days: &[u32]| days.iter().map(move |day| format!("2024-{month:02}-{day:02},USD,JPY,15{day}\n")).collect::<String>();
    let whole = days(3, &[1, 4, 8, 12, 18, 22, 26, 29]);
    let average = |rows: &str| table(rows).average(pair("JPY/USD"), period("2024-03")).map(|mean| (mean.days, mean.longest_gap_days));
    assert_eq!(average(&whole).unwrap(), (8, 5));
    let refused = [
        (
            days(3, &[1, 4, 8, 22, 26, 29]),
            "no rate JPY/USD for 2024-03-16, a day of 2024-03, within 7 days; the nearest are of 2024-03-08 and 2024-03-22",
        ),
        (days(3, &[1, 4, 8, 12, 18]), "no rate JPY/USD for 2024-03-26, a day of 2024-03, within 7 days; the last is of 2024-03-18"),
        (days(3, &[12, 18, 22, 26, 29]), "no rate JPY/USD for 2024-03-08, a day of 2024-03, within 7 days; the first is of 2024-03-12"),
    ];
    for (rows, message) in refused {
        assert_eq!(average(&rows).unwrap_err().to_string(), message);
        let allowed = table(&rows).average_within(pair("JPY/USD"), period("2024-03"), AverageMethod::CrossOfMeans, 13).unwrap();
        assert!((8..=13).contains(&allowed.longest_gap_days), "{}", allowed.longest_gap_days);
    }
}

/// Rule: an average is of one source, the first that covers the period, and its days are those of that source.
#[test]
fn an_average_is_of_one_source() {
    let ours = table("2024-03-01,USD,JPY,100");
    let rows: String = (1..=31).map(|day| format!("2024-03-{day:02},USD,JPY,150\n")).collect();
    let theirs = tieout::RateTable::read(format!("date,base,quote,rate\n{rows}").as_bytes(), "theirs.csv").unwrap();
    let both = ours.with_fallback(theirs);
    let mean = both.average(pair("USD/JPY"), period("2024-03")).unwrap();
    assert_eq!((mean.value.clone(), mean.days, mean.source.as_ref()), (Ratio::from(150), 31, "theirs.csv"));
    assert!(both.days_of(&mean).iter().all(|rate| rate.legs().all(|leg| leg.source == "theirs.csv")));
}

/// Rule: a closing rate is near the end of its period; where there are no daily ones, it is the one that is published.
#[test]
fn a_closing_rate_is_near_the_end_or_published() {
    let bis = read("bis.csv");
    let closing = bis.closing(pair("JPY/USD"), period("2024-Q1")).unwrap();
    assert_eq!(super::legs(&closing), ["USD/JPY 151.41 2024-03-31 BIS:7"]);
    assert_eq!(closing.value(), Ratio::new(100, 15141).unwrap());
    let early = table("2024-03-01,USD,JPY,150.1");
    let error = early.closing(pair("USD/JPY"), period("2024-03")).unwrap_err();
    assert_eq!(error.to_string(), "no rate USD/JPY for 2024-03-31 within 7 days; the last is of 2024-03-01");
    assert_eq!(early.closing_within(pair("USD/JPY"), period("2024-03"), 30).unwrap().date(), super::day("2024-03-01"));
}

/// Rule: the days of a pair are found however far apart they are; a legal ratio serves from its first day on.
#[test]
fn the_days_of_a_pair_may_be_centuries_apart() {
    let table = table("0001-01-01,EUR,USD,1.1\n2023-01-02,EUR,USD,1.0683\n9999-12-30,EUR,USD,1.2");
    let days = |of: &str, from: &str, to: &str| {
        table.daily(pair(of), super::day(from), super::day(to)).map(|rate| rate.asked().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(days("USD/EUR", "0001-01-01", "9999-12-31"), ["0001-01-01", "2023-01-02", "9999-12-30"]);
    assert_eq!(days("EUR/HRK", "2022-12-30", "2023-01-02"), ["2023-01-01", "2023-01-02"]);
    assert_eq!(days("USD/HRK", "2022-12-30", "2023-01-05"), ["2023-01-02"]);
    let hmrc = read("hmrc-monthly.xml");
    assert_eq!(hmrc.daily(pair("GBP/AED"), super::day("2025-07-30"), super::day("2025-09-03")).count(), 31);
}
