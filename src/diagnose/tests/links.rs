//! Connections and transports.

use super::*;

/// Connections that begin every so often, of which each has one position, and ends so long after it.
fn coming_and_going(count: u32, every: i64, silence: impl Fn(i64) -> i64) -> Recording {
    let mut recording = recording("startek");
    for number in 0..count {
        let begin = MIDNIGHT + 10 + i64::from(number) * every;
        recording.open(number + 1, begin);
        recording.at(begin + 2);
        recording.close(begin + 3 + silence(i64::from(number)));
    }
    recording
}

#[test]
fn connections_that_end_after_the_same_silence_make_a_nat_time_out_suspected() {
    let finding = coming_and_going(12, 300, |_| 120).only(Code::Churn);
    assert!(finding.evidence.contains("12 connections"), "{}", finding.evidence);
    assert!(
        finding.evidence.contains("every 5 min as a rule; each ends after 2 min of silence"),
        "{}",
        finding.evidence
    );
    assert!(finding.advice.contains("NAT"), "{}", finding.advice);
}

#[test]
fn connections_that_end_as_they_like_are_told_without_a_cause() {
    let finding = coming_and_going(12, 300, |number| 5 + number * 13 % 70).only(Code::Churn);
    assert!(finding.evidence.contains("in the middle"), "{}", finding.evidence);
}

#[test]
fn connections_of_one_short_age_are_told_as_hung_up() {
    let finding = coming_and_going(12, 60, |_| 5).only(Code::Churn);
    assert!(finding.evidence.contains("each lives 8 s"), "{}", finding.evidence);
}

#[test]
fn a_tracker_that_sleeps_between_its_reports_is_no_finding() {
    assert_eq!(coming_and_going(48, 1_800, |_| 20).codes(), []);
    assert_eq!(coming_and_going(3, 60, |_| 20).codes(), []);
}

#[test]
fn a_transport_that_the_protocol_does_not_have_is_told() {
    let by = |transport| {
        let mut recording = recording("gt06");
        recording.transport = Some(transport);
        recording.say(&Uplink::Login, Some(MIDNIGHT));
        recording.at(MIDNIGHT + 60);
        recording
    };
    let finding = by(Transport::Udp).only(Code::WrongTransport);
    assert!(finding.evidence.contains("2 frames of gt06 came by udp"), "{}", finding.evidence);
    assert_eq!(by(Transport::Tcp).codes(), []);
}
