//! Would one digit of one figure, replaced, make a claim tie?

use super::Draft;
use crate::check::figure::Figure;
use crate::check::judge;
use crate::printed::{Printed, Reading};
use crate::relation::Role;
use rust_decimal::Decimal;

/// Figures of fewer digits are a digit away from too much.
const FEWEST: usize = 2;
/// Figures of more digits are not mistyped in the way that is looked for here.
const MOST: usize = 9;

/// Whether one digit of one figure, replaced, makes a claim tie at least within rounding.
pub(super) fn is_one_away(draft: &Draft, figures: &[Figure]) -> bool {
    draft.roles.iter().any(|(role, index)| figures.get(*index).is_some_and(|figure| has_wrong_digit(draft, figures, *role, figure)))
}

fn has_wrong_digit(draft: &Draft, figures: &[Figure], wanted: Role, figure: &Figure) -> bool {
    let digits = figure.digits.mantissa().unsigned_abs().to_string().into_bytes();
    let significant = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    if significant < FEWEST || digits.len() > MOST {
        return false;
    }
    let variants = (0..significant).flat_map(|place| (b'0'..=b'9').map(move |digit| (place, digit)));
    variants.filter(|(place, digit)| digits.get(*place) != Some(digit) && !(*place == 0 && *digit == b'0')).any(|(place, digit)| {
        let mut replaced = digits.clone();
        if let Some(old) = replaced.get_mut(place) {
            *old = digit;
        }
        let Some(printed) = printed(figure, &replaced) else { return false };
        judge::claim(draft, figures, Reading::Nearest, |role, _| (role == wanted).then(|| printed.clone())).ties_within_rounding()
    })
}

/// A figure with other digits: its scale, its sign and how precisely it is printed stay.
fn printed(figure: &Figure, digits: &[u8]) -> Option<Printed> {
    let mantissa: i128 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let printed = Printed::new(Decimal::try_from_i128_with_scale(mantissa, figure.digits.scale()).ok()?, figure.power);
    Some(if figure.printed.value().is_negative() { printed.negated() } else { printed })
}
