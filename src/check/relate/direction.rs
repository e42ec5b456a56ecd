//! The words of direction: which of those around a figure is its own?

use super::Sentence;
use super::slot::{CLAUSE, Mention, Slot};
use crate::check::figure::Kind;
use crate::check::language::{Cue, Sense};
use crate::check::scan::TokenKind;
use std::cmp::Ordering;

impl Sentence<'_, '_> {
    /// "an 18.9% decline", "13.1% higher": the direction right behind a figure.
    pub(super) fn right_direction(&self, figure: usize) -> Option<Ordering> {
        const REACH: usize = 3;
        let end = self.token_range(figure).end;
        // "32 million (3.9%) higher": the bracket closes first.
        let end = end + usize::from(matches!(self.mark(end), Some(')' | '）')));
        for at in end..(end + REACH).min(self.tokens.end) {
            if let Some(direction) = self.direction_at(at) {
                return Some(direction);
            }
            // "15% more than the …"
            match at == end {
                true if self.reader.has_cue(at, Cue::Over) => return Some(Ordering::Greater),
                // "90% até 2033": a time limit.
                true if self.reader.has_cue(at, Cue::Under) && !matches!(self.reader.kind(at + 1), Some(TokenKind::Number(_))) => {
                    return Some(Ordering::Less);
                }
                _ => {}
            }
            let passable = self.has_any(at, &[Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Article, Cue::Of])
                || (at == end && self.reader.is_word(at))
                || self.mark(at) == Some('-');
            if !passable {
                return None;
            }
        }
        None
    }

    /// 32億円増, 32億円（3.9%）増の857億円: a direction that always belongs to the figure before it.
    pub(super) fn direction_behind(&self, figure: usize) -> Option<Ordering> {
        let mut end = self.token_range(figure).end;
        if matches!(self.mark(end), Some('(' | '（')) {
            end = (end..self.tokens.end).find(|at| matches!(self.mark(*at), Some(')' | '）')))? + 1;
        }
        end += usize::from(matches!(self.mark(end), Some(')' | '）')));
        self.direction_at(end).filter(|_| self.reader.has_cue(end, Cue::ByAfter))
    }

    /// "200 million less than at the end of 2021", "1.5 billion higher at 4.5 billion": an amount is the change where a
    /// comparison follows at once.
    pub(super) fn comparison_behind(&self, figure: usize) -> Option<Ordering> {
        let end = self.token_range(figure).end;
        if !self.reader.language.spaced || end >= self.tokens.end {
            return None;
        }
        // "1.9 billion or 7% more than in 2022"
        let size = figure + 1;
        let told = self.reader.has_cue(end, Cue::Or) && size < self.last && self.token_range(size).start == end + 1;
        if told && self.get(size).is_some_and(|size| size.kind == Kind::Percent) {
            let after = self.token_range(size).end;
            let more = || self.reader.has_cue(after, Cue::Over).then_some(Ordering::Greater);
            let less = || self.reader.has_cue(after, Cue::Under).then_some(Ordering::Less);
            return self.direction_at(after).or_else(more).or_else(less).filter(|direction| direction.is_ne());
        }
        let multiple = self.get(figure + 1).is_some_and(|next| next.tokens.start <= end + 1 && next.kind == Kind::Multiple);
        match () {
            // "more than" in one phrase
            () if self.reader.has_cue(end, Cue::Over) && !multiple => Some(Ordering::Greater),
            () if self.reader.has_cue(end, Cue::Under) && !multiple => Some(Ordering::Less),
            () => self.direction_at(end).filter(|_| {
                // "600 euros más que el curso pasado" compares in one phrase.
                // So does "weniger als ein Jahr zuvor".
                const WHOLE: usize = 4;
                let words = self.reader.slice(end).split(' ').count();
                let phrase = words >= WHOLE || (words > 1 && self.reader.has_cue(end, Cue::Against));
                phrase || self.has_any(end + 1, &[Cue::Against, Cue::At, Cue::OnBase, Cue::YearOnYear])
            }),
        }
    }

    /// "fell 18.9%", "a decline of 18.9%": the nearest direction before a figure, not past another percentage.
    pub(super) fn left_direction(&self, figure: usize) -> Option<(usize, Ordering)> {
        const REACH: usize = 16;
        let start = self.token_range(figure).start;
        for at in (self.tokens.start.max(start.saturating_sub(REACH))..start).rev() {
            if let Some(direction) = self.direction_at(at).filter(|_| !self.stands_behind(at)) {
                return Some((at, direction));
            }
            let blocked = |other: usize| self.get(figure).zip(self.get(other)).is_some_and(|(own, other)| blocks(own.kind, other.kind));
            if matches!(self.mark(at), Some(';' | '；')) || self.figure_ending_at(at + 1).is_some_and(blocked) {
                return None;
            }
        }
        None
    }

    /// "un 5 % más", "9 milioni in meno": said of the figure before it, never of one behind it.
    pub(super) fn stands_behind(&self, at: usize) -> bool {
        self.reader.language.spaced && self.reader.has_cue(at, Cue::ByAfter)
    }

    /// "nahm um 5 % auf 3 Mio. Euro ab", "wurde um 5 % gesenkt": the direction that ends the clause, or a particle
    /// behind the verb and its figures.
    pub(super) fn final_direction(&self, figure: usize) -> Option<Ordering> {
        let end = self.token_range(figure).end;
        // "ging um 0,9 Mrd. Euro bzw. 13 Prozent zurück": the second of two sizes is in the same clause.
        let lists = |at: usize| self.figure_starting_at(at + 1 + usize::from(self.reader.has_cue(at + 1, Cue::By))).is_some();
        let clause = |at: &usize| {
            let mark = matches!(self.mark(*at), Some(',' | ';' | ':' | '(' | ')' | '–' | '—')) && !self.figure_around(*at);
            !mark && (!self.reader.has_cue(*at, Cue::And) || lists(*at))
        };
        let reach = self.tokens.end.min(end + CLAUSE);
        let last = (end..reach).take_while(clause).last()?;
        let particle = (end..reach).take_while(clause).find_map(|at| {
            let closes = at == last || self.has_any(at + 1, &[Cue::To, Cue::By, Cue::Against]);
            match () {
                () if closes && self.reader.has_cue(at, Cue::UpEnd) => Some(Ordering::Greater),
                () if closes && self.reader.has_cue(at, Cue::DownEnd) => Some(Ordering::Less),
                () => None,
            }
        });
        // "eines um 4 % auf 1,1 Mrd. Euro gesunkenen Umsatzes"
        let attribute = || {
            let next = self.token_range(figure + 1);
            let led = figure + 1 < self.last && next.start == end + 1 && self.reader.has_cue(end, Cue::To);
            let noun = |at: usize| self.metric_at(at).is_some() || self.reader.is_word(at);
            led.then(|| self.direction_at(next.end).filter(|_| noun(next.end + 1)))?
        };
        let attribute = || attribute().or_else(|| self.fronted_direction(figure));
        // The verb, or a participle before its auxiliary; no noun ("expect a fall", "mit sinkenden Erträgen").
        let noun = |at: usize| at > end && self.has_any(at - 1, &[Cue::To, Cue::At, Cue::Of]) && self.reader.language.spaced;
        let auxiliary = last > end && self.has_any(last, &[Cue::Level, Cue::NotCount, Cue::Expect]) && self.metric_at(last).is_none();
        let before = || self.direction_at(last - 1).filter(|_| !noun(last - 1));
        particle.or_else(attribute).or_else(|| self.direction_at(last).filter(|_| !noun(last)).or_else(|| auxiliary.then(before)?))
    }

    /// "Um 12 % auf 56 Millionen Euro kletterten die Mieten": the size and what it leads to open the sentence, the verb follows.
    fn fronted_direction(&self, figure: usize) -> Option<Ordering> {
        let (own, next) = (self.token_range(figure), self.token_range(figure + 1));
        let hedges = |at: usize| self.has_any(at, &[Cue::About, Cue::Over, Cue::Under, Cue::Article]);
        let opens = self.reader.has_cue(self.tokens.start, Cue::By) && (self.tokens.start + 1..own.start).all(hedges);
        let led = figure + 1 < self.last && self.reader.has_cue(own.end, Cue::To) && (own.end + 1..next.start).all(hedges);
        (opens && led && self.reader.language.spaced).then(|| self.direction_at(next.end))?
    }

    /// "31% want to spend less, 54% as much": the direction is that of the figure before it, a comma ends its clause.
    fn is_spent(&self, direction: usize, start: usize) -> bool {
        let comma = |at: usize| matches!(self.mark(at), Some(',')) || self.reader.has_cue(at, Cue::And);
        let owner = (self.tokens.start.max(direction.saturating_sub(CLAUSE))..direction)
            .rev()
            .take_while(|at| !comma(*at))
            .find_map(|at| self.figure_ending_at(at + 1));
        let percent = owner.and_then(|owner| self.get(owner)).is_some_and(|owner| owner.kind == Kind::Percent);
        let by = start.checked_sub(1).is_some_and(|at| self.reader.has_cue(at, Cue::By));
        percent && !by && (direction..start).any(comma)
    }

    /// Gives a percentage or points the sign of its words.
    pub(super) fn sign(&mut self, figure: usize) -> Option<Ordering> {
        let start = self.token_range(figure).start;
        let linking = [Cue::By, Cue::Of, Cue::About, Cue::Over, Cue::Under, Cue::Article, Cue::YearOnYear, Cue::QuarterOnQuarter];
        let left = self.left_direction(figure);
        let close = left.filter(|(at, _)| (at + 1..start).all(|between| self.has_any(between, &linking)));
        let behind = self.direction_behind(figure);
        let close = close.map(|(_, direction)| direction);
        let nearby = behind.or(close).or_else(|| self.right_direction(figure)).or_else(|| self.final_direction(figure));
        let signed = self.get(figure).is_some_and(|figure| figure.signed);
        // A printed sign stands for itself where no word beside it says more.
        let far = left.filter(|(at, _)| !signed && !self.is_spent(*at, start));
        let worth = left.filter(|(at, _)| self.is_of_worth(*at) && close.is_some()).and_then(|(at, _)| self.moved_before(at));
        let excess = || start.checked_sub(1).filter(|at| self.reader.has_cue(*at, Cue::By)).and_then(|at| self.excess_before(at));
        let direction = worth.or(nearby).or(far.map(|(_, direction)| direction)).or_else(excess)?;
        let minus = signed && self.is_negative(figure);
        self.set_negative(figure, direction.is_lt() || minus);
        Some(direction)
    }

    /// "rose from 57.2% to 60.1%, a deterioration of 2.9 points": which way it moved is said before the word of worth.
    fn moved_before(&self, worth: usize) -> Option<Ordering> {
        let start = self.tokens.start.max(worth.saturating_sub(CLAUSE));
        let before = (start..worth).rev().take_while(|at| !matches!(self.mark(*at), Some(';')));
        before.filter(|at| !self.is_of_worth(*at)).find_map(|at| self.direction_at(at)).filter(|direction| direction.is_ne())
    }

    pub(super) fn nearest_direction(&self, at: usize) -> Option<Ordering> {
        (self.tokens.start..at).rev().find_map(|at| self.direction_at(at))
    }

    /// The direction right before what leads an amount in: "rose to", "was down from". A word farther off may be of
    /// something else ("sales growth slowed to").
    pub(super) fn leading_direction(&self, mention: &Mention) -> Option<(usize, Ordering)> {
        if !matches!(mention.slot, Slot::Current | Slot::Prior) {
            return None;
        }
        let linking = [Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Article, Cue::Over, Cue::Under, Cue::By];
        let fraction = |at: usize| self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Fraction(..)));
        let mut before = (self.tokens.start..mention.lead).rev().skip_while(|at| self.has_any(*at, &linking) || fraction(*at));
        // "nearly unchanged" is no growth of zero; "perdió 43 millones" is a loss, no fall.
        let nearly = |at: usize| at > self.tokens.start && self.has_any(at - 1, &[Cue::Under, Cue::About, Cue::Over]);
        // A ratio of costs is better when it is lower: of a percentage that is no margin the word says nothing.
        let percent = self.get(mention.figure).is_some_and(|figure| figure.kind == Kind::Percent);
        let unsaid = |at: usize| percent && self.is_of_worth(at) && self.margin_of(mention.figure).is_none();
        let moves = |at: usize| self.direction_at(at).filter(|_| !self.reader.has_cue(at, Cue::Loss) && !unsaid(at));
        let said_at = |at: usize| moves(at).filter(|direction| direction.is_ne() || !nearly(at)).map(|direction| (at, direction));
        let before = before.next().and_then(said_at).or_else(|| said_at(mention.lead));
        // 470万人に増えた
        let end = self.token_range(mention.figure).end;
        let end = self.name_behind(end).map_or(end, |name| name + 1);
        let behind = || {
            self.has_any(end, &[Cue::ToAfter, Cue::FromAfter])
                .then(|| (end + 1..self.tokens.end).find(|at| !self.has_any(*at, &linking)).and_then(said_at))
        };
        let verb = || self.verb_behind(mention).or_else(|| self.verb_before(mention)).filter(|(at, _)| !unsaid(*at));
        before.or_else(|| behind().flatten()).or_else(verb)
    }

    /// "ist auf 2,2 Prozent gesunken": the verb ends the clause right behind the figure.
    fn verb_behind(&self, mention: &Mention) -> Option<(usize, Ordering)> {
        let end = self.token_range(mention.figure).end;
        let direction = self.direction_at(end).filter(|_| self.reader.language.spaced && self.reader.has_cue(mention.lead, Cue::To))?;
        let ends = end + 1 >= self.tokens.end
            || matches!(self.mark(end + 1), Some(',' | ';' | ':' | '(' | ')' | '–' | '—'))
            || self.has_any(end + 1, &[Cue::And, Cue::Level, Cue::Expect]);
        ends.then_some((end, direction))
    }

    /// "fielen die Umsätze im Inland auf 288 Mio. Euro": the verb stands before its subject. A clause with verbs of
    /// both directions says nothing.
    fn verb_before(&self, mention: &Mention) -> Option<(usize, Ordering)> {
        const REACH: usize = 14;
        if !self.reader.language.spaced || !self.reader.has_cue(mention.lead, Cue::To) {
            return None;
        }
        let clause = (self.tokens.start.max(mention.lead.saturating_sub(REACH))..mention.lead)
            .rev()
            .take_while(|at| !matches!(self.mark(*at), Some(',' | ';' | ':' | '(' | ')' | '–' | '—')))
            .take_while(|at| self.figure_ending_at(at + 1).is_none() && !self.has_any(*at, &[Cue::And, Cue::Level]));
        let verbs: Vec<(usize, Ordering)> =
            clause.filter(|at| self.is_verb(*at)).filter_map(|at| Some((at, self.direction_at(at)?))).collect();
        verbs.first().copied().filter(|(_, direction)| verbs.iter().all(|(_, other)| other == direction))
    }

    /// Whether a word of direction is a verb, by what stands around it: no article or preposition before, no noun or
    /// "of" behind.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        let noun = at > self.tokens.start && self.has_any(at - 1, &[Cue::Article, Cue::Of, Cue::At, Cue::By, Cue::Against]);
        let opens = self.has_any(at + 1, &[Cue::Article, Cue::NotCount, Cue::YearOnYear, Cue::QuarterOnQuarter]);
        let of = self.reader.has_cue(at + 1, Cue::Of) && !self.reader.has_cue(at + 1, Cue::Article);
        !noun && opens && !of
    }
}

/// Whether a figure takes the direction before it for itself: a percentage from a percentage, points from points.
fn blocks(own: Kind, other: Kind) -> bool {
    let points = |kind: Kind| matches!(kind, Kind::Points | Kind::BasisPoints);
    if points(own) { points(other) } else { points(other) || other == Kind::Percent }
}
