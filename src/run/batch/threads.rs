//! The world of a batch in earnest: couriers in threads of their own, channels between them and the loop, and the
//! machine's clocks. It decides nothing.

use std::collections::HashSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::World;
use crate::courier::{Post, Tell};
use crate::engine::batch::{CourierId, Event, Now, TrackerId};
use crate::engine::{Cause, News, Order};

/// Events that are decided together at most, so that one write does not grow without bounds.
const GROUP: usize = 512;

/// The inputs of a batch's loop: couriers and whoever stops it put something in.
pub struct Inputs {
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

/// Tells a batch from elsewhere that trackers report.
#[derive(Debug, Clone)]
pub struct Reports(Sender<Event>);

impl Reports {
    /// A tracker's message came to where it is to report, as the sentence says.
    pub fn tell(&self, tracker: TrackerId, sentence: String) {
        // A loop that is over hears nothing more.
        let _ = self.0.send(Event::Reported(tracker, sentence));
    }
}

/// Stops a batch from elsewhere.
#[derive(Debug, Clone)]
pub struct Stopper(Sender<Event>);

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
            let _ = sender.send(Event::News(courier, news));
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
        let _ = self.0.send(Event::Stop);
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

/// Couriers at work.
pub struct Threads {
    posts: Vec<(CourierId, Post)>,
    clock: Clock,
    inputs: Inputs,
    /// Couriers whose end was noticed.
    buried: HashSet<CourierId>,
}

impl Threads {
    /// These couriers, whose news come by these inputs.
    #[must_use]
    pub fn new(posts: Vec<(CourierId, Post)>, clock: Clock, inputs: Inputs) -> Self {
        Self { posts, clock, inputs, buried: HashSet::new() }
    }

    /// A courier whose thread broke has said nothing of it; without a word the batch would wait for ever.
    fn bury(&mut self, into: &mut Vec<Event>) {
        for (courier, post) in &self.posts {
            if post.is_over() && self.buried.insert(*courier) {
                let cause = Cause::new(format!("{} has ended", post.spec()));
                into.push(Event::News(*courier, News::Down { cause, last: true }));
            }
        }
    }
}

impl World for Threads {
    fn now(&self) -> Now {
        self.clock.now()
    }

    fn wait(&mut self, until: Option<Duration>, into: &mut Vec<Event>) {
        // Nothing due for long is looked at from time to time all the same: a wall clock can be set, and whoever looks on
        // wants to see that time passes.
        let longest = Duration::from_millis(500);
        let left = until.map_or(longest, |at| at.saturating_sub(self.now().tick)).min(longest);
        match self.inputs.receiver.recv_timeout(left) {
            Ok(input) => into.push(input),
            // The inputs keep a sender of their own, so that they are never without.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        into.extend(self.inputs.receiver.try_iter().take(GROUP));
        self.bury(into);
    }

    fn give(&mut self, courier: CourierId, order: Order) {
        if let Some((_, post)) = self.posts.iter().find(|(id, _)| *id == courier) {
            post.give(order);
        }
    }
}
