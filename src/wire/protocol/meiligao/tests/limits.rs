//! What is written, by the paper, and what fits: each value at its limit, and one beyond it.

use super::super::PROTOCOL;
use super::by_hand;
use crate::wire::tests::support::{commanded, dec, digits, unhex, written};
use crate::wire::{DeviceId, Report, Session, Uplink, UtcTime};

const ID: &str = "86991203301242";

fn session(id: &str) -> Session {
    Session::of(DeviceId::new(id.as_bytes()).unwrap())
}

/// 1 degree north, 2 degrees east, 2024-02-29 12:34:56.
fn report() -> Report {
    Report::at(UtcTime::from_unix(1_709_210_096), dec("1"), dec("2"))
}

/// What is written of a position between its command and its checksum, as text.
fn line(report: &Report) -> Result<String, String> {
    let frame = written(&PROTOCOL, &Uplink::Position(report), session("869912033012424"))?;
    assert_eq!(written(&PROTOCOL, &Uplink::Confirmed(report), session("869912033012424")), Ok(frame.clone()));
    Ok(String::from_utf8(unhex(&frame[26..frame.len() - 8])).unwrap())
}

fn hex(head: &str, id: &str, code: u16, data: &[u8]) -> Result<String, String> {
    Ok(digits(&by_hand(head, id, code, data)))
}

#[test]
fn logins_heartbeats_and_replies_are_envelopes() {
    let say = |uplink: &Uplink<'_>| written(&PROTOCOL, uplink, session("869912033012424"));
    assert_eq!(say(&Uplink::Login), hex("$$", ID, 0x5000, b""));
    assert_eq!(say(&Uplink::Heartbeat(&report())), hex("$$", ID, 0x0001, b""));
    assert_eq!(say(&Uplink::Reply { code: "4101", text: "ok" }), hex("$$", ID, 0x4101, b"ok"));
    let long = "A".repeat(2_001);
    assert_eq!(
        say(&Uplink::Reply { code: "FFfe", text: &long }),
        hex("$$", ID, 0xFFFE, &long.as_bytes()[..2_000]),
        "what is longer than is believed on the other side is cut"
    );
}

#[test]
fn a_position_is_a_line_of_the_paper() {
    let whole = Report {
        speed_kmh: Some(dec("18.52")),
        course_deg: Some(359),
        hdop: Some(dec("0.95")),
        altitude_m: Some(dec("-12.4")),
        lat: dec("-40.5"),
        lon: dec("-3.76"),
        valid: false,
        ..report()
    };
    assert_eq!(
        line(&whole).as_deref(),
        Ok("123456.000,V,4030.0000,S,00345.6000,W,10.00,359,290224,,*00|1.0|-12|0000")
    );
    assert_eq!(
        written(&PROTOCOL, &Uplink::Position(&report()), session("869912033012424")),
        hex("$$", ID, 0x9955, b"123456.000,A,0100.0000,N,00200.0000,E,0.00,0,290224,,*00|||0000")
    );
}

#[test]
fn degrees_are_written_as_degrees_and_minutes() {
    for (lat, lon, wanted) in [
        ("0", "0", "0000.0000,N,00000.0000,E"),
        ("90", "180", "9000.0000,N,18000.0000,E"),
        ("-90", "-180", "9000.0000,S,18000.0000,W"),
        ("0.99999999", "12.3456789", "0100.0000,N,01220.7407,E"),
        ("22.51", "114.05", "2230.6000,N,11403.0000,E"),
    ] {
        let line = line(&Report { lat: dec(lat), lon: dec(lon), ..report() }).unwrap();
        assert_eq!(line[13..37], *wanted, "{lat} {lon}");
    }
}

#[test]
fn an_event_makes_an_alarm() {
    let with = |event| {
        written(&PROTOCOL, &Uplink::Position(&Report { event: Some(event), ..report() }), session("1"))
    };
    let text = b"123456.000,A,0100.0000,N,00200.0000,E,0.00,0,290224,,*00|||0000";
    assert_eq!(with(0), hex("$$", "1FFFFFFFFFFFFF", 0x9955, text));
    for event in [1, 255] {
        assert_eq!(with(event), hex("$$", "1FFFFFFFFFFFFF", 0x9999, &[&[event as u8], &text[..]].concat()));
    }
    assert_eq!(with(256), Err("event is 256, and meiligao has room for 0 to 255".to_owned()));
}

#[test]
fn what_is_beyond_a_limit_is_refused_with_its_value() {
    let is = |report: Report, field: &str, value: &str, takes: &str| {
        assert_eq!(line(&report), Err(format!("{field} is {value}, and meiligao has room for {takes}")));
    };
    let earth = "degrees of this earth";
    for beyond in ["90.00001", "-90.00001"] {
        is(Report { lat: dec(beyond), ..report() }, "latitude", beyond, earth);
    }
    for beyond in ["180.00001", "-180.00001"] {
        is(Report { lon: dec(beyond), ..report() }, "longitude", beyond, earth);
    }
    for beyond in ["-1", "92233720368547758"] {
        is(Report { speed_kmh: Some(dec(beyond)), ..report() }, "speed", beyond, "0 km/h and more");
    }
    for (seconds, value) in [(946_684_799, "1999-12-31T23:59:59Z"), (4_102_444_800, "2100-01-01T00:00:00Z")] {
        let report = Report { time: UtcTime::from_unix(seconds), ..report() };
        is(report, "time", value, "the years 2000 to 2099");
    }
}

#[test]
fn identities_are_up_to_fourteen_digits_or_an_imei() {
    let login = |session| written(&PROTOCOL, &Uplink::Login, session);
    for (id, packed) in [
        ("1", "1FFFFFFFFFFFFF"),
        ("123", "123FFFFFFFFFFF"),
        ("98765432109876", "98765432109876"),
        ("869912033012424", ID),
    ] {
        assert_eq!(login(session(id)), hex("$$", packed, 0x5000, b""), "{id}");
    }
    for id in ["869912033012425", "1234567890123456", "CAR12"] {
        let wanted =
            format!("the identity `{id}` cannot be sent by meiligao: it takes an IMEI, or up to 14 digits");
        assert_eq!(login(session(id)), Err(wanted));
    }
    let nobody = "the tracker has no identity yet, and meiligao needs one: give it an IMEI";
    assert_eq!(login(Session::new()), Err(nobody.to_owned()));
}

#[test]
fn commands_are_four_digits_and_what_follows_a_comma() {
    let say = |text: &str| commanded(&PROTOCOL, text, session("869912033012424"));
    assert_eq!(say("4101"), hex("@@", ID, 0x4101, b""));
    assert_eq!(say("4102,0030,1"), hex("@@", ID, 0x4102, b"0030,1"));
    for wrong in ["410", "41011", "+101", "410x", "", "4é1"] {
        let wanted = format!("command is {wrong}, and meiligao has room for four hexadecimal digits");
        assert_eq!(say(wrong), Err(wanted));
    }
}
