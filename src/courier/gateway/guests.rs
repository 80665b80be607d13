//! Who is connected to the webhook: so many at most, and when the house is full whoever has been longest about saying
//! something gives way. Who has said it all and waits for an answer is never sent away; nothing is read or judged here.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::task::{AbortHandle, JoinSet};

/// How far a call is.
#[derive(Debug, Clone, Default)]
pub(super) struct Stage(Arc<AtomicU8>);

impl Stage {
    const SILENT: u8 = 0;
    const KNOWN: u8 = 1;
    const READ: u8 = 2;

    /// Its head was read, and it knows the secret path.
    pub(super) fn known(&self) {
        self.0.store(Self::KNOWN, Ordering::Relaxed);
    }

    /// All of it was read.
    pub(super) fn read(&self) {
        self.0.store(Self::READ, Ordering::Relaxed);
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Connections, in the order in which they came.
pub(super) struct Guests {
    most: usize,
    tasks: JoinSet<()>,
    inside: Vec<(Stage, AbortHandle)>,
}

impl Guests {
    pub(super) fn new(most: usize) -> Self {
        Self { most, tasks: JoinSet::new(), inside: Vec::new() }
    }

    /// Whether another one may come in: there is room, or somebody who can be sent away.
    pub(super) fn takes(&mut self) -> bool {
        self.clear();
        self.inside.len() < self.most || self.slowest().is_some()
    }

    /// Lets one in; where there is no room, another one goes.
    pub(super) fn enter(&mut self, stage: Stage, call: impl Future<Output = ()> + Send + 'static) {
        self.clear();
        if self.inside.len() >= self.most
            && let Some(at) = self.slowest()
        {
            self.inside.remove(at).1.abort();
        }
        let handle = self.tasks.spawn(call);
        self.inside.push((stage, handle));
    }

    /// Waits until somebody leaves; for ever while nobody is there.
    pub(super) async fn leaves(&mut self) {
        if self.tasks.join_next().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits until all have left.
    pub(super) async fn all_left(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }

    /// The first that came of those who know least: a stranger before one who has shown that it knows the path.
    fn slowest(&self) -> Option<usize> {
        let of = |wanted: u8| self.inside.iter().position(|(stage, _)| stage.get() == wanted);
        of(Stage::SILENT).or_else(|| of(Stage::KNOWN))
    }

    fn clear(&mut self) {
        while self.tasks.try_join_next().is_some() {}
        self.inside.retain(|(_, handle)| !handle.is_finished());
    }
}
