//! Amounts, rates, periods and growth as JSON and other formats: every number is a string that keeps its digits.
//!
//! A binary float or a bare JSON number is refused where a number is read: many readers have rounded it before.

use crate::conversion::{AppliedRate, Conversion, FixedRate};
use crate::currency::{Currency, CurrencyPair};
use crate::exact::{Precision, RoundingMode};
use crate::growth::{BasisPoints, Percent, PercentagePoints};
use crate::locale::Locale;
use crate::money::{Money, plain_decimal, unsigned_zero};
use crate::period::{Lag, Period};
use crate::rates::Leg;
use rust_decimal::Decimal;
use serde::de::{Error as _, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// Reads a string, and nothing else, through `FromStr`.
struct Text<T>(PhantomData<T>, &'static str);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Types whose text form keeps everything.
macro_rules! as_text {
    ($($type:ty, $expected:literal;)*) => {
        $(
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                    deserializer.deserialize_str(Text(PhantomData, $expected))
                }
            }
        )*
    };
}

as_text! {
    Currency, "a currency code such as \"USD\"";
    CurrencyPair, "a currency pair such as \"USD/CNY\"";
    FixedRate, "a rate such as \"USD/CNY 7.06\"";
    Lag, "a lag such as \"1y\"";
    Locale, "a language tag such as \"en-GB\"";
    Period, "a period such as \"2023-Q1\"";
}

/// A decimal as a string with all of its digits.
struct Digits(Decimal);

impl FromStr for Digits {
    type Err = crate::Error;
    fn from_str(text: &str) -> Result<Digits, crate::Error> {
        plain_decimal(text).map(Digits)
    }
}

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&unsigned_zero(self.0))
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digits, D::Error> {
        deserializer.deserialize_str(Text(PhantomData, "a number as a string, such as \"59.50\""))
    }
}

/// Numbers with a unit of their own.
macro_rules! as_digits {
    ($($type:ident)*) => {
        $(
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    Digits(self.0).serialize(serializer)
                }
            }
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                    Digits::deserialize(deserializer).map(|digits| $type(digits.0))
                }
            }
        )*
    };
}

as_digits! { Percent PercentagePoints BasisPoints }

impl Serialize for RoundingMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for RoundingMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RoundingMode, D::Error> {
        let name = String::deserialize(deserializer)?;
        RoundingMode::from_name(&name).ok_or_else(|| D::Error::unknown_variant(&name, &RoundingMode::NAMES))
    }
}

/// `{"amount": "59.50", "currency": "CNY"}`.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Money", deny_unknown_fields)]
struct MoneyFields {
    amount: Digits,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MoneyFields { amount: Digits(self.amount()), currency: self.currency() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        MoneyFields::deserialize(deserializer).map(|fields| Money::new(fields.amount.0, fields.currency))
    }
}

impl Serialize for Leg<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Leg", 6)?;
        fields.serialize_field("base", &self.pair.base)?;
        fields.serialize_field("quote", &self.pair.quote)?;
        fields.serialize_field("rate", &Digits(self.rate))?;
        fields.serialize_field("date", &self.date.to_string())?;
        fields.serialize_field("source", self.source)?;
        fields.serialize_field("line", &self.line)?;
        fields.end()
    }
}

impl Serialize for AppliedRate<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("AppliedRate", 6)?;
        fields.serialize_field("base", &self.pair().base)?;
        fields.serialize_field("quote", &self.pair().quote)?;
        // A text for people; the exact value is that of the legs.
        let shown = self.value().round(Precision::Significant(12), RoundingMode::HalfEven).ok();
        fields.serialize_field("rate", &shown.map(|rounded| Digits(rounded.value)))?;
        let (kind, date) = match self {
            AppliedRate::Published(rate) => ("published", rate.date().to_string()),
            AppliedRate::Average(rate) => ("average", rate.period.to_string()),
            AppliedRate::Fixed(_) => ("fixed", String::new()),
        };
        fields.serialize_field("kind", kind)?;
        fields.serialize_field("date", &Some(date).filter(|date| !date.is_empty()))?;
        fields.serialize_field("legs", &self.legs().collect::<Vec<_>>())?;
        fields.end()
    }
}

impl Serialize for Conversion<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Conversion", 6)?;
        fields.serialize_field("amount", &self.amount)?;
        fields.serialize_field("converted", &self.converted)?;
        fields.serialize_field("rate", &self.rate)?;
        fields.serialize_field("rounding", &self.mode)?;
        fields.serialize_field("exact", &self.exact)?;
        fields.serialize_field("tie", &self.tie)?;
        fields.end()
    }
}
