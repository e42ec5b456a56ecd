//! Reads amounts as people write them, and prints them as others do.
//!
//! `cargo run --example locales`

use tieout::{Currency, Locale, Precision, Result, RoundingMode};

fn main() -> Result<()> {
    let revenue = Locale::FR.parse_money("59,5 Md€")?;
    assert_eq!(revenue.to_string(), "EUR 59500000000");
    for locale in Locale::all() {
        let short = locale.format_compact(revenue, Precision::Significant(3), RoundingMode::HalfEven)?;
        println!("{:8} {:24} {short}", locale.tag(), locale.format(revenue));
    }

    // A shared sign is settled by a locale's region or by a home currency, else it is an error.
    let ambiguous = Locale::EN.parse_money("$5m");
    println!("{ambiguous:?}");
    assert!(ambiguous.is_err());
    assert_eq!(Locale::EN_US.parse_money("$5m")?.currency(), Currency::USD);
    assert_eq!(Locale::EN.with_home(Currency::SGD).parse_money("$5m")?.currency(), Currency::SGD);
    Ok(())
}
