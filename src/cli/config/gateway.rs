//! `[gateway.NAME]` of the configuration: a definition, and what this user gives for it. Secrets come from a file or
//! the environment; one that stands in the configuration itself is taken only from a file that nobody else can read.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;

use crate::courier::gateway::{Definition, Given, SETTINGS, Setup, SetupError, built_in, load};
use crate::profile::Finding;
use crate::secret::Secret;
use crate::ui::Failure;
use crate::units::{nearest, parse_duration};

use super::super::files::{read_text, stem};
use super::Config;

/// `[gateway.NAME]` as written.
pub(super) type Written = BTreeMap<String, Word>;

/// A value in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Word {
    Text(String),
    Flag(bool),
    Number(i64),
}

impl Config {
    /// A gateway that can be opened.
    ///
    /// # Errors
    /// There is none of this name, its definition is broken, or something it needs is not given.
    pub(in crate::cli) fn gateway(&self, name: &str) -> Result<Setup, Failure> {
        let Some(written) = self.gateways.get(name) else { return Err(self.no_gateway(name)) };
        let table = Table { config: self, name, written };
        let definition = table.definition()?;
        let given = table.given(&definition)?;
        let failed = |error: SetupError| Failure::usage(table.place(&error)).maybe(error.hint());
        let mut setup = Setup::new(name, definition, given).map_err(failed)?;
        if let Some(path) = table.text("ca_file")? {
            setup.trust(&self.beside(path)).map_err(failed)?;
        }
        if let Some(address) = table.parsed("webhook", "an address of this machine, as 127.0.0.1:8080")? {
            setup.webhook(address).map_err(failed)?;
        }
        Ok(setup)
    }

    /// The definition of a gateway; none when there is no such gateway.
    pub(in crate::cli) fn gateway_definition(&self, name: &str) -> Option<Result<Definition, Failure>> {
        let written = self.gateways.get(name)?;
        Some(Table { config: self, name, written }.definition())
    }

    fn no_gateway(&self, name: &str) -> Failure {
        let hint = match nearest(name, self.gateways.keys().map(String::as_str)) {
            Some(near) => format!("did you mean {near}?"),
            None if self.gateways.is_empty() => {
                let ids: Vec<&str> = built_in().map(|entry| entry.id).collect();
                format!(
                    "write [gateway.{name}] with definition = \"...\": {}, or the path of a file of your own",
                    ids.join(", ")
                )
            }
            None => format!("there is {}", self.gateways.keys().cloned().collect::<Vec<_>>().join(", ")),
        };
        let place = match self.path.as_os_str().is_empty() {
            true => "there is no configuration file, and so no gateway".to_owned(),
            false => format!("the configuration {} has no gateway", self.path.display()),
        };
        Failure::usage(format!("{place} \"{name}\"")).hint(hint)
    }

    /// A path as it is meant in the configuration: from the folder that holds it.
    fn beside(&self, path: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }
}

/// One gateway's table.
struct Table<'c> {
    config: &'c Config,
    name: &'c str,
    written: &'c Written,
}

impl Table<'_> {
    fn place(&self, what: &dyn Display) -> String {
        format!("the configuration {}: {what}", self.config.path.display())
    }

    fn wrong(&self, key: &str, what: impl Display) -> Failure {
        Failure::usage(self.place(&format!("`{key}` in [gateway.{}] {what}", self.name)))
    }

    fn text(&self, key: &str) -> Result<Option<&str>, Failure> {
        match self.written.get(key) {
            None => Ok(None),
            Some(Word::Text(text)) => Ok(Some(text)),
            Some(Word::Flag(_) | Word::Number(_)) => Err(self.wrong(key, "must be a text")),
        }
    }

    fn flag(&self, key: &str) -> Result<bool, Failure> {
        match self.written.get(key) {
            None => Ok(false),
            Some(Word::Flag(flag)) => Ok(*flag),
            Some(Word::Text(_) | Word::Number(_)) => Err(self.wrong(key, "must be true or false")),
        }
    }

    fn size(&self, key: &str) -> Result<Option<usize>, Failure> {
        let Some(word) = self.written.get(key) else { return Ok(None) };
        let size = match word {
            Word::Number(number) => usize::try_from(*number).ok(),
            Word::Text(_) | Word::Flag(_) => None,
        };
        size.map(Some).ok_or_else(|| self.wrong(key, "must be a whole number"))
    }

    fn duration(&self, key: &str) -> Result<Option<Duration>, Failure> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let duration =
            parse_duration(text).map_err(|error| self.wrong(key, format!("is no time: {error}")))?;
        if duration.is_zero() {
            return Err(self.wrong(key, "must be more than nothing"));
        }
        Ok(Some(duration))
    }

    fn parsed<T: FromStr>(&self, key: &str, what: &str) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.wrong(key, format!("is \"{text}\", which is not {what}")))
    }

    /// The definition that it names: one that came with the program, or a file.
    fn definition(&self) -> Result<Definition, Failure> {
        let ids: Vec<&str> = built_in().map(|entry| entry.id).collect();
        let Some(named) = self.text("definition")? else {
            let failure = Failure::usage(self.place(&format!("[gateway.{}] has no `definition`", self.name)));
            return Err(failure.hint(format!("{}, or the path of a file of your own", ids.join(", "))));
        };
        if named.contains(['/', '\\']) || named.ends_with(".toml") {
            let path = self.config.beside(named);
            let text = read_text(&path)?;
            let definition =
                load(&text).map_err(|findings| broken(&path.display().to_string(), &text, &findings))?;
            if definition.id != stem(&path) {
                let message = format!("{}: its `id` is \"{}\"", path.display(), definition.id);
                return Err(Failure::usage(message).hint("the id is the file's name without .toml"));
            }
            return Ok(definition);
        }
        let entry = built_in().find(|entry| entry.id == named).ok_or_else(|| {
            let hint = match nearest(named, ids.iter().copied()) {
                Some(near) => format!("did you mean {near}? A file of your own is written with its path"),
                None => format!("there is {}; a file of your own is written with its path", ids.join(", ")),
            };
            self.wrong("definition", format!("is \"{named}\", and there is no such definition")).hint(hint)
        })?;
        entry.definition().map_err(|findings| broken(entry.id, entry.text, &findings))
    }

    fn given(&self, definition: &Definition) -> Result<Given, Failure> {
        let mut values = BTreeMap::new();
        for key in self.written.keys().filter(|key| !SETTINGS.contains(&key.as_str())) {
            if !definition.has_variable(key) {
                let known = SETTINGS.iter().copied().chain(definition.variables());
                let failure =
                    self.wrong(key, format!("is no setting of {} ({})", definition.name, definition.id));
                return Err(failure.maybe(nearest(key, known).map(|near| format!("did you mean {near}?"))));
            }
            values.insert(key.clone(), self.value(key, definition.is_secret(key))?);
        }
        let webhook_secret = match self.written.contains_key("webhook_secret") {
            true => Some(self.value("webhook_secret", true)?),
            false => None,
        };
        Ok(Given {
            url: self.text("url")?.map(str::to_owned),
            from: self.text("from")?.map(str::to_owned),
            values,
            insecure_http: self.flag("insecure_http")?,
            poll: self.duration("poll")?,
            connect: self.duration("connect_timeout")?,
            read: self.duration("read_timeout")?,
            concurrency: self.size("concurrency")?,
            rate: self.text("rate")?.map(str::to_owned),
            answer_within: self.duration("answer_within")?,
            webhook_secret,
        })
    }

    /// The value of a variable, from where it says. A number stands for its digits.
    fn value(&self, key: &str, secret: bool) -> Result<Secret, Failure> {
        if let Some(Word::Number(number)) = self.written.get(key)
            && !secret
        {
            return Ok(Secret::new(number.to_string()));
        }
        let text = self.text(key)?.unwrap_or_default();
        if let Some(path) = text.strip_prefix("file:") {
            let text = read_text(&self.config.beside(path))?;
            return Ok(Secret::new(text.lines().next().unwrap_or_default()));
        }
        if let Some(variable) = text.strip_prefix("env:") {
            let value = env::var(variable).ok().filter(|value| !value.is_empty());
            return value.map(Secret::new).ok_or_else(|| {
                self.wrong(key, format!("names the environment variable {variable}, which is not set"))
            });
        }
        if secret && !is_private(&self.config.path) {
            let failure = self.wrong(key, "is a secret in a file that others can read");
            let hint = format!("write file:PATH or env:NAME, or chmod 600 {}", self.config.path.display());
            return Err(failure.hint(hint));
        }
        Ok(Secret::new(text))
    }
}

/// Whether only its owner can read a file.
#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 == 0)
}

/// Where files have no modes, none is known to be private.
#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    false
}

/// The first problem with its place, and how many more there are.
fn broken(origin: &str, text: &str, findings: &[Finding]) -> Failure {
    let Some(first) = findings.first() else {
        return Failure::usage(format!("the gateway definition {origin} cannot be read"));
    };
    let failure = Failure::usage(format!(
        "the gateway definition {origin} line {}: {} [{}]",
        first.place(text).line,
        first.message,
        first.rule
    ));
    let more = match findings.len() {
        1 => None,
        2 => Some("one more problem follows".to_owned()),
        count => Some(format!("{} more problems follow", count - 1)),
    };
    let hint = [first.help.clone(), more].into_iter().flatten().collect::<Vec<_>>().join("; ");
    failure.maybe(Some(hint).filter(|hint| !hint.is_empty()))
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
