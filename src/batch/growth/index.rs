//! Every figure of a table by its key and period, in 16 bytes a figure.
//!
//! A key is not kept but its fingerprint: two hashes with seeds drawn anew in each run, so that no file can be made for
//! them. 10 bits of one choose a part of the table, the 64 of the other are stored. That two of ten million figures look
//! alike has a probability of about 10⁻⁹. A part that stands 80% full is enlarged by half, one part at a time: 20 to 30
//! bytes a figure.

use crate::batch::processor::fetch_ahead;
use crate::batch::short::Short;
use crate::locale::{TypedFigure, TypedUnit};
use foldhash::quality::RandomState;
use rust_decimal::Decimal;
use std::hash::{BuildHasher, Hasher};

/// How many parts the table has.
const PARTS: usize = 1024;
const PART_BITS: u32 = PARTS.trailing_zeros();
/// How many figures ahead their place is brought near.
const AHEAD: usize = 16;
/// Odd numbers without a pattern: they spread the codes of periods.
const SPREAD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];

/// What makes fingerprints: the same key has the same one in one run.
#[derive(Debug, Default)]
pub(super) struct Fingerprints([RandomState; 2]);

impl Fingerprints {
    /// The fingerprint of the fields of a key, in order.
    #[inline]
    pub(super) fn of<E>(&self, fields: impl Iterator<Item = Result<impl AsRef<[u8]>, E>>) -> Result<Fingerprint, E> {
        let [mut place, mut tag] = self.0.each_ref().map(BuildHasher::build_hasher);
        for field in fields {
            let field = field?;
            for hasher in [&mut place, &mut tag] {
                // Each after its length, so that no two keys look alike.
                hasher.write_usize(field.as_ref().len());
                hasher.write(field.as_ref());
            }
        }
        Ok(Fingerprint { place: place.finish(), tag: tag.finish() })
    }
}

/// What stands for a key, or for a key and a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    place: u64,
    tag: u64,
}

impl Fingerprint {
    /// The fingerprint of this key at a period.
    #[inline]
    pub(super) fn at(self, period: u64) -> Fingerprint {
        let [place, tag] = SPREAD.map(|spread| period.wrapping_mul(spread));
        Fingerprint { place: self.place ^ place, tag: self.tag.wrapping_add(tag) }
    }

    /// The part of the table that it belongs to.
    #[inline]
    fn part(self) -> usize {
        // OK because a few bits fit any integer.
        (self.place >> (u64::BITS - PART_BITS)) as usize
    }
}

/// A figure in 64 bits: from the highest, 3 for what it is, 1 for the sign, 5 for the scale, 55 for the digits. All
/// zero is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Packed(u64);

const KIND: u32 = 61;
const SIGN: u32 = 60;
const SCALE: u32 = 55;
const PLAIN: u64 = 1;
const PERCENT: u64 = 2;
/// The digits are an index of the figures that are longer.
const LONG: u64 = 3;
/// Rows disagree.
const CONFLICT: u64 = 4;

impl Packed {
    const CONFLICT: Packed = Packed(CONFLICT << KIND);

    /// A figure, if it fits.
    pub(super) fn new(figure: &TypedFigure) -> Option<Packed> {
        let kind = match figure.unit {
            TypedUnit::Plain if figure.power == 0 => PLAIN,
            TypedUnit::Percent if figure.power == 0 => PERCENT,
            _ => return None,
        };
        let digits = u64::try_from(figure.digits.mantissa().unsigned_abs()).ok()?;
        Packed::of(kind, Short { negative: figure.digits.is_sign_negative(), digits, scale: figure.digits.scale() })
    }

    /// An ordinary number, if it fits.
    #[inline]
    pub(super) fn plain(number: Short) -> Option<Packed> {
        Packed::of(PLAIN, number)
    }

    #[inline]
    fn of(kind: u64, number: Short) -> Option<Packed> {
        let fits = number.digits >> SCALE == 0 && number.scale < 1 << (SIGN - SCALE);
        fits.then_some(Packed(kind << KIND | u64::from(number.negative) << SIGN | u64::from(number.scale) << SCALE | number.digits))
    }

    fn long(index: usize) -> Packed {
        // OK because there are not so many figures.
        Packed(LONG << KIND | index as u64)
    }

    fn kind(self) -> u64 {
        self.0 >> KIND
    }

    fn digits(self) -> u64 {
        self.0 & ((1 << SCALE) - 1)
    }

    fn number(self) -> Short {
        // OK because five bits fit.
        let scale = (self.0 >> SCALE & ((1 << (SIGN - SCALE)) - 1)) as u32;
        Short { negative: self.0 >> SIGN & 1 == 1, digits: self.digits(), scale }
    }

    /// Whether rows disagree on the figure.
    #[inline]
    pub(super) fn is_conflict(self) -> bool {
        self.kind() == CONFLICT
    }

    /// The ordinary number that the figure is; `None` if it is something else.
    #[inline]
    pub(super) fn short(self) -> Option<Short> {
        (self.kind() == PLAIN).then(|| self.number())
    }
}

/// Figures found in a chunk, in the order of the rows.
#[derive(Debug, Default)]
pub(super) struct Batch {
    found: Vec<(Fingerprint, Packed)>,
    long: Vec<TypedFigure>,
}

impl Batch {
    pub(super) fn clear(&mut self) {
        self.found.clear();
        self.long.clear();
    }

    /// Adds an ordinary figure.
    #[inline]
    pub(super) fn push(&mut self, fingerprint: Fingerprint, figure: Packed) {
        self.found.push((fingerprint, figure));
    }

    /// Adds any figure.
    pub(super) fn push_figure(&mut self, fingerprint: Fingerprint, figure: TypedFigure) {
        let packed = Packed::new(&figure).unwrap_or_else(|| {
            self.long.push(figure);
            Packed::long(self.long.len() - 1)
        });
        self.push(fingerprint, packed);
    }
}

/// The table.
#[derive(Debug)]
pub(super) struct FigureIndex {
    parts: Vec<Part>,
    long: Vec<TypedFigure>,
    has_conflicts: bool,
}

impl Default for FigureIndex {
    fn default() -> FigureIndex {
        FigureIndex { parts: (0..PARTS).map(|_| Part::default()).collect(), long: Vec::new(), has_conflicts: false }
    }
}

impl FigureIndex {
    /// Adds the figures of a chunk. The first of equal figures stays; unequal ones are a conflict for good.
    pub(super) fn insert(&mut self, batch: &Batch) {
        let before = self.long.len();
        self.long.extend_from_slice(&batch.long);
        for (at, (fingerprint, packed)) in batch.found.iter().enumerate() {
            if let Some((later, _)) = batch.found.get(at + AHEAD) {
                self.fetch_ahead(*later);
            }
            let packed = if packed.kind() == LONG { Packed(packed.0 + before as u64) } else { *packed };
            if let Some(part) = self.parts.get_mut(fingerprint.part()) {
                self.has_conflicts |= part.insert(fingerprint.tag, packed, &self.long);
            }
        }
    }

    /// Has the place brought near where a figure is or will be.
    #[inline]
    pub(super) fn fetch_ahead(&self, fingerprint: Fingerprint) {
        if let Some(part) = self.parts.get(fingerprint.part()) {
            fetch_ahead(&part.slots, part.start(fingerprint.tag));
        }
    }

    /// Whether rows of any key and period disagree.
    #[inline]
    pub(super) fn has_conflicts(&self) -> bool {
        self.has_conflicts
    }

    /// The figure of a key and period; `None` if there is none.
    #[inline]
    pub(super) fn get(&self, fingerprint: Fingerprint) -> Option<Packed> {
        self.parts.get(fingerprint.part())?.get(fingerprint.tag)
    }

    /// The figure as it was read; `None` for a conflict.
    pub(super) fn figure(&self, packed: Packed) -> Option<TypedFigure> {
        unpack(packed, &self.long)
    }
}

fn unpack(packed: Packed, long: &[TypedFigure]) -> Option<TypedFigure> {
    let number = packed.number();
    let digits = || {
        let digits = i128::from(number.digits);
        Decimal::try_from_i128_with_scale(if number.negative { -digits } else { digits }, number.scale).ok()
    };
    match packed.kind() {
        PLAIN => digits().map(TypedFigure::plain),
        PERCENT => digits().map(|digits| TypedFigure { digits, power: 0, unit: TypedUnit::Percent }),
        LONG => usize::try_from(packed.digits()).ok().and_then(|index| long.get(index)).copied(),
        _ => None,
    }
}

/// A part of the table: open addressing, the next free slot serves.
#[derive(Debug, Default)]
struct Part {
    slots: Vec<Slot>,
    used: usize,
}

/// A figure and the rest of its fingerprint; free if there is no figure.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    tag: u64,
    figure: Packed,
}

impl Slot {
    #[inline]
    fn is_free(self) -> bool {
        self.figure == Packed::default()
    }
}

impl Part {
    #[inline]
    fn get(&self, tag: u64) -> Option<Packed> {
        let slot = self.slots.get(self.find(tag)?)?;
        (!slot.is_free()).then_some(slot.figure)
    }

    /// Where the search for a tag begins: the upper half of a product with a random number is a random number below the
    /// other factor.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "it is below a number of slots")]
    fn start(&self, tag: u64) -> usize {
        ((u128::from(tag) * self.slots.len() as u128) >> u64::BITS) as usize
    }

    /// The slot of a tag, or the free one where it would go; `None` while there are no slots.
    #[inline]
    fn find(&self, tag: u64) -> Option<usize> {
        let start = self.start(tag);
        let (before, behind) = self.slots.split_at_checked(start)?;
        let serves = |slot: &Slot| slot.tag == tag || slot.is_free();
        behind.iter().position(serves).map(|at| start + at).or_else(|| before.iter().position(serves))
    }

    /// Adds a figure; `true` if another one stands there.
    fn insert(&mut self, tag: u64, figure: Packed, long: &[TypedFigure]) -> bool {
        if self.used * 5 >= self.slots.len() * 4 {
            self.enlarge();
        }
        let Some(slot) = self.find(tag).and_then(|at| self.slots.get_mut(at)) else { return false };
        if slot.is_free() {
            *slot = Slot { tag, figure };
            self.used += 1;
        } else if slot.figure != figure && !are_equal(slot.figure, figure, long) {
            slot.figure = Packed::CONFLICT;
            return true;
        }
        false
    }

    fn enlarge(&mut self) {
        let room = self.slots.len() * 3 / 2 + 8;
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); room]);
        for kept in old.into_iter().filter(|slot| !slot.is_free()) {
            if let Some(slot) = self.find(kept.tag).and_then(|at| self.slots.get_mut(at)) {
                *slot = kept;
            }
        }
    }
}

/// Whether two figures have one value, however they are written.
fn are_equal(one: Packed, other: Packed, long: &[TypedFigure]) -> bool {
    match (unpack(one, long), unpack(other, long)) {
        (Some(one), Some(other)) => one.value() == other.value(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn number(digits: u64, scale: u32) -> Short {
        Short { negative: digits.is_multiple_of(3) && digits > 0, digits, scale }
    }

    /// Rule: what was put in is found, nothing else is, and unequal figures of one key are a conflict.
    #[test]
    fn the_index_is_a_map() {
        let (fingerprints, mut index, mut batch, mut map) =
            (Fingerprints::default(), FigureIndex::default(), Batch::default(), HashMap::new());
        let of =
            |key: u64, period: u64| fingerprints.of([Ok::<_, ()>(key.to_string()), Ok("x".to_owned())].into_iter()).unwrap().at(period);
        for n in 0..200_000_u64 {
            let (key, period, value) = (n * 7919 % 30_011, n * 104_729 % 40, n % 2);
            batch.push(of(key, period), Packed::plain(number(value, 1)).unwrap());
            let known = map.entry((key, period)).or_insert(Some(value));
            *known = known.filter(|known| *known == value);
        }
        index.insert(&batch);
        for key in 0..30_100 {
            for period in 0..40 {
                let found = index.get(of(key, period));
                let expected = map.get(&(key, period));
                assert_eq!(found.is_some(), expected.is_some());
                assert_eq!(found.and_then(Packed::short), expected.copied().flatten().map(|value| number(value, 1)));
            }
        }
    }

    /// Rule: equal figures are no conflict, and the first stays as it is written.
    #[test]
    fn equal_figures_are_no_conflict() {
        let (fingerprints, mut index, mut batch) = (Fingerprints::default(), FigureIndex::default(), Batch::default());
        let key = fingerprints.of([Ok::<_, ()>("a")].into_iter()).unwrap().at(7);
        let figures = ["13.80", "13.8", "13.800000000000000000000000"].map(|text| TypedFigure::plain(text.parse().unwrap()));
        figures.iter().for_each(|figure| batch.push_figure(key, *figure));
        index.insert(&batch);
        assert_eq!(index.get(key).and_then(|packed| index.figure(packed)), Some(figures[0]));
        let other = TypedFigure { digits: "13.80".parse().unwrap(), power: 3, unit: TypedUnit::Plain };
        batch.clear();
        batch.push_figure(key, other);
        index.insert(&batch);
        assert!(index.get(key).is_some_and(Packed::is_conflict));
    }
}
