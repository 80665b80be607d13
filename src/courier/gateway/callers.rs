//! Calls of a webhook that wait for their answer, which is success only once all that a call told is kept elsewhere.
//! It remembers who waits for what; what is kept is for others to say.

use std::collections::HashSet;

use tokio::sync::oneshot;

use super::inbox::Letter;
use crate::engine::StoreKey;

/// What a webhook was called with.
pub(super) struct Call {
    pub(super) letters: Vec<Letter>,
    /// Told once all of it is kept, or dropped without.
    pub(super) done: oneshot::Sender<()>,
}

/// Who waits.
#[derive(Default)]
pub(super) struct Callers {
    waiting: Vec<(HashSet<StoreKey>, oneshot::Sender<()>)>,
}

impl Callers {
    /// Someone waits until all of these are settled; at once where there is none.
    pub(super) fn wait(&mut self, keys: HashSet<StoreKey>, done: oneshot::Sender<()>) {
        // Who has waited long enough was answered without us.
        self.waiting.retain(|(_, done)| !done.is_closed());
        self.waiting.push((keys, done));
        self.answer();
    }

    /// A message is kept elsewhere, or nobody wants it.
    pub(super) fn settled(&mut self, key: StoreKey) {
        for (keys, _) in &mut self.waiting {
            keys.remove(&key);
        }
        self.answer();
    }

    fn answer(&mut self) {
        let all = std::mem::take(&mut self.waiting).into_iter();
        let (done, waiting): (Vec<_>, Vec<_>) = all.partition(|(keys, _)| keys.is_empty());
        self.waiting = waiting;
        for (_, done) in done {
            // A caller that has gone calls again.
            let _ = done.send(());
        }
    }
}
