//! Clocks, and what comes late.

use super::*;

#[test]
fn a_clock_in_another_time_zone_is_told_from_one_that_is_merely_wrong() {
    for (offset, zone) in [(19_800, "+05:30"), (-10_800, "-03:00"), (20_700, "+05:45"), (46_800, "+13:00")] {
        let mut recording = recording("startek");
        recording.positions(30, 60, |_, arrival, report| set(report, arrival - 1 + offset));
        let finding = recording.only(Code::TimeZone);
        assert!(finding.evidence.contains(&format!("time zone {zone}")), "{}", finding.evidence);
    }
    // 23 minutes are no quarter of an hour.
    let mut recording = recording("startek");
    recording.positions(30, 60, |_, arrival, report| set(report, arrival - 1 + 23 * 60));
    assert!(recording.only(Code::ClockSkew).evidence.contains("ahead"));
}

#[test]
fn a_zone_is_told_against_the_one_that_the_protocols_standard_has() {
    // JT/T 808 has GMT+8; exports often send UTC, which an encoder of the standard's times makes 8 hours less.
    let sent = |ahead_of_utc: i64| {
        let mut recording = recording("jt808");
        recording.say(&Uplink::Login, Some(MIDNIGHT));
        recording.positions(30, 60, move |_, arrival, report| {
            set(report, arrival - 1 - 8 * 3_600 + ahead_of_utc);
        });
        recording
    };
    for (ahead_of_utc, zone) in [(0, "+00:00"), (-5 * 3_600, "-05:00"), (12 * 3_600, "+12:00")] {
        let finding = sent(ahead_of_utc).only(Code::TimeZone);
        assert!(finding.evidence.contains(&format!("the time zone {zone}")), "{}", finding.evidence);
        assert!(finding.advice.starts_with("Set the tracker's time zone to +08:00"), "{}", finding.advice);
        assert!(!finding.advice.contains("UTC"), "{}", finding.advice);
    }
    assert_eq!(sent(8 * 3_600).codes(), []);
}

#[test]
fn no_zone_is_wider_than_those_in_use() {
    // 14 hours ahead of UTC is the widest on one side and 12 behind on the other.
    for (offset, code) in [
        (14 * 3_600, Code::TimeZone),
        (15 * 3_600, Code::ClockSkew),
        (-12 * 3_600, Code::TimeZone),
        (-13 * 3_600, Code::ClockSkew),
    ] {
        let mut recording = recording("startek");
        recording.positions(30, 60, |_, arrival, report| set(report, arrival - 1 + offset));
        recording.only(code);
    }
}

#[test]
fn a_clock_that_is_a_minute_off_is_no_finding() {
    let mut recording = recording("gt06");
    recording.say(&Uplink::Login, Some(MIDNIGHT));
    recording.positions(30, 60, |_, arrival, report| set(report, arrival + 60));
    assert_eq!(recording.codes(), []);
}

#[test]
fn a_clock_that_falls_behind_by_no_zone_is_skew() {
    let mut recording = recording("startek");
    recording.positions(30, 60, |_, arrival, report| set(report, arrival - 400_000));
    assert!(recording.only(Code::ClockSkew).evidence.contains("behind"));
}

#[test]
fn a_roll_over_of_gps_weeks_is_told_with_and_without_a_time_zone() {
    // The public reports are exactly 7,168 days behind (facts, cases 13).
    for more in [0, 3_600] {
        let mut recording = recording("startek");
        recording.positions(30, 60, |_, arrival, report| set(report, arrival - 1 - 7_168 * 86_400 + more));
        let finding = recording.only(Code::WeekRollover);
        assert!(finding.evidence.contains("1 times 1,024 weeks"), "{}", finding.evidence);
        assert!(finding.advice.contains("7,168 days"));
    }
    // A week less is another error.
    let mut recording = recording("startek");
    recording.positions(30, 60, |_, arrival, report| set(report, arrival - 1 - 7_161 * 86_400));
    recording.only(Code::ClockSkew);
}

#[test]
fn a_clock_that_was_never_set_is_told_without_times_of_arrival() {
    let mut recording = recording("startek");
    // 2000-01-01, where many makers' clocks begin.
    recording.say(&Uplink::Position(&report(946_684_800 + 75)), None);
    assert!(recording.only(Code::ClockNotSet).evidence.contains("2000-01-01T00:01:15Z"));
    let mut near = super::recording("startek");
    near.say(&Uplink::Position(&report(946_684_800 + 30 * 86_400)), None);
    assert_eq!(near.codes(), []);
}

#[test]
fn a_single_time_that_is_still_to_come_is_told_while_the_clock_is_right() {
    let ahead = |by: i64| {
        let mut recording = recording("startek");
        recording.positions(60, 60, move |number, arrival, report| {
            if number == 59 {
                set(report, arrival + by);
            }
        });
        recording
    };
    assert!(ahead(86_400).codes().contains(&Code::FutureTime));
    assert_eq!(ahead(60).codes(), []);
}

#[test]
fn messages_that_were_kept_back_are_told_and_are_no_clock_error() {
    // An hour without a network, then everything at once.
    let mut recording = recording("startek");
    for number in 0..180 {
        let time = MIDNIGHT + number * 60;
        let arrival = if (60..120).contains(&number) { MIDNIGHT + 120 * 60 } else { time + 1 };
        recording.say(&Uplink::Position(&report(time)), Some(arrival));
    }
    let finding = recording.only(Code::BufferedUpload);
    assert!(finding.evidence.contains("about 55 messages"), "{}", finding.evidence);
    // A slow network is none.
    let mut near = super::recording("startek");
    for number in 0..180 {
        let time = MIDNIGHT + number * 60;
        near.say(&Uplink::Position(&report(time)), Some(time + 1 + number % 3 * 60));
    }
    assert_eq!(near.codes(), []);
}

#[test]
fn gaps_are_told_with_the_longest_of_them() {
    let mut recording = recording("startek");
    (0..60).for_each(|minute| recording.at(MIDNIGHT + minute * 60));
    (90..120).for_each(|minute| recording.at(MIDNIGHT + minute * 60));
    let finding = recording.only(Code::Gaps);
    assert!(finding.evidence.contains("1 gap"), "{}", finding.evidence);
    assert!(
        finding.evidence.contains("from 2026-11-25T00:59:00Z to 2026-11-25T01:30:00Z"),
        "{}",
        finding.evidence
    );
    // Two reports that are missing are no gap yet.
    let mut near = super::recording("startek");
    (0..60).chain(62..120).for_each(|minute| near.at(MIDNIGHT + minute * 60));
    assert_eq!(near.codes(), []);
}

#[test]
fn an_interval_that_is_not_the_one_that_is_set_is_told_either_way() {
    let options = || Options { interval_s: Some(60), ..Options::default() };
    for (every, how) in [(30, "more often"), (120, "less often")] {
        let mut recording = recording_with("startek", options());
        recording.positions(30, every, |_, _, _| {});
        let finding = recording.only(Code::IntervalDiffers);
        assert!(finding.evidence.contains(how), "{}", finding.evidence);
    }
    let mut near = recording_with("startek", options());
    near.positions(30, 68, |_, _, _| {});
    assert_eq!(near.codes(), []);
}
