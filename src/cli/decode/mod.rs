//! `homing decode`: captured bytes explained. Which protocol, every field, and what is wrong with a frame.

mod input;
mod link;
mod sink;
mod work;

use std::time::{Duration, SystemTime};

use clap::{Args, ValueEnum};

use crate::capture::{self, Error, Form, Options, Zone};
use crate::diagnose::{self, Diagnosis};
use crate::tracker::Imei;
use crate::ui::decode::{self as show, Csv, Explain, Geojson, Gpx, Json, Ndjson, Table, Tally};
use crate::ui::{Exit, Failure, Term};
use crate::units::{nearest, parse_duration};
use crate::wire::{PROTOCOLS, Protocol, UtcTime, by_name};

use input::Input;
use sink::Sink;
use work::Work;

/// Explain captured bytes: which protocol, every field, what is wrong.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Decode {
    /// A file, `-` for standard input, or the bytes themselves as hex:… or text:…
    #[arg(default_value = "-", hide_default_value = true)]
    input: String,
    /// What it is written as
    #[arg(long = "input", value_enum, default_value_t, value_name = "FORM", help_heading = "Input")]
    form: FormArg,
    /// Take this protocol for granted, or find it out: auto
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = protocol, help_heading = "Input")]
    protocol: Asked,
    /// Time zone of times in a log that name none, as +05:30
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, help_heading = "Input")]
    log_zone: Option<Zone>,
    /// Of a packet capture, only what goes to or comes from this port
    #[arg(long, value_name = "PORT", help_heading = "Input")]
    port: Option<u16>,
    /// The tracker that is expected; several may be given
    #[arg(long, value_name = "IMEI", help_heading = "Diagnosis")]
    imei: Vec<Imei>,
    /// The report interval that is set, as 60s
    #[arg(long, value_name = "TIME", value_parser = parse_duration, help_heading = "Diagnosis")]
    interval: Option<Duration>,
    /// Output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: Format,
}

const AFTER: &str = "\
Examples:
  homing decode hex:78780D01012345678901234500018CDD0D0A
  homing decode server.log --format table        a log with hex in its lines
  homing decode dump.pcap --port 8888            a packet capture, streams put together
  homing decode frames.txt --format ndjson       one JSON object a message

Each line of hex, text and logs is a stream of its own. Exit codes: 0 all of it
recognised and whole, 1 something damaged or refused, 3 nothing recognised.";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum FormArg {
    /// Lines of hexadecimal digits
    Hex,
    /// Lines of text as trackers write it; \r, \n and \xHH are understood
    Text,
    /// A dump as xxd, hexdump, od or Wireshark print it: its lines are one stream
    Dump,
    /// The bytes themselves
    Raw,
    /// A packet capture: pcap or pcapng
    Pcap,
    /// A server's log with hex or text in its lines
    Log,
    /// Found out by its beginning, and for each line anew
    #[default]
    Auto,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The verdict, the bytes with the names of their fields, the fields with units, findings
    #[default]
    Explain,
    /// A table, one row a message
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line and message
    Ndjson,
    /// Comma-separated values, one row a message
    Csv,
    /// GeoJSON: the positions with a fix
    Geojson,
    /// GPX: a track for each tracker, the positions with a fix
    Gpx,
}

/// A protocol, or none: to be found out.
#[derive(Debug, Clone, Copy)]
struct Asked(Option<&'static Protocol>);

fn protocol(name: &str) -> Result<Asked, String> {
    if name == "auto" {
        return Ok(Asked(None));
    }
    by_name(name).map(|protocol| Asked(Some(protocol))).ok_or_else(|| {
        let names: Vec<&str> = PROTOCOLS.into_iter().map(|protocol| protocol.name).collect();
        let meant = nearest(name, names.iter().copied()).map(|near| format!("; did you mean {near}?"));
        format!("there is auto, {}{}", names.join(", "), meant.unwrap_or_default())
    })
}

impl FormArg {
    fn form(self) -> Option<Form> {
        match self {
            Self::Hex => Some(Form::Hex),
            Self::Text => Some(Form::Text),
            Self::Dump => Some(Form::Dump),
            Self::Raw => Some(Form::Raw),
            Self::Pcap => Some(Form::Pcap),
            Self::Log => Some(Form::Log),
            Self::Auto => None,
        }
    }
}

impl Format {
    fn writer(self) -> Box<dyn show::Format> {
        match self {
            Self::Explain => Box::new(Explain::default()),
            Self::Table => Box::new(Table::default()),
            Self::Json => Box::new(Json::default()),
            Self::Ndjson => Box::new(Ndjson::default()),
            Self::Csv => Box::new(Csv::default()),
            Self::Geojson => Box::new(Geojson::default()),
            Self::Gpx => Box::new(Gpx::default()),
        }
    }
}

impl Decode {
    pub(super) fn run(self, term: &mut Term) -> anyhow::Result<Exit> {
        let Input { name, form, bytes } = input::open(&self.input, self.form.form(), term)?;
        let options = Options { form, zone: self.log_zone.unwrap_or_default(), port: self.port };
        let sink = Sink::new(self.format.writer(), self.diagnosis(), now(), term);
        let mut work = Work::new(self.protocol.0, sink);
        let read = capture::read(bytes, &options, &mut |event| work.event(event));
        // Nothing was given out yet when there is nothing to read.
        if let Err(error @ (Error::Nothing | Error::NoPcap(_))) = &read {
            return Err(input::failure(&name, error).into());
        }
        let tally = work.finish()?;
        let summary = read.map_err(|error| input::failure(&name, &error))?;
        input::tell(&summary, term);
        let all = summary.form != Some(Form::Pcap) || self.port.is_some();
        exit(&tally, all, &name)
    }

    fn diagnosis(&self) -> Diagnosis {
        let interval_s = self.interval.map(|interval| interval.as_secs().max(1));
        Diagnosis::new(diagnose::Options { expected: self.imei.clone(), interval_s })
    }
}

/// For answers that tell a tracker the time.
fn now() -> UtcTime {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    UtcTime::from_unix(i64::try_from(since.as_secs()).unwrap_or_default())
}

/// 0 when everything is recognised and whole. `all` says that everything in the input is to be a tracker's; else
/// only what stands among its frames counts.
fn exit(tally: &Tally, all: bool, name: &str) -> anyhow::Result<Exit> {
    if tally.frames == 0 {
        if tally.refused > 0 && tally.possible + tally.unknown + tally.foreign == 0 {
            let message = format!("{name}: no line of it can be read as hexadecimal digits");
            let hint = "text on the command line is written text:…; of a file, leave --input out and each line is looked at";
            return Err(Failure::usage(message).hint(hint).into());
        }
        return Ok(Exit::Unproven);
    }
    let unknown = if all { tally.unknown } else { 0 };
    if tally.damaged + tally.noise + tally.refused + unknown > 0 {
        return Ok(Exit::Failed);
    }
    Ok(if tally.possible > 0 { Exit::Unproven } else { Exit::Done })
}
