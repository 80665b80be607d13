//! The laws of the house over sources: which room a file belongs to, and what it may name there.

use std::collections::BTreeSet;
use std::fmt;

use super::source::{Named, Token, paths, tokens, without_tests};

/// Every room of the house, present or to come, from the top. A room imports only from rows above its own.
/// The house draws the first three in one row; `tracker` keeps secrets and finds near names, so they are in order here.
/// `sys` stands above all: should anything unsafe ever be needed, it imports nothing.
pub(crate) const ROWS: [&[&str]; 15] = [
    &["sys"],
    &["units"],
    &["secret"],
    &["tracker"],
    &["sms", "wire"],
    &["profile"],
    &["plan", "identify", "modem", "diagnose", "estimate"],
    &["engine"],
    &["courier", "journal"],
    &["run", "simulate", "apn"],
    &["serve", "probe", "capture", "lab", "fleet"],
    &["check"],
    &["report"],
    &["ui"],
    &["cli"],
];

/// Rooms to which time and bytes are arguments.
const PURE: [&str; 12] = [
    "units", "secret", "tracker", "sms", "wire", "profile", "plan", "identify", "modem", "diagnose",
    "estimate", "engine",
];

/// Crates that touch nothing outside the program: the only ones a pure room may use.
const PURE_CRATES: [&str; 7] =
    ["arrayvec", "memchr", "minijinja", "regex_lite", "serde", "thiserror", "toml"];

/// Types of `std::net` that are values, no sockets.
const ADDRESSES: [&str; 7] =
    ["AddrParseError", "IpAddr", "Ipv4Addr", "Ipv6Addr", "SocketAddr", "SocketAddrV4", "SocketAddrV6"];

const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// The one file that prints, and the one that exits.
const TERM: &str = "src/ui/term.rs";
const MAIN: &str = "src/main.rs";

/// A law that a line breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Breach {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) law: &'static str,
    pub(crate) what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.law, self.what)
    }
}

/// Checks sources, given as path from the package's root and text. `crates` are the package's dependencies.
pub(crate) fn check(sources: &[(String, String)], crates: &[String]) -> Vec<Breach> {
    let read = |(file, text): &(String, String)| {
        let all = tokens(text);
        let (live, tests) = without_tests(&all);
        let words = |tokens: &[Token<'_>]| tokens.iter().map(|t| (t.text.to_owned(), t.line)).collect();
        let module = module(file);
        Source {
            named: paths(&live, &module),
            all: words(&all),
            live: words(&live),
            file: file.clone(),
            module,
            tests,
        }
    };
    let sources: Vec<Source> = sources.iter().map(read).collect();
    let tests: BTreeSet<Vec<String>> = sources.iter().flat_map(Source::test_modules).collect();
    let mut breaches = Vec::new();
    for source in &sources {
        let mut note = |line, law, what| breaches.push(Breach { file: source.file.clone(), line, law, what });
        no_unsafe(source, &mut note);
        let is_test = (0..=source.module.len()).any(|end| tests.contains(&source.module[..end]));
        if !is_test {
            imports(source, &mut note);
            pure(source, crates, &mut note);
            printing(source, &mut note);
            exits(source, &mut note);
        }
    }
    breaches.sort();
    breaches.dedup();
    breaches
}

struct Source {
    file: String,
    module: Vec<String>,
    all: Vec<(String, usize)>,
    live: Vec<(String, usize)>,
    named: Vec<Named>,
    tests: BTreeSet<String>,
}

impl Source {
    fn room(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }

    fn test_modules(&self) -> impl Iterator<Item = Vec<String>> {
        self.tests.iter().map(|name| self.module.iter().chain([name]).cloned().collect())
    }
}

/// `src/profile/lint/mod.rs` is `["profile", "lint"]`; `lib.rs` and `main.rs` are in no room.
fn module(file: &str) -> Vec<String> {
    let inner = file.strip_prefix("src/").unwrap_or(file);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    if matches!(inner, "lib" | "main") { Vec::new() } else { inner.split('/').map(str::to_owned).collect() }
}

fn row(room: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&room))
}

type Note<'n> = &'n mut dyn FnMut(usize, &'static str, String);

/// Law 3. As all rooms stand in one order, this leaves no circle of rooms either.
fn imports(source: &Source, note: Note<'_>) {
    const LAW: &str = "law 3, no room imports one below it or beside it";
    let Some(room) = source.room() else { return };
    let Some(own) = row(room) else {
        return note(1, LAW, format!("`{room}` is no room of the house: give it its row in ROWS"));
    };
    for named in source.named.iter().filter(|named| named.is(&["crate"])) {
        let other = named.segment(1).unwrap_or("*");
        let what = match row(other) {
            _ if other == room => continue,
            None if other == "*" => format!("`{room}` imports the whole crate"),
            None => format!("`{room}` names `crate::{other}`, which is no room"),
            Some(row) if row > own => format!("`{room}` imports `{other}`, which stands below it"),
            Some(row) if row == own => {
                format!("`{room}` imports `{other}`; they stand in one row and do not know each other")
            }
            Some(_) => continue,
        };
        note(named.line, LAW, what);
    }
}

/// Law 1.
fn pure(source: &Source, crates: &[String], note: Note<'_>) {
    const LAW: &str = "law 1, pure rooms: no sockets, files, clocks, threads, prints";
    let Some(room) = source.room().filter(|room| PURE.contains(room)) else { return };
    for named in &source.named {
        let first = named.segment(0).unwrap_or_default();
        let foreign = crates.iter().any(|name| name == first) && !PURE_CRATES.contains(&first);
        if foreign || touches_the_world(named) {
            note(named.line, LAW, format!("the pure room `{room}` uses `{}`", named.segments.join("::")));
        }
    }
    for (name, line) in print_macros(source) {
        note(line, LAW, format!("the pure room `{room}` uses `{name}!`"));
    }
}

fn touches_the_world(named: &Named) -> bool {
    if named.segment(0) != Some("std") {
        return false;
    }
    let third = named.segment(2);
    match named.segment(1).unwrap_or_default() {
        "*" | "fs" | "process" | "env" | "thread" | "os" => true,
        "net" => third.is_some_and(|name| !ADDRESSES.contains(&name)),
        "time" => third.is_some_and(|name| matches!(name, "*" | "Instant" | "SystemTime" | "UNIX_EPOCH")),
        "io" => third.is_some_and(|name| {
            matches!(name, "*" | "stdin" | "stdout" | "stderr" | "Stdin" | "Stdout" | "Stderr" | "IsTerminal")
        }),
        _ => false,
    }
}

/// Law 2, first half.
fn printing(source: &Source, note: Note<'_>) {
    const LAW: &str = "law 2, only ui/term.rs writes to the terminal";
    if source.file == TERM {
        return;
    }
    for (name, line) in print_macros(source) {
        note(line, LAW, format!("`{name}!`"));
    }
    for named in source.named.iter().filter(|named| writes_to_terminal(named)) {
        note(named.line, LAW, format!("`{}`", named.segments.join("::")));
    }
    for call in source.live.windows(3).filter(|w| w[0].0 == "." && w[1].0 == "print" && w[2].0 == "(") {
        note(call[1].1, LAW, "a value that prints itself by `.print()`".to_owned());
    }
}

fn writes_to_terminal(named: &Named) -> bool {
    let streams = ["stdout", "stderr", "Stdout", "Stderr", "*"];
    let stream = named.is(&["std", "io"]) && named.segment(2).is_some_and(|name| streams.contains(&name));
    // A bar that `Term` has made may be held and moved on; making one is for `Term`, which knows where it may be drawn.
    let makes_bar = named.is(&["indicatif", "ProgressBar"]) && named.segments.len() > 2;
    stream || makes_bar || named.is(&["console"])
}

fn print_macros(source: &Source) -> impl Iterator<Item = (&str, usize)> {
    let calls =
        source.live.windows(2).filter(|pair| pair[1].0 == "!" && PRINTING.contains(&pair[0].0.as_str()));
    calls.map(|pair| (pair[0].0.as_str(), pair[0].1))
}

/// Law 2, second half.
fn exits(source: &Source, note: Note<'_>) {
    const LAW: &str = "law 2, only main.rs exits";
    let ends = |named: &&Named| {
        named.is(&["std", "process"]) && matches!(named.segment(2), Some("exit" | "abort" | "*"))
    };
    if source.file != MAIN {
        for named in source.named.iter().filter(ends) {
            note(named.line, LAW, format!("`{}`", named.segments.join("::")));
        }
    }
}

/// Law 6. Tests are no exception.
fn no_unsafe(source: &Source, note: Note<'_>) {
    const LAW: &str = "law 6, unsafe code only in sys";
    if source.room() != Some("sys") {
        for (_, line) in source.all.iter().filter(|(word, _)| word == "unsafe") {
            note(*line, LAW, "`unsafe`".to_owned());
        }
    }
}
