//! K1–K6, L1–L3: `a × b ÷ c` and the four operations give the exactly rounded result or an error, whatever the width.

use super::cases;
use super::generate::{decimal, mode, nonzero_decimal, precision};
use super::reference::{self, MAX, abs, exact, ten_to};
use dashu_ratio::RBig;
use proptest::prelude::*;
use tieout::{
    ArithmeticError, Decimal, Precision, Ratio, Rounded, RoundingMode, add, divide, mul_div, multiply, quantize, round, subtract,
};

/// Holds a result to the rule: value, scale, flags, sign of zero, or the error.
#[track_caller]
pub(super) fn assert_rule(ours: Result<Rounded, ArithmeticError>, x: &RBig, own_places: i64, precision: Precision, mode: RoundingMode) {
    let expected = reference::expected(x, own_places, precision, mode);
    let seen = ours.map(|ours| {
        assert!(!(ours.value.is_zero() && ours.value.is_sign_negative()), "negative zero");
        let Rounded { value, exact: is_exact, tie } = ours;
        (reference::Rounded { value: exact(value), exact: is_exact, tie }, i64::from(value.scale()))
    });
    assert_eq!(seen, expected, "{x} with {own_places} places of its own, to {precision:?}, {mode:?}");
}

fn own_places(a: Decimal, b: Decimal, c: Decimal) -> i64 {
    i64::from(a.scale()) + i64::from(b.scale()) - i64::from(c.scale())
}

/// As many digits and places as asked for; the library must answer from the width that suffices.
fn with_digits(digits: u32, scale: u32) -> impl Strategy<Value = Decimal> {
    (10_i128.pow(digits - 1)..10_i128.pow(digits), any::<bool>())
        .prop_map(move |(n, negative)| Decimal::from_i128_with_scale(if negative { -n } else { n }, scale))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn k1_mul_div_is_the_exact_quotient_rounded_once(a in decimal(), b in decimal(), c in nonzero_decimal(), p in precision(), m in mode()) {
        assert_rule(mul_div(a, b, c, p, m), &(exact(a) * exact(b) / exact(c)), own_places(a, b, c), p, m);
    }

    #[test]
    fn k1_ordinary_figures_are_rounded_once(
        a in with_digits(12, 2), b in with_digits(6, 4), c in with_digits(6, 4), places in 0_i32..=6, m in mode(),
    ) {
        let p = Precision::Decimals(places);
        assert_rule(mul_div(a, b, c, p, m), &(exact(a) * exact(b) / exact(c)), own_places(a, b, c), p, m);
    }

    #[test]
    fn k1_the_longest_figures_are_rounded_once(
        a in with_digits(28, 27), b in with_digits(28, 27), c in with_digits(28, 27), places in 20_i32..=28, m in mode(),
    ) {
        let p = Precision::Decimals(places);
        assert_rule(mul_div(a, b, c, p, m), &(exact(a) * exact(b) / exact(c)), own_places(a, b, c), p, m);
    }

    #[test]
    fn k1_addition_is_the_exact_sum_rounded_once(a in decimal(), b in decimal(), p in precision(), m in mode()) {
        assert_rule(add(a, b, p, m), &(exact(a) + exact(b)), i64::from(a.scale().max(b.scale())), p, m);
    }

    #[test]
    fn k1_subtraction_is_the_exact_difference_rounded_once(a in decimal(), b in decimal(), p in precision(), m in mode()) {
        assert_rule(subtract(a, b, p, m), &(exact(a) - exact(b)), i64::from(a.scale().max(b.scale())), p, m);
    }

    #[test]
    fn k1_multiplication_is_the_exact_product_rounded_once(a in decimal(), b in decimal(), p in precision(), m in mode()) {
        assert_rule(multiply(a, b, p, m), &(exact(a) * exact(b)), own_places(a, b, Decimal::ONE), p, m);
    }

    #[test]
    fn k1_division_is_the_exact_quotient_rounded_once(a in decimal(), b in nonzero_decimal(), p in precision(), m in mode()) {
        assert_rule(divide(a, b, p, m), &(exact(a) / exact(b)), own_places(a, Decimal::ONE, b), p, m);
    }

    #[test]
    fn k1_quantize_takes_the_decimals_of_the_pattern(a in decimal(), pattern in decimal(), m in mode()) {
        let places = i32::try_from(pattern.scale()).unwrap();
        assert_rule(quantize(a, pattern, m), &exact(a), i64::from(a.scale()), Precision::Decimals(places), m);
    }

    #[test]
    fn k1_a_ratio_of_any_size_is_rounded_once(
        factors in proptest::collection::vec(decimal(), 1..6), divisors in proptest::collection::vec(nonzero_decimal(), 0..6),
        p in precision(), m in mode(),
    ) {
        let ratio = factors.iter().fold(Ratio::ONE, |x, f| &x * &Ratio::from(*f));
        let ratio = divisors.iter().fold(ratio, |x, d| x.checked_div(&Ratio::from(*d)).unwrap());
        let x = factors.iter().fold(RBig::ONE, |x, f| x * exact(*f));
        let x = divisors.iter().fold(x, |x, d| x / exact(*d));
        assert_rule(ratio.round(p, m), &x, 0, p, m);
    }

    #[test]
    fn k2_factors_may_be_swapped(a in decimal(), b in decimal(), c in nonzero_decimal(), p in precision(), m in mode()) {
        prop_assert_eq!(mul_div(a, b, c, p, m), mul_div(b, a, c, p, m));
    }

    #[test]
    fn k2_times_and_by_the_same_is_a_plain_rounding(a in decimal(), b in nonzero_decimal(), p in precision(), m in mode()) {
        prop_assert_eq!(mul_div(a, b, b, p, m), round(a, p, m));
    }

    #[test]
    fn k2_zero_gives_a_positive_zero(b in decimal(), c in nonzero_decimal(), places in 0_i32..=28, m in mode()) {
        let zero = mul_div(-Decimal::ZERO, b, c, Precision::Decimals(places), m).unwrap();
        prop_assert!(zero.value.is_zero() && !zero.value.is_sign_negative() && zero.exact && !zero.tie);
    }

    #[test]
    fn k2_division_by_zero_is_an_error(a in decimal(), b in decimal(), scale in 0_u32..=28, p in precision(), m in mode()) {
        prop_assert_eq!(mul_div(a, b, Decimal::new(0, scale), p, m), Err(ArithmeticError::DivisionByZero));
        prop_assert_eq!(divide(a, Decimal::new(0, scale), p, m), Err(ArithmeticError::DivisionByZero));
    }

    #[test]
    fn k3_a_common_factor_changes_nothing(
        a in any::<i32>(), b in decimal(), c in any::<i32>(), t in -1_000_000_i64..=1_000_000, places in -3_i32..=28, m in mode(),
    ) {
        prop_assume!(c != 0 && t != 0);
        let by = |n: i32, t: i64| Decimal::from(i64::from(n)).checked_mul(Decimal::from(t)).unwrap();
        let p = Precision::Decimals(places);
        prop_assert_eq!(mul_div(by(a, t), b, by(c, t), p, m), mul_div(by(a, 1), b, by(c, 1), p, m));
    }

    #[test]
    fn k4_overflow_exactly_when_the_coefficient_has_more_than_96_bits(
        a in decimal(), b in decimal(), c in nonzero_decimal(), places in 0_i32..=28, m in mode(),
    ) {
        let units = reference::round(&(exact(a) * exact(b) / exact(c)), i64::from(places), m) * ten_to(i64::from(places));
        let overflows = mul_div(a, b, c, Precision::Decimals(places), m) == Err(ArithmeticError::Overflow);
        prop_assert_eq!(overflows, abs(&units) > RBig::from(MAX));
    }

    #[test]
    fn k4_the_last_value_that_fits_and_the_first_that_does_not(places in 0_i32..=28, beyond in 1_u32..=9, m in mode()) {
        // MAX + 0.1 to MAX + 0.9 units, divided so that the kernel has to go wide.
        let max = Decimal::from_i128_with_scale(MAX as i128, 0);
        let ours = add(max, Decimal::new(i64::from(beyond), 1), Precision::Decimals(0), m);
        let fits = reference::round(&(RBig::from(MAX) + reference::fraction(i128::from(beyond), 10)), 0, m) == RBig::from(MAX);
        prop_assert_eq!(ours.is_ok(), fits);
        let max = Decimal::from_i128_with_scale(MAX as i128, places as u32);
        prop_assert_eq!(mul_div(max, max, max, Precision::Decimals(places), m).map(|r| r.value), Ok(max));
    }

    #[test]
    fn k5_every_width_gives_the_same(a in any::<u32>(), b in any::<u32>(), c in 1_u32.., places in 0_i32..=8, m in mode()) {
        // The same quotient out of 64-bit, 128-bit and 256-bit operands: a common factor lengthens them.
        let p = Precision::Decimals(places);
        let decimal = |n: u32, zeros: u32| Decimal::from_i128_with_scale(i128::from(n) * 10_i128.pow(zeros), 0);
        let narrow = mul_div(decimal(a, 0), decimal(b, 0), decimal(c, 0), p, m);
        let middle = mul_div(decimal(a, 9), decimal(b, 0), decimal(c, 9), p, m);
        let wide = mul_div(decimal(a, 18), decimal(b, 18), decimal(c, 18), p, m);
        let scaled_back = mul_div(decimal(a, 18), Decimal::from_i128_with_scale(i128::from(b) * 10_i128.pow(18), 18), decimal(c, 18), p, m);
        let any_size = (&Ratio::from(decimal(a, 18)) * &Ratio::from(decimal(b, 18)))
            .checked_div(&(&Ratio::from(decimal(c, 18)) * &Ratio::power_of_ten(18)))
            .unwrap();
        prop_assert_eq!(narrow, middle);
        prop_assert_eq!(narrow, scaled_back);
        prop_assert_eq!(narrow, any_size.round(p, m));
        let by_size = reference::fraction(i128::from(a) * 10_i128.pow(18), 1) * RBig::from(b) / RBig::from(c);
        assert_rule(wide, &by_size, 0, p, m);
    }

    #[test]
    fn k6_the_result_follows_the_first_factor(a in decimal(), larger in decimal(), b in decimal(), c in nonzero_decimal(), places in -3_i32..=28, m in mode()) {
        let (a, larger) = if a <= larger { (a, larger) } else { (larger, a) };
        let p = Precision::Decimals(places);
        if let (Ok(x), Ok(y)) = (mul_div(a, b, c, p, m), mul_div(larger, b, c, p, m)) {
            let rising = b.is_zero() || b.is_sign_negative() == c.is_sign_negative();
            let ordered = if rising { x.value <= y.value } else { x.value >= y.value };
            prop_assert!(ordered);
        }
    }

    /// L1–L3, the lemma that 256 bits are enough, seen from outside: at the extremes of scale no case is wrong.
    #[test]
    fn l1_l2_l3_extreme_scales_are_rounded_once_or_overflow(
        a in with_digits(28, 28), b in with_digits(28, 0), c in with_digits(28, 28), swap in any::<bool>(), places in -28_i32..=28, m in mode(),
    ) {
        // Exponents from −56 to +56: (a, a, b) has the smallest, (b, b, a) the greatest.
        let (x, y, z) = if swap { (a, c, b) } else { (b, b, a) };
        let p = Precision::Decimals(places);
        assert_rule(mul_div(x, y, z, p, m), &(exact(x) * exact(y) / exact(z)), own_places(x, y, z), p, m);
    }
}

/// Rule: an unreachable precision ends at once, with zero or an error. (10 to the 2^31 has two thousand million digits.)
#[test]
fn unreachable_precisions_end_at_once() {
    let value: Decimal = "12.5".parse().unwrap();
    let third = Ratio::new(1, 3).unwrap();
    for mode in RoundingMode::ALL {
        let away = matches!(mode, RoundingMode::Up | RoundingMode::Ceiling | RoundingMode::ZeroFiveUp);
        let expected = if away { Err(ArithmeticError::Overflow) } else { Ok(Decimal::ZERO) };
        assert_eq!(round(value, Precision::Decimals(i32::MIN), mode).map(|r| r.value), expected, "{mode:?}");
        assert_eq!(third.round(Precision::Decimals(i32::MIN), mode).map(|r| r.value), expected, "{mode:?}");
        assert_eq!(third.round(Precision::Decimals(i32::MAX), mode), Err(ArithmeticError::Underflow));
        assert_eq!(third.round(Precision::Significant(u32::MAX), mode), Err(ArithmeticError::Underflow));
        let longest = round(value, Precision::Significant(u32::MAX), mode).unwrap();
        assert_eq!((longest.value.to_string().as_str(), longest.exact), ("12.500000000000000000000000000", true));
    }
}

/// Rule: a carry that adds a digit gives up a zero, not the result. 9.99…9 with 30 nines rounds to 10.
#[test]
fn a_carry_at_the_greatest_precision_fits() {
    let nines = &Ratio::from(10) - &Ratio::power_of_ten(-30);
    let rounded = nines.round(Precision::Significant(29), RoundingMode::HalfEven).unwrap();
    assert_eq!(rounded.value.to_string(), "10.000000000000000000000000000");
    // 8.000…0 to 29 digits exceeds 96 bits with its last zero, and fits without.
    let eight = &Ratio::from(8) + &Ratio::power_of_ten(-40);
    let rounded = eight.round(Precision::Significant(29), RoundingMode::HalfEven).unwrap();
    assert_eq!((rounded.value.to_string().as_str(), rounded.exact), ("8.000000000000000000000000000", false));
}
