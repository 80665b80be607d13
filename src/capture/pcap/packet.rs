//! One packet: from its link layer to its TCP or UDP content, whatever of it was captured.

use std::net::{IpAddr, SocketAddr};

use etherparse::{EtherType, IpNumber, LaxNetSlice, LaxSlicedPacket, TcpSlice, UdpSlice};

use super::super::Passed;
use super::parts::{Part, Whole};

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

/// What a captured packet turns out to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'a> {
    Packet(Packet<'a>),
    Part(Part<'a>),
}

/// Why a packet is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Layer,
    Other,
    Short,
}

/// Tags of virtual networks that are passed over, one behind the other.
const MOST_TAGS: usize = 4;

impl Pass {
    pub(super) fn count(self, layer: u32, passed: &mut Passed) {
        match self {
            Self::Layer => passed.layer = Some((passed.layer.map_or(1, |(count, _)| count + 1), layer)),
            Self::Other => passed.other += 1,
            Self::Short => passed.short += 1,
        }
    }
}

/// Reads a packet of a link layer, by its number in captures (LINKTYPE_).
pub(super) fn read(layer: u32, bytes: &[u8]) -> Result<Found<'_>, Pass> {
    let sliced = match layer {
        // Null and loopback: four bytes of a protocol family, in the byte order of whoever captured.
        0 | 108 => ip(bytes.get(4..).ok_or(Pass::Short)?)?,
        // Ethernet, with VLAN tags or without.
        1 => ether(bytes, 12, 14)?,
        // PPP, in what looks like HDLC or not, and in PPPoE.
        9 | 50 => ppp(bytes.strip_prefix(&[0xFF, 0x03]).unwrap_or(bytes))?,
        51 => pppoe(bytes)?,
        // Raw IP: 101, and the numbers that some systems use for it.
        12 | 14 | 101 | 228 | 229 => ip(bytes)?,
        // Linux cooked capture, versions 1 and 2.
        113 => ether(bytes, 14, 16)?,
        276 => ether(bytes, 0, 20)?,
        _ => return Err(Pass::Layer),
    };
    found(&sliced)
}

fn ip(bytes: &[u8]) -> Result<LaxSlicedPacket<'_>, Pass> {
    LaxSlicedPacket::from_ip(bytes).map_err(|_| if bytes.len() < 40 { Pass::Short } else { Pass::Other })
}

/// A link layer that names the next protocol by its Ethernet number at `at` and has `length` bytes.
fn ether(bytes: &[u8], at: usize, length: usize) -> Result<LaxSlicedPacket<'_>, Pass> {
    let (mut number, mut rest) = pair(bytes, at).zip(bytes.get(length..)).ok_or(Pass::Short)?;
    // 802.1Q and 802.1ad: a tag, and the number of what is tagged.
    for _ in 0..MOST_TAGS {
        if !matches!(number, 0x8100 | 0x88A8 | 0x9100) {
            break;
        }
        (number, rest) = pair(rest, 2).zip(rest.get(4..)).ok_or(Pass::Short)?;
    }
    if number == 0x8864 {
        return pppoe(rest);
    }
    Ok(LaxSlicedPacket::from_ether_type(EtherType(number), rest))
}

/// A session of PPP over Ethernet (RFC 2516): version and type, code, session and length, then PPP.
fn pppoe(bytes: &[u8]) -> Result<LaxSlicedPacket<'_>, Pass> {
    ppp(bytes.get(6..).ok_or(Pass::Short)?)
}

/// A frame of PPP (RFC 1661): the number of its protocol, and what that has to say.
fn ppp(bytes: &[u8]) -> Result<LaxSlicedPacket<'_>, Pass> {
    let (number, rest) = pair(bytes, 0).zip(bytes.get(2..)).ok_or(Pass::Short)?;
    // IPv4 and IPv6; all else negotiates the connection.
    if matches!(number, 0x0021 | 0x0057) { ip(rest) } else { Err(Pass::Other) }
}

fn pair(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn found<'a>(sliced: &LaxSlicedPacket<'a>) -> Result<Found<'a>, Pass> {
    let (from, to): (IpAddr, IpAddr) = match &sliced.net {
        Some(LaxNetSlice::Ipv4(slice)) => {
            (slice.header().source_addr().into(), slice.header().destination_addr().into())
        }
        Some(LaxNetSlice::Ipv6(slice)) => {
            (slice.header().source_addr().into(), slice.header().destination_addr().into())
        }
        Some(LaxNetSlice::Arp(_)) | None => return Err(Pass::Other),
    };
    let payload = sliced.ip_payload().ok_or(Pass::Other)?;
    let protocol = payload.ip_number.0;
    if !payload.fragmented {
        return content(from, to, protocol, payload.payload)
            .map(Found::Packet)
            .map_err(|why| if payload.incomplete { Pass::Short } else { why });
    }
    // A part that was not captured whole is none.
    let (number, at, more) = place(sliced).filter(|_| !payload.incomplete).ok_or(Pass::Short)?;
    let whole = Whole { from, to, protocol, number };
    Ok(Found::Part(Part { whole, at, more, bytes: payload.payload }))
}

/// The number of the packet that this is a part of, where the part begins, and whether others follow.
fn place(sliced: &LaxSlicedPacket<'_>) -> Option<(u32, usize, bool)> {
    match &sliced.net {
        Some(LaxNetSlice::Ipv4(slice)) => {
            let header = slice.header();
            let at = usize::from(header.fragments_offset().value()) * 8;
            Some((header.identification().into(), at, header.more_fragments()))
        }
        Some(LaxNetSlice::Ipv6(slice)) => slice.extensions().clone().into_iter().find_map(|extension| {
            let etherparse::Ipv6ExtensionSlice::Fragment(header) = extension else { return None };
            let at = usize::from(header.fragment_offset().value()) * 8;
            Some((header.identification(), at, header.more_fragments()))
        }),
        Some(LaxNetSlice::Arp(_)) | None => None,
    }
}

/// The content of an IP packet.
pub(super) fn content(from: IpAddr, to: IpAddr, protocol: u8, bytes: &[u8]) -> Result<Packet<'_>, Pass> {
    let (ports, content) = match IpNumber(protocol) {
        IpNumber::UDP => {
            let udp = UdpSlice::from_slice_lax(bytes).map_err(|_| Pass::Other)?;
            ((udp.source_port(), udp.destination_port()), Content::Udp(udp.payload()))
        }
        IpNumber::TCP => {
            let tcp = TcpSlice::from_slice(bytes).map_err(|_| Pass::Other)?;
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
        _ => return Err(Pass::Other),
    };
    Ok(Packet { from: SocketAddr::new(from, ports.0), to: SocketAddr::new(to, ports.1), content })
}
