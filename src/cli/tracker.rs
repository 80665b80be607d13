//! One tracker out of flags, environment and configuration.

use std::fmt::Display;
use std::path::Path;

use clap::Args;

use crate::profile::Profile;
use crate::secret::Secret;
use crate::tracker::{By, Country, Iccid, Phone, Tracker};
use crate::ui::{Failure, Term};

use super::context::Context;
use super::files::read_text;

/// The server when nobody names one: the platform this tool was made for.
pub(super) const SERVER: &str = "plaspy";

/// Who the tracker is and what it is to be set to.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct TrackerArgs {
    /// IMEI, 15 digits
    #[arg(long, help_heading = "Tracker")]
    pub(super) imei: Option<String>,
    /// The maker's own id, where that is not the IMEI
    #[arg(long, help_heading = "Tracker", value_name = "ID")]
    pub(super) device_id: Option<String>,
    /// Number of the tracker's SIM, as +573001234567
    #[arg(long, help_heading = "Tracker", value_name = "NUMBER")]
    pub(super) phone: Option<String>,
    /// ICCID of the tracker's SIM
    #[arg(long, help_heading = "Tracker")]
    pub(super) iccid: Option<String>,
    /// The SIM's id at a gateway
    #[arg(long, help_heading = "Tracker", value_name = "ID")]
    pub(super) sim_id: Option<String>,
    /// A name for people
    #[arg(long, help_heading = "Tracker")]
    pub(super) name: Option<String>,
    /// Country of numbers written without +, as CO or 57
    #[arg(long, help_heading = "Tracker")]
    pub(super) country: Option<Country>,
    /// APN of the SIM
    #[arg(long, help_heading = "Settings")]
    pub(super) apn: Option<String>,
    /// User name for the APN
    #[arg(long, help_heading = "Settings", value_name = "USER")]
    pub(super) apn_user: Option<String>,
    /// Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]
    #[arg(long, help_heading = "Settings", value_name = "SOURCE")]
    pub(super) apn_password: Option<String>,
    /// Login name of the tracker's SMS commands
    #[arg(long, help_heading = "Settings")]
    pub(super) login: Option<String>,
    /// Password of the tracker's commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]
    #[arg(long, help_heading = "Settings", value_name = "SOURCE")]
    pub(super) password: Option<String>,
    /// Server: a configured name or HOST[:PORT] [default: plaspy]
    #[arg(long, help_heading = "Settings")]
    pub(super) server: Option<String>,
    /// Give a named server by its domain or by its ip
    #[arg(long, help_heading = "Settings", value_name = "domain|ip")]
    pub(super) by: Option<By>,
    /// tcp or udp [default: the first the tracker has]
    #[arg(long, help_heading = "Settings", value_name = "tcp|udp")]
    pub(super) transport: Option<String>,
    /// Time between two reports, as 60, 60s or 5m
    #[arg(long, help_heading = "Settings", value_name = "TIME")]
    pub(super) interval: Option<String>,
    /// Time zone of the tracker's clock, as UTC or +05:30
    #[arg(long, help_heading = "Settings", value_name = "ZONE")]
    pub(super) timezone: Option<String>,
    /// Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask
    #[arg(long, help_heading = "Settings", value_name = "NAME=VALUE")]
    pub(super) set: Vec<String>,
}

impl TrackerArgs {
    /// Refuses flags that say who one tracker is, where a CSV says it of each.
    pub(super) fn one_only(&self) -> Result<(), Failure> {
        let given = [
            ("--imei", self.imei.is_some()),
            ("--device-id", self.device_id.is_some()),
            ("--phone", self.phone.is_some()),
            ("--iccid", self.iccid.is_some()),
            ("--sim-id", self.sim_id.is_some()),
            ("--name", self.name.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((flag, _)) => {
                Err(Failure::usage(format!("{flag} is one tracker's, and --fleet gives many"))
                    .hint("write it into the CSV"))
            }
            None => Ok(()),
        }
    }

    /// Settings as name and value, flags before the environment before the configuration; secrets fetched.
    pub(super) fn settings(
        &self,
        context: &Context,
        profile: Option<&Profile>,
        term: &mut Term,
    ) -> Result<Vec<(String, Secret)>, Failure> {
        let mut settings: Vec<(String, Secret)> = Vec::new();
        let plain = [
            ("apn", &self.apn),
            ("apn_user", &self.apn_user),
            ("login", &self.login),
            ("transport", &self.transport),
            ("interval", &self.interval),
            ("timezone", &self.timezone),
        ];
        for (name, value) in plain {
            settings.extend(value.as_ref().map(|value| (name.to_owned(), Secret::new(value))));
        }
        for (name, source) in [("apn_password", &self.apn_password), ("password", &self.password)] {
            settings.extend(secret(name, source.as_deref(), term)?.map(|secret| (name.to_owned(), secret)));
        }
        for pair in &self.set {
            let (name, value) = pair.split_once('=').ok_or_else(|| {
                Failure::usage(format!("--set {pair} has no `=`"))
                    .hint("it is --set NAME=VALUE, as --set reliable=1")
            })?;
            let is_secret = matches!(name, "password" | "apn_password")
                || profile.is_some_and(|profile| profile.is_secret(name));
            let value = if is_secret { secret(name, Some(value), term)? } else { Some(Secret::new(value)) };
            settings.extend(value.map(|value| (name.to_owned(), value)));
        }
        for (name, value) in &context.config.defaults {
            if settings.iter().all(|(known, _)| known != name) && !matches!(name.as_str(), "server" | "by") {
                settings.push((name.clone(), Secret::new(value.text())));
            }
        }
        Ok(settings)
    }

    /// Server and how it is to be given: flag, then configuration, then Plaspy.
    pub(super) fn server(&self, context: &Context) -> Result<(String, Option<By>), Failure> {
        let configured = |name: &str| context.config.defaults.get(name).map(super::config::Scalar::text);
        let server =
            self.server.clone().or_else(|| configured("server")).unwrap_or_else(|| SERVER.to_owned());
        let by = match (self.by, configured("by")) {
            (Some(by), _) => Some(by),
            (None, Some(by)) => {
                Some(by.parse().map_err(|error| Failure::usage(format!("[defaults] by: {error}")))?)
            }
            (None, None) => None,
        };
        Ok((server, by))
    }

    /// The tracker that these flags describe.
    pub(super) fn tracker(
        &self,
        context: &Context,
        profile: &Profile,
        term: &mut Term,
    ) -> Result<Tracker, Failure> {
        let mut tracker = Tracker { profile: profile.id.value.clone(), ..Tracker::default() };
        tracker.name = self.name.clone().unwrap_or_default();
        let flag = |name: &str, error: &dyn Display| Failure::usage(format!("--{name}: {error}"));
        if let Some(imei) = &self.imei {
            tracker.imei = Some(imei.parse().map_err(|error| flag("imei", &error))?);
        }
        if let Some(phone) = &self.phone {
            tracker.phone = Some(Phone::parse(phone, self.country).map_err(|error| flag("phone", &error))?);
        }
        if let Some(iccid) = &self.iccid {
            let (iccid, warning) = Iccid::parse(iccid).map_err(|error| flag("iccid", &error))?;
            if let Some(warning) = warning {
                term.warn(&format!("--iccid: {warning}"));
            }
            tracker.iccid = Some(iccid);
        }
        tracker.device_id = clean("device-id", self.device_id.as_ref())?;
        tracker.sim_id = clean("sim-id", self.sim_id.as_ref())?;
        for (name, value) in self.settings(context, Some(profile), term)? {
            // A default of the configuration is meant for the trackers that have the setting.
            let flagged = self.set.iter().any(|pair| pair.split('=').next() == Some(&name));
            if context.config.defaults.contains_key(&name) && !flagged && !profile.mentions(&name) {
                continue;
            }
            tracker.settings.set(&name, value.expose()).map_err(|error| {
                let flag =
                    if profile.setting(&name).is_some() { "--set ".to_owned() } else { "--".to_owned() };
                Failure::usage(format!("{flag}{}: {error}", name.replace('_', "-")))
            })?;
        }
        let (server, by) = self.server(context)?;
        let (host, port) = context.servers.resolve(&server, by).map_err(|error| flag("server", &error))?;
        tracker.settings.server = Some(host);
        tracker.settings.port = Some(port);
        if let Some(where_) = tracker.imei.as_ref().and_then(|imei| imei.is_example()) {
            term.warn(&format!("the IMEI is an example ({where_}), no tracker of yours has it"));
        }
        Ok(tracker)
    }
}

fn clean(flag: &str, text: Option<&String>) -> Result<Option<String>, Failure> {
    let odd = text.and_then(|text| text.chars().find(|c| c.is_control()));
    match odd {
        Some(odd) => Err(Failure::usage(format!("--{flag} contains {odd:?}, a control character"))),
        None => Ok(text.map(|text| text.trim().to_owned())),
    }
}

/// A secret from where its source says: never from the command line itself, which every process on this machine sees.
pub(super) fn secret(name: &str, source: Option<&str>, term: &mut Term) -> Result<Option<Secret>, Failure> {
    let variable = format!("HOMING_{}", name.to_uppercase());
    let Some(source) = source else {
        return Ok(std::env::var(&variable).ok().filter(|value| !value.is_empty()).map(Secret::new));
    };
    let flag = name.replace('_', "-");
    if let Some(path) = source.strip_prefix("file:") {
        let text = read_text(Path::new(path))?;
        let line = text.lines().next().unwrap_or_default();
        return Ok(Some(Secret::new(line)));
    }
    if let Some(variable) = source.strip_prefix("env:") {
        let value = std::env::var(variable);
        let value = value
            .map_err(|_| Failure::usage(format!("--{flag}: there is no environment variable {variable}")))?;
        return Ok(Some(Secret::new(value)));
    }
    if source == "ask" {
        let answer = term.ask_secret(&format!("{name} (not shown)"));
        let answer = answer.map_err(|error| {
            Failure::usage(format!("--{flag} ask: {error}")).hint("use file:PATH or env:NAME")
        })?;
        return Ok(Some(Secret::new(answer)));
    }
    Err(Failure::usage(format!("--{flag} takes a place to read the secret from, not the secret: every process on this machine sees a command line"))
        .hint(format!("--{flag} file:PATH, --{flag} env:NAME or --{flag} ask; or set {variable}")))
}
