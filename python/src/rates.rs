//! Rate tables.

use crate::error::{exception, raise};
use crate::input::{day, rounding, to_python};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use std::path::PathBuf;
use std::sync::Arc;
use tieout::{AverageRate, CurrencyPair, Lookup, Period, Precision, Rate, Ratio, ReadOptions, RoundingMode};

/// The digits that a rate is shown with.
const RATE_DIGITS: u32 = 12;

/// A table, and what it was read from.
pub(crate) enum Rates {
    /// The one that is embedded.
    Embedded,
    Read {
        table: tieout::RateTable,
        bytes: Vec<u8>,
        name: String,
    },
}

impl Rates {
    pub(crate) fn table(&self) -> &tieout::RateTable {
        match self {
            Rates::Embedded => tieout::RateTable::ecb(),
            Rates::Read { table, .. } => table,
        }
    }
}

/// Dated exchange rates from one source.
///
/// >>> from tieout import RateTable
/// >>> RateTable.ecb().source, "CNY" in RateTable.ecb()
/// ('ECB', True)
#[pyclass(frozen, module = "tieout")]
pub(crate) struct RateTable(pub(crate) Arc<Rates>);

#[pymethods]
impl RateTable {
    /// The ECB's euro foreign exchange reference rates since 1999, embedded in the package.
    #[staticmethod]
    fn ecb() -> RateTable {
        RateTable(Arc::new(Rates::Embedded))
    }

    /// Reads a table from a file of any supported form, recognised by its content.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<RateTable> {
        let bytes = py.detach(|| std::fs::read(&path))?;
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        RateTable::from_bytes(py, bytes, &name)
    }

    /// Reads a table from memory; `name` stands in errors and results.
    #[staticmethod]
    #[pyo3(signature = (data, name = "rates"))]
    fn from_bytes(py: Python<'_>, data: Vec<u8>, name: &str) -> PyResult<RateTable> {
        let table = py.detach(|| tieout::RateTable::from_bytes(&data, name, &ReadOptions::default())).map_err(|error| raise(py, &error))?;
        Ok(RateTable(Arc::new(Rates::Read { table, bytes: data, name: name.to_owned() })))
    }

    /// The name of the source.
    #[getter]
    fn source(&self) -> String {
        self.table().source().to_owned()
    }

    /// The pairs that are published, as "BASE/QUOTE".
    #[getter]
    fn pairs(&self) -> Vec<String> {
        self.table().pairs().map(|pair| pair.to_string()).collect()
    }

    fn _rate<'py>(&self, py: Python<'py>, pair: &str, on: &Bound<'py, PyAny>, max_age: u32) -> PyResult<Bound<'py, PyDict>> {
        let (pair, on) = (self::pair(py, pair)?, day(on, "on")?);
        let rate = self.table().rate(pair, on, &Lookup::within_days(max_age)).map_err(|error| raise(py, &error))?;
        published(py, &rate)
    }

    fn _average<'py>(&self, py: Python<'py>, pair: &str, period: &str) -> PyResult<Bound<'py, PyDict>> {
        average(py, &self.average(py, self::pair(py, pair)?, period)?)
    }

    fn __contains__(&self, code: &str) -> bool {
        tieout::Currency::from_code(code).is_ok_and(|currency| self.table().has(currency))
    }

    fn __repr__(&self) -> String {
        format!("<RateTable {}>", self.table().info())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let (py, class) = (slf.py(), slf.get_type());
        match slf.get().0.as_ref() {
            Rates::Embedded => Ok((class.getattr("ecb")?, ().into_pyobject(py)?.into_any())),
            Rates::Read { bytes, name, .. } => {
                Ok((class.getattr("from_bytes")?, (PyBytes::new(py, bytes), name).into_pyobject(py)?.into_any()))
            }
        }
    }
}

impl RateTable {
    pub(crate) fn table(&self) -> &tieout::RateTable {
        self.0.table()
    }

    pub(crate) fn average(&self, py: Python<'_>, pair: CurrencyPair, period: &str) -> PyResult<AverageRate> {
        let period: Period = period.parse().map_err(|error| raise(py, &error))?;
        self.table().average(pair, period).map_err(|error| raise(py, &error))
    }
}

/// The table that is given, or the embedded one.
pub(crate) fn given(rates: Option<&RateTable>) -> Arc<Rates> {
    rates.map_or_else(|| Arc::new(Rates::Embedded), |rates| Arc::clone(&rates.0))
}

pub(crate) fn pair(py: Python<'_>, text: &str) -> PyResult<CurrencyPair> {
    text.parse().map_err(|error| raise(py, &error))
}

/// A rate with 12 significant digits, for people: it is never computed with.
pub(crate) fn shown<'py>(py: Python<'py>, value: &Ratio) -> PyResult<Bound<'py, PyAny>> {
    let rounded = value.round(Precision::Significant(RATE_DIGITS), RoundingMode::HalfEven);
    let rounded = rounded.or_else(|_| value.round(Precision::Decimals(28), rounding("half-even").unwrap_or(RoundingMode::HalfEven)));
    let shown = rounded.map_err(|error| exception(py, "CalculationError", &error.to_string()))?.value;
    to_python(py, shown.normalize())
}

/// A published rate as the fields of `tieout.Rate`.
pub(crate) fn published<'py>(py: Python<'py>, rate: &Rate<'_>) -> PyResult<Bound<'py, PyDict>> {
    let fields = rate_fields(py, rate.pair(), &rate.value())?;
    fields.set_item("kind", "spot")?;
    fields.set_item("asked", rate.asked())?;
    fields.set_item("date", rate.date())?;
    fields.set_item("age_days", rate.age_days())?;
    let legs = PyList::empty(py);
    for leg in rate.legs() {
        let fields = PyDict::new(py);
        fields.set_item("base", leg.pair.base.to_string())?;
        fields.set_item("quote", leg.pair.quote.to_string())?;
        fields.set_item("rate", to_python(py, leg.rate)?)?;
        fields.set_item("date", leg.date)?;
        fields.set_item("source", leg.source.to_string())?;
        fields.set_item("line", leg.line)?;
        legs.append(fields)?;
    }
    fields.set_item("legs", legs)?;
    Ok(fields)
}

/// An average as the fields of `tieout.Rate`.
pub(crate) fn average<'py>(py: Python<'py>, rate: &AverageRate) -> PyResult<Bound<'py, PyDict>> {
    let fields = rate_fields(py, rate.pair, &rate.value)?;
    fields.set_item("kind", "average")?;
    fields.set_item("period", rate.period.to_string())?;
    fields.set_item("days", rate.days)?;
    Ok(fields)
}

fn rate_fields<'py>(py: Python<'py>, pair: CurrencyPair, value: &Ratio) -> PyResult<Bound<'py, PyDict>> {
    let fields = PyDict::new(py);
    fields.set_item("base", pair.base.to_string())?;
    fields.set_item("quote", pair.quote.to_string())?;
    fields.set_item("value", shown(py, value)?)?;
    Ok(fields)
}
