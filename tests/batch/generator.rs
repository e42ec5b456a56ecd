//! Figures and choices for generated tables.

/// A small generator, so that every run sees the same rows.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    pub(super) fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.next(of.len() as u64)).unwrap()]
    }

    /// A decimal number, mostly of few digits, sometimes of 28.
    pub(super) fn decimal(&mut self) -> String {
        let digits = if self.next(20) == 0 { 28 } else { 1 + self.next(9) };
        let mut text: String = (0..digits).map(|_| char::from(b'0' + u8::try_from(self.next(10)).unwrap())).collect();
        let places = usize::try_from(self.next(digits.min(5))).unwrap();
        if places > 0 {
            text.insert(text.len() - places, '.');
        }
        if self.next(4) == 0 { format!("-{text}") } else { text }
    }
}
