//! `homing.profiles/1`, `homing.findings/1` and `homing.ports/1`: the catalogue, the lint, and what is plugged in.

use serde::Serialize;

use crate::courier::Port;
use crate::profile::{Entry, Finding};

#[derive(Debug, Serialize)]
struct ProfilesView<'a> {
    schema: &'static str,
    profiles: Vec<ProfileView<'a>>,
}

#[derive(Debug, Serialize)]
struct ProfileView<'a> {
    id: &'a str,
    origin: &'a str,
    name: &'a str,
    vendor: &'a str,
    models: &'a [String],
    transports: Vec<&'static str>,
    servers: Vec<String>,
    uplink: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    known_by: Option<&'a str>,
    answers: bool,
    evidence: Option<String>,
    trials: usize,
}

/// Profiles as JSON; a broken one is left out, `profile check` tells about it.
#[must_use]
pub fn profiles<'a>(entries: &[&'a Entry]) -> impl Serialize + 'a {
    let view = |entry: &&'a Entry| {
        let profile = entry.profile().ok()?;
        Some(ProfileView {
            id: &entry.id,
            origin: &entry.origin,
            name: &profile.name,
            vendor: &profile.vendor,
            models: &profile.models,
            transports: profile.transports.iter().map(|transport| transport.as_str()).collect(),
            servers: profile.servers.iter().map(ToString::to_string).collect(),
            uplink: &profile.uplink,
            known_by: profile.known_by.as_deref(),
            answers: profile.answers(),
            evidence: profile.provision_evidence().map(|evidence| evidence.to_string()),
            trials: profile.trials.len(),
        })
    };
    ProfilesView { schema: "homing.profiles/1", profiles: entries.iter().filter_map(view).collect() }
}

#[derive(Debug, Serialize)]
struct FindingsView<'a> {
    schema: &'static str,
    findings: Vec<FindingView<'a>>,
}

#[derive(Debug, Serialize)]
struct FindingView<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    severity: String,
    rule: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// The lint's findings over several files as JSON: name, text, findings.
#[must_use]
pub fn findings<'a>(files: &'a [(String, String, Vec<Finding>)]) -> impl Serialize + 'a {
    let all = files.iter().flat_map(|(file, text, findings)| {
        findings.iter().map(move |finding| {
            let place = finding.place(text);
            FindingView {
                file,
                line: place.line,
                column: place.column,
                severity: finding.severity.to_string(),
                rule: finding.rule,
                message: &finding.message,
                help: finding.help.as_deref(),
            }
        })
    });
    FindingsView { schema: "homing.findings/1", findings: all.collect() }
}

#[derive(Debug, Serialize)]
struct PortsView<'a> {
    schema: &'static str,
    ports: Vec<PortView<'a>>,
}

#[derive(Debug, Serialize)]
struct PortView<'a> {
    path: &'a str,
    stable: Option<&'a str>,
    what: &'a str,
    vendor_id: Option<String>,
    product_id: Option<String>,
    serial: Option<&'a str>,
    in_use: Option<&'a str>,
}

/// Serial ports as JSON; USB numbers as four hex digits.
#[must_use]
pub fn ports(ports: &[Port]) -> impl Serialize + '_ {
    PortsView { schema: "homing.ports/1", ports: ports.iter().map(port).collect() }
}

fn port(port: &Port) -> PortView<'_> {
    let hex = |number: Option<u16>| number.map(|number| format!("{number:04x}"));
    PortView {
        path: &port.path,
        stable: port.stable.as_deref(),
        what: &port.what,
        vendor_id: hex(port.vendor_id),
        product_id: hex(port.product_id),
        serial: port.serial.as_deref(),
        in_use: port.in_use.as_deref(),
    }
}
