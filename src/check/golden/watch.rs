//! Watches: the sample of the paper, and frames put together by its tables.

use super::{Bytes, Golden, TCP, frame};

pub(super) const FRAMES: [Golden; 6] = [
    frame(
        "the paper's sign of life",
        TCP,
        Bytes::Text(b"[SG*8800000015*0002*LK]"),
        &[&[("kind", "heartbeat"), ("code", "LK"), ("device_id", "8800000015"), ("battery_pct", "-")]],
        Bytes::Text(b"[SG*8800000015*0002*LK]"),
    ),
    frame(
        "a sign of life with steps, tumbles and battery",
        TCP,
        Bytes::Text(b"[SG*8800000015*000C*LK,1204,3,64]"),
        &[&[("kind", "heartbeat"), ("steps", "1204"), ("tumbles", "3"), ("battery_pct", "64")]],
        Bytes::Text(b"[SG*8800000015*0002*LK]"),
    ),
    frame(
        "a position in the south and west on a leap day",
        TCP,
        Bytes::Text(
            b"[SG*8800000015*006C*UD,290224,235959,A,33.500000,S,70.7500000,W,5.50,271,520,11,80,64,1204,0,00000008,\
              1,255,730,1,4660,43981,130]",
        ),
        &[&[
            ("kind", "position"),
            ("time", "2024-02-29T23:59:59Z"),
            ("valid", "true"),
            ("lat", "-33.5"),
            ("lon", "-70.75"),
            ("speed_kmh", "5.5"),
            ("course_deg", "271"),
            ("altitude_m", "520"),
            ("satellites", "11"),
            ("signal_pct", "80"),
            ("battery_pct", "64"),
            ("steps", "1204"),
            ("status", "00000008"),
            ("mcc", "730"),
            ("mnc", "1"),
            ("lac", "4660"),
            ("cid", "43981"),
            ("rssi_dbm", "-"),
        ]],
        Bytes::None,
    ),
    frame(
        "a buffered position without a fix, at the edge of the date line",
        TCP,
        Bytes::Text(
            b"[3G*869912033012424*0051*UD2,290224,235959,V,0.000001,N,179.999999,E,0.00,0,-12,0,100,100,0,0,00000000,\
              0,0]",
        ),
        &[&[
            ("kind", "position"),
            ("code", "UD2"),
            ("device_id", "869912033012424"),
            ("valid", "false"),
            ("lat", "0.000001"),
            ("lon", "179.999999"),
            ("altitude_m", "-12"),
            ("battery_pct", "100"),
            ("mcc", "-"),
        ]],
        Bytes::None,
    ),
    frame(
        "an alarm: SOS",
        TCP,
        Bytes::Text(
            b"[SG*8800000015*004F*AL,290224,235959,A,33.500000,S,70.7500000,W,0.00,0,520,9,60,12,0,0,00010000,0,0]",
        ),
        &[&[("kind", "position"), ("code", "AL"), ("event", "16"), ("battery_pct", "12"), ("satellites", "9")]],
        Bytes::Text(b"[SG*8800000015*0002*AL]"),
    ),
    frame(
        "the first message after power-on",
        TCP,
        Bytes::Text(b"[SG*8800000015*0014*INIT,+447700900101,1]"),
        &[&[("kind", "login"), ("code", "INIT"), ("device_id", "8800000015")]],
        Bytes::Text(b"[SG*8800000015*0006*INIT,1]"),
    ),
];
