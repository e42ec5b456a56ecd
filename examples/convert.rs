//! Converts an amount at the ECB's rates of a day, and says which rates those were.
//!
//! `cargo run --example convert`

use tieout::{Currency, CurrencyPair, Date, Lookup, Money, RateTable, Result, RoundingMode};

fn main() -> Result<()> {
    let revenue: Money = "CNY 59500000000".parse()?;
    let pair = CurrencyPair::new(Currency::USD, Currency::CNY);
    // A Sunday: the rates of the Friday before serve, and the result says so.
    let rate = RateTable::ecb().rate(pair, Date::constant(2023, 5, 28), &Lookup::default())?;
    let dollars = revenue.convert_to_minor_units(&rate, RoundingMode::HalfEven)?;

    println!("{dollars}");
    println!("asked for {}, used {} ({} days older)", rate.asked(), rate.date(), rate.age_days());
    assert_eq!(dollars.converted.to_string(), "USD 8430878825.42");
    assert_eq!((rate.date().to_string().as_str(), rate.age_days()), ("2023-05-26", 2));
    Ok(())
}
