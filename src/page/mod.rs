//! What ties, at a glance? The report as one web page that can be read, printed and mailed.
//!
//! The page stands alone: style and script are in it, and its content security policy admits those two by their
//! hashes and nothing else, no address, no image, no form. Whatever a text or a file name says is escaped where it is
//! printed. Numbers are rounded once from exact values, ends of intervals outward; in pictures only the places of
//! points are whole pixels.
//!
//! `words` has what the page says in each of its languages, `number` how it writes numbers, `article` the marked
//! text, `arithmetic` and `finding` what was found, `tables` and `picture` what follows from it.

mod arithmetic;
mod article;
mod finding;
mod number;
mod picture;
mod shell;
mod tables;
mod words;

pub use shell::{SCRIPT, STYLE};
pub use words::PageLanguage;

use crate::check::{CheckedClaim, Document, Report};
use crate::rates::RateTable;
use crate::relation::Verdict;
use maud::{Markup, html};
use words::Words;

/// How a report becomes a page.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Page<'t> {
    /// The language of headings and explanations; the documents keep theirs.
    pub language: PageLanguage,
    /// The table whose daily rates are drawn beside the rates that documents share; none are drawn without.
    pub rates: Option<&'t RateTable>,
}

impl<'t> Page<'t> {
    /// A page in a language, with the rates that its pictures show.
    ///
    /// ```
    /// use tieout::page::{Page, PageLanguage};
    ///
    /// assert!(Page::new(PageLanguage::French, None).rates.is_none());
    /// ```
    pub fn new(language: PageLanguage, rates: Option<&'t RateTable>) -> Page<'t> {
        Page { language, rates }
    }
}

impl Report {
    /// The report as a web page in one file.
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{CheckOptions, check, page::{Page, PageLanguage}};
    ///
    /// let text = "Sales rose 10% to $110 million from $100 million. <script>alert(1)</script>";
    /// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
    /// let html = report.to_html(&Page::new(PageLanguage::English, None));
    /// assert!(html.contains("1 claim: 1 ties") && html.contains("&lt;script&gt;alert"));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_html(&self, page: &Page<'_>) -> String {
        shell::document(page.language.words(), &self.title(), self.body(page)).into_string()
    }

    /// What stands inside the page: to be put into another one that has [`STYLE`].
    ///
    /// ```
    /// use tieout::{CheckOptions, check, page::{Page, PageLanguage}};
    ///
    /// let report = check(&[("note.txt", "Sales were $5m.")], &CheckOptions::new(None))?;
    /// let fragment = report.to_html_fragment(&Page::new(PageLanguage::English, None));
    /// assert!(!fragment.contains("<html") && fragment.contains("$5m"));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_html_fragment(&self, page: &Page<'_>) -> String {
        self.body(page).into_string()
    }

    fn title(&self) -> String {
        let names: Vec<&str> = self.documents.iter().map(|document| document.path.as_str()).collect();
        names.join(", ")
    }

    fn body(&self, page: &Page<'_>) -> Markup {
        let words = page.language.words();
        html! {
            (tables::summary(self, words))
            div.sheet.several[self.documents.len() > 1] {
                div.documents {
                    @for (index, document) in self.documents.iter().enumerate() { (article::article(index, document, words)) }
                }
                (finding::list(self, words))
                div.more {
                    (picture::shared_rates(self, page.rates, words))
                    (tables::implied(self, words))
                    (tables::corroboration(self, words))
                }
            }
        }
    }
}

/// A claim with where it stands.
#[derive(Clone, Copy)]
struct Place<'r> {
    /// The document's index.
    index: usize,
    document: &'r Document,
    /// The claim's index in it.
    number: usize,
    claim: &'r CheckedClaim,
}

impl<'r> Place<'r> {
    /// Every claim of a report, in the order of the texts.
    fn all(report: &'r Report) -> impl Iterator<Item = Place<'r>> {
        report.documents.iter().enumerate().flat_map(|(index, document)| Place::of(index, document))
    }

    fn of(index: usize, document: &'r Document) -> impl Iterator<Item = Place<'r>> {
        document.claims.iter().enumerate().map(move |(number, claim)| Place { index, document, number, claim })
    }

    /// The identifier of the finding.
    fn id(&self) -> String {
        format!("d{}-c{}", self.index + 1, self.number + 1)
    }
}

/// A document's name without its folders: what tells it from its neighbours.
fn short_name(document: &Document) -> &str {
    document.path.rsplit(['/', '\\']).next().unwrap_or(&document.path)
}

/// The identifier of a figure's place in the text.
fn figure_id(document: usize, figure: usize) -> String {
    format!("d{}-f{}", document + 1, figure + 1)
}

/// The verdicts, worst first.
const WORST_FIRST: [Verdict; 6] =
    [Verdict::DoesNotTie, Verdict::TiesCoarsely, Verdict::TiesWithinRounding, Verdict::NotMeaningful, Verdict::Unverifiable, Verdict::Ties];

/// The place of a verdict among them.
fn badness(verdict: Verdict) -> usize {
    WORST_FIRST.iter().position(|known| *known == verdict).unwrap_or_default()
}

/// A verdict in words, underlined as its figures are in the text.
fn verdict(verdict: Verdict, words: &Words) -> Markup {
    html! { span class={ "verdict mark " (verdict.name()) } { (words.verdict(verdict)) } }
}
