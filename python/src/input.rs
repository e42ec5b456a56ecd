//! What Python hands in: figures, days, settings. A float is refused wherever a figure is wanted.

use crate::error::{exception, raise};
use crate::money::Money;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};
use tieout::{Currency, Date, Decimal, Locale, Precision, RoundingMode, TypedFigure};

const NO_FLOATS: &str = "is a float: binary floating point holds few decimals exactly, so the digits that were meant are \
                         lost already; give a Decimal, an int or a str, as in Decimal(\"59.5\")";

/// Python's `decimal.Decimal`.
pub(crate) fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CLASS.get_or_try_init(py, || py.import("decimal")?.getattr("Decimal").map(Bound::unbind))?;
    Ok(class.bind(py))
}

/// A number for Python, all digits kept.
pub(crate) fn to_python(py: Python<'_>, value: Decimal) -> PyResult<Bound<'_, PyAny>> {
    decimal_class(py)?.call1((value.to_string(),))
}

/// The text of a number: a `Decimal`, an `int`, or a `str` as it stands.
pub(crate) fn number_text(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    let py = value.py();
    if value.is_instance_of::<PyFloat>() || value.get_type().name()?.to_cow()?.starts_with("float") {
        return Err(exception(py, "FloatRefused", &format!("{name} {NO_FLOATS}")));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_cow()?.into_owned());
    }
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return value.str()?.extract();
    }
    if value.is_instance(decimal_class(py)?)? {
        if !value.call_method0("is_finite")?.extract::<bool>()? {
            return Err(exception(py, "ParseError", &format!("{name} is {value}: a figure is a finite number")));
        }
        return value.call_method1("__format__", ("f",))?.extract();
    }
    let found = value.get_type().name()?;
    Err(PyTypeError::new_err(format!("{name} must be a Decimal, an int or a str, not {found}")))
}

/// A plain number.
pub(crate) fn decimal(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Decimal> {
    let figure = figure(value, name, &Locale::EN)?;
    figure.to_decimal().ok_or_else(|| exception(value.py(), "CalculationError", &format!("{name} does not fit a decimal")))
}

/// A figure as people type it; an amount of money is one too.
pub(crate) fn figure(value: &Bound<'_, PyAny>, name: &str, reader: &Locale) -> PyResult<TypedFigure> {
    let text = match value.cast::<Money>() {
        Ok(money) => money.get().0.to_string(),
        Err(_) => number_text(value, name)?,
    };
    reader.parse_figure(&text).map_err(|error| {
        let raised = raise(value.py(), &error);
        let class = raised.get_type(value.py());
        class.call1((format!("{name}: {error}"),)).map_or_else(|failure| failure, PyErr::from_value)
    })
}

/// A reader of figures in a language.
pub(crate) fn figures(py: Python<'_>, lang: &str) -> PyResult<Locale> {
    Locale::from_tag(lang).map_err(|error| raise(py, &error))
}

/// A rounding mode by its name, its words joined by - or _.
pub(crate) fn rounding(name: &str) -> PyResult<RoundingMode> {
    RoundingMode::from_name(&name.replace('_', "-")).ok_or_else(|| {
        let known = RoundingMode::ALL.map(RoundingMode::name).join(", ");
        PyValueError::new_err(format!("unknown rounding {name:?}: expected one of {known}"))
    })
}

/// So many decimals.
pub(crate) fn decimals(count: i32) -> Precision {
    Precision::Decimals(count)
}

/// A day: a `date`, a `str` such as "2023-05-26", or a `datetime` (a pandas `Timestamp` too) at midnight.
pub(crate) fn day(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Date> {
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_cow()?;
        return text
            .parse()
            .ok()
            .filter(|_| text.len() == 10)
            .ok_or_else(|| exception(value.py(), "ParseError", &format!("{name}: expected a date such as 2023-05-26, found {text:?}")));
    }
    if value.hasattr("hour")? {
        let midnight = value.call_method0("time")?.str()?.to_cow()? == "00:00:00";
        if !midnight || !value.getattr("tzinfo")?.is_none() {
            return Err(PyTypeError::new_err(format!("{name} is a moment, not a day: give its date()")));
        }
        return value.call_method0("date")?.extract();
    }
    value.extract().map_err(|_| PyTypeError::new_err(format!("{name} must be a date or a str such as \"2023-05-26\"")))
}

/// A currency by its code.
pub(crate) fn currency(py: Python<'_>, code: &str) -> PyResult<Currency> {
    Currency::from_code(code).map_err(|error| raise(py, &error))
}
