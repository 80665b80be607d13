//! A GSM modem as its client sees it over a serial line: an AT interpreter with stores and notifications (ITU-T V.250,
//! 3GPP TS 27.005, TS 27.007). Pure: bytes and times in, bytes and effects out; it knows no port, clock or network.

mod answer;
mod basic;
mod commands;
mod data;
mod general;
mod line;
mod messages;
mod routing;
mod speech;
mod store;
mod text;

use std::collections::VecDeque;
use std::time::Duration;

use super::event::{Event, Now};
use super::fault::{FaultKind, Faults};
use crate::sms::{Address, Deliver, StatusReport, Submit};
use answer::{Answer, Blocks, Done, Fail};
use commands::COMMANDS;
use data::Data;
use general::Sim;
use line::{Command, Form, Line, Lines};
use routing::Unacknowledged;
use store::{Memory, Store};
use text::Charset;

/// Bytes and lines that wait for a modem to have time; what is more is lost, as in any buffer.
const WAITING: usize = 1 << 14;

/// Who a modem and its SIM card are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Which modem of the lab, from 0.
    pub index: usize,
    /// IMEI of the modem.
    pub imei: String,
    /// IMSI of the SIM card.
    pub imsi: String,
    /// ICCID of the SIM card.
    pub iccid: String,
    /// Its number, in E.164 form with `+`.
    pub number: String,
    /// The service centre's number, in the same form.
    pub service_centre: String,
}

/// What a modem wants of its surroundings, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write these to the client.
    Write(Vec<u8>),
    /// Carry a message. The answer goes to [`Modem::taken`].
    Submit(Box<Submit>),
    /// There is room or acknowledgement again: try what the network keeps.
    Ready,
    /// The port goes away.
    Hangup,
    /// The port is there again, under another name.
    Return,
    /// For the log.
    Log(Event),
}

/// What surrounds a modem while it works.
pub struct Scene<'a> {
    /// The moment.
    pub now: Now,
    /// The faults and their dice.
    pub faults: &'a mut Faults,
    /// What the modem wants.
    pub out: &'a mut Vec<Effect>,
}

/// What arrives at a modem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A message.
    Message(Deliver),
    /// A status report.
    Report(StatusReport),
}

/// One modem.
#[derive(Debug, Clone)]
pub struct Modem {
    identity: Identity,
    lines: Lines,
    set: Settings,
    sim: Sim,
    searching: bool,
    data: Option<Data>,
    store: Store,
    memories: [Memory; 3],
    reference: u8,
    pending: Option<Pending>,
    /// Bytes that came while a command was working.
    held: Vec<u8>,
    /// Unsolicited lines that wait, and whether they tell of a message.
    waiting: VecDeque<(String, bool)>,
    unacknowledged: Option<Unacknowledged>,
    /// Its port is away until then.
    back: Option<Duration>,
}

/// What commands set and `ATZ` sets back.
#[derive(Debug, Clone)]
struct Settings {
    echo: bool,
    quiet: bool,
    verbose: bool,
    cmee: u8,
    /// `+CREG`, `+CGREG`, `+CEREG`.
    levels: [u8; 3],
    operator_format: u8,
    functionality: u8,
    text_mode: bool,
    charset: Charset,
    detail: bool,
    /// `+CSMP`: first octet, validity, protocol identifier, data coding scheme.
    parameters: [u8; 4],
    service_centre: Option<Address>,
    service: u8,
    cnmi: [u8; 5],
    keep_link: u8,
}

/// A command whose result code comes later.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pending {
    /// The network has not said yet: the command that waits for it, and how it will be told.
    Network(&'static str, How),
    /// This result, then.
    At(Duration, Result<String, u16>),
}

/// How the result of a submission is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Soon,
    Late(Duration),
    Never,
    /// Not at all: the port goes away, and is there again at that time, if ever.
    Gone(Option<Duration>),
}

impl Settings {
    fn new(service_centre: Option<Address>) -> Self {
        Self {
            echo: true,
            quiet: false,
            verbose: true,
            cmee: 0,
            levels: [0; 3],
            operator_format: 0,
            functionality: 1,
            text_mode: false,
            charset: Charset::Gsm,
            detail: false,
            parameters: [17, 167, 0, 0],
            service_centre,
            service: 0,
            cnmi: [0; 5],
            keep_link: 0,
        }
    }
}

impl Scene<'_> {
    /// Bytes for the client.
    fn write(&mut self, bytes: &[u8]) {
        if let Some(Effect::Write(last)) = self.out.last_mut() {
            last.extend(bytes);
        } else if !bytes.is_empty() {
            self.out.push(Effect::Write(bytes.to_vec()));
        }
    }

    /// Whether a fault strikes this modem now; it is logged.
    fn strikes(&mut self, kind: FaultKind, modem: usize) -> Option<super::fault::Fault> {
        let fault = self.faults.strikes(kind)?;
        self.out.push(Effect::Log(Event::Fault { fault: kind.name(), modem: Some(modem) }));
        Some(fault)
    }
}

impl Modem {
    /// A modem that was just switched on. Faults that are a state of it hold from here on.
    #[must_use]
    pub fn new(identity: Identity, faults: &Faults) -> Self {
        let centre = Address::e164(&identity.service_centre).ok();
        let mut modem = Self {
            lines: Lines::default(),
            set: Settings::new(centre),
            sim: Sim::new(faults),
            searching: faults.is_on(FaultKind::NotRegistered),
            data: None,
            store: Store::default(),
            memories: [Memory::Me; 3],
            reference: 0,
            pending: None,
            held: Vec::new(),
            waiting: VecDeque::new(),
            unacknowledged: None,
            back: None,
            identity,
        };
        if faults.is_on(FaultKind::StorageFull) {
            modem.fill_stores();
        }
        modem
    }

    /// Who it is.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Takes bytes of the client.
    pub fn hear(&mut self, bytes: &[u8], scene: &mut Scene<'_>) {
        for (at, byte) in bytes.iter().enumerate() {
            if self.pending.is_some() {
                let rest = &bytes[at..];
                let room = WAITING.saturating_sub(self.held.len());
                self.held.extend(&rest[..rest.len().min(room)]);
                return;
            }
            if self.data.is_some() {
                self.take_data(*byte, scene);
                continue;
            }
            if self.set.echo {
                scene.write(&[*byte]);
            }
            if let Some(line) = self.lines.take(*byte) {
                self.execute(line, scene);
            }
        }
    }

    /// When it wants [`Modem::timer`] to be called next.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let result = match &self.pending {
            Some(Pending::At(at, _)) => Some(*at),
            _ => None,
        };
        let acknowledgement = self.unacknowledged.as_ref().map(Unacknowledged::until);
        result.into_iter().chain(acknowledgement).chain(self.back).min()
    }

    /// Does what has become due.
    pub fn timer(&mut self, scene: &mut Scene<'_>) {
        self.expire_acknowledgement(scene);
        if self.back.is_some_and(|at| at <= scene.now.tick) {
            self.back = None;
            scene.out.push(Effect::Return);
        }
        let due = matches!(&self.pending, Some(Pending::At(at, _)) if *at <= scene.now.tick);
        if !due {
            return;
        }
        if let Some(Pending::At(_, result)) = self.pending.take() {
            let result = result.map_err(Fail::Cms);
            self.finish(result.map(|line| Done::Said(Blocks(vec![line]))), scene);
        }
        let held = std::mem::take(&mut self.held);
        self.hear(&held, scene);
    }

    /// What the network says to the submission in hand: the reference was taken, or the number of `+CMS ERROR`. Told
    /// at `at`, or as a fault wants it.
    pub fn taken(&mut self, at: Duration, result: Result<u8, u16>, scene: &mut Scene<'_>) {
        let Some(Pending::Network(lead, how)) = self.pending else { return };
        let said = result.map(|reference| format!("{lead}: {reference}"));
        match how {
            How::Soon => self.pending = Some(Pending::At(at, said)),
            How::Late(late) => self.pending = Some(Pending::At(at.max(late), said)),
            How::Never => self.pending = None,
            How::Gone(back) => {
                self.pending = None;
                self.go_away(back, scene);
            }
        }
        if self.pending.is_none() {
            let held = std::mem::take(&mut self.held);
            self.hear(&held, scene);
        }
    }

    /// Its port goes away, as when it restarts: what commands set is forgotten, what its stores hold is not.
    fn go_away(&mut self, back: Option<Duration>, scene: &mut Scene<'_>) {
        scene.out.push(Effect::Hangup);
        self.hang_up(scene);
        self.waiting.clear();
        self.set = Settings::new(Address::e164(&self.identity.service_centre).ok());
        self.back = back;
    }

    /// Runs the commands of a line.
    fn execute(&mut self, line: Line, scene: &mut Scene<'_>) {
        let Line::Body(body) = line else { return self.finish(Err(Fail::Error), scene) };
        scene.out.push(Effect::Log(Event::At { modem: self.identity.index, line: body.clone() }));
        for command in line::commands(&body) {
            match self.command(&command, scene) {
                Ok(Done::Said(blocks)) => self.say(&blocks, scene),
                other => return self.finish(other, scene),
            }
        }
        self.finish(answer::ok(), scene);
    }

    /// Runs one command.
    fn command(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        if command.form == Form::Wrong {
            return Err(Fail::Error);
        }
        self.sim.allows(&command.name)?;
        match COMMANDS.iter().find(|(name, _)| *name == command.name) {
            Some((_, run)) => run(self, command, scene),
            None => Err(Fail::Error),
        }
    }
}
