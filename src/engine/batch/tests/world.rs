//! Couriers and trackers in simulated time, by the seconds that real ones take, with faults by dice. It keeps its own
//! record of what was let out and what arrived, apart from everything that the engine says of itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;
use std::time::Duration;

use super::ledger::Ledger;
use crate::engine::batch::{Act, CourierId, Engine, Event, Loaded, Now, Policy, TrackerId, Turn};
use crate::engine::{
    AttemptId, Capacity, Cause, Inbound, News, Order, Outcome, Recipient, Sender, Session, StoreKey,
};
use crate::plan::{Ask, plan};
use crate::profile::{Catalogue, FormName, Profile, tracker_with};
use crate::tracker::{Phone, Tracker};

/// 1 August 2026, 12:00:00 UTC.
const BEGIN_MS: i64 = 1_785_585_600_000;

/// How often what goes wrong, in a thousand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Faults {
    pub(super) unknown: u64,
    pub(super) not_sent: u64,
    pub(super) temporary: u64,
    pub(super) refused: u64,
    pub(super) lost: u64,
    pub(super) no_answer: u64,
    pub(super) doubled: u64,
    pub(super) forged: u64,
}

/// What a modem has in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    News(News),
    Arrives { to: String, text: String, by: CourierId },
    Says { from: String, text: String, by: CourierId },
    Reports(TrackerId),
}

#[derive(Debug)]
struct Timed {
    at: Duration,
    order: u64,
    courier: CourierId,
    thing: Thing,
}

impl PartialEq for Timed {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.order) == (other.at, other.order)
    }
}
impl Eq for Timed {}
impl PartialOrd for Timed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Timed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

/// How a tracker behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Obeys,
    Silent,
    Stubborn,
    /// It says who it is and nothing else.
    Taciturn,
}

pub(super) struct World {
    profile: Arc<Profile>,
    pub(super) ledger: Ledger,
    numbers: BTreeMap<TrackerId, Phone>,
    pub(super) kinds: BTreeMap<String, Kind>,
    faults: Faults,
    dice: u64,
    pub(super) now: Now,
    things: BinaryHeap<Reverse<Timed>>,
    order: u64,
    /// Texts that were handed over and not let out.
    in_hand: BTreeMap<(CourierId, AttemptId), (String, String)>,
    /// Messages in the modems' stores.
    pub(super) stores: BTreeMap<StoreKey, (CourierId, Inbound)>,
    next_key: u64,
    /// What was let out: attempt, number, text, when, in simulated time.
    pub(super) released: Vec<(AttemptId, String, String, Duration)>,
    /// What reached a tracker.
    pub(super) heard: BTreeMap<String, Vec<String>>,
    /// What each modem may have of the time that one message takes.
    pub(super) sending: Duration,
    /// After which texts a tracker reports, two seconds later.
    pub(super) reports: fn(&str) -> bool,
    /// A courier that breaks for good at a moment, without a word on what it has in hand.
    pub(super) dies: Option<(i64, Duration)>,
    /// A courier that is away for a time, from a moment on.
    pub(super) away: Option<(i64, Duration, Duration)>,
    /// Couriers whose SIM card may not send.
    pub(super) barred: Vec<i64>,
    /// Which courier was given each message, and how often one was refused as barred.
    pub(super) by: BTreeMap<AttemptId, CourierId>,
    pub(super) refusals: u32,
}

impl World {
    pub(super) fn new(trackers: usize, faults: Faults, seed: u64) -> Self {
        let profile = Arc::clone(Catalogue::built_in().find("istartek-vt").unwrap());
        let number = |index: usize| Phone::parse(&format!("+4477009{index:05}"), None).unwrap();
        let ids = (0..trackers).map(|index| (TrackerId(index as i64 + 1), number(index)));
        let numbers: BTreeMap<TrackerId, Phone> = ids.collect();
        let to = |phone: &Phone| Recipient { phone: Some(*phone), ..Recipient::default() };
        let ledger = Ledger::new(numbers.iter().map(|(id, phone)| (*id, to(phone))).collect());
        Self {
            profile,
            ledger,
            kinds: numbers.values().map(|phone| (phone.as_str().to_owned(), Kind::Obeys)).collect(),
            numbers,
            faults,
            dice: seed ^ 0xD1B5_4A32_D192_ED03,
            now: Now { wall_ms: BEGIN_MS, tick: Duration::ZERO },
            things: BinaryHeap::new(),
            order: 0,
            in_hand: BTreeMap::new(),
            stores: BTreeMap::new(),
            next_key: 0,
            released: Vec::new(),
            heard: BTreeMap::new(),
            sending: Duration::from_secs(4),
            reports: |_| false,
            dies: None,
            away: None,
            barred: Vec::new(),
            by: BTreeMap::new(),
            refusals: 0,
        }
    }

    pub(super) fn dice(&mut self, of: u64) -> u64 {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) % of
    }

    fn strikes(&mut self, per_mille: u64) -> bool {
        self.dice(1000) < per_mille
    }

    fn session(&self, tracker: TrackerId) -> Session {
        let phone = Some(self.numbers[&tracker]);
        let tracker = Tracker { phone, ..set_up() };
        let of = |name| plan(&self.profile, &tracker, &Ask::routine(name, FormName::Sms)).unwrap();
        let commands = of("provision");
        Session::new(&self.profile, tracker.clone(), of("identify"), commands.clone(), of("verify"), commands)
    }

    /// Runs a batch until nothing more happens, or for so many events: then the process is killed.
    pub(super) fn run(&mut self, policy: &Policy, couriers: usize, events: Option<u64>) -> Option<Engine> {
        let mut turn = Turn::default();
        let mut engine = Engine::new(self.ledger.snapshot(), policy.clone(), &mut turn);
        for courier in 1..=couriers as i64 {
            engine.courier(CourierId(courier), 1, self.now);
            self.plug(CourierId(courier));
        }
        if let Some((courier, at)) = self.dies {
            let down = News::Down { cause: Cause::new("it broke"), last: true };
            self.later(at.saturating_sub(self.now.tick), CourierId(courier), Thing::News(down));
        }
        if let Some((courier, from, time)) = self.away {
            let down = News::Down { cause: Cause::new("its port vanished"), last: false };
            let at = from.saturating_sub(self.now.tick);
            self.later(at, CourierId(courier), Thing::News(down));
            let up = News::Up(Capacity { two_way: true, ..Capacity::default() });
            self.later(at + time, CourierId(courier), Thing::News(up));
        }
        let mut count = 0;
        loop {
            if !self.obey(&mut engine, turn, &mut count, events) {
                return None;
            }
            if engine.is_finished() {
                return Some(engine);
            }
            turn = Turn::default();
            let due = self.things.peek().map(|Reverse(timed)| timed.at);
            let at = [due, engine.deadline(self.now)].into_iter().flatten().min();
            let Some(at) = at else { panic!("nothing happens any more: {:?}", engine.progress()) };
            self.pass(at);
            let thing = match self.things.peek() {
                Some(Reverse(timed)) if timed.at <= self.now.tick => {
                    self.things.pop().map(|Reverse(timed)| timed)
                }
                _ => None,
            };
            match thing {
                Some(timed) => self.happen(&mut engine, timed, &mut turn),
                None => engine.on(self.now, Event::Timer, &mut turn),
            }
        }
    }

    /// Commits, then does what is wanted; false when the process is killed meanwhile: before the commit, or between two acts.
    fn obey(&mut self, engine: &mut Engine, turn: Turn, count: &mut u64, events: Option<u64>) -> bool {
        let dies = |count: &mut u64| {
            *count += 1;
            events.is_some_and(|events| *count > events)
        };
        if dies(count) {
            return false;
        }
        self.ledger.commit(turn.entries);
        for act in turn.acts {
            if dies(count) {
                return false;
            }
            match act {
                Act::Give(courier, order) => self.order(courier, order),
                Act::Load(tracker) => {
                    let loaded =
                        Loaded { session: Ok(self.session(tracker)), past: self.ledger.past(tracker) };
                    let mut turn = Turn::default();
                    engine.on(self.now, Event::Loaded(tracker, Box::new(loaded)), &mut turn);
                    if !self.obey(engine, turn, count, events) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// The process is gone: what a modem waited for is taken back, what was let out goes its way.
    pub(super) fn kill(&mut self) {
        self.in_hand.clear();
        let things = std::mem::take(&mut self.things);
        self.things =
            things.into_iter().filter(|Reverse(timed)| !matches!(timed.thing, Thing::News(_))).collect();
    }

    /// Every tracker that was set sends its next report.
    pub(super) fn next_reports(&mut self) {
        let set = |number: &Phone| {
            self.heard.get(number.as_str()).is_some_and(|heard| heard.iter().any(|text| (self.reports)(text)))
        };
        let set: Vec<TrackerId> =
            self.numbers.iter().filter(|(_, number)| set(number)).map(|(id, _)| *id).collect();
        for id in set {
            self.later(Duration::from_secs(30), CourierId(1), Thing::Reports(id));
        }
    }

    pub(super) fn pass(&mut self, to: Duration) {
        let by = to.saturating_sub(self.now.tick);
        self.now.tick += by;
        self.now.wall_ms += i64::try_from(by.as_millis()).unwrap();
    }

    /// Whatever is on its way arrives, though nobody is there to be told.
    pub(super) fn drain(&mut self) {
        while let Some(Reverse(timed)) = self.things.pop() {
            self.pass(timed.at);
            self.travel(timed);
        }
    }

    fn later(&mut self, after: Duration, courier: CourierId, thing: Thing) {
        self.order += 1;
        let timed = Timed { at: self.now.tick + after, order: self.order, courier, thing };
        self.things.push(Reverse(timed));
    }

    /// A modem is opened: what lies in its store is told before it says that it works.
    fn plug(&mut self, courier: CourierId) {
        let stored: Vec<Inbound> =
            self.stores.values().filter(|(at, _)| *at == courier).map(|(_, i)| i.clone()).collect();
        for inbound in stored {
            self.later(
                Duration::from_secs(2),
                courier,
                Thing::News(News::Inbound(Inbound { old: true, ..inbound })),
            );
        }
        let capacity = Capacity { two_way: true, ..Capacity::default() };
        self.later(Duration::from_secs(2), courier, Thing::News(News::Up(capacity)));
    }

    fn order(&mut self, courier: CourierId, order: Order) {
        match order {
            Order::Hand { id, to, text } => {
                let number = to.phone.unwrap().as_str().to_owned();
                self.in_hand.insert((courier, id), (number, text));
                self.later(Duration::from_millis(300), courier, Thing::News(News::Prompt(id)));
            }
            Order::Release(id) => self.release(courier, id),
            Order::Abort(id) => drop(self.in_hand.remove(&(courier, id))),
            Order::Forget(key) => drop(self.stores.remove(&key)),
            Order::Spare(key) => {
                let (_, inbound) = &self.stores[&key];
                assert!(
                    self.ledger.strangers.iter().any(|(_, text)| *text == inbound.text),
                    "spared before it was written"
                );
            }
            Order::Leave(_) | Order::Ping | Order::Close => {}
        }
    }

    fn release(&mut self, courier: CourierId, id: AttemptId) {
        let Some((number, text)) = self.in_hand.remove(&(courier, id)) else { return };
        let outcome = |outcome| Thing::News(News::Outcome(id, outcome));
        self.by.insert(id, courier);
        if self.barred.contains(&courier.0) {
            self.refusals += 1;
            let cause = Cause::new("the operator has barred sending").code("CMS 8").of_courier();
            return self.later(self.sending, courier, outcome(Outcome::Rejected { cause, temporary: false }));
        }
        if self.strikes(self.faults.not_sent) {
            return self.later(
                self.sending,
                courier,
                outcome(Outcome::NotSent(Cause::new("the port is stuck"))),
            );
        }
        self.released.push((id, number.clone(), text.clone(), self.now.tick));
        for (per_mille, temporary) in [(self.faults.temporary, true), (self.faults.refused, false)] {
            if self.strikes(per_mille) {
                let cause = Cause::new("the network refused it").code("CMS 38");
                return self.later(self.sending, courier, outcome(Outcome::Rejected { cause, temporary }));
            }
        }
        if self.strikes(self.faults.unknown) {
            self.later(Duration::from_secs(60), courier, outcome(Outcome::Unknown(Cause::new("silence"))));
        } else {
            let references = vec![(id.0 % 256).to_string()];
            self.later(self.sending, courier, outcome(Outcome::Accepted { references }));
        }
        if !self.strikes(self.faults.lost) {
            self.later(
                self.sending + Duration::from_secs(3),
                courier,
                Thing::Arrives { to: number, text, by: courier },
            );
        }
    }

    fn happen(&mut self, engine: &mut Engine, timed: Timed, turn: &mut Turn) {
        let courier = timed.courier;
        if let Thing::News(news) = timed.thing {
            if engine.is_gone(courier) {
                return;
            }
            return engine.on(self.now, Event::News(courier, news), turn);
        }
        if let Thing::Reports(tracker) = timed.thing {
            return engine.on(self.now, Event::Reported(tracker, "it reports".to_owned()), turn);
        }
        if let Some(inbound) = self.travel(timed).filter(|_| !engine.is_gone(courier)) {
            engine.on(self.now, Event::News(courier, News::Inbound(inbound)), turn);
        }
    }

    /// A message arrives at a tracker, or an answer in a modem's store.
    fn travel(&mut self, timed: Timed) -> Option<Inbound> {
        match timed.thing {
            Thing::News(_) | Thing::Reports(_) => None,
            Thing::Arrives { to, text, by } => {
                let heard = self.heard.entry(to.clone()).or_default();
                heard.push(text.clone());
                if (self.reports)(&text) {
                    let id = self.numbers.iter().find(|(_, phone)| phone.as_str() == to).map(|(id, _)| *id);
                    self.later(Duration::from_secs(2), by, Thing::Reports(id.unwrap()));
                }
                let heard = self.heard.entry(to.clone()).or_default();
                let answer = answer(&text, heard, self.kinds[&to]);
                if let Some(answer) = answer.filter(|_| !self.strikes(self.faults.no_answer)) {
                    self.later(
                        Duration::from_secs(5),
                        by,
                        Thing::Says { from: to.clone(), text: answer.clone(), by },
                    );
                    if self.strikes(self.faults.doubled) {
                        self.later(Duration::from_secs(9), by, Thing::Says { from: to, text: answer, by });
                    }
                }
                if self.strikes(self.faults.forged) {
                    let from = "+447999999999".to_owned();
                    self.later(Duration::from_secs(4), by, Thing::Says { from, text: "100,OK".into(), by });
                }
                None
            }
            Thing::Says { from, text, by } => {
                self.next_key += 1;
                let key = StoreKey(self.next_key);
                let sender = Sender::International(from.trim_start_matches('+').to_owned());
                let sent_ms = Some(self.now.wall_ms.div_euclid(1000) * 1000);
                let inbound = Inbound { key, sender, sent_ms, text, missing: (0, 1), old: false };
                self.stores.insert(key, (by, inbound.clone()));
                Some(inbound)
            }
        }
    }
}

fn set_up() -> Tracker {
    tracker_with([("server", "d.plaspy.com"), ("port", "8888"), ("apn", "internet")]).unwrap()
}

/// What an iStartek tracker of the numeric dialect answers, by the maker's examples, after what it has heard so far.
fn answer(text: &str, heard: &[String], kind: Kind) -> Option<String> {
    let (code, data) =
        text.strip_prefix("0000,")?.split_once(',').unwrap_or((text.strip_prefix("0000,")?, ""));
    let set = |code: &str| {
        let begins = format!("0000,{code},");
        heard.iter().rev().find_map(|text| text.strip_prefix(begins.as_str()))
    };
    match (kind, code) {
        (Kind::Silent, _) => None,
        (Kind::Taciturn, code) if code != "801" => None,
        (Kind::Stubborn, "100") => Some("100,Failed".to_owned()),
        (_, "801") => Some("801,143190870823,869912033012424,VT100_V100".to_owned()),
        (_, "808") if data == "109" => Some(format!("808,109,{},,", set(data).unwrap_or("cmnet"))),
        (_, "808") if data == "102" => Some(format!("808,102,{},,", set(data).unwrap_or("30"))),
        (_, "808") => Some(format!("808,{data},{}", set(data).unwrap_or("1,other.example,5000"))),
        (_, code) => Some(format!("{code},OK")),
    }
}
