//! One tracker, one command at a time, over whatever courier.

use std::thread::sleep;
use std::time::Duration;

use crate::courier::{Answer, Courier, Happening, Listener, Trouble, TroubleKind, Wait};
use crate::engine::{Cut, Heard, Reason, Session, TalkOutcome, Turn};

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
    /// Something happened on a way that takes minutes.
    fn happens(&mut self, turn: &Turn, happening: &Happening);
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
    let mut trouble = None;
    loop {
        while let Some(turn) = session.turn() {
            sleep(turn.pause);
            watch.says(&turn);
            let wait = Wait { timeout: timeout.unwrap_or(turn.timeout), settle: SETTLE };
            let mut ear = Ear { session: &session, turn: &turn, watch };
            match courier.ask(turn.text.as_bytes(), wait, &mut ear) {
                Ok(answer) => {
                    watch.hears(&turn, &session.shown(&answer.lines), &answer);
                    session.hear(heard(answer));
                }
                Err(broke) => {
                    broken(&mut session, &broke, courier.is_up());
                    trouble = Some(broke);
                }
            }
        }
        if !session.is_lost() || !courier.may_be_modem() {
            return Ended { outcome: session.outcome(), trouble };
        }
        match another_way(&mut session, courier, timeout, watch) {
            Ok(true) => {}
            Ok(false) => return Ended { outcome: session.outcome(), trouble },
            Err(broke) => {
                broken(&mut session, &broke, false);
                return Ended { outcome: session.outcome(), trouble: Some(broke) };
            }
        }
    }
}

/// Whoever waits for one answer: the session knows it, the watch sees it coming.
struct Ear<'a> {
    session: &'a Session,
    turn: &'a Turn,
    watch: &'a mut dyn Watch,
}

impl Listener for Ear<'_> {
    fn is_enough(&mut self, answer: &Answer) -> bool {
        self.session.is_answer(&answer.lines)
    }

    fn happens(&mut self, happening: &Happening) {
        self.watch.happens(self.turn, happening);
    }
}

/// Nothing was recognised on a line: is it a modem's, and is there another speed? Whether to ask once more.
fn another_way(
    session: &mut Session,
    courier: &mut dyn Courier,
    timeout: Option<Duration>,
    watch: &mut dyn Watch,
) -> Result<bool, Trouble> {
    if is_modem(courier, timeout)? {
        let sentence = "a modem's own AT port answers here, not the tracker's configuration port".to_owned();
        session.cut(Reason::ModemPort, sentence, Cut::Kept);
        return Ok(false);
    }
    let Some(baud) = courier.next_speed()? else { return Ok(false) };
    watch.speed(baud);
    session.probe_again();
    Ok(true)
}

/// A modem does not answer a tracker's commands, but it does answer `AT`.
fn is_modem(courier: &mut dyn Courier, timeout: Option<Duration>) -> Result<bool, Trouble> {
    let wait = Wait { timeout: timeout.unwrap_or(Duration::from_secs(1)), settle: SETTLE };
    let answer = courier.ask(b"AT\r\n", wait, &mut Answer::looks_like_modem)?;
    Ok(answer.looks_like_modem())
}

/// What a courier's trouble is to the conversation.
fn broken(session: &mut Session, trouble: &Trouble, up: bool) {
    let sentence = trouble.to_string();
    let left = if trouble.may_have_left() { Cut::Left } else { Cut::Kept };
    let _ = match trouble.kind() {
        TroubleKind::Unknown => session.doubt(sentence, up),
        TroubleKind::NotSent => session.cut(Reason::NotSent, sentence, Cut::Kept),
        TroubleKind::Rejected => session.cut(Reason::Rejected, sentence, Cut::Refused),
        TroubleKind::Stopped => session.cut(Reason::Interrupted, sentence, left),
        _ => session.cut(Reason::PortLost, sentence, left),
    };
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
