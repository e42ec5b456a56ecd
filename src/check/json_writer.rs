//! JSON as it is laid out for people, written straight into one string: a report is written as often as it is made.

use super::plain::push_whole;
use std::fmt::{Display, Write};

/// The spaces of one level.
const INDENT: usize = 2;

/// Where the deepest line of a report begins is less.
const SPACES: &str = "                                ";

/// Writes one JSON value, on several lines.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
    depth: usize,
    /// Whether the innermost object or array has something in it.
    begun: bool,
}

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Writer {
        Writer { out: String::with_capacity(bytes), ..Writer::default() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An object; `members` writes its keys, each with a value.
    pub(super) fn object(&mut self, members: impl FnOnce(&mut Writer)) {
        self.nest(['{', '}'], members);
    }

    /// An array; `item` writes each of its values.
    pub(super) fn array<T>(&mut self, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Writer, T)) {
        self.nest(['[', ']'], |json| {
            for value in items {
                json.next();
                item(json, value);
            }
        });
    }

    fn nest(&mut self, [open, close]: [char; 2], inner: impl FnOnce(&mut Writer)) {
        self.out.push(open);
        (self.depth, self.begun) = (self.depth + 1, false);
        inner(self);
        self.depth -= 1;
        if self.begun {
            self.line();
        }
        self.out.push(close);
        self.begun = true;
    }

    /// The key of the value that is written next: plain letters.
    pub(super) fn key(&mut self, key: &str) -> &mut Writer {
        self.next();
        self.quoted(|out| out.push_str(key));
        self.out.push_str(": ");
        self
    }

    fn next(&mut self) {
        if self.begun {
            self.out.push(',');
        }
        self.begun = true;
        self.line();
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.out.push_str(SPACES.get(..INDENT * self.depth).unwrap_or(SPACES));
    }

    /// A string, or null.
    pub(super) fn string<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        let Some(text) = text.into() else { return self.out.push_str("null") };
        if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
            return self.quoted(|out| out.push_str(text));
        }
        // A string has no way to fail.
        self.out += &serde_json::to_string(text).unwrap_or_default();
    }

    /// A string that needs no escape, as it is displayed.
    pub(super) fn display(&mut self, shown: impl Display) {
        self.quoted(|out| {
            // OK to ignore: a string takes whatever is written.
            let _ = write!(out, "{shown}");
        });
    }

    /// A string that needs no escape, as it is displayed, or null.
    pub(super) fn maybe(&mut self, shown: Option<impl Display>) {
        match shown {
            Some(shown) => self.display(shown),
            None => self.out.push_str("null"),
        }
    }

    /// A string that needs no escape.
    pub(super) fn quoted(&mut self, write: impl FnOnce(&mut String)) {
        self.out.push('"');
        write(&mut self.out);
        self.out.push('"');
    }

    /// A number of things.
    pub(super) fn whole(&mut self, number: usize) {
        push_whole(&mut self.out, number);
    }

    pub(super) fn truth(&mut self, truth: bool) {
        self.out.push_str(if truth { "true" } else { "false" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json, to_string_pretty};

    fn write(json: &mut Writer, value: &Value) {
        match value {
            Value::Object(members) => json.object(|json| members.iter().for_each(|(key, value)| write(json.key(key), value))),
            Value::Array(items) => json.array(items, write),
            Value::String(text) => json.string(text.as_str()),
            Value::Null => json.string(None),
            Value::Bool(truth) => json.truth(*truth),
            Value::Number(number) => json.whole(number.as_u64().unwrap().try_into().unwrap()),
        }
    }

    /// Rule: the layout and the escapes are those of serde_json.
    #[test]
    fn written_as_by_serde_json() {
        let odd: String = (0..0x180).filter_map(char::from_u32).chain("\u{2028}\u{fffd}𝄞".chars()).collect();
        let deep = json!({"a": [], "b": {}, "c": [[], [{}], {"d": {"e": [1, true, null, "x"]}}], "f": odd, "g": "\"", "h": "a\\b\n"});
        let mut json = Writer::default();
        write(&mut json, &deep);
        assert_eq!(json.finish(), to_string_pretty(&deep).unwrap());
    }
}
