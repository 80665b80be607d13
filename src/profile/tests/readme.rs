//! `profiles/README.md` tells every key and every rule exactly once. The keys are those the reader itself asks for:
//! an unknown one makes it list them.

use std::collections::BTreeSet;

use regex_lite::Regex;

use super::super::decode::DECODERS;
use super::super::*;
use super::cases::CASES;
use super::rules::TEMPLATE;

const README: &str = include_str!("../../../profiles/README.md");

/// The code of the reader and the rules, for the names they use.
const CODE: [&str; 12] = [
    include_str!("../reader.rs"),
    include_str!("../load/mod.rs"),
    include_str!("../load/values.rs"),
    include_str!("../load/steps.rs"),
    include_str!("../template.rs"),
    include_str!("../filters.rs"),
    include_str!("../lint/mod.rs"),
    include_str!("../lint/data.rs"),
    include_str!("../lint/steps.rs"),
    include_str!("../lint/replies.rs"),
    include_str!("../lint/settings.rs"),
    include_str!("../lint/device.rs"),
];

/// A word that is near to no key.
const NO_KEY: &str = "zzzzzzzz = 1\n";

/// A heading of the README, and tables that it describes: texts to be put before the template or after it.
const TABLES: &[(&str, &[&str])] = &[
    ("### `[[alternative]]`", &["[[alternative]]\n"]),
    ("### `[[trial]]`", &["[[trial]]\n"]),
    ("### `[battery]`", &["[battery]\n"]),
    ("### `[topic]`", &["[topic]\n"]),
    ("### `[limits]`", &["[limits]\n"]),
    ("### `[setting.NAME]`", &["[setting.interval]\n"]),
    ("### `[form.sms]`, `[form.cable]`, `[form.link]`", &["[form.sms]\n", "[form.cable]\n", "[form.link]\n"]),
    ("### `[[source]]`", &["[[source]]\n"]),
    ("### `[[step]]`", &["[[step]]\n"]),
    ("### `[[step.instead]]`", &["[[step.instead]]\n"]),
    ("### `[[note]]`, `[[step.note]]`", &["[[note]]\n", "[[step.note]]\n"]),
    ("### `[[reply]]`, `[[step.reply]]`", &["[[reply]]\n", "[[step.reply]]\n"]),
    (
        "### `[[step.example]]`, `[[step.instead.example]]`, `[[form.sms.example]]`",
        &["[[step.example]]\n", "[[step.instead]]\n[[step.instead.example]]\n", "[[form.sms.example]]\n"],
    ),
    ("### `[step.device]`", &["[[step]]\n[step.device]\n"]),
];

/// The rows of the table under a heading: what stands in their first cell.
fn rows(heading: &str) -> Vec<&'static str> {
    let after = README.split_once(&format!("\n{heading}\n"));
    let (_, after) = after.unwrap_or_else(|| panic!("the README has no heading {heading:?}"));
    let section = after.split("\n#").next().unwrap();
    let cell = |line: &'static str| line.strip_prefix("| `")?.split_once("` |").map(|(name, _)| name);
    section.lines().filter_map(cell).collect()
}

/// What the reader says are the keys of the table that has `zzzzzzzz` in it.
fn asked(text: &str) -> BTreeSet<String> {
    let findings = lint(text, None);
    let keys: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.rule == "unknown-key")
        .filter_map(|finding| finding.help.as_deref()?.strip_prefix("its keys are: "))
        .collect();
    let [keys] = keys[..] else { panic!("{text}\n{findings:?}") };
    keys.split(", ").map(str::to_owned).collect()
}

/// The template with an unknown key in a table, which is added where it has none.
fn with_unknown_key(table: &str) -> String {
    let text = if TEMPLATE.contains(&format!("\n{table}")) && !table.starts_with("[[") {
        TEMPLATE.to_owned()
    } else {
        format!("{TEMPLATE}\n{table}")
    };
    let at = text.rfind(table).unwrap() + table.len();
    format!("{}{NO_KEY}{}", &text[..at], &text[at..])
}

#[test]
fn every_key_that_the_reader_asks_for_is_in_the_readme_once() {
    let top = asked(&format!("{NO_KEY}{TEMPLATE}"));
    let mut seen = vec![("### At the top of the file", top)];
    for (heading, tables) in TABLES {
        let keys = tables.iter().flat_map(|table| asked(&with_unknown_key(table))).collect();
        seen.push((heading, keys));
    }
    let forms = FormName::WORDS.map(|(word, _)| word.to_owned());
    seen.push(("### `[timeout]`", BTreeSet::from(forms)));
    for (heading, asked) in &seen {
        let rows = rows(heading);
        let once: BTreeSet<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        assert_eq!(once, *asked, "{heading}");
        assert_eq!(once.len(), rows.len(), "{heading}: a key stands there twice");
    }
    let headings = README.lines().filter(|line| line.starts_with("### ")).count();
    // `[map.NAME]` and `[routine]` have no keys of their own: theirs are names that a profile gives.
    assert_eq!(headings, seen.len() + 2, "a table of keys in the README that no test knows");
}

/// The schema for editors.
const SCHEMA: &str = include_str!("../../../docs/schemas/homing.profile-1.json");

/// The tables as TOML has them, with where the schema has their keys.
const IN_SCHEMA: &[(&str, &str)] = &[
    ("[[alternative]]\n", "/$defs/alternative"),
    ("[[trial]]\n", "/$defs/trial"),
    ("[battery]\n", "/$defs/battery"),
    ("[topic]\n", "/$defs/topic"),
    ("[limits]\n", "/$defs/limits"),
    ("[setting.interval]\n", "/$defs/setting"),
    ("[form.sms]\n", "/$defs/form"),
    ("[form.cable]\n", "/$defs/cable"),
    ("[form.link]\n", "/$defs/form"),
    ("[[source]]\n", "/$defs/source"),
    ("[[step]]\n", "/$defs/step"),
    ("[[step.instead]]\n", "/$defs/instead"),
    ("[[note]]\n", "/$defs/note"),
    ("[[step.note]]\n", "/$defs/note"),
    ("[[reply]]\n", "/$defs/common_reply"),
    ("[[step.reply]]\n", "/$defs/reply"),
    ("[[step.example]]\n", "/$defs/example"),
    ("[[form.sms.example]]\n", "/$defs/example"),
    ("[[step]]\n[step.device]\n", "/$defs/device"),
];

#[test]
fn the_schema_for_editors_has_the_keys_that_the_reader_asks_for() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let keys = |at: &str| -> BTreeSet<String> {
        let keys = schema.pointer(&format!("{at}/properties")).unwrap_or_else(|| panic!("{at}"));
        keys.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys(""), asked(&format!("{NO_KEY}{TEMPLATE}")), "the top of the file");
    for (table, at) in IN_SCHEMA {
        assert_eq!(keys(at), asked(&with_unknown_key(table)), "{table}");
    }
    let tables: usize = TABLES.iter().map(|(_, tables)| tables.len()).sum();
    // `[[step.instead.example]]` is read as the other examples are.
    assert_eq!(IN_SCHEMA.len() + 1, tables, "a table that no test holds the schema to");
    let words = |at: &str| schema.pointer(&format!("{at}/enum")).cloned().unwrap();
    let of = |words: &[&str]| serde_json::json!(words);
    assert_eq!(words("/$defs/source/properties/evidence"), of(&Evidence::WORDS.map(|(word, _)| word)));
    assert_eq!(words("/$defs/reply/properties/means"), of(&Means::WORDS.map(|(word, _)| word)));
    assert_eq!(words("/$defs/step/properties/kind"), of(&Kind::WORDS.map(|(word, _)| word)));
    assert_eq!(words("/$defs/decode/additionalProperties"), of(&DECODERS.map(|(word, _)| word)));
}

#[test]
fn every_rule_is_in_the_readme_once_and_in_the_cases() {
    let named = Regex::new(r#"(?:Finding::error|\berror|\bnote|\bcompare)\(\s*"([a-z-]+)""#).unwrap();
    let rules: BTreeSet<&str> =
        CODE.iter().flat_map(|code| named.captures_iter(code)).map(|m| m.get(1).unwrap().as_str()).collect();
    assert!(rules.len() > 30, "{rules:?}");
    let rows = rows("## The rules of `homing profile check`");
    assert_eq!(BTreeSet::from_iter(rows.iter().copied()), rules);
    assert_eq!(rows.len(), rules.len(), "a rule stands in the README twice");
    let mut shown: BTreeSet<&str> = CASES.iter().map(|(rule, ..)| *rule).collect();
    shown.insert("id-is-not-file");
    assert_eq!(shown, rules, "every rule has its case");
}

#[test]
fn the_readme_gives_the_weight_that_a_rule_has() {
    let section = README.split("\n## The rules of `homing profile check`\n").nth(1).unwrap();
    for (rule, weight, _) in CASES {
        let row = section.lines().find(|line| line.starts_with(&format!("| `{rule}` |"))).unwrap();
        let weights = row.split('|').nth(2).unwrap();
        assert!(weights.split([' ', ',']).any(|word| word == weight.to_string()), "{row}: {weight}");
    }
}

#[test]
fn every_filter_decoder_and_common_setting_is_in_the_readme() {
    let filter = Regex::new(r#"add_filter\("([a-z0-9_]+)""#).unwrap();
    let filters: Vec<&str> =
        CODE.iter().flat_map(|code| filter.captures_iter(code)).map(|m| m.get(1).unwrap().as_str()).collect();
    assert_eq!(rows("## Templates"), filters);
    assert_eq!(rows("## Decoders"), DECODERS.map(|(name, _)| name));
    let templates = README.split("\n## Templates\n").nth(1).unwrap().split("\n## ").next().unwrap();
    for name in lint::common() {
        assert!(templates.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn every_word_of_a_fixed_list_is_in_the_readme() {
    let words = |rows: &str, key: &str| {
        let section = README.split(&format!("\n{rows}\n")).nth(1).unwrap();
        let row = section.lines().find(|line| line.starts_with(&format!("| `{key}` |"))).unwrap();
        row.split('|').nth(3).unwrap().to_owned()
    };
    let evidence = words("### `[[source]]`", "evidence");
    let means = words("### `[[reply]]`, `[[step.reply]]`", "means");
    let kind = words("### `[[step]]`", "kind");
    for (cell, word) in (Evidence::WORDS.iter().map(|(word, _)| (&evidence, word)))
        .chain(Means::WORDS.iter().map(|(word, _)| (&means, word)))
        .chain(Kind::WORDS.iter().map(|(word, _)| (&kind, word)))
    {
        assert!(cell.contains(&format!("`{word}`")), "{word} in {cell}");
    }
}
