//! Ratios that have a name of their own: a margin is a profit over revenue, leverage is debt over EBITDA. Whatever the
//! words between are, the names say which amounts are meant.

use super::{Evidence, LEVELS};
use crate::check::figure::Kind;
use crate::check::relate::whole::REVENUE;
use crate::check::relate::{Draft, Sentence};
use crate::relation::{Relation, Role};

/// How many sentences with figures before its own a ratio's amounts may stand in: results are listed line by line.
const SENTENCES: usize = 3;

/// The names of debt, where a multiple is of it.
const DEBT: [&str; 2] = ["net debt", "debt"];
const EBITDA: [&str; 1] = ["EBITDA"];

/// The profits that a margin without a kind may be of.
const PROFITS: [&str; 6] = ["profit", "net profit", "operating profit", "gross profit", "adjusted net profit", "EBITDA"];

/// A figure that a ratio may be of, with its name.
struct Named {
    figure: usize,
    name: String,
}

impl Evidence<'_, '_> {
    /// "Revenue: 684 million. EBITDA: 122 million. EBITDA margin: 17.8%": the only two amounts of those names that fit; where
    /// none do, the only two there are, if one slip lies between.
    pub(super) fn ratios(&mut self, at: usize) {
        let Some(figures) = self.passages.get(at).map(|passage| passage.figures.clone()) else { return };
        for figure in figures.take(LEVELS) {
            let Some((relation, over, under)) = self.ratio_of(at, figure) else { continue };
            if relation == Relation::Ratio {
                self.read_as_ratio(at, figure);
            }
            let open = self.claim_of(figure, relation);
            let whole = |claim: &usize| self.claims.get(*claim).is_some_and(|claim| claim.roles.len() > 2);
            if open.as_ref().is_some_and(whole) {
                continue;
            }
            let open = open.or_else(|| self.claim_of(figure, Relation::Multiple).filter(|claim| !whole(claim)));
            let named = self.named(at);
            let of = |names: &[&str]| named.iter().filter(|level| names.contains(&level.name.as_str())).map(|level| level.figure).collect();
            let (over, under): (Vec<usize>, Vec<usize>) = (of(over), of(under));
            if let Some(draft) = self.ratio_between(relation, figure, &over, &under) {
                self.note_whole(&draft);
                match open.and_then(|open| self.claims.get_mut(open)) {
                    Some(claim) => *claim = draft,
                    None => self.claims.push(draft),
                }
            }
        }
    }

    /// "2.4 times EBITDA" may have been read as so many times what was before.
    fn read_as_ratio(&mut self, at: usize, multiple: usize) {
        const REACH: usize = 6;
        let Some(claim) = self.claim_of(multiple, Relation::Multiple) else { return };
        let range = self.tokens(multiple);
        let words = range.start.saturating_sub(REACH)..range.end + REACH;
        let Some(sentence) = self.sentence(at) else { return };
        let name = |at: usize| sentence.metric_at(at).and_then(|metric| sentence.metric_name(metric));
        let named = words.filter(|at| sentence.tokens.contains(at)).filter_map(name).any(|name| EBITDA.contains(&name));
        if let Some(claim) = self.claims.get_mut(claim).filter(|_| named) {
            claim.relation = Relation::Ratio;
            for (role, _) in &mut claim.roles {
                *role = match role {
                    Role::Current => Role::Numerator,
                    Role::Prior => Role::Denominator,
                    _ => Role::Ratio,
                };
            }
        }
    }

    /// Which relation a figure with the name of a ratio states, and the names of what stands over and under the line.
    fn ratio_of(&mut self, at: usize, figure: usize) -> Option<(Relation, &'static [&'static str], &'static [&'static str])> {
        let own = self.get(figure).filter(|own| !own.signed && own.range.is_none() && !own.flat)?;
        let kind = own.kind;
        match kind {
            Kind::Percent if !self.used(figure).compared => {
                let profits = self.sentence(at)?.margin_of(figure)?;
                Some((Relation::Ratio, if profits.is_empty() { &PROFITS } else { profits }, &REVENUE))
            }
            Kind::Multiple => Some((Relation::Ratio, &DEBT, &EBITDA)),
            _ => None,
        }
    }

    fn sentence(&mut self, at: usize) -> Option<Sentence<'_, '_>> {
        let passage = self.passages.get(at)?;
        let (tokens, figures) = (passage.tokens.clone(), passage.figures.clone());
        Some(Sentence { reader: self.reader, tokens, figures: self.figures, first: figures.start, last: figures.end, claims: self.claims })
    }

    /// The amounts of a sentence and of those before it in its paragraph, each with the name that stands beside it.
    fn named(&mut self, at: usize) -> Vec<Named> {
        let paragraph = |scene: &Self, at: usize| scene.passages.get(at).map(|passage| passage.paragraph);
        let own = paragraph(self, at);
        let mut named = Vec::new();
        for passage in (at.saturating_sub(SENTENCES)..=at).filter(|passage| paragraph(self, *passage) == own).collect::<Vec<_>>() {
            let levels = self.levels(passage);
            let Some(sentence) = self.sentence(passage) else { continue };
            let name = |figure: usize| Some(Named { figure, name: sentence.own_name(figure)?.to_owned() });
            let found: Vec<Named> = levels.into_iter().filter_map(name).collect();
            named.extend(found);
        }
        named
    }

    /// The claim of a ratio between two amounts.
    fn ratio_between(&self, relation: Relation, result: usize, over: &[usize], under: &[usize]) -> Option<Draft> {
        let leverage = self.get(result).is_some_and(|result| result.kind == Kind::Multiple);
        let with = |over: usize, under: usize| {
            let roles = vec![(Role::Numerator, over), (Role::Denominator, under), (relation.result(), result)];
            Draft { tentative: true, ..Draft::new(relation, roles) }
        };
        let pairs = || over.iter().flat_map(|over| under.iter().map(|under| (*over, *under)));
        let drafts: Vec<Draft> =
            pairs().filter(|(over, under)| self.same_unit(*over, *under)).map(|(over, under)| with(over, under)).collect();
        let mut fitting = drafts.iter().filter(|draft| self.fits(draft));
        match (fitting.next(), fitting.next(), drafts.as_slice()) {
            (Some(only), None, _) => Some(only.clone()),
            (None, _, [only]) if self.is_explained_by_any(only) || leverage && self.is_one_mistake_away(only) => {
                Some(Draft { tentative: false, ..only.clone() })
            }
            _ => None,
        }
    }
}
