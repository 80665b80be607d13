//! What a person types is not shown while a secret is asked for. Who ends the program there finds a terminal that shows
//! it again; a terminal that nothing was changed at is left alone.

#[cfg(unix)]
pub(super) use unix::hidden;
#[cfg(unix)]
pub use unix::show_typing;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::{Mutex, PoisonError};

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    /// How the terminal was before a secret was asked for, while it is.
    static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

    /// A secret is asked for until this is dropped.
    pub(in super::super) struct Hidden;

    /// Remembers how the terminal is.
    pub(in super::super) fn hidden() -> Hidden {
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = tcgetattr(io::stdin()).ok();
        Hidden
    }

    impl Drop for Hidden {
        fn drop(&mut self) {
            BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }

    /// Makes the terminal show again what is typed, if a secret is being asked for: to be called before the program is
    /// ended from outside.
    pub fn show_typing() {
        if let Some(before) = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    /// The system shows it again by itself.
    pub fn show_typing() {}

    pub(in super::super) fn hidden() {}
}

#[cfg(not(unix))]
pub(super) use elsewhere::hidden;
#[cfg(not(unix))]
pub use elsewhere::show_typing;
