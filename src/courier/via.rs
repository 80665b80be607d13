//! Reads `--via`: which courier, and its options.
//! It only parses; whether a port or a gateway exists is found out when it is opened.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use thiserror::Error;

use crate::units::{nearest, parse_duration, show_duration};

/// A courier as the user names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A serial line: `cable:PORT[?baud=N]`.
    Cable {
        /// The port, as `/dev/ttyUSB0` or `COM3`.
        port: String,
        /// The line speed; without one the usual speeds are tried in turn.
        baud: Option<u32>,
    },
    /// A GSM modem: `modem:PORT[?baud=N&accept=TIME&away=TIME&pin=SOURCE]`.
    Modem {
        /// The port, as `/dev/ttyUSB2`.
        port: String,
        /// The line speed; modems on USB take any.
        baud: Option<u32>,
        /// The longest wait for the modem's word after a message was given to it.
        accept: Option<Duration>,
        /// How long its port is waited for when it goes away; five minutes when nothing is said.
        away: Option<Duration>,
        /// Where the PIN of the SIM card comes from: `file:PATH` or `env:NAME`.
        pin: Option<String>,
    },
    /// An SMS gateway of the configuration: `gateway:NAME`.
    Gateway {
        /// Its name there.
        name: String,
    },
    /// A person with a phone: `manual`.
    Manual,
    /// A rehearsal with trackers and a modem of software: `lab[:BEHAVIOUR][?profile=ID&fault=NAME]`.
    Lab {
        /// How the tracker behaves; empty for one that obeys.
        behaviour: String,
        /// The profile that the tracker obeys, where that is another than it is spoken to by.
        profile: Option<String>,
        /// What goes wrong on the way.
        fault: Vec<String>,
    },
}

/// What is wrong with a `--via`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ViaError {
    /// Nothing before a colon, as in a bare port name.
    #[error("{0:?} does not say which courier it is")]
    NoScheme(String),
    /// Something else before the colon.
    #[error("there is no courier {scheme:?} (in {text:?})")]
    UnknownScheme {
        /// What stands before the colon.
        scheme: String,
        /// The whole text.
        text: String,
    },
    /// `cable:`, `modem:` or `gateway:` and nothing.
    #[error("{0:?} names no {1}")]
    NoName(String, &'static str),
    /// An option that no courier of this kind has.
    #[error("a {scheme} has no option {option:?} (in {text:?})")]
    UnknownOption {
        /// The courier.
        scheme: &'static str,
        /// What stands before `=`.
        option: String,
        /// The whole text.
        text: String,
    },
    /// An option given twice.
    #[error("{text:?} gives {option} twice")]
    Twice {
        /// The option.
        option: &'static str,
        /// The whole text.
        text: String,
    },
    /// A line speed that is no number or that no port has.
    #[error("{value:?} is no line speed: it is a number from {SLOWEST} to {FASTEST} (in {text:?})")]
    BadBaud {
        /// What stands after `baud=`.
        value: String,
        /// The whole text.
        text: String,
    },
    /// A duration that is none.
    #[error("{value:?} is no duration (in {text:?}): {why}")]
    BadTime {
        /// What stands after `accept=` or `away=`.
        value: String,
        /// The whole text.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// A PIN on the command line, where every user of the machine can read it.
    #[error("a PIN does not belong on the command line, where others can read it")]
    BarePin,
}

const SLOWEST: u32 = 50;
const FASTEST: u32 = 4_000_000;

/// Whether some serial port could run at this speed; 0 would hang up.
pub(super) fn is_speed(baud: u32) -> bool {
    (SLOWEST..=FASTEST).contains(&baud)
}

const CABLE: &str = "the form is cable:PORT[?baud=N], as in cable:/dev/ttyUSB0?baud=115200; \
                     `homing port list` shows the ports";
const MODEM: &str = "the form is modem:PORT[?baud=N&accept=TIME&away=TIME&pin=SOURCE], as in modem:/dev/ttyUSB2; \
                     `homing port list` shows the ports";
const LAB: &str = "the form is lab[:BEHAVIOUR][?profile=ID&fault=NAME], as in lab:silent, lab?profile=teltonika-fmx \
                   or lab?fault=late-cmgs";
const ALL: &str = "the couriers are cable:PORT, modem:PORT, gateway:NAME, manual and lab";
const SCHEMES: [&str; 5] = ["cable", "modem", "gateway", "manual", "lab"];

impl ViaError {
    /// What to type instead.
    pub fn hint(&self) -> String {
        match self {
            ViaError::NoScheme(text) if text.starts_with('/') || text.starts_with("COM") => {
                format!("a tracker on a serial port is written cable:{text}, a GSM modem modem:{text}")
            }
            ViaError::NoScheme(_) => ALL.to_owned(),
            ViaError::UnknownScheme { scheme, .. } => match nearest(scheme, SCHEMES) {
                Some(near) => format!("{near:?} is one; {ALL}"),
                None => ALL.to_owned(),
            },
            ViaError::BadBaud { .. } => {
                "115200 and 9600 are usual, as in cable:/dev/ttyUSB0?baud=115200".to_owned()
            }
            ViaError::BadTime { .. } => "as in modem:/dev/ttyUSB2?accept=60s".to_owned(),
            ViaError::BarePin => "pin=file:PATH or pin=env:NAME".to_owned(),
            ViaError::NoName(_, "gateway") => {
                "gateways have names in the configuration: [gateway.NAME]".to_owned()
            }
            ViaError::NoName(text, _)
            | ViaError::UnknownOption { text, .. }
            | ViaError::Twice { text, .. } => {
                let form = if text.starts_with("modem") {
                    MODEM
                } else if text.starts_with("lab") {
                    LAB
                } else {
                    CABLE
                };
                form.to_owned()
            }
        }
    }
}

impl FromStr for Via {
    type Err = ViaError;

    fn from_str(text: &str) -> Result<Via, ViaError> {
        let end = text.find([':', '?']).unwrap_or(text.len());
        let (scheme, rest) = text.split_at(end);
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        let bare = end == text.len();
        // A drive or a path with a colon in it is no scheme.
        if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(ViaError::NoScheme(text.to_owned()));
        }
        match scheme {
            "cable" if !bare => cable(text, rest),
            "modem" if !bare => modem(text, rest),
            "gateway" => gateway(text, rest),
            "manual" if bare => Ok(Via::Manual),
            "lab" => lab(text, rest),
            "cable" | "modem" => Err(ViaError::NoName(text.to_owned(), "port")),
            _ if bare => Err(ViaError::NoScheme(text.to_owned())),
            _ => Err(ViaError::UnknownScheme { scheme: scheme.to_owned(), text: text.to_owned() }),
        }
    }
}

/// What stands behind a `?`: names and values.
fn options(rest: &str) -> (&str, impl Iterator<Item = (&str, &str)>) {
    let (name, options) = rest.split_once('?').unwrap_or((rest, ""));
    let options = options.split('&').filter(|option| !option.is_empty());
    (name, options.map(|option| option.split_once('=').unwrap_or((option, ""))))
}

fn cable(text: &str, rest: &str) -> Result<Via, ViaError> {
    let (port, options) = options(rest);
    if port.is_empty() {
        return Err(ViaError::NoName(text.to_owned(), "port"));
    }
    let mut baud = None;
    for (name, value) in options {
        match name {
            "baud" => once(&mut baud, speed(text, value)?, "baud", text)?,
            _ => return Err(unknown("cable", name, text)),
        }
    }
    Ok(Via::Cable { port: port.to_owned(), baud })
}

fn modem(text: &str, rest: &str) -> Result<Via, ViaError> {
    let (port, options) = options(rest);
    if port.is_empty() {
        return Err(ViaError::NoName(text.to_owned(), "port"));
    }
    let (mut baud, mut accept, mut away, mut pin) = (None, None, None, None);
    for (name, value) in options {
        match name {
            "baud" => once(&mut baud, speed(text, value)?, "baud", text)?,
            "accept" => once(&mut accept, time(text, value)?, "accept", text)?,
            "away" => once(&mut away, time(text, value)?, "away", text)?,
            "pin" if value.starts_with("file:") || value.starts_with("env:") => {
                once(&mut pin, value.to_owned(), "pin", text)?;
            }
            "pin" => return Err(ViaError::BarePin),
            _ => return Err(unknown("modem", name, text)),
        }
    }
    Ok(Via::Modem { port: port.to_owned(), baud, accept, away, pin })
}

fn gateway(text: &str, rest: &str) -> Result<Via, ViaError> {
    let (name, mut options) = options(rest);
    if name.is_empty() {
        return Err(ViaError::NoName(text.to_owned(), "gateway"));
    }
    match options.next() {
        Some((option, _)) => Err(unknown("gateway", option, text)),
        None => Ok(Via::Gateway { name: name.to_owned() }),
    }
}

fn lab(text: &str, rest: &str) -> Result<Via, ViaError> {
    let (behaviour, options) = options(rest);
    let (mut profile, mut fault) = (None, Vec::new());
    for (name, value) in options {
        match name {
            "fault" => fault.push(value.to_owned()),
            "profile" if value.is_empty() => return Err(ViaError::NoName(text.to_owned(), "profile")),
            "profile" => once(&mut profile, value.to_owned(), "profile", text)?,
            _ => return Err(unknown("lab", name, text)),
        }
    }
    Ok(Via::Lab { behaviour: behaviour.to_owned(), profile, fault })
}

fn once<T>(slot: &mut Option<T>, value: T, option: &'static str, text: &str) -> Result<(), ViaError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(ViaError::Twice { option, text: text.to_owned() }),
    }
}

fn unknown(scheme: &'static str, option: &str, text: &str) -> ViaError {
    ViaError::UnknownOption { scheme, option: option.to_owned(), text: text.to_owned() }
}

fn speed(text: &str, value: &str) -> Result<u32, ViaError> {
    value
        .parse()
        .ok()
        .filter(|baud| is_speed(*baud))
        .ok_or_else(|| ViaError::BadBaud { value: value.to_owned(), text: text.to_owned() })
}

fn time(text: &str, value: &str) -> Result<Duration, ViaError> {
    parse_duration(value).map_err(|why| ViaError::BadTime {
        value: value.to_owned(),
        text: text.to_owned(),
        why: why.to_string(),
    })
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, options) = match self {
            Via::Cable { port, baud } => {
                (format!("cable:{port}"), baud.map(|baud| format!("baud={baud}")).into_iter().collect())
            }
            Via::Modem { port, baud, accept, away, pin } => {
                let baud = baud.map(|baud| format!("baud={baud}"));
                let accept = accept.map(|accept| format!("accept={}", show_duration(accept)));
                let away = away.map(|away| format!("away={}", show_duration(away)));
                let pin = pin.as_ref().map(|pin| format!("pin={pin}"));
                (format!("modem:{port}"), [baud, accept, away, pin].into_iter().flatten().collect::<Vec<_>>())
            }
            Via::Gateway { name } => (format!("gateway:{name}"), Vec::new()),
            Via::Manual => ("manual".to_owned(), Vec::new()),
            Via::Lab { behaviour, profile, fault } => {
                let colon = if behaviour.is_empty() { "" } else { ":" };
                let profile = profile.iter().map(|profile| format!("profile={profile}"));
                let faults = fault.iter().map(|fault| format!("fault={fault}"));
                (format!("lab{colon}{behaviour}"), profile.chain(faults).collect())
            }
        };
        f.write_str(&name)?;
        for (at, option) in options.iter().enumerate() {
            write!(f, "{}{option}", if at == 0 { "?" } else { "&" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_courier_is_read_and_written_alike() {
        for text in [
            "cable:/dev/ttyUSB0",
            "cable:/dev/ttyUSB0?baud=9600",
            "cable:COM3?baud=115200",
            "modem:/dev/ttyUSB2",
            "modem:/dev/ttyUSB2?baud=115200&accept=90s&away=10m&pin=env:SIM_PIN",
            "gateway:office-phone",
            "manual",
            "lab",
            "lab:silent",
            "lab:silent?fault=late-cmgs",
            "lab?profile=teltonika-fmx&fault=late-cmgs",
        ] {
            let via: Via = text.parse().unwrap();
            assert_eq!(via.to_string(), text);
        }
        let via: Via = "cable:/dev/ttyUSB0?baud=9600".parse().unwrap();
        assert_eq!(via, Via::Cable { port: "/dev/ttyUSB0".to_owned(), baud: Some(9600) });
        let via: Via = "modem:/dev/ttyUSB2?accept=1m&pin=file:/home/ana/pin".parse().unwrap();
        let Via::Modem { port, baud, accept, away: None, pin } = via else { panic!("{via}") };
        assert_eq!((port.as_str(), baud, accept), ("/dev/ttyUSB2", None, Some(Duration::from_secs(60))));
        assert_eq!(pin.as_deref(), Some("file:/home/ana/pin"));
    }

    #[test]
    fn a_wrong_via_says_what_is_wrong_and_which_form_is_right() {
        for (text, says, hint) in [
            ("/dev/ttyUSB0", "does not say which courier", "cable:/dev/ttyUSB0"),
            ("", "does not say which courier", "cable:PORT"),
            (":x", "does not say which courier", "cable:PORT"),
            ("COM3", "does not say which courier", "modem:COM3"),
            ("phone", "does not say which courier", "manual"),
            ("serial:/dev/ttyUSB0", "no courier \"serial\"", "cable:PORT"),
            ("modm:/dev/ttyUSB0", "no courier \"modm\"", "\"modem\" is one"),
            ("cable:", "names no port", "homing port list"),
            ("cable", "names no port", "homing port list"),
            ("modem:", "names no port", "modem:PORT"),
            ("modem", "names no port", "modem:PORT"),
            ("gateway:", "names no gateway", "[gateway.NAME]"),
            ("cable:?baud=9600", "names no port", "cable:PORT[?baud=N]"),
            ("cable:/dev/ttyS0?parity=odd", "no option \"parity\"", "cable:PORT[?baud=N]"),
            ("cable:/dev/ttyS0?baud", "\"\" is no line speed", "115200"),
            ("cable:/dev/ttyS0?baud=fast", "\"fast\" is no line speed", "115200"),
            ("cable:/dev/ttyS0?baud=0", "from 50 to 4000000", "115200"),
            ("cable:/dev/ttyS0?baud=99999999999", "\"99999999999\" is no line speed", "9600"),
            ("cable:/dev/ttyS0?baud=9600&baud=1200", "gives baud twice", "cable:PORT[?baud=N]"),
            ("modem:/dev/ttyUSB2?accept=soon", "\"soon\" is no duration", "accept=60s"),
            ("modem:/dev/ttyUSB2?pin=1234", "does not belong on the command line", "pin=file:PATH"),
            ("modem:/dev/ttyUSB2?speed=9600", "a modem has no option \"speed\"", "modem:PORT"),
            ("gateway:x?y=1", "a gateway has no option \"y\"", "form"),
            ("lab?profile=", "names no profile", "lab?profile=teltonika-fmx"),
            ("lab?profile=coban&profile=xexun", "gives profile twice", "profile=ID"),
            ("lab?silent", "a lab has no option \"silent\"", "lab[:BEHAVIOUR]"),
        ] {
            let error = text.parse::<Via>().unwrap_err();
            assert!(error.to_string().contains(says), "{text}: {error}");
            assert!(error.hint().contains(hint), "{text}: {}", error.hint());
        }
    }
}
