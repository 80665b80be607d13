//! The configuration file: defaults for any setting, servers and gateways by name. A broken file is an error, never
//! ignored.

mod gateway;

use std::collections::BTreeMap;
use std::env;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::tracker::{Directory, Server};
use crate::ui::Failure;

use super::files::read_text;

/// `config.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// A value for any setting that nothing else gives.
    #[serde(default)]
    pub(super) defaults: BTreeMap<String, Scalar>,
    #[serde(default)]
    server: BTreeMap<String, ServerConfig>,
    #[serde(default, rename = "gateway")]
    gateways: BTreeMap<String, gateway::Written>,
    /// Where it was read.
    #[serde(skip)]
    pub(super) path: PathBuf,
}

/// Text, or a number as text.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Scalar {
    Text(String),
    Number(i64),
}

impl Scalar {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServerConfig {
    host: Option<String>,
    ip: Option<IpAddr>,
    port: u16,
}

impl Config {
    /// Reads the file named, else the one at its usual place, else nothing.
    pub(super) fn read(named: Option<&Path>) -> Result<Self, Failure> {
        let usual = usual_path().filter(|path| path.exists());
        let Some(path) = named.map(Path::to_owned).or(usual) else { return Ok(Self::default()) };
        let text = read_text(&path)?;
        let mut config: Self = toml::from_str(&text).map_err(|error| {
            // toml's own message carries line, column and a caret over several lines; the first line says what.
            let what = error.message().lines().next().unwrap_or_default();
            let what = what.replace("expected u16", "expected a number from 0 to 65535");
            let before = error.span().and_then(|span| text.get(..span.start));
            let place = before.map(|before| place(&text, before)).unwrap_or_default();
            Failure::usage(format!("the configuration {}{place}: {what}", path.display()))
        })?;
        config.path = path;
        Ok(config)
    }

    /// The named servers: Plaspy, and those of the file.
    pub(super) fn servers(&self) -> Result<Directory, Failure> {
        let mut directory = Directory::default();
        for (name, server) in &self.server {
            if server.host.is_none() && server.ip.is_none() {
                return Err(Failure::usage(format!(
                    "the configuration {}: [server.{name}] has neither `host` nor `ip`",
                    self.path.display()
                )));
            }
            let server =
                Server { name: name.clone(), domain: server.host.clone(), ip: server.ip, port: server.port };
            let added = directory.insert(server);
            added.map_err(|error| {
                Failure::usage(format!("the configuration {}: {error}", self.path.display()))
            })?;
        }
        Ok(directory)
    }
}

/// The line behind so much text, and its key. Its value may be a secret, and is not told.
fn place(text: &str, before: &str) -> String {
    let line = before.matches('\n').count();
    let key = text.lines().nth(line).and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
    let key = key.map(|key| format!(" ({key})")).unwrap_or_default();
    format!(" line {}{key}", line + 1)
}

fn usual_path() -> Option<PathBuf> {
    let base = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = base.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".config")))?;
    Some(base.join("homing").join("config.toml"))
}
