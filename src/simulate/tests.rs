//! Simulated trackers against servers that are written here, and what keeps them on this machine.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::*;
use crate::wire::{
    Dec, DeviceId, Message, Messages, Protocol, Session, Stream, Transport, UtcTime, What, by_name,
};

fn options(protocol: &str, to: SocketAddr, transport: Transport, count: u64) -> Options {
    let protocol = by_name(protocol).unwrap();
    Options {
        protocol,
        transport,
        to,
        consent: Consent::Loopback,
        ids: (0..count).filter_map(|index| generated(protocol, index)).collect(),
        track: Arc::new(Track::built_in()),
        speed_kmh: 36.0,
        interval: Duration::from_millis(5),
        messages: Some(10),
        lasts: None,
        confirmed: false,
        faults: Faults::default(),
        seed: 3,
    }
}

fn run(options: Options) -> Result<Counts, SimulateError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(simulate(options, std::future::pending(), |_| {}))
}

/// Whole messages in the bytes of one tracker, and whether their checksum fits.
fn read(protocol: &'static Protocol, bytes: &[u8]) -> Vec<(Message, bool)> {
    let (mut stream, mut session, mut messages) = (Stream::of(protocol), Session::new(), Messages::new());
    let mut all = Vec::new();
    let mut rest = bytes;
    loop {
        let taken = stream.push(rest);
        rest = &rest[taken..];
        if rest.is_empty() {
            stream.end();
        }
        while let Some(found) = stream.next() {
            assert!(matches!(found.what, What::Frame { .. }), "{:?}", found.what);
            protocol.decode(found.bytes, &mut session, &mut messages);
            all.extend(messages.first().map(|message| (*message, messages.damage().is_empty())));
        }
        if rest.is_empty() {
            return all;
        }
    }
}

/// A server that takes so many connections and answers nothing; what each of them said.
fn taker(connections: usize) -> (SocketAddr, thread::JoinHandle<Vec<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let thread = thread::spawn(move || {
        let each = (0..connections).map(|_| {
            let (mut socket, _) = listener.accept().unwrap();
            thread::spawn(move || {
                let mut bytes = Vec::new();
                socket.read_to_end(&mut bytes).unwrap();
                bytes
            })
        });
        let threads: Vec<_> = each.collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    (at, thread)
}

#[test]
fn nothing_leaves_this_machine_without_consent() {
    for to in ["192.0.2.1:8888", "8.8.8.8:8888", "[2001:db8::1]:8888", "0.0.0.0:8888", "10.0.0.1:8888"] {
        let mut options = options("startek", to.parse().unwrap(), Transport::Tcp, 1);
        assert!(matches!(options.check(), Err(SimulateError::NotAllowed(_))), "{to}");
        assert!(matches!(run(options.clone()), Err(SimulateError::NotAllowed(_))), "{to}");
        options.consent = Consent::Given;
        assert!(options.check().is_ok());
    }
    for to in ["127.0.0.1:8888", "127.255.0.9:1", "[::1]:8888"] {
        assert!(options("startek", to.parse().unwrap(), Transport::Tcp, 1).check().is_ok(), "{to}");
    }
}

#[test]
fn what_a_protocol_does_not_have_is_told_before_anything_is_sent() {
    let to = "127.0.0.1:9".parse().unwrap();
    let udp = options("gt06", to, Transport::Udp, 1);
    assert!(matches!(udp.check(), Err(SimulateError::Transport { .. })));
    let mut faulty = options("watch", to, Transport::Tcp, 1);
    faulty.faults.bad_checksum = 0.5;
    assert!(matches!(faulty.check(), Err(SimulateError::NoChecksum { .. })));
    let mut other = options("gt06", to, Transport::Tcp, 1);
    other.ids = vec![DeviceId::new(b"CAR12").unwrap()];
    assert!(matches!(other.check(), Err(SimulateError::Encode(_))));
    other.ids = Vec::new();
    assert!(matches!(other.check(), Err(SimulateError::Nobody)));
}

#[test]
fn every_tracker_says_all_of_it_under_its_own_name_and_along_the_track() {
    let (to, server) = taker(5);
    let counts = run(options("startek", to, Transport::Tcp, 5)).unwrap();
    assert!(counts.is_good(), "{counts:?}");
    assert_eq!((counts.sent, counts.positions, counts.connected), (50, 50, 5));
    let protocol = by_name("startek").unwrap();
    let mut ids = Vec::new();
    let mut bytes = 0;
    for said in server.join().unwrap() {
        bytes += said.len() as u64;
        let messages = read(protocol, &said);
        assert_eq!(messages.len(), 10);
        for (message, whole) in &messages {
            assert!(*whole && message.valid == Some(true));
            // The loop lies within a hundredth of a degree of its middle.
            let near = |value: Option<Dec>, middle: f64| (value.unwrap().to_f64() - middle).abs() < 0.01;
            assert!(near(message.lat, 4.658) && near(message.lon, -74.094), "{message:?}");
            assert_eq!(message.speed_kmh, Some(Dec::whole(36)));
        }
        let own: Vec<_> = messages.iter().map(|(message, _)| message.device_id.unwrap()).collect();
        assert!(own.iter().all(|id| *id == own[0]));
        ids.push(own[0].to_string());
    }
    ids.sort();
    let wanted: Vec<String> =
        (0..5).filter_map(|index| generated(protocol, index)).map(|id| id.to_string()).collect();
    assert_eq!(ids, wanted);
    assert_eq!(counts.bytes, bytes);
}

#[test]
fn faults_strike_as_often_as_they_are_counted() {
    let (to, server) = taker(1);
    let mut options = options("startek", to, Transport::Tcp, 1);
    options.messages = Some(300);
    options.interval = Duration::from_millis(1);
    options.faults = ["drop=0.2", "duplicate=0.2", "bad-checksum=0.2", "no-fix=0.2", "clock=-7168d"]
        .map(|text| text.parse().unwrap())
        .into_iter()
        .collect();
    let before = now();
    let counts = run(options).unwrap();
    let after = now();
    let said = server.join().unwrap();
    let messages = read(by_name("startek").unwrap(), &said[0]);
    assert_eq!(messages.len() as u64, counts.sent);
    assert_eq!(counts.sent, 300 - counts.dropped + counts.duplicated);
    assert_eq!(messages.iter().filter(|(_, whole)| !whole).count() as u64, counts.spoiled);
    let twice = messages.windows(2).filter(|pair| pair[0].0.serial == pair[1].0.serial).count() as u64;
    assert_eq!(twice, counts.duplicated);
    let unfixed = messages.iter().filter(|(message, _)| message.valid == Some(false)).count();
    for count in [counts.dropped, counts.duplicated, counts.spoiled, unfixed as u64] {
        assert!((20..=110).contains(&count), "{counts:?}, {unfixed} without a fix");
    }
    // 1,024 weeks behind, as trackers whose week rolled over are.
    for (message, _) in &messages {
        let true_time = message.time.unwrap().plus(7_168 * 86_400);
        assert!((before..=after).contains(&true_time.unix()), "{true_time}");
    }
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    UtcTime::from_unix(since.as_secs() as i64).unix()
}

#[test]
fn a_tracker_that_is_hung_up_on_comes_back_and_logs_in_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let to = listener.local_addr().unwrap();
    // The answers of the GT06 paper to the logins 1 and 2 of a session differ in number and sum; any frame will do.
    let answer = b"\x78\x78\x05\x01\x00\x01\xD9\xDC\x0D\x0A";
    let server = thread::spawn(move || {
        let mut logins = 0;
        for round in 0..2 {
            let (mut socket, _) = listener.accept().unwrap();
            let mut room = [0; 18];
            socket.read_exact(&mut room).unwrap();
            logins += u32::from(room.starts_with(b"\x78\x78\x0D\x01"));
            socket.write_all(answer).unwrap();
            if round == 0 {
                // One position, then the end.
                let mut room = [0; 39];
                socket.read_exact(&mut room).unwrap();
            } else {
                socket.read_to_end(&mut Vec::new()).unwrap();
            }
        }
        logins
    });
    let mut options = options("gt06", to, Transport::Tcp, 1);
    options.interval = Duration::from_millis(100);
    options.messages = Some(4);
    let counts = run(options).unwrap();
    assert_eq!(server.join().unwrap(), 2);
    assert_eq!((counts.connected, counts.lost, counts.unanswered), (2, 1, 0), "{counts:?}");
    assert!(counts.trouble.is_some() && !counts.is_good());
}

#[test]
fn a_server_that_is_not_there_is_given_up() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut options = options("startek", nobody, Transport::Tcp, 1);
    options.lasts = Some(Duration::from_millis(300));
    let counts = run(options).unwrap();
    assert!(counts.refused >= 1 && counts.sent == 0 && !counts.is_good(), "{counts:?}");
}

#[test]
fn datagrams_carry_a_message_each_and_their_answers_are_counted() {
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    server.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let to = server.local_addr().unwrap();
    let answering = thread::spawn(move || {
        let mut room = [0; 2_048];
        let mut seen = Vec::new();
        for _ in 0..30 {
            let (read, from) = server.recv_from(&mut room).unwrap();
            // What V1.6 wants for 010: the same number and identity.
            let text = String::from_utf8(room[..read].to_vec()).unwrap();
            let fields: Vec<&str> = text.split(',').collect();
            let mut answer = format!("$${}22,{},010,1", &text[2..3], fields[1]);
            let sum = answer.bytes().fold(0_u8, u8::wrapping_add);
            answer.push_str(&format!("{sum:02X}\r\n"));
            server.send_to(answer.as_bytes(), from).unwrap();
            seen.push((from, fields[1].to_owned(), fields[2].to_owned()));
        }
        seen
    });
    let mut options = options("startek", to, Transport::Udp, 3);
    options.confirmed = true;
    let counts = run(options).unwrap();
    let mut seen = answering.join().unwrap();
    assert_eq!((counts.sent, counts.answers, counts.lost), (30, 30, 0), "{counts:?}");
    assert!(seen.iter().all(|(.., code)| code == "010"));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 3, "a port and an identity for each tracker");
}
