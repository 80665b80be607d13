//! Profiles with one mistake each. A device that was written without any profile must make every one of them fail:
//! no run may end as verified.

use std::path::Path;

use crate::homing::{BRIEF, Homing, MEDIUM, Said, all};
use crate::support::device::{Device, Habits};
use crate::support::hash::HashDevice;
use crate::support::numeric::NumericDevice;

/// A changed profile in a folder of its own, under its own name.
pub(crate) struct Changed {
    _folder: tempfile::TempDir,
    path: String,
}

impl Changed {
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

/// A copy of a profile with every `from` replaced by its `to`; each stands in it exactly once.
pub(crate) fn profile_with(id: &str, changes: &[(&str, &str)]) -> Changed {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{id}.toml"));
    let mut text = std::fs::read_to_string(original).unwrap();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {id}");
        text = text.replace(from, to);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{id}.toml"));
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    Changed { _folder: folder, path }
}

struct Mutant {
    name: &'static str,
    interval: &'static str,
    /// The first is the mistake; the others make the profile agree with itself, so that its lint finds nothing.
    changes: &'static [(&'static str, &'static str)],
    /// Whether the mistake alone contradicts the rest of the profile.
    lint: bool,
    /// How the run ends; [`LINT`] where the mistake is found whatever else agrees with it, and nothing begins.
    standing: &'static str,
    /// Why; the lint's rule where it is that which finds it.
    reason: &'static str,
    /// A part of the sentence.
    says: &'static str,
}

const LINT: &str = "found by the lint";

const HASH_SERVER: &str = r#"send = "SERVER,{{ code.server_kind }},{{ server }},{{ port }}#""#;
const HASH_SERVER_HEARS: (&str, &str) = (
    r#"'^SERVER,(?<server_kind>[01]),(?<server>[^,#]+),(?<port>\d+)(,(?<transport>[01]))?#$'"#,
    "'(?i)^SERVER'",
);
const HASH_NAME: &str = r#"sends = "SERVER,1,d.plaspy.com,8888#""#;
const HASH_IP: &str = r#"sends = "SERVER,0,54.85.159.138,8888#""#;
const HASH_TIMER: &str = r#"send = "TIMER,{{ interval }}#""#;
const HASH_TIMER_HEARS: (&str, &str) = (r"'^TIMER,(?<interval>\d+)#$'", "'^TIMER'");

const HASH: [Mutant; 13] = [
    Mutant {
        name: "host and port swapped",
        interval: "60",
        changes: &[
            (HASH_SERVER, r#"send = "SERVER,{{ code.server_kind }},{{ port }},{{ server }}#""#),
            (HASH_NAME, r#"sends = "SERVER,1,8888,d.plaspy.com#""#),
            (HASH_IP, r#"sends = "SERVER,0,8888,54.85.159.138#""#),
            HASH_SERVER_HEARS,
        ],
        lint: true,
        standing: "refused",
        reason: "refused",
        says: "Number of parameters",
    },
    Mutant {
        name: "SERVER without its #",
        interval: "60",
        changes: &[
            (HASH_SERVER, r#"send = "SERVER,{{ code.server_kind }},{{ server }},{{ port }}""#),
            (HASH_NAME, r#"sends = "SERVER,1,d.plaspy.com,8888""#),
            (HASH_IP, r#"sends = "SERVER,0,54.85.159.138,8888""#),
            HASH_SERVER_HEARS,
        ],
        lint: true,
        standing: "failed",
        reason: "differs",
        says: "server reads back as vt.protrack365.com",
    },
    Mutant {
        name: "TIMER without its #",
        interval: "60",
        changes: &[
            (HASH_TIMER, r#"send = "TIMER,{{ interval }}""#),
            (r#"sends = "TIMER,60#""#, r#"sends = "TIMER,60""#),
            HASH_TIMER_HEARS,
        ],
        lint: true,
        standing: "failed",
        reason: "differs",
        says: "interval reads back as 10",
    },
    Mutant {
        name: "1 for an address and 0 for a name",
        interval: "60",
        changes: &[
            ("domain = \"1\"\nip = \"0\"", "domain = \"0\"\nip = \"1\""),
            (HASH_NAME, r#"sends = "SERVER,0,d.plaspy.com,8888#""#),
            (HASH_IP, r#"sends = "SERVER,1,54.85.159.138,8888#""#),
            (r#"sends = "SERVER,1,d.plaspy.com,8888,1#""#, r#"sends = "SERVER,0,d.plaspy.com,8888,1#""#),
            (r#"tells = { server_kind = "ip", "#, r#"tells = { server_kind = "domain", "#),
        ],
        lint: true,
        standing: "refused",
        reason: "refused",
        says: "Number of parameters",
    },
    Mutant {
        name: "the APN where the server belongs, and the other way round",
        interval: "60",
        changes: &[
            (HASH_SERVER, r#"send = "SERVER,{{ code.server_kind }},{{ apn }},{{ port }}#""#),
            (
                r#"send = "APN,{{ apn }}{% if apn_user %},{{ apn_user }},{{ apn_password }}{% endif %}#""#,
                r#"send = "APN,{{ server }}#""#,
            ),
            (
                "with = { apn = \"internet\" }\nsends = \"APN,internet#\"",
                "with = { server = \"a.org\" }\nsends = \"APN,a.org#\"",
            ),
            (
                "with = { apn = \"internet\", apn_user = \"user\", apn_password = \"pass\" }\n\
                 sends = \"APN,internet,user,pass#\"",
                "with = { server = \"b.org\" }\nsends = \"APN,b.org#\"",
            ),
            (
                "with = { server = \"d.plaspy.com\", port = \"8888\" }\nsends = \"SERVER,1,d.plaspy.com,8888#\"",
                "with = { server = \"d.plaspy.com\", port = \"8888\", apn = \"m2m\" }\nsends = \"SERVER,1,m2m,8888#\"",
            ),
            (
                "with = { server = \"54.85.159.138\", port = \"8888\" }\nsends = \"SERVER,0,54.85.159.138,8888#\"",
                "with = { server = \"54.85.159.138\", port = \"8888\", apn = \"m2m\" }\nsends = \"SERVER,0,m2m,8888#\"",
            ),
            HASH_SERVER_HEARS,
        ],
        lint: true,
        standing: LINT,
        reason: "fixed-without-rule",
        says: "sets `server`",
    },
    Mutant {
        name: "the interval in minutes",
        interval: "600",
        changes: &[
            (HASH_TIMER, r#"send = "TIMER,{{ (interval|int) // 60 }}#""#),
            (r#"sends = "TIMER,60#""#, r#"sends = "TIMER,1#""#),
            HASH_TIMER_HEARS,
        ],
        lint: true,
        standing: "failed",
        reason: "differs",
        says: "interval reads back as 10, it should be 600",
    },
    Mutant {
        name: "another port",
        interval: "60",
        changes: &[
            (HASH_SERVER, r#"send = "SERVER,{{ code.server_kind }},{{ server }},8080#""#),
            (HASH_NAME, r#"sends = "SERVER,1,d.plaspy.com,8080#""#),
            (HASH_IP, r#"sends = "SERVER,0,54.85.159.138,8080#""#),
            HASH_SERVER_HEARS,
        ],
        lint: true,
        standing: LINT,
        reason: "fixed-without-rule",
        says: "sets `port`",
    },
    Mutant {
        name: "a blank after a comma",
        interval: "60",
        changes: &[
            (HASH_SERVER, r#"send = "SERVER,{{ code.server_kind }}, {{ server }},{{ port }}#""#),
            (HASH_NAME, r#"sends = "SERVER,1, d.plaspy.com,8888#""#),
            (HASH_IP, r#"sends = "SERVER,0, 54.85.159.138,8888#""#),
            HASH_SERVER_HEARS,
        ],
        lint: true,
        standing: "refused",
        reason: "refused",
        says: "Number of parameters",
    },
    Mutant {
        name: "a command in small letters",
        interval: "60",
        changes: &[
            (HASH_SERVER, r#"send = "server,{{ code.server_kind }},{{ server }},{{ port }}#""#),
            (HASH_NAME, r#"sends = "server,1,d.plaspy.com,8888#""#),
            (HASH_IP, r#"sends = "server,0,54.85.159.138,8888#""#),
            HASH_SERVER_HEARS,
        ],
        lint: true,
        standing: "refused",
        reason: "refused",
        says: "instruction error!",
    },
    Mutant {
        name: "another time zone",
        interval: "60",
        changes: &[
            (r#"send = "GMT,E,0#""#, r#"send = "GMT,E,1#""#),
            (r#"sends = "GMT,E,0#""#, r#"sends = "GMT,E,1#""#),
            (r"'^GMT,(?<timezone>[EW],\d{1,2}(,\d{2})?)#$'", "'^GMT'"),
        ],
        lint: true,
        standing: "failed",
        reason: "differs",
        says: "timezone reads back as +01:00, it should be +00:00",
    },
    Mutant {
        name: "a read-back that the tracker does not know",
        interval: "60",
        changes: &[
            (r#"send = "PARAM#""#, r#"send = "PARAMS#""#),
            (r#"sends = "PARAM#""#, r#"sends = "PARAMS#""#),
            ("'^PARAM#$'", "'^PARAMS#$'"),
        ],
        lint: true,
        standing: "acknowledged",
        reason: "not_read_back",
        says: "server, port",
    },
    Mutant {
        name: "the read-back shows another setting",
        interval: "60",
        changes: &[
            (r"'(?i)(^|;)\s*TIMER:\s*(?<interval>\d+)", r"'(?i)(^|;)\s*CENTER:\s*(?<interval>\d+)"),
            (r#"tells = { interval = "10" }"#, r#"tells = { interval = "0" }"#),
        ],
        lint: true,
        standing: "failed",
        reason: "differs",
        says: "interval reads back as 0, it should be 60",
    },
    Mutant {
        name: "no line end on the cable",
        interval: "60",
        changes: &[(r#"wrap = "{{ body }}\r\n""#, "wrap = \"{{ body }}\" ")],
        lint: false,
        standing: "planned",
        reason: "silent",
        says: "nothing came back",
    },
];

const VT_SERVER: &str = r#"send = "100,{{ code.transport }},{{ server }},{{ port }}""#;
const VT_SERVER_HEARS: (&str, &str) =
    (r"'^100,(?<transport>[012]),(?<server>[^,\s]{1,32}),(?<port>\d{1,5})$'", r"'^10[01][,;]'");
const VT_TCP: &str = r#"sends = "100,1,istartracker.com,8011""#;
const VT_UDP: &str = r#"sends = "100,2,54.85.159.138,8888""#;
const VT_TAG: &str = "tag = \"100\"\n";
/// The answers that any command may get have examples of several commands.
const VT_OK: (&str, &str) = ("[\"100,OK\"", "[\"101,OK\"");
const VT_FAILED: (&str, &str) = ("\"100,Failed-\"", "\"101,Failed-\"");

const NUMERIC: [Mutant; 14] = [
    Mutant {
        name: "101 for 100",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "101,{{ code.transport }},{{ server }},{{ port }}""#),
            (VT_TAG, "tag = \"101\"\n"),
            VT_OK,
            VT_FAILED,
            ("says = \"100,OK\"", "says = \"101,OK\""),
            (VT_TCP, r#"sends = "101,1,istartracker.com,8011""#),
            (VT_UDP, r#"sends = "101,2,54.85.159.138,8888""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: "refused",
        reason: "refused",
        says: "101,Failed",
    },
    Mutant {
        name: "101 for 100, in the form of 101",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "101,{{ server }},{{ port }}""#),
            (VT_TAG, "tag = \"101\"\n"),
            VT_OK,
            VT_FAILED,
            ("says = \"100,OK\"", "says = \"101,OK\""),
            (VT_TCP, r#"sends = "101,istartracker.com,8011""#),
            (VT_UDP, r#"sends = "101,54.85.159.138,8888""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: LINT,
        reason: "fixed-without-rule",
        says: "sets `transport`",
    },
    Mutant {
        name: "101 for 100, and an answer that is not its own",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "101,{{ server }},{{ port }}""#),
            (VT_TCP, r#"sends = "101,istartracker.com,8011""#),
            (VT_UDP, r#"sends = "101,54.85.159.138,8888""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: LINT,
        reason: "fixed-without-rule",
        says: "sets `transport`",
    },
    Mutant {
        name: "host and port swapped",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "100,{{ code.transport }},{{ port }},{{ server }}""#),
            (VT_TCP, r#"sends = "100,1,8011,istartracker.com""#),
            (VT_UDP, r#"sends = "100,2,8888,54.85.159.138""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: "refused",
        reason: "refused",
        says: "100,Failed",
    },
    Mutant {
        name: "UDP's digit for TCP",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "100,2,{{ server }},{{ port }}""#),
            (VT_TCP, r#"sends = "100,2,istartracker.com,8011""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: LINT,
        reason: "fixed-without-rule",
        says: "sets `transport`",
    },
    Mutant {
        name: "the digit that switches server 1 off",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "100,0,{{ server }},{{ port }}""#),
            (VT_TCP, r#"sends = "100,0,istartracker.com,8011""#),
            (VT_UDP, r#"sends = "100,0,54.85.159.138,8888""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: LINT,
        reason: "fixed-without-rule",
        says: "sets `transport`",
    },
    Mutant {
        name: "the interval in minutes",
        interval: "600",
        changes: &[
            (
                "send = \"102,{{ interval }}{% if interval_stopped %},{{ interval_acc_off or '' }},{{ interval_stopped }}{% elif interval_acc_off %},{{ interval_acc_off }}{% endif %}\"",
                "send = \"102,{{ (interval|int) // 60 }}{% if interval_stopped %},{{ interval_acc_off or '' }},{{ interval_stopped }}{% elif interval_acc_off %},{{ interval_acc_off }}{% endif %}\"",
            ),
            (
                "with = { interval = \"10\" }\nsends = \"102,10\"",
                "with = { interval = \"600\" }\nsends = \"102,10\"",
            ),
            (
                "with = { interval = \"10\", interval_acc_off = \"60\" }\nsends = \"102,10,60\"",
                "with = { interval = \"600\", interval_acc_off = \"60\" }\nsends = \"102,10,60\"",
            ),
            (
                "with = { interval = \"10\", interval_stopped = \"60\" }\nsends = \"102,10,,60\"",
                "with = { interval = \"600\", interval_stopped = \"60\" }\nsends = \"102,10,,60\"",
            ),
            (
                r"'^102,(?<interval>\d{1,5})(?:,(?<interval_acc_off>\d{0,5}))?(?:,(?<interval_stopped>\d{0,5}))?$'",
                "'^102,'",
            ),
        ],
        lint: true,
        standing: "failed",
        reason: "differs",
        says: "interval reads back as 10, it should be 600",
    },
    Mutant {
        name: "the password left out of the wrap",
        interval: "60",
        changes: &[
            (r#"wrap = "{{ password }},{{ body }}\r\n""#, r#"wrap = "{{ body }}\r\n""#),
            (r#"sends = "0000,801\r\n""#, r#"sends = "801\r\n""#),
        ],
        lint: true,
        standing: "planned",
        reason: "silent",
        says: "nothing came back",
    },
    Mutant {
        name: "a fixed password in the wrap",
        interval: "60",
        changes: &[
            (r#"wrap = "{{ password }},{{ body }}\r\n""#, r#"wrap = "1234,{{ body }}\r\n""#),
            (r#"sends = "0000,801\r\n""#, r#"sends = "1234,801\r\n""#),
        ],
        lint: true,
        standing: "refused",
        reason: "wrong_password",
        says: "password",
    },
    Mutant {
        name: "a blank after a comma",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "100,{{ code.transport }}, {{ server }},{{ port }}""#),
            (VT_TCP, r#"sends = "100,1, istartracker.com,8011""#),
            (VT_UDP, r#"sends = "100,2, 54.85.159.138,8888""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: "refused",
        reason: "refused",
        says: "100,Failed",
    },
    Mutant {
        name: "semicolons for commas",
        interval: "60",
        changes: &[
            (VT_SERVER, r#"send = "100;{{ code.transport }};{{ server }};{{ port }}""#),
            (VT_TCP, r#"sends = "100;1;istartracker.com;8011""#),
            (VT_UDP, r#"sends = "100;2;54.85.159.138;8888""#),
            VT_SERVER_HEARS,
        ],
        lint: true,
        standing: "failed",
        reason: "differs",
        says: "server reads back as istartracker.com",
    },
    Mutant {
        name: "another code for the reliable mode",
        interval: "60",
        changes: &[
            (r#"send = "103,{{ reliable }}""#, r#"send = "155,{{ reliable }}""#),
            ("tag = \"103\"\n", "tag = \"155\"\n"),
            (r#"sends = "103,0""#, r#"sends = "155,0""#),
            (r#"says = "103,OK""#, r#"says = "155,OK""#),
            ("'^103,(?<reliable>[01])$'", "'^155,(?<reliable>[01])$'"),
        ],
        lint: true,
        standing: "refused",
        reason: "unsupported",
        says: "155,Unsupport",
    },
    Mutant {
        name: "the server where the APN belongs",
        interval: "60",
        changes: &[
            (
                "send = \"109,{{ apn }}{% if apn_user %},{{ apn_user }}{% if apn_password %},{{ apn_password }}{% endif %}{% endif %}\"",
                "send = \"109,{{ server }}\"",
            ),
            (
                "with = { apn = \"internet\", apn_user = \"internet\", apn_password = \"internet\" }\nsends = \"109,internet,internet,internet\"",
                "with = { server = \"a.org\" }\nsends = \"109,a.org\"",
            ),
            (
                "with = { apn = \"CMNET\" }\nsends = \"109,CMNET\"",
                "with = { server = \"b.org\" }\nsends = \"109,b.org\"",
            ),
            (
                "with = { apn = \"internet\", apn_user = \"user\" }\nsends = \"109,internet,user\"",
                "with = { server = \"c.org\" }\nsends = \"109,c.org\"",
            ),
        ],
        lint: true,
        standing: LINT,
        reason: "fixed-without-rule",
        says: "sets `apn`",
    },
    Mutant {
        name: "the backup read back in place of the server",
        interval: "60",
        changes: &[
            (r#"send = "808,100""#, r#"send = "808,101""#),
            (
                "id = \"read-server\"\ntitle = \"Read server 1\"\nkind = \"query\"\nidempotent = true\ntag = \"808,100\"",
                "id = \"read-server\"\ntitle = \"Read server 1\"\nkind = \"query\"\nidempotent = true\ntag = \"808,101\"",
            ),
            (
                r#"examples = ["808,100,1,istartracker.com,8011"]"#,
                r#"examples = ["808,101,1,istartracker.com,8011"]"#,
            ),
            (r#"sends = "808,100""#, r#"sends = "808,101""#),
            ("'^808,100$'", "'^808,101$'"),
            ("says = \"808,100,", "says = \"808,101,"),
        ],
        lint: true,
        standing: "acknowledged",
        reason: "not_read_back",
        says: "server, port",
    },
];

fn send(profile: &str, device: &Device, interval: &str, timeout: &str) -> Said {
    Homing::new(&["send", profile, "--apn", "internet", "--interval", interval, "--via", &device.via()])
        .args(&["--timeout", timeout, "--format", "json"])
        .run()
}

#[expect(clippy::print_stdout, reason = "with --nocapture, what became of each mutant")]
fn check(id: &str, plug: fn(Habits) -> Device, mutant: &Mutant) {
    let name = mutant.name;
    let profile = profile_with(id, mutant.changes);
    let device = plug(Habits::default());
    // Where nothing is ever answered there is no use in waiting for it.
    let timeout = if mutant.reason == "silent" { BRIEF } else { MEDIUM };
    let said = send(profile.path(), &device, mutant.interval, timeout);
    let lint = || Homing::new(&["profile", "check", profile.path()]).run();
    if mutant.standing == LINT {
        assert_eq!((said.code, device.bytes_received()), (2, 0), "{id}, {name}: {said}");
        let found = lint();
        assert!(found.says(mutant.reason) && found.says(mutant.says), "{id}, {name}: {found}");
        return;
    }
    assert_ne!(said.code, 2, "{id}, {name}: the run did not begin: {said}{}", lint());
    let (standing, reason) = said.standing();
    println!("{id}, {name}: exit {}, {standing}, {reason}", said.code);
    assert!(!said.says("verified"), "{id}, {name}: {said}");
    let code = if matches!(mutant.standing, "failed" | "refused") { 1 } else { 3 };
    assert_eq!(said.code, code, "{id}, {name}: {said}");
    assert_eq!(
        (standing.as_str(), reason.as_str()),
        (mutant.standing, mutant.reason),
        "{id}, {name}: {said}"
    );
    assert!(said.err.contains(mutant.says), "{id}, {name}: {:?} is not in {said}", mutant.says);
}

#[test]
fn every_mistake_in_the_hash_dialect_makes_the_run_fail() {
    all(&HASH, |mutant| check("istartek-pt32", HashDevice::plug, mutant));
}

#[test]
fn every_mistake_in_the_numeric_dialect_makes_the_run_fail() {
    all(&NUMERIC, |mutant| check("istartek-vt", NumericDevice::plug, mutant));
}

/// Fails unless the profile is refused before the port is opened.
fn assert_caught(id: &str, name: &str, changes: &[(&str, &str)]) {
    let profile = profile_with(id, changes);
    let device = HashDevice::plug(Habits::default());
    let said = send(profile.path(), &device, "60", BRIEF);
    let hint = format!("hint: homing profile check {}", profile.path());
    assert_eq!(said.code, 2, "{id}, {name}: {said}");
    assert!(said.err.contains("has problems") && said.err.contains(&hint), "{id}, {name}: {said}");
    assert_eq!(device.bytes_received(), 0, "{id}, {name}");
    let said = Homing::new(&["profile", "check", profile.path()]).run();
    assert_ne!(said.code, 0, "{id}, {name}: {said}");
}

#[test]
fn a_mistake_that_contradicts_its_profile_is_caught_before_the_port_is_opened() {
    for (id, mutants) in [("istartek-pt32", &HASH[..]), ("istartek-vt", &NUMERIC[..])] {
        for mutant in mutants.iter().filter(|mutant| mutant.lint) {
            assert_caught(id, mutant.name, &mutant.changes[..1]);
        }
    }
}

/// A map renders and reads back, so that a mistake in it deceives the comparison. Only the maker's own example of an
/// answer gives it away.
#[test]
fn a_map_that_is_wrong_in_both_directions_contradicts_the_makers_example() {
    let changes = [
        (
            "[map.transport]\noff = \"0\"\ntcp = \"1\"\nudp = \"2\"",
            "[map.transport]\noff = \"0\"\ntcp = \"2\"\nudp = \"1\"",
        ),
        (VT_TCP, r#"sends = "100,2,istartracker.com,8011""#),
        (VT_UDP, r#"sends = "100,1,54.85.159.138,8888""#),
    ];
    assert_caught("istartek-vt", "tcp and udp swapped", &changes);
}
