//! The cells of a table, and what its header, its caption and its labels say of their unit.

use super::layout::GridRegion;
use crate::check::context::period;
use crate::check::figure::{Kind, Reader, Unit};
use crate::check::language::{Cue, Language, PeriodWord, Sense, TableWord};
use crate::check::scan::{self, TokenKind};
use crate::check::style::Style;
use crate::currency::Currency;
use crate::period::Period;
use rust_decimal::Decimal;
use std::ops::Range;

/// A table of cells, in bytes of the text.
pub(super) struct Grid {
    /// The header rows joined, by column.
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Row>,
    /// What is said of the whole table: above it, or in the corner.
    pub(super) unit: Stated,
}

/// The head of a column.
#[derive(Debug, Default, Clone)]
pub(super) struct Head {
    pub(super) unit: Stated,
    pub(super) period: Option<Period>,
    /// The year it names, if only that.
    pub(super) year: Option<i16>,
    /// It is of a change, a share, a total.
    pub(super) word: Option<TableWord>,
}

/// A row below the header.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) unit: Stated,
    pub(super) metric: Option<String>,
    pub(super) word: Option<TableWord>,
    /// The cells of each column but the label's; a short row has fewer.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing, or a dash.
    Empty,
    Text,
    Number(Number),
}

/// A number with what stands in its cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub(super) span: Range<usize>,
    pub(super) digits: Decimal,
    pub(super) negative: bool,
    pub(super) signed: bool,
    pub(super) unit: Stated,
    /// What it counts, where its cell says that.
    pub(super) noun: Option<String>,
}

/// What a text says of units.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Stated {
    /// Percent, points, a multiple.
    pub(super) ratio: Option<(Kind, Unit)>,
    pub(super) currency: Option<(Currency, bool)>,
    pub(super) power: Option<i16>,
    /// "per share"
    pub(super) per: bool,
    /// What is so much per something is not in this scale: "except per share".
    pub(super) not_per: bool,
}

impl Stated {
    fn is_empty(&self) -> bool {
        *self == Stated::default()
    }
}

/// Reads the cells of a table.
pub(super) fn grid(reader: Reader<'_>, region: &GridRegion) -> Grid {
    let (text, language, style) = (reader.text, reader.language, reader.tokens.style);
    let line = |row: &Range<usize>| cells(text, row);
    let header: Vec<Vec<Range<usize>>> = region.rows.iter().take(region.rule).map(line).collect();
    let body: Vec<Vec<Range<usize>>> = region.rows.iter().skip(region.rule + 1).map(line).collect();
    let columns = header.iter().chain(&body).map(Vec::len).max().unwrap_or(0);
    let head_texts = head_texts(text, &header, columns);
    let corner = head_texts.first().map(|head| Said::of(head, language, style)).unwrap_or_default().unit;
    let caption = caption(text, region.range.start).map(|caption| Said::of(caption, language, style)).filter(|said| !said.numbers);
    let above = caption.map(|said| said.unit).unwrap_or_default();
    Grid {
        heads: head_texts.iter().skip(1).map(|text| head(text, language, style)).collect(),
        rows: body.iter().map(|row| read_row(text, language, style, row)).collect(),
        unit: Stated {
            ratio: None,
            currency: corner.currency.or(above.currency),
            power: corner.power.or(above.power),
            per: false,
            not_per: corner.not_per || above.not_per,
        },
    }
}

/// The rows of a header joined, by column.
fn head_texts(text: &str, header: &[Vec<Range<usize>>], columns: usize) -> Vec<String> {
    let mut heads: Vec<Option<String>> = vec![None; columns];
    for row in header {
        for (cell, head) in row.iter().zip(&mut heads) {
            let own = text.get(cell.clone()).unwrap_or_default();
            match head {
                Some(head) => head.extend([" ", own]),
                None => *head = Some(own.to_owned()),
            }
        }
    }
    heads.into_iter().map(Option::unwrap_or_default).collect()
}

/// The spans of the cells of a line, without emphasis.
fn cells(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let content = text.get(line.clone()).unwrap_or_default();
    let lead = content.len() - content.trim_start().len();
    let inner = content.trim();
    let opened = usize::from(inner.starts_with('|'));
    let inner = inner.get(opened..).unwrap_or_default();
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut start = line.start + lead + opened;
    inner
        .split('|')
        .map(|cell| {
            let own = start..start + cell.len();
            start = own.end + 1;
            trimmed(text, own)
        })
        .collect()
}

/// A span without the white space and emphasis around it.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let cell = text.get(span.clone()).unwrap_or_default();
    let idle = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '\\');
    let front = cell.len() - cell.trim_start_matches(idle).len();
    let back = cell.len() - cell.trim_end_matches(idle).len();
    if front + back >= cell.len() { span.start..span.start } else { span.start + front..span.end - back }
}

/// The line above a table, if it is short and stands right there.
fn caption(text: &str, start: usize) -> Option<&str> {
    const LONGEST: usize = 200;
    let above = text.get(..start)?.trim_end();
    let gap = text.get(above.len()..start)?;
    let line = above.rsplit('\n').next()?;
    (gap.matches('\n').count() <= 2 && line.len() <= LONGEST && !line.contains('|')).then_some(line)
}

fn head(text: &str, language: &Language, style: Style) -> Head {
    let said = Said::of(text, language, style);
    let period = said.year.and_then(|year| match said.part {
        Some(part) => period(part, year),
        None => Period::year(year).filter(|_| !said.dated),
    });
    Head { unit: said.unit, period, year: said.year, word: language.table_word(text) }
}

fn read_row(text: &str, language: &Language, style: Style, row: &[Range<usize>]) -> Row {
    let label = row.first().and_then(|cell| text.get(cell.clone())).unwrap_or_default();
    let said = Said::of(label, language, style);
    Row {
        unit: said.unit,
        metric: said.metric.and_then(|metric| language.metrics.get(usize::from(metric)).cloned()),
        word: language.table_word(label),
        label: label.to_lowercase(),
        cells: row.iter().skip(1).map(|span| cell(text, language, style, span)).collect(),
    }
}

/// What stands in a cell: one number with its sign and unit, or something else.
fn cell(text: &str, language: &Language, style: Style, span: &Range<usize>) -> Cell {
    let content = text.get(span.clone()).unwrap_or_default();
    if content.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '…' | ' ' | '\u{a0}')) {
        return Cell::Empty;
    }
    let tokens = scan::scan_plain(content, language, style);
    let reader = Reader { text: content, language, tokens: &tokens };
    let mut number: Option<Decimal> = None;
    let (mut negative, mut signed, mut opened, mut closed) = (false, false, false, false);
    let mut said = Said::default();
    let mut noun = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Number(digits) if number.is_none() => number = Some(digits),
            TokenKind::Mark('(' | '（') if number.is_none() => opened = true,
            TokenKind::Mark(')' | '）') if opened => closed = true,
            TokenKind::Mark('-' | '−' | '–' | '△' | '▲' | '▼') if number.is_none() => (negative, signed) = (true, true),
            TokenKind::Mark('+') if number.is_none() => signed = true,
            TokenKind::Mark('*' | '†') => {}
            TokenKind::Term(_) | TokenKind::Word if noun.is_none() && said.unit_at(reader, at) => {}
            // "142 milioni di euro"
            TokenKind::Term(_) if number.is_some() && reader.has_cue(at, Cue::Of) && at + 1 < tokens.len() => {}
            // "1,250 people", 1120万吨
            TokenKind::Term(_) | TokenKind::Word if at + 1 == tokens.len() && said.unit.currency.is_none() && said.unit.ratio.is_none() => {
                let counted = number.filter(|digits| !is_year(*digits)).and_then(|_| reader.noun_at(at));
                let Some(counted) = counted else { return Cell::Text };
                noun = Some(counted);
            }
            _ => return Cell::Text,
        }
    }
    match number {
        Some(digits) if opened == closed => {
            // The span of a negative number in brackets includes them.
            let own = if opened { span.clone() } else { span.start + sign_start(content)..span.end };
            Cell::Number(Number { span: own, digits, negative: negative || opened, signed: signed || opened, unit: said.unit, noun })
        }
        _ => Cell::Text,
    }
}

/// A number that is as likely a year.
fn is_year(digits: Decimal) -> bool {
    digits.scale() == 0 && (1900..=2100).contains(&digits.mantissa())
}

/// Where the figure of a cell begins: at its sign or its currency.
fn sign_start(content: &str) -> usize {
    content.len() - content.trim_start().len()
}

/// What the words of a head, a label or a caption say.
#[derive(Debug, Default)]
struct Said {
    unit: Stated,
    year: Option<i16>,
    part: Option<PeriodWord>,
    /// It names a day: a balance, not a period.
    dated: bool,
    metric: Option<u16>,
    /// It states figures: it is a sentence, not a caption.
    numbers: bool,
}

/// A word before the thousand that a table is in.
fn is_factor(word: &str) -> bool {
    matches!(word, "x" | "X" | "×" | "in" | "en" | "em" | "per")
}

impl Said {
    fn of(text: &str, language: &Language, style: Style) -> Said {
        let mut said = Said::default();
        if text.is_empty() {
            return said;
        }
        let tokens = scan::scan_plain(text, language, style);
        let reader = Reader { text, language, tokens: &tokens };
        for at in 0..tokens.len() {
            said.word_at(reader, at);
        }
        if said.unit.power.is_none()
            && ["'000", "’000", "000s", "(000)", "£000", "€000", "$000"].iter().any(|thousand| text.contains(thousand))
        {
            said.unit.power = Some(3);
        }
        if language.says(TableWord::Except, text) {
            (said.unit.not_per, said.unit.per) = (true, false);
        }
        said
    }

    fn word_at(&mut self, reader: Reader<'_>, at: usize) {
        if let Some(TokenKind::Number(value)) = reader.kind(at) {
            let year = i16::try_from(value.mantissa()).ok().filter(|year| value.scale() == 0 && (1900..=2100).contains(year));
            // The later year of a head is the one it is of.
            self.year = year.max(self.year);
            let scaled = reader.senses(at + 1).iter().any(|sense| matches!(sense, Sense::Scale(_)));
            let factor = at.checked_sub(2).into_iter().chain(at.checked_sub(1)).any(|at| is_factor(reader.slice(at)));
            match value.mantissa() {
                // "x € 1.000", "in 1 000 Euro"
                1_000 if factor && value.scale() == 0 => self.unit.power = Some(3),
                1_000_000 if factor && value.scale() == 0 => self.unit.power = Some(6),
                100 if scaled && value.scale() == 0 => self.unit.power = Some(2),
                0..=31 if value.scale() == 0 => {}
                _ => self.numbers |= year.is_none(),
            }
            return;
        }
        if reader.kind(at) == Some(TokenKind::Opaque) {
            return self.opaque(reader.slice(at));
        }
        for sense in reader.senses(at) {
            match sense {
                Sense::Period(word) => self.part = Some(*word),
                Sense::Month(_) => self.dated = true,
                Sense::Metric(metric) => self.metric = self.metric.or(Some(*metric)),
                Sense::Cue(Cue::Per) => self.unit.per = true,
                _ => {}
            }
        }
        self.unit_at(reader, at);
    }

    /// `31.12.2023`, `2023-12-31`, `FY23`, `1Q2023`
    fn opaque(&mut self, text: &str) {
        let years = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
        self.year = years.filter_map(|part| part.parse().ok()).filter(|year| (1900..=2100).contains(year)).max().or(self.year);
        self.dated |= text.contains(['-', '.', '/']);
    }

    /// Takes what a token says of the unit; whether it says anything.
    fn unit_at(&mut self, reader: Reader<'_>, at: usize) -> bool {
        let before = self.unit.clone();
        let mut scale = None;
        for sense in reader.senses(at) {
            match sense {
                Sense::Percent => self.unit.ratio = Some((Kind::Percent, Unit::Percent)),
                Sense::Points => self.unit.ratio = Some((Kind::Points, Unit::Points)),
                Sense::BasisPoints => self.unit.ratio = Some((Kind::BasisPoints, Unit::BasisPoints)),
                // "x € 1.000" multiplies what stands below.
                Sense::Times if is_factor(reader.slice(at)) && at + 1 < reader.tokens.len() && reader.slice(at + 1) != ")" => {}
                Sense::Times => self.unit.ratio = Some((Kind::Multiple, Unit::Times)),
                Sense::Currency(currency) => self.unit.currency = Some((*currency, false)),
                Sense::Bare(index) => {
                    let first = reader.language.bare.get(usize::from(*index)).and_then(|shared| shared.first());
                    self.unit.currency = self.unit.currency.or(first.map(|currency| (*currency, true)));
                }
                Sense::Scale(power) => scale = Some(i16::from(*power)),
                _ => {}
            }
        }
        if let Some(scale) = scale.filter(|scale| (1..=15).contains(scale)) {
            self.unit.power = Some(self.unit.power.unwrap_or(0).saturating_add(scale));
        }
        let word = reader.slice(at);
        if self.unit.currency.is_none() && !word.is_empty() {
            self.code(word);
        }
        self.unit != before || !self.unit.is_empty() && scale.is_some()
    }

    /// A code, with a scale glued to it or not: `EUR`, `EURm`, `RMBbn`.
    fn code(&mut self, word: &str) {
        let (code, power) = match word.strip_suffix("bn") {
            Some(code) => (code, Some(9)),
            None => word.strip_suffix('m').map_or((word, None), |code| (code, Some(6))),
        };
        let known = if code == "RMB" { Some(Currency::CNY) } else { Currency::find(code) };
        if let Some(currency) = known.filter(|_| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())) {
            self.unit.currency = Some((currency, false));
            self.unit.power = self.unit.power.or(power);
        }
    }
}
