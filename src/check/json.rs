//! The report as the JSON of the contract `tieout.check/1`.

use super::conversion::SharedRate;
use super::figure::{Figure, Kind, RangeEnd, Unit};
use super::json_writer::Writer;
use super::place::CodePoints;
use super::plain;
use super::report::{CheckedClaim, Corroboration, Diagnosis, Document, Reference, Report, Stated, Value};
use crate::exact::{Interval, Ratio, RoundingMode};
use crate::rates::Fit;
use crate::relation::Verdict;
use std::collections::BTreeMap;

/// About how many bytes a figure and a claim of its own take.
const FIGURE_BYTES: usize = 1024;

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
        let figures: usize = self.documents.iter().map(|document| document.figures.len()).sum();
        let mut json = Writer::with_capacity(FIGURE_BYTES * (figures + 1));
        json.object(|json| {
            json.key("schema").string("tieout.check/1");
            json.key("documents").array(&self.documents, document);
            json.key("corroboration").array(&self.corroboration, corroboration);
            json.key("summary").object(|json| {
                let verdicts = Verdict::ALL.iter().map(|verdict| (verdict.name(), self.count(*verdict)));
                let counts: BTreeMap<_, _> = verdicts.chain([("figures", figures), ("claims", self.claims().count())]).collect();
                counts.iter().for_each(|(name, count)| json.key(name).whole(*count));
            });
        });
        json.finish()
    }
}

fn document(json: &mut Writer, document: &Document) {
    let source = Some(document.rates_source.as_str()).filter(|source| !source.is_empty());
    let offsets = CodePoints::new(&document.text);
    json.object(|json| {
        json.key("path").string(document.path.as_str());
        json.key("language").string(document.language);
        json.key("date").maybe(document.date);
        json.key("figures")
            .array(document.figures.iter().enumerate(), |json, (index, found)| figure(json, index, found, document, &offsets));
        json.key("claims").array(document.claims.iter().enumerate(), |json, (index, found)| claim(json, index, found, source));
        json.key("shared_rates").array(&document.shared_rates, |json, found| shared(json, found, source));
    });
}

fn figure(json: &mut Writer, index: usize, figure: &Figure, document: &Document, offsets: &CodePoints<'_>) {
    let interval = figure.printed.interval(crate::printed::Reading::Nearest);
    json.object(|json| {
        figure_id(json.key("id"), index);
        json.key("text").string(document.figure_text(index));
        json.key("start").whole(offsets.at(figure.span.start));
        json.key("end").whole(offsets.at(figure.span.end));
        json.key("kind").string(kind(figure.kind));
        number(json.key("value"), Some(figure.printed.value()));
        json.key("unit").string(unit(&figure.unit));
        json.key("ambiguous").truth(figure.ambiguous);
        number(json.key("granularity"), Some(figure.printed.granularity()));
        ends(json, &interval);
        json.key("hedge").maybe(figure.printed.hedge());
        json.key("range").string(figure.range.map(range));
        json.key("metric").string(figure.metric.as_deref());
        json.key("period").maybe(figure.period);
    });
}

fn claim(json: &mut Writer, index: usize, claim: &CheckedClaim, source: Option<&str>) {
    json.object(|json| {
        claim_id(json.key("id"), index);
        json.key("relation").string(claim.relation.name());
        json.key("figures").array(&claim.roles, |json, (_, figure)| figure_id(json, *figure));
        json.key("roles").object(|json| {
            let roles: BTreeMap<String, usize> = claim.roles.iter().map(|(role, figure)| (role.to_string(), *figure)).collect();
            roles.iter().for_each(|(role, figure)| figure_id(json.key(role), *figure));
        });
        json.key("verdict").string(claim.verdict.name());
        maybe(json.key("computed"), claim.computed.as_ref(), value);
        maybe(json.key("implied"), claim.implied.as_ref(), value);
        maybe(json.key("reference"), claim.reference.as_ref(), |json, found| reference(json, found, source));
        json.key("explanation").string(claim.explanation.as_str());
        json.key("diagnosis").array(&claim.diagnosis, diagnosis);
    });
}

fn value(json: &mut Writer, value: &Value) {
    json.object(|json| {
        json.key("what").display(value.role);
        if let Some(pair) = value.pair {
            json.key("base").string(pair.base.code());
            json.key("quote").string(pair.quote.code());
        }
        number(json.key("value"), value.value.as_ref());
        ends(json, &value.interval);
        json.key("unit").string(unit(&value.unit));
    });
}

fn reference(json: &mut Writer, reference: &Reference, source: Option<&str>) {
    let nearest = reference.nearest.as_ref();
    json.object(|json| {
        json.key("verdict").string(reference.verdict.name());
        json.key("source").string(source.filter(|_| nearest.is_some()));
        json.key("basis").maybe(nearest.map(|fit| fit.basis));
        json.key("date").maybe(nearest.map(|fit| fit.date));
        number(json.key("rate"), nearest.map(|fit| &fit.rate));
        number(json.key("off_by_percent"), reference.off_by_percent.as_ref());
        maybe(json.key("fits"), reference.stale.as_ref(), fit);
    });
}

fn diagnosis(json: &mut Writer, diagnosis: &Diagnosis) {
    json.object(|json| {
        json.key("slip").string(diagnosis.slip.name());
        maybe(json.key("figure"), diagnosis.figure, figure_id);
        number(json.key("instead"), diagnosis.instead.as_ref());
    });
}

fn shared(json: &mut Writer, shared: &SharedRate, source: Option<&str>) {
    json.object(|json| {
        json.key("base").string(shared.pair.base.code());
        json.key("quote").string(shared.pair.quote.code());
        ends(json, &shared.interval);
        json.key("claims").array(&shared.claims, |json, claim| claim_id(json, *claim));
        json.key("outliers").array(&shared.outliers, |json, claim| claim_id(json, *claim));
        json.key("source").string(source);
        json.key("matches").array(&shared.matches, fit);
    });
}

fn fit(json: &mut Writer, fit: &Fit) {
    json.object(|json| {
        json.key("basis").display(fit.basis);
        json.key("date").display(fit.date);
        number(json.key("rate"), Some(&fit.rate));
    });
}

fn corroboration(json: &mut Writer, corroboration: &Corroboration) {
    json.object(|json| {
        json.key("figures").array(corroboration.figures, |json, stated| {
            json.array([0, 1], |json, part| match (stated, part) {
                (Stated::Figure(document, _), 0) => json.whole(document),
                (Stated::Figure(_, figure), _) => figure_id(json, figure),
                (Stated::Fact(_), 0) => json.string("facts"),
                (Stated::Fact(row), _) => json.whole(row),
            });
        });
        json.key("verdict").string(corroboration.verdict.name());
    });
}

// ---- values ----------------------------------------------------------------------------------------------------

fn maybe<T>(json: &mut Writer, found: Option<T>, write: impl FnOnce(&mut Writer, T)) {
    match found {
        Some(found) => write(json, found),
        None => json.string(None),
    }
}

fn number(json: &mut Writer, value: Option<&Ratio>) {
    rounded(json, value, RoundingMode::HalfEven);
}

/// Both ends of an interval, rounded outward.
fn ends(json: &mut Writer, interval: &Interval) {
    rounded(json.key("low"), interval.low().value(), RoundingMode::Floor);
    rounded(json.key("high"), interval.high().value(), RoundingMode::Ceiling);
}

fn rounded(json: &mut Writer, value: Option<&Ratio>, mode: RoundingMode) {
    maybe(json, value, |json, value| json.quoted(|out| plain::push(out, value, mode)));
}

fn figure_id(json: &mut Writer, index: usize) {
    id(json, 'f', index);
}

fn claim_id(json: &mut Writer, index: usize) {
    id(json, 'c', index);
}

fn id(json: &mut Writer, letter: char, index: usize) {
    json.quoted(|out| {
        out.push(letter);
        plain::push_whole(out, index + 1);
    });
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "money",
        Kind::UnitPrice => "unit_price",
        Kind::Percent => "percent",
        Kind::Points => "points",
        Kind::BasisPoints => "basis_points",
        Kind::Multiple => "multiple",
        Kind::Count => "count",
    }
}

fn range(end: RangeEnd) -> &'static str {
    match end {
        RangeEnd::Low => "low",
        RangeEnd::High => "high",
    }
}

fn unit(unit: &Unit) -> Option<&str> {
    match unit {
        Unit::Currency(currency) => Some(currency.code()),
        Unit::Percent => Some("%"),
        Unit::Points => Some("pp"),
        Unit::BasisPoints => Some("bp"),
        Unit::Times => Some("x"),
        Unit::Noun(noun) => Some(noun),
        Unit::None => None,
    }
}
