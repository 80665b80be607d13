//! What the end of a conversation means: the exit code for a script, and the way out for a person.

use crate::courier::{Trouble, TroubleKind};
use crate::engine::{Reason, Standing, TalkOutcome};
use crate::profile::FormName;
use crate::run::Ended;
use crate::ui::Exit;

/// What to do about an outcome, where something is left to do.
pub(super) fn advice(ended: &Ended, via: &str, form: FormName) -> Option<String> {
    let done = exit(&ended.outcome, ended.trouble.as_ref()) == Exit::Done;
    if done { None } else { way_out(ended, via, form) }
}

/// What an outcome means for a script.
pub(super) fn exit(outcome: &TalkOutcome, trouble: Option<&Trouble>) -> Exit {
    let exit = match outcome.standing {
        Standing::Verified | Standing::Reporting => Exit::Done,
        // Nothing that could be read back is left open: the tracker's own word is all there is to have.
        Standing::Acknowledged if outcome.reason.is_none() => Exit::Done,
        Standing::Refused | Standing::Failed => Exit::Failed,
        Standing::Planned | Standing::Sent | Standing::Acknowledged | Standing::Unknown => Exit::Unproven,
    };
    with_trouble(exit, trouble)
}

/// An exit with what broke the courier.
pub(super) fn with_trouble(exit: Exit, trouble: Option<&Trouble>) -> Exit {
    match trouble.map(Trouble::kind) {
        // What the network or the gateway said, or did not say, is no fault of this machine.
        None | Some(TroubleKind::Rejected | TroubleKind::Unknown) => exit,
        Some(TroubleKind::Stopped) => exit.and(Exit::Interrupted),
        Some(_) => exit.and(Exit::Machine),
    }
}

/// What a person can do about an outcome: what resolves it where nobody knows it, as nothing is sent twice to find out;
/// else what broke the courier, or what the outcome itself says.
fn way_out(ended: &Ended, via: &str, form: FormName) -> Option<String> {
    let trouble = ended.trouble.as_ref().and_then(Trouble::hint);
    if ended.outcome.standing != Standing::Unknown {
        return trouble.or_else(|| hint(&ended.outcome, via, form));
    }
    if ended.outcome.one_way {
        let first = trouble.map(|hint| format!("{hint}; ")).unwrap_or_default();
        return Some(format!(
            "{first}it is not sent again by itself; a report at the server would resolve it"
        ));
    }
    let inbox = if via.starts_with("modem:") { " (`homing modem inbox`)" } else { "" };
    let word = match form {
        FormName::Sms => format!("an answer of the tracker or a delivery report{inbox}, or "),
        _ => String::new(),
    };
    let first = trouble.unwrap_or_else(|| "it is not sent again by itself".to_owned());
    Some(format!(
        "{first}; what would resolve it: {word}`homing verify`, which reads the settings back and changes nothing"
    ))
}

/// What to look at when only our own words come back.
pub(super) const ECHO: &str = "the device repeats what it hears: its receive and transmit lines may be joined, \
                               or nothing listens behind the adapter";

/// What a person can do about it.
fn hint(outcome: &TalkOutcome, via: &str, form: FormName) -> Option<String> {
    let sms = form == FormName::Sms;
    let hint = match outcome.reason? {
        Reason::Silent if sms => {
            "wrong password, a number the tracker does not obey, no credit or no coverage, the tracker \
             asleep or off, or another dialect: `homing identify` asks all of them"
                .to_owned()
        }
        Reason::Silent if outcome.standing == Standing::Planned => {
            format!(
                "is the tracker on, and is this a data cable (a charge-only cable is silent too)? Other speeds: {}?baud=N; other ports: `homing port list`",
                bare(via)
            )
        }
        Reason::Garbage => format!(
            "the line speed is probably another: {}?baud=9600, 19200, 38400, 57600 or 115200",
            bare(via)
        ),
        Reason::OnlyEcho => ECHO.to_owned(),
        Reason::ModemPort => "a modem has several ports: try the others of `homing port list`".to_owned(),
        Reason::OtherDialect => "use the profile it obeys".to_owned(),
        Reason::OtherTracker => "check which tracker this is, or correct --imei".to_owned(),
        Reason::NotRecognised => "`homing identify` asks all dialects; --verbose shows every line".to_owned(),
        Reason::WrongPassword => {
            "give the tracker's password with --password file:PATH, env:NAME or ask".to_owned()
        }
        Reason::NotAuthorised => "send from a number the tracker knows as its administrator's".to_owned(),
        Reason::OneWay => {
            "the tracker's report at the server proves more: look there, or send by `homing batch run \
             --expect-report ADDR`; `homing batch confirm` takes what a platform exports"
                .to_owned()
        }
        Reason::NotReadBack if outcome.settings.iter().any(|setting| setting.outstanding) => {
            "`homing verify` asks once more".to_owned()
        }
        Reason::NotReadBack => "no answer of this tracker shows it: its own word is all there is".to_owned(),
        _ => return None,
    };
    Some(hint)
}

fn bare(via: &str) -> &str {
    via.split('?').next().unwrap_or(via)
}
