//! What only instructions of the processor do fast: which of sixty-four bytes separate fields and records, fetching
//! memory ahead, and the instructions that not every processor has. The one place with `unsafe`; elsewhere than on x86-64 the same is done without, or not at all.

/// How many bytes are looked at together.
pub(super) const BLOCK: usize = 64;

/// A mask with a bit for each delimiter, line end and quote, the first byte lowest.
#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
#[inline]
pub(super) fn mask(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    portable(block, delimiter)
}

/// A mask with a bit for each delimiter, line end and quote, the first byte lowest. Sixteen bytes are compared at once.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
#[allow(unsafe_code, reason = "measured: half of the instructions of the portable way")]
pub(super) fn mask(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    // SAFETY: the function is only compiled where SSE2 is part of the target; it needs nothing else.
    unsafe { vectors(block, delimiter) }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
#[target_feature(enable = "sse2")]
fn vectors(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8};
    let all = |byte: u8| _mm_set1_epi8(byte.cast_signed());
    let (delimiter, feed, carriage, quote) = (all(delimiter), all(b'\n'), all(b'\r'), all(b'"'));
    let (eights, _) = block.as_chunks::<8>();
    let (pairs, _) = eights.as_chunks::<2>();
    pairs.iter().rev().fold(0, |mask, [low, high]| {
        let bytes = _mm_set_epi64x(i64::from_le_bytes(*high), i64::from_le_bytes(*low));
        let fields = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, quote));
        let lines = _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, carriage));
        // Sixteen bits, one for each byte; those above are zero.
        mask << 16 | u64::from(_mm_movemask_epi8(_mm_or_si128(fields, lines)).cast_unsigned())
    })
}

/// Work on many rows.
pub(super) trait Work {
    /// Does it. To be inlined, so that it is compiled for each kind of processor.
    fn run(self);
}

/// Does work with the instructions that processors have since 2013 (x86-64-v3), where this one has them.
#[inline]
#[allow(unsafe_code, reason = "measured: shifts, counts and comparisons in fewer instructions")]
pub(super) fn at_its_best(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has been asked for every feature that the function is compiled with.
        return unsafe { modern(work) };
    }
    work.run();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn modern(work: impl Work) {
    work.run();
}

/// Has the element of a slice brought near, for someone who will ask for it in some time.
#[inline]
#[allow(unsafe_code, reason = "measured: a third of the time of a conversion is waiting for its rates otherwise")]
pub(super) fn fetch_ahead<T>(slice: &[T], index: usize) {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    if let Some(element) = slice.get(index) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the address is that of an element; prefetching reads nothing that the program sees, and never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(element).cast()) };
    }
    #[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
    let _ = (slice, index);
}

/// The same mask on any processor.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
fn portable(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    let is_separator = |byte: u8| (byte == delimiter) | (byte == b'\n') | (byte == b'\r') | (byte == b'"');
    let mut flags = [0; BLOCK];
    flags.iter_mut().zip(block).for_each(|(flag, byte)| *flag = u8::from(is_separator(*byte)));
    let (eights, _) = flags.as_chunks::<8>();
    // Eight bytes of 0 or 1 become eight bits: the product gathers them in its highest byte, the first one lowest.
    eights.iter().rev().fold(0, |mask, eight| mask << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: every byte that separates has its bit, and no other, whichever way they are compared.
    #[test]
    fn a_mask_has_a_bit_for_each_separator() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut block = [b'x'; BLOCK];
                block[at] = byte;
                block[(at + 7) % BLOCK] = b';';
                let own = u64::from(matches!(byte, b';' | b'\n' | b'\r' | b'"')) << at;
                let expected = own | 1 << ((at + 7) % BLOCK);
                assert_eq!((mask(&block, b';'), portable(&block, b';')), (expected, expected), "{byte} at {at}");
            }
        }
    }
}
