//! `homing decode` through the built program: every format, every input, and how it ends.
//! Expectations are the vendors' samples and what the papers say of them.

#![cfg(test)]

#[path = "schemas/check.rs"]
mod check;
#[path = "decode/endings.rs"]
mod endings;
#[path = "decode/explained.rs"]
mod explained;
#[path = "decode/formats.rs"]
mod formats;
#[path = "support/homing.rs"]
mod homing_run;
#[path = "decode/inputs.rs"]
mod inputs;

use std::io::Write as _;
use std::process::Stdio;

use homing_run::{Homing, Said};
use serde_json::Value;

/// The vendor's sample of protocol V1.6 that contradicts itself: it says 147 and has 158, says 46 and adds up to 71.
const A147: &str = "&&A147,021104023195429,000,0,,180106093046,A,22.646430,114.065730,8,0.9,54,86,76,326781,\
                    460|0|27B3|0EA7,27,0000000F,02,01,04E2|018C|01C8|0000,1,0104B0,01013D|02813546";
/// The vendor's sample of the checksum.
const A20: &str = "&&A20,021104023195429,800DA";
/// The login of the GT06 papers, and the server's answer to it there.
const LOGIN: &str = "78780D01012345678901234500018CDD0D0A";
const ANSWER: &str = "787805010001D9DC0D0A";

/// A run with something on its standard input.
fn fed(args: &[&str], input: &[u8]) -> Said {
    fed_to(Homing::new(&[&["decode"], args].concat()), input)
}

/// The same for a run that has an environment.
fn fed_to(run: Homing, input: &[u8]) -> Said {
    let mut command = run.command();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || {
        // A program that has read enough closes its end.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The objects of `--format ndjson`.
fn messages(args: &[&str], input: &[u8]) -> Vec<Value> {
    let said = fed(&[args, &["--format=ndjson"]].concat(), input);
    said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
