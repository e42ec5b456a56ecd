//! How a command ends.

use std::io;
use std::process::ExitCode;
use tieout::ErrorKind;

/// The exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Everything tied, was computed, or could not be checked for want of figures.
    Clean,
    /// Something does not tie, a row has an error, or a question has no answer.
    Findings,
    /// The command could not run.
    CouldNotRun,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::CouldNotRun => 2,
        })
    }
}

/// Why a command stopped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A question that has no answer: no rate is recent enough.
    NoAnswer(String),
    /// The command could not run.
    CouldNotRun(String),
    /// Whoever read the output has stopped; nothing is wrong.
    ClosedPipe,
}

impl Failure {
    /// A failure of this argument: what is wrong with it.
    pub(crate) fn argument(name: &str, error: &tieout::Error) -> Failure {
        Failure::CouldNotRun(format!("{name}: {error}"))
    }

    /// A failure to write standard output.
    pub(crate) fn output(error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::ClosedPipe;
        }
        Failure::CouldNotRun(format!("standard output: {error}"))
    }

    /// A failure to open, read or write a file.
    pub(crate) fn file(path: &std::path::Path, error: &io::Error) -> Failure {
        Failure::CouldNotRun(format!("{}: {error}", path.display()))
    }

    /// The exit status.
    pub(crate) fn status(&self) -> Status {
        match self {
            Failure::NoAnswer(_) => Status::Findings,
            Failure::CouldNotRun(_) => Status::CouldNotRun,
            Failure::ClosedPipe => Status::Clean,
        }
    }

    /// What to tell the user.
    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Failure::NoAnswer(message) | Failure::CouldNotRun(message) => Some(message),
            Failure::ClosedPipe => None,
        }
    }
}

impl From<tieout::Error> for Failure {
    fn from(error: tieout::Error) -> Failure {
        match error.kind() {
            ErrorKind::RateMissing { before: None, after: None, .. } | ErrorKind::AverageMissing { .. } => {
                Failure::NoAnswer(error.to_string())
            }
            ErrorKind::RateMissing { max_age_days: 0, .. } => {
                Failure::NoAnswer(format!("{error}; --on-missing and --max-age allow another day's"))
            }
            ErrorKind::RateMissing { .. } => Failure::NoAnswer(format!("{error}; --max-age allows an older one")),
            ErrorKind::PairMissing { .. } => Failure::NoAnswer(format!("{error}; --rates takes another table")),
            ErrorKind::Arithmetic(_) => Failure::NoAnswer(error.to_string()),
            _ => Failure::CouldNotRun(error.to_string()),
        }
    }
}

impl From<tieout::ArithmeticError> for Failure {
    fn from(error: tieout::ArithmeticError) -> Failure {
        tieout::Error::from(error).into()
    }
}
