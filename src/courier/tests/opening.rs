//! Every trouble that opening a port can meet, provoked on real files and pseudo-terminals.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::{Cable, SPEEDS, Trouble, TroubleKind, holders};
use super::open;
use super::support::plain::SilentDevice;

const PORT: &str = "HOMING_TEST_PORT";
const NOBODY: u32 = 65534;

fn trouble(port: &str) -> Trouble {
    Cable::open(port, &SPEEDS).err().unwrap()
}

#[test]
fn a_port_that_is_not_there_is_not_found() {
    let trouble = trouble("/dev/ttyUSB-no-such");
    assert_eq!(trouble.kind(), TroubleKind::NotFound);
    assert_eq!(trouble.to_string(), "there is no port /dev/ttyUSB-no-such");
    assert!(trouble.hint().is_some());
}

#[test]
fn a_port_named_without_its_folder_is_told_its_name() {
    let others = vec!["/dev/ttyS0".to_owned(), "/dev/ttyUSB0".to_owned()];
    let trouble = Trouble::NotFound { port: "ttyUSB0".to_owned(), others };
    assert_eq!(trouble.hint().unwrap(), "write it as /dev/ttyUSB0");
}

#[test]
fn what_is_no_serial_port_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ttyUSB0");
    std::fs::write(&file, "").unwrap();
    for (path, what) in [
        (file.to_str().unwrap(), "a regular file"),
        (folder.path().to_str().unwrap(), "a directory"),
        ("/dev/null", "a device with no serial line behind it"),
    ] {
        let trouble = trouble(path);
        assert_eq!(trouble.kind(), TroubleKind::NotASerialPort);
        assert!(trouble.to_string().contains(what), "{trouble}");
    }
}

#[test]
fn a_second_opening_by_the_same_process_is_refused_and_the_first_stays_closed_to_others() {
    let _alone = alone();
    let device = SilentDevice::plug();
    let first = open(&device);
    for _ in 0..2 {
        let trouble = trouble(device.path());
        assert_eq!(trouble.kind(), TroubleKind::InUse);
        assert!(trouble.to_string().contains("this very process"), "{trouble}");
    }
    drop(first);
    open(&device);
}

#[test]
fn a_second_opening_by_another_process_names_the_first() {
    let device = SilentDevice::plug();
    let _first = open(&device);
    let said = text(&again(device.path(), None));
    assert!(said.contains("InUse"), "{said}");
    assert!(said.contains(&format!("pid {}", std::process::id())), "{said}");
    let mine = holders(Path::new(device.path()));
    assert!(mine.iter().any(|holder| holder.pid == std::process::id()));
}

#[test]
fn a_port_that_belongs_to_others_is_not_permitted() {
    if !nix::unistd::geteuid().is_root() {
        return skipped("only root can become a user who may not open the port");
    }
    let device = SilentDevice::plug();
    permit(device.path(), 0o600);
    let said = text(&again(device.path(), Some(NOBODY)));
    assert!(said.contains("NotPermitted") && said.contains("udev rule"), "{said}");
    permit(device.path(), 0o660);
    let said = text(&again(device.path(), Some(NOBODY)));
    assert!(said.contains("NotPermitted") && said.contains("usermod -aG"), "{said}");
}

#[test]
fn an_ordinary_user_meets_a_port_in_use_too() {
    if !nix::unistd::geteuid().is_root() {
        return skipped("only root can become another user");
    }
    let device = SilentDevice::plug();
    permit(device.path(), 0o666);
    let said = text(&again(device.path(), Some(NOBODY)));
    assert!(said.contains("opened"), "{said}");
    let _first = open(&device);
    let said = text(&again(device.path(), Some(NOBODY)));
    assert!(said.contains("InUse") && said.contains("fuser"), "{said}");
}

#[test]
fn a_speed_that_no_port_has_is_refused() {
    let device = SilentDevice::plug();
    let refused = Cable::open(device.path(), &[0]).err().unwrap();
    assert_eq!(refused.kind(), TroubleKind::BadSpeed);
    assert!(refused.to_string().ends_with("does not run at 0 baud"));
}

/// Not a test of its own: the second process of the tests above. It opens the port it is told and says how it went.
#[test]
fn second_process() {
    let Ok(port) = std::env::var(PORT) else {
        return;
    };
    match Cable::open(&port, &SPEEDS) {
        Ok(_) => say("opened"),
        Err(trouble) => {
            say(&format!("{:?}: {trouble}; {}", trouble.kind(), trouble.hint().unwrap_or_default()))
        }
    }
}

/// Between fork and exec a child holds every file of this process, so its locks and its half-written copies too.
/// Whoever starts a process or counts on a lock being gone holds this.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs this test binary once more, for `second_process` alone, as another user if asked.
fn again(port: &str, user: Option<u32>) -> Output {
    let _alone = alone();
    // That user may not reach the build folder.
    let folder = tempfile::tempdir().unwrap();
    permit(folder.path().to_str().unwrap(), 0o755);
    let copy = folder.path().join("second-process");
    std::fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
    permit(copy.to_str().unwrap(), 0o755);
    let mut command = Command::new(copy);
    command.args(["--exact", &format!("{}::second_process", here()), "--nocapture"]).env(PORT, port);
    command.current_dir("/");
    if let Some(user) = user {
        command.uid(user).gid(user);
    }
    command.output().unwrap()
}

/// This module's path as the test runner writes it, without the crate.
fn here() -> &'static str {
    module_path!().split_once("::").unwrap().1
}

fn permit(path: &str, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[expect(clippy::print_stderr, reason = "the test runner's own output is the way out of the second process")]
fn say(text: &str) {
    eprintln!("{text}");
}

fn skipped(why: &str) {
    say(&format!("skipped: {why}"));
}
