//! Names of models as profiles list them: one name, or a range such as `FMB001..FMB965`.
//! It compares names and knows no profile.

use super::naming::plain;

/// Whether a plain name (small letters and digits alone) is this model, or within its range.
pub(super) fn is_named(model: &str, wanted: &str) -> bool {
    match model.split_once("..") {
        Some((from, to)) => in_range(&plain(from), &plain(to), wanted),
        None => plain(model) == *wanted,
    }
}

/// Whether a name has the letters of a range and a number within it, in as many digits as its ends have.
fn in_range(from: &str, to: &str, wanted: &str) -> bool {
    let (letters, low) = numbered(from);
    let (_, high) = numbered(to);
    let Some(number) = wanted.strip_prefix(letters) else { return false };
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let as_long = number.len() == low.len() || number.len() == high.len();
    let value = |text: &str| text.parse::<u64>().ok();
    match (value(low), value(number), value(high)) {
        (Some(low), Some(number), Some(high)) => digits && as_long && (low..=high).contains(&number),
        _ => false,
    }
}

/// A name without the number at its end, and that number.
fn numbered(name: &str) -> (&str, &str) {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    name.split_at(letters.len())
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn a_range_holds_the_names_between_its_ends_and_no_others() {
        for (model, wanted, is) in [
            ("FMB001..FMB965", "fmb920", true),
            ("FMB001..FMB965", "fmb001", true),
            ("FMB001..FMB965", "fmb965", true),
            ("FMB001..FMB965", "fmb966", false),
            ("FMB001..FMB965", "fmb92", false),
            ("FMB001..FMB965", "fmb", false),
            ("FMB001..FMB965", "fmb+12", false),
            ("FMB001..FMB965", "fmc120", false),
            ("GPT45..50", "gpt47", true),
            ("JM-LL301..LL303", "jmll302", true),
            ("LMU-200..LMU-5530", "lmu1220", true),
            ("LMU-200..LMU-5530", "lmu720", true),
            ("TK-102-2", "tk1022", true),
            ("TK-102-2", "tk102", false),
            ("A..B", "a", false),
        ] {
            assert_eq!(is_named(model, wanted), is, "{model} {wanted}");
        }
    }
}
