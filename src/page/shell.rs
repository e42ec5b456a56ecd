//! The page around the report: one file that asks for nothing and lets nothing run.

use super::words::Words;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// The style of a report.
pub const STYLE: &str = include_str!("page.css");

/// The script of a report: it lets the arithmetic beside a figure be dismissed.
pub const SCRIPT: &str = include_str!("page.js");

/// The whole page.
pub(super) fn document(words: &Words, title: &str, body: Markup) -> Markup {
    let policy =
        format!("default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'", hash(STYLE), hash(SCRIPT));
    html! {
        (DOCTYPE)
        html lang=(words.code) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("tieout ", env!("CARGO_PKG_VERSION")));
                title { "tieout: " (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main { h1.visually-hidden { "tieout: " bdi { (title) } } (body) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// The hash by which a policy admits an element's content.
fn hash(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}
