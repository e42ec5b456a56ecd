//! What do the tables of a text state? Rows and columns that total, columns of changes and shares, rows of margins.
//!
//! One mechanism for Markdown and HTML, whose tables the source turns into Markdown's: [`layout`] finds the tables,
//! [`grid`] their cells and units, [`foot`] what adds up, [`compare`] what compares. A structure counts only where the
//! figures bear it out; where it is not clear nothing is claimed.

mod compare;
mod foot;
mod grid;
mod layout;

use super::figure::{Figure, Kind, Reader, Unit};
use super::language::TableWord;
use super::relate::Draft;
use crate::printed::Printed;
use foot::{Line, Value};
use grid::{Cell, Grid, Head, Number, Row, Stated};
pub(crate) use layout::Layout;
use rust_decimal::Decimal;

/// A table with its figures.
struct Table<'a> {
    grid: Grid,
    figures: &'a [Figure],
    /// The figure of each cell, by row and column.
    places: Vec<Vec<Option<usize>>>,
    levels: Vec<Vec<Option<Value>>>,
}

/// Adds the figures of the marked tables to those of the text, and their claims.
pub(crate) fn add(reader: Reader<'_>, layout: &Layout, figures: &mut Vec<Figure>, drafts: &mut Vec<Draft>) {
    if layout.grids.is_empty() {
        return;
    }
    let mut all = Merged { figures: Vec::with_capacity(figures.len()), drafts: Vec::new(), moved: Vec::new() };
    let mut prose = std::mem::take(figures).into_iter().peekable();
    for region in &layout.grids {
        while let Some(figure) = prose.next_if(|figure| figure.span.start < region.range.start) {
            all.moved.push(all.figures.len());
            all.figures.push(figure);
        }
        let grid = grid::grid(reader, region);
        let at = reader.tokens.ended_by(region.range.start);
        let (mut own, places) = read_figures(&grid, at);
        name(&grid, &places, &mut own);
        let levels = levels(&own, &places);
        let found = Table { grid, figures: &own, places, levels }.claims();
        all.add(own, found);
    }
    for figure in prose {
        all.moved.push(all.figures.len());
        all.figures.push(figure);
    }
    for (_, figure) in drafts.iter_mut().flat_map(|draft| &mut draft.roles) {
        *figure = all.moved.get(*figure).copied().unwrap_or(*figure);
    }
    drafts.append(&mut all.drafts);
    drafts.sort_by_key(|draft| draft.roles.iter().map(|(_, figure)| *figure).min());
    *figures = all.figures;
}

/// The figures of text and tables in one order.
struct Merged {
    figures: Vec<Figure>,
    drafts: Vec<Draft>,
    /// The place of each figure of the running text.
    moved: Vec<usize>,
}

impl Merged {
    fn add(&mut self, own: Vec<Figure>, found: Vec<Draft>) {
        let place = self.figures.len();
        self.figures.extend(own);
        self.drafts.extend(found.into_iter().map(|mut draft| {
            draft.roles.iter_mut().for_each(|(_, figure)| *figure += place);
            draft
        }));
    }
}

/// The figure of each number, in the order of the text.
fn read_figures(grid: &Grid, token: usize) -> (Vec<Figure>, Vec<Vec<Option<usize>>>) {
    let mut figures = Vec::new();
    let mut places = Vec::new();
    let fine = significant_units(grid);
    for row in &grid.rows {
        let mut line = vec![None; row.cells.len()];
        for ((cell, head), (place, fine)) in row.cells.iter().zip(&grid.heads).zip(line.iter_mut().zip(&fine)) {
            if let Cell::Number(number) = cell {
                *place = Some(figures.len());
                figures.push(figure(grid, row, head, number, *fine, token));
            }
        }
        places.push(line);
    }
    (figures, places)
}

/// Which columns print their last digits: one that ends in other than zero shows that none of the zeros are idle.
fn significant_units(grid: &Grid) -> Vec<bool> {
    let ends = |cell: &Cell| matches!(cell, Cell::Number(number) if number.digits.scale() > 0 || number.digits.mantissa() % 10 != 0);
    let mut fine = vec![false; grid.heads.len()];
    for row in &grid.rows {
        row.cells.iter().zip(&mut fine).for_each(|(cell, fine)| *fine |= ends(cell));
    }
    fine
}

fn figure(grid: &Grid, row: &Row, head: &Head, number: &Number, fine: bool, token: usize) -> Figure {
    let own = &number.unit;
    let by_head = head.word == Some(TableWord::Change) || head.unit.ratio.is_some();
    let sources = if by_head { [own, &head.unit, &row.unit] } else { [own, &row.unit, &head.unit] };
    let first = |pick: fn(&Stated) -> bool| sources.into_iter().find(|stated| pick(stated));
    let ratio = first(|stated| stated.ratio.is_some()).and_then(|stated| stated.ratio.clone());
    let per = row.unit.per || head.unit.per;
    let counted = number.noun.is_some() || matches!(row.metric.as_deref(), Some("employees" | "deliveries"));
    let sources = if number.noun.is_some() { [own; 3] } else { sources };
    let first = |pick: fn(&Stated) -> bool| sources.into_iter().find(|stated| pick(stated));
    let currency = first(|stated| stated.currency.is_some()).and_then(|stated| stated.currency);
    let currency = currency.or(grid.unit.currency.filter(|_| !counted));
    let whole = first(|stated| stated.power.is_some()).and_then(|stated| stated.power);
    let power = whole.or(grid.unit.power.filter(|_| !per && !counted)).unwrap_or(0);
    let (kind, unit, power) = match (ratio, currency) {
        (Some((kind, unit)), _) => (kind, unit, 0),
        (None, Some((currency, _))) => (if per { Kind::UnitPrice } else { Kind::Money }, Unit::Currency(currency), power),
        (None, None) => (Kind::Count, number.noun.clone().map_or(Unit::None, Unit::Noun), power),
    };
    let level = matches!(kind, Kind::Money | Kind::UnitPrice | Kind::Count);
    let printed = if level && !fine { Printed::whole(number.digits, power) } else { Printed::new(number.digits, power) };
    Figure {
        span: number.span.clone(),
        kind,
        printed: if number.negative { printed.negated() } else { printed },
        ambiguous: level && currency.is_some_and(|(_, ambiguous)| ambiguous),
        unit,
        range: None,
        metric: None,
        period: None,
        tokens: token..token,
        bare: None,
        signed: number.signed,
        inherited: own.currency.is_none() && number.noun.is_none(),
        power,
        digits: number.digits,
        pending: false,
        rate_base: None,
        flat: false,
    }
}

/// The amounts as integers of the table's last decimal place.
fn levels(figures: &[Figure], places: &[Vec<Option<usize>>]) -> Vec<Vec<Option<Value>>> {
    const MOST_PLACES: u32 = 6;
    let scale = figures.iter().filter(|figure| figure.is_level()).map(|figure| figure.digits.scale()).max().unwrap_or(0);
    let mut classes: Vec<(&Unit, Kind, i16)> = Vec::new();
    let mut value = |index: usize| {
        let figure = figures.get(index).filter(|figure| figure.is_level() && scale <= MOST_PLACES)?;
        let key = (&figure.unit, figure.kind, figure.power);
        let class = classes.iter().position(|known| *known == key).unwrap_or_else(|| {
            classes.push(key);
            classes.len() - 1
        });
        let unit = 10_i128.checked_pow(scale - figure.digits.scale())?;
        let size = mantissa(figure.digits).checked_mul(unit)?;
        Some(Value { figure: index, amount: if figure.printed.value().is_negative() { -size } else { size }, unit, class })
    };
    places.iter().map(|row| row.iter().map(|place| place.and_then(&mut value)).collect()).collect()
}

fn mantissa(digits: Decimal) -> i128 {
    digits.mantissa().abs()
}

/// Names figures by the labels of their rows and the periods of their columns; where several columns have no period,
/// a name would mix them up.
fn name(grid: &Grid, places: &[Vec<Option<usize>>], figures: &mut [Figure]) {
    let single = grid.heads.len() == 1;
    for (row, line) in grid.rows.iter().zip(places) {
        for (head, place) in grid.heads.iter().zip(line) {
            if let Some(figure) = place.and_then(|place| figures.get_mut(place))
                && (single || head.period.is_some())
            {
                (figure.metric, figure.period) = (row.metric.clone(), head.period);
            }
        }
    }
}

impl Table<'_> {
    fn get(&self, figure: usize) -> Option<&Figure> {
        self.figures.get(figure)
    }

    fn figure_at(&self, row: usize, column: usize) -> Option<usize> {
        self.places.get(row)?.get(column).copied().flatten()
    }

    /// The amount of a cell; `None` for a percentage.
    fn level(&self, row: usize, column: usize) -> Option<Value> {
        self.levels.get(row)?.get(column).copied().flatten()
    }

    /// Everything the table states, in the order of its figures.
    fn claims(&self) -> Vec<Draft> {
        if self.grid.heads.len() > compare::WIDEST {
            return Vec::new();
        }
        let (mut drafts, compared) = compare::columns(self);
        drafts.extend(self.margins(&compared));
        let columns: Vec<usize> = (0..self.grid.heads.len()).filter(|column| !compared.contains(column)).collect();
        let value = |row: usize, column: usize| self.level(row, column);
        let rows: Vec<Line> = (0..self.grid.rows.len())
            .map(|row| Line {
                values: columns.iter().map(|column| value(row, *column)).collect(),
                labelled: self.grid.rows.get(row).is_some_and(is_result),
            })
            .collect();
        drafts.extend(foot::foot(&rows));
        let across: Vec<Line> = columns
            .iter()
            .map(|column| Line {
                values: (0..self.grid.rows.len()).map(|row| value(row, *column)).collect(),
                labelled: self.grid.heads.get(*column).is_some_and(|head| head.word == Some(TableWord::Total)),
            })
            .collect();
        if across.len() > 2 {
            drafts.extend(foot::foot(&across));
        }
        drafts
    }
}

/// Whether a label says that its row follows from others.
fn is_result(row: &Row) -> bool {
    let result = ["gross profit", "operating profit", "pre-tax profit", "net profit", "total revenue", "profit"];
    row.word == Some(TableWord::Total) || row.metric.as_deref().is_some_and(|metric| result.contains(&metric))
}
