//! What is known of a modem, its SIM card and its network, read from its answers (3GPP TS 27.007, TS 27.005).
//! It only reads and words answers; what a lack of readiness leads to is decided elsewhere.

use std::fmt;
use std::time::Duration;

use super::Why;
use super::fields::{behind, fields, number, text, texts};

/// What was found out about a modem. What it did not tell is none or empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Its maker.
    pub manufacturer: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Its firmware.
    pub revision: Option<String>,
    /// Its own number.
    pub imei: Option<String>,
    /// The number of its SIM card's subscription.
    pub imsi: Option<String>,
    /// The number of its SIM card.
    pub iccid: Option<String>,
    /// The telephone number that the SIM card says it has.
    pub number: Option<String>,
    /// The operator's name or number.
    pub operator: Option<String>,
    /// What the SIM card waits for.
    pub card: Card,
    /// Whether the network serves it.
    pub registration: Option<Registration>,
    /// Signal quality as `+CSQ` gives it: 0 to 31, and 99 for unknown.
    pub signal: Option<u8>,
    /// The service centre; empty when none is set.
    pub service_centre: Option<String>,
    /// The stores that it can read messages from.
    pub stores: Vec<String>,
    /// The store in use, and how full it is.
    pub store: Option<Store>,
    /// The message service of `+CSMS`: with 1 messages handed over directly have to be acknowledged.
    pub service: Option<u8>,
    /// Whether it took PDU mode.
    pub pdu_mode: Option<bool>,
    /// How long an answer may take, where the modem is a rehearsal.
    pub answer_within: Option<Duration>,
    /// What a person should know; the gravest is no obstacle unless the dialogue ended with it.
    pub notes: Vec<Why>,
}

/// What a SIM card waits for (`+CPIN`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Card {
    /// The modem did not say.
    #[default]
    Unsaid,
    /// Nothing.
    Ready,
    /// Its PIN.
    Pin,
    /// Its PUK, as its PIN was entered wrongly too often.
    Puk,
    /// Another code, as the modem names it.
    Other(String),
    /// It is not there or does not work, as the modem says it.
    Absent(String),
}

/// Whether a network serves the modem (`+CREG`, `+CGREG`, `+CEREG`; TS 27.007 section 7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration(pub u8);

/// How full a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Its name, as `ME` or `SM`; empty when the modem does not say.
    pub name: String,
    /// Messages in it.
    pub used: u32,
    /// Places in it.
    pub total: u32,
}

impl Card {
    /// Reads what stands behind `+CPIN:`. Codes for the second PIN keep no message back.
    pub(crate) fn of(said: &str) -> Self {
        match said.trim().trim_matches('"').to_ascii_uppercase().as_str() {
            "READY" | "SIM PIN2" | "SIM PUK2" => Self::Ready,
            "SIM PIN" => Self::Pin,
            "SIM PUK" => Self::Puk,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsaid => "not said",
            Self::Ready => "ready",
            Self::Pin => "waits for its PIN",
            Self::Puk => "locked, waits for its PUK",
            Self::Other(code) => return write!(f, "waits for {code}"),
            Self::Absent(said) => return f.write_str(said),
        })
    }
}

impl Registration {
    /// Whether short messages can be sent: at home (1), roaming (5), and either for short messages only (6, 7).
    #[must_use]
    pub fn is_good(self) -> bool {
        matches!(self.0, 1 | 5 | 6 | 7)
    }

    /// Whether the network refuses the SIM card or the modem.
    #[must_use]
    pub fn is_refused(self) -> bool {
        self.0 == 3
    }

    /// The state, from `+CREG: n,stat[,…]` as an answer and `+CREG: stat[,…]` unasked; the latter's second field is
    /// an area code, in quotes or of more than two digits.
    pub(crate) fn of(said: &str) -> Option<Self> {
        let fields = fields(said);
        let state = |field: &&str| field.len() <= 2 && !field.contains('"');
        let second = fields.get(1).filter(|field| state(field)).and_then(|field| number(field));
        let state = second.or_else(|| fields.first().and_then(|field| number(field)))?;
        u8::try_from(state).ok().filter(|state| *state <= 11).map(Self)
    }
}

impl fmt::Display for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            0 => "not registered, and not searching",
            1 => "registered at home",
            2 => "not registered, searching",
            3 => "refused by the network",
            4 => "unknown, as without coverage",
            5 => "registered, roaming",
            6 => "registered at home, for short messages only",
            7 => "registered, roaming, for short messages only",
            8 => "emergency calls only",
            9 => "registered at home, not preferred for calls",
            10 => "registered, roaming, not preferred for calls",
            _ => "in a state that is not known here",
        })
    }
}

impl Store {
    /// Whether it should be emptied: four fifths are used.
    #[must_use]
    pub fn is_nearly_full(&self) -> bool {
        self.total > 0 && u64::from(self.used) * 5 >= u64::from(self.total) * 4
    }

    /// Whether nothing more fits in.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.total > 0 && self.used >= self.total
    }

    /// Reads what stands behind `+CPMS:`: `"ME",3,23,…` as the answer to a question, `3,23,…` to a setting, where the
    /// store's name is known.
    pub(crate) fn of(said: &str, set: &str) -> Option<Self> {
        let fields = fields(said);
        let (name, rest) = match fields.as_slice() {
            [first, rest @ ..] if number(first).is_none() => (text(first), rest),
            rest => (set, rest),
        };
        let (used, total) = (number(rest.first()?)?, number(rest.get(1)?)?);
        Some(Self { name: name.to_owned(), used, total })
    }
}

impl About {
    /// Signal strength in dBm (TS 27.007 section 8.5); the ends of the scale are "or less" and "or more".
    #[must_use]
    pub fn dbm(&self) -> Option<i16> {
        self.signal.filter(|signal| *signal <= 31).map(|signal| i16::from(signal) * 2 - 113)
    }

    /// Signal strength in bars of five; below two bars messages may fail.
    #[must_use]
    pub fn bars(&self) -> Option<u8> {
        self.signal.filter(|signal| *signal <= 31).map(|signal| match signal {
            0..=1 => 0,
            2..=4 => 1,
            5..=9 => 2,
            10..=14 => 3,
            15..=19 => 4,
            _ => 5,
        })
    }

    /// Whether it could send now, as far as it told.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        matches!(self.card, Card::Ready | Card::Unsaid)
            && self.registration.is_none_or(Registration::is_good)
            && self.pdu_mode != Some(false)
            && self.service_centre.as_deref() != Some("")
    }

    /// What to call it: maker and model, IMEI, and IMSI.
    #[must_use]
    pub fn name(&self) -> String {
        let maker = self.manufacturer.as_deref().unwrap_or_default();
        let model = self.model.as_deref().unwrap_or_default();
        let mut name = if model.to_ascii_lowercase().starts_with(&maker.to_ascii_lowercase()) {
            model.to_owned()
        } else {
            format!("{maker} {model}")
        };
        if name.trim().is_empty() {
            "modem".clone_into(&mut name);
        }
        let mut name = name.trim().to_owned();
        for (what, value) in [("IMEI", &self.imei), ("SIM", &self.imsi)] {
            if let Some(value) = value {
                name = format!("{name}, {what} {value}");
            }
        }
        name
    }

    /// Notes something once; a modem that always has something new to say is cut short.
    pub(crate) fn note(&mut self, why: Why) -> bool {
        let is_new = self.notes.len() < 32 && !self.notes.contains(&why);
        if is_new {
            self.notes.push(why);
        }
        is_new
    }
}

/// The first line that is a plain answer, as to `AT+CGMM`, without `+CGMM:` and quotes where a modem writes them.
pub(crate) fn plain(info: &[String], name: &str) -> Option<String> {
    let line = info.first()?;
    let said = text(behind(line, name).unwrap_or(line));
    let said: String = said.chars().filter(|c| !c.is_control()).take(100).collect();
    (!said.is_empty()).then_some(said)
}

/// The first line that is a number of 14 to 17 digits, as an IMEI or IMSI is.
pub(crate) fn digits(info: &[String], name: &str) -> Option<String> {
    info.iter().find_map(|line| {
        let said = text(fields(behind(line, name).unwrap_or(line)).first().copied()?);
        ((14..=17).contains(&said.len()) && said.bytes().all(|b| b.is_ascii_digit())).then(|| said.to_owned())
    })
}

/// The number of a SIM card, 18 to 20 digits (ITU-T E.118), whatever stands in front of it; cards fill up with `F`.
pub(crate) fn card_number(info: &[String]) -> Option<String> {
    info.iter().find_map(|line| {
        let said = text(line.rsplit(':').next()?.trim()).trim_end_matches(['F', 'f']);
        ((18..=20).contains(&said.len()) && said.bytes().all(|b| b.is_ascii_digit())).then(|| said.to_owned())
    })
}

/// The telephone number behind `+CNUM:`, as `"name","number",type`.
pub(crate) fn own_number(said: &str) -> Option<String> {
    let fields = fields(said);
    let digits = text(fields.get(1)?);
    let bare = digits.trim_start_matches('+');
    if bare.is_empty() || bare.len() > 20 || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let is_international = fields.get(2).and_then(|field| number(field)) == Some(145);
    Some(if is_international { format!("+{bare}") } else { digits.to_owned() })
}

/// The operator behind `+COPS:`, as `mode,format,"name",technology`.
pub(crate) fn operator(said: &str) -> Option<String> {
    let fields = fields(said);
    let name: String = text(fields.get(2)?).chars().filter(|c| !c.is_control()).take(40).collect();
    (!name.is_empty()).then_some(name)
}

/// The stores of `+CPMS=?` that messages can be read from, and of these the ones that they also arrive in.
pub(crate) fn stores(said: &str) -> (Vec<String>, Vec<String>) {
    let fields = fields(said);
    // One modem gives a flat list of names in place of lists.
    let is_flat = fields.iter().all(|field| !field.starts_with('('));
    let list = |at: usize| -> Vec<String> {
        let field = if is_flat { said } else { fields.get(at).copied().unwrap_or_default() };
        let mut names: Vec<String> = Vec::new();
        for name in texts(field) {
            let is_name = name.len() <= 4 && name.bytes().all(|b| b.is_ascii_alphanumeric());
            if is_name && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    };
    let (read, receive) = (list(0), list(2));
    let both = read.iter().filter(|name| receive.is_empty() || receive.contains(name)).cloned().collect();
    (read, both)
}

/// What to ask of `+CNMI`, by what stands behind `+CNMI:` as the answer to `=?`: new messages announced (mt 1) rather
/// than handed over, reports handed over rather than stored.
pub(crate) fn indications(said: &str) -> Option<String> {
    let lists = fields(said);
    let pick = |at: usize, wanted: &[u32]| {
        let list = lists.get(at)?;
        wanted.iter().copied().find(|value| super::fields::holds(list, *value))
    };
    let mode = pick(0, &[2, 1, 3, 0])?;
    let mut chosen = vec![mode, pick(1, &[1, 2, 0, 3])?];
    for wanted in [&[0, 2, 1, 3][..], &[1, 2, 0], &[0, 1]] {
        match pick(chosen.len(), wanted) {
            Some(value) => chosen.push(value),
            None => break,
        }
    }
    let values: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    Some(values.join(","))
}

/// The header of a stored message: `index,stat,[alpha],length` in a list, without the index when read alone. Modems
/// leave out all but the length, which stands last.
pub(crate) fn length(said: &str) -> usize {
    let last = fields(said).last().and_then(|field| number(field));
    last.and_then(|length| usize::try_from(length).ok()).unwrap_or(0)
}
