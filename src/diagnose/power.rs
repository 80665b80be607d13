//! Battery, supply and signal, and whether there is a fix: how a tracker does.

use super::samples::Samples;
use super::words::count;
use super::{Code, Finding};
use crate::wire::{Dec, Event, Kind, Value, View};

/// Per cent from which on a battery counts as low.
const LOW_PCT: Dec = Dec::whole(15);
/// The voltages of one lithium cell, and from which on it is low. What lies outside of it is another battery.
const CELL: (Dec, Dec) = (Dec::new(25, 1), Dec::new(43, 1));
const LOW_V: Dec = Dec::new(355, 2);
/// Below this, nothing that supplies a tracker is connected: those that do have 5 V and more.
const SUPPLY_V: Dec = Dec::new(45, 1);
/// Signal that is too weak to rely on, dBm: CSQ 6 and less.
const WEAK_DBM: i64 = -101;
/// The same where per cent are told: CSQ 6 of 31.
const WEAK_PCT: i64 = 19;

/// What is remembered of a tracker's state.
#[derive(Debug, Clone, Default)]
pub(super) struct Power {
    battery: Option<Battery>,
    supply: Option<Supply>,
    signal: Samples,
    signal_pct: Samples,
}

#[derive(Debug, Clone, Copy)]
enum Battery {
    Volts(Dec),
    Percent(Dec),
    Level(Dec),
    Said(&'static str),
}

#[derive(Debug, Clone, Copy)]
enum Supply {
    Volts(Dec),
    Said(&'static str),
    Back,
}

impl Power {
    #[inline]
    pub(super) fn heard(&mut self, view: &View<'_>) {
        if let Some(dbm) = view.rssi_dbm {
            self.signal.add(dbm.into());
        } else if let Some(Value::Dec(percent)) = view.attribute("signal_pct").map(|signal| signal.value) {
            self.signal_pct.add(percent.round().unwrap_or_default());
        }
        let level = || view.attribute("battery_level").filter(|level| level.unit == "of 6");
        match (view.battery_pct, view.battery_v) {
            (Some(percent), _) => self.battery = Some(Battery::Percent(percent)),
            (None, Some(volts)) => self.battery = Some(Battery::Volts(volts)),
            (None, None) if view.kind == Kind::Heartbeat => {
                if let Some(Value::Dec(level)) = level().map(|level| level.value) {
                    self.battery = Some(Battery::Level(level));
                }
            }
            (None, None) => {}
        }
        if let Some(volts) = view.power_v {
            self.supply = Some(Supply::Volts(volts));
        }
        view.events().iter().for_each(|event| self.event(event));
    }

    fn event(&mut self, event: &Event) {
        let name = event.name;
        if name.starts_with("battery low") || name.starts_with("low battery") {
            self.battery = Some(Battery::Said(name));
        } else if matches!(
            name,
            "external power cut" | "power cut" | "external power low" | "external power low, protection"
        ) {
            self.supply = Some(Supply::Said(name));
        } else if name == "external power on" {
            self.supply = Some(Supply::Back);
        }
    }

    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        if let Some(evidence) = self.battery.and_then(low) {
            out.push(Finding::new(
                Code::BatteryLow,
                evidence,
                "Charge the tracker or look at its supply, before it switches off.",
            ));
        }
        let supply = match self.supply {
            Some(Supply::Volts(volts)) if volts < SUPPLY_V => {
                Some(format!("the last message gives {volts} V for the supply outside"))
            }
            Some(Supply::Said(name)) => Some(format!("the tracker reports: {name}")),
            _ => None,
        };
        if let Some(evidence) = supply {
            out.push(Finding::new(
                Code::NoPower,
                evidence,
                "A wired tracker runs on its battery now: look at fuse, plug and ground; for a tracker that is carried around it is as it should be.",
            ));
        }
        let weak = |samples: &Samples, bound: i64, unit: &str| {
            let middle = samples.sorted().median().filter(|middle| *middle <= bound)?;
            Some(format!("{middle} {unit} in the middle of {}", count(samples.count, "message")))
        };
        let signal = weak(&self.signal, WEAK_DBM, "dBm").or_else(|| weak(&self.signal_pct, WEAK_PCT, "%"));
        if let Some(signal) = signal {
            out.push(Finding::new(
                Code::WeakSignal,
                format!("the signal of the mobile network is {signal}"),
                "Below -100 dBm, or a fifth, connections break: move the tracker or its antenna away from metal, or try a SIM of another network.",
            ));
        }
    }
}

/// That the battery is low, with its value.
fn low(battery: Battery) -> Option<String> {
    match battery {
        Battery::Percent(percent) if percent <= LOW_PCT => {
            Some(format!("the last message gives {percent} % for the battery"))
        }
        Battery::Volts(volts) if volts >= CELL.0 && volts <= CELL.1 && volts < LOW_V => {
            Some(format!("the last message gives {volts} V for the battery"))
        }
        // 0 no power, 1 extremely low, 2 very low, 3 low, in the makers' papers.
        Battery::Level(level) if level <= Dec::whole(2) => {
            Some(format!("the last message gives level {level} of 6 for the battery"))
        }
        Battery::Said(name) => Some(format!("the tracker reports: {name}")),
        _ => None,
    }
}

/// Whether there is a fix.
#[derive(Debug, Clone, Default)]
pub(super) struct Fix {
    positions: u64,
    without: u64,
    /// Without a fix, one after another, up to the last.
    row: u64,
    /// With a fix, as it says, and at 0 degrees by 0.
    nowhere: u64,
    /// With a fix, as it says, of no satellite.
    unseen: u64,
    satellites: Option<u16>,
}

impl Fix {
    pub(super) fn heard(&mut self, view: &View<'_>) {
        let zero = view.lat == Some(Dec::whole(0)) && view.lon == Some(Dec::whole(0));
        // A dilution of 0 is that of no satellites, where their number is not told.
        let none = match view.satellites {
            Some(number) => number == 0,
            None => view.hdop.is_some_and(|hdop| hdop == Dec::whole(0)),
        };
        match view.valid {
            Some(true) if zero => self.nowhere += 1,
            Some(true) if none => (self.unseen, self.row) = (self.unseen + 1, self.row + 1),
            Some(true) => self.row = 0,
            Some(false) => {
                (self.without, self.row) = (self.without + 1, self.row + 1);
                self.satellites = view.satellites.or(self.satellites);
            }
            None => return,
        }
        self.positions += 1;
    }

    /// A few without a fix are normal, as after a start or in a garage: a tenth of all, or the last three, are not.
    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        let wrong = self.without + self.nowhere + self.unseen;
        let many = wrong * 10 >= self.positions;
        if wrong == 0 || !(many || self.row >= 3) {
            return;
        }
        let nowhere = match self.nowhere {
            0 => String::new(),
            number => format!("; {number} claim one at 0 degrees by 0"),
        };
        let unseen = match self.unseen {
            0 => String::new(),
            number => format!("; {number} claim one of no satellites"),
        };
        let satellites = self
            .satellites
            .map_or_else(String::new, |number| format!("; satellites in the last of them: {number}"));
        let last = if self.row >= 3 && self.row < self.positions {
            format!(", the last {} in a row", self.row)
        } else {
            String::new()
        };
        out.push(Finding::new(
            Code::NoFix,
            format!("positions without a fix: {wrong} of {}{last}{nowhere}{unseen}{satellites}", self.positions),
            "The connection works; take the tracker outdoors with its GPS side up for ten minutes, and look at the antenna if it stays so.",
        ));
    }
}
