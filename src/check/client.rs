//! Plays a case against the listener over a real socket, and holds what came of it against what has to.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use super::cases::{Case, How};
use super::got::{Got, hex};
use super::listener::{Listener, What};
use super::outcome::Fault;
use crate::wire::Transport;

/// How long the listener may take for a thing that takes it microseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// The most faults of a case that are kept: the first ones tell.
const MOST: usize = 5;

/// What came of a case.
#[derive(Default)]
struct Came {
    messages: Vec<Got>,
    /// Beginnings of frames whose end never came.
    cut: u64,
    strange: u64,
    read: usize,
    sent: usize,
    answers: Vec<u8>,
}

/// What a case came to.
#[derive(Debug, Default)]
pub(super) struct Played {
    pub(super) fields: u64,
    pub(super) answers: u64,
    pub(super) faults: Vec<Fault>,
}

/// Plays it.
///
/// # Errors
/// When this machine's own sockets do not do what they always do.
pub(super) fn play(case: &Case, transport: Transport, listener: &Listener) -> io::Result<Played> {
    let came = match transport {
        Transport::Tcp => over_tcp(case, listener)?,
        Transport::Udp => over_udp(case, listener)?,
    };
    let mut played = Played::default();
    let mut faults = match came {
        Ok(came) => judge(case, &came, &mut played),
        Err(what) => vec![what],
    };
    faults.truncate(MOST);
    let sent = hex(&case.writes.concat());
    let fault = |what| Fault { case: case.name.clone(), what, sent: sent.clone() };
    played.faults = faults.into_iter().map(fault).collect();
    Ok(played)
}

type Ended = Result<Came, String>;

fn over_tcp(case: &Case, listener: &Listener) -> io::Result<Ended> {
    let mut socket = TcpStream::connect(listener.tcp)?;
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let (own, mut came, mut written) = (socket.local_addr()?, Came::default(), 0);
    for bytes in &case.writes {
        socket.write_all(bytes)?;
        written += bytes.len();
        // In step: so every write is a read of its own, or at least none is mixed with the one before.
        if let Err(what) = came.until(listener, own, |came| came.read >= written) {
            return Ok(Err(what));
        }
    }
    socket.shutdown(Shutdown::Write)?;
    socket.read_to_end(&mut came.answers)?;
    Ok(came.until_closed(listener, own).map(|()| came))
}

fn over_udp(case: &Case, listener: &Listener) -> io::Result<Ended> {
    let socket = UdpSocket::bind((listener.udp.ip(), 0))?;
    socket.connect(listener.udp)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let (own, mut came) = (socket.local_addr()?, Came::default());
    let mut room = vec![0; 64 * 1024];
    let mut written = 0;
    for bytes in &case.writes {
        socket.send(bytes)?;
        written += bytes.len();
        if let Err(what) = came.until(listener, own, |came| came.read >= written) {
            return Ok(Err(what));
        }
        // What the listener says that it sent has to come.
        while came.answers.len() < came.sent {
            let read = socket.recv(&mut room)?;
            came.answers.extend_from_slice(room.get(..read).unwrap_or_default());
        }
    }
    Ok(Ok(came))
}

impl Came {
    /// Takes in what the listener tells until it has told all that it read and that is enough.
    fn until(
        &mut self,
        listener: &Listener,
        own: SocketAddr,
        enough: impl Fn(&Self) -> bool,
    ) -> Result<(), String> {
        loop {
            match listener.next(own, PATIENCE) {
                Some(What::Settled) if enough(self) => return Ok(()),
                Some(What::Closed) => return Err("the listener closed the connection".to_owned()),
                Some(what) => self.take(what),
                None => return Err(format!("the listener said nothing for {} s", PATIENCE.as_secs())),
            }
        }
    }

    fn until_closed(&mut self, listener: &Listener, own: SocketAddr) -> Result<(), String> {
        loop {
            match listener.next(own, PATIENCE) {
                Some(What::Closed) => return Ok(()),
                Some(what) => self.take(what),
                None => return Err("the listener did not close a connection that was over".to_owned()),
            }
        }
    }

    fn take(&mut self, what: What) {
        match what {
            What::Read(count) => self.read += count,
            What::Sent(count) => self.sent += count,
            What::Message(got, cut) => {
                self.cut += u64::from(cut);
                if !cut {
                    self.messages.push(*got);
                }
            }
            What::Strange => self.strange += 1,
            What::Settled | What::Closed => {}
        }
    }
}

/// Everything that is wrong.
fn judge(case: &Case, came: &Came, played: &mut Played) -> Vec<String> {
    let mut faults = Vec::new();
    let lenient = matches!(case.how, How::WithDamage | How::AtLast);
    let told =
        came.strange + came.cut + came.messages.iter().filter(|got| !got.damage.is_empty()).count() as u64;
    match case.how {
        How::Exactly if came.strange + came.cut > 0 => {
            faults.push(format!("{} pieces of whole frames were taken for none", came.strange + came.cut));
        }
        How::WithNoise if came.strange == 0 => faults.push("bytes between frames were not told".to_owned()),
        How::WithDamage | How::AtLast if told == 0 => faults.push("what is damaged was not told".to_owned()),
        _ => {}
    }
    let messages: Vec<&Got> =
        came.messages.iter().filter(|got| !lenient || got.claimed && got.damage.is_empty()).collect();
    let (messages, expected) = match (case.how, case.expected.last()) {
        (How::AtLast, Some(last)) => {
            (messages.get(messages.len().saturating_sub(1)..).unwrap_or_default(), std::slice::from_ref(last))
        }
        _ => (&messages[..], &case.expected[..]),
    };
    if messages.len() != expected.len() {
        let kinds: Vec<_> = messages.iter().map(|got| got.kind().word()).take(20).collect();
        let (wanted, came) = (expected.len(), messages.len());
        faults.push(format!("{wanted} whole messages have to come, and {came} came ({})", kinds.join(", ")));
    }
    for (number, (expected, got)) in (1..).zip(expected.iter().zip(messages)) {
        let (fields, wrong) = expected.faults(got);
        played.fields += fields;
        faults.extend(wrong.into_iter().map(|what| format!("message {number}: {what}")));
    }
    faults.extend(answers(case, came, played));
    faults
}

fn answers(case: &Case, came: &Came, played: &mut Played) -> Option<String> {
    let wanted = case.answers.concat();
    let fits = match case.how {
        // What went lost is not answered.
        How::AtLast => case.answers.last().is_none_or(|last| came.answers.ends_with(last)),
        _ => came.answers == wanted,
    };
    played.answers += case.answers.len() as u64;
    (!fits).then(|| {
        let (wanted, came) = (shown(&wanted), shown(&came.answers));
        format!("the answers have to be {wanted}, and are {came}")
    })
}

fn shown(bytes: &[u8]) -> String {
    if bytes.is_empty() { "none".to_owned() } else { hex(bytes) }
}
