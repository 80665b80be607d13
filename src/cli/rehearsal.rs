//! `--via lab`: starts a lab for one tracker and uses its modem like any other.

use std::sync::Arc;

use crate::courier::{self, Answer, Courier, Listener, ModemOptions, Trouble, Wait};
use crate::engine::Recipient;
use crate::lab::{Behaviour, Fault, Lab, LabOptions, Subscriber};
use crate::profile::Profile;
use crate::run::{Correspondence, Patience};
use crate::tracker::{Phone, Tracker};
use crate::ui::{Failure, Term};

use super::context::Context;
use super::opening::{busy, news};

/// A number for a tracker of software that was given none, from a range that is set aside for stories
/// (Ofcom, telephone numbers for use in TV and radio drama).
const NUMBER: &str = "+447700900123";

/// A correspondence over a modem of the lab, which lives as long as it.
struct Rehearsal {
    by: Correspondence,
    _lab: Lab,
}

impl Courier for Rehearsal {
    fn spec(&self) -> &str {
        "lab"
    }

    fn ask(&mut self, bytes: &[u8], wait: Wait, listener: &mut dyn Listener) -> Result<Answer, Trouble> {
        self.by.ask(bytes, wait, listener)
    }

    fn is_up(&self) -> bool {
        self.by.is_up()
    }

    fn forget(&mut self) {
        self.by.forget();
    }
}

/// Starts a lab with this one tracker, which behaves as `behaviour` says.
pub(super) fn open(
    behaviour: &str,
    faults: &[String],
    context: &Context,
    profile: &Arc<Profile>,
    tracker: &Tracker,
    patience: Patience,
    term: &mut Term,
) -> Result<Box<dyn Courier>, Failure> {
    let usage = |error: &dyn std::fmt::Display| Failure::usage(error);
    let behaviour: Behaviour =
        if behaviour.is_empty() { "obeys" } else { behaviour }.parse().map_err(|error| usage(&error))?;
    let faults: Vec<Fault> =
        faults.iter().map(|fault| fault.parse()).collect::<Result<_, _>>().map_err(|error| usage(&error))?;
    let mut tracker = tracker.clone();
    if tracker.phone.is_none() {
        tracker.phone = Phone::parse(NUMBER, None).ok();
    }
    let to = Recipient::from(&tracker);
    let subscriber =
        Subscriber { other: other(profile, context), tracker, profile: Arc::clone(profile), behaviour };
    let lab = Lab::start(LabOptions { subscribers: vec![subscriber], faults, ..LabOptions::default() })
        .map_err(|error| Failure::machine(&error))?;
    let Some(port) = lab.ports().first() else {
        return Err(Failure::machine("the lab has no modem"));
    };
    term.detail(&format!("the lab's modem is at {}", port.display()));
    let (tell, news) = news();
    let post = courier::modem::open(&port.display().to_string(), ModemOptions::default(), tell)
        .map_err(|trouble| busy(&trouble))?;
    Ok(Box::new(Rehearsal { by: Correspondence::new(post, news, to, patience), _lab: lab }))
}

/// The dialect that a tracker of this family may obey instead.
pub(super) fn other(profile: &Profile, context: &Context) -> Option<Arc<Profile>> {
    profile.alternatives.iter().find_map(|other| context.catalogue.find(&other.profile).ok().map(Arc::clone))
}
