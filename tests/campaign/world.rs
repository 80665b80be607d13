//! Simulated time: the dialogue with each modem wired to the lab's modem octet by octet, and a clock that jumps to
//! whatever is due next.

use std::time::Duration;

use homing::courier::modem::{Carriage, ModemOptions};
use homing::engine::Order;
use homing::engine::batch::{CourierId, Event, Now};
use homing::lab::{self, Network, Output, Setup};
use homing::modem::{Host, Options, Purpose, Why};
use homing::run::World;

use crate::record::Record;

/// 1 August 2026, 12:00:00 UTC.
pub(crate) const BEGIN_MS: i64 = 1_785_585_600_000;

struct Line {
    id: CourierId,
    host: Host,
    carriage: Carriage,
}

impl Line {
    fn new(id: CourierId, now: Duration, empty: bool) -> Self {
        let host = Host::new(now, dialogue(empty));
        Self { id, host, carriage: Carriage::new(&ModemOptions::default()) }
    }
}

fn dialogue(empty: bool) -> Options {
    Options { purpose: Purpose::Carry, empty, ..Options::default() }
}

pub(crate) struct Sim {
    network: Network,
    lines: Vec<Line>,
    tick: Duration,
    pub(crate) record: Record,
    /// Strangers' messages may be deleted where room is short.
    empty: bool,
    /// What carriages said at once: that nothing was handed over, as the port is away.
    said: Vec<Event>,
    /// Waits in a row in which nothing happened and no time passed.
    idle: u32,
}

impl Sim {
    pub(crate) fn new(setup: Setup, couriers: &[CourierId], record: Record) -> Self {
        Self::with(setup, couriers, record, false)
    }

    pub(crate) fn with(setup: Setup, couriers: &[CourierId], record: Record, empty: bool) -> Self {
        let lines = couriers.iter().map(|id| Line::new(*id, Duration::ZERO, empty)).collect();
        let network = Network::new(setup).unwrap();
        let mut sim = Self { network, lines, tick: Duration::ZERO, record, empty, said: Vec::new(), idle: 0 };
        sim.lines.iter_mut().for_each(|line| line.host.tick(Duration::ZERO));
        sim
    }

    /// The program is killed and started again some seconds later: the modems' clients are others, and know nothing.
    pub(crate) fn restart(&mut self) {
        self.tick += Duration::from_secs(5);
        for at in 0..self.lines.len() {
            let (now, mut out) = (self.lab_now(), Vec::new());
            self.network.hang_up(at, now, &mut out);
            self.take(out);
            let id = self.lines[at].id;
            self.lines[at] = Line::new(id, self.tick, self.empty);
            self.lines[at].host.tick(self.tick);
        }
    }

    /// Wakes every tracker of the lab.
    pub(crate) fn rouse(&mut self) {
        self.network.rouse();
    }

    pub(crate) fn tick(&self) -> Duration {
        self.tick
    }

    fn lab_now(&self) -> lab::Now {
        lab::Now { tick: self.tick, wall_ms: wall_ms(self.tick) }
    }

    /// Lets everybody speak until nobody has anything to say, and gathers what the engine is to be told.
    fn settle(&mut self, into: &mut Vec<Event>) {
        into.append(&mut self.said);
        loop {
            let mut quiet = true;
            for at in 0..self.lines.len() {
                while let Some(bytes) = self.lines[at].host.say() {
                    quiet = false;
                    self.record.client(self.tick, at, &bytes);
                    let (now, mut out) = (self.lab_now(), Vec::new());
                    self.network.hear(at, &bytes, now, &mut out);
                    self.take(out);
                }
                while let Some(event) = self.lines[at].host.event() {
                    quiet = false;
                    let id = self.lines[at].id;
                    let news = self.lines[at].carriage.news(event);
                    into.extend(news.into_iter().map(|news| Event::News(id, news)));
                }
            }
            if quiet {
                return;
            }
        }
    }

    /// What the lab did.
    fn take(&mut self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Write { modem, bytes } => {
                    self.record.said(self.tick, modem, &bytes);
                    self.lines[modem].host.hear(self.tick, &bytes);
                }
                Output::Hangup { modem } => {
                    self.record.gone(self.tick, modem);
                    self.lines[modem].carriage.lost();
                    self.lines[modem].host.gone(self.tick, Why::new("the port vanished"));
                }
                Output::Return { modem } => {
                    self.lines[modem].host =
                        Host::new(self.tick, Options { returns: true, ..dialogue(self.empty) });
                    self.lines[modem].carriage.back();
                    self.lines[modem].host.tick(self.tick);
                }
                Output::Log(event) => self.record.happened(self.tick, &event),
                Output::Call(_) => {}
            }
        }
    }

    /// When something is due.
    fn next(&self, until: Option<Duration>) -> Option<Duration> {
        let hosts = self.lines.iter().filter_map(|line| line.host.deadline());
        hosts.chain(self.network.deadline()).chain(until).min()
    }
}

impl World for Sim {
    fn now(&self) -> Now {
        Now { wall_ms: wall_ms(self.tick), tick: self.tick }
    }

    fn wait(&mut self, until: Option<Duration>, into: &mut Vec<Event>) {
        let began = self.tick;
        loop {
            self.settle(into);
            if !into.is_empty() {
                self.idle = 0;
                return;
            }
            let next = self.next(until).expect("nothing is due, and the batch is not over");
            self.tick = self.tick.max(next);
            for line in &mut self.lines {
                if line.host.deadline().is_some_and(|at| at <= self.tick) {
                    line.host.tick(self.tick);
                }
            }
            if self.network.deadline().is_some_and(|at| at <= self.tick) {
                let (now, mut out) = (self.lab_now(), Vec::new());
                self.network.timer(now, &mut out);
                self.take(out);
            }
            if until.is_some_and(|until| until <= self.tick) {
                self.settle(into);
                self.idle = if self.tick == began && into.is_empty() { self.idle + 1 } else { 0 };
                assert!(self.idle < 1000, "the engine waits for {until:?}, and nothing comes of it");
                return;
            }
        }
    }

    fn give(&mut self, courier: CourierId, order: Order) {
        let now = self.tick;
        let Some(line) = self.lines.iter_mut().find(|line| line.id == courier) else { return };
        let said = line.carriage.obey(&mut line.host, now, order);
        self.said.extend(said.map(|news| Event::News(courier, news)));
    }
}

pub(crate) fn wall_ms(tick: Duration) -> i64 {
    BEGIN_MS + i64::try_from(tick.as_millis()).unwrap()
}
