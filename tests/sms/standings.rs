//! Where trackers of the lab end, each by how it behaves, and what each fault of the modem and the network comes to.

use serde_json::Value;

use crate::homing::{Homing, Said, all};
use crate::lab::Lab;
use crate::{JSON, NUMBER};

/// How a run must end: exit code, standing, reason and a part of the sentence.
type End = (i32, &'static str, &'static str, &'static str);

/// A profile, how its tracker behaves, how it ends, and why: from the facts and the makers' papers.
const BEHAVIOURS: [(&str, &str, End); 10] = [
    ("istartek-vt", "lab", (0, "verified", "", "read back as wanted")),
    (
        "istartek-pt32",
        "lab",
        (0, "verified", "", "read back as wanted, by a reply form that no source gives"),
    ),
    // Silence before the first command: nothing that changes it was handed over.
    ("istartek-vt", "lab:silent", (3, "planned", "silent", "nothing came back")),
    ("istartek-pt32", "lab:silent", (3, "planned", "silent", "nothing came back")),
    // V1.6: Failed means a wrong format or a wrong password, and a question without data has no format.
    (
        "istartek-vt",
        "lab:wrong_password",
        (1, "refused", "wrong_password", "so it is the password that is wrong"),
    ),
    // The `#` dialect has no password in its commands, so none is wrong.
    ("istartek-pt32", "lab:wrong_password", (0, "verified", "", "read back as wanted")),
    // No paper of the numeric dialect tells an answer to whoever may not ask: it is silence.
    ("istartek-vt", "lab:not_authorised", (3, "planned", "silent", "nothing came back")),
    // One maker of the `#` dialect prints one: only SOS number and center number.
    (
        "istartek-pt32",
        "lab:not_authorised",
        (1, "refused", "not_authorised", "obeys only numbers that are set in it"),
    ),
    (
        "istartek-vt",
        "lab:other_dialect",
        (
            1,
            "failed",
            "other_dialect",
            "obeys the dialect of istartek-pt32 (iStartek PT32), not that of istartek-vt",
        ),
    ),
    (
        "istartek-pt32",
        "lab:other_dialect",
        (1, "failed", "other_dialect", "obeys the dialect of istartek-vt"),
    ),
];

#[track_caller]
fn assert_end(said: &Said, end: End) {
    let (code, standing, reason, sentence) = end;
    said.assert_outcome(code, standing, reason);
    let told = said.json()["sentence"].as_str().unwrap().to_owned();
    assert!(told.contains(sentence), "{told}");
    if code == 0 {
        assert!(!said.err.contains("error:"), "{said}");
    } else {
        said.assert_err(code, &[&format!("error: {standing}: "), sentence]);
    }
}

/// The states of the commands, each once.
fn states(said: &Said) -> Vec<Value> {
    let mut states: Vec<Value> = Vec::new();
    for command in said.json()["commands"].as_array().unwrap() {
        if !states.contains(&command["state"]) {
            states.push(command["state"].clone());
        }
    }
    states
}

#[test]
fn every_tracker_of_the_lab_ends_in_its_true_standing() {
    all(&BEHAVIOURS, |(profile, via, end)| {
        let said =
            Homing::new(&["send", profile, "--apn", "internet", "--via", via, "--yes"]).args(&JSON).run();
        assert_end(&said, *end);
        let wanted = if end.0 == 0 { "acknowledged" } else { "planned" };
        assert_eq!(states(&said), [wanted], "{said}");
    });
}

/// A fault, what is sent beside, how it ends, and the state of the first command.
const FAULTS: [(&str, &[&str], End); 22] = [
    // Section 4 of the facts: +CMGS and OK may take minutes.
    ("late-cmgs=1s", &[], (0, "verified", "", "read back as wanted")),
    // Section 5: ERROR in answer to CMGS=, and no prompt: the network has it not.
    ("error-at-prompt", &[], (4, "planned", "not_sent", "answered ERROR when the message was announced")),
    ("no-prompt", &[], (4, "planned", "not_sent", "no prompt")),
    // Section 5: an RP cause that says rejected: not in a loop.
    ("cms=21", &[], (1, "failed", "rejected", "rejected the message (CMS 21)")),
    ("cms=28", &[], (1, "failed", "rejected", "CMS 28")),
    // Section 5: 500, and 331 and 332 behind 0x1A: maybe; never automatic.
    ("cms=500", &["--timeout=1s"], (3, "unknown", "no_outcome", "CMS 500")),
    ("cms=331", &["--timeout=1s"], (3, "unknown", "no_outcome", "CMS 331")),
    ("cms=332", &["--timeout=1s", "--no-identify"], (3, "unknown", "no_outcome", "CMS 332")),
    // Section 2: unsolicited lines can come between any two lines.
    ("urc-in-answers", &[], (0, "verified", "", "read back as wanted")),
    // Section 1: accept echo.
    ("echo-on", &[], (0, "verified", "", "read back as wanted")),
    // Section 6: a full store takes nothing, so no answer could come to what is sent.
    ("storage-full", &[], (4, "planned", "not_sent", "100 of 100 places are used")),
    // Section 5: USB loss after 0x1A: maybe.
    ("vanish", &[], (3, "unknown", "no_outcome", "vanished")),
    ("vanish", &["--no-identify"], (3, "unknown", "no_outcome", "vanished")),
    // Section 6: the same SMS again.
    ("duplicate-delivery", &[], (0, "verified", "", "read back as wanted")),
    ("slow=200ms", &[], (0, "verified", "", "read back as wanted")),
    // Section 1: SIM PIN is entered where one is given; SIM PUK: stop.
    ("pin", &[], (4, "planned", "not_sent", "waits for its PIN, and none was given")),
    ("puk", &[], (4, "planned", "not_sent", "wants its PUK")),
    // A command that was taken and not answered is sent, and no more.
    ("silent-answers", &["--timeout=1s", "--no-identify"], (3, "sent", "silent", "was not answered")),
    // Reply matching: the sender, received after the send time.
    (
        "answer-from-other-number",
        &["--timeout=1s", "--no-identify"],
        (3, "sent", "silent", "was not answered"),
    ),
    ("stale-answer", &["--timeout=1s", "--no-identify"], (3, "sent", "silent", "was not answered")),
    // Section 6: notifications get lost: poll.
    ("cmti-lost", &[], (0, "verified", "", "read back as wanted")),
    // Section 9: CMGD fails silently.
    ("delete-fails", &[], (0, "verified", "", "read back as wanted")),
];

#[test]
fn every_fault_of_the_lab_ends_as_the_standards_say() {
    all(&FAULTS, |(fault, more, end)| {
        let via = format!("lab?fault={fault}");
        let said = Homing::new(&["send", "istartek-vt", "--apn", "internet", "--via", &via, "--yes"])
            .args(&JSON)
            .args(more)
            .run();
        assert_end(&said, *end);
        let first = said.json()["commands"][0]["state"].clone();
        let trusted = more.contains(&"--no-identify");
        let wanted = match end.1 {
            "verified" => "acknowledged",
            "sent" => "unanswered",
            "unknown" if trusted => "unknown",
            _ => "planned",
        };
        assert_eq!(first, wanted, "{fault}: {said}");
        let resolve = said.json()["hint"].as_str().is_some_and(|hint| hint.contains("what would resolve it"));
        assert_eq!(resolve, end.1 == "unknown", "{fault}: {said}");
    });
}

#[test]
fn a_long_answer_whose_parts_come_in_the_wrong_order_is_read_whole() {
    // An APN of two labels makes what PARAM# shows longer than one message.
    let apn = format!("{}.{}", "a".repeat(50), "b".repeat(45));
    let said = Homing::new(&["send", "istartek-pt32", "--apn", &apn, "--yes"])
        .args(&["--via", "lab?fault=parts-out-of-order"])
        .args(&JSON)
        .run();
    said.assert_outcome(0, "verified", "");
    let outcome = said.json();
    let questions = outcome["questions"].as_array().unwrap();
    let shown = questions.last().unwrap()["reply"][0].as_str().unwrap();
    assert!(shown.len() > 160 && shown.contains(&apn) && shown.ends_with("LANG:EN"), "{shown}");
}

#[test]
fn a_modem_that_says_nothing_behind_every_pdu_is_gone_on_with_by_what_trackers_answer() {
    let lab = Lab::start(&["--trackers", "1", "--profile", "istartek-vt", "--fault", "silent-after-ctrl-z"]);
    let number = lab.ready()["first_tracker"].as_str().unwrap();
    let args = ["send", "istartek-vt", "--phone", number, "--apn", "internet", "--yes"];
    let said = Homing::new(&args).args(&["--via", &format!("{}?accept=500ms", lab.via())]).args(&JSON).run();
    // The answer of the tracker resolves it (section 5 of the facts).
    said.assert_outcome(0, "verified", "");
    let texts = lab.submitted();
    let sets = ["0000,109,internet", "0000,100,1,d.plaspy.com,8888", "0000,102,60", "0000,103,0"];
    for set in sets {
        assert_eq!(texts.iter().filter(|text| *text == set).count(), 1, "{texts:?}");
    }
}

#[test]
fn what_the_lab_does_in_a_process_of_its_own_is_what_it_does_inside() {
    let rows = [
        ("istartek-vt", "obeys", 0, "verified", ""),
        ("istartek-pt32", "obeys", 0, "verified", ""),
        ("istartek-vt", "wrong_password", 1, "refused", "wrong_password"),
        ("istartek-pt32", "not_authorised", 1, "refused", "not_authorised"),
        ("istartek-vt", "silent", 3, "planned", "silent"),
    ];
    all(&rows, |(profile, behaviour, code, standing, reason)| {
        let csv = format!("profile,phone,apn,lab\n{profile},{NUMBER},internet,{behaviour}\n");
        let lab = Lab::with(&csv, &[]);
        let args = ["send", profile, "--phone", NUMBER, "--apn", "internet", "--yes", "--timeout", "5s"];
        let said = Homing::new(&args).args(&["--via", &lab.via()]).args(&JSON).run();
        said.assert_outcome(*code, standing, reason);
        // Not a command after a question that was not answered as it should be.
        assert!(
            *code == 0 || lab.events("deliver").iter().all(|event| event["changed"] == serde_json::json!([]))
        );
    });
}

#[test]
fn verify_and_identify_go_by_short_messages_too() {
    let csv = format!("profile,phone,apn\nistartek-vt,{NUMBER},internet\n");
    let lab = Lab::with(&csv, &[]);
    let run = |args: &[&str]| {
        let more = ["--phone", NUMBER, "--yes", "--via", &lab.via()];
        Homing::new(args).args(&more).args(&JSON).run()
    };
    let said = run(&["verify", "istartek-vt", "--apn", "internet"]);
    said.assert_outcome(1, "failed", "differs");
    run(&["send", "istartek-vt", "--apn", "internet"]).assert_outcome(0, "verified", "");
    let before = lab.submitted().len();
    run(&["verify", "istartek-vt", "--apn", "internet"]).assert_outcome(0, "verified", "");
    let said = run(&["identify", "istartek-vt", "istartek-pt32"]);
    assert_eq!((said.code, said.json()["verdict"].as_str()), (0, Some("recognised")), "{said}");
    assert_eq!(said.json()["profiles"], serde_json::json!(["istartek-vt"]), "{said}");
    // Questions only: identity and what reads back are 801 and 808, and VERSION# of the other dialect.
    let texts = lab.submitted();
    assert!(
        texts[before..].iter().all(|text| text.starts_with("0000,80") || text == "VERSION#"),
        "{texts:?}"
    );
}
