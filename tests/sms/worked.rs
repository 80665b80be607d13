//! Worked examples from the maker's paper V1.6, on a tracker written by hand after it: what changed around an update,
//! and where a tracker is.

use std::path::Path;

use serde_json::{Value, json};

use crate::homing::{Homing, Said};
use crate::lab::Lab;
use crate::modem::{First, Letter, Modem, Post, TRACKER, honest};
use crate::{JSON, NUMBER};

/// A question by way of a scripted modem.
fn ask(command: &str, profile: &str, modem: &Modem, more: &[&str]) -> Said {
    let via = format!("modem:{}", modem.path());
    let args = [command, profile, "--phone", TRACKER, "--via", &via, "--timeout", "3s", "--yes"];
    Homing::new(&args).args(more).run()
}

/// What the tracker is set to, compared with a snapshot.
fn diff(modem: &Modem, before: &Path, more: &[&str]) -> Said {
    ask("verify", "istartek-vt", modem, &[&["--diff", before.to_str().unwrap()], more].concat())
}

/// A snapshot of the tracker of the paper as it comes from the maker.
fn snapshot(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("before.json");
    let modem = Modem::plug(First::Taken, honest);
    let said = ask("verify", "istartek-vt", &modem, &["--snapshot", file.to_str().unwrap()]);
    assert!(said.err.contains("what was read is in"), "{said}");
    file
}

/// The changes of a document: name, before, after, what became of it.
fn changes(said: &Said) -> Vec<[Value; 4]> {
    let document = said.json();
    let all = document["changes"].as_array().unwrap_or_else(|| panic!("{said}"));
    let parts = |change: &Value| ["name", "was", "is", "became"].map(|key| change[key].clone());
    all.iter().map(parts).filter(|[.., became]| became != "same").collect()
}

#[test]
fn an_update_that_changed_nothing_is_0_and_one_setting_that_did_is_1_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let before = snapshot(folder.path());
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(&before).unwrap()).unwrap();
    // The paper: 801,143190870823,869912033012424,VT100_V100 and 808,100,1,istartracker.com,8011.
    let read = ["imei", "firmware"].map(|key| kept[key].as_str().unwrap_or_default());
    assert_eq!(read, ["869912033012424", "VT100_V100"], "{kept:#}");
    assert_eq!(kept["settings"]["server"], "istartracker.com", "{kept:#}");

    let modem = Modem::plug(First::Taken, honest);
    let same = diff(&modem, &before, &[]);
    assert_eq!(same.code, 0, "{same}");
    assert!(same.out.starts_with("nothing that was read changed since "), "{same}");

    let send = ["--without", "apn", "--step", "interval", "--interval", "5m", "--quiet"];
    let sent = ask("send", "istartek-vt", &modem, &send);
    assert!(modem.texts().contains(&"0000,102,300".to_owned()), "{sent}");
    let said = diff(&modem, &before, &JSON);
    assert_eq!(said.code, 1, "{said}");
    assert_eq!(changes(&said), [[json!("interval"), json!("10"), json!("300"), json!("changed")]], "{said}");
    let said = diff(&modem, &before, &[]);
    assert!(said.code == 1 && said.out.contains(": interval\n"), "{said}");
}

/// The tracker after an update of its firmware.
fn updated(text: &str, answer: Option<String>) -> Vec<Letter> {
    honest(text, answer.map(|answer| answer.replace("VT100_V100", "VT100_V101")))
}

/// The tracker after an update that no longer lets its interval be read.
fn closed(text: &str, answer: Option<String>) -> Vec<Letter> {
    let answer = if text == "0000,808,102" { Some("808,102,Unsupport".to_owned()) } else { answer };
    honest(text, answer)
}

#[test]
fn another_firmware_is_a_change_unless_it_is_the_expected_one() {
    let folder = tempfile::tempdir().unwrap();
    let before = snapshot(folder.path());
    let rows: [(Post, &[&str], i32, bool); 5] = [
        (updated, &[], 1, true),
        (updated, &["--expect-firmware", "VT100_V101"], 0, true),
        (updated, &["--expect-firmware", "VT100_V102"], 1, true),
        (honest, &["--expect-firmware", "VT100_V101"], 1, false),
        (closed, &["--expect-firmware", "VT100_V100"], 3, false),
    ];
    crate::homing::all(&rows, |(post, more, code, told)| {
        let said = diff(&Modem::plug(First::Taken, *post), &before, more);
        assert_eq!(said.code, *code, "{more:?}: {said}");
        assert_eq!(said.out.contains("VT100_V101"), *told, "{said}");
    });
}

#[test]
fn what_can_no_longer_be_read_is_3_and_named_and_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let before = snapshot(folder.path());
    let said = diff(&Modem::plug(First::Taken, closed), &before, &JSON);
    assert_eq!(said.code, 3, "{said}");
    let gone = |name: &str, was: &str| [json!(name), json!(was), Value::Null, json!("not_read")];
    let all = [gone("interval", "10"), gone("interval_acc_off", ""), gone("interval_stopped", "")];
    assert_eq!(changes(&said), all, "{said}");
}

#[test]
fn a_snapshot_of_another_dialect_or_none_at_all_is_refused_before_anything_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let before = snapshot(folder.path());
    let broken = folder.path().join("broken.json");
    std::fs::write(&broken, "{}").unwrap();
    let modem = Modem::plug(First::Taken, honest);
    let other = ask("verify", "istartek-pt32", &modem, &["--diff", before.to_str().unwrap()]);
    other.assert_err(2, &["was read by the profile istartek-vt, and this is istartek-pt32"]);
    diff(&modem, &broken, &[]).assert_err(2, &["is no homing.snapshot/1"]);
    diff(&modem, &folder.path().join("none.json"), &[]).assert_err(2, &["none.json"]);
    let again = ask("verify", "istartek-vt", &modem, &["--snapshot", before.to_str().unwrap()]);
    again.assert_err(2, &["is there already", "never overwritten"]);
    assert_eq!(modem.texts(), [""; 0]);
}

/// V1.6, reports by short message: event, local time, fix, km/h, course, altitude, signal, a link to a map.
fn at_the_office(text: &str, answer: Option<String>) -> Vec<Letter> {
    let place = "Current,082619 09:30:46,A,54,286,76,31,http://maps.google.com/maps?q=22.646430,114.065730";
    if text == "0000,800" { vec![Letter::of_tracker(place)] } else { honest(text, answer) }
}

#[test]
fn a_tracker_is_located_by_the_answer_of_the_paper() {
    let modem = Modem::plug(First::Taken, at_the_office);
    let said = ask("locate", "istartek-vt", &modem, &[]);
    assert_eq!(said.code, 0, "{said}");
    assert!(said.out.starts_with("the tracker says that it is at 22.646430, 114.065730\n"), "{said}");
    assert_eq!(modem.texts(), ["0000,800"]);
    let said = ask("locate", "istartek-vt", &Modem::plug(First::Taken, at_the_office), &JSON);
    let document = said.json();
    let place = ["latitude", "longitude"].map(|key| document[key].clone());
    assert_eq!((said.code, place), (0, [json!("22.646430"), json!("114.065730")]), "{said}");
}

#[test]
fn a_tracker_that_does_not_say_where_it_is_is_not_located() {
    // Of the hand-written tracker no 800 is known: it says so.
    let said = ask("locate", "istartek-vt", &Modem::plug(First::Taken, honest), &[]);
    assert!(said.code == 1 && said.out.starts_with("the tracker refused"), "{said}");
    let silent = ask("locate", "istartek-vt", &Modem::plug(First::Taken, |_, _| Vec::new()), &[]);
    assert!(silent.code == 3 && silent.out.starts_with("the tracker did not answer"), "{silent}");
}

/// Facts: no buzzer and no light of the PT32 is public, nor a question for its position.
#[test]
fn what_no_source_gives_is_not_sent() {
    let csv = format!("profile,phone,apn\nistartek-pt32,{NUMBER},internet\n");
    let lab = Lab::with(&csv, &[]);
    for more in [&["--buzzer"][..], &["--light"], &[]] {
        let args = ["locate", "istartek-pt32", "--phone", NUMBER, "--yes", "--via", &lab.via()];
        let said = Homing::new(&args).args(more).run();
        said.assert_err(2, &["no source gives a ", "istartek-pt32", "nothing was sent", "[routine]"]);
    }
    assert_eq!(lab.submitted(), [""; 0]);
}

/// `identify` with a rehearsal that plays a family.
fn played(via: &str, more: &[&str]) -> Said {
    Homing::new(&["identify", "--via", via, "--timeout", "2s"]).args(more).run()
}

/// Answers out of Ruptela's list of commands and CalAmp's manual; neither gives one to a text it does not have.
#[test]
fn the_lab_plays_whom_a_person_names_and_else_says_whom() {
    let ruptela = played("lab?profile=ruptela", &[]);
    assert!(ruptela.code == 0 && ruptela.out.starts_with("ruptela: it obeys the dialect of"), "{ruptela}");
    assert!(ruptela.out.contains("asked, with 4 short messages:"), "{ruptela}");
    assert!(!ruptela.says("the lab plays"), "{ruptela}");
    let calamp = played("lab?profile=calamp-lmu", &[]);
    assert!(calamp.code == 3 && calamp.err.contains("--max-sms N asks more"), "{calamp}");
    let more = played("lab?profile=calamp-lmu", &["--max-sms", "5"]);
    assert!(more.code == 0 && more.out.starts_with("calamp-lmu: "), "{more}");
    let nobody = played("lab", &["--among", "goome,concox-gt06"]);
    assert!(nobody.code == 0 && nobody.out.starts_with("concox-gt06: "), "{nobody}");
    assert!(nobody.err.contains("the lab plays a tracker of concox-gt06"), "{nobody}");
    played("lab?profile=acme-a1", &[]).assert_err(2, &["no profile is called \"acme-a1\""]);
}

#[test]
fn a_rehearsal_with_a_tracker_of_another_family_stops_before_the_first_command() {
    let args = ["send", "istartek-vt", "--apn", "internet", "--timeout", "1s", "--via", "lab?profile=coban"];
    let said = Homing::new(&args).args(&JSON).run();
    said.assert_outcome(3, "planned", "silent");
    let document = said.json();
    let states: Vec<&str> =
        document["commands"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["planned"; 4], "{said}");
}
