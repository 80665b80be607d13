//! `homing profile new`: from what a maker's paper prints to a file that `profile check` takes. It asks, and it never
//! overwrites.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::profile::{Catalogue, Severity, Sketch, lint};
use crate::ui::{self, Exit, Failure, Term};

mod commands;
mod questions;

/// A profile for a tracker that has none: asks, and writes the file.
#[derive(Debug, Args)]
pub(super) struct New {
    /// Its id, which is the file's name too: lower-case letters, digits and hyphens, as acme-a1
    id: Option<String>,
    /// Write the commented template under this id, without asking
    #[arg(long, requires = "id")]
    from_template: bool,
    /// Folder for the file [default: this one]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const TEMPLATE: &str = include_str!("../../../../profiles/_template.toml");

impl New {
    pub(super) fn run(self, catalogue: &Catalogue, term: &mut Term) -> anyhow::Result<Exit> {
        let folder = self.out.clone().unwrap_or_default();
        let given = self.id.as_deref().map(|id| free(id, &folder, catalogue).map_err(Failure::usage));
        let given = given.transpose()?;
        let (id, toml, asks_first) = match given {
            Some(id) if self.from_template => {
                // Beside the written file there is no schema of ours.
                let toml =
                    TEMPLATE.split_once('\n').map_or(TEMPLATE, |(_, rest)| rest).replace("acme-a1", &id);
                (id, toml, true)
            }
            given => {
                let sketch: Sketch = questions::sketch(given, &folder, catalogue, term)?;
                (sketch.id.clone(), sketch.toml(), sketch.is_told())
            }
        };
        let path = file(&folder, &id);
        let name = path.display().to_string();
        let mut findings = lint(&toml, Some(&id));
        findings.retain(|finding| finding.severity > Severity::Note);
        for finding in &findings {
            term.err(&ui::findings::finding(&name, &toml, finding));
        }
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Failure::usage(format!(
                "these answers make no profile that can be used; {name} was not written"
            ))
            .hint("what is wrong stands above; `homing profile new ID --from-template` gives a file to edit")
            .into());
        }
        write(&path, &toml)?;
        let verdict = if findings.is_empty() { "has nothing against it" } else { "says the above of it" };
        term.line(format!("{name} is written, and `homing profile check` {verdict}"));
        let here = if folder.as_os_str().is_empty() { format!("./{name}") } else { name.clone() };
        go_on(&name, &here, asks_first, term);
        Ok(Exit::Done)
    }
}

/// What to do with a new profile: it lies at `here`.
fn go_on(name: &str, here: &str, asks_first: bool, term: &mut Term) {
    // Where no answer tells the family, nothing can be asked first.
    let unasked = if asks_first { "" } else { " --no-identify" };
    for (what, line) in [
        ("check it after every edit:", format!("homing profile check --notes {name}")),
        ("look at what it would send:", format!("homing generate {here} --apn internet")),
        (
            "rehearse it, sending nothing:",
            format!("homing send {here} --apn internet --via lab{unasked} --yes"),
        ),
    ] {
        term.line(format!("  {what:<30} {line}"));
    }
}

fn file(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.toml"))
}

/// An id that is well-formed and nobody's yet.
fn free(id: &str, folder: &Path, catalogue: &Catalogue) -> Result<String, String> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(fine) || id.starts_with('-') {
        return Err(format!("\"{id}\" is no id: lower-case letters, digits and hyphens, as acme-a1"));
    }
    if catalogue.entries().iter().any(|entry| entry.id == id) {
        return Err(format!(
            "there is a profile {id} already (`homing profile show {id}`): choose another id"
        ));
    }
    let path = file(folder, id);
    if path.exists() {
        return Err(format!(
            "{} is there already, and is not overwritten: choose another id",
            path.display()
        ));
    }
    Ok(id.to_owned())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let cannot = |error| Failure::machine(format!("{} cannot be written: {error}", path.display()));
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)
}
