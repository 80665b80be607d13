//! The loop of a batch: it waits, lets the engine decide, has the journal written, and only then does what was decided.
//! Everything that came during one write is decided together and written in the next.

use std::collections::{HashSet, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::courier::{Post, Tell};
use crate::engine::batch::{Act, CourierId, Engine, Entry, Event, Loaded, Now, TrackerId, Turn};
use crate::engine::{Cause, News, Order};

/// Events that are decided together at most, so that one write does not grow without bounds.
const GROUP: usize = 512;

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

/// What the loop waits for.
#[derive(Debug)]
enum Input {
    News(CourierId, News),
    Reported(TrackerId, String),
    Stop,
}

/// The inputs of a batch's loop: couriers and whoever stops it put something in.
pub struct Inputs {
    sender: Sender<Input>,
    receiver: Receiver<Input>,
}

/// Tells a batch from elsewhere that trackers report.
#[derive(Debug, Clone)]
pub struct Reports(Sender<Input>);

impl Reports {
    /// A tracker's message came to where it is to report, as the sentence says.
    pub fn tell(&self, tracker: TrackerId, sentence: String) {
        // A loop that is over hears nothing more.
        let _ = self.0.send(Input::Reported(tracker, sentence));
    }
}

/// Stops a batch from elsewhere.
#[derive(Debug, Clone)]
pub struct Stopper(Sender<Input>);

impl Default for Inputs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }
}

impl Inputs {
    /// Where a courier tells its news.
    #[must_use]
    pub fn tell(&self, courier: CourierId) -> Tell {
        let sender = self.sender.clone();
        Box::new(move |news| {
            // A loop that is over hears nothing more: the courier is about to be closed.
            let _ = sender.send(Input::News(courier, news));
        })
    }

    /// Where it is told that trackers report.
    #[must_use]
    pub fn reports(&self) -> Reports {
        Reports(self.sender.clone())
    }

    /// What stops the batch.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }
}

impl Stopper {
    /// Finishes what is in hand, begins nothing more.
    pub fn stop(&self) {
        // A loop that is over needs no stopping.
        let _ = self.0.send(Input::Stop);
    }
}

/// The clock of a run.
#[derive(Debug, Clone, Copy)]
pub struct Clock(Instant);

impl Default for Clock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock {
    /// The moment.
    #[must_use]
    pub fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now { wall_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX), tick: self.0.elapsed() }
    }
}

/// A batch at work.
pub struct Work<'w, L: Ledger> {
    /// Decides.
    pub engine: Engine,
    /// Remembers.
    pub ledger: &'w mut L,
    /// Carry.
    pub posts: Vec<(CourierId, Post)>,
    /// Says when.
    pub clock: Clock,
    /// Couriers whose end was noticed.
    pub buried: HashSet<CourierId>,
}

impl<L: Ledger> Work<'_, L> {
    /// Runs until nothing more happens by itself. `begun` is what the engine said when it was made.
    ///
    /// # Errors
    /// When the journal cannot be written; what was decided last did not leave.
    pub fn run(
        &mut self,
        begun: Turn,
        inputs: &Inputs,
        spectator: &mut dyn Spectator,
    ) -> Result<(), L::Error> {
        self.obey(begun, spectator)?;
        while !self.engine.is_finished() {
            let mut turn = Turn::default();
            for input in self.wait(inputs) {
                let now = self.clock.now();
                match input {
                    Input::News(courier, news) => {
                        spectator.hears(courier, &news);
                        self.engine.on(now, Event::News(courier, news), &mut turn);
                    }
                    Input::Reported(tracker, sentence) => {
                        self.engine.on(now, Event::Reported(tracker, sentence), &mut turn);
                    }
                    Input::Stop => self.engine.on(now, Event::Stop, &mut turn),
                }
            }
            self.bury(spectator, &mut turn);
            self.engine.on(self.clock.now(), Event::Timer, &mut turn);
            self.obey(turn, spectator)?;
        }
        Ok(())
    }

    /// A courier whose thread broke has said nothing of it; without a word the batch would wait for ever.
    fn bury(&mut self, spectator: &mut dyn Spectator, turn: &mut Turn) {
        for (courier, post) in &self.posts {
            if post.is_over() && self.buried.insert(*courier) {
                let cause = Cause::new(format!("{} has ended", post.spec()));
                let news = News::Down { cause, last: true };
                if !self.engine.is_gone(*courier) {
                    spectator.hears(*courier, &news);
                }
                self.engine.on(self.clock.now(), Event::News(*courier, news), turn);
            }
        }
    }

    /// Waits for the next thing, and takes what came with it.
    fn wait(&self, inputs: &Inputs) -> Vec<Input> {
        let now = self.clock.now();
        // Nothing due for long is looked at from time to time all the same: a wall clock can be set, and whoever looks on
        // wants to see that time passes.
        let longest = Duration::from_millis(500);
        let left = self.engine.deadline(now).map_or(longest, |at| at.saturating_sub(now.tick)).min(longest);
        let mut group = match inputs.receiver.recv_timeout(left) {
            Ok(input) => vec![input],
            // The loop keeps a sender of its own, so that it is never without.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Vec::new(),
        };
        group.extend(inputs.receiver.try_iter().take(GROUP));
        group
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
                    Act::Give(courier, order) => self.give(courier, order),
                    Act::Load(tracker) => {
                        let loaded = Box::new(self.ledger.load(tracker));
                        self.engine.on(self.clock.now(), Event::Loaded(tracker, loaded), &mut next);
                    }
                }
            }
            if !next.entries.is_empty() || !next.acts.is_empty() {
                turns.push_back(next);
            }
        }
        Ok(())
    }

    fn give(&self, courier: CourierId, order: Order) {
        if let Some((_, post)) = self.posts.iter().find(|(id, _)| *id == courier) {
            post.give(order);
        }
    }
}
