//! The loop of a batch: it waits, lets the engine decide, has the journal written, and only then does what was decided.
//! Everything that came during one write is decided together and written in the next.

mod threads;

use std::collections::VecDeque;
use std::time::Duration;

use crate::engine::batch::{Act, CourierId, Engine, Entry, Event, Loaded, Now, TrackerId, Turn};
use crate::engine::{News, Order};

pub use threads::{Clock, Inputs, Reports, Stopper, Threads};

/// Where entries are kept, and conversations come from.
pub trait Ledger {
    /// Why it could not be written.
    type Error;

    /// Writes entries, whole or not at all; on the disk when it returns.
    ///
    /// # Errors
    /// When they are not written: nothing may leave then.
    fn commit(&mut self, entries: &[Entry]) -> Result<(), Self::Error>;

    /// The conversation with a tracker from its beginning, and its commands so far.
    fn load(&mut self, tracker: TrackerId) -> Loaded;
}

/// Someone who wants to see what happens while it happens.
pub trait Spectator {
    /// Something was decided and written.
    fn sees(&mut self, engine: &Engine, entries: &[Entry]);
    /// A courier said something of itself.
    fn hears(&mut self, courier: CourierId, news: &News);
}

/// What surrounds a batch: all that happens comes from it, and orders go to it. In earnest that is couriers and a clock;
/// a rehearsal in simulated time brings its own.
pub trait World {
    /// The moment.
    fn now(&self) -> Now;

    /// Waits until something happens, at most until that tick, and gives all that came.
    fn wait(&mut self, until: Option<Duration>, into: &mut Vec<Event>);

    /// Gives an order to a courier. One for a courier that is no more is dropped: its last news said so.
    fn give(&mut self, courier: CourierId, order: Order);
}

/// A batch at work.
pub struct Work<'w, L: Ledger, W: World> {
    /// Decides.
    pub engine: Engine,
    /// Remembers.
    pub ledger: &'w mut L,
    /// Carries, and says when.
    pub world: W,
}

impl<L: Ledger, W: World> Work<'_, L, W> {
    /// Runs until nothing more happens by itself. `begun` is what the engine said when it was made.
    ///
    /// # Errors
    /// When the journal cannot be written; what was decided last did not leave.
    pub fn run(&mut self, begun: Turn, spectator: &mut dyn Spectator) -> Result<(), L::Error> {
        self.obey(begun, spectator)?;
        let mut events = Vec::new();
        while !self.engine.is_finished() {
            let mut turn = Turn::default();
            self.world.wait(self.engine.deadline(self.world.now()), &mut events);
            for event in events.drain(..) {
                if let Event::News(courier, news) = &event
                    && !(is_last(news) && self.engine.is_gone(*courier))
                {
                    spectator.hears(*courier, news);
                }
                self.engine.on(self.world.now(), event, &mut turn);
            }
            self.engine.on(self.world.now(), Event::Timer, &mut turn);
            self.obey(turn, spectator)?;
        }
        Ok(())
    }

    /// Has entries written, then does what was decided.
    fn obey(&mut self, turn: Turn, spectator: &mut dyn Spectator) -> Result<(), L::Error> {
        let mut turns = VecDeque::from([turn]);
        while let Some(Turn { entries, acts }) = turns.pop_front() {
            if !entries.is_empty() {
                self.ledger.commit(&entries)?;
            }
            spectator.sees(&self.engine, &entries);
            let mut next = Turn::default();
            for act in acts {
                match act {
                    Act::Give(courier, order) => self.world.give(courier, order),
                    Act::Load(tracker) => {
                        let loaded = Box::new(self.ledger.load(tracker));
                        self.engine.on(self.world.now(), Event::Loaded(tracker, loaded), &mut next);
                    }
                }
            }
            if !next.entries.is_empty() || !next.acts.is_empty() {
                turns.push_back(next);
            }
        }
        Ok(())
    }
}

/// Whether a courier says that it will not work any more.
fn is_last(news: &News) -> bool {
    matches!(news, News::Down { last: true, .. })
}
