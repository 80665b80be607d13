//! A definition's text to its parts. Everything is read before anything is said, so that all problems come at once.

use std::cell::RefCell;
use std::ops::Range;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderName;
use toml::de::DeTable;

use super::definition::{
    Address, Auth, Content, Definition, ErrorForm, Example, Fields, Inbox, Kind, Rate, Request, Send, Signature,
    Source, Status, TokenStep, Variable, Webhook,
};
use super::extract::{Extract, Extracts, Test};
use super::template::{BASE, Node, Template};
use super::time::TimeForm;
use super::tree;
use crate::profile::reader::{Findings, Table};
use crate::profile::{Finding, Located};
use crate::units::{nearest, parse_duration};

/// The schema this build reads.
const SCHEMA: i64 = 1;

/// Names that have a value without being a variable.
const GIVEN: [&str; 11] =
    ["access", BASE, "from", "id", "limit", "next", "offset", "ref", "since", "text", "to"];

/// Names in `[gateway.NAME]` of the configuration that are no variables.
pub const SETTINGS: [&str; 13] = [
    "definition", "url", "from", "insecure_http", "poll", "connect_timeout", "read_timeout", "concurrency", "rate",
    "answer_within", "webhook_secret", "ca_file", "webhook",
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

    fn template(&self, table: &Table<'_>, text: &Located<String>, places: Places) -> Template {
        let template = judged(table, text, Template::parse(text)).unwrap_or_default();
        self.note(&template, &text.at, places);
        template
    }

    fn note(&self, template: &Template, at: &Range<usize>, places: Places) {
        let mut seen = self.seen.borrow_mut();
        seen.extend(template.places().map(|place| (at.clone(), place.name.clone(), places)));
    }

    fn required(&self, table: &Table<'_>, key: &'static str, places: Places) -> Template {
        let text = table.required(key);
        self.template(table, &text, places)
    }

    fn pairs(&self, table: &Table<'_>, key: &'static str, places: Places) -> Vec<(String, Template)> {
        let pairs = table.located_pairs(key);
        pairs.into_iter().map(|(name, text)| (name, self.template(table, &text, places))).collect()
    }

    fn source(&self, table: &Table<'_>) -> Vec<String> {
        let texts = texts(table, "source");
        let ids = texts.iter().map(|text| text.value.clone()).collect();
        self.sources.borrow_mut().extend(texts);
        ids
    }

    fn request(&self, table: &Table<'_>, places: Places) -> Request {
        let method = table.required("method");
        let method = match method.as_str() {
            "GET" => Method::GET,
            "PUT" => Method::PUT,
            "DELETE" => Method::DELETE,
            "POST" | "" => Method::POST,
            other => {
                let help = Some("one of: GET, POST, PUT, DELETE".to_owned());
                table.bad(method.at.clone(), format!("`method` is \"{other}\""), help);
                Method::POST
            }
        };
        let url = table.required("url");
        let beginnings = ["{base}", "https://", "http://"];
        let begins = beginnings.iter().any(|begin| url.starts_with(begin));
        if !url.is_empty() && (!begins || url.get(1..).is_some_and(|rest| rest.contains("{base}"))) {
            let message = format!("`url` is \"{}\": it begins with {{base}} or https://", url.value);
            table.bad(url.at.clone(), message, Some("{base} is the `url` of the configuration".to_owned()));
        }
        if url.contains(['?', '#']) {
            let help = Some("what stands behind the `?` goes into `query`".to_owned());
            table.bad(url.at.clone(), "`url` holds a query".to_owned(), help);
        }
        Request {
            url: self.template(table, &url, places),
            query: self.pairs(table, "query", places),
            headers: self.headers(table, places),
            body: self.content(table, &method, places),
            open: table.flag("open"),
            source: self.source(table),
            method,
        }
    }

    fn headers(&self, table: &Table<'_>, places: Places) -> Vec<(HeaderName, Template)> {
        let mut headers = Vec::new();
        for (name, text) in table.located_pairs("headers") {
            let template = self.template(table, &text, places);
            headers.extend(header(table, &name, &text.at).map(|name| (name, template)));
        }
        headers
    }

    fn content(&self, table: &Table<'_>, method: &Method, places: Places) -> Content {
        let form = self.pairs(table, "form", places);
        let json = table.find("json");
        let (has_form, has_json) = (table.has("form"), table.has("json"));
        if has_form && has_json {
            table.bad(table.span_of("form"), "a request has `json` or `form`, not both".to_owned(), None);
        }
        if (has_form || has_json) && *method == Method::GET {
            let key = if has_form { "form" } else { "json" };
            table.bad(table.span_of(key), "a GET request has no body".to_owned(), Some("use `query`".to_owned()));
        }
        let Some(json) = json else {
            return if has_form { Content::Form(form) } else { Content::None };
        };
        let mut templates = Vec::new();
        match tree::node(json, &mut templates) {
            Ok(node) => {
                templates.iter().for_each(|(template, at)| self.note(template, at, places));
                Content::Json(node)
            }
            Err((at, message)) => {
                table.bad(at, message, None);
                Content::Json(Node::Table(Vec::new()))
            }
        }
    }

    fn auth(&self, table: Table<'_>) -> Auth {
        let kind = table.required("kind");
        let auth = match kind.as_str() {
            "none" => Auth::None,
            "basic" => Auth::Basic {
                user: self.required(&table, "user", PLAIN),
                password: self.required(&table, "password", PLAIN),
            },
            "bearer" => Auth::Bearer { token: self.required(&table, "token", PLAIN) },
            "header" => {
                let name = table.required("name");
                let value = self.required(&table, "value", PLAIN);
                header(&table, &name, &name.at).map_or(Auth::None, |name| Auth::Header { name, value })
            }
            "query" => Auth::Query {
                name: table.required("name").value,
                value: self.required(&table, "value", PLAIN),
            },
            "" => Auth::None,
            other => {
                let help = Some("one of: none, basic, bearer, header, query".to_owned());
                table.bad(kind.at.clone(), format!("`kind` is \"{other}\""), help);
                Auth::None
            }
        };
        table.finish();
        auth
    }

    fn token(&self, table: Table<'_>) -> TokenStep {
        let step = TokenStep {
            request: self.request(&table, FIRST),
            at: required_extracts(&table, "at"),
            expires: extracts(&table, "expires"),
            lifetime: table.duration("lifetime").unwrap_or(Duration::from_secs(300)),
        };
        table.finish();
        step
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
        wrong.push(("two_way is false and there is [inbox] or [webhook]".to_owned(), "say two_way = true".to_owned()));
    }
    let mut sends_ref = false;
    definition.send.request.each(&mut |template| sends_ref |= template.places().any(|place| place.name == "ref"));
    if definition.idempotent && !sends_ref {
        let help = "it is, where the gateway refuses an id that it has seen: send {ref} as that id".to_owned();
        wrong.push(("idempotent is true and [send] sends no {ref}".to_owned(), help));
    }
    if !definition.send.taken.is_empty() && !definition.idempotent {
        let help = "such an answer means that this id was taken before: say idempotent = true".to_owned();
        wrong.push(("`taken` is given and idempotent is false".to_owned(), help));
    }
    wrong
}

fn schema(root: &Table<'_>) {
    match root.number("schema") {
        Some(SCHEMA) => {}
        Some(other) => {
            let help = Some(format!("this version reads schema {SCHEMA}"));
            root.bad(root.span_of("schema"), format!("`schema` is {other}"), help);
        }
        None if root.has("schema") => {}
        None => root.missing("schema"),
    }
}

/// A claim that no default may make.
fn required_flag(table: &Table<'_>, key: &'static str) -> bool {
    if !table.has(key) {
        table.missing(key);
    }
    table.flag(key)
}

fn finished<'t, T>(table: Table<'t>, read: impl FnOnce(&Table<'t>) -> T) -> T {
    let value = read(&table);
    table.finish();
    value
}

/// The value, or its fault with its place.
fn judged<T, E: ToString>(table: &Table<'_>, text: &Located<String>, value: Result<T, E>) -> Option<T> {
    value.map_err(|error| table.bad(text.at.clone(), error.to_string(), None)).ok()
}

/// Reads `30/s` or `100/60s`: so many in so much time.
///
/// # Errors
/// What is wrong with it.
pub(super) fn rate(text: &str) -> Result<Rate, String> {
    let wrong = || format!("\"{text}\" is no rate: it is so many in so much time, as 5/s or 30/30m");
    let (count, per) = text.split_once('/').ok_or_else(wrong)?;
    let count: u32 = count.trim().parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?;
    let per = if per.starts_with(|c: char| c.is_ascii_digit()) { per.to_owned() } else { format!("1{per}") };
    let per = parse_duration(&per).ok().filter(|per| !per.is_zero()).ok_or_else(wrong)?;
    Ok(Rate { count, per })
}

fn variables(root: &Table<'_>) -> Vec<Variable> {
    root.named_tables("variable").into_iter().map(|(name, table)| variable(name, table)).collect()
}

fn variable(name: Located<String>, table: Table<'_>) -> Variable {
    if GIVEN.contains(&name.as_str()) || SETTINGS.contains(&name.as_str()) {
        table.bad(name.at.clone(), format!("`{}` has a meaning of its own", name.value), None);
    }
    let (secret, optional, default) = (table.flag("secret"), table.flag("optional"), table.string("default"));
    if secret && default.is_some() {
        table.bad(table.span_of("default"), "a secret has no default".to_owned(), None);
    }
    let help = table.required("help").value;
    table.finish();
    Variable { name: name.value, help, secret, optional, default }
}

fn header(table: &Table<'_>, name: &str, at: &Range<usize>) -> Option<HeaderName> {
    let header = HeaderName::from_bytes(name.as_bytes());
    header.map_err(|_| table.bad(at.clone(), format!("\"{name}\" is no name of a header"), None)).ok()
}

/// A string or a list of strings.
fn texts(table: &Table<'_>, key: &'static str) -> Vec<Located<String>> {
    let one = table.find(key).and_then(|value| value.get_ref().as_str());
    if one.is_some() { table.text(key).into_iter().collect() } else { table.texts(key) }
}

fn extracts(table: &Table<'_>, key: &'static str) -> Extracts {
    let texts = texts(table, key);
    Extracts(texts.iter().filter_map(|text| judged(table, text, Extract::parse(text))).collect())
}

fn required_extracts(table: &Table<'_>, key: &'static str) -> Extracts {
    if !table.has(key) {
        table.missing(key);
    }
    extracts(table, key)
}

fn statuses(table: &Table<'_>, key: &'static str, usual: &[u16]) -> Vec<u16> {
    if !table.has(key) {
        return usual.to_vec();
    }
    let numbers = table.numbers(key);
    let known = |number: u32| u16::try_from(number).ok().filter(|status| (100..600).contains(status));
    if let Some(odd) = numbers.iter().find(|number| known(**number).is_none()) {
        table.bad(table.span_of(key), format!("{odd} is no HTTP status"), None);
    }
    numbers.into_iter().filter_map(known).collect()
}

fn test(table: Table<'_>) -> Test {
    let test = Test { at: required_extracts(&table, "at"), is: table.strings("is") };
    table.not_empty("is");
    table.finish();
    test
}

fn error(table: Table<'_>) -> ErrorForm {
    finished(table, |table| ErrorForm {
        code: extracts(table, "code"),
        text: extracts(table, "text"),
        temporary: table.strings("temporary"),
        unknown: table.strings("unknown"),
    })
}

/// What [inbox] and [webhook] have in common.
fn fields(table: &Table<'_>) -> Fields {
    let items = table.text("items");
    if let Some(items) = &items
        && !items.is_empty()
        && !items.starts_with('/')
    {
        table.bad(items.at.clone(), format!("\"{}\" is no JSON pointer: it begins with `/`", items.value), None);
    }
    let form = table.find("time_form").and_then(|_| table.word("time_form", &TimeForm::WORDS));
    Fields {
        items: items.map(|items| items.value),
        only: table.table("only").map(test),
        from: required_extracts(table, "from"),
        text: required_extracts(table, "text"),
        time: extracts(table, "time"),
        time_form: form.unwrap_or_default(),
        id: extracts(table, "id"),
        international: table.flag("international"),
    }
}

fn source(table: Table<'_>) -> Source {
    finished(table, |table| Source {
        id: table.required("id").value,
        title: table.required("title").value,
        url: table.required("url").value,
        date: table.string("date"),
    })
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
