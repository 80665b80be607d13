//! A tracker on a serial cable: opens the port for itself alone, writes a command, gathers the answer's lines.
//! It may not judge an answer, and it may not write anything that it was not given.

use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, DataBits, FlowControl, Parity, SerialPort, StopBits};

use super::answer::{self, Answer, Tail};
use super::claim::{claim, not_permitted};
use super::gather::{End, Gathering};
use super::via::is_speed;
use super::{Courier, LONGEST_ANSWER, Listener, Trouble, Via, Wait, holders, port};

/// The line speeds that are tried when none is given, in this order.
pub const SPEEDS: [u32; 2] = [115_200, 9600];

/// The least time that a command's bytes get to be on the line.
const WRITE_PATIENCE: Duration = Duration::from_secs(1);

/// A blocking write of more could hang in the kernel after it has said that there is room.
const WRITE_CHUNK: usize = 64;

/// A serial port, opened for us alone.
pub struct Cable {
    name: String,
    spec: String,
    pub(super) line: Box<dyn SerialPort>,
    speeds: Vec<u32>,
    tried: usize,
}

impl Cable {
    /// Opens `port` at the first of `speeds` (the usual ones when empty), 8N1 and without flow control.
    ///
    /// # Errors
    /// When the port is not there, not one, not permitted, in use, or does not run at that speed.
    pub fn open(port: &str, speeds: &[u32]) -> Result<Cable, Trouble> {
        let speeds = if speeds.is_empty() { SPEEDS.to_vec() } else { speeds.to_vec() };
        if let Some(&baud) = speeds.iter().find(|baud| !is_speed(**baud)) {
            return Err(Trouble::BadSpeed { port: port.to_owned(), baud });
        }
        let claim = claim(port)?;
        let line = serialport::new(port, speeds[0])
            .data_bits(DataBits::Eight)
            .parity(Parity::None)
            .stop_bits(StopBits::One)
            .flow_control(FlowControl::None)
            .timeout(WRITE_PATIENCE)
            .exclusive(true)
            .open();
        drop(claim);
        let mut line = line.map_err(|error| not_opened(port, speeds[0], error))?;
        // Linux raises DTR on opening, others may not, and a pseudo-terminal has none: USB modems want it.
        line.write_data_terminal_ready(true).ok();
        let mut cable = Cable { name: port.to_owned(), spec: String::new(), line, speeds, tried: 0 };
        cable.check_speed()?;
        Ok(cable)
    }

    /// The line speed in use.
    pub fn speed(&self) -> u32 {
        self.speeds[self.tried]
    }

    /// Some drivers take any speed and run at another; some percent off is how their dividers are.
    fn check_speed(&mut self) -> Result<(), Trouble> {
        let baud = self.speed();
        match self.line.baud_rate() {
            Ok(real) if real.abs_diff(baud) > baud / 25 => Err(self.bad_speed()),
            _ => {
                self.spec = Via::Cable { port: self.name.clone(), baud: Some(baud) }.to_string();
                Ok(())
            }
        }
    }

    /// Takes what stood in the input before we wrote; a line that is just coming is let finish.
    fn late(&mut self, wait: Wait) -> Result<Vec<String>, Trouble> {
        let started = Instant::now();
        let mut raw = Vec::new();
        loop {
            let pause = if answer::is_mid_line(&raw) { wait.settle } else { Duration::ZERO };
            let came = self.read(&mut raw, pause, false)?;
            if came == 0 || raw.len() >= LONGEST_ANSWER || started.elapsed() >= wait.timeout {
                return Ok(answer::lines(&raw, Tail::Closed));
            }
        }
    }

    /// Writes the command and waits until its last byte is on the line.
    fn write(&mut self, bytes: &[u8], wait: Wait) -> Result<(), Trouble> {
        let started = Instant::now();
        let patience = wait.timeout.max(WRITE_PATIENCE);
        self.line.set_timeout(patience).map_err(|error| self.lost(error.into(), "set up", false))?;
        let mut taken = 0;
        while taken < bytes.len() {
            let end = bytes.len().min(taken + WRITE_CHUNK);
            match self.line.write(&bytes[taken..end]) {
                Ok(0) => return Err(self.vanished(taken > 0)),
                Ok(count) => taken += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => return Err(self.blocked(taken, bytes.len())),
                Err(error) => return Err(self.lost(error, "written to", taken > 0)),
            }
        }
        // The kernel's own drain can wait without end, so its queue is watched first.
        while let Ok(left @ 1..) = self.line.bytes_to_write() {
            if started.elapsed() >= patience {
                return Err(self.blocked(taken.saturating_sub(left as usize), bytes.len()));
            }
            thread::sleep(Duration::from_millis(1));
        }
        self.line.flush().map_err(|error| self.lost(error, "drained", true))
    }

    fn gather(&mut self, mut gathering: Gathering<'_>) -> Result<Answer, Trouble> {
        loop {
            // Read before the clock is looked at: what stands there counts, though we come late to it.
            let nap = gathering.nap(Instant::now());
            match self.read(&mut gathering.raw, nap, true) {
                Ok(0) => {}
                Ok(count) => gathering.came(count, Instant::now()),
                // A tracker that was told to restart answers and takes its port away.
                Err(_) if gathering.is_satisfied_by_all() => return Ok(gathering.answer),
                Err(trouble) => return Err(trouble),
            }
            if let Some(end) = gathering.turn(Instant::now()) {
                return match end {
                    End::Answered => Ok(gathering.answer),
                    End::Flooded => {
                        Err(Trouble::Flood { port: self.name.clone(), bytes: gathering.raw.len() })
                    }
                };
            }
        }
    }

    /// Appends what is there within `patience` and says how much it was.
    fn read(&mut self, into: &mut Vec<u8>, patience: Duration, sent: bool) -> Result<usize, Trouble> {
        let mut chunk = [0; 512];
        self.line.set_timeout(patience).map_err(|error| self.lost(error.into(), "set up", sent))?;
        match self.line.read(&mut chunk) {
            Ok(0) => Err(self.vanished(sent)),
            Ok(count) => {
                into.extend_from_slice(&chunk[..count]);
                Ok(count)
            }
            Err(error) if is_timeout(&error) || error.kind() == ErrorKind::Interrupted => Ok(0),
            Err(error) => Err(self.lost(error, "read", sent)),
        }
    }

    fn is_gone(&self) -> bool {
        cfg!(unix) && !Path::new(&self.name).exists()
    }

    fn bad_speed(&self) -> Trouble {
        Trouble::BadSpeed { port: self.name.clone(), baud: self.speed() }
    }

    fn vanished(&self, sent: bool) -> Trouble {
        Trouble::Vanished { port: self.name.clone(), sent }
    }

    /// Half a command must not go out when the other side wakes up, glued to whatever comes next.
    fn blocked(&self, taken: usize, of: usize) -> Trouble {
        self.line.clear(ClearBuffer::Output).ok();
        Trouble::Blocked { port: self.name.clone(), taken, of }
    }

    /// serialport keeps no number of the system's error: a hang-up is a broken pipe, other failures of a device
    /// that is gone (EIO, ENXIO, ENODEV) are `Other`.
    fn lost(&self, source: io::Error, doing: &'static str, sent: bool) -> Trouble {
        let gone =
            matches!(source.kind(), ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof | ErrorKind::Other);
        if gone || self.is_gone() {
            return self.vanished(sent);
        }
        Trouble::Io { port: self.name.clone(), doing, cause: source, sent }
    }
}

impl Courier for Cable {
    fn spec(&self) -> &str {
        &self.spec
    }

    fn ask(&mut self, bytes: &[u8], wait: Wait, listener: &mut dyn Listener) -> Result<Answer, Trouble> {
        let late = self.late(wait)?;
        self.write(bytes, wait)?;
        let mut enough = |answer: &Answer| listener.is_enough(answer);
        self.gather(Gathering::begin(bytes, wait, late, &mut enough, Instant::now()))
    }

    fn may_be_modem(&self) -> bool {
        true
    }

    fn next_speed(&mut self) -> Result<Option<u32>, Trouble> {
        let Some(&baud) = self.speeds.get(self.tried + 1) else {
            return Ok(None);
        };
        self.tried += 1;
        if self.line.set_baud_rate(baud).is_err() {
            return Err(if self.is_gone() { self.vanished(false) } else { self.bad_speed() });
        }
        self.check_speed()?;
        // What came at the wrong speed is noise and would stand before the next answer.
        self.line.clear(ClearBuffer::Input).map_err(|error| self.lost(error.into(), "cleared", false))?;
        Ok(Some(baud))
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

fn not_opened(port: &str, baud: u32, error: serialport::Error) -> Trouble {
    use serialport::ErrorKind as Kind;
    let named = port.to_owned();
    match error.kind() {
        Kind::Io(ErrorKind::NotFound) => Trouble::NotFound { port: named, others: port::names() },
        Kind::Io(ErrorKind::PermissionDenied) => not_permitted(port),
        // On Unix this is EBUSY or a lock; elsewhere it is a name that is not there.
        Kind::NoDevice if cfg!(unix) => Trouble::InUse { port: named, holders: holders(Path::new(port)) },
        Kind::NoDevice => Trouble::NotFound { port: named, others: port::names() },
        Kind::InvalidInput => Trouble::BadSpeed { port: named, baud },
        _ => Trouble::Io { port: named, doing: "opened", cause: error.into(), sent: false },
    }
}
