//! Passwords stand in nothing that is shown, however crookedly a device gives them back.

use crate::homing::{Homing, MEDIUM, PATIENT, Said, all};
use crate::support::device::{Brain, Device, Habits};
use crate::support::hash::HashDevice;
use crate::support::numeric::NumericDevice;
use crate::support::plain::Scripted;

const APN_PASSWORD: &str = "Sesam0pen";
const PASSWORD: &str = "PW37";

fn run(args: &[&str]) -> Said {
    let said = Homing::new(args).env("X", APN_PASSWORD).env("PW", PASSWORD).run();
    for secret in [APN_PASSWORD, PASSWORD] {
        assert!(!said.says(secret), "it tells {secret}: {said}");
    }
    said
}

/// Runs a plan that holds both secrets in both formats, once with every detail.
fn send(profile: &str, device: fn() -> Device, timeout: &str) -> Vec<Said> {
    let formats = [vec!["--format", "json", "--verbose"], vec!["--format", "text", "--verbose"]];
    let one = |format: &Vec<&str>| {
        let device = device();
        let via = device.via();
        let mut args = vec!["send", profile, "--via", &via, "--timeout", timeout, "--apn=internet"];
        args.extend(["--apn-user=fleetuser", "--apn-password=env:X"]);
        if profile == "istartek-vt" {
            args.push("--password=env:PW");
        }
        args.extend(format);
        run(&args)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = formats.iter().map(|format| scope.spawn(|| one(format))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// A tracker that holds one answer back and gives it before the next.
fn late(part: &'static str) -> Device {
    let mut tracker = NumericDevice::with_password(PASSWORD);
    let mut held: Option<String> = None;
    let brain = Scripted(move |command: &str| {
        let answer = tracker.hear(command);
        if command.contains(part) {
            held = answer;
            return None;
        }
        match (held.take(), answer) {
            (Some(held), Some(answer)) => Some(format!("{held}\r\n{answer}")),
            (held, answer) => held.or(answer),
        }
    });
    Device::plug(brain, Habits::default())
}

/// A tracker that repeats every command beside the line's echo, and then obeys it.
fn repeating() -> Device {
    let mut tracker = NumericDevice::with_password(PASSWORD);
    let brain = Scripted(move |command: &str| {
        let answer = tracker.hear(command)?;
        Some(format!("you said: {command}\r\n{command}\r\n{answer}"))
    });
    Device::plug(brain, Habits { echo: true, ..Habits::default() })
}

/// A device that repeats every command and does nothing.
fn parrot() -> Device {
    let brain = Scripted(|command: &str| Some(format!("{command}\r\ncommand not found: {command}")));
    Device::plug(brain, Habits { echo: true, ..Habits::default() })
}

/// A tracker that quotes what it refuses, as a related maker's do.
fn quoting() -> Device {
    let mut tracker = HashDevice::new();
    let brain = Scripted(move |command: &str| {
        if command.starts_with("APN") {
            return Some(format!("<{command}>Command was not recognized!"));
        }
        tracker.hear(command)
    });
    Device::plug(brain, Habits::default())
}

/// A tracker that repeats the command before with every answer.
fn behind() -> Device {
    let mut tracker = NumericDevice::with_password(PASSWORD);
    let mut before = String::new();
    let brain = Scripted(move |command: &str| {
        let last = std::mem::replace(&mut before, command.to_owned());
        let answer = tracker.hear(command)?;
        Some(format!("{last}\r\n{answer}"))
    });
    Device::plug(brain, Habits::default())
}

struct Crooked {
    name: &'static str,
    profile: &'static str,
    plug: fn() -> Device,
    timeout: &'static str,
    code: i32,
}

const CROOKED: [Crooked; 6] = [
    Crooked {
        name: "the answer that holds the password comes late",
        profile: "istartek-vt",
        plug: || late(",808,109"),
        timeout: MEDIUM,
        code: 3,
    },
    Crooked {
        name: "an OK comes late",
        profile: "istartek-vt",
        plug: || late(",109,"),
        timeout: MEDIUM,
        code: 0,
    },
    Crooked {
        name: "every command comes back several times",
        profile: "istartek-vt",
        plug: repeating,
        timeout: PATIENT,
        code: 0,
    },
    Crooked {
        name: "the command before comes back",
        profile: "istartek-vt",
        plug: behind,
        timeout: PATIENT,
        code: 0,
    },
    Crooked {
        name: "nothing but repetitions",
        profile: "istartek-vt",
        plug: parrot,
        timeout: "500ms",
        code: 3,
    },
    Crooked {
        name: "the refused command is quoted",
        profile: "istartek-pt32",
        plug: quoting,
        timeout: PATIENT,
        code: 1,
    },
];

#[test]
fn no_secret_is_shown_however_it_comes_back() {
    all(&CROOKED, |crooked| {
        for said in send(crooked.profile, crooked.plug, crooked.timeout) {
            assert_eq!(said.code, crooked.code, "{}: {said}", crooked.name);
        }
    });
}

#[test]
fn identify_shows_no_secret() {
    let device = repeating();
    let via = device.via();
    let said = run(&["identify", "--via", &via, "--password=env:PW", "--verbose", "--timeout", MEDIUM]);
    assert_eq!(said.code, 0, "{said}");
    assert!(said.err.contains("****,801"), "{said}");
}

#[test]
fn verify_shows_no_secret() {
    let mut tracker = NumericDevice::with_password(PASSWORD);
    for body in ["109,internet,fleetuser,0therWord", "100,1,d.plaspy.com,8888", "102,60"] {
        tracker.hear(&format!("{PASSWORD},{body}")).unwrap();
    }
    all(&["json", "text"], |format| {
        let device = Device::plug(tracker.clone(), Habits { echo: true, ..Habits::default() });
        let said = run(&[
            "verify",
            "istartek-vt",
            "--apn=internet",
            "--apn-user=fleetuser",
            "--apn-password=env:X",
            "--password=env:PW",
            "--verbose",
            "--format",
            format,
            "--via",
            &device.via(),
        ]);
        assert_eq!(said.code, 1, "{said}");
        assert!(said.says("apn_password reads back as ****, it should be ****"), "{said}");
        assert!(!said.says("0therWord"), "{said}");
    });
}

#[test]
fn a_dry_run_shows_secrets_only_when_it_is_asked_to() {
    let args = [
        "send",
        "istartek-vt",
        "--apn=internet",
        "--apn-user=fleetuser",
        "--apn-password=env:X",
        "--password=env:PW",
        "--via=cable:/dev/ttyNOTHERE7",
        "--dry-run",
        "--verbose",
    ];
    let said = run(&args);
    assert!(said.out.contains("****,109,internet,fleetuser,****"), "{said}");
    let said = Homing::new(&args).args(&["--show-secrets"]).env("X", APN_PASSWORD).env("PW", PASSWORD).run();
    assert!(said.out.contains("PW37,109,internet,fleetuser,Sesam0pen"), "{said}");
}

#[test]
fn a_password_that_cannot_be_right_is_not_repeated() {
    for (name, value) in [("PW", "PW37-too-long"), ("PW", "P,W7"), ("X", "Sesam,0pen"), ("X", "Sesam\t0pen")]
    {
        let mut homing = Homing::new(&[
            "send",
            "istartek-vt",
            "--via=cable:/dev/ttyNOTHERE7",
            "--apn=internet",
        ])
        .args(&["--apn-user=fleetuser", "--apn-password=env:X", "--password=env:PW", "--verbose"]);
        homing = homing.env("X", if name == "X" { value } else { APN_PASSWORD });
        homing = homing.env("PW", if name == "PW" { value } else { PASSWORD });
        let said = homing.run();
        assert_eq!(said.code, 2, "{said}");
        for secret in ["Sesam", "0pen", "PW37", "P,W7"] {
            assert!(!said.says(secret), "{said}");
        }
    }
}

#[test]
fn a_password_on_the_command_line_is_refused() {
    let said = Homing::new(&["send", "istartek-vt", "--apn=internet", "--password", PASSWORD])
        .args(&["--via=cable:/dev/ttyNOTHERE7"])
        .run();
    said.assert_err(2, &["--password takes a place to read the secret from", "hint: --password file:PATH"]);
    assert!(!said.says(PASSWORD), "{said}");
}
