//! How far is the run? A line on standard error, when that is a terminal.

use std::io::{self, IsTerminal, Read, Write};
use std::time::{Duration, Instant};

/// An input that tells how much of it has been read.
#[derive(Debug)]
pub(crate) struct Progress<R> {
    input: R,
    read: u64,
    /// The size, where it is known.
    size: Option<u64>,
    started: Instant,
    shown: Instant,
    visible: bool,
}

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(200);

impl<R> Progress<R> {
    /// The progress of an input of this size.
    pub(super) fn new(input: R, size: Option<u64>) -> Progress<R> {
        let now = Instant::now();
        Progress { input, read: 0, size, started: now, shown: now, visible: io::stderr().is_terminal() }
    }

    fn show(&mut self) {
        if !self.visible || self.shown.elapsed() < EVERY {
            return;
        }
        self.shown = Instant::now();
        let millis = self.started.elapsed().as_millis().max(1);
        let rate = u128::from(self.read) * 1000 / millis;
        let mut line = format!("{} MB, {} MB/s", self.read / 1_000_000, rate / 1_000_000);
        if let Some(size) = self.size.filter(|size| *size >= self.read && self.read > 0) {
            let left = u128::from(size - self.read) / rate.max(1);
            line = format!("{}%, {line}, {left} s left", u128::from(self.read) * 100 / u128::from(size));
        }
        // OK to ignore: the line is a courtesy.
        let _ = write!(io::stderr(), "\r\u{1b}[K{line}");
    }
}

/// Takes the line away.
pub(crate) fn clear() {
    if io::stderr().is_terminal() {
        // OK to ignore: the line is a courtesy.
        let _ = write!(io::stderr(), "\r\u{1b}[K");
    }
}

impl<R: Read> Read for Progress<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.read += count as u64;
        self.show();
        Ok(count)
    }
}
