//! Batches as they are made, found and read.

use super::*;

#[test]
fn a_batch_is_found_as_it_was_made() {
    let mut desk = Desk::new();
    let (id, trackers) = desk.batch("monday", 3);
    let batch = desk.journal.batch("monday").unwrap().unwrap();
    let made = spec("monday");
    assert_eq!(batch, desk.journal.batch_by_id(id).unwrap());
    assert_eq!((batch.id, batch.state, batch.form), (id, BatchState::Open, FormName::Sms));
    assert_eq!((batch.file, batch.file_sha256, batch.options), (made.file, made.file_sha256, made.options));
    assert_eq!(desk.journal.batch("sunday").unwrap(), None);
    let stored = desk.journal.tracker(trackers[1]).unwrap();
    let given = tracker(1);
    assert_eq!((stored.line, stored.name, stored.device_key), (given.line, given.name, given.device_key));
    assert_eq!((stored.settings, stored.register), (given.settings, given.register));
    let profile = desk.journal.profile(&stored.profile_sha256).unwrap();
    assert_eq!((profile.name.as_str(), profile.toml), ("istartek-vt", made.profiles[0].toml.clone()));
    assert_eq!(desk.journal.snapshot(id).unwrap().trackers[1].to, given.to);
    assert_eq!(desk.journal.counts(id).unwrap(), [(Standing::Planned, 3, 3)]);
}

#[test]
fn a_hash_is_that_of_sha256sum() {
    // `printf abc | sha256sum`, as in FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sha256("abc"), abc);
}

#[test]
fn recipients_come_back_as_they_were_given() {
    let mut desk = Desk::new();
    // A card whose number is printed without its check digit is taken with a warning, and must be read again too.
    let (iccid, _) = Iccid::parse("894922000000000001").unwrap();
    let to = Recipient { phone: None, iccid: Some(iccid), sim_id: Some("HS-1".to_owned()) };
    let row = NewTracker { to: to.clone(), ..tracker(0) };
    let id = desk.journal.create_batch(&spec("sims"), [row]).unwrap();
    assert_eq!(desk.journal.snapshot(id).unwrap().trackers[0].to, to);
}

#[test]
fn a_name_is_taken_once() {
    let mut desk = Desk::new();
    desk.batch("monday", 1);
    let error = desk.journal.create_batch(&spec("monday"), [tracker(0)]).unwrap_err();
    assert!(matches!(&error, JournalError::NameTaken { name, .. } if name == "monday"), "{error:?}");
}

#[test]
fn a_device_that_is_there_twice_keeps_the_whole_batch_out() {
    let mut desk = Desk::new();
    let again = NewTracker { line: 9, ..tracker(0) };
    let error = desk.journal.create_batch(&spec("monday"), [tracker(0), tracker(1), again]).unwrap_err();
    assert!(error.to_string().contains("lines 2 and 9 are the same device, dev0"), "{error}");
    assert!(desk.journal.batches().unwrap().is_empty());
    let stranger = NewTracker { profile: "unheard-of".to_owned(), ..tracker(0) };
    let error = desk.journal.create_batch(&spec("monday"), [stranger]).unwrap_err();
    assert!(error.to_string().contains("the profile unheard-of was not given"), "{error}");
}

#[test]
fn trackers_come_in_the_order_of_the_file() {
    let mut desk = Desk::new();
    let rows = [2, 0, 1].map(tracker);
    let id = desk.journal.create_batch(&spec("a"), rows).unwrap();
    let mut lines = Vec::new();
    desk.journal
        .trackers(id, &mut |stored| {
            lines.push(stored.line);
            true
        })
        .unwrap();
    assert_eq!(lines, [2, 3, 4]);
    let mut seen = 0;
    desk.journal
        .trackers(id, &mut |_| {
            seen += 1;
            seen < 2
        })
        .unwrap();
    assert_eq!(seen, 2);
}

#[test]
fn a_modem_with_its_card_is_the_same_courier_on_any_port() {
    let mut desk = Desk::new();
    let mut courier = |spec, imei, imsi| desk.journal.courier(spec, imei, imsi).unwrap();
    let first = courier("modem:/dev/ttyUSB0", Some("1"), Some("2"));
    assert_eq!(courier("modem:/dev/ttyUSB3", Some("1"), Some("2")), first);
    assert_ne!(courier("modem:/dev/ttyUSB0", Some("1"), Some("3")), first);
    let gateway = courier("gateway:twilio", None, None);
    assert_eq!(courier("gateway:twilio", None, None), gateway);
    assert_ne!(courier("gateway:other", None, None), gateway);
    assert_ne!(courier("modem:/dev/ttyUSB0", None, None), first);
}

#[test]
fn a_report_reads_everything_of_one_instant_and_keeps_no_writer_waiting() {
    let mut desk = Desk::new();
    let (id, trackers) = desk.batch("a", 2);
    let reader = Journal::read_only(&desk.path()).unwrap();
    let courier = desk.courier;
    let mut found = Vec::new();
    reader
        .trackers(id, &mut |stored| {
            if stored.id == trackers[0] {
                // Somebody writes in the middle of the reading.
                desk.journal
                    .commit(&[command(trackers[1], 0), handed(1, trackers[1], 0, 1, courier)])
                    .unwrap();
            }
            found.push(reader.commands(stored.id).unwrap().len());
            true
        })
        .unwrap();
    assert_eq!(found, [0, 0]);
    assert_eq!(reader.commands(trackers[1]).unwrap().len(), 1);
}

#[test]
fn an_attempt_is_told_with_its_courier_references_cause_evidence_and_replies() {
    let mut desk = Desk::new();
    let (_, trackers) = desk.batch("a", 1);
    let (one, courier) = (trackers[0], desk.courier);
    desk.begin(one, 0, 1);
    let cause = Some((Some("CMS 500".to_owned()), "the modem says unknown error".to_owned()));
    let attempt = AttemptId(1);
    let doubt =
        Entry::Attempt { attempt, state: AttemptState::Unknown, references: Vec::new(), cause, at_ms: 2500 };
    desk.journal.commit(&[committed(1), doubt]).unwrap();
    let told = desk.journal.commands(one).unwrap().remove(0).attempts.remove(0);
    assert_eq!(told.cause.as_deref(), Some("the modem says unknown error"));
    assert_eq!(told.courier, "modem:/dev/ttyUSB0");
    let kind = crate::engine::batch::EvidenceKind::Late;
    let late = Entry::Evidence { attempt, kind, note: "+CMGS: 17".to_owned(), at_ms: 2600 };
    let references = vec!["17".to_owned(), "18".to_owned()];
    let taken = Entry::Attempt {
        attempt,
        state: AttemptState::Accepted,
        references: references.clone(),
        cause: None,
        at_ms: 2600,
    };
    desk.journal
        .commit(&[late, taken, reply(Some(1), one, courier, "OK"), reply(None, one, courier, "hi")])
        .unwrap();
    desk.journal.commit(&[outcome(1, AttemptState::Answered)]).unwrap();
    let told = desk.journal.commands(one).unwrap().remove(0).attempts.remove(0);
    assert_eq!((told.state, told.references, told.cause), (AttemptState::Answered, references, None));
    assert_eq!(told.evidence.iter().map(|one| one.note.as_str()).collect::<Vec<_>>(), ["+CMGS: 17"]);
    let replies = desk.journal.replies(one).unwrap();
    assert_eq!(replies.iter().map(|one| one.attempt).collect::<Vec<_>>(), [Some(attempt), None]);
    assert_eq!(replies[0].sender, Sender::International("491710000000".to_owned()));
    assert!(replies[1].why_not.as_deref().unwrap().contains("nothing was sent"));
}

#[test]
fn what_came_from_nobody_of_a_batch_is_kept_with_the_batch_and_belongs_to_no_tracker() {
    let mut desk = Desk::new();
    let (monday, trackers) = desk.batch("monday", 2);
    let (tuesday, _) = desk.batch("tuesday", 1);
    let stranger = |text: &str| Entry::Stranger {
        courier: desk.courier,
        beside: trackers[0],
        sender: Sender::Name("Parcel".to_owned()),
        sent_ms: Some(2500),
        at_ms: 2600,
        text: text.to_owned(),
        missing: 1,
        print: format!("\"Parcel\"|2500|{text}"),
    };
    let (first, second) = (stranger("your parcel"), stranger("has come"));
    desk.journal.commit(&[first.clone(), second]).unwrap();
    let kept = desk.journal.strangers(monday).unwrap();
    assert_eq!(kept.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["your parcel", "has come"]);
    assert_eq!((kept[0].courier.as_str(), kept[0].missing), ("modem:/dev/ttyUSB0", 1));
    assert_eq!((&kept[0].sender, kept[0].sent_ms), (&Sender::Name("Parcel".to_owned()), Some(2500)));
    assert_eq!(desk.journal.strangers(tuesday).unwrap(), []);
    assert_eq!(desk.journal.replies(trackers[0]).unwrap(), []);
    // A batch that goes on knows it, so that it is not written twice; and twice it cannot be.
    assert_eq!(desk.journal.snapshot(monday).unwrap().prints.len(), 2);
    assert!(desk.journal.commit(&[first]).is_err());
}
