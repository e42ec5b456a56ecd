//! The tables of HTML as those of Markdown.

use super::html::walk;
use dom_query::NodeRef;

/// A table as Markdown; `None` for one that only lays a page out.
pub(super) fn markdown(table: &NodeRef<'_>) -> Option<String> {
    let mut rows = rows(table)?;
    rows.iter_mut().for_each(|row| join_signs(&mut row.cells));
    let width = rows.iter().map(|row| row.cells.len()).max().filter(|width| *width >= 2)?;
    let head = (rows.iter().take_while(|row| row.is_head()).count()).max(1).min(rows.len().checked_sub(1).filter(|rest| *rest > 0)?);
    // Columns that only keep signs apart are empty once those are joined to their numbers.
    let kept: Vec<usize> = (0..width)
        .filter(|column| *column == 0 || rows.iter().skip(head).any(|row| row.cells.get(*column).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let mut text = caption(table);
    for (index, row) in rows.iter().enumerate() {
        line(&mut text, kept.iter().map(|column| row.cells.get(*column).map_or("", String::as_str)));
        if index + 1 == head {
            line(&mut text, kept.iter().map(|_| "---"));
        }
    }
    (kept.len() >= 2).then_some(text)
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for cell in cells {
        text.push_str("| ");
        text.push_str(cell);
        text.push(' ');
    }
    text.push_str("|\n");
}

struct Row {
    cells: Vec<String>,
    /// It stands in the head of the table, or has no cells but heads.
    head: bool,
}

impl Row {
    /// Whether this begins a table: no cell behind the first is a figure; years are none.
    fn is_head(&self) -> bool {
        let is_year = |cell: &str| cell.parse::<u16>().is_ok_and(|year| (1900..=2100).contains(&year));
        let figure = |cell: &String| {
            let digits = cell.bytes().filter(u8::is_ascii_digit).count();
            digits > 0 && !is_year(cell) && cell.chars().filter(|c| c.is_alphabetic()).count() <= 1
        };
        self.head || (!self.cells.iter().skip(1).any(figure) && self.cells.iter().skip(1).any(|cell| !cell.is_empty()))
    }
}

/// How many columns and rows a cell may span.
const WIDEST: usize = 100;

/// The rows with spans written out: a head in each of its columns, anything else in the first. `None` if a table
/// stands inside.
fn rows(table: &NodeRef<'_>) -> Option<Vec<Row>> {
    let (mut rows, mut nested, mut in_head) = (Vec::new(), false, false);
    // Cells that reach down from rows above: column, rows left.
    let mut hanging: Vec<(usize, usize)> = Vec::new();
    walk(table, &mut |node, leaving| {
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "table" if node.id != table.id => {
                nested = true;
                return false;
            }
            "thead" => in_head = !leaving,
            "tr" if !leaving => {
                rows.push(row(node, in_head, &mut hanging));
                nested |= node.descendants_it().any(|inner| inner.has_name("table"));
                return false;
            }
            _ => {}
        }
        true
    });
    (!nested && rows.len() >= 2).then_some(rows)
}

fn row(node: &NodeRef<'_>, in_head: bool, hanging: &mut Vec<(usize, usize)>) -> Row {
    let mut cells: Vec<String> = Vec::new();
    let (mut heads, mut data) = (0_usize, 0_usize);
    let mut down = Vec::new();
    for cell in node.element_children() {
        let is_head = cell.has_name("th");
        if !is_head && !cell.has_name("td") {
            continue;
        }
        while hanging.iter().any(|(column, _)| *column == cells.len()) {
            cells.push(String::new());
        }
        if is_head {
            heads += 1
        } else {
            data += 1
        }
        let span = |name: &str| cell.attr(name).and_then(|span| span.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, WIDEST);
        let text = cell_text(&cell);
        // A heading over several columns is said of each; a figure stands once.
        let repeated = in_head || is_head || !text.contains(|c: char| c.is_ascii_digit()) || text.len() == 4;
        for place in 0..span("colspan") {
            if span("rowspan") > 1 {
                down.push((cells.len(), span("rowspan") - 1));
            }
            let said = place == 0 || (repeated && !cells.is_empty());
            cells.push(if said { text.clone() } else { String::new() });
        }
    }
    hanging.retain_mut(|(_, left)| {
        *left -= 1;
        *left > 0
    });
    hanging.extend(down);
    Row { cells, head: in_head || (heads > 1 && data == 0) }
}

/// The text of a cell in one line, footnote marks left out.
fn cell_text(cell: &NodeRef<'_>) -> String {
    let mut text = String::new();
    walk(cell, &mut |node, leaving| {
        let name = node.node_name().unwrap_or_default();
        if matches!(&*name, "sup" | "script" | "style") {
            return false;
        }
        if leaving && matches!(&*name, "br" | "p" | "div" | "li") {
            text.push(' ');
        } else if !leaving && node.is_text() {
            text.push_str(&node.text());
        }
        true
    });
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')).filter(|word| !word.is_empty()).collect();
    words.join(" ").trim_matches('\u{a0}').replace('|', "¦")
}

/// Joins a currency sign, a bracket or a percent sign that has a cell of its own to its number.
fn join_signs(cells: &mut [String]) {
    for at in 0..cells.len() {
        let Some(cell) = cells.get(at).cloned() else { continue };
        let leads = matches!(cell.as_str(), "$" | "€" | "£" | "¥" | "(" | "$(" | "RMB" | "US$");
        let trails = matches!(cell.as_str(), ")" | "%" | ")%" | "%)" | "pp" | "x");
        let number = |cell: &String| cell.contains(|c: char| c.is_ascii_digit());
        let other = if leads { Some(at + 1) } else { at.checked_sub(1).filter(|_| trails) };
        if let Some(other) = other.and_then(|other| cells.get_mut(other)).filter(|other| number(other)) {
            *other = if leads { format!("{cell}{other}") } else { format!("{other}{cell}") };
            if let Some(own) = cells.get_mut(at) {
                own.clear();
            }
        }
    }
}

fn caption(table: &NodeRef<'_>) -> String {
    let caption = table.element_children().into_iter().find(|child| child.has_name("caption")).map(|caption| cell_text(&caption));
    caption.filter(|text| !text.is_empty()).map(|text| text + "\n\n").unwrap_or_default()
}
