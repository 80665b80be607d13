//! A scripted modem: answers from a table, stores that can be listed, read and emptied, and a prompt behind `AT+CMGS`.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// What it does once it has the text of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Then {
    /// `+CMGS` and `OK`.
    Accept,
    /// Nothing at all, and it answers nothing else for so long; then `+CMGS`, when it is to come late.
    Silence { still: Duration, late: bool },
    /// This line.
    Say(String),
}

#[derive(Clone)]
pub(super) struct Fake {
    /// Answers by command; what is not here is answered by `default`.
    pub(super) answers: BTreeMap<String, Vec<String>>,
    pub(super) default: Vec<String>,
    /// Commands that are answered with this so often before their real answer.
    pub(super) first: BTreeMap<String, (u32, String)>,
    pub(super) echo: bool,
    /// What happens with each message in turn; then it accepts.
    pub(super) then: VecDeque<Then>,
    /// What is said in place of a prompt, in turn.
    pub(super) no_prompt: VecDeque<String>,
    /// Store and place, with the length and the PDU.
    pub(super) places: BTreeMap<(String, u32), (usize, String)>,
    /// It says OK to a deletion and does not delete, so often.
    pub(super) keeps: u32,
    /// Every command that it heard.
    pub(super) said: Vec<String>,
    /// Every text that came with 0x1A.
    pub(super) texts: Vec<String>,
    /// ESC characters at the prompt.
    pub(super) cancelled: u32,
    store: String,
    buffer: Vec<u8>,
    at_prompt: bool,
    reference: u8,
    deaf_until: Duration,
    out: Vec<(Duration, String)>,
}

impl Fake {
    /// One that knows nothing but `OK`.
    pub(super) fn plain() -> Self {
        Self {
            answers: BTreeMap::new(),
            default: vec!["OK\r\n".to_owned()],
            first: BTreeMap::new(),
            echo: false,
            then: VecDeque::new(),
            no_prompt: VecDeque::new(),
            places: BTreeMap::new(),
            keeps: 0,
            said: Vec::new(),
            texts: Vec::new(),
            cancelled: 0,
            store: "ME".to_owned(),
            buffer: Vec::new(),
            at_prompt: false,
            reference: 41,
            deaf_until: Duration::ZERO,
            out: Vec::new(),
        }
    }

    /// One that is registered and answers as the standards say.
    pub(super) fn good() -> Self {
        let mut fake = Self::plain();
        fake.echo = true;
        for (command, answer) in [
            ("AT+CGMI", "Works of Tests"),
            ("AT+CGMM", "T1"),
            ("AT+CGMR", "1.0"),
            ("AT+CGSN", "490154203237518"),
            ("AT+CIMI", "001010123456789"),
            ("AT+CCID", "+CCID: 8944500102030405061"),
            ("AT+CNUM", "+CNUM: \"\",\"+447700900456\",145"),
            ("AT+CPIN?", "+CPIN: READY"),
            ("AT+CREG?", "+CREG: 0,1"),
            ("AT+COPS?", "+COPS: 0,0,\"Test Net\",7"),
            ("AT+CSQ", "+CSQ: 20,99"),
            ("AT+CSCA?", "+CSCA: \"+447700900000\",145"),
            ("AT+CSMS?", "+CSMS: 0,1,1,1"),
            ("AT+CPMS=?", "+CPMS: (\"ME\",\"SM\"),(\"ME\",\"SM\"),(\"ME\",\"SM\")"),
            ("AT+CNMI=?", "+CNMI: (0-2),(0-3),(0-3),(0-2),(0,1)"),
        ] {
            fake.answer(command, &[answer, "OK"]);
        }
        fake
    }

    pub(super) fn answer(&mut self, command: &str, lines: &[&str]) {
        let lines = lines.iter().map(|line| format!("\r\n{line}\r\n")).collect();
        self.answers.insert(command.to_owned(), lines);
    }

    /// Puts a message into a store.
    pub(super) fn put(&mut self, store: &str, index: u32, length: usize, pdu: &str) {
        self.places.insert((store.to_owned(), index), (length, pdu.to_owned()));
    }

    /// Leaves it as a program that was killed leaves it: at a prompt with half a text, or without ears for so long.
    pub(super) fn left(&mut self, at_prompt: bool, deaf: Duration) {
        self.at_prompt = at_prompt;
        self.buffer = b"0011000C91".to_vec();
        self.deaf_until = deaf;
    }

    /// Says something by itself.
    pub(super) fn call(&mut self, now: Duration, text: &str) {
        self.out.push((now, text.to_owned()));
    }

    pub(super) fn hear(&mut self, now: Duration, bytes: &[u8]) {
        if now < self.deaf_until {
            return;
        }
        if self.echo {
            self.call(now, &String::from_utf8_lossy(bytes));
        }
        for byte in bytes {
            match byte {
                0x1B => {
                    self.cancelled += u32::from(self.at_prompt);
                    if std::mem::take(&mut self.at_prompt) {
                        self.call(now, "\r\nOK\r\n");
                    }
                    self.buffer.clear();
                }
                0x1A if self.at_prompt => self.text(now),
                b'\r' if !self.at_prompt => self.command(now),
                byte => self.buffer.push(*byte),
            }
        }
    }

    pub(super) fn say(&mut self, now: Duration) -> Option<Vec<u8>> {
        let at = self.out.iter().position(|(at, _)| *at <= now)?;
        Some(self.out.remove(at).1.into_bytes())
    }

    pub(super) fn deadline(&self) -> Option<Duration> {
        self.out.iter().map(|(at, _)| *at).min()
    }

    fn text(&mut self, now: Duration) {
        self.at_prompt = false;
        let text = String::from_utf8_lossy(&std::mem::take(&mut self.buffer)).into_owned();
        self.texts.push(text);
        self.reference = self.reference.wrapping_add(1);
        let accepted = format!("\r\n+CMGS: {}\r\n\r\nOK\r\n", self.reference);
        match self.then.pop_front().unwrap_or(Then::Accept) {
            Then::Accept => self.call(now, &accepted),
            Then::Say(line) => self.call(now, &format!("\r\n{line}\r\n")),
            Then::Silence { still, late } => {
                self.deaf_until = now + still;
                if late {
                    self.call(now + still, &accepted);
                }
            }
        }
    }

    fn command(&mut self, now: Duration) {
        let command = String::from_utf8_lossy(&std::mem::take(&mut self.buffer)).trim().to_owned();
        if command.is_empty() {
            return;
        }
        self.said.push(command.clone());
        if let Some((count, answer)) = self.first.get_mut(&command)
            && *count > 0
        {
            *count -= 1;
            let answer = format!("\r\n{answer}\r\n");
            return self.call(now, &answer);
        }
        if command == "ATE0" {
            self.echo = false;
        }
        if command.starts_with("AT+CMGS=") {
            return match self.no_prompt.pop_front() {
                Some(line) => self.call(now, &format!("\r\n{line}\r\n")),
                None => {
                    self.at_prompt = true;
                    self.call(now, "\r\n> ");
                }
            };
        }
        let lines = match self.answers.get(&command) {
            Some(lines) => lines.clone(),
            None => self.stored(&command).unwrap_or_else(|| self.default.clone()),
        };
        self.call(now, &lines.concat());
    }

    /// The commands about stores, while no answer of the table is in front of them.
    fn stored(&mut self, command: &str) -> Option<Vec<String>> {
        let places = &mut self.places;
        let ok = "\r\nOK\r\n".to_owned();
        let here = |name: &str, places: &BTreeMap<(String, u32), _>| {
            places.keys().filter(|(s, _)| s == name).count()
        };
        if let Some(store) = command.strip_prefix("AT+CPMS=\"") {
            self.store = store.chars().take(2).collect();
            let used = here(&self.store, places);
            return Some(vec![format!("\r\n+CPMS: {used},20,{used},20,{used},20\r\n"), ok]);
        }
        if command == "AT+CPMS?" {
            let used = here(&self.store, places);
            let store = format!("\"{}\",{used},20", self.store);
            return Some(vec![format!("\r\n+CPMS: {store},{store},{store}\r\n"), ok]);
        }
        if command == "AT+CMGL=4" {
            let listed = places.iter().filter(|((store, _), _)| *store == self.store);
            let line = |((_, index), (length, pdu)): (&(String, u32), &(usize, String))| {
                format!("\r\n+CMGL: {index},1,,{length}\r\n{pdu}\r\n")
            };
            return Some(listed.map(line).chain([ok]).collect());
        }
        if let Some(index) = command.strip_prefix("AT+CMGR=") {
            let at = (self.store.clone(), index.parse().ok()?);
            let Some((length, pdu)) = places.get(&at) else {
                return Some(vec!["\r\n+CMS ERROR: 321\r\n".to_owned()]);
            };
            return Some(vec![format!("\r\n+CMGR: 1,,{length}\r\n{pdu}\r\n"), ok]);
        }
        let index = command.strip_prefix("AT+CMGD=")?;
        if self.keeps > 0 {
            self.keeps -= 1;
        } else {
            places.remove(&(self.store.clone(), index.parse().ok()?));
        }
        Some(vec![ok])
    }
}
