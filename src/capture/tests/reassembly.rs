//! TCP connections out of segments in any order, as RFC 9293 lets them come.

use super::packets::{framed, pcap};
use super::*;

const SYN: u8 = 2;
const FIN: u8 = 1;
const RST: u8 = 4;
const ACK: u8 = 16;

/// A segment between port 40001 and 5222 of one host each; `up` is from the first to the second.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) up: bool,
    pub(super) sequence: u32,
    pub(super) acknowledged: u32,
    pub(super) flags: u8,
    pub(super) payload: Vec<u8>,
}

fn up(sequence: u32, flags: u8, payload: &[u8]) -> Segment {
    Segment { up: true, sequence, acknowledged: 0, flags, payload: payload.to_vec() }
}

fn down(sequence: u32, acknowledged: u32, flags: u8, payload: &[u8]) -> Segment {
    Segment { up: false, sequence, acknowledged, flags: flags | ACK, payload: payload.to_vec() }
}

impl Segment {
    /// As an Ethernet frame.
    fn frame(&self) -> Vec<u8> {
        let ports: [u16; 2] = if self.up { [40_001, 5_222] } else { [5_222, 40_001] };
        let mut tcp: Vec<u8> = ports.into_iter().flat_map(u16::to_be_bytes).collect();
        tcp.extend_from_slice(&self.sequence.to_be_bytes());
        tcp.extend_from_slice(&self.acknowledged.to_be_bytes());
        // Data offset of five words, flags, window, checksum, urgent pointer.
        tcp.extend_from_slice(&[0x50, self.flags, 0xFF, 0xFF, 0, 0, 0, 0]);
        tcp.extend_from_slice(&self.payload);
        let mut frame = framed(6, &tcp);
        if !self.up {
            // The other way round: the last bytes of the two addresses.
            frame.swap(29, 33);
        }
        frame
    }
}

pub(super) fn capture(segments: &[Segment]) -> Vec<u8> {
    let packets: Vec<_> =
        segments.iter().enumerate().map(|(at, segment)| (1_000 + at as u32, 0, segment.frame())).collect();
    pcap(1, &packets)
}

fn read(segments: &[Segment]) -> Seen {
    seen(&capture(segments), None)
}

const UP: (u32, u8) = (0, 0);
const DOWN: (u32, u8) = (0, 1);

#[test]
fn both_directions_are_put_together_and_their_ends_told() {
    let seen = read(&[
        up(99, SYN, b""),
        down(499, 100, SYN, b""),
        up(100, ACK, b"hello "),
        down(500, 106, 0, b"yes"),
        up(106, ACK, b"world"),
        up(111, ACK | FIN, b""),
        down(503, 112, FIN, b""),
        up(112, ACK, b""),
    ]);
    assert_eq!(seen.links, ["0 tcp 192.0.2.1:40001 192.0.2.2:5222 - true"]);
    assert_eq!(seen.streams[&UP], b"hello world");
    assert_eq!(seen.streams[&DOWN], b"yes");
    assert_eq!(seen.said, ["0 First Closed", "0 Second Closed"]);
}

#[test]
fn what_comes_late_twice_or_overlapping_is_sorted_out() {
    for segments in [
        vec![up(105, ACK, b" world"), up(100, ACK, b"hello")],
        vec![up(100, ACK, b"hello"), up(100, ACK, b"hello"), up(105, ACK, b" world")],
        vec![up(100, ACK, b"hello"), up(103, ACK, b"lo wor"), up(107, ACK, b"orld")],
        vec![up(103, ACK, b"lo wor"), up(100, ACK, b"hel"), up(100, ACK, b"hello world")],
        vec![up(108, ACK, b"rld"), up(104, ACK, b"o wo"), up(108, ACK, b"r"), up(100, ACK, b"hello")],
    ] {
        let all: Vec<_> = [up(99, SYN, b"")].into_iter().chain(segments).collect();
        let seen = read(&all);
        assert_eq!(seen.streams[&UP], b"hello world");
        assert_eq!(seen.said, [""; 0]);
    }
}

#[test]
fn of_bytes_that_come_twice_and_differ_the_first_count() {
    let seen = read(&[up(99, SYN, b""), up(100, ACK, b"abc"), up(100, ACK, b"XYZdef")]);
    assert_eq!(seen.streams[&UP], b"abcdef");
}

#[test]
fn what_the_capture_does_not_hold_is_told_when_the_other_end_has_it() {
    let seen = read(&[
        up(99, SYN, b""),
        up(100, ACK, b"abc"),
        up(110, ACK, b"xyz"),
        down(500, 113, 0, b""),
        up(113, ACK, b"end"),
    ]);
    assert_eq!(seen.said, ["0 First misses 7"]);
    assert_eq!(seen.streams[&UP], b"abcxyzend");
}

#[test]
fn what_is_missing_at_the_end_is_told() {
    let seen = read(&[up(99, SYN, b""), up(104, ACK, b"late")]);
    assert_eq!(seen.said, ["0 First misses 4"]);
    assert_eq!(seen.streams[&UP], b"late");
}

#[test]
fn numbers_that_begin_again_at_zero_go_on() {
    let seen = read(&[up(u32::MAX - 2, SYN, b""), up(u32::MAX - 1, ACK, b"abcd"), up(2, ACK, b"efgh")]);
    assert_eq!(seen.streams[&UP], b"abcdefgh");
}

#[test]
fn a_connection_whose_beginning_was_not_seen_is_followed_from_its_first_bytes() {
    let seen = read(&[down(500, 100, 0, b"welcome"), up(100, ACK, b"hello"), up(105, ACK, b"!")]);
    // The higher port is taken for the one that opened it.
    assert_eq!(seen.links, ["0 tcp 192.0.2.1:40001 192.0.2.2:5222 - false"]);
    assert_eq!((&seen.streams[&UP][..], &seen.streams[&DOWN][..]), (&b"hello!"[..], &b"welcome"[..]));
}

#[test]
fn a_new_connection_between_the_same_ports_is_another() {
    let seen = read(&[
        up(99, SYN, b""),
        up(100, ACK, b"one"),
        up(103, ACK | RST, b""),
        up(103, ACK, b"too late"),
        up(7_999, SYN, b""),
        up(8_000, ACK, b"two"),
        up(29_999, SYN, b""),
        up(30_000, ACK, b"three"),
    ]);
    assert_eq!(seen.links.len(), 3);
    let streams: Vec<_> = (0..3).map(|link| seen.streams[&(link, 0)].as_slice()).collect();
    assert_eq!(streams, [&b"one"[..], b"two", b"three"]);
    assert_eq!(seen.said, ["0 First Reset", "0 Second Reset"]);
}

#[test]
fn a_repeated_syn_is_the_same_connection_and_acknowledgements_are_none() {
    let seen = read(&[up(99, SYN, b""), up(99, SYN, b""), down(499, 100, SYN, b""), up(100, ACK, b"x")]);
    assert_eq!((seen.links.len(), &seen.streams[&UP][..]), (1, &b"x"[..]));
    assert_eq!(read(&[up(100, ACK, b""), down(500, 100, 0, b"")]).links, [""; 0]);
}

#[test]
fn what_waits_for_a_missing_byte_is_bounded() {
    let mut segments = vec![up(99, SYN, b"")];
    // One byte is missing, and a mebibyte comes behind it.
    segments.extend((0..1_024_u32).map(|number| up(101 + number * 1_024, ACK, &[7; 1_024])));
    let seen = read(&segments);
    assert_eq!(seen.said, ["0 First misses 1"]);
    assert_eq!(seen.streams[&UP].len(), 1_024 * 1_024);
}

#[test]
fn more_connections_than_are_followed_push_out_the_one_that_was_silent_longest() {
    let mut packets = Vec::new();
    for number in 0..2_100_u32 {
        let mut frame = up(100, ACK, &number.to_be_bytes()).frame();
        // Another host each time.
        frame[27..29].copy_from_slice(&(number as u16).to_be_bytes());
        packets.push((number, 0, frame));
    }
    let seen = seen(&pcap(1, &packets), None);
    assert_eq!(seen.links.len(), 2_100);
    assert!((0..2_100_u32).all(|number| seen.streams[&(number, 0)] == number.to_be_bytes()));
}
