//! Do the figures of a sentence agree? "Sales fell 18.9% to 59.5 billion yuan from 73.4 billion."
//!
//! `cargo run --example tie_out`

use tieout::{Claim, Locale, Operand, Printed, Ratio, Reading, Relation, Result, Role, Verdict};

fn main() -> Result<()> {
    let amount = |text: &str| Ok::<_, tieout::Error>(Operand::printed(&Locale::EN.parse_number(text)?.printed(), Reading::Nearest));
    let percent = |text: &str| {
        let printed = Printed::new(Locale::EN.parse_percent(text)?.0, 0).scaled(&Ratio::power_of_ten(-2));
        Ok::<_, tieout::Error>(Operand::printed(&printed, Reading::Nearest))
    };
    let growth = |prior: &str, change: &str| {
        let claim = Claim::new(Relation::Growth).with(Role::Current, amount("59.5bn")?).with(Role::Prior, amount(prior)?);
        Ok::<_, tieout::Error>(claim.with(Role::Growth, percent(change)?).judge().verdict)
    };

    for (prior, change, expected) in
        [("73.4bn", "-18.9%", Verdict::Ties), ("73.3bn", "-18.9%", Verdict::TiesWithinRounding), ("73.4bn", "-19.8%", Verdict::DoesNotTie)]
    {
        let verdict = growth(prior, change)?;
        println!("59.5bn from {prior}, {change}: {verdict}");
        assert_eq!(verdict, expected);
    }
    Ok(())
}
