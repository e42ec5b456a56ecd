//! Margins: a profit in percent of revenue.

use super::slot::{Mention, Slot};
use super::whole::REVENUE;
use super::{Draft, Memory, Sentence};
use crate::check::figure::Kind;
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

impl Sentence<'_, '_> {
    /// "operating profit of 612 on sales of 4.9 billion, a margin of 12.5%".
    pub(super) fn margin(&mut self, mentions: &mut [Mention], memory: &Memory) {
        let margins: Vec<(usize, &[&str])> =
            self.free(mentions, Kind::Percent).into_iter().filter_map(|figure| Some((figure, self.margin_of(figure)?))).collect();
        let prior = |figure: usize| mentions.iter().any(|mention| mention.figure == figure && mention.slot == Slot::Prior);
        // "8.1% on revenue of 955 million": measured on it, not compared with it.
        let base = |figure: usize| self.lead(self.token_range(figure).start).is_some_and(|led| self.reader.has_cue(led.at, Cue::OnBase));
        // 売上高950億円に対し営業利益は114億円: beside a profit revenue is no time before.
        let beside = |figure: usize| {
            let profit = |mention: &Mention| mention.slot == Slot::Current && !self.is_named(mention.figure, &REVENUE);
            self.is_named(figure, &REVENUE)
                && !mentions.iter().any(|mention| mention.slot == Slot::Current && self.is_named(mention.figure, &REVENUE))
                && mentions.iter().any(profit)
        };
        let amounts = self.free(mentions, Kind::Money).into_iter();
        let amounts: Vec<usize> = amounts.filter(|figure| !prior(*figure) || base(*figure) || beside(*figure)).collect();
        let [(margin, profits)] = margins.as_slice() else { return };
        if prior(*margin) {
            return;
        }
        let is_revenue = |figure: &usize| self.is_named(*figure, &REVENUE);
        let is_profit = |figure: &usize| {
            !is_revenue(figure) && if profits.is_empty() { self.is_profit(*figure) } else { self.is_named(*figure, profits) }
        };
        // The nearest before the margin, else the nearest behind it.
        let before = amounts.iter().rev().filter(|figure| *figure < margin);
        let after = amounts.iter().filter(|figure| *figure > margin);
        let nearest = before.chain(after).copied().collect::<Vec<_>>();
        let alone = amounts.len() <= 2 && profits.is_empty();
        let numerator =
            nearest.iter().find(|figure| is_profit(figure)).or_else(|| nearest.iter().find(|figure| alone && !is_revenue(figure)));
        let stated = nearest.iter().find(|figure| is_revenue(figure)).copied();
        // The revenue was stated before: that of a kind of profit is the text's own, any other is named again.
        let remembered = || {
            let named = (self.tokens.start..self.token_range(*margin).end + 4)
                .find_map(|at| self.metric_at(at).filter(|metric| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name))));
            let revenue =
                |(metric, figure): (&u16, &usize)| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name)).then_some(*figure);
            match named {
                Some(metric) => memory.levels.get(&metric).copied().or_else(|| memory.levels.iter().filter_map(revenue).min()),
                None if profits.is_empty()
                    && !numerator.is_some_and(|figure| self.is_profit(*figure) && self.opens_as_subject(*figure)) =>
                {
                    None
                }
                None => memory.levels.iter().filter_map(revenue).min(),
            }
        };
        let (Some(numerator), Some(denominator)) = (numerator.copied(), stated.or_else(remembered)) else { return };
        if numerator == denominator || !self.get(numerator).zip(self.get(denominator)).is_some_and(|(a, b)| a.same_unit(b)) {
            return;
        }
        let roles = vec![(Role::Numerator, numerator), (Role::Denominator, denominator), (Role::Ratio, *margin)];
        // Of another revenue stated before, the whole may be a part: "the unit's profit was …, a margin of …".
        let sure = || memory.levels.values().filter(|figure| **figure == denominator).count() == 1 && self.opens_as_subject(numerator);
        self.claims.push(Draft { tentative: stated.is_none() && !sure(), ..Draft::new(Relation::Ratio, roles) });
        for mention in mentions.iter_mut().filter(|m| m.figure == *margin || (m.figure == denominator && m.slot == Slot::Prior)) {
            mention.slot = Slot::Taken;
        }
    }

    /// "The operating profit was 5 million": nothing but its name, a verb and what links them before the first figure of a
    /// sentence.
    fn opens_as_subject(&self, figure: usize) -> bool {
        let linking = [Cue::Article, Cue::Level, Cue::Of, Cue::To, Cue::At, Cue::About, Cue::Over, Cue::Under, Cue::NotCount];
        let named = |at: usize| self.metric_at(at).is_some();
        let plain = |at: usize| named(at) || self.direction_at(at).is_some() || self.has_any(at, &linking);
        let mut before = self.tokens.start..self.token_range(figure).start;
        figure == self.first && before.clone().any(named) && before.all(plain)
    }

    /// Whether the name of a figure is that of a profit.
    fn is_profit(&self, figure: usize) -> bool {
        const PROFITS: [&str; 7] =
            ["profit", "net profit", "operating profit", "gross profit", "pre-tax profit", "adjusted net profit", "EBITDA"];
        self.is_named(figure, &PROFITS)
    }

    /// What a margin is of, by its name: of anything for one that does not say.
    pub(super) fn margin_of(&self, figure: usize) -> Option<&'static [&'static str]> {
        const MARGINS: [(&str, &[&str]); 5] = [
            ("margin", &[]),
            ("gross margin", &["gross profit"]),
            ("operating margin", &["operating profit"]),
            ("net margin", &["net profit", "adjusted net profit"]),
            ("EBITDA margin", &["EBITDA"]),
        ];
        MARGINS.iter().find(|(name, _)| self.is_named(figure, &[name]) || self.is_of_base(figure, name)).map(|(_, profits)| *profits)
    }

    /// "un’incidenza sui ricavi del 30,0%": what it is measured on stands between the name and the figure.
    fn is_of_base(&self, figure: usize, name: &str) -> bool {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let mut names = (from..self.token_range(figure).start).rev().filter(|at| self.metric_at(*at).is_some());
        let is = |at: usize, names: &[&str]| {
            self.metric_at(at).and_then(|metric| self.metric_name(metric)).is_some_and(|own| names.contains(&own))
        };
        let on_revenue = names.next().is_some_and(|at| is(at, &REVENUE) && at > from && self.reader.has_cue(at - 1, Cue::OnBase));
        on_revenue && names.next().is_some_and(|at| is(at, &[name]))
    }
}
