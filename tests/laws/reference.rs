//! What each rule says, written out over the rationals of `dashu-ratio`, without a thought for speed.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use std::cmp::Ordering;
use tieout::{ArithmeticError, Decimal, End, Interval, Precision, Ratio, RoundingMode};

/// The greatest coefficient of a decimal: 96 bits.
pub(super) const MAX: u128 = 79_228_162_514_264_337_593_543_950_335;

pub(super) fn ten_to(exponent: i64) -> RBig {
    let power = UBig::from(10_u8).pow(exponent.unsigned_abs() as usize);
    if exponent < 0 { RBig::from_parts(IBig::ONE, power) } else { RBig::from(power) }
}

pub(super) fn fraction(num: i128, den: i128) -> RBig {
    RBig::from_parts_signed(IBig::from(num), IBig::from(den))
}

/// The value of a decimal, read from its printed digits.
pub(super) fn exact(value: Decimal) -> RBig {
    let text = value.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits: IBig = format!("{whole}{decimals}").parse().unwrap();
    RBig::from(digits) * ten_to(-(decimals.len() as i64))
}

pub(super) fn abs(x: &RBig) -> RBig {
    if *x < RBig::ZERO { -x.clone() } else { x.clone() }
}

pub(super) fn power(x: &RBig, exponent: u32) -> RBig {
    RBig::from_parts(x.numerator().pow(exponent as usize), x.denominator().pow(exponent as usize))
}

/// The same value for the library: the only way from here to there.
pub(super) fn ratio(x: &RBig) -> Ratio {
    let part = |integer: IBig| -> Ratio {
        let billion = Ratio::from(1_000_000_000);
        let text = integer.to_string();
        let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |digits| (true, digits));
        let value = digits.as_bytes().rchunks(9).rev().fold(Ratio::ZERO, |value, chunk| {
            let chunk: i64 = std::str::from_utf8(chunk).unwrap().parse().unwrap();
            &(&value * &billion) + &Ratio::from(chunk)
        });
        if negative { -value } else { value }
    };
    part(x.numerator().clone()).checked_div(&part(IBig::from(x.denominator().clone()))).unwrap()
}

/// A value rounded, and what the rounding did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rounded {
    pub(super) value: RBig,
    pub(super) exact: bool,
    pub(super) tie: bool,
}

/// `x` rounded to a multiple of `unit`.
pub(super) fn round_to(x: &RBig, unit: &RBig, mode: RoundingMode) -> Rounded {
    let count = x / unit;
    let (below, above) = (RBig::from(count.floor()), RBig::from(count.ceil()));
    let to_below = (&count - &below).cmp(&fraction(1, 2));
    let exact = below == above;
    Rounded { value: choose(&count, below, above, mode) * unit, exact, tie: !exact && to_below == Ordering::Equal }
}

/// Which of its two neighbours an integer count becomes.
fn choose(count: &RBig, below: RBig, above: RBig, mode: RoundingMode) -> RBig {
    let positive = *count > RBig::ZERO;
    let (towards_zero, away) = if positive { (below.clone(), above.clone()) } else { (above.clone(), below.clone()) };
    let multiple_of = |x: &RBig, n: u8| (x / RBig::from(n)).is_int();
    let nearest = |tie: RBig| match (count - &below).cmp(&(&above - count)) {
        Ordering::Less => below.clone(),
        Ordering::Greater => above.clone(),
        Ordering::Equal => tie,
    };
    match mode {
        RoundingMode::HalfEven => nearest(if multiple_of(&below, 2) { below.clone() } else { above.clone() }),
        RoundingMode::HalfUp => nearest(away),
        RoundingMode::HalfDown => nearest(towards_zero),
        RoundingMode::HalfCeiling => nearest(above.clone()),
        RoundingMode::HalfFloor => nearest(below.clone()),
        RoundingMode::Up => away,
        RoundingMode::Down => towards_zero,
        RoundingMode::Ceiling => above,
        RoundingMode::Floor => below,
        // Towards zero, unless that leaves a last digit of 0 or 5 and something is cut off.
        RoundingMode::ZeroFiveUp => {
            if multiple_of(&towards_zero, 5) {
                away
            } else {
                towards_zero
            }
        }
    }
}

/// `x` rounded to so many decimals.
pub(super) fn round(x: &RBig, places: i64, mode: RoundingMode) -> RBig {
    round_to(x, &ten_to(-places), mode).value
}

/// The exponent of the first digit of `x`, which is not zero.
pub(super) fn leading_exponent(x: &RBig) -> i64 {
    let (x, mut exponent) = (abs(x), 0);
    while ten_to(exponent) > x {
        exponent -= 1;
    }
    while ten_to(exponent + 1) <= x {
        exponent += 1;
    }
    exponent
}

/// The scale with which a value can be stored, the longest of those up to `places`.
fn scale_of(value: &RBig, places: i64) -> Option<i64> {
    let fits = |scale: &i64| {
        let coefficient = value * ten_to(*scale);
        coefficient.is_int() && abs(&coefficient) <= RBig::from(MAX)
    };
    (0..=places.clamp(0, 28)).rev().find(fits)
}

/// The result of rounding `x` to a precision, its value and its scale; `own_places` are the decimals that the operands
/// give the exact result.
pub(super) fn expected(x: &RBig, own_places: i64, precision: Precision, mode: RoundingMode) -> Result<(Rounded, i64), ArithmeticError> {
    match precision {
        Precision::Decimals(places) => to_decimals(x, i64::from(places), mode),
        Precision::Significant(0) | Precision::UpToSignificant(0) => Err(ArithmeticError::BadPrecision),
        Precision::Significant(_) | Precision::UpToSignificant(_) if *x == RBig::ZERO => {
            Ok((Rounded { value: RBig::ZERO, exact: true, tie: false }, own_places.clamp(0, 28)))
        }
        Precision::Significant(digits) => to_significant(x, i64::from(digits), mode),
        Precision::UpToSignificant(digits) => {
            let (rounded, scale) = to_significant(x, i64::from(digits), mode)?;
            let fewest = (0..=scale).find(|places| (&rounded.value * ten_to(*places)).is_int()).unwrap();
            let scale = if rounded.exact { scale.min(fewest.max(own_places)) } else { scale };
            Ok((rounded, scale))
        }
        Precision::Step(step) if exact(step) <= RBig::ZERO => Err(ArithmeticError::BadPrecision),
        Precision::Step(step) => {
            let rounded = round_to(x, &exact(step), mode);
            at_scale(rounded, i64::from(step.scale()))
        }
    }
}

fn to_decimals(x: &RBig, places: i64, mode: RoundingMode) -> Result<(Rounded, i64), ArithmeticError> {
    if places > 28 {
        let (rounded, scale) = at_scale(round_to(x, &ten_to(-28), mode), 28)?;
        return if rounded.exact { Ok((rounded, scale)) } else { Err(ArithmeticError::Underflow) };
    }
    // No value here reaches 10^400, so the result is the same at any greater unit; the powers of those are not computed.
    let rounded = round_to(x, &ten_to(-places.max(-400)), mode);
    at_scale(rounded, places.max(0))
}

fn at_scale(rounded: Rounded, scale: i64) -> Result<(Rounded, i64), ArithmeticError> {
    let fits = abs(&rounded.value) * ten_to(scale) <= RBig::from(MAX);
    if fits { Ok((rounded, scale)) } else { Err(ArithmeticError::Overflow) }
}

fn to_significant(x: &RBig, digits: i64, mode: RoundingMode) -> Result<(Rounded, i64), ArithmeticError> {
    let counted = digits.min(38);
    let places = counted - 1 - leading_exponent(x);
    let rounded = round_to(x, &ten_to(-places), mode);
    let too_long = |needed: bool| if needed { ArithmeticError::Underflow } else { ArithmeticError::Overflow };
    if !rounded.exact && counted < digits {
        return Err(too_long(places > 28));
    }
    // A carry has one digit more before the point, and so one decimal less.
    let carried = counted - 1 - leading_exponent(&rounded.value);
    match scale_of(&rounded.value, places.min(carried)) {
        Some(scale) => Ok((rounded, scale)),
        None => Err(too_long(!(&rounded.value * ten_to(28)).is_int())),
    }
}

/// Whether an interval of the library holds `x`, by its ends alone.
pub(super) fn holds(interval: &Interval, x: &Ratio) -> bool {
    let above = match interval.low() {
        End::Closed(low) => low <= x,
        End::Open(low) => low < x,
        End::Unbounded => true,
    };
    let below = match interval.high() {
        End::Closed(high) => x <= high,
        End::Open(high) => x < high,
        End::Unbounded => true,
    };
    above && below
}

/// The reference knows the examples that the modes are taught with.
#[test]
fn the_reference_rounds_the_taught_examples() {
    let cases = [
        (RoundingMode::HalfEven, ["-2", "-2", "-2", "-1", "1", "2", "2", "2"]),
        (RoundingMode::HalfUp, ["-3", "-2", "-2", "-1", "1", "2", "2", "3"]),
        (RoundingMode::HalfDown, ["-2", "-2", "-1", "-1", "1", "1", "2", "2"]),
        (RoundingMode::HalfCeiling, ["-2", "-2", "-1", "-1", "1", "2", "2", "3"]),
        (RoundingMode::HalfFloor, ["-3", "-2", "-2", "-1", "1", "1", "2", "2"]),
        (RoundingMode::Up, ["-3", "-2", "-2", "-2", "2", "2", "2", "3"]),
        (RoundingMode::Down, ["-2", "-1", "-1", "-1", "1", "1", "1", "2"]),
        (RoundingMode::Ceiling, ["-2", "-1", "-1", "-1", "2", "2", "2", "3"]),
        (RoundingMode::Floor, ["-3", "-2", "-2", "-2", "1", "1", "1", "2"]),
        (RoundingMode::ZeroFiveUp, ["-2", "-1", "-1", "-1", "1", "1", "1", "2"]),
    ];
    let values = [-25, -16, -15, -11, 11, 15, 16, 25].map(|tenths| fraction(tenths, 10));
    for (mode, expected) in cases {
        let rounded = values.clone().map(|x| round(&x, 0, mode).to_string());
        assert_eq!(rounded.each_ref().map(String::as_str), expected, "{mode:?}");
    }
    assert_eq!(round(&fraction(501, 100), 0, RoundingMode::ZeroFiveUp), RBig::from(6));
}
