//! Random figures, chosen so that ties, exact results and the limits of a decimal are all met often.

use super::reference::MAX;
use dashu_ratio::RBig;
use proptest::prelude::*;
use tieout::{Decimal, Precision, RoundingMode};

pub(super) fn mode() -> impl Strategy<Value = RoundingMode> {
    proptest::sample::select(&RoundingMode::ALL)
}

/// The modes that take a value to its nearest neighbour.
pub(super) fn half_mode() -> impl Strategy<Value = RoundingMode> {
    use RoundingMode::{HalfCeiling, HalfDown, HalfEven, HalfFloor, HalfUp};
    proptest::sample::select(&[HalfEven, HalfUp, HalfDown, HalfCeiling, HalfFloor])
}

/// The modes that look at the direction alone.
pub(super) fn directed_mode() -> impl Strategy<Value = RoundingMode> {
    use RoundingMode::{Ceiling, Down, Floor, Up};
    proptest::sample::select(&[Up, Down, Ceiling, Floor])
}

/// A coefficient of any length, each length as likely.
fn coefficient() -> impl Strategy<Value = u128> {
    let any_length = (0_u32..=29, any::<u128>()).prop_map(|(digits, random)| random % 10_u128.pow(digits).min(MAX + 1));
    prop_oneof![
        8 => any_length,
        3 => 0_u128..=2000,
        // Short with zeros behind: exact quotients and ties.
        3 => (1_u128..1000, 0_u32..=26).prop_map(|(short, zeros)| (short * 10_u128.pow(zeros)).min(MAX)),
        1 => (0_u128..4).prop_map(|below| MAX - below),
        1 => (0_u32..=28).prop_map(|digits| 10_u128.pow(digits)),
    ]
}

pub(super) fn decimal() -> impl Strategy<Value = Decimal> {
    (coefficient(), any::<bool>(), 0_u32..=28).prop_map(|(coefficient, negative, scale)| {
        let coefficient = i128::try_from(coefficient).unwrap();
        Decimal::from_i128_with_scale(if negative { -coefficient } else { coefficient }, scale)
    })
}

pub(super) fn nonzero_decimal() -> impl Strategy<Value = Decimal> {
    decimal().prop_filter("zero", |value| !value.is_zero())
}

/// A figure as it stands in a report: few digits, few decimals, so that its sums and products stay representable.
pub(super) fn figure() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..=1_000_000, 0_u32..=4).prop_map(|(coefficient, scale)| Decimal::new(coefficient, scale))
}

pub(super) fn positive_figure() -> impl Strategy<Value = Decimal> {
    (1_i64..=1_000_000, 0_u32..=4).prop_map(|(coefficient, scale)| Decimal::new(coefficient, scale))
}

/// A rate as it is published: four to six significant digits.
pub(super) fn rate() -> impl Strategy<Value = Decimal> {
    (1000_i64..=999_999, 0_u32..=5).prop_map(|(coefficient, scale)| Decimal::new(coefficient, scale))
}

/// A fraction near which every mode has something to decide.
pub(super) fn fraction() -> impl Strategy<Value = RBig> {
    let with_den = |den: i128| (-200_000_i128..=200_000).prop_map(move |num| super::reference::fraction(num, den));
    prop_oneof![
        // Tenths to ten-thousandths and their halves: exact values and ties.
        2 => proptest::sample::select(&[1_i128, 2, 10, 20, 100, 200, 1000, 2000, 10_000][..]).prop_flat_map(with_den),
        1 => (1_i128..=5000).prop_flat_map(with_den),
        1 => (any::<i64>(), 1_i64..).prop_map(|(num, den)| super::reference::fraction(i128::from(num), i128::from(den))),
    ]
}

pub(super) fn places() -> impl Strategy<Value = i32> {
    -4_i32..=6
}

pub(super) fn precision() -> impl Strategy<Value = Precision> {
    const STEPS: &[&str] = &["0.05", "0.5", "0.50", "0.10", "1", "5", "0.25", "1.00", "100", "0.0000000000000000000000000001"];
    let step = proptest::sample::select(STEPS).prop_map(|step| Precision::Step(step.parse().unwrap()));
    prop_oneof![
        6 => (-30_i32..=30).prop_map(Precision::Decimals),
        6 => (0_i32..=6).prop_map(Precision::Decimals),
        5 => (0_u32..=31).prop_map(Precision::Significant),
        5 => (0_u32..=31).prop_map(Precision::UpToSignificant),
        3 => step,
        1 => decimal().prop_map(Precision::Step),
        1 => any::<i32>().prop_map(Precision::Decimals),
        1 => proptest::sample::select(&[i32::MIN, i32::MIN + 1, -1001, -1000, -59, 29, 1000, i32::MAX][..]).prop_map(Precision::Decimals),
        1 => any::<u32>().prop_map(Precision::Significant),
        1 => proptest::sample::select(&[32_u32, 38, 39, 58, 1000, u32::MAX][..])
            .prop_flat_map(|digits| proptest::sample::select(vec![Precision::Significant(digits), Precision::UpToSignificant(digits)])),
    ]
}
