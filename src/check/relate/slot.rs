//! What is a figure in the statement it stands in? Its kind and the words around it say.

use super::Sentence;
use crate::check::figure::{Kind, RangeEnd};
use crate::check::language::Cue;

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
            // "with the spread at 174 basis points"
            Some(Kind::Points | Kind::BasisPoints) if self.is_point_level(figure) => {
                Mention { slot: Slot::Loose, firm: true, ..Mention::new(figure, start) }
            }
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

    /// "with the spread at 174 basis points": led in as a level, and no direction stands beside it.
    fn is_point_level(&self, figure: usize) -> bool {
        let start = self.token_range(figure).start;
        let at = start.checked_sub(1).is_some_and(|at| self.has_any(at, &[Cue::At, Cue::To]) && !self.has_any(at, &[Cue::By, Cue::Of]));
        let beside = (start.saturating_sub(3)..start).any(|at| self.direction_at(at).is_some());
        at && !beside && self.right_direction(figure).is_none() && !self.get(figure).is_some_and(|figure| figure.signed)
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
            // "9,900 euros, 600 euros more than the year before": a comma alone makes no list of changes.
            let between = self.token_range(first.figure).end..self.token_range(last.figure).start;
            let apart = last.slot == Slot::Change && self.reader.language.spaced;
            if apart && !between.into_iter().any(|at| self.reader.has_cue(at, Cue::And)) {
                continue;
            }
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

    pub(super) fn is_negative(&self, figure: usize) -> bool {
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
}

fn is_amount(kind: Kind) -> bool {
    matches!(kind, Kind::Money | Kind::UnitPrice | Kind::Count)
}
