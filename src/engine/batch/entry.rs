//! What the engine writes into the journal, and what it gets back to go on from: values only, no tables and no files.
//! The write points W1 to W5 stand in `CONTRIBUTING.md`; an entry is on disk before the order that follows it goes out.

use super::super::mail::{AttemptId, Fate, Recipient, Sender};
use super::super::session::Purpose;
use super::super::standing::{Reason, Standing};
use super::super::talk::State;

/// A tracker of a batch: its row in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackerId(pub i64);

/// A courier of a batch: its row in the journal, the same for the same modem and SIM card or the same gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CourierId(pub i64);

/// Why an attempt was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is the first one of its command.
    First,
    /// Nothing of the one before had left this machine.
    NotSent,
    /// The one before was refused for now.
    Temporary,
    /// A person wanted it (`batch resolve --resend`).
    Operator,
}

/// How far an attempt got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptState {
    /// Given to a courier; nothing has left (W1).
    Handed,
    /// It may leave from here on (W2).
    Committed,
    /// The network or the gateway took it; its answer is waited for.
    Accepted,
    /// The tracker answered.
    Answered,
    /// Accepted, and the wait for an answer is over.
    Unanswered,
    /// Committed, and nothing tells what became of it.
    Unknown,
    /// Nothing left this machine.
    NotSent,
    /// The network or the gateway refused it.
    Rejected,
    /// Another attempt took its place, as a person wanted.
    Superseded,
}

/// What is written down, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The conversation with a tracker came to its next command: none of its attempts was made yet.
    Command {
        /// The tracker.
        tracker: TrackerId,
        /// Which turn of the conversation, from 0.
        ord: u32,
        /// The step's name.
        step: String,
        /// What for.
        purpose: Purpose,
        /// The text with its secrets masked.
        masked: String,
        /// Short messages it takes.
        messages: u32,
        /// Sent again it changes nothing.
        idempotent: bool,
    },
    /// W1: the command is given to a courier.
    Handed {
        /// The attempt; unique in the journal.
        attempt: AttemptId,
        /// The tracker.
        tracker: TrackerId,
        /// Its command.
        ord: u32,
        /// Which attempt of that command, from 1.
        n: u32,
        /// Why it is made.
        why: Why,
        /// By which courier.
        courier: CourierId,
        /// When, in milliseconds since 1970.
        at_ms: i64,
    },
    /// W2: it may leave from here on. The quota of the courier counts it.
    Committed {
        /// The attempt.
        attempt: AttemptId,
        /// When.
        at_ms: i64,
        /// The day the quota counts it for, in days since 1970.
        day: i64,
        /// Short messages it takes.
        messages: u32,
    },
    /// W3: the courier's word, or what else settles the attempt.
    Attempt {
        /// The attempt.
        attempt: AttemptId,
        /// How far it got.
        state: AttemptState,
        /// What the network or the gateway calls it.
        references: Vec<String>,
        /// The code and the sentence of why.
        cause: Option<(Option<String>, String)>,
        /// When.
        at_ms: i64,
    },
    /// W4: a received message, with the attempt it answers.
    Inbound {
        /// Which courier brought it.
        courier: CourierId,
        /// Who sent it, as the network says.
        sender: Sender,
        /// The service centre's time.
        sent_ms: Option<i64>,
        /// When it came here.
        at_ms: i64,
        /// The text, raw.
        text: String,
        /// Parts that did not come.
        missing: u8,
        /// What makes it the same one when it is found again: sender, time and text.
        print: String,
        /// The tracker it is from, where its number is one of the batch.
        tracker: Option<TrackerId>,
        /// The attempt it counts for, and nothing when it proves nothing.
        attempt: Option<AttemptId>,
        /// Why it does not count, where it does not.
        why_not: Option<String>,
    },
    /// W4: a received message of nobody in this batch: it changes nothing, and may answer what another batch has sent.
    Stranger {
        /// Which courier brought it.
        courier: CourierId,
        /// Who sent it, as the network says.
        sender: Sender,
        /// The service centre's time.
        sent_ms: Option<i64>,
        /// When it came here.
        at_ms: i64,
        /// The text, raw.
        text: String,
        /// Parts that did not come.
        missing: u8,
        /// What makes it the same one when it is found again: sender, time and text.
        print: String,
    },
    /// Something that says more about an attempt: a status report, a late word of the modem, a person's word.
    Evidence {
        /// The attempt.
        attempt: AttemptId,
        /// What kind.
        kind: EvidenceKind,
        /// In words.
        note: String,
        /// When.
        at_ms: i64,
    },
    /// A command is over.
    Ended {
        /// The tracker.
        tracker: TrackerId,
        /// Its command.
        ord: u32,
        /// How far it got.
        state: State,
        /// What the conversation was told, so that it can be told again.
        heard: Replay,
        /// The tracker's answer with its secrets masked, line by line.
        shown: Vec<String>,
        /// When.
        at_ms: i64,
    },
    /// W5: where a tracker stands now. Nothing is left to do for it when `done`.
    Standing {
        /// The tracker.
        tracker: TrackerId,
        /// Where it stands.
        standing: Standing,
        /// Why.
        reason: Option<Reason>,
        /// The same as a sentence.
        sentence: String,
        /// Nothing is left to do.
        done: bool,
        /// What it told of its firmware before the first command that sets something, and after the last.
        firmware: [Option<String>; 2],
        /// When.
        at_ms: i64,
    },
    /// A tracker's message came to where it was pointed: it stands as reporting, and nothing is left to do for it. Only
    /// for one that was sent something, and that did not refuse it.
    Reported {
        /// The tracker.
        tracker: TrackerId,
        /// How it came, as a sentence.
        sentence: String,
        /// When.
        at_ms: i64,
    },
}

/// What a conversation was told at the end of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// The messages that count for its attempts, in the order in which they came; none is silence.
    Lines,
    /// Nobody knows whether it arrived, and the conversation went on.
    Doubt,
    /// It ended the conversation.
    Cut,
}

/// What says more about an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// A status report of the network.
    Report(Fate),
    /// A late word of the modem or the gateway.
    Late,
    /// A message of the tracker that came after the wait for it.
    Message,
    /// A person's word.
    Person,
}

/// What the engine goes on from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The trackers, in the order of the file.
    pub trackers: Vec<Seed>,
    /// The highest attempt there is.
    pub last_attempt: u64,
    /// Short messages that were let out so far.
    pub messages: u64,
    /// What each courier let out on a day: courier, days since 1970, short messages.
    pub quota: Vec<(CourierId, i64, u32)>,
    /// Messages of trackers that are not done which are known, so that they are not taken twice.
    pub prints: Vec<(TrackerId, String)>,
}

/// A tracker as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    /// Its row.
    pub id: TrackerId,
    /// Whom messages for it are for.
    pub to: Recipient,
    /// Where it stands.
    pub standing: Standing,
    /// Nothing is left to do for it.
    pub done: bool,
    /// The courier that its conversation goes by, where one was begun.
    pub courier: Option<CourierId>,
    /// It has an identity that its reports can be told by.
    pub identified: bool,
    /// Short messages to it that were let out so far.
    pub messages: u32,
}

/// A command of a conversation that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The tracker.
    pub tracker: TrackerId,
    /// Which turn.
    pub ord: u32,
    /// The step's name: a conversation that does not come to the same one again is not gone on with.
    pub step: String,
    /// How it ended; none when it is open.
    pub ended: Option<Replay>,
    /// The texts that count for it.
    pub texts: Vec<String>,
    /// Its last attempt.
    pub attempt: Option<PastAttempt>,
    /// How many attempts it had.
    pub attempts: u32,
}

/// The last attempt of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAttempt {
    /// Its number.
    pub id: AttemptId,
    /// By which courier.
    pub courier: CourierId,
    /// How far it got.
    pub state: AttemptState,
    /// When it was let out, in milliseconds since 1970.
    pub committed_ms: Option<i64>,
    /// When its outcome came.
    pub outcome_ms: Option<i64>,
    /// Why it ended so.
    pub cause: Option<String>,
}
