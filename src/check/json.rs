//! The report as the JSON of the contract `tieout.check/1`.

use super::conversion::SharedRate;
use super::figure::{Figure, Unit};
use super::place::CodePoints;
use super::report::{CheckedClaim, Corroboration, Diagnosis, Document, Reference, Report, Stated, Value};
use crate::exact::{End, Interval, Precision, Ratio, RoundingMode};
use crate::rates::Fit;
use crate::relation::Verdict;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The digits of a quotient.
const DIGITS: Precision = Precision::Significant(9);

/// A number as the contract writes it: a plain decimal, a quotient rounded half-even.
pub(crate) fn number(value: &Ratio) -> String {
    rounded(value, RoundingMode::HalfEven)
}

/// The lower end, rounded down; `None` where there is none.
pub(crate) fn low(interval: &Interval) -> Option<String> {
    end(interval.low(), RoundingMode::Floor)
}

/// The upper end, rounded up.
pub(crate) fn high(interval: &Interval) -> Option<String> {
    end(interval.high(), RoundingMode::Ceiling)
}

fn end(end: &End, mode: RoundingMode) -> Option<String> {
    end.value().map(|value| rounded(value, mode))
}

fn rounded(value: &Ratio, mode: RoundingMode) -> String {
    // What figures print and what is added of them are decimals already.
    if let Some(decimal) = value.small_parts().and_then(|(num, den)| decimal(num, den)) {
        return decimal.normalize().to_string();
    }
    // A value that no decimal can hold is none that a text prints.
    let decimal = value.to_decimal().or_else(|| value.round(DIGITS, mode).ok().map(|rounded| rounded.value.normalize()));
    decimal.map_or_else(|| "0".to_owned(), |decimal| decimal.to_string())
}

/// A fraction whose denominator is a power of ten.
fn decimal(num: i128, den: i128) -> Option<Decimal> {
    let (mut scale, mut power) = (0, 1_i128);
    while power < den && scale < Decimal::MAX_SCALE {
        (scale, power) = (scale + 1, power * 10);
    }
    if power == den { Decimal::try_from_i128_with_scale(num, scale).ok() } else { None }
}

#[derive(Serialize)]
struct ReportJson<'r> {
    schema: &'static str,
    documents: Vec<DocumentJson<'r>>,
    corroboration: Vec<CorroborationJson>,
    summary: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct DocumentJson<'r> {
    path: &'r str,
    language: &'r str,
    date: Option<String>,
    figures: Vec<FigureJson<'r>>,
    claims: Vec<ClaimJson<'r>>,
    shared_rates: Vec<SharedJson<'r>>,
}

#[derive(Serialize)]
struct FigureJson<'r> {
    id: String,
    text: &'r str,
    start: usize,
    end: usize,
    kind: super::figure::Kind,
    value: String,
    unit: Option<&'r str>,
    ambiguous: bool,
    granularity: String,
    low: Option<String>,
    high: Option<String>,
    hedge: Option<String>,
    range: Option<super::figure::RangeEnd>,
    metric: Option<&'r str>,
    period: Option<String>,
}

#[derive(Serialize)]
struct ClaimJson<'r> {
    id: String,
    relation: &'static str,
    figures: Vec<String>,
    roles: serde_json::Map<String, serde_json::Value>,
    verdict: &'static str,
    computed: Option<ValueJson<'r>>,
    implied: Option<ValueJson<'r>>,
    reference: Option<ReferenceJson<'r>>,
    explanation: &'r str,
    diagnosis: Vec<DiagnosisJson>,
}

#[derive(Serialize)]
struct ValueJson<'r> {
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: Option<&'r str>,
}

#[derive(Serialize)]
struct ReferenceJson<'r> {
    verdict: &'static str,
    source: Option<&'r str>,
    basis: Option<String>,
    date: Option<String>,
    rate: Option<String>,
    off_by_percent: Option<String>,
    fits: Option<FitJson>,
}

#[derive(Serialize)]
struct DiagnosisJson {
    slip: &'static str,
    figure: Option<String>,
    instead: Option<String>,
}

#[derive(Serialize)]
struct SharedJson<'r> {
    base: String,
    quote: String,
    low: Option<String>,
    high: Option<String>,
    claims: Vec<String>,
    outliers: Vec<String>,
    source: Option<&'r str>,
    matches: Vec<FitJson>,
}

#[derive(Serialize)]
struct FitJson {
    basis: String,
    date: String,
    rate: String,
}

#[derive(Serialize)]
struct CorroborationJson {
    figures: [(serde_json::Value, serde_json::Value); 2],
    verdict: &'static str,
}

impl Report {
    /// The report as the JSON object of `tieout.check/1`, on several lines.
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million.";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// assert!(report.to_json().contains("\"schema\": \"tieout.check/1\""));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        let verdicts = Verdict::ALL.iter().map(|verdict| (verdict.name(), self.count(*verdict)));
        let figures = self.documents.iter().map(|document| document.figures.len()).sum();
        let report = ReportJson {
            schema: "tieout.check/1",
            documents: self.documents.iter().map(document).collect(),
            corroboration: self.corroboration.iter().map(corroboration).collect(),
            summary: verdicts.chain([("figures", figures), ("claims", self.claims().count())]).collect(),
        };
        // Only maps with other than string keys fail to serialise, and there are none.
        serde_json::to_string_pretty(&report).unwrap_or_default()
    }
}

fn figure_id(index: usize) -> String {
    format!("f{}", index + 1)
}

fn claim_id(index: usize) -> String {
    format!("c{}", index + 1)
}

fn document(document: &Document) -> DocumentJson<'_> {
    let source = Some(document.rates_source.as_str()).filter(|source| !source.is_empty());
    let offsets = CodePoints::new(&document.text);
    DocumentJson {
        path: &document.path,
        language: document.language,
        date: document.date.map(|date| date.to_string()),
        figures: document.figures.iter().enumerate().map(|(index, found)| figure(index, found, document, &offsets)).collect(),
        claims: document.claims.iter().enumerate().map(|(index, found)| claim(index, found, source)).collect(),
        shared_rates: document.shared_rates.iter().map(|found| shared(found, source)).collect(),
    }
}

fn figure<'r>(index: usize, figure: &'r Figure, document: &'r Document, offsets: &CodePoints<'_>) -> FigureJson<'r> {
    let interval = figure.printed.interval(crate::printed::Reading::Nearest);
    FigureJson {
        id: figure_id(index),
        text: document.figure_text(index),
        start: offsets.at(figure.span.start),
        end: offsets.at(figure.span.end),
        kind: figure.kind,
        value: number(figure.printed.value()),
        unit: unit(&figure.unit),
        ambiguous: figure.ambiguous,
        granularity: number(figure.printed.granularity()),
        low: low(&interval),
        high: high(&interval),
        hedge: figure.printed.hedge().map(|hedge| hedge.to_string()),
        range: figure.range,
        metric: figure.metric.as_deref(),
        period: figure.period.map(|period| period.to_string()),
    }
}

fn unit(unit: &Unit) -> Option<&str> {
    match unit {
        Unit::Currency(currency) => currency_code(currency),
        Unit::Percent => Some("%"),
        Unit::Points => Some("pp"),
        Unit::BasisPoints => Some("bp"),
        Unit::Times => Some("x"),
        Unit::Noun(noun) => Some(noun),
        Unit::None => None,
    }
}

fn currency_code(currency: &crate::currency::Currency) -> Option<&str> {
    Some(currency.code())
}

fn claim<'r>(index: usize, claim: &'r CheckedClaim, source: Option<&'r str>) -> ClaimJson<'r> {
    ClaimJson {
        id: claim_id(index),
        relation: claim.relation.name(),
        figures: claim.roles.iter().map(|(_, figure)| figure_id(*figure)).collect(),
        roles: claim.roles.iter().map(|(role, figure)| (role.to_string(), figure_id(*figure).into())).collect(),
        verdict: claim.verdict.name(),
        computed: claim.computed.as_ref().map(value),
        implied: claim.implied.as_ref().map(value),
        reference: claim.reference.as_ref().map(|found| reference(found, source)),
        explanation: &claim.explanation,
        diagnosis: claim.diagnosis.iter().map(diagnosis).collect(),
    }
}

fn value(value: &Value) -> ValueJson<'_> {
    ValueJson {
        what: value.role.to_string(),
        base: value.pair.map(|pair| pair.base.to_string()),
        quote: value.pair.map(|pair| pair.quote.to_string()),
        value: value.value.as_ref().map(number),
        low: low(&value.interval),
        high: high(&value.interval),
        unit: unit(&value.unit),
    }
}

fn reference<'r>(reference: &Reference, source: Option<&'r str>) -> ReferenceJson<'r> {
    let nearest = reference.nearest.as_ref();
    ReferenceJson {
        verdict: reference.verdict.name(),
        source: source.filter(|_| nearest.is_some()),
        basis: nearest.map(|fit| fit.basis.to_string()),
        date: nearest.map(|fit| fit.date.to_string()),
        rate: nearest.map(|fit| number(&fit.rate)),
        off_by_percent: reference.off_by_percent.as_ref().map(number),
        fits: reference.stale.as_ref().map(fit),
    }
}

fn diagnosis(diagnosis: &Diagnosis) -> DiagnosisJson {
    DiagnosisJson { slip: diagnosis.slip.name(), figure: diagnosis.figure.map(figure_id), instead: diagnosis.instead.as_ref().map(number) }
}

fn shared<'r>(shared: &SharedRate, source: Option<&'r str>) -> SharedJson<'r> {
    SharedJson {
        base: shared.pair.base.to_string(),
        quote: shared.pair.quote.to_string(),
        low: low(&shared.interval),
        high: high(&shared.interval),
        claims: shared.claims.iter().copied().map(claim_id).collect(),
        outliers: shared.outliers.iter().copied().map(claim_id).collect(),
        source,
        matches: shared.matches.iter().map(fit).collect(),
    }
}

fn fit(fit: &Fit) -> FitJson {
    FitJson { basis: fit.basis.to_string(), date: fit.date.to_string(), rate: number(&fit.rate) }
}

fn corroboration(corroboration: &Corroboration) -> CorroborationJson {
    let stated = |stated: Stated| match stated {
        Stated::Figure(document, figure) => (document.into(), figure_id(figure).into()),
        Stated::Fact(row) => ("facts".into(), row.into()),
    };
    CorroborationJson { figures: corroboration.figures.map(stated), verdict: corroboration.verdict.name() }
}
