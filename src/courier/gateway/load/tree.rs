//! The body of a request as a tree: TOML of a definition to JSON with places for values.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::DeValue;

use crate::courier::gateway::template::{Node, Template};

/// How deep a body may be; it bounds the recursion.
const DEEPEST: usize = 8;

/// What is wrong, and where.
pub(super) type Fault = (Range<usize>, String);

/// Turns a value of a definition into a tree; its templates are added to `seen` with their places.
///
/// # Errors
/// The first thing that cannot be JSON.
pub(super) fn node(
    value: &Spanned<DeValue<'_>>,
    seen: &mut Vec<(Template, Range<usize>)>,
) -> Result<Node, Fault> {
    deeper(value, DEEPEST, seen)
}

fn deeper(
    value: &Spanned<DeValue<'_>>,
    left: usize,
    seen: &mut Vec<(Template, Range<usize>)>,
) -> Result<Node, Fault> {
    let at = value.span();
    let Some(left) = left.checked_sub(1) else {
        return Err((at, format!("the body is more than {DEEPEST} deep")));
    };
    Ok(match value.get_ref() {
        DeValue::String(text) => {
            let template = Template::parse(text).map_err(|error| (at.clone(), error.to_string()))?;
            seen.push((template.clone(), at));
            Node::Text(template)
        }
        DeValue::Boolean(is) => Node::Fixed(Value::Bool(*is)),
        DeValue::Integer(number) => {
            let whole = i64::from_str_radix(number.as_str(), number.radix());
            Node::Fixed(whole.map_err(|_| (at, "the number is too large".to_owned()))?.into())
        }
        DeValue::Float(_) | DeValue::Datetime(_) => {
            return Err((
                at,
                "a body holds strings, whole numbers, true and false, lists and tables".to_owned(),
            ));
        }
        DeValue::Array(list) => {
            Node::List(list.iter().map(|item| deeper(item, left, seen)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => {
            let mut entries = Vec::new();
            for (key, item) in table.iter() {
                entries.push((key.get_ref().to_string(), deeper(item, left, seen)?));
            }
            Node::Table(entries)
        }
    })
}
