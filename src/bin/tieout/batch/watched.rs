//! An input file that must stay as it is while it is read.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::time::SystemTime;

/// What changes when a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of a regular file; `None` for a pipe or device, which is read as it comes.
    pub(super) fn of(file: &File) -> Option<Stamp> {
        let known = file.metadata().ok().filter(Metadata::is_file)?;
        Some(Stamp { size: known.len(), modified: known.modified().ok() })
    }

    /// How many bytes there were.
    pub(super) fn size(self) -> u64 {
        self.size
    }
}

/// A file whose end is an error if it is not what it was: half of a row that is being written would be a wrong row.
#[derive(Debug)]
pub(super) struct Watched {
    file: File,
    stamp: Option<Stamp>,
}

impl Watched {
    pub(super) fn new(file: File, stamp: Option<Stamp>) -> Watched {
        Watched { file, stamp }
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let is_end = count == 0 && !buffer.is_empty();
        if is_end && self.stamp.is_some() && Stamp::of(&self.file) != self.stamp {
            return Err(io::Error::other("the file changed while it was read: run again when it is whole"));
        }
        Ok(count)
    }
}
