//! Dumps as the programs print them, base64, and what stands in quotes. The dumps were printed by xxd 2023, hexdump of
//! util-linux, od of coreutils and Wireshark's view of a stream, from the maker's login frame and one of text.

use super::*;

/// A login of GT06 (the maker's paper), and a position of iStartek (captured, without its line end).
const LOGIN: &[u8] = b"\x78\x78\x0D\x01\x01\x23\x45\x67\x89\x01\x23\x45\x00\x01\x8C\xDD\x0D\x0A";
const TEXT: &[u8] = b"&&A20,021104023195429,800DA\r\n";

const XXD: &str = "\
00000000: 7878 0d01 0123 4567 8901 2345 0001 8cdd  xx...#Eg..#E....
00000010: 0d0a                                     ..
";
const HEXDUMP: &str = "\
00000000  78 78 0d 01 01 23 45 67  89 01 23 45 00 01 8c dd  |xx...#Eg..#E....|
00000010  0d 0a                                             |..|
00000012
";
const WORDS: &str = "\
0000000 7878 010d 2301 6745 0189 4523 0100 dd8c
0000010 0a0d
0000012
";
const OD: &str = "\
0000000 170 170 015 001 001 043 105 147 211 001 043 105 000 001 214 335
";
const OD_HEX: &str = "\
0000000 78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd
0000020 0d 0a
0000022
";
const OD_TEXT: &str = "\
000000 26 26 41 32 30 2c 30 32 31 31 30 34 30 32 33 31  >&&A20,0211040231<
000010 39 35 34 32 39 2c 38 30 30 44 41 0d 0a           >95429,800DA..<
00001d
";
const WIRESHARK: &str = "\
0000   78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd   xx...#Eg..#E....
0010   0d 0a                                             ..
";

const XXD_STAR: &str = "\
00000000: 7878 0d01 0123 4567 8901 2345 0001 8cdd  xx...#Eg..#E....
00000010: 0d0a 0000 0000 0000 0000 0000 0000 0000  ................
00000020: 0000 0000 0000 0000 0000 0000 0000 0000  ................
*
00000060: 7878 0d01 0123 4567 8901 2345 0001 8cdd  xx...#Eg..#E....
00000070: 0d0a                                     ..
";
const HEXDUMP_STAR: &str = "\
00000000  78 78 0d 01 01 23 45 67  89 01 23 45 00 01 8c dd  |xx...#Eg..#E....|
00000010  0d 0a 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
00000020  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
*
00000060  78 78 0d 01 01 23 45 67  89 01 23 45 00 01 8c dd  |xx...#Eg..#E....|
00000070  0d 0a                                             |..|
00000072
";
const WORDS_STAR: &str = "\
0000000 7878 010d 2301 6745 0189 4523 0100 dd8c
0000010 0a0d 0000 0000 0000 0000 0000 0000 0000
0000020 0000 0000 0000 0000 0000 0000 0000 0000
*
0000060 7878 010d 2301 6745 0189 4523 0100 dd8c
0000070 0a0d
0000072
";
const OD_STAR: &str = "\
0000000 78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd
0000020 0d 0a 00 00 00 00 00 00 00 00 00 00 00 00 00 00
0000040 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
*
0000140 78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd
0000160 0d 0a
0000162
";
const OD_DECIMAL: &str = "\
0000000 78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd
0000016 0d 0a 00 00 00 00 00 00 00 00 00 00 00 00 00 00
0000032 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
*
0000096 78 78 0d 01 01 23 45 67 89 01 23 45 00 01 8c dd
0000112 0d 0a
0000114
";
const BASE64: [&str; 2] = [
    "eHgNAQEjRWeJASNFAAGM3Q0KeHgNAQEjRWeJASNFAAGM3Q0KeHgNAQEjRWeJASNFAAGM3Q0KeHgN\nAQEjRWeJASNFAAGM3Q0KeHgNAQEjRWeJASNFAAGM3Q0K\n",
    "eHgNAQEjRWeJASNFAAGM3Q0KeHgNAQEjRWeJASNFAAGM3Q0KeHgNAQEjRWeJASNF\nAAGM3Q0KeHgNAQEjRWeJASNFAAGM3Q0KeHgNAQEjRWeJASNFAAGM3Q0K\n",
];

#[test]
fn lines_that_a_star_stands_for_are_as_the_one_before_and_offsets_may_be_decimal() {
    let bytes = [LOGIN, &[0; 78], LOGIN].concat();
    for dump in [XXD_STAR, HEXDUMP_STAR, WORDS_STAR, OD_STAR, OD_DECIMAL] {
        let seen = seen(dump.as_bytes(), None);
        assert_eq!(seen.summary.form, Some(Form::Dump), "{dump}");
        assert_eq!(seen.streams.get(&(0, 0)).map(Vec::as_slice), Some(&bytes[..]), "{dump} {:?}", seen.said);
    }
    // A star that stands for more than anybody has is none.
    let much = OD_STAR.replace("0000140", "77777777777").replace("0000160 0d 0a\n0000162\n", "");
    let seen = seen(much.as_bytes(), None);
    assert!(seen.said.iter().any(|said| said.contains("line 5")), "{:?}", seen.said);
}

#[test]
fn base64_that_was_broken_into_lines_is_one_stream() {
    for text in BASE64 {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            assert_eq!(seen(text.as_bytes(), None).streams.get(&(0, 0)), Some(&LOGIN.repeat(5)), "{text}");
        }
    }
    // Lines that are whole by themselves stay lines.
    let line = "eHgNAQEjRWeJASNFAAGM3Q0K\n";
    assert_eq!(seen(line.repeat(2).as_bytes(), None).bytes(), [LOGIN, LOGIN]);
}

#[test]
fn a_dump_is_one_stream_without_its_offsets_and_its_text() {
    for (dump, bytes) in [
        (XXD, LOGIN),
        (HEXDUMP, LOGIN),
        (WORDS, LOGIN),
        (OD_HEX, LOGIN),
        (OD_TEXT, TEXT),
        (WIRESHARK, LOGIN),
        (&HEXDUMP.replace('\n', "\r\n"), LOGIN),
        // A block of code in a text is indented throughout.
        (&XXD.replace("000000", "    000000"), LOGIN),
    ] {
        for form in [None, Some(Form::Dump)] {
            let seen = seen(dump.as_bytes(), form);
            assert_eq!(seen.summary.form, Some(Form::Dump), "{dump}");
            assert_eq!(seen.streams.get(&(0, 0)).map(Vec::as_slice), Some(bytes), "{dump}");
            assert_eq!(seen.links.len(), 1, "{dump}");
        }
    }
}

#[test]
fn text_beside_the_bytes_is_none_of_them_even_where_it_looks_like_digits() {
    // Eight bytes a line: two blanks before the text, which are two digits each.
    let dump = "00000000: 6162 6364 2031 3220  abcd 12 \n00000008: 3334 2035 36              34 56\n";
    assert_eq!(seen(dump.as_bytes(), None).streams[&(0, 0)], b"abcd 12 34 56");
}

#[test]
fn what_wireshark_indents_was_said_by_the_other_end() {
    let dump = "\
00000000  78 78 0d 01 01 23 45 67  89 01 23 45 00 01 8c dd   xx...#Eg ..#E....
00000010  0d 0a                                              ..
    00000000  78 78 05 01 00 01 d9 dc  0d 0a                     xx...... ..
00000012  78 78                                              xx
";
    let seen = seen(dump.as_bytes(), None);
    assert_eq!(seen.streams[&(0, 0)], [LOGIN, b"xx"].concat());
    assert_eq!(seen.streams[&(0, 1)], b"\x78\x78\x05\x01\x00\x01\xD9\xDC\x0D\x0A");
    assert_eq!(seen.said, ["0 First Closed", "0 Second Closed"]);
}

#[test]
fn an_offset_of_zero_begins_another_dump_and_one_that_does_not_follow_is_refused() {
    let two = seen(format!("{XXD}\n{HEXDUMP}").as_bytes(), None);
    assert_eq!(
        (two.links.len(), &two.streams[&(0, 0)], &two.streams[&(1, 0)]),
        (2, &LOGIN.to_vec(), &LOGIN.to_vec())
    );
    let gap = seen(XXD.replace("00000010", "00000040").as_bytes(), Some(Form::Dump));
    assert_eq!(gap.streams[&(0, 0)], LOGIN[..16]);
    assert!(
        gap.said.iter().any(|said| said.starts_with("line 2: its offset does not follow the 16 bytes")),
        "{:?}",
        gap.said
    );
    let text = seen(format!("{XXD}and a word\n").as_bytes(), None);
    assert_eq!((text.summary.chatter, text.summary.lines), (1, 3));
}

#[test]
fn bytes_that_begin_like_an_offset_are_no_dump() {
    // Data of Teltonika begin with four zero bytes, in groups of one, two or four.
    for line in [
        "0000 0000 0000 0036 0801 0000",
        "00000000 00000036 08010000",
        "00 00 00 00 00 00 00 36 08 01",
        "000000000000003608010000016B40D8",
        "0000",
        "00000000:",
        OD,
    ] {
        assert_ne!(seen(line.as_bytes(), None).summary.form, Some(Form::Dump), "{line}");
    }
}

#[test]
fn digits_broken_into_lines_are_put_together_where_only_that_is_a_frame() {
    // As `xxd -p` writes it: thirty bytes a line.
    let position = b"&&:120,867747070319866,000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019AE4\r\n";
    let digits: String = position.iter().map(|byte| format!("{byte:02x}")).collect();
    let wrapped: Vec<&str> = digits.as_bytes().chunks(60).map(|line| str::from_utf8(line).unwrap()).collect();
    let dump = seen(format!("{}\n", wrapped.join("\n")).as_bytes(), None);
    assert_eq!(dump.summary.form, Some(Form::Dump));
    assert_eq!(dump.streams[&(0, 0)], position);
    // Frames of one length, each a line, stay lines; so does what is no frame in either way.
    let login: String = LOGIN.iter().map(|byte| format!("{byte:02X}")).collect();
    for lines in
        [format!("{login}\n{login}\n"), format!("{login}\n0D0A\n"), "00112233445566778899\nAABB\n".to_owned()]
    {
        assert_eq!(seen(lines.as_bytes(), None).summary.form, Some(Form::Lines), "{lines}");
    }
    let lost = seen(format!("{}\n{}\n", &digits[..60], &digits[60..101]).as_bytes(), Some(Form::Dump));
    assert!(
        lost.said.iter().any(|said| said.starts_with("line 2: 41 hexadecimal digits")),
        "{:?}",
        lost.said
    );
}

#[test]
fn base64_is_read_where_a_frame_comes_out_of_it() {
    // Written by coreutils' base64, and its alphabet for addresses.
    for line in ["eHgNAQEjRWeJASNFAAGM3Q0K", "\"eHgNAQEjRWeJASNFAAGM3Q0K\"", "  eHgNAQEjRWeJASNFAAGM3Q0K  "] {
        assert_eq!(seen(line.as_bytes(), None).bytes(), [LOGIN], "{line}");
    }
    assert_eq!(seen(b"JiZBMjAsMDIxMTA0MDIzMTk1NDI5LDgwMERBDQo=", None).bytes(), [TEXT]);
    assert_eq!(seen(b"JiZBMjAsMDIxMTA0MDIzMTk1NDI5LDgwMERBDQo", None).bytes(), [TEXT]);
    // Words are none, whatever they would come to.
    assert_eq!(seen(b"Helloworldandyou", None).bytes(), [b"Helloworldandyou\r\n"]);
    assert_eq!(seen(b"JiZBMjAsMDIxMTA0MDIzMTk1NDI5LDgwMERBDQo=====", None).bytes()[0][..4], *b"JiZB");
}

#[test]
fn quotes_around_a_text_are_none_of_it() {
    let text = "&&A20,021104023195429,800DA";
    for line in [
        format!("\"{text}\""),
        format!("'{text}'"),
        format!("b'{text}\\r\\n'"),
        format!("    \"{text}\\r\\n\","),
    ] {
        assert_eq!(seen(line.as_bytes(), None).bytes(), [TEXT], "{line}");
    }
    // One alone is a byte like any other.
    assert_eq!(seen(b"\"ab", Some(Form::Text)).bytes(), [b"\"ab\r\n"]);
}

#[test]
fn digits_throughout_of_which_one_was_lost_are_refused_and_no_text() {
    let seen = seen(b"78780D01012345678901234500018CDD0D0", None);
    assert_eq!(seen.bytes(), [[0_u8; 0]; 0]);
    assert!(seen.said[0].contains("35 hexadecimal digits that end at character 35"), "{:?}", seen.said);
}
