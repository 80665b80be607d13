//! A profile's text to its parts. Everything is read before anything is said, so that all problems come at once.

mod steps;
mod values;

use toml::de::DeTable;

use super::finding::{Finding, Severity};
use super::reader::{Findings, Table};
use super::reply::Patterns;
use super::template::Templates;
use super::types::{
    Alternative, Battery, Evidence, Form, FormName, Located, Map, Profile, Routine, Source, Topic, Trial,
};
use crate::tracker::{By, Transport};
use steps::{read_example, read_note, read_reply, read_step, read_values};
use values::{read_limits, read_setting};

/// The schema this build reads.
const SCHEMA: i64 = 1;

/// Transports with the word each has in a profile.
const TRANSPORTS: [(&str, Transport); 2] = [("tcp", Transport::Tcp), ("udp", Transport::Udp)];

/// How a server can be given, with the word of each.
const SERVERS: [(&str, By); 2] = [("domain", By::Domain), ("ip", By::Ip)];

/// Reads a profile.
///
/// # Errors
/// Every problem with its place, when at least one of them is an error.
pub fn load(text: &str) -> Result<Profile, Vec<Finding>> {
    let (profile, findings) = read(text)?;
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(findings);
    }
    Ok(profile)
}

/// Reads what can be read of a profile, and what is wrong with the rest: what could not be read is empty.
///
/// # Errors
/// The faults of a text that is no TOML.
pub(super) fn read(text: &str) -> Result<(Profile, Vec<Finding>), Vec<Finding>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let syntax = |error: &toml::de::Error| {
            Finding::error(
                "syntax",
                error.span().unwrap_or(0..0),
                format!("this is not TOML: {}", error.message()),
            )
        };
        let mut faults: Vec<Finding> = errors.iter().map(syntax).collect();
        faults.sort_by_key(|fault| fault.at.start);
        return Err(faults);
    }
    let findings = Findings::default();
    let first_line = 0..text.lines().next().map_or(0, str::len);
    let profile = read_profile(Table::top(root.get_ref(), "the profile", first_line, &findings));
    let mut problems = Vec::new();
    let profile = compile(profile, &mut problems);
    let mut all = findings.into_vec();
    all.extend(problems);
    all.sort_by_key(|finding| finding.at.start);
    Ok((profile, all))
}

/// Templates and patterns are compiled once, when the profile is read.
fn compile(mut profile: Profile, problems: &mut Vec<Finding>) -> Profile {
    profile.settings.sort_by(|left, right| left.name.cmp(&right.name));
    for routine in 0..profile.routines.len() {
        let steps = profile.routines[routine].steps.iter();
        profile.routines[routine].at = steps.filter_map(|id| profile.step(id)).collect();
    }
    profile.templates = Templates::compile(&profile, problems);
    profile.patterns = Patterns::of(&profile);
    profile
}

fn read_profile(root: Table<'_>) -> Profile {
    let schema = root.number("schema");
    match schema {
        Some(SCHEMA) => {}
        Some(other) => {
            root.bad(root.span_of("schema"), format!("`schema` is {other}, this build reads {SCHEMA}"), None)
        }
        None if root.has("schema") => {}
        None => root.missing("schema"),
    }
    let profile = Profile {
        id: root.required("id"),
        name: root.required("name").value,
        vendor: root.required("vendor").value,
        models: root.strings("models"),
        transports: root.words("transports", &TRANSPORTS),
        servers: read_servers(&root),
        known_by: root.string("known_by"),
        uplink: root.strings("uplink"),
        confirmed: read_values(&root, "confirmed"),
        register: root.required("register"),
        alternatives: root.tables("alternative").into_iter().map(read_alternative).collect(),
        trials: root.tables("trial").into_iter().map(read_trial).collect(),
        battery: root.table("battery").and_then(read_battery),
        topics: read_topics(&root),
        limits: read_limits(root.table("limits")),
        timeout: root.durations("timeout", &FormName::WORDS),
        settings: root.named_tables("setting").into_iter().map(read_setting).collect(),
        maps: read_maps(&root),
        forms: read_forms(&root),
        routines: root
            .lists("routine")
            .into_iter()
            .map(|(name, steps)| Routine { name, steps, at: Vec::new() })
            .collect(),
        sources: root.tables("source").into_iter().map(read_source).collect(),
        notes: root.tables("note").into_iter().map(read_note).collect(),
        replies: root.tables("reply").into_iter().map(|table| read_reply(table, true)).collect(),
        steps: root.tables("step").into_iter().map(read_step).collect(),
        templates: Templates::default(),
        patterns: Patterns::default(),
    };
    check_id(&root, &profile.id);
    root.not_empty("models");
    root.not_empty("transports");
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

/// Where nothing is said, a tracker takes both, and a name is better than an address that may move.
fn read_servers(root: &Table<'_>) -> Vec<By> {
    let servers = root.words("servers", &SERVERS);
    if !root.has("servers") {
        return SERVERS.map(|(_, by)| by).to_vec();
    }
    root.not_empty("servers");
    servers
}

fn read_maps(root: &Table<'_>) -> Vec<Map> {
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
        date: table.required("date"),
        by: table.required("by").value,
    };
    let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
    if !trial.date.is_empty() && trial.date.chars().map(digits).collect::<String>() != "0000-00-00" {
        let help = Some("a day is written YYYY-MM-DD".to_owned());
        table.bad(trial.date.at.clone(), format!("`date` is \"{}\"", trial.date.value), help);
    }
    table.finish();
    trial
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
            source: table.required("source"),
            baud: if name == FormName::Cable { table.numbers("baud") } else { Vec::new() },
            examples: table.tables("example").into_iter().map(read_example).collect(),
        });
        table.finish();
    }
    forms.finish();
    read
}

/// Each topic is a key of its own, so that a misspelt one is no topic that nobody asks for.
fn read_topics(root: &Table<'_>) -> Vec<(Topic, Vec<Located<String>>)> {
    let Some(table) = root.table("topic") else { return Vec::new() };
    let topics = Topic::WORDS.map(|(word, topic)| (topic, table.texts(word))).into();
    table.finish();
    topics
}

/// A battery holds something.
fn read_battery(table: Table<'_>) -> Option<Battery> {
    let capacity_mah = table.number("capacity_mah");
    match capacity_mah {
        None if !table.has("capacity_mah") => table.missing("capacity_mah"),
        Some(mah @ ..=0) => {
            let message = format!("`capacity_mah` is {mah}, it must be 1 or more");
            table.bad(table.span_of("capacity_mah"), message, None);
        }
        _ => {}
    }
    let source = table.required("source");
    table.finish();
    capacity_mah.filter(|mah| *mah > 0).map(|capacity_mah| Battery { capacity_mah, source })
}

fn read_source(table: Table<'_>) -> Source {
    let source = Source {
        id: table.required("id"),
        evidence: table.word("evidence", &Evidence::WORDS).unwrap_or(Evidence::Inferred),
        title: table.string("title"),
        url: table.string("url"),
    };
    table.finish();
    source
}
