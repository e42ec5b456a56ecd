//! What a percentage is: a growth, a level, or a level before.

use super::Sentence;
use super::lead::Lead;
use super::slot::{Mention, Slot};
use crate::check::figure::Kind;
use crate::check::language::{Cue, Sense};
use crate::check::scan::TokenKind;
use std::cmp::Ordering;

impl Sentence<'_, '_> {
    pub(super) fn percent(&mut self, figure: usize, before: &[Mention]) -> Mention {
        let range = self.token_range(figure);
        let led = self.lead(range.start);
        let mention = |slot, firm| Mention { slot, firm, ..Mention::new(figure, led.map_or(range.start, |led| led.at)) };
        let moves = |direction: Option<Ordering>| direction.is_some_and(Ordering::is_ne);
        let near_direction =
            (range.start.saturating_sub(3)..range.start).any(|at| moves(self.direction_at(at))) || moves(self.right_direction(figure));
        let near_direction = near_direction || self.moves_object(range.start);
        let after = |cue| self.reader.has_cue(range.end, cue);
        if self.compares_in_bracket(figure) {
            return Mention { compared: true, ..mention(Slot::Prior, true) };
        }
        if self.is_signed_behind_prior(figure, before) {
            return mention(Slot::Growth, true);
        }
        if let Some(previous) = before.iter().rev().find(|mention| mention.slot == Slot::Growth)
            && self.stands_for_noun(range.start)
        {
            // "a rise of 6% to 312, for sales one of 5.9% to 9.7 million"
            let negative = self.is_negative(previous.figure);
            self.set_negative(figure, negative);
            return mention(Slot::Growth, true);
        }
        if self.is_spread(range.start) {
            return mention(Slot::Loose, true);
        }
        if let Some(change) = self.tells_size(figure, before) {
            self.set_negative(figure, change.falls);
            return mention(Slot::Growth, true);
        }
        if let Some(direction) = self.named_as_change(figure) {
            self.set_negative(figure, direction.is_lt());
            return mention(Slot::Growth, true);
        }
        if let Some(previous) = self.gapped(figure, before) {
            let negative = self.is_negative(previous);
            self.set_negative(figure, negative);
            return mention(Slot::Loose, true);
        }
        if self.opens_with(range.start) && self.points_follow(figure) {
            return mention(Slot::Current, true);
        }
        if after(Cue::FromAfter) {
            return Mention { compared: true, ..mention(Slot::Prior, true) };
        }
        if after(Cue::ToAfter) && !near_direction {
            return mention(Slot::Current, true);
        }
        match led.map(|led| led.lead) {
            lead if lead.is_none_or(|lead| matches!(lead, Lead::Change(_)))
                && self.right_direction(figure).is_none()
                && self.is_measured_on(before.last(), range.start) =>
            {
                return Mention { compared: true, ..mention(Slot::Prior, true) };
            }
            _ if self.goes_from(figure) && !self.grows_between(figure) => return Mention { compared: true, ..mention(Slot::Prior, true) },
            // "after a 4.2% rise in April"
            Some(Lead::Prior { .. }) if self.right_direction(figure).is_some_and(Ordering::is_ne) && !self.leads_to_figure(figure) => {
                self.sign(figure);
                return mention(Slot::Loose, true);
            }
            // "after a rise of 4.2% in April"
            Some(Lead::Change(_)) if led.is_some_and(|led| self.is_after(led.at)) => {
                self.sign(figure);
                return mention(Slot::Loose, true);
            }
            Some(Lead::Prior { compared }) => return Mention { compared, ..mention(Slot::Prior, true) },
            Some(Lead::Current) if !near_direction && self.prior_time_before(range.start) => {
                return Mention { compared: true, ..mention(Slot::Prior, true) };
            }
            Some(Lead::To) => return mention(Slot::Current, true),
            _ if self.tells_change(figure, before) => {
                self.sign(figure);
                return mention(Slot::Growth, true);
            }
            Some(Lead::Current) if !near_direction => return mention(Slot::Current, true),
            _ => {}
        }
        // 毛利率20.5%: the name stands right before.
        let named = range.start.checked_sub(1).is_some_and(|at| self.metric_at(at).is_some()) && !self.reader.language.spaced;
        if !near_direction && (named || self.points_follow(figure)) {
            return mention(Slot::Current, false);
        }
        if !near_direction && self.prior_follows(figure) {
            return mention(Slot::Current, false);
        }
        let signed = self.get(figure).is_some_and(|figure| figure.signed);
        if !near_direction && !signed && self.is_named_level(range.start) {
            let compared = self.get(figure + 1).filter(|_| figure + 1 < self.last).is_some_and(|next| !next.is_level());
            return mention(if compared { Slot::Current } else { Slot::Loose }, false);
        }
        let signed = self.get(figure).is_some_and(|figure| figure.signed);
        // "ein Anstieg der Kosten um 12 Prozent von 160 auf 180 Millionen"
        let from = self.figure_starting_at(range.end + 1).is_some_and(|next| self.goes_from(next));
        if self.reader.has_cue(range.end, Cue::Of) && !near_direction && !signed && !from {
            // "35% of the group's revenue" is a share, whatever rose before.
            return mention(Slot::Loose, true);
        }
        let marked = self.near(figure, &[Cue::YearOnYear, Cue::QuarterOnQuarter]);
        if near_direction || self.continues_growth(figure, before).is_none() {
            if self.sign(figure).is_some() || marked {
                return mention(Slot::Growth, true);
            }
            return mention(if signed { Slot::Growth } else { Slot::Loose }, false);
        }
        // "rose 10% to 1.3 billion and maintenance 12% to 700 million": the second goes the way of the first.
        if let Some(previous) = self.continues_growth(figure, before).filter(|_| !signed) {
            let negative = self.is_negative(previous);
            self.set_negative(figure, negative);
        }
        mention(Slot::Growth, true)
    }

    /// "ha ridotto la perdita del 55%": a verb of direction, what it moves, and the word that is "by" and "of" alike.
    fn moves_object(&self, start: usize) -> bool {
        const REACH: usize = 5;
        let Some(by) = start.checked_sub(1).filter(|at| *at > self.tokens.start) else { return false };
        if !(self.reader.language.spaced && self.reader.has_cue(by, Cue::By) && self.reader.has_cue(by, Cue::Of)) {
            return false;
        }
        let mut back = (self.tokens.start.max(by.saturating_sub(REACH))..by).rev();
        let verb = back.find(|at| {
            let noun = self.metric_at(*at).is_some() || self.reader.is_word(*at);
            !noun && !self.has_any(*at, &[Cue::Article, Cue::Of, Cue::Loss]) || self.direction_at(*at).is_some()
        });
        verb.is_some_and(|at| {
            at + 1 < by && self.direction_at(at).is_some_and(Ordering::is_ne) && self.reader.has_cue(at + 1, Cue::Article)
        })
    }

    /// 5,000百万円に対して△9.0%: what is printed with a sign behind the amount it is measured on is the growth.
    fn is_signed_behind_prior(&self, figure: usize, before: &[Mention]) -> bool {
        const REACH: usize = 3;
        let Some(prior) = before.last().filter(|last| last.slot == Slot::Prior && last.figure + 1 == figure) else { return false };
        let mut gap = self.token_range(prior.figure).end..self.token_range(figure).start;
        let level = self.get(prior.figure).is_some_and(|prior| prior.is_level());
        let signed = self.get(figure).is_some_and(|figure| figure.signed);
        !self.reader.language.spaced
            && level
            && signed
            && gap.len() <= REACH
            && gap.all(|at| self.has_any(at, &[Cue::FromAfter, Cue::Against]))
    }

    /// Whether a word of direction is a noun that a comparison leads in.
    fn is_after(&self, direction: usize) -> bool {
        let by = self.direction_at(direction).is_none() && direction > self.tokens.start;
        let direction = direction - usize::from(by);
        let linking = |at: &usize| self.reader.has_cue(*at, Cue::Article) && !self.reader.has_cue(*at, Cue::Against);
        let before = (self.tokens.start..direction).rev().find(|at| !linking(at));
        let noun = self.has_any(direction + 1, &[Cue::Of, Cue::By]);
        self.reader.language.spaced
            && noun
            && self.direction_at(direction).is_some()
            && before.is_some_and(|at| self.reader.has_cue(at, Cue::Against))
    }

    /// 比年初的212.9%上升5.5个百分点: the direction behind a figure is of the next one.
    fn leads_to_figure(&self, figure: usize) -> bool {
        const REACH: usize = 4;
        let gap = self.token_range(figure).end..self.token_range(figure + 1).start;
        figure + 1 < self.last && gap.len() <= REACH && !gap.into_iter().any(|at| self.mark(at).is_some())
    }

    /// "a market share of 9.8%": the noun before "of" is none of direction.
    pub(super) fn is_named_level(&self, start: usize) -> bool {
        const REACH: usize = 6;
        let back = || (self.tokens.start.max(start.saturating_sub(REACH))..start).rev();
        let of =
            back().next().is_some_and(|at| self.has_any(at, &[Cue::Of, Cue::Share]) && !self.has_any(at, &[Cue::By, Cue::Or, Cue::Equals]));
        let name = |at: usize| {
            matches!(self.reader.kind(at), Some(TokenKind::Word))
                || self.metric_at(at).is_some()
                || self.has_any(at, &[Cue::Of, Cue::Article, Cue::Share])
        };
        let phrase = || back().take_while(|at| name(*at) || self.direction_at(*at).is_some());
        self.reader.language.spaced
            && of
            && (phrase().count() > 1 || self.reader.has_cue(start - 1, Cue::Share))
            && !phrase().any(|at| self.direction_at(at).is_some())
    }

    /// "an NPL ratio 1.25%, down 3 basis points": what changes by points is a level.
    pub(super) fn points_follow(&self, figure: usize) -> bool {
        let kind = |figure: usize| self.get(figure).filter(|_| figure < self.last).map(|figure| figure.kind);
        let points = |figure: usize| matches!(kind(figure), Some(Kind::Points | Kind::BasisPoints));
        // 拨备覆盖率218.4%，比年初的212.9%上升5.5个百分点
        let compared = !self.reader.language.spaced && kind(figure + 1) == Some(Kind::Percent) && points(figure + 2);
        let behind = figure + 1 + usize::from(compared);
        let gap = self.token_range(figure).end..self.token_range(behind).start;
        points(behind) && !gap.into_iter().any(|at| matches!(self.mark(at), Some(';' | '；')))
    }

    /// "31% of profit, against 27%": what is compared with another percentage is a level.
    pub(super) fn prior_follows(&self, figure: usize) -> bool {
        const REACH: usize = 8;
        let next = figure + 1;
        let other = self.get(next).filter(|other| next < self.last && other.kind == Kind::Percent && !other.signed);
        let (end, start) = (self.token_range(figure).end, self.token_range(next).start);
        let whole =
            || start - end <= REACH && !(end..start).any(|at| matches!(self.mark(at), Some(';' | '(')) || self.direction_at(at).is_some());
        let led = || self.lead(start).is_some_and(|led| matches!(led.lead, Lead::Prior { .. }));
        let unsigned = self.get(figure).is_some_and(|figure| !figure.signed);
        unsigned && other.is_some() && start > end && whole() && led()
    }

    /// The growth whose verb a percentage shares: it has no direction of its own since that one, and goes on "and
    /// 12% to …", "and 279% year on year", "et de 30 % par rapport à …".
    fn continues_growth(&self, figure: usize, before: &[Mention]) -> Option<usize> {
        let previous = before.iter().rev().find(|mention| mention.slot == Slot::Growth)?.figure;
        let range = self.token_range(figure);
        let gap = self.token_range(previous).end..range.start;
        // "e incidono per lo 0,9% sugli impieghi" is a share.
        let own = gap.clone().any(|at| self.direction_at(at).is_some() || self.reader.has_cue(at, Cue::Share));
        let joined = gap.clone().any(|at| self.reader.has_cue(at, Cue::And) || matches!(self.mark(at), Some(',' | '，' | '、')));
        let by = range.start.checked_sub(1).is_some_and(|at| self.has_any(at, &[Cue::By, Cue::And, Cue::About, Cue::Over, Cue::Under]));
        let leads_on = self.has_any(range.end, &[Cue::To, Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Against, Cue::From]);
        // "nahmen um 5 % zu, die Sachkosten um 1 % ab"
        let turns = self.final_direction(figure).is_some_and(|direction| direction.is_lt() != self.is_negative(previous));
        (!own && !turns && joined && (by || leads_on)).then_some(previous)
    }

    /// "è cresciuto da 4,1 a 4,7 milioni, pari al 14,6%": behind both amounts a percentage that tells the same.
    fn tells_change(&self, figure: usize, before: &[Mention]) -> bool {
        let [.., prior, current] = before else { return false };
        let moved = prior.slot == Slot::Prior && current.slot == Slot::Current && self.left_direction(prior.figure).is_some();
        let mut gap = self.token_range(current.figure).end..self.token_range(figure).start;
        let told = gap.clone().any(|at| self.has_any(at, &[Cue::Equals, Cue::Or]));
        moved
            && told
            && gap.all(|at| matches!(self.mark(at), Some(',')) || self.has_any(at, &[Cue::Equals, Cue::Or, Cue::Article, Cue::About]))
    }

    /// "at CDI plus 1.35%", "Euribor más 2 %": on top of a rate that is named in capitals.
    fn is_spread(&self, start: usize) -> bool {
        const ACRONYM: usize = 3;
        let Some(name) = start.checked_sub(2).filter(|at| *at >= self.tokens.start && self.reader.language.spaced) else { return false };
        let text = self.reader.slice(name);
        let rate = text.len() >= ACRONYM && text.chars().all(char::is_uppercase) || ["Euribor", "Libor", "Stibor", "Wibor"].contains(&text);
        rate && self.metric_at(name).is_none()
            && (self.direction_at(name + 1).is_some_and(Ordering::is_gt)
                || self.reader.slice(name + 1) == "plus"
                || self.mark(name + 1) == Some('+'))
    }

    /// "è salita di 1,3 miliardi, pari all'8,2%, a 17,1": behind a change a percentage that tells the same.
    fn tells_size<'m>(&self, figure: usize, before: &'m [Mention]) -> Option<&'m Mention> {
        let change = before.last().filter(|last| last.slot == Slot::Change && last.figure + 1 == figure)?;
        let mut gap = self.token_range(change.figure).end..self.token_range(figure).start;
        let told = gap.clone().any(|at| self.has_any(at, &[Cue::Equals, Cue::Or]));
        let linking = [Cue::Equals, Cue::Or, Cue::Article, Cue::About, Cue::Over, Cue::Under];
        let plain = gap.all(|at| matches!(self.mark(at), Some(',' | '(')) || self.has_any(at, &linking));
        let signed = self.get(figure).is_some_and(|figure| figure.signed);
        (told && plain && !signed && self.right_direction(figure).is_none()).then_some(change)
    }

    /// "the increase comes to 6.3%", "la progression ressort ainsi à 6,3 %": the subject is a noun of direction, behind
    /// its article.
    fn named_as_change(&self, figure: usize) -> Option<Ordering> {
        const REACH: usize = 6;
        let start = self.token_range(figure).start;
        if !self.reader.language.spaced || self.prior_follows(figure) || self.points_follow(figure) {
            return None;
        }
        let back = (self.tokens.start.max(start.saturating_sub(REACH))..start).rev();
        let mut level = false;
        for at in back {
            if let Some(direction) = self.direction_at(at) {
                let article = at > self.tokens.start && self.reader.has_cue(at - 1, Cue::Article);
                return (article && level && direction.is_ne() && !self.has_any(at, &[Cue::ByAfter, Cue::Level])).then_some(direction);
            }
            level |= self.has_any(at, &[Cue::Level, Cue::To]);
            let passable = self.has_any(
                at,
                &[
                    Cue::Level,
                    Cue::To,
                    Cue::At,
                    Cue::Of,
                    Cue::By,
                    Cue::Article,
                    Cue::Or,
                    Cue::Equals,
                    Cue::About,
                    Cue::Over,
                    Cue::Under,
                    Cue::NotCount,
                ],
            ) || self.reader.is_word(at);
            if !passable || self.metric_at(at).is_some() || self.figure_ending_at(at + 1).is_some() {
                return None;
            }
        }
        None
    }

    /// "Der Dax verlor 0,6 Prozent, der MDax 1,1 Prozent": the verb is left out the second time.
    fn gapped(&self, figure: usize, before: &[Mention]) -> Option<usize> {
        const REACH: usize = 12;
        let percent = |figure: usize| self.get(figure).is_some_and(|figure| figure.kind == Kind::Percent && figure.range.is_none());
        let previous = before.last().filter(|last| last.slot == Slot::Growth && last.figure + 1 == figure && percent(last.figure))?.figure;
        let range = self.token_range(figure);
        let gap = self.token_range(previous).end..range.start;
        let joins = |at: usize| self.reader.has_cue(at, Cue::And) || matches!(self.mark(at), Some(',' | ';'));
        let plain = |at: usize| {
            let told =
                [Cue::Level, Cue::To, Cue::At, Cue::Expect, Cue::Against, Cue::Share, Cue::Or, Cue::Equals, Cue::Anaphor, Cue::Clause];
            let told = told.iter().any(|cue| self.reader.has_cue(at, *cue)) && !self.has_any(at, &[Cue::Article, Cue::Of]);
            self.direction_at(at).is_none() && !told && !matches!(self.mark(at), Some('(' | ')' | ':'))
        };
        let noun = |at: usize| self.reader.is_word(at) || self.metric_at(at).is_some() || self.reader.has_cue(at, Cue::NotFigure);
        if gap.len() > REACH {
            return None;
        }
        let named = gap.clone().any(|at| self.reader.has_cue(at, Cue::Article) && (at + 1..range.start).any(noun));
        let ends = range.end >= self.tokens.end || joins(range.end) || matches!(self.mark(range.end), Some(')'));
        let own = self.get(figure).is_some_and(|figure| figure.signed) || self.right_direction(figure).is_some();
        let whole = gap.clone().next().is_some_and(joins) && gap.into_iter().all(plain);
        (self.reader.language.spaced && whole && named && ends && !own && self.final_direction(figure).is_none()).then_some(previous)
    }

    /// "prevé crecer de 5% a 7%": what is expected to grow does so at a rate between the two.
    fn grows_between(&self, figure: usize) -> bool {
        let from = self.token_range(figure).start - 1;
        from > self.tokens.start && self.direction_at(from - 1).is_some() && self.has(Cue::Expect)
    }

    /// "einen von 5,9 Prozent", "celle de 5 %": the article stands for the noun said before.
    fn stands_for_noun(&self, start: usize) -> bool {
        let Some(article) = start.checked_sub(2).filter(|at| *at >= self.tokens.start) else { return false };
        self.reader.has_cue(article + 1, Cue::Of)
            && self.reader.has_cue(article, Cue::Article)
            && self.reader.senses(article).contains(&Sense::Cardinal(1))
    }

    /// "With 9.3% the margin was …": the figure opens the sentence.
    pub(super) fn opens_with(&self, start: usize) -> bool {
        start == self.tokens.start + 1 && self.reader.has_cue(self.tokens.start, Cue::At)
    }
}
