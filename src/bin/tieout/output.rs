//! Output that appears whole or not at all.

use crate::failure::Failure;
use crate::interrupt;
use std::fs::{File, OpenOptions};
use std::io::{self, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where a result goes. A file is written beside its place and moved there by [`finish`](Output::finish); dropped
/// or interrupted before, it leaves nothing.
pub(crate) struct Output {
    target: Target,
    /// Why writing failed, if it did.
    failure: Option<Failure>,
}

enum Target {
    Standard(Stdout),
    /// A device or pipe: there is nothing to move.
    Device {
        file: File,
        path: PathBuf,
    },
    Whole {
        file: NamedTempFile,
        path: PathBuf,
    },
}

impl Output {
    /// Opens the output of `-o`: a file, or standard output for none or `-`.
    pub(crate) fn create(path: Option<&Path>) -> Result<Output, Failure> {
        let target = match path.filter(|path| *path != Path::new("-")) {
            None => Target::Standard(io::stdout()),
            Some(path) => Target::open(path).map_err(|error| Failure::file(path, &error))?,
        };
        Ok(Output { target, failure: None })
    }

    /// Puts the file in its place.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush().map_err(|error| self.take_failure().unwrap_or_else(|| Failure::output(&error)))?;
        if let Target::Whole { file, path } = self.target {
            interrupt::put(file, &path).map_err(|error| Failure::file(&path, &error.error))?;
        }
        Ok(())
    }

    /// Why writing failed, if it did: a library error says only that it did.
    pub(crate) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.failure = Some(match &self.target {
                _ if error.kind() == io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
                Target::Standard(_) => Failure::output(error),
                Target::Device { path, .. } | Target::Whole { path, .. } => Failure::file(path, error),
            });
        }
        result
    }
}

impl Target {
    fn open(path: &Path) -> io::Result<Target> {
        // What a link points to is written, the link stays.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let known = path.metadata().ok();
        if known.as_ref().is_some_and(|known| !known.is_file() && !known.is_dir()) {
            return Ok(Target::Device { file: OpenOptions::new().write(true).open(&path)?, path });
        }
        if known.as_ref().is_some_and(std::fs::Metadata::is_dir) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut prefix = std::ffi::OsString::from(".");
        prefix.push(path.file_name().unwrap_or_default());
        let file = interrupt::unfinished(|| builder(&prefix).tempfile_in(folder))?;
        if let Some(known) = known {
            file.as_file().set_permissions(known.permissions())?;
        }
        Ok(Target::Whole { file, path })
    }
}

/// A file that is not whole says so in its name.
fn builder<'a>(prefix: &'a std::ffi::OsStr) -> tempfile::Builder<'a, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(".partial");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = match &mut self.target {
            Target::Standard(out) => out.write(bytes),
            Target::Device { file, .. } => file.write(bytes),
            Target::Whole { file, .. } => file.as_file_mut().write(bytes),
        };
        self.note(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = match &mut self.target {
            Target::Standard(out) => out.flush(),
            Target::Device { file, .. } => file.flush(),
            Target::Whole { file, .. } => file.as_file_mut().flush(),
        };
        self.note(result)
    }
}
