//! Money, growth and what stands on them.

mod constant_currency;
mod growth;
mod locale;
mod money;
mod period;
mod policy;
#[cfg(feature = "serde")]
mod serde;

/// So many cases of a property, or as many as the environment asks for.
fn cases(count: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    proptest::test_runner::Config { cases: asked.unwrap_or(count), ..proptest::test_runner::Config::default() }
}
