//! Messages by a webhook: who is believed, what is told, and when a call is answered with success.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use super::super::callers::Call;
use super::super::extract::Body;
use super::super::wire::Wire;
use super::replies::two_way;
use super::*;
use crate::engine::Inbound;

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

/// Has a webhook called with one message, keeps what is told of it, and sees that the call is answered with success then
/// and not before.
fn kept(bench: &Bench, call: impl FnOnce() -> u16 + Send) -> Inbound {
    std::thread::scope(|scope| {
        let call = scope.spawn(call);
        let inbound = bench.inbound();
        std::thread::sleep(Duration::from_millis(50));
        assert!(!call.is_finished(), "answered before it is kept");
        bench.post.give(Order::Forget(inbound.key));
        assert_eq!(call.join().unwrap(), 200);
        inbound
    })
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
    let first = kept(&bench, || call(address, path, "", CALL));
    assert_eq!(call(address, path, "", CALL), 200, "what is repeated is taken and not told again");
    assert_eq!(call(address, path, "", r#"{"event":"ping"}"#), 200);
    assert_eq!(call(address, path, "", "not JSON"), 200);
    assert_eq!(call(address, path, "", &"x".repeat(300_000)), 413);
    let second =
        kept(&bench, || call(address, path, "", &CALL.replace("\"7\"", "\"8\"").replace("OK", "NO")));
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
        let (done, mut word) = tokio::sync::oneshot::channel();
        caller.try_send(Call { letters: letters.clone().unwrap(), done }).unwrap();
        let tell: crate::courier::Tell = Box::new(move |news| sender.send(news).unwrap());
        runtime.block_on(super::super::courier::run(wire, tell, orders, calls));
        let told: Vec<News> = news.try_iter().filter(|news| matches!(news, News::Inbound(_))).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        // Who called, and who calls now, learns that nobody has kept it, and calls again.
        assert_eq!(word.try_recv(), Err(tokio::sync::oneshot::error::TryRecvError::Closed));
        assert!(caller.is_closed());
    }
}

/// A courier with an open webhook, and its address.
fn hooked(change: impl FnOnce(&mut Setup)) -> (Bench, SocketAddr) {
    let address = free();
    let mut setup = setup(&two_way(WEBHOOK), "http://127.0.0.1:1", |given| {
        given.values.remove("key");
    });
    setup.webhook(address).unwrap();
    change(&mut setup);
    let bench = Bench::with(setup);
    bench.capacity();
    (bench, address)
}

#[test]
fn a_call_that_nobody_keeps_in_time_is_to_be_repeated_and_its_repetition_counts_when_it_is_kept() {
    let (bench, address) = hooked(|setup| setup.kept_within = Duration::from_millis(100));
    assert_eq!(call(address, "/", "", CALL), 503);
    let inbound = bench.inbound();
    assert_eq!(call(address, "/", "", CALL), 503, "it is not kept yet, though it was told before");
    bench.post.give(Order::Forget(inbound.key));
    assert_eq!(call(address, "/", "", CALL), 200);
    assert!(bench.news.try_recv().is_err(), "it was told once");
}

#[test]
fn a_call_is_answered_with_success_only_when_all_of_its_messages_are_kept() {
    let items = WEBHOOK.replace("[webhook]\n", "[webhook]\nitems = \"/all\"\n");
    let definition = two_way(&items);
    let address = free();
    let mut setup = setup(&definition, "http://127.0.0.1:1", |given| {
        given.values.remove("key");
    });
    setup.webhook(address).unwrap();
    let bench = Bench::with(setup);
    bench.capacity();
    let all = format!("{{\"all\":[{CALL},{}]}}", CALL.replace("\"7\"", "\"8\""));
    std::thread::scope(|scope| {
        let called = scope.spawn(|| call(address, "/", "", &all));
        let keys = [bench.inbound().key, bench.inbound().key];
        bench.post.give(Order::Forget(keys[1]));
        std::thread::sleep(Duration::from_millis(50));
        assert!(!called.is_finished(), "answered before all of it is kept");
        // A stranger's is left where it is, and need not be told again either.
        bench.post.give(Order::Leave(keys[0]));
        assert_eq!(called.join().unwrap(), 200);
    });
}

/// A connection that says so much and no more.
fn half(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    stream
}

/// Whoever waits longer than this was not served.
const SERVED: Option<Duration> = Some(Duration::from_secs(20));

#[test]
fn connections_that_say_nothing_keep_no_call_waiting_and_send_none_away_that_waits_to_be_kept() {
    // By its time-out alone nobody would go for an hour.
    let (bench, address) = hooked(|setup| setup.read_within = Duration::from_secs(3600));
    let whole = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{CALL}", CALL.len());
    let mut first = half(address, &whole);
    first.set_read_timeout(SERVED).unwrap();
    let first_key = bench.inbound().key;
    // Some say nothing, some half a head, and some all but the last octet.
    let said = ["", "POST / HT", &whole[..whole.len() - 1]];
    let _idle: Vec<TcpStream> = (0..200).map(|at| half(address, said[at % said.len()])).collect();
    let second = CALL.replace("\"7\"", "\"8\"");
    let mut honest = half(
        address,
        &format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{second}", second.len()),
    );
    honest.set_read_timeout(SERVED).unwrap();
    let second_key = bench.inbound().key;
    for (stream, key) in [(&mut honest, second_key), (&mut first, first_key)] {
        bench.post.give(Order::Forget(key));
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
    }
}

#[test]
fn a_call_that_is_dealt_out_slowly_has_one_time_for_head_and_body_together() {
    let (bench, address) = hooked(|setup| setup.read_within = Duration::from_secs(1));
    let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", CALL.len());
    let parts = [&head[..10], &head[10..], &CALL[..10], &CALL[10..]];
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(SERVED).unwrap();
    for part in parts {
        // Neither head nor body takes a second, and both together do.
        let _ = stream.write_all(part.as_bytes());
        std::thread::sleep(Duration::from_millis(400));
    }
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer:?}");
    assert!(bench.news.try_recv().is_err(), "it was told, though its time was over");
}

#[test]
fn a_call_that_waits_when_the_courier_ends_is_to_be_repeated() {
    let (bench, address) = hooked(|_| {});
    std::thread::scope(|scope| {
        let called = scope.spawn(|| call(address, "/", "", CALL));
        bench.inbound();
        drop(bench);
        assert_eq!(called.join().unwrap(), 503);
    });
}

#[test]
fn a_message_that_is_kept_last_is_answered_with_success_though_the_courier_ends_at_once() {
    let (bench, address) = hooked(|_| {});
    std::thread::scope(|scope| {
        let called = scope.spawn(|| call(address, "/", "", CALL));
        let key = bench.inbound().key;
        bench.post.give(Order::Forget(key));
        drop(bench);
        assert_eq!(called.join().unwrap(), 200);
    });
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
    let inbound = kept(&bench, || call(address, "/", &headers("1738299600", signature), CALL));
    assert_eq!(inbound.text, "OK \"quoted\"");
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
