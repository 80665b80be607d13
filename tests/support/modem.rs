//! A scripted modem on a pseudo-terminal, with a tracker of the numeric dialect behind it. Its PDUs are read and
//! written by hand from TS 23.040 and TS 23.038, so that a mistake of the codec is not theirs too.

#![allow(dead_code, reason = "each test binary uses another part of this")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::support::device::Brain;
use crate::support::numeric::NumericDevice;
use crate::support::pty::DevicePort;

/// The tracker's number, of a range that is set aside for stories (Ofcom).
pub(crate) const TRACKER: &str = "+447700900123";

/// What it does with the first message; all others are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    /// It is taken, and the tracker gets it.
    Taken,
    /// The modem says nothing to it, and never a word again.
    SilentForGood,
    /// The modem says nothing to it; asked with `AT` it tells that it was taken, and the tracker gets it.
    SilentUntilAsked,
    /// The modem says nothing to it; asked with `AT` it answers, and has a status report for it.
    OnlyReported,
}

/// Who a message seems to be from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sender {
    /// A number as `+447700900123`, or of the same country without `+`.
    Number(&'static str),
    /// A name in place of a number.
    Name(&'static str),
}

/// A message that comes in.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) from: Sender,
    pub(crate) text: String,
    /// Seconds that the service centre got it earlier than it came.
    pub(crate) age: i64,
}

impl Letter {
    /// Just now, from the tracker's number.
    pub(crate) fn of_tracker(text: &str) -> Letter {
        Letter { from: Sender::Number(TRACKER), text: text.to_owned(), age: 0 }
    }
}

/// What comes in for a text that the tracker got: from the text and the tracker's own answer.
pub(crate) type Post = fn(&str, Option<String>) -> Vec<Letter>;

/// Only what the tracker says.
pub(crate) fn honest(_: &str, answer: Option<String>) -> Vec<Letter> {
    answer.iter().map(|text| Letter::of_tracker(text)).collect()
}

#[derive(Default)]
struct Shared {
    /// PDUs that came with Ctrl-Z, as texts.
    texts: Mutex<Vec<String>>,
    /// Bytes 0x1A that came in all.
    ends: AtomicUsize,
    received: AtomicUsize,
    stop: AtomicBool,
}

/// A modem that is plugged in until it is dropped.
pub(crate) struct Modem {
    path: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Modem {
    pub(crate) fn plug(first: First, post: Post) -> Modem {
        let port = DevicePort::open();
        let path = port.path().to_owned();
        let shared = Arc::new(Shared::default());
        let mut served = Served {
            port,
            first,
            post,
            tracker: NumericDevice::new(),
            store: BTreeMap::new(),
            line: Vec::new(),
            at_prompt: false,
            mute: Mute::No,
            second: 0,
            waiting: None,
            shared: Arc::clone(&shared),
        };
        let thread = thread::spawn(move || served.serve());
        Modem { path, shared, thread: Some(thread) }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Texts that were handed over with Ctrl-Z.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.shared.texts.lock().unwrap().clone()
    }

    /// How often 0x1A came.
    pub(crate) fn ends(&self) -> usize {
        self.shared.ends.load(Ordering::SeqCst)
    }

    /// How many bytes were ever written to it.
    pub(crate) fn bytes_received(&self) -> usize {
        self.shared.received.load(Ordering::SeqCst)
    }
}

impl Drop for Modem {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mute {
    No,
    UntilAsked,
    ForGood,
}

struct Served {
    port: DevicePort,
    first: First,
    post: Post,
    tracker: NumericDevice,
    store: BTreeMap<usize, (usize, String)>,
    line: Vec<u8>,
    at_prompt: bool,
    mute: Mute,
    /// When the service centre got the latest messages, in seconds since 1970.
    second: i64,
    /// A text that was taken without a word.
    waiting: Option<String>,
    shared: Arc<Shared>,
}

impl Served {
    fn serve(&mut self) {
        while !self.shared.stop.load(Ordering::SeqCst) {
            let bytes = self.port.hear();
            self.shared.received.fetch_add(bytes.len(), Ordering::SeqCst);
            self.shared.ends.fetch_add(bytes.iter().filter(|byte| **byte == 0x1A).count(), Ordering::SeqCst);
            for byte in bytes {
                match byte {
                    0x1B => (self.at_prompt, self.line) = (false, Vec::new()),
                    0x1A if self.at_prompt => self.handed_over(),
                    b'\r' if !self.at_prompt => self.command(),
                    byte => self.line.push(byte),
                }
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn say(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while !rest.is_empty() && !self.shared.stop.load(Ordering::SeqCst) {
            let taken = self.port.say(rest);
            rest = &rest[taken..];
        }
    }

    fn handed_over(&mut self) {
        self.at_prompt = false;
        let pdu = String::from_utf8(std::mem::take(&mut self.line)).unwrap();
        let text = text_of(&pdu);
        self.shared.texts.lock().unwrap().push(text.clone());
        match std::mem::replace(&mut self.first, First::Taken) {
            First::SilentForGood => self.mute = Mute::ForGood,
            First::SilentUntilAsked => {
                self.mute = Mute::UntilAsked;
                self.waiting = Some(text);
            }
            First::OnlyReported => self.mute = Mute::UntilAsked,
            First::Taken => self.taken(&text),
        }
    }

    /// Tells that a message was taken; the tracker gets it.
    fn taken(&mut self, text: &str) {
        self.say("\r\n+CMGS: 77\r\n\r\nOK\r\n");
        let answer = self.tracker.hear(text);
        // A tracker takes seconds for an answer: no two are of the same second.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        self.second = (self.second + 1).max(now.try_into().unwrap());
        for letter in (self.post)(text, answer) {
            self.deliver(&letter);
        }
    }

    /// SMS-STATUS-REPORT (TS 23.040 section 9.2.2.3): reference 78, to the tracker, taken and delivered now.
    fn report(&mut self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let time = service_centre_time(now.try_into().unwrap());
        let to = Sender::Number(TRACKER).address();
        let tpdu = [&[0x06, 78][..], &to, &time, &time, &[0x00]].concat();
        let hex = tpdu.iter().map(|octet| format!("{octet:02X}")).collect::<String>();
        self.say(&format!("\r\n+CDS: {}\r\n00{hex}\r\n", tpdu.len()));
    }

    fn deliver(&mut self, letter: &Letter) {
        let at = self.store.keys().last().map_or(1, |last| last + 1);
        self.store.insert(at, letter.pdu(self.second - letter.age));
        self.say(&format!("\r\n+CMTI: \"ME\",{at}\r\n"));
    }

    fn command(&mut self) {
        let line = String::from_utf8(std::mem::take(&mut self.line)).unwrap();
        match self.mute {
            Mute::ForGood => return,
            Mute::UntilAsked if line == "AT" => {
                self.mute = Mute::No;
                match self.waiting.take() {
                    Some(text) => self.taken(&text),
                    None => self.report(),
                }
            }
            Mute::UntilAsked => return,
            Mute::No => {}
        }
        self.at_prompt = line.starts_with("AT+CMGS=");
        let answer = if self.at_prompt { "\r\n> ".to_owned() } else { self.answer(&line) };
        self.say(&answer);
    }

    fn answer(&mut self, line: &str) -> String {
        let said = match line {
            "AT+CGMI" => "Paper".to_owned(),
            "AT+CGMM" => "scripted".to_owned(),
            "AT+CGMR" => "1".to_owned(),
            "AT+CGSN" => "490154203237518".to_owned(),
            "AT+CIMI" => "732101123456789".to_owned(),
            "AT+CPIN?" => "+CPIN: READY".to_owned(),
            "AT+CREG?" => "+CREG: 0,1".to_owned(),
            "AT+COPS?" => "+COPS: 0,0,\"Test Net\",7".to_owned(),
            "AT+CSQ" => "+CSQ: 20,99".to_owned(),
            "AT+CSCA?" => "+CSCA: \"+447700900000\",145".to_owned(),
            "AT+CPMS=?" => "+CPMS: (\"ME\"),(\"ME\"),(\"ME\")".to_owned(),
            "AT+CPMS?" => format!("+CPMS: \"ME\",{0},20,\"ME\",{0},20,\"ME\",{0},20", self.store.len()),
            "AT+CMGL=4" => {
                let lines =
                    self.store.iter().map(|(at, (length, pdu))| format!("+CMGL: {at},1,,{length}\r\n{pdu}"));
                lines.collect::<Vec<_>>().join("\r\n")
            }
            line => {
                if let Some(at) = line.strip_prefix("AT+CMGD=") {
                    self.store.remove(&at.parse().unwrap());
                }
                let read = line.strip_prefix("AT+CMGR=").and_then(|at| self.store.get(&at.parse().unwrap()));
                read.map(|(length, pdu)| format!("+CMGR: 1,,{length}\r\n{pdu}")).unwrap_or_default()
            }
        };
        if said.is_empty() { "\r\nOK\r\n".to_owned() } else { format!("\r\n{said}\r\n\r\nOK\r\n") }
    }
}

impl Letter {
    /// SMS-DELIVER in UCS-2 (TS 23.040 section 9.2.2.1): octets of the TPDU, and all in hexadecimal digits.
    fn pdu(&self, second: i64) -> (usize, String) {
        let units: Vec<u16> = self.text.encode_utf16().collect();
        let mut tpdu = vec![0x04];
        tpdu.extend(self.from.address());
        tpdu.extend([0x00, 0x08]);
        tpdu.extend(service_centre_time(second));
        tpdu.push(u8::try_from(units.len() * 2).unwrap());
        tpdu.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
        let hex = tpdu.iter().map(|octet| format!("{octet:02X}")).collect::<String>();
        (tpdu.len(), format!("00{hex}"))
    }
}

impl Sender {
    /// TP-OA (TS 23.040 section 9.1.2.5).
    fn address(self) -> Vec<u8> {
        match self {
            Sender::Number(text) => {
                let digits: Vec<u8> =
                    text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
                let kind = if text.starts_with('+') { 0x91 } else { 0x81 };
                let pairs = digits.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0xF) << 4);
                [u8::try_from(digits.len()).unwrap(), kind].into_iter().chain(pairs).collect()
            }
            Sender::Name(text) => {
                let packed = packed(text.as_bytes());
                // In useful semi-octets.
                let length = (text.len() * 7).div_ceil(4);
                [u8::try_from(length).unwrap(), 0xD0].into_iter().chain(packed).collect()
            }
        }
    }
}

/// Septets in octets (TS 23.038 section 6.1.2.1), for letters and digits, which have the codes of ASCII.
fn packed(septets: &[u8]) -> Vec<u8> {
    let (mut octets, mut bits, mut have) = (Vec::new(), 0_u32, 0);
    for septet in septets {
        bits |= u32::from(*septet) << have;
        have += 7;
        while have >= 8 {
            octets.push((bits & 0xFF) as u8);
            bits >>= 8;
            have -= 8;
        }
    }
    if have > 0 {
        octets.push((bits & 0xFF) as u8);
    }
    octets
}

/// TP-SCTS in UTC (TS 23.040 section 9.2.3.11): pairs of digits, the lower one first. Days from 1970 on one by one, as
/// it is read and not clever.
fn service_centre_time(unix: i64) -> Vec<u8> {
    let (mut days, seconds) = (unix / 86_400, unix % 86_400);
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let mut year = 1970;
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let february = 28 + i64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let fields = [year % 100, month, days + 1, seconds / 3600, seconds / 60 % 60, seconds % 60, 0];
    fields.iter().map(|field| u8::try_from((field / 10) | ((field % 10) << 4)).unwrap()).collect()
}

/// The text of an SMS-SUBMIT without a header in the default alphabet (TS 23.040 section 9.2.2.2). The characters of
/// the commands have the codes of ASCII there.
fn text_of(pdu: &str) -> String {
    let octets: Vec<u8> =
        (0..pdu.len() / 2).map(|at| u8::from_str_radix(&pdu[2 * at..2 * at + 2], 16).unwrap()).collect();
    let tpdu = &octets[1 + usize::from(octets[0])..];
    assert_eq!(tpdu[0] & 0x43, 0x01, "no SMS-SUBMIT without a header: {pdu}");
    let after = 4 + usize::from(tpdu[2]).div_ceil(2);
    assert_eq!(tpdu[after + 1], 0, "not in the default alphabet: {pdu}");
    let validity = if tpdu[0] & 0x18 == 0x10 { 1 } else { 0 };
    let length = usize::from(tpdu[after + 2 + validity]);
    let data = &tpdu[after + 3 + validity..];
    let bit = |at: usize| data[at / 8] >> (at % 8) & 1;
    let septet = |at: usize| (0..7).fold(0, |septet, place| septet | bit(at * 7 + place) << place);
    let text: String = (0..length).map(|at| char::from(septet(at))).collect();
    assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || " ,.#:;+-?".contains(c)), "{text:?}");
    text
}
