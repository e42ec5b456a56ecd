//! What does a figure belong to? The key's fields, and what stands for them.
//!
//! A key is not kept but its fingerprint: 96 bits of hashes with seeds drawn anew in each run, so that no file can be
//! made for them. That two of a billion keys look alike has a probability of about 10⁻¹¹.

use crate::batch::error::RowError;
use crate::batch::header::Column;
use crate::batch::lines::Fields;
use foldhash::quality::RandomState;
use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher};

/// The columns of a key.
#[derive(Debug)]
pub(super) struct Keys {
    columns: Vec<Column>,
    /// The first and the last column, where all stand beside one another in this order: then the bytes from one to the
    /// other are the key, as long as no field is quoted.
    span: Option<(usize, usize)>,
    delimiter: u8,
    whole: Seeds,
    parts: Seeds,
}

/// What makes fingerprints: the same bytes have the same one in one run.
#[derive(Debug, Default)]
struct Seeds([RandomState; 2]);

/// What stands for a key, or for a key and a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Fingerprint {
    pub(super) place: u64,
    pub(super) tag: u32,
}

/// What a period adds to the fingerprint of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    place: u64,
    tag: u32,
}

impl Keys {
    pub(super) fn new(columns: Vec<Column>) -> Keys {
        let follow = |pair: &[Column]| matches!(pair, [one, next] if one.index + 1 == next.index);
        let ends = columns.first().zip(columns.last()).filter(|_| columns.windows(2).all(follow));
        let span = ends.map(|(first, last)| (first.index, last.index));
        Keys { columns, span, delimiter: b',', whole: Seeds::default(), parts: Seeds::default() }
    }

    /// Sets the byte between fields.
    pub(super) fn delimited_by(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The fingerprint of a row's key.
    ///
    /// # Errors
    ///
    /// In a short row, for want of a field.
    #[inline(always)]
    pub(super) fn of<'r>(&self, row: &impl Fields<'r>) -> Result<Fingerprint, RowError> {
        match self.plain(row) {
            Some(bytes) => Ok(self.whole.of(bytes)),
            None => self.of_contents(row),
        }
    }

    #[inline(always)]
    fn plain<'r>(&self, row: &impl Fields<'r>) -> Option<&'r [u8]> {
        let (first, last) = self.span?;
        let bytes = row.span(first, last)?;
        (!(first..=last).any(|index| row.is_quoted(index))).then_some(bytes)
    }

    /// The fingerprint of what the fields say. Fields that no delimiter is in have that of the same fields without
    /// quotes; no key of theirs is one of fields with a delimiter.
    fn of_contents<'r>(&self, row: &impl Fields<'r>) -> Result<Fingerprint, RowError> {
        let fields: Vec<Cow<'_, [u8]>> = self.columns.iter().map(|column| column.content(row)).collect::<Result<_, _>>()?;
        if self.span.is_some() && !fields.iter().any(|field| field.contains(&self.delimiter)) {
            return Ok(self.whole.of(&fields.join(&self.delimiter)));
        }
        Ok(self.parts.of_parts(&fields))
    }
}

impl Seeds {
    /// The fingerprint of bytes.
    #[inline(always)]
    fn of(&self, bytes: &[u8]) -> Fingerprint {
        let hash = |state: &RandomState| {
            let mut hasher = state.build_hasher();
            hasher.write(bytes);
            hasher.write_usize(bytes.len());
            hasher.finish()
        };
        let Seeds([place, tag]) = self;
        Fingerprint::new(hash(place), hash(tag))
    }

    /// The fingerprint of some fields, each after its length, so that no two keys look alike.
    fn of_parts(&self, fields: &[Cow<'_, [u8]>]) -> Fingerprint {
        let [place, tag] = self.0.each_ref().map(|state| {
            let mut hasher = state.build_hasher();
            for field in fields {
                hasher.write_usize(field.len());
                hasher.write(field);
            }
            hasher.finish()
        });
        Fingerprint::new(place, tag)
    }
}

impl Fingerprint {
    #[inline]
    fn new(place: u64, tag: u64) -> Fingerprint {
        // OK because the upper half of 64 bits fits 32.
        Fingerprint { place, tag: (tag >> 32) as u32 }
    }

    /// The fingerprint of this key at a period, or of this figure a shift away.
    #[inline]
    pub(super) fn at(self, shift: Shift) -> Fingerprint {
        Fingerprint { place: self.place.wrapping_add(shift.place), tag: self.tag.wrapping_add(shift.tag) }
    }
}

impl Shift {
    /// What the period of a code adds: products with odd numbers without a pattern spread the codes.
    pub(super) fn of(code: u64) -> Shift {
        let Fingerprint { place, tag } =
            Fingerprint::new(code.wrapping_mul(0x9e37_79b9_7f4a_7c15), code.wrapping_mul(0xd1b5_4a32_d192_ed03));
        Shift { place, tag }
    }

    /// The way from another one to this one.
    pub(super) fn from(self, other: Shift) -> Shift {
        Shift { place: self.place.wrapping_sub(other.place), tag: self.tag.wrapping_sub(other.tag) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::header::Header;
    use crate::batch::records::{Records, Row, Tail};

    fn keys(columns: &[&str]) -> Keys {
        let header = Header::of_names("t.csv", ["a", "b", "c", "d"]);
        Keys::new(columns.iter().map(|name| header.find(name).unwrap()).collect())
    }

    fn fingerprint(keys: &Keys, row: &str) -> Option<Fingerprint> {
        let mut ends = Vec::new();
        Records::new(row.as_bytes(), b',', Tail::End).next(&mut ends).unwrap();
        keys.of(&Row::new(row.as_bytes(), &ends)).ok()
    }

    /// Rule: a key is what its fields say, quoted or not; other fields, or the same cut elsewhere, are another key.
    #[test]
    fn a_key_is_what_its_fields_say() {
        for columns in [&["b", "c"][..], &["c", "b"], &["a", "c"], &["b"], &[]] {
            let keys = keys(columns);
            let of = |row: &str| fingerprint(&keys, row).unwrap();
            assert_eq!(of("x,one,two,1"), of("x,\"one\",\"two\",2"), "{columns:?}");
            assert_eq!(of("x,\"o,ne\",two,1"), of("x,\"o,ne\",\"two\",2"), "{columns:?}");
            assert_eq!(of("x,\"o\"\"e\",two,1"), of("x,\"o\"\"e\",\"two\",2"), "{columns:?}");
            if columns.len() == 2 {
                assert_ne!(of("x,\"one,x\",two,1"), of("x,one,\"x,two\",1"), "{columns:?}");
                assert_ne!(of("x,one,two,1"), of("x,onet,wo,1"), "{columns:?}");
                assert_ne!(of("y,one,,1"), of("x,,one,1"), "{columns:?}");
                assert!(fingerprint(&keys, "x,y").is_none(), "{columns:?}");
            }
        }
    }

    /// Rule: from a figure to that of the period before and back is the way it came.
    #[test]
    fn shifts_lead_there_and_back() {
        let key = fingerprint(&keys(&["a"]), "x,y,z,1").unwrap();
        let [one, two] = [Shift::of(7), Shift::of(1 << 40 | 9)];
        assert_eq!(key.at(one).at(two.from(one)), key.at(two));
        assert_ne!(key.at(one), key.at(two));
    }
}
