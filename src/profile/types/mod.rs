//! The parts of a profile as the code uses them. `profiles/README.md` tells what each key means to a person.

mod whole;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use regex_lite::Regex;

use super::template::Templates;
use crate::tracker::{By, Transport};

pub use words::*;

/// The routine that `--factory-reset` puts first, the only one that may hold destructive steps.
pub const FACTORY_RESET: &str = "factory_reset";

/// Where a fact comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The word steps refer to it by.
    pub id: Located<String>,
    /// What it is worth.
    pub evidence: Evidence,
    /// Title, edition and date.
    pub title: Option<String>,
    /// Public address.
    pub url: Option<String>,
}

/// A report of a real device that answered this profile.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Firmware as the device told it.
    pub firmware: String,
    /// Day, `YYYY-MM-DD`.
    pub date: Located<String>,
    /// Who tried it.
    pub by: String,
}

/// Another dialect the same tracker may speak.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The other profile.
    pub profile: Located<String>,
    /// The query step of that profile whose recognised answer decides.
    pub tell: Located<String>,
}

/// What its battery holds.
#[derive(Debug, Clone)]
pub struct Battery {
    /// Milliampere hours.
    pub capacity_mah: i64,
    /// Where that comes from.
    pub source: Located<String>,
}

/// What a text to this family may contain.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Matches one allowed character.
    pub alphabet: Option<Regex>,
    /// The same as written.
    pub alphabet_text: Option<String>,
    /// Bit n set: the ASCII character n is allowed.
    pub ascii: u128,
    /// Characters that may not stand inside a setting's value.
    pub separators: String,
    /// Short messages one command may take.
    pub parts: usize,
    /// Whether UCS-2 is allowed.
    pub unicode: bool,
}

impl Limits {
    /// Whether a character may be sent.
    #[must_use]
    pub fn allows(&self, character: char) -> bool {
        match &self.alphabet {
            None => true,
            Some(_) if character.is_ascii() => self.ascii >> (character as u32) & 1 == 1,
            Some(alphabet) => alphabet.is_match(character.encode_utf8(&mut [0; 4])),
        }
    }
}

/// What a setting may be.
#[derive(Debug, Clone, Default)]
pub struct SettingRule {
    /// Name as used in templates and on the command line.
    pub name: String,
    /// Bytes of the name in the profile's text.
    pub at: Range<usize>,
    /// Words for a person.
    pub title: Option<String>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Used when nothing is given.
    pub default: Option<String>,
    /// Smallest number, with a source.
    pub min: Option<i64>,
    /// Largest number, with a source.
    pub max: Option<i64>,
    /// Numbers outside are warned about: what others take.
    pub usual: Option<(i64, i64)>,
    /// Where `usual` comes from.
    pub usual_source: Option<String>,
    /// The only values.
    pub values: Vec<String>,
    /// What the whole value must match.
    pub pattern: Option<Regex>,
    /// Longest value in characters.
    pub max_length: Option<usize>,
    /// Never shown in logs, errors or reports.
    pub secret: bool,
    /// Settings that must be given with it.
    pub needs: Vec<String>,
    /// Where the limits come from.
    pub source: Option<String>,
}

/// A form of a command.
#[derive(Debug, Clone)]
pub struct Form {
    /// Which.
    pub name: FormName,
    /// Template around `body`.
    pub wrap: Located<String>,
    /// What says that this tracker takes commands in this form.
    pub source: Located<String>,
    /// Line speeds to try in this order, cable only.
    pub baud: Vec<u32>,
    /// Rendered samples.
    pub examples: Vec<Example>,
}

/// When something applies: every setting of `when` has one of its values and none of `unless` has.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// Setting and the values that make it apply.
    pub when: Vec<(Located<String>, Vec<String>)>,
    /// Setting and the values that keep it from applying.
    pub unless: Vec<(Located<String>, Vec<String>)>,
}

impl Condition {
    /// Whether it holds for settings read by `value`; an unset setting equals nothing.
    pub fn holds<'v>(&self, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> bool {
        let is = |(name, values): &(Located<String>, Vec<String>)| {
            value(name).is_some_and(|found| values.iter().any(|wanted| *wanted == found))
        };
        self.when.iter().all(is) && !self.unless.iter().any(is)
    }

    /// Names of the settings it looks at.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        self.when.iter().chain(&self.unless).map(|(name, _)| name.as_str())
    }
}

/// A remark shown with a plan.
#[derive(Debug, Clone)]
pub struct Note {
    /// The remark, one sentence.
    pub text: String,
    /// When it is shown.
    pub condition: Condition,
    /// Only for these forms; empty = all.
    pub forms: Vec<FormName>,
    /// Only for these routines; empty = all.
    pub routines: Vec<Located<String>>,
}

/// A sample of what a step renders to.
#[derive(Debug, Clone)]
pub struct Example {
    /// Settings.
    pub with: Vec<(String, String)>,
    /// The text that comes out.
    pub sends: Located<String>,
}

/// A reply a step may get.
#[derive(Debug, Clone)]
pub struct Reply {
    /// What it says.
    pub means: Means,
    /// The pattern as written, `{tag}` not replaced.
    pub pattern: Located<String>,
    /// Decoder of a captured setting: `hours`, `minutes`, `gmt`.
    pub decode: BTreeMap<String, String>,
    /// Texts that match.
    pub examples: Vec<Located<String>>,
    /// What the first example says, decoded.
    pub tells: Vec<(String, String)>,
    /// Where the form comes from.
    pub source: Located<String>,
    /// What a person can do about it.
    pub hint: Option<String>,
    /// Profile-level replies: only for steps of these kinds; empty = all.
    pub kinds: Vec<Kind>,
}

/// Another way to send a step, for settings the main form does not serve.
#[derive(Debug, Clone)]
pub struct Instead {
    /// When it applies.
    pub condition: Condition,
    /// The user has to allow it by this word (`--assume`), as no source covers this tracker.
    pub assume: Option<String>,
    /// Template of the body.
    pub send: Located<String>,
    /// What it sets, where that differs from the step.
    pub sets: Option<Vec<Located<String>>>,
    /// Where it comes from.
    pub source: Located<String>,
    /// Why the main form does not do, as the middle of a sentence.
    pub why: Option<String>,
    /// Rendered samples.
    pub examples: Vec<Example>,
}

/// How a tracker of the lab hears a step: written apart from `send`, so that each checks the other.
#[derive(Debug, Clone)]
pub struct Device {
    /// Pattern over the body, capturing settings by name.
    pub hears: Located<String>,
    /// Template of its answer over the settings it keeps; none = silence.
    pub says: Option<Located<String>>,
    /// Decoder of a captured setting.
    pub decode: BTreeMap<String, String>,
}

/// One entry of a profile: what can be sent, and what may come back.
#[derive(Debug, Clone)]
pub struct Step {
    /// Name, unique in the profile.
    pub id: Located<String>,
    /// Words for a person.
    pub title: Option<String>,
    /// What it does.
    pub kind: Kind,
    /// Settings it sets.
    pub sets: Vec<Located<String>>,
    /// Those of them that stay as they are where they have no value.
    pub keeps: Vec<Located<String>>,
    /// In a routine it is left out unless these settings are set.
    pub only_if: Vec<Located<String>>,
    /// Sent again it changes nothing.
    pub idempotent: bool,
    /// Erases, locks out or stops reporting: only on explicit request.
    pub destructive: bool,
    /// The tracker restarts after it.
    pub reboots: bool,
    /// Settings that later commands are wrapped with and that this step changes, with a template of their new value:
    /// a password that is changed or reset is the one every later command needs.
    pub leaves: Vec<(String, Located<String>)>,
    /// Only in these forms; empty = all the profile has.
    pub forms: Vec<FormName>,
    /// The word a reply names the command by.
    pub tag: Option<Located<String>>,
    /// Template of the body.
    pub send: Located<String>,
    /// Other ways to send it.
    pub instead: Vec<Instead>,
    /// Pause after its answer.
    pub wait_after: Duration,
    /// How long an answer may take, by form, where it differs from the profile's.
    pub timeout: Vec<(FormName, Duration)>,
    /// Where it comes from.
    pub source: Located<String>,
    /// Remarks.
    pub notes: Vec<Note>,
    /// Replies known for it.
    pub replies: Vec<Reply>,
    /// Rendered samples.
    pub examples: Vec<Example>,
    /// The device's side.
    pub device: Option<Device>,
}

/// A setting, and its values with the code each has on the wire.
pub type Map = (Located<String>, Vec<(String, String)>);

/// A routine: a named list of steps.
#[derive(Debug, Clone)]
pub struct Routine {
    /// Name.
    pub name: Located<String>,
    /// Steps in order.
    pub steps: Vec<Located<String>>,
    /// Their places in the profile; a name that is no step's has none.
    pub(super) at: Vec<usize>,
}

/// A family of trackers.
#[derive(Debug)]
pub struct Profile {
    /// Id, as in `homing generate ID`.
    pub id: Located<String>,
    /// Name for a person.
    pub name: String,
    /// Maker.
    pub vendor: String,
    /// Model names.
    pub models: Vec<String>,
    /// What the device can report over.
    pub transports: Vec<Transport>,
    /// How the server can be given, best first.
    pub servers: Vec<By>,
    /// What tells this family from others whose trackers have the same name.
    pub known_by: Option<String>,
    /// Protocols its reports may come in, likeliest first.
    pub uplink: Vec<String>,
    /// When its reports ask the server for an answer, where the protocol leaves the choice: settings and their values.
    pub confirmed: Vec<(Located<String>, Vec<String>)>,
    /// Template of the identity to register at the platform.
    pub register: Located<String>,
    /// Other dialects it may speak.
    pub alternatives: Vec<Alternative>,
    /// Devices seen to answer.
    pub trials: Vec<Trial>,
    /// Its battery, where a source tells of it.
    pub battery: Option<Battery>,
    /// What texts may contain.
    pub limits: Limits,
    /// How long an answer may take, by form.
    pub timeout: Vec<(FormName, Duration)>,
    /// Settings that tell of a topic.
    pub topics: Vec<(Topic, Vec<Located<String>>)>,
    /// Rules of settings, by name.
    pub settings: Vec<SettingRule>,
    /// Wire codes of settings: setting, then value and code.
    pub maps: Vec<Map>,
    /// Forms.
    pub forms: Vec<Form>,
    /// Routines.
    pub routines: Vec<Routine>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Remarks on the whole.
    pub notes: Vec<Note>,
    /// Replies any step may get.
    pub replies: Vec<Reply>,
    /// Steps.
    pub steps: Vec<Step>,
    pub(super) templates: Templates,
    pub(super) patterns: super::reply::Patterns,
}
