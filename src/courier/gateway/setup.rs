//! A gateway as one user has it: its definition, where it is, who asks, and how much it is asked.
//! It only gathers and checks; nothing is connected to before the courier is opened.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::definition::{Auth, Definition, Needed, Rate};
use super::facts::Facts;
use super::fault::SetupError;
use super::hidden::Hidden;
use super::place::{Reach, reach};
use super::template::{BASE, Values};
use crate::engine::Recipient;
use crate::secret::Secret;
use reqwest::{Certificate, Url};

/// What a user gives for a gateway. The values of its variables print as a mask.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Where it is, as `https://sms.example.net/api`; none for the definition's own.
    pub url: Option<String>,
    /// The number or name that messages come from.
    pub from: Option<String>,
    /// The definition's variables by name: user, password, token and others.
    pub values: BTreeMap<String, Secret>,
    /// Plain HTTP to an address of a private network is accepted.
    pub insecure_http: bool,
    /// The time between two looks for messages; none for the definition's own.
    pub poll: Option<Duration>,
    /// The longest time until a connection stands; none for 10 seconds.
    pub connect: Option<Duration>,
    /// The longest silence of the gateway while it answers; none for 30 seconds.
    pub read: Option<Duration>,
    /// How many messages are handed over at the same time; none for the definition's own, else 32.
    pub concurrency: Option<usize>,
    /// How many in how much time, as `5/s`; none for the definition's own, else as fast as it goes.
    pub rate: Option<String>,
    /// How long a tracker's answer may take, where the gateway knows better than the profile: rehearsals do.
    pub answer_within: Option<Duration>,
    /// The last part of the path that a webhook is called at.
    pub webhook_secret: Option<Secret>,
}

/// A gateway that can be opened. It prints no secret.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Its name in the configuration.
    pub(super) name: String,
    pub(super) definition: Arc<Definition>,
    pub(super) base: Url,
    /// The definition's variables with their values, `from` and `base`.
    pub(super) values: Values,
    pub(super) number: Option<String>,
    pub(super) reach: Reach,
    pub(super) poll: Option<Duration>,
    pub(super) connect: Duration,
    pub(super) read: Duration,
    pub(super) concurrency: usize,
    pub(super) rate: Option<Rate>,
    pub(super) answer_within: Option<Duration>,
    pub(super) roots: Vec<Certificate>,
    pub(super) webhook: Option<SocketAddr>,
    pub(super) webhook_secret: Option<Secret>,
    /// How long it may take until all of a webhook's call is there, its head included.
    pub(super) read_within: Duration,
    /// How long a webhook's call may wait until what it told is kept.
    pub(super) kept_within: Duration,
    /// Texts that no sentence may hold.
    pub(super) hidden: Hidden,
}

const CONNECT: Duration = Duration::from_secs(10);
const READ: Duration = Duration::from_secs(30);
const CONCURRENCY: usize = 32;
/// A call is a few hundred octets, and whoever takes longer may call again.
const CALL: Duration = Duration::from_secs(10);
/// Gateways that say how long a webhook may take say 15 seconds and more; a batch keeps a message within one.
const KEPT: Duration = Duration::from_secs(10);

impl Setup {
    /// What its definition says.
    #[must_use]
    pub fn facts(&self) -> Facts {
        self.definition.facts()
    }

    /// Whether answers of trackers can come back: it is asked for them, or calls where they are listened for.
    #[must_use]
    pub fn hears(&self) -> bool {
        let definition = &self.definition;
        definition.two_way && (definition.inbox.is_some() || self.webhook.is_some())
    }

    /// What it reaches a tracker by and this one does not have.
    #[must_use]
    pub fn lacks(&self, to: &Recipient) -> Option<Needed> {
        let address = self.definition.address;
        address.of(to).is_none().then(|| address.needed())
    }

    /// Puts a definition and what the user gives for it together.
    ///
    /// # Errors
    /// Something is missing, unknown or cannot be used as it is.
    pub fn new(name: &str, definition: Definition, given: Given) -> Result<Self, SetupError> {
        let gateway = name.to_owned();
        let bad = |why: String| SetupError::Bad { gateway: name.to_owned(), why };
        let url = given
            .url
            .as_ref()
            .or(definition.base.as_ref())
            .ok_or_else(|| SetupError::NoUrl(gateway.clone()))?;
        let base = base(name, url)?;
        let reach = reach(&base, given.insecure_http).map_err(|(host, private)| SetupError::Plain {
            gateway,
            host,
            private,
        })?;
        let values = values(name, &definition, &given)?;
        let hidden = Hidden::new(secrets(&definition, &values, &given));
        let values = values.with(BASE, base.as_str());
        let rate = given.rate.as_deref().map(super::load::rate).transpose().map_err(bad)?;
        let concurrency = given.concurrency.or(definition.concurrency).unwrap_or(CONCURRENCY);
        if concurrency == 0 {
            return Err(bad("`concurrency` is 0, it must be at least 1".to_owned()));
        }
        Ok(Self {
            name: name.to_owned(),
            base,
            values,
            number: given.from,
            reach,
            poll: given.poll,
            connect: given.connect.unwrap_or(CONNECT),
            read: given.read.unwrap_or(READ),
            concurrency,
            rate: rate.or(definition.rate),
            answer_within: given.answer_within,
            roots: Vec::new(),
            webhook: None,
            webhook_secret: given.webhook_secret,
            read_within: CALL,
            kept_within: KEPT,
            hidden,
            definition: Arc::new(definition),
        })
    }

    /// Trusts the certificates of a PEM file beside the system's.
    ///
    /// # Errors
    /// The file cannot be read or holds none.
    pub fn trust(&mut self, path: &Path) -> Result<(), SetupError> {
        let wrong = |why: String| SetupError::Certificates { path: path.display().to_string(), why };
        let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let roots =
            Certificate::from_pem_bundle(&pem).map_err(|error| wrong(error.without_url().to_string()))?;
        if roots.is_empty() {
            return Err(wrong("there is none in it".to_owned()));
        }
        self.roots.extend(roots);
        Ok(())
    }

    /// Takes received messages at an address of this machine instead of asking for them.
    ///
    /// # Errors
    /// The definition knows no webhook, or nothing would tell the gateway from others who can reach the address.
    pub fn webhook(&mut self, address: SocketAddr) -> Result<(), SetupError> {
        let Some(webhook) = &self.definition.webhook else {
            let definition = self.definition.id.clone();
            return Err(SetupError::NoWebhook { gateway: self.name.clone(), definition });
        };
        let signed =
            webhook.signature.as_ref().is_some_and(|signature| signature.key.fill(&self.values).is_some());
        if !signed && self.webhook_secret.is_none() && !address.ip().is_loopback() {
            return Err(SetupError::OpenWebhook { address });
        }
        self.webhook = Some(address);
        Ok(())
    }

    /// Where it is, without anything secret: `https://sms.example.net:8443`.
    pub(super) fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }
}

/// The URL that requests begin with.
fn base(gateway: &str, url: &str) -> Result<Url, SetupError> {
    let bad = |why: &str| SetupError::BadUrl { gateway: gateway.to_owned(), why: why.to_owned() };
    let base = Url::parse(url).map_err(|error| bad(&error.to_string()))?;
    if !matches!(base.scheme(), "http" | "https") || !base.has_host() {
        return Err(bad("it does not begin with https:// and a host"));
    }
    if !base.username().is_empty() || base.password().is_some() {
        return Err(bad("it holds a user or a password, which have settings of their own"));
    }
    if base.query().is_some() || base.fragment().is_some() {
        return Err(bad("it holds a `?` or a `#`"));
    }
    Ok(base)
}

/// The values of the definition's variables.
fn values(gateway: &str, definition: &Definition, given: &Given) -> Result<Values, SetupError> {
    let known = |name: &str| definition.variables.iter().any(|variable| variable.name == name);
    if let Some(name) = given.values.keys().find(|name| !known(name)) {
        return Err(SetupError::Unknown {
            gateway: gateway.to_owned(),
            definition: definition.id.clone(),
            name: name.clone(),
            known: definition.variables.iter().map(|variable| variable.name.clone()).collect(),
        });
    }
    let mut values = given.values.clone();
    for variable in &definition.variables {
        if values.contains_key(&variable.name) {
            continue;
        }
        if let Some(default) = &variable.default {
            values.insert(variable.name.clone(), Secret::new(default.clone()));
        } else if !variable.optional {
            return Err(SetupError::Missing {
                gateway: gateway.to_owned(),
                name: variable.name.clone(),
                help: variable.help.clone(),
            });
        }
    }
    if let Some(from) = &given.from {
        values.insert("from".to_owned(), Secret::new(from.clone()));
    }
    let control = values.iter().find(|(_, value)| value.expose().chars().any(char::is_control));
    match control {
        Some((name, _)) => Err(SetupError::Control { gateway: gateway.to_owned(), name: name.clone() }),
        None => Ok(Values::new(values)),
    }
}

/// What must not be repeated: every secret, and user and password as Basic sends them.
fn secrets(definition: &Definition, values: &Values, given: &Given) -> Vec<String> {
    let named = definition.variables.iter().filter(|variable| variable.secret);
    let mut texts: Vec<String> =
        named.filter_map(|variable| values.get(&variable.name)).map(str::to_owned).collect();
    texts.extend(given.webhook_secret.iter().map(|secret| secret.expose().to_owned()));
    let token = definition.token.as_ref().and_then(|token| token.auth.as_ref());
    for auth in [Some(&definition.auth), token].into_iter().flatten() {
        if let Auth::Basic { user, password } = auth
            && let (Some(user), Some(password)) = (user.fill(values), password.fill(values))
        {
            texts.push(super::call::basic(&user, &password));
        }
    }
    texts
}
