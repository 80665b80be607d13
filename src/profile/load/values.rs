//! What a text may hold and what a setting may be.

use regex_lite::Regex;

use super::super::reader::Table;
use super::super::types::{Limits, Located, SettingRule};

pub(super) fn read_limits(table: Option<Table<'_>>) -> Limits {
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

pub(super) fn read_setting((name, table): (Located<String>, Table<'_>)) -> SettingRule {
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
