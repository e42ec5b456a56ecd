//! What an interrupt (Ctrl-C, SIGTERM, SIGHUP) leaves behind: no file that is not whole.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use tempfile::{NamedTempFile, PersistError};

/// The exit status of an interrupted command, as shells give it.
const INTERRUPTED: i32 = 130;

/// The files that are not yet in their place. Who moves a file there holds the lock, so that an interrupt finds each
/// either not whole or in its place.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static WATCH: Once = Once::new();

/// Makes a file that an interrupt removes until it is [put in its place](put).
pub(crate) fn unfinished(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    // OK to ignore: signals that are not to end this process, as under nohup, go on not ending it.
    WATCH.call_once(|| drop(ctrlc::try_set_handler(|| end())));
    let mut files = lock();
    let file = make()?;
    files.push(file.path().to_owned());
    Ok(file)
}

/// Puts a whole file in its place.
pub(crate) fn put(file: NamedTempFile, place: &Path) -> Result<(), PersistError> {
    let mut files = lock();
    let path = file.path().to_owned();
    file.persist(place)?;
    files.retain(|known| *known != path);
    Ok(())
}

/// Ends the process at once, whatever its threads wait for.
fn end() -> ! {
    // Held to the end: no file is made or put in its place any more.
    let files = lock();
    for path in files.iter() {
        // OK to ignore: it may be gone, and there is nothing else to try.
        let _ = std::fs::remove_file(path);
    }
    let line = if io::stderr().is_terminal() { "\r\u{1b}[Ktieout: interrupted" } else { "tieout: interrupted" };
    // OK to ignore: the status says it too.
    let _ = writeln!(io::stderr(), "{line}");
    exit(INTERRUPTED)
}

fn lock() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}
