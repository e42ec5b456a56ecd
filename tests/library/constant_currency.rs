//! Growth at constant currency: three methods, and an exchange effect that adds up.

use proptest::prelude::*;
use tieout::{
    AppliedRate, Basket, ConstantCurrencyGrowth, ConstantCurrencyMethod, Currency, CurrencyPair, Decimal, FixedRate, GrowthRate,
    MethodName, Money, Precision, Ratio, Restated, RoundingMode, Translated,
};

fn percent(growth: &GrowthRate, places: i32) -> String {
    growth.as_percent().round(Precision::Decimals(places), RoundingMode::HalfUp).unwrap().value.to_string()
}

fn restated(prior: i64, current: i64, constant: i64) -> ConstantCurrencyGrowth {
    let millions = |amount: i64| Money::new(Decimal::from(amount), Currency::USD);
    let amounts = Restated { prior: millions(prior), current: millions(current), current_at_prior_rates: millions(constant) };
    ConstantCurrencyGrowth::of_restated(amounts).unwrap()
}

/// Rule: method A reproduces what Alphabet printed for the fourth quarter of 2023, in millions of dollars. Columns:
/// Q4 22, Q4 23, constant currency; exchange effect; reported and constant-currency growth, exact to three decimals.
/// Source: Alphabet, earnings release of 30 January 2024 (the percentages recomputed by hand from its amounts).
#[test]
fn method_a_reproduces_alphabets_table() {
    for (line, amounts, effect, reported, constant) in [
        ("United States", (36_982, 41_995, 41_995), 0, "13.555", "13.555"),
        ("EMEA", (21_762, 25_010, 23_905), 1_105, "14.925", "9.847"),
        ("APAC", (11_979, 13_979, 14_069), -90, "16.696", "17.447"),
        ("Other Americas", (4_656, 5_176, 5_251), -75, "11.168", "12.779"),
        ("ex hedging", (75_379, 86_160, 85_220), 940, "14.302", "13.055"),
    ] {
        let growth = restated(amounts.0, amounts.1, amounts.2);
        assert_eq!(growth.method(), MethodName::CurrentAtPriorRates);
        assert_eq!(growth.exchange_effect(), Ratio::from(effect), "{line}");
        assert_eq!(percent(&growth.reported().unwrap(), 3), reported, "{line}");
        assert_eq!(percent(&growth.constant().unwrap(), 3), constant, "{line}");
    }
}

/// Rule: the printed 13% of the total stands on amounts without hedging on both sides; on the reported total it would
/// be 12%. And the printed effect of APAC, 0, is a difference of rounded percentages: exactly it is −0.751 points.
#[test]
fn alphabets_total_takes_hedging_out_of_both_years() {
    assert_eq!(percent(&restated(75_379, 86_160, 85_220).constant().unwrap(), 0), "13");
    assert_eq!(percent(&restated(76_048, 86_310, 85_220).constant().unwrap(), 2), "12.06");
    let apac = restated(11_979, 13_979, 14_069).effect_in_points().unwrap();
    assert_eq!(apac.round(Precision::Decimals(3), RoundingMode::HalfUp).unwrap().value.to_string(), "-0.751");
}

fn at(amount: &str, rate: &str) -> Translated<'static> {
    Translated::new(amount.parse().unwrap(), rate.parse::<FixedRate>().unwrap()).unwrap()
}

/// Dollars that rose by 10% and yen that fell by 20%, reported in euro.
fn two_currencies() -> Basket<'static> {
    let mut basket = Basket::new(Currency::EUR);
    basket.add(at("USD 1000", "EUR/USD 1.25"), at("USD 1100", "EUR/USD 1.10")).unwrap();
    basket.add(at("JPY 50000", "EUR/JPY 125"), at("JPY 40000", "EUR/JPY 160")).unwrap();
    basket
}

/// Rule: for several currencies the methods differ. By hand, in euro: reported 800 + 400 = 1200 to 1000 + 250 = 1250;
/// A: 880 + 320 = 1200 on 1200; B: 1250 on 1000/1.1 + 312.5 = 1221.59; C at 1 and 100: 1100 + 400 on 1000 + 500.
#[test]
fn the_methods_differ_for_a_basket() {
    let basket = two_currencies();
    let fixed = |text: &str| AppliedRate::from(text.parse::<FixedRate>().unwrap());
    let fixed = ConstantCurrencyMethod::FixedRates(vec![fixed("EUR/USD 1"), fixed("EUR/JPY 100")]);
    for (method, name, constant) in [
        (ConstantCurrencyMethod::CurrentAtPriorRates, "current figures at prior-period rates", "0.00"),
        (ConstantCurrencyMethod::PriorAtCurrentRates, "prior figures at current-period rates", "2.33"),
        (fixed, "both periods at fixed rates", "0.00"),
    ] {
        let growth = basket.growth(&method).unwrap();
        assert_eq!(growth.method().to_string(), name);
        assert_eq!(percent(&growth.reported().unwrap(), 2), "4.17");
        assert_eq!(percent(&growth.constant().unwrap(), 2), constant, "{name}");
    }
}

/// Rule: for one currency A and B agree: the growth in that currency.
#[test]
fn the_methods_agree_for_one_currency() {
    let mut basket = Basket::new(Currency::EUR);
    basket.add(at("USD 1000", "EUR/USD 1.25"), at("USD 1100", "EUR/USD 1.10")).unwrap();
    for method in [ConstantCurrencyMethod::CurrentAtPriorRates, ConstantCurrencyMethod::PriorAtCurrentRates] {
        let growth = basket.growth(&method).unwrap();
        assert_eq!(growth.constant().unwrap().as_percent(), Ratio::from(10));
        // (1 + 25%) ÷ (1 + 10%) − 1 = 13.64%
        assert_eq!(percent(&growth.effect_as_growth().unwrap(), 2), "13.64");
    }
}

/// Rule: method C without a rate for a currency is an error that names it.
#[test]
fn a_fixed_rate_that_is_missing_is_named() {
    let error = two_currencies().growth(&ConstantCurrencyMethod::FixedRates(Vec::new())).unwrap_err();
    assert_eq!(error.to_string(), "the rate table has no USD: it cannot give EUR/USD");
}

/// Rule: figures that are not in the reporting currency, or at a rate that does not lead there, are refused.
#[test]
fn a_line_that_does_not_lead_to_the_report_is_refused() {
    let mut basket = Basket::new(Currency::EUR);
    assert!(basket.add(at("USD 1", "USD/JPY 149.9"), at("USD 1", "USD/JPY 140.1")).is_err());
    assert!(basket.add(at("USD 1", "EUR/USD 1.25"), at("JPY 1", "EUR/JPY 140.1")).is_err());
    assert!(basket.add(at("EUR 1", "EUR/EUR 1"), at("EUR 2", "EUR/EUR 1")).is_ok());
}

fn any_line() -> impl Strategy<Value = (bool, [i64; 2], [i64; 2])> {
    let amounts = [0..10_i64.pow(12), 0..10_i64.pow(12)];
    let rates = [1..10_i64.pow(7), 1..10_i64.pow(7)];
    (any::<bool>(), amounts, rates)
}

fn basket_of(lines: &[(bool, [i64; 2], [i64; 2])]) -> Basket<'static> {
    let mut basket = Basket::new(Currency::EUR);
    for (dollars, amounts, rates) in lines {
        let currency = if *dollars { Currency::USD } else { Currency::JPY };
        let side = |index: usize| {
            let rate = FixedRate::new(CurrencyPair::new(Currency::EUR, currency), Decimal::new(rates[index], 4)).unwrap();
            Translated::new(Money::new(Decimal::new(amounts[index], 2), currency), rate).unwrap()
        };
        basket.add(side(0), side(1)).unwrap();
    }
    basket
}

proptest! {
    #![proptest_config(super::cases(500))]

    /// The exchange effect and the organic change sum to the reported change: exactly, and rounded.
    #[test]
    fn the_parts_sum_to_the_reported_change(lines in prop::collection::vec(any_line(), 1..6), places in -3_i32..4) {
        let basket = basket_of(&lines);
        for method in [ConstantCurrencyMethod::CurrentAtPriorRates, ConstantCurrencyMethod::PriorAtCurrentRates] {
            let growth = basket.growth(&method).unwrap();
            prop_assert_eq!(growth.change(), growth.current() - growth.prior());
            prop_assert_eq!(&growth.exchange_effect() + &growth.organic_change(), growth.change());
            let parts = growth.effect(Precision::Decimals(places), RoundingMode::HalfEven).unwrap();
            prop_assert_eq!(parts.exchange.checked_add(parts.organic).unwrap(), parts.change);
        }
    }

    /// In points and as a factor, the effect leads from the constant-currency growth to the reported one.
    #[test]
    fn the_effect_leads_to_the_reported_growth(lines in prop::collection::vec(any_line(), 1..6)) {
        let growth = basket_of(&lines).growth(&ConstantCurrencyMethod::CurrentAtPriorRates).unwrap();
        if let (Ok(reported), Ok(constant)) = (growth.reported(), growth.constant()) {
            prop_assert_eq!(&growth.effect_in_points().unwrap() + &constant.as_percent(), reported.as_percent());
            if let Ok(effect) = growth.effect_as_growth() {
                prop_assert_eq!(&effect.as_multiple() * &constant.as_multiple(), reported.as_multiple());
            }
        }
    }

    /// With unchanged rates there is no exchange effect, by any method.
    #[test]
    fn unchanged_rates_have_no_effect(lines in prop::collection::vec(any_line(), 1..6)) {
        let still: Vec<_> = lines.iter().map(|(dollars, amounts, [rate, _])| (*dollars, *amounts, [*rate, *rate])).collect();
        for method in [ConstantCurrencyMethod::CurrentAtPriorRates, ConstantCurrencyMethod::PriorAtCurrentRates] {
            prop_assert_eq!(basket_of(&still).growth(&method).unwrap().exchange_effect(), Ratio::ZERO);
        }
    }
}
