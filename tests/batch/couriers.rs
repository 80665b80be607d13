//! Couriers that go away, come back, refuse whatever they get or are to be silent, and answers that come late.

use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::desk::{Desk, fleet, texts_to};
use crate::flows::{begin, interrupt, until};
use crate::homing::Homing;
use crate::lab::Lab;

#[test]
fn a_modem_that_goes_away_leaves_its_trackers_to_the_other() {
    let csv = fleet(8);
    let desk = Desk::new("two", &csv, &[]);
    let other = Lab::with(&csv, &["--fault", "vanish"]);
    let other_via = format!("{}?away=2s", other.via());
    let said = desk.run(&["--via", &other_via, "--timeout", "2s"]).run();
    said.assert_err(said.code, &["vanished", "it is waited for", "did not come back within 2s"]);
    let report = desk.report();
    assert_eq!(report["open"], 0, "{said}");
    // The message that went with it: nobody knows of it, and it was not sent again.
    let lost = other.events("submit");
    let [lost] = lost.as_slice() else { panic!("{} messages", lost.len()) };
    let counted = desk.count_with(&[&other]);
    counted.must_be_right();
    assert_eq!(counted.unknown, 1, "{counted}\n{said}");
    let phones = desk.phones();
    let (name, _) = phones.iter().find(|(_, phone)| lost["to"] == ***phone).unwrap();
    let again = texts_to(&desk.lab, &phones[name]);
    assert!(!again.contains(&lost["text"].as_str().unwrap().to_owned()), "{again:?}");
    // It was a question, so the tracker is done all the same.
    assert_eq!(report["counts"], serde_json::json!({"verified": 8}), "{said}");
}

#[test]
fn a_modem_that_comes_back_under_another_name_goes_on_and_nothing_is_lost_or_twice() {
    let desk = Desk::new("back", &fleet(8), &["--fault", "come-back=300ms:8%", "--seed", "5"]);
    let said = desk.run(&["--timeout", "2s"]).run();
    said.assert_err(said.code, &["vanished", "it is waited for"]);
    let vanished = desk.lab.events("closed").len();
    assert!(vanished > 0, "it never went away");
    // Each time that it came back it had another port.
    let opened = desk.lab.events("open");
    assert_eq!(opened.len(), vanished + 1);
    assert!(opened.windows(2).all(|two| two[0]["port"] != two[1]["port"]), "{opened:?}");
    let counted = desk.count();
    counted.must_be_right();
    // A question that went with the port is passed over, and may have been the one that reads back.
    let report = desk.report();
    let standings = report["trackers"].as_array().unwrap().iter().map(|tracker| tracker["standing"].as_str());
    assert!(
        standings.into_iter().all(|one| matches!(one, Some("verified" | "acknowledged"))),
        "{said}\n{counted}"
    );
}

#[test]
fn a_modem_that_is_full_of_strangers_sends_nothing_until_they_may_be_deleted_and_none_of_them_is_lost() {
    let desk = Desk::new("full", &fleet(2), &["--fault", "storage-full"]);
    let said = desk.run(&["--courier-within", "8s"]).run();
    said.assert_err(4, &["ME is full: 100 of 100 places are used", "it was waited for, for 8s", "empty=yes"]);
    assert_eq!(desk.lab.submitted(), Vec::<String>::new());
    assert_eq!(desk.report()["counts"], serde_json::json!({"planned": 2}), "{said}");
    let inbox = || Homing::new(&["modem", "inbox", &desk.lab.via(), "--format", "json"]).run().json();
    let before = inbox()["messages"].as_array().unwrap().len();
    let strangers = || desk.batch(&["status"]).run();
    assert!(strangers().says("of strangers kept"), "{}", strangers());

    let said = desk.resume(&["--via", &format!("{}?empty=yes", desk.lab.via())]).run();
    assert_eq!(desk.report()["counts"], serde_json::json!({"verified": 2}), "{said}");
    assert!(inbox()["messages"].as_array().unwrap().len() < before);
    assert!(strangers().says("of strangers kept"), "{}", strangers());
    desk.count().must_be_right();
}

#[test]
fn a_barred_sim_card_is_found_out_after_three_messages_and_the_batch_goes_on_by_another() {
    let csv = fleet(10);
    let desk = Desk::new("barred", &csv, &["--fault", "barred"]);
    let said = desk.run(&[]).run();
    said.assert_err(
        4,
        &["refuses whatever it is given: the operator has barred sending (CMS 8)", "no courier works"],
    );
    assert_eq!(desk.lab.submitted().len(), 3);
    assert_eq!(desk.report()["counts"], serde_json::json!({"planned": 10}), "{said}");
    let other = Lab::with(&csv, &[]);
    assert_eq!(desk.resume(&["--via", &other.via()]).run().code, 0);
    assert_eq!(desk.report()["counts"], serde_json::json!({"verified": 10}), "{said}");
}

#[test]
fn quiet_hours_hold_a_batch_back_with_a_word_and_others_are_refused() {
    let desk = Desk::new("quiet", &fleet(1), &[]);
    for wrong in ["25:00-07:00", "22:00", "22:00-22:00", "22:00-07:00+99", "7-8", "22:00-07:00 or so"] {
        desk.run(&["--quiet-hours", wrong]).run().assert_err(2, &["--quiet-hours"]);
    }
    // The whole day but one minute, which is hours away wherever this runs.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let minute = |hours: u64| {
        let minutes = (now / 60 + hours * 60) % 1440;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let hours = format!("{}-{}", minute(22), minute(2));
    let run = begin(&desk.run(&["--quiet-hours", &hours]));
    thread::sleep(Duration::from_secs(3));
    let said = interrupt(run);
    said.assert_err(130, &["quiet hours: nothing is sent for another", "goes on"]);
    assert_eq!(desk.lab.submitted(), Vec::<String>::new());
    assert_eq!(desk.resume(&["--quiet-hours", &format!("{}-{}", minute(4), minute(8))]).run().code, 0);
}

#[test]
fn an_answer_that_came_after_all_settles_what_nobody_knew_and_nothing_goes_twice() {
    let csv = fleet(2).replace("istartek-pt32", "istartek-vt");
    let faults = ["silent-after-ctrl-z", "report-lost", "delayed=4s"];
    let faults: Vec<&str> = faults.iter().flat_map(|fault| ["--fault", fault]).collect();
    let desk = Desk::new("late", &csv, &faults);
    let via = format!("{}?accept=200ms", desk.lab.via());
    let file = desk.csv();
    let run = ["run", file.to_str().unwrap(), "--yes", "--timeout", "1s", "--no-identify", "--step", "apn"];
    let said = desk.batch(&run).args(&["--via", &via]).run();
    said.assert_err(3, &["`homing batch resolve late` lists"]);
    let found = ["resolve", "late", "--from-inbox", "--via", &via];
    // The network holds the commands back, and then the answers.
    let said = desk.batch(&found).run();
    assert_eq!((said.code, said.out.trim()), (3, "no answer to any of them was found"), "{said}");
    desk.batch(&["resolve", "late", "--from-inbox", "--via", "gateway:x"])
        .run()
        .assert_err(2, &["is no modem"]);
    let inbox = || Homing::new(&["modem", "inbox", &desk.lab.via(), "--format", "json"]).run().out;
    until("both answers", || inbox().matches("109,OK").count() == 2);
    let said = desk.batch(&found).run();
    assert_eq!(said.code, 0, "{said}");
    let told = |name: &str| said.out.contains(&format!("{name}: ****,109,internet was sent: its answer of"));
    assert!(told("T0") && told("T1"), "{said}");
    let said = desk.resume(&["--via", &via]).run();
    assert_eq!(desk.report()["counts"], serde_json::json!({"acknowledged": 2}), "{said}");
    let texts = desk.lab.submitted();
    assert_eq!(texts.iter().filter(|text| text.contains(",109,internet")).count(), 2, "{texts:?}");
}
