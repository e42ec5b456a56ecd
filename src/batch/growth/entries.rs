//! What is kept of the records of a table: 24 bytes for each.

use super::keys::Fingerprint;
use super::packed::Packed;
use crate::batch::layout::Layout;
use crate::batch::processor::fetch_ahead;
use crate::batch::reader::Chunk;
use crate::locale::TypedFigure;
use std::collections::TryReserveError;

/// How many parts the table of slots has, so that several threads can fill it.
pub(super) const PARTS: usize = 16;
pub(super) const PART_BITS: u32 = PARTS.trailing_zeros();
/// How many records are kept together.
const SEGMENT: usize = 1 << 16;
/// The number of no period that is known.
pub(super) const NO_PERIOD: u16 = u16::MAX;

/// What is kept of a record.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// What stands for its key and period.
    pub(super) place: u64,
    pub(super) tag: u32,
    /// The number of its period where everything is ordinary: a plain figure, a period that has one before it, as many
    /// fields as the header.
    pub(super) period: u16,
    /// How long it is, line end included.
    length: u16,
    /// Its figure; none if there is none, or no key.
    pub(super) figure: Packed,
}

impl Entry {
    /// A record without a figure.
    pub(super) fn empty() -> Entry {
        Entry { period: NO_PERIOD, ..Entry::default() }
    }

    /// A record with a figure.
    #[inline(always)]
    pub(super) fn new(fingerprint: Fingerprint, figure: Packed, period: u16) -> Entry {
        Entry { place: fingerprint.place, tag: fingerprint.tag, period, length: 0, figure }
    }

    /// What stands for its key and period.
    #[inline]
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint { place: self.place, tag: self.tag }
    }

    /// How long the record is, line end included.
    #[inline]
    pub(super) fn length(&self) -> usize {
        self.length.into()
    }
}

/// The records of a chunk, in order.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) layout: Layout,
    pub(super) known: KnownChunk,
    pub(super) entries: Vec<Entry>,
    pub(super) long: Vec<TypedFigure>,
    /// How many figures belong to each part of the table of slots.
    pub(super) counts: [usize; PARTS],
    pub(super) has_long_record: bool,
}

impl Batch {
    /// Begins anew with the records of another chunk.
    pub(super) fn start(&mut self, chunk: &Chunk) {
        self.known = KnownChunk { place: chunk.place, length: chunk.bytes().len(), first: 0, count: 0 };
        self.entries.clear();
        self.long.clear();
        self.counts = [0; PARTS];
        self.has_long_record = false;
    }

    /// Adds a record of so many bytes.
    #[inline(always)]
    pub(super) fn push(&mut self, entry: Entry, length: usize) {
        let short = u16::try_from(length);
        self.has_long_record |= short.is_err();
        if let Some(count) = self.counts.get_mut(part_of(entry.place)) {
            *count += usize::from(!entry.figure.is_none());
        }
        self.entries.push(Entry { length: short.unwrap_or_default(), ..entry });
    }

    /// Packs any figure.
    pub(super) fn pack(&mut self, figure: TypedFigure) -> Packed {
        Packed::new(&figure).unwrap_or_else(|| {
            self.long.push(figure);
            Packed::long(self.long.len() - 1)
        })
    }
}

/// A chunk whose records are kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KnownChunk {
    pub(super) place: u64,
    pub(super) length: usize,
    /// The number of its first record, and how many there are.
    pub(super) first: usize,
    pub(super) count: usize,
}

/// The records in segments, so that none is moved as they grow.
#[derive(Debug, Default)]
pub(super) struct Entries(Vec<Vec<Entry>>);

impl Entries {
    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * SEGMENT + last.len())
    }

    /// Appends entries.
    ///
    /// # Errors
    ///
    /// Where there is no memory for them.
    pub(super) fn extend(&mut self, mut entries: &[Entry]) -> Result<(), TryReserveError> {
        while !entries.is_empty() {
            match self.0.last_mut().filter(|last| last.len() < SEGMENT) {
                None => {
                    let mut segment = Vec::new();
                    segment.try_reserve_exact(SEGMENT)?;
                    self.0.push(segment);
                }
                Some(last) => {
                    let (fit, rest) = entries.split_at(entries.len().min(SEGMENT - last.len()));
                    last.extend_from_slice(fit);
                    entries = rest;
                }
            }
        }
        Ok(())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().flatten()
    }

    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<&Entry> {
        self.0.get(number / SEGMENT)?.get(number % SEGMENT)
    }

    #[inline]
    pub(super) fn fetch_ahead(&self, number: usize) {
        if let Some(segment) = self.0.get(number / SEGMENT) {
            fetch_ahead(segment, number % SEGMENT);
        }
    }

    pub(super) fn set_conflict(&mut self, number: usize) {
        if let Some(entry) = self.0.get_mut(number / SEGMENT).and_then(|segment| segment.get_mut(number % SEGMENT)) {
            entry.figure = Packed::CONFLICT;
        }
    }
}

/// The part of the table that a fingerprint belongs to: its highest bits.
#[inline]
pub(super) fn part_of(place: u64) -> usize {
    // OK because a few bits fit any integer.
    (place >> (u64::BITS - PART_BITS)) as usize
}
