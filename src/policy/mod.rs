//! What do law and standards ask for? Named policies, each with its source.
//!
//! - [`EuroChangeover`]: conversion by the fixed rates, Council Regulation (EC) 1103/97.
//! - [`TranslationPolicy`]: which rate for which line of a statement, IAS 21.
//! - [`XbrlFact`] and [`check_summation`]: XBRL Calculations 1.1.

mod euro;
mod ias21;
mod xbrl;

pub use euro::{EuroChangeover, EuroConversion};
pub use ias21::{StatementLine, StatementRates, TranslationPolicy};
pub use xbrl::{Consistency, SummationItem, XbrlDecimals, XbrlFact, XbrlRounding, check_summation};
