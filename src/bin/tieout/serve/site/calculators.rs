//! The calculators beside the form: the questions of the API, asked by people.

use super::words::{self, Words};
use super::{Shown, language, page};
use crate::serve::api::{ConvertQuestion, GrowthQuestion, ImpliedQuestion, Question};
use crate::serve::input::body;
use crate::serve::{Problem, Service};
use axum::extract::{FromRequest, Request, State};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;
use std::sync::Arc;
use tieout::Locale;
use tieout::page::PageLanguage;

/// A calculator that was used: what was typed, and the lines of the answer.
pub(super) struct Answered {
    name: &'static str,
    typed: Vec<(&'static str, String)>,
    lines: Vec<String>,
    is_problem: bool,
}

pub(super) async fn convert(service: State<Arc<Service>>, request: Request) -> Response {
    answer::<ConvertQuestion>(service, request).await
}

pub(super) async fn growth(service: State<Arc<Service>>, request: Request) -> Response {
    answer::<GrowthQuestion>(service, request).await
}

pub(super) async fn implied(service: State<Arc<Service>>, request: Request) -> Response {
    answer::<ImpliedQuestion>(service, request).await
}

/// A question that has a form of its own.
trait Calculator: Question {
    const NAME: &'static str;
    /// Forgives what a program would not be forgiven.
    fn tidied(self) -> Self {
        self
    }
    /// What was typed, by the names of the fields.
    fn typed(&self) -> Vec<(&'static str, String)>;
    /// The answer in lines, the result first.
    fn lines(answer: &Value, show: &Show) -> Vec<String>;
}

impl Calculator for ConvertQuestion {
    const NAME: &'static str = "convert";

    fn tidied(mut self) -> ConvertQuestion {
        self.to = self.to.trim().to_uppercase();
        self
    }

    fn typed(&self) -> Vec<(&'static str, String)> {
        vec![("amount", self.amount.clone()), ("to", self.to.clone()), ("on", self.on.clone().unwrap_or_default())]
    }

    fn lines(answer: &Value, show: &Show) -> Vec<String> {
        let number = |key: &str| show.number(answer, key).unwrap_or_default();
        let date = text(answer, "date");
        vec![
            format!("{} {}", number("converted"), text(answer, "to")),
            format!("1 {} = {} {}", text(answer, "base"), number("rate"), text(answer, "quote")),
            format!("{} {date}", show.words.rate_of),
        ]
    }
}

impl Calculator for GrowthQuestion {
    const NAME: &'static str = "growth";

    fn typed(&self) -> Vec<(&'static str, String)> {
        vec![("prior", self.prior.clone()), ("current", self.current.clone())]
    }

    fn lines(answer: &Value, show: &Show) -> Vec<String> {
        match show.number(answer, "growth_percent") {
            None => vec![show.words.not_meaningful.to_owned()],
            Some(growth) => vec![format!("{growth}%"), show.between(answer, "%")],
        }
    }
}

impl Calculator for ImpliedQuestion {
    const NAME: &'static str = "implied";

    fn typed(&self) -> Vec<(&'static str, String)> {
        vec![("current", self.current.clone()), ("change", self.change.clone())]
    }

    fn lines(answer: &Value, show: &Show) -> Vec<String> {
        let unit = answer.get("unit").and_then(Value::as_str).map(|unit| format!(" {unit}")).unwrap_or_default();
        vec![format!("{}{unit}", show.number(answer, "prior").unwrap_or_default()), show.between(answer, "")]
    }
}

/// How an answer is written.
struct Show {
    words: &'static Words,
    locale: Locale,
}

impl Show {
    fn number(&self, answer: &Value, key: &str) -> Option<String> {
        let number = answer.get(key)?.as_str()?.parse().ok()?;
        Some(self.locale.format_number(number).replace('-', "−"))
    }

    fn between(&self, answer: &Value, unit: &str) -> String {
        let end = |key: &str| self.number(answer, key).map_or_else(|| self.words.no_end.to_owned(), |end| end + unit);
        format!("{} {} {} {}", self.words.between, end("low"), self.words.and, end("high"))
    }
}

fn text<'v>(answer: &'v Value, key: &str) -> &'v str {
    answer.get(key).and_then(Value::as_str).unwrap_or_default()
}

async fn answer<C: Calculator>(State(service): State<Arc<Service>>, request: Request) -> Response {
    let ui = language(&request);
    let words = words::of(ui);
    let show = Show { words, locale: if words.decimal_comma { Locale::FR } else { Locale::EN } };
    let question = match question::<C>(request).await {
        Ok(question) => question,
        Err(problem) => return page(ui, Shown::of(&problem)),
    };
    let question = question.tidied();
    let typed = question.typed();
    let computed = service.compute(move |table| serde_json::to_value(question.answer(table)?).map_err(|_| Problem::internal())).await;
    let (lines, problem) = match &computed {
        Ok(answer) => (C::lines(answer, &show), None),
        Err(problem) => (vec![problem.message().to_owned()], Some(problem.status())),
    };
    let answered = Answered { name: C::NAME, typed, lines, is_problem: problem.is_some() };
    page(ui, Shown { answered: Some(answered), status: problem.unwrap_or_default(), ..Shown::default() })
}

async fn question<C: Calculator>(request: Request) -> Result<C, Problem> {
    let bytes = body(request).await?;
    let request = Request::post("/").header("content-type", "application/x-www-form-urlencoded").body(bytes.into());
    let form = axum::Form::from_request(request.map_err(|_| Problem::internal())?, &()).await;
    form.map(|form| form.0).map_err(|error| Problem::bad_request(error.body_text()))
}

/// The three forms.
pub(super) fn all(ui: PageLanguage, answered: Option<&Answered>, words: &Words) -> Markup {
    html! {
        section.calculators aria-labelledby="calculators" {
            h2 #calculators { (words.calculators) }
            (form(ui, "convert", words.convert, &[("amount", words.amount, words.amount_example), ("to", words.to, "USD"), ("on", words.date, "")], answered, words))
            (form(ui, "growth", words.growth, &[("prior", words.prior, words.prior_example), ("current", words.current, words.current_example)], answered, words))
            (form(ui, "implied", words.implied, &[("current", words.current, words.amount_example), ("change", words.change, words.change_example)], answered, words))
        }
    }
}

/// A form: its fields by name, label and an example.
fn form(ui: PageLanguage, name: &str, title: &str, fields: &[(&str, &str, &str)], answered: Option<&Answered>, words: &Words) -> Markup {
    let answered = answered.filter(|answered| answered.name == name);
    let typed =
        |field: &str| answered.and_then(|answered| answered.typed.iter().find(|(known, _)| *known == field)).map(|(_, typed)| typed);
    html! {
        form.calculator id=(name) action={ "/" (name) "?ui=" (ui.code()) "#" (name) } method="post" data-live={ (name) "-answer" } {
            h3 { (title) }
            input type="hidden" name="lang" value=(ui.code());
            div.row {
                @for (field, label, example) in fields {
                    div.field {
                        label for={ (name) "-" (field) } { (label) }
                        input id={ (name) "-" (field) } name=(field) type=(if *field == "on" { "date" } else { "text" }) required
                            class=[(*field == "to").then_some("code")] autocomplete="off" placeholder=(example) value=(typed(field).map_or("", String::as_str));
                    }
                }
                button type="submit" { (words.compute) }
            }
            output.answer id={ (name) "-answer" } for=(fields.iter().map(|(field, ..)| format!("{name}-{field}")).collect::<Vec<_>>().join(" ")) {
                @if let Some(answered) = answered {
                    @for (index, line) in answered.lines.iter().enumerate() {
                        span class=[match (answered.is_problem, index) { (true, _) => Some("problem"), (_, 0) => Some("result"), _ => None }] { (line) }
                    }
                }
            }
        }
    }
}
