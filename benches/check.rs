//! How fast are texts checked? Each line says in one sentence what it times; every answer is asserted.
//!
//! Run with `cargo bench --no-default-features --features ecb,check --bench check`. One thread; the best of several
//! passes. `QUICK=1` takes one pass.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_types,
    reason = "a bench that fails should say so, and ratios of times are shown only"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};
use tieout::{CheckOptions, RateTable, Report, Verdict, check};

const ENGLISH: &str = include_str!("../data/articles/xiaomi-2023-q1.en.txt");
const FRENCH: &str = include_str!("../data/articles/xiaomi-2023-q1.fr.txt");

/// A paragraph without figures, as most of any report is.
const PROSE: &str = "The company said that it expects demand to remain soft while the management team continues to look for new \
    ways of serving customers across its markets, including those in which it has so far had only a small presence. Analysts \
    have been divided about the strategy, although most of them agree that the board acted in good faith when it decided to \
    close the older plants.\n\n";

fn main() {
    let start = Instant::now();
    let first = run(ENGLISH);
    show("the first article of a process, rates and language read", start.elapsed(), ENGLISH.len());
    assert_eq!((first.documents[0].claims.len(), first.count(Verdict::Ties)), (5, 3));

    for (name, article) in [("an English article", ENGLISH), ("a French article", FRENCH)] {
        let time = best(2000, || {
            assert_eq!(run(black_box(article)).documents[0].claims.len(), 5);
        });
        show(name, time, article.len());
    }
    let report = format!("{ENGLISH}\n\n{}", PROSE.repeat(8));
    let time = best(1000, || {
        assert_eq!(run(black_box(&report)).documents[0].claims.len(), 5);
    });
    show("an article with eight paragraphs of prose behind it", time, report.len());

    let one = ENGLISH.to_owned() + "\n\n";
    let rate = |times: usize| {
        let text = one.repeat(times);
        let time = best(3, || {
            assert_eq!(run(black_box(&text)).documents[0].claims.len(), 5 * times);
        });
        show(&format!("{times} articles as one text"), time, text.len());
        time.as_nanos() / u128::try_from(times).unwrap()
    };
    let (small, large) = (rate(100), rate(1600));
    println!("  = {:.2} times as long for each byte of sixteen times the text (linear: 1)", large as f64 / small as f64);
    dense();
    hostile();
}

/// The labelled passages hold nothing but figures and claims.
fn dense() {
    for code in tieout::languages() {
        let path = format!("{}/tests/corpus/dev/{code}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let Ok(lines) = std::fs::read_to_string(path) else { continue };
        let texts: Vec<String> = lines
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
            .collect();
        let bytes = texts.iter().map(String::len).sum();
        let mut options = CheckOptions::new(Some(RateTable::ecb()));
        options.language = Some(code.to_owned());
        let time = best(20, || {
            let claims: usize = texts.iter().map(|text| check(&[("passage", text)], &options).unwrap().claims().count()).sum();
            assert!(claims > texts.len());
        });
        show(&format!("{} passages of nothing but figures ({code})", texts.len()), time, bytes);
    }
}

fn hostile() {
    let size = 1 << 20;
    for unit in [
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
    ] {
        let text = unit.repeat(size / unit.len());
        let time = best(1, || {
            black_box(run(black_box(&text)));
        });
        let twice = unit.repeat(4 * size / unit.len());
        let long = best(1, || {
            black_box(run(black_box(&twice)));
        });
        show(
            &format!("{:?} over and over, {:.1} times as long for four times the text", unit, long.as_secs_f64() / time.as_secs_f64()),
            long,
            twice.len(),
        );
    }
}

fn run(text: &str) -> Report {
    check(&[("article.txt", text)], &CheckOptions::new(Some(RateTable::ecb()))).unwrap()
}

fn best(passes: usize, mut work: impl FnMut()) -> Duration {
    let passes = if std::env::var_os("QUICK").is_some() { 1 } else { passes };
    let mut best = Duration::MAX;
    for _ in 0..passes {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
    }
    best
}

fn show(what: &str, time: Duration, bytes: usize) {
    println!("{:>9.1} MB/s {:>12.1} µs  {what}", bytes as f64 / time.as_secs_f64() / 1e6, time.as_secs_f64() * 1e6);
}
