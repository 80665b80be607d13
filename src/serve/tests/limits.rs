//! Peers that would cost a listener its room or its time, and what becomes of them.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream, UdpSocket};
use std::time::Duration;

use super::super::{Mode, Options, Strange, Why};
use super::world::{LOGIN, Told, World};
use crate::wire::{Foreign, LARGEST};

const SHORT: Duration = Duration::from_millis(100);

fn world(change: impl FnOnce(&mut Options)) -> World {
    World::new(Mode::Answer, change)
}

/// Reads until the other side is done; an end in good order and one by force are both an end.
fn to_the_end(socket: &mut TcpStream) {
    let mut room = [0; 1_024];
    while socket.read(&mut room).is_ok_and(|read| read > 0) {}
}

#[test]
fn who_says_nothing_is_shed() {
    let world = world(|options| options.limits.first = SHORT);
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    assert_eq!(world.closed(), Why::Silent);
    to_the_end(&mut socket);
}

#[test]
fn who_says_only_what_no_tracker_says_is_shed_however_much_it_is() {
    let world = world(|options| options.limits.first = SHORT * 3);
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    while socket.write_all(b"\x80\x81\x82").is_ok() {
        std::thread::sleep(SHORT / 10);
    }
    assert_eq!(world.closed(), Why::Silent);
}

#[test]
fn a_frame_that_drips_is_shed_and_one_that_was_whole_before_does_not_help() {
    let world = world(|options| options.limits.frame = SHORT * 3);
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    socket.write_all(LOGIN).unwrap();
    // The paper's position, byte by byte, and never its end.
    for byte in b"\x78\x78\x1F\x12\x0B\x08\x1D".iter().chain(std::iter::repeat(&0x2E)).take(30) {
        if socket.write_all(&[*byte]).is_err() {
            break;
        }
        std::thread::sleep(SHORT / 4);
    }
    assert_eq!(world.closed(), Why::Drip);
}

#[test]
fn a_tracker_that_falls_silent_is_shed_later_than_one_that_never_spoke() {
    let world =
        world(|options| (options.limits.first, options.limits.idle) = (Duration::from_secs(60), SHORT));
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    socket.write_all(LOGIN).unwrap();
    assert_eq!(world.closed(), Why::Idle);
    to_the_end(&mut socket);
}

#[test]
fn line_ends_behind_a_frame_are_not_the_beginning_of_another() {
    let world = world(|options| (options.limits.frame, options.limits.idle) = (SHORT, SHORT * 4));
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    socket.write_all(&[LOGIN, b"\r\n\r\n"].concat()).unwrap();
    assert_eq!(world.closed(), Why::Idle, "nothing dripped");
}

#[test]
fn who_takes_no_answers_is_shed() {
    let world = world(|options| options.limits.write = SHORT);
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    socket.set_write_timeout(Some(Duration::from_secs(10))).unwrap();
    // Logins without end, of which no answer is ever read.
    let logins = LOGIN.repeat(1_000);
    let mut sent = 0;
    while socket.write_all(&logins).is_ok() {
        sent += logins.len();
        assert!(sent < 1 << 30, "a gigabyte was taken and nothing happened");
    }
    assert_eq!(world.closed(), Why::Deaf);
}

#[test]
fn more_connections_than_there_may_be_are_refused_and_room_comes_back() {
    let world = world(|options| options.limits.connections = 2);
    let held: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(world.tcp).unwrap()).collect();
    for _ in 0..2 {
        world.until(|told| (*told == Told::Opened).then_some(()));
    }
    let mut third = TcpStream::connect(world.tcp).unwrap();
    assert_eq!(world.closed(), Why::Full);
    to_the_end(&mut third);
    drop(held);
    assert_eq!((world.closed(), world.closed()), (Why::Peer, Why::Peer));
    let mut fourth = TcpStream::connect(world.tcp).unwrap();
    fourth.write_all(LOGIN).unwrap();
    world.until(|told| matches!(told, Told::Message { .. }).then_some(()));
    let (_, summary) = world.end();
    assert_eq!((summary.connections, summary.ended.count(Why::Full), summary.most), (3, 1, 2));
}

#[test]
fn begun_frames_of_all_connections_together_hold_no_more_than_they_may() {
    let world = world(|options| options.limits.memory = LARGEST);
    // A watch's sound may have 65,535 bytes; these never end.
    let begun = [&b"[3G*8800000015*FFFF*TK,"[..], &[b'x'; 40_000]].concat();
    let mut sockets: Vec<TcpStream> = (0..3).map(|_| TcpStream::connect(world.tcp).unwrap()).collect();
    for socket in &mut sockets {
        socket.write_all(&begun).ok();
    }
    assert_eq!(world.closed(), Why::Memory);
    let (_, summary) = world.end();
    assert!(summary.ended.count(Why::Peer) == 0 && summary.open >= 1, "the others stay: {summary:?}");
}

#[test]
fn scanners_are_named_and_sent_away_without_an_answer() {
    let world = world(|_| {});
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    socket.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let what = world.until(|told| match told {
        Told::Strange(what) => Some(*what),
        _ => None,
    });
    assert_eq!(what, Strange::Foreign(Foreign::Http));
    assert_eq!(world.closed(), Why::Foreign);
    to_the_end(&mut socket);
    let (_, summary) = world.end();
    assert_eq!((summary.sent, summary.answered), (0, 0));
}

#[test]
fn so_many_addresses_are_remembered_and_the_longest_silent_are_forgotten() {
    let world = world(|options| options.limits.peers = 4);
    let sockets: Vec<UdpSocket> = (0..12).map(|_| UdpSocket::bind("127.0.0.1:0").unwrap()).collect();
    for socket in &sockets {
        socket.send_to(LOGIN, world.udp).unwrap();
        world.until(|told| matches!(told, Told::Message { .. }).then_some(()));
    }
    // The last is known, so that it is no new peer; the first is one again.
    sockets[11].send_to(LOGIN, world.udp).unwrap();
    world.until(|told| match told {
        Told::Opened => panic!("the last one was forgotten"),
        Told::Message { .. } => Some(()),
        _ => None,
    });
    sockets[0].send_to(LOGIN, world.udp).unwrap();
    world.until(|told| (*told == Told::Opened).then_some(()));
}

#[test]
fn what_is_sent_before_the_end_is_answered_before_the_end() {
    let world = world(|_| {});
    let mut socket = TcpStream::connect(world.tcp).unwrap();
    socket.write_all(LOGIN).unwrap();
    socket.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    assert_eq!(answer, super::world::ANSWER);
    assert_eq!(world.closed(), Why::Peer);
}
