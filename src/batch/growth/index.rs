//! Every figure of a table by its key and period, and where the rows lie that they stand in.
//!
//! A record takes 24 bytes, so that a second pass finds neither its fields nor its key again; a table of slots, four
//! bytes for each place, leads from the fingerprint of a figure to the first record that states it. All in all some
//! 31 bytes a record.

use super::entries::{Batch, Entries, Entry, KnownChunk, PART_BITS, PARTS, part_of};
use super::keys::Fingerprint;
use super::packed::{Packed, are_equal, unpack};
use crate::batch::processor::fetch_ahead;
use crate::batch::reader::Chunk;
use crate::error::{Error, ErrorKind};
use crate::locale::TypedFigure;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

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
    /// [`Csv`](ErrorKind::Csv) when there are more records than 32 bits can number.
    pub(super) fn add(&mut self, batch: &mut Batch) -> Result<(), Error> {
        let (first, before) = (self.entries.len(), self.long.len());
        if !batch.long.is_empty() {
            batch.entries.iter_mut().for_each(|entry| entry.figure = entry.figure.behind(before));
            self.long.append(&mut batch.long);
        }
        if !batch.has_long_record {
            self.chunks.push(KnownChunk { first, count: batch.entries.len(), ..batch.known });
        }
        self.entries.extend(&batch.entries);
        self.counts.iter_mut().zip(batch.counts).for_each(|(count, more)| *count += more);
        match u32::try_from(self.entries.len()) {
            Ok(_) => Ok(()),
            Err(_) => Err(ErrorKind::Csv { message: "more than 4,294,967,295 records: split the table by its keys".to_owned() }.into()),
        }
    }

    /// Makes all figures known by their fingerprints: the first of equal ones serves; where rows disagree, the figure of
    /// each of them is a conflict.
    pub(super) fn finish(&mut self) {
        self.slots = SlotForm::of(self.entries.len());
        self.parts = self.counts.iter().map(|count| Part(vec![0; count + count * 3 / 5 + 1])).collect();
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(PARTS);
        let share = PARTS.div_ceil(threads);
        let (entries, long, form) = (&self.entries, self.long.as_slice(), self.slots);
        let repeats: Vec<Repeat> = thread::scope(|scope| {
            let shares = self.parts.chunks_mut(share).enumerate();
            let fill = |(at, parts)| scope.spawn(move || Fill { entries, long, form, first: at * share, parts }.run());
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

    /// Has the slot brought near where a figure's record is found.
    #[inline]
    pub(super) fn fetch_slot(&self, fingerprint: Fingerprint) {
        if let Some(part) = self.parts.get(part_of(fingerprint.place)) {
            fetch_ahead(&part.0, part.start(fingerprint.place));
        }
    }

    /// The slot of a figure's record, most likely, and has the record brought near.
    #[inline]
    pub(super) fn fetch_record(&self, fingerprint: Fingerprint) -> Slot {
        let Some(part) = self.parts.get(part_of(fingerprint.place)) else { return Slot::FREE };
        let slot = part.slots(fingerprint, self.slots).next().map_or(Slot::FREE, |(_, slot)| slot);
        if let Some(number) = self.slots.number(slot) {
            self.entries.fetch_ahead(number);
        }
        slot
    }

    /// The figure that a slot most likely leads to; `None` if there is none.
    #[inline]
    pub(super) fn get_at(&self, slot: Slot, fingerprint: Fingerprint) -> Option<Packed> {
        let entry = self.entries.get(self.slots.number(slot)?)?;
        if entry.fingerprint() == fingerprint { Some(entry.figure) } else { self.get(fingerprint) }
    }

    /// The figure of a key and period; `None` if there is none.
    pub(super) fn get(&self, fingerprint: Fingerprint) -> Option<Packed> {
        let part = self.parts.get(part_of(fingerprint.place))?;
        let entries = part.slots(fingerprint, self.slots).map_while(|(_, slot)| self.entries.get(self.slots.number(slot)?));
        entries.into_iter().find(|entry| entry.fingerprint() == fingerprint).map(|entry| entry.figure)
    }

    /// The figure as it was read; `None` for a conflict.
    pub(super) fn figure(&self, packed: Packed) -> Option<TypedFigure> {
        unpack(packed, &self.long)
    }
}

/// A part of the table: open addressing, the next free slot serves. It is never full.
#[derive(Debug, Default)]
struct Part(Vec<u32>);

/// The number of a record, from 1, in the lower bits; in those above, as much of its tag as fits. 0 is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(u32);

impl Slot {
    pub(super) const FREE: Slot = Slot(0);
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

    /// Whether a slot may be that of a tag.
    #[inline]
    fn may_be(self, slot: u32, tag: u32) -> bool {
        (slot ^ tag) & !self.numbers == 0
    }
}

impl Part {
    /// Where the search for a figure begins: the upper half of a product with a random number is a random number below
    /// the other factor.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "it is below a number of slots")]
    fn start(&self, place: u64) -> usize {
        ((u128::from(place << PART_BITS) * self.0.len() as u128) >> u64::BITS) as usize
    }

    /// The slots that may be the figure's, and behind them a free one, with their places.
    #[inline]
    fn slots(&self, Fingerprint { place, tag }: Fingerprint, form: SlotForm) -> impl Iterator<Item = (usize, Slot)> {
        let (before, behind) = self.0.split_at_checked(self.start(place)).unwrap_or_default();
        let serves = move |(_, slot): &(usize, &u32)| **slot == 0 || form.may_be(**slot, tag);
        let all = behind.iter().enumerate().map(move |(at, slot)| (before.len() + at, slot)).chain(before.iter().enumerate());
        all.filter(serves).map(|(at, slot)| (at, Slot(*slot)))
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
}

impl Fill<'_> {
    fn run(mut self) -> Vec<Repeat> {
        let (mut repeats, mut waiting) = (Vec::new(), Vec::with_capacity(AHEAD));
        for (number, entry) in self.entries.iter().enumerate() {
            if let Some(part) = self.part(entry).filter(|_| !entry.figure.is_none()) {
                fetch_ahead(&part.0, part.start(entry.place));
                waiting.push((number, entry));
                if waiting.len() == AHEAD {
                    repeats.extend(waiting.drain(..).filter_map(|(number, entry)| self.insert(number, entry)));
                }
            }
        }
        repeats.extend(waiting.drain(..).filter_map(|(number, entry)| self.insert(number, entry)));
        repeats
    }

    /// The part of an entry, if it is one of those to fill.
    #[inline]
    fn part(&self, entry: &Entry) -> Option<&Part> {
        self.parts.get(part_of(entry.place).checked_sub(self.first)?)
    }

    #[inline]
    fn insert(&mut self, number: usize, entry: &Entry) -> Option<Repeat> {
        let (part, mut free) = (self.part(entry)?, None);
        for (at, slot) in part.slots(entry.fingerprint(), self.form) {
            let Some(first) = self.form.number(slot) else {
                free = Some(at);
                break;
            };
            let known = self.entries.get(first)?;
            if known.fingerprint() == entry.fingerprint() {
                let is_equal = known.figure == entry.figure || are_equal(known.figure, entry.figure, self.long);
                return Some(Repeat { first, number, is_equal });
            }
        }
        let slot = self.form.slot(number, entry.tag)?;
        let part = self.parts.get_mut(part_of(entry.place).checked_sub(self.first)?)?;
        *part.0.get_mut(free?)? = slot.0;
        None
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
        index.finish();
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
            index.finish();
            let found = index.get(key(&state, 1, 7)).unwrap();
            assert_eq!((found.is_conflict(), index.figure(found)), (conflict, (!conflict).then_some(figures[0])));
        }
    }
}
