//! What is asked about a family as a whole, from its id to who says all this.

use std::path::Path;

use crate::profile::{Catalogue, Evidence, Sketch};
use crate::ui::{Failure, Term};

use super::super::ask::{ask, optional, text};
use super::commands::{orders, queries};
use super::free;

/// Asks for everything.
pub(super) fn sketch(
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
    let queries = queries(&orders, password.as_deref(), term)?;
    let (evidence, title, url) = source(term)?;
    Ok(Sketch { id, vendor, models, transports, password, orders, queries, evidence, title, url })
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
