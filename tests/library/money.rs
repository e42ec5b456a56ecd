//! Money: no mixing, no lost cent, one rounding.

use proptest::prelude::*;
use std::num::NonZeroU32;
use tieout::{
    AppliedRate, Currency, CurrencyPair, Decimal, ErrorKind, FixedRate, Lookup, Money, Period, Precision, RateTable, Ratio, RoundingMode,
};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[track_caller]
fn assert_converts(amount: &str, rate: &str, expected: &str) {
    let rate: FixedRate = rate.parse().unwrap();
    let conversion = money(amount).convert_to_minor_units(rate, RoundingMode::HalfUp).unwrap();
    assert_eq!(conversion.converted.to_string(), expected);
}

/// Rule: the amount's own currency chooses the direction. Source: golden rows ISO 4217 + one rounding, EDGAR 6.5063.
#[test]
fn the_amount_chooses_the_direction() {
    assert_converts("HKD 100", "USD/HKD 7.8", "USD 12.82");
    assert_converts("USD 100", "USD/HKD 7.8", "HKD 780.00");
    assert_converts("USD 100.00", "USD/JPY 149.555", "JPY 14956");
    assert_converts("USD 100.00", "BHD/USD 2.65604", "BHD 37.650");
    assert_converts("CNY 1000000", "USD/CNY 6.5063", "USD 153697.19");
}

/// Rule: amounts in two currencies are never mixed.
#[test]
fn two_currencies_are_never_mixed() {
    let (euro, dollar) = (money("EUR 5"), money("USD 5"));
    let mixed = |result: Result<(), tieout::Error>| {
        assert!(matches!(result.unwrap_err().kind(), ErrorKind::CurrencyMismatch { .. }));
    };
    mixed(euro.checked_add(dollar).map(drop));
    mixed(euro.checked_sub(dollar).map(drop));
    mixed(euro.checked_cmp(dollar).map(drop));
    mixed(euro.ratio_to(dollar).map(drop));
    mixed(Money::sum([euro, dollar], Currency::EUR).map(drop));
    assert_ne!(euro, dollar);
}

/// Rule: a sum that does not fit is an error, but what does not fit on the way may fit in the end.
#[test]
fn a_sum_is_exact_or_an_error() {
    let max = Money::new(Decimal::MAX, Currency::USD);
    assert!(max.checked_add(money("USD 0.5")).is_err());
    assert_eq!(Money::sum([max, money("USD 0.5"), -max], Currency::USD).unwrap().to_string(), "USD 0.5");
    assert_eq!(max.checked_add(money("USD 0.0")).unwrap(), max);
}

/// Rule: zero is never negative, and equal amounts print as they were given.
#[test]
fn zero_is_never_negative() {
    assert_eq!((-money("USD 0.00")).to_string(), "USD 0.00");
    assert_eq!(money("USD -0.00").to_string(), "USD 0.00");
    assert_eq!(money("USD 5"), money("USD 5.00"));
}

/// Rule: a text that is not a plain amount is refused.
#[test]
fn only_the_machine_form_is_parsed_without_a_locale() {
    for text in ["5", "USD", "USD  5", "USD 1,000", "USD 1e3", "USD +5", "USD .5", "USD 5.", "usd 5", "USD 1_000", "USD --5", "USD 5 "] {
        assert!(text.parse::<Money>().is_err(), "{text}");
    }
    assert!("USD 0.00000000000000000000000000005".parse::<Money>().is_err());
}

/// Rule: a published rate, an average and a stated rate convert alike, and the conversion says which it was.
#[test]
fn every_kind_of_rate_converts_and_is_named() {
    let csv = "date,base,quote,rate\n2024-01-02,EUR,USD,1.0956\n2024-01-03,EUR,USD,1.0919\n2024-01-02,EUR,CNY,7.8264\n2024-01-03,EUR,CNY,7.8057\n";
    let table = RateTable::read(csv.as_bytes(), "r.csv").unwrap();
    let pair = CurrencyPair::new(Currency::USD, Currency::CNY);
    let spot = table.rate(pair, "2024-01-03".parse().unwrap(), &Lookup::default()).unwrap();
    let average = table.average(pair, "2024-01-01..2024-01-05".parse::<Period>().unwrap()).unwrap();
    let yuan = money("CNY 100");
    let two = Precision::Decimals(4);
    let published = yuan.convert(&spot, two, RoundingMode::HalfEven).unwrap();
    // 100 × 1.0919 ÷ 7.8057
    assert_eq!(published.converted.to_string(), "USD 13.9885");
    assert_eq!(published.to_string(), "CNY 100 = USD 13.9885 at EUR/USD 1.0919 (r.csv, 2024-01-03), EUR/CNY 7.8057 (r.csv, 2024-01-03)");
    let mean = yuan.convert(&average, two, RoundingMode::HalfEven).unwrap();
    // 100 ÷ ((7.8264 ÷ 1.0956 + 7.8057 ÷ 1.0919) ÷ 2)
    assert_eq!(mean.converted.to_string(), "USD 13.9936");
    assert!(matches!(mean.rate, AppliedRate::Average(_)) && mean.rate.legs().is_empty());
    assert_eq!(mean.to_string(), "CNY 100 = USD 13.9936 at the average USD/CNY of 2024-01-01..2024-01-05");
}

/// Rule: allocation by weights gives the odd units to the largest remainders, and to no weight of zero.
#[test]
fn odd_units_go_to_the_largest_remainders() {
    let allocate = |text: &str, weights: &[&str]| {
        let weights: Vec<Decimal> = weights.iter().map(|weight| weight.parse().unwrap()).collect();
        let shares = money(text).allocate(&weights).unwrap();
        shares.iter().map(|share| share.amount().to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(allocate("USD 100", &["1", "1", "1"]), "33.34 33.33 33.33");
    assert_eq!(allocate("USD -100", &["1", "1", "1"]), "-33.34 -33.33 -33.33");
    assert_eq!(allocate("USD 0.05", &["3", "7"]), "0.02 0.03");
    assert_eq!(allocate("USD 0.02", &["0", "1", "1", "1"]), "0.00 0.01 0.01 0.00");
    assert_eq!(allocate("JPY 100", &["0.5", "0.25", "0.25"]), "50 25 25");
    assert_eq!(allocate("KWD 1", &["1", "2"]), "0.333 0.667");
    // A finer amount is divided as finely as it is given.
    assert_eq!(allocate("USD 0.001", &["1", "1"]), "0.001 0.000");
    assert_eq!(allocate("XAU 1.0", &["1", "2"]), "0.3 0.7");
}

/// Rule: nothing can be divided by weights that are negative or all zero.
#[test]
fn weights_that_divide_nothing_are_refused() {
    for weights in [vec![], vec![Decimal::ZERO], vec![Decimal::ONE, -Decimal::ONE]] {
        assert!(matches!(money("USD 1").allocate(&weights).unwrap_err().kind(), ErrorKind::BadWeights));
    }
}

/// Rule: cash is paid in the currency's step. Source: golden rows round_step.
#[test]
fn cash_is_rounded_to_the_step_of_the_currency() {
    for (amount, expected) in [
        ("AUD 20.42", "AUD 20.40"),
        ("AUD 20.43", "AUD 20.45"),
        ("CHF 9.98", "CHF 10.00"),
        ("SEK 10.49", "SEK 10.00"),
        ("HUF 123.00", "HUF 125.00"),
        ("JPY 123.5", "JPY 124"),
    ] {
        assert_eq!(money(amount).round_to_cash(RoundingMode::HalfUp).unwrap().to_string(), expected);
    }
    let old_krona = Precision::Step("0.50".parse().unwrap());
    assert_eq!(money("SEK 65.40").round(old_krona, RoundingMode::HalfUp).unwrap().to_string(), "SEK 65.50");
    assert!(money("XAU 1.5").round_to_cash(RoundingMode::HalfUp).is_err());
}

/// Rule: minor units are those of ISO 4217, not of display conventions. Source: golden rows minor_units.
#[test]
fn minor_units_are_those_of_iso_4217() {
    let units = |code: &str| Currency::from_code(code).unwrap().minor_units();
    for code in ["JPY", "KRW", "CLP", "ISK", "VND", "XAF", "UYI"] {
        assert_eq!(units(code), Some(0), "{code}");
    }
    for code in ["USD", "EUR", "CHF", "HUF", "IDR", "TWD", "MGA", "MRU", "AFN", "RSD"] {
        assert_eq!(units(code), Some(2), "{code}");
    }
    for code in ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"] {
        assert_eq!(units(code), Some(3), "{code}");
    }
    assert_eq!((units("CLF"), units("UYW"), units("XAU"), units("XDR")), (Some(4), Some(4), None, None));
}

/// Rule: what is shared between threads can be.
#[test]
fn public_types_are_send_and_sync() {
    fn check<T: Send + Sync>() {}
    check::<Money>();
    check::<tieout::Conversion<'static>>();
    check::<tieout::Locale>();
    check::<tieout::Error>();
    check::<RateTable>();
    check::<Ratio>();
    check::<Period>();
}

fn any_amount() -> impl Strategy<Value = Money> {
    let currencies = proptest::sample::select(vec!["USD", "JPY", "KWD", "CLF", "XAU"]);
    (any::<i64>(), 0_u32..=6, currencies)
        .prop_map(|(digits, scale, code)| Money::new(Decimal::new(digits, scale), Currency::from_code(code).unwrap()))
}

fn smallest_unit(money: Money) -> Ratio {
    let minor = money.currency().minor_units().map_or(0, u32::from);
    Ratio::power_of_ten(-i16::try_from(money.amount().scale().max(minor)).unwrap())
}

proptest! {
    #![proptest_config(super::cases(4_000))]

    /// Shares sum exactly to the amount, and each is less than one smallest unit from its exact value.
    #[test]
    fn shares_sum_to_the_amount(amount in any_amount(), weights in prop::collection::vec((0_u32..1_000_000, 0_u32..4), 1..12)) {
        let weights: Vec<Decimal> = weights.into_iter().map(|(digits, scale)| Decimal::new(i64::from(digits), scale)).collect();
        prop_assume!(weights.iter().any(|weight| !weight.is_zero()));
        let shares = amount.allocate(&weights).unwrap();
        prop_assert_eq!(Money::sum(shares.iter().copied(), amount.currency()).unwrap(), amount);
        let total = weights.iter().fold(Ratio::ZERO, |sum, weight| &sum + &Ratio::from(*weight));
        for (share, weight) in shares.iter().zip(&weights) {
            let exact = (&Ratio::from(amount.amount()) * &Ratio::from(*weight)).checked_div(&total).unwrap();
            prop_assert!((&Ratio::from(share.amount()) - &exact).abs() < smallest_unit(amount));
        }
    }

    /// Equal parts sum exactly to the amount and differ by at most one smallest unit.
    #[test]
    fn parts_differ_by_at_most_one_unit(amount in any_amount(), parts in 1_u32..200) {
        let parts: Vec<Money> = amount.split(NonZeroU32::new(parts).unwrap()).unwrap().collect();
        prop_assert_eq!(Money::sum(parts.iter().copied(), amount.currency()).unwrap(), amount);
        let sizes: Vec<Decimal> = parts.iter().map(|part| part.amount()).collect();
        let spread = &Ratio::from(*sizes.iter().max().unwrap()) - &Ratio::from(*sizes.iter().min().unwrap());
        prop_assert!(spread <= smallest_unit(amount));
    }

    /// The machine form is read back with every digit.
    #[test]
    fn the_machine_form_is_read_back(amount in any_amount()) {
        prop_assert_eq!(amount.to_string().parse::<Money>().unwrap().to_string(), amount.to_string());
    }

    /// C7: conversion keeps order and sign, and zero is zero.
    #[test]
    fn conversion_keeps_order_and_sign(a in any::<i64>(), b in any::<i64>(), rate in 1_i64..1_000_000_000, scale in 0_u32..9) {
        let rate = FixedRate::new(CurrencyPair::new(Currency::USD, Currency::HKD), Decimal::new(rate, scale)).unwrap();
        let convert = |units: i64| {
            Money::from_minor_units(units, Currency::HKD).unwrap().convert_to_minor_units(rate, RoundingMode::HalfEven).unwrap().converted.amount()
        };
        let (low, high) = (convert(a.min(b)), convert(a.max(b)));
        prop_assert!(low <= high);
        prop_assert!(!low.is_sign_negative() || a.min(b) < 0);
        prop_assert!(convert(0).is_zero());
    }
}
