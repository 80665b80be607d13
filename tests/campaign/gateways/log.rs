//! The lab's log of a gateway, tracker by tracker: which messages were tried, what each request was answered, what the
//! network took, and what trackers did and said.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use homing::lab::FAULTS;
use serde_json::Value;

use super::run::READ;
use crate::fates::Fate;
use crate::record::{File, Letter, Try};
use crate::world::wall_ms;

/// A log in memory.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Memory {
    pub(super) fn events(&self) -> Vec<Value> {
        let text = self.0.lock().unwrap().clone();
        let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
    }
}

/// What is known of a run.
#[derive(Default)]
pub(super) struct Known {
    numbers: HashMap<String, usize>,
    pub(super) files: Vec<File>,
    pub(super) faults: BTreeMap<&'static str, u64>,
    /// Messages that the network took, and requests that say so.
    pub(super) submits: usize,
    /// What the network took and no request was answered for yet: when, to whom, and the text or its first part.
    handed: Vec<(Duration, String, String)>,
    pub(super) taken: usize,
    /// Calls of a webhook by their status; 0 where there was no answer.
    pub(super) hooks: BTreeMap<u64, u64>,
    /// Whether a redirect was followed.
    pub(super) followed: bool,
    /// Where the try with a reference is.
    tries: HashMap<String, (usize, Duration)>,
    /// Parts of long answers, by their sender.
    parts: HashMap<String, BTreeMap<u64, String>>,
}

impl Known {
    pub(super) fn read(numbers: impl Iterator<Item = String>, events: &[Value]) -> Self {
        let numbers: HashMap<String, usize> = numbers.zip(0..).collect();
        let files = (0..numbers.len()).map(|_| File::default()).collect();
        let mut known = Self { numbers, files, ..Self::default() };
        for event in events {
            known.happened(Duration::from_secs_f64(event["t"].as_f64().unwrap()), event);
        }
        known
    }

    fn happened(&mut self, at: Duration, event: &Value) {
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        match event["kind"].as_str().unwrap() {
            "submit" => {
                let first = event["part"]["part"].as_u64().is_none_or(|part| part == 1);
                if first && event["refused"].is_null() {
                    self.submits += 1;
                    self.handed.push((at, text("to"), text("text")));
                }
            }
            "request" => self.request(at, event),
            "deliver" => {
                let Some(&tracker) = self.numbers.get(&text("to")) else { return };
                let changed = event["changed"].as_array().unwrap().iter();
                let pair = |at: usize, pair: &Value| pair[at].as_str().unwrap().to_owned();
                self.files[tracker].settings.extend(changed.map(|one| (pair(0, one), pair(1, one))));
            }
            "inbound" => self.inbound(at, &text("from"), event),
            "fault" => {
                let name = text("fault");
                let name = FAULTS.iter().find(|entry| entry.name == name).unwrap().name;
                *self.faults.entry(name).or_default() += 1;
            }
            "hook" => *self.hooks.entry(event["status"].as_u64().unwrap_or(0)).or_default() += 1,
            _ => {}
        }
    }

    fn request(&mut self, at: Duration, event: &Value) {
        let url = reqwest::Url::parse(&format!("http://lab{}", event["target"].as_str().unwrap())).unwrap();
        let status = event["status"].as_u64();
        match (event["method"].as_str().unwrap(), url.path().strip_prefix("/message")) {
            ("POST", Some("")) => self.tried(at, &url, status, event),
            ("GET", Some(id)) if status == Some(200) => {
                // The gateway has it, and says so.
                let Some((tracker, began)) = self.tries.get(id.trim_start_matches('/')).copied() else {
                    return;
                };
                let tries = &mut self.files[tracker].tries;
                let one = tries.iter_mut().find(|one| one.at == began).unwrap();
                if one.gave_up.is_some_and(|gave_up| gave_up < at) && one.word.is_none() {
                    one.word = Some((at, Fate::Accepted));
                }
            }
            _ => self.followed |= url.path().starts_with("/elsewhere"),
        }
    }

    /// A message was handed over. What its answer means is the table of the facts on gateways: 429 and 401 say that it
    /// was not taken, a redirect that it never will be; whoever fails or falls silent may have it.
    fn tried(&mut self, at: Duration, url: &reqwest::Url, status: Option<u64>, event: &Value) {
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        let tracker = self.numbers[&asked["to"]];
        let took = Duration::from_millis(event["took_ms"].as_u64().unwrap());
        // It may be in the log a moment after it was answered; what the network took of it is there at once.
        let is_its = |(_, to, text): &(Duration, String, String)| {
            *to == asked["to"] && asked["text"].starts_with(text)
        };
        let struck =
            |name: &str| event["faults"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        let taken = status == Some(202) || struck("gateway-503") || struck("gateway-cut-after-body");
        let began = at.saturating_sub(took);
        let its = self.handed.iter().enumerate().filter(|(_, one)| taken && is_its(one));
        let nearest = its.min_by_key(|(_, one)| one.0.abs_diff(began)).map(|(place, _)| place);
        let handed = nearest.map(|place| self.handed.remove(place).0);
        // Milliseconds are cut off.
        let began = handed.unwrap_or(began).min(began).saturating_sub(Duration::from_millis(1));
        let late = began + READ < at;
        self.taken += usize::from(taken);
        let (word, gave_up) = match status {
            _ if late => (None, Some(began + READ)),
            Some(202) if struck("gateway-bad-json") => (None, Some(at)),
            Some(202) => (Some((at, Fate::Accepted)), None),
            Some(429) => (Some((at, Fate::Temporary)), None),
            Some(307) => (Some((at, Fate::Refused)), None),
            // The same message comes again with another token.
            Some(401) => return,
            _ => (None, Some(at)),
        };
        let one =
            Try { at: began, text: asked["text"].clone(), modem: 0, taken, word, reference: None, gave_up };
        let tries = &mut self.files[tracker].tries;
        // They are in the log when they end, and may end in another order.
        let place = tries.partition_point(|other| other.at <= began);
        tries.insert(place, one);
        self.tries.insert(asked["ref"].clone(), (tracker, began));
    }

    fn inbound(&mut self, at: Duration, from: &str, event: &Value) {
        let Some(&tracker) = self.numbers.get(from) else { return };
        let text = event["text"].as_str().unwrap_or_default().to_owned();
        let text = match (event["part"]["part"].as_u64(), event["part"]["total"].as_u64()) {
            (Some(part), Some(total)) => {
                let parts = self.parts.entry(from.to_owned()).or_default();
                parts.insert(part, text);
                if (parts.len() as u64) < total {
                    return;
                }
                self.parts.remove(from).unwrap().into_values().collect()
            }
            _ => text,
        };
        self.files[tracker].letters.push(Letter { at, sent_ms: wall_ms(at), text });
    }
}
