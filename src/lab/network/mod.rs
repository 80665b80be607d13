//! The mobile network: it carries messages between modems, gateways and the trackers behind their numbers, reports
//! about them, and keeps what finds no room. Pure: bytes, times and seeds in, bytes and events out.

mod answers;
mod gateways;
mod identity;
mod journey;
mod mobile;
mod numbers;
mod post;
mod told;

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use super::chance::Chance;
use super::event::{Arrived, Event, Now, submitted};
use super::fault::{Fault, FaultError, FaultKind, Faults};
use super::modem::{Effect, Incoming, Modem, Scene};
use super::uplink::Call;
use super::virtual_tracker::Whim;
use crate::sms::{Address, Deliver, Reference, Submit, Timestamp};
use identity::identity;
pub(super) use identity::with_check;
use journey::{Journey, Journeys, Origin, Receipt};
use mobile::Mobiles;
pub use mobile::Subscriber;
pub use numbers::{ECHO, GATEWAY, SERVICE_CENTRE, STRANGER, modem_number, tracker_number};
use numbers::{Numbers, Place};
use post::{Post, after};
use told::{inbound, told};

/// Messages that the network keeps for one modem; more are lost, as in a real one after some days.
const KEPT: usize = 1 << 16;

/// How long a message waits that is to be overtaken.
const OVERTAKEN: Duration = Duration::from_secs(60);

/// How long a tracker takes to restart.
const RESTART: Duration = Duration::from_secs(30);

/// What a network is made of.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// How many modems there are.
    pub modems: usize,
    /// The trackers.
    pub subscribers: Vec<Subscriber>,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// Decides when faults strike that do not always.
    pub seed: u64,
    /// Whether every line between a modem and its client is logged.
    pub verbose: bool,
}

/// What a network wants of its surroundings, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Write these octets to the client of a modem.
    Write {
        /// Which.
        modem: usize,
        /// What.
        bytes: Vec<u8>,
    },
    /// The port of a modem goes away.
    Hangup {
        /// Which.
        modem: usize,
    },
    /// The port of a modem is there again, under another name.
    Return {
        /// Which.
        modem: usize,
    },
    /// For the log.
    Log(Event),
    /// A tracker wants to report.
    Call(Call),
}

/// Modems, trackers, and what is on its way between them.
pub struct Network {
    modems: Vec<Modem>,
    /// What waits for a modem to have room.
    kept: Vec<VecDeque<Incoming>>,
    faults: Faults,
    numbers: Numbers,
    mobiles: Mobiles,
    post: Post,
    journeys: Journeys,
    /// The last second that each number's answer was stamped with.
    stamps: HashMap<String, i64>,
    /// Trackers that are restarting, and until when.
    off: HashMap<u32, Duration>,
    /// What the parts of the next long text share.
    reference: u8,
    verbose: bool,
}

impl Network {
    /// A network where nothing has happened yet.
    ///
    /// # Errors
    /// When a fault is given twice.
    pub fn new(setup: Setup) -> Result<Self, FaultError> {
        let Setup { modems, subscribers, faults, seed, verbose } = setup;
        let faults = Faults::new(faults, seed)?;
        let mut numbers = Numbers::default();
        for (at, subscriber) in (0_u32..).zip(&subscribers) {
            numbers.add(at, &subscriber.tracker);
        }
        Ok(Self {
            modems: (0..modems).map(|index| Modem::new(identity(index), &faults)).collect(),
            kept: vec![VecDeque::new(); modems],
            faults,
            numbers,
            mobiles: Mobiles::new(subscribers),
            post: Post::default(),
            journeys: Journeys::default(),
            stamps: HashMap::new(),
            off: HashMap::new(),
            reference: Chance::new(seed).number() as u8,
            verbose,
        })
    }

    /// The modems.
    #[must_use]
    pub fn modems(&self) -> &[Modem] {
        &self.modems
    }

    /// Wakes every tracker: who weighs the program beside the lab wants the lab's own weight to stay as it is.
    pub fn rouse(&mut self) {
        self.mobiles.rouse();
    }

    /// The client of a modem wrote something.
    pub fn hear(&mut self, modem: usize, bytes: &[u8], now: Now, out: &mut Vec<Output>) {
        self.with(modem, now, out, |modem, scene| modem.hear(bytes, scene));
        self.timer(now, out);
    }

    /// The client of a modem is gone.
    pub fn hang_up(&mut self, modem: usize, now: Now, out: &mut Vec<Output>) {
        self.with(modem, now, out, Modem::hang_up);
        self.timer(now, out);
    }

    /// When [`Network::timer`] is to be called next, counted from when the lab began.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.modems.iter().filter_map(Modem::deadline).chain(self.journeys.next()).min()
    }

    /// Does what has become due.
    pub fn timer(&mut self, now: Now, out: &mut Vec<Output>) {
        loop {
            let due = |modem: &Modem| modem.deadline().is_some_and(|at| at <= now.tick);
            if let Some(modem) = self.modems.iter().position(due) {
                self.with(modem, now, out, Modem::timer);
            } else if let Some(journey) = self.journeys.arrived(now.tick) {
                self.arrive(journey, now, out);
            } else {
                return;
            }
        }
    }

    /// Lets a modem work, and does what it wants.
    fn with(
        &mut self,
        index: usize,
        now: Now,
        out: &mut Vec<Output>,
        work: impl FnOnce(&mut Modem, &mut Scene<'_>),
    ) {
        let mut effects = Vec::new();
        let Some(modem) = self.modems.get_mut(index) else { return };
        work(modem, &mut Scene { now, faults: &mut self.faults, out: &mut effects });
        // What makes room says so before its result code, and what comes into the room is told behind that.
        let ready = effects.contains(&Effect::Ready);
        for effect in effects {
            match effect {
                Effect::Write(bytes) => {
                    if self.verbose {
                        let text = String::from_utf8_lossy(&bytes).into_owned();
                        out.push(Output::Log(Event::Said { modem: index, text }));
                    }
                    out.push(Output::Write { modem: index, bytes });
                }
                Effect::Submit(submit) => self.submitted(index, *submit, now, out),
                Effect::Ready => {}
                Effect::Hangup => {
                    out.push(Output::Log(Event::Closed { modem: index }));
                    out.push(Output::Hangup { modem: index });
                }
                Effect::Return => out.push(Output::Return { modem: index }),
                Effect::Log(Event::At { .. }) if !self.verbose => {}
                Effect::Log(event) => out.push(Output::Log(event)),
            }
        }
        if ready {
            self.retry(index, now, out);
        }
    }

    /// A modem hands over a message.
    fn submitted(&mut self, modem: usize, submit: Submit, now: Now, out: &mut Vec<Output>) {
        let number = modem_number(modem);
        let reference = submit.message_reference;
        out.push(Output::Log(submitted(&number, Some(modem), &submit, Ok(reference))));
        let place = self.place(&submit.destination.to_string());
        let slow = self.slow(out);
        if let Some(originator) = address(&number) {
            self.carry(
                place,
                Origin::Modem(modem),
                originator,
                submit,
                Now { tick: after(now.tick, slow), ..now },
                out,
            );
        }
        let at = after(now.tick, slow);
        self.with(modem, now, out, |modem, scene| modem.taken(at, Ok(reference), scene));
    }

    /// Takes a message and sends it on its way.
    fn carry(
        &mut self,
        to: Place,
        origin: Origin,
        originator: Address,
        submit: Submit,
        now: Now,
        out: &mut Vec<Output>,
    ) {
        let Some(taken) = Timestamp::from_unix(now.wall_ms.div_euclid(1000), 0) else { return };
        let Submit { destination, message_reference, .. } = &submit;
        let (about, reference) = (destination.clone(), *message_reference);
        let wanted = submit.status_report_request || matches!(origin, Origin::Gateway(_));
        let receipt = wanted.then_some(Receipt { origin, reference, about, taken });
        let number = destination.to_string();
        let what = Incoming::Message(Deliver {
            protocol_identifier: submit.protocol_identifier,
            dcs: submit.dcs,
            status_report_indication: submit.status_report_request,
            ..Deliver::new(originator, taken, submit.user_data)
        });
        self.send(Journey { to, number, what, receipt }, now, out);
    }

    /// Sends a message on its way: twice, late or nowhere where such a fault strikes.
    fn send(&mut self, journey: Journey, now: Now, out: &mut Vec<Output>) {
        let mut at = after(now.tick, self.slow(out));
        if matches!(journey.what, Incoming::Message(_)) {
            if self.strikes(FaultKind::SmsLost, out) {
                return;
            }
            if let Some(fault) = self.fault(FaultKind::Delayed, out) {
                at = after(at, fault.time);
            }
            if self.strikes(FaultKind::OutOfOrder, out) {
                at = after(at, OVERTAKEN);
            }
        }
        if matches!(journey.what, Incoming::Message(_)) && self.strikes(FaultKind::DuplicateDelivery, out) {
            self.journeys.begin(at, Journey { receipt: None, ..journey.clone() });
        }
        self.journeys.begin(at, journey);
    }

    /// A message is there.
    fn arrive(&mut self, journey: Journey, now: Now, out: &mut Vec<Output>) {
        if let Place::Tracker(at) = journey.to
            && let Some(until) = self.off.get(&at).copied().filter(|until| *until > now.tick)
        {
            // The network tries again when the tracker is there again.
            return self.journeys.begin(until, journey);
        }
        let Journey { to, number, what, receipt } = journey;
        // A report is faster than an answer, which a tracker has to think about.
        if let Some(receipt) = receipt {
            self.report(receipt, to != Place::Nobody, now, out);
        }
        match (to, &what) {
            (Place::Modem(modem), _) => self.bring(modem, what, now, out),
            (Place::Gateway(at), Incoming::Message(deliver)) => {
                out.push(Output::Log(inbound(&number, None, deliver, Arrived::Taken)));
                self.post.put(at, deliver, now);
            }
            (Place::Tracker(at), Incoming::Message(deliver)) => {
                let (faults, mut restarts) = (&mut self.faults, false);
                let mut whim = || whim(faults, &mut restarts, out);
                let heard = self.mobiles.hear(at, deliver, now.tick, &mut whim);
                if restarts {
                    self.off.insert(at, after(now.tick, RESTART));
                }
                let number = self.mobiles.number(at).unwrap_or(&number).to_owned();
                self.react(&number, deliver, heard, now, out);
            }
            (Place::Echo, Incoming::Message(deliver)) => {
                let heard = self.mobiles.echo(deliver, now.tick);
                self.react(ECHO, deliver, heard, now, out);
            }
            (Place::Nobody, Incoming::Message(deliver)) => self.lose(number, deliver, out),
            (_, Incoming::Report(_)) => {}
        }
    }

    /// Brings something to a modem, behind what waits for it already.
    fn bring(&mut self, modem: usize, what: Incoming, now: Now, out: &mut Vec<Output>) {
        let waits = self.kept.get(modem).is_some_and(|kept| !kept.is_empty());
        let how = if waits { Arrived::Kept } else { self.offer(modem, &what, now, out) };
        out.push(Output::Log(told(&modem_number(modem), modem, &what, how)));
        if how == Arrived::Kept
            && let Some(kept) = self.kept.get_mut(modem).filter(|kept| kept.len() < KEPT)
        {
            kept.push_back(what);
        }
    }

    fn offer(&mut self, modem: usize, what: &Incoming, now: Now, out: &mut Vec<Output>) -> Arrived {
        let mut how = Arrived::Dropped;
        self.with(modem, now, out, |modem, scene| how = modem.receive(what, scene));
        how
    }

    /// Tries again what a modem had no room for.
    fn retry(&mut self, modem: usize, now: Now, out: &mut Vec<Output>) {
        while let Some(what) = self.kept.get_mut(modem).and_then(VecDeque::pop_front) {
            let how = self.offer(modem, &what, now, out);
            if how == Arrived::Kept {
                return self.kept[modem].push_front(what);
            }
            out.push(Output::Log(told(&modem_number(modem), modem, &what, how)));
        }
    }

    /// Where a number leads.
    fn place(&self, number: &str) -> Place {
        let wanted = numbers::digits(number);
        let is = |own: &str| wanted.is_some() && numbers::digits(own) == wanted;
        if let Some(at) = self.post.find(number) {
            return Place::Gateway(at);
        }
        if is(ECHO) {
            return Place::Echo;
        }
        if let Some(at) = self.numbers.number(number) {
            return Place::Tracker(at);
        }
        let modem = self.modems.iter().position(|modem| is(&modem.identity().number));
        modem.map_or(Place::Nobody, Place::Modem)
    }

    fn next_reference(&mut self) -> Reference {
        self.reference = self.reference.wrapping_add(1);
        Reference::Bits8(self.reference)
    }

    /// Whether a fault of the network strikes; it is logged.
    fn strikes(&mut self, kind: FaultKind, out: &mut Vec<Output>) -> bool {
        self.fault(kind, out).is_some()
    }

    /// The same with what the fault was told.
    pub(super) fn fault(&mut self, kind: FaultKind, out: &mut Vec<Output>) -> Option<Fault> {
        let fault = self.faults.strikes(kind)?;
        out.push(Output::Log(Event::Fault { fault: kind.name(), modem: None }));
        Some(fault)
    }

    /// How much longer it takes.
    fn slow(&mut self, out: &mut Vec<Output>) -> Duration {
        self.fault(FaultKind::Slow, out).map_or(Duration::ZERO, |fault| fault.time)
    }
}

/// What a tracker does with the whole text that it has heard, as faults have it.
fn whim(faults: &mut Faults, restarts: &mut bool, out: &mut Vec<Output>) -> Whim {
    let mut strikes = |kind: FaultKind| {
        let struck = faults.strikes(kind).is_some();
        if struck {
            out.push(Output::Log(Event::Fault { fault: kind.name(), modem: None }));
        }
        struck
    };
    if strikes(FaultKind::Refuses) {
        Whim::Refuses
    } else if strikes(FaultKind::AnswersOnly) {
        Whim::AnswersOnly
    } else if strikes(FaultKind::Reboots) {
        *restarts = true;
        Whim::ObeysSilently
    } else if strikes(FaultKind::ObeysSilently) {
        Whim::ObeysSilently
    } else {
        Whim::None
    }
}

/// A number, a short one, or a name.
fn address(text: &str) -> Option<Address> {
    let number = Address::e164(text).or_else(|_| Address::dialled(text));
    number.or_else(|_| Address::alphanumeric(text)).ok().filter(|address| !address.value().is_empty())
}
