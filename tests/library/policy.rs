//! Law and standards: the euro changeover, IAS 21, XBRL Calculations 1.1.

use proptest::prelude::*;
use tieout::{
    AppliedRate, Consistency, Currency, Decimal, End, EuroChangeover, Interval, Money, Precision, RateTable, Ratio, RoundingMode,
    StatementLine, SummationItem, TranslationPolicy, XbrlDecimals, XbrlFact, XbrlRounding, check_summation,
};

const REGULATION: &str = "Council Regulation (EC) 1103/97 art. 4-5, rates of 2866/98 as amended";

#[track_caller]
fn assert_changes_over(rule: EuroChangeover, amount: &str, expected: &str) {
    let expected: Money = expected.parse().unwrap();
    let places = i32::try_from(expected.amount().scale()).unwrap();
    let euro = rule.convert_to(amount.parse().unwrap(), expected.currency(), Precision::Decimals(places)).unwrap();
    assert_eq!(euro.converted.to_string(), expected.to_string(), "{amount}: {REGULATION}");
}

/// Rule: amounts are divided by the fixed rate, never multiplied by a rounded inverse. Source: the regulation, and
/// quoted notices of Slovenia (evro.si) and Croatia (euro.hr).
#[test]
fn national_amounts_are_divided_by_the_fixed_rate() {
    for (amount, expected) in [
        ("DEM 298", "EUR 152.36"),
        ("DEM 1000000", "EUR 511291.88"),
        ("FRF 2746", "EUR 418.63"),
        ("ITL 10330", "EUR 5.33"),
        ("SIT 500", "EUR 2.09"),
        ("SIT 1000", "EUR 4.17"),
        ("HRK 100", "EUR 13.27"),
        ("HRK 50", "EUR 6.64"),
        ("IEP 100", "EUR 126.97"),
        ("ATS 99.90", "EUR 7.26"),
    ] {
        assert_changes_over(EuroChangeover::unrounded(), amount, expected);
    }
}

/// Rule: between national units the intermediate euro amount has at least three decimals, and its rounding can decide
/// over a cent. Source: the regulation, art. 4(4).
#[test]
fn triangulation_names_its_intermediate_rounding() {
    let three = EuroChangeover::with_intermediate_places(3).unwrap();
    for (amount, rounded, unrounded) in [
        ("DEM 100", "FRF 335.38", "FRF 335.39"),
        ("DEM 4", "FRF 13.41", "FRF 13.42"),
        ("FRF 493", "DEM 146.99", "DEM 147.00"),
        ("ITL 55", "DEM 0.05", "DEM 0.06"),
        ("ITL 100000", "ESP 8593", "ESP 8593"),
        ("NLG 250", "BEF 4576.36", "BEF 4576.36"),
    ] {
        assert_changes_over(three, amount, rounded);
        assert_changes_over(EuroChangeover::unrounded(), amount, unrounded);
    }
    assert!(EuroChangeover::with_intermediate_places(2).is_err());
    let francs = three.convert("DEM 4".parse().unwrap(), Currency::from_code("FRF").unwrap()).unwrap();
    assert_eq!(francs.rates.iter().map(ToString::to_string).collect::<Vec<_>>(), ["EUR/DEM 1.95583", "EUR/FRF 6.55957"]);
}

/// Rule: a currency that the euro did not replace has no fixed rate.
#[test]
fn a_currency_outside_the_euro_has_no_fixed_rate() {
    let error = EuroChangeover::unrounded().convert("USD 1".parse().unwrap(), Currency::EUR).unwrap_err();
    assert_eq!(error.to_string(), "the euro's fixed rates are those of the currencies it replaced: USD");
}

/// Rule: under IAS 21 the same amount is another one as an asset and as income; a convenience translation has one rate.
#[test]
fn a_line_takes_the_rate_of_its_kind() {
    let csv = "date,base,quote,rate\n2024-01-30,EUR,USD,1.15\n2024-01-31,EUR,USD,1.25\n";
    let table = RateTable::read(csv.as_bytes(), "r.csv").unwrap();
    let translate = |policy: TranslationPolicy, line: StatementLine| {
        let rates = policy.over(&table, "EUR/USD".parse().unwrap(), "2024-01-25..2024-01-31".parse().unwrap());
        let amount: Money = "USD 500".parse().unwrap();
        amount.convert(rates.rate(line).unwrap(), Precision::Decimals(0), RoundingMode::HalfUp).unwrap()
    };
    let ias = TranslationPolicy::Ias21;
    assert_eq!(translate(ias, StatementLine::Asset).converted.to_string(), "EUR 400");
    assert_eq!(translate(ias, StatementLine::Income).converted.to_string(), "EUR 417");
    let day = StatementLine::Transaction("2024-01-30".parse().unwrap());
    assert_eq!(translate(ias, day).converted.to_string(), "EUR 435");
    assert!(matches!(translate(ias, StatementLine::Expense).rate, AppliedRate::Average(_)));
    assert_eq!(translate(TranslationPolicy::Convenience, StatementLine::Income).converted.to_string(), "EUR 400");
    assert_eq!(translate(TranslationPolicy::Ias21Hyperinflationary, day).converted.to_string(), "EUR 400");
}

fn fact(value: &str, decimals: i32) -> XbrlFact {
    XbrlFact::new(value.parse().unwrap(), XbrlDecimals::Places(decimals)).unwrap()
}

fn interval(low: (&str, bool), high: (&str, bool)) -> Interval {
    let end = |(value, closed): (&str, bool)| {
        let value = Ratio::from(value.parse::<Decimal>().unwrap());
        if closed { End::Closed(value) } else { End::Open(value) }
    };
    Interval::new(end(low), end(high)).unwrap()
}

/// Rule: nearest has both ends, truncation one, none at zero. Source: XBRL Calculations 1.1 REC 2023-02-22; the same
/// ends in Arelle's rangeValue.
#[test]
fn a_fact_is_an_interval() {
    use XbrlRounding::{Nearest, Truncation};
    for (value, decimals, rounding, low, high) in [
        ("1.5", 1, Nearest, ("1.45", true), ("1.55", true)),
        ("1.5", 1, Truncation, ("1.5", true), ("1.6", false)),
        ("-1.5", 1, Nearest, ("-1.55", true), ("-1.45", true)),
        ("-1.5", 1, Truncation, ("-1.6", false), ("-1.5", true)),
        ("0", 1, Nearest, ("-0.05", true), ("0.05", true)),
        ("0", 1, Truncation, ("-0.1", false), ("0.1", false)),
        ("12000", -3, Nearest, ("11500", true), ("12500", true)),
        ("12000", -3, Truncation, ("12000", true), ("13000", false)),
        ("-12000", -3, Truncation, ("-13000", false), ("-12000", true)),
        ("0", -3, Truncation, ("-1000", false), ("1000", false)),
    ] {
        assert_eq!(fact(value, decimals).interval(rounding), interval(low, high), "{value} {decimals} {rounding:?}");
    }
}

/// Rule: a total is consistent if the intervals meet; a shared end counts only if both hold it. Source: XBRL
/// Calculations 1.1, and its requirements document of 2021-11-08 (12 + 45 = 58 million).
#[test]
fn a_total_is_consistent_if_the_intervals_meet() {
    let check = |total: &str, rounding: XbrlRounding| {
        let items = ["12000000", "45000000"].map(|value| SummationItem::added(fact(value, -6)));
        check_summation(&[fact(total, -6)], &items, rounding).unwrap()
    };
    assert_eq!(check("58000000", XbrlRounding::Nearest), Consistency::Consistent);
    assert_eq!(check("59000000", XbrlRounding::Nearest), Consistency::Inconsistent);
    assert_eq!(check("59000000", XbrlRounding::Truncation), Consistency::Inconsistent);
    assert_eq!(check("58000000", XbrlRounding::Truncation), Consistency::Consistent);
}

/// Rule: what is subtracted has the weight −1. 100 − 40 = 60.
#[test]
fn an_item_counts_with_its_weight() {
    let items = [SummationItem::added(fact("100", 0)), SummationItem::subtracted(fact("40", 0))];
    assert_eq!(check_summation(&[fact("60", 0)], &items, XbrlRounding::Nearest).unwrap(), Consistency::Consistent);
    assert_eq!(check_summation(&[fact("140", 0)], &items, XbrlRounding::Nearest).unwrap(), Consistency::Inconsistent);
}

/// Rule: duplicates that contradict one another, and digits beyond the decimals, stop the check with an error.
#[test]
fn what_contradicts_itself_stops_the_check() {
    let duplicates = [fact("172000", -3), fact("171797", 0), fact("171000", -3)];
    let error = XbrlFact::common_interval(&duplicates, XbrlRounding::Nearest).unwrap_err();
    assert_eq!(error.to_string(), "the duplicate facts 171797 (decimals 0) and 171000 (decimals -3) have no value in common");
    assert!(check_summation(&duplicates, &[], XbrlRounding::Nearest).is_err());
    assert!(XbrlFact::new("1234".parse().unwrap(), XbrlDecimals::Places(-1)).is_err());
    assert!(XbrlFact::new("0.5".parse().unwrap(), XbrlDecimals::Places(40)).is_ok());
    assert!(XbrlFact::new("0.5".parse().unwrap(), XbrlDecimals::Places(i32::MIN)).is_err());
}

proptest! {
    #![proptest_config(super::cases(4_000))]

    /// C3: an amount in euro returns from marks to the same cent, since a mark's pfennig is the finer unit.
    #[test]
    fn euro_amounts_return_from_marks(cents in -10_i64.pow(12)..10_i64.pow(12)) {
        let euro = Money::from_minor_units(cents, Currency::EUR).unwrap();
        let rule = EuroChangeover::unrounded();
        let marks = rule.convert(euro, Currency::from_code("DEM").unwrap()).unwrap().converted;
        prop_assert_eq!(rule.convert(marks, Currency::EUR).unwrap().converted, euro);
    }

    /// A sum of facts that were rounded from true values is never inconsistent with its rounded total.
    #[test]
    fn true_values_are_never_inconsistent(values in prop::collection::vec(-10_i64.pow(9)..10_i64.pow(9), 1..8), places in -6_i32..0) {
        let rounded = |value: i64, mode| {
            let value = Ratio::from(value).round(Precision::Decimals(places), mode).unwrap().value;
            XbrlFact::new(value, XbrlDecimals::Places(places)).unwrap()
        };
        for (mode, rounding) in [(RoundingMode::HalfEven, XbrlRounding::Nearest), (RoundingMode::Down, XbrlRounding::Truncation)] {
            let items: Vec<_> = values.iter().map(|value| SummationItem::added(rounded(*value, mode))).collect();
            let total = rounded(values.iter().sum(), mode);
            prop_assert_eq!(check_summation(&[total], &items, rounding).unwrap(), Consistency::Consistent);
        }
    }
}
