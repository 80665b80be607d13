//! What is written of a watch and for it, and what fits.

use super::super::PROTOCOL;
use super::frame;
use crate::wire::tests::support::{commanded, dec, unhex, written};
use crate::wire::{Cell, DeviceId, Report, Session, Uplink, UtcTime};

fn session(id: &str) -> Session {
    Session::of(DeviceId::new(id.as_bytes()).unwrap())
}

fn report() -> Report {
    Report::at(UtcTime::from_unix(1_709_210_096), dec("1"), dec("2"))
}

fn text(hex: &str) -> String {
    String::from_utf8(unhex(hex)).unwrap()
}

fn say(uplink: &Uplink<'_>) -> Result<String, String> {
    written(&PROTOCOL, uplink, session("8800000015")).map(|hex| text(&hex))
}

fn check(report: &Report, wanted: &str) {
    assert_eq!(say(&Uplink::Position(report)), Ok(frame(wanted)));
    assert_eq!(say(&Uplink::Confirmed(report)), Ok(frame(wanted)));
}

#[test]
fn signs_of_life_and_replies_are_written_as_the_maker_shows_them() {
    assert_eq!(say(&Uplink::Login).as_deref(), Ok("[3G*8800000015*0002*LK]"));
    assert_eq!(say(&Uplink::Heartbeat(&report())).as_deref(), Ok("[3G*8800000015*0002*LK]"));
    let charged = Report { battery_pct: Some(100), ..report() };
    assert_eq!(say(&Uplink::Heartbeat(&charged)).as_deref(), Ok("[3G*8800000015*000A*LK,0,0,100]"));
    assert_eq!(
        say(&Uplink::Reply { code: "UPLOAD", text: "" }).as_deref(),
        Ok("[3G*8800000015*0006*UPLOAD]")
    );
    assert_eq!(
        say(&Uplink::Reply { code: "VERNO", text: "1.0" }).as_deref(),
        Ok("[3G*8800000015*0009*VERNO,1.0]")
    );
}

#[test]
fn a_place_is_written_field_by_field() {
    check(&report(), "UD,290224,123456,A,1.000000,N,2.000000,E,0.00,0,0,0,0,,0,0,00000000,0,0");
    let cell = Cell { mcc: Some(460), mnc: Some(1), lac: Some(9360), cid: Some(4082), rssi_dbm: None };
    let whole = Report {
        lat: dec("-22.5707335"),
        lon: dec("-113.86"),
        valid: false,
        speed_kmh: Some(dec("5.5")),
        course_deg: Some(359),
        altitude_m: Some(dec("-12.4")),
        satellites: Some(255),
        csq: Some(31),
        battery_pct: Some(90),
        cell: Some(cell),
        ..report()
    };
    check(
        &whole,
        "UD,290224,123456,V,22.570734,S,113.860000,W,5.50,359,-12,255,100,90,0,0,00000000,1,0,460,1,9360,4082,0",
    );
    check(
        &Report { lat: dec("0"), lon: dec("0"), cell: Some(Cell::default()), ..report() },
        "UD,290224,123456,A,0.000000,N,0.000000,E,0.00,0,0,0,0,,0,0,00000000,1,0,0,0,0,0,0",
    );
}

#[test]
fn a_signal_is_written_as_per_cent() {
    for (csq, percent) in [(0, 0), (1, 3), (15, 48), (16, 51), (30, 96), (31, 100), (32, 100), (99, 100)] {
        check(
            &Report { csq: Some(csq), ..report() },
            &format!("UD,290224,123456,A,1.000000,N,2.000000,E,0.00,0,0,0,{percent},,0,0,00000000,0,0"),
        );
    }
}

#[test]
fn years_are_of_this_century() {
    for (seconds, wanted) in [(946_684_800, "UD,010100,000000,"), (4_102_444_799, "UD,311299,235959,")] {
        let written =
            say(&Uplink::Position(&Report { time: UtcTime::from_unix(seconds), ..report() })).unwrap();
        assert_eq!(written[20..37], *wanted);
    }
    for (seconds, value) in [(946_684_799, "1999-12-31T23:59:59Z"), (4_102_444_800, "2100-01-01T00:00:00Z")] {
        assert_eq!(
            say(&Uplink::Position(&Report { time: UtcTime::from_unix(seconds), ..report() })),
            Err(format!("time is {value}, and watch has room for the years 2000 to 2099"))
        );
    }
}

#[test]
fn identities_have_five_to_twenty_letters_or_digits() {
    let login = |session| written(&PROTOCOL, &Uplink::Login, session).map(|hex| text(&hex));
    for id in ["12345", "CAR12", "12345678901234567890"] {
        assert_eq!(login(session(id)), Ok(format!("[3G*{id}*0002*LK]")));
    }
    for id in ["1234", "1234-5", "12345_7890"] {
        let wanted =
            format!("the identity `{id}` cannot be sent by watch: it takes 5 to 20 letters or digits");
        assert_eq!(login(session(id)), Err(wanted));
    }
    let nobody = "the tracker has no identity yet, and watch needs one: give it an IMEI";
    assert_eq!(login(Session::new()), Err(nobody.to_owned()));
    let maker = Session { maker: *b"SG", ..session("8800000015") };
    assert_eq!(login(maker).as_deref(), Ok("[SG*8800000015*0002*LK]"));
}

#[test]
fn contents_are_as_long_as_four_digits_count() {
    let command = |text: &str| commanded(&PROTOCOL, text, session("8800000015"));
    assert_eq!(command("UPLOAD,60").map(|hex| text(&hex)).as_deref(), Ok("[3G*8800000015*0009*UPLOAD,60]"));
    let long = "x".repeat(0x1_0000);
    assert_eq!(text(&command(&long[1..]).unwrap())[..20], *"[3G*8800000015*FFFF*");
    assert_eq!(command(&long), Err("content is 65536, and watch has room for 65535 bytes".to_owned()));
}
