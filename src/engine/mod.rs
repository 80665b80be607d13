//! What happens to a tracker, as pure state machines: orders go out, what was heard comes in, standings come of it.
//! Pure: it knows no port, no clock and no file, and nothing here claims more than was heard.

mod audit;
pub mod batch;
mod compare;
mod identity;
mod mail;
mod script;
mod session;
mod standing;
mod survey;
mod talk;

pub use audit::{Audited, Matter, Seen, audit, is_setting, queries_for, told};
pub use compare::{Compared, read_back};
pub use mail::{
    AttemptId, Capacity, Cause, Fate, Inbound, News, Order, Outcome, Receipt, Recipient, Sender, StoreKey,
};
pub use script::{Asking, Script, ScriptError, add_others, questions};
pub use session::{Cut, Heard, Purpose, Session, Turn};
pub use standing::{Reason, Standing};
pub use survey::survey;
pub use talk::{Spoken, State, Talk, TalkOutcome};

#[cfg(test)]
mod tests;
