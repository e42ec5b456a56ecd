//! What stands in a text: numbers, known words, other words, and where sentences end.

use super::language::{Cue, Hit, Language, Sense, is_cjk, is_word_letter};
use super::style::style_of;
use super::table::Layout;
use crate::number::{NumberStyle, is_group_space};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A piece of a text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum TokenKind {
    /// Digits that are a number.
    Number(Decimal),
    /// A known phrase.
    Term(u32),
    /// Another word; a single character in scripts without spaces.
    Word,
    /// Digits that are no number: a date, a time, part of a name.
    Opaque,
    Mark(char),
    /// The end of a sentence.
    Stop,
    /// The end of a paragraph, heading or line of a list.
    Break,
}

/// A sentence of more tokens is cut: what reads a sentence may look through all of it at every word.
const LONGEST_SENTENCE: usize = 500;

/// A run of digits and separators of more bytes is no number that anyone prints.
const LONGEST_NUMBER: usize = 64;

/// How far behind a full stop the next letter is looked for, in characters.
const NEXT_LETTER: usize = 64;

/// Cuts a text into tokens.
pub(crate) fn scan(text: &str, language: &Language, layout: &Layout) -> Vec<Token> {
    let hits = language.hits(text);
    let style = style_of(text, language, &hits);
    let tokens = Vec::with_capacity(text.len() / 5);
    Scanner { text, language, style, layout, grid: 0, line: 0, at: 0, sentence: 0, tokens }.run(&hits)
}

/// Cuts a cell, a label or a caption into tokens.
pub(crate) fn scan_plain(text: &str, language: &Language) -> Vec<Token> {
    scan(text, language, &Layout::default())
}

struct Scanner<'a> {
    text: &'a str,
    language: &'a Language,
    style: NumberStyle,
    layout: &'a Layout,
    /// The first table that has not been passed.
    grid: usize,
    /// The first line in columns that has not been passed.
    line: usize,
    at: usize,
    /// The first token of the sentence.
    sentence: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn run(mut self, hits: &[Hit]) -> Vec<Token> {
        let all = hits;
        let mut hits = hits.iter().peekable();
        while let Some(c) = self.rest().chars().next() {
            if self.skip_grid() {
                continue;
            }
            let passed =
                |hit: &&Hit| hit.start < self.at || (hit.start == self.at && (self.hides_name(hit, all) || self.hides_unit(hit, all)));
            while hits.next_if(passed).is_some() {}
            let term = hits.peek().filter(|hit| hit.start == self.at);
            if let Some(number) = self.number_end(c) {
                let ordinal = term.is_some_and(|hit| hit.end > number.0);
                if let (true, Some(hit)) = (ordinal, term) {
                    self.push(hit.end, TokenKind::Term(hit.phrase));
                } else {
                    self.push(number.0, number.1);
                }
            } else if let Some(hit) = term {
                self.push(hit.end, TokenKind::Term(hit.phrase));
            } else if c.is_alphabetic() {
                self.word(c);
            } else if c.is_whitespace() {
                self.space();
            } else {
                self.mark(c);
            }
        }
        self.tokens
    }

    /// "la cifra de negocio": a phrase that stands for an earlier figure gives way to a name that begins in it.
    fn hides_name(&self, hit: &Hit, hits: &[Hit]) -> bool {
        let is = |hit: &Hit, wanted: fn(&Sense) -> bool| self.language.senses(hit.phrase).iter().any(wanted);
        if !is(hit, |sense| *sense == Sense::Cue(Cue::Anaphor)) {
            return false;
        }
        let from = hits.partition_point(|other| other.start <= hit.start);
        let inside = hits.get(from..).unwrap_or_default().iter().take_while(|other| other.start < hit.end);
        inside.filter(|other| other.end > hit.end).any(|other| is(other, |sense| matches!(sense, Sense::Metric(_))))
    }

    /// 321円高: right behind a number a currency and its direction are no word of their own.
    fn hides_unit(&self, hit: &Hit, hits: &[Hit]) -> bool {
        let is = |hit: &Hit, wanted: fn(&Sense) -> bool| self.language.senses(hit.phrase).iter().any(wanted);
        let number = self.tokens.last().is_some_and(|last| last.end == self.at && matches!(last.kind, TokenKind::Number(_)));
        if self.language.spaced || !number || !is(hit, |sense| *sense == Sense::Cue(Cue::NotCount)) {
            return false;
        }
        let from = hits.partition_point(|other| other.start < hit.start);
        let inside = || hits.get(from..).unwrap_or_default().iter().take_while(|other| other.start < hit.end);
        let moves = |unit: &Hit| {
            let direction = |sense: &Sense| matches!(sense, Sense::Cue(Cue::Up | Cue::Down));
            inside().any(|other| other.start == unit.end && other.end == hit.end && is(other, direction))
        };
        let unit = |other: &&Hit| other.start == hit.start && other.end < hit.end && is(other, |sense| matches!(sense, Sense::Currency(_)));
        inside().filter(unit).any(moves)
    }

    /// A table is one break: its cells are read by themselves.
    fn skip_grid(&mut self) -> bool {
        let Some(grid) = self.layout.grids.get(self.grid).map(|grid| &grid.range) else { return false };
        if self.at < grid.start {
            return false;
        }
        self.grid += 1;
        if self.at < grid.end {
            self.push(grid.end, TokenKind::Break);
        }
        true
    }

    /// Whether this place is in a line whose columns stand apart.
    fn in_columns(&mut self) -> bool {
        while self.layout.columns.get(self.line).is_some_and(|line| line.end < self.at) {
            self.line += 1;
        }
        self.layout.columns.get(self.line).is_some_and(|line| line.start <= self.at)
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, end: usize, kind: TokenKind) {
        self.tokens.push(Token { start: self.at, end, kind });
        self.at = end;
        if matches!(kind, TokenKind::Stop | TokenKind::Break) {
            self.sentence = self.tokens.len();
        } else if self.tokens.len() - self.sentence >= LONGEST_SENTENCE {
            self.push(end, TokenKind::Break);
        }
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|text| text.chars().next_back())
    }

    fn word(&mut self, first: char) {
        let length = if is_cjk(first) {
            first.len_utf8()
        } else {
            self.rest().find(|c: char| !(is_word_letter(c) || c.is_ascii_digit())).unwrap_or(self.rest().len())
        };
        let word = self.rest().get(..length).unwrap_or_default();
        let kind = self.language.compound(word).map_or(TokenKind::Word, TokenKind::Term);
        self.push(self.at + length, kind);
    }

    /// White space: an empty line ends a paragraph; a single line end only where the line is short or ended.
    fn space(&mut self) {
        let length = self.rest().find(|c: char| !c.is_whitespace()).unwrap_or(self.rest().len());
        let lines = self.rest().get(..length).map_or(0, |space| space.matches('\n').count());
        let end = self.at + length;
        let column = length > 1 || self.rest().starts_with(['\t', '\n']);
        if lines > 1 || (lines == 1 && self.line_is_ended()) || (column && self.in_columns()) {
            self.push(end, TokenKind::Break);
        }
        self.at = end;
    }

    fn line_is_ended(&self) -> bool {
        const SHORT: usize = 60;
        let before = self.text.get(..self.at).unwrap_or_default().trim_end_matches('\r');
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.len() < SHORT || line.ends_with(['.', ':', '!', '?', ';', '|', '。', '！', '？', '”', '"'])
    }

    fn mark(&mut self, c: char) {
        let end = self.at + c.len_utf8();
        let next = self.text.get(end..).and_then(|rest| rest.chars().next());
        let stop = match c {
            '。' | '！' | '？' | '!' | '?' => true,
            '.' => self.full_stop_ends(end, next),
            _ => false,
        };
        let kind = match c {
            _ if stop => TokenKind::Stop,
            '|' if self.in_columns() => TokenKind::Break,
            _ => TokenKind::Mark(c),
        };
        self.push(end, kind);
    }

    /// Whether a full stop ends a sentence: white space and no small letter follow, and no abbreviation precedes.
    fn full_stop_ends(&self, end: usize, next: Option<char>) -> bool {
        let Some(next) = next else { return true };
        if !next.is_whitespace() && !matches!(next, '"' | '”' | '’' | '»' | ')' | '\'') {
            return false;
        }
        let following = self.text.get(end..).and_then(|rest| rest.chars().take(NEXT_LETTER).find(|c| c.is_alphanumeric()));
        if following.is_some_and(char::is_lowercase) {
            return false;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let letters = word.trim_end_matches('.');
        let initial = letters.chars().count() == 1 && letters.chars().all(char::is_uppercase);
        !(initial || self.language.is_abbreviation(word))
    }

    /// Where the number that starts here ends, and whether it is one.
    fn number_end(&self, c: char) -> Option<(usize, TokenKind)> {
        if !is_digit(c) {
            return None;
        }
        let part_of_name = self.before().is_some_and(|b| is_word_letter(b) && !self.after_currency()) || self.after_hyphenated_letter();
        if let Some(end) = self.date_or_time().or_else(|| self.decade()) {
            return Some((end, TokenKind::Opaque));
        }
        let (length, value) = self.longest_number()?;
        let end = self.at + length;
        let kind = match value {
            Some(value) if !part_of_name && !self.glued_letters(end) => return Some((end, TokenKind::Number(value))),
            _ => TokenKind::Opaque,
        };
        let tail = self.text.get(end..).map_or(0, |rest| rest.find(|c: char| !(is_word_letter(c) || is_digit(c))).unwrap_or(rest.len()));
        Some((end + tail, kind))
    }

    /// The longest run of digits and separators that is a number, in bytes, and its value; without a value if the run
    /// is none in any style.
    fn longest_number(&self) -> Option<(usize, Option<Decimal>)> {
        let run = self.digit_run();
        let mut text = self.rest().get(..run)?;
        if run > LONGEST_NUMBER {
            return Some((run, None));
        }
        let dotted = text.matches('.').count();
        loop {
            let plain = half_width(text);
            let own = self.style.read(&plain);
            let value = own.or_else(|| [NumberStyle::POINT, NumberStyle::COMMA].iter().find_map(|style| style.read(&plain)));
            if value.is_some() {
                return Some((text.len(), value));
            }
            let Some(cut) = text.rfind(|c: char| !is_digit(c)) else { return Some((text.len(), None)) };
            if dotted > 1 && text.get(cut..).is_some_and(|tail| tail.starts_with('.')) {
                // 1.2.3 is a version, an address or a date.
                return Some((run, None));
            }
            text = text.get(..cut)?;
        }
    }

    /// The length of the digits that start here, with the separators that stand between two of them.
    fn digit_run(&self) -> usize {
        let rest = self.rest();
        let spaces = self.language.style == NumberStyle::COMMA;
        let mut end = 0;
        loop {
            end += rest.get(end..).map_or(0, |rest| rest.find(|c| !is_digit(c)).unwrap_or(rest.len()));
            let mut after = rest.get(end..).unwrap_or_default().chars();
            let (Some(mark), Some(next)) = (after.next(), after.next()) else { return end };
            let space = is_group_space(mark) && (spaces || mark != ' ');
            let wide = matches!(mark, '．' | '，') && is_full_width_digit(next);
            if !is_digit(next) || !(matches!(mark, '.' | ',' | '\'' | '’') || space || wide) {
                return end;
            }
            if space {
                let digits = rest.get(end + mark.len_utf8()..).map_or(0, |group| group.find(|c| !is_digit(c)).unwrap_or(group.len()));
                if digits != 3 {
                    return end;
                }
            }
            end += mark.len_utf8();
        }
    }

    /// `2023-05-26`, `26.05.2023`, `5/26/2023`, `10:30`, `24/7`.
    fn date_or_time(&self) -> Option<usize> {
        let rest = self.rest();
        let digits = |from: usize| rest.get(from..).map_or(0, |rest| rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let first = digits(0);
        let mark = rest.get(first..)?.chars().next()?;
        let second = digits(first + mark.len_utf8());
        let after = first + mark.len_utf8() + second;
        let third = if rest.get(after..).is_some_and(|rest| rest.starts_with(mark)) { digits(after + mark.len_utf8()) } else { 0 };
        let end = if third > 0 { after + mark.len_utf8() + third } else { after };
        let date = match mark {
            // A date, or a telephone number.
            '-' => second > 0 && third > 0,
            '.' => (1..=2).contains(&first) && (1..=2).contains(&second) && (third == 4 || third == 2),
            '/' => second > 0,
            ':' => (1..=2).contains(&first) && second == 2,
            _ => false,
        };
        date.then_some(self.at + end)
    }

    /// `1990s`
    fn decade(&self) -> Option<usize> {
        let rest = self.rest();
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let tail = rest.get(digits..)?;
        let alone = |tail: &str| !tail.chars().next().is_some_and(char::is_alphanumeric);
        (matches!(digits, 2 | 4) && tail.strip_prefix('s').is_some_and(alone)).then_some(self.at + digits + 1)
    }

    /// Whether letters are glued to the number that are no known unit: `5G`, `15th`.
    fn glued_letters(&self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default();
        if !rest.chars().next().is_some_and(is_word_letter) {
            return false;
        }
        let letters = rest.get(..rest.find(|c: char| !is_word_letter(c)).unwrap_or(rest.len())).unwrap_or_default();
        // 4x4
        let goes_on = rest.get(letters.len()..).is_some_and(|rest| rest.starts_with(is_digit));
        goes_on || !self.is_unit(letters)
    }

    fn is_unit(&self, letters: &str) -> bool {
        let unit = |sense: &Sense| {
            matches!(
                sense,
                Sense::Scale(_) | Sense::Currency(_) | Sense::Bare(_) | Sense::Percent | Sense::Points | Sense::BasisPoints | Sense::Times
            )
        };
        let whole = |hit: &Hit| hit.start == 0 && hit.end == letters.len();
        let known = self.language.hits(letters).iter().any(|hit| whole(hit) && self.language.senses(hit.phrase).iter().any(unit));
        known || crate::currency::Currency::from_code(letters).is_ok()
    }

    /// Whether a currency is glued before the number: `RMB59`, `USD5`.
    fn after_currency(&self) -> bool {
        let Some(last) = self.tokens.last().filter(|token| token.end == self.at) else { return false };
        match last.kind {
            TokenKind::Term(phrase) => {
                self.language.senses(phrase).iter().any(|sense| matches!(sense, Sense::Currency(_) | Sense::Bare(_)))
            }
            TokenKind::Word => self.text.get(last.start..last.end).is_some_and(|word| crate::currency::Currency::from_code(word).is_ok()),
            _ => false,
        }
    }

    /// `COVID-19`: the number is part of the name.
    fn after_hyphenated_letter(&self) -> bool {
        let Some(before) = self.text.get(..self.at).and_then(|text| text.strip_suffix('-')) else { return false };
        before.chars().next_back().is_some_and(is_word_letter)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_full_width_digit(c)
}

fn is_full_width_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// The separators of full-width digits as the usual ones.
fn half_width(text: &str) -> Cow<'_, str> {
    if text.contains(['．', '，']) { Cow::Owned(text.replace('．', ".").replace('，', ",")) } else { Cow::Borrowed(text) }
}
