//! What is a figure in the statement it stands in? The words before and behind it say.

use super::Sentence;
use crate::check::figure::Kind;
use crate::check::language::Cue;
use crate::check::scan::TokenKind;
use std::cmp::Ordering;

/// The part of a figure in its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// An amount, or a percentage that is a level: what it is now.
    Current,
    /// What it was before.
    Prior,
    Change,
    Growth,
    Points,
    Multiple,
    /// Tied already: the second figure of a conversion, a share, a part.
    Taken,
    /// Nothing is said of it.
    Loose,
}

/// A figure with its slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub(super) figure: usize,
    pub(super) slot: Slot,
    /// The prior came with a word of comparison, not only "from".
    pub(super) compared: bool,
    /// The slot is said by a word, not only by standing there.
    pub(super) firm: bool,
    /// Where what leads the figure in begins: words from there on belong to the figure.
    pub(super) lead: usize,
}

/// What leads a figure in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// "to"
    To,
    /// "was", "reached", "at", "revenue of"
    Current,
    /// "from", "compared with"
    Prior { compared: bool },
    /// "rose", "by", "an increase of"
    Change(Ordering),
}

/// A lead, where it stands, and whether a loss is named between it and the figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Led {
    pub(super) lead: Lead,
    pub(super) at: usize,
    pub(super) loss: bool,
}

impl Sentence<'_, '_> {
    pub(super) fn mention(&mut self, figure: usize, before: &[Mention]) -> Mention {
        let kind = self.get(figure).map(|figure| figure.kind);
        let start = self.token_range(figure).start;
        let mut mention = match kind {
            Some(Kind::Percent) => self.percent(figure, before),
            Some(Kind::Points | Kind::BasisPoints) => {
                self.sign(figure);
                Mention { figure, slot: Slot::Points, compared: false, firm: true, lead: start }
            }
            Some(Kind::Multiple) => Mention { figure, slot: Slot::Multiple, compared: false, firm: true, lead: start },
            _ => self.level(figure, before),
        };
        if let Some(previous) = before.last()
            && self.is_joined(previous.figure, figure)
            && !mention.firm
        {
            self.continue_list(&mut mention, previous);
        }
        mention
    }

    /// The second of "5% and 7%" is what the first is.
    fn continue_list(&mut self, mention: &mut Mention, previous: &Mention) {
        (mention.slot, mention.compared) = (previous.slot, previous.compared);
        if previous.slot == Slot::Growth {
            let negative = self.is_negative(previous.figure);
            self.set_negative(mention.figure, negative);
        }
    }

    fn is_negative(&self, figure: usize) -> bool {
        self.get(figure).is_some_and(|figure| figure.printed.value().is_negative())
    }

    /// Whether two figures of a kind are joined by "and" or a comma alone, a repeated preposition between.
    fn is_joined(&self, a: usize, b: usize) -> bool {
        let same = self.get(a).zip(self.get(b)).is_some_and(|(a, b)| a.kind == b.kind);
        let gap = self.token_range(a).end..self.token_range(b).start;
        let joint = |at: usize| self.reader.has_cue(at, Cue::And) || matches!(self.mark(at), Some(',' | '、' | '，'));
        let joined = gap.clone().next().is_some_and(joint);
        same && joined && gap.into_iter().all(|at| joint(at) || self.has_any(at, &[Cue::By, Cue::Of, Cue::To, Cue::From, Cue::Article]))
    }

    // ---- directions --------------------------------------------------------------------------------------------

    /// "an 18.9% decline", "13.1% higher": the direction right behind a figure.
    pub(super) fn right_direction(&self, figure: usize) -> Option<Ordering> {
        const REACH: usize = 3;
        let end = self.token_range(figure).end;
        for at in end..(end + REACH).min(self.tokens.end) {
            if let Some(direction) = self.direction_at(at) {
                return Some(direction);
            }
            // "15% more than the …"
            match at == end {
                true if self.reader.has_cue(at, Cue::Over) => return Some(Ordering::Greater),
                true if self.reader.has_cue(at, Cue::Under) => return Some(Ordering::Less),
                _ => {}
            }
            let passable = self.has_any(at, &[Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Article, Cue::Of])
                || (at == end && self.reader.kind(at) == Some(TokenKind::Word))
                || self.mark(at) == Some('-');
            if !passable {
                return None;
            }
        }
        None
    }

    /// "fell 18.9%", "a decline of 18.9%": the nearest direction before a figure, not past another percentage.
    fn left_direction(&self, figure: usize) -> Option<(usize, Ordering)> {
        const REACH: usize = 16;
        let start = self.token_range(figure).start;
        for at in (self.tokens.start.max(start.saturating_sub(REACH))..start).rev() {
            if let Some(direction) = self.direction_at(at) {
                return Some((at, direction));
            }
            let blocked = |other: usize| self.get(figure).zip(self.get(other)).is_some_and(|(own, other)| blocks(own.kind, other.kind));
            if matches!(self.mark(at), Some(';' | '；')) || self.figure_ending_at(at + 1).is_some_and(blocked) {
                return None;
            }
        }
        None
    }

    /// Gives a percentage or points the sign of its words.
    fn sign(&mut self, figure: usize) -> Option<Ordering> {
        let start = self.token_range(figure).start;
        let linking = [Cue::By, Cue::Of, Cue::About, Cue::Over, Cue::Under, Cue::Article, Cue::YearOnYear, Cue::QuarterOnQuarter];
        let left = self.left_direction(figure);
        let close = left.filter(|(at, _)| (at + 1..start).all(|between| self.has_any(between, &linking)));
        let direction =
            close.map(|(_, direction)| direction).or_else(|| self.right_direction(figure)).or(left.map(|(_, direction)| direction))?;
        self.set_negative(figure, direction.is_lt());
        Some(direction)
    }

    pub(super) fn nearest_direction(&self, at: usize) -> Option<Ordering> {
        (self.tokens.start..at).rev().find_map(|at| self.direction_at(at))
    }

    // ---- percentages -------------------------------------------------------------------------------------------

    fn percent(&mut self, figure: usize, before: &[Mention]) -> Mention {
        let range = self.token_range(figure);
        let led = self.lead(range.start);
        let mention = |slot, firm| Mention { figure, slot, compared: false, firm, lead: led.map_or(range.start, |led| led.at) };
        let near_direction = (range.start.saturating_sub(3)..range.start).any(|at| self.direction_at(at).is_some())
            || self.right_direction(figure).is_some();
        match led.map(|led| led.lead) {
            lead if lead.is_none_or(|lead| matches!(lead, Lead::Change(_))) && self.is_measured_on(before.last(), range.start) => {
                return Mention { compared: true, ..mention(Slot::Prior, true) };
            }
            Some(Lead::Prior { compared }) => return Mention { compared, ..mention(Slot::Prior, true) },
            Some(Lead::To) => return mention(Slot::Current, true),
            Some(Lead::Current) if !near_direction => return mention(Slot::Current, true),
            _ => {}
        }
        if self.reader.has_cue(range.end, Cue::Of) && !near_direction {
            // "35% of the group's revenue" is a share, whatever rose before.
            return mention(Slot::Loose, true);
        }
        let marked = self.near(figure, &[Cue::YearOnYear, Cue::QuarterOnQuarter]);
        if near_direction || self.continues_growth(figure, before).is_none() {
            if self.sign(figure).is_some() || marked {
                return mention(Slot::Growth, true);
            }
            let signed = self.get(figure).is_some_and(|figure| figure.signed);
            return mention(if signed { Slot::Growth } else { Slot::Loose }, false);
        }
        // "rose 10% to 1.3 billion and maintenance 12% to 700 million": the second goes the way of the first.
        if let Some(previous) = self.continues_growth(figure, before) {
            let negative = self.is_negative(previous);
            self.set_negative(figure, negative);
        }
        mention(Slot::Growth, true)
    }

    /// The growth whose verb a percentage shares: it has no direction of its own since that one, and goes on "and
    /// 12% to …", "and 279% year on year", "et de 30 % par rapport à …".
    fn continues_growth(&self, figure: usize, before: &[Mention]) -> Option<usize> {
        let previous = before.iter().rev().find(|mention| mention.slot == Slot::Growth)?.figure;
        let range = self.token_range(figure);
        let gap = self.token_range(previous).end..range.start;
        let own = gap.clone().any(|at| self.direction_at(at).is_some());
        let joined = gap.clone().any(|at| self.reader.has_cue(at, Cue::And) || matches!(self.mark(at), Some(',' | '，' | '、')));
        let by = range.start.checked_sub(1).is_some_and(|at| self.has_any(at, &[Cue::By, Cue::And, Cue::About, Cue::Over, Cue::Under]));
        let leads_on = self.has_any(range.end, &[Cue::To, Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Against, Cue::From]);
        (!own && joined && (by || leads_on)).then_some(previous)
    }

    // ---- amounts -----------------------------------------------------------------------------------------------

    fn level(&mut self, figure: usize, before: &[Mention]) -> Mention {
        let range = self.token_range(figure);
        let led = self.lead(range.start);
        let prior_time = self.near(figure, &[Cue::PriorTime]) || self.prior_time_before(range.start);
        let measured = led.is_none_or(|led| matches!(led.lead, Lead::Change(_))) && self.is_measured_on(before.last(), range.start);
        let times = before.last().is_some_and(|last| last.slot == Slot::Multiple && self.follows_closely(last.figure, range.start));
        let behind = self.direction_at(range.end);
        let (slot, compared, firm) = match led.map(|led| led.lead) {
            _ if times || measured || self.goes_from(figure) => (Slot::Prior, true, true),
            Some(Lead::Prior { compared }) => (Slot::Prior, compared, true),
            Some(Lead::Change(_)) => (Slot::Change, false, true),
            Some(Lead::To) => (Slot::Current, false, true),
            Some(Lead::Current) if prior_time => (Slot::Prior, true, true),
            Some(Lead::Current) => (Slot::Current, false, true),
            None if prior_time => (Slot::Prior, true, false),
            // "3.1 million higher than in 2021"
            None if behind.is_some() => (Slot::Change, false, true),
            None => (Slot::Current, false, false),
        };
        let direction = match led.map(|led| led.lead) {
            Some(Lead::Change(direction)) => Some(direction),
            None => behind,
            _ => None,
        };
        if let (Slot::Change, Some(direction)) = (slot, direction) {
            self.set_negative(figure, direction.is_lt());
        }
        if slot != Slot::Change && led.is_some_and(|led| led.loss) {
            self.set_negative(figure, true);
        }
        Mention { figure, slot, compared, firm, lead: led.map_or(range.start, |led| led.at) }
    }

    /// "3.2% below last year's $410 million", "10% above those of the second quarter ($4.0 billion)": a comparison
    /// stands right behind the size before, and nothing ends the thought.
    fn is_measured_on(&self, previous: Option<&Mention>, start: usize) -> bool {
        const REACH: usize = 12;
        let Some(previous) = previous.filter(|previous| matches!(previous.slot, Slot::Growth | Slot::Points | Slot::Multiple)) else { return false };
        let end = self.token_range(previous.figure).end;
        let compares = self.direction_at(end).is_some() || self.has_any(end, &[Cue::Over, Cue::Under]);
        let whole = (end..start).all(|at| !matches!(self.mark(at), Some(',' | ';' | '，' | '；' | ':')) && !self.has_any(at, &[Cue::And, Cue::To, Cue::At]));
        compares && whole && start - end <= REACH
    }

    /// "from 4.1 to 4.7 billion": whatever else the first preposition may mean, here it is "from".
    fn goes_from(&self, figure: usize) -> bool {
        let range = self.token_range(figure);
        let next = figure + 1;
        let led = range.start > self.tokens.start && self.reader.has_cue(range.start - 1, Cue::From);
        let to = self.reader.has_cue(range.end, Cue::To) && next < self.last && range.end + 2 >= self.token_range(next).start;
        led && to && self.get(figure).zip(self.get(next)).is_some_and(|(a, b)| a.same_unit(b) && a.range.is_none())
    }

    /// "2.4 times the $4.0 billion": only articles between.
    fn follows_closely(&self, previous: usize, start: usize) -> bool {
        let end = self.token_range(previous).end;
        end < start && (end..start).all(|at| self.has_any(at, &[Cue::Article, Cue::Of]) && !self.has_any(at, &[Cue::To, Cue::At]))
    }

    /// "A year earlier, revenue was …": the time opens the clause.
    fn prior_time_before(&self, start: usize) -> bool {
        const REACH: usize = 8;
        let from = self.tokens.start.max(start.saturating_sub(REACH));
        let clause = (from..start)
            .rev()
            .take_while(|at| !matches!(self.mark(*at), Some(';' | '；' | ':' | '(')))
            .take_while(|at| self.figure_ending_at(at + 1).is_none());
        let opening = clause.filter(|at| self.reader.has_cue(*at, Cue::PriorTime)).last();
        opening.is_some_and(|at| {
            at == self.tokens.start || matches!(self.mark(at - 1), Some(',' | '，')) || self.has_any(at - 1, &[Cue::And, Cue::Article])
        })
    }

    /// Whether a cue stands right behind a figure, a bracket, comma or article between.
    pub(super) fn near(&self, figure: usize, cues: &[Cue]) -> bool {
        let end = self.token_range(figure).end;
        let passable =
            |at: usize| matches!(self.mark(at), Some(',' | '，' | ')' | '（' | '(')) || self.has_any(at, &[Cue::Article, Cue::Of, Cue::At]);
        (end..(end + 4).min(self.tokens.end)).take_while(|at| *at == end || passable(at - 1)).any(|at| self.has_any(at, cues))
    }

    /// What leads a figure in: the nearest preposition, verb or direction before it.
    pub(super) fn lead(&self, start: usize) -> Option<Led> {
        const REACH: usize = 8;
        let (mut loss, mut passed_of) = (false, false);
        let fallback = |loss: bool, at: usize| loss.then_some(Led { lead: Lead::Current, at, loss });
        for at in (self.tokens.start.max(start.saturating_sub(REACH))..start).rev() {
            if self.figure_ending_at(at + 1).is_some() {
                return fallback(loss, at + 1);
            }
            loss |= self.reader.has_cue(at, Cue::Loss);
            if let Some(lead) = self.lead_at(at, passed_of) {
                // "to a net profit of": the preposition before the name decides.
                let outer = (lead == Lead::Current && passed_of).then(|| self.outer_lead(at)).flatten();
                return Some(outer.map_or(Led { lead, at, loss }, |(lead, at)| Led { lead, at, loss }));
            }
            passed_of |= self.reader.has_cue(at, Cue::Of);
            let passable = self.has_any(at, &[Cue::About, Cue::Over, Cue::Under, Cue::Article, Cue::Of, Cue::Loss, Cue::At])
                || (passed_of && (self.metric_at(at).is_some() || self.reader.kind(at) == Some(TokenKind::Word)));
            if !passable {
                return fallback(loss, at);
            }
        }
        fallback(loss, start)
    }

    /// "to", "from" or "compared with" before the name of an amount and its article.
    fn outer_lead(&self, name: usize) -> Option<(Lead, usize)> {
        let mut at = name.checked_sub(1).filter(|at| *at >= self.tokens.start)?;
        if self.reader.has_cue(at, Cue::Article) && at > self.tokens.start {
            at -= 1;
        }
        match self.lead_at(at, false) {
            Some(lead @ (Lead::To | Lead::Prior { .. })) => Some((lead, at)),
            _ => None,
        }
    }

    fn lead_at(&self, at: usize, passed_of: bool) -> Option<Lead> {
        let has = |cue| self.reader.has_cue(at, cue);
        let behind_size = || self.figure_ending_at(at).and_then(|figure| self.get(figure)).is_some_and(|figure| !figure.is_level());
        if has(Cue::Against) || (self.has_any(at, &[Cue::OnBase, Cue::Over, Cue::Under]) && behind_size()) {
            return Some(Lead::Prior { compared: true });
        }
        let follows_direction = at > self.tokens.start && self.direction_at(at - 1).is_some();
        if has(Cue::By)
            && let Some(direction) = self.nearest_direction(at).filter(|_| !has(Cue::Of) || follows_direction)
        {
            return Some(Lead::Change(direction));
        }
        if has(Cue::To) {
            return Some(Lead::To);
        }
        // "de" is "from" only after a size or a verb that moves; elsewhere it is "of".
        if has(Cue::From) && !(has(Cue::Of) && self.figure_ending_at(at).is_none()) {
            return Some(Lead::Prior { compared: false });
        }
        if let Some(direction) = self.direction_at(at).filter(|_| !has(Cue::Loss)) {
            return Some(Lead::Change(direction));
        }
        if has(Cue::Level) || (has(Cue::At) && !passed_of) {
            return Some(Lead::Current);
        }
        (passed_of && self.metric_at(at).is_some() && !has(Cue::Loss)).then_some(Lead::Current)
    }
}

/// Whether a figure takes the direction before it for itself: a percentage from a percentage, points from points.
fn blocks(own: Kind, other: Kind) -> bool {
    let points = |kind: Kind| matches!(kind, Kind::Points | Kind::BasisPoints);
    if points(own) { points(other) } else { points(other) || other == Kind::Percent }
}
