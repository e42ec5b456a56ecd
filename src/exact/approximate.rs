//! Is one power above a quotient or below it? Answered by bounds that are narrowed until they part.

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{One, Zero};
use std::cmp::Ordering;

/// Compares `(a / b)^n` with `num / den`, the quotient in lowest terms and no denominator zero.
pub(super) fn compare_power((a, b): (&BigUint, &BigUint), n: u32, (num, den): &(BigUint, BigUint)) -> Ordering {
    if a.is_zero() || num.is_zero() {
        return a.cmp(num);
    }
    // Enough for any two factors of the same length; what is closer needs more.
    let mut bits = a.bits() + 64;
    let bounds = |bits: u64, side: Side| {
        (Bound::quotient(a, b, Width { bits, side }).pow(n, Width { bits, side }), Bound::quotient(num, den, Width { bits, side }))
    };
    loop {
        let (least_power, least_quotient) = bounds(bits, Side::Below);
        let (greatest_power, greatest_quotient) = bounds(bits, Side::Above);
        if least_power.cmp(&greatest_quotient).is_gt() {
            return Ordering::Greater;
        }
        if greatest_power.cmp(&least_quotient).is_lt() {
            return Ordering::Less;
        }
        if is_power((a, b), n, (num, den)) {
            return Ordering::Equal;
        }
        // OK because two different numbers part at some width.
        bits *= 2;
    }
}

/// Whether `(a / b)^n` is `num / den` exactly: whether numerator and denominator are each such a power.
fn is_power((a, b): (&BigUint, &BigUint), n: u32, (num, den): (&BigUint, &BigUint)) -> bool {
    let common = a.gcd(b);
    // A power that has more bits than the number is not computed.
    let reaches = |root: BigUint, number: &BigUint| (root.bits() - 1) * u64::from(n) < number.bits() && root.pow(n) == *number;
    reaches(a / &common, num) && reaches(b / &common, den)
}

/// On which side of the true value a bound stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Above,
}

/// To how many bits a bound is kept, and on which side.
#[derive(Clone, Copy)]
struct Width {
    bits: u64,
    side: Side,
}

/// `mantissa × 2^exponent`, never zero, kept on one side of what it stands for.
#[derive(Clone)]
struct Bound {
    mantissa: BigUint,
    exponent: i64,
}

impl Bound {
    fn quotient(num: &BigUint, den: &BigUint, width: Width) -> Bound {
        let shift = signed(width.bits + 1 + den.bits()) - signed(num.bits());
        let quotient = if shift >= 0 { (num << shift.unsigned_abs()) / den } else { num / (den << shift.unsigned_abs()) };
        Bound { mantissa: quotient, exponent: -shift }.on(width.side).shortened(width)
    }

    /// Moves away from what was cut off.
    fn on(mut self, side: Side) -> Bound {
        if side == Side::Above {
            self.mantissa += 1_u8;
        }
        self
    }

    fn shortened(self, width: Width) -> Bound {
        let excess = self.mantissa.bits().saturating_sub(width.bits);
        if excess == 0 {
            return self;
        }
        Bound { mantissa: self.mantissa >> excess, exponent: self.exponent + signed(excess) }.on(width.side)
    }

    fn times(&self, other: &Bound, width: Width) -> Bound {
        Bound { mantissa: &self.mantissa * &other.mantissa, exponent: self.exponent + other.exponent }.shortened(width)
    }

    /// By repeated squaring.
    fn pow(self, mut n: u32, width: Width) -> Bound {
        let (mut power, mut square) = (Bound { mantissa: BigUint::one(), exponent: 0 }, self);
        loop {
            if n & 1 == 1 {
                power = power.times(&square, width);
            }
            n >>= 1;
            if n == 0 {
                return power;
            }
            square = square.times(&square, width);
        }
    }

    /// The order of the values; lengths decide before anything is shifted.
    fn cmp(&self, other: &Bound) -> Ordering {
        let length = |bound: &Bound| signed(bound.mantissa.bits()) + bound.exponent;
        length(self).cmp(&length(other)).then_with(|| {
            // OK because numbers of one length differ in their exponents by no more than in their mantissas' bits.
            let common = self.exponent.min(other.exponent);
            let aligned = |bound: &Bound| &bound.mantissa << (bound.exponent - common).unsigned_abs();
            aligned(self).cmp(&aligned(other))
        })
    }
}

/// A count of bits, which is far below 2^63.
fn signed(bits: u64) -> i64 {
    i64::try_from(bits).unwrap_or(i64::MAX)
}
