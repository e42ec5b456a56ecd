//! What one exact rounding costs beside rust_decimal's own operators, which round several times.
//!
//! Every bench works through 512 inputs of one size, so a time is that of 512 operations; each checks its answers
//! before it is timed. After the table the same pairs are timed in turn and their ratio is printed beside its limit.
//! The counts of allocations in the table show that the kernel makes none.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that fails should say so")]

use divan::{Bencher, black_box};
use rust_decimal::RoundingStrategy;

use std::time::{Duration, Instant};
use tieout::{Currency, CurrencyPair, Date, Decimal, Lookup, Money, Precision, Rate, RateTable, RoundingMode, mul_div};

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

/// The operands of `a × b ÷ c`, to be rounded half-even to `places`.
struct Set {
    operands: Vec<[Decimal; 3]>,
    places: u32,
}

impl Set {
    fn new(digits: [u32; 3], scales: [u32; 3], places: u32) -> Set {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let operands =
            (0..512).map(|_| [0, 1, 2].map(|i| Decimal::from_i128_with_scale(random.with_digits(digits[i]), scales[i]))).collect();
        Set { operands, places }
    }

    /// 12 digits × 6 ÷ 6 to the cent: an amount in millions at two published rates.
    fn ordinary() -> Set {
        Set::new([12, 6, 6], [2, 4, 4], 2)
    }

    /// 20 digits × 20 ÷ 20 to 6 places.
    fn long() -> Set {
        Set::new([20, 20, 20], [6, 18, 18], 6)
    }

    /// 24 digits × 20 ÷ 20 to 6 places.
    fn longer() -> Set {
        Set::new([24, 20, 20], [8, 18, 18], 6)
    }

    /// 28 digits × 28 ÷ 28 to 26 places: as much as a decimal holds.
    fn longest() -> Set {
        Set::new([28, 28, 28], [27, 27, 27], 26)
    }

    fn kernel(&self) -> u64 {
        let precision = Precision::Decimals(self.places as i32);
        self.checksum(|[a, b, c]| mul_div(a, b, c, precision, RoundingMode::HalfEven).unwrap().value)
    }

    fn rust_decimal(&self) -> u64 {
        self.checksum(|[a, b, c]| (a * b / c).round_dp_with_strategy(self.places, RoundingStrategy::MidpointNearestEven))
    }

    fn checksum(&self, operation: impl Fn([Decimal; 3]) -> Decimal) -> u64 {
        self.operands.iter().fold(0, |sum, operands| sum.wrapping_add(operation(black_box(*operands)).mantissa() as u64))
    }

    /// The kernel against exact integers of another crate, over the whole set.
    fn assert_exact(&self) {
        use dashu_int::UBig;
        for [a, b, c] in &self.operands {
            let ours = mul_div(*a, *b, *c, Precision::Decimals(self.places as i32), RoundingMode::Down).unwrap().value;
            let shift = self.places + c.scale();
            let drop = a.scale() + b.scale();
            let big = |v: &Decimal| UBig::from(v.mantissa().unsigned_abs());
            let n = big(a) * big(b) * UBig::from(10_u8).pow(shift.saturating_sub(drop) as usize);
            let d = big(c) * UBig::from(10_u8).pow(drop.saturating_sub(shift) as usize);
            assert_eq!(big(&ours), n / d, "{a} × {b} ÷ {c}");
        }
    }
}

/// A fixed sequence (xorshift64*), so that every run times the same inputs.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn with_digits(&mut self, digits: u32) -> i128 {
        let low = 10_i128.pow(digits - 1);
        let wide = (i128::from(self.next() >> 1) << 64) | i128::from(self.next());
        low + wide % (9 * low)
    }
}

/// Times `mul_div` on 12 × 6 ÷ 6 digits to the cent.
#[divan::bench]
fn ordinary_kernel(bencher: Bencher) {
    let set = Set::ordinary();
    set.assert_exact();
    bencher.bench(|| set.kernel());
}

/// Times rust_decimal's `a * b / c` and `round_dp_with_strategy` on the same figures.
#[divan::bench]
fn ordinary_rust_decimal(bencher: Bencher) {
    let set = Set::ordinary();
    assert_eq!(set.rust_decimal(), set.kernel(), "on figures this short both are right");
    bencher.bench(|| set.rust_decimal());
}

/// Times `mul_div` on 20 × 20 ÷ 20 digits to 6 places.
#[divan::bench]
fn long_kernel(bencher: Bencher) {
    let set = Set::long();
    set.assert_exact();
    bencher.bench(|| set.kernel());
}

/// Times rust_decimal on the same figures.
#[divan::bench]
fn long_rust_decimal(bencher: Bencher) {
    let set = Set::long();
    bencher.bench(|| set.rust_decimal());
}

/// Times `mul_div` on 24 × 20 ÷ 20 digits to 6 places.
#[divan::bench]
fn longer_kernel(bencher: Bencher) {
    let set = Set::longer();
    set.assert_exact();
    bencher.bench(|| set.kernel());
}

/// Times rust_decimal on the same figures.
#[divan::bench]
fn longer_rust_decimal(bencher: Bencher) {
    let set = Set::longer();
    bencher.bench(|| set.rust_decimal());
}

/// Times `mul_div` on 28 × 28 ÷ 28 digits to 26 places.
#[divan::bench]
fn longest_kernel(bencher: Bencher) {
    let set = Set::longest();
    set.assert_exact();
    bencher.bench(|| set.kernel());
}

/// Times rust_decimal on the same figures.
#[divan::bench]
fn longest_rust_decimal(bencher: Bencher) {
    let set = Set::longest();
    bencher.bench(|| set.rust_decimal());
}

/// The amounts of [`Set::ordinary`] in dollars, each on another day of the years 2021 to 2023.
fn amounts() -> Vec<(Decimal, Date)> {
    let first = Date::constant(2021, 1, 4);
    let days = first.series(jiff::Span::new().days(2));
    Set::ordinary().operands.iter().map(|[amount, ..]| *amount).zip(days).collect()
}

const USD_CNY: CurrencyPair = CurrencyPair::new(Currency::USD, Currency::CNY);
const EUR_USD: CurrencyPair = CurrencyPair::new(Currency::EUR, Currency::USD);

/// An amount of the base in the quote at the rate of the day, to the cent.
fn convert(table: &RateTable, pair: CurrencyPair, amount: Decimal, day: Date) -> Decimal {
    let rate = table.rate(pair, day, &Lookup::default()).unwrap();
    let money = Money::new(amount, pair.base);
    money.convert(rate, Precision::Decimals(2), RoundingMode::HalfEven).unwrap().converted.amount()
}

fn convert_all(pair: CurrencyPair, amounts: &[(Decimal, Date)]) -> u64 {
    let table = RateTable::ecb();
    amounts.iter().fold(0, |sum, (amount, day)| sum.wrapping_add(convert(table, pair, black_box(*amount), *day).mantissa() as u64))
}

/// The two published rates of each day by hand, into the kernel: what the lookup and the exact rate may not change.
fn convert_all_by_hand(amounts: &[(Decimal, Date)]) -> u64 {
    let table = RateTable::ecb();
    amounts.iter().fold(0, |sum, (amount, day)| {
        let published = |currency: Currency| {
            let observations = table.observations(CurrencyPair::new(Currency::EUR, currency));
            observations[observations.partition_point(|observation| observation.date <= *day) - 1].rate
        };
        let yuan = mul_div(*amount, published(Currency::CNY), published(Currency::USD), Precision::Decimals(2), RoundingMode::HalfEven);
        sum.wrapping_add(yuan.unwrap().value.mantissa() as u64)
    })
}

/// Times a conversion from dollars to yuan: the lookup of two euro rates by day, the cross, one rounding to the cent.
#[divan::bench]
fn convert_with_lookup(bencher: Bencher) {
    let amounts = amounts();
    assert_eq!(convert_all(USD_CNY, &amounts), convert_all_by_hand(&amounts));
    bencher.bench(|| convert_all(USD_CNY, &amounts));
}

/// Times a conversion from euros to dollars: the lookup of the published rate by day, one rounding to the cent.
#[divan::bench]
fn convert_with_lookup_as_published(bencher: Bencher) {
    let amounts = amounts();
    bencher.bench(|| convert_all(EUR_USD, &amounts));
}

/// Times the lookup of the cross alone.
#[divan::bench]
fn lookup_alone(bencher: Bencher) {
    let amounts = amounts();
    let table = RateTable::ecb();
    assert_eq!(table.rate(USD_CNY, Date::constant(2023, 5, 26), &Lookup::default()).unwrap().legs().len(), 2);
    bencher.bench(|| amounts.iter().filter(|(_, day)| table.rate(black_box(USD_CNY), *day, &Lookup::default()).is_ok()).count());
}

/// Times the conversion alone, at rates that have been looked up.
#[divan::bench]
fn convert_alone(bencher: Bencher) {
    let table = RateTable::ecb();
    let found = amounts()
        .into_iter()
        .map(|(amount, day)| (Money::new(amount, Currency::USD), table.rate(USD_CNY, day, &Lookup::default()).unwrap()));
    let found: Vec<_> = found.collect();
    let convert = |(money, rate): &(Money, Rate<'_>)| {
        let converted = black_box(*money).convert(rate, Precision::Decimals(2), RoundingMode::HalfEven).unwrap().converted;
        converted.amount().mantissa() as u64
    };
    assert_eq!(found.iter().map(convert).fold(0, u64::wrapping_add), convert_all_by_hand(&amounts()));
    bencher.bench(|| found.iter().map(convert).fold(0, u64::wrapping_add));
}

/// The shortest of many runs of each, in turn, so that both meet the same machine.
fn race(mut a: impl FnMut() -> u64, mut b: impl FnMut() -> u64) -> (Duration, Duration) {
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..400 {
        let start = Instant::now();
        black_box(a());
        let middle = Instant::now();
        black_box(b());
        best = (best.0.min(middle - start), best.1.min(middle.elapsed()));
    }
    best
}

fn print_ratio(what: &str, (ours, theirs): (Duration, Duration), limit: &str) {
    let hundredths = 100 * ours.as_nanos() / theirs.as_nanos();
    println!("{what}: {}.{:02} of rust_decimal's multiply, divide and round (at most {limit})", hundredths / 100, hundredths % 100);
}

fn main() {
    divan::main();
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    for (name, set, limit) in [
        ("12 × 6 ÷ 6 digits", Set::ordinary(), "0.25"),
        ("20 × 20 ÷ 20 digits", Set::long(), "1.00"),
        ("24 × 20 ÷ 20 digits", Set::longer(), "1.00"),
        ("28 × 28 ÷ 28 digits", Set::longest(), "1.00"),
    ] {
        print_ratio(name, race(|| set.kernel(), || set.rust_decimal()), limit);
    }
    let (amounts, set) = (amounts(), Set::ordinary());
    for (name, pair) in [("convert with lookup of a cross", USD_CNY), ("convert with lookup of a published rate", EUR_USD)] {
        print_ratio(name, race(|| convert_all(pair, &amounts), || set.rust_decimal()), "0.50");
    }
}
