//! Translates an income statement at the average rate of its period, and the balance sheet at the closing rate (IAS 21).
//!
//! `cargo run --example average_rate`

use tieout::{Money, RateTable, Result, RoundingMode, StatementLine, TranslationPolicy};

fn main() -> Result<()> {
    let rates = TranslationPolicy::Ias21.over(RateTable::ecb(), "EUR/USD".parse()?, "2023".parse()?);
    let translate =
        |amount: &str, line: StatementLine| amount.parse::<Money>()?.convert_to_minor_units(rates.rate(line)?, RoundingMode::HalfUp);

    let sales = translate("USD 1000000", StatementLine::Income)?;
    let cash = translate("USD 1000000", StatementLine::Asset)?;
    println!("sales: {sales}");
    println!("cash:  {cash}");
    // The mean of the year's 255 daily rates is 1.081269; the last rate of the year was 1.1050.
    assert_eq!(sales.converted.to_string(), "EUR 924839.56");
    assert_eq!(cash.converted.to_string(), "EUR 904977.38");
    Ok(())
}
