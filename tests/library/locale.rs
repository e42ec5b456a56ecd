//! What is printed is read back; what is read is what people write.

use proptest::prelude::*;
use tieout::{Currency, Decimal, Locale, Money, Precision, RoundingMode};

#[track_caller]
fn assert_reads(locale: Locale, text: &str, expected: &str) {
    let money = locale.parse_money(text).unwrap_or_else(|error| panic!("{locale} {text:?}: {error}"));
    assert_eq!(money.to_string(), expected, "{locale} {text:?}");
}

#[track_caller]
fn assert_refuses(locale: Locale, text: &str) {
    if let Ok(money) = locale.parse_money(text) {
        panic!("{locale} {text:?} was read as {money}");
    }
}

/// Rule: an amount is read in the forms that the press and the reports of its language use.
#[test]
fn amounts_are_read_as_each_language_writes_them() {
    let bn = "EUR 59500000000";
    for (locale, text, expected) in [
        (Locale::EN, "€59.5bn", bn),
        (Locale::EN, "€59.5 billion", bn),
        (Locale::EN, "EUR 59.5B", bn),
        (Locale::EN, "59.5 billion euros", bn),
        (Locale::EN, "CNY 59.5 billion", "CNY 59500000000"),
        (Locale::EN, "59.5 billion yuan", "CNY 59500000000"),
        (Locale::EN, "RMB59.5 billion", "CNY 59500000000"),
        (Locale::EN, "-US$1,234.50", "USD -1234.50"),
        (Locale::EN, "US$ -5", "USD -5"),
        (Locale::EN, "US$(5.0) million", "USD -5000000"),
        (Locale::EN, "(US$5.0 million)", "USD -5000000"),
        (Locale::EN, "($5 CAD)", "CAD -5"),
        (Locale::EN_GB, "£8,424m", "GBP 8424000000"),
        (Locale::EN_US, "$450 million", "USD 450000000"),
        (Locale::EN_US, "$5 CAD", "CAD 5"),
        (Locale::EN_US, "5 dollars", "USD 5"),
        (Locale::EN_CA, "$5.00", "CAD 5.00"),
        (Locale::EN_IN, "₹1,23,45,678.90", "INR 12345678.90"),
        (Locale::EN_IN, "₹5.95 lakh crore", "INR 5950000000000"),
        (Locale::EN_IN, "Rs. 595 Cr", "INR 5950000000"),
        (Locale::FR, "59,5 Md€", bn),
        (Locale::FR, "59,5\u{a0}milliards d’euros", bn),
        (Locale::FR, "1\u{202f}234,50 $US", "USD 1234.50"),
        (Locale::FR, "59,5 milliards de yuans", "CNY 59500000000"),
        (Locale::FR, "2 mille milliards d'euros", "EUR 2000000000000"),
        (Locale::DE, "59,5 Mrd. €", bn),
        (Locale::DE, "59,5 Milliarden Euro", bn),
        (Locale::DE, "1.234,50 US-$", "USD 1234.50"),
        (Locale::DE_CH, "CHF 1’234.50", "CHF 1234.50"),
        (Locale::DE_CH, "CHF-5.00", "CHF -5.00"),
        (Locale::ES, "59.500 millones de euros", bn),
        (Locale::ES, "59,5 mil M€", bn),
        (Locale::ES, "59,5 mil millones de euros", bn),
        (Locale::IT, "59,5 miliardi di euro", bn),
        (Locale::IT, "59,5 Mld €", bn),
        (Locale::PT, "R$ 59,5 bilhões", "BRL 59500000000"),
        (Locale::PT_PT, "59,5 mil milhões de euros", bn),
        (Locale::NL, "€ 59,5 miljard", bn),
        (Locale::NL, "€ -5,00", "EUR -5.00"),
        (Locale::ZH, "594.8亿元", "CNY 59480000000"),
        (Locale::ZH, "人民币594.8亿元", "CNY 59480000000"),
        (Locale::ZH, "¥5万", "CNY 50000"),
        (Locale::ZH, "84.24亿美元", "USD 8424000000"),
        (Locale::ZH, "1.2万亿元", "CNY 1200000000000"),
        (Locale::JA, "5億9500万円", "JPY 595000000"),
        (Locale::JA, "△5億円", "JPY -500000000"),
        (Locale::JA, "▲5億円", "JPY -500000000"),
        (Locale::JA, "１２３億円", "JPY 12300000000"),
        (Locale::JA, "￥1,234", "JPY 1234"),
        (Locale::ZH_HANT, "NT$5億", "TWD 500000000"),
    ] {
        assert_reads(locale, text, expected);
    }
}

/// Rule: a sign that several currencies share is an error unless the home currency settles it.
#[test]
fn a_shared_sign_needs_a_home() {
    for (locale, text) in [(Locale::EN, "$5"), (Locale::EN, "¥5"), (Locale::FR, "5 $"), (Locale::DE, "5 kr"), (Locale::EN, "5 dollars")] {
        assert_refuses(locale, text);
    }
    assert_reads(Locale::EN.with_home(Currency::CAD), "$5", "CAD 5");
    assert_reads(Locale::DE.with_home(Currency::SEK), "5 kr", "SEK 5");
    assert_reads(Locale::EN.with_home(Currency::JPY), "¥5", "JPY 5");
}

/// Rule: what is no amount in a locale is refused, never half-read.
#[test]
fn what_is_no_amount_is_refused() {
    for (locale, text) in [
        (Locale::EN, ""),
        (Locale::EN, "€"),
        (Locale::EN, "5"),
        (Locale::EN, "€5 gazillion"),
        (Locale::EN, "€1,23"),
        (Locale::EN, "€1.234,5"),
        (Locale::EN, "--€5"),
        (Locale::EN, "-€-5"),
        (Locale::EN, "(€-5)"),
        (Locale::EN, "€5 USD"),
        (Locale::EN, "EUROPE 5"),
        (Locale::EN, "€5 and 6"),
        (Locale::EN, "€5億"),
        (Locale::EN, "▲€5"),
        (Locale::EN, "€5e999999999"),
        (Locale::EN, "€99999999999999999999999999999999"),
        (Locale::FR, "59.5 €"),
        (Locale::FR, "59,5 bn €"),
        (Locale::ZH, "5兆元"),
        (Locale::JA, "5万3億円"),
    ] {
        assert_refuses(locale, text);
    }
}

/// Rule: amounts are printed with the locale's marks. Source: Unicode CLDR 48 as in Babel 2.18, where the sign is the
/// same; a sign that would be ambiguous is replaced by one that is not.
#[test]
fn amounts_are_printed_as_each_locale_writes_them() {
    for (locale, money, expected) in [
        (Locale::EN_US, "USD -1234.50", "-$1,234.50"),
        (Locale::EN_GB, "GBP 1234567.00", "£1,234,567.00"),
        (Locale::EN_GB, "USD 1234.50", "US$1,234.50"),
        (Locale::EN, "CHF 1234.50", "CHF\u{a0}1,234.50"),
        (Locale::EN_IN, "INR 12345678.90", "₹1,23,45,678.90"),
        (Locale::FR, "EUR -1234.50", "-1\u{202f}234,50\u{a0}€"),
        (Locale::FR, "USD 1234.50", "1\u{202f}234,50\u{a0}$US"),
        (Locale::FR_CA, "CAD 1234.50", "1\u{a0}234,50\u{a0}$"),
        (Locale::DE, "EUR 1234.50", "1.234,50\u{a0}€"),
        (Locale::DE_CH, "CHF -1234.50", "CHF-1’234.50"),
        (Locale::ES, "EUR 1234.50", "1234,50\u{a0}€"),
        (Locale::ES, "EUR 12345.50", "12.345,50\u{a0}€"),
        (Locale::IT, "EUR 1234.50", "1.234,50\u{a0}€"),
        (Locale::PT, "BRL -1234.50", "-R$\u{a0}1.234,50"),
        (Locale::PT_PT, "EUR 12345.50", "12\u{a0}345,50\u{a0}€"),
        (Locale::NL, "EUR -1234.50", "€\u{a0}-1.234,50"),
        (Locale::ZH, "CNY -1234.5", "-¥1,234.5"),
        (Locale::ZH, "JPY 1234", "JP¥1,234"),
        (Locale::JA, "JPY 1234", "¥1,234"),
        (Locale::JA, "CNY 1234", "CN¥1,234"),
    ] {
        let money: Money = money.parse().unwrap();
        assert_eq!(locale.format(money), expected, "{locale} {money}");
    }
}

/// Rule: the short form takes the greatest unit that is filled after the rounding.
#[test]
fn short_forms_take_the_greatest_unit_that_is_filled() {
    let one = Precision::Decimals(1);
    for (locale, money, expected) in [
        (Locale::EN, "EUR 59477123456", "€59.5bn"),
        (Locale::EN, "EUR -59477123456", "-€59.5bn"),
        (Locale::EN_US, "USD 999949999", "$999.9M"),
        (Locale::EN_US, "USD 999950000", "$1.0B"),
        (Locale::EN, "EUR 949", "€949.0"),
        (Locale::EN, "CHF 59477123456", "CHF\u{a0}59.5bn"),
        (Locale::EN_IN, "INR 59477123456", "₹5,947.7Cr"),
        (Locale::FR, "EUR 59477123456", "59,5\u{a0}Md€"),
        (Locale::FR, "CHF 59477123456", "59,5\u{a0}Md\u{a0}CHF"),
        (Locale::DE, "EUR 59477123456", "59,5\u{a0}Mrd.\u{a0}€"),
        (Locale::ES, "EUR 59477123456", "59,5\u{a0}mil\u{a0}M€"),
        (Locale::IT, "EUR 59477123456", "59,5\u{a0}Mld\u{a0}€"),
        (Locale::PT, "BRL 59477123456", "R$\u{a0}59,5\u{a0}bi"),
        (Locale::NL, "EUR 59477123456", "€\u{a0}59,5\u{a0}mld."),
        (Locale::ZH, "CNY 59477123456", "¥594.8亿"),
        (Locale::JA, "JPY 59477123456", "¥594.8億"),
        (Locale::FR, "EUR -950", "-950,0\u{a0}€"),
        (Locale::EN, "EUR 999999.96", "€1.0m"),
        (Locale::EN, "EUR 79228162514264337593543950335", "€79,228,162,514,264,337.6tn"),
    ] {
        let money: Money = money.parse().unwrap();
        assert_eq!(locale.format_compact(money, one, RoundingMode::HalfEven).unwrap(), expected);
    }
}

fn any_locale() -> impl Strategy<Value = Locale> {
    proptest::sample::select(Locale::all().collect::<Vec<_>>())
}

fn any_currency() -> impl Strategy<Value = Currency> {
    proptest::sample::select(Currency::all().collect::<Vec<_>>())
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (-79228162514264337593543950335_i128..=79228162514264337593543950335, 0_u32..=28)
        .prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits, scale))
}

proptest! {
    #![proptest_config(super::cases(1_500))]

    /// T1: what is printed is read back as the same currency and value, with the same digits.
    #[test]
    fn what_is_printed_is_read_back(locale in any_locale(), currency in any_currency(), amount in any_decimal(), home in any_currency()) {
        for locale in [locale, locale.with_home(home)] {
            let money = Money::new(amount, currency);
            let back = locale.parse_money(&locale.format(money)).unwrap();
            prop_assert_eq!(back.to_string(), money.to_string());
            let number = locale.parse_number(&locale.format_number(amount)).unwrap().to_decimal().unwrap();
            prop_assert_eq!(number.to_string(), money.amount().to_string());
        }
    }

    /// A short form is read back as an amount that prints so again, within half a unit of its last digit.
    #[test]
    fn a_short_form_is_read_back(locale in any_locale(), currency in any_currency(), amount in -10_i64.pow(16)..10_i64.pow(16)) {
        let money = Money::new(Decimal::new(amount, 2), currency);
        let short = |money| locale.format_compact(money, Precision::Decimals(1), RoundingMode::HalfEven).unwrap();
        let back = locale.parse_money(&short(money)).unwrap();
        prop_assert_eq!(back.currency(), currency);
        prop_assert_eq!(short(back), short(money));
    }

    /// No text makes a reader panic.
    #[test]
    fn no_text_makes_a_reader_panic(locale in any_locale(), text in "[-+()$€¥0-9.,' a-zA-Z万億亿△%]{0,24}|.{0,24}") {
        let _ = locale.parse_money(&text);
        let _ = locale.parse_number(&text);
        let _ = locale.parse_percent(&text);
    }
}
