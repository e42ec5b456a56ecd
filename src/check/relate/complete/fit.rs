//! Does a draft tie, and would it do so by chance?

use super::super::{Draft, digit};
use crate::check::figure::Figure;
use crate::check::{diagnose, judge};
use crate::exact::{Interval, Ratio};
use crate::printed::Reading;
use crate::relation::{Role, Verdict};

/// How figures fit their equation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// They tie, at least within rounding; telling where few other figures would.
    Ties { telling: bool },
    /// They do not, and one slip would explain that.
    Slip,
}

/// Which slips are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slips {
    None,
    /// Those that are reported.
    Known,
    /// One wrong digit besides.
    AndDigits,
}

/// How a draft fits. `None` if it does not.
pub(super) fn fit(draft: &Draft, figures: &[Figure], slips: Slips) -> Option<Fit> {
    match judge::judge(draft, figures, Reading::Nearest).verdict {
        Verdict::Ties | Verdict::TiesWithinRounding => Some(Fit::Ties { telling: is_telling(draft, figures) }),
        Verdict::TiesCoarsely if slips != Slips::None => Some(Fit::Ties { telling: false }),
        Verdict::DoesNotTie if is_slip(draft, figures, slips) => Some(Fit::Slip),
        _ => None,
    }
}

fn is_slip(draft: &Draft, figures: &[Figure], slips: Slips) -> bool {
    let known = || !diagnose::diagnose(draft, figures, Reading::Nearest).is_empty();
    slips != Slips::None && (known() || slips == Slips::AndDigits && digit::is_one_away(draft, figures))
}

/// Whether what the other figures imply for the prior, and its own rounding, leave little room: a figure picked at random
/// would hardly fit.
fn is_telling(draft: &Draft, figures: &[Figure]) -> bool {
    let leeway = Ratio::new(25, 1000).unwrap_or(Ratio::ZERO);
    let Some(prior) = draft.figure(Role::Prior).and_then(|prior| figures.get(prior)) else { return false };
    let mut rest = draft.clone();
    rest.roles.retain(|(role, _)| *role != Role::Prior);
    let implied = judge::judge(&rest, figures, Reading::Nearest).implied;
    let factor = judge::unit_factor(prior.kind);
    let own = prior.printed.scaled(&factor);
    let width = implied.and_then(|implied| Some(&width(&implied.interval)? + &width(&own.interval(Reading::Nearest))?));
    width.is_some_and(|width| width <= &own.value().abs() * &leeway)
}

fn width(interval: &Interval) -> Option<Ratio> {
    Some(interval.high().value()? - interval.low().value()?)
}
