//! The requests of "SMS Gateway for Android" (capcom6) in its local mode, answered from what its documentation says.
//! Of the cloud's form it knows the longer path. It sends texts only, and at once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Deserialize;
use serde_json::{Value, json};

use super::hooks::{Errand, Hooks, Wish};
use super::http::{Response, decoded, query};
use super::store::{NotTaken, Order, Store};
use super::time::parse;
use crate::lab::event::Event;
use crate::lab::exchange::Exchange;
use crate::lab::fault::FaultKind;

/// Where the cloud's form of the API begins.
const CLOUD: &str = "/3rdparty/v1";

/// Recipients of one message, and characters of an id.
const RECIPIENTS: usize = 100;
const ID: usize = 64;

/// What the gateway knows and does.
pub(super) struct Api {
    exchange: Arc<dyn Exchange>,
    // Taken in this order.
    hooks: Mutex<Hooks>,
    store: Mutex<Store>,
}

/// A message as a client gives it. What is not here makes no difference in the lab: validity and priority.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    id: Option<String>,
    text_message: Option<TextMessage>,
    /// The older form of the same.
    message: Option<String>,
    data_message: Option<Value>,
    phone_numbers: Vec<String>,
    sim_number: Option<i64>,
    with_delivery_report: Option<bool>,
    is_encrypted: Option<bool>,
    schedule_at: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct TextMessage {
    text: String,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a request hands over a message: that is where faults strike.
pub(super) fn is_message(method: &str, target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    method == "POST" && matches!(path.strip_prefix(CLOUD).unwrap_or(path), "/message" | "/messages")
}

/// Whether a request asks for a token (documentation of SMS Gateway for Android, "Authentication").
pub(super) fn is_token_request(method: &str, target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    method == "POST" && path.strip_prefix(CLOUD).unwrap_or(path) == "/auth/token"
}

impl Api {
    pub(super) fn new(exchange: Arc<dyn Exchange>) -> Self {
        let mut store = Store::default();
        // From now on letters for the gateway's number are kept for it.
        store.fetch(&*exchange);
        Self { exchange, hooks: Mutex::default(), store: Mutex::new(store) }
    }

    /// Answers a request whose sender is known.
    pub(super) fn answer(&self, method: &str, target: &str, body: &[u8]) -> Response {
        let (path, asked) = target.split_once('?').unwrap_or((target, ""));
        let path = path.strip_prefix(CLOUD).unwrap_or(path);
        let Some(asked) = query(asked) else { return Response::message(400, "Invalid query") };
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (method, parts.as_slice()) {
            ("POST", ["message" | "messages"]) => self.send(&asked, body),
            ("GET", ["message" | "messages", id]) => self.message(id),
            ("GET", ["inbox"]) => self.inbox(&asked).unwrap_or_else(|response| response),
            ("GET", ["webhooks"]) => Response::json(200, &json!(locked(&self.hooks).shown())),
            ("POST", ["webhooks"]) => self.register(body),
            ("DELETE", ["webhooks", id]) => self.unregister(id),
            ("GET", ["health"]) => Response::json(200, &json!({ "status": "pass", "checks": {} })),
            (_, ["message" | "messages" | "inbox" | "webhooks" | "health", ..]) if parts.len() < 3 => {
                Response::message(405, "Method not allowed")
            }
            _ => Response::message(404, "Not found"),
        }
    }

    fn send(&self, asked: &[(String, String)], body: &[u8]) -> Response {
        let checked = match asked.iter().find(|(name, _)| name == "skipPhoneValidation") {
            Some((_, skip)) => skip != "true",
            None => true,
        };
        let order = serde_json::from_slice(body)
            .map_err(|error| format!("Invalid request body: {error}"))
            .and_then(|given: Given| given.order(checked));
        let order = match order {
            Ok(order) => order,
            Err(why) => return Response::message(400, why),
        };
        match locked(&self.store).take(order, &*self.exchange) {
            Ok(message) => Response::json(202, &message),
            Err(NotTaken::Known) => Response::message(409, "Message with the same ID already exists"),
            Err(NotTaken::Full) => Response::message(503, "The lab's gateway remembers no more messages"),
        }
    }

    fn message(&self, id: &str) -> Response {
        let id = decoded(id).unwrap_or_default();
        match locked(&self.store).message(&id, &*self.exchange) {
            Some(message) => Response::json(200, &message),
            None => Response::message(404, "Message not found"),
        }
    }

    fn inbox(&self, asked: &[(String, String)]) -> Result<Response, Response> {
        let value =
            |name: &str| asked.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let bad = |message: &str| Response::message(400, message);
        let number = |name: &str, default: usize| value(name).and_then(|v| v.parse().ok()).unwrap_or(default);
        let limit = number("limit", 50);
        if !(1..=500).contains(&limit) {
            return Err(bad("limit must be between 1 and 500"));
        }
        let time = |name: &str, default: i64| match value(name) {
            None => Ok(default),
            Some(text) => parse(text).ok_or_else(|| bad(&format!("Invalid {name} datetime"))),
        };
        // The application ends at its own clock; here answers that follow each other at once are of later seconds.
        let (from, to) = (time("from", 0)?, time("to", i64::MAX)?);
        if from > to {
            return Err(bad("Start date cannot be after end date"));
        }
        let (total, letters) = match value("type") {
            None | Some("" | "SMS") => {
                let mut store = locked(&self.store);
                store.fetch(&*self.exchange);
                store.letters(from, to, number("offset", 0), limit)
            }
            Some("DATA_SMS" | "MMS" | "MMS_DOWNLOADED") => (0, Vec::new()),
            Some(_) => return Err(bad("Invalid type")),
        };
        Ok(Response::json(200, &Value::from(letters)).with("X-Total-Count", total.to_string()))
    }

    fn register(&self, body: &[u8]) -> Response {
        let wish: Wish = match serde_json::from_slice(body) {
            Ok(wish) => wish,
            Err(error) => return Response::message(400, format!("Invalid request body: {error}")),
        };
        let mut hooks = locked(&self.hooks);
        let last = {
            let mut store = locked(&self.store);
            store.fetch(&*self.exchange);
            store.last_letter()
        };
        match hooks.register(wish, last) {
            Ok(shown) => Response::json(201, &json!(shown)),
            Err(error) => Response::message(400, error.to_string()),
        }
    }

    fn unregister(&self, id: &str) -> Response {
        locked(&self.hooks).remove(&decoded(id).unwrap_or_default());
        Response::empty(204)
    }

    /// Tells a webhook of a letter; the status of its answer.
    fn run(&self, errand: &Errand) -> Option<u16> {
        let status = errand.run();
        let (url, letter) = (errand.url.clone(), errand.letter);
        self.exchange.log(Event::Hook { url, letter, status });
        status
    }

    /// Tells each webhook the next of what came, until the gateway ends; whether there was something to tell.
    pub(super) fn tell(&self, ends: impl Fn() -> bool) -> bool {
        let errands = {
            let hooks = locked(&self.hooks);
            if hooks.shown().is_empty() {
                return false;
            }
            let mut store = locked(&self.store);
            store.fetch(&*self.exchange);
            hooks.errands(&store, Instant::now())
        };
        let some = !errands.is_empty();
        for errand in errands {
            if ends() {
                return false;
            }
            let status = self.run(&errand);
            if self.exchange.strikes(FaultKind::GatewayDuplicateWebhook).is_some() {
                // What comes of the second time makes no difference to a gateway that does not know of it.
                self.run(&errand);
            }
            locked(&self.hooks).done(&errand, status, Instant::now());
        }
        some
    }
}

impl Given {
    /// What is to be sent, or why nothing is.
    fn order(self, checked: bool) -> Result<Order, String> {
        let text = match (self.text_message, self.message, self.data_message) {
            (Some(TextMessage { text }), None, None) | (None, Some(text), None) => text,
            (None, None, None) => return Err("Must specify exactly one of: textMessage, message".to_owned()),
            (None, None, Some(_)) => return Err("The lab carries texts only, and no dataMessage".to_owned()),
            _ => return Err("Cannot specify multiple message types simultaneously".to_owned()),
        };
        let refusal = match () {
            () if text.is_empty() => Some("Text message is empty"),
            () if self.phone_numbers.is_empty() => Some("phoneNumbers is empty"),
            () if self.phone_numbers.len() > RECIPIENTS => Some("phoneNumbers has more than 100 numbers"),
            () if self.sim_number.is_some_and(|number| number < 1) => Some("simNumber must be >= 1"),
            () if self.is_encrypted == Some(true) => Some("The lab has no key for encrypted messages"),
            () if self.schedule_at.is_some() => Some("The lab sends at once: leave scheduleAt out"),
            () if self.id.as_ref().is_some_and(|id| id.is_empty() || id.chars().count() > ID) => {
                Some("id must have 1 to 64 characters")
            }
            () => None,
        };
        if let Some(refusal) = refusal {
            return Err(refusal.to_owned());
        }
        if let Some(bad) = self.phone_numbers.iter().find(|number| checked && !is_number(number)) {
            return Err(format!("Invalid phone number: {bad}"));
        }
        let report = self.with_delivery_report.unwrap_or(true);
        Ok(Order { id: self.id, to: self.phone_numbers, text, report })
    }
}

/// Whether a text is a number of ITU-T E.164, with or without its `+`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}
