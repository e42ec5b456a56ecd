//! Which documents are compared: those that may be about the same.

use super::checked;
use tieout::Verdict;

const MARLOW: &str = "Shares rose on Tuesday. The brewer Marlow Ales said revenue in 2023 was $48.2 million.";
const AGAIN: &str = "At Marlow Ales, revenue in 2023 was $52.8 million, the brewer said.";
const OTHER: &str = "The ferry operator Corran Lines said revenue in 2023 was $91.4 million.";

/// Rule: figures of two texts on the same firm that differ contradict each other.
#[test]
fn texts_on_one_firm_are_compared() {
    let report = checked(&[MARLOW, AGAIN]);
    assert_eq!(report.corroboration.iter().map(|pair| pair.verdict).collect::<Vec<_>>(), [Verdict::DoesNotTie]);
}

/// Rule: texts whose names tell them apart are not compared, whatever else stands between them.
#[test]
fn texts_on_different_firms_are_not_compared() {
    assert!(checked(&[MARLOW, OTHER]).corroboration.is_empty());
    assert_eq!(checked(&[MARLOW, OTHER, AGAIN]).corroboration.len(), 1);
}

/// Rule: a text that names nobody may be about anything.
#[test]
fn texts_without_names_are_compared() {
    let report = checked(&["Revenue in 2023 was $48.2 million.", "Revenue in 2023 was $52.8 million."]);
    assert_eq!(report.corroboration.len(), 1);
    assert_eq!(checked(&[MARLOW, "Revenue in 2023 was $48.2 million."]).corroboration.len(), 1);
}
