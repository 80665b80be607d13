//! A batch whose webhook is called by whoever has no business there. What counts afterwards is the journal.

use std::io::Write as _;
use std::net::TcpStream;
use std::process::Child;

use crate::desk::{fleet, played};
use crate::hooked::{Hooked, SECRET, T0, answered, begin, event, moment, say, until};
use crate::lab::Lab;

/// A batch that waits for the answer of a silent tracker; nobody answers it but the test.
struct Waiting {
    hooked: Hooked,
    run: Child,
}

impl Waiting {
    fn new(more: &str) -> Self {
        Self::on(Hooked::new(&played(1, &[(0, "silent")]), more))
    }

    fn on(hooked: Hooked) -> Self {
        let run = begin(&hooked.run(&["--timeout", "60s", "--no-identify", "--step", "apn"]));
        until("the message", || hooked.attempts().last().is_some_and(|state| state == "accepted"));
        Self { hooked, run }
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
    let mut kept: Vec<(String, String)> = Vec::new();
    let long = "4".repeat(4000);
    for from in
        ["+447700900001", "+4477009000001", "447700900000x", "00000000", "", "Operator", "+", long.as_str()]
    {
        // It is nobody's here and need not be told again: it is kept.
        let call = event(from, from, "OK!", &moment(0));
        assert_eq!(waiting.call(call.as_bytes()), 200, "{from}");
        assert_eq!(waiting.call(call.as_bytes()), 200, "{from}");
        kept.push(("OK!".to_owned(), from.trim_start_matches('+').to_owned()));
        assert_eq!(waiting.hooked.strangers().len(), kept.len(), "{from}");
    }
    kept[6].1 = "+".to_owned();
    assert_eq!(waiting.hooked.strangers(), kept);
    let shown = waiting.hooked.desk.batch(&["status", "--strangers"]).run();
    assert!(shown.out.contains("+447700900001") && shown.out.contains("Operator"), "{shown}");
    waiting.still_works();
}

#[test]
fn what_came_while_another_batch_was_at_work_settles_what_nobody_knew() {
    let hooked = Hooked::new(&played(1, &[(0, "silent")]), "");
    // Of its only command nobody knows whether it arrived.
    let csv = fleet(2).replace("istartek-pt32", "istartek-vt");
    let csv: String =
        csv.lines().filter(|row| !row.starts_with("T0,")).map(|row| format!("{row}\n")).collect();
    let file = hooked.desk.path("late.csv");
    std::fs::write(&file, &csv).unwrap();
    let faults = ["silent-after-ctrl-z", "report-lost", "silent-answers"];
    let faults: Vec<&str> = faults.iter().flat_map(|fault| ["--fault", fault]).collect();
    let lab = Lab::with(&csv, &faults);
    let via = format!("{}?accept=200ms", lab.via());
    let run = ["run", file.to_str().unwrap(), "--yes", "--timeout", "1s", "--no-identify", "--step", "apn"];
    let said = hooked.desk.batch(&run).args(&["--via", &via]).run();
    said.assert_err(3, &["`homing batch resolve late` lists"]);
    let found = ["resolve", "late", "--from-inbox"];
    let said = hooked.desk.batch(&found).run();
    assert_eq!((said.code, said.out.trim()), (3, "no answer to any of them was found"), "{said}");

    // Its answer comes to the webhook that both share, and the other batch is at work.
    let mut waiting = Waiting::on(hooked);
    assert_eq!(waiting.call(event("9", "+447700900001", "109,OK", &moment(0)).as_bytes()), 200);
    waiting.run.kill().unwrap();
    waiting.run.wait().unwrap();
    let said = waiting.hooked.desk.batch(&found).run();
    assert_eq!(said.code, 0, "{said}");
    assert!(said.out.contains("T1: ****,109,internet was sent: its answer of"), "{said}");
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
    assert_eq!(waiting.hooked.rows(), std::slice::from_ref(&before));
    assert_eq!(waiting.hooked.attempts(), ["accepted"]);
    waiting.run.kill().unwrap();
    waiting.run.wait().unwrap();
    waiting.run = begin(&waiting.hooked.resume(&[]));
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
