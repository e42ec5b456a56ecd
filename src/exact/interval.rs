//! Which values does a figure leave open, and which follow from them? An interval with open or closed ends.

use super::ratio::Ratio;
use std::cmp::Ordering;

/// One end of an [`Interval`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The end belongs to the interval.
    Closed(Ratio),
    /// The end does not belong to the interval.
    Open(Ratio),
    /// There is no end on this side.
    Unbounded,
}

impl End {
    /// The value at the end, where there is one.
    ///
    /// ```
    /// use tieout::{End, Ratio};
    ///
    /// assert_eq!(End::Open(Ratio::ONE).value(), Some(&Ratio::ONE));
    /// assert_eq!(End::Unbounded.value(), None);
    /// ```
    pub fn value(&self) -> Option<&Ratio> {
        match self {
            End::Closed(value) | End::Open(value) => Some(value),
            End::Unbounded => None,
        }
    }

    /// Whether the end itself belongs to the interval.
    ///
    /// ```
    /// use tieout::{End, Ratio};
    ///
    /// assert!(End::Closed(Ratio::ONE).is_closed() && !End::Open(Ratio::ONE).is_closed());
    /// ```
    pub fn is_closed(&self) -> bool {
        matches!(self, End::Closed(_))
    }

    fn map(&self, f: impl FnOnce(&Ratio) -> Ratio) -> End {
        match self {
            End::Closed(value) => End::Closed(f(value)),
            End::Open(value) => End::Open(f(value)),
            End::Unbounded => End::Unbounded,
        }
    }

    fn of(value: Ratio, closed: bool) -> End {
        if closed { End::Closed(value) } else { End::Open(value) }
    }
}

/// A set of values without gaps, never empty: from a low end to a high one.
///
/// The arithmetic is that of sets: `a.add(&b)` holds `x + y` for every `x` in `a` and `y` in `b`, and nothing else.
/// Ends are exact.
///
/// # Example
///
/// 59.5 billion printed to a tenth, and the prior that a change of −18.9% implies:
///
/// ```
/// use tieout::{Interval, Ratio};
///
/// let current = Interval::closed(Ratio::new(5945, 100).unwrap(), Ratio::new(5955, 100).unwrap()).unwrap();
/// let factor = Interval::closed(Ratio::new(8105, 10000).unwrap(), Ratio::new(8115, 10000).unwrap()).unwrap();
/// let prior = current.checked_div(&factor).unwrap();
/// assert_eq!(prior.low().value(), Ratio::new(5945 * 100, 8115).as_ref());
/// assert_eq!(prior.high().value(), Ratio::new(5955 * 100, 8105).as_ref());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    low: End,
    high: End,
}

impl Interval {
    /// Every value.
    pub const ALL: Interval = Interval { low: End::Unbounded, high: End::Unbounded };

    /// The interval between two ends, or `None` if nothing lies between them.
    ///
    /// ```
    /// use tieout::{End, Interval, Ratio};
    ///
    /// let one = Ratio::ONE;
    /// assert!(Interval::new(End::Closed(one.clone()), End::Unbounded).is_some());
    /// assert!(Interval::new(End::Closed(one.clone()), End::Open(one)).is_none());
    /// ```
    pub fn new(low: End, high: End) -> Option<Interval> {
        if let (Some(l), Some(h)) = (low.value(), high.value()) {
            match l.cmp(h) {
                Ordering::Greater => return None,
                Ordering::Equal if !(low.is_closed() && high.is_closed()) => return None,
                _ => {}
            }
        }
        Some(Interval { low, high })
    }

    /// The interval with both ends included, or `None` if `low` is above `high`.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// assert!(Interval::closed(Ratio::ZERO, Ratio::ONE).is_some());
    /// assert!(Interval::closed(Ratio::ONE, Ratio::ZERO).is_none());
    /// ```
    pub fn closed(low: Ratio, high: Ratio) -> Option<Interval> {
        Interval::new(End::Closed(low), End::Closed(high))
    }

    /// One value alone.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// assert!(Interval::point(Ratio::ONE).is_point());
    /// ```
    pub fn point(value: Ratio) -> Interval {
        Interval { low: End::Closed(value.clone()), high: End::Closed(value) }
    }

    /// From `value - radius` to `value + radius`, both included; a negative radius counts as its size.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(Interval::around(&Ratio::from(5), &Ratio::from(2)), interval(3, 7));
    /// ```
    pub fn around(value: &Ratio, radius: &Ratio) -> Interval {
        let radius = radius.abs();
        Interval { low: End::Closed(value - &radius), high: End::Closed(value + &radius) }
    }

    /// The lower end.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(3, 7).low().value(), Some(&Ratio::from(3)));
    /// ```
    pub fn low(&self) -> &End {
        &self.low
    }

    /// The upper end.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(3, 7).high().value(), Some(&Ratio::from(7)));
    /// ```
    pub fn high(&self) -> &End {
        &self.high
    }

    /// Whether this is one value alone.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert!(interval(3, 3).is_point() && !interval(3, 7).is_point());
    /// ```
    pub fn is_point(&self) -> bool {
        self.low.value().is_some() && self.low.value() == self.high.value()
    }

    /// Whether the value lies inside.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert!(interval(3, 7).contains(&Ratio::from(7)) && !interval(3, 7).contains(&Ratio::from(8)));
    /// ```
    pub fn contains(&self, value: &Ratio) -> bool {
        let above = match &self.low {
            End::Closed(low) => low <= value,
            End::Open(low) => low < value,
            End::Unbounded => true,
        };
        above
            && match &self.high {
                End::Closed(high) => value <= high,
                End::Open(high) => value < high,
                End::Unbounded => true,
            }
    }

    /// What both hold, or `None` if that is nothing.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(3, 7).intersect(&interval(5, 9)), Some(interval(5, 7)));
    /// assert_eq!(interval(3, 7).intersect(&interval(8, 9)), None);
    /// ```
    pub fn intersect(&self, other: &Interval) -> Option<Interval> {
        let low = inner(&self.low, &other.low, Ordering::Greater);
        let high = inner(&self.high, &other.high, Ordering::Less);
        Interval::new(low.clone(), high.clone())
    }

    /// Whether both hold some value; one point is enough.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert!(interval(3, 7).meets(&interval(7, 9)));
    /// ```
    pub fn meets(&self, other: &Interval) -> bool {
        self.intersect(other).is_some()
    }

    /// The smallest interval that holds both.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(3, 4).hull(&interval(8, 9)), interval(3, 9));
    /// ```
    #[must_use]
    pub fn hull(&self, other: &Interval) -> Interval {
        Interval { low: outer(&self.low, &other.low, Ordering::Less), high: outer(&self.high, &other.high, Ordering::Greater) }
    }

    /// Every `-x`.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(3, 7).neg(), interval(-7, -3));
    /// ```
    #[must_use]
    pub fn neg(&self) -> Interval {
        Interval { low: self.high.map(|v| -v), high: self.low.map(|v| -v) }
    }

    /// Every `x + y`.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(3, 7).add(&interval(1, 2)), interval(4, 9));
    /// ```
    #[must_use]
    pub fn add(&self, other: &Interval) -> Interval {
        Interval { low: sum(&self.low, &other.low), high: sum(&self.high, &other.high) }
    }

    /// Every `x - y`.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(3, 7).sub(&interval(1, 2)), interval(1, 6));
    /// ```
    #[must_use]
    pub fn sub(&self, other: &Interval) -> Interval {
        self.add(&other.neg())
    }

    /// Every `x × y`.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(-3, 7).mul(&interval(1, 2)), interval(-6, 14));
    /// ```
    #[must_use]
    pub fn mul(&self, other: &Interval) -> Interval {
        if self.is_of_sizes() && other.is_of_sizes() {
            let low = product(Corner::low(self), Corner::low(other));
            let high = product(Corner::high(self), Corner::high(other));
            return Interval { low: low.into_end(), high: high.into_end() };
        }
        let corners = [
            product(Corner::low(self), Corner::low(other)),
            product(Corner::low(self), Corner::high(other)),
            product(Corner::high(self), Corner::low(other)),
            product(Corner::high(self), Corner::high(other)),
        ];
        let [first, rest @ ..] = corners;
        let pick = |wanted: Ordering| rest.iter().fold(first.clone(), |best, next| extreme(best, next, wanted));
        Interval { low: pick(Ordering::Less).into_end(), high: pick(Ordering::Greater).into_end() }
    }

    /// Every `x ÷ y` for `y` other than zero, or `None` if `y` can be on both sides of zero, or only zero: what
    /// follows is then not an interval.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(6, 8).checked_div(&interval(1, 2)), Some(interval(3, 8)));
    /// assert_eq!(interval(6, 8).checked_div(&interval(-1, 2)), None);
    /// ```
    pub fn checked_div(&self, divisor: &Interval) -> Option<Interval> {
        Some(self.mul(&divisor.recip()?))
    }

    /// Every `1 ÷ x` for `x` other than zero, or `None` as in [`checked_div`](Interval::checked_div).
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(1, 2).recip(), Interval::closed(Ratio::new(1, 2).unwrap(), Ratio::ONE));
    /// ```
    pub fn recip(&self) -> Option<Interval> {
        let low_sign = self.low.value().map(Ratio::sign);
        let high_sign = self.high.value().map(Ratio::sign);
        let positive = matches!(low_sign, Some(Ordering::Greater | Ordering::Equal));
        let negative = matches!(high_sign, Some(Ordering::Less | Ordering::Equal));
        if positive == negative {
            return None;
        }
        // An end at zero turns into no end, a missing end into an open zero.
        let turn = |end: &End| match end {
            End::Unbounded => End::Open(Ratio::ZERO),
            End::Closed(value) => value.recip().map_or(End::Unbounded, End::Closed),
            End::Open(value) => value.recip().map_or(End::Unbounded, End::Open),
        };
        Interval::new(turn(&self.high), turn(&self.low))
    }

    /// Every size `|x|`.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// assert_eq!(interval(-3, 2).abs(), interval(0, 3));
    /// ```
    #[must_use]
    pub fn abs(&self) -> Interval {
        let negative = self.neg();
        match (self.contains(&Ratio::ZERO), self.low.value().is_some_and(|low| !low.is_negative())) {
            (_, true) => self.clone(),
            (true, false) => Interval { low: End::Closed(Ratio::ZERO), high: outer(&self.high, &negative.high, Ordering::Greater) },
            (false, false) => negative,
        }
    }

    /// How far outside a value lies, and on which side: its distance from the nearest end, `None` inside.
    ///
    /// ```
    /// use tieout::{Interval, Ratio};
    ///
    /// let interval = |low: i64, high: i64| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
    /// use std::cmp::Ordering;
    ///
    /// assert_eq!(interval(3, 7).distance(&Ratio::from(9)), Some((Ordering::Greater, Ratio::from(2))));
    /// assert_eq!(interval(3, 7).distance(&Ratio::from(5)), None);
    /// ```
    pub fn distance(&self, value: &Ratio) -> Option<(Ordering, Ratio)> {
        if self.contains(value) {
            return None;
        }
        match (self.low.value(), self.high.value()) {
            (Some(low), _) if value <= low => Some((Ordering::Less, low - value)),
            (_, Some(high)) => Some((Ordering::Greater, value - high)),
            _ => None,
        }
    }
}

impl Interval {
    /// Whether nothing in it is below zero, so that the ends of a product are those of the ends.
    fn is_of_sizes(&self) -> bool {
        self.low.value().is_some_and(|low| !low.is_negative())
    }
}

/// The narrower of two ends: the one farther in the `wanted` direction, an open one before a closed one.
fn inner<'a>(a: &'a End, b: &'a End, wanted: Ordering) -> &'a End {
    match (a.value(), b.value()) {
        (None, _) => b,
        (_, None) => a,
        (Some(x), Some(y)) => match x.cmp(y) {
            Ordering::Equal if a.is_closed() => b,
            Ordering::Equal => a,
            order if order == wanted => a,
            _ => b,
        },
    }
}

/// The wider of two ends: the one farther in the `wanted` direction, a closed one before an open one.
fn outer(a: &End, b: &End, wanted: Ordering) -> End {
    match (a.value(), b.value()) {
        (None, _) | (_, None) => End::Unbounded,
        (Some(x), Some(y)) => match x.cmp(y) {
            Ordering::Equal if a.is_closed() => a.clone(),
            Ordering::Equal => b.clone(),
            order if order == wanted => a.clone(),
            _ => b.clone(),
        },
    }
}

fn sum(a: &End, b: &End) -> End {
    match (a.value(), b.value()) {
        (Some(x), Some(y)) => End::of(x + y, a.is_closed() && b.is_closed()),
        _ => End::Unbounded,
    }
}

/// An end as a factor: a value, or infinity with the sign of its side.
#[derive(Debug, Clone)]
enum Corner {
    Finite { value: Ratio, closed: bool },
    Infinite(Ordering),
}

impl Corner {
    fn low(interval: &Interval) -> Corner {
        Corner::of(&interval.low, Ordering::Less)
    }

    fn high(interval: &Interval) -> Corner {
        Corner::of(&interval.high, Ordering::Greater)
    }

    fn of(end: &End, side: Ordering) -> Corner {
        match end {
            End::Closed(value) => Corner::Finite { value: value.clone(), closed: true },
            End::Open(value) => Corner::Finite { value: value.clone(), closed: false },
            End::Unbounded => Corner::Infinite(side),
        }
    }

    fn sign(&self) -> Ordering {
        match self {
            Corner::Finite { value, .. } => value.sign(),
            Corner::Infinite(side) => *side,
        }
    }

    fn into_end(self) -> End {
        match self {
            Corner::Finite { value, closed } => End::of(value, closed),
            Corner::Infinite(_) => End::Unbounded,
        }
    }
}

fn product(a: Corner, b: Corner) -> Corner {
    // A zero that is reached stays reached whatever it is multiplied by.
    let zero = |corner: &Corner| matches!(corner, Corner::Finite { value, closed: true } if value.is_zero());
    if zero(&a) || zero(&b) {
        return Corner::Finite { value: Ratio::ZERO, closed: true };
    }
    match (&a, &b) {
        (Corner::Finite { value: x, closed: c }, Corner::Finite { value: y, closed: d }) => {
            Corner::Finite { value: x * y, closed: *c && *d }
        }
        _ => match (a.sign(), b.sign()) {
            (Ordering::Equal, _) | (_, Ordering::Equal) => Corner::Finite { value: Ratio::ZERO, closed: false },
            (x, y) if x == y => Corner::Infinite(Ordering::Greater),
            _ => Corner::Infinite(Ordering::Less),
        },
    }
}

/// The corner farther in the `wanted` direction; at the same value a closed one.
fn extreme(best: Corner, next: &Corner, wanted: Ordering) -> Corner {
    let replace = match (&best, next) {
        (Corner::Infinite(side), _) => *side != wanted,
        (_, Corner::Infinite(side)) => *side == wanted,
        (Corner::Finite { value: x, closed: c }, Corner::Finite { value: y, closed: d }) => match y.cmp(x) {
            Ordering::Equal => *d && !*c,
            order => order == wanted,
        },
    };
    if replace { next.clone() } else { best }
}
