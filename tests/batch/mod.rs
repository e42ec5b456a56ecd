//! The batch floor from outside, against an independent exact reference.

mod against_rationals;
#[cfg(feature = "arrow")]
mod columns;
mod faults;
mod generator;
mod sorted;
mod whole_files;
