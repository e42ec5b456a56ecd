//! Which values round to a printed one? The interval behind a figure, for every mode, with exact ends.

use super::interval::{End, Interval};
use super::ratio::Ratio;
use super::rounding::RoundingMode;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive};

/// What an end of a preimage lies away from the printed value.
#[derive(Clone, Copy)]
enum Reach {
    /// The value itself, included.
    Value,
    /// Half a unit away, included or not.
    Half { closed: bool },
    /// A whole unit away, not included.
    Unit,
}

impl RoundingMode {
    /// The values that this mode rounds to `value`, where `unit` is the unit of its last digit: the interval that a
    /// printed figure leaves open. `None` when `value` is not a multiple of `unit`, or `unit` is not positive:
    /// nothing rounds to it.
    ///
    /// # Example
    ///
    /// 59.5 printed to a tenth:
    ///
    /// ```
    /// use tieout::{End, Ratio, RoundingMode};
    ///
    /// let (value, unit) = (Ratio::new(595, 10).unwrap(), Ratio::new(1, 10).unwrap());
    /// let half_up = RoundingMode::HalfUp.preimage(&value, &unit).unwrap();
    /// assert_eq!(half_up.low(), &End::Closed(Ratio::new(5945, 100).unwrap()));
    /// assert_eq!(half_up.high(), &End::Open(Ratio::new(5955, 100).unwrap()));
    /// ```
    pub fn preimage(self, value: &Ratio, unit: &Ratio) -> Option<Interval> {
        if !unit.is_positive() {
            return None;
        }
        let last = LastDigit::of(value, unit)?;
        let (toward_zero, away) = self.reaches(&last);
        let end = |reach: Reach, outward: bool| {
            let distance = match reach {
                Reach::Value => return End::Closed(value.clone()),
                Reach::Half { .. } => unit * &Ratio::new(1, 2).unwrap_or(Ratio::ZERO),
                Reach::Unit => unit.clone(),
            };
            let at = if outward { value + &distance } else { value - &distance };
            if matches!(reach, Reach::Half { closed: true }) { End::Closed(at) } else { End::Open(at) }
        };
        if last.negative {
            Interval::new(end(away, false), end(toward_zero, true))
        } else {
            Interval::new(end(toward_zero, false), end(away, true))
        }
    }

    /// How far the values reach towards zero and away from it; at zero, down and up.
    fn reaches(self, last: &LastDigit) -> (Reach, Reach) {
        use Reach::{Half, Unit, Value};
        let (closed, open) = (Half { closed: true }, Half { closed: false });
        let (zero, negative) = (last.zero, last.negative);
        match self {
            RoundingMode::HalfEven if last.even => (closed, closed),
            RoundingMode::HalfEven => (open, open),
            RoundingMode::HalfUp if zero => (open, open),
            RoundingMode::HalfUp => (closed, open),
            RoundingMode::HalfDown if zero => (closed, closed),
            RoundingMode::HalfDown => (open, closed),
            // [v - u/2, v + u/2) for every sign: the end towards zero is the lower one of a positive value.
            RoundingMode::HalfCeiling if negative => (open, closed),
            RoundingMode::HalfCeiling => (closed, open),
            RoundingMode::HalfFloor if negative => (closed, open),
            RoundingMode::HalfFloor => (open, closed),
            RoundingMode::Up if zero => (Value, Value),
            RoundingMode::Up => (Unit, Value),
            RoundingMode::Down if zero => (Unit, Unit),
            RoundingMode::Down => (Value, Unit),
            RoundingMode::Ceiling if negative => (Value, Unit),
            RoundingMode::Ceiling => (Unit, Value),
            RoundingMode::Floor if negative => (Unit, Value),
            RoundingMode::Floor => (Value, Unit),
            RoundingMode::ZeroFiveUp => match last.mod_five {
                0 => (Value, Value),
                1 => (Unit, Unit),
                _ => (Value, Unit),
            },
        }
    }
}

/// What the rules need to know of `value / unit`.
struct LastDigit {
    negative: bool,
    zero: bool,
    even: bool,
    mod_five: u8,
}

impl LastDigit {
    /// `None` when the value is not a whole number of units.
    fn of(value: &Ratio, unit: &Ratio) -> Option<LastDigit> {
        let count = value.checked_div(unit)?.to_whole()?.abs();
        Some(LastDigit {
            negative: value.is_negative(),
            zero: value.is_zero(),
            even: count.is_even(),
            mod_five: (&count % 5_u8).to_u8().unwrap_or(0),
        })
    }
}
