//! The laws of exact computing, each a property over random figures, named as in the list below.
//!
//! Every result is held against [`reference`]: each rule written out naively over the big rationals of another crate,
//! which shares no code with the library. A law is tried on 2,000 cases, on 20,000 where `CI` is set, and on as many as
//! `PROPTEST_CASES` says; failing seeds are kept in `proptest-regressions/laws.txt` and tried first.
//!
//! | laws | about |
//! |---|---|
//! | R1–R13 | [`rounding`] |
//! | K1–K6, L1–L3 | [`kernel`] |
//! | C0–C7 | [`conversion`] |
//! | G1–G5, I1–I4, Q1–Q5 | [`growth`] |
//! | T1–T5 | [`text`] |
//! | set arithmetic | [`interval`] |
//! | preimages, point by point | [`preimage`] |

mod conversion;
mod generate;
mod growth;
mod interval;
mod kernel;
mod preimage;
mod reference;
mod rounding;
mod text;

use proptest::test_runner::{Config, FileFailurePersistence};

/// The configuration of a law whose single case is cheap.
fn cases() -> Config {
    with_cases(1)
}

/// The configuration of a law whose single case costs as much as `cost` cheap ones.
fn with_cases(cost: u32) -> Config {
    let is_set = |name| std::env::var_os(name).is_some();
    // The default has already read PROPTEST_CASES.
    let default = Config::default();
    let cases = match () {
        () if is_set("PROPTEST_CASES") => default.cases,
        () if is_set("CI") => 20_000,
        () => 2_000,
    };
    Config {
        cases: (cases / cost).max(1),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("proptest-regressions/laws.txt"))),
        max_global_rejects: u32::MAX,
        max_local_rejects: u32::MAX,
        ..default
    }
}
