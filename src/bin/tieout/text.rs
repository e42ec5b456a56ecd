//! Results for people.

use crate::failure::Failure;
use std::io::Write;
use tieout::{Decimal, Leg};

/// Prints lines, the first one bold on a terminal.
pub(crate) fn print(lines: &[String]) -> Result<(), Failure> {
    let mut out = anstream::AutoStream::auto(std::io::stdout()).lock();
    let mut write = || {
        for (index, line) in lines.iter().enumerate() {
            if index == 0 {
                writeln!(out, "\u{1b}[1m{line}\u{1b}[0m")?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        out.flush()
    };
    write().map_err(|error| Failure::output(&error))
}

/// Prints text as it is, for people and programs alike.
pub(crate) fn print_plain(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}

/// A number with its thousands apart: `59,500,000,000.00`.
pub(crate) fn grouped(value: Decimal) -> String {
    let text = value.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// A published rate and where it stands.
pub(crate) fn leg(leg: Leg<'_>) -> String {
    let published = format!("  {} {}  {}, {}", leg.pair, leg.rate, leg.source, leg.date);
    match (leg.next, leg.line) {
        // A legal ratio stands in no file.
        (None, 0) => published,
        (None, line) => format!("{published}, line {line}"),
        (Some(next), line) => {
            format!("{published}, line {line}; interpolated towards {} on {}, line {}", next.rate, next.date, next.line)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: groups of three before the point, none behind it.
    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [("1", "1"), ("123", "123"), ("1234", "1,234"), ("-1234567.8901", "-1,234,567.8901"), ("0.5", "0.5")] {
            assert_eq!(grouped(number.parse().unwrap()), text);
        }
    }
}
