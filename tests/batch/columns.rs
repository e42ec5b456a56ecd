//! Columns of Arrow tables, held against the same rows as CSV.

use super::generator::Numbers;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int8Type};
use arrow_array::{Array, ArrayRef, Date32Array, Decimal128Array, RecordBatch, StringArray};
use arrow_schema::DataType;
use jiff::ToSpan;
use std::sync::Arc;
use tieout::batch::{
    ColumnRun, Convert, ConvertColumns, Header, Implied, ImpliedColumns, Job, NumberColumns, Reader, Settings, Summary, TableJob, Verify,
    WideColumns, WideGrowth, run,
};
use tieout::{Date, Lookup, RateTable, Verdict};

const NAMES: [&str; 6] = ["booked", "amount", "from", "to", "stated", "yoy"];

/// Rows of every kind, ordinary ones and faulty ones; a field never needs quotes.
fn rows(count: usize) -> Vec<[String; 6]> {
    let mut numbers = Numbers(88_172_645_463_325_252);
    let codes = ["EUR", "USD", "CNY", "JPY", "GBP", "KRW", "HRK", "RUB", "usd", "ZZZ", ""];
    let odd = ["", "0", "-0", "n/a", "(5)", "abc", "12%", "USD 5", "5.", ".5", "+1", "1e5", "99999999999999999999999999.5"];
    let figure = |numbers: &mut Numbers| if numbers.next(12) == 0 { numbers.pick(&odd).to_owned() } else { numbers.decimal() };
    let row = |_| {
        let day = match numbers.next(30) {
            0 => numbers.pick(&["", "2023-02-29", "26.05.2023", "1998-12-31", "2150-01-01"]).to_owned(),
            _ => format!("{}-{:02}-{:02}", 1999 + numbers.next(25), 1 + numbers.next(12), 1 + numbers.next(28)),
        };
        let (amount, stated) = (figure(&mut numbers), if numbers.next(3) == 0 { figure(&mut numbers) } else { String::new() });
        let growth = format!("{}%", numbers.decimal());
        [day, amount, numbers.pick(&codes).to_owned(), numbers.pick(&codes).to_owned(), stated, growth]
    };
    (0..count).map(row).collect()
}

fn column(rows: &[[String; 6]], place: usize) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row[place])))
}

fn batch_of(rows: &[[String; 6]]) -> RecordBatch {
    RecordBatch::try_from_iter(NAMES.iter().enumerate().map(|(place, name)| (*name, column(rows, place)))).unwrap()
}

fn header() -> Header {
    Header::of_names("t.csv", NAMES)
}

fn conversion(header: &Header, settings: Settings) -> Convert<'static> {
    let columns = ConvertColumns { amount: "amount", from: "from", to: "to", date: "booked", reported: Some("stated") };
    Convert::new(header, &columns, RateTable::ecb(), Lookup::default(), settings).unwrap()
}

fn growth(header: &Header) -> WideGrowth {
    WideGrowth::new(header, &WideColumns { current: "amount", prior: "stated", reported: Some("yoy") }, Settings::default()).unwrap()
}

fn columns_of(batch: &RecordBatch, job: TableJob<'static>, numbers: NumberColumns) -> ColumnRun<'static> {
    let schema = batch.schema();
    let header = Header::of_names("t.csv", schema.fields().iter().map(|field| field.name().as_str()));
    ColumnRun::new(&schema, &header, job, numbers).unwrap()
}

fn by_rows(rows: &[[String; 6]], job: &impl Job) -> (String, Summary) {
    let lines: String = std::iter::once(NAMES.join(",")).chain(rows.iter().map(|row| row.join(","))).map(|line| line + "\n").collect();
    let mut output = Vec::new();
    let summary = run(Reader::new(lines.as_bytes(), "t.csv", b',').unwrap(), job, &mut output, None).unwrap();
    (String::from_utf8(output).unwrap(), summary)
}

/// A value as CSV has it; nothing for a null.
fn cell(array: &dyn Array, row: usize) -> String {
    let text = match array.data_type() {
        _ if array.is_null(row) => String::new(),
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>().value(row);
            Date::constant(1970, 1, 1).checked_add(days.days()).unwrap().to_string()
        }
        DataType::Decimal128(..) => array.as_primitive::<Decimal128Type>().value_as_string(row),
        DataType::Dictionary(..) => {
            let verdicts = array.as_dictionary::<Int8Type>();
            cell(verdicts.values(), usize::try_from(verdicts.keys().value(row)).unwrap())
        }
        other => panic!("no new column has the type {other}"),
    };
    if text.contains(['"', ',']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn as_csv(batches: &[RecordBatch]) -> String {
    let schema = batches[0].schema();
    let mut csv = schema.fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>().join(",") + "\n";
    for batch in batches {
        for row in 0..batch.num_rows() {
            csv += &(batch.columns().iter().map(|column| cell(column, row)).collect::<Vec<_>>().join(",") + "\n");
        }
    }
    csv
}

fn text(batch: &RecordBatch, name: &str) -> Vec<String> {
    let column = batch.column_by_name(name).unwrap();
    (0..batch.num_rows()).map(|row| cell(column, row)).collect()
}

#[track_caller]
fn assert_same(rows: &[[String; 6]], by_rows: (String, Summary), job: TableJob<'static>) {
    let batch = batch_of(rows);
    let (batches, summary) = columns_of(&batch, job, NumberColumns::Text).batches(&[batch], 2).unwrap();
    for (found, expected) in as_csv(&batches).lines().zip(by_rows.0.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!((as_csv(&batches), summary), by_rows);
}

/// Rule: columns of text give, byte for byte, what the same rows give as CSV, for every job.
#[test]
fn columns_give_what_the_same_rows_give_as_csv() {
    let (rows, header) = (rows(3000), header());
    let relations = ["amount = stated + yoy".to_owned(), "yoy% = amount / stated".to_owned()];
    let implied = || Implied::new(&header, &ImpliedColumns { value: "amount", growth: "yoy" }, Settings::default()).unwrap();
    let verify = || Verify::new(&header, &relations, Settings::default()).unwrap();
    let convert = || conversion(&header, Settings::default());
    assert_same(&rows, by_rows(&rows, &convert()), TableJob::Convert(convert()));
    assert_same(&rows, by_rows(&rows, &growth(&header)), TableJob::Growth(growth(&header)));
    assert_same(&rows, by_rows(&rows, &implied()), TableJob::Implied(implied()));
    assert_same(&rows, by_rows(&rows, &verify()), TableJob::Verify(verify()));
}

/// Rule: decimals and days are what their texts are.
#[test]
fn decimals_and_days_give_what_their_texts_give() {
    let mut numbers = Numbers(88_172_645_463_325_252);
    let (rows, values): (Vec<[String; 6]>, Vec<(i128, i32)>) = (0..3000)
        .map(|_| {
            let (cents, day) = (numbers.next(1 << 40), i32::try_from(11_000 + numbers.next(9000)).unwrap());
            let cents = if numbers.next(4) == 0 { -i128::from(cents) } else { i128::from(cents) };
            let booked = Date::constant(1970, 1, 1).checked_add(day.days()).unwrap().to_string();
            let size = cents.unsigned_abs();
            let amount = format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, size / 100, size % 100);
            ([booked, amount, "JPY".to_owned(), "GBP".to_owned(), String::new(), String::new()], (cents, day))
        })
        .unzip();
    let amounts = Decimal128Array::from_iter_values(values.iter().map(|each| each.0)).with_precision_and_scale(20, 2).unwrap();
    let mut columns = batch_of(&rows).columns().to_vec();
    columns[0] = Arc::new(Date32Array::from_iter_values(values.iter().map(|each| each.1)));
    columns[1] = Arc::new(amounts);
    let batch = RecordBatch::try_from_iter(NAMES.into_iter().zip(columns)).unwrap();
    let job = TableJob::Convert(conversion(&header(), Settings::default()));
    let (found, _) = columns_of(&batch, job, NumberColumns::Text).batches(&[batch], 1).unwrap();
    assert_eq!(as_csv(&found), by_rows(&rows, &conversion(&header(), Settings::default())).0);
}

/// Rule: a null is an empty field, in every column that is read.
#[test]
fn a_null_is_an_empty_field() {
    for (place, name) in NAMES[..5].iter().enumerate() {
        let row = ["2023-05-26", "59.50", "CNY", "USD", "8.43", ""].map(str::to_owned);
        let mut rows = vec![row.clone(), row.clone(), row];
        rows[1][place] = String::new();
        let mut columns = batch_of(&rows).columns().to_vec();
        let texts = (0..3).map(|at| (at != 1).then(|| rows[at][place].as_str()));
        columns[place] = Arc::new(StringArray::from_iter(texts));
        let batch = RecordBatch::try_from_iter(NAMES.into_iter().zip(columns)).unwrap();
        let job = TableJob::Convert(conversion(&header(), Settings::default()));
        let (found, _) = columns_of(&batch, job, NumberColumns::Text).batches(&[batch], 1).unwrap();
        let expected = by_rows(&rows, &conversion(&header(), Settings::default())).0;
        assert_eq!(as_csv(&found), expected, "a null in {name}");
    }
}

/// Rule: a number that its column of decimals cannot hold is an error of its row; the other rows have their results.
#[test]
fn what_does_not_fit_its_column_is_an_error_of_its_row() {
    let row = |stated: &str, yoy: &str| ["2023-05-26", "59.50", "CNY", "USD", stated, yoy].map(str::to_owned);
    let batch = batch_of(&[row("8.43", ""), row("8.4300000001", ""), row("8.4", "")]);
    let convert = || TableJob::Convert(conversion(&header(), Settings::default()));
    let growth = || TableJob::Growth(growth(&header()));
    for (job, name, result, verdict) in [(convert(), "converted", "8.43", "ties"), (growth(), "prior", "8.430000", "unverifiable")] {
        let (found, summary) = columns_of(&batch, job, NumberColumns::Decimal).batch(&batch).unwrap();
        assert_eq!(text(&found, name)[..2], [result, ""], "{name}");
        assert_eq!(text(&found, "verdict")[..2], [verdict, ""]);
        let errors = text(&found, "error");
        assert!(
            errors[1].trim_start_matches('"').starts_with("out_of_range: the result does not fit a column of 38 digits with 6 decimals"),
            "{errors:?}"
        );
        assert!(errors[0].is_empty() && errors[2].is_empty(), "{errors:?}");
        assert_eq!(summary.errors().map(|(_, count)| count).sum::<u64>(), 1);
    }
    // As text, and where the column is not asked for, it fits.
    for (job, name) in [(convert(), "converted"), (growth(), "growth_percent")] {
        let (found, summary) = columns_of(&batch, job, NumberColumns::Decimal).only(&[name]).unwrap().batch(&batch).unwrap();
        assert!(text(&found, name).iter().all(|cell| !cell.is_empty()), "{name}");
        assert_eq!(summary.errors().map(|(_, count)| count).sum::<u64>(), 0);
    }
    let (found, _) = columns_of(&batch, growth(), NumberColumns::Text).batch(&batch).unwrap();
    assert_eq!(text(&found, "prior"), ["8.43", "8.4300000001", "8.4"]);
}

/// Rule: columns of decimals hold the values of the columns of text, in one scale.
#[test]
fn decimals_are_the_values_of_the_texts() {
    let rows = rows(3000);
    let batch = batch_of(&rows);
    let convert = || TableJob::Convert(conversion(&header(), Settings::default()));
    let (texts, _) = columns_of(&batch, convert(), NumberColumns::Text).batch(&batch).unwrap();
    let (decimals, _) = columns_of(&batch, convert(), NumberColumns::Decimal).batch(&batch).unwrap();
    assert_eq!(decimals.column_by_name("converted").unwrap().data_type(), &DataType::Decimal128(38, 2));
    let (texts, errors) = (text(&texts, "converted"), text(&decimals, "error"));
    let mut compared = 0;
    for (row, (decimal, text)) in text(&decimals, "converted").iter().zip(&texts).enumerate() {
        if errors[row].starts_with("out_of_range") {
            continue;
        }
        let padded = match text.split_once('.') {
            _ if text.is_empty() => String::new(),
            Some((whole, fraction)) => format!("{whole}.{fraction:0<2}"),
            None => format!("{text}.00"),
        };
        assert_eq!(*decimal, padded, "row {row}");
        compared += usize::from(!text.is_empty());
    }
    assert!(compared > 1000, "only {compared} rows have a result");
}

/// Rule: the verdict is a dictionary of all verdicts, under their names.
#[test]
fn the_verdict_is_a_dictionary() {
    let batch = batch_of(&rows(300));
    let job = TableJob::Convert(conversion(&header(), Settings::default()));
    let (found, summary) = columns_of(&batch, job, NumberColumns::Text).batch(&batch).unwrap();
    let column = found.column_by_name("verdict").unwrap();
    assert_eq!(column.data_type(), &DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8)));
    let names: Vec<String> = column.as_dictionary::<Int8Type>().values().as_string::<i32>().iter().flatten().map(str::to_owned).collect();
    assert_eq!(names, Verdict::ALL.map(Verdict::name));
    for (verdict, count) in summary.verdicts() {
        let found = text(&found, "verdict").iter().filter(|name| *name == verdict.name()).count();
        assert_eq!(found as u64, count, "{}", verdict.name());
    }
}

/// Rule: threads and the size of batches make no difference.
#[test]
fn threads_and_batches_make_no_difference() {
    let batch = batch_of(&rows(17_000));
    let parts: Vec<RecordBatch> = (0..17_000).step_by(777).map(|at| batch.slice(at, 777.min(17_000 - at))).collect();
    let run = columns_of(&batch, TableJob::Growth(growth(&header())), NumberColumns::Text);
    let (alone, expected) = run.batch(&batch).unwrap();
    let alone = as_csv(&[alone]);
    for (batches, threads) in [(std::slice::from_ref(&batch), 1), (std::slice::from_ref(&batch), 2), (&parts[..], 5)] {
        let (found, summary) = run.batches(batches, threads).unwrap();
        assert!(as_csv(&found) == alone, "{} batches, {threads} threads", batches.len());
        assert_eq!(summary, expected);
    }
}

/// Rule: the columns that are chosen are those of the whole result, in its order, the errors behind them; verdicts are
/// counted all the same.
#[test]
fn chosen_columns_are_those_of_the_whole_result() {
    let batch = batch_of(&rows(3000));
    let convert = || columns_of(&batch, TableJob::Convert(conversion(&header(), Settings::default())), NumberColumns::Text);
    let (whole, expected) = convert().batch(&batch).unwrap();
    for names in [&["converted"][..], &["error"], &["rate_date", "rate"], &[]] {
        let run = convert().only(names).unwrap();
        let (found, summary) = run.batch(&batch).unwrap();
        let columns = ["converted", "rate", "rate_date", "verdict", "difference", "error"].into_iter();
        let columns: Vec<&str> = columns.filter(|name| names.contains(name) || *name == "error").collect();
        let schema = found.schema();
        let new: Vec<&str> = schema.fields().iter().skip(NAMES.len()).map(|field| field.name().as_str()).collect();
        assert_eq!(new, columns);
        assert_eq!(run.schema(), schema);
        columns.iter().for_each(|name| assert_eq!(text(&found, name), text(&whole, name), "{name}"));
        assert_eq!(summary, expected);
    }
    let error = convert().only(&["convertd"]).unwrap_err().to_string();
    assert!(error.contains("convertd") && error.contains("converted, rate, rate_date, verdict, difference, error"), "{error}");
}
