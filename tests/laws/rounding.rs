//! R1–R13: what rounding is, in every mode.
//!
//! u is the unit of the precision, R(x) the rounded x. The reference is held to each law as well as the library, so that
//! neither can be wrong alone.

use super::cases;
use super::generate::{decimal, directed_mode, fraction, half_mode, mode, places, precision};
use super::reference::{self, abs, ratio, ten_to};
use dashu_ratio::RBig;
use proptest::prelude::*;
use tieout::{Decimal, Precision, Rounded, RoundingMode, round};

/// `R(x)` by the library, held against the reference.
fn rounded(x: &RBig, places: i32, mode: RoundingMode) -> RBig {
    let ours = reference::exact(ratio(x).round(Precision::Decimals(places), mode).unwrap().value);
    assert_eq!(ours, reference::round(x, i64::from(places), mode), "{x} to {places} places, {mode:?}");
    ours
}

/// The mode that does to −x what this one does to x.
fn mirrored(mode: RoundingMode) -> RoundingMode {
    match mode {
        RoundingMode::Floor => RoundingMode::Ceiling,
        RoundingMode::Ceiling => RoundingMode::Floor,
        RoundingMode::HalfFloor => RoundingMode::HalfCeiling,
        RoundingMode::HalfCeiling => RoundingMode::HalfFloor,
        mode => mode,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn r1_the_result_is_one_of_the_two_neighbours(x in fraction(), s in places(), m in mode()) {
        let (u, r) = (ten_to(-i64::from(s)), rounded(&x, s, m));
        let (below, above) = (RBig::from((&x / &u).floor()) * &u, RBig::from((&x / &u).ceil()) * &u);
        prop_assert!(r == below || r == above);
    }

    #[test]
    fn r2_the_error_is_at_most_half_a_unit_to_nearest_and_below_one_otherwise(x in fraction(), s in places(), half in half_mode(), m in mode()) {
        let u = ten_to(-i64::from(s));
        prop_assert!(abs(&(rounded(&x, s, half) - &x)) * RBig::from(2) <= u);
        prop_assert!(abs(&(rounded(&x, s, m) - &x)) < u);
    }

    #[test]
    fn r3_directed_modes_keep_their_side(x in fraction(), s in places()) {
        prop_assert!(rounded(&x, s, RoundingMode::Floor) <= x && x <= rounded(&x, s, RoundingMode::Ceiling));
        prop_assert!(abs(&rounded(&x, s, RoundingMode::Down)) <= abs(&x));
        prop_assert!(abs(&x) <= abs(&rounded(&x, s, RoundingMode::Up)));
    }

    #[test]
    fn r4_rounding_again_to_as_many_decimals_or_more_changes_nothing(x in fraction(), s in places(), k in 0_i32..5, m in mode()) {
        let once = rounded(&x, s, m);
        prop_assert_eq!(rounded(&once, s + k, m), once);
    }

    #[test]
    fn r5_order_is_kept(x in fraction(), y in fraction(), s in places(), m in mode()) {
        let (low, high) = if x <= y { (x, y) } else { (y, x) };
        prop_assert!(rounded(&low, s, m) <= rounded(&high, s, m));
    }

    #[test]
    fn r6_a_mirrored_value_rounds_to_the_mirrored_result(x in fraction(), s in places(), m in mode()) {
        prop_assert_eq!(rounded(&-x.clone(), s, m), -rounded(&x, s, mirrored(m)));
    }

    #[test]
    fn r7_scaling_by_ten_moves_the_places(x in fraction(), s in places(), k in 0_i32..5, m in mode()) {
        let power = ten_to(i64::from(k));
        prop_assert_eq!(rounded(&(&power * &x), s, m), power * rounded(&x, s + k, m));
    }

    #[test]
    fn r8_shifting_by_units_shifts_the_result(x in fraction(), s in places(), k in -50_i64..50, m in mode()) {
        let shift = RBig::from(k) * ten_to(-i64::from(s));
        let shifted = &x + &shift;
        let same_sign = x >= RBig::ZERO && shifted >= RBig::ZERO || x <= RBig::ZERO && shifted <= RBig::ZERO;
        let holds = match m {
            RoundingMode::Floor | RoundingMode::Ceiling | RoundingMode::HalfCeiling | RoundingMode::HalfFloor => true,
            RoundingMode::HalfEven => k % 2 == 0,
            RoundingMode::ZeroFiveUp => same_sign && k % 5 == 0,
            _ => same_sign,
        };
        let shifts = rounded(&shifted, s, m) == rounded(&x, s, m) + shift;
        prop_assert!(shifts || !holds);
    }

    #[test]
    fn r8_half_even_does_not_shift_a_tie_by_an_odd_number_of_units(n in -5000_i128..5000, s in places(), k in -50_i64..50) {
        let u = ten_to(-i64::from(s));
        let (x, shift) = ((RBig::from(n) + reference::fraction(1, 2)) * &u, RBig::from(k) * &u);
        let shifts = rounded(&(&x + &shift), s, RoundingMode::HalfEven) == rounded(&x, s, RoundingMode::HalfEven) + shift;
        prop_assert_eq!(shifts, k % 2 == 0);
    }

    #[test]
    fn r9_double_rounding_is_harmless_in_the_directed_modes(x in fraction(), s in places(), k in 0_i32..5, m in directed_mode()) {
        prop_assert_eq!(rounded(&rounded(&x, s + k, m), s, m), rounded(&x, s, m));
    }

    #[test]
    fn r9_double_rounding_is_harmless_after_05_up(x in fraction(), s in places(), k in 1_i32..5, m in mode()) {
        prop_assert_eq!(rounded(&rounded(&x, s + k, RoundingMode::ZeroFiveUp), s, m), rounded(&x, s, m));
    }

    #[test]
    fn r10_a_value_lies_in_the_preimage_of_its_result_and_of_no_other(x in fraction(), s in places(), m in mode(), off in 1_i64..4) {
        let (unit, r) = (ten_to(-i64::from(s)), rounded(&x, s, m));
        let preimage = |v: &RBig| m.preimage(&ratio(v), &ratio(&unit));
        prop_assert!(preimage(&r).unwrap().contains(&ratio(&x)));
        for other in [&r + RBig::from(off) * &unit, &r - RBig::from(off) * &unit] {
            prop_assert!(!preimage(&other).is_some_and(|interval| interval.contains(&ratio(&x))));
        }
    }

    #[test]
    fn r11_the_modes_about_zero_are_ordered_by_size(x in fraction(), s in places()) {
        use RoundingMode::{Down, HalfDown, HalfEven, HalfUp, Up};
        let sizes = [Down, HalfDown, HalfEven, HalfUp, Up].map(|m| abs(&rounded(&x, s, m)));
        prop_assert!(sizes.is_sorted());
    }

    #[test]
    fn r12_half_modes_differ_only_at_a_tie_and_then_say_so(x in fraction(), s in places(), a in half_mode(), b in half_mode()) {
        let round = |m| ratio(&x).round(Precision::Decimals(s), m).unwrap();
        let twice = &x * RBig::from(2) * ten_to(i64::from(s));
        let odd = twice.is_int() && !(&twice / RBig::from(2)).is_int();
        prop_assert_eq!(round(a).tie, odd);
        prop_assert!(odd || round(a).value == round(b).value);
    }

    #[test]
    fn r12_the_two_extreme_half_modes_differ_at_every_tie(n in -5000_i128..5000, s in places()) {
        let x = (RBig::from(n) + reference::fraction(1, 2)) * ten_to(-i64::from(s));
        prop_assert!(rounded(&x, s, RoundingMode::HalfCeiling) > rounded(&x, s, RoundingMode::HalfFloor));
        prop_assert!(abs(&rounded(&x, s, RoundingMode::HalfUp)) > abs(&rounded(&x, s, RoundingMode::HalfDown)));
    }

    #[test]
    fn r13_trailing_zeros_do_not_change_a_rounded_value(n in any::<i64>(), scale in 0_u32..10, zeros in 0_u32..9, p in precision(), m in mode()) {
        let value = Decimal::from_i128_with_scale(i128::from(n), scale);
        let longer = Decimal::from_i128_with_scale(i128::from(n) * 10_i128.pow(zeros), scale + zeros);
        let outcome = |value| round(value, p, m).map(|Rounded { value, exact, tie }| (value, exact, tie));
        prop_assert_eq!(outcome(value), outcome(longer));
    }

    #[test]
    fn r13_trailing_zeros_narrow_the_preimage(n in -5000_i64..5000, scale in 0_i16..10, m in half_mode()) {
        let value = ratio(&(RBig::from(n) * ten_to(-i64::from(scale))));
        let preimage = |places: i16| m.preimage(&value, &tieout::Ratio::power_of_ten(-places)).unwrap();
        let width = |i: tieout::Interval| i.high().value().unwrap() - i.low().value().unwrap();
        prop_assert_eq!(width(preimage(scale)), &width(preimage(scale + 1)) * &tieout::Ratio::from(10));
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn round_is_the_rule_of_each_mode_at_each_precision(x in decimal(), p in precision(), m in mode()) {
        super::kernel::assert_rule(round(x, p, m), &reference::exact(x), i64::from(x.scale()), p, m);
    }
}
