//! A definition's text to its parts. Everything is read before anything is said, so that all problems come at once.

mod parts;
mod request;
mod tree;

use std::cell::RefCell;
use std::ops::Range;
use std::time::Duration;

use reqwest::Method;
use toml::de::DeTable;

use super::definition::{
    Address, Auth, Content, Definition, ErrorForm, Example, Inbox, Kind, Request, Send, Signature, Status,
    Webhook,
};
use super::extract::Extracts;
use super::template::{BASE, Template};
use crate::profile::reader::{Findings, Table};
use crate::profile::{Finding, Located};
use crate::units::nearest;
use parts::{
    error, extracts, fields, finished, judged, required_extracts, required_flag, schema, source, statuses,
    test, variables,
};

pub(super) use parts::rate;

/// The schema this build reads.
const SCHEMA: i64 = 1;

/// Names that have a value without being a variable.
const GIVEN: [&str; 11] =
    ["access", BASE, "from", "id", "limit", "next", "offset", "ref", "since", "text", "to"];

/// Names in `[gateway.NAME]` of the configuration that are no variables.
pub const SETTINGS: [&str; 13] = [
    "definition",
    "url",
    "from",
    "insecure_http",
    "poll",
    "connect_timeout",
    "read_timeout",
    "concurrency",
    "rate",
    "answer_within",
    "webhook_secret",
    "ca_file",
    "webhook",
];

/// Places that a request's templates may have besides variables.
type Places = &'static [&'static str];

const SEND: Places = &[BASE, "to", "text", "from", "ref", "access"];
const ONE: Places = &[BASE, "id", "access"];
const LIST: Places = &[BASE, "since", "limit", "offset", "next", "from", "access"];
const PLAIN: Places = &[BASE, "access"];
const FIRST: Places = &[BASE];

/// Reads a definition.
///
/// # Errors
/// Every problem with its place in the text.
pub fn load(text: &str) -> Result<Definition, Vec<Finding>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let syntax = |error: &toml::de::Error| {
            let at = error.span().unwrap_or(0..0);
            Finding::error("syntax", at, format!("this is not TOML: {}", error.message()))
        };
        return Err(errors.iter().map(syntax).collect());
    }
    let findings = Findings::default();
    let first_line = 0..text.lines().next().map_or(0, str::len);
    let root = Table::top(root.get_ref(), "the definition", first_line.clone(), &findings);
    let reader = Reader { seen: RefCell::default(), sources: RefCell::default() };
    let definition = reader.definition(root);
    reader.check(&definition, &first_line, &findings);
    let mut all = findings.into_vec();
    all.sort_by_key(|finding| finding.at.start);
    if all.is_empty() { Ok(definition) } else { Err(all) }
}

/// What can only be judged when everything was read.
struct Reader {
    /// Every place for a value, with where it stands and what may stand there.
    seen: RefCell<Vec<(Range<usize>, String, Places)>>,
    /// Every mention of a source.
    sources: RefCell<Vec<Located<String>>>,
}

impl Reader {
    fn definition(&self, root: Table<'_>) -> Definition {
        schema(&root);
        let definition = Definition {
            id: root.required("id").value,
            name: root.required("name").value,
            two_way: required_flag(&root, "two_way"),
            idempotent: required_flag(&root, "idempotent"),
            address: root.word("to_format", &Address::WORDS).unwrap_or(Address::E164),
            max_chars: root.size("max_chars"),
            rate: root.text("rate").and_then(|text| judged(&root, &text, rate(&text))),
            concurrency: root.size("concurrency"),
            base: root.string("url"),
            variables: variables(&root),
            auth: root.table("auth").map_or(Auth::None, |table| self.auth(table)),
            token: root.table("token").map(|table| self.token(table)),
            send: self.send(&root),
            check: root.table("check").map(|table| finished(table, |table| self.request(table, PLAIN))),
            status: root.table("status").map(|table| self.status(table)),
            inbox: root.table("inbox").map(|table| self.inbox(table)),
            forget: root.table("forget").map(|table| finished(table, |table| self.request(table, ONE))),
            webhook: root.table("webhook").map(|table| self.webhook(table)),
            sources: root.tables("source").into_iter().map(source).collect(),
            examples: root.tables("example").into_iter().map(|table| self.example(table)).collect(),
        };
        root.finish();
        definition
    }

    fn send(&self, root: &Table<'_>) -> Send {
        let Some(table) = root.table("send") else {
            if !root.has("send") {
                root.missing("send");
            }
            return nothing();
        };
        let send = Send {
            request: self.request(&table, SEND),
            status: statuses(&table, "status", &[200, 201, 202]),
            accepted: table.table("accepted").map(test),
            id: extracts(&table, "id"),
            taken: statuses(&table, "taken", &[]),
            error: table.table("error").map(error).unwrap_or_default(),
        };
        table.finish();
        send
    }

    fn status(&self, table: Table<'_>) -> Status {
        let status = Status {
            request: self.request(&table, ONE),
            state: required_extracts(&table, "state"),
            delivered: table.strings("delivered"),
            failed: table.strings("failed"),
            trying: table.strings("trying"),
            every: table.duration("every").unwrap_or(Duration::from_secs(10)),
        };
        table.finish();
        status
    }

    fn inbox(&self, table: Table<'_>) -> Inbox {
        let inbox = Inbox {
            request: self.request(&table, LIST),
            fields: fields(&table),
            page: table.size("page"),
            next: extracts(&table, "next"),
            every: table.duration("every").unwrap_or(Duration::from_secs(5)),
        };
        if inbox.page == Some(0) {
            table.bad(table.span_of("page"), "`page` is 0, it must be at least 1".to_owned(), None);
        }
        table.finish();
        inbox
    }

    fn webhook(&self, table: Table<'_>) -> Webhook {
        let signature = table.table("signature").map(|table| {
            finished(table, |table| Signature {
                header: table.required("header").value,
                timestamp: table.string("timestamp"),
                key: self.required(table, "key", &[]),
            })
        });
        let webhook = Webhook { fields: fields(&table), signature, source: self.source(&table) };
        table.finish();
        webhook
    }

    fn example(&self, table: Table<'_>) -> Example {
        let status = table.number("status").unwrap_or(200);
        let example = Example {
            of: table.word("of", &Kind::WORDS).unwrap_or(Kind::Send),
            given: table.pairs("given"),
            request: table.strings("request"),
            body: table.string("body"),
            status: u16::try_from(status).unwrap_or_default(),
            answer: table.required("answer").value,
            gives: table.strings("gives"),
            source: self.source(&table),
        };
        table.finish();
        example
    }

    /// What hangs together across tables.
    fn check(&self, definition: &Definition, first_line: &Range<usize>, findings: &Findings) {
        let add = |at: &Range<usize>, message: String, help: Option<String>| {
            let finding = Finding::error("bad-value", at.clone(), message);
            findings.add(match help {
                Some(help) => finding.help(help),
                None => finding,
            });
        };
        for (at, name, places) in self.seen.borrow().iter() {
            let variables = definition.variables.iter().map(|variable| variable.name.as_str());
            let known: Vec<&str> = places.iter().copied().chain(variables).collect();
            if known.contains(&name.as_str()) {
                continue;
            }
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean {{{near}}}?"),
                None if GIVEN.contains(&name.as_str()) => "it has no value here".to_owned(),
                None => format!("it is no [variable.{name}] of this definition"),
            };
            add(at, format!("there is no value for {{{name}}} in this place"), Some(help));
        }
        for mention in self.sources.borrow().iter() {
            if !definition.sources.iter().any(|source| source.id == mention.value) {
                let message = format!("there is no [[source]] with the id \"{}\"", mention.value);
                add(&mention.at, message, None);
            }
        }
        for (message, help) in whole(definition) {
            add(first_line, message, Some(help));
        }
    }
}

/// Claims that contradict what is there.
fn whole(definition: &Definition) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let hears = definition.inbox.is_some() || definition.webhook.is_some();
    if definition.two_way && !hears {
        let help = "add [inbox] or [webhook], or say two_way = false".to_owned();
        wrong.push(("two_way is true and there is no way for an answer to come back".to_owned(), help));
    }
    if !definition.two_way && hears {
        wrong.push((
            "two_way is false and there is [inbox] or [webhook]".to_owned(),
            "say two_way = true".to_owned(),
        ));
    }
    let mut sends_ref = false;
    definition
        .send
        .request
        .each(&mut |template| sends_ref |= template.places().any(|place| place.name == "ref"));
    if definition.idempotent && !sends_ref {
        let help =
            "it is, where the gateway refuses an id that it has seen: send {ref} as that id".to_owned();
        wrong.push(("idempotent is true and [send] sends no {ref}".to_owned(), help));
    }
    if !definition.send.taken.is_empty() && !definition.idempotent {
        let help = "such an answer means that this id was taken before: say idempotent = true".to_owned();
        wrong.push(("`taken` is given and idempotent is false".to_owned(), help));
    }
    wrong
}

/// Stands in for a `[send]` that is missing, which is a finding already.
fn nothing() -> Send {
    Send {
        request: Request {
            method: Method::POST,
            url: Template::default(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Content::None,
            open: false,
            source: Vec::new(),
        },
        status: Vec::new(),
        accepted: None,
        id: Extracts::default(),
        taken: Vec::new(),
        error: ErrorForm::default(),
    }
}
