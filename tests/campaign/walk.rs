//! What can be known of one tracker's conversation, command by command, out of the record. Written from the design's
//! table of attempts, commands and standings, without a look at the engine: it knows no timers, queues or threads, only
//! what the client was told and when.

use std::collections::BTreeMap;
use std::time::Duration;

use homing::plan::{Command, Plan, sets};
use homing::profile::{FormName, Means, Profile, Reading};

use crate::fates::Fate;
use crate::fleet::Member;
use crate::record::{File, Letter, Try};

/// How far the clocks of the service centre and of this machine may be apart.
const SKEW_MS: i64 = 120_000;
/// Refusals for now that are waited out.
const PAUSES: usize = 3;

/// How one command ended.
#[derive(Debug, Clone)]
pub(crate) enum End {
    Answered(Reading),
    /// The network has it, and nothing that answers it came in its time.
    Unanswered,
    /// Nobody can tell whether it arrived.
    Unknown,
    /// The network refused it for good.
    Refused,
    /// It did not leave, however often it was tried; or nothing of it is in the record.
    Kept,
}

/// What must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// Handed over again although it may have been taken.
    Twice(String),
    /// Something else than the next command.
    Unplanned(String),
    /// The next one went before the wait was over.
    Hurried(String),
}

pub(crate) struct Walk<'a> {
    pub(crate) member: &'a Member,
    pub(crate) file: &'a File,
    /// How long an answer is waited for, where that is not the profile's to say.
    patience: Option<Duration>,
    next: usize,
    /// The latest time of the service centre that counted.
    newest_ms: Option<i64>,
    /// When those were let out that were answered, or that a report was about.
    settled: Vec<Duration>,
    pub(crate) wrong: Vec<Wrong>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(member: &'a Member, file: &'a File, patience: Option<Duration>) -> Self {
        Self { member, file, patience, next: 0, newest_ms: None, settled: Vec::new(), wrong: Vec::new() }
    }

    /// Messages behind the last command.
    pub(crate) fn rest(&self) -> &[Try] {
        &self.file.tries[self.next..]
    }

    /// Whether the next message is this command's.
    pub(crate) fn is_next(&self, command: &Command) -> bool {
        self.rest().first().is_some_and(|next| next.text == command.text)
    }

    /// Follows one command through all of its tries.
    pub(crate) fn command(&mut self, profile: &Profile, command: &Command) -> End {
        let mut refused = 0;
        loop {
            if !self.is_next(command) {
                return End::Kept;
            }
            let one = &self.file.tries[self.next];
            self.next += 1;
            match one.word.map(|(_, fate)| fate) {
                Some(Fate::Temporary) if refused < PAUSES => refused += 1,
                Some(Fate::Temporary | Fate::Refused | Fate::Kept) => return End::Refused,
                Some(Fate::Accepted | Fate::Maybe) | None => return self.wait(profile, command, one),
            }
        }
    }

    /// Something that may have arrived: what came for it in its time.
    fn wait(&mut self, profile: &Profile, command: &Command, one: &Try) -> End {
        let window = self.patience.unwrap_or_else(|| profile.timeout(command.step, FormName::Sms));
        let told = one.word.filter(|(_, fate)| *fate == Fate::Accepted).map(|(at, _)| at);
        let doubted = one.gave_up.or(one.word.filter(|(_, fate)| *fate == Fate::Maybe).map(|(at, _)| at));
        let end = match (doubted, told) {
            // A word that comes while nobody knows begins the wait anew.
            (Some(doubted), Some(told)) if told <= doubted + window => told + window,
            (Some(doubted), _) => doubted + window,
            (None, Some(told)) => told + window,
            // The record ends here.
            (None, None) => return End::Unknown,
        };
        let mut known = told.is_some_and(|told| doubted.is_none_or(|doubted| told <= doubted + window));
        let mut lines = Vec::new();
        for letter in self.file.letters.iter().filter(|letter| one.at < letter.at && letter.at <= end) {
            if !counts(letter, one, self.newest_ms) {
                continue;
            }
            self.newest_ms = self.newest_ms.max(Some(letter.sent_ms));
            lines.extend(letter.text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()));
            if let Some(reading) = read(profile, command, &lines)
                && reading.means != Means::Pending
            {
                self.settled.push(one.at);
                return End::Answered(reading);
            }
        }
        if !known && self.reported(one, end) {
            known = true;
            self.settled.push(one.at);
        }
        self.not_twice(command, one, end);
        if known { End::Unanswered } else { End::Unknown }
    }

    /// Whether a status report says that this very message was delivered. It names no reference that the client was
    /// told, so it can only be told by its recipient and its time, and not where an earlier message has none either.
    fn reported(&self, one: &Try, end: Duration) -> bool {
        let before = self.file.tries.iter().take_while(|other| other.at < one.at);
        // What the client was told of an earlier message by then.
        let is_told =
            |other: &Try, by: Duration| other.word.is_some_and(|(at, fate)| fate != Fate::Maybe && at <= by);
        self.file.reports.iter().any(|report| {
            let names_earlier = before.clone().any(|other| {
                is_told(other, report.at)
                    && other.modem == report.modem
                    && other.reference == Some(report.reference)
            });
            // Whatever may have left without a reference, and of which nothing told that it arrived.
            let is_blurred =
                before.clone().any(|other| !is_told(other, report.at) && !self.settled.contains(&other.at));
            // The service centre's time has whole seconds.
            report.delivered
                && report.at <= end
                && report.done_ms + 1000 > one.let_out_ms()
                && !names_earlier
                && !is_blurred
        })
    }

    /// The next message must not be the same command again, and not come before the wait is over.
    fn not_twice(&mut self, command: &Command, one: &Try, end: Duration) {
        let Some(next) = self.file.tries.get(self.next) else { return };
        // The client speaks a moment after it has given up.
        if next.at + Duration::from_secs(1) < end {
            let sentence =
                format!("{:?} at {:?}, {:?} at {:?}, due {end:?}", one.text, one.at, next.text, next.at);
            self.wrong.push(Wrong::Hurried(sentence));
        }
        if next.text == command.text && !is_query(&self.member.profile, command) {
            self.wrong.push(Wrong::Twice(format!("{:?} at {:?} and {:?}", one.text, one.at, next.at)));
        }
    }

    /// Follows every question that reads back: the values that were shown, and the settings that one which was not
    /// answered could have shown.
    pub(crate) fn reads(&mut self, reads: &Plan) -> Shown {
        let profile = &*self.member.profile;
        let mut shown = Shown::default();
        for command in &reads.commands {
            match self.command(profile, command) {
                End::Answered(reading) if reading.means == Means::Value => {
                    shown.values.extend(reading.values);
                }
                End::Answered(reading) if reading.means == Means::Unsupported => {}
                _ => shown.open.extend(profile.readable(command.step)),
            }
        }
        shown
    }
}

/// What was read back.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) open: Vec<String>,
}

impl Shown {
    /// Whether every value that a command carries was shown as it is to be, and it carries one.
    pub(crate) fn carries(&self, member: &Member, command: &Command) -> bool {
        let profile = &*member.profile;
        let wanted = sets(profile, command).into_iter().filter_map(|name| {
            let value = profile.value(&member.tracker, name)?.into_owned();
            Some((name.to_owned(), value))
        });
        let mut wanted = wanted.peekable();
        wanted.peek().is_some()
            && wanted.all(|(name, value)| {
                self.values.get(&name).is_some_and(|found| profile.same_value(&name, &value, found))
            })
    }
}

/// Whether a message can be the answer to one that was let out, by its time.
fn counts(letter: &Letter, one: &Try, newest_ms: Option<i64>) -> bool {
    letter.sent_ms >= one.let_out_ms() - SKEW_MS && newest_ms.is_none_or(|newest| letter.sent_ms >= newest)
}

pub(crate) fn is_query(profile: &Profile, command: &Command) -> bool {
    profile.steps[command.step].kind == homing::profile::Kind::Query
}

/// What the lines say by the profile's forms: a refusal counts before all else, and what shows values shows all of them.
fn read(profile: &Profile, command: &Command, lines: &[&str]) -> Option<Reading> {
    let readings: Vec<Reading> =
        lines.iter().filter_map(|line| profile.read_reply(command.step, line)).collect();
    let is_good = |reading: &&Reading| matches!(reading.means, Means::Ok | Means::Value);
    let settled = || readings.iter().filter(|reading| reading.means != Means::Pending);
    let refusal = settled().find(|reading| !is_good(reading));
    let mut first = refusal.or_else(|| settled().next()).or_else(|| readings.first())?.clone();
    if first.means == Means::Value {
        first.values = settled().flat_map(|reading| reading.values.clone()).collect();
    }
    Some(first)
}
