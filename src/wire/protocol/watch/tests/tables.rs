//! Every content that has a name, and what is read of those without a place, each through a frame.

use super::{frame, said};
use crate::wire::tests::shown::shown;

#[test]
fn contents_have_their_kinds_and_names() {
    for (names, wanted) in [
        (&["LK"][..], "heartbeat: sign of life"),
        (&["INIT"], "login: login"),
        (&["UD2"], "position: buffered position"),
        (&["UD", "UD_LTE", "UD3"], "position: position"),
        (&["AL", "AL_LTE"], "position: alarm"),
        (&["WT"], "position: position, on weather's request"),
        (&["TKQ", "TKQ2"], "question: is there sound"),
        (&["TK", "JXTK", "IMG", "img", "rcapture"], "data: sound or photo"),
        (&["PULSE", "heart", "bphrt", "BLOOD", "TEMP", "btemp2", "oxygen"], "status: health"),
        (
            &[
                "CR", "UPLOAD", "IP", "APN", "CENTER", "SOS", "LZ", "RESET", "POWEROFF", "FIND", "VERNO",
                "TS", "PING", "CONFIG",
            ],
            "reply: reply or command",
        ),
        (&["XY", "LKX", "U", "A", "", "lk", "TKQ3"], "unknown: unknown"),
    ] {
        for name in names {
            let told = said(name);
            assert!(told == wanted || told.starts_with(&format!("{wanted}; !")), "{name}: {told}");
            let marks = if wanted.starts_with("unknown") { "0" } else { "3" };
            let framed = crate::wire::tests::support::framed(&super::PROTOCOL, frame(name).as_bytes(), false);
            assert!(framed.ends_with(marks), "{name}: {framed}");
        }
    }
}

#[test]
fn a_sign_of_life_has_steps_tumbles_and_battery_or_nothing() {
    let head = "heartbeat: sign of life";
    for (content, wanted) in [
        ("LK", ""),
        ("LK,1,2,100", "; battery_pct 100; steps 1; tumbles 2"),
        ("LK, 1 ,2, 33 ", "; battery_pct 33; steps 1; tumbles 2"),
        ("LK,,,", ""),
        ("LK,1,2", "; rest 1,2"),
        ("LK,1,2,3,4", "; rest 1,2,3,4"),
        ("LK,100", "; rest 100"),
        ("LK,x,2,100", "; battery_pct 100; tumbles 2; ! steps, byte 23, is not a number"),
        ("LK,1,x,100", "; battery_pct 100; steps 1; ! tumbles, byte 25, is not a number"),
        ("LK,1,2,x", "; steps 1; tumbles 2; ! battery_pct, byte 27, is not a number"),
    ] {
        assert_eq!(said(content), format!("{head}{wanted}"), "{content}");
    }
    assert_eq!(
        shown(&super::PROTOCOL, frame("LK,1,2,100").as_bytes())[4..],
        ["code 4C4B sign of life", "steps 31", "tumbles 32", "battery_pct 313030"]
    );
}

#[test]
fn health_is_pulse_pressure_or_temperature() {
    for (content, wanted) in [
        ("PULSE,72", "pulse 72"),
        ("heart,72,1", "pulse 72; rest 1"),
        ("BLOOD,120,80", "systolic 120; diastolic 80"),
        ("TEMP,36.6", "temperature_c 36.6"),
        ("bphrt,120,80", "rest 120,80"),
        ("oxygen,98", "rest 98"),
        ("btemp2,1,36.6", "rest 1,36.6"),
        ("PULSE,x", "! pulse, byte 26, is not a number"),
        (
            "BLOOD,120",
            "systolic 120; ! the frame ends in diastolic: it needs 1 bytes at byte 29, and 0 are there",
        ),
    ] {
        assert_eq!(said(content), format!("status: health; {wanted}"), "{content}");
    }
    assert_eq!(said("PULSE,"), "status: health");
}

#[test]
fn what_is_not_looked_into_is_kept() {
    assert_eq!(said("UPLOAD,60"), "reply: reply or command; rest 60");
    assert_eq!(said("TK,ab,c"), "data: sound or photo; rest ab,c");
    assert_eq!(said("XY,"), "unknown: unknown");
}
