//! Mike Cowlishaw's test cases of the General Decimal Arithmetic specification, read from a folder that `DECTEST` names
//! (CPython has them as `Lib/test/decimaltestdata`; they are not copied here).
//!
//! Tried is every case of add, subtract, multiply, divide, plus and quantize whose operands are decimals of 96 bits and 28
//! places and whose result is finite and not bent by the exponent limits of its context. Left out are the others: NaN,
//! infinities, wide exponents, and traps.

use dashu_int::{IBig, UBig};
use std::path::Path;
use tieout::{ArithmeticError, Decimal, Precision, Rounded, RoundingMode, add, divide, multiply, quantize, round, subtract};

/// `±digits × 10^exponent`, as a case writes it.
struct Number {
    negative: bool,
    digits: UBig,
    exponent: i64,
}

impl Number {
    fn parse(text: &str) -> Option<Number> {
        let text = text.trim_matches(['\'', '"']);
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |rest| (true, rest));
        let lower = unsigned.to_ascii_lowercase();
        let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
        let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{decimals}");
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let exponent = exponent.parse::<i64>().ok()? - decimals.len() as i64;
        (exponent.abs() < 400).then_some(Number { negative, digits: digits.parse().ok()?, exponent })
    }

    /// The decimal of this value, with these decimals where it has any.
    fn decimal(&self) -> Option<Decimal> {
        let power = UBig::from(10_u8).pow(self.exponent.max(0) as usize);
        let coefficient = u128::try_from(&self.digits * power).ok()?;
        let scale = u32::try_from(-self.exponent.min(0)).ok()?;
        let value = Decimal::try_from_i128_with_scale(i128::try_from(coefficient).ok()?, scale).ok()?;
        Some(if self.negative { -value } else { value })
    }

    /// The value of this number as a multiple of `10^-400`, to compare with others.
    fn value(&self) -> IBig {
        let size = IBig::from(&self.digits * UBig::from(10_u8).pow((400 + self.exponent) as usize));
        if self.negative { -size } else { size }
    }

    fn of(value: Decimal) -> Number {
        Number { negative: value.is_sign_negative(), digits: value.mantissa().unsigned_abs().into(), exponent: -i64::from(value.scale()) }
    }

    /// Whether a decimal can hold the value, if need be without its last zeros.
    fn is_representable(&self) -> bool {
        let (mut digits, mut exponent) = (self.digits.clone(), self.exponent);
        let too_long = |digits: &UBig, exponent: i64| exponent < -28 || exponent < 0 && *digits > UBig::from((1_u128 << 96) - 1);
        while digits != UBig::ZERO && too_long(&digits, exponent) && (&digits % 10_u8) == 0 {
            digits /= 10_u8;
            exponent += 1;
        }
        Number { negative: self.negative, digits, exponent }.decimal().is_some()
    }
}

/// What a file has set when a case is met.
#[derive(Default)]
struct Context {
    precision: u32,
    mode: Option<RoundingMode>,
}

impl Context {
    fn set(&mut self, directive: &str, value: &str) {
        match directive {
            "precision" => self.precision = value.parse().unwrap(),
            "rounding" => self.mode = RoundingMode::from_name(&value.to_ascii_lowercase().replace('_', "-").replace("05up", "05-up")),
            _ => {}
        }
    }

    /// `None` for an operation or operands that are not tried.
    fn compute(&self, operation: &str, operands: &[&str]) -> Option<Result<Rounded, ArithmeticError>> {
        let (precision, mode) = (Precision::UpToSignificant(self.precision), self.mode?);
        let operand = |i: usize| Number::parse(operands.get(i)?)?.decimal();
        Some(match operation {
            "plus" => round(operand(0)?, precision, mode),
            "add" => add(operand(0)?, operand(1)?, precision, mode),
            "subtract" => subtract(operand(0)?, operand(1)?, precision, mode),
            "multiply" => multiply(operand(0)?, operand(1)?, precision, mode),
            "divide" => divide(operand(0)?, operand(1)?, precision, mode),
            // A pattern with a positive exponent has no decimal of its own.
            "quantize" => match Number::parse(operands.get(1)?)?.exponent {
                ..=0 => quantize(operand(0)?, operand(1)?, mode),
                exponent => round(operand(0)?, Precision::Decimals(-(exponent as i32)), mode),
            },
            _ => return None,
        })
    }
}

/// Tries one line; `Some(Err)` says what is wrong with it, `None` that it is not tried.
fn try_case(context: &Context, line: &str) -> Option<Result<(), String>> {
    let (case, outcome) = line.split_once("->")?;
    let case: Vec<&str> = case.split_whitespace().collect();
    let outcome: Vec<&str> = outcome.split_whitespace().collect();
    let (operation, operands) = (case.get(1)?.to_ascii_lowercase(), case.get(2..)?);
    let flags = outcome.get(1..)?;
    let bent = ["Overflow", "Underflow", "Subnormal", "Clamped", "Invalid_operation", "Division_by_zero"];
    if flags.iter().any(|flag| bent.iter().any(|name| flag.eq_ignore_ascii_case(name))) {
        return None;
    }
    let expected = Number::parse(outcome.first()?)?;
    let operands_plain = operands.iter().all(|text| Number::parse(text).is_some_and(|number| number.exponent <= 0));
    let found = context.compute(&operation, operands)?;
    let right = match &found {
        Ok(found) => {
            let ours = Number::of(found.value);
            let inexact = flags.iter().any(|flag| flag.eq_ignore_ascii_case("Inexact"));
            let same_zeros = !operands_plain || !(-28..=0).contains(&expected.exponent) || ours.exponent == expected.exponent;
            // Where the last zeros do not fit, only the value can be the same.
            let zeros_fit = expected.decimal().is_some();
            ours.value() == expected.value() && found.exact != inexact && (same_zeros || !zeros_fit)
        }
        Err(_) => !expected.is_representable(),
    };
    Some(if right { Ok(()) } else { Err(format!("{line}: found {found:?}")) })
}

fn try_file(path: &Path, failures: &mut Vec<String>) -> usize {
    let mut context = Context::default();
    let mut tried = 0;
    for line in std::fs::read(path).unwrap().split(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(line);
        let line = line.split("--").next().unwrap().trim();
        match line.split_once(':') {
            Some((directive, value)) if !line.contains("->") => context.set(&directive.trim().to_ascii_lowercase(), value.trim()),
            _ => match try_case(&context, line) {
                Some(Ok(())) => tried += 1,
                Some(Err(failure)) => failures.push(failure),
                None => {}
            },
        }
    }
    tried
}

/// Rule: every applicable case of the public suite gives its value, its trailing zeros and its exactness.
#[test]
#[ignore = "needs the folder of the test cases: DECTEST=… cargo test -- --ignored"]
fn every_applicable_case_of_the_public_suite_is_right() {
    let folder = std::env::var_os("DECTEST").expect("DECTEST names the folder of the *.decTest files");
    let mut failures = Vec::new();
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "decTest") {
            tried += try_file(&path, &mut failures);
        }
    }
    println!("{tried} cases are right");
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), tried + failures.len(), failures.join("\n"));
    assert!(tried > 5000, "only {tried} cases were found");
}
