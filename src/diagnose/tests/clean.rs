//! A day on which nothing is wrong.

use super::*;
use crate::wire::PROTOCOLS;

/// A login where the protocol has one, a position every minute, a heartbeat every five.
fn day(protocol: &'static Protocol, transport: Transport, options: Options) -> Recording {
    let mut day = recording_with(protocol.name, options);
    day.transport = Some(transport);
    day.say(&Uplink::Login, Some(MIDNIGHT));
    for minute in 0..1_440 {
        let time = MIDNIGHT + minute * 60;
        assert!(day.say(&Uplink::Position(&report(time)), Some(time + 2)), "{}", protocol.name);
        if minute % 5 == 0 {
            day.say(&Uplink::Heartbeat(&report(time + 30)), Some(time + 31));
        }
    }
    day.close(MIDNIGHT + 86_400);
    day
}

#[test]
fn a_clean_day_of_every_protocol_and_transport_has_no_finding() {
    let mut days = 0;
    for protocol in PROTOCOLS {
        for transport in protocol.transports {
            let findings = day(protocol, *transport, Options::default()).findings();
            assert_eq!(findings, [], "{} by {}", protocol.name, transport.word());
            days += 1;
        }
    }
    assert!(days >= PROTOCOLS.len());
}

#[test]
fn a_clean_day_of_the_expected_tracker_with_the_interval_that_is_set_has_no_finding() {
    for protocol in PROTOCOLS.into_iter().filter(|protocol| !protocol.carries.bare_imei) {
        let options = Options { expected: vec![IMEI.parse().unwrap()], interval_s: Some(60) };
        let findings = day(protocol, protocol.transports[0], options).findings();
        assert_eq!(findings, [], "{}", protocol.name);
    }
}

#[test]
fn without_times_of_arrival_nothing_is_said_of_clocks_and_connections() {
    let mut recording = recording("startek");
    for number in 0..100 {
        // Ten years off: nobody could know.
        assert!(recording.say(&Uplink::Position(&report(MIDNIGHT - 315_000_000 + number * 60)), None));
    }
    assert_eq!(recording.codes(), []);
}

#[test]
fn what_is_remembered_of_a_million_messages_stays_small() {
    let mut samples = super::super::samples::Samples::default();
    (0..1_000_000).for_each(|value| samples.add(value));
    assert_eq!(samples.count, 1_000_000);
    let sorted = samples.sorted();
    assert!(sorted.values().len() <= 512);
    let median = sorted.median().unwrap();
    assert!((490_000..510_000).contains(&median), "{median}");
}
