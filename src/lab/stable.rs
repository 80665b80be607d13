//! Names of ports that last while the ports behind them change, as `/dev/serial/by-id` has them: links in a folder of
//! the lab's own, which goes with the lab.

use std::fs::{DirBuilder, read_link, remove_dir_all, rename};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, symlink};
use std::path::{Path, PathBuf};

use super::port::Port as _;
use super::pty::Pty;

/// Labs of one process that may be there at once.
const LABS: usize = 1000;

/// The folder of the names.
pub(super) struct Names {
    folder: PathBuf,
}

impl Names {
    /// A folder that nobody else can write to.
    ///
    /// # Errors
    /// When the system's folder for temporary files cannot be written.
    pub(super) fn new() -> io::Result<Self> {
        let process = std::process::id();
        for lab in 0..LABS {
            let folder = std::env::temp_dir().join(format!("homing-lab-{process}-{lab}"));
            match DirBuilder::new().mode(0o700).create(&folder) {
                Ok(()) => return Ok(Self { folder }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Lets the name of a modem lead to a port; the name.
    pub(super) fn point(&self, modem: usize, port: &Path) -> io::Result<PathBuf> {
        let name = self.name(modem);
        symlink(port, &name)?;
        Ok(name)
    }

    /// Lets the name of each modem lead to its port; the names.
    pub(super) fn point_all(&self, ports: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
        ports.iter().enumerate().map(|(modem, port)| self.point(modem, port)).collect()
    }

    /// The port is gone, and so is its name: what it led to may soon be somebody else's.
    pub(super) fn hide(&self, modem: usize) {
        // What is not there need not be hidden.
        let _ = rename(self.name(modem), self.old(modem));
    }

    /// A new port under another name than the last one had.
    pub(super) fn another(&self, modem: usize) -> io::Result<Pty> {
        let last = read_link(self.old(modem)).unwrap_or_default();
        let pty = Pty::open()?;
        if pty.path() != last {
            return Ok(pty);
        }
        // While this one is held, the next one is another.
        Pty::open()
    }

    fn name(&self, modem: usize) -> PathBuf {
        self.folder.join(format!("modem-{modem}"))
    }

    fn old(&self, modem: usize) -> PathBuf {
        self.folder.join(format!(".modem-{modem}"))
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        // A lab that is killed leaves it too.
        let _ = remove_dir_all(&self.folder);
    }
}
