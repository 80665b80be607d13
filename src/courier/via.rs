//! Reads `--via`: which courier, and its options.
//! It only parses; whether the port exists is found out when it is opened.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::{Cable, Courier, Trouble};

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
    /// `cable:` and nothing.
    #[error("{0:?} names no port")]
    NoPort(String),
    /// An option that no courier of this kind has.
    #[error("a cable has no option {option:?} (in {text:?})")]
    UnknownOption {
        /// What stands before `=`.
        option: String,
        /// The whole text.
        text: String,
    },
    /// An option given twice.
    #[error("{0:?} gives baud twice")]
    Twice(String),
    /// A line speed that is no number or that no port has.
    #[error("{value:?} is no line speed: it is a number from {SLOWEST} to {FASTEST} (in {text:?})")]
    BadBaud {
        /// What stands after `baud=`.
        value: String,
        /// The whole text.
        text: String,
    },
}

const SLOWEST: u32 = 50;
const FASTEST: u32 = 4_000_000;

/// Whether some serial port could run at this speed; 0 would hang up.
pub(super) fn is_speed(baud: u32) -> bool {
    (SLOWEST..=FASTEST).contains(&baud)
}

impl ViaError {
    /// What to type instead.
    pub fn hint(&self) -> String {
        match self {
            ViaError::NoScheme(text) if !text.is_empty() => {
                format!("a serial port is written cable:{text}")
            }
            ViaError::BadBaud { .. } => {
                "115200 and 9600 are usual, as in cable:/dev/ttyUSB0?baud=115200".to_owned()
            }
            _ => "the form is cable:PORT[?baud=N], as in cable:/dev/ttyUSB0?baud=115200; \
                  `homing port list` shows the ports"
                .to_owned(),
        }
    }
}

impl Via {
    /// Opens the courier.
    ///
    /// # Errors
    /// When the port cannot be had; see [`Trouble`].
    pub fn open(&self, speeds: &[u32]) -> Result<Box<dyn Courier>, Trouble> {
        match self {
            Via::Cable { port, baud: None } => Ok(Box::new(Cable::open(port, speeds)?)),
            Via::Cable { port, baud: Some(baud) } => Ok(Box::new(Cable::open(port, &[*baud])?)),
        }
    }
}

impl FromStr for Via {
    type Err = ViaError;

    fn from_str(text: &str) -> Result<Via, ViaError> {
        let (scheme, rest) = match text.split_once(':') {
            // A drive or a path with a colon in it is no scheme.
            Some((scheme, rest)) if scheme.bytes().all(|b| b.is_ascii_alphabetic()) && !scheme.is_empty() => {
                (scheme, rest)
            }
            _ => return Err(ViaError::NoScheme(text.to_owned())),
        };
        match scheme {
            "cable" => cable(text, rest),
            _ => Err(ViaError::UnknownScheme { scheme: scheme.to_owned(), text: text.to_owned() }),
        }
    }
}

fn cable(text: &str, rest: &str) -> Result<Via, ViaError> {
    let (port, options) = rest.split_once('?').unwrap_or((rest, ""));
    if port.is_empty() {
        return Err(ViaError::NoPort(text.to_owned()));
    }
    let mut baud = None;
    for option in options.split('&').filter(|option| !option.is_empty()) {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        if name != "baud" {
            return Err(ViaError::UnknownOption { option: name.to_owned(), text: text.to_owned() });
        }
        if baud.replace(speed(text, value)?).is_some() {
            return Err(ViaError::Twice(text.to_owned()));
        }
    }
    Ok(Via::Cable { port: port.to_owned(), baud })
}

fn speed(text: &str, value: &str) -> Result<u32, ViaError> {
    value
        .parse()
        .ok()
        .filter(|baud| is_speed(*baud))
        .ok_or_else(|| ViaError::BadBaud { value: value.to_owned(), text: text.to_owned() })
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Via::Cable { port, baud: None } => write!(f, "cable:{port}"),
            Via::Cable { port, baud: Some(baud) } => write!(f, "cable:{port}?baud={baud}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cable_is_read_and_written_alike() {
        for (text, port, baud) in [
            ("cable:/dev/ttyUSB0", "/dev/ttyUSB0", None),
            ("cable:/dev/ttyUSB0?baud=9600", "/dev/ttyUSB0", Some(9600)),
            ("cable:COM3?baud=115200", "COM3", Some(115_200)),
        ] {
            let via: Via = text.parse().unwrap();
            assert_eq!(via, Via::Cable { port: port.to_owned(), baud });
            assert_eq!(via.to_string(), text);
        }
    }

    #[test]
    fn a_wrong_via_says_what_is_wrong_and_which_form_is_right() {
        for (text, says, hint) in [
            ("/dev/ttyUSB0", "does not say which courier", "cable:/dev/ttyUSB0"),
            ("", "does not say which courier", "cable:PORT[?baud=N]"),
            (":x", "does not say which courier", "cable::x"),
            ("serial:/dev/ttyUSB0", "no courier \"serial\"", "cable:PORT[?baud=N]"),
            ("cable:", "names no port", "homing port list"),
            ("cable:?baud=9600", "names no port", "cable:PORT[?baud=N]"),
            ("cable:/dev/ttyS0?parity=odd", "no option \"parity\"", "cable:PORT[?baud=N]"),
            ("cable:/dev/ttyS0?baud", "\"\" is no line speed", "115200"),
            ("cable:/dev/ttyS0?baud=fast", "\"fast\" is no line speed", "115200"),
            ("cable:/dev/ttyS0?baud=0", "from 50 to 4000000", "115200"),
            ("cable:/dev/ttyS0?baud=99999999999", "\"99999999999\" is no line speed", "9600"),
            ("cable:/dev/ttyS0?baud=9600&baud=1200", "twice", "cable:PORT[?baud=N]"),
        ] {
            let error = text.parse::<Via>().unwrap_err();
            assert!(error.to_string().contains(says), "{text}: {error}");
            assert!(error.hint().contains(hint), "{text}: {}", error.hint());
        }
    }
}
