//! A tracker is configured and read back, whatever its habits are.

use std::time::Duration;

use crate::homing::{Homing, PATIENT, all};
use crate::support::device::{Device, Habits};
use crate::support::hash::HashDevice;
use crate::support::numeric::NumericDevice;

struct Case {
    name: &'static str,
    profile: &'static str,
    plug: fn() -> Device,
    args: &'static [&'static str],
    /// Settings of the device afterwards.
    set: &'static [(&'static str, &'static str)],
    /// Settings that no answer shows.
    unread: &'static [&'static str],
}

const COMMON: [&str; 4] = ["--apn", "internet", "--interval", "60"];
const APN_PASSWORD: &str = "Sesam0pen";
const PASSWORD: &str = "PW37";

fn habits(change: fn(&mut Habits)) -> Habits {
    let mut habits = Habits::default();
    change(&mut habits);
    habits
}

fn hash() -> Device {
    HashDevice::plug(Habits::default())
}

fn numeric() -> Device {
    NumericDevice::plug(Habits::default())
}

const HASH: [Case; 10] = [
    Case {
        name: "by name, TCP",
        profile: "istartek-pt32",
        plug: hash,
        args: &COMMON,
        set: &[
            ("apn", "internet"),
            ("apn_user", ""),
            ("apn_password", ""),
            ("server_kind", "1"),
            ("server", "d.plaspy.com"),
            ("port", "8888"),
            ("transport", "tcp"),
            ("interval", "60"),
            ("timezone", "0.0"),
        ],
        unread: &[],
    },
    Case {
        name: "by a model's name, by IP",
        profile: "PT32",
        plug: hash,
        args: &["--apn", "internet", "--by", "ip"],
        set: &[("server_kind", "0"), ("server", "54.85.159.138"), ("port", "8888"), ("interval", "60")],
        unread: &[],
    },
    Case {
        name: "UDP, assumed",
        profile: "istartek-pt32",
        plug: hash,
        args: &["--apn", "internet", "--transport", "udp", "--assume", "udp"],
        set: &[("server", "d.plaspy.com"), ("port", "8888"), ("transport", "udp")],
        unread: &["transport"],
    },
    Case {
        name: "APN with user and password",
        profile: "istartek-pt32",
        plug: hash,
        args: &["--apn", "internet", "--apn-user", "fleetuser", "--apn-password", "env:X"],
        set: &[("apn", "internet"), ("apn_user", "fleetuser"), ("apn_password", APN_PASSWORD)],
        unread: &["apn_user", "apn_password"],
    },
    Case {
        name: "own server, interval and time zone",
        profile: "istartek-pt32",
        plug: hash,
        args: &[
            "--apn=internet",
            "--server=gps.example.org:5013",
            "--interval=5m",
            "--timezone=-05:30",
            "--assume=timezone",
        ],
        set: &[("server", "gps.example.org"), ("port", "5013"), ("interval", "300"), ("timezone", "-5.5")],
        unread: &[],
    },
    Case {
        name: "echo",
        profile: "istartek-pt32",
        plug: || HashDevice::plug(habits(|habits| habits.echo = true)),
        args: &COMMON,
        set: &[("apn", "internet"), ("server", "d.plaspy.com"), ("port", "8888"), ("interval", "60")],
        unread: &[],
    },
    Case {
        name: "chopped bytes with echo",
        profile: "istartek-pt32",
        plug: || {
            HashDevice::plug(habits(|habits| {
                habits.echo = true;
                habits.one_byte_at_a_time = true;
            }))
        },
        args: &COMMON,
        set: &[("apn", "internet"), ("server", "d.plaspy.com"), ("port", "8888"), ("interval", "60")],
        unread: &[],
    },
    Case {
        name: "notices before every answer, line feeds only",
        profile: "istartek-pt32",
        plug: || {
            HashDevice::plug(habits(|habits| {
                habits.noise = Some("+CREG: 1\r\n\u{1b}[2Jboot \u{fffd}");
                habits.line_end = "\n";
            }))
        },
        args: &COMMON,
        set: &[("apn", "internet"), ("server", "d.plaspy.com"), ("port", "8888"), ("interval", "60")],
        unread: &[],
    },
    Case {
        name: "slow answers without a line end",
        profile: "istartek-pt32",
        plug: || {
            HashDevice::plug(habits(|habits| {
                habits.delay = Duration::from_millis(400);
                habits.line_end = "";
            }))
        },
        args: &COMMON,
        set: &[("apn", "internet"), ("server", "d.plaspy.com"), ("port", "8888"), ("interval", "60")],
        unread: &[],
    },
    Case {
        name: "UDP, own time zone, credentials and echo at once",
        profile: "istartek-pt32",
        plug: || HashDevice::plug(habits(|habits| habits.echo = true)),
        args: &[
            "--apn=m2m",
            "--apn-user=fleetuser",
            "--apn-password=env:X",
            "--transport=udp",
            "--assume=udp",
            "--by=ip",
            "--interval=2h",
        ],
        set: &[
            ("apn_password", APN_PASSWORD),
            ("server", "54.85.159.138"),
            ("transport", "udp"),
            ("interval", "7200"),
        ],
        unread: &["apn_user", "apn_password", "transport"],
    },
];

const NUMERIC: [Case; 9] = [
    Case {
        name: "by name, TCP",
        profile: "istartek-vt",
        plug: numeric,
        args: &COMMON,
        set: &[
            ("apn", "internet"),
            ("apn_user", ""),
            ("server", "d.plaspy.com"),
            ("port", "8888"),
            ("transport", "tcp"),
            ("interval", "60"),
            ("reliable", "0"),
            ("backup", "87.172.73.51,8011"),
            ("password", "0000"),
        ],
        unread: &["reliable"],
    },
    Case {
        name: "UDP",
        profile: "istartek-vt",
        plug: numeric,
        args: &["--apn", "internet", "--transport", "udp"],
        set: &[("server", "d.plaspy.com"), ("port", "8888"), ("transport", "udp")],
        unread: &["reliable"],
    },
    Case {
        name: "by a model's name, by IP",
        profile: "VT100",
        plug: numeric,
        args: &["--apn", "internet", "--by", "ip"],
        set: &[("server", "54.85.159.138"), ("port", "8888"), ("transport", "tcp")],
        unread: &["reliable"],
    },
    Case {
        name: "APN with user and password",
        profile: "istartek-vt",
        plug: numeric,
        args: &["--apn", "internet", "--apn-user", "fleetuser", "--apn-password", "env:X"],
        set: &[("apn", "internet"), ("apn_user", "fleetuser"), ("apn_password", APN_PASSWORD)],
        unread: &["reliable"],
    },
    Case {
        name: "another password, reliable mode",
        profile: "istartek-vt",
        plug: || Device::plug(NumericDevice::with_password(PASSWORD), Habits::default()),
        args: &["--apn", "internet", "--password", "env:PW", "--set", "reliable=1"],
        set: &[("server", "d.plaspy.com"), ("reliable", "1"), ("password", PASSWORD)],
        unread: &["reliable"],
    },
    Case {
        name: "intervals at a standstill, own server",
        profile: "istartek-vt",
        plug: numeric,
        args: &[
            "--apn=m2m",
            "--interval=30s",
            "--set=interval_stopped=600",
            "--server=gps.example.org:5013",
            "--set=backup_server=b.example.org",
            "--set=backup_port=5014",
        ],
        set: &[
            ("interval", "30,,600"),
            ("server", "gps.example.org"),
            ("port", "5013"),
            ("backup", "b.example.org,5014"),
        ],
        unread: &["reliable"],
    },
    Case {
        name: "echo, credentials, another password",
        profile: "istartek-vt",
        plug: || {
            let habits = habits(|habits| habits.echo = true);
            Device::plug(NumericDevice::with_password(PASSWORD), habits)
        },
        args: &["--apn=internet", "--apn-user=fleetuser", "--apn-password=env:X", "--password=env:PW"],
        set: &[("apn_password", APN_PASSWORD), ("server", "d.plaspy.com")],
        unread: &["reliable"],
    },
    Case {
        name: "chopped bytes, echo, credentials, another password",
        profile: "istartek-vt",
        plug: || {
            let habits = habits(|habits| {
                habits.echo = true;
                habits.one_byte_at_a_time = true;
            });
            Device::plug(NumericDevice::with_password(PASSWORD), habits)
        },
        args: &["--apn=internet", "--apn-user=fleetuser", "--apn-password=env:X", "--password=env:PW"],
        set: &[("apn_password", APN_PASSWORD), ("server", "d.plaspy.com")],
        unread: &["reliable"],
    },
    Case {
        name: "notices before every answer, carriage returns only",
        profile: "istartek-vt",
        plug: || {
            NumericDevice::plug(habits(|habits| {
                habits.noise = Some("\r\n*ATREADY: 1");
                habits.line_end = "\r";
            }))
        },
        args: &COMMON,
        set: &[("apn", "internet"), ("server", "d.plaspy.com"), ("port", "8888"), ("interval", "60")],
        unread: &["reliable"],
    },
];

fn check(case: &Case) {
    let name = case.name;
    let device = (case.plug)();
    let said = Homing::new(&["send", case.profile, "--via", &device.via(), "--timeout", PATIENT])
        .args(&["--format", "json", "--verbose"])
        .args(case.args)
        .env("X", APN_PASSWORD)
        .env("PW", PASSWORD)
        .run();
    assert_eq!(said.code, 0, "{name}: {said}");
    assert_eq!(said.standing(), ("verified".to_owned(), String::new()), "{name}: {said}");
    let settings = device.settings();
    for (setting, value) in case.set {
        assert_eq!(settings[setting], *value, "{name}: {setting}");
    }
    let outcome = said.json();
    for setting in outcome["settings"].as_array().unwrap().iter().filter(|one| !one["wanted"].is_null()) {
        let unread = case.unread.iter().any(|unread| setting["name"] == *unread);
        let equal = setting["equal"].as_bool();
        assert_eq!(equal, (!unread).then_some(true), "{name}: {setting}");
    }
    for unread in case.unread {
        assert!(outcome["sentence"].as_str().unwrap().contains(unread), "{name}: {said}");
    }
    for command in outcome["commands"].as_array().unwrap() {
        assert_eq!(command["state"], "acknowledged", "{name}: {command}");
    }
    for secret in [APN_PASSWORD, PASSWORD] {
        assert!(!said.says(secret), "{name} tells {secret}: {said}");
    }
    assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{name}: {said}");
}

#[test]
fn a_tracker_of_the_hash_dialect_is_configured_and_read_back() {
    all(&HASH, check);
}

#[test]
fn a_tracker_of_the_numeric_dialect_is_configured_and_read_back() {
    all(&NUMERIC, check);
}

#[test]
fn the_commands_are_the_published_ones_and_nothing_else() {
    let hash = hash();
    let numeric = numeric();
    all(&[("istartek-pt32", &hash), ("istartek-vt", &numeric)], |(profile, device)| {
        let via = device.via();
        let said = Homing::new(&["send", profile, "--via", &via, "--timeout", PATIENT]).args(&COMMON).run();
        assert_eq!(said.code, 0, "{said}");
        assert!(said.out.starts_with("verified: "), "{said}");
    });
    let expected =
        ["VERSION#", "GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#", "PARAM#"];
    assert_eq!(hash.commands(), expected);
    let expected = [
        "0000,801",
        "0000,109,internet",
        "0000,100,1,d.plaspy.com,8888",
        "0000,102,60",
        "0000,103,0",
        "0000,801",
        "0000,808,109",
        "0000,808,100",
        "0000,808,102",
    ];
    assert_eq!(numeric.commands(), expected);
}

#[test]
fn a_tracker_at_another_line_speed_is_found_and_configured() {
    // Garbage for every question at the first speed, and for the look for a modem.
    let device = HashDevice::plug(Habits { garbage_for: 4, ..Habits::default() });
    let said = Homing::new(&["send", "istartek-pt32", "--via", &device.via(), "--timeout", "1s"])
        .args(&["--format", "json"])
        .args(&COMMON)
        .run();
    said.assert_outcome(0, "verified", "");
    assert!(said.err.contains("trying 9600 baud"), "{said}");
    assert_eq!(said.json()["via"], format!("{}?baud=9600", device.via()));
    assert_eq!(device.settings()["server"], "d.plaspy.com");
}
