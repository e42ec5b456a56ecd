//! Do the columns of each row satisfy a relation that the user writes?

mod expression;

use super::cells::Cells;
use super::error::{ErrorCode, RowError};
use super::figures::{Figures, Inputs, Settings, reported};
use super::header::Header;
use super::job::Job;
use super::records::Row;
use crate::error::Error;
use crate::exact::{Interval, Ratio};
use crate::locale::{TypedFigure, TypedUnit};
use crate::relation::{Depth, Operand, Verdict};
use expression::{Equation, Reference};
use rust_decimal::Decimal;

/// Relations over the columns of a table, each with its own new columns.
///
/// In a relation each column stands for the interval of its printed figure, and the right side is evaluated over
/// them exactly. A column may stand several times where the value is linear in it above and below the fraction line,
/// as in `(current - prior) / prior`; another relation is refused.
#[derive(Debug)]
pub struct Verify {
    settings: Settings,
    relations: Vec<Relation>,
    columns: Vec<&'static [&'static str]>,
}

/// A relation over the columns of one table.
#[derive(Debug)]
struct Relation {
    equation: Equation,
    result: Figures,
    operands: Vec<Figures>,
    repeated: Vec<usize>,
}

/// What a relation gives for a row.
struct Checked {
    stated: Option<TypedFigure>,
    computed: Option<Decimal>,
    verdict: Verdict,
    difference: Option<Decimal>,
}

impl Verify {
    /// The relations, as they are written.
    ///
    /// # Errors
    ///
    /// [`Relation`](crate::ErrorKind::Relation) for one that cannot be read or whose range is not exact;
    /// [`ColumnMissing`](crate::ErrorKind::ColumnMissing) and [`ColumnAmbiguous`](crate::ErrorKind::ColumnAmbiguous).
    ///
    /// ```
    /// use tieout::batch::{Header, Settings, Verify};
    ///
    /// let header = Header::of_names("table", ["a", "b", "total"]);
    /// let verify = |relation: &str| Verify::new(&header, &[relation.to_owned()], Settings::default());
    /// assert!(verify("total = a + b").is_ok() && verify("total = a + c").is_err());
    /// ```
    pub fn new(header: &Header, relations: &[String], settings: Settings) -> Result<Verify, Error> {
        let relations = relations.iter().map(|text| Relation::new(header, text, &settings)).collect::<Result<Vec<_>, _>>()?;
        let columns: &'static [&'static str] = &["computed", "verdict", "difference"];
        Ok(Verify { settings, columns: vec![columns; relations.len()], relations })
    }
}

impl Relation {
    fn new(header: &Header, text: &str, settings: &Settings) -> Result<Relation, Error> {
        let equation = Equation::read(text, header)?;
        let find = |reference: &Reference| Figures::find(header, &reference.name, settings);
        let operands = equation.operands.iter().map(find).collect::<Result<_, _>>()?;
        Ok(Relation { result: find(&equation.result)?, operands, repeated: equation.repeated(), equation })
    }

    fn check(&self, row: &Row<'_>, settings: &Settings) -> Result<Checked, RowError> {
        let stated = self.result.read(row)?;
        let figures = self.operands.iter().map(|column| column.read(row)).collect::<Result<Vec<_>, _>>()?;
        let figures: Option<Vec<TypedFigure>> = figures.into_iter().collect();
        let mut checked = Checked { stated, computed: None, verdict: Verdict::Unverifiable, difference: None };
        let Some(figures) = figures else { return Ok(checked) };
        if let Some([prior, current]) = self.equation.growth()
            && not_meaningful(figures.get(prior), figures.get(current))
        {
            checked.verdict = Verdict::NotMeaningful;
            return Ok(checked);
        }
        let operands = self.scaled(&figures, settings);
        let value = self.value(&operands)?;
        let unit = stated.map_or_else(
            || scale(&self.equation.result, &TypedFigure::plain(Decimal::ONE)),
            |figure| scale(&self.equation.result, &figure),
        );
        // OK because no unit is zero.
        let computed = value.checked_div(&unit).unwrap_or(value);
        let decimals = settings.decimals.unwrap_or_else(|| self.decimals(&figures, stated.as_ref()));
        checked.computed = Some(settings.round(&computed, decimals)?);
        if let Some(figure) = stated {
            checked.verdict = reported(&figure, &unit).judge(|depth| Some(self.range(&operands, depth)));
            checked.difference = Some(settings.difference(&figure, &computed)?);
        }
        Ok(checked)
    }

    /// The decimals that the computed value is shown with: all that a sum has, and two more than the stated result
    /// where it is a product or quotient.
    fn decimals(&self, figures: &[TypedFigure], stated: Option<&TypedFigure>) -> i32 {
        let stated = stated.map_or(0, TypedFigure::decimals);
        match self.equation.expression.sum_decimals() {
            Some(constants) => figures.iter().map(TypedFigure::decimals).fold(stated.max(constants), i32::max),
            None => stated.saturating_add(2),
        }
    }

    /// The operands in units of one.
    fn scaled(&self, figures: &[TypedFigure], settings: &Settings) -> Vec<Operand> {
        let references = self.equation.operands.iter().zip(figures);
        references.map(|(reference, figure)| settings.operand(figure, &scale(reference, figure), Inputs::Printed)).collect()
    }

    /// The value that the printed values give.
    fn value(&self, operands: &[Operand]) -> Result<Ratio, RowError> {
        let points: Vec<Interval> = operands.iter().map(|operand| operand.at(Depth::Printed).clone()).collect();
        let value = self.equation.expression.range(&points, &[]).and_then(|point| point.low().value().cloned());
        value.ok_or_else(|| RowError::new(ErrorCode::DivisionByZero, format!("a divisor of {:?} is zero", self.equation.text)))
    }

    /// Every value that the figures give at one depth; unbounded where a divisor can be zero.
    fn range(&self, operands: &[Operand], depth: Depth) -> Interval {
        let intervals: Vec<Interval> = operands.iter().map(|operand| operand.at(depth).clone()).collect();
        self.equation.expression.range(&intervals, &self.repeated).unwrap_or(Interval::ALL)
    }
}

#[cfg(feature = "arrow")]
impl Verify {
    /// The places of the columns of each relation, its result first.
    pub(super) fn places(&self) -> Vec<Vec<usize>> {
        let figures = |relation: &Relation| std::iter::once(&relation.result).chain(&relation.operands).map(Figures::place).collect();
        self.relations.iter().map(figures).collect()
    }

    /// The settings.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Job for Verify {
    fn columns(&self) -> &[&'static [&'static str]] {
        &self.columns
    }

    type Ahead = ();

    fn look_ahead(&self, _row: &Row<'_>) {}

    fn compute(&self, set: usize, row: &Row<'_>, _ahead: &(), cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        let Some(relation) = self.relations.get(set) else { return Ok(None) };
        let checked = relation.check(row, &self.settings)?;
        cells.optional(checked.computed);
        cells.plain(checked.verdict);
        cells.optional(checked.difference);
        Ok(Some(checked.verdict))
    }

    fn explain(&self, set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        let Some(relation) = self.relations.get(set) else { return Ok(Vec::new()) };
        let checked = relation.check(row, &self.settings)?;
        let show = |figure: Option<String>| figure.unwrap_or("nothing".to_owned());
        let mut lines = vec![relation.equation.text.clone()];
        for column in &relation.operands {
            lines.push(format!("{} = {}", column.name(), show(column.read(row)?.map(|figure| figure.digits.to_string()))));
        }
        lines.push(format!(
            "computed {}, stated {}: {}",
            show(checked.computed.map(|value| value.to_string())),
            show(checked.stated.map(|figure| figure.digits.to_string())),
            checked.verdict
        ));
        Ok(lines)
    }
}

/// What one unit of a figure is worth: as its own sign says, else as the relation's `%` does.
fn scale(reference: &Reference, figure: &TypedFigure) -> Ratio {
    match figure.unit {
        TypedUnit::Percent | TypedUnit::Points | TypedUnit::BasisPoints => figure.unit_value(),
        _ if reference.percent => Ratio::power_of_ten(-2),
        _ => Ratio::ONE,
    }
}

/// Whether a growth says nothing: over a base of zero or less, or to a negative figure.
fn not_meaningful(prior: Option<&TypedFigure>, current: Option<&TypedFigure>) -> bool {
    prior.is_some_and(|prior| !prior.value().is_positive()) || current.is_some_and(|current| current.value().is_negative())
}
