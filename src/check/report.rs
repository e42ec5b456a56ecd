//! What a check found, as data.

use super::conversion::SharedRate;
use super::figure::{Figure, Unit};
use crate::currency::CurrencyPair;
use crate::exact::{Interval, Ratio};
use crate::relation::{Relation, Role, Verdict};
use jiff::civil::Date;

/// The result of a check of one or several documents.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The documents, in the order they were given.
    pub documents: Vec<Document>,
    /// The figures that two documents both state.
    pub corroboration: Vec<Corroboration>,
}

/// One document with what it states.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its name, as the caller gave it.
    pub path: String,
    /// The decoded text.
    pub text: String,
    /// The code of its language.
    pub language: &'static str,
    /// Its date: given, or found in the text.
    pub date: Option<Date>,
    /// The figures, in the order of the text.
    pub figures: Vec<Figure>,
    /// The claims, in the order of their first figures.
    pub claims: Vec<CheckedClaim>,
    /// The rates that its conversions share.
    pub shared_rates: Vec<SharedRate>,
    /// The source of the rate table.
    pub rates_source: String,
}

/// A claim with its verdict.
#[derive(Debug, Clone)]
pub struct CheckedClaim {
    /// The relation.
    pub relation: Relation,
    /// Its figures, by index, in their roles.
    pub roles: Vec<(Role, usize)>,
    /// The verdict on the document alone.
    pub verdict: Verdict,
    /// The result, computed from the other figures.
    pub computed: Option<Value>,
    /// The figure that is not stated.
    pub implied: Option<Value>,
    /// What the rate table says of a conversion.
    pub reference: Option<Reference>,
    /// One sentence with the arithmetic.
    pub explanation: String,
    /// The slips that would each explain why it does not tie, likeliest first.
    pub diagnosis: Vec<Diagnosis>,
}

/// A value that follows, in the unit of the figure whose place it takes.
#[derive(Debug, Clone)]
pub struct Value {
    /// Whose place it takes.
    pub role: Role,
    /// From the printed values.
    pub value: Option<Ratio>,
    /// Everything it can be.
    pub interval: Interval,
    /// Its unit.
    pub unit: Unit,
    /// For a rate: its direction.
    pub pair: Option<CurrencyPair>,
}

/// What the rate table says of a conversion.
#[derive(Debug, Clone)]
pub struct Reference {
    /// `Ties`, `TiesCoarsely`, `DoesNotTie` or `Unverifiable`.
    pub verdict: Verdict,
    /// The nearest published rate.
    pub nearest: Option<crate::rates::Fit>,
    /// How far the document's rate lies off it in percent, from the nearest end; positive when it is higher.
    pub off_by_percent: Option<Ratio>,
    /// The latest earlier day whose rate fits, where the rate of the document's date does not.
    pub stale: Option<crate::rates::Fit>,
}

/// A slip that would explain why a claim does not tie.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// The slip.
    pub slip: Slip,
    /// The figure that it concerns, by index.
    pub figure: Option<usize>,
    /// The value that would tie.
    pub instead: Option<Ratio>,
}

/// A single slip of the pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it; each is described where it is tried")]
pub enum Slip {
    WrongSign,
    Factor10,
    Factor100,
    Factor1000,
    Factor1e4,
    Factor1e8,
    PercentForPoints,
    SwappedPeriods,
    DividedByCurrent,
    TransposedDigits,
    Truncated,
    StaleRate,
    InvertedRate,
    WrongCurrency,
}

impl Slip {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Slip::WrongSign => "wrong_sign",
            Slip::Factor10 => "factor_10",
            Slip::Factor100 => "factor_100",
            Slip::Factor1000 => "factor_1000",
            Slip::Factor1e4 => "factor_1e4",
            Slip::Factor1e8 => "factor_1e8",
            Slip::PercentForPoints => "percent_for_points",
            Slip::SwappedPeriods => "swapped_periods",
            Slip::DividedByCurrent => "divided_by_current",
            Slip::TransposedDigits => "transposed_digits",
            Slip::Truncated => "truncated",
            Slip::StaleRate => "stale_rate",
            Slip::InvertedRate => "inverted_rate",
            Slip::WrongCurrency => "wrong_currency",
        }
    }
}

/// A figure that two documents, or a document and a table of facts, both state.
#[derive(Debug, Clone)]
pub struct Corroboration {
    /// Both places.
    pub figures: [Stated; 2],
    /// At which reading they agree.
    pub verdict: Verdict,
}

/// Where a figure is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// In a document: its index, and the figure's.
    Figure(usize, usize),
    /// In the table of facts: its row, from 1.
    Fact(usize),
}

impl Report {
    /// The text of a figure, as printed; a fact by its row.
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let texts = [("a.txt", "Revenue rose 10% to $110 million."), ("b.txt", "Revenue was $109.9 million.")];
    /// let report = check(&texts, &CheckOptions::new(None))?;
    /// let figures = report.corroboration[0].figures;
    /// assert_eq!(figures.map(|figure| report.stated_text(figure)), ["$110 million", "$109.9 million"]);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn stated_text(&self, stated: Stated) -> String {
        match stated {
            Stated::Figure(document, figure) => {
                self.documents.get(document).map_or_else(String::new, |document| document.figure_text(figure).to_owned())
            }
            Stated::Fact(row) => format!("row {row} of the facts"),
        }
    }

    /// Every claim of every document.
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million.";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// assert_eq!(report.claims().count(), 1);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn claims(&self) -> impl Iterator<Item = &CheckedClaim> {
        self.documents.iter().flat_map(|document| &document.claims)
    }

    /// How many claims have a verdict.
    ///
    /// ```
    /// use tieout::{CheckOptions, Verdict, check};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million.";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// assert_eq!((report.count(Verdict::Ties), report.count(Verdict::DoesNotTie)), (1, 0));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn count(&self, verdict: Verdict) -> usize {
        self.claims().filter(|claim| claim.verdict == verdict).count()
    }
}

impl Document {
    /// The text from the first figure of a claim to its last, white space folded.
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million.";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// let document = &report.documents[0];
    /// assert_eq!(document.claim_text(&document.claims[0]), "10% to $110 million from $100 million");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn claim_text(&self, claim: &CheckedClaim) -> String {
        let spans = || claim.roles.iter().filter_map(|(_, figure)| self.figures.get(*figure)).map(|figure| &figure.span);
        let (start, end) = (spans().map(|span| span.start).min(), spans().map(|span| span.end).max());
        let text = start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text of a figure, as printed.
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million.";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// assert_eq!(report.documents[0].figure_text(1), "$110 million");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn figure_text(&self, index: usize) -> &str {
        self.figures.get(index).and_then(|figure| self.text.get(figure.span.clone())).unwrap_or_default()
    }

    /// A figure as printed, with the minus sign that only its words say: "fell 18.9%".
    ///
    /// ```
    /// use tieout::{CheckOptions, check};
    ///
    /// let report = check(&[("note.txt", "Sales fell 10% to $90 million.")], &CheckOptions::new(None))?;
    /// assert_eq!(report.documents[0].signed_text(0), "−10%");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn signed_text(&self, index: usize) -> String {
        let text = self.figure_text(index);
        let unsigned = |text: &str| !text.contains(['-', '−', '(', '△', '▲']);
        let negative = self.figures.get(index).is_some_and(|figure| figure.printed.value().is_negative());
        if negative && unsigned(text) { format!("−{text}") } else { text.to_owned() }
    }
}
