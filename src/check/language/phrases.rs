//! Which phrases of a language begin at a place of a text? An index by the word that they begin with, or by their
//! first characters where that is no letter of a script with spaces.

use super::is_word_letter;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A phrase found in a text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) phrase: u32,
}

/// The phrases of a language. Letters of ASCII are found in either case.
#[derive(Debug)]
pub(super) struct Phrases {
    /// Their texts, one behind the other.
    texts: Vec<u8>,
    /// Those of one key stand together, the longest first.
    entries: Vec<Entry>,
    /// The entries of each key: the first and how many.
    groups: HashMap<u64, (u32, u32), BuildHasherDefault<Hashed>>,
    /// The bytes of ASCII, no letters, that any phrase begins with: most marks and digits begin none.
    marks: [bool; 128],
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    length: u16,
    key_length: u16,
    /// What stands behind the key, in small letters: tells most phrases of one first word apart.
    next: [u8; 2],
    phrase: u32,
}

impl Phrases {
    /// The index of phrases; the place of each is its number.
    pub(super) fn of(phrases: &[String]) -> Option<Phrases> {
        let mut index = Phrases { texts: Vec::new(), entries: Vec::new(), groups: HashMap::default(), marks: [false; 128] };
        let mut keyed: Vec<(u64, Entry)> = Vec::with_capacity(phrases.len());
        for (number, phrase) in phrases.iter().enumerate() {
            let key = Keys::of(phrase).longer;
            let entry = Entry {
                start: u32::try_from(index.texts.len()).ok()?,
                length: u16::try_from(phrase.len()).ok()?,
                next: next(phrase.as_bytes(), key.length),
                key_length: u16::try_from(key.length).ok()?,
                phrase: u32::try_from(number).ok()?,
            };
            index.texts.extend_from_slice(phrase.as_bytes());
            if let Some(mark) = phrase.bytes().next().and_then(|first| index.marks.get_mut(usize::from(first))) {
                *mark = true;
            }
            keyed.push((key.hash, entry));
        }
        keyed.sort_unstable_by_key(|(hash, entry)| (*hash, u16::MAX - entry.length, entry.phrase));
        for group in keyed.chunk_by(|a, b| a.0 == b.0) {
            let (first, count) = (u32::try_from(index.entries.len()).ok()?, u32::try_from(group.len()).ok()?);
            index.groups.insert(group.first()?.0, (first, count));
            index.entries.extend(group.iter().map(|(_, entry)| *entry));
        }
        Some(index)
    }

    /// Every phrase that begins at a place, the longest first, whatever stands around it; `None` where there can be none.
    #[inline]
    pub(super) fn at<'a>(&'a self, text: &'a str, at: usize) -> Option<Hits<'a>> {
        let rest = text.get(at..)?;
        let bytes = rest.as_bytes();
        let first = *bytes.first()?;
        if first.is_ascii() && !first.is_ascii_alphabetic() && self.marks.get(usize::from(first)) != Some(&true) {
            return None;
        }
        let Keys { longer, shorter } = Keys::of(rest);
        let longer = self.group(longer, bytes);
        let shorter = shorter.and_then(|key| self.group(key, bytes));
        let (now, then) = match longer {
            Some(longer) => (longer, shorter),
            None => (shorter?, None),
        };
        Some(Hits { texts: &self.texts, rest: bytes, at, now, then })
    }

    #[inline]
    fn group(&self, key: Key, text: &[u8]) -> Option<Group<'_>> {
        let (first, count) = self.groups.get(&key.hash).copied()?;
        let (first, count) = (first as usize, count as usize);
        Some(Group { entries: self.entries.get(first..first + count)?.iter(), next: next(text, key.length) })
    }
}

/// The phrases that begin at a place.
pub(super) struct Hits<'a> {
    texts: &'a [u8],
    rest: &'a [u8],
    at: usize,
    now: Group<'a>,
    /// Those of a shorter key.
    then: Option<Group<'a>>,
}

/// The phrases of one key, and what stands behind it in the text.
struct Group<'a> {
    entries: std::slice::Iter<'a, Entry>,
    next: [u8; 2],
}

impl Iterator for Hits<'_> {
    type Item = Hit;

    #[inline]
    fn next(&mut self) -> Option<Hit> {
        loop {
            for entry in self.now.entries.by_ref() {
                if entry.matches(self.texts, self.rest, self.now.next) {
                    return Some(Hit { start: self.at, end: self.at + usize::from(entry.length), phrase: entry.phrase });
                }
            }
            self.now = self.then.take()?;
        }
    }
}

impl Entry {
    #[inline]
    fn matches(&self, texts: &[u8], text: &[u8], next: [u8; 2]) -> bool {
        let begins = match self.length - self.key_length {
            0 => true,
            1 => self.next[0] == next[0],
            _ => self.next == next,
        };
        let (start, length) = (self.start as usize, usize::from(self.length));
        begins && texts.get(start..start + length).zip(text.get(..length)).is_some_and(|(own, text)| own.eq_ignore_ascii_case(text))
    }
}

/// The two bytes behind a key, in small letters; zeros where the text ends.
fn next(text: &[u8], key: usize) -> [u8; 2] {
    let byte = |at: usize| text.get(at).map_or(0, u8::to_ascii_lowercase);
    [byte(key), byte(key + 1)]
}

/// What the phrases that begin a text are kept under.
#[derive(Debug, Clone, Copy)]
struct Key {
    hash: u64,
    /// In bytes.
    length: usize,
}

/// The keys of a place: the word there, or the first two characters and the first, where the first is no letter of a
/// script with spaces.
struct Keys {
    longer: Key,
    shorter: Option<Key>,
}

impl Keys {
    /// The keys of a text that is not empty.
    #[inline]
    fn of(text: &str) -> Keys {
        let bytes = text.as_bytes();
        let (mut length, mut hash) = (0, SEED);
        for byte in bytes {
            // The bit that tells small letters from capitals; of other bytes it makes no letter.
            let letter = byte | 0x20;
            if !letter.is_ascii_lowercase() {
                break;
            }
            (hash, length) = (mixed(hash, letter), length + 1);
        }
        match bytes.get(length) {
            Some(byte) if !byte.is_ascii() => Keys::beyond_ascii(text, Key { hash, length }),
            _ if length == 0 => Keys::of_marks(text),
            _ => Keys { longer: Key { hash, length }, shorter: None },
        }
    }

    /// The keys of a text whose letters of ASCII end at another character.
    fn beyond_ascii(text: &str, ascii: Key) -> Keys {
        let rest = text.get(ascii.length..).unwrap_or_default();
        let more = rest.find(|c: char| !is_word_letter(c)).unwrap_or(rest.len());
        let word = Key { hash: rest.bytes().take(more).fold(ascii.hash, step), length: ascii.length + more };
        if word.length > 0 { Keys { longer: word, shorter: None } } else { Keys::of_marks(text) }
    }

    fn of_marks(text: &str) -> Keys {
        let key = |length: usize| Key { hash: hash(text.as_bytes().get(..length).unwrap_or_default()), length };
        let mut ends = text.char_indices().map(|(start, c)| start + c.len_utf8());
        let first = key(ends.next().unwrap_or(0));
        ends.next().map_or(Keys { longer: first, shorter: None }, |second| Keys { longer: key(second), shorter: Some(first) })
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    mixed(hash, byte.to_ascii_lowercase())
}

#[inline]
fn mixed(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// FNV-1a of small letters. Phrases are compared themselves besides.
#[inline]
pub(super) fn hash(text: &[u8]) -> u64 {
    text.iter().fold(SEED, |hash, byte| step(hash, *byte))
}

/// Takes a key for its own hash.
#[derive(Debug, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
