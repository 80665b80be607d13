//! What every subcommand needs: the configuration, the named servers, the catalogue.

use std::path::{Path, PathBuf};

use crate::profile::{Catalogue, NotFound, Profile};
use crate::tracker::Directory;
use crate::ui::Failure;

use super::config::Config;
use super::files::{profile_files, read_text, stem};

/// Options of every subcommand.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    config: Option<PathBuf>,
    /// Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    profile_dir: Vec<PathBuf>,
    /// Say errors only
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Everywhere")]
    pub(super) quiet: bool,
    /// Say what is sent and heard (secrets masked)
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub(super) verbose: bool,
}

/// The configuration and the catalogue, read.
pub(super) struct Context {
    pub(super) config: Config,
    pub(super) servers: Directory,
    pub(super) catalogue: Catalogue,
}

impl Global {
    /// Reads configuration and profiles.
    ///
    /// # Errors
    /// A broken file is an error, never ignored.
    pub(super) fn context(&self) -> Result<Context, Failure> {
        let config = Config::read(self.config.as_deref())?;
        let servers = config.servers()?;
        let catalogue = self.catalogue()?;
        // A broken file must not give way to a built-in profile of the same name without a word.
        if let Some(broken) =
            catalogue.entries().iter().find(|entry| !entry.is_built_in() && entry.profile().is_err())
        {
            let message = format!("the profile {} has problems", broken.origin);
            return Err(Failure::usage(message).hint(format!("homing profile check {}", broken.origin)));
        }
        Ok(Context { config, servers, catalogue })
    }

    /// The built-in profiles and the user's own in front of them.
    pub(super) fn catalogue(&self) -> Result<Catalogue, Failure> {
        let mut catalogue = Catalogue::built_in();
        for path in &self.profile_dir {
            for file in profile_files(path)? {
                add(&mut catalogue, &file)?;
            }
        }
        Ok(catalogue)
    }
}

fn add(catalogue: &mut Catalogue, file: &Path) -> Result<(), Failure> {
    catalogue.add(&stem(file), &file.display().to_string(), read_text(file)?);
    Ok(())
}

impl Context {
    /// The profiles at hand that are in order.
    pub(super) fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.catalogue.entries().iter().filter_map(|entry| entry.profile().ok()).map(AsRef::as_ref)
    }

    /// A profile at hand by its id.
    pub(super) fn find(&self, id: &str) -> Option<std::sync::Arc<Profile>> {
        self.catalogue.find(id).ok().map(std::sync::Arc::clone)
    }

    /// The text of a profile at hand.
    pub(super) fn text(&self, id: &str) -> Option<String> {
        let entry = self.catalogue.entries().iter().find(|entry| entry.id == id)?;
        Some(entry.text.clone().into_owned())
    }

    /// A profile by id or model, or by the path of a file.
    ///
    /// # Errors
    /// No such profile, with what might have been meant.
    pub(super) fn profile(&mut self, query: &str) -> Result<std::sync::Arc<Profile>, Failure> {
        let path = Path::new(query);
        let mut query = query.to_owned();
        if path.extension().is_some_and(|extension| extension == "toml") {
            add(&mut self.catalogue, path)?;
            query = stem(path);
        }
        self.catalogue.find(&query).map(std::sync::Arc::clone).map_err(|error| not_found(&error))
    }
}

pub(super) fn not_found(error: &NotFound) -> Failure {
    Failure::usage(error).maybe(error.hint())
}
