//! Files that a user names: read whole, as UTF-8, with an error that names the file.

use std::fs::{self, File};
use std::io;
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

/// A file beside one that it is to replace, with this mode where the system has modes. Its errors do not name it: nobody
/// asked for it. What is written goes by `as_file_mut` for the same reason.
pub(super) fn beside(path: &Path, mode: u32) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(".homing-").suffix(".tmp").make_in(folder, |place| {
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        #[cfg(not(unix))]
        let _ = mode;
        options.open(place)
    })
}
