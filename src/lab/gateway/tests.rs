//! The gateway over raw sockets, as its documentation describes the API. Requests are written out to the octet.

mod striking;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Gateway, NUMBER};
use crate::lab::event::Event;
use crate::lab::exchange::{Exchange, Fate, Letter, Refused};
use crate::lab::fault::{Fault, FaultKind};

/// `lab:lab` in base64, by another program.
const KNOWN: &str = "Authorization: Basic bGFiOmxhYg==\r\n";
const ONE: &str = r#"{"id":"one","textMessage":{"text":"TIMER,60#"},"phoneNumbers":["+573001234567"]}"#;

/// A network of paper.
#[derive(Default)]
struct Paper {
    taken: Mutex<Vec<(String, String, String)>>,
    fates: Mutex<Vec<Fate>>,
    letters: Mutex<Vec<Letter>>,
    faults: Mutex<Vec<Fault>>,
    events: Mutex<Vec<Event>>,
}

impl Exchange for Paper {
    fn submit(&self, from: &str, to: &str, text: &str) -> Result<u64, Refused> {
        if text.len() > 1000 {
            return Err(Refused(21));
        }
        let mut taken = self.taken.lock().unwrap();
        taken.push((from.to_owned(), to.to_owned(), text.to_owned()));
        self.fates.lock().unwrap().push(Fate::Accepted);
        Ok(taken.len() as u64)
    }

    fn fate(&self, id: u64) -> Option<Fate> {
        self.fates.lock().unwrap().get(usize::try_from(id).unwrap() - 1).copied()
    }

    fn inbox(&self, number: &str, after: u64) -> Vec<Letter> {
        assert_eq!(number, NUMBER);
        self.letters.lock().unwrap().iter().filter(|letter| letter.number > after).cloned().collect()
    }

    fn strikes(&self, kind: FaultKind) -> Option<Fault> {
        self.faults.lock().unwrap().iter().find(|fault| fault.kind == kind).copied()
    }

    fn log(&self, event: Event) {
        self.events.lock().unwrap().push(event);
    }
}

impl Paper {
    fn letter(&self, text: &str, sent_ms: i64) {
        let mut letters = self.letters.lock().unwrap();
        let number = letters.len() as u64 + 1;
        let (from, to) = ("+573001234567".to_owned(), NUMBER.to_owned());
        letters.push(Letter { number, from, to, text: text.to_owned(), sent_ms, arrived_ms: sent_ms });
    }

    fn taken(&self) -> usize {
        self.taken.lock().unwrap().len()
    }
}

/// A gateway with a network of paper.
struct Bench {
    paper: Arc<Paper>,
    gateway: Gateway,
}

/// An answer as it came.
#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Bench {
    fn new() -> Self {
        Self::with(&[])
    }

    fn with(faults: &[&str]) -> Self {
        let paper = Arc::new(Paper::default());
        paper.faults.lock().unwrap().extend(faults.iter().map(|fault| fault.parse::<Fault>().unwrap()));
        let exchange: Arc<dyn Exchange> = Arc::<Paper>::clone(&paper);
        Self { gateway: Gateway::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), exchange).unwrap(), paper }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.gateway.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn ask(&self, method: &str, target: &str, body: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request(method, target, body).as_bytes()).unwrap();
        read(&mut stream).unwrap()
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }

    fn fate(&self, fate: Fate) {
        *self.paper.fates.lock().unwrap().last_mut().unwrap() = fate;
    }
}

fn request(method: &str, target: &str, body: &str) -> String {
    format!("{method} {target} HTTP/1.1\r\nHost: x\r\n{KNOWN}Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Reads one answer; none when the connection ends before it.
fn read(stream: &mut TcpStream) -> Option<Answer> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        if stream.read(&mut octet).ok()? == 0 {
            return None;
        }
        head.extend(octet);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Some(Answer { status, head, body: String::from_utf8(body).unwrap() })
}

#[test]
fn a_message_is_taken_once_by_its_id() {
    let bench = Bench::new();
    let answer = bench.ask("POST", "/message", ONE);
    assert_eq!(answer.status, 202);
    let json = answer.json();
    assert_eq!((&json["id"], &json["state"]), (&json!("one"), &json!("Pending")));
    let recipients = json!([{ "phoneNumber": "+573001234567", "state": "Pending", "error": null }]);
    assert_eq!(json["recipients"], recipients);
    let again = bench.ask("POST", "/messages", ONE);
    assert_eq!(
        (again.status, again.json()),
        (409, json!({ "message": "Message with the same ID already exists" }))
    );
    let taken = bench.paper.taken.lock().unwrap().clone();
    assert_eq!(taken, [(NUMBER.to_owned(), "+573001234567".to_owned(), "TIMER,60#".to_owned())]);
    // Without an id it makes one up, and the cloud's path leads to the same.
    let other = r#"{"message":"x","phoneNumbers":["573001234567"],"withDeliveryReport":false}"#;
    let ids = [(); 2].map(|()| bench.ask("POST", "/3rdparty/v1/messages", other).json()["id"].clone());
    assert_ne!(ids[0], ids[1]);
    assert_eq!(bench.paper.taken(), 3);
}

#[test]
fn a_message_goes_through_its_states() {
    let bench = Bench::new();
    bench.ask("POST", "/message", ONE);
    assert_eq!(bench.get("/messages/one").json()["state"], "Sent");
    bench.fate(Fate::Delivered);
    let json = bench.get("/message/one").json();
    assert_eq!((&json["state"], &json["recipients"][0]["state"]), (&json!("Delivered"), &json!("Delivered")));
    let states: Vec<&String> = json["states"].as_object().unwrap().keys().collect();
    assert_eq!(states, ["Delivered", "Pending", "Processed", "Sent"]);
    bench.fate(Fate::Undeliverable);
    let json = bench.get("/messages/one").json();
    assert_eq!(
        (&json["state"], &json["recipients"][0]["error"]),
        (&json!("Failed"), &json!("nobody has this number"))
    );
    // What the network does not take has failed; without a report nobody knows of a delivery.
    let long = format!(r#"{{"id":"a b","message":"{}","phoneNumbers":["+573001234567"]}}"#, "x".repeat(1001));
    assert_eq!(bench.ask("POST", "/message", &long).status, 202);
    assert_eq!(bench.get("/messages/a%20b").json()["state"], "Failed");
    bench.ask(
        "POST",
        "/message",
        r#"{"id":"q","message":"x","phoneNumbers":["+573001234567"],"withDeliveryReport":false}"#,
    );
    bench.fate(Fate::Delivered);
    assert_eq!(bench.get("/messages/q").json()["state"], "Sent");
    assert_eq!(bench.get("/messages/none").status, 404);
}

#[test]
fn whoever_has_no_password_is_told_so() {
    let bench = Bench::new();
    for header in ["", "Authorization: Basic bGFiOm90aGVy\r\n", "Authorization: Bearer bGFiOmxhYg==\r\n"] {
        let mut stream = bench.connect();
        let length = ONE.len();
        write!(stream, "POST /message HTTP/1.1\r\n{header}Content-Length: {length}\r\n\r\n{ONE}").unwrap();
        let answer = read(&mut stream).unwrap();
        assert_eq!(answer.status, 401, "{header}");
        assert!(answer.head.contains("\r\nWWW-Authenticate: Basic "), "{}", answer.head);
        // The connection goes on.
        stream.write_all(request("GET", "/inbox", "").as_bytes()).unwrap();
        assert_eq!(read(&mut stream).unwrap().status, 200);
    }
    assert_eq!(bench.paper.taken(), 0);
}

#[test]
fn what_is_no_message_is_refused_in_words() {
    let bench = Bench::new();
    for (body, words) in [
        ("", "Invalid request body"),
        ("{", "Invalid request body"),
        (r#"{"phoneNumbers":["+573001234567"]}"#, "Must specify exactly one of"),
        (r#"{"message":"","phoneNumbers":["+573001234567"]}"#, "Text message is empty"),
        (r#"{"message":"x","phoneNumbers":[]}"#, "phoneNumbers is empty"),
        (r#"{"message":"x","phoneNumbers":["12345"]}"#, "Invalid phone number: 12345"),
        (r#"{"message":"x","phoneNumbers":["+573001234567"],"simNumber":0}"#, "simNumber must be >= 1"),
        (r#"{"message":"x","textMessage":{"text":"x"},"phoneNumbers":["+573001234567"]}"#, "Cannot specify"),
    ] {
        let answer = bench.ask("POST", "/message", body);
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.json()["message"].as_str().unwrap().starts_with(words), "{body}: {}", answer.body);
    }
    assert_eq!(bench.paper.taken(), 0);
    let short = r#"{"message":"x","phoneNumbers":["12345"]}"#;
    assert_eq!(bench.ask("POST", "/message?skipPhoneValidation=true", short).status, 202);
    assert_eq!((bench.ask("PUT", "/message", ONE).status, bench.get("/nothing").status), (405, 404));
}

#[test]
fn the_inbox_lists_the_newest_first_within_its_times() {
    let bench = Bench::new();
    // 2001-09-09T01:46:40Z is the billionth second.
    for (text, seconds) in [("first", 1_000_000_000), ("third", 1_000_000_002), ("second", 1_000_000_001)] {
        bench.paper.letter(text, seconds * 1000);
    }
    let texts = |target: &str| -> Vec<String> {
        let json = bench.get(target).json();
        json.as_array()
            .unwrap()
            .iter()
            .map(|letter| letter["contentPreview"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(texts("/inbox"), ["third", "second", "first"]);
    assert_eq!(texts("/inbox?type=SMS&limit=1&offset=1"), ["second"]);
    assert_eq!(texts("/inbox?from=2001-09-09T01:46:41Z"), ["third", "second"]);
    assert_eq!(
        texts("/inbox?from=2001-09-09T03:46:40%2B02:00&to=2001-09-09T01%3A46%3A41.000Z"),
        ["second", "first"]
    );
    let answer = bench.get("/inbox?limit=1");
    assert!(answer.head.contains("\r\nX-Total-Count: 3\r\n"), "{}", answer.head);
    let letter = &answer.json()[0];
    assert_eq!(
        (&letter["sender"], &letter["recipient"], &letter["createdAt"]),
        (&json!("+573001234567"), &json!(NUMBER), &json!("2001-09-09T01:46:42.000Z"))
    );
    for (target, words) in [
        ("/inbox?limit=0", "limit must be between 1 and 500"),
        ("/inbox?limit=501", "limit must be between 1 and 500"),
        ("/inbox?from=yesterday", "Invalid from datetime"),
        // A plus that is not written as %2B is a blank.
        ("/inbox?to=2001-09-09T01:46:40+00:00", "Invalid to datetime"),
        ("/inbox?from=2001-09-10T00:00:00Z&to=2001-09-09T00:00:00Z", "Start date cannot be after end date"),
        ("/inbox?from=%zz", "Invalid query"),
    ] {
        let answer = bench.get(target);
        assert_eq!((answer.status, answer.json()), (400, json!({ "message": words })), "{target}");
    }
}

#[test]
fn a_webhook_is_told_in_order_until_it_takes_it_and_only_what_came_behind_it() {
    let bench = Bench::new();
    bench.paper.letter("before", 0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/hook?key=1", listener.local_addr().unwrap());
    let wish = json!({ "id": "mine", "url": url, "event": "sms:received" }).to_string();
    let made = bench.ask("POST", "/webhooks", &wish);
    assert_eq!((made.status, &made.json()["id"]), (201, &json!("mine")));
    assert_eq!(bench.ask("POST", "/webhooks", &wish).status, 201);
    assert_eq!(bench.get("/webhooks").json().as_array().unwrap().len(), 1);
    bench.paper.letter("one", 1_000_000_000_000);
    bench.paper.letter("two", 1_000_000_000_000);
    // The first time it is refused, and comes again.
    for (status, text) in [(500, "one"), (200, "one"), (204, "two")] {
        let mut stream = called(&listener);
        let told = hear(&mut stream);
        write!(stream, "HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n").unwrap();
        assert!(told.starts_with("POST /hook?key=1 HTTP/1.1\r\n"), "{told}");
        let body: Value = serde_json::from_str(told.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!((&body["event"], &body["webhookId"]), (&json!("sms:received"), &json!("mine")));
        let payload = &body["payload"];
        assert_eq!((&payload["message"], &payload["phoneNumber"]), (&json!(text), &json!("+573001234567")));
        assert_eq!(payload["receivedAt"], "2001-09-09T01:46:40.000Z");
    }
    assert_eq!(bench.ask("DELETE", "/webhooks/mine", "").status, 204);
    assert_eq!(bench.get("/webhooks").json(), json!([]));
}

/// Whoever calls, within the limit of a test that fails.
fn called(listener: &TcpListener) -> TcpStream {
    listener.set_nonblocking(true).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        if let Ok((stream, _)) = listener.accept() {
            stream.set_nonblocking(false).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            return stream;
        }
        assert!(Instant::now() < end, "nobody called");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A request with its body.
fn hear(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    loop {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).unwrap();
        assert!(count > 0, "{text:?} is no whole request");
        text.push_str(std::str::from_utf8(&chunk[..count]).unwrap());
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
            if body.len() >= length.parse().unwrap() {
                return text;
            }
        }
    }
}

#[test]
fn nobody_outside_this_machine_is_called() {
    let bench = Bench::new();
    for url in ["http://192.0.2.1/", "https://127.0.0.1/", "http://example.com/"] {
        let answer =
            bench.ask("POST", "/webhooks", &json!({ "url": url, "event": "sms:received" }).to_string());
        assert_eq!(answer.status, 400, "{url}");
        assert!(answer.body.contains("never leaves this machine"), "{}", answer.body);
    }
    let other = json!({ "url": "http://127.0.0.1/", "event": "sms:sent" }).to_string();
    assert_eq!(bench.ask("POST", "/webhooks", &other).status, 400);
}

#[test]
fn a_connection_stays_and_takes_requests_in_any_pieces() {
    let bench = Bench::new();
    let mut stream = bench.connect();
    let both = request("POST", "/message", ONE) + "\r\n" + &request("GET", "/messages/one", "");
    for octet in both.as_bytes() {
        stream.write_all(&[*octet]).unwrap();
    }
    assert_eq!([read(&mut stream).unwrap().status, read(&mut stream).unwrap().status], [202, 200]);
    // Several at once are answered in their order.
    stream.write_all((request("GET", "/nothing", "") + &request("GET", "/inbox", "")).as_bytes()).unwrap();
    assert_eq!([read(&mut stream).unwrap().status, read(&mut stream).unwrap().status], [404, 200]);
    // A client that wants to be asked for its body is asked.
    write!(stream, "POST /message HTTP/1.1\r\n{KNOWN}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        .unwrap();
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"{}").unwrap();
    assert_eq!(read(&mut stream).unwrap().status, 400);
    write!(stream, "GET /inbox HTTP/1.1\r\n{KNOWN}Connection: close\r\n\r\n").unwrap();
    assert_eq!(read(&mut stream).unwrap().status, 200);
    assert_eq!(read(&mut stream), None);
}

#[test]
fn what_is_no_http_ends_the_connection_with_a_word() {
    for (text, status) in [
        ("hello\r\n\r\n".to_owned(), 400),
        ("GET /inbox HTTP/2\r\n\r\n".to_owned(), 505),
        ("GET /inbox HTTP/1.1\r\nno colon\r\n\r\n".to_owned(), 400),
        (format!("GET /{} HTTP/1.1\r\n", "x".repeat(20_000)), 431),
        ("POST /message HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n".to_owned(), 413),
        ("POST /message HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n".to_owned(), 413),
        ("POST /message HTTP/1.1\r\nContent-Length: +1\r\n\r\n".to_owned(), 400),
        ("POST /message HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".to_owned(), 400),
        ("POST /message HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(), 411),
    ] {
        let bench = Bench::new();
        let mut stream = bench.connect();
        stream.write_all(text.as_bytes()).unwrap();
        let shown: String = text.chars().take(60).collect();
        assert_eq!(read(&mut stream).map(|answer| answer.status), Some(status), "{shown}");
        assert_eq!(read(&mut stream), None, "{shown}");
    }
}

#[test]
fn every_request_is_logged_without_its_password() {
    let bench = Bench::with(&["gateway-cut-after-body"]);
    bench.get("/inbox?limit=7");
    let mut stream = bench.connect();
    stream.write_all(request("POST", "/message", ONE).as_bytes()).unwrap();
    assert_eq!(read(&mut stream), None);
    let events = bench.paper.events.lock().unwrap();
    let number = NUMBER.to_owned();
    let listening = Event::Listening { gateway: bench.gateway.address().to_string(), number };
    let asked = |method: &str, target: &str, status: Option<u16>| {
        let (method, target) = (method.to_owned(), target.to_owned());
        let faults = if status.is_none() { vec!["gateway-cut-after-body"] } else { Vec::new() };
        Event::Request { method, target, status, took_ms: 0, faults }
    };
    let timeless = events.iter().cloned().map(|event| match event {
        Event::Request { method, target, status, faults, .. } => {
            Event::Request { method, target, status, took_ms: 0, faults }
        }
        other => other,
    });
    assert_eq!(
        timeless.collect::<Vec<_>>(),
        [listening, asked("GET", "/inbox?limit=7", Some(200)), asked("POST", "/message", None)]
    );
}

#[test]
fn a_gateway_that_ends_closes_its_port_and_its_connections() {
    let bench = Bench::with(&["gateway-slow=1h"]);
    let address = bench.gateway.address();
    let (mut idle, mut waiting) = (bench.connect(), bench.connect());
    waiting.write_all(request("POST", "/message", ONE).as_bytes()).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while bench.paper.taken() == 0 {
        assert!(Instant::now() < end, "the message was not taken");
        std::thread::yield_now();
    }
    drop(bench);
    assert_eq!(read(&mut idle), None);
    read(&mut waiting);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn many_clients_at_once_get_their_own_answers() {
    let bench = Bench::new();
    std::thread::scope(|scope| {
        for client in 0..32 {
            let bench = &bench;
            scope.spawn(move || {
                let mut stream = bench.connect();
                for message in 0..20 {
                    let id = format!("{client}-{message}");
                    let body =
                        json!({ "id": id, "message": "x", "phoneNumbers": ["+573001234567"] }).to_string();
                    stream.write_all(request("POST", "/message", &body).as_bytes()).unwrap();
                    let answer = read(&mut stream).unwrap();
                    assert_eq!((answer.status, &answer.json()["id"]), (202, &json!(id)));
                }
            });
        }
    });
    assert_eq!(bench.paper.taken(), 32 * 20);
}
