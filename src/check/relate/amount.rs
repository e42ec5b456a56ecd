//! What an amount is: the current one, the one before, or a change.

use super::Sentence;
use super::lead::Lead;
use super::slot::{CLAUSE, Mention, Slot};
use crate::check::figure::{Figure, Kind};
use crate::check::language::{Cue, Sense};
use crate::check::scan::TokenKind;
use std::cmp::Ordering;

impl Sentence<'_, '_> {
    pub(super) fn level(&mut self, figure: usize, before: &[Mention]) -> Mention {
        let range = self.token_range(figure);
        let led = self.lead(range.start);
        let prior_time = self.prior_time_after(figure)
            || self.prior_time_before(range.start)
            || (!before.is_empty() && self.prior_time_beside(range.start))
            || self.continues_prior_sentence(before, range.start)
            || self.is_of_that_time(before, range.start);
        let measured = led.is_none_or(|led| matches!(led.lead, Lead::Change(_))) && self.is_measured_on(before.last(), range.start);
        let times = before.last().is_some_and(|last| last.slot == Slot::Multiple && self.follows_closely(last.figure, range.start));
        let behind = self.direction_behind(figure).or_else(|| self.comparison_behind(figure)).or_else(|| self.compared_size(range.end));
        // "auf 412 Mio. Euro gestiegen gegenüber", "mit 3 Mio. Euro unter dem des Vorjahres": a level all the same.
        let level = led.is_some_and(|led| matches!(led.lead, Lead::To | Lead::Prior { .. }));
        let below = before.is_empty()
            && led.is_some_and(|led| led.lead == Lead::Current)
            && self.has_any(range.end, &[Cue::Over, Cue::Under, Cue::Against])
            && !self.reader.slice(range.end).contains(' ');
        let behind = behind.filter(|_| !level && !below);
        // "dook met 34 mln in het rood"
        let red = self.reader.language.spaced && self.reader.has_cue(range.end, Cue::Loss);
        let (slot, compared, firm) = match led.map(|led| led.lead) {
            // 前年同期（600億円）に比べて10%増え
            _ if self.closes_before_against(range.end) => (Slot::Prior, true, true),
            _ if self.compares_in_bracket(figure) || self.dated_in_bracket(figure) || self.compares_with_before(&range) => {
                (Slot::Prior, true, true)
            }
            // "um 85 auf 640 Millionen Euro abgebaut"
            lead if behind.is_some() && !(self.reader.language.spaced && lead == Some(Lead::To)) => (Slot::Change, false, true),
            _ if times || measured || self.goes_from(figure) || self.is_base(figure) => (Slot::Prior, true, true),
            None | Some(Lead::Current) if !prior_time && self.reader.has_cue(range.end, Cue::ToAfter) => (Slot::Current, false, true),
            Some(Lead::Prior { compared }) => (Slot::Prior, compared, true),
            Some(Lead::Change(_)) if red => (Slot::Current, false, true),
            Some(Lead::Beside) if prior_time => (Slot::Prior, true, true),
            Some(Lead::Beside) => (Slot::Loose, false, true),
            // "…, im Vorjahr hatte das Minus 252 Millionen Euro betragen"
            Some(Lead::Change(_)) if prior_time && led.is_some_and(|led| self.is_the_noun(led.at)) && !before.is_empty() => {
                (Slot::Prior, true, true)
            }
            Some(Lead::Change(_)) => (Slot::Change, false, true),
            Some(Lead::To) if self.compares_by(before.last(), range.start) => (Slot::Prior, true, true),
            // "alors qu'il s'élevait encore à 18 millions un an plus tôt"
            Some(Lead::To) if self.prior_time_after(figure) && self.tells_again(before, figure) => (Slot::Prior, true, true),
            Some(Lead::To) => (Slot::Current, false, true),
            Some(Lead::Current) if prior_time => (Slot::Prior, true, true),
            Some(Lead::Current) => (Slot::Current, false, true),
            None if prior_time => (Slot::Prior, true, false),
            None => (Slot::Current, false, false),
        };
        let timed = prior_time
            && slot == Slot::Prior
            && !self.closes_before_against(range.end)
            && matches!(led.map(|led| led.lead), None | Some(Lead::Current));
        let led_direction = led.and_then(|led| match led.lead {
            Lead::Change(direction) => Some(direction),
            _ => None,
        });
        let falls = slot == Slot::Change && behind.or(led_direction).is_some_and(Ordering::is_lt);
        // "was cut by 120 million" is a change whatever else is said; in "cut 1,200 jobs" it depends.
        if falls && led.is_some_and(|led| self.reader.has_cue(led.at, Cue::By)) {
            self.set_negative(figure, true);
        }
        let money = kind_of(self.get(figure)) == Some(Kind::Money);
        if slot != Slot::Change && ((led.is_some_and(|led| led.loss) && money) || self.is_loss_behind(range.end)) {
            self.set_negative(figure, true);
        }
        Mention { figure, slot, compared, firm, lead: led.map_or(range.start, |led| led.at), falls, timed }
    }

    /// "3.2% below last year's $410 million", "10% above those of the second quarter ($4.0 billion)": a comparison
    /// stands right behind the size before, and nothing ends the thought.
    pub(super) fn is_measured_on(&self, previous: Option<&Mention>, start: usize) -> bool {
        const REACH: usize = 12;
        let Some(previous) =
            previous.filter(|previous| matches!(previous.slot, Slot::Growth | Slot::Points | Slot::Multiple | Slot::Change))
        else {
            return false;
        };
        // Where directions stand behind, they compare with nothing.
        if !self.reader.language.spaced {
            return false;
        }
        let end = self.token_range(previous.figure).end;
        let compares = self.direction_at(end).is_some() || self.has_any(end, &[Cue::Over, Cue::Under]);
        let whole = (end..start)
            .all(|at| !matches!(self.mark(at), Some(',' | ';' | '，' | '；' | ':')) && !self.has_any(at, &[Cue::And, Cue::To, Cue::At]));
        // "7% more pay for 120,000 workers" is measured on nothing.
        let base = [
            Cue::Against,
            Cue::OnBase,
            Cue::PriorTime,
            Cue::Over,
            Cue::Under,
            Cue::Of,
            Cue::YearOnYear,
            Cue::QuarterOnQuarter,
            Cue::Anaphor,
        ];
        let named = (end..start).any(|at| self.has_any(at, &base)) || self.reader.slice(end).contains(' ');
        compares && whole && named && start - end <= REACH
    }

    /// "5 million more than a year earlier": a size, by the comparison right behind it.
    fn compared_size(&self, end: usize) -> Option<Ordering> {
        // "kwam € 5 mln hoger uit op € 47 mln"
        let compares = [Cue::Against, Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::PriorTime, Cue::To, Cue::At];
        let dated = |at: usize| {
            let part = |sense: &Sense| matches!(sense, Sense::Period(_) | Sense::Month(_));
            self.year_at(at).is_some() || self.reader.senses(at).iter().any(part)
        };
        let behind = (end + 1..end + 3).find(|at| !self.reader.has_cue(*at, Cue::Article))?;
        let hedge = match end {
            end if self.reader.has_cue(end, Cue::Over) => Some(Ordering::Greater),
            end if self.reader.has_cue(end, Cue::Under) => Some(Ordering::Less),
            _ => None,
        };
        let hedge = hedge.filter(|_| self.has_any(behind, &[Cue::PriorTime, Cue::NotCount]) && self.figure_starting_at(behind).is_none());
        let direction = self.direction_at(end).filter(|_| self.has_any(behind, &compares) || dated(behind)).or(hedge);
        direction.filter(|_| self.reader.language.spaced)
    }

    /// "slightly above the 1.18 billion of a year earlier"
    fn compares_with_before(&self, range: &std::ops::Range<usize>) -> bool {
        let hedge =
            (self.tokens.start..range.start).rev().find(|at| !self.reader.has_cue(*at, Cue::Article) || self.direction_at(*at).is_some());
        hedge.is_some_and(|at| self.reader.compares_with_before(at, range.end))
    }

    /// "rose 5% on the season before (375 million)": in brackets behind the time of a comparison stands the prior.
    pub(super) fn compares_in_bracket(&self, figure: usize) -> bool {
        const REACH: usize = 7;
        let range = self.token_range(figure);
        let dated = |at: usize| {
            self.has_any(at, &[Cue::PriorTime, Cue::Against, Cue::Of, Cue::Article, Cue::At, Cue::NotCount, Cue::About])
                || self.mark(at) == Some(':')
                || self.is_day(at)
                || self.year_at(at).is_some()
                || self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Period(_) | Sense::Month(_)))
        };
        let open = (self.tokens.start.max(range.start.saturating_sub(CLAUSE))..range.start)
            .rev()
            .find(|at| !dated(*at))
            .filter(|at| self.mark(*at) == Some('('));
        let Some(open) = open.filter(|_| self.reader.language.spaced) else { return false };
        // "to 11.2% (2022: 11.6%)"
        let beside = self.figure_ending_at(open).is_some_and(|previous| {
            let percents =
                self.get(previous).zip(self.get(figure)).is_some_and(|(a, b)| a.kind == Kind::Percent && b.kind == Kind::Percent);
            percents && !self.get(figure).is_some_and(|figure| figure.signed) && !self.get(previous).is_some_and(|previous| previous.signed)
        });
        if beside && self.right_direction(figure).is_none() && (open..range.start).all(|at| self.direction_at(at).is_none()) {
            let close = (range.end..self.tokens.end.min(range.end + CLAUSE)).find(|at| !dated(*at));
            return close.is_some_and(|at| self.mark(at) == Some(')'));
        }
        // "to 418 million (31 December: 480 million)"
        let said = (open + 1..range.start).any(|at| self.is_day(at)) && self.mark(range.end) == Some(')');
        let close = self.figure_ending_at(open).or(figure.checked_sub(1)).filter(|main| *main >= self.first);
        if said && close.and_then(|main| self.get(main)).zip(self.get(figure)).is_some_and(|(a, b)| a.same_unit(b)) {
            return true;
        }
        if self.get(figure).is_some_and(|figure| figure.signed && !figure.is_level()) || self.right_direction(figure).is_some() {
            return false;
        }
        let compares = [Cue::Against, Cue::OnBase, Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::PriorTime];
        // "dépassé de 7,5 % celles de 2022 (296,1 M€)"
        let size = figure.checked_sub(1).filter(|size| *size >= self.first && !self.get(*size).is_some_and(|size| size.is_level()));
        let year = open.checked_sub(1).is_some_and(|at| self.year_at(at).is_some());
        if year && size.is_some_and(|size| (self.token_range(size).end..open).all(|at| self.mark(at).is_none())) {
            return true;
        }
        (self.tokens.start.max(open.saturating_sub(REACH))..open)
            .rev()
            .take_while(|at| self.mark(*at).is_none() && self.figure_ending_at(at + 1).is_none())
            .any(|at| self.has_any(at, &compares))
    }

    /// The number of a day before its month.
    fn is_day(&self, at: usize) -> bool {
        let month = |at: usize| self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Month(_)));
        // "31. Dezember"
        let dotted = self.mark(at + 1) == Some('.') && month(at + 2);
        let number = matches!(self.reader.kind(at), Some(TokenKind::Number(value)) if value.scale() == 0);
        (number && (month(at + 1) || dotted || (at > 0 && month(at - 1)))) || (self.mark(at) == Some('.') && month(at + 1))
    }

    /// 7～9月期（687億円）に比べて: what is compared with stands behind the bracket.
    fn closes_before_against(&self, end: usize) -> bool {
        let behind = [Cue::Against, Cue::FromAfter, Cue::YearOnYear, Cue::QuarterOnQuarter];
        !self.reader.language.spaced && matches!(self.mark(end), Some('）' | ')')) && self.has_any(end + 1, &behind)
    }

    /// "(€71.4 mln in 2022)", "(+4%; $69 million in the previous year)": in brackets behind a like amount, with the time
    /// before behind it.
    fn dated_in_bracket(&self, figure: usize) -> bool {
        const REACH: usize = 5;
        let range = self.token_range(figure);
        if !self.reader.language.spaced || !self.is_bracketed(range.start) {
            return false;
        }
        let open = (self.tokens.start.max(range.start.saturating_sub(CLAUSE))..range.start).rev().find(|at| self.mark(*at) == Some('('));
        let close = (range.end..self.tokens.end.min(range.end + REACH)).find(|at| matches!(self.mark(*at), Some(')' | ';')));
        let Some((open, close)) = open.zip(close) else { return false };
        let own = self.get(figure);
        let main = (self.first..figure).rev().take(REACH).find(|other| {
            self.token_range(*other).end <= open && self.get(*other).zip(own).is_some_and(|(a, b)| a.is_level() && a.same_unit(b))
        });
        let Some(main) = main else { return false };
        let past = (range.end..close).any(|at| self.reader.has_cue(at, Cue::PriorTime));
        let year = (range.end..close).find_map(|at| self.year_at(at));
        let later = || self.moment(main).0.zip(year).is_some_and(|(then, own)| own >= then);
        let moves = (open..close).any(|at| self.direction_at(at).is_some() || self.has_any(at, &[Cue::Expect, Cue::Or, Cue::Equals]));
        (past || (year.is_some() && !later())) && !moves && own.is_some_and(|own| !own.signed)
    }

    /// "a 5 million loss", 24億円の赤字.
    pub(super) fn is_loss_behind(&self, end: usize) -> bool {
        self.name_behind(end).is_some_and(|at| self.reader.has_cue(at, Cue::Loss))
    }

    /// The name that stands behind its figure: 24億円の赤字, 5億円の利益; with spaces only that of a loss.
    pub(super) fn name_behind(&self, end: usize) -> Option<usize> {
        let of = self.reader.has_cue(end, Cue::Of);
        // "the $25 million it lost"
        let at = end + usize::from(of || self.reader.has_cue(end, Cue::Anaphor));
        let named = self.reader.has_cue(at, Cue::Loss) || (of && !self.reader.language.spaced && self.metric_at(at).is_some());
        (at < self.tokens.end && named).then_some(at)
    }

    /// 15億円から, 400億円の3.2倍: the words behind say that a figure is what another is measured from.
    fn is_base(&self, figure: usize) -> bool {
        let end = self.token_range(figure).end;
        let next = self.get(figure + 1).filter(|next| figure + 1 < self.last && next.kind == Kind::Multiple);
        let end = self.name_behind(end).map_or(end, |name| name + 1);
        // 前年同期（600億円）に比べて: the bracket closes first.
        let closed = !self.reader.language.spaced && matches!(self.mark(end), Some(')' | '）')) && self.opens_right_before(figure);
        let end = end + usize::from(closed);
        let of_multiple = self.reader.has_cue(end, Cue::Of) && next.is_some_and(|next| next.tokens.start == end + 1);
        self.reader.has_cue(end, Cue::FromAfter) || of_multiple
    }

    /// Whether a bracket opens right before a figure, a hedge between.
    fn opens_right_before(&self, figure: usize) -> bool {
        let hedges = [Cue::About, Cue::Over, Cue::Under, Cue::Article];
        let open = (self.tokens.start..self.token_range(figure).start).rev().find(|at| !self.has_any(*at, &hedges));
        open.is_some_and(|at| matches!(self.mark(at), Some('(' | '（')))
    }

    /// "from 4.1 to 4.7 billion": whatever else the first preposition may mean, here it is "from".
    pub(super) fn goes_from(&self, figure: usize) -> bool {
        let range = self.token_range(figure);
        let next = figure + 1;
        let before = range.start.checked_sub(1).filter(|at| *at >= self.tokens.start);
        let led = before.is_some_and(|at| self.reader.has_cue(at, Cue::From));
        // "augmenté de 4,2 pour s'établir à 73,5": where "de" is "by" too, only the plainest "à" goes from one to the other.
        let by = before.is_some_and(|at| self.reader.has_cue(at, Cue::By) && at > 0 && self.direction_at(at - 1).is_some());
        if by && self.reader.slice(range.end).contains(' ') {
            return false;
        }
        // "from 212 million in 2022 to 248 million"
        let dated = |at: &usize| {
            self.has_any(*at, &[Cue::PriorTime, Cue::Of, Cue::Article, Cue::NotCount]) && !self.has_any(*at, &[Cue::To, Cue::By])
                || self.year_at(*at).is_some()
                || self.reader.senses(*at).iter().any(|sense| matches!(sense, Sense::Period(_) | Sense::Month(_)))
        };
        let end = (range.end..self.tokens.end.min(range.end + CLAUSE)).find(|at| !dated(at)).unwrap_or(range.end);
        let to = self.reader.has_cue(end, Cue::To) && next < self.last && end + 2 >= self.token_range(next).start;
        // "kletterte von 58,7 Prozent um 2,6 Prozentpunkte auf 61,3 Prozent"
        let aim = next + 1;
        let onward = self.reader.has_cue(end, Cue::By) && aim < self.last && self.reader.has_cue(self.token_range(next).end, Cue::To);
        if led && onward && before.is_some_and(|at| at > 0 && self.direction_at(at - 1).is_some()) {
            return self.get(figure).zip(self.get(aim)).is_some_and(|(a, b)| a.same_unit(b));
        }
        led && to && self.get(figure).zip(self.get(next)).is_some_and(|(a, b)| a.same_unit(b) && a.range.is_none())
    }

    /// "das Minus": a noun of direction with the definite article stands for the balance.
    fn is_the_noun(&self, at: usize) -> bool {
        let article = at > self.tokens.start && self.reader.has_cue(at - 1, Cue::Article);
        let definite = article && !self.reader.senses(at - 1).contains(&Sense::Cardinal(1));
        definite && self.reader.language.spaced && !self.reader.has_cue(at, Cue::By) && self.figure_starting_at(at + 1).is_some()
    }

    /// Whether the current amount of like unit was told just before, and another clause has begun since.
    fn tells_again(&self, before: &[Mention], figure: usize) -> bool {
        let told = before.last().filter(|last| last.slot == Slot::Current);
        told.is_some_and(|last| {
            let gap = self.token_range(last.figure).end..self.token_range(figure).start;
            let same = self.get(last.figure).zip(self.get(figure)).is_some_and(|(a, b)| a.same_unit(b));
            let level = gap.clone().any(|at| self.direction_at(at).is_some_and(Ordering::is_ne));
            same && self.reader.language.spaced && !level && gap.into_iter().any(|at| matches!(self.mark(at), Some(',' | ';')))
        })
    }

    /// "cifra inferior en 12,9 % a los 99.210 millones": the word before the size compares.
    fn compares_by(&self, previous: Option<&Mention>, start: usize) -> bool {
        let Some(size) = previous.filter(|previous| previous.slot == Slot::Growth && self.reader.language.spaced) else { return false };
        let range = self.token_range(size.figure);
        let leads = |at: usize| self.has_any(at, &[Cue::To, Cue::Article]);
        let compares =
            self.left_direction(size.figure).is_some_and(|(at, _)| at + 3 >= range.start && self.reader.has_cue(at, Cue::Against));
        compares && range.end < start && (range.end..start).all(leads)
    }

    /// "2.4 times the $4.0 billion": only articles between.
    fn follows_closely(&self, previous: usize, start: usize) -> bool {
        const REACH: usize = 6;
        let end = self.token_range(previous).end;
        // "4.2 times the offer of 500 million"
        let noun = |at: usize| {
            let of = self.has_any(at, &[Cue::Article, Cue::Of, Cue::Anaphor]);
            of || self.reader.is_word(at) || self.metric_at(at).is_some()
        };
        let base = self.has_any(end, &[Cue::Article, Cue::Of, Cue::Anaphor]) && start - end <= REACH && start > end + 1;
        if self.reader.language.spaced && base && (end..start).all(noun) && self.reader.has_cue(start - 1, Cue::Of) {
            return true;
        }
        // 2.1倍の630億円 is 630 now.
        self.reader.language.spaced
            && (end..start).all(|at| {
                let links = self.has_any(at, &[Cue::Article, Cue::Of, Cue::PriorTime]) && !self.has_any(at, &[Cue::To, Cue::At]);
                // "4.8 times the offer of 500 million"
                let word = self.reader.is_word(at) && at > end && self.reader.has_cue(at - 1, Cue::Article);
                let noun = (word || self.reader.has_cue(at, Cue::Anaphor)) && self.reader.has_cue(at + 1, Cue::Of);
                self.metric_at(at).is_some() || links || noun
            })
    }
}

fn kind_of(figure: Option<&Figure>) -> Option<Kind> {
    figure.map(|figure| figure.kind)
}
