//! Texts of any size and of any kind: no panic, and time in proportion.

use super::checked;
use cpu_time::ThreadTime;
use std::time::Duration;

const UNITS: [&str; 30] = [
    "1234567890",
    "(",
    "()",
    "revenue rose 5% to $3 million and ",
    "the company said that ",
    "5% ",
    "1,",
    "1.",
    "1 ",
    "$",
    "$5 ",
    "a",
    " ",
    "a\n",
    ".",
    ". ",
    "| ",
    "|1|2|\n|--|--|\n",
    "1  2\n",
    "亿",
    "1亿",
    "$5 million (4 million euros) ",
    "$1 = 1,300 won. $5 (6,500 won). ",
    "1-",
    "30% of revenue. Revenue was 5 million. ",
    "twenty ",
    "5 million ",
    "million ",
    "A year earlier profit was $5 million. ",
    "(5% ",
];

/// What the text costs this thread: what else the machine does meanwhile is not counted.
fn time(unit: &str, size: usize) -> Duration {
    let text = unit.repeat(size / unit.len());
    let start = ThreadTime::now();
    let report = checked(&[&text]);
    assert!(!report.to_json().is_empty() && !report.to_text(&tieout::Plain).is_empty());
    start.elapsed()
}

/// Rule: eight times the text takes about eight times as long, whatever it is made of. Sixty-four would be quadratic.
#[test]
fn time_is_in_proportion_to_the_text() {
    const FEW: usize = 4_000;
    // A busy machine makes single runs long: the best of several counts.
    let best = |unit: &str, size: usize| (0..5).map(|_| time(unit, size)).min().unwrap_or_default();
    for unit in UNITS {
        let short = best(unit, FEW).max(Duration::from_millis(10));
        let long = best(unit, 8 * FEW);
        assert!(long < 32 * short, "{unit:?}: {short:?} for {FEW} bytes, {long:?} for eight times as many");
    }
}

/// Rule: digits and scale words without end are no trouble.
#[test]
fn a_number_of_any_length_and_scale_is_no_trouble() {
    let digits = "9".repeat(5000);
    let scales = "million ".repeat(2000);
    for text in [format!("Sales were ${digits}."), format!("Sales were $5 {scales}."), format!("Sales rose {digits}% to $5 million.")] {
        checked(&[&text, &text]);
    }
}
