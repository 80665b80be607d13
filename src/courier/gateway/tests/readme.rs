//! `profiles/gateways/README.md` holds every key that is read, and nothing else.

use std::collections::BTreeSet;

use super::super::definition::{Address, Kind};
use super::super::time::TimeForm;
use super::super::{SETTINGS, load};

const README: &str = include_str!("../../../../profiles/gateways/README.md");
const TEMPLATE: &str = include_str!("../../../../profiles/gateways/_template.toml");
const NO_KEY: &str = "zzzzzzzz = 1\n";

/// Headings of the README, and the tables whose keys stand under them.
const TABLES: &[(&str, &[&str])] = &[
    ("### `[variable.NAME]`", &["[variable.user]\n"]),
    ("### A request", &["[check]\n", "[forget]\n"]),
    ("### `[token]`", &["[token]\n"]),
    ("### `[send]`", &["[send]\n"]),
    ("### `[send.error]`", &["[send.error]\n"]),
    (
        "### `[send.accepted]`, `[inbox.only]`, `[webhook.only]`",
        &["[send.accepted]\n", "[inbox.only]\n", "[webhook.only]\n"],
    ),
    ("### `[status]`", &["[status]\n"]),
    ("### `[inbox]`", &["[inbox]\n"]),
    ("### `[webhook]`", &["[webhook]\n"]),
    ("### `[webhook.signature]`", &["[webhook.signature]\n"]),
    ("### `[[source]]`", &["[[source]]\n"]),
    ("### `[[example]]`", &["[[example]]\n"]),
];

/// The section under a heading.
fn section(heading: &str) -> &'static str {
    let after = README.split_once(&format!("\n{heading}\n"));
    let (_, after) = after.unwrap_or_else(|| panic!("the README has no heading {heading:?}"));
    after.split("\n#").next().unwrap()
}

/// The rows of the table in it: what stands in their first cell.
fn rows(heading: &str) -> Vec<&'static str> {
    let cell = |line: &'static str| line.strip_prefix("| `")?.split_once("` |").map(|(name, _)| name);
    section(heading).lines().filter_map(cell).collect()
}

/// What the reader says are the keys of the table that has `zzzzzzzz` in it.
fn asked(text: &str) -> BTreeSet<String> {
    let findings = load(text).unwrap_err();
    let unknown = findings.iter().filter(|finding| finding.rule == "unknown-key");
    let keys: Vec<&str> =
        unknown.filter_map(|finding| finding.help.as_deref()?.strip_prefix("its keys are: ")).collect();
    let [keys] = keys[..] else { panic!("{findings:?}") };
    keys.split(", ").map(str::to_owned).collect()
}

fn with_unknown_key(table: &str) -> BTreeSet<String> {
    let at = TEMPLATE.find(&format!("\n{table}")).unwrap_or_else(|| panic!("no {table} in the template"))
        + 1
        + table.len();
    asked(&format!("{}{NO_KEY}{}", &TEMPLATE[..at], &TEMPLATE[at..]))
}

#[test]
fn every_key_that_the_reader_asks_for_is_in_the_readme_once() {
    let mut seen = vec![("### At the top of the file", asked(&format!("{NO_KEY}{TEMPLATE}")))];
    let request = with_unknown_key("[check]\n");
    for (heading, tables) in TABLES {
        let mut keys: BTreeSet<String> = tables.iter().flat_map(|table| with_unknown_key(table)).collect();
        // What every request has stands under its own heading.
        if *heading != "### A request" && keys.is_superset(&request) {
            keys = &keys - &request;
        }
        seen.push((heading, keys));
    }
    for (heading, asked) in &seen {
        let rows = rows(heading);
        let once: BTreeSet<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        assert_eq!(once, *asked, "{heading}");
        assert_eq!(once.len(), rows.len(), "{heading}: a key stands there twice");
    }
    let headings = README.lines().filter(|line| line.starts_with("### ")).count();
    // [auth] has other keys with every kind; its test is below.
    assert_eq!(headings, seen.len() + 1, "a table of keys in the README that no test knows");
}

#[test]
fn every_kind_of_auth_is_in_the_readme_with_its_keys() {
    let auth = TEMPLATE.split_once("[auth]\n").unwrap().1.split_once("\n\n").unwrap().0;
    let mut all = BTreeSet::new();
    for kind in ["none", "basic", "bearer", "header", "query"] {
        let text = TEMPLATE.replace(auth, &format!("kind = \"{kind}\"\n{NO_KEY}"));
        let keys = asked(&text);
        let row = section("### `[auth]`").lines().find(|line| line.contains(&format!("`{kind}`"))).unwrap();
        for key in keys.iter().filter(|key| *key != "kind") {
            assert!(row.contains(&format!("`{key}`")), "{kind}: {key} in {row}");
        }
        all.extend(keys);
    }
    assert_eq!(all.len(), 6, "{all:?}");
}

#[test]
fn every_setting_of_the_configuration_is_in_the_readme_once() {
    let rows = rows("## In the configuration");
    assert_eq!(BTreeSet::from_iter(rows.iter().copied()), BTreeSet::from_iter(SETTINGS));
    assert_eq!(rows.len(), SETTINGS.len());
}

#[test]
fn every_word_of_a_fixed_list_is_in_the_readme() {
    let holds = |heading: &str, key: &str, words: Vec<&str>| {
        let row = section(heading).lines().find(|line| line.starts_with(&format!("| `{key}` |"))).unwrap();
        for word in words {
            assert!(row.contains(&format!("`{word}`")), "{key}: {word}");
        }
    };
    holds("### At the top of the file", "to_format", Address::WORDS.map(|(word, _)| word).into());
    holds("### `[inbox]`", "time_form", TimeForm::WORDS.map(|(word, _)| word).into());
    holds("### `[[example]]`", "of", Kind::WORDS.map(|(word, _)| word).into());
}
