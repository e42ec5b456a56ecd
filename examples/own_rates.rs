//! Converts at rates of one's own: a CSV file, and a rate from a contract.
//!
//! `cargo run --example own_rates`

use tieout::{Date, FixedRate, Lookup, Money, Precision, RateTable, Result, RoundingMode};

fn main() -> Result<()> {
    let csv = "date,base,quote,rate\n2024-03-28,GBP,USD,1.2623\n2024-04-02,GBP,USD,1.2541\n";
    let table = RateTable::read(csv.as_bytes(), "treasury.csv")?;

    // 1 April was a holiday; how old a rate may be is up to the caller.
    let on = Date::constant(2024, 4, 1);
    let rate = table.rate("GBP/USD".parse()?, on, &Lookup::within_days(4))?;
    let pounds = "USD 1000".parse::<Money>()?.convert_to_minor_units(&rate, RoundingMode::HalfEven)?;
    println!("{pounds}");
    assert_eq!(pounds.converted.to_string(), "GBP 792.20");
    if let Err(error) = table.rate("GBP/USD".parse()?, on, &Lookup::within_days(0)) {
        println!("without an older rate: {error}");
    }

    // A rate that nobody publishes, rounded to whole thousands.
    let contract: FixedRate = "EUR/USD 1.0850".parse()?;
    let budget = "EUR 1234567".parse::<Money>()?.convert(contract, Precision::Decimals(-3), RoundingMode::HalfUp)?;
    println!("{budget}");
    assert_eq!(budget.converted.to_string(), "USD 1340000");
    Ok(())
}
