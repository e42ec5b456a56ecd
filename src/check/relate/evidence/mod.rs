//! Which figures belong together though no construction that is known says so? The arithmetic does: figures of one unit
//! that stand close by and add up, or leave what a word of balance names, are tied whatever the order of the words.
//!
//! What fits is stated. What does not fit is stated only where the words are plain besides and one slip explains it: a
//! list may be incomplete and is true nevertheless.

mod conversion;
mod difference;
mod misread;
mod product;
mod ratio;
mod share;
mod slip;
mod sum;

use super::{Draft, RoughRate};
use crate::check::figure::{Figure, Reader};
use crate::check::judge;
use crate::check::language::Cue;
use crate::check::scan::TokenKind;
use crate::currency::Currency;
use crate::exact::Ratio;
use crate::printed::Reading;
use crate::relation::{Relation, Role};
use std::collections::HashMap;
use std::ops::Range;

/// States what the arithmetic ties and the words have not.
pub(super) fn state(
    reader: Reader<'_>,
    sentences: &[Range<usize>],
    market: &RoughRate<'_>,
    figures: &mut [Figure],
    claims: &mut Vec<Draft>,
) {
    let passages = passages(reader, sentences, figures);
    let mut evidence =
        Evidence { reader, figures, claims, passages, uses: Vec::new(), results: Vec::new(), open: Vec::new(), rates: HashMap::new() };
    evidence.note_rates();
    evidence.note_uses();
    for at in 0..evidence.passages.len() {
        evidence.conversions(at, market);
    }
    for at in 0..evidence.passages.len() {
        evidence.differences(at);
        evidence.sums(at);
        evidence.products(at);
    }
    evidence.drop_misread();
    evidence.settle_pairs();
    evidence.drop_second_sizes();
    evidence.drop_share_prices();
    evidence.note_results();
    for at in 0..evidence.passages.len() {
        evidence.ratios(at);
        evidence.shares(at);
    }
}

/// How many levels of a sentence are looked at: more are a table in words.
const LEVELS: usize = 10;

/// A sentence that has figures.
struct Passage {
    tokens: Range<usize>,
    figures: Range<usize>,
    /// The paragraph it stands in, counted from the first.
    paragraph: usize,
}

/// What the claims so far say that a figure is.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// What was before or what changed, of a claim that says by how much; or a conversion. It is no part of anything.
    apart: bool,
    /// Told in another currency, or itself the other telling.
    amount: bool,
    converted: bool,
    /// The converted amount of a conversion that is stated here.
    retold: bool,
    /// The percentage of a product that is stated here.
    factor: bool,
    /// A part of a sum, or of a difference.
    tied: bool,
    /// The total of a sum, which may be more besides.
    total: bool,
    /// Read as a change, and nothing bears that out.
    loose_change: bool,
    /// What a percentage is compared with.
    compared: bool,
    /// Of any claim.
    stated: bool,
    /// Of a claim that is stated in full.
    whole: bool,
    /// Of a sum or a difference that is stated here: the place of its claim.
    part_of: Option<usize>,
}

impl Use {
    /// Takes a role of a sum or a difference; what something is subtracted from may be a total besides.
    fn tie(&mut self, role: Role) {
        match role {
            Role::Total => self.total = true,
            Role::Minuend => {}
            _ => self.tied = true,
        }
    }
}

/// The text, while its arithmetic is looked at.
struct Evidence<'a, 'b> {
    reader: Reader<'a>,
    figures: &'b mut [Figure],
    claims: &'b mut Vec<Draft>,
    passages: Vec<Passage>,
    uses: Vec<Use>,
    /// The claim that each figure is the share, the ratio or the multiple of.
    results: Vec<Option<usize>>,
    /// The claim without two amounts that each figure is the result of.
    open: Vec<Option<usize>>,
    /// The first rate that the text states for each pair of currencies.
    rates: HashMap<(Currency, Currency), usize>,
}

/// The sentences that have figures, each with its paragraph.
fn passages(reader: Reader<'_>, sentences: &[Range<usize>], figures: &[Figure]) -> Vec<Passage> {
    let (mut paragraph, mut passages) = (0, Vec::new());
    for tokens in sentences {
        let breaks = tokens.start.checked_sub(1).is_some_and(|at| reader.kind(at) == Some(TokenKind::Break));
        paragraph += usize::from(breaks);
        let first = figures.partition_point(|figure| figure.tokens.start < tokens.start);
        let last = figures.partition_point(|figure| figure.tokens.start < tokens.end);
        if first < last {
            passages.push(Passage { tokens: tokens.clone(), figures: first..last, paragraph });
        }
    }
    passages
}

impl Evidence<'_, '_> {
    fn note_uses(&mut self) {
        self.uses = vec![Use::default(); self.figures.len()];
        for claim in self.claims.iter() {
            let borne_out = is_borne_out(claim);
            for (role, figure) in &claim.roles {
                let Some(used) = self.uses.get_mut(*figure) else { continue };
                used.stated = true;
                used.whole |= claim.roles.len() > 2;
                (used.amount, used.converted) = (used.amount || *role == Role::Amount, used.converted || *role == Role::Converted);
                match (claim.relation, role) {
                    (Relation::Conversion, Role::Converted | Role::Rate) => used.apart = true,
                    (Relation::Growth | Relation::Change | Relation::Multiple, Role::Prior) => used.apart |= borne_out,
                    (Relation::Change, Role::Change) => (used.apart, used.loose_change) = (used.apart || borne_out, !borne_out),
                    (Relation::Sum | Relation::Difference, role) => used.tie(*role),
                    (Relation::Points, Role::Prior) => used.compared = true,
                    _ => {}
                }
            }
        }
    }

    /// Notes where the claims stand that shares, ratios and multiples are of: from here on claims are added or replaced,
    /// and none goes.
    fn note_results(&mut self) {
        self.results = vec![None; self.figures.len()];
        self.open = vec![None; self.figures.len()];
        for (at, claim) in self.claims.iter().enumerate() {
            let Some(figure) = claim.figure(claim.relation.result()) else { continue };
            if claim.roles.len() == 2
                && let Some(open) = self.open.get_mut(figure)
            {
                *open = Some(at);
            }
            if matches!(claim.relation, Relation::Share | Relation::Ratio | Relation::Multiple)
                && let Some(result) = self.results.get_mut(figure)
            {
                *result = Some(at);
            }
        }
    }

    /// The claim that a figure is the result of.
    fn claim_of(&self, result: usize, relation: Relation) -> Option<usize> {
        let at = self.results.get(result).copied().flatten()?;
        self.claims.get(at).is_some_and(|claim| claim.relation == relation).then_some(at)
    }

    fn used(&self, figure: usize) -> Use {
        self.uses.get(figure).copied().unwrap_or_default()
    }

    fn get(&self, figure: usize) -> Option<&Figure> {
        self.figures.get(figure)
    }

    fn tokens(&self, figure: usize) -> Range<usize> {
        self.get(figure).map_or(0..0, |figure| figure.tokens.clone())
    }

    /// Whether a word says right before a figure that it follows from those before.
    fn is_announced(&self, figure: usize) -> bool {
        const REACH: usize = 4;
        let start = self.tokens(figure).start;
        let from = figure.checked_sub(1).map_or(0, |previous| self.tokens(previous).end).max(start.saturating_sub(REACH));
        (from..start).any(|at| self.reader.has_cue(at, Cue::Thus))
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.reader.kind(at) {
            Some(TokenKind::Mark(c)) => Some(c),
            _ => None,
        }
    }

    fn has_any(&self, at: usize, cues: &[Cue]) -> bool {
        let glance = self.reader.glance(at);
        cues.iter().any(|cue| glance.has(*cue))
    }

    /// The levels of a passage that may be a whole or a part, in their order.
    fn levels(&self, passage: usize) -> Vec<usize> {
        let Some(passage) = self.passages.get(passage) else { return Vec::new() };
        let level = |figure: &usize| {
            let single = self.get(*figure).is_some_and(|figure| figure.is_level() && figure.range.is_none() && figure.rate_base.is_none());
            single && !self.used(*figure).apart
        };
        passage.figures.clone().filter(level).take(LEVELS + 1).collect()
    }

    /// The passage before or behind another in its paragraph.
    fn beside(&self, passage: usize, other: Option<usize>) -> Option<usize> {
        let paragraph = |at: usize| self.passages.get(at).map(|passage| passage.paragraph);
        other.filter(|other| paragraph(*other).is_some() && paragraph(*other) == paragraph(passage))
    }

    fn same_unit(&self, a: usize, b: usize) -> bool {
        a != b && self.get(a).zip(self.get(b)).is_some_and(|(a, b)| a.same_unit(b))
    }

    fn size(&self, figure: usize) -> Ratio {
        self.get(figure).map_or(Ratio::ZERO, |figure| figure.printed.value().abs())
    }

    /// How many digits of a figure are not idle zeros at its ends.
    fn significant_digits(&self, figure: usize) -> usize {
        let digits = self.get(figure).map_or(0, |figure| figure.digits.mantissa().unsigned_abs());
        digits.to_string().trim_end_matches('0').len()
    }

    /// Whether a claim ties as printed or within rounding.
    fn fits(&self, draft: &Draft) -> bool {
        judge::claim(draft, self.figures, Reading::Nearest, |_, _| None).ties_within_rounding()
    }

    fn set_negative(&mut self, figures: &[usize], negative: bool) {
        for figure in figures {
            if let Some(figure) = self.figures.get_mut(*figure) {
                figure.set_negative(negative);
            }
        }
    }

    /// States a sum or a difference.
    fn push(&mut self, draft: Draft) {
        for (role, figure) in &draft.roles {
            if let Some(used) = self.uses.get_mut(*figure) {
                used.tie(*role);
                used.part_of = Some(self.claims.len());
            }
        }
        self.claims.push(draft);
    }

    /// Notes that a claim holds these figures in full.
    fn note_whole(&mut self, draft: &Draft) {
        for (_, figure) in &draft.roles {
            if let Some(used) = self.uses.get_mut(*figure) {
                (used.stated, used.whole) = (true, true);
            }
        }
    }

    /// States a conversion. What the words were thought to say of its two amounts was misread.
    fn push_conversion(&mut self, draft: Draft) {
        for (role, figure) in &draft.roles {
            if let Some(used) = self.uses.get_mut(*figure) {
                (used.amount, used.converted) = (used.amount || *role == Role::Amount, *role == Role::Converted);
                used.apart |= *role == Role::Converted;
                used.retold |= *role == Role::Converted;
            }
        }
        self.claims.push(draft);
    }

    /// States a share: the percentage is no growth besides.
    fn push_share(&mut self, draft: Draft) {
        let share = draft.figure(draft.relation.result());
        self.note_whole(&draft);
        // In place of what was misread, so that no other claim moves.
        let misread = share.and_then(|share| self.open.get(share).copied().flatten());
        match misread.and_then(|misread| self.claims.get_mut(misread)) {
            Some(misread) => *misread = draft,
            None => self.claims.push(draft),
        }
    }

    /// States a product: its factors may be parts of other claims, but no growth.
    fn push_product(&mut self, factor: usize, draft: Draft) {
        self.note_whole(&draft);
        for (_, figure) in &draft.roles {
            if let Some(used) = self.uses.get_mut(*figure) {
                used.part_of = Some(self.claims.len());
            }
        }
        if let Some(used) = self.uses.get_mut(factor) {
            used.factor = true;
        }
        self.claims.push(draft);
    }

    /// Drops what the words were thought to say of two figures alone of a sum, a difference or a conversion, and a growth that
    /// is the factor of a product: it was misread.
    fn drop_misread(&mut self) {
        let used = |figure: usize| self.uses.get(figure).copied().unwrap_or_default();
        let part_of = |figure: usize| used(figure).part_of;
        let misread = |claim: &Draft| {
            let factor = claim.relation == Relation::Growth && claim.figure(Role::Growth).is_some_and(|growth| used(growth).factor);
            let moves = matches!(claim.relation, Relation::Growth | Relation::Change | Relation::Multiple);
            let retold = moves && claim.roles.iter().any(|(_, figure)| used(*figure).retold);
            if factor && claim.roles.len() == 2 || retold && !is_borne_out(claim) {
                return true;
            }
            let mut wholes = claim.roles.iter().map(|(_, figure)| part_of(*figure));
            let first = wholes.next().flatten();
            moves && !is_borne_out(claim) && first.is_some() && wholes.all(|whole| whole == first)
        };
        self.claims.retain(|claim| !misread(claim));
    }
}

/// Whether a claim of movement is stated in full, or at least by a word of direction between two levels.
fn is_borne_out(claim: &Draft) -> bool {
    claim.roles.len() > 2 || claim.direction.is_some()
}
