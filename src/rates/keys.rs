//! Which series has this pair? Codes as numbers, and a map of them that is built once and then only read.

use crate::currency::{Currency, CurrencyPair};

/// The six letters of a pair, or the three of a currency, as one number; never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PairKey(u64);

impl PairKey {
    #[inline]
    pub(super) fn of(pair: CurrencyPair) -> PairKey {
        PairKey(u64::from(pair.base.key()) | u64::from(pair.quote.key()) << 24)
    }

    #[inline]
    pub(super) fn one(currency: Currency) -> PairKey {
        PairKey(u64::from(currency.key()))
    }
}

/// A map by open addressing with linear probing (Knuth, TAOCP 6.4, algorithm L), at most half full.
///
/// A lookup is a multiplication and, as a rule, one comparison: ISO chose the codes, not an attacker.
#[derive(Debug, Clone)]
pub(super) struct KeyMap<V> {
    /// A power of two of slots; none in an empty map. The key of an empty slot is zero.
    slots: Vec<(PairKey, V)>,
    /// How far a product is shifted to leave the number of a slot.
    shift: u32,
}

/// The key of an empty slot, which no code has.
const EMPTY: PairKey = PairKey(0);

impl<V> Default for KeyMap<V> {
    fn default() -> KeyMap<V> {
        KeyMap { slots: Vec::new(), shift: 0 }
    }
}

impl<V: Default> KeyMap<V> {
    /// The map of entries with different keys.
    pub(super) fn of(entries: impl ExactSizeIterator<Item = (PairKey, V)>) -> KeyMap<V> {
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut slots: Vec<(PairKey, V)> = Vec::new();
        slots.resize_with(size, || (EMPTY, V::default()));
        let mut map = KeyMap { slots, shift: u64::BITS - size.trailing_zeros() };
        for (key, value) in entries {
            let mut at = map.home(key);
            while map.slots.get(at).is_some_and(|(taken, _)| *taken != EMPTY) {
                at = map.after(at);
            }
            if let Some(slot) = map.slots.get_mut(at) {
                *slot = (key, value);
            }
        }
        map
    }
}

impl<V> KeyMap<V> {
    #[inline]
    pub(super) fn get(&self, key: PairKey) -> Option<&V> {
        let mut at = self.home(key);
        // OK because half of the slots are empty, so that the search ends.
        loop {
            match self.slots.get(at)? {
                (found, value) if *found == key => return Some(value),
                (EMPTY, _) => return None,
                _ => at = self.after(at),
            }
        }
    }

    /// The slot that a key belongs to: the upper bits of its product with 2^64 over the golden ratio.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "the number of a slot is below their count")]
    fn home(&self, key: PairKey) -> usize {
        key.0.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_shr(self.shift) as usize
    }

    #[inline]
    fn after(&self, at: usize) -> usize {
        (at + 1) & self.slots.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: every key finds its own value, and no other key finds any.
    #[test]
    fn every_key_finds_its_value() {
        let all: Vec<Currency> = Currency::all().collect();
        let (even, odd): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(|(place, _)| place % 2 == 0);
        let map = KeyMap::of(even.iter().map(|(place, currency)| (PairKey::one(**currency), *place)));
        assert!(even.iter().all(|(place, currency)| map.get(PairKey::one(**currency)) == Some(place)));
        assert!(odd.iter().all(|(_, currency)| map.get(PairKey::one(**currency)).is_none()));
        assert!(KeyMap::<u8>::default().get(PairKey::one(Currency::EUR)).is_none());
        assert!(KeyMap::<u8>::of([].into_iter()).get(PairKey::one(Currency::EUR)).is_none());
    }
}
