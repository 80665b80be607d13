//! One port for any tracker: what is foreign, unsure or unknown is said so.

use super::super::*;
use super::support::{pour, unhex};

fn kinds(bytes: &[u8]) -> Vec<What> {
    let mut kinds = Vec::new();
    pour(Stream::new(), &[bytes], |found| kinds.push(found.what));
    kinds
}

const LOGIN: &str = "78780D01012345678901234500018CDD0D0A";

#[test]
fn foreign_traffic_is_named_once_and_then_passed_over() {
    let request = b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";
    assert_eq!(kinds(request), [What::Foreign(Foreign::Http)]);
    let mut stream = Stream::new();
    assert_eq!(stream.push(request), request.len());
    assert_eq!(stream.next().map(|found| found.what), Some(What::Foreign(Foreign::Http)));
    assert_eq!(stream.push(b"more"), 4);
    assert_eq!(stream.next().map(|found| found.what), Some(What::Noise));
}

#[test]
fn what_nobody_knows_is_not_recognised() {
    assert!(matches!(detect(b"*HQ,8800000015,V1,121300,A#", true), Verdict::NotRecognised));
    assert!(matches!(detect(b"##,imei:359586015829802,A;", true), Verdict::NotRecognised));
    assert_eq!(kinds(b"*HQ,8800000015,V1,121300,A#"), [What::Noise]);
    assert_eq!(refusals(b"*HQ").count(), PROTOCOLS.len(), "each says why it is not one of its own");
}

#[test]
fn a_frame_with_too_little_evidence_is_possible_and_not_recognised() {
    // Start and end of GT06, and a length that does not fit: so the Topin dialect looks.
    let Verdict::Possible(found) = detect(&unhex("787801080D0A"), true) else { panic!("claimed") };
    assert_eq!(found.iter().map(|found| found.protocol.name).collect::<Vec<_>>(), ["gt06"]);
}

#[test]
fn a_device_that_changes_its_protocol_is_followed() {
    let startek = b"&&:120,867747070319866,000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019AE4\r\n";
    let bytes = [&unhex(LOGIN)[..], startek, &unhex(LOGIN)].concat();
    let names: Vec<_> = kinds(&bytes)
        .into_iter()
        .map(|what| match what {
            What::Frame { protocol, claimed: true, .. } => protocol.name,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["gt06", "startek", "gt06"]);
}

#[test]
fn several_frames_of_a_datagram_are_found_with_their_places() {
    let mut places = Vec::new();
    pour(Stream::new(), &[&[&b"??"[..], &unhex(LOGIN), b"\r\n", &unhex(LOGIN)].concat()], |found| {
        places.push((found.at, found.bytes.len()));
    });
    assert_eq!(places, [(0, 2), (2, 18), (22, 18)]);
}

#[test]
fn the_beginning_of_a_frame_is_waited_for_and_given_out_at_the_end() {
    let login = unhex(LOGIN);
    let mut stream = Stream::new();
    assert_eq!(stream.push(&login[..12]), 12);
    assert!(stream.next().is_none());
    stream.end();
    let found = stream.next().unwrap();
    assert_eq!(found.bytes, &login[..12]);
    stream.restart();
    assert_eq!(stream.push(&login), login.len());
    assert!(matches!(stream.next().unwrap().what, What::Frame { claimed: true, .. }));
}
