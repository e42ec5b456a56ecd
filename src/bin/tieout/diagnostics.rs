//! What does a person see on the terminal? Verdicts in colour, and under each claim that does not tie its place in the text.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use tieout::{CheckedClaim, Document, Paint, Verdict};

/// The columns that an excerpt takes at most; longer lines are cut on both sides.
const WIDTH: usize = 110;

/// A report as a compiler would print it.
pub(crate) struct Diagnostics {
    /// Whether the reader is a terminal.
    pub(crate) coloured: bool,
}

impl Diagnostics {
    fn coloured(&self, code: &str, text: &str) -> String {
        if self.coloured { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

impl Paint for Diagnostics {
    fn verdict(&self, verdict: Verdict, text: &str) -> String {
        let code = match verdict {
            Verdict::Ties => "32",
            Verdict::TiesWithinRounding | Verdict::TiesCoarsely => "36",
            Verdict::DoesNotTie => "1;31",
            Verdict::Unverifiable | Verdict::NotMeaningful => "33",
        };
        self.coloured(code, text)
    }

    fn heading(&self, text: &str) -> String {
        self.coloured("1", text)
    }

    /// The lines of the text from the first operand to the last, each operand marked and named.
    fn excerpt(&self, document: &Document, claim: &CheckedClaim) -> Option<String> {
        let operands: Vec<_> =
            claim.roles.iter().filter_map(|(role, figure)| Some((role, document.figures.get(*figure)?.span.clone()))).collect();
        let first = operands.iter().map(|(_, span)| span.start).min()?;
        let last = operands.iter().map(|(_, span)| span.end).max()?;
        // Lines that lie between are left out where they are many, but an excerpt of pages would show nothing.
        let start = document.text.get(..first)?.rfind('\n').map_or(0, |end| end + 1);
        let end = document.text.get(last..)?.find('\n').map_or(document.text.len(), |length| last + length);
        let result = claim.computed.as_ref().map(|computed| computed.role);
        let marks = operands.into_iter().map(|(role, span)| {
            let kind = if Some(*role) == result { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(span.start - start..span.end - start).label(role.to_string())
        });
        let source = Snippet::source(document.text.get(start..end)?).line_start(document.line_column(start).0).annotations(marks);
        let renderer = if self.coloured { Renderer::styled() } else { Renderer::plain() };
        Some(renderer.term_width(WIDTH).render(&[Group::with_level(Level::ERROR).element(source)]))
    }
}
