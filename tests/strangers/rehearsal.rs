//! A lab as a process of its own, and programs that may be there.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use serde_json::Value;

/// A lab that ends when this is dropped.
pub(crate) struct Rehearsal {
    lab: Child,
    /// Open as long as the lab is to live, so that it ends with this process too.
    _alive: Option<ChildStdin>,
    folder: tempfile::TempDir,
    ready: Value,
}

impl Rehearsal {
    pub(crate) fn start() -> Rehearsal {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_homing"));
        command.args(["lab", "--format", "json", "--until-eof", "--verbose", "--log"]);
        command.arg(folder.path().join("lab.log"));
        let mut lab = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(lab.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["schema"], "homing.lab/1");
        Rehearsal { _alive: lab.stdin.take(), lab, folder, ready }
    }

    /// What a program opens as its modem.
    pub(crate) fn port(&self) -> &str {
        self.ready["ports"][0].as_str().unwrap()
    }

    /// The number that sends back what it gets.
    pub(crate) fn echo(&self) -> &str {
        self.ready["echo"].as_str().unwrap()
    }

    /// A file or folder of the program's own.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A new folder of the program's own.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        path
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The log's events so far.
    pub(crate) fn events(&self) -> Vec<Value> {
        let log = fs::read_to_string(self.path("lab.log")).unwrap();
        log.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The whole texts that the echo got, in the order in which they came.
    pub(crate) fn heard(&self) -> Vec<String> {
        let delivered = self.events().into_iter().filter(|event| event["kind"] == "deliver");
        delivered.map(|event| event["text"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        self.lab.kill().ok();
        self.lab.wait().ok();
    }
}

/// A daemon that ends when this is dropped, with the processes that it has started.
pub(crate) struct Daemon(Child);

impl Daemon {
    /// Starts one that says nothing.
    pub(crate) fn start(command: &mut Command) -> Daemon {
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Daemon(quiet.process_group(0).spawn().unwrap())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let group = Pid::from_raw(self.0.id().try_into().unwrap());
        killpg(group, Signal::SIGKILL).ok();
        self.0.wait().ok();
    }
}

/// Waits for something that takes a program seconds; the limit is for a test that fails.
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(90);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "{what} did not happen");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A program of this name, if it is installed.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let beside = ["/usr/sbin", "/usr/bin"].map(PathBuf::from);
    let found = std::env::split_paths(&folders).chain(beside).map(|folder| folder.join(name));
    installed(name, found.into_iter().find(|path| path.exists()))
}

/// The Python of the environment that `install.sh` makes.
pub(crate) fn python() -> Option<PathBuf> {
    let folder = std::env::var_os("HOMING_STRANGERS").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/strangers"));
    installed("python-gsmmodem-new", Some(folder.join("bin/python")).filter(|path| path.exists()))
}

#[expect(clippy::print_stderr, reason = "whoever reads the test's output is told that nothing was tested")]
fn installed(name: &str, found: Option<PathBuf>) -> Option<PathBuf> {
    if found.is_none() {
        let required = std::env::var("HOMING_REQUIRE_STRANGERS").is_ok_and(|value| value == "1");
        assert!(!required, "{name} is not installed: run tests/strangers/install.sh");
        eprintln!("{name} is not installed, so nothing is tested: tests/strangers/install.sh installs it");
    }
    found
}
