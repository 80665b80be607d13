//! The journal of a campaign: the program's own, on a file system in memory where there is one, as syncing is proven
//! elsewhere.

use std::path::Path;

use homing::engine::Standing;
use homing::engine::batch::{CourierId, Entry, Loaded, Snapshot, TrackerId};
use homing::journal::{BatchId, BatchSpec, Journal};
use homing::lab::Chance;
use homing::profile::FormName;
use homing::run::Ledger;
use tempfile::TempDir;

use crate::fleet::Fleet;
use crate::world::BEGIN_MS;

pub(crate) struct Books<'f> {
    pub(crate) journal: Journal,
    pub(crate) batch: BatchId,
    fleet: &'f Fleet,
    /// The journal's row of each tracker, in the order of the fleet.
    pub(crate) ids: Vec<TrackerId>,
    folder: TempDir,
    /// How often the program dies at a write, and the dice.
    pub(crate) deadly: Option<(f64, Chance)>,
}

/// The program was killed: in front of a write, or right behind it, before anything was done that hangs on it.
#[derive(Debug)]
pub(crate) struct Killed;

impl<'f> Books<'f> {
    pub(crate) fn new(fleet: &'f Fleet) -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let folder = folder.unwrap();
        let mut journal = Journal::create(&folder.path().join("journal.db")).unwrap();
        let spec = BatchSpec {
            name: "campaign".to_owned(),
            file: "fleet.csv".to_owned(),
            file_sha256: String::new(),
            form: FormName::Sms,
            options: "{}".to_owned(),
            created_ms: BEGIN_MS,
            profiles: fleet.profile_texts(),
        };
        let batch = journal.create_batch(&spec, fleet.rows()).unwrap();
        let ids = journal.snapshot(batch).unwrap().trackers.iter().map(|seed| seed.id).collect();
        Self { journal, batch, fleet, ids, folder, deadly: None }
    }

    pub(crate) fn couriers(&mut self, modems: usize) -> Vec<CourierId> {
        let courier = |at: usize| self.journal.courier(&format!("modem:{at}"), None, None).unwrap();
        (0..modems).map(courier).collect()
    }

    pub(crate) fn courier(&mut self, spec: &str) -> CourierId {
        self.journal.courier(spec, None, None).unwrap()
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.journal.snapshot(self.batch).unwrap()
    }

    /// Where the journal says that each tracker stands, in the order of the fleet, with its sentence.
    pub(crate) fn standings(&self) -> Vec<(Standing, String)> {
        let mut standings = Vec::new();
        let each = &mut |tracker: homing::journal::StoredTracker| {
            standings.push((tracker.standing, tracker.sentence));
            true
        };
        self.journal.trackers(self.batch, each).unwrap();
        standings
    }

    /// Trackers that are not done.
    pub(crate) fn open(&self) -> usize {
        self.snapshot().trackers.iter().filter(|seed| !seed.done).count()
    }

    /// What the journal takes on its file system, in octets.
    pub(crate) fn size(&self) -> u64 {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
    }
}

impl Ledger for Books<'_> {
    type Error = Killed;

    fn commit(&mut self, entries: &[Entry]) -> Result<(), Killed> {
        let dies = |deadly: &mut Option<(f64, Chance)>| {
            deadly.as_mut().is_some_and(|(rate, dice)| dice.strikes(*rate))
        };
        if dies(&mut self.deadly) {
            return Err(Killed);
        }
        // A journal that refuses an entry is a fault of the program.
        self.journal.commit(entries).unwrap();
        if dies(&mut self.deadly) { Err(Killed) } else { Ok(()) }
    }

    fn load(&mut self, tracker: TrackerId) -> Loaded {
        let at = self.ids.binary_search(&tracker).unwrap();
        Loaded { session: Ok(self.fleet.members[at].session()), past: self.journal.past(tracker).unwrap() }
    }
}
