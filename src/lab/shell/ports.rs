//! The thread that moves bytes between the ports and the network, and waits for whatever comes first.

use std::io::{self, Read as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::Shared;
use crate::lab::event::Event;
use crate::lab::exchange::Exchange as _;
use crate::lab::lines::Line;
use crate::lab::network::{Output, modem_number};
use crate::lab::port::Port as _;
use crate::lab::uplink::Call;

impl Shared {
    /// The thread of the ports.
    pub(super) fn run(&self, lines: Vec<Line>, mut woken: UnixStream, calls: Option<&Sender<Call>>) {
        let mut lines: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
        let mut buffer = vec![0; 1 << 14];
        while !self.stop.load(Ordering::SeqCst) {
            if self.wait(&lines, &woken).is_err() {
                return;
            }
            while woken.read(&mut buffer).is_ok_and(|count| count > 0) {}
            for index in 0..lines.len() {
                self.serve(index, &mut lines, &mut buffer, calls);
            }
            let out = self.turn(|network, now, out| network.timer(now, out));
            self.obey(&mut lines, out, calls);
        }
    }

    /// Waits for bytes, clients, other threads, or for something to become due.
    fn wait(&self, lines: &[Option<Line>], woken: &UnixStream) -> io::Result<()> {
        let due = {
            let core = self.core();
            if core.left.is_empty() { core.network.deadline() } else { Some(Duration::ZERO) }
        };
        let due = due.map(|at| at.saturating_sub(self.began.elapsed()));
        let notes = lines.iter().flatten().filter_map(|line| line.note);
        let notes = notes.map(|at| at.saturating_duration_since(Instant::now()));
        let timeout = due.into_iter().chain(notes).min().map(|wait| {
            // A little more than asked for, or it would wake a moment early.
            let wait = wait + Duration::from_micros(50);
            Timespec {
                tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
                tv_nsec: wait.subsec_nanos().into(),
            }
        });
        let mut fds = vec![PollFd::from_borrowed_fd(woken.as_fd(), PollFlags::IN)];
        for line in lines.iter().flatten() {
            let out = if line.backlog.is_empty() { PollFlags::empty() } else { PollFlags::OUT };
            fds.push(PollFd::from_borrowed_fd(line.pty.bytes_fd(), PollFlags::IN | out));
            fds.extend(line.pty.visitors_fd().map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        }
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Looks after one port.
    fn serve(
        &self,
        index: usize,
        lines: &mut [Option<Line>],
        buffer: &mut [u8],
        calls: Option<&Sender<Call>>,
    ) {
        self.note_visitors(index, lines, calls);
        let Some(line) = lines[index].as_mut() else { return };
        line.flush();
        match line.pty.read(buffer) {
            Ok(0) => {}
            Ok(count) => {
                // Whoever wrote this may have come after the look.
                if line.present == Some(false) {
                    self.note_visitors(index, lines, calls);
                }
                let out = self.turn(|network, now, out| network.hear(index, &buffer[..count], now, out));
                self.obey(lines, out, calls);
            }
            // The line is held open here, so that this is the end of it.
            Err(_) => lines[index] = None,
        }
    }

    /// Does what the network wants of the ports.
    fn obey(&self, lines: &mut [Option<Line>], out: Vec<Output>, calls: Option<&Sender<Call>>) {
        for output in out {
            match output {
                Output::Write { modem, bytes } => {
                    if let Some(line) = lines.get_mut(modem).and_then(Option::as_mut) {
                        line.say(&bytes);
                    }
                }
                Output::Hangup { modem } => {
                    if let Some(names) = &self.names {
                        names.hide(modem);
                    }
                    if let Some(line) = lines.get_mut(modem) {
                        *line = None;
                    }
                }
                Output::Return { modem } => {
                    if let Some(line) = lines.get_mut(modem) {
                        *line = self.another(modem);
                    }
                }
                Output::Call(call) => {
                    if let Some(calls) = calls {
                        // A lab that is about to end lets nobody report any more.
                        let _ = calls.send(call);
                    }
                }
                Output::Log(_) => {}
            }
        }
    }

    /// Another port for a modem, which its lasting name leads to. None when the system gives none: it stays away.
    fn another(&self, modem: usize) -> Option<Line> {
        let names = self.names.as_ref()?;
        let pty = names.another(modem).ok()?;
        let port = pty.path().display().to_string();
        self.log(Event::Open { modem, port, number: modem_number(modem) });
        names.point(modem, pty.path()).ok()?;
        Some(Line::new(pty))
    }

    /// Lets a modem take note that its client left.
    fn note_visitors(&self, index: usize, lines: &mut [Option<Line>], calls: Option<&Sender<Call>>) {
        if lines[index].as_mut().is_some_and(Line::client_left) {
            let out = self.turn(|network, now, out| network.hang_up(index, now, out));
            self.obey(lines, out, calls);
        }
    }
}
