//! Amounts of money.

use crate::error::raise;
use crate::input::{currency, decimal, decimals, rounding, to_python};
use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

/// An exact amount in one currency.
///
/// >>> from tieout import Money
/// >>> Money("59500000000", "CNY")
/// Money('59500000000', 'CNY')
/// >>> Money("CNY 1.10") + Money("CNY 2.2")
/// Money('3.30', 'CNY')
///
/// Mixing currencies is an error, and so is a float.
#[pyclass(frozen, module = "tieout")]
pub(crate) struct Money(pub(crate) tieout::Money);

#[pymethods]
impl Money {
    #[new]
    #[pyo3(signature = (amount, currency = None))]
    fn new(amount: &Bound<'_, PyAny>, currency: Option<&str>) -> PyResult<Money> {
        let py = amount.py();
        match currency {
            Some(code) => Ok(Money(tieout::Money::new(decimal(amount, "amount")?, self::currency(py, code)?))),
            None => {
                let text = crate::input::number_text(amount, "amount")?;
                text.parse().map(Money).map_err(|error| raise(py, &error))
            }
        }
    }

    /// The amount, a Decimal with its digits as they were given.
    #[getter]
    fn amount<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.amount())
    }

    /// The ISO 4217 code.
    #[getter]
    fn currency(&self) -> String {
        self.0.currency().to_string()
    }

    /// The amount rounded once, to the currency's minor units or to so many decimals.
    #[pyo3(signature = (decimals = None, rounding = "half-even"))]
    fn round(&self, py: Python<'_>, decimals: Option<i32>, rounding: &str) -> PyResult<Money> {
        let mode = self::rounding(rounding)?;
        let rounded = match decimals {
            Some(count) => self.0.round(self::decimals(count), mode),
            None => self.0.round_to_minor_units(mode),
        };
        rounded.map(Money).map_err(|error| raise(py, &error))
    }

    fn __add__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(py, other, tieout::Money::checked_add)
    }

    fn __sub__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(py, other, tieout::Money::checked_sub)
    }

    /// `sum` begins with the int 0.
    fn __radd__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        match other.extract::<i64>() {
            Ok(0) => Ok(Py::new(py, Money(self.0))?.into_any()),
            _ => Ok(py.NotImplemented()),
        }
    }

    fn __neg__(&self) -> Money {
        Money(-self.0)
    }

    fn __abs__(&self) -> Money {
        Money(self.0.abs())
    }

    fn __richcmp__(&self, py: Python<'_>, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Py<PyAny>> {
        let Ok(other) = other.cast::<Money>() else { return Ok(py.NotImplemented()) };
        let other = other.get().0;
        let answer = match op {
            CompareOp::Eq => self.0 == other,
            CompareOp::Ne => self.0 != other,
            _ => op.matches(self.0.checked_cmp(other).map_err(|error| raise(py, &error))?),
        };
        Ok(answer.into_pyobject(py)?.to_owned().into_any().unbind())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Money('{}', '{}')", self.0.amount(), self.0.currency())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String, String))> {
        let money = slf.get().0;
        Ok((slf.get_type().into_any(), (money.amount().to_string(), money.currency().to_string())))
    }
}

impl Money {
    fn with(
        &self,
        py: Python<'_>,
        other: &Bound<'_, PyAny>,
        compute: fn(tieout::Money, tieout::Money) -> tieout::Result<tieout::Money>,
    ) -> PyResult<Py<PyAny>> {
        let Ok(other) = other.cast::<Money>() else { return Ok(py.NotImplemented()) };
        let money = compute(self.0, other.get().0).map_err(|error| raise(py, &error))?;
        Ok(Py::new(py, Money(money))?.into_any())
    }
}

/// An amount with its currency: a `Money`, or a text such as "CNY 59.5bn".
pub(crate) fn money(value: &Bound<'_, PyAny>, name: &str, reader: &tieout::Locale) -> PyResult<tieout::Money> {
    if let Ok(money) = value.cast::<Money>() {
        return Ok(money.get().0);
    }
    let py = value.py();
    let figure = crate::input::figure(value, name, reader)?;
    let parse_error = |message: String| crate::error::exception(py, "ParseError", &message);
    let currency = figure.currency().map_err(|error| raise(py, &error))?;
    let currency = currency.ok_or_else(|| parse_error(format!("{name} names no currency: write its code, as in \"CNY 59.5bn\"")))?;
    let amount = figure.to_decimal().ok_or_else(|| parse_error(format!("{name} does not fit a decimal")))?;
    Ok(tieout::Money::new(amount, currency))
}

/// An amount for Python.
pub(crate) fn to_object(py: Python<'_>, money: tieout::Money) -> PyResult<Bound<'_, Money>> {
    Bound::new(py, Money(money))
}
