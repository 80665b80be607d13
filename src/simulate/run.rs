//! Starts the trackers of a run, one task each on one thread, and ends them.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::task::LocalSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::counts::Counts;
use super::fault::Faults;
use super::speaker::{Family, Speaker};
use super::track::Track;
use super::{spoil, tcp, udp};
use crate::wire::{DeviceId, EncodeError, Messages, Protocol, Transport, UtcTime};

/// Whether anything may leave this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Only loopback.
    Loopback,
    /// Whoever runs it said that this server and these identities are theirs to send to and from.
    Given,
}

/// What is simulated.
#[derive(Debug, Clone)]
pub struct Options {
    /// The protocol of all trackers.
    pub protocol: &'static Protocol,
    /// By what they report.
    pub transport: Transport,
    /// Where to.
    pub to: SocketAddr,
    /// Whether that may be another machine.
    pub consent: Consent,
    /// One tracker for each.
    pub ids: Vec<DeviceId>,
    /// Their way; they are spread over it.
    pub track: Arc<Track>,
    /// Kilometres an hour.
    pub speed_kmh: f64,
    /// From one position of a tracker to its next.
    pub interval: Duration,
    /// Positions of each tracker; without it they go on.
    pub messages: Option<u64>,
    /// How long it goes on; without it until all was sent, or until it is stopped.
    pub lasts: Option<Duration>,
    /// Whether positions ask to be confirmed, where the protocol knows that.
    pub confirmed: bool,
    /// What goes wrong.
    pub faults: Faults,
    /// What chance begins with.
    pub seed: u64,
}

/// Why nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// Another machine without consent.
    #[error("{0} is another machine, and nothing is sent there unless that was allowed")]
    NotAllowed(SocketAddr),
    /// A transport that the protocol does not have.
    #[error("{protocol} does not travel by {}", transport.word())]
    Transport {
        /// The protocol's name.
        protocol: &'static str,
        /// What was asked for.
        transport: Transport,
    },
    /// A fault that the protocol cannot have.
    #[error("{protocol} has no checksum by {} that could be wrong", transport.word())]
    NoChecksum {
        /// The protocol's name.
        protocol: &'static str,
        /// By what it travels.
        transport: Transport,
    },
    /// Something that the protocol cannot say.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// No trackers.
    #[error("there are no trackers")]
    Nobody,
}

/// Connections that are begun in a second, so that a server's queue does not run over.
const RAMP: u64 = 5_000;

/// What all tasks share. All of them run on one thread, and nothing here is held across a wait.
pub(super) struct Stage {
    pub(super) options: Options,
    pub(super) counts: RefCell<Counts>,
    pub(super) began: Instant,
    pub(super) until: Option<Instant>,
    messages: Cell<Messages>,
    buffer: Cell<Vec<u8>>,
}

impl Stage {
    /// The machine's clock.
    pub(super) fn now() -> UtcTime {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UtcTime::from_unix(i64::try_from(since.as_secs()).unwrap_or_default())
    }

    /// What the clock said when something became due, and how many seconds that is from the beginning: what is sent
    /// late, for want of a connection, is about the moment at which it was due.
    pub(super) fn moment(&self, due: Instant) -> (UtcTime, f64) {
        let late = Instant::now().saturating_duration_since(due).as_secs();
        let since = due.saturating_duration_since(self.began).as_secs_f64();
        (Self::now().plus(-i64::try_from(late).unwrap_or_default()), since)
    }

    /// Counts.
    pub(super) fn count(&self, count: impl FnOnce(&mut Counts)) {
        count(&mut self.counts.borrow_mut());
    }

    /// Whether it is time to end.
    pub(super) fn is_over(&self) -> bool {
        self.until.is_some_and(|until| until <= Instant::now())
    }

    /// Lends room for one read and for decoding it.
    pub(super) fn with_room<T>(&self, work: impl FnOnce(&mut [u8], &mut Messages) -> T) -> T {
        let (mut buffer, mut messages) = (self.buffer.take(), self.messages.take());
        buffer.resize(16 * 1024, 0);
        let result = work(&mut buffer, &mut messages);
        self.buffer.set(buffer);
        self.messages.set(messages);
        result
    }
}

impl Options {
    /// Everything that can be known before anything is sent.
    ///
    /// # Errors
    /// The first thing that is not as it has to be.
    pub fn check(&self) -> Result<(), SimulateError> {
        let (protocol, transport) = (self.protocol.name, self.transport);
        if !self.to.ip().is_loopback() && self.consent != Consent::Given {
            return Err(SimulateError::NotAllowed(self.to));
        }
        if !self.protocol.transports.contains(&transport) {
            return Err(SimulateError::Transport { protocol, transport });
        }
        let family = self.family();
        if self.ids.is_empty() {
            return Err(SimulateError::Nobody);
        }
        for id in &self.ids {
            let mut speaker = Speaker::new(&family, *id, 0, 1, self.seed);
            speaker.login()?;
            let mut due = speaker.position(Stage::now(), 0.0)?;
            if self.faults.bad_checksum > 0.0 && !spoil::checksum(self.protocol, transport, &mut due.frame) {
                return Err(SimulateError::NoChecksum { protocol, transport });
            }
        }
        Ok(())
    }

    fn family(&self) -> Rc<Family> {
        Rc::new(Family {
            protocol: self.protocol,
            transport: self.transport,
            track: Rc::new((*self.track).clone()),
            speed_kmh: self.speed_kmh,
            confirmed: self.confirmed,
            faults: self.faults,
        })
    }

    /// When a tracker begins: spread over an interval, and not more at once than a server can take in.
    fn delay(&self, index: u64) -> Duration {
        let count = self.ids.len().max(1) as f64;
        let spread = self.interval.mul_f64(index as f64 / count);
        let ramp = Duration::from_secs_f64(index as f64 / RAMP as f64);
        spread.max(ramp)
    }
}

/// Sends, until all is sent, the time is over, or `stop` is there. It runs on the thread that waits for it, within a
/// runtime that has sockets and time. `tell` is shown the numbers every second.
///
/// # Errors
/// When nothing can be sent, or may be.
pub async fn simulate(
    options: Options,
    stop: impl Future<Output = ()>,
    mut tell: impl FnMut(&Counts),
) -> Result<Counts, SimulateError> {
    options.check()?;
    let began = Instant::now();
    let stage = Rc::new(Stage {
        until: options.lasts.map(|lasts| began + lasts),
        counts: RefCell::new(Counts { trackers: options.ids.len() as u64, ..Counts::default() }),
        began,
        messages: Cell::default(),
        buffer: Cell::default(),
        options,
    });
    let tasks = LocalSet::new();
    start(&stage, &tasks);
    let mut clock = interval(Duration::from_secs(1));
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let telling = async {
        loop {
            clock.tick().await;
            tell(&stage.counts.borrow());
        }
    };
    tokio::select! {
        () = tasks => {}
        () = stop => {}
        () = telling => {}
    }
    Ok(stage.counts.borrow().clone())
}

fn start(stage: &Rc<Stage>, tasks: &LocalSet) {
    let family = stage.options.family();
    let count = stage.options.ids.len() as u64;
    for (index, id) in (0..).zip(&stage.options.ids) {
        let speaker = Speaker::new(&family, *id, index, count, stage.options.seed);
        let at = stage.began + stage.options.delay(index);
        let stage = Rc::clone(stage);
        match family.transport {
            Transport::Tcp => tasks.spawn_local(tcp::tracker(speaker, at, stage)),
            Transport::Udp => tasks.spawn_local(udp::tracker(speaker, at, stage)),
        };
    }
}
