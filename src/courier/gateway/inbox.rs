//! Received messages: asking for them page by page, and reading them out of what a gateway sends.
//! It reads only; which of them are new is decided by the courier.

use reqwest::Url;
use serde_json::Value;

use super::definition::{Fields, Inbox};
use super::extract::Body;
use super::wire::{Trouble, Wire};
use crate::engine::{Cause, Sender};

/// Pages that are read at most: more were not received in the time that is looked back.
const PAGES: usize = 20;

/// One received message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Letter {
    /// The gateway's own name for it.
    pub(super) id: Option<String>,
    pub(super) sender: Sender,
    pub(super) text: String,
    /// When the gateway got it, in milliseconds since 1970.
    pub(super) time_ms: Option<i64>,
}

impl Fields {
    /// The messages in an answer or a webhook's call; none where it is about something else.
    pub(super) fn letters(&self, body: &Body) -> Option<Vec<Letter>> {
        let parts: Vec<Body> = match &self.items {
            Some(items) => body.at(items)?.as_array()?.iter().map(Body::part).collect(),
            None => vec![body.clone()],
        };
        Some(parts.iter().filter_map(|part| self.letter(part)).collect())
    }

    fn letter(&self, part: &Body) -> Option<Letter> {
        if self.only.as_ref().is_some_and(|only| !only.holds(part)) {
            return None;
        }
        let time = self.time.of(part);
        Some(Letter {
            id: self.id.of(part),
            sender: self.sender(&self.from.of(part)?),
            text: self.text.of(part)?,
            time_ms: time.and_then(|time| self.time_form.read(&time)),
        })
    }

    /// A sender as the network wrote it: digits are a number, anything else a name.
    fn sender(&self, text: &str) -> Sender {
        let plain: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match plain.strip_prefix('+') {
            Some(digits) if is_number(digits) => Sender::International(digits.to_owned()),
            None if is_number(&plain) && self.international => Sender::International(plain),
            None if is_number(&plain) => Sender::National(plain),
            _ => Sender::Name(text.to_owned()),
        }
    }

    fn raw_count(&self, body: &Body) -> usize {
        let items = self.items.as_ref().and_then(|items| body.at(items)).and_then(Value::as_array);
        items.map_or(0, Vec::len)
    }
}

/// Asks for what was received since a time, in milliseconds since 1970.
///
/// # Errors
/// When a page did not come, or is none.
pub(super) async fn fetch(wire: &Wire, inbox: &Inbox, since_ms: i64) -> Result<Vec<Letter>, Trouble> {
    let mut letters = Vec::new();
    let (mut offset, mut next) = (0, None::<String>);
    for _ in 0..PAGES {
        let mut values = wire.setup.values.clone();
        values = values.with("since", inbox.fields.time_form.write(since_ms));
        if let Some(page) = inbox.page {
            values = values.with("limit", page.to_string()).with("offset", offset.to_string());
        }
        let url = match &next {
            Some(next) if is_url(next) => Some(near(wire, next)?),
            Some(next) => {
                values = values.with("next", next.clone());
                None
            }
            None => None,
        };
        let result = wire.ask_at(&inbox.request, values, url.as_ref()).await;
        let body = wire.good(result, "the request for received messages")?;
        let Some(page) = inbox.fields.letters(&body) else {
            let origin = wire.setup.origin();
            let cause = Cause::new(format!("{origin} sent no list of received messages"));
            return Err(Trouble {
                cause: cause.hint("check `url` and the definition's [inbox]"),
                last: false,
            });
        };
        letters.extend(page);
        let count = inbox.fields.raw_count(&body);
        offset += count;
        next = inbox.next.of(&body).filter(|next| !next.is_empty());
        let full = inbox.page.is_some_and(|page| count >= page) && inbox.next.is_none() && has_offset(inbox);
        if next.is_none() && !full {
            break;
        }
    }
    Ok(letters)
}

fn has_offset(inbox: &Inbox) -> bool {
    let mut has = false;
    inbox.request.each(&mut |template| has |= template.places().any(|place| place.name == "offset"));
    has
}

fn is_url(next: &str) -> bool {
    next.starts_with('/') || next.starts_with("http://") || next.starts_with("https://")
}

/// The next page's URL, if it is at the same gateway: credentials go nowhere else.
fn near(wire: &Wire, next: &str) -> Result<Url, Trouble> {
    let base = &wire.setup.base;
    let url = base.join(next).ok().filter(|url| url.origin() == base.origin());
    url.ok_or_else(|| {
        let origin = wire.setup.origin();
        Trouble { cause: Cause::new(format!("{origin} names another place for the next page")), last: false }
    })
}
