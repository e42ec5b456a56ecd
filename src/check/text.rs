//! The report for people: each document with its claims, worst first, and what they rest on.

use super::explain::{high, low, number};
use super::place::Lines;
use super::report::{CheckedClaim, Document, Report};
use crate::relation::Verdict;
use std::fmt::{self, Write};

/// How a report is marked up for the eye.
pub trait Paint {
    /// The text in the colour of a verdict.
    fn verdict(&self, verdict: Verdict, text: &str) -> String;
    /// The text as a heading.
    fn heading(&self, text: &str) -> String;
    /// The place of a claim that does not tie, as it is shown beneath it; nothing unless it is given.
    fn excerpt(&self, _: &Document, _: &CheckedClaim) -> Option<String> {
        None
    }
}

/// No markup at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plain;

impl Paint for Plain {
    fn verdict(&self, _: Verdict, text: &str) -> String {
        text.to_owned()
    }
    fn heading(&self, text: &str) -> String {
        text.to_owned()
    }
}

impl Report {
    /// The report as text for people.
    ///
    /// ```
    /// use tieout::{CheckOptions, Plain, check};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million.";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// assert!(report.to_text(&Plain).contains("1 claim"));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_text(&self, paint: &impl Paint) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.write_text(&mut out, paint);
        out
    }

    fn write_text(&self, out: &mut String, paint: &impl Paint) -> fmt::Result {
        for document in &self.documents {
            document.write_text(out, paint)?;
        }
        if !self.corroboration.is_empty() {
            writeln!(out, "{}", paint.heading("Between the documents"))?;
            for pair in &self.corroboration {
                let [a, b] = pair.figures.map(|stated| self.stated_text(stated));
                writeln!(out, "  {}  {a} and {b}", paint.verdict(pair.verdict, &label(pair.verdict)))?;
            }
            writeln!(out)?;
        }
        let figures: usize = self.documents.iter().map(|document| document.figures.len()).sum();
        let counts: Vec<String> = Verdict::ALL
            .iter()
            .filter(|verdict| self.count(**verdict) > 0)
            .map(|verdict| format!("{} {}", self.count(*verdict), verdict.name().replace('_', " ")))
            .collect();
        writeln!(
            out,
            "{figures} figures, {} claims: {}",
            self.claims().count(),
            if counts.is_empty() { "nothing to check".to_owned() } else { counts.join(", ") }
        )
    }
}

impl Document {
    fn write_text(&self, out: &mut String, paint: &impl Paint) -> fmt::Result {
        let date = self.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        writeln!(out, "{}", paint.heading(&format!("{} ({}, {date})", self.path, self.language)))?;
        let lines = Lines::of(&self.text);
        let mut claims: Vec<(usize, &CheckedClaim)> = self.claims.iter().enumerate().collect();
        claims.sort_by_key(|(index, claim)| (claim.verdict != Verdict::DoesNotTie, *index));
        for (index, claim) in claims {
            let place = claim.roles.iter().filter_map(|(_, figure)| self.figures.get(*figure)).map(|figure| figure.span.start).min();
            let (line, column) = lines.line_column(place.unwrap_or(0));
            writeln!(
                out,
                "  {}  {} at {line}:{column} (c{})",
                paint.verdict(claim.verdict, &label(claim.verdict)),
                claim.relation,
                index + 1
            )?;
            writeln!(out, "      {}", claim.explanation)?;
            for diagnosis in &claim.diagnosis {
                let instead = diagnosis.instead.as_ref().map(|value| format!(": {} would tie", number(value))).unwrap_or_default();
                writeln!(out, "      perhaps {}{instead}", diagnosis.slip.name().replace('_', " "))?;
            }
            let excerpt = if claim.verdict == Verdict::DoesNotTie { paint.excerpt(self, claim) } else { None };
            for line in excerpt.iter().flat_map(|excerpt| excerpt.lines()) {
                writeln!(out, "    {}", line.trim_end())?;
            }
        }
        for shared in &self.shared_rates {
            let (low, high) = (low(&shared.interval).unwrap_or_default(), high(&shared.interval).unwrap_or_default());
            write!(out, "  shared rate {}: {low} to {high}", shared.pair)?;
            let days: Vec<String> =
                shared.matches.iter().map(|fit| format!("{} of {} ({})", fit.basis, fit.date, number(&fit.rate))).collect();
            if !days.is_empty() {
                write!(out, "; {} rates that fit: {}", self.rates_source, days.join(", "))?;
            }
            writeln!(out)?;
        }
        writeln!(out)
    }

    /// Line and column, from 1, of a byte offset.
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let report = check(&[("note.txt", "Profit rose.\nSales were €5 million.")], &CheckOptions::new(None))?;
    /// let document = &report.documents[0];
    /// assert_eq!(document.line_column(document.figures[0].span.start), (2, 12));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        Lines::of(&self.text).line_column(byte)
    }
}

/// The verdict in words, of one width.
fn label(verdict: Verdict) -> String {
    let words = match verdict {
        Verdict::Ties => "ties",
        Verdict::TiesWithinRounding => "ties within rounding",
        Verdict::TiesCoarsely => "ties coarsely",
        Verdict::DoesNotTie => "DOES NOT TIE",
        Verdict::Unverifiable => "unverifiable",
        Verdict::NotMeaningful => "not meaningful",
    };
    format!("{words:<20}")
}
