//! The lab's full record, tracker by tracker: what was handed over, what became of it, what the tracker did and is set
//! to, and what the client was told of it. It is taken from the lab and from the line, never from what the program
//! thinks of itself.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use homing::lab::Event;
use homing::sms::{Deliver, Direction, Message, Pdu, StatusReport};

use crate::fates::{Fate, fate};
use crate::world::wall_ms;

/// A message that was handed over to the network with Ctrl-Z.
#[derive(Debug, Clone)]
pub(crate) struct Try {
    pub(crate) at: Duration,
    pub(crate) text: String,
    pub(crate) modem: usize,
    /// Whether the network took it.
    pub(crate) taken: bool,
    /// What the client was told, and when.
    pub(crate) word: Option<(Duration, Fate)>,
    /// The reference that it was told with.
    pub(crate) reference: Option<u8>,
    /// When the client spoke again without having been told anything, or lost the port.
    pub(crate) gave_up: Option<Duration>,
}

/// A whole message from a tracker's number that the client was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) at: Duration,
    /// The service centre's time.
    pub(crate) sent_ms: i64,
    pub(crate) text: String,
}

/// A status report on a message to a tracker.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) at: Duration,
    pub(crate) modem: usize,
    pub(crate) reference: u8,
    pub(crate) delivered: bool,
    /// When the service centre was done with it.
    pub(crate) done_ms: i64,
}

/// All that is known of one tracker.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) tries: Vec<Try>,
    pub(crate) letters: Vec<Letter>,
    pub(crate) reports: Vec<Report>,
    /// What it is set to, in truth.
    pub(crate) settings: BTreeMap<String, String>,
}

/// A long message that is told in parts: its sender, reference and total.
type Long = (String, u16, u8);

/// What a modem and its client are saying.
#[derive(Default)]
struct Talk {
    line: Vec<u8>,
    /// The next line is a message in hexadecimal digits.
    hex: bool,
    /// The last try, by its tracker: `+CMGS` is about it.
    last: Option<(usize, usize)>,
    parts: HashMap<Long, BTreeMap<u8, (i64, String)>>,
}

pub(crate) struct Record {
    numbers: HashMap<String, usize>,
    /// Messages from nobody's number that clients were told, in parts as they came.
    pub(crate) strangers: Vec<Letter>,
    pub(crate) files: Vec<File>,
    talks: Vec<Talk>,
    /// How often each fault struck.
    pub(crate) faults: BTreeMap<&'static str, u64>,
    /// It keeps nothing, where its own growth would hide the program's.
    pub(crate) is_blind: bool,
}

impl Record {
    pub(crate) fn new(numbers: impl Iterator<Item = String>, modems: usize) -> Self {
        let numbers: HashMap<String, usize> = numbers.zip(0..).collect();
        Self {
            files: (0..numbers.len()).map(|_| File::default()).collect(),
            talks: (0..modems).map(|_| Talk::default()).collect(),
            numbers,
            strangers: Vec::new(),
            faults: BTreeMap::new(),
            is_blind: false,
        }
    }

    /// The lab's own word.
    pub(crate) fn happened(&mut self, at: Duration, event: &Event) {
        if self.is_blind {
            return;
        }
        match event {
            Event::Submit { modem: Some(modem), to, text, refused, .. } => {
                let Some(&tracker) = self.numbers.get(to) else { return };
                let tries = &mut self.files[tracker].tries;
                self.talks[*modem].last = Some((tracker, tries.len()));
                tries.push(Try {
                    at,
                    text: text.clone().unwrap_or_default(),
                    modem: *modem,
                    taken: refused.is_none(),
                    word: None,
                    reference: None,
                    gave_up: None,
                });
            }
            Event::Deliver { to, changed, .. } => {
                let Some(&tracker) = self.numbers.get(to) else { return };
                self.files[tracker].settings.extend(changed.iter().cloned());
            }
            Event::Fault { fault, .. } => *self.faults.entry(fault).or_default() += 1,
            _ => {}
        }
    }

    /// The client is about to write to a modem.
    pub(crate) fn client(&mut self, at: Duration, modem: usize, _bytes: &[u8]) {
        self.give_up(at, modem);
    }

    /// A modem's port is gone.
    pub(crate) fn gone(&mut self, at: Duration, modem: usize) {
        self.give_up(at, modem);
        let talk = &mut self.talks[modem];
        (talk.line, talk.hex) = (Vec::new(), false);
    }

    fn give_up(&mut self, at: Duration, modem: usize) {
        if let Some(last) = self.last(modem)
            && last.word.is_none()
            && last.gave_up.is_none()
        {
            last.gave_up = Some(at);
        }
    }

    fn last(&mut self, modem: usize) -> Option<&mut Try> {
        let (tracker, number) = self.talks[modem].last?;
        self.files[tracker].tries.get_mut(number)
    }

    /// A modem said something to its client.
    pub(crate) fn said(&mut self, at: Duration, modem: usize, bytes: &[u8]) {
        if self.is_blind {
            return;
        }
        for byte in bytes {
            if *byte != b'\n' {
                self.talks[modem].line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.talks[modem].line);
            self.line(at, modem, String::from_utf8_lossy(&line).trim());
        }
    }

    fn line(&mut self, at: Duration, modem: usize, line: &str) {
        if line.is_empty() {
            return;
        }
        if std::mem::take(&mut self.talks[modem].hex) {
            return self.message(at, modem, line);
        }
        let leads = ["+CMGR:", "+CMGL:", "+CMT:", "+CDS:"];
        self.talks[modem].hex = leads.iter().any(|lead| line.starts_with(lead));
        let word = if line.starts_with("+CMGS:") {
            Some(Fate::Accepted)
        } else {
            line.strip_prefix("+CMS ERROR:").and_then(|code| code.trim().parse().ok()).map(fate)
        };
        if let Some(word) = word
            && let Some(last) = self.last(modem)
            && last.word.is_none()
        {
            last.word = Some((at, word));
            last.reference = line.strip_prefix("+CMGS:").and_then(|reference| reference.trim().parse().ok());
        }
    }

    fn message(&mut self, at: Duration, modem: usize, hex: &str) {
        let Ok(decoded) = Pdu::from_hex(hex, Direction::ToMobile) else { return };
        match decoded.pdu.message {
            Message::Deliver(deliver) => self.deliver(at, modem, &deliver),
            Message::StatusReport(report) => self.report(at, modem, &report),
            Message::Submit(_) => {}
        }
    }

    fn deliver(&mut self, at: Duration, modem: usize, deliver: &Deliver) {
        let sender = deliver.originator.to_string();
        let sent_ms = deliver.service_centre_time.unix().unwrap() * 1000;
        let text = deliver.user_data.text().unwrap_or_default();
        let Some(&tracker) = self.numbers.get(&sender) else {
            return self.strangers.push(Letter { at, sent_ms, text });
        };
        let Some(part) = deliver.concatenation() else {
            return self.letter(tracker, Letter { at, sent_ms, text });
        };
        let reference = match part.reference {
            homing::sms::Reference::Bits8(reference) => u16::from(reference),
            homing::sms::Reference::Bits16(reference) => reference,
        };
        let key = (sender, reference, part.total);
        let parts = self.talks[modem].parts.entry(key.clone()).or_default();
        parts.insert(part.sequence, (sent_ms, text));
        if parts.len() == usize::from(part.total) {
            let parts = self.talks[modem].parts.remove(&key).unwrap();
            let sent_ms = parts.values().map(|(sent_ms, _)| *sent_ms).min().unwrap();
            let text = parts.into_values().map(|(_, text)| text).collect();
            self.letter(tracker, Letter { at, sent_ms, text });
        }
    }

    /// The same one that is told again is no other.
    fn letter(&mut self, tracker: usize, letter: Letter) {
        let letters = &mut self.files[tracker].letters;
        if !letters.iter().any(|known| (known.sent_ms, &known.text) == (letter.sent_ms, &letter.text)) {
            letters.push(letter);
        }
    }

    fn report(&mut self, at: Duration, modem: usize, report: &StatusReport) {
        let Some(&tracker) = self.numbers.get(&report.recipient.to_string()) else { return };
        let done_ms = report.discharge_time.unix().unwrap() * 1000;
        let delivered = report.status.is_confirmed();
        let reference = report.message_reference;
        self.files[tracker].reports.push(Report { at, modem, reference, delivered, done_ms });
    }
}

impl Try {
    /// When it was let out, by this machine's clock.
    pub(crate) fn let_out_ms(&self) -> i64 {
        wall_ms(self.at)
    }
}
