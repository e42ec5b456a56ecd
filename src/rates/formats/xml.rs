//! The elements of an XML table, each with its place for errors.

use super::super::input::{Input, text};
use crate::error::{Error, ErrorKind, Location};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An XML document, element by element.
pub(super) struct Xml {
    text: String,
    file: String,
}

/// Where in a document something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) column: u64,
}

/// What stands next in a document.
pub(super) enum Node {
    /// An element begins.
    Open(Element),
    /// The text of the element that begun last.
    Text(String),
    /// An element ends.
    Close(String),
}

/// An element's local name and attributes.
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) place: Place,
}

impl Element {
    /// The value of an attribute, by its local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }
}

impl Xml {
    pub(super) fn new(input: Input<'_>) -> Result<Xml, Error> {
        let file = input.file().to_owned();
        let bytes = input.into_bytes()?;
        Ok(Xml { text: text(&bytes).into_owned(), file })
    }

    /// Hands every node to a reader, with its place; refuses a document that is malformed or cut off.
    pub(super) fn walk(&self, mut visit: impl FnMut(Node, Place) -> Result<(), Error>) -> Result<(), Error> {
        let mut reader = Reader::from_str(&self.text);
        let mut lines = Lines { bytes: self.text.as_bytes(), at: 0, place: Place { line: 1, column: 1 } };
        let mut depth = 0_usize;
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let place = lines.place(start);
            let event = reader.read_event().map_err(|error| {
                let at = lines.place(usize::try_from(reader.error_position()).unwrap_or(start));
                self.refuse(at, ErrorKind::TableUnclear { reason: format!("malformed XML: {error}") })
            })?;
            match event {
                Event::Start(start) => {
                    depth += 1;
                    visit(Node::Open(self.element(&start, place)?), place)?;
                }
                Event::Empty(start) => {
                    let element = self.element(&start, place)?;
                    let name = element.name.clone();
                    visit(Node::Open(element), place)?;
                    visit(Node::Close(name), place)?;
                }
                Event::End(end) => {
                    depth = depth.saturating_sub(1);
                    visit(Node::Close(end.local_name().as_ref().to_owned()), place)?;
                }
                Event::Text(content) => {
                    let content = content.trim().to_owned();
                    if !content.is_empty() {
                        visit(Node::Text(content), place)?;
                    }
                }
                Event::Eof if depth > 0 => {
                    return Err(self.refuse(place, ErrorKind::TableUnclear { reason: "the XML ends before its elements do".to_owned() }));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn element(&self, start: &BytesStart<'_>, place: Place) -> Result<Element, Error> {
        let malformed =
            |error: &dyn std::fmt::Display| self.refuse(place, ErrorKind::TableUnclear { reason: format!("malformed XML: {error}") });
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| malformed(&error))?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|error| malformed(&error))?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(Element { name: start.local_name().as_ref().to_owned(), attributes, place })
    }

    /// An error at a place.
    pub(super) fn refuse(&self, place: Place, kind: ErrorKind) -> Error {
        Error::from(kind).at(self.location(place))
    }

    pub(super) fn location(&self, place: Place) -> Location {
        Location { source: self.file.clone(), line: Some(place.line), column: Some(place.column) }
    }
}

/// Counts lines up to a position that only moves on.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    place: Place,
}

impl Lines<'_> {
    fn place(&mut self, position: usize) -> Place {
        let passed = self.bytes.get(self.at..position.min(self.bytes.len())).unwrap_or_default();
        for byte in passed {
            if *byte == b'\n' {
                self.place = Place { line: self.place.line + 1, column: 1 };
            } else {
                self.place.column += 1;
            }
        }
        self.at += passed.len();
        self.place
    }
}
