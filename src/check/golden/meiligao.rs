//! Meiligao, and older iStartek: frames put together by the maker's tables.

use super::{BOTH, Bytes, Golden, frame};

pub(super) const FRAMES: [Golden; 5] = [
    frame(
        "a login of an IMEI without its check digit",
        BOTH,
        Bytes::Hex("24240011869912033012425000FA430D0A"),
        &[&[
            ("kind", "login"),
            ("device_id", "86991203301242"),
            ("imei", "869912033012424"),
            ("code", "0x5000"),
        ]],
        Bytes::Hex("40400012869912033012424000011F2D0D0A"),
    ),
    frame(
        "a heartbeat",
        BOTH,
        Bytes::Hex("24240011869912033012420001E4DD0D0A"),
        &[&[("kind", "heartbeat"), ("device_id", "86991203301242")]],
        Bytes::Hex("404000128699120330124200010131B10D0A"),
    ),
    frame(
        "a position in the south and west on a leap day",
        BOTH,
        Bytes::Hex(
            "2424005E8699120330124299553233353935392E3030302C412C333333302E303030302C532C30373034352E303030302C572C3130\
             2E30302C3237312E30302C3239303232342C2C2A30307C312E327C3532302E357C30303030FFC80D0A",
        ),
        &[&[
            ("kind", "position"),
            ("time", "2024-02-29T23:59:59Z"),
            ("valid", "true"),
            ("lat", "-33.5"),
            ("lon", "-70.75"),
            // Ten knots.
            ("speed_kmh", "18.52"),
            ("course_deg", "271"),
            ("hdop", "1.2"),
            ("altitude_m", "520.5"),
            ("state", "0000"),
            ("event", "-"),
        ]],
        Bytes::None,
    ),
    frame(
        "a position of a unit with a short identity",
        BOTH,
        Bytes::Hex(
            "242400590000001FFFFFFF99553134333334352E3030302C412C343032342E393732302C4E2C30303334312E323530302C572C3030\
             2E30302C302E302C3031303131312C2C2A30307C302E387C3635307C3030303093FF0D0A",
        ),
        &[&[
            ("kind", "position"),
            ("device_id", "0000001"),
            ("time", "2011-01-01T14:33:45Z"),
            // 40 degrees 24.9720 minutes, 3 degrees 41.2500 minutes.
            ("lat", "40.4162"),
            ("lon", "-3.6875"),
            ("altitude_m", "650"),
        ]],
        Bytes::None,
    ),
    frame(
        "an alarm without a fix",
        BOTH,
        Bytes::Hex(
            "24240057869912033012429999013233353935392E3030302C562C333333302E303030302C532C30373034352E303030302C572C30\
             2E30302C302C3239303232342C2C2A30307C392E397C2D31327C30303030D5B70D0A",
        ),
        &[&[
            ("kind", "position"),
            ("event", "1"),
            ("valid", "false"),
            ("lat", "-33.5"),
            ("lon", "-70.75"),
            ("hdop", "9.9"),
            ("altitude_m", "-12"),
        ]],
        Bytes::None,
    ),
];
