//! One tracker of every family through the program and the lab: each gets as far as something documented can prove.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use homing::engine::{Asking, Script};
use homing::plan::{Ask, Command, sets};
use homing::profile::{Catalogue, FormName, Means, Profile, tracker_with};
use homing::tracker::By;

use crate::desk::{Desk, tell};

/// What some families need beside IMEI, number and APN, as their labels and papers give it.
const MORE: [(&str, &str, &str); 12] = [
    ("castel", "device_id", "A12345678"),
    ("gator", "device_id", "1234560017"),
    ("gator", "set.admin_phone", "+447700900999"),
    ("jointech", "device_id", "1234560025"),
    ("maxtrack", "device_id", "1234560026"),
    ("queclink-at", "password", "gv300"),
    ("setracker-watch", "set.mccmnc", "23415"),
    ("suntech-prg", "device_id", "120038"),
    ("suntech-sa200", "device_id", "120039"),
    ("suntech-st300", "device_id", "123450040"),
    ("megastek", "device_id", ""),
    ("noran", "device_id", "NR09B02761"),
];

/// Families whose answers are documented and do not come with the platform's own commands, and why.
const QUIET: [(&str, &str); 1] = [(
    "queclink-at",
    "it answers by SMS only when the 12th field of GTSRI is 1, and the platform's line has 0",
)];

/// A family, its row's cells, and how far it can get.
struct Family {
    id: String,
    cells: BTreeMap<String, String>,
    expected: &'static str,
    /// It has a question that changes nothing.
    asks: bool,
}

fn cells(at: usize, id: &str) -> BTreeMap<String, String> {
    // The same digits as in `fleet`, whose check digit is right.
    let row = crate::desk::fleet(at + 1).lines().last().unwrap().to_owned();
    let row: Vec<&str> = row.split(',').collect();
    let own = [("name", id), ("profile", id), ("imei", row[2]), ("phone", row[3]), ("apn", "internet")];
    let more = MORE.iter().filter(|(of, ..)| *of == id).map(|(_, name, value)| (*name, *value));
    own.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn family(at: usize, profile: &Arc<Profile>) -> Option<Family> {
    let id = profile.id.value.clone();
    let cells = cells(at, &id);
    let pairs = cells
        .iter()
        .filter(|(name, value)| !matches!(name.as_str(), "name" | "profile") && !value.is_empty());
    let pairs = pairs.map(|(name, value)| (name.strip_prefix("set.").unwrap_or(name), value.as_str()));
    // As the program sets it when nobody says otherwise: the name where the family takes one, else the address.
    let server = match profile.servers.first() {
        None | Some(By::Domain) => "d.plaspy.com",
        Some(By::Ip) => "54.85.159.138",
    };
    let usual = [("server", server), ("port", "8888")];
    let tracker = tracker_with(pairs.chain(usual)).unwrap();
    let allowed = ["server-line".to_owned()];
    let ask = Ask { assume: &allowed, ..Ask::routine("provision", FormName::Sms) };
    if !profile.forms.iter().any(|form| form.name == FormName::Sms) {
        return None;
    }
    let script = |asking| Script::new(profile, &tracker, &ask, asking);
    let told = script(Asking::After).unwrap_or_else(|error| panic!("{id}: {error}"));
    let readable: BTreeSet<String> = told
        .reads
        .commands
        .iter()
        .flat_map(|read| profile.readable(read.step))
        .map(|name| name.to_string())
        .collect();
    let is_answered = |command: &Command| {
        if QUIET.iter().any(|(of, _)| *of == id) {
            return false;
        }
        let replies = profile.steps[command.step].replies.iter().chain(&profile.replies);
        replies.into_iter().any(|reply| reply.means == Means::Ok)
    };
    let is_read = |command: &Command| {
        let sets: Vec<_> = sets(profile, command)
            .into_iter()
            .filter(|name| profile.value(&tracker, name).is_some())
            .collect();
        // What sets nothing, as GPRSON, nothing that is read back shows.
        !sets.is_empty() && sets.iter().all(|name| readable.contains(*name))
    };
    let commands = &told.commands.commands;
    // What is least proven decides: a command that nobody answers and nothing shows leaves its tracker at `sent`.
    let expected = if !commands.iter().all(|command| is_answered(command) || is_read(command)) {
        "sent"
    } else if readable.contains("server") && readable.contains("port") {
        "verified"
    } else {
        "acknowledged"
    };
    Some(Family { id, cells, expected, asks: script(Asking::First).is_ok() })
}

fn csv(families: &[&Family]) -> String {
    let names: BTreeSet<&String> = families.iter().flat_map(|family| family.cells.keys()).collect();
    let head: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    let row = |family: &&Family| {
        let cells = names.iter().map(|name| family.cells.get(*name).map_or("", String::as_str));
        cells.collect::<Vec<_>>().join(",")
    };
    let rows: Vec<String> = families.iter().map(row).collect();
    format!("{}\n{}\n", head.join(","), rows.join("\n"))
}

#[test]
fn a_tracker_of_every_family_gets_as_far_as_something_documented_can_prove() {
    let catalogue = Catalogue::built_in();
    let profiles = catalogue.entries().iter().filter_map(|entry| entry.profile().ok());
    let families: Vec<Family> =
        profiles.enumerate().filter_map(|(at, profile)| family(at, profile)).collect();
    assert!(families.len() > 55, "{} families take short messages", families.len());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, asks, more) in [("asked", true, &[][..]), ("unasked", false, &["--no-identify"][..])] {
        let group: Vec<&Family> = families.iter().filter(|family| family.asks == asks).collect();
        let desk = Desk::new(name, &csv(&group), &["--modems", "4"]);
        let said = desk.run(&["--timeout", "2s", "--assume", "server-line"]).args(more).run();
        let report = desk.report();
        let trackers = report["trackers"].as_array().unwrap_or_else(|| panic!("{said}"));
        assert_eq!(trackers.len(), group.len(), "{said}");
        for family in group {
            let tracker = trackers.iter().find(|tracker| tracker["name"] == family.id.as_str()).unwrap();
            assert_eq!(tracker["standing"], family.expected, "{}: {tracker:#}", family.id);
            *counts.entry(family.expected).or_default() += 1;
        }
    }
    tell(&format!("families by what can be proven of them: {counts:?}"));
}
