//! The answers for programs: the JSON of the commands, byte for byte.

use super::input::{Sent, body, json, parsed, required};
use super::{Problem, Service};
use crate::args::{Format, LanguageArguments, RateArguments, ReadingArguments, RoundingArguments};
use crate::rate::{AverageArguments, WhenArguments};
use crate::{convert, growth, implied, rate};
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tieout::{Locale, Lookup, RateTable, RoundingMode};

/// What the service offers, for programs that ask.
const DESCRIPTION: &str = include_str!("openapi.json");

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/api/check", post(check))
        .route("/api/convert", post(ask::<ConvertQuestion>))
        .route("/api/growth", post(ask::<GrowthQuestion>))
        .route("/api/implied", post(ask::<ImpliedQuestion>))
        .route("/api/rate", get(ask_rate))
        .route("/api/openapi.json", get(|| async { answer(DESCRIPTION.to_owned()) }))
        .route("/health", get(health))
}

fn answer(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn check(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Problem> {
    let sent = Sent::read(request).await?;
    if sent.texts.is_empty() {
        return Err(Problem::bad_request("no text: send a field text, or a file"));
    }
    let body = service.compute_for(sent.size(), move |table| Ok(sent.check(table)?.to_json() + "\n")).await?;
    Ok(answer(body))
}

/// A command's question, as JSON or a form has it.
pub(super) trait Question: for<'q> Deserialize<'q> + Send + 'static {
    /// Its answer: the object of the command's `--format json`.
    fn answer(&self, table: &RateTable) -> Result<impl Serialize, Problem>;
}

async fn ask<Q: Question>(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Problem> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media.to_ascii_lowercase().starts_with("application/json") {
        return Err(Problem::media_type());
    }
    let question: Q = json(&body(request).await?)?;
    let body = service.compute(move |table| Ok(crate::json::text(&question.answer(table)?)?)).await?;
    Ok(answer(body))
}

async fn ask_rate(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Problem> {
    let question = Query::<RateQuestion>::try_from_uri(request.uri()).map_err(|error| Problem::bad_request(error.body_text()))?.0;
    let body = service.compute(move |table| Ok(crate::json::text(&question.answer(table)?)?)).await?;
    Ok(answer(body))
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    rates: String,
}

async fn health(State(service): State<Arc<Service>>) -> Result<Response, Problem> {
    let rates = service.table.source().to_owned();
    Ok(answer(crate::json::text(&Health { status: "ok", version: env!("CARGO_PKG_VERSION"), rates })?))
}

// ---- questions -------------------------------------------------------------------------------------------------

/// `tieout convert`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConvertQuestion {
    pub(super) amount: String,
    pub(super) to: String,
    #[serde(default)]
    pub(super) on: Option<String>,
    #[serde(default)]
    average: Option<String>,
    #[serde(default)]
    closing: Option<String>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    max_age: Option<u32>,
    #[serde(default)]
    on_missing: Option<String>,
    #[serde(default)]
    rounding: Option<String>,
    #[serde(default)]
    decimals: Option<i32>,
    #[serde(default)]
    pub(super) lang: Option<String>,
}

/// `tieout growth`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GrowthQuestion {
    pub(super) prior: String,
    pub(super) current: String,
    #[serde(default)]
    rounding: Option<String>,
    #[serde(default)]
    decimals: Option<i32>,
    #[serde(default)]
    pub(super) lang: Option<String>,
}

/// `tieout implied`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImpliedQuestion {
    pub(super) current: String,
    pub(super) change: String,
    #[serde(default)]
    rounding: Option<String>,
    #[serde(default)]
    decimals: Option<i32>,
    #[serde(default)]
    pub(super) lang: Option<String>,
}

/// `tieout rate`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RateQuestion {
    pair: String,
    #[serde(default)]
    on: Option<String>,
    #[serde(default)]
    average: Option<String>,
    #[serde(default)]
    closing: Option<String>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    change: Option<String>,
    #[serde(default)]
    max_age: Option<u32>,
    #[serde(default)]
    on_missing: Option<String>,
}

impl Question for ConvertQuestion {
    fn answer(&self, table: &RateTable) -> Result<impl Serialize, Problem> {
        let arguments = convert::Arguments {
            amount: self.amount.clone(),
            to: required("to", &self.to)?,
            when: when([&self.on, &self.average, &self.closing], false)?,
            average: AverageArguments { method: parsed("method", self.method.as_deref(), str::parse)? },
            rates: rates(self.max_age, self.on_missing.as_deref())?,
            rounding: rounding(self.rounding.as_deref(), self.decimals)?,
            language: language(self.lang.as_deref())?,
            format: Format::Json,
        };
        Ok(convert::answer(&arguments, table)?)
    }
}

impl Question for GrowthQuestion {
    fn answer(&self, _: &RateTable) -> Result<impl Serialize, Problem> {
        let arguments = growth::Arguments {
            prior: self.prior.clone(),
            current: self.current.clone(),
            rounding: rounding(self.rounding.as_deref(), self.decimals)?,
            language: language(self.lang.as_deref())?,
            format: Format::Json,
        };
        Ok(growth::answer(&arguments)?)
    }
}

impl Question for ImpliedQuestion {
    fn answer(&self, _: &RateTable) -> Result<impl Serialize, Problem> {
        let arguments = implied::Arguments {
            current: self.current.clone(),
            change: self.change.clone(),
            rounding: rounding(self.rounding.as_deref(), self.decimals)?,
            language: language(self.lang.as_deref())?,
            format: Format::Json,
        };
        Ok(implied::answer(&arguments)?)
    }
}

impl Question for RateQuestion {
    fn answer(&self, table: &RateTable) -> Result<impl Serialize, Problem> {
        let series = self.from.is_some() || self.to.is_some();
        if self.from.is_some() != self.to.is_some() {
            return Err(Problem::bad_request("from and to belong together"));
        }
        if self.change.is_some() && self.on.is_none() {
            return Err(Problem::bad_request("change needs on"));
        }
        let arguments = rate::Arguments {
            pair: required("pair", &self.pair)?,
            when: when([&self.on, &self.average, &self.closing], series)?,
            from: parsed("from", self.from.as_deref(), str::parse)?,
            to: parsed("to", self.to.as_deref(), str::parse)?,
            change: parsed("change", self.change.as_deref(), str::parse)?,
            average: AverageArguments { method: parsed("method", self.method.as_deref(), str::parse)? },
            rates: rates(self.max_age, self.on_missing.as_deref())?,
            rounding: rounding(None, None)?,
            format: Format::Json,
        };
        Ok(rate::answer(&arguments, table)?)
    }
}

/// A day, the average or the end of a period or, where a series is asked for, neither: there is no "current" rate.
fn when([on, average, closing]: [&Option<String>; 3], series: bool) -> Result<WhenArguments, Problem> {
    let when = WhenArguments {
        on: parsed("on", on.as_deref(), str::parse)?,
        average: parsed("average", average.as_deref(), str::parse)?,
        closing: parsed("closing", closing.as_deref(), str::parse)?,
    };
    let given = [when.on.is_some(), when.average.is_some(), when.closing.is_some(), series].into_iter().filter(|given| *given).count();
    let needed = "say one of on (a day), average or closing (a period) or, for rates, from and to";
    if given == 1 { Ok(when) } else { Err(Problem::bad_request(needed)) }
}

fn rates(max_age: Option<u32>, on_missing: Option<&str>) -> Result<RateArguments, Problem> {
    let lookup = Lookup::default();
    Ok(RateArguments {
        rates: Vec::new(),
        max_age: max_age.unwrap_or(lookup.max_age_days),
        on_missing: parsed("on_missing", on_missing, str::parse)?.unwrap_or(lookup.on_missing),
        reading: ReadingArguments::default(),
    })
}

/// The decimals that the command line takes.
const DECIMALS: std::ops::RangeInclusive<i32> = -20..=28;

fn rounding(mode: Option<&str>, decimals: Option<i32>) -> Result<RoundingArguments, Problem> {
    let known = |text: &str| {
        let names = RoundingMode::ALL.map(RoundingMode::name).join(", ");
        RoundingMode::from_name(text).ok_or_else(|| format!("expected one of {names}"))
    };
    if decimals.is_some_and(|decimals| !DECIMALS.contains(&decimals)) {
        return Err(Problem::field("decimals", format!("expected {} to {}", DECIMALS.start(), DECIMALS.end())));
    }
    Ok(RoundingArguments { rounding: parsed("rounding", mode, known)?.unwrap_or_default(), decimals })
}

fn language(code: Option<&str>) -> Result<LanguageArguments, Problem> {
    let lang = parsed("lang", code, Locale::from_tag)?;
    Ok(LanguageArguments { lang: lang.unwrap_or(Locale::EN) })
}
