//! Which value lies in most of some intervals? Counted over the order of their ends, so that it costs no more than to
//! sort these once.

use crate::exact::{End, Interval, Ratio};
use std::ops::Range;

/// Intervals in pairs, a coarse and a fine one of each owner, over the order of all their ends.
///
/// Places alternate: an even one is an end, the odd one behind it all values up to the next end.
pub(crate) struct Cover {
    ends: Vec<Ratio>,
    owners: Vec<Owner>,
}

struct Owner {
    coarse: Span,
    fine: Span,
}

/// An interval in places.
struct Span {
    places: Range<usize>,
    /// The ends it has, by index.
    ends: [Option<usize>; 2],
}

/// How many coarse and how many fine intervals hold a value.
type Score = (usize, usize);

impl Cover {
    pub(crate) fn of<'a>(pairs: impl Iterator<Item = (&'a Interval, &'a Interval)> + Clone) -> Cover {
        let mut ends: Vec<Ratio> = pairs
            .clone()
            .flat_map(|(coarse, fine)| [coarse.low(), coarse.high(), fine.low(), fine.high()])
            .filter_map(|end| end.value().cloned())
            .collect();
        ends.sort_unstable();
        ends.dedup();
        let owners = pairs.map(|(coarse, fine)| Owner { coarse: Span::of(coarse, &ends), fine: Span::of(fine, &ends) }).collect();
        Cover { ends, owners }
    }

    /// The stretches of values that lie in most of the coarse intervals of some owners, and among those in most of the
    /// fine ones: a value of each, ascending. Nothing where no interval has an end.
    pub(crate) fn best(&self, owners: &[usize]) -> Vec<Ratio> {
        let mut steps: Vec<(i64, i64)> = vec![(0, 0); self.ends.len() * 2 + 1];
        let mut live = vec![false; self.ends.len()];
        for owner in owners.iter().filter_map(|owner| self.owners.get(*owner)) {
            owner.coarse.add(&mut live, |place, step| steps.get_mut(place).into_iter().for_each(|known| known.0 += step));
            owner.fine.add(&mut live, |place, step| steps.get_mut(place).into_iter().for_each(|known| known.1 += step));
        }
        let (Some(first), Some(last)) = (live.iter().position(|live| *live), live.iter().rposition(|live| *live)) else {
            return Vec::new();
        };
        let counts = |(coarse, fine): (i64, i64)| (usize::try_from(coarse).unwrap_or(0), usize::try_from(fine).unwrap_or(0));
        let mut sum = (0, 0);
        let scores: Vec<Score> = steps
            .into_iter()
            .map(|step| {
                sum = (sum.0 + step.0, sum.1 + step.1);
                counts(sum)
            })
            .collect();
        let scores = scores.get(2 * first..=2 * last).unwrap_or_default();
        let best = scores.iter().max().copied().unwrap_or_default();
        let begins = |(place, score): &(usize, &Score)| {
            **score == best && place.checked_sub(1).is_none_or(|before| scores.get(before) != Some(&best))
        };
        scores.iter().enumerate().filter(begins).filter_map(|(place, _)| self.value(2 * first + place, &live)).collect()
    }

    /// A value at a place: an end, or the middle between those that stand around it.
    fn value(&self, place: usize, live: &[bool]) -> Option<Ratio> {
        let end = place / 2;
        if place.is_multiple_of(2) && live.get(end) == Some(&true) {
            return self.ends.get(end).cloned();
        }
        let before = live.get(..=end)?.iter().rposition(|live| *live)?;
        let after = end + 1 + live.get(end + 1..)?.iter().position(|live| *live)?;
        Some(&(self.ends.get(before)? + self.ends.get(after)?) * &Ratio::new(1, 2)?)
    }
}

impl Span {
    fn of(interval: &Interval, ends: &[Ratio]) -> Span {
        let place = |end: &End| end.value().and_then(|value| ends.binary_search(value).ok());
        let (low, high) = (place(interval.low()), place(interval.high()));
        let start = low.map_or(0, |low| 2 * low + usize::from(!interval.low().is_closed()));
        let end = high.map_or(2 * ends.len(), |high| 2 * high + usize::from(interval.high().is_closed()));
        Span { places: start..end, ends: [low, high] }
    }

    fn add(&self, live: &mut [bool], mut step: impl FnMut(usize, i64)) {
        for end in self.ends.into_iter().flatten() {
            live.get_mut(end).into_iter().for_each(|live| *live = true);
        }
        if !self.places.is_empty() {
            step(self.places.start, 1);
            step(self.places.end, -1);
        }
    }
}
