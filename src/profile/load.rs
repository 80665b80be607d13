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
    Alternative, Battery, Condition, Device, Evidence, Example, Form, FormName, Instead, Kind, Limits,
    Located, Map, Means, Note, Profile, Reply, Routine, SettingRule, Source, Step, Topic, Trial,
};
use crate::tracker::{By, Transport};

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
        parts: parts(&table),
        unicode: table.flag("unicode"),
    };
    table.finish();
    limits
}

/// Every command takes a message.
fn parts(table: &Table<'_>) -> usize {
    match table.size("parts") {
        Some(0) => {
            table.bad(table.span_of("parts"), "`parts` is 0, it must be 1 or more".to_owned(), None);
            1
        }
        parts => parts.unwrap_or(1),
    }
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
    let (min, max) = (table.number("min"), table.number("max"));
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        table.bad(table.span_of("max"), "`max` is less than `min`".to_owned(), None);
    }
    let rule = SettingRule {
        name: name.value,
        at: name.at,
        title: table.string("title"),
        unit: table.string("unit"),
        default: table.string("default"),
        min,
        max,
        usual: usual(&table),
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

/// Both ends of the usual range, or neither.
fn usual(table: &Table<'_>) -> Option<(i64, i64)> {
    match (table.number("usual_min"), table.number("usual_max")) {
        (Some(_), None) => table.missing("usual_max"),
        (None, Some(_)) => table.missing("usual_min"),
        (min, max) => return min.zip(max),
    }
    None
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

fn read_condition(table: &Table<'_>) -> Condition {
    let plain = |lists: Vec<(Located<String>, Vec<Located<String>>)>| {
        let values = |values: Vec<Located<String>>| values.into_iter().map(|value| value.value).collect();
        lists.into_iter().map(|(name, list)| (name, values(list))).collect()
    };
    Condition { when: plain(table.lists("when")), unless: plain(table.lists("unless")) }
}

fn read_note(table: Table<'_>) -> Note {
    let note = Note {
        text: table.required("text").value,
        condition: read_condition(&table),
        forms: table.words("forms", &FormName::WORDS),
        routines: table.texts("routines"),
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

/// `common` replies are the profile's own, which any step may get.
fn read_reply(table: Table<'_>, common: bool) -> Reply {
    let reply = Reply {
        means: table.word("means", &Means::WORDS).unwrap_or(Means::Pending),
        pattern: table.required("match"),
        decode: read_decode(&table),
        examples: table.texts("examples"),
        tells: table.pairs("tells"),
        source: table.required("source"),
        hint: table.string("hint"),
        kinds: if common { table.words("kinds", &Kind::WORDS) } else { Vec::new() },
    };
    table.finish();
    reply
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

fn read_step(table: Table<'_>) -> Step {
    let step = Step {
        id: table.required("id"),
        title: table.string("title"),
        kind: table.word("kind", &Kind::WORDS).unwrap_or(Kind::Query),
        sets: table.texts("sets"),
        only_if: table.texts("only_if"),
        idempotent: table.flag("idempotent"),
        destructive: table.flag("destructive"),
        reboots: table.flag("reboots"),
        leaves: table.located_pairs("leaves"),
        forms: table.words("forms", &FormName::WORDS),
        tag: table.text("tag"),
        send: table.required("send"),
        instead: table.tables("instead").into_iter().map(read_instead).collect(),
        wait_after: table.duration("wait_after").unwrap_or(Duration::ZERO),
        timeout: table.durations("timeout", &FormName::WORDS),
        source: table.required("source"),
        notes: table.tables("note").into_iter().map(read_note).collect(),
        replies: table.tables("reply").into_iter().map(|table| read_reply(table, false)).collect(),
        examples: table.tables("example").into_iter().map(read_example).collect(),
        device: table.table("device").map(read_device),
    };
    table.finish();
    step
}
