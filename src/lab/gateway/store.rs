//! What a gateway remembers: the messages that it was given, and the letters that came for its number.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::NUMBER;
use super::time::now_ms;
use crate::lab::exchange::{Exchange, Fate, Letter, Refused};
use crate::lab::log::rfc_3339;

/// Messages that it remembers; it takes no more than that.
const MESSAGES: usize = 1 << 18;

/// How far a message came, in the words of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Pending,
    Processed,
    Sent,
    Delivered,
    Failed,
}

/// A message with the network's ids of its copies.
#[derive(Debug)]
struct Message {
    recipients: Vec<(String, Result<u64, Refused>)>,
    /// Whether delivery was asked for.
    report: bool,
    /// When it was first seen in each state.
    seen: Vec<(State, i64)>,
}

/// What is to be sent.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) id: Option<String>,
    pub(super) to: Vec<String>,
    pub(super) text: String,
    pub(super) report: bool,
}

/// Why a message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// There is one with its id.
    Known,
    /// There are too many.
    Full,
}

/// What a gateway remembers.
#[derive(Debug, Default)]
pub(super) struct Store {
    messages: HashMap<String, Message>,
    made: u64,
    /// In the order of their times.
    letters: Vec<Letter>,
    last_letter: u64,
}

impl Store {
    /// Takes a message and hands it over; its form in JSON.
    pub(super) fn take(&mut self, order: Order, exchange: &dyn Exchange) -> Result<Value, NotTaken> {
        if self.messages.len() >= MESSAGES {
            return Err(NotTaken::Full);
        }
        let id = match order.id {
            Some(id) if self.messages.contains_key(&id) => return Err(NotTaken::Known),
            Some(id) => id,
            None => self.new_id(),
        };
        // What the application answers is made before it sends anything.
        let pending = vec![(State::Pending, now_ms())];
        let waiting: Vec<_> = order.to.iter().map(|to| (to.as_str(), State::Pending, None)).collect();
        let answer = shown(&id, State::Pending, &waiting, &pending);
        let sent = order.to.iter().map(|to| (to.clone(), exchange.submit(NUMBER, to, &order.text)));
        let message = Message { recipients: sent.collect(), report: order.report, seen: pending };
        self.messages.insert(id, message);
        Ok(answer)
    }

    /// A message in JSON, as it stands now; none when there is no such id.
    pub(super) fn message(&mut self, id: &str, exchange: &dyn Exchange) -> Option<Value> {
        let message = self.messages.get_mut(id)?;
        let recipients: Vec<(&str, State, Option<String>)> = message
            .recipients
            .iter()
            .map(|(to, sent)| {
                let (state, error) = state(*sent, message.report, exchange);
                (to.as_str(), state, error)
            })
            .collect();
        let whole = overall(&recipients);
        // On its way to where it is now it was in every state before that.
        let passed = [State::Processed, State::Sent].into_iter().filter(|state| is_before(*state, whole));
        for state in passed.chain([whole]) {
            if message.seen.iter().all(|(seen, _)| *seen != state) {
                message.seen.push((state, now_ms()));
            }
        }
        Some(shown(id, whole, &recipients, &message.seen))
    }

    /// Fetches what came since.
    pub(super) fn fetch(&mut self, exchange: &dyn Exchange) {
        loop {
            let new = exchange.inbox(NUMBER, self.last_letter);
            let Some(last) = new.last() else { return };
            self.last_letter = last.number;
            for letter in new {
                let at = self.letters.partition_point(|known| known.sent_ms <= letter.sent_ms);
                self.letters.insert(at, letter);
            }
        }
    }

    /// The letters between two times, the newest first, and how many there are.
    pub(super) fn letters(&self, from: i64, to: i64, skip: usize, limit: usize) -> (usize, Vec<Value>) {
        let begin = self.letters.partition_point(|letter| letter.sent_ms < from);
        let end = self.letters.partition_point(|letter| letter.sent_ms <= to);
        let found = self.letters.get(begin..end).unwrap_or_default();
        (found.len(), found.iter().rev().skip(skip).take(limit).map(listed).collect())
    }

    /// The number of the letter that came last; 0 when there is none.
    pub(super) fn last_letter(&self) -> u64 {
        self.last_letter
    }

    /// The first letter behind the one of this number.
    pub(super) fn letter_after(&self, number: u64) -> Option<&Letter> {
        self.letters.iter().filter(|letter| letter.number > number).min_by_key(|letter| letter.number)
    }

    fn new_id(&mut self) -> String {
        loop {
            self.made += 1;
            let id = format!("lab-{:017}", self.made);
            if !self.messages.contains_key(&id) {
                return id;
            }
        }
    }
}

/// How far one copy came, and why not further.
fn state(sent: Result<u64, Refused>, report: bool, exchange: &dyn Exchange) -> (State, Option<String>) {
    match sent.map(|id| exchange.fate(id)) {
        Err(refused) => (State::Failed, Some(refused.to_string())),
        Ok(None) => (State::Pending, None),
        Ok(Some(Fate::Delivered)) if report => (State::Delivered, None),
        Ok(Some(Fate::Undeliverable)) if report => (State::Failed, Some("nobody has this number".to_owned())),
        // Without a report nobody tells what became of it.
        Ok(Some(_)) => (State::Sent, None),
    }
}

/// The state of the whole (documentation of SMS Gateway for Android, "Status Tracking", multiple recipients).
fn overall(recipients: &[(&str, State, Option<String>)]) -> State {
    let any = |state| recipients.iter().any(|(_, found, _)| *found == state);
    let all = |state| recipients.iter().all(|(_, found, _)| *found == state);
    match () {
        () if any(State::Pending) => State::Pending,
        () if any(State::Processed) => State::Processed,
        () if all(State::Delivered) => State::Delivered,
        () if all(State::Failed) => State::Failed,
        () => State::Sent,
    }
}

fn is_before(state: State, whole: State) -> bool {
    match whole {
        State::Pending => false,
        State::Processed | State::Failed => state == State::Pending,
        State::Sent => state != State::Sent,
        State::Delivered => true,
    }
}

fn shown(
    id: &str,
    state: State,
    recipients: &[(&str, State, Option<String>)],
    seen: &[(State, i64)],
) -> Value {
    let recipients: Vec<Value> = recipients
        .iter()
        .map(|(to, state, error)| json!({ "phoneNumber": to, "state": format!("{state:?}"), "error": error }))
        .collect();
    let states: serde_json::Map<String, Value> =
        seen.iter().map(|(state, at)| (format!("{state:?}"), Value::from(rfc_3339(*at)))).collect();
    json!({
        "id": id,
        "deviceId": super::DEVICE,
        "state": format!("{state:?}"),
        "recipients": recipients,
        "isHashed": false,
        "isEncrypted": false,
        "states": states,
    })
}

/// A letter in the inbox. Its time is the service centre's, as on a phone.
fn listed(letter: &Letter) -> Value {
    json!({
        "id": letter_id(letter),
        "type": "SMS",
        "sender": letter.from,
        "recipient": letter.to,
        "simNumber": 1,
        "contentPreview": letter.text,
        "createdAt": rfc_3339(letter.sent_ms),
        "attachments": [],
    })
}

/// The id of a letter. The application makes it of the text and the time, so that it is not always unique; here it is.
pub(super) fn letter_id(letter: &Letter) -> String {
    format!("text:{}", letter.number)
}
