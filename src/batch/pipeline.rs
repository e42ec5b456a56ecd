//! Chunks in, results out, in order: every processor computes, and memory does not grow with the input.

use super::reader::{Chunk, Reader};
use crate::error::Error;
use std::collections::BTreeMap;
use std::io::Read;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The most threads: beyond it, reading and writing are what takes the time.
const MAX_WORKERS: usize = 16;

/// Computes something of every chunk and hands the results on in the order of the input.
///
/// A worker reads a chunk, computes, and goes on to the next. Who finishes the result whose turn it is hands it on,
/// and those behind it that wait; nobody waits for a turn, unless too many results do.
///
/// # Errors
///
/// The first error in the order of the input, of the reader or of `hand_on`; nothing is handed on after it.
pub(super) fn in_order<R: Read + Send, T: Default + Send>(
    reader: &mut Reader<R>,
    compute: impl Fn(&Chunk, &mut T) + Sync,
    hand_on: impl FnMut(&mut T) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS);
    let source = Mutex::new(Source { reader, taken: 0, finished: false });
    let turns = Turns { room: 2 * workers as u64, state: Mutex::default(), changed: Condvar::new(), hand_on: Mutex::new(hand_on) };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| work(&source, &compute, &turns));
        }
    });
    let state = turns.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.failure.map_or(Ok(()), Err)
}

/// What is read from.
struct Source<'r, R> {
    reader: &'r mut Reader<R>,
    /// How many chunks have been taken: the number of the next one.
    taken: u64,
    finished: bool,
}

impl<R: Read> Source<'_, R> {
    /// The next chunk with its number, an error in its place, or `None` at the end.
    fn take(&mut self, chunk: &mut Chunk) -> Option<(u64, Result<(), Error>)> {
        if self.finished {
            return None;
        }
        let read = self.reader.next_chunk(chunk);
        self.finished = !matches!(read, Ok(true));
        let number = self.taken;
        self.taken += 1;
        match read {
            Ok(false) => None,
            read => Some((number, read.map(|_| ()))),
        }
    }
}

/// Results on their way.
struct Turns<S, T> {
    /// How many results may wait for one before them.
    room: u64,
    state: Mutex<State<T>>,
    changed: Condvar,
    /// Held by the one who hands on.
    hand_on: Mutex<S>,
}

struct State<T> {
    turn: u64,
    /// The results that wait, by their number.
    ready: BTreeMap<u64, Result<T, Error>>,
    /// Results that have been handed on: their memory serves again.
    used: Vec<T>,
    /// Whether someone hands on.
    busy: bool,
    /// How many wait because too many results do.
    waiting: usize,
    failure: Option<Error>,
    /// After an error, or when a worker is gone whose result will never come.
    stopped: bool,
}

impl<T> Default for State<T> {
    fn default() -> State<T> {
        State { turn: 0, ready: BTreeMap::new(), used: Vec::new(), busy: false, waiting: 0, failure: None, stopped: false }
    }
}

impl<T: Default, S: FnMut(&mut T) -> Result<(), Error>> Turns<S, T> {
    /// Takes the result of a chunk, and hands on what there is to hand on; `false` when it is time to stop.
    fn pass(&self, number: u64, result: Result<T, Error>) -> bool {
        let crowded = |state: &mut State<T>| number >= state.turn + self.room && !state.stopped;
        let mut state = lock(&self.state);
        state.waiting += 1;
        state = self.changed.wait_while(state, crowded).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state.ready.insert(number, result);
        while !state.busy && !state.stopped {
            let turn = state.turn;
            let Some(result) = state.ready.remove(&turn) else { break };
            state.busy = true;
            drop(state);
            let handed_on = result.and_then(|mut result| (lock(&self.hand_on))(&mut result).map(|()| result));
            state = lock(&self.state);
            match handed_on {
                Ok(result) => state.used.push(result),
                Err(error) => (state.failure, state.stopped) = (Some(error), true),
            }
            (state.busy, state.turn) = (false, turn + 1);
            if state.waiting > 0 {
                self.changed.notify_all();
            }
        }
        !state.stopped
    }

    /// A result to fill.
    fn result(&self) -> T {
        lock(&self.state).used.pop().unwrap_or_default()
    }
}

/// Stops the others when its worker panics: they would wait for a result that never comes.
struct Alarm<'t, S, T>(&'t Turns<S, T>);

impl<S, T> Drop for Alarm<'_, S, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.state).stopped = true;
            self.0.changed.notify_all();
        }
    }
}

fn work<R: Read, T: Default, S: FnMut(&mut T) -> Result<(), Error>>(
    source: &Mutex<Source<'_, R>>,
    compute: &impl Fn(&Chunk, &mut T),
    turns: &Turns<S, T>,
) {
    let _alarm = Alarm(turns);
    let mut chunk = Chunk::default();
    loop {
        let Some((number, read)) = lock(source).take(&mut chunk) else { return };
        let read = read.map(|()| {
            let mut result = turns.result();
            compute(&chunk, &mut result);
            result
        });
        if !turns.pass(number, read) {
            lock(source).finished = true;
            return;
        }
    }
}

/// A lock whose holder has panicked is as good as any: the panic goes on when the scope ends.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    /// A table of many chunks, its rows numbered.
    fn table() -> String {
        let rows = (0..200_000).map(|row| format!("{row}\n"));
        std::iter::once("n\n".to_owned()).chain(rows).collect()
    }

    fn copy(chunk: &Chunk, out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(chunk.bytes());
    }

    /// Rule: results come in the order of the input, whoever computed them.
    #[test]
    fn results_are_handed_on_in_order() {
        let table = table();
        let mut reader = Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
        let mut out = b"n\n".to_vec();
        in_order(&mut reader, copy, |part: &mut Vec<u8>| {
            out.extend_from_slice(part);
            Ok(())
        })
        .unwrap();
        assert!(out == table.as_bytes());
    }

    /// Rule: an error ends the run, and nothing is handed on behind it.
    #[test]
    fn nothing_is_handed_on_behind_an_error() {
        let table = table();
        let mut reader = Reader::new(table.as_bytes(), "t.csv", b',').unwrap();
        let mut handed_on = 0;
        let result = in_order(&mut reader, copy, |_: &mut Vec<u8>| {
            handed_on += 1;
            if handed_on == 2 { Err(ErrorKind::Io { message: "disk full".to_owned() }.into()) } else { Ok(()) }
        });
        assert_eq!((result.unwrap_err().to_string(), handed_on), ("disk full".to_owned(), 2));
    }
}
