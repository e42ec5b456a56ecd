//! Which figures does a text tie together, and how? The words around a figure give it a slot (current, prior,
//! change, growth …); a frame collects the slots of one statement; each stated result of a frame is one claim.

mod amount;
mod apposition;
mod around;
mod clause;
mod complete;
mod difference;
mod digit;
mod direction;
mod evidence;
mod frame;
mod lead;
mod margin;
mod percent;
mod recall;
mod result;
mod share;
mod slot;
mod time;
mod whole;

use super::figure::{Figure, Reader};
use super::language::{Cue, Sense};
use super::scan::TokenKind;
use crate::currency::Currency;
use crate::exact::Ratio;
use crate::relation::{Relation, Role};
use slot::{Mention, Slot};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

/// A claim before it is judged: figures by index.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) relation: Relation,
    pub(crate) roles: Vec<(Role, usize)>,
    /// The direction of a growth whose size is not stated.
    pub(crate) direction: Option<Ordering>,
    /// A growth of a loss: judged on the sizes.
    pub(crate) of_loss: bool,
    /// The words allow another reading: if it does not tie, it is stated only where one slip explains that.
    pub(crate) tentative: bool,
}

impl Draft {
    pub(crate) fn new(relation: Relation, roles: Vec<(Role, usize)>) -> Draft {
        Draft { relation, roles, direction: None, of_loss: false, tentative: false }
    }

    /// The figure in a role.
    pub(crate) fn figure(&self, role: Role) -> Option<usize> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, figure)| *figure)
    }
}

/// About how many of the first currency the market gives for one of the second, if it is known.
pub(crate) type RoughRate<'m> = dyn Fn([Currency; 2]) -> Option<Ratio> + 'm;

/// Finds the claims among figures, and gives the figures the signs and names that their words give them.
pub(crate) fn relate(reader: Reader<'_>, figures: &mut [Figure], market: &RoughRate<'_>) -> Vec<Draft> {
    let mut claims = Vec::new();
    let mut memory = Memory::default();
    let sentences = sentences(reader);
    memory.slots.resize(figures.len(), Slot::Loose);
    for tokens in sentences.iter().cloned() {
        let first = figures.partition_point(|figure| figure.tokens.start < tokens.start);
        let last = figures.partition_point(|figure| figure.tokens.start < tokens.end);
        if first < last {
            Sentence { reader, tokens, figures, first, last, claims: &mut claims }.read(&mut memory);
        }
    }
    complete::complete(reader, &sentences, &memory.slots, figures, &mut claims);
    evidence::state(reader, &sentences, market, figures, &mut claims);
    add_stated_rates(&mut claims, figures);
    for claim in claims.iter().filter(|claim| claim.relation == Relation::Conversion) {
        follow_amount(claim, figures);
    }
    claims.sort_by_key(|claim| (claim.roles.iter().map(|(_, figure)| *figure).min(), claim.relation != Relation::Conversion));
    claims
}

/// A converted amount has the name and the sign of the amount.
fn follow_amount(conversion: &Draft, figures: &mut [Figure]) {
    let Some(amount) = conversion.figure(Role::Amount).and_then(|amount| figures.get(amount)) else { return };
    let (metric, negative) = (amount.metric.clone(), amount.printed.value().is_negative());
    if let Some(converted) = conversion.figure(Role::Converted).and_then(|converted| figures.get_mut(converted)) {
        converted.metric = metric;
        converted.set_negative(negative);
    }
}

/// A rate that the document states serves all its conversions between the two currencies.
fn add_stated_rates(claims: &mut [Draft], figures: &[Figure]) {
    let mut stated: HashMap<(Currency, Currency), usize> = HashMap::new();
    for (index, rate) in figures.iter().enumerate() {
        let (Some(base), super::Unit::Currency(quote)) = (rate.rate_base, &rate.unit) else { continue };
        stated.entry((base, *quote)).or_insert(index);
    }
    for claim in claims.iter_mut().filter(|claim| claim.relation == Relation::Conversion) {
        let currency = |role| match claim.figure(role).and_then(|figure| figures.get(figure)).map(|figure| &figure.unit) {
            Some(super::Unit::Currency(currency)) => Some(*currency),
            _ => None,
        };
        let (Some(from), Some(to)) = (currency(Role::Amount), currency(Role::Converted)) else { continue };
        // The first of the text in either direction.
        let rate = [(from, to), (to, from)].iter().filter_map(|pair| stated.get(pair).copied()).min();
        if let Some(rate) = rate.filter(|_| claim.figure(Role::Rate).is_none()) {
            claim.roles.push((Role::Rate, rate));
        }
    }
}

/// The token ranges between full stops and paragraph ends.
fn sentences(reader: Reader<'_>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, token) in reader.tokens.iter().enumerate() {
        if matches!(token.kind, TokenKind::Stop | TokenKind::Break) {
            sentences.push(start..at);
            start = at + 1;
        }
    }
    sentences.push(start..reader.tokens.len());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// What earlier sentences leave behind: "that was 9% more than …", "30% of revenue".
#[derive(Default)]
struct Memory {
    /// The current figure last spoken of, and its metric.
    last: Option<(usize, Option<u16>)>,
    /// Where the sentence that spoke of it ends, in tokens.
    last_sentence: Option<usize>,
    /// The first current figure of each metric.
    levels: HashMap<u16, usize>,
    /// The whole of the last share.
    whole: Option<usize>,
    /// The last pair of a current and a prior figure without a result, and where its sentence begins.
    pair: Option<(usize, usize, usize)>,
    /// The current amounts of the sentence before.
    listed: Vec<usize>,
    /// What each figure is by its words.
    slots: Vec<Slot>,
}

/// One sentence, while it is read.
struct Sentence<'a, 'b> {
    reader: Reader<'a>,
    tokens: Range<usize>,
    figures: &'b mut [Figure],
    first: usize,
    last: usize,
    claims: &'b mut Vec<Draft>,
}

impl Sentence<'_, '_> {
    fn read(&mut self, memory: &mut Memory) {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut anchor: Option<usize> = None;
        let mut asides = Vec::new();
        for figure in self.first..self.last {
            let told = mentions.iter().rfind(|mention| Some(mention.figure) == anchor).map(|mention| mention.slot);
            let mention = match anchor.zip(told).and_then(|(anchor, slot)| self.apposition(anchor, slot, figure)) {
                Some(slot) => {
                    if slot == Slot::Loose {
                        asides.push((anchor.unwrap_or(figure), figure));
                        anchor = Some(figure);
                    }
                    Mention { slot, compared: slot == Slot::Prior, ..Mention::new(figure, self.token_range(figure).start) }
                }
                None => {
                    let mention = self.mention(figure, &mentions);
                    // "540 million dollars, at 1.08 dollars to the euro 500 million euros": the rate stands between.
                    if self.get(figure).is_some_and(|figure| figure.rate_base.is_none()) {
                        anchor = Some(figure);
                    }
                    mention
                }
            };
            mentions.push(mention);
        }
        self.join_backwards(&mut mentions);
        self.convert_by_rate(&mut mentions, memory);
        self.turns_over(&mut mentions);
        self.later_of_two(&mut mentions);
        self.date_priors(&mut mentions, memory);
        self.wholes(&mut mentions, memory);
        for mention in &mentions {
            if let Some(slot) = memory.slots.get_mut(mention.figure) {
                *slot = mention.slot;
            }
        }
        let listed = std::mem::take(&mut memory.listed);
        if self.attach_list(&mut mentions, self.tokens.clone(), &listed) {
            return;
        }
        let current = |mention: &&Mention| mention.slot == Slot::Current && self.get(mention.figure).is_some_and(Figure::is_level);
        memory.listed = mentions.iter().filter(current).map(|mention| mention.figure).collect();
        if self.has(Cue::Respectively) && self.lists(&mut mentions) {
            return;
        }
        let claimed = self.claims.len();
        self.frames(&mentions, memory);
        self.compare_asides(&asides, claimed);
    }

    /// "1.2 billion, or $2.40 a share, compared with 1.1 billion, or $2.15 a share": what is told in the same other way
    /// of both is compared too.
    fn compare_asides(&mut self, asides: &[(usize, usize)], from: usize) {
        let aside = |of: Option<usize>| asides.iter().find(|(anchor, _)| Some(*anchor) == of).map(|(_, aside)| *aside);
        let pairs = self.claims.iter().skip(from).filter(|claim| claim.relation == Relation::Growth).filter_map(|claim| {
            let (current, prior) = (aside(claim.figure(Role::Current))?, aside(claim.figure(Role::Prior))?);
            let same = self.get(current).zip(self.get(prior)).is_some_and(|(a, b)| a.same_unit(b));
            same.then(|| Draft {
                direction: claim.direction,
                ..Draft::new(Relation::Growth, vec![(Role::Current, current), (Role::Prior, prior)])
            })
        });
        let pairs: Vec<Draft> = pairs.collect();
        self.claims.extend(pairs);
    }

    /// Whether a stretch speaks of the future, or of what others expect; the month of May does not.
    fn expects(&self, mut tokens: Range<usize>) -> bool {
        let is_month = |at: usize| {
            let capital = self.reader.slice(at).chars().next().is_some_and(char::is_uppercase);
            capital && self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Month(_)))
        };
        // "konnte auf 17 Millionen Euro eingegrenzt werden": an auxiliary that ends its clause is an infinitive.
        let ends = |at: usize| self.tokens.end <= at || matches!(self.mark(at), Some(',' | ';' | ':' | '(' | ')'));
        let infinitive =
            |at: usize| ends(at + 1) && self.reader.has_cue(at, Cue::NotCount) && at > 0 && self.direction_at(at - 1).is_some();
        tokens.any(|at| self.reader.has_cue(at, Cue::Expect) && !is_month(at) && !infinitive(at))
    }

    fn has(&self, cue: Cue) -> bool {
        self.tokens.clone().any(|at| self.reader.has_cue(at, cue))
    }

    fn get(&self, figure: usize) -> Option<&Figure> {
        self.figures.get(figure)
    }

    /// Finishes each clause that pairs lists, up to a semicolon; whether nothing else is left.
    fn lists(&mut self, mentions: &mut [Mention]) -> bool {
        let mut start = self.tokens.start;
        let mut listed: Vec<usize> = Vec::new();
        let ends: Vec<usize> =
            self.tokens.clone().filter(|at| matches!(self.mark(*at), Some(';' | '；'))).chain([self.tokens.end]).collect();
        for end in ends {
            let clause = start..end;
            start = end;
            if !clause.clone().any(|at| self.reader.has_cue(at, Cue::Respectively)) {
                // "…; im Vorjahr waren es 80 und 70 Millionen": the priors of both follow.
                self.attach_list(mentions, clause, &std::mem::take(&mut listed));
                continue;
            }
            let of_clause = |mention: &&mut Mention| clause.contains(&self.token_range(mention.figure).start);
            let own: Vec<Mention> = mentions.iter_mut().filter(of_clause).map(|mention| *mention).collect();
            if let Some(frames) = self.respectively(&own, clause.clone()) {
                listed = own.iter().filter(|mention| mention.slot == Slot::Current).map(|mention| mention.figure).collect();
                frames.into_iter().for_each(|frame| self.finish(frame));
                mentions
                    .iter_mut()
                    .filter(|mention| own.iter().any(|own| own.figure == mention.figure))
                    .for_each(|mention| mention.slot = Slot::Taken);
            }
        }
        mentions.iter().all(|mention| mention.slot == Slot::Taken)
    }

    /// Gives the growths of these currents the priors that a clause lists in the same order; whether it does.
    fn attach_list(&mut self, mentions: &mut [Mention], clause: Range<usize>, currents: &[usize]) -> bool {
        let within = |mention: &&Mention| clause.contains(&self.token_range(mention.figure).start);
        let own: Vec<Mention> = mentions.iter().filter(within).copied().collect();
        let timed = clause.clone().any(|at| self.has_any(at, &[Cue::PriorTime, Cue::Against]));
        // "a profit of 19 million, after a loss of 44 million" is a pair of its own.
        let compares = |at: usize| self.has_any(at, &[Cue::Against, Cue::PriorTime]) || self.direction_at(at).is_some();
        let gap = |a: &Mention, b: &Mention| self.token_range(a.figure).end..self.token_range(b.figure).start;
        let alike = own.windows(2).all(|two| matches!(two, [a, b] if !gap(a, b).any(compares)));
        let same = own.len() == currents.len()
            && alike
            && own.iter().zip(currents).all(|(prior, current)| {
                self.get(prior.figure).zip(self.get(*current)).is_some_and(|(a, b)| a.is_level() && a.same_unit(b))
            });
        if currents.len() < 2 || !timed || !same {
            return false;
        }
        let mut attached = false;
        for (prior, current) in own.iter().zip(currents) {
            let open = |claim: &&mut Draft| {
                let growth = claim.relation == Relation::Growth && claim.figure(Role::Prior).is_none();
                growth && claim.figure(Role::Current) == Some(*current)
            };
            if let Some(claim) = self.claims.iter_mut().rev().take(slot::CLAUSE).find(open) {
                claim.roles.insert(1, (Role::Prior, prior.figure));
                attached = true;
            }
        }
        if attached {
            let taken = |mention: &&mut Mention| own.iter().any(|own| own.figure == mention.figure);
            mentions.iter_mut().filter(taken).for_each(|mention| mention.slot = Slot::Taken);
        }
        attached
    }

    fn set_negative(&mut self, figure: usize, negative: bool) {
        if let Some(figure) = self.figures.get_mut(figure) {
            figure.set_negative(negative);
        }
    }

    fn token_range(&self, figure: usize) -> Range<usize> {
        self.get(figure).map_or(0..0, |figure| figure.tokens.clone())
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.reader.kind(at) {
            Some(TokenKind::Mark(c)) => Some(c),
            _ => None,
        }
    }

    fn has_any(&self, at: usize, cues: &[Cue]) -> bool {
        let glance = self.reader.glance(at);
        cues.iter().any(|cue| glance.has(*cue))
    }

    fn metric_at(&self, at: usize) -> Option<u16> {
        if !self.reader.glance(at).is_metric {
            return None;
        }
        self.reader.senses(at).iter().find_map(|sense| match sense {
            Sense::Metric(index) => Some(*index),
            _ => None,
        })
    }

    fn metric_name(&self, metric: u16) -> Option<&str> {
        self.reader.language.metrics.get(usize::from(metric)).map(String::as_str)
    }

    /// The direction that a token says; a particle says one where its clause goes on with the figures: "toe met 5%".
    fn direction_at(&self, at: usize) -> Option<Ordering> {
        const DIRECTIONS: [Cue; 9] =
            [Cue::Up, Cue::Widened, Cue::Better, Cue::Down, Cue::Narrowed, Cue::Worse, Cue::Flat, Cue::UpEnd, Cue::DownEnd];
        if !self.has_any(at, &DIRECTIONS) {
            return None;
        }
        let goes_on = || self.has_any(at + 1, &[Cue::By, Cue::To]);
        self.reader.senses(at).iter().find_map(|sense| match sense {
            Sense::Cue(Cue::Up | Cue::Widened | Cue::Better) => Some(Ordering::Greater),
            Sense::Cue(Cue::Down | Cue::Narrowed | Cue::Worse) => Some(Ordering::Less),
            Sense::Cue(Cue::Flat) => Some(Ordering::Equal),
            Sense::Cue(Cue::UpEnd) if goes_on() => Some(Ordering::Greater),
            Sense::Cue(Cue::DownEnd) if goes_on() => Some(Ordering::Less),
            _ => None,
        })
    }

    /// Whether a token is part of a figure of the sentence.
    fn figure_around(&self, at: usize) -> bool {
        let Some(own) = self.figures.get(self.first..self.last) else { return false };
        let before = own.partition_point(|figure| figure.tokens.end <= at);
        own.get(before).is_some_and(|figure| figure.tokens.contains(&at))
    }

    /// The figure of the sentence that starts at a token.
    fn figure_starting_at(&self, at: usize) -> Option<usize> {
        let own = self.figures.get(self.first..self.last)?;
        let before = own.partition_point(|figure| figure.tokens.start < at);
        own.get(before).is_some_and(|figure| figure.tokens.start == at).then_some(self.first + before)
    }

    /// Whether the direction that a token says is one of worth: what is better is more, of a loss less.
    fn is_of_worth(&self, at: usize) -> bool {
        self.has_any(at, &[Cue::Better, Cue::Worse])
    }

    /// Whether a figure of the sentence ends right before a token.
    fn figure_ending_at(&self, at: usize) -> Option<usize> {
        let own = self.figures.get(self.first..self.last)?;
        let before = own.partition_point(|figure| figure.tokens.end < at);
        own.get(before).is_some_and(|figure| figure.tokens.end == at).then_some(self.first + before)
    }
}
