//! What a run leaves behind when its input is compressed, cut short or damaged, or its output cannot be written.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A table of several chunks.
fn table() -> String {
    (0..60_000).fold(String::from("v,g\n"), |mut table, row| {
        writeln!(table, "{}.5,-18.9", row % 977).unwrap();
        table
    })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn implied(folder: &Path, input: &str, output: &str) -> Output {
    let arguments = ["batch", "implied", input, "-o", output, "--value", "v", "--growth", "g"];
    Command::new(env!("CARGO_BIN_EXE_tieout")).args(arguments).current_dir(folder).output().unwrap()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Rule: an input is known by its first bytes, an output by its ending; the rows are the same.
#[test]
fn compressed_tables_hold_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("plain.csv"), table()).unwrap();
    fs::write(path("packed"), gzip(table().as_bytes())).unwrap();
    // Two members, one after the other, are one table.
    let table = table();
    let (one, two) = table.as_bytes().split_at(1000);
    fs::write(path("parts"), [gzip(one), gzip(two)].concat()).unwrap();
    fs::write(path("zstd"), zstd::encode_all(table.as_bytes(), 1).unwrap()).unwrap();
    assert!(implied(folder.path(), "plain.csv", "plain.out").status.success());
    let plain = fs::read(path("plain.out")).unwrap();
    for (input, output) in [("packed", "a.csv"), ("parts", "b.csv"), ("zstd", "c.csv"), ("plain.csv", "d.gz"), ("zstd", "e.zst")] {
        assert!(implied(folder.path(), input, output).status.success());
        let written = fs::read(path(output)).unwrap();
        let mut text = Vec::new();
        match output {
            "d.gz" => drop(flate2::read::GzDecoder::new(written.as_slice()).read_to_end(&mut text).unwrap()),
            "e.zst" => text = zstd::decode_all(written.as_slice()).unwrap(),
            _ => text = written,
        }
        assert!(text == plain, "{input} to {output}");
    }
}

/// Rule: a damaged input ends the run with status 2, and nothing is left where the result would be.
#[test]
fn a_damaged_input_leaves_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let whole = gzip(table().as_bytes());
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0x55;
    for damaged in [&whole[..whole.len() / 2], &whole[..whole.len() - 4], &changed, b"\x28\xb5\x2f\xfdno", b"v,g\n1,\"2\n"] {
        fs::write(folder.path().join("in"), damaged).unwrap();
        let output = implied(folder.path(), "in", "out.csv");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(names(folder.path()), ["in"]);
    }
}

/// Rule: who stops reading ends the run quietly, with status 0.
#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
    command.args(["batch", "implied", "-", "--value", "v", "--growth", "g"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    // OK to ignore: the run may be over before it has read all.
    let _ = child.stdin.take().unwrap().write_all(table().as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// Rule: a full disk is an error, with status 2.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), table()).unwrap();
    let output = implied(folder.path(), "in.csv", "/dev/full");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/dev/full: "), "{output:?}");
}

/// Rule: a killed run leaves nothing under the name of the result.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_nothing_that_looks_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
    command.args(["batch", "implied", "-", "-o", "out.csv", "--value", "v", "--growth", "g"]).current_dir(folder.path());
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(table().as_bytes()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(names(folder.path()).iter().all(|name| name.ends_with(".partial")), "{:?}", names(folder.path()));
}

/// Rule: an interrupted run ends with status 130 and leaves no file, whether it waits for its input or works.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_file() {
    for (signal, is_endless, output) in [("INT", false, "out.csv"), ("INT", true, "out.csv.gz"), ("TERM", true, "out.csv")] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        command.args(["batch", "implied", "-", "-o", output, "--errors", "bad.csv", "--value", "v", "--growth", "g"]);
        let mut child = command.current_dir(folder.path()).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(table().as_bytes()).unwrap();
        let feeder = std::thread::spawn(move || {
            // Until the run is gone; or nothing, with the pipe open.
            while is_endless && input.write_all(b"59.5,-18.9\n").is_ok() {}
            input
        });
        let started = std::time::Instant::now();
        while names(folder.path()).len() < 2 {
            assert!(started.elapsed().as_secs() < 60, "no file was begun");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
        let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        drop(feeder.join().unwrap());
        assert_eq!(output.status.code(), Some(130), "{signal}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "tieout: interrupted\n");
        assert_eq!(names(folder.path()), [""; 0], "{signal}");
    }
}

/// Rule: what is to go on when its terminal is gone (nohup) goes on.
#[cfg(unix)]
#[test]
fn a_run_under_nohup_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("nohup");
    command.arg(env!("CARGO_BIN_EXE_tieout")).args(["batch", "implied", "-", "-o", "out.csv", "--value", "v", "--growth", "g"]);
    let mut child = command.current_dir(folder.path()).stdin(Stdio::piped()).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(table().as_bytes()).unwrap();
    let started = std::time::Instant::now();
    while names(folder.path()).is_empty() {
        assert!(started.elapsed().as_secs() < 60, "no file was begun");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap().success());
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(names(folder.path()), ["out.csv"]);
}

/// Rule: a file that grows or is cut while it is read is an error, since its last row may be half of one.
#[cfg(unix)]
#[test]
fn an_input_that_changes_while_it_is_read_leaves_no_output() {
    for grows in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in.csv");
        // Larger than what is read before the first result is handed on.
        fs::write(&input, format!("v,g\n{}", "59.5,-18.9\n".repeat(150_000))).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        command.args(["batch", "implied", "in.csv", "--value", "v", "--growth", "g"]).current_dir(folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The run waits for its output to be read: it cannot have reached the end.
        let mut first = [0; 100];
        child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
        let file = fs::OpenOptions::new().append(true).open(&input).unwrap();
        if grows {
            (&file).write_all(b"59.5,-1").unwrap()
        } else {
            file.set_len(1_000_000).unwrap()
        }
        let output = child.wait_with_output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains("in.csv: the file changed while it was read"), "{message}");
    }
}

/// Rule: an input that is removed while it is read is read to its end.
#[cfg(unix)]
#[test]
fn an_input_that_is_removed_is_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), table()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
    command.args(["batch", "implied", "in.csv", "--value", "v", "--growth", "g"]).current_dir(folder.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut first = [0; 100];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    fs::remove_file(folder.path().join("in.csv")).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines = output.stdout.iter().filter(|byte| **byte == b'\n').count() + first.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!((output.status.code(), lines), (Some(0), 60_001));
}

/// Rule: killed at whatever moment, a run leaves the whole result or nothing under its name.
#[cfg(unix)]
#[test]
fn a_run_killed_at_any_moment_leaves_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), table()).unwrap();
    let whole = implied(folder.path(), "in.csv", "whole.csv");
    assert!(whole.status.success());
    let whole = fs::read(folder.path().join("whole.csv")).unwrap();
    for moment in 0..25 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        command.args(["batch", "implied", "in.csv", "-o", "out.csv", "--value", "v", "--growth", "g"]).current_dir(folder.path());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(moment * moment));
        child.kill().unwrap();
        child.wait().unwrap();
        if let Ok(left) = fs::read(folder.path().join("out.csv")) {
            assert!(left == whole, "after {} ms", moment * moment);
            fs::remove_file(folder.path().join("out.csv")).unwrap();
        }
    }
}

/// Rule: an error names the line on which its row begins, whatever ends lines and however many are blank.
#[test]
fn errors_name_the_line_of_their_row() {
    let folder = tempfile::tempdir().unwrap();
    let ends = ["\n", "\r\n", "\r"];
    let (mut table, mut line, mut expected) = (String::from("v,me,g\r\n"), 2, Vec::new());
    for row in 0..50_000_usize {
        for _ in 0..row % 3 {
            table.push_str(ends[row % 3]);
            line += 1;
        }
        let is_bad = row % 1009 == 0;
        if is_bad {
            expected.push((row + 1, line));
        }
        table.push_str(if is_bad { "x," } else { "59.5," });
        if row % 5 == 0 {
            table.push_str("\"two\r\nlines\"");
            line += 1;
        }
        table.push_str(",-18.9");
        table.push_str(ends[row % 2]);
        line += 1;
    }
    fs::write(folder.path().join("in.csv"), table).unwrap();
    let arguments = ["batch", "implied", "in.csv", "-o", "out.csv", "--errors", "bad.csv", "--value", "v", "--growth", "g"];
    Command::new(env!("CARGO_BIN_EXE_tieout")).args(arguments).current_dir(folder.path()).output().unwrap();
    let mut bad = csv::Reader::from_path(folder.path().join("bad.csv")).unwrap();
    let found: Vec<(usize, usize)> =
        bad.records().map(|record| record.unwrap()).map(|record| (record[0].parse().unwrap(), record[1].parse().unwrap())).collect();
    assert_eq!(found, expected);
}

/// Rule: a table whose index has no room in memory is refused before it is read, with what it needs and the way out.
#[cfg(target_os = "linux")]
#[test]
fn a_table_larger_than_memory_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.csv");
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(b"shop,year,sales\n").unwrap();
    (0..10_000).for_each(|row| writeln!(file, "{row},2023,1").unwrap());
    // What follows is a hole that takes no room.
    file.set_len(1 << 40).unwrap();
    let run = |more: &[&str]| {
        let arguments = ["batch", "growth", "large.csv", "-o", "out.csv", "--value", "sales", "--period", "year", "--lag", "1y"];
        let output = Command::new(env!("CARGO_BIN_EXE_tieout")).args(arguments).args(more).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let message = run(&["--by", "shop"]);
    assert!(message.contains("large.csv: an index of its rows, about ") && message.contains(" GiB are free"), "{message}");
    assert!(message.contains("sort the table by shop and give --sorted"), "{message}");
    assert!(run(&[]).contains("split the table"));
    assert_eq!(names(folder.path()), ["large.csv"]);
}
