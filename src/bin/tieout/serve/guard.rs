//! What stands before every answer: whom it is for, how long it may take, its headers, and a line in the log.

use super::{Problem, Service};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The greatest body of a request.
pub(super) const BODY_BYTES: usize = 2 * 1024 * 1024;

/// How long a request may take, its body and the wait for a processor included.
const REQUEST_WAIT: Duration = Duration::from_secs(20);

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Answers in time or says why not, with the headers that every answer has.
pub(super) async fn guard(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = match refusal(&service, &request) {
        Some(problem) => problem.into_response(),
        None => match tokio::time::timeout(REQUEST_WAIT, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::too_slow().into_response(),
        },
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    log(&method, route.as_ref().map_or("-", MatchedPath::as_str), response.status(), started.elapsed());
    response
}

/// Why a request is not answered at all. A page of another site must not use the service through the user's browser,
/// neither under a name of its own that leads here nor with a form.
fn refusal(service: &Service, request: &Request) -> Option<Problem> {
    let (headers, method) = (request.headers(), request.method());
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    // The host of an address that is sent whole comes before that of the header.
    let strange = hosts.next().is_some() || !is_this_machine(host) || request.uri().host().is_some_and(|host| !is_this_machine(host));
    if !service.allow_remote && strange {
        return Some(Problem::forbidden("this service answers to localhost and loopback addresses only"));
    }
    let elsewhere = text(HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site == "cross-site");
    (elsewhere && method != Method::GET).then(|| Problem::forbidden("another site's page cannot use this service"))
}

/// Whether a host, with or without its port, names this machine.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A line of the log. It has the address that was matched, never the one that was sent: no word of a user's text.
#[derive(Serialize)]
struct Line<'l> {
    time: String,
    method: &'l str,
    route: &'l str,
    status: u16,
    micros: u128,
}

fn log(method: &Method, route: &str, status: StatusCode, taken: Duration) {
    let time = jiff::Timestamp::now().to_string();
    // A method is a word of the client's choice, too.
    let method = if [Method::GET, Method::POST, Method::HEAD, Method::OPTIONS].contains(method) { method.as_str() } else { "other" };
    let line = Line { time, method, route, status: status.as_u16(), micros: taken.as_micros() };
    // OK to ignore: there is nowhere left to say that the log cannot be written.
    if let Ok(mut line) = serde_json::to_string(&line) {
        line.push('\n');
        // In one piece, so that lines of several threads stay whole.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a name is this machine's if it is localhost or a loopback address, whatever the port.
    #[test]
    fn this_machine_by_its_names() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.1.2.3", "[::1]:8080", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "example.org", "localhost.example.org", "192.168.0.1", "[::2]:80", "127.0.0.1.example.org", "0.0.0.0"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
