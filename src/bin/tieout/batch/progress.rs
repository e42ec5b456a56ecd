//! How far is the run? A bar on standard error, when that is a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use std::io::Read;

/// How often a second the bar is drawn anew.
const HERTZ: u8 = 5;
const OF_SIZE: &str = "{percent:>3}% {bar:30} {decimal_bytes} of {decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left";
const OF_STREAM: &str = "{spinner} {decimal_bytes}, {decimal_bytes_per_sec}";

/// An input that shows how much of it has been read, and of a known size how long the rest will take. When it is
/// dropped, the bar goes.
pub(super) fn shown<R: Read>(input: R, size: Option<u64>) -> impl Read + use<R> {
    let template = if size.is_some() { OF_SIZE } else { OF_STREAM };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::stderr_with_hz(HERTZ));
    bar.with_style(style).with_finish(ProgressFinish::AndClear).wrap_read(input)
}
