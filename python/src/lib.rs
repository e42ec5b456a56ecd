//! What Python calls: amounts, rate tables, single questions, and jobs over Arrow columns.
//!
//! The Python side of the package gives these their names, defaults and documentation; nothing is computed here that
//! the library does not compute.

mod columns;
mod error;
mod input;
mod money;
mod questions;
mod rates;
mod report;

use pyo3::prelude::*;

#[pymodule]
mod _tieout {
    #[pymodule_export]
    use crate::columns::{ColumnJob, Table};
    #[pymodule_export]
    use crate::money::Money;
    #[pymodule_export]
    use crate::questions::{cagr, constant_currency, convert, growth, implied};
    #[pymodule_export]
    use crate::rates::RateTable;
    #[pymodule_export]
    use crate::report::{check, check_page, languages};
}
