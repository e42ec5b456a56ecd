//! The command from outside: input files, a command line, what it prints, and its exit status.
//!
//! One case a file in `tests/cli/cases`, named after the rule it shows. `TIEOUT_CASES=update cargo test cli` writes
//! down what the command does now; read the difference before keeping it.

mod case;

use case::Case;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/cases")
}

/// Runs a case: `None` if it gives what its file says, or is written down anew.
fn hold(path: &Path, update: bool) -> Option<String> {
    let case = Case::read(&std::fs::read_to_string(path).unwrap());
    let shown = case.run();
    if update {
        std::fs::write(path, case.with(&shown).to_text()).unwrap();
        return None;
    }
    (shown != case.expected).then(|| format!("{}\nexpected {:#?}\nfound {:#?}", path.display(), case.expected, shown))
}

/// Rule: every case gives what its file says.
#[test]
#[cfg(unix)]
fn every_case_gives_what_its_file_says() {
    let update = std::env::var_os("TIEOUT_CASES").is_some_and(|value| value == "update");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = paths.chunks(paths.len().div_ceil(workers));
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().filter_map(|path| hold(path, update)).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(paths.len() >= 40, "only {} cases", paths.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
