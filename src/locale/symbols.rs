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

    /// What follows it at the start of a text: signs as they are, words in any case.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        if self.text.len() > 2 {
            strip_word(text, &self.lower)
        } else {
            text.starts_with(&self.text).then(|| strip_word(text, &self.lower))?
        }
    }
}

/// What a text calls a currency: a code, a sign or a name, and what it may stand for.
pub(super) struct Mention {
    /// As the table writes it; empty for a code.
    sign: &'static str,
    candidates: Vec<Currency>,
}

impl Mention {
    /// What a whole text means, `None` if it is no currency.
    pub(super) fn of(text: &str, locale: Locale) -> Option<Mention> {
        Mention::at_start(text, locale).filter(|(_, rest)| rest.is_empty()).map(|(mention, _)| mention)
    }

    /// The longest beginning of a text that means a currency, and the rest.
    pub(super) fn at_start(text: &str, locale: Locale) -> Option<(Mention, &str)> {
        let used = || SYMBOLS.iter().filter(|symbol| symbol.is_used_in(locale)).filter_map(|symbol| Some((symbol, symbol.strip(text)?)));
        let shortest = used().map(|(_, rest)| rest.len()).min();
        if let Some((currency, rest)) = code(text).filter(|(_, rest)| shortest.is_none_or(|shortest| rest.len() <= shortest)) {
            return Some((Mention { sign: "", candidates: vec![currency] }, rest));
        }
        let longest = || used().filter(|(_, rest)| Some(rest.len()) == shortest);
        let (first, rest) = longest().next()?;
        let own: Vec<Currency> = longest().filter(|(symbol, _)| symbol.is_of(locale)).map(|(symbol, _)| symbol.currency).collect();
        let candidates = if own.is_empty() { longest().map(|(symbol, _)| symbol.currency).collect() } else { own };
        Some((Mention { sign: &first.text, candidates }, rest))
    }

    /// As the table writes it; empty for a code.
    pub(super) fn sign(&self) -> &'static str {
        self.sign
    }

    fn name(&self) -> String {
        if self.sign.is_empty() { self.meanings() } else { self.sign.to_owned() }
    }

    fn meanings(&self) -> String {
        self.candidates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The one currency it stands for here.
    pub(super) fn settle(&self, locale: Locale) -> Option<Currency> {
        match (self.candidates.as_slice(), locale.home()) {
            ([one], _) => Some(*one),
            (several, Some(home)) => several.contains(&home).then_some(home),
            (_, None) => None,
        }
    }

    /// The one currency it stands for here.
    pub(super) fn resolve(&self, locale: Locale) -> Result<Currency, Error> {
        self.settle(locale).ok_or_else(|| ErrorKind::Ambiguous { found: self.name(), meanings: self.meanings() }.into())
    }

    /// What two mentions of one currency have in common: "$5 CAD".
    pub(super) fn and(self, other: Mention) -> Result<Mention, Error> {
        let both: Vec<Currency> = self.candidates.iter().copied().filter(|currency| other.candidates.contains(currency)).collect();
        if both.is_empty() {
            return Err(ErrorKind::CurrencyMismatch { left: self.name(), right: other.name() }.into());
        }
        Ok(Mention { sign: self.sign, candidates: both })
    }
}

/// What several currencies share a sign, by their codes.
pub(super) fn meanings(sign: &str) -> String {
    let mut codes: Vec<&str> = SYMBOLS.iter().filter(|symbol| symbol.text == sign).map(|symbol| symbol.currency.code()).collect();
    codes.dedup();
    codes.join(", ")
}

/// A code at the start of a text.
fn code(text: &str) -> Option<(Currency, &str)> {
    let (code, rest) = text.split_at_checked(3)?;
    let currency = Currency::from_code(code).ok()?;
    (!rest.starts_with(is_latin)).then_some((currency, rest))
}

/// What follows a word, given in lower case, at the start of a text in any case; a word of letters does not end inside
/// another.
pub(super) fn strip_word<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    let mut last = None;
    let mut wanted = lower.chars();
    while !wanted.as_str().is_empty() {
        let c = rest.next()?;
        for lowered in c.to_lowercase() {
            (wanted.next()? == lowered).then_some(())?;
        }
        last = Some(c);
    }
    let inside = last.is_some_and(is_latin) && rest.as_str().starts_with(is_latin);
    (!inside).then_some(rest.as_str())
}

/// A letter of a script that separates its words.
fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c < '\u{2e80}'
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

    /// Rule: every row of the data file is read.
    #[test]
    fn every_symbol_is_read() {
        assert_eq!(SYMBOLS.len(), include_str!("../../data/currency-symbols.csv").lines().count() - 1);
    }
}
