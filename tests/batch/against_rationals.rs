//! Every row of generated tables, computed a second time with another family of rationals and another reader.

use super::generator::Numbers;
use dashu_int::IBig;
use dashu_ratio::RBig;
use std::collections::HashMap;
use std::fmt::Write;
use tieout::batch::{Convert, ConvertColumns, GrowthIndex, Implied, ImpliedColumns, LongColumns, Reader, Settings, run};
use tieout::{Currency, Date, Lookup, RateTable};

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

/// One euro in a currency, on a day or at most seven days before; in kuna from 2023 on by law (Regulation (EU) 2022/1208).
fn per_euro(history: &HashMap<(String, String), String>, currency: &str, day: Date) -> Option<RBig> {
    if currency == "EUR" {
        return Some(RBig::from(1));
    }
    if currency == "HRK" && day >= Date::constant(2023, 1, 1) {
        return Some(rational("7.53450"));
    }
    (0..=7).find_map(|age| {
        let day = day.checked_sub(jiff::Span::new().days(age)).ok()?;
        history.get(&(currency.to_owned(), day.to_string())).map(|rate| rational(rate))
    })
}

fn records(output: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(output);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What a row of the generated ledger must come to.
#[derive(Debug, PartialEq)]
enum Expected {
    Computed,
    Error(&'static str),
}

/// A row of a ledger, its line end with it: memo, amount, from, to, day.
fn ledger_row(numbers: &mut Numbers) -> (String, Expected) {
    let codes = ["EUR", "USD", "CNY", "JPY", "ISK", "HRK", "RUB", "GBP", "KRW"];
    let day = Date::constant(1998, 12, 28).checked_add(jiff::Span::new().days(i64::try_from(numbers.next(10_170)).unwrap())).unwrap();
    let mut fields = [numbers.decimal(), numbers.pick(&codes).to_owned(), numbers.pick(&codes).to_owned(), day.to_string()];
    let mut expected = Expected::Computed;
    let memo = numbers.pick(&["plain", "", "\"a, b\"", "\"two\nlines, \r\nthree\"", "\"he said \"\"no\"\"\""]);
    let line_end = numbers.pick(&["\n", "\n", "\r\n"]);
    let defect = match numbers.next(20) {
        0 => Some((0, "abc", "bad_number")),
        1 => Some((0, "", "missing_value")),
        2 => Some((1, "XXQ", "unknown_currency")),
        3 => Some((2, "dollars", "unknown_currency")),
        4 => Some((3, "2023-02-30", "bad_date")),
        _ => None,
    };
    match (defect, numbers.next(20)) {
        (Some((field, text, code)), _) => (fields[field], expected) = (text.to_owned(), Expected::Error(code)),
        (None, 0) => fields[0] = numbers.pick(&["0", "-0.00", "0.000"]).to_owned(),
        (None, 1) => fields[0] = "\"-1,234,567.89\"".to_owned(),
        (None, 2) => return (format!("{memo},{},{}{line_end}", fields[0], fields[1]), Expected::Error("short_row")),
        (None, 3) => return (format!("{memo},{},more{line_end}", fields.join(",")), Expected::Error("long_row")),
        (None, _) => {}
    }
    for field in &mut fields {
        if numbers.next(6) == 0 && !field.starts_with('"') {
            *field = format!("\"{field}\"");
        }
    }
    (format!("{memo},{}{line_end}", fields.join(",")), expected)
}

/// Rule: a conversion is amount × rate ÷ rate, rounded once. Weekends, holes, crosses, negative, zero and long amounts,
/// quoted fields; a bad row has its error, and its neighbours are as if it were good.
#[test]
fn every_conversion_is_that_of_rationals() {
    let (mut numbers, history) = (Numbers(88_172_645_463_325_252), history());
    let (lines, expected): (Vec<String>, Vec<Expected>) = (0..12_000).map(|_| ledger_row(&mut numbers)).unzip();
    let table = format!("memo,amount,from,to,day\n{}", lines.concat());
    let reader = Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
    let columns = ConvertColumns { amount: "amount", from: "from", to: "to", date: "day", reported: None };
    let job = Convert::new(reader.header(), &columns, RateTable::ecb(), Lookup::default(), Settings::default()).unwrap();
    let mut output = Vec::new();
    run(reader, &job, &mut output, None).unwrap();
    let rows = records(&output);
    assert_eq!(rows.len(), expected.len());
    let mut computed = 0;
    for (row, expected) in rows.iter().zip(expected) {
        let error = row.last().unwrap();
        if let Expected::Error(code) = expected {
            assert!(error.starts_with(&format!("{code}: ")), "{code}: {row:?}");
            assert!(row[row.len() - 6..row.len() - 1].iter().all(String::is_empty), "{row:?}");
            continue;
        }
        let day: Date = row[4].parse().unwrap();
        let rates = (per_euro(&history, &row[2], day), per_euro(&history, &row[3], day));
        let rate = match rates {
            _ if row[2] == row[3] => Some(RBig::from(1)),
            (Some(from), Some(to)) => Some(to / from),
            _ => None,
        };
        let Some(rate) = rate else {
            assert!(error.starts_with("no_rate: "), "{row:?}");
            continue;
        };
        if error.starts_with("out_of_range: ") {
            assert!(row[1].len() >= 28, "{row:?}");
            continue;
        }
        let minor = usize::from(Currency::from_code(&row[3]).unwrap().minor_units().unwrap());
        let exact = rational(&row[1].replace(',', "")) * rate;
        assert_eq!(half_even(&exact, minor).to_string(), digits(&row[5]), "{row:?}");
        computed += 1;
    }
    assert!(computed > 5000, "only {computed}");
}

/// Rule: growth is (current − prior) ÷ prior, rounded once, prior being the row of the same key a year before; a base of
/// zero or less gives none, unequal duplicates are errors, and what cannot be read says so in its place.
#[test]
fn every_growth_is_that_of_rationals() {
    let mut numbers = Numbers(1_181_783_497_276_652_981);
    let mut table = String::from("company,segment,quarter,value\n");
    for _ in 0..6000 {
        let (company, segment, year, quarter) = (numbers.next(90), numbers.next(3), 2015 + numbers.next(9), 1 + numbers.next(4));
        let value = match numbers.next(40) {
            0 => "0".to_owned(),
            1 => "\"1,234.5\"".to_owned(),
            2 => "abc".to_owned(),
            3 => String::new(),
            _ => numbers.decimal(),
        };
        let quote = if numbers.next(5) == 0 { "\"" } else { "" };
        writeln!(table, "{quote}company {company}{quote},{segment},{year}-Q{quarter},{value}").unwrap();
    }
    let by = ["company".to_owned(), "segment".to_owned()];
    let columns = LongColumns { value: "value", period: "quarter", by: &by, lag: "1y".parse().unwrap(), reported: None };
    let read = || Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
    let job = GrowthIndex::new(read().header(), &columns, Settings::default()).unwrap().build(read()).unwrap();
    let mut output = Vec::new();
    run(read(), &job, &mut output, None).unwrap();
    let rows = records(&output);
    let mut figures: HashMap<[String; 3], Vec<RBig>> = HashMap::new();
    let value = |row: &Vec<String>| {
        let text = row[3].replace(',', "");
        (!text.is_empty() && text != "abc").then(|| rational(&text))
    };
    for row in &rows {
        figures.entry([row[0].clone(), row[1].clone(), row[2].clone()]).or_default().extend(value(row));
    }
    let known = |row: &Vec<String>, back: u32| {
        let (year, quarter) = row[2].split_once('-').unwrap();
        let period = format!("{}-{quarter}", year.parse::<u32>().unwrap() - back);
        let mut values = figures.get(&[row[0].clone(), row[1].clone(), period]).cloned().unwrap_or_default();
        values.dedup();
        values
    };
    let mut computed = 0;
    for row in &rows {
        let (own, prior) = (known(row, 0), known(row, 1));
        let error = row[8].split(':').next().unwrap();
        match (value(row), own.as_slice(), prior.as_slice()) {
            _ if row[3] == "abc" => assert_eq!(error, "bad_number", "{row:?}"),
            (Some(_), [_, _, ..], _) | (_, _, [_, _, ..]) => assert_eq!(error, "duplicate_key", "{row:?}"),
            (_, _, []) => assert_eq!(row[4..9], ["", "", "", "", ""], "{row:?}"),
            (None, _, [prior]) => assert_eq!((rational(&row[4]), row[5].as_str()), (prior.clone(), ""), "{row:?}"),
            // A change of more digits than a decimal holds.
            (Some(_), ..) if error == "out_of_range" || error == "too_many_digits" => {
                assert!(row[3].len() >= 28 || row[4].len() >= 28 || row[8].len() > 20)
            }
            (Some(current), _, [prior]) => {
                assert_eq!((rational(&row[4]), rational(&row[5])), (prior.clone(), &current - prior), "{row:?}");
                if *prior <= RBig::from(0) || current < RBig::from(0) {
                    assert_eq!(row[6], "", "{row:?}");
                } else {
                    let percent = (&current - prior) * RBig::from(100) / prior;
                    assert_eq!(half_even(&percent, 2).to_string(), digits(&row[6]), "{row:?}");
                    computed += 1;
                }
            }
        }
    }
    assert!(computed > 500, "only {computed}");
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
