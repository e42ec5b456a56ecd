//! The words of a language, read from `data/languages`: what each may mean, and where they stand in a text.

mod detect;
mod file;
mod phrases;
mod sense;

use crate::currency::Currency;
use crate::number::NumberStyle;
use file::{File, Lexicon, list};
pub(crate) use phrases::Hit;
use phrases::Phrases;
pub(crate) use sense::{Cue, Glance, PeriodWord, Sense, TableWord};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Every language file, by code: `common` holds what all share.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language: its words, and how it writes numbers.
pub(crate) struct Language {
    pub(crate) code: &'static str,
    pub(crate) style: NumberStyle,
    /// Whether words are separated by spaces.
    pub(crate) spaced: bool,
    /// Whether a particle joins millions to what they count.
    pub(crate) partitive: bool,
    /// What shares a name: the commonest first.
    pub(crate) bare: Vec<Vec<Currency>>,
    pub(crate) metrics: Vec<String>,
    abbreviations: Vec<String>,
    heads: Heads,
    function_words: HashSet<String>,
    table: Phrases,
    /// What each phrase of tables says.
    table_words: Vec<TableWord>,
    phrases: Phrases,
    meanings: Vec<Meaning>,
    /// What any phrase says at a glance.
    all: Glance,
}

/// What a phrase can mean.
struct Meaning {
    senses: Vec<Sense>,
    glance: Glance,
}

impl Language {
    /// The codes of the languages there are.
    pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(code, _)| *code).filter(|code| *code != "common")
    }

    /// The language of a code, read at its first use.
    pub(crate) fn get(code: &str) -> Option<&'static Language> {
        type Cell = OnceLock<Option<Language>>;
        static READ: OnceLock<Vec<(&'static str, Cell)>> = OnceLock::new();
        let read = READ.get_or_init(|| Language::codes().map(|code| (code, OnceLock::new())).collect());
        let (code, cell) = read.iter().find(|(known, _)| *known == code)?;
        cell.get_or_init(|| Language::read(code)).as_ref()
    }

    /// The language a text is most likely in: the one whose commonest words it holds most of; English for a text
    /// that holds none.
    pub(crate) fn detect(text: &str) -> &'static str {
        detect::detect(text)
    }

    /// Reads a language file over the common one; a test reads them all.
    fn read(code: &'static str) -> Option<Language> {
        let file = |code: &str| FILES.iter().find(|(known, _)| *known == code).and_then(|(_, text)| toml::from_str::<File>(text).ok());
        let (common, own) = (file("common")?, file(code)?);
        let mut lexicon = Lexicon::default();
        lexicon.add(&common)?;
        lexicon.add(&own)?;
        let style = if own.decimal == Some(',') { NumberStyle::COMMA } else { NumberStyle::POINT };
        let (phrases, senses): (Vec<String>, Vec<Vec<Sense>>) = lexicon.phrases.into_iter().unzip();
        let mut heads: Heads = HashMap::default();
        for head in list(&own.compound_heads) {
            // OK because a map gives its keys in order.
            let phrase = phrases.binary_search_by(|phrase| phrase.as_str().cmp(head)).ok()?;
            heads.entry(tail(head)?).or_default().push((head.to_owned(), u32::try_from(phrase).ok()?));
        }
        let files = [&common, &own].into_iter().flat_map(|file| &file.table);
        let (table_words, table): (Vec<TableWord>, Vec<String>) =
            files.flat_map(|(word, texts)| list(texts).map(|text| (*word, text.to_lowercase()))).unzip();
        let senses_of_all: Vec<Sense> = senses.iter().flatten().copied().collect();
        Some(Language {
            code,
            style,
            spaced: own.spaced.unwrap_or(true),
            partitive: own.cue.contains_key(&Cue::Partitive),
            bare: lexicon.bare,
            metrics: lexicon.metrics,
            function_words: list(&own.function_words).map(str::to_owned).collect(),
            table: Phrases::of(&table)?,
            table_words,
            abbreviations: list(&own.abbreviations).map(str::to_lowercase).collect(),
            heads,
            phrases: Phrases::of(&phrases)?,
            meanings: senses.into_iter().map(|senses| Meaning { glance: Glance::of(&senses), senses }).collect(),
            all: Glance::of(&senses_of_all),
        })
    }

    /// The senses of a phrase.
    pub(crate) fn senses(&self, phrase: u32) -> &[Sense] {
        self.meanings.get(phrase as usize).map_or(&[], |meaning| meaning.senses.as_slice())
    }

    /// What the senses of a phrase say at a glance.
    #[inline]
    pub(crate) fn glance(&self, phrase: u32) -> &Glance {
        self.meanings.get(phrase as usize).map_or(&Glance::NOTHING, |meaning| &meaning.glance)
    }

    /// Whether this is one of the commonest words: an article, a preposition, a conjunction.
    pub(crate) fn is_function_word(&self, word: &str) -> bool {
        self.function_words.contains(&word.to_lowercase())
    }

    /// Whether a word is one of the language's own, alone or as a compound.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        let phrase = || self.phrases.at(word, 0).into_iter().flatten().any(|hit| hit.end == word.len());
        self.is_function_word(word) || phrase() || self.compound(&word.to_lowercase()).is_some()
    }

    /// What a head or a label says of its column or row: the first of change, share and total.
    pub(crate) fn table_word(&self, text: &str) -> Option<TableWord> {
        self.table_words(&text.to_lowercase()).filter(|word| *word != TableWord::Except).min()
    }

    /// Whether a caption says this.
    pub(crate) fn says(&self, word: TableWord, text: &str) -> bool {
        self.table_words(&text.to_lowercase()).any(|said| said == word)
    }

    /// What a text in small letters says of tables.
    fn table_words<'a>(&'a self, text: &'a str) -> impl Iterator<Item = TableWord> + use<'a> {
        let hits = beginnings(text).filter_map(move |at| self.table.at(text, at)).flatten();
        hits.filter(move |hit| is_whole(text, hit)).filter_map(move |hit| self.table_words.get(hit.phrase as usize).copied())
    }

    /// Whether this ends with an abbreviation, whose full stop ends no sentence.
    pub(crate) fn is_abbreviation(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.abbreviations.contains(&word)
    }

    /// The phrase that an unknown word is a compound of: "Bierumsatz" is a "Umsatz".
    pub(crate) fn compound(&self, word: &str) -> Option<u32> {
        const MODIFIER: usize = 3;
        if self.heads.is_empty() {
            return None;
        }
        let heads = self.heads.get(&tail(word)?)?;
        let mut found = heads.iter().filter(|(head, _)| word.len() >= head.len() + MODIFIER && word.ends_with(head.as_str()));
        found.next().map(|(_, phrase)| *phrase)
    }

    /// The longest phrase of the language that begins at a place, of those that are wanted.
    #[inline]
    pub(crate) fn hit_at(&self, text: &str, at: usize, is_wanted: impl Fn(&Hit) -> bool) -> Option<Hit> {
        self.phrases.at(text, at)?.find(|hit| self.stands_alone(text, hit) && is_wanted(hit))
    }

    /// Whether the language has phrases with this cue.
    pub(crate) fn has(&self, cue: Cue) -> bool {
        self.all.has(cue)
    }

    /// Whether a text has a phrase with this cue.
    pub(crate) fn text_has(&self, text: &str, cue: Cue) -> bool {
        let is_meant = |hit: &Hit| self.glance(hit.phrase).has(cue);
        self.all.has(cue) && beginnings(text).any(|at| self.hit_at(text, at, is_meant).is_some())
    }

    /// Whether a phrase is not part of a longer word. Only letters count: a number may be glued to either side of a
    /// unit, and scripts without spaces have no word ends to look for.
    #[inline]
    fn stands_alone(&self, text: &str, hit: &Hit) -> bool {
        let digit_after = text.as_bytes().get(hit.end).is_some_and(u8::is_ascii_digit);
        let last = || text.get(..hit.end).and_then(|text| text.chars().next_back());
        is_whole(text, hit)
            && (!digit_after || !self.spaced || !last().is_some_and(char::is_alphabetic) || self.glance(hit.phrase).is_money)
    }
}

/// How many bytes tell the heads of compounds apart at first.
const TAIL: usize = 3;

/// What compounds end in, by the last letters, with the phrase it is.
type Heads = HashMap<[u8; TAIL], Vec<(String, u32)>>;

fn tail(word: &str) -> Option<[u8; TAIL]> {
    word.as_bytes().last_chunk().copied()
}

/// Every place of a text but those inside of words.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).filter(|at| !(ends_with_letter(text, *at) && begins_with_letter(text, *at)))
}

/// Whether a phrase is not part of a longer word: letters of scripts with spaces on both sides of an end make one.
#[inline]
fn is_whole(text: &str, hit: &Hit) -> bool {
    let inside = |at: usize| ends_with_letter(text, at) && begins_with_letter(text, at);
    !inside(hit.start) && !inside(hit.end)
}

/// Whether a letter stands right before a place, of a script with spaces.
#[inline]
fn ends_with_letter(text: &str, at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| text.as_bytes().get(before)) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
        Some(_) => text.get(..at).and_then(|text| text.chars().next_back()).is_some_and(is_word_letter),
        None => false,
    }
}

/// Whether a letter begins at a place, of a script with spaces.
#[inline]
fn begins_with_letter(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
        Some(_) => text.get(at..).and_then(|text| text.chars().next()).is_some_and(is_word_letter),
        None => false,
    }
}

/// A letter of a script that separates words by spaces.
#[inline]
pub(crate) fn is_word_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        // Latin letters with marks, the commonest by far.
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        _ => !is_cjk(c) && c.is_alphabetic(),
    }
}

/// A character of Chinese or Japanese writing.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x2ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: every language file is read whole: a word it misspells or a code it invents would lose the file.
    #[test]
    fn every_language_file_is_read() {
        for (code, text) in FILES {
            toml::from_str::<File>(text).unwrap_or_else(|error| panic!("{code}: {error}"));
        }
        for code in Language::codes() {
            assert!(Language::get(code).is_some(), "{code}");
            assert_eq!(
                FILES.iter().find(|(known, _)| *known == code).and_then(|(_, text)| toml::from_str::<File>(text).unwrap().code).as_deref(),
                Some(code)
            );
        }
    }

    /// Rule: a text is told by its commonest words.
    #[test]
    fn a_language_is_told_by_its_commonest_words() {
        assert_eq!(Language::detect("The company said that its revenue was 5 million."), "en");
        assert_eq!(Language::detect("Le groupe a publié son chiffre d’affaires pour le premier trimestre."), "fr");
        assert_eq!(Language::detect("公司第一季度营业收入为59.5亿元，同比下降18.9%。"), "zh");
        assert_eq!(Language::detect("集團上半年收益為32.48億港元，按年上升5.3%。"), "zh");
        assert_eq!(Language::detect("売上高は前年同期比18.9%減の595億円だった。"), "ja");
        assert_eq!(Language::detect("連結売上高595億円、18.9%減"), "ja");
        assert_eq!(Language::detect(""), "en");
    }

    /// Rule: a compound means what its last part means, where that is one of its language's heads.
    #[test]
    fn a_compound_means_what_its_head_means() {
        let german = Language::get("de").unwrap();
        let senses = |word: &str| german.compound(word).map(|phrase| german.senses(phrase));
        assert!(senses("Ersatzteilumsatz").is_some_and(|senses| senses.iter().any(|sense| matches!(sense, Sense::Metric(_)))));
        assert!(senses("Passagierrückgang").is_some_and(|senses| senses.contains(&Sense::Cue(Cue::Down))));
        assert!(senses("Umsatz").is_none(), "no compound");
        assert!(senses("Ersatzteillager").is_none(), "no head");
        assert!(Language::get("en").unwrap().compound("turnover").is_none(), "no heads at all");
    }

    /// Rule: a phrase inside a longer word is not found; a number may be glued to a unit.
    #[test]
    fn a_phrase_stands_alone() {
        let english = Language::get("en").unwrap();
        let found = |text: &str| {
            let hits = beginnings(text).filter_map(|at| english.hit_at(text, at, |_| true));
            hits.map(|hit| text[hit.start..hit.end].to_owned()).collect::<Vec<_>>()
        };
        assert!(!found("total").contains(&"to".to_owned()));
        assert!(found("59.5bn").contains(&"bn".to_owned()));
        assert!(found("RMB59").contains(&"RMB".to_owned()));
    }
}
