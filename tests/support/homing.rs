//! The program itself, run as a user runs it: arguments in, exit code and words out.
//! A run sees no configuration and no environment but what a test gives it.

#![cfg(test)]
#![allow(dead_code, reason = "each test binary uses another part of this")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// For devices that answer: the answer ends the wait, so this costs nothing.
pub(crate) const PATIENT: &str = "10s";

/// For devices that will not answer, however long one waits.
pub(crate) const BRIEF: &str = "150ms";

/// For devices that answer some commands and not others.
pub(crate) const MEDIUM: &str = "2s";

/// A run to be.
#[derive(Debug, Clone)]
pub(crate) struct Homing {
    args: Vec<String>,
    env: Vec<(String, String)>,
    binary: PathBuf,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Said {
    /// The exit code.
    pub(crate) code: i32,
    /// The result.
    pub(crate) out: String,
    /// Everything else.
    pub(crate) err: String,
}

impl Homing {
    pub(crate) fn new(args: &[&str]) -> Homing {
        let binary = PathBuf::from(env!("CARGO_BIN_EXE_homing"));
        Homing { args: Vec::new(), env: Vec::new(), binary }.args(args)
    }

    pub(crate) fn args(mut self, args: &[&str]) -> Homing {
        self.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Homing {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same program from another place.
    pub(crate) fn binary(mut self, path: &Path) -> Homing {
        path.clone_into(&mut self.binary);
        self
    }

    /// A command that is ready to be run.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(&self.args).env_clear().stdin(Stdio::null());
        command.env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "/nonexistent");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn run(&self) -> Said {
        Said::of(&mut self.command())
    }

    /// Begins a run that the test ends.
    pub(crate) fn begin(&self) -> Running {
        Running(self.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Said {
        let output = command.output().unwrap();
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The result as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// Where the tracker stands and why, by the outcome.
    pub(crate) fn standing(&self) -> (String, String) {
        let outcome = self.json();
        let word = |name: &str| outcome[name].as_str().unwrap_or_default().to_owned();
        (word("standing"), word("reason"))
    }

    /// Whether a text stands anywhere in what was said.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.out.contains(text) || self.err.contains(text)
    }

    /// Fails when a part is missing in the words beside the result.
    #[track_caller]
    pub(crate) fn assert_err(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, code, "{self}");
        for part in parts {
            assert!(self.err.contains(part), "{part:?} is not in: {self}");
        }
    }

    /// Fails when the outcome is another one.
    #[track_caller]
    pub(crate) fn assert_outcome(&self, code: i32, standing: &str, reason: &str) {
        assert_eq!(self.code, code, "{self}");
        assert_eq!(self.standing(), (standing.to_owned(), reason.to_owned()), "{self}");
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit {}\n--- out\n{}--- err\n{}", self.code, self.out, self.err)
    }
}

/// A run that is ended when this is dropped.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Does `job` for every row at the same time, as conversations are mostly waiting, and returns what failed.
pub(crate) fn all<R: Sync>(rows: &[R], job: impl Fn(&R) + Sync) {
    let failed = std::thread::scope(|scope| {
        let job = &job;
        let threads: Vec<_> = rows.iter().map(|row| scope.spawn(move || job(row))).collect();
        threads.into_iter().filter_map(|thread| thread.join().err()).count()
    });
    assert_eq!(failed, 0, "{failed} of {} rows failed, see above", rows.len());
}
