//! A price times a quantity, and what a percentage of an amount comes to: interest, a tax, a commission.

use super::{Evidence, LEVELS};
use crate::check::figure::{Kind, Unit};
use crate::check::language::Cue;
use crate::check::relate::Draft;
use crate::printed::Hedge;
use crate::relation::{Relation, Role};

/// The letters that the noun of a count and that of a price have in common at least: "Tonnen", "je Tonne".
const STEM: usize = 4;

impl Evidence<'_, '_> {
    /// "The €500 million bond carries a coupon of 4.2%, so it costs €21 million a year", "6,200 tickets at €45 each brought in
    /// €279,000": the only two figures close by that the factor ties.
    pub(super) fn products(&mut self, at: usize) {
        let Some(figures) = self.passages.get(at).map(|passage| passage.figures.clone()) else { return };
        for factor in figures.take(LEVELS) {
            let found = match self.get(factor).map(|figure| figure.kind) {
                Some(Kind::Percent) => self.levied_or_turned(at, factor),
                Some(Kind::UnitPrice | Kind::Money) if !self.used(factor).whole && self.is_price(factor) => self.priced(at, factor),
                _ => None,
            };
            if let Some(draft) = found {
                self.push_product(factor, draft);
            }
        }
    }

    /// "es fallen 4,5 Prozent Zinsen an": a word of decline is no sign of a rate.
    fn levied_or_turned(&mut self, at: usize, percent: usize) -> Option<Draft> {
        let turned = self.get(percent).is_some_and(|figure| !figure.signed && figure.printed.value().is_negative());
        if turned {
            self.set_negative(&[percent], false);
        }
        let found = self.levied(at, percent);
        if turned && found.is_none() {
            self.set_negative(&[percent], true);
        }
        found
    }

    /// An amount, the percentage that a word of levy names, and what that comes to.
    fn levied(&self, at: usize, percent: usize) -> Option<Draft> {
        let figure = self.get(percent).filter(|figure| !figure.flat && !figure.signed && figure.range.is_none())?;
        if self.used(percent).whole || !self.is_levy(at, figure.tokens.start) {
            return None;
        }
        let amounts = self.around(at, |scene, level| scene.get(level).is_some_and(|figure| figure.kind == Kind::Money));
        let pairs = amounts.iter().flat_map(|base| amounts.iter().map(|levy| (*base, *levy)));
        let pairs = pairs.filter(|(base, levy)| self.same_unit(*base, *levy) && self.size(*levy) < self.size(*base));
        let drafts: Vec<Draft> = pairs.map(|(base, levy)| product(base, percent, levy)).collect();
        self.only(&drafts, |draft| !self.used(percent).stated && !self.is_bounded(draft) && self.is_one_mistake_away(draft))
    }

    /// A quantity, its price, and what that makes. What does not fit is stated only of a price of what is counted.
    fn priced(&self, at: usize, price: usize) -> Option<Draft> {
        let unit =
            self.get(price).filter(|figure| figure.rate_base.is_none() && figure.range.is_none()).map(|figure| figure.unit.clone())?;
        let counts = self.around(at, |scene, level| scene.get(level).is_some_and(|figure| figure.kind == Kind::Count));
        let amounts = self.around(at, |scene, level| {
            scene.get(level).is_some_and(|figure| figure.kind == Kind::Money && figure.unit == unit && level != price)
        });
        let pairs = counts.iter().flat_map(|count| amounts.iter().map(|amount| (*count, *amount)));
        let drafts: Vec<Draft> = pairs.map(|(count, amount)| product(count, price, amount)).collect();
        let one = |draft: &Draft| draft.figure(Role::Factor1).is_some_and(|count| self.is_price_of(price, count));
        self.only(&drafts, |draft| one(draft) && self.is_one_mistake_away(draft))
    }

    /// Whether a figure is an amount for one of something.
    fn is_price(&self, figure: usize) -> bool {
        let end = self.tokens(figure).end;
        self.get(figure).is_some_and(|price| price.kind == Kind::UnitPrice) || self.has_any(end, &[Cue::Per, Cue::Each])
    }

    /// The only draft that fits; where none does, the only one there is, if the words and a slip bear it out.
    fn only(&self, drafts: &[Draft], slipped: impl Fn(&Draft) -> bool) -> Option<Draft> {
        let mut fitting = drafts.iter().filter(|draft| self.fits(draft));
        match (fitting.next(), fitting.next(), drafts) {
            (Some(only), None, _) => Some(only.clone()),
            (None, _, [only]) if slipped(only) => Some(Draft { tentative: false, ..only.clone() }),
            _ => None,
        }
    }

    /// Whether a figure is only a bound: "orders of over 1.2 billion".
    fn is_bounded(&self, draft: &Draft) -> bool {
        let hedge = |figure: usize| self.get(figure).and_then(|figure| figure.printed.hedge());
        draft.roles.iter().any(|(_, figure)| matches!(hedge(*figure), Some(Hedge::Over | Hedge::Under)))
    }

    /// The levels of a kind in a sentence and in those beside it.
    fn around(&self, at: usize, kind: impl Fn(&Self, usize) -> bool) -> Vec<usize> {
        let around = [self.beside(at, at.checked_sub(1)), Some(at), self.beside(at, at.checked_add(1))];
        let levels = around.into_iter().flatten().flat_map(|passage| self.levels(passage));
        levels.filter(|level| kind(self, *level)).take(LEVELS).collect()
    }

    /// Whether a word close by says that a percentage is what an amount bears or is charged.
    fn is_levy(&self, at: usize, place: usize) -> bool {
        const REACH: usize = 10;
        let Some(passage) = self.passages.get(at) else { return false };
        let from = passage.tokens.start.max(place.saturating_sub(REACH));
        (from..passage.tokens.end.min(place + REACH)).any(|at| self.reader.has_cue(at, Cue::Levy))
    }

    /// Whether a price is for one of what a count counts.
    fn is_price_of(&self, price: usize, count: usize) -> bool {
        let (Some(price), Some(Unit::Noun(noun))) = (self.get(price), self.get(count).map(|figure| &figure.unit)) else { return false };
        let noun = noun.to_lowercase();
        let whole = noun.chars().count().min(STEM);
        // "412 euro per forma": the noun may stand behind the figure.
        (price.tokens.start..price.tokens.end + 2).any(|at| {
            let word = self.reader.slice(at).to_lowercase();
            word.chars().zip(noun.chars()).take_while(|(a, b)| a == b).count() >= whole
        })
    }
}

fn product(first: usize, second: usize, product: usize) -> Draft {
    let roles = vec![(Role::Factor1, first), (Role::Factor2, second), (Role::Product, product)];
    Draft { tentative: true, ..Draft::new(Relation::Product, roles) }
}
