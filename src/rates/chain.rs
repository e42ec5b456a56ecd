//! Chains of more than two legs: the one whose farthest leg is nearest to the day, then the shortest.

use super::lookup::Lookup;
use super::rate::Step;
use super::table::RateTable;
use crate::currency::{Currency, CurrencyPair};
use jiff::civil::Date;
use std::collections::{HashMap, VecDeque};

/// The observation that leads from one currency to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hop<'t> {
    pub(super) step: Step<'t>,
    /// How many days from the day asked for.
    pub(super) distance: i32,
    pub(super) series: u32,
}

/// The live observations of a table on a day, by the currency they lead from, in the order of the table.
type Hops<'t> = HashMap<Currency, Vec<(Currency, Hop<'t>)>>;

/// The steps of the best chain nearer than `farther_than`, or `None` if there is none.
///
/// The greatest distance that a chain must bear is found first, then the fewest legs under it: a search by breadth
/// for each distance there is, the nearest first.
pub(super) fn nearest<'t>(table: &'t RateTable, pair: CurrencyPair, on: Date, lookup: Lookup, farther_than: i32) -> Option<Vec<Step<'t>>> {
    let hops = live_hops(table, on, lookup);
    let mut distances: Vec<i32> = hops.values().flatten().map(|(_, hop)| hop.distance).filter(|d| *d < farther_than).collect();
    distances.sort_unstable();
    distances.dedup();
    distances.into_iter().find_map(|limit| shortest(&hops, pair, limit))
}

fn live_hops(table: &RateTable, on: Date, lookup: Lookup) -> Hops<'_> {
    let live = |(currency, node): (Currency, &'_ super::table::Node)| {
        let hops = node.neighbours.iter().filter_map(|next| Some((next.currency, table.nearest_hop(&next.link, on, lookup)?)));
        (currency, hops.collect())
    };
    table.currencies().filter_map(|currency| Some((currency, table.node(currency)?))).map(live).collect()
}

/// The chain of the fewest steps, none farther than the limit.
fn shortest<'t>(hops: &Hops<'t>, pair: CurrencyPair, limit: i32) -> Option<Vec<Step<'t>>> {
    let mut came_by: HashMap<Currency, (Currency, Step<'t>)> = HashMap::new();
    let mut queue = VecDeque::from([pair.base]);
    while let Some(from) = queue.pop_front() {
        for (to, hop) in hops.get(&from).into_iter().flatten().filter(|(_, hop)| hop.distance <= limit) {
            if *to == pair.base || came_by.contains_key(to) {
                continue;
            }
            came_by.insert(*to, (from, hop.step));
            if *to == pair.quote {
                return Some(trace(&came_by, pair));
            }
            queue.push_back(*to);
        }
    }
    None
}

/// The steps from base to quote, read backwards from the quote.
fn trace<'t>(came_by: &HashMap<Currency, (Currency, Step<'t>)>, pair: CurrencyPair) -> Vec<Step<'t>> {
    let mut steps = Vec::new();
    let mut at = pair.quote;
    // OK because each currency was reached from one nearer to the base, so this ends there.
    while let Some((from, step)) = came_by.get(&at).filter(|_| at != pair.base) {
        steps.push(*step);
        at = *from;
    }
    steps.reverse();
    steps
}
