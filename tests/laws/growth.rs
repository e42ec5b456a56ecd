//! G1–G5, I1–I4, Q1–Q5: growth, the figures it implies, and compound growth.
//!
//! p is the prior figure, c the current one, g the growth (c − p) ÷ p.

use super::generate::{figure, fraction, mode, positive_figure};
use super::reference::{self, exact, power, ratio, ten_to};
use super::{cases, with_cases};
use dashu_ratio::RBig;
use proptest::prelude::*;
use tieout::{
    Claim, Decimal, End, GrowthRate, Interval, Operand, Percent, Precision, Ratio, Relation, Role, RoundingMode, Verdict, compound_rate,
    implied_prior_interval,
};

/// What a value is printed as, and the interval that the mode leaves open.
fn print(x: &RBig, places: i64, mode: RoundingMode) -> (RBig, Interval) {
    let printed = reference::round(x, places, mode);
    let interval = mode.preimage(&ratio(&printed), &ratio(&ten_to(-places))).unwrap();
    (printed, interval)
}

fn growth(p: &RBig, c: &RBig) -> RBig {
    (c - p) / p
}

fn claim(prior: &Interval, current: &Interval, growth: &Interval) -> Verdict {
    Claim::new(Relation::Growth)
        .with(Role::Prior, Operand::within(prior.clone()))
        .with(Role::Current, Operand::within(current.clone()))
        .with(Role::Growth, Operand::within(growth.clone()))
        .judge()
        .verdict
}

fn wider(interval: &Interval, by: &Ratio) -> Interval {
    interval.add(&Interval::around(&Ratio::ZERO, by))
}

/// A point of an interval: its middle, or near its only end.
fn inside(interval: &Interval) -> Ratio {
    match (interval.low().value(), interval.high().value()) {
        (Some(low), Some(high)) => &(low + high) * &Ratio::new(1, 2).unwrap(),
        (Some(low), None) => low + &Ratio::ONE,
        (None, Some(high)) => high - &Ratio::ONE,
        (None, None) => Ratio::ZERO,
    }
}

/// A positive fraction.
fn positive() -> impl Strategy<Value = RBig> {
    fraction().prop_map(|x| reference::abs(&x)).prop_filter("zero", |x| *x > RBig::ZERO)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn g1_a_growth_ties_exactly_when_it_rounds_to_the_reported_one(p in positive_figure(), c in positive_figure(), s in 0_i32..5, off in -1_i64..=1, m in mode()) {
        let (p, c) = (exact(p), exact(c));
        let rate = GrowthRate::between(ratio(&p), ratio(&c)).unwrap();
        prop_assert_eq!(rate.as_fraction(), &ratio(&growth(&p, &c)));
        let unit = ten_to(-i64::from(s));
        let reported = reference::round(&growth(&p, &c), i64::from(s), m) + RBig::from(off) * &unit;
        let preimage = m.preimage(&ratio(&reported), &ratio(&unit));
        prop_assert_eq!(preimage.is_some_and(|interval| interval.contains(rate.as_fraction())), off == 0);
        let rounded = rate.as_fraction().round(Precision::Decimals(s), m).unwrap();
        prop_assert_eq!(exact(rounded.value) == reported, off == 0);
    }

    #[test]
    fn g2_the_hull_of_the_growth_has_the_ends_of_the_figures(
        p in positive_figure(), p_width in positive_figure(), c in positive_figure(), c_width in positive_figure(), closed in any::<[bool; 4]>(),
    ) {
        let end = |x: &RBig, closed: bool| if closed { End::Closed(ratio(x)) } else { End::Open(ratio(x)) };
        let [p_low_in, p_high_in, c_low_in, c_high_in] = closed;
        let (p_low, c_low) = (exact(p), exact(c));
        let (p_high, c_high) = (&p_low + exact(p_width), &c_low + exact(c_width));
        let prior = Interval::new(end(&p_low, p_low_in), end(&p_high, p_high_in)).unwrap();
        let current = Interval::new(end(&c_low, c_low_in), end(&c_high, c_high_in)).unwrap();
        let computed = current.checked_div(&prior).unwrap().sub(&Interval::point(Ratio::ONE));
        prop_assert_eq!(computed.low(), &end(&(c_low / p_high - RBig::ONE), c_low_in && p_high_in));
        prop_assert_eq!(computed.high(), &end(&(c_high / p_low - RBig::ONE), c_high_in && p_low_in));
    }

    #[test]
    fn g3_figures_printed_from_true_values_always_tie(
        p in positive(), c in positive(), sp in 0_i64..4, sc in 0_i64..4, sg in 0_i64..5, modes in [mode(), mode(), mode()],
    ) {
        let (_, prior) = print(&p, sp, modes[0]);
        prop_assume!(prior.low().value().is_some_and(Ratio::is_positive));
        let (_, current) = print(&c, sc, modes[1]);
        let (_, reported) = print(&growth(&p, &c), sg, modes[2]);
        prop_assert_ne!(claim(&prior, &current, &reported), Verdict::DoesNotTie);
    }

    #[test]
    fn g3_what_can_tie_has_true_values_that_print_so(
        p in positive_figure(), c in positive_figure(), units in -40_i64..=40, sg in 0_i64..4, modes in [mode(), mode(), mode()],
    ) {
        // Figures printed as they stand, and a growth within a few units of theirs: it can tie or it cannot.
        let (sp, sc) = (i64::from(p.scale()), i64::from(c.scale()));
        let read = |value: &RBig, places: i64, mode: RoundingMode| mode.preimage(&ratio(value), &ratio(&ten_to(-places)));
        let (Some(prior), Some(current)) = (read(&exact(p), sp, modes[0]), read(&exact(c), sc, modes[1])) else { return Ok(()) };
        prop_assume!(prior.low().value().is_some_and(Ratio::is_positive));
        let reported = reference::round(&growth(&exact(p), &exact(c)), sg, RoundingMode::HalfEven) + RBig::from(units) * ten_to(-sg);
        let Some(stated) = read(&reported, sg, modes[2]) else { return Ok(()) };
        let computed = current.checked_div(&prior).unwrap().sub(&Interval::point(Ratio::ONE));
        match computed.intersect(&stated) {
            None => prop_assert_eq!(claim(&prior, &current, &stated), Verdict::DoesNotTie),
            Some(both) => {
                prop_assert_ne!(claim(&prior, &current, &stated), Verdict::DoesNotTie);
                // A growth that both hold, then a prior and a current of that growth inside their intervals.
                let factor = &inside(&both) + &Ratio::ONE;
                let priors = if factor.is_zero() { Some(prior.clone()) } else { prior.intersect(&current.checked_div(&Interval::point(factor.clone())).unwrap()) };
                let true_prior = inside(&priors.unwrap());
                prop_assert!(prior.contains(&true_prior) && current.contains(&(&true_prior * &factor)));
            }
        }
    }

    #[test]
    fn g4_growth_is_the_quotient_shifted_by_one(p in positive_figure(), c in figure(), s in 0_i32..6, m in mode()) {
        let (prior, current) = (Ratio::from(p), Ratio::from(c));
        let shifted = &current.checked_div(&prior).unwrap() - &Ratio::ONE;
        let ours = exact(shifted.round(Precision::Decimals(s), m).unwrap().value);
        // N + f = (c/p) × 10^s, Z = N − 10^s: the growth is Z or Z + 1 units, decided by f and the sign and parity of Z.
        let units = exact(c) / exact(p) * ten_to(i64::from(s));
        let z = RBig::from(units.floor()) - ten_to(i64::from(s));
        let f = &units - RBig::from(units.floor());
        let up = rounds_up(&z, &f, m);
        prop_assert_eq!(ours, (z + RBig::from(u8::from(up))) * ten_to(-i64::from(s)));
    }

    #[test]
    fn g5_widening_a_figure_never_unties(
        p in positive_figure(), c in positive_figure(), units in -6_i64..=6, sg in 0_i64..4, m in mode(), which in 0_usize..3, by in positive_figure(),
    ) {
        let read = |value: &RBig, places: i64| m.preimage(&ratio(value), &ratio(&ten_to(-places)));
        let reported = reference::round(&growth(&exact(p), &exact(c)), sg, RoundingMode::HalfEven) + RBig::from(units) * ten_to(-sg);
        let figures = [read(&exact(p), i64::from(p.scale())), read(&exact(c), i64::from(c.scale())), read(&reported, sg)];
        let [Some(prior), Some(current), Some(stated)] = figures else { return Ok(()) };
        prop_assume!(prior.low().value().is_some_and(Ratio::is_positive));
        let mut widened = [prior.clone(), current.clone(), stated.clone()];
        widened[which] = wider(&widened[which], &Ratio::from(by));
        prop_assume!(widened[0].low().value().is_some_and(Ratio::is_positive));
        if claim(&prior, &current, &stated) != Verdict::DoesNotTie {
            prop_assert_ne!(claim(&widened[0], &widened[1], &widened[2]), Verdict::DoesNotTie);
        }
    }

    #[test]
    fn i1_the_implied_interval_holds_every_prior_that_could_have_produced_the_report(
        p in positive(), c in positive(), sc in 0_i64..4, sg in 1_i64..5, modes in [mode(), mode()],
    ) {
        let (_, current) = print(&c, sc, modes[0]);
        let (_, reported) = print(&growth(&p, &c), sg, modes[1]);
        match implied_prior_interval(&current, &reported) {
            Some(priors) => prop_assert!(priors.contains(&ratio(&p))),
            // Unbounded: only where the factor 1 + g may be zero.
            None => prop_assert!(reported.low().value().unwrap() <= &-Ratio::ONE),
        }
    }

    #[test]
    fn i1_its_ends_are_the_quotients_of_the_ends(c in positive_figure(), g in -900_i64..5000, sg in 0_u32..2) {
        let around = |value: Decimal, percent: i16| {
            let unit = Ratio::power_of_ten(percent - value.scale() as i16);
            Interval::around(&(&Ratio::from(value) * &Ratio::power_of_ten(percent)), &(&unit * &Ratio::new(1, 2).unwrap()))
        };
        let (current, stated) = (around(c, 0), around(Decimal::new(g, sg), -2));
        let factor_low = stated.low().value().unwrap() + &Ratio::ONE;
        prop_assume!(factor_low.is_positive() && !current.low().value().unwrap().is_negative());
        let factor_high = stated.high().value().unwrap() + &Ratio::ONE;
        let priors = implied_prior_interval(&current, &stated).unwrap();
        prop_assert_eq!(priors.low(), &End::Closed(current.low().value().unwrap().checked_div(&factor_high).unwrap()));
        prop_assert_eq!(priors.high(), &End::Closed(current.high().value().unwrap().checked_div(&factor_low).unwrap()));
    }

    #[test]
    fn i2_outward_rounding_keeps_the_prior_inside(p in positive(), c in positive(), sc in 0_i64..4, sg in 1_i64..5, places in 0_i32..6, m in mode()) {
        let (_, current) = print(&c, sc, m);
        let (_, reported) = print(&growth(&p, &c), sg, m);
        let Some(priors) = implied_prior_interval(&current, &reported) else { return Ok(()) };
        let (Some(low), Some(high)) = (priors.low().value(), priors.high().value()) else { return Ok(()) };
        let low = exact(low.round(Precision::Decimals(places), RoundingMode::Floor).unwrap().value);
        let high = exact(high.round(Precision::Decimals(places), RoundingMode::Ceiling).unwrap().value);
        prop_assert!(low <= p && p <= high);
    }

    #[test]
    fn i3_every_inner_prior_is_reachable(c in positive_figure(), g in -900_i64..5000, part in 1_i128..1000, m in mode()) {
        // A growth in tenths of a percent; the prior is any point inside, the growth that gives it lies in its interval.
        let Some(current) = m.preimage(&Ratio::from(c), &Ratio::power_of_ten(-(c.scale() as i16))) else { return Ok(()) };
        let Some(stated) = m.preimage(&Ratio::new(i128::from(g), 1000).unwrap(), &Ratio::new(1, 1000).unwrap()) else { return Ok(()) };
        let Some(priors) = implied_prior_interval(&current, &stated) else { return Ok(()) };
        let (Some(low), Some(high)) = (priors.low().value(), priors.high().value()) else { return Ok(()) };
        prop_assume!(low.is_positive());
        let prior = low + &(&(high - low) * &Ratio::new(part, 1000).unwrap());
        let growths = current.checked_div(&Interval::point(prior)).unwrap().sub(&Interval::point(Ratio::ONE));
        prop_assert!(growths.meets(&stated));
    }

    #[test]
    fn i4_the_growth_from_an_exact_prior_is_the_growth(c in positive_figure(), g in -999_i64..100_000) {
        let rate = GrowthRate::from_percent(Percent(Decimal::new(g, 1)));
        let prior = rate.implied_prior(c).unwrap();
        prop_assert_eq!(GrowthRate::between(prior.clone(), c).unwrap(), rate.clone());
        prop_assert_eq!(rate.implied_current(prior), Ratio::from(c));
    }

    #[test]
    fn q2_over_one_period_it_is_the_growth(b in positive(), e in positive(), places in 0_u32..10, m in mode()) {
        let ours = compound_rate(&ratio(&b), &ratio(&e), 1, places, m).unwrap();
        let plain = ratio(&growth(&b, &e)).round(Precision::Decimals(places as i32), m).unwrap();
        prop_assert_eq!(ours, plain);
    }
}

/// Whether Z units and a fraction f become Z + 1, the sign that counts being that of Z.
fn rounds_up(z: &RBig, f: &RBig, mode: RoundingMode) -> bool {
    let (half, positive) = (reference::fraction(1, 2), *z >= RBig::ZERO);
    let multiple_of = |x: &RBig, n: u8| (x / RBig::from(n)).is_int();
    if *f == RBig::ZERO {
        return false;
    }
    let nearest = |tie_up: bool| *f > half || *f == half && tie_up;
    match mode {
        RoundingMode::HalfEven => nearest(!multiple_of(z, 2)),
        RoundingMode::HalfUp => nearest(positive),
        RoundingMode::HalfDown => nearest(!positive),
        RoundingMode::HalfCeiling => nearest(true),
        RoundingMode::HalfFloor => nearest(false),
        RoundingMode::Up => positive,
        RoundingMode::Down => !positive,
        RoundingMode::Ceiling => true,
        RoundingMode::Floor => false,
        // Towards zero is Z when positive and Z + 1 when negative; away from it if that ends in 0 or 5.
        RoundingMode::ZeroFiveUp if positive => multiple_of(z, 5),
        RoundingMode::ZeroFiveUp => !multiple_of(&(z + RBig::ONE), 5),
    }
}

proptest! {
    #![proptest_config(with_cases(2))]

    #[test]
    fn q1_each_rounding_of_a_compound_rate_is_settled_by_powers(b in positive(), e in positive(), n in 1_u32..12, places in 0_u32..8) {
        let quotient = &e / &b;
        let unit = ten_to(-i64::from(places));
        let factor = |m| exact(compound_rate(&ratio(&b), &ratio(&e), n, places, m).unwrap().value) + RBig::ONE;
        let floor = factor(RoundingMode::Floor);
        prop_assert!(power(&floor, n) <= quotient && quotient < power(&(&floor + &unit), n));
        let ceiling = factor(RoundingMode::Ceiling);
        prop_assert!(power(&(&ceiling - &unit), n) < quotient || ceiling == RBig::ZERO);
        prop_assert!(quotient <= power(&ceiling, n));
        for m in [RoundingMode::HalfEven, RoundingMode::HalfUp, RoundingMode::HalfDown, RoundingMode::HalfCeiling, RoundingMode::HalfFloor] {
            let (nearest, half) = (factor(m), &unit * reference::fraction(1, 2));
            let low = &nearest - &half;
            prop_assert!(low < RBig::ZERO || power(&low, n) <= quotient);
            prop_assert!(quotient <= power(&(nearest + half), n));
        }
    }

    #[test]
    fn q1_the_modes_choose_between_floor_and_ceiling_as_for_any_value(b in positive(), e in positive(), n in 1_u32..12, places in 0_u32..8, m in mode()) {
        // Floor, ceiling and the side of the middle give a stand-in with the same two neighbours and the same tie.
        let rate = |m| compound_rate(&ratio(&b), &ratio(&e), n, places, m).unwrap();
        let (floor, ceiling) = (exact(rate(RoundingMode::Floor).value), exact(rate(RoundingMode::Ceiling).value));
        let middle = (&floor + &ceiling) / RBig::from(2);
        let shift = (&ceiling - &floor) / RBig::from(4);
        let side = power(&(&middle + RBig::ONE), n).cmp(&(&e / &b));
        let stand_in = if side.is_lt() { &middle + shift } else if side.is_gt() { &middle - shift } else { middle };
        let expected = reference::round_to(&stand_in, &ten_to(-i64::from(places)), m);
        let ours = rate(m);
        prop_assert_eq!((exact(ours.value), ours.exact, ours.tie), (expected.value, expected.exact, expected.tie));
    }

    #[test]
    fn q3_an_exact_compound_rate_is_found_and_said_to_be_exact(b in positive(), r in -9999_i128..30_000, n in 1_u32..12, places in 4_u32..10, m in mode()) {
        let rate = reference::fraction(r, 10_000);
        let e = &b * power(&(RBig::ONE + &rate), n);
        let ours = compound_rate(&ratio(&b), &ratio(&e), n, places, m).unwrap();
        prop_assert_eq!((exact(ours.value), ours.exact, ours.tie), (rate, true, false));
    }

    #[test]
    fn q4_it_rises_with_the_end_and_falls_with_the_beginning(b in positive(), e in positive(), more in positive(), n in 1_u32..12, places in 0_u32..8, m in mode()) {
        let rate = |b: &RBig, e: &RBig| compound_rate(&ratio(b), &ratio(e), n, places, m).unwrap().value;
        prop_assert!(rate(&b, &e) <= rate(&b, &(&e + &more)));
        prop_assert!(rate(&b, &e) >= rate(&(&b + &more), &e));
    }

    #[test]
    fn q5_it_does_not_depend_on_the_unit(b in positive(), e in positive(), t in positive(), n in 1_u32..12, places in 0_u32..8, m in mode()) {
        let rate = |b: &RBig, e: &RBig| compound_rate(&ratio(b), &ratio(e), n, places, m);
        prop_assert_eq!(rate(&b, &e), rate(&(&t * &b), &(&t * &e)));
    }
}
