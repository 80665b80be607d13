//! The words of the journal are those of the reports.

use super::super::words::Word;
use super::*;
use crate::engine::Reason;

fn json<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn a_standing_has_one_word_in_the_journal_and_in_json() {
    for standing in Standing::ALL {
        assert_eq!(standing.word(), json(standing));
        assert_eq!(standing.word(), standing.to_string());
        assert_eq!(Standing::of(standing.word()), Some(standing));
    }
}

#[test]
fn reasons_and_states_have_one_word_in_the_journal_and_in_json() {
    use State::{Acknowledged, Failed, Planned, Refused, Unanswered, Unknown};
    for state in [Planned, Acknowledged, Unanswered, Refused, Unknown, Failed] {
        assert_eq!(state.word(), json(state));
    }
    for reason in [Reason::WrongPassword, Reason::NotReadBack, Reason::NoOutcome, Reason::OtherDialect] {
        assert_eq!(reason.word(), json(reason));
        assert_eq!(<Reason as Word>::of(reason.word()), Some(reason));
    }
    assert_eq!(<Reason as Word>::of("Refused"), None);
}

#[test]
fn an_unknown_word_means_a_damaged_journal() {
    let mut desk = Desk::new();
    let (batch, _) = desk.batch("a", 1);
    let path = desk.path();
    drop(desk.journal);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE tracker SET standing = 'asleep'", []).unwrap();
    drop(raw);
    let error = Journal::open(&path).unwrap().snapshot(batch).unwrap_err();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("\"asleep\""), "{error}");
}
