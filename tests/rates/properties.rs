//! Lookup, inverse, cross and mean against naive versions over another family of big rationals; bytes of any kind
//! never panic.

use dashu_int::IBig;
use dashu_ratio::RBig;
use proptest::prelude::*;
use tieout::{Currency, CurrencyPair, Date, Decimal, Lookup, OnMissing, Period, RateTable, Ratio};

const BASES: [Currency; 4] = [Currency::EUR, Currency::USD, Currency::GBP, Currency::JPY];

fn exact(decimal: Decimal) -> RBig {
    RBig::from_parts_signed(IBig::from(decimal.mantissa()), IBig::from(10).pow(decimal.scale() as usize))
}

/// The published value as the reference sees it equals ours: both are compared by cross-multiplication in ours.
fn same(ours: &Ratio, reference: &RBig) -> bool {
    let integer = |digits: String| {
        // Eighteen digits at a time, the first group the shorter one.
        let groups = digits.as_bytes().rchunks(18).rev().map(|group| std::str::from_utf8(group).unwrap().parse::<i64>().unwrap());
        groups.fold(Ratio::ZERO, |sum, group| &(&sum * &Ratio::power_of_ten(18)) + &Ratio::from(group))
    };
    let (num, den) = (integer(reference.numerator().to_string()), integer(reference.denominator().to_string()));
    *ours == num.checked_div(&den).unwrap()
}

fn day(offset: u16) -> Date {
    Date::constant(2023, 1, 2).checked_add(jiff::Span::new().days(i64::from(offset))).unwrap()
}

prop_compose! {
    fn rate()(coefficient in 1_i64..10_000_000_000, scale in 0_u32..8) -> Decimal { Decimal::new(coefficient, scale) }
}

type Rows = Vec<(u16, usize, usize, Decimal)>;

/// Rows of any pairs, one a day and direction.
fn rows() -> impl Strategy<Value = Rows> {
    prop::collection::vec((0_u16..40, 0_usize..4, 0_usize..4, rate()), 1..60).prop_map(|rows| {
        let mut seen = std::collections::HashSet::new();
        rows.into_iter().filter(|(day, base, quote, _)| base != quote && seen.insert((*day, *base, *quote))).collect()
    })
}

fn table(rows: &Rows) -> RateTable {
    if rows.is_empty() {
        return RateTable::default();
    }
    let lines = rows.iter().map(|(on, base, quote, rate)| format!("{},{},{},{rate}\n", day(*on), BASES[*base], BASES[*quote]));
    RateTable::read(format!("date,base,quote,rate\n{}", lines.collect::<String>()).as_bytes(), "x.csv").unwrap()
}

/// The naive answer: how far the farthest leg of the best chain is, by trying every limit and every reachable currency.
fn nearest(rows: &Rows, base: usize, quote: usize, on: u16, max_age: u16) -> Option<u16> {
    let age = |a: usize, b: usize| {
        let ages = rows.iter().filter(|(day, x, y, _)| (*x, *y) == (a, b) && *day <= on && on - *day <= max_age).map(|(day, ..)| on - day);
        ages.min()
    };
    if let Some(published) = age(base, quote) {
        return Some(published);
    }
    (0..=max_age).find(|limit| {
        let mut reached = vec![base];
        loop {
            let step = |to: &usize| reached.iter().any(|from| [age(*from, *to), age(*to, *from)].iter().flatten().any(|age| age <= limit));
            match (0..4).filter(|to| !reached.contains(to)).find(step) {
                Some(to) => reached.push(to),
                None => return reached.contains(&quote),
            }
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The value is the product of the legs, each a published rate of its day; the chain leads from base to quote; and no
    /// other chain is nearer.
    #[test]
    fn a_rate_is_the_exact_product_of_published_legs(rows in rows(), base in 0_usize..4, quote in 0_usize..4, on in 0_u16..50, age in 0_u16..10) {
        let table = table(&rows);
        let pair = CurrencyPair::new(BASES[base], BASES[quote]);
        prop_assume!(base != quote);
        let found = table.rate(pair, day(on), &Lookup::within_days(u32::from(age)));
        let expected = nearest(&rows, base, quote, on, age);
        prop_assert_eq!(found.as_ref().ok().map(|rate| rate.age_days()), expected.map(i64::from));
        let Ok(rate) = found else { return Ok(()) };
        let (mut from, mut value) = (pair.base, RBig::ONE);
        for leg in rate.legs() {
            prop_assert!(rows.iter().any(|(d, b, q, r)| day(*d) == leg.date && BASES[*b] == leg.pair.base && BASES[*q] == leg.pair.quote && *r == leg.rate));
            let forward = leg.pair.base == from;
            prop_assert!(forward || leg.pair.quote == from);
            value = if forward { value * exact(leg.rate) } else { value / exact(leg.rate) };
            from = if forward { leg.pair.quote } else { leg.pair.base };
        }
        prop_assert_eq!(from, pair.quote);
        prop_assert!(same(&rate.value(), &value));
    }

    /// A pair and its inverse are reciprocal where neither is published.
    #[test]
    fn there_and_back_is_one(mut rows in rows(), on in 0_u16..50) {
        rows.retain(|(_, base, quote, _)| base + quote != 5);
        let table = table(&rows);
        let pair = CurrencyPair::new(Currency::GBP, Currency::JPY);
        if let (Ok(there), Ok(back)) = (table.rate(pair, day(on), &Lookup::default()), table.rate(pair.inverse(), day(on), &Lookup::default())) {
            prop_assert_eq!(there.age_days(), back.age_days());
            if there.legs().len() == back.legs().len() && there.legs().eq(back.legs().rev()) {
                prop_assert_eq!(&there.value() * &back.value(), Ratio::ONE);
            }
        }
    }

    /// Each policy against a search through all observations.
    #[test]
    fn a_policy_finds_what_a_search_finds(days in prop::collection::btree_set(0_u16..400, 1..40), on in 0_u16..420, age in 0_u16..60) {
        let rows: Rows = days.iter().map(|d| (*d, 0, 1, Decimal::new(i64::from(*d) + 1, 2))).collect();
        let table = table(&rows);
        let pair = CurrencyPair::new(BASES[0], BASES[1]);
        let before = days.iter().rev().find(|d| **d <= on && on - **d <= age).copied();
        let after = days.iter().find(|d| **d >= on && **d - on <= age).copied();
        let nearest = match (before, after) {
            (Some(b), Some(a)) if a - on < on - b => Some(a),
            (before, after) => before.or(after),
        };
        for (policy, expected) in [(OnMissing::Previous, before), (OnMissing::Next, after), (OnMissing::Nearest, nearest), (OnMissing::Error, days.get(&on).copied())] {
            let lookup = Lookup::within_days(u32::from(age)).on_missing(policy);
            let found = table.rate(pair, day(on), &lookup).ok().map(|rate| rate.date());
            prop_assert_eq!(found, expected.map(day), "{}", policy);
        }
    }

    /// The mean of daily crosses against the sum of fractions.
    #[test]
    fn a_mean_is_the_exact_mean(rates in prop::collection::vec((rate(), rate()), 1..40)) {
        let rows: Rows = rates.iter().enumerate().flat_map(|(d, (usd, jpy))| [(d as u16, 0, 1, *usd), (d as u16, 0, 3, *jpy)]).collect();
        let average = table(&rows).average_within(CurrencyPair::new(Currency::USD, Currency::JPY), Period::year(2023).unwrap(), tieout::AverageMethod::MeanOfDailies, 366).unwrap();
        let sum = rates.iter().fold(RBig::ZERO, |sum, (usd, jpy)| sum + exact(*jpy) / exact(*usd));
        prop_assert!(same(&average.value, &(sum / RBig::from(rates.len()))));
        prop_assert_eq!(average.days as usize, rates.len());
    }

    /// Every daily rate is told to fit or not as the exact comparison tells, at its very ends too.
    #[test]
    fn dating_agrees_with_the_exact_comparison(rates in prop::collection::vec((rate(), rate()), 1..30), pick in any::<prop::sample::Index>(), width in 0_i64..1000) {
        let rows: Rows = rates.iter().enumerate().flat_map(|(d, (usd, jpy))| [(d as u16, 0, 1, *usd), (d as u16, 0, 3, *jpy)]).collect();
        let table = table(&rows);
        let pair = CurrencyPair::new(Currency::USD, Currency::JPY);
        let values: Vec<Ratio> = rates.iter().map(|(usd, jpy)| Ratio::from(*jpy).checked_div(&Ratio::from(*usd)).unwrap()).collect();
        let low = values[pick.index(values.len())].clone();
        let high = &low + &(&low * &Ratio::new(i128::from(width), 1000).unwrap());
        for (low_end, high_end) in [(tieout::End::Closed(low.clone()), tieout::End::Closed(high.clone())), (tieout::End::Open(low.clone()), tieout::End::Open(high.clone()))] {
            let Some(interval) = tieout::Interval::new(low_end, high_end) else { continue };
            let fits: Vec<Date> = table.history(pair).spot(&interval).into_iter().rev().map(|fit| fit.date).collect();
            let expected: Vec<Date> = (0_u16..).zip(&values).filter(|(_, value)| interval.contains(value)).map(|(d, _)| day(d)).collect();
            prop_assert_eq!(fits, expected);
        }
    }

    /// A sample with some bytes changed, dropped or doubled is read or refused with its file's name, never a panic.
    #[test]
    fn spoilt_samples_never_panic(file in any::<prop::sample::Index>(), edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..6)) {
        let names = samples();
        let name = &names[file.index(names.len())];
        let mut bytes = super::sample(name);
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => bytes.insert(at, byte),
                _ => bytes.truncate(at.max(1)),
            }
            if bytes.is_empty() { bytes.push(byte); }
        }
        match RateTable::read(bytes.as_slice(), name) {
            Ok(table) => { table.check(); table.info().to_string(); }
            Err(error) => prop_assert!(error.to_string().starts_with(name.as_str()), "{}", error),
        }
    }
}

fn samples() -> Vec<String> {
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rates/files")).unwrap();
    let mut names: Vec<String> = files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
