//! The journal's check: what contradicts itself is not written, and the group that it came with neither.

use super::*;

/// Writes a group that has to be refused, and shows that nothing of it was kept.
fn refused(desk: &mut Desk, batch: BatchId, group: &[Entry]) -> JournalError {
    let trackers = ids(&desk.journal, batch);
    let before: Vec<_> = trackers.iter().map(|id| desk.journal.commands(*id).unwrap()).collect();
    let snapshot = desk.journal.snapshot(batch).unwrap();
    let error = desk.journal.commit(group).unwrap_err();
    let after: Vec<_> = trackers.iter().map(|id| desk.journal.commands(*id).unwrap()).collect();
    assert_eq!(after, before);
    assert_eq!(desk.journal.snapshot(batch).unwrap(), snapshot);
    error
}

#[test]
fn a_command_that_may_have_arrived_is_not_sent_a_second_time() {
    use AttemptState::{Answered, Unanswered, Unknown};
    for end in [Answered, Unanswered, Unknown] {
        let mut desk = Desk::new();
        let (batch, trackers) = desk.batch("a", 1);
        desk.begin(trackers[0], 0, 1);
        desk.journal.commit(&[committed(1), outcome(1, end)]).unwrap();
        // By then nothing is on its way, so that another attempt can be handed over; it cannot be let out.
        desk.journal.commit(&[handed(2, trackers[0], 0, 2, desk.courier)]).unwrap();
        let error = refused(&mut desk, batch, &[committed(2)]);
        assert!(matches!(error, JournalError::Contradiction { .. }), "{end:?}: {error}");
        assert!(error.to_string().contains("attempt 2 would send a command again"), "{end:?}: {error}");
    }
}

#[test]
fn after_what_surely_did_not_arrive_it_is_sent_again() {
    use AttemptState::{NotSent, Rejected, Superseded, Unknown};
    for end in [NotSent, Rejected, Superseded] {
        let mut desk = Desk::new();
        let (batch, trackers) = desk.batch("a", 1);
        desk.begin(trackers[0], 0, 1);
        desk.journal.commit(&[committed(1), outcome(1, Unknown), outcome(1, end)]).unwrap();
        desk.journal.commit(&[handed(2, trackers[0], 0, 2, desk.courier), committed(2)]).unwrap();
        assert_eq!(desk.journal.snapshot(batch).unwrap().last_attempt, 2);
    }
}

#[test]
fn a_device_has_one_command_on_its_way_in_all_batches_together() {
    let mut desk = Desk::new();
    let (_, first) = desk.batch("monday", 2);
    let (second, others) = desk.batch("tuesday", 2);
    desk.begin(first[0], 0, 1);
    for onward in [None, Some(committed(1)), Some(outcome(1, AttemptState::Accepted))] {
        desk.journal.commit(onward.as_slice()).unwrap();
        let group = [command(others[0], 0), handed(2, others[0], 0, 1, desk.courier)];
        let error = refused(&mut desk, second, &group);
        assert_eq!(error.to_string(), "a command is on its way to van 0 already, in the batch \"monday\"");
        assert!(error.hint().unwrap().contains("homing batch resume monday"));
    }
    // Another device is free, and so is this one once its answer came.
    desk.begin(others[1], 0, 2);
    desk.journal.commit(&[outcome(1, AttemptState::Answered)]).unwrap();
    desk.begin(others[0], 0, 3);
}

#[test]
fn an_attempt_is_let_out_once_and_only_after_it_was_handed_over() {
    let mut desk = Desk::new();
    let (batch, trackers) = desk.batch("a", 1);
    desk.begin(trackers[0], 0, 1);
    let error = refused(&mut desk, batch, &[committed(7)]);
    assert!(error.to_string().contains("attempt 7 was not handed over"), "{error}");
    let error = refused(&mut desk, batch, &[committed(1), committed(1)]);
    assert!(error.to_string().contains("attempt 1 was not handed over"), "{error}");
    desk.journal.commit(&[committed(1), outcome(1, AttemptState::NotSent)]).unwrap();
    refused(&mut desk, batch, &[committed(1)]);
}

#[test]
fn what_names_nothing_is_refused_with_its_whole_group() {
    let mut desk = Desk::new();
    let (batch, trackers) = desk.batch("a", 1);
    let (one, nobody, courier) = (trackers[0], TrackerId(999), desk.courier);
    desk.begin(one, 0, 1);
    let note = Entry::Evidence {
        attempt: AttemptId(9),
        kind: crate::engine::batch::EvidenceKind::Person,
        note: "seen".to_owned(),
        at_ms: 1,
    };
    let strangers = [
        command(nobody, 0),
        handed(2, nobody, 0, 1, courier),
        handed(2, one, 5, 1, courier),
        outcome(9, AttemptState::Unknown),
        outcome(1, AttemptState::Handed),
        outcome(1, AttemptState::Committed),
        reply(None, nobody, courier, "hello"),
        reply(Some(9), one, courier, "hello"),
        note,
        ended(one, 5, State::Acknowledged, Replay::Lines),
        ended(nobody, 0, State::Acknowledged, Replay::Lines),
        stands(nobody, Standing::Sent, false),
    ];
    for stranger in strangers {
        // What goes before it in the group is sound, and must not stay either.
        let error = refused(&mut desk, batch, &[committed(1), stranger.clone()]);
        assert!(matches!(error, JournalError::Contradiction { .. }), "{stranger:?}: {error:?}");
    }
    refused(&mut desk, batch, &[outcome(1, AttemptState::NotSent), handed(2, one, 0, 2, CourierId(99))]);
}

#[test]
fn nothing_is_written_down_twice() {
    let mut desk = Desk::new();
    let (batch, trackers) = desk.batch("a", 1);
    let (one, courier) = (trackers[0], desk.courier);
    desk.begin(one, 0, 1);
    desk.journal.commit(&[committed(1), reply(Some(1), one, courier, "OK")]).unwrap();
    desk.journal
        .commit(&[outcome(1, AttemptState::Answered), ended(one, 0, State::Acknowledged, Replay::Lines)])
        .unwrap();
    // The same turn, the same attempt, the same count of attempts, the same message, the same end.
    refused(&mut desk, batch, &[command(one, 0)]);
    refused(&mut desk, batch, &[command(one, 1), handed(1, one, 1, 1, courier)]);
    refused(&mut desk, batch, &[handed(2, one, 0, 1, courier)]);
    refused(&mut desk, batch, &[reply(Some(1), one, courier, "OK")]);
    refused(&mut desk, batch, &[ended(one, 0, State::Acknowledged, Replay::Lines)]);
    desk.journal.commit(&[stands(one, Standing::Verified, true)]).unwrap();
    refused(&mut desk, batch, &[stands(one, Standing::Failed, true)]);
    // What counts for nothing is kept once, however often it is told: nobody but the journal remembers it.
    desk.journal.commit(&[reply(None, one, courier, "OK"), reply(None, one, courier, "late")]).unwrap();
    desk.journal.commit(&[reply(None, one, courier, "late")]).unwrap();
    let texts: Vec<String> = desk.journal.replies(one).unwrap().into_iter().map(|one| one.text).collect();
    assert_eq!(texts, ["OK", "late"]);
    let stranger = |text: &str, courier| Entry::Stranger {
        courier,
        sender: Sender::Name("Operator".to_owned()),
        sent_ms: None,
        at_ms: 7000,
        text: text.to_owned(),
        missing: 0,
        print: format!("Operator|{text}"),
    };
    desk.journal.commit(&[stranger("hello", courier), stranger("hello", courier)]).unwrap();
    desk.journal.commit(&[stranger("hello", courier), stranger("again", courier)]).unwrap();
    let mut kept = Vec::new();
    desk.journal.strangers(7000, &mut |one| kept.push((one.sender, one.text))).unwrap();
    let operator = || Sender::Name("Operator".to_owned());
    assert_eq!(kept, [(operator(), "hello".to_owned()), (operator(), "again".to_owned())]);
    desk.journal.strangers(7001, &mut |one| panic!("{one:?} came before")).unwrap();
    refused(&mut desk, batch, &[stranger("by nobody", CourierId(99))]);
}

#[test]
fn the_same_message_may_come_to_two_batches() {
    let mut desk = Desk::new();
    let (_, first) = desk.batch("monday", 1);
    let (_, second) = desk.batch("tuesday", 1);
    let courier = desk.courier;
    desk.journal
        .commit(&[reply(None, first[0], courier, "OK"), reply(None, second[0], courier, "OK")])
        .unwrap();
    assert_eq!(desk.journal.replies(second[0]).unwrap().len(), 1);
}

#[test]
fn what_a_courier_let_out_unasked_is_known_to_be_out() {
    let mut desk = Desk::new();
    let (_, trackers) = desk.batch("a", 1);
    desk.begin(trackers[0], 0, 1);
    desk.journal.commit(&[outcome(1, AttemptState::Accepted)]).unwrap();
    let past = desk.journal.past(trackers[0]).unwrap();
    assert_eq!(past[0].attempt.as_ref().unwrap().committed_ms, Some(3000));
}

/// The journal's check taken away, as a test of a whole batch does to show that it matters.
#[cfg(feature = "defects")]
#[test]
fn without_the_check_a_command_goes_out_twice() {
    let Some((_, place)) = part() else {
        let desk = Desk::new();
        let path = desk.path();
        drop(desk.journal);
        let mut child = child("laws::without_the_check_a_command_goes_out_twice", "write", &path);
        let output = child.env("HOMING_DEFECT", "no-unique").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        // It takes the check to see that something is wrong.
        let error = Journal::open(&path).and_then(|mut journal| journal.commit(&[committed(3)]));
        assert!(error.is_err());
        return;
    };
    let mut journal = Journal::open(&place).unwrap();
    let courier = journal.courier("modem:/dev/ttyUSB0", None, None).unwrap();
    let batch = journal.create_batch(&spec("a"), [tracker(0)]).unwrap();
    let one = ids(&journal, batch)[0];
    journal.commit(&[command(one, 0), handed(1, one, 0, 1, courier), committed(1)]).unwrap();
    journal.commit(&[handed(2, one, 0, 2, courier), committed(2)]).unwrap();
}
