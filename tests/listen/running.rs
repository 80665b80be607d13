//! A listener as a process of its own, and what it says line by line.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use super::homing_run::Homing;

/// The login of the GT06 paper, and its answer there.
pub(crate) const LOGIN: &[u8] = b"\x78\x78\x0D\x01\x01\x23\x45\x67\x89\x01\x23\x45\x00\x01\x8C\xDD\x0D\x0A";
pub(crate) const ANSWER: &[u8] = b"\x78\x78\x05\x01\x00\x01\xD9\xDC\x0D\x0A";

pub(crate) struct Listening {
    child: Child,
    lines: BufReader<ChildStdout>,
    /// Everything that it said so far.
    pub(crate) said: Vec<Value>,
}

impl Listening {
    /// Starts one at free ports of loopback and waits until it listens. It ends by itself in the end.
    pub(crate) fn start(args: &[&str]) -> Listening {
        let own = if args.iter().any(|arg| arg.starts_with("--for=")) { &[][..] } else { &["--for=60s"] };
        let run = Homing::new(&["listen", "--tcp=0", "--udp=0", "--format=ndjson"]).args(own).args(args);
        let mut command = run.command();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut listening = Listening { child, lines, said: Vec::new() };
        listening.until("listening");
        listening
    }

    pub(crate) fn at(&self, transport: &str) -> SocketAddr {
        let addresses = self.said[0]["addresses"].as_array().unwrap();
        let found = addresses.iter().find(|address| address["transport"] == transport).unwrap();
        found["address"].as_str().unwrap().parse().unwrap()
    }

    /// `127.0.0.1:1234/tcp`.
    pub(crate) fn endpoint(&self, transport: &str) -> String {
        format!("{}/{transport}", self.at(transport))
    }

    /// Reads until a line of this type comes.
    pub(crate) fn until(&mut self, kind: &str) -> Value {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                let mut err = String::new();
                self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
                panic!("it ended before it said `{kind}`: {err}");
            }
            let value: Value = serde_json::from_str(&line).unwrap();
            self.said.push(value.clone());
            if value["type"] == kind {
                return value;
            }
        }
    }

    /// Presses Ctrl-C.
    pub(crate) fn interrupt(&self) {
        kill(Pid::from_raw(self.child.id() as i32), Signal::SIGINT).unwrap();
    }

    /// Waits for its end: the exit code, and what it said on standard error.
    pub(crate) fn end(&mut self) -> (i32, String) {
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).unwrap();
        self.said.extend(rest.lines().map(|line| serde_json::from_str(line).unwrap()));
        let mut err = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut err).unwrap();
        }
        (self.child.wait().unwrap().code().unwrap(), err)
    }

    /// The lines of a type.
    pub(crate) fn all(&self, kind: &str) -> Vec<&Value> {
        self.said.iter().filter(|line| line["type"] == kind).collect()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
