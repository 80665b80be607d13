//! How many messages a second the gateway courier hands over to a server on this machine, 32 at a time:
//! `cargo bench --bench gateway`. Five runs, best and median; no assertion, as a clock has no place in a test.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench prints its figures and fails by panicking"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

use homing::courier::Post;
use homing::courier::gateway::{Given, Setup, built_in, open};
use homing::engine::{AttemptId, News, Order, Outcome, Recipient};
use homing::secret::Secret;
use homing::tracker::Phone;

const MESSAGES: u64 = 5_000;
const RUNS: usize = 5;
/// What the gateway takes to answer: none, and as long as a phone in the same network.
const DELAYS_MS: [u64; 2] = [0, 20];

fn main() {
    for delay in DELAYS_MS {
        let address = server(delay);
        let mut rates: Vec<f64> = (0..RUNS).map(|run| rate(address, run as u64)).collect();
        rates.sort_by(f64::total_cmp);
        println!(
            "capcom6, answers after {delay} ms: best {:.0}, median {:.0} messages/s",
            rates[RUNS - 1],
            rates[RUNS / 2]
        );
    }
}

/// Hands over messages as fast as the courier takes them.
fn rate(address: SocketAddr, run: u64) -> f64 {
    let (post, news) = courier(address);
    let to = Recipient {
        phone: Some(Phone::parse("+573001234567", None).expect("a number")),
        ..Recipient::default()
    };
    let start = Instant::now();
    for id in 0..MESSAGES {
        let text = format!("800,123456,{id}#");
        post.give(Order::Hand { id: AttemptId(run * MESSAGES + id), to: to.clone(), text });
    }
    let mut taken = 0;
    while taken < MESSAGES {
        match news.recv().expect("news") {
            News::Prompt(id) => post.give(Order::Release(id)),
            News::Outcome(_, Outcome::Accepted { .. }) => taken += 1,
            News::Receipt(_) => {}
            other => panic!("{other:?}"),
        }
    }
    MESSAGES as f64 / start.elapsed().as_secs_f64()
}

fn courier(address: SocketAddr) -> (Post, Receiver<News>) {
    let definition =
        built_in().find(|entry| entry.id == "capcom6").expect("capcom6").definition().expect("a definition");
    let values = ["user", "password"].map(|name| (name.to_owned(), Secret::new("secret"))).into();
    let given = Given { url: Some(format!("http://{address}")), values, ..Given::default() };
    let setup = Setup::new("bench", definition, given).expect("a setup");
    let (sender, news) = channel();
    let post = open(setup, Box::new(move |news| drop(sender.send(news)))).expect("a courier");
    match news.recv().expect("news") {
        News::Up(_) => (post, news),
        other => panic!("{other:?}"),
    }
}

/// Takes every message and has received none.
fn server(delay_ms: u64) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || answer(stream, delay_ms));
        }
    });
    address
}

/// Answers the requests of one connection; none at its end.
fn answer(stream: TcpStream, delay_ms: u64) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let (mut line, mut length, mut first) = (String::new(), 0, String::new());
        loop {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if first.is_empty() {
                first.clone_from(&line);
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let (status, body) = if first.starts_with("POST") {
            thread::sleep(std::time::Duration::from_millis(delay_ms));
            (202, r#"{"id":"x","state":"Pending"}"#)
        } else if first.contains("/inbox") {
            (200, "[]")
        } else {
            (200, r#"{"state":"Delivered"}"#)
        };
        let length = body.len();
        writer
            .write_all(format!("HTTP/1.1 {status} OK\r\ncontent-length: {length}\r\n\r\n{body}").as_bytes())
            .ok()?;
    }
}
