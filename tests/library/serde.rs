//! Numbers are strings that keep every digit, in JSON and in CSV.

use proptest::prelude::*;
use serde_json::json;
use tieout::{BasisPoints, Currency, CurrencyPair, Decimal, FixedRate, Money, Percent, Period, RoundingMode};

#[track_caller]
fn assert_json<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(value: T, expected: serde_json::Value) {
    assert_eq!(serde_json::to_value(&value).unwrap(), expected);
    assert_eq!(serde_json::from_value::<T>(expected).unwrap(), value);
}

/// Rule: every number is a string with its digits as given; every name is the one of the field.
#[test]
fn numbers_are_strings_that_keep_their_digits() {
    assert_json("CNY 59.50".parse::<Money>().unwrap(), json!({"amount": "59.50", "currency": "CNY"}));
    assert_json(Currency::USD, json!("USD"));
    assert_json("USD/CNY".parse::<CurrencyPair>().unwrap(), json!("USD/CNY"));
    assert_json("USD/CNY 7.0600".parse::<FixedRate>().unwrap(), json!("USD/CNY 7.0600"));
    assert_json("2023-Q1".parse::<Period>().unwrap(), json!("2023-Q1"));
    assert_json(Percent("-18.90".parse().unwrap()), json!("-18.90"));
    assert_json(BasisPoints("25".parse().unwrap()), json!("25"));
    assert_json(RoundingMode::HalfEven, json!("half-even"));
}

/// Rule: a bare JSON number is refused, as is a number that would be rounded.
#[test]
fn a_bare_number_is_refused() {
    for text in [
        r#"{"amount": 59.50, "currency": "CNY"}"#,
        r#"{"amount": 59, "currency": "CNY"}"#,
        r#"{"amount": "1e3", "currency": "CNY"}"#,
        r#"{"amount": "0.00000000000000000000000000005", "currency": "CNY"}"#,
        r#"{"amount": "5", "currency": "XYZ"}"#,
        r#"{"amount": "5", "currency": "CNY", "scale": 2}"#,
    ] {
        assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
    }
}

/// Rule: a conversion carries its rate, its legs and its rounding.
#[test]
fn a_conversion_carries_its_provenance() {
    let rate: FixedRate = "USD/HKD 7.8".parse().unwrap();
    let conversion = "HKD 100".parse::<Money>().unwrap().convert_to_minor_units(rate, RoundingMode::HalfEven).unwrap();
    let expected = json!({
        "amount": {"amount": "100", "currency": "HKD"},
        "converted": {"amount": "12.82", "currency": "USD"},
        "rate": {"base": "USD", "quote": "HKD", "rate": "7.80000000000", "kind": "fixed", "date": null, "legs": []},
        "rounding": "half-even", "exact": false, "tie": false,
    });
    assert_eq!(serde_json::to_value(&conversion).unwrap(), expected);
}

proptest! {
    /// T4: JSON and CSV round trips keep every digit and the scale.
    #[test]
    fn round_trips_keep_every_digit(digits in any::<i64>(), scale in 0_u32..=28) {
        let money = Money::new(Decimal::from_i128_with_scale(i128::from(digits), scale), Currency::USD);
        let json: Money = serde_json::from_str(&serde_json::to_string(&money).unwrap()).unwrap();
        prop_assert_eq!(json.to_string(), money.to_string());
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(money).unwrap();
        let bytes = writer.into_inner().unwrap();
        let csv: Money = csv::Reader::from_reader(bytes.as_slice()).deserialize().next().unwrap().unwrap();
        prop_assert_eq!(csv.to_string(), money.to_string());
    }
}
