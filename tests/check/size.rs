//! Texts of any size and of any kind: no panic, and time in proportion.

use super::checked;
use cpu_time::ThreadTime;
use std::time::Duration;

const UNITS: [&str; 42] = [
    "a surplus of $5 million, ",
    "A deficit of $5 million. ",
    "$5 million, $3 million and $8 million, together $7 million. ",
    "1234567890",
    "(",
    "()",
    "revenue rose 5% to $3 million and ",
    "the company said that ",
    "5% ",
    "(5% ",
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
    "A.'",
    "| ",
    "|1|2|\n",
    "|1|2|\n|--|--|\n",
    "|a|5%|7%|\n|--|--|--|\n",
    "1  2\n",
    "亿",
    "1亿",
    "$5 million (4 million euros) ",
    "$1 = 1,300 won. $5 (6,500 won). ",
    "1-",
    "30% of revenue. Revenue was 5 million. ",
    "twenty ",
    "one thousand ",
    "5 million ",
    "million ",
    "A year earlier profit was $5 million. ",
    "$5 million; ",
    "compared with $5 million, ",
    "respectively 5% and ",
    "Revenue was $5 million: ",
    "$5 million (4 million euros).\n\n",
];

/// How many bytes the short texts have, and how many times as many the long ones.
const FEW: usize = 2_000;
const TIMES: usize = 8;

/// What the text costs this thread: what else the machine does meanwhile is not counted.
fn time(text: &str) -> Duration {
    let start = ThreadTime::now();
    let report = checked(&[text]);
    assert!(!report.to_json().is_empty() && !report.to_text(&tieout::Plain).is_empty());
    start.elapsed()
}

/// The texts that take more than twice their share when they grow.
fn out_of_proportion<'t>(texts: impl Iterator<Item = (&'t str, [String; 2])>) -> Vec<String> {
    let slow = texts.filter_map(|(name, [short, long])| {
        // The shortest of two, of at least what a clock can tell.
        let few = time(&short).min(time(&short)).max(Duration::from_millis(2));
        let allowed = 2 * few * u32::try_from(long.len() / short.len()).unwrap();
        let many = time(&long);
        let many = if many < allowed { many } else { many.min(time(&long)) };
        (many >= allowed).then(|| format!("{name:?}: {few:?} for {} bytes, {many:?} for {}", short.len(), long.len()))
    });
    slow.collect()
}

/// Rule: eight times the text takes about eight times as long, whatever it is made of. Sixty-four would be quadratic.
#[test]
fn time_is_in_proportion_to_the_text() {
    // The rates are read before anything is timed.
    checked(&["$5 million (4 million euros)"]);
    let of = |units: &'static [&'static str]| {
        out_of_proportion(units.iter().map(|unit| {
            let text = |size: usize| unit.repeat((size / unit.len()).max(1));
            (*unit, [text(FEW), text(TIMES * FEW)])
        }))
    };
    let (first, second) = UNITS.split_at(UNITS.len() / 2);
    let slow = std::thread::scope(|scope| {
        let other = scope.spawn(|| of(second));
        [of(first), other.join().unwrap()].concat()
    });
    assert!(slow.is_empty(), "{slow:#?}");
}

/// Rule: neither do rates that all differ, rows or columns without end, or words in brackets take more than their share.
#[test]
fn time_is_in_proportion_to_what_differs() {
    let rates = |count: usize| (1..=count).map(|n| format!("$5 million ({n}.{n} million euros). ")).collect::<String>();
    let twice = |count: usize| (1..=count).map(|n| format!("$5 million ({0}.1 million euros). ", n / 2 * 7 + 1)).collect::<String>();
    let wide = |count: usize| format!("{}\n|--|--|\n{}", "|1".repeat(count), "|1|\n".repeat(count));
    let header = |count: usize| format!("{}{}|--|--|\n|1|2|\n", "|a".repeat(count) + "\n", "|b|\n".repeat(count));
    let word = |count: usize| format!("|{0}|2|\n|--|--|\n|{0}|1|\n{0}", "word".repeat(count));
    type OfSize<'a> = &'a dyn Fn(usize) -> String;
    let texts: [(&str, OfSize<'_>, usize); 5] = [
        ("rates", &rates, 60),
        ("rates in pairs", &twice, 60),
        ("a wide table", &wide, 300),
        ("a long header", &header, 300),
        ("a long word", &word, 1000),
    ];
    let slow = out_of_proportion(texts.iter().map(|(name, text, few)| (*name, [text(*few), text(TIMES * few)])));
    assert!(slow.is_empty(), "{slow:#?}");
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
