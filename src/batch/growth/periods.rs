//! Which period is this text? Tables have many rows and few periods: each text is read once.

use crate::batch::calendar::day_number;
use crate::period::{Lag, Period};
use std::sync::OnceLock;

/// How many texts are known at most. A table with more is read all the same, text by text.
const ROOM: usize = 4096;
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
    /// What stands for it.
    pub(super) code: u64,
    /// What stands for the period before it; `None` if there is none.
    pub(super) before: Option<u64>,
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

    /// The period of a text; `None` if it is none, or for want of room.
    #[inline]
    pub(super) fn get(&self, bytes: &[u8]) -> Option<&KnownPeriod> {
        let text = key(bytes)?;
        let slot = self.slots.get(place(text))?;
        if slot.get().is_none() {
            // OK to ignore: another thread may have been first.
            let _ = slot.set((text, self.read(bytes)?));
        }
        slot.get().filter(|(known, _)| *known == text).map(|(_, period)| period)
    }

    fn read(&self, bytes: &[u8]) -> Option<KnownPeriod> {
        let period: Period = std::str::from_utf8(bytes).ok()?.trim().parse().ok()?;
        Some(KnownPeriod { code: code(period), before: period.before(self.lag).map(code) })
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
