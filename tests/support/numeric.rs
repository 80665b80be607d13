//! A tracker of the numeric dialect, as the maker's protocol paper V1.6 documents it: `<password>,<code>,<data>`.
//! It obeys only what is exactly right, and its password is asked for in every command.

use std::net::Ipv4Addr;

use super::device::{Brain, Device, Habits, Settings};
use super::hash::{is_name, number};

/// What a command came to.
enum Came {
    /// Obeyed: `<code>,OK`.
    Done,
    /// Answered: `<code>,<data>`.
    Data(String),
    /// Wrong format.
    Failed,
    /// Not a command of this device.
    Unsupported,
}

/// The tracker and what it is set to.
#[derive(Clone)]
pub(crate) struct NumericDevice {
    password: String,
    server: Server,
    backup: String,
    intervals: String,
    reliable: bool,
    apn: String,
    zone: i32,
}

#[derive(Clone)]
struct Server {
    mode: u32,
    host: String,
    port: u32,
}

impl NumericDevice {
    /// As it comes from the maker.
    pub(crate) fn new() -> NumericDevice {
        NumericDevice {
            password: "0000".to_owned(),
            server: Server { mode: 1, host: "istartracker.com".to_owned(), port: 8011 },
            backup: "87.172.73.51,8011".to_owned(),
            intervals: "10".to_owned(),
            reliable: false,
            apn: "CMNET".to_owned(),
            zone: 0,
        }
    }

    /// One whose owner has changed the password.
    pub(crate) fn with_password(password: &str) -> NumericDevice {
        NumericDevice { password: password.to_owned(), ..NumericDevice::new() }
    }

    pub(crate) fn plug(habits: Habits) -> Device {
        Device::plug(NumericDevice::new(), habits)
    }

    fn obey(&mut self, code: &str, data: &[&str]) -> Came {
        let done = match (code, data) {
            ("100", [mode, host, port]) => self.set_server(mode, host, port),
            ("101", [host, port]) => self.set_backup(host, port),
            ("102", data) => self.set_intervals(data),
            ("103", [flag]) => number(flag, 0, 1).map(|flag| self.reliable = flag == 1),
            ("109", data) => self.set_apn(data),
            ("600", [password]) => is_password(password).then(|| (*password).clone_into(&mut self.password)),
            ("601", [minutes]) => self.set_zone(minutes),
            ("612", [what]) => number(what, 1, 3).map(|what| self.initialise(what)),
            ("910", [what]) => number(what, 1, 3).map(|_| ()),
            ("801" | "802" | "803" | "808", data) => return self.query(code, data),
            ("100" | "101" | "103" | "600" | "601" | "612" | "910", _) => None,
            _ => return Came::Unsupported,
        };
        if done.is_some() { Came::Done } else { Came::Failed }
    }

    fn query(&self, code: &str, data: &[&str]) -> Came {
        match (code, data) {
            ("801", []) => Came::Data("143190870823,869912033012424,VT100_V100".to_owned()),
            ("802", []) => Came::Data("0000000F,03,01,31,12,4.15,00.00".to_owned()),
            ("803", []) => Came::Data("12345678901234567890".to_owned()),
            ("808", [wanted]) => Came::Data(match self.parameter(wanted) {
                Some(value) => format!("{wanted},{value}"),
                None => format!("{wanted},Unsupport"),
            }),
            _ => Came::Failed,
        }
    }

    /// The paper names 100, 101, 102, 105, 106 and 109 as readable; this device has no second server.
    fn parameter(&self, code: &str) -> Option<String> {
        match code {
            "100" => Some(format!("{},{},{}", self.server.mode, self.server.host, self.server.port)),
            "101" => Some(self.backup.clone()),
            "102" => Some(self.intervals.clone()),
            "109" => Some(self.apn.clone()),
            _ => None,
        }
    }

    fn set_server(&mut self, mode: &str, host: &str, port: &str) -> Option<()> {
        let (mode, port) = (number(mode, 0, 2)?, number(port, 2, 65534)?);
        self.server = is_host(host).then(|| Server { mode, host: host.to_owned(), port })?;
        Some(())
    }

    fn set_backup(&mut self, host: &str, port: &str) -> Option<()> {
        let port = number(port, 2, 65534)?;
        self.backup = is_host(host).then(|| format!("{host},{port}"))?;
        Some(())
    }

    /// `normal[,ACC-off][,stopped]`: one in the middle may be empty, the last may not.
    fn set_intervals(&mut self, data: &[&str]) -> Option<()> {
        let seconds = |text: &str| number(text, 1, 65535);
        match data {
            [normal] => drop(seconds(normal)?),
            [normal, off] => drop((seconds(normal)?, seconds(off)?)),
            [normal, "", stopped] => drop((seconds(normal)?, seconds(stopped)?)),
            [normal, off, stopped] => drop((seconds(normal)?, seconds(off)?, seconds(stopped)?)),
            _ => return None,
        }
        self.intervals = data.join(",");
        Some(())
    }

    fn set_apn(&mut self, data: &[&str]) -> Option<()> {
        let word = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
        ((1..=3).contains(&data.len()) && data.iter().all(word)).then(|| self.apn = data.join(","))
    }

    fn set_zone(&mut self, minutes: &str) -> Option<()> {
        let digits = minutes.strip_prefix('-').unwrap_or(minutes);
        let size = i32::try_from(number(digits, 0, 720)?).ok()?;
        self.zone = if minutes.starts_with('-') { -size } else { size };
        Some(())
    }

    /// 1 keeps the data-link settings, 2 is the password only, 3 is everything.
    fn initialise(&mut self, what: u32) {
        match what {
            1 => self.zone = 0,
            2 => "0000".clone_into(&mut self.password),
            _ => *self = NumericDevice::new(),
        }
    }
}

impl Brain for NumericDevice {
    fn hear(&mut self, command: &str) -> Option<String> {
        let fields: Vec<&str> = command.split(',').collect();
        let [password, code, data @ ..] = fields.as_slice() else {
            return None;
        };
        if !is_code(code) {
            return None;
        }
        if *password != self.password {
            return Some(format!("{code},Failed"));
        }
        Some(match self.obey(code, data) {
            Came::Done => format!("{code},OK"),
            Came::Data(data) => format!("{code},{data}"),
            Came::Failed => format!("{code},Failed"),
            Came::Unsupported => format!("{code},Unsupport"),
        })
    }

    fn refuse(&self, command: &str) -> Option<String> {
        command.split(',').nth(1).map(|code| format!("{code},Failed"))
    }

    fn settings(&self) -> Settings {
        let mut apn = self.apn.split(',').map(str::to_owned);
        let mut next = || apn.next().unwrap_or_default();
        let transport = match self.server.mode {
            0 => "off",
            1 => "tcp",
            _ => "udp",
        };
        Settings::from([
            ("apn", next()),
            ("apn_user", next()),
            ("apn_password", next()),
            ("server", self.server.host.clone()),
            ("port", self.server.port.to_string()),
            ("transport", transport.to_owned()),
            ("backup", self.backup.clone()),
            ("interval", self.intervals.clone()),
            ("reliable", u8::from(self.reliable).to_string()),
            ("timezone", self.zone.to_string()),
            ("password", self.password.clone()),
        ])
    }
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_password(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_graphic())
}

fn is_host(text: &str) -> bool {
    text.len() <= 32 && (text.parse::<Ipv4Addr>().is_ok() || is_name(text))
}
