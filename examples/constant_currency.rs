//! How much of the growth came from exchange rates? Three methods, and an effect that adds up.
//!
//! `cargo run --example constant_currency`

use tieout::{Basket, ConstantCurrencyMethod, Currency, FixedRate, Money, Precision, RoundingMode, Translated};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Average rates of 2022 and 2023.
    let at = |amount: &str, rate: &str| Translated::new(amount.parse()?, rate.parse::<FixedRate>()?);
    let mut sales = Basket::new(Currency::EUR);
    sales.add(at("USD 1000", "EUR/USD 1.0530")?, at("USD 1100", "EUR/USD 1.0813")?)?;
    sales.add(at("JPY 50000", "EUR/JPY 138.03")?, at("JPY 60000", "EUR/JPY 151.99")?)?;
    sales.add("EUR 800".parse::<Money>()?, "EUR 780".parse::<Money>()?)?;

    let percent = |rate: tieout::GrowthRate| rate.as_percent().round(Precision::Decimals(2), RoundingMode::HalfUp);
    for method in [ConstantCurrencyMethod::CurrentAtPriorRates, ConstantCurrencyMethod::PriorAtCurrentRates] {
        let growth = sales.growth(&method)?;
        let parts = growth.effect(Precision::Decimals(2), RoundingMode::HalfUp)?;
        println!("{}:", growth.method());
        println!("  reported {}%, constant {}%", percent(growth.reported()?)?.value, percent(growth.constant()?)?.value);
        println!("  {} = exchange {} + business {}", parts.change, parts.exchange, parts.organic);
        assert_eq!(parts.exchange.checked_add(parts.organic)?, parts.change);
    }
    Ok(())
}
