//! The relation a user writes, `margin% = profit / revenue`: its grammar, and what it gives for a row.

use super::super::header::Header;
use crate::error::{Error, ErrorKind};
use crate::exact::{Interval, Ratio};
use crate::number::plain_decimal;
use rust_decimal::Decimal;

/// An expression over the operands of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// The operand of this number.
    Operand(usize),
    Constant(Ratio),
    Negative(Box<Expression>),
    Binary(Operation, Box<[Expression; 2]>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A column of a relation; `%` behind its name says that its numbers are percents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) percent: bool,
}

/// A relation as it is written: a result, and the expression that gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Equation {
    pub(super) text: String,
    pub(super) result: Reference,
    /// The columns of the expression, each once.
    pub(super) operands: Vec<Reference>,
    pub(super) expression: Expression,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name { text: String, percent: bool },
    Number { value: Decimal, percent: bool },
    Sign(char),
}

impl Equation {
    /// Reads `result = expression`. The header tells a column `margin%` from a column `margin` in percent.
    ///
    /// # Errors
    ///
    /// [`Relation`](ErrorKind::Relation) with the reason.
    pub(super) fn read(text: &str, header: &Header) -> Result<Equation, Error> {
        let wrong = |reason: String| Error::from(ErrorKind::Relation { text: text.to_owned(), reason });
        let tokens = tokens(text).map_err(wrong)?;
        let [Token::Name { text: name, percent }, Token::Sign('='), rest @ ..] = tokens.as_slice() else {
            return Err(wrong("it must begin with one column and =, such as total = a + b".to_owned()));
        };
        let result = reference(name, *percent, header);
        let mut parser = Parser { tokens: rest, header, operands: Vec::new(), depth: 0 };
        let expression = parser.sum().map_err(wrong)?;
        if let Some(token) = parser.tokens.first() {
            return Err(wrong(format!("{} was not expected where it stands", token.show())));
        }
        let operands = parser.operands;
        if operands.iter().any(|operand| operand.name == result.name) {
            return Err(wrong(format!("column {:?} stands on both sides", result.name)));
        }
        let equation = Equation { text: text.to_owned(), result, operands, expression };
        equation.check_exact().map_err(wrong)?;
        Ok(equation)
    }

    /// The operands that stand more than once.
    pub(super) fn repeated(&self) -> Vec<usize> {
        (0..self.operands.len()).filter(|operand| self.expression.count(*operand) > 1).collect()
    }

    /// Refuses what has no exact range: a column that stands twice and not linearly over linearly.
    ///
    /// Where a column stands to the first power above and below the fraction line only, the value rises or falls
    /// with it all the way, so that its ends give the ends of the result.
    fn check_exact(&self) -> Result<(), String> {
        for operand in self.repeated() {
            let (above, below) = self.expression.degrees(operand);
            if above > 1 || below > 1 {
                let name = self.operands.get(operand).map_or("", |reference| &reference.name);
                return Err(format!(
                    "column {name:?} stands several times, so that the range of the result is not exact: write it so that each column stands once"
                ));
            }
        }
        Ok(())
    }

    /// Whether this is a growth, (x − y) ÷ y; then the operand y.
    pub(super) fn growth(&self) -> Option<[usize; 2]> {
        let Expression::Binary(Operation::Divide, sides) = &self.expression else { return None };
        let [Expression::Binary(Operation::Subtract, difference), Expression::Operand(base)] = sides.as_ref() else { return None };
        match difference.as_ref() {
            [Expression::Operand(current), Expression::Operand(prior)] if prior == base => Some([*prior, *current]),
            _ => None,
        }
    }
}

impl Expression {
    fn count(&self, operand: usize) -> usize {
        match self {
            Expression::Operand(this) => usize::from(*this == operand),
            Expression::Constant(_) => 0,
            Expression::Negative(inner) => inner.count(operand),
            Expression::Binary(_, sides) => sides.iter().map(|side| side.count(operand)).sum(),
        }
    }

    /// The decimals of the constants of a sum; `None` where anything is multiplied or divided.
    pub(super) fn sum_decimals(&self) -> Option<i32> {
        match self {
            Expression::Operand(_) => Some(0),
            Expression::Constant(value) => value.to_decimal().and_then(|value| i32::try_from(value.scale()).ok()),
            Expression::Negative(inner) => inner.sum_decimals(),
            Expression::Binary(Operation::Add | Operation::Subtract, sides) => {
                let [left, right] = sides.each_ref().map(|side| side.sum_decimals());
                Some(left?.max(right?))
            }
            Expression::Binary(..) => None,
        }
    }

    /// The degrees of an operand above and below the fraction line, at most.
    fn degrees(&self, operand: usize) -> (usize, usize) {
        match self {
            Expression::Operand(this) => (usize::from(*this == operand), 0),
            Expression::Constant(_) => (0, 0),
            Expression::Negative(inner) => inner.degrees(operand),
            Expression::Binary(operation, sides) => {
                let [(a, b), (c, d)] = sides.each_ref().map(|side| side.degrees(operand));
                match operation {
                    Operation::Add | Operation::Subtract => ((a + d).max(c + b), b + d),
                    Operation::Multiply => (a + c, b + d),
                    Operation::Divide => (a + d, b + c),
                }
            }
        }
    }

    /// Every value that the operands' intervals give, those in `repeated` taken at their ends; `None` where a divisor
    /// can be zero.
    pub(super) fn range(&self, operands: &[Interval], repeated: &[usize]) -> Option<Interval> {
        if !self.divisors().iter().all(|divisor| divisor.corners(operands, repeated).is_some_and(|range| !range.contains(&Ratio::ZERO))) {
            return None;
        }
        self.corners(operands, repeated)
    }

    fn corners(&self, operands: &[Interval], repeated: &[usize]) -> Option<Interval> {
        let Some((first, rest)) = repeated.split_first() else { return self.evaluate(operands) };
        let interval = operands.get(*first)?;
        let at = |end: &crate::exact::End| {
            let mut operands = operands.to_vec();
            *operands.get_mut(*first)? = Interval::point(end.value()?.clone());
            self.corners(&operands, rest)
        };
        Some(at(interval.low())?.hull(&at(interval.high())?))
    }

    fn evaluate(&self, operands: &[Interval]) -> Option<Interval> {
        match self {
            Expression::Operand(operand) => operands.get(*operand).cloned(),
            Expression::Constant(value) => Some(Interval::point(value.clone())),
            Expression::Negative(inner) => Some(inner.evaluate(operands)?.neg()),
            Expression::Binary(operation, sides) => {
                let [left, right] = sides.each_ref().map(|side| side.evaluate(operands));
                let (left, right) = (left?, right?);
                match operation {
                    Operation::Add => Some(left.add(&right)),
                    Operation::Subtract => Some(left.sub(&right)),
                    Operation::Multiply => Some(left.mul(&right)),
                    Operation::Divide => left.checked_div(&right),
                }
            }
        }
    }

    fn divisors(&self) -> Vec<&Expression> {
        match self {
            Expression::Operand(_) | Expression::Constant(_) => Vec::new(),
            Expression::Negative(inner) => inner.divisors(),
            Expression::Binary(operation, sides) => {
                let mut divisors: Vec<_> = sides.iter().flat_map(Expression::divisors).collect();
                let [_, right] = sides.as_ref();
                divisors.extend((*operation == Operation::Divide).then_some(right));
                divisors
            }
        }
    }
}

/// `margin%` is a column of that name if there is one, and a percent in any case.
fn reference(name: &str, percent: bool, header: &Header) -> Reference {
    let whole = format!("{name}%");
    let name = if percent && header.has(&whole) { whole } else { name.to_owned() };
    Reference { percent: percent || name.ends_with('%'), name }
}

/// A recursive-descent parser: sum of products of factors.
struct Parser<'t> {
    tokens: &'t [Token],
    header: &'t Header,
    operands: Vec<Reference>,
    depth: u32,
}

/// How deeply brackets may be nested.
const MAX_DEPTH: u32 = 64;

impl Parser<'_> {
    fn sum(&mut self) -> Result<Expression, String> {
        let mut left = self.product()?;
        while let Some(operation) = self.take(&[('+', Operation::Add), ('-', Operation::Subtract)]) {
            left = Expression::Binary(operation, Box::new([left, self.product()?]));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expression, String> {
        let mut left = self.factor()?;
        while let Some(operation) = self.take(&[('*', Operation::Multiply), ('/', Operation::Divide)]) {
            left = Expression::Binary(operation, Box::new([left, self.factor()?]));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Expression, String> {
        let Some((token, rest)) = self.tokens.split_first() else { return Err("it ends where a column or number should stand".to_owned()) };
        self.tokens = rest;
        match token {
            Token::Name { text, percent } => self.operand(reference(text, *percent, self.header)),
            Token::Number { value, percent } => {
                let unit = if *percent { Ratio::power_of_ten(-2) } else { Ratio::ONE };
                Ok(Expression::Constant(&Ratio::from(*value) * &unit))
            }
            Token::Sign('-') => self.nested(|parser| Ok(Expression::Negative(Box::new(parser.factor()?)))),
            Token::Sign('(') => self.nested(|parser| {
                let inner = parser.sum()?;
                match parser.take(&[(')', ())]) {
                    Some(()) => Ok(inner),
                    None => Err("a bracket is not closed".to_owned()),
                }
            }),
            token => Err(format!("{} stands where a column or number should", token.show())),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Expression, String>) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("it is nested more than {MAX_DEPTH} deep"));
        }
        let expression = read(self)?;
        self.depth -= 1;
        Ok(expression)
    }

    fn operand(&mut self, reference: Reference) -> Result<Expression, String> {
        let known = self.operands.iter().enumerate().find(|(_, operand)| operand.name == reference.name);
        match known {
            Some((_, operand)) if operand.percent != reference.percent => {
                Err(format!("column {:?} stands once with % and once without", reference.name))
            }
            Some((index, _)) => Ok(Expression::Operand(index)),
            None => {
                self.operands.push(reference);
                Ok(Expression::Operand(self.operands.len() - 1))
            }
        }
    }

    fn take<T: Copy>(&mut self, signs: &[(char, T)]) -> Option<T> {
        let (token, rest) = self.tokens.split_first()?;
        let (_, value) = signs.iter().find(|(sign, _)| *token == Token::Sign(*sign))?;
        self.tokens = rest;
        Some(*value)
    }
}

impl Token {
    fn show(&self) -> String {
        match self {
            Token::Name { text, .. } => format!("column {text:?}"),
            Token::Number { value, .. } => format!("the number {value}"),
            Token::Sign(sign) => format!("{:?}", sign.to_string()),
        }
    }
}

/// Cuts a relation into names, numbers and signs. Words beside each other are one name: `net revenue`.
fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let (token, after) = match c {
            '"' => quoted(rest)?,
            c if c.is_ascii_digit() => number(rest)?,
            c if c.is_alphabetic() || c == '_' => word(rest),
            _ => (
                Token::Sign(sign(c).ok_or_else(|| {
                    format!("{:?} is no part of a relation; a column with such a name is written in quotes", c.to_string())
                })?),
                rest.get(c.len_utf8()..).unwrap_or_default(),
            ),
        };
        match (tokens.last_mut(), token) {
            (Some(Token::Name { text, percent: percent @ false }), Token::Name { text: more, percent: last }) => {
                *text = format!("{text} {more}");
                *percent = last;
            }
            (_, token) => tokens.push(token),
        }
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn sign(c: char) -> Option<char> {
    match c {
        '=' | '+' | '-' | '*' | '/' | '(' | ')' => Some(c),
        '−' => Some('-'),
        '×' => Some('*'),
        '÷' => Some('/'),
        _ => None,
    }
}

fn strip_percent(rest: &str) -> (bool, &str) {
    match rest.strip_prefix('%') {
        Some(after) => (true, after),
        None => (false, rest),
    }
}

fn quoted(text: &str) -> Result<(Token, &str), String> {
    let inside = text.get(1..).unwrap_or_default();
    let end = inside.find('"').ok_or("a quote is not closed")?;
    let (percent, after) = strip_percent(inside.get(end + 1..).unwrap_or_default());
    Ok((Token::Name { text: inside.get(..end).unwrap_or_default().to_owned(), percent }, after))
}

fn word(text: &str) -> (Token, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(text.len());
    let (name, after) = text.split_at(end);
    let (percent, after) = strip_percent(after);
    (Token::Name { text: name.to_owned(), percent }, after)
}

fn number(text: &str) -> Result<(Token, &str), String> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (digits, after) = text.split_at(end);
    let value = plain_decimal(digits).ok_or_else(|| format!("{digits:?} is no number"))?;
    let (percent, after) = strip_percent(after);
    Ok((Token::Number { value, percent }, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn equation(text: &str) -> Equation {
        let header = Header::read("x.csv", b"x,a,b,c,a%,net revenue", b',');
        Equation::read(text, &header).unwrap()
    }

    /// Rule: a relation is read however long its numbers are, or refused.
    #[test]
    fn zeros_without_end_exhaust_nothing() {
        let header = Header::read("x.csv", b"x,a", b',');
        let zeros = "0".repeat(200_000);
        assert!(Equation::read(&format!("x = a * {zeros}1"), &header).is_ok());
        assert!(Equation::read(&format!("x = a * 1{zeros}"), &header).is_err());
    }

    /// Every corner of the operands' box: what a range comes down to where the value is monotone in each operand.
    fn brute_force(equation: &Equation, operands: &[Interval]) -> Interval {
        let corners = (0..1_u32 << operands.len()).map(|corner| {
            let at = |(index, interval): (usize, &Interval)| {
                let end = if corner >> index & 1 == 0 { interval.low() } else { interval.high() };
                Interval::point(end.value().unwrap().clone())
            };
            let point: Vec<Interval> = operands.iter().enumerate().map(at).collect();
            equation.expression.evaluate(&point).unwrap()
        });
        corners.reduce(|all, one| all.hull(&one)).unwrap()
    }

    proptest! {
        /// Rule: the range is what the corners of the operands' intervals give, for columns that stand twice too.
        #[test]
        fn a_range_is_that_of_the_corners(
            text in prop::sample::select(vec![
                "x = a + b - c", "x = a / b", "x = (b - a) / a", "x = a * b / c", "x = a / (a + b)", "x = (a - b) / (a + c)", "x = -a * (b - 3) + c / 2",
            ]),
            values in prop::collection::vec((1_i64..200, 0_i64..50), 3),
        ) {
            let equation = equation(text);
            let interval = |(low, width): &(i64, i64)| Interval::closed(Ratio::from(*low), Ratio::from(low + width)).unwrap();
            let operands: Vec<Interval> = values.iter().map(interval).take(equation.operands.len()).collect();
            prop_assert_eq!(equation.expression.range(&operands, &equation.repeated()), Some(brute_force(&equation, &operands)));
        }
    }

    /// Rule: a divisor that can be zero leaves the range open.
    #[test]
    fn a_divisor_that_can_be_zero_has_no_range() {
        let equation = equation("x = (a + b) / (a - b)");
        let interval = |low, high| Interval::closed(Ratio::from(low), Ratio::from(high)).unwrap();
        assert_eq!(equation.expression.range(&[interval(1, 3), interval(2, 4)], &equation.repeated()), None);
        assert!(equation.expression.range(&[interval(5, 6), interval(2, 4)], &equation.repeated()).is_some());
    }

    /// Rule: names of several words need no quotes, and a % is part of a name where the header has it so.
    #[test]
    fn names_are_those_of_the_header() {
        let equation = equation("x% = net revenue / \"b\" + a%");
        assert!(equation.result.percent);
        let names: Vec<_> = equation.operands.iter().map(|operand| (operand.name.as_str(), operand.percent)).collect();
        assert_eq!(names, [("net revenue", false), ("b", false), ("a%", true)]);
    }

    /// Rule: × and ÷ bind before + and −, and all from the left.
    #[test]
    fn operators_bind_as_in_arithmetic() {
        for (text, value) in
            [("x = 2 + 3 * 4", 14), ("x = 20 / 2 / 5 - 1 - 1", 0), ("x = (2 + 3) × 4", 20), ("x = -(2 − 5)", 3), ("x = 50% * 8 ÷ 2", 2)]
        {
            assert_eq!(equation(text).expression.range(&[], &[]), Some(Interval::point(Ratio::from(value))), "{text}");
        }
    }
}
