//! The pages for people: a form to check texts, the report below it, and calculators beside it.
//!
//! Everything works as plain forms; the script sends the same forms while one types and takes the same pages apart.

mod calculators;
mod words;

use super::input::Sent;
use super::{Problem, Service};
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use calculators::Answered;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;
use std::sync::Arc;
use tieout::page::{Page, PageLanguage, STYLE};
use words::Words;

const SITE_STYLE: &str = include_str!("site.css");
const SITE_SCRIPT: &str = include_str!("site.js");
const ICON: &str = include_str!("icon.svg");

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/", get(form).post(check))
        .route("/convert", post(calculators::convert))
        .route("/growth", post(calculators::growth))
        .route("/implied", post(calculators::implied))
        .route("/site.css", get(|| async { asset("text/css; charset=utf-8", format!("{STYLE}{SITE_STYLE}")) }))
        .route("/site.js", get(|| async { asset("text/javascript; charset=utf-8", format!("{}{SITE_SCRIPT}", tieout::page::SCRIPT)) }))
        .route("/icon.svg", get(|| async { asset("image/svg+xml", ICON.to_owned()) }))
}

fn asset(media: &'static str, content: String) -> Response {
    ([(header::CONTENT_TYPE, media)], content).into_response()
}

/// What a page shows besides its forms.
#[derive(Default)]
struct Shown {
    /// The texts of the form as they were sent.
    sent: Sent,
    report: Option<Markup>,
    problem: Option<String>,
    answered: Option<Answered>,
    status: StatusCode,
}

async fn form(request: Request) -> Response {
    page(language(&request), Shown::default())
}

async fn check(State(service): State<Arc<Service>>, request: Request) -> Response {
    let ui = language(&request);
    let sent = match Sent::read(request).await {
        Ok(sent) => sent,
        Err(problem) => return page(ui, Shown::of(&problem)),
    };
    if sent.texts.is_empty() {
        return page(ui, Shown { sent, ..Shown::default() });
    }
    let texts = sent.clone();
    let report = service.compute(move |table| Ok(PreEscaped(texts.check(table)?.to_html_fragment(&Page::new(ui, Some(table)))))).await;
    let shown = match report {
        Ok(report) => Shown { sent, report: Some(report), ..Shown::default() },
        Err(problem) => Shown { sent, ..Shown::of(&problem) },
    };
    page(ui, shown)
}

impl Shown {
    fn of(problem: &Problem) -> Shown {
        Shown { problem: Some(problem.message().to_owned()), status: problem.status(), ..Shown::default() }
    }
}

/// The language of the page: the one chosen, else the first of the browser's that there is.
fn language(request: &Request) -> PageLanguage {
    #[derive(Deserialize)]
    struct Chosen {
        ui: Option<String>,
    }
    let chosen = Query::<Chosen>::try_from_uri(request.uri()).ok().and_then(|chosen| chosen.0.ui);
    chosen.map_or_else(|| preferred(request.headers()), |code| PageLanguage::of(&code))
}

fn preferred(headers: &HeaderMap) -> PageLanguage {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let codes = accepted.split(',').map(|range| range.split(';').next().unwrap_or_default().trim());
    codes.into_iter().find(|code| code.starts_with("en") || code.starts_with("fr")).map_or_else(PageLanguage::default, PageLanguage::of)
}

fn page(ui: PageLanguage, shown: Shown) -> Response {
    let words = words::of(ui);
    let page = html! {
        (DOCTYPE)
        html lang=(ui.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "tieout" }
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/site.css";
                script src="/site.js" defer {}
            }
            body {
                (head(ui, words))
                main.desk {
                    (check_form(ui, &shown.sent, words))
                    p.visually-hidden role="status" #announcement {}
                    div #report {
                        @if let Some(problem) = &shown.problem { p.problem role="alert" { (problem) } }
                        @if let Some(report) = shown.report { (report) }
                    }
                    (calculators::all(ui, shown.answered.as_ref(), words))
                }
                footer { (words.private) " " a href="/api/openapi.json" { "API" } }
            }
        }
    };
    (shown.status, Html(page.into_string())).into_response()
}

fn head(ui: PageLanguage, words: &Words) -> Markup {
    html! {
        header.site {
            h1 { "tieout" }
            p.motto { (words.motto) }
            a.jump href="#calculators" { (words.calculators) }
            nav aria-label=(words.languages) {
                @for (code, name) in [("en", "English"), ("fr", "Français")] {
                    a href={ "/?ui=" (code) } lang=(code) hreflang=(code) aria-current=[(ui.code() == code).then_some("true")] { (name) }
                }
            }
        }
    }
}

/// The text of a check, where it comes from and how it is read.
fn check_form(ui: PageLanguage, sent: &Sent, words: &Words) -> Markup {
    let typed = sent.texts.iter().find(|(path, _)| path == super::input::UNNAMED).map_or("", |(_, text)| text.as_str());
    let chosen = sent.reading.lang.as_deref().unwrap_or("auto");
    html! {
        form.check #check action={ "/?ui=" (ui.code()) } method="post" enctype="multipart/form-data" data-live="report" {
            label for="text" { (words.text) }
            textarea #text name="text" rows="9" spellcheck="false" dir="auto" placeholder=(words.placeholder) { "\n" (typed) }
            div.row {
                div.field {
                    label for="file" { (words.files) }
                    input #file type="file" name="file" multiple;
                }
                div.field {
                    label for="lang" { (words.language) }
                    select #lang name="lang" {
                        option value="auto" selected[chosen == "auto"] { (words.detect) }
                        @for code in tieout::languages() { option value=(code) selected[chosen == code] { (code) } }
                    }
                }
                div.field {
                    label for="date" { (words.date) }
                    input #date type="date" name="date" value=(sent.reading.date.as_deref().unwrap_or_default());
                }
                button type="submit" { (words.check) }
            }
        }
    }
}
