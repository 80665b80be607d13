//! By way of the lab's own HTTP gateway, and what each of its faults comes to. Its password stands in nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::homing::{Homing, Said, all};
use crate::interrupts::interrupted;
use crate::lab::Lab;
use crate::{JSON, NUMBER};

/// A lab with one tracker and a gateway, and the path of the configuration that names it.
struct Desk {
    lab: Lab,
    config: String,
}

impl Desk {
    fn new(profile: &str, behaviour: &str, more: &[&str]) -> Desk {
        let csv = format!("profile,phone,apn,lab\n{profile},{NUMBER},internet,{behaviour}\n");
        let lab = Lab::with(&csv, &[&["--gateway", "127.0.0.1:0"], more].concat());
        let config = lab.path("config.toml");
        // As the lab prints it in its help: user and password are `lab`. A password of one's own comes from a file.
        fs::write(lab.path("word"), "lab\n").unwrap();
        let text = format!(
            "[gateway.phone]\ndefinition = \"capcom6\"\nurl = \"http://{}\"\nuser = \"lab\"\npassword = \"file:word\"\n\
             poll = \"50ms\"\nread_timeout = \"1s\"\n",
            lab.gateway()
        );
        fs::write(&config, text).unwrap();
        for path in [&config, &lab.path("word")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        Desk { config: config.to_str().unwrap().to_owned(), lab }
    }

    fn homing(&self, args: &[&str]) -> Homing {
        let way = ["--phone", NUMBER, "--via", "gateway:phone", "--yes", "--timeout", "5s"];
        Homing::new(&["--config", &self.config]).args(args).args(&way).args(&JSON)
    }

    fn send(&self, profile: &str) -> Said {
        self.homing(&["send", profile, "--apn", "internet"]).run()
    }
}

#[test]
fn trackers_behind_a_gateway_end_as_they_do_behind_a_modem() {
    let rows = [
        ("istartek-vt", "obeys", 0, "verified", ""),
        ("istartek-pt32", "obeys", 0, "verified", ""),
        ("istartek-vt", "wrong_password", 1, "refused", "wrong_password"),
        ("istartek-pt32", "not_authorised", 1, "refused", "not_authorised"),
        ("istartek-vt", "other_dialect", 1, "failed", "other_dialect"),
        ("istartek-vt", "silent", 3, "planned", "silent"),
    ];
    all(&rows, |(profile, behaviour, code, standing, reason)| {
        let said = Desk::new(profile, behaviour, &[]).send(profile);
        said.assert_outcome(*code, standing, reason);
        assert_eq!(said.json()["via"], "gateway:phone", "{said}");
    });
}

#[test]
fn verify_and_identify_go_by_a_gateway_too() {
    let desk = Desk::new("istartek-vt", "obeys", &[]);
    let verify = || desk.homing(&["verify", "istartek-vt", "--apn", "internet"]).run();
    verify().assert_outcome(1, "failed", "differs");
    desk.send("istartek-vt").assert_outcome(0, "verified", "");
    verify().assert_outcome(0, "verified", "");
    let said = desk.homing(&["identify", "istartek-vt", "istartek-pt32"]).run();
    assert_eq!(said.json()["profiles"], serde_json::json!(["istartek-vt"]), "{said}");
}

#[test]
fn every_fault_of_a_gateway_ends_in_its_true_standing_and_nothing_is_sent_twice() {
    // The table of section 1 of the facts about gateways: after the body all is unknown, until the list of the gateway
    // (which the message has under its own id) or the tracker's answer says more.
    let rows = [
        ("gateway-cut-before-body", 3, "unknown", "no_outcome"),
        ("gateway-500-before-body", 3, "unknown", "no_outcome"),
        ("gateway-redirect", 1, "failed", "rejected"),
        ("gateway-cut-after-body", 0, "verified", ""),
        ("gateway-503", 0, "verified", ""),
        ("gateway-bad-json", 0, "verified", ""),
        ("gateway-slow=200ms", 0, "verified", ""),
        // Longer than a minute is not waited for; the message has arrived all the same.
        ("gateway-slow=2s", 0, "verified", ""),
    ];
    all(&rows, |(fault, code, standing, reason)| {
        let desk = Desk::new("istartek-vt", "obeys", &["--fault", fault]);
        let said = desk.send("istartek-vt");
        said.assert_outcome(*code, standing, reason);
        let texts = desk.lab.submitted();
        let sets = texts.iter().filter(|text| text.starts_with("0000,10")).collect::<Vec<_>>();
        // 109, 100, 102 and 103, each once.
        assert_eq!(sets.len(), if *code == 0 { 4 } else { 0 }, "{fault}: {texts:?}");
        if *standing == "unknown" {
            said.assert_err(
                3,
                &["look into the gateway's own list", "what would resolve it: an answer of the tracker"],
            );
        }
    });
}

#[test]
fn a_gateway_that_takes_no_more_for_now_is_asked_again_after_a_pause() {
    let desk = Desk::new("istartek-vt", "obeys", &["--fault", "gateway-429"]);
    let send = desk.homing(&["send", "istartek-vt", "--apn", "internet"]);
    let (code, outcome) = interrupted(&send, "takes no more for now, and says to wait 1 s");
    assert_eq!((code, outcome["standing"].as_str()), (Some(130), Some("planned")), "{outcome:#}");
    assert_eq!(desk.lab.submitted(), [""; 0]);
}

#[test]
fn a_password_that_is_not_taken_ends_before_anything_is_sent_and_is_never_shown() {
    let desk = Desk::new("istartek-vt", "obeys", &[]);
    let secret = "Gateway-hunter2";
    fs::write(desk.lab.path("word"), format!("{secret}\n")).unwrap();
    for format in ["json", "text"] {
        let args = ["--verbose", "send", "istartek-vt", "--apn", "internet", "--phone", NUMBER, "--yes"];
        let way = ["--via", "gateway:phone", "--format", format];
        let said = Homing::new(&["--config", &desk.config]).args(&args).args(&way).run();
        said.assert_err(4, &["does not take user and password"]);
        // By `printf %s lab:Gateway-hunter2 | base64`.
        assert!(!said.says(secret) && !said.says("bGFiOkdhdGV3YXktaHVudGVyMg"), "{said}");
    }
    assert_eq!(desk.lab.submitted(), [""; 0]);
}

#[test]
fn a_gateway_that_nobody_set_up_is_a_wrong_usage() {
    let desk = Desk::new("istartek-vt", "obeys", &[]);
    let args = ["send", "istartek-vt", "--apn=x", "--phone", NUMBER, "--yes", "--via", "gateway:fone"];
    let said = Homing::new(&["--config", &desk.config]).args(&args).run();
    said.assert_err(2, &["has no gateway \"fone\"", "hint: did you mean phone?"]);
}
