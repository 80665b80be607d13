//! Programs by others send and receive through the lab's modem, each with its own idea of how to talk to one: gammu,
//! gammu-smsd, smstools and python-gsmmodem. `tests/strangers/install.sh` installs them; where one is missing its
//! test says so and passes, unless HOMING_REQUIRE_STRANGERS is 1.

#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "strangers/daemons.rs"]
mod daemons;
#[path = "strangers/rehearsal.rs"]
mod rehearsal;
#[path = "strangers/tools.rs"]
mod tools;

/// Texts that find what is wrong with alphabets: the extension table (TS 23.038 section 6.2.1.1), the codes 5F and 60
/// which some take for those of ASCII, UCS-2 with a pair of surrogates, and more than one message of each.
const TEXTS: [&str; 5] = [
    "{plain} [GSM] ~ ^ | \\ 5\u{20ac} @ _ \u{a7} \u{bf} \u{e4}\u{f6}\u{fc}",
    "\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442} \u{2713} \u{1f69a}",
    "seven.7",
    "long long long long long long long long long long long long long long long long long long long long long long \
     long long long long long long long long long long long long {end} of long",
    "\u{434}\u{43b}\u{438}\u{43d}\u{43d}\u{44b}\u{439} \u{434}\u{43b}\u{438}\u{43d}\u{43d}\u{44b}\u{439} \
     \u{434}\u{43b}\u{438}\u{43d}\u{43d}\u{44b}\u{439} \u{434}\u{43b}\u{438}\u{43d}\u{43d}\u{44b}\u{439} \
     \u{434}\u{43b}\u{438}\u{43d}\u{43d}\u{44b}\u{439} \u{434}\u{43b}\u{438}\u{43d}\u{43d}\u{44b}\u{439} \
     \u{434}\u{43b}\u{438}\u{43d}\u{43d}\u{44b}\u{439} \u{2713}",
];

/// A text for a program that knows no pairs of surrogates: without what lies beyond the first plane of Unicode.
fn first_plane(text: &str) -> String {
    text.replace(|c| c > '\u{ffff}', "\u{416}")
}
