//! Is there memory for an index of the whole table?

use std::fs::{self, File};
use std::io::{Read, Seek};

/// What the index takes for each row, in bytes: entries, slots and what belongs to chunks.
const PER_ROW: u64 = 32;
/// How much of a table is looked at to tell how long its rows are.
const SAMPLE: u64 = 64 * 1024;
const GIB: u64 = 1 << 30;

/// Why a table is too large for an index of all its rows, if it is: how much that needs, and how much there is. `None`
/// also where either is not known.
pub(crate) fn shortage(file: &File) -> Option<String> {
    let rows = rows(file)?;
    let (needed, free) = (rows.saturating_mul(PER_ROW), free()?);
    (needed > free).then(|| {
        let (needed, free) = (needed.div_ceil(GIB), free / GIB);
        format!("an index of its rows, about {rows}, needs {needed} GiB of memory, and {free} GiB are free")
    })
}

/// About how many rows a file has, by the length of its first ones; `None` for a compressed one.
fn rows(mut file: &File) -> Option<u64> {
    let (mut sample, length) = (Vec::new(), file.metadata().ok()?.len());
    file.rewind().ok()?;
    file.take(SAMPLE).read_to_end(&mut sample).ok()?;
    let is_compressed = sample.starts_with(&[0x1f, 0x8b]) || sample.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let lines = sample.iter().filter(|byte| **byte == b'\n').count() as u128;
    let rows = u128::from(length) * lines / (sample.len() as u128).max(1);
    (!is_compressed).then(|| u64::try_from(rows).unwrap_or(u64::MAX))
}

/// How many bytes the system says that it can still give, swap included.
fn free() -> Option<u64> {
    let known = fs::read_to_string("/proc/meminfo").ok()?;
    let kibibytes = |name: &str| {
        let line = known.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
    };
    let system = (kibibytes("MemAvailable:")? + kibibytes("SwapFree:").unwrap_or(0)).saturating_mul(1024);
    // A container may be given less.
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|limit| limit.trim().parse().ok());
    Some(group.map_or(system, |limit: u64| limit.min(system)))
}
