//! `tieout rates`: what a file of rates holds, what looks wrong in it, and its canonical form.

mod check;
mod convert;
mod info;

use crate::failure::{Failure, Status};
use clap::{Args, Subcommand};

/// Looks into a file of exchange rates
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Info(info::Arguments),
    Check(check::Arguments),
    Convert(convert::Arguments),
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    match &arguments.command {
        Command::Info(arguments) => info::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Convert(arguments) => convert::run(arguments),
    }
}
