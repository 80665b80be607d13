//! Which database is at hand: a newer copy of the system's before the one that was built in. The only file of this room
//! that reads one.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::compact::CompactError;
use super::database::{Database, Origin};
use super::xml::{self, XmlError};

/// Where the package mobile-broadband-provider-info puts its file.
const SYSTEM: &str = "/usr/share/mobile-broadband-provider-info/serviceproviders.xml";

/// Bytes of a file, at most: the one of 2023 has 362,213.
const LARGEST: u64 = 8 << 20;

/// Which one is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The system's where it is newer, else the one that was built in.
    Newest,
    /// The one that was built in.
    BuiltIn,
    /// A file of the same form as the system's.
    File(PathBuf),
}

impl From<&str> for Which {
    /// `built-in`, or a path; nothing is the newest.
    fn from(text: &str) -> Self {
        match text {
            "" => Self::Newest,
            "built-in" => Self::BuiltIn,
            path => Self::File(PathBuf::from(path)),
        }
    }
}

/// A database, and what a person should know of how it was found.
#[derive(Debug)]
pub struct Opened {
    /// The database.
    pub database: Database,
    /// The system's copy is newer and could not be read, and why.
    pub unread: Option<OpenError>,
}

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be read.
    #[error("{file} cannot be read: {error}")]
    Read {
        /// Its path.
        file: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is too large to be one.
    #[error("{file} has more than {LARGEST} bytes, and is no database of access points")]
    Large {
        /// Its path.
        file: String,
    },
    /// It is another document.
    #[error("{file} is no database of access points: {error}")]
    Xml {
        /// Its path.
        file: String,
        /// What is wrong.
        error: XmlError,
    },
    /// The compact form is broken.
    #[error(transparent)]
    Compact(#[from] CompactError),
}

/// Opens a database.
///
/// # Errors
/// When a named file cannot be used. A copy of the system's that cannot is passed over, and told.
pub fn open(which: &Which) -> Result<Opened, OpenError> {
    let opened = |database| Opened { database, unread: None };
    match which {
        Which::BuiltIn => Ok(opened(Database::built_in()?)),
        Which::File(path) => Ok(opened(file(path)?)),
        Which::Newest => newest(Path::new(SYSTEM)),
    }
}

/// The system's copy where its day is behind that of the edition built in and it says anything else.
pub(super) fn newest(system: &Path) -> Result<Opened, OpenError> {
    let mut opened = Opened { database: Database::built_in()?, unread: None };
    if day(system).is_some_and(|day| day > opened.database.origin.day) {
        match file(system) {
            Ok(newer) if newer.operators == opened.database.operators => {}
            Ok(newer) => opened.database = newer,
            Err(error) => opened.unread = Some(error),
        }
    }
    Ok(opened)
}

/// A file of the published form.
fn file(path: &Path) -> Result<Database, OpenError> {
    let name = path.display().to_string();
    let unread = |error| OpenError::Read { file: name.clone(), error };
    let mut text = String::new();
    let opened = File::open(path).map_err(unread)?;
    let read = opened.take(LARGEST + 1).read_to_string(&mut text).map_err(unread)?;
    if read as u64 > LARGEST {
        return Err(OpenError::Large { file: name });
    }
    let origin = Origin {
        name: "mobile-broadband-provider-info".to_owned(),
        day: day(path).unwrap_or_else(|| "an unknown day".to_owned()),
        file: Some(name.clone()),
    };
    xml::read(&text, origin).map_err(|error| OpenError::Xml { file: name, error })
}

/// The day a file was changed, UTC. The published form names no day of its own.
fn day(path: &Path) -> Option<String> {
    let changed = std::fs::metadata(path).and_then(|about| about.modified()).ok()?;
    let ms = i64::try_from(changed.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()?;
    crate::units::rfc_3339_seconds(ms).get(..10).map(str::to_owned)
}
