//! A strict reader of TOML tables: every key is asked for by name and type, and what was not asked for is unknown.
//! It goes on after a problem, so that a person sees all of them at once.

use std::cell::RefCell;
use std::ops::Range;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::finding::Finding;
use super::types::Located;
use crate::units::{nearest, parse_duration};

/// Where problems gather while a profile is read.
#[derive(Default)]
pub(crate) struct Findings(RefCell<Vec<Finding>>);

impl Findings {
    pub(crate) fn add(&self, finding: Finding) {
        self.0.borrow_mut().push(finding);
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.0.into_inner()
    }
}

/// One table being read.
pub(crate) struct Table<'t> {
    table: &'t DeTable<'t>,
    pub(crate) at: Range<usize>,
    /// Its keys from the top: `step.reply`. Empty at the top.
    path: String,
    /// Its name as it is written: `[[step.reply]]`.
    name: String,
    asked: RefCell<Vec<&'static str>>,
    findings: &'t Findings,
}

impl<'t> Table<'t> {
    /// The whole text, which problems call `name`.
    pub(crate) fn top(table: &'t DeTable<'t>, name: &str, at: Range<usize>, findings: &'t Findings) -> Self {
        Self { table, at, path: String::new(), name: name.to_owned(), asked: RefCell::default(), findings }
    }

    pub(crate) fn find(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.get(key)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let is = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("`{key}` in {} is {is}, it must be {wanted}", self.name);
        self.findings.add(Finding::error("wrong-type", value.span(), message));
    }

    pub(crate) fn missing(&self, key: &str) {
        let message = format!("{} has no `{key}`", self.name);
        self.findings.add(Finding::error("missing-key", self.at.clone(), message));
    }

    pub(crate) fn bad(&self, at: Range<usize>, message: String, help: Option<String>) {
        let finding = Finding::error("bad-value", at, message);
        self.findings.add(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.find(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, "a string");
            return None;
        };
        Some(Located { value: text.to_owned(), at: value.span() })
    }

    /// A string that must be there; an empty one stands in for it, as its absence is already a finding.
    pub(crate) fn required(&self, key: &'static str) -> Located<String> {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or(Located { value: String::new(), at: self.at.clone() })
    }

    pub(crate) fn string(&self, key: &'static str) -> Option<String> {
        self.text(key).map(|text| text.value)
    }

    pub(crate) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.find(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(key, value, "true or false");
            false
        })
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<i64> {
        let value = self.find(key)?;
        let number = integer(value);
        if number.is_none() {
            self.wrong(key, value, "a whole number");
        }
        number
    }

    pub(crate) fn size(&self, key: &'static str) -> Option<usize> {
        let number = self.number(key)?;
        let size = usize::try_from(number).ok();
        if size.is_none() {
            self.bad(self.span_of(key), format!("`{key}` is {number}, it must be 0 or more"), None);
        }
        size
    }

    /// Where the value of a key stands, or its table when it is not there.
    pub(crate) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.at.clone(), Spanned::span)
    }

    pub(crate) fn duration(&self, key: &'static str) -> Option<Duration> {
        let text = self.text(key)?;
        self.parse_duration(key, &text)
    }

    fn parse_duration(&self, key: &str, text: &Located<String>) -> Option<Duration> {
        parse_duration(text)
            .map_err(|error| self.bad(text.at.clone(), format!("`{key}`: {error}"), None))
            .ok()
    }

    /// A word out of a fixed list.
    pub(crate) fn word<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        if !self.has(key) {
            self.missing(key);
        }
        let text = self.text(key)?;
        self.one_of(key, &text, words)
    }

    fn one_of<T: Copy>(&self, key: &str, text: &Located<String>, words: &[(&'static str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let list: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.bad(
                text.at.clone(),
                format!("`{key}` is \"{}\"", text.value),
                Some(format!("one of: {}", list.join(", "))),
            );
        }
        found
    }

    pub(crate) fn words<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Vec<T> {
        self.texts(key).iter().filter_map(|text| self.one_of(key, text, words)).collect()
    }

    pub(crate) fn texts(&self, key: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of strings");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Located { value: text.to_owned(), at: item.span() }),
                None => self.wrong(key, item, "a list of strings"),
            }
        }
        texts
    }

    /// A list that must be there and hold something.
    pub(crate) fn not_empty(&self, key: &'static str) {
        match self.find(key).map(|value| value.get_ref().as_array()) {
            None => self.missing(key),
            Some(Some(array)) if array.is_empty() => {
                self.bad(self.span_of(key), format!("`{key}` is empty"), None);
            }
            // Of another type, which is a finding already, or with something in it.
            Some(_) => {}
        }
    }

    pub(crate) fn strings(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value).collect()
    }

    pub(crate) fn numbers(&self, key: &'static str) -> Vec<u32> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of whole numbers");
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for item in array.iter() {
            match integer(item).and_then(|number| u32::try_from(number).ok()) {
                Some(number) => numbers.push(number),
                None => self.wrong(key, item, "a list of whole numbers"),
            }
        }
        numbers
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'t>> {
        let value = self.find(key)?;
        self.as_table(key, value, ("[", "]"))
    }

    fn as_table(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
        (open, close): (&str, &str),
    ) -> Option<Table<'t>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, value, "a table");
            return None;
        };
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Some(Table {
            table,
            at: value.span(),
            name: format!("{open}{path}{close}"),
            path,
            asked: RefCell::default(),
            findings: self.findings,
        })
    }

    pub(crate) fn tables(&self, key: &'static str) -> Vec<Table<'t>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of tables");
            return Vec::new();
        };
        array.iter().filter_map(|item| self.as_table(key, item, ("[[", "]]"))).collect()
    }

    /// A table whose keys are free names and whose values are tables.
    pub(crate) fn named_tables(&self, key: &'static str) -> Vec<(Located<String>, Table<'t>)> {
        let Some(outer) = self.table(key) else { return Vec::new() };
        let named = |(name, value): (Located<String>, &'t Spanned<DeValue<'t>>)| {
            let table = outer.as_table(&name, value, ("[", "]"))?;
            Some((name, table))
        };
        outer.entries().filter_map(named).collect()
    }

    fn entries(&self) -> impl Iterator<Item = (Located<String>, &'t Spanned<DeValue<'t>>)> {
        self.table
            .iter()
            .map(|(key, value)| (Located { value: key.get_ref().to_string(), at: key.span() }, value))
    }

    /// A table whose keys are free names and whose values are strings or lists of strings.
    pub(crate) fn lists(&self, key: &'static str) -> Vec<(Located<String>, Vec<Located<String>>)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let list = |(name, value): (Located<String>, &Spanned<DeValue<'_>>)| {
            let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref().as_array() {
                Some(array) => array.iter().collect(),
                None => vec![value],
            };
            let texts = items.into_iter().filter_map(|item| table.scalar(&name, item)).collect();
            (name, texts)
        };
        table.entries().map(list).collect()
    }

    /// A table whose keys are free names and whose values are strings.
    pub(crate) fn pairs(&self, key: &'static str) -> Vec<(String, String)> {
        self.table(key).map(|table| table.free_pairs()).unwrap_or_default()
    }

    /// The same, each value with its place.
    pub(crate) fn located_pairs(&self, key: &'static str) -> Vec<(String, Located<String>)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let pair = |(name, value): (Located<String>, &Spanned<DeValue<'_>>)| {
            Some((name.value.clone(), table.scalar(&name, value)?))
        };
        table.entries().filter_map(pair).collect()
    }

    /// The same of this table itself.
    pub(crate) fn free_pairs(&self) -> Vec<(String, String)> {
        let pair = |(name, value): (Located<String>, &Spanned<DeValue<'_>>)| {
            let value = self.scalar(&name, value)?.value;
            Some((name.value, value))
        };
        self.entries().filter_map(pair).collect()
    }

    /// A table of durations by form or other fixed words.
    pub(crate) fn durations<T: Copy>(
        &self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Vec<(T, Duration)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let duration = |(name, value): (Located<String>, &Spanned<DeValue<'_>>)| {
            let word = self.one_of(key, &name, words);
            let text = table.scalar(&name, value)?;
            Some((word?, self.parse_duration(key, &text)?))
        };
        table.entries().filter_map(duration).collect()
    }

    /// A setting's value: text, or a number as text.
    fn scalar(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Located<String>> {
        let text = value.get_ref().as_str().map(str::to_owned);
        let text = text.or_else(|| integer(value).map(|number| number.to_string()));
        if text.is_none() {
            self.wrong(key, value, "a string or a whole number");
        }
        Some(Located { value: text?, at: value.span() })
    }

    /// Call when every key has been asked for: what is left is unknown.
    pub(crate) fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            if asked.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let finding = Finding::error(
                "unknown-key",
                key.span(),
                format!("`{}` is no key of {}", key.get_ref(), self.name),
            );
            let near = nearest(key.get_ref(), asked.iter().copied());
            self.findings.add(match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!("its keys are: {}", asked.join(", "))),
            });
        }
    }
}

fn integer(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}
