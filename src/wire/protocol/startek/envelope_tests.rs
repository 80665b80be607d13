//! The envelope to the byte, by its description in the maker's paper (V1.6 section 2): the length counts from the comma
//! before the identity to the last byte before the checksum, which is the low byte of the sum of all bytes before it.

use super::super::super::*;
use super::PROTOCOL;

/// A frame put together by hand, with a length and a sum that are off by so much.
fn built(content: &str, longer: isize, sum: u8) -> Vec<u8> {
    let declared = isize::try_from(content.len()).unwrap() + longer;
    let mut bytes = format!("&&A{declared},").into_bytes();
    bytes.pop();
    bytes.extend(content.as_bytes());
    let sum = bytes.iter().fold(sum, |sum, byte| sum.wrapping_add(*byte));
    bytes.extend(format!("{sum:02X}\r\n").as_bytes());
    bytes
}

fn frame(bytes: &[u8], ended: bool) -> (usize, Evidence) {
    match PROTOCOL.frame(bytes, ended) {
        Framing::Frame { len, evidence } => (len, evidence),
        other => panic!("{other:?}"),
    }
}

fn needs(bytes: &[u8]) -> bool {
    matches!(PROTOCOL.frame(bytes, false), Framing::Need)
}

/// Content that is no position and holds no mark but its command.
const CONTENT: &str = ",860000000000001,123,OK";

#[test]
fn a_whole_frame_ends_at_its_line_end_or_where_that_is_missing_behind_its_sum() {
    let bytes = built(CONTENT, 0, 0);
    let end = bytes.len() - 2;
    for length in 0..end {
        assert!(needs(&bytes[..length]), "{length}");
    }
    for length in [end, end + 1] {
        let (len, evidence) = frame(&bytes[..length], false);
        assert_eq!((len, evidence.checksum, evidence.framing), (end, Some(true), Fit::Fits), "{length}");
    }
    for (behind, len, framing) in
        [("", end + 2, Fit::Fits), ("&&B", end + 2, Fit::Fits), ("xyz", end + 2, Fit::Fits)]
    {
        let (got, evidence) = frame(&[&bytes[..], behind.as_bytes()].concat(), false);
        assert_eq!((got, evidence.framing), (len, framing), "{behind}");
    }
    for (behind, framing) in [("&&B", Fit::Fits), ("$$B", Fit::Fits), ("xyz", Fit::Partly)] {
        let (got, evidence) = frame(&[&bytes[..end], behind.as_bytes()].concat(), false);
        assert_eq!((got, evidence.framing), (end, framing), "{behind}");
    }
}

#[test]
fn a_wrong_sum_at_the_declared_place_waits_for_the_line_end_and_ends_there() {
    let bytes = built(CONTENT, 0, 1);
    let end = bytes.len() - 2;
    for length in 0..bytes.len() {
        assert!(needs(&bytes[..length]), "{length} of {}", bytes.len());
    }
    for behind in ["", "x", "\r\n", "&&B12,"] {
        let (len, evidence) = frame(&[&bytes[..], behind.as_bytes()].concat(), false);
        assert_eq!((len, evidence.checksum, evidence.framing), (end + 2, Some(false), Fit::Fits), "{behind}");
    }
    // Nothing more comes: the frame is what is there.
    let (len, evidence) = frame(&bytes[..end], true);
    assert_eq!((len, evidence.framing), (end, Fit::Fits));
    let (len, evidence) = frame(&bytes[..end - 1], true);
    assert_eq!((len, evidence.framing), (end - 1, Fit::Partly));
    // Without a line end the next frame's head ends it, and until that is whole it is waited for.
    let next = [&bytes[..end], b"&&B12,"].concat();
    let (len, evidence) = frame(&next, false);
    assert_eq!((len, evidence.framing), (end, Fit::Partly));
    for length in end..next.len() {
        assert!(needs(&next[..length]), "{length} of {}", next.len());
    }
}

#[test]
fn a_length_that_is_off_leaves_the_end_to_the_line_end() {
    for longer in [-3, -1, 1, 40] {
        let bytes = built(CONTENT, longer, 0);
        let (len, evidence) = frame(&[&bytes[..], b"&&B12,"].concat(), longer > 4);
        assert_eq!((len, evidence.framing), (bytes.len(), Fit::Partly), "{longer}");
        let mut messages = Messages::new();
        PROTOCOL.decode(&bytes, &mut Session::new(), &mut messages);
        let length = messages.length().unwrap();
        let declared = CONTENT.len().checked_add_signed(longer).unwrap();
        assert_eq!((length.declared as usize, length.actual as usize), (declared, CONTENT.len()), "{longer}");
        let sum = messages.checksum().unwrap();
        assert_eq!(sum.got, sum.want, "{longer}: the sum was made over what is there");
    }
}

#[test]
fn what_is_left_of_a_frame_without_its_end_is_content_to_the_last_byte() {
    let bytes = built(CONTENT, 0, 0);
    // Cut before the declared end: the last two bytes are no sum.
    let cut = &bytes[..bytes.len() - 6];
    let mut messages = Messages::new();
    PROTOCOL.decode(cut, &mut Session::new(), &mut messages);
    assert_eq!(messages.length().unwrap().actual as usize, CONTENT.len() - 2);
    // Longer than declared and without a line end: they are one.
    let mut bytes = built(CONTENT, -1, 0);
    bytes.truncate(bytes.len() - 2);
    PROTOCOL.decode(&bytes, &mut Session::new(), &mut messages);
    assert_eq!(messages.length().unwrap().actual as usize, CONTENT.len());
}

#[test]
fn a_length_beyond_all_frames_is_not_waited_for_longer_than_the_longest_frame() {
    // 4,096 is the longest that is believed (`LONGEST`); sum and line end stand behind it.
    let head = b"&&A9999".len();
    let bytes = [&b"&&A9999,"[..], &[b'x'; 5000]].concat();
    assert!(needs(&bytes[..head + 4_100]));
    assert!(matches!(PROTOCOL.frame(&bytes[..head + 4_101], false), Framing::No(_)));
    assert_eq!(frame(&bytes[..head + 4_100], true).0, head + 4_100);
    assert!(matches!(PROTOCOL.frame(&bytes[..head + 4_101], true), Framing::No(_)));
    // The longest one is still waited for to its last byte, and one byte more is not believed.
    let longest = built(&format!(",86000000000001,123,{}", "x".repeat(4_096 - 20)), 0, 0);
    assert_eq!(frame(&longest, false).0, longest.len());
    let longer = built(&format!(",86000000000001,123,{}", "x".repeat(4_097 - 20)), 0, 0);
    assert!(matches!(PROTOCOL.frame(&longer, false), Framing::No(_)));
}

#[test]
fn an_identity_has_three_to_sixteen_letters_and_digits_and_a_comma_behind_it() {
    for (id, is) in [
        ("", false),
        ("12", false),
        ("123", true),
        ("CAR12", true),
        ("1234567890123456", true),
        ("12345678901234567", false),
        ("123456789012345678", false),
        ("12 45", false),
    ] {
        assert_eq!(frame(&built(&format!(",{id},000"), 0, 0), false).1.id, is, "{id}");
    }
    assert!(!frame(&built(",86000", 0, 0), false).1.id, "no comma behind it");
}

#[test]
fn a_command_is_worth_two_marks_and_the_body_of_a_position_four_more() {
    for (content, marks) in [
        (",860000000000001", 0),
        (",860000000000001,OK", 0),
        (",860000000000001,xx", 0),
        (",860000000000001,123,OK", 2),
        (",860000000000001,000,0,,260224044557,A,1.5,2.5", 6),
        (",860000000000001,000,0,,260224044557,V,,", 6),
        (",860000000000001,000,0,,260224044557,X,1.5,2.5", 2),
        (",860000000000001,000,0,,26022404455,A,1.5,2.5", 2),
        (",860000000000001,000,0,,26022404455x,A,1.5,2.5", 2),
        (",860000000000001,0x0,0,,260224044557,A,1.5,2.5", 0),
    ] {
        // Marks are looked for where no sum proves the frame.
        assert_eq!(frame(&built(content, 0, 1), false).1.marks, marks, "{content}");
    }
}

#[test]
fn line_ends_inside_the_content_end_no_frame_that_is_still_coming() {
    // Pass-through of an accessory (710) is made of lines.
    let content = ",860000000000001,710,first\r\nsecond\r\nthird";
    let inner = "&&A42".len() + ",860000000000001,710,first\r\n".len();
    for sum in [0, 1] {
        let bytes = built(content, 0, sum);
        let end = bytes.len() - 4;
        let begun = if sum == 0 { end + 2 } else { bytes.len() };
        for length in 0..begun {
            assert!(needs(&bytes[..length]), "{length} of {}", bytes.len());
        }
        assert_eq!(frame(&bytes, false).0, bytes.len());
    }
    // Where neither sum nor line end stand at the declared end, the length is wrong and the first line end counts.
    let bytes = built(content, 0, 1);
    let end = bytes.len() - 4;
    for behind in ["x", "\rx", "xyz", "\n\r\n"] {
        let (len, evidence) = frame(&[&bytes[..end + 2], behind.as_bytes()].concat(), false);
        assert_eq!((len, evidence.framing), (inner, Fit::Partly), "{behind:?}");
    }
}

#[test]
fn what_does_not_begin_like_a_frame_is_none_and_what_may_is_waited_for() {
    let is_none = |bytes: &[u8], ended| matches!(PROTOCOL.frame(bytes, ended), Framing::No(_));
    for bytes in
        ["x", "&$A20,8600", "$&A20,8600", "&&9", "&&\x7F", "&&A,8600", "&&Ax", "&&A123456", "&&A1234567,"]
    {
        assert!(is_none(bytes.as_bytes(), false), "{bytes}");
    }
    for bytes in ["", "&", "$", "&&", "&&A", "&&A1", "&&A12345", "&&A123456,"] {
        let waits = needs(bytes.as_bytes());
        // Six digits are more than the longest frame has, and the comma shows that they are its length.
        assert!(waits, "{bytes}");
        assert!(is_none(bytes.as_bytes(), true) || bytes.ends_with(','), "{bytes} and no more");
    }
}

#[test]
fn the_end_is_looked_for_as_far_as_the_longest_frame_reaches() {
    let head = b"&&A9999".len();
    let with_end_at = |at: usize| {
        let mut bytes = [&b"&&A9999,"[..], &[b'x'; 5000]].concat();
        bytes[head + at - 2..head + at].copy_from_slice(b"\r\n");
        bytes
    };
    for at in [10, 4_099, 4_100] {
        assert_eq!(frame(&with_end_at(at), false).0, head + at, "{at}");
    }
    assert!(matches!(PROTOCOL.frame(&with_end_at(4_101), false), Framing::No(_)));
}

#[test]
fn a_frame_that_stops_where_its_sum_should_begin_has_none() {
    let bytes = built(CONTENT, 0, 0);
    let mut messages = Messages::new();
    let none = |messages: &Messages| {
        let [damage] = messages.damage() else { panic!("{:?}", messages.damage()) };
        matches!(damage, Damage::NoChecksum { .. })
    };
    PROTOCOL.decode(&bytes[..bytes.len() - 4], &mut Session::new(), &mut messages);
    assert_eq!(messages.length().unwrap().actual as usize, CONTENT.len());
    assert!(none(&messages), "{:?}", messages.damage());
    // Of a content of one letter or none there is nothing left that could be a sum.
    PROTOCOL.decode(b"&&A2,8\r\n", &mut Session::new(), &mut messages);
    assert_eq!(messages.length().unwrap().actual, 2);
    PROTOCOL.decode(b"&&A1,8F\r\n", &mut Session::new(), &mut messages);
    assert_eq!(messages.length().unwrap().actual, 1);
}
