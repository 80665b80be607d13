//! `homing apn`: which access points are known, and which one `--apn auto` would take. Sends nothing.

mod auto;
mod one;

use clap::{Args, ValueEnum};

use crate::apn::{self, Database, Found, Network, Operator, Sim, Which, words_for};
use crate::report;
use crate::tracker::Imsi;
use crate::ui::{Exit, Failure, Term, escape};
use crate::units::nearest;

use super::flags::flag_error;
use super::modem::sim_in;
pub(in crate::cli) use auto::network;

/// Which access points are known for a SIM card, a network or a country.
#[derive(Debug, Args)]
pub(super) struct ApnArgs {
    #[command(flatten)]
    of: Of,
    /// A serviceproviders.xml, or built-in [default: the system's where it is newer, else built-in]
    #[arg(long, value_name = "FILE")]
    database: Option<String>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Of which SIM card or country: one of them.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Of {
    /// IMSI of the SIM card, 14 or 15 digits
    #[arg(long)]
    imsi: Option<String>,
    /// MCC and MNC of the SIM card's home network, as 732101 or 214-07
    #[arg(long, value_name = "NUMBER", value_parser = network)]
    mcc_mnc: Option<Network>,
    /// Everything of a country: its code or name, as CO or Colombia
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// The SIM card in a modem: PORT, or modem:PORT[?baud=N&pin=SOURCE]
    #[arg(long, value_name = "PORT")]
    modem: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for a person
    #[default]
    Text,
    /// One JSON document
    Json,
}

impl ApnArgs {
    pub(super) fn run(self, term: &mut Term) -> anyhow::Result<Exit> {
        let opened = auto::open(&Which::from(self.database.as_deref().unwrap_or_default()))?;
        if let Some(error) = &opened.unread {
            term.warn(&format!("the database that is built in was asked instead: {error}"));
        }
        let database = &opened.database;
        let sim = self.of.sim(term)?;
        let networks = sim.as_ref().map(Sim::networks).unwrap_or_default();
        let operators = match &self.of.country {
            Some(country) => of_country(database, country)?,
            None => database.of_networks(&networks),
        };
        let choice = sim.as_ref().map(|sim| apn::choose(database, sim, None));
        let operators: Vec<Listed<'_>> =
            operators.iter().map(|one| listed(database, one, &networks)).collect();
        match self.format {
            Format::Json => {
                let entries = operators.iter().flat_map(|listed| &listed.entries);
                let view = report::access_points(database, &networks, entries, choice.as_ref());
                report::pretty(&mut *term, &view)?;
            }
            Format::Text => {
                show(&operators, term);
                term.note(&format!("out of {}", database.origin));
            }
        }
        Ok(match choice {
            Some(Ok(choice)) => {
                term.note(&format!("--apn auto takes the {}", choice.sentence(database)));
                Exit::Done
            }
            // What was asked for is the list; it is there.
            Some(Err(apn::ChooseError::Several { .. } | apn::ChooseError::NotSaid { .. })) => {
                term.note("--apn auto takes none of them by itself; what takes each stands beside it");
                Exit::Done
            }
            Some(Err(error)) => {
                term.error(&error.to_string(), Some(&format!("give --apn with {}", error.fix())));
                Exit::Failed
            }
            None => Exit::Done,
        })
    }
}

impl Of {
    /// The SIM card that is asked about; none for a country.
    fn sim(&self, term: &mut Term) -> Result<Option<Sim>, Failure> {
        if let Some(imsi) = &self.imsi {
            return imsi
                .parse::<Imsi>()
                .map(|imsi| Some(Sim::Imsi(imsi)))
                .map_err(|error| flag_error("imsi", &error));
        }
        if let Some(modem) = &self.modem {
            return sim_in(modem, term).map(Some);
        }
        Ok(self.mcc_mnc.clone().map(Sim::Network))
    }
}

/// The operators of a country.
fn of_country<'d>(database: &'d Database, wanted: &str) -> Result<Vec<&'d Operator>, Failure> {
    let found = database.of_country(wanted);
    if found.is_empty() {
        let near = nearest(wanted, database.countries()).map(|near| format!("did you mean {near}?"));
        let hint = near.unwrap_or_else(|| "give its code or its English name, as CO or Colombia".to_owned());
        return Err(
            Failure::usage(format!("no operator of \"{wanted}\" is known ({})", database.origin)).hint(hint)
        );
    }
    Ok(found)
}

/// An operator with what is shown of it.
struct Listed<'d> {
    operator: &'d Operator,
    entries: Vec<report::AccessPoint<'d>>,
}

/// The access points of an operator, each with the words by which `--apn auto:` takes it among all of its networks, or
/// of the networks that were asked for.
fn listed<'d>(database: &'d Database, operator: &'d Operator, asked: &[Network]) -> Listed<'d> {
    let networks = if asked.is_empty() { &operator.networks } else { asked };
    let rivals = database.of_networks(networks);
    let all = |one: &&'d Operator| -> Vec<Found<'d>> {
        let operator: &'d Operator = one;
        operator.access.iter().map(|access| Found { operator, access }).collect()
    };
    let others = |one: &&'d Operator| -> Vec<Found<'d>> {
        let operator: &'d Operator = one;
        operator.others.iter().map(|access| Found { operator, access }).collect()
    };
    let internet: Vec<Found<'d>> = rivals.iter().flat_map(all).collect();
    let every: Vec<Found<'d>> = internet.iter().copied().chain(rivals.iter().flat_map(others)).collect();
    let alone = |found: Found<'_>| internet.iter().all(|other| other.access.key() == found.access.key());
    let entry = |access, is_other: bool| {
        let found = Found { operator, access };
        let auto = match rivals.is_empty() {
            true => None,
            false if !is_other && alone(found) => Some("auto".to_owned()),
            // What only words choose must not be meant by words for one that is for the internet.
            false => words_for(found, if is_other { &every } else { &internet })
                .map(|words| format!("auto:{words}")),
        };
        report::AccessPoint { operator, access, is_other, auto }
    };
    let plain = operator.access.iter().map(|access| entry(access, false));
    Listed {
        operator,
        entries: plain.chain(operator.others.iter().map(|access| entry(access, true))).collect(),
    }
}

/// Each operator with its access points, and what to type for each. Nothing is wrapped: it is there to be copied.
fn show(operators: &[Listed<'_>], term: &mut Term) {
    for Listed { operator, entries } in operators {
        let mut about = vec![operator.country.clone()];
        about.extend(operator.networks.iter().map(ToString::to_string));
        term.line(escape(&format!("{}: {}", operator.name, about.join(" "))));
        if entries.is_empty() {
            term.line("  no access point for the internet is known");
        }
        for report::AccessPoint { access, is_other, auto, .. } in entries {
            let mut about = access.plans.clone();
            about.extend([access.label.clone()].into_iter().filter(|label| !label.is_empty()));
            about.extend(is_other.then(|| access.said_use()));
            let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
            term.line(escape(&format!("  {}{about}", access.apn)));
            let fields = [("user", &access.user), ("password", &access.password)];
            let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
            let mut words: Vec<String> = fields.map(|(name, value)| format!("{name} {value}")).collect();
            words.extend(auto.as_deref().map(|auto| format!("--apn {}", quoted(auto))));
            if !words.is_empty() {
                term.line(escape(&format!("    {}", words.join("  "))));
            }
        }
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | ',' | '-' | '_' | '@' | '+' | '/');
    match word.chars().all(plain) {
        true => word.to_owned(),
        false if word.contains('\'') => format!("\"{word}\""),
        false => format!("'{word}'"),
    }
}
