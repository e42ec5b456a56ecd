//! How much of the growth came from business, and how much from exchange rates?
//!
//! Three methods are in use, and they give different growths for a basket of currencies, so every result names its
//! own. Reported change and constant-currency change differ by the exchange effect, exactly: the additive
//! decomposition sums to the reported change by construction, also when it is rounded.
//!
//! Sources: SEC Compliance and Disclosure Interpretations on non-GAAP measures (describe the process); annual
//! reports of Alphabet, Sodexo and Syngenta (method A).

mod basket;
mod growth;

pub use basket::{Basket, ConstantCurrencyMethod, MethodName, Translated};
pub use growth::{ConstantCurrencyGrowth, ExchangeEffect, Restated};
