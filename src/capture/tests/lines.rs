//! Hex, text and logs, line by line.

use super::*;
use crate::capture::{LONGEST_LINE, Zone};

const LOGIN: [u8; 18] = *b"\x78\x78\x0D\x01\x01\x23\x45\x67\x89\x01\x23\x45\x00\x01\x8C\xDD\x0D\x0A";
const HEX: &str = "78780D01012345678901234500018CDD0D0A";
/// The vendor's sample (protocol V1.6).
const TEXT: &[u8] = b"&&A20,021104023195429,800DA\r\n";

#[test]
fn hexadecimal_digits_are_read_with_whatever_stands_between_them() {
    for line in [
        HEX.to_owned(),
        HEX.to_lowercase(),
        format!("hex:{HEX}"),
        format!("  \"{HEX}\"  "),
        "78 78 0D 01 01 23 45 67 89 01 23 45 00 01 8C DD 0D 0A".to_owned(),
        "7878 0d01 0123 4567 8901 2345 0001 8cdd 0d0a".to_owned(),
        "78:78:0d:01:01:23:45:67:89:01:23:45:00:01:8c:dd:0d:0a".to_owned(),
        "0x78,0x78,0xd,0x1,0x1,0x23,0x45,0x67,0x89,0x1,0x23,0x45,0x0,0x1,0x8c,0xdd,0xd,0xa".to_owned(),
        r"\x78\x78\x0D\x01\x01\x23\x45\x67\x89\x01\x23\x45\x00\x01\x8C\xDD\x0D\x0A".to_owned(),
        "{ 0x78, 0x78, 0x0D, 0x01, 0x01, 0x23, 0x45, 0x67, 0x89, 0x01, 0x23, 0x45, 0x00, 0x01, 0x8C, 0xDD, 0x0D, 0x0A }"
            .to_owned(),
    ] {
        assert_eq!(seen(line.as_bytes(), Some(Form::Hex)).bytes(), [LOGIN], "{line}");
        assert_eq!(seen(line.as_bytes(), None).bytes(), [LOGIN], "{line}");
    }
}

#[test]
fn a_line_that_is_no_hex_is_refused_with_the_place() {
    for (line, words) in [
        ("7878xx", "character 5 is 'x', which is no hexadecimal digit"),
        ("é7878", "character 1 is 'é'"),
        ("78é", "character 3 is 'é'"),
        ("787", "3 hexadecimal digits that end at character 3"),
        ("78 7 78", "1 hexadecimal digits that end at character 4"),
        ("0x", "character 3 is ' '"),
        (" - ", "no hexadecimal digit"),
    ] {
        let seen = seen(line.as_bytes(), Some(Form::Hex));
        assert_eq!(seen.bytes(), [[0_u8; 0]; 0], "{line}");
        assert!(seen.said[0].contains(words), "{line}: {:?}", seen.said);
    }
}

#[test]
fn lines_are_counted_from_one_and_empty_ones_count() {
    let seen = seen(b"\xEF\xBB\xBF7878\r\n\n  \n0D0A\nzz\n01", Some(Form::Hex));
    let lines: Vec<_> = seen.whole.iter().map(|(line, ..)| line.unwrap()).collect();
    assert_eq!(lines, [1, 4, 6]);
    assert_eq!(seen.bytes(), [&[0x78, 0x78][..], &[0x0D, 0x0A], &[0x01]]);
    assert!(seen.said[0].starts_with("line 5: "));
    assert_eq!(seen.summary.lines, 4);
}

#[test]
fn a_line_longer_than_any_frame_is_passed_over() {
    let mut input = vec![b'7'; LONGEST_LINE + 1];
    input.extend_from_slice(b"\n0D0A\n");
    input.extend(vec![b'8'; 3 * LONGEST_LINE]);
    let seen = seen(&input, Some(Form::Hex));
    assert_eq!(seen.bytes(), [[0x0D, 0x0A]]);
    assert_eq!(seen.said.len(), 2, "{:?}", seen.said);
    assert!(seen.said[0].starts_with("line 1: it is longer than"));
}

#[test]
fn text_gets_its_line_end_back_and_its_escapes_undone() {
    for line in [
        &b"&&A20,021104023195429,800DA"[..],
        b"&&A20,021104023195429,800DA\r\n",
        br"&&A20,021104023195429,800DA\r\n",
        br"\x26&A20,021104023195429,800DA\x0D\x0A",
    ] {
        assert_eq!(seen(line, Some(Form::Text)).bytes(), [TEXT]);
        assert_eq!(seen(line, None).bytes(), [TEXT]);
    }
    // A backslash that begins no escape is one: some batches are divided by it.
    assert_eq!(seen(br"a\q\\b\0\t", Some(Form::Text)).bytes(), [b"a\\q\\b\0\t\r\n"]);
}

#[test]
fn each_line_is_looked_at_for_itself() {
    let input =
        format!("{HEX}\n&&A20,021104023195429,800DA\n2026-11-25 12:00:00 got {HEX}\nnobody knows this\n");
    let seen = seen(input.as_bytes(), None);
    assert_eq!(seen.bytes(), [&LOGIN[..], TEXT, &LOGIN, b"nobody knows this\r\n"]);
    assert_eq!(seen.summary.form, Some(Form::Lines));
}

#[test]
fn the_bytes_of_a_log_are_found_behind_times_and_numbers() {
    for line in [
        format!("2026-11-25 12:00:00  INFO: [T5ab3f21c: gt06 < 192.0.2.1] {HEX}"),
        format!("2026-11-25T12:00:00.123Z 20261125120000123456 {HEX}"),
        format!("1795564800.5 id=0123456789abcdef0123456789abcdef01234567 data={HEX}"),
        format!("[12:00:00.123] HEX: {HEX} (18 bytes)"),
        "12:00:00 78:78:0d:01:01:23:45:67:89:01:23:45:00:01:8c:dd:0d:0a".to_owned(),
        "12:00:00 78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd 0d 0a".to_owned(),
        "20261125120000 78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd 0d 0a".to_owned(),
        "rx: 0x78, 0x78, 0x0d, 0x01, 0x01, 0x23, 0x45, 0x67, 0x89, 0x01, 0x23, 0x45, 0x00, 0x01, 0x8c, 0xdd, 0x0d, 0x0a"
            .to_owned(),
    ] {
        assert_eq!(seen(line.as_bytes(), Some(Form::Log)).bytes(), [LOGIN], "{line}");
        assert_eq!(seen(line.as_bytes(), None).bytes(), [LOGIN], "{line}");
    }
}

#[test]
fn text_frames_of_a_log_are_found_and_end_where_the_log_goes_on() {
    for line in [
        &b"2026-11-25 12:00:00 received &&A20,021104023195429,800DA"[..],
        b"2026-11-25 12:00:00 received \"&&A20,021104023195429,800DA\\r\\n\" from 192.0.2.1",
        b"INFO data=&&A20,021104023195429,800DA",
    ] {
        assert_eq!(seen(line, Some(Form::Log)).bytes(), [TEXT], "{}", String::from_utf8_lossy(line));
    }
}

#[test]
fn what_a_log_says_beside_bytes_is_passed_over_and_counted() {
    let input = format!("2026-11-25 12:00:00 INFO started on port 5023\n2026-11-25 12:00:01 got {HEX}\n");
    for form in [Some(Form::Log), None] {
        let seen = seen(input.as_bytes(), form);
        assert_eq!(seen.bytes(), [LOGIN]);
        assert_eq!((seen.summary.lines, seen.summary.chatter), (2, 1));
    }
}

#[test]
fn what_nobody_knows_is_given_when_it_is_long_enough() {
    let seen = seen(b"2026-11-25 12:00:00 got 2a48512c313233343536373839\n", Some(Form::Log));
    assert_eq!(seen.bytes(), [b"*HQ,123456789"]);
}

#[test]
fn times_of_a_log_are_read_with_their_zone_or_the_one_that_is_given() {
    // 2026-11-25T12:00:00Z, counted by another program.
    let noon = 1_795_608_000_000;
    for (stamp, ms, sure) in [
        ("2026-11-25T12:00:00Z", noon, true),
        ("2026-11-25T12:00:00.250Z", noon + 250, true),
        ("2026-11-25 12:00:00,250", noon + 250, false),
        ("2026/11/25 12:00:00", noon, false),
        ("2026-11-25 12:00", noon, false),
        ("2026-11-25T13:00+01:00", noon, true),
        ("[2026-11-25 12:00:00]", noon, false),
        ("2026-11-25T13:00:00+01:00", noon, true),
        ("2026-11-25T06:30:00-0530", noon, true),
        ("2026-11-25 14:00:00 +02", noon, true),
        ("1795608000.25", noon + 250, true),
        ("1795608000", noon, true),
        ("1795608000007", noon + 7, true),
    ] {
        let seen = seen(format!("{stamp} {HEX}").as_bytes(), Some(Form::Log));
        assert_eq!(seen.whole[0].2, Some(Arrival { ms, sure }), "{stamp}");
    }
    for stamp in ["2026-02-30 12:00:00", "12:00:00", "Nov 25 12:00:00", "868683024748398"] {
        assert_eq!(seen(format!("{stamp} {HEX}").as_bytes(), Some(Form::Log)).whole[0].2, None, "{stamp}");
    }
    let zone: Zone = "+05:30".parse().unwrap();
    let options = Options { form: Some(Form::Log), zone, port: None };
    let seen = try_seen(format!("2026-11-25 17:30:00 {HEX}").as_bytes(), &options).unwrap();
    assert_eq!(seen.whole[0].2, Some(Arrival { ms: noon, sure: true }));
    for text in ["", "5", "+25:00", "+05:30x", "PST"] {
        assert!(text.parse::<Zone>().is_err(), "{text}");
    }
    assert_eq!("UTC".parse::<Zone>().unwrap(), "+00:00".parse::<Zone>().unwrap());
}

#[test]
fn lines_of_one_connection_are_told_apart_from_others() {
    let input = format!(
        "1795608000 [T5ab3f21c: gt06 < 192.0.2.1] {HEX}\n\
         1795608001 tcp 192.0.2.9:40001 recv {HEX}\n\
         1795608002 [T5ab3f21c: gt06 > 192.0.2.1] {HEX}\n\
         1795608003 (udp) [2001:db8::1]:5023: {HEX}\n\
         1795608004 {HEX}\n"
    );
    let seen = seen(input.as_bytes(), Some(Form::Log));
    let links: Vec<_> = seen.whole.iter().map(|(_, link, ..)| *link).collect();
    assert_eq!(links, [Some(0), Some(1), Some(0), Some(2), None]);
    assert_eq!(
        seen.links,
        [
            "0 ? ? ? T5ab3f21c false",
            "1 tcp 192.0.2.9:40001 ? 192.0.2.9:40001 false",
            "2 udp [2001:db8::1]:5023 ? [2001:db8::1]:5023 false",
        ]
    );
}

#[test]
fn bytes_that_are_no_text_are_one_stream() {
    let seen = seen(&LOGIN, None);
    assert_eq!(seen.summary.form, Some(Form::Raw));
    assert_eq!(seen.streams[&(0, 0)], LOGIN);
    assert_eq!(super::seen(TEXT, Some(Form::Raw)).streams[&(0, 0)], TEXT);
}

#[test]
fn an_empty_input_is_an_error() {
    for form in [None, Some(Form::Hex), Some(Form::Pcap)] {
        assert!(matches!(try_seen(b"", &Options { form, ..Options::default() }), Err(Error::Nothing)));
    }
}

#[test]
fn breaking_off_ends_the_reading() {
    let mut count = 0;
    let summary = read(&b"01\n02\n03\n"[..], &Options::default(), &mut |_| {
        count += 1;
        ControlFlow::Break(())
    });
    assert_eq!(summary.unwrap().lines, 1);
    assert_eq!(count, 1);
}

#[test]
fn the_lines_of_a_recorded_connection_are_one_stream_and_datagrams_are_not() {
    let lines = [
        "2026-11-25T12:00:00.000Z tcp 192.0.2.7:5000 78780D010123",
        "2026-11-25T12:00:00.100Z tcp 192.0.2.8:5000 7878",
        "2026-11-25T12:00:00.200Z udp 192.0.2.7:5000 78780D",
        // A clock would not be enough: these digits are fewer than those of any frame.
        "2026-11-25T12:00:00.300Z tcp 192.0.2.7:5000 45678901234500018CDD0D",
        "2026-11-25T12:00:00.400Z tcp 192.0.2.7:5000 0A",
        "2026-11-25T12:00:00.500Z udp 192.0.2.9:5000 0A",
    ];
    for form in [Some(Form::Log), None] {
        let seen = seen(lines.join("\n").as_bytes(), form);
        assert_eq!(seen.streams[&(0, 0)], LOGIN);
        assert_eq!(seen.streams[&(1, 0)], b"\x78\x78");
        assert_eq!(seen.streams.len(), 2);
        assert_eq!(seen.bytes(), [&b"\x78\x78\x0D"[..], b"\x0A"]);
        assert_eq!(seen.summary.chatter, 0);
    }
    // What says more, or less, is a line as any other.
    for line in [
        "12:00:00 tcp 192.0.2.7:5000 sent 78780D010123456789012345",
        "tcp 192.0.2.7:5000 78780D010123456789012345",
    ] {
        assert_eq!(seen(line.as_bytes(), Some(Form::Log)).streams.len(), 0, "{line}");
    }
}
