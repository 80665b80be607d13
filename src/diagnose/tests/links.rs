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

/// Connections of so many seconds, after each of which the tracker comes back so much later.
fn hung_up(count: u32, age: i64, pause: i64, how: Ended) -> Recording {
    let mut recording = recording("gt06");
    for number in 0..count {
        let begin = MIDNIGHT + 10 + i64::from(number) * (age + pause);
        recording.open(number + 1, begin);
        recording.say(&Uplink::Login, Some(begin));
        recording.at(begin);
        recording.ends(how, begin + age);
    }
    recording
}

#[test]
fn connections_that_end_every_twenty_minutes_and_are_opened_again_at_once_are_told() {
    // Case 21 of the facts: the server stops answering, and the tracker drops the link at 20 minutes.
    for (age, how, evidence, advice) in [
        (1_195, Ended::ByTracker, "the tracker ends each after 19 min of silence", "server answers"),
        (895, Ended::ByServer, "the server ends each after 14 min of silence", "The server gives up"),
        (625, Ended::Broken, "each ends after 10 min of silence", "NAT"),
    ] {
        let finding = hung_up(72, age, 5, how).only(Code::Churn);
        assert!(finding.evidence.contains(evidence), "{}", finding.evidence);
        assert!(finding.advice.contains(advice), "{}", finding.advice);
    }
    // One that stays away for ten minutes sleeps, one of forty minutes comes seldom, and three tell nothing.
    for near in [hung_up(48, 1_195, 600, Ended::ByTracker), hung_up(36, 2_395, 5, Ended::ByTracker)] {
        assert_eq!(near.codes(), []);
    }
    assert_eq!(hung_up(3, 1_195, 5, Ended::ByTracker).codes(), []);
    // Where no end is seen, nobody knows how long it stays away.
    assert_eq!(hung_up(72, 1_195, 5, Ended::Unseen).codes(), []);
}

#[test]
fn of_two_ends_of_a_connection_the_first_counts() {
    let mut recording = recording("startek");
    for number in 0..12 {
        let begin = MIDNIGHT + 10 + i64::from(number) * 300;
        recording.open(number + 1, begin);
        recording.at(begin + 2);
        recording.ends(Ended::ByServer, begin + 123);
        recording.ends(Ended::ByTracker, begin + 140);
    }
    let finding = recording.only(Code::Churn);
    assert!(finding.evidence.contains("the server ends each after 2 min of silence"), "{}", finding.evidence);
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
