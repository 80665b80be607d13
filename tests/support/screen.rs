//! A terminal of 80 columns with the program in it: what a person sees, and what they type.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::pty::{PtyMaster, grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{LocalFlags, tcgetattr};
use nix::unistd::Pid;

/// For a test that fails; a person is patient.
const PATIENT: Duration = Duration::from_secs(60);

/// A program on a terminal.
pub(crate) struct Screen {
    master: PtyMaster,
    line: File,
    child: Child,
    seen: String,
    /// How much of it was waited for already.
    read: usize,
}

impl Screen {
    /// Runs `command` on a terminal of `columns`.
    pub(crate) fn run(command: Command, columns: u16) -> Screen {
        Self::with(command, columns, "-echo")
    }

    /// Runs it on a terminal that repeats what is typed, or not: `echo` or `-echo`.
    pub(crate) fn with(mut command: Command, columns: u16, echo: &str) -> Screen {
        let flags = OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC;
        let master = posix_openpt(flags).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let path = ptsname_r(&master).unwrap();
        let line = OpenOptions::new().read(true).write(true).custom_flags(OFlag::O_NOCTTY.bits()).open(path);
        let line = line.unwrap();
        // By the tool that everybody has: its size, and that it repeats nothing.
        let stdin = Stdio::from(line.try_clone().unwrap());
        let size = ["cols", &columns.to_string(), "rows", "50", echo, "-onlcr"];
        assert!(Command::new("stty").args(size).stdin(stdin).status().unwrap().success());
        let stream = || Stdio::from(line.try_clone().unwrap());
        command.stdin(stream()).stdout(stream()).stderr(stream()).env("TERM", "xterm-256color");
        let child = command.spawn().unwrap();
        Screen { master, line, child, seen: String::new(), read: 0 }
    }

    /// Takes what was written meanwhile.
    fn look(&mut self) -> bool {
        let mut chunk = [0; 4096];
        match self.master.read(&mut chunk) {
            Ok(count) => {
                self.seen.push_str(&String::from_utf8_lossy(&chunk[..count]));
                true
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => false,
            Err(error) => panic!("the terminal broke: {error}"),
        }
    }

    /// Waits for a text behind all that was waited for before.
    #[track_caller]
    pub(crate) fn wait(&mut self, text: &str) {
        let end = Instant::now() + PATIENT;
        loop {
            if let Some(at) = self.seen[self.read..].find(text) {
                self.read += at + text.len();
                return;
            }
            if !self.look() {
                assert!(Instant::now() < end, "{text:?} does not come:\n{}", self.seen);
                thread::sleep(Duration::from_millis(5));
            }
        }
    }

    /// The rest of the line behind what was waited for.
    #[track_caller]
    pub(crate) fn line(&mut self) -> String {
        let from = self.read;
        self.wait("\n");
        self.seen[from..self.read].trim_end().to_owned()
    }

    /// Whether the terminal repeats what is typed.
    pub(crate) fn echoes(&self) -> bool {
        tcgetattr(&self.line).unwrap().local_flags.contains(LocalFlags::ECHO)
    }

    /// As Ctrl-C does.
    pub(crate) fn interrupt(&self) {
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), Signal::SIGINT).unwrap();
    }

    /// Types a line.
    pub(crate) fn enter(&mut self, line: &str) {
        self.master.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Waits for the end: the exit code, and all that was ever shown.
    pub(crate) fn end(&mut self) -> (i32, String) {
        let end = Instant::now() + PATIENT;
        let code = loop {
            self.look();
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.code().unwrap_or(-1);
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.seen);
            thread::sleep(Duration::from_millis(5));
        };
        while self.look() {}
        (code, std::mem::take(&mut self.seen))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
