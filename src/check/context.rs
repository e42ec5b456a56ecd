//! When is a text of, what period does it report on, and what do its bare signs and numbers mean?

use super::figure::{Figure, Reader, Unit};
use super::language::{Cue, PeriodWord, Sense};
use super::scan::TokenKind;
use super::style::Style;
use crate::currency::Currency;
use crate::period::Period;
use jiff::civil::Date;

/// What a text says of itself.
pub(crate) struct Context {
    pub(crate) date: Option<Date>,
    /// The period it reports on: the first one it names with its year.
    pub(crate) reported: Option<Period>,
}

/// Reads date and periods.
pub(crate) fn context(reader: Reader<'_>, given: Option<Date>) -> Context {
    let date = given.or_else(|| (0..reader.tokens.len()).find_map(|at| date_at(reader, at)));
    Context { date, reported: reported(reader, date) }
}

/// A full date that starts at a token: `May 26, 2023`, `26 mai 2023`, `2023年5月26日`, `2023-05-26`.
fn date_at(reader: Reader<'_>, at: usize) -> Option<Date> {
    match reader.kind(at)? {
        TokenKind::Opaque => return iso_date(reader.slice(at)),
        TokenKind::Number(_) => {}
        TokenKind::Term(_) if reader.glance(at).is_month => {}
        _ => return None,
    }
    let number = |at: usize| match reader.kind(at)? {
        TokenKind::Number(value) => i16::try_from(value.mantissa()).ok().filter(|_| value.scale() == 0),
        // `1er`, `24th`
        TokenKind::Opaque => reader.slice(at).trim_end_matches(char::is_alphabetic).parse().ok(),
        _ => None,
    };
    let word = |at: usize, word: &str| reader.slice(at) == word;
    if let (Some(year), true) = (number(at), word(at + 1, "年")) {
        let (month, day) = (number(at + 2)?, number(at + 4)?);
        return (word(at + 3, "月") && word(at + 5, "日"))
            .then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok())?;
    }
    // A particle or comma may stand between the parts.
    let skip = |at: usize| at + usize::from(matches!(reader.kind(at), Some(TokenKind::Mark(',' | '.'))) || reader.has_cue(at, Cue::Of));
    let (month, day, year) = if let Some(month) = month_at(reader, at) {
        let year = skip(at + 2);
        (month, number(at + 1)?, number(year)?)
    } else {
        let month = skip(at + 1);
        let year = skip(month + 1);
        (month_at(reader, month)?, number(at)?, number(year)?)
    };
    (1900..=2100).contains(&year).then(|| Date::new(year, month, i8::try_from(day).ok()?).ok())?
}

fn iso_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    // 26.05.2023
    let mut parts = text.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    (year.len() == 4).then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())?
}

fn month_at(reader: Reader<'_>, at: usize) -> Option<i8> {
    reader.senses(at).iter().find_map(|sense| match sense {
        Sense::Month(month) => Some(*month),
        _ => None,
    })
}

/// How far from a period's word its year may stand, in tokens.
const NEAR: usize = 6;

/// The first period that a text names.
fn reported(reader: Reader<'_>, date: Option<Date>) -> Option<Period> {
    (0..reader.tokens.len()).filter(|at| reader.glance(*at).is_period).find_map(|at| {
        let word = reader.senses(at).iter().find_map(|sense| match sense {
            Sense::Period(word) => Some(*word),
            _ => None,
        })?;
        let after = (at + 1..at + NEAR).find_map(|at| year_at(reader, at));
        let before = (at.saturating_sub(3)..at).rev().find_map(|at| year_at(reader, at));
        period(word, after.or(before).or_else(|| date.map(|date| last_year_of(word, date)))?)
    })
}

/// The year of the last such period that had ended by a date.
fn last_year_of(word: PeriodWord, date: Date) -> i16 {
    let ended = period(word, date.year()).is_some_and(|period| period.last_day() < date);
    date.year() - i16::from(!ended)
}

/// The period of a year that a word names.
pub(crate) fn period(word: PeriodWord, year: i16) -> Option<Period> {
    match word {
        PeriodWord::Q1 => Period::quarter(year, 1),
        PeriodWord::Q2 => Period::quarter(year, 2),
        PeriodWord::Q3 => Period::quarter(year, 3),
        PeriodWord::Q4 => Period::quarter(year, 4),
        PeriodWord::H1 => Period::half(year, 1),
        PeriodWord::H2 => Period::half(year, 2),
        PeriodWord::Y => Period::year(year),
    }
}

fn year_at(reader: Reader<'_>, at: usize) -> Option<i16> {
    match reader.kind(at)? {
        TokenKind::Number(value) if value.scale() == 0 && reader.slice(at).len() == 4 => {
            i16::try_from(value.mantissa()).ok().filter(|year| (1900..=2100).contains(year))
        }
        _ => None,
    }
}

/// The currencies of the countries that a text names, the one most often named first.
fn countries(reader: Reader<'_>) -> Vec<Currency> {
    let mut counted: Vec<(Currency, usize)> = Vec::new();
    let senses = (0..reader.tokens.len()).filter(|at| reader.glance(*at).is_country).flat_map(|at| reader.senses(at));
    let countries = senses.filter_map(|sense| match sense {
        Sense::Country(currency) => Some(*currency),
        _ => None,
    });
    for currency in countries {
        match counted.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, count)) => *count += 1,
            None => counted.push((currency, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(currency, _)| currency).collect()
}

/// Settles what bare signs and bare numbers mean: a sign by the home currency or by one the text has named, a number
/// by the figure beside it.
pub(crate) fn settle_units(reader: Reader<'_>, figures: &mut Vec<Figure>, home: Option<Currency>) {
    if figures.iter().any(|figure| figure.bare.is_some()) {
        settle_signs(reader, figures, home);
    }
    if matches!(reader.tokens.style, Style::Unsure(_)) {
        // "1,250 millones" and nothing else: thousands, or not.
        let undecided = |figure: &&mut Figure| figure.power >= 6 && figure.tokens.clone().any(|at| has_one_group(reader.slice(at)));
        figures.iter_mut().filter(undecided).for_each(|figure| figure.ambiguous = true);
    }
    super::inherit::inherit(reader, figures);
}

/// Whether a number has one mark, and three digits behind it.
fn has_one_group(number: &str) -> bool {
    let split = number.split_once(['.', ',']);
    split.is_some_and(|(whole, tail)| tail.len() == 3 && [whole, tail].into_iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())))
}

fn settle_signs(reader: Reader<'_>, figures: &mut [Figure], home: Option<Currency>) {
    let named = each_once(figures.iter().filter(|figure| figure.bare.is_none()).filter_map(|figure| match figure.unit {
        Unit::Currency(currency) => Some(currency),
        _ => None,
    }));
    let countries = countries(reader);
    let shared_by = |figure: &Figure| reader.language.bare.get(usize::from(figure.bare?));
    // "$98,217 millones de pesos … $94,804 millones"
    let other_names = each_once(figures.iter().filter_map(|figure| shared_by(figure)?.first().copied()));
    let contrasted = contrasted(reader, figures);
    for figure in figures {
        let Some(shared) = shared_by(figure) else { continue };
        // "A$1.26 billion ($832 million)": the bare sign is not the one it is set beside.
        if let Some(first) = shared.first().filter(|first| !contrasted.is_empty() && !contrasted.contains(first)) {
            figure.unit = Unit::Currency(*first);
            continue;
        }
        let mut candidates = named.iter().copied().filter(|currency| shared.contains(currency));
        let country = countries.iter().copied().find(|currency| shared.contains(currency));
        let other = other_names.iter().copied().find(|currency| shared.contains(currency) && shared.first() != Some(currency));
        // Where "US$" is named beside "NZ$", a bare sign is the commonest.
        let commonest = shared.first().copied().filter(|first| named.contains(first));
        let settled = home.filter(|home| shared.contains(home)).or(country).or(commonest).or_else(|| candidates.next()).or(other);
        if let Some(currency) = settled {
            figure.unit = Unit::Currency(currency);
        }
        figure.ambiguous = settled.is_none() && shared.len() > 1;
    }
}

/// The currencies that a bare sign cannot mean: those of amounts that it is converted to or from in a bracket, or of
/// which it is the price.
fn contrasted(reader: Reader<'_>, figures: &[Figure]) -> Vec<Currency> {
    /// A bracket and a hedge.
    const GAP: usize = 3;
    let shares = |figure: &Figure, currency: Currency| {
        figure.bare.and_then(|bare| reader.language.bare.get(usize::from(bare))).is_some_and(|shared| shared.contains(&currency))
    };
    let named = |figure: &Figure| match figure.unit {
        Unit::Currency(currency) if figure.bare.is_none() => Some(currency),
        _ => None,
    };
    let bracketed = |a: &Figure, b: &Figure| {
        let opens = matches!(reader.kind(a.tokens.end), Some(TokenKind::Mark('(' | '（')));
        let hedges = |at: usize| [Cue::About, Cue::Over, Cue::Under, Cue::Or, Cue::Equals].iter().any(|cue| reader.has_cue(at, *cue));
        // "NT$21.4 billion (last year $20 billion)" is no conversion.
        let between = a.tokens.end + 1..b.tokens.start;
        opens && between.len() < GAP && between.into_iter().all(hedges)
    };
    let beside = figures.windows(2).filter_map(|pair| match pair {
        [a, b] if bracketed(a, b) => {
            let of = |named_one: &Figure, bare: &Figure| named(named_one).filter(|currency| shares(bare, *currency));
            of(a, b).or_else(|| of(b, a))
        }
        _ => None,
    });
    let priced = figures.iter().filter_map(|figure| figure.rate_base.filter(|base| shares(figure, *base)));
    each_once(beside.chain(priced))
}

/// The currencies in the order of the text, each once.
fn each_once(currencies: impl Iterator<Item = Currency>) -> Vec<Currency> {
    let mut seen: Vec<Currency> = Vec::new();
    for currency in currencies {
        if !seen.contains(&currency) {
            seen.push(currency);
        }
    }
    seen
}
