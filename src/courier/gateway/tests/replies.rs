//! What comes back: messages by asking and by a webhook, what became of those sent, and whether the gateway works.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::super::extract::Body;
use super::super::wire::Wire;
use super::server::{Reply, Server, json};
use super::*;
use crate::engine::{Capacity, Fate, Inbound, Sender};

const INBOX: &str = r#"
[inbox]
method = "GET"
url = "{base}/inbox"
page = 2
items = "/messages"
from = "/from"
text = "/body"
time = "/at"
id = "/id"
every = "1m"
[inbox.query]
since = "{since}"
limit = "{limit}"
offset = "{offset}"
[inbox.only]
at = "/kind"
is = ["SMS"]
"#;

const WEBHOOK: &str = r#"
[webhook]
from = "/payload/from"
text = "/payload/text"
time = "/payload/at"
id = "/payload/id"
[webhook.only]
at = "/event"
is = ["received"]
[webhook.signature]
header = "X-Signature"
timestamp = "X-Timestamp"
key = "{key}"
[variable.key]
help = "the key"
secret = true
optional = true
"#;

const STATUS: &str = r#"
[status]
method = "GET"
url = "{base}/status/{id}"
state = "/state"
delivered = ["Delivered"]
failed = ["Failed"]
trying = ["Pending", "Sent"]
every = "1ms"
"#;

fn two_way(more: &str) -> String {
    format!("{}{more}", PLAIN.replace("two_way = false", "two_way = true"))
}

fn letter(id: u32, from: &str, text: &str, at: &str) -> serde_json::Value {
    serde_json::json!({"id": id.to_string(), "kind": "SMS", "from": from, "body": text, "at": at})
}

/// An inbox that gives its messages page by page, the newest first.
fn inbox(letters: &Arc<Mutex<Vec<serde_json::Value>>>) -> Server {
    let letters = Arc::clone(letters);
    Server::start(move |seen| {
        let target = seen.line.split(' ').nth(1).unwrap();
        let url = reqwest::Url::parse(&format!("http://x{target}")).unwrap();
        let number =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).unwrap().1.parse::<usize>().unwrap();
        let all = letters.lock().unwrap();
        let page: Vec<_> = all.iter().rev().skip(number("offset")).take(number("limit")).cloned().collect();
        json(200, &serde_json::json!({ "messages": page }).to_string())
    })
}

impl Bench {
    fn inbound(&self) -> Inbound {
        match self.next() {
            News::Inbound(inbound) => inbound,
            other => panic!("{other:?} instead of Inbound"),
        }
    }

    fn capacity(&self) -> Capacity {
        match self.next() {
            News::Up(capacity) => capacity,
            other => panic!("{other:?} instead of Up"),
        }
    }

    fn down(&self) -> (Cause, bool) {
        match self.next() {
            News::Down { cause, last } => (cause, last),
            other => panic!("{other:?} instead of Down"),
        }
    }
}

#[test]
fn what_was_there_is_old_and_what_comes_is_told_once_in_its_order() {
    let at = |minute: u32| format!("2025-01-31T12:{minute:02}:00Z");
    let letters = Arc::new(Mutex::new(vec![
        letter(1, "+573001234567", "one", &at(1)),
        letter(2, "+573001234567", "two", &at(2)),
        letter(3, "Operator", "credit is low", &at(3)),
        letter(4, "85100", "short number", &at(4)),
        serde_json::json!({"id": "5", "kind": "MMS", "from": "+573001234567", "body": "picture"}),
    ]));
    let server = inbox(&letters);
    let bench = Bench::open(&two_way(INBOX), &server.url());
    let first: Vec<Inbound> = (0..4).map(|_| bench.inbound()).collect();
    assert!(first.iter().all(|inbound| inbound.old && inbound.missing == (0, 1)));
    let texts: Vec<&str> = first.iter().map(|inbound| inbound.text.as_str()).collect();
    assert_eq!(texts, ["one", "two", "credit is low", "short number"]);
    assert_eq!(first[0].sender, Sender::International("573001234567".to_owned()));
    assert_eq!(first[2].sender, Sender::Name("Operator".to_owned()));
    assert_eq!(first[3].sender, Sender::National("85100".to_owned()));
    // 2025-01-31T12:01:00Z by `date -u +%s`.
    assert_eq!(first[0].sent_ms, Some(1_738_324_860_000));
    assert!(bench.capacity().two_way);
    // Five messages are three pages of two: every one of them was asked for.
    let offsets: Vec<bool> = ["offset=0", "offset=2", "offset=4"]
        .map(|page| server.seen()[..3].iter().any(|seen| seen.line.contains(page)))
        .into();
    assert_eq!(offsets, [true; 3], "{:?}", server.seen());
    letters.lock().unwrap().push(letter(6, "+573001234567", "three", &at(5)));
    let new = bench.inbound();
    assert_eq!((new.text.as_str(), new.old), ("three", false));
    let keys: std::collections::HashSet<_> = first.iter().chain([&new]).map(|inbound| inbound.key).collect();
    assert_eq!(keys.len(), 5, "every message has its key");
    letters.lock().unwrap().push(letter(7, "+573001234567", "four", &at(6)));
    assert_eq!(bench.inbound().text, "four");
}

#[test]
fn a_date_in_the_future_hides_no_later_message() {
    let letters = Arc::new(Mutex::new(vec![letter(1, "+573001234567", "forged", "2069-12-31T00:00:00Z")]));
    let server = inbox(&letters);
    let bench = Bench::open(&two_way(INBOX), &server.url());
    assert_eq!(bench.inbound().text, "forged");
    bench.capacity();
    letters.lock().unwrap().push(letter(2, "+573001234567", "true", "2026-01-01T00:00:00Z"));
    assert_eq!(bench.inbound().text, "true");
    let seen = server.seen().pop().unwrap();
    assert!(!seen.line.contains("since=2069"), "{}", seen.line);
}

#[test]
fn pages_that_name_the_next_one_are_followed_at_the_same_gateway_only() {
    let definition = two_way(
        &INBOX
            .replace("page = 2\n", "next = \"/next\"\n")
            .replace("limit = \"{limit}\"\noffset = \"{offset}\"\n", ""),
    );
    for (next, whole) in [("/inbox?page=2", true), ("http://127.0.0.1:1/inbox?page=2", false)] {
        let server = Server::start(move |seen| {
            let (id, next) = if seen.line.contains("page=2") { (2, "") } else { (1, next) };
            let letter = letter(id, "+573001234567", &format!("text {id}"), "2025-01-31T12:00:00Z");
            json(200, &serde_json::json!({"messages": [letter], "next": next}).to_string())
        });
        let bench = Bench::open(&definition, &server.url());
        if whole {
            assert_eq!([bench.inbound().text, bench.inbound().text], ["text 1", "text 2"]);
        } else {
            let (cause, last) = bench.down();
            assert!(cause.sentence.ends_with("names another place for the next page"), "{}", cause.sentence);
            assert!(!last);
        }
    }
}

#[test]
fn a_ping_asks_at_once() {
    let letters = Arc::new(Mutex::new(Vec::new()));
    let server = inbox(&letters);
    let setup = setup(&two_way(INBOX), &server.url(), |given| given.poll = None);
    let bench = Bench::with(setup).up();
    letters.lock().unwrap().push(letter(1, "+573001234567", "late", "2025-01-31T12:00:00Z"));
    // The next look would be in a minute, which is longer than this test waits.
    bench.post.give(Order::Ping);
    assert_eq!(bench.inbound().text, "late");
}

#[test]
fn what_is_forgotten_is_deleted_where_the_gateway_can() {
    let forget = "[forget]\nmethod = \"DELETE\"\nurl = \"{base}/inbox/{id}\"\n";
    let letters = Arc::new(Mutex::new(vec![letter(1, "+573001234567", "one", "2025-01-31T12:00:00Z")]));
    let deleted = Arc::new(Mutex::new(String::new()));
    let (all, gone) = (Arc::clone(&letters), Arc::clone(&deleted));
    let server = Server::start(move |seen| {
        if seen.is("DELETE") {
            seen.line.clone_into(&mut gone.lock().unwrap());
            all.lock().unwrap().clear();
            return json(200, "{}");
        }
        json(200, &serde_json::json!({ "messages": *all.lock().unwrap() }).to_string())
    });
    let bench = Bench::open(&two_way(&format!("{INBOX}{forget}")), &server.url());
    let key = bench.inbound().key;
    bench.capacity();
    bench.post.give(Order::Forget(key));
    // Closing waits for it.
    drop(bench);
    assert_eq!(*deleted.lock().unwrap(), "DELETE /inbox/1 HTTP/1.1");
}

#[test]
fn a_gateway_that_does_not_work_is_down_until_it_does() {
    let works = Arc::new(AtomicBool::new(false));
    let now = Arc::clone(&works);
    let server = Server::start(move |_| match now.load(Ordering::SeqCst) {
        true => json(200, r#"{"messages":[]}"#),
        false => json(503, r#"{"message":"restarting"}"#),
    });
    let bench = Bench::open(&two_way(INBOX), &server.url());
    let (cause, last) = bench.down();
    assert!(
        cause.sentence.ends_with("did not answer the request for received messages: restarting"),
        "{}",
        cause.sentence
    );
    assert!(!last);
    bench.hand(1, "A#");
    let News::Outcome(AttemptId(1), outcome) = bench.next() else { panic!("no outcome") };
    not_sent(outcome);
    works.store(true, Ordering::SeqCst);
    bench.post.give(Order::Ping);
    bench.capacity();
}

#[test]
fn a_message_handed_over_before_the_gateway_was_asked_waits_for_it() {
    let server = Server::start(|seen| match seen.is("GET") {
        true => json(200, r#"{"messages":[]}"#),
        false => json(202, r#"{"id":"1"}"#),
    });
    let bench = Bench::open(&two_way(INBOX), &server.url());
    bench.hand(1, "A#");
    bench.capacity();
    assert_eq!(bench.next(), News::Prompt(AttemptId(1)));
}

#[test]
fn credentials_that_are_not_taken_end_it_with_what_to_do() {
    for (status, says) in [
        (401, "does not take token"),
        (403, "does not allow the request for received messages"),
        (404, "does not know the request for received messages"),
    ] {
        let server = Server::start(move |_| json(status, ""));
        let bench = Bench::open(&two_way(INBOX), &server.url());
        bench.hand(1, "A#");
        let mut heard = vec![bench.next(), bench.next()];
        let down = heard.pop().unwrap();
        let News::Down { cause, last: true } = down else { panic!("{down:?}") };
        assert!(cause.sentence.ends_with(says), "{}", cause.sentence);
        assert!(cause.hint.is_some());
        let News::Outcome(AttemptId(1), outcome) = heard.pop().unwrap() else { panic!("no outcome") };
        not_sent(outcome);
        assert!(bench.news.recv().is_err(), "the courier has stopped");
        assert_eq!(server.seen_of("POST").len(), 0);
    }
}

#[test]
fn a_one_way_gateway_says_that_it_is_one() {
    let bench = Bench::open(PLAIN, "http://127.0.0.1:1");
    let capacity = bench.capacity();
    assert!(!capacity.two_way);
    assert!(capacity.warnings[0].contains("one-way"), "{:?}", capacity.warnings);
    assert_eq!(capacity.name, "Plain at http://127.0.0.1:1");
}

#[test]
fn what_became_of_a_message_is_told_when_it_changes() {
    let asked = AtomicU32::new(0);
    let server = Server::start(move |seen| {
        if seen.is("POST") {
            return json(202, r#"{"id":"a/7"}"#);
        }
        assert!(seen.is("GET /status/a%2F7 "), "{}", seen.line);
        match asked.fetch_add(1, Ordering::SeqCst) {
            0 | 1 => json(200, r#"{"state":"Pending"}"#),
            2 => json(500, ""),
            3 => json(200, r#"{"state":"Weird"}"#),
            _ => json(200, r#"{"state":"Delivered"}"#),
        }
    });
    let definition = format!("{PLAIN}{STATUS}");
    let bench = Bench::open(&definition, &server.url()).up();
    assert_eq!(accepted(bench.outcome(1, "A#")), ["a/7"]);
    for fate in [Fate::Trying, Fate::Unclear, Fate::Delivered] {
        let News::Receipt(receipt) = bench.next() else { panic!("no receipt") };
        assert_eq!((receipt.reference.as_str(), receipt.fate), ("a/7", fate));
        assert_eq!(receipt.recipient, Some(Sender::International("573001234567".to_owned())));
    }
    drop(bench);
    assert_eq!(server.seen_of("GET").len(), 5, "a final word is the last question");
}

#[test]
fn a_message_in_doubt_is_looked_for_under_its_own_id_and_not_sent_again() {
    let definition = format!("{}{STATUS}", PLAIN.replace("idempotent = false", "idempotent = true"));
    let taken = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&taken);
    let server = Server::start(move |seen| {
        if seen.is("POST") {
            seen.json()["ref"].as_str().unwrap().clone_into(&mut kept.lock().unwrap());
            return Reply::Raw("");
        }
        let id = kept.lock().unwrap().clone();
        match seen.is(&format!("GET /status/{id} ")) {
            true => json(200, r#"{"state":"Sent"}"#),
            false => json(404, ""),
        }
    });
    let bench = Bench::open(&definition, &server.url()).up();
    unknown(bench.outcome(1, "A#"));
    let News::Outcome(AttemptId(1), outcome) = bench.next() else { panic!("no second word") };
    assert_eq!(accepted(outcome), [taken.lock().unwrap().clone()]);
    let News::Receipt(receipt) = bench.next() else { panic!("no receipt") };
    assert_eq!(receipt.fate, Fate::Trying);
    assert_eq!(server.seen_of("POST").len(), 1);
}

/// An address that is free, for a webhook.
fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Calls a webhook; the status of its answer.
fn call(address: SocketAddr, path: &str, headers: &str, body: &str) -> u16 {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let text = format!("POST {path} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {length}\r\n\r\n{body}");
    // A body that is too long is answered before it is read.
    let _ = stream.write_all(text.as_bytes());
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

const CALL: &str = r#"{"event":"received","payload":{"id":"7","from":"+573001234567","text":"OK \"quoted\"","at":"2025-01-31T12:00:00.000+07:00"}}"#;

#[test]
fn a_webhook_takes_calls_at_its_secret_path_and_tells_each_message_once() {
    let address = free();
    let mut setup = setup(&two_way(WEBHOOK), "http://127.0.0.1:1", |given| {
        given.values.remove("key");
        given.webhook_secret = Some(Secret::new("s3cr3t/path"));
    });
    setup.webhook(address).unwrap();
    let bench = Bench::with(setup);
    assert!(bench.capacity().two_way);
    let path = "/sms/s3cr3t%2Fpath";
    for wrong in ["/", "/sms", "/sms/s3cr3t", "/sms/s3cr3t%2Fpath/"] {
        assert_eq!(call(address, wrong, "", CALL), 404, "{wrong}");
    }
    assert_eq!(call(address, path, "", CALL), 200);
    assert_eq!(call(address, path, "", CALL), 200, "what is repeated is taken and not told again");
    assert_eq!(call(address, path, "", r#"{"event":"ping"}"#), 200);
    assert_eq!(call(address, path, "", "not JSON"), 200);
    assert_eq!(call(address, path, "", &"x".repeat(300_000)), 413);
    assert_eq!(call(address, path, "", &CALL.replace("\"7\"", "\"8\"").replace("OK", "NO")), 200);
    let (first, second) = (bench.inbound(), bench.inbound());
    assert_eq!((first.text.as_str(), first.old), ("OK \"quoted\"", false));
    // 2025-01-31T05:00:00Z by `date -u +%s`.
    assert_eq!(first.sent_ms, Some(1_738_299_600_000));
    assert_eq!(second.text, "NO \"quoted\"");
}

#[test]
fn what_a_webhook_took_is_told_also_by_a_courier_that_is_being_closed() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let letters =
        load(&two_way(WEBHOOK)).unwrap().webhook.unwrap().fields.letters(&Body::read(CALL.as_bytes()));
    // Which of the two is looked at first is chance.
    for _ in 0..32 {
        let wire = Arc::new(Wire::new(setup(&two_way(WEBHOOK), "http://127.0.0.1:1", |_| {})).unwrap());
        let (give, orders) = tokio::sync::mpsc::unbounded_channel();
        let (caller, calls) = tokio::sync::mpsc::channel(4);
        let (sender, news) = channel();
        give.send(Order::Close).unwrap();
        caller.try_send(letters.clone().unwrap()).unwrap();
        let tell: crate::courier::Tell = Box::new(move |news| sender.send(news).unwrap());
        runtime.block_on(super::super::courier::run(wire, tell, orders, calls));
        let told: Vec<News> = news.try_iter().filter(|news| matches!(news, News::Inbound(_))).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        // Who calls now learns that nobody took it, and calls again.
        assert!(caller.try_send(Vec::new()).is_err());
    }
}

#[test]
fn a_webhook_that_signs_is_believed_only_with_its_signature() {
    let address = free();
    let mut setup = setup(&two_way(WEBHOOK), "http://127.0.0.1:1", |given| {
        given.values.insert("key".to_owned(), Secret::new("signing key"));
    });
    setup.webhook(address).unwrap();
    let bench = Bench::with(setup);
    bench.capacity();
    // `printf '%s' BODY1738299600 | openssl dgst -sha256 -hmac 'signing key'`
    let signature = "a12772fbbb06a7620ba0409c5e1230b02c640b6a2b7352390261f064b2f55daa";
    let headers = |timestamp: &str, signature: &str| {
        format!("x-timestamp: {timestamp}\r\nX-SIGNATURE: {signature}\r\n")
    };
    for (timestamp, given) in [
        ("1738299601", signature),
        ("1738299600", &signature[..62]),
        ("1738299600", ""),
        ("1738299600", "zz"),
    ] {
        assert_eq!(call(address, "/", &headers(timestamp, given), CALL), 401, "{timestamp} {given}");
    }
    assert_eq!(call(address, "/", "", CALL), 401);
    assert_eq!(call(address, "/", &headers("1738299600", signature), &CALL.replace("OK", "NO")), 401);
    assert_eq!(call(address, "/", &headers("1738299600", signature), CALL), 200);
    assert_eq!(bench.inbound().text, "OK \"quoted\"");
}

#[test]
fn a_webhook_that_everybody_could_call_is_refused() {
    let open = |given: &mut Given| {
        given.values.remove("key");
    };
    let mut setup = setup(&two_way(WEBHOOK), "http://127.0.0.1:1", open);
    let error = setup.webhook("0.0.0.0:0".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "a webhook at 0.0.0.0:0 would take messages from everybody");
    assert!(error.hint().unwrap().contains("webhook_secret"));
    setup.webhook("127.0.0.1:0".parse().unwrap()).unwrap();
    let mut none = super::setup(PLAIN, "http://127.0.0.1:1", |_| {});
    let error = none.webhook("127.0.0.1:0".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "gateway office (plain) calls no webhook that its definition knows");
}

#[test]
fn an_address_in_use_is_told_when_the_courier_is_opened() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut setup = setup(&two_way(WEBHOOK), "http://127.0.0.1:1", |_| {});
    setup.webhook(taken.local_addr().unwrap()).unwrap();
    let error = open(setup, Box::new(|_| {})).map(drop).unwrap_err();
    assert!(error.to_string().contains("nothing can listen at 127.0.0.1:"), "{error}");
}
