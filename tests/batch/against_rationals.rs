//! Every row of generated tables, computed a second time with another family of rationals and another reader.

use dashu_int::IBig;
use dashu_ratio::RBig;
use std::collections::HashMap;
use std::fmt::Write;
use tieout::batch::{Convert, ConvertColumns, Implied, ImpliedColumns, Reader, Settings, run};
use tieout::{Currency, Date, Lookup, RateTable};

/// A small generator, so that every run sees the same rows.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.next(of.len() as u64)).unwrap()]
    }

    /// A decimal number, mostly of few digits, sometimes of 28.
    fn decimal(&mut self) -> String {
        let digits = if self.next(20) == 0 { 28 } else { 1 + self.next(9) };
        let mut text: String = (0..digits).map(|_| char::from(b'0' + u8::try_from(self.next(10)).unwrap())).collect();
        let places = usize::try_from(self.next(digits.min(5))).unwrap();
        if places > 0 {
            text.insert(text.len() - places, '.');
        }
        if self.next(4) == 0 { format!("-{text}") } else { text }
    }
}

/// The exact value of a decimal text.
fn rational(text: &str) -> RBig {
    let places = text.split_once('.').map_or(0, |(_, places)| places.len());
    let digits: IBig = text.replace('.', "").parse().unwrap();
    RBig::from(digits) / RBig::from(IBig::from(10).pow(places))
}

/// Half-even at so many decimals, as a count of units.
fn half_even(value: &RBig, decimals: usize) -> IBig {
    let scaled = value * RBig::from(IBig::from(10).pow(decimals));
    let floor = scaled.floor();
    let rest = scaled - RBig::from(floor.clone());
    let half = RBig::from(1) / RBig::from(2);
    let up = rest > half || (rest == half && &floor % IBig::from(2) != IBig::ZERO);
    if up { floor + 1 } else { floor }
}

/// The ECB history as the file has it, by currency and day.
fn history() -> HashMap<(String, String), String> {
    let text = include_str!("../../data/rates/ecb-eurofxref-hist.csv");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut rates = HashMap::new();
    for line in lines {
        let fields: Vec<&str> = line.split(',').collect();
        for (name, field) in names.iter().zip(&fields).skip(1).filter(|(_, field)| !field.is_empty() && **field != "N/A") {
            rates.insert(((*name).to_owned(), fields[0].to_owned()), (*field).to_owned());
        }
    }
    rates
}

/// One euro in a currency, on a day or at most seven days before.
fn per_euro(history: &HashMap<(String, String), String>, currency: &str, day: Date) -> Option<RBig> {
    if currency == "EUR" {
        return Some(RBig::from(1));
    }
    (0..=7).find_map(|age| {
        let day = day.checked_sub(jiff::Span::new().days(age)).ok()?;
        history.get(&(currency.to_owned(), day.to_string())).map(|rate| rational(rate))
    })
}

fn records(output: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(output);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Rule: a conversion is amount × rate ÷ rate, rounded once. Weekends, holes, crosses, negative and long amounts.
#[test]
fn every_conversion_is_that_of_rationals() {
    let (mut numbers, history) = (Numbers(88_172_645_463_325_252), history());
    let codes = ["EUR", "USD", "CNY", "JPY", "ISK", "HRK", "RUB", "GBP", "KRW"];
    let mut table = String::from("amount,from,to,day\n");
    for _ in 0..4000 {
        let day = Date::constant(1998, 12, 28).checked_add(jiff::Span::new().days(i64::try_from(numbers.next(10_170)).unwrap())).unwrap();
        let (amount, from, to) = (numbers.decimal(), numbers.pick(&codes), numbers.pick(&codes));
        writeln!(table, "{amount},{from},{to},{day}").unwrap();
    }
    let reader = Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
    let columns = ConvertColumns { amount: "amount", from: "from", to: "to", date: "day", reported: None };
    let job = Convert::new(reader.header(), &columns, RateTable::ecb(), Lookup::default(), Settings::default()).unwrap();
    let mut output = Vec::new();
    run(reader, &job, &mut output, None).unwrap();
    let mut computed = 0;
    for row in records(&output) {
        let day: Date = row[3].parse().unwrap();
        let rates = (per_euro(&history, &row[1], day), per_euro(&history, &row[2], day));
        let rate = match rates {
            _ if row[1] == row[2] => Some(RBig::from(1)),
            (Some(from), Some(to)) => Some(to / from),
            _ => None,
        };
        let Some(rate) = rate else {
            assert!(row[9].starts_with("no_rate: "), "{row:?}");
            continue;
        };
        if row[9].starts_with("out_of_range: ") {
            assert!(row[0].len() >= 28, "{row:?}");
            continue;
        }
        let minor = usize::from(Currency::from_code(&row[2]).unwrap().minor_units().unwrap());
        assert_eq!(half_even(&(rational(&row[0]) * rate), minor).to_string(), digits(&row[4]), "{row:?}");
        computed += 1;
    }
    assert!(computed > 2500, "only {computed}");
}

/// The digits of a decimal without its point: a count of its last unit.
fn digits(text: &str) -> String {
    text.replace('.', "").parse::<IBig>().unwrap().to_string()
}

/// Rule: the prior is value ÷ (1 + growth), its ends those of the two printed figures, rounded outward.
#[test]
fn every_implied_prior_is_that_of_rationals() {
    let mut numbers = Numbers(2_463_534_242);
    let mut table = String::from("v,g\n");
    for _ in 0..2000 {
        writeln!(
            table,
            "{}.{},{}.{}",
            numbers.next(100_000),
            numbers.next(10),
            i64::try_from(numbers.next(180)).unwrap() - 80,
            numbers.next(10)
        )
        .unwrap();
    }
    let reader = Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
    let job = Implied::new(reader.header(), &ImpliedColumns { value: "v", growth: "g" }, Settings::default()).unwrap();
    let mut output = Vec::new();
    run(reader, &job, &mut output, None).unwrap();
    let hundredth = RBig::from(1) / RBig::from(100);
    let half = RBig::from(1) / RBig::from(20);
    for row in records(&output) {
        let prior = |value: RBig, growth: RBig| value / (RBig::from(1) + growth * &hundredth);
        let (value, growth) = (rational(&row[0]), rational(&row[1]));
        assert_eq!(half_even(&prior(value.clone(), growth.clone()), 3).to_string(), digits(&row[2]), "{row:?}");
        let thousand = RBig::from(1000);
        // A value near zero may have a negative low end, which a greater divisor brings nearer to zero.
        let low = [&growth + &half, &growth - &half].map(|growth| prior(&value - &half, growth)).into_iter().min().unwrap();
        let high = prior(&value + &half, &growth - &half);
        assert_eq!((low * &thousand).floor().to_string(), digits(&row[3]), "{row:?}");
        assert_eq!((high * &thousand).ceil().to_string(), digits(&row[4]), "{row:?}");
    }
}
