//! `homing lab` as a process of its own: modems, trackers and a gateway for as long as the value lives.

#![cfg(test)]
#![allow(dead_code, reason = "each test binary uses another part of this")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A lab that ends when this is dropped.
pub(crate) struct Lab {
    process: Child,
    /// Open as long as the lab is to live, so that it ends with this process too.
    _alive: Option<ChildStdin>,
    folder: TempDir,
    ready: Value,
}

impl Lab {
    /// Starts one and waits until it can be reached.
    pub(crate) fn start(args: &[&str]) -> Lab {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_homing"));
        command.env_clear().env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "/nonexistent");
        command.args(["lab", "--format", "json", "--until-eof", "--verbose", "--log"]);
        command.arg(folder.path().join("lab.log")).args(args);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{args:?}: {error}: {line:?}"));
        Lab { _alive: process.stdin.take(), process, folder, ready }
    }

    /// One with trackers of a CSV.
    pub(crate) fn with(csv: &str, args: &[&str]) -> Lab {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("trackers.csv");
        fs::write(&file, csv).unwrap();
        Lab::start(&[&["--trackers", file.to_str().unwrap()], args].concat())
    }

    /// What it said of itself.
    pub(crate) fn ready(&self) -> &Value {
        &self.ready
    }

    /// The port of its first modem.
    pub(crate) fn port(&self) -> &str {
        self.ready["ports"][0].as_str().unwrap()
    }

    /// The same as `--via` takes it.
    pub(crate) fn via(&self) -> String {
        format!("modem:{}", self.port())
    }

    /// Where its gateway listens.
    pub(crate) fn gateway(&self) -> &str {
        self.ready["gateway"].as_str().unwrap()
    }

    /// A file beside its log.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The log's events of one kind so far.
    pub(crate) fn events(&self, kind: &str) -> Vec<Value> {
        let log = fs::read_to_string(self.path("lab.log")).unwrap();
        // The last line may be on its way.
        let whole = log.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let events = whole.lines().map(|line| serde_json::from_str(line).unwrap());
        events.filter(|event: &Value| event["kind"] == kind).collect()
    }

    /// The texts that were handed over, in order.
    pub(crate) fn submitted(&self) -> Vec<String> {
        let submits = self.events("submit").into_iter();
        submits.map(|event| event["text"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The lines that a client of a modem wrote.
    pub(crate) fn commands(&self) -> Vec<String> {
        self.events("at").iter().map(|event| event["line"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
