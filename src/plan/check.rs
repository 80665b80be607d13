//! A tracker's settings against its profile, before anything is rendered.

use super::fault::{Fault, Weight};
use crate::profile::{Profile, SettingRule};
use crate::secret::Secret;
use crate::tracker::{By, Host, Tracker};
use crate::units::nearest;

/// Everything that is wrong or odd about the settings of a tracker. Of commands that `only_asks` an id that none of them
/// holds keeps none from being sent: it may be that of another family, which is what is to be found out.
pub(super) fn tracker(profile: &Profile, tracker: &Tracker, only_asks: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(transport) =
        tracker.settings.transport.filter(|transport| !profile.transports.contains(transport))
    {
        let has: Vec<&str> = profile.transports.iter().map(|transport| transport.as_str()).collect();
        let fault =
            Fault::error("no-transport", format!("{} does not report over {transport}", profile.name));
        faults.push(fault.about("transport").fix(format!("it reports over: {}", has.join(", "))));
    }
    if let Some(Host::V6(address)) = &tracker.settings.server {
        let message = format!("{} takes a name or an IPv4 address, {address} is IPv6", profile.name);
        faults.push(Fault::error("no-ipv6", message).about("server").fix("give a host name"));
    }
    faults.extend(tracker.settings.server.as_ref().and_then(|server| kind_of_server(profile, server)));
    for name in tracker.settings.names() {
        let Some(value) = tracker.value(name) else { continue };
        setting(profile, tracker, name, &value, &mut faults);
    }
    // Whatever else of a tracker a template of this profile mentions reaches a command as well, or the platform.
    let reaches = |name: &&str| profile.mentions(name) || profile.registers(name);
    for name in ["name", "notes", "device_id", "maker_id", "sim_id"].into_iter().filter(reaches) {
        let own = name != "device_id" || tracker.device_id.is_some();
        let Some(value) = tracker.value(name).filter(|_| own) else { continue };
        let before = faults.len();
        setting(profile, tracker, name, &value, &mut faults);
        if only_asks && !profile.mentions(name) {
            faults.iter_mut().skip(before).for_each(|fault| fault.weight = Weight::Warning);
        }
    }
    faults
}

/// A server given in a way the tracker does not take.
fn kind_of_server(profile: &Profile, server: &Host) -> Option<Fault> {
    let by = if matches!(server, Host::Domain(_)) { By::Domain } else { By::Ip };
    if profile.servers.contains(&by) {
        return None;
    }
    let (takes, is, fix) = match by {
        By::Domain => (
            "an address, not a name",
            "a name",
            "give its IPv4 address, or a server that has one with --by ip",
        ),
        By::Ip => ("a name, not an address", "an address", "give its host name"),
    };
    let message = format!("{} takes its server as {takes}, and {server} is {is}", profile.name);
    Some(Fault::error("server-kind", message).about("server").fix(fix))
}

/// The setting as a person gives it: the maker's id has the flag and the column of the device id.
fn given_as(name: &str) -> &str {
    if name == "maker_id" { "device_id" } else { name }
}

fn setting(profile: &Profile, tracker: &Tracker, name: &str, value: &str, faults: &mut Vec<Fault>) {
    let shown = if profile.is_secret(name) { Secret::MASK } else { value };
    if !profile.sends(name) && !profile.registers(name) {
        // What a tracker cannot do otherwise needs no command; another transport was refused already.
        if name == "transport" && profile.transports.len() == 1 {
            return;
        }
        faults.push(not_taken(profile, tracker, name));
        return;
    }
    if profile.mentions(name) {
        separators(profile, name, value, faults);
    }
    let Some(rule) = profile.setting(name) else { return };
    if let Err(fault) = rule.check(value) {
        // A rule's own words may repeat the value; of a secret nothing is repeated.
        let message = if rule.secret || profile.is_secret(name) {
            format!("{} is not as {} takes it", given_as(name), profile.name)
        } else {
            format!("{} \"{shown}\": {fault}", given_as(name))
        };
        let fault = Fault::error("not-allowed", message).about(given_as(name));
        faults.push(fault.fix(format!("{} takes {}", profile.name, wanted(rule))));
    } else if rule.is_usual(value) == Some(false) {
        faults.push(unusual(profile, rule, shown));
    }
    for needed in rule.needs.iter().filter(|needed| profile.value(tracker, needed).is_none()) {
        let message = format!("{name} is given without {needed}, and {} takes them together", profile.name);
        faults
            .push(Fault::error("needs", message).about(needed).fix(format!("give {needed} too, or neither")));
    }
}

/// What a rule allows, in words.
fn wanted(rule: &SettingRule) -> String {
    rule.describe()
}

fn separators(profile: &Profile, name: &str, value: &str, faults: &mut Vec<Fault>) {
    let bad = value.chars().find(|c| profile.limits.separators.contains(*c) || c.is_control());
    if let Some(bad) = bad {
        let what =
            if bad.is_control() { "a control character" } else { "what separates the parts of a command" };
        let shown = if profile.is_secret(name) { Secret::MASK } else { value };
        let message = format!("{name} {shown:?} contains {bad:?}, {what} of {}", profile.name);
        faults.push(
            Fault::error("separator", message)
                .about(given_as(name))
                .fix("a value with it cannot be sent to this tracker"),
        );
    }
}

/// A setting the profile cannot send: refused when its name is one nobody knows, told otherwise.
fn not_taken(profile: &Profile, tracker: &Tracker, name: &str) -> Fault {
    if !tracker.settings.other.contains_key(name) {
        let message = format!("{} has no command for {name}, it is not sent", profile.name);
        return Fault::warning("not-sent", message).about(name);
    }
    let known: Vec<&str> = profile.settings.iter().map(|rule| rule.name.as_str()).collect();
    let fault =
        Fault::error("unknown-setting", format!("{} has no setting \"{name}\"", profile.name)).about(name);
    fault.fix(match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("`homing profile show {}` lists them", profile.id.value),
    })
}

fn unusual(profile: &Profile, rule: &SettingRule, shown: &str) -> Fault {
    let (min, max) = rule.usual.unwrap_or_default();
    let unit = rule.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let message = format!(
        "{} {shown}{unit}: no range is published for {}; others of its dialect take {min} to {max}{unit}",
        rule.name, profile.name
    );
    Fault::warning("unusual", message).about(&rule.name)
}
