//! Year over year, quarter over quarter, to date and over twelve months, from one table of quarters.
//!
//! `cargo run --example series`

use tieout::{BasePolicy, FiscalYear, Lag, Money, Period, Precision, Result, RoundingMode, Series};

fn main() -> Result<()> {
    let quarters = [
        ("2022-Q1", "USD 68011"),
        ("2022-Q2", "USD 69685"),
        ("2022-Q3", "USD 69092"),
        ("2022-Q4", "USD 76048"),
        ("2023-Q1", "USD 69787"),
        ("2023-Q2", "USD 74604"),
        ("2023-Q3", "USD 76693"),
        ("2023-Q4", "USD 86310"),
    ];
    let figures = quarters.iter().map(|(period, amount)| Ok((period.parse::<Period>()?, amount.parse::<Money>()?)));
    let revenue = Series::of_money(figures.collect::<Result<Vec<_>>>()?)?;

    for row in revenue.growth(Lag::years(1), BasePolicy::default()) {
        let percent = row.growth.as_ref().and_then(|growth| growth.rate()).map(|rate| rate.as_percent());
        let shown = percent.map(|percent| percent.round(Precision::Decimals(1), RoundingMode::HalfUp)).transpose()?;
        println!("{}  {:>6}  {}", row.period, row.current, shown.map_or_else(|| "no prior".into(), |p| format!("{}%", p.value)));
    }

    let last: Period = "2023-Q4".parse()?;
    let quarter = revenue.quarter_over_quarter(last, BasePolicy::default())?;
    let percent = quarter.rate().map(|rate| rate.as_percent().round(Precision::Decimals(1), RoundingMode::HalfUp)).transpose()?;
    println!("quarter over quarter: {}%", percent.map_or_else(String::new, |p| p.value.to_string()));
    println!("2023 to date: {}", revenue.year_to_date(last, FiscalYear::CALENDAR)?);
    assert_eq!(revenue.trailing_twelve_months("2023-Q3".parse()?)?.to_string(), "297132");
    assert_eq!(revenue.year_to_date(last, FiscalYear::CALENDAR)?.to_string(), "307394");
    Ok(())
}
