//! The words of a language, read from `data/languages`: what each may mean, and where they stand in a text.

use crate::currency::Currency;
use crate::number::NumberStyle;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;
use whatlang::{Detector, Lang};

/// Every language file, by code: `common` holds what all share.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// What a word or phrase can mean. One phrase may have several senses; its place decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A power of ten.
    Scale(i8),
    Currency(Currency),
    /// A name or sign that several currencies share: an index into [`Language::bare`].
    Bare(u8),
    Percent,
    Points,
    BasisPoints,
    /// After a number: so many times.
    Times,
    Cardinal(u16),
    Fraction(u8, u8),
    /// A verb that multiplies: "doubled" is 2/1.
    Multiple(u8, u8),
    /// An index into [`Language::metrics`].
    Metric(u16),
    Month(i8),
    Period(PeriodWord),
    /// A country: what its shared signs mean.
    Country(Currency),
    Cue(Cue),
}

/// A word for a part of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) enum PeriodWord {
    Q1,
    Q2,
    Q3,
    Q4,
    H1,
    H2,
    Y,
}

/// What a word says about the figures around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cue {
    /// Direction: it grew, it fell, it stayed.
    Up,
    Down,
    Flat,
    /// A particle that ends the clause of its verb: "nahm … zu", "nam … af".
    UpEnd,
    DownEnd,
    /// Direction of a loss: smaller, larger.
    Narrowed,
    Widened,
    /// Direction by worth: up, and of a loss down; and the reverse.
    Better,
    Worse,
    /// Before a figure: the current one, the prior one, a change.
    To,
    From,
    By,
    At,
    Of,
    /// A verb before a current figure.
    Level,
    /// Before a prior figure.
    Against,
    /// After a figure: what it was before (Japanese から).
    FromAfter,
    /// After a figure: what it is now (Japanese に).
    ToAfter,
    /// Direction behind a figure that is the change: 32億円増.
    ByAfter,
    /// Takes up the time named right before: "in May 2022, when 871,000 were sold".
    ThatTime,
    /// A time before: "a year earlier".
    PriorTime,
    /// Of such times, those a quarter or month before.
    QuarterBefore,
    /// This time, after an earlier one: "now".
    Now,
    YearOnYear,
    QuarterOnQuarter,
    About,
    Over,
    Under,
    /// After a figure: at least (Japanese 以上).
    OverAfter,
    /// After a figure: less than (未満).
    UnderAfter,
    /// After a figure: about (前後, 左右).
    AboutAfter,
    /// Between an amount and its conversion.
    Or,
    /// The same, and never only an alternative: "equivalent to", "worth".
    Equals,
    /// Right behind a size: what it is measured on ("a rise of 6% on the …").
    OnBase,
    Loss,
    /// The amount beside it is no loss: "earned".
    Gain,
    /// A profit becomes a loss, or a loss a profit: "turned into".
    TurnedInto,
    /// Right before a number: a minus sign in a word.
    Minus,
    Share,
    /// A statement about the future, or of what others expect.
    Expect,
    Per,
    /// Behind a price: of one, without a noun.
    Each,
    And,
    /// Begins another clause: "while", "whereas", "but".
    Clause,
    Respectively,
    Article,
    Range,
    Between,
    /// Between a total and its parts, or before a total: "made up of", "a total of".
    PartsFollow,
    TotalFollows,
    /// Between a total and some of its parts, perhaps all: "of which".
    PartsAmong,
    /// Before what is subtracted: "after deducting".
    Less,
    /// Before what is left over: "a surplus of", "net cash".
    Balance,
    /// Before the currency that a rate is for one of: "1,300 won to the dollar".
    ForOne,
    /// Half of the unit more: "two and a half".
    AndHalf,
    /// The decimal mark of a number in words: "three point five".
    DecimalPoint,
    /// Stands for what the sentence before spoke of: "that", "the figure".
    Anaphor,
    /// A number after it is a name, not a figure.
    NotFigure,
    /// A number before it counts nothing.
    NotCount,
    /// What numbers count, where no space shows the noun (家, 人, 件).
    Counter,
    /// A currency name that stands before its number (人民币).
    Leading,
    /// Before a number: so many times ("multiplicó por 3,1").
    TimesBefore,
    /// Joins millions to what they count ("millones *de* euros").
    Partitive,
    /// Only texts with a decimal point use it (mdp).
    PointDecimal,
}

/// What the heads and labels of tables say. They are looked for in the whole of a head, not word by word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TableWord {
    /// A column of changes.
    Change,
    /// A column of shares.
    Share,
    /// A row or column that adds up others.
    Total,
    /// Before what is in another unit: "except per share".
    Except,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code, reason = "a test holds it against the file's name")]
    code: Option<String>,
    #[allow(dead_code, reason = "for the reader of the file")]
    name: Option<String>,
    decimal: Option<char>,
    #[serde(default)]
    spaced: Option<bool>,
    #[serde(default)]
    function_words: String,
    #[serde(default)]
    abbreviations: String,
    #[serde(default)]
    compound_heads: String,
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
    cue: BTreeMap<Cue, String>,
    #[serde(default)]
    table: BTreeMap<TableWord, String>,
}

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
    /// What compounds end in, by the last letters, with the phrase it is.
    heads: HashMap<[u8; TAIL], Vec<(String, u32)>>,
    function_words: HashSet<String>,
    table: Vec<(TableWord, String)>,
    automaton: AhoCorasick,
    senses: Vec<Vec<Sense>>,
}

/// A phrase found in a text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) phrase: u32,
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
        detect(text)
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
        let mut heads: HashMap<_, Vec<_>> = HashMap::new();
        for head in list(&own.compound_heads) {
            let phrase = u32::try_from(phrases.iter().position(|phrase| phrase == head)?).ok()?;
            heads.entry(tail(head)?).or_default().push((head.to_owned(), phrase));
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&phrases)
            .ok()?;
        Some(Language {
            code,
            style,
            spaced: own.spaced.unwrap_or(true),
            partitive: own.cue.contains_key(&Cue::Partitive),
            bare: lexicon.bare,
            metrics: lexicon.metrics,
            function_words: list(&own.function_words).map(str::to_owned).collect(),
            table: [&common, &own]
                .into_iter()
                .flat_map(|file| &file.table)
                .flat_map(|(word, texts)| list(texts).map(|text| (*word, text.to_lowercase())))
                .collect(),
            abbreviations: list(&own.abbreviations).map(str::to_lowercase).collect(),
            heads,
            automaton,
            senses,
        })
    }

    /// The senses of a phrase.
    pub(crate) fn senses(&self, phrase: u32) -> &[Sense] {
        self.senses.get(phrase as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether this is one of the commonest words: an article, a preposition, a conjunction.
    pub(crate) fn is_function_word(&self, word: &str) -> bool {
        self.function_words.contains(&word.to_lowercase())
    }

    /// Whether a word is one of the language's own, alone or as a compound.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        let whole = |hit: &Hit| hit.start == 0 && hit.end == word.len();
        self.is_function_word(word) || self.hits(word).iter().any(whole) || self.compound(&word.to_lowercase()).is_some()
    }

    /// What a head or a label says of its column or row: the first of change, share and total.
    pub(crate) fn table_word(&self, text: &str) -> Option<TableWord> {
        if text.is_empty() {
            return None;
        }
        let text = text.to_lowercase();
        self.table.iter().filter(|(_, phrase)| holds(&text, phrase)).map(|(word, _)| *word).filter(|word| *word != TableWord::Except).min()
    }

    /// Whether a caption says this.
    pub(crate) fn says(&self, word: TableWord, text: &str) -> bool {
        let text = text.to_lowercase();
        self.table.iter().any(|(known, phrase)| *known == word && holds(&text, phrase))
    }

    /// Whether this ends with an abbreviation, whose full stop ends no sentence.
    pub(crate) fn is_abbreviation(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.abbreviations.contains(&word)
    }

    /// The phrase that an unknown word is a compound of: "Bierumsatz" is a "Umsatz".
    pub(crate) fn compound(&self, word: &str) -> Option<u32> {
        const MODIFIER: usize = 3;
        let heads = self.heads.get(&tail(word)?)?;
        let mut found = heads.iter().filter(|(head, _)| word.len() >= head.len() + MODIFIER && word.ends_with(head.as_str()));
        found.next().map(|(_, phrase)| *phrase)
    }

    /// Every phrase of the language in a text, by start, the longest first.
    pub(crate) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self
            .automaton
            .find_overlapping_iter(text)
            .map(|found| Hit { start: found.start(), end: found.end(), phrase: found.pattern().as_u32() })
            .filter(|hit| self.stands_alone(text, hit))
            .collect();
        hits.sort_unstable_by_key(|hit| (hit.start, usize::MAX - hit.end));
        hits
    }

    /// Whether a phrase is not part of a longer word. Only letters count: a number may be glued to either side of a
    /// unit, and scripts without spaces have no word ends to look for.
    fn stands_alone(&self, text: &str, hit: &Hit) -> bool {
        let inside = |c: Option<char>, other: Option<char>| matches!((c, other), (Some(c), Some(other)) if is_word_letter(c) && is_word_letter(other));
        let (before, rest) = (text.get(..hit.start), text.get(hit.end..));
        let phrase = text.get(hit.start..hit.end).unwrap_or_default();
        let (first, last) = (phrase.chars().next(), phrase.chars().next_back());
        let (left, right) = (before.and_then(|t| t.chars().next_back()), rest.and_then(|t| t.chars().next()));
        if inside(left, first) || inside(last, right) {
            return false;
        }
        let digit_after = right.is_some_and(|c| c.is_ascii_digit());
        !digit_after
            || !last.is_some_and(char::is_alphabetic)
            || !self.spaced
            || self.senses(hit.phrase).iter().any(|sense| matches!(sense, Sense::Currency(_) | Sense::Bare(_)))
    }
}

/// How many bytes tell the heads of compounds apart at first.
const TAIL: usize = 3;

fn tail(word: &str) -> Option<[u8; TAIL]> {
    word.as_bytes().last_chunk().copied()
}

/// Whether a phrase stands in a text, not as part of a longer word. Both in small letters.
fn holds(text: &str, phrase: &str) -> bool {
    let part = |c: Option<char>, own: Option<char>| c.is_some_and(is_word_letter) && own.is_some_and(is_word_letter);
    text.match_indices(phrase).any(|(start, _)| {
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let after = text.get(start + phrase.len()..).and_then(|text| text.chars().next());
        !part(before, phrase.chars().next()) && !part(after, phrase.chars().next_back())
    })
}

/// A letter of a script that separates words by spaces.
pub(crate) fn is_word_letter(c: char) -> bool {
    c.is_alphabetic() && !is_cjk(c)
}

/// A character of Chinese or Japanese writing.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x2ffff)
}

/// Phrases with their senses, while files are read.
#[derive(Default)]
struct Lexicon {
    phrases: BTreeMap<String, Vec<Sense>>,
    bare: Vec<Vec<Currency>>,
    metrics: Vec<String>,
}

impl Lexicon {
    /// Adds a file; `None` if a key is not what its table expects.
    fn add(&mut self, file: &File) -> Option<()> {
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

fn list(words: &str) -> impl Iterator<Item = &str> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// How much of a text is looked at to tell its language.
const DETECTED: usize = 4000;

fn detect(text: &str) -> &'static str {
    static WORDS: OnceLock<HashMap<String, Vec<&'static str>>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words: HashMap<String, Vec<&'static str>> = HashMap::new();
        for (code, file) in FILES {
            let Some(line) = file.lines().find_map(|line| line.strip_prefix("function_words = \"")) else { continue };
            for word in list(line.trim_end_matches('"')) {
                words.entry(word.to_owned()).or_default().push(code);
            }
        }
        words
    });
    let mut end = text.len().min(DETECTED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    let mut votes: HashMap<&'static str, u32> = HashMap::new();
    let mut vote = |word: &str| words.get(word).into_iter().flatten().for_each(|code| *votes.entry(code).or_default() += 1);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        if word.chars().any(is_cjk) {
            word.chars().for_each(|c| vote(c.encode_utf8(&mut [0; 4])));
        } else {
            vote(&word.to_lowercase());
        }
    }
    let mut votes: Vec<(&'static str, u32)> = votes.into_iter().collect();
    votes.sort_unstable_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    match votes.as_slice() {
        [(code, count), (_, second), ..] if !is_clear(*count, *second) => by_letters(text, &votes).unwrap_or(code),
        [(code, _), ..] => code,
        [] => by_letters(text, &[]).unwrap_or("en"),
    }
}

/// Whether a language has so many more of its commonest words in a text than the next that nothing else need be asked.
fn is_clear(count: u32, second: u32) -> bool {
    count >= second * 3 / 2 + 2
}

/// The language by the letters that follow each other in a text, among those with the most words in it; among all for
/// none.
fn by_letters(text: &str, votes: &[(&'static str, u32)]) -> Option<&'static str> {
    static NAMES: OnceLock<Vec<(&'static str, Lang)>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let line = |file: &'static str| {
            file.lines().find_map(|line| line.strip_prefix("name = \"")).map(|name| name.trim_end_matches('"').to_lowercase())
        };
        let known = |name: &str| {
            Lang::all().iter().copied().find(|lang| lang.name().to_lowercase() == name || lang.eng_name().to_lowercase() == name)
        };
        FILES.iter().filter_map(|(code, file)| Some((*code, known(&line(file)?)?))).collect()
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
        let found = |text: &str| english.hits(text).iter().map(|hit| text[hit.start..hit.end].to_owned()).collect::<Vec<_>>();
        assert!(!found("total").contains(&"to".to_owned()));
        assert!(found("59.5bn").contains(&"bn".to_owned()));
        assert!(found("RMB59").contains(&"RMB".to_owned()));
    }
}
