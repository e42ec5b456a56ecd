//! C0–C7: what converting money may and may not do to a figure.
//!
//! q/b is a rate as a pair of published numbers, uA and uB the units of the two currencies.

use super::cases;
use super::generate::{figure, half_mode, mode, positive_figure, rate};
use super::reference::{self, abs, exact, ratio, ten_to};
use dashu_ratio::RBig;
use proptest::prelude::*;
use tieout::{Currency, CurrencyPair, Date, Decimal, Interval, Lookup, Money, Precision, RateTable, Ratio, RoundingMode, mul_div};

fn convert(amount: Decimal, (quote, base): (Decimal, Decimal), places: i32, mode: RoundingMode) -> Decimal {
    mul_div(amount, quote, base, Precision::Decimals(places), mode).unwrap().value
}

fn unit(places: i32) -> RBig {
    ten_to(-i64::from(places))
}

fn half() -> RBig {
    reference::fraction(1, 2)
}

/// The exact product of two short decimals.
fn product(a: Decimal, b: Decimal) -> Decimal {
    Decimal::from_i128_with_scale(a.mantissa() * b.mantissa(), a.scale() + b.scale())
}

const DAY: Date = Date::constant(2023, 5, 26);

/// A table of euro rates: one euro costs these many dollars, yuan and pounds.
fn table([usd, cny, gbp]: [Decimal; 3]) -> RateTable {
    let csv = format!("date,base,quote,rate\n{DAY},EUR,USD,{usd}\n{DAY},EUR,CNY,{cny}\n{DAY},EUR,GBP,{gbp}\n");
    RateTable::read(csv.as_bytes(), "rates.csv").unwrap()
}

fn cross(table: &RateTable, base: Currency, quote: Currency) -> Ratio {
    table.rate(CurrencyPair::new(base, quote), DAY, &Lookup::default()).unwrap().value()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn c0_a_chain_rounded_once_is_the_product_of_its_pairs(
        a in figure(), q1 in rate(), b1 in rate(), q2 in rate(), b2 in rate(), places in 0_i32..6, m in mode(),
    ) {
        let p = Precision::Decimals(places);
        let step = |x: &Ratio, q: Decimal, b: Decimal| (x * &Ratio::from(q)).checked_div(&Ratio::from(b)).unwrap();
        let chain = step(&step(&Ratio::from(a), q1, b1), q2, b2).round(p, m);
        let swapped = step(&step(&Ratio::from(a), q2, b2), q1, b1).round(p, m);
        let by_product = mul_div(a, product(q1, q2), product(b1, b2), p, m);
        prop_assert_eq!(chain, by_product);
        prop_assert_eq!(chain, swapped);
        let x = exact(a) * exact(q1) / exact(b1) * exact(q2) / exact(b2);
        prop_assert_eq!(by_product.map(|r| exact(r.value)), Ok(reference::round(&x, i64::from(places), m)));
    }

    #[test]
    fn c1_one_intermediate_rounding_errs_by_no_more_than_its_bound(
        a in figure(), q1 in rate(), b1 in rate(), q2 in rate(), b2 in rate(), between in 0_i32..6, places in 0_i32..6, m in half_mode(),
    ) {
        let two_step = convert(convert(a, (q1, b1), between, m), (q2, b2), places, m);
        let direct = exact(a) * exact(q1) / exact(b1) * exact(q2) / exact(b2);
        let bound = unit(between) * half() * exact(q2) / exact(b2) + unit(places) * half();
        prop_assert!(abs(&(exact(two_step) - direct)) <= bound);
    }

    #[test]
    fn c2_there_and_back_stays_within_its_bound(n in -1_000_000_i64..1_000_000, ua in 0_i32..4, ub in 0_i32..4, q in rate(), b in rate(), m in half_mode()) {
        let a = Decimal::new(n, ua as u32);
        let back = convert(convert(a, (q, b), ub, m), (b, q), ua, m);
        let bound = unit(ub) * half() * exact(b) / exact(q) + unit(ua) * half();
        prop_assert!(abs(&(exact(back) - exact(a))) <= bound);
    }

    #[test]
    fn c3_there_and_back_is_identity_where_the_other_unit_is_the_finer(
        n in -1_000_000_i64..1_000_000, ua in 0_i32..4, ub in 0_i32..4, q in rate(), b in rate(), m in half_mode(),
    ) {
        prop_assume!(unit(ub) * exact(b) / exact(q) < unit(ua));
        let a = Decimal::new(n, ua as u32);
        prop_assert_eq!(convert(convert(a, (q, b), ub, m), (b, q), ua, m), a);
    }

    #[test]
    fn c4_a_sum_of_rounded_parts_is_near_the_rounded_sum(parts in proptest::collection::vec(figure(), 1..12), q in rate(), b in rate(), places in 0_i32..4, m in half_mode()) {
        let rounded: RBig = parts.iter().fold(RBig::ZERO, |sum, part| sum + exact(convert(*part, (q, b), places, m)));
        let total = parts.iter().fold(Ratio::ZERO, |sum, part| &sum + &Ratio::from(*part));
        let total = (&total * &Ratio::from(q)).checked_div(&Ratio::from(b)).unwrap().round(Precision::Decimals(places), m).unwrap();
        let bound = RBig::from(parts.len() + 1) * unit(places) * half();
        prop_assert!(abs(&(rounded - exact(total.value))) <= bound);
    }

    #[test]
    fn c4_shares_add_to_a_hundred_within_half_a_unit_each(parts in proptest::collection::vec(positive_figure(), 1..12), places in 0_i32..4, m in half_mode()) {
        let whole = parts.iter().fold(Ratio::ZERO, |sum, part| &sum + &Ratio::from(*part)).to_decimal().unwrap();
        let hundred = Decimal::ONE_HUNDRED;
        let shares: RBig = parts.iter().fold(RBig::ZERO, |sum, part| sum + exact(convert(*part, (hundred, whole), places, m)));
        let bound = RBig::from(parts.len()) * unit(places) * half();
        prop_assert!(abs(&(shares - exact(hundred))) <= bound);
    }

    #[test]
    fn c5_crosses_are_the_quotients_of_the_published_rates(rates in [rate(), rate(), rate()]) {
        use Currency as C;
        let table = table(rates);
        let [usd, cny, gbp] = rates.map(exact);
        prop_assert_eq!(cross(&table, C::USD, C::CNY), ratio(&(&cny / &usd)));
        prop_assert_eq!(cross(&table, C::GBP, C::CNY), ratio(&(&cny / &gbp)));
        prop_assert_eq!(cross(&table, C::EUR, C::USD), ratio(&usd));
        prop_assert_eq!(cross(&table, C::USD, C::EUR), ratio(&(RBig::ONE / &usd)));
        prop_assert_eq!(cross(&table, C::USD, C::USD), Ratio::ONE);
    }

    #[test]
    fn c5_crosses_are_consistent_with_one_another(rates in [rate(), rate(), rate()]) {
        use Currency as C;
        let table = table(rates);
        let cross = |base, quote| cross(&table, base, quote);
        prop_assert_eq!(&cross(C::USD, C::CNY) * &cross(C::CNY, C::USD), Ratio::ONE);
        prop_assert_eq!(&cross(C::USD, C::GBP) * &cross(C::GBP, C::CNY), cross(C::USD, C::CNY));
        prop_assert_eq!(&cross(C::USD, C::EUR) * &cross(C::EUR, C::CNY), cross(C::USD, C::CNY));
    }

    #[test]
    fn c5_money_is_converted_at_the_cross_in_either_direction(rates in [rate(), rate(), rate()], a in figure(), places in 0_i32..6, m in mode()) {
        use Currency as C;
        let table = table(rates);
        let [usd, cny, gbp] = rates.map(exact);
        let p = Precision::Decimals(places);
        let convert = |from, pair: (C, C)| {
            let rate = table.rate(CurrencyPair::new(pair.0, pair.1), DAY, &Lookup::default()).unwrap();
            exact(Money::new(a, from).convert(&rate, p, m).unwrap().converted.amount())
        };
        let rounded = |x: RBig| reference::round(&x, i64::from(places), m);
        // The amount's own currency says whether a rate multiplies or divides, however the pair is written.
        for pair in [(C::USD, C::CNY), (C::CNY, C::USD)] {
            prop_assert_eq!(convert(C::USD, pair), rounded(exact(a) * &cny / &usd));
            prop_assert_eq!(convert(C::CNY, pair), rounded(exact(a) * &usd / &cny));
        }
        prop_assert_eq!(convert(C::EUR, (C::EUR, C::GBP)), rounded(exact(a) * &gbp));
        prop_assert_eq!(convert(C::GBP, (C::EUR, C::GBP)), rounded(exact(a) / &gbp));
    }

    #[test]
    fn c6_a_published_cross_ties_exactly_when_the_intervals_meet(
        ra in rate(), rb in rate(), places in 0_u32..6, off in -3_i64..=3, m in half_mode(),
    ) {
        // A cross printed to some places, and moved by a few units: it ties or it does not.
        let half_unit = |value: Decimal| ten_to(-i64::from(value.scale())) * half();
        let printed = convert(Decimal::ONE, (rb, ra), places as i32, m);
        let printed = Decimal::from_i128_with_scale(printed.mantissa() + i128::from(off), places);
        let around = |value: Decimal| Interval::around(&Ratio::from(value), &ratio(&half_unit(value)));
        let computed = around(rb).checked_div(&around(ra)).unwrap();
        let low = (exact(rb) - half_unit(rb)) / (exact(ra) + half_unit(ra));
        let high = (exact(rb) + half_unit(rb)) / (exact(ra) - half_unit(ra));
        let ties = exact(printed) + half_unit(printed) >= low && exact(printed) - half_unit(printed) <= high;
        prop_assert_eq!(around(printed).meets(&computed), ties);
        prop_assert!(ties || off != 0);
    }

    #[test]
    fn c7_conversion_keeps_order_sign_and_zero(a in figure(), b in figure(), q in rate(), base in rate(), places in 0_i32..6, m in mode()) {
        let (less, more) = if a <= b { (a, b) } else { (b, a) };
        let converted = |x| convert(x, (q, base), places, m);
        prop_assert!(converted(less) <= converted(more));
        prop_assert!(exact(converted(a)) * exact(a) >= RBig::ZERO);
        prop_assert!(converted(Decimal::ZERO).is_zero());
    }
}
