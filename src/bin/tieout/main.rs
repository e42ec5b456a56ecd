//! `tieout`: ties out the figures of tables and reports. The work is the library's; here are arguments and printing.

mod args;
mod batch;
mod check;
mod convert;
mod diagnostics;
mod failure;
mod growth;
mod implied;
mod interrupt;
mod json;
mod output;
mod rate;
mod rates;
#[cfg(feature = "serve")]
mod serve;
mod text;

use clap::{Parser, Subcommand};
use failure::{Failure, Status};
use std::io::Write;
use std::process::ExitCode;

#[cfg(feature = "serve")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exact figures for money and growth: converts, recomputes and ties out.
#[derive(Debug, Parser)]
#[command(name = "tieout", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit status: 0 everything tied or was computed; 1 something does not tie, a row has an error, or there is no answer;
2 the command could not run; 130 it was interrupted, and left no file.";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Convert(convert::Arguments),
    Growth(growth::Arguments),
    Implied(implied::Arguments),
    Rate(rate::Arguments),
    Rates(rates::Arguments),
    Batch(batch::Arguments),
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
}

impl Command {
    fn run(&self) -> Result<Status, Failure> {
        match self {
            Command::Check(arguments) => check::run(arguments),
            Command::Convert(arguments) => convert::run(arguments),
            Command::Growth(arguments) => growth::run(arguments),
            Command::Implied(arguments) => implied::run(arguments),
            Command::Rate(arguments) => rate::run(arguments),
            Command::Rates(arguments) => rates::run(arguments),
            Command::Batch(arguments) => batch::run(arguments),
            #[cfg(feature = "serve")]
            Command::Serve(arguments) => serve::run(arguments),
        }
    }
}

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(status) => status.into(),
        Err(failure) => {
            if let Some(message) = failure.message() {
                // OK to ignore: there is nowhere left to say that this failed.
                let _ = writeln!(anstream::stderr(), "tieout: {message}");
            }
            failure.status().into()
        }
    }
}
