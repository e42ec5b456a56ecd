//! The findings, worst first, each linked to its place in the text.

use super::words::Words;
use super::{Place, arithmetic, badness, figure_id, short_name, verdict};
use crate::check::{Lines, Report};
use crate::relation::Verdict;
use maud::{Markup, html};

/// Of a long claim, so many characters are quoted.
const QUOTED: usize = 140;

/// The list of findings.
pub(super) fn list(report: &Report, words: &Words) -> Markup {
    let mut places: Vec<Place<'_>> = Place::all(report).collect();
    places.sort_by_key(|place| (badness(place.claim.verdict), place.index, place.number));
    // The summary has said so.
    if places.is_empty() {
        return html! {};
    }
    let lines: Vec<Lines<'_>> = report.documents.iter().map(|document| Lines::of(&document.text)).collect();
    html! {
        section.findings aria-labelledby="findings" {
            h2 #findings { (words.findings) }
            ol { @for place in places { (finding(place, lines.get(place.index), report.documents.len() > 1, words)) } }
        }
    }
}

fn finding(place: Place<'_>, lines: Option<&Lines<'_>>, several: bool, words: &Words) -> Markup {
    let first = place.claim.roles.iter().map(|(_, figure)| *figure).min().unwrap_or_default();
    let start = place.document.figures.get(first).map_or(0, |figure| figure.span.start);
    let (line, column) = lines.map_or((1, 1), |lines| lines.line_column(start));
    // A quotation in the language of the page says nothing of its own.
    let lang = Some(place.document.language).filter(|lang| *lang != words.code);
    html! {
        li.finding.worst[place.claim.verdict == Verdict::DoesNotTie] id=(place.id()) data-verdict=(place.claim.verdict.name()) value=(place.number + 1) {
            p.head {
                (verdict(place.claim.verdict, words))
                span.relation { (words.relation(place.claim.relation)) }
                span.place { @if several { bdi { (short_name(place.document)) } " " } (line) ":" (column) }
            }
            p.quote lang=[lang] { a href={ "#" (figure_id(place.index, first)) } { (quoted(&place.document.claim_text(place.claim))) } }
            div.why id={ (place.id()) "-why" } {
                @for line in arithmetic::lines(place, words) { p { (line) } }
                @for slip in arithmetic::slips(place, words) { p.slip { (slip) } }
            }
        }
    }
}

/// A claim's words, the middle left out where they are many.
fn quoted(text: &str) -> String {
    // The figures of "59.5 billion ($8.424 billion)" end before its bracket.
    let close = [('(', ')'), ('（', '）')].into_iter().find(|(open, close)| text.matches(*open).count() > text.matches(*close).count());
    let text = close.map_or_else(|| text.to_owned(), |(_, close)| format!("{text}{close}"));
    let count = text.chars().count();
    if count <= QUOTED {
        return text;
    }
    let head: String = text.chars().take(QUOTED / 2).collect();
    let tail: String = text.chars().skip(count - QUOTED / 2).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}
