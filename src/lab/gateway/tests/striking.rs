//! What each fault of the gateway does to a message, to a token and to a webhook.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};

use serde_json::{Value, json};

use super::*;

/// Whether a message was taken, and its answer.
fn struck(fault: &str) -> (usize, Option<Answer>) {
    let bench = Bench::with(&[fault]);
    let mut stream = bench.connect();
    stream.write_all(request("POST", "/message", ONE).as_bytes()).unwrap();
    let answer = read(&mut stream);
    // Whatever happened to the answer, the id tells whether it was taken.
    let known = bench.get("/messages/one").status == 200;
    assert_eq!(known, bench.paper.taken() == 1, "{fault}");
    (bench.paper.taken(), answer)
}

#[test]
fn faults_strike_in_front_of_a_message_or_behind_it() {
    assert_eq!(struck("gateway-cut-before-body"), (0, None));
    assert_eq!(struck("gateway-cut-after-body"), (1, None));
    let (taken, answer) = struck("gateway-503");
    assert_eq!((taken, answer.unwrap().status), (1, 503));
    let (taken, answer) = struck("gateway-429");
    let answer = answer.unwrap();
    assert_eq!((taken, answer.status), (0, 429));
    assert!(answer.head.contains("\r\nRetry-After: 1\r\n"), "{}", answer.head);
    let (taken, answer) = struck("gateway-bad-json");
    let answer = answer.unwrap();
    assert_eq!((taken, answer.status), (1, 202));
    assert!(serde_json::from_str::<Value>(&answer.body).is_err(), "{}", answer.body);
    let (taken, answer) = struck("gateway-500-before-body");
    assert_eq!((taken, answer.unwrap().status), (0, 500));
    let (taken, answer) = struck("gateway-redirect");
    assert_eq!((taken, answer.unwrap().status), (0, 307));
    let (taken, answer) = struck("gateway-slow=50ms");
    assert_eq!((taken, answer.unwrap().status), (1, 202));
}

#[test]
fn a_cut_in_front_of_the_body_does_not_ask_for_it() {
    let bench = Bench::with(&["gateway-cut-before-body"]);
    let mut stream = bench.connect();
    write!(stream, "POST /message HTTP/1.1\r\n{KNOWN}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        .unwrap();
    assert_eq!(stream.read(&mut [0; 16]).unwrap(), 0);
    // Other requests are none of the fault's business.
    assert_eq!(bench.get("/inbox").status, 200);
}

#[test]
fn an_error_in_front_of_the_body_does_not_ask_for_it() {
    let bench = Bench::with(&["gateway-500-before-body"]);
    let mut stream = bench.connect();
    write!(stream, "POST /message HTTP/1.1\r\n{KNOWN}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        .unwrap();
    assert_eq!(read(&mut stream).map(|answer| answer.status), Some(500));
    // What follows cannot be told from a body.
    assert_eq!(read(&mut stream), None);
}

#[test]
fn whoever_follows_a_redirect_comes_to_where_nothing_is_taken_and_is_in_the_log() {
    let bench = Bench::with(&["gateway-redirect"]);
    let answer = bench.ask("POST", "/messages?x=1", ONE);
    let base = format!("Location: http://localhost:{}", bench.gateway.address().port());
    let target = answer.head.lines().find_map(|line| line.strip_prefix(&base)).unwrap();
    assert_eq!((bench.ask("POST", target, ONE).status, bench.paper.taken()), (404, 0));
    let events = bench.paper.events.lock().unwrap();
    let Some(Event::Request { target: followed, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!(followed, target);
}

/// Asks with a token.
fn with_token(bench: &Bench, token: &str, method: &str, target: &str, body: &str) -> u16 {
    let mut stream = bench.connect();
    let known = format!("Authorization: Bearer {token}\r\n");
    stream.write_all(request(method, target, body).replace(KNOWN, &known).as_bytes()).unwrap();
    read(&mut stream).unwrap().status
}

fn fetched(bench: &Bench) -> String {
    let answer = bench.ask("POST", "/3rdparty/v1/auth/token", r#"{"ttl":60}"#);
    assert_eq!((answer.status, &answer.json()["token_type"]), (201, &json!("Bearer")));
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn a_token_that_was_fetched_with_the_password_opens_what_the_password_opens() {
    let bench = Bench::new();
    let (one, two) = (fetched(&bench), fetched(&bench));
    assert_ne!(one, two);
    for token in [&one, &two] {
        assert_eq!(with_token(&bench, token, "GET", "/inbox", ""), 200);
    }
    assert_eq!(with_token(&bench, &one, "POST", "/message", ONE), 202);
    assert_eq!(with_token(&bench, "lab-token-000009", "GET", "/inbox", ""), 401);
    assert_eq!(with_token(&bench, &one, "POST", "/auth/token", "{}"), 404, "a token gives no other");
}

#[test]
fn a_token_that_expires_with_a_message_is_refused_from_then_on_and_a_new_one_is_not() {
    let bench = Bench::with(&["gateway-expired-token"]);
    let (token, other) = (fetched(&bench), fetched(&bench));
    assert_eq!(with_token(&bench, &token, "GET", "/inbox", ""), 200, "it strikes with messages only");
    assert_eq!(with_token(&bench, &token, "POST", "/message", ONE), 401);
    assert_eq!(with_token(&bench, &token, "GET", "/inbox", ""), 401);
    assert_eq!((with_token(&bench, &other, "GET", "/inbox", ""), bench.paper.taken()), (200, 0));
    // A password does not expire.
    assert_eq!((bench.ask("POST", "/message", ONE).status, bench.paper.taken()), (202, 1));
}

#[test]
fn a_webhook_is_told_of_a_message_twice_in_the_same_words() {
    let bench = Bench::with(&["gateway-duplicate-webhook"]);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    bench.ask("POST", "/webhooks", &json!({ "url": url, "event": "sms:received" }).to_string());
    bench.paper.letter("one", 0);
    bench.paper.letter("two", 0);
    let told: Vec<String> = (0..4)
        .map(|_| {
            let mut stream = called(&listener);
            let told = hear(&mut stream);
            write!(stream, "HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n").unwrap();
            told
        })
        .collect();
    assert!(told[0] == told[1] && told[2] == told[3] && told[1] != told[2], "{told:#?}");
}
