//! What a listener hears, on its way from the listener's thread to the terminal and the recording.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SendError, SyncSender, TryRecvError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::report;
use crate::serve::{self, Event, Form, Mode, Options, Peer, Record, Sink, Summary};
use crate::ui::{self, Exit, Failure, Term};
use crate::wire::{Direction, Transport};

use super::Format;
use super::errand::{Fate, Follow, News};

/// How long a quiet listener waits until what was written is to be seen.
const PAUSE: Duration = Duration::from_millis(200);

/// Something for the thread that writes.
pub(super) enum Out {
    /// A line, or some, of the result.
    Line(String),
    /// A part of the recording.
    Record(Vec<u8>),
    /// What became of the command.
    Fate(Fate),
}

/// The end that writes.
pub(super) struct Show {
    format: Format,
    record: Option<(PathBuf, Form, BufWriter<File>)>,
    /// What became of the command, where there is one.
    fate: Fate,
    /// What went wrong with the recording first.
    trouble: Option<std::io::Error>,
}

impl Show {
    /// # Errors
    /// A file that cannot be written.
    pub(super) fn new(format: Format, record: Option<&Path>) -> Result<Self, Failure> {
        let open = |path: &Path| {
            let is_pcap = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pcap"));
            let form = if is_pcap { Form::Pcap } else { Form::Log };
            let mut options = OpenOptions::new();
            // What was recorded before is not emptied; a pipe or a device holds nothing.
            let is_special = path.metadata().is_ok_and(|there| !there.is_file());
            options.create_new(!is_special).write(true);
            // It tells where people are.
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(path);
            let file = file.map_err(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists => {
                    Failure::usage(format!("{} is there already, and is left as it is", path.display()))
                        .hint("name another file to record into, or move that one away")
                }
                _ => Failure::machine(format!("{} cannot be written: {error}", path.display())),
            })?;
            Ok((path.to_owned(), form, BufWriter::with_capacity(1 << 16, file)))
        };
        Ok(Self { format, record: record.map(open).transpose()?, fate: Fate::Waits, trouble: None })
    }

    /// Says where it listens, and who can come there.
    pub(super) fn begin(
        &mut self,
        addresses: &[(Transport, SocketAddr)],
        options: &Options,
        term: &mut Term,
    ) {
        let (relay, echo) = match options.mode {
            Mode::Relay(to) => (Some(to), false),
            Mode::Echo => (None, true),
            Mode::Answer => (None, false),
        };
        for line in ui::listen::places(addresses, &serve::addresses()) {
            term.note(&line);
        }
        if let Some(to) = relay {
            term.note(&format!("everything is passed on to {to} unchanged, and what it says back"));
        }
        if self.format == Format::Ndjson {
            line(term, &report::listening(addresses, relay, echo, now_us() / 1_000));
        }
        let head = self.record.as_ref().map(|(_, form, _)| Record::new(*form).head());
        self.keep(&head.unwrap_or_default());
    }

    /// The end that hears.
    pub(super) fn stage(
        &self,
        put: SyncSender<Out>,
        echo: bool,
        count: Option<u64>,
        follow: Option<Follow>,
    ) -> Stage {
        let record = self.record.as_ref().map(|(_, form, _)| Record::new(*form));
        Stage { put, format: self.format, record, echo, count, heard: 0, follow, answered: false }
    }

    /// What became of the command.
    pub(super) fn fate(&self) -> &Fate {
        &self.fate
    }

    /// Writes what comes, until nobody is left who could send more, or nobody who reads. It takes its end of the lines
    /// with it, so that whoever waits for room to send one learns that there will be none.
    pub(super) fn write(&mut self, lines: Receiver<Out>, term: &mut Term) {
        loop {
            let next = match lines.try_recv() {
                Err(TryRecvError::Empty) => {
                    // What was written is to be seen before a pause, however long that is.
                    self.flush(term);
                    match lines.recv_timeout(PAUSE) {
                        Ok(out) => Ok(out),
                        Err(std::sync::mpsc::RecvTimeoutError::Timeout) => continue,
                        Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => Err(()),
                    }
                }
                Ok(out) => Ok(out),
                Err(TryRecvError::Disconnected) => Err(()),
            };
            match next {
                Ok(Out::Line(text)) => term.sentence(&text),
                Ok(Out::Record(bytes)) => self.keep(&bytes),
                Ok(Out::Fate(fate)) => self.fate = fate,
                Err(()) => break self.flush(term),
            }
            if term.is_closed() && self.record.is_none() {
                // Whoever read this went away. Letting go of the lines ends the listener at its next word.
                break;
            }
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        if let (Some((_, _, file)), None) = (&mut self.record, &self.trouble) {
            self.trouble = file.write_all(bytes).err();
        }
    }

    fn flush(&mut self, term: &mut Term) {
        let _ = term.flush();
        if let (Some((_, _, file)), None) = (&mut self.record, &self.trouble) {
            self.trouble = file.flush().err();
        }
    }

    /// Says what all of it came to.
    ///
    /// # Errors
    /// When the recording is not whole.
    pub(super) fn end(
        &mut self,
        summary: &Summary,
        ended: &'static str,
        exit: Exit,
        term: &mut Term,
    ) -> Result<(), Failure> {
        if self.format == Format::Ndjson {
            line(term, &report::listen_summary(summary, ended, exit.code(), now_us() / 1_000));
        }
        for line in ui::listen::summary(summary) {
            term.note(&line);
        }
        self.flush(term);
        match (&self.record, self.trouble.take()) {
            (Some((path, ..)), Some(error)) => {
                let message = format!("the recording {} is not whole: {error}", path.display());
                Err(Failure::machine(message))
            }
            _ => Ok(()),
        }
    }
}

fn line(term: &mut Term, view: &report::ListenEventView<'_>) {
    // What goes wrong with the terminal is kept there and told at the end.
    let _ = report::compact(&mut *term, view);
    term.text("\n");
}

/// The end that hears: turns events into lines on the listener's thread.
pub(super) struct Stage {
    put: SyncSender<Out>,
    format: Format,
    record: Option<Record>,
    echo: bool,
    count: Option<u64>,
    heard: u64,
    follow: Option<Follow>,
    /// The command was answered.
    answered: bool,
}

impl Stage {
    pub(super) fn sink(mut self) -> Sink {
        Box::new(move |peer, event| self.hear(peer, event))
    }

    fn hear(&mut self, peer: &Peer, event: &Event<'_>) -> ControlFlow<()> {
        let at_us = now_us();
        let mut sent = Ok(());
        if let Some(record) = &mut self.record {
            let mut bytes = Vec::new();
            record.add(peer, event, at_us, &mut bytes);
            if !bytes.is_empty() {
                sent = self.put.send(Out::Record(bytes));
            }
        }
        if let Some(text) = self.text(peer, event, at_us / 1_000) {
            sent = sent.and(self.put.send(Out::Line(text)));
        }
        if let Some(news) = self.follow.as_mut().and_then(|follow| follow.hear(event)) {
            sent = sent.and(self.tell(peer, &news, at_us / 1_000));
        }
        self.heard += match event {
            Event::Message { way: Direction::Up, claimed: true, .. } => 1,
            Event::Bytes { way: Direction::Up, .. } if self.echo => 1,
            _ => 0,
        };
        // The last message is answered before the end: what is settled has been.
        let enough = self.answered || self.count.is_some_and(|count| self.heard >= count);
        let enough = enough && matches!(event, Event::Settled);
        if enough || sent.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// News of the command.
    fn tell(&mut self, peer: &Peer, news: &News, at_ms: i64) -> Result<(), SendError<Out>> {
        let line = match (self.format, news) {
            (Format::Table, news) => Some(news.line(peer, at_ms)),
            (Format::Ndjson, News::Sent { step, shown }) => {
                json(&report::listen_sent(peer, step, shown, at_ms))
            }
            (Format::Ndjson, News::Reply { step, text, reading }) => {
                json(&report::listen_reply(peer, step, text, reading.as_ref(), at_ms))
            }
        };
        line.map_or(Ok(()), |line| self.put.send(Out::Line(line)))?;
        let Some(fate) = news.fate() else { return Ok(()) };
        self.answered |= matches!(fate, Fate::Answered(_));
        self.put.send(Out::Fate(fate))
    }

    fn text(&self, peer: &Peer, event: &Event<'_>, at_ms: i64) -> Option<String> {
        let bytes = match event {
            Event::Bytes { way: Direction::Up, bytes } if self.echo => Some(*bytes),
            _ => None,
        };
        match (self.format, bytes) {
            (Format::Table, Some(bytes)) => Some(ui::listen::echoed(peer, bytes, at_ms)),
            (Format::Table, None) => ui::listen::event(peer, event, at_ms),
            (Format::Ndjson, Some(bytes)) => json(&report::listen_echoed(peer, bytes, at_ms)),
            (Format::Ndjson, None) => json(&report::listen_event(peer, event, at_ms)?),
        }
    }
}

fn json(view: &report::ListenEventView<'_>) -> Option<String> {
    let mut text = Vec::with_capacity(1_024);
    view.write(&mut text).ok()?;
    String::from_utf8(text).ok()
}

fn now_us() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
