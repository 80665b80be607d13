//! What can go wrong between this machine and a port, each with its own sentence and its own way out.
//! It only words what is handed to it: looking for ports, groups and holders is done where the trouble arises.

use std::io;

use thiserror::Error;

use super::Holder;
use crate::engine::Cause;

/// A port's trouble.
#[derive(Debug, Error)]
pub enum Trouble {
    /// No device has this name.
    #[error("there is no port {port}")]
    NotFound {
        /// The port that was asked for.
        port: String,
        /// The ports that exist.
        others: Vec<String>,
    },
    /// The device file may not be opened by this user.
    #[error("this user may not open {port}")]
    NotPermitted {
        /// The port.
        port: String,
        /// The group that may open it, when there is one.
        group: Option<String>,
    },
    /// Another process has the port.
    #[error("{port} is in use{}", by(.holders))]
    InUse {
        /// The port.
        port: String,
        /// Who has it open, as far as this user may see.
        holders: Vec<Holder>,
    },
    /// The name belongs to something that is no serial port.
    #[error("{port} is no serial port but {what}")]
    NotASerialPort {
        /// The path.
        port: String,
        /// What it is, with its article.
        what: &'static str,
    },
    /// The port went away while it was in use.
    #[error("{port} vanished {}", when(*.sent))]
    Vanished {
        /// The port.
        port: String,
        /// Whether bytes of the command had been written.
        sent: bool,
    },
    /// The port does not run at this speed.
    #[error("{port} does not run at {baud} baud")]
    BadSpeed {
        /// The port.
        port: String,
        /// The speed that was asked for.
        baud: u32,
    },
    /// The port stopped taking bytes.
    #[error("{port} took {taken} of {of} bytes and then no more")]
    Blocked {
        /// The port.
        port: String,
        /// How many bytes went out.
        taken: usize,
        /// How many there were.
        of: usize,
    },
    /// Bytes came without end, and no answer among them.
    #[error("{port} sent {bytes} bytes without an answer among them")]
    Flood {
        /// The port.
        port: String,
        /// How many came.
        bytes: usize,
    },
    /// A short message could not be handed over: nothing left this machine.
    #[error("{}", told(.0))]
    NotSent(Cause),
    /// The network or the gateway refused a short message.
    #[error("{}", told(.0))]
    Rejected(Cause),
    /// A short message may have left or not.
    #[error("{}", told(.0))]
    Unknown(Cause),
    /// A person stopped, or is not there any more.
    #[error("{}", match *.sent {
        Some(true) => "a person stopped here; the last text had been sent",
        Some(false) => "a person stopped here; the last text was not sent",
        None => "the input ended here; whether the last text was sent, nobody said",
    })]
    Stopped {
        /// Whether the text in hand had been sent; none when nobody said.
        sent: Option<bool>,
    },
    /// Anything else the system said.
    #[error("{port} could not be {doing}: {cause}")]
    Io {
        /// The port.
        port: String,
        /// What was tried, as a participle.
        doing: &'static str,
        /// What the system said.
        cause: io::Error,
        /// Whether bytes of the command had been written.
        sent: bool,
    },
}

/// The kinds of [`Trouble`], for reports and exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TroubleKind {
    /// No device has this name.
    NotFound,
    /// The device file may not be opened by this user.
    NotPermitted,
    /// Another process has the port.
    InUse,
    /// The name belongs to something that is no serial port.
    NotASerialPort,
    /// The port went away while it was in use.
    Vanished,
    /// The port does not run at this speed.
    BadSpeed,
    /// The port stopped taking bytes.
    Blocked,
    /// Bytes came without end, and no answer among them.
    Flood,
    /// A short message could not be handed over.
    NotSent,
    /// The network or the gateway refused a short message.
    Rejected,
    /// A short message may have left or not.
    Unknown,
    /// A person stopped.
    Stopped,
    /// Anything else the system said.
    Io,
}

impl TroubleKind {
    /// The kind's name in reports.
    pub fn name(self) -> &'static str {
        match self {
            TroubleKind::NotFound => "not_found",
            TroubleKind::NotPermitted => "not_permitted",
            TroubleKind::InUse => "in_use",
            TroubleKind::NotASerialPort => "not_a_serial_port",
            TroubleKind::Vanished => "vanished",
            TroubleKind::BadSpeed => "bad_speed",
            TroubleKind::Blocked => "blocked",
            TroubleKind::Flood => "flood",
            TroubleKind::NotSent => "not_sent",
            TroubleKind::Rejected => "rejected",
            TroubleKind::Unknown => "unknown",
            TroubleKind::Stopped => "stopped",
            TroubleKind::Io => "io",
        }
    }
}

impl Trouble {
    /// Which kind of trouble it is.
    pub fn kind(&self) -> TroubleKind {
        match self {
            Trouble::NotFound { .. } => TroubleKind::NotFound,
            Trouble::NotPermitted { .. } => TroubleKind::NotPermitted,
            Trouble::InUse { .. } => TroubleKind::InUse,
            Trouble::NotASerialPort { .. } => TroubleKind::NotASerialPort,
            Trouble::Vanished { .. } => TroubleKind::Vanished,
            Trouble::BadSpeed { .. } => TroubleKind::BadSpeed,
            Trouble::Blocked { .. } => TroubleKind::Blocked,
            Trouble::Flood { .. } => TroubleKind::Flood,
            Trouble::NotSent(_) => TroubleKind::NotSent,
            Trouble::Rejected(_) => TroubleKind::Rejected,
            Trouble::Unknown(_) => TroubleKind::Unknown,
            Trouble::Stopped { .. } => TroubleKind::Stopped,
            Trouble::Io { .. } => TroubleKind::Io,
        }
    }

    /// Whether bytes of the command may have reached the tracker, so that its outcome is unknown.
    pub fn may_have_left(&self) -> bool {
        match self {
            Trouble::Vanished { sent, .. } | Trouble::Io { sent, .. } => *sent,
            Trouble::Stopped { sent } => sent.unwrap_or(true),
            // What the system has taken may go out although it seemed stuck.
            Trouble::Blocked { .. } | Trouble::Flood { .. } | Trouble::Unknown(_) => true,
            _ => false,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Trouble::NotFound { port, others } => Some(not_found(port, others)),
            Trouble::NotPermitted { port, group } => Some(not_permitted(port, group.as_deref())),
            Trouble::InUse { port, holders } => Some(in_use(port, holders)),
            Trouble::NotASerialPort { .. } => Some(LIST.to_owned()),
            Trouble::Vanished { .. } => Some(
                "check plug, cable and supply; a tracker that restarts may come back under another name, \
                 so prefer its stable one (`homing port list`)"
                    .to_owned(),
            ),
            Trouble::BadSpeed { .. } => Some("115200 and 9600 are the usual speeds".to_owned()),
            Trouble::Blocked { .. } => {
                Some("the other side does not read: unplug the cable, plug it in again and try once more".to_owned())
            }
            Trouble::Flood { .. } => Some(
                "a port that prints a log or positions all the time takes no commands: try the tracker's other port"
                    .to_owned(),
            ),
            Trouble::NotSent(cause) | Trouble::Rejected(cause) | Trouble::Unknown(cause) => cause.hint.clone(),
            Trouble::Io { .. } | Trouble::Stopped { .. } => None,
        }
    }
}

const LIST: &str = "`homing port list` shows the serial ports of this machine";

fn told(cause: &Cause) -> String {
    match &cause.code {
        // Many sentences name their code already.
        Some(code) if !cause.sentence.contains(code) => format!("{} ({code})", cause.sentence),
        _ => cause.sentence.clone(),
    }
}

/// A service that opens every modem that is plugged in.
const MODEM_MANAGER: &str = "ModemManager";

fn by(holders: &[Holder]) -> String {
    // Of several, the one that is the usual cause.
    let usual = holders.iter().find(|holder| holder.command == MODEM_MANAGER);
    match (usual.or(holders.first()), holders.len()) {
        (None, _) => String::new(),
        (Some(one), 1) => format!(" by {one}"),
        (Some(first), count) => format!(" by {first} and {} more", count - 1),
    }
}

fn when(sent: bool) -> &'static str {
    if sent {
        "after the command was written, before its answer was complete"
    } else {
        "before the command was written"
    }
}

fn not_found(port: &str, others: &[String]) -> String {
    if let Some(meant) = others.iter().find(|other| other.rsplit('/').next() == Some(port)) {
        return format!("write it as {meant}");
    }
    if others.is_empty() {
        return "no serial port is plugged in; a charge-only USB cable makes none".to_owned();
    }
    format!("these exist: {}; `homing port list` says what they are", others.join(", "))
}

fn not_permitted(port: &str, group: Option<&str>) -> String {
    match group {
        Some(group) => format!(
            "the port belongs to the group {group}: `sudo usermod -aG {group} $USER`, then log out and in again"
        ),
        None => format!(
            "no group may open it: a udev rule with GROUP=\"dialout\", MODE=\"0660\" for this device makes it one's own, \
             or `sudo chmod a+rw {port}` until it is unplugged"
        ),
    }
}

fn in_use(port: &str, holders: &[Holder]) -> String {
    if holders.iter().any(|holder| holder.command == MODEM_MANAGER) {
        return "keep ModemManager off it with a udev rule that sets ENV{ID_MM_DEVICE_IGNORE}=\"1\" for this device, \
                or with `mmcli -m N --inhibit` for the time of the run"
            .to_owned();
    }
    match holders {
        [] => format!(
            "close the program that has it open (a terminal, another homing, ModemManager); `sudo fuser -v {port}` names it"
        ),
        [first, ..] => format!("close {first}, or wait until it is done"),
    }
}
