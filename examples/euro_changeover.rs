//! Converts a national amount by the fixed euro rates of Regulation (EC) 1103/97.
//!
//! `cargo run --example euro_changeover`

use tieout::{Currency, EuroChangeover, Result};

fn main() -> Result<()> {
    let euro = EuroChangeover::unrounded().convert("DEM 298".parse()?, Currency::EUR)?;
    println!("{} = {} at {}", euro.amount, euro.converted, euro.rates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    assert_eq!(euro.converted.to_string(), "EUR 152.36");

    // Between national units the rounding of the euro amount can decide over a cent: both are lawful.
    let francs = Currency::from_code("FRF")?;
    let rounded = EuroChangeover::with_intermediate_places(3)?.convert("DEM 4".parse()?, francs)?;
    let unrounded = EuroChangeover::unrounded().convert("DEM 4".parse()?, francs)?;
    println!("DEM 4 = {} through {:?}, or {}", rounded.converted, rounded.intermediate, unrounded.converted);
    assert_eq!((rounded.converted.to_string(), unrounded.converted.to_string()), ("FRF 13.41".into(), "FRF 13.42".into()));
    Ok(())
}
