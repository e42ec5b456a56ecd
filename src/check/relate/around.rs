//! What do the words around a figure say of it, up to the figures on either side? Of which time it is, whether it is
//! expected, gained, compared with, or led in as a size.

use super::Sentence;
use super::slot::CLAUSE;
use crate::check::figure::Figure;
use crate::check::language::Cue;

impl Sentence<'_, '_> {
    /// Whether a time before stands with a figure: behind the figure before it, or right behind its own.
    pub(super) fn is_of_before(&self, figure: usize) -> bool {
        self.words_of(figure).any(|at| self.has_any(at, &[Cue::PriorTime, Cue::ThatTime]))
    }

    /// Whether the time that stands with a figure is the quarter or month before.
    pub(super) fn is_of_quarter_before(&self, figure: usize) -> bool {
        self.words_of(figure).any(|at| self.reader.has_cue(at, Cue::QuarterBefore))
    }

    /// Whether what stands before a figure says that another is compared with it.
    pub(super) fn is_compared_with(&self, figure: usize) -> bool {
        let (from, range, _) = self.surroundings(figure);
        (from..range.start).any(|at| self.reader.has_cue(at, Cue::Against))
    }

    /// The year that a figure's own words name: right behind it, or before it up to the amount before; else the one that
    /// opens the sentence.
    pub(super) fn year_of(&self, figure: usize) -> Option<i64> {
        const REACH: usize = 14;
        let start = self.token_range(figure).start;
        let is_level = |other: &usize| self.get(*other).is_some_and(Figure::is_level);
        let previous = (self.first..figure).rev().find(is_level).map_or(self.tokens.start, |previous| self.token_range(previous).end);
        let mut before = (previous.max(start.saturating_sub(REACH))..start).rev();
        let own = self.words_behind(figure).find_map(|at| self.year_at(at)).or_else(|| before.find_map(|at| self.year_at(at)));
        own.or_else(|| self.opening_year())
    }

    /// The year named before the first figure of the sentence.
    fn opening_year(&self) -> Option<i64> {
        const REACH: usize = 4;
        let first = self.token_range(self.first).start.min(self.tokens.start + REACH);
        (self.tokens.start..first).find_map(|at| self.year_at(at))
    }

    /// Whether a word says right before a figure that it follows from those before: "or", "that makes".
    pub(super) fn is_announced(&self, figure: usize) -> bool {
        const REACH: usize = 5;
        let start = self.token_range(figure).start;
        let from = figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end).max(start.saturating_sub(REACH));
        (from..start).any(|at| self.reader.has_cue(at, Cue::Thus))
    }

    /// The words before a figure, up to the figure before it, and those right behind it in its clause.
    fn words_of(&self, figure: usize) -> impl Iterator<Item = usize> {
        let (from, range, _) = self.surroundings(figure);
        (from..range.start).chain(self.words_behind(figure))
    }

    /// The words right behind a figure in its clause, or in a bracket without a figure of its own.
    fn words_behind(&self, figure: usize) -> impl Iterator<Item = usize> {
        const BEHIND: usize = 5;
        let (_, range, next) = self.surroundings(figure);
        let end = next.min(range.end + BEHIND);
        let closes = (range.end..end).any(|at| matches!(self.mark(at), Some(')' | '）')));
        let parts = move |mark: char| matches!(mark, ',' | ';' | ':' | '，' | '；') || (matches!(mark, '(' | '（') && !closes);
        (range.end..end).take_while(move |at| !self.mark(*at).is_some_and(parts) && !self.reader.has_cue(*at, Cue::And))
    }

    /// Whether what stands before a figure, up to the figure before it, speaks of the future or of others' expectations.
    pub(super) fn is_expected(&self, figure: usize) -> bool {
        let (from, range, _) = self.surroundings(figure);
        self.expects(from..range.start)
    }

    /// Whether the words before a figure say that it was gained, not lost.
    pub(super) fn is_gained(&self, figure: usize) -> bool {
        let (from, range, _) = self.surroundings(figure);
        (from..range.start).any(|at| self.reader.has_cue(at, Cue::Gain)) || self.says_loss(figure, from) == Some(false)
    }

    /// Where the words before a figure begin, the figure, and where the next one begins.
    fn surroundings(&self, figure: usize) -> (usize, std::ops::Range<usize>, usize) {
        let range = self.token_range(figure);
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let next = if figure + 1 < self.last { self.token_range(figure + 1).start } else { self.tokens.end };
        (from.max(range.start.saturating_sub(CLAUSE)), range, next)
    }

    /// "by 7.2 percent", "by 21 million, or 30 percent": the word that leads a size in stands right before it.
    pub(super) fn is_led_by_size(&self, figure: usize) -> bool {
        let linking = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let before = (self.tokens.start..self.token_range(figure).start).rev().find(|at| !self.has_any(*at, &linking));
        before.is_some_and(|at| self.has_any(at, &[Cue::By, Cue::Or, Cue::Equals]) && !self.reader.has_cue(at, Cue::Of))
    }
}
