//! The bytes of a chunk's result, as they are put together.

/// Bytes that grow at the end.
///
/// Behind those that count there is room that has been written before: a constant number of bytes is put there in a few
/// instructions, of which as many count as are meant.
#[derive(Debug, Clone, Default)]
pub(super) struct Output {
    bytes: Vec<u8>,
    length: usize,
}

impl Output {
    /// The bytes that count.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// The bytes that count, as they are.
    #[cfg(feature = "arrow")]
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.length);
        self.bytes
    }

    /// How many bytes count.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Lets only the first bytes count.
    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// Appends the first bytes of some.
    #[inline(always)]
    pub(super) fn put<const N: usize>(&mut self, bytes: &[u8; N], count: usize) {
        loop {
            if let Some(room) = self.bytes.get_mut(self.length..).and_then(<[u8]>::first_chunk_mut) {
                *room = *bytes;
                self.length += count.min(N);
                return;
            }
            self.grow(N);
        }
    }

    /// Appends the first bytes of some; those that follow may be read too.
    #[inline(always)]
    pub(super) fn put_start(&mut self, bytes: &[u8], count: usize) {
        match bytes.first_chunk::<64>() {
            Some(chunk) if count <= 64 => self.put(chunk, count),
            _ => self.extend(bytes.get(..count).unwrap_or(bytes)),
        }
    }

    /// Appends bytes.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        if self.bytes.len() - self.length < bytes.len() {
            self.grow(bytes.len());
        }
        if let Some(room) = self.bytes.get_mut(self.length..self.length + bytes.len()) {
            room.copy_from_slice(bytes);
            self.length += bytes.len();
        }
    }

    /// Room for a piece that is put together: its length is a variable of its own meanwhile, which stays in a register.
    #[inline(always)]
    pub(super) fn piece(&mut self) -> Option<Piece<'_>> {
        if self.bytes.len().saturating_sub(self.length) < PIECE {
            return self.piece_that_grows();
        }
        let room = self.bytes.get_mut(self.length..)?.first_chunk_mut()?;
        Some(Piece { room, length: 0, total: &mut self.length })
    }

    /// The same where there is no room yet.
    #[cold]
    #[inline(never)]
    fn piece_that_grows(&mut self) -> Option<Piece<'_>> {
        self.grow(PIECE);
        let room = self.bytes.get_mut(self.length..)?.first_chunk_mut()?;
        Some(Piece { room, length: 0, total: &mut self.length })
    }

    /// Makes room for so many bytes, where nothing has been written.
    #[cfg(feature = "arrow")]
    pub(super) fn reserve(&mut self, bytes: usize) {
        if self.bytes.is_empty() {
            self.bytes = vec![0; bytes];
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let room = self.length + more;
        self.bytes.resize(room + room / 2 + 64, 0);
    }
}

/// A row and its cells, or a few cells, of at most so many bytes.
#[derive(Debug)]
pub struct Piece<'o> {
    room: &'o mut [u8; PIECE],
    length: usize,
    total: &'o mut usize,
}

/// A length that no piece reaches: a row of 64 bytes, three numbers of 31 characters, a date, a verdict and what stands
/// between them.
const BOUND: usize = 512;
/// Room for that, and for the constant number of bytes that the last of them is put with.
const PIECE: usize = BOUND + 64;

impl Piece<'_> {
    /// Appends the first bytes of some.
    #[inline(always)]
    pub(super) fn put<const N: usize>(&mut self, bytes: &[u8; N], count: usize) {
        const { assert!(N <= PIECE - BOUND, "there is room for it behind every length") };
        debug_assert!(self.length < BOUND && count <= N, "{count} of {N} bytes in a piece of {}", self.length);
        // The remainder is the length itself; with it, there is nothing to check.
        if let Some(room) = self.room.get_mut(self.length % BOUND..).and_then(<[u8]>::first_chunk_mut) {
            *room = *bytes;
            self.length += count;
        }
    }

    /// Lets the piece count.
    #[inline(always)]
    pub(super) fn finish(self) {
        *self.total += self.length;
    }

    /// Appends bytes.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        if let Some(room) = self.room.get_mut(self.length..self.length + bytes.len()) {
            room.copy_from_slice(bytes);
            self.length += bytes.len();
        }
    }
}

impl std::fmt::Write for Output {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.extend(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Rule: however bytes are appended, they stand behind one another.
        #[test]
        fn bytes_stand_behind_one_another(parts in proptest::collection::vec((proptest::collection::vec(0..255_u8, 0..150), 0..3, 0..80_usize), 0..40)) {
            let (mut out, mut all) = (Output::default(), Vec::new());
            for (part, way, count) in parts {
                let count = count.min(part.len());
                match (way, part.first_chunk::<16>()) {
                    (0, Some(chunk)) => {
                        out.put(chunk, count);
                        all.extend_from_slice(&chunk[..count.min(16)]);
                    }
                    (1, _) => {
                        out.put_start(&part, count);
                        all.extend_from_slice(&part[..count]);
                    }
                    _ => {
                        out.extend(&part);
                        all.extend_from_slice(&part);
                    }
                }
            }
            proptest::prop_assert_eq!(out.as_bytes(), all);
        }
    }
}
