//! The README's commands print what stands below them. `…` on a line of its own stands for lines left out.

use super::{read, root};
use std::process::Command;

/// The `console` blocks: a command line, and what it prints.
fn blocks(text: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            line if inside => match line.strip_prefix("$ tieout ") {
                Some(command) => blocks.push((command.to_owned(), Vec::new())),
                None => blocks.last_mut().expect("a block begins with its command").1.push(line.to_owned()),
            },
            _ => {}
        }
    }
    blocks
}

/// The words of a command line; quotes hold spaces.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(at, part)| if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() })
        .collect()
}

/// Whether lines are those shown, any number of them at each `…`.
fn shows(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "…" => (0..=lines.len()).any(|skipped| shows(rest, &lines[skipped..])),
        Some((first, rest)) => lines.split_first().is_some_and(|(line, lines)| line == first && shows(rest, lines)),
    }
}

/// Rule: the README shows what its commands print.
#[test]
fn the_readme_shows_what_its_commands_print() {
    let blocks = blocks(&read("README.md"));
    assert!(blocks.len() >= 7, "only {} commands", blocks.len());
    for (command, shown) in blocks {
        let output = Command::new(env!("CARGO_BIN_EXE_tieout")).args(words(&command)).current_dir(root()).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = stdout.lines().collect();
        assert!(shows(&shown, &lines), "README.md has another output of `tieout {command}` than\n{stdout}");
    }
}
