//! Arguments that several commands share.

use crate::failure::Failure;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::borrow::Cow;
use std::fs::File;
use std::path::PathBuf;
use tieout::{FigureReader, Lookup, Precision, RateTable, RoundingMode, TypedFigure};

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
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = FigureReader::for_language)]
    pub(crate) lang: FigureReader,
}

impl LanguageArguments {
    /// The figure of an argument.
    pub(crate) fn figure(&self, argument: &str, text: &str) -> Result<TypedFigure, Failure> {
        self.lang.read(text).map_err(|error| Failure::argument(argument, &error))
    }
}

/// Where rates come from.
#[derive(Debug, Args)]
pub(crate) struct RateArguments {
    /// A CSV file of exchange rates instead of the embedded ECB history
    #[arg(long, value_name = "FILE")]
    pub(crate) rates: Option<PathBuf>,
    /// How many days old a rate may be
    #[arg(long, value_name = "DAYS", default_value_t = Lookup::default().max_age_days)]
    pub(crate) max_age: u32,
}

impl RateArguments {
    /// The rate table.
    pub(crate) fn table(&self) -> Result<Cow<'static, RateTable>, Failure> {
        match &self.rates {
            None => Ok(Cow::Borrowed(RateTable::ecb())),
            Some(path) => read_table(path).map(Cow::Owned),
        }
    }

    /// How far back a lookup may go.
    pub(crate) fn lookup(&self) -> Lookup {
        Lookup::within_days(self.max_age)
    }
}

/// Reads a file of rates.
pub(crate) fn read_table(path: &std::path::Path) -> Result<RateTable, Failure> {
    let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
    Ok(RateTable::read(file, &path.display().to_string())?)
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
