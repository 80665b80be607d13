//! A journal on a disk that may not be written, or has no room: nothing leaves that is not written down. The disks are
//! in a mount namespace of the test's own; where this machine lets nobody make one the tests say so, and fail with
//! `HOMING_REQUIRE_NETNS=1`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, fleet, tell};
use crate::homing::{Homing, Said};

/// Runs a script of the shell with a disk of so many KiB at `folder`, which nobody else sees. None where this machine
/// lets nobody make one.
fn with_disk(folder: &Path, size: &str, homing: &Homing, behind: &str) -> Option<Said> {
    let own = |command: &mut Command| {
        command.arg("--mount");
        if !nix::unistd::geteuid().is_root() {
            command.arg("--map-root-user");
        }
    };
    let mut probe = Command::new("unshare");
    own(&mut probe);
    let can = probe.args(["sh", "-c", "mount -t tmpfs none /mnt"]).output();
    if !can.is_ok_and(|output| output.status.success()) {
        let required = std::env::var_os("HOMING_REQUIRE_NETNS").is_some_and(|value| value == "1");
        assert!(!required, "no file system can be mounted, and HOMING_REQUIRE_NETNS=1 wants it");
        tell("no file system can be mounted here: nothing was looked at");
        return None;
    }
    let inner = homing.command();
    let mut command = Command::new("unshare");
    own(&mut command);
    let script = format!("mount -t tmpfs -o {size} none \"$0\" || exit 99; {behind}");
    command.args(["sh", "-c", &script]).arg(folder).arg(inner.get_program()).args(inner.get_args());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Some(Said::of(&mut command))
}

/// `homing batch run` with its journal on a disk at `folder`.
fn on_disk(desk: &Desk, folder: &Path) -> Homing {
    let journal = folder.join("journal.db");
    let run = Homing::new(&["batch", "--journal", journal.to_str().unwrap(), "run"]);
    run.args(&[desk.csv().to_str().unwrap(), "--yes", "--via", &desk.lab.via()])
}

#[test]
fn on_a_disk_that_may_only_be_read_nothing_is_begun() {
    let desk = Desk::new("fleet", &fleet(1), &[]);
    let folder = desk.path("disk");
    fs::create_dir(&folder).unwrap();
    let Some(said) = with_disk(&folder, "ro", &on_disk(&desk, &folder), "exec \"$@\"") else { return };
    said.assert_err(4, &["journal.db cannot be written: Read-only file system", "--journal"]);
    assert_eq!(desk.lab.submitted(), [""; 0]);
}

#[test]
fn on_a_disk_that_is_full_nothing_is_begun_and_what_fills_up_stops_before_the_next_message() {
    // A journal of 3,000 trackers does not fit into a megabyte.
    let desk = Desk::new("fleet", &fleet(3000), &[]);
    let folder = desk.path("disk");
    fs::create_dir(&folder).unwrap();
    let Some(said) = with_disk(&folder, "size=1m", &on_disk(&desk, &folder), "exec \"$@\"") else { return };
    let full = "is full";
    said.assert_err(4, &["the disk of the journal", full, "make room and run it again", "nothing was begun"]);
    assert_eq!(desk.lab.submitted(), [""; 0]);

    // One of sixty does, and its log of what happens does not.
    let desk = Desk::new("fleet", &fleet(60), &[]);
    let folder = desk.path("disk");
    fs::create_dir(&folder).unwrap();
    let copy = format!(
        "\"$@\"; ended=$?; cp \"$0\"/journal.db* '{}'; exit $ended",
        desk.journal().parent().unwrap().display()
    );
    let said = with_disk(&folder, "size=700k", &on_disk(&desk, &folder), &copy).unwrap();
    said.assert_err(4, &["the disk of the journal", full, "`homing batch resume`"]);
    let sent = desk.lab.submitted().len();
    assert!(sent > 0, "it was full too early for this test: {said}");
    // With room again it goes on, and all agrees.
    let last = desk.resume(&["--timeout", "2s"]).run();
    assert!(desk.lab.submitted().len() > sent, "{last}");
    let counted = desk.count();
    counted.must_be_right();
    counted.must_fit(&last);
}
