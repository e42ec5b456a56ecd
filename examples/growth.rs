//! How much did it grow, and what must have stood there a year before?
//!
//! `cargo run --example growth`

use tieout::{BasePolicy, Decimal, GrowthRate, Interval, Percent, Precision, Ratio, RoundingMode, implied_prior_interval};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let growth = GrowthRate::between("73351.5".parse::<Decimal>()?, "59477.1".parse::<Decimal>()?)?;
    let percent = growth.as_percent().round(Precision::Decimals(1), RoundingMode::HalfUp)?;
    println!("growth: {}", Percent(percent.value));
    assert_eq!(percent.value.to_string(), "-18.9");

    // "59.5 billion, down 18.9%": both are rounded, so the prior is an interval.
    let current = Interval::around(&Ratio::from("59.5".parse::<Decimal>()?), &Ratio::from("0.05".parse::<Decimal>()?));
    let change = Interval::around(&Ratio::from("-0.189".parse::<Decimal>()?), &Ratio::from("0.0005".parse::<Decimal>()?));
    let prior = implied_prior_interval(&current, &change).ok_or("unbounded")?;
    let (low, high) = (prior.low().value().ok_or("unbounded")?, prior.high().value().ok_or("unbounded")?);
    let low = low.round(Precision::Decimals(4), RoundingMode::Floor)?.value;
    let high = high.round(Precision::Decimals(4), RoundingMode::Ceiling)?.value;
    println!("a year before: between {low} and {high} billion");
    assert_eq!((low.to_string().as_str(), high.to_string().as_str()), ("73.2593", "73.4732"));

    // Over a loss there is no growth, unless the caller asks for one.
    println!("from -5 to 4: {:?}, or {:?}", BasePolicy::default().growth(-5, 4), BasePolicy::SwingLabel.growth(-5, 4));
    assert!(BasePolicy::default().growth(-5, 4).rate().is_none());
    Ok(())
}
