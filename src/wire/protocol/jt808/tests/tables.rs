//! Every line of the tables, by the standard and, for the messages of locks, the captures, each through a message.

use super::super::PROTOCOL;
use super::{answer, message, said, sealed};
use crate::wire::tests::support::{bytes, told};

/// Every message that has a name.
const MESSAGES: &[(u16, &str)] = &[
    (0x0001, "acknowledgement: answer of the terminal"),
    (0x0002, "heartbeat: heartbeat"),
    (0x0003, "status: signs off"),
    (0x0100, "login: registration"),
    (0x0102, "login: login"),
    (0x0104, "reply: settings"),
    (0x0107, "reply: properties"),
    (0x0109, "question: what time is it"),
    (0x0200, "position: position"),
    (0x0201, "position: position, on request"),
    (0x0210, "status: battery"),
    (0x0702, "status: driver's card"),
    (0x0704, "position: positions"),
    (0x0800, "data: photo, sound or film"),
    (0x0801, "data: photo, sound or film"),
    (0x0900, "data: pass-through"),
    (0x1300, "reply: reply"),
    (0x8001, "down acknowledgement: answer of the platform"),
    (0x8004, "down acknowledgement: the time"),
    (0x8100, "down acknowledgement: registration confirmed"),
    (0x8103, "down command: command"),
    (0x8104, "down command: command"),
    (0x8105, "down command: command"),
    (0x8106, "down command: command"),
    (0x8107, "down command: command"),
    (0x8109, "down acknowledgement: the time"),
    (0x8201, "down command: command"),
    (0x8202, "down command: command"),
    (0x8300, "down command: command"),
    (0x8500, "down command: command"),
];

#[test]
fn messages_have_their_kinds_and_names() {
    for (code, wanted) in MESSAGES {
        assert!(said(*code, "").starts_with(wanted), "{code:04X}: {}", said(*code, ""));
    }
    for (code, wanted) in [
        (0x5501, "position: position of a lock"),
        (0x5502, "position: position of a lock, without reception"),
        (0x5504, "position: position of a lock, on request"),
    ] {
        let lock = told(&PROTOCOL, &sealed(&format!("{code:04X} 0000 013812345678 09")));
        assert!(lock.starts_with(&format!("{wanted}; id 013812345678; serial 9;")), "{lock}");
    }
    assert_eq!(said(0x0FFF, "11"), "unknown: unknown; rest 11");
    // What the platform says without a name is a command; 8000 is the first that it can say.
    assert_eq!(said(0x8FFF, "11"), "down command: command; rest 11");
    assert_eq!(said(0x8000, ""), "down command: command");
}

#[test]
fn each_bit_of_the_alarms_is_an_event() {
    let named = [
        (0, "SOS"),
        (1, "speeding"),
        (2, "fatigue driving"),
        (3, "danger ahead"),
        (4, "GNSS module broken"),
        (5, "GNSS antenna cut"),
        (6, "GNSS antenna shorted"),
        (7, "external power low"),
        (8, "external power cut"),
        (9, "display broken"),
        (10, "speech broken"),
        (11, "camera broken"),
        (12, "card module broken"),
        (13, "speeding soon"),
        (14, "fatigue soon"),
        (15, "unknown"),
        (16, "unknown"),
        (17, "unknown"),
        (18, "too long on the road today"),
        (19, "too long at rest"),
        (20, "enters or leaves an area"),
        (21, "enters or leaves a route"),
        (22, "too short or long on a stretch"),
        (23, "off the route"),
        (24, "speed sensor broken"),
        (25, "fuel amiss"),
        (26, "stolen"),
        (27, "ignition not allowed"),
        (28, "moved not allowed"),
        (29, "collision"),
        (30, "rollover"),
        (31, "door opened not allowed"),
    ];
    for (bit, name) in named {
        let place = format!("{:08X} 00000002 000F4241 001E8480 0007 007D 005A 240301040000", 1_u32 << bit);
        let told = said(0x0200, &place);
        let events: Vec<_> = told.split("; ").filter(|part| part.starts_with("event ")).collect();
        assert_eq!(events, [format!("event {bit} {name}")]);
    }
}

#[test]
fn each_bit_of_the_status_has_its_name() {
    for (bit, name) in [
        (0, "ignition on"),
        (1, "fix"),
        (2, "south"),
        (3, "west"),
        (4, "out of service"),
        (5, "coordinates encrypted"),
        (10, "oil cut"),
        (11, "electricity cut"),
        (12, "doors locked"),
        (18, "GPS used"),
        (19, "BeiDou used"),
        (20, "GLONASS used"),
        (21, "Galileo used"),
    ] {
        let status = 1_u32 << bit;
        let told =
            said(0x0200, &format!("00000000 {status:08X} 000F4241 001E8480 0007 007D 005A 240301040000"));
        assert!(told.ends_with(&format!("status {status:08X} ({name})")), "{told}");
        assert!(told.contains(if bit == 1 { "valid true" } else { "valid false" }), "{told}");
    }
}

#[test]
fn items_of_the_standard_are_numbers_and_others_are_kept() {
    let place = "00000000 00000002 000F4241 001E8480 0007 007D 005A 240301040000";
    let bare = said(0x0200, place);
    for (item, wanted) in [
        ("02 02 0115", "fuel_l 27.7 l"),
        ("03 02 0115", "recorder_kmh 27.7 km/h"),
        ("04 02 0115", "alarm_to_confirm 277"),
        ("25 04 00000201", "vehicle_signals 513"),
        ("30 01 1F", "signal 31"),
        // Another length than the standard's is not read.
        ("02 01 11", "item 2 11"),
        ("01 02 1122", "item 1 1122"),
        ("31 02 0011", "item 49 0011"),
        ("25 02 1122", "item 37 1122"),
        ("05 04 11223344", "item 5 11223344"),
        ("E1 09 112233445566778899", "item 225 112233445566778899"),
        ("E2 00", "item 226 "),
        ("30", "rest 30"),
    ] {
        assert_eq!(said(0x0200, &format!("{place} {item}")), format!("{bare}; {wanted}"), "{item}");
    }
    let whole = said(0x0200, &format!("{place} 01 04 00010203 31 01 0C"));
    assert!(whole.contains("; satellites 12; odometer 6605100;"), "{whole}");
    // Two bytes are an item without content, and one that runs past the end is kept.
    assert_eq!(
        said(0x0200, &format!("{place} 30 02 11")),
        format!(
            "{bare}; rest 300211; ! the frame ends in item: it needs 2 bytes at byte 43, and 1 are there"
        )
    );
}

#[test]
fn answers_say_what_they_answer_and_how_it_went() {
    for (code, who) in [
        (0x0001, "acknowledgement: answer of the terminal"),
        (0x8001, "down acknowledgement: answer of the platform"),
    ] {
        for (result, word) in
            [(0, "ok"), (1, "failed"), (2, "wrong"), (3, "unsupported"), (4, "unknown"), (255, "unknown")]
        {
            assert_eq!(
                said(code, &format!("0102 0200 {result:02X}")),
                format!("{who}; answers 258; answers_code 0200 (); result {word}")
            );
        }
    }
    assert_eq!(
        said(0x0001, "0102 02"),
        "acknowledgement: answer of the terminal; answers 258; rest 02; ! the frame ends in message: it needs 2 bytes at byte 15, and 1 are there"
    );
}

#[test]
fn text_is_shown_where_it_is_text() {
    for (code, head) in
        [(0x0102, "login: login"), (0x1300, "reply: reply"), (0x8300, "down command: command")]
    {
        assert_eq!(said(code, "4142"), format!("{head}; text AB"));
        assert_eq!(said(code, "014142"), format!("{head}; rest 014142"));
    }
    assert_eq!(said(0x0900, "4142"), "data: pass-through; rest 4142");
}

#[test]
fn what_wants_an_answer_gets_one_and_nothing_else_does() {
    for (code, _) in MESSAGES {
        let wanted = match code {
            0x0002 | 0x0102 | 0x0200 | 0x0704 | 0x0900 => {
                Some(sealed(&format!("8001 0005 013812345678 0009 0009 {code:04X} 00")))
            }
            0x0100 => Some(sealed("8100 000F 013812345678 0009 0009 00 303133383132333435363738")),
            _ => None,
        };
        assert_eq!(answer(&message(*code, "")), wanted, "{code:04X}");
    }
    assert_eq!(answer(&message(0x0FFF, "")), None);
    // Numbers of two bytes are repeated whole, and escaped.
    assert_eq!(
        answer(&sealed("0002 0000 013812345678 7E7D")),
        Some(sealed("8001 0005 013812345678 7E7D 7E7D 0002 00"))
    );
    // One whose checksum is wrong is not answered.
    assert_eq!(answer(&bytes("7E 0002 0000 013812345678 0009 00 7E")), None);
}
