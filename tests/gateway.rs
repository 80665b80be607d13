//! `send` by way of an SMS gateway, as a user runs it: the built program against a hand-written phone that speaks HTTP
//! as SMS Gateway for Android documents it, with a hand-written tracker behind its number.

#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "support/homing.rs"]
mod homing;
mod support;

#[path = "gateway/answering.rs"]
mod answering;
#[path = "gateway/canary.rs"]
mod canary;
#[path = "gateway/command.rs"]
mod command;
#[path = "gateway/oneway.rs"]
mod oneway;
#[path = "gateway/phone.rs"]
mod phone;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use homing::{Homing, Said, all};
use phone::{Phone, Trick};
use tempfile::TempDir;

const PASSWORD: &str = "Gateway-hunter2";
const HOOK: &str = "hook-5ecret";

/// A configuration with one gateway.
struct Desk {
    _folder: TempDir,
    config: PathBuf,
}

impl Desk {
    fn new(url: &str, more: &str) -> Desk {
        let folder = TempDir::new().unwrap();
        let config = folder.path().join("config.toml");
        let gateway = format!(
            "[gateway.phone]\ndefinition = \"capcom6\"\nurl = \"{url}\"\nuser = \"sms\"\n\
             password = \"{PASSWORD}\"\npoll = \"20ms\"\nread_timeout = \"1s\"\n{more}\n"
        );
        fs::write(&config, gateway).unwrap();
        fs::set_permissions(&config, fs::Permissions::from_mode(0o600)).unwrap();
        Desk { _folder: folder, config }
    }

    fn send(&self, timeout: &str, more: &[&str]) -> Said {
        let config = self.config.to_str().unwrap();
        let args =
            ["--config", config, "send", "istartek-pt32", "--phone", phone::TRACKER, "--apn", "internet"];
        let rest = ["--via", "gateway:phone", "--yes", "--format", "json", "--timeout", timeout, "--verbose"];
        Homing::new(&args).args(&rest).args(more).run()
    }
}

#[test]
fn a_tracker_is_set_and_read_back_through_a_phone_that_is_asked() {
    let phone = Phone::start(Trick::None, None);
    let said = Desk::new(&phone.url(), "").send("10s", &[]);
    said.assert_outcome(0, "verified", "");
    let settings = phone.settings();
    assert_eq!(
        (settings["apn"].as_str(), settings["server"].as_str()),
        ("internet", "d.plaspy.com"),
        "{said}"
    );
}

#[test]
fn a_tracker_is_set_and_read_back_through_a_phone_that_calls() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let phone = Phone::start(Trick::None, Some((address, format!("/hooks/{HOOK}"))));
    let desk = Desk::new(&phone.url(), &format!("webhook_secret = \"{HOOK}\""));
    let said = desk.send("10s", &["--webhook", &address.to_string()]);
    said.assert_outcome(0, "verified", "");
    assert_eq!(phone.asked("GET /inbox"), 0, "{said}");
}

#[test]
fn a_message_whose_answer_never_came_is_unknown_and_went_once() {
    let phone = Phone::start(Trick::CutOn("SERVER"), None);
    let said = Desk::new(&phone.url(), "").send("1s", &[]);
    assert_eq!(said.code, 3, "{said}");
    assert_eq!(phone.texts().iter().filter(|text| text.contains("SERVER")).count(), 1, "{:?}", phone.texts());
    assert!(said.says("the gateway's own list"), "{said}");
}

#[test]
fn a_message_whose_answer_never_came_and_that_the_phone_has_counts_as_taken() {
    let phone = Phone::start(Trick::TakeAndCutOn("SERVER"), None);
    let said = Desk::new(&phone.url(), "").send("10s", &[]);
    said.assert_outcome(0, "verified", "");
    assert_eq!(
        phone.texts().iter().filter(|text| text.contains("SERVER,")).count(),
        1,
        "{:?}",
        phone.texts()
    );
}

#[test]
fn credentials_that_are_not_taken_are_told_and_nothing_is_sent() {
    let phone = Phone::start(Trick::Refuse(401), None);
    let said = Desk::new(&phone.url(), "").send("1s", &[]);
    assert_eq!(said.code, 4, "{said}");
    assert!(said.says("does not take user and password"), "{said}");
    assert!(said.says("check user and password in [gateway.phone]"), "{said}");
    assert_eq!(phone.texts(), [""; 0]);
}

#[test]
fn no_run_that_fails_shows_a_credential() {
    let tricks = [401, 403, 404, 429, 400, 500, 302].map(Trick::Refuse);
    let tricks = tricks.into_iter().chain([Trick::CutOn(""), Trick::EchoOn(""), Trick::Garbage]);
    all(&tricks.collect::<Vec<_>>(), |trick| {
        let phone = Phone::start(*trick, None);
        let desk =
            Desk::new(&phone.url(), &format!("webhook_secret = \"{HOOK}\"\nsigning_key = \"sign-0123\""));
        // One that is down for a while would be waited for.
        let mut command = Homing::new(&[]).command();
        let config = desk.config.to_str().unwrap();
        command.args(["--config", config, "--verbose", "send", "istartek-pt32", "--phone", phone::TRACKER]);
        command.args(["--apn", "internet", "--via", "gateway:phone", "--yes", "--timeout", "300ms"]);
        let said = until(command, 100);
        for secret in [PASSWORD, &phone::basic("sms", PASSWORD), HOOK, "sign-0123"] {
            assert!(!said.contains(secret), "{trick:?}: {secret} in\n{said}");
        }
        assert!(!said.is_empty(), "{trick:?}");
    });
}

/// What a run says until it ends, or until it has waited long enough for a gateway that does not come back.
/// In twentieths of a second.
fn until(mut command: std::process::Command, patience: u32) -> String {
    let folder = TempDir::new().unwrap();
    let said = folder.path().join("said");
    let file = fs::File::create(&said).unwrap();
    let mut run = command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
    for _ in 0..patience {
        if run.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    run.kill().ok();
    run.wait().unwrap();
    fs::read_to_string(said).unwrap()
}
