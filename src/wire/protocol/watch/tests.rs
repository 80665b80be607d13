//! The maker's sample, and frames written by hand from its description.

use super::super::super::tests::support::dec;
use super::super::super::*;
use super::PROTOCOL;
use crate::wire::tests::support::told;

mod framing;
mod limits;
mod places;
mod tables;

/// A frame of the watch 8800000015 around a content.
fn frame(content: &str) -> String {
    format!("[3G*8800000015*{:04X}*{content}]", content.len())
}

/// What is told of a content beside whose it is.
fn said(content: &str) -> String {
    told(&PROTOCOL, frame(content).as_bytes()).replace("; id 8800000015", "")
}

fn answer(frame: &[u8]) -> Option<String> {
    let (mut out, mut messages) = (Vec::new(), Messages::new());
    PROTOCOL.decode(frame, &mut Session::new(), &mut messages);
    let answers = PROTOCOL.acknowledge(frame, &messages, UtcTime::from_unix(0), &mut out);
    answers.then(|| String::from_utf8(out).unwrap())
}

#[test]
fn a_sign_of_life_is_answered_by_itself() {
    assert_eq!(answer(b"[SG*8800000015*0002*LK]").as_deref(), Some("[SG*8800000015*0002*LK]"));
    assert_eq!(answer(b"[3G*4700186508*000B*LK,0,10,100]").as_deref(), Some("[3G*4700186508*0002*LK]"));
    assert_eq!(answer(b"[ZJ*5678901234*0001*0002*LK]").as_deref(), Some("[ZJ*5678901234*0001*0002*LK]"));
    assert_eq!(answer(b"[3G*8800000015*0004*INIT]").as_deref(), Some("[3G*8800000015*0006*INIT,1]"));
    assert_eq!(answer(b"[3G*8800000015*0007*UD,1,2,]"), None);
}

#[test]
fn a_position_has_its_fields_in_their_units() {
    let content = "UD,290224,123456,A,22.570733,S,113.8626083,W,5.50,152.0,100.0,5,60,90,1000,50,00000001,1,1,460,0,9360,4082,131";
    let frame = format!("[3G*8800000015*{:04X}*{content}]", content.len());
    let mut messages = Messages::new();
    PROTOCOL.decode(frame.as_bytes(), &mut Session::new(), &mut messages);
    assert_eq!(messages.damage(), []);
    let view = messages.views(frame.as_bytes()).next().unwrap();
    assert_eq!(view.time.unwrap().to_string(), "2024-02-29T12:34:56Z");
    assert_eq!((view.lat, view.lon), (Some(dec("-22.570733")), Some(dec("-113.8626083"))));
    assert_eq!((view.speed_kmh, view.course_deg), (Some(dec("5.5")), Some(dec("152"))));
    assert_eq!(
        (view.altitude_m, view.satellites, view.battery_pct),
        (Some(dec("100")), Some(5), Some(dec("90")))
    );
    assert_eq!(view.rssi_dbm, None, "the signal is per cent, from which no dBm follow");
    assert_eq!(view.attribute("signal_pct").map(|signal| signal.value), Some(Value::int(60)));
    let cell = Cell { mcc: Some(460), mnc: Some(0), lac: Some(9360), cid: Some(4082), rssi_dbm: None };
    assert_eq!(view.cells(), [cell]);
    assert!(view.events().is_empty(), "a state is no alarm");
}

#[test]
fn a_length_that_escapes_made_wrong_is_told_and_the_bracket_decides() {
    let two = b"[3G*8800000015*0003*LK][3G*8800000015*0002*LK]";
    let mut stream = Stream::of(&PROTOCOL);
    assert_eq!(stream.push(two), two.len());
    let lengths: Vec<_> = std::iter::from_fn(|| stream.next().map(|found| found.bytes.len())).collect();
    assert_eq!(lengths, [23, 23]);
    let mut messages = Messages::new();
    PROTOCOL.decode(&two[..23], &mut Session::new(), &mut messages);
    assert_eq!(messages.length(), Some(Length { declared: 3, actual: 2 }));
}
