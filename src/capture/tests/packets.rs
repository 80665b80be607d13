//! Packet captures: containers, link layers and networks, written byte by byte.

use super::*;
use crate::capture::Passed;

/// A pcap file: magic number, version 2.4, snapshot length, link layer; then the packets (draft-ietf-opsawg-pcap).
pub(super) fn pcap(layer: u32, packets: &[(u32, u32, Vec<u8>)]) -> Vec<u8> {
    let mut file = header(0xA1B2_C3D4, layer, u32::to_le_bytes);
    for (seconds, fraction, bytes) in packets {
        record(&mut file, *seconds, *fraction, bytes, u32::to_le_bytes);
    }
    file
}

fn header(magic: u32, layer: u32, order: fn(u32) -> [u8; 4]) -> Vec<u8> {
    let version = if order(1) == 1_u32.to_le_bytes() { [2, 0, 4, 0] } else { [0, 2, 0, 4] };
    [order(magic), version, order(0), order(0), order(65_535), order(layer)].concat()
}

fn record(file: &mut Vec<u8>, seconds: u32, fraction: u32, bytes: &[u8], order: fn(u32) -> [u8; 4]) {
    let length = order(bytes.len() as u32);
    file.extend_from_slice(&[order(seconds), order(fraction), length, length].concat());
    file.extend_from_slice(bytes);
}

/// An IPv4 packet (RFC 791) from 192.0.2.1 to 192.0.2.2.
fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let total = (20 + payload.len()) as u16;
    let mut packet = vec![0x45, 0];
    packet.extend_from_slice(&total.to_be_bytes());
    packet.extend_from_slice(&[0, 1, 0x40, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2]);
    packet.extend_from_slice(payload);
    packet
}

/// An IPv6 packet (RFC 8200) from 2001:db8::1 to 2001:db8::2, with a hop-by-hop header of 8 bytes in between.
fn ipv6(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x60, 0, 0, 0];
    packet.extend_from_slice(&(8 + payload.len() as u16).to_be_bytes());
    packet.extend_from_slice(&[0, 64]);
    for last in [1, 2] {
        packet.extend_from_slice(&[0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last]);
    }
    // Next header, length 0, then a PadN option of 4 bytes.
    packet.extend_from_slice(&[protocol, 0, 1, 4, 0, 0, 0, 0]);
    packet.extend_from_slice(payload);
    packet
}

/// A UDP datagram (RFC 768) from port 40001 to 5222.
pub(super) fn udp(payload: &[u8]) -> Vec<u8> {
    let length = (8 + payload.len()) as u16;
    [&40_001_u16.to_be_bytes()[..], &5_222_u16.to_be_bytes(), &length.to_be_bytes(), &[0, 0], payload]
        .concat()
}

/// An Ethernet frame with a protocol's number.
fn ethernet(number: [u8; 2], payload: &[u8]) -> Vec<u8> {
    [&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2][..], &number, payload].concat()
}

/// An Ethernet frame with an IPv4 packet.
pub(super) fn framed(protocol: u8, payload: &[u8]) -> Vec<u8> {
    ethernet([8, 0], &ipv4(protocol, payload))
}

const V4: &str = "0 udp 192.0.2.1:40001 192.0.2.2:5222 - true";

#[test]
fn every_link_layer_leads_to_the_same_datagram() {
    let packet = ipv4(17, &udp(b"hello"));
    // 802.1Q, and 802.1ad with a second tag: number, tag, number.
    let tagged = [&[0, 7, 8, 0][..], &packet].concat();
    let twice = [&[0, 9, 0x81, 0, 0, 7, 8, 0][..], &packet].concat();
    // Cooked: type, address type, length, address, number; version 2: number first, 20 bytes.
    let cooked = [&[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0][..], &packet].concat();
    let cooked2 = [&[8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0][..], &packet].concat();
    // PPPoE: version and type, code, session, length with the PPP number, which is that of IPv4.
    let length = (2 + packet.len()) as u16;
    let session = [&[0x11, 0, 0, 1][..], &length.to_be_bytes(), &[0, 0x21], &packet].concat();
    for (layer, bytes) in [
        (1, ethernet([8, 0], &packet)),
        (1, ethernet([0x81, 0], &tagged)),
        (1, ethernet([0x88, 0xA8], &twice)),
        (1, ethernet([0x88, 0x64], &session)),
        (1, ethernet([0x81, 0], &[&[0, 7, 0x88, 0x64][..], &session].concat())),
        (51, session.clone()),
        (9, [&[0xFF, 3, 0, 0x21][..], &packet].concat()),
        (9, [&[0, 0x21][..], &packet].concat()),
        (113, cooked),
        (276, cooked2),
        (101, packet.clone()),
        (12, packet.clone()),
        (0, [&[2, 0, 0, 0][..], &packet].concat()),
        (108, [&[0, 0, 0, 2][..], &packet].concat()),
    ] {
        let seen = seen(&pcap(layer, &[(1_795_608_000, 250_000, bytes)]), None);
        assert_eq!(seen.bytes(), [b"hello"], "layer {layer}");
        assert_eq!(seen.links, [V4], "layer {layer}");
        assert_eq!(seen.whole[0].2, Some(Arrival { ms: 1_795_608_000_250, sure: true }));
        assert_eq!((seen.summary.form, seen.summary.packets), (Some(Form::Pcap), 1));
    }
}

#[test]
fn ipv6_is_read_behind_its_extension_headers() {
    let seen = seen(&pcap(1, &[(0, 0, ethernet([0x86, 0xDD], &ipv6(17, &udp(b"hello"))))]), None);
    assert_eq!(seen.bytes(), [b"hello"]);
    assert_eq!(seen.links, ["0 udp [2001:db8::1]:40001 [2001:db8::2]:5222 - true"]);
}

#[test]
fn both_byte_orders_and_both_units_of_time_are_read() {
    let frame = framed(17, &udp(b"hello"));
    for (magic, fraction) in [(0xA1B2_C3D4, 250_000), (0xA1B2_3C4D, 250_000_000)] {
        for order in [u32::to_le_bytes, u32::to_be_bytes] {
            let mut file = header(magic, 1, order);
            record(&mut file, 1_795_608_000, fraction, &frame, order);
            let seen = seen(&file, None);
            assert_eq!(seen.bytes(), [b"hello"], "{magic:X}");
            assert_eq!(seen.whole[0].2.unwrap().ms, 1_795_608_000_250, "{magic:X}");
        }
    }
}

/// A block of a pcapng file: type, length, body, length (draft-ietf-opsawg-pcapng).
fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let length = (12 + body.len().next_multiple_of(4)) as u32;
    let mut block = [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat();
    block.resize(length as usize - 4, 0);
    block.extend_from_slice(&length.to_le_bytes());
    block
}

fn section() -> Vec<u8> {
    block(0x0A0D_0D0A, &[&0x1A2B_3C4D_u32.to_le_bytes()[..], &[1, 0, 0, 0], &[0xFF; 8]].concat())
}

/// An interface: link layer, no limit, options.
fn interface(layer: u16, options: &[u8]) -> Vec<u8> {
    block(1, &[&layer.to_le_bytes()[..], &[0, 0], &0_u32.to_le_bytes(), options].concat())
}

/// An enhanced packet of an interface.
fn enhanced(interface: u32, time: u64, bytes: &[u8]) -> Vec<u8> {
    let (high, low, length) = ((time >> 32) as u32, time as u32, bytes.len() as u32);
    let head: Vec<u8> =
        [interface, high, low, length, length].into_iter().flat_map(u32::to_le_bytes).collect();
    block(6, &[&head, bytes].concat())
}

#[test]
fn pcapng_is_read_with_the_layer_and_clock_of_each_interface() {
    let frame = framed(17, &udp(b"one"));
    let raw = ipv4(17, &udp(b"two"));
    // if_tsresol (9): 9 is nanoseconds; if_tsoffset (14): an hour; then the end of options.
    let nano =
        [&[9, 0, 1, 0, 9, 0, 0, 0][..], &[14, 0, 8, 0], &3_600_u64.to_le_bytes(), &[0, 0, 0, 0]].concat();
    let file = [
        section(),
        interface(1, &[]),
        interface(101, &nano),
        enhanced(0, 1_795_608_000_250_000, &frame),
        enhanced(1, 1_795_604_400_500_000_000, &raw),
        // A simple packet has no time, and is of the first interface.
        block(3, &[&(frame.len() as u32).to_le_bytes()[..], &frame].concat()),
        // An unknown block, and a packet of an interface that was never described.
        block(0x0BAD, &[1, 2, 3, 4]),
        enhanced(7, 0, &frame),
    ]
    .concat();
    let seen = seen(&file, None);
    assert_eq!(seen.bytes(), [b"one", b"two", b"one"]);
    let times: Vec<_> = seen.whole.iter().map(|(_, _, arrival, _)| arrival.map(|at| at.ms)).collect();
    assert_eq!(times, [Some(1_795_608_000_250), Some(1_795_608_000_500), None]);
}

#[test]
fn times_of_pcapng_are_counted_in_powers_of_ten_and_of_two() {
    let raw = ipv4(17, &udp(b"two"));
    // if_tsresol (9): 2^-10 and 2^-20 of a second with the highest bit set, 10^-3 without.
    for (resolution, units) in [(0x8A, 1_u64 << 10), (0x94, 1 << 20), (3, 1_000)] {
        let options = [9, 0, 1, 0, resolution, 0, 0, 0, 0, 0, 0, 0];
        let time = 1_795_608_000 * units + units / 4;
        let file = [section(), interface(101, &options), enhanced(0, time, &raw)].concat();
        assert_eq!(seen(&file, None).whole[0].2.unwrap().ms, 1_795_608_000_250, "{resolution:X}");
    }
}

#[test]
fn a_new_section_forgets_the_interfaces_before_it() {
    let raw = ipv4(17, &udp(b"two"));
    let file = [section(), interface(1, &[]), section(), interface(101, &[]), enhanced(0, 0, &raw)].concat();
    assert_eq!(seen(&file, None).bytes(), [b"two"]);
}

#[test]
fn what_is_passed_over_is_counted_by_why() {
    let mut fragment = ipv4(17, &udp(&[0; 64]));
    // More fragments.
    fragment[6] = 0x20;
    let arp = [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 192, 0, 2, 2];
    let packets = [
        (0, 0, ethernet([8, 0], &fragment)),
        (0, 0, ethernet([8, 6], &arp)),
        (0, 0, framed(1, &[8, 0, 0, 0, 0, 0, 0, 0])),
        (0, 0, vec![2, 0]),
        (0, 0, framed(17, &udp(b"hello"))[..36].to_vec()),
        (0, 0, framed(17, &udp(b"hello"))),
    ];
    let seen = seen(&pcap(1, &packets), None);
    assert_eq!(seen.bytes(), [b"hello"]);
    assert_eq!(seen.summary.passed, Passed { layer: None, other: 2, fragments: 1, short: 2, broken: false });
    let bluetooth = super::seen(&pcap(187, &[(0, 0, vec![1]), (0, 0, vec![2])]), None);
    assert_eq!(bluetooth.summary.passed.layer, Some((2, 187)));
}

/// The parts of an IPv4 packet with this number, of so many bytes each.
fn in_parts(number: u8, protocol: u8, content: &[u8], size: usize) -> Vec<Vec<u8>> {
    let parts = content.chunks(size).enumerate().map(|(place, bytes)| {
        let mut packet = ipv4(protocol, bytes);
        let at = (place * size / 8) as u16;
        let more = if (place + 1) * size < content.len() { 0x2000 } else { 0 };
        packet[4..8].copy_from_slice(&[0, number, ((more | at) >> 8) as u8, at as u8]);
        ethernet([8, 0], &packet)
    });
    parts.collect()
}

#[test]
fn a_packet_that_came_in_parts_is_put_together() {
    let long: Vec<u8> = (0..=255).cycle().take(3_000).collect();
    let parts = in_parts(7, 17, &udp(&long), 1_480);
    assert_eq!(parts.len(), 3);
    let told = |order: &[usize]| {
        let packets: Vec<_> = order.iter().map(|part| (0, 0, parts[*part].clone())).collect();
        seen(&pcap(1, &packets), None)
    };
    // In every order, and with a part that comes twice.
    for order in [&[0, 1, 2][..], &[2, 1, 0], &[1, 0, 2], &[0, 0, 2, 1], &[2, 0, 2, 1]] {
        let seen = told(order);
        assert_eq!(seen.bytes(), [&long[..]], "{order:?}");
        assert_eq!(seen.links, [V4]);
        assert_eq!(seen.summary.passed.fragments, 0);
    }
    for order in [&[0, 1][..], &[0, 2], &[1, 2]] {
        let seen = told(order);
        assert!(seen.bytes().is_empty(), "{order:?}");
        assert_eq!(seen.summary.passed.fragments, 2);
    }
}

#[test]
fn parts_of_two_packets_are_not_mixed() {
    let (one, two) = (in_parts(1, 17, &udp(&[b'1'; 40]), 24), in_parts(2, 17, &udp(&[b'2'; 40]), 24));
    let packets = [&one[0], &two[0], &one[1], &two[1]].map(|part| (0, 0, part.clone()));
    assert_eq!(seen(&pcap(1, &packets), None).bytes(), [[b'1'; 40], [b'2'; 40]]);
}

#[test]
fn an_ipv6_packet_that_came_in_parts_is_put_together() {
    let content = udp(b"hello, hello");
    let part = |at: u16, more: u16, bytes: &[u8]| {
        // Fragment header: next header, reserved, place and whether more follow, number.
        let head = [&[17, 0][..], &(at | more).to_be_bytes(), &[0, 0, 0, 9]].concat();
        ethernet([0x86, 0xDD], &ipv6(44, &[&head, bytes].concat()))
    };
    let packets = [(0, 0, part(0, 1, &content[..16])), (0, 0, part(16, 0, &content[16..]))];
    assert_eq!(seen(&pcap(1, &packets), None).bytes(), [b"hello, hello"]);
}

#[test]
fn parts_that_never_become_whole_take_bounded_room() {
    let first = |number: u32| {
        let mut part = in_parts(1, 17, &udp(&[0; 64]), 24).remove(0);
        part[14 + 4..14 + 6].copy_from_slice(&(number as u16).to_be_bytes());
        (0, 0, part)
    };
    let mut packets: Vec<_> = (0..1_000).map(first).collect();
    packets.push((0, 0, framed(17, &udp(b"hello"))));
    let seen = seen(&pcap(1, &packets), None);
    assert_eq!(seen.bytes(), [b"hello"]);
    assert_eq!(seen.summary.passed.fragments, 1_000);
}

#[test]
fn padding_of_short_ethernet_frames_is_no_payload() {
    let mut frame = framed(17, &udp(b"hi"));
    frame.resize(60, 0);
    assert_eq!(seen(&pcap(1, &[(0, 0, frame)]), None).bytes(), [b"hi"]);
}

#[test]
fn a_capture_that_breaks_off_gives_what_it_has() {
    let file = pcap(1, &[(0, 0, framed(17, &udp(b"one"))), (0, 0, framed(17, &udp(b"two")))]);
    for end in 24..file.len() {
        let seen = seen(&file[..end], Some(Form::Pcap));
        let first = 24 + 16 + 45;
        assert_eq!(seen.bytes().len(), usize::from(end >= first), "{end}");
        assert_eq!(seen.summary.passed.broken, end != 24 && end != first, "{end}");
    }
    for end in 1..24 {
        let error =
            try_seen(&file[..end], &Options { form: Some(Form::Pcap), ..Options::default() }).unwrap_err();
        assert!(matches!(error, Error::BrokenPcap(_) | Error::NoPcap(_)), "{end}: {error}");
    }
}

#[test]
fn what_is_no_capture_is_told_with_its_beginning() {
    let options = Options { form: Some(Form::Pcap), ..Options::default() };
    let error = try_seen(b"\x78\x78\x0D\x01 and so on and so on", &options).unwrap_err().to_string();
    assert!(error.contains("78 78 0D 01"), "{error}");
}

#[test]
fn a_length_that_is_claimed_is_not_believed() {
    let mut file = pcap(1, &[]);
    // A packet of 4 GiB, of which nothing is there.
    file.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
    file.extend_from_slice(&[0; 100]);
    assert!(seen(&file, None).summary.passed.broken);
}

#[test]
fn only_the_port_that_is_asked_for_is_followed() {
    let file = pcap(1, &[(0, 0, framed(17, &udp(b"hello")))]);
    for (port, count) in [(5_222, 1), (40_001, 1), (5_223, 0)] {
        let options = Options { port: Some(port), ..Options::default() };
        assert_eq!(try_seen(&file, &options).unwrap().bytes().len(), count, "{port}");
    }
}
