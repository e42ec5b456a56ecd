//! What a language file says, and its phrases with their senses.

use super::sense::{Cue, PeriodWord, Sense, TableWord};
use crate::currency::Currency;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[allow(dead_code, reason = "a test holds it against the file's name")]
    pub(super) code: Option<String>,
    #[allow(dead_code, reason = "for the reader of the file")]
    pub(super) name: Option<String>,
    pub(super) decimal: Option<char>,
    #[serde(default)]
    pub(super) spaced: Option<bool>,
    #[serde(default)]
    pub(super) function_words: String,
    #[serde(default)]
    pub(super) abbreviations: String,
    #[serde(default)]
    pub(super) compound_heads: String,
    #[serde(default)]
    scale: BTreeMap<String, String>,
    #[serde(default)]
    currency: BTreeMap<String, String>,
    #[serde(default)]
    bare: BTreeMap<String, String>,
    #[serde(default)]
    percent: BTreeMap<String, String>,
    #[serde(default)]
    points: BTreeMap<String, String>,
    #[serde(default)]
    basis_points: BTreeMap<String, String>,
    #[serde(default)]
    times: BTreeMap<String, String>,
    #[serde(default)]
    cardinal: BTreeMap<String, String>,
    #[serde(default)]
    fraction: BTreeMap<String, String>,
    #[serde(default)]
    multiple: BTreeMap<String, String>,
    #[serde(default)]
    metric: BTreeMap<String, String>,
    #[serde(default)]
    month: BTreeMap<String, String>,
    #[serde(default)]
    period: BTreeMap<PeriodWord, String>,
    #[serde(default)]
    country: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) cue: BTreeMap<Cue, String>,
    #[serde(default)]
    pub(super) table: BTreeMap<TableWord, String>,
}

/// Phrases with their senses, while files are read.
#[derive(Default)]
pub(super) struct Lexicon {
    pub(super) phrases: BTreeMap<String, Vec<Sense>>,
    pub(super) bare: Vec<Vec<Currency>>,
    pub(super) metrics: Vec<String>,
}

impl Lexicon {
    /// Adds a file; `None` if a key is not what its table expects.
    pub(super) fn add(&mut self, file: &File) -> Option<()> {
        for (power, words) in &file.scale {
            self.words(words, Sense::Scale(power.parse().ok()?));
        }
        for (code, words) in &file.currency {
            self.words(words, Sense::Currency(Currency::from_code(code).ok()?));
        }
        for (codes, words) in &file.bare {
            let candidates: Option<Vec<Currency>> = codes.split_whitespace().map(|code| Currency::from_code(code).ok()).collect();
            self.words(words, Sense::Bare(u8::try_from(self.bare.len()).ok()?));
            self.bare.push(candidates?);
        }
        let units = [
            (&file.percent, Sense::Percent),
            (&file.points, Sense::Points),
            (&file.basis_points, Sense::BasisPoints),
            (&file.times, Sense::Times),
        ];
        for (table, sense) in units {
            table.values().for_each(|words| self.words(words, sense));
        }
        for (value, words) in &file.cardinal {
            self.words(words, Sense::Cardinal(value.parse().ok()?));
        }
        for (value, words) in &file.fraction {
            let (num, den) = fraction(value)?;
            self.words(words, Sense::Fraction(num, den));
        }
        for (value, words) in &file.multiple {
            let (num, den) = fraction(value)?;
            self.words(words, Sense::Multiple(num, den));
        }
        for (name, words) in &file.metric {
            let index = u16::try_from(self.metrics.len()).ok()?;
            self.metrics.push(name.clone());
            self.words(words, Sense::Metric(index));
        }
        for (number, words) in &file.month {
            self.words(words, Sense::Month(number.parse().ok()?));
        }
        for (code, words) in &file.country {
            self.words(words, Sense::Country(Currency::from_code(code).ok()?));
        }
        for (word, words) in &file.period {
            self.words(words, Sense::Period(*word));
        }
        for (cue, words) in &file.cue {
            self.words(words, Sense::Cue(*cue));
        }
        Some(())
    }

    fn words(&mut self, words: &str, sense: Sense) {
        for phrase in list(words) {
            self.phrase(phrase.to_lowercase(), sense);
            if !phrase.is_ascii() {
                self.phrase(phrase.to_owned(), sense);
            }
            // The automaton ignores the case of ASCII letters only.
            let mut rest = phrase.chars();
            if let Some(first) = rest.next().filter(|c| !c.is_ascii() && c.is_lowercase()) {
                self.phrase(first.to_uppercase().chain(rest).collect(), sense);
            }
        }
    }

    fn phrase(&mut self, phrase: String, sense: Sense) {
        let senses = self.phrases.entry(phrase).or_default();
        if !senses.contains(&sense) {
            senses.push(sense);
        }
    }
}

/// `1/2`, or `3` for 3/1.
fn fraction(text: &str) -> Option<(u8, u8)> {
    let (num, den) = text.split_once('/').unwrap_or((text, "1"));
    Some((num.parse().ok()?, den.parse().ok().filter(|den| *den > 0)?))
}

/// The words of a list.
pub(super) fn list(words: &str) -> impl Iterator<Item = &str> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty())
}
