//! Templates that only fill in values, rendered without the template engine: most of them, in most plans.
//! Whatever is not that simple, or lacks a value, is left to the engine, which has the last word.

use minijinja::value::Value;

/// A template without a filter, a condition or an expression.
#[derive(Debug)]
pub(super) struct Plain(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Value(String),
}

impl Plain {
    /// Reads a template; none when the engine is needed.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.contains("{%") || text.contains("{#") {
            return None;
        }
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}")?;
            let name = name.trim();
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if name.is_empty() || !name.strip_prefix("code.").unwrap_or(name).chars().all(plain) {
                return None;
            }
            parts.push(Part::Text(before.to_owned()));
            parts.push(Part::Value(name.to_owned()));
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        Some(Self(parts))
    }

    /// The text; none when a value is missing or no text, which the engine judges.
    pub(super) fn render(&self, value: impl Fn(&str) -> Option<Value>) -> Option<String> {
        let mut made = String::with_capacity(64);
        for part in &self.0 {
            match part {
                Part::Text(text) => made.push_str(text),
                Part::Value(name) => made.push_str(value(name)?.as_str()?),
            }
        }
        Some(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_fills_in_values_is_plain() {
        for text in [
            "{{ a|sum8 }}",
            "{% if a %}x{% endif %}",
            "{{ a ~ b }}",
            "{{- a }}",
            "{# x #}",
            "{{ a",
            "{{ A.b }}",
        ] {
            assert!(Plain::parse(text).is_none(), "{text}");
        }
        let plain = Plain::parse("SERVER,{{ code.kind }},{{host}}#\r\n").unwrap();
        let value = |name: &str| Some(Value::from(if name == "host" { "h" } else { "1" }));
        assert_eq!(plain.render(value).as_deref(), Some("SERVER,1,h#\r\n"));
        assert_eq!(plain.render(|_| None), None);
    }
}
