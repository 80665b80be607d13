//! What happens in the lab, as values: the log writes them down and tests read them.
//! Times are given beside them, not in them.

use serde::Serialize;
use std::time::Duration;

use crate::sms::{Header, Submit, UserData};

/// A moment: since the lab began, and by the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Since the lab began.
    pub tick: Duration,
    /// Milliseconds since 1970 in UTC.
    pub wall_ms: i64,
}

/// Which part of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PartOf {
    /// From 1.
    pub part: u8,
    /// How many there are.
    pub total: u8,
}

/// Something that happened. In JSON, `kind` names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The lab is there: the first line of a log.
    Began {
        /// The form of the log.
        schema: &'static str,
        /// What decides about faults that do not strike always.
        seed: u64,
        /// How many trackers there are.
        trackers: usize,
        /// The faults, as they were written.
        faults: Vec<String>,
    },
    /// A modem is there.
    Open {
        /// Which, from 0.
        modem: usize,
        /// Its port.
        port: String,
        /// Its number.
        number: String,
    },
    /// The gateway is there.
    Listening {
        /// Where: its address and port.
        gateway: String,
        /// Its number.
        number: String,
    },
    /// The gateway was asked something.
    Request {
        /// The method.
        method: String,
        /// The path with its query.
        target: String,
        /// The status of its answer; none when the connection was cut.
        status: Option<u16>,
        /// Milliseconds from when its header had come until its answer was ready.
        took_ms: u64,
        /// The faults that struck it, by name.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        faults: Vec<&'static str>,
    },
    /// The gateway told a webhook of a message.
    Hook {
        /// Where.
        url: String,
        /// The number of the letter.
        letter: u64,
        /// The status of the answer; none when there was none.
        status: Option<u16>,
    },
    /// A line came from the client. Only in a verbose log.
    At {
        /// Which modem.
        modem: usize,
        /// The line behind `AT`.
        line: String,
    },
    /// What was written to the client. Only in a verbose log.
    Said {
        /// Which modem.
        modem: usize,
        /// The text, with its line ends.
        text: String,
    },
    /// The client took back what it had begun to send.
    Cancelled {
        /// Which modem.
        modem: usize,
        /// Octets of data that had come.
        octets: usize,
    },
    /// A message was handed over with Ctrl-Z, or by a gateway.
    Submit {
        /// The sender's number.
        from: String,
        /// Which modem; none for a gateway.
        modem: Option<usize>,
        /// The recipient as it was written.
        to: String,
        /// Its text, or the text of this part; none when it is no text.
        text: Option<String>,
        /// Its TPDU in hexadecimal digits, the reference set to 00.
        pdu: String,
        /// The message reference; none when it was not taken.
        reference: Option<u8>,
        /// Which part it is of a long message.
        part: Option<PartOf>,
        /// Whether a status report is wanted.
        report: bool,
        /// Why it was refused: the number of `+CMS ERROR`.
        refused: Option<u16>,
    },
    /// A whole text reached a tracker or the echo.
    Deliver {
        /// The tracker's number.
        to: String,
        /// Who sent it.
        from: String,
        /// The text; none when it was no text.
        text: Option<String>,
        /// What the tracker made of it.
        note: String,
        /// What changed in the tracker; secrets are not masked.
        changed: Vec<(String, String)>,
    },
    /// A tracker answered.
    Answer {
        /// The tracker's number.
        from: String,
        /// For whom.
        to: String,
        /// The text.
        text: String,
        /// In how many messages.
        parts: usize,
    },
    /// A tracker wanted to report, as it had just been set.
    Report {
        /// Who it says it is.
        id: String,
        /// The protocol.
        protocol: &'static str,
        /// By what.
        transport: &'static str,
        /// The server that it was given.
        to: String,
        /// What became of it.
        note: String,
    },
    /// A message reached a modem or a gateway.
    Inbound {
        /// The recipient's number.
        to: String,
        /// Which modem; none for a gateway.
        modem: Option<usize>,
        /// Who sent it.
        from: String,
        /// The text, or the text of this part.
        text: Option<String>,
        /// Which part it is of a long message.
        part: Option<PartOf>,
        /// What became of it.
        how: Arrived,
    },
    /// A status report reached a modem or a gateway.
    StatusReport {
        /// The recipient's number.
        to: String,
        /// Which modem; none for a gateway.
        modem: Option<usize>,
        /// The message that it is about.
        reference: u8,
        /// Whom that message was for.
        about: String,
        /// TP-ST.
        status: u8,
        /// What became of it.
        how: Arrived,
    },
    /// A modem's store gave up messages.
    Deleted {
        /// Which modem.
        modem: usize,
        /// The store.
        store: &'static str,
        /// The places.
        places: Vec<usize>,
    },
    /// A fault struck.
    Fault {
        /// Its name.
        fault: &'static str,
        /// Which modem, where it was one.
        modem: Option<usize>,
    },
    /// A port is gone.
    Closed {
        /// Which modem.
        modem: usize,
    },
}

/// What became of something that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrived {
    /// In the modem's store.
    Stored,
    /// Shown at once.
    Shown,
    /// There was no room: the network keeps it.
    Kept,
    /// Nobody wanted it.
    Dropped,
    /// A gateway has it.
    Taken,
}

impl PartOf {
    /// The part that user data are; none when they are a whole message.
    #[must_use]
    pub fn of(user_data: &UserData) -> Option<Self> {
        let concatenation = user_data.header.as_ref().and_then(Header::concatenation)?;
        Some(Self { part: concatenation.sequence, total: concatenation.total })
    }
}

/// That a message was handed over: with its reference, or with the number of `+CMS ERROR` that it was refused with.
#[must_use]
pub(super) fn submitted(from: &str, modem: Option<usize>, submit: &Submit, result: Result<u8, u16>) -> Event {
    let mut same = submit.clone();
    same.message_reference = 0;
    let pdu = same.tpdu().unwrap_or_default();
    Event::Submit {
        from: from.to_owned(),
        modem,
        to: submit.destination.to_string(),
        text: submit.user_data.text(),
        pdu: pdu.iter().map(|octet| format!("{octet:02X}")).collect(),
        reference: result.ok(),
        part: PartOf::of(&submit.user_data),
        report: submit.status_report_request,
        refused: result.err(),
    }
}
