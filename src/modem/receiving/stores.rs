//! Which of a modem's stores are used and read, and which places in them wait to be read.
//! Values only; what is read is remembered elsewhere.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use super::super::Slot;
use super::super::about::Registration;

/// Announcements that wait for being read; more are found by listing.
const WAITING: usize = 256;
/// The stores that hold messages, in the order of preference; others hold reports, drafts or broadcasts.
const STORES: [&str; 3] = ["ME", "SM", "MT"];

/// Which stores are used, and what is to be read in them.
#[derive(Debug, Default)]
pub(in super::super) struct Stores {
    /// When they are looked into next.
    pub(in super::super) poll_at: Duration,
    /// Stores and numbers of arguments of `+CPMS` that are still to be tried.
    pub(super) candidates: VecDeque<(String, usize)>,
    /// The one that messages arrive in; empty when the modem lets none be chosen.
    pub(super) chosen: String,
    /// The one that is read now.
    pub(super) selected: Option<String>,
    /// The others that messages may lie in.
    pub(super) others: Vec<String>,
    /// The stores of a look that were not read yet.
    pub(super) round: Option<VecDeque<String>>,
    pub(super) rounds: u32,
    /// Every store was read once: what is found from here on is new.
    pub(super) looked: bool,
    pub(super) reads: VecDeque<(Slot, bool)>,
    /// Stores that cannot be listed.
    pub(super) unlisted: BTreeSet<String>,
    pub(super) silent_lists: u8,
    /// The question about the network that is to be asked.
    pub(super) registration: Option<u8>,
    pub(super) lost: Option<Registration>,
    pub(super) warned: bool,
    /// Looks in a row that found the store in use full.
    pub(super) full_looks: u8,
}

impl Stores {
    /// Takes what the modem says of its stores: those it reads, and of these the ones that messages arrive in.
    pub(in super::super) fn known(&mut self, read: &[String], receive: &[String]) {
        let has = |list: &[String], name: &str| list.is_empty() || list.iter().any(|known| known == name);
        let names: Vec<&str> =
            STORES.into_iter().filter(|name| has(read, name) && has(receive, name)).collect();
        let with = |count: usize| names.iter().map(move |name| ((*name).to_owned(), count));
        self.candidates = with(3).chain(with(1)).collect();
        self.others = read.iter().filter(|name| STORES.contains(&name.as_str())).cloned().collect();
    }

    /// The store to be tried next.
    pub(in super::super) fn candidate(&self) -> Option<String> {
        self.candidates.front().map(|(name, _)| name.clone())
    }

    /// The store in use.
    pub(in super::super) fn chosen(&self) -> &str {
        &self.chosen
    }

    /// What is written behind `+CPMS=` to use a store for everything.
    pub(in super::super) fn arguments(&self, store: &str) -> String {
        let count = self.candidates.front().map_or(3, |(_, count)| *count);
        vec![format!("\"{store}\""); count].join(",")
    }

    /// The modem has forgotten which store it reads.
    pub(in super::super) fn forget_selection(&mut self) {
        self.selected = None;
    }

    /// The modem took the store, or did not.
    pub(in super::super) fn tried(&mut self, is_taken: bool) {
        match self.candidates.front() {
            Some((name, _)) if is_taken => {
                self.chosen.clone_from(name);
                self.selected = Some(name.clone());
            }
            _ => drop(self.candidates.pop_front()),
        }
    }

    /// Begins a look: into the store in use, and into all from time to time.
    pub(super) fn begin(&mut self, all: bool) {
        let mut round = VecDeque::from([self.chosen.clone()]);
        if all && self.chosen != "MT" {
            let others = self.others.iter().filter(|name| **name != self.chosen && *name != "MT");
            round.extend(others.cloned());
        }
        self.round = Some(round);
    }

    /// A store cannot be read.
    pub(super) fn drop_store(&mut self, store: &str) {
        self.others.retain(|name| name != store);
        self.reads.retain(|(slot, _)| slot.store != store);
        if let Some(round) = &mut self.round {
            round.retain(|name| name != store);
        }
    }

    pub(super) fn read(&mut self, slot: Slot, old: bool) {
        if self.reads.len() < WAITING && !self.reads.iter().any(|(known, _)| *known == slot) {
            self.reads.push_back((slot, old));
        }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.registration.is_some() || self.round.is_some() || !self.reads.is_empty()
    }
}
