//! A profile's text to its parts. Everything is read before anything is said, so that all problems come at once.

use std::collections::BTreeMap;
use std::time::Duration;

use regex_lite::Regex;
use toml::de::DeTable;

use super::finding::{Finding, Severity};
use super::reader::{Findings, Table};
use super::reply::Patterns;
use super::template::Templates;
use super::types::{
    Alternative, Condition, Device, Evidence, Example, Form, FormName, Instead, Kind, Limits, Located, Means,
    Note, Profile, Reply, Routine, SettingRule, Source, Step, Trial,
};
use crate::tracker::Transport;

/// The schema this build reads.
const SCHEMA: i64 = 1;

/// Reads a profile. The findings hold every problem with its place; with an error among them there is no profile.
///
/// # Errors
/// All findings, when at least one of them is an error.
pub fn load(text: &str) -> Result<Profile, Vec<Finding>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let syntax = |error: &toml::de::Error| {
            Finding::error(
                "syntax",
                error.span().unwrap_or(0..0),
                format!("this is not TOML: {}", error.message()),
            )
        };
        return Err(errors.iter().map(syntax).collect());
    }
    let findings = Findings::default();
    let first_line = 0..text.lines().next().map_or(0, str::len);
    let profile = read_profile(Table::new(root.get_ref(), first_line, "the profile", &findings));
    let mut problems = Vec::new();
    let profile = compile(profile, &mut problems);
    let mut all = findings.into_vec();
    all.extend(problems);
    if all.iter().all(|finding| finding.severity < Severity::Error) {
        return Ok(profile);
    }
    all.sort_by_key(|finding| finding.at.start);
    Err(all)
}

/// Templates and patterns are compiled once, when the profile is read.
fn compile(mut profile: Profile, problems: &mut Vec<Finding>) -> Profile {
    profile.templates = Templates::compile(&profile, problems);
    profile.patterns = Patterns::compile(&profile, problems);
    profile
}

fn read_profile(root: Table<'_>) -> Profile {
    let schema = root.number("schema");
    match schema {
        Some(SCHEMA) => {}
        Some(other) => {
            root.bad(root.at.clone(), format!("`schema` is {other}, this build reads {SCHEMA}"), None)
        }
        None => root.missing("schema"),
    }
    let profile = Profile {
        id: root.required("id"),
        name: root.required("name").value,
        vendor: root.required("vendor").value,
        models: root.strings("models"),
        transports: root.words("transports", &[("tcp", Transport::Tcp), ("udp", Transport::Udp)]),
        uplink: root.strings("uplink"),
        register: root.required("register"),
        alternatives: root.tables("alternative").into_iter().map(read_alternative).collect(),
        trials: root.tables("trial").into_iter().map(read_trial).collect(),
        limits: read_limits(root.table("limits")),
        timeout: root.durations("timeout", &FormName::WORDS),
        settings: root.named_tables("setting").into_iter().map(read_setting).collect(),
        maps: read_maps(&root),
        forms: read_forms(&root),
        routines: root.lists("routine").into_iter().map(|(name, steps)| Routine { name, steps }).collect(),
        sources: root.tables("source").into_iter().filter_map(read_source).collect(),
        notes: root.tables("note").into_iter().map(read_note).collect(),
        replies: root.tables("reply").into_iter().filter_map(read_reply).collect(),
        steps: root.tables("step").into_iter().filter_map(read_step).collect(),
        templates: Templates::default(),
        patterns: Patterns::default(),
    };
    check_id(&root, &profile.id);
    root.finish();
    profile
}

fn check_id(root: &Table<'_>, id: &Located<String>) {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.is_empty() && !id.chars().all(fine) {
        let help = "lower-case letters, digits and hyphens, like the file's name".to_owned();
        root.bad(id.at.clone(), format!("`id` is \"{}\"", id.value), Some(help));
    }
}

fn read_maps(root: &Table<'_>) -> Vec<(Located<String>, Vec<(String, String)>)> {
    let tables = root.named_tables("map").into_iter();
    tables.map(|(name, table)| (name, table.free_pairs())).collect()
}

fn read_alternative(table: Table<'_>) -> Alternative {
    let alternative = Alternative { profile: table.required("profile"), tell: table.required("tell") };
    table.finish();
    alternative
}

fn read_trial(table: Table<'_>) -> Trial {
    let trial = Trial {
        firmware: table.required("firmware").value,
        date: table.required("date").value,
        by: table.required("by").value,
    };
    table.finish();
    trial
}

fn read_limits(table: Option<Table<'_>>) -> Limits {
    let Some(table) = table else {
        let separators = String::new();
        return Limits {
            alphabet: None,
            alphabet_text: None,
            ascii: 0,
            separators,
            parts: 1,
            unicode: false,
        };
    };
    let alphabet = table.text("alphabet");
    let regex = alphabet.as_ref().and_then(|text| pattern(&table, text, true));
    let limits = Limits {
        ascii: regex.as_ref().map_or(0, ascii),
        alphabet: regex,
        alphabet_text: alphabet.map(|text| text.value),
        separators: table.string("separators").unwrap_or_default(),
        parts: table.size("parts").unwrap_or(1).max(1),
        unicode: table.flag("unicode"),
    };
    table.finish();
    limits
}

/// The ASCII characters an alphabet allows, so that the usual text needs no pattern at all.
fn ascii(alphabet: &Regex) -> u128 {
    let allowed = (0..128u8).filter(|byte| alphabet.is_match(char::from(*byte).encode_utf8(&mut [0; 4])));
    allowed.fold(0, |bits, byte| bits | 1 << byte)
}

/// A pattern of this schema; `whole` anchors it at both ends.
fn pattern(table: &Table<'_>, text: &Located<String>, whole: bool) -> Option<Regex> {
    let compiled = if whole { Regex::new(&format!("^(?:{})$", text.value)) } else { Regex::new(text) };
    compiled
        .map_err(|error| table.bad(text.at.clone(), format!("this pattern does not compile: {error}"), None))
        .ok()
}

fn read_setting((name, table): (Located<String>, Table<'_>)) -> SettingRule {
    let usual = (table.number("usual_min"), table.number("usual_max"));
    let rule = SettingRule {
        name: name.value,
        title: table.string("title"),
        unit: table.string("unit"),
        default: table.string("default"),
        min: table.number("min"),
        max: table.number("max"),
        usual: usual.0.zip(usual.1),
        usual_source: table.string("usual_source"),
        values: table.strings("values"),
        pattern: table.text("pattern").and_then(|text| pattern(&table, &text, true)),
        max_length: table.size("max_length"),
        secret: table.flag("secret"),
        needs: table.strings("needs"),
        source: table.string("source"),
    };
    table.finish();
    rule
}

fn read_forms(root: &Table<'_>) -> Vec<Form> {
    let Some(forms) = root.table("form") else {
        root.missing("form");
        return Vec::new();
    };
    let mut read = Vec::new();
    for (word, name) in FormName::WORDS {
        let Some(table) = forms.table(word) else { continue };
        read.push(Form {
            name,
            wrap: table.required("wrap"),
            baud: table.numbers("baud"),
            examples: table.tables("example").into_iter().map(read_example).collect(),
        });
        table.finish();
    }
    forms.finish();
    read
}

fn read_source(table: Table<'_>) -> Option<Source> {
    let source = Source {
        id: table.required("id"),
        evidence: table.word("evidence", &Evidence::WORDS)?,
        title: table.string("title"),
        url: table.string("url"),
    };
    table.finish();
    Some(source)
}

fn read_condition(table: &Table<'_>) -> Condition {
    let plain = |lists: Vec<(Located<String>, Vec<Located<String>>)>| {
        lists
            .into_iter()
            .map(|(name, values)| (name.value, values.into_iter().map(|v| v.value).collect()))
            .collect()
    };
    Condition { when: plain(table.lists("when")), unless: plain(table.lists("unless")) }
}

fn read_note(table: Table<'_>) -> Note {
    let note = Note {
        text: table.required("text").value,
        condition: read_condition(&table),
        forms: table.words("forms", &FormName::WORDS),
        routines: table.strings("routines"),
    };
    table.finish();
    note
}

fn read_example(table: Table<'_>) -> Example {
    let example = Example { with: table.pairs("with"), sends: table.required("sends") };
    table.finish();
    example
}

fn read_decode(table: &Table<'_>) -> BTreeMap<String, String> {
    table.pairs("decode").into_iter().collect()
}

fn read_reply(table: Table<'_>) -> Option<Reply> {
    let reply = Reply {
        means: table.word("means", &Means::WORDS)?,
        pattern: table.required("match"),
        decode: read_decode(&table),
        examples: table.texts("examples"),
        tells: table.pairs("tells"),
        source: table.required("source"),
        hint: table.string("hint"),
        kinds: table.words("kinds", &Kind::WORDS),
    };
    table.finish();
    Some(reply)
}

fn read_instead(table: Table<'_>) -> Instead {
    let sets = table.find("sets").is_some().then(|| table.texts("sets"));
    let instead = Instead {
        condition: read_condition(&table),
        assume: table.string("assume"),
        send: table.required("send"),
        sets,
        source: table.required("source"),
        why: table.string("why"),
        examples: table.tables("example").into_iter().map(read_example).collect(),
    };
    table.finish();
    instead
}

fn read_device(table: Table<'_>) -> Device {
    let device =
        Device { hears: table.required("hears"), says: table.text("says"), decode: read_decode(&table) };
    table.finish();
    device
}

fn read_step(table: Table<'_>) -> Option<Step> {
    let step = Step {
        id: table.required("id"),
        title: table.string("title"),
        kind: table.word("kind", &Kind::WORDS)?,
        sets: table.texts("sets"),
        only_if: table.strings("only_if"),
        idempotent: table.flag("idempotent"),
        destructive: table.flag("destructive"),
        reboots: table.flag("reboots"),
        forms: table.words("forms", &FormName::WORDS),
        tag: table.text("tag"),
        send: table.required("send"),
        instead: table.tables("instead").into_iter().map(read_instead).collect(),
        wait_after: table.duration("wait_after").unwrap_or(Duration::ZERO),
        timeout: table.durations("timeout", &FormName::WORDS),
        source: table.required("source"),
        notes: table.tables("note").into_iter().map(read_note).collect(),
        replies: table.tables("reply").into_iter().filter_map(read_reply).collect(),
        examples: table.tables("example").into_iter().map(read_example).collect(),
        device: table.table("device").map(read_device),
    };
    table.finish();
    Some(step)
}
