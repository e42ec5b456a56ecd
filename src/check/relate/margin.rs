//! Margins: a profit in percent of revenue.

use super::slot::{Mention, Slot};
use super::whole::REVENUE;
use super::{Draft, Memory, Sentence};
use crate::check::figure::Kind;
use crate::check::language::Cue;
use crate::check::scan::TokenKind;
use crate::exact::Ratio;
use crate::relation::{Relation, Role};

impl Sentence<'_, '_> {
    /// "spent 27 million on adverts, on sales of 180 million, that is 15%": an outlay in percent of the revenue beside it.
    fn outlay(&mut self, mentions: &mut [Mention]) {
        let (amounts, percents) = (self.free(mentions, Kind::Money), self.free(mentions, Kind::Percent));
        let ([outlay, revenue], [quota]) = (amounts.as_slice(), percents.as_slice()) else { return };
        let (outlay, revenue, quota) = (*outlay, *revenue, *quota);
        // How many words stand between the revenue and the percentage at most.
        const REACH: usize = 4;
        let end = self.token_range(revenue).end;
        // "180 M€ de ventes": the name behind is the revenue's own.
        let named = self.reader.has_cue(end, Cue::Of) && self.metric_at(end + 1).is_some();
        let gap = (if named { end + 2 } else { end })..self.token_range(quota).start;
        let plain = |at: usize| self.metric_at(at).is_none() && self.direction_at(at).is_none() && !self.reader.has_cue(at, Cue::And);
        let told = gap.clone().any(|at| self.has_any(at, &[Cue::Or, Cue::Equals, Cue::Anaphor, Cue::Level, Cue::Share]))
            || gap.clone().next().is_some_and(|at| matches!(self.mark(at), Some(',' | ':' | '–' | '—')));
        let is_revenue =
            |at: usize| self.metric_at(at).and_then(|metric| self.metric_name(metric)).is_some_and(|name| REVENUE.contains(&name));
        let sold = (self.tokens.start..self.token_range(outlay).start).any(is_revenue);
        let linking = [Cue::OnBase, Cue::At, Cue::To, Cue::Of];
        let on = (self.token_range(outlay).end..self.token_range(revenue).start).any(|at| self.has_any(at, &linking));
        let base = on && self.is_named(revenue, &REVENUE) && !sold;
        let size = |figure: usize| self.get(figure).map(|figure| figure.printed.value().abs());
        let less = size(outlay) < size(revenue) && self.get(outlay).zip(self.get(revenue)).is_some_and(|(a, b)| a.same_unit(b));
        let level = self.get(quota).is_some_and(|quota| !quota.signed) && self.right_direction(quota).is_none();
        let adjacent = revenue + 1 == quota && outlay + 1 == revenue && gap.len() <= REACH && gap.into_iter().all(plain);
        if !(self.reader.language.spaced && adjacent && told && base && less && level) {
            return;
        }
        let roles = vec![(Role::Numerator, outlay), (Role::Denominator, revenue), (Role::Ratio, quota)];
        self.claims.push(Draft { tentative: true, ..Draft::new(Relation::Ratio, roles) });
        for mention in mentions.iter_mut().filter(|mention| mention.figure == revenue || mention.figure == quota) {
            mention.slot = Slot::Taken;
        }
    }

    /// "operating profit of 612 on sales of 4.9 billion, a margin of 12.5%".
    pub(super) fn margin(&mut self, mentions: &mut [Mention], memory: &Memory) {
        let margins: Vec<(usize, &[&str])> =
            self.free(mentions, Kind::Percent).into_iter().filter_map(|figure| Some((figure, self.margin_of(figure)?))).collect();
        let prior = |figure: usize| mentions.iter().any(|mention| mention.figure == figure && mention.slot == Slot::Prior);
        let [(margin, profits)] = margins.as_slice() else {
            return if margins.is_empty() {
                self.outlay(mentions)
            };
        };
        if prior(*margin) {
            return;
        }
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
        let just_told = || {
            let (last, metric) = memory.last.filter(|_| memory.last_sentence.is_some_and(|end| end + 1 >= self.tokens.start))?;
            metric.and_then(|metric| self.metric_name(metric)).is_some_and(|name| REVENUE.contains(&name)).then_some(last)
        };
        // The revenue was stated before: that of a kind of profit is the text's own, any other is named again.
        let remembered = || {
            let named = (self.tokens.start..self.token_range(*margin).end + 4)
                .find_map(|at| self.metric_at(at).filter(|metric| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name))));
            let revenue =
                |(metric, figure): (&u16, &usize)| self.metric_name(*metric).is_some_and(|name| REVENUE.contains(&name)).then_some(*figure);
            match named {
                Some(metric) => memory.levels.get(&metric).copied().or_else(|| memory.levels.iter().filter_map(revenue).min()),
                // "Revenue came to 1,248 million. EBIT was 131 million, a margin of 10.5%."
                None if profits.is_empty() && self.is_profit(numerator.copied()?) => just_told(),
                None if profits.is_empty() || profits.len() > 2 => None,
                None => memory.levels.iter().filter_map(revenue).min(),
            }
        };
        let (Some(numerator), Some(denominator)) = (numerator.copied(), stated.or_else(remembered)) else { return };
        if numerator == denominator || !self.get(numerator).zip(self.get(denominator)).is_some_and(|(a, b)| a.same_unit(b)) {
            return;
        }
        let roles = vec![(Role::Numerator, numerator), (Role::Denominator, denominator), (Role::Ratio, *margin)];
        let tentative = stated.is_none() && !self.is_plainly_its_margin(numerator, denominator, *margin, memory);
        self.claims.push(Draft { tentative, ..Draft::new(Relation::Ratio, roles) });
        for mention in mentions.iter_mut().filter(|m| m.figure == *margin || (m.figure == denominator && m.slot == Slot::Prior)) {
            mention.slot = Slot::Taken;
        }
    }

    /// Whether a profit right behind the sentence on revenue is that of the same firm: nothing else is named before it,
    /// and the margin is not far off.
    fn is_plainly_its_margin(&self, profit: usize, revenue: usize, margin: usize, memory: &Memory) -> bool {
        let next = memory.last_sentence.is_some_and(|end| end + 1 >= self.tokens.start);
        let plain = (self.tokens.start..self.token_range(profit).start)
            .all(|at| !matches!(self.reader.kind(at), Some(TokenKind::Word | TokenKind::Mark(',' | ';' | '(' | '，'))));
        let size = |figure: usize| self.get(figure).map(|figure| figure.printed.value().abs());
        let (Some(profit), Some(revenue), Some(margin)) = (size(profit), size(revenue), size(margin)) else { return false };
        let (part, told) = (&profit * &Ratio::from(100), &revenue * &margin);
        let two = Ratio::from(2);
        next && plain && part <= &told * &two && told <= &part * &two
    }

    /// Whether the name of a figure is that of a profit.
    fn is_profit(&self, figure: usize) -> bool {
        const PROFITS: [&str; 7] =
            ["profit", "net profit", "operating profit", "gross profit", "pre-tax profit", "adjusted net profit", "EBITDA"];
        self.is_named(figure, &PROFITS)
    }

    /// What a margin is of, by its name: of anything for one that does not say.
    pub(super) fn margin_of(&self, figure: usize) -> Option<&'static [&'static str]> {
        const MARGINS: [(&str, &[&str]); 6] = [
            ("margin", &[]),
            ("gross margin", &["gross profit"]),
            ("operating margin", &["operating profit"]),
            ("net margin", &["net profit", "adjusted net profit"]),
            ("EBITDA margin", &["EBITDA"]),
            ("return", &["operating profit", "net profit", "gross profit", "profit", "EBITDA"]),
        ];
        let names = [self.own_name(figure), self.name_of_base(figure)];
        MARGINS.iter().find(|(name, _)| names.contains(&Some(name))).map(|(_, profits)| *profits)
    }

    /// "un’incidenza sui ricavi del 30,0%": what it is measured on stands between the name and the figure.
    fn name_of_base(&self, figure: usize) -> Option<&str> {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let mut names = (from..self.token_range(figure).start).rev().filter(|at| self.metric_at(*at).is_some());
        let name = |at: usize| self.metric_at(at).and_then(|metric| self.metric_name(metric));
        let base = names.next().filter(|at| *at > from && self.reader.has_cue(at - 1, Cue::OnBase))?;
        name(base).filter(|name| REVENUE.contains(name)).and_then(|_| name(names.next()?))
    }
}
