//! Fields and commands one by one, by their description in the maker's paper (V1.6 sections 2 to 4).

use super::super::super::tests::support::dec;
use super::super::super::*;
use super::{Extras, PROTOCOL, frame, position};

const ID: &str = "860000000000001";

fn up(command: &str, data: &str) -> Vec<u8> {
    let mut out = Vec::new();
    frame(*b"&&", b'A', ID, command, data.as_bytes(), &mut out);
    out
}

/// A position whose fields from the cell on are these.
fn with(event: &str, data: &str, cell: &str, behind: &str) -> Vec<u8> {
    let place = "260224044557,A,-38.093638,145.175618,7,1.0,0,0,0,736";
    up("000", &format!("{event},{data},{place},{cell},14,0010,00,00,{behind}"))
}

fn decoded(frame: &[u8]) -> (Messages, Spans) {
    let (mut messages, mut spans) = (Messages::new(), Spans::new());
    PROTOCOL.explain(frame, &mut Session::new(), &mut messages, &mut spans);
    (messages, spans)
}

/// Every field of a name as it stands in the frame.
fn texts(frame: &[u8], name: &str) -> Vec<String> {
    let (messages, spans) = decoded(frame);
    let seen = spans.fields().iter().filter(|seen| seen.name == name);
    let text = |seen: &Seen| {
        let raw = messages.raw_span(seen.span);
        String::from_utf8_lossy(&frame[raw.at as usize..raw.end()]).into_owned()
    };
    seen.map(text).collect()
}

/// Names and values of the attributes.
fn attributes(frame: &[u8]) -> Vec<(String, String)> {
    let (messages, _) = decoded(frame);
    let view = messages.views(frame).next().unwrap();
    let value = |attribute: &Attribute| match attribute.value {
        Value::Dec(value) => value.to_string(),
        Value::Text(span) => view.text(span).into_owned(),
        Value::Bytes(span) => format!("bytes {}", view.text(span)),
        Value::Word(word) => word.to_owned(),
        other => format!("{other:?}"),
    };
    view.attributes().iter().map(|one| (one.name.to_owned(), value(one))).collect()
}

fn value(frame: &[u8], name: &str) -> Vec<String> {
    attributes(frame).into_iter().filter(|(own, _)| own == name).map(|(_, value)| value).collect()
}

fn damage(frame: &[u8]) -> Vec<String> {
    decoded(frame).0.damage().iter().map(ToString::to_string).collect()
}

fn kind(frame: &[u8]) -> (Kind, &'static str) {
    let (messages, _) = decoded(frame);
    let message = messages.first().unwrap();
    (message.kind, message.name)
}

#[test]
fn a_clock_that_was_never_set_has_no_time_and_the_frame_is_whole() {
    let at = |time: &str| up("000", &format!("0,,{time},V,0,0,0,0.0,0,0,0,0,|||,14,0010,00,00,0000|019A"));
    let (messages, _) = decoded(&at("000000000000"));
    assert_eq!((messages.first().unwrap().time, messages.damage()), (None, &[][..]));
    for wrong in ["000000000001", "0000000000000", "00000000000"] {
        assert_eq!(damage(&at(wrong)).len(), 1, "{wrong}");
    }
}

#[test]
fn fields_between_bars_stand_where_they_stand() {
    let bytes = with("0", "", "505|1|30A5|1F02", "04E2||01C8|0001,1,010064|02000A,010019|028019,1000|50");
    assert_eq!(texts(&bytes, "power_v"), ["04E2"]);
    assert_eq!(texts(&bytes, "ad_v"), ["01C8", "0001"]);
    assert_eq!(texts(&bytes, "fuel_l"), ["010064", "02000A"]);
    assert_eq!(texts(&bytes, "temperature_c"), ["010019", "028019"]);
    assert_eq!(texts(&bytes, "obd_rpm"), ["1000"]);
    assert_eq!(texts(&bytes, "obd_load_pct"), ["50"]);
    assert_eq!(texts(&bytes, "end"), ["\r\n"]);
    assert_eq!(value(&bytes, "fuel_l"), ["10.0", "1.0"]);
    assert_eq!(value(&bytes, "temperature_c"), ["2.5", "-2.5"]);
}

#[test]
fn values_of_the_engine_have_their_offsets_and_scales() {
    let obd = |values: &str| with("0", "", "505|1|30A5|1F02", &format!("04E2|0190,1,,,{values}"));
    let bytes = obd("1000|50|3|101|52.5|20|130|25|30.5L");
    // Temperatures are counted from 40 below, and fuel an hour in tenths.
    let wanted =
        [("obd_intake_c", "12.5"), ("obd_coolant_c", "90"), ("obd_fuel_l_h", "2.5"), ("obd_fuel_l", "30.5")];
    for (name, text) in wanted {
        assert_eq!(value(&bytes, name), [text], "{name}");
    }
    assert_eq!(value(&obd("||||||||40%"), "obd_fuel_pct"), ["40"]);
    assert_eq!(damage(&bytes), [""; 0]);
    for wrong in ["1.000000000", "x", "||||||||40", "||||||||40%|1%"] {
        assert_eq!(damage(&obd(wrong)).len(), 1, "{wrong}");
    }
    assert_eq!(damage(&obd("1.00000000")), [""; 0]);
}

#[test]
fn troubles_stand_where_they_stand_and_take_all_their_bits() {
    // J1939: the number's low byte first, its three highest bits above the failure mode.
    let bytes = with("56", "014E016A6E0104", "505|1|30A5|1F02", "04E2");
    assert_eq!(texts(&bytes, "trouble_spn"), ["4E016A", "6E0104"]);
    // 0x6A is 011 01010: 3 above the sixteen bits 0x014E, failure mode 10; 0x04 is failure mode 4.
    let numbers = [(3_u32 << 16 | 0x014E).to_string(), 0x016E.to_string()];
    assert_eq!(value(&bytes, "trouble_spn"), numbers);
    assert_eq!(value(&bytes, "trouble_fmi"), ["10", "4"]);
}

#[test]
fn an_events_data_go_with_it() {
    let (messages, _) = decoded(&with("36", "abc", "505|1|30A5|1F02", "04E2"));
    let bytes = with("36", "abc", "505|1|30A5|1F02", "04E2");
    let view = messages.views(&bytes).next().unwrap();
    let event = view.events().first().unwrap();
    assert_eq!(
        (event.code, event.data.map(|span| view.text(span).into_owned())),
        (36, Some("abc".to_owned()))
    );
    let bytes = with("36", "", "505|1|30A5|1F02", "04E2");
    let (messages, _) = decoded(&bytes);
    assert_eq!(messages.views(&bytes).next().unwrap().events()[0].data, None);
}

#[test]
fn a_cell_has_room_for_its_numbers_and_no_more() {
    for (cell, fits) in [
        ("505|1|30A5|081A1F02", true),
        ("65535|65535|FFFFFFFF|1", true),
        ("65536|1|1|1", false),
        ("1|65536|1|1", false),
        ("1|1|100000000|1", false),
        ("1|1|1", false),
        ("1|1|1|1|1", false),
        ("|||", true),
    ] {
        assert_eq!(damage(&with("0", "", cell, "04E2")).is_empty(), fits, "{cell}");
    }
}

#[test]
fn commands_are_told_by_their_three_digits() {
    for (command, data, wanted) in [
        ("020", "x", (Kind::Data, "compressed positions, to be confirmed")),
        ("710", "x", (Kind::Data, "pass-through of an accessory")),
        // A short 265 is the answer to the command; a part of a photo is longer.
        ("265", "OK", (Kind::Reply, "reply")),
        ("265", "123456789012", (Kind::Reply, "reply")),
        ("265", "1234567890123", (Kind::Data, "part of a photo")),
        ("990", "x", (Kind::Firmware, "firmware update")),
        ("12", "x", (Kind::Unknown, "unknown")),
        ("1234", "x", (Kind::Unknown, "unknown")),
        ("abc", "x", (Kind::Unknown, "unknown")),
    ] {
        let bytes = up(command, data);
        assert_eq!(kind(&bytes), wanted, "{command}");
        let is_data = wanted.0 != Kind::Reply;
        let kept = if command == "710" { "line" } else { "data" };
        let shown = if command == "710" { data.to_owned() } else { format!("bytes {data}") };
        assert_eq!(value(&bytes, kept), if is_data { vec![shown] } else { Vec::new() }, "{command}");
        assert_eq!(damage(&bytes).len(), usize::from(wanted.0 == Kind::Unknown), "{command}");
    }
    let down = |command: &str, data: &str| {
        let mut out = Vec::new();
        frame(*b"$$", b'A', ID, command, data.as_bytes(), &mut out);
        out
    };
    assert_eq!(kind(&down("010", "")), (Kind::Acknowledgement, "acknowledgement"));
    assert_eq!(attributes(&down("010", "")), []);
    assert_eq!(value(&down("102", "60"), "data"), ["60"]);
}

#[test]
fn lines_of_an_accessory_are_counted_with_the_empty_ones_and_kept_without() {
    let bytes = up("710", "one\r\n\r\nthree");
    let (messages, _) = decoded(&bytes);
    let view = messages.views(&bytes).next().unwrap();
    let lines: Vec<(u8, String)> = view
        .attributes()
        .iter()
        .map(|one| match one.value {
            Value::Text(span) => (one.index, view.text(span).into_owned()),
            ref other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, [(1, "one".to_owned()), (3, "three".to_owned())]);
}

#[test]
fn answers_have_the_names_that_the_paper_gives_their_fields() {
    let names =
        |command, data| attributes(&up(command, data)).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("801", "143190870823,869912033012424,VT100_V100"), ["serial_number", "imei", "version"]);
    assert_eq!(
        names("802", "0,01,00,20,8,3.96,12.5"),
        ["status", "inputs", "outputs", "csq", "satellites", "battery_v", "power_v"]
    );
    assert_eq!(names("803", "89860000000000000000"), ["iccid"]);
    assert_eq!(names("808", "100,1,d.plaspy.com"), ["parameter", "text"]);
    assert_eq!(names("100", "what it says"), ["text"]);
}

fn report() -> Report {
    Report::at(UtcTime::from_unix(1_709_210_096), dec("-33.123456"), dec("70.654321"))
}

fn written(extras: &Extras) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::new();
    position(&report(), extras, false, &mut Session::of(DeviceId::new(ID.as_bytes()).unwrap()), &mut out)?;
    Ok(out)
}

#[test]
fn a_sign_of_life_is_a_position_with_event_31() {
    let mut out = Vec::new();
    let mut session = Session::of(DeviceId::new(ID.as_bytes()).unwrap());
    PROTOCOL.encode(&Uplink::Heartbeat(&report()), &mut session, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.split(',').nth(3), Some("31"), "{text}");
}

#[test]
fn what_has_no_room_in_its_field_is_refused() {
    let extras = |fuel: Option<(u8, &str)>, temperature: Option<(u8, &str)>| Extras {
        protocol_code: Some(1),
        fuel_l: fuel.iter().map(|(index, value)| (*index, dec(value))).collect(),
        temperature_c: temperature.iter().map(|(index, value)| (*index, dec(value))).collect(),
        ..Extras::default()
    };
    for (fuel, fits) in [
        ((99, "6553.5"), true),
        ((100, "1.0"), false),
        ((1, "6553.6"), false),
        ((1, "-0.1"), false),
        ((0, "0"), true),
    ] {
        assert_eq!(written(&extras(Some(fuel), None)).is_ok(), fits, "{fuel:?}");
    }
    for (temperature, bits) in [
        ((1, "3276.7"), Some("017FFF")),
        ((1, "-3276.7"), Some("01FFFF")),
        ((1, "0.0"), Some("010000")),
        ((1, "-0.1"), Some("018001")),
        ((1, "3276.8"), None),
        ((1, "-3276.8"), None),
    ] {
        let text =
            written(&extras(None, Some(temperature))).ok().map(|bytes| String::from_utf8(bytes).unwrap());
        let field = text.as_ref().map(|text| text.rsplit(',').next().unwrap());
        // Two digits of the sum and the line end stand behind it.
        assert_eq!(field.map(|field| &field[..field.len() - 4]), bits, "{temperature:?}");
    }
}

#[test]
fn nothing_empty_stands_at_the_end() {
    let extras = Extras { protocol_code: Some(7), ..Extras::default() };
    let text = String::from_utf8(written(&extras).unwrap()).unwrap();
    let last = text.rsplit(',').next().unwrap();
    assert_eq!(&last[..last.len() - 4], "7", "{text}");
}

#[test]
fn an_identity_is_three_to_sixteen_letters_and_digits() {
    for (id, fits) in [("12", false), ("123", true), ("1234567890123456", true), ("12-45", false)] {
        let Some(id) = DeviceId::new(id.as_bytes()) else {
            assert!(!fits, "{id}");
            continue;
        };
        let written = position(&report(), &Extras::default(), false, &mut Session::of(id), &mut Vec::new());
        assert_eq!(written.is_ok(), fits, "{id}");
    }
}

#[test]
fn the_running_number_goes_around_and_never_out_of_its_range() {
    let mut session = Session::of(DeviceId::new(ID.as_bytes()).unwrap());
    // What another protocol has counted to before.
    session.number = 200;
    let mut numbers = Vec::new();
    for _ in 0..1000 {
        let mut out = Vec::new();
        position(&report(), &Extras::default(), false, &mut session, &mut out).unwrap();
        numbers.push(out[2]);
    }
    assert!(numbers.iter().all(|number| (0x3A..=0x7E).contains(number)));
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1 || pair == [0x7E, 0x3A]));
}
