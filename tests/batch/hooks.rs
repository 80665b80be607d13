//! A batch whose gateway calls a webhook: killed while it is called, and called by whoever has no business there. What
//! counts afterwards is the journal.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{Desk, fleet, played};
use crate::homing::{Homing, all};

const SECRET: &str = "hook-5ecret";
/// The number of the first tracker of a fleet.
const T0: &str = "+447700900000";

/// A batch by way of the lab's gateway, and where its webhook is called.
struct Hooked {
    desk: Desk,
    config: String,
    address: SocketAddr,
}

/// A message in the journal: its sender, its text, whether it answers an attempt, and why it answers none.
type Row = (String, String, bool, Option<String>);

impl Hooked {
    fn new(csv: &str, more: &str) -> Self {
        let desk = Desk::new("hooks", csv, &["--gateway", "127.0.0.1:0"]);
        let config = desk.gateway_config();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let text = fs::read_to_string(&config).unwrap();
        let text = format!("{text}webhook = \"{address}\"\nwebhook_secret = \"{SECRET}\"\n{more}");
        fs::write(&config, text).unwrap();
        Self { config: config.to_str().unwrap().to_owned(), desk, address }
    }

    /// Has the lab's gateway call the webhook.
    fn register(&self) {
        let url = format!("http://{}/hooks/{SECRET}", self.address);
        let body = format!(r#"{{"id":"batch","url":"{url}","event":"sms:received"}}"#);
        let gateway: SocketAddr = self.desk.lab.gateway().parse().unwrap();
        // `lab:lab` in base64.
        let head = "POST /webhooks HTTP/1.1\r\nauthorization: Basic bGFiOmxhYg==\r\nconnection: close\r\n";
        assert_eq!(say(gateway, head.as_bytes(), body.as_bytes()), 201);
    }

    fn run(&self, more: &[&str]) -> Homing {
        let csv = self.desk.csv();
        let run = ["run", csv.to_str().unwrap(), "--yes", "--via", "gateway:phone", "--config", &self.config];
        self.desk.batch(&run).args(more)
    }

    fn resume(&self, more: &[&str]) -> Homing {
        self.desk.resume(&["--config", &self.config]).args(more)
    }

    fn rows(&self) -> Vec<Row> {
        let Some(journal) = self.journal() else { return Vec::new() };
        let sql = "SELECT sender, text, attempt_id IS NOT NULL, why_not FROM inbound ORDER BY id";
        let mut statement = journal.prepare(sql).unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        statement.query_map([], row).unwrap().map(Result::unwrap).collect()
    }

    /// The states of all attempts, in their order.
    fn attempts(&self) -> Vec<String> {
        let Some(journal) = self.journal() else { return Vec::new() };
        let mut statement = journal.prepare("SELECT state FROM attempt ORDER BY id").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// None while there is none, or no table in it.
    fn journal(&self) -> Option<rusqlite::Connection> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let journal = rusqlite::Connection::open_with_flags(self.desk.journal(), flags).ok()?;
        journal.busy_timeout(Duration::from_secs(20)).unwrap();
        let is_there = "SELECT count(*) FROM sqlite_schema WHERE name = 'inbound'";
        let count: i64 = journal.query_row(is_there, [], |row| row.get(0)).ok()?;
        (count == 1).then_some(journal)
    }

    /// Letters that the lab's gateway was told to be kept: it does not tell them again.
    fn told(&self) -> usize {
        let mut letters: Vec<u64> = Vec::new();
        for event in self.desk.lab.events("hook") {
            if event["status"] == 200 {
                letters.push(event["letter"].as_u64().unwrap());
            }
        }
        letters.sort_unstable();
        letters.dedup();
        letters.len()
    }
}

/// Sends a request with a body, and its length; the status of the answer, 0 where there is none.
fn say(to: SocketAddr, head: &[u8], body: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(to).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // What is too long is answered before it is read.
    let _ = stream.write_all(head);
    let _ = stream.write_all(format!("host: x\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes());
    let _ = stream.write_all(body);
    answered(&mut stream)
}

fn answered(stream: &mut TcpStream) -> u16 {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// A call as the application makes it.
fn event(id: &str, from: &str, text: &str, at: &str) -> String {
    let text = serde_json::Value::from(text);
    format!(
        r#"{{"event":"sms:received","payload":{{"messageId":"{id}","message":{text},"phoneNumber":"{from}","receivedAt":"{at}"}}}}"#
    )
}

/// The moment so many seconds from now, by the program `date`.
fn moment(seconds: i64) -> String {
    let asked = format!("{seconds} seconds");
    let date = Command::new("date").args(["-u", "-d", &asked, "+%Y-%m-%dT%H:%M:%SZ"]).output().unwrap();
    String::from_utf8(date.stdout).unwrap().trim().to_owned()
}

#[track_caller]
fn until(what: &str, ripe: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !ripe() {
        assert!(Instant::now() < end, "{what} does not come");
        thread::sleep(Duration::from_millis(1));
    }
}

/// A batch that waits for the answer of a silent tracker; nobody answers it but the test.
struct Waiting {
    hooked: Hooked,
    run: Child,
}

impl Waiting {
    fn new(more: &str) -> Self {
        let hooked = Hooked::new(&played(1, &[(0, "silent")]), more);
        let run = Self::begin(&hooked.run(&["--timeout", "60s", "--no-identify", "--step", "apn"]));
        until("the message", || hooked.attempts() == ["accepted"]);
        Self { hooked, run }
    }

    fn begin(run: &Homing) -> Child {
        run.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn post(&self, path: &str, headers: &str, body: &[u8]) -> u16 {
        say(self.hooked.address, format!("POST {path} HTTP/1.1\r\n{headers}").as_bytes(), body)
    }

    /// A call at the right path.
    fn call(&self, body: &[u8]) -> u16 {
        self.post(&format!("/hooks/{SECRET}"), "", body)
    }

    /// Nothing of what was called is in the journal, and the batch waits as it did.
    #[track_caller]
    fn nothing_came(&self) {
        assert_eq!((self.hooked.rows(), self.hooked.attempts()), (Vec::new(), vec!["accepted".to_owned()]));
    }

    /// What the gateway itself tells counts all the same.
    #[track_caller]
    fn goes_on(&self, headers: &str, body: &str) {
        assert_eq!(self.post(&format!("/hooks/{SECRET}"), headers, body.as_bytes()), 200);
        let rows = self.hooked.rows();
        let last = rows.last().unwrap();
        assert_eq!((last.1.as_str(), last.2, &last.3), ("OK!", true, &None), "{rows:?}");
        assert_eq!(self.hooked.attempts()[0], "answered");
    }

    #[track_caller]
    fn still_works(&self) {
        self.nothing_came();
        self.goes_on("", &event("genuine", T0, "OK!", &moment(0)));
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.run.kill().ok();
        self.run.wait().ok();
    }
}

#[test]
fn a_call_at_another_path_or_by_another_method_tells_nothing() {
    let waiting = Waiting::new("");
    let good = event("1", T0, "OK!", &moment(0));
    for path in ["/", "/hooks", "/hooks/", "/hooks/hook-5ecre", "/hooks/hook-5ecret2", "/hooks/hook-5ecret/"]
    {
        assert_eq!(waiting.post(path, "", good.as_bytes()), 404, "{path}");
    }
    assert_eq!(waiting.post("/hooks?secret=hook-5ecret", "", good.as_bytes()), 404);
    for method in ["GET", "PUT", "DELETE", "OPTIONS"] {
        let head = format!("{method} /hooks/{SECRET} HTTP/1.1\r\n");
        assert_eq!(say(waiting.hooked.address, head.as_bytes(), good.as_bytes()), 405, "{method}");
    }
    waiting.still_works();
}

#[test]
fn a_sender_that_is_no_tracker_of_the_batch_changes_nothing() {
    let waiting = Waiting::new("");
    let long = "4".repeat(4000);
    for from in
        ["+447700900001", "+4477009000001", "447700900000x", "00000000", "", "Operator", "+", long.as_str()]
    {
        // It is nobody's here and need not be told again.
        assert_eq!(waiting.call(event(from, from, "OK!", &moment(0)).as_bytes()), 200, "{from}");
    }
    waiting.still_works();
}

#[test]
fn what_is_repeated_counts_once_also_after_the_program_was_killed() {
    let mut waiting = Waiting::new("");
    // An answer from before the command was sent, as a replay brings it.
    let old = event("0", T0, "OK!", &moment(-3600));
    for _ in 0..3 {
        assert_eq!(waiting.call(old.as_bytes()), 200);
    }
    let row = |why: &str| (T0.replace('+', ""), "OK!".to_owned(), false, Some(why.to_owned()));
    let before = row("it is dated before the command was sent");
    assert_eq!(waiting.hooked.rows(), [before.clone()]);
    assert_eq!(waiting.hooked.attempts(), ["accepted"]);
    waiting.run.kill().unwrap();
    waiting.run.wait().unwrap();
    waiting.run = Waiting::begin(&waiting.hooked.resume(&[]));
    until("the webhook", || TcpStream::connect(waiting.hooked.address).is_ok());
    assert_eq!(waiting.call(old.as_bytes()), 200);
    assert_eq!(waiting.hooked.rows(), [before]);
    waiting.goes_on("", &event("genuine", T0, "OK!", &moment(0)));
}

#[test]
fn what_is_too_long_is_no_text_or_is_no_event_tells_nothing() {
    let waiting = Waiting::new("");
    let good = event("1", T0, "OK!", &moment(0));
    let mut broken = good.clone().into_bytes();
    let at = good.find("OK!").unwrap();
    broken[at] = 0xFF;
    let deep = "[".repeat(100_000);
    let other = good.replace("sms:received", "sms:delivered");
    let nameless = good.replace("phoneNumber", "number");
    for (body, status) in [
        // What is none of ours need not be told again.
        (broken.as_slice(), 200),
        (deep.as_bytes(), 200),
        (other.as_bytes(), 200),
        (nameless.as_bytes(), 200),
        (&good.as_bytes()[..good.len() / 2], 200),
        (b"", 200),
        (&[0; 1000], 200),
    ] {
        assert_eq!(waiting.call(body), status, "{}", String::from_utf8_lossy(&body[..body.len().min(60)]));
    }
    let padded = format!("{}{good}", " ".repeat(300_000));
    assert_eq!(waiting.call(padded.as_bytes()), 413);
    let long = format!("x-long: {}\r\n", "x".repeat(300_000));
    let many: String = (0..2000).map(|at| format!("x-{at}: 1\r\n")).collect();
    for headers in [long, many] {
        let status = waiting.post(&format!("/hooks/{SECRET}"), &headers, good.as_bytes());
        assert!(matches!(status, 431 | 0), "{status}");
    }
    for raw in ["hello\r\n\r\n", "\u{16}\u{3}\u{1}", "POST /hooks HTTP/9.9\r\n\r\n"] {
        let mut stream = TcpStream::connect(waiting.hooked.address).unwrap();
        stream.write_all(raw.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(matches!(answered(&mut stream), 400 | 0 | 505), "{raw:?}");
    }
    waiting.still_works();
}

#[test]
fn whoever_is_slow_or_leaves_in_the_middle_tells_nothing_and_holds_up_nobody() {
    let waiting = Waiting::new("");
    let good = event("1", T0, "OK!", &moment(0));
    let head = format!("POST /hooks/{SECRET} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", good.len());
    let cut = |text: &str| {
        let mut stream = TcpStream::connect(waiting.hooked.address).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    };
    let whole = format!("{head}{good}");
    // Some stay and some leave, at every place.
    let stay: Vec<TcpStream> =
        [1, 20, head.len(), head.len() + 10, whole.len() - 1].map(|at| cut(&whole[..at])).into();
    for at in [0, 1, head.len(), whole.len() - 1] {
        drop(cut(&whole[..at]));
    }
    waiting.still_works();
    drop(stay);
}

#[test]
fn a_gateway_that_signs_is_believed_only_with_its_own_signature() {
    let waiting = Waiting::new("signing_key = \"signing-0123\"\n");
    let path = format!("/hooks/{SECRET}");
    let body = r#"{"event":"sms:received","payload":{"messageId":"m1","message":"OK!","phoneNumber":"+447700900000","receivedAt":"2099-01-01T00:00:00Z"}}"#;
    // `printf '%s1738299600' BODY | openssl dgst -sha256 -hmac 'signing-0123'`
    let right = "7f026ac6723ff9c4156f9c7c183943fc864fce868c9ba8007137cdbb06d32de8";
    let signed = |at: &str, signature: &str| format!("x-timestamp: {at}\r\nx-signature: {signature}\r\n");
    let wrong = [
        String::new(),
        format!("x-signature: {right}\r\n"),
        signed("1738299601", right),
        signed("1738299600", &right[2..]),
        signed("1738299600", &"0".repeat(64)),
        signed("1738299600", "not hexadecimal"),
    ];
    for headers in wrong {
        assert_eq!(waiting.post(&path, &headers, body.as_bytes()), 401, "{headers}");
    }
    let other = body.replace("OK!", "OK!!");
    assert_eq!(waiting.post(&path, &signed("1738299600", right), other.as_bytes()), 401);
    // With a signature, and not at the secret path.
    assert_eq!(waiting.post("/", &signed("1738299600", right), body.as_bytes()), 404);
    waiting.nothing_came();
    waiting.goes_on(&signed("1738299600", right), body);
}

/// What was answered with success is in the journal, whenever the program was killed; and a run that goes on loses nothing.
fn goes_on(hooked: &Hooked, killed: &str) {
    let (told, rows) = (hooked.told(), hooked.rows().len());
    assert!(told <= rows, "{killed}: the gateway was told that {told} messages are kept, and {rows} are");
    let said = hooked.resume(&[]).run();
    // The gateway writes a moment later down what it was told.
    until("the last answer", || hooked.told() == hooked.rows().len());
    let mut sets: Vec<String> =
        hooked.desk.lab.events("submit").iter().map(|one| format!("{} {}", one["to"], one["text"])).collect();
    sets.retain(|text| !text.contains("VERSION#") && !text.contains("PARAM#"));
    let all = sets.len();
    sets.sort_unstable();
    sets.dedup();
    assert_eq!(sets.len(), all, "{killed}: a command was submitted twice");
    let report = hooked.desk.report();
    for tracker in report["trackers"].as_array().unwrap() {
        // What was let out by the journal's word may have left or not: what it was to set is read back, or nobody knows.
        let mut states = tracker["commands"].as_array().unwrap().iter().map(|command| &command["state"]);
        let in_doubt = states.any(|state| *state == "unknown");
        let fits = match tracker["standing"].as_str().unwrap() {
            "verified" => true,
            "acknowledged" | "unknown" => in_doubt,
            _ => false,
        };
        assert!(fits, "{killed}: {said}\n{tracker:#}");
    }
}

#[test]
fn a_program_that_is_killed_when_a_reply_comes_has_kept_what_it_said_it_has() {
    // At the moment that the gateway has the reply: it is told, written, or answered, as chance has it.
    all(&[1, 2, 3, 5, 8, 13], |letters| {
        let hooked = Hooked::new(&fleet(2), "");
        hooked.register();
        let mut run = Waiting::begin(&hooked.run(&["--timeout", "5s"]));
        until("the reply", || hooked.desk.lab.events("inbound").len() >= *letters);
        run.kill().unwrap();
        run.wait().unwrap();
        thread::sleep(Duration::from_millis(100));
        goes_on(&hooked, &format!("{letters} letters"));
    });
}

/// The program dies in front of each of its writes and behind each, so also between a webhook's call and its writing.
#[cfg(feature = "defects")]
#[test]
fn dead_at_every_write_point_what_the_gateway_was_told_is_kept_is_in_the_journal() {
    use std::sync::atomic::{AtomicU32, Ordering};

    let (ended, between) = (AtomicU32::new(0), AtomicU32::new(0));
    for first in (1..200).step_by(4) {
        let here: Vec<u32> = (first..first + 4).collect();
        all(&here, |point| {
            let hooked = Hooked::new(&fleet(1), "");
            hooked.register();
            let run = hooked.run(&["--timeout", "5s"]).env("HOMING_DEFECT", &format!("crash:{point}"));
            if run.run().code == 0 {
                ended.fetch_add(1, Ordering::SeqCst);
                return;
            }
            thread::sleep(Duration::from_millis(100));
            // Called without an answer: it died with the message in its hands.
            let called = hooked.desk.lab.events("hook");
            between
                .fetch_add(u32::from(called.iter().any(|hook| hook["status"].is_null())), Ordering::SeqCst);
            goes_on(&hooked, &format!("point {point}"));
        });
        if ended.load(Ordering::SeqCst) > 0 {
            break;
        }
    }
    assert!(ended.load(Ordering::SeqCst) > 0, "the batch never came to its end");
    assert!(between.load(Ordering::SeqCst) > 0, "it never died between a call and its answer");
}
