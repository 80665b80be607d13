//! What a person reads.

use super::*;

fn explained(line: &str) -> String {
    fed(&[], line.as_bytes()).out
}

#[test]
fn the_vendors_sample_that_contradicts_itself_is_explained_to_its_last_field() {
    let said = fed(&[], A147.as_bytes());
    assert_eq!(said.code, 1, "{said}");
    let first = said.out.lines().next().unwrap();
    assert!(first.contains("damaged: declares 147, has 158; checksum 46, want 71"), "{first}");
    assert!(first.contains("startek 000 position from 021104023195429"), "{first}");
    // Each is a field of the paper's table with the value that it gives there.
    for field in [
        "the frame declares a length of 147, and has 158",
        "the checksum is 46, and the bytes give 71",
        "time             2018-01-06T09:30:46Z",
        "position         22.646430, 114.065730 degrees",
        "altitude_m       76 m",
        "speed_kmh        54 km/h",
        "course_deg       86 degrees",
        "satellites       8",
        "hdop             0.9",
        "odometer_m       326781 m",
        "battery_v        3.96 V",
        "power_v          12.50 V",
        "rssi_dbm         -59 dBm",
        "460-0-10163-3751",
        "inputs           02: input 2 (ignition)",
        "ad_v_1           4.56 V",
        "fuel_l_1         120.0 l",
        "temperature_c_1  31.7 °C",
        "temperature_c_2  -30.9 °C",
    ] {
        assert!(said.out.contains(field), "{field}\n{}", said.out);
    }
}

#[test]
fn every_byte_stands_in_the_annotated_dump_once_and_in_order() {
    let said = explained(A147);
    let rows =
        said.lines().skip_while(|line| !line.starts_with("  0000  ")).take_while(|line| !line.is_empty());
    let digits: String = rows.map(|row| row[8..44].split_whitespace().collect::<String>()).collect();
    let frame: String = A147.bytes().chain(*b"\r\n").map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(digits, frame);
}

#[test]
fn a_line_end_that_was_put_back_is_told_and_one_that_was_given_is_not() {
    let told = "  the CR LF at its end was put back: the input has none";
    for input in [A20.to_owned(), format!("{A20}\n"), format!("  {A20}\n")] {
        assert!(explained(&input).contains(told), "{input:?}");
    }
    let half = explained(&format!("{A20}\\r\n"));
    assert!(half.contains("  the LF at its end was put back: the input has none"), "{half}");
    let digits: String = A20.bytes().chain(*b"\r\n").map(|byte| format!("{byte:02X}")).collect();
    for input in [format!("{A20}\r\n"), format!("{A20}\\r\\n\n"), format!("{A20}\\x0D\\x0A"), digits] {
        let said = explained(&input);
        assert!(said.contains("021104023195429") && !said.contains("put back"), "{input:?} {said}");
    }
    // A line of a log loses it, too.
    let log = explained(&format!("2024-02-29 12:34:56 received {A20}\n"));
    assert!(log.contains(told), "{log}");
}

#[test]
fn of_what_nobody_knows_only_the_bytes_that_were_given_are_counted() {
    let said = fed(&["--input=text"], b"nobody");
    assert!(said.out.contains("not recognised: 6 bytes that begin 6E6F626F6479\n"), "{said}");
    let given = fed(&["--input=text"], b"nobody\\r\\n");
    assert!(given.out.contains("not recognised: 8 bytes that begin 6E6F626F64790D0A\n"), "{given}");
    // Between frames as well.
    let said = fed(&["--input=text"], format!("{A20}\\r\\nnobody").as_bytes());
    assert!(said.out.contains("noise: 6 bytes that begin 6E6F626F6479 and are no frame"), "{said}");
}

#[test]
fn a_frame_that_is_whole_says_by_what_and_which_answer_it_needs() {
    let said = explained(LOGIN);
    let first = said.lines().next().unwrap();
    for part in ["gt06 0x01 login from 123456789012345", "whole (length and checksum fit)", "needs an answer"]
    {
        assert!(first.contains(part), "{first}");
    }
    assert!(said.contains(&format!("the server has to answer: {ANSWER}")), "{said}");
    assert!(explained(A20).lines().next().unwrap().contains("no answer needed"));
    // A Meiligao tracker that asks for its server's address, and a login whose checksum does not fit.
    let asks = explained("24240011867747070319860002a9130d0a");
    assert!(asks.contains("asks for an answer that homing does not give"), "{asks}");
    let damaged = explained(&LOGIN.replace("8CDD", "8CDC"));
    assert!(damaged.contains("not answered, as it is damaged"), "{damaged}");
}

#[test]
fn what_nobody_knows_is_told_with_what_each_protocol_looked_for() {
    let said = fed(&[], b"*HQ,1234567890,V1#");
    assert_eq!(said.code, 3, "{said}");
    assert!(said.out.starts_with("line 1: not recognised: 18 bytes that begin 2A48512C"), "{}", said.out);
    for protocol in homing::wire::PROTOCOLS {
        let mut lines = said.out.lines().map(str::trim_start);
        let line = lines.find(|line| line.split_whitespace().next() == Some(protocol.name));
        assert!(
            line.is_some_and(|line| line.split_whitespace().count() > 2),
            "{}: {}",
            protocol.name,
            said.out
        );
    }
    let asked = fed(&["--protocol=gt06"], A20.as_bytes());
    assert_eq!(asked.code, 3, "{asked}");
    assert!(asked.out.contains("leave --protocol out"), "{}", asked.out);
}

#[test]
fn traffic_that_is_no_trackers_is_named() {
    for (input, name) in [
        ("text:GET / HTTP/1.1", "an HTTP request"),
        ("hex:16030100C8010000C40303", "a TLS hello"),
        ("text:SSH-2.0-OpenSSH_9.2", "an SSH greeting"),
    ] {
        let said = fed(&[input], b"");
        assert_eq!(said.code, 3, "{said}");
        assert!(said.out.lines().next().unwrap().contains(name), "{}", said.out);
    }
}

#[test]
fn nothing_of_a_tracker_drives_the_terminal() {
    // A reply whose text clears a screen and sets a title.
    let body = b",021104023195429,800,\x1b[2J\x1b]0;x\x07";
    let mut frame = format!("&&A{}", body.len()).into_bytes();
    frame.extend_from_slice(body);
    let sum = frame.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    frame.extend_from_slice(format!("{sum:02X}\r\n").as_bytes());
    let hex: String = frame.iter().map(|byte| format!("{byte:02x}")).collect();
    for format in ["explain", "table", "json", "ndjson", "csv", "geojson", "gpx"] {
        let said = fed(&[&format!("hex:{hex}"), "--format", format], b"");
        assert_eq!(said.code, 0, "{format}: {said}");
        let odd = |c: char| c.is_control() && c != '\n' && !(format == "csv" && c == '\r');
        assert!(!said.out.contains(odd) && !said.err.contains(odd), "{format}: {:?}", said.out);
    }
}

#[test]
fn findings_stand_behind_everything_else() {
    let no_fix = "&&:120,867747070319866,000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019AE4";
    let said = explained(no_fix);
    let at = said.find("\nfindings\n").unwrap();
    assert!(
        said[at..].contains("problem[no-fix]: 867747070319866: positions without a fix: 1 of 1"),
        "{said}"
    );
    assert!(said[at..].contains("outdoors"), "{said}");
}

#[test]
fn what_is_only_possible_is_told_with_what_speaks_for_it_and_the_way_to_decode_it() {
    // The beginning of a frame of the facts, cut within its time.
    let cut = "text:&&:120,867747070319866,000,0,,2602";
    let said = fed(&[cut], b"");
    assert_eq!(said.code, 3, "{said}");
    assert!(
        said.out.starts_with("line 1: possible: startek 000 position from 867747070319866"),
        "{}",
        said.out
    );
    assert!(said.out.contains("checksum does not fit"), "{}", said.out);
    assert!(messages(&[cut], b"").is_empty());
    let asked = fed(&[cut, "--protocol=startek", "--format=ndjson"], b"");
    assert_eq!(asked.code, 1, "{asked}");
    assert_eq!(asked.json()["device_id"], "867747070319866");
}

#[test]
fn at_eighty_columns_every_line_fits_and_every_byte_is_there() {
    let said = Homing::new(&["decode", &format!("text:{A147}")]).env("COLUMNS", "80").run().out;
    for line in said.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let rows =
        said.lines().skip_while(|line| !line.starts_with("  0000  ")).take_while(|line| !line.is_empty());
    let digits: String = rows.map(|row| row[8..31].split_whitespace().collect::<String>()).collect();
    let frame: String = A147.bytes().chain(*b"\r\n").map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(digits, frame);
    assert!(said.contains("external power connected"), "the list has what the dump leaves out: {said}");
}
