//! The ECB's XML: `<Cube time="2026-10-30"><Cube currency="USD" rate="1.1172"/>`; one euro costs the rate.

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, PLAIN};
use super::xml::{Element, Node, Xml};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use jiff::civil::Date;

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let xml = Xml::new(input)?;
    let mut date = None;
    xml.walk(|node, _| {
        let Node::Open(cube) = node else { return Ok(()) };
        if cube.name != "Cube" {
            return Ok(());
        }
        if let Some(time) = cube.attribute("time") {
            date = Some(day(&xml, &cube, time)?);
        }
        match cube.attribute("currency") {
            Some(code) => rate(&xml, &cube, code, date, &mut builder),
            None => Ok(()),
        }
    })?;
    builder.build()
}

fn day(xml: &Xml, cube: &Element, time: &str) -> Result<Date, Error> {
    let wrong = || ErrorKind::Syntax { expected: "a date such as 2023-05-26", found: time.to_owned() };
    cell::iso_date(time).ok_or_else(|| xml.refuse(cube.place, wrong()))
}

fn rate(xml: &Xml, cube: &Element, code: &str, date: Option<Date>, builder: &mut Builder<'_>) -> Result<(), Error> {
    let quote = Currency::from_code(code).map_err(|error| error.at(xml.location(cube.place)))?;
    let unclear = |reason: &str| xml.refuse(cube.place, ErrorKind::TableUnclear { reason: reason.to_owned() });
    let date = date.ok_or_else(|| unclear("a rate before any day: expected <Cube time=\"…\"> around it"))?;
    let text = cube.attribute("rate").ok_or_else(|| unclear("a currency without a rate"))?;
    if let Some(rate) = cell::rate(text, PLAIN).map_err(|kind| xml.refuse(cube.place, kind))? {
        builder.day(Entry { pair: CurrencyPair::new(Currency::EUR, quote), rate, line: cube.place.line }, date);
    }
    Ok(())
}
