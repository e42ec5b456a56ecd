//! What does a number mean that leaves out what its neighbour says? A unit or a scale is lent, visibly.

mod lists;

use super::figure::{Figure, Kind, RangeEnd, Reader, Unit};
use super::language::{Cue, Sense};
use super::scan::TokenKind;
use crate::exact::Ratio;
use crate::printed::Printed;

/// Lends units and scales; a bare number that nobody lends to is no figure.
pub(crate) fn inherit(reader: Reader<'_>, figures: &mut Vec<Figure>) {
    let mut surroundings = Surroundings::of(reader, figures);
    for index in 0..figures.len() {
        let loan = pair(reader, &surroundings, figures, index)
            .or_else(|| bracket(reader, figures, index))
            .or_else(|| scaled(reader, &surroundings, figures, index))
            .or_else(|| some_of(reader, figures, index))
            .or_else(|| again(reader, figures, index))
            .or_else(|| part_of_opening(reader, figures, index))
            .or_else(|| part_before_whole(reader, figures, index))
            .or_else(|| lists::listed(reader, figures, index));
        if let (Some(loan), Some(figure)) = (loan, figures.get_mut(index)) {
            let before = is_money(figure);
            loan.apply(reader, figure);
            surroundings.count(index, before, is_money(figure));
        }
    }
    figures.retain(|figure| !figure.pending);
    let told: Vec<bool> = (0..figures.len()).map(|index| tells_no_change(reader, figures, index)).collect();
    let mut told = told.into_iter();
    figures.retain(|_| told.next() == Some(true));
    for index in 1..figures.len() {
        if let [.., first, second] = figures.get_mut(..=index).unwrap_or_default()
            && is_range(reader, first, second)
        {
            (first.range, second.range) = (Some(RangeEnd::Low), Some(RangeEnd::High));
        }
    }
}

/// Whether a word for no change stands beside the amount it is said of: "flat at 900 million", "75 million euros,
/// remained unchanged". Any other figure is kept.
fn tells_no_change(reader: Reader<'_>, figures: &[Figure], index: usize) -> bool {
    const REACH: usize = 5;
    let Some(word) = figures.get(index).filter(|figure| figure.flat) else { return true };
    let level = |other: Option<usize>| other.and_then(|other| figures.get(other)).filter(|figure| figure.is_level());
    let leads = [Cue::At, Cue::Of, Cue::To, Cue::By, Cue::Article, Cue::About, Cue::Over, Cue::Under, Cue::Level];
    let ends = |at: usize| {
        let metric = reader.senses(at).iter().any(|sense| matches!(sense, Sense::Metric(_)));
        let other = matches!(reader.kind(at), Some(TokenKind::Stop | TokenKind::Break | TokenKind::Mark(';' | '；' | ':' | '：')));
        metric || other || reader.has_cue(at, Cue::Expect) || (reader.language.spaced && reader.has_cue(at, Cue::And))
    };
    let after = level(index.checked_add(1)).is_some_and(|next| {
        (word.tokens.end..next.tokens.start).all(|at| {
            leads.iter().any(|cue| reader.has_cue(at, *cue)) || matches!(reader.kind(at), Some(TokenKind::Mark(',' | '，' | '、')))
        })
    });
    let before = level(index.checked_sub(1)).is_some_and(|previous| {
        let gap = previous.tokens.end..word.tokens.start;
        gap.len() <= REACH && !gap.into_iter().any(ends)
    });
    after || before
}

/// What one figure takes from another.
struct Loan {
    kind: Kind,
    unit: Unit,
    ambiguous: bool,
    power: i16,
    range: Option<RangeEnd>,
    /// What stands behind the number is no part of it.
    only_number: bool,
    /// Its own number has decimals of its scale.
    fine: bool,
}

impl Loan {
    fn from(donor: &Figure) -> Loan {
        Loan {
            kind: donor.kind,
            unit: donor.unit.clone(),
            ambiguous: donor.ambiguous,
            power: donor.power,
            range: None,
            only_number: false,
            fine: donor.digits.scale() > 0,
        }
    }

    fn apply(mut self, reader: Reader<'_>, figure: &mut Figure) {
        // "2,791 Millionen, 15.000 weniger": who prints millions with decimals writes no thousands of them.
        let thousands = figure.digits.scale() == 0 && figure.digits.mantissa().unsigned_abs() >= 1000;
        if self.fine && thousands && self.kind == Kind::Count {
            self.power = 0;
        }
        if self.only_number {
            figure.tokens.end = figure.tokens.start + 1;
            figure.span = reader.span(&figure.tokens);
        }
        let (hedge, negative) = (figure.printed.hedge(), figure.printed.value().is_negative());
        let level = matches!(self.kind, Kind::Money | Kind::UnitPrice | Kind::Count);
        let mut printed = if level { Printed::whole(figure.digits, self.power) } else { Printed::new(figure.digits, self.power) };
        if negative {
            printed = printed.negated();
        }
        figure.printed = hedge.map_or(printed.clone(), |hedge| printed.hedged(hedge));
        (figure.kind, figure.unit, figure.ambiguous) = (self.kind, self.unit, self.ambiguous);
        (figure.power, figure.inherited, figure.pending) = (self.power, true, false);
        figure.range = figure.range.or(self.range);
    }
}

/// "from 4.1 to 4.7 billion euros", "$10.4 to $10.8 billion": the first takes unit and scale of the second.
fn pair(reader: Reader<'_>, surroundings: &Surroundings, figures: &mut [Figure], index: usize) -> Option<Loan> {
    let (first, second) = (figures.get(index)?, figures.get(index + 1)?);
    let unitless = first.kind == Kind::Count && first.unit == Unit::None;
    // "US$ 1,5 a 2 bilhões": the second has no currency of its own.
    let led_on = first.kind == Kind::Money && second.kind == Kind::Count && second.unit == Unit::None && {
        let to = |at: usize| reader.has_cue(at, Cue::To) || is_dash(reader, at) || reader.has_cue(at, Cue::Range);
        first.tokens.end + 1 == second.tokens.start && to(first.tokens.end) && !reader.has_cue(first.tokens.end, Cue::And)
    };
    let incomplete = first.pending
        || unitless
        || (first.kind == Kind::Money && first.power == 0 && second.power > 0 && (first.unit == second.unit || led_on));
    let mut gap = first.tokens.end..second.tokens.start;
    // "45,3 frente a 41,2 millones": compared, and of like size.
    let compared = first.pending && !is_year(reader, first) && second.power > 0 && size_is_like(first, second);
    let joins = |at: usize| {
        reader.has_cue(at, Cue::To)
            || reader.has_cue(at, Cue::Range)
            || reader.has_cue(at, Cue::And)
            || is_dash(reader, at)
            || (compared && (reader.has_cue(at, Cue::Against) || reader.has_cue(at, Cue::From)))
    };
    let joined = !gap.is_empty()
        && gap.clone().any(joins)
        && gap.all(|at| joins(at) || reader.has_cue(at, Cue::Article) || reader.has_cue(at, Cue::Of));
    let led = |cues: &[Cue]| first.tokens.start.checked_sub(1).is_some_and(|at| cues.iter().any(|cue| reader.has_cue(at, *cue)));
    let listing = first.pending && (first.tokens.end..second.tokens.start).any(|at| reader.has_cue(at, Cue::And));
    let unit = !matches!(second.unit, Unit::None)
        || (second.power > 0 && listing)
        || (second.power > 0 && led(&[Cue::From, Cue::Against, Cue::Between]));
    // "sank um 350 auf 12.840": a change by a bare number is of what it led to.
    let by = led(&[Cue::By]) && !led(&[Cue::From]) && (first.tokens.end..second.tokens.start).all(|at| reader.has_cue(at, Cue::To));
    // "respectively … 120 and 40 million": a list of one unit.
    let listed = second.power > 0 && first.pending && pairs_lists(reader, first.tokens.start);
    let unit = unit || led_on || (by && second.kind == Kind::Count) || listed;
    // "um 400.000 auf 9,3 Millionen" is no change by 400 billion.
    let more = by && second.power > 0 && first.digits >= second.digits;
    if !incomplete || !joined || second.pending || !unit || more || !(by || alike(first, second)) {
        return None;
    }
    if is_year(reader, first) && !led(&[Cue::From, Cue::Between]) {
        // "from 212 million in 2022 to 248 million"
        return None;
    }
    // The scale's currency may itself be understood.
    let understood = if second.unit == Unit::None { scaled(reader, surroundings, figures, index + 1) } else { None };
    let mut loan = match led_on && first.power == 0 {
        true => Loan { power: second.power, ..Loan::from(first) },
        false => understood.unwrap_or_else(|| Loan::from(second)),
    };
    if first.power > 0 {
        loan.power = first.power;
    }
    // Not from one to the other, but somewhere between.
    let goes = (first.tokens.end..second.tokens.start).any(|at| reader.has_cue(at, Cue::To));
    let from = (first.tokens.start.saturating_sub(2)..first.tokens.start)
        .any(|at| reader.has_cue(at, Cue::From) && !reader.has_cue(at, Cue::Between) && goes && !is_aim(reader, at))
        || (first.tokens.end..second.tokens.start).any(|at| reader.has_cue(at, Cue::FromAfter))
        || by;
    let listed = (first.tokens.end..second.tokens.start).any(|at| reader.has_cue(at, Cue::And))
        && !(first.tokens.start > 0 && reader.has_cue(first.tokens.start - 1, Cue::Between));
    // "um 85 auf 640 Millionen": a preposition that only says where to joins no range.
    let ranges = (first.tokens.end..second.tokens.start)
        .any(|at| is_dash(reader, at) || reader.has_cue(at, Cue::Range) || reader.has_cue(at, Cue::And));
    // "cut by 120 million to 480 million": a change and what is left.
    let changed = led(&[Cue::By]) && goes && first.power > 0 && {
        let twice = first.printed.value() * &Ratio::from(2);
        second.printed.value() >= &twice
    };
    if !from && !listed && ranges && !changed && first.printed.value() < &scaled_value(second) {
        loan.range = Some(RangeEnd::Low);
        if let Some(second) = figures.get_mut(index + 1) {
            second.range = Some(RangeEnd::High);
        }
    }
    Some(loan)
}

/// Whether the sentence up to here pairs lists.
fn pairs_lists(reader: Reader<'_>, start: usize) -> bool {
    let within = |at: &usize| !matches!(reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break));
    (start.saturating_sub(CLAUSE)..start).rev().take_while(within).any(|at| reader.has_cue(at, Cue::Respectively))
}

/// 10%-20%, 5.2亿元至5.8亿元: both complete, only a dash or, without spaces, a word for it between; and no change of one
/// to the other.
fn is_range(reader: Reader<'_>, first: &Figure, second: &Figure) -> bool {
    let (end, next) = (first.tokens.end, second.tokens.start);
    let within = |at: &usize| !matches!(reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break));
    let start = first.tokens.start;
    // "expects revenue of $5.1 billion to $5.3 billion"
    let aims = || (start.saturating_sub(CLAUSE)..start).rev().take_while(within).any(|at| reader.has_cue(at, Cue::Expect));
    let by = start.checked_sub(1).is_some_and(|at| reader.has_cue(at, Cue::By));
    let word = (!reader.language.spaced || (reader.has_cue(end, Cue::To) && !by && aims()))
        && reader.has_cue(end, Cue::Range)
        && !reader.has_cue(end, Cue::FromAfter);
    let joined = end + 1 == next && (word || is_dash(reader, end));
    let before = first.tokens.start.checked_sub(1);
    let moves = [Cue::From, Cue::Up, Cue::Down, Cue::Narrowed, Cue::Widened];
    let moved = first.is_level() && before.is_some_and(|at| moves.iter().any(|cue| reader.has_cue(at, *cue)));
    let from = before.is_some_and(|at| reader.has_cue(at, Cue::From));
    joined
        && !moved
        && !from
        && first.range.is_none()
        && second.range.is_none()
        && first.same_unit(second)
        && first.printed.value() < second.printed.value()
}

/// "aims at sales of 7.0 to 7.3 billion": a preposition that is "of" too, in a sentence of what is to come, behind no
/// word of direction.
fn is_aim(reader: Reader<'_>, at: usize) -> bool {
    let of = reader.has_cue(at, Cue::Of);
    let moves = |at: usize| [Cue::Up, Cue::Down, Cue::Narrowed, Cue::Widened].iter().any(|cue| reader.has_cue(at, *cue));
    let within = |at: &usize| !matches!(reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break));
    of && !at.checked_sub(1).is_some_and(moves)
        && (at.saturating_sub(CLAUSE)..at).rev().take_while(within).any(|at| reader.has_cue(at, Cue::Expect))
}

/// How far back the words of a sentence are looked at, in tokens.
const CLAUSE: usize = 60;

/// A number that is as likely a year.
fn is_year(reader: Reader<'_>, figure: &Figure) -> bool {
    let plain = figure.power == 0 && figure.digits.scale() == 0 && reader.slice(figure.tokens.start).len() == 4;
    plain && (1900..=2100).contains(&figure.digits.mantissa())
}

/// "of the 640 shops 192, or 30%, are abroad", "9,000 people, 3,200 of them at home": a bare number counts what the
/// count before it does.
fn some_of(reader: Reader<'_>, figures: &[Figure], index: usize) -> Option<Loan> {
    const REACH: usize = 8;
    let part = figures.get(index).filter(|part| part.kind == Kind::Count && part.unit == Unit::None && part.power == 0)?;
    let whole = figures.get(index.checked_sub(1)?).filter(|whole| matches!(whole.unit, Unit::Noun(_)) && !whole.pending)?;
    let before = part.tokens.start.checked_sub(1)?;
    let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
    let lead = (whole.tokens.end..=before).rev().find(|at| !hedges.iter().any(|cue| reader.has_cue(*at, *cue)))?;
    let said = reader.has_cue(lead, Cue::PartsAmong);
    let opens = (0..whole.tokens.start).rev().take_while(|at| whole.tokens.start - at <= 3).any(|at| {
        let starts = at.checked_sub(1).is_none_or(|before| matches!(reader.kind(before), Some(TokenKind::Stop | TokenKind::Break)));
        starts && (reader.has_cue(at, Cue::Of) || reader.has_cue(at, Cue::OnBase))
    });
    let told = || {
        let next = figures.get(index + 1).filter(|next| next.kind == Kind::Percent && next.tokens.start - part.tokens.end <= REACH);
        next.is_some_and(|next| (part.tokens.end..next.tokens.start).any(|at| reader.has_cue(at, Cue::Or)))
    };
    let fits = part.printed.value() < whole.printed.value() && !is_year(reader, part);
    (fits && (said || (opens && told()))).then(|| Loan { power: part.power, ..Loan::from(whole) })
}

fn scaled_value(figure: &Figure) -> Ratio {
    figure.printed.value().clone()
}

fn is_dash(reader: Reader<'_>, at: usize) -> bool {
    matches!(reader.kind(at), Some(TokenKind::Mark('-' | '–' | '—' | '~' | '〜' | '～')))
}

/// Whether two numbers are of like size before their scale: 4.1 and 4.7, not 3 and 450.
fn alike(first: &Figure, second: &Figure) -> bool {
    let (a, b) = (Ratio::from(first.digits).abs(), Ratio::from(second.digits).abs());
    let twenty = Ratio::from(20);
    !a.is_zero() && a <= &b * &twenty && b <= &a * &twenty
}

/// "EUR 102.4 million (98.7)": the bare number in brackets is the same thing at another time.
fn bracket(reader: Reader<'_>, figures: &[Figure], index: usize) -> Option<Loan> {
    let figure = figures
        .get(index)
        .filter(|figure| figure.pending || (figure.kind == Kind::Count && figure.unit == Unit::None && figure.power == 0))?;
    let donor = figures.get(index.checked_sub(1)?).filter(|donor| !donor.pending && !matches!(donor.unit, Unit::None))?;
    let open = |at: usize| matches!(reader.kind(at), Some(TokenKind::Mark('(' | '（')));
    let closed = matches!(reader.kind(figure.tokens.end), Some(TokenKind::Mark(')' | '）' | ';' | ',')));
    let dated = (donor.tokens.end + 1..figure.tokens.start).all(|at| reader.is_time_before(at));
    let beside = figure.tokens.start > donor.tokens.end && open(donor.tokens.end) && dated;
    (beside && closed && alike(donor, figure)).then(|| Loan::from(donor))
}

/// What a number without a unit looks round at.
struct Surroundings {
    /// The sentence of each figure.
    sentences: Vec<usize>,
    /// How many amounts of money stand in each sentence.
    amounts: Vec<usize>,
    /// The first amount of a text that has amounts in one currency only.
    only: Option<usize>,
}

impl Surroundings {
    fn of(reader: Reader<'_>, figures: &[Figure]) -> Surroundings {
        let (mut sentence, mut at) = (0, 0);
        let mut sentences = Vec::with_capacity(figures.len());
        for figure in figures {
            let passed = at.min(figure.tokens.start)..figure.tokens.start;
            sentence += passed.filter(|at| matches!(reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break))).count();
            at = figure.tokens.start;
            sentences.push(sentence);
        }
        let mut money = figures.iter().enumerate().filter(|(_, figure)| is_money(figure));
        let first = money.next();
        let only = first.filter(|(_, first)| money.all(|(_, other)| other.unit == first.unit)).map(|(index, _)| index);
        let mut surroundings = Surroundings { amounts: vec![0; sentence + 1], sentences, only };
        for (index, figure) in figures.iter().enumerate() {
            surroundings.count(index, false, is_money(figure));
        }
        surroundings
    }

    /// Counts a figure that has become an amount of money, or is none any more.
    fn count(&mut self, figure: usize, before: bool, after: bool) {
        let sentence = self.sentences.get(figure).copied().unwrap_or(0);
        if let Some(amounts) = self.amounts.get_mut(sentence) {
            *amounts = *amounts + usize::from(after) - usize::from(before && *amounts > 0);
        }
    }

    /// Whether an amount of money stands in the sentence of a figure.
    fn has_money(&self, figure: usize) -> bool {
        self.sentences.get(figure).and_then(|sentence| self.amounts.get(*sentence)).is_some_and(|amounts| *amounts > 0)
    }

    /// Whether two figures stand in one sentence.
    fn together(&self, a: usize, b: usize) -> bool {
        self.sentences.get(a) == self.sentences.get(b)
    }
}

fn is_money(figure: &Figure) -> bool {
    matches!(figure.unit, Unit::Currency(_)) && figure.kind == Kind::Money
}

/// "up 13 million, or 12%, to 125 million": a scaled number without a currency takes that of the sentence.
fn scaled(reader: Reader<'_>, around: &Surroundings, figures: &[Figure], index: usize) -> Option<Loan> {
    let figure = figures.get(index)?;
    if figure.kind != Kind::Count || figure.unit != Unit::None || figure.power == 0 || figure.pending {
        return None;
    }
    if counts_again(reader, figures, index) || is_counted(reader, figures, index) {
        return None;
    }
    // "81.000 millones de yenes (500 millones de euros), y en enero, 40.500 millones (250 millones de euros)"
    let told = figures.get(index + 1).filter(|next| {
        let open = matches!(reader.kind(figure.tokens.end), Some(TokenKind::Mark('(' | '（')));
        open && next.tokens.start <= figure.tokens.end + 2 && !next.inherited && !matches!(next.unit, Unit::None)
    });
    let lends = |other: &Figure| is_money(other) && told.is_none_or(|told| told.unit != other.unit);
    let near = |other: &usize| around.together(index, *other);
    let sentence = || (0..index).rev().take_while(near).chain((index + 1..figures.len()).take_while(near));
    let nearby = around.has_money(index).then(sentence).into_iter().flatten();
    // A text in one currency need not repeat it in every sentence.
    let donor = nearby.filter_map(|other| figures.get(other)).find(|other| lends(other)).or_else(|| figures.get(around.only?))?;
    Some(Loan { power: figure.power, ..Loan::from(donor) })
}

/// How many figures back another may lend.
const NEAR: usize = 12;

/// How many words may stand in a bracket beside its number, on either side.
const BRACKET: usize = 5;

/// "16 milioni di ettolitri, il 9,3% in più dei 15 milioni": compared with what was counted, it counts the same.
fn counts_again(reader: Reader<'_>, figures: &[Figure], index: usize) -> bool {
    let Some(figure) = figures.get(index) else { return false };
    let near = figures.get(index.saturating_sub(NEAR)..index).unwrap_or_default();
    // "… than the season before (8.5 million)"
    // "(l'anno prima 1,12 milioni)", "(7,8 milhões em junho de 2023)"
    let (start, end) = (figure.tokens.start, figure.tokens.end);
    let opens = (start.saturating_sub(BRACKET)..start).any(|at| matches!(reader.kind(at), Some(TokenKind::Mark('('))));
    let bracketed = opens && (end..end + BRACKET).any(|at| matches!(reader.kind(at), Some(TokenKind::Mark(')'))));
    let like = |other: &&Figure| other.is_level() && (!bracketed || (alike(other, figure) && other.power == figure.power));
    let Some(counted) = near.iter().rfind(like) else { return false };
    let between = counted.tokens.end..figure.tokens.start;
    let compared = between.clone().rev().take(2).any(|at| compares(reader, at));
    let apart = between.into_iter().any(|at| matches!(reader.kind(at), Some(TokenKind::Stop | TokenKind::Break)));
    (compared || bracketed) && !apart && matches!(counted.unit, Unit::Noun(_)) && alike(counted, figure)
}

/// "Passenger numbers rose 6% to 41 million": what is named right before is counted.
fn is_counted(reader: Reader<'_>, figures: &[Figure], index: usize) -> bool {
    const COUNTED: [&str; 3] = ["customers", "employees", "deliveries"];
    let Some(figure) = figures.get(index) else { return false };
    let level = figures.get(..index).unwrap_or_default().iter().rfind(|other| other.is_level()).map_or(0, |other| other.tokens.end);
    let start = figure.tokens.start;
    let words = (level.max(start.saturating_sub(CLAUSE))..start)
        .rev()
        .take_while(|at| !matches!(reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break | TokenKind::Mark(';'))));
    let mut named = words.filter_map(|at| {
        reader.senses(at).iter().find_map(|sense| match sense {
            Sense::Metric(metric) => reader.language.metrics.get(usize::from(*metric)),
            _ => None,
        })
    });
    named.next().is_some_and(|name| COUNTED.contains(&name.as_str()))
}

fn compares(reader: Reader<'_>, at: usize) -> bool {
    [Cue::Against, Cue::From, Cue::OnBase].iter().any(|cue| reader.has_cue(at, *cue))
}

/// A bare number that takes everything from the figure before it: "dei 640 dipendenti, 208 (32,5%)", "355 euro la
/// tonnellata dai 320 di gennaio", "18.450 empregados, 620 a menos", "310 milioni, di cui 190 per le reti".
fn again(reader: Reader<'_>, figures: &[Figure], index: usize) -> Option<Loan> {
    let grouped = |figure: &Figure| figure.kind == Kind::Count && figure.unit == Unit::None && !figure.inherited;
    let figure = figures.get(index).filter(|figure| (figure.pending || grouped(figure)) && figure.power == 0)?;
    let year = figure.digits.scale() == 0 && (1900..=2100).contains(&figure.digits.mantissa());
    let near = figures.get(index.saturating_sub(NEAR)..index)?;
    let donor = near.iter().rfind(|other| other.is_level() && !other.pending && !matches!(other.unit, Unit::None))?;
    let mut between = donor.tokens.end..figure.tokens.start;
    let apart = |at: usize| matches!(reader.kind(at), Some(TokenKind::Stop | TokenKind::Break | TokenKind::Mark(';')));
    if !figure.pending && !matches!(donor.unit, Unit::Currency(_)) {
        return None;
    }
    if year || between.clone().any(apart) {
        return None;
    }
    let (start, end) = (figure.tokens.start, figure.tokens.end);
    let counted = matches!(donor.unit, Unit::Noun(_)) && donor.printed.value() > figure.printed.value();
    let linking = [Cue::Article, Cue::About, Cue::Over, Cue::Under];
    let lead = (donor.tokens.end..start).rev().find(|at| !linking.iter().any(|cue| reader.has_cue(*at, *cue)));
    let compared = lead.is_some_and(|at| compares(reader, at) && !reader.has_cue(at, Cue::Of)) && size_is_like(donor, figure);
    let more = [Cue::Over, Cue::Under, Cue::Up, Cue::Down].iter().any(|cue| reader.has_cue(end, *cue));
    let differs = counted && (reader.has_cue(end, Cue::ByAfter) || (reader.language.spaced && more));
    // "De los 1.250 empleos, 640 corresponden a Sevilla, 380 a Zaragoza y 230 a Lugo"
    let listed = lead.is_some_and(|at| matches!(reader.kind(at), Some(TokenKind::Mark(','))) || reader.has_cue(at, Cue::And));
    let whole = near.iter().rev().find(|other| matches!(other.unit, Unit::Noun(_)) && opens_with_of(reader, other.tokens.start));
    let here = |whole: &&Figure| !(whole.tokens.end..figure.tokens.start).any(apart);
    // The first of such a list stands behind a verb.
    let opens = figures.get(index + 1).is_some_and(|next| next.pending || (next.kind == Kind::Count && next.unit == Unit::None));
    let listed = listed || (opens && std::ptr::eq(donor, whole.unwrap_or(donor)));
    let part = whole.filter(here).is_some_and(|whole| listed && whole.printed.value() > figure.printed.value());
    // The share of it follows at once.
    let share = figures.get(index + 1).is_some_and(|next| {
        let link = |at: usize| {
            matches!(reader.kind(at), Some(TokenKind::Mark(',' | '(')))
                || [Cue::Or, Cue::Equals, Cue::Share, Cue::Article, Cue::About].iter().any(|cue| reader.has_cue(at, *cue))
        };
        next.kind == Kind::Percent && next.tokens.start > end && (end..next.tokens.start).all(link)
    });
    let parts = between.any(|at| reader.has_cue(at, Cue::PartsFollow)) && (counted || alike(donor, figure));
    // "I 375 esuberi riguardano Torino (180), Bari (120) e Mestre (75)"
    let in_brackets = |figure: &Figure| {
        let mark = |at: usize| reader.kind(at);
        let open = figure.tokens.start.checked_sub(1).is_some_and(|at| matches!(mark(at), Some(TokenKind::Mark('('))));
        open && matches!(mark(figure.tokens.end), Some(TokenKind::Mark(')')))
    };
    let twin = |other: Option<usize>| {
        let bare = |figure: &&Figure| in_brackets(figure) && (figure.pending || figure.inherited) && figure.kind == Kind::Count;
        other.and_then(|other| figures.get(other)).filter(bare).is_some()
    };
    let bracketed = counted && in_brackets(figure) && (twin(index.checked_add(1)) || twin(index.checked_sub(1)));
    (compared || differs || part || bracketed || (counted && share) || parts).then(|| Loan::from(donor))
}

/// "640 of the 3,200 jobs": the noun stands behind the whole.
fn part_before_whole(reader: Reader<'_>, figures: &[Figure], index: usize) -> Option<Loan> {
    let part = figures.get(index).filter(|part| part.pending && part.power == 0 && !is_year(reader, part))?;
    let whole = figures.get(index + 1).filter(|whole| matches!(whole.unit, Unit::Noun(_)) && !whole.pending)?;
    let mut gap = part.tokens.end..whole.tokens.start;
    let of = gap.clone().next().is_some_and(|at| reader.has_cue(at, Cue::Of));
    let linked = gap.all(|at| reader.has_cue(at, Cue::Of) || reader.has_cue(at, Cue::Article));
    (of && linked && part.printed.value() < whole.printed.value()).then(|| Loan { power: part.power, ..Loan::from(whole) })
}

/// "Of the 860 jobs to go, 520 are in Leeds, 210 in Cork and 130 in Antwerp": bare numbers in a list, each less than the
/// count that opens the sentence.
fn part_of_opening(reader: Reader<'_>, figures: &[Figure], index: usize) -> Option<Loan> {
    let bare = |figure: &Figure| (figure.pending || (figure.kind == Kind::Count && figure.unit == Unit::None)) && figure.power == 0;
    let figure = figures.get(index).filter(|figure| bare(figure) && !is_year(reader, figure))?;
    let stop = |at: usize| matches!(reader.kind(at), Some(TokenKind::Stop | TokenKind::Break | TokenKind::Mark(';')));
    let near = figures.get(index.saturating_sub(NEAR)..(index + NEAR).min(figures.len()))?;
    let together = |a: &Figure, b: &Figure| {
        let (first, last) = if a.tokens.start < b.tokens.start { (a, b) } else { (b, a) };
        !(first.tokens.end..last.tokens.start).any(stop)
    };
    let whole = near.iter().take_while(|other| other.tokens.start < figure.tokens.start).find(|other| together(other, figure))?;
    let counted = matches!(whole.unit, Unit::Noun(_)) && !whole.pending;
    let parts: Vec<&Figure> = near
        .iter()
        .filter(|part| part.tokens.start > whole.tokens.start && together(part, whole))
        .filter(|part| (bare(part) && !is_year(reader, part)) || part.unit == whole.unit)
        .collect();
    let [.., next_to_last, last] = parts.as_slice() else { return None };
    let joined = (next_to_last.tokens.end..last.tokens.start).any(|at| reader.has_cue(at, Cue::And));
    // "1,520 jobs go: 780 in the plants, 410 at head office and 230 in sales"
    let colon = |part: &&Figure| part.tokens.start.checked_sub(1).is_some_and(|at| matches!(reader.kind(at), Some(TokenKind::Mark(':'))));
    let counted = counted && (opens_with_of(reader, whole.tokens.start) || parts.first().is_some_and(colon));
    let less = parts.first().is_some_and(|part| part.printed.value() < whole.printed.value());
    let less = less && parts.iter().all(|part| part.printed.value() <= &(whole.printed.value() * &Ratio::from(2)));
    (counted && joined && less).then(|| Loan::from(whole))
}

/// "De los 1.250 empleos, …": the sentence opens with the whole.
fn opens_with_of(reader: Reader<'_>, start: usize) -> bool {
    let opens = |at: &usize| reader.has_cue(*at, Cue::Of) || reader.has_cue(*at, Cue::OnBase);
    let first = start.checked_sub(2).filter(opens).or(start.checked_sub(1));
    let stop = |at: usize| matches!(reader.kind(at), Some(TokenKind::Stop | TokenKind::Break));
    let first = first.filter(|at| !reader.has_cue(*at, Cue::NotFigure));
    first.is_some_and(|at| (reader.has_cue(at, Cue::Of) || reader.has_cue(at, Cue::OnBase)) && at.checked_sub(1).is_none_or(stop))
}

/// Whether two numbers could be the same thing at two times: neither is more than three times the other.
fn size_is_like(donor: &Figure, figure: &Figure) -> bool {
    let (a, b) = (Ratio::from(donor.digits).abs(), Ratio::from(figure.digits).abs());
    let three = Ratio::from(3);
    !a.is_zero() && a <= &b * &three && b <= &a * &three
}
