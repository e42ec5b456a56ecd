//! A case file: sections that begin with `-- name --`.
//!
//! `-- rule --` says what the case shows; `-- command --` is run by the shell in an empty folder with the files of
//! the other sections in it; `-- stdout --`, `-- stderr --` and `-- status --` are what comes of it, and
//! `-- file NAME --` is a file that the command leaves. A file section `-- NAME escaped --` has `\r` and `\u{feff}`
//! written out and no line end at its end.

use std::path::Path;
use std::process::Command;

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    rule: String,
    /// The files there are, with `escaped` where that is said.
    files: Vec<(String, String)>,
    command: String,
    /// What the file says will come of it.
    pub(super) expected: Shown,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shown {
    stdout: String,
    stderr: String,
    status: i32,
    /// The files it is asked about, `None` where there is none.
    left: Vec<(String, Option<String>)>,
}

const NO_FILE: &str = "no such file\n";

impl Case {
    /// Reads a case file.
    pub(super) fn read(text: &str) -> Case {
        let mut case = Case { rule: String::new(), files: Vec::new(), command: String::new(), expected: Shown::default() };
        for (name, body) in sections(text) {
            match name {
                "rule" => case.rule = body,
                "command" => case.command = body,
                "stdout" => case.expected.stdout = body,
                "stderr" => case.expected.stderr = body,
                "status" => case.expected.status = body.trim().parse().unwrap(),
                name => match name.strip_prefix("file ") {
                    Some(name) => case.expected.left.push((name.to_owned(), (body != NO_FILE).then_some(body))),
                    None => case.files.push((name.to_owned(), body)),
                },
            }
        }
        case
    }

    /// Runs the command.
    pub(super) fn run(&self) -> Shown {
        let folder = tempfile::tempdir().unwrap();
        for (name, body) in &self.files {
            let (name, body) = match name.strip_suffix(" escaped") {
                Some(name) => (name, unescape(body)),
                None => (name.as_str(), body.clone()),
            };
            std::fs::write(folder.path().join(name), body).unwrap();
        }
        let tool = Path::new(env!("CARGO_BIN_EXE_tieout")).parent().unwrap();
        let path = format!("{}:{}", tool.display(), std::env::var("PATH").unwrap());
        let output = Command::new("sh").arg("-c").arg(&self.command).current_dir(folder.path()).env("PATH", path).output().unwrap();
        let left = self.expected.left.iter().map(|(name, _)| {
            let bytes = std::fs::read(folder.path().join(name)).ok();
            (name.clone(), bytes.map(|bytes| untimed(&escape(&bytes))))
        });
        Shown {
            stdout: escape(&output.stdout),
            stderr: untimed(&escape(&output.stderr)),
            status: output.status.code().unwrap_or(-1),
            left: left.collect(),
        }
    }

    /// The same case, expecting this.
    pub(super) fn with(&self, shown: &Shown) -> Case {
        Case { expected: shown.clone(), ..self.clone() }
    }

    /// The case as its file has it.
    pub(super) fn to_text(&self) -> String {
        let mut text = section("rule", &self.rule);
        for (name, body) in &self.files {
            text += &section(name, body);
        }
        text += &section("command", &self.command);
        text += &section("stdout", &self.expected.stdout);
        text += &section("stderr", &self.expected.stderr);
        for (name, body) in &self.expected.left {
            text += &section(&format!("file {name}"), body.as_deref().unwrap_or(NO_FILE));
        }
        text + &section("status", &format!("{}\n", self.expected.status))
    }
}

/// The sections, each with its lines.
fn sections(text: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.trim_end().strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
            Some(name) => sections.push((name, String::new())),
            None => sections.last_mut().unwrap().1.push_str(line),
        }
    }
    sections
}

fn section(name: &str, body: &str) -> String {
    format!("-- {name} --\n{body}")
}

/// Bytes as a case file shows them: carriage returns and byte order marks written out, a missing line end said.
fn escape(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace('\r', "\\r").replace('\u{feff}', "\\u{feff}");
    if text.is_empty() || text.ends_with('\n') { text } else { format!("{text}\\\n") }
}

fn unescape(text: &str) -> String {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.replace("\\r", "\r").replace("\\u{feff}", "\u{feff}").replace("\\n", "\n")
}

/// A summary without its times.
fn untimed(text: &str) -> String {
    let line = |line: &str| match line.split_once(" in ").filter(|_| line.ends_with(" rows a second")) {
        Some((rows, _)) => rows.to_owned(),
        None if line.starts_with("  \"milliseconds\"") => "  \"milliseconds\": …,".to_owned(),
        None if line.starts_with("  \"rows_per_second\"") => "  \"rows_per_second\": …".to_owned(),
        None => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
