//! Which currency does a sign or a name stand for?

use super::{Locale, data};
use crate::currency::Currency;
use crate::error::{Error, ErrorKind};
use std::sync::LazyLock;

/// One row of `data/currency-symbols.csv`.
struct Symbol {
    text: String,
    lower: String,
    currency: Currency,
    /// The locales and languages in which it is used; everywhere if there is none.
    places: Vec<String>,
    printed: bool,
}

static SYMBOLS: LazyLock<Vec<Symbol>> =
    LazyLock::new(|| data::rows(include_str!("../../data/currency-symbols.csv")).filter_map(|row| symbol(&row)).collect());

fn symbol(row: &csv::StringRecord) -> Option<Symbol> {
    Some(Symbol {
        text: row.get(0)?.to_owned(),
        lower: row.get(0)?.to_lowercase(),
        currency: row.get(1)?.parse().ok()?,
        places: row.get(2)?.split_whitespace().map(str::to_owned).collect(),
        printed: row.get(3)? == "print",
    })
}

impl Symbol {
    fn is_used_in(&self, locale: Locale) -> bool {
        self.places.is_empty() || self.is_of(locale)
    }

    fn is_of(&self, locale: Locale) -> bool {
        self.places.iter().any(|place| place == locale.tag || place == data::language(locale.tag))
    }

    /// Signs as they are, words in any case.
    fn is(&self, text: &str) -> bool {
        self.text.len() == text.len() && (self.text == text || (text.len() > 2 && self.lower == text.to_lowercase()))
    }
}

/// What a text calls a currency: a code, a sign or a name, and what it may stand for.
pub(super) struct Mention {
    text: String,
    candidates: Vec<Currency>,
}

impl Mention {
    /// What a whole text means, `None` if it is no currency.
    pub(super) fn of(text: &str, locale: Locale) -> Option<Mention> {
        let mention = |candidates| Mention { text: text.to_owned(), candidates };
        if let Ok(currency) = Currency::from_code(text) {
            return Some(mention(vec![currency]));
        }
        let used: Vec<&Symbol> = SYMBOLS.iter().filter(|symbol| symbol.is_used_in(locale) && symbol.is(text)).collect();
        let own: Vec<Currency> = used.iter().filter(|symbol| symbol.is_of(locale)).map(|symbol| symbol.currency).collect();
        let candidates = if own.is_empty() { used.iter().map(|symbol| symbol.currency).collect() } else { own };
        (!candidates.is_empty()).then(|| mention(candidates))
    }

    /// The longest beginning of a text that means a currency, and the rest.
    pub(super) fn at_start(text: &str, locale: Locale) -> Option<(Mention, &str)> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
        ends.filter_map(|end| text.split_at_checked(end))
            .filter(|(head, rest)| !runs_on(head.chars().next_back(), rest.chars().next()))
            .filter_map(|(head, rest)| Some((Mention::of(head, locale)?, rest)))
            .last()
    }

    /// The longest end of a text that means a currency, and what stands before it.
    pub(super) fn at_end(text: &str, locale: Locale) -> Option<(Mention, &str)> {
        let starts = text.char_indices().rev().map(|(at, _)| at).take(LONGEST);
        starts
            .filter_map(|start| text.split_at_checked(start))
            .filter(|(rest, tail)| !runs_on(rest.chars().next_back(), tail.chars().next()))
            .filter_map(|(rest, tail)| Some((Mention::of(tail, locale)?, rest)))
            .last()
    }

    /// The one currency it stands for here.
    pub(super) fn resolve(&self, locale: Locale) -> Result<Currency, Error> {
        match (self.candidates.as_slice(), locale.home()) {
            ([one], _) => Ok(*one),
            (several, Some(home)) if several.contains(&home) => Ok(home),
            (several, _) => {
                let meanings = several.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                Err(ErrorKind::Ambiguous { found: self.text.clone(), meanings }.into())
            }
        }
    }

    /// What two mentions of one currency have in common: "$5 CAD".
    pub(super) fn and(self, other: Mention) -> Result<Mention, Error> {
        let both: Vec<Currency> = self.candidates.iter().copied().filter(|currency| other.candidates.contains(currency)).collect();
        if both.is_empty() {
            return Err(ErrorKind::CurrencyMismatch { left: self.text, right: other.text }.into());
        }
        Ok(Mention { text: self.text, candidates: both })
    }
}

/// No sign or name is longer, in characters.
const LONGEST: usize = 24;

/// Whether a Latin word goes on from one character to the next.
fn runs_on(before: Option<char>, after: Option<char>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
    latin(before) && latin(after)
}

/// The first sign for a currency that is read back as it here.
pub(super) fn printed(currency: Currency, locale: Locale) -> Option<&'static str> {
    let reads_back = |symbol: &&Symbol| {
        Mention::of(&symbol.text, locale).is_some_and(|mention| mention.resolve(locale).is_ok_and(|back| back == currency))
    };
    let own = |symbol: &&Symbol| symbol.printed && symbol.currency == currency && symbol.is_used_in(locale);
    SYMBOLS.iter().filter(own).find(reads_back).map(|symbol| symbol.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: every row of the data file is read, and no sign is longer than what is looked for.
    #[test]
    fn every_symbol_is_read() {
        assert_eq!(SYMBOLS.len(), include_str!("../../data/currency-symbols.csv").lines().count() - 1);
        assert!(SYMBOLS.iter().all(|symbol| symbol.text.chars().count() <= LONGEST));
    }
}
