//! The tests that look at the library from outside, one module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_types, reason = "tests")]

#[cfg(feature = "batch")]
mod batch;
#[cfg(feature = "cli")]
mod check;
#[cfg(feature = "cli")]
mod cli;
mod conformance;
mod corpus;
mod golden;
mod house;
mod laws;
mod library;
#[cfg(feature = "page")]
mod page;
mod rates;
#[cfg(feature = "serve")]
mod serve;
