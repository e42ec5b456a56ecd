//! What stands in brackets, after a dash or after "or" behind a figure: its conversion, its prior, or its growth.

use super::slot::{CLAUSE, Mention, Slot};
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Figure, Kind, Unit};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};
use std::ops::Range;

impl Sentence<'_, '_> {
    /// The slot of a figure that is in apposition to another; `None` if it is not.
    pub(super) fn apposition(&mut self, anchor: usize, slot: Slot, figure: usize) -> Option<Slot> {
        let previous = figure.checked_sub(1)?;
        let gap = self.token_range(previous).end..self.token_range(figure).start;
        if self.converts_in_bracket(anchor, figure) {
            self.claims.push(Draft::new(Relation::Conversion, vec![(Role::Amount, anchor), (Role::Converted, figure)]));
            return Some(Slot::Taken);
        }
        let bracketed = self.opens_bracket(anchor, figure);
        let equated = self.is_equated(gap.clone())
            || self.is_told_in(anchor, figure, gap.clone())
            || self.is_told_after(anchor, figure, gap.clone())
            || self.is_equated_behind(gap.clone(), figure)
            || self.is_converted_alike(anchor, figure, gap.clone());
        if !(bracketed || equated || self.is_apposition_gap(gap.clone()) || self.is_estimate(anchor, figure)) {
            return None;
        }
        let (main, other) = (self.get(anchor)?.clone(), self.get(figure)?.clone());
        // "a margin of 21.3% (20.6%)"
        if bracketed && slot == Slot::Current && main.kind == Kind::Percent && other.kind == Kind::Percent && !other.signed {
            return Some(Slot::Prior);
        }
        if main.is_level() && other.is_level() && main.kind == other.kind {
            return self.second_amount(anchor, figure, &main, &other, bracketed);
        }
        // "1.30 a share, that is 10 cents more than last year"
        if main.is_level() && other.is_level() && self.comparison_behind(figure).is_some() {
            return None;
        }
        if main.is_level() && other.is_level() {
            // "$2.1 billion, or $1.34 a share": the same thing told in another way.
            return Some(Slot::Loose);
        }
        if bracketed && other.kind == Kind::Percent && main.is_level() {
            return self.bracketed_percent(figure, gap);
        }
        None
    }

    /// "At $1.25 to the pound, the price of £320 million equals $400 million and the fees of £48 million $60 million": in a
    /// sentence that states the rate, amounts that alternate in its two currencies are pairs.
    pub(super) fn convert_by_rate(&mut self, mentions: &mut [Mention], memory: &Memory) {
        let rates: Vec<(usize, Unit, Unit)> = (self.first..self.last)
            .filter_map(|index| self.get(index).and_then(|rate| Some((index, Unit::Currency(rate.rate_base?), rate.unit.clone()))))
            .collect();
        let [(rate, base, quote)] = rates.as_slice() else { return };
        let money: Vec<usize> = mentions
            .iter()
            .filter(|mention| mention.figure != *rate && self.get(mention.figure).is_some_and(|figure| figure.kind == Kind::Money))
            .map(|mention| mention.figure)
            .collect();
        let taken = |figure: usize| {
            let last = self.claims.iter().rev().take(CLAUSE);
            last.filter(|claim| claim.relation == Relation::Conversion).any(|claim| claim.roles.iter().any(|(_, of)| *of == figure))
        };
        let is = |figure: &usize, unit: &Unit| self.get(*figure).is_some_and(|figure| figure.unit == *unit && figure.range.is_none());
        // 投資額は5億2000万ユーロ。 160円/ユーロで換算すると832億円になる: the amount was told just before.
        let last = memory.last.filter(|_| memory.last_sentence.is_some_and(|end| end + 1 >= self.tokens.start)).map(|(last, _)| last);
        if let (Some(amount), [converted]) = (last, money.as_slice())
            && base != quote
            && ((is(&amount, base) && is(converted, quote)) || (is(&amount, quote) && is(converted, base)))
            && self.tokens.clone().any(|at| self.has_any(at, &[Cue::Equals, Cue::Or]))
            && !taken(*converted)
        {
            let converted = *converted;
            self.claims.push(Draft::new(Relation::Conversion, vec![(Role::Amount, amount), (Role::Converted, converted)]));
            mentions.iter_mut().filter(|mention| mention.figure == converted).for_each(|mention| mention.slot = Slot::Taken);
            return;
        }
        let pairs = |a: &Unit, b: &Unit| {
            !money.is_empty() && money.len().is_multiple_of(2) && money.chunks(2).all(|pair| matches!(pair, [x, y] if is(x, a) && is(y, b)))
        };
        if base == quote || !(pairs(base, quote) || pairs(quote, base)) || !(self.reader.language.spaced || money.len() == 2) {
            return;
        }
        let open: Vec<(usize, usize)> =
            money.chunks(2).filter_map(|pair| if let [a, b] = *pair { (!taken(a) && !taken(b)).then_some((a, b)) } else { None }).collect();
        for (amount, converted) in open {
            self.claims.push(Draft::new(Relation::Conversion, vec![(Role::Amount, amount), (Role::Converted, converted)]));
            if let Some(mention) = mentions.iter_mut().find(|mention| mention.figure == converted) {
                mention.slot = Slot::Taken;
            }
        }
    }

    fn second_amount(&mut self, anchor: usize, figure: usize, main: &Figure, other: &Figure, bracketed: bool) -> Option<Slot> {
        match (&main.unit, &other.unit) {
            (Unit::Currency(a), Unit::Currency(b)) if a != b => {
                self.claims.push(Draft::new(Relation::Conversion, vec![(Role::Amount, anchor), (Role::Converted, figure)]));
                Some(Slot::Taken)
            }
            // The figure of the year before in brackets: "EUR 102.4 million (98.7)".
            (a, b) if bracketed && a == b => {
                let range = self.token_range(figure);
                if self.lead(range.start).is_some_and(|led| led.loss) || self.is_loss_behind(range.end) {
                    self.set_negative(figure, true);
                }
                Some(Slot::Prior)
            }
            _ => None,
        }
    }

    /// "(up 12%)", "(+12%)", "(-18.9%)": the growth of the amount before the bracket.
    fn bracketed_percent(&mut self, figure: usize, mut gap: Range<usize>) -> Option<Slot> {
        let direction = gap.by_ref().rev().find_map(|at| self.direction_at(at)).or_else(|| self.right_direction(figure));
        if let Some(direction) = direction {
            self.set_negative(figure, direction.is_lt());
            return Some(Slot::Growth);
        }
        self.get(figure)?.signed.then_some(Slot::Growth)
    }

    /// "pays $2.3 billion for the chain (about €2.1 billion)": a bracket with one amount in another currency and
    /// nothing else, some words behind the amount.
    fn converts_in_bracket(&self, anchor: usize, figure: usize) -> bool {
        const REACH: usize = 10;
        let Some((main, other)) = self.get(anchor).zip(self.get(figure)).filter(|_| anchor + 1 == figure) else { return false };
        let money = |figure: &Figure| figure.kind == Kind::Money && figure.range.is_none();
        if !(money(main) && money(other)) || main.unit == other.unit || !self.reader.language.spaced {
            return false;
        }
        let (end, start) = (main.tokens.end, other.tokens.start);
        let linking = [Cue::About, Cue::Over, Cue::Under, Cue::Article, Cue::Or, Cue::Equals];
        let open = (end..start).rev().find(|at| !self.has_any(*at, &linking)).filter(|at| self.mark(*at) == Some('('));
        let words = |open: usize| {
            open > end && open - end <= REACH && (end..open).all(|at| self.mark(at).is_none_or(|c| matches!(c, '-' | '\'' | '’')))
        };
        open.is_some_and(words) && matches!(self.mark(other.tokens.end), Some(')'))
    }

    /// Whether a bracket opens right behind the anchor, or what is tied to it, and does not close before a figure.
    pub(super) fn opens_bracket(&self, anchor: usize, figure: usize) -> bool {
        let mut depth = 0_i32;
        for at in self.token_range(anchor).end..self.token_range(figure).start {
            match self.mark(at) {
                Some('(' | '（' | '[') => depth += 1,
                Some(')' | '）' | ']') => depth -= 1,
                // "ging auf 418 Millionen Euro zurück (Vorjahr: 480 Millionen)"
                _ if depth == 0
                    && !self.has_any(at, &[Cue::Article, Cue::Of])
                    && !(self.reader.language.spaced && self.has_any(at, &[Cue::UpEnd, Cue::DownEnd])) =>
                {
                    return false;
                }
                _ => {}
            }
        }
        depth > 0
    }

    /// "1.4 billion yuan works out at $200 million, and 568 million yuan at some $80 million": the verb is left out the
    /// second time.
    fn is_converted_alike(&self, anchor: usize, figure: usize, mut gap: Range<usize>) -> bool {
        let units = |a: usize, b: usize| self.get(a).map(|a| a.unit.clone()).zip(self.get(b).map(|b| b.unit.clone()));
        let alike = |claim: &&Draft| {
            claim.relation == Relation::Conversion
                && claim
                    .figure(Role::Amount)
                    .zip(claim.figure(Role::Converted))
                    .is_some_and(|(a, b)| a >= self.first && units(a, b).is_some() && units(a, b) == units(anchor, figure))
        };
        let links = [Cue::At, Cue::To, Cue::Level, Cue::About, Cue::Over, Cue::Under, Cue::Article];
        !gap.is_empty() && gap.all(|at| self.has_any(at, &links)) && self.claims.iter().rev().take(CLAUSE).any(|claim| alike(&claim))
    }

    /// "the €500 million price is worth $540 million": a word that equates stands right before the second.
    fn is_equated(&self, gap: Range<usize>) -> bool {
        const REACH: usize = 8;
        let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let last = gap.clone().rev().find(|at| self.reader.has_cue(*at, Cue::Equals) || !self.has_any(*at, &hedges));
        gap.len() <= REACH && last.is_some_and(|at| self.reader.has_cue(at, Cue::Equals))
    }

    /// "; das sind nach heutigem Kurs rund 1,1 Milliarden Euro": the word opens the clause, and nothing but how it was
    /// converted stands behind it.
    fn is_told_in(&self, anchor: usize, figure: usize, mut gap: Range<usize>) -> bool {
        const REACH: usize = 8;
        let other =
            self.get(anchor).zip(self.get(figure)).is_some_and(|(a, b)| a.kind == Kind::Money && b.kind == Kind::Money && a.unit != b.unit);
        let open = gap.find(|at| !matches!(self.mark(*at), Some(',' | ';'))).is_some_and(|at| self.has_any(at, &[Cue::Or, Cue::Equals]));
        let plain = |at: usize| {
            self.mark(at).is_none()
                && self.metric_at(at).is_none()
                && self.direction_at(at).is_none()
                && !self.has_any(at, &[Cue::And, Cue::Per])
        };
        other && open && self.reader.language.spaced && gap.len() <= REACH && gap.into_iter().all(plain)
    }

    /// 以1.26亿欧元收购这家厂，折合人民币9.83亿元: behind some words and a comma the same in another currency.
    fn is_told_after(&self, anchor: usize, figure: usize, gap: Range<usize>) -> bool {
        const REACH: usize = 12;
        let other =
            self.get(anchor).zip(self.get(figure)).is_some_and(|(a, b)| a.kind == Kind::Money && b.kind == Kind::Money && a.unit != b.unit);
        let Some(comma) = gap.clone().rev().find(|at| matches!(self.mark(*at), Some(',' | '，' | '、'))) else { return false };
        let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let or = |at: usize| self.reader.has_cue(at, Cue::Or) && self.reader.slice(at).contains(' ');
        let equals = |at: usize| (self.reader.has_cue(at, Cue::Equals) && !self.reader.has_cue(at, Cue::Level)) || or(at);
        let told = (comma + 1..gap.end).any(equals);
        let only = (comma + 1..gap.end).all(|at| equals(at) || self.has_any(at, &hedges));
        let plain = |at: usize| self.mark(at).is_none() && self.metric_at(at).is_none() && self.direction_at(at).is_none();
        other && told && only && anchor + 1 == figure && gap.len() <= REACH && (gap.start..comma).all(plain)
    }

    /// 3億ユーロは480億円に相当する, 620億円の営業利益は4億ドルに相当する: the word stands behind.
    fn is_equated_behind(&self, mut gap: Range<usize>, figure: usize) -> bool {
        let named = |at: usize| self.reader.has_cue(at, Cue::Of) || self.metric_at(at).is_some();
        let links = !gap.is_empty() && gap.all(|at| self.has_any(at, &[Cue::Level, Cue::About, Cue::Over, Cue::Under]) || named(at));
        links && !self.reader.language.spaced && self.reader.has_cue(self.token_range(figure).end, Cue::Equals)
    }

    /// "350 milioni di dollari, circa 322 milioni di euro": a comma and a hedge, and another currency.
    fn is_estimate(&self, anchor: usize, figure: usize) -> bool {
        let mut gap = self.token_range(anchor).end..self.token_range(figure).start;
        let comma = gap.next().is_some_and(|at| matches!(self.mark(at), Some(',')));
        let hedged = !gap.is_empty() && gap.all(|at| self.reader.has_cue(at, Cue::About));
        let other = |a: &Figure, b: &Figure| a.kind == Kind::Money && b.kind == Kind::Money && a.unit != b.unit;
        comma && hedged && self.get(anchor).zip(self.get(figure)).is_some_and(|(a, b)| other(a, b))
    }

    /// Whether only "or", a dash, a comma, hedges and articles stand between two figures, with one of the first two.
    fn is_apposition_gap(&self, gap: Range<usize>) -> bool {
        let mut led = false;
        for at in gap {
            let dash = matches!(self.mark(at), Some('–' | '—' | '=' | '＝' | '/'));
            let or = self.has_any(at, &[Cue::Or, Cue::Equals]);
            led |= dash || or;
            let hedge = self.has_any(at, &[Cue::About, Cue::Over, Cue::Under, Cue::Article]);
            if !(dash || or || hedge || matches!(self.mark(at), Some(',' | '，' | '、'))) {
                return false;
            }
        }
        led
    }
}
