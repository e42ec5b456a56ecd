//! The findings as SARIF 2.1.0, for tools that show them beside the lines of a document.

use super::place::Lines;
use super::report::{CheckedClaim, Document, Report, Stated};
use crate::exact::Ratio;
use crate::relation::{Relation, Verdict};
use serde_json::{Value, json};
use std::ops::Range;

/// Every relation, as a rule that can be broken.
const RULES: [(Relation, &str); 10] = [
    (Relation::Conversion, "amount = rate × converted"),
    (Relation::Growth, "current = prior × (1 + growth)"),
    (Relation::Change, "current − prior = change"),
    (Relation::Difference, "minuend − subtrahend = difference"),
    (Relation::Sum, "total = part1 + part2 + …"),
    (Relation::Share, "part = share × whole"),
    (Relation::Ratio, "numerator = ratio × denominator"),
    (Relation::Multiple, "current = multiple × prior"),
    (Relation::Product, "product = factor1 × factor2"),
    (Relation::Points, "current − prior = points"),
];

impl Report {
    /// What does not tie, as a SARIF 2.1.0 log; accepted findings are there as suppressed ones.
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million.";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// assert!(report.to_sarif(|_, _| false).contains("2.1.0"));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_sarif(&self, accepted: impl Fn(&Document, &CheckedClaim) -> bool) -> String {
        let mut results: Vec<Value> = Vec::new();
        for document in &self.documents {
            let place = Place::of(document);
            let claims = document.claims.iter().filter(|claim| claim.verdict == Verdict::DoesNotTie);
            results.extend(claims.map(|claim| result(&place, claim, accepted(document, claim))));
        }
        results.extend(
            self.corroboration
                .iter()
                .filter(|pair| pair.verdict == Verdict::DoesNotTie)
                .filter_map(|pair| self.contradiction(pair.figures)),
        );
        let rules: Vec<Value> = RULES
            .iter()
            .map(|(relation, equation)| json!({"id": relation.name(), "shortDescription": {"text": format!("The figures of a {relation} tie.")}, "fullDescription": {"text": *equation}}))
            .chain([json!({"id": "corroboration", "shortDescription": {"text": "Two documents state the same figure."}})])
            .collect();
        let driver = json!({"name": "tieout", "version": env!("CARGO_PKG_VERSION"), "informationUri": "https://crates.io/crates/tieout", "rules": rules});
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
        });
        // Only maps with other than string keys fail to serialise, and there are none.
        serde_json::to_string_pretty(&log).unwrap_or_default()
    }

    /// Two places that state one figure differently.
    fn contradiction(&self, figures: [Stated; 2]) -> Option<Value> {
        let location = |stated: Stated| match stated {
            Stated::Figure(document, figure) => {
                let document = self.documents.get(document)?;
                Some(Place::of(document).location(document.figures.get(figure)?.span.clone(), None))
            }
            Stated::Fact(_) => None,
        };
        let [a, b] = figures;
        let text = format!("{} and {} state the same figure and do not agree", self.stated_text(a), self.stated_text(b));
        let mut result = json!({
            "ruleId": "corroboration", "level": "error", "message": {"text": text},
            "locations": [location(a).or_else(|| location(b))?],
        });
        if let (Some(other), Some(object)) = (location(a).and(location(b)), result.as_object_mut()) {
            object.insert("relatedLocations".to_owned(), json!([other]));
        }
        Some(result)
    }
}

fn result(place: &Place<'_>, claim: &CheckedClaim, accepted: bool) -> Value {
    let figures = || claim.roles.iter().filter_map(|(role, index)| Some((role, place.document.figures.get(*index)?)));
    let spans = || figures().map(|(_, figure)| figure.span.clone());
    let whole = spans().map(|span| span.start).min().unwrap_or(0)..spans().map(|span| span.end).max().unwrap_or(0);
    let related: Vec<Value> = figures().map(|(role, figure)| place.location(figure.span.clone(), Some(&role.to_string()))).collect();
    let mut text = claim.explanation.clone();
    for diagnosis in &claim.diagnosis {
        let value = |value: &Ratio| format!(": {} would tie", super::explain::number(value));
        text +=
            &format!("; perhaps {}{}", diagnosis.slip.name().replace('_', " "), diagnosis.instead.as_ref().map(value).unwrap_or_default());
    }
    let mut result = json!({
        "ruleId": claim.relation.name(), "level": "error", "message": {"text": text},
        "locations": [place.location(whole, None)], "relatedLocations": related,
    });
    if let (true, Some(object)) = (accepted, result.as_object_mut()) {
        object.insert("suppressions".to_owned(), json!([{"kind": "external", "justification": "accepted"}]));
    }
    result
}

/// Where things stand in a document.
struct Place<'d> {
    document: &'d Document,
    lines: Lines<'d>,
}

impl<'d> Place<'d> {
    fn of(document: &'d Document) -> Place<'d> {
        Place { document, lines: Lines::of(&document.text) }
    }

    fn location(&self, span: Range<usize>, label: Option<&str>) -> Value {
        let (start, end) = (self.lines.line_column(span.start), self.lines.line_column(span.end));
        let region = json!({
            "startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1,
            "snippet": {"text": self.document.text.get(span).unwrap_or_default()},
        });
        let mut location = json!({"physicalLocation": {"artifactLocation": {"uri": uri(&self.document.path)}, "region": region}});
        if let (Some(label), Some(object)) = (label, location.as_object_mut()) {
            object.insert("message".to_owned(), json!({"text": label}));
        }
        location
    }
}

/// A path as a relative reference: what may not stand in one is written in percent.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if plain(byte) { uri.push(char::from(byte)) } else { uri += &format!("%{byte:02X}") }
    }
    uri
}
