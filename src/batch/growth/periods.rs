//! Which period is this text? Tables have many rows and few periods: each text is read once.

use super::keys::Shift;
use crate::batch::calendar::day_number;
use crate::batch::lines::Fields;
use crate::period::{Lag, Period};
use std::sync::OnceLock;

/// How many texts are known at most. A table with more is read all the same, text by text.
const ROOM: usize = 4096;
/// How many slots are tried for a text.
const TRIES: usize = 4;
/// The longest text that is known.
const MAX_TEXT: usize = 15;

/// The periods of texts met so far.
#[derive(Debug)]
pub(super) struct KnownPeriods {
    lag: Lag,
    slots: Box<[OnceLock<(Text, KnownPeriod)>]>,
}

/// A text and, in its highest byte, its length.
type Text = u128;

/// What a row needs of a period.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownPeriod {
    /// What it adds to a key.
    pub(super) own: Shift,
    /// The way to the period before it; `None` if there is none.
    pub(super) before: Option<Shift>,
}

/// What stands for a period in a fingerprint: its first and last day, which no other period has.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the days of the calendar fit 32 bits, whatever their sign")]
pub(super) fn code(period: Period) -> u64 {
    let [first, last] = [period.first_day(), period.last_day()].map(|day| day_number(day) as u32);
    u64::from(first) << 32 | u64::from(last)
}

impl KnownPeriods {
    pub(super) fn new(lag: Lag) -> KnownPeriods {
        KnownPeriods { lag, slots: (0..ROOM).map(|_| OnceLock::new()).collect() }
    }

    /// The period that a field names, and its number; `None` if it names none, or for want of room.
    #[inline(always)]
    pub(super) fn of_field<'r>(&self, row: &impl Fields<'r>, index: usize) -> Option<(u16, &KnownPeriod)> {
        match row.first(index) {
            // OK because a text of up to fifteen bytes leaves the highest byte to its length.
            Some((bytes, length @ 1..=MAX_TEXT)) if !row.is_quoted(index) => {
                self.find(u128::from_le_bytes(*bytes) & (u128::MAX >> (8 * (16 - length))) | (length as u128) << 120)
            }
            _ => self.find(key(&row.content(index)?)?),
        }
    }

    /// The period of a number.
    #[inline]
    pub(super) fn of_number(&self, number: u16) -> Option<&KnownPeriod> {
        self.slots.get(usize::from(number))?.get().map(|(_, period)| period)
    }

    #[inline(always)]
    fn find(&self, text: Text) -> Option<(u16, &KnownPeriod)> {
        let first = place(text);
        let slot = self.slots.get(first)?;
        match slot.get() {
            // OK because there are not so many slots.
            Some((known, period)) if *known == text => Some((first as u16, period)),
            _ => self.find_or_read(text, first),
        }
    }

    #[cold]
    fn find_or_read(&self, text: Text, first: usize) -> Option<(u16, &KnownPeriod)> {
        let mut read = None;
        for number in (first..first + TRIES).map(|number| number % ROOM) {
            let slot = self.slots.get(number)?;
            if slot.get().is_none() {
                let bytes = text.to_le_bytes();
                let (length, bytes) = bytes.split_last()?;
                read = read.or_else(|| self.read(bytes.get(..usize::from(*length))?));
                // OK to ignore: another thread may have been first.
                let _ = slot.set((text, read?));
            }
            if let Some((_, period)) = slot.get().filter(|(known, _)| *known == text) {
                return Some((u16::try_from(number).ok()?, period));
            }
        }
        None
    }

    fn read(&self, bytes: &[u8]) -> Option<KnownPeriod> {
        let period: Period = std::str::from_utf8(bytes).ok()?.trim().parse().ok()?;
        let own = Shift::of(code(period));
        let before = period.before(self.lag).map(|before| Shift::of(code(before)).from(own));
        Some(KnownPeriod { own, before })
    }
}

#[inline]
fn key(bytes: &[u8]) -> Option<Text> {
    let mut text = [0_u8; MAX_TEXT + 1];
    text.get_mut(..bytes.len()).filter(|text| text.len() <= MAX_TEXT)?.copy_from_slice(bytes);
    Some(u128::from_le_bytes(text) | (bytes.len() as u128) << 120)
}

/// The slot of a text: the upper bits of a product with an odd number without a pattern.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the halves of a text; and a few bits fit any integer")]
fn place(text: Text) -> usize {
    let folded = (text as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (text >> 64) as u64;
    (folded.wrapping_mul(0xd1b5_4a32_d192_ed03) >> (u64::BITS - ROOM.trailing_zeros())) as usize
}
