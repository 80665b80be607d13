//! A day of a large fleet: what the program's memory does while a batch goes on, and what its journal takes.

use std::fs;

use homing::engine::batch::{CourierId, Engine, Entry, Holding, Policy, Turn};
use homing::engine::{News, Standing};
use homing::lab::Setup;
use homing::run::{Spectator, Work, World as _};

use crate::books::Books;
use crate::fleet::Fleet;
use crate::record::Record;
use crate::round::policy;
use crate::world::{BEGIN_MS, Sim};

/// Modems that carry it, at a pace that operators bear: forty for a hundred thousand trackers in a day.
const MODEMS: usize = 40;
/// Short messages a minute by each.
const PER_MINUTE: f64 = 15.0;
/// Trackers after which the tables of the modems' dialogues are full: 4096 messages known by each, of which a tracker makes
/// some sixteen, with the reports on them.
const FULL: usize = MODEMS * 4096 / 16;
/// Looks at the memory, evenly over the trackers.
const LOOKS: usize = 24;

/// What this process holds of the machine's memory, in octets (proc(5)).
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// One look: how far it was, and what was held then.
struct Look {
    hours: f64,
    done: usize,
    /// Of the whole process, in octets.
    memory: u64,
    holding: Holding,
}

/// Looks at the memory now and then.
struct Scales {
    trackers: usize,
    looks: Vec<Look>,
}

impl Spectator for Scales {
    fn sees(&mut self, engine: &Engine, entries: &[Entry]) {
        // Counting all costs something with many trackers.
        if !entries.iter().any(|entry| matches!(entry, Entry::Standing { done: true, .. })) {
            return;
        }
        let done = engine.progress().done;
        if done * LOOKS >= self.looks.len() * self.trackers {
            let at_ms = entries.iter().rev().find_map(|entry| match entry {
                Entry::Standing { at_ms, .. } => Some(*at_ms),
                _ => None,
            });
            let hours = (at_ms.unwrap() - BEGIN_MS) as f64 / 3_600_000.0;
            self.looks.push(Look { hours, done, memory: resident(), holding: engine.holding() });
        }
    }

    fn hears(&mut self, _courier: CourierId, _news: &News) {}
}

#[test]
#[ignore = "minutes and a gibibyte: tests/campaign/soak.sh runs it"]
#[expect(clippy::print_stdout, reason = "its table is what it is run for")]
fn a_day_of_a_large_fleet_takes_no_more_memory_at_its_end_than_at_its_beginning() {
    let trackers = std::env::var("HOMING_SOAK").map_or(100_000, |count| count.parse().unwrap());
    let fleet = Fleet::new(trackers);
    let mut books = Books::new(&fleet);
    let couriers = books.couriers(MODEMS);
    let faults = vec!["slow=2s".parse().unwrap()];
    let setup = Setup { modems: MODEMS, subscribers: fleet.subscribers(), faults, seed: 1, verbose: false };
    let mut record = Record::new(std::iter::empty(), MODEMS);
    record.is_blind = true;
    let mut sim = Sim::new(setup, &couriers, record);
    sim.rouse();
    let mut begun = Turn::default();
    let policy = Policy { per_minute: Some(PER_MINUTE), ..policy(1) };
    let mut engine = Engine::new(books.snapshot(), policy, &mut begun);
    for id in &couriers {
        engine.courier(*id, 1, sim.now());
    }
    let empty = books.size();
    let mut scales = Scales { trackers, looks: Vec::new() };
    let mut work = Work { engine, ledger: &mut books, world: sim };
    work.run(begun, &mut scales).unwrap();
    let (took, messages) = (work.world.tick(), work.engine.progress().messages);
    let verified = books.standings().iter().filter(|(standing, _)| *standing == Standing::Verified).count();
    let journal = books.size();
    println!("| hours | done | memory | open | prints | references | attempts | timers |");
    println!("|---|---|---|---|---|---|---|---|");
    for Look { hours, done, memory, holding } in &scales.looks {
        let Holding { open, prints, references, attempts, timers } = holding;
        let memory = *memory as f64 / 1e6;
        println!(
            "| {hours:.1} | {done} | {memory:.1} MB | {open} | {prints} | {references} | {attempts} | {timers} |"
        );
    }
    println!(
        "{trackers} trackers, {messages} messages, {:.1} h simulated; journal {:.1} kB a tracker ({:.1} kB of it before the first message)",
        took.as_secs_f64() / 3600.0,
        journal as f64 / 1000.0 / trackers as f64,
        empty as f64 / 1000.0 / trackers as f64,
    );
    assert_eq!(verified, trackers);
    flat(&scales.looks);
}

/// Fails where anything grows with what was done.
#[expect(clippy::print_stdout, reason = "its figures are what it is run for")]
fn flat(looks: &[Look]) {
    // What the engine holds is for what is under way, by each modem; of what is done it holds nothing.
    for Look { done, holding, .. } in looks {
        let Holding { open, prints, references, attempts, timers } = *holding;
        let most = [(open, 4), (prints, 16), (references, 16), (attempts, 4), (timers, 60)];
        assert!(most.iter().all(|(held, each)| *held <= each * MODEMS), "{done} done: {holding:?}");
    }
    let last = looks.last().unwrap();
    assert_eq!(Holding { timers: 0, ..last.holding }, Holding::default(), "all is done");
    // The rest is the process, the lab included, from when the modems' tables are full: the lab's network keeps the second
    // of each number's last answer.
    let full =
        looks.iter().find(|look| look.done >= FULL).expect("too few trackers to fill the modems' tables");
    let grown = last.memory.saturating_sub(full.memory) / (last.done - full.done) as u64;
    println!("from {} done to the end: {grown} octets more by each tracker", full.done);
    assert!(grown < 500, "{grown} octets more by each tracker that is done");
}
