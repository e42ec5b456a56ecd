//! What only instructions of the processor do fast: which of sixty-four bytes separate fields and records, sixteen
//! digits at once, fetching memory ahead, and the instructions that not every processor has.
//!
//! The one place with `unsafe`; elsewhere than on x86-64 the same is done without, or not at all.

use std::sync::atomic::{AtomicU8, Ordering};

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
#[allow(unsafe_code, reason = "measured: without, a conversion takes 1.7 times the instructions, a growth 1.9 times")]
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
        // Kept in a place of its own: what the standard library keeps takes three times as long to look up.
        if KNOWN.load(Ordering::Relaxed) == YES { Some(Vectors(())) } else { Vectors::find() }
    }

    #[cold]
    #[inline(never)]
    fn find() -> Option<Vectors> {
        if KNOWN.load(Ordering::Relaxed) == NO {
            return None;
        }
        #[cfg(target_arch = "x86_64")]
        let found = is_x86_feature_detected!("avx2");
        #[cfg(not(target_arch = "x86_64"))]
        let found = false;
        KNOWN.store(if found { YES } else { NO }, Ordering::Relaxed);
        found.then_some(Vectors(()))
    }
}

/// Whether the processor has vectors, once it has been asked.
static KNOWN: AtomicU8 = AtomicU8::new(0);
const NO: u8 = 1;
const YES: u8 = 2;

/// The first bytes of sixteen, at least one, as a decimal: whether it is negative, its digits, how many of them stand
/// behind the point. `None` for anything but `-12.50` and the like.
#[inline(always)]
#[allow(unsafe_code, reason = "measured: reading, writing and comparing portably, a conversion takes 1.4 times the instructions")]
pub(super) fn decimal(bytes: &[u8; 16], length: usize, _proof: Vectors) -> Option<(bool, u64, u32)> {
    // SAFETY: the processor has been asked for the feature that the function is compiled with, of which this is the proof.
    #[cfg(target_arch = "x86_64")]
    return unsafe { vector_decimal(bytes, length) };
    #[cfg(not(target_arch = "x86_64"))]
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
        let text = sixteen_bytes(bytes);
        // The first point; where there is none, the end.
        let points = _mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8(b'.'.cast_signed()))).cast_unsigned();
        let point = (points | 1 << (length % 32)).trailing_zeros() as usize;
        let first = _mm_setr_epi8(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        let minus = _mm_and_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8(b'-'.cast_signed())), first);
        let negative = bytes.first() == Some(&b'-');
        let values = _mm_andnot_si128(minus, _mm_sub_epi8(text, _mm_set1_epi8(b'0'.cast_signed())));
        let order = DIGITS.get((point * 16 + length - 1) % DIGITS.len()).unwrap_or(&[0; 16]);
        let digits = _mm_shuffle_epi8(values, sixteen_bytes(order));
        let above = _mm_subs_epu8(digits, _mm_set1_epi8(9));
        let start = usize::from(negative);
        let places = length.wrapping_sub(point);
        // A digit in front of the point; and behind it, if it is there.
        let is_number = (_mm_testz_si128(above, above) == 1) & (length <= 16) & (point > start) & (places != 1);
        // Pairs, fours, eights: sums of products.
        let pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(0x010a));
        let fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x0001_0064));
        let eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(0x0001_2710));
        let eights = _mm_cvtsi128_si64(eights).cast_unsigned();
        let number = (eights & 0xffff_ffff) * 100_000_000 + (eights >> 32);
        is_number.then_some((negative & (number != 0), number, places.saturating_sub(1) as u32))
    }
}

/// For a point at each place (by sixteen) and each length less one: which byte of a text stands at each place once it ends
/// at the sixteenth, zeros in front of it and without the point.
#[cfg(target_arch = "x86_64")]
#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "evaluated while compiling")]
static DIGITS: [[u8; 16]; 17 * 16] = {
    let (mut orders, mut at) = ([[0x80; 16]; 17 * 16], 0);
    while at < 17 * 16 {
        let (point, length, mut byte) = (at / 16, at % 16 + 1, 0);
        let digits = length - if point < length { 1 } else { 0 };
        while byte < digits {
            orders[at][16 - digits + byte] = (byte + if byte < point { 0 } else { 1 }) as u8;
            byte += 1;
        }
        at += 1;
    }
    orders
};

/// A number as text: the first of these bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) bytes: [u8; 16],
    pub(super) length: usize,
}

/// How many digits have room beside a point.
const TEXT_DIGITS: u32 = 15;
/// The first number that has more.
const TEXT_LIMIT: u64 = 10_u64.pow(TEXT_DIGITS);

/// Two counts of units as text, each with a point before so many digits; `None` if one of them has more than fifteen
/// digits, those behind the point and one before it included, and where the processor has no vectors.
#[inline(always)]
#[allow(unsafe_code, reason = "measured: with decimal, which see")]
pub(super) fn texts(units: [u64; 2], places: [u32; 2]) -> Option<[Text; 2]> {
    let [one, other] = units;
    if one >= TEXT_LIMIT || other >= TEXT_LIMIT || places.iter().any(|places| *places >= TEXT_DIGITS) {
        return None;
    }
    Vectors::here()?;
    // SAFETY: the processor has been asked for the feature that the function is compiled with, just now.
    #[cfg(target_arch = "x86_64")]
    return Some(unsafe { vector_texts(units, places) });
    #[cfg(not(target_arch = "x86_64"))]
    None
}

/// Each quotient is a product with a rounded-up reciprocal, right for all numbers of so many digits.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[allow(unsafe_code, reason = "to be compiled with the instructions of the function that it is part of")]
#[allow(clippy::cast_possible_truncation, reason = "eight digits fit 32 bits; the halves of a mask")]
unsafe fn vector_texts(units: [u64; 2], places: [u32; 2]) -> [Text; 2] {
    use std::arch::x86_64::*;
    // SAFETY: the caller has asked the processor for AVX2, all that the instructions need; none touches memory.
    unsafe {
        // By way of 32 bits, so that the compiler knows what a product fits.
        let ([one, other], [first, second]) = (units, places);
        let halves = |units: u64| ((units / 100_000_000) as u32, (units % 100_000_000) as u32);
        let ((a, b), (c, d)) = (halves(one), halves(other));
        let eights = _mm256_set_epi64x(d.into(), c.into(), b.into(), a.into());
        let high = _mm256_srli_epi64::<45>(_mm256_mul_epu32(eights, _mm256_set1_epi64x(0xd1b7_1759)));
        let low = _mm256_sub_epi64(eights, _mm256_mul_epu32(high, _mm256_set1_epi64x(10_000)));
        let fours = _mm256_or_si256(high, _mm256_slli_epi64::<32>(low));
        let hundreds = _mm256_srli_epi16::<3>(_mm256_mulhi_epu16(fours, _mm256_set1_epi16(5243)));
        let rest = _mm256_sub_epi16(fours, _mm256_mullo_epi16(hundreds, _mm256_set1_epi16(100)));
        let pairs = _mm256_or_si256(hundreds, _mm256_slli_epi32::<16>(rest));
        let tens = _mm256_mulhi_epu16(pairs, _mm256_set1_epi16(6554));
        let ones = _mm256_sub_epi16(pairs, _mm256_mullo_epi16(tens, _mm256_set1_epi16(10)));
        let values = _mm256_or_si256(tens, _mm256_slli_epi16::<8>(ones));
        let zeros = _mm256_movemask_epi8(_mm256_cmpeq_epi8(values, _mm256_setzero_si256())).cast_unsigned();
        // The first of sixteen digits is none: its byte becomes the point.
        let point = _mm256_set_epi64x(0, i64::from(b'.'.wrapping_sub(b'0')), 0, i64::from(b'.'.wrapping_sub(b'0')));
        let values = _mm256_or_si256(values, point);
        [text(_mm256_castsi256_si128(values), zeros, first), text(_mm256_extracti128_si256::<1>(values), zeros >> 16, second)]
    }
}

/// The text of sixteen digits, the first of which is the point, with so many places. The zeros among them are marked.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[allow(unsafe_code, reason = "to be compiled with the instructions of the function that it is part of")]
unsafe fn text(values: std::arch::x86_64::__m128i, zeros: u32, places: u32) -> Text {
    use std::arch::x86_64::{_mm_add_epi8, _mm_set1_epi8, _mm_shuffle_epi8};
    // The bit behind the last one ends the search.
    let idle = (!zeros | 1 << 16).trailing_zeros();
    let digits = (16 - idle).max(places + 1);
    let order = ORDERS.get((places * 16 + digits) as usize % 256).unwrap_or(&[0; 16]);
    // SAFETY: the caller has asked the processor for AVX2, all that the instructions need; none touches memory.
    let bytes = unsafe { bytes_of(_mm_add_epi8(_mm_shuffle_epi8(values, sixteen_bytes(order)), _mm_set1_epi8(b'0'.cast_signed()))) };
    Text { bytes, length: (digits + u32::from(places > 0)) as usize }
}

/// For so many places (by sixteen) and digits: which of sixteen digits stands at each byte of the text; the first one for
/// the point.
#[cfg(target_arch = "x86_64")]
#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "evaluated while compiling")]
static ORDERS: [[u8; 16]; 256] = {
    let (mut orders, mut at) = ([[0; 16]; 256], 0);
    while at < 256 {
        let (places, digits, mut byte) = (at / 16, at % 16, 0);
        while byte < 16 && digits > places {
            let behind = places > 0 && byte > digits - places;
            let is_point = places > 0 && byte == digits - places;
            let digit = 16 - digits + byte - if behind { 1 } else { 0 };
            // Behind the text may stand anything.
            orders[at][byte] = if is_point || digit > 15 { 0 } else { digit as u8 };
            byte += 1;
        }
        at += 1;
    }
    orders
};

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
#[allow(unsafe_code, reason = "there is no other way that takes one instruction")]
fn bytes_of(vector: std::arch::x86_64::__m128i) -> [u8; 16] {
    // SAFETY: both are sixteen plain bytes.
    unsafe { std::mem::transmute(vector) }
}

/// Which of eight numbers are equal to one in these bits: a bit for each, the first one lowest.
#[inline(always)]
#[allow(unsafe_code, reason = "measured: with decimal, which see")]
pub(super) fn equal(numbers: &[u32; 8], number: u32, bits: u32, vectors: Option<Vectors>) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if vectors.is_some() {
        // SAFETY: the processor has been asked for the feature that the function is compiled with, of which this is the
        // proof.
        return unsafe { vector_equal(numbers, number, bits) };
    }
    portably_equal(numbers, number, bits)
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[allow(unsafe_code, reason = "to be compiled with the instructions of the function that it is part of")]
unsafe fn vector_equal(numbers: &[u32; 8], number: u32, bits: u32) -> u32 {
    use std::arch::x86_64::*;
    let [a, b, c, d, e, f, g, h] = numbers.map(u32::cast_signed);
    // SAFETY: the caller has asked the processor for AVX2, all that the instructions need; none touches memory.
    unsafe {
        let others = _mm256_xor_si256(_mm256_setr_epi32(a, b, c, d, e, f, g, h), _mm256_set1_epi32(number.cast_signed()));
        let are_equal = _mm256_cmpeq_epi32(_mm256_and_si256(others, _mm256_set1_epi32(bits.cast_signed())), _mm256_setzero_si256());
        _mm256_movemask_ps(_mm256_castsi256_ps(are_equal)).cast_unsigned()
    }
}

/// The same on any processor.
fn portably_equal(numbers: &[u32; 8], number: u32, bits: u32) -> u32 {
    numbers.iter().rev().fold(0, |mask, other| mask << 1 | u32::from((other ^ number) & bits == 0))
}

/// Has the element of a slice brought near, for someone who will ask for it in some time.
#[inline]
#[allow(unsafe_code, reason = "measured: without, conversions and growths over earlier rows take twice the time")]
pub(super) fn fetch_ahead<T>(slice: &[T], index: usize) {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    if let Some(element) = slice.get(index) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let first = std::ptr::from_ref(element).cast::<i8>();
        // SAFETY: the address is that of an element; prefetching reads nothing that the program sees, and never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(first) };
        // An element may lie in two lines of the cache, unless it is as long as its alignment.
        if size_of::<T>() > align_of::<T>() {
            // SAFETY: as above; any address may be prefetched, and this is that of the element's last byte.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(first.wrapping_add(size_of::<T>() - 1)) };
        }
    }
    #[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
    let _ = (slice, index);
}

/// The same mask on any processor.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
fn portable(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    gathered(block, |byte| (byte == delimiter) | (byte == b'\n') | (byte == b'\r') | (byte == b'"'))
}

/// The same masks on any processor.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
fn portable_masks(block: &[u8; BLOCK], delimiter: u8) -> Masks {
    Masks { separators: gathered(block, |byte| (byte == delimiter) | (byte == b'\n')), feeds: gathered(block, |byte| byte == b'\n') }
}

/// A bit for each byte that is meant, the first one lowest.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
fn gathered(block: &[u8; BLOCK], is_meant: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0; BLOCK];
    flags.iter_mut().zip(block).for_each(|(flag, byte)| *flag = u8::from(is_meant(*byte)));
    let (eights, _) = flags.as_chunks::<8>();
    // Eight bytes of 0 or 1 become eight bits: the product gathers them in its highest byte, the first one lowest.
    eights.iter().rev().fold(0, |mask, eight| mask << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Rule: numbers are compared in the bits that are meant, whichever way.
        #[test]
        fn equal_numbers_have_their_bits(numbers in proptest::array::uniform8(0..4_u32), number in 0..4_u32, high: u32, bits in 0..4_u32) {
            let bits = bits | high & 0xffff_0000;
            let numbers = numbers.map(|other| other | high);
            let expected = (0..8).filter(|at| numbers[*at] & bits == (number | high) & bits).fold(0, |mask, at| mask | 1 << at);
            for vectors in [None, Vectors::here()] {
                proptest::prop_assert_eq!(equal(&numbers, number | high, bits, vectors), expected);
            }
        }
    }

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
