//! One round, or round after round until Ctrl-C or the deadline; of a watch, what changed stands out.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::run::Interruptible;
use tokio::time::{Instant, sleep_until};

use crate::probe::{Ended, Outcome, Round, headline, round};
use crate::report;
use crate::ui::probe::changes;
use crate::ui::{self, Exit, Term, escape};
use crate::units::rfc_3339_seconds;

use super::ask::Asked;
use super::show::{Show, line};
use super::{Format, code};

/// Makes the run.
pub(super) async fn run(asked: &Asked, show: &Show, term: &mut Term) -> anyhow::Result<Exit> {
    let until = asked.deadline.map(|deadline| Instant::now() + deadline);
    let Some(every) = asked.every.filter(|_| show.watching) else {
        let spinner = term.spinner("probing");
        let found =
            round(&asked.endpoints, &asked.options, stopped(until), |event| show.event(event, 1, term)).await;
        spinner.finish_and_clear();
        let judgement = asked.rules.judge(&found);
        show.round(&found, &asked.rules, &judgement, term)?;
        return Ok(code(show.format, &judgement));
    };
    Watch { asked, show, until, every, seen: Seen::default() }.run(term).await
}

/// Ends by Ctrl-C or by the deadline, whichever comes first.
pub(super) async fn stopped(until: Option<Instant>) -> Ended {
    let deadline = async {
        match until {
            Some(until) => sleep_until(until).await,
            None => std::future::pending().await,
        }
    };
    let (tell, told) = tokio::sync::oneshot::channel();
    let _interruptible = Interruptible::new(move || {
        // Whoever waited has been told something else before.
        let _ = tell.send(());
    });
    let interrupt = async {
        if told.await.is_err() {
            // Somebody else is told of Ctrl-C now: this run goes on.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupt => Ended::Interrupted,
        () = deadline => Ended::Deadline,
    }
}

struct Watch<'a> {
    asked: &'a Asked,
    show: &'a Show,
    until: Option<Instant>,
    every: Duration,
    seen: Seen,
}

/// What the rounds so far came to.
#[derive(Default)]
struct Seen {
    rounds: u64,
    good: u64,
    changes: u64,
    worst: Option<Exit>,
    last: Option<Round>,
}

impl Watch<'_> {
    async fn run(mut self, term: &mut Term) -> anyhow::Result<Exit> {
        // Ends by Ctrl-C, the deadline, or a reader that went away.
        let ended = loop {
            let began = Instant::now();
            let number = self.seen.rounds + 1;
            let show = self.show;
            let (endpoints, options) = (&self.asked.endpoints, &self.asked.options);
            let found =
                round(endpoints, options, stopped(self.until), |event| show.event(event, number, term)).await;
            let ended = found.ended;
            // Half a round is worth showing only when there is no whole one.
            if ended == Ended::Complete || self.seen.rounds == 0 {
                self.take(found, number, term)?;
            }
            if ended != Ended::Complete {
                break ended;
            }
            if term.is_closed() {
                break Ended::Complete;
            }
            let next = sleep_until(began + jittered(self.every));
            tokio::select! {
                how = stopped(self.until) => break how,
                () = next => {}
            }
        };
        self.summary(ended, term)
    }

    fn take(&mut self, found: Round, number: u64, term: &mut Term) -> anyhow::Result<()> {
        let judgement = self.asked.rules.judge(&found);
        let exit = code(self.show.format, &judgement);
        let changed = changes(self.seen.last.as_ref(), &found);
        match self.show.format {
            Format::Ndjson => {
                line(
                    term,
                    &report::probe_summary_event(&found, &judgement, exit.code(), number, changed.clone()),
                );
            }
            Format::Prometheus => self.show.metrics(&found, &judgement, term)?,
            _ if number == 1 => ui::probe::write(term, &found, &judgement),
            _ => term.line(format!("{} {}", clock(), escape(&headline(&found)))),
        }
        if self.show.format == Format::Table {
            for change in &changed {
                let change = term.bold(&format!("CHANGED {}", escape(change)));
                term.line(format!("{} {change}", clock()));
            }
            std::io::Write::flush(term)?;
        }
        self.seen.rounds = number;
        self.seen.good += u64::from(judgement.outcome == Outcome::Good);
        self.seen.changes += u64::try_from(changed.len()).unwrap_or(u64::MAX);
        // Only a person's Ctrl-C ends a watch as interrupted, whatever round it fell into.
        let exit = if judgement.interrupted { Exit::Unproven } else { exit };
        self.seen.worst = Some(self.seen.worst.map_or(exit, |worst| worst.and(exit)));
        self.seen.last = Some(found);
        Ok(())
    }

    fn summary(&self, ended: Ended, term: &mut Term) -> anyhow::Result<Exit> {
        let seen = &self.seen;
        if self.show.format == Format::Table {
            let plural = |count: u64| if count == 1 { "" } else { "s" };
            term.line(format!(
                "{} round{}, {} good, {} change{}",
                seen.rounds,
                plural(seen.rounds),
                seen.good,
                seen.changes,
                plural(seen.changes)
            ));
        }
        let worst = seen.worst.unwrap_or(Exit::Unproven);
        Ok(if ended == Ended::Interrupted { worst.and(Exit::Interrupted) } else { worst })
    }
}

/// The time of day, UTC.
fn clock() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    rfc_3339_seconds(i64::try_from(since.as_millis()).unwrap_or(0))
}

/// A time up to a tenth longer, so that many watchers do not ask in step.
fn jittered(every: Duration) -> Duration {
    let chance = RandomState::new().hash_one(0_u8) % 1_000;
    every + every.mul_f64(f64::from(u32::try_from(chance).unwrap_or(0)) / 10_000.0)
}
