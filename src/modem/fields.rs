//! The parameters behind `+NAME:` (3GPP TS 27.007 section 4): fields between commas, texts in quotes, lists and ranges
//! in parentheses. Modems leave out blanks, quotes and parentheses, so nothing here insists on them.

/// No answer that is read here has more fields.
const MOST: usize = 64;

/// What stands behind `+NAME:`, for `name` with its plus.
pub(crate) fn behind<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let (head, rest) = line.split_at_checked(name.len())?;
    if !head.eq_ignore_ascii_case(name) {
        return None;
    }
    rest.trim_start().strip_prefix(':').map(str::trim)
}

/// The fields between commas, those in quotes and in parentheses whole.
pub(crate) fn fields(text: &str) -> Vec<&str> {
    let (mut fields, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_u32, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth = depth.saturating_sub(1),
            b',' if !quoted && depth == 0 && fields.len() < MOST => {
                fields.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    fields.push(text[start..].trim());
    fields
}

/// A text without its quotes.
pub(crate) fn text(field: &str) -> &str {
    field.trim_matches('"').trim()
}

/// A number, in quotes or not.
pub(crate) fn number(field: &str) -> Option<u32> {
    text(field).parse().ok()
}

/// The texts of a list in parentheses, or of a single field.
pub(crate) fn texts(field: &str) -> Vec<&str> {
    let inner = field.trim().trim_start_matches('(').trim_end_matches(')');
    fields(inner).into_iter().map(text).filter(|text| !text.is_empty()).collect()
}

/// Whether a list of numbers and ranges, `(0-2,4)`, holds a number.
pub(crate) fn holds(field: &str, wanted: u32) -> bool {
    texts(field).into_iter().any(|item| match item.split_once('-') {
        Some((low, high)) => match (low.trim().parse::<u32>(), high.trim().parse::<u32>()) {
            (Ok(low), Ok(high)) => (low..=high).contains(&wanted),
            _ => false,
        },
        None => item.parse() == Ok(wanted),
    })
}

/// Whether a line is hexadecimal digits and nothing else, as a PDU is.
pub(crate) fn is_hex(line: &str) -> bool {
    line.len() >= 2 && line.bytes().all(|byte| byte.is_ascii_hexdigit())
}
