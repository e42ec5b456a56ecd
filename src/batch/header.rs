//! Which column is meant? The names of the input, and names for the new columns that clash with none.

use super::records::{Records, Row, Tail};
use crate::error::{Error, ErrorKind, Location};

/// The first record of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    file: String,
    names: Vec<String>,
    record: Vec<u8>,
}

impl Header {
    /// The header that a record (without its line end) is.
    pub(super) fn read(file: &str, record: &[u8], delimiter: u8) -> Header {
        let mut ends = Vec::new();
        Records::new(record, delimiter, Tail::End).next(&mut ends);
        let row = Row::new(record, &ends);
        let names = (0..row.len()).filter_map(|index| row.content(index)).map(|name| String::from_utf8_lossy(&name).into_owned());
        Header { file: file.to_owned(), names: names.collect(), record: record.to_owned() }
    }

    /// The header of a table that is no text: the names of its columns. `file` is its name, for errors.
    ///
    /// ```
    /// use tieout::batch::Header;
    ///
    /// let header = Header::of_names("table", ["current", "growth"]);
    /// assert_eq!(header.width(), 2);
    /// ```
    pub fn of_names(file: &str, names: impl IntoIterator<Item = impl Into<String>>) -> Header {
        Header { file: file.to_owned(), names: names.into_iter().map(Into::into).collect(), record: Vec::new() }
    }

    /// The names, in order.
    ///
    /// ```
    /// use tieout::batch::Header;
    ///
    /// let header = Header::of_names("table", ["current", "growth"]);
    /// assert_eq!(header.names(), ["current", "growth"]);
    /// ```
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// How many columns there are.
    ///
    /// ```
    /// use tieout::batch::Header;
    ///
    /// let header = Header::of_names("table", ["current", "growth"]);
    /// assert_eq!(header.width(), 2);
    /// ```
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// The bytes as they stand, without the line end.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.record
    }

    /// Whether there is a column of this name.
    ///
    /// ```
    /// use tieout::batch::Header;
    ///
    /// let header = Header::of_names("table", ["current", "growth"]);
    /// assert!(header.has("growth") && !header.has("prior"));
    /// ```
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// The column of a name, counted from 0.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](ErrorKind::ColumnMissing); [`ColumnAmbiguous`](ErrorKind::ColumnAmbiguous) when two columns
    /// have the name.
    ///
    /// ```
    /// use tieout::batch::Header;
    ///
    /// let header = Header::of_names("table", ["current", "growth"]);
    /// assert!(header.find("growth").is_ok());
    /// assert_eq!(header.find("prior").unwrap_err().to_string(), "table: no column \"prior\"; the columns are current, growth");
    /// ```
    pub fn find(&self, name: &str) -> Result<Column, Error> {
        let mut found = self.names.iter().enumerate().filter(|(_, known)| *known == name);
        let kind = match (found.next(), found.next()) {
            (Some((index, _)), None) => return Ok(Column { index, name: name.to_owned() }),
            (None, _) => ErrorKind::ColumnMissing { name: name.to_owned(), found: self.names.join(", ") },
            (Some(_), Some(_)) => ErrorKind::ColumnAmbiguous { name: name.to_owned() },
        };
        // A header that is no text stands on no line.
        let line = (!self.record.is_empty()).then_some(1);
        Err(Error::from(kind).at(Location { source: self.file.clone(), line, column: None }))
    }

    /// The column of a name, or what the text means itself where no column has it; `=` forces the latter.
    ///
    /// # Errors
    ///
    /// As [`find`](Header::find); where the text can be neither, the column is said to be missing.
    pub(super) fn find_or<T>(&self, text: &str, read: impl Fn(&str) -> Result<T, Error>) -> Result<Source<T>, Error> {
        if let Some(value) = text.strip_prefix('=') {
            return read(value).map(Source::Fixed);
        }
        if self.has(text) {
            return self.find(text).map(Source::Column);
        }
        match read(text) {
            Ok(value) => Ok(Source::Fixed(value)),
            // What looks like a value was hardly meant as a name.
            Err(error) if looks_like_code(text) || text.starts_with(|c: char| c.is_ascii_digit()) => Err(error),
            Err(_) => self.find(text).map(Source::Column),
        }
    }

    /// A name for a new column: as it is, or `tieout_NAME` where the table has it already.
    pub(super) fn new_name(&self, name: String) -> String {
        if self.has(&name) { self.new_name(format!("tieout_{name}")) } else { name }
    }
}

fn looks_like_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A column of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Counted from 0.
    pub(super) index: usize,
    /// Its name in the header.
    pub(super) name: String,
}

/// Where a value comes from: a column, or the same for every row.
#[derive(Debug, Clone)]
pub(super) enum Source<T> {
    Column(Column),
    Fixed(T),
}

impl<T> Source<T> {
    /// The place of the column, if it is one.
    #[cfg(feature = "arrow")]
    pub(super) fn place(&self) -> Option<usize> {
        match self {
            Source::Column(column) => Some(column.index),
            Source::Fixed(_) => None,
        }
    }

    /// The same source of another value; `None` if the fixed value has none.
    pub(super) fn map<U>(&self, f: impl Fn(&T) -> Option<U>) -> Option<Source<U>> {
        match self {
            Source::Column(column) => Some(Source::Column(column.clone())),
            Source::Fixed(value) => f(value).map(Source::Fixed),
        }
    }
}
