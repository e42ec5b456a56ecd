//! Imports point downward: the floors of ARCHITECTURE.md against every `use` in `src`.

use super::{files, read, root};
use std::collections::{BTreeMap, BTreeSet};

/// The lines of the first block that is marked so.
fn block(text: &str, mark: &str) -> Vec<String> {
    let lines = text.lines().skip_while(|line| *line != format!("```{mark}")).skip(1);
    lines.take_while(|line| *line != "```").map(str::to_owned).collect()
}

/// Module → floor, the lowest last in the document.
fn floors(architecture: &str) -> BTreeMap<String, usize> {
    let lines = block(architecture, "floors");
    let numbered = lines.iter().rev().enumerate();
    numbered
        .flat_map(|(floor, line)| {
            let (_, modules) = line.split_once(':').expect("name: modules");
            modules.split_whitespace().map(move |module| (module.to_owned(), floor)).collect::<Vec<_>>()
        })
        .collect()
}

/// The module of `src` that a file belongs to.
fn module(path: &std::path::Path) -> String {
    let path = path.strip_prefix(root().join("src")).unwrap();
    path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// What a file takes from other modules: the names behind `crate::`, outside comments.
fn taken(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = code.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    paths.map(|path| path.chars().take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_').collect()).collect()
}

/// Rule: a module uses modules of lower floors only; ARCHITECTURE.md names every module.
#[test]
fn imports_point_downward() {
    let architecture = read("ARCHITECTURE.md");
    let floors = floors(&architecture);
    let mut upward = BTreeSet::new();
    for path in files(&root().join("src")) {
        let own = module(&path);
        if own == "lib" || own == "bin" {
            continue;
        }
        let floor = floors.get(&own).unwrap_or_else(|| panic!("ARCHITECTURE.md has no floor for {own}"));
        for other in taken(&std::fs::read_to_string(&path).unwrap()) {
            if other != own && floors.get(&other).is_some_and(|other| other >= floor) {
                upward.insert(format!("{own} -> {other}"));
            }
        }
    }
    assert_eq!(upward, BTreeSet::new(), "imports that point upward");
}
