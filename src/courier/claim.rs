//! Looks at a device file before it is opened as a serial port: is it there, is it one, may we, is it free.
//! Here is what only Unix has (file types, groups, advisory locks); elsewhere opening the port has to do.

use super::Trouble;

/// Holds the device open while the serial port is opened beside it, so that the modem lines do not drop in between.
pub(super) struct Claim {
    #[cfg(unix)]
    _device: Option<std::fs::File>,
}

#[cfg(unix)]
pub(super) use unix::{claim, not_permitted};

#[cfg(not(unix))]
pub(super) use elsewhere::{claim, not_permitted};

#[cfg(unix)]
mod unix {
    use std::fs::{File, Metadata, OpenOptions, TryLockError};
    use std::io::{self, ErrorKind, IsTerminal};
    use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
    use std::path::Path;

    use super::super::{holder, holders, port};
    use super::{Claim, Trouble};

    const ENXIO: i32 = 6;
    const ENODEV: i32 = 19;
    const EIO: i32 = 5;

    /// Makes sure that `port` is a free serial port that this user may open.
    pub(in super::super) fn claim(port: &str) -> Result<Claim, Trouble> {
        let path = Path::new(port);
        let about = std::fs::metadata(path).map_err(|error| refused(port, error))?;
        if let Some(what) = not_a_device(&about) {
            return Err(Trouble::NotASerialPort { port: port.to_owned(), what });
        }
        if let Some(holder) = holder::locked_by(path) {
            return Err(Trouble::InUse { port: port.to_owned(), holders: vec![holder] });
        }
        let Some(flags) = open_flags() else {
            return Ok(Claim { _device: None });
        };
        let device = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(flags)
            .open(path)
            .map_err(|error| refused(port, error))?;
        if !device.is_terminal() {
            return Err(Trouble::NotASerialPort {
                port: port.to_owned(),
                what: "a device with no serial line behind it",
            });
        }
        check_free(port, &device)?;
        Ok(Claim { _device: Some(device) })
    }

    /// TIOCEXCL keeps ordinary users out, but not root; the lock tells two of us apart, root included.
    /// serialport takes the lock itself, and a failed try of it would lift the other's TIOCEXCL: so it is tried here
    /// first and let go at once.
    fn check_free(port: &str, device: &File) -> Result<(), Trouble> {
        match device.try_lock() {
            Ok(()) => device.unlock().map_err(|source| io_trouble(port, source)),
            Err(TryLockError::WouldBlock) => Err(in_use(port)),
            Err(TryLockError::Error(source)) if source.kind() == ErrorKind::Unsupported => Ok(()),
            Err(TryLockError::Error(source)) => Err(io_trouble(port, source)),
        }
    }

    fn not_a_device(about: &Metadata) -> Option<&'static str> {
        let kind = about.file_type();
        if kind.is_char_device() {
            None
        } else if kind.is_dir() {
            Some("a directory")
        } else if kind.is_file() {
            Some("a regular file")
        } else {
            Some("a special file")
        }
    }

    fn refused(port: &str, error: io::Error) -> Trouble {
        let named = port.to_owned();
        match (error.kind(), error.raw_os_error()) {
            (ErrorKind::NotFound | ErrorKind::NotADirectory, _) => {
                Trouble::NotFound { port: named, others: port::names() }
            }
            (ErrorKind::PermissionDenied, _) => not_permitted(port),
            (ErrorKind::ResourceBusy, _) => in_use(port),
            (_, Some(ENXIO | ENODEV | EIO)) => {
                Trouble::NotASerialPort { port: named, what: "a device file with no hardware behind it" }
            }
            _ => io_trouble(port, error),
        }
    }

    fn io_trouble(port: &str, source: io::Error) -> Trouble {
        Trouble::Io { port: port.to_owned(), doing: "opened", cause: source, sent: false }
    }

    fn in_use(port: &str) -> Trouble {
        Trouble::InUse { port: port.to_owned(), holders: holders(Path::new(port)) }
    }

    /// The trouble of a user who may not open `port`, with the group that may.
    pub(in super::super) fn not_permitted(port: &str) -> Trouble {
        const GROUP_MAY_READ_AND_WRITE: u32 = 0o060;
        let group = std::fs::metadata(port)
            .ok()
            .filter(|about| about.mode() & GROUP_MAY_READ_AND_WRITE == GROUP_MAY_READ_AND_WRITE)
            .map(|about| group_name(about.gid()));
        Trouble::NotPermitted { port: port.to_owned(), group }
    }

    fn group_name(gid: u32) -> String {
        let groups = std::fs::read_to_string("/etc/group").unwrap_or_default();
        let name = groups.lines().find_map(|line| {
            let mut fields = line.split(':');
            let (name, number) = (fields.next()?, fields.nth(1)?);
            (number.parse() == Ok(gid)).then(|| name.to_owned())
        });
        name.unwrap_or_else(|| gid.to_string())
    }

    /// O_NONBLOCK | O_NOCTTY: do not wait for a carrier, do not make the port this process's terminal.
    /// They are written out, as the standard library does not name them; where they are not known, the look is left out.
    fn open_flags() -> Option<i32> {
        if cfg!(all(
            target_os = "linux",
            any(
                target_arch = "x86",
                target_arch = "x86_64",
                target_arch = "arm",
                target_arch = "aarch64",
                target_arch = "riscv64",
                target_arch = "loongarch64",
                target_arch = "powerpc64",
                target_arch = "s390x"
            )
        )) {
            Some(0o4000 | 0o400)
        } else if cfg!(target_os = "macos") {
            Some(0x0004 | 0x0002_0000)
        } else {
            None
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use super::{Claim, Trouble};

    /// Nothing can be looked at before opening.
    pub(in super::super) fn claim(_port: &str) -> Result<Claim, Trouble> {
        Ok(Claim {})
    }

    /// The trouble of a user who may not open `port`.
    pub(in super::super) fn not_permitted(port: &str) -> Trouble {
        Trouble::NotPermitted { port: port.to_owned(), group: None }
    }
}
