//! What every subcommand needs: the configuration, the named servers, the catalogue.

use std::fs;
use std::path::{Path, PathBuf};

use crate::profile::{Catalogue, NotFound};
use crate::tracker::Directory;
use crate::ui::Failure;

use super::config::Config;

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
        Ok(Context { config, servers, catalogue: self.catalogue()? })
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

/// The TOML files of a folder, or the file itself. A name that begins with `_` is no tracker's.
pub(super) fn profile_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let cannot = |error| Failure::usage(format!("{} cannot be read: {error}", path.display()));
    if !fs::metadata(path).map_err(cannot)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(cannot)? {
        let file = entry.map_err(cannot)?.path();
        let hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('_'));
        if file.extension().is_some_and(|extension| extension == "toml") && !hidden {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path)
        .map_err(|error| Failure::usage(format!("{} cannot be read: {error}", path.display())))?;
    String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{} is not UTF-8 text", path.display())))
}

fn add(catalogue: &mut Catalogue, file: &Path) -> Result<(), Failure> {
    catalogue.add(&stem(file), &file.display().to_string(), read_text(file)?);
    Ok(())
}

impl Context {
    /// A profile by id or model, or by the path of a file.
    ///
    /// # Errors
    /// No such profile, with what might have been meant.
    pub(super) fn profile(
        &mut self,
        query: &str,
    ) -> Result<std::sync::Arc<crate::profile::Profile>, Failure> {
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
