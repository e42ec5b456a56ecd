//! Where one statement ends and the next begins.

use super::Sentence;
use super::frame::Frame;
use super::slot::{CLAUSE, Mention, Slot};
use crate::check::figure::{Figure, Kind, RangeEnd};
use crate::check::language::{Cue, Sense};

impl Sentence<'_, '_> {
    /// "a loss of 11 million, while a year earlier a profit of 3 million": a profit and a loss are one thing.
    pub(super) fn turns(&self, a: Option<u16>, b: Option<u16>) -> bool {
        let name = |metric: Option<u16>| metric.and_then(|metric| self.metric_name(metric)).unwrap_or_default();
        let (a, b) = (name(a), name(b));
        (a == "loss" && b.ends_with("profit")) || (b == "loss" && a.ends_with("profit"))
    }

    /// "… a loss of 7 million; a year earlier it had earned 4 million": the time before of what was just said.
    pub(super) fn adds_prior(&self, frame: &Frame, mention: &Mention, metric: Option<u16>) -> bool {
        let last = mention.figure + 1 == self.last;
        let same = frame.current.is_some() && self.comparable(frame.current, Some(mention.figure));
        let named = metric.is_none_or(|metric| frame.metric.is_none_or(|own| own == metric));
        let timed = || {
            let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
            (from..self.token_range(mention.figure).start).any(|at| self.reader.has_cue(at, Cue::PriorTime))
        };
        last && mention.slot == Slot::Prior && mention.compared && same && named && frame.prior.is_none() && timed()
    }

    /// "… to 137.2 million; that is a rise of 6.4%".
    pub(super) fn adds_result(&self, frame: &Frame, mention: &Mention, metric: Option<u16>) -> bool {
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let told = || (from..mention.lead).any(|at| self.has_any(at, &[Cue::Or, Cue::Equals, Cue::Anaphor]));
        let last = mention.figure + 1 == self.last;
        last && matches!(mention.slot, Slot::Growth | Slot::Change)
            && metric.is_none()
            && frame.current.is_some()
            && frame.results.is_empty()
            && told()
    }

    /// Whether a figure begins the next statement: its slot is taken, or a growth leads in another amount.
    pub(super) fn starts_new(&self, frame: &Frame, mention: &Mention, next: Option<&Mention>) -> bool {
        let differs = |known: Option<usize>| known.is_some_and(|known| !self.comparable(Some(known), Some(mention.figure)));
        if self.get(mention.figure).is_some_and(|figure| figure.range == Some(RangeEnd::High)) {
            return false;
        }
        if matches!(mention.slot, Slot::Current | Slot::Prior)
            && frame.current.is_none()
            && frame.prior.is_none()
            && !frame.results.is_empty()
            && self.opens_topic(mention)
        {
            return true;
        }
        let percent = self.get(mention.figure).is_some_and(|figure| figure.kind == Kind::Percent);
        if mention.slot == Slot::Taken && percent && (self.prior_follows(mention.figure) || self.points_follow(mention.figure)) {
            return true;
        }
        if self.goes_its_own_way(frame, mention)
            || self.is_beside_change(frame, mention)
            || self.opens_clause(frame, mention)
            || self.has_own_object(frame, mention)
            || self.goes_on_its_way(frame, mention)
        {
            return true;
        }
        if mention.slot == Slot::Current && self.leaves_growth(frame, mention) {
            return true;
        }
        match mention.slot {
            Slot::Current => frame.current.is_some() || differs(frame.prior),
            Slot::Prior if differs(frame.current) && frame.prior.is_none() => true,
            Slot::Prior => frame.prior.is_some() && !frame.results.iter().any(|stated| stated.prior.is_none()),
            Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple => {
                let leads_on = next.is_some_and(|next| next.slot == Slot::Current && next.firm);
                frame.current.is_some() && !frame.results.is_empty() && leads_on
            }
            Slot::Taken | Slot::Loose => false,
        }
    }

    /// "il pedaggio aumenta del 2,3% e l'imposta sale da 16 a 18 euro", "grew 5% and hired 300": behind "and" an amount is
    /// of the growth before only where a verb of level follows at once: "grew 5% and reached 10 million".
    fn goes_its_own_way(&self, frame: &Frame, mention: &Mention) -> bool {
        let alone = frame.current.is_none() && frame.prior.is_none() && frame.results.iter().any(|stated| stated.slot == Slot::Growth);
        if !alone || !self.reader.language.spaced || !matches!(mention.slot, Slot::Current | Slot::Prior) {
            return false;
        }
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let start = self.token_range(mention.figure).start;
        let Some(and) = (from..mention.lead).find(|at| self.reader.has_cue(*at, Cue::And)) else { return false };
        let leads = [Cue::Level, Cue::To, Cue::At, Cue::From, Cue::Against];
        let next = (and + 1..start).find(|at| !self.has_any(*at, &[Cue::NotCount, Cue::Article, Cue::Anaphor, Cue::Now]));
        next.is_some_and(|at| !self.has_any(at, &leads) || self.direction_at(at).is_some() || self.reader.has_cue(at, Cue::Expect))
    }

    /// "raised $40 million at a valuation of $250 million": what is named behind "at" is not what changed.
    fn is_beside_change(&self, frame: &Frame, mention: &Mention) -> bool {
        let change = frame.results.last().filter(|stated| stated.slot == Slot::Change && stated.figure + 1 == mention.figure);
        let (Some(change), Slot::Current, None) = (change, mention.slot, frame.current) else { return false };
        let gap = self.token_range(change.figure).end..self.token_range(mention.figure).start;
        let Some(at) = gap.clone().find(|at| self.reader.has_cue(*at, Cue::At)) else { return false };
        let own = |at: usize| self.reader.is_word(at) || self.metric_at(at).is_some_and(|own| frame.metric != Some(own));
        let of = gap.end.checked_sub(1).is_some_and(|at| self.reader.has_cue(at, Cue::Of));
        of && self.reader.language.spaced && self.reader.has_cue(at + 1, Cue::Article) && own(at + 2) && at + 4 >= gap.end
    }

    /// "… 4 % over 2019, the room rates rose by 9 %", "…, stieg der Absatz um 17 %": behind a comma another thing is
    /// named, and a verb says which way it went.
    fn opens_clause(&self, frame: &Frame, mention: &Mention) -> bool {
        let result = matches!(mention.slot, Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple);
        if frame.is_empty() || !result {
            return false;
        }
        if !self.reader.language.spaced {
            return self.opens_clause_unspaced(frame, mention);
        }
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let start = self.token_range(mention.figure).start;
        // "… to 2.3 billion and the wage bill grew 11%", "employs 140 and has cut its energy use by 15%"
        let parts = |at: usize| matches!(self.mark(at), Some(',' | ';')) || self.reader.has_cue(at, Cue::And);
        let comma = (from..start).rev().find(|at| parts(*at));
        let Some(comma) = comma.filter(|comma| !self.is_bracketed(*comma)) else { return false };
        let linking = [Cue::And, Cue::Clause, Cue::NotCount];
        let opens = (comma + 1..start).find(|at| !self.has_any(*at, &linking) || self.reader.has_cue(*at, Cue::Article));
        let Some(opens) = opens else { return false };
        let inverted = self.is_verb(opens) && self.direction_at(opens).is_some();
        let subject = opens + usize::from(inverted);
        // "ein kräftiges Plus von 5 %", "una forte crescita": an indefinite article names what was just said.
        let indefinite = self.reader.senses(subject).contains(&Sense::Cardinal(1));
        let article = self.reader.has_cue(subject, Cue::Article) && !indefinite && !self.reader.has_cue(subject, Cue::Anaphor);
        let noun = subject + usize::from(article);
        // "groeide die naar Polen met 16 procent": an article for the noun said before.
        let pointed = article && self.has_any(noun, &[Cue::Of, Cue::To, Cue::At]) && !self.reader.has_cue(noun, Cue::Article);
        let named = self.metric_at(noun).is_some() || self.reader.is_word(noun) || pointed;
        let other = self.metric_at(noun).is_none_or(|metric| frame.metric.is_none_or(|own| own != metric));
        let moves = |at: usize| {
            let verb = self.is_verb(at) || at + 1 == start || self.reader.has_cue(at + 1, Cue::By);
            verb && !self.has_any(at - 1, &[Cue::Article, Cue::Of]) && self.direction_at(at).is_some_and(std::cmp::Ordering::is_ne)
        };
        let verb = || (noun + 1..start).any(moves) || self.final_direction(mention.figure).is_some();
        // "With 12.4% the margin rose 0.6 points": the figure before awaits its name.
        if self.metric_at(noun).is_some() && frame.metric.is_none() && frame.results.is_empty() {
            return false;
        }
        article && named && other && self.direction_at(noun).is_none() && (inverted || verb())
    }

    /// 欧元下跌0.4%，布伦特原油涨1.2%: behind a comma another thing is named before the next result.
    fn opens_clause_unspaced(&self, frame: &Frame, mention: &Mention) -> bool {
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let start = self.token_range(mention.figure).start;
        let growth = mention.slot == Slot::Growth && frame.results.iter().any(|stated| stated.slot == Slot::Growth);
        let comma = (from..start).rev().find(|at| matches!(self.mark(*at), Some(',' | '，' | '、')));
        let Some(comma) = comma.filter(|comma| growth && !self.is_bracketed(*comma)) else { return false };
        let next = comma + 1;
        let word = self.reader.is_word(next) || self.reader.has_cue(next, Cue::PartsAmong);
        word || self.metric_at(next).is_some_and(|metric| frame.metric != Some(metric))
    }

    /// "conta 65 operai e ha ridotto del 18% i consumi": what a growth is of stands right behind it.
    fn has_own_object(&self, frame: &Frame, mention: &Mention) -> bool {
        if mention.slot != Slot::Growth || frame.current.is_none() || !self.reader.language.spaced {
            return false;
        }
        let end = self.token_range(mention.figure).end;
        let article = self.reader.has_cue(end, Cue::Article) && !self.has_any(end, &[Cue::Of, Cue::PriorTime, Cue::To, Cue::At]);
        let noun = self.metric_at(end + 1).is_some_and(|metric| frame.metric != Some(metric)) || self.reader.is_word(end + 1);
        let verb = self.left_direction(mention.figure).is_some_and(|(at, _)| {
            let near = at + 3 > self.token_range(mention.figure).start;
            near && at > self.tokens.start && !self.has_any(at - 1, &[Cue::Article, Cue::Of, Cue::At, Cue::Equals, Cue::Or])
        });
        article && noun && verb && self.direction_at(end + 1).is_none() && !self.reader.slice(end).contains(' ')
    }

    /// "rimborsa 30 milioni e riduce il debito da 145 a 115": what goes from one amount to another is no prior of the
    /// amount before.
    fn goes_on_its_way(&self, frame: &Frame, mention: &Mention) -> bool {
        mention.slot == Slot::Prior && frame.current.is_some() && frame.prior.is_none() && self.goes_from(mention.figure)
    }

    /// Whether what stands between a growth and a figure shows that they are not of one thing: between percentages a
    /// name or another direction; before an amount nothing that leads it in.
    fn leaves_growth(&self, frame: &Frame, mention: &Mention) -> bool {
        let Some(growth) = frame.results.last() else { return false };
        if !self.reader.language.spaced || growth.slot != Slot::Growth || frame.prior.is_some() || growth.figure + 1 != mention.figure {
            return false;
        }
        let gap = self.token_range(growth.figure).end..self.token_range(mention.figure).start;
        if !self.get(mention.figure).is_some_and(Figure::is_level) {
            let names = |at: usize| self.metric_at(at).is_some() || self.direction_at(at).is_some();
            return gap.into_iter().any(names);
        }
        let comma = gap.clone().rev().find(|at| matches!(self.mark(*at), Some(',')));
        let subject =
            |at: usize| (self.reader.has_cue(at, Cue::Article) || self.metric_at(at).is_some()) && !self.reader.has_cue(at, Cue::Anaphor);
        // "En hausse de 12 %, le résultat s'est établi à 56 millions" has no subject before.
        let start = self.token_range(growth.figure).start;
        let named = (self.tokens.start.max(start.saturating_sub(CLAUSE))..start)
            .any(|at| self.metric_at(at).is_some() || self.reader.has_cue(at, Cue::NotFigure) || self.reader.is_word(at));
        // "The index closed up 0.4%, crude oil traded at $78": a noun and a verb of its own.
        let noun = |at: usize| self.reader.is_word(at);
        let plain = |at: usize| noun(at) || self.reader.has_cue(at, Cue::NotFigure) || self.reader.has_cue(at, Cue::Level);
        let other = |comma: usize| {
            let end = mention.lead.min(gap.end);
            let direct = comma <= gap.start + 1;
            direct
                && comma + 2 < end
                && noun(comma + 1)
                && (comma + 1..end).all(plain)
                && self.has_any(mention.lead, &[Cue::At, Cue::Level])
        };
        if named && frame.current.is_none() && frame.metric.is_none() && comma.is_some_and(other) {
            return true;
        }
        let level = named && self.has_any(mention.lead, &[Cue::Level]) && frame.current.is_none() && frame.metric.is_none();
        if level && comma.is_some_and(|comma| (comma + 1..mention.lead).any(subject)) {
            return true;
        }
        !mention.firm && gap.into_iter().any(|at| self.reader.has_cue(at, Cue::NotCount)) && frame.current.is_none()
    }

    /// "…, while Asia fell 5%", "… and lift its dividend by 5% to 42 cents": behind a conjunction something else is
    /// named; behind "and" that holds only for what has an amount of its own.
    pub(super) fn has_own_subject(&self, outside: std::ops::Range<usize>, mention: &Mention, next: Option<&Mention>) -> bool {
        if !self.reader.language.spaced || matches!(mention.slot, Slot::Prior | Slot::Taken | Slot::Loose) {
            return false;
        }
        let own_amount = mention.slot == Slot::Current || next.is_some_and(|next| next.slot == Slot::Current && next.firm);
        // "and the yield rose 14 points"
        let noun = |at: usize| self.reader.is_word(at) || self.metric_at(at).is_some();
        let phrase = |at: usize| self.reader.has_cue(at + 1, Cue::Article) && noun(at + 2);
        let and = |at: usize| self.reader.has_cue(at, Cue::And) && (own_amount || (mention.slot == Slot::Points && phrase(at)));
        let starts = |at: usize| self.reader.has_cue(at, Cue::Clause) || and(at);
        let Some(conjunction) = outside.clone().rev().find(|at| starts(*at)) else { return false };
        // "18% more than in 2021, but still 12% fewer than in 2019": no verb, and compared again.
        let moves = |at: usize| self.direction_at(at).is_some() || self.has_any(at, &[Cue::Level, Cue::By]);
        let size = self.token_range(mention.figure);
        let again = mention.slot == Slot::Growth && self.right_direction(mention.figure).is_some();
        let named = (conjunction + 1..size.start).any(|at| self.metric_at(at).is_some());
        if again && !named && size.start - conjunction <= 3 && !(conjunction + 1..size.start).any(moves) {
            return false;
        }
        // "rose 5%, the company said on Tuesday, to 3 billion": a verb must follow.
        let range = self.token_range(mention.figure);
        let verb = |at: usize| self.direction_at(at).is_some() || self.has_any(at, &[Cue::Level, Cue::Of]);
        (mention.slot != Slot::Current || (conjunction + 1..range.start).any(verb))
            && (conjunction + 1..outside.end).take_while(|at| self.direction_at(*at).is_none()).any(noun)
    }

    /// Whether a token stands in brackets.
    pub(super) fn is_bracketed(&self, at: usize) -> bool {
        // No bracket of prose is longer.
        const REACH: usize = 200;
        let depth = (self.tokens.start.max(at.saturating_sub(REACH))..at).fold(0_i32, |depth, at| match self.mark(at) {
            Some('(' | '（') => depth + 1,
            Some(')' | '）') => (depth - 1).max(0),
            _ => depth,
        });
        depth > 0
    }

    pub(super) fn compares_percentages(&self, frame: &Frame, mention: &Mention) -> bool {
        let percent = |figure: usize| self.get(figure).is_some_and(|figure| figure.kind == Kind::Percent);
        mention.slot == Slot::Prior && percent(mention.figure) && frame.current.is_some_and(percent) && frame.results.is_empty()
    }

    pub(super) fn turns_to_loss(&self, frame: &Frame, mention: &Mention) -> bool {
        let range = self.token_range(mention.figure);
        let named = (mention.lead..range.start).any(|at| self.reader.has_cue(at, Cue::Loss));
        let growth = frame.results.iter().any(|stated| stated.slot == Slot::Growth) && frame.current.is_none() && frame.prior.is_none();
        mention.slot == Slot::Current && named && growth && frame.metric.is_some() && !frame.loss
    }

    /// 客数は3%減り、売上高は204億円: behind a comma another thing is named, so the result before was not of it.
    fn opens_topic(&self, mention: &Mention) -> bool {
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let is_comma = |at: usize| matches!(self.mark(at), Some(',' | '，' | '、'));
        let Some(comma) = (from..mention.lead).rev().find(|at| is_comma(*at)) else { return false };
        let names = |at: usize| (self.metric_at(at).is_some() && !self.reader.has_cue(at, Cue::Loss)) || self.reader.is_word(at);
        !self.reader.language.spaced && (comma..self.token_range(mention.figure).start).any(names)
    }
}
