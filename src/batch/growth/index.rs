//! Every figure of a table by its key and period, and where the rows lie that they stand in.
//!
//! A record takes 24 bytes, so that a second pass finds neither its fields nor its key again; a table of slots, four
//! bytes for each place, leads from the fingerprint of a figure to the first record that states it. All in all some
//! 31 bytes a record.

use super::entries::{Batch, Entries, Entry, KnownChunk, PART_BITS, PARTS, part_of};
use super::keys::Fingerprint;
use super::packed::{Packed, are_equal, unpack};
use crate::batch::processor::{Vectors, Work, at_its_best, equal, fetch_ahead};
use crate::batch::reader::Chunk;
use crate::error::{Error, ErrorKind};
use crate::locale::TypedFigure;
use std::collections::TryReserveError;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

/// What the index takes for each row, in bytes, slots included.
const PER_ROW: usize = 31;
/// How many figures ahead their slot is brought near.
const AHEAD: usize = 32;

/// The figures of a table.
#[derive(Debug, Default)]
pub(super) struct FigureIndex {
    chunks: Vec<KnownChunk>,
    entries: Entries,
    long: Vec<TypedFigure>,
    counts: [usize; PARTS],
    parts: Vec<Part>,
    slots: SlotForm,
    has_conflicts: bool,
}

impl FigureIndex {
    /// Adds the records of the chunk that follows.
    ///
    /// # Errors
    ///
    /// [`Csv`](ErrorKind::Csv) when there are more records than 32 bits can number, [`Io`](ErrorKind::Io) when there is no
    /// memory for them.
    pub(super) fn add(&mut self, batch: &mut Batch) -> Result<(), Error> {
        let (first, before) = (self.entries.len(), self.long.len());
        if !batch.long.is_empty() {
            batch.entries.iter_mut().for_each(|entry| entry.figure = entry.figure.behind(before));
            self.long.append(&mut batch.long);
        }
        if !batch.has_long_record {
            self.chunks.push(KnownChunk { first, count: batch.entries.len(), ..batch.known });
        }
        self.entries.extend(&batch.entries).map_err(|_| self.no_memory())?;
        self.counts.iter_mut().zip(batch.counts).for_each(|(count, more)| *count += more);
        match u32::try_from(self.entries.len()) {
            Ok(_) => Ok(()),
            Err(_) => Err(ErrorKind::Csv { message: "more than 4,294,967,295 records: split the table by its keys".to_owned() }.into()),
        }
    }

    /// Makes all figures known by their fingerprints: the first of equal ones serves; where rows disagree, the figure of
    /// each of them is a conflict.
    ///
    /// # Errors
    ///
    /// [`Io`](ErrorKind::Io) when there is no memory for it.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.slots = SlotForm::of(self.entries.len());
        self.parts = self.counts.iter().map(|count| Part::of(*count)).collect::<Result<_, _>>().map_err(|_| self.no_memory())?;
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(PARTS);
        let share = PARTS.div_ceil(threads);
        let (entries, long, form) = (&self.entries, self.long.as_slice(), self.slots);
        let repeats: Vec<Repeat> = thread::scope(|scope| {
            let shares = self.parts.chunks_mut(share).enumerate();
            let fill = |(at, parts)| {
                scope.spawn(move || {
                    let mut repeats = Vec::new();
                    at_its_best(Fill { entries, long, form, first: at * share, parts, repeats: &mut repeats });
                    repeats
                })
            };
            let threads: Vec<_> = shares.map(fill).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        });
        let mut conflicts: Vec<usize> = repeats.iter().filter(|repeat| !repeat.is_equal).map(|repeat| repeat.first).collect();
        conflicts.sort_unstable();
        self.has_conflicts = !conflicts.is_empty();
        for Repeat { first, number, .. } in repeats {
            if conflicts.binary_search(&first).is_ok() {
                self.entries.set_conflict(first);
                self.entries.set_conflict(number);
            }
        }
        Ok(())
    }

    fn no_memory(&self) -> Error {
        let message = format!(
            "no memory for an index of more than {} rows, {PER_ROW} bytes for each: sort the table by its key and give --sorted",
            self.entries.len()
        );
        ErrorKind::Io { message }.into()
    }

    /// The numbers of the records of a chunk; `None` if they are not known.
    pub(super) fn records(&self, chunk: &Chunk) -> Option<Range<usize>> {
        let at = self.chunks.binary_search_by_key(&chunk.place, |known| known.place).ok()?;
        let known = self.chunks.get(at).filter(|known| known.length == chunk.bytes().len())?;
        Some(known.first..known.first + known.count)
    }

    /// Whether rows of any key and period disagree.
    #[inline]
    pub(super) fn has_conflicts(&self) -> bool {
        self.has_conflicts
    }

    /// The record of a number.
    #[inline]
    pub(super) fn record(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number)
    }

    /// Has the slots brought near where a figure's record is found.
    #[inline(always)]
    pub(super) fn fetch_slot(&self, fingerprint: Fingerprint) {
        if let Some(part) = self.parts.get(part_of(fingerprint.place)) {
            fetch_ahead(&part.0, part.start(fingerprint.place));
        }
    }

    /// The slot of a figure's record, most likely, and has the record brought near.
    #[inline(always)]
    pub(super) fn fetch_record(&self, fingerprint: Fingerprint) -> Slot {
        let Some(part) = self.parts.get(part_of(fingerprint.place)) else { return Slot::FREE };
        let mut at = part.start(fingerprint.place);
        // No part is full.
        while let Some(bucket) = part.0.get(at) {
            if let Some(slot) = bucket.first(fingerprint.tag, self.slots) {
                if let Some(number) = self.slots.number(slot) {
                    self.entries.fetch_ahead(number);
                }
                return slot;
            }
            at = part.behind(at);
        }
        Slot::FREE
    }

    /// The figure that a slot most likely leads to; `None` if there is none.
    #[inline(always)]
    pub(super) fn get_at(&self, slot: Slot, fingerprint: Fingerprint) -> Option<Packed> {
        let entry = self.entries.get(self.slots.number(slot)?)?;
        if entry.fingerprint() == fingerprint { Some(entry.figure) } else { self.get(fingerprint) }
    }

    /// The figure of a key and period; `None` if there is none.
    #[inline(never)]
    pub(super) fn get(&self, fingerprint: Fingerprint) -> Option<Packed> {
        let part = self.parts.get(part_of(fingerprint.place))?;
        match part.find(fingerprint, self.slots, &self.entries) {
            Place::Taken(number) => self.entries.get(number).map(|entry| entry.figure),
            Place::Free(..) => None,
        }
    }

    /// The figure as it was read; `None` for a conflict.
    pub(super) fn figure(&self, packed: Packed) -> Option<TypedFigure> {
        unpack(packed, &self.long)
    }
}

/// A part of the table: open addressing, the first free slot of the first bucket that has one serves. It is never full.
#[derive(Debug, Default)]
struct Part(Vec<Bucket>);

/// How many slots are looked at together.
const BUCKET: usize = 8;

/// Some slots, the free ones behind the others. None lies in two lines of the processor's cache.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
struct Bucket([u32; BUCKET]);

/// The number of a record, from 1, in the lower bits; in those above, as much of its tag as fits. 0 is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Slot(u32);

impl Slot {
    const FREE: Slot = Slot(0);
}

/// Which bits of a slot are the number.
#[derive(Debug, Clone, Copy, Default)]
struct SlotForm {
    numbers: u32,
}

impl SlotForm {
    /// The form for so many records.
    fn of(records: usize) -> SlotForm {
        SlotForm { numbers: u32::MAX.checked_shr(u32::try_from(records).map_or(0, u32::leading_zeros)).unwrap_or(0) }
    }

    /// The number of the record; `None` if the slot is free.
    #[inline]
    fn number(self, slot: Slot) -> Option<usize> {
        usize::try_from(slot.0 & self.numbers).ok()?.checked_sub(1)
    }

    fn slot(self, number: usize, tag: u32) -> Option<Slot> {
        Some(Slot(u32::try_from(number + 1).ok()? | tag & !self.numbers))
    }
}

impl Bucket {
    /// Which slots may be those of a tag, a bit for each, and which are free.
    #[inline(always)]
    fn serving(&self, tag: u32, form: SlotForm) -> (u32, u32) {
        let vectors = Vectors::here();
        let free = equal(&self.0, 0, u32::MAX, vectors);
        (equal(&self.0, tag, !form.numbers, vectors) & !free, free)
    }

    /// The first slot that may be that of a tag, or a free one; `None` if the next bucket may have it.
    #[inline(always)]
    fn first(&self, tag: u32, form: SlotForm) -> Option<Slot> {
        let (serving, free) = self.serving(tag, form);
        self.0.get((serving | free).trailing_zeros() as usize).copied().map(Slot)
    }
}

/// Where a figure is in a part.
enum Place {
    /// It is that of the record of this number.
    Taken(usize),
    /// It would be in this bucket and slot.
    Free(usize, usize),
}

impl Part {
    /// A part for so many figures.
    fn of(figures: usize) -> Result<Part, TryReserveError> {
        let (count, mut buckets) = ((figures + figures * 3 / 5) / BUCKET + 1, Vec::new());
        buckets.try_reserve_exact(count)?;
        buckets.resize(count, Bucket::default());
        Ok(Part(buckets))
    }

    /// Where the search for a figure begins: the upper half of a product with a random number is a random number below
    /// the other factor.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "it is below a number of buckets")]
    fn start(&self, place: u64) -> usize {
        ((u128::from(place << PART_BITS) * self.0.len() as u128) >> u64::BITS) as usize
    }

    /// The bucket that is looked at behind another one.
    #[inline(always)]
    fn behind(&self, at: usize) -> usize {
        if at + 1 < self.0.len() { at + 1 } else { 0 }
    }

    /// Where a figure is, or would be.
    #[inline(always)]
    fn find(&self, fingerprint: Fingerprint, form: SlotForm, entries: &Entries) -> Place {
        let mut at = self.start(fingerprint.place);
        loop {
            let bucket = self.0.get(at).copied().unwrap_or_default();
            let (mut serving, free) = bucket.serving(fingerprint.tag, form);
            while serving != 0 {
                let slot = bucket.0.get(serving.trailing_zeros() as usize).copied().map_or(Slot::FREE, Slot);
                let number = form.number(slot).unwrap_or_default();
                if entries.get(number).is_some_and(|known| known.fingerprint() == fingerprint) {
                    return Place::Taken(number);
                }
                serving &= serving - 1;
            }
            if free != 0 {
                return Place::Free(at, free.trailing_zeros() as usize);
            }
            at = self.behind(at);
        }
    }
}

/// A record that states a figure which an earlier one states too.
struct Repeat {
    first: usize,
    number: usize,
    is_equal: bool,
}

/// Fills some parts of the table.
struct Fill<'e> {
    entries: &'e Entries,
    long: &'e [TypedFigure],
    form: SlotForm,
    /// The number of the first of the parts.
    first: usize,
    parts: &'e mut [Part],
    repeats: &'e mut Vec<Repeat>,
}

impl Work for Fill<'_> {
    #[inline(always)]
    fn run(mut self) {
        let mut waiting: [(usize, Entry); AHEAD] = std::array::from_fn(|_| (0, Entry::default()));
        let mut count = 0;
        for (number, entry) in self.entries.iter().enumerate() {
            let Some(part) = self.part(entry) else { continue };
            if entry.figure.is_none() {
                continue;
            }
            fetch_ahead(&part.0, part.start(entry.place));
            if let Some(place) = waiting.get_mut(count) {
                (*place, count) = ((number, *entry), count + 1);
            }
            if count == AHEAD {
                self.insert_all(&waiting);
                count = 0;
            }
        }
        self.insert_all(waiting.get(..count).unwrap_or_default());
    }
}

impl Fill<'_> {
    #[inline(always)]
    fn insert_all(&mut self, entries: &[(usize, Entry)]) {
        for (number, entry) in entries {
            if let Some(repeat) = self.insert(*number, entry) {
                self.repeats.push(repeat);
            }
        }
    }

    /// The part of an entry, if it is one of those to fill.
    #[inline(always)]
    fn part(&self, entry: &Entry) -> Option<&Part> {
        self.parts.get(part_of(entry.place).checked_sub(self.first)?)
    }

    #[inline(always)]
    fn insert(&mut self, number: usize, entry: &Entry) -> Option<Repeat> {
        let part = self.parts.get_mut(part_of(entry.place).checked_sub(self.first)?)?;
        match part.find(entry.fingerprint(), self.form, self.entries) {
            Place::Taken(first) => {
                let known = self.entries.get(first)?;
                let is_equal = known.figure == entry.figure || are_equal(known.figure, entry.figure, self.long);
                Some(Repeat { first, number, is_equal })
            }
            Place::Free(bucket, at) => {
                *part.0.get_mut(bucket)?.0.get_mut(at)? = self.form.slot(number, entry.tag)?.0;
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::growth::keys::Shift;
    use crate::batch::short::Short;
    use crate::locale::TypedUnit;
    use foldhash::quality::RandomState;
    use std::collections::HashMap;
    use std::hash::BuildHasher;

    fn number(digits: u64, scale: u32) -> Short {
        Short { negative: digits.is_multiple_of(3) && digits > 0, digits, scale }
    }

    fn key(state: &RandomState, key: u64, period: u64) -> Fingerprint {
        let [place, tag] = [0, 1].map(|part| state.hash_one((key, part)));
        Fingerprint { place, tag: (tag >> 32) as u32 }.at(Shift::of(period))
    }

    /// Rule: what was put in is found, nothing else is, and unequal figures of one key are a conflict in every record.
    #[test]
    fn the_index_is_a_map() {
        let (state, mut index, mut map) = (RandomState::default(), FigureIndex::default(), HashMap::new());
        let of = |row: u64| (row * 7919 % 30_011, row * 104_729 % 40, row % 2);
        for rows in [0..70_000, 70_000..70_001, 70_001..200_000_u64] {
            let mut batch = Batch::default();
            for row in rows {
                let (name, period, value) = of(row);
                batch.push(Entry::new(key(&state, name, period), Packed::plain(number(value, 1)).unwrap(), 0), 10);
                let known = map.entry((name, period)).or_insert(Some(value));
                *known = known.filter(|known| *known == value);
            }
            index.add(&mut batch).unwrap();
        }
        index.finish().unwrap();
        for name in 0..30_100 {
            for period in 0..40 {
                let fingerprint = key(&state, name, period);
                let found = index.get(fingerprint);
                assert_eq!(found, index.get_at(index.fetch_record(fingerprint), fingerprint));
                let expected = map.get(&(name, period));
                assert_eq!(found.is_some(), expected.is_some());
                assert_eq!(found.and_then(Packed::short), expected.copied().flatten().map(|value| number(value, 1)));
            }
        }
        for row in 0..200_000 {
            let (name, period, _) = of(row);
            let figure = index.record(usize::try_from(row).unwrap()).unwrap().figure;
            assert_eq!(figure.is_conflict(), map[&(name, period)].is_none());
        }
    }

    /// Rule: equal figures are no conflict, and the first stays as it is written.
    #[test]
    fn equal_figures_are_no_conflict() {
        let state = RandomState::default();
        let figures = ["13.80", "13.8", "13.800000000000000000000000"].map(|text| TypedFigure::plain(text.parse().unwrap()));
        let other = TypedFigure { digits: "13.80".parse().unwrap(), power: 3, unit: TypedUnit::Plain };
        for (more, conflict) in [(None, false), (Some(other), true)] {
            let (mut index, mut batch) = (FigureIndex::default(), Batch::default());
            for figure in figures.into_iter().chain(more) {
                let packed = batch.pack(figure);
                batch.push(Entry::new(key(&state, 1, 7), packed, 0), 10);
            }
            index.add(&mut batch).unwrap();
            index.finish().unwrap();
            let found = index.get(key(&state, 1, 7)).unwrap();
            assert_eq!((found.is_conflict(), index.figure(found)), (conflict, (!conflict).then_some(figures[0])));
        }
    }
}
