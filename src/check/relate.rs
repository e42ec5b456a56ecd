//! Which figures does a text tie together, and how? The words around a figure give it a slot (current, prior,
//! change, growth …); a frame collects the slots of one statement; each stated result of a frame is one claim.

use super::figure::{Figure, Kind, RangeEnd, Reader, Unit};
use super::language::{Cue, Sense};
use super::scan::TokenKind;
use crate::relation::{Relation, Role};
use std::cmp::Ordering;
use std::ops::Range;

/// A claim before it is judged: figures by index.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) relation: Relation,
    pub(crate) roles: Vec<(Role, usize)>,
    /// The direction of a growth whose size is not stated.
    pub(crate) direction: Option<Ordering>,
    /// A growth of a loss: judged on the sizes.
    pub(crate) of_loss: bool,
}

/// Finds the claims among figures, and gives the figures the signs that their words give them.
pub(crate) fn relate(reader: Reader<'_>, figures: &mut Vec<Figure>) -> Vec<Draft> {
    let mut claims = Vec::new();
    let mut memory = Memory::default();
    for sentence in sentences(reader) {
        let first = figures.partition_point(|figure| figure.tokens.start < sentence.start);
        let last = figures.partition_point(|figure| figure.tokens.start < sentence.end);
        let mut reading = Sentence { reader, tokens: sentence, figures, first, last, claims: &mut claims };
        reading.read(&mut memory);
    }
    for claim in claims.iter().filter(|claim| claim.relation == Relation::Conversion) {
        let figure = |role: Role| claim.roles.iter().find(|(known, _)| *known == role).map(|(_, index)| *index);
        let name = figure(Role::Amount).and_then(|amount| figures.get(amount)).and_then(|amount| amount.metric.clone());
        if let Some(converted) = figure(Role::Converted).and_then(|converted| figures.get_mut(converted)) {
            converted.metric = name;
        }
    }
    claims.sort_by_key(|claim| (claim.roles.iter().map(|(_, figure)| *figure).min(), claim.relation != Relation::Conversion));
    claims
}

/// The token ranges between full stops and paragraph ends.
fn sentences(reader: Reader<'_>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, token) in reader.tokens.iter().enumerate() {
        if matches!(token.kind, TokenKind::Stop | TokenKind::Break) {
            sentences.push(start..at);
            start = at + 1;
        }
    }
    sentences.push(start..reader.tokens.len());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// What an earlier sentence leaves behind for "that was 9% more than …".
#[derive(Default)]
struct Memory {
    current: Option<usize>,
    metric: Option<u16>,
}

/// What a figure is in the statement it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// An amount, or a percentage that is a level: what it is now.
    Current,
    /// What it was before.
    Prior,
    Change,
    Growth,
    Points,
    Multiple,
    /// A percentage of another figure.
    Share,
    /// The second figure of a conversion, or one that a bracket has tied already.
    Taken,
    /// Nothing is said of it.
    Loose,
}

/// A figure with its slot.
#[derive(Debug, Clone, Copy)]
struct Mention {
    figure: usize,
    slot: Slot,
    /// The prior came with a word of comparison, not only "from".
    compared: bool,
    /// The current one was led in by a preposition or verb, not only standing there.
    firm: bool,
}

/// The slots of one statement.
#[derive(Debug, Default, Clone)]
struct Frame {
    metric: Option<u16>,
    current: Option<usize>,
    prior: Option<usize>,
    growths: Vec<usize>,
    changes: Vec<usize>,
    points: Vec<usize>,
    multiples: Vec<usize>,
    direction: Option<Ordering>,
    compared: bool,
    loss: bool,
}

impl Frame {
    fn is_empty(&self) -> bool {
        self.current.is_none() && self.prior.is_none() && !self.has_result()
    }

    fn has_result(&self) -> bool {
        !(self.growths.is_empty() && self.changes.is_empty() && self.points.is_empty() && self.multiples.is_empty())
    }
}

struct Sentence<'a, 'b> {
    reader: Reader<'a>,
    tokens: Range<usize>,
    figures: &'b mut Vec<Figure>,
    first: usize,
    last: usize,
    claims: &'b mut Vec<Draft>,
}

impl Sentence<'_, '_> {
    fn read(&mut self, memory: &mut Memory) {
        if self.first == self.last {
            self.remember_nothing_new(memory);
            return;
        }
        let mut slots: Vec<Mention> = Vec::new();
        let mut anchor: Option<usize> = None;
        for figure in self.first..self.last {
            let mention = match anchor.and_then(|anchor| self.apposition(anchor, figure)) {
                Some(slot) => Mention { figure, slot, compared: slot == Slot::Prior, firm: false },
                None => {
                    let mention = self.mention(figure, slots.last());
                    anchor = Some(figure);
                    mention
                }
            };
            slots.push(mention);
        }
        if self.has(Cue::Respectively) {
            if let Some(frames) = self.respectively(&slots) {
                frames.into_iter().for_each(|frame| self.finish(frame));
                return;
            }
        }
        self.frames(&slots, memory);
    }

    fn remember_nothing_new(&self, _memory: &mut Memory) {}

    fn has(&self, cue: Cue) -> bool {
        self.tokens.clone().any(|at| self.reader.has_cue(at, cue))
    }

    fn get(&self, figure: usize) -> Option<&Figure> {
        self.figures.get(figure)
    }

    fn token_range(&self, figure: usize) -> Range<usize> {
        self.get(figure).map_or(0..0, |figure| figure.tokens.clone())
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.reader.kind(at) {
            Some(TokenKind::Mark(c)) => Some(c),
            _ => None,
        }
    }

    // ---- appositions -------------------------------------------------------------------------------------------

    /// What a figure is that stands in brackets, after a dash or after "or" behind another: its conversion, its
    /// prior, or its growth.
    fn apposition(&mut self, anchor: usize, figure: usize) -> Option<Slot> {
        let previous = figure.checked_sub(1)?;
        let gap = self.token_range(previous).end..self.token_range(figure).start;
        let bracketed = self.opens_bracket(anchor, figure);
        if !(bracketed || self.is_apposition_gap(gap.clone())) {
            return None;
        }
        let (main, other) = (self.get(anchor)?.clone(), self.get(figure)?.clone());
        if main.is_level() && other.is_level() && main.kind == other.kind {
            return self.second_amount(anchor, figure, &main, &other, bracketed);
        }
        if bracketed && other.kind == Kind::Percent && main.is_level() {
            return self.bracketed_percent(anchor, figure, gap);
        }
        None
    }

    fn second_amount(&mut self, anchor: usize, figure: usize, main: &Figure, other: &Figure, bracketed: bool) -> Option<Slot> {
        match (&main.unit, &other.unit) {
            (Unit::Currency(a), Unit::Currency(b)) if a != b => {
                self.claims.push(Draft {
                    relation: Relation::Conversion,
                    roles: vec![(Role::Amount, anchor), (Role::Converted, figure)],
                    direction: None,
                    of_loss: false,
                });
                if let Some(converted) = self.figures.get_mut(figure) {
                    converted.set_negative(main.printed.value().is_negative());
                    converted.metric.clone_from(&main.metric);
                }
                Some(Slot::Taken)
            }
            // The figure of the year before in brackets: "EUR 102.4 million (98.7)".
            (a, b) if bracketed && a == b && (other.inherited || self.near(figure, Cue::PriorTime)) => Some(Slot::Prior),
            _ => None,
        }
    }

    /// "(up 12%)", "(+12%)", "(-18.9%)": the growth of the amount before the bracket.
    fn bracketed_percent(&mut self, _anchor: usize, figure: usize, gap: Range<usize>) -> Option<Slot> {
        let direction = gap.clone().rev().find_map(|at| self.direction_at(at)).or_else(|| self.right_direction(figure));
        if let Some(direction) = direction {
            self.figures.get_mut(figure)?.set_negative(direction.is_lt());
            return Some(Slot::Growth);
        }
        self.get(figure)?.signed.then_some(Slot::Growth)
    }

    /// Whether a bracket opens between two figures and does not close before the second.
    fn opens_bracket(&self, anchor: usize, figure: usize) -> bool {
        let between = self.token_range(anchor).end..self.token_range(figure).start;
        let mut depth = 0_i32;
        let mut opened = false;
        for at in between.clone() {
            match self.mark(at) {
                Some('(' | '（' | '[') => {
                    depth += 1;
                    opened = true;
                }
                Some(')' | '）' | ']') => depth -= 1,
                _ => {}
            }
        }
        // The bracket stands right behind the anchor, or behind what was tied to it already.
        let at_once = between.clone().next().is_some_and(|at| matches!(self.mark(at), Some('(' | '（' | '[')))
            || between.clone().take_while(|at| !matches!(self.mark(*at), Some('(' | '（' | '['))).all(|at| self.is_filler(at));
        opened && depth > 0 && at_once
    }

    fn is_filler(&self, at: usize) -> bool {
        [Cue::Article, Cue::Of].iter().any(|cue| self.reader.has_cue(at, *cue))
    }

    /// Whether only "or", a dash, a comma, hedges and articles stand between two figures, with one of the first two.
    fn is_apposition_gap(&self, gap: Range<usize>) -> bool {
        let mut led = false;
        for at in gap {
            let dash = matches!(self.mark(at), Some('–' | '—' | '=' | '＝' | '/'));
            let or = self.reader.has_cue(at, Cue::Or);
            led |= dash || or;
            let hedge = [Cue::About, Cue::Over, Cue::Under, Cue::Article].iter().any(|cue| self.reader.has_cue(at, *cue));
            if !(dash || or || hedge || matches!(self.mark(at), Some(',' | '，' | '、'))) {
                return false;
            }
        }
        led
    }

    // ---- slots -------------------------------------------------------------------------------------------------

    fn mention(&mut self, figure: usize, previous: Option<&Mention>) -> Mention {
        let kind = self.get(figure).map(|figure| figure.kind);
        let mut mention = match kind {
            Some(Kind::Percent) => self.percent(figure),
            Some(Kind::Points | Kind::BasisPoints) => {
                self.sign(figure);
                Mention { figure, slot: Slot::Points, compared: false, firm: true }
            }
            Some(Kind::Multiple) => Mention { figure, slot: Slot::Multiple, compared: false, firm: true },
            _ => self.level(figure),
        };
        // The second of "5% and 7%" is what the first is.
        if let Some(previous) = previous
            && self.is_joined(previous.figure, figure)
            && matches!(mention.slot, Slot::Current | Slot::Loose | Slot::Growth)
            && !mention.firm
        {
            (mention.slot, mention.compared) = (previous.slot, previous.compared);
            if previous.slot == Slot::Growth {
                let negative = self.get(previous.figure).is_some_and(|figure| figure.printed.value().is_negative());
                if let Some(figure) = self.figures.get_mut(figure) {
                    figure.set_negative(negative);
                }
            }
        }
        mention
    }

    /// Whether two figures of a kind are joined by "and" or a comma alone.
    fn is_joined(&self, a: usize, b: usize) -> bool {
        let same = self.get(a).zip(self.get(b)).is_some_and(|(a, b)| a.kind == b.kind);
        let mut gap = self.token_range(a).end..self.token_range(b).start;
        same && !gap.is_empty() && gap.all(|at| self.reader.has_cue(at, Cue::And) || matches!(self.mark(at), Some(',' | '、' | '，')))
    }

    /// The direction that a token says.
    fn direction_at(&self, at: usize) -> Option<Ordering> {
        let senses = self.reader.senses(at);
        senses.iter().find_map(|sense| match sense {
            Sense::Cue(Cue::Up | Cue::Widened) => Some(Ordering::Greater),
            Sense::Cue(Cue::Down | Cue::Narrowed) => Some(Ordering::Less),
            Sense::Cue(Cue::Flat) => Some(Ordering::Equal),
            _ => None,
        })
    }

    /// "an 18.9% decline", "13.1% higher": the direction right behind a figure.
    fn right_direction(&self, figure: usize) -> Option<Ordering> {
        const REACH: usize = 3;
        let end = self.token_range(figure).end;
        for at in end..(end + REACH).min(self.tokens.end) {
            if let Some(direction) = self.direction_at(at) {
                return Some(direction);
            }
            let passable = [Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Article].iter().any(|cue| self.reader.has_cue(at, *cue))
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
        const REACH: usize = 14;
        let start = self.token_range(figure).start;
        for at in (self.tokens.start.max(start.saturating_sub(REACH))..start).rev() {
            if let Some(direction) = self.direction_at(at) {
                return Some((at, direction));
            }
            if matches!(self.mark(at), Some(';' | '；')) || self.percent_ends_at(at) {
                return None;
            }
        }
        None
    }

    fn percent_ends_at(&self, at: usize) -> bool {
        let ratio = |figure: &Figure| matches!(figure.kind, Kind::Percent | Kind::Points | Kind::BasisPoints);
        self.figures.get(self.first..self.last).unwrap_or_default().iter().any(|figure| figure.tokens.end == at + 1 && ratio(figure))
    }

    /// Gives a percentage or points the sign of its words. Returns the direction and whether it is close by.
    fn sign(&mut self, figure: usize) -> Option<(Ordering, bool)> {
        let start = self.token_range(figure).start;
        let left = self.left_direction(figure);
        let close = left.filter(|(at, _)| (at + 1..start).all(|between| self.is_linking(between)));
        let direction = match (close, self.right_direction(figure), left) {
            (Some((_, direction)), _, _) | (None, Some(direction), _) => Some((direction, true)),
            (None, None, Some((_, direction))) => Some((direction, false)),
            _ => None,
        };
        if let (Some((direction, _)), Some(figure)) = (direction, self.figures.get_mut(figure)) {
            figure.set_negative(direction.is_lt());
        }
        direction
    }

    /// Words that may stand between a direction and its size: "by", "of", "about", articles, "year on year".
    fn is_linking(&self, at: usize) -> bool {
        let cues = [Cue::By, Cue::Of, Cue::About, Cue::Over, Cue::Under, Cue::Article, Cue::YearOnYear, Cue::QuarterOnQuarter];
        cues.iter().any(|cue| self.reader.has_cue(at, *cue))
    }

    fn percent(&mut self, figure: usize) -> Mention {
        let range = self.token_range(figure);
        let lead = self.lead(range.start);
        let mention = |slot, firm| Mention { figure, slot, compared: false, firm };
        let after_growth_word = (range.start.saturating_sub(3)..range.start).any(|at| self.direction_at(at).is_some());
        match lead {
            Some((Lead::Prior { compared }, _)) => return Mention { figure, slot: Slot::Prior, compared, firm: true },
            Some((Lead::To, _)) => return mention(Slot::Current, true),
            Some((Lead::Current, _)) if !after_growth_word && self.right_direction(figure).is_none() => return mention(Slot::Current, true),
            _ => {}
        }
        let share = self.reader.has_cue(range.end, Cue::Of) && (range.start.saturating_sub(3)..range.start).any(|at| self.reader.has_cue(at, Cue::Share));
        if share {
            return mention(Slot::Share, true);
        }
        match self.sign(figure) {
            Some(_) => mention(Slot::Growth, true),
            None if self.near(figure, Cue::YearOnYear) || self.near(figure, Cue::QuarterOnQuarter) => mention(Slot::Growth, true),
            None if self.get(figure).is_some_and(|figure| figure.signed) => mention(Slot::Growth, false),
            None => mention(Slot::Loose, false),
        }
    }

    fn level(&mut self, figure: usize) -> Mention {
        let range = self.token_range(figure);
        let prior_time = self.near(figure, Cue::PriorTime);
        let lead = self.lead(range.start);
        let (slot, compared, firm) = match lead {
            Some((Lead::Prior { compared }, _)) => (Slot::Prior, compared, true),
            Some((Lead::Change(_), _)) => (Slot::Change, false, true),
            Some((Lead::To, _)) => (Slot::Current, false, true),
            Some((Lead::Current, _)) if prior_time => (Slot::Prior, true, true),
            Some((Lead::Current, _)) => (Slot::Current, false, true),
            None if prior_time => (Slot::Prior, true, false),
            None => (Slot::Current, false, false),
        };
        if let Some((Lead::Change(direction), _)) = lead
            && let Some(figure) = self.figures.get_mut(figure)
        {
            figure.set_negative(direction.is_lt());
        }
        if slot != Slot::Change && lead.is_some_and(|(_, loss)| loss) {
            self.make_loss(figure);
        }
        Mention { figure, slot, compared, firm }
    }

    fn make_loss(&mut self, figure: usize) {
        if let Some(figure) = self.figures.get_mut(figure) {
            figure.set_negative(true);
        }
    }

    /// Whether a cue stands right behind a figure, a bracket or comma between.
    fn near(&self, figure: usize, cue: Cue) -> bool {
        let end = self.token_range(figure).end;
        (end..(end + 3).min(self.tokens.end))
            .take_while(|at| *at == end || matches!(self.mark(at - 1), Some(',' | '，' | ')' | '（' | '(')) || self.is_filler(at - 1))
            .any(|at| self.reader.has_cue(at, cue))
    }

    /// What leads a figure in: the nearest preposition, verb or direction before it, and whether a loss is named on
    /// the way.
    fn lead(&self, start: usize) -> Option<(Lead, bool)> {
        const REACH: usize = 6;
        let mut loss = false;
        let mut passed_of = false;
        for at in (self.tokens.start.max(start.saturating_sub(REACH))..start).rev() {
            let has = |cue| self.reader.has_cue(at, cue);
            loss |= has(Cue::Loss);
            if let Some(lead) = self.lead_at(at, passed_of) {
                return Some((lead, loss));
            }
            passed_of |= has(Cue::Of);
            let hedge = has(Cue::About) || has(Cue::Over) || has(Cue::Under) || has(Cue::Article) || has(Cue::Of) || has(Cue::Loss) || has(Cue::At);
            let metric = passed_of && (self.is_metric(at).is_some() || self.reader.kind(at) == Some(TokenKind::Word));
            if !(hedge || metric) {
                return loss.then_some((Lead::Current, true));
            }
        }
        loss.then_some((Lead::Current, true))
    }

    fn lead_at(&self, at: usize, passed_of: bool) -> Option<Lead> {
        let has = |cue| self.reader.has_cue(at, cue);
        if has(Cue::Against) {
            return Some(Lead::Prior { compared: true });
        }
        let directed = || self.nearest_direction(at);
        if has(Cue::By) && let Some(direction) = directed().filter(|_| !has(Cue::Of) || self.follows_direction(at)) {
            return Some(Lead::Change(direction));
        }
        if has(Cue::To) {
            return Some(Lead::To);
        }
        if has(Cue::From) && !(has(Cue::Of) && !self.follows_size(at)) {
            return Some(Lead::Prior { compared: false });
        }
        if let Some(direction) = self.direction_at(at).filter(|_| !has(Cue::Loss)) {
            return Some(Lead::Change(direction));
        }
        if has(Cue::Level) || (has(Cue::At) && !passed_of) {
            return Some(Lead::Current);
        }
        (passed_of && self.is_metric(at).is_some() && !has(Cue::Loss)).then_some(Lead::Current)
    }

    /// Whether a direction stands right before a token.
    fn follows_direction(&self, at: usize) -> bool {
        at > self.tokens.start && self.direction_at(at - 1).is_some()
    }

    /// Whether a figure or a direction stands before a token: then "de" means "from".
    fn follows_size(&self, at: usize) -> bool {
        self.figures.get(self.first..self.last).unwrap_or_default().iter().any(|figure| figure.tokens.end == at)
    }

    fn nearest_direction(&self, at: usize) -> Option<Ordering> {
        (self.tokens.start..at).rev().find_map(|at| self.direction_at(at))
    }

    fn is_metric(&self, at: usize) -> Option<u16> {
        self.reader.senses(at).iter().find_map(|sense| match sense {
            Sense::Metric(index) => Some(*index),
            _ => None,
        })
    }

    // ---- frames ------------------------------------------------------------------------------------------------

    /// "revenue and profit rose 5% and 7% to 10 and 3 million, respectively": lists of one length, item by item.
    fn respectively(&self, mentions: &[Mention]) -> Option<Vec<Frame>> {
        let of = |slot: Slot| mentions.iter().filter(|mention| mention.slot == slot).map(|mention| mention.figure).collect::<Vec<_>>();
        let (currents, priors, growths, changes) = (of(Slot::Current), of(Slot::Prior), of(Slot::Growth), of(Slot::Change));
        let length = [&currents, &priors, &growths, &changes].iter().map(|list| list.len()).max()?;
        let fits = [&currents, &priors, &growths, &changes].iter().all(|list| list.is_empty() || list.len() == length);
        if length < 2 || !fits {
            return None;
        }
        let direction = self.nearest_direction(self.tokens.end);
        let frame = |index: usize| Frame {
            current: currents.get(index).copied(),
            prior: priors.get(index).copied(),
            growths: growths.get(index).copied().into_iter().collect(),
            changes: changes.get(index).copied().into_iter().collect(),
            direction,
            compared: true,
            ..Frame::default()
        };
        Some((0..length).map(frame).collect())
    }

    fn frames(&mut self, mentions: &[Mention], memory: &mut Memory) {
        let mut frame = Frame { metric: None, ..Frame::default() };
        let mut at = self.tokens.start;
        for (index, mention) in mentions.iter().enumerate() {
            let range = self.token_range(mention.figure);
            let metric = if mention.slot == Slot::Prior { None } else { (at..range.start).rev().find_map(|at| self.is_metric(at)) };
            let boundary = (at..range.start).any(|at| matches!(self.mark(at), Some(';' | '；')));
            let other_metric = metric.is_some() && frame.metric.is_some() && metric != frame.metric;
            if boundary || (other_metric && !frame.is_empty()) || self.starts_new(&frame, mention, mentions.get(index + 1)) {
                let done = std::mem::take(&mut frame);
                self.finish_with_memory(done, memory);
            }
            frame.metric = metric.or(frame.metric);
            for token in at..range.start {
                if let Some(direction) = self.direction_at(token) {
                    frame.direction = Some(direction);
                }
                frame.loss |= self.reader.has_cue(token, Cue::Loss) && frame.prior.is_none() && frame.current.is_none();
            }
            self.fill(&mut frame, mention);
            at = range.end;
        }
        if frame.direction.is_none() {
            frame.direction = (at..self.tokens.end).find_map(|at| self.direction_at(at));
        }
        self.finish_with_memory(frame, memory);
    }

    /// Whether a figure begins the next statement: its slot is taken, or a growth leads in another amount.
    fn starts_new(&self, frame: &Frame, mention: &Mention, next: Option<&Mention>) -> bool {
        let conflicting = |known: Option<usize>| known.zip(self.get(mention.figure)).and_then(|(known, other)| self.get(known).map(|known| !known.same_unit(other)));
        match mention.slot {
            Slot::Current => frame.current.is_some() || conflicting(frame.prior).unwrap_or(false),
            Slot::Prior => frame.prior.is_some(),
            Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple => {
                let leads_on = next.is_some_and(|next| next.slot == Slot::Current && next.firm);
                frame.current.is_some() && frame.has_result() && leads_on
            }
            _ => false,
        }
    }

    fn fill(&self, frame: &mut Frame, mention: &Mention) {
        let figure = mention.figure;
        match mention.slot {
            Slot::Current => frame.current = Some(figure),
            Slot::Prior => {
                frame.prior = Some(figure);
                frame.compared |= mention.compared;
            }
            Slot::Growth => frame.growths.push(figure),
            Slot::Change => frame.changes.push(figure),
            Slot::Points => frame.points.push(figure),
            Slot::Multiple => frame.multiples.push(figure),
            Slot::Share | Slot::Taken | Slot::Loose => {}
        }
    }

    fn finish_with_memory(&mut self, frame: Frame, memory: &mut Memory) {
        if let Some(current) = frame.current.filter(|current| self.get(*current).is_some_and(Figure::is_level)) {
            memory.current = Some(current);
            memory.metric = frame.metric;
        }
        self.finish(frame);
    }

    /// Turns a frame into its claims: one for each stated result.
    fn finish(&mut self, frame: Frame) {
        self.name_metric(&frame);
        let levels = [frame.current, frame.prior];
        if frame.loss {
            self.turn_losses(&frame);
        }
        let (current, prior) = self.comparable(frame.current, frame.prior);
        if current.is_none() && prior.is_none() {
            return;
        }
        let of_loss = frame.loss && levels.iter().flatten().all(|level| self.get(*level).is_some_and(|figure| figure.printed.value().is_negative()));
        let amounts = |roles: &mut Vec<(Role, usize)>| {
            roles.extend(current.map(|current| (Role::Current, current)));
            roles.extend(prior.map(|prior| (Role::Prior, prior)));
        };
        let percentages = current.or(prior).and_then(|level| self.get(level)).is_some_and(|figure| figure.kind == Kind::Percent);
        let results = [
            (Relation::Growth, Role::Growth, &frame.growths),
            (Relation::Change, Role::Change, &frame.changes),
            (Relation::Points, Role::Points, &frame.points),
            (Relation::Multiple, Role::Multiple, &frame.multiples),
        ];
        let mut stated = false;
        for (relation, role, figures) in results {
            let relation_role = match relation {
                Relation::Growth if percentages => (Relation::Points, Role::Points),
                Relation::Points if !percentages => continue,
                _ => (relation, role),
            };
            for (index, figure) in figures.iter().enumerate() {
                let mut roles = Vec::with_capacity(3);
                amounts(&mut roles);
                if index > 0 {
                    // A second growth is over another base: the stated prior is the first one's.
                    roles.retain(|(role, _)| *role != Role::Prior);
                }
                roles.push((relation_role.1, *figure));
                if roles.len() >= 2 {
                    self.claims.push(Draft { relation: relation_role.0, roles, direction: None, of_loss });
                    stated = true;
                }
            }
        }
        if !stated && current.is_some() && prior.is_some() && (frame.compared || frame.direction.is_some()) {
            let mut roles = Vec::with_capacity(2);
            amounts(&mut roles);
            let relation = if percentages { Relation::Points } else { Relation::Growth };
            self.claims.push(Draft { relation, roles, direction: frame.direction, of_loss });
        }
    }

    /// Current and prior, if they can be compared; the current one alone otherwise.
    fn comparable(&self, current: Option<usize>, prior: Option<usize>) -> (Option<usize>, Option<usize>) {
        let single = |figure: &usize| self.get(*figure).is_some_and(|figure| figure.range != Some(RangeEnd::Low));
        let (current, prior) = (current.filter(single), prior.filter(single));
        match (current.and_then(|f| self.get(f)), prior.and_then(|f| self.get(f))) {
            (Some(a), Some(b)) if !a.same_unit(b) => (current, None),
            _ => (current, prior),
        }
    }

    /// In a statement of a loss the amounts are losses.
    fn turn_losses(&mut self, frame: &Frame) {
        for level in [frame.current, frame.prior].into_iter().flatten() {
            let range = self.token_range(level);
            let named = self.lead(range.start).is_some_and(|(_, loss)| loss);
            let other = (range.start.saturating_sub(4)..range.start).any(|at| self.is_metric(at).is_some() && !self.reader.has_cue(at, Cue::Loss));
            if (named || !other) && self.get(level).is_some_and(Figure::is_level) {
                self.make_loss(level);
            }
        }
    }

    fn name_metric(&mut self, frame: &Frame) {
        let Some(name) = frame.metric.and_then(|index| self.reader.language.metrics.get(usize::from(index))).cloned() else { return };
        let slots = [frame.current, frame.prior].into_iter().flatten();
        let results = frame.growths.iter().chain(&frame.changes).chain(&frame.points).chain(&frame.multiples).copied();
        for figure in slots.chain(results).collect::<Vec<_>>() {
            if let Some(figure) = self.figures.get_mut(figure) {
                figure.metric.get_or_insert_with(|| name.clone());
            }
        }
    }
}

/// What leads a figure in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// "to"
    To,
    /// "was", "reached", "at", "revenue of"
    Current,
    /// "from", "compared with"
    Prior { compared: bool },
    /// "rose", "by", "an increase of"
    Change(Ordering),
}
