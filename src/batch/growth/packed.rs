//! A figure of a table in 64 bits.

use crate::batch::short::Short;
use crate::locale::{TypedFigure, TypedUnit};
use rust_decimal::Decimal;

/// A figure in 64 bits: from the highest, 3 for what it is, 1 for the sign, 5 for the scale, 55 for the digits. All
/// zero is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Packed(u64);

const KIND: u32 = 61;
const SIGN: u32 = 60;
const SCALE: u32 = 55;
const PLAIN: u64 = 1;
const PERCENT: u64 = 2;
/// The digits are an index of the figures that are longer.
const LONG: u64 = 3;
/// Rows disagree.
const CONFLICT: u64 = 4;

impl Packed {
    pub(super) const CONFLICT: Packed = Packed(CONFLICT << KIND);

    /// A figure, if it fits.
    pub(super) fn new(figure: &TypedFigure) -> Option<Packed> {
        let kind = match figure.unit {
            TypedUnit::Plain if figure.power == 0 => PLAIN,
            TypedUnit::Percent if figure.power == 0 => PERCENT,
            _ => return None,
        };
        let digits = u64::try_from(figure.digits.mantissa().unsigned_abs()).ok()?;
        Packed::of(kind, Short { negative: figure.digits.is_sign_negative(), digits, scale: figure.digits.scale() })
    }

    /// An ordinary number, if it fits.
    #[inline]
    pub(super) fn plain(number: Short) -> Option<Packed> {
        Packed::of(PLAIN, number)
    }

    #[inline]
    fn of(kind: u64, number: Short) -> Option<Packed> {
        let fits = number.digits >> SCALE == 0 && number.scale < 1 << (SIGN - SCALE);
        fits.then_some(Packed(kind << KIND | u64::from(number.negative) << SIGN | u64::from(number.scale) << SCALE | number.digits))
    }

    pub(super) fn long(index: usize) -> Packed {
        // OK because there are not so many figures.
        Packed(LONG << KIND | index as u64)
    }

    #[inline]
    fn kind(self) -> u64 {
        self.0 >> KIND
    }

    #[inline]
    fn digits(self) -> u64 {
        self.0 & ((1 << SCALE) - 1)
    }

    #[inline]
    fn number(self) -> Short {
        // OK because five bits fit.
        let scale = (self.0 >> SCALE & ((1 << (SIGN - SCALE)) - 1)) as u32;
        Short { negative: self.0 >> SIGN & 1 == 1, digits: self.digits(), scale }
    }

    /// Whether there is none.
    #[inline]
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The same figure where others stand in front of the long ones of its chunk.
    pub(super) fn behind(self, others: usize) -> Packed {
        if self.kind() == LONG { Packed(self.0 + others as u64) } else { self }
    }

    /// Whether rows disagree on the figure.
    #[inline]
    pub(super) fn is_conflict(self) -> bool {
        self.kind() == CONFLICT
    }

    /// The ordinary number that the figure is; `None` if it is something else.
    #[inline]
    pub(super) fn short(self) -> Option<Short> {
        (self.kind() == PLAIN).then(|| self.number())
    }
}

/// The figure as it was read; `None` for none and for a conflict.
pub(super) fn unpack(packed: Packed, long: &[TypedFigure]) -> Option<TypedFigure> {
    let number = packed.number();
    let digits = || {
        let digits = i128::from(number.digits);
        Decimal::try_from_i128_with_scale(if number.negative { -digits } else { digits }, number.scale).ok()
    };
    match packed.kind() {
        PLAIN => digits().map(TypedFigure::plain),
        PERCENT => digits().map(|digits| TypedFigure { digits, power: 0, unit: TypedUnit::Percent }),
        LONG => usize::try_from(packed.digits()).ok().and_then(|index| long.get(index)).copied(),
        _ => None,
    }
}

/// Whether two figures have one value, however they are written.
pub(super) fn are_equal(one: Packed, other: Packed, long: &[TypedFigure]) -> bool {
    match (unpack(one, long), unpack(other, long)) {
        (Some(one), Some(other)) => one.value() == other.value(),
        _ => false,
    }
}
