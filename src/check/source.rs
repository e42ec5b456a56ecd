//! Turns the bytes of a file into text.

use crate::error::{Error, ErrorKind, Location};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};
use memchr::memmem;

/// Decodes a text: by its byte order mark, as UTF-8, by what a page of HTML says of itself, else in the likeliest of
/// the encodings that the web has used. The byte order mark is dropped.
///
/// # Errors
///
/// [`Syntax`](ErrorKind::Syntax) for bytes that are no text: zeros or other control characters.
///
/// ```
/// assert_eq!(tieout::decode(b"caf\xe9 au lait, 5 \x80", "menu.txt")?, "café au lait, 5 €");
/// assert_eq!(tieout::decode(b"\xd3\xaa\xca\xd5\xcd\xac\xb1\xc8\xd4\xf6\xb3\xa4", "gbk.txt")?, "营收同比增长");
/// assert!(tieout::decode(b"\x00\x01\x02", "image.png").is_err());
/// # Ok::<(), tieout::Error>(())
/// ```
pub fn decode(bytes: &[u8], name: &str) -> Result<String, Error> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default()).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => declared(bytes).unwrap_or_else(|| likeliest(bytes)).decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    // Controls beyond ASCII are what texts in old encodings are often taken for.
    let control = |byte: u8| (byte < b' ' && !matches!(byte, b'\t'..=b'\r')) || byte == 0x7f;
    match text.bytes().position(control) {
        Some(at) => {
            let line = text.get(..at).map_or(0, |before| before.matches('\n').count()) as u64 + 1;
            let kind = ErrorKind::Syntax { expected: "a text", found: "binary data".to_owned() };
            Err(Error::from(kind).at(Location { source: name.to_owned(), line: Some(line), column: None }))
        }
        None => Ok(text),
    }
}

/// How much of a page is looked through for what it says of its encoding, as browsers do.
const HEAD: usize = 1024;

/// `<meta charset=gbk>` and its older form.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(HEAD))?.to_ascii_lowercase();
    let after = head.get(memmem::find(&head, b"charset=")? + b"charset=".len()..)?;
    let label = after.iter().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let label: Vec<u8> = label.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).copied().collect();
    Encoding::for_label(&label).filter(|encoding| encoding.is_ascii_compatible())
}

/// How many bytes are enough to tell an encoding.
const ENOUGH: usize = 1 << 20;

fn likeliest(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let seen = bytes.get(..bytes.len().min(ENOUGH)).unwrap_or_default();
    // Without anything to tell by, what most old texts are in.
    if !detector.feed(seen, true) {
        return WINDOWS_1252;
    }
    detector.guess(None, Utf8Detection::Deny)
}
