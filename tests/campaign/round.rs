//! One run of a campaign: a fleet, faults and a seed go in; what the observer found comes out.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use homing::engine::batch::{CourierId, Engine, Entry, Policy, Turn};
use homing::engine::{News, Standing};
use homing::lab::{Chance, Fault, Setup};
use homing::run::{Spectator, Work, World as _};

use crate::books::{Books, Killed};
use crate::fleet::Fleet;
use crate::observer::{is_so, judge};
use crate::record::{File, Letter, Record};
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

pub(crate) struct Nobody;

impl Spectator for Nobody {
    fn sees(&mut self, _engine: &Engine, _entries: &[Entry]) {}
    fn hears(&mut self, _courier: CourierId, _news: &News) {}
}

/// What a batch is run with.
pub(crate) fn policy(seed: u64) -> Policy {
    // The lab's modem says that its trackers answer within seconds; here they may take as long as real ones.
    Policy { seed, answer_within: Some(ANSWER), ..Policy::default() }
}

fn world(fleet: &Fleet, couriers: &[CourierId], faults: Vec<Fault>, seed: u64, empty: bool) -> Sim {
    let numbers = fleet.members.iter().map(|member| member.tracker.phone.unwrap().as_str().to_owned());
    let record = Record::new(numbers, MODEMS);
    let setup = Setup { modems: MODEMS, subscribers: fleet.subscribers(), faults, seed, verbose: false };
    Sim::with(setup, couriers, record, empty)
}

/// Runs a batch until it ends or the program is killed. Gives the world back.
fn run(books: &mut Books<'_>, couriers: &[CourierId], sim: Sim, policy: Policy) -> (Sim, Result<(), Killed>) {
    let mut begun = Turn::default();
    let mut engine = Engine::new(books.snapshot(), policy, &mut begun);
    for id in couriers {
        engine.courier(*id, 1, sim.now());
    }
    let mut work = Work { engine, ledger: books, world: sim };
    let ended = work.run(begun, &mut Nobody);
    (work.world, ended)
}

pub(crate) fn round(fleet: &Fleet, faults: Vec<Fault>, policy: Policy) -> Outcome {
    emptied(fleet, faults, policy, false).0
}

/// The same where strangers' messages may be deleted, with those of which no word is in the journal.
pub(crate) fn emptied(
    fleet: &Fleet,
    faults: Vec<Fault>,
    policy: Policy,
    empty: bool,
) -> (Outcome, Vec<String>) {
    let began = Instant::now();
    let mut books = Books::new(fleet);
    let couriers = books.couriers(MODEMS);
    let sim = world(fleet, &couriers, faults, policy.seed, empty);
    let (sim, ended) = run(&mut books, &couriers, sim, policy);
    ended.unwrap();
    let took = (sim.tick(), began.elapsed());
    let outcome = look(fleet, &books, (&sim.record.files, &sim.record.faults), None, took);
    (outcome, lost_strangers(&books, &sim))
}

/// Strangers' messages that a client was told, and that are not in the journal.
fn lost_strangers(books: &Books<'_>, sim: &Sim) -> Vec<String> {
    let mut kept = Vec::new();
    books.journal.strangers(i64::MIN, &mut |one| kept.push(one)).unwrap();
    let times: HashSet<(i64, &str)> =
        kept.iter().filter_map(|one| Some((one.sent_ms?, one.text.as_str()))).collect();
    // A part of a long one stands in its text, which has the time of the first.
    let long: Vec<&str> = kept.iter().map(|one| one.text.as_str()).filter(|text| text.len() > 150).collect();
    let is_kept = |letter: &Letter| {
        times.contains(&(letter.sent_ms, letter.text.as_str()))
            || long.iter().any(|text| text.contains(&letter.text))
    };
    // What came at the very end nobody waited for.
    let told = sim.record.strangers.iter().filter(|letter| letter.at + Duration::from_secs(180) < sim.tick());
    told.filter(|letter| !is_kept(letter)).map(|letter| format!("{letter:?}")).collect()
}

/// What came of a batch whose program was killed again and again.
#[derive(Debug, Default)]
pub(crate) struct Survived {
    pub(crate) kills: u32,
    /// Commands that the network took twice.
    pub(crate) twice: Vec<String>,
    /// Answers that were told, and are neither in the journal nor in a modem any more.
    pub(crate) lost: Vec<String>,
    pub(crate) untrue: Vec<String>,
    /// Trackers that came to no end.
    pub(crate) open: usize,
}

pub(crate) fn killed(fleet: &Fleet, faults: Vec<Fault>, policy: Policy, rate: f64) -> Survived {
    let mut books = Books::new(fleet);
    let couriers = books.couriers(MODEMS);
    books.deadly = Some((rate, Chance::new(policy.seed)));
    let mut sim = world(fleet, &couriers, faults, policy.seed, false);
    let mut survived = Survived::default();
    loop {
        let (after, ended) = run(&mut books, &couriers, sim, policy.clone());
        sim = after;
        if ended.is_ok() {
            break;
        }
        survived.kills += 1;
        assert!(survived.kills < 100_000, "it gets nowhere");
        sim.restart();
    }
    let end = sim.tick();
    for (((member, file), id), stored) in
        fleet.members.iter().zip(&sim.record.files).zip(&books.ids).zip(books.standings())
    {
        let name = &member.tracker.name;
        for command in &member.script.commands.commands {
            let taken = file.tries.iter().filter(|one| one.taken && one.text == command.text).count();
            if taken > 1 {
                survived.twice.push(format!("{name}: {:?} {taken} times", command.text));
            }
        }
        let kept = books.journal.replies(*id).unwrap();
        let is_kept = |letter: &Letter| {
            kept.iter().any(|reply| reply.sent_ms == Some(letter.sent_ms) && reply.text == letter.text)
        };
        // What came at the very end nobody waited for.
        let told = file.letters.iter().filter(|letter| letter.at + Duration::from_secs(60) < end);
        survived
            .lost
            .extend(told.filter(|letter| !is_kept(letter)).map(|letter| format!("{name}: {letter:?}")));
        if stored.0 == Standing::Verified && !is_so(member, file) {
            survived.untrue.push(format!("{name}: {:?}", file.settings));
        }
    }
    survived.open = books.open();
    survived
}

/// What the observer finds in the record of each tracker, with how often each fault struck.
pub(crate) fn look(
    fleet: &Fleet,
    books: &Books<'_>,
    (files, faults): (&[File], &BTreeMap<&'static str, u64>),
    patience: Option<Duration>,
    took: (Duration, Duration),
) -> Outcome {
    let mut outcome = Outcome {
        trackers: fleet.members.len(),
        faults: faults.clone(),
        took,
        journal: books.size(),
        ..Outcome::default()
    };
    for ((member, file), (standing, sentence)) in fleet.members.iter().zip(files).zip(books.standings()) {
        let name = &member.tracker.name;
        outcome.messages += file.tries.iter().filter(|one| one.taken).count();
        *outcome.standings.entry(standing.to_string()).or_default() += 1;
        let verdict = judge(member, file, patience);
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
