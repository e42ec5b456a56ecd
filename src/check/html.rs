//! What does the article of an HTML page say, and when was it published?
//!
//! The article, not the menu: the one `article` or `main` element where there is one, else what a readability measure
//! finds, else the body without its navigation. Blocks become paragraphs; tables become those of Markdown, so that one
//! mechanism reads both. Offsets count in the text that this returns.

use super::html_table;
use crate::number::is_group_space;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use jiff::civil::Date;

/// The article of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its text; tables as in Markdown.
    pub text: String,
    /// When the page says that it was published.
    pub published: Option<Date>,
}

/// A page of more elements is not measured: that takes more than linear time.
const MOST_MEASURED: usize = 20_000;

/// An article has at least so many characters.
const SHORTEST: usize = 140;

/// Whether a text is a page of HTML: by what it begins with, or by the ending of its name.
///
/// ```
/// assert!(tieout::is_html("<!DOCTYPE html><html>", "page") && tieout::is_html("", "page.htm"));
/// assert!(!tieout::is_html("Sales < costs", "note.txt"));
/// ```
pub fn is_html(text: &str, name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let start: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    matches!(ending.as_str(), "html" | "htm" | "xhtml") || start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Reads the article of a page.
///
/// # Example
///
/// ```
/// let page = "<html><head><meta property='article:published_time' content='2023-05-24T08:00:00Z'></head>\
///     <body><nav>Home</nav><main><p>Sales rose 10% to $110 million from $100 million.</p></main></body></html>";
/// let article = tieout::read_html(page);
/// assert_eq!(article.text, "Sales rose 10% to $110 million from $100 million.\n");
/// assert_eq!(article.published, Some("2023-05-24".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_html(page: &str) -> Article {
    let document = Document::from(page);
    let published = published(&document);
    Article { text: article(document), published }
}

fn article(document: Document) -> String {
    for name in ["article", "main", "[role=main]"] {
        let found = document.select(name);
        if let [only] = found.nodes() {
            let text = text_of(only, false);
            if text.chars().count() >= SHORTEST || name != "article" {
                return text;
            }
        }
    }
    let body = document.body().map(|body| text_of(&body, true)).unwrap_or_default();
    match measured(document) {
        Some(text) if text.chars().count() >= SHORTEST && digits(&text) * 2 >= digits(&body) => text,
        _ => body,
    }
}

/// What a readability measure takes for the article.
fn measured(document: Document) -> Option<String> {
    let config = Config { max_elements_to_parse: MOST_MEASURED, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?;
    let content = Document::from(article.content);
    Some(text_of(&content.body()?, false))
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// The date of publication, from linked data, the head, or the first `time` element.
fn published(document: &Document) -> Option<Date> {
    const NAMES: [&str; 9] = [
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "pubdate",
        "publish-date",
        "parsely-pub-date",
    ];
    let linked = || {
        let readability = Readability::with_document(Document::from(document.head()?.html()), None, None).ok()?;
        date(&readability.parse_json_ld()?.published_time?)
    };
    let in_body = || {
        let scripts = document.select("script[type='application/ld+json']");
        scripts.nodes().iter().find_map(|script| date(script.text().split_once("\"datePublished\"")?.1.split('"').nth(1)?))
    };
    let meta = || {
        document.select("meta").nodes().iter().find_map(|meta| {
            let name = ["property", "name", "itemprop"].iter().find_map(|key| meta.attr(key))?.to_lowercase();
            NAMES.contains(&name.as_str()).then(|| date(&meta.attr("content")?))?
        })
    };
    let time = || document.select("time[datetime]").nodes().iter().find_map(|time| date(&time.attr("datetime")?));
    linked().or_else(in_body).or_else(meta).or_else(time)
}

/// The day of `2023-05-24T08:00:00+08:00`, as the page writes it.
fn date(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// What never belongs to a text.
const SILENT: [&str; 19] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button", "select", "textarea", "input", "head", "nav",
    "aside", "footer", "dialog", "audio", "video",
];

/// What stands in a line of its own.
const BLOCKS: [&str; 31] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "hr",
    "address",
    "details",
    "summary",
];

/// The text of an element.
fn text_of(root: &NodeRef<'_>, page: bool) -> String {
    let mut writer = Writer::default();
    walk(root, &mut |node, leaving| {
        let name = node.node_name().unwrap_or_default();
        if name.is_empty() {
            if node.is_text() && !leaving {
                writer.write(&node.text());
            }
            return true;
        }
        let silent = is_silent(node, &name) || (page && &*name == "header");
        if leaving || silent {
            writer.separate(&name);
            return !silent;
        }
        writer.separate(&name);
        if &*name == "sup" && writer.text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | '%')) {
            // A mark of a footnote, not a digit.
            return false;
        }
        match (&*name == "table").then(|| html_table::markdown(node)).flatten() {
            Some(table) => {
                writer.paragraph(&table);
                false
            }
            None => true,
        }
    });
    let text = writer.text.trim();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

fn is_silent(node: &NodeRef<'_>, name: &str) -> bool {
    let role = |role: &str| matches!(role, "navigation" | "banner" | "contentinfo" | "search" | "complementary" | "menu" | "menubar");
    SILENT.contains(&name)
        || node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|hidden| &*hidden == "true")
        || node.attr("role").is_some_and(|own| role(&own))
}

/// Goes through a tree without recursion: pages can be nested as deep as they like. `visit` is called before and after
/// the children of a node, which it may refuse to enter.
pub(super) fn walk(root: &NodeRef<'_>, visit: &mut impl FnMut(&NodeRef<'_>, bool) -> bool) {
    let mut node = *root;
    loop {
        if visit(&node, false)
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        loop {
            visit(&node, true);
            if node.id == root.id {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }
}

/// Text as it grows: white space folded, blocks apart.
#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn write(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        // Spaces that hold a number together stay.
        let folds = |c: char| c.is_whitespace() && !is_group_space(c) || c == ' ';
        let mut words = text.split(folds).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            self.text.push_str(word);
            if words.peek().is_some() || text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    /// Begins what an element begins: a paragraph, a line, nothing.
    fn separate(&mut self, name: &str) {
        match name {
            "br" => self.end_line(1),
            _ if BLOCKS.contains(&name) => self.end_line(2),
            _ => {}
        }
    }

    fn end_line(&mut self, lines: usize) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        let there = self.text.len() - self.text.trim_end_matches('\n').len();
        if !self.text.is_empty() {
            (there..lines).for_each(|_| self.text.push('\n'));
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.end_line(2);
        self.text.push_str(text);
        self.end_line(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: blocks are paragraphs, white space is folded, marks of footnotes are no digits.
    #[test]
    fn blocks_are_paragraphs_and_marks_no_digits() {
        let page = "<main><h1>Results</h1><p>Sales were $59<sup>1</sup>\n million<br>in <b>2023</b>.</p><ul><li>One<li>Two</ul></main>";
        assert_eq!(read_html(page).text, "Results\n\nSales were $59 million\nin 2023.\n\nOne\n\nTwo\n");
    }

    /// Rule: a page nested as deep as it likes is read.
    #[test]
    fn a_deeply_nested_page_is_read() {
        let page = format!("{}Sales rose 5%.", "<div>".repeat(20_000));
        assert_eq!(read_html(&page).text, "Sales rose 5%.\n");
    }
}
