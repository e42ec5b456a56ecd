//! The JSON of a check against its published schema, and the SARIF log.

use super::checked;
use serde_json::Value;

/// What is wrong with a value under a schema of the few words that ours uses; an unknown word is wrong too.
fn faults(schema: &Value, root: &Value, value: &Value, path: &str) -> Vec<String> {
    let fault = |what: &str| vec![format!("{path}: {what}: {value}")];
    let mut found = Vec::new();
    for (word, rule) in schema.as_object().unwrap() {
        found.extend(match word.as_str() {
            "$schema" | "$id" | "title" | "description" | "$defs" | "patternProperties" | "additionalProperties" => Vec::new(),
            "$ref" => faults(&root["$defs"][rule.as_str().unwrap().trim_start_matches("#/$defs/")], root, value, path),
            "const" if value != rule => fault("not the constant"),
            "enum" if !rule.as_array().unwrap().contains(value) => fault("not one of the values"),
            "const" | "enum" => Vec::new(),
            "type" => {
                let types: Vec<&str> =
                    rule.as_array().map_or_else(|| vec![rule.as_str().unwrap()], |all| all.iter().map(|t| t.as_str().unwrap()).collect());
                let own = match value {
                    Value::Null => "null",
                    Value::Bool(_) => "boolean",
                    Value::Number(_) => "integer",
                    Value::String(_) => "string",
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                };
                if types.contains(&own) { Vec::new() } else { fault("another type") }
            }
            "pattern" => {
                if value.as_str().is_some_and(|text| matches(rule.as_str().unwrap(), text)) {
                    Vec::new()
                } else {
                    fault("not of the pattern")
                }
            }
            "minimum" => {
                if value.as_i64() >= rule.as_i64() {
                    Vec::new()
                } else {
                    fault("too small")
                }
            }
            "minItems" | "maxItems" => {
                let length = value.as_array().map(|items| items.len() as u64);
                if length.is_none_or(|length| Some(length) == rule.as_u64()) { Vec::new() } else { fault("another length") }
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.flat_map(|(at, item)| faults(rule, root, item, &format!("{path}/{at}"))).collect()
            }
            "anyOf" => {
                let fits = rule.as_array().unwrap().iter().any(|one| faults(one, root, value, path).is_empty());
                if fits { Vec::new() } else { fault("none of the forms") }
            }
            "required" => {
                let keys = rule.as_array().into_iter().flatten().filter(|_| value.is_object()).map(|key| key.as_str().unwrap());
                keys.filter(|key| value.get(key).is_none()).map(|key| format!("{path}: no {key}")).collect()
            }
            "properties" => {
                let inner = |(key, inner): (&String, &Value)| match rule.get(key) {
                    Some(rule) => faults(rule, root, inner, &format!("{path}/{key}")),
                    None if schema.get("patternProperties").is_some() && key.starts_with("part") => Vec::new(),
                    None => vec![format!("{path}: unknown key {key}")],
                };
                value.as_object().into_iter().flatten().flat_map(inner).collect()
            }
            word => vec![format!("{path}: the test does not know {word}")],
        });
    }
    found
}

/// The patterns of the schema, by what they are for.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match pattern {
        "^-?[0-9]+(\\.[0-9]+)?$" => {
            let text = text.strip_prefix('-').unwrap_or(text);
            text.split_once('.').map_or(digits(text), |(whole, fraction)| digits(whole) && digits(fraction))
        }
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => text.len() == 10 && text.parse::<tieout::Date>().is_ok(),
        "^[A-Z]{3}$" => text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
        "^f[1-9][0-9]*$" => text.strip_prefix('f').is_some_and(digits),
        "^c[1-9][0-9]*$" => text.strip_prefix('c').is_some_and(digits),
        pattern => panic!("unknown pattern {pattern}"),
    }
}

fn root() -> std::path::PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

/// Rule: whatever a check prints as JSON is of the published schema: articles, every development passage, a table.
#[test]
fn every_report_is_of_the_schema() {
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(root().join("data/schema/check.schema.json")).unwrap()).unwrap();
    let mut texts =
        vec!["| EUR | 2023 | 2022 | % |\n|--|--|--|--|\n| A | 412 | 388 | 6.2 |\n| B | 100 | 111 | (9.9) |\n".to_owned(), String::new()];
    for file in std::fs::read_dir(root().join("tests/corpus/dev")).unwrap() {
        let lines = std::fs::read_to_string(file.unwrap().path()).unwrap();
        texts.extend(
            lines
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned()),
        );
    }
    texts
        .extend(["en", "fr"].map(|code| std::fs::read_to_string(root().join(format!("data/articles/xiaomi-2023-q1.{code}.txt"))).unwrap()));
    for texts in texts.chunks(40) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let report: Value = serde_json::from_str(&checked(&texts).to_json()).unwrap();
        let wrong = faults(&schema, &schema, &report, "");
        assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(10)]);
    }
    // The test sees what is wrong.
    let mut report: Value = serde_json::from_str(&checked(&["Sales rose 10% to $110 million."]).to_json()).unwrap();
    report["documents"][0]["figures"][0]["value"] = Value::from(10);
    assert_eq!(faults(&schema, &schema, &report, "").len(), 2);
}

/// Rule: a SARIF log has one result for each finding, with the place of each figure; an accepted one is suppressed.
#[test]
fn a_sarif_log_has_the_findings_with_their_places() {
    let report = checked(&["Sales rose 10% to $110 million from $100 million.\n利益 rose 20% to $180 million from $100 million."]);
    let log: Value = serde_json::from_str(&report.to_sarif(|_, _| false)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!((log["version"].as_str(), results.len()), (Some("2.1.0"), 1));
    let region = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(2), Some(9)));
    assert_eq!(results[0]["ruleId"], "growth");
    assert_eq!(results[0]["relatedLocations"].as_array().unwrap().len(), 3);
    assert!(results[0].get("suppressions").is_none());
    let accepted: Value = serde_json::from_str(&report.to_sarif(|_, _| true)).unwrap();
    assert_eq!(accepted["runs"][0]["results"][0]["suppressions"][0]["kind"], "external");
}
