//! The order of system calls, as strace sees it: what must be on the disk is there before anything goes out.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, csv};

/// What matters of a trace, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    /// The journal's log was written.
    Wrote,
    /// A sync of it returned.
    Synced,
    /// A message went out: a write with 0x1A in it.
    Out,
    /// A message was deleted from the modem's store.
    Deleted,
}

/// The calls of a trace that matter.
fn calls(trace: &str) -> Vec<Call> {
    let call = |line: &str| {
        let is_journal = line.contains("journal.db-wal>");
        if line.contains("pwrite64(") && is_journal {
            Some(Call::Wrote)
        } else if (line.contains("fdatasync(") || line.contains("fsync("))
            && is_journal
            && line.contains("= 0")
        {
            Some(Call::Synced)
        } else if line.contains("write(") && line.contains("\\x1a") {
            Some(Call::Out)
        } else if line.contains("write(") && line.contains("AT+CMGD=") {
            Some(Call::Deleted)
        } else {
            None
        }
    };
    trace.lines().filter_map(call).collect()
}

/// Where something went out although what was written was not synced, or although nothing was written since the last
/// one went out.
fn breach(calls: &[Call]) -> Option<usize> {
    let (mut dirty, mut fresh) = (false, false);
    for (at, call) in calls.iter().enumerate() {
        match call {
            Call::Wrote => (dirty, fresh) = (true, true),
            Call::Synced => dirty = false,
            Call::Out if dirty || !fresh => return Some(at),
            Call::Out => fresh = false,
            Call::Deleted if dirty => return Some(at),
            Call::Deleted => {}
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
        .args(["-f", "-y", "-xx", "-s", "400", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o"])
        .arg(&trace);
    // Texts are wanted as they are, and only what is no text as a number.
    let strace = strace.args(["-e", "abbrev=none"]).arg(run.get_program()).args(run.get_args());
    assert!(strace.status().unwrap().code().is_some_and(|code| code == 0));
    let text = readable(&fs::read_to_string(&trace).unwrap());
    let calls = calls(&text);
    let count = |wanted: Call| calls.iter().filter(|call| **call == wanted).count();
    assert_eq!(count(Call::Out), desk.lab.submitted().len());
    assert!(count(Call::Deleted) > 0 && count(Call::Synced) > count(Call::Out), "{calls:?}");
    assert_eq!(breach(&calls), None);
    // The check notices what it is for: without a sync, and with one that came too late.
    let unsynced: Vec<Call> = calls.iter().copied().filter(|call| *call != Call::Synced).collect();
    assert!(breach(&unsynced).is_some());
    let at = calls.windows(2).position(|pair| pair == [Call::Synced, Call::Out]).unwrap();
    let mut late = calls.clone();
    late.swap(at, at + 1);
    assert_eq!(breach(&late), Some(at));
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
