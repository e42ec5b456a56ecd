//! The short way of a conversion: plain amounts of at most 18 digits at rates that are at hand.
//!
//! It computes the same exact fraction as the long way and rounds it once, in 128 bits. A row that it declines
//! (`None`) takes the long way, errors and figures that do not tie among them.

use super::{Convert, NO_MINOR_UNITS, RATE_DIGITS};
use crate::batch::dense::{CurrencyId, DayId, DenseRates};
use crate::batch::figures::ShortReported;
use crate::batch::header::Source;
use crate::batch::lines::Fields;
use crate::batch::output::Piece;
use crate::batch::short::{Fraction, Short, write_two_cells};
use crate::exact::RoundingMode;
use crate::relation::Verdict;
use std::ops::RangeInclusive;

/// What the short way needs.
#[derive(Debug)]
pub(in crate::batch) struct ShortConvert {
    pub(in crate::batch) rates: DenseRates,
    /// The decimals of a result in each currency.
    decimals: Vec<u32>,
    pub(in crate::batch) from: Source<CurrencyId>,
    pub(in crate::batch) to: Source<CurrencyId>,
    pub(in crate::batch) day: Source<DayId>,
    mode: RoundingMode,
}

/// What is known of a row ahead: its figures and which rate it needs, then the conversion.
///
/// Each is put in its place by itself: an optional whole would be copied.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ahead {
    known: Known,
    amount: Short,
    reported: ShortReported,
    rate: RateId,
    conversion: ShortConversion,
}

/// How much is known of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Known {
    /// Nothing: it takes the long way.
    #[default]
    Nothing,
    Fields,
    Conversion,
}

/// Which rate a row needs.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::batch) struct RateId {
    pub(in crate::batch) from: CurrencyId,
    pub(in crate::batch) to: CurrencyId,
    pub(in crate::batch) day: DayId,
}

/// A conversion by the short way: `±units × 10^-decimals`, and the rate likewise.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::batch) struct ShortConversion {
    pub(in crate::batch) negative: bool,
    pub(in crate::batch) units: u64,
    pub(in crate::batch) decimals: u32,
    pub(in crate::batch) rate: (u64, u32),
    pub(in crate::batch) date: DayId,
    pub(in crate::batch) verdict: Option<Verdict>,
    pub(in crate::batch) difference: Option<Short>,
}

impl ShortConvert {
    /// The short way of a conversion; `None` if its table or precision has none.
    pub(super) fn new(convert: &Convert<'_>) -> Option<ShortConvert> {
        let rates = DenseRates::new(convert.table, convert.lookup)?;
        let of = |currency: &crate::Currency| rates.currency(currency.code().as_bytes());
        let default = |currency: &crate::Currency| currency.minor_units().map_or(NO_MINOR_UNITS, i32::from);
        let decimals = rates.currencies().iter().map(|known| u32::try_from(convert.settings.decimals.unwrap_or_else(|| default(known))));
        Some(ShortConvert {
            decimals: decimals.collect::<Result<_, _>>().ok()?,
            from: convert.from.map(of)?,
            to: convert.to.map(of)?,
            day: convert.date.map(|date| rates.day(date.to_string().as_bytes().try_into().ok()?))?,
            mode: convert.settings.rounding,
            rates,
        })
    }

    /// Reads a row, and has the rate that it needs brought near.
    #[inline(always)]
    pub(super) fn look_ahead<'r>(&self, convert: &Convert<'_>, row: &impl Fields<'r>, ahead: &mut Ahead) {
        ahead.known = Known::Nothing;
        let (Some(from), Some(to), Some(day)) = (self.currency(&self.from, row), self.currency(&self.to, row), self.day(row)) else {
            return;
        };
        self.rates.fetch_ahead(from, to, day);
        let (Some(amount), Some(reported)) = (convert.amount.short(row), convert.reported.short(row)) else { return };
        ahead.rate = RateId { from, to, day };
        (ahead.amount, ahead.reported, ahead.known) = (amount, reported, Known::Fields);
    }

    /// Converts a row, in a loop of its own, so that it has the processor's registers for itself.
    #[inline(always)]
    pub(super) fn look_closer(&self, ahead: &mut Ahead) {
        if ahead.known == Known::Fields
            && let Some(conversion) = self.convert(ahead.amount, ahead.reported, ahead.rate, true)
        {
            (ahead.conversion, ahead.known) = (conversion, Known::Conversion);
        }
    }

    /// Writes the cells of a row that is converted.
    #[inline(always)]
    pub(super) fn write(&self, ahead: &Ahead, piece: &mut Piece<'_>, delimiter: u8) -> Option<Option<Verdict>> {
        if ahead.known != Known::Conversion {
            return None;
        }
        Some(ahead.conversion.write(self.rates.text(ahead.conversion.date)?, piece, delimiter))
    }

    #[inline(always)]
    fn day<'r>(&self, row: &impl Fields<'r>) -> Option<DayId> {
        match &self.day {
            Source::Fixed(day) => Some(*day),
            Source::Column(column) => match row.first(column.index)? {
                (text, 10) => self.rates.day(text),
                _ => None,
            },
        }
    }

    /// The conversion of an amount; without the rate as it is shown where that is not asked for.
    #[inline(always)]
    pub(in crate::batch) fn convert(&self, amount: Short, reported: ShortReported, rate: RateId, shown: bool) -> Option<ShortConversion> {
        let decimals = *self.decimals.get(rate.to.index())?;
        let (value, rate, date) = self.rate(rate, shown)?;
        let units = value.times_in_units(amount, decimals)?.round(amount.negative, self.mode)?;
        let mut conversion = ShortConversion { negative: amount.negative, units, decimals, rate, date, verdict: None, difference: None };
        match reported {
            ShortReported::NoColumn => {}
            ShortReported::Nothing => conversion.verdict = Some(Verdict::Unverifiable),
            ShortReported::Figure(figure) => {
                conversion.difference = Some(self.difference_if_it_ties(value, amount, figure)?);
                conversion.verdict = Some(Verdict::Ties);
            }
        }
        Some(conversion)
    }

    /// The exact rate, the rate as it is shown, and its day.
    #[inline(always)]
    fn rate(&self, RateId { from, to, day }: RateId, shown: bool) -> Option<(Fraction, (u64, u32), DayId)> {
        if from == to {
            return Some((Fraction { n: 1, d: 1, exponent: 0 }, ONE, day));
        }
        let rate = self.rates.rate(from, to, day)?;
        if !shown {
            return ORDERS.contains(&(rate.order + rate.value.exponent)).then_some((rate.value, ONE, rate.date));
        }
        let shown = rate.value.to_significant(rate.order, RATE_DIGITS, RoundingMode::HalfEven)?;
        // A rate of exactly 1 is shown as such.
        (shown != ALL_OF_ONE).then_some((rate.value, shown, rate.date))
    }

    #[inline(always)]
    fn currency<'r>(&self, source: &Source<CurrencyId>, row: &impl Fields<'r>) -> Option<CurrencyId> {
        match source {
            Source::Fixed(id) => Some(*id),
            Source::Column(column) => match row.first(column.index)? {
                (code, 3) => self.rates.currency_of(code),
                _ => None,
            },
        }
    }

    /// Reported − recomputed, with the reported figure's decimals, if the exact amount lies in the figure's interval.
    fn difference_if_it_ties(&self, rate: Fraction, amount: Short, figure: Short) -> Option<Short> {
        let (exact, negative) = (rate.times_in_units(amount, figure.scale)?, amount.negative);
        if figure.negative != negative || !exact.is_within_half(figure.digits)? {
            return None;
        }
        let recomputed = exact.round(negative, self.mode)?;
        let is_below = figure.digits < recomputed;
        Some(Short { negative: is_below != negative, digits: figure.digits.abs_diff(recomputed), scale: figure.scale })
    }
}

/// A rate of 1 as it is shown, and as it would be with all its digits.
const ONE: (u64, u32) = (1, 0);
const ALL_OF_ONE: (u64, u32) = (10_u64.pow(RATE_DIGITS - 1), RATE_DIGITS - 1);
/// How many digits rates have in front of the point that can be shown, those of extreme ones aside.
const ORDERS: RangeInclusive<i32> = -17..=8;

impl ShortConversion {
    #[inline(always)]
    fn write(&self, date: &[u8; 10], piece: &mut Piece<'_>, delimiter: u8) -> Option<Verdict> {
        let converted = Short { negative: self.negative, digits: self.units, scale: self.decimals };
        write_two_cells(piece, delimiter, converted, Short { negative: false, digits: self.rate.0, scale: self.rate.1 });
        // The day between delimiters, and the delimiter of the last cell.
        let [y0, y1, y2, y3, dash, m0, m1, second_dash, d0, d1] = *date;
        let day = [delimiter, y0, y1, y2, y3, dash, m0, m1, second_dash, d0, d1, delimiter, delimiter, 0, 0, 0];
        match (self.verdict, self.difference) {
            (None, _) => piece.put(&day, 13),
            (Some(verdict), difference) => {
                piece.put(&day, 12);
                piece.extend(verdict.name().as_bytes());
                match difference {
                    Some(difference) => difference.write(piece, delimiter),
                    None => piece.put(&[delimiter], 1),
                }
            }
        }
        self.verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{ConvertColumns, Inputs, Reader, Settings, run};
    use crate::{Lookup, RateTable};
    use std::fmt::Write;

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

        fn amount(&mut self) -> String {
            match self.next(20) {
                0 => {
                    self.pick(&["", "0", "-0", "0.00", "n/a", "1,234.50", "(5)", "abc", "12%", "USD 5", "5.", ".5", "+1", "1e5"]).to_owned()
                }
                1 => format!("{}.{:018}", self.next(1 << 40), self.next(1 << 50)),
                2 => format!("{}000000000000000000", self.next(1 << 30)),
                sign => format!(
                    "{}{}.{:0w$}",
                    if sign < 8 { "-" } else { "" },
                    self.next(1 << (3 * sign)),
                    self.next(10),
                    w = usize::try_from(sign % 5 + 1).unwrap()
                ),
            }
        }

        fn day(&mut self) -> String {
            match self.next(30) {
                0 => self.pick(&["", "2023-02-29", "26.05.2023", "2023-5-26", "1998-12-31", "2150-01-01", " 2023-05-26"]).to_owned(),
                _ => format!("{}-{:02}-{:02}", 1999 + self.next(25), 1 + self.next(12), 1 + self.next(28)),
            }
        }

        /// A row with everything that a table can hold.
        fn row(&mut self, codes: &[&str]) -> String {
            let (amount, day, from, to) = (self.amount(), self.day(), self.pick(codes), self.pick(codes));
            let reported = if self.next(3) == 0 { self.amount() } else { String::new() };
            let end = self.pick(&["\n", "\n", "\r\n"]);
            match self.next(12) {
                0 => format!("\"{amount}\",\"{from}\",{to},\"{day}\",\"{reported}\"{end}"),
                1 => format!("{amount},{from},{to}{end}"),
                2 => format!("{amount},{from},{to},{day}{end}"),
                3 => format!("{amount},{from},{to},{day},{reported},more{end}"),
                4 => end.to_owned(),
                _ => format!("{},{from},{to},{day},{}{end}", amount.replace(',', ""), reported.replace(',', "")),
            }
        }
    }

    fn convert(table: &str, rates: &RateTable, settings: &Settings, reported: Option<&str>, way: fn(&mut Convert<'_>)) -> String {
        let reader = Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
        let columns = ConvertColumns { amount: "amount", from: "from", to: "to", date: "day", reported };
        let mut job = Convert::new(reader.header(), &columns, rates, Lookup::default(), settings.clone()).unwrap();
        way(&mut job);
        let mut output = Vec::new();
        let summary = run(reader, &job, &mut output, None).unwrap();
        format!("{summary:?}\n{}", String::from_utf8(output).unwrap())
    }

    /// Holds the short way against the long one, row by row.
    #[track_caller]
    fn assert_ways_agree(table: &str, rates: &RateTable, settings: &Settings) {
        for reported in [None, Some("reported")] {
            let short = convert(table, rates, settings, reported, |job| assert!(job.short.is_some()));
            let long = convert(table, rates, settings, reported, |job| job.short = None);
            for (short, long) in short.lines().zip(long.lines()) {
                assert_eq!(short, long);
            }
            assert_eq!(short, long);
        }
    }

    fn table(numbers: &mut Numbers, codes: &[&str], rows: u64) -> String {
        let mut table = String::from("amount,from,to,day,reported\n");
        (0..rows).for_each(|_| table += &numbers.row(codes));
        table
    }

    /// Rule: where the short way answers, it says what the long one says: every byte of every row.
    #[test]
    fn the_short_way_agrees_with_the_long_one() {
        let mut numbers = Numbers(88_172_645_463_325_252);
        let codes = ["EUR", "USD", "CNY", "JPY", "ISK", "HRK", "RUB", "GBP", "KRW", "IDR", "XAU", "usd", "ZZZ", "", "VND"];
        for (mode, decimals, inputs) in
            [(RoundingMode::HalfEven, None, None), (RoundingMode::Floor, Some(0), None), (RoundingMode::Up, Some(6), Some(Inputs::Printed))]
        {
            let settings = Settings { rounding: mode, decimals, inputs, ..Settings::default() };
            assert_ways_agree(&table(&mut numbers, &codes, 8000), RateTable::ecb(), &settings);
        }
    }

    /// Rule: a pivot may be base or quote; a rate may have any digits, and a day may be missing.
    #[test]
    fn the_ways_agree_on_a_table_of_mixed_directions() {
        let mut numbers = Numbers(2_463_534_242);
        let mut rates = String::from("date,base,quote,rate\n");
        for day in 1..=28 {
            for (base, quote) in [("EUR", "USD"), ("GBP", "USD"), ("USD", "JPY"), ("USD", "KRW"), ("USD", "CHF")] {
                if numbers.next(4) > 0 {
                    let places = usize::try_from(1 + numbers.next(14)).unwrap();
                    writeln!(rates, "2005-03-{day:02},{base},{quote},{}.{:0places$}1", numbers.next(200), numbers.next(9)).unwrap();
                }
            }
            writeln!(rates, "2005-03-{day:02},USD,HKD,1.000").unwrap();
        }
        let rates = RateTable::read(rates.as_bytes(), "rates.csv").unwrap();
        let mut table = table(&mut numbers, &["EUR", "USD", "GBP", "JPY", "KRW", "CHF", "HKD", "CNY"], 8000);
        for year in 1999..2024 {
            table = table.replace(&format!("{year}-"), "2005-").replace("2005-01", "2005-03").replace("2005-02", "2005-04");
        }
        assert_ways_agree(&table, &rates, &Settings::default());
    }
}
