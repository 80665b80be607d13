//! The trackers behind the numbers, and the echo: they put long texts together, hear them and answer. A tracker costs
//! next to nothing until somebody writes to it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::lab::uplink::Call;
use crate::lab::virtual_tracker::{Behaviour, VirtualTracker, Whim};
use crate::profile::Profile;
use crate::sms::{Deliver, Joined, Joiner, Part};
use crate::tracker::Tracker;

/// Unfinished long texts that one recipient keeps.
const UNFINISHED: usize = 16;

/// A tracker of the lab.
#[derive(Debug, Clone)]
pub struct Subscriber {
    /// Its identity, its number, and what it is set to when it gets its commands.
    pub tracker: Tracker,
    /// What it obeys.
    pub profile: Arc<Profile>,
    /// How it behaves.
    pub behaviour: Behaviour,
    /// What it obeys instead, when it is of another dialect.
    pub other: Option<Arc<Profile>>,
}

/// What a recipient made of a message.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Heard {
    pub(super) text: Option<String>,
    pub(super) answer: Option<String>,
    pub(super) changed: Vec<(String, String)>,
    pub(super) note: String,
    /// What it reports, now that it is set otherwise.
    pub(super) call: Option<Call>,
}

/// All trackers.
#[derive(Default)]
pub(super) struct Mobiles {
    subscribers: Vec<Subscriber>,
    /// Those that somebody wrote to.
    awake: HashMap<u32, Mobile>,
    echo: Option<Joiner>,
}

struct Mobile {
    joiner: Joiner,
    tracker: Result<VirtualTracker, String>,
}

impl Mobiles {
    pub(super) fn new(subscribers: Vec<Subscriber>) -> Self {
        Self { subscribers, awake: HashMap::new(), echo: None }
    }

    /// Wakes every tracker, so that what they keep is there from the start.
    pub(super) fn rouse(&mut self) {
        for (at, subscriber) in (0_u32..).zip(&self.subscribers) {
            self.awake.entry(at).or_insert_with(|| wake(subscriber));
        }
    }

    /// A tracker's number, or what it is known by when it has none.
    pub(super) fn number(&self, at: u32) -> Option<&str> {
        let tracker = &self.subscribers.get(at as usize)?.tracker;
        Some(tracker.phone.as_ref().map_or_else(|| tracker.label(), |phone| phone.as_str()))
    }

    /// A message reaches a tracker. None while parts are missing.
    pub(super) fn hear(
        &mut self,
        at: u32,
        deliver: &Deliver,
        now: Duration,
        whim: &mut dyn FnMut() -> Whim,
    ) -> Option<Heard> {
        let subscriber = self.subscribers.get(at as usize)?;
        let mobile = self.awake.entry(at).or_insert_with(|| wake(subscriber));
        let text = joined(&mut mobile.joiner, deliver, now)?;
        let Some(text) = text else {
            return Some(Heard { note: "this is no text".to_owned(), ..Heard::default() });
        };
        Some(match &mut mobile.tracker {
            Ok(tracker) => {
                let hearing = tracker.hear_with(&deliver.originator.to_string(), &text, whim());
                let (answer, changed, note) = (hearing.answer, hearing.changed, hearing.note);
                let reports = hearing.set && subscriber.behaviour != Behaviour::Offline;
                let call =
                    reports.then(|| Call::of(tracker, &subscriber.tracker, &subscriber.profile)).flatten();
                Heard { text: Some(text), answer, changed, note, call }
            }
            Err(why) => Heard { text: Some(text), note: why.clone(), ..Heard::default() },
        })
    }

    /// A message reaches the echo.
    pub(super) fn echo(&mut self, deliver: &Deliver, now: Duration) -> Option<Heard> {
        let joiner = self.echo.get_or_insert_with(Joiner::default);
        let text = joined(joiner, deliver, now)?;
        Some(Heard { answer: text.clone(), text, note: "echo".to_owned(), ..Heard::default() })
    }
}

fn wake(subscriber: &Subscriber) -> Mobile {
    let Subscriber { tracker, profile, behaviour, other } = subscriber;
    let tracker = VirtualTracker::new(Arc::clone(profile), tracker, *behaviour, other.clone());
    Mobile { joiner: Joiner::new(UNFINISHED), tracker: tracker.map_err(|error| error.to_string()) }
}

/// The text that is whole with this message, or that it is no text; none while parts are missing.
pub(super) fn joined(joiner: &mut Joiner, deliver: &Deliver, now: Duration) -> Option<Option<String>> {
    let Some(part) = Part::of(deliver) else { return Some(deliver.user_data.text()) };
    match joiner.accept(part, now).joined {
        Joined::Whole(gathered) => Some(gathered.text()),
        Joined::Waiting { .. } | Joined::Duplicate => None,
    }
}
