//! T1–T5: digits are read, kept and printed as they stand.

use super::cases;
use super::generate::{decimal, mode, nonzero_decimal, precision};
use super::reference;
use proptest::prelude::*;
use std::process::Command;
use tieout::{Date, Decimal, RateTable, Ratio, add, mul_div, multiply, round, subtract};

const HEADER: &str = "date,base,quote,rate\n";

fn one_rate(rate: &str) -> Result<Decimal, tieout::Error> {
    let table = RateTable::read(format!("{HEADER}2023-05-26,EUR,USD,{rate}\n").as_bytes(), "rates.csv")?;
    let dollars = table.observations("EUR/USD".parse().unwrap());
    assert_eq!(dollars[0].date, Date::constant(2023, 5, 26));
    Ok(dollars[0].rate)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn t1_a_printed_result_reads_back_with_its_value_and_scale(a in decimal(), b in decimal(), p in precision(), m in mode()) {
        for result in [round(a, p, m), multiply(a, b, p, m)].into_iter().flatten() {
            let printed = result.value.to_string();
            let read = Decimal::from_str_exact(&printed).unwrap();
            prop_assert_eq!((read, read.scale(), read.to_string()), (result.value, result.value.scale(), printed));
        }
    }

    #[test]
    fn t1_an_exact_decimal_comes_back_from_a_ratio(a in decimal()) {
        prop_assert_eq!(Ratio::from(a).to_decimal(), Some(a));
    }

    #[test]
    fn t1_a_ratio_is_a_decimal_exactly_when_one_has_its_value(num in any::<i64>(), den in 1_i64..20_000, shift in -30_i16..30) {
        let value = &Ratio::new(i128::from(num), i128::from(den)).unwrap() * &Ratio::power_of_ten(shift);
        let x = reference::fraction(i128::from(num), i128::from(den)) * reference::ten_to(i64::from(shift));
        let coefficient = |places: i64| &x * reference::ten_to(places);
        let fits = (0..=28).any(|places| {
            coefficient(places).is_int() && reference::abs(&coefficient(places)) <= dashu_ratio::RBig::from(reference::MAX)
        });
        prop_assert_eq!(value.to_decimal().is_some(), fits);
        if let Some(decimal) = value.to_decimal() {
            prop_assert_eq!(reference::exact(decimal), x);
        }
    }

    #[test]
    fn t2_more_digits_than_a_decimal_holds_are_an_error(digits in "[1-9][0-9]{0,35}", decimals in "[0-9]{0,35}") {
        let text = format!("{digits}.{decimals}");
        let text = text.trim_end_matches('.');
        let coefficient: dashu_int::UBig = format!("{digits}{decimals}").parse().unwrap();
        let fits = decimals.len() <= 28 && coefficient <= dashu_int::UBig::from(reference::MAX);
        match one_rate(text) {
            Ok(rate) => prop_assert_eq!(rate.to_string(), text, "read as something else"),
            Err(error) => prop_assert!(!fits, "{} was refused: {}", text, error),
        }
    }

    #[test]
    fn t3_zero_is_never_negative(a in decimal(), b in decimal(), c in nonzero_decimal(), p in precision(), m in mode()) {
        let results = [round(a, p, m), mul_div(a, b, c, p, m), multiply(a, b, p, m), add(a, b, p, m), subtract(a, b, p, m), subtract(a, a, p, m)];
        for result in results.into_iter().flatten() {
            prop_assert!(!result.value.to_string().starts_with("-0") || result.value < Decimal::ZERO);
            prop_assert!(!(result.value.is_zero() && result.value.is_sign_negative()));
        }
    }

    #[test]
    fn t4_a_rate_keeps_every_digit_and_its_scale_through_csv(whole in 0_u64..1_000_000, decimals in "[0-9]{1,20}") {
        let text = format!("{whole}.{decimals}");
        prop_assume!(text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)));
        prop_assert_eq!(one_rate(&text).unwrap().to_string(), text);
    }
}

/// T5: with `serde-float` anywhere in the graph, decimals would pass through binary floats. Source: rust_decimal #279,
/// #553, #729.
#[test]
fn t5_nothing_turns_on_serde_float() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--edges", "features,no-dev", "--all-features", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("rust_decimal v1"), "the tree does not show rust_decimal");
    assert!(!tree.contains("serde-float"), "{tree}");
}
