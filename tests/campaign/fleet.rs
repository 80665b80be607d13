//! The trackers of a campaign: half of one dialect, half of the other, each with settings of its own.

use std::sync::Arc;

use homing::engine::{Asking, Recipient, Script, Session};
use homing::journal::{NewTracker, ProfileText};
use homing::lab::{Behaviour, Subscriber, tracker_number};
use homing::plan::Ask;
use homing::profile::{Catalogue, FormName, Profile, tracker_with};
use homing::tracker::Tracker;

/// One tracker, and what is to be said to it.
pub(crate) struct Member {
    pub(crate) tracker: Tracker,
    pub(crate) profile: Arc<Profile>,
    pub(crate) other: Arc<Profile>,
    pub(crate) script: Script,
}

pub(crate) struct Fleet {
    pub(crate) members: Vec<Member>,
    profiles: [(Arc<Profile>, &'static str); 2],
}

/// Digits and their check digit (ISO/IEC 7812-1 annex B).
fn with_check(digits: &str) -> String {
    let doubled = |(at, digit): (usize, char)| {
        let value = digit.to_digit(10).unwrap() * if at.is_multiple_of(2) { 2 } else { 1 };
        value / 10 + value % 10
    };
    let sum: u32 = digits.chars().rev().enumerate().map(doubled).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

impl Fleet {
    pub(crate) fn new(count: usize) -> Self {
        let catalogue = Catalogue::built_in();
        let find = |id: &str| Arc::clone(catalogue.find(id).unwrap());
        let profiles = [
            (find("istartek-vt"), include_str!("../../profiles/istartek-vt.toml")),
            (find("istartek-pt32"), include_str!("../../profiles/istartek-pt32.toml")),
        ];
        let member = |index: usize| {
            let [one, two] = [&profiles[index % 2].0, &profiles[(index + 1) % 2].0];
            let tracker = tracker(index, &one.id.value);
            let ask = Ask::routine("provision", FormName::Sms);
            let script = Script::new(one, &tracker, &ask, Asking::First).unwrap();
            Member { tracker, profile: Arc::clone(one), other: Arc::clone(two), script }
        };
        Self { members: (0..count).map(member).collect(), profiles }
    }

    pub(crate) fn profile_texts(&self) -> Vec<ProfileText> {
        let text = |(profile, toml): &(Arc<Profile>, &str)| ProfileText {
            name: profile.id.value.clone(),
            toml: (*toml).to_owned(),
        };
        self.profiles.iter().map(text).collect()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = NewTracker> {
        (1_u64..).zip(&self.members).map(|(line, member)| NewTracker {
            line,
            name: member.tracker.name.clone(),
            device_key: member.tracker.key().unwrap().to_owned(),
            profile: member.profile.id.value.clone(),
            to: Recipient::from(&member.tracker),
            register: member.tracker.imei.map(|imei| imei.as_str().to_owned()),
            settings: "{}".to_owned(),
        })
    }

    pub(crate) fn subscribers(&self) -> Vec<Subscriber> {
        let subscriber = |member: &Member| Subscriber {
            tracker: member.tracker.clone(),
            profile: Arc::clone(&member.profile),
            behaviour: Behaviour::Obeys,
            other: None,
        };
        self.members.iter().map(subscriber).collect()
    }
}

impl Member {
    pub(crate) fn session(&self) -> Session {
        let other = |id: &str| (id == self.other.id.value).then(|| Arc::clone(&self.other));
        self.script.session(&self.profile, &self.tracker, other)
    }
}

/// Three of ten have an APN so long that its settings are told in two messages.
fn tracker(index: usize, profile: &str) -> Tracker {
    let imei = with_check(&format!("86990000{index:06}"));
    let apn = match index % 10 {
        1 | 5 | 7 => format!("{}operator{index}.example", "a-very-long-name-of-an-access-point.".repeat(2)),
        _ => format!("apn{index}.example"),
    };
    let (name, phone) = (format!("T{index}"), tracker_number(index));
    let interval = (30 + index % 200).to_string();
    let mut pairs = vec![
        ("name", name.as_str()),
        ("imei", imei.as_str()),
        ("phone", phone.as_str()),
        ("apn", apn.as_str()),
        ("server", "d.plaspy.com"),
        ("port", "8888"),
        ("interval", interval.as_str()),
    ];
    if profile == "istartek-vt" {
        pairs.push(("distance_m", "500"));
    }
    let tracker = tracker_with(pairs).unwrap();
    Tracker { profile: profile.to_owned(), ..tracker }
}
