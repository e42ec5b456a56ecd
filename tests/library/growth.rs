//! Growth: policies for a base that is not positive, series without filled gaps, compound growth.

use tieout::{
    ArithmeticError, BasePolicy, CumulativeSeries, Decimal, ErrorKind, FiscalYear, Growth, Lag, Money, NotMeaningful, Period, Ratio,
    RoundingMode, Series, Swing, compound_annual_growth,
};

fn numbers(figures: &[(&str, i64)]) -> Result<Series, tieout::Error> {
    Series::of_numbers(figures.iter().map(|(period, figure)| (period.parse::<Period>().unwrap(), Decimal::from(*figure))))
}

#[track_caller]
fn assert_percent(growth: &Growth, expected: i64) {
    assert_eq!(growth.rate().expect("a rate").as_percent(), Ratio::from(expected));
}

/// Rule: a base that is not positive, or the other side of zero, has a growth only by a policy that says so; a base
/// of zero has none by any.
#[test]
fn each_policy_answers_for_every_sign() {
    use BasePolicy::{AbsoluteBase, NotMeaningful as Strict, Raw, SwingLabel};
    for (prior, current, reason, swing, absolute, raw) in [
        (-5, 4, NotMeaningful::NegativeBase, Swing::TurnedPositive, 180, -180),
        (-5, -4, NotMeaningful::NegativeBase, Swing::LossNarrowed, 20, -20),
        (-5, 0, NotMeaningful::NegativeBase, Swing::LossNarrowed, 100, -100),
        (-5, -5, NotMeaningful::NegativeBase, Swing::LossUnchanged, 0, 0),
        (-4, -5, NotMeaningful::NegativeBase, Swing::LossWidened, -25, 25),
        (4, -5, NotMeaningful::OppositeSigns, Swing::TurnedNegative, -225, -225),
    ] {
        assert_eq!(Strict.growth(prior, current), Growth::NotMeaningful(reason));
        assert_eq!(SwingLabel.growth(prior, current), Growth::Swing(swing));
        assert_percent(&AbsoluteBase.growth(prior, current), absolute);
        assert_percent(&Raw.growth(prior, current), raw);
    }
    for policy in [Strict, AbsoluteBase, Raw, SwingLabel] {
        assert_eq!(policy.growth(0, 4), Growth::NotMeaningful(NotMeaningful::ZeroBase));
        assert_eq!(policy.growth(0, -4), Growth::NotMeaningful(NotMeaningful::ZeroBase));
        assert_percent(&policy.growth(4, 5), 25);
        assert_percent(&policy.growth(4, 0), -100);
    }
}

/// Rule: a gap is never filled: the growth that needs the missing period is missing, and no other.
#[test]
fn a_gap_is_never_filled() {
    let series = numbers(&[("2023-01", 4), ("2023-02", 5), ("2023-04", 6), ("2023-05", 9)]).unwrap();
    let rows: Vec<_> = series.growth(Lag::months(1), BasePolicy::default()).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows.iter().map(|row| row.growth.is_some()).collect::<Vec<_>>(), [false, true, false, true]);
    assert_eq!(rows[2].prior_period.unwrap().to_string(), "2023-03");
    assert_percent(rows[3].growth.as_ref().unwrap(), 50);
    assert!(series.year_to_date("2023-05".parse().unwrap(), FiscalYear::CALENDAR).is_err());
}

/// Rule: a series has one currency, one length of period, one figure for each.
#[test]
fn a_series_is_of_one_kind() {
    let money = [("2023", "EUR 5"), ("2024", "USD 6")];
    let mixed = Series::of_money(money.map(|(period, money)| (period.parse().unwrap(), money.parse::<Money>().unwrap())));
    assert!(matches!(mixed.unwrap_err().kind(), ErrorKind::CurrencyMismatch { .. }));
    let lengths = numbers(&[("2023", 5), ("2024-Q1", 6)]).unwrap_err();
    assert_eq!(lengths.to_string(), "2024-Q1 is not as long as the other periods of the series");
    assert!(matches!(numbers(&[("2023", 5), ("2023", 5)]).unwrap_err().kind(), ErrorKind::DuplicatePeriod { .. }));
}

/// Rule: the year to date begins with the fiscal year, the trailing twelve months end with the period.
#[test]
fn sums_run_from_the_fiscal_year_or_over_twelve_months() {
    let months: Vec<(String, i64)> =
        (2022..=2023).flat_map(|year| (1..=12).map(move |month| (format!("{year}-{month:02}"), i64::from(year) * 100 + month))).collect();
    let figures: Vec<(&str, i64)> = months.iter().map(|(period, figure)| (period.as_str(), *figure)).collect();
    let series = numbers(&figures).unwrap();
    let april = FiscalYear::named_by_start(4).unwrap();
    let june: Period = "2023-06".parse().unwrap();
    assert_eq!(series.year_to_date(june, april).unwrap(), Decimal::from(3 * 202_300 + 4 + 5 + 6));
    assert_eq!(series.year_to_date(june, FiscalYear::CALENDAR).unwrap(), Decimal::from(6 * 202_300 + 21));
    assert_eq!(series.trailing_twelve_months(june).unwrap(), Decimal::from(6 * 202_200 + 57 + 6 * 202_300 + 21));
    assert!(series.trailing_twelve_months("2022-06".parse().unwrap()).is_err());
    let halves = numbers(&[("2023-H1", 5), ("2023-H2", 6)]).unwrap();
    assert_eq!(halves.trailing_twelve_months("2023-H2".parse().unwrap()).unwrap(), Decimal::from(11));
    // A half begins in July, not with a fiscal year of October.
    let october = FiscalYear::named_by_end(10).unwrap();
    assert!(halves.year_to_date("2023-H2".parse().unwrap(), october).is_err());
}

/// Rule: a fiscal quarter is held against the one a year before, also where it is no calendar quarter.
#[test]
fn fiscal_quarters_are_compared_year_over_year() {
    let retailer = FiscalYear::named_by_end(2).unwrap();
    let quarters = [(retailer.quarter(2023, 1).unwrap(), 8), (retailer.quarter(2024, 1).unwrap(), 10)];
    let series = Series::of_numbers(quarters.map(|(period, figure)| (period, Decimal::from(figure)))).unwrap();
    assert_eq!(quarters[1].0.to_string(), "2023-02-01..2023-04-30");
    assert_percent(&series.year_over_year(quarters[1].0, BasePolicy::default()).unwrap(), 25);
}

/// Rule: the years of a compound growth are those between, and only whole ones.
#[test]
fn compound_growth_counts_the_years_between() {
    let series = numbers(&[("2020-Q1", 1000), ("2021-Q1", 1100), ("2021-Q3", 1200), ("2023-Q1", 1331)]).unwrap();
    let period = |text: &str| text.parse::<Period>().unwrap();
    let growth = series.compound_annual_growth(period("2020-Q1")..=period("2023-Q1")).unwrap();
    assert_eq!(growth.periods(), 3);
    assert_eq!(growth.to_percent(2, RoundingMode::HalfUp).unwrap().value.to_string(), "10.00");
    let error = series.compound_annual_growth(period("2020-Q1")..=period("2021-Q3")).unwrap_err();
    assert_eq!(error.to_string(), "2021-Q3 is not whole years after 2020-Q1");
    assert!(series.compound_annual_growth(period("2023-Q1")..=period("2020-Q1")).is_err());
    assert!(series.compound_annual_growth(period("2020-Q1")..=period("2020-Q1")).is_err());
    assert!(compound_annual_growth(0, 5, 1).is_err() && compound_annual_growth(5, -1, 1).is_err());
    assert_eq!(compound_annual_growth(5, 0, 3).unwrap().to_percent(0, RoundingMode::HalfUp).unwrap().value.to_string(), "-100");
}

fn cumulative(figures: &[(&str, &str)], fiscal: FiscalYear) -> Result<CumulativeSeries, tieout::Error> {
    CumulativeSeries::of_money(figures.iter().map(|(period, money)| (period.parse().unwrap(), money.parse().unwrap())), fiscal)
}

/// Rule: the trailing twelve months are the year before, plus the year to date, less the year to date a year before; what
/// lacks is named and never taken for zero.
#[test]
fn trailing_twelve_months_follow_from_cumulative_figures() {
    let figures = [("2023-01-01..2023-09-30", "EUR 70.5"), ("2023", "EUR 100.25"), ("2024-01-01..2024-09-30", "EUR 84")];
    let series = cumulative(&figures, FiscalYear::CALENDAR).unwrap();
    let ttm =
        |text: &str| series.trailing_twelve_months(text.parse().unwrap()).map(|sum| sum.to_string()).map_err(|error| error.to_string());
    assert_eq!(ttm("2024-Q3"), Ok("113.75".to_owned()));
    assert_eq!(ttm("2023"), Ok("100.25".to_owned()));
    assert_eq!(ttm("2024-Q2"), Err("the series has no figure for 2024-H1".to_owned()));
    assert_eq!(ttm("2023-Q3"), Err("the series has no figure for 2022".to_owned()));
}

/// Rule: a single period is the difference of two years to date; the first of a fiscal year is its own.
#[test]
fn single_periods_are_differences_of_cumulative_figures() {
    let japan = FiscalYear::named_by_start(4).unwrap();
    let figures = [
        ("2023-Q2", "JPY 5"),
        ("2023-04-01..2023-09-30", "JPY 12"),
        ("2023-04-01..2023-12-31", "JPY 9"),
        ("2023-04-01..2024-03-31", "JPY 20"),
    ];
    let series = cumulative(&figures, japan).unwrap();
    let quarters = series.to_singles(Lag::quarters(1)).unwrap();
    let quarters: Vec<String> = quarters.iter().map(|(period, figure)| format!("{period} {figure}")).collect();
    assert_eq!(quarters, ["2023-Q2 5", "2023-Q3 7", "2023-Q4 -3", "2024-Q1 11"]);
    let with_a_gap = cumulative(&[figures[0], figures[2]], japan).unwrap();
    assert_eq!(with_a_gap.to_singles(Lag::quarters(1)).unwrap_err().to_string(), "the series has no figure for 2023-04-01..2023-09-30");
    assert!(series.single("2024-H1".parse().unwrap()).is_err(), "it lies in two fiscal years");
}

/// Rule: cumulative figures begin with their fiscal year, once each, in one currency.
#[test]
fn cumulative_figures_begin_with_the_fiscal_year() {
    let error = |figures: &[(&str, &str)]| cumulative(figures, FiscalYear::CALENDAR).unwrap_err().to_string();
    assert!(error(&[("2023-Q2", "EUR 5")]).starts_with("2023-Q2 is not"));
    assert!(error(&[("2023-01-01..2024-06-30", "EUR 5")]).contains("is not a part of one fiscal year"));
    assert_eq!(error(&[("2023-Q1", "EUR 5"), ("2023-Q1", "EUR 5")]), "two figures for 2023-Q1");
    assert_eq!(error(&[("2023-Q1", "EUR 5"), ("2023-H1", "USD 5")]), "amounts in EUR and USD cannot be mixed: convert one of them first");
}

/// Rule: what would not fit a memory is an error, not an attempt.
#[test]
fn powers_are_bounded() {
    let ten = Ratio::from(10);
    assert_eq!(ten.pow(300), Ok(Ratio::power_of_ten(300)));
    assert_eq!(ten.pow(u32::MAX), Err(ArithmeticError::Overflow));
    assert_eq!(Ratio::new(1, 10).unwrap().pow(u32::MAX), Err(ArithmeticError::Overflow));
    assert_eq!(Ratio::ONE.pow(u32::MAX), Ok(Ratio::ONE));
    assert_eq!(Ratio::ZERO.pow(u32::MAX), Ok(Ratio::ZERO));
    assert_eq!(&Ratio::power_of_ten(i16::MIN) * &Ratio::power_of_ten(i16::MAX), Ratio::power_of_ten(-1));
}

/// Rule: balance-sheet dates are a quarter and a year apart although their days differ.
#[test]
fn balance_sheet_dates_have_priors() {
    let figures = [("2023-03-31", 4), ("2023-06-30", 5), ("2022-06-30", 4)];
    let series = Series::of_numbers(figures.map(|(day, n)| (day.parse().unwrap(), Decimal::from(n)))).unwrap();
    let june = "2023-06-30".parse().unwrap();
    for growth in [series.quarter_over_quarter(june, BasePolicy::default()), series.year_over_year(june, BasePolicy::default())] {
        assert_eq!(growth.unwrap().rate().unwrap().as_percent(), Ratio::from(25));
    }
}
