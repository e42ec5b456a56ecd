//! What only instructions of the processor do fast: which of sixty-four bytes separate fields and records, sixteen
//! digits at once, fetching memory ahead, and the instructions that not every processor has.
//!
//! The one place with `unsafe`; elsewhere than on x86-64 the same is done without, or not at all.

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

/// The separators of a block, a bit for each byte, the first one lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Masks {
    /// Delimiters and line feeds.
    pub(super) separators: u64,
    pub(super) feeds: u64,
}

/// The separators of a block without quotes and carriage returns.
#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
#[inline]
pub(super) fn masks(block: &[u8; BLOCK], delimiter: u8, _: Option<Vectors>) -> Masks {
    portable_masks(block, delimiter)
}

/// The separators of a block without quotes and carriage returns.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline(always)]
#[allow(unsafe_code, reason = "measured: half of the instructions of the portable way")]
pub(super) fn masks(block: &[u8; BLOCK], delimiter: u8, vectors: Option<Vectors>) -> Masks {
    if vectors.is_some() {
        // SAFETY: the processor has been asked for AVX2, of which this is the proof.
        return unsafe { wide_masks(block, delimiter) };
    }
    // SAFETY: the function is only compiled where SSE2 is part of the target; it needs nothing else.
    unsafe { vector_masks(block, delimiter) }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline(always)]
#[allow(unsafe_code, reason = "to be compiled with the instructions of the function that it is part of")]
unsafe fn wide_masks(block: &[u8; BLOCK], delimiter: u8) -> Masks {
    use std::arch::x86_64::{_mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_set_m128i, _mm256_set1_epi8};
    // SAFETY: the caller has asked the processor for AVX2, all that the instructions need; none touches memory.
    unsafe {
        let (sixteens, _) = block.as_chunks::<16>();
        let (pairs, _) = sixteens.as_chunks::<2>();
        let (delimiter, feed) = (_mm256_set1_epi8(delimiter.cast_signed()), _mm256_set1_epi8(b'\n'.cast_signed()));
        let mut masks = Masks { separators: 0, feeds: 0 };
        for [low, high] in pairs.iter().rev() {
            let bytes = _mm256_set_m128i(sixteen_bytes(high), sixteen_bytes(low));
            let feeds = u64::from(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, feed)).cast_unsigned());
            let fields = u64::from(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, delimiter)).cast_unsigned());
            masks = Masks { separators: masks.separators << 32 | fields | feeds, feeds: masks.feeds << 32 | feeds };
        }
        masks
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
#[target_feature(enable = "sse2")]
fn vector_masks(block: &[u8; BLOCK], delimiter: u8) -> Masks {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_movemask_epi8, _mm_set1_epi8};
    let (sixteens, _) = block.as_chunks::<16>();
    let (delimiter, feed) = (_mm_set1_epi8(delimiter.cast_signed()), _mm_set1_epi8(b'\n'.cast_signed()));
    let mut masks = Masks { separators: 0, feeds: 0 };
    // A loop of its own for each processor: a closure would not be compiled with this function's instructions.
    for sixteen in sixteens.iter().rev() {
        let bytes = sixteen_bytes(sixteen);
        // Sixteen bits, one for each byte; those above are zero.
        let feeds = u64::from(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, feed)).cast_unsigned());
        let fields = u64::from(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, delimiter)).cast_unsigned());
        masks = Masks { separators: masks.separators << 16 | fields | feeds, feeds: masks.feeds << 16 | feeds };
    }
    masks
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
#[target_feature(enable = "sse2")]
fn sixteen_bytes(bytes: &[u8; 16]) -> std::arch::x86_64::__m128i {
    let number = u128::from_le_bytes(*bytes);
    #[allow(clippy::cast_possible_truncation, reason = "the halves")]
    std::arch::x86_64::_mm_set_epi64x((number >> 64) as i64, number as i64)
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

/// The proof that this processor has vectors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vectors(());

impl Vectors {
    /// The proof, if it has.
    #[inline(always)]
    pub(super) fn here() -> Option<Vectors> {
        has_vectors().then_some(Vectors(()))
    }
}

/// Whether this processor has the instructions that [`decimal`] and [`digits`] take.
#[inline(always)]
pub(super) fn has_vectors() -> bool {
    #[cfg(target_arch = "x86_64")]
    return is_x86_feature_detected!("avx2");
    #[cfg(not(target_arch = "x86_64"))]
    false
}

/// The first bytes of sixteen, at least one, as a decimal: whether it is negative, its digits, how many of them stand
/// behind the point. `None` for anything but `-12.50` and the like, and where the processor has no vectors.
#[inline(always)]
#[allow(unsafe_code, reason = "measured: a third of the instructions of the portable way")]
pub(super) fn decimal(bytes: &[u8; 16], length: usize) -> Option<(bool, u64, u32)> {
    #[cfg(target_arch = "x86_64")]
    if has_vectors() {
        // SAFETY: the processor has been asked for the feature that the function is compiled with.
        return unsafe { vector_decimal(bytes, length) };
    }
    let _ = (bytes, length);
    None
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[allow(unsafe_code, reason = "to be compiled with the instructions of the function that it is part of")]
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "places among sixteen bytes; the halves of a number")]
unsafe fn vector_decimal(bytes: &[u8; 16], length: usize) -> Option<(bool, u64, u32)> {
    use std::arch::x86_64::*;
    // SAFETY: the caller has asked the processor for AVX2, all that the instructions need; none touches memory.
    unsafe {
        let negative = bytes.first() == Some(&b'-');
        // Where the digits begin once the text ends at the sixteenth byte.
        let start = 16_usize.checked_sub(length)? + usize::from(negative);
        let iota = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        let values = _mm_sub_epi8(sixteen_bytes(bytes), _mm_set1_epi8(b'0' as i8));
        let aligned = _mm_shuffle_epi8(values, _mm_sub_epi8(iota, _mm_set1_epi8((16 - length) as i8)));
        // Zeros in front of the first digit.
        let text = _mm_and_si128(aligned, _mm_cmpgt_epi8(iota, _mm_set1_epi8(start as i8 - 1)));
        let points = _mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8(b'.'.wrapping_sub(b'0') as i8))).cast_unsigned();
        // The first point; -1 if there is none.
        let point = if points == 0 { -1 } else { points.trailing_zeros() as i32 };
        // What stands up to the point moves over it.
        let over = _mm_cmpgt_epi8(_mm_set1_epi8(point as i8 + 1), iota);
        let digits = _mm_shuffle_epi8(text, _mm_add_epi8(iota, over));
        let others = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_subs_epu8(digits, _mm_set1_epi8(9)), _mm_setzero_si128())).cast_unsigned();
        let is_number = others == 0xffff && start < 16 && (points == 0 || (point < 15 && point > start as i32));
        // Pairs, fours, eights: sums of products.
        let pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(0x010a));
        let fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x0001_0064));
        let eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(0x0001_2710));
        let eights = _mm_cvtsi128_si64(eights).cast_unsigned();
        let number = (eights & 0xffff_ffff) * 100_000_000 + (eights >> 32);
        let scale = if points == 0 { 0 } else { 15 - point.cast_unsigned() };
        is_number.then_some((negative && number != 0, number, scale))
    }
}

/// A number as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    /// At most sixteen bytes, and how many they are.
    Short([u8; 16], usize),
    /// The digits in front of the point, at least one, and how many; a point and the digits behind it.
    Long([u8; 16], usize, [u8; 16]),
}

/// A number below 10^16 as text, with a point before so many digits, at most 15; `None` where the processor has no
/// vectors.
#[inline(always)]
#[allow(unsafe_code, reason = "measured: half of the instructions of the portable way")]
pub(super) fn digits(upper: u64, lower: u64, places: u32) -> Option<Digits> {
    #[cfg(target_arch = "x86_64")]
    if has_vectors() {
        // SAFETY: the processor has been asked for the feature that the function is compiled with.
        return Some(unsafe { vector_digits(upper, lower, places) });
    }
    let _ = (upper, lower, places);
    None
}

/// Each quotient is a product with a rounded-up reciprocal, right for all numbers of so many digits.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[allow(unsafe_code, reason = "to be compiled with the instructions of the function that it is part of")]
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "eight digits fit 32 bits; places among sixteen bytes")]
unsafe fn vector_digits(upper: u64, lower: u64, places: u32) -> Digits {
    use std::arch::x86_64::*;
    // SAFETY: the caller has asked the processor for AVX2, all that the instructions need; none touches memory.
    unsafe {
        // By way of 32 bits, so that the compiler knows what a product fits.
        let eights = _mm_set_epi64x(i64::from(lower as u32), i64::from(upper as u32));
        let high = _mm_srli_epi64::<45>(_mm_mul_epu32(eights, _mm_set1_epi64x(0xd1b7_1759)));
        let low = _mm_sub_epi64(eights, _mm_mul_epu32(high, _mm_set1_epi64x(10_000)));
        let fours = _mm_or_si128(high, _mm_slli_epi64::<32>(low));
        let hundreds = _mm_srli_epi16::<3>(_mm_mulhi_epu16(fours, _mm_set1_epi16(5243)));
        let rest = _mm_sub_epi16(fours, _mm_mullo_epi16(hundreds, _mm_set1_epi16(100)));
        let pairs = _mm_or_si128(hundreds, _mm_slli_epi32::<16>(rest));
        let tens = _mm_mulhi_epu16(pairs, _mm_set1_epi16(6554));
        let ones = _mm_sub_epi16(pairs, _mm_mullo_epi16(tens, _mm_set1_epi16(10)));
        let values = _mm_or_si128(tens, _mm_slli_epi16::<8>(ones));
        let zeros = _mm_movemask_epi8(_mm_cmpeq_epi8(values, _mm_setzero_si128())).cast_unsigned();
        let idle = (!zeros).trailing_zeros();
        let text = _mm_or_si128(values, _mm_set1_epi8(b'0' as i8));
        let length = (16 - idle).saturating_sub(places).max(1);
        let iota = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        let from = _mm_add_epi8(iota, _mm_set1_epi8(16 - places as i8 - length as i8));
        if length + places < 16 {
            // What stands behind the point comes from a byte before; without places, no byte that counts does.
            let at = _mm_set1_epi8(length as i8);
            let text = _mm_shuffle_epi8(text, _mm_add_epi8(from, _mm_cmpgt_epi8(iota, at)));
            let text = _mm_blendv_epi8(text, _mm_set1_epi8(b'.' as i8), _mm_cmpeq_epi8(iota, at));
            return Digits::Short(bytes_of(text), (length + places + u32::from(places > 0)) as usize);
        }
        let behind = _mm_add_epi8(iota, _mm_set1_epi8(15 - places as i8));
        // A point in place of the first byte.
        let first = _mm_setr_epi8(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        let point = _mm_and_si128(first, _mm_set1_epi8(b'.' as i8));
        let fraction = _mm_or_si128(_mm_shuffle_epi8(text, _mm_or_si128(behind, first)), point);
        Digits::Long(bytes_of(_mm_shuffle_epi8(text, from)), length as usize, bytes_of(fraction))
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
#[allow(unsafe_code, reason = "there is no other way that takes one instruction")]
fn bytes_of(vector: std::arch::x86_64::__m128i) -> [u8; 16] {
    // SAFETY: both are sixteen plain bytes.
    unsafe { std::mem::transmute(vector) }
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

/// The same masks on any processor.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
fn portable_masks(block: &[u8; BLOCK], delimiter: u8) -> Masks {
    let mask = |is: &dyn Fn(u8) -> bool| block.iter().rev().fold(0, |mask, byte| mask << 1 | u64::from(is(*byte)));
    Masks { separators: mask(&|byte| byte == delimiter || byte == b'\n'), feeds: mask(&|byte| byte == b'\n') }
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
                for vectors in [None, Vectors::here()] {
                    assert_eq!(masks(&block, b';', vectors), portable_masks(&block, b';'));
                    assert_eq!(masks(&block, b';', vectors).feeds, u64::from(byte == b'\n') << at);
                }
            }
        }
    }
}
