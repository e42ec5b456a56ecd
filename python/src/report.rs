//! Checks of texts: the report is handed over as the JSON that the command prints.

use crate::error::{exception, raise};
use crate::input::day;
use crate::rates::{self, RateTable};
use pyo3::prelude::*;
use tieout::{CheckOptions, Currency, Reading, RoundingMode};

#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "the Python side names them")]
pub(crate) fn check<'py>(
    py: Python<'py>,
    documents: Vec<(String, String)>,
    rates: Option<&Bound<'py, RateTable>>,
    lang: Option<String>,
    date: Option<&Bound<'py, PyAny>>,
    home: Option<&str>,
    reading: &str,
    facts: Option<Vec<u8>>,
) -> PyResult<String> {
    let table = rates::given(rates.map(Bound::get));
    let date = date.map(|date| day(date, "date")).transpose()?;
    let home = home.map(Currency::from_code).transpose().map_err(|error| raise(py, &error))?;
    let reading: Reading =
        self::reading(reading).ok_or_else(|| exception(py, "ParseError", "reading: expected nearest, half-up, half-even or truncated"))?;
    let checked = py.detach(|| {
        let mut options = CheckOptions::new(Some(table.table()));
        (options.language, options.date, options.home, options.reading) = (lang, date, home, reading);
        if let Some(facts) = facts {
            options.facts = tieout::read_facts(facts.as_slice(), "facts")?;
        }
        let documents: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        tieout::check(&documents, &options).map(|report| report.to_json())
    });
    checked.map_err(|error| raise(py, &error))
}

fn reading(name: &str) -> Option<Reading> {
    Some(match name {
        "nearest" => Reading::Nearest,
        "half-up" => Reading::Rounded(RoundingMode::HalfUp),
        "half-even" => Reading::Rounded(RoundingMode::HalfEven),
        "truncated" => Reading::Truncated,
        _ => return None,
    })
}

/// The codes of the languages that texts can be in.
#[pyfunction]
pub(crate) fn languages() -> Vec<&'static str> {
    tieout::languages()
}
