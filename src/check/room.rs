//! What each protocol has room for, as its documents say: the extremes that the check sends.

use crate::wire::{Dec, Protocol};

/// A number's least and most, and how many digits behind the point it is sent with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) least: i64,
    pub(super) most: i64,
    /// `least` and `most` are counted in this scale.
    pub(super) scale: u8,
}

impl Span {
    const fn new(least: i64, most: i64, scale: u8) -> Self {
        Self { least, most, scale }
    }

    /// A number of this span.
    pub(super) fn dec(self, m: i64) -> Dec {
        Dec::new(m, self.scale)
    }
}

/// The most of each part of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellRoom {
    pub(super) mcc: u16,
    pub(super) mnc: u16,
    pub(super) lac: u32,
    pub(super) cid: u64,
}

/// What a protocol has room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) protocol: &'static str,
    /// Identities of every form that it takes; the first is an IMEI.
    pub(super) ids: &'static [&'static str],
    /// The first and the last moment, in seconds since 1970.
    pub(super) times: (i64, i64),
    pub(super) altitude_m: Option<Span>,
    pub(super) speed_kmh: Option<Span>,
    pub(super) satellites: Option<u8>,
    pub(super) hdop: Option<Span>,
    pub(super) odometer_m: Option<Span>,
    pub(super) battery_v: Option<Span>,
    pub(super) battery_pct: bool,
    pub(super) power_v: Option<Span>,
    pub(super) csq: bool,
    pub(super) cell: Option<CellRoom>,
    /// Events: the least, the most, and some between.
    pub(super) events: &'static [u32],
    /// A command that it answers, and what it says to it; none where answers carry nothing that is read.
    pub(super) replies: &'static [(&'static str, &'static str)],
    /// Whether it has a login, and a heartbeat without a place.
    pub(super) login: bool,
    pub(super) heartbeat: bool,
}

/// 2000-01-01 and the last second of 2099: two digits of a year.
const CENTURY: (i64, i64) = (946_684_800, 4_102_444_799);

/// The check digits of these fit; they begin with 00, which the GSM Association keeps for tests.
const IMEI: &str = "001010123456780";

const NONE: Room = Room {
    protocol: "",
    ids: &[IMEI],
    times: CENTURY,
    altitude_m: None,
    speed_kmh: None,
    satellites: None,
    hdop: None,
    odometer_m: None,
    battery_v: None,
    battery_pct: false,
    power_v: None,
    csq: false,
    cell: None,
    events: &[],
    replies: &[],
    login: true,
    heartbeat: true,
};

const ROOMS: [Room; 6] = [
    // V1.6, section 3: the ID has 3 to 16 letters or digits, voltages are 16 bits of hundredths, the odometer goes above
    // 32 bits. Altitude and speed have no limit in the paper; these are those of no tracker.
    Room {
        protocol: "startek",
        ids: &[IMEI, "CAR", "CAR12", "myID123456789012"],
        altitude_m: Some(Span::new(-9_999, 99_999, 0)),
        speed_kmh: Some(Span::new(0, 999, 0)),
        satellites: Some(99),
        hdop: Some(Span::new(0, 999, 1)),
        odometer_m: Some(Span::new(0, 999_999_999_999_999, 0)),
        battery_v: Some(Span::new(0, 0xFFFF, 2)),
        power_v: Some(Span::new(0, 0xFFFF, 2)),
        csq: true,
        cell: Some(CellRoom { mcc: 999, mnc: 999, lac: 0xFFFF, cid: 0x0FFF_FFFF }),
        events: &[0, 1, 2, 17, 20, 31, 57, 130, 2_051],
        replies: &[("129", "OK"), ("137", "1:29.0,2:28.8"), ("100", "Failed")],
        login: false,
        heartbeat: false,
        ..NONE
    },
    // The GT06 paper: speed of one byte, satellites of four bits, cell of 2+1+2+3 bytes.
    Room {
        protocol: "gt06",
        speed_kmh: Some(Span::new(0, 2_550, 1)),
        satellites: Some(15),
        cell: Some(CellRoom { mcc: 999, mnc: 255, lac: 0xFFFF, cid: 0x00FF_FFFF }),
        events: &[1, 2, 3, 6, 255],
        replies: &[("", "DYD=Success!"), ("", "")],
        ..NONE
    },
    // Time of 32 bits, altitude of 16 with a sign, speed of 16, cell of 2+2+2+4 bytes, battery in millivolts.
    Room {
        protocol: "eelink",
        times: (0, 0xFFFF_FFFF),
        altitude_m: Some(Span::new(-32_768, 32_767, 0)),
        speed_kmh: Some(Span::new(0, 655_350, 1)),
        satellites: Some(255),
        odometer_m: Some(Span::new(0, 0xFFFF_FFFF, 0)),
        battery_v: Some(Span::new(0, 0xFFFF, 3)),
        cell: Some(CellRoom { mcc: 999, mnc: 999, lac: 0xFFFF, cid: 0xFFFF_FFFF }),
        events: &[1, 2, 3, 4, 255],
        replies: &[("", "OK"), ("", "VERSION: 1.2.3")],
        ..NONE
    },
    // Times are eight hours ahead of UTC and have two digits of a year. Altitude of 16 bits, which some makers send with a
    // sign; speed in tenths, odometer in tenths of a kilometre, alarms are 32 bits.
    Room {
        protocol: "jt808",
        ids: &["912345678901234", "912033012424", "98765432109876543210"],
        times: (946_656_000, 4_102_415_999),
        altitude_m: Some(Span::new(-32_768, 32_767, 0)),
        speed_kmh: Some(Span::new(0, 65_535, 1)),
        satellites: Some(255),
        odometer_m: Some(Span::new(0, 429_496_729_500, 0)),
        events: &[0, 1, 7, 31],
        replies: &[("", "OK")],
        ..NONE
    },
    // Text as receivers write it, speed in knots with two digits behind the point.
    Room {
        protocol: "meiligao",
        ids: &[IMEI, "86991203301242", "123456"],
        altitude_m: Some(Span::new(-99_990, 99_990, 1)),
        speed_kmh: Some(Span::new(0, 185_198, 2)),
        hdop: Some(Span::new(0, 999, 1)),
        events: &[1, 0x10, 0x11, 0x50, 255],
        ..NONE
    },
    // Text; speed with two digits behind the point, satellites and per cent as they are.
    Room {
        protocol: "watch",
        ids: &[IMEI, "8800000015", "98765432109876543210"],
        altitude_m: Some(Span::new(-99_990, 99_990, 1)),
        speed_kmh: Some(Span::new(0, 99_999, 2)),
        satellites: Some(255),
        battery_pct: true,
        cell: Some(CellRoom { mcc: 999, mnc: 999, lac: 0xFFFF, cid: 0x0FFF_FFFF }),
        replies: &[("UPLOAD", ""), ("VERNO", "G36_V2.0"), ("TS", "ver:1;battery level:80")],
        ..NONE
    },
];

/// The room of a protocol; none for one that this table does not have.
pub(super) fn room(protocol: &Protocol) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.protocol == protocol.name)
}
