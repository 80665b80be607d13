//! Fix, battery, supply, signal, and frames that are damaged.

use super::*;
use crate::diagnose::Unread;
use crate::wire::{Foreign, protocol::startek};

fn one(change: impl Fn(&mut Report)) -> Recording {
    let mut recording = recording("startek");
    recording.positions(40, 60, |_, _, report| change(report));
    recording
}

#[test]
fn positions_without_a_fix_are_told() {
    let finding = one(|report| (report.valid, report.satellites) = (false, Some(2))).only(Code::NoFix);
    assert!(
        finding.evidence.contains("positions without a fix: 40 of 40; satellites in the last of them: 2"),
        "{}",
        finding.evidence
    );
    let finding = one(|report| (report.lat, report.lon) = (Dec::whole(0), Dec::whole(0))).only(Code::NoFix);
    assert!(finding.evidence.contains("0 degrees by 0"), "{}", finding.evidence);
    // Three of forty after a start are normal, and the last three are not.
    let without = |from: i64, to: i64| {
        let mut recording = recording("startek");
        recording.positions(40, 60, move |number, _, report| report.valid = !(from..to).contains(&number));
        recording.codes()
    };
    assert_eq!(without(0, 3), []);
    assert_eq!(without(37, 40), [Code::NoFix]);
}

#[test]
fn a_fix_of_no_satellites_is_none() {
    let of = |satellites: u8, hdop: i64| {
        one(move |report| (report.satellites, report.hdop) = (Some(satellites), Some(Dec::new(hdop, 1))))
    };
    let finding = of(0, 0).only(Code::NoFix);
    assert!(
        finding.evidence.contains("positions without a fix: 40 of 40; 40 claim one of no satellites"),
        "{}",
        finding.evidence
    );
    of(0, 9).only(Code::NoFix);
    // Some firmware knows its satellites and no dilution.
    assert_eq!(of(4, 0).codes(), []);
    // Of this protocol's positions only the dilution is told, not the number of satellites.
    for (hdop, told) in [(0, vec![Code::NoFix]), (1, vec![])] {
        let mut recording = recording("meiligao");
        recording.positions(40, 60, |_, _, report| report.hdop = Some(Dec::new(hdop, 1)));
        assert_eq!(recording.codes(), told, "{hdop}");
    }
}

#[test]
fn a_single_frame_without_a_fix_is_told_too() {
    let mut recording = recording("startek");
    let mut report = report(MIDNIGHT);
    report.valid = false;
    recording.say(&Uplink::Position(&report), None);
    recording.only(Code::NoFix);
}

#[test]
fn a_low_battery_is_told_by_volts_by_per_cent_and_by_event() {
    assert!(
        one(|report| report.battery_v = Some(Dec::new(342, 2)))
            .only(Code::BatteryLow)
            .evidence
            .contains("3.42 V")
    );
    assert_eq!(one(|report| report.battery_v = Some(Dec::new(361, 2))).codes(), []);
    // 12 V are no lithium cell, and no word is known of such a battery.
    assert_eq!(one(|report| report.battery_v = Some(Dec::new(121, 1))).codes(), []);
    // 20: battery low, in the vendor's table.
    assert!(one(|report| report.event = Some(20)).only(Code::BatteryLow).evidence.contains("battery low"));
    for (percent, low) in [(12, true), (16, false)] {
        let mut recording = recording("watch");
        recording.positions(20, 60, |_, _, report| report.battery_pct = Some(percent));
        assert_eq!(recording.codes(), if low { vec![Code::BatteryLow] } else { vec![] }, "{percent} %");
    }
}

#[test]
fn a_supply_that_is_off_is_told() {
    assert!(
        one(|report| report.power_v = Some(Dec::whole(0)))
            .only(Code::NoPower)
            .evidence
            .contains("V for the supply")
    );
    assert_eq!(one(|report| report.power_v = Some(Dec::new(49, 1))).codes(), []);
    // 18: external power cut; 19: external power on.
    let events = |first: u32, last: u32| {
        let mut recording = recording("startek");
        recording.positions(20, 60, move |number, _, report| {
            report.power_v = None;
            report.event = Some(match number {
                5 => first,
                10 => last,
                _ => 0,
            });
        });
        recording.codes()
    };
    assert_eq!(events(19, 18), [Code::NoPower]);
    assert_eq!(events(18, 19), []);
}

#[test]
fn a_weak_signal_is_told() {
    // CSQ 6 is -113 + 12 = -101 dBm, CSQ 7 is -99.
    assert!(one(|report| report.csq = Some(6)).only(Code::WeakSignal).evidence.contains("-101 dBm"));
    assert_eq!(one(|report| report.csq = Some(7)).codes(), []);
}

#[test]
fn a_weak_signal_in_per_cent_is_told() {
    // `[3G*id*length*UD,ddmmyy,hhmmss,A,lat,N,lon,E,km/h,course,altitude,satellites,signal 0-100,battery %,…]`
    let watch = |signal: u32| {
        let mut recording = recording("watch");
        for minute in 0..20 {
            let text = format!(
                "UD,251126,00{minute:02}00,A,38.0938,S,145.1756,E,12.5,41.0,24.0,9,{signal},75,1234,50,00000000,0,0"
            );
            let frame = format!("[3G*8800000015*{:04X}*{text}]", text.len());
            recording.arrives(frame.as_bytes(), Some(MIDNIGHT + minute * 60 + 1));
        }
        recording
    };
    assert!(watch(3).only(Code::WeakSignal).evidence.contains("is 3 % in the middle of 20 messages"));
    // CSQ 6 of 31 is 19 %, CSQ 7 is 23 %.
    watch(19).only(Code::WeakSignal);
    assert_eq!(watch(23).codes(), []);
}

#[test]
fn damaged_frames_are_told_with_the_first_fault() {
    let mut recording = recording("startek");
    let mut frame = Vec::new();
    recording
        .protocol
        .encode(&Uplink::Position(&report(MIDNIGHT)), &mut recording.tracker, &mut frame)
        .unwrap();
    // One digit of the odometer.
    let at = frame.windows(6).position(|window| window == b"326781").unwrap();
    frame[at] = b'4';
    recording.arrives(&frame, None);
    recording.at(MIDNIGHT + 60);
    let finding = recording.only(Code::WouldDrop);
    assert!(
        finding.evidence.starts_with("damaged frames: 1 of 2; the first: the checksum is"),
        "{}",
        finding.evidence
    );

    let mut noise = super::recording("startek");
    noise.at(MIDNIGHT);
    noise.diagnosis.unread(Unread::Noise);
    noise.only(Code::WouldDrop);
}

#[test]
fn foreign_traffic_is_counted_apart() {
    let mut recording = recording("startek");
    recording.at(MIDNIGHT);
    recording.diagnosis.unread(Unread::Foreign(Foreign::Tls));
    recording.diagnosis.unread(Unread::Foreign(Foreign::Tls));
    assert!(recording.only(Code::Foreign).evidence.contains("2 streams began with a TLS hello"));
    let mut near = super::recording("startek");
    near.at(MIDNIGHT);
    near.diagnosis.unread(Unread::NotRecognised);
    assert_eq!(near.codes(), []);
}

#[test]
fn a_second_server_is_told_by_the_state_and_by_the_addresses() {
    let status = |bits: u32| {
        let mut recording = recording("startek");
        let extras = startek::Extras { status: (bits, 8), ..startek::Extras::default() };
        let mut frame = Vec::new();
        startek::position(&report(MIDNIGHT), &extras, false, &mut recording.tracker, &mut frame).unwrap();
        recording.arrives(&frame, None);
        recording
    };
    // Bit 0 is server 1, bit 1 server 2, which runs in parallel with it, bit 2 the fix, bit 3 the supply.
    assert!(status(0b1110).only(Code::SecondServer).evidence.contains("and not to the first"));
    assert!(status(0b1111).only(Code::SecondServer).evidence.contains("as well as to the first"));
    assert_eq!(status(0b1101).codes(), []);

    let to = |second: &str| {
        let mut recording = recording("startek");
        recording.to = "192.0.2.1:5222".parse().ok();
        recording.at(MIDNIGHT);
        recording.to = second.parse().ok();
        recording.at(MIDNIGHT + 60);
        recording.codes()
    };
    assert_eq!(to("198.51.100.7:8888"), [Code::SecondServer]);
    assert_eq!(to("192.0.2.1:5222"), []);
}
