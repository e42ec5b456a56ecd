//! Jobs over Arrow tables: any object with the Arrow PyCapsule interface in, and out.

use crate::error::raise;
use crate::input::{figures, rounding};
use crate::rates::{self, RateTable, Rates};
use arrow_array::RecordBatch;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use pyo3_arrow::PyTable;
use pyo3_arrow::input::AnyRecordBatch;
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use tieout::batch::{
    ColumnRun, Convert, ConvertColumns, Header, Implied, ImpliedColumns, Inputs, NumberColumns, Settings, Summary, TableJob, Verify,
    WideColumns, WideGrowth,
};
use tieout::{Error, Lookup};

self_cell::self_cell!(
    /// A job for one schema, and the rate table that it borrows from.
    struct BoundRun {
        owner: Arc<Rates>,
        #[covariant]
        dependent: ColumnRun,
    }
);

/// What is computed.
#[derive(Debug, Clone)]
enum Work {
    Convert { amount: String, from: String, to: String, date: String, reported: Option<String>, max_age: u32 },
    Growth { current: String, prior: String, reported: Option<String> },
    Implied { value: String, growth: String },
    Verify { relations: Vec<String> },
}

/// A job that runs over tables of any schema which has its columns; it is prepared once for each schema.
#[pyclass(frozen, module = "tieout")]
pub(crate) struct ColumnJob {
    work: Work,
    settings: Settings,
    numbers: NumberColumns,
    /// The new columns that are asked for.
    only: Option<Vec<String>>,
    rates: Arc<Rates>,
    prepared: Mutex<Option<(SchemaRef, Arc<BoundRun>)>>,
}

#[pymethods]
impl ColumnJob {
    /// `work` names the job, `columns` its columns; `settings` are rounding, decimals, inputs, lang, out and
    /// columns.
    #[new]
    fn new(
        py: Python<'_>,
        work: &str,
        columns: &Bound<'_, PyDict>,
        settings: &Bound<'_, PyDict>,
        rates: Option<&Bound<'_, RateTable>>,
    ) -> PyResult<ColumnJob> {
        let only = settings.get_item("columns")?.map(|names| names.extract()).transpose()?.flatten();
        let (settings, numbers) = self::settings(py, settings)?;
        let work = self::work(work, columns)?;
        Ok(ColumnJob { work, settings, numbers, only, rates: rates::given(rates.map(Bound::get)), prepared: Mutex::new(None) })
    }

    /// The result of a table; other Python threads go on meanwhile.
    #[pyo3(signature = (data, threads = None))]
    fn run(&self, py: Python<'_>, data: &Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Table> {
        if !data.hasattr("__arrow_c_stream__")? && !data.hasattr("__arrow_c_array__")? {
            let found = data.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "expected a table with the Arrow PyCapsule interface (of pyarrow, Polars, DuckDB or pandas), not {found}"
            )));
        }
        let reader = data.extract::<AnyRecordBatch>()?.into_reader()?;
        let schema = reader.schema();
        let batches = py.detach(|| reader.collect::<Result<Vec<RecordBatch>, ArrowError>>());
        let batches = batches.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let threads = threads.or_else(|| std::thread::available_parallelism().ok().map(NonZero::get)).unwrap_or(1);
        let result = py.detach(|| {
            let run = self.prepare(&schema)?;
            let run = run.borrow_dependent();
            run.batches(&batches, threads).map(|(batches, summary)| Table { schema: run.schema(), batches, summary })
        });
        result.map_err(|error| raise(py, &error))
    }
}

impl ColumnJob {
    fn prepare(&self, schema: &SchemaRef) -> Result<Arc<BoundRun>, Error> {
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, run)) = prepared.as_ref()
            && known == schema
        {
            return Ok(Arc::clone(run));
        }
        let run = Arc::new(BoundRun::try_new(Arc::clone(&self.rates), |rates| self.bind(rates, schema))?);
        *prepared = Some((Arc::clone(schema), Arc::clone(&run)));
        Ok(run)
    }

    fn bind<'t>(&self, rates: &'t Rates, schema: &SchemaRef) -> Result<ColumnRun<'t>, Error> {
        let header = Header::of_names("table", schema.fields().iter().map(|field| field.name().as_str()));
        let settings = self.settings.clone();
        let job = match &self.work {
            Work::Convert { amount, from, to, date, reported, max_age } => {
                let columns = ConvertColumns { amount, from, to, date, reported: reported.as_deref() };
                TableJob::Convert(Convert::new(&header, &columns, rates.table(), Lookup::within_days(*max_age), settings)?)
            }
            Work::Growth { current, prior, reported } => {
                TableJob::Growth(WideGrowth::new(&header, &WideColumns { current, prior, reported: reported.as_deref() }, settings)?)
            }
            Work::Implied { value, growth } => TableJob::Implied(Implied::new(&header, &ImpliedColumns { value, growth }, settings)?),
            Work::Verify { relations } => TableJob::Verify(Verify::new(&header, relations, settings)?),
        };
        let run = ColumnRun::new(schema, &header, job, self.numbers)?;
        match &self.only {
            Some(names) => run.only(names),
            None => Ok(run),
        }
    }
}

fn work(name: &str, columns: &Bound<'_, PyDict>) -> PyResult<Work> {
    let optional = |name: &str| columns.get_item(name)?.map(|value| value.extract::<Option<String>>()).transpose().map(Option::flatten);
    let text = |name: &str| optional(name)?.ok_or_else(|| PyTypeError::new_err(format!("{name} must be given")));
    Ok(match name {
        "convert" => {
            let max_age = columns.get_item("max_age")?.map_or(Ok(7), |days| days.extract())?;
            let (from, to, date) = (text("from_")?, text("to")?, text("date")?);
            Work::Convert { amount: text("amount")?, from, to, date, reported: optional("reported")?, max_age }
        }
        "growth" => Work::Growth { current: text("current")?, prior: text("prior")?, reported: optional("reported")? },
        "implied" => Work::Implied { value: text("value")?, growth: text("growth")? },
        "verify" => {
            let relations = columns.get_item("relations")?.map(|relations| relations.extract()).transpose()?;
            Work::Verify { relations: relations.unwrap_or_default() }
        }
        _ => return Err(PyValueError::new_err(format!("unknown job {name:?}"))),
    })
}

fn settings(py: Python<'_>, given: &Bound<'_, PyDict>) -> PyResult<(Settings, NumberColumns)> {
    let text = |name: &str| given.get_item(name)?.map(|value| value.extract::<Option<String>>()).transpose().map(Option::flatten);
    let mut settings = Settings::default();
    settings.rounding = rounding(&text("rounding")?.unwrap_or_else(|| "half-even".to_owned()))?;
    settings.decimals = given.get_item("decimals")?.map(|count| count.extract::<Option<i32>>()).transpose()?.flatten();
    settings.figures = figures(py, &text("lang")?.unwrap_or_else(|| "en".to_owned()))?;
    settings.inputs = match text("inputs")?.as_deref() {
        None => None,
        Some("exact") => Some(Inputs::Exact),
        Some("printed") => Some(Inputs::Printed),
        Some(other) => return Err(PyValueError::new_err(format!("inputs must be \"exact\" or \"printed\", not {other:?}"))),
    };
    let numbers = match text("out")?.as_deref() {
        None | Some("string") => NumberColumns::Text,
        Some("decimal") => NumberColumns::Decimal,
        Some(other) => return Err(PyValueError::new_err(format!("out must be \"string\" or \"decimal\", not {other:?}"))),
    };
    Ok((settings, numbers))
}

/// A table with its new columns.
///
/// Whatever takes Arrow data takes it: `pyarrow.table(t)`, `polars.DataFrame(t)`, a DuckDB query.
#[pyclass(frozen, module = "tieout")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    summary: Summary,
}

/// How many rows a notebook shows.
const SHOWN_ROWS: usize = 10;

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyAny>> {
        self.exported(py)?.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.exported(py)?.call_method0("__arrow_c_schema__")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns: those of the input, and the new ones.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// How many rows there are, and how often each verdict and each error occurs.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (verdicts, errors, summary) = (PyDict::new(py), PyDict::new(py), PyDict::new(py));
        for (verdict, count) in self.summary.verdicts().filter(|(_, count)| *count > 0) {
            verdicts.set_item(verdict.name(), count)?;
        }
        for (code, count) in self.summary.errors().filter(|(_, count)| *count > 0) {
            errors.set_item(code.name(), count)?;
        }
        summary.set_item("rows", self.summary.rows)?;
        summary.set_item("verdicts", verdicts)?;
        summary.set_item("errors", errors)?;
        Ok(summary)
    }

    /// The table as a `pyarrow.Table`.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// The table as a `polars.DataFrame`.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// The table as a `pandas.DataFrame` (through pyarrow).
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Table::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    fn __repr__(&self) -> String {
        format!("<Table of {} rows: {}>", self.__len__(), self.column_names().join(", "))
    }

    fn _repr_html_(&self) -> PyResult<String> {
        self.html().map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

impl Table {
    fn exported<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyTable::try_new(self.batches.clone(), Arc::clone(&self.schema))?.into_pyobject(py)?.into_any())
    }

    /// The first rows.
    fn html(&self) -> Result<String, ArrowError> {
        let names: String = self.column_names().iter().map(|name| format!("<th>{}</th>", escaped(name))).collect();
        let mut html = format!("<table><thead><tr>{names}</tr></thead><tbody>");
        let options = FormatOptions::default();
        let mut left = SHOWN_ROWS;
        for batch in &self.batches {
            let columns = batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &options)).collect::<Result<Vec<_>, _>>()?;
            for row in 0..batch.num_rows().min(left) {
                let cells: String = columns.iter().map(|column| format!("<td>{}</td>", escaped(&column.value(row).to_string()))).collect();
                html.push_str(&format!("<tr>{cells}</tr>"));
            }
            left = left.saturating_sub(batch.num_rows());
        }
        html.push_str(&format!("</tbody></table><p>{} rows</p>", self.__len__()));
        Ok(html)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
