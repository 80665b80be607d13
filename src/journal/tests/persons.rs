//! A person's word: corrected rows, what became of a command of unknown outcome, a batch that is given up.

use super::*;

/// One command let out, and nothing known of it; the conversation went on with a question that is on its way.
fn in_doubt(desk: &mut Desk) -> (BatchId, TrackerId) {
    let (batch, trackers) = desk.batch("a", 1);
    let (one, courier) = (trackers[0], desk.courier);
    desk.begin(one, 0, 1);
    desk.journal.commit(&[committed(1), outcome(1, AttemptState::Unknown)]).unwrap();
    desk.journal
        .commit(&[ended(one, 0, State::Unknown, Replay::Doubt), stands(one, Standing::Sent, false)])
        .unwrap();
    desk.journal.commit(&[command(one, 1), handed(2, one, 1, 1, courier), committed(2)]).unwrap();
    desk.journal.commit(&[outcome(2, AttemptState::Accepted)]).unwrap();
    (batch, one)
}

#[test]
fn a_command_is_sent_again_when_a_person_wants_it() {
    let mut desk = Desk::new();
    let (batch, one) = in_doubt(&mut desk);
    desk.journal.resolve(one, 0, Verdict::Resend, "send it again", 9000).unwrap();
    let past = desk.journal.past(one).unwrap();
    assert_eq!(past.len(), 1, "what was said behind it counts no more");
    let last = past[0].attempt.as_ref().unwrap();
    assert_eq!((past[0].ended, past[0].attempts, last.state), (None, 1, AttemptState::Superseded));
    assert!(!desk.journal.snapshot(batch).unwrap().trackers[0].done);
    assert_eq!(desk.journal.commands(one).unwrap()[0].attempts[0].evidence[0].note, "send it again");
    // The device is free, and so are the turns behind.
    let courier = desk.courier;
    desk.journal
        .commit(&[handed(3, one, 0, 2, courier), committed(3), outcome(3, AttemptState::Answered)])
        .unwrap();
    desk.journal.commit(&[ended(one, 0, State::Acknowledged, Replay::Lines), command(one, 1)]).unwrap();
    // The first submission and the second, and the question's.
    assert_eq!(desk.journal.snapshot(batch).unwrap().messages, 3);
}

#[test]
fn a_command_that_a_person_knows_to_be_sent_is_waited_for_again() {
    let mut desk = Desk::new();
    let (_, one) = in_doubt(&mut desk);
    desk.journal.resolve(one, 0, Verdict::Sent, "the tracker beeped", 9000).unwrap();
    let past = desk.journal.past(one).unwrap();
    let last = past[0].attempt.as_ref().unwrap();
    assert_eq!((past.len(), past[0].ended, last.state), (1, None, AttemptState::Accepted));
}

#[test]
fn of_a_cancelled_batch_a_word_is_kept_and_nothing_is_gone_on_with() {
    let mut desk = Desk::new();
    let (batch, one) = in_doubt(&mut desk);
    desk.journal.commit(&[stands(one, Standing::Unknown, true)]).unwrap();
    desk.journal.set_state(batch, BatchState::Cancelled).unwrap();
    let error = desk.journal.resolve(one, 0, Verdict::Resend, "again", 9000).unwrap_err();
    assert!(error.to_string().contains("nothing more of a cancelled batch is sent"), "{error}");
    desk.journal.resolve(one, 0, Verdict::Sent, "the tracker beeped", 9000).unwrap();
    let command = &desk.journal.commands(one).unwrap()[0];
    assert_eq!(command.attempts[0].state, AttemptState::Unanswered);
    assert_eq!(command.attempts[0].evidence.len(), 1, "what was refused is kept nowhere");
    let stored = desk.journal.tracker(one).unwrap();
    assert_eq!((stored.standing, stored.done), (Standing::Sent, true));
    assert_eq!(desk.journal.batch_by_id(batch).unwrap().state, BatchState::Cancelled);
    assert!(desk.journal.pending("dev0").unwrap().is_empty());
    for state in [BatchState::Open, BatchState::Paused, BatchState::Done] {
        desk.journal.set_state(batch, state).unwrap_err();
    }
}

#[test]
fn only_what_is_unknown_can_be_resolved() {
    let mut desk = Desk::new();
    let (_, one) = in_doubt(&mut desk);
    let error = desk.journal.resolve(one, 1, Verdict::Resend, "again", 9000).unwrap_err();
    assert!(error.to_string().contains("the outcome of command 1"), "{error}");
    assert_eq!(desk.journal.past(one).unwrap().len(), 2);
}

#[test]
fn a_corrected_row_begins_its_conversation_anew() {
    let mut desk = Desk::new();
    let (batch, trackers) = desk.batch("a", 2);
    let (one, courier) = (trackers[0], desk.courier);
    desk.begin(one, 0, 1);
    desk.journal.commit(&[committed(1), reply(Some(1), one, courier, "APN?")]).unwrap();
    let corrected = NewTracker { settings: r#"{"apn":"iot"}"#.to_owned(), ..tracker(0) };
    let changes = [Change::Changed(one, corrected), Change::Added(tracker(7))];
    let (profiles, file) = (spec("a").profiles, ("fixed.csv", "00ff"));
    let error = desk.journal.change(batch, file, &profiles, &changes).unwrap_err();
    assert!(error.to_string().contains("something is on its way to van 0"), "{error}");
    assert_eq!(desk.journal.batch("a").unwrap().unwrap().file, "a.csv");
    desk.journal
        .commit(&[outcome(1, AttemptState::Answered), ended(one, 0, State::Refused, Replay::Cut)])
        .unwrap();
    desk.journal.commit(&[stands(one, Standing::Refused, true)]).unwrap();
    desk.journal.change(batch, file, &profiles, &changes).unwrap();
    let stored = desk.journal.tracker(one).unwrap();
    assert_eq!(
        (stored.settings.as_str(), stored.standing, stored.done),
        (r#"{"apn":"iot"}"#, Standing::Planned, false)
    );
    let snapshot = desk.journal.snapshot(batch).unwrap();
    assert_eq!((snapshot.trackers.len(), snapshot.trackers[0].courier, snapshot.messages), (3, None, 1));
    assert!(desk.journal.past(one).unwrap().is_empty());
    assert_eq!(snapshot.prints.len(), 1, "an old answer must not be taken for a new one");
    desk.begin(one, 0, 2);
}

#[test]
fn a_batch_that_is_given_up_waits_for_nothing() {
    let mut desk = Desk::new();
    let (batch, trackers) = desk.batch("a", 3);
    for (at, attempt) in (1..=3).enumerate() {
        desk.begin(trackers[at], 0, attempt);
    }
    desk.journal.commit(&[committed(2), committed(3), outcome(3, AttemptState::Accepted)]).unwrap();
    let (later, _) = desk.batch("b", 3);
    let waiting = desk.journal.pending_elsewhere(later).unwrap();
    assert_eq!(
        waiting.iter().map(|one| one.device_key.as_str()).collect::<Vec<_>>(),
        ["dev0", "dev1", "dev2"]
    );
    assert_eq!((waiting[1].batch.as_str(), waiting[1].state), ("a", AttemptState::Committed));
    assert_eq!(desk.journal.pending("dev2").unwrap().len(), 1);
    desk.journal.set_state(batch, BatchState::Cancelled).unwrap();
    let state = |at: usize| desk.journal.past(trackers[at]).unwrap()[0].attempt.as_ref().unwrap().state;
    assert_eq!(
        [0, 1, 2].map(state),
        [AttemptState::NotSent, AttemptState::Unknown, AttemptState::Unanswered]
    );
    let waiting = desk.journal.pending_elsewhere(later).unwrap();
    assert_eq!(waiting.iter().map(|one| one.device_key.as_str()).collect::<Vec<_>>(), ["dev1"]);
    assert!(desk.journal.pending_elsewhere(batch).unwrap().is_empty());
    let error = desk.journal.set_state(BatchId(99), BatchState::Done).unwrap_err();
    assert!(matches!(error, JournalError::Unknown { .. }));
}
