//! The words that a profile's keys may hold, and a value with its place in the file.

use std::fmt;
use std::ops::{Deref, Range};

/// A value with the bytes of the file it was read from, so that a finding can point at it.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the profile's text.
    pub at: Range<usize>,
}

impl<T> Deref for Located<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl PartialEq<str> for Located<String> {
    fn eq(&self, other: &str) -> bool {
        self.value == other
    }
}

/// What a claim rests on, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The maker's own document.
    Vendor,
    /// The platform publishes it.
    Platform,
    /// People run it.
    Field,
    /// A reading of the sources, stated by none of them.
    Inferred,
}

impl Evidence {
    /// All kinds with the word each has in a profile.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("vendor", Self::Vendor),
        ("platform", Self::Platform),
        ("field", Self::Field),
        ("inferred", Self::Inferred),
    ];
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::WORDS.iter().find(|(_, kind)| kind == self).map_or("", |(word, _)| word))
    }
}

/// What a step does to the tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Changes a setting.
    Set,
    /// Reads without changing anything.
    Query,
    /// Does something: restarts, clears, reports.
    Act,
}

impl Kind {
    /// All kinds with the word each has in a profile.
    pub const WORDS: [(&'static str, Self); 3] =
        [("set", Self::Set), ("query", Self::Query), ("act", Self::Act)];
}

/// A matter beside the common settings that a change of firmware may touch and an owner has to know: what else the tracker
/// reports to, and who may change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// A backup or second server.
    SecondServer,
    /// Reports by short message.
    SmsReports,
    /// Firmware over the air.
    Fota,
    /// Who may manage it from afar.
    RemoteManagement,
}

impl Topic {
    /// All topics with the word each has in a profile.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("second_server", Self::SecondServer),
        ("sms_reports", Self::SmsReports),
        ("fota", Self::Fota),
        ("remote_management", Self::RemoteManagement),
    ];
}

/// What a reply says about the command it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Done.
    Ok,
    /// Not done: the form or a value was not accepted.
    Refused,
    /// This tracker does not have the command.
    Unsupported,
    /// The password is not the tracker's.
    BadPassword,
    /// The sender may not do this.
    NotAuthorised,
    /// The answer to a query.
    Value,
    /// Taken, the real answer follows.
    Pending,
}

impl Means {
    /// All meanings with the word each has in a profile.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("ok", Self::Ok),
        ("refused", Self::Refused),
        ("unsupported", Self::Unsupported),
        ("bad_password", Self::BadPassword),
        ("not_authorised", Self::NotAuthorised),
        ("value", Self::Value),
        ("pending", Self::Pending),
    ];
}

/// How a command is wrapped on its way to a tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FormName {
    /// A short message.
    Sms,
    /// A serial line.
    Cable,
    /// The tracker's own connection to a server.
    Link,
}

impl FormName {
    /// All forms with the word each has in a profile.
    pub const WORDS: [(&'static str, Self); 3] =
        [("sms", Self::Sms), ("cable", Self::Cable), ("link", Self::Link)];
}

impl fmt::Display for FormName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::WORDS.iter().find(|(_, name)| name == self).map_or("", |(word, _)| word))
    }
}
