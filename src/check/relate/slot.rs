//! What is a figure in the statement it stands in? The words before and behind it say.

use super::frame::Basis;
use super::{Memory, Sentence};
use crate::check::figure::{Figure, Kind, RangeEnd};
use crate::check::language::{Cue, PeriodWord, Sense};
use crate::check::scan::TokenKind;
use std::cmp::Ordering;

/// How far the words of a clause are looked at, in tokens: no sentence of prose is longer, and an endless one costs
/// no more.
pub(super) const CLAUSE: usize = 60;

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
    /// Of a change: it goes down.
    pub(super) falls: bool,
    /// Only its time says that it is a prior.
    pub(super) timed: bool,
}

impl Mention {
    /// A figure that nothing is known of yet.
    pub(super) fn new(figure: usize, lead: usize) -> Mention {
        Mention { figure, slot: Slot::Loose, compared: false, firm: false, lead, falls: false, timed: false }
    }
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
    /// "above", "ahead of": what it is measured on, whoever said so
    Beside,
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
        if let Some(low) = before.last().filter(|_| self.get(figure).is_some_and(|figure| figure.range == Some(RangeEnd::High))) {
            let negative = self.is_negative(low.figure);
            self.set_negative(figure, negative);
            return Mention { figure, ..*low };
        }
        let start = self.token_range(figure).start;
        let mut mention = match kind {
            _ if self.get(figure).is_some_and(|figure| figure.flat) => {
                Mention { slot: Slot::Growth, firm: true, ..Mention::new(figure, start) }
            }
            Some(Kind::Percent) => self.percent(figure, before),
            Some(Kind::Points | Kind::BasisPoints) => {
                self.sign(figure);
                Mention { slot: Slot::Points, firm: true, ..Mention::new(figure, start) }
            }
            // "leverage of 2.1 times"
            Some(Kind::Multiple) if start > self.tokens.start && self.reader.has_cue(start - 1, Cue::Of) && self.is_named_level(start) => {
                Mention { slot: Slot::Loose, ..Mention::new(figure, start) }
            }
            Some(Kind::Multiple) => Mention { slot: Slot::Multiple, firm: true, ..Mention::new(figure, start) },
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
        if previous.slot == Slot::Growth && !self.get(mention.figure).is_some_and(|figure| figure.signed) {
            let negative = self.is_negative(previous.figure);
            self.set_negative(mention.figure, negative);
        }
    }

    /// 6.1%、12.5%増えた, 200億円と35億円から: what stands behind the last of a list is said of all.
    pub(super) fn join_backwards(&mut self, mentions: &mut [Mention]) {
        for index in (1..mentions.len()).rev() {
            let (Some(first), Some(last)) = (mentions.get(index - 1).copied(), mentions.get(index).copied()) else { continue };
            let end = self.token_range(last.figure).end;
            let behind = self.has_any(end, &[Cue::ByAfter, Cue::FromAfter, Cue::ToAfter]);
            if first.firm && first.slot != Slot::Prior || first.slot == Slot::Taken || !behind || !self.is_joined(first.figure, last.figure)
            {
                continue;
            }
            if last.slot == Slot::Growth {
                let negative = self.is_negative(last.figure);
                self.set_negative(first.figure, negative);
            }
            if let Some(first) = mentions.get_mut(index - 1) {
                (first.slot, first.compared, first.firm) = (last.slot, last.compared, true);
            }
        }
    }

    /// "In 2023 revenue was 5 million", after that of 2024: the earlier year is the prior.
    pub(super) fn date_priors(&self, mentions: &mut [Mention], memory: &Memory) {
        let mut reference = memory.last.map(|(figure, metric)| (figure, metric, false));
        for index in 0..mentions.len() {
            let Some(mention) = mentions.get(index).copied().filter(|mention| mention.slot == Slot::Current) else { continue };
            let range = self.token_range(mention.figure);
            let metric = (self.tokens.start.max(range.start.saturating_sub(10))..range.start).rev().find_map(|at| self.metric_at(at));
            if let Some((figure, of, here)) = reference
                && self.get(figure).zip(self.get(mention.figure)).is_some_and(|(a, b)| a.same_unit(b))
                && if here { metric.is_none() || metric == of } else { metric.is_some() && metric == of }
                && self.is_earlier(mention.figure, figure).is_some()
            {
                if let Some(mention) = mentions.get_mut(index) {
                    (mention.slot, mention.compared, mention.firm) = (Slot::Prior, true, true);
                }
                continue;
            }
            reference = Some((mention.figure, metric, true));
        }
    }

    /// "Last year it was 5.4 billion, compared with 2.7 billion the year before": of two earlier times the first is the
    /// one spoken of.
    pub(super) fn later_of_two(&self, mentions: &mut [Mention]) {
        let parts = |mention: &Mention| {
            (self.tokens.start..self.token_range(mention.figure).start).filter(|at| matches!(self.mark(*at), Some(';' | '；'))).count()
        };
        let mut start = 0;
        while let Some(clause) = mentions.get(start).map(parts) {
            let length = mentions.get(start..).unwrap_or_default().iter().take_while(|mention| parts(mention) == clause).count().max(1);
            self.later_of_clause(mentions.get_mut(start..start + length).unwrap_or_default());
            start += length;
        }
    }

    fn later_of_clause(&self, mentions: &mut [Mention]) {
        let level = |mention: &&Mention| self.get(mention.figure).is_some_and(Figure::is_level);
        let mut levels = mentions.iter().filter(level);
        let Some(opening) = levels.next().copied().filter(|mention| mention.timed) else { return };
        let same = |other: &&Mention| self.get(other.figure).zip(self.get(opening.figure)).is_some_and(|(a, b)| a.same_unit(b));
        if levels.find(same).is_some_and(|other| other.slot == Slot::Prior && !other.timed)
            && let Some(opening) = mentions.iter_mut().find(|mention| mention.figure == opening.figure)
        {
            (opening.slot, opening.compared) = (Slot::Current, false);
        }
    }

    /// Whether a figure's own words date it before another: by its year, or by the quarter before.
    pub(super) fn is_earlier(&self, figure: usize, than: usize) -> Option<Basis> {
        let (own, then) = (self.moment(figure), self.moment(than));
        let years = own.0.zip(then.0);
        if let Some((own, then)) = years.filter(|(own, then)| own != then) {
            return (own < then).then_some(Basis::Year);
        }
        let before = matches!(
            own.1.zip(then.1)?,
            (PeriodWord::Q1, PeriodWord::Q2)
                | (PeriodWord::Q2, PeriodWord::Q3)
                | (PeriodWord::Q3, PeriodWord::Q4)
                | (PeriodWord::H1, PeriodWord::H2)
        );
        before.then_some(Basis::Quarter)
    }

    /// The year and the part of it that the words before a figure name, up to the figure before it.
    fn moment(&self, figure: usize) -> (Option<i64>, Option<PeriodWord>) {
        const REACH: usize = 14;
        let start = self.token_range(figure).start;
        let is_level = |other: &usize| self.get(*other).is_some_and(Figure::is_level);
        let previous = (self.first..figure).rev().find(is_level).map_or(0, |previous| self.token_range(previous).end);
        let words = || {
            let back = (previous.max(start.saturating_sub(REACH))..start).rev();
            back.take_while(|at| !matches!(self.reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break)))
        };
        let part = words().find_map(|at| {
            self.reader.senses(at).iter().find_map(|sense| match sense {
                Sense::Period(word) if *word != PeriodWord::Y => Some(*word),
                _ => None,
            })
        });
        // "236 million in 2023"
        let next = self.get(figure + 1).map_or(usize::MAX, |next| next.tokens.start);
        let end = self.token_range(figure).end;
        let behind = || (end..next.min(end + 3)).find_map(|at| self.year_at(at));
        (words().find_map(|at| self.year_at(at)).or_else(behind), part)
    }

    fn year_at(&self, at: usize) -> Option<i64> {
        match self.reader.kind(at)? {
            TokenKind::Number(value) if value.scale() == 0 => {
                i64::try_from(value.mantissa()).ok().filter(|year| (1900..=2100).contains(year))
            }
            _ => None,
        }
    }

    fn is_negative(&self, figure: usize) -> bool {
        self.get(figure).is_some_and(|figure| figure.printed.value().is_negative())
    }

    /// Whether two figures of a kind are joined by "and" or a comma alone, a repeated preposition between.
    fn is_joined(&self, a: usize, b: usize) -> bool {
        // "to 56 million litres and 71 million euros" is a list where its items are paired.
        let alike = |a: Kind, b: Kind| a == b || (self.has(Cue::Respectively) && is_amount(a) && is_amount(b));
        let same = self.get(a).zip(self.get(b)).is_some_and(|(a, b)| alike(a.kind, b.kind));
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
        // "32 million (3.9%) higher": the bracket closes first.
        let end = end + usize::from(matches!(self.mark(end), Some(')' | '）')));
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

    /// 32億円増, 32億円（3.9%）増の857億円: a direction that always belongs to the figure before it.
    fn direction_behind(&self, figure: usize) -> Option<Ordering> {
        let mut end = self.token_range(figure).end;
        if matches!(self.mark(end), Some('(' | '（')) {
            end = (end..self.tokens.end).find(|at| matches!(self.mark(*at), Some(')' | '）')))? + 1;
        }
        end += usize::from(matches!(self.mark(end), Some(')' | '）')));
        self.direction_at(end).filter(|_| self.reader.has_cue(end, Cue::ByAfter))
    }

    /// "200 million less than at the end of 2021", "1.5 billion higher at 4.5 billion": an amount is the change where a
    /// comparison follows at once.
    fn comparison_behind(&self, figure: usize) -> Option<Ordering> {
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
            () => self.direction_at(end).filter(|_| self.has_any(end + 1, &[Cue::Against, Cue::At, Cue::OnBase, Cue::YearOnYear])),
        }
    }

    /// "fell 18.9%", "a decline of 18.9%": the nearest direction before a figure, not past another percentage.
    fn left_direction(&self, figure: usize) -> Option<(usize, Ordering)> {
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
    fn stands_behind(&self, at: usize) -> bool {
        self.reader.language.spaced && self.reader.has_cue(at, Cue::ByAfter)
    }

    /// "nahm um 5 % auf 3 Mio. Euro ab", "wurde um 5 % gesenkt": the direction that ends the clause, or a particle
    /// behind the verb and its figures.
    fn final_direction(&self, figure: usize) -> Option<Ordering> {
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
        // The verb, or a participle before its auxiliary; no noun ("expect a fall", "mit sinkenden Erträgen").
        let noun = |at: usize| at > end && self.has_any(at - 1, &[Cue::To, Cue::At, Cue::Of]) && self.reader.language.spaced;
        let auxiliary = last > end && self.has_any(last, &[Cue::Level, Cue::NotCount, Cue::Expect]) && self.metric_at(last).is_none();
        let before = || self.direction_at(last - 1).filter(|_| !noun(last - 1));
        particle.or_else(|| self.direction_at(last).filter(|_| !noun(last)).or_else(|| auxiliary.then(before)?))
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
    fn sign(&mut self, figure: usize) -> Option<Ordering> {
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

    // ---- percentages -------------------------------------------------------------------------------------------

    fn percent(&mut self, figure: usize, before: &[Mention]) -> Mention {
        let range = self.token_range(figure);
        let led = self.lead(range.start);
        let mention = |slot, firm| Mention { slot, firm, ..Mention::new(figure, led.map_or(range.start, |led| led.at)) };
        let moves = |direction: Option<Ordering>| direction.is_some_and(Ordering::is_ne);
        let near_direction =
            (range.start.saturating_sub(3)..range.start).any(|at| moves(self.direction_at(at))) || moves(self.right_direction(figure));
        let after = |cue| self.reader.has_cue(range.end, cue);
        if self.compares_in_bracket(figure) {
            return Mention { compared: true, ..mention(Slot::Prior, true) };
        }
        if let Some(previous) = before.iter().rev().find(|mention| mention.slot == Slot::Growth)
            && self.stands_for_noun(range.start)
        {
            // "a rise of 6% to 312, for sales one of 5.9% to 9.7 million"
            let negative = self.is_negative(previous.figure);
            self.set_negative(figure, negative);
            return mention(Slot::Growth, true);
        }
        if self.opens_with(range.start) && self.points_follow(figure) {
            return mention(Slot::Current, true);
        }
        if after(Cue::FromAfter) {
            return Mention { compared: true, ..mention(Slot::Prior, true) };
        }
        if after(Cue::ToAfter) && !near_direction {
            return mention(Slot::Current, true);
        }
        match led.map(|led| led.lead) {
            lead if lead.is_none_or(|lead| matches!(lead, Lead::Change(_))) && self.is_measured_on(before.last(), range.start) => {
                return Mention { compared: true, ..mention(Slot::Prior, true) };
            }
            _ if self.goes_from(figure) && !self.grows_between(figure) => return Mention { compared: true, ..mention(Slot::Prior, true) },
            // "after a 4.2% rise in April"
            Some(Lead::Prior { .. }) if self.right_direction(figure).is_some_and(Ordering::is_ne) && !self.leads_to_figure(figure) => {
                self.sign(figure);
                return mention(Slot::Loose, true);
            }
            Some(Lead::Prior { compared }) => return Mention { compared, ..mention(Slot::Prior, true) },
            Some(Lead::Current) if !near_direction && self.prior_time_before(range.start) => {
                return Mention { compared: true, ..mention(Slot::Prior, true) };
            }
            Some(Lead::To) => return mention(Slot::Current, true),
            _ if self.tells_change(figure, before) => {
                self.sign(figure);
                return mention(Slot::Growth, true);
            }
            Some(Lead::Current) if !near_direction => return mention(Slot::Current, true),
            _ => {}
        }
        // 毛利率20.5%: the name stands right before.
        let named = range.start.checked_sub(1).is_some_and(|at| self.metric_at(at).is_some()) && !self.reader.language.spaced;
        if !near_direction && (named || self.points_follow(figure)) {
            return mention(Slot::Current, false);
        }
        if !near_direction && self.prior_follows(figure) {
            return mention(Slot::Current, false);
        }
        let signed = self.get(figure).is_some_and(|figure| figure.signed);
        if !near_direction && !signed && self.is_named_level(range.start) {
            let compared = self.get(figure + 1).filter(|_| figure + 1 < self.last).is_some_and(|next| !next.is_level());
            return mention(if compared { Slot::Current } else { Slot::Loose }, false);
        }
        let signed = self.get(figure).is_some_and(|figure| figure.signed);
        if self.reader.has_cue(range.end, Cue::Of) && !near_direction && !signed {
            // "35% of the group's revenue" is a share, whatever rose before.
            return mention(Slot::Loose, true);
        }
        let marked = self.near(figure, &[Cue::YearOnYear, Cue::QuarterOnQuarter]);
        if near_direction || self.continues_growth(figure, before).is_none() {
            if self.sign(figure).is_some() || marked {
                return mention(Slot::Growth, true);
            }
            return mention(if signed { Slot::Growth } else { Slot::Loose }, false);
        }
        // "rose 10% to 1.3 billion and maintenance 12% to 700 million": the second goes the way of the first.
        if let Some(previous) = self.continues_growth(figure, before).filter(|_| !signed) {
            let negative = self.is_negative(previous);
            self.set_negative(figure, negative);
        }
        mention(Slot::Growth, true)
    }

    /// 比年初的212.9%上升5.5个百分点: the direction behind a figure is of the next one.
    fn leads_to_figure(&self, figure: usize) -> bool {
        const REACH: usize = 4;
        let gap = self.token_range(figure).end..self.token_range(figure + 1).start;
        figure + 1 < self.last && gap.len() <= REACH && !gap.into_iter().any(|at| self.mark(at).is_some())
    }

    /// "a market share of 9.8%": the noun before "of" is none of direction.
    fn is_named_level(&self, start: usize) -> bool {
        const REACH: usize = 6;
        let back = || (self.tokens.start.max(start.saturating_sub(REACH))..start).rev();
        let of =
            back().next().is_some_and(|at| self.has_any(at, &[Cue::Of, Cue::Share]) && !self.has_any(at, &[Cue::By, Cue::Or, Cue::Equals]));
        let name = |at: usize| {
            matches!(self.reader.kind(at), Some(TokenKind::Word))
                || self.metric_at(at).is_some()
                || self.has_any(at, &[Cue::Of, Cue::Article, Cue::Share])
        };
        let phrase = || back().take_while(|at| name(*at) || self.direction_at(*at).is_some());
        self.reader.language.spaced
            && of
            && (phrase().count() > 1 || self.reader.has_cue(start - 1, Cue::Share))
            && !phrase().any(|at| self.direction_at(at).is_some())
    }

    /// "an NPL ratio 1.25%, down 3 basis points": what changes by points is a level.
    pub(super) fn points_follow(&self, figure: usize) -> bool {
        let kind = |figure: usize| self.get(figure).filter(|_| figure < self.last).map(|figure| figure.kind);
        let points = |figure: usize| matches!(kind(figure), Some(Kind::Points | Kind::BasisPoints));
        // 拨备覆盖率218.4%，比年初的212.9%上升5.5个百分点
        let compared = !self.reader.language.spaced && kind(figure + 1) == Some(Kind::Percent) && points(figure + 2);
        let behind = figure + 1 + usize::from(compared);
        let gap = self.token_range(figure).end..self.token_range(behind).start;
        points(behind) && !gap.into_iter().any(|at| matches!(self.mark(at), Some(';' | '；')))
    }

    /// "31% of profit, against 27%": what is compared with another percentage is a level.
    pub(super) fn prior_follows(&self, figure: usize) -> bool {
        const REACH: usize = 8;
        let next = figure + 1;
        let other = self.get(next).filter(|other| next < self.last && other.kind == Kind::Percent && !other.signed);
        let (end, start) = (self.token_range(figure).end, self.token_range(next).start);
        let whole =
            || start - end <= REACH && !(end..start).any(|at| matches!(self.mark(at), Some(';' | '(')) || self.direction_at(at).is_some());
        let led = || self.lead(start).is_some_and(|led| matches!(led.lead, Lead::Prior { .. }));
        let unsigned = self.get(figure).is_some_and(|figure| !figure.signed);
        unsigned && other.is_some() && start > end && whole() && led()
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
        let prior_time = self.prior_time_after(figure)
            || self.prior_time_before(range.start)
            || (!before.is_empty() && self.prior_time_beside(range.start))
            || self.continues_prior_sentence(before, range.start)
            || self.is_of_that_time(before, range.start);
        let measured = led.is_none_or(|led| matches!(led.lead, Lead::Change(_))) && self.is_measured_on(before.last(), range.start);
        let times = before.last().is_some_and(|last| last.slot == Slot::Multiple && self.follows_closely(last.figure, range.start));
        let behind = self.direction_behind(figure).or_else(|| self.comparison_behind(figure)).or_else(|| self.compared_size(range.end));
        // "auf 412 Mio. Euro gestiegen gegenüber", "mit 3 Mio. Euro unter dem des Vorjahres": a level all the same.
        let level = led.is_some_and(|led| matches!(led.lead, Lead::To | Lead::Prior { .. }));
        let below = before.is_empty()
            && led.is_some_and(|led| led.lead == Lead::Current)
            && self.has_any(range.end, &[Cue::Over, Cue::Under, Cue::Against])
            && !self.reader.slice(range.end).contains(' ');
        let behind = behind.filter(|_| !level && !below);
        // "dook met 34 mln in het rood"
        let red = self.reader.language.spaced && self.reader.has_cue(range.end, Cue::Loss);
        let (slot, compared, firm) = match led.map(|led| led.lead) {
            _ if self.compares_in_bracket(figure) || self.compares_with_before(&range) => (Slot::Prior, true, true),
            // "um 85 auf 640 Millionen Euro abgebaut"
            lead if behind.is_some() && !(self.reader.language.spaced && lead == Some(Lead::To)) => (Slot::Change, false, true),
            _ if times || measured || self.goes_from(figure) || self.is_base(figure) => (Slot::Prior, true, true),
            None | Some(Lead::Current) if !prior_time && self.reader.has_cue(range.end, Cue::ToAfter) => (Slot::Current, false, true),
            Some(Lead::Prior { compared }) => (Slot::Prior, compared, true),
            Some(Lead::Change(_)) if red => (Slot::Current, false, true),
            Some(Lead::Beside) if prior_time => (Slot::Prior, true, true),
            Some(Lead::Beside) => (Slot::Loose, false, true),
            Some(Lead::Change(_)) => (Slot::Change, false, true),
            Some(Lead::To) if self.compares_by(before.last(), range.start) => (Slot::Prior, true, true),
            Some(Lead::To) => (Slot::Current, false, true),
            Some(Lead::Current) if prior_time => (Slot::Prior, true, true),
            Some(Lead::Current) => (Slot::Current, false, true),
            None if prior_time => (Slot::Prior, true, false),
            None => (Slot::Current, false, false),
        };
        let timed = prior_time && slot == Slot::Prior && matches!(led.map(|led| led.lead), None | Some(Lead::Current));
        let led_direction = led.and_then(|led| match led.lead {
            Lead::Change(direction) => Some(direction),
            _ => None,
        });
        let falls = slot == Slot::Change && behind.or(led_direction).is_some_and(Ordering::is_lt);
        // "was cut by 120 million" is a change whatever else is said; in "cut 1,200 jobs" it depends.
        if falls && led.is_some_and(|led| self.reader.has_cue(led.at, Cue::By)) {
            self.set_negative(figure, true);
        }
        let money = kind_of(self.get(figure)) == Some(Kind::Money);
        if slot != Slot::Change && ((led.is_some_and(|led| led.loss) && money) || self.is_loss_behind(range.end)) {
            self.set_negative(figure, true);
        }
        Mention { figure, slot, compared, firm, lead: led.map_or(range.start, |led| led.at), falls, timed }
    }

    /// "3.2% below last year's $410 million", "10% above those of the second quarter ($4.0 billion)": a comparison
    /// stands right behind the size before, and nothing ends the thought.
    fn is_measured_on(&self, previous: Option<&Mention>, start: usize) -> bool {
        const REACH: usize = 12;
        let Some(previous) =
            previous.filter(|previous| matches!(previous.slot, Slot::Growth | Slot::Points | Slot::Multiple | Slot::Change))
        else {
            return false;
        };
        // Where directions stand behind, they compare with nothing.
        if !self.reader.language.spaced {
            return false;
        }
        let end = self.token_range(previous.figure).end;
        let compares = self.direction_at(end).is_some() || self.has_any(end, &[Cue::Over, Cue::Under]);
        let whole = (end..start)
            .all(|at| !matches!(self.mark(at), Some(',' | ';' | '，' | '；' | ':')) && !self.has_any(at, &[Cue::And, Cue::To, Cue::At]));
        // "7% more pay for 120,000 workers" is measured on nothing.
        let base = [
            Cue::Against,
            Cue::OnBase,
            Cue::PriorTime,
            Cue::Over,
            Cue::Under,
            Cue::Of,
            Cue::YearOnYear,
            Cue::QuarterOnQuarter,
            Cue::Anaphor,
        ];
        let named = (end..start).any(|at| self.has_any(at, &base)) || self.reader.slice(end).contains(' ');
        compares && whole && named && start - end <= REACH
    }

    /// "5 million more than a year earlier": a size, by the comparison right behind it.
    fn compared_size(&self, end: usize) -> Option<Ordering> {
        // "kwam € 5 mln hoger uit op € 47 mln"
        let compares = [Cue::Against, Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::PriorTime, Cue::To, Cue::At];
        let dated = |at: usize| {
            let part = |sense: &Sense| matches!(sense, Sense::Period(_) | Sense::Month(_));
            self.year_at(at).is_some() || self.reader.senses(at).iter().any(part)
        };
        let behind = (end + 1..end + 3).find(|at| !self.reader.has_cue(*at, Cue::Article))?;
        let hedge = match end {
            end if self.reader.has_cue(end, Cue::Over) => Some(Ordering::Greater),
            end if self.reader.has_cue(end, Cue::Under) => Some(Ordering::Less),
            _ => None,
        };
        let hedge = hedge.filter(|_| self.has_any(behind, &[Cue::PriorTime, Cue::NotCount]) && self.figure_starting_at(behind).is_none());
        let direction = self.direction_at(end).filter(|_| self.has_any(behind, &compares) || dated(behind)).or(hedge);
        direction.filter(|_| self.reader.language.spaced)
    }

    /// "slightly above the 1.18 billion of a year earlier"
    fn compares_with_before(&self, range: &std::ops::Range<usize>) -> bool {
        let hedge =
            (self.tokens.start..range.start).rev().find(|at| !self.reader.has_cue(*at, Cue::Article) || self.direction_at(*at).is_some());
        hedge.is_some_and(|at| self.reader.compares_with_before(at, range.end))
    }

    /// "rose 5% on the season before (375 million)": in brackets behind the time of a comparison stands the prior.
    fn compares_in_bracket(&self, figure: usize) -> bool {
        const REACH: usize = 7;
        let range = self.token_range(figure);
        let dated = |at: usize| {
            self.has_any(at, &[Cue::PriorTime, Cue::Against, Cue::Of, Cue::Article, Cue::At, Cue::NotCount, Cue::About])
                || self.mark(at) == Some(':')
                || self.year_at(at).is_some()
                || self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Period(_) | Sense::Month(_)))
        };
        let open = (self.tokens.start.max(range.start.saturating_sub(CLAUSE))..range.start)
            .rev()
            .find(|at| !dated(*at))
            .filter(|at| self.mark(*at) == Some('('));
        let Some(open) = open.filter(|_| self.reader.language.spaced) else { return false };
        // "to 11.2% (2022: 11.6%)"
        let beside = self.figure_ending_at(open).is_some_and(|previous| {
            let percents =
                self.get(previous).zip(self.get(figure)).is_some_and(|(a, b)| a.kind == Kind::Percent && b.kind == Kind::Percent);
            percents && !self.get(figure).is_some_and(|figure| figure.signed) && !self.get(previous).is_some_and(|previous| previous.signed)
        });
        if beside && self.right_direction(figure).is_none() && (open..range.start).all(|at| self.direction_at(at).is_none()) {
            let close = (range.end..self.tokens.end.min(range.end + CLAUSE)).find(|at| !dated(*at));
            return close.is_some_and(|at| self.mark(at) == Some(')'));
        }
        if self.get(figure).is_some_and(|figure| figure.signed && !figure.is_level()) || self.right_direction(figure).is_some() {
            return false;
        }
        let compares = [Cue::Against, Cue::OnBase, Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::PriorTime];
        // "dépassé de 7,5 % celles de 2022 (296,1 M€)"
        let size = figure.checked_sub(1).filter(|size| *size >= self.first && !self.get(*size).is_some_and(|size| size.is_level()));
        let year = open.checked_sub(1).is_some_and(|at| self.year_at(at).is_some());
        if year && size.is_some_and(|size| (self.token_range(size).end..open).all(|at| self.mark(at).is_none())) {
            return true;
        }
        (self.tokens.start.max(open.saturating_sub(REACH))..open)
            .rev()
            .take_while(|at| self.mark(*at).is_none() && self.figure_ending_at(at + 1).is_none())
            .any(|at| self.has_any(at, &compares))
    }

    /// "einen von 5,9 Prozent", "celle de 5 %": the article stands for the noun said before.
    fn stands_for_noun(&self, start: usize) -> bool {
        let Some(article) = start.checked_sub(2).filter(|at| *at >= self.tokens.start) else { return false };
        self.reader.has_cue(article + 1, Cue::Of)
            && self.reader.has_cue(article, Cue::Article)
            && self.reader.senses(article).contains(&Sense::Cardinal(1))
    }

    /// "With 9.3% the margin was …": the figure opens the sentence.
    pub(super) fn opens_with(&self, start: usize) -> bool {
        start == self.tokens.start + 1 && self.reader.has_cue(self.tokens.start, Cue::At)
    }

    /// "a 5 million loss", 24億円の赤字.
    pub(super) fn is_loss_behind(&self, end: usize) -> bool {
        self.name_behind(end).is_some_and(|at| self.reader.has_cue(at, Cue::Loss))
    }

    /// The name that stands behind its figure: 24億円の赤字, 5億円の利益; with spaces only that of a loss.
    pub(super) fn name_behind(&self, end: usize) -> Option<usize> {
        let of = self.reader.has_cue(end, Cue::Of);
        // "the $25 million it lost"
        let at = end + usize::from(of || self.reader.has_cue(end, Cue::Anaphor));
        let named = self.reader.has_cue(at, Cue::Loss) || (of && !self.reader.language.spaced && self.metric_at(at).is_some());
        (at < self.tokens.end && named).then_some(at)
    }

    /// 15億円から, 400億円の3.2倍: the words behind say that a figure is what another is measured from.
    fn is_base(&self, figure: usize) -> bool {
        let end = self.token_range(figure).end;
        let next = self.get(figure + 1).filter(|next| figure + 1 < self.last && next.kind == Kind::Multiple);
        let end = self.name_behind(end).map_or(end, |name| name + 1);
        let of_multiple = self.reader.has_cue(end, Cue::Of) && next.is_some_and(|next| next.tokens.start == end + 1);
        self.reader.has_cue(end, Cue::FromAfter) || of_multiple
    }

    /// "5 million a year earlier"; but not where the time leads in the next figure.
    fn prior_time_after(&self, figure: usize) -> bool {
        if !self.near(figure, &[Cue::PriorTime]) {
            return false;
        }
        let leading = [Cue::Level, Cue::Of, Cue::At, Cue::Loss, Cue::About, Cue::Over, Cue::Under];
        let next = self.token_range(figure + 1).start;
        let time = (self.token_range(figure).end..self.tokens.end).find(|at| self.reader.has_cue(*at, Cue::PriorTime));
        let leads_on = |time: usize| {
            figure + 1 < self.last
                && (time + 1..next).all(|at| {
                    self.has_any(at, &leading)
                        || matches!(self.mark(at), Some(':' | '：' | '='))
                        || self.metric_at(at).is_some()
                        || (!self.reader.language.spaced && self.reader.kind(at) == Some(TokenKind::Word))
                })
        };
        !time.is_some_and(leads_on)
    }

    /// "from 4.1 to 4.7 billion": whatever else the first preposition may mean, here it is "from".
    fn goes_from(&self, figure: usize) -> bool {
        let range = self.token_range(figure);
        let next = figure + 1;
        let before = range.start.checked_sub(1).filter(|at| *at >= self.tokens.start);
        let led = before.is_some_and(|at| self.reader.has_cue(at, Cue::From));
        // "augmenté de 4,2 pour s'établir à 73,5": where "de" is "by" too, only the plainest "à" goes from one to the other.
        let by = before.is_some_and(|at| self.reader.has_cue(at, Cue::By) && at > 0 && self.direction_at(at - 1).is_some());
        if by && self.reader.slice(range.end).contains(' ') {
            return false;
        }
        // "from 212 million in 2022 to 248 million"
        let dated = |at: &usize| {
            self.has_any(*at, &[Cue::PriorTime, Cue::Of, Cue::Article, Cue::NotCount]) && !self.has_any(*at, &[Cue::To, Cue::By])
                || self.year_at(*at).is_some()
                || self.reader.senses(*at).iter().any(|sense| matches!(sense, Sense::Period(_) | Sense::Month(_)))
        };
        let end = (range.end..self.tokens.end.min(range.end + CLAUSE)).find(|at| !dated(at)).unwrap_or(range.end);
        let to = self.reader.has_cue(end, Cue::To) && next < self.last && end + 2 >= self.token_range(next).start;
        // "kletterte von 58,7 Prozent um 2,6 Prozentpunkte auf 61,3 Prozent"
        let aim = next + 1;
        let onward = self.reader.has_cue(end, Cue::By) && aim < self.last && self.reader.has_cue(self.token_range(next).end, Cue::To);
        if led && onward && before.is_some_and(|at| at > 0 && self.direction_at(at - 1).is_some()) {
            return self.get(figure).zip(self.get(aim)).is_some_and(|(a, b)| a.same_unit(b));
        }
        led && to && self.get(figure).zip(self.get(next)).is_some_and(|(a, b)| a.same_unit(b) && a.range.is_none())
    }

    /// "è cresciuto da 4,1 a 4,7 milioni, pari al 14,6%": behind both amounts a percentage that tells the same.
    fn tells_change(&self, figure: usize, before: &[Mention]) -> bool {
        let [.., prior, current] = before else { return false };
        let moved = prior.slot == Slot::Prior && current.slot == Slot::Current && self.left_direction(prior.figure).is_some();
        let mut gap = self.token_range(current.figure).end..self.token_range(figure).start;
        let told = gap.clone().any(|at| self.has_any(at, &[Cue::Equals, Cue::Or]));
        moved
            && told
            && gap.all(|at| matches!(self.mark(at), Some(',')) || self.has_any(at, &[Cue::Equals, Cue::Or, Cue::Article, Cue::About]))
    }

    /// "prevé crecer de 5% a 7%": what is expected to grow does so at a rate between the two.
    fn grows_between(&self, figure: usize) -> bool {
        let from = self.token_range(figure).start - 1;
        from > self.tokens.start && self.direction_at(from - 1).is_some() && self.has(Cue::Expect)
    }

    /// "cifra inferior en 12,9 % a los 99.210 millones": the word before the size compares.
    fn compares_by(&self, previous: Option<&Mention>, start: usize) -> bool {
        let Some(size) = previous.filter(|previous| previous.slot == Slot::Growth && self.reader.language.spaced) else { return false };
        let range = self.token_range(size.figure);
        let leads = |at: usize| self.has_any(at, &[Cue::To, Cue::Article]);
        let compares =
            self.left_direction(size.figure).is_some_and(|(at, _)| at + 3 >= range.start && self.reader.has_cue(at, Cue::Against));
        compares && range.end < start && (range.end..start).all(leads)
    }

    /// Whether a figure ends at a comma, a particle of its verb between: "auf 13,6 Prozent nach, von".
    fn ends_behind_figure(&self, comma: usize) -> bool {
        self.figure_ending_at(comma).is_some() || comma.checked_sub(1).is_some_and(|particle| self.figure_ending_at(particle).is_some())
    }

    /// "2.4 times the $4.0 billion": only articles between.
    fn follows_closely(&self, previous: usize, start: usize) -> bool {
        let end = self.token_range(previous).end;
        // 2.1倍の630億円 is 630 now.
        self.reader.language.spaced
            && (end..start).all(|at| {
                let links = self.has_any(at, &[Cue::Article, Cue::Of, Cue::PriorTime]) && !self.has_any(at, &[Cue::To, Cue::At]);
                self.metric_at(at).is_some() || links
            })
    }

    /// "A year earlier, revenue was 5 million and profit 2 million": the time that opens a sentence is that of all.
    fn continues_prior_sentence(&self, before: &[Mention], start: usize) -> bool {
        let opens = self.reader.has_cue(self.tokens.start, Cue::PriorTime);
        let since = before.last().map_or(self.tokens.start, |last| self.token_range(last.figure).end);
        let now = (since..start).any(|at| self.reader.has_cue(at, Cue::Now));
        opens && !now && !before.is_empty() && before.iter().all(|mention| mention.slot == Slot::Prior)
    }

    /// "18.5% more than in May 2022, when 871,000 were sold": a figure of the time that the size before is measured on.
    fn is_of_that_time(&self, before: &[Mention], start: usize) -> bool {
        let Some(size) = before.last().filter(|last| matches!(last.slot, Slot::Growth | Slot::Multiple)) else { return false };
        let gap = self.token_range(size.figure).end..start;
        let mut takes_up = gap.clone().filter(|at| self.reader.has_cue(*at, Cue::ThatTime));
        let compared = |at: usize| {
            (gap.start..at).any(|at| {
                self.has_any(
                    at,
                    &[Cue::Against, Cue::PriorTime, Cue::OnBase, Cue::Over, Cue::Under, Cue::YearOnYear, Cue::QuarterOnQuarter],
                )
            })
        };
        takes_up.next().is_some_and(compared)
    }

    /// "A year earlier, revenue was …": the time opens the clause.
    fn prior_time_before(&self, start: usize) -> bool {
        const REACH: usize = 8;
        let from = self.tokens.start.max(start.saturating_sub(REACH));
        if !self.reader.language.spaced {
            // The topic of the clause, wherever in it.
            return (from..start)
                .rev()
                .take_while(|at| !matches!(self.mark(*at), Some(',' | '，' | '、' | ';' | '；')) && self.figure_ending_at(at + 1).is_none())
                .any(|at| self.reader.has_cue(at, Cue::PriorTime));
        }
        let clause = (from..start)
            .rev()
            .take_while(|at| !matches!(self.mark(*at), Some(';' | '；' | ':' | '(')))
            .take_while(|at| self.figure_ending_at(at + 1).is_none());
        let opening = clause.filter(|at| self.reader.has_cue(*at, Cue::PriorTime)).last();
        opening.is_some_and(|at| {
            at == self.tokens.start
                || matches!(self.mark(at - 1), Some(',' | '，' | ';' | ':' | '('))
                || self.has_any(at - 1, &[Cue::And, Cue::Article, Cue::Clause])
        })
    }

    /// "after they had been a year earlier 200 million": the time stands right before.
    fn prior_time_beside(&self, start: usize) -> bool {
        let linking = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let before = (self.tokens.start..start).rev().find(|at| !self.has_any(*at, &linking) || self.reader.has_cue(*at, Cue::PriorTime));
        self.reader.language.spaced
            && before.is_some_and(|at| self.reader.has_cue(at, Cue::PriorTime) && !self.reader.has_cue(at, Cue::Now))
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
            // 净利润3亿元: the name stands right before the number.
            let name = !self.reader.language.spaced && self.metric_at(at).is_some();
            // "the 2022 figure of", 2022年的
            let period = || self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Period(_)));
            let year = passed_of
                && (self.year_at(at).is_some() || period() || (self.reader.has_cue(at, Cue::NotCount) && !self.reader.language.spaced));
            let passable = name
                || year
                || self.has_any(at, &[Cue::About, Cue::Over, Cue::Under, Cue::Article, Cue::Of, Cue::Loss, Cue::At])
                || (passed_of && (self.metric_at(at).is_some() || self.reader.kind(at) == Some(TokenKind::Word)));
            if !passable {
                return self.inverted_lead(at).or_else(|| fallback(loss, at));
            }
        }
        fallback(loss, start)
    }

    /// "won het aandeel 2,30 euro": the subject stands between its verb and the size.
    fn inverted_lead(&self, noun: usize) -> Option<Led> {
        let verb = noun.checked_sub(2).filter(|at| *at >= self.tokens.start && self.reader.language.spaced)?;
        let subject =
            self.reader.kind(noun) == Some(TokenKind::Word) || self.metric_at(noun).is_some() || self.reader.has_cue(noun, Cue::Share);
        let plain = !self.has_any(verb, &[Cue::Over, Cue::Under, Cue::Against, Cue::Of, Cue::Loss]);
        let direction = self.direction_at(verb).filter(|direction| direction.is_ne() && plain)?;
        (subject && self.reader.has_cue(noun - 1, Cue::Article)).then_some(Led { lead: Lead::Change(direction), at: verb, loss: false })
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

    fn by_direction(&self, at: usize) -> Option<Ordering> {
        let figure = (self.first..self.last).find(|figure| self.token_range(*figure).start > at);
        // "de winst met 6 mln verbeterde tot 48 mln"
        let behind = |figure: usize| self.direction_at(self.token_range(figure).end);
        let own = figure.and_then(|figure| self.final_direction(figure).or_else(|| behind(figure)));
        own.or_else(|| self.nearest_direction(at)).or_else(|| self.excess_before(at))
    }

    /// "übertraf das des Vorjahres um 14,2 Prozent", "dépassent de 62 M€": a verb that is a bound elsewhere; no
    /// comparative, which would hedge.
    fn excess_before(&self, by: usize) -> Option<Ordering> {
        const REACH: usize = 8;
        // "übertrafen den Vorjahreswert (296,1 Mio. Euro) um 7,5 Prozent": what stands in brackets is passed over.
        let start = self.tokens.start.max(by.saturating_sub(CLAUSE));
        let closed = by.checked_sub(1).filter(|at| self.mark(*at) == Some(')'));
        let by = closed.and_then(|close| (start..close).rev().find(|at| self.mark(*at) == Some('('))).unwrap_or(by);
        let back = || {
            (self.tokens.start.max(by.saturating_sub(REACH))..by)
                .rev()
                .take_while(|at| self.mark(*at).is_none() && self.figure_ending_at(at + 1).is_none())
        };
        let verb = |at: &usize, cue| {
            self.reader.has_cue(*at, cue) && !self.reader.slice(*at).contains(' ') && self.reader.has_cue(*at, Cue::Level)
        };
        if !self.reader.language.spaced {
            return None;
        }
        back().find_map(|at| match () {
            () if verb(&at, Cue::Over) => Some(Ordering::Greater),
            () if verb(&at, Cue::Under) => Some(Ordering::Less),
            () => None,
        })
    }

    fn lead_at(&self, at: usize, passed_of: bool) -> Option<Lead> {
        let has = |cue| self.reader.has_cue(at, cue);
        let fraction =
            || at.checked_sub(1).is_some_and(|before| self.reader.senses(before).iter().any(|sense| matches!(sense, Sense::Fraction(..))));
        let is_size = |figure: usize| self.get(figure).is_some_and(|own| !own.is_level()) || self.comparison_behind(figure).is_some();
        let behind_size = || self.figure_ending_at(at).is_some_and(is_size) || fraction();
        if has(Cue::Against) || (self.has_any(at, &[Cue::OnBase, Cue::Over, Cue::Under]) && behind_size()) {
            return Some(Lead::Prior { compared: true });
        }
        if has(Cue::ByAfter) && self.figure_ending_at(at).is_some() {
            // 45億円少ない1,120億円: the change stands before, what follows is the current figure.
            return Some(Lead::To);
        }
        if has(Cue::PriorTime) && (passed_of || !self.reader.language.spaced) {
            return Some(Lead::Prior { compared: true });
        }
        let exceeds = |at: usize| self.has_any(at, &[Cue::Over, Cue::Under]) && self.reader.has_cue(at, Cue::Level);
        let follows_direction = at > self.tokens.start && (self.direction_at(at - 1).is_some() || exceeds(at - 1));
        if has(Cue::By)
            && let Some(direction) = self.by_direction(at).filter(|_| !has(Cue::Of) || follows_direction)
        {
            return Some(Lead::Change(direction));
        }
        if has(Cue::To) {
            return Some(Lead::To);
        }
        // "de" is "from" only after a size or a verb that moves; elsewhere it is "of".
        let after_size = self.figure_ending_at(at).is_some()
            || (at > self.tokens.start && matches!(self.mark(at - 1), Some(',')) && self.ends_behind_figure(at - 1));
        if has(Cue::From) && (after_size || !has(Cue::Of)) {
            return Some(Lead::Prior { compared: false });
        }
        // "ganó 5 millones" is a level, "ganó un 5 %" a growth.
        if let Some(direction) = self.direction_at(at).filter(|_| !has(Cue::Loss) && !has(Cue::Level) && !self.stands_behind(at)) {
            return Some(if has(Cue::OnBase) { Lead::Beside } else { Lead::Change(direction) });
        }
        if has(Cue::Level) || (has(Cue::At) && !passed_of) {
            return Some(Lead::Current);
        }
        (passed_of && self.metric_at(at).is_some() && !has(Cue::Loss)).then_some(Lead::Current)
    }
}

fn kind_of(figure: Option<&Figure>) -> Option<Kind> {
    figure.map(|figure| figure.kind)
}

fn is_amount(kind: Kind) -> bool {
    matches!(kind, Kind::Money | Kind::UnitPrice | Kind::Count)
}

/// Whether a figure takes the direction before it for itself: a percentage from a percentage, points from points.
fn blocks(own: Kind, other: Kind) -> bool {
    let points = |kind: Kind| matches!(kind, Kind::Points | Kind::BasisPoints);
    if points(own) { points(other) } else { points(other) || other == Kind::Percent }
}
