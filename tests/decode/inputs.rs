//! What people have: pastes, files, logs, packet captures.

use super::*;

#[test]
fn a_frame_that_is_glued_to_a_damaged_one_is_not_lost() {
    let glued = format!("{A147}\r\n{A20}\r\n");
    let one_line = format!(r"{A147}\r\n{A20}");
    for (args, input) in [(&["--input=raw"][..], &glued), (&["--input=text"], &one_line), (&[], &glued)] {
        let messages = messages(args, input.as_bytes());
        let kinds: Vec<_> =
            messages.iter().map(|message| message["attributes"]["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["000", "800"], "{args:?}");
        assert_eq!(messages[0]["lat"], 22.64643);
        assert_eq!(messages[1]["checksum"]["ok"], true);
    }
}

#[test]
fn the_same_bytes_come_to_the_same_by_every_way() {
    let spaced = "78 78 0D 01 01 23 45 67 89 01 23 45 00 01 8C DD 0D 0A";
    let log = format!("2026-11-25 12:00:00  INFO: [T5ab3f21c: gt06 < 192.0.2.1] {LOGIN}");
    let bytes: Vec<u8> = spaced.split(' ').map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
    let given = format!("hex:{LOGIN}");
    for (args, input) in [
        (&[][..], LOGIN.as_bytes()),
        (&["-"], spaced.as_bytes()),
        (&["--input=hex"], spaced.as_bytes()),
        (&["--input=log"], log.as_bytes()),
        (&[], log.as_bytes()),
        (&[], &bytes),
        (&["--input=raw"], &bytes),
        (&[given.as_str()], b""),
    ] {
        let messages = messages(args, input);
        assert_eq!(messages.len(), 1, "{args:?}");
        assert_eq!(messages[0]["device_id"], "123456789012345", "{args:?}");
        assert_eq!(messages[0]["raw"], LOGIN, "{args:?}");
    }
}

#[test]
fn a_line_is_a_stream_of_its_own_and_a_stream_without_lines_has_none() {
    // A frame that is cut over two lines is two lines that nobody knows.
    let (head, tail) = LOGIN.split_at(10);
    let said = fed(&["--format=ndjson"], format!("{head}\n{tail}\n{LOGIN}\n").as_bytes());
    assert_eq!(said.code, 1, "{said}");
    let last: Value = serde_json::from_str(said.out.lines().last().unwrap()).unwrap();
    assert_eq!(last["line"], 3);
    let bytes = b"&&A20,021104023195429,800DA\r\n";
    assert!(messages(&["--input=raw"], bytes)[0].get("line").is_none());
}

#[test]
fn a_log_of_a_connection_keeps_who_logged_in_and_tells_the_time_zone() {
    // GT06 positions name nobody. The papers' example of a position, with its own serial and check.
    let position = "78781F120B081D112E10CC027AC7EB0C46584900148F01CC00287D001FB8000380810D0A";
    let log = format!(
        "2011-08-29T17:45:00Z [Tab12cd34] {LOGIN}\n2011-08-29T16:46:20Z [Tab12cd34] {position}\n2011-08-29T16:46:20Z [Tffff0000] {position}\n"
    );
    let messages = messages(&[], log.as_bytes());
    assert_eq!(messages[1]["device_id"], "123456789012345");
    assert!(messages[2].get("device_id").is_none());
    // 2011-08-29 17:46:16 in the frame is an hour ahead of the log.
    let said = fed(&["--format=table"], log.as_bytes());
    assert!(said.out.contains("problem[time-zone]: 123456789012345"), "{said}");
    assert!(said.out.contains("+01:00"), "{said}");
}

/// A pcap file of raw IPv4 packets (link layer 101) with TCP segments from 192.0.2.1:40001 to 192.0.2.2:5023 or back.
fn pcap(segments: &[(bool, u32, u8, &[u8])]) -> Vec<u8> {
    let timed = segments
        .iter()
        .enumerate()
        .map(|(second, (up, sequence, flags, payload))| (second as u32, *up, *sequence, *flags, *payload));
    pcap_at(&timed.collect::<Vec<_>>())
}

/// The same with the seconds since noon.
fn pcap_at(segments: &[(u32, bool, u32, u8, &[u8])]) -> Vec<u8> {
    let word = u32::to_le_bytes;
    let mut file = [word(0xA1B2_C3D4), [2, 0, 4, 0], word(0), word(0), word(65_535), word(101)].concat();
    for (second, up, sequence, flags, payload) in segments {
        let (from, to) = if *up { ([1, 40_001_u16], [2, 5_023_u16]) } else { ([2, 5_023], [1, 40_001]) };
        let length = 40 + payload.len() as u32;
        let mut packet =
            [&[0x45, 0][..], &(length as u16).to_be_bytes(), &[0, 1, 0, 0, 64, 6, 0, 0]].concat();
        packet.extend_from_slice(&[192, 0, 2, from[0] as u8, 192, 0, 2, to[0] as u8]);
        packet.extend_from_slice(&[from[1].to_be_bytes(), to[1].to_be_bytes()].concat());
        packet.extend_from_slice(&[sequence.to_be_bytes(), [0; 4]].concat());
        packet.extend_from_slice(&[0x50, *flags, 255, 255, 0, 0, 0, 0]);
        packet.extend_from_slice(payload);
        file.extend_from_slice(&[word(1_795_608_000 + second), word(0), word(length), word(length)].concat());
        file.extend_from_slice(&packet);
    }
    file
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn a_packet_capture_is_put_together_and_decoded_in_both_directions() {
    let (login, answer) = (bytes(LOGIN), bytes(ANSWER));
    // Split, out of order and sent twice.
    let file = pcap(&[
        (true, 99, 2, b""),
        (false, 499, 18, b""),
        (true, 107, 16, &login[7..]),
        (true, 100, 16, &login[..7]),
        (true, 100, 16, &login[..7]),
        (false, 500, 16, &answer),
        (true, 118, 17, b""),
        (false, 510, 17, b""),
    ]);
    let messages = messages(&[], &file);
    let seen: Vec<_> =
        messages.iter().map(|m| (m["direction"].as_str().unwrap(), m["raw"].as_str().unwrap())).collect();
    assert_eq!(seen, [("up", LOGIN), ("down", ANSWER)]);
    let said = fed(&["--port=5023"], &file);
    assert_eq!(said.code, 0, "{said}");
    assert!(
        said.out.starts_with("tcp 192.0.2.1:40001 > 192.0.2.2:5023, byte 0, 2026-11-25T12:00:03.000Z: gt06"),
        "{}",
        said.out
    );
    // The answer goes the other way.
    assert!(said.out.contains("\ntcp 192.0.2.2:5023 > 192.0.2.1:40001, byte 0, "), "{}", said.out);
}

#[test]
fn who_speaks_is_told_by_the_connection_where_a_word_and_its_answer_look_alike() {
    // A watch's sign of life and its answer (vendor sample); a command of the server; a position of the watch.
    let watch = |content: &str| format!("[SG*8800000015*{:04X}*{content}]", content.len()).into_bytes();
    let place = "UD,100326,032517,A,38.0938,S,145.1756,E,0.0,0,0.0,8,80,90,0,0,00000000,0,0";
    let (beat, interval, place) = (watch("LK"), watch("UPLOAD,60"), watch(place));
    let at = |part: usize| 100 + [0, beat.len()][part] as u32;
    let file = pcap(&[
        (true, 99, 2, b""),
        (false, 499, 18, b""),
        (true, at(0), 16, &beat),
        (false, 500, 16, &beat),
        (false, 500 + beat.len() as u32, 16, &interval),
        (true, at(1), 16, &place),
    ]);
    let kinds = |file: &[u8]| -> Vec<String> {
        let messages = messages(&[], file);
        let word = |m: &serde_json::Value, key: &str| m[key].as_str().unwrap().to_owned();
        messages.iter().map(|m| format!("{} {}", word(m, "direction"), word(m, "kind"))).collect()
    };
    assert_eq!(kinds(&file), ["up heartbeat", "down acknowledgement", "down command", "up position"]);
    // A capture that begins with the server's word: who sends positions is the tracker all the same.
    let late = pcap(&[
        (false, 500, 16, &beat),
        (true, at(0), 16, &place),
        (false, 500 + beat.len() as u32, 16, &beat),
    ]);
    assert_eq!(kinds(&late), ["up heartbeat", "up position", "down acknowledgement"]);
    // The time as GT06 servers tell it is no question for it.
    let told = messages(&[], b"78780b8a1a030a03191100072eec0d0a\n");
    assert_eq!((&told[0]["direction"], &told[0]["kind"]), (&"down".into(), &"acknowledgement".into()));
}

#[test]
fn noise_is_told_where_it_stands_and_in_its_whole_length() {
    let login = bytes(LOGIN);
    let before = [b'.'; 700];
    let input = [&before[..], &login, b"between", &login].concat();
    let said = fed(&["--input=raw", "--format=ndjson"], &input);
    for part in ["byte 0: noise: 700 bytes that begin", "byte 718: noise: 7 bytes that begin 6265747765656E"]
    {
        assert!(said.err.contains(part), "{part}: {said}");
    }
}

#[test]
fn other_traffic_of_a_packet_capture_counts_only_when_its_port_is_asked_for() {
    let login = bytes(LOGIN);
    let file = pcap(&[(true, 100, 16, &login), (false, 500, 16, b"whatever this is")]);
    assert_eq!(fed(&["--format=ndjson"], &file).code, 0);
    assert_eq!(fed(&["--format=ndjson", "--port=5023"], &file).code, 1);
    assert_eq!(fed(&["--format=ndjson", "--port=5024"], &file).code, 3);
}

#[test]
fn what_a_capture_does_not_hold_is_told() {
    let login = bytes(LOGIN);
    let file = pcap(&[(true, 99, 2, b""), (true, 100, 16, &login[..7]), (true, 300, 16, &login)]);
    let said = fed(&["--format=table"], &file);
    // Seven bytes may be the beginning of a login, and nothing proves it.
    assert_eq!(said.code, 3, "{said}");
    assert!(said.err.contains("does not hold 193 bytes"), "{said}");
    assert!(said.out.contains("1 with bytes missing"), "{said}");
}

/// Connections that begin every five minutes, have one login and one position, and end four minutes later.
fn ending(ends: &[(bool, u8)]) -> Said {
    let position = bytes("78781F120B081D112E10CF027AC7EB0C46584900148F01CC00287D001FB8000380810D0A");
    let login = bytes(LOGIN);
    let mut day = Vec::new();
    for number in 0..8 {
        let (begin, sequence) = (number * 300, 1_000 * (number + 1));
        day.push((begin, true, sequence - 1, 2, &b""[..]));
        day.push((begin, true, sequence, 24, &login));
        day.push((begin, true, sequence + 18, 24, &position));
        for (up, flags) in ends {
            day.push((begin + 240, *up, if *up { sequence + 54 } else { 500 }, *flags, &b""[..]));
        }
    }
    fed(&["--format=ndjson"], &pcap_at(&day))
}

#[test]
fn a_connection_is_over_when_one_side_has_closed_it() {
    const FIN: u8 = 0x11;
    const RST: u8 = 0x14;
    for (ends, told) in [
        (&[(true, FIN)][..], "the tracker ends each after 4 min of silence"),
        (&[(true, FIN), (false, FIN)], "the tracker ends each after 4 min of silence"),
        (&[(false, FIN)], "the server ends each after 4 min of silence"),
        (&[(false, FIN), (true, FIN)], "the server ends each after 4 min of silence"),
        (&[(true, RST)], "each ends after 4 min of silence"),
        (&[], "how they end was not seen"),
    ] {
        let said = ending(ends);
        assert!(said.err.contains(told), "{told}: {said}");
        assert!(said.err.contains("8 connections in 35 min, every 5 min as a rule"), "{said}");
    }
}

/// Three positions of a startek tracker, a second apart; the length is counted and the checksum added up as the vendor
/// has it: from the comma before the identity, and of everything before it.
fn positions() -> [Vec<u8>; 3] {
    [0, 1, 2].map(|second| {
        let body = format!(
            ",490154203237518,000,0,,2611251200{second:02},A,-38.093638,145.178123,9,0.9,54,86,76,326781,\
             505|1|27B3|0EA7,24,0000000D,00,00,04E2|018C"
        );
        let frame = format!("&&{}{}{body}", char::from(b'A' + second), body.len());
        let sum = frame.bytes().fold(0_u8, u8::wrapping_add);
        format!("{frame}{sum:02X}\r\n").into_bytes()
    })
}

#[test]
fn what_the_capture_does_not_hold_is_not_laid_on_the_tracker() {
    let [one, two, three] = positions();
    let all = [&one[..], &two, &three].concat();
    let (begin, end) = (one.len() + 60, one.len() + two.len() + 30);
    let syn = (true, 99, 2, &b""[..]);
    let (first, last) = ((true, 100, 24, &all[..begin]), (true, 100 + end as u32, 24, &all[end..]));
    let dropped = |segments: &[(bool, u32, u8, &[u8])]| {
        let said = fed(&["--format=ndjson"], &pcap(segments));
        said.err.contains("would-drop")
    };
    let said = fed(&["--format=ndjson"], &pcap(&[syn, first, last]));
    assert!(said.err.contains("does not hold"), "{said}");
    assert!(!said.err.contains("would-drop"), "{said}");
    // The same bytes one behind the other are what the tracker sent.
    assert!(dropped(&[syn, first, (true, 100 + begin as u32, 24, &all[end..])]));
    // A capture that ends within a frame, and a connection that is closed there.
    let cut = (true, 100, 24, &all[..begin]);
    assert!(!dropped(&[syn, cut]));
    assert!(dropped(&[syn, cut, (true, 100 + begin as u32, 17, b"")]));
}

#[test]
fn a_capture_that_begins_within_a_connection_may_begin_within_a_frame_or_with_a_sign_of_life() {
    let [one, two, _] = positions();
    let dropped = |segments: &[(bool, u32, u8, &[u8])]| {
        let said = fed(&["--format=ndjson"], &pcap(segments));
        assert!(said.out.contains("490154203237518"), "{said}");
        said.err.contains("would-drop")
    };
    // TCP asks whether the other end still lives with the byte before the next one (RFC 9293, 3.8.4).
    let next = 100 + one.len() as u32;
    let alive = [(true, 99, 16, &b"\0"[..]), (true, 100, 24, &one)];
    assert!(!dropped(&alive));
    assert_eq!(fed(&["--format=ndjson"], &pcap(&alive)).code, 0);
    assert!(!dropped(&[(true, 160, 24, &one[60..]), (true, next, 24, &two)]));
    // Behind its beginning, and behind a frame, it is what the tracker sent.
    assert!(dropped(&[(true, 98, 2, b""), (true, 99, 24, b"\0"), (true, 100, 24, &one)]));
    assert!(dropped(&[(true, 100, 24, &one), (true, next, 24, b"\0"), (true, next + 1, 24, &two)]));
}
