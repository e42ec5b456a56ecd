//! What the words left open and the arithmetic settles: a growth, change, multiple or gain in points that lacks a
//! figure takes the one nearby that makes its equation tie.
//!
//! Only what the words began is completed, and only within the sentence and its neighbours, so that figures that agree by
//! chance are not tied. Where nothing ties, a figure that its time shows to be the prior is taken if one slip explains
//! that it does not fit.

mod fit;
mod operand;
mod pair;
mod result;
mod scene;

use super::slot::Slot;
use super::{Draft, Figure, Reader};
use crate::relation::{Relation, Role};
use fit::{Fit, Slips};
use scene::Scene;
use std::ops::Range;

/// A claim as it would stand with one more figure.
struct Trial {
    draft: Draft,
    /// The sign that a figure would take.
    sign: Option<(usize, bool)>,
    /// Its place or time says that the figure belongs there.
    told: bool,
    /// A word says that the result follows from the figures before it, or it stands alone: one wrong digit is a slip too.
    announced: bool,
    /// The claim that would lose its result to this one.
    instead: Option<usize>,
}

impl Trial {
    fn of(draft: Draft, told: bool) -> Trial {
        Trial { draft, sign: None, told, announced: false, instead: None }
    }
}

/// Completes the claims of a document. `slots` are those of its figures, `sentences` in tokens.
pub(super) fn complete(reader: Reader<'_>, sentences: &[Range<usize>], slots: &[Slot], figures: &mut [Figure], claims: &mut Vec<Draft>) {
    let mut scene = Scene::new(reader, sentences, slots, figures, claims);
    let count = scene.claims.len();
    (0..count).for_each(|claim| scene.find_result(claim));
    (0..count).for_each(|claim| scene.review_prior(claim));
    // What one claim gives up may be what another lacks.
    (0..2 * count).for_each(|turn| scene.find_operand(turn % count));
    (0..count).for_each(|claim| scene.find_change(claim));
    (0..scene.figures.len()).for_each(|figure| scene.find_pair(figure));
    (0..scene.claims.len()).for_each(|claim| scene.turn_result_of_prior(claim));
    scene.clear();
}

/// Whether a claim of two times lacks a figure.
fn is_open(claim: &Draft) -> bool {
    matches!(claim.relation, Relation::Growth | Relation::Change | Relation::Points | Relation::Multiple) && claim.roles.len() < 3
}

impl Scene<'_, '_> {
    /// Takes the trial that ties, if it is the only one; else the only one that was told, if a slip explains it.
    fn settle(&mut self, claim: usize, trials: Vec<Trial>) {
        let fits: Vec<(Trial, Option<Fit>)> = trials.into_iter().map(|trial| self.try_on(trial)).collect();
        let only = |wanted: &dyn Fn(&Trial, &Fit) -> bool| {
            let mut found = fits.iter().enumerate().filter(|(_, (trial, fit))| fit.as_ref().is_some_and(|fit| wanted(trial, fit)));
            found.next().map(|(index, _)| index).filter(|_| found.next().is_none())
        };
        let ties = |fit: &Fit| matches!(fit, Fit::Ties { .. });
        let told = fits.iter().filter(|(trial, _)| trial.told).count();
        let chosen = only(&|trial, fit| trial.told && ties(fit))
            .or_else(|| only(&|_, fit| matches!(fit, Fit::Ties { telling: true })))
            .or_else(|| only(&|trial, fit| trial.told && told == 1 && matches!(fit, Fit::Slip)));
        if let Some((trial, _)) = chosen.and_then(|chosen| fits.into_iter().nth(chosen)) {
            self.adopt(claim, trial);
        }
    }

    /// How a trial fits: a slip is looked for only where the words support it.
    fn try_on(&mut self, trial: Trial) -> (Trial, Option<Fit>) {
        let before = trial.sign.and_then(|(figure, negative)| self.turn(figure, negative));
        let slips = match trial {
            Trial { told: false, .. } => Slips::None,
            Trial { announced: true, .. } => Slips::AndDigits,
            _ => Slips::Known,
        };
        let fit = fit::fit(&trial.draft, self.figures, slips);
        if let Some((figure, negative)) = before {
            self.turn(figure, negative);
        }
        (trial, fit)
    }

    fn adopt(&mut self, claim: usize, trial: Trial) {
        if let Some((figure, negative)) = trial.sign {
            self.turn(figure, negative);
        }
        if let Some(instead) = trial.instead {
            self.drop_claim(instead);
        }
        self.replace(claim, trial.draft);
    }
}

/// The figures of a claim in its two times.
fn levels(claim: &Draft) -> (Option<usize>, Option<usize>) {
    (claim.figure(Role::Current), claim.figure(Role::Prior))
}
