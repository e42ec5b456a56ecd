//! Bare numbers in a list: "118.6 from paper, 74.3 from board and 29.8 million euros from film", "312 in casting and 190 in
//! finishing", "it had 231 and now has 245".

use super::{CLAUSE, Loan, NEAR, alike, is_dash, is_year, size_is_like};
use crate::check::figure::{Figure, Kind, Reader, Unit};
use crate::check::language::Cue;
use crate::check::scan::TokenKind;
use rust_decimal::Decimal;

/// How many figures of a text are asked whether they count the same.
const LONGEST_LOOK: usize = 64;

/// What a bare number of a list borrows.
pub(super) fn listed(reader: Reader<'_>, figures: &[Figure], index: usize) -> Option<Loan> {
    let list = List { reader, figures, index };
    if let Some(loan) = figures.get(index).and_then(|figure| list.scale_of(figure)) {
        return Some(loan);
    }
    if let Some(loan) = figures.get(index).and_then(|figure| list.adds_up(figure)) {
        return Some(loan);
    }
    let figure = figures.get(index).filter(|figure| is_bare(reader, figure) && !list.is_rank(figure))?;
    if figure.unit != Unit::None || figure.digits.scale() > 0 {
        return list.amount(figure);
    }
    list.amount(figure).or_else(|| list.count(figure)).or_else(|| list.then_and_now(figure)).or_else(|| list.change(figure))
}

/// A number without scale or unit, or with a fraction and a word behind it that such a number cannot count: "40,2 vanno".
fn is_bare(reader: Reader<'_>, figure: &Figure) -> bool {
    let number = figure.kind == Kind::Count && figure.power == 0 && !figure.inherited && !is_year(reader, figure);
    let printed = matches!(reader.kind(figure.tokens.start), Some(TokenKind::Number(_)));
    let verb = matches!(figure.unit, Unit::Noun(_)) && figure.digits.scale() > 0 && figure.tokens.len() == 2;
    number && printed && (figure.pending || figure.unit == Unit::None || verb)
}

fn stops(reader: Reader<'_>, at: usize) -> bool {
    matches!(reader.kind(at), Some(TokenKind::Stop | TokenKind::Break))
}

struct List<'a> {
    reader: Reader<'a>,
    figures: &'a [Figure],
    index: usize,
}

impl<'a> List<'a> {
    fn together(&self, a: &Figure, b: &Figure) -> bool {
        !(a.tokens.end..b.tokens.start).any(|at| stops(self.reader, at))
    }

    /// The figures before this one in its sentence, the nearest first.
    fn before(&self, figure: &'a Figure) -> impl Iterator<Item = &'a Figure> + use<'a, '_> {
        let near = self.figures.get(self.index.saturating_sub(NEAR)..self.index).unwrap_or_default();
        near.iter().rev().take_while(|other| self.together(other, figure))
    }

    /// Those behind it.
    fn behind(&self, figure: &'a Figure) -> impl Iterator<Item = &'a Figure> + use<'a, '_> {
        let near = self.figures.get(self.index + 1..(self.index + NEAR).min(self.figures.len())).unwrap_or_default();
        near.iter().take_while(|other| self.together(figure, other))
    }

    /// "4.2 of 5", "3 to 1": a mark or a score.
    fn is_rank(&self, figure: &Figure) -> bool {
        let number = |at: usize| matches!(self.reader.kind(at), Some(TokenKind::Number(_)));
        let score = matches!(self.reader.kind(figure.tokens.end), Some(TokenKind::Mark(_))) && number(figure.tokens.end + 1);
        let named = figure.tokens.start.checked_sub(1).is_some_and(|at| self.reader.has_cue(at, Cue::NotFigure));
        score || named
    }

    /// What leads a number in: the token before it, without articles and hedges.
    fn lead(&self, figure: &Figure) -> Option<usize> {
        let linking = [Cue::Article, Cue::About, Cue::Over, Cue::Under];
        let start = figure.tokens.start;
        (start.saturating_sub(4)..start).rev().find(|at| !linking.iter().any(|cue| self.reader.has_cue(*at, *cue)))
    }

    fn mark(&self, at: Option<usize>) -> Option<char> {
        match self.reader.kind(at?)? {
            TokenKind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether a number is the next of a list: a comma, a colon, a dash or "and" before it.
    fn follows_on(&self, figure: &Figure) -> bool {
        let lead = self.lead(figure);
        let and = lead.is_some_and(|at| self.reader.has_cue(at, Cue::And) || is_dash(self.reader, at));
        and || self.is_part(figure) || matches!(self.mark(lead), Some(',' | ':' | ';' | '，' | '、'))
    }

    /// "12,5 Mio. Euro (KGV: 8,3)": a colon with a name before it leads in something else.
    fn is_labelled(&self, donor: &Figure, figure: &Figure) -> bool {
        let lead = self.lead(figure);
        self.mark(lead) == Some(':') && lead != Some(donor.tokens.end)
    }

    /// "2.400 millones, de los que 1.100 en acciones": one of the parts that a total is made up of.
    fn is_part(&self, figure: &Figure) -> bool {
        let parts = |at: usize| self.reader.has_cue(at, Cue::PartsAmong) || self.reader.has_cue(at, Cue::PartsFollow);
        self.lead(figure).is_some_and(parts)
    }

    /// "from €4.8 million to €5.2", "$2.4 billion, of which $1.1 in shares": one decimal of a currency is none of its cents.
    fn scale_of(&self, figure: &'a Figure) -> Option<Loan> {
        let short = figure.kind == Kind::Money && figure.power == 0 && figure.digits.scale() == 1 && !figure.inherited;
        let donor = short.then(|| self.before(figure).find(|other| other.is_level()))??;
        let scaled = donor.kind == Kind::Money && donor.power > 0 && donor.unit == figure.unit && alike(donor, figure);
        let by_sign = matches!(self.reader.kind(figure.tokens.end.checked_sub(1)?), Some(TokenKind::Number(_)));
        (scaled && by_sign && (self.follows_on(figure) || self.goes_to(donor, figure))).then(|| Loan::from(donor))
    }

    fn joined(&self, a: &Figure, b: &Figure) -> bool {
        (a.tokens.end..b.tokens.start).any(|at| self.reader.has_cue(at, Cue::And))
    }

    /// Millions by the one before or behind that says so, of like size and printed with as many decimals.
    fn amount(&self, figure: &'a Figure) -> Option<Loan> {
        let scaled = |other: &&Figure| other.kind == Kind::Money && other.power > 0 && !other.pending;
        let is_other = |other: &&Figure| other.is_level() && !is_bare(self.reader, other);
        let before = self.before(figure).find(is_other).filter(scaled);
        let behind = self.behind(figure).find(is_other).filter(scaled);
        let fine = figure.digits.scale() > 0;
        let fits = |donor: &&Figure| alike(donor, figure) && donor.digits.scale() == figure.digits.scale();
        let forward = before.filter(fits).filter(|donor| match fine {
            true => (self.follows_on(figure) && !self.is_labelled(donor, figure)) || self.goes_to(donor, figure),
            false => {
                self.is_part(figure)
                    || self.goes_to(donor, figure)
                    || (donor.inherited && self.follows_on(figure) && size_is_like(donor, figure))
            }
        });
        let backward = || {
            let donor = behind.filter(fits)?;
            let last = self.behind(figure).take_while(|other| !std::ptr::eq(*other, donor)).last().unwrap_or(figure);
            let several = !std::ptr::eq(last, figure);
            let flanked = before.is_some_and(|whole| whole.unit == donor.unit);
            let listed = if fine { flanked || several } else { flanked && self.follows_or_names(figure) };
            (self.joined(last, donor) && listed).then_some(donor)
        };
        // "40,2 vanno": a word is cut off only where the list goes on.
        let verb = matches!(figure.unit, Unit::Noun(_));
        let goes_on = || {
            let next = self.behind(figure).next();
            next.is_some_and(|next| next.pending && next.unit == Unit::None && next.digits.scale() == figure.digits.scale())
        };
        let whole = || self.before(figure).next().filter(|donor| donor.kind == Kind::Money && donor.power == 0 && !donor.pending);
        let thousands = |donor: &&Figure| donor.digits.scale() == 0 && !fine && self.goes_to(donor, figure);
        let donor = forward.or_else(backward).or_else(|| whole().filter(thousands)).filter(|_| !verb || goes_on())?;
        Some(Loan { only_number: verb, ..Loan::from(donor) })
    }

    /// "van 12,3 miljoen naar 10,1", "de 42.300 euros a 61.400": nothing but a preposition between.
    fn goes_to(&self, donor: &Figure, figure: &Figure) -> bool {
        let mut between = donor.tokens.end..figure.tokens.start;
        let linking = [Cue::To, Cue::Article, Cue::About, Cue::Over, Cue::Under];
        let to = between.clone().any(|at| self.reader.has_cue(at, Cue::To));
        to && between.all(|at| linking.iter().any(|cue| self.reader.has_cue(at, *cue))) && size_is_like(donor, figure)
    }

    /// "95 Millionen Euro: 40 gehen in die Pflege, 30 in Schulen und 25 in Straßen": bare numbers that add up to the one before.
    fn adds_up(&self, figure: &'a Figure) -> Option<Loan> {
        let reader = self.reader;
        let total = self.before(figure).find(|other| other.is_level() && !self.may_be_part(other) && !other.inherited)?;
        let whole = total.power > 0 || matches!(total.unit, Unit::Noun(_));
        if !self.may_be_part(figure) || !whole || total.pending || total.kind == Kind::UnitPrice {
            return None;
        }
        let near = self.figures.get(self.index.saturating_sub(NEAR)..(self.index + NEAR).min(self.figures.len()))?;
        let parts = near.iter().filter(|part| part.tokens.start > total.tokens.start && self.together(total, part));
        let lent = |part: &Figure| part.inherited && part.unit == total.unit && part.power == total.power;
        let parts: Vec<&Figure> = parts.filter(|part| self.may_be_part(part) || lent(part)).collect();
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.digits))?;
        // "for 5 vans and 7 cars": where a word follows each, they count something else.
        let bare = parts.iter().any(|part| !matches!(part.unit, Unit::Noun(_)) || part.inherited);
        let several = bare && parts.len() > 1 && parts.iter().all(|part| !is_year(reader, part));
        (several && sum == total.digits).then(|| Loan { only_number: matches!(figure.unit, Unit::Noun(_)), ..Loan::from(total) })
    }

    /// A number in digits without scale, with or without a word behind it.
    fn may_be_part(&self, figure: &Figure) -> bool {
        let number = figure.kind == Kind::Count && figure.power == 0 && !figure.inherited && !figure.digits.is_zero();
        let printed = matches!(self.reader.kind(figure.tokens.start), Some(TokenKind::Number(_)));
        // Of those with a noun only what a verb may follow: one word.
        number && printed && (figure.pending || figure.unit == Unit::None || (figure.tokens.len() == 2 && self.is_verb_like(figure)))
    }

    /// A word in small letters that no other number of the text stands before.
    fn is_verb_like(&self, figure: &Figure) -> bool {
        let Unit::Noun(word) = &figure.unit else { return false };
        let leads = matches!(self.mark(self.lead(figure)), Some(',' | ':'));
        let again = |other: &Figure| !std::ptr::eq(other, figure) && other.unit == figure.unit;
        leads && self.reader.language.spaced && word.chars().all(char::is_lowercase) && !self.figures.iter().take(LONGEST_LOOK).any(again)
    }

    /// "40 Millionen, das Land 25 und der Bund 15 Millionen": a comma close before the number.
    fn follows_or_names(&self, figure: &Figure) -> bool {
        let start = figure.tokens.start;
        (start.saturating_sub(4)..start).any(|at| self.mark(Some(at)) == Some(','))
    }

    /// "1.240 empleados en Vigo, 860 en Aveiro y 415 en Tánger", "500 workers – 312 in casting and 190 in finishing".
    fn count(&self, figure: &'a Figure) -> Option<Loan> {
        let donor = self.before(figure).find(|other| other.is_level() && !is_bare(self.reader, other) && !other.inherited)?;
        let counted = donor.kind == Kind::Count && matches!(donor.unit, Unit::Noun(_)) && !donor.pending && donor.digits.scale() == 0;
        if !counted || figure.printed.value() > donor.printed.value() {
            return None;
        }
        let parts: Vec<&Figure> = self
            .figures
            .get(self.index.saturating_sub(NEAR)..(self.index + NEAR).min(self.figures.len()))?
            .iter()
            .filter(|part| part.tokens.start > donor.tokens.start)
            .filter(|part| self.together(donor, part))
            .take_while(|part| is_bare(self.reader, part) || (part.inherited && part.unit == donor.unit))
            .collect();
        let [.., next_to_last, last] = parts.as_slice() else { return None };
        // Where each of them is: "in casting", "en Vigo".
        let placed = |part: &&Figure| self.reader.language.is_function_word(self.reader.slice(part.tokens.end));
        let first = parts.first()?;
        let begins = self.follows_on(first);
        let listed = parts.iter().skip(1).all(|part| self.follows_on(part));
        (begins && listed && self.joined(next_to_last, last) && parts.iter().all(placed)).then(|| Loan::from(donor))
    }

    /// "tenía 231 y ahora son 245": two numbers of like size, the second of now, of what was counted before.
    fn then_and_now(&self, figure: &'a Figure) -> Option<Loan> {
        const REACH: usize = 3;
        let bare = |other: &&Figure| is_bare(self.reader, other) || (other.inherited && other.kind == Kind::Count);
        let now = |figure: &Figure| {
            let start = figure.tokens.start;
            (start.saturating_sub(REACH)..start).any(|at| self.reader.has_cue(at, Cue::Now))
        };
        let of_then = now(figure).then(|| self.before(figure).next()).flatten();
        let of_now = || self.behind(figure).next().filter(|next| bare(next) && now(next));
        let other = of_then.or_else(of_now).filter(|other| size_is_like(other, figure))?;
        if matches!(other.unit, Unit::Noun(_)) && !other.inherited && other.power == 0 && !is_bare(self.reader, other) {
            return Some(Loan::from(other));
        }
        let donor = self.before(figure).find(|donor| donor.kind == Kind::Count && matches!(donor.unit, Unit::Noun(_)))?;
        bare(&other).then(|| Loan::from(donor))
    }

    /// "160 minder dan in 2024", "menos 85 do que um ano antes", "en hausse de 14, il comprend 162 enseignants".
    fn change(&self, figure: &'a Figure) -> Option<Loan> {
        let reader = self.reader;
        let moves = |at: usize| [Cue::Up, Cue::Down, Cue::ByAfter, Cue::Over, Cue::Under].iter().any(|cue| reader.has_cue(at, *cue));
        let (start, end) = (figure.tokens.start, figure.tokens.end);
        let whole = |other: &&Figure| {
            other.kind == Kind::Count && matches!(other.unit, Unit::Noun(_)) && other.printed.value() > figure.printed.value()
        };
        let lead = self.lead(figure)?;
        // "menos 85 do que"
        let less = [Cue::Up, Cue::Down].iter().any(|cue| reader.has_cue(lead, *cue))
            && lead + 1 == start
            && !matches!(reader.kind(end), Some(TokenKind::Word | TokenKind::Number(_)));
        if less {
            return self.before(figure).find(|other| other.is_level()).filter(whole).map(Loan::from);
        }
        // "160 minder dan": the count is of the sentence before.
        let spaced = reader.language.spaced;
        if moves(end) && spaced {
            let near = self.figures.get(self.index.saturating_sub(NEAR)..self.index)?;
            let donor = near.iter().rfind(|other| other.is_level()).filter(whole)?;
            let between = donor.tokens.end..start;
            let stops = between.clone().filter(|at| stops(reader, *at)).count();
            return (stops <= 1 && between.len() <= CLAUSE).then(|| Loan::from(donor));
        }
        let by = reader.has_cue(lead, Cue::Of) || reader.has_cue(lead, Cue::By);
        let moved = by && lead.checked_sub(1).is_some_and(moves);
        moved.then(|| self.behind(figure).find(|other| other.is_level()).filter(whole).map(Loan::from))?
    }
}
