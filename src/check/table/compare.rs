//! Which columns of a table compare others, and which rows are ratios of others?
//!
//! As with totals, the figures decide: a column of changes is one where most rows tie with the same two columns.

use super::Table;
use super::foot::Value;
use super::grid::{Head, Row};
use crate::check::figure::{Figure, Kind};
use crate::check::judge;
use crate::check::language::TableWord;
use crate::check::relate::Draft;
use crate::printed::Reading;
use crate::relation::{Relation, Role, Verdict};

/// How many rows decide what a column is.
const ENOUGH: usize = 60;

/// How far from a column those may stand that it compares.
const NEAR: usize = 4;

/// A table wider than this is no results table.
pub(super) const WIDEST: usize = 40;

/// What a column is of others.
#[derive(Debug, Clone, Copy)]
enum Compares {
    /// The change from the second to the first.
    Change(usize, usize),
    /// The share of each figure of a column in that of a row.
    Share(usize, usize),
}

/// The claims of the columns that compare, and which columns these are.
pub(super) fn columns(table: &Table<'_>) -> (Vec<Draft>, Vec<usize>) {
    let (mut drafts, mut found) = (Vec::new(), Vec::new());
    for (column, head) in table.grid.heads.iter().enumerate() {
        if head.period.is_some() && head.unit.ratio.is_none() && head.word.is_none() {
            continue;
        }
        if let Some(compares) = table.compares(column) {
            drafts.extend(
                (0..table.grid.rows.len()).filter_map(|row| table.draft(row, column, compares).and_then(|draft| table.kept(draft))),
            );
            found.push(column);
        }
    }
    (drafts, found)
}

/// How the rows of a column tie with others.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    ties: usize,
    fails: usize,
}

impl Table<'_> {
    fn compares(&self, column: usize) -> Option<Compares> {
        let changes = self.pairs(column).into_iter().map(|(current, prior)| Compares::Change(current, prior));
        let shares = self.wholes().into_iter().flat_map(|whole| self.levels_left(column).map(move |level| Compares::Share(level, whole)));
        let tallied = changes.chain(shares).map(|compares| (self.tally(column, compares), compares));
        let head = self.grid.heads.get(column)?;
        // The first of equals: the nearest columns, and a change before a share.
        let best = tallied.reduce(|best, other| if (other.0.ties, best.0.fails) > (best.0.ties, other.0.fails) { other } else { best })?;
        self.is_enough(best.0, head, best.1).then_some(best.1)
    }

    /// Most rows must tie; the head may say it where rows are few.
    fn is_enough(&self, tally: Tally, head: &Head, compares: Compares) -> bool {
        let dated = match compares {
            Compares::Change(current, prior) => {
                let year = |column: usize| self.grid.heads.get(column).and_then(|head| head.year);
                year(current).zip(year(prior)).is_some_and(|(current, prior)| current > prior)
            }
            Compares::Share(..) => false,
        };
        let said = head.word == Some(TableWord::Change) && matches!(compares, Compares::Change(..));
        let alone = said && dated && tally.ties + tally.fails == 1;
        alone || (said && tally.ties >= 1 && tally.ties >= tally.fails) || (tally.ties >= 2 && tally.ties > tally.fails)
    }

    fn tally(&self, column: usize, compares: Compares) -> Tally {
        let mut tally = Tally::default();
        for row in 0..self.grid.rows.len().min(ENOUGH) {
            let Some(draft) = self.draft(row, column, compares) else { continue };
            match self.verdict(&draft) {
                Verdict::Ties | Verdict::TiesWithinRounding | Verdict::TiesCoarsely => tally.ties += 1,
                Verdict::DoesNotTie => tally.fails += 1,
                _ => {}
            }
        }
        tally
    }

    fn verdict(&self, draft: &Draft) -> Verdict {
        judge::judge(draft, self.figures, Reading::Nearest).verdict
    }

    /// A claim, unless it is none: no base to grow from, or costs whose growth is printed as bad.
    fn kept(&self, draft: Draft) -> Option<Draft> {
        match self.verdict(&draft) {
            Verdict::NotMeaningful => None,
            Verdict::DoesNotTie if draft.of_loss => {
                let other =
                    Draft { of_loss: false, roles: draft.roles.iter().map(|(role, figure)| (*role, *figure)).collect(), ..draft.clone() };
                let turned = judge::claim(&other, self.figures, Reading::Nearest, |role, printed| {
                    (role == Role::Growth).then(|| printed.clone().negated())
                });
                let sized = judge::claim(&draft, self.figures, Reading::Nearest, |role, printed| {
                    (role == Role::Growth).then(|| printed.clone().negated())
                });
                let ties = |verdict| matches!(verdict, Verdict::Ties | Verdict::TiesWithinRounding);
                (!ties(turned.judge().verdict) && !ties(sized.judge().verdict)).then_some(draft)
            }
            _ => Some(draft),
        }
    }

    /// The pairs of columns that a column may compare: the nearest first, current and prior by their years where they
    /// have any.
    fn pairs(&self, column: usize) -> Vec<(usize, usize)> {
        let near = |other: &usize| self.is_level(*other) && *other != column;
        let left: Vec<usize> = (column.saturating_sub(NEAR)..column).rev().filter(near).collect();
        let right = (column + 1..self.grid.heads.len().min(column + 1 + NEAR)).filter(near);
        let others = if left.len() >= 2 { left } else { left.into_iter().chain(right).collect() };
        let mut pairs = Vec::new();
        for (place, a) in others.iter().enumerate() {
            for b in others.iter().skip(place + 1) {
                let year = |column: &usize| self.grid.heads.get(*column).and_then(|head| head.year);
                match year(a).zip(year(b)).map(|(a, b)| a.cmp(&b)) {
                    Some(order) if order.is_gt() => pairs.push((*a, *b)),
                    Some(order) if order.is_lt() => pairs.push((*b, *a)),
                    // The later usually stands first, as in "2023, 2022, change".
                    _ => pairs.extend([(*b, *a), (*a, *b)]),
                }
            }
        }
        pairs
    }

    /// Whether a column holds amounts, not what compares them.
    fn is_level(&self, column: usize) -> bool {
        self.grid.heads.get(column).is_some_and(|head| head.unit.ratio.is_none() && head.word != Some(TableWord::Change))
            && (0..self.grid.rows.len()).take(ENOUGH).any(|row| self.level(row, column).is_some())
    }

    fn levels_left(&self, column: usize) -> impl Iterator<Item = usize> {
        (column.saturating_sub(NEAR)..column).rev().filter(|other| self.is_level(*other)).take(2)
    }

    /// The rows that shares may be of: those that say so, the first and the last.
    fn wholes(&self) -> Vec<usize> {
        let rows = &self.grid.rows;
        let total = |row: &Row| row.word == Some(TableWord::Total);
        let mut wholes: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| total(row)).map(|(index, _)| index).take(4).collect();
        wholes.extend([0, rows.len().saturating_sub(1)]);
        wholes
    }

    /// What a cell of a comparing column states of its row.
    fn draft(&self, row: usize, column: usize, compares: Compares) -> Option<Draft> {
        let result = self.figure_at(row, column)?;
        match compares {
            Compares::Change(current, prior) => self.change(row, result, current, prior),
            Compares::Share(level, whole) => {
                let (part, whole) = (self.level(row, level)?, self.level(whole, level)?);
                let percent = self.get(result)?.kind == Kind::Percent;
                (percent && part.figure != whole.figure && part.class == whole.class).then(|| {
                    Draft::new(Relation::Share, vec![(Role::Part, part.figure), (Role::Whole, whole.figure), (Role::Share, result)])
                })
            }
        }
    }

    fn change(&self, row: usize, result: usize, current: usize, prior: usize) -> Option<Draft> {
        let (current, prior) = (self.figure_at(row, current)?, self.figure_at(row, prior)?);
        let (now, before, stated) = (self.get(current)?, self.get(prior)?, self.get(result)?);
        if now.kind != before.kind || now.unit != before.unit {
            return None;
        }
        let with = |relation: Relation, role: Role, of_loss: bool| Draft {
            of_loss,
            ..Draft::new(relation, vec![(Role::Current, current), (Role::Prior, prior), (role, result)])
        };
        let negative = |figure: &Figure| figure.printed.value().is_negative();
        match (stated.kind, now.kind) {
            (Kind::Percent, Kind::Percent) => {
                // Points printed with a percent sign, or a growth of a percentage: whichever it is must show.
                let ties = |draft: &Draft| matches!(self.verdict(draft), Verdict::Ties | Verdict::TiesWithinRounding);
                [with(Relation::Points, Role::Points, false), with(Relation::Growth, Role::Growth, false)].into_iter().find(ties)
            }
            (Kind::Percent, _) if now.is_level() => Some(with(Relation::Growth, Role::Growth, negative(now) && negative(before))),
            (Kind::Points | Kind::BasisPoints, Kind::Percent) => Some(with(Relation::Points, Role::Points, false)),
            (kind, level) if kind == level && now.is_level() && stated.unit == now.unit => {
                Some(with(Relation::Change, Role::Change, false))
            }
            _ => None,
        }
    }

    /// The claims of the rows that are percentages of other rows: margins.
    pub(super) fn margins(&self, compared: &[usize]) -> Vec<Draft> {
        let columns: Vec<usize> = (0..self.grid.heads.len()).filter(|column| !compared.contains(column)).collect();
        let rows = 0..self.grid.rows.len();
        let is_amounts = |row: &usize| columns.iter().any(|column| self.level(*row, *column).is_some());
        let Some(base) = rows.clone().find(|row| self.is_revenue(*row)).or_else(|| rows.clone().find(is_amounts)) else {
            return Vec::new();
        };
        let mut drafts = Vec::new();
        for row in rows {
            let is_percent = |column: &&usize| {
                self.figure_at(row, **column).and_then(|figure| self.get(figure)).is_some_and(|figure| figure.kind == Kind::Percent)
            };
            let cells: Vec<usize> = columns.iter().filter(is_percent).copied().collect();
            if cells.is_empty() {
                continue;
            }
            let near = row.saturating_sub(NEAR * NEAR)..(row + NEAR).min(self.grid.rows.len());
            let candidates = near.rev().filter(|other| *other != row && *other != base && is_amounts(other));
            let claims =
                |numerator: usize| -> Vec<Draft> { cells.iter().filter_map(|column| self.ratio(row, numerator, base, *column)).collect() };
            let tallied = candidates.map(|numerator| {
                let claims = claims(numerator);
                let ties = claims.iter().filter(|draft| self.verdict(draft) == Verdict::Ties).count();
                (ties, claims.len() - ties, self.alike(row, numerator), claims)
            });
            let enough = |(ties, fails, alike, _): &(usize, usize, bool, Vec<Draft>)| {
                (*ties >= 2 && ties > fails) || (*alike && *ties >= 1 && ties >= fails)
            };
            if let Some((.., claims)) =
                tallied.filter(enough).max_by_key(|(ties, fails, alike, _)| (*ties, *alike, std::cmp::Reverse(*fails)))
            {
                drafts.extend(claims);
            }
        }
        drafts
    }

    fn ratio(&self, row: usize, numerator: usize, base: usize, column: usize) -> Option<Draft> {
        let ratio = self.figure_at(row, column)?;
        let (numerator, denominator): (Value, Value) = (self.level(numerator, column)?, self.level(base, column)?);
        (numerator.class == denominator.class).then(|| {
            let roles = vec![(Role::Numerator, numerator.figure), (Role::Denominator, denominator.figure), (Role::Ratio, ratio)];
            Draft::new(Relation::Ratio, roles)
        })
    }

    fn is_revenue(&self, row: usize) -> bool {
        let metric = self.grid.rows.get(row).and_then(|row| row.metric.as_deref());
        matches!(metric, Some("revenue" | "total revenue"))
    }

    /// Whether two labels begin alike: "gross profit" and "gross margin", 毛利 and 毛利率.
    fn alike(&self, a: usize, b: usize) -> bool {
        let label = |row: usize| self.grid.rows.get(row).map(|row| row.label.as_str()).unwrap_or_default();
        let word = |label: &'_ str| label.split_whitespace().next().map(str::to_owned).unwrap_or_default();
        let (first, second) = (word(label(a)), word(label(b)));
        !first.is_empty() && (first.starts_with(&second) || second.starts_with(&first)) && first.len().min(second.len()) >= 3
    }
}
