//! JSON as it is written: in one line or indented, and without a character that drives a terminal or hides in a text.
//! A reader gets the same strings back; only their spelling differs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::units::is_unprintable;

/// Writes a value in one line, without a line break.
///
/// # Errors
/// When the output cannot be written.
pub fn compact(out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Visible(CompactFormatter)))
}

/// Writes a value indented, with a line break at its end.
///
/// # Errors
/// When the output cannot be written.
pub fn pretty(mut out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Visible(PrettyFormatter::new())))?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
}

/// A formatter whose strings hold no unprintable character: each is written as `\uXXXX`.
struct Visible<F>(F);

/// The methods that the two formatters have of their own, handed through.
macro_rules! through {
    ($($name:ident($($flag:ident)?)),*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $flag: bool)?) -> io::Result<()> {
            self.0.$name(out $(, $flag)?)
        }
    )*};
}

impl<F: Formatter> Formatter for Visible<F> {
    through!(
        begin_array(),
        end_array(),
        begin_array_value(first),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first),
        end_object_key(),
        begin_object_value(),
        end_object_value()
    );

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // Almost all text is of printable ASCII, and a look at its bytes is quick.
        if fragment.bytes().fold(0, |odd, byte| odd | u8::from(byte.wrapping_sub(b' ') > b'~' - b' ')) == 0 {
            return self.0.write_string_fragment(out, fragment);
        }
        let mut rest = fragment;
        while let Some((at, odd)) = rest.char_indices().find(|(_, c)| is_unprintable(*c)) {
            self.0.write_string_fragment(out, &rest[..at])?;
            for unit in odd.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + odd.len_utf8()..];
        }
        self.0.write_string_fragment(out, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::{compact, pretty};
    use serde_json::{Value, json};

    #[test]
    fn what_drives_a_terminal_or_hides_is_spelled_out_and_reads_back_as_it_was() {
        let value = json!({"a\u{9b}2J": ["\u{202e}gnp", "\u{7f}\u{1b}[2J", "ma\u{f1}ana \u{1f980} \u{feff}"], "n": [1, {}]});
        let (mut line, mut lines) = (Vec::new(), Vec::new());
        compact(&mut line, &value).unwrap();
        pretty(&mut lines, &value).unwrap();
        let (line, lines) = (String::from_utf8(line).unwrap(), String::from_utf8(lines).unwrap());
        assert_eq!(line, r#"{"a\u009b2J":["\u202egnp","\u007f\u001b[2J","mañana 🦀 \ufeff"],"n":[1,{}]}"#);
        assert_eq!(lines, LINES);
        for text in [&line, &lines] {
            assert!(!text.chars().any(|c| c != '\n' && crate::units::is_unprintable(c)));
            assert_eq!(serde_json::from_str::<Value>(text).unwrap(), value);
        }
    }

    const LINES: &str = r#"{
  "a\u009b2J": [
    "\u202egnp",
    "\u007f\u001b[2J",
    "mañana 🦀 \ufeff"
  ],
  "n": [
    1,
    {}
  ]
}
"#;
}
