//! What a virtual tracker is set to before anybody wrote to it, and who it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::lab::network::with_check;
use crate::profile::{Means, Profile, Step};
use crate::tracker::{Host, Tracker};

/// The firmware that a tracker of the lab tells.
pub(super) const FIRMWARE: &str = "HOMING-LAB_V1";

/// Settings by name.
pub(super) type Kept = BTreeMap<String, String>;

/// The settings of a tracker as new, and its identity. Settings are what the documented answers of its family show;
/// where that is what it is about to be told, another documented value, so that nothing is right before it was said. What
/// none of its commands says is as the answers show it.
pub(super) fn as_new(profile: &Profile, tracker: &Tracker) -> Kept {
    let settable: BTreeSet<&str> = profile
        .steps
        .iter()
        .flat_map(|step| {
            step.sets.iter().chain(step.instead.iter().flat_map(|way| way.sets.iter().flatten()))
        })
        .map(|name| name.as_str())
        .collect();
    let is_said =
        |name: &str| profile.steps.iter().any(|step| sets(step, profile, tracker).any(|set| set == name));
    let mut kept = Kept::new();
    for (name, shown) in told(profile).filter(|(name, _)| settable.contains(name)) {
        if !kept.contains_key(name) {
            let wanted = profile.value(tracker, name);
            let same =
                |value: &str| wanted.as_ref().is_some_and(|wanted| profile.same_value(name, wanted, value));
            let other = || examples(profile, name).find(|value| !same(value));
            let value = if same(shown) && is_said(name) { other().unwrap_or(shown) } else { shown };
            kept.insert(name.to_owned(), value.to_owned());
        }
    }
    // Commands and answers that name the server say in it whether that is a name or an address.
    if let Some(host) = kept.get("server").and_then(|server| server.parse::<Host>().ok()) {
        kept.insert("server_kind".to_owned(), host.kind().to_owned());
    }
    kept.extend(identity(tracker).map(|(name, value)| (name.to_owned(), value)));
    kept
}

/// The settings that a step says to this tracker, in the form that it is sent in.
fn sets<'p>(step: &'p Step, profile: &Profile, tracker: &Tracker) -> impl Iterator<Item = &'p str> {
    let way = step.instead.iter().find(|way| way.condition.holds(|name| profile.value(tracker, name)));
    let sets = way.and_then(|way| way.sets.as_ref()).unwrap_or(&step.sets);
    sets.iter().map(|name| name.as_str())
}

/// What the first examples of all answers show, in the order of the profile.
fn told(profile: &Profile) -> impl Iterator<Item = (&str, &str)> {
    let values = profile.steps.iter().flat_map(|step| &step.replies);
    let values = values.filter(|reply| reply.means == Means::Value);
    values.flat_map(|reply| &reply.tells).map(|(name, value)| (name.as_str(), value.as_str()))
}

/// The values of a setting that commands are shown with.
fn examples<'p>(profile: &'p Profile, name: &'p str) -> impl Iterator<Item = &'p str> {
    let own = profile
        .steps
        .iter()
        .flat_map(|step| step.examples.iter().chain(step.instead.iter().flat_map(|way| &way.examples)));
    let with = own.flat_map(|example| &example.with);
    with.filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Who a tracker is: what is known of it, and what it lacks made up from its number. The IMEI is then of the test
/// range of type allocation codes, beside those of the lab's modems.
fn identity(tracker: &Tracker) -> impl Iterator<Item = (&'static str, String)> {
    let phone = tracker.phone.as_ref().map(|phone| phone.as_str());
    let digits: String =
        phone.or(tracker.key()).unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    let number = format!("{digits:0>12}");
    let last = |count: usize| number.get(number.len() - count..).unwrap_or_default();
    let known = |name: &str| tracker.value(name).map(std::borrow::Cow::into_owned);
    let imei = known("imei").unwrap_or_else(|| with_check(&format!("00101001{}", last(6))));
    let iccid = known("iccid").unwrap_or_else(|| with_check(&format!("89999019{}", last(10))));
    let device_id = known("device_id").unwrap_or_else(|| imei.clone());
    let made = [("sn", last(12).to_owned()), ("firmware", FIRMWARE.to_owned())];
    let made = made.into_iter().chain([("imei", imei), ("iccid", iccid)]);
    let made = made.chain([("maker_id", device_id.clone()), ("device_id", device_id)]);
    let more = ["phone", "sim_id", "imsi", "name"].map(|name| (name, known(name)));
    let more = more.into_iter().filter_map(|(name, value)| Some((name, value?)));
    made.chain(more).collect::<Vec<_>>().into_iter()
}
