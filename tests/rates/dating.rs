//! Which published rates fit an interval.

use super::{day, pair, period, table};
use tieout::{Basis, Fit, Interval, Ratio};

fn closed(low: (i128, i128), high: (i128, i128)) -> Interval {
    Interval::closed(Ratio::new(low.0, low.1).unwrap(), Ratio::new(high.0, high.1).unwrap()).unwrap()
}

fn shown(fits: &[Fit]) -> Vec<String> {
    fits.iter().map(|fit| format!("{} {}", fit.basis, fit.period.map_or(fit.date.to_string(), |period| period.to_string()))).collect()
}

const ROWS: &str =
    "2024-03-01,EUR,USD,1.08\n2024-03-29,EUR,USD,1.10\n2024-04-02,EUR,USD,1.12\n2024-04-30,EUR,USD,1.06\n2024-05-02,EUR,USD,1.07";

/// Rule: daily rates, closings of months that are over, means of periods that are over; both ends count.
#[test]
fn every_basis_is_searched() {
    let history = table(ROWS).history(pair("EUR/USD"));
    assert_eq!(shown(&history.spot(&closed((107, 100), (110, 100)))), ["spot 2024-05-02", "spot 2024-03-29", "spot 2024-03-01"]);
    assert_eq!(shown(&history.closings(&closed((105, 100), (110, 100)))), ["closing 2024-04", "closing 2024-03"]);
    // Two days are no month: no average is searched over such a gap.
    assert!(history.averages(&closed((1, 1), (2, 1))).is_empty());
}

/// Rule: averages are of whole periods: every fifth day of two months, whose means are 1.09, so that the quarter up to
/// February, without January, has none.
#[test]
fn averages_are_searched_where_the_period_is_covered() {
    let rows: String = ["2024-02", "2024-03", "2024-04"]
        .iter()
        .flat_map(|month| {
            [1, 6, 11, 16, 21, 26].map(|day| format!("{month}-{day:02},EUR,USD,1.{}\n", if day % 2 == 0 { "08" } else { "10" }))
        })
        .collect();
    let history = table(&(rows + "2024-05-01,EUR,USD,1.5")).history(pair("EUR/USD"));
    assert_eq!(shown(&history.averages(&closed((109, 100), (109, 100)))), ["average 2024-04", "average 2024-03", "average 2024-02"]);
    assert!(history.averages(&closed((1_090_001, 1_000_000), (2, 1))).is_empty());
}

/// Rule: the candidates of a document: its day and ten days before, newest first, then the period's closing and mean.
#[test]
fn the_candidates_of_a_document() {
    let table = table(ROWS);
    let fits = table.candidates(pair("USD/EUR"), Some(day("2024-04-05")), Some(period("2024-03")));
    assert_eq!(shown(&fits), ["spot 2024-04-02", "spot 2024-03-29", "closing 2024-03"]);
    assert_eq!(fits[0].rate, Ratio::new(100, 112).unwrap());
    assert_eq!(fits[2].basis, Basis::Closing);
    assert_eq!(fits[2].date, day("2024-03-29"));
    assert!(table.candidates(pair("USD/KES"), Some(day("2024-04-05")), Some(period("2024-03"))).is_empty());
}

/// Rule: the last fit before a day, not of it.
#[test]
fn the_last_fit_before_a_day() {
    let table = table(ROWS);
    let last = |before: &str, interval| table.last_fit(pair("EUR/USD"), day(before), &interval).map(|fit| fit.date.to_string());
    assert_eq!(last("2024-05-02", closed((107, 100), (111, 100))).as_deref(), Some("2024-03-29"));
    assert_eq!(last("2024-05-03", closed((107, 100), (111, 100))).as_deref(), Some("2024-05-02"));
    assert_eq!(last("2024-05-03", closed((2, 1), (3, 1))), None);
}

/// Rule: what an office publishes for a period is searched too.
#[test]
fn published_averages_and_closings_fit() {
    let bis = super::read("bis.csv").history(pair("USD/JPY"));
    assert_eq!(shown(&bis.fits(&closed((149, 1), (152, 1)))), ["closing 2024-Q1", "average 2024-03"]);
}

/// The running sums, cut off, decide what they can; the exact mean decides the rest. Every month, quarter, half and year
/// of 27 years: an interval that ends at the very mean holds it, one that stops short by 10^-30 does not.
#[cfg(feature = "ecb")]
#[test]
fn means_at_the_very_end_of_an_interval_are_told_exactly() {
    let history = tieout::RateTable::ecb().history(pair("USD/CNY"));
    let all = history.averages(&Interval::closed(Ratio::ONE, Ratio::from(100)).unwrap());
    assert!(all.len() > 400, "{}", all.len());
    let hair = Ratio::power_of_ten(-30);
    for fit in all.iter().filter(|fit| fit.period.is_some_and(|period| period.to_string().len() == 7)).step_by(17) {
        let holds = |low: Ratio, high: Ratio| history.averages(&Interval::closed(low, high).unwrap()).contains(fit);
        assert!(holds(fit.rate.clone(), &fit.rate + &Ratio::ONE));
        assert!(holds(&fit.rate - &Ratio::ONE, fit.rate.clone()));
        assert!(!holds(&fit.rate + &hair, &fit.rate + &Ratio::ONE));
        assert!(!holds(&fit.rate - &Ratio::ONE, &fit.rate - &hair));
    }
}
