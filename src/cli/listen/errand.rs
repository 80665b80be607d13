//! `--send`: one step for one tracker on its own connection, what it answers, and what that comes to.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::sync::oneshot;

use crate::cli::context::Global;
use crate::cli::generate::make;
use crate::cli::tracker::TrackerArgs;
use crate::plan::{Ask, PACKETS, Plan, What};
use crate::profile::{FormName, Means, Profile, Reading};
use crate::serve::{Errand, Event, Peer};
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term, escape};
use crate::wire::protocol::startek;
use crate::wire::{DeviceId, Direction, Kind, by_name};

/// What one tracker is sent.
#[derive(Debug, Args)]
pub(super) struct SendArgs {
    /// Send this step of --profile to the tracker of --imei on its own connection, once it speaks, and end with its
    /// answer
    #[arg(
        long = "send",
        value_name = "STEP",
        requires = "profile",
        conflicts_with_all = ["relay", "echo", "count"],
        help_heading = "Commands"
    )]
    send: Option<String>,
    /// Profile of that tracker: its id, a model's name, or the path of a TOML file
    #[arg(long, requires = "send", help_heading = "Commands")]
    profile: Option<String>,
    /// Allow a step that erases, locks out or stops reporting
    #[arg(long, requires = "send", help_heading = "Commands")]
    destructive: bool,
    #[command(flatten)]
    tracker: TrackerArgs,
}

/// A command that waits for its tracker, and then for the tracker's answer.
#[derive(Debug)]
pub(super) struct Command {
    profile: Arc<Profile>,
    tracker: DeviceId,
    step: usize,
    /// The frame as it may be shown.
    shown: String,
    frame: Vec<u8>,
    packet: u8,
    /// How long an answer may take.
    timeout: Duration,
}

impl SendArgs {
    /// The command, made before anything is heard; none when nothing is to be sent.
    ///
    /// # Errors
    /// Wrong usage, and a command that cannot be made.
    pub(super) fn command(&self, global: &Global, term: &mut Term) -> Result<Option<Command>, Failure> {
        let (Some(send), Some(profile)) = (&self.send, &self.profile) else {
            if self.tracker != TrackerArgs::default() {
                return Err(Failure::usage("a tracker and its settings are for --send, which is not given")
                    .hint("homing listen --send STEP --profile PROFILE --imei IMEI"));
            }
            return Ok(None);
        };
        let mut context = global.context()?;
        let profile = context.profile(profile)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let id = identity(&tracker)?;
        let steps = [send.clone()];
        let ask = Ask {
            what: What::Steps(&steps),
            destructive: self.destructive,
            ..Ask::routine("provision", FormName::Link)
        };
        let plan = make(&profile, &tracker, &ask, term)?;
        let remarks: Vec<String> = plan.remarks.iter().map(crate::plan::Fault::sentence).collect();
        for warning in remarks.iter().chain(&plan.warnings) {
            term.warn(warning);
        }
        Command::new(profile, &tracker, id, &plan).map(Some)
    }
}

/// The identity that the tracker gives in its frames.
fn identity(tracker: &Tracker) -> Result<DeviceId, Failure> {
    let imei = tracker.imei.as_ref().map(|imei| imei.as_str());
    let id = tracker.device_id.as_deref().or(imei);
    id.and_then(|id| DeviceId::new(id.as_bytes())).ok_or_else(|| {
        Failure::usage("--send does not say to whom")
            .hint("--imei, or --device-id where the tracker has another")
    })
}

impl Command {
    fn new(profile: Arc<Profile>, tracker: &Tracker, id: DeviceId, plan: &Plan) -> Result<Self, Failure> {
        let shown = plan.shown(&profile, tracker);
        let (Some(command), Some(shown)) = (plan.commands.first(), shown.first()) else {
            return Err(Failure::usage("the step gives no command"));
        };
        Ok(Self {
            step: command.step,
            shown: shown.trim_end().to_owned(),
            frame: command.text.clone().into_bytes(),
            packet: command.packet.unwrap_or(*PACKETS.start()),
            timeout: profile.timeout(command.step, FormName::Link),
            tracker: id,
            profile,
        })
    }

    /// For the listener.
    pub(super) fn errand(&self) -> Errand {
        let protocols = self.profile.uplink.iter().filter(|name| by_name(name).is_some()).cloned().collect();
        Errand { to: self.tracker, protocols, frame: self.frame.clone() }
    }

    /// What a person is told before.
    pub(super) fn promise(&self) -> String {
        format!(
            "when {} speaks {}, it is sent, once: {}",
            self.tracker,
            self.errand().protocols.join(" or "),
            escape(&self.shown)
        )
    }

    fn name(&self) -> &str {
        &self.profile.steps[self.step].id.value
    }
}

/// What became of a command so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// The tracker has not spoken.
    Waits,
    /// It went out, and may have arrived.
    Sent,
    /// The tracker answered; none when the profile knows no such answer.
    Answered(Option<Means>),
}

/// Something about a command, to be shown.
#[derive(Debug)]
pub(super) enum News {
    /// It goes out.
    Sent {
        /// The step.
        step: String,
        /// The frame as it may be shown.
        shown: String,
    },
    /// The tracker answered.
    Reply {
        /// The step.
        step: String,
        /// The words of the answer, secrets masked.
        text: String,
        /// What they say; none when the profile knows no such answer.
        reading: Option<Reading>,
    },
}

/// Follows a command on the thread that hears.
pub(super) struct Follow {
    command: Arc<Command>,
    sent: bool,
    /// Told when the time for an answer begins.
    alarm: Option<oneshot::Sender<Duration>>,
}

impl Follow {
    pub(super) fn new(command: Arc<Command>, alarm: oneshot::Sender<Duration>) -> Self {
        Self { command, sent: false, alarm: Some(alarm) }
    }

    /// What an event is to the command.
    pub(super) fn hear(&mut self, event: &Event<'_>) -> Option<News> {
        let Command { profile, tracker, step, shown, packet, timeout, .. } = &*self.command;
        let name = self.command.name().to_owned();
        match event {
            Event::Sent { .. } => {
                self.sent = true;
                if let Some(alarm) = self.alarm.take() {
                    // A listener that has ended already waits for nothing.
                    let _ = alarm.send(*timeout);
                }
                Some(News::Sent { step: name, shown: shown.clone() })
            }
            // The answer has the number of the command (V1.6); what is damaged answers nothing.
            Event::Message { way: Direction::Up, view, .. }
                if self.sent
                    && view.kind == Kind::Reply
                    && view.device_id == Some(*tracker)
                    && view.serial == Some(u32::from(*packet)) =>
            {
                let text = String::from_utf8_lossy(startek::words(view.frame())?).into_owned();
                let reading = profile.read_reply(*step, &text).map(|reading| masked(profile, reading));
                Some(News::Reply { step: name, text: profile.mask_reply(*step, &text), reading })
            }
            _ => None,
        }
    }
}

/// What an answer tells, its secrets masked.
fn masked(profile: &Profile, mut reading: Reading) -> Reading {
    for (name, value) in &mut reading.values {
        if profile.is_secret(name) {
            crate::secret::Secret::MASK.clone_into(value);
        }
    }
    reading
}

impl News {
    /// What it makes of the command; none when the answer only says that another follows.
    pub(super) fn fate(&self) -> Option<Fate> {
        match self {
            Self::Sent { .. } => Some(Fate::Sent),
            Self::Reply { reading: Some(Reading { means: Means::Pending, .. }), .. } => None,
            Self::Reply { reading, .. } => {
                Some(Fate::Answered(reading.as_ref().map(|reading| reading.means)))
            }
        }
    }

    /// As a line for people, behind the head of all lines.
    pub(super) fn line(&self, peer: &Peer, at_ms: i64) -> String {
        let text = match self {
            Self::Sent { step, shown } => format!("< sent {step}: {shown}"),
            Self::Reply { step, text, reading: None } => {
                format!("> an answer to {step} that the profile does not know: {text}")
            }
            Self::Reply { step, text, reading: Some(reading) } => {
                let values: Vec<String> =
                    reading.values.iter().map(|(name, value)| format!("{name} {value}")).collect();
                let values =
                    if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
                format!("> {} {step}: {text}{values}", says(reading.means))
            }
        };
        crate::ui::listen::line(peer, at_ms, &escape(&text))
    }
}

/// What an answer says, before the name of the step.
const fn says(means: Means) -> &'static str {
    match means {
        Means::Ok => "took",
        Means::Value => "answers",
        Means::Pending => "will answer",
        Means::Refused => "refuses",
        Means::Unsupported => "does not have",
        Means::BadPassword => "wants another password for",
        Means::NotAuthorised => "does not obey us in",
    }
}

/// Says what the command came to, and what that is for a script.
pub(super) fn settle(command: &Command, fate: &Fate, term: &mut Term) -> Exit {
    let (step, tracker) = (command.name(), command.tracker);
    match fate {
        Fate::Answered(Some(Means::Ok | Means::Value | Means::Pending)) => Exit::Done,
        Fate::Answered(Some(_)) => Exit::Failed,
        Fate::Answered(None) => Exit::Unproven,
        Fate::Waits => {
            let protocols = command.errand().protocols.join(" or ");
            term.note(&format!("{step} was not sent: {tracker} did not speak {protocols} here"));
            Exit::Unproven
        }
        Fate::Sent => {
            term.note(&format!(
                "{step} went out and was not answered: whether {tracker} took it is not known, and it is not sent \
                 again by itself"
            ));
            Exit::Unproven
        }
    }
}
