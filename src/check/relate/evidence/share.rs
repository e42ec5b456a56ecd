//! A share or a margin whose whole is not named beside it.

use super::{Evidence, LEVELS};
use crate::check::figure::Kind;
use crate::check::language::Cue;
use crate::check::relate::Draft;
use crate::check::relate::whole::REVENUE;
use crate::relation::{Relation, Role};
use std::ops::Range;

impl Evidence<'_, '_> {
    /// "The group has 4,600 shops. Of these 3,128 are franchised, 68% of all": the levels of the unit close by are the
    /// candidates, and the only one that fits is the whole.
    pub(super) fn shares(&mut self, at: usize) {
        let Some(figures) = self.passages.get(at).map(|passage| passage.figures.clone()) else { return };
        let open = |claim: &usize| self.claims.get(*claim).is_some_and(|claim| claim.roles.len() == 2);
        let of = |figure: usize| self.claim_of(figure, Relation::Share).or_else(|| self.claim_of(figure, Relation::Ratio));
        let found: Vec<usize> = figures.clone().filter_map(of).filter(open).take(LEVELS).collect();
        for claim in found {
            if let Some(complete) = self.claims.get(claim).cloned().and_then(|claim| self.with_whole(at, &claim)) {
                self.note_whole(&complete);
                if let Some(claim) = self.claims.get_mut(claim) {
                    *claim = complete;
                }
            }
        }
        let untied: Vec<Draft> =
            figures.take(LEVELS).filter_map(|share| self.untied_share(at, share).or_else(|| self.share_of_revenue(share))).collect();
        for draft in untied {
            self.push_share(draft);
        }
    }

    /// "Of 369,900 cars 113,900 were electric, a share of 30.8%": a percentage that a word calls a share, or that is told of
    /// a part right behind it, and that nothing has tied, takes the only two levels that fit, or the only two there are.
    fn untied_share(&self, at: usize, share: usize) -> Option<Draft> {
        const REACH: usize = 6;
        let figure =
            self.get(share).filter(|figure| figure.kind == Kind::Percent && !figure.signed && !figure.flat && figure.range.is_none())?;
        let (start, end) = (figure.tokens.start, figure.tokens.end);
        let from = share.checked_sub(1).map_or(0, |previous| self.tokens(previous).end).max(start.saturating_sub(REACH));
        let moved = (from..start).any(|at| self.has_any(at, &[Cue::Up, Cue::Down, Cue::Against, Cue::PriorTime]));
        let moved = moved || (end..end + 2).any(|at| self.has_any(at, &[Cue::Up, Cue::Down, Cue::Less, Cue::UpEnd, Cue::DownEnd]));
        // "un 32 %" behind "se perdieron" may have been read as a growth.
        if moved || self.used(share).whole {
            return None;
        }
        let misread = self.used(share).stated;
        let next = self.get(share + 1).filter(|next| next.is_level()).map_or(end, |next| next.tokens.start);
        let of_whole = (end + 1..end + 5).contains(&next) && (end..next).any(|at| self.reader.has_cue(at, Cue::Of));
        let said = of_whole || (from..start).chain(end..end + 3).any(|at| self.has_any(at, &[Cue::Share, Cue::Thus]));
        let named = (from..start).any(|at| self.reader.glance(at).is_metric) && !said;
        if named || !(said || self.is_told_of_part(at, share, from..start)) {
            return None;
        }
        let own = self.shares_between(share, &self.levels(at));
        let beside = || {
            let before = self.beside(at, at.checked_sub(1)).map(|before| self.levels(before)).unwrap_or_default();
            self.shares_between(share, &before.into_iter().chain(self.levels(at)).collect::<Vec<_>>())
        };
        let only = |drafts: &[Draft]| {
            let mut fitting = drafts.iter().filter(|draft| self.fits(draft));
            fitting.next().filter(|_| fitting.next().is_none()).cloned()
        };
        // "by 1.8 billion, or 2.6%, to 71.4 billion": so much of it is what it grew by.
        let changes = |draft: &Draft| draft.figure(Role::Part).is_some_and(|part| misread && self.used(part).loose_change);
        let near = |draft: &Draft| {
            draft.figure(Role::Part).zip(draft.figure(Role::Whole)).is_some_and(|(part, whole)| self.stands_beside(share, part, whole))
        };
        let here = only(&own);
        let fitting = match here {
            Some(here) if near(&here) => Some(here),
            // "12,500 cases, 40%, were emergencies; 5,000 …" of the 31,250 of the sentence before
            here => only(&beside()).filter(|draft| here.is_none() || near(draft)).or(here),
        };
        if let Some(fitting) = fitting {
            return Some(fitting).filter(|draft| !changes(draft));
        }
        let [only] = own.as_slice() else { return None };
        if misread || of_whole && !self.is_told_of_part(at, share, from..start) {
            return None;
        }
        let slipped = self.is_one_mistake_away(only);
        slipped.then(|| Draft { tentative: false, ..only.clone() })
    }

    /// Whether a share stands where it is told of its part: right behind the part, or behind "so many of so many".
    fn stands_beside(&self, share: usize, part: usize, whole: usize) -> bool {
        let level = |figure: &usize| self.get(*figure).is_some_and(|figure| figure.is_level());
        let mut before = (share.saturating_sub(LEVELS)..share).rev().filter(level);
        match (before.next(), before.next()) {
            (Some(last), _) if last == part => true,
            (Some(last), second) if last == whole => part > share || second == Some(part),
            (Some(last), _) => part > share && whole > share || last < part && last < whole,
            (None, _) => true,
        }
    }

    /// "37 million, 29% of the revenue of …": the part stands right before the share, and only the name of the whole behind.
    fn share_of_revenue(&self, share: usize) -> Option<Draft> {
        const REACH: usize = 4;
        let figure =
            self.get(share).filter(|figure| figure.kind == Kind::Percent && !figure.signed && !figure.flat && figure.range.is_none())?;
        let part =
            share.checked_sub(1).filter(|part| self.get(*part).is_some_and(|part| part.kind == Kind::Money && part.range.is_none()))?;
        let linking = |at: usize| {
            matches!(self.mark(at), Some(',' | '(' | '–' | '—')) || self.has_any(at, &[Cue::Article, Cue::Or, Cue::Thus, Cue::Equals])
        };
        let mut gap = self.tokens(part).end..figure.tokens.start;
        let end = figure.tokens.end;
        let of = (end..end + 2).any(|at| self.reader.has_cue(at, Cue::Of));
        let revenue = (end..end + REACH).any(|at| self.metric_name_at(at).is_some_and(|name| REVENUE.contains(&name)));
        let free = !self.used(share).stated && !self.used(part).converted;
        let told = gap.len() < REACH && !gap.is_empty() && gap.all(linking);
        (free && told && of && revenue).then(|| Draft::new(Relation::Share, vec![(Role::Part, part), (Role::Share, share)]))
    }

    /// The claims of a share between two levels of a list, the smaller of which is the part.
    fn shares_between(&self, share: usize, levels: &[usize]) -> Vec<Draft> {
        let pairs = levels.iter().flat_map(|part| levels.iter().map(|whole| (*part, *whole)));
        let pairs = pairs.filter(|(part, whole)| part != whole && self.counts_alike(*part, *whole) && self.size(*part) < self.size(*whole));
        // The whole is the largest there is.
        let largest = |whole: usize| levels.iter().all(|other| !self.counts_alike(*other, whole) || self.size(*other) <= self.size(whole));
        let draft = |(part, whole)| {
            let of_revenue = self.name_before(whole).is_some_and(|name| REVENUE.contains(&name));
            let costs = of_revenue && self.name_before(part).is_some_and(|name| !REVENUE.contains(&name));
            let draft = match costs {
                // "36 million on advertising, with sales of 240 million": no part of what was taken in.
                true => Draft::new(Relation::Ratio, vec![(Role::Numerator, part), (Role::Denominator, whole), (Role::Ratio, share)]),
                false => Draft::new(Relation::Share, vec![(Role::Part, part), (Role::Whole, whole), (Role::Share, share)]),
            };
            Draft { tentative: true, ..draft }
        };
        pairs.filter(|(_, whole)| largest(*whole)).map(draft).collect()
    }

    /// "Of the 2,140 jobs to go 535 – 25% – are in Basel": the sentence names what the part is out of, and only a mark or
    /// "or" stands before the share.
    fn is_told_of_part(&self, at: usize, share: usize, mut before: Range<usize>) -> bool {
        let Some(passage) = self.passages.get(at) else { return false };
        let start = self.tokens(share).start;
        let level = |figure: &usize| self.get(*figure).is_some_and(|figure| figure.is_level());
        let whole =
            (share.saturating_sub(LEVELS)..share).rev().find(level).filter(|whole| passage.tokens.contains(&self.tokens(*whole).start));
        let joined = self.reader.language.spaced
            && whole.is_some_and(|whole| {
                let part = whole.checked_sub(1).filter(level).map_or(start, |part| self.tokens(part).end);
                (part..self.tokens(whole).start).any(|at| self.reader.has_cue(at, Cue::Of))
            });
        let out_of = joined
            || (passage.tokens.start..start).any(|at| self.has_any(at, &[Cue::PartsAmong]))
            || (passage.tokens.start..start).take(2).any(|at| self.has_any(at, &[Cue::Of, Cue::OnBase]));
        let linked = before.any(|at| {
            self.has_any(at, &[Cue::Or, Cue::Equals])
                || matches!(self.mark(at), Some('–' | '—' | '(' | '（' | ':' | '：' | ',' | '，' | '、' | ';'))
        });
        out_of && linked
    }

    /// The claim with its whole: the only level that fits, or the only one there is and one slip between.
    fn with_whole(&self, at: usize, claim: &Draft) -> Option<Draft> {
        let (part_role, whole_role) = match claim.relation {
            Relation::Share => (Role::Part, Role::Whole),
            _ => (Role::Numerator, Role::Denominator),
        };
        let part = claim.figure(part_role).filter(|_| claim.figure(whole_role).is_none())?;
        let levels = [Some(at), self.beside(at, at.checked_sub(1))].into_iter().flatten().flat_map(|passage| self.levels(passage));
        let larger = |level: &usize| self.same_unit(part, *level) && self.size(*level) > self.size(part);
        let wholes: Vec<usize> = levels.filter(larger).collect();
        let with = |whole: &usize| {
            let mut roles = claim.roles.clone();
            roles.insert(1, (whole_role, *whole));
            Draft { roles, tentative: true, ..claim.clone() }
        };
        let mut fitting = wholes.iter().map(with).filter(|draft| self.fits(draft));
        if let Some(only) = fitting.next() {
            return fitting.next().is_none().then_some(only);
        }
        let [whole] = wholes.as_slice() else { return None };
        Some(with(whole)).filter(|draft| *whole < part && self.is_one_slip_away(draft))
    }
}
