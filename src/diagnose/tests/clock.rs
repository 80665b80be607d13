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
    ahead(86_400).only(Code::FutureTime);
    assert_eq!(ahead(60).codes(), []);
}

#[test]
fn times_that_are_still_to_come_are_not_taken_for_the_clock_of_the_others() {
    for one_of in [5, 20] {
        let mut recording = recording("startek");
        recording.positions(200, 60, |number, arrival, report| {
            if number % one_of == 0 {
                set(report, arrival + 86_400);
            }
        });
        let finding = recording.only(Code::FutureTime);
        assert!(finding.evidence.contains(&format!(": {} of 200", 200 / one_of)), "{}", finding.evidence);
    }
    // When all are a day ahead, it is the clock.
    let mut all = recording("startek");
    all.positions(200, 60, |_, arrival, report| set(report, arrival + 86_400));
    all.only(Code::ClockSkew);
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
    // Of those of the hour, 55 are more than five minutes late when they come.
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

/// Messages of the last hundred minutes at once, the newest first or the oldest, then some as they are made.
fn a_backlog(newest_first: bool, live: i64, ahead: i64) -> Recording {
    let mut recording = recording("startek");
    let now = MIDNIGHT + 86_400;
    for number in 0..100 {
        let age = if newest_first { number } else { 99 - number };
        let report = report(now - age * 60 + ahead);
        recording.say(&Uplink::Position(&report), Some(now + 1));
    }
    for number in 1..=live {
        let time = now + number * 60;
        recording.say(&Uplink::Position(&report(time + ahead)), Some(time + 1));
    }
    recording
}

#[test]
fn a_backlog_before_a_few_live_messages_is_no_clock_that_is_wrong() {
    for newest_first in [false, true] {
        for live in [0, 5, 59] {
            let finding = a_backlog(newest_first, live, 0).only(Code::BufferedUpload);
            // A hundred less the five minutes in which nothing counts as late.
            assert!(finding.evidence.contains("about 95 messages"), "{}", finding.evidence);
            assert!(finding.evidence.contains("by up to 99 min"), "{}", finding.evidence);
        }
    }
}

#[test]
fn a_time_zone_is_seen_behind_a_backlog_that_is_larger() {
    for newest_first in [false, true] {
        let findings = a_backlog(newest_first, 59, 8 * 3_600).findings();
        let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::TimeZone, Code::BufferedUpload], "{findings:#?}");
        assert!(findings[0].evidence.contains("time zone +08:00"), "{}", findings[0].evidence);
        assert!(!findings[0].evidence.contains("all along"), "{}", findings[0].evidence);
    }
}

#[test]
fn one_time_again_and_again_is_told_as_that_and_not_as_kept_back() {
    let standing = |from: i64, to: i64| {
        let mut recording = recording("startek");
        recording.positions(300, 60, move |number, _, report| {
            if (from..to).contains(&number) {
                set(report, MIDNIGHT + from * 60);
            }
        });
        recording
    };
    let finding = standing(0, 300).only(Code::StaleTime);
    assert!(
        finding.evidence.starts_with("300 positions one after another have the time 2026-11-25T00:00:00Z"),
        "{}",
        finding.evidence
    );
    assert_eq!(standing(100, 104).codes(), []);
}
