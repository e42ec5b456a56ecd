//! The Federal Reserve's H.10 as SDMX-ML: `<kf:Series SERIES_NAME="RXI_N.B.CH" …><frb:Obs TIME_PERIOD=… OBS_VALUE=…/>`.
//!
//! `UNIT_MULT` is a plain factor here, 1 for "as it stands"; at the ECB and the BIS it is a power of ten. No
//! observation is `OBS_STATUS="ND"` with a value of -9999.

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, PLAIN};
use super::fed::{self, Series};
use super::xml::{Element, Node, Xml};
use crate::currency::Currency;
use crate::error::{Error, ErrorKind};

/// The series that observations belong to; `None` for an index.
type Current = Option<(Series, i32)>;

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let xml = Xml::new(input)?;
    let mut current: Option<Current> = None;
    xml.walk(|node, _| {
        match node {
            Node::Open(element) if element.name == "Series" => current = Some(series(&xml, &element)?),
            Node::Open(element) if element.name == "Obs" => match &current {
                Some(Some((series, power))) => observation(&xml, &element, series, *power, &mut builder)?,
                Some(None) => {}
                None => return Err(unclear(&xml, &element, "an observation outside of a series")),
            },
            Node::Close(name) if name == "Series" => current = None,
            _ => {}
        }
        Ok(())
    })?;
    builder.build()
}

fn unclear(xml: &Xml, element: &Element, reason: &str) -> Error {
    xml.refuse(element.place, ErrorKind::TableUnclear { reason: reason.to_owned() })
}

fn series(xml: &Xml, element: &Element) -> Result<Current, Error> {
    let name = element.attribute("SERIES_NAME").ok_or_else(|| unclear(xml, element, "a series without SERIES_NAME"))?;
    if fed::is_index(name) {
        return Ok(None);
    }
    let unknown = || ErrorKind::Syntax { expected: "a series such as RXI_N.B.JA", found: name.to_owned() };
    let series = fed::h10_series(name).ok_or_else(|| xml.refuse(element.place, unknown()))?;
    let base = element.attribute("UNIT").and_then(fed::unit_base);
    let quote = element.attribute("CURRENCY").and_then(|code| Currency::from_code(code).ok());
    if base.is_some_and(|base| base != series.pair.base) || quote.is_some_and(|quote| quote != series.pair.quote) {
        return Err(unclear(xml, element, &format!("the series is named as {} but its unit or currency says otherwise", series.pair)));
    }
    let factor = element.attribute("UNIT_MULT").unwrap_or("1");
    let wrong = || ErrorKind::Syntax { expected: "a factor such as 1 or 100", found: factor.to_owned() };
    let power = cell::power_of_ten(factor).ok_or_else(|| xml.refuse(element.place, wrong()))?;
    Ok(Some((series, power)))
}

fn observation(xml: &Xml, element: &Element, series: &Series, power: i32, builder: &mut Builder<'_>) -> Result<(), Error> {
    if element.attribute("OBS_STATUS") == Some("ND") {
        return Ok(());
    }
    let time = element.attribute("TIME_PERIOD").ok_or_else(|| unclear(xml, element, "an observation without TIME_PERIOD"))?;
    let value = element.attribute("OBS_VALUE").ok_or_else(|| unclear(xml, element, "an observation without OBS_VALUE"))?;
    let wrong = || ErrorKind::Syntax { expected: "a date such as 2021-02-19", found: time.to_owned() };
    let date = fed::date(time).ok_or_else(|| xml.refuse(element.place, wrong()))?;
    let Some(rate) = cell::rate(value, PLAIN).map_err(|kind| xml.refuse(element.place, kind))? else { return Ok(()) };
    let too_many = || xml.refuse(element.place, ErrorKind::TooManyDigits { found: value.to_owned() });
    let rate = cell::shifted(rate, power).ok_or_else(too_many)?;
    if let Some(period) = series.span.period(date) {
        builder.period(Entry { pair: series.pair, rate, line: element.place.line }, period, series.span.basis());
    }
    Ok(())
}
