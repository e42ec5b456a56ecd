//! A table is the same whatever its encoding, its line ends, or what it is packed in.

use super::{pair, refusal, sample};
use tieout::RateTable;

#[track_caller]
fn assert_same(bytes: &[u8], name: &str) {
    let table = RateTable::read(bytes, name).unwrap();
    assert_eq!(table.info().to_string(), super::read("prices.journal").info().to_string());
    let euro = table.observations(pair("EUR/USD"));
    assert_eq!((euro[0].rate.to_string().as_str(), euro[0].line), ("1.35", 5));
}

fn text() -> String {
    String::from_utf8(sample("prices.journal")).unwrap()
}

/// Rule: UTF-8 with or without its mark, UTF-16 of either order with or without its mark, CRLF.
#[test]
fn unicode_in_every_form() {
    assert_same(format!("\u{feff}{}", text()).as_bytes(), "bom");
    assert_same(text().replace('\n', "\r\n").as_bytes(), "crlf");
    for mark in ["", "\u{feff}"] {
        let marked = format!("{mark}{}", text());
        let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_same(&little, "utf-16le");
        assert_same(&big, "utf-16be");
    }
}

/// Rule: bytes that are not UTF-8 are windows-1252: the euro sign there is 0x80.
#[test]
fn an_8_bit_encoding() {
    let mut bytes = Vec::new();
    for letter in text().chars() {
        match letter {
            '€' => bytes.push(0x80),
            other => bytes.push(u8::try_from(u32::from(other)).unwrap()),
        }
    }
    assert_same(&bytes, "windows-1252");
}

/// Rule: a line of a CSV file is counted the same with CRLF, after blank lines and after a quoted line end.
#[test]
fn lines_are_counted_alike_in_every_file() {
    let line_of = |csv: &str| RateTable::read(csv.as_bytes(), "x.csv").unwrap().observations(pair("EUR/USD"))[0].line;
    assert_eq!(line_of("date,base,quote,rate\n2024-03-01,EUR,USD,1.08\n"), 2);
    assert_eq!(line_of("date,base,quote,rate\r\n2024-03-01,EUR,USD,1.08\r\n"), 2);
    assert_eq!(line_of("date,base,quote,rate\n\n\n2024-03-01,EUR,USD,1.08"), 4);
    assert_eq!(line_of("date,base,quote,rate,note\n2024-03-01,EUR,JPY,1.08,\"a\nb\"\n2024-03-01,EUR,USD,1.08,\n"), 4);
}

/// Rule: a file cut off in its middle is refused, not read as far as it goes.
#[test]
fn a_stray_carriage_return_is_no_digit() {
    assert!(refusal(b"date,base,quote,rate\n2024-03-01,EUR,USD,1.0\r8\n", "x.csv").starts_with("x.csv:"));
}

#[cfg(feature = "archives")]
mod packed {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Rule: gzip and zip are looked into; an archive's name is said with its entry's.
    #[test]
    fn gzip_and_zip_are_unpacked() {
        assert_same(&gzip(text().as_bytes()), "prices.journal.gz");
        assert_same(&zip(&[("readme.txt", b"hello"), ("prices.journal", text().as_bytes())]), "prices.zip");
        let corrupt = text().replace("11,664 NOK", "11,66x NOK");
        let message = refusal(&zip(&[("prices.journal", corrupt.as_bytes())]), "prices.zip");
        assert!(message.starts_with("prices.zip/prices.journal:6:"), "{message}");
    }

    /// Rule: an archive that is cut off, spoilt, empty or of several tables is refused.
    #[test]
    fn a_spoilt_archive_is_refused() {
        let packed = gzip(text().as_bytes());
        assert!(refusal(&packed[..packed.len() - 9], "prices.gz").starts_with("prices.gz"));
        let mut spoilt = packed.clone();
        let middle = spoilt.len() - 6;
        spoilt[middle] ^= 1;
        assert!(refusal(&spoilt, "prices.gz").starts_with("prices.gz"));
        let archive = zip(&[("a.csv", b"x"), ("b.csv", b"y")]);
        assert_eq!(
            refusal(&archive, "two.zip"),
            "two.zip: not a rate table: expected one table in the zip archive, found 2: unpack the one you want of a.csv, b.csv"
        );
        let workbook = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
        assert_eq!(refusal(&workbook, "rates.xlsx"), "rates.xlsx: not a rate table: it is a workbook or document: save the table as CSV");
        let nested = zip(&[("inner.csv.gz", &packed)]);
        assert_eq!(refusal(&nested, "x.zip"), "x.zip/inner.csv.gz:1: not a rate table: it is an archive in an archive: unpack it first");
        let cut = "prices.gz: the gzip file is broken or cut off (";
        assert!(refusal(&packed[..packed.len() - 9], "prices.gz").starts_with(cut));
        assert!(refusal(&archive[..40], "cut.zip").starts_with("cut.zip: not a rate table: the zip archive is broken or cut off"));
        assert!(refusal(&zip(&[]), "none.zip").starts_with("none.zip: not a rate table"));
    }
}
