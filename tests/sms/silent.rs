//! A modem that takes a PDU with Ctrl-Z and falls silent: whether the message was sent is not known, so it goes once.

use crate::modem::{First, Modem, honest};
use crate::{JSON, send};

/// What the design says of it: committed, no outcome, no evidence (`Standing::Unknown`), exit 3.
const RESOLVE: &str = "what would resolve it: an answer of the tracker or a delivery report (`homing modem inbox`), \
                       or `homing verify`";

#[test]
fn a_modem_that_never_says_a_word_again_gets_the_pdu_once_and_the_tracker_ends_unknown() {
    let modem = Modem::plug(First::SilentForGood, honest);
    let said = send(&format!("modem:{}?accept=2s", modem.path()), &JSON).args(&["--timeout", "1s"]).run();
    said.assert_outcome(3, "unknown", "no_outcome");
    // The maker's question without data: nothing was changed, and one 0x1A was ever written.
    assert_eq!((modem.texts(), modem.ends()), (vec!["0000,801".to_owned()], 1), "{said}");
    assert!(said.json()["sentence"].as_str().unwrap().contains("fell silent"), "{said}");
    assert!(said.json()["hint"].as_str().unwrap().contains(RESOLVE), "{said}");
    said.assert_err(3, &["error: unknown: the modem fell silent", RESOLVE]);
}

#[test]
fn the_same_as_text_with_a_command_in_the_first_place() {
    let modem = Modem::plug(First::SilentForGood, honest);
    let via = format!("modem:{}?accept=2s", modem.path());
    let said = send(&via, &["--timeout", "1s", "--no-identify"]).run();
    assert_eq!(said.code, 3, "{said}");
    assert_eq!((modem.texts(), modem.ends()), (vec!["0000,109,internet".to_owned()], 1), "{said}");
    assert!(said.out.starts_with("unknown: the modem fell silent"), "{said}");
    let state = |step: &str| said.out.lines().find(|line| line.contains(step)).unwrap_or_default().to_owned();
    assert!(state("0,109,").contains("unknown") || state("*,109,").contains("unknown"), "{said}");
    assert!(state(",100,").contains("not sent"), "{said}");
    assert!(said.err.contains(RESOLVE), "{said}");
}

#[test]
fn a_modem_that_answers_again_and_tells_that_it_was_taken_settles_it_without_a_second_try() {
    let modem = Modem::plug(First::SilentUntilAsked, honest);
    let via = format!("modem:{}?accept=1s", modem.path());
    let said = send(&via, &["--timeout", "6s"]).args(&JSON).run();
    let texts = modem.texts();
    said.assert_outcome(0, "verified", "");
    // The question that was in doubt is followed by the first command, not by itself.
    assert_eq!(texts[..2], ["0000,801", "0000,109,internet"], "{texts:?}\n{said}");
    assert_eq!(modem.ends(), texts.len(), "{said}");
}

#[test]
fn a_late_word_of_the_modem_or_a_report_turns_unknown_into_sent() {
    // The only message that is not answered, and the only one there is.
    let run = |first| {
        let modem = Modem::plug(first, |_, _| Vec::new());
        let via = format!("modem:{}?accept=1s", modem.path());
        let args = ["--timeout", "6s", "--no-identify", "--step", "reliable"];
        (send(&via, &args).args(&JSON).run(), modem.texts())
    };
    for first in [First::SilentUntilAsked, First::OnlyReported] {
        let (late, texts) = run(first);
        late.assert_outcome(3, "sent", "silent");
        // It went once; what follows it is the question that reads back.
        assert_eq!(texts, ["0000,103,0", "0000,808,103"], "{late}");
    }
    let (never, texts) = run(First::SilentForGood);
    never.assert_outcome(3, "unknown", "no_outcome");
    assert_eq!(texts, ["0000,103,0"], "{never}");
}
