//! How much, in which currency? An exact amount that refuses to mix with another currency's.
//!
//! An amount keeps its digits as given: 5 and 5.00 are equal and print differently. Nothing is rounded but by a
//! call that names the precision and the mode; what does not fit a decimal is an error. Conversion is in
//! [`Money::convert`], division without a lost cent in [`Money::allocate`], text in [`Locale`](crate::Locale).

mod allocate;

use crate::currency::Currency;
use crate::error::{ArithmeticError, Error, ErrorKind};
use crate::exact::{Precision, Ratio, RoundingMode, round};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// An exact decimal amount in one currency.
///
/// Equal amounts are equal whatever their zeros (5 and 5.00), and hash so. There is no `<`: amounts in two
/// currencies have no order, so [`checked_cmp`](Money::checked_cmp) says so.
///
/// # Example
///
/// ```
/// use tieout::{Currency, Money};
///
/// let price: Money = "EUR 19.90".parse()?;
/// let total = price.checked_add("EUR 0.10".parse()?)?;
/// assert_eq!(total.to_string(), "EUR 20.00");
/// # Ok::<(), tieout::Error>(())
/// ```
///
/// # Example: error on mixed currencies
///
/// ```
/// use tieout::Money;
///
/// let error = "EUR 1".parse::<Money>()?.checked_add("USD 1".parse()?).unwrap_err();
/// assert_eq!(error.to_string(), "amounts in EUR and USD cannot be mixed: convert one of them first");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct Money {
    /// Zero is never negative.
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// So much of a currency, with the digits as given.
    ///
    /// ```
    /// use tieout::{Currency, Money};
    ///
    /// let money = Money::new("1.50".parse()?, Currency::USD);
    /// assert_eq!((money.amount().to_string().as_str(), money.currency()), ("1.50", Currency::USD));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn new(amount: Decimal, currency: Currency) -> Money {
        if amount.is_sign_negative() && amount.is_zero() {
            return Money::negative_zero(amount, currency);
        }
        Money { amount, currency }
    }

    /// Apart, so that every other amount is copied whole.
    #[cold]
    fn negative_zero(amount: Decimal, currency: Currency) -> Money {
        Money { amount: unsigned_zero(amount), currency }
    }

    /// Nothing, in a currency.
    ///
    /// ```
    /// use tieout::{Currency, Money};
    ///
    /// assert!(Money::zero(Currency::JPY).amount().is_zero());
    /// ```
    pub fn zero(currency: Currency) -> Money {
        Money { amount: Decimal::ZERO, currency }
    }

    /// So many minor units: 1990 cents, 500 yen.
    ///
    /// # Errors
    ///
    /// [`NoMinorUnit`](ErrorKind::NoMinorUnit) for gold and other codes without one.
    ///
    /// ```
    /// use tieout::{Currency, Money};
    ///
    /// assert_eq!(Money::from_minor_units(1990, Currency::EUR)?.to_string(), "EUR 19.90");
    /// assert_eq!(Money::from_minor_units(500, Currency::JPY)?.to_string(), "JPY 500");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn from_minor_units(count: i64, currency: Currency) -> Result<Money, Error> {
        let places = minor_units(currency)?;
        let amount = Decimal::try_new(count, u32::from(places)).map_err(|_| ArithmeticError::Overflow)?;
        Ok(Money::new(amount, currency))
    }

    /// The amount, with the digits it was given.
    ///
    /// ```
    /// use tieout::Money;
    ///
    /// assert_eq!("EUR 19.90".parse::<Money>()?.amount().to_string(), "19.90");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    ///
    /// ```
    /// use tieout::{Currency, Money};
    ///
    /// assert_eq!("EUR 19.90".parse::<Money>()?.currency(), Currency::EUR);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The amount as a count of minor units: 1990 for EUR 19.90.
    ///
    /// # Errors
    ///
    /// [`NoMinorUnit`](ErrorKind::NoMinorUnit), and [`Underflow`](ArithmeticError::Underflow) for an amount that is no
    /// whole count of them: nothing is rounded here.
    ///
    /// ```
    /// use tieout::Money;
    ///
    /// assert_eq!("EUR 19.90".parse::<Money>()?.to_minor_units()?, 1990);
    /// assert!("EUR 19.905".parse::<Money>()?.to_minor_units().is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_minor_units(self) -> Result<i128, Error> {
        let places = minor_units(self.currency)?;
        let rounded = round(self.amount, Precision::Decimals(i32::from(places)), RoundingMode::Down)?;
        if rounded.exact { Ok(rounded.value.mantissa()) } else { Err(ArithmeticError::Underflow.into()) }
    }

    /// The sum, with the longer of the two fractions.
    ///
    /// # Errors
    ///
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch), and [`Overflow`](ArithmeticError::Overflow) for a sum that
    /// does not fit a decimal exactly.
    ///
    /// ```
    /// use tieout::Money;
    ///
    /// let sum = "USD 0.1".parse::<Money>()?.checked_add("USD 0.20".parse()?)?;
    /// assert_eq!(sum.to_string(), "USD 0.30");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn checked_add(self, other: Money) -> Result<Money, Error> {
        Money::sum([self, other], self.currency)
    }

    /// The difference, with the longer of the two fractions.
    ///
    /// # Errors
    ///
    /// As [`checked_add`](Money::checked_add).
    ///
    /// ```
    /// use tieout::Money;
    ///
    /// let change = "USD 1.00".parse::<Money>()?.checked_sub("USD 0.7".parse()?)?;
    /// assert_eq!(change.to_string(), "USD 0.30");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn checked_sub(self, other: Money) -> Result<Money, Error> {
        self.checked_add(-other)
    }

    /// The sum of any number of amounts, with the longest of their fractions; zero for none. The order does not
    /// matter: what does not fit on the way may fit in the end.
    ///
    /// # Errors
    ///
    /// As [`checked_add`](Money::checked_add).
    ///
    /// ```
    /// use tieout::{Currency, Money};
    ///
    /// let lines: Vec<Money> = ["USD 0.1", "USD 0.2", "USD -0.30"].iter().map(|line| line.parse()).collect::<Result<_, _>>()?;
    /// assert_eq!(Money::sum(lines, Currency::USD)?, Money::zero(Currency::USD));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn sum(amounts: impl IntoIterator<Item = Money>, currency: Currency) -> Result<Money, Error> {
        let mut other = None;
        let of_one_currency = amounts.into_iter().map_while(|money| match same(currency, money.currency) {
            Ok(()) => Some(money.amount),
            Err(error) => {
                other = Some(error);
                None
            }
        });
        let (total, scale) = Ratio::sum(of_one_currency);
        other.map_or(Ok(()), Err)?;
        Ok(Money::new(exact_decimal(&total, scale)?, currency))
    }

    /// Which of two amounts is the greater.
    ///
    /// # Errors
    ///
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch).
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use tieout::Money;
    ///
    /// assert_eq!("USD 5".parse::<Money>()?.checked_cmp("USD 5.00".parse()?)?, Ordering::Equal);
    /// assert!("USD 5".parse::<Money>()?.checked_cmp("CAD 4".parse()?).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn checked_cmp(self, other: Money) -> Result<Ordering, Error> {
        same(self.currency, other.currency)?;
        Ok(self.amount.cmp(&other.amount))
    }

    /// The exact quotient of two amounts: a share, a multiple.
    ///
    /// # Errors
    ///
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch), and [`DivisionByZero`](ArithmeticError::DivisionByZero).
    ///
    /// ```
    /// use tieout::{Money, Ratio};
    ///
    /// let share = "USD 1".parse::<Money>()?.ratio_to("USD 3".parse()?)?;
    /// assert_eq!(Some(share), Ratio::new(1, 3));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn ratio_to(self, other: Money) -> Result<Ratio, Error> {
        same(self.currency, other.currency)?;
        let ratio = Ratio::from(self.amount).checked_div(&Ratio::from(other.amount));
        Ok(ratio.ok_or(ArithmeticError::DivisionByZero)?)
    }

    /// The amount times a factor, computed exactly and rounded once: a tax, a price by its volume.
    ///
    /// # Errors
    ///
    /// The [`ArithmeticError`]s of [`Ratio::round`].
    ///
    /// ```
    /// use tieout::{Money, Precision, Ratio, RoundingMode};
    ///
    /// let price: Money = "EUR 9.99".parse()?;
    /// let tax = price.times(Ratio::new(19, 100).unwrap(), Precision::Decimals(2), RoundingMode::HalfUp)?;
    /// assert_eq!(tax.to_string(), "EUR 1.90");
    /// assert_eq!(price.times(3, Precision::Decimals(2), RoundingMode::HalfUp)?.to_string(), "EUR 29.97");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn times(self, factor: impl Into<Ratio>, precision: Precision, mode: RoundingMode) -> Result<Money, Error> {
        let product = &Ratio::from(self.amount) * &factor.into();
        Ok(Money::new(product.round(precision, mode)?.value, self.currency))
    }

    /// The amount rounded once.
    ///
    /// # Errors
    ///
    /// The [`ArithmeticError`]s of [`round`](crate::round()).
    ///
    /// ```
    /// use tieout::{Money, Precision, RoundingMode};
    ///
    /// let sales: Money = "CNY 59477123456".parse()?;
    /// let millions = sales.round(Precision::Decimals(-6), RoundingMode::HalfUp)?;
    /// assert_eq!(millions.to_string(), "CNY 59477000000");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn round(self, precision: Precision, mode: RoundingMode) -> Result<Money, Error> {
        Ok(Money::new(round(self.amount, precision, mode)?.value, self.currency))
    }

    /// The amount rounded to the minor units of ISO 4217, written with all of them.
    ///
    /// # Errors
    ///
    /// [`NoMinorUnit`](ErrorKind::NoMinorUnit), and the [`ArithmeticError`]s of [`round`](crate::round()).
    ///
    /// ```
    /// use tieout::{Money, RoundingMode};
    ///
    /// assert_eq!("USD 2.675".parse::<Money>()?.round_to_minor_units(RoundingMode::HalfEven)?.to_string(), "USD 2.68");
    /// assert_eq!("KWD 5".parse::<Money>()?.round_to_minor_units(RoundingMode::HalfEven)?.to_string(), "KWD 5.000");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn round_to_minor_units(self, mode: RoundingMode) -> Result<Money, Error> {
        self.round(minor_precision(self.currency)?, mode)
    }

    /// The amount rounded to what can be paid in cash: the currency's [`cash_step`](Currency::cash_step), written with
    /// the minor units. For another step, `round` to [`Precision::Step`].
    ///
    /// It rounds a bill's total, not its lines.
    ///
    /// # Errors
    ///
    /// As [`round_to_minor_units`](Money::round_to_minor_units).
    ///
    /// ```
    /// use tieout::{Money, RoundingMode};
    ///
    /// assert_eq!("CHF 20.42".parse::<Money>()?.round_to_cash(RoundingMode::HalfUp)?.to_string(), "CHF 20.40");
    /// assert_eq!("SEK 10.49".parse::<Money>()?.round_to_cash(RoundingMode::HalfUp)?.to_string(), "SEK 10.00");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn round_to_cash(self, mode: RoundingMode) -> Result<Money, Error> {
        let step = self.currency.cash_step().ok_or_else(|| no_minor_unit(self.currency))?;
        self.round(Precision::Step(step), mode)?.round_to_minor_units(RoundingMode::HalfEven)
    }

    /// The size without the sign.
    ///
    /// ```
    /// use tieout::Money;
    ///
    /// assert_eq!("EUR -5".parse::<Money>()?.abs(), "EUR 5".parse()?);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn abs(self) -> Money {
        Money { amount: self.amount.abs(), ..self }
    }
}

impl std::ops::Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money::new(-self.amount, self.currency)
    }
}

impl fmt::Display for Money {
    /// The machine form: `USD -1234.50`. For people there is [`Locale::format`](crate::Locale::format).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount)
    }
}

impl FromStr for Money {
    type Err = Error;

    /// The machine form: a code, a space and a plain number, every digit of which is kept. For what people write
    /// there is [`Locale::parse_money`](crate::Locale::parse_money).
    fn from_str(text: &str) -> Result<Money, Error> {
        let wrong = || ErrorKind::Syntax { expected: "an amount such as USD 1234.50", found: text.to_owned() };
        let (code, amount) = text.split_once(' ').ok_or_else(wrong)?;
        Ok(Money::new(plain_decimal(amount)?, code.parse()?))
    }
}

/// A plain number, digits with at most one point between them and a minus before: nothing is rounded.
pub(crate) fn plain_decimal(text: &str) -> Result<Decimal, Error> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let well_formed =
        digits.split('.').count() <= 2 && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !well_formed {
        return Err(ErrorKind::Syntax { expected: "a plain number such as -1234.50", found: text.to_owned() }.into());
    }
    crate::number::plain_decimal(text).ok_or_else(|| ErrorKind::TooManyDigits { found: text.to_owned() }.into())
}

/// The number; zero without the sign that a decimal may carry.
pub(crate) fn unsigned_zero(number: Decimal) -> Decimal {
    if number.is_zero() { number.abs() } else { number }
}

/// A value as a decimal of so many places, or of fewer where only those fit.
pub(crate) fn exact_decimal(value: &Ratio, scale: u32) -> Result<Decimal, ArithmeticError> {
    let places = i32::try_from(scale).unwrap_or(i32::MAX);
    match value.round(Precision::Decimals(places), RoundingMode::Down) {
        Ok(rounded) if rounded.exact => Ok(rounded.value),
        _ => value.to_decimal().ok_or(ArithmeticError::Overflow),
    }
}

/// Refuses two currencies.
pub(crate) fn same(left: Currency, right: Currency) -> Result<(), Error> {
    if left == right {
        return Ok(());
    }
    Err(ErrorKind::CurrencyMismatch { left: left.to_string(), right: right.to_string() }.into())
}

fn minor_units(currency: Currency) -> Result<u8, Error> {
    currency.minor_units().ok_or_else(|| no_minor_unit(currency))
}

/// The precision of a currency's minor units.
pub(crate) fn minor_precision(currency: Currency) -> Result<Precision, Error> {
    Ok(Precision::Decimals(i32::from(minor_units(currency)?)))
}

fn no_minor_unit(currency: Currency) -> Error {
    ErrorKind::NoMinorUnit { currency: currency.to_string() }.into()
}
