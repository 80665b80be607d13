//! The commands about SIM card, network and modem (3GPP TS 27.007). They answer from the modem's state; the SIM card's
//! PIN and PUK are the only thing here that can be used up.

use super::answer::{Answer, Blocks, Done, Fail, line, ok};
use super::basic::told;
use super::line::{Command, Form, Value};
use super::text::Charset;
use super::{Effect, FaultKind, Faults, Modem, Scene};
use crate::sms::Timestamp;

/// What the lab's SIM card takes.
const PIN: &str = "1234";
const PUK: &str = "12345678";

/// The SIM card's lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sim {
    lock: Lock,
    pin: String,
    pin_tries: u8,
    puk_tries: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lock {
    Ready,
    Pin,
    Puk,
    /// The PUK was wrong ten times.
    Dead,
}

/// Commands that work without a PIN (TS 27.007 section 8.3 and its table of commands that need none).
const FREE: [&str; 25] = [
    "+GMI", "+CGMI", "+GMM", "+CGMM", "+GMR", "+CGMR", "+GSN", "+CGSN", "+GCAP", "+CLAC", "+CMEE", "+CPIN",
    "+CPINR", "+CREG", "+CGREG", "+CEREG", "+CSQ", "+CBC", "+CFUN", "+CPAS", "+CCLK", "+CSCS", "+CMGF",
    "+IPR", "+IFC",
];

/// Commands that answer with `+CMS ERROR`.
const OF_MESSAGES: [&str; 17] = [
    "+CSCA", "+CSMS", "+CPMS", "+CNMI", "+CNMA", "+CSMP", "+CSDH", "+CSAS", "+CRES", "+CSCB", "+CMMS",
    "+CMGS", "+CMGW", "+CMSS", "+CMGR", "+CMGL", "+CMGD",
];

impl Sim {
    pub(super) fn new(faults: &Faults) -> Self {
        let lock = match (faults.is_on(FaultKind::Puk), faults.is_on(FaultKind::Pin)) {
            (true, _) => Lock::Puk,
            (false, true) => Lock::Pin,
            (false, false) => Lock::Ready,
        };
        let pin_tries = if lock == Lock::Puk { 0 } else { 3 };
        Self { lock, pin: PIN.to_owned(), pin_tries, puk_tries: 10 }
    }

    pub(super) fn is_ready(&self) -> bool {
        self.lock == Lock::Ready
    }

    /// Refuses what needs the SIM card while it is locked.
    pub(super) fn allows(&self, name: &str) -> Result<(), Fail> {
        let (cme, cms) = match self.lock {
            Lock::Ready => return Ok(()),
            Lock::Pin => (11, 311),
            Lock::Puk => (12, 316),
            Lock::Dead => (13, 313),
        };
        match name {
            _ if !name.starts_with('+') || FREE.contains(&name) => Ok(()),
            _ if OF_MESSAGES.contains(&name) => Err(Fail::Cms(cms)),
            _ => Err(Fail::Cme(cme)),
        }
    }

    fn enter(&mut self, first: &str, new: Option<&str>) -> Result<(), Fail> {
        match (self.lock, new) {
            (Lock::Ready, _) => Err(Fail::Cme(3)),
            (Lock::Dead, _) => Err(Fail::Cme(13)),
            (Lock::Pin, _) if first == self.pin => {
                (self.lock, self.pin_tries) = (Lock::Ready, 3);
                Ok(())
            }
            (Lock::Pin, _) => {
                self.pin_tries -= 1;
                if self.pin_tries == 0 {
                    self.lock = Lock::Puk;
                    return Err(Fail::Cme(12));
                }
                Err(Fail::Cme(16))
            }
            (Lock::Puk, Some(new)) if first == PUK && (4..=8).contains(&new.len()) => {
                (self.lock, self.pin_tries, self.puk_tries) = (Lock::Ready, 3, 10);
                new.clone_into(&mut self.pin);
                Ok(())
            }
            (Lock::Puk, Some(_)) => {
                self.puk_tries -= 1;
                if self.puk_tries == 0 {
                    self.lock = Lock::Dead;
                }
                Err(Fail::Cme(16))
            }
            (Lock::Puk, None) => Err(Fail::Cme(12)),
        }
    }
}

impl Modem {
    /// The state of `+CREG`: 0 not, 1 at home, 2 searching.
    pub(super) fn registered(&self) -> u8 {
        if !self.sim.is_ready() || self.set.functionality != 1 {
            0
        } else if self.searching {
            2
        } else {
            1
        }
    }

    pub(super) fn imsi(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        told(command, &self.identity.imsi)
    }

    pub(super) fn iccid(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.form {
            Form::Test => ok(),
            _ => line(format!("{}: {}", command.name, self.identity.iccid)),
        }
    }

    pub(super) fn number(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        told(command, &format!("+CNUM: ,\"{}\",145", self.identity.number))
    }

    pub(super) fn errors(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        choice(command, "+CMEE", &mut self.set.cmee, &[0, 1, 2])
    }

    pub(super) fn pin(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read => line(match self.sim.lock {
                Lock::Ready => "+CPIN: READY",
                Lock::Pin => "+CPIN: SIM PIN",
                Lock::Puk => "+CPIN: SIM PUK",
                Lock::Dead => return Err(Fail::Cme(13)),
            }),
            Form::Test => ok(),
            Form::Set(values) => {
                let before = self.registered();
                let [first, rest @ ..] = values.as_slice() else { return Err(Fail::Cme(50)) };
                self.sim.enter(&first.text, rest.first().map(|new| new.text.as_str()))?;
                self.moved(before, scene);
                scene.out.push(Effect::Ready);
                ok()
            }
            _ => Err(Fail::Error),
        }
    }

    /// How many tries are left (TS 27.007 section 8.65), of those that there are for a code.
    pub(super) fn pin_tries(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let codes = [("SIM PIN", self.sim.pin_tries, 3), ("SIM PUK", self.sim.puk_tries, 10)];
        let wanted = match &command.form {
            Form::Test => return ok(),
            Form::Set(values) => values.first().map(|value| value.text.as_str()),
            _ => None,
        };
        let told = codes.iter().filter(|(code, ..)| wanted.is_none_or(|wanted| wanted == *code));
        let lines: Vec<String> =
            told.map(|(code, left, all)| format!("+CPINR: {code},{left},{all}")).collect();
        if lines.is_empty() { Err(Fail::Cme(50)) } else { Ok(Done::Said(Blocks(lines))) }
    }

    /// Tells of a new registration state, where that is wanted.
    fn moved(&mut self, before: u8, scene: &mut Scene<'_>) {
        let now = self.registered();
        if now == before {
            return;
        }
        for (at, name) in REGISTRATIONS.into_iter().enumerate() {
            if self.set.levels[at] > 0 {
                self.waiting.push_back((format!("{name}: {now}{}", place(self.set.levels[at], now)), false));
            }
        }
        // They come behind the result code.
        let _ = scene;
    }

    pub(super) fn registration(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let at = REGISTRATIONS.iter().position(|name| *name == command.name).unwrap_or(0);
        if command.form == Form::Read {
            let (level, state) = (self.set.levels[at], self.registered());
            return line(format!("{}: {level},{state}{}", command.name, place(level, state)));
        }
        choice(command, REGISTRATIONS[at], &mut self.set.levels[at], &[0, 1, 2])
    }

    pub(super) fn operator(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read if self.registered() != 1 => line("+COPS: 0"),
            Form::Read => {
                let format = self.set.operator_format;
                let name = ["Homing Lab", "Lab", "00101"][usize::from(format.min(2))];
                line(format!("+COPS: 0,{format},\"{name}\",7"))
            }
            Form::Test => line("+COPS: (2,\"Homing Lab\",\"Lab\",\"00101\",7),,(0,1,3),(0,1,2)"),
            Form::Set(values) => {
                let format = values.get(1).filter(|value| !value.is_missing()).map(Value::number);
                match (values.first().and_then(Value::number), format) {
                    (Some(0 | 1 | 3), Some(Some(format @ 0..=2))) => {
                        self.set.operator_format = format as u8;
                        ok()
                    }
                    (Some(0), None) => ok(),
                    (Some(2), _) => Err(Fail::Cme(4)),
                    _ => Err(Fail::Cme(50)),
                }
            }
            _ => Err(Fail::Error),
        }
    }

    pub(super) fn signal(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let strength = if self.registered() == 1 { 20 } else { 99 };
        match command.form {
            Form::Execute => line(format!("+CSQ: {strength},99")),
            Form::Test => line("+CSQ: (0-31,99),(0-7,99)"),
            _ => Err(Fail::Error),
        }
    }

    pub(super) fn battery(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.form {
            Form::Execute => line("+CBC: 0,100"),
            Form::Test => line("+CBC: (0-3),(0-100)"),
            _ => Err(Fail::Error),
        }
    }

    pub(super) fn functionality(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read => line(format!("+CFUN: {}", self.set.functionality)),
            Form::Test => line("+CFUN: (0,1,4),(0,1)"),
            Form::Set(values) => {
                let before = self.registered();
                let level = values.first().and_then(Value::number).filter(|level| matches!(level, 0 | 1 | 4));
                let level = level.ok_or(Fail::Cme(50))?;
                self.set.functionality = level as u8;
                self.moved(before, scene);
                scene.out.push(Effect::Ready);
                ok()
            }
            _ => Err(Fail::Error),
        }
    }

    pub(super) fn activity(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.form {
            Form::Execute => line("+CPAS: 0"),
            Form::Test => line("+CPAS: (0,2,3,4)"),
            _ => Err(Fail::Error),
        }
    }

    pub(super) fn clock(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        let time = Timestamp::from_unix(scene.now.wall_ms.div_euclid(1000), 0);
        match command.form {
            Form::Read => {
                line(format!("+CCLK: {}", time.map_or_else(|| "\"\"".to_owned(), super::text::time)))
            }
            _ => ok(),
        }
    }

    pub(super) fn charset(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read => line(format!("+CSCS: \"{}\"", self.set.charset.name())),
            Form::Test => {
                let names = Charset::ALL.map(|charset| format!("\"{}\"", charset.name()));
                line(format!("+CSCS: ({})", names.join(",")))
            }
            Form::Set(values) => {
                let name = values.first().map(|value| value.text.as_str()).unwrap_or_default();
                let known = Charset::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(name));
                self.set.charset = known.ok_or(Fail::Cme(50))?;
                ok()
            }
            _ => Err(Fail::Error),
        }
    }
}

const REGISTRATIONS: [&str; 3] = ["+CREG", "+CGREG", "+CEREG"];

/// Area, cell and technology, at level 2.
fn place(level: u8, state: u8) -> &'static str {
    if level == 2 && state == 1 { ",\"00C3\",\"0000A1B2\",7" } else { "" }
}

/// A command whose one value is one of a few numbers.
pub(super) fn choice(command: &Command, name: &str, value: &mut u8, choices: &[u8]) -> Answer {
    match &command.form {
        Form::Read => line(format!("{name}: {value}")),
        Form::Test => {
            let choices: Vec<String> = choices.iter().map(u8::to_string).collect();
            line(format!("{name}: ({})", choices.join(",")))
        }
        Form::Set(values) => {
            let wanted = match values.as_slice() {
                [only] => only.number().and_then(|number| u8::try_from(number).ok()),
                _ => None,
            };
            *value = wanted.filter(|wanted| choices.contains(wanted)).ok_or(Fail::Cme(50))?;
            ok()
        }
        // Without a value it is the default (V.250 section 5.4.4.2), where one may be left out.
        _ => {
            *value = choices.first().copied().unwrap_or(0);
            ok()
        }
    }
}
