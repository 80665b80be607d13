//! The file that a report goes into: whole, in place of what was there, or not at all. It knows no format.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::cli::files;
use crate::ui::Failure;

/// Writes a file by what `job` writes. Where it is a file it is written beside and put in its place at the end, so that a
/// full disk costs nothing of what was there; a device or a pipe is written as such.
pub(super) fn write(
    path: &Path,
    job: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let written = match fs::metadata(path) {
        Ok(about) if !about.is_file() => straight(path, job),
        _ => beside(path, job),
    };
    written.map_err(|error| match error.downcast::<io::Error>() {
        Ok(error) => Failure::machine(format!("{} cannot be written: {error}", path.display())).into(),
        Err(other) => other,
    })
}

fn straight(path: &Path, job: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::options().write(true).open(path)?);
    job(&mut out)?;
    Ok(out.flush()?)
}

fn beside(path: &Path, job: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    // A link stays one, and what it leads to is written.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // For this user alone, where nothing was there: it holds what trackers answered, and their numbers.
    let mut file = files::beside(&place, 0o600)?;
    let mut out = BufWriter::new(file.as_file_mut());
    job(&mut out)?;
    out.flush()?;
    drop(out);
    if let Ok(about) = fs::metadata(&place) {
        file.as_file().set_permissions(about.permissions())?;
    }
    file.persist(&place).map_err(|error| error.error)?;
    Ok(())
}
