//! What a definition says of its gateway, for people: whom it addresses how, what must be given, what is asked of it.

use super::definition::{Address, Definition, Request};

/// A definition in words and values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How a recipient is addressed: `number`, `number without +`, `ICCID` or `its own id`.
    pub recipients: &'static str,
    /// How answers of trackers come back: `by asking`, `by a webhook`, both, or none when they do not.
    pub answers: Option<&'static str>,
    /// It tells when a message was delivered to the SIM card.
    pub tells_delivery: bool,
    /// It promises to take a message with the same name of ours once.
    pub idempotent: bool,
    /// The longest message, in characters.
    pub max_chars: Option<usize>,
    /// Where it is, when the configuration does not say.
    pub url: Option<String>,
    /// What the user gives.
    pub variables: Vec<Given>,
    /// Its requests: what for, and method and path with their places.
    pub requests: Vec<(&'static str, String)>,
    /// Whether something can be asked that proves the credentials and sends nothing.
    pub can_be_tested: bool,
}

/// A value that the user gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its key in the configuration.
    pub name: String,
    /// What it is.
    pub help: String,
    /// Nobody may see it.
    pub secret: bool,
    /// It need not be given.
    pub optional: bool,
}

impl Definition {
    /// What it says, for people.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let line = |request: &Request| format!("{} {}", request.method, request.url.shown());
        let requests = [
            ("token", self.token.as_ref().map(|token| &token.request)),
            ("send", Some(&self.send.request)),
            ("check", self.check.as_ref()),
            ("status", self.status.as_ref().map(|status| &status.request)),
            ("inbox", self.inbox.as_ref().map(|inbox| &inbox.request)),
            ("forget", self.forget.as_ref()),
        ];
        Facts {
            recipients: match self.address {
                Address::E164 => "number",
                Address::Digits => "number without +",
                Address::Iccid => "ICCID",
                Address::SimId => "its own id (sim_id)",
            },
            answers: match (self.inbox.is_some(), self.webhook.is_some()) {
                _ if !self.two_way => None,
                (true, true) => Some("by asking, or by a webhook"),
                (true, false) => Some("by asking"),
                (false, true) => Some("by a webhook"),
                (false, false) => None,
            },
            tells_delivery: self.status.is_some(),
            idempotent: self.idempotent,
            max_chars: self.max_chars,
            url: self.base.clone(),
            variables: self
                .variables
                .iter()
                .map(|variable| Given {
                    name: variable.name.clone(),
                    help: variable.help.clone(),
                    secret: variable.secret,
                    optional: variable.optional || variable.default.is_some(),
                })
                .collect(),
            requests: requests
                .into_iter()
                .filter_map(|(name, request)| Some((name, line(request?))))
                .collect(),
            // The inbox is asked with the same credentials.
            can_be_tested: self.check.is_some() || self.inbox.is_some(),
        }
    }
}
