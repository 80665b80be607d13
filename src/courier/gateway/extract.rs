//! Finding one value in what a gateway answered: a JSON pointer (RFC 6901) or a pattern with one group.
//! It reads only; what a value means is the definition's to say.

use regex_lite::Regex;
use serde_json::Value;

/// What a gateway sent, as text and, where it is JSON, as such.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) json: Option<Value>,
}

impl Body {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        // serde_json has its own bound on depth.
        let json = serde_json::from_slice(bytes).ok();
        Self { text, json }
    }

    /// The JSON at a pointer; the whole for an empty one.
    pub(super) fn at(&self, pointer: &str) -> Option<&Value> {
        self.json.as_ref()?.pointer(pointer)
    }

    /// A part of it, such as one message of a list.
    pub(super) fn part(value: &Value) -> Self {
        Self { text: value.to_string(), json: Some(value.clone()) }
    }
}

/// Where one value stands.
#[derive(Debug, Clone)]
pub(super) enum Extract {
    Pointer(String),
    Pattern(Regex),
}

impl Extract {
    /// Reads `/a/0/b` or `re:PATTERN`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Some(pattern) = text.strip_prefix("re:") {
            let regex =
                Regex::new(pattern).map_err(|error| format!("\"{pattern}\" is no pattern: {error}"))?;
            if regex.captures_len() != 2 {
                return Err(format!("\"{pattern}\" must have one group, the value"));
            }
            return Ok(Self::Pattern(regex));
        }
        if text.starts_with('/') {
            return Ok(Self::Pointer(text.to_owned()));
        }
        Err(format!("\"{text}\" is neither a JSON pointer, which begins with `/`, nor `re:` and a pattern"))
    }

    fn of(&self, body: &Body) -> Option<String> {
        match self {
            Self::Pointer(pointer) => scalar(body.at(pointer)?),
            Self::Pattern(regex) => Some(regex.captures(&body.text)?.get(1)?.as_str().to_owned()),
        }
    }
}

/// A string, a number or a truth value, as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Places of one value, the first that holds something counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Extracts(pub(super) Vec<Extract>);

impl Extracts {
    pub(super) fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn of(&self, body: &Body) -> Option<String> {
        self.0.iter().find_map(|extract| extract.of(body))
    }
}

/// A value that must be one of some.
#[derive(Debug, Clone)]
pub(super) struct Test {
    pub(super) at: Extracts,
    pub(super) is: Vec<String>,
}

impl Test {
    pub(super) fn holds(&self, body: &Body) -> bool {
        self.at.of(body).is_some_and(|value| self.is.contains(&value))
    }
}
