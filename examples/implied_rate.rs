//! At which rate, and on which day, was an amount converted?
//!
//! `cargo run --example implied_rate`

use tieout::{Currency, CurrencyPair, Date, Locale, Precision, RateTable, Reading, RoundingMode};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // "59.5 billion yuan ($8.424 billion)", in an article of 26 May 2023.
    let interval = |text: &str| Ok::<_, tieout::Error>(Locale::EN.parse_number(text)?.printed().interval(Reading::Nearest));
    let rate = interval("59.5bn")?.checked_div(&interval("8.424bn")?).ok_or("unbounded")?;
    let (low, high) = (rate.low().value().ok_or("unbounded")?, rate.high().value().ok_or("unbounded")?);
    let low = low.round(Precision::Decimals(5), RoundingMode::Floor)?.value;
    let high = high.round(Precision::Decimals(5), RoundingMode::Ceiling)?.value;
    println!("USD/CNY between {low} and {high}");
    assert_eq!((low.to_string().as_str(), high.to_string().as_str()), ("7.05679", "7.06951"));

    let pair = CurrencyPair::new(Currency::USD, Currency::CNY);
    let fits: Vec<String> = RateTable::ecb()
        .candidates(pair, Some(Date::constant(2023, 5, 26)), None)
        .into_iter()
        .filter(|candidate| rate.contains(&candidate.rate))
        .map(|candidate| candidate.date.to_string())
        .collect();
    println!("consistent with the ECB cross rates of {}", fits.join(" and "));
    assert_eq!(fits, ["2023-05-26", "2023-05-25"]);
    Ok(())
}
