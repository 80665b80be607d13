//! How often reports come, and what is missing between them.

use super::*;

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

/// A report of a tracker that stands still.
fn parked(time: i64) -> Report {
    let mut report = report(time);
    report.speed_kmh = Some(Dec::whole(0));
    report
}

fn with(options: Options, times: impl Iterator<Item = (Report, i64)>) -> Recording {
    let mut recording = recording_with("startek", options);
    times.for_each(|(report, arrival)| {
        recording.say(&Uplink::Position(&report), Some(arrival));
    });
    recording
}

fn every_60_s() -> Options {
    Options { interval_s: Some(60), ..Options::default() }
}

#[test]
fn one_time_that_is_still_to_come_neither_makes_a_gap_nor_hides_one() {
    // Wherever it stands, and whether the gap is before it or behind.
    for ahead in [0, 10, 300, 1_000, 1_439] {
        let day = |missing: std::ops::Range<i64>| {
            let minutes = (0..1_440).filter(move |minute| !missing.contains(minute) || *minute == ahead);
            with(
                every_60_s(),
                minutes.map(move |minute| {
                    let time = MIDNIGHT + minute * 60;
                    (report(if minute == ahead { time + 3 * 86_400 } else { time }), time + 1)
                }),
            )
        };
        day(0..0).only(Code::FutureTime);
        let findings = day(600..800).findings();
        let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::FutureTime, Code::Gaps], "{ahead}: {findings:#?}");
        let evidence = &findings[1].evidence;
        assert!(evidence.contains("1 gap in the reports, which come every 60 s else"), "{evidence}");
        assert!(evidence.contains("from 2026-11-25T09:59:00Z to 2026-11-25T13:20:00Z"), "{evidence}");
    }
}

#[test]
fn the_newest_first_leaves_no_gap_unless_something_is_missing() {
    // An hour without a network; then the newest of that hour first, as the vendor's trackers send when nobody tells
    // them otherwise.
    let day = |lost: std::ops::Range<i64>| {
        let minutes =
            (0..120).chain((120..=180).rev()).chain(181..400).filter(move |minute| !lost.contains(minute));
        let times = minutes.map(|minute| {
            let time = MIDNIGHT + minute * 60;
            (report(time), if (120..=180).contains(&minute) { MIDNIGHT + 181 * 60 - 1 } else { time + 1 })
        });
        with(Options::default(), times)
    };
    day(0..0).only(Code::BufferedUpload);
    let findings = day(140..160).findings();
    let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::Gaps, Code::BufferedUpload], "{findings:#?}");
    assert!(
        findings[0].evidence.contains("from 2026-11-25T02:19:00Z to 2026-11-25T02:40:00Z"),
        "{}",
        findings[0].evidence
    );
}

#[test]
fn a_second_interval_for_the_parked_vehicle_is_no_gap_and_what_is_longer_is_one() {
    // 60 s driving, 600 s parked (`102,60,600`), with a stop of one such interval at noon.
    let day = |options: Options, lost: std::ops::Range<i64>| {
        let minutes = (0..1_440).filter(move |minute| {
            let driving = (360..1_080).contains(minute) && !(721..730).contains(minute);
            (driving || minute % 10 == 0) && !lost.contains(minute)
        });
        let times = minutes.map(|minute| {
            let time = MIDNIGHT + minute * 60;
            let stands = !(360..1_080).contains(&minute) || minute == 720;
            (if stands { parked(time) } else { report(time) }, time + 1)
        });
        with(options, times)
    };
    for options in [Options::default(), every_60_s()] {
        assert_eq!(day(options.clone(), 0..0).codes(), []);
        // While it drives, nine minutes are a gap; parked, an hour.
        for lost in [800..809, 200..260] {
            day(options.clone(), lost).only(Code::Gaps);
        }
    }
}

#[test]
fn who_keeps_to_the_interval_that_is_set_and_is_parked_most_of_the_day_does_not_differ() {
    let day = |driving: std::ops::Range<i64>| {
        let minutes = (0..1_440).filter(move |minute| driving.contains(minute) || minute % 10 == 0);
        with(every_60_s(), minutes.map(|minute| (parked(MIDNIGHT + minute * 60), MIDNIGHT + minute * 60 + 1)))
    };
    assert_eq!(day(600..660).codes(), []);
    day(0..0).only(Code::IntervalDiffers);
}

#[test]
fn sleep_is_no_gap_and_the_same_silence_without_it_is_one() {
    // 23 enters sleep, 31 is the heartbeat of a sleep, 24 wakes up (the vendor's paper, appendix A).
    let day = |events: [u32; 3], heartbeats: i64| {
        let awake = |from: i64| (from..from + 200).map(|minute| (minute, 0));
        let asleep = (1..=heartbeats).map(move |hour| (200 + hour * 60, events[1]));
        let minutes =
            awake(0).chain([(200, events[0])]).chain(asleep).chain([(700, events[2])]).chain(awake(701));
        let times = minutes.map(|(minute, event)| {
            let time = MIDNIGHT + minute * 60;
            let mut report = report(time);
            report.event = Some(event);
            (report, time + 1)
        });
        with(Options::default(), times)
    };
    assert_eq!(day([23, 31, 24], 8).codes(), []);
    assert_eq!(day([23, 31, 24], 1).codes(), []);
    assert_eq!(day([23, 31, 24], 0).codes(), []);
    day([0, 0, 0], 0).only(Code::Gaps);
}

#[test]
fn an_interval_that_is_changed_under_way_is_no_gap() {
    let minutes = (0..200).chain((200..800).step_by(10));
    let day = minutes.map(|minute| (report(MIDNIGHT + minute * 60), MIDNIGHT + minute * 60 + 1));
    assert_eq!(with(Options::default(), day).codes(), []);
}

#[test]
fn without_times_of_arrival_a_time_that_is_still_to_come_makes_no_gap_either() {
    for ahead in [0, 10, 300] {
        let day = |missing: std::ops::Range<i64>| {
            let mut recording = recording("startek");
            for minute in (0..400).filter(|minute| !missing.contains(minute)) {
                let time = MIDNIGHT + minute * 60 + if minute == ahead { 3 * 86_400 } else { 0 };
                recording.say(&Uplink::Position(&report(time)), None);
            }
            recording
        };
        assert_eq!(day(0..0).codes(), [], "{ahead}");
        day(100..150).only(Code::Gaps);
    }
}
