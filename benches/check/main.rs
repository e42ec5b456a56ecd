//! How fast are texts checked? Each line says in one sentence what it times; every answer is asserted.
//!
//! Run with `cargo bench --no-default-features --features ecb,check --bench check`; a word behind `--` keeps the lines
//! that have it. One thread and its own clock; the best of several passes. `QUICK=1` takes one pass of each.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_types,
    reason = "a bench that fails should say so, and ratios of times are shown only"
)]

use cpu_time::ThreadTime;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tieout::{CheckOptions, RateTable, Report, Verdict, check};

const ENGLISH: &str = include_str!("../../data/articles/xiaomi-2023-q1.en.txt");
const FRENCH: &str = include_str!("../../data/articles/xiaomi-2023-q1.fr.txt");

/// Some pages of a report as most are, with a figure every few sentences.
const PROSE: &str = include_str!("prose.txt");

/// What a text is made of that was made to be slow.
const HOSTILE: [&str; 35] = [
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
    "$5 million; ",
    "compared with $5 million, ",
    "respectively 5% and ",
];

fn main() {
    let start = Instant::now();
    let first = run(ENGLISH);
    show("the first article of a process, rates and language read", start.elapsed(), ENGLISH.len());
    assert_eq!((first.documents[0].claims.len(), first.count(Verdict::Ties)), (5, 3));
    articles();
    prose();
    growth();
    dense();
    hostile();
}

/// One article after the other, as a service meets them.
fn articles() {
    for (name, article) in [("an English article of nothing but figures", ENGLISH), ("a French article of nothing but figures", FRENCH)] {
        measure(name, article, 2000, |report| assert_eq!(report.documents[0].claims.len(), 5));
    }
    let article = &PROSE[..2000 + PROSE[2000..].find("\n\n").unwrap()];
    let time = measure("two kilobytes of a report", article, 2000, |report| assert_eq!(report.documents[0].claims.len(), 2));
    if let Some(time) = time {
        println!("  = {:.0} such articles a second", 1.0 / time.as_secs_f64());
    }
    measure("the same to JSON", article, 2000, |report| assert!(report.to_json().len() > 2000));
}

/// What most of any report is.
fn prose() {
    let claims = run(PROSE).documents[0].claims.len();
    assert!(claims >= 12);
    measure("fourteen kilobytes of report prose", PROSE, 500, |report| assert_eq!(report.documents[0].claims.len(), claims));
    let words: String = PROSE.split_inclusive(['.', '\n']).filter(|sentence| !sentence.contains(|c: char| c.is_ascii_digit())).collect();
    measure("the sentences of it without figures", &words, 500, |report| assert!(report.documents[0].claims.is_empty()));
    let many = PROSE.repeat(70);
    measure("a megabyte of report prose", &many, 5, |report| assert!(report.documents[0].claims.len() >= 12 * 70));
}

/// Sixteen times the text should take sixteen times as long.
fn growth() {
    let one = ENGLISH.to_owned() + "\n\n";
    let rate = |times: usize| {
        let text = one.repeat(times);
        measure(&format!("{times} articles as one text"), &text, 3, |report| assert_eq!(report.documents[0].claims.len(), 5 * times))
    };
    if let (Some(small), Some(large)) = (rate(100), rate(1600)) {
        println!(
            "  = {:.2} times as long for each byte of sixteen times the text (linear: 1)",
            large.as_secs_f64() / small.as_secs_f64() / 16.0
        );
    }
}

/// The labelled passages hold nothing but figures and claims.
fn dense() {
    for code in tieout::languages() {
        let path = format!("{}/tests/corpus/dev/{code}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let Ok(lines) = std::fs::read_to_string(path) else { continue };
        let name = format!("passages of nothing but figures ({code})");
        if !is_wanted(&name) {
            continue;
        }
        let passages: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let texts: Vec<&str> = passages.iter().map(|passage| passage["text"].as_str().unwrap()).collect();
        let labelled: usize = passages.iter().map(|passage| passage["claims"].as_array().unwrap().len()).sum();
        let mut options = CheckOptions::new(Some(RateTable::ecb()));
        options.language = Some(code.to_owned());
        let time = best(20, || {
            let claims: usize = texts.iter().map(|text| check(&[("passage", *text)], &options).unwrap().claims().count()).sum();
            assert!(claims * 10 > labelled * 9 && labelled > 0, "{claims} claims where {labelled} are labelled");
        });
        show(&format!("{} {name}", texts.len()), time, texts.iter().map(|text| text.len()).sum());
    }
}

/// Texts that were made to be slow: time in proportion, whatever is repeated.
fn hostile() {
    const SIZE: usize = 1 << 18;
    for unit in HOSTILE {
        let name = format!("{unit:?} over and over");
        if !is_wanted(&name) {
            continue;
        }
        let time = |size: usize| {
            let text = unit.repeat(size / unit.len());
            let time = best(2, || {
                let report = run(black_box(&text));
                assert!(report.documents[0].figures.len() <= text.len());
            });
            (time, text.len())
        };
        let (short, long) = (time(SIZE), time(4 * SIZE));
        let ratio = long.0.as_secs_f64() / short.0.as_secs_f64();
        show(&format!("{name}, {ratio:.1} times as long for four times the text"), long.0, long.1);
        // What takes less is over before a clock can tell.
        assert!(ratio < 8.0 || long.0 < Duration::from_millis(50), "{unit:?} is not linear");
    }
}

fn run(text: &str) -> Report {
    check(&[("article.txt", text)], &CheckOptions::new(Some(RateTable::ecb()))).unwrap()
}

/// Times a text, and asserts what is found in it.
fn measure(name: &str, text: &str, passes: usize, answer: impl Fn(&Report)) -> Option<Duration> {
    is_wanted(name).then(|| {
        let time = best(passes, || answer(&run(black_box(text))));
        show(name, time, text.len());
        time
    })
}

/// Whether a line has the word that was asked for.
fn is_wanted(name: &str) -> bool {
    std::env::args().skip(1).find(|argument| !argument.starts_with('-')).is_none_or(|word| name.contains(&word))
}

fn best(passes: usize, mut work: impl FnMut()) -> Duration {
    let passes = if std::env::var_os("QUICK").is_some() { 1 } else { passes };
    let mut best = Duration::MAX;
    for _ in 0..passes {
        let start = ThreadTime::now();
        work();
        best = best.min(start.elapsed());
    }
    best
}

fn show(what: &str, time: Duration, bytes: usize) {
    println!("{:>9.1} MB/s {:>12.1} µs  {what}", bytes as f64 / time.as_secs_f64() / 1e6, time.as_secs_f64() * 1e6);
}
