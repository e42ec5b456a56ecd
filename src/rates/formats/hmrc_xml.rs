//! HMRC's rates of a month for customs and VAT: one pound costs the rate on every day of the month.

use super::super::build::{Builder, Entry};
use super::super::dating::Basis;
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, PLAIN};
use super::xml::{Element, Node, Place, Xml};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use crate::period::Period;

/// An `<exchangeRate>` as far as it is read.
#[derive(Default)]
struct Item {
    code: Option<(String, Place)>,
    rate: Option<(String, Place)>,
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let xml = Xml::new(input)?;
    let (mut period, mut item, mut field) = (None, Item::default(), String::new());
    xml.walk(|node, place| {
        match node {
            Node::Open(list) if list.name == "exchangeRateMonthList" => period = Some(month(&xml, &list)?),
            Node::Open(element) => field = element.name,
            Node::Text(text) if field == "currencyCode" => item.code = Some((text, place)),
            Node::Text(text) if field == "rateNew" => item.rate = Some((text, place)),
            Node::Close(name) if name == "exchangeRate" => add(&xml, std::mem::take(&mut item), period, place, &mut builder)?,
            Node::Close(_) => field.clear(),
            Node::Text(_) => {}
        }
        Ok(())
    })?;
    builder.build()
}

/// `01/Aug/2025 to 31/Aug/2025`
fn month(xml: &Xml, list: &Element) -> Result<Period, Error> {
    let text = list.attribute("Period").unwrap_or_default();
    let days = text.split_once(" to ").and_then(|(from, to)| Some((cell::day_month_year(from)?, cell::day_month_year(to)?)));
    let period = days.and_then(|(from, to)| {
        let month = Period::month(from.year(), from.month()).filter(|month| (month.first_day(), month.last_day()) == (from, to));
        month.or_else(|| Period::range(from, to))
    });
    let wrong = || ErrorKind::Syntax { expected: "a period such as 01/Aug/2025 to 31/Aug/2025", found: text.to_owned() };
    period.ok_or_else(|| xml.refuse(list.place, wrong()))
}

fn add(xml: &Xml, item: Item, period: Option<Period>, place: Place, builder: &mut Builder<'_>) -> Result<(), Error> {
    let unclear = |reason: &str| xml.refuse(place, ErrorKind::TableUnclear { reason: reason.to_owned() });
    let period = period.ok_or_else(|| unclear("a rate outside of a month's list"))?;
    let (code, code_place) = item.code.ok_or_else(|| unclear("a rate without a currencyCode"))?;
    let (rate, rate_place) = item.rate.ok_or_else(|| unclear("a currency without a rateNew"))?;
    let quote = Currency::from_code(&code).map_err(|error| error.at(xml.location(code_place)))?;
    let pair = CurrencyPair::new(Currency::GBP, quote);
    if let Some(rate) = cell::rate(&rate, PLAIN).map_err(|kind| xml.refuse(rate_place, kind))? {
        builder.period(Entry { pair, rate, line: rate_place.line }, period, Basis::Spot);
    }
    Ok(())
}
