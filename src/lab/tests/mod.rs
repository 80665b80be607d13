//! The lab from outside: bytes and times in, bytes and events out.

mod carrying;
mod dialogue;
mod faults;
#[cfg(unix)]
mod gateway;
#[cfg(unix)]
mod ports;
mod random;
mod rates;
mod storage;

use std::time::Duration;

use super::event::{Event, Now};
use super::network::{ECHO, Network, Output, Setup};
use crate::sms::{Address, Pdu, Reference, Submit, split};

/// A network with one modem, its client, and a clock.
pub(super) struct Bench {
    pub(super) network: Network,
    pub(super) events: Vec<Event>,
    pub(super) closed: bool,
    now: Now,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self::with(&[])
    }

    /// With these faults, and with the echo of commands switched off.
    pub(super) fn with(faults: &[&str]) -> Self {
        let faults = faults.iter().map(|fault| fault.parse().unwrap()).collect();
        let network = Network::new(Setup { modems: 1, faults, ..Setup::default() }).unwrap();
        // 1 August 2026, 12:34:56 UTC.
        let now = Now { tick: Duration::ZERO, wall_ms: 1_785_587_696_000 };
        let mut bench = Self { network, events: Vec::new(), closed: false, now };
        bench.say("ATE0\r");
        bench
    }

    /// What the modem says to these bytes.
    pub(super) fn say(&mut self, text: impl AsRef<[u8]>) -> String {
        let mut out = Vec::new();
        self.network.hear(0, text.as_ref(), self.now, &mut out);
        self.take(out)
    }

    /// What the modem says to a command line, its line ends as spaces.
    pub(super) fn ask(&mut self, line: &str) -> String {
        let said = self.say(format!("{line}\r"));
        said.split("\r\n").filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What the modem says while time passes.
    pub(super) fn wait(&mut self, time: Duration) -> String {
        self.now.tick += time;
        self.now.wall_ms += i64::try_from(time.as_millis()).unwrap();
        let mut out = Vec::new();
        self.network.timer(self.now, &mut out);
        self.take(out)
    }

    /// The client goes away.
    pub(super) fn leave(&mut self) -> String {
        let mut out = Vec::new();
        self.network.hang_up(0, self.now, &mut out);
        self.take(out)
    }

    /// Sends a text in PDU mode, in as many messages as it takes; what the modem says behind the last Ctrl-Z.
    pub(super) fn send(&mut self, to: &str, text: &str) -> String {
        self.send_as(to, text, false)
    }

    /// The same, with a status report where that is wanted.
    pub(super) fn send_as(&mut self, to: &str, text: &str, report: bool) -> String {
        let parts = split(text, Reference::Bits8(7)).unwrap();
        let mut submit = Submit::new(Address::e164(to).unwrap(), parts.parts[0].clone());
        submit.status_report_request = report;
        let mut said = String::new();
        for submit in parts.submits(&submit) {
            let at = Pdu::from(submit).to_at().unwrap();
            assert_eq!(self.say(format!("AT+CMGS={}\r", at.length)), "\r\n> ");
            said = self.say(format!("{}\u{1a}", at.hex));
        }
        said
    }

    /// Sends to the echo.
    pub(super) fn echo(&mut self, text: &str) -> String {
        self.send(ECHO, text)
    }

    pub(super) fn gateway(&mut self, from: &str, to: &str, text: &str) -> u64 {
        let mut out = Vec::new();
        let id = self.network.submit(from, to, text, self.now, &mut out).unwrap();
        self.take(out);
        id
    }

    /// How many messages were handed over and taken.
    pub(super) fn submissions(&self) -> usize {
        let taken = |event: &&Event| matches!(event, Event::Submit { refused: None, .. });
        self.events.iter().filter(taken).count()
    }

    fn take(&mut self, out: Vec<Output>) -> String {
        let mut said = Vec::new();
        for output in out {
            match output {
                Output::Write { bytes, .. } => said.extend(bytes),
                Output::Hangup { .. } => self.closed = true,
                Output::Return { .. } => self.closed = false,
                Output::Log(event) => self.events.push(event),
                Output::Call(_) => {}
            }
        }
        String::from_utf8(said).unwrap()
    }
}
