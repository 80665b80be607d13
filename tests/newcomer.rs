//! A newcomer adds a tracker with one file and no Rust: the way that `profiles/README.md` describes, walked.

#![cfg(test)]

#[path = "support/homing.rs"]
mod homing;
#[cfg(target_os = "linux")]
#[path = "support/modem.rs"]
mod modem;
#[cfg(target_os = "linux")]
mod support;

#[cfg(target_os = "linux")]
#[path = "newcomer/asked.rs"]
mod asked;

use std::fs;
use std::path::Path;

use homing::{Homing, Said};

/// The template under a tracker's name, in a folder of its own.
fn copied() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/_template.toml");
    fs::copy(template, folder.path().join("acme-a1.toml")).unwrap();
    folder
}

fn edit(folder: &Path, from: &str, to: &str) {
    let file = folder.join("acme-a1.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// A run in that folder.
fn run(folder: &Path, args: &[&str]) -> Said {
    Said::of(Homing::new(args).command().current_dir(folder))
}

#[test]
fn a_copy_of_the_template_is_checked_without_a_word_to_say() {
    let folder = copied();
    let said = run(folder.path(), &["profile", "check", "--notes", "acme-a1.toml"]);
    assert_eq!((said.code, said.out.as_str()), (0, "1 profile: 0 errors, 0 warnings\n"), "{said}");
}

#[test]
fn a_mistake_is_shown_with_file_line_and_caret() {
    let folder = copied();
    edit(folder.path(), "sends = \"TIMER,60#\"", "sends = \"TIMER,60\"");
    let said = run(folder.path(), &["profile", "check", "acme-a1.toml"]);
    let wanted = "\
error[example]: it renders to \"TIMER,60#\"
   --> acme-a1.toml:150:9
    |
150 | sends = \"TIMER,60\"
    |         ^^^^^^^^^^
";
    assert!(said.code == 1 && said.out.starts_with(wanted), "{said}");
    assert!(said.out.ends_with("1 profile: 2 errors, 0 warnings\n"), "{said}");
}

#[test]
fn its_commands_are_shown_by_path_and_by_folder() {
    let folder = copied();
    let wanted = ["APN,internet#", "SERVER,d.plaspy.com,8888,1#", "TIMER,60#", "SPEED,90#"];
    for profile in [&["./acme-a1.toml"][..], &["acme-a1", "--profile-dir=."], &["A1 4G", "--profile-dir=."]] {
        let args = ["--apn=internet", "--transport=udp", "--set=speed_limit=90", "--format=json"];
        let said = run(folder.path(), &[&["generate"], profile, &args].concat());
        assert_eq!(said.code, 0, "{said}");
        let plan = &said.json()["plans"][0];
        let texts: Vec<&str> =
            plan["commands"].as_array().unwrap().iter().map(|c| c["text"].as_str().unwrap()).collect();
        assert_eq!(texts, wanted);
        let warnings = plan["warnings"].to_string();
        assert!(warnings.contains("over UDP a lost report stays lost"), "{warnings}");
        assert!(warnings.contains("no one has reported a device answering"), "{warnings}");
    }
    let said = run(folder.path(), &["generate", "./acme-a1.toml", "--apn=internet", "--set=speed_limit=300"]);
    said.assert_err(2, &["speed_limit \"300\": 300 is outside 0 to 255 km/h"]);
}

#[test]
fn a_profile_with_an_error_is_never_used() {
    let folder = copied();
    edit(folder.path(), "\"interval\", \"speed\"]", "\"interval\", \"factory\"]");
    let said = run(folder.path(), &["generate", "./acme-a1.toml", "--apn=internet"]);
    said.assert_err(2, &["has problems", "hint: homing profile check ./acme-a1.toml"]);
    assert_eq!(said.out, "");
}

/// The tracker of the template, as its manual would have it.
#[cfg(target_os = "linux")]
fn acme() -> support::device::Device {
    let mut kept =
        [("APN", "cmnet,,".to_owned()), ("SERVER", "a.example,1,0".to_owned()), ("TIMER", "10".to_owned())];
    let brain = support::plain::Scripted(move |command: &str| {
        let (word, value) =
            command.strip_suffix('#')?.split_once(',').unwrap_or((command.trim_end_matches('#'), ""));
        if let Some((_, old)) = kept.iter_mut().find(|(name, _)| *name == word) {
            *old = if word == "APN" { format!("{value},,") } else { value.to_owned() };
            return Some(format!("{word} OK"));
        }
        let [(_, apn), (_, server), (_, timer)] = &kept;
        let all = format!("IMEI:490154203237518;APN:{apn};IP:{server};TIMER:{timer};SPEED:0");
        Some(if word == "READ" { all } else { "ERROR".to_owned() })
    });
    support::device::Device::plug(brain, support::device::Habits::default())
}

#[cfg(target_os = "linux")]
#[test]
fn its_tracker_is_configured_and_read_back() {
    let folder = copied();
    let device = acme();
    let via = device.via();
    let args = ["send", "./acme-a1.toml", "--apn=internet", "--via", &via, "--format=json", "--timeout=10s"];
    let said = run(folder.path(), &args);
    said.assert_outcome(0, "verified", "");
    assert_eq!(
        device.commands(),
        ["READ#", "APN,internet#", "SERVER,d.plaspy.com,8888,0#", "TIMER,60#", "READ#"]
    );
}
