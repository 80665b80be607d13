//! Cut off at every point of a request: not sent only where that is proven, unknown everywhere else, and never twice.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::{Cut, Reply, Server, json, request};
use super::*;

/// An address that nobody listens at: the port was free a moment ago.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn a_connection_that_is_refused_sent_nothing() {
    let bench = Bench::open(PLAIN, &nobody()).up();
    let cause = not_sent(bench.outcome(1, "A#"));
    assert!(cause.sentence.contains("cannot be connected to: Connection refused"), "{}", cause.sentence);
    assert!(cause.hint.unwrap().contains("nothing left this machine"));
}

#[test]
fn a_name_that_is_none_sent_nothing() {
    // RFC 6761, section 6.4: names under `invalid` never exist.
    let setup = setup(PLAIN, "http://gateway.invalid", |given| given.insecure_http = true);
    let cause = not_sent(Bench::with(setup).up().outcome(1, "A#"));
    assert!(
        cause.sentence.starts_with("http://gateway.invalid: it cannot be connected to"),
        "{}",
        cause.sentence
    );
}

#[test]
fn once_the_body_was_handed_to_a_connection_every_cut_is_unknown() {
    for cut in [Cut::Head, Cut::MidBody, Cut::Body, Cut::HalfHead, Cut::HalfAnswer] {
        let server = Server::cutting(cut);
        let bench = Bench::open(PLAIN, &server.url()).up();
        let cause = unknown(bench.outcome(1, "A#"));
        assert!(cause.hint.unwrap().contains("the gateway's own list"), "{cut:?}");
        drop(bench);
        assert!(server.seen().len() <= 1, "{cut:?}: it was sent again");
    }
}

#[test]
fn a_connection_that_is_closed_unread_sent_nothing_or_nobody_knows() {
    // Which of the two is a race: whether the end was seen before the body was handed over. Nothing was read either way.
    let server = Server::cutting(Cut::Unread);
    let bench = Bench::open(PLAIN, &server.url()).up();
    for id in 0..20 {
        let outcome = bench.outcome(id, "A#");
        assert!(matches!(outcome, Outcome::NotSent(_) | Outcome::Unknown(_)), "{outcome:?}");
    }
}

#[test]
fn a_long_body_that_is_cut_in_the_middle_is_unknown_too() {
    let text = "A".repeat(4_000_000);
    let server = Server::cutting(Cut::MidBody);
    let bench = Bench::open(PLAIN, &server.url()).up();
    unknown(bench.outcome(1, &text));
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_gateway_that_does_not_answer_leaves_it_unknown() {
    let server = Server::start(|_| Reply::Silence);
    let setup = setup(PLAIN, &server.url(), |given| given.read = Some(Duration::from_millis(200)));
    let cause = unknown(Bench::with(setup).up().outcome(1, "A#"));
    assert!(cause.sentence.contains("did not answer in time"), "{}", cause.sentence);
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_kept_connection_that_is_closed_under_a_message_is_unknown_and_the_message_goes_once() {
    // The first request is answered and the connection kept; the second is read on it and cut off.
    let server = Server::start(|seen| match seen.json()["text"].as_str() {
        Some("first") => json(202, r#"{"id":"1"}"#),
        _ => Reply::Raw(""),
    });
    let bench = Bench::open(PLAIN, &server.url()).up();
    accepted(bench.outcome(1, "first"));
    unknown(bench.outcome(2, "second"));
    drop(bench);
    let second = server.seen().iter().filter(|seen| seen.json()["text"] == "second").count();
    assert_eq!(second, 1);
}

#[test]
fn a_request_without_a_body_is_not_sent_only_when_no_connection_stood() {
    let definition =
        PLAIN.replace("method = \"POST\"", "method = \"GET\"").replace("[send.json]", "[send.query]");
    not_sent(Bench::open(&definition, &nobody()).up().outcome(1, "A#"));
    for cut in [Cut::Unread, Cut::Body] {
        let server = Server::cutting(cut);
        unknown(Bench::open(&definition, &server.url()).up().outcome(1, "A#"));
        assert!(server.seen().len() <= 1, "{cut:?}");
    }
}

/// A server that speaks TLS with a certificate of the test authority.
fn tls() -> Server {
    let certificate = CertificateDer::from_pem_file(fixture("tls/server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(fixture("tls/server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let config = Arc::new(config);
    Server::serve(move |stream, kept| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = std::io::BufReader::new(StreamOwned::new(connection, stream));
        if let Some(seen) = request(&mut stream) {
            kept.lock().unwrap().push(seen);
            let answer =
                b"HTTP/1.1 202 Accepted\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{\"id\":\"1\"}";
            std::io::Write::write_all(stream.get_mut(), answer).unwrap();
            stream.get_mut().conn.send_close_notify();
            let _ = std::io::Write::flush(stream.get_mut());
        }
    })
}

#[test]
fn an_authority_of_ones_own_is_trusted_when_it_is_given_and_else_nothing_is_sent() {
    let server = tls();
    let url = format!("https://127.0.0.1:{}", server.address.port());
    let mut trusting = setup(PLAIN, &url, |_| {});
    trusting.trust(&fixture("tls/ca.pem")).unwrap();
    assert_eq!(accepted(Bench::with(trusting).up().outcome(1, "A#")), ["1"]);
    assert_eq!(server.seen().len(), 1);
    // Another authority, so that the test does not need the system's own certificates.
    let mut other = setup(PLAIN, &url, |_| {});
    other.trust(&fixture("tls/other.pem")).unwrap();
    let cause = not_sent(Bench::with(other).up().outcome(1, "A#"));
    assert!(cause.sentence.contains("certificate"), "{}", cause.sentence);
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_handshake_that_is_cut_off_or_none_sent_nothing() {
    for cut in [Cut::Unread, Cut::Head] {
        let server = if cut == Cut::Unread {
            Server::cutting(cut)
        } else {
            Server::serve(|mut stream, _| drop(std::io::Write::write_all(&mut stream, b"220 mail ready\r\n")))
        };
        let url = format!("https://127.0.0.1:{}", server.address.port());
        let mut setup = setup(PLAIN, &url, |_| {});
        setup.trust(&fixture("tls/ca.pem")).unwrap();
        not_sent(Bench::with(setup).up().outcome(1, "A#"));
    }
}
