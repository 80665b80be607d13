//! Which character stands between the cells, judged by the line of headers alone.
//! It reads no further than that line.

use std::io::Read;

use super::columns::{Column, normal};
use super::error::SheetError;

/// What the first lines tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sniffed {
    /// The byte between two cells.
    pub(super) separator: u8,
    /// The first line is `sep=` and no header.
    pub(super) sep_line: bool,
}

/// What may stand between cells; the first one when there is only one column.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// How much is looked at to find the headers' line.
const HEAD: u64 = 1 << 18;

/// Finds the separator in the beginning of a decoded file.
pub(super) fn sniff(text: impl Read, name: &str) -> Result<Sniffed, SheetError> {
    let mut head = Vec::new();
    let cannot = |source| SheetError::Read { name: name.to_owned(), source };
    text.take(HEAD).read_to_end(&mut head).map_err(cannot)?;
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    if let Some((line, number)) = lines.next()
        && let Some(separator) = sep_line(line, number)?
    {
        return Ok(Sniffed { separator, sep_line: true });
    }
    let line = head.trim_start_matches(['\n', ' ']);
    // Of two that name as many known columns, the one that stands there more often.
    let score = |separator: &u8| {
        let cells = cells(line, *separator);
        let known = cells.iter().filter(|cell| Column::named(&normal(cell)).is_some()).count();
        (known, cells.len())
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| score(separator));
    Ok(Sniffed { separator: best.unwrap_or(b','), sep_line: false })
}

/// The separator that a line such as `sep=;` names, if it is one.
fn sep_line(line: &str, number: u64) -> Result<Option<u8>, SheetError> {
    let line = line.trim_matches([' ', '"']);
    let Some(separator) =
        line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])
    else {
        return Ok(None);
    };
    match separator.as_bytes() {
        [byte] if SEPARATORS.contains(byte) => Ok(Some(*byte)),
        b"\\t" => Ok(Some(b'\t')),
        _ => Err(SheetError::Separator { line: number, separator: separator.to_owned() }),
    }
}

/// The cells of the first line, with what stands in quotes left together.
fn cells(text: &str, separator: u8) -> Vec<&str> {
    let mut cells = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                cells.push(&text[start..index]);
                return cells;
            }
            byte if byte == separator && !quoted => {
                cells.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    cells.push(&text[start..]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn separator(text: &str) -> (u8, bool) {
        let found = sniff(text.as_bytes(), "test").unwrap();
        (found.separator, found.sep_line)
    }

    #[test]
    fn the_separator_is_found_in_the_headers() {
        for (text, want) in [
            ("name,imei,phone\n1;2;3;4;5", b','),
            ("name;imei;phone\n", b';'),
            ("name\timei", b'\t'),
            ("name|imei", b'|'),
            ("imei", b','),
            ("\n \nname;imei", b';'),
            ("\"price, net, gross\";imei;name\n", b';'),
            ("\"a\nb\",imei;x,name", b','),
            ("x;y;z,w", b';'),
        ] {
            assert_eq!(separator(text), (want, false), "{text}");
        }
    }

    #[test]
    fn a_sep_line_is_honoured_and_a_wrong_one_is_told() {
        assert_eq!(separator("sep=;\nname,imei,x;phone"), (b';', true));
        assert_eq!(separator("\"SEP=,\"\nname"), (b',', true));
        assert_eq!(separator("sep=\t\nname"), (b'\t', true));
        assert!(sniff(&b"sep=x\nname"[..], "test").is_err());
    }
}
