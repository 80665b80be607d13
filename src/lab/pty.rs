//! A pseudo-terminal as a port: its client end is a device file that any program opens as a serial port.
//! The lab holds that end open too, so that the line lives on from one client to the next.

use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, QueueSelector, tcflush, tcgetattr, tcsetattr};

use super::port::{Port, Visitors};
use watch::Watch;

/// A pseudo-terminal. When it is dropped, its client sees the line go away.
pub(super) struct Pty {
    master: OwnedFd,
    line: OwnedFd,
    path: PathBuf,
    watch: Option<Watch>,
}

impl Pty {
    /// A new one, raw.
    ///
    /// # Errors
    /// When the system has no more of them.
    pub(super) fn open() -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        // A child that inherited it would keep the line alive.
        rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let flags = rustix::fs::fcntl_getfl(&master)?;
        rustix::fs::fcntl_setfl(&master, flags | OFlags::NONBLOCK)?;
        let name = ptsname(&master, Vec::new())?;
        let path = PathBuf::from(OsStr::from_bytes(name.as_bytes()));
        let line = rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
        raw(&line)?;
        let watch = Watch::new(&path);
        Ok(Self { master, line, path, watch })
    }

    /// What becomes readable when the client writes.
    pub(super) fn bytes_fd(&self) -> BorrowedFd<'_> {
        self.master.as_fd()
    }

    /// What becomes readable when clients come and go.
    pub(super) fn visitors_fd(&self) -> Option<BorrowedFd<'_>> {
        self.watch.as_ref().map(Watch::fd)
    }
}

fn raw(line: &OwnedFd) -> io::Result<()> {
    let mut settings = tcgetattr(line)?;
    settings.make_raw();
    Ok(tcsetattr(line, OptionalActions::Now, &settings)?)
}

/// Nothing now is no error.
fn now(result: Result<usize, Errno>) -> io::Result<usize> {
    match result {
        Err(Errno::AGAIN | Errno::INTR) => Ok(0),
        result => Ok(result?),
    }
}

impl Port for Pty {
    fn path(&self) -> &Path {
        &self.path
    }

    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        now(rustix::io::read(&self.master, into))
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        now(rustix::io::write(&self.master, bytes))
    }

    fn visitors(&mut self) -> Visitors {
        let visitors = self.watch.as_mut().map(Watch::look).unwrap_or_default();
        if visitors.left {
            // A client that was killed leaves its claim behind, which would keep every other user out.
            let _ = rustix::termios::ioctl_tiocnxcl(&self.line);
        }
        visitors
    }

    fn renew(&mut self) {
        // A line that cannot be made as new is still a line.
        let _ = raw(&self.line);
        let _ = tcflush(&self.line, QueueSelector::IFlush);
    }
}

/// Counts who has a device file open. Linux tells of it by inotify; elsewhere nobody knows when a client leaves, and
/// the next one finds what the last one left, as with a modem whose DTR line is not connected.
#[cfg(any(target_os = "linux", target_os = "android"))]
mod watch {
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::path::Path;

    use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init};

    use super::Visitors;

    pub(super) struct Watch {
        events: OwnedFd,
        /// The file's own watch.
        file: i32,
        clients: usize,
    }

    impl Watch {
        pub(super) fn new(path: &Path) -> Option<Self> {
            let events = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok()?;
            let both = WatchFlags::OPEN | WatchFlags::CLOSE_WRITE | WatchFlags::CLOSE_NOWRITE;
            let file = add_watch(&events, path, both).ok()?;
            // Two events that are the same become one when nothing stands between them (inotify(7)), and a client
            // that opens its port twice would count once. The folder's event for each of them stands between.
            add_watch(&events, path.parent()?, both).ok()?;
            Some(Self { events, file, clients: 0 })
        }

        pub(super) fn fd(&self) -> BorrowedFd<'_> {
            self.events.as_fd()
        }

        pub(super) fn look(&mut self) -> Visitors {
            let mut buffer = [MaybeUninit::uninit(); 1024];
            let mut reader = Reader::new(&self.events, &mut buffer);
            let mut visitors = Visitors::default();
            while let Ok(event) = reader.next() {
                if event.wd() != self.file {
                    continue;
                }
                if event.events().contains(ReadFlags::OPEN) {
                    self.clients += 1;
                    visitors.came = true;
                } else if event.events().intersects(ReadFlags::CLOSE_WRITE | ReadFlags::CLOSE_NOWRITE) {
                    self.clients = self.clients.saturating_sub(1);
                    visitors.left = true;
                }
            }
            visitors.present = Some(self.clients > 0);
            visitors
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod watch {
    use std::os::fd::BorrowedFd;
    use std::path::Path;

    use super::Visitors;

    pub(super) enum Watch {}

    impl Watch {
        pub(super) fn new(_: &Path) -> Option<Self> {
            None
        }

        pub(super) fn fd(&self) -> BorrowedFd<'_> {
            match *self {}
        }

        pub(super) fn look(&mut self) -> Visitors {
            match *self {}
        }
    }
}
