//! What a check was sent: texts, and how they are to be read.

use super::Problem;
use super::guard::BODY_BYTES;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Multipart, Query, Request};
use axum::http::{StatusCode, header};
use clap::ValueEnum;
use serde::Deserialize;
use std::str::FromStr;
use tieout::{Article, CheckOptions, Input, RateTable, Report};

/// The name of a text that comes without one.
pub(super) const UNNAMED: &str = "text";

/// How many texts are checked together: every two of them are compared.
const TEXTS: usize = 50;

/// Texts with their names, and how they are to be read.
#[derive(Debug, Default, Clone)]
pub(super) struct Sent {
    pub(super) texts: Vec<(String, String)>,
    pub(super) reading: ReadingFields,
}

/// How texts are to be read; empty and absent are one.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingFields {
    #[serde(default)]
    pub(super) lang: Option<String>,
    #[serde(default)]
    pub(super) date: Option<String>,
    #[serde(default)]
    home: Option<String>,
    #[serde(default)]
    reading: Option<String>,
    /// The name of the text.
    #[serde(default)]
    path: Option<String>,
}

/// The JSON of a check; its fields are those of [`ReadingFields`] and the text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckObject {
    text: String,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    home: Option<String>,
    #[serde(default)]
    reading: Option<String>,
    #[serde(default)]
    path: Option<String>,
}

impl Sent {
    /// Reads a request by its media type.
    pub(super) async fn read(request: Request) -> Result<Sent, Problem> {
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media.as_str() {
            "application/json" => Sent::from_json(&body(request).await?),
            "multipart/form-data" => Sent::from_form(request).await,
            media if media.starts_with("text/") => Sent::from_bytes(request).await,
            _ => Err(Problem::media_type()),
        }
    }

    fn from_json(body: &[u8]) -> Result<Sent, Problem> {
        let CheckObject { text, lang, date, home, reading, path } = json(body)?;
        let reading = ReadingFields { lang, date, home, reading, path: None };
        // A text in JSON is held to what one in a file is.
        let path = path.unwrap_or_else(|| UNNAMED.to_owned());
        Ok(Sent { texts: vec![(path.clone(), tieout::decode(text.as_bytes(), &path)?)], reading })
    }

    /// A text as the body itself, the rest in the query: `curl --data-binary @article.txt`.
    async fn from_bytes(request: Request) -> Result<Sent, Problem> {
        let reading = Query::<ReadingFields>::try_from_uri(request.uri()).map_err(|error| Problem::bad_request(error.body_text()))?.0;
        let path = reading.path.clone().unwrap_or_else(|| UNNAMED.to_owned());
        let text = tieout::decode(&body(request).await?, &path)?;
        Ok(Sent { texts: vec![(path, text)], reading })
    }

    async fn from_form(request: Request) -> Result<Sent, Problem> {
        let mut form = Multipart::from_request(request, &()).await.map_err(|error| Problem::bad_request(error.body_text()))?;
        let mut sent = Sent::default();
        while let Some(field) = form.next_field().await.map_err(|error| from_form(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|error| from_form(&error))?;
            sent.take(&name, file, &bytes)?;
        }
        Ok(sent)
    }

    /// Takes one field of a form; what is empty was not filled in.
    fn take(&mut self, name: &str, file: Option<String>, bytes: &[u8]) -> Result<(), Problem> {
        let file = file.filter(|file| !file.is_empty());
        if bytes.is_empty() && file.is_none() {
            return Ok(());
        }
        if name == "file" || name == "text" {
            if self.texts.len() == TEXTS {
                return Err(Problem::field(name, format_args!("at most {TEXTS} texts are checked together")));
            }
            let path = file.unwrap_or_else(|| UNNAMED.to_owned());
            let text = tieout::decode(bytes, &path)?;
            self.texts.push((path, text));
            return Ok(());
        }
        let value = String::from_utf8(bytes.to_vec()).map_err(|_| Problem::field(name, "not UTF-8"))?;
        let place = match name {
            "lang" => &mut self.reading.lang,
            "date" => &mut self.reading.date,
            "home" => &mut self.reading.home,
            "reading" => &mut self.reading.reading,
            _ => return Err(Problem::field(name, "unknown; expected file, text, lang, date, home or reading")),
        };
        *place = Some(value);
        Ok(())
    }

    /// How many bytes its texts have.
    pub(super) fn size(&self) -> usize {
        self.texts.iter().map(|(_, text)| text.len()).sum()
    }

    /// Checks the texts; of pages of HTML their articles.
    pub(super) fn check(&self, table: &RateTable) -> Result<Report, Problem> {
        let fields = &self.reading;
        let mut options = CheckOptions::new(Some(table));
        options.language = parsed("lang", fields.lang.as_deref(), crate::check::language)?.filter(|code| code != "auto");
        options.date = parsed("date", fields.date.as_deref(), str::parse)?;
        options.home = parsed("home", fields.home.as_deref(), str::parse)?;
        if let Some(reading) = parsed("reading", fields.reading.as_deref(), |text| crate::check::ReadingArgument::from_str(text, false))? {
            options.reading = reading.into();
        }
        let articles: Vec<Option<Article>> =
            self.texts.iter().map(|(path, text)| tieout::is_html(text, path).then(|| tieout::read_html(text))).collect();
        let inputs = self.texts.iter().zip(&articles).map(|((path, text), article)| Input {
            path,
            text: article.as_ref().map_or(text, |article| &article.text),
            published: article.as_ref().and_then(|article| article.published),
        });
        Ok(tieout::check_inputs(&inputs.collect::<Vec<_>>(), &options)?)
    }
}

/// A field that may be left out or left empty.
pub(super) fn parsed<T, E: std::fmt::Display>(
    name: &str,
    text: Option<&str>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Option<T>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| parse(text).map_err(|error| Problem::field(name, error))).transpose()
}

/// A field that must be there.
pub(super) fn required<T: FromStr<Err: std::fmt::Display>>(name: &str, text: &str) -> Result<T, Problem> {
    text.trim().parse().map_err(|error| Problem::field(name, error))
}

/// The body, within the limit.
pub(super) async fn body(request: Request) -> Result<Bytes, Problem> {
    Bytes::from_request(request, &()).await.map_err(|rejection: BytesRejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(BODY_BYTES),
        _ => Problem::bad_request(rejection.body_text()),
    })
}

/// One JSON object.
pub(super) fn json<T: for<'b> Deserialize<'b>>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::bad_request(error.to_string()))
}

fn from_form(error: &MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(BODY_BYTES),
        _ => Problem::bad_request(error.body_text()),
    }
}
