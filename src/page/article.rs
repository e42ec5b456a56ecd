//! The text of a document with every figure marked and every claim underlined at its figures.

use super::words::Words;
use super::{Place, arithmetic, badness, figure_id, verdict};
use crate::check::Document;
use crate::relation::Verdict;
use maud::{Markup, html};
use std::borrow::Cow;
use std::ops::Range;

/// How many underlines stand below a figure; a figure of more claims shows the worst.
const UNDERLINES: usize = 3;

/// Up to how many characters a first paragraph without a full stop is a heading.
const HEADING: usize = 120;

/// A document: its name, its language and date, and its text.
pub(super) fn article(index: usize, document: &Document, words: &Words) -> Markup {
    let claims: Vec<Vec<Place<'_>>> = claims_by_figure(index, document);
    let paragraphs = paragraphs(document);
    html! {
        article.document id={ "d" (index + 1) } {
            header {
                h2 { bdi { (document.path) } }
                p.dateline { (words.language(document.language)) " · " (document.date.map_or_else(|| words.no_date.to_owned(), |date| words.date(date))) }
            }
            div.text lang=(document.language) {
                @for (number, paragraph) in paragraphs.iter().enumerate() {
                    p class=[(number == 0 && paragraphs.len() > 1 && is_heading(document, paragraph)).then_some("title")] { (marked(index, document, paragraph, &claims, words)) }
                }
            }
        }
    }
}

/// The claims of each figure, worst first.
fn claims_by_figure<'r>(index: usize, document: &'r Document) -> Vec<Vec<Place<'r>>> {
    let mut claims: Vec<Vec<Place<'r>>> = vec![Vec::new(); document.figures.len()];
    for place in Place::of(index, document) {
        for (_, figure) in &place.claim.roles {
            if let Some(known) = claims.get_mut(*figure).filter(|known| known.iter().all(|other| other.number != place.number)) {
                known.push(place);
            }
        }
    }
    for places in &mut claims {
        places.sort_by_key(|place| (badness(place.claim.verdict), place.number));
    }
    claims
}

/// What stands between blank lines; a figure is never cut.
fn paragraphs(document: &Document) -> Vec<Range<usize>> {
    let text = document.text.as_str();
    let (mut paragraphs, mut start, mut at) = (Vec::new(), 0, 0);
    let inside = |place: usize| {
        let next = document.figures.partition_point(|figure| figure.span.end <= place);
        document.figures.get(next).is_some_and(|figure| figure.span.start < place)
    };
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() && !inside(at) {
            paragraphs.push(start..at);
            start = at + line.len();
        }
        at += line.len();
    }
    paragraphs.push(start..text.len());
    paragraphs.retain(|range| text.get(range.clone()).is_some_and(|text| !text.trim().is_empty()));
    paragraphs
}

fn is_heading(document: &Document, range: &Range<usize>) -> bool {
    let text = document.text.get(range.clone()).unwrap_or_default().trim();
    text.chars().count() <= HEADING && !text.contains('\n') && !text.ends_with(['.', '。', ';', ':', '!', '?'])
}

/// A paragraph with its figures.
fn marked(index: usize, document: &Document, range: &Range<usize>, claims: &[Vec<Place<'_>>], words: &Words) -> Markup {
    let text = |range: Range<usize>| in_order(document.text.get(range).unwrap_or_default());
    let first = document.figures.partition_point(|figure| figure.span.start < range.start);
    let figures = document.figures.iter().enumerate().skip(first).take_while(|(_, figure)| figure.span.end <= range.end);
    let mut at = range.start;
    html! {
        @for (number, figure) in figures {
            @if figure.span.start >= at {
                (text(at..figure.span.start))
                (marked_figure(figure_id(index, number), &text(figure.span.clone()), claims.get(number).map_or(&[], Vec::as_slice), words))
                ({ at = figure.span.end; "" })
            }
        }
        (text(at..range.end).trim_end())
    }
}

/// The text without the marks that force another order on it: a figure that reads backwards is no figure.
fn in_order(text: &str) -> Cow<'_, str> {
    const OVERRIDES: [char; 2] = ['\u{202d}', '\u{202e}'];
    if text.contains(OVERRIDES) { Cow::Owned(text.replace(OVERRIDES, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// A figure: a link to the worst of its claims, underlined as that is and below for others, the arithmetic beside it.
fn marked_figure(id: String, text: &str, claims: &[Place<'_>], words: &Words) -> Markup {
    let Some((worst, others)) = claims.split_first() else { return html! { span.figure id=(id) { (text) } } };
    let numbers: Vec<String> = claims.iter().map(|place| (place.number + 1).to_string()).collect();
    html! {
        a id=(id) class={ "figure mark " (worst.claim.verdict.name()) } href={ "#" (worst.id()) }
            aria-describedby=(worst.id() + "-why") data-note=(numbers.join(",")) data-why=(why(claims, words)) {
            (underlined(text, others, 2))
        }
    }
}

/// The lines below the first, each a lane farther from the text.
fn underlined(text: &str, claims: &[Place<'_>], lane: usize) -> Markup {
    match claims.split_first() {
        Some((next, rest)) if lane <= UNDERLINES => html! {
            span class={ "mark " (next.claim.verdict.name()) " lane" (lane) } { (underlined(text, rest, lane + 1)) }
        },
        _ => html! { (text) },
    }
}

/// Verdict and arithmetic of each claim.
fn why(claims: &[Place<'_>], words: &Words) -> String {
    let one = |place: &Place<'_>| {
        let verdict = words.verdict(place.claim.verdict);
        let relation = words.relation(place.claim.relation);
        format!("{relation} · {verdict}\n{}", arithmetic::lines(*place, words).join("\n"))
    };
    claims.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

/// The key to the underlines: each verdict that occurs, as it is drawn.
pub(super) fn key(found: &[(Verdict, usize)], words: &Words) -> Markup {
    html! {
        ul.key {
            @for (found, count) in found { li { (verdict(*found, words)) " " span.count { (count) } } }
        }
    }
}
