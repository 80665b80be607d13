//! A device on a port: a brain that knows a dialect, habits that tests switch on, a thread that serves the line.
//! The brain is pure and sees one command at a time; everything about bytes and time is here.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::pty::DevicePort;

/// What a device is set to, by name.
pub(crate) type Settings = BTreeMap<&'static str, String>;

/// What a device knows.
pub(crate) trait Brain: Clone + Send + 'static {
    /// Obeys one command, without its line end, and says the answer, if this deserves one.
    fn hear(&mut self, command: &str) -> Option<String>;

    /// How it refuses a command that it would otherwise obey.
    fn refuse(&self, _command: &str) -> Option<String> {
        None
    }

    /// What it answers to bytes as such, whether or not they are a command.
    fn noise(&mut self, _bytes: &[u8]) -> Vec<u8> {
        Vec::new()
    }

    /// What it is set to now.
    fn settings(&self) -> Settings {
        Settings::new()
    }
}

/// How a device behaves beside its dialect. A command is chosen by a part of it: `TIMER`, `,102,`.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    /// Everything that is written comes back.
    pub(crate) echo: bool,
    /// A line that is said before every answer.
    pub(crate) noise: Option<&'static str>,
    /// What ends an answer.
    pub(crate) line_end: &'static str,
    /// The pause before an answer.
    pub(crate) delay: Duration,
    /// Answers and echo go out byte by byte.
    pub(crate) one_byte_at_a_time: bool,
    /// The first so many commands are answered with noise and not obeyed, as at a wrong speed.
    pub(crate) garbage_for: usize,
    /// Silent, and deaf, once so many commands were heard.
    pub(crate) silent_after: Option<usize>,
    /// The port vanishes on the command after so many.
    pub(crate) vanish_after: Option<usize>,
    /// Refused instead of obeyed.
    pub(crate) refuse: Option<&'static str>,
    /// Obeyed, but not answered.
    pub(crate) obey_silently: Option<&'static str>,
    /// Answered, but not obeyed.
    pub(crate) only_claim: Option<&'static str>,
}

impl Default for Habits {
    fn default() -> Habits {
        Habits {
            echo: false,
            noise: None,
            line_end: "\r\n",
            delay: Duration::ZERO,
            one_byte_at_a_time: false,
            garbage_for: 0,
            silent_after: None,
            vanish_after: None,
            refuse: None,
            obey_silently: None,
            only_claim: None,
        }
    }
}

/// A wrong line speed looks like this.
pub(crate) const GARBAGE: [u8; 12] = [0xF8, 0x80, 0x00, 0xFE, 0x1C, 0xE0, 0xFF, 0x80, 0x78, 0x00, 0xC0, 0xFE];

#[derive(Default)]
struct Shared {
    received: AtomicUsize,
    commands: Mutex<Vec<String>>,
    settings: Mutex<Settings>,
    to_say: Mutex<VecDeque<u8>>,
    stop: AtomicBool,
    deaf: AtomicBool,
}

/// A device that is plugged in and served by a thread until it is dropped or vanishes.
pub(crate) struct Device {
    path: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Device {
    /// Plugs a device in.
    pub(crate) fn plug<B: Brain>(brain: B, habits: Habits) -> Device {
        let port = DevicePort::open();
        let path = port.path().to_owned();
        let shared = Arc::new(Shared::default());
        *shared.settings.lock().unwrap() = brain.settings();
        let served = Served { brain, habits, line: Vec::new(), heard: 0, shared: Arc::clone(&shared) };
        let thread = thread::spawn(move || serve(port, served));
        Device { path, shared, thread: Some(thread) }
    }

    /// The port's name.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The port as `--via` takes it.
    pub(crate) fn via(&self) -> String {
        format!("cable:{}", self.path)
    }

    /// How many bytes were ever written to the port.
    pub(crate) fn bytes_received(&self) -> usize {
        self.shared.received.load(Ordering::SeqCst)
    }

    /// The commands it heard, in order, without line ends.
    pub(crate) fn commands(&self) -> Vec<String> {
        self.shared.commands.lock().unwrap().clone()
    }

    /// The commands, once there are at least `count`; for those that nothing answers.
    pub(crate) fn commands_once(&self, count: usize) -> Vec<String> {
        while self.commands().len() < count {
            thread::sleep(Duration::from_millis(1));
        }
        self.commands()
    }

    /// What it is set to now.
    pub(crate) fn settings(&self) -> Settings {
        self.shared.settings.lock().unwrap().clone()
    }

    /// Says something that nobody asked for.
    pub(crate) fn say(&self, bytes: &[u8]) {
        self.shared.to_say.lock().unwrap().extend(bytes);
    }

    /// Takes nothing more off the line, so that it fills.
    pub(crate) fn stop_reading(&self) {
        self.shared.deaf.store(true, Ordering::SeqCst);
    }

    /// Pulls the plug; the port is gone when this returns.
    pub(crate) fn vanish(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            // A panic of the device's thread has been printed; a second one while unwinding would abort.
            thread.join().ok();
        }
    }
}

struct Served<B> {
    brain: B,
    habits: Habits,
    line: Vec<u8>,
    heard: usize,
    shared: Arc<Shared>,
}

fn serve<B: Brain>(mut port: DevicePort, mut served: Served<B>) {
    while !served.shared.stop.load(Ordering::SeqCst) {
        let deaf = served.shared.deaf.load(Ordering::SeqCst);
        let bytes = if deaf { Vec::new() } else { port.hear() };
        served.shared.received.fetch_add(bytes.len(), Ordering::SeqCst);
        let Some(answer) = served.take(&bytes) else {
            return;
        };
        served.shared.to_say.lock().unwrap().extend(answer);
        let said = served.say(&mut port);
        if bytes.is_empty() && said == 0 {
            // Many devices are served at once: each should cost little while nothing happens.
            thread::sleep(Duration::from_millis(3));
        }
    }
}

impl<B: Brain> Served<B> {
    /// Takes bytes from the line and says what goes back; `None` when the port is to vanish.
    fn take(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut back = self.brain.noise(bytes);
        for byte in bytes {
            if self.habits.echo {
                back.push(*byte);
            }
            if !matches!(byte, b'\r' | b'\n') {
                self.line.push(*byte);
            } else if !self.line.is_empty() {
                let command = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
                back.extend(self.command(&command)?);
            }
        }
        Some(back)
    }

    fn command(&mut self, command: &str) -> Option<Vec<u8>> {
        self.heard += 1;
        let vanish = self.habits.vanish_after.is_some_and(|count| self.heard > count);
        let silent = vanish || self.habits.silent_after.is_some_and(|count| self.heard > count);
        let answer = if silent {
            Vec::new()
        } else if self.heard <= self.habits.garbage_for {
            GARBAGE.to_vec()
        } else {
            self.judge(command).map(|text| self.wrap(&text)).unwrap_or_default()
        };
        // Who sees the command in the log, sees what came of it too.
        *self.shared.settings.lock().unwrap() = self.brain.settings();
        self.shared.commands.lock().unwrap().push(command.to_owned());
        (!vanish).then_some(answer)
    }

    fn judge(&mut self, command: &str) -> Option<String> {
        let is = |chosen: Option<&str>| chosen.is_some_and(|part| command.contains(part));
        if is(self.habits.refuse) {
            return self.brain.refuse(command);
        }
        if is(self.habits.only_claim) {
            return self.brain.clone().hear(command);
        }
        let answer = self.brain.hear(command);
        answer.filter(|_| !is(self.habits.obey_silently))
    }

    fn wrap(&self, text: &str) -> Vec<u8> {
        thread::sleep(self.habits.delay);
        let noise = self.habits.noise.map(|noise| format!("{noise}\r\n")).unwrap_or_default();
        format!("{noise}{text}{}", self.habits.line_end).into_bytes()
    }

    /// Puts on the line what it takes of what is to be said.
    fn say(&self, port: &mut DevicePort) -> usize {
        let mut to_say = self.shared.to_say.lock().unwrap();
        let most = if self.habits.one_byte_at_a_time { 1 } else { 256 };
        let next: Vec<u8> = to_say.iter().take(most).copied().collect();
        if next.is_empty() {
            return 0;
        }
        let said = port.say(&next);
        to_say.drain(..said);
        if self.habits.one_byte_at_a_time {
            // Long enough that the other end reads each byte by itself.
            thread::sleep(Duration::from_micros(300));
        }
        said
    }
}
