//! The port of a modem, and the dialogue that it is led through: bytes are read by a thread that does nothing else, so
//! that one wait serves bytes, orders and deadlines.

use std::io::{self, ErrorKind, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serialport::SerialPort;

use super::super::{Cable, Trouble};
use crate::engine::Order;
use crate::modem::{Event, Host, Options, Why};

/// How often the reader looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(250);
/// How long the port may take bytes: a port that takes none for so long is stuck.
const WRITING: Duration = Duration::from_secs(10);

/// What a modem's thread waits for.
#[derive(Debug)]
pub(super) enum Input {
    /// Bytes of the modem.
    Bytes(Vec<u8>),
    /// The port does not work any more.
    Lost(io::Error),
    /// An order of the engine.
    Order(Order),
}

/// A modem's port.
pub(super) struct Wire {
    port: String,
    line: Box<dyn SerialPort>,
    reader: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

/// Opens a port for us alone, and begins to read.
pub(super) fn open(port: &str, speed: u32) -> Result<(Wire, Receiver<Input>, Sender<Input>), Trouble> {
    let (sender, inputs) = mpsc::channel();
    Ok((open_into(port, speed, sender.clone())?, inputs, sender))
}

/// The same, with what is read going where the bytes of an earlier port went.
pub(super) fn open_into(port: &str, speed: u32, heard: Sender<Input>) -> Result<Wire, Trouble> {
    let Cable { mut line, .. } = Cable::open(port, &[speed])?;
    let trouble =
        |cause: io::Error| Trouble::Io { port: port.to_owned(), doing: "set up", cause, sent: false };
    line.set_timeout(WRITING).map_err(|error| trouble(error.into()))?;
    let mut ear = line.try_clone().map_err(|error| trouble(error.into()))?;
    ear.set_timeout(LOOK).map_err(|error| trouble(error.into()))?;
    let stop = Arc::new(AtomicBool::new(false));
    let is_over = Arc::clone(&stop);
    let reader = thread::Builder::new()
        .name("modem port".to_owned())
        .spawn(move || read(ear.as_mut(), &heard, &is_over))
        .map_err(trouble)?;
    Ok(Wire { port: port.to_owned(), line, reader: Some(reader), stop })
}

/// Reads until it is told to stop or the port is gone.
fn read(ear: &mut dyn SerialPort, heard: &Sender<Input>, stop: &AtomicBool) {
    let mut chunk = [0; 1024];
    while !stop.load(Ordering::Relaxed) {
        let input = match ear.read(&mut chunk) {
            Ok(0) => Input::Lost(ErrorKind::UnexpectedEof.into()),
            Ok(count) => Input::Bytes(chunk[..count].to_vec()),
            Err(error) if is_pause(&error) => continue,
            Err(error) => Input::Lost(error),
        };
        let is_last = matches!(input, Input::Lost(_));
        if heard.send(input).is_err() || is_last {
            return;
        }
    }
}

fn is_pause(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

impl Wire {
    /// Writes in one go. Nothing waits until it is on the line: the system's own drain can wait without end.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.line.write_all(bytes)
    }

    /// Why nothing more goes through the port.
    fn lost(&self, error: &io::Error) -> Why {
        let port = &self.port;
        let why = match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                Why::new(format!("{port} takes no more bytes: the modem does not read"))
            }
            _ => Why::new(format!("{port} vanished: the modem was unplugged, or it restarted")),
        };
        why.hint(
            "plug it in again: it is found by its stable name (`homing port list`), and is taken for the same by its IMEI",
        )
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(reader) = self.reader.take() {
            // A panic of the reader was printed when it happened.
            let _ = reader.join();
        }
    }
}

/// A dialogue with the modem behind a port.
pub(super) struct Dialogue {
    pub(super) host: Host,
    /// None while the port is away.
    wire: Option<Wire>,
    inputs: Receiver<Input>,
    begun: Instant,
    /// The port is gone.
    lost: bool,
}

impl Dialogue {
    pub(super) fn new(wire: Wire, inputs: Receiver<Input>, options: Options) -> Self {
        let host = Host::new(Duration::ZERO, options);
        Self { host, wire: Some(wire), inputs, begun: Instant::now(), lost: false }
    }

    /// Whether the port went away.
    pub(super) fn is_lost(&self) -> bool {
        self.lost
    }

    /// Lets the port go. Nothing of it is heard any more, be it still on its way.
    pub(super) fn let_go(&mut self) {
        self.wire = None;
    }

    /// What comes within a time while the port is away: an order. None when nothing came, or when nobody is there any
    /// more who could give one.
    pub(super) fn order(&mut self, within: Duration) -> Option<Order> {
        let until = Instant::now() + within;
        loop {
            match self.inputs.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Input::Order(order)) => return Some(order),
                Ok(Input::Bytes(_) | Input::Lost(_)) => {}
                Err(_) => return None,
            }
        }
    }

    /// Goes on with another port, and with a dialogue that knows nothing of the last one.
    pub(super) fn renew(&mut self, wire: Wire, options: Options) {
        self.wire = Some(wire);
        self.lost = false;
        self.host = Host::new(self.now(), Options { returns: true, ..options });
    }

    /// The time as the dialogue counts it.
    pub(super) fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Writes what is to be written, and gives the next event. What is to be written comes first, always.
    pub(super) fn event(&mut self) -> Option<Event> {
        self.speak();
        self.host.event()
    }

    fn speak(&mut self) {
        while let Some(bytes) = self.host.say() {
            if let Err(error) = self.wire.as_mut().map_or(Ok(()), |wire| wire.write(&bytes)) {
                self.gone(&error);
            }
        }
    }

    fn gone(&mut self, error: &io::Error) {
        let Some(wire) = &self.wire else { return };
        self.lost = true;
        self.host.gone(self.begun.elapsed(), wire.lost(error));
    }

    /// Waits for the next thing to happen, and lets the dialogue know; an order is for the caller.
    pub(super) fn wait(&mut self) -> Option<Order> {
        let input = match self.host.deadline() {
            Some(at) => self.inputs.recv_timeout(at.saturating_sub(self.now())),
            None => self.inputs.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let now = self.now();
        match input {
            Ok(Input::Bytes(bytes)) => self.host.hear(now, &bytes),
            Ok(Input::Lost(error)) => self.gone(&error),
            Ok(Input::Order(order)) => return Some(order),
            Err(RecvTimeoutError::Timeout) => self.host.tick(now),
            // Whoever gave orders has gone, and so has the port.
            Err(RecvTimeoutError::Disconnected) => self.gone(&ErrorKind::UnexpectedEof.into()),
        }
        None
    }
}
