//! One tracker on a courier that answers at once, such as a cable.

use std::thread::sleep;
use std::time::Duration;

use crate::courier::{Answer, Courier, Trouble, Wait};
use crate::engine::{Heard, Reason, Session, TalkOutcome, Turn};

/// Quiet that ends an answer on a cable.
const SETTLE: Duration = Duration::from_millis(300);

/// Someone who wants to see what happens while it happens.
pub trait Watch {
    /// A command goes out.
    fn says(&mut self, turn: &Turn);
    /// What came back for it: the lines as they may be shown, and the whole answer.
    fn hears(&mut self, turn: &Turn, shown: &[String], answer: &Answer);
    /// The line speed was changed.
    fn speed(&mut self, baud: u32);
}

/// How a conversation ended.
#[derive(Debug)]
pub struct Ended {
    /// What it came to.
    pub outcome: TalkOutcome,
    /// What broke the courier, if that is how it ended.
    pub trouble: Option<Trouble>,
}

/// Leads a conversation to its end. `timeout` replaces the profile's own waits.
pub fn talk(
    mut session: Session,
    courier: &mut dyn Courier,
    timeout: Option<Duration>,
    watch: &mut dyn Watch,
) -> Ended {
    loop {
        while let Some(turn) = session.turn() {
            sleep(turn.pause);
            watch.says(&turn);
            let wait = Wait { timeout: timeout.unwrap_or(turn.timeout), settle: SETTLE };
            let mut enough = |answer: &Answer| session.is_answer(&answer.lines);
            match courier.ask(turn.text.as_bytes(), wait, &mut enough) {
                Ok(answer) => {
                    watch.hears(&turn, &session.shown(&answer.lines), &answer);
                    session.hear(heard(answer));
                }
                Err(trouble) => return broken(session, trouble),
            }
        }
        if !session.is_lost() {
            return Ended { outcome: session.outcome(), trouble: None };
        }
        match is_modem(courier, timeout) {
            Ok(true) => {
                let sentence =
                    "a modem's own AT port answers here, not the tracker's configuration port".to_owned();
                session.cut(Reason::ModemPort, sentence, false);
                return Ended { outcome: session.outcome(), trouble: None };
            }
            Ok(false) => {}
            Err(trouble) => return broken(session, trouble),
        }
        match courier.next_speed() {
            Ok(Some(baud)) => {
                watch.speed(baud);
                session.probe_again();
            }
            Ok(None) => return Ended { outcome: session.outcome(), trouble: None },
            Err(trouble) => return broken(session, trouble),
        }
    }
}

/// A modem does not answer a tracker's commands, but it does answer `AT`.
fn is_modem(courier: &mut dyn Courier, timeout: Option<Duration>) -> Result<bool, Trouble> {
    let wait = Wait { timeout: timeout.unwrap_or(Duration::from_secs(1)), settle: SETTLE };
    let answer = courier.ask(b"AT\r\n", wait, &mut Answer::looks_like_modem)?;
    Ok(answer.looks_like_modem())
}

fn broken(mut session: Session, trouble: Trouble) -> Ended {
    session.cut(Reason::PortLost, trouble.to_string(), trouble.may_have_left());
    Ended { outcome: session.outcome(), trouble: Some(trouble) }
}

fn heard(answer: Answer) -> Heard {
    if answer.is_garbage() {
        Heard::Garbage
    } else if answer.only_echo() {
        Heard::OnlyEcho
    } else {
        let mut lines = answer.lines;
        // A line that the time-out cut may end in half a number.
        if answer.cut {
            lines.pop();
        }
        Heard::Lines(lines)
    }
}
