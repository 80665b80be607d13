//! The word that stands in the journal for each value of the engine, and the value each word stands for.
//! A released journal holds these words: one may be added, none may be changed.

use crate::engine::batch::{AttemptState, EvidenceKind, Replay, Why};
use crate::engine::{Fate, Purpose, Reason, Sender, Standing, State};
use crate::profile::FormName;

use super::BatchState;
use super::error::Fault;

/// A value that is kept as a word.
pub trait Word: Sized {
    /// The word for it.
    fn word(self) -> &'static str;
    /// What the word stands for.
    fn of(word: &str) -> Option<Self>;
}

/// What the word stands for; an unknown one means that the journal is damaged.
pub(super) fn read<W: Word>(word: &str) -> Result<W, Fault> {
    W::of(word).ok_or_else(|| Fault::Unreadable(format!("it holds the unknown word {word:?}")))
}

macro_rules! words {
    ($type:ty { $($value:pat => $make:expr, $word:literal;)+ }) => {
        impl Word for $type {
            fn word(self) -> &'static str {
                match self { $($value => $word,)+ }
            }

            fn of(word: &str) -> Option<Self> {
                match word { $($word => Some($make),)+ _ => None }
            }
        }
    };
    ($type:ident { $($value:ident $word:literal,)+ }) => {
        words! { $type { $($type::$value => $type::$value, $word;)+ } }
    };
}

words! { BatchState { Open "open", Paused "paused", Done "done", Cancelled "cancelled", } }

words! { FormName { Sms "sms", Cable "cable", Link "link", } }

words! { Purpose { Probe "probe", Command "command", Read "read", } }

words! { Why { First "first", NotSent "not_sent", Temporary "temporary", Operator "operator", } }

words! { Replay { Lines "lines", Doubt "doubt", Cut "cut", } }

words! {
    AttemptState {
        Handed "handed", Committed "committed", Accepted "accepted", Answered "answered", Unanswered "unanswered",
        Unknown "unknown", NotSent "not_sent", Rejected "rejected", Superseded "superseded",
    }
}

words! {
    State {
        Planned "planned", Acknowledged "acknowledged", Unanswered "unanswered", Refused "refused",
        Unknown "unknown", Failed "failed",
    }
}

words! {
    Standing {
        Planned "planned", Sent "sent", Acknowledged "acknowledged", Verified "verified",
        Reporting "reporting", Refused "refused", Unknown "unknown", Failed "failed",
    }
}

words! {
    Reason {
        Refused "refused", Unsupported "unsupported", WrongPassword "wrong_password",
        NotAuthorised "not_authorised", Silent "silent", OtherDialect "other_dialect",
        OtherTracker "other_tracker", Differs "differs", NotReadBack "not_read_back",
        NotRecognised "not_recognised", OnlyEcho "only_echo", Garbage "garbage", ModemPort "modem_port",
        PortLost "port_lost", NotSent "not_sent", Rejected "rejected", NoOutcome "no_outcome",
        Interrupted "interrupted", NoReport "no_report", OneWay "one_way", TrackerCap "tracker_cap",
    }
}

words! {
    EvidenceKind {
        Self::Report(Fate::Delivered) => Self::Report(Fate::Delivered), "delivered";
        Self::Report(Fate::Trying) => Self::Report(Fate::Trying), "trying";
        Self::Report(Fate::Failed) => Self::Report(Fate::Failed), "not_delivered";
        Self::Report(Fate::Unclear) => Self::Report(Fate::Unclear), "unclear_report";
        Self::Late => Self::Late, "late";
        Self::Message => Self::Message, "message";
        Self::Person => Self::Person, "person";
    }
}

/// The word for the kind of a sender, and what the network called it.
pub(super) fn sender(sender: &Sender) -> (&'static str, &str) {
    match sender {
        Sender::International(digits) => ("international", digits),
        Sender::National(digits) => ("national", digits),
        Sender::Name(name) => ("name", name),
    }
}

/// The sender of a kind.
pub(super) fn sender_of(kind: &str, name: String) -> Result<Sender, Fault> {
    match kind {
        "international" => Ok(Sender::International(name)),
        "national" => Ok(Sender::National(name)),
        "name" => Ok(Sender::Name(name)),
        _ => Err(Fault::Unreadable(format!("it holds the unknown kind of sender {kind:?}"))),
    }
}

/// A list of texts as it is kept.
pub(super) fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

/// The texts of a list.
pub(super) fn list_of(json: &str) -> Result<Vec<String>, Fault> {
    serde_json::from_str(json)
        .map_err(|error| Fault::Unreadable(format!("it holds no list of texts: {error}")))
}
