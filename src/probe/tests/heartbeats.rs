//! The heartbeat that is advised, against figures worked out by hand from the rule.

use std::time::Duration;

use crate::probe::{Basis, Ended, Fate, Limit, Measured, Method, Step, heartbeat};

fn measured(limits: &[(Method, &[(u64, Fate)])]) -> Measured {
    let limits = limits.iter().map(|(method, steps)| Limit {
        method: *method,
        steps: steps
            .iter()
            .map(|(idle, fate)| Step {
                method: *method,
                idle: Duration::from_secs(*idle),
                fate: fate.clone(),
            })
            .collect(),
    });
    Measured {
        target: "127.0.0.1:8888".parse().unwrap(),
        limits: limits.collect(),
        most: Duration::from_secs(300),
        ended: Ended::Complete,
    }
}

/// Seconds and basis for TCP, then UDP.
fn advice(measured: &Measured) -> [(u64, Basis); 2] {
    heartbeat(measured).map(|advice| (advice.every.as_secs(), advice.basis))
}

#[test]
fn a_heartbeat_is_six_tenths_of_what_was_kept_and_never_below_15_s() {
    let tcp = |steps| (Method::Tcp, steps);
    let usual = (55, Basis::Usual);
    for (steps, wanted) in [
        (&[(60, Fate::Kept), (70, Fate::Lost)][..], (36, Basis::Measured)),
        (&[(25, Fate::Kept), (30, Fate::Lost)], (15, Basis::Measured)),
        (&[(10, Fate::Kept), (12, Fate::Cut(None))], (15, Basis::TooShort)),
        (&[(1, Fate::Lost)], (15, Basis::TooShort)),
        (&[(300, Fate::Kept)], (180, Basis::NeverLost)),
        (&[(3_600, Fate::Kept)], (300, Basis::NeverLost)),
        (&[(3, Fate::Kept)], (180, Basis::Usual)),
        // What is longer could not be asked about.
        (&[(100, Fate::Kept), (300, Fate::Untold("nobody".into()))], (60, Basis::Measured)),
        (&[(1, Fate::Untold("nobody".into()))], (180, Basis::Usual)),
    ] {
        assert_eq!(advice(&measured(&[tcp(steps)])), [wanted, usual], "{steps:?}");
    }
    assert_eq!(advice(&measured(&[])), [(180, Basis::Usual), usual]);
}

#[test]
fn the_tighter_of_two_ways_counts() {
    let once: &[_] = &[(25, Fate::Kept), (30, Fate::Lost)];
    let stream: &[_] = &[(105, Fate::Kept), (120, Fate::Lost)];
    let both = measured(&[(Method::UdpStream, stream), (Method::UdpOnce, once)]);
    assert_eq!(advice(&both)[1], (15, Basis::Measured));
}

#[test]
fn a_silence_that_was_kept_behind_a_lost_one_is_not_believed() {
    let steps: &[_] = &[(5, Fate::Kept), (8, Fate::Lost), (10, Fate::Kept)];
    let measured = measured(&[(Method::Tcp, steps)]);
    assert_eq!(measured.limits[0].kept(), Some(Duration::from_secs(5)));
    assert_eq!(measured.limits[0].lost().unwrap().idle, Duration::from_secs(8));
}

#[test]
fn what_a_heartbeat_costs_is_worked_out_with_its_headers() {
    // Every 60 s of 100 s kept: 1,440 a day, each 25 bytes of frames and two headers of 40.
    let found = heartbeat(&measured(&[(Method::Tcp, &[(100, Fate::Kept), (110, Fate::Lost)])]));
    assert_eq!((found[0].wakes_a_day, found[0].bytes_a_day), (1_440, 1_440 * 105));
    // 55 s over UDP: 1,570 a day, with two headers of 28.
    assert_eq!((found[1].wakes_a_day, found[1].bytes_a_day), (1_570, 1_570 * 81));
}
