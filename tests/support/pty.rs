//! The device's end of a serial line: a pseudo-terminal whose other end homing opens.
//! It moves bytes and can vanish; what the bytes mean is for the devices.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::{Mutex, PoisonError};

use nix::fcntl::OFlag;
use nix::pty::{PtyMaster, grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr};

/// Lines of the devices that went last. The system gives a port's number to the next device as soon as nobody holds
/// its line, and a courier of another test that waits for its own device to come back would open that one.
static GONE: Mutex<VecDeque<File>> = Mutex::new(VecDeque::new());
/// More than plug in while a test waits for a device, and few enough for the files that a process may open.
const REMEMBERED: usize = 100;

/// A port that a device serves; it is gone when this is dropped.
pub(crate) struct DevicePort {
    master: PtyMaster,
    /// Held open, so that the line stays raw and alive while nobody else has it open.
    line: Option<File>,
    path: String,
}

impl Drop for DevicePort {
    fn drop(&mut self) {
        let mut gone = GONE.lock().unwrap_or_else(PoisonError::into_inner);
        gone.extend(self.line.take());
        if gone.len() > REMEMBERED {
            gone.pop_front();
        }
    }
}

impl DevicePort {
    /// Plugs a new port in. A child process does not inherit it, or it would not vanish.
    pub(crate) fn open() -> DevicePort {
        let flags = OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC;
        let master = posix_openpt(flags).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let path = ptsname_r(&master).unwrap();
        let line = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlag::O_NOCTTY.bits())
            .open(&path)
            .unwrap();
        let mut settings = tcgetattr(&line).unwrap();
        cfmakeraw(&mut settings);
        tcsetattr(&line, SetArg::TCSANOW, &settings).unwrap();
        DevicePort { master, line: Some(line), path }
    }

    /// The name under which homing opens it.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Says as much of `bytes` as the line takes now, and returns how much that was.
    pub(crate) fn say(&mut self, bytes: &[u8]) -> usize {
        match self.master.write(bytes) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
            Err(error) => panic!("the device's end of {} failed: {error}", self.path),
        }
    }

    /// What was written to the port since the last time; nothing when nothing came.
    pub(crate) fn hear(&mut self) -> Vec<u8> {
        let mut chunk = [0; 1024];
        match self.master.read(&mut chunk) {
            Ok(count) => chunk[..count].to_vec(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Vec::new(),
            Err(error) => panic!("the device's end of {} failed: {error}", self.path),
        }
    }
}
