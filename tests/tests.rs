//! The tests that look at the library from outside, one module a subject.

mod conformance;
mod golden;
mod laws;
