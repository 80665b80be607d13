//! `homing modem`: the modem at hand, and what lies in it. Sends nothing and deletes nothing.

use clap::{Args, Subcommand, ValueEnum};

use crate::apn::Sim;
use crate::courier::modem::{self, Found, Info};
use crate::courier::{ModemOptions, Via};
use crate::report;
use crate::tracker::{Country, Phone};
use crate::ui::{self, Exit, Failure, Term};

use super::flags::flag_error;
use super::opening::{busy, modem_options};

/// A GSM modem: what it is, whether it could send, what lies in its stores.
#[derive(Debug, Args)]
pub(super) struct ModemArgs {
    #[command(subcommand)]
    command: ModemCommand,
}

#[derive(Debug, Subcommand)]
enum ModemCommand {
    /// Which modem, SIM card and network, and whether it could send now
    Info(Look),
    /// The messages in its stores; nothing is deleted
    Inbox(Inbox),
}

#[derive(Debug, Args)]
struct Look {
    /// The modem: PORT, or modem:PORT[?baud=N&pin=SOURCE] as in --via
    modem: String,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct Inbox {
    #[command(flatten)]
    look: Look,
    /// Only messages from this number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// Country of a number written without +, as CO or 57
    #[arg(long)]
    country: Option<Country>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Table,
    /// One JSON document
    Json,
}

impl ModemArgs {
    pub(super) fn run(self, term: &mut Term) -> anyhow::Result<Exit> {
        match self.command {
            ModemCommand::Info(look) => look.info(term),
            ModemCommand::Inbox(inbox) => inbox.run(term),
        }
    }
}

impl Look {
    /// The modem at a port, nothing else asked for.
    fn at(modem: &str) -> Self {
        Self { modem: modem.to_owned(), format: Format::default() }
    }

    /// The port and its options. A bare port is meant as what `modem:` would name.
    fn port(&self, term: &mut Term) -> Result<(String, ModemOptions), Failure> {
        let bare =
            !self.modem.starts_with("modem:") && (self.modem.starts_with('/') || !self.modem.contains(':'));
        let text = if bare { format!("modem:{}", self.modem) } else { self.modem.clone() };
        let via: Via = text
            .parse()
            .map_err(|error: crate::courier::ViaError| Failure::usage(&error).hint(error.hint()))?;
        let Via::Modem { port, .. } = &via else {
            return Err(Failure::usage(format!("{text} is no modem")).hint("write the port, as /dev/ttyUSB2"));
        };
        Ok((port.clone(), modem_options(&via, term)?))
    }

    fn info(&self, term: &mut Term) -> anyhow::Result<Exit> {
        let (port, options) = self.port(term)?;
        let spinner = term.spinner("asking the modem");
        let found = modem::info(&port, &options);
        spinner.finish_and_clear();
        let info = found.map_err(|trouble| busy(&trouble))?;
        match self.format {
            Format::Json => report::pretty(&mut *term, &report::modem(&port, &info))?,
            Format::Table => table(&info, term),
        }
        for warning in &info.warnings {
            term.warn(warning);
        }
        if info.ready {
            return Ok(Exit::Done);
        }
        term.error("this modem could not send now", None);
        Ok(Exit::Failed)
    }
}

/// The SIM card in the modem at a port, by its IMSI.
pub(super) fn sim_in(modem: &str, term: &mut Term) -> Result<Sim, Failure> {
    let (port, options) = Look::at(modem).port(term)?;
    let spinner = term.spinner("asking the modem for the IMSI of its SIM card");
    let found = modem::info(&port, &options);
    spinner.finish_and_clear();
    let info = found.map_err(|trouble| busy(&trouble))?;
    let Some(imsi) = info.imsi.as_deref() else {
        return Err(Failure {
            exit: Exit::Machine,
            ..Failure::usage(format!("the modem on {port} tells no IMSI (SIM card: {})", info.card))
        }
        .hint("look with `homing modem info`, or give the network with --mcc-mnc"));
    };
    imsi.parse().map(Sim::Imsi).map_err(|error| Failure {
        exit: Exit::Machine,
        ..Failure::usage(format!("the modem on {port}: {error}"))
    })
}

/// What is known, line by line; what the modem did not tell is left out.
fn table(info: &Info, term: &mut Term) {
    let number = |value: Option<String>| value.unwrap_or_default();
    let signal = info.signal_dbm.map(|dbm| {
        let bars = info.signal_bars.map(|bars| format!(" ({bars} of 5 bars)")).unwrap_or_default();
        format!("{dbm} dBm{bars}")
    });
    let store =
        info.store.as_ref().map(|store| format!("{}: {} of {} used", store.name, store.used, store.total));
    let pdu = info.pdu_mode.map(|yes| if yes { "yes" } else { "no" }.to_owned());
    let rows = [
        ("maker", number(info.maker.clone())),
        ("model", number(info.model.clone())),
        ("firmware", number(info.firmware.clone())),
        ("IMEI", number(info.imei.clone())),
        ("SIM card", info.card.clone()),
        ("IMSI", number(info.imsi.clone())),
        ("ICCID", number(info.iccid.clone())),
        ("number", number(info.number.clone())),
        ("network", number(info.registration.clone())),
        ("operator", number(info.operator.clone())),
        ("signal", number(signal)),
        ("service centre", number(info.smsc.clone())),
        ("PDU mode", number(pdu)),
        ("stores", info.stores.join(", ")),
        ("store in use", number(store)),
        ("could send now", if info.ready { "yes" } else { "no" }.to_owned()),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(name, value)| [name.to_owned(), value]);
    let text = ui::table::table(&["", ""], rows, term.width());
    // A heading of nothing is no heading.
    let body: Vec<&str> =
        text.lines().enumerate().filter(|(at, _)| *at != 1 && *at != 2).map(|(_, line)| line).collect();
    term.line(body.join("\n"));
}

impl Inbox {
    fn run(&self, term: &mut Term) -> anyhow::Result<Exit> {
        let phone = self.phone.as_deref().map(|text| Phone::parse(text, self.country)).transpose();
        let phone = phone.map_err(|error| flag_error("phone", &error))?;
        let (port, options) = self.look.port(term)?;
        let spinner = term.spinner("reading the modem's stores");
        let found = modem::inbox(&port, &options);
        spinner.finish_and_clear();
        let mut found = found.map_err(|trouble| busy(&trouble))?;
        if let Some(phone) = &phone {
            found.messages.retain(|message| message.sender.is(phone));
        }
        match self.look.format {
            Format::Json => report::pretty(&mut *term, &report::inbox(&port, &found))?,
            Format::Table => messages(&found, term),
        }
        for cause in &found.unreadable {
            term.warn(&cause.sentence);
        }
        let Some(ended) = &found.ended else { return Ok(Exit::Done) };
        term.error(&format!("the list may not be whole: {}", ended.sentence), ended.hint.as_deref());
        Ok(Exit::Machine)
    }
}

fn messages(found: &Found, term: &mut Term) {
    if found.messages.is_empty() {
        let whole = found.ended.is_none();
        return term.line(if whole { "no message is there" } else { "no message was read" });
    }
    let rows = found.messages.iter().map(|message| {
        let place =
            message.slots.first().map(|slot| format!("{} {}", slot.store, slot.index)).unwrap_or_default();
        let time = message.sent_ms.map(crate::units::rfc_3339_seconds).unwrap_or_default();
        let (missing, of) = message.missing;
        let text = match missing {
            0 => message.text.clone(),
            _ => format!("{} ({missing} of {of} parts are missing)", message.text),
        };
        [place.trim().to_owned(), time, message.sender.to_string(), text]
    });
    let text = ui::table::table(&["place", "sent (UTC)", "from", "text"], rows, term.width());
    term.line(text);
}
