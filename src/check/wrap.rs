//! Is a line of prose broken only because it was full?

/// How far lines are looked at, in characters, and how many on either side: an endless paragraph costs no more.
const LONGEST: usize = 200;
const LINES: usize = 3;

/// A narrower block is no prose: rows of a list or a table.
const NARROWEST: usize = 36;

/// Whether the line that ends at a place goes on in the next: that begins in lower case, or its first word would not have
/// fitted the width of the block. A row of numbers and an item of a list never do.
pub(super) fn is_wrapped(text: &str, end: usize) -> bool {
    let (before, after) = (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let mut back = before.rsplit('\n');
    let (Some(line), Some(next)) = (back.next().map(str::trim_end), after.split('\n').nth(1).map(str::trim)) else { return false };
    if is_row(line) || is_row(next) || !next.starts_with(|c: char| c.is_alphanumeric() || "€$£¥(\"“«„".contains(c)) {
        return false;
    }
    let around = back.take(LINES).chain(after.split('\n').skip(1).take(LINES)).take_while(|line| !line.trim().is_empty());
    let width = around.map(length).fold(length(line), usize::max);
    let full = length(line) + usize::from(next.is_ascii()) + first_word(next) > width;
    let begun = next.starts_with(char::is_lowercase) && 2 * length(line) > width;
    width >= NARROWEST && (full || begun)
}

fn length(line: &str) -> usize {
    line.trim_end().chars().take(LONGEST).map(|c| if c.is_ascii() || c.is_alphabetic() && !is_wide(c) { 1 } else { 2 }).sum()
}

/// East Asian characters take two columns, and each may begin a line.
fn is_wide(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ff60}').contains(&c)
}

fn first_word(line: &str) -> usize {
    match line.chars().next() {
        Some(c) if is_wide(c) => 2,
        _ => line.chars().take(LONGEST).take_while(|c| !c.is_whitespace() && !is_wide(*c)).count(),
    }
}

/// "Revenue 1,200 1,100": two numbers end the line.
fn is_row(line: &str) -> bool {
    let number =
        |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || "+-−–(".contains(c)) && word.contains(|c: char| c.is_ascii_digit());
    let mut words = line.split_whitespace().rev();
    words.next().is_some_and(number) && words.next().is_some_and(number)
}
