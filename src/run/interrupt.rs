//! Ctrl-C: whoever is at work may ask to be told once, and finish what is in hand. A second one ends the program at once,
//! and so does the first when nobody asked.

use std::sync::{Mutex, PoisonError};

type Told = Box<dyn FnOnce() + Send>;

static TOLD: Mutex<Option<Told>> = Mutex::new(None);

/// Until this is dropped, the first Ctrl-C is told to whoever made it.
#[must_use]
pub struct Interruptible(());

impl Interruptible {
    /// Asks to be told, on another thread.
    pub fn new(told: impl FnOnce() + Send + 'static) -> Self {
        *TOLD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(told));
        Self(())
    }
}

impl Drop for Interruptible {
    fn drop(&mut self) {
        TOLD.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Ctrl-C was pressed. Says whether somebody will end what is going on; else the program is to end now.
#[must_use]
pub fn interrupt() -> bool {
    let told = TOLD.lock().unwrap_or_else(PoisonError::into_inner).take();
    let is_told = told.is_some();
    if let Some(told) = told {
        told();
    }
    is_told
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn the_first_is_told_and_the_second_is_not() {
        let count = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&count);
        let asked = Interruptible::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        assert!(interrupt());
        assert!(!interrupt());
        drop(asked);
        assert!(!interrupt());
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }
}
