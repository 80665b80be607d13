//! Whatever is written to a modem, it goes on, and it answers each command line exactly once.

use std::time::Duration;

use proptest::prelude::*;

use super::Bench;

/// Names of commands, known and unknown, that change neither how results look nor whether they come.
const NAMES: [&str; 34] = [
    "+CMGS", "+CMGW", "+CMSS", "+CMGL", "+CMGR", "+CMGD", "+CNMI", "+CNMA", "+CPMS", "+CSMS", "+CSMP",
    "+CSDH", "+CSCS", "+CSCA", "+CSCB", "+CMGF", "+CMMS", "+CREG", "+COPS", "+CSQ", "+CPIN", "+CFUN",
    "+CIMI", "+CGSN", "+CCLK", "+CNUM", "+CLAC", "+GMI", "+NONE", "^RSSI", "I", "S3", "H", "D123",
];

const VALUES: [&str; 14] = [
    "",
    "0",
    "1",
    "2",
    "4",
    "14",
    "99999",
    "\"ME\"",
    "\"SM\",\"MT\"",
    "\"+99920000000\"",
    "\"ALL\"",
    "1,4",
    "\"a,b;c",
    "2,1,0,2,0",
];

fn command() -> impl Strategy<Value = String> {
    let form = prop_oneof![Just(""), Just("?"), Just("=?"), Just("=")];
    (prop::sample::select(NAMES.to_vec()), form, prop::sample::select(VALUES.to_vec())).prop_map(
        |(name, form, value)| if form == "=" { format!("{name}={value}") } else { format!("{name}{form}") },
    )
}

/// Result codes in what a modem said (V.250 section 5.7.1, TS 27.005 section 3.2.5, TS 27.007 section 9.2).
fn results(said: &str) -> usize {
    let is_result = |line: &&str| {
        matches!(*line, "OK" | "ERROR" | "NO CARRIER")
            || line.starts_with("+CME ERROR: ")
            || line.starts_with("+CMS ERROR: ")
    };
    said.split("\r\n").filter(is_result).count()
}

proptest! {
    #[test]
    fn no_bytes_stop_a_modem(pieces in prop::collection::vec(
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            command().prop_map(|command| format!("AT{command}\r").into_bytes()),
            Just(b"0001000B919929000000F000000141\x1a".to_vec()),
            Just(b"AT+CMGS=14\r".to_vec()),
        ],
        0..40,
    )) {
        let mut bench = Bench::new();
        for piece in &pieces {
            let mut out = Vec::new();
            bench.network.hear(0, piece, bench.now, &mut out);
        }
        bench.wait(Duration::from_secs(60));
        bench.leave();
        let mut out = Vec::new();
        bench.network.hear(0, b"\x1b\rATQ0V1E0\r", bench.now, &mut out);
        out.clear();
        bench.network.hear(0, b"AT\r", bench.now, &mut out);
        prop_assert_eq!(bench.take(out), "\r\nOK\r\n");
    }

    #[test]
    fn a_command_line_is_answered_exactly_once(lines in prop::collection::vec(
        prop::collection::vec(command(), 1..4), 0..30,
    )) {
        let mut bench = Bench::new();
        for commands in &lines {
            let line = format!("AT{}\r", commands.join(";"));
            let mut said = bench.say(&line);
            if said.ends_with("\r\n> ") {
                prop_assert_eq!(results(&said), 0, "{:?} {:?}", line, said);
                said.push_str(&bench.say("\x1b"));
            }
            prop_assert_eq!(results(&said), 1, "{:?} {:?}", line, said);
        }
    }

    #[test]
    fn every_text_comes_back_from_the_echo_as_it_was_sent(text in "[ -~äöü€{}\\[\\]^|~Ж✓🚚]{1,200}") {
        let mut bench = Bench::new();
        bench.gateway("+99960000000", super::ECHO, &text);
        let letters: Vec<String> =
            bench.network.inbox("+99960000000", 0).into_iter().map(|letter| letter.text).collect();
        prop_assert_eq!(letters, vec![text]);
    }
}
