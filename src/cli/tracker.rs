//! One tracker out of flags, environment and configuration.

use clap::Args;

use crate::apn::{Auto, Network, Sim};
use crate::profile::Profile;
use crate::secret::Secret;
use crate::tracker::{By, Country, Iccid, Phone, Settings, Tracker, is_secret};
use crate::ui::{Failure, Term};
use crate::units::nearest;

use super::apn::network;
use super::context::Context;
use super::flags::{clean, flag, flag_error};
use super::secrets::{fetch, secret, variable};

/// The server when nobody names one: the platform this tool was made for.
pub(super) const SERVER: &str = "plaspy";

/// Names that `[defaults]` may give whatever the profiles know.
const COMMON: [&str; 10] = [
    "apn",
    "apn_user",
    "apn_password",
    "login",
    "password",
    "server",
    "by",
    "transport",
    "interval",
    "timezone",
];

/// Names that templates use and that are each tracker's own.
const OWN: [&str; 8] = ["name", "profile", "imei", "device_id", "phone", "iccid", "sim_id", "imsi"];

/// A setting from outside.
pub(super) struct Given {
    pub(super) name: String,
    pub(super) value: Secret,
    /// Where it comes from, as an error names it: `--interval`, `--set reliable`, `[defaults] interval`.
    pub(super) from: String,
    /// It comes from the configuration.
    pub(super) configured: bool,
}

impl Given {
    fn new(name: &str, value: Secret, from: String) -> Self {
        Self { name: name.to_owned(), value, from, configured: false }
    }
}

/// Who the tracker is and what it is to be set to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
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
    /// IMSI of the tracker's SIM, by which --apn auto finds its operator
    #[arg(long, help_heading = "Tracker")]
    pub(super) imsi: Option<String>,
    /// The SIM's id at a gateway
    #[arg(long, help_heading = "Tracker", value_name = "ID")]
    pub(super) sim_id: Option<String>,
    /// A name for people
    #[arg(long, help_heading = "Tracker")]
    pub(super) name: Option<String>,
    /// Country of numbers written without +, as CO or 57
    #[arg(long, help_heading = "Tracker")]
    pub(super) country: Option<Country>,
    #[command(flatten)]
    pub(super) settings: SettingArgs,
    /// The SIM card that --apn auto is for, where a modem told it.
    #[arg(skip)]
    pub(super) sim: Option<Sim>,
}

/// What a tracker, or each of many, is to be set to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct SettingArgs {
    /// APN of the SIM; auto finds it by the SIM's operator, auto:WORD chooses where there are several
    #[arg(long, help_heading = "Settings")]
    pub(super) apn: Option<String>,
    /// With --apn auto: MCC and MNC of the SIM's home network, as 732101 or 214-07
    #[arg(long, help_heading = "Settings", value_name = "NUMBER", value_parser = network)]
    pub(super) mcc_mnc: Option<Network>,
    /// With --apn auto: a serviceproviders.xml, or built-in
    /// [default: the system's where it is newer, else built-in]
    #[arg(long, help_heading = "Settings", value_name = "FILE")]
    pub(super) apn_database: Option<String>,
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
    #[arg(long, help_heading = "Settings", value_name = "ZONE", allow_hyphen_values = true)]
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
            ("--imsi", self.imsi.is_some()),
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

    /// Settings, flags before the environment before the configuration; secrets fetched. Without a profile, for many
    /// trackers, a setting is secret when any profile says so.
    pub(super) fn settings(
        &self,
        context: &Context,
        profile: Option<&Profile>,
        term: &mut Term,
    ) -> Result<Vec<Given>, Failure> {
        check_defaults(context)?;
        let mut settings: Vec<Given> = Vec::new();
        let plain = [
            ("apn", &self.settings.apn),
            ("apn_user", &self.settings.apn_user),
            ("login", &self.settings.login),
            ("transport", &self.settings.transport),
            ("interval", &self.settings.interval),
            ("timezone", &self.settings.timezone),
        ];
        for (name, value) in plain {
            settings.extend(value.as_ref().map(|value| Given::new(name, Secret::new(value), flag(name))));
        }
        for (name, source) in
            [("apn_password", &self.settings.apn_password), ("password", &self.settings.password)]
        {
            let from = if source.is_some() { flag(name) } else { variable(name) };
            settings
                .extend(secret(name, source.as_deref(), term)?.map(|secret| Given::new(name, secret, from)));
        }
        for pair in &self.settings.set {
            let (name, value) = pair.split_once('=').ok_or_else(|| {
                Failure::usage(format!("--set {pair} has no `=`"))
                    .hint("it is --set NAME=VALUE, as --set reliable=1")
            })?;
            if let Some(flag) = own_flag(name) {
                return Err(Failure::usage(format!("--set {name}: {name} has a flag of its own")).hint(flag));
            }
            let value = if is_hidden(name, profile, context) {
                let variable = PASSWORDS.contains(&name).then(|| variable(name));
                fetch(&format!("--set {name}="), variable.as_deref(), value, term)?
            } else {
                Secret::new(value)
            };
            settings.push(Given::new(name, value, format!("--set {name}")));
        }
        for (name, value) in &context.config.defaults {
            if settings.iter().all(|known| known.name != *name) && !matches!(name.as_str(), "server" | "by") {
                let given = Given::new(name, Secret::new(value.text()), format!("[defaults] {name}"));
                settings.push(Given { configured: true, ..given });
            }
        }
        Ok(settings)
    }

    /// Server and how it is to be given: flag, then configuration, then Plaspy.
    pub(super) fn server(&self, context: &Context) -> Result<(String, Option<By>), Failure> {
        let configured = |name: &str| context.config.defaults.get(name).map(super::config::Scalar::text);
        let server = self
            .settings
            .server
            .clone()
            .or_else(|| configured("server"))
            .unwrap_or_else(|| SERVER.to_owned());
        let by = match (self.settings.by, configured("by")) {
            (Some(by), _) => Some(by),
            (None, Some(by)) => {
                Some(by.parse().map_err(|error| Failure::usage(format!("[defaults] by: {error}")))?)
            }
            (None, None) => None,
        };
        Ok((server, by))
    }

    /// Where the server comes from, as an error names it.
    pub(super) fn server_from(&self, context: &Context) -> &'static str {
        let configured = self.settings.server.is_none() && context.config.defaults.contains_key("server");
        if configured { "[defaults] server" } else { "--server" }
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
        let flag = flag_error;
        if let Some(imei) = &self.imei {
            tracker.imei = Some(imei.parse().map_err(|error| flag("imei", &error))?);
        }
        if let Some(phone) = &self.phone {
            tracker.phone = Some(Phone::parse(phone, self.country).map_err(|error| flag("phone", &error))?);
        }
        card(&mut tracker, self.iccid.as_deref(), self.sim_id.as_ref(), term)?;
        if let Some(imsi) = &self.imsi {
            tracker.imsi = Some(imsi.parse().map_err(|error| flag("imsi", &error))?);
        }
        tracker.device_id = clean("device-id", self.device_id.as_ref())?;
        let mut auto = None;
        for Given { name, value, from, configured } in self.settings(context, Some(profile), term)? {
            // A default of the configuration is meant for the trackers that have the setting.
            if configured && !profile.sends(&name) {
                continue;
            }
            if name == "apn" && Auto::read(value.expose()).is_some() {
                auto = Some(value);
                continue;
            }
            let set = tracker.settings.set(&name, value.expose());
            set.map_err(|error| Failure::usage(format!("{from}: {error}")))?;
        }
        match &auto {
            Some(auto) => self.find_apn(auto.expose(), &mut tracker, profile, term)?,
            None => self.no_auto()?,
        }
        let (server, by) = self.server(context)?;
        let from = self.server_from(context);
        let (host, port) = context
            .servers
            .resolve_for(&server, by, &profile.servers)
            .map_err(|error| Failure::usage(format!("{from}: {error}")))?;
        tracker.settings.server = Some(host);
        tracker.settings.port = Some(port);
        if let Some(where_) = tracker.imei.as_ref().and_then(|imei| imei.is_example()) {
            term.warn(&format!("the IMEI is an example ({where_}), no tracker of yours has it"));
        }
        Ok(tracker)
    }
}

/// The SIM card of a tracker, by its number and by its id at a gateway.
pub(super) fn card(
    tracker: &mut Tracker,
    iccid: Option<&str>,
    sim_id: Option<&String>,
    term: &mut Term,
) -> Result<(), Failure> {
    if let Some(iccid) = iccid {
        let (iccid, warning) = Iccid::parse(iccid).map_err(|error| flag_error("iccid", &error))?;
        if let Some(warning) = warning {
            term.warn(&format!("--iccid: {warning}"));
        }
        tracker.iccid = Some(iccid);
    }
    tracker.sim_id = clean("sim-id", sim_id)?;
    Ok(())
}

/// The flag of what `--set` does not take: said twice, one of the two would be lost.
fn own_flag(name: &str) -> Option<String> {
    // A profile is named without a flag.
    let has_flag = COMMON.contains(&name) || (OWN.contains(&name) && name != "profile");
    match name {
        "port" => Some("give it behind the server: --server HOST:PORT".to_owned()),
        _ if has_flag => Some(format!("give it as --{}", name.replace('_', "-"))),
        _ => None,
    }
}

/// The secrets that have a flag and an environment variable of their own.
const PASSWORDS: [&str; 2] = ["password", "apn_password"];

/// Whether a setting that `--set` names may not stand on the command line, however the name is written.
fn is_hidden(name: &str, profile: Option<&Profile>, context: &Context) -> bool {
    let name = name.trim().to_lowercase().replace(['-', ' '], "_");
    let name = name.strip_prefix("set.").unwrap_or(&name);
    is_secret(name)
        || match profile {
            Some(profile) => profile.is_secret(name),
            None => context.profiles().any(|profile| profile.is_secret(name)),
        }
}

/// A default that nothing can take is a slip, and is not passed over.
fn check_defaults(context: &Context) -> Result<(), Failure> {
    let is_other = |name: &str| Settings::default().is_other(name) && !OWN.contains(&name);
    for name in context.config.defaults.keys().map(String::as_str) {
        let has = |profile: &Profile| profile.setting(name).is_some() || profile.sends(name);
        if COMMON.contains(&name) || (is_other(name) && context.profiles().any(has)) {
            continue;
        }
        let rules =
            context.profiles().flat_map(|profile| profile.settings.iter().map(|rule| rule.name.as_str()));
        // The common ones first: of two that are as near, one of them is meant.
        let known = COMMON.into_iter().chain(rules.filter(|known| is_other(known)));
        let hint = match nearest(name, known) {
            _ if name == "port" => "the port stands behind the server, as in d.plaspy.com:8888".to_owned(),
            Some(near) => format!("did you mean {near}?"),
            None => format!("it is a profile's setting, or one of {}", COMMON.join(", ")),
        };
        let path = context.config.path.display();
        return Err(
            Failure::usage(format!("the configuration {path}: [defaults] {name} is no setting")).hint(hint)
        );
    }
    Ok(())
}
