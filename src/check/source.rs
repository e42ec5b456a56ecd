//! Turns the bytes of a file into text.

use crate::error::{Error, ErrorKind, Location};

/// Decodes UTF-8 or UTF-16 (by its byte order mark); anything else that is text as Windows-1252. The byte order mark
/// is dropped.
///
/// # Errors
///
/// [`Syntax`](ErrorKind::Syntax) for bytes that are no text: zeros or other control characters.
///
/// ```
/// assert_eq!(tieout::decode(b"caf\xe9", "menu.txt")?, "café");
/// assert!(tieout::decode(b"\x00\x01\x02", "image.png").is_err());
/// # Ok::<(), tieout::Error>(())
/// ```
pub fn decode(bytes: &[u8], name: &str) -> Result<String, Error> {
    let text = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => encoding_rs::UTF_16LE.decode(bytes).0.into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    };
    let control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{80}'..='\u{9f}');
    match text.chars().position(|c| control(&c)) {
        Some(at) => {
            let line = text.chars().take(at).filter(|c| *c == '\n').count() as u64 + 1;
            let kind = ErrorKind::Syntax { expected: "a text", found: "binary data".to_owned() };
            Err(Error::from(kind).at(Location { source: name.to_owned(), line: Some(line), column: None }))
        }
        None => Ok(text),
    }
}
