//! Which rows of a table add up to another, and which columns?
//!
//! Nothing in a table says which rows are parts of which total, so the figures must: a row is a total where most of
//! its columns add up, or some do and its label says so. Then those that do not are findings.

use crate::check::relate::Draft;
use crate::relation::{Relation, Role};
use std::collections::HashSet;

/// A row or a column, as one line of figures.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) values: Vec<Option<Value>>,
    /// Its label says that it is a total or a result.
    pub(super) labelled: bool,
}

/// An amount of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    pub(super) figure: usize,
    /// In the last decimal place of the table.
    pub(super) amount: i128,
    /// The unit of its last digit, likewise.
    pub(super) unit: i128,
    /// What amounts must share to be added: currency, scale.
    pub(super) class: usize,
}

/// The most parts that a total is looked for in.
const MOST_PARTS: usize = 24;

/// How many digits make it unlikely that figures add up by chance.
const LARGE: i128 = 100;

/// How a line compares with what others make together.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    ties: usize,
    fails: usize,
    large: bool,
}

impl Tally {
    fn is_enough(self, labelled: bool) -> bool {
        let enough = if labelled { self.ties >= 1 && self.ties >= self.fails } else { self.ties >= 2 && self.ties > self.fails };
        enough && self.large
    }
}

/// How others make up a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Sum,
    /// The second last less the last: costs without a sign.
    Difference,
}

/// Finds the totals among lines in their order, and one claim for each of their figures.
pub(super) fn foot(lines: &[Line]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    // What no total has taken up yet.
    let mut open: Vec<usize> = Vec::new();
    let mut used = HashSet::new();
    for (index, line) in lines.iter().enumerate() {
        if line.values.iter().all(Option::is_none) {
            continue;
        }
        if let Some((form, count)) = made_of(lines, line, &open) {
            let parts = open.split_off(open.len() - count);
            claim(lines, line, &parts, form, &mut drafts);
            used.extend(parts.iter().copied().chain([index]));
        }
        open.push(index);
    }
    of_which(lines, &mut used, &mut drafts);
    drafts
}

/// How many of the open lines make up a line, from the last one back.
fn made_of(lines: &[Line], line: &Line, open: &[usize]) -> Option<(Form, usize)> {
    let tail = |count: usize| open.len().checked_sub(count).and_then(|from| open.get(from..));
    let mut found: Option<(Tally, Form, usize)> = None;
    let mut consider = |tally: Tally, form: Form, count: usize| {
        let better = found.is_none_or(|(known, ..)| (tally.fails, known.ties) < (known.fails, tally.ties));
        if tally.is_enough(line.labelled) && better {
            found = Some((tally, form, count));
        }
    };
    for count in 2..=open.len().min(MOST_PARTS) {
        consider(tally(lines, line, tail(count)?, Form::Sum), Form::Sum, count);
    }
    if let Some(two) = tail(2) {
        consider(tally(lines, line, two, Form::Difference), Form::Difference, 2);
    }
    found.map(|(_, form, count)| (form, count)).or_else(|| alone(lines, line, open))
}

/// A single column cannot confirm its structure: there the label must say it, and all above be about as much.
fn alone(lines: &[Line], line: &Line, open: &[usize]) -> Option<(Form, usize)> {
    if !line.labelled || !(2..=MOST_PARTS).contains(&open.len()) {
        return None;
    }
    let tally = tally(lines, line, open, Form::Sum);
    let about = line.values.iter().enumerate().all(|(at, total)| {
        let Some(total) = total else { return true };
        let sum: i128 = open.iter().filter_map(|part| part_at(lines, *part, at)).fold(0, |sum, part| sum.saturating_add(part.amount));
        let off = sum.saturating_sub(total.amount).saturating_abs();
        off.saturating_mul(2) <= total.amount.saturating_abs() || is_slip(sum, total.amount)
    });
    (tally.fails == 1 && tally.ties == 0 && about).then_some((Form::Sum, open.len()))
}

/// Whether one is the other with the point moved by three places.
fn is_slip(a: i128, b: i128) -> bool {
    a.saturating_mul(1000) == b || b.saturating_mul(1000) == a
}

/// "Revenue, of which A, B and C": the lines right behind a line that no total has taken up.
fn of_which(lines: &[Line], used: &mut HashSet<usize>, drafts: &mut Vec<Draft>) {
    for index in 0..lines.len() {
        let Some(line) = lines.get(index).filter(|_| !used.contains(&index)) else { continue };
        let free: Vec<usize> = (index + 1..lines.len()).take_while(|at| !used.contains(at)).take(MOST_PARTS).collect();
        let parts = (2..=free.len()).filter_map(|count| free.get(..count)).find(|parts| {
            let tally = tally(lines, line, parts, Form::Sum);
            tally.is_enough(false)
        });
        if let Some(parts) = parts {
            claim(lines, line, parts, Form::Sum, drafts);
            used.extend(parts.iter().copied().chain([index]));
        }
    }
}

fn part_at(lines: &[Line], line: usize, at: usize) -> Option<Value> {
    lines.get(line)?.values.get(at).copied().flatten()
}

/// The parts of a total in one column; `None` where fewer than two have a figure, or one has another unit.
fn parts_at(lines: &[Line], total: &Value, parts: &[usize], at: usize) -> Option<Vec<Value>> {
    let values: Vec<Value> = parts.iter().filter_map(|part| part_at(lines, *part, at)).collect();
    (values.len() >= 2 && values.iter().all(|value| value.class == total.class)).then_some(values)
}

fn tally(lines: &[Line], line: &Line, parts: &[usize], form: Form) -> Tally {
    let mut tally = Tally::default();
    for (at, total) in line.values.iter().enumerate() {
        let Some(total) = total else { continue };
        let Some(values) = parts_at(lines, total, parts, at) else { continue };
        let signed = |(place, value): (usize, &Value)| if form == Form::Difference && place > 0 { -value.amount } else { value.amount };
        let sum = values.iter().enumerate().map(signed).fold(0_i128, i128::saturating_add);
        let room = values.iter().map(|value| value.unit).fold(total.unit, i128::saturating_add);
        if sum.saturating_sub(total.amount).saturating_abs().saturating_mul(2) <= room {
            tally.ties += 1;
            tally.large |= total.amount.saturating_abs() >= total.unit.saturating_mul(LARGE);
        } else {
            tally.fails += 1;
            tally.large |= line.labelled && tally.ties == 0 && total.amount.saturating_abs() >= total.unit.saturating_mul(LARGE);
        }
    }
    tally
}

/// One claim for each figure of a total.
fn claim(lines: &[Line], line: &Line, parts: &[usize], form: Form, drafts: &mut Vec<Draft>) {
    for (at, total) in line.values.iter().enumerate() {
        let Some(total) = total else { continue };
        let Some(values) = parts_at(lines, total, parts, at) else { continue };
        let draft = match (form, values.as_slice()) {
            (Form::Difference, [minuend, subtrahend]) => Draft::new(
                Relation::Difference,
                vec![(Role::Minuend, minuend.figure), (Role::Subtrahend, subtrahend.figure), (Role::Difference, total.figure)],
            ),
            (Form::Difference, _) => continue,
            (Form::Sum, values) => {
                let addends = (1..).zip(values).map(|(number, value)| (Role::Addend(number), value.figure));
                Draft::new(Relation::Sum, [(Role::Total, total.figure)].into_iter().chain(addends).collect())
            }
        };
        drafts.push(draft);
    }
}
