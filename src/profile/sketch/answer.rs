//! The printed answer to a question as a form of answers: which of its parts are values that are read, which name
//! them, and which are another tracker's own.

use super::cut::{CutError, Piece, Wanted, cut};
use super::write::escaped;

/// Anything that no field ends with.
const ANY: &str = "[^;,|]*?";

/// What stands between a name and its value.
const NAMES: [char; 2] = [':', '='];

/// An answer that shows settings, or who the tracker is.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The answer as printed.
    pub printed: String,
    pieces: Vec<Piece>,
}

/// A part of a printed answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'p> {
    /// `;`, `,` or `|`, or blanks.
    Between(&'p str),
    /// What stands in a field.
    Text(&'p str),
    /// A value that is read.
    Value(&'static str),
}

impl Shown {
    /// An answer as printed, with the values that it shows: setting and example value.
    ///
    /// # Errors
    /// When a value is not there, is there more than once, or touches another.
    pub fn new(printed: &str, wanted: &[Wanted<'_>]) -> Result<Self, CutError> {
        Ok(Self { printed: printed.to_owned(), pieces: cut(printed, wanted)? })
    }

    /// Each value that it shows: setting and example value.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value { name, value, .. } => Some((*name, value.as_str())),
            Piece::Text(_) => None,
        })
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether a word of it, or a code that the question has too, shows whose answer it is.
    pub(super) fn is_telling(&self, question: &str) -> bool {
        let fields = self.fields();
        let named = |(at, field): (usize, &Vec<Part<'_>>)| {
            fixed(field, question, at == 0).chars().any(char::is_alphanumeric)
        };
        fields.iter().enumerate().any(named)
    }

    /// The form of such answers, from any tracker of the family. Kept is what names a value, as `IP:`, a word in front,
    /// and a code that stands in the question too; what else stands between may be anything.
    pub(super) fn pattern(&self, question: &str) -> String {
        let mut pattern = String::from("(?i)^\\s*");
        for (at, field) in self.fields().iter().enumerate() {
            let fixed = fixed(field, question, at == 0);
            pattern += &loose(fixed);
            let mut fixed_end = fixed.len();
            for part in field {
                match part {
                    Part::Value(name) => pattern += &capture(name),
                    Part::Between(between) => pattern += &loose(between),
                    Part::Text(text) => {
                        let text = text.get(std::mem::take(&mut fixed_end)..).unwrap_or_default();
                        let own = text.chars().any(char::is_alphanumeric);
                        pattern += &if own { ANY.to_owned() } else { loose(text) };
                    }
                }
            }
            // What is empty in the example another tracker may fill.
            let is_open =
                matches!(field[..], [] | [Part::Text(_)]) && (fixed.is_empty() || fixed.ends_with(NAMES));
            if is_open && !pattern.ends_with(ANY) {
                pattern += ANY;
            }
        }
        pattern + "\\s*$"
    }

    /// The answer's fields, and what stands between them, each by itself.
    fn fields(&self) -> Vec<Vec<Part<'_>>> {
        let mut fields: Vec<Vec<Part<'_>>> = vec![Vec::new()];
        for piece in &self.pieces {
            match piece {
                Piece::Value { name, .. } => push(&mut fields, Part::Value(name)),
                Piece::Text(text) => pieces_of(text, &mut fields),
            }
        }
        fields
    }
}

fn push<'p>(fields: &mut [Vec<Part<'p>>], part: Part<'p>) {
    if let Some(field) = fields.last_mut() {
        field.push(part);
    }
}

/// Cuts a text at what parts fields: `;`, `,`, `|`, and blanks that do not stand between a name and its value.
fn pieces_of<'p>(text: &'p str, fields: &mut Vec<Vec<Part<'p>>>) {
    let mut rest = text;
    while !rest.is_empty() {
        let cuts = |at: usize, c: char| match rest.split_at(at) {
            _ if is_mark(c) => true,
            (before, behind) => {
                c.is_whitespace() && (!before.trim_end().ends_with(NAMES) || begins_named(behind))
            }
        };
        let end = rest.char_indices().find(|(at, c)| cuts(*at, *c)).map_or(rest.len(), |(at, _)| at);
        let (field, behind) = rest.split_at(end);
        if !field.is_empty() {
            push(fields, Part::Text(field));
        }
        let after = behind.trim_start();
        let after = after.strip_prefix(is_mark).map_or(after, str::trim_start);
        let (between, behind) = behind.split_at(behind.len() - after.len());
        if !between.is_empty() {
            fields.push(vec![Part::Between(between)]);
            fields.push(Vec::new());
        }
        rest = behind;
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, ';' | ',' | '|')
}

/// The name that a text begins with, as `IP1:`; a time of day has none.
fn name_of(text: &str) -> Option<&str> {
    let name = text.get(..=text.find(NAMES)?)?;
    name.chars().any(char::is_alphabetic).then_some(name)
}

/// Whether the next word is a name.
fn begins_named(text: &str) -> bool {
    let word = text.trim_start().split(|c: char| is_mark(c) || c.is_whitespace()).next();
    word.is_some_and(|word| name_of(word).is_some())
}

/// What is the same in each tracker's answer at the beginning of a field: all up to a value, its name, or, of a field
/// without either, a word in front of all and a code that the question has too.
fn fixed<'p>(field: &[Part<'p>], question: &str, first: bool) -> &'p str {
    let Some(Part::Text(text)) = field.first() else { return "" };
    if field.len() > 1 {
        return text;
    }
    if let Some(name) = name_of(text) {
        return name;
    }
    let mut asked = question.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let code = asked.any(|word| word.eq_ignore_ascii_case(text.trim()));
    let word = first && !text.chars().any(|c| c.is_ascii_digit());
    if code || word { text } else { "" }
}

/// A text as a pattern whose blanks may be more, or another line, or none beside what parts fields and behind a name.
fn loose(text: &str) -> String {
    let (mut pattern, mut last) = (String::new(), None);
    for c in text.chars() {
        match c {
            c if c.is_whitespace() && last.is_some_and(char::is_whitespace) => {}
            c if c.is_whitespace() && last.is_some_and(|last| is_mark(last) || NAMES.contains(&last)) => {
                pattern += "\\s*";
            }
            c if c.is_whitespace() => pattern += "\\s+",
            c if is_mark(c) => pattern += &format!("\\s*{}\\s*", escaped(&c.to_string())),
            c => pattern += &escaped(&c.to_string()),
        }
        last = Some(c);
    }
    pattern
}

/// How a value is read.
fn capture(name: &str) -> String {
    match name {
        "server" => "(?<server>[0-9A-Za-z._-]+)".to_owned(),
        "port" | "interval" => format!("(?<{name}>\\d+)"),
        "imei" => "(?<imei>\\d{15})".to_owned(),
        name => format!("(?<{name}>[^;,|]*?)"),
    }
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::*;

    fn shown(printed: &str, values: &[(&'static str, &str)]) -> Shown {
        let wanted: Vec<Wanted<'_>> = values.iter().map(|(name, value)| (*name, *value, 1)).collect();
        Shown::new(printed, &wanted).unwrap()
    }

    /// What another tracker's answer shows by the form of a printed one.
    fn read(shown: &Shown, question: &str, answer: &str) -> Option<Vec<(String, String)>> {
        let regex = Regex::new(&shown.pattern(question)).unwrap();
        let found = regex.captures(answer)?;
        let names = regex.capture_names().flatten();
        Some(names.map(|name| (name.to_owned(), found[name].to_owned())).collect())
    }

    #[track_caller]
    fn assert_reads(shown: &Shown, question: &str, answer: &str, values: &[(&str, &str)]) {
        let values: Vec<_> =
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(read(shown, question, answer), Some(values), "{}", shown.pattern(question));
    }

    /// iStartek V1.6: 808 repeats its code; mode, host and port stand behind it.
    #[test]
    fn an_answer_by_place_is_known_by_the_codes_of_its_question() {
        let server =
            shown("808,100,1,istartracker.com,8011", &[("server", "istartracker.com"), ("port", "8011")]);
        let ask = "0000,808,100";
        assert!(server.is_telling(ask));
        assert_reads(
            &server,
            ask,
            "808,100,2,54.85.159.138,8888",
            &[("server", "54.85.159.138"), ("port", "8888")],
        );
        for other in
            ["808,101,1,istartracker.com,8011", "808,100,Unsupport", "100,OK", "808,100,1,a.example,8888,9"]
        {
            assert_eq!(read(&server, ask, other), None, "{other}");
        }
    }

    /// The list that a relative of the PT32 prints, and the one of Ruptela's list of commands, with blanks between.
    #[test]
    fn an_answer_with_names_is_known_by_them_whatever_else_it_tells() {
        let list =
            "SN:355139089215765;APN:CMNET;IP:vt.protrack365.com:8842;CENTER:0;TIMER:10;TimeZone:8.0;LANG:EN";
        let all = [
            ("imei", "355139089215765"),
            ("apn", "CMNET"),
            ("server", "vt.protrack365.com"),
            ("port", "8842"),
        ];
        let wanted = [&all[..], &[("interval", "10")]].concat();
        let list = shown(list, &wanted);
        let other =
            "SN:490154203237518;APN:;IP:54.85.159.138:8888;CENTER:+573001234567;TIMER:60;TimeZone:-5.0;LANG:";
        let values =
            [("imei", "490154203237518"), ("apn", ""), ("server", "54.85.159.138"), ("port", "8888")];
        assert_reads(&list, "PARAM#", other, &[&values[..], &[("interval", "60")]].concat());
        assert_eq!(read(&list, "PARAM#", "SN:355139089215765;APN:CMNET"), None);

        let printed =
            "APN: banga User: PSW: IP1: 92.62.134.38 Port1: 9021 IP2: 195.14.173.3 Port2: 9000 TCP/UDP: 0";
        let list = shown(printed, &[("apn", "banga"), ("server", "92.62.134.38"), ("port", "9021")]);
        let other =
            "APN: internet User: me PSW: x\nIP1: 54.85.159.138 Port1: 8888 IP2: 0.0.0.0 Port2: 0 TCP/UDP: 1";
        let values = [("apn", "internet"), ("server", "54.85.159.138"), ("port", "8888")];
        assert_reads(&list, "pass getapn", other, &values);
    }

    #[test]
    fn an_answer_without_a_word_or_code_of_its_own_could_be_anybodys() {
        let bare = shown("d.plaspy.com,8888", &[("server", "d.plaspy.com"), ("port", "8888")]);
        assert!(!bare.is_telling("SERVER#"));
        assert_reads(&bare, "SERVER#", "54.85.159.138,1", &[("server", "54.85.159.138"), ("port", "1")]);
        let named = shown("Server d.plaspy.com,8888", &[("server", "d.plaspy.com"), ("port", "8888")]);
        assert!(named.is_telling("SERVER#"));
    }
}
