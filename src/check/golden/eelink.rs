//! Eelink: frames put together by its tables; the rotating sum of datagrams was computed apart from the house.

use super::{Bytes, Golden, TCP, UDP, frame};

/// What both positions say.
const PLACE: &[(&str, &str)] = &[
    ("kind", "position"),
    ("time", "2024-02-29T23:59:59Z"),
    ("valid", "true"),
    ("lat", "-33.5"),
    ("lon", "-70.75"),
    ("altitude_m", "-30"),
    ("speed_kmh", "72"),
    ("course_deg", "271"),
    ("satellites", "11"),
    ("mcc", "730"),
    ("mnc", "1"),
    ("lac", "4660"),
    ("cid", "180150001"),
    ("battery_v", "4.012"),
    ("event", "-"),
    ("odometer_m", "-"),
];

pub(super) const FRAMES: [Golden; 6] = [
    frame(
        "a login: answered with the time, version 1, action 0",
        TCP,
        Bytes::Hex("67670100 0C00010869912033012424 0100"),
        &[&[("kind", "login"), ("device_id", "869912033012424"), ("serial", "1"), ("code", "0x01")]],
        Bytes::Hex("6767010009000165E11A7F000100"),
    ),
    frame(
        "a position with a cell and the battery",
        TCP,
        Bytes::Hex("6767120025000265E11A7F03FC67E520F868CB10FFE20048010F0B02DA000112340ABCDEF11900070FAC"),
        &[PLACE],
        Bytes::Hex("67671200020002"),
    ),
    frame(
        "an alarm: SOS",
        TCP,
        Bytes::Hex("6767140026000365E11A7F03FC67E520F868CB10FFE20048010F0B02DA000112340ABCDEF1190200070FAC"),
        &[&[
            ("kind", "position"),
            ("serial", "3"),
            ("time", "2024-02-29T23:59:59Z"),
            ("valid", "true"),
            ("event", "2"),
            ("battery_v", "4.012"),
        ]],
        Bytes::Hex("67671400020003"),
    ),
    frame(
        "a heartbeat",
        TCP,
        Bytes::Hex("676703000400040001"),
        &[&[("kind", "heartbeat"), ("serial", "4"), ("status", "0001")]],
        Bytes::Hex("67670300020004"),
    ),
    frame(
        "a login in its envelope",
        UDP,
        Bytes::Hex("454C001BBF0E0869912033012424676701000C000108699120330124240100"),
        &[&[("kind", "login"), ("device_id", "869912033012424"), ("checksum_got", "BF0E")]],
        Bytes::Hex("454C0018B2A708699120330124246767010009000165E11A7F000100"),
    ),
    frame(
        "a position and a heartbeat in one envelope: answered in one",
        UDP,
        Bytes::Hex(
            "454C003D666A08699120330124246767120025000565E11A7F03FC67E520F868CB10FFE20048010F0B02DA000112340ABCDEF1\
             1900070FAC676703000400060001",
        ),
        &[PLACE, &[("kind", "heartbeat"), ("device_id", "869912033012424"), ("serial", "6")]],
        Bytes::Hex("454C00181A8C08699120330124246767120002000567670300020006"),
    ),
];
