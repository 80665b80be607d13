//! The couriers of a batch: opened, each with the number that the journal knows it by.

use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::cli::context::Context;
use crate::cli::listen::place;
use crate::cli::opening::{busy, modem_options};
use crate::courier::{self, ModemOptions, Post, Via};
use crate::engine::batch::{CourierId, Pilot, Policy, Quiet};
use crate::estimate::Price;
use crate::journal::Journal;
use crate::lab::{Behaviour, Fault, Lab, LabOptions, StandIn, Subscriber};
use crate::run::Inputs;
use crate::tracker::Timezone;
use crate::ui::{Failure, Term};
use crate::units::parse_duration;

use super::broken;

/// By what way, how fast, and how much.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Way {
    /// Courier: modem:PORT, gateway:NAME or lab (a rehearsal; lab:silent and the like fill the column lab where it says
    /// nothing); several share the work
    #[arg(long, value_name = "COURIER", help_heading = "Courier")]
    pub(super) via: Vec<String>,
    /// Longest wait for an answer, in place of the profile's own, as 2m
    #[arg(long, value_name = "TIME", value_parser = parse_duration, help_heading = "Courier")]
    pub(super) timeout: Option<Duration>,
    /// Short messages a minute by each courier [default: as fast as it takes them]
    #[arg(long, value_name = "N", value_parser = rate, help_heading = "Courier")]
    pub(super) per_minute: Option<f64>,
    /// How far a message may be early or late in the pace, as a share of the time between two [default: 20%]
    #[arg(long, value_name = "PERCENT", value_parser = percent, help_heading = "Courier")]
    pub(super) jitter: Option<f64>,
    /// Short messages by each courier and day (UTC)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Courier")]
    pub(super) daily_cap: Option<u32>,
    /// How long the couriers are waited for while none works [default: 15m, and 6h once one worked]
    #[arg(long, value_name = "TIME", value_parser = parse_duration, help_heading = "Courier")]
    pub(super) courier_within: Option<Duration>,
    /// Send nothing at these hours of the day, as 22:00-07:00 (UTC) or 22:00-07:00+02:00; answers count as ever
    #[arg(long, value_name = "HH:MM-HH:MM[ZONE]", value_parser = quiet_hours, help_heading = "Courier")]
    pub(super) quiet_hours: Option<Quiet>,
    /// Short messages to each tracker, those of earlier runs included: then it waits for a run that allows more
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Courier")]
    pub(super) tracker_cap: Option<u32>,
    /// Short messages of the whole batch: then it stops
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = "Courier")]
    pub(super) max_sms: Option<u64>,
    /// Price of one short message, to say what it will cost
    #[arg(long, value_name = "AMOUNT", help_heading = "Courier")]
    pub(super) sms_price: Option<Price>,
    /// Certificates to trust beside the system's, as PEM, for a gateway of one's own
    #[arg(long, value_name = "FILE", help_heading = "Courier")]
    pub(super) ca_file: Option<PathBuf>,
    /// First only so many trackers, each asked what it is before any of them is changed
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Order")]
    pub(super) pilot: Option<u32>,
    /// Share of the pilot that has to end well before the others begin [default: 90%]
    #[arg(long, value_name = "PERCENT", value_parser = percent, help_heading = "Order")]
    pub(super) pilot_pass: Option<f64>,
    /// Ask every tracker what it is before any of them is changed
    #[arg(long, help_heading = "Order")]
    pub(super) identify_first: bool,
    /// Listen here for the trackers' reports, by TCP and UDP: PORT (on this machine only), ADDRESS or ADDRESS:PORT;
    /// who reports ends as reporting
    #[arg(long, value_name = "ADDR", value_parser = place::listen, help_heading = "Reports")]
    pub(super) expect_report: Vec<SocketAddr>,
    /// How long after its last command a tracker's first report is waited for [default: 10m, in the lab 10s]
    #[arg(long, value_name = "TIME", value_parser = parse_duration, help_heading = "Reports")]
    pub(super) report_within: Option<Duration>,
    /// Send without asking
    #[arg(short, long, help_heading = "Courier")]
    pub(super) yes: bool,
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: Option<f64> = text.parse().ok();
    rate.filter(|rate| *rate > 0.0 && *rate <= 6000.0)
        .ok_or_else(|| format!("\"{text}\" is no pace: a number above 0, as 6 or 0.5"))
}

/// Hours of the day, as `22:00-07:00` or `22:00-07:00+02:00`.
fn quiet_hours(text: &str) -> Result<Quiet, String> {
    let none =
        || format!("\"{text}\" is no part of a day: 22:00-07:00 is by UTC, 22:00-07:00+02:00 by that clock");
    let minute = |text: &str| {
        let (hour, minute) =
            text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2)?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    };
    let (from, rest) = text.split_once('-').ok_or_else(none)?;
    let (to, zone) = rest.split_at_checked(5).ok_or_else(none)?;
    let offset = match zone {
        "" | "Z" => 0,
        zone => zone.parse::<Timezone>().map_err(|_| none())?.minutes(),
    };
    let (from, to) = minute(from).zip(minute(to)).ok_or_else(none)?;
    Quiet::new(from, to, offset).ok_or_else(|| format!("\"{text}\" is the whole day or none of it"))
}

/// A share, as `90%` or `90`.
fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.strip_suffix('%').unwrap_or(text).trim().parse().ok();
    let share = number.filter(|number| (0.0..=100.0).contains(number)).map(|number| number / 100.0);
    share.ok_or_else(|| format!("\"{text}\" is no share: a number from 0 to 100, as 90%"))
}

impl Way {
    /// Reads the couriers' names.
    pub(super) fn vias(&self) -> Result<Vec<Via>, Failure> {
        if self.pilot_pass.is_some() && self.pilot.is_none() {
            return Err(Failure::usage("--pilot-pass is a share of the pilot, and there is none")
                .hint("--pilot N says how many trackers go first"));
        }
        if self.via.is_empty() {
            return Err(Failure::usage("no courier is named")
                .hint("--via modem:PORT, --via gateway:NAME or --via lab"));
        }
        let mut vias: Vec<Via> = Vec::new();
        for text in &self.via {
            let via: Via =
                text.parse().map_err(|error: courier::ViaError| Failure::usage(&error).hint(error.hint()))?;
            if matches!(via, Via::Cable { .. } | Via::Manual) {
                return Err(Failure::usage(format!("{text} serves one tracker at a time"))
                    .hint("`homing send` is for one; a batch takes modem:PORT, gateway:NAME or lab"));
            }
            if matches!(via, Via::Lab { profile: Some(_), .. }) {
                return Err(Failure::usage(format!("{text} names one profile, and a batch has its own"))
                    .hint(
                        "the column profile says what each tracker of a batch obeys; --via lab plays that",
                    ));
            }
            if let Via::Lab { behaviour, .. } = &via
                && !behaviour.is_empty()
            {
                behaviour.parse::<Behaviour>().map_err(|error| Failure::usage(format!("{text}: {error}")))?;
            }
            if vias.contains(&via) {
                return Err(Failure::usage(format!("--via {text} is given twice")));
            }
            vias.push(via);
        }
        if self.report_within.is_some() && !vias.iter().any(|via| matches!(via, Via::Lab { .. })) {
            self.listens()?;
        }
        let labs = vias.iter().filter(|via| matches!(via, Via::Lab { .. })).count();
        if labs > 0 && vias.len() > 1 {
            return Err(Failure::usage("a rehearsal is no courier beside real ones")
                .hint("--via lab alone, or without it"));
        }
        Ok(vias)
    }

    /// A wait for reports needs somebody who listens.
    fn listens(&self) -> Result<(), Failure> {
        if self.expect_report.is_empty() {
            return Err(Failure::usage("--report-within is a wait for reports, and nobody listens for them")
                .hint("--expect-report ADDR says where"));
        }
        Ok(())
    }

    /// How the engine is to go about it.
    pub(super) fn policy(&self, seed: u64) -> Policy {
        let usual = Policy::default();
        Policy {
            per_minute: self.per_minute,
            jitter: self.jitter.unwrap_or(usual.jitter),
            daily_cap: self.daily_cap,
            quiet: self.quiet_hours,
            tracker_cap: self.tracker_cap,
            max_messages: self.max_sms,
            answer_within: self.timeout,
            ready_within: self.courier_within.unwrap_or(usual.ready_within),
            back_within: self.courier_within.unwrap_or(usual.back_within),
            pilot: self.pilot.map(|trackers| Pilot {
                trackers: usize::try_from(trackers).unwrap_or(usize::MAX),
                pass: self.pilot_pass.unwrap_or(0.9),
            }),
            identify_first: self.identify_first,
            seed,
            ..usual
        }
    }

    /// What is given here counts before what was given earlier.
    pub(super) fn over(self, earlier: Self) -> Self {
        Self {
            via: if self.via.is_empty() { earlier.via } else { self.via },
            timeout: self.timeout.or(earlier.timeout),
            per_minute: self.per_minute.or(earlier.per_minute),
            jitter: self.jitter.or(earlier.jitter),
            daily_cap: self.daily_cap.or(earlier.daily_cap),
            courier_within: self.courier_within.or(earlier.courier_within),
            quiet_hours: self.quiet_hours.or(earlier.quiet_hours),
            tracker_cap: self.tracker_cap.or(earlier.tracker_cap),
            max_sms: self.max_sms.or(earlier.max_sms),
            sms_price: self.sms_price.or(earlier.sms_price),
            ca_file: self.ca_file.or(earlier.ca_file),
            pilot: self.pilot.or(earlier.pilot),
            pilot_pass: self.pilot_pass.or(earlier.pilot_pass),
            identify_first: self.identify_first || earlier.identify_first,
            expect_report: if self.expect_report.is_empty() {
                earlier.expect_report
            } else {
                self.expect_report
            },
            report_within: self.report_within.or(earlier.report_within),
            yes: self.yes,
        }
    }
}

/// Couriers at work, and the lab behind them where it is a rehearsal.
pub(super) struct Couriers {
    pub(super) posts: Vec<(CourierId, Post)>,
    /// How many messages each may have in hand.
    pub(super) at_once: Vec<(CourierId, usize)>,
    // Dropped last: the couriers leave it first.
    pub(super) lab: Option<Lab>,
}

/// Messages that a gateway may have in hand at a time.
const GATEWAY: usize = 32;

impl Couriers {
    pub(super) fn open(
        way: &Way,
        vias: &[Via],
        (subscribers, stand_ins): (Vec<Subscriber>, Vec<StandIn>),
        context: &Context,
        journal: &mut Journal,
        inputs: &Inputs,
        term: &mut Term,
    ) -> Result<Self, Failure> {
        let mut couriers = Self { posts: Vec::new(), at_once: Vec::new(), lab: None };
        for via in vias {
            let spec = via.to_string();
            let id = journal.courier(&spec, None, None).map_err(|error| broken(&error))?;
            let tell = inputs.tell(id);
            let (post, at_once) = match via {
                Via::Modem { port, .. } => {
                    let options = modem_options(via, term)?;
                    (courier::modem::open(port, options, tell).map_err(|trouble| busy(&trouble))?, 1)
                }
                Via::Gateway { name } => {
                    let post =
                        crate::cli::opening::gateway(name, way.ca_file.as_deref(), None, context, tell)?;
                    (post, GATEWAY)
                }
                Via::Lab { fault, .. } => {
                    let lab = start(fault, subscribers, stand_ins)?;
                    let port = lab.ports().first().map(|port| port.display().to_string()).unwrap_or_default();
                    couriers.lab = Some(lab);
                    let post = courier::modem::open(&port, ModemOptions::default(), tell);
                    couriers.posts.push((id, post.map_err(|trouble| busy(&trouble))?));
                    couriers.at_once.push((id, 1));
                    return Ok(couriers);
                }
                Via::Cable { .. } | Via::Manual => continue,
            };
            couriers.posts.push((id, post));
            couriers.at_once.push((id, at_once));
        }
        Ok(couriers)
    }
}

fn start(faults: &[String], subscribers: Vec<Subscriber>, stand_ins: Vec<StandIn>) -> Result<Lab, Failure> {
    let faults: Result<Vec<Fault>, _> = faults.iter().map(|fault| fault.parse()).collect();
    let faults = faults.map_err(|error: crate::lab::FaultError| Failure::usage(&error))?;
    Lab::start(LabOptions { subscribers, faults, stand_ins, ..LabOptions::default() })
        .map_err(|error| Failure::machine(&error))
}
