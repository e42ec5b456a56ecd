//! Divides an amount without losing a cent, and rounds a bill to what can be paid in cash.
//!
//! `cargo run --example allocate`

use std::num::NonZeroU32;
use tieout::{Currency, Decimal, Money, Result, RoundingMode};

fn main() -> Result<()> {
    let bill: Money = "CHF 100".parse()?;
    let weights = [Decimal::from(50), Decimal::from(30), Decimal::from(25)];
    let shares = bill.allocate(&weights)?;
    shares.iter().for_each(|share| println!("{share}"));
    assert_eq!(Money::sum(shares, Currency::CHF)?, bill);

    let three = NonZeroU32::MIN.saturating_add(2);
    let parts: Vec<String> = bill.split(three)?.map(|part| part.to_string()).collect();
    assert_eq!(parts, ["CHF 33.34", "CHF 33.33", "CHF 33.33"]);

    let cash = "CHF 33.33".parse::<Money>()?.round_to_cash(RoundingMode::HalfUp)?;
    println!("in cash: {cash}");
    assert_eq!(cash.to_string(), "CHF 33.35");
    Ok(())
}
