//! The figures around a claim: which stand near it, what they are used for already, and of which time they are.

use super::super::slot::Slot;
use super::super::time::Basis;
use super::super::{Draft, Figure, Reader, Sentence};
use super::levels;
use crate::check::figure::{Kind, RangeEnd};
use crate::check::scan::TokenKind;
use crate::relation::{Relation, Role};
use std::ops::Range;

/// How many figures on either side of a claim are looked at.
const REACH: usize = 6;

/// A figure in more claims than these is taken for good.
const MOST_USES: usize = 6;

/// The figures and claims of a document while they are completed.
pub(super) struct Scene<'a, 'f> {
    pub(super) reader: Reader<'a>,
    sentences: &'f [Range<usize>],
    slots: &'f [Slot],
    pub(super) figures: &'f mut [Figure],
    pub(super) claims: &'f mut Vec<Draft>,
    dropped: Vec<bool>,
    /// The claims of each figure.
    uses: Vec<Vec<usize>>,
}

/// Of which time a figure is, seen from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    Before,
    Unsaid,
    After,
}

impl<'a, 'f> Scene<'a, 'f> {
    pub(super) fn new(
        reader: Reader<'a>,
        sentences: &'f [Range<usize>],
        slots: &'f [Slot],
        figures: &'f mut [Figure],
        claims: &'f mut Vec<Draft>,
    ) -> Scene<'a, 'f> {
        let uses = vec![Vec::new(); figures.len()];
        let dropped = vec![false; claims.len()];
        let mut scene = Scene { reader, sentences, slots, figures, claims, dropped, uses };
        (0..scene.claims.len()).for_each(|claim| scene.enter(claim));
        scene
    }

    /// Ends the stage: what was dropped is gone, and so is a growth whose size is stated elsewhere of the same amounts.
    pub(super) fn clear(self) {
        let mut dropped = self.dropped.iter();
        self.claims.retain(|_| !dropped.next().is_some_and(|dropped| *dropped));
    }

    pub(super) fn slot(&self, figure: usize) -> Slot {
        self.slots.get(figure).copied().unwrap_or(Slot::Loose)
    }

    pub(super) fn get(&self, figure: usize) -> Option<&Figure> {
        self.figures.get(figure)
    }

    /// Gives a figure a sign; the one it had, if that was another.
    pub(super) fn turn(&mut self, figure: usize, negative: bool) -> Option<(usize, bool)> {
        let own = self.figures.get_mut(figure)?;
        let before = own.printed.value().is_negative();
        own.set_negative(negative);
        (before != negative).then_some((figure, before))
    }

    /// A claim that still stands.
    pub(super) fn claim(&self, claim: usize) -> Option<&Draft> {
        self.claims.get(claim).filter(|_| !self.dropped.get(claim).is_some_and(|dropped| *dropped))
    }

    pub(super) fn drop_claim(&mut self, claim: usize) {
        if let Some(dropped) = self.dropped.get_mut(claim) {
            *dropped = true;
        }
        for (_, figure) in self.claims.get(claim).into_iter().flat_map(|claim| &claim.roles) {
            if let Some(uses) = self.uses.get_mut(*figure) {
                uses.retain(|used| *used != claim);
            }
        }
    }

    /// Notes which figures a claim uses.
    fn enter(&mut self, claim: usize) {
        for (_, figure) in self.claims.get(claim).into_iter().flat_map(|claim| &claim.roles) {
            if let Some(uses) = self.uses.get_mut(*figure) {
                uses.push(claim);
            }
        }
    }

    pub(super) fn replace(&mut self, claim: usize, by: Draft) {
        self.drop_claim(claim);
        // What was stated without its size is stated with it now.
        let twin = levels(&by).0.and_then(|current| {
            self.uses.get(current)?.iter().take(MOST_USES).copied().find(|other| {
                let same = |other: &Draft| other.relation == Relation::Growth && other.roles.len() == 2 && levels(other) == levels(&by);
                *other != claim && by.roles.len() > 2 && self.claims.get(*other).is_some_and(same)
            })
        });
        if let Some(own) = self.claims.get_mut(claim) {
            *own = by;
        }
        if let Some(dropped) = self.dropped.get_mut(claim) {
            *dropped = false;
        }
        self.enter(claim);
        if let Some(twin) = twin {
            self.drop_claim(twin);
        }
    }

    pub(super) fn add(&mut self, draft: Draft) {
        self.claims.push(draft);
        self.dropped.push(false);
        self.enter(self.claims.len() - 1);
    }

    /// The roles that a figure has in claims that stand; `None` if they are too many to look at.
    pub(super) fn roles(&self, figure: usize) -> Option<Vec<(usize, Relation, Role)>> {
        let uses = self.uses.get(figure).filter(|uses| uses.len() <= MOST_USES)?;
        let role = |claim: &usize| {
            let draft = self.claims.get(*claim)?;
            let (role, _) = draft.roles.iter().find(|(_, used)| *used == figure)?;
            Some((*claim, draft.relation, *role))
        };
        Some(uses.iter().filter_map(role).collect())
    }

    /// Whether a figure stands in no claim.
    pub(super) fn is_free(&self, figure: usize) -> bool {
        self.uses.get(figure).is_some_and(Vec::is_empty)
    }

    /// The sentence of a figure.
    pub(super) fn sentence_of(&self, figure: usize) -> usize {
        let start = self.get(figure).map_or(0, |figure| figure.tokens.start);
        self.sentences.partition_point(|sentence| sentence.start <= start).saturating_sub(1)
    }

    fn figures_of(&self, sentence: usize) -> Range<usize> {
        let tokens = self.sentences.get(sentence).cloned().unwrap_or(0..0);
        let at = |token: usize| self.figures.partition_point(|figure| figure.tokens.start < token);
        at(tokens.start)..at(tokens.end)
    }

    /// The figures of the sentences of a claim and of those beside it, but those of the claim.
    pub(super) fn near(&self, claim: &Draft) -> Vec<usize> {
        let own = || claim.roles.iter().map(|(_, figure)| *figure);
        let (Some(first), Some(last)) = (own().min(), own().max()) else { return Vec::new() };
        let from = self.figures_of(self.sentence_of(first).saturating_sub(1)).start.max(first.saturating_sub(REACH));
        let next = (self.sentence_of(last) + 1).min(self.sentences.len().saturating_sub(1));
        let to = self.figures_of(next).end.min(last + 1 + REACH);
        (from..to).filter(|figure| !own().any(|own| own == *figure)).collect()
    }

    /// The figures of the sentence of a figure and of the two on either side, but it.
    pub(super) fn around(&self, figure: usize) -> impl Iterator<Item = usize> + use<> {
        const SENTENCES: usize = 2;
        let own = self.sentence_of(figure);
        let last = (own + SENTENCES).min(self.sentences.len().saturating_sub(1));
        let from = self.figures_of(own.saturating_sub(SENTENCES)).start.max(figure.saturating_sub(REACH));
        let to = self.figures_of(last).end.min(figure + 1 + REACH);
        (from..to).filter(move |other| *other != figure)
    }

    /// Whether a paragraph ends between two figures.
    pub(super) fn is_apart(&self, a: usize, b: usize) -> bool {
        const LONGEST: usize = 4;
        let (a, b) = (self.sentence_of(a.min(b)), self.sentence_of(a.max(b)));
        (a..b).any(|sentence| {
            let end = self.sentences.get(sentence).map_or(0, |sentence| sentence.end);
            let gap = end..self.sentences.get(sentence + 1).map_or(end, |next| next.start);
            gap.len() > LONGEST || gap.into_iter().any(|at| self.reader.kind(at) == Some(TokenKind::Break))
        })
    }

    /// The sentence of a figure, to ask what its words say.
    pub(super) fn sentence(&mut self, figure: usize) -> Sentence<'a, '_> {
        let sentence = self.sentence_of(figure);
        let own = self.figures_of(sentence);
        let tokens = self.sentences.get(sentence).cloned().unwrap_or(0..0);
        Sentence { reader: self.reader, tokens, figures: self.figures, first: own.start, last: own.end, claims: self.claims }
    }

    /// Whether a figure is one amount, count or percentage that is a level, and no forecast.
    pub(super) fn is_stated_level(&mut self, figure: usize) -> bool {
        let Some(own) = self.get(figure) else { return false };
        let percent = own.kind == Kind::Percent && !own.signed && self.slot(figure) != Slot::Growth;
        let plain = own.range != Some(RangeEnd::Low) && own.range != Some(RangeEnd::High) && !own.flat && !own.pending;
        plain && own.rate_base.is_none() && (own.is_level() || percent) && !self.sentence(figure).is_expected(figure)
    }

    /// Of which time a figure is, seen from another. A year that only the later of two in the text has is an earlier one:
    /// "fell by 36% to 16 million; in 2022 it was 25 million".
    pub(super) fn time(&mut self, figure: usize, than: usize) -> Time {
        let (own, then) = (self.sentence(figure).year_of(figure), self.sentence(than).year_of(than));
        if let Some((own, then)) = own.zip(then).filter(|(own, then)| own != then) {
            return if own < then { Time::Before } else { Time::After };
        }
        // A year that both may have tells nothing.
        let (own_alone, then_alone) = (own.is_some() && then.is_none(), then.is_some() && own.is_none());
        let own = self.sentence(figure).is_of_before(figure) || (own_alone && figure > than);
        let then = self.sentence(than).is_of_before(than) || (then_alone && !own && than > figure);
        match (own, then) {
            (true, false) => Time::Before,
            (false, true) => Time::After,
            _ => Time::Unsaid,
        }
    }

    /// Whether two figures are measured from the same distance, as far as their words say.
    pub(super) fn agree(&mut self, result: usize, prior: usize) -> bool {
        let own = self.sentence(result).basis_of_result(result);
        let sentence = self.sentence(prior);
        let quarter = sentence.is_of_quarter_before(prior);
        match own {
            Some(Basis::Year) => !quarter,
            Some(Basis::Quarter) => quarter || !sentence.is_of_before(prior),
            None => true,
        }
    }

    /// Whether the names that two figures have allow them to be of one thing.
    pub(super) fn may_be_one(&self, a: usize, b: usize) -> bool {
        let plain = |figure: usize| {
            let name = self.get(figure)?.metric.as_deref()?;
            Some(name.strip_prefix("total ").unwrap_or(name))
        };
        let within = |a: &str, b: &str| b.strip_suffix(a).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        let turned = |a: &str, b: &str| a == "loss" && b.ends_with("profit");
        plain(a).zip(plain(b)).is_none_or(|(a, b)| within(a, b) || within(b, a) || turned(a, b) || turned(b, a))
    }
}
