//! Where in a text does a byte stand? In characters from its beginning, or on which line and column.

/// How many bytes are counted beforehand.
const STRETCH: usize = 1024;

/// The count of code points before each byte.
pub(crate) struct CodePoints<'t> {
    text: &'t str,
    /// The count at the beginning of every stretch.
    counts: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    pub(crate) fn new(text: &'t str) -> CodePoints<'t> {
        let mut total = 0;
        let counts = text
            .as_bytes()
            .chunks(STRETCH)
            .map(|chunk| {
                let before = total;
                total += count(chunk);
                before
            })
            .collect();
        CodePoints { text, counts }
    }

    pub(crate) fn at(&self, byte: usize) -> usize {
        let stretch = byte / STRETCH;
        let before = self.counts.get(stretch).copied();
        let start = if before.is_some() { stretch * STRETCH } else { 0 };
        before.unwrap_or(0) + count(self.text.as_bytes().get(start..byte).unwrap_or_default())
    }
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

/// The lines of a text.
pub(crate) struct Lines<'t> {
    code_points: CodePoints<'t>,
    /// Where each begins, in bytes.
    starts: Vec<usize>,
}

impl Lines<'_> {
    pub(crate) fn of(text: &str) -> Lines<'_> {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1)).collect();
        Lines { code_points: CodePoints::new(text), starts }
    }

    /// Line and column, from 1, of a byte offset.
    pub(crate) fn line_column(&self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or(0);
        (line, self.code_points.at(byte) - self.code_points.at(start) + 1)
    }
}
