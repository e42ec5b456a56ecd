//! The summary, the implied figures and what two documents both state.

use super::number::{span, value};
use super::words::Words;
use super::{Place, WORST_FIRST, article, figure_id, short_name, verdict};
use crate::check::{Report, Stated, Unit};
use crate::relation::{Relation, Role, Verdict};
use maud::{Markup, html};

/// "14 claims: 11 tie, 2 within rounding, 1 does not".
pub(super) fn summary(report: &Report, words: &Words) -> Markup {
    let counts = |order: &[Verdict]| -> Vec<(Verdict, usize)> {
        order.iter().map(|verdict| (*verdict, report.count(*verdict))).filter(|(_, count)| *count > 0).collect()
    };
    let figures = report.documents.iter().map(|document| document.figures.len()).sum();
    let total = report.claims().count();
    let parts: Vec<String> = counts(&Verdict::ALL).into_iter().map(|(verdict, count)| words.counted(count, verdict)).collect();
    html! {
        section.summary {
            p.headline {
                @if total == 0 { (words.nothing) } @else { (words.claims(total)) " " (parts.join(", ")) }
            }
            p.counts { (words.figures(figures)) }
            (article::key(&counts(&WORST_FIRST), words))
        }
    }
}

/// The growths whose prior is not stated, with the prior that follows.
pub(super) fn implied(report: &Report, words: &Words) -> Markup {
    let implied = |place: Place<'_>| place.claim.implied.as_ref().is_some_and(|implied| implied.role == Role::Prior);
    let places: Vec<Place<'_>> = Place::all(report).filter(|place| place.claim.relation == Relation::Growth && implied(*place)).collect();
    if places.is_empty() {
        return html! {};
    }
    html! {
        section.implied aria-labelledby="implied" {
            h2 #implied { (words.implied_priors) }
            p.lead { (words.implied_note) }
            div.scroll tabindex="0" role="group" aria-labelledby="implied" {
                table {
                    thead { tr {
                        @for role in [Role::Current, Role::Growth, Role::Prior] { th scope="col" { (words.role(role)) } }
                        th scope="col" { (words.from) " – " (words.to) }
                    } }
                    tbody { @for place in places { (implied_row(place, words)) } }
                }
            }
        }
    }
}

fn implied_row(place: Place<'_>, words: &Words) -> Markup {
    let figure = |role: Role| place.claim.roles.iter().find(|(known, _)| *known == role).map(|(_, figure)| *figure);
    let printed = |role: Role| figure(role).map(|index| (figure_id(place.index, index), place.document.signed_text(index)));
    let metric = figure(Role::Current).and_then(|index| place.document.figures.get(index)?.metric.clone());
    let Some(implied) = &place.claim.implied else { return html! {} };
    html! {
        tr {
            th scope="row" {
                @if let Some(metric) = metric { span.metric { (metric) } " " }
                @if let Some((id, text)) = printed(Role::Current) { a href={ "#" (id) } { (text) } }
            }
            td { (printed(Role::Growth).map(|(_, text)| text).unwrap_or_default()) }
            td { (implied.value.as_ref().map(|best| value(best, &implied.unit, words)).unwrap_or_default()) }
            td { (span(&implied.interval, &Unit::None, words)) }
        }
    }
}

/// The figures that two documents, or a text and a table of facts, both state.
pub(super) fn corroboration(report: &Report, words: &Words) -> Markup {
    if report.corroboration.is_empty() {
        return html! {};
    }
    let mut pairs: Vec<_> = report.corroboration.iter().collect();
    pairs.sort_by_key(|pair| super::badness(pair.verdict));
    html! {
        section.corroboration aria-labelledby="between" {
            h2 #between { (words.between) }
            div.scroll tabindex="0" role="group" aria-labelledby="between" {
                table {
                    thead { tr { th scope="col" colspan="2" { (words.figure) } th scope="col" { (words.verdict) } } }
                    tbody { @for pair in pairs { tr data-verdict=(pair.verdict.name()) {
                        @for stated in pair.figures { td { (stated_link(report, stated, words)) } }
                        td { (verdict(pair.verdict, words)) }
                    } } }
                }
            }
        }
    }
}

fn stated_link(report: &Report, stated: Stated, words: &Words) -> Markup {
    match stated {
        Stated::Figure(document, figure) => {
            let name = report.documents.get(document).map_or("", short_name);
            html! { a href={ "#" (figure_id(document, figure)) } { (report.stated_text(stated)) } " " span.place { bdi { (name) } } }
        }
        Stated::Fact(row) => html! { (words.fact_row) " " (row) },
    }
}
