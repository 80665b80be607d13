//! Finds out which processes have a device file open.
//! It only reads `/proc` and lock files, and what it may not read it leaves out.

use std::fmt;
use std::path::Path;

/// A process that has a port open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its process id.
    pub pid: u32,
    /// Its command's name, as the system shortens it.
    pub command: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let this = if self.pid == std::process::id() { ", this very process" } else { "" };
        write!(f, "{} (pid {}{this})", self.command, self.pid)
    }
}

/// The processes that have `port` open or have left a lock file for it, others before this one.
///
/// Only those that this user may look at are found, so an empty list proves nothing.
pub fn holders(port: &Path) -> Vec<Holder> {
    let mut found = imp::open_by(port);
    if let Some(locked) = imp::locked_by(port)
        && !found.iter().any(|holder| holder.pid == locked.pid)
    {
        found.push(locked);
    }
    found.sort_by_key(|holder| (holder.pid == std::process::id(), holder.pid));
    found
}

/// The process that says in a lock file (`LCK..ttyUSB0`, as minicom and picocom write) that it uses `port`.
pub(super) fn locked_by(port: &Path) -> Option<Holder> {
    imp::locked_by(port)
}

#[cfg(target_os = "linux")]
mod imp {
    use std::fs;
    use std::path::Path;

    use super::Holder;

    const LOCK_FOLDERS: [&str; 2] = ["/run/lock", "/var/lock"];

    pub(super) fn open_by(port: &Path) -> Vec<Holder> {
        let Ok(device) = fs::canonicalize(port) else {
            return Vec::new();
        };
        let Ok(processes) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        processes
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|pid| has_open(*pid, &device))
            .map(holder)
            .collect()
    }

    fn has_open(pid: u32, device: &Path) -> bool {
        let Ok(descriptors) = fs::read_dir(format!("/proc/{pid}/fd")) else {
            return false;
        };
        descriptors.flatten().any(|entry| fs::read_link(entry.path()).is_ok_and(|target| target == device))
    }

    pub(super) fn locked_by(port: &Path) -> Option<Holder> {
        LOCK_FOLDERS.iter().find_map(|folder| locked_in(Path::new(folder), port))
    }

    pub(super) fn locked_in(folder: &Path, port: &Path) -> Option<Holder> {
        let device = fs::canonicalize(port).ok()?;
        let name = device.file_name()?.to_str()?;
        let text = fs::read_to_string(folder.join(format!("LCK..{name}"))).ok()?;
        // The first word is the pid, padded with blanks; a lock of a dead process is left over.
        let pid = text.split_whitespace().next()?.parse().ok()?;
        let alive = Path::new(&format!("/proc/{pid}")).exists();
        (alive && pid != std::process::id()).then(|| holder(pid))
    }

    fn holder(pid: u32) -> Holder {
        let command = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        let command = if command.trim().is_empty() { "a process" } else { command.trim() };
        Holder { pid, command: command.to_owned() }
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use std::path::Path;

    use super::Holder;

    pub(super) fn open_by(_port: &Path) -> Vec<Holder> {
        Vec::new()
    }

    pub(super) fn locked_by(_port: &Path) -> Option<Holder> {
        None
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_counts_while_its_process_lives() {
        let folder = tempfile::tempdir().unwrap();
        let port = folder.path().join("ttyUSB7");
        std::fs::write(&port, "").unwrap();
        let locked = |text: &str| {
            std::fs::write(folder.path().join("LCK..ttyUSB7"), text).unwrap();
            imp::locked_in(folder.path(), &port).map(|holder| holder.pid)
        };
        assert_eq!(imp::locked_in(folder.path(), &port), None);
        assert_eq!(locked("         1 minicom root\n"), Some(1));
        assert_eq!(locked(&format!("{:10}\n", std::process::id())), None);
        assert_eq!(locked("4194305\n"), None);
        assert_eq!(locked("who knows"), None);
    }

    #[test]
    fn who_has_a_file_open_is_found() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let found = holders(file.path());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].pid, std::process::id());
        assert!(found[0].to_string().ends_with("this very process)"));
    }
}
