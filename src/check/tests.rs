//! The check itself: it passes on the codecs as they are, says the same for the same seed, and notices what is wrong.

use super::cases::{Case, How, Maker};
use super::client::play;
use super::compare::Want;
use super::listener::Listener;
use super::outcome::Group;
use super::room::room;
use super::*;
use crate::units::Chance;
use crate::wire::{PROTOCOLS, Protocol, Transport, UtcTime, by_name};

const NOW: UtcTime = UtcTime::from_unix(1_709_251_199);

fn cases(protocol: &'static Protocol, transport: Transport, seed: u64) -> Vec<Case> {
    let room = room(protocol).unwrap();
    Maker { protocol, transport, room, chance: Chance::new(seed), now: NOW }.cases().unwrap()
}

fn one(protocol: &str, group: Group) -> Case {
    let cases = cases(by_name(protocol).unwrap(), Transport::Tcp, 1);
    cases.into_iter().find(|case| case.group == group).unwrap()
}

/// What is said against a case.
fn faults(case: &Case) -> Vec<String> {
    let listener = Listener::start(NOW).unwrap();
    play(case, Transport::Tcp, &listener).unwrap().faults.into_iter().map(|fault| fault.what).collect()
}

#[test]
fn every_protocol_passes_over_every_transport_that_it_has() {
    let options = Options { protocols: PROTOCOLS.to_vec(), seed: 1 };
    let outcome = check(&options, &Stop::default()).unwrap();
    let faults: Vec<String> = outcome
        .rows
        .iter()
        .flat_map(|row| {
            row.faults().map(move |(group, fault)| {
                let (protocol, transport) = (row.protocol.name, row.transport.word());
                let (group, case, what, sent) = (group.word(), &fault.case, &fault.what, &fault.sent);
                format!("{protocol} {transport} {group}: {case}: {what}\n  {sent}")
            })
        })
        .collect();
    assert!(outcome.is_good(), "{}\n{}", faults.len(), faults.join("\n"));
    let rows: usize = PROTOCOLS.iter().map(|protocol| protocol.transports.len()).sum();
    assert_eq!(outcome.rows.len(), rows);
    for row in &outcome.rows {
        let groups: Vec<Group> = row.tallies.iter().map(|tally| tally.group).collect();
        for group in
            [Group::Golden, Group::Kinds, Group::Extremes, Group::Random, Group::Length, Group::Garbage]
        {
            assert!(
                groups.contains(&group),
                "{} {} has no {}",
                row.protocol.name,
                row.transport.word(),
                group.word()
            );
        }
    }
}

#[test]
fn a_stopped_check_is_not_good() {
    let stop = Stop::default();
    stop.stop();
    let outcome = check(&Options { protocols: PROTOCOLS.to_vec(), seed: 1 }, &stop).unwrap();
    assert!(outcome.stopped && !outcome.is_good() && outcome.rows.is_empty());
}

#[test]
fn the_same_seed_sends_the_same_and_another_one_does_not() {
    let protocol = by_name("startek").unwrap();
    let sent = |seed| -> Vec<Vec<u8>> {
        cases(protocol, Transport::Tcp, seed).iter().map(|case| case.writes.concat()).collect()
    };
    assert!(sent(7) == sent(7));
    assert!(sent(7) != sent(8));
}

#[test]
fn every_wrong_field_is_noticed() {
    let case = one("startek", Group::Random);
    let names: Vec<&str> = case.expected[0].fields.iter().map(|(name, _)| *name).collect();
    assert!(names.len() > 15, "{names:?}");
    for (place, name) in names.iter().enumerate() {
        let mut wrong = case.clone();
        let field = &mut wrong.expected[0].fields[place];
        field.1 = match &field.1 {
            Want::Text(text) => Want::Text(format!("{text}x")),
            Want::Near(number, within) => {
                Want::Near(crate::wire::Dec::new(number.m + 1_000, number.scale), *within)
            }
            Want::Absent => Want::Text("there".to_owned()),
        };
        let said = faults(&wrong);
        assert_eq!(said.len(), 1, "{name}: {said:?}");
        assert!(said[0].starts_with(&format!("message 1: {name} has to be")), "{said:?}");
    }
}

#[test]
fn a_wrong_a_missing_and_an_unasked_answer_are_noticed() {
    let case = one("gt06", Group::Kinds);
    assert_eq!(faults(&case), Vec::<String>::new());
    let mut wrong = case.clone();
    wrong.answers[0][5] ^= 1;
    let mut more = case.clone();
    more.answers.push(vec![1]);
    let mut fewer = case.clone();
    fewer.answers.pop();
    for case in [wrong, more, fewer] {
        let said = faults(&case);
        assert!(said.len() == 1 && said[0].starts_with("the answers have to be"), "{said:?}");
    }
}

#[test]
fn lost_and_unasked_messages_are_noticed() {
    let case = one("eelink", Group::Kinds);
    let mut lost = case.clone();
    lost.expected.push(case.expected[0].clone());
    let mut unasked = case.clone();
    unasked.expected.pop();
    for case in [lost, unasked] {
        assert!(
            faults(&case).iter().any(|said| said.contains("whole messages have to come")),
            "{:?}",
            faults(&case)
        );
    }
}

#[test]
fn damage_that_is_not_told_and_damage_that_is_not_there_are_noticed() {
    // Whole frames where something has to be damaged.
    let mut case = one("startek", Group::Kinds);
    case.how = How::WithDamage;
    assert_eq!(faults(&case), ["what is damaged was not told"]);
    // A damaged frame where everything has to be whole.
    let mut case = one("startek", Group::Checksum);
    case.how = How::Exactly;
    assert!(
        faults(&case).iter().any(|said| said.contains("whole messages have to come")),
        "{:?}",
        faults(&case)
    );
    // No noise where some has to be told.
    let mut case = one("startek", Group::Kinds);
    case.how = How::WithNoise;
    assert_eq!(faults(&case), ["bytes between frames were not told"]);
}

#[test]
fn every_protocol_has_its_room_and_its_golden_frames() {
    for protocol in PROTOCOLS {
        assert!(room(protocol).is_some(), "{} has no room", protocol.name);
        for transport in protocol.transports {
            let golden = super::golden::cases(protocol, *transport).unwrap();
            assert!(golden.len() >= 2, "{} has {} golden frames", protocol.name, golden.len());
        }
    }
}
