//! Texts with `{places}` that a gateway definition gives, and how values get into URLs, forms and JSON.
//! A value is put in after the text around it was taken apart, so that no quote, brace or `&` in it changes the shape.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::secret::Secret;

/// A text with places for values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(Place),
}

/// One `{name}` or `{name|number}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: String,
    /// In JSON it is written as a number.
    pub(super) number: bool,
}

/// Why a text is no template, or why it cannot be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum TemplateError {
    #[error("a `{{` has no `}}`: a brace of the text itself is written twice")]
    Open,
    #[error("a `}}` has no `{{` before it: a brace of the text itself is written twice")]
    Closed,
    #[error("`{{{0}}}` is no place for a value: it is {{name}} or {{name|number}}")]
    Name(String),
    #[error("there is no value for {{{0}}}")]
    Missing(String),
    #[error("the value of {{{0}}} is no whole number")]
    NotANumber(String),
    #[error("the value of {{{0}}} cannot be part of a path: it is empty, `.` or `..`")]
    NoPath(String),
}

/// What the places of one request stand for. Values are secrets until they are known not to be, so none is printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Values(BTreeMap<String, Secret>);

impl Values {
    pub(super) fn new(values: BTreeMap<String, Secret>) -> Self {
        Self(values)
    }

    /// The same with one value more, or another one.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), Secret::new(value));
        self
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(Secret::expose)
    }
}

impl Template {
    /// Takes a text apart.
    pub(super) fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
                plain.push_str(&brace[..1]);
                rest = after;
                continue;
            }
            let inner = brace.strip_prefix('{').ok_or(TemplateError::Closed)?;
            let (place, after) = inner.split_once('}').ok_or(TemplateError::Open)?;
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Value(Place::parse(place)?));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Self(pieces))
    }

    /// Its places, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(place) => Some(place),
            Piece::Text(_) => None,
        })
    }

    /// As it is written, with its places.
    pub(super) fn shown(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(place) => format!("{{{}}}", place.name),
        };
        self.0.iter().map(piece).collect()
    }

    /// The text with its values as they are; none when one of them is not given.
    pub(super) fn fill(&self, values: &Values) -> Option<String> {
        let mut text = String::new();
        for piece in &self.0 {
            text.push_str(match piece {
                Piece::Text(plain) => plain,
                Piece::Value(place) => values.get(&place.name)?,
            });
        }
        Some(text)
    }

    /// A URL without its query: every value is one part of the path and cannot leave it, but for `{base}`, which is
    /// the beginning of the URL.
    ///
    /// # Errors
    /// When a value is missing or would be another path.
    pub(super) fn fill_url(&self, values: &Values) -> Result<String, TemplateError> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Value(Place { name, .. }) => {
                    let value = values.get(name).ok_or_else(|| TemplateError::Missing(name.clone()))?;
                    match value {
                        base if name == BASE => text.push_str(base.trim_end_matches('/')),
                        "" | "." | ".." => return Err(TemplateError::NoPath(name.clone())),
                        value => text.push_str(&percent(value)),
                    }
                }
            }
        }
        Ok(text)
    }

    /// A JSON value: a string, or a number where its only piece asks for one. None when a value is not given.
    fn json(&self, values: &Values) -> Result<Option<Value>, TemplateError> {
        let Some(text) = self.fill(values) else { return Ok(None) };
        match self.0.as_slice() {
            [Piece::Value(Place { name, number: true })] => {
                let number: i64 = text.parse().map_err(|_| TemplateError::NotANumber(name.clone()))?;
                Ok(Some(number.into()))
            }
            _ => Ok(Some(text.into())),
        }
    }
}

/// The place that begins a URL.
pub(super) const BASE: &str = "base";

impl Place {
    fn parse(text: &str) -> Result<Self, TemplateError> {
        let (name, number) = match text.split_once('|') {
            None => (text, false),
            Some((name, "number")) => (name, true),
            Some(_) => return Err(TemplateError::Name(text.to_owned())),
        };
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if name.is_empty() || !name.bytes().all(plain) {
            return Err(TemplateError::Name(text.to_owned()));
        }
        Ok(Self { name: name.to_owned(), number })
    }
}

/// A value as one part of a path (RFC 3986, section 2.3: what is not unreserved is written as `%` and two digits).
pub(super) fn percent(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte))
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// A text without what [`percent`] and other programs did to it; what is no code stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|code| *first == b'%' && code.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A tree of templates that becomes JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Text(Template),
    Fixed(Value),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

impl Node {
    /// The JSON of it. An entry whose value is not given is left out.
    ///
    /// # Errors
    /// When a value is to be a number and is none.
    pub(super) fn fill(&self, values: &Values) -> Result<Option<Value>, TemplateError> {
        Ok(Some(match self {
            Self::Text(template) => return template.json(values),
            Self::Fixed(value) => value.clone(),
            Self::List(nodes) => {
                let mut list = Vec::new();
                for node in nodes {
                    list.extend(node.fill(values)?);
                }
                Value::Array(list)
            }
            Self::Table(entries) => {
                let mut table = Map::new();
                for (key, node) in entries {
                    if let Some(value) = node.fill(values)? {
                        table.insert(key.clone(), value);
                    }
                }
                Value::Object(table)
            }
        }))
    }

    /// Calls `see` with every template in it.
    pub(super) fn each(&self, see: &mut dyn FnMut(&Template)) {
        match self {
            Self::Text(template) => see(template),
            Self::Fixed(_) => {}
            Self::List(nodes) => nodes.iter().for_each(|node| node.each(see)),
            Self::Table(entries) => entries.iter().for_each(|(_, node)| node.each(see)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded_and_what_is_no_code_stays() {
        for text in ["hunter2/\"&=ß", "100 % of %", "", "%zz%4"] {
            assert_eq!(decoded(&percent(text)), text);
        }
        assert_eq!(decoded("a%20b%2fc%C3%9f%"), "a b/cß%");
        assert_eq!(decoded("%+1"), "%+1");
    }
}
