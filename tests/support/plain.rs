//! Devices that speak no tracker's dialect: nothing at all, only echo, only noise, a modem, and one that a test scripts.
//! They are what a cable finds at its other end when it is not a tracker, or not at this speed.

use super::device::{Brain, Device, GARBAGE, Habits};

/// Hears everything and says nothing: a charge-only circuit, a tracker asleep.
#[derive(Clone)]
pub(crate) struct SilentDevice;

impl SilentDevice {
    pub(crate) fn plug() -> Device {
        Device::plug(SilentDevice, Habits::default())
    }
}

impl Brain for SilentDevice {
    fn hear(&mut self, _command: &str) -> Option<String> {
        None
    }
}

/// Gives back what it gets: crossed wires, or a shell of its own.
pub(crate) struct EchoDevice;

impl EchoDevice {
    pub(crate) fn plug() -> Device {
        Device::plug(SilentDevice, Habits { echo: true, ..Habits::default() })
    }
}

/// Answers every byte with noise: a wrong line speed on both sides.
#[derive(Clone)]
pub(crate) struct GarbageDevice;

impl GarbageDevice {
    pub(crate) fn plug() -> Device {
        Device::plug(GarbageDevice, Habits::default())
    }
}

impl Brain for GarbageDevice {
    fn hear(&mut self, _command: &str) -> Option<String> {
        None
    }

    fn noise(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.iter().flat_map(|_| GARBAGE).collect()
    }
}

/// A modem's own AT port: echo on, `OK` and `ERROR`, deaf to lines without `AT`.
#[derive(Clone)]
pub(crate) struct ModemDevice {
    answers_everything: bool,
}

impl ModemDevice {
    pub(crate) fn plug() -> Device {
        ModemDevice::plug_with(false, Habits { echo: true, ..Habits::default() })
    }

    /// With `answers_everything` a line without `AT` gets `ERROR` too, as from some modems.
    pub(crate) fn plug_with(answers_everything: bool, habits: Habits) -> Device {
        Device::plug(ModemDevice { answers_everything }, habits)
    }
}

impl Brain for ModemDevice {
    fn hear(&mut self, command: &str) -> Option<String> {
        let answer = match command {
            "AT" | "ATE0" | "ATE1" | "ATV1" | "AT+CMEE=1" => "\r\nOK",
            "ATI" => "\r\nManufacturer: SIMCOM INCORPORATED\r\nModel: A7670E-FASE\r\n\r\nOK",
            _ if command.starts_with("AT") || self.answers_everything => "\r\nERROR",
            _ => return None,
        };
        Some(answer.to_owned())
    }
}

/// Answers as a test says.
#[derive(Clone)]
pub(crate) struct Scripted<F>(pub(crate) F);

impl<F: FnMut(&str) -> Option<String> + Clone + Send + 'static> Brain for Scripted<F> {
    fn hear(&mut self, command: &str) -> Option<String> {
        (self.0)(command)
    }
}
