//! The tokens of a text with what they can mean.

use crate::check::language::{Cue, Glance, Language, Sense};
use crate::check::scan::{TokenKind, Tokens};

/// A view of the tokens with their senses.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: &'a Language,
    pub(crate) tokens: &'a Tokens,
}

impl<'a> Reader<'a> {
    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.kind(at)
    }

    pub(crate) fn senses(&self, at: usize) -> &'a [Sense] {
        match self.kind(at) {
            Some(TokenKind::Term(phrase)) => self.language.senses(phrase),
            _ => &[],
        }
    }

    /// What the senses of a token say at a glance.
    #[inline]
    pub(crate) fn glance(&self, at: usize) -> &'a Glance {
        self.tokens.phrase(at).map_or(&Glance::NOTHING, |phrase| self.language.glance(phrase))
    }

    #[inline]
    pub(crate) fn has_cue(&self, at: usize, cue: Cue) -> bool {
        self.glance(at).has(cue)
    }

    /// Whether a token is a word of no meaning to the grammar, or one that only names what an amount is charged as.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::Word) => true,
            Some(TokenKind::Term(phrase)) => self.language.senses(phrase).iter().all(|sense| *sense == Sense::Cue(Cue::Levy)),
            _ => false,
        }
    }

    pub(super) fn sense<T>(&self, at: usize, pick: impl Fn(&Sense) -> Option<T>) -> Option<T> {
        self.senses(at).iter().find_map(pick)
    }

    pub(crate) fn slice(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.kind(at) {
            Some(TokenKind::Mark(c)) => Some(c),
            _ => None,
        }
    }

    /// Whether nothing stands between a token and the next.
    pub(super) fn glued(&self, at: usize) -> bool {
        matches!((self.tokens.get(at), self.tokens.get(at + 1)), (Some(a), Some(b)) if a.end == b.start)
    }

    pub(crate) fn span(&self, tokens: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        start..end
    }
}
