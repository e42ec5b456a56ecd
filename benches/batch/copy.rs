//! Copies a CSV file record by record through the `csv` crate, on one thread: what reading and writing alone take.

use std::env::args_os;
use std::fs::File;
use std::io;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = args_os().skip(1);
    let (Some(from), Some(to)) = (paths.next(), paths.next()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "usage: csv_copy IN.csv OUT.csv").into());
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(File::open(from)?);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(File::create(to)?);
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        writer.write_byte_record(&record)?;
    }
    Ok(writer.flush()?)
}
