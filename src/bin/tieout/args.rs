//! Arguments that several commands share.

use crate::failure::Failure;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};
use tieout::{Currency, DecimalMark, Locale, Lookup, OnMissing, Precision, RateTable, ReadOptions, RoundingMode, TypedFigure};

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// How results are rounded.
#[derive(Debug, Args)]
pub(crate) struct RoundingArguments {
    /// How results are rounded
    #[arg(long, value_name = "MODE", default_value = "half-even", value_parser = rounding_mode())]
    pub(crate) rounding: RoundingMode,
    /// To how many decimals results are rounded; negative for tens and thousands
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-20..=28))]
    pub(crate) decimals: Option<i32>,
}

fn rounding_mode() -> impl TypedValueParser<Value = RoundingMode> {
    PossibleValuesParser::new(RoundingMode::ALL.map(RoundingMode::name))
        // OK because only the names of modes get here.
        .map(|name| RoundingMode::from_name(&name).unwrap_or_default())
}

/// How numbers are typed.
#[derive(Debug, Args)]
pub(crate) struct LanguageArguments {
    /// How numbers are written: en, fr, de, de-CH, es, it, pt, nl, zh or ja
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = Locale::from_tag)]
    pub(crate) lang: Locale,
}

impl LanguageArguments {
    /// The figure of an argument.
    pub(crate) fn figure(&self, argument: &str, text: &str) -> Result<TypedFigure, Failure> {
        self.lang.parse_figure(text).map_err(|error| Failure::argument(argument, &error))
    }
}

/// Where rates come from, and how they are looked up.
#[derive(Debug, Args)]
pub(crate) struct RateArguments {
    /// A file of exchange rates instead of the embedded ECB history, in any form that `rates info` knows; again for
    /// further ones in order of priority, of which `ecb` is the embedded history
    #[arg(long, value_name = "FILE")]
    pub(crate) rates: Vec<PathBuf>,
    /// How many days old a rate may be, and how many days in a row of an average may have none
    #[arg(long, value_name = "DAYS", default_value_t = Lookup::default().max_age_days)]
    pub(crate) max_age: u32,
    /// What serves a day without a rate: error, previous, next, nearest or interpolate
    #[arg(long, value_name = "POLICY", default_value_t = OnMissing::default())]
    pub(crate) on_missing: OnMissing,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// What a file of rates leaves open.
#[derive(Debug, Default, Args)]
pub(crate) struct ReadingArguments {
    /// For rate files that name one currency only: the other, one unit of which costs the rate
    #[arg(long, value_name = "CODE")]
    pub(crate) rates_base: Option<Currency>,
    /// For price files in which 11,664 could be either: what stands before the decimals, "point" or "comma"
    #[arg(long, value_name = "MARK", value_parser = decimal_mark)]
    pub(crate) rates_decimal_mark: Option<DecimalMark>,
}

fn decimal_mark(text: &str) -> Result<DecimalMark, String> {
    match text {
        "point" | "." => Ok(DecimalMark::Point),
        "comma" | "," => Ok(DecimalMark::Comma),
        _ => Err("expected point or comma".to_owned()),
    }
}

impl RateArguments {
    /// The rate table.
    pub(crate) fn table(&self) -> Result<Cow<'static, RateTable>, Failure> {
        let mut tables = Vec::new();
        for path in &self.rates {
            tables.push(if is_embedded(path) { RateTable::ecb().clone() } else { self.reading.table(path)? });
        }
        let layered = tables.into_iter().rev().reduce(|below, above| above.with_fallback(below));
        Ok(layered.map_or(Cow::Borrowed(RateTable::ecb()), Cow::Owned))
    }

    /// Which rate serves a day.
    pub(crate) fn lookup(&self) -> Lookup {
        Lookup::within_days(self.max_age).on_missing(self.on_missing)
    }
}

/// Whether a file's name stands for the embedded history.
fn is_embedded(path: &Path) -> bool {
    path == Path::new("ecb") && !path.exists()
}

impl ReadingArguments {
    /// How a file is read.
    pub(crate) fn options(&self) -> ReadOptions {
        let options = ReadOptions::default();
        let options = self.rates_base.into_iter().fold(options, ReadOptions::with_base);
        self.rates_decimal_mark.into_iter().fold(options, ReadOptions::with_decimal_mark)
    }

    /// Reads a file of rates; `-` is standard input.
    pub(crate) fn table(&self, path: &Path) -> Result<RateTable, Failure> {
        read_table(path, &self.options())
    }
}

/// Reads a file of rates; `-` is standard input.
pub(crate) fn read_table(path: &Path, options: &ReadOptions) -> Result<RateTable, Failure> {
    if path == Path::new("-") {
        return Ok(RateTable::read_with(std::io::stdin().lock(), "standard input", options)?);
    }
    let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
    Ok(RateTable::read_with(file, &path.display().to_string(), options)?)
}

impl RoundingArguments {
    /// The precision asked for, or a default.
    pub(crate) fn decimals_or(&self, default: i32) -> i32 {
        self.decimals.unwrap_or(default)
    }

    /// A value at so many decimals.
    pub(crate) fn round(&self, value: &tieout::Ratio, decimals: i32) -> Result<tieout::Rounded, Failure> {
        Ok(value.round(Precision::Decimals(decimals), self.rounding)?)
    }
}
