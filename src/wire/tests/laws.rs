//! What holds for every protocol and every input: what is said comes back, pieces do not matter, a flipped bit is
//! noticed, and nothing makes the codecs fail.

use proptest::prelude::*;

use super::super::*;
use super::support::{captures, pour};

fn id() -> DeviceId {
    DeviceId::new(b"869912033012424").unwrap()
}

/// A report with every field, at its extremes as often as between them.
fn reports() -> impl Strategy<Value = Report> {
    let extreme = |most: i64| prop_oneof![Just(-most), Just(0), Just(most), -most..=most];
    // The first second of 2000, a leap day, the last hours of 2099 that eight hours ahead are still 2099.
    let first = 946_684_800_i64;
    let last = 4_102_415_999_i64;
    let times = prop_oneof![Just(first), Just(1_709_210_096), Just(last), first..=last];
    let places = (times, any::<bool>(), extreme(90_000_000), extreme(180_000_000));
    let motion = (-400_i64..9_000, 0_i64..=25_500, 0_u16..360, 0_u8..=15, 0_i64..=999);
    let rest = (0_u64..=4_294_967_295, 0_i64..=5_000, 0_u8..=100, 0_i64..=6_000, 0_u8..=31, 0_u32..=31);
    let cells = (1_u16..1_000, 0_u16..256, 1_u32..=0xFFFF, 1_u64..=0xFF_FFFF);
    (places, motion, rest, cells).prop_map(|(place, motion, rest, cell)| Report {
        time: UtcTime::from_unix(place.0),
        valid: place.1,
        lat: Dec::new(place.2, 6),
        lon: Dec::new(place.3, 6),
        altitude_m: Some(Dec::whole(motion.0)),
        speed_kmh: Some(Dec::new(motion.1, 2)),
        course_deg: Some(motion.2),
        satellites: Some(motion.3),
        hdop: Some(Dec::new(motion.4, 1)),
        odometer_m: Some(rest.0),
        battery_v: Some(Dec::new(rest.1, 3)),
        battery_pct: Some(rest.2),
        power_v: Some(Dec::new(rest.3, 2)),
        csq: Some(rest.4),
        cell: Some(Cell {
            mcc: Some(cell.0),
            mnc: Some(cell.1),
            lac: Some(cell.2),
            cid: Some(cell.3),
            rssi_dbm: None,
        }),
        event: Some(rest.5).filter(|event| *event > 0),
    })
}

fn encoded(protocol: &Protocol, uplink: &Uplink<'_>, session: &mut Session) -> Vec<u8> {
    let mut out = Vec::new();
    protocol.encode(uplink, session, &mut out).unwrap();
    out
}

/// Whether a carried number is as near as the protocol promises, or absent where it is not carried.
fn near(read: Option<Dec>, sent: Option<Dec>, limit: Option<Dec>) -> bool {
    match (read, sent, limit) {
        (Some(read), Some(sent), Some(limit)) => {
            let difference = read.at_scale(9).unwrap() - sent.at_scale(9).unwrap();
            difference.abs() <= limit.at_scale(9).unwrap() + if limit.m == 0 { 500_000_000 } else { 0 }
        }
        (None, _, None) => true,
        _ => false,
    }
}

fn compare(protocol: &Protocol, view: &View<'_>, sent: &Report) {
    let carries = protocol.carries;
    let course = sent.course_deg.map(|course| Dec::whole(course.into()));
    let odometer = sent.odometer_m.map(|metres| Dec::whole(metres as i64));
    assert_eq!((view.time, view.valid), (Some(sent.time), Some(sent.valid)));
    assert!(near(view.lat, Some(sent.lat), Some(carries.degrees)), "{:?} {}", view.lat, sent.lat);
    assert!(near(view.lon, Some(sent.lon), Some(carries.degrees)), "{:?} {}", view.lon, sent.lon);
    for (name, read, sent, limit) in [
        ("altitude", view.altitude_m, sent.altitude_m, carries.altitude_m),
        ("speed", view.speed_kmh, sent.speed_kmh, carries.speed_kmh),
        ("course", view.course_deg, course, Some(Dec::whole(0)).filter(|_| carries.course)),
        ("hdop", view.hdop, sent.hdop, carries.hdop),
        ("odometer", view.odometer_m, odometer, carries.odometer_m),
        ("battery", view.battery_v, sent.battery_v, carries.battery_v),
        ("power", view.power_v, sent.power_v, carries.power_v),
    ] {
        assert!(near(read, sent, limit), "{} {name}: {read:?} of {sent:?}", protocol.name);
    }
    assert_eq!(view.satellites, carries.satellites.and(sent.satellites).map(u16::from));
    let dbm = sent.csq.map(|csq| -113 + 2 * i16::from(csq));
    assert_eq!(view.rssi_dbm, dbm.filter(|_| carries.csq));
    assert_eq!(view.cells(), sent.cell.filter(|_| carries.cell).as_slice());
    if carries.event {
        let event = view.events().iter().map(|event| event.code).find(|code| *code != 0);
        assert_eq!(event, sent.event, "{}", protocol.name);
    }
}

proptest! {
    // A failing input is printed; a file of them in the tree would be one more thing to keep.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_tracker_says_is_read_as_it_was_said(report in reports(), cut in any::<prop::sample::Index>()) {
        for protocol in PROTOCOLS {
            let mut session = Session::of(id());
            let login = protocol.encode(&Uplink::Login, &mut session, &mut Vec::new()).is_ok();
            let mut bytes = if login { encoded(protocol, &Uplink::Login, &mut session) } else { Vec::new() };
            bytes.extend(encoded(protocol, &Uplink::Position(&report), &mut session));
            let (first, second) = bytes.split_at(cut.index(bytes.len()));
            let (mut known, mut messages, mut places) = (Session::new(), Messages::new(), 0);
            pour(Stream::new(), &[first, second], |found| {
                let What::Frame { protocol: as_found, claimed: true, .. } = found.what else {
                    panic!("{}: {:?}", protocol.name, found.what);
                };
                assert_eq!(as_found, protocol);
                protocol.decode(found.bytes, &mut known, &mut messages);
                assert_eq!(messages.damage(), [], "{}", protocol.name);
                for view in messages.views(found.bytes).filter(|view| view.kind == Kind::Position) {
                    compare(protocol, &view, &report);
                    let whole = if protocol.carries.bare_imei { "86991203301242" } else { "869912033012424" };
                    assert_eq!(view.device_id.unwrap().as_str(), whole);
                    places += 1;
                }
            });
            prop_assert_eq!(places, 1, "{}", protocol.name);
        }
    }

    #[test]
    fn what_startek_says_beyond_a_report_comes_back(
        report in reports(), status in any::<u32>(), ios in any::<(u8, u8)>(), fuel in 0_u16.., cold in -0x7FFF_i64..=0x7FFF,
    ) {
        let extras = protocol::startek::Extras {
            status: (status, 8),
            inputs: ios.0,
            outputs: ios.1,
            analogue_v: vec![Dec::new(fuel.into(), 2)],
            protocol_code: Some(1),
            fuel_l: vec![(1, Dec::new(fuel.into(), 1)), (99, Dec::whole(0))],
            temperature_c: vec![(2, Dec::new(cold, 1))],
            tail: vec!["X".to_owned()],
            ..Default::default()
        };
        let (mut bytes, mut messages) = (Vec::new(), Messages::new());
        protocol::startek::position(&report, &extras, true, &mut Session::of(id()), &mut bytes).unwrap();
        let startek = by_name("startek").unwrap();
        startek.decode(&bytes, &mut Session::new(), &mut messages);
        prop_assert_eq!(messages.damage(), []);
        let view = messages.views(&bytes).next().unwrap();
        compare(startek, &view, &report);
        let bits = |name: &str| match view.attribute(name).map(|attribute| attribute.value) {
            Some(Value::Bits { value, .. }) => value,
            other => panic!("{name}: {other:?}"),
        };
        prop_assert_eq!((bits("status"), bits("inputs"), bits("outputs")), (status, ios.0.into(), ios.1.into()));
        let number = |name: &str| view.attribute(name).map(|attribute| (attribute.index, attribute.value));
        prop_assert_eq!(number("fuel_l"), Some((1, Value::Dec(Dec::new(fuel.into(), 1)))));
        prop_assert_eq!(number("temperature_c"), Some((2, Value::Dec(Dec::new(cold, 1)))));
        prop_assert_eq!(number("ad_v"), Some((1, Value::Dec(Dec::new(fuel.into(), 2)))));
        prop_assert!(number("unknown").is_some());
    }

    #[test]
    fn a_flipped_bit_is_never_taken_for_a_whole_frame(report in reports(), bit in any::<prop::sample::Index>()) {
        for name in ["startek", "gt06", "jt808", "meiligao", "eelink"] {
            let protocol = by_name(name).unwrap();
            // Eelink has its checksum in datagrams only.
            let mut session = Session { variant: name == "eelink", ..Session::of(id()) };
            let mut bytes = encoded(protocol, &Uplink::Position(&report), &mut session);
            // Hexadecimal digits of a checksum are read in either case, so that one bit of them says nothing.
            let covered = bytes.len() - if name == "startek" { 4 } else { 0 };
            let at = bit.index(covered * 8);
            bytes[at / 8] ^= 1 << (at % 8);
            let mut messages = Messages::new();
            protocol.decode(&bytes, &mut Session::new(), &mut messages);
            prop_assert!(!messages.damage().is_empty(), "{} {} {:02X?}", name, at, bytes);
            let answers = protocol.acknowledge(&bytes, &messages, UtcTime::from_unix(0), &mut Vec::new());
            prop_assert!(!answers, "{} {} {:02X?}", name, at, bytes);
        }
    }

    #[test]
    fn any_bytes_are_read_to_their_end(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"&$xyg~[]E@,*\r\n0A\x7d".to_vec())], 0..600),
        cut in any::<prop::sample::Index>(),
    ) {
        let (first, second) = bytes.split_at(cut.index(bytes.len() + 1));
        let mut seen = 0;
        pour(Stream::new(), &[first, second], |found| seen += found.bytes.len());
        let ends = bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
        prop_assert!(seen <= bytes.len() && seen + ends >= bytes.len());
        any_reading(&bytes);
    }

    #[test]
    fn a_damaged_frame_is_read_as_far_as_it_goes(
        report in reports(), holes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), end in any::<prop::sample::Index>(),
    ) {
        for protocol in PROTOCOLS {
            let mut bytes = encoded(protocol, &Uplink::Position(&report), &mut Session::of(id()));
            for (at, byte) in &holes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            any_reading(&bytes);
            any_reading(&bytes[..end.index(bytes.len())]);
        }
    }
}

/// Reads bytes as a frame of every protocol: nothing fails, explaining reads the same, and every span lies inside.
fn any_reading(bytes: &[u8]) {
    let (mut messages, mut explained, mut spans) = (Messages::new(), Messages::new(), Spans::new());
    for protocol in PROTOCOLS {
        protocol.decode(bytes, &mut Session::new(), &mut messages);
        protocol.explain(bytes, &mut Session::new(), &mut explained, &mut spans);
        let list: Vec<_> = messages.views(bytes).map(|view| *view).collect();
        assert_eq!(list, explained.views(bytes).map(|view| *view).collect::<Vec<_>>(), "{}", protocol.name);
        assert_eq!(messages.damage(), explained.damage());
        assert!(list.len() <= bytes.len() + 1);
        for seen in spans.fields() {
            let raw = explained.raw_span(seen.span);
            assert!(raw.end() <= bytes.len(), "{} {}: {raw:?}", protocol.name, seen.name);
        }
        if let Framing::Frame { len, .. } = protocol.frame(bytes, true) {
            assert!((1..=bytes.len()).contains(&len));
        }
        protocol.acknowledge(bytes, &messages, UtcTime::from_unix(1_700_000_000), &mut Vec::new());
    }
}

#[test]
fn frames_shorter_than_their_parts_are_read_within_their_bytes() {
    // Found by a fuzzer: the place of the checksum of a closed frame of less than eight bytes.
    for len in 0..10 {
        for head in [
            &b"$$\x00\x06\x12\x34\x56\x78"[..],
            b"&&A2,8699",
            b"xx\x05\x01\x00\x01",
            b"[3G*86991",
            b"gg\x03\x00\x02",
        ] {
            any_reading(&[&head[..len.min(head.len())], b"\r\n"].concat());
        }
    }
}

/// All messages of a stream whose protocol is to be found out; what is between frames does not count.
fn messages_of(pieces: &[&[u8]]) -> Vec<Message> {
    let (mut session, mut messages, mut all) = (Session::new(), Messages::new(), Vec::new());
    pour(Stream::new(), pieces, |found| {
        if let What::Frame { protocol, .. } = found.what {
            protocol.decode(found.bytes, &mut session, &mut messages);
            all.extend(messages.views(found.bytes).map(|view| *view));
        }
    });
    all
}

#[test]
fn a_captured_frame_cut_at_any_byte_gives_the_same_messages() {
    let mut cuts = 0;
    for capture in captures().iter().filter(|capture| by_name(&capture.protocol).is_some()) {
        let whole = messages_of(&[&capture.bytes]);
        for at in 1..capture.bytes.len().min(400) {
            let (first, second) = capture.bytes.split_at(at);
            assert_eq!(
                messages_of(&[first, second]),
                whole,
                "{} {:?} cut at {at}",
                capture.protocol,
                capture.place
            );
            cuts += 1;
        }
        let bytes: Vec<_> = capture.bytes.chunks(1).collect();
        assert_eq!(messages_of(&bytes), whole, "{} {:?} byte by byte", capture.protocol, capture.place);
    }
    assert!(cuts > 0 || captures().is_empty());
}

#[test]
fn every_capture_of_every_protocol_is_read_by_all_without_harm() {
    for capture in captures() {
        any_reading(&capture.bytes);
    }
}

#[test]
fn noise_between_frames_costs_no_frame() {
    let report =
        Report::at(UtcTime::from_unix(1_709_210_096), Dec::new(-33_123_456, 6), Dec::new(70_654_321, 6));
    for protocol in PROTOCOLS {
        for noise in [
            &b"\r\n"[..],
            b"hello",
            b"\0\0\0\0\0\0\0\0",
            b"&&:",
            b"xx\x05",
            b"~abc",
            b"[3G*",
            b"gg\x12\xff\xff",
            b"$$\0",
        ] {
            let mut session = Session::of(id());
            let mut bytes = Vec::new();
            for _ in 0..3 {
                bytes.extend(encoded(protocol, &Uplink::Position(&report), &mut session));
                bytes.extend_from_slice(noise);
            }
            let mut frames = 0;
            pour(Stream::new(), &[&bytes], |found| {
                frames += usize::from(
                    matches!(found.what, What::Frame { protocol: as_found, .. } if as_found == protocol),
                );
            });
            assert!(frames >= 3, "{} {}: {frames}", protocol.name, String::from_utf8_lossy(noise));
        }
    }
}

#[test]
fn a_claimed_length_holds_nothing_up_for_ever() {
    for head in [
        &b"&&A4000,869912033012424,000,"[..],
        b"yy\x1f\xff\x12",
        b"gg\x12\x0f\xf0",
        b"[3G*8699120330*FFFF*UD,",
        b"~\x02\0",
        b"$$\x07\xff\x12\x34\x56\x78\x90\x12\x34",
    ] {
        let mut stream = Stream::new();
        let mut given = 0;
        for piece in [head, &[b'0'; 100_000][..]] {
            let mut rest = piece;
            while !rest.is_empty() {
                let taken = stream.push(rest);
                rest = &rest[taken..];
                let mut found = 0;
                while stream.next().is_some() {
                    found += 1;
                }
                assert!(taken > 0 || found > 0, "{head:?} holds everything up");
                given += taken;
            }
        }
        assert_eq!(given, head.len() + 100_000);
    }
}
