//! The tests that look at the library from outside, one module a subject.

mod laws;
