//! Money, growth and what stands on them.

mod locale;
mod money;
