//! One packet: from its link layer to its TCP or UDP content, whatever of it was captured.

use std::net::{IpAddr, SocketAddr};

use etherparse::{EtherType, LaxNetSlice, LaxSlicedPacket, TransportSlice};

use super::super::Passed;

/// What a packet carries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packet<'a> {
    pub(super) from: SocketAddr,
    pub(super) to: SocketAddr,
    pub(super) content: Content<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    Udp(&'a [u8]),
    Tcp(Segment<'a>),
}

/// A TCP segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'a> {
    pub(super) sequence: u32,
    /// What the other end has got, where the segment says so.
    pub(super) acknowledged: Option<u32>,
    pub(super) syn: bool,
    pub(super) fin: bool,
    pub(super) rst: bool,
    pub(super) payload: &'a [u8],
}

/// Why a packet is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Layer,
    Other,
    Fragment,
    Short,
}

impl Pass {
    pub(super) fn count(self, layer: u32, passed: &mut Passed) {
        match self {
            Self::Layer => passed.layer = Some((passed.layer.map_or(1, |(count, _)| count + 1), layer)),
            Self::Other => passed.other += 1,
            Self::Fragment => passed.fragments += 1,
            Self::Short => passed.short += 1,
        }
    }
}

/// Reads a packet of a link layer, by its number in captures (LINKTYPE_).
pub(super) fn read(layer: u32, bytes: &[u8]) -> Result<Packet<'_>, Pass> {
    let sliced = match layer {
        // Null and loopback: four bytes of a protocol family, in the byte order of whoever captured.
        0 | 108 => ip(bytes.get(4..).ok_or(Pass::Short)?)?,
        // Ethernet, with VLAN tags or without.
        1 => ether(bytes, 12, 14)?,
        // Raw IP: 101, and the numbers that some systems use for it.
        12 | 14 | 101 | 228 | 229 => ip(bytes)?,
        // Linux cooked capture, versions 1 and 2.
        113 => ether(bytes, 14, 16)?,
        276 => ether(bytes, 0, 20)?,
        _ => return Err(Pass::Layer),
    };
    content(&sliced)
}

fn ip(bytes: &[u8]) -> Result<LaxSlicedPacket<'_>, Pass> {
    LaxSlicedPacket::from_ip(bytes).map_err(|_| if bytes.len() < 40 { Pass::Short } else { Pass::Other })
}

/// A link layer that names the next protocol by its Ethernet number at `at` and has `length` bytes.
fn ether(bytes: &[u8], at: usize, length: usize) -> Result<LaxSlicedPacket<'_>, Pass> {
    let (Some(&[high, low]), Some(rest)) = (bytes.get(at..at + 2), bytes.get(length..)) else {
        return Err(Pass::Short);
    };
    Ok(LaxSlicedPacket::from_ether_type(EtherType(u16::from_be_bytes([high, low])), rest))
}

fn content<'a>(sliced: &LaxSlicedPacket<'a>) -> Result<Packet<'a>, Pass> {
    let (from, to): (IpAddr, IpAddr) = match &sliced.net {
        Some(LaxNetSlice::Ipv4(slice)) => {
            (slice.header().source_addr().into(), slice.header().destination_addr().into())
        }
        Some(LaxNetSlice::Ipv6(slice)) => {
            (slice.header().source_addr().into(), slice.header().destination_addr().into())
        }
        Some(LaxNetSlice::Arp(_)) | None => return Err(Pass::Other),
    };
    let payload = sliced.ip_payload();
    let (ports, content) = match &sliced.transport {
        Some(TransportSlice::Udp(udp)) => {
            ((udp.source_port(), udp.destination_port()), Content::Udp(udp.payload()))
        }
        Some(TransportSlice::Tcp(tcp)) => {
            let segment = Segment {
                sequence: tcp.sequence_number(),
                acknowledged: tcp.ack().then(|| tcp.acknowledgment_number()),
                syn: tcp.syn(),
                fin: tcp.fin(),
                rst: tcp.rst(),
                payload: tcp.payload(),
            };
            ((tcp.source_port(), tcp.destination_port()), Content::Tcp(segment))
        }
        _ if payload.is_some_and(|payload| payload.fragmented) => return Err(Pass::Fragment),
        _ if payload.is_some_and(|payload| payload.incomplete) => return Err(Pass::Short),
        _ => return Err(Pass::Other),
    };
    Ok(Packet { from: SocketAddr::new(from, ports.0), to: SocketAddr::new(to, ports.1), content })
}
