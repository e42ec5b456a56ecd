//! Averages by their names, and those that a source publishes.

use super::{pair, period, read, table};
use tieout::{AverageMethod, Ratio};

const CROSS: &str =
    "2024-03-01,EUR,USD,1.08\n2024-03-01,EUR,JPY,162\n2024-03-04,EUR,USD,1.25\n2024-03-04,EUR,JPY,175\n2024-03-05,EUR,JPY,180";

/// USD/JPY of two days: 162 ÷ 1.08 = 150 and 175 ÷ 1.25 = 140; the third has no dollar.
#[test]
fn the_mean_is_of_daily_crosses() {
    let mean = table(CROSS).average(pair("USD/JPY"), period("2024-03")).unwrap();
    assert_eq!((mean.value, mean.days), (Ratio::from(145), 2));
}

/// (162 + 175 + 180) ÷ 3 against (1.08 + 1.25) ÷ 2, and 2 ÷ (1/150 + 1/140).
#[test]
fn cross_of_means_and_harmonic_mean() {
    let by = |method| table(CROSS).average_by(pair("USD/JPY"), period("2024-03"), method).unwrap();
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
    assert_eq!(error.to_string(), "no rate EUR/JPY for 2024-05 within 30 days; the last is of 2024-03-05");
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
    assert_eq!(table.average(pair("USD/JPY"), period("2024-03")).unwrap().value, mean);
}
