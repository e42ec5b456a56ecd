//! The times that words give figures: which of two is the earlier, and what one is compared with.

use super::slot::{CLAUSE, Mention, Slot};
use super::{Memory, Sentence};
use crate::check::figure::Figure;
use crate::check::language::{Cue, PeriodWord, Sense};
use crate::check::scan::TokenKind;

/// Against which time before a result or a prior stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    Year,
    Quarter,
}

/// Whether two bases may be one.
pub(super) fn agree(a: Option<Basis>, b: Option<Basis>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}

impl Sentence<'_, '_> {
    /// "In 2023 revenue was 5 million", after that of 2024: the earlier year is the prior.
    pub(super) fn date_priors(&self, mentions: &mut [Mention], memory: &Memory) {
        let mut reference = memory.last.map(|(figure, metric)| (figure, metric, false));
        for index in 0..mentions.len() {
            let Some(mention) = mentions.get(index).copied().filter(|mention| mention.slot == Slot::Current) else { continue };
            let range = self.token_range(mention.figure);
            let metric = (self.tokens.start.max(range.start.saturating_sub(10))..range.start).rev().find_map(|at| self.metric_at(at));
            let taken_up = |last: usize| self.was_that(mention.figure, last) || self.takes_up_dated(mention.figure, last);
            if let Some((figure, of, here)) = reference
                && self.get(figure).zip(self.get(mention.figure)).is_some_and(|(a, b)| a.same_unit(b))
                && if here { metric.is_none() || metric == of } else { (metric.is_some() && metric == of) || taken_up(figure) }
                && (self.is_earlier(mention.figure, figure).is_some() || (!here && taken_up(figure)))
            {
                if let Some(mention) = mentions.get_mut(index) {
                    (mention.slot, mention.compared, mention.firm) = (Slot::Prior, true, true);
                }
                continue;
            }
            reference = Some((mention.figure, metric, true));
        }
        self.date_first_of_two(mentions);
    }

    /// "Wurden 2022 noch 4,2 Millionen Tonnen umgeschlagen, waren es 2023 nur 3,9": the earlier of two amounts by their
    /// years, where nothing else is named for the later.
    fn date_first_of_two(&self, mentions: &mut [Mention]) {
        let [first, second] = &mut *mentions else { return };
        let gap = self.token_range(first.figure).end..self.token_range(second.figure).start;
        let Some(comma) = gap.clone().rev().find(|at| matches!(self.mark(*at), Some(',' | ';'))) else { return };
        let cues =
            [Cue::NotCount, Cue::Level, Cue::Article, Cue::Anaphor, Cue::Now, Cue::About, Cue::Over, Cue::Under, Cue::At, Cue::To, Cue::Of];
        let plain = |at: usize| (self.year_at(at).is_some() || self.has_any(at, &cues)) && self.metric_at(at).is_none();
        let both = first.slot == Slot::Current && second.slot == Slot::Current && self.reader.language.spaced;
        let verb = (comma + 1..gap.end).any(|at| self.has_any(at, &[Cue::Level, Cue::Anaphor]));
        let same = self.get(first.figure).zip(self.get(second.figure)).is_some_and(|(a, b)| a.is_level() && a.same_unit(b));
        if both && verb && same && (comma + 1..gap.end).all(plain) && self.is_earlier(first.figure, second.figure) == Some(Basis::Year) {
            (first.slot, first.compared, first.firm) = (Slot::Prior, true, true);
        }
    }

    /// 保费收入832亿元。2023年这一数字为800亿元: what was stated without a year is taken up for one that is named.
    fn takes_up_dated(&self, figure: usize, last: usize) -> bool {
        let moves = |at: usize| self.direction_at(at).is_some() || self.has_any(at, &[Cue::Expect, Cue::To]);
        let before = self.tokens.start..self.token_range(figure).start;
        let taken_up = before.clone().any(|at| self.reader.has_cue(at, Cue::Anaphor));
        let named = before.clone().any(|at| self.metric_at(at).is_some());
        let dated = before.clone().any(|at| self.year_at(at).is_some());
        let told = (self.token_range(last).end.saturating_sub(CLAUSE)..self.token_range(last).end).any(|at| self.year_at(at).is_some());
        let next = (self.token_range(last).end..self.tokens.start).filter(|at| self.reader.kind(*at) == Some(TokenKind::Stop)).count() < 2;
        figure == self.first && taken_up && dated && !named && !told && next && !before.into_iter().any(moves)
    }

    /// "A profit of 11 million turned into a loss of 4 million": of the two amounts the first is the one before.
    pub(super) fn turns_over(&mut self, mentions: &mut [Mention]) {
        let Some(cue) = self.tokens.clone().find(|at| self.reader.has_cue(*at, Cue::TurnedInto)) else { return };
        let levels: Vec<usize> = (0..mentions.len())
            .filter(|index| mentions.get(*index).is_some_and(|m| self.get(m.figure).is_some_and(Figure::is_level)))
            .collect();
        let [first, second] = *levels.as_slice() else { return };
        let figure = |index: usize| mentions.get(index).map(|mention| (mention.figure, mention.slot));
        let (Some((prior, _)), Some((current, slot))) = (figure(first), figure(second)) else { return };
        // The time that opens a sentence is not that of what it turned into.
        let timed = mentions.get(second).is_some_and(|mention| mention.timed);
        let dated = (self.token_range(prior).end..self.token_range(current).end + 3).any(|at| self.reader.has_cue(at, Cue::PriorTime));
        let told = (slot == Slot::Current || (timed && !dated)) && !self.is_bracketed(self.token_range(current).start);
        let before = self.token_range(prior).start;
        let placed = cue < before || cue >= self.token_range(prior).end;
        let (was, is) = (self.says_loss(prior, self.tokens.start), self.says_loss(current, self.token_range(prior).end));
        let (Some(was), Some(is)) = (was, is) else { return };
        let same = self.get(prior).zip(self.get(current)).is_some_and(|(a, b)| a.same_unit(b));
        if !(told && placed && same && was != is) {
            return;
        }
        self.set_negative(prior, was);
        self.set_negative(current, is);
        for (index, slot) in [(first, Slot::Prior), (second, Slot::Current)] {
            if let Some(mention) = mentions.get_mut(index) {
                (mention.slot, mention.compared, mention.firm, mention.timed) = (slot, slot == Slot::Prior, true, false);
            }
        }
    }

    /// Whether the words around an amount name it a loss, or something that is none; `None` if they name nothing.
    pub(super) fn says_loss(&self, figure: usize, from: usize) -> Option<bool> {
        const REACH: usize = 5;
        let range = self.token_range(figure);
        let behind = range.end..(range.end + REACH).min(self.tokens.end);
        let near = behind.take_while(|at| self.mark(*at).is_none()).take(if self.reader.language.spaced { 1 } else { REACH });
        let names = |at: usize| {
            let loss = self.reader.has_cue(at, Cue::Loss);
            let named = self.reader.has_cue(at, Cue::Gain) || self.metric_at(at).is_some();
            (loss || named).then_some(loss)
        };
        let mut before = (from.max(range.start.saturating_sub(10))..range.start).rev();
        if self.reader.language.spaced {
            before.find_map(names).or_else(|| near.into_iter().find_map(names))
        } else {
            near.chain(before).find_map(names)
        }
    }

    /// "Last year it was 5.4 billion, compared with 2.7 billion the year before": of two earlier times the first is the
    /// one spoken of.
    pub(super) fn later_of_two(&self, mentions: &mut [Mention]) {
        let parts = |mention: &Mention| {
            (self.tokens.start..self.token_range(mention.figure).start).filter(|at| matches!(self.mark(*at), Some(';' | '；'))).count()
        };
        let mut start = 0;
        while let Some(clause) = mentions.get(start).map(parts) {
            let length = mentions.get(start..).unwrap_or_default().iter().take_while(|mention| parts(mention) == clause).count().max(1);
            self.later_of_clause(mentions.get_mut(start..start + length).unwrap_or_default());
            start += length;
        }
    }

    fn later_of_clause(&self, mentions: &mut [Mention]) {
        let level = |mention: &&Mention| self.get(mention.figure).is_some_and(Figure::is_level);
        // "After 24.8 million in 2021, it made only 19.3 million last year": of two earlier times the one led in is the earlier.
        let two: Vec<usize> = mentions.iter().enumerate().filter(|(_, mention)| level(mention)).map(|(index, _)| index).collect();
        if let ([first, second], true) = (two.as_slice(), mentions.len() == 2)
            && let (Some(prior), Some(last)) = (mentions.get(*first).copied(), mentions.get(*second).copied())
        {
            let leads = prior.lead == self.tokens.start && self.reader.has_cue(prior.lead, Cue::Against);
            let alike = self.get(prior.figure).zip(self.get(last.figure)).is_some_and(|(a, b)| a.same_unit(b));
            if leads && alike && prior.slot == Slot::Prior && !prior.timed && last.slot == Slot::Prior && last.timed {
                if let Some(last) = mentions.get_mut(*second) {
                    (last.slot, last.compared) = (Slot::Current, false);
                }
                return;
            }
        }
        let mut levels = mentions.iter().filter(level);
        let Some(opening) = levels.next().copied().filter(|mention| mention.timed) else { return };
        let same = |other: &&Mention| self.get(other.figure).zip(self.get(opening.figure)).is_some_and(|(a, b)| a.same_unit(b));
        if levels.find(same).is_some_and(|other| other.slot == Slot::Prior && !other.timed)
            && let Some(opening) = mentions.iter_mut().find(|mention| mention.figure == opening.figure)
        {
            (opening.slot, opening.compared) = (Slot::Current, false);
        }
    }

    /// 2023年这一数字为800亿元, "in 2023 that figure was 800 million": the same at a time that is named, after one that is not.
    fn was_that(&self, figure: usize, then: usize) -> bool {
        let start = self.token_range(figure).start;
        let from = self.tokens.start.max(start.saturating_sub(CLAUSE));
        let anaphor = (from..start).any(|at| self.reader.has_cue(at, Cue::Anaphor) && self.direction_at(at).is_none());
        let year = self.moment(figure).0;
        anaphor
            && year.is_some()
            && self.moment(then).0.is_none()
            && self.year_at(self.tokens.start).or(self.year_at(self.tokens.start + 1)) == year
    }

    /// Whether a figure's own words date it before another: by its year, or by the quarter before.
    pub(super) fn is_earlier(&self, figure: usize, than: usize) -> Option<Basis> {
        let (own, then) = (self.moment(figure), self.moment(than));
        let years = own.0.zip(then.0);
        if let Some((own, then)) = years.filter(|(own, then)| own != then) {
            return (own < then).then_some(Basis::Year);
        }
        let before = matches!(
            own.1.zip(then.1)?,
            (PeriodWord::Q1, PeriodWord::Q2)
                | (PeriodWord::Q2, PeriodWord::Q3)
                | (PeriodWord::Q3, PeriodWord::Q4)
                | (PeriodWord::H1, PeriodWord::H2)
        );
        before.then_some(Basis::Quarter)
    }

    /// The year and the part of it that the words before a figure name, up to the figure before it.
    pub(super) fn moment(&self, figure: usize) -> (Option<i64>, Option<PeriodWord>) {
        const REACH: usize = 14;
        let start = self.token_range(figure).start;
        let is_level = |other: &usize| self.get(*other).is_some_and(Figure::is_level);
        let previous = (self.first..figure).rev().find(is_level).map_or(0, |previous| self.token_range(previous).end);
        let words = || {
            let back = (previous.max(start.saturating_sub(REACH))..start).rev();
            back.take_while(|at| !matches!(self.reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break)))
        };
        let part = words().find_map(|at| {
            self.reader.senses(at).iter().find_map(|sense| match sense {
                Sense::Period(word) if *word != PeriodWord::Y => Some(*word),
                _ => None,
            })
        });
        // "236 million in 2023"
        let next = self.get(figure + 1).map_or(usize::MAX, |next| next.tokens.start);
        let end = self.token_range(figure).end;
        let ends = |at: &usize| matches!(self.reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break));
        let plain = |at: &usize| self.mark(*at).is_none() && !self.reader.has_cue(*at, Cue::And);
        let beside = (end..next.min(end + 3)).take_while(plain).find_map(|at| self.year_at(at));
        let behind = || (end..next.min(end + 3)).take_while(|at| !ends(at)).find_map(|at| self.year_at(at));
        (beside.or_else(|| words().find_map(|at| self.year_at(at))).or_else(behind), part)
    }

    pub(super) fn year_at(&self, at: usize) -> Option<i64> {
        match self.reader.kind(at)? {
            TokenKind::Number(value) if value.scale() == 0 => {
                i64::try_from(value.mantissa()).ok().filter(|year| (1900..=2100).contains(year))
            }
            _ => None,
        }
    }

    /// "5 million a year earlier"; but not where the time leads in the next figure.
    pub(super) fn prior_time_after(&self, figure: usize) -> bool {
        if !self.near(figure, &[Cue::PriorTime]) {
            return false;
        }
        let leading = [Cue::Level, Cue::Of, Cue::At, Cue::Loss, Cue::About, Cue::Over, Cue::Under];
        let next = self.token_range(figure + 1).start;
        let time = (self.token_range(figure).end..self.tokens.end).find(|at| self.reader.has_cue(*at, Cue::PriorTime));
        let leads_on = |time: usize| {
            figure + 1 < self.last
                && (time + 1..next).all(|at| {
                    self.has_any(at, &leading)
                        || matches!(self.mark(at), Some(':' | '：' | '='))
                        || self.metric_at(at).is_some()
                        || (!self.reader.language.spaced && self.reader.is_word(at))
                })
        };
        !time.is_some_and(leads_on)
    }

    /// "A year earlier, revenue was 5 million and profit 2 million": the time that opens a sentence is that of all.
    pub(super) fn continues_prior_sentence(&self, before: &[Mention], start: usize) -> bool {
        let opens = self.reader.has_cue(self.tokens.start, Cue::PriorTime);
        let since = before.last().map_or(self.tokens.start, |last| self.token_range(last.figure).end);
        let now = (since..start).any(|at| self.reader.has_cue(at, Cue::Now));
        opens && !now && !before.is_empty() && before.iter().all(|mention| mention.slot == Slot::Prior)
    }

    /// "18.5% more than in May 2022, when 871,000 were sold": a figure of the time that the size before is measured on.
    pub(super) fn is_of_that_time(&self, before: &[Mention], start: usize) -> bool {
        let Some(size) = before.last().filter(|last| matches!(last.slot, Slot::Growth | Slot::Multiple)) else { return false };
        let gap = self.token_range(size.figure).end..start;
        let mut takes_up = gap.clone().filter(|at| self.reader.has_cue(*at, Cue::ThatTime));
        let compared = |at: usize| {
            (gap.start..at).any(|at| {
                self.has_any(
                    at,
                    &[Cue::Against, Cue::PriorTime, Cue::OnBase, Cue::Over, Cue::Under, Cue::YearOnYear, Cue::QuarterOnQuarter],
                )
            })
        };
        takes_up.next().is_some_and(compared)
    }

    /// "A year earlier, revenue was …": the time opens the clause.
    pub(super) fn prior_time_before(&self, start: usize) -> bool {
        const REACH: usize = 8;
        let from = self.tokens.start.max(start.saturating_sub(REACH));
        if !self.reader.language.spaced {
            // The topic of the clause, wherever in it.
            return (from..start)
                .rev()
                .take_while(|at| !matches!(self.mark(*at), Some(',' | '，' | '、' | ';' | '；')) && self.figure_ending_at(at + 1).is_none())
                .any(|at| self.reader.has_cue(at, Cue::PriorTime));
        }
        let clause = (from..start)
            .rev()
            .take_while(|at| !matches!(self.mark(*at), Some(';' | '；' | ':' | '(')))
            .take_while(|at| self.figure_ending_at(at + 1).is_none());
        let opening = clause.filter(|at| self.reader.has_cue(*at, Cue::PriorTime)).last();
        opening.is_some_and(|at| {
            at == self.tokens.start
                || (self.reader.has_cue(self.tokens.start, Cue::Clause) && (self.tokens.start..at).all(|at| self.mark(at).is_none()))
                // "Se l'anno prima aveva erogato 1,20 miliardi, stavolta …"
                || (at == self.tokens.start + 1 && self.has(Cue::Now))
                || matches!(self.mark(at - 1), Some(',' | '，' | ';' | ':' | '('))
                || self.has_any(at - 1, &[Cue::And, Cue::Article, Cue::Clause])
                // "während er ein Jahr zuvor noch bei 18 Millionen lag"
                || (at > self.tokens.start + 1
                    && self.has_any(at - 1, &[Cue::NotCount, Cue::Anaphor])
                    && self.reader.has_cue(at - 2, Cue::Clause))
        })
    }

    /// "after they had been a year earlier 200 million": the time stands right before.
    pub(super) fn prior_time_beside(&self, start: usize) -> bool {
        let linking = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let before = (self.tokens.start..start).rev().find(|at| !self.has_any(*at, &linking) || self.reader.has_cue(*at, Cue::PriorTime));
        self.reader.language.spaced
            && before.is_some_and(|at| self.reader.has_cue(at, Cue::PriorTime) && !self.reader.has_cue(at, Cue::Now))
    }

    /// Whether a cue stands right behind a figure, a bracket, comma or article between.
    pub(super) fn near(&self, figure: usize, cues: &[Cue]) -> bool {
        let end = self.token_range(figure).end;
        let passable =
            |at: usize| matches!(self.mark(at), Some(',' | '，' | ')' | '（' | '(')) || self.has_any(at, &[Cue::Article, Cue::Of, Cue::At]);
        (end..(end + 4).min(self.tokens.end)).take_while(|at| *at == end || passable(at - 1)).any(|at| self.has_any(at, cues))
    }

    /// "up 6% year on year and down 18% on the quarter": the nearest word before a result says which.
    pub(super) fn basis_of_result(&self, figure: usize) -> Option<Basis> {
        let range = self.token_range(figure);
        let from = figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end).max(range.start.saturating_sub(6));
        // Right behind the figure before it is said of that one.
        let from = from + usize::from(self.reader.language.spaced && self.figure_ending_at(from).is_some());
        let before = (from..range.start).rev().find_map(|at| self.basis_at(at));
        before.or_else(|| (range.end..range.end + 2).find_map(|at| self.basis_at(at)))
    }

    fn basis_at(&self, at: usize) -> Option<Basis> {
        match at {
            at if self.reader.has_cue(at, Cue::YearOnYear) => Some(Basis::Year),
            at if self.reader.has_cue(at, Cue::QuarterOnQuarter) => Some(Basis::Quarter),
            _ => None,
        }
    }

    /// The time that leads a prior in.
    pub(super) fn basis_of_prior(&self, figure: usize, memory: &Memory) -> Option<Basis> {
        let range = self.token_range(figure);
        let before = (self.tokens.start..range.start).rev().take(8).take_while(|at| self.figure_ending_at(at + 1).is_none());
        let time = before.chain(range.end..self.tokens.end.min(range.end + 4)).find(|at| self.reader.has_cue(*at, Cue::PriorTime));
        let Some(time) = time else { return memory.last.and_then(|(last, _)| self.is_earlier(figure, last)) };
        Some(if self.reader.has_cue(time, Cue::QuarterBefore) { Basis::Quarter } else { Basis::Year })
    }
}
