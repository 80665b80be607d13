//! Everything that a cable can find instead of a tracker: each trouble names itself and the way out,
//! and nothing is set where no tracker was recognised.

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use nix::unistd::Uid;

use crate::assert_nothing_set;
use crate::homing::{BRIEF, Homing, PATIENT, Said, all};
use crate::support::device::{Device, Habits};
use crate::support::hash::HashDevice;
use crate::support::numeric::NumericDevice;
use crate::support::plain::{EchoDevice, GarbageDevice, ModemDevice, Scripted, SilentDevice};

/// What is on the cable, and what `send` and `identify` have to say about it.
struct Wrong {
    name: &'static str,
    plug: fn() -> Device,
    /// For the answers, where there are some.
    timeout: &'static str,
    reason: &'static str,
    says: [&'static str; 2],
}

const WRONG: [Wrong; 7] = [
    Wrong {
        name: "a silent port",
        plug: SilentDevice::plug,
        timeout: BRIEF,
        reason: "silent",
        says: ["nothing came back", "charge-only cable"],
    },
    Wrong {
        name: "a wrong line speed",
        plug: GarbageDevice::plug,
        timeout: "1s",
        reason: "garbage",
        says: ["what came back is no text", "hint: the line speed is probably another: cable:/dev/pts/"],
    },
    Wrong {
        name: "a modem's own port",
        plug: ModemDevice::plug,
        timeout: "1s",
        reason: "modem_port",
        says: ["a modem's own AT port answers here", "`homing port list`"],
    },
    Wrong {
        name: "a modem's own port that answers every line",
        plug: || ModemDevice::plug_with(true, Habits { echo: true, ..Habits::default() }),
        timeout: "1s",
        reason: "modem_port",
        says: ["a modem's own AT port answers here", "`homing port list`"],
    },
    Wrong {
        name: "a modem without echo",
        plug: || ModemDevice::plug_with(true, Habits::default()),
        timeout: "1s",
        reason: "modem_port",
        says: ["a modem's own AT port answers here", "`homing port list`"],
    },
    Wrong {
        name: "an echo",
        plug: EchoDevice::plug,
        timeout: "1s",
        reason: "only_echo",
        says: ["only an echo of our own words came back", "receive and transmit lines may be joined"],
    },
    Wrong {
        name: "something else that talks",
        plug: || Device::plug(Scripted(|_: &str| Some("login:".to_owned())), Habits::default()),
        timeout: "1s",
        reason: "not_recognised",
        says: ["answers", "--verbose shows every line"],
    },
];

#[test]
fn what_is_no_tracker_names_itself_and_gets_no_command() {
    all(&WRONG, |wrong| {
        all(&["send istartek-pt32", "send istartek-vt", "identify"], |command| {
            let device = (wrong.plug)();
            // One speed will do: that the others are tried is another test's.
            let via = format!("{}?baud=115200", device.via());
            let mut args: Vec<&str> = command.split(' ').collect();
            if args[0] == "send" {
                args.extend(["--apn=internet", "--format=json"]);
            }
            let said = Homing::new(&args).args(&["--via", &via, "--timeout", wrong.timeout]).run();
            let name = format!("{command}: {}", wrong.name);
            assert_eq!(said.code, 3, "{name}: {said}");
            if args[0] == "send" {
                assert_eq!(
                    said.standing(),
                    ("planned".to_owned(), wrong.reason.to_owned()),
                    "{name}: {said}"
                );
            }
            for part in wrong.says {
                assert!(said.says(part), "{name}: {part:?} is not in {said}");
            }
            assert_nothing_set(&device);
        });
    });
}

fn send(profile: &str, via: &str, timeout: &str) -> Said {
    Homing::new(&["send", profile, "--apn", "internet", "--via", via, "--timeout", timeout])
        .args(&["--format", "json"])
        .run()
}

/// After so many commands the plug is pulled: what is known then.
struct Pulled {
    plug: fn(Habits) -> Device,
    profile: &'static str,
    after: usize,
    standing: &'static str,
    /// The states of the commands.
    states: &'static [&'static str],
}

const PULLED: [Pulled; 5] = [
    Pulled {
        plug: HashDevice::plug,
        profile: "istartek-pt32",
        after: 0,
        standing: "planned",
        states: &["planned", "planned", "planned", "planned"],
    },
    Pulled {
        plug: HashDevice::plug,
        profile: "istartek-pt32",
        after: 1,
        standing: "unknown",
        states: &["unknown", "planned", "planned", "planned"],
    },
    Pulled {
        plug: HashDevice::plug,
        profile: "istartek-pt32",
        after: 3,
        standing: "unknown",
        states: &["acknowledged", "acknowledged", "unknown", "planned"],
    },
    Pulled {
        plug: HashDevice::plug,
        profile: "istartek-pt32",
        after: 5,
        standing: "acknowledged",
        states: &["acknowledged", "acknowledged", "acknowledged", "acknowledged"],
    },
    Pulled {
        plug: NumericDevice::plug,
        profile: "istartek-vt",
        after: 2,
        standing: "unknown",
        states: &["acknowledged", "unknown", "planned", "planned"],
    },
];

#[test]
fn a_port_that_vanishes_leaves_what_is_known_and_no_more() {
    all(&PULLED, |pulled| {
        let after = pulled.after;
        let device = (pulled.plug)(Habits { vanish_after: Some(after), ..Habits::default() });
        let said = send(pulled.profile, &device.via(), PATIENT);
        assert_eq!(said.code, 4, "{after}: {said}");
        assert_eq!(said.standing(), (pulled.standing.to_owned(), "port_lost".to_owned()), "{after}: {said}");
        let outcome = said.json();
        let states: Vec<&str> = outcome["commands"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["state"].as_str().unwrap())
            .collect();
        assert_eq!(states, pulled.states, "{after}: {said}");
        for part in ["vanished after the command was written", "hint: check plug, cable and supply"] {
            assert!(said.err.contains(part), "{after}: {said}");
        }
        assert_eq!(device.commands().len(), after + 1, "nothing more was said to it");
    });
}

#[test]
fn a_port_that_vanishes_under_a_verification_is_this_machines_fault() {
    let device = HashDevice::plug(Habits { vanish_after: Some(1), ..Habits::default() });
    let said = Homing::new(&["verify", "istartek-pt32", "--via", &device.via(), "--timeout", PATIENT]).run();
    said.assert_err(4, &["hint: "]);
    assert!(said.out.starts_with("planned: ") && said.out.contains("vanished"), "{said}");
    assert!(!said.err.contains("vanished"), "it is said once: {said}");
    let device = HashDevice::plug(Habits { vanish_after: Some(0), ..Habits::default() });
    let said = Homing::new(&["identify", "--via", &device.via(), "--timeout", PATIENT]).run();
    said.assert_err(4, &["vanished", "hint: "]);
}

#[test]
fn a_port_that_never_stops_talking_is_told() {
    let log = "$GPRMC,001225,A,2832.1834,N,08101.0536,W,12,25,251211,1.2,E,A*03\r\n";
    let device = Device::plug(Scripted(|_: &str| Some(log.repeat(400))), Habits::default());
    let said = send("istartek-pt32", &device.via(), PATIENT);
    said.assert_err(4, &["bytes without an answer among them", "hint: a port that prints a log"]);
    assert_nothing_set(&device);
}

#[test]
fn a_port_in_use_is_told_with_who_has_it() {
    let device = SilentDevice::plug();
    let first = Homing::new(&["identify", "--via", &device.via(), "--timeout", "1h"]).begin();
    while device.bytes_received() == 0 {
        thread::sleep(Duration::from_millis(2));
    }
    let before = device.bytes_received();
    for command in [&["send", "istartek-pt32", "--apn=x"][..], &["verify", "istartek-vt"], &["identify"]] {
        let said = Homing::new(command).args(&["--via", &device.via()]).run();
        said.assert_err(4, &[&format!("error: {} is in use by ", device.path()), "hint: close "]);
        assert!(said.out.is_empty(), "{said}");
    }
    assert_eq!(device.bytes_received(), before, "nothing was written to a port that another has");
    assert!(first.id() > 0);
    drop(first);
    let said = Homing::new(&["identify", "--via", &device.via(), "--timeout", BRIEF]).run();
    assert_eq!(said.code, 3, "the port is free again: {said}");
}

#[test]
fn what_is_no_port_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "keep me\n").unwrap();
    let cases = [
        ("/dev/ttyNOTHERE7", vec!["there is no port /dev/ttyNOTHERE7", "hint: "]),
        (
            file.to_str().unwrap(),
            vec!["is no serial port but a regular file", "hint: `homing port list` shows the serial ports"],
        ),
        (folder.path().to_str().unwrap(), vec!["is no serial port but a directory", "hint: "]),
        ("/dev/null", vec!["is no serial port but a device with no serial line behind it", "hint: "]),
    ];
    for (port, parts) in cases {
        let via = format!("cable:{port}");
        for command in [&["send", "istartek-pt32", "--apn=x"][..], &["verify", "istartek-vt"], &["identify"]]
        {
            let said = Homing::new(command).args(&["--via", &via]).run();
            said.assert_err(4, &parts);
            assert!(said.out.is_empty(), "{said}");
        }
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "keep me\n");
}

#[test]
fn a_wrong_via_is_a_wrong_usage() {
    for (via, part) in [
        ("/dev/ttyUSB0", "hint: a tracker on a serial port is written cable:/dev/ttyUSB0"),
        ("serial:/dev/ttyUSB0", "there is no courier \"serial\""),
        ("cable:/dev/ttyUSB0?baud=fast", "\"fast\" is no line speed"),
    ] {
        Homing::new(&["send", "istartek-pt32", "--apn=x", "--via", via]).run().assert_err(2, &[part]);
    }
}

/// Nobody: on every Linux the user without rights.
const NOBODY: u32 = 65534;

/// Runs as a user who may not do everything: as ourselves, or, when we are root, as nobody.
fn unprivileged(args: &[&str]) -> Said {
    let homing = Homing::new(args);
    if !Uid::effective().is_root() {
        return homing.run();
    }
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(folder.path(), 0o755);
    let binary: PathBuf = folder.path().join("homing");
    // Copied by another process: had we the file open for writing, a test that forks beside us would keep it busy.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_homing")).arg(&binary).status().unwrap();
    assert!(copied.success());
    mode(&binary, 0o755);
    let mut command = homing.binary(&binary).command();
    Said::of(command.uid(NOBODY).gid(NOBODY).current_dir(folder.path()))
}

#[test]
fn a_port_that_this_user_may_not_open_is_told_with_the_way_in() {
    let device = HashDevice::plug(Habits::default());
    let mode = |mode: u32| {
        std::fs::set_permissions(device.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let args = ["send", "istartek-pt32", "--apn", "internet", "--via", &device.via(), "--timeout", PATIENT];
    let refused = format!("error: this user may not open {}", device.path());

    mode(if Uid::effective().is_root() { 0o600 } else { 0o000 });
    unprivileged(&args).assert_err(4, &[&refused, "hint: no group may open it", "udev rule"]);

    if Uid::effective().is_root() {
        // As Debian has its ports: root:dialout 0660.
        chown(device.path(), None, Some(0)).unwrap();
        mode(0o660);
        unprivileged(&args).assert_err(4, &[&refused, "hint: the port belongs to the group ", "usermod -aG"]);
        assert_eq!(device.bytes_received(), 0);
        mode(0o666);
        let said = unprivileged(&args);
        assert_eq!(said.code, 0, "the same user is let in now: {said}");
        assert_eq!(device.settings()["server"], "d.plaspy.com");
    } else {
        assert_eq!(device.bytes_received(), 0);
    }
}
