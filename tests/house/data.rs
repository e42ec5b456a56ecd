//! data/README.md explains what stands in `data`.

use super::{files, read, root};
use tieout::{CheckOptions, RateTable, Relation, Verdict, check};

/// Rule: every data file is explained.
#[test]
fn every_data_file_is_explained() {
    let readme = read("data/README.md");
    for path in files(&root().join("data")) {
        let name = path.strip_prefix(root().join("data")).unwrap().to_str().unwrap().to_owned();
        let folder = name.split_once('/').map(|(folder, _)| format!("{folder}/"));
        let named = readme.contains(&name) || folder.is_some_and(|folder| readme.contains(&folder));
        assert!(named || name == "README.md", "data/README.md does not name {name}");
    }
}

/// Rule: every table and every cue that a language file uses is explained.
#[test]
fn every_key_of_a_language_file_is_explained() {
    let readme = read("data/README.md");
    let explained = |key: &str| readme.contains(&format!("`{key}`")) || readme.contains(&format!("`[{key}]`"));
    for path in files(&root().join("data/languages")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut table = "";
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[') {
                table = name.trim_end_matches(']');
                assert!(explained(table), "data/README.md does not explain [{table}] of {}", path.display());
            } else if let Some((key, _)) = line.split_once(" = ").filter(|_| ["", "cue", "period"].contains(&table)) {
                assert!(explained(key), "data/README.md does not explain {key} of {}", path.display());
            }
        }
    }
}

/// Rule: the two articles convert three amounts at one published rate, state two growths, and agree.
#[test]
fn the_articles_tie() {
    let texts = ["xiaomi-2023-q1.en.txt", "xiaomi-2023-q1.fr.txt"].map(|name| (name, read(format!("data/articles/{name}"))));
    let documents = texts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let report = check(&documents, &CheckOptions::new(Some(RateTable::ecb()))).unwrap();
    for document in &report.documents {
        let count = |relation| document.claims.iter().filter(|claim| claim.relation == relation).count();
        assert_eq!((count(Relation::Conversion), count(Relation::Growth), document.claims.len()), (3, 2, 5), "{}", document.path);
        assert_eq!(document.date.map(|date| date.to_string()).as_deref(), Some("2023-05-26"));
    }
    assert_eq!((report.count(Verdict::DoesNotTie), report.count(Verdict::NotMeaningful)), (0, 0));
    assert_eq!(report.corroboration.len(), 8);
    assert!(report.corroboration.iter().all(|pair| matches!(pair.verdict, Verdict::Ties | Verdict::TiesCoarsely)));
}
