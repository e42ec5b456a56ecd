//! What went wrong with a request, as JSON: a code for programs and a sentence for people.

use crate::failure::Failure;
use crate::json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A request that has no answer.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    message: String,
}

/// Of a message that repeats what was sent, so many characters are enough.
const MESSAGE: usize = 500;

fn shortened(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(MESSAGE) {
        message.truncate(end);
        message.push('…');
    }
    message
}

#[derive(Serialize)]
struct Object<'p> {
    schema: &'static str,
    error: &'static str,
    message: &'p str,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Problem {
        Problem { status, code, message: shortened(message.into()) }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    /// A field that cannot be read.
    pub(super) fn field(name: &str, message: impl std::fmt::Display) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_field", format!("{name}: {message}"))
    }

    pub(super) fn forbidden(message: &str) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    pub(super) fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not_found", "there is nothing here; GET /api/openapi.json lists what there is")
    }

    pub(super) fn method_not_allowed() -> Problem {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this address takes another method")
    }

    pub(super) fn too_slow() -> Problem {
        Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "the request took too long; send a shorter text")
    }

    pub(super) fn too_large(limit: usize) -> Problem {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("a request has at most {limit} bytes"))
    }

    pub(super) fn media_type() -> Problem {
        let message = "send application/json, multipart/form-data or text/plain";
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", message)
    }

    pub(super) fn stopping() -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "the service is stopping")
    }

    pub(super) fn internal() -> Problem {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "this should not have happened")
    }

    /// What to tell people.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        // What the command advises behind "; --" is for the command line.
        let advice = |message: &str| message.split("; --").next().unwrap_or_default().to_owned();
        match &failure {
            Failure::NoAnswer(message) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no_answer", advice(message)),
            _ => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_field", advice(failure.message().unwrap_or_default())),
        }
    }
}

impl From<tieout::Error> for Problem {
    fn from(error: tieout::Error) -> Problem {
        Failure::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json::text(&Object { schema: "tieout.error/1", error: self.code, message: &self.message }).unwrap_or_default();
        (self.status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
    }
}
