//! Lists the language files of `data/languages`, so that adding one needs no code.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=data/languages");
    let (Ok(root), Ok(out)) = (env::var("CARGO_MANIFEST_DIR"), env::var("OUT_DIR")) else {
        println!("cargo::error=cargo sets CARGO_MANIFEST_DIR and OUT_DIR");
        return;
    };
    let folder = Path::new(&root).join("data/languages");
    let mut names: Vec<String> = match fs::read_dir(&folder) {
        Ok(entries) => entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect(),
        Err(error) => {
            println!("cargo::error=cannot list {}: {error}", folder.display());
            return;
        }
    };
    names.retain(|name| name.ends_with(".toml"));
    names.sort();
    let rows: String = names
        .iter()
        .map(|name| {
            let code = name.trim_end_matches(".toml");
            format!("    ({code:?}, include_str!({:?})),\n", folder.join(name))
        })
        .collect();
    let list = format!("&[\n{rows}]\n");
    if let Err(error) = fs::write(Path::new(&out).join("languages.rs"), list) {
        println!("cargo::error=cannot write the list of languages: {error}");
    }
}
