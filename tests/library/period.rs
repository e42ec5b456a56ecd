//! The arithmetic of periods.

use proptest::prelude::*;
use tieout::{Date, FiscalYear, Lag, Period};

fn any_period() -> impl Strategy<Value = Period> {
    let day = (1900_i16..2200, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    prop_oneof![
        (1900_i16..2200).prop_map(|year| Period::year(year).unwrap()),
        (1900_i16..2200, 1_i8..=2).prop_map(|(year, half)| Period::half(year, half).unwrap()),
        (1900_i16..2200, 1_i8..=4).prop_map(|(year, quarter)| Period::quarter(year, quarter).unwrap()),
        (1900_i16..2200, 1_i8..=12).prop_map(|(year, month)| Period::month(year, month).unwrap()),
        (1900_i16..2200, 1_i8..=12, 1_u16..40).prop_map(|(year, month, count)| Period::whole_months(year, month, count).unwrap()),
        day.clone().prop_map(Period::day),
        (day, 0_i64..500).prop_map(|(from, days)| Period::range(from, from.saturating_add(jiff_days(days))).unwrap()),
    ]
}

fn jiff_days(days: i64) -> std::time::Duration {
    std::time::Duration::from_secs(days.unsigned_abs() * 86_400)
}

proptest! {
    #![proptest_config(super::cases(4_000))]

    /// A period is read back as it is written.
    #[test]
    fn a_period_is_read_back(period in any_period()) {
        prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
    }

    /// The next period begins the day after, and is as long in months where those are whole.
    #[test]
    fn the_next_period_begins_the_day_after(period in any_period()) {
        let next = period.next().unwrap();
        prop_assert_eq!(next.first_day(), period.last_day().tomorrow().unwrap());
        prop_assert!(period < next);
        prop_assert!(!period.contains(next.first_day()) && next.contains(next.last_day()));
    }

    /// A lag there and back leads to the same whole months.
    #[test]
    fn a_lag_there_and_back_is_the_same_period(period in any_period(), years in 1_u16..20) {
        if let Some(before) = period.before(Lag::years(years)) {
            let whole_months = period.first_day().day() == 1 && period.last_day() == period.last_day().last_of_month();
            if whole_months {
                prop_assert_eq!(before.after(Lag::years(years)), Some(period));
                prop_assert_eq!(before.first_day().month(), period.first_day().month());
                prop_assert_eq!(before.last_day(), before.last_day().last_of_month());
            }
            prop_assert!(before < period);
        }
    }

    /// The quarters of a fiscal year follow one another and fill it; so do its halves.
    #[test]
    fn fiscal_quarters_fill_the_fiscal_year(name in 1900_i16..2200, month in 1_i8..=12, by_end in any::<bool>()) {
        let fiscal = if by_end { FiscalYear::named_by_end(month) } else { FiscalYear::named_by_start(month) }.unwrap();
        let year = fiscal.year(name).unwrap();
        let quarters: Vec<Period> = (1..=4).map(|quarter| fiscal.quarter(name, quarter).unwrap()).collect();
        prop_assert_eq!((quarters[0].first_day(), quarters[3].last_day()), (year.first_day(), year.last_day()));
        prop_assert!(quarters.windows(2).all(|pair| pair[0].next() == Some(pair[1])));
        prop_assert_eq!(fiscal.half(name, 1).unwrap().next(), fiscal.half(name, 2));
        prop_assert_eq!(fiscal.first_day_for(year.last_day()), year.first_day());
        let named = if by_end { year.last_day() } else { year.first_day() };
        prop_assert_eq!(named.year(), name);
    }
}

/// Rule: nine months stay nine months a year before, also over a leap day.
#[test]
fn months_to_date_stay_whole_months() {
    let before = |text: &str| text.parse::<Period>().unwrap().before(Lag::years(1)).unwrap().to_string();
    assert_eq!(before("2025-01-01..2025-02-28"), "2024-01-01..2024-02-29");
    assert_eq!(before("2024-01-01..2024-09-30"), "2023-01-01..2023-09-30");
    assert_eq!(before("2024-02-29"), "2023-02-28");
}

/// Rule: the longest range there is is a period, and leads nowhere else.
#[test]
fn the_longest_range_is_a_period() {
    let all: Period = "0001-01-01..9999-12-31".parse().unwrap();
    assert_eq!(all.to_string(), "0001-01-01..9999-12-31");
    assert_eq!((all.next(), all.after(Lag::years(1))), (None, None));
    assert!(Period::year(9999).unwrap().next().is_none());
    assert!(Period::whole_months(9999, 12, 2).is_none() && Period::whole_months(2024, 1, 0).is_none());
}
