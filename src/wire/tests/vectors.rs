//! Frames of real trackers: every place is read as another decoder reads it, or the difference has its reason here.

use serde_json::Value as Json;

use super::super::{Kind, Message, PROTOCOLS, Verdict, by_name, detect};
use super::support::{captures, read};

/// Where we read something else on purpose: protocol, session, number, and why.
const ON_PURPOSE: &[(&str, (i64, i64), &str)] = &[
    ("eelink", (60, 10), "a reply tells a place and no validity, so that none is told here"),
    ("eelink", (60, 11), "the same"),
    ("gt06", (101, 128), "the same"),
    ("meiligao", (132, 22), "a card's message tells a place and no validity"),
    ("meiligao", (132, 23), "the same"),
    ("gt06", (101, 23), "the frame has no altitude: 3338 is 0D 0A, the end of the frame, read as a number"),
    ("jt808", (120, 34), LOCK),
    ("jt808", (120, 44), LOCK),
    (
        "jt808",
        (120, 70),
        "a lock's speed: no document says whether it is knots or km/h, so that it has no unit here",
    ),
    ("jt808", (120, 45), PASSED),
    ("jt808", (120, 54), PASSED),
    ("jt808", (120, 111), PASSED),
    ("jt808", (120, 112), PASSED),
];

const LOCK: &str =
    "a lock's message (55xx) is read up to its speed: no document at hand tells where an altitude stands";
const PASSED: &str = "a pass-through (0900) is its maker's own, and is kept as it came";

/// What is different between a message and the reading of the other decoder.
fn difference(ours: &Message, theirs: &Json) -> Option<String> {
    let number = |key: &str| theirs[key].as_f64().unwrap_or_default();
    let near = |ours: Option<super::super::Dec>, theirs: f64, limit: f64| {
        (ours.map_or(0.0, |ours| ours.to_f64()) - theirs).abs() <= limit
    };
    let time = theirs["fixTime"].as_str().map(|time| format!("{}Z", time[..19].replace(' ', "T")));
    let speed = number("speedKn") * 1.852;
    let checks = [
        ("time", ours.time.map(|time| time.to_string()) == time),
        ("valid", ours.valid.unwrap_or(false) == theirs["valid"].as_bool().unwrap_or(false)),
        ("lat", near(ours.lat, number("lat"), 1e-6)),
        ("lon", near(ours.lon, number("lon"), 1e-6)),
        ("speed", near(ours.speed_kmh, speed, 0.01)),
        ("course", near(ours.course_deg, number("course"), 0.01)),
        ("altitude", near(ours.altitude_m, number("altitude"), 0.01)),
    ];
    let wrong: Vec<_> = checks.iter().filter(|(_, fits)| !fits).map(|(name, _)| *name).collect();
    (!wrong.is_empty()).then(|| format!("{wrong:?}\n   ours {ours:?}\n   theirs {theirs}"))
}

#[test]
#[expect(clippy::print_stderr, reason = "the counts are for whoever reads the test's output")]
fn every_captured_place_is_read_as_another_decoder_reads_it() {
    let (mut same, mut wrong, mut excused) = (0, Vec::new(), Vec::new());
    for capture in captures() {
        let Some(protocol) = by_name(&capture.protocol) else { continue };
        let mut ours = Vec::new();
        read(protocol, &[&capture.bytes], |view| {
            if view.time.is_some() && (view.kind == Kind::Position || view.lat.is_some()) {
                ours.push(*view);
            }
        });
        let theirs: Vec<_> = capture.positions.iter().filter(|place| place["fixTime"].is_string()).collect();
        let mut faults = Vec::new();
        if ours.len() != theirs.len() {
            faults.push(format!("{} places, and {} there", ours.len(), theirs.len()));
        }
        faults.extend(ours.iter().zip(&theirs).filter_map(|(ours, theirs)| difference(ours, theirs)));
        let name = format!("{} {:?}", capture.protocol, capture.place);
        let reason = ON_PURPOSE
            .iter()
            .find(|(protocol, place, _)| *protocol == capture.protocol && *place == capture.place);
        match (faults.is_empty(), reason) {
            (true, None) => same += theirs.len(),
            (false, Some((.., reason))) => excused.push(format!("{name}: {reason}")),
            (false, None) => wrong.push(format!("{name}: {}", faults.join("; "))),
            (true, Some(_)) => wrong.push(format!("{name} is read alike, and is listed as a difference")),
        }
    }
    eprintln!("{same} places alike; different on purpose:\n{}", excused.join("\n"));
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
#[expect(clippy::print_stderr, reason = "the counts are for whoever reads the test's output")]
fn of_the_captures_of_all_protocols_none_gets_another_protocols_name() {
    let (mut own, mut unsure, mut missed, mut foreign) = (0, Vec::new(), Vec::new(), Vec::new());
    let mut misnamed = Vec::new();
    let mut others = 0;
    for capture in captures() {
        let name = format!("{} {:?}", capture.protocol, capture.place);
        let ours = by_name(&capture.protocol).is_some();
        others += usize::from(!ours);
        match detect(&capture.bytes, true) {
            Verdict::Recognised(found) if found.protocol.name == capture.protocol => own += 1,
            Verdict::Recognised(found) if ours => misnamed.push(format!("{name} as {}", found.protocol.name)),
            Verdict::Recognised(found) => foreign.push(format!(
                "{name} as {} {} {}",
                found.protocol.name,
                found.evidence.is_proven(),
                found.evidence.score()
            )),
            Verdict::Possible(found) if ours => {
                unsure.push(format!("{name} {:?}", found.first().map(|c| (c.protocol.name, c.evidence))))
            }
            _ if ours => missed.push(name),
            _ => {}
        }
    }
    eprintln!(
        "{own} recognised of {} protocols, unsure {}: {unsure:#?}\nmissed {}: {missed:#?}\nof {others} others claimed {}: {foreign:#?}",
        PROTOCOLS.len(),
        unsure.len(),
        missed.len(),
        foreign.len()
    );
    assert!(misnamed.is_empty(), "{misnamed:#?}");
    assert!(foreign.is_empty(), "claimed, though of another protocol: {foreign:#?}");
    assert!(own > 0 || captures().is_empty());
}
