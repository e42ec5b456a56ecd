//! The tokens of a text, kept small: of a hostile text there is one for every byte.

use super::style::Style;
use rust_decimal::Decimal;

/// A piece of a text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum TokenKind {
    /// Digits that are a number.
    Number(Decimal),
    /// A known phrase.
    Term(u32),
    /// Another word; a single character in scripts without spaces.
    Word,
    /// Digits that are no number: a date, a time, part of a name.
    Opaque,
    Mark(char),
    /// The end of a sentence.
    Stop,
    /// The end of a paragraph, heading or line of a list.
    Break,
}

/// The tokens of a text in their order, sixteen bytes each.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    packed: Vec<Packed>,
    numbers: Vec<Decimal>,
    /// How the numbers of the text are written.
    pub(crate) style: Style,
}

#[derive(Debug, Clone, Copy)]
struct Packed {
    start: u32,
    end: u32,
    kind: PackedKind,
}

/// A kind with a number by its index.
#[derive(Debug, Clone, Copy)]
enum PackedKind {
    Number(u32),
    Term(u32),
    Word,
    Opaque,
    Mark(char),
    Stop,
    Break,
}

impl Tokens {
    /// The longest text whose places fit.
    pub(crate) const LONGEST_TEXT: usize = u32::MAX as usize;

    pub(crate) fn with_capacity(tokens: usize) -> Tokens {
        Tokens { packed: Vec::with_capacity(tokens), numbers: Vec::new(), style: Style::default() }
    }

    pub(crate) fn push(&mut self, token: Token) {
        // OK because no longer text is scanned.
        let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let kind = match token.kind {
            TokenKind::Number(value) => {
                self.numbers.push(value);
                PackedKind::Number(place(self.numbers.len() - 1))
            }
            TokenKind::Term(phrase) => PackedKind::Term(phrase),
            TokenKind::Word => PackedKind::Word,
            TokenKind::Opaque => PackedKind::Opaque,
            TokenKind::Mark(mark) => PackedKind::Mark(mark),
            TokenKind::Stop => PackedKind::Stop,
            TokenKind::Break => PackedKind::Break,
        };
        self.packed.push(Packed { start: place(token.start), end: place(token.end), kind });
    }

    pub(crate) fn len(&self) -> usize {
        self.packed.len()
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<Token> {
        let packed = self.packed.get(at)?;
        Some(Token { start: packed.start as usize, end: packed.end as usize, kind: self.unpacked(packed.kind) })
    }

    #[inline]
    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.packed.get(at).map(|packed| self.unpacked(packed.kind))
    }

    /// The phrase of a known one.
    #[inline]
    pub(crate) fn phrase(&self, at: usize) -> Option<u32> {
        match self.packed.get(at)?.kind {
            PackedKind::Term(phrase) => Some(phrase),
            _ => None,
        }
    }

    pub(crate) fn last(&self) -> Option<Token> {
        self.get(self.len().checked_sub(1)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Token> + '_ {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// How many tokens end at or before a byte.
    pub(crate) fn ended_by(&self, byte: usize) -> usize {
        self.packed.partition_point(|packed| packed.end as usize <= byte)
    }

    #[inline]
    fn unpacked(&self, kind: PackedKind) -> TokenKind {
        match kind {
            PackedKind::Number(index) => self.numbers.get(index as usize).map_or(TokenKind::Opaque, |value| TokenKind::Number(*value)),
            PackedKind::Term(phrase) => TokenKind::Term(phrase),
            PackedKind::Word => TokenKind::Word,
            PackedKind::Opaque => TokenKind::Opaque,
            PackedKind::Mark(mark) => TokenKind::Mark(mark),
            PackedKind::Stop => TokenKind::Stop,
            PackedKind::Break => TokenKind::Break,
        }
    }
}
