//! Where the bytes come from, and what is told about the input as a whole.

use std::fs::File;
use std::io::{self, BufReader, Cursor, IsTerminal, Read};

use crate::capture::{Error, Form, Summary};
use crate::ui::{Failure, Term};

/// Room for one read.
const ROOM: usize = 256 * 1024;

/// An input that is open.
pub(super) struct Input {
    /// How it is called in errors.
    pub(super) name: String,
    /// What it is written as, where that is known.
    pub(super) form: Option<Form>,
    pub(super) bytes: BufReader<Box<dyn Read + Send>>,
}

/// Opens what was named: a file, standard input, or bytes on the command line.
pub(super) fn open(named: &str, form: Option<Form>, term: &mut Term) -> Result<Input, Failure> {
    let given = |rest: &str, known| {
        (Box::new(Cursor::new(rest.to_owned().into_bytes())) as Box<dyn Read + Send>, Some(known))
    };
    let (reader, known): (Box<dyn Read + Send>, _) = match named {
        "-" => {
            if io::stdin().is_terminal() {
                term.note("paste the bytes, then press Ctrl-D");
            }
            (Box::new(io::stdin()), None)
        }
        _ => match (named.strip_prefix("hex:"), named.strip_prefix("text:")) {
            (Some(digits), _) => given(digits, Form::Hex),
            (None, Some(text)) => given(text, Form::Text),
            (None, None) => (Box::new(file(named)?), None),
        },
    };
    let name = match (named, known) {
        ("-", _) => "standard input".to_owned(),
        (_, Some(_)) => "the command line".to_owned(),
        _ => named.to_owned(),
    };
    Ok(Input { name, form: form.or(known), bytes: BufReader::with_capacity(ROOM, reader) })
}

fn file(path: &str) -> Result<File, Failure> {
    let cannot = |error: io::Error| {
        let digits = path.len() >= 8 && path.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b' ');
        let hint = digits.then(|| format!("bytes on the command line are written hex:{path}"));
        Failure::usage(format!("{path} cannot be read: {error}")).maybe(hint)
    };
    let file = File::open(path).map_err(cannot)?;
    if file.metadata().map_err(cannot)?.is_dir() {
        return Err(Failure::usage(format!("{path} cannot be read: it is a folder")));
    }
    Ok(file)
}

/// A capture that cannot be read, as the program says it.
pub(super) fn failure(name: &str, error: &Error) -> Failure {
    let message = format!("{name}: {error}");
    match error {
        Error::Io(_) => Failure::machine(message),
        Error::Nothing => {
            Failure::usage(message).hint("name a file, pipe the bytes in, or write them as hex:… or text:…")
        }
        Error::NoPcap(_) => {
            Failure::usage(message).hint("leave --input out, and what it is will be found out")
        }
        Error::BrokenPcap(_) => Failure::usage(message),
    }
}

/// What was passed over, on standard error.
pub(super) fn tell(summary: &Summary, term: &mut Term) {
    if summary.chatter > 0 {
        let all = summary.chatter == summary.lines;
        let text = format!("{} of {} lines hold no bytes of a tracker", summary.chatter, summary.lines);
        if all { term.warn(&text) } else { term.note(&text) }
    }
    let passed = &summary.passed;
    if let Some((count, number)) = passed.layer {
        term.warn(&format!(
            "{count} packets are of link layer {number}, which is not read: capture on an Ethernet, cooked or raw IP interface"
        ));
    }
    if passed.fragments > 0 {
        term.warn(&format!(
            "{} packets are parts of larger ones, of which other parts are missing",
            passed.fragments
        ));
    }
    if passed.short > 0 {
        term.warn(&format!(
            "{} packets were captured too short: capture with the whole packet length (tcpdump -s 0)",
            passed.short
        ));
    }
    if passed.other > 0 {
        let text = format!("{} packets are neither TCP nor UDP", passed.other);
        if passed.other == summary.packets { term.warn(&text) } else { term.detail(&text) }
    }
    if passed.broken {
        term.warn(&format!("the packet capture breaks off behind packet {}", summary.packets));
    }
}
