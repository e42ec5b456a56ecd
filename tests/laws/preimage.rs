//! The preimage of a printed value, against every point of a fine grid: exactly the points that round to it lie inside.

use super::reference::{self, fraction, ratio};
use dashu_ratio::RBig;
use tieout::RoundingMode;

/// How many grid points a unit has: halves of it fall on the grid, and points just beside them.
const STEPS: i128 = 20;

/// Tries every grid point against every printed value from −12 to 12 units.
#[track_caller]
fn assert_preimages(mode: RoundingMode, unit: &RBig) {
    let mut inside_any = 0;
    for printed in -12..=12 {
        let value = RBig::from(printed) * unit;
        let preimage = mode.preimage(&ratio(&value), &ratio(unit));
        for step in -14 * STEPS..=14 * STEPS {
            let x = fraction(step, STEPS) * unit;
            let rounds_here = reference::round_to(&x, unit, mode).value == value;
            let inside = preimage.as_ref().is_some_and(|interval| interval.contains(&ratio(&x)));
            assert_eq!(inside, rounds_here, "{mode:?}: does {x} round to {value}?");
            inside_any += usize::from(inside);
        }
    }
    assert!(inside_any >= 24 * STEPS as usize, "{mode:?}: the grid was hardly hit");
}

fn assert_all_units(mode: RoundingMode) {
    for (num, den) in [(1, 10), (1, 1), (1000, 1), (5, 100)] {
        assert_preimages(mode, &fraction(num, den));
    }
}

macro_rules! preimages {
    ($($name:ident: $mode:ident;)*) => {
        $(
            #[test]
            fn $name() {
                assert_all_units(RoundingMode::$mode);
            }
        )*

        /// Rule: no mode is left out.
        #[test]
        fn every_mode_is_tried_on_the_grid() {
            assert_eq!(RoundingMode::ALL.to_vec(), [$(RoundingMode::$mode),*]);
        }
    };
}

preimages! {
    half_even_holds_exactly_what_rounds_there: HalfEven;
    half_up_holds_exactly_what_rounds_there: HalfUp;
    half_down_holds_exactly_what_rounds_there: HalfDown;
    half_ceiling_holds_exactly_what_rounds_there: HalfCeiling;
    half_floor_holds_exactly_what_rounds_there: HalfFloor;
    up_holds_exactly_what_rounds_there: Up;
    down_holds_exactly_what_rounds_there: Down;
    ceiling_holds_exactly_what_rounds_there: Ceiling;
    floor_holds_exactly_what_rounds_there: Floor;
    zero_five_up_holds_exactly_what_rounds_there: ZeroFiveUp;
}

/// Rule: between its multiples nothing is printed, and a unit is positive.
#[test]
fn what_cannot_be_printed_has_no_preimage() {
    let half = ratio(&fraction(1, 2));
    let one = ratio(&RBig::ONE);
    for mode in RoundingMode::ALL {
        assert_eq!(mode.preimage(&half, &one), None);
        assert_eq!(mode.preimage(&one, &ratio(&RBig::ZERO)), None);
        assert_eq!(mode.preimage(&one, &-half.clone()), None);
    }
}
