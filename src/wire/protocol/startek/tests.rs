//! The vendor's samples and captured frames, with values written by hand from the vendor's protocol V1.6.

use super::super::super::tests::support::{dec, pour};
use super::super::super::*;
use super::{Extras, PROTOCOL, event_name, frame, position};

/// The vendor's sample whose length and checksum are both wrong: it says 147 and 46.
const A147: &[u8] = b"&&A147,021104023195429,000,0,,180106093046,A,22.646430,114.065730,8,0.9,54,86,76,326781,460|0|27B3|0EA7,27,0000000F,02,01,04E2|018C|01C8|0000,1,0104B0,01013D|02813546\r\n";
/// Captured from a wired unit.
const W149: &[u8] = b"&&W149,865429043319537,000,0,,211103013512,A,22.679003,114.045085,16,1.1,0,271,76,109075,460|0|249F|000010C5,19,0000003E,00,00,0A57|0168|0000|0000,1,0100000C\r\n";
/// Captured from PT60-L units and a wired one; their logs have no line ends.
const CAPTURED: [&[u8]; 6] = [
    b"&&:120,867747070319866,000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019AE4",
    b"&&:122,866069069149704,000,0,,260227075105,A,-38.093690,145.175548,6,4.4,0,0,14,5260,505|2|D070|0152CF42,20,0014,00,00,0002|01A43E",
    b"&&=133,868373079971794,000,0,,260308065927,A,-38.058156,145.254798,24,0.7,0,4,41,9,505|2|D070|014BD032,22,003D,00,00,052E|0192|0000|0000,1,1B",
    b"&&h126,866069069149704,000,23,,260310032517,A,-38.093815,145.175653,15,0.7,0,41,24,21918,505|2|D070|0152CF0A,18,0037,00,00,0003|01A24D",
    b"&&l127,866069069232625,000,36,,260321065238,A,-38.093803,145.175578,25,0.6,0,12,27,296157,505|1|30A5|081A1F02,20,0037,00,00,0003|019679",
    b"&&y126,866069069232625,000,0,,260321065134,A,-38.093803,145.175573,23,0.6,0,12,27,296157,505|1|30A5|081A1F02,19,0017,00,00,0003|019848",
];

fn decoded(frame: &[u8]) -> Messages {
    let mut messages = Messages::new();
    PROTOCOL.decode(frame, &mut Session::new(), &mut messages);
    messages
}

/// Every attribute as one line: name and number, value, unit.
fn attributes(view: &View<'_>) -> Vec<String> {
    let shown = |attribute: &Attribute| {
        let value = match attribute.value {
            Value::Dec(value) => value.to_string(),
            Value::Text(span) | Value::Bytes(span) => view.text(span).into_owned(),
            Value::Word(word) => word.to_owned(),
            Value::Trouble(code) => Value::trouble_text(code),
            bits @ Value::Bits { .. } => bits.names().collect::<Vec<_>>().join("+"),
            other => format!("{other:?}"),
        };
        format!("{} {} {value} {}", attribute.name, attribute.index, attribute.unit)
    };
    view.attributes().iter().map(shown).collect()
}

#[test]
fn the_vendors_sample_is_read_in_full_although_length_and_checksum_are_wrong() {
    let messages = decoded(A147);
    let said: Vec<_> = messages.damage().iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("the frame declares a length of 147, and has 158"), "{said:?}");
    assert!(said[1].starts_with("the checksum is 46, and the bytes give 71"), "{said:?}");
    let view = messages.views(A147).next().unwrap();
    assert_eq!((view.kind, view.code().as_ref(), view.direction), (Kind::Position, "000", Direction::Up));
    assert_eq!(view.device_id.unwrap().as_str(), "021104023195429");
    assert_eq!(view.serial, Some(0x41));
    assert_eq!(view.time.unwrap().to_string(), "2018-01-06T09:30:46Z");
    assert_eq!(view.valid, Some(true));
    assert_eq!((view.lat, view.lon), (Some(dec("22.646430")), Some(dec("114.065730"))));
    assert_eq!((view.satellites, view.hdop), (Some(8), Some(dec("0.9"))));
    assert_eq!((view.speed_kmh, view.course_deg), (Some(dec("54")), Some(dec("86"))));
    assert_eq!((view.altitude_m, view.odometer_m), (Some(dec("76")), Some(dec("326781"))));
    assert_eq!((view.power_v, view.battery_v), (Some(dec("12.50")), Some(dec("3.96"))));
    assert_eq!(view.rssi_dbm, Some(-59));
    let cell = Cell { mcc: Some(460), mnc: Some(0), lac: Some(0x27B3), cid: Some(0x0EA7), rssi_dbm: None };
    assert_eq!(view.cells(), [cell]);
    assert_eq!(view.events(), [Event { code: 0, name: "interval", data: None }]);
    let wanted = [
        "status 0 server 1 connected+server 2 connected+GNSS fix valid+external power connected ",
        "inputs 0 input 2 (ignition) ",
        "outputs 0 output 1 ",
        "ad_v 1 4.56 V",
        "ad_v 2 0.00 V",
        "protocol_code 0 1 ",
        "fuel_l 1 120.0 l",
        "temperature_c 1 31.7 °C",
        "temperature_c 2 -30.9 °C",
    ];
    assert_eq!(attributes(&view), wanted);
}

#[test]
fn a_frame_glued_to_a_damaged_one_is_not_lost() {
    let glued = [A147, W149, A147.strip_suffix(b"\r\n").unwrap(), W149].concat();
    let mut found = Vec::new();
    pour(Stream::new(), &[&glued], |item| {
        assert!(matches!(item.what, What::Frame { .. }), "{:?}", item.what);
        found.push((item.at as usize, item.bytes.len()));
    });
    let bare = A147.len() - 2;
    let third = A147.len() + W149.len();
    let wanted = [(0, A147.len()), (A147.len(), W149.len()), (third, bare), (third + bare, W149.len())];
    assert_eq!(found, wanted);
}

#[test]
fn a_checksum_glued_to_the_last_field_is_cut_off_by_the_length() {
    let messages = decoded(W149);
    assert_eq!(messages.damage(), []);
    assert_eq!(messages.checksum(), Some(Checksum { got: 0x0C, want: 0x0C, digits: 2 }));
    let view = messages.views(W149).next().unwrap();
    assert_eq!((view.power_v, view.battery_v), (Some(dec("26.47")), Some(dec("3.60"))));
    assert!(attributes(&view).contains(&"fuel_l 1 0.0 l".to_owned()));
}

#[test]
fn captured_frames_without_line_ends_are_whole() {
    // Position in the list, then fix, satellites, altitude, odometer, battery and event, read off the frames by hand.
    let wanted = [
        (false, 0, "0", "736", "4.10", 0),
        (true, 6, "14", "5260", "4.20", 0),
        (true, 24, "41", "9", "4.02", 0),
        (true, 15, "24", "21918", "4.18", 23),
        (true, 25, "27", "296157", "4.06", 36),
        (true, 23, "27", "296157", "4.08", 0),
    ];
    for (bytes, (valid, satellites, altitude, odometer, battery, event)) in CAPTURED.iter().zip(wanted) {
        let messages = decoded(bytes);
        let view = messages.views(bytes).next().unwrap();
        assert_eq!(messages.damage(), [], "{}", String::from_utf8_lossy(bytes));
        assert_eq!((view.valid, view.satellites), (Some(valid), Some(satellites)));
        assert_eq!((view.altitude_m, view.odometer_m), (Some(dec(altitude)), Some(dec(odometer))));
        assert_eq!((view.battery_v, view.events()[0].code), (Some(dec(battery)), event));
        assert!(view.lat.unwrap() < dec("-38") && view.lon.unwrap() > dec("145"));
    }
}

#[test]
fn commands_of_the_server_are_written_as_the_facts_compute_them() {
    let mut session = Session::of(DeviceId::new(b"869912033012424").unwrap());
    for (text, wanted) in [
        ("100,1,d.plaspy.com,8888", "$$:40,869912033012424,100,1,d.plaspy.com,888802"),
        ("100,2,54.85.159.138,8888", "$$;41,869912033012424,100,2,54.85.159.138,888808"),
        ("102,60", "$$<23,869912033012424,102,606C"),
        ("109,internet", "$$=29,869912033012424,109,internet7D"),
        ("103,1", "$$>22,869912033012424,103,139"),
        ("801", "$$?20,869912033012424,801E0"),
        ("802", "$$@20,869912033012424,802E2"),
        ("808,100", "$$A24,869912033012424,808,100AA"),
        ("910,3", "$$B22,869912033012424,910,345"),
    ] {
        let mut out = Vec::new();
        PROTOCOL.command(text, &mut session, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("{wanted}\r\n"));
    }
}

#[test]
fn the_vendors_checksum_sample_has_no_comma_behind_the_command() {
    let mut out = Vec::new();
    frame(*b"&&", b'A', "021104023195429", "800", b"", &mut out);
    assert_eq!(out, b"&&A20,021104023195429,800DA\r\n");
    assert_eq!(decoded(&out).first().unwrap().kind, Kind::Reply);
}

#[test]
fn what_asks_for_an_answer_gets_one_with_its_number() {
    for (number, command, wanted) in [
        (b'x', "010", Some("$$x22,869912033012424,010,170\r\n")),
        (b'y', "020", Some("$$y22,869912033012424,020,172\r\n")),
        (b'x', "000", None),
        (b'x', "102", None),
    ] {
        let mut bytes = Vec::new();
        frame(*b"&&", number, "869912033012424", command, b"0,,260224044557,V", &mut bytes);
        let mut out = Vec::new();
        let answers = PROTOCOL.acknowledge(&bytes, &decoded(&bytes), UtcTime::from_unix(0), &mut out);
        assert_eq!(
            (answers, String::from_utf8(out).unwrap().as_str()),
            (wanted.is_some(), wanted.unwrap_or(""))
        );
        // What is damaged is not confirmed: the tracker would delete what never arrived.
        bytes[30] ^= 1;
        assert!(!PROTOCOL.acknowledge(&bytes, &decoded(&bytes), UtcTime::from_unix(0), &mut Vec::new()));
    }
}

#[test]
fn a_pass_through_may_hold_line_ends() {
    let mut bytes = Vec::new();
    frame(*b"&&", b'A', "869912033012424", "710", b"T1,abc\r\nT2,de\r\n", &mut bytes);
    let mut frames = 0;
    pour(Stream::new(), &[&bytes], |found| {
        assert_eq!(found.bytes, bytes);
        frames += 1;
    });
    assert_eq!(frames, 1);
    let messages = decoded(&bytes);
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!(attributes(&view), ["line 1 T1,abc ", "line 2 T2,de "]);
    assert_eq!(messages.damage(), []);
}

#[test]
fn trouble_codes_are_those_of_the_vendors_examples() {
    // V1.6: 00019501019602 is P0195 and P0196; 01F40305F80307 is SPN 1012 FMI 5 and SPN 1016 FMI 7.
    for (data, wanted) in [
        (
            "00019501019602",
            &[
                "trouble_code 1 P0195 ",
                "trouble_state 1 solved ",
                "trouble_code 2 P0196 ",
                "trouble_state 2 pending ",
            ][..],
        ),
        (
            "01F40305F80307",
            &["trouble_spn 1 1012 ", "trouble_fmi 1 5 ", "trouble_spn 2 1016 ", "trouble_fmi 2 7 "],
        ),
    ] {
        let body = format!("56,{data},260224044557,A,1.5,2.5,8,0.9,0,0,0,0,|||,20,0010,00,00,0000|0190");
        let mut bytes = Vec::new();
        frame(*b"&&", b'A', "CAR12", "000", body.as_bytes(), &mut bytes);
        let messages = decoded(&bytes);
        let view = messages.views(&bytes).next().unwrap();
        assert_eq!(attributes(&view)[..4], *wanted);
        assert_eq!(view.device_id.unwrap().as_str(), "CAR12");
        assert!(view.cells().is_empty() && messages.damage().is_empty());
    }
}

#[test]
fn a_trouble_code_that_is_cut_short_ends_with_its_field_and_borrows_nothing_of_the_next() {
    // Found by a fuzzer: six digits were looked for where four stand.
    for (data, rest) in [("0001", ",260224"), ("000195", ",260224044557,A"), ("706.", "")] {
        let mut bytes = Vec::new();
        frame(*b"&&", b'A', "CAR12", "000", format!("56,{data}{rest}").as_bytes(), &mut bytes);
        let (mut messages, mut spans) = (Messages::new(), Spans::new());
        PROTOCOL.explain(&bytes, &mut Session::new(), &mut messages, &mut spans);
        let ends = bytes.len() - 4 - rest.len();
        let seen = spans.fields().iter().filter(|seen| seen.name.starts_with("trouble"));
        let seen: Vec<_> = seen.map(|seen| seen.span.end()).collect();
        assert!(seen.len() > 1 && seen.iter().all(|end| *end <= ends), "{data}: {seen:?} after {ends}");
        assert!(!messages.damage().is_empty(), "{data}");
    }
}

#[test]
fn obd_values_have_their_offsets_and_what_is_behind_them_is_kept() {
    let body = "0,,260224044557,A,1.5,2.5,8,0.9,0,0,0,4294967297,|||,99,0010,00,00,|0190,131,,,1500|30|12|101|65|20|130|75|50%,LIC,77";
    let mut bytes = Vec::new();
    frame(*b"&&", b'A', "CAR12", "000", body.as_bytes(), &mut bytes);
    let messages = decoded(&bytes);
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!(messages.damage(), []);
    assert_eq!((view.power_v, view.rssi_dbm), (None, None), "empty and unknown are absent");
    assert_eq!(view.odometer_m, Some(Dec::whole(4_294_967_297)));
    let wanted = [
        "protocol_code 0 131 ",
        "obd_rpm 0 1500 r/min",
        "obd_load_pct 0 30 %",
        "obd_maf 0 12 g/s",
        "obd_intake_kpa 0 101 kPa",
        "obd_intake_c 0 25 °C",
        "obd_throttle_pct 0 20 %",
        "obd_coolant_c 0 90 °C",
        "obd_fuel_l_h 0 7.5 l/h",
        "obd_fuel_pct 0 50 %",
        "unknown 1 LIC ",
        "unknown 2 77 ",
    ];
    assert_eq!(attributes(&view)[3..], wanted);
}

#[test]
fn the_first_field_that_does_not_fit_is_named_and_the_rest_is_read() {
    let body = "0,,261324044557,X,95.5,2.5,8,0.9,0,0,0,7,460|0|XYZ|1,77,0010,00,00,0000|0190";
    let mut bytes = Vec::new();
    frame(*b"&&", b'A', "CAR12", "000", body.as_bytes(), &mut bytes);
    let messages = decoded(&bytes);
    let fields = messages.damage().iter().map(|damage| match damage {
        Damage::Field { field, span, .. } => (*field, span.of(&bytes)),
        other => panic!("{other}"),
    });
    let fields: Vec<_> = fields.collect();
    assert_eq!(
        fields,
        [
            ("time", &b"261324044557"[..]),
            ("valid", b"X"),
            ("lat", b"95.5"),
            ("cell", b"460|0|XYZ|1"),
            ("csq", b"77")
        ]
    );
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!((view.time, view.valid, view.lat), (None, None, None));
    assert_eq!(
        (view.lon, view.odometer_m, view.battery_v),
        (Some(dec("2.5")), Some(dec("7")), Some(dec("4")))
    );
}

#[test]
fn a_frame_that_was_cut_off_is_read_as_far_as_it_goes() {
    let cut = &W149[..70];
    let messages = decoded(cut);
    let view = messages.views(cut).next().unwrap();
    assert_eq!((view.lat, view.lon), (Some(dec("22.679003")), Some(dec("114.045085"))));
    let said: Vec<_> = messages.damage().iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|said| said.starts_with("no checksum can be read")), "{said:?}");
    assert!(said[0].starts_with("the frame declares a length of 149"), "{said:?}");
}

#[test]
fn replies_have_the_fields_that_the_paper_gives_them() {
    for (command, data, wanted) in [
        ("129", "OK", &["result 0 ok "][..]),
        ("100", "Unsupport", &["result 0 unsupported "]),
        ("100", "FAILED-", &["result 0 failed "]),
        (
            "801",
            "143190870823,869912033012424,VT100_V100",
            &["serial_number 0 143190870823 ", "imei 0 869912033012424 ", "version 0 VT100_V100 "],
        ),
        ("808", "100,1,istartracker.com,8011", &["parameter 0 100 ", "text 0 1,istartracker.com,8011 "]),
    ] {
        let mut bytes = Vec::new();
        frame(*b"&&", b'A', "869912033012424", command, data.as_bytes(), &mut bytes);
        let messages = decoded(&bytes);
        let view = messages.views(&bytes).next().unwrap();
        assert_eq!(
            (view.kind, attributes(&view)),
            (Kind::Reply, wanted.iter().map(|s| (*s).to_owned()).collect())
        );
    }
}

#[test]
fn events_have_the_names_of_the_appendix() {
    for (code, name) in [
        (0, "interval"),
        (6, "door closed"),
        (12, "input 6 inactive"),
        (13, "unknown"),
        (16, "unknown"),
        (17, "external power low"),
        (20, "battery low"),
        (31, "heartbeat"),
        (35, "tow"),
        (57, "low speed"),
        (58, "unknown"),
        (60, "GPS jammed"),
        (130, "low battery, shuts down"),
        (4_000_000_000, "unknown"),
    ] {
        assert_eq!(event_name(code), name, "{code}");
    }
}

#[test]
fn numbers_of_frames_run_from_3a_to_7e_and_begin_again() {
    let mut session = Session::of(DeviceId::new(b"869912033012424").unwrap());
    let report = Report::at(UtcTime::from_unix(1_709_251_199), dec("-0.000001"), dec("179.999999"));
    let mut numbers = Vec::new();
    for _ in 0..70 {
        let mut out = Vec::new();
        position(&report, &Extras::default(), false, &mut session, &mut out).unwrap();
        assert_eq!(decoded(&out).damage(), []);
        numbers.push(out[2]);
    }
    assert_eq!((numbers[0], numbers[68], numbers[69]), (0x3A, 0x7E, 0x3A));
}

#[test]
fn the_words_of_a_frame_are_those_of_a_short_message() {
    // Computed in the facts by the rules of V1.6, section 2.1.
    let frame = b"$$:40,869912033012424,100,1,d.plaspy.com,888802\r\n";
    assert_eq!(super::words(frame), Some(&b"100,1,d.plaspy.com,8888"[..]));
    // The paper's sample without data, and its sample that is damaged.
    assert_eq!(super::words(b"&&A20,021104023195429,800DA\r\n"), Some(&b"800"[..]));
    assert_eq!(super::words(A147), None);
    for end in 0..frame.len() - 2 {
        assert_eq!(super::words(&frame[..end]), None, "{end} bytes");
    }
}
