//! What is written, byte by byte by the standard, and what fits: each value at its limit, and one beyond it.

use super::super::PROTOCOL;
use super::sealed;
use crate::wire::tests::support::{commanded, dec, digits, written};
use crate::wire::{DeviceId, Report, Session, Uplink, UtcTime};

fn session(id: &str) -> Session {
    Session { number: 8, ..Session::of(DeviceId::new(id.as_bytes()).unwrap()) }
}

/// 1 degree north, 2 degrees east, 2024-02-29 12:34:56.
fn report() -> Report {
    Report::at(UtcTime::from_unix(1_709_210_096), dec("1"), dec("2"))
}

/// What is written of a place between its header and its checksum; nothing of it is escaped.
fn body(report: &Report) -> Result<String, String> {
    let frame = written(&PROTOCOL, &Uplink::Position(report), session("13812345678"))?;
    assert_eq!(written(&PROTOCOL, &Uplink::Confirmed(report), session("13812345678")), Ok(frame.clone()));
    Ok(frame[26..frame.len() - 4].to_owned())
}

fn by_hand(plain: &str) -> Result<String, String> {
    Ok(digits(&sealed(plain)))
}

#[test]
fn a_place_is_packed_as_the_standard_lays_it_out() {
    let whole = Report {
        event: Some(5),
        altitude_m: Some(dec("-2")),
        speed_kmh: Some(dec("12.5")),
        course_deg: Some(90),
        odometer_m: Some(12_345),
        csq: Some(31),
        satellites: Some(9),
        ..report()
    };
    assert_eq!(
        written(&PROTOCOL, &Uplink::Position(&whole), session("13812345678")),
        by_hand(
            "0200 0028 013812345678 0009 00000020 00000002 000F4240 001E8480 FFFE 007D 005A 240229203456 01 04 0000007B 30 01 1F 31 01 09"
        )
    );
    assert_eq!(
        written(&PROTOCOL, &Uplink::Position(&report()), session("869912033012424")),
        by_hand(
            "0200 401C 01 00000869912033012424 0009 00000000 00000002 000F4240 001E8480 0000 0000 0000 240229203456"
        )
    );
}

#[test]
fn signs_and_fix_are_bits_of_the_status() {
    for (lat, lon, valid, wanted) in [
        ("0", "0", true, "00000002 00000000 00000000"),
        ("-1", "2", true, "00000006 000F4240 001E8480"),
        ("1", "-2", true, "0000000A 000F4240 001E8480"),
        ("-1", "-2", false, "0000000C 000F4240 001E8480"),
        ("90", "180", false, "00000000 055D4A80 0ABA9500"),
        ("-90", "-180", false, "0000000C 055D4A80 0ABA9500"),
    ] {
        let report = Report { lat: dec(lat), lon: dec(lon), valid, ..report() };
        assert_eq!(body(&report).unwrap()[8..32], wanted.replace(' ', ""), "{lat} {lon}");
    }
}

#[test]
fn numbers_fit_up_to_their_limits() {
    for (altitude, wanted) in [("32767", "7FFF"), ("-32768", "8000"), ("1.5", "0002")] {
        assert_eq!(body(&Report { altitude_m: Some(dec(altitude)), ..report() }).unwrap()[32..36], *wanted);
    }
    for (speed, wanted) in [("6553.5", "FFFF"), ("0", "0000")] {
        assert_eq!(body(&Report { speed_kmh: Some(dec(speed)), ..report() }).unwrap()[36..40], *wanted);
    }
    for (event, wanted) in [(0, "00000001"), (31, "80000000")] {
        assert_eq!(body(&Report { event: Some(event), ..report() }).unwrap()[..8], *wanted);
    }
    for (metres, wanted) in [
        (49, "00000000"),
        (50, "00000001"),
        (149, "00000001"),
        (150, "00000002"),
        (429_496_729_549, "FFFFFFFF"),
    ] {
        let body = body(&Report { odometer_m: Some(metres), ..report() }).unwrap();
        assert_eq!(body[56..], format!("0104{wanted}"), "{metres}");
    }
    // 2000-01-01 00:00:00 and 2099-12-31 23:59:59 of the standard's zone.
    for (seconds, wanted) in [(946_656_000, "000101000000"), (4_102_415_999, "991231235959")] {
        assert_eq!(body(&Report { time: UtcTime::from_unix(seconds), ..report() }).unwrap()[44..56], *wanted);
    }
}

#[test]
fn what_is_beyond_a_limit_is_refused_with_its_value() {
    let is = |report: Report, field: &str, value: &str, takes: &str| {
        let wanted = format!("{field} is {value}, and jt808 has room for {takes}");
        assert_eq!(body(&report), Err(wanted));
    };
    let earth = "degrees of this earth";
    for beyond in ["90.000001", "-90.000001"] {
        is(Report { lat: dec(beyond), ..report() }, "latitude", beyond, earth);
    }
    for beyond in ["180.000001", "-180.000001"] {
        is(Report { lon: dec(beyond), ..report() }, "longitude", beyond, earth);
    }
    for beyond in ["32768", "-32769"] {
        is(Report { altitude_m: Some(dec(beyond)), ..report() }, "altitude", beyond, "-32768 to 32767 m");
    }
    for beyond in ["6553.6", "-0.1"] {
        is(Report { speed_kmh: Some(dec(beyond)), ..report() }, "speed", beyond, "0 to 6553.5 km/h");
    }
    is(Report { event: Some(32), ..report() }, "event", "32", "0 to 31, the number of an alarm's bit");
    for beyond in [429_496_729_550, u64::MAX] {
        let report = Report { odometer_m: Some(beyond), ..report() };
        is(report, "odometer", &beyond.to_string(), "up to 429496729500 m");
    }
    for (beyond, value) in [(946_655_999, "1999-12-31T15:59:59Z"), (4_102_416_000, "2099-12-31T16:00:00Z")] {
        let report = Report { time: UtcTime::from_unix(beyond), ..report() };
        is(report, "time", value, "the years 2000 to 2099, eight hours ahead of UTC");
    }
}

#[test]
fn identities_of_more_than_twelve_digits_have_the_header_of_2019() {
    let heartbeat = |session| written(&PROTOCOL, &Uplink::Heartbeat(&report()), session);
    assert_eq!(heartbeat(session("7")), by_hand("0002 0000 000000000007 0009"));
    assert_eq!(heartbeat(session("138123456789")), by_hand("0002 0000 138123456789 0009"));
    assert_eq!(heartbeat(session("1381234567890")), by_hand("0002 4000 01 00000001381234567890 0009"));
    assert_eq!(heartbeat(session("98765432109876543210")), by_hand("0002 4000 01 98765432109876543210 0009"));
    let new = Session { variant: true, ..session("138123456789") };
    assert_eq!(heartbeat(new), by_hand("0002 4000 01 00000000138123456789 0009"));
    assert_eq!(
        heartbeat(session("CAR12")),
        Err("the identity `CAR12` cannot be sent by jt808: it takes up to 20 digits".to_owned())
    );
    let nobody = Err("the tracker has no identity yet, and jt808 needs one: give it an IMEI".to_owned());
    assert_eq!(heartbeat(Session::new()), nobody);
    assert_eq!(commanded(&PROTOCOL, "A", Session::new()), nobody);
}

#[test]
fn numbers_of_messages_go_round_and_are_escaped() {
    for (before, wanted) in [(0x7E7C, "7E7D"), (0xFFFF, "0000")] {
        let session = Session { number: before, ..session("13812345678") };
        assert_eq!(
            written(&PROTOCOL, &Uplink::Heartbeat(&report()), session),
            by_hand(&format!("0002 0000 013812345678 {wanted}"))
        );
    }
}

#[test]
fn a_registration_has_the_end_of_the_identity_for_a_name() {
    let login = |id| written(&PROTOCOL, &Uplink::Login, session(id));
    let zeros = |count: usize| "00".repeat(count);
    assert_eq!(
        login("13812345678"),
        by_hand(&format!("0100 0025 013812345678 0009 {} 35363738 {}", zeros(29) + " 323334", zeros(1)))
    );
    assert_eq!(
        login("123"),
        by_hand(&format!("0100 0025 000000000123 0009 {} 313233 {}", zeros(29), zeros(5)))
    );
    assert_eq!(
        login("1381234567890"),
        by_hand(&format!(
            "0100 404C 01 00000001381234567890 0009 {} 31333831323334353637383930 {}",
            zeros(45),
            zeros(18)
        ))
    );
}

#[test]
fn replies_and_commands_are_text() {
    let session = || session("13812345678");
    let reply = |text| written(&PROTOCOL, &Uplink::Reply { code: "", text }, session());
    assert_eq!(reply("AB"), by_hand("1300 0002 013812345678 0009 4142"));
    let long = "A".repeat(1_024);
    let most = format!("1300 03FF 013812345678 0009 {}", "41".repeat(1_023));
    assert_eq!(reply(&long), by_hand(&most), "what is longer than a body is cut");
    assert_eq!(commanded(&PROTOCOL, "AB", session()), by_hand("8300 0003 013812345678 0009 01 4142"));
    assert_eq!(
        commanded(&PROTOCOL, &long[..1_000], session()),
        by_hand(&format!("8300 03E9 013812345678 0009 01 {}", "41".repeat(1_000)))
    );
    assert_eq!(
        commanded(&PROTOCOL, &long[..1_001], session()),
        Err("text is 1001, and jt808 has room for up to 1000 bytes of text".to_owned())
    );
}
