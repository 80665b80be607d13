//! Reading the small parts of a definition: what is nothing by itself and everywhere the same.

use std::ops::Range;

use reqwest::header::HeaderName;

use super::{GIVEN, SCHEMA, SETTINGS};
use crate::courier::gateway::definition::{ErrorForm, Fields, Rate, Source, Variable};
use crate::courier::gateway::extract::{Extract, Extracts, Test};
use crate::courier::gateway::time::TimeForm;
use crate::profile::Located;
use crate::profile::reader::Table;
use crate::units::parse_duration;

pub(super) fn schema(root: &Table<'_>) {
    match root.number("schema") {
        Some(SCHEMA) => {}
        Some(other) => {
            let help = Some(format!("this version reads schema {SCHEMA}"));
            root.bad(root.span_of("schema"), format!("`schema` is {other}"), help);
        }
        None if root.has("schema") => {}
        None => root.missing("schema"),
    }
}

/// A claim that no default may make.
pub(super) fn required_flag(table: &Table<'_>, key: &'static str) -> bool {
    if !table.has(key) {
        table.missing(key);
    }
    table.flag(key)
}

pub(super) fn finished<'t, T>(table: Table<'t>, read: impl FnOnce(&Table<'t>) -> T) -> T {
    let value = read(&table);
    table.finish();
    value
}

/// The value, or its fault with its place.
pub(super) fn judged<T, E: ToString>(
    table: &Table<'_>,
    text: &Located<String>,
    value: Result<T, E>,
) -> Option<T> {
    value.map_err(|error| table.bad(text.at.clone(), error.to_string(), None)).ok()
}

/// Reads `30/s` or `100/60s`: so many in so much time.
///
/// # Errors
/// What is wrong with it.
pub(in crate::courier::gateway) fn rate(text: &str) -> Result<Rate, String> {
    let wrong = || format!("\"{text}\" is no rate: it is so many in so much time, as 5/s or 30/30m");
    let (count, per) = text.split_once('/').ok_or_else(wrong)?;
    let count: u32 = count.trim().parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?;
    let per = if per.starts_with(|c: char| c.is_ascii_digit()) { per.to_owned() } else { format!("1{per}") };
    let per = parse_duration(&per).ok().filter(|per| !per.is_zero()).ok_or_else(wrong)?;
    Ok(Rate { count, per })
}

pub(super) fn variables(root: &Table<'_>) -> Vec<Variable> {
    root.named_tables("variable").into_iter().map(|(name, table)| variable(name, table)).collect()
}

fn variable(name: Located<String>, table: Table<'_>) -> Variable {
    if GIVEN.contains(&name.as_str()) || SETTINGS.contains(&name.as_str()) {
        table.bad(name.at.clone(), format!("`{}` has a meaning of its own", name.value), None);
    }
    let (secret, optional, default) = (table.flag("secret"), table.flag("optional"), table.string("default"));
    if secret && default.is_some() {
        table.bad(table.span_of("default"), "a secret has no default".to_owned(), None);
    }
    let help = table.required("help").value;
    table.finish();
    Variable { name: name.value, help, secret, optional, default }
}

pub(super) fn header(table: &Table<'_>, name: &str, at: &Range<usize>) -> Option<HeaderName> {
    let header = HeaderName::from_bytes(name.as_bytes());
    header.map_err(|_| table.bad(at.clone(), format!("\"{name}\" is no name of a header"), None)).ok()
}

/// A string or a list of strings.
pub(super) fn texts(table: &Table<'_>, key: &'static str) -> Vec<Located<String>> {
    let one = table.find(key).and_then(|value| value.get_ref().as_str());
    if one.is_some() { table.text(key).into_iter().collect() } else { table.texts(key) }
}

pub(super) fn extracts(table: &Table<'_>, key: &'static str) -> Extracts {
    let texts = texts(table, key);
    Extracts(texts.iter().filter_map(|text| judged(table, text, Extract::parse(text))).collect())
}

pub(super) fn required_extracts(table: &Table<'_>, key: &'static str) -> Extracts {
    if !table.has(key) {
        table.missing(key);
    }
    extracts(table, key)
}

pub(super) fn statuses(table: &Table<'_>, key: &'static str, usual: &[u16]) -> Vec<u16> {
    if table.find(key).is_none() {
        return usual.to_vec();
    }
    let numbers = table.numbers(key);
    let known = |number: u32| u16::try_from(number).ok().filter(|status| (100..600).contains(status));
    if let Some(odd) = numbers.iter().find(|number| known(**number).is_none()) {
        table.bad(table.span_of(key), format!("{odd} is no HTTP status"), None);
    }
    numbers.into_iter().filter_map(known).collect()
}

pub(super) fn test(table: Table<'_>) -> Test {
    let test = Test { at: required_extracts(&table, "at"), is: table.strings("is") };
    table.not_empty("is");
    table.finish();
    test
}

pub(super) fn error(table: Table<'_>) -> ErrorForm {
    finished(table, |table| ErrorForm {
        code: extracts(table, "code"),
        text: extracts(table, "text"),
        temporary: table.strings("temporary"),
        unknown: table.strings("unknown"),
    })
}

/// What [inbox] and [webhook] have in common.
pub(super) fn fields(table: &Table<'_>) -> Fields {
    let items = table.text("items");
    if let Some(items) = &items
        && !items.is_empty()
        && !items.starts_with('/')
    {
        table.bad(
            items.at.clone(),
            format!("\"{}\" is no JSON pointer: it begins with `/`", items.value),
            None,
        );
    }
    let form = table.find("time_form").and_then(|_| table.word("time_form", &TimeForm::WORDS));
    Fields {
        items: items.map(|items| items.value),
        only: table.table("only").map(test),
        from: required_extracts(table, "from"),
        text: required_extracts(table, "text"),
        time: extracts(table, "time"),
        time_form: form.unwrap_or_default(),
        id: extracts(table, "id"),
        international: table.flag("international"),
    }
}

pub(super) fn source(table: Table<'_>) -> Source {
    finished(table, |table| Source {
        id: table.required("id").value,
        title: table.required("title").value,
        url: table.required("url").value,
        date: table.string("date"),
    })
}
