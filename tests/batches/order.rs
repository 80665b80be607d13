//! The order of system calls, as strace sees it: what must be on the disk is there before anything goes out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, csv};

/// What matters of a trace, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    /// The modem's prompt was read.
    Prompted,
    /// The journal's log was written.
    Wrote,
    /// A sync of it returned.
    Synced,
    /// A message went out: a write with 0x1A in it.
    Out,
    /// The message at this place of the modem's store was asked for, or was in a list of it.
    Heard(u32),
    /// The message at this place was deleted.
    Deleted(u32),
}

/// The calls of a trace that matter. A call that another thread's cuts in two is done where it is resumed.
fn calls(trace: &str) -> Vec<Call> {
    let mut syncing = BTreeSet::new();
    let mut call = |line: &str| {
        let thread = line.split(' ').next().unwrap_or_default();
        let is_journal = line.contains("journal.db-wal>");
        let is_sync = line.contains("fdatasync(") || line.contains("fsync(");
        if line.contains("pwrite64(") && is_journal {
            Some(Call::Wrote)
        } else if is_sync && is_journal && line.contains("<unfinished") {
            syncing.insert(thread.to_owned());
            None
        } else if (is_sync && is_journal) || (line.contains("sync resumed>") && syncing.remove(thread)) {
            line.ends_with("= 0").then_some(Call::Synced)
        } else if line.contains(" write(") && line.contains("\\x1a") {
            Some(Call::Out)
        } else if line.contains(" write(") && line.contains("AT+CMG") {
            place(line, "AT+CMGD=").map(Call::Deleted).or_else(|| place(line, "AT+CMGR=").map(Call::Heard))
        } else if line.contains("read") && line.contains("+CMGL: ") {
            place(line, "+CMGL: ").map(Call::Heard)
        } else if line.contains("read") && line.contains("> \"") {
            Some(Call::Prompted)
        } else {
            None
        }
    };
    trace.lines().filter_map(|line| call(line.trim_end())).collect()
}

/// The number behind a word.
fn place(line: &str, word: &str) -> Option<u32> {
    let (_, behind) = line.split_once(word)?;
    let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    behind[..end].parse().ok()
}

/// Where a message went out although nothing was written and synced since its prompt, or where one was deleted although
/// nothing was since it was read.
fn breach(calls: &[Call]) -> Option<usize> {
    // How far each is: 0 something to be written for, 1 written, 2 synced.
    let (mut out, mut places) = (0, BTreeMap::<u32, u8>::new());
    for (at, call) in calls.iter().enumerate() {
        match call {
            Call::Prompted => out = 0,
            Call::Heard(place) => {
                places.insert(*place, 0);
            }
            Call::Wrote => {
                out = out.max(1);
                places.values_mut().for_each(|state| *state = (*state).max(1));
            }
            Call::Synced => {
                out = if out == 1 { 2 } else { out };
                places.values_mut().filter(|state| **state == 1).for_each(|state| *state = 2);
            }
            Call::Out if out < 2 => return Some(at),
            Call::Out => out = 0,
            Call::Deleted(place) if places.get(place) != Some(&2) => return Some(at),
            Call::Deleted(_) => {}
        }
    }
    None
}

#[test]
fn the_journal_is_synced_before_a_message_goes_out_and_before_a_reply_is_deleted() {
    if !Path::new("/usr/bin/strace").exists() {
        let required = std::env::var("HOMING_REQUIRE_STRANGERS").is_ok_and(|value| value == "1");
        assert!(!required, "strace is not installed");
        return;
    }
    let desk = Desk::new(&csv(3, |_| ""), &[]);
    let trace = desk.path("trace");
    let run = desk.run(&[]).command();
    let mut strace = Command::new("strace");
    strace
        .args(["-f", "-y", "-xx", "-s", "400", "-e", "trace=read,write,pwrite64,fsync,fdatasync", "-o"])
        .arg(&trace);
    // Texts are wanted as they are, and only what is no text as a number.
    let strace = strace.args(["-e", "abbrev=none"]).arg(run.get_program()).args(run.get_args());
    assert!(strace.status().unwrap().code().is_some_and(|code| code == 0));
    let text = readable(&fs::read_to_string(&trace).unwrap());
    let calls = calls(&text);
    let count = |wanted: Call| calls.iter().filter(|call| **call == wanted).count();
    assert_eq!(count(Call::Out), desk.lab.submitted().len());
    assert!(
        calls.iter().any(|call| matches!(call, Call::Deleted(_))) && count(Call::Synced) > count(Call::Out),
        "{calls:?}"
    );
    let found = breach(&calls);
    assert_eq!(found, None, "{:?}", found.map(|at| &calls[at.saturating_sub(14)..=at]));
    assert!(count(Call::Prompted) >= count(Call::Out), "{calls:?}");
    // The check notices what it is for: without a sync, and with one that came too late.
    let unsynced: Vec<Call> = calls.iter().copied().filter(|call| *call != Call::Synced).collect();
    assert!(breach(&unsynced).is_some());
    let late = [Call::Prompted, Call::Wrote, Call::Out, Call::Synced];
    assert_eq!(breach(&late), Some(2));
    let unread = [Call::Heard(3), Call::Wrote, Call::Deleted(3), Call::Synced];
    assert_eq!(breach(&unread), Some(2));
}

/// strace's `\x41` as letters; what is no letter stays a number.
fn readable(trace: &str) -> String {
    let mut out = String::with_capacity(trace.len());
    let mut rest = trace;
    while let Some(at) = rest.find("\\x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 4).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte @ 0x20..=0x7E) => out.push(char::from(byte)),
            _ => out.push_str(rest.get(at..at + 4).unwrap_or_default()),
        }
        rest = rest.get(at + 4..).unwrap_or_default();
    }
    out + rest
}
