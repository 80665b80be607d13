//! The courier over real pseudo-terminals, against a small scripted modem that reads no other code of this project than
//! the PDUs it is given.

mod away;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Info, ModemOptions, inbox, info, open};
use crate::courier::tests::support::pty::DevicePort;
use crate::courier::{Post, Trouble};
use crate::engine::{AttemptId, Fate, News, Order, Outcome, Recipient, Sender};
use crate::secret::Secret;
use crate::sms::{Address, Deliver, Direction, Message, Pdu, Status, StatusReport, Timestamp, UserData};
use crate::tracker::Phone;

/// Longer than anything takes on a busy machine.
const PATIENT: Duration = Duration::from_secs(60);

const NUMBER: &str = "+447700900123";

/// What it does with a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum With {
    Accept,
    /// Says nothing to it, and nothing to the next so many commands.
    Silence(u32),
    Vanish,
}

/// What tests see and change while it runs.
struct Shared {
    imei: &'static str,
    with: Mutex<With>,
    texts: Mutex<Vec<String>>,
    said: Mutex<Vec<String>>,
    /// Messages by their place in the store.
    store: Mutex<BTreeMap<u32, (usize, String)>>,
    /// What it is to say by itself.
    calls: Mutex<Vec<String>>,
    stop: AtomicBool,
}

/// A modem at a port, until it is dropped or vanishes.
struct Scripted {
    path: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    fn plug() -> Self {
        Self::with_imei("490154203237518")
    }

    fn with_imei(imei: &'static str) -> Self {
        let port = DevicePort::open();
        let path = port.path().to_owned();
        let shared = Arc::new(Shared {
            imei,
            with: Mutex::new(With::Accept),
            texts: Mutex::default(),
            said: Mutex::default(),
            store: Mutex::default(),
            calls: Mutex::default(),
            stop: AtomicBool::new(false),
        });
        let served = Arc::clone(&shared);
        let thread = thread::spawn(move || serve(port, &served));
        Self { path, shared, thread: Some(thread) }
    }

    fn put(&self, index: u32, message: Message) {
        let pdu = Pdu { service_centre: None, message }.to_at().unwrap();
        self.shared.store.lock().unwrap().insert(index, (pdu.length, pdu.hex));
    }

    fn call(&self, line: &str) {
        self.shared.calls.lock().unwrap().push(format!("\r\n{line}\r\n"));
    }

    fn texts(&self) -> usize {
        self.shared.texts.lock().unwrap().len()
    }

    fn stored(&self) -> usize {
        self.shared.store.lock().unwrap().len()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

fn serve(mut port: DevicePort, shared: &Shared) {
    let (mut line, mut at_prompt, mut deaf) = (Vec::new(), false, 0_u32);
    while !shared.stop.load(Ordering::Relaxed) {
        let calls = std::mem::take(&mut *shared.calls.lock().unwrap());
        for call in calls {
            port.say(call.as_bytes());
        }
        for byte in port.hear() {
            match byte {
                0x1B => (at_prompt, line) = (false, Vec::new()),
                0x1A if at_prompt => {
                    at_prompt = false;
                    let text = String::from_utf8(std::mem::take(&mut line)).unwrap();
                    shared.texts.lock().unwrap().push(text);
                    match *shared.with.lock().unwrap() {
                        With::Accept => drop(port.say(b"\r\n+CMGS: 77\r\n\r\nOK\r\n")),
                        With::Silence(commands) => deaf = commands,
                        With::Vanish => return,
                    }
                }
                b'\r' if !at_prompt => {
                    let command = String::from_utf8(std::mem::take(&mut line)).unwrap();
                    if deaf > 0 {
                        deaf -= 1;
                        continue;
                    }
                    at_prompt = command.starts_with("AT+CMGS=");
                    port.say(answer(&command, shared).as_bytes());
                    shared.said.lock().unwrap().push(command);
                }
                byte => line.push(byte),
            }
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn answer(command: &str, shared: &Shared) -> String {
    let mut store = shared.store.lock().unwrap();
    let said = match command {
        "AT+CGMI" => "homing".to_owned(),
        "AT+CGMM" => "lab".to_owned(),
        "AT+CGMR" => "0".to_owned(),
        "AT+CGSN" => shared.imei.to_owned(),
        "AT+CIMI" => "001010123456789".to_owned(),
        "AT+CCID" => "+CCID: 8944500102030405061".to_owned(),
        "AT+CPIN?" => "+CPIN: READY".to_owned(),
        "AT+CREG?" => "+CREG: 0,1".to_owned(),
        "AT+COPS?" => "+COPS: 0,0,\"Test Net\",7".to_owned(),
        "AT+CSQ" => "+CSQ: 3,99".to_owned(),
        "AT+CSCA?" => "+CSCA: \"+447700900000\",145".to_owned(),
        "AT+CPMS=?" => "+CPMS: (\"ME\"),(\"ME\"),(\"ME\")".to_owned(),
        "AT+CPMS?" => format!("+CPMS: \"ME\",{},20,\"ME\",0,20,\"ME\",0,20", store.len()),
        "AT+CMGL=4" => {
            let lines =
                store.iter().map(|(at, (length, pdu))| format!("+CMGL: {at},1,,{length}\r\n{pdu}\r\n"));
            lines.collect::<String>().trim_end().to_owned()
        }
        command if command.starts_with("AT+CMGS=") => return "\r\n> ".to_owned(),
        command => {
            if let Some(index) = command.strip_prefix("AT+CMGD=") {
                store.remove(&index.parse().unwrap());
            }
            let read = command.strip_prefix("AT+CMGR=").and_then(|index| store.get(&index.parse().unwrap()));
            read.map(|(length, pdu)| format!("+CMGR: 1,,{length}\r\n{pdu}")).unwrap_or_default()
        }
    };
    if said.is_empty() { "\r\nOK\r\n".to_owned() } else { format!("\r\n{said}\r\n\r\nOK\r\n") }
}

/// A courier at a scripted modem, and what it tells.
fn up(modem: &Scripted, options: ModemOptions) -> (Post, Receiver<News>) {
    let (sender, news) = mpsc::channel();
    let tell = move |told| drop(sender.send(told));
    let post = open(&modem.path, options, Box::new(tell)).unwrap();
    until(&news, |news| matches!(news, News::Up(_)));
    (post, news)
}

fn until(news: &Receiver<News>, wanted: impl Fn(&News) -> bool) -> News {
    let mut before = Vec::new();
    loop {
        match news.recv_timeout(PATIENT) {
            Ok(told) if wanted(&told) => return told,
            Ok(told) => before.push(told),
            Err(error) => panic!("{error}; before that: {before:#?}"),
        }
    }
}

fn wait(mut is_so: impl FnMut() -> bool) {
    for _ in 0..6000 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not happen");
}

fn hand(post: &Post, id: u64, text: &str) {
    let to = Recipient { phone: Phone::parse(NUMBER, None).ok(), ..Recipient::default() };
    post.give(Order::Hand { id: AttemptId(id), to, text: text.to_owned() });
}

fn outcome(news: &Receiver<News>) -> Outcome {
    match until(news, |news| matches!(news, News::Outcome(..))) {
        News::Outcome(_, outcome) => outcome,
        _ => unreachable!(),
    }
}

fn message(text: &str) -> Message {
    let sender = Address::e164(NUMBER).unwrap();
    let time = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    Message::Deliver(Deliver::new(sender, time, UserData::from_text(text)))
}

#[test]
fn a_text_goes_out_after_its_release_and_the_answer_is_deleted_once_it_is_kept() {
    let modem = Scripted::plug();
    let (post, news) = up(&modem, ModemOptions::default());
    assert_eq!(post.spec(), format!("modem:{}", modem.path));
    hand(&post, 5, "SERVER,1,d.plaspy.com,8888#");
    until(&news, |news| *news == News::Prompt(AttemptId(5)));
    assert_eq!(modem.texts(), 0);
    post.give(Order::Release(AttemptId(5)));
    assert_eq!(outcome(&news), Outcome::Accepted { references: vec!["77".to_owned()] });

    let pdu = modem.shared.texts.lock().unwrap()[0].clone();
    let Message::Submit(submit) = Pdu::from_hex(&pdu, Direction::FromMobile).unwrap().pdu.message else {
        panic!("{pdu}");
    };
    assert_eq!(submit.user_data.text().as_deref(), Some("SERVER,1,d.plaspy.com,8888#"));
    assert_eq!(submit.destination.to_string(), NUMBER);
    assert!(submit.status_report_request);
    // 167 is 24 hours (TS 23.040 section 9.2.3.12.1).
    assert_eq!(submit.validity, Some(crate::sms::Validity::Relative(167)));

    modem.put(4, message("OK!"));
    modem.call("+CMTI: \"ME\",4");
    let told = until(&news, |news| matches!(news, News::Inbound(_)));
    let News::Inbound(inbound) = told else { unreachable!() };
    assert_eq!((inbound.text.as_str(), inbound.old), ("OK!", false));
    assert_eq!(inbound.sender, Sender::International("447700900123".to_owned()));
    assert_eq!(inbound.sent_ms, Some(1_790_000_000_000));
    assert_eq!(modem.stored(), 1);
    post.give(Order::Forget(inbound.key));
    wait(|| modem.stored() == 0);
}

#[test]
fn a_modem_that_says_nothing_behind_the_text_is_unknown_then_down_then_up_and_nothing_is_sent_again() {
    let modem = Scripted::plug();
    let options = ModemOptions { accept: Some(Duration::from_millis(300)), ..ModemOptions::default() };
    let (post, news) = up(&modem, options);
    *modem.shared.with.lock().unwrap() = With::Silence(1);
    hand(&post, 1, "WHERE#");
    until(&news, |news| *news == News::Prompt(AttemptId(1)));
    post.give(Order::Release(AttemptId(1)));
    assert!(matches!(outcome(&news), Outcome::Unknown(_)));
    until(&news, |news| matches!(news, News::Down { last: false, .. }));
    until(&news, |news| matches!(news, News::Up(_)));
    assert_eq!(modem.texts(), 1);
    *modem.shared.with.lock().unwrap() = With::Accept;
    hand(&post, 2, "PARAM#");
    until(&news, |news| *news == News::Prompt(AttemptId(2)));
    post.give(Order::Release(AttemptId(2)));
    assert!(matches!(outcome(&news), Outcome::Accepted { .. }));
    assert_eq!(modem.texts(), 2);
}

#[test]
fn a_message_that_is_taken_back_never_left() {
    let modem = Scripted::plug();
    let (post, news) = up(&modem, ModemOptions::default());
    hand(&post, 1, "WHERE#");
    until(&news, |news| *news == News::Prompt(AttemptId(1)));
    post.give(Order::Abort(AttemptId(1)));
    assert!(matches!(outcome(&news), Outcome::NotSent(_)));
    assert_eq!(modem.texts(), 0);
}

#[test]
fn a_text_that_cannot_be_sent_is_not_sent() {
    let modem = Scripted::plug();
    let (post, news) = up(&modem, ModemOptions::default());
    post.give(Order::Hand { id: AttemptId(1), to: Recipient::default(), text: "WHERE#".to_owned() });
    let Outcome::NotSent(cause) = outcome(&news) else { panic!("it was not refused") };
    assert!(cause.sentence.contains("number"), "{cause:?}");
    hand(&post, 2, "");
    assert!(matches!(outcome(&news), Outcome::NotSent(_)));
    hand(&post, 3, &"x".repeat(160 * 256));
    assert!(matches!(outcome(&news), Outcome::NotSent(_)));
    assert_eq!(modem.texts(), 0);
}

#[test]
fn a_status_report_names_the_message_and_its_fate() {
    let modem = Scripted::plug();
    let (_post, news) = up(&modem, ModemOptions::default());
    let times = [1_790_000_000, 1_790_000_009].map(|at| Timestamp::from_unix(at, 0).unwrap());
    for (status, fate) in
        [(0x00, Fate::Delivered), (0x20, Fate::Trying), (0x46, Fate::Failed), (0x01, Fate::Unclear)]
    {
        let report = StatusReport::new(77, Address::e164(NUMBER).unwrap(), times, Status(status));
        let message = Message::StatusReport(report);
        let pdu = Pdu { service_centre: None, message }.to_at().unwrap();
        modem.call(&format!("+CDS: {}\r\n{}", pdu.length, pdu.hex));
        let told = until(&news, |news| matches!(news, News::Receipt(_)));
        let News::Receipt(receipt) = told else { unreachable!() };
        assert_eq!((receipt.reference.as_str(), receipt.fate), ("77", fate));
        assert_eq!(receipt.at_ms, Some(1_790_000_009_000));
        assert_eq!(receipt.recipient, Some(Sender::International("447700900123".to_owned())));
    }
}

#[test]
fn closing_looks_once_more_and_leaves_what_was_not_kept() {
    let modem = Scripted::plug();
    let options = ModemOptions { poll: Some(Duration::from_secs(3600)), ..ModemOptions::default() };
    let (post, news) = up(&modem, options);
    modem.put(2, message("late"));
    drop(post);
    let told: Vec<News> = news.try_iter().collect();
    assert!(matches!(&told[..], [News::Inbound(inbound)] if inbound.text == "late"), "{told:?}");
    assert_eq!(modem.stored(), 1);
}

#[test]
fn whoever_asks_what_modem_it_is_learns_it_and_sends_nothing() {
    let modem = Scripted::plug();
    modem.put(1, message("stays"));
    let Info {
        maker,
        model,
        imei,
        imsi,
        iccid,
        operator,
        registration,
        signal_dbm,
        smsc,
        store,
        warnings,
        ready,
        ..
    } = info(&modem.path, &ModemOptions::default()).unwrap();
    assert_eq!((maker.as_deref(), model.as_deref()), (Some("homing"), Some("lab")));
    assert_eq!((imei.as_deref(), imsi.as_deref()), (Some("490154203237518"), Some("001010123456789")));
    assert_eq!((iccid.as_deref(), operator.as_deref()), (Some("8944500102030405061"), Some("Test Net")));
    assert_eq!(
        (registration.as_deref(), smsc.as_deref()),
        (Some("registered at home"), Some("+447700900000"))
    );
    // TS 27.007 section 8.5: -113 dBm and 2 dB for each step.
    assert_eq!(signal_dbm, Some(-107));
    assert_eq!(store.map(|store| (store.name, store.used, store.total)), Some(("ME".to_owned(), 1, 20)));
    assert!(ready && warnings.iter().any(|warning| warning.contains("weak")), "{warnings:?}");

    let found = inbox(&modem.path, &ModemOptions::default()).unwrap();
    assert_eq!(found.messages.len(), 1);
    assert_eq!((found.messages[0].text.as_str(), found.messages[0].slots[0].index), ("stays", 1));
    assert_eq!((modem.stored(), modem.texts()), (1, 0));
}

#[test]
fn a_port_that_is_in_use_or_not_there_is_told_at_once() {
    let modem = Scripted::plug();
    let (_post, _news) = up(&modem, ModemOptions::default());
    let second = open(&modem.path, ModemOptions::default(), Box::new(drop));
    assert!(matches!(second.err(), Some(Trouble::InUse { .. })));
    let missing = open("/dev/there-is-no-such-port", ModemOptions::default(), Box::new(drop));
    assert!(matches!(missing.err(), Some(Trouble::NotFound { .. })));
}

#[test]
fn a_port_without_a_modem_is_told() {
    let port = DevicePort::open();
    let Err(Trouble::NotSent(cause)) = info(port.path(), &ModemOptions::default()) else {
        panic!("nothing answered, and something was found");
    };
    assert!(cause.sentence.contains("nothing at this port answers AT"), "{cause:?}");
}

#[test]
fn options_print_no_secret() {
    let options = ModemOptions { pin: Some(Secret::new("4711")), ..ModemOptions::default() };
    assert!(!format!("{options:?}").contains("4711"));
}
