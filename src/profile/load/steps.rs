//! Steps and what belongs to them: when a note holds, examples, replies, and how a tracker of the lab hears a command.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::reader::Table;
use super::super::types::{
    Condition, Device, Example, FormName, Instead, Kind, Located, Means, Note, Reply, Step,
};

fn read_condition(table: &Table<'_>) -> Condition {
    Condition { when: read_values(table, "when"), unless: read_values(table, "unless") }
}

/// Settings with some of their values.
pub(super) fn read_values(table: &Table<'_>, key: &'static str) -> Vec<(Located<String>, Vec<String>)> {
    let plain = |values: Vec<Located<String>>| values.into_iter().map(|value| value.value).collect();
    table.lists(key).into_iter().map(|(name, list)| (name, plain(list))).collect()
}

pub(super) fn read_note(table: Table<'_>) -> Note {
    let note = Note {
        text: table.required("text").value,
        condition: read_condition(&table),
        forms: table.words("forms", &FormName::WORDS),
        routines: table.texts("routines"),
    };
    table.finish();
    note
}

pub(super) fn read_example(table: Table<'_>) -> Example {
    let example = Example { with: table.pairs("with"), sends: table.required("sends") };
    table.finish();
    example
}

fn read_decode(table: &Table<'_>) -> BTreeMap<String, String> {
    table.pairs("decode").into_iter().collect()
}

/// `common` replies are the profile's own, which any step may get.
pub(super) fn read_reply(table: Table<'_>, common: bool) -> Reply {
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

pub(super) fn read_step(table: Table<'_>) -> Step {
    let step = Step {
        id: table.required("id"),
        title: table.string("title"),
        kind: table.word("kind", &Kind::WORDS).unwrap_or(Kind::Query),
        sets: table.texts("sets"),
        keeps: table.texts("keeps"),
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
