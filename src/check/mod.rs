//! Do the figures of a text tie? Finds them, relates them, and judges what they state.
//!
//! The steps, in order: [`scan`] cuts a text into tokens, [`figure`] finds the figures, [`context`] its date and
//! periods, [`relate`] the claims, [`judge`] and [`conversion`] hold them against their equations and the rate
//! table, [`diagnose`] looks for the slip behind what does not tie, [`corroborate`] compares documents. The words
//! are data: `data/languages`.

mod context;
mod conversion;
mod corroborate;
mod cover;
mod diagnose;
mod explain;
mod facts;
mod figure;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "html")]
mod html_table;
mod inherit;
mod json;
mod json_writer;
mod judge;
mod language;
mod market;
mod place;
mod plain;
mod reference;
mod relate;
mod report;
mod sarif;
mod scan;
mod source;
mod style;
mod subject;
mod table;
mod text;
mod token;
mod wrap;

pub use conversion::SharedRate;
pub use facts::{Fact, read_facts};
pub use figure::{Figure, Kind, RangeEnd, Unit};
#[cfg(feature = "html")]
pub use html::{Article, is_html, read_html};
#[cfg(feature = "page")]
pub(crate) use place::Lines;
pub use report::{CheckedClaim, Corroboration, Diagnosis, Document, Reference, Report, Slip, Stated, Value};
pub use source::decode;
pub use text::{Paint, Plain};

use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use crate::exact::Interval;
use crate::printed::Reading;
use crate::rates::RateTable;
use crate::relation::{Estimate, Relation, Role, Verdict};
use jiff::civil::Date;
use language::Language;

/// How a text is read and what it is held against.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckOptions<'t> {
    /// The rate table; without one no conversion has a reference.
    pub rates: Option<&'t RateTable>,
    /// The language's code; found from the text if `None`.
    pub language: Option<String>,
    /// The date of the documents; found in the text if `None`.
    pub date: Option<Date>,
    /// The currency of a bare "$" or "¥".
    pub home: Option<Currency>,
    /// How writers are taken to have rounded.
    pub reading: Reading,
    /// Facts to hold the figures against.
    pub facts: Vec<Fact>,
}

impl<'t> CheckOptions<'t> {
    /// The defaults: language and date from the text, rounding to the nearest, this table.
    ///
    /// ```
    /// use tieout::{CheckOptions, RateTable};
    ///
    /// let mut options = CheckOptions::new(Some(RateTable::ecb()));
    /// options.date = Some("2023-05-26".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(rates: Option<&'t RateTable>) -> CheckOptions<'t> {
        CheckOptions { rates, language: None, date: None, home: None, reading: Reading::Nearest, facts: Vec::new() }
    }
}

/// The codes of the languages that can be read.
///
/// ```
/// assert!(tieout::languages().contains(&"fr"));
/// ```
pub fn languages() -> Vec<&'static str> {
    Language::codes().collect()
}

/// Checks documents, each a name and its text, alone and against one another.
///
/// # Errors
///
/// [`Syntax`](ErrorKind::Syntax) for a language that there is no data for. Any text can be checked; one without
/// figures has none.
///
/// # Example
///
/// ```
/// use tieout::{CheckOptions, Verdict, check};
///
/// let text = "Sales rose 10% to $110 million from $100 million.";
/// let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
/// assert_eq!(report.documents[0].claims[0].verdict, Verdict::Ties);
/// # Ok::<(), tieout::Error>(())
/// ```
pub fn check(documents: &[(&str, &str)], options: &CheckOptions<'_>) -> Result<Report, Error> {
    let inputs: Vec<Input<'_>> = documents.iter().map(|(path, text)| Input { path, text, published: None }).collect();
    check_inputs(&inputs, options)
}

/// A document before it is checked.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its name.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// When it was published, if its page says so: wins over a date in the text, not over that of the options.
    pub published: Option<Date>,
}

/// Checks documents that say when they were published; else as [`check`].
///
/// # Errors
///
/// As [`check`].
///
/// ```
/// use tieout::{CheckOptions, Input, check_inputs};
///
/// let input = Input { path: "page.html", text: "Sales were $5m.", published: Some("2023-05-26".parse()?) };
/// let report = check_inputs(&[input], &CheckOptions::new(None))?;
/// assert_eq!(report.documents[0].date, input.published);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_inputs(inputs: &[Input<'_>], options: &CheckOptions<'_>) -> Result<Report, Error> {
    let market = market::Market::new(options.rates);
    let documents: Vec<Document> = inputs.iter().map(|input| document(input, options, &market)).collect::<Result<_, _>>()?;
    let corroboration = corroborate::corroborate(&documents, &options.facts, options.reading);
    Ok(Report { documents, corroboration })
}

fn document(input: &Input<'_>, options: &CheckOptions<'_>, market: &market::Market<'_>) -> Result<Document, Error> {
    let text = input.text;
    if text.len() > scan::Tokens::LONGEST_TEXT {
        return Err(ErrorKind::Syntax { expected: "a text of less than four gigabytes", found: input.path.to_owned() }.into());
    }
    let code = options.language.as_deref().unwrap_or_else(|| Language::detect(text));
    let language = Language::get(code)
        .ok_or_else(|| ErrorKind::Syntax { expected: "the code of a language in data/languages", found: code.to_owned() })?;
    let layout = table::Layout::of(text);
    let tokens = scan::scan(text, language, &layout);
    let mut figures = figure::figures(text, language, &tokens);
    let reader = figure::Reader { text, language, tokens: &tokens };
    let context = context::context(reader, options.date.or(input.published));
    context::settle_units(reader, &mut figures, options.home);
    let mut drafts = relate::relate(reader, &mut figures, &|[from, to]| market.rough(CurrencyPair::new(to, from), context.date));
    figures.iter_mut().for_each(|figure| figure.period = context.reported);
    table::add(reader, &layout, &mut figures, &mut drafts);
    let mut document = Document {
        path: input.path.to_owned(),
        text: text.to_owned(),
        language: language.code,
        date: context.date,
        figures,
        claims: Vec::new(),
        shared_rates: Vec::new(),
        rates_source: options.rates.map(|rates| rates.source().to_owned()).unwrap_or_default(),
    };
    judge_all(&mut document, &drafts, &context, options, market);
    Ok(document)
}

/// Judges every draft, and explains what was found.
fn judge_all(
    document: &mut Document,
    drafts: &[relate::Draft],
    context: &context::Context,
    options: &CheckOptions<'_>,
    market: &market::Market<'_>,
) {
    let figures = &document.figures;
    document.claims = drafts.iter().map(|draft| checked(draft, figures, options.reading)).collect();
    for pair in conversion::pairs(drafts, figures, options.reading) {
        let published = market.offer(pair.pair, context.date, context.reported);
        for conversion in &pair.conversions {
            let Some(claim) = document.claims.get_mut(conversion.claim) else { continue };
            claim.implied = Some(reference::implied_rate(&pair, conversion));
            if let Some(judgement) = conversion.judge_stated(options.reading) {
                claim.verdict = judgement.verdict;
                claim.implied = None;
                claim.computed =
                    judgement.computed.zip(drafts.get(conversion.claim)).map(|(estimate, draft)| value(estimate, draft, figures));
            }
            claim.reference = Some(reference::reference(&pair, conversion, &published, context.date, market));
        }
        for (shared, verdicts) in pair.solve(&published.fits, options.reading) {
            for (claim, verdict) in verdicts {
                if let Some(claim) = document.claims.get_mut(claim) {
                    claim.verdict = verdict;
                }
            }
            document.shared_rates.push(shared);
        }
    }
    let shared = conversion::by_claim(&document.shared_rates, drafts.len());
    for (index, draft) in drafts.iter().enumerate() {
        let shared = shared.get(index).copied().flatten().and_then(|shared| document.shared_rates.get(shared));
        let wrong = document.claims.get(index).is_some_and(|claim| claim.verdict == Verdict::DoesNotTie);
        let diagnosis = match draft.relation {
            _ if !wrong => Vec::new(),
            Relation::Conversion => reference::diagnose(index, document, shared),
            _ => diagnose::diagnose(draft, &document.figures, options.reading),
        };
        let explanation = explain::explain(index, document, shared);
        if let Some(claim) = document.claims.get_mut(index) {
            (claim.diagnosis, claim.explanation) = (diagnosis, explanation);
        }
    }
    drop_tentative(document, drafts);
}

/// Drops the tentative claims that do not tie and that no slip explains; the shared rates count the others anew.
fn drop_tentative(document: &mut Document, drafts: &[relate::Draft]) {
    let dropped = |(claim, draft): (&CheckedClaim, &relate::Draft)| {
        draft.tentative && claim.verdict == Verdict::DoesNotTie && claim.diagnosis.is_empty()
    };
    let dropped: Vec<bool> = document.claims.iter().zip(drafts).map(dropped).collect();
    if !dropped.contains(&true) {
        return;
    }
    let places: Vec<usize> = dropped
        .iter()
        .scan(0, |left, dropped| {
            let place = *left;
            *left += usize::from(!dropped);
            Some(place)
        })
        .collect();
    for shared in &mut document.shared_rates {
        for claim in shared.claims.iter_mut().chain(&mut shared.outliers) {
            *claim = places.get(*claim).copied().unwrap_or(*claim);
        }
    }
    let mut dropped = dropped.iter();
    document.claims.retain(|_| !dropped.next().is_some_and(|dropped| *dropped));
}

fn checked(draft: &relate::Draft, figures: &[Figure], reading: Reading) -> CheckedClaim {
    let judgement = judge::judge(draft, figures, reading);
    let value = |estimate| value(estimate, draft, figures);
    CheckedClaim {
        relation: draft.relation,
        roles: draft.roles.clone(),
        verdict: judgement.verdict,
        computed: judgement.computed.filter(|_| draft.relation != Relation::Conversion).map(value),
        implied: judgement.implied.filter(|_| draft.relation != Relation::Conversion).map(value),
        reference: None,
        explanation: String::new(),
        diagnosis: Vec::new(),
    }
}

/// An estimate in the unit of the figure whose place it takes; of a loss with its sign.
fn value(estimate: Estimate, draft: &relate::Draft, figures: &[Figure]) -> Value {
    let (unit, factor) = judge::estimate_unit(draft.relation, estimate.role, draft, figures);
    let factor = if draft.of_loss && matches!(estimate.role, Role::Prior | Role::Current) { -factor } else { factor };
    let interval = estimate.interval.mul(&Interval::point(factor.clone()));
    Value { role: estimate.role, value: estimate.value.map(|value| &value * &factor), interval, unit, pair: None }
}
