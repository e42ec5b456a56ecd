//! One function for each rule: from the inputs of a row to the text that should stand in `expected`.

use super::Row;
use tieout::{
    Currency, Decimal, End, GrowthRate, Interval, NotMeaningful, Percent, Precision, Ratio, RoundingMode, compound_rate,
    implied_prior_interval, mul_div, round,
};

impl Row {
    fn decimal(&self, key: &str) -> Decimal {
        decimal(self.text(key))
    }

    fn ratio(&self, key: &str) -> Ratio {
        ratio(self.text(key))
    }

    fn places(&self, key: &str) -> i32 {
        self.text(key).parse().unwrap()
    }

    fn mode(&self) -> RoundingMode {
        mode(self.text("mode")).unwrap_or_else(|| panic!("line {}: no such mode", self.line))
    }

    fn precision(&self) -> Precision {
        Precision::Decimals(self.places("dp"))
    }
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// A number of any length.
fn ratio(text: &str) -> Ratio {
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    &Ratio::new(text.replace('.', "").parse().unwrap(), 1).unwrap() * &Ratio::power_of_ten(-i16::try_from(decimals).unwrap())
}

fn mode(name: &str) -> Option<RoundingMode> {
    RoundingMode::from_name(&if name == "05up" { "05-up".to_owned() } else { name.replace('_', "-") })
}

/// `[low,high)` as the table writes it, without the trailing zeros of the ends.
fn brackets(interval: &Interval) -> String {
    let digits = |end: &End| end.value().unwrap().to_decimal().unwrap().to_string();
    let (low, high) = (interval.low(), interval.high());
    let open = if low.is_closed() { '[' } else { '(' };
    let close = if high.is_closed() { ']' } else { ')' };
    format!("{open}{},{}{close}", digits(low), digits(high))
}

fn unit(places: i32) -> Ratio {
    Ratio::power_of_ten(-i16::try_from(places).unwrap())
}

/// What a figure stands for if its tie rule is unknown: half a unit to either side, ends included.
fn nearest(value: &Ratio, places: i32) -> Interval {
    Interval::around(value, &(&unit(places) * &Ratio::new(1, 2).unwrap()))
}

pub(super) fn round_dp(row: &Row) -> String {
    round(row.decimal("x"), row.precision(), row.mode()).unwrap().value.to_string()
}

/// The table writes two decimals whatever the step; the result has those of the step.
pub(super) fn round_step(row: &Row) -> String {
    let rounded = round(row.decimal("x"), Precision::Step(row.decimal("step")), row.mode()).unwrap().value;
    round(rounded, Precision::Decimals(2), RoundingMode::Down).unwrap().value.to_string()
}

/// A rate keeps all its digits, and rounding it to so many significant ones returns it as it is.
pub(super) fn significant_figures(row: &Row) -> String {
    let (rate, text) = (row.decimal("x"), row.text("x"));
    let digits = rate.mantissa().to_string().len();
    let rounded = round(rate, Precision::Significant(digits as u32), RoundingMode::HalfUp).unwrap();
    assert_eq!((rounded.value.to_string().as_str(), rounded.exact), (text, true), "line {}", row.line);
    let currency = Currency::from_code(row.text("currency")).unwrap();
    let successor = currency.successor().unwrap();
    assert_eq!((successor.currency, successor.ratio.to_string().as_str()), (Currency::EUR, text), "line {}", row.line);
    digits.to_string()
}

pub(super) fn convert(row: &Row) -> String {
    mul_div(row.decimal("amount"), row.decimal("quote"), row.decimal("base"), row.precision(), row.mode()).unwrap().value.to_string()
}

/// Through the euro, whose amount is rounded first or not at all.
pub(super) fn triangulate(row: &Row) -> String {
    let (from, to) = (row.ratio("from_rate"), row.ratio("to_rate"));
    let euros = row.ratio("amount").checked_div(&from).unwrap();
    let euros = match row.text("euro_dp") {
        "none" => euros,
        _ => Ratio::from(euros.round(Precision::Decimals(row.places("euro_dp")), row.mode()).unwrap().value),
    };
    (&euros * &to).round(row.precision(), row.mode()).unwrap().value.to_string()
}

pub(super) fn round_trip(row: &Row) -> String {
    let (amount, precision, mode) = (row.decimal("amount"), row.precision(), row.mode());
    let (quote, base) = match row.input("base") {
        Some(base) => (Decimal::ONE, decimal(base)),
        None => (row.decimal("quote"), Decimal::ONE),
    };
    let there = mul_div(amount, quote, base, precision, mode).unwrap().value;
    let back = mul_div(there, base, quote, precision, mode).unwrap().value;
    format!("{there};{back}")
}

pub(super) fn double_rounding(row: &Row) -> String {
    let (x, mode) = (row.ratio("x"), row.mode());
    let to = |x: &Ratio, places: i32| x.round(Precision::Decimals(places), mode).unwrap().value;
    let (first, then) = (row.places("first_dp"), row.places("then_dp"));
    format!("{} (twice) {} (once)", to(&Ratio::from(to(&x, first)), then), to(&x, then))
}

pub(super) fn preimage(row: &Row) -> String {
    let (value, places) = (row.ratio("x"), row.places("dp"));
    brackets(&match row.text("mode") {
        "half_any" => nearest(&value, places),
        _ => row.mode().preimage(&value, &unit(places)).unwrap(),
    })
}

/// The interval of an XBRL fact.
fn fact(value: &Ratio, decimals: &str, mode: &str) -> Interval {
    match (decimals.parse(), mode) {
        (Err(_), _) => Interval::point(value.clone()),
        (Ok(places), "round") => nearest(value, places),
        (Ok(places), _) => RoundingMode::Down.preimage(value, &unit(places)).unwrap(),
    }
}

pub(super) fn fact_interval(row: &Row) -> String {
    brackets(&fact(&row.ratio("x"), row.text("decimals"), row.text("mode")))
}

pub(super) fn sum_consistent(row: &Row) -> String {
    let fact = |text: &str| fact(&ratio(text), row.text("decimals"), row.text("mode"));
    let sum = row.text("items").split(',').map(fact).reduce(|sum, item| sum.add(&item)).unwrap();
    consistent(sum.meets(&fact(row.text("total"))))
}

fn consistent(consistent: bool) -> String {
    if consistent { "consistent".to_owned() } else { "inconsistent".to_owned() }
}

/// Whether some whole number divided by n prints as the mean.
pub(super) fn grim(row: &Row) -> String {
    let (mean, n) = (row.decimal("mean"), row.decimal("n"));
    let modes = match row.text("mode") {
        "up_or_down" => vec![RoundingMode::HalfUp, RoundingMode::HalfDown],
        _ => vec![row.mode()],
    };
    let precision = Precision::Decimals(mean.scale() as i32);
    let near = mul_div(mean, n, Decimal::ONE, Precision::Decimals(0), RoundingMode::HalfEven).unwrap().value.mantissa();
    let sums = near - 2..=near + 2;
    let prints = |sum: i128, mode| mul_div(Decimal::from_i128_with_scale(sum, 0), Decimal::ONE, n, precision, mode).unwrap().value == mean;
    consistent(sums.into_iter().any(|sum| modes.iter().any(|mode| prints(sum, *mode))))
}

pub(super) fn reround(row: &Row) -> String {
    let modes: &[RoundingMode] = match row.text("procedure") {
        "up_or_down" => &[RoundingMode::HalfUp, RoundingMode::HalfDown],
        "ceiling_or_floor" => &[RoundingMode::Ceiling, RoundingMode::Floor],
        "even" => &[RoundingMode::HalfEven],
        "trunc" => &[RoundingMode::Down],
        "anti_trunc" => &[RoundingMode::Up],
        other => panic!("line {}: no procedure {other}", row.line),
    };
    let results = modes.iter().map(|mode| round(row.decimal("x"), row.precision(), *mode).unwrap().value.to_string());
    results.collect::<Vec<_>>().join(";")
}

/// A growth over a negative base is refused; the table has the bare quotient.
pub(super) fn growth_percent(row: &Row) -> String {
    let (prior, current) = (row.ratio("prior"), row.ratio("current"));
    let percent = match GrowthRate::between(prior.clone(), current.clone()) {
        Ok(growth) => growth.as_percent(),
        Err(refused) => {
            assert_eq!(refused, NotMeaningful::NegativeBase, "line {}", row.line);
            &(&current - &prior).checked_div(&prior).unwrap() * &Ratio::from(100)
        }
    };
    percent.round(row.precision(), row.mode()).unwrap().value.to_string()
}

pub(super) fn share_percent(row: &Row) -> String {
    mul_div(row.decimal("part"), Decimal::ONE_HUNDRED, row.decimal("whole"), row.precision(), row.mode()).unwrap().value.to_string()
}

/// The ends rounded outward.
pub(super) fn implied_prior(row: &Row) -> String {
    let current = nearest(&row.ratio("current"), row.places("current_decimals"));
    let growth = Percent(row.decimal("growth_percent")).as_fraction();
    let growth = nearest(&growth, row.places("growth_decimals") + 2);
    let prior = implied_prior_interval(&current, &growth).unwrap();
    assert!(prior.low().is_closed() && prior.high().is_closed());
    let end = |end: &End, mode| end.value().unwrap().round(row.precision(), mode).unwrap().value;
    format!("[{},{}]", end(prior.low(), RoundingMode::Floor), end(prior.high(), RoundingMode::Ceiling))
}

/// A percent with n decimals is a fraction with n + 2.
pub(super) fn cagr_percent(row: &Row) -> String {
    let places: u32 = row.text("dp").parse().unwrap();
    let years = row.text("years").parse().unwrap();
    let rate = compound_rate(&row.ratio("begin"), &row.ratio("end"), years, places + 2, row.mode()).unwrap();
    mul_div(rate.value, Decimal::ONE_HUNDRED, Decimal::ONE, row.precision(), RoundingMode::Down).unwrap().value.to_string()
}

pub(super) fn minor_units(row: &Row) -> String {
    Currency::from_code(row.text("currency")).unwrap().minor_units().map_or("N.A.".to_owned(), |units| units.to_string())
}

/// The names that other systems have for a mode stand in the documentation of the mode; `unnecessary`, which is no mode
/// here, in that of the flag that replaces it.
pub(super) fn mode_name(row: &Row) -> String {
    let documentation = match mode(row.text("mode")) {
        Some(mode) => documentation(&format!("    {mode:?},")),
        None => documentation("    pub exact: bool,"),
    };
    let is_documented = |name: &str| name == "-" || documentation.contains(&format!("`{name}`"));
    let missing: Vec<&str> = row.expected.split('|').flat_map(|names| names.split(", ")).filter(|name| !is_documented(name)).collect();
    if missing.is_empty() { row.expected.clone() } else { format!("no {}", missing.join(", ")) }
}

/// The documentation above a line of the source of the modes.
fn documentation(item: &str) -> String {
    let source = include_str!("../../src/exact/rounding.rs");
    let lines: Vec<&str> = source.lines().collect();
    let at = lines.iter().position(|line| *line == item).unwrap_or_else(|| panic!("no line {item:?}"));
    let above = lines[..at].iter().rev().skip_while(|line| line.contains("#[")).take_while(|line| line.trim_start().starts_with("///"));
    above.map(|line| line.trim_start().trim_start_matches("///")).collect::<Vec<_>>().join("\n")
}
