//! A tracker of the `#` dialect, as Plaspy prints the commands and related makers document the answers.
//! It obeys only what is exactly right; no iStartek device has been seen answering, so its answers are those makers'.

use std::net::Ipv4Addr;

use super::device::{Brain, Device, Habits, Settings};

const WRONG_PARAMETERS: &str = "Error:Number of parameters errors!";
const UNKNOWN: &str = "instruction error!";
const DONE: &str = "OK!";

/// The tracker and what it is set to.
#[derive(Clone)]
pub(crate) struct HashDevice {
    apn: Vec<String>,
    server_kind: char,
    server: String,
    port: u16,
    udp: bool,
    interval: u32,
    east: bool,
    hours: u32,
    minutes: u32,
}

impl HashDevice {
    /// As it comes from the maker.
    pub(crate) fn new() -> HashDevice {
        HashDevice {
            apn: vec!["CMNET".to_owned()],
            server_kind: '1',
            server: "vt.protrack365.com".to_owned(),
            port: 8842,
            udp: false,
            interval: 10,
            east: true,
            hours: 8,
            minutes: 0,
        }
    }

    pub(crate) fn plug(habits: Habits) -> Device {
        Device::plug(HashDevice::new(), habits)
    }

    /// `APN,name#` or `APN,name,user,password#`
    fn apn(&mut self, fields: &[&str]) -> Option<String> {
        let right = matches!(fields.len(), 1 | 3)
            && fields.iter().all(|field| !field.is_empty() && field.bytes().all(|b| b.is_ascii_graphic()));
        right.then(|| {
            self.apn = fields.iter().map(|field| (*field).to_owned()).collect();
            DONE.to_owned()
        })
    }

    /// `SERVER,1,name,port[,0|1]#` or `SERVER,0,address,port[,0|1]#`
    fn server(&mut self, fields: &[&str]) -> Option<String> {
        let (kind, host, port, transport) = match fields {
            [kind, host, port] => (*kind, *host, *port, "0"),
            [kind, host, port, transport] => (*kind, *host, *port, *transport),
            _ => return None,
        };
        let is_address = host.parse::<Ipv4Addr>().is_ok();
        let kind = match kind {
            "0" if is_address => '0',
            "1" if !is_address && is_name(host) => '1',
            _ => return None,
        };
        let port = number(port, 1, 65535)?;
        let udp = number(transport, 0, 1)? == 1;
        self.server_kind = kind;
        host.clone_into(&mut self.server);
        self.port = u16::try_from(port).ok()?;
        self.udp = udp;
        Some(DONE.to_owned())
    }

    /// `TIMER,n#`, 0 or 5 to 18000 seconds
    fn timer(&mut self, fields: &[&str]) -> Option<String> {
        let [seconds] = fields else { return None };
        self.interval = number(seconds, 0, 0).or_else(|| number(seconds, 5, 18_000))?;
        Some(DONE.to_owned())
    }

    /// `GMT,E|W,hours[,minutes]#`
    fn gmt(&mut self, fields: &[&str]) -> Option<String> {
        let (side, hours, minutes) = match fields {
            [side, hours] => (*side, *hours, "0"),
            [side, hours, minutes] => (*side, *hours, *minutes),
            _ => return None,
        };
        let east = match side {
            "E" => true,
            "W" => false,
            _ => return None,
        };
        let hours = number(hours, 0, 12)?;
        let minutes = number(minutes, 0, 45).filter(|minutes| minutes.is_multiple_of(15))?;
        (self.east, self.hours, self.minutes) = (east, hours, minutes);
        Some(DONE.to_owned())
    }

    fn param(&self) -> String {
        format!(
            "SN:355139089215765;APN:{};IP:{}:{};CENTER:0;TIMER:{};TimeZone:{};LANG:EN;LCWL:OFF;Mode:2;Protocol:ACY;\
             AutoSleep:ENABLE",
            self.apn[0],
            self.server,
            self.port,
            self.interval,
            self.zone()
        )
    }

    /// `8.0`, `-3.5`
    fn zone(&self) -> String {
        let tenths = self.hours * 10 + self.minutes / 6;
        let sign = if self.east || tenths == 0 { "" } else { "-" };
        if self.minutes.is_multiple_of(30) {
            format!("{sign}{}.{}", tenths / 10, tenths % 10)
        } else {
            format!("{sign}{}.{}", self.hours, self.minutes * 100 / 60)
        }
    }

    fn query(&self, verb: &str) -> Option<String> {
        Some(match verb {
            "PARAM" => self.param(),
            "VERSION" => "[VERSION]PT32_A7670E_V1.0.3_240711".to_owned(),
            "STATUS" => {
                "Battery:4.20V,NORMAL; SERVER:Link Up, network:\"GSM\",(4); GPS:Successful positioning;"
                    .to_owned()
            }
            "APN" => format!("APN,{}", self.apn.join(",")),
            "SERVER" => {
                format!("SERVER,{},{},{},{}", self.server_kind, self.server, self.port, u8::from(self.udp))
            }
            "TIMER" => format!("TIMER,{}", self.interval),
            "GMT" => format!("GMT,{},{},{}", if self.east { 'E' } else { 'W' }, self.hours, self.minutes),
            _ => return None,
        })
    }
}

impl Brain for HashDevice {
    fn hear(&mut self, command: &str) -> Option<String> {
        // Without its end it is no command, and a second end inside makes it no known one.
        let body = command.strip_suffix('#')?;
        let mut fields = body.split(',');
        let verb = fields.next().unwrap_or_default();
        let fields: Vec<&str> = fields.collect();
        let answer = match verb {
            "FACTORY" if fields.is_empty() => {
                *self = HashDevice::new();
                Some("OK, The terminal will restart after 20 seconds!".to_owned())
            }
            _ if fields.is_empty() => self.query(verb),
            "APN" => self.apn(&fields),
            "SERVER" => self.server(&fields),
            "TIMER" => self.timer(&fields),
            "GMT" => self.gmt(&fields),
            _ => None,
        };
        let known =
            matches!(verb, "APN" | "SERVER" | "TIMER" | "GMT" | "PARAM" | "VERSION" | "STATUS" | "FACTORY");
        Some(answer.unwrap_or_else(|| if known { WRONG_PARAMETERS } else { UNKNOWN }.to_owned()))
    }

    fn refuse(&self, _command: &str) -> Option<String> {
        Some("Not support!".to_owned())
    }

    fn settings(&self) -> Settings {
        let part = |at: usize| self.apn.get(at).cloned().unwrap_or_default();
        Settings::from([
            ("apn", part(0)),
            ("apn_user", part(1)),
            ("apn_password", part(2)),
            ("server_kind", self.server_kind.to_string()),
            ("server", self.server.clone()),
            ("port", self.port.to_string()),
            ("transport", if self.udp { "udp" } else { "tcp" }.to_owned()),
            ("interval", self.interval.to_string()),
            ("timezone", self.zone()),
        ])
    }
}

/// Digits only, without a sign or leading zeros, from `least` to `most`.
pub(crate) fn number(text: &str, least: u32, most: u32) -> Option<u32> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|value| plain && (least..=most).contains(value))
}

/// A host name: labels of letters, digits and hyphens, not all digits.
pub(crate) fn is_name(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.split('.').all(label) && text.bytes().any(|b| b.is_ascii_alphabetic())
}
