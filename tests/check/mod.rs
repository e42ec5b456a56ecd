//! What a check makes of whole documents: their tables, their form, their length.

mod complete;
mod evidence;
mod figures;
mod input;
mod schema;
mod size;
mod subjects;
mod tables;

use tieout::{CheckOptions, Document, RateTable, Relation, Report, Verdict, check};

/// Checks texts against the embedded rates.
fn checked(texts: &[&str]) -> Report {
    let names: Vec<String> = (0..texts.len()).map(|index| format!("{index}.md")).collect();
    let documents: Vec<(&str, &str)> = names.iter().zip(texts).map(|(name, text)| (name.as_str(), *text)).collect();
    check(&documents, &CheckOptions::new(Some(RateTable::ecb()))).unwrap()
}

/// The claims of a document, each as its relation, its verdict and the texts of its figures.
fn claims(document: &Document) -> Vec<(Relation, Verdict, Vec<&str>)> {
    let figures = |roles: &[(tieout::Role, usize)]| roles.iter().map(|(_, figure)| document.figure_text(*figure)).collect();
    document.claims.iter().map(|claim| (claim.relation, claim.verdict, figures(&claim.roles))).collect()
}
