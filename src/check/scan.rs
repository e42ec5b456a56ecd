//! What stands in a text: numbers, known words, other words, and where sentences end.

use super::language::{Cue, Hit, Language, is_cjk, is_word_letter};
use super::style::{Style, style_of};
use super::table::Layout;
pub(crate) use super::token::{Token, TokenKind, Tokens};
use super::wrap;
use crate::currency::Currency;
use crate::number::{NumberStyle, is_group_space};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A sentence of more tokens is cut: what reads a sentence may look through all of it at every word.
const LONGEST_SENTENCE: usize = 500;

/// A run of digits and separators of more bytes is no number that anyone prints.
const LONGEST_NUMBER: usize = 64;

/// A run of marks of more bytes is a line across the page, or noise.
const LONGEST_MARKS: usize = 100;

/// How far behind a full stop the next letter is looked for, in characters.
const NEXT_LETTER: usize = 64;

/// Cuts a text into tokens.
pub(crate) fn scan(text: &str, language: &Language, layout: &Layout) -> Tokens {
    scan_in(text, language, layout, style_of(text, language))
}

fn scan_in(text: &str, language: &Language, layout: &Layout, style: Style) -> Tokens {
    let mut tokens = Tokens::with_capacity(text.len() / 5);
    tokens.style = style;
    Scanner { text, language, style, layout, grid: 0, line: 0, at: 0, sentence: 0, tokens }.run()
}

/// Cuts a cell, a label or a caption into tokens, its numbers written as those of the text.
pub(crate) fn scan_plain(text: &str, language: &Language, style: Style) -> Tokens {
    scan_in(text, language, &Layout::default(), style)
}

struct Scanner<'a> {
    text: &'a str,
    language: &'a Language,
    style: Style,
    layout: &'a Layout,
    /// The first table that has not been passed.
    grid: usize,
    /// The first line in columns that has not been passed.
    line: usize,
    at: usize,
    /// The first token of the sentence.
    sentence: usize,
    tokens: Tokens,
}

impl Scanner<'_> {
    fn run(mut self) -> Tokens {
        while let Some(c) = self.rest().chars().next() {
            if self.skip_grid() {
                continue;
            }
            if c == ' ' && self.text.as_bytes().get(self.at + 1).is_some_and(u8::is_ascii_graphic) {
                self.at += 1;
                continue;
            }
            if c.is_whitespace() {
                self.space();
                continue;
            }
            let term =
                self.language.hit_at(self.text, self.at, |hit| !self.hides_name(hit) && !self.hides_unit(hit) && !self.hides_number(hit));
            if let Some((end, kind)) = self.number_end(c) {
                // 第2四半期, "2nd": the phrase is longer than its number.
                match term.filter(|hit| hit.end > end) {
                    Some(hit) => self.push(hit.end, TokenKind::Term(hit.phrase)),
                    None => self.push(end, kind),
                }
            } else if let Some(hit) = term {
                self.push(hit.end, TokenKind::Term(hit.phrase));
            } else if c.is_alphabetic() {
                self.word(c);
            } else {
                self.mark(c);
            }
        }
        self.tokens
    }

    /// "la cifra de negocio": a phrase that stands for an earlier figure gives way to a name that begins in it.
    fn hides_name(&self, hit: &Hit) -> bool {
        if !self.language.glance(hit.phrase).has(Cue::Anaphor) {
            return false;
        }
        let letter = |at: usize| self.text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
        let phrase = self.text.get(hit.start..hit.end).unwrap_or_default();
        // Nothing begins in the middle of a word.
        let begins = |(at, _): &(usize, char)| !(letter(hit.start + at - 1) && letter(hit.start + at));
        let inside = phrase.char_indices().skip(1).filter(begins);
        let is_longer_name = |other: &Hit| other.end > hit.end && self.language.glance(other.phrase).is_metric;
        inside.into_iter().any(|(at, _)| self.language.hit_at(self.text, hit.start + at, is_longer_name).is_some())
    }

    /// 321円高: right behind a number a currency and its direction are no word of their own.
    fn hides_unit(&self, hit: &Hit) -> bool {
        let number = self.tokens.last().is_some_and(|last| last.end == hit.start && matches!(last.kind, TokenKind::Number(_)));
        if self.language.spaced || !number || !self.language.glance(hit.phrase).has(Cue::NotCount) {
            return false;
        }
        let glance = |other: &Hit| self.language.glance(other.phrase);
        let moves = |other: &Hit| other.end == hit.end && (glance(other).has(Cue::Up) || glance(other).has(Cue::Down));
        let is_unit =
            |unit: &Hit| unit.end < hit.end && glance(unit).is_money && self.language.hit_at(self.text, unit.end, moves).is_some();
        self.language.hit_at(self.text, hit.start, is_unit).is_some()
    }

    /// "R2 500", "Q1,250 millones": one letter is a currency only where an amount is glued to it, and then the letter with a
    /// digit is no quarter.
    fn hides_number(&self, hit: &Hit) -> bool {
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied();
        let digit = |at: usize| byte(at).is_some_and(|byte| byte.is_ascii_digit());
        let letter = byte(hit.start).is_some_and(|byte| byte.is_ascii_uppercase());
        if !letter || !self.language.spaced || hit.end > hit.start + 3 {
            return false;
        }
        let ends_in_number = digit(hit.end - 1) && (digit(hit.end) || (matches!(byte(hit.end), Some(b'.' | b',')) && digit(hit.end + 1)));
        let one_letter = hit.end == hit.start + 1 && self.language.glance(hit.phrase).is_money;
        ends_in_number || (one_letter && digit(hit.end) && !self.is_amount(hit.end))
    }

    /// Whether digits have a mark or a second group, or a scale follows.
    fn is_amount(&self, start: usize) -> bool {
        let rest = self.text.get(start..).unwrap_or_default();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let tail = rest.get(digits..).unwrap_or_default();
        let mut after = tail.chars();
        let (mark, next) = (after.next(), after.next());
        let marked = matches!(mark, Some('.' | ',')) && next.is_some_and(|c| c.is_ascii_digit());
        let group = tail.trim_start_matches(is_group_space);
        let group = group.len() < tail.len() && group.find(|c: char| !c.is_ascii_digit()).unwrap_or(group.len()) == 3;
        let scale = |hit: &Hit| self.language.senses(hit.phrase).iter().any(|sense| matches!(sense, super::language::Sense::Scale(3..)));
        let scaled = |at: usize| self.language.hit_at(self.text, at, scale).is_some();
        let end = start + digits;
        marked || group || scaled(end) || scaled(end + usize::from(tail.starts_with(is_group_space)))
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
        let length = if is_cjk(first) { first.len_utf8() } else { word_length(self.rest()) };
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

    /// Whether a sentence ends with the line: it is closed by a mark, or short and not wrapped.
    fn line_is_ended(&self) -> bool {
        const SHORT: usize = 60;
        let before = self.text.get(..self.at).unwrap_or_default().trim_end_matches('\r');
        let line = before.rsplit('\n').next().unwrap_or_default();
        let closed = line.ends_with(['.', ':', '!', '?', ';', '|', '。', '！', '？', '”', '"']);
        closed || (line.len() < SHORT && !wrap::is_wrapped(self.text, self.at))
    }

    fn mark(&mut self, c: char) {
        let noise = if self.before().is_some_and(is_mark) { 0 } else { self.rest().find(|c| !is_mark(c)).unwrap_or(self.rest().len()) };
        if noise > LONGEST_MARKS {
            return self.push(self.at + noise, TokenKind::Break);
        }
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
        let word = self.word_before(end);
        let letters = word.trim_end_matches('.');
        let initial = letters.chars().count() == 1 && letters.chars().all(char::is_uppercase);
        !(initial || self.language.is_abbreviation(word))
    }

    /// What stands before a place without white space or a bracket; of an endless word the end.
    fn word_before(&self, end: usize) -> &str {
        const LONGEST: usize = 32;
        let mut before = self.text.get(..end).unwrap_or_default().char_indices().rev().take(LONGEST);
        let start = before.find(|(_, c)| c.is_whitespace() || *c == '(').map(|(at, c)| at + c.len_utf8());
        let start = start.or_else(|| self.text.get(..end)?.char_indices().rev().nth(LONGEST - 1).map(|(at, _)| at));
        self.text.get(start.unwrap_or(0)..end).unwrap_or_default()
    }

    /// Where the number that starts here ends, and whether it is one.
    fn number_end(&self, c: char) -> Option<(usize, TokenKind)> {
        if !is_digit(c) {
            return None;
        }
        let part_of_name = self.before().is_some_and(|b| is_word_letter(b) && !self.after_currency())
            || self.after_hyphenated_letter()
            || self.after_cut_number();
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
        // "R1 250 million", "45 000 tonnes", "1 250 000"
        let spaces =
            self.language.style == NumberStyle::COMMA || (self.language.spaced && (self.after_currency() || is_grouped_by_spaces(rest)));
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
        let unit = |hit: &Hit| hit.end == letters.len() && self.language.glance(hit.phrase).is_unit;
        self.language.hit_at(letters, 0, unit).is_some() || Currency::find(letters).is_some()
    }

    /// Whether a currency is glued before the number: `RMB59`, `USD5`.
    fn after_currency(&self) -> bool {
        let Some(last) = self.tokens.last().filter(|token| token.end == self.at) else { return false };
        match last.kind {
            TokenKind::Term(phrase) => self.language.glance(phrase).is_money,
            TokenKind::Word => self.text.get(last.start..last.end).and_then(Currency::find).is_some(),
            _ => false,
        }
    }

    /// "A4,250": the number goes on behind a mark, but begins in a name.
    fn after_cut_number(&self) -> bool {
        let before = self.text.get(..self.at).and_then(|text| text.strip_suffix([',', '.']));
        before.is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// `COVID-19`: the number is part of the name.
    fn after_hyphenated_letter(&self) -> bool {
        let Some(before) = self.text.get(..self.at).and_then(|text| text.strip_suffix('-')) else { return false };
        before.chars().next_back().is_some_and(is_word_letter)
    }
}

/// How many bytes of letters and digits a text begins with.
fn word_length(text: &str) -> usize {
    let ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match text.as_bytes().get(ascii) {
        Some(byte) if !byte.is_ascii() => {
            let rest = text.get(ascii..).unwrap_or_default();
            ascii + rest.find(|c: char| !(is_word_letter(c) || c.is_ascii_digit())).unwrap_or(rest.len())
        }
        _ => ascii,
    }
}

/// Whether spaces group the digits that a text begins with: two groups behind the first, or one of zeros.
fn is_grouped_by_spaces(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let group = |text: &str| text.starts_with(' ') && digits(text.get(1..).unwrap_or_default()) == 3;
    let (one, two) = (text.get(first..).unwrap_or_default(), text.get(first + 4..).unwrap_or_default());
    (1..=3).contains(&first) && !text.starts_with('0') && group(one) && (one.starts_with(" 000") || group(two))
}

/// Neither a letter, a digit nor white space.
fn is_mark(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { !c.is_alphanumeric() && !c.is_whitespace() }
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
