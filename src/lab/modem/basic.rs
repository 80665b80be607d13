//! The commands every modem has since its telephone days (ITU-T V.250 section 6). They set how answers look.
//! This modem makes no calls.

use super::answer::{Answer, Blocks, Done, Fail, line, ok};
use super::line::{Command, Form};
use super::{FaultKind, Modem, Scene, Settings};

/// Who made it, what it is, and its version.
const MANUFACTURER: &str = "homing";
const MODEL: &str = "lab";
const REVISION: &str = env!("CARGO_PKG_VERSION");

/// The number of a basic command, 0 when none is written, when it is in range.
fn switch(command: &Command, most: u16) -> Result<u16, Fail> {
    let number = command.values().first().map_or(Some(0), super::line::Value::number);
    number.filter(|number| *number <= most).ok_or(Fail::Error)
}

impl Modem {
    pub(super) fn echo(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        let on = switch(command, 1)? == 1;
        let stays = !on && scene.strikes(FaultKind::EchoOn, self.identity.index).is_some();
        self.set.echo = on || stays;
        ok()
    }

    pub(super) fn verbose(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        self.set.verbose = switch(command, 1)? == 1;
        ok()
    }

    pub(super) fn quiet(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        self.set.quiet = switch(command, 2)? == 1;
        ok()
    }

    /// `ATZ` and `AT&F`: the settings as after switching on.
    pub(super) fn reset(&mut self, _: &Command, _: &mut Scene<'_>) -> Answer {
        let functionality = self.set.functionality;
        self.set = Settings { functionality, ..Settings::new(self.set.service_centre.clone()) };
        ok()
    }

    /// Taken and of no consequence here.
    pub(super) fn nothing(&mut self, _: &Command, _: &mut Scene<'_>) -> Answer {
        ok()
    }

    pub(super) fn nothing_extended(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.form {
            Form::Read => line(format!("{}: 0", command.name)),
            Form::Test => line(format!("{}: (0-1)", command.name)),
            _ => ok(),
        }
    }

    pub(super) fn no_call(&mut self, _: &Command, _: &mut Scene<'_>) -> Answer {
        Err(Fail::NoCarrier)
    }

    /// The registers are what the standard says at switching on, and stay so.
    pub(super) fn register(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let value = match command.name.as_str() {
            "S3" => 13,
            "S4" => 10,
            "S5" => 8,
            "S7" => 60,
            _ => 0,
        };
        if command.form == Form::Read { line(format!("{value:03}")) } else { ok() }
    }

    pub(super) fn information(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match switch(command, 9)? {
            0 => Ok(Done::Said(Blocks(vec![
                format!("Manufacturer: {MANUFACTURER}"),
                format!("Model: {MODEL}"),
                format!("Revision: {REVISION}"),
                format!("IMEI: {}", self.identity.imei),
                "+GCAP: +CGSM".to_owned(),
            ]))),
            _ => ok(),
        }
    }

    pub(super) fn manufacturer(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        told(command, MANUFACTURER)
    }

    pub(super) fn model(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        told(command, MODEL)
    }

    pub(super) fn revision(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        told(command, REVISION)
    }

    /// `AT+CGSN`, and `AT+CGSN=1` of newer modems.
    pub(super) fn imei(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.values().first().map(|value| value.number()) {
            Some(Some(1)) => line(format!("+CGSN: \"{}\"", self.identity.imei)),
            Some(Some(0)) | None => told(command, &self.identity.imei),
            Some(_) => Err(Fail::Cme(50)),
        }
    }

    pub(super) fn capabilities(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        told(command, "+GCAP: +CGSM")
    }

    pub(super) fn list(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.form {
            Form::Execute => {
                Ok(Done::Said(Blocks(super::COMMANDS.iter().map(|(name, _)| (*name).to_owned()).collect())))
            }
            Form::Test => ok(),
            _ => Err(Fail::Error),
        }
    }

    pub(super) fn speed(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.form {
            Form::Read => line("+IPR: 0"),
            Form::Test => line("+IPR: (0,9600,19200,38400,57600,115200),()"),
            _ => ok(),
        }
    }
}

/// A line that is told when asked; asking whether it can be asked is fine.
pub(super) fn told(command: &Command, text: &str) -> Answer {
    match command.form {
        Form::Execute | Form::Set(_) => line(text),
        Form::Test => ok(),
        _ => Err(Fail::Error),
    }
}
