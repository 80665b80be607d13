//! The printed commands and answers: which of their parts are a setting's value, asked until one is the other's.

use crate::profile::{Order, Query, Shown, Wanted, cut};
use crate::ui::{Failure, Term};

use super::super::ask::{ask, printed};

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

/// So many commands that only ask are taken, each with its own id.
const QUERIES: [&str; 4] = ["read", "read-2", "read-3", "read-4"];

const QUERY: Question = Question {
    id: QUERIES[0],
    what: "What it answers to a question",
    question: "Command that only asks: its settings, its version or its state.",
    help: "As PARAM# or 0000,808,100. Empty where the paper prints none",
    needed: false,
    values: &[],
};

/// Asks for the commands that set something.
pub(super) fn orders(password: Option<&str>, term: &mut Term) -> Result<Vec<Order>, Failure> {
    let mut orders = Vec::new();
    for question in [&APN, &SERVER, &INTERVAL] {
        orders.extend(order(question, password, term)?);
    }
    Ok(orders)
}

/// Asks for commands that only ask, and for what their answers show of what the orders set.
pub(super) fn queries(
    orders: &[Order],
    password: Option<&str>,
    term: &mut Term,
) -> Result<Vec<Query>, Failure> {
    let mut open: Vec<(&'static str, &'static str)> = Vec::new();
    for question in [&APN, &SERVER, &INTERVAL] {
        let set = |name: &str| orders.iter().flat_map(Order::shows).any(|set| set == name);
        open.extend(
            question.values.iter().filter(|(name, ..)| set(name)).map(|(name, words, _)| (*name, *words)),
        );
    }
    open.extend([("firmware", "firmware"), ("imei", "IMEI")]);
    let mut queries: Vec<Query> = Vec::new();
    for id in QUERIES {
        let question = if queries.is_empty() { QUERY.question } else { "Another command that only asks." };
        let Some(order) = order(&Question { id, question, ..QUERY }, password, term)? else { break };
        let shown = shown(&open, term)?;
        if let Some(shown) = &shown {
            open.retain(|(name, _)| shown.values().all(|(known, _)| known != *name));
        }
        queries.push(Query { order, shown });
    }
    Ok(queries)
}

/// Asks for the answer to a question and for the values that it shows; none where it is not printed or shows none.
fn shown(open: &[(&'static str, &'static str)], term: &mut Term) -> Result<Option<Shown>, Failure> {
    loop {
        let Some(answer) = reply(ANSWER, term)? else { return Ok(None) };
        let given = parts(&answer, open, term)?;
        if given.is_empty() {
            term.err("  it shows nothing that can be compared, so it is left out");
            return Ok(None);
        }
        let wanted: Vec<Wanted<'_>> = given.iter().map(|(name, value)| (*name, value.as_str(), 1)).collect();
        match Shown::new(&answer, &wanted) {
            Ok(shown) => return Ok(Some(shown)),
            Err(error) => term.err(&format!("  {error}; once more")),
        }
    }
}

/// Asks for each value whether an answer shows it.
fn parts(
    answer: &str,
    open: &[(&'static str, &'static str)],
    term: &mut Term,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut given: Vec<(&'static str, String)> = Vec::new();
    for (name, words) in open {
        // An answer without an access point shows no user for one, and a port stands with its server.
        let with = match *name {
            "apn_user" | "apn_password" => "apn",
            "port" => "server",
            own => own,
        };
        let is = |known: &str| known == with;
        if with != *name && open.iter().any(|(name, _)| is(name)) && !given.iter().any(|(name, _)| is(name)) {
            continue;
        }
        let shows = value(answer, name, words, "That part alone. Empty where it does not show it", term)?;
        given.extend(shows.map(|value| (*name, value)));
    }
    Ok(given)
}

/// Asks for a command and for what its example's values are, until one is the other's.
fn order(question: &Question, password: Option<&str>, term: &mut Term) -> Result<Option<Order>, Failure> {
    loop {
        let take = |answer: &str| match answer {
            "" if !question.needed => Ok(None),
            answer => printed(answer).map(Some),
        };
        let Some(text) = ask(term, question.question, question.help, take)? else { return Ok(None) };
        let Some(given) = values(question, &text, term)? else { continue };
        let mut wanted: Vec<Wanted<'_>> =
            given.iter().map(|(name, value, unit)| (*name, value.as_str(), *unit)).collect();
        // Not every command of a family carries it.
        wanted.extend(password.filter(|word| text.contains(word)).map(|word| ("password", word, 1)));
        match cut(&text, &wanted) {
            Ok(pieces) => {
                let answer = if question.values.is_empty() { None } else { reply(REPLY, term)? };
                let Question { id, what, .. } = *question;
                return Ok(Some(Order { id, what, printed: text, pieces, answer }));
            }
            Err(error) => term.err(&format!("  {error}; once more")),
        }
    }
}

/// A setting, its value in the example, and the seconds of its unit.
type Given = (&'static str, String, u32);

/// Asks for the values of a command's settings; none where one that must be there is not, and the command is to be
/// written anew.
fn values(question: &Question, text: &str, term: &mut Term) -> Result<Option<Vec<Given>>, Failure> {
    let mut given = Vec::new();
    for (name, words, needed) in question.values {
        let help = if *needed {
            "That part alone, as it stands there. Empty to write the command anew"
        } else {
            "That part alone, as it stands there. Empty where there is none"
        };
        match value(text, name, words, help, term)? {
            Some(value) => {
                let unit = if *name == "interval" { unit(term)? } else { 1 };
                given.push((*name, value, unit));
            }
            None if *needed => return Ok(None),
            None => {}
        }
    }
    Ok(Some(given))
}

/// Asks which part of a printed command is a setting's value; none where it has none.
fn value(
    command: &str,
    name: &'static str,
    words: &str,
    help: &str,
    term: &mut Term,
) -> Result<Option<String>, Failure> {
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

/// An example of what comes back to a command that sets something.
const REPLY: &str = "As SERVER OK. Empty where the paper prints none: a guessed answer would be believed";

/// An example of what comes back to a question.
const ANSWER: &str =
    "As APN:internet;IP:203.0.113.5:8888;TIMER:60, all of it. Empty where the paper prints none";

fn reply(help: &str, term: &mut Term) -> Result<Option<String>, Failure> {
    ask(term, "What the tracker answers to it, as printed.", help, |answer| match answer {
        "" => Ok(None),
        answer => printed(answer).map(Some),
    })
}
