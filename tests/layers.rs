//! Holds the laws of the house (`CONTRIBUTING.md`) over `src/`, and shows for each law that breaking it is found.

#![cfg(test)]

#[path = "layers/laws.rs"]
mod laws;
#[path = "layers/source.rs"]
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use laws::{ROWS, check};

/// What the package depends on, as its sources spell it.
fn crates() -> Vec<String> {
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(package().join("Cargo.toml")).unwrap()).unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap();
    dependencies.keys().map(|name| name.replace('-', "_")).collect()
}

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<(String, String)> {
    let (mut folders, mut sources) = (vec![package().join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push((name(&path), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

/// The path from the package's root, with slashes on every system.
fn name(path: &Path) -> String {
    let inner = path.strip_prefix(package()).unwrap();
    inner.components().map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
}

/// The breaches of small sources, as lines of text.
fn breaches(sources: &[(&str, &str)]) -> Vec<String> {
    let crates = ["console", "indicatif", "serialport", "thiserror", "tokio"].map(str::to_owned);
    let sources: Vec<_> =
        sources.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    check(&sources, &crates).iter().map(ToString::to_string).collect()
}

#[test]
fn the_house_keeps_its_laws() {
    let sources = sources();
    assert!(sources.len() > 50, "the sources were not found");
    let breaches: Vec<_> = check(&sources, &crates()).iter().map(ToString::to_string).collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn every_room_stands_in_one_row_only() {
    let mut rooms: Vec<&str> = ROWS.concat();
    rooms.sort_unstable();
    let all = rooms.len();
    rooms.dedup();
    assert_eq!(rooms.len(), all);
}

/// A file, its text, and what must be said: line, law and words.
type Broken = (&'static str, &'static str, &'static [(usize, &'static str, &'static str)]);

const BROKEN: &[Broken] = &[
    // Law 3: below, beside, by every way of writing it.
    (
        "src/profile/mod.rs",
        "//! Doc.\nuse crate::plan::Plan;\n",
        &[(2, "law 3", "`profile` imports `plan`, which stands below it")],
    ),
    (
        "src/plan/mod.rs",
        "use crate::identify::Told;\n",
        &[(1, "law 3", "`plan` imports `identify`; they stand in one row")],
    ),
    (
        "src/units/mod.rs",
        "fn f() {\n    crate::secret::Secret::new(\"\");\n}\n",
        &[(2, "law 3", "`units` imports `secret`")],
    ),
    ("src/secret.rs", "use crate::tracker::Imei;\n", &[(1, "law 3", "`secret` imports `tracker`")]),
    (
        "src/wire/mod.rs",
        "use crate::{\n    tracker::Imei,\n    sms::{self, measure},\n};\n",
        &[(3, "law 3", "`wire` imports `sms`")],
    ),
    (
        "src/tracker/imei.rs",
        "use super::super::wire::checksum;\n",
        &[(1, "law 3", "`tracker` imports `wire`")],
    ),
    (
        "src/courier/claim.rs",
        "mod unix {\n    fn f() { super::super::super::run::talk() }\n}\n",
        &[(2, "law 3", "`courier` imports `run`")],
    ),
    ("src/engine/mod.rs", "use crate::report as view;\n", &[(1, "law 3", "`engine` imports `report`")]),
    ("src/engine/talk.rs", "use crate::*;\n", &[(1, "law 3", "`engine` imports the whole crate")]),
    ("src/engine/compare.rs", "pub use crate as c;\n", &[(1, "law 3", "`engine` imports the whole crate")]),
    ("src/attic/mod.rs", "\n", &[(1, "law 3", "`attic` is no room of the house")]),
    ("src/ui/csv.rs", "use crate::Anything;\n", &[(1, "law 3", "`crate::Anything`, which is no room")]),
    // Law 1: sockets, files, clocks, threads, the environment, crates that touch the world.
    (
        "src/engine/a.rs",
        "use std::time::{Duration,\n    Instant};\n",
        &[(2, "law 1", "the pure room `engine` uses `std::time::Instant`")],
    ),
    (
        "src/engine/b.rs",
        "use std::time;\nfn f() -> time::SystemTime { loop {} }\n",
        &[(2, "law 1", "`std::time::SystemTime`")],
    ),
    ("src/wire/a.rs", "use std::net::{IpAddr, TcpStream};\n", &[(1, "law 1", "`std::net::TcpStream`")]),
    (
        "src/wire/b.rs",
        "fn f() { std::net::UdpSocket::bind(\"\"); }\n",
        &[(1, "law 1", "`std::net::UdpSocket::bind`")],
    ),
    ("src/wire/c.rs", "use std::net::*;\n", &[(1, "law 1", "`std::net::*`")]),
    ("src/profile/a.rs", "use std::fs;\n", &[(1, "law 1", "`std::fs`")]),
    ("src/profile/b.rs", "use std::io::{Read, stdin};\n", &[(1, "law 1", "`std::io::stdin`")]),
    ("src/plan/a.rs", "fn f() { std::thread::sleep(D); }\n", &[(1, "law 1", "`std::thread::sleep`")]),
    ("src/tracker/a.rs", "fn f() { std::env::var(\"HOME\"); }\n", &[(1, "law 1", "`std::env::var`")]),
    (
        "src/sms/a.rs",
        "use std::os::unix::net::UnixStream;\n",
        &[(1, "law 1", "`std::os::unix::net::UnixStream`")],
    ),
    ("src/modem/a.rs", "fn f() { serialport::new(\"\", 9600); }\n", &[(1, "law 1", "`serialport::new`")]),
    ("src/diagnose/a.rs", "use tokio::time::sleep;\n", &[(1, "law 1", "`tokio::time::sleep`")]),
    (
        "src/estimate/a.rs",
        "fn f() {\n    println!(\"\");\n}\n",
        &[(2, "law 1", "`println!`"), (2, "law 2", "`println!`")],
    ),
    ("src/units/a.rs", "fn f() { dbg!(1); }\n", &[(1, "law 1", "`dbg!`"), (1, "law 2", "`dbg!`")]),
    // Law 2: only ui/term.rs prints, only main.rs exits.
    (
        "src/cli/a.rs",
        "fn f() {\n\n    eprintln!(\"x\");\n}\n",
        &[(3, "law 2, only ui/term.rs writes", "`eprintln!`")],
    ),
    (
        "src/ui/table.rs",
        "use std::io;\nfn f() { io::stdout(); }\n",
        &[(2, "law 2, only ui/term.rs writes", "`std::io::stdout`")],
    ),
    (
        "src/run/a.rs",
        "use std::io::{self, stderr as err};\n",
        &[(1, "law 2, only ui/term.rs writes", "`std::io::stderr`")],
    ),
    ("src/cli/b.rs", "fn f(e: E) { e.print(); }\n", &[(1, "law 2, only ui/term.rs writes", "`.print()`")]),
    ("src/cli/c.rs", "use console::Term;\n", &[(1, "law 2, only ui/term.rs writes", "`console::Term`")]),
    (
        "src/cli/d.rs",
        "use indicatif::ProgressBar;\nfn f() { ProgressBar::new(3); }\n",
        &[(2, "law 2, only ui/term.rs writes", "`indicatif::ProgressBar::new`")],
    ),
    (
        "src/cli/e.rs",
        "use std::process;\nfn f() { process::exit(1) }\n",
        &[(2, "law 2, only main.rs exits", "`std::process::exit`")],
    ),
    (
        "src/lib.rs",
        "fn f() { std::process::abort() }\n",
        &[(1, "law 2, only main.rs exits", "`std::process::abort`")],
    ),
    // Law 6.
    ("src/courier/a.rs", "fn f() {\n    unsafe { g() }\n}\n", &[(2, "law 6", "`unsafe`")]),
    ("src/courier/b.rs", "#[cfg(test)]\nmod tests {\n    unsafe fn f() {}\n}\n", &[(3, "law 6", "`unsafe`")]),
    // What looks like a test and is none.
    ("src/engine/c.rs", "#[cfg(not(test))]\nuse std::fs;\n", &[(2, "law 1", "`std::fs`")]),
    ("src/engine/d.rs", "#[cfg(any(test, unix))]\nuse std::fs;\n", &[(2, "law 1", "`std::fs`")]),
    ("src/engine/e.rs", "#[cfg(test)]\nuse std::fs;\nuse std::env;\n", &[(3, "law 1", "`std::env`")]),
    (
        "src/engine/f.rs",
        "#[cfg(test)]\nmod tests { fn f() { if true {} } }\nuse std::env;\n",
        &[(3, "law 1", "`std::env`")],
    ),
    // A literal, a comment or a type's `use` before it hides nothing.
    (
        "src/engine/j.rs",
        "fn f<'a>() -> impl Sized + use<'a> { std::fs::read(\"\"); }\n",
        &[(1, "law 1", "`std::fs::read`")],
    ),
    (
        "src/engine/g.rs",
        "const A: char = '\"'; use std::fs; const B: char = '\"';\n",
        &[(1, "law 1", "`std::fs`")],
    ),
    (
        "src/engine/h.rs",
        "const A: &str = r#\"\"//\"#; /* /* */ */ use std::fs;\n",
        &[(1, "law 1", "`std::fs`")],
    ),
    (
        "src/engine/i.rs",
        "const A: &str = \"\\\\\n\\\"\";\nfn f<'a>() { std::env::var(\"'\"); }\n",
        &[(3, "law 1", "`std::env::var`")],
    ),
];

#[test]
fn a_law_broken_on_purpose_is_reported_with_file_and_line() {
    for (file, text, wanted) in BROKEN {
        let found = breaches(&[(file, text)]);
        assert_eq!(found.len(), wanted.len(), "{file}\n{text}\nfound: {found:#?}");
        for ((line, law, words), found) in wanted.iter().zip(&found) {
            let start = format!("{file}:{line}: {law}");
            assert!(found.starts_with(&start) && found.contains(words), "{start} … {words}\nfound: {found}");
        }
    }
}

#[test]
fn what_the_laws_allow_is_not_reported() {
    for (file, text) in [
        (
            "src/plan/mod.rs",
            "use crate::profile::Profile;\nuse super::profile::Step;\nuse crate::plan::note;\n",
        ),
        ("src/profile/lint/data.rs", "use super::super::types::Step;\nuse super::error;\n"),
        ("src/tracker/mod.rs", "use crate::{secret::Secret, units::nearest};\n"),
        (
            "src/wire/mod.rs",
            "use std::net::{IpAddr, SocketAddr};\nuse std::time::Duration;\nuse std::io::Read;\n",
        ),
        ("src/engine/mod.rs", "use std::net;\nfn f(a: net::IpAddr, t: std::time::Duration) {}\n"),
        ("src/secret.rs", "use thiserror::Error;\n"),
        (
            "src/engine/a.rs",
            "// use std::fs;\n/* println!() */\n/// std::env::var\nconst A: &str = \"std::fs::read\";\n",
        ),
        (
            "src/engine/b.rs",
            "const A: &str = r\"std::fs\";\nconst B: &[u8] = b\"unsafe\";\nconst C: char = '\\'';\n",
        ),
        ("src/engine/c.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n    fn f() { println!(); }\n}\n"),
        ("src/engine/d.rs", "#[cfg(all(test, unix))]\n#[allow(dead_code)]\nuse crate::cli::Cli;\n"),
        ("src/engine/e.rs", "#![cfg(test)]\nuse std::fs;\n"),
        (
            "src/cli/mod.rs",
            "use indicatif::ProgressBar;\nuse std::process::ExitCode;\nfn f(b: &ProgressBar) {}\n",
        ),
        ("src/cli/a.rs", "use std::io::{self, Read};\nfn f() { io::stdin().read(b); fs.write(print); }\n"),
        (
            "src/ui/term.rs",
            "use std::io::{self, stdout};\nfn f() { print!(\"\"); console::Term::stdout(); }\n",
        ),
        ("src/main.rs", "fn main() { std::process::exit(homing::cli::main()) }\n"),
        ("src/sys/mod.rs", "pub fn f() { unsafe { g() } }\n"),
        (
            "src/courier/mod.rs",
            "use std::fs;\nuse std::time::Instant;\nmod unix { use super::super::courier::port; }\n",
        ),
    ] {
        assert_eq!(breaches(&[(file, text)]), Vec::<String>::new(), "{file}\n{text}");
    }
}

#[test]
fn a_circle_of_rooms_is_broken_where_it_goes_down() {
    let circle = [
        ("src/units/mod.rs", "use crate::tracker::Imei;\n"),
        ("src/tracker/mod.rs", "use crate::units::near;\n"),
    ];
    let found = breaches(&circle);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("src/units/mod.rs:1: law 3"), "{found:?}");
}

#[test]
fn a_file_of_tests_is_known_by_how_it_is_declared_and_not_by_its_name() {
    let declared = [
        ("src/engine/mod.rs", "#[cfg(all(test, target_os = \"linux\"))]\nmod trials;\n"),
        ("src/engine/trials.rs", "mod device;\nuse std::fs;\n"),
        ("src/engine/trials/device.rs", "use std::net::TcpStream;\n"),
    ];
    assert_eq!(breaches(&declared), Vec::<String>::new());
    let plain = [("src/engine/mod.rs", "mod tests;\n"), ("src/engine/tests.rs", "use std::fs;\n")];
    assert_eq!(breaches(&plain).len(), 1);
}
