//! Writes down what came, so that it can be decoded again: as a log that people can read, or as a packet capture that
//! holds both directions. Only the writing is here; where it goes is the caller's.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

use super::event::{Event, Peer, Why};
use crate::units::rfc_3339;
use crate::wire::{Direction, Transport};

/// How a recording is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A line for each read: time, transport, address, hexadecimal digits. It holds what trackers say.
    Log,
    /// A packet capture of both directions, with headers made up for what the system does not show.
    Pcap,
}

/// A recording.
#[derive(Debug)]
pub struct Record {
    form: Form,
    /// Where each direction of each connection is in its sequence of bytes.
    sequences: HashMap<u64, [u32; 2]>,
}

/// Payload of a made-up packet: one that fits into an IP packet.
const SEGMENT: usize = 32_768;

impl Record {
    /// A recording that is empty.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self { form, sequences: HashMap::new() }
    }

    /// What stands at the beginning.
    #[must_use]
    pub fn head(&self) -> Vec<u8> {
        match self.form {
            Form::Log => Vec::new(),
            // Little-endian, microseconds, version 2.4, UTC, packets up to 256 KiB, raw IP (LINKTYPE_RAW, 101).
            Form::Pcap => [0xA1B2_C3D4_u32, 0x0004_0002, 0, 0, 0x0004_0000, 101]
                .iter()
                .flat_map(|word| word.to_le_bytes())
                .collect(),
        }
    }

    /// Appends what an event adds. `at_us` is when it was, in microseconds since 1970.
    pub fn add(&mut self, peer: &Peer, event: &Event<'_>, at_us: i64, out: &mut Vec<u8>) {
        match (self.form, event) {
            (Form::Log, Event::Bytes { way: Direction::Up, bytes }) => {
                let (at, by, from) = (rfc_3339(at_us.div_euclid(1_000)), peer.transport.word(), peer.address);
                out.extend_from_slice(format!("{at} {by} {from} ").as_bytes());
                out.extend(bytes.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()));
                out.push(b'\n');
            }
            (Form::Pcap, Event::Opened) if peer.transport == Transport::Tcp => {
                // SYN from the tracker, SYN and ACK to it: both sequences begin at 0 and count one for this.
                self.sequences.insert(peer.number, [1, 1]);
                packet(peer, Direction::Up, Tcp { sequence: 0, other: 0, flags: SYN }, &[], at_us, out);
                packet(
                    peer,
                    Direction::Down,
                    Tcp { sequence: 0, other: 1, flags: SYN | ACK },
                    &[],
                    at_us,
                    out,
                );
            }
            (Form::Pcap, Event::Bytes { way, bytes }) => self.data(peer, *way, bytes, at_us, out),
            (Form::Pcap, Event::Closed { why, .. }) => {
                if let Some(sequences) = self.sequences.remove(&peer.number) {
                    end(peer, *why, sequences, at_us, out);
                }
            }
            _ => {}
        }
    }

    fn data(&mut self, peer: &Peer, way: Direction, bytes: &[u8], at_us: i64, out: &mut Vec<u8>) {
        if peer.transport == Transport::Udp {
            datagram(peer, way, bytes, at_us, out);
            return;
        }
        let [up, down] = self.sequences.entry(peer.number).or_insert([1, 1]);
        let (own, other) = if way == Direction::Up { (up, down) } else { (down, up) };
        for piece in bytes.chunks(SEGMENT) {
            let head = Tcp { sequence: *own, other: *other, flags: PSH | ACK };
            packet(peer, way, head, piece, at_us, out);
            *own = own.wrapping_add(piece.len() as u32);
        }
    }
}

/// Writes that a connection is over: who ended it first, and the other behind it.
fn end(peer: &Peer, why: Why, [up, down]: [u32; 2], at_us: i64, out: &mut Vec<u8>) {
    if why == Why::Reset {
        let reset = Tcp { sequence: up, other: down, flags: RST | ACK };
        packet(peer, Direction::Up, reset, &[], at_us, out);
        return;
    }
    let (first, second) =
        if why == Why::Peer { (Direction::Up, Direction::Down) } else { (Direction::Down, Direction::Up) };
    let (own, other) = if first == Direction::Up { (up, down) } else { (down, up) };
    packet(peer, first, Tcp { sequence: own, other, flags: FIN | ACK }, &[], at_us, out);
    // The end counts as a byte.
    let answer = Tcp { sequence: other, other: own.wrapping_add(1), flags: FIN | ACK };
    packet(peer, second, answer, &[], at_us, out);
}

const FIN: u8 = 0x01;
const SYN: u8 = 0x02;
const RST: u8 = 0x04;
const PSH: u8 = 0x08;
const ACK: u8 = 0x10;

/// What changes from one TCP header to the next.
struct Tcp {
    sequence: u32,
    other: u32,
    flags: u8,
}

/// Source and destination of a direction.
fn ends(peer: &Peer, way: Direction) -> (SocketAddr, SocketAddr) {
    let (tracker, here) = (unmapped(peer.address), unmapped(peer.at));
    if way == Direction::Up { (tracker, here) } else { (here, tracker) }
}

/// An IPv4 address that came as an IPv6 one.
fn unmapped(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn packet(peer: &Peer, way: Direction, tcp: Tcp, payload: &[u8], at_us: i64, out: &mut Vec<u8>) {
    let (from, to) = ends(peer, way);
    let mut segment = Vec::with_capacity(20 + payload.len());
    segment.extend_from_slice(&from.port().to_be_bytes());
    segment.extend_from_slice(&to.port().to_be_bytes());
    segment.extend_from_slice(&tcp.sequence.to_be_bytes());
    segment.extend_from_slice(&tcp.other.to_be_bytes());
    // Header of five words, window, checksum, no urgent data.
    segment.extend_from_slice(&[0x50, tcp.flags, 0xFF, 0xFF, 0, 0, 0, 0]);
    segment.extend_from_slice(payload);
    put(from, to, 6, 16, segment, at_us, out);
}

fn datagram(peer: &Peer, way: Direction, payload: &[u8], at_us: i64, out: &mut Vec<u8>) {
    let (from, to) = ends(peer, way);
    let mut datagram = Vec::with_capacity(8 + payload.len());
    datagram.extend_from_slice(&from.port().to_be_bytes());
    datagram.extend_from_slice(&to.port().to_be_bytes());
    // The longest payload of a datagram, 65,507 bytes, fits with these eight.
    datagram.extend_from_slice(&(payload.len() as u16).wrapping_add(8).to_be_bytes());
    datagram.extend_from_slice(&[0, 0]);
    datagram.extend_from_slice(payload);
    put(from, to, 17, 6, datagram, at_us, out);
}

/// Appends a record with an IP packet. `sum_at` is where the checksum stands in the segment.
fn put(
    from: SocketAddr,
    to: SocketAddr,
    protocol: u8,
    sum_at: usize,
    mut segment: Vec<u8>,
    at_us: i64,
    out: &mut Vec<u8>,
) {
    let length = segment.len() as u16;
    let pseudo = pseudo(from.ip(), to.ip(), protocol, length);
    let sum = !folded(&[&pseudo, &segment]);
    // A sum of 0 says "none" in a datagram.
    let sum = if sum == 0 && protocol == 17 { 0xFFFF } else { sum };
    if let Some(place) = segment.get_mut(sum_at..sum_at + 2) {
        place.copy_from_slice(&sum.to_be_bytes());
    }
    let header = header(from.ip(), to.ip(), protocol, length);
    let size = (header.len() + segment.len()) as u32;
    let (seconds, micros) = (at_us.div_euclid(1_000_000) as u32, at_us.rem_euclid(1_000_000) as u32);
    for word in [seconds, micros, size, size] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    out.extend_from_slice(&header);
    out.extend_from_slice(&segment);
}

fn octets(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    }
}

/// What the checksums of TCP and UDP cover beside the segment (RFC 9293, 3.1; RFC 8200, 8.1).
fn pseudo(from: IpAddr, to: IpAddr, protocol: u8, length: u16) -> Vec<u8> {
    let [high, low] = length.to_be_bytes();
    let tail: &[u8] =
        if from.is_ipv4() { &[0, protocol, high, low] } else { &[0, 0, high, low, 0, 0, 0, protocol] };
    [octets(from), octets(to), tail.to_vec()].concat()
}

/// The header of an IP packet without options (RFC 791, RFC 8200).
fn header(from: IpAddr, to: IpAddr, protocol: u8, length: u16) -> Vec<u8> {
    if from.is_ipv6() {
        let [high, low] = length.to_be_bytes();
        return [vec![0x60, 0, 0, 0, high, low, protocol, 64], octets(from), octets(to)].concat();
    }
    let [high, low] = length.wrapping_add(20).to_be_bytes();
    let mut header =
        [vec![0x45, 0, high, low, 0, 0, 0x40, 0, 64, protocol, 0, 0], octets(from), octets(to)].concat();
    let sum = !folded(&[&header]);
    if let Some(place) = header.get_mut(10..12) {
        place.copy_from_slice(&sum.to_be_bytes());
    }
    header
}

/// The sum of the Internet's checksums (RFC 1071) over parts of which all but the last have an even length.
fn folded(parts: &[&[u8]]) -> u16 {
    let words = parts.iter().flat_map(|part| part.chunks(2));
    let mut sum: u32 = words.fold(0_u32, |sum, pair| {
        let word = u32::from(*pair.first().unwrap_or(&0)) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
        // 32,768 words of 16 bits fit many times over.
        sum.wrapping_add(word)
    });
    while sum > 0xFFFF {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    sum as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_that_of_the_standards_example() {
        // RFC 1071, section 3.
        assert_eq!(folded(&[&[0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]]), 0xDDF2);
    }

    #[test]
    fn a_log_has_time_address_and_digits_of_what_a_tracker_said() {
        let peer = Peer {
            number: 1,
            transport: Transport::Tcp,
            address: "192.0.2.7:5000".parse().unwrap(),
            at: "192.0.2.1:8888".parse().unwrap(),
        };
        let (mut record, mut out) = (Record::new(Form::Log), Vec::new());
        record.add(&peer, &Event::Opened, 0, &mut out);
        record.add(&peer, &Event::Bytes { way: Direction::Up, bytes: b"[\xFF" }, 1_500_999, &mut out);
        record.add(&peer, &Event::Bytes { way: Direction::Down, bytes: b"no" }, 2_000_000, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "1970-01-01T00:00:01.500Z tcp 192.0.2.7:5000 5BFF\n");
    }

    #[test]
    fn the_end_of_a_connection_is_written_by_who_ended_it_first_and_by_the_other() {
        let peer = Peer {
            number: 1,
            transport: Transport::Tcp,
            address: "192.0.2.7:5000".parse().unwrap(),
            at: "192.0.2.1:8888".parse().unwrap(),
        };
        // Who sends, sequence, acknowledgement and flags of each packet behind the two that open (RFC 9293, 3.1).
        let ends = |why: Why| {
            let (mut record, mut out) = (Record::new(Form::Pcap), Vec::new());
            record.add(&peer, &Event::Opened, 0, &mut out);
            record.add(&peer, &Event::Bytes { way: Direction::Up, bytes: b"abc" }, 1, &mut out);
            record.add(&peer, &Event::Closed { why, messages: 0 }, 2, &mut out);
            let word = |at: usize| u32::from_be_bytes(out[at..at + 4].try_into().unwrap());
            // A record has 16 bytes in front of 20 of IP and 20 of TCP; the one with data has three more.
            let first = 3 * 56 + 3;
            assert_eq!((out.len() - first) % 56, 0);
            (first..out.len())
                .step_by(56)
                .map(|at| (out[at + 16 + 15], word(at + 40), word(at + 44), out[at + 49]))
                .collect::<Vec<_>>()
        };
        assert_eq!(ends(Why::Peer), [(7, 4, 1, 0x11), (1, 1, 5, 0x11)]);
        assert_eq!(ends(Why::Idle), [(1, 1, 4, 0x11), (7, 4, 2, 0x11)]);
        assert_eq!(ends(Why::Reset), [(7, 4, 1, 0x14)]);
    }
}
