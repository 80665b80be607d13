//! A batch at work, from where the journal has it to where it ends by itself, is stopped, or cannot go on.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::courier::Via;
use crate::engine::Asking;
use crate::engine::batch::{AttemptState, Engine, Halt, Pilot, Policy, Seed, Snapshot, Turn};
use crate::journal::{Batch, BatchState, Journal};
use crate::lab::Subscriber;
use crate::run::{Clock, Inputs, Interruptible, Threads, Work};
use crate::ui::{Failure, Term};

use super::book::Book;
use super::broken;
use super::couriers::{Couriers, Way};
use super::expect::{Ear, Expected};
use super::live::{Cap, Live};
use super::sheet::Secrets;
use crate::cli::context::Context;
use crate::cli::generate::Choice;

/// What it takes to work on a batch.
pub(super) struct Job<'j> {
    pub(super) batch: &'j Batch,
    pub(super) way: &'j Way,
    pub(super) vias: &'j [Via],
    pub(super) choice: &'j Choice,
    pub(super) asking: Asking,
    pub(super) secrets: &'j Secrets,
    pub(super) subscribers: Vec<Subscriber>,
}

/// How the work on a batch ended.
pub(super) struct Ended {
    /// Why it does not go on by itself, when it is not done.
    pub(super) halt: Option<Halt>,
    /// No answer could come back.
    pub(super) one_way: bool,
}

/// A batch whose couriers and ports are open: nothing of it is sent yet.
pub(super) struct Ready<'j> {
    job: Job<'j>,
    snapshot: Snapshot,
    cap: Cap,
    policy: Policy,
    inputs: Inputs,
    interruptible: Interruptible,
    ear: Option<Ear>,
    couriers: Couriers,
}

impl<'j> Ready<'j> {
    /// Looks whether nothing stands against it, and opens what it takes.
    pub(super) fn open(
        mut job: Job<'j>,
        context: &Context,
        journal: &mut Journal,
        term: &mut Term,
    ) -> Result<Self, Failure> {
        elsewhere(job.batch, journal, term)?;
        let snapshot = journal.snapshot(job.batch.id).map_err(|error| broken(&error))?;
        let cap = Cap::new(job.way.daily_cap, snapshot.quota.clone());
        let inputs = Inputs::default();
        let stopper = inputs.stopper();
        let interruptible = Interruptible::new(move || stopper.stop());
        let expected = Expected::open(&job, context, journal, term)?;
        let stand_ins = expected.as_ref().map(Expected::stand_ins).unwrap_or_default();
        let lab = (std::mem::take(&mut job.subscribers), stand_ins);
        let couriers = Couriers::open(job.way, job.vias, lab, context, journal, &inputs, term)?;
        let mut policy = job.way.policy(seed());
        policy.report_within = expected.as_ref().map(|expected| expected.within);
        let ear = expected.map(|expected| expected.listen(inputs.reports())).transpose()?;
        if policy.pilot.is_some_and(|pilot| is_past(pilot, &snapshot.trackers)) {
            policy.pilot = None;
        }
        Ok(Self { job, snapshot, cap, policy, inputs, interruptible, ear, couriers })
    }

    /// Works on the batch.
    pub(super) fn work(
        self,
        context: &Context,
        journal: &mut Journal,
        term: &mut Term,
    ) -> Result<Ended, Failure> {
        let Self { job, snapshot, cap, policy, inputs, interruptible, ear, couriers } = self;
        let trackers = snapshot.trackers.len();
        let clock = Clock::default();
        let mut begun = Turn::default();
        let mut engine = Engine::new(snapshot, policy, &mut begun);
        for (id, at_once) in &couriers.at_once {
            engine.courier(*id, *at_once, clock.now());
        }
        journal.set_state(job.batch.id, BatchState::Open).map_err(|error| broken(&error))?;
        let names = couriers.posts.iter().map(|(id, post)| (*id, post.spec().to_owned())).collect();
        let Couriers { posts, lab, .. } = couriers;
        let mut book = Book::new(journal, context, job.choice, job.asking, job.secrets);
        let mut live = Live::new(trackers, names, cap, job.way.quiet_hours, term);
        let mut work = Work { engine, ledger: &mut book, world: Threads::new(posts, clock, inputs) };
        let ended = work.run(begun, &mut live);
        live.finish();
        let halt = work.engine.halt().cloned();
        drop(work);
        drop(lab);
        drop(interruptible);
        if let Some(ear) = ear {
            ear.end(term);
        }
        ended.map_err(|error| broken(&error))?;
        let state = if halt.is_some() { BatchState::Paused } else { BatchState::Done };
        journal.set_state(job.batch.id, state).map_err(|error| broken(&error))?;
        Ok(Ended { halt, one_way: job.asking == Asking::Never })
    }
}

/// The pilot is over once another tracker was begun, be it because it ended well or because a person did not wait for it.
fn is_past(pilot: Pilot, trackers: &[Seed]) -> bool {
    trackers.iter().skip(pilot.trackers).any(|tracker| tracker.done || tracker.courier.is_some())
}

/// A device that another batch has a command on its way to gets nothing else meanwhile.
fn elsewhere(batch: &Batch, journal: &Journal, term: &mut Term) -> Result<(), Failure> {
    let pending = journal.pending_elsewhere(batch.id).map_err(|error| broken(&error))?;
    let (unknown, open): (Vec<_>, Vec<_>) =
        pending.into_iter().partition(|one| one.state == AttemptState::Unknown);
    if let Some(first) = open.first() {
        let (key, other, step) = (&first.device_key, &first.batch, &first.step);
        let more = match open.len() {
            1 => String::new(),
            all => format!(", and so have {} other trackers", all - 1),
        };
        return Err(Failure::usage(format!(
            "{key} has \"{step}\" of the batch {other} on its way{more}: nothing was sent"
        ))
        .hint(format!("`homing batch resume {other}` or `homing batch cancel {other}` first")));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &unknown {
        *counts.entry(&one.batch).or_default() += 1;
    }
    for (other, count) in counts {
        term.warn(&format!(
            "for {count} of these trackers nobody knows whether a command of the batch {other} arrived: `homing batch resolve {other}` lists them"
        ));
    }
    Ok(())
}

/// The jitter of two runs is not the same; nothing else hangs on it.
fn seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos() % u128::from(u64::MAX)).unwrap_or_default()
}
