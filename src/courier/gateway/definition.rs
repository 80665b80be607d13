//! A gateway as data: the requests it takes, and where its answers hold what. `profiles/gateways/README.md` tells what
//! each key means to a person. Values only: nothing here opens a file or a connection.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderName;

use super::extract::{Extracts, Test};
use super::template::{Node, Template};
use super::time::TimeForm;
use crate::engine::Recipient;

/// A gateway's definition, read.
#[derive(Debug, Clone)]
pub struct Definition {
    /// What people write in their configuration, and the file's name.
    pub id: String,
    /// What people call it.
    pub name: String,
    pub(super) two_way: bool,
    pub(super) idempotent: bool,
    pub(super) address: Address,
    pub(super) max_chars: Option<usize>,
    pub(super) rate: Option<Rate>,
    pub(super) concurrency: Option<usize>,
    /// Where it is, when the configuration does not say.
    pub(super) base: Option<String>,
    pub(super) variables: Vec<Variable>,
    pub(super) auth: Auth,
    pub(super) token: Option<TokenStep>,
    pub(super) send: Send,
    pub(super) check: Option<Request>,
    pub(super) status: Option<Status>,
    pub(super) inbox: Option<Inbox>,
    pub(super) forget: Option<Request>,
    pub(super) webhook: Option<Webhook>,
    /// What its facts rest on.
    pub sources: Vec<Source>,
    /// Requests and answers of its documents, which a test replays.
    pub examples: Vec<Example>,
}

impl Definition {
    /// The names of the values that each user gives.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|variable| variable.name.as_str())
    }

    /// Whether it asks for such a value.
    #[must_use]
    pub fn has_variable(&self, name: &str) -> bool {
        self.variables().any(|variable| variable == name)
    }

    /// Whether that value may be shown to nobody.
    #[must_use]
    pub fn is_secret(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.name == name && variable.secret)
    }

    /// The names of the variables that prove who asks, as `user and password`; empty where nothing does.
    pub(super) fn credentials(&self) -> String {
        let mut used = Vec::new();
        let mut see = |template: &Template| used.extend(template.places().map(|place| place.name.clone()));
        self.auth.each(&mut see);
        if let Some(token) = &self.token {
            token.request.each(&mut see);
            token.auth.iter().for_each(|auth| auth.each(&mut see));
        }
        used.retain(|name| self.has_variable(name));
        used.dedup();
        used.join(" and ")
    }

    /// What each of its requests rests on: the name of its table, and ids of sources.
    #[must_use]
    pub fn claims(&self) -> Vec<(&'static str, &[String])> {
        let requests = [
            ("send", Some(&self.send.request)),
            ("token", self.token.as_ref().map(|token| &token.request)),
            ("check", self.check.as_ref()),
            ("status", self.status.as_ref().map(|status| &status.request)),
            ("inbox", self.inbox.as_ref().map(|inbox| &inbox.request)),
            ("forget", self.forget.as_ref()),
        ];
        let requests = requests.into_iter().filter_map(|(name, request)| Some((name, &request?.source[..])));
        let examples = self.examples.iter().map(|example| ("example", &example.source[..]));
        requests
            .chain(self.webhook.iter().map(|hook| ("webhook", &hook.source[..])))
            .chain(examples)
            .collect()
    }
}

/// By which of a tracker's numbers and ids it is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    /// `+573001234567`.
    E164,
    /// `573001234567`.
    Digits,
    /// The number of the SIM card.
    Iccid,
    /// The gateway's own id of the SIM card.
    SimId,
}

impl Address {
    pub(super) const WORDS: [(&'static str, Self); 4] =
        [("e164", Self::E164), ("digits", Self::Digits), ("iccid", Self::Iccid), ("sim_id", Self::SimId)];

    /// A recipient as the gateway wants it; none when it does not have what is needed.
    pub(super) fn of(self, to: &Recipient) -> Option<String> {
        match self {
            Self::E164 => to.phone.map(|phone| phone.as_str().to_owned()),
            Self::Digits => to.phone.map(|phone| phone.digits().to_owned()),
            Self::Iccid => to.iccid.as_ref().map(|iccid| iccid.as_str().to_owned()),
            Self::SimId => to.sim_id.clone(),
        }
    }

    /// What a recipient must have.
    pub(super) fn needed(self) -> Needed {
        match self {
            Self::E164 | Self::Digits => Needed { what: "number", column: "phone" },
            Self::Iccid => Needed { what: "SIM card's number (ICCID)", column: "iccid" },
            Self::SimId => Needed { what: "SIM id at the gateway", column: "sim_id" },
        }
    }
}

/// What a courier reaches a tracker by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// For people, behind "the tracker's".
    pub what: &'static str,
    /// Its column in a CSV; its flag has hyphens in place of underscores.
    pub column: &'static str,
}

impl Needed {
    /// Its flag, as `--sim-id`.
    #[must_use]
    pub fn flag(&self) -> String {
        format!("--{}", self.column.replace('_', "-"))
    }
}

/// So many messages in so much time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rate {
    /// At least 1.
    pub(super) count: u32,
    /// More than nothing.
    pub(super) per: Duration,
}

/// A value that each user gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) help: String,
    pub(super) secret: bool,
    pub(super) optional: bool,
    pub(super) default: Option<String>,
}

/// What proves to the gateway who asks.
#[derive(Debug, Clone)]
pub(super) enum Auth {
    None,
    Basic { user: Template, password: Template },
    Bearer { token: Template },
    Header { name: HeaderName, value: Template },
    Query { name: String, value: Template },
}

/// A request whose answer holds the `{access}` of the others.
#[derive(Debug, Clone)]
pub(super) struct TokenStep {
    pub(super) request: Request,
    /// What proves who asks for it, in place of that of the other requests.
    pub(super) auth: Option<Auth>,
    pub(super) at: Extracts,
    /// Seconds that it is good for, where the answer says so.
    pub(super) expires: Extracts,
    /// The same where it does not.
    pub(super) lifetime: Duration,
}

/// One request.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) url: Template,
    pub(super) query: Vec<(String, Template)>,
    pub(super) headers: Vec<(HeaderName, Template)>,
    pub(super) body: Content,
    /// It goes without `[auth]`.
    pub(super) open: bool,
    pub(super) source: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    None,
    Json(Node),
    Form(Vec<(String, Template)>),
}

/// The request that hands over a message, and how its answer is judged.
#[derive(Debug, Clone)]
pub(super) struct Send {
    pub(super) request: Request,
    /// HTTP statuses of an answer that may mean it was taken.
    pub(super) status: Vec<u16>,
    /// What such an answer must hold.
    pub(super) accepted: Option<Test>,
    pub(super) id: Extracts,
    /// HTTP statuses that say that a message with this id was taken before.
    pub(super) taken: Vec<u16>,
    pub(super) error: ErrorForm,
}

/// Where an answer says what is wrong.
#[derive(Debug, Clone, Default)]
pub(super) struct ErrorForm {
    pub(super) code: Extracts,
    pub(super) text: Extracts,
    /// Codes that pass.
    pub(super) temporary: Vec<String>,
    /// Codes after which nobody knows whether the message went out.
    pub(super) unknown: Vec<String>,
}

/// The request for what became of a message.
#[derive(Debug, Clone)]
pub(super) struct Status {
    pub(super) request: Request,
    pub(super) state: Extracts,
    pub(super) delivered: Vec<String>,
    pub(super) failed: Vec<String>,
    pub(super) trying: Vec<String>,
    pub(super) every: Duration,
}

/// Where a list of received messages holds what.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// Where the list is; none when there is one message only.
    pub(super) items: Option<String>,
    /// Which of its entries are received short messages.
    pub(super) only: Option<Test>,
    pub(super) from: Extracts,
    pub(super) text: Extracts,
    pub(super) time: Extracts,
    pub(super) time_form: TimeForm,
    pub(super) id: Extracts,
    /// Digits without a plus are a number with its country.
    pub(super) international: bool,
}

/// The request for received messages.
#[derive(Debug, Clone)]
pub(super) struct Inbox {
    pub(super) request: Request,
    pub(super) fields: Fields,
    /// How many messages come at once, for `{limit}` and `{offset}`.
    pub(super) page: Option<usize>,
    /// Where the answer says how the next page is asked for: a URL, or the value of `{next}`.
    pub(super) next: Extracts,
    pub(super) every: Duration,
}

/// What the gateway calls when a message was received.
#[derive(Debug, Clone)]
pub(super) struct Webhook {
    pub(super) fields: Fields,
    pub(super) signature: Option<Signature>,
    pub(super) source: Vec<String>,
}

/// HMAC-SHA256 in hexadecimal over the body and, after it, the text of another header.
#[derive(Debug, Clone)]
pub(super) struct Signature {
    pub(super) header: String,
    pub(super) timestamp: Option<String>,
    pub(super) key: Template,
}

/// What facts rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the tables of the definition call it.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// The day, where it has one.
    pub date: Option<String>,
}

/// A request and its answer, to be replayed.
#[derive(Debug, Clone)]
pub struct Example {
    /// Which request it is of.
    pub of: Kind,
    /// Values of places: variables, and `to`, `text`, `from`, `ref`, `id`.
    pub given: Vec<(String, String)>,
    /// `POST /path?query`, and lines of headers that must be there.
    pub request: Vec<String>,
    /// Its body; JSON is compared as such.
    pub body: Option<String>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The answer's body, or what a webhook is called with.
    pub answer: String,
    /// What comes of it: `accepted REFERENCE`, `rejected CODE`, `temporary CODE`, `not sent CODE`, `unknown CODE`;
    /// `delivered`, `failed`, `trying`, `unclear`; or `FROM: TEXT` of each message.
    pub gives: Vec<String>,
    /// Ids of sources.
    pub source: Vec<String>,
}

/// Which request an example is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one that hands over a message.
    Send,
    /// The one for what became of it.
    Status,
    /// The one for received messages.
    Inbox,
    /// What the gateway calls.
    Webhook,
}

impl Kind {
    pub(super) const WORDS: [(&'static str, Self); 4] =
        [("send", Self::Send), ("status", Self::Status), ("inbox", Self::Inbox), ("webhook", Self::Webhook)];
}

impl Request {
    /// Calls `see` with every template of it.
    pub(super) fn each(&self, see: &mut dyn FnMut(&Template)) {
        see(&self.url);
        self.query.iter().for_each(|(_, template)| see(template));
        self.headers.iter().for_each(|(_, template)| see(template));
        match &self.body {
            Content::None => {}
            Content::Json(node) => node.each(see),
            Content::Form(fields) => fields.iter().for_each(|(_, template)| see(template)),
        }
    }
}

impl Auth {
    /// Calls `see` with every template of it.
    fn each(&self, see: &mut dyn FnMut(&Template)) {
        match self {
            Self::None => {}
            Self::Basic { user, password } => {
                see(user);
                see(password);
            }
            Self::Bearer { token } => see(token),
            Self::Header { value, .. } | Self::Query { value, .. } => see(value),
        }
    }
}
