//! What stands where in a content, by the paper and, for the types of other makers, as their frames were captured:
//! every layout, with one byte too few and one more than it needs.

use super::super::PROTOCOL;
use super::framed_by_hand;
use crate::wire::tests::support::told;

/// 2024-02-29 12:34:56, 5 satellites, 1 and 2 degrees (1,800,000 units each), 80 km/h, fix, north, 90 degrees.
pub(super) const PLACE: &str = "18021D0C2238 C5 001B7740 0036EE80 50 145A";
/// What is told of it.
pub(super) const TOLD: &str =
    "time 2024-02-29T12:34:56Z; valid true; lat 1; lon 2; speed 80; course 90; satellites 5";
/// 460, 0, 0x287D, 0x1FB8.
pub(super) const CELL: &str = "01CC 00 287D 001FB8";
const LONG_CELL: &str = "01CC 00 0000287D 0000000000001FB8";
/// Ignition on, charging, GPS on; level 4; signal 3; alarm 14; language 2.
const STATE: &str = "46 04 03 14 02";
const STATE_TOLD: &str =
    "event 20 door; state 46 (ignition on, charging, GPS on); battery_level 4 of 6; gsm_level 3 of 4";

pub(super) fn check(code: u8, content: &str, wanted: &str) {
    let whole = told(&PROTOCOL, &framed_by_hand(code, content));
    assert_eq!(whole, wanted, "{code:02X} {content}");
}

#[test]
fn a_cell_follows_a_place_when_there_is_room_for_it() {
    let head = format!("position: position and cell; serial 9; {TOLD}");
    check(0x12, &format!("{PLACE} {CELL}"), &format!("{head}; cell 460/0/10365/8120"));
    check(0x12, &format!("{PLACE} {CELL} 010203"), &format!("{head}; cell 460/0/10365/8120; rest 010203"));
    check(0x12, &format!("{PLACE} 01CC00287D001F"), &format!("{head}; rest 01CC00287D001F"));
    check(0x12, &format!("{PLACE} 81CC 0102 287D 001FB8"), &format!("{head}; cell 460/258/10365/8120"));
    check(
        0x10,
        &format!("{PLACE} {CELL}"),
        &format!("position: position; serial 9; {TOLD}; rest 01CC00287D001FB8"),
    );
}

#[test]
fn a_cell_of_zeros_is_none() {
    for (cell, wanted) in [
        ("0000 00 0000 000000", ""),
        ("0000 07 0000 000000", ""),
        ("01CC 00 0000 000000", "; cell 460/0/0/0"),
        ("0000 00 287D 000000", "; cell 0/0/10365/0"),
        ("0000 00 0000 001FB8", "; cell 0/0/0/8120"),
    ] {
        check(
            0x12,
            &format!("{PLACE} {cell}"),
            &format!("position: position and cell; serial 9; {TOLD}{wanted}"),
        );
    }
}

#[test]
fn a_report_says_why_it_is_sent_when_there_is_room_for_it() {
    let head = format!("position: position; serial 9; {TOLD}");
    for (code, cell, short) in
        [(0x22, CELL, "01CC00287D001F"), (0xA0, LONG_CELL, "01CC000000287D0000000000001F")]
    {
        let cell = |behind: &str| format!("{PLACE} {cell} {behind}");
        let told = format!("{head}; cell 460/0/10365/8120");
        check(code, &cell(""), &told);
        check(code, &cell("0103"), &format!("{told}; rest 0103"));
        check(code, &cell("010300"), &format!("{told}; ignition true; upload_mode 3; archived false"));
        check(code, &cell("000E01"), &format!("{told}; ignition false; upload_mode 14; archived true"));
        check(
            code,
            &cell("00000155"),
            &format!("{told}; ignition false; upload_mode 0; archived true; rest 55"),
        );
        check(code, &format!("{PLACE} {short}"), &format!("{head}; rest {short}"));
    }
}

#[test]
fn an_alarm_has_its_cell_with_a_length_before_it_or_without() {
    let head = |name: &str| format!("position: {name}; serial 9; {TOLD}");
    let cell = "; cell 460/0/10365/8120";
    for (code, name) in [(0x16, "alarm"), (0x26, "alarm"), (0x27, "alarm of a fence")] {
        let head = head(name);
        for length in ["08", "09"] {
            check(code, &format!("{PLACE} {length} {CELL} {STATE}"), &format!("{head}{cell}; {STATE_TOLD}"));
        }
        check(code, &format!("{PLACE} {CELL} {STATE}"), &format!("{head}{cell}; {STATE_TOLD}"));
        // A country that begins with the digits of a length is none where nothing but the state is left.
        check(
            code,
            &format!("{PLACE} 09CC 00 287D 001FB8 {STATE}"),
            &format!("{head}; cell 2508/0/10365/8120; {STATE_TOLD}"),
        );
        check(
            code,
            &format!("{PLACE} 07 01CC00287D001FB8 {STATE}"),
            &format!("{head}; rest 0701CC00287D001FB84604031402"),
        );
        check(
            code,
            &format!("{PLACE} 01CC00287D001F {STATE}"),
            &format!("{head}; rest 01CC00287D001F4604031402"),
        );
    }
    // A byte more is a longer cell, or the number of the fence.
    check(
        0x26,
        &format!("{PLACE} 09 01CC 00 287D 00001FB8 {STATE}"),
        &format!("{}{cell}; {STATE_TOLD}", head("alarm")),
    );
    check(
        0x27,
        &format!("{PLACE} 09 {CELL} {STATE} 07"),
        &format!("{}{cell}; {STATE_TOLD}; rest 07", head("alarm of a fence")),
    );
    check(
        0x26,
        &format!("{PLACE} 09 {CELL} {STATE} 0708"),
        &format!("{}{cell}; {STATE_TOLD}; rest 0708", head("alarm")),
    );
}

#[test]
fn an_alarm_of_lte_has_a_longer_cell() {
    let head = format!("position: alarm; serial 9; {TOLD}");
    let cell = "; cell 460/0/10365/8120";
    for length in ["0F", "10"] {
        check(0xA4, &format!("{PLACE} {length} {LONG_CELL} {STATE}"), &format!("{head}{cell}; {STATE_TOLD}"));
    }
    let flat = LONG_CELL.replace(' ', "");
    check(0xA4, &format!("{PLACE} 0E {LONG_CELL} {STATE}"), &format!("{head}; rest 0E{flat}4604031402"));
    check(0xA4, &format!("{PLACE} 0F {LONG_CELL} 46040314"), &format!("{head}; rest 0F{flat}46040314"));
    check(
        0xA4,
        &format!("{PLACE} 0F {LONG_CELL} {STATE} 07"),
        &format!("{head}{cell}; {STATE_TOLD}; rest 07"),
    );
}

#[test]
fn a_battery_is_a_level_of_six_or_per_cent() {
    for (byte, wanted) in [
        ("00", "battery_level 0 of 6; gsm_level 4 of 4"),
        ("06", "battery_level 6 of 6; gsm_level 4 of 4"),
        ("65", "battery_level 101; gsm_level 4 of 4"),
    ] {
        check(
            0x13,
            &format!("01 {byte} 04 00 01"),
            &format!("heartbeat: heartbeat; serial 9; state 01 (armed); {wanted}"),
        );
    }
    for (byte, wanted) in [("07", "7"), ("64", "100")] {
        check(
            0x13,
            &format!("80 {byte} 05 00 01"),
            &format!(
                "heartbeat: heartbeat; serial 9; battery_pct {wanted}; state 80 (oil and electricity cut); gsm_level 5"
            ),
        );
    }
    check(
        0x23,
        "46 0195 03 00 02",
        "heartbeat: heartbeat; serial 9; battery_v 4.05; state 46 (ignition on, charging, GPS on); gsm_level 3 of 4",
    );
}

#[test]
fn no_alarm_is_no_event_and_a_heartbeat_has_none() {
    check(
        0x26,
        &format!("{PLACE} {CELL} 46 04 03 00 02"),
        &format!(
            "position: alarm; serial 9; {TOLD}; cell 460/0/10365/8120; state 46 (ignition on, charging, GPS on); battery_level 4 of 6; gsm_level 3 of 4"
        ),
    );
    check(
        0x36,
        "46 04 03 14 02",
        "heartbeat: heartbeat; serial 9; state 46 (ignition on, charging, GPS on); battery_level 4 of 6; gsm_level 3 of 4",
    );
}

#[test]
fn information_is_a_number_and_what_it_says() {
    check(0x94, "0A 1122", "status: information; serial 9; information 10; rest 1122");
}

#[test]
fn a_login_says_who_it_is_and_perhaps_model_and_zone() {
    let head = "login: login; id 864717003664467; serial 9";
    check(0x01, "0864717003664467", head);
    check(0x01, "0864717003664467 110F 3200", &format!("{head}; model 4367; zone_min 480 min"));
    check(0x01, "0864717003664467 110F 15E8 55", &format!("{head}; model 4367; zone_min -230 min; rest 55"));
    check(0x01, "0864717003664467 110F32", &format!("{head}; rest 110F32"));
    check(0x01, "0864717003A64467", "login: login; serial 9; ! device_id, byte 4, is not 16 packed digits");
}

#[test]
fn degrees_are_of_this_earth_and_a_date_of_a_calendar() {
    // 162,000,000 and 324,000,000 units are 90 and 180 degrees.
    check(
        0x10,
        "18021D0C2238 C5 09A7EC80 134FD900 50 145A",
        "position: position; serial 9; time 2024-02-29T12:34:56Z; valid true; lat 90; lon 180; speed 80; course 90; satellites 5",
    );
    check(
        0x10,
        "18021D0C2238 C5 09A7EC81 134FD900 50 145A",
        "position: position; serial 9; time 2024-02-29T12:34:56Z; satellites 5; ! lat, byte 11, is not degrees of this earth",
    );
    check(
        0x10,
        "18021D0C2238 C5 09A7EC80 134FD901 50 145A",
        "position: position; serial 9; time 2024-02-29T12:34:56Z; satellites 5; ! lon, byte 15, is not degrees of this earth",
    );
    // A clock that was never set has no time, and the frame is whole.
    check(
        0x10,
        "000000000000 C5 001B7740 0036EE80 50 0567",
        "position: position; serial 9; valid false; lat 1; lon 2; speed 80; course 359; satellites 5",
    );
    check(
        0x10,
        "18021E0C2238 C5 001B7740 0036EE80 50 0567",
        "position: position; serial 9; valid false; lat 1; lon 2; speed 80; course 359; satellites 5; ! time, byte 4, is not a date and time",
    );
    check(
        0x10,
        "18021D0C",
        "position: position; serial 9; ! the frame ends in time: it needs 6 bytes at byte 4, and 4 are there",
    );
}
