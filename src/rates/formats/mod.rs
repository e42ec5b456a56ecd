//! Which table is this? The forms that rate tables come in, recognised by content, each with its reader.
//!
//! All readers share one model: a field is a rate with its marks (decimal, grouping), a power of ten for its unit, a
//! direction that the form or the file states, and a set of marks for "no observation" ([`cell`]). What is delimited
//! goes through [`rows`], XML through [`xml`].

mod bank_of_england;
mod beancount;
mod bis;
mod cell;
mod ecb_sdmx;
mod ecb_wide;
mod ecb_xml;
mod fed;
mod fed_csv;
mod fed_xml;
mod fred;
mod hledger;
mod hmrc_csv;
mod hmrc_xml;
mod imf;
mod long;
mod nbp;
mod rows;
mod statistics;
mod xml;

use super::build::Builder;
use super::input::{Input, text};
use super::read::{Duplicates, ReadOptions};
use super::table::RateTable;
use crate::error::{Error, ErrorKind, Location};
#[cfg(feature = "ecb")]
pub(super) use ecb_wide::history as ecb_history;
use std::fmt;

/// A form of rate table that [`RateTable::read`] knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// The ECB's history, a column for each currency: `Date,USD,JPY,…`.
    EcbHistory,
    /// The ECB's table of one day: `Date, USD, JPY, …` with the date `30 October 2026`.
    EcbDaily,
    /// The ECB's XML, of a day or of the history.
    EcbXml,
    /// CSV of the ECB's data portal, a row for each observation: `KEY,FREQ,CURRENCY,…`.
    EcbSdmx,
    /// The Federal Reserve's H.10 from its download program, a column for each series.
    FedCsv,
    /// The Federal Reserve's H.10 as SDMX-ML.
    FedXml,
    /// Series of FRED, the St. Louis Fed's database: `observation_date,DEXUSEU`.
    Fred,
    /// The Bank of England's database: `DATE,XUDLUSS,…`.
    BankOfEngland,
    /// The IMF's representative rates of a month.
    ImfRepresentative,
    /// The IMF's SDR valuation of a month.
    ImfSdr,
    /// The BIS's exchange rates, from its interface or as the bulk file.
    Bis,
    /// HMRC's rates of a month for customs, XML.
    HmrcMonthly,
    /// HMRC's averages and spot rates, CSV.
    HmrcYearly,
    /// The archive of the National Bank of Poland's table A.
    Nbp,
    /// Market prices of hledger or Ledger: `P 2024-03-01 EUR 1.08 USD`.
    Hledger,
    /// Prices of Beancount: `2024-03-01 price EUR 1.08 USD`.
    Beancount,
    /// The canonical long form: `date,base,quote,rate[,kind][,source]`.
    Long,
}

const EURO: &str = "1 EUR = n XXX";
const STERLING: &str = "1 GBP = n XXX";
const DOLLAR: &str = "1 USD = n XXX; AUD, EUR, GBP and NZD the other way, 1 XXX = n USD, as each series' name says";

const ECB_NOTICE: &str = "Source: ECB euro foreign exchange reference rates. Published for information purposes only; the ECB strongly \
    discourages their use for transactions. Crosses, inverses and averages are derived from them and not published by the ECB.";

impl Format {
    /// Every form, in the order in which they are tried.
    pub const ALL: [Format; 17] = [
        Format::EcbXml,
        Format::FedXml,
        Format::HmrcMonthly,
        Format::EcbSdmx,
        Format::Bis,
        Format::FedCsv,
        Format::Fred,
        Format::BankOfEngland,
        Format::Nbp,
        Format::HmrcYearly,
        Format::Long,
        Format::EcbDaily,
        Format::EcbHistory,
        Format::ImfSdr,
        Format::ImfRepresentative,
        Format::Beancount,
        Format::Hledger,
    ];

    /// The name for people.
    ///
    /// ```
    /// use tieout::Format;
    ///
    /// assert_eq!(Format::Long.name(), "long CSV");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Format::EcbHistory => "ECB history (wide CSV)",
            Format::EcbDaily => "ECB daily table (CSV)",
            Format::EcbXml => "ECB XML",
            Format::EcbSdmx => "ECB data portal (SDMX CSV)",
            Format::FedCsv => "Federal Reserve H.10 (CSV)",
            Format::FedXml => "Federal Reserve H.10 (XML)",
            Format::Fred => "FRED (CSV)",
            Format::BankOfEngland => "Bank of England database (CSV)",
            Format::ImfRepresentative => "IMF representative rates",
            Format::ImfSdr => "IMF SDR valuation",
            Format::Bis => "BIS exchange rates (CSV)",
            Format::HmrcMonthly => "HMRC monthly rates (XML)",
            Format::HmrcYearly => "HMRC average or spot rates (CSV)",
            Format::Nbp => "NBP archive of table A (CSV)",
            Format::Hledger => "hledger price file",
            Format::Beancount => "Beancount price file",
            Format::Long => "long CSV",
        }
    }

    /// Which way its numbers are to be read.
    ///
    /// ```
    /// use tieout::Format;
    ///
    /// assert_eq!(Format::Long.direction(), "1 BASE = n QUOTE");
    /// ```
    pub const fn direction(self) -> &'static str {
        match self {
            Format::EcbHistory | Format::EcbDaily | Format::EcbXml => EURO,
            Format::EcbSdmx => "1 CURRENCY_DENOM = n CURRENCY",
            Format::FedCsv | Format::FedXml | Format::Fred => DOLLAR,
            Format::BankOfEngland | Format::HmrcMonthly | Format::HmrcYearly => STERLING,
            Format::ImfRepresentative => "1 USD = n XXX; names marked (1) the other way, 1 XXX = n USD",
            Format::ImfSdr => "1 XXX = n XDR and 1 XDR = n XXX, as the title of each part says",
            Format::Bis => "1 USD = n XXX, the euro and the pound too",
            Format::Nbp => "1 XXX = n PLN, divided by the unit in the column's head",
            Format::Hledger | Format::Beancount => "1 COMMODITY = its price",
            Format::Long => "1 BASE = n QUOTE",
        }
    }

    /// What the publisher asks those to say who use the rates.
    ///
    /// ```
    /// use tieout::Format;
    ///
    /// assert!(Format::EcbHistory.notice().is_some() && Format::Long.notice().is_none());
    /// ```
    pub const fn notice(self) -> Option<&'static str> {
        match self {
            Format::EcbHistory | Format::EcbDaily | Format::EcbXml | Format::EcbSdmx => Some(ECB_NOTICE),
            Format::FedCsv | Format::FedXml => {
                Some("Source: Board of Governors of the Federal Reserve System, H.10 Foreign Exchange Rates.")
            }
            Format::Fred => Some("Source: FRED, Federal Reserve Bank of St. Louis, whose terms do not allow passing the data on."),
            Format::BankOfEngland => Some("Source: Bank of England."),
            Format::ImfRepresentative | Format::ImfSdr => Some("Source: International Monetary Fund."),
            Format::Bis => Some("Source: Bank for International Settlements."),
            Format::HmrcMonthly | Format::HmrcYearly => Some("Source: HM Revenue & Customs."),
            Format::Nbp => Some("Source: Narodowy Bank Polski."),
            Format::Hledger | Format::Beancount | Format::Long => None,
        }
    }

    /// The name of the publisher in results; where the form has none, the file's.
    pub(super) fn source(self, file: &str, options: &ReadOptions) -> String {
        let publisher = match self {
            // A table of this form against another base is not the ECB's.
            Format::EcbHistory | Format::EcbDaily if options.base.is_some() => file,
            Format::EcbHistory | Format::EcbDaily | Format::EcbXml | Format::EcbSdmx => "ECB",
            Format::FedCsv | Format::FedXml => "Federal Reserve",
            Format::Fred => "FRED",
            Format::BankOfEngland => "Bank of England",
            Format::ImfRepresentative | Format::ImfSdr => "IMF",
            Format::Bis => "BIS",
            Format::HmrcMonthly | Format::HmrcYearly => "HMRC",
            Format::Nbp => "NBP",
            Format::Hledger | Format::Beancount | Format::Long => file,
        };
        publisher.to_owned()
    }

    /// What the form's users expect of two rates for one day.
    pub(super) const fn duplicates(self) -> Duplicates {
        match self {
            Format::Hledger | Format::Beancount => Duplicates::Last,
            _ => Duplicates::Refuse,
        }
    }

    /// The form of a table, from its first bytes.
    ///
    /// # Errors
    ///
    /// [`UnknownFormat`](ErrorKind::UnknownFormat) when it is none of them.
    pub(super) fn recognise(head: &[u8], file: &str) -> Result<Format, Error> {
        let text = text(head);
        let head = Head::of(&text);
        Format::ALL.into_iter().find(|format| format.matches(&head)).ok_or_else(|| {
            let start: String = head.first.chars().take(60).collect();
            let reason = if head.first.is_empty() {
                "the file is empty".to_owned()
            } else if start.starts_with("PK\u{3}\u{4}") || start.starts_with("\u{1f}\u{2039}") {
                "it is an archive in an archive: unpack it first".to_owned()
            } else if start.contains('\0') {
                "its content is binary: expected text, such as date,base,quote,rate".to_owned()
            } else {
                format!("the content is of no known form; it begins with {start:?} (try date,base,quote,rate)")
            };
            Error::from(ErrorKind::UnknownFormat { reason }).at(Location { source: file.to_owned(), line: Some(1), column: None })
        })
    }

    fn matches(self, head: &Head<'_>) -> bool {
        match self {
            Format::EcbXml => head.xml && head.text.contains("Cube"),
            Format::FedXml => head.xml && head.text.contains("Series") && head.text.contains("RXI"),
            Format::HmrcMonthly => head.xml && head.text.contains("exchangeRateMonthList"),
            Format::EcbSdmx => head.has_columns(&["FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "TIME_PERIOD", "OBS_VALUE"]),
            Format::Bis => head.has_columns(&["FREQ", "REF_AREA", "CURRENCY", "COLLECTION", "TIME_PERIOD", "OBS_VALUE"]),
            Format::FedCsv => head.columns.first().is_some_and(|name| name == "Series Description"),
            Format::Fred => head.dated(|name| fed::fred_series(name).is_some()),
            Format::BankOfEngland => head.dated(bank_of_england::is_series),
            Format::Nbp => head.first.starts_with("data;1"),
            Format::HmrcYearly => head.has_columns(&["Country", "Unit Of Currency", "Currency Code"]),
            Format::Long => long::delimiter(head.first).is_some(),
            Format::EcbDaily => head.first.starts_with("Date, ") && head.dated(is_code),
            Format::EcbHistory => head.dated(is_code),
            Format::ImfSdr => imf::is_table(head.text) && imf::is_sdr(head.text),
            Format::ImfRepresentative => imf::is_table(head.text),
            Format::Beancount => head.text.lines().any(beancount::is_price),
            Format::Hledger => head.text.lines().any(hledger::is_price),
        }
    }

    /// Reads the table with the reader of its form.
    pub(super) fn read(self, input: Input<'_>, builder: Builder<'_>) -> Result<RateTable, Error> {
        match self {
            Format::EcbHistory | Format::EcbDaily => ecb_wide::read(input, builder),
            Format::EcbXml => ecb_xml::read(input, builder),
            Format::EcbSdmx => ecb_sdmx::read(input, builder),
            Format::FedCsv => fed_csv::read(input, builder),
            Format::FedXml => fed_xml::read(input, builder),
            Format::Fred => fred::read(input, builder),
            Format::BankOfEngland => bank_of_england::read(input, builder),
            Format::ImfRepresentative => imf::read(input, builder, imf::Part::Dollar),
            Format::ImfSdr => imf::read(input, builder, imf::Part::SdrPerUnit),
            Format::Bis => bis::read(input, builder),
            Format::HmrcMonthly => hmrc_xml::read(input, builder),
            Format::HmrcYearly => hmrc_csv::read(input, builder),
            Format::Nbp => nbp::read(input, builder),
            Format::Hledger => hledger::read(input, builder),
            Format::Beancount => beancount::read(input, builder),
            Format::Long => long::read(input, builder),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the recogniser looks at.
struct Head<'t> {
    text: &'t str,
    /// The first line that is not empty, trimmed.
    first: &'t str,
    /// The fields of that line as comma-separated names, without quotes and without what follows a colon.
    columns: Vec<String>,
    xml: bool,
}

impl<'t> Head<'t> {
    fn of(text: &'t str) -> Head<'t> {
        let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let name = |field: &str| field.trim().trim_matches('"').split(':').next().unwrap_or_default().trim().to_owned();
        Head { text, first, columns: first.split(',').map(name).collect(), xml: first.starts_with('<') }
    }

    fn has_columns(&self, names: &[&str]) -> bool {
        names.iter().all(|name| rows::position(&self.columns, name).is_some())
    }

    /// Whether a column of dates is followed by columns that are all of a kind, at least one.
    fn dated(&self, kind: impl Fn(&str) -> bool) -> bool {
        let mut columns = self.columns.iter();
        let date = columns.next().is_some_and(|name| ["date", "observation_date"].iter().any(|date| name.eq_ignore_ascii_case(date)));
        let mut others = columns.filter(|name| !name.is_empty()).peekable();
        date && others.peek().is_some_and(|name| kind(name))
    }
}

fn is_code(name: &str) -> bool {
    name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}
