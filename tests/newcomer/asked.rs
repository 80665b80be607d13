//! `homing profile new`: a person answers out of a maker's paper, and the file that comes of it is used at once. What
//! `docs/adding-a-tracker.md` shows is typed again, and comes out as it stands there.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::homing::{Homing, Said};
use crate::modem::{First, Modem, TRACKER, honest};

/// The program in a folder, with what a person types.
fn typed(folder: &Path, args: &[&str], answers: &str) -> Said {
    let mut command = Homing::new(args).command();
    command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Answers out of iStartek's V1.6: the commands and answers that it prints, and what their parts are.
const PAPER: [&str; 41] = [
    "acme-v1",
    "Acme",
    "V1",
    "tcp",
    "0000",
    "0000,109,internet,user,pass",
    "internet",
    "user",
    "pass",
    "109,OK",
    "0000,100,1,d.plaspy.com,8888",
    "d.plaspy.com",
    "8888",
    "100,OK",
    "0000,102,60",
    "60",
    "seconds",
    "102,OK",
    "0000,801",
    "801,143190870823,869912033012424,VT100_V100",
    "", // no access point
    "", // no server
    "", // no interval
    "VT100_V100",
    "869912033012424",
    "0000,808,100",
    "808,100,1,istartracker.com,8011",
    "", // no access point
    "istartracker.com",
    "8011",
    "", // no interval
    "0000,802",
    "802,0000000F,03,01,31,12,4.15,00.00",
    "", // nothing that a setting is
    "",
    "",
    "vendor",
    "GPRS communication protocol V1.6",
    "",
    "",
    "",
];

/// The profile of those answers, in a folder.
fn made() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let said = typed(folder.path(), &["profile", "new"], &format!("{}\n", PAPER.join("\n")));
    assert_eq!(said.code, 0, "{said}");
    folder
}

/// On a tracker written by hand after the same paper.
fn by_modem(folder: &Path, command: &str, modem: &Modem, more: &[&str]) -> Said {
    let via = format!("modem:{}", modem.path());
    let args =
        [command, "./acme-v1.toml", "--phone", TRACKER, "--via", &via, "--timeout=3s", "--yes", "--quiet"];
    Said::of(Homing::new(&args).args(more).env("WORD", "pass").command().current_dir(folder))
}

#[test]
fn answers_out_of_a_paper_make_a_profile_that_passes_the_check() {
    let folder = made();
    let said =
        Said::of(Homing::new(&["profile", "check", "acme-v1.toml"]).command().current_dir(folder.path()));
    assert!(said.code == 0 && said.out.starts_with("1 profile: 0 errors, 0 warnings"), "{said}");
    // What stands in no answer is said in the file.
    let file = fs::read_to_string(folder.path().join("acme-v1.toml")).unwrap();
    assert!(file.contains("# Without user and password their places stay empty"), "{file}");
    let again = typed(folder.path(), &["profile", "new", "acme-v1"], "");
    again.assert_err(2, &["acme-v1.toml is there already, and is not overwritten"]);
}

#[test]
fn a_profile_made_of_printed_answers_sets_a_tracker_and_reads_it_back() {
    let folder = made();
    let modem = Modem::plug(First::Taken, honest);
    // The paper prints no form without user and password, so they are given.
    let settings = ["--apn=internet", "--apn-user=user", "--apn-password=env:WORD", "--server=54.85.159.138"];
    let before = by_modem(folder.path(), "verify", &modem, &[&settings[..], &["--format=json"]].concat());
    before.assert_outcome(1, "failed", "differs");
    let said = by_modem(folder.path(), "send", &modem, &[&settings[..], &["--format=json"]].concat());
    said.assert_outcome(0, "verified", "");
    let set = ["0000,109,internet,user,pass", "0000,100,1,54.85.159.138,8888", "0000,102,60"];
    assert!(modem.texts().windows(3).any(|texts| texts == set), "{:?}", modem.texts());
    let after = by_modem(folder.path(), "verify", &modem, &[&settings[..], &["--format=json"]].concat());
    after.assert_outcome(0, "verified", "");
    assert!(after.out.contains("VT100_V100") && after.out.contains("869912033012424"), "{after}");
}

#[test]
fn input_that_ends_writes_nothing() {
    for count in [0, 1, 12, PAPER.len() - 5] {
        let folder = tempfile::tempdir().unwrap();
        let said = typed(folder.path(), &["profile", "new"], &PAPER[..count].join("\n"));
        said.assert_err(2, &["there is no answer to", "nothing was written"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{count} answers");
    }
}

/// A command of the transcript, what was typed into it, and what came back.
struct Typed<'d> {
    command: &'d str,
    answers: String,
    shown: Vec<&'d str>,
}

/// The commands of a document's blocks that begin with a prompt.
fn transcript(text: &str) -> Vec<Typed<'_>> {
    let mut all: Vec<Typed<'_>> = Vec::new();
    for block in text.split("\n```").skip(1).step_by(2).filter(|block| block.starts_with("\n$ ")) {
        for line in block.lines().skip(1) {
            match (line.strip_prefix("$ "), line.strip_prefix('>'), all.last_mut()) {
                (Some(command), ..) => all.push(Typed { command, answers: String::new(), shown: Vec::new() }),
                (_, Some(answer), Some(last)) => last.answers += &format!("{}\n", answer.trim()),
                (_, _, Some(last)) => last.shown.extend(line.split_whitespace()),
                _ => panic!("{line}"),
            }
        }
    }
    all
}

/// The first block of TOML behind a heading.
fn toml<'d>(text: &'d str, heading: &str) -> &'d str {
    text.split(heading).nth(1).and_then(|text| text.split("```toml\n").nth(1)?.split("```").next()).unwrap()
}

#[test]
fn the_document_is_what_comes_out() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/adding-a-tracker.md");
    let text = fs::read_to_string(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_homing")).parent().unwrap().to_owned();
    let mut count = 0;
    for Typed { command, answers, shown } in transcript(&text) {
        fs::write(folder.path().join("typed"), answers).unwrap();
        let paths = format!("{}:{}", bin.display(), env::var("PATH").unwrap());
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {command}; }} 2>&1 <typed")])
            .current_dir(folder.path())
            .env_clear()
            .envs([("PATH", paths.as_str()), ("HOME", "/nonexistent"), ("COLUMNS", "100")])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        // What was typed does not come back from a file, and the prompt in front of it says nothing.
        let said: Vec<&str> = said.split_whitespace().filter(|word| *word != ">").collect();
        assert_eq!(said, shown, "{command}");
        count += 1;
    }
    assert!(count >= 5, "{count} commands");
    let kept = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(toml(&text, "## What came of it"), kept("midland-geopoint.toml"));
}
