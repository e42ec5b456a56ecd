//! Compound annual growth, correctly rounded.
//!
//! `cargo run --example compound`

use tieout::{ArithmeticError, RoundingMode, compound_annual_growth};

fn main() -> Result<(), ArithmeticError> {
    // From 161,857 to 307,394 million in four years.
    let growth = compound_annual_growth(161_857, 307_394, 4)?;
    let percent = growth.to_percent(2, RoundingMode::HalfUp)?;
    println!("{}% a year over {} years", percent.value, growth.periods());
    assert_eq!(percent.value.to_string(), "17.39");

    // An exact root is exact: 1.1³ = 1.331.
    let exact = compound_annual_growth(1000, 1331, 3)?.to_percent(10, RoundingMode::Down)?;
    assert_eq!((exact.value.to_string().as_str(), exact.exact), ("10.0000000000", true));
    Ok(())
}
