//! The arithmetic of intervals is that of sets: every result of members is inside, and nothing beyond is.
//!
//! Random intervals with open, closed and missing ends are sampled on a grid that includes points next to each end.

use super::cases;
use super::reference::{fraction, holds, ratio};
use proptest::prelude::*;
use tieout::{End, Interval, Ratio};

/// An interval with small ends, so that ends coincide, touch zero and are missing often.
fn interval() -> impl Strategy<Value = Interval> {
    let end = || (-6_i128..=6, 0_u8..5).prop_map(|(at, kind)| (at, kind));
    (end(), end()).prop_filter_map("empty", |((low, low_kind), (high, high_kind))| {
        let make = |at: i128, kind: u8| match kind {
            0 => End::Unbounded,
            1 | 2 => End::Closed(ratio(&fraction(at, 2))),
            _ => End::Open(ratio(&fraction(at, 2))),
        };
        Interval::new(make(low, low_kind), make(high, high_kind))
    })
}

/// Points of an interval: a coarse grid, and points a hair and two hairs inside its ends.
fn members(interval: &Interval) -> Vec<Ratio> {
    let hair = ratio(&fraction(1, 1_000_000));
    let ends = [interval.low(), interval.high()].into_iter().filter_map(|end| end.value().cloned());
    let near = ends.flat_map(|end| [end.clone(), &end + &hair, &end - &hair]);
    let grid = (-16..=16).map(|step| ratio(&fraction(step, 4)));
    let far = [-1_000_000_000, 1_000_000_000].map(|n| ratio(&fraction(n, 1)));
    grid.chain(near).chain(far).filter(|point| holds(interval, point)).collect()
}

/// Holds `result` to be the set of `f(x, y)`: all of them are inside, and its ends are where they reach.
fn assert_image(result: &Interval, values: &[Ratio]) -> Result<(), TestCaseError> {
    for value in values {
        prop_assert!(holds(result, value), "{value:?} is not in {result:?}");
    }
    let (least, greatest) = (values.iter().min().unwrap(), values.iter().max().unwrap());
    assert_reached(result.low(), least, &-Ratio::ONE)?;
    assert_reached(result.high(), greatest, &Ratio::ONE)
}

/// A closed end is a value that occurs, an open one is approached and never reached, a missing one is passed by far.
fn assert_reached(end: &End, extreme: &Ratio, outward: &Ratio) -> Result<(), TestCaseError> {
    let (near, far) = (ratio(&fraction(1, 1000)), Ratio::from(100_000));
    match end {
        End::Closed(at) => prop_assert_eq!(at, extreme, "a closed end is reached"),
        End::Open(at) => {
            prop_assert_ne!(at, extreme, "an open end is not reached");
            prop_assert!((at - extreme).abs() < near, "{:?} is not approached: {:?}", at, extreme);
        }
        End::Unbounded => prop_assert!(extreme * outward > far, "nothing goes as far as {:?}", extreme),
    }
    Ok(())
}

fn image(a: &Interval, b: &Interval, f: impl Fn(&Ratio, &Ratio) -> Option<Ratio>) -> Vec<Ratio> {
    let (xs, ys) = (members(a), members(b));
    xs.iter().flat_map(|x| ys.iter().filter_map(|y| f(x, y)).collect::<Vec<_>>()).collect()
}

proptest! {
    #![proptest_config(super::with_cases(10))]

    #[test]
    fn a_sum_holds_every_sum_and_nothing_else(a in interval(), b in interval()) {
        assert_image(&a.add(&b), &image(&a, &b, |x, y| Some(x + y)))?;
    }

    #[test]
    fn a_difference_holds_every_difference_and_nothing_else(a in interval(), b in interval()) {
        assert_image(&a.sub(&b), &image(&a, &b, |x, y| Some(x - y)))?;
    }

    #[test]
    fn a_product_holds_every_product_and_nothing_else(a in interval(), b in interval()) {
        assert_image(&a.mul(&b), &image(&a, &b, |x, y| Some(x * y)))?;
    }

    #[test]
    fn a_quotient_holds_every_quotient_and_nothing_else(a in interval(), b in interval()) {
        let quotients = image(&a, &b, Ratio::checked_div);
        match a.checked_div(&b) {
            Some(result) => assert_image(&result, &quotients)?,
            // Refused only where the divisor is on both sides of zero, or is zero.
            None => {
                let divisors: Vec<_> = members(&b).into_iter().filter(|y| !y.is_zero()).collect();
                let one_side = divisors.iter().all(Ratio::is_positive) || divisors.iter().all(Ratio::is_negative);
                prop_assert!(divisors.is_empty() || !one_side, "{:?} could be divided by {:?}", a, b);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_intersection_holds_what_both_hold(a in interval(), b in interval()) {
        let points: Vec<Ratio> = members(&Interval::ALL).into_iter().chain(members(&a)).chain(members(&b)).collect();
        let both = a.intersect(&b);
        for point in &points {
            let inside = both.as_ref().is_some_and(|both| holds(both, point));
            prop_assert_eq!(inside, holds(&a, point) && holds(&b, point));
        }
        prop_assert_eq!(a.meets(&b), both.is_some());
        prop_assert_eq!(both, b.intersect(&a));
    }

    #[test]
    fn what_meets_has_a_common_member(a in interval(), b in interval()) {
        let common = members(&a).into_iter().chain(members(&b)).any(|point| holds(&a, &point) && holds(&b, &point));
        prop_assert_eq!(a.meets(&b), common);
    }

    #[test]
    fn a_hull_holds_both_and_ends_where_they_do(a in interval(), b in interval()) {
        let hull = a.hull(&b);
        for point in members(&a).iter().chain(&members(&b)) {
            prop_assert!(holds(&hull, point));
        }
        prop_assert!([a.low(), b.low()].contains(&hull.low()) && [a.high(), b.high()].contains(&hull.high()));
        prop_assert_eq!(hull, b.hull(&a));
    }

    #[test]
    fn sizes_are_those_of_the_members(a in interval()) {
        assert_image(&a.abs(), &members(&a).iter().map(Ratio::abs).collect::<Vec<_>>())?;
    }

    #[test]
    fn contains_is_what_the_ends_say(a in interval(), at in -14_i128..=14) {
        let point = ratio(&fraction(at, 4));
        prop_assert_eq!(a.contains(&point), holds(&a, &point));
    }

    #[test]
    fn a_distance_is_that_from_the_nearest_end(a in interval(), at in -14_i128..=14) {
        let point = ratio(&fraction(at, 4));
        match a.distance(&point) {
            None => prop_assert!(a.contains(&point)),
            Some((side, distance)) => {
                prop_assert!(!a.contains(&point) && !distance.is_negative());
                let end = if side.is_lt() { &point + &distance } else { &point - &distance };
                let nearest = if side.is_lt() { a.low() } else { a.high() };
                prop_assert_eq!(nearest.value(), Some(&end));
            }
        }
    }
}
