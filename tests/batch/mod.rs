//! The batch floor from outside, against an independent exact reference.

mod against_rationals;
mod whole_files;
