//! What fits into a frame and what does not: each value at its limit, and one beyond it.

use super::super::PROTOCOL;
use crate::wire::tests::support::{commanded, dec, written};
use crate::wire::{Cell, DeviceId, Report, Session, Uplink, UtcTime};

fn session() -> Session {
    Session { number: 8, ..Session::of(DeviceId::new(b"864717003664467").unwrap()) }
}

/// 1 degree north, 2 degrees east, 2024-02-29 12:34:56.
fn report() -> Report {
    Report::at(UtcTime::from_unix(1_709_210_096), dec("1"), dec("2"))
}

/// What is written of a position between its type and its number.
fn content(report: &Report) -> Result<String, String> {
    let frame = written(&PROTOCOL, &Uplink::Position(report), session())?;
    Ok(frame[6..frame.len() - 12].to_owned())
}

fn cell(mcc: u16, mnc: u16, lac: u32, cid: u64) -> Option<Cell> {
    Some(Cell { mcc: Some(mcc), mnc: Some(mnc), lac: Some(lac), cid: Some(cid), rssi_dbm: None })
}

#[test]
fn a_report_is_packed_as_the_paper_lays_it_out() {
    let whole = Report {
        speed_kmh: Some(dec("80.4")),
        course_deg: Some(90),
        satellites: Some(5),
        cell: cell(460, 1, 0x287D, 0x1FB8),
        ..report()
    };
    assert_eq!(
        content(&whole).as_deref(),
        Ok("2218021D0C2238C5001B77400036EE8050145A01CC01287D001FB8000000")
    );
    // Flags: bit 10 north, bit 11 west, bit 12 fix. Nought degrees are north and not west.
    for (lat, lon, valid, wanted) in [
        ("0", "0", true, "000000000000000000 1400"),
        ("-1", "-2", true, "001B77400036EE8000 1800"),
        ("-1", "2", false, "001B77400036EE8000 0000"),
        ("1", "-2", false, "001B77400036EE8000 0C00"),
    ] {
        let report = Report { lat: dec(lat), lon: dec(lon), valid, ..report() };
        let wanted = format!("2218021D0C2238C0{}0000000000000000000000", wanted.replace(' ', ""));
        assert_eq!(content(&report), Ok(wanted), "{lat} {lon}");
    }
    let all = Report { course_deg: Some(359), satellites: Some(255), ..report() };
    assert_eq!(content(&all).unwrap()[14..16], *"CF", "more than 15 satellites are told as 15");
    assert_eq!(content(&all).unwrap()[34..38], *"1567");
}

#[test]
fn an_event_makes_an_alarm_with_its_state() {
    let alarm =
        |event| content(&Report { event: Some(event), cell: cell(460, 1, 0x287D, 0x1FB8), ..report() });
    assert_eq!(
        alarm(0x14).as_deref(),
        Ok("2618021D0C2238C0001B77400036EE800014000901CC01287D001FB84006041402")
    );
    assert!(alarm(0).unwrap().starts_with("22"));
    assert!(alarm(255).unwrap().ends_with("FF02"));
    assert_eq!(alarm(256), Err("event is 256, and gt06 has room for 0 to 255".to_owned()));
}

#[test]
fn battery_and_signal_are_told_in_levels() {
    for (battery_pct, csq, valid, wanted) in [
        (None, None, true, "400604"),
        (Some(0), Some(0), false, "000000"),
        (Some(16), Some(6), false, "000000"),
        (Some(17), Some(7), true, "400101"),
        (Some(99), Some(27), true, "400503"),
        (Some(100), Some(28), true, "400604"),
        (Some(200), Some(99), true, "400604"),
    ] {
        let report = Report { battery_pct, csq, valid, ..report() };
        let frame = written(&PROTOCOL, &Uplink::Heartbeat(&report), session()).unwrap();
        assert_eq!(frame[..20], format!("78780A13{wanted}00010009")[..20], "{battery_pct:?} {csq:?}");
    }
}

#[test]
fn what_is_beyond_a_limit_is_refused_with_its_value() {
    let fault = |text: &str| Err(text.to_owned());
    let degrees = |field: &str, value: &str| {
        Err(format!("{field} is {value}, and gt06 has room for degrees of this earth"))
    };
    let is_ok = |report: Report| assert!(content(&report).is_ok(), "{report:?}");
    for (lat, lon) in [("90", "180"), ("-90", "-180")] {
        is_ok(Report { lat: dec(lat), lon: dec(lon), ..report() });
    }
    for lat in ["90.000001", "-90.000001"] {
        assert_eq!(content(&Report { lat: dec(lat), ..report() }), degrees("latitude", lat));
    }
    for lon in ["180.000001", "-180.000001"] {
        assert_eq!(content(&Report { lon: dec(lon), ..report() }), degrees("longitude", lon));
    }
    is_ok(Report { speed_kmh: Some(dec("255.4")), ..report() });
    for speed in ["255.5", "-1"] {
        let wanted = format!("speed is {speed}, and gt06 has room for 0 to 255 km/h");
        assert_eq!(content(&Report { speed_kmh: Some(dec(speed)), ..report() }), Err(wanted));
    }
    is_ok(Report { course_deg: Some(359), ..report() });
    assert_eq!(
        content(&Report { course_deg: Some(360), ..report() }),
        fault("course is 360, and gt06 has room for 0 to 359 degrees")
    );
    // The last second of 2099 and the first of 2100; the first of 2000 and the one before.
    for (seconds, fits) in
        [(4_102_444_799, true), (4_102_444_800, false), (946_684_800, true), (946_684_799, false)]
    {
        let read = content(&Report { time: UtcTime::from_unix(seconds), ..report() });
        assert_eq!(read.is_ok(), fits, "{read:?}");
        assert!(fits || read.unwrap_err().ends_with("gt06 has room for the years 2000 to 2099"));
    }
    is_ok(Report { cell: cell(0x7FFF, 255, 65_535, 0xFF_FFFF), ..report() });
    for cell in [cell(1, 256, 1, 1), cell(1, 1, 65_536, 1), cell(1, 1, 1, 0x100_0000)] {
        let wanted = "gt06 has room for a network below 256, an area below 65536 and a cell below 16777216";
        assert!(content(&Report { cell, ..report() }).unwrap_err().ends_with(wanted));
    }
    // The highest bit of a country would say that its network has two bytes.
    let odd = content(&Report { cell: cell(0x8001, 2, 3, 4), ..report() }).unwrap();
    assert!(odd.ends_with("0001020003000004000000"), "{odd}");
}

#[test]
fn a_text_has_up_to_200_bytes_and_four_of_the_servers_own() {
    let reply = |text: &str| written(&PROTOCOL, &Uplink::Reply { code: "", text }, session());
    let command = |text: &str| commanded(&PROTOCOL, text, session());
    assert_eq!(reply("OK").unwrap()[..28], *"78780E1506000000004F4B000200");
    assert_eq!(command("OK").unwrap()[..28], *"78780E8006000000004F4B000200");
    let (most, more) = ("x".repeat(200), "x".repeat(201));
    for written in [reply(&most), command(&most)] {
        assert_eq!(written.unwrap()[8..10], *"CC");
    }
    for written in [reply(&more), command(&more)] {
        assert_eq!(written, Err("text is 201, and gt06 has room for up to 200 bytes of text".to_owned()));
    }
}

#[test]
fn frames_are_numbered_from_one_and_a_login_needs_an_imei() {
    let mut session = Session { number: 0, ..session() };
    for wanted in ["0001", "0002"] {
        let mut out = Vec::new();
        PROTOCOL.command("", &mut session, &mut out).unwrap();
        let out = crate::wire::tests::support::digits(&out);
        assert_eq!(out[out.len() - 12..out.len() - 8], *wanted, "{out}");
    }
    let login = |session| written(&PROTOCOL, &Uplink::Login, session);
    assert_eq!(
        login(Session::new()),
        Err("the tracker has no identity yet, and gt06 needs one: give it an IMEI".to_owned())
    );
    let short = Session::of(DeviceId::new(b"12345").unwrap());
    assert_eq!(
        login(short),
        Err("the identity `12345` cannot be sent by gt06: it takes 15 digits".to_owned())
    );
    assert_eq!(login(Session { number: 8, ..session }).unwrap()[..24], *"78780D010864717003664467");
}
