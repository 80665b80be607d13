//! What comes back: messages by asking, what became of those sent, and whether the gateway works.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use super::server::{Reply, Server, json};
use super::*;
use crate::engine::{Capacity, Fate, Inbound, Sender};

pub(super) const INBOX: &str = r#"
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

pub(super) fn two_way(more: &str) -> String {
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
    pub(super) fn inbound(&self) -> Inbound {
        match self.next() {
            News::Inbound(inbound) => inbound,
            other => panic!("{other:?} instead of Inbound"),
        }
    }

    pub(super) fn capacity(&self) -> Capacity {
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
        // The message may come before the gateway's answer or behind it; when all is over nobody is there to take it.
        let mut heard: Vec<News> = bench.news.iter().collect();
        let down = heard.iter().position(|news| matches!(news, News::Down { last: true, .. })).unwrap();
        let News::Down { cause, .. } = heard.remove(down) else { panic!("{heard:?}") };
        assert!(cause.sentence.ends_with(says), "{}", cause.sentence);
        assert!(cause.hint.is_some());
        assert!(heard.len() <= 1, "{heard:?}");
        for news in heard {
            let News::Outcome(AttemptId(1), outcome) = news else { panic!("{news:?}") };
            not_sent(outcome);
        }
        assert_eq!(server.seen_of("POST").len(), 0);
    }
}

#[test]
fn a_message_that_is_handed_over_as_a_courier_ends_is_told_to_be_not_sent() {
    let post: Arc<Mutex<Option<Post>>> = Arc::default();
    let is_there = Arc::clone(&post);
    let server = Server::start(move |_| {
        while is_there.lock().unwrap().is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        json(401, "")
    });
    let (sender, news) = channel();
    let orders = Arc::clone(&post);
    let tell = move |one: News| {
        // In that instant, before the courier looks at its orders again.
        if matches!(one, News::Down { last: true, .. }) {
            orders.lock().unwrap().as_ref().unwrap().give(Order::Hand {
                id: AttemptId(1),
                to: to(),
                text: "A#".to_owned(),
            });
        }
        drop(sender.send(one));
    };
    let opened = open(setup(&two_way(INBOX), &server.url(), |_| {}), Box::new(tell)).unwrap();
    *post.lock().unwrap() = Some(opened);
    let mut heard: Vec<News> = news.iter().collect();
    let last = heard.pop().unwrap();
    let News::Outcome(AttemptId(1), outcome) = last else { panic!("{last:?} behind {heard:?}") };
    not_sent(outcome);
    assert!(matches!(heard.as_slice(), [News::Down { last: true, .. }]), "{heard:?}");
}

#[test]
fn a_one_way_gateway_says_that_it_is_one() {
    let bench = Bench::open(PLAIN, "http://127.0.0.1:1");
    let capacity = bench.capacity();
    assert!(!capacity.two_way);
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
