//! Files that a user names: read whole, as UTF-8, with an error that names the file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ui::Failure;

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

/// What the system says of a file, without the name of the one beside it that it was to be written into first.
pub(super) fn bare(error: std::io::Error) -> std::io::Error {
    let said = error.get_ref().and_then(|inner| inner.source()).map(ToString::to_string);
    said.map_or_else(|| error, |said| std::io::Error::other(said))
}
