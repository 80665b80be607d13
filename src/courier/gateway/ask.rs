//! What a gateway is asked besides handing over messages: what was received, whether it answers, what became of a
//! message. It asks once and reads the answer; when to ask, and what is new, is the courier's to know.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::extract::Body;
use super::inbox::{Letter, fetch};
use super::setup::Setup;
use super::wire::{Trouble, Wire};
use crate::engine::{Capacity, Fate};

/// What was received, where the gateway is asked for it; else whether it answers.
pub(super) async fn look(wire: &Wire, since_ms: i64) -> Result<Vec<Letter>, Trouble> {
    let definition = &wire.setup.definition;
    if wire.setup.webhook.is_none()
        && let Some(inbox) = &definition.inbox
    {
        return fetch(wire, inbox, since_ms).await;
    }
    if let Some(check) = &definition.check {
        let result = wire.ask(check, wire.setup.values.clone()).await;
        wire.good(result, "the request that checks the credentials")?;
    }
    Ok(Vec::new())
}

/// What the gateway says became of a message; none when it does not say.
pub(super) async fn fate(wire: &Wire, reference: &str) -> Option<Fate> {
    let status = wire.setup.definition.status.as_ref()?;
    let values = wire.setup.values.clone().with("id", reference);
    let reply = wire.ask(&status.request, values).await.ok()?;
    if !(200..300).contains(&reply.status) || !reply.whole {
        return None;
    }
    status.fate(&Body::read(&reply.body))
}

pub(super) fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The time between two looks for messages, where messages are looked for.
pub(super) fn polls(setup: &Setup) -> Option<Duration> {
    let inbox = setup.definition.inbox.as_ref().filter(|_| setup.webhook.is_none())?;
    Some(setup.poll.unwrap_or(inbox.every))
}

/// What a gateway is and how it is to be used.
pub(super) fn capacity(setup: &Setup) -> Capacity {
    let mut warnings = Vec::new();
    if polls(setup).is_none() && setup.definition.check.is_none() {
        warnings.push("whether it takes the credentials is seen with the first message only".to_owned());
    }
    Capacity {
        name: format!("{} at {}", setup.definition.name, setup.origin()),
        number: setup.number.clone(),
        warnings,
        answer_within: setup.answer_within,
        two_way: setup.hears(),
        ..Capacity::default()
    }
}
