//! JT/T 808: messages put together by the tables of the standard.

use super::{Bytes, Golden, TCP, frame};

/// What both positions say. The standard's clock is eight hours ahead: it says 2024-03-01 07:59:59.
const PLACE: &[(&str, &str)] = &[
    ("kind", "position"),
    ("time", "2024-02-29T23:59:59Z"),
    ("valid", "true"),
    ("lat", "-33.500001"),
    ("lon", "-70.750001"),
    ("altitude_m", "520"),
    ("speed_kmh", "125.5"),
    ("course_deg", "271"),
    // 12,345,678 tenths of a kilometre.
    ("odometer_m", "1234567800"),
    ("satellites", "11"),
    ("event", "0"),
];

pub(super) const FRAMES: [Golden; 5] = [
    frame(
        "a registration: answered with a code",
        TCP,
        Bytes::Hex(
            "7E010000259120330124240001000000004D414B45524D4F44454C00000000000000000000000000000033303132343234008B7E",
        ),
        &[&[("kind", "login"), ("code", "0x0100"), ("device_id", "912033012424"), ("serial", "1")]],
        Bytes::Hex("7E8100000F9120330124240001000100393132303333303132343234067E"),
    ),
    frame(
        "the login with that code",
        TCP,
        Bytes::Hex("7E0102000C9120330124240002393132303333303132343234857E"),
        &[&[("kind", "login"), ("code", "0x0102"), ("device_id", "912033012424"), ("serial", "2")]],
        Bytes::Hex("7E8001000591203301242400020002010200047E"),
    ),
    frame(
        "a heartbeat whose number has to be escaped, both ways",
        TCP,
        Bytes::Hex("7E000200009120330124247D027D01827E"),
        &[&[
            ("kind", "heartbeat"),
            ("device_id", "912033012424"),
            ("serial", "32381"),
            ("checksum_got", "82"),
        ]],
        Bytes::Hex("7E800100059120330124247D027D017D027D01000200057E"),
    ),
    frame(
        "a position of the header of 2013",
        TCP,
        Bytes::Hex(
            "7E020000289120330124240003000000010000000F01FF2B6104378F31020804E7010F240301075959010400BC614E3001193101\
             0BDE7E",
        ),
        &[PLACE],
        Bytes::Hex("7E8001000591203301242400030003020000057E"),
    ),
    frame(
        "the same of the header of 2019",
        TCP,
        Bytes::Hex(
            "7E0200402801000008699120330124240004000000010000000F01FF2B6104378F31020804E7010F240301075959010400BC614E\
             30011931010BF97E",
        ),
        &[PLACE],
        Bytes::Hex("7E80014005010000086991203301242400040004020000257E"),
    ),
];
