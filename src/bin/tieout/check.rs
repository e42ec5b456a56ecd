//! `tieout check`: do the figures of a text tie?

use crate::args::RateArguments;
use crate::diagnostics::Diagnostics;
use crate::failure::{Failure, Status};
use crate::output::Output;
use clap::{Args, ValueEnum};
use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use tieout::page::{Page, PageLanguage};
use tieout::{CheckOptions, CheckedClaim, Currency, Date, Document, Input, RateTable, Reading, Report, RoundingMode, Verdict};

/// Finds the figures of texts, relates them, and says whether they tie
///
/// Examples:
///   tieout check article.txt
///   tieout check english.txt french.txt --date 2023-05-26
///   tieout check reports/ --format json -o findings.json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Texts, folders of texts, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    inputs: Vec<PathBuf>,
    /// The language of the texts, or auto
    #[arg(long, default_value = "auto", value_parser = language)]
    lang: String,
    /// The date of the texts, YYYY-MM-DD; wins over what they say
    #[arg(long)]
    date: Option<Date>,
    /// The currency of a bare "$" or "¥"
    #[arg(long, value_name = "CODE")]
    home: Option<Currency>,
    #[command(flatten)]
    rates: RateArguments,
    /// A CSV file with the columns metric, period, value and unit to hold the texts against
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// A CSV file with the columns text and relation: findings that no longer count
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// How writers are taken to have rounded
    #[arg(long, value_enum, default_value = "nearest")]
    reading: ReadingArgument,
    /// Count what ties coarsely, and conversions that no published rate explains
    #[arg(long)]
    strict: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Where the result goes
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For code scanning: what does not tie, as SARIF 2.1.0.
    Sarif,
    /// A web page in one file.
    Html,
}

/// How writers are taken to have rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadingArgument {
    Nearest,
    HalfUp,
    HalfEven,
    Truncated,
}

impl From<ReadingArgument> for Reading {
    fn from(reading: ReadingArgument) -> Reading {
        match reading {
            ReadingArgument::Nearest => Reading::Nearest,
            ReadingArgument::HalfUp => Reading::Rounded(RoundingMode::HalfUp),
            ReadingArgument::HalfEven => Reading::Rounded(RoundingMode::HalfEven),
            ReadingArgument::Truncated => Reading::Truncated,
        }
    }
}

/// The code of a language of texts, or auto.
pub(crate) fn language(code: &str) -> Result<String, String> {
    let known = tieout::languages();
    if code == "auto" || known.contains(&code) {
        return Ok(code.to_owned());
    }
    Err(format!("expected auto or one of {}", known.join(", ")))
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let table = arguments.rates.table()?;
    let mut options = CheckOptions::new(Some(&table));
    options.language = Some(arguments.lang.clone()).filter(|code| code != "auto");
    (options.date, options.home, options.reading) = (arguments.date, arguments.home, arguments.reading.into());
    if let Some(path) = &arguments.facts {
        let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
        options.facts = tieout::read_facts(file, &path.display().to_string())?;
    }
    let accepted = arguments.accept.as_deref().map(read_accepted).transpose()?.unwrap_or_default();
    let texts = read_texts(&arguments.inputs)?;
    let inputs: Vec<Input<'_>> = texts.iter().map(Text::input).collect();
    let report = tieout::check_inputs(&inputs, &options)?;
    print(&report, &table, &accepted, arguments)?;
    Ok(if counts(&report, &accepted, arguments.strict) { Status::Findings } else { Status::Clean })
}

fn print(report: &Report, table: &RateTable, accepted: &[Accepted], arguments: &Arguments) -> Result<(), Failure> {
    let to_terminal = arguments.output.is_none() && std::io::stdout().is_terminal();
    let text = match arguments.format {
        Format::Json => report.to_json() + "\n",
        Format::Sarif => report.to_sarif(|document, claim| accepted.iter().any(|accepted| accepted.covers(document, claim))) + "\n",
        Format::Html => {
            // A page speaks the language of the first text, as far as it can.
            let language = report.documents.first().map_or_else(PageLanguage::default, |first| PageLanguage::of(first.language));
            report.to_html(&Page::new(language, Some(table)))
        }
        Format::Text => report.to_text(&Diagnostics { coloured: to_terminal }),
    };
    let mut output = Output::create(arguments.output.as_deref())?;
    match output.write_all(text.as_bytes()) {
        Ok(()) => output.finish(),
        Err(error) => Err(output.take_failure().unwrap_or_else(|| Failure::output(&error))),
    }
}

/// Whether anything found counts for the exit status.
fn counts(report: &Report, accepted: &[Accepted], strict: bool) -> bool {
    let bad = |verdict: Verdict| verdict == Verdict::DoesNotTie || (strict && verdict == Verdict::TiesCoarsely);
    let claim_counts = |document: &Document, claim: &CheckedClaim| {
        let reference = claim.reference.as_ref().is_some_and(|reference| strict && bad(reference.verdict));
        (bad(claim.verdict) || reference) && !accepted.iter().any(|accepted| accepted.covers(document, claim))
    };
    let claims = report.documents.iter().flat_map(|document| document.claims.iter().map(move |claim| (document, claim)));
    claims.into_iter().any(|(document, claim)| claim_counts(document, claim)) || report.corroboration.iter().any(|pair| bad(pair.verdict))
}

// ---- inputs ----------------------------------------------------------------------------------------------------

/// The endings of the files that are read in a folder.
const TEXTS: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "xhtml"];

/// A document as it was read.
struct Text {
    path: String,
    text: String,
    published: Option<Date>,
}

impl Text {
    fn input(&self) -> Input<'_> {
        Input { path: &self.path, text: &self.text, published: self.published }
    }
}

fn read_texts(inputs: &[PathBuf]) -> Result<Vec<Text>, Failure> {
    let mut texts = Vec::new();
    for input in inputs {
        if input.is_dir() {
            for path in files(input)? {
                texts.push(read_text(&path)?);
            }
        } else {
            texts.push(read_text(input)?);
        }
    }
    Ok(texts)
}

/// The texts of a folder and the folders in it, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failure = |error| Failure::file(folder, &error);
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect()).map_err(failure)?;
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.is_symlink() {
            found.extend(files(&path)?);
        } else if path
            .extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| TEXTS.contains(&ending.to_ascii_lowercase().as_str()))
        {
            found.push(path);
        }
    }
    Ok(found)
}

fn read_text(path: &Path) -> Result<Text, Failure> {
    let mut bytes = Vec::new();
    let name = path.display().to_string();
    let read = if name == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::file(path, &error))?;
    let text = tieout::decode(&bytes, &name)?;
    if tieout::is_html(&text, &name) {
        let article = tieout::read_html(&text);
        return Ok(Text { path: name, text: article.text, published: article.published });
    }
    Ok(Text { path: name, text, published: None })
}

// ---- accepted findings -----------------------------------------------------------------------------------------

/// A finding that no longer counts.
struct Accepted {
    text: String,
    relation: String,
}

impl Accepted {
    /// Whether this is the claim, by its whole text or that of one of its figures.
    fn covers(&self, document: &Document, claim: &CheckedClaim) -> bool {
        let figure = || claim.roles.iter().any(|(_, figure)| document.figure_text(*figure) == self.text);
        claim.relation.name() == self.relation && (document.claim_text(claim) == self.text || figure())
    }
}

fn read_accepted(path: &Path) -> Result<Vec<Accepted>, Failure> {
    let failure = |message: String| Failure::CouldNotRun(format!("{}: {message}", path.display()));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(|error| failure(error.to_string()))?;
    let headers = reader.headers().map_err(|error| failure(error.to_string()))?.clone();
    let column = |name: &str| {
        headers.iter().position(|header| header == name).ok_or_else(|| failure(format!("no column {name:?}; expected text and relation")))
    };
    let (text, relation) = (column("text")?, column("relation")?);
    let mut accepted = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| failure(error.to_string()))?;
        let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
        accepted.push(Accepted { text: cell(text), relation: cell(relation) });
    }
    Ok(accepted)
}
