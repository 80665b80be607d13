//! Command lines: characters until a carriage return, and the commands in them (ITU-T V.250 sections 5.2 to 5.4).
//! What is no command line is passed over without an answer, as the standard has it.

/// The longest body of a command line that is kept.
const LONGEST: usize = 2048;

/// Collects characters into command lines.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    state: State,
    body: Vec<u8>,
    too_long: bool,
    last: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Prefix,
    SawA,
    Body,
}

/// A command line without its `AT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// What stands between `AT` and the carriage return.
    Body(String),
    /// More than anybody types.
    TooLong,
}

/// One command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// In capitals: `+CMGS`, `E`, `&F`, `S3`.
    pub(super) name: String,
    /// What is wanted of it.
    pub(super) form: Form,
}

/// The forms of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// `AT+CMGL`, and basic commands without a number.
    Execute,
    /// `AT+CREG?`
    Read,
    /// `AT+CREG=?`
    Test,
    /// `AT+CREG=2`, and basic commands with a number.
    Set(Vec<Value>),
    /// Not a command at all.
    Wrong,
}

/// A value of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Value {
    /// Without its quotes.
    pub(super) text: String,
    /// Whether it had quotes.
    pub(super) quoted: bool,
}

impl Value {
    /// The number it is, none when it is none.
    pub(super) fn number(&self) -> Option<u16> {
        if self.quoted { None } else { self.text.parse().ok() }
    }

    /// Whether nothing was written.
    pub(super) fn is_missing(&self) -> bool {
        self.text.is_empty() && !self.quoted
    }
}

impl Command {
    /// The values, when it is the set form.
    pub(super) fn values(&self) -> &[Value] {
        if let Form::Set(values) = &self.form { values } else { &[] }
    }
}

impl Lines {
    /// Takes a character; gives the line that it ends. `A/` repeats the last one and needs no carriage return.
    pub(super) fn take(&mut self, byte: u8) -> Option<Line> {
        match (self.state, byte) {
            (State::Prefix, b'A' | b'a') => self.state = State::SawA,
            (State::SawA, b'T' | b't') => self.state = State::Body,
            (State::SawA, b'/') => {
                self.state = State::Prefix;
                return Some(Line::Body(self.last.clone()));
            }
            (State::SawA, b'A' | b'a') | (State::Prefix, _) => {}
            (State::SawA, _) => self.state = State::Prefix,
            (State::Body, b'\r') => return Some(self.end()),
            (State::Body, 0x08) => {
                self.body.pop();
            }
            // Control characters, line feed and escape among them, are ignored.
            (State::Body, 0x00..=0x1F | 0x7F) => {}
            (State::Body, _) if self.body.len() >= LONGEST => self.too_long = true,
            (State::Body, byte) => self.body.push(byte),
        }
        None
    }

    /// Forgets what was half typed.
    pub(super) fn forget(&mut self) {
        self.state = State::Prefix;
        self.body.clear();
        self.too_long = false;
    }

    fn end(&mut self) -> Line {
        self.state = State::Prefix;
        let body = String::from_utf8_lossy(&std::mem::take(&mut self.body)).into_owned();
        if std::mem::take(&mut self.too_long) {
            return Line::TooLong;
        }
        self.last.clone_from(&body);
        Line::Body(body)
    }
}

/// The commands of a line, in their order. What follows something that is no command is left out.
pub(super) fn commands(body: &str) -> Vec<Command> {
    let (mut rest, mut commands) = (body, Vec::new());
    loop {
        rest = rest.trim_start_matches([' ', ';']);
        if rest.is_empty() {
            return commands;
        }
        match command(rest) {
            Some((command, behind)) => {
                commands.push(command);
                rest = behind;
            }
            None => {
                commands.push(Command { name: String::new(), form: Form::Wrong });
                return commands;
            }
        }
    }
}

fn command(text: &str) -> Option<(Command, &str)> {
    let first = text.chars().next()?.to_ascii_uppercase();
    match first {
        '+' | '^' | '$' | '%' | '*' | '#' | '_' => extended(text),
        'S' => register(text),
        // Everything behind it is what would be dialled.
        'D' => Some((Command { name: "D".to_owned(), form: Form::Execute }, "")),
        '&' | '\\' => {
            let letter = text[1..].chars().next().filter(char::is_ascii_alphabetic)?;
            Some(basic(format!("{first}{}", letter.to_ascii_uppercase()), &text[2..]))
        }
        'A'..='Z' => Some(basic(first.to_string(), &text[1..])),
        _ => None,
    }
}

/// A letter and perhaps a number.
fn basic(name: String, behind: &str) -> (Command, &str) {
    let (digits, rest) = split_digits(behind);
    let value = Value { text: digits.to_owned(), quoted: false };
    let form = if digits.is_empty() { Form::Execute } else { Form::Set(vec![value]) };
    (Command { name, form }, rest)
}

/// `S3?` and `S3=13`.
fn register(text: &str) -> Option<(Command, &str)> {
    let (digits, rest) = split_digits(&text[1..]);
    let name = format!("S{digits}");
    if digits.is_empty() {
        return None;
    }
    if let Some(rest) = rest.strip_prefix('?') {
        return Some((Command { name, form: Form::Read }, rest));
    }
    let (value, rest) = split_digits(rest.strip_prefix('=')?);
    let value = Value { text: value.to_owned(), quoted: false };
    Some((Command { name, form: Form::Set(vec![value]) }, rest))
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// `+NAME` with one of its forms, up to a semicolon outside quotes.
fn extended(text: &str) -> Option<(Command, &str)> {
    let lead = text.chars().next()?.len_utf8();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '!' | '%' | '-' | '.' | '/' | ':' | '_');
    let end = text[lead..].find(|c: char| !is_name(c)).map_or(text.len(), |at| at + lead);
    if end == lead {
        return None;
    }
    let (name, rest) = text.split_at(end);
    let name = name.to_ascii_uppercase();
    let (form, rest) = split_end(rest);
    let form = match form.trim() {
        "" => Form::Execute,
        "?" => Form::Read,
        form => {
            let values = form.strip_prefix('=')?.trim_start();
            if values == "?" { Form::Test } else { Form::Set(split_values(values)) }
        }
    };
    Some((Command { name, form }, rest))
}

/// Up to a semicolon outside quotes.
fn split_end(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

/// Values between commas outside quotes; blanks outside quotes do not count.
fn split_values(text: &str) -> Vec<Value> {
    let (mut values, mut value, mut inside) = (Vec::new(), Value::default(), false);
    for c in text.chars() {
        match c {
            '"' => {
                inside = !inside;
                value.quoted = true;
            }
            ',' if !inside => values.push(std::mem::take(&mut value)),
            ' ' if !inside => {}
            c => value.text.push(c),
        }
    }
    values.push(value);
    values
}
