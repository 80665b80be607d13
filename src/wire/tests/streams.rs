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

/// Random bytes that are the same in every run (xorshift of 64 bits).
fn random(len: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = Vec::with_capacity(len + 8);
    while bytes.len() < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes
}

#[test]
fn random_bytes_are_hardly_ever_claimed_and_never_for_long() {
    // A sum of eight bits fits by chance; what must not happen is that one such chance claims all that follows.
    let mut claims = 0;
    let pieces = random(1 << 20);
    pour(Stream::new(), &pieces.chunks(1_460).collect::<Vec<_>>(), |found| {
        claims += usize::from(matches!(found.what, What::Frame { claimed: true, .. }));
    });
    assert!(claims <= 16, "{claims} frames of 1 MiB of random bytes are claimed");
}

#[test]
fn a_stream_that_chance_locked_is_opened_again_by_two_contradictions() {
    let mut stream = Stream::new();
    // A heartbeat of JT/T 808 (0002, no body), then one that declares five bytes, has six, and whose sum is wrong.
    let mut heartbeat = unhex("7E000200000138001380000001");
    heartbeat.push(heartbeat[1..].iter().fold(0, |sum, byte| sum ^ byte));
    heartbeat.push(0x7E);
    let damaged = unhex("7E000200050138001380000002112233445566777E");
    for (piece, locked) in [(&heartbeat, true), (&damaged, true), (&damaged, false)] {
        assert_eq!(stream.push(piece), piece.len());
        let found = stream.next().unwrap();
        assert!(matches!(found.what, What::Frame { claimed: true, .. }), "what is damaged is described");
        assert_eq!(found.bytes, piece);
        assert_eq!(stream.protocol().is_some(), locked);
    }
}

#[test]
fn a_damaged_frame_between_whole_ones_does_not_open_the_stream() {
    let login = unhex(LOGIN);
    let mut long = login.clone();
    long.insert(12, 0x55);
    let mut stream = Stream::new();
    for piece in [&login, &long, &login, &long, &login] {
        assert_eq!(stream.push(piece), piece.len());
        assert!(matches!(stream.next().unwrap().what, What::Frame { claimed: true, .. }));
        assert_eq!(stream.protocol().map(|protocol| protocol.name), Some("gt06"));
    }
}

#[test]
fn what_is_inside_a_long_unfinished_frame_is_found_when_enough_has_come() {
    let mut stream = Stream::new();
    let head = [&b"yy\x1f\x00\x12"[..], &[0x30; 3_000]].concat();
    let bytes = [&head[..], &unhex(LOGIN), &[0x30; 1_200]].concat();
    let mut places = Vec::new();
    for piece in bytes.chunks(10) {
        assert_eq!(stream.push(piece), piece.len());
        while let Some(found) = stream.next() {
            if matches!(found.what, What::Frame { claimed: true, .. }) {
                places.push(found.at as usize);
            }
        }
    }
    assert_eq!(places, [head.len()], "before the frame around it would have ended");
}

#[test]
fn a_start_mark_repeated_without_end_is_given_out_to_the_last_byte() {
    // Where each byte may begin a frame and none ends, looking from each to the end would take minutes here.
    for mark in [&b"x"[..], b"y", b"~", b"&", b"$", b"@", b"[", b"(", b"g", b"E", b"[3G*8699120330*FFFF*"] {
        let bytes: Vec<u8> = mark.iter().copied().cycle().take(128 * 1024).collect();
        let mut given = 0;
        pour(Stream::new(), &bytes.chunks(1_460).collect::<Vec<_>>(), |found| given += found.bytes.len());
        assert_eq!(given, bytes.len(), "{}", String::from_utf8_lossy(mark));
    }
}

/// Frames that were found, as text of their bytes, with whether each is whole.
fn frames(pieces: &[&[u8]]) -> Vec<(String, bool)> {
    let mut frames = Vec::new();
    let (mut session, mut messages) = (Session::default(), Messages::default());
    pour(Stream::new(), pieces, |found| {
        if let What::Frame { protocol, claimed: true, .. } = found.what {
            protocol.decode(found.bytes, &mut session, &mut messages);
            let hex = found.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            frames.push((hex, messages.is_whole()));
        }
    });
    frames
}

#[test]
fn a_frame_that_lost_its_end_does_not_take_the_next_one_with_it() {
    // A login or the like, a frame whose last bytes did not come, and a heartbeat that wants an answer.
    let cases = [
        [
            "78780d010867747070319866000172640d0a",
            "78781f121a030a000000c80269fb200c385b603c147b01cc0027b3000ea70005",
            "78780a1345060400010009412d0d0a",
        ],
        ["78780d010867747070319866000172640d0a", "7979002012000000000000", "78780a1345060400010009412d0d0a"],
        [
            "2424001186774707031986500087ee0d0a",
            "24240060867747070319869955303332352e303030",
            "2424001186774707031986000199700d0a",
        ],
        [
            "5b33472a383830303030303031352a303030322a4c4b5d",
            "5b33472a383830303030303031352a303031432a55442c3130303332362c3033323531372c412c33382e303933",
            "5b33472a383830303030303031352a303030392a4c4b2c312c322c38305d",
        ],
    ];
    for [first, cut, last] in cases {
        let bytes = unhex(&[first, cut, last].concat());
        let ways: [Vec<&[u8]>; 3] = [vec![&bytes], bytes.chunks(1).collect(), bytes.chunks(7).collect()];
        for pieces in ways {
            let found = frames(&pieces);
            assert_eq!(found.first(), Some(&(first.to_owned(), true)), "{found:?}");
            assert_eq!(found.last(), Some(&(last.to_owned(), true)), "{found:?}");
            assert!(
                found[1..found.len() - 1].iter().all(|(hex, whole)| cut.starts_with(hex) && !whole),
                "{found:?}"
            );
        }
    }
}

#[test]
fn a_mark_that_ends_one_message_and_begins_the_next_serves_both() {
    // Heartbeat, position without its own last mark, heartbeat (JT/T 808 section 4.4.1 wants a mark at both ends).
    let (beat, place) = (
        "7e000200000138001380000001a97e",
        "7e0200001c0138001380000005000000000000000301 5752a006c9f9e0004c0221007b260310112517c2",
    );
    let place = place.replace(' ', "");
    let last = "7e000200000138001380000009a17e";
    let bytes = unhex(&[beat, &place, last].concat());
    let wanted = [beat.to_owned(), format!("{place}7e"), last.to_owned()].map(|hex| (hex, true));
    let ways: [Vec<&[u8]>; 3] = [vec![&bytes], bytes.chunks(1).collect(), bytes.chunks(7).collect()];
    for pieces in ways {
        assert_eq!(frames(&pieces), wanted);
    }
    // What follows a message and is none stays noise.
    let mut bytes = unhex(beat);
    bytes.extend_from_slice(b"ok");
    assert_eq!(frames(&[&bytes]), [(beat.to_owned(), true)]);
    assert_eq!(kinds(&bytes).last(), Some(&What::Noise));
}

#[test]
fn a_message_whose_last_mark_alone_is_missing_shows_its_checksum() {
    let bytes = unhex("7e0200001c01380013800000010000000000000003015752a006c9f9e0004c0221007b260310112517c6");
    let Verdict::Recognised(Candidate { protocol, .. }) = detect(&bytes, true) else {
        panic!("not recognised")
    };
    let (mut session, mut messages) = (Session::default(), Messages::default());
    protocol.decode(&bytes, &mut session, &mut messages);
    assert_eq!(messages.damage, [Damage::End { expected: "7E" }]);
    let checksum = messages.checksum.unwrap();
    assert_eq!((checksum.got, checksum.want), (0xC6, 0xC6));
}

/// The answer to each frame of a stream that wants one, in hexadecimal digits.
fn answers(bytes: &[u8], ends: bool) -> Vec<String> {
    let mut stream = Stream::new();
    let (mut session, mut messages) = (Session::default(), Messages::default());
    let mut answers = Vec::new();
    assert_eq!(stream.push(bytes), bytes.len());
    if ends {
        stream.end();
    }
    while let Some(found) = stream.next() {
        if let What::Frame { protocol, claimed: true, .. } = found.what {
            protocol.decode(found.bytes, &mut session, &mut messages);
            let mut out = Vec::new();
            if protocol.acknowledge(found.bytes, &messages, UtcTime::from_unix(0), &mut out) {
                answers.push(out.iter().map(|byte| format!("{byte:02x}")).collect());
            }
        }
    }
    answers
}

#[test]
fn a_wrong_length_keeps_nobody_waiting_for_an_answer() {
    // A sign of life of a watch that declares 16 bytes and has 9, with nothing behind it.
    let watch = b"[3G*8800000015*0010*LK,1,2,80]";
    let answer: String = b"[3G*8800000015*0002*LK]".iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(answers(watch, false), [answer]);
    // A heartbeat of JT/T 808 that declares 7 bytes, has none, and whose checksum fits.
    let mut beat = unhex("7e000200070138001380000009");
    beat.push(beat[1..].iter().fold(0, |sum, byte| sum ^ byte));
    beat.push(0x7E);
    let [answer] = &answers(&beat, true)[..] else { panic!("no answer") };
    assert!(
        answer.starts_with("7e80010005013800138000000900090002 00".replace(' ', "").as_str()),
        "{answer}"
    );
    // The same with a checksum that does not fit wants none.
    let at = beat.len() - 2;
    beat[at] ^= 1;
    assert!(answers(&beat, true).is_empty());
}

#[test]
fn the_variant_of_jt808_between_e7_is_read_and_answered_in_its_own_way() {
    // Marks E7, escapes E6 01 and E6 02, an identity of seven bytes (facts on decoding, section 3.3).
    let frame = unhex(
        "e7020000220001380013800000010000000000000003015752a006c9f9e0004c0221007b26031011251701040000e602e601fce7",
    );
    let found = frames(&[&frame]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1, "{found:?}");
    let (mut session, mut messages) = (Session::default(), Messages::default());
    let Verdict::Recognised(Candidate { protocol, .. }) = detect(&frame, true) else {
        panic!("not recognised")
    };
    protocol.decode(&frame, &mut session, &mut messages);
    let message = messages.first().unwrap();
    assert_eq!(message.device_id.map(|id| id.to_string()).as_deref(), Some("00013800138000"));
    assert_eq!((message.lat, message.lon), (Some(Dec::new(22_500_000, 6)), Some(Dec::new(113_900_000, 6))));
    // 0x0000E7E6 tenths of a kilometre.
    assert_eq!(message.odometer_m, Some(Dec::whole(5_936_600)));
    let [answer] = &answers(&frame, true)[..] else { panic!("no answer") };
    assert!(answer.starts_with("e78001000500013800138000000100010200") && answer.ends_with("e7"), "{answer}");
}
