//! What a message has to say, and whether it does.

use super::got::{Got, Seen};
use crate::wire::{Cell, Dec, Protocol, Report, Uplink};

/// What one field has to be.
#[derive(Debug, Clone)]
pub(super) enum Want {
    /// This text.
    Text(String),
    /// This number, as near as that.
    Near(Dec, Dec),
    /// Nothing at all.
    Absent,
}

/// A field and what it has to be.
pub(super) type Field = (&'static str, Want);

/// One message that has to arrive.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) fields: Vec<Field>,
    /// Whether it may have faults: it then has to have one.
    pub(super) damaged: bool,
}

impl Expected {
    /// A whole message with these fields.
    pub(super) fn whole(fields: Vec<Field>) -> Self {
        Self { fields, damaged: false }
    }

    /// What is wrong with a message, and how many fields were looked at.
    pub(super) fn faults(&self, got: &Got) -> (u64, Vec<String>) {
        let mut faults: Vec<String> =
            self.fields.iter().filter_map(|(name, want)| fault(name, want, got)).collect();
        match (self.damaged, got.damage.first()) {
            (false, Some(damage)) => faults.push(format!("a whole frame is said to be damaged: {damage}")),
            (true, None) => faults.push("a damaged frame is taken for whole".to_owned()),
            _ => {}
        }
        (self.fields.len() as u64 + 1, faults)
    }
}

fn fault(name: &str, want: &Want, got: &Got) -> Option<String> {
    let seen = got.field(name);
    let fits = match (want, &seen) {
        (Want::Text(text), Some(Seen::Text(seen))) => text == seen,
        (Want::Near(number, within), Some(Seen::Number(seen))) => near(*number, *seen, *within),
        (Want::Absent, None) => true,
        _ => false,
    };
    if fits {
        return None;
    }
    let seen = seen.map_or_else(|| "absent".to_owned(), |seen| seen.to_string());
    Some(match want {
        Want::Text(text) => format!("{name} has to be {text}, and is {seen}"),
        Want::Near(number, within) if *within == Dec::whole(0) => {
            format!("{name} has to be {}, and is {seen}", number.short())
        }
        Want::Near(number, within) => {
            format!("{name} has to be {} within {}, and is {seen}", number.short(), within.short())
        }
        Want::Absent => format!("{name} has to be absent, and is {seen}"),
    })
}

/// Whether two numbers are no further apart than that. More digits than fit are not near.
fn near(one: Dec, other: Dec, within: Dec) -> bool {
    let scale = one.scale.max(other.scale).max(within.scale);
    let wide = |number: Dec| i128::from(number.m) * 10_i128.pow(u32::from(scale - number.scale));
    (wide(one) - wide(other)).abs() <= wide(within)
}

/// What has to be read of a thing that a tracker says, as far as the protocol carries it.
pub(super) fn expected(protocol: &Protocol, id: &str, uplink: &Uplink<'_>) -> Expected {
    let mut fields = vec![text("protocol", protocol.name)];
    let bare = protocol.carries.bare_imei && id.len() == 15;
    fields.push(text("device_id", if bare { id.get(..14).unwrap_or(id) } else { id }));
    match uplink {
        Uplink::Login => fields.push(text("kind", login(protocol))),
        Uplink::Heartbeat(_) => fields.push(text("kind", heartbeat(protocol))),
        Uplink::Position(report) | Uplink::Confirmed(report) => {
            fields.push(text("kind", "position"));
            position(protocol, report, &mut fields);
        }
        Uplink::Reply { code, text: said } => reply(protocol, code, said, &mut fields),
    }
    Expected::whole(fields)
}

/// The watch has no login of its own: its sign of life opens a session.
fn login(protocol: &Protocol) -> &'static str {
    if protocol.name == "watch" { "heartbeat" } else { "login" }
}

/// The heartbeat of startek is a position with event 31.
fn heartbeat(protocol: &Protocol) -> &'static str {
    if protocol.name == "startek" { "position" } else { "heartbeat" }
}

fn reply(protocol: &Protocol, code: &str, said: &str, fields: &mut Vec<Field>) {
    match protocol.name {
        "gt06" | "eelink" => fields.extend([text("kind", "reply"), text("text", said)]),
        "startek" => {
            fields.extend([text("kind", "reply"), text("code", code)]);
            // V1.6, section 3.1: OK, Unsupport and Failed are results; anything else is what was asked for.
            fields.push(match said {
                "OK" => text("result", "ok"),
                "Failed" => text("result", "failed"),
                said => text("text", said),
            });
        }
        "watch" => {
            fields.extend([text("kind", "reply"), text("code", code)]);
            fields.extend((!said.is_empty()).then(|| text("rest", said)));
        }
        _ => fields.push(text("kind", "reply")),
    }
}

fn text(name: &'static str, text: &str) -> Field {
    (name, Want::Text(text.to_owned()))
}

fn exact(name: &'static str, number: impl Into<i64>) -> Field {
    (name, Want::Near(Dec::whole(number.into()), Dec::whole(0)))
}

/// A number with the exactness of the protocol; absent where it has no room for it.
fn number(name: &'static str, value: Option<Dec>, within: Option<Dec>) -> Option<Field> {
    match (value, within) {
        (Some(value), Some(within)) => Some((name, Want::Near(value, within))),
        (_, None) => Some((name, Want::Absent)),
        // What the report does not say, some protocols send as a zero: nothing to compare.
        (None, Some(_)) => None,
    }
}

fn position(protocol: &Protocol, report: &Report, fields: &mut Vec<Field>) {
    let carries = &protocol.carries;
    fields.push(text("time", &report.time.to_string()));
    fields.push(text("valid", if report.valid { "true" } else { "false" }));
    fields.push(("lat", Want::Near(report.lat, carries.degrees)));
    fields.push(("lon", Want::Near(report.lon, carries.degrees)));
    let exactly = |carried: bool| carried.then_some(Dec::whole(0));
    let whole = |value: Option<i64>| value.map(Dec::whole);
    let odometer = report.odometer_m.and_then(|metres| i64::try_from(metres).ok());
    let satellites = carries.satellites.map(|_| Dec::whole(0));
    let numbers = [
        number("altitude_m", report.altitude_m, carries.altitude_m),
        number("speed_kmh", report.speed_kmh, carries.speed_kmh),
        number("course_deg", whole(report.course_deg.map(i64::from)), exactly(carries.course)),
        number("satellites", whole(report.satellites.map(i64::from)), satellites),
        number("hdop", report.hdop, carries.hdop),
        number("odometer_m", whole(odometer), carries.odometer_m),
        number("battery_v", report.battery_v, carries.battery_v),
        number("battery_pct", whole(report.battery_pct.map(i64::from)), exactly(carries.battery_pct)),
        number("power_v", report.power_v, carries.power_v),
        // 3GPP TS 27.007, 8.5: 0 is -113 dBm, and each step two more.
        number("rssi_dbm", whole(report.csq.map(|csq| -113 + 2 * i64::from(csq))), exactly(carries.csq)),
    ];
    fields.extend(numbers.into_iter().flatten());
    cell(report.cell.as_ref().filter(|_| carries.cell), fields);
    match report.event {
        Some(event) if carries.event => fields.push(exact("event", event)),
        None if protocol.name == "startek" => fields.push(exact("event", 0)),
        _ => fields.push(("event", Want::Absent)),
    }
}

fn cell(cell: Option<&Cell>, fields: &mut Vec<Field>) {
    let Some(cell) = cell else { return };
    fields.extend(cell.mcc.map(|mcc| exact("mcc", mcc)));
    fields.extend(cell.mnc.map(|mnc| exact("mnc", mnc)));
    fields.extend(cell.lac.map(|lac| exact("lac", lac)));
    fields.extend(cell.cid.and_then(|cid| i64::try_from(cid).ok()).map(|cid| exact("cid", cid)));
}

/// What a document says of a frame: names and values, numbers as they are written there.
pub(super) fn documented(fields: &[(&'static str, &str)]) -> Vec<Field> {
    const TEXTS: [&str; 18] = [
        "protocol",
        "kind",
        "code",
        "device_id",
        "imei",
        "time",
        "valid",
        "event_name",
        "event_data",
        "status",
        "inputs",
        "outputs",
        "state",
        "text",
        "line1",
        "line2",
        "checksum_got",
        "checksum_want",
    ];
    let want = |name: &str, value: &str| match Dec::parse(value.as_bytes()) {
        _ if value == "-" => Want::Absent,
        Some(number) if !TEXTS.contains(&name) => Want::Near(number, Dec::whole(0)),
        _ => Want::Text(value.to_owned()),
    };
    fields.iter().map(|(name, value)| (*name, want(name, value))).collect()
}
