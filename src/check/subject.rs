//! Are two documents about the same? What a text names in its first sentences, another that is about the same names too.

use super::language::Language;
use super::report::Document;
use std::collections::{BTreeMap, BTreeSet};

/// The pairs of documents to compare, each once and in order: all but those whose names tell them apart. Documents of
/// different subjects never meet, so that many of them cost no more than each alone.
pub(crate) fn pairs(documents: &[Document]) -> Vec<(usize, usize)> {
    let subjects: Vec<Names<'_>> = documents.iter().map(Names::of).collect();
    let mut leading: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut nameless: Vec<usize> = Vec::new();
    for (document, names) in subjects.iter().enumerate() {
        names.lead.iter().for_each(|name| leading.entry(name).or_default().push(document));
        if names.lead.is_empty() {
            nameless.push(document);
        }
    }
    let mut pairs = BTreeSet::new();
    for (document, names) in subjects.iter().enumerate() {
        let others = names.all.iter().filter_map(|name| leading.get(name)).flatten();
        pairs.extend(others.filter(|other| **other != document).map(|other| (document.min(*other), document.max(*other))));
    }
    // A text without names may be about anything.
    for document in nameless {
        pairs.extend((0..documents.len()).filter(|other| *other != document).map(|other| (document.min(other), document.max(other))));
    }
    pairs.into_iter().collect()
}

/// The names of a text.
struct Names<'d> {
    /// Those of its first sentences.
    lead: BTreeSet<&'d str>,
    all: BTreeSet<&'d str>,
}

impl<'d> Names<'d> {
    /// The words in capitals that the language does not know: "Xiaomi", "SAP"; in a text without blanks only those in
    /// Latin letters. What opens a sentence may owe its capital to that, and counts where it stands again.
    fn of(document: &'d Document) -> Names<'d> {
        /// How many words the first sentences have.
        const LEAD: usize = 60;
        const SHORTEST: usize = 3;
        let language = Language::get(document.language);
        let known = |word: &str| language.is_none_or(|language| language.is_known(word));
        let text = document.text.as_str();
        let (mut lead, mut all) = (BTreeSet::new(), BTreeSet::new());
        let mut seen: BTreeMap<&str, bool> = BTreeMap::new();
        let mut opened: BTreeSet<&str> = BTreeSet::new();
        let (mut end, mut place) = (0, 0);
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let (start, word) = (end, piece.trim_end_matches(|c: char| !c.is_alphanumeric()));
            end += piece.len();
            if word.is_empty() {
                continue;
            }
            place += 1;
            let shaped = word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() >= SHORTEST;
            if !shaped || word.chars().any(|c| c.is_ascii_digit()) || *seen.entry(word).or_insert_with(|| known(word)) {
                continue;
            }
            if opens_sentence(text.get(..start).unwrap_or_default()) && opened.insert(word) {
                continue;
            }
            all.insert(word);
            if place <= LEAD {
                lead.insert(word);
            }
        }
        Names { lead, all }
    }
}

/// Whether what follows this text opens a sentence or a line.
fn opens_sentence(before: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '(' | '&' | '-' | '–');
    before.ends_with('\n') || !before.trim_end().chars().next_back().is_some_and(joins)
}
