//! `homing estimate`: what a plan and an interval cost, before anything is sent. Sends nothing.

use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::engine::{Asking, Script, ScriptError};
use crate::estimate::{
    Assumption, Battery, Capacity, Estimate, Frames, Lengths, Messages, Part, Price, Question, Reporting,
    Traffic, data,
};
use crate::plan::{self, Ask, PACKETS, Plan, What};
use crate::profile::{Alternative, FormName, Means, Profile, Reply};
use crate::report;
use crate::tracker::{Interval, Tracker, Transport};
use crate::ui::{self, Exit, Failure, Term};
use crate::units::parse_duration;
use crate::wire::{self, Dec, PROTOCOLS, Protocol};

use super::context::{Context, Global};
use super::generate::{Choice, unmade};
use super::tracker::TrackerArgs;

/// The APN that is counted with when none is given.
const APN: &str = "internet";

/// What a plan and an interval cost: SMS, bytes a day, days of a battery.
#[derive(Debug, Args)]
pub(super) struct EstimateArgs {
    /// Profile: its id, a model's name, or the path of a TOML file
    profile: String,
    #[command(flatten)]
    tracker: TrackerArgs,
    #[command(flatten)]
    choice: Choice,
    /// Count no questions that find out which dialect the tracker obeys
    #[arg(long, help_heading = "Commands")]
    no_identify: bool,
    #[command(flatten)]
    costs: Costs,
    #[command(flatten)]
    uplink: UplinkArgs,
    /// What the battery holds, in milliampere hours [default: what a source says of the profile]
    #[arg(long, value_name = "MAH", value_parser = number, help_heading = "Battery")]
    battery_mah: Option<Dec>,
    /// Mean current at this interval, in milliamperes
    #[arg(long, value_name = "MA", value_parser = number, help_heading = "Battery")]
    current_ma: Option<Dec>,
    /// Output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: Format,
}

/// What a message costs.
#[derive(Debug, Args)]
struct Costs {
    /// Price of one SMS, as 0.07
    #[arg(long, value_name = "PRICE", help_heading = "SMS")]
    sms_price: Option<Price>,
    /// Currency of that price, as EUR
    #[arg(long, value_name = "NAME", requires = "sms_price", help_heading = "SMS")]
    currency: Option<String>,
}

/// How the tracker reports.
#[derive(Debug, Args)]
struct UplinkArgs {
    /// Protocol of its reports [default: the likeliest of the profile]
    #[arg(long, value_name = "NAME", value_parser = protocol, help_heading = "Reports")]
    protocol: Option<&'static Protocol>,
    /// Reports ask for an answer, where the protocol leaves the choice [default: as the settings make them]
    #[arg(long, help_heading = "Reports")]
    confirmed: bool,
    /// Time between two signs of life [default: none are sent]
    #[arg(long, value_name = "TIME", value_parser = parse_duration, help_heading = "Reports")]
    heartbeat: Option<Duration>,
    /// Connections (and logins) in a day
    #[arg(long, value_name = "NUMBER", default_value_t = 1, help_heading = "Reports")]
    sessions: u64,
    /// Bytes of one report, as measured, where no protocol is to be asked
    #[arg(long, value_name = "BYTES", conflicts_with_all = ["protocol", "confirmed", "heartbeat"], help_heading = "Reports")]
    frame: Option<u64>,
    /// With --frame, bytes of the server's answer to it
    #[arg(long, value_name = "BYTES", requires = "frame", default_value_t = 0, help_heading = "Reports")]
    answer: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for a person
    #[default]
    Text,
    /// One JSON document
    Json,
}

fn protocol(text: &str) -> Result<&'static Protocol, String> {
    let names: Vec<&str> = PROTOCOLS.iter().map(|protocol| protocol.name).collect();
    wire::by_name(text).ok_or_else(|| format!("\"{text}\" is none of {}", names.join(", ")))
}

fn number(text: &str) -> Result<Dec, String> {
    let wrong =
        || format!("\"{text}\" is no such number: digits, and a point before at most three of them, as 12.5");
    let dec = Dec::parse(text.as_bytes()).ok_or_else(wrong)?;
    (dec > Dec::whole(0) && dec.scale <= 3 && dec < Dec::whole(10_000_000)).then_some(dec).ok_or_else(wrong)
}

impl EstimateArgs {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let mut context = global.context()?;
        let profile = context.profile(&self.profile)?;
        let mut tracker = self.tracker.tracker(&context, &profile, term)?;
        let mut more = Vec::new();
        if tracker.settings.apn.is_none() && profile.mentions("apn") {
            tracker.settings.set("apn", APN).map_err(Failure::usage)?;
            more.push(Assumption::assumed(format!("an APN as long as `{APN}`; --apn gives the real one")));
        }
        let messages = self.messages(&context, &profile, &tracker, &mut more, term)?;
        let estimate = Estimate {
            messages,
            price: self.costs.sms_price,
            currency: self.costs.currency.clone(),
            uplink: self.uplink.reporting(&profile, &tracker),
            battery: self.battery(&profile),
            more,
        };
        match self.format {
            Format::Json => report::pretty(&mut *term, &report::estimate(&profile.id.value, &estimate))?,
            Format::Text => {
                ui::estimate::write(term, &format!("{} ({})", profile.name, profile.id.value), &estimate)
            }
        }
        Ok(Exit::Done)
    }

    /// The messages of the conversation, as `send` would lead it by SMS.
    fn messages(
        &self,
        context: &Context,
        profile: &Profile,
        tracker: &Tracker,
        more: &mut Vec<Assumption>,
        term: &mut Term,
    ) -> Result<Messages, Failure> {
        let ask = self.choice.ask(FormName::Sms, *PACKETS.start());
        let script = match Script::new(
            profile,
            tracker,
            &ask,
            if self.no_identify { Asking::After } else { Asking::First },
        ) {
            Err(ScriptError::NoQuestion(_)) => {
                let text = "no question finds out its dialect, so none is asked";
                more.push(Assumption::from(text, format!("the profile {}", profile.id.value)));
                Script::new(profile, tracker, &ask, Asking::After)
            }
            script => script,
        };
        let script = script.map_err(|error| match error {
            ScriptError::Plan(faults) => unmade(faults, term),
            error => Failure::usage(&error),
        })?;
        let mut questions = part(profile, &script.questions);
        if !script.questions.commands.is_empty() {
            questions = questions.and(others(context, profile, tracker));
        }
        Ok(Messages {
            questions,
            commands: part(profile, &script.commands),
            reads: part(profile, &script.reads),
        })
    }

    fn battery(&self, profile: &Profile) -> Battery {
        let sourced = profile.battery.as_ref().map(|battery| {
            let source = profile.sources.iter().find(|source| source.id.value == battery.source.value);
            let title = source.and_then(|source| source.title.clone().or_else(|| source.url.clone()));
            Capacity {
                mah: Dec::whole(battery.capacity_mah),
                source: title.unwrap_or_else(|| battery.source.value.clone()),
            }
        });
        let given = self.battery_mah.map(|mah| Capacity { mah, source: "you".to_owned() });
        Battery { capacity: given.or(sourced), current_ma: self.current_ma }
    }
}

/// A question of each dialect that the tracker may be mistaken for, as a conversation asks them.
fn others(context: &Context, profile: &Profile, tracker: &Tracker) -> Part {
    // Identity only: this tracker's settings are made for its own profile.
    let same = Tracker { imei: tracker.imei, phone: tracker.phone, ..Tracker::default() };
    let question = |alternative: &Alternative| {
        let other = context.find(&alternative.profile)?;
        let steps = [alternative.tell.value.clone()];
        let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", FormName::Sms) };
        plan::plan(&other, &same, &ask).ok().map(|plan| part(&other, &plan))
    };
    profile.alternatives.iter().filter_map(question).fold(Part::default(), Part::and)
}

/// The texts of a plan with the answers that are documented for them.
fn part(profile: &Profile, plan: &Plan) -> Part {
    let answers = |step: usize| -> Vec<&str> {
        let Some(step) = profile.steps.get(step) else { return Vec::new() };
        // What any step may be answered counts where it is no refusal.
        let good = |reply: &&Reply| matches!(reply.means, Means::Ok | Means::Value | Means::Pending);
        let shared =
            profile.replies.iter().filter(|one| one.kinds.is_empty() || one.kinds.contains(&step.kind));
        let replies = step.replies.iter().chain(shared).filter(good);
        replies.flat_map(|reply| &reply.examples).map(|example| example.value.as_str()).collect()
    };
    let known: Vec<Vec<&str>> = plan.commands.iter().map(|command| answers(command.step)).collect();
    let all = plan.commands.iter().zip(&known);
    Part::of(all.map(|(command, answers)| Question { text: &command.text, answers }))
}

/// Whether the papers of a protocol know it by this transport.
fn travels(protocol: &Protocol, transport: Transport) -> bool {
    protocol.transports.iter().any(|by| by.word() == transport.as_str())
}

impl UplinkArgs {
    /// How the tracker would report, or what is not known of it.
    fn reporting(&self, profile: &Profile, tracker: &Tracker) -> Result<Reporting, String> {
        let default = |name: &str| profile.setting(name).and_then(|rule| rule.default.clone());
        let interval = tracker.settings.interval.or_else(|| default("interval")?.parse::<Interval>().ok());
        let interval = interval.ok_or("the profile has no interval of its own; --interval gives one")?;
        let transport =
            tracker.settings.transport.or_else(|| default("transport")?.parse::<Transport>().ok());
        let transport = transport.or(profile.transports.first().copied());
        let transport = transport.ok_or("the profile names no transport; --transport gives one")?;
        let traffic = Traffic {
            transport,
            interval_s: u64::from(interval.seconds()),
            heartbeat_s: self.heartbeat.map(|time| time.as_secs().max(1)),
            sessions: self.sessions,
        };
        if let Some(frame) = self.frame {
            let frames = Frames::given(Lengths { frame, answer: self.answer });
            let data = data(&frames, &traffic);
            return Ok(Reporting { protocol: None, traffic, frames, data });
        }
        let protocol = self.chosen(profile, transport)?;
        let confirmed = self.confirmed || profile.confirms(tracker);
        let mut frames = Frames::of(protocol, confirmed).map_err(|error| error.to_string())?;
        frames.assumptions.insert(0, self.why(profile, protocol));
        if !travels(protocol, transport) {
            let text = format!(
                "{} goes over {transport} with the same frames, which no paper of it says",
                protocol.name
            );
            frames.assumptions.push(Assumption::assumed(text));
        }
        if self.heartbeat.is_some() && frames.heartbeat.is_none() {
            return Err(format!("{} has no sign of life; leave --heartbeat out", protocol.name));
        }
        let data = data(&frames, &traffic);
        Ok(Reporting { protocol: Some(protocol.name.to_owned()), traffic, frames, data })
    }

    /// The protocol: as asked for, else the likeliest of the profile that homing can write.
    fn chosen(&self, profile: &Profile, transport: Transport) -> Result<&'static Protocol, String> {
        let mut known = profile.uplink.iter().filter_map(|name| wire::by_name(name));
        self.protocol.or_else(|| known.find(|protocol| travels(protocol, transport))).ok_or_else(|| {
            let names = if profile.uplink.is_empty() { "none".to_owned() } else { profile.uplink.join(", ") };
            format!(
                "homing writes no protocol of the profile that travels by {transport} (it names {names}); --protocol NAME, or --frame BYTES as measured"
            )
        })
    }

    /// What says that the tracker speaks it.
    fn why(&self, profile: &Profile, protocol: &Protocol) -> Assumption {
        let text = format!("its reports come in {}", protocol.name);
        match (self.protocol, profile.uplink.as_slice()) {
            (Some(_), _) => Assumption::from(text, "you"),
            (None, [_]) => Assumption::from(text, format!("the profile {}", profile.id.value)),
            (None, several) => {
                Assumption::assumed(format!("{text}, of the {} that the profile names", several.len()))
            }
        }
    }
}
