//! Webhooks: letters are told to a loopback address, in their order, until it says that it has them.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::{Store, letter_id};
use crate::lab::exchange::Letter;
use crate::lab::log::rfc_3339;

/// The only event of a message that came.
pub(super) const RECEIVED: &str = "sms:received";

/// Webhooks there may be at once.
const MOST: usize = 64;

/// How long a webhook may take, and what it may answer at most.
const PATIENCE: Duration = Duration::from_secs(2);
const ANSWER: usize = 4096;

/// How long after a failure it is told again, doubled each time, and how often. The application waits ten seconds and
/// goes on for two days; a rehearsal is shorter.
const PAUSE: Duration = Duration::from_secs(1);
const AGAIN: u32 = 4;

/// What a client registers.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Wish {
    id: Option<String>,
    url: String,
    event: String,
}

/// A webhook as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    id: String,
    url: String,
    event: String,
    #[serde(rename = "deviceId")]
    device: Option<String>,
}

/// Why a webhook is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum HookError {
    #[error("event must be sms:received: the lab knows no other")]
    Event,
    #[error("url must begin with http:// and a loopback address: the lab never leaves this machine")]
    Url,
    #[error("there are too many webhooks: delete one first")]
    Many,
}

#[derive(Debug, Clone)]
struct Hook {
    shown: Shown,
    target: Target,
    /// The letter that it was told of last.
    after: u64,
    failures: u32,
    not_before: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    address: SocketAddr,
    host: String,
    path: String,
}

/// All webhooks.
#[derive(Debug, Default)]
pub(super) struct Hooks {
    hooks: Vec<Hook>,
    made: u64,
}

/// A letter that is to be told to a webhook.
#[derive(Debug)]
pub(super) struct Errand {
    id: String,
    pub(super) url: String,
    pub(super) letter: u64,
    target: Target,
    body: String,
}

impl Hooks {
    /// Registers a webhook for what comes from now on; one with the same id is replaced.
    pub(super) fn register(&mut self, wish: Wish, last_letter: u64) -> Result<Shown, HookError> {
        let Wish { id, url, event } = wish;
        if event != RECEIVED {
            return Err(HookError::Event);
        }
        let target = Target::parse(&url).ok_or(HookError::Url)?;
        let id = id.unwrap_or_else(|| {
            self.made += 1;
            format!("lab-webhook-{}", self.made)
        });
        self.remove(&id);
        if self.hooks.len() >= MOST {
            return Err(HookError::Many);
        }
        let shown = Shown { id, url, event, device: None };
        let hook = Hook { shown: shown.clone(), target, after: last_letter, failures: 0, not_before: None };
        self.hooks.push(hook);
        Ok(shown)
    }

    /// Forgets a webhook.
    pub(super) fn remove(&mut self, id: &str) {
        self.hooks.retain(|hook| hook.shown.id != id);
    }

    /// All of them.
    pub(super) fn shown(&self) -> Vec<&Shown> {
        self.hooks.iter().map(|hook| &hook.shown).collect()
    }

    /// What is to be told to whom now.
    pub(super) fn errands(&self, store: &Store, now: Instant) -> Vec<Errand> {
        let ready = self.hooks.iter().filter(|hook| hook.not_before.is_none_or(|at| at <= now));
        let errand = |hook: &Hook| {
            let letter = store.letter_after(hook.after)?;
            Some(Errand {
                id: hook.shown.id.clone(),
                url: hook.shown.url.clone(),
                letter: letter.number,
                target: hook.target.clone(),
                body: payload(&hook.shown.id, letter),
            })
        };
        ready.filter_map(errand).collect()
    }

    /// An errand is done, or failed: it is tried again a few times.
    pub(super) fn done(&mut self, errand: &Errand, status: Option<u16>, now: Instant) {
        let Some(hook) = self.hooks.iter_mut().find(|hook| hook.shown.id == errand.id) else { return };
        let taken = status.is_some_and(|status| (200..300).contains(&status));
        if taken || hook.failures >= AGAIN {
            (hook.after, hook.failures, hook.not_before) = (errand.letter, 0, None);
        } else {
            hook.not_before = now.checked_add(PAUSE * 2_u32.pow(hook.failures));
            hook.failures += 1;
        }
    }
}

fn payload(webhook: &str, letter: &Letter) -> String {
    let id = letter_id(letter);
    let payload = json!({
        "messageId": id,
        "message": letter.text,
        "sender": letter.from,
        "phoneNumber": letter.from,
        "recipient": letter.to,
        "simNumber": 1,
        "receivedAt": rfc_3339(letter.sent_ms),
    });
    let id = format!("{webhook}-{id}");
    json!({ "deviceId": super::DEVICE, "event": RECEIVED, "id": id, "webhookId": webhook, "payload": payload })
        .to_string()
}

impl Target {
    /// Reads an address of loopback; `localhost` is one without asking anybody.
    fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("http://")?;
        let good = |c: char| c.is_ascii_graphic() && c != '#';
        let (host, path) = rest.find(['/', '?']).map_or((rest, ""), |at| rest.split_at(at));
        let address = match host.strip_prefix("localhost") {
            Some("") => Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 80))),
            Some(port) => {
                let port = port.strip_prefix(':')?.parse().ok()?;
                Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            }
            None => host.parse().ok().or_else(|| {
                let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
                Some(SocketAddr::new(bare.parse::<IpAddr>().ok()?, 80))
            }),
        };
        let address = address.filter(|address| address.ip().is_loopback())?;
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        path.chars().all(good).then(|| Self { address, host: host.to_owned(), path })
    }
}

impl Errand {
    /// Tells it; the status of the answer, none when there was none.
    pub(super) fn run(&self) -> Option<u16> {
        self.tell().ok().flatten()
    }

    fn tell(&self) -> io::Result<Option<u16>> {
        let Target { address, host, path } = &self.target;
        let mut stream = TcpStream::connect_timeout(address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{}",
            self.body.len(),
            self.body
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        let mut chunk = [0; 512];
        while !answer.contains(&b'\n') && answer.len() < ANSWER {
            let count = stream.read(&mut chunk)?;
            if count == 0 {
                return Ok(None);
            }
            answer.extend(chunk.iter().take(count));
        }
        let line = String::from_utf8_lossy(&answer);
        Ok(line.strip_prefix("HTTP/1.").and_then(|line| line.split(' ').nth(1)?.trim().parse().ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_loopback_are_called() {
        for (url, address, path) in [
            ("http://127.0.0.1:8080/hook?key=1", "127.0.0.1:8080", "/hook?key=1"),
            ("http://127.9.9.9", "127.9.9.9:80", "/"),
            ("http://localhost:1?x", "127.0.0.1:1", "/?x"),
            ("http://[::1]:9/", "[::1]:9", "/"),
        ] {
            let target = Target::parse(url).unwrap();
            assert_eq!((target.address.to_string().as_str(), target.path.as_str()), (address, path), "{url}");
        }
        for url in [
            "https://127.0.0.1/",
            "http://192.0.2.1/",
            "http://example.com/",
            "http://localhost.example.com/",
            "http://127.0.0.1@example.com/",
            "http://127.0.0.1:99999/",
            "http://127.0.0.1/a b",
            "http://127.0.0.1/\r\nHost: x",
            "",
        ] {
            assert_eq!(Target::parse(url), None, "{url}");
        }
    }
}
