//! A gateway that wants a token first.

use std::sync::atomic::{AtomicU32, Ordering};

use super::replies::INBOX;
use super::server::{Server, json};
use super::*;

pub(super) fn with_token() -> String {
    PLAIN.replace("token = \"{token}\"\n\n[send]", "token = \"{access}\"\n\n[token]\nmethod = \"POST\"\nurl = \"{base}/oauth\"\nopen = true\nat = \"/access_token\"\nexpires = \"/expires_in\"\n[token.form]\nsecret = \"{token}\"\n\n[send]")
}

#[test]
fn one_token_serves_all_and_a_new_one_is_fetched_when_it_is_refused() {
    let fetched = AtomicU32::new(0);
    let server = Server::start(move |seen| {
        if seen.is("POST /oauth") {
            let number = fetched.fetch_add(1, Ordering::SeqCst);
            return json(200, &format!(r#"{{"access_token":"t{number}","expires_in":3600}}"#));
        }
        // The first token is of no use from the second message on.
        match (seen.header("authorization"), seen.json()["text"].as_str()) {
            (Some("Bearer t0"), Some("second" | "third")) => json(401, ""),
            (Some("Bearer t0" | "Bearer t1"), _) => json(202, r#"{"id":"1"}"#),
            _ => json(400, ""),
        }
    });
    let bench = Bench::open(&with_token(), &server.url()).up();
    for (id, text) in ["first", "second", "third"].iter().enumerate() {
        accepted(bench.outcome(id as u64, text));
    }
    let asked = server.seen_of("POST /oauth");
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].body, "secret=the-token");
    assert_eq!(asked[0].header("authorization"), None);
}

#[test]
fn without_a_token_nothing_is_sent() {
    for (status, body, says) in [
        (401, "{}", "does not take token"),
        (200, "{}", "there is no token to ask with: the answer with status 200 holds no token"),
        (500, "", "there is no token to ask with: the answer with status 500 holds no token"),
    ] {
        let server = Server::start(move |_| json(status, body));
        let cause = not_sent(Bench::open(&with_token(), &server.url()).up().outcome(1, "A#"));
        assert!(cause.sentence.contains(says), "{status}: {}", cause.sentence);
        assert!(server.seen_of("POST /send").is_empty());
    }
}

#[test]
fn a_token_that_is_refused_again_is_not_tried_a_third_time() {
    let server = Server::start(|seen| match seen.is("POST /oauth") {
        true => json(200, r#"{"access_token":"t"}"#),
        false => json(401, ""),
    });
    not_sent(Bench::open(&with_token(), &server.url()).up().outcome(1, "A#"));
    assert_eq!(server.seen_of("POST /send").len(), 2);
}

#[test]
fn a_token_may_want_credentials_of_its_own() {
    let server = Server::start(|seen| match seen.is("POST /oauth") {
        true => json(200, r#"{"access_token":"t"}"#),
        false => json(202, r#"{"id":"1"}"#),
    });
    let own =
        "at = \"/access_token\"\n[token.auth]\nkind = \"basic\"\nuser = \"me\"\npassword = \"{token}\"\n";
    let text = with_token()
        .replace("open = true\n", "")
        .replace("at = \"/access_token\"\nexpires = \"/expires_in\"\n", own);
    accepted(Bench::open(&text, &server.url()).up().outcome(1, "A#"));
    let asked = server.seen_of("POST /oauth");
    // RFC 7617: `me:the-token`.
    assert_eq!(asked[0].header("authorization"), Some("Basic bWU6dGhlLXRva2Vu"));
    assert_eq!(server.seen_of("POST /send")[0].header("authorization"), Some("Bearer t"));
}

#[test]
fn a_fresh_token_that_is_refused_once_ends_nothing_and_one_that_is_refused_again_and_again_does() {
    for (refusals, ends) in [(2, false), (u32::MAX, true)] {
        let (looks, refused) = (AtomicU32::new(0), AtomicU32::new(0));
        let server = Server::start(move |seen| {
            if seen.is("POST /oauth") {
                return json(200, r#"{"access_token":"t"}"#);
            }
            // The first look is answered: the gateway works.
            if looks.fetch_add(1, Ordering::SeqCst) > 0 && refused.fetch_add(1, Ordering::SeqCst) < refusals {
                return json(401, "");
            }
            json(200, r#"{"messages":[]}"#)
        });
        let definition = format!("{}{INBOX}", with_token().replace("two_way = false", "two_way = true"));
        let bench = Bench::open(&definition, &server.url()).up();
        if ends {
            let News::Down { last: true, .. } = bench.next() else { panic!("it goes on") };
            // Each look asks twice, the second time with a new token.
            assert_eq!(server.seen_of("GET /inbox").len(), 1 + 3 * 2);
        } else {
            while server.seen_of("GET /inbox").len() < 5 {
                std::thread::sleep(Duration::from_millis(5));
            }
            assert!(bench.news.try_recv().is_err(), "it was down");
        }
    }
}
