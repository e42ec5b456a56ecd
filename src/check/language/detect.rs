//! Which language is a text in? The one whose commonest words it holds most of.

use super::file::list;
use super::phrases::{Hashed, hash};
use super::{FILES, is_cjk};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;
use whatlang::{Detector, Lang};

/// How much of a text is looked at to tell its language, and how much at first.
const DETECTED: usize = 4000;
const AT_FIRST: usize = 1000;

/// The languages of each of the commonest words, by its hash: that two words share one is less likely than that a word
/// is misprinted.
type Words = HashMap<u64, Vec<usize>, BuildHasherDefault<Hashed>>;

/// How many of the commonest words of each language a text holds.
#[derive(Clone)]
struct Votes {
    words: &'static Words,
    counts: Vec<u32>,
}

impl Votes {
    fn new() -> Votes {
        static WORDS: OnceLock<Words> = OnceLock::new();
        let words = WORDS.get_or_init(|| {
            let mut words = Words::default();
            for (language, (_, file)) in FILES.iter().enumerate() {
                for word in list(value(file, "function_words").unwrap_or_default()) {
                    words.entry(hash(word.as_bytes())).or_default().push(language);
                }
            }
            words
        });
        Votes { words, counts: vec![0; FILES.len()] }
    }

    fn vote(&mut self, word: &str) {
        for language in self.words.get(&hash(word.as_bytes())).into_iter().flatten() {
            if let Some(count) = self.counts.get_mut(*language) {
                *count += 1;
            }
        }
    }

    /// Counts the words of a text.
    fn add(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            if word.is_ascii() {
                self.vote(word);
            } else if word.chars().any(is_cjk) {
                word.chars().for_each(|c| self.vote(c.encode_utf8(&mut [0; 4])));
            } else {
                self.vote(&word.to_lowercase());
            }
        }
    }

    /// The languages with any, those with most first.
    fn ranked(&self) -> Vec<(&'static str, u32)> {
        let codes = FILES.iter().map(|(code, _)| *code);
        let mut votes: Vec<_> = codes.zip(self.counts.iter().copied()).filter(|(_, count)| *count > 0).collect();
        votes.sort_unstable_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        votes
    }
}

/// The code of the likeliest language; English for a text that says nothing.
pub(super) fn detect(text: &str) -> &'static str {
    let first = start(text, AT_FIRST);
    let mut votes = Votes::new();
    votes.add(first);
    if let [(code, count), others @ ..] = votes.ranked().as_slice()
        && is_beyond_doubt(*count, others.first().map_or(0, |(_, second)| *second))
    {
        return code;
    }
    let text = start(text, DETECTED);
    if text.len() > first.len() {
        votes = Votes::new();
        votes.add(text);
    }
    let ranked = votes.ranked();
    match ranked.as_slice() {
        [(code, count), (_, second), ..] if !is_clear(*count, *second) => by_letters(text, &ranked).unwrap_or(code),
        [(code, _), ..] => code,
        [] => by_letters(text, &[]).unwrap_or("en"),
    }
}

/// The first bytes of a text, whole characters.
fn start(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Whether a language has so many more of its commonest words in a text than the next that nothing else need be asked.
fn is_clear(count: u32, second: u32) -> bool {
    count >= second * 3 / 2 + 2
}

/// Whether the rest of a text need not be looked at.
fn is_beyond_doubt(count: u32, second: u32) -> bool {
    count >= second * 2 + 12
}

/// The value of a key at the beginning of a language file.
fn value(file: &'static str, key: &str) -> Option<&'static str> {
    let line = file.lines().take_while(|line| !line.starts_with('[')).find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
    Some(line.trim_end_matches('"'))
}

/// The language by the letters that follow each other in a text, among those with the most words in it; among all for
/// none.
fn by_letters(text: &str, votes: &[(&'static str, u32)]) -> Option<&'static str> {
    static NAMES: OnceLock<Vec<(&'static str, Lang)>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let known = |name: &str| {
            Lang::all().iter().copied().find(|lang| lang.name().to_lowercase() == name || lang.eng_name().to_lowercase() == name)
        };
        FILES.iter().filter_map(|(code, file)| Some((*code, known(&value(file, "name")?.to_lowercase())?))).collect()
    });
    let best = votes.first().map_or(0, |(_, count)| *count);
    let likely = |code: &str| votes.is_empty() || votes.iter().any(|(other, count)| *other == code && count * 2 >= best);
    // Of a language that cannot be told by its letters the words have decided.
    if votes.iter().any(|(code, count)| count * 2 >= best && !names.iter().any(|(known, _)| known == code)) {
        return None;
    }
    let likely: Vec<(&'static str, Lang)> = names.iter().copied().filter(|(code, _)| likely(code)).collect();
    let found = Detector::with_allowlist(likely.iter().map(|(_, lang)| *lang).collect()).detect(text)?;
    // Where no word speaks for it the letters must be sure.
    let found = Some(found).filter(|found| !votes.is_empty() || found.is_reliable())?.lang();
    likely.iter().find(|(_, lang)| *lang == found).map(|(code, _)| *code)
}
