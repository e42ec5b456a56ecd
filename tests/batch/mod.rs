//! The batch floor from outside, against an independent exact reference.

mod against_rationals;
mod faults;
mod sorted;
mod whole_files;
