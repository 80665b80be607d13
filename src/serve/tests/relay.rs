//! Between a tracker and its server: every byte goes through as it came, in both directions.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream, UdpSocket};
use std::thread;
use std::time::Duration;

use super::super::{Mode, Why};
use super::world::{ANSWER, LOGIN, Told, World, said};
use crate::units::Chance;
use crate::wire::Direction;

/// Bytes by chance, frames of several protocols among them, and broken ones.
fn talk(chance: &mut Chance, frames: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..60 {
        if chance.strikes(0.5) {
            bytes.extend_from_slice(chance.pick(frames).unwrap());
        }
        if chance.strikes(0.3) {
            let frame = chance.pick(frames).unwrap();
            bytes.extend_from_slice(&frame[..frame.len() / 2]);
        }
        if chance.strikes(0.4) {
            bytes.extend((0..chance.below(400)).map(|_| chance.number() as u8));
        }
    }
    bytes
}

/// Writes in pieces by chance, some of them after a pause.
fn in_pieces(mut to: &TcpStream, bytes: &[u8], mut chance: Chance) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (piece, tail) = rest.split_at(1 + chance.below((rest.len() as u64).min(700)) as usize);
        to.write_all(piece).unwrap();
        if chance.strikes(0.05) {
            thread::sleep(Duration::from_millis(1));
        }
        rest = tail;
    }
    to.shutdown(Shutdown::Write).unwrap();
}

fn everything(mut from: &TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn both_directions_are_byte_identical_under_splits_by_chance() {
    for seed in 0..12 {
        let mut chance = Chance::new(seed);
        let up = talk(
            &mut chance,
            &[LOGIN, b"&&A20,021104023195429,800DA\r\n", b"[SG*8800000015*0002*LK]", b"GET /"],
        );
        let down =
            talk(&mut chance, &[ANSWER, b"$$x22,869912033012424,010,170\r\n", b"[SG*8800000015*0002*LK]"]);
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let world = World::new(Mode::Relay(server.local_addr().unwrap()), |_| {});
        let tracker = TcpStream::connect(world.tcp).unwrap();
        let (server, _) = server.accept().unwrap();
        let (at_server, at_tracker) = thread::scope(|scope| {
            scope.spawn(|| in_pieces(&tracker, &up, Chance::new(seed + 100)));
            scope.spawn(|| in_pieces(&server, &down, Chance::new(seed + 200)));
            let at_server = scope.spawn(|| everything(&server));
            let at_tracker = scope.spawn(|| everything(&tracker));
            (at_server.join().unwrap(), at_tracker.join().unwrap())
        });
        assert!(at_server == up, "seed {seed}: {} of {} bytes came up", at_server.len(), up.len());
        assert!(at_tracker == down, "seed {seed}: {} of {} bytes came down", at_tracker.len(), down.len());
        let mut told = Vec::new();
        let why = world.until(|one| {
            told.push(one.clone());
            match one {
                Told::Closed(why) => Some(*why),
                _ => None,
            }
        });
        assert_eq!(why, Why::Peer);
        assert!(said(&told, Direction::Up) == up && said(&told, Direction::Down) == down, "seed {seed}");
    }
}

#[test]
fn both_directions_are_read_and_nothing_is_answered() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = World::new(Mode::Relay(server.local_addr().unwrap()), |_| {});
    let mut tracker = TcpStream::connect(world.tcp).unwrap();
    let (mut server, _) = server.accept().unwrap();
    tracker.write_all(LOGIN).unwrap();
    let mut room = [0; 18];
    server.read_exact(&mut room).unwrap();
    assert_eq!(room, LOGIN);
    server.write_all(ANSWER).unwrap();
    drop(server);
    assert_eq!(everything(&tracker), ANSWER, "once, and from the server");
    drop(tracker);
    let mut ways = Vec::new();
    world.until(|told| match told {
        Told::Message { way, protocol, .. } => {
            ways.push((*way, *protocol));
            None
        }
        Told::Closed(_) => Some(()),
        _ => None,
    });
    assert_eq!(ways, [(Direction::Up, "gt06"), (Direction::Down, "gt06")]);
    let (_, summary) = world.end();
    assert_eq!((summary.answered, summary.frames, summary.messages), (0, 1, 1));
}

#[test]
fn who_broke_off_is_told_and_the_other_side_sees_it() {
    for way in [Direction::Up, Direction::Down] {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let world = World::new(Mode::Relay(server.local_addr().unwrap()), |_| {});
        let mut tracker = TcpStream::connect(world.tcp).unwrap();
        let (mut server, _) = server.accept().unwrap();
        tracker.write_all(LOGIN).unwrap();
        server.read_exact(&mut [0; 18]).unwrap();
        let (breaks, mut sees) = if way == Direction::Up { (tracker, server) } else { (server, tracker) };
        // A socket that is closed so says RST and no FIN.
        socket2::SockRef::from(&breaks).set_linger(Some(Duration::ZERO)).unwrap();
        drop(breaks);
        assert_eq!(world.closed(), if way == Direction::Up { Why::Reset } else { Why::Server });
        sees.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let seen = sees.read(&mut [0; 1]).unwrap_err().kind();
        assert_eq!(seen, std::io::ErrorKind::ConnectionReset, "{way:?}");
    }
}

#[test]
fn a_server_that_is_not_there_is_told() {
    // A port that was free a moment ago.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let world = World::new(Mode::Relay(nobody), |_| {});
    let tracker = TcpStream::connect(world.tcp).unwrap();
    assert_eq!(world.closed(), Why::Upstream);
    assert!(everything(&tracker).is_empty());
}

#[test]
fn datagrams_of_two_trackers_come_back_to_whom_they_belong() {
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    server.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let world = World::new(Mode::Relay(server.local_addr().unwrap()), |_| {});
    let mut room = vec![0; 2_048];
    let trackers: Vec<UdpSocket> = (0..2)
        .map(|_| {
            let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
            socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            socket.connect(world.udp).unwrap();
            socket
        })
        .collect();
    let mut seen = Vec::new();
    for round in 0..5_u8 {
        for (number, tracker) in (0..).zip(&trackers) {
            let sent = [LOGIN, &[round, number, 0xFF]].concat();
            tracker.send(&sent).unwrap();
            let (read, from) = server.recv_from(&mut room).unwrap();
            assert_eq!(&room[..read], sent);
            seen.push(from);
            let back = [ANSWER, &[number, round]].concat();
            server.send_to(&back, from).unwrap();
            let read = tracker.recv(&mut room).unwrap();
            assert_eq!(&room[..read], back);
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 2, "one address for each tracker");
    let (_, summary) = world.end();
    assert_eq!((summary.answered, summary.unsent), (0, 0));
    assert_eq!((summary.received, summary.sent), (10 * 21, 10 * 12));
}
