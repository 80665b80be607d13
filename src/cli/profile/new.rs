//! `homing profile new`: from what a maker's paper prints to a file that `profile check` takes. It asks, and it never
//! overwrites.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::profile::{Catalogue, Evidence, Order, Severity, Sketch, Wanted, cut, lint};
use crate::ui::{self, Exit, Failure, Term};

use super::ask::{ask, optional, printed, text};

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

const TEMPLATE: &str = include_str!("../../../profiles/_template.toml");

impl New {
    pub(super) fn run(self, catalogue: &Catalogue, term: &mut Term) -> anyhow::Result<Exit> {
        let folder = self.out.clone().unwrap_or_default();
        let given = self.id.as_deref().map(|id| free(id, &folder, catalogue).map_err(Failure::usage));
        let given = given.transpose()?;
        let (id, toml) = match given {
            Some(id) if self.from_template => {
                // Beside the written file there is no schema of ours.
                let toml =
                    TEMPLATE.split_once('\n').map_or(TEMPLATE, |(_, rest)| rest).replace("acme-a1", &id);
                (id, toml)
            }
            given => {
                let sketch = sketch(given, &folder, catalogue, term)?;
                (sketch.id.clone(), sketch.toml())
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
        for (what, line) in [
            ("check it after every edit:", format!("homing profile check --notes {name}")),
            ("look at what it would send:", format!("homing generate {here} --apn internet")),
            (
                "rehearse it, sending nothing:",
                format!("homing send {here} --apn internet --via lab --no-identify --yes"),
            ),
        ] {
            term.line(format!("  {what:<30} {line}"));
        }
        Ok(Exit::Done)
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

/// Asks for everything.
fn sketch(
    given: Option<String>,
    folder: &Path,
    catalogue: &Catalogue,
    term: &mut Term,
) -> Result<Sketch, Failure> {
    term.err("Write what the maker's paper prints; what it does not say is left empty. Ctrl-C ends, and nothing is written.");
    let id = match given {
        Some(id) => id,
        None => ask(
            term,
            "Id of the profile: the file's name, and what people type.",
            "Lower-case letters, digits, hyphens: acme-a1",
            |answer| free(answer, folder, catalogue),
        )?,
    };
    let vendor = ask(term, "Maker.", "As on the box: Acme", text)?;
    let models = ask(term, "Models, with commas between them.", "As on the box: A1, A1 4G", words)?;
    for model in &models {
        let known: Vec<&str> = catalogue.search(model).iter().map(|entry| entry.id.as_str()).collect();
        if !known.is_empty() && catalogue.find(model).is_ok() {
            term.note(&format!(
                "{model} is a model of {} too: `homing profile find \"{model}\"`",
                known.join(", ")
            ));
        }
    }
    let transports =
        ask(term, "What can it report over?", "tcp, udp or tcp, udp; the usual one first: tcp", transports)?;
    let password = ask(
        term,
        "Password in the printed commands.",
        "As in 0000,100,1,d.plaspy.com,8888: 0000. Empty where the commands carry none",
        optional,
    )?;
    let orders = orders(password.as_deref(), term)?;
    let query = order(&QUERY, password.as_deref(), term)?;
    let (evidence, title, url) = source(term)?;
    Ok(Sketch { id, vendor, models, transports, password, orders, query, evidence, title, url })
}

/// A command that is asked for.
struct Question {
    id: &'static str,
    what: &'static str,
    question: &'static str,
    help: &'static str,
    needed: bool,
    /// Its settings: name, what it is called, whether it must be there.
    values: &'static [(&'static str, &'static str, bool)],
}

const APN: Question = Question {
    id: "apn",
    what: "APN of the SIM",
    question: "Command that sets the APN, as printed, with its example's values.",
    help: "As APN,internet# or 0000,109,internet,user,pass. Empty where the paper prints none",
    needed: false,
    values: &[
        ("apn", "APN", true),
        ("apn_user", "user name for the APN", false),
        ("apn_password", "password for the APN", false),
    ],
};

const SERVER: Question = Question {
    id: "server",
    what: "Server that the tracker reports to",
    question: "Command that sets the server, as printed, with its example's values.",
    help: "As SERVER,1,d.plaspy.com,8888,0#",
    needed: true,
    values: &[("server", "server, a name or an address,", true), ("port", "port", true)],
};

const INTERVAL: Question = Question {
    id: "interval",
    what: "Time between two reports",
    question: "Command that sets the report interval, as printed, with its example's values.",
    help: "As TIMER,60#. Empty where the paper prints none",
    needed: false,
    values: &[("interval", "interval", true)],
};

const QUERY: Question = Question {
    id: "read",
    what: "What it answers to a question",
    question: "Command that only asks: its settings, its version or its state.",
    help: "As PARAM# or 0000,808,100. Empty where the paper prints none",
    needed: false,
    values: &[],
};

fn orders(password: Option<&str>, term: &mut Term) -> Result<Vec<Order>, Failure> {
    let mut orders = Vec::new();
    for question in [&APN, &SERVER, &INTERVAL] {
        orders.extend(order(question, password, term)?);
    }
    Ok(orders)
}

/// Asks for a command and for what its example's values are, until one is the other's.
fn order(question: &Question, password: Option<&str>, term: &mut Term) -> Result<Option<Order>, Failure> {
    loop {
        let take = |answer: &str| match answer {
            "" if !question.needed => Ok(None),
            answer => printed(answer).map(Some),
        };
        let Some(text) = ask(term, question.question, question.help, take)? else { return Ok(None) };
        let mut wanted: Vec<Wanted<'_>> = Vec::new();
        let mut given: Vec<(&'static str, String, u32)> = Vec::new();
        let mut again = false;
        for (name, words, needed) in question.values {
            match value(&text, name, words, *needed, term)? {
                Some(value) => {
                    let unit = if *name == "interval" { unit(term)? } else { 1 };
                    given.push((name, value, unit));
                }
                None if *needed => {
                    again = true;
                    break;
                }
                None => {}
            }
        }
        if again {
            continue;
        }
        wanted.extend(given.iter().map(|(name, value, unit)| (*name, value.as_str(), *unit)));
        // Not every command of a family carries it.
        wanted.extend(password.filter(|word| text.contains(word)).map(|word| ("password", word, 1)));
        match cut(&text, &wanted) {
            Ok(pieces) => {
                let answer = if question.needed || !question.values.is_empty() { reply(term)? } else { None };
                return Ok(Some(Order {
                    id: question.id,
                    what: question.what,
                    printed: text,
                    pieces,
                    answer,
                }));
            }
            Err(error) => term.err(&format!("  {error}; once more")),
        }
    }
}

/// Asks which part of a printed command is a setting's value; none where it has none.
fn value(
    command: &str,
    name: &'static str,
    words: &str,
    needed: bool,
    term: &mut Term,
) -> Result<Option<String>, Failure> {
    let help = if needed {
        "That part alone, as it stands there. Empty to write the command anew"
    } else {
        "That part alone, as it stands there. Empty where there is none"
    };
    let question = format!("Which part of {command} is the {words}?").replace(",?", "?");
    ask(term, &question, help, |answer| {
        if answer.is_empty() {
            return Ok(None);
        }
        let answer = answer.to_owned();
        if matches!(name, "port" | "interval") && answer.parse::<u32>().is_err() {
            return Err(format!("\"{answer}\" is no number"));
        }
        let wanted = [(name, answer.as_str(), 1)];
        cut(command, &wanted).map_err(|error| error.to_string())?;
        Ok(Some(answer))
    })
}

fn unit(term: &mut Term) -> Result<u32, Failure> {
    ask(term, "Is that in seconds, minutes or hours?", "One of these words: seconds", |answer| {
        match answer.trim_end_matches('s') {
            "second" => Ok(1),
            "minute" => Ok(60),
            "hour" => Ok(3600),
            _ => Err(format!("\"{answer}\" is none of seconds, minutes, hours")),
        }
    })
}

fn reply(term: &mut Term) -> Result<Option<String>, Failure> {
    let help = "As SERVER OK. Empty where the paper prints none: a guessed answer would be believed";
    ask(term, "What the tracker answers to it, as printed.", help, |answer| match answer {
        "" => Ok(None),
        answer => printed(answer).map(Some),
    })
}

fn source(term: &mut Term) -> Result<(String, String, Option<String>), Failure> {
    let words: Vec<&str> = Evidence::WORDS.iter().map(|(word, _)| *word).collect();
    let evidence = ask(
        term,
        "Who says all this?",
        "vendor: the maker's paper; platform: a platform publishes it; field: people run it; inferred: nobody says it",
        |answer| match words.iter().find(|word| **word == answer) {
            Some(word) => Ok((*word).to_owned()),
            None => Err(format!("\"{answer}\" is none of {}", words.join(", "))),
        },
    )?;
    let title = ask(
        term,
        "Title of the source, with edition or date.",
        "As Acme A1 user manual, edition 3, 2024-05",
        text,
    )?;
    let platform = evidence == "platform";
    let help = if platform {
        "A platform's page has one: https://example.com/a1"
    } else {
        "As https://example.com/acme-a1.pdf. Empty where it is not on the web"
    };
    let url = ask(term, "Where it can be read.", help, |answer| match answer {
        "" if platform => Err("what a platform publishes has an address".to_owned()),
        "" => Ok(None),
        answer if answer.starts_with("https://") || answer.starts_with("http://") => {
            Ok(Some(answer.to_owned()))
        }
        answer => Err(format!("\"{answer}\" is no address: it begins with https:// or http://")),
    })?;
    Ok((evidence, title, url))
}

fn words(answer: &str) -> Result<Vec<String>, String> {
    let words: Vec<String> =
        answer.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.is_empty() { Err("this one is needed".to_owned()) } else { Ok(words) }
}

fn transports(answer: &str) -> Result<Vec<String>, String> {
    let words = words(&answer.to_lowercase())?;
    match words.iter().find(|word| !matches!(word.as_str(), "tcp" | "udp")) {
        Some(odd) => Err(format!("\"{odd}\" is neither tcp nor udp")),
        None => Ok(words),
    }
}
