//! What is each amount in another currency, on its day?

mod short;

use crate::batch::cells::Cells;
use crate::batch::error::{ErrorCode, RowError};
use crate::batch::figures::{Figures, Inputs, Reported, Settings, refuse_share, reported};
use crate::batch::header::{Header, Source};
use crate::batch::job::Job;
use crate::batch::lines::Line;
use crate::batch::output::Piece;
use crate::batch::records::Row;
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use crate::exact::{Precision, Ratio, RoundingMode};
use crate::locale::TypedFigure;
use crate::rates::{Lookup, Rate, RateTable};
use crate::relation::{Claim, Operand, Relation, Role, Verdict};
use jiff::civil::Date;
use rust_decimal::Decimal;
pub(super) use short::{Ahead, ShortConvert};
#[cfg(feature = "arrow")]
pub(super) use short::{RateId, ShortConversion};

/// Which columns a conversion reads. A name in the header is the column; otherwise it is a code or a date itself.
#[derive(Debug, Clone, Copy)]
pub struct ConvertColumns<'a> {
    /// The amounts.
    pub amount: &'a str,
    /// The currency they are in: a column or a code.
    pub from: &'a str,
    /// The currency they are converted to: a column or a code.
    pub to: &'a str,
    /// The day of the rate: a column or a date.
    pub date: &'a str,
    /// The converted amounts that the table states.
    pub reported: Option<&'a str>,
}

/// Conversion at the rates of a table.
///
/// Ordinary rows take a short way, all others the exact one; where both answer, they agree.
#[derive(Debug)]
pub struct Convert<'t> {
    short: Option<ShortConvert>,
    settings: Settings,
    table: &'t RateTable,
    lookup: Lookup,
    amount: Figures,
    from: Source<Currency>,
    to: Source<Currency>,
    date: Source<Date>,
    reported: Reported,
}

/// A row's conversion.
struct Conversion<'t> {
    amount: TypedFigure,
    rate: Rate<'t>,
    /// The exact rate: quote per base.
    value: Ratio,
    /// The exact amount.
    exact: Ratio,
    /// The amount as it is written.
    converted: Decimal,
    decimals: i32,
    reported: Option<TypedFigure>,
    verdict: Option<Verdict>,
    difference: Option<Decimal>,
}

/// The digits that a rate is shown with.
const RATE_DIGITS: u32 = 12;
/// The decimals of a currency without minor units: gold, the SDR.
const NO_MINOR_UNITS: i32 = 6;

impl<'t> Convert<'t> {
    /// The conversion of these columns.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](ErrorKind::ColumnMissing), [`ColumnAmbiguous`](ErrorKind::ColumnAmbiguous), and
    /// [`UnknownCurrency`](ErrorKind::UnknownCurrency) for a code that is none.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable, batch::{Convert, ConvertColumns, Reader, Settings, run}};
    ///
    /// let csv = "date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let reader = Reader::new("amount,from\n100,EUR\n".as_bytes(), "amounts.csv", b',')?;
    /// let columns = ConvertColumns { amount: "amount", from: "from", to: "USD", date: "2023-05-26", reported: None };
    /// let job = Convert::new(reader.header(), &columns, &table, Lookup::default(), Settings::default())?;
    /// let mut rows = Vec::new();
    /// run(reader, &job, &mut rows, None)?;
    /// assert!(String::from_utf8_lossy(&rows).contains("100,EUR,107.51,1.07510000000,2023-05-26"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        header: &Header,
        columns: &ConvertColumns<'_>,
        table: &'t RateTable,
        lookup: Lookup,
        settings: Settings,
    ) -> Result<Convert<'t>, Error> {
        let mut convert = Convert {
            short: None,
            table,
            lookup,
            amount: Figures::find(header, columns.amount, &settings)?,
            from: header.find_or(columns.from, Currency::from_code)?,
            to: header.find_or(columns.to, Currency::from_code)?,
            date: header.find_or(columns.date, read_date)?,
            reported: Reported::find(header, columns.reported, &settings)?,
            settings,
        };
        convert.short = ShortConvert::new(&convert);
        Ok(convert)
    }

    fn conversion(&self, row: &Row<'_>) -> Result<Conversion<'t>, RowError> {
        let amount = self.amount.need(row)?;
        refuse_share(&amount, self.amount.name())?;
        let pair = CurrencyPair::new(currency(&self.from, row)?, currency(&self.to, row)?);
        check_currency(&amount, pair.base)?;
        let rate = self.table.rate(pair, date(&self.date, row)?, &self.lookup).map_err(|error| RowError::from(&error))?;
        let value = rate.value();
        let exact = &amount.value() * &value;
        let decimals = self.settings.decimals.unwrap_or_else(|| pair.quote.minor_units().map_or(NO_MINOR_UNITS, i32::from));
        let converted = self.settings.round(&exact, decimals)?;
        let (reported, missing) = self.reported.read(row)?;
        let mut conversion = Conversion { amount, rate, value, exact, converted, decimals, reported, verdict: missing, difference: None };
        if let Some(figure) = reported {
            refuse_share(&figure, self.reported.name())?;
            check_currency(&figure, pair.quote)?;
            conversion.verdict = Some(self.verdict(&conversion, &figure));
            conversion.difference = Some(self.settings.difference(&figure, &conversion.exact)?);
        }
        Ok(conversion)
    }

    fn verdict(&self, conversion: &Conversion<'_>, figure: &TypedFigure) -> Verdict {
        // OK because a published rate is positive.
        let per_quote = conversion.value.recip().unwrap_or(Ratio::ZERO);
        let claim = Claim::new(Relation::Conversion)
            .with(Role::Amount, self.settings.operand(&conversion.amount, &Ratio::ONE, Inputs::Exact))
            .with(Role::Rate, Operand::exact(per_quote))
            .with(Role::Converted, reported(figure, &Ratio::ONE));
        claim.judge().verdict
    }
}

#[cfg(feature = "arrow")]
impl Convert<'_> {
    /// The short way, if the table and the precision have one.
    pub(super) fn short_way(&self) -> Option<&ShortConvert> {
        self.short.as_ref()
    }

    /// The place of the amounts, and that of the reported figures.
    pub(super) fn figures(&self) -> (usize, Option<usize>) {
        (self.amount.place(), self.reported.place())
    }

    /// The places of all columns that are read.
    pub(super) fn places(&self) -> Vec<usize> {
        let places = [self.from.place(), self.to.place(), self.date.place(), self.reported.place()];
        std::iter::once(self.amount.place()).chain(places.into_iter().flatten()).collect()
    }

    /// The most decimals of a result, those of currencies that the table does not hold aside.
    pub(super) fn most_decimals(&self) -> i32 {
        let minor_units = |currency: Currency| currency.minor_units().map_or(NO_MINOR_UNITS, i32::from);
        self.settings.decimals.unwrap_or_else(|| match self.to {
            Source::Fixed(currency) => minor_units(currency),
            Source::Column(_) => self.table.pairs().flat_map(|pair| [pair.base, pair.quote]).map(minor_units).max().unwrap_or(0),
        })
    }
}

impl Job for Convert<'_> {
    fn columns(&self) -> &[&'static [&'static str]] {
        &[&["converted", "rate", "rate_date", "verdict", "difference"]]
    }

    type Ahead = Ahead;

    #[inline(always)]
    fn look_ahead(&self, row: &Row<'_>) -> Ahead {
        let mut ahead = Ahead::default();
        if let Some(short) = &self.short {
            short.look_ahead(self, row, &mut ahead);
        }
        ahead
    }

    const TAKES_LINES: bool = true;

    #[inline(always)]
    fn look_at_line(&self, line: &Line<'_>, ahead: &mut Ahead) {
        if let Some(short) = &self.short {
            short.look_ahead(self, line, ahead);
        }
    }

    const KNOWS: bool = true;

    #[inline(always)]
    fn look_closer(&self, ahead: &mut Ahead) {
        if let Some(short) = &self.short {
            short.look_closer(ahead);
        }
    }

    #[inline(always)]
    fn compute_known(&self, ahead: &Ahead, piece: &mut Piece<'_>, delimiter: u8) -> Option<Option<Verdict>> {
        self.short.as_ref()?.write(ahead, piece, delimiter)
    }

    #[inline(always)]
    fn compute(&self, _set: usize, row: &Row<'_>, ahead: &Ahead, cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        if let Some(verdict) = cells.piece(5, |piece, delimiter| self.compute_known(ahead, piece, delimiter)) {
            return Ok(verdict);
        }
        let conversion = self.conversion(row)?;
        cells.plain(conversion.converted);
        cells.plain(shown(&conversion.value)?);
        cells.plain(conversion.rate.date());
        cells.optional(conversion.verdict);
        cells.optional(conversion.difference);
        Ok(conversion.verdict)
    }

    fn explain(&self, _set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        let conversion = self.conversion(row)?;
        let pair = conversion.rate.pair();
        let mut lines: Vec<String> = Vec::new();
        let legs = conversion.rate.legs();
        for leg in legs.clone() {
            lines.push(format!("{} {}: {} of {}, line {}", leg.pair, leg.rate, leg.source, leg.date, leg.line));
        }
        let mut from = pair.base;
        let mut formula = format!("{} {}", conversion.amount.to_decimal().unwrap_or(conversion.amount.digits), pair.base);
        for leg in legs {
            let forward = leg.pair.base == from;
            formula.push_str(&format!(" {} {}", if forward { '×' } else { '÷' }, leg.rate));
            from = if forward { leg.pair.quote } else { leg.pair.base };
        }
        let mode = self.settings.rounding.name();
        lines.push(format!("{formula} = {} {}, rounded {mode} to {} decimals", conversion.converted, pair.quote, conversion.decimals));
        if let (Some(figure), Some(verdict), Some(difference)) = (conversion.reported, conversion.verdict, conversion.difference) {
            let stated = figure.to_decimal().unwrap_or(figure.digits);
            lines.push(format!("reported {stated}: {verdict}, reported − recomputed = {difference}"));
        }
        Ok(lines)
    }
}

/// A rate with 12 significant digits, or as many as a decimal has room for.
fn shown(rate: &Ratio) -> Result<Decimal, RowError> {
    if *rate == Ratio::ONE {
        return Ok(Decimal::ONE);
    }
    let rounded = rate.round(Precision::Significant(RATE_DIGITS), RoundingMode::HalfEven);
    Ok(rounded.or_else(|_| rate.round(Precision::Decimals(28), RoundingMode::HalfEven))?.value)
}

/// The row's currency.
fn currency(source: &Source<Currency>, row: &Row<'_>) -> Result<Currency, RowError> {
    match source {
        Source::Fixed(currency) => Ok(*currency),
        Source::Column(column) => Currency::from_code(&column.text(row)?).map_err(|error| RowError::of_field(&error, &column.name)),
    }
}

/// The row's date.
fn date(source: &Source<Date>, row: &Row<'_>) -> Result<Date, RowError> {
    match source {
        Source::Fixed(date) => Ok(*date),
        Source::Column(column) => {
            let text = column.text(row)?;
            read_date(&text).map_err(|error| RowError { code: ErrorCode::BadDate, ..RowError::of_field(&error, &column.name) })
        }
    }
}

/// A date as ISO 8601 writes it.
fn read_date(text: &str) -> Result<Date, Error> {
    let number = |range| {
        text.get(range).filter(|digits: &&str| digits.bytes().all(|byte| byte.is_ascii_digit())).and_then(|digits| digits.parse().ok())
    };
    let parts = || {
        let dashes = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        dashes.then_some(())?;
        let (year, month, day): (i16, i16, i16) = (number(0..4)?, number(5..7)?, number(8..10)?);
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    parts().ok_or_else(|| ErrorKind::Syntax { expected: "a date such as 2023-05-26", found: text.to_owned() }.into())
}

/// Refuses an amount that names another currency than its row.
fn check_currency(figure: &TypedFigure, expected: Currency) -> Result<(), RowError> {
    match figure.currency() {
        Ok(Some(named)) if named != expected => {
            Err(RowError::new(ErrorCode::CurrencyMismatch, format!("the figure names {named} where the row says {expected}")))
        }
        // A symbol that several currencies share contradicts none.
        _ => Ok(()),
    }
}
