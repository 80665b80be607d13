//! Names of the system's errors, which are the same on every system where their numbers are not.

use std::io;

/// The name of an error, as `ECONNREFUSED`; its kind in words where the system gives no number.
#[must_use]
pub(super) fn name(error: &io::Error) -> String {
    let code = error.raw_os_error();
    #[cfg(unix)]
    if let Some(code) = code {
        let errno = nix::errno::Errno::from_raw(code);
        return format!("{errno:?}");
    }
    let name = match error.kind() {
        io::ErrorKind::ConnectionRefused => "ECONNREFUSED",
        io::ErrorKind::ConnectionReset => "ECONNRESET",
        io::ErrorKind::HostUnreachable => "EHOSTUNREACH",
        io::ErrorKind::NetworkUnreachable => "ENETUNREACH",
        io::ErrorKind::NetworkDown => "ENETDOWN",
        io::ErrorKind::TimedOut => "ETIMEDOUT",
        io::ErrorKind::PermissionDenied => "EACCES",
        io::ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
        io::ErrorKind::AddrInUse => "EADDRINUSE",
        kind => return code.map_or_else(|| kind.to_string(), |code| format!("{kind} ({code})")),
    };
    name.to_owned()
}
