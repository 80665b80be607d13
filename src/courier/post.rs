//! A courier of short messages: a thread of its own that takes orders and reports news, so that several can work at
//! once. What to send, when to let it out and what an answer means is decided elsewhere.

use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use crate::engine::{News, Order};

/// Where a courier's news go: the courier calls it from its own thread, in order. It must not block for long.
pub type Tell = Box<dyn FnMut(News) + Send>;

/// Where a courier's orders come from, whatever channel it waits on.
pub type Give = Box<dyn Fn(Order) + Send>;

/// A courier of short messages at work.
pub struct Post {
    spec: String,
    give: Give,
    thread: Option<JoinHandle<()>>,
}

impl Post {
    /// Wraps a courier's thread, which ends after [`Order::Close`].
    pub(super) fn new(spec: String, give: Give, thread: JoinHandle<()>) -> Self {
        Self { spec, give, thread: Some(thread) }
    }

    /// How to name this courier on the command line, as `modem:/dev/ttyUSB2`; holds no secret.
    #[must_use]
    pub fn spec(&self) -> &str {
        &self.spec
    }

    /// Whether its thread has ended, which it says before as its last news unless it broke.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Gives an order. One that comes after the courier has stopped for good is dropped: its last news said so.
    pub fn give(&self, order: Order) {
        (self.give)(order);
    }
}

/// Closes the courier and waits for its thread: what was received and not forgotten stays in the modem's store.
impl Drop for Post {
    fn drop(&mut self) {
        (self.give)(Order::Close);
        if let Some(thread) = self.thread.take() {
            // A panic of the courier's thread was printed when it happened.
            let _ = thread.join();
        }
    }
}

/// Orders that go straight into a channel.
pub(super) fn into<T: Send + 'static>(
    channel: Sender<T>,
    wrap: impl Fn(Order) -> T + Send + 'static,
) -> Give {
    Box::new(move |order| {
        // A courier that has stopped takes no more orders.
        let _ = channel.send(wrap(order));
    })
}
