//! What fits into a packet and what does not: each value at its limit, and one beyond it.

use super::super::PROTOCOL;
use super::{datagram, packet};
use crate::wire::tests::support::{commanded, dec, digits, written};
use crate::wire::{Cell, DeviceId, Report, Session, Uplink, UtcTime};

fn session() -> Session {
    Session { number: 8, ..Session::of(DeviceId::new(b"352544071750518").unwrap()) }
}

/// 1 degree north, 2 degrees east, 2024-02-29 12:34:56.
fn report() -> Report {
    Report::at(UtcTime::from_unix(1_709_210_096), dec("1"), dec("2"))
}

fn packed(report: &Report) -> Result<String, String> {
    written(&PROTOCOL, &Uplink::Position(report), session())
}

fn wanted(code: u8, content: &str) -> Result<String, String> {
    Ok(digits(&packet(code, content)))
}

fn cell(mcc: u16, mnc: u16, lac: u32, cid: u64) -> Option<Cell> {
    Some(Cell { mcc: Some(mcc), mnc: Some(mnc), lac: Some(lac), cid: Some(cid), rssi_dbm: None })
}

/// Time, mask and place of `report`, then altitude, speed, course and satellites, of which it tells none.
const PLACE: &str = "65E079F0 01 001B7740 0036EE80 0000 0000 0000 00";

#[test]
fn a_report_is_packed_as_the_layout_has_it() {
    assert_eq!(packed(&report()), wanted(0x12, &format!("{PLACE} 0001")));
    let confirmed = written(&PROTOCOL, &Uplink::Confirmed(&report()), session());
    assert_eq!(confirmed, wanted(0x12, &format!("{PLACE} 0001")));
    assert_eq!(
        packed(&Report { valid: false, event: Some(0), ..report() }),
        wanted(0x12, &format!("{PLACE} 0000"))
    );
    let whole = Report {
        lat: dec("-1"),
        lon: dec("-2"),
        altitude_m: Some(dec("-7.4")),
        speed_kmh: Some(dec("336.4")),
        course_deg: Some(359),
        satellites: Some(255),
        cell: cell(460, 1, 0x287D, 0x1FB8),
        csq: Some(31),
        event: Some(2),
        battery_v: Some(dec("4.146")),
        odometer_m: Some(31_603),
        ..report()
    };
    assert_eq!(
        packed(&whole),
        wanted(
            0x14,
            "65E079F0 03 FFE488C0 FFC91180 FFF9 0150 0167 FF 01CC 0001 287D 00001FB8 1F 02 0001 1032 00000000 00007B73"
        )
    );
    let unknown = Report { cell: Some(Cell::default()), ..report() };
    assert_eq!(
        packed(&unknown),
        wanted(0x12, &format!("{} 0000 0000 0000 00000000 00 0001", PLACE.replacen(" 01 ", " 03 ", 1)))
    );
}

#[test]
fn the_battery_may_stand_alone_and_the_odometer_has_one_before_it() {
    assert_eq!(
        packed(&Report { battery_v: Some(dec("4.146")), ..report() }),
        wanted(0x12, &format!("{PLACE} 0001 1032"))
    );
    assert_eq!(
        packed(&Report { odometer_m: Some(31_603), ..report() }),
        wanted(0x12, &format!("{PLACE} 0001 0000 00000000 00007B73"))
    );
}

#[test]
fn logins_heartbeats_and_texts_are_packed_and_by_udp_wrapped() {
    let (yes, no) = (report(), Report { valid: false, ..report() });
    for (uplink, code, content) in [
        (Uplink::Login, 0x01, "0352544071750518 0100"),
        (Uplink::Heartbeat(&yes), 0x03, "0001"),
        (Uplink::Heartbeat(&no), 0x03, "0000"),
        (Uplink::Reply { code: "7", text: "OK" }, 0x80, "00000000 4F4B"),
    ] {
        let frame = packet(code, content);
        assert_eq!(written(&PROTOCOL, &uplink, session()), Ok(digits(&frame)), "{uplink:?}");
        let by_udp = Session { variant: true, ..session() };
        assert_eq!(written(&PROTOCOL, &uplink, by_udp), Ok(digits(&datagram(&frame))), "{uplink:?}");
    }
    assert_eq!(commanded(&PROTOCOL, "OK", session()), wanted(0x80, "00000000 4F4B"));
}

#[test]
fn what_is_beyond_a_limit_is_refused_with_its_value() {
    let is_ok = |report: Report| assert!(packed(&report).is_ok(), "{report:?}");
    let refused = |report: Report, wanted: &str| {
        let wanted = wanted.replace(" > ", ", and eelink has room for ");
        assert_eq!(packed(&report), Err(wanted), "{report:?}");
    };
    for (lat, lon) in [("90", "180"), ("-90", "-180")] {
        is_ok(Report { lat: dec(lat), lon: dec(lon), ..report() });
    }
    for lat in ["90.0000001", "-90.0000001", "2000"] {
        refused(Report { lat: dec(lat), ..report() }, &format!("latitude is {lat} > degrees of this earth"));
    }
    for lon in ["180.0000001", "-180.0000001"] {
        refused(Report { lon: dec(lon), ..report() }, &format!("longitude is {lon} > degrees of this earth"));
    }
    for altitude in ["32767.4", "-32768.4"] {
        is_ok(Report { altitude_m: Some(dec(altitude)), ..report() });
    }
    for altitude in ["32767.5", "-32768.5"] {
        let wanted = format!("altitude is {altitude} > -32768 to 32767 m");
        refused(Report { altitude_m: Some(dec(altitude)), ..report() }, &wanted);
    }
    is_ok(Report { speed_kmh: Some(dec("65535.4")), ..report() });
    for speed in ["65535.5", "-1"] {
        let wanted = format!("speed is {speed} > 0 to 65535 km/h");
        refused(Report { speed_kmh: Some(dec(speed)), ..report() }, &wanted);
    }
    is_ok(Report { battery_v: Some(dec("65.535")), ..report() });
    for volts in ["65.536", "-0.001"] {
        let wanted = format!("battery is {volts} > 0 to 65.535 V");
        refused(Report { battery_v: Some(dec(volts)), ..report() }, &wanted);
    }
    is_ok(Report { odometer_m: Some(4_294_967_295), ..report() });
    refused(
        Report { odometer_m: Some(4_294_967_296), ..report() },
        "odometer is 4294967296 > up to 4294967295 m",
    );
    is_ok(Report { event: Some(255), ..report() });
    refused(Report { event: Some(256), ..report() }, "event is 256 > 0 to 255");
    is_ok(Report { cell: cell(65_535, 65_535, 65_535, 0xFFFF_FFFF), ..report() });
    for cell in [cell(1, 1, 65_536, 1), cell(1, 1, 1, 0x1_0000_0000)] {
        let wanted = "eelink has room for an area below 65536 and a cell below 4294967296";
        let fault = packed(&Report { cell, ..report() }).unwrap_err();
        assert!(fault.starts_with("cell is ") && fault.ends_with(wanted), "{fault}");
    }
    for (seconds, fits) in [(0, true), (-1, false), (4_294_967_295, true), (4_294_967_296, false)] {
        let read = packed(&Report { time: UtcTime::from_unix(seconds), ..report() });
        assert_eq!(read.is_ok(), fits, "{read:?}");
        assert!(fits || read.unwrap_err().ends_with("eelink has room for the years 1970 to 2106"));
    }
}

#[test]
fn a_text_that_no_packet_holds_is_refused_and_not_cut() {
    let text = |length: usize| "x".repeat(length);
    let by_udp = || Session { variant: true, ..session() };
    // The longest goes into a packet that is believed, by itself and in a datagram.
    for session in [session(), by_udp()] {
        let frame = commanded(&PROTOCOL, &text(3_996), session).unwrap();
        assert_eq!(frame.len() / 2 - if frame.starts_with("454C") { 14 } else { 0 }, 4_007);
        let framed = crate::wire::tests::support::framed(
            &PROTOCOL,
            &crate::wire::tests::support::unhex(&frame),
            false,
        );
        assert!(framed.starts_with(&format!("{} fits", frame.len() / 2)), "{framed}");
    }
    let fault = Err("text is 3997, and eelink has room for up to 3996 bytes of text".to_owned());
    assert_eq!(commanded(&PROTOCOL, &text(3_997), session()), fault);
    let reply = text(3_997);
    assert_eq!(written(&PROTOCOL, &Uplink::Reply { code: "", text: &reply }, session()), fault);
}

#[test]
fn packets_are_numbered_and_begin_again_and_a_login_needs_an_imei() {
    let mut session = Session { number: 65_534, ..session() };
    for wanted in ["FFFF", "0000", "0001"] {
        let mut out = Vec::new();
        PROTOCOL.command("", &mut session, &mut out).unwrap();
        assert_eq!(digits(&out)[10..14], *wanted);
    }
    let none = Err("the tracker has no identity yet, and eelink needs one: give it an IMEI".to_owned());
    assert_eq!(written(&PROTOCOL, &Uplink::Login, Session::new()), none);
    assert_eq!(commanded(&PROTOCOL, "", Session { variant: true, ..Session::new() }), none);
    assert!(commanded(&PROTOCOL, "", Session::new()).is_ok(), "on a connection the tracker is known");
    let short = Session::of(DeviceId::new(b"12345").unwrap());
    assert_eq!(
        written(&PROTOCOL, &Uplink::Login, short),
        Err("the identity `12345` cannot be sent by eelink: it takes 15 digits".to_owned())
    );
}
