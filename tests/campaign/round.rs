//! One run of a campaign: a fleet, faults and a seed go in; what the observer found comes out.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use homing::engine::batch::{CourierId, Engine, Entry, Policy, Turn};
use homing::engine::{News, Standing};
use homing::lab::{Fault, Setup};
use homing::run::{Spectator, Work, World as _};

use crate::books::Books;
use crate::fleet::Fleet;
use crate::observer::{is_so, judge};
use crate::record::Record;
use crate::walk::Wrong;
use crate::world::Sim;

/// Modems that carry a campaign.
const MODEMS: usize = 8;

/// How long an answer may take: what the profiles of the fleet say.
const ANSWER: Duration = Duration::from_secs(180);

/// What came of a run.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) trackers: usize,
    /// Short messages that the network took.
    pub(crate) messages: usize,
    pub(crate) standings: BTreeMap<String, usize>,
    /// Trackers whose journal says something else than what can be proven at best, with both.
    pub(crate) unequal: Vec<String>,
    /// Commands that were handed over twice.
    pub(crate) twice: Vec<String>,
    /// Other messages that should not have gone, or not then.
    pub(crate) wrong: Vec<String>,
    /// Trackers that are not as `verified` says.
    pub(crate) untrue: Vec<String>,
    /// How often each fault struck.
    pub(crate) faults: BTreeMap<&'static str, u64>,
    /// Simulated, and real.
    pub(crate) took: (Duration, Duration),
    /// The journal, in octets.
    pub(crate) journal: u64,
}

struct Nobody;

impl Spectator for Nobody {
    fn sees(&mut self, _engine: &Engine, _entries: &[Entry]) {}
    fn hears(&mut self, _courier: CourierId, _news: &News) {}
}

pub(crate) fn round(fleet: &Fleet, faults: Vec<Fault>, seed: u64) -> Outcome {
    let began = Instant::now();
    let mut books = Books::new(fleet);
    let couriers = books.couriers(MODEMS);
    let numbers = fleet.members.iter().map(|member| member.tracker.phone.unwrap().as_str().to_owned());
    let record = Record::new(numbers, MODEMS);
    let setup = Setup { modems: MODEMS, subscribers: fleet.subscribers(), faults, seed, verbose: false };
    let sim = Sim::new(setup, &couriers, record);
    let mut begun = Turn::default();
    // The lab's modem says that its trackers answer within seconds; here they may take as long as real ones.
    let policy = Policy { seed, answer_within: Some(ANSWER), ..Policy::default() };
    let mut engine = Engine::new(books.snapshot(), policy, &mut begun);
    for id in &couriers {
        engine.courier(*id, 1, sim.now());
    }
    let mut work = Work { engine, ledger: &mut books, world: sim };
    work.run(begun, &mut Nobody).unwrap();
    let sim = work.world;
    let took = (sim.tick(), began.elapsed());
    look(fleet, &books, &sim.record, took)
}

fn look(fleet: &Fleet, books: &Books<'_>, record: &Record, took: (Duration, Duration)) -> Outcome {
    let mut outcome = Outcome {
        trackers: fleet.members.len(),
        faults: record.faults.clone(),
        took,
        journal: books.size(),
        ..Outcome::default()
    };
    for ((member, file), (standing, sentence)) in
        fleet.members.iter().zip(&record.files).zip(books.standings())
    {
        let name = &member.tracker.name;
        outcome.messages += file.tries.iter().filter(|one| one.taken).count();
        *outcome.standings.entry(standing.to_string()).or_default() += 1;
        let verdict = judge(member, file);
        let shown = std::env::var("HOMING_CAMPAIGN_SHOW").is_ok_and(|wanted| wanted == *name);
        if shown {
            show(name, file);
        }
        if verdict.standing != standing {
            let best = verdict.standing;
            outcome.unequal.push(format!("{name}: the journal says {standing} ({sentence}), best is {best}"));
        }
        for wrong in verdict.wrong {
            match wrong {
                Wrong::Twice(what) => outcome.twice.push(format!("{name}: {what}")),
                other => outcome.wrong.push(format!("{name}: {other:?}")),
            }
        }
        if standing == Standing::Verified && !is_so(member, file) {
            outcome.untrue.push(format!("{name}: {:?}", file.settings));
        }
    }
    outcome
}

/// Everything that is known of one tracker, for a person who looks for a fault.
#[expect(clippy::print_stdout, reason = "it is asked for by a person")]
fn show(name: &str, file: &crate::record::File) {
    println!("{name}");
    for one in &file.tries {
        println!("  {:?}", one);
    }
    for one in &file.letters {
        println!("  {:?} (since the beginning: {})", one, (one.sent_ms - crate::world::BEGIN_MS) / 1000);
    }
    for one in &file.reports {
        println!("  {:?} (since the beginning: {})", one, (one.done_ms - crate::world::BEGIN_MS) / 1000);
    }
}
