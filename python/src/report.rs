//! Checks of texts: the report is handed over as the JSON that the command prints.

use crate::error::{exception, raise};
use crate::input::day;
use crate::rates::{self, RateTable};
use pyo3::prelude::*;
use tieout::page::{Page, PageLanguage};
use tieout::{CheckOptions, Currency, Reading, Report, RoundingMode};

/// What is asked of a check: the arguments that the Python side names.
type Question<'py> = (
    Vec<(String, String)>,
    Option<Bound<'py, RateTable>>,
    Option<String>,
    Option<Bound<'py, PyAny>>,
    Option<String>,
    String,
    Option<Vec<u8>>,
);

/// The report as JSON.
#[pyfunction]
pub(crate) fn check<'py>(py: Python<'py>, question: Question<'py>) -> PyResult<String> {
    answer(py, question, |report, _| report.to_json())
}

/// The report as a web page.
#[pyfunction]
pub(crate) fn check_page<'py>(py: Python<'py>, question: Question<'py>) -> PyResult<String> {
    answer(py, question, |report, rates| report.to_html(&Page::new(PageLanguage::English, Some(rates))))
}

fn answer<'py>(py: Python<'py>, question: Question<'py>, show: fn(&Report, &tieout::RateTable) -> String) -> PyResult<String> {
    let (documents, rates, lang, date, home, reading, facts) = question;
    let table = rates::given(rates.as_ref().map(Bound::get));
    let date = date.map(|date| day(&date, "date")).transpose()?;
    let home = home.map(|code| Currency::from_code(&code)).transpose().map_err(|error| raise(py, &error))?;
    let reading: Reading = self::reading(&reading)
        .ok_or_else(|| exception(py, "ParseError", "reading: expected nearest, half-up, half-even or truncated"))?;
    let checked = py.detach(|| {
        let mut options = CheckOptions::new(Some(table.table()));
        (options.language, options.date, options.home, options.reading) = (lang, date, home, reading);
        if let Some(facts) = facts {
            options.facts = tieout::read_facts(facts.as_slice(), "facts")?;
        }
        let documents: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        tieout::check(&documents, &options).map(|report| show(&report, table.table()))
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
