//! Where a journal may be, and that one process at a time writes it: its folder, its file's mode, the kind of file
//! system, and the lock file beside it. It opens no database.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::JournalError;
use super::error::{Keeper, io as trouble};

/// The path with every link followed, so that a journal has one name and one lock.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, JournalError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let Some(name) = path.file_name() else {
                return Err(JournalError::NotAJournal {
                    path: path.to_owned(),
                    what: "it has no file name".to_owned(),
                });
            };
            let folder = fs::canonicalize(folder(path)).map_err(|error| trouble(path, "found", error))?;
            Ok(folder.join(name))
        }
        Err(error) => Err(trouble(path, "found", error)),
    }
}

/// The folder a path is in.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes the folder of a journal, for this user alone.
pub(super) fn make_folder(path: &Path) -> Result<(), JournalError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder(path)).map_err(|error| trouble(path, "made", error))
}

/// Makes the file where there is none, so that it never had another mode; SQLite gives its companions the same one.
pub(super) fn make_file(path: &Path) -> Result<(), JournalError> {
    match private(OpenOptions::new().write(true).create_new(true)).open(path) {
        Ok(file) => {
            let synced = file.sync_all().and_then(|()| File::open(folder(path))?.sync_all());
            // Not every system lets a folder be synced.
            if cfg!(unix) { synced.map_err(|error| trouble(path, "made", error)) } else { Ok(()) }
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(trouble(path, "made", error)),
    }
}

/// Makes sure that a path is a file, and one that this user alone may read.
pub(super) fn check_file(path: &Path) -> Result<(), JournalError> {
    let about = fs::metadata(path).map_err(|error| trouble(path, "read", error))?;
    if !about.is_file() {
        let what = if about.is_dir() { "it is a folder" } else { "it is no regular file" };
        return Err(JournalError::NotAJournal { path: path.to_owned(), what: what.to_owned() });
    }
    Ok(())
}

/// Takes from others the right to read a journal, as it holds what trackers said.
#[cfg(unix)]
pub(super) fn keep_private(path: &Path) -> Result<(), JournalError> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match fs::metadata(&name) {
            Ok(about) if about.mode() & 0o077 != 0 => {
                fs::set_permissions(&name, fs::Permissions::from_mode(0o600))
                    .map_err(|error| trouble(path, "kept from others", error))?
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn keep_private(_path: &Path) -> Result<(), JournalError> {
    Ok(())
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// The lock of a journal, held while this lives. The file stays behind: whoever removed it could remove another's.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would not do at once when this process is just starting another one, which has the file until
        // its program begins. Where it cannot be let go here, the end of the process does it.
        let _ = self.0.unlock();
    }
}

/// How often a lock is tried for, and the pause between: whoever only looks whether it is held has it for an instant.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(5);

fn lock_file(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// Whether a process holds the lock of a journal. Where that cannot be seen nobody is said to.
pub(super) fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::open(lock_file(path)) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

/// Takes the lock of a journal.
pub(super) fn lock(path: &Path) -> Result<Lock, JournalError> {
    let mut file = private(OpenOptions::new().read(true).write(true).create(true).truncate(false))
        .open(lock_file(path))
        .map_err(|error| trouble(path, "locked", error))?;
    let mut tries = 1;
    let taken = loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if tries < TRIES => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            taken => break taken,
        }
    };
    match taken {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(JournalError::InUse { path: path.to_owned(), keeper: keeper(&mut file) });
        }
        Err(TryLockError::Error(error)) => return Err(trouble(path, "locked", error)),
    }
    let pid = format!("{}\n", std::process::id());
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(pid.as_bytes()))
        .map_err(|error| trouble(path, "locked", error))?;
    Ok(Lock(file))
}

/// Who wrote his number into a lock file.
fn keeper(file: &mut File) -> Option<Keeper> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    let pid = text.trim().parse().ok()?;
    let command = fs::read_to_string(format!("/proc/{pid}/comm")).ok();
    let command = command.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    Some(Keeper { pid, command })
}

/// What is known of the file system that a folder is on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FileSystem {
    /// The number the system knows its kind by.
    pub(super) magic: u64,
    /// Its name in the table of mounts, as `fuse.sshfs`.
    pub(super) name: Option<String>,
}

/// Which file systems of the network there are, by the number the kernel gives them (`linux/magic.h`, statfs(2)).
const NETWORK: [(u64, &str); 11] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB"),
    (0x0102_1997, "9P"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
    (0x564C, "NCP"),
];

const FUSE: u64 = 0x6573_5546;

/// Programs that show something of the network as a FUSE file system, as they stand in the table of mounts.
const FUSE_NETWORK: [&str; 14] = [
    "sshfs",
    "rclone",
    "s3fs",
    "gcsfuse",
    "glusterfs",
    "ceph",
    "davfs",
    "curlftpfs",
    "gvfsd",
    "smbnetfs",
    "goofys",
    "juicefs",
    "mount-s3",
    "grpcfuse",
];

/// Refuses a file system of the network.
pub(super) fn refuse_network(path: &Path, system: &FileSystem) -> Result<(), JournalError> {
    match network(system) {
        Some(kind) => Err(JournalError::Network { path: path.to_owned(), kind }),
        None => Ok(()),
    }
}

fn network(system: &FileSystem) -> Option<String> {
    if let Some((_, kind)) = NETWORK.iter().find(|(magic, _)| *magic == system.magic) {
        return Some((*kind).to_owned());
    }
    let name = system.name.as_deref().filter(|_| system.magic == FUSE)?;
    FUSE_NETWORK.iter().any(|known| name.contains(known)).then(|| name.to_owned())
}

/// The file system a folder is on; where the system does not tell it, nothing is known and nothing is refused.
#[cfg(target_os = "linux")]
pub(super) fn file_system(folder: &Path) -> FileSystem {
    use std::os::unix::fs::MetadataExt;
    let Ok(about) = rustix::fs::statfs(folder) else {
        return FileSystem::default();
    };
    // Its width and sign differ between architectures; the numbers have 32 bits.
    let magic = u64::try_from(i128::from(about.f_type) & 0xFFFF_FFFF).unwrap_or_default();
    let device = fs::metadata(folder).map(|about| about.dev()).ok();
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    FileSystem { magic, name: device.and_then(|device| mounted(&mounts, device)) }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn file_system(_folder: &Path) -> FileSystem {
    FileSystem::default()
}

/// The kind of file system in the line of the table of mounts (proc_pid_mountinfo(5)) that has this device.
#[cfg(target_os = "linux")]
fn mounted(mounts: &str, device: u64) -> Option<String> {
    let number = format!("{}:{}", rustix::fs::major(device), rustix::fs::minor(device));
    let line = mounts.lines().find(|line| line.split(' ').nth(2) == Some(&number))?;
    let (_, rest) = line.split_once(" - ")?;
    rest.split(' ').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_systems_of_the_network_are_told_from_those_of_this_machine() {
        let kind = |magic, name: &str| network(&FileSystem { magic, name: Some(name.to_owned()) });
        // Numbers of statfs(2) and linux/magic.h.
        assert_eq!(kind(0x6969, "nfs4").as_deref(), Some("NFS"));
        assert_eq!(kind(0xFF53_4D42, "cifs").as_deref(), Some("CIFS"));
        assert_eq!(kind(0x0102_1997, "9p").as_deref(), Some("9P"));
        assert_eq!(kind(0x6573_5546, "fuse.sshfs").as_deref(), Some("fuse.sshfs"));
        assert_eq!(kind(0x6573_5546, "fuseblk"), None);
        assert_eq!(kind(0xEF53, "ext4"), None);
        assert_eq!(kind(0x0102_1994, "tmpfs"), None);
        assert_eq!(kind(0x9123_683E, "btrfs"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_table_of_mounts_names_the_kind_of_a_device() {
        let mounts = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n\
                      40 35 0:52 / /home/me/far rw,nosuid - fuse.sshfs me@far:/ rw,user_id=1000\n";
        assert_eq!(mounted(mounts, rustix::fs::makedev(98, 0)).as_deref(), Some("ext3"));
        assert_eq!(mounted(mounts, rustix::fs::makedev(0, 52)).as_deref(), Some("fuse.sshfs"));
        assert_eq!(mounted(mounts, rustix::fs::makedev(8, 1)), None);
    }
}
