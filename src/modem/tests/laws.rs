//! Laws that hold whatever a modem says, leaves out, repeats or delays, and whatever is ordered meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;

use super::super::{Event, Host, Key, Options, SendId, Why};
use super::fake::{Fake, Then};
use super::pdus;
use super::receiving::delivered;

/// What happens next.
#[derive(Debug, Clone)]
enum Act {
    Submit {
        long: bool,
    },
    Release(u64),
    Abort(u64),
    Forget(u64),
    Ping,
    Close,
    /// The modem says a line of a list, cut behind so many bytes.
    Line(usize, usize),
    Noise(Vec<u8>),
    /// What becomes of what the modem says from here on.
    Mangle(Mangle),
    Then(u8),
    NoPrompt(u8),
    Arrive(u32),
    Pass(u64),
}

#[derive(Debug, Clone, Copy)]
enum Mangle {
    Nothing,
    Lose,
    Double,
    Delay(u64),
    Cut,
    Backwards,
}

const LINES: [&str; 24] = [
    "\r\nOK\r\n",
    "\r\nERROR\r\n",
    "\r\n> ",
    "\r\n+CMGS: 7\r\n",
    "\r\n+CMGS: 8\r\n\r\nOK\r\n",
    "\r\n+CMS ERROR: 38\r\n",
    "\r\n+CMS ERROR: 500\r\n",
    "\r\n+CMS ERROR: 314\r\n",
    "\r\n+CME ERROR: 14\r\n",
    "\r\n+CME ERROR: 10\r\n",
    "\r\nRDY\r\n",
    "\r\nRING\r\n",
    "\r\nNO CARRIER\r\n",
    "\r\n+CMTI: \"ME\",3\r\n",
    "\r\n+CMTI: ,-1\r\n",
    "\r\n+CDSI: \"SR\",1\r\n",
    "\r\n+CMT: ,23\r\n",
    "\r\n+CREG: 2\r\n",
    "\r\n+CREG: 1\r\n",
    "\r\n^SMMEMFULL: \"SM\"\r\n",
    "\r\n+CMGL: 1,1,,25\r\n",
    "\r\n079119894800454404\r\n",
    "\r\n+CPIN: SIM PIN\r\n",
    "\r\nAT+CMGS=18\r\n",
];

fn act() -> impl Strategy<Value = Act> {
    let mangle = prop_oneof![
        4 => Just(Mangle::Nothing),
        1 => Just(Mangle::Lose),
        1 => Just(Mangle::Double),
        1 => (1_u64..200).prop_map(Mangle::Delay),
        1 => Just(Mangle::Cut),
        1 => Just(Mangle::Backwards),
    ];
    prop_oneof![
        4 => any::<bool>().prop_map(|long| Act::Submit { long }),
        6 => (0_u64..4).prop_map(Act::Release),
        1 => (0_u64..4).prop_map(Act::Abort),
        1 => (1_u64..5).prop_map(Act::Forget),
        1 => Just(Act::Ping),
        1 => Just(Act::Close),
        5 => (0..LINES.len(), 1_usize..30).prop_map(|(line, cut)| Act::Line(line, cut)),
        2 => prop::collection::vec(any::<u8>(), 1..40).prop_map(Act::Noise),
        3 => mangle.prop_map(Act::Mangle),
        3 => any::<u8>().prop_map(Act::Then),
        1 => any::<u8>().prop_map(Act::NoPrompt),
        1 => (0_u32..9).prop_map(Act::Arrive),
        6 => prop_oneof![0_u64..3, 0_u64..400].prop_map(Act::Pass),
    ]
}

/// What was seen of one message.
#[derive(Default)]
struct Seen {
    prompted: bool,
    released: bool,
    /// The digits of its parts, and how often each was written.
    parts: Vec<(String, u32)>,
    outcomes: Vec<&'static str>,
}

/// A dialogue under watch.
struct Watch {
    host: Host,
    fake: Fake,
    now: Duration,
    mangle: Mangle,
    delayed: Vec<(Duration, Vec<u8>)>,
    seen: BTreeMap<u64, Seen>,
    next: u64,
    down: bool,
    closed: u32,
    keys: BTreeSet<Key>,
    forgotten: bool,
}

impl Watch {
    fn new() -> Self {
        Self {
            host: Host::new(Duration::ZERO, Options::default()),
            fake: Fake::good(),
            now: Duration::ZERO,
            mangle: Mangle::Nothing,
            delayed: Vec::new(),
            seen: BTreeMap::new(),
            next: 0,
            down: false,
            closed: 0,
            keys: BTreeSet::new(),
            forgotten: false,
        }
    }

    fn act(&mut self, act: &Act) {
        let now = self.now;
        match act {
            Act::Submit { long } => self.submit(*long),
            Act::Release(back) => {
                let id = self.next.saturating_sub(*back);
                if let Some(seen) = self.seen.get_mut(&id) {
                    // Released without a prompt is released for nothing.
                    seen.released |= seen.prompted;
                }
                self.host.release(now, SendId(id));
            }
            Act::Abort(back) => self.host.abort(now, SendId(self.next.saturating_sub(*back))),
            Act::Forget(key) => {
                self.forgotten |= self.keys.contains(&Key(*key));
                self.host.forget(now, Key(*key));
            }
            Act::Ping => self.host.ping(now),
            Act::Close => self.host.close(now),
            Act::Line(line, cut) => {
                let bytes = LINES[*line].as_bytes();
                self.host.hear(now, &bytes[..bytes.len().min(*cut + 4)]);
            }
            Act::Noise(bytes) => self.host.hear(now, bytes),
            Act::Mangle(mangle) => self.mangle = *mangle,
            Act::Then(kind) => self.fake.then.push_back(match kind % 5 {
                0 => Then::Accept,
                1 => Then::Silence { still: Duration::from_secs(u64::from(*kind) * 3), late: kind & 8 == 0 },
                2 => Then::Say(format!("+CMS ERROR: {}", [38, 21, 500, 314, 310][usize::from(kind / 5 % 5)])),
                3 => Then::Say("OK".to_owned()),
                _ => Then::Say("+CMGS: 3".to_owned()),
            }),
            Act::NoPrompt(kind) => {
                let lines = ["ERROR", "+CMS ERROR: 500", "+CMS ERROR: 314", "OK", "+CME ERROR: 100", ""];
                self.fake.no_prompt.push_back(lines[usize::from(*kind) % lines.len()].to_owned());
            }
            Act::Arrive(place) => {
                let (length, pdu) = delivered(&format!("message {place}"), i64::from(*place));
                self.fake.put("ME", *place, length, &pdu);
                self.fake.call(now, &format!("\r\n+CMTI: \"ME\",{place}\r\n"));
            }
            Act::Pass(seconds) => return self.pass(Duration::from_secs(*seconds)),
        }
        self.exchange();
    }

    fn submit(&mut self, long: bool) {
        self.next += 1;
        // No two parts of any two messages are alike.
        let text = format!("message {};", self.next).repeat(if long { 20 } else { 1 });
        let parts = pdus(&text);
        let digits = parts.iter().map(|part| (part.hex.clone(), 0)).collect();
        self.seen.insert(self.next, Seen { parts: digits, ..Seen::default() });
        self.host.submit(self.now, SendId(self.next), parts);
    }

    fn exchange(&mut self) {
        for _ in 0..200 {
            let mut quiet = true;
            while let Some(bytes) = self.host.say() {
                quiet = false;
                self.watch(&bytes);
                self.fake.hear(self.now, &bytes);
            }
            while let Some(event) = self.host.event() {
                self.happened(&event);
            }
            if let Some(at) = self.delayed.iter().position(|(at, _)| *at <= self.now) {
                quiet = false;
                let (_, bytes) = self.delayed.remove(at);
                self.host.hear(self.now, &bytes);
            }
            if let Some(bytes) = self.fake.say(self.now) {
                quiet = false;
                self.deliver(bytes);
            }
            if quiet {
                return;
            }
        }
        panic!("they talk without end: {:?}", self.host);
    }

    fn deliver(&mut self, mut bytes: Vec<u8>) {
        match self.mangle {
            Mangle::Nothing => {}
            Mangle::Lose => bytes.clear(),
            Mangle::Double => bytes = bytes.repeat(2),
            Mangle::Delay(seconds) => {
                return self.delayed.push((self.now + Duration::from_secs(seconds), bytes));
            }
            Mangle::Cut => bytes.truncate(bytes.len() / 2),
            Mangle::Backwards => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let lines: Vec<&str> = text.rsplit("\r\n").collect();
                bytes = lines.join("\r\n").into_bytes();
            }
        }
        self.host.hear(self.now, &bytes);
    }

    /// 0x1A goes out once for each part, with the whole part in front of it, and after its release.
    fn watch(&mut self, bytes: &[u8]) {
        if !bytes.contains(&0x1A) {
            assert!(self.forgotten || !bytes.starts_with(b"AT+CMGD"), "deleted before anything was kept");
            let is_escape = bytes == [0x1B];
            assert!(is_escape || (bytes.starts_with(b"AT") && bytes.ends_with(b"\r")), "{bytes:?}");
            return;
        }
        let (last, digits) = bytes.split_last().unwrap();
        assert_eq!(*last, 0x1A);
        let part = |(id, seen): (&u64, &mut Seen)| {
            let at = seen.parts.iter().position(|(known, _)| known.as_bytes() == digits)?;
            Some((*id, at))
        };
        let (id, at) = self.seen.iter_mut().find_map(part).expect("it was never submitted");
        let seen = self.seen.get_mut(&id).unwrap();
        assert!(seen.released, "message {id} went out without its release");
        assert!(seen.outcomes.is_empty(), "message {id} went out after its outcome {:?}", seen.outcomes);
        seen.parts[at].1 += 1;
        assert_eq!(seen.parts[at].1, 1, "part {at} of message {id} went out twice");
        assert!(seen.parts[..at].iter().all(|(_, written)| *written == 1));
    }

    fn happened(&mut self, event: &Event) {
        let (id, outcome) = match event {
            Event::Accepted(id, _) => (id, "accepted"),
            Event::NotSent(id, _) => (id, "not sent"),
            Event::Rejected { id, .. } => (id, "rejected"),
            Event::Unknown(id, _) => (id, "unknown"),
            Event::Prompt(id) => {
                assert!(!self.down, "a prompt while the modem is down");
                let seen = self.seen.get_mut(&id.0).unwrap();
                assert!(!seen.prompted && seen.outcomes.is_empty());
                seen.prompted = true;
                return;
            }
            Event::Message(received) => return assert!(self.keys.insert(received.key), "told twice"),
            Event::Up(_) => return self.down = false,
            Event::Down { last, .. } => {
                self.down = true;
                self.closed += u32::from(*last);
                return;
            }
            Event::Closed => return self.closed += 1,
            _ => return,
        };
        let seen = self.seen.get_mut(&id.0).expect("an outcome of nothing");
        seen.outcomes.push(outcome);
        assert!(
            matches!(seen.outcomes[..], [_] | ["unknown", "accepted" | "rejected"]),
            "message {id:?}: {:?}",
            seen.outcomes
        );
        let is_written = seen.parts[0].1 > 0;
        assert!(!(is_written && outcome == "not sent"), "message {id:?} was written and is called not sent");
        assert!(
            is_written || outcome == "not sent",
            "message {id:?} was never written and is called {outcome}"
        );
    }

    /// Lets time pass; each step of it has to bring the deadline on.
    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        for _ in 0..5000 {
            let next =
                [self.host.deadline(), self.fake.deadline(), self.delayed.iter().map(|(at, _)| *at).min()];
            let Some(at) = next.into_iter().flatten().min().filter(|at| *at <= end) else {
                self.now = end;
                return;
            };
            self.now = self.now.max(at);
            self.host.tick(self.now);
            self.exchange();
            let deadline = self.host.deadline();
            assert!(deadline.is_none_or(|next| next > self.now), "time stands still at {:?}", self.now);
        }
        panic!("time hardly passes: {:?}", self.host);
    }

    /// Ends it: from here on every message has its outcome.
    fn end(&mut self) {
        self.host.gone(self.now, Why::new("the port vanished"));
        self.exchange();
        assert!(self.host.is_closed() && self.host.deadline().is_none());
        assert_eq!(self.closed, 1);
        for (id, seen) in &self.seen {
            assert!(!seen.outcomes.is_empty(), "message {id} has no outcome");
        }
    }
}

proptest! {
    #[test]
    fn a_message_is_written_once_after_its_release_and_its_outcome_is_never_better_than_the_truth(
        opened in any::<bool>(),
        acts in prop::collection::vec(act(), 1..80),
    ) {
        let mut watch = Watch::new();
        watch.host.tick(Duration::ZERO);
        watch.exchange();
        if opened {
            watch.pass(Duration::from_secs(30));
        }
        for act in &acts {
            watch.act(act);
        }
        watch.end();
    }

    #[test]
    fn any_bytes_can_be_heard_at_any_time(
        chunks in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..200), 0_u64..20), 0..40),
    ) {
        let mut watch = Watch::new();
        watch.submit(false);
        for (bytes, seconds) in &chunks {
            watch.host.hear(watch.now, bytes);
            while let Some(bytes) = watch.host.say() {
                watch.watch(&bytes);
            }
            watch.now += Duration::from_secs(*seconds);
            watch.host.tick(watch.now);
        }
        watch.end();
    }

    #[test]
    fn a_modem_that_behaves_again_comes_up_again(acts in prop::collection::vec(act(), 1..40)) {
        let mut watch = Watch::new();
        watch.host.tick(Duration::ZERO);
        watch.exchange();
        watch.pass(Duration::from_secs(30));
        for act in acts.iter().filter(|act| !matches!(act, Act::Close)) {
            watch.act(act);
        }
        watch.mangle = Mangle::Nothing;
        watch.fake.then.clear();
        watch.fake.no_prompt.clear();
        // Everything that hangs at a prompt is let go, and everything that is silent has time to come round.
        for id in 0..=watch.next {
            watch.host.abort(watch.now, SendId(id));
        }
        watch.exchange();
        watch.pass(Duration::from_secs(2000));
        if !watch.host.is_closed() {
            prop_assert!(!watch.down, "{:?}", watch.host);
            watch.submit(false);
            watch.exchange();
            watch.pass(Duration::from_secs(60));
            prop_assert!(watch.seen[&watch.next].prompted, "{:?}", watch.host);
        }
    }
}
