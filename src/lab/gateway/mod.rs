//! The lab's SMS gateway: it speaks the HTTP API of "SMS Gateway for Android" (capcom6) on loopback, and its messages go
//! through the lab's network. It calls nobody but webhooks on loopback, and its faults strike where messages are taken.
//!
//! Not as in the application: webhooks are not signed, and no JWT is taken.

mod api;
mod hooks;
mod http;
mod store;
#[cfg(test)]
mod tests;
mod time;

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::event::Event;
use super::exchange::Exchange;
use super::fault::FaultKind;
use super::network::GATEWAY as NUMBER;
use api::{Api, is_message};
use http::{Connection, Head, Response, Trouble};

/// The user of the lab's gateway.
pub const USER: &str = "lab";
/// The password of the lab's gateway: everybody may know it, as it guards nothing.
pub const PASSWORD: &str = "lab";
/// The id of the phone that it would be.
const DEVICE: &str = "homing-lab";

/// Connections at once; more are closed.
const CONNECTIONS: usize = 256;

/// How long a client may be silent.
const IDLE: Duration = Duration::from_secs(60);

/// How often webhooks are thought of, and a sleeping connection looks whether the gateway ends.
const LOOK: Duration = Duration::from_millis(25);

/// A running gateway. It ends when this is dropped.
pub struct Gateway {
    address: SocketAddr,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

/// What the threads share.
struct Shared {
    api: Api,
    exchange: Arc<dyn Exchange>,
    stop: AtomicBool,
    /// The open connections, so that they can be closed.
    open: Mutex<HashMap<u64, TcpStream>>,
}

/// How a request ends.
enum End {
    Answer(Response),
    /// Without an answer.
    Cut,
}

impl Gateway {
    /// Starts a gateway; port 0 takes any free one.
    ///
    /// # Errors
    /// When the system gives no port or no thread.
    pub fn start(listen: SocketAddr, exchange: Arc<dyn Exchange>) -> io::Result<Self> {
        let listener = TcpListener::bind(listen)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            api: Api::new(Arc::clone(&exchange)),
            exchange,
            stop: AtomicBool::new(false),
            open: Mutex::default(),
        });
        let number = NUMBER.to_owned();
        shared.exchange.log(Event::Listening { gateway: address.to_string(), number });
        let mut gateway = Self { address, shared, threads: Vec::new() };
        let shared = Arc::clone(&gateway.shared);
        gateway.spawn(move || shared.listen(&listener))?;
        let shared = Arc::clone(&gateway.shared);
        gateway.spawn(move || shared.tell())?;
        Ok(gateway)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn spawn(&mut self, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        self.threads.push(std::thread::Builder::new().name("lab gateway".to_owned()).spawn(work)?);
        Ok(())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // The listener wakes by being called. If that fails it is left to itself: nobody waits for it.
        let woken = TcpStream::connect(self.address).is_ok();
        for stream in self.shared.open().values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        if woken {
            for thread in self.threads.drain(..) {
                // A thread that panicked has said so itself.
                let _ = thread.join();
            }
        }
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, HashMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ends(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Takes connections, each with a thread of its own.
    fn listen(self: &Arc<Self>, listener: &TcpListener) {
        let mut threads: Vec<JoinHandle<()>> = Vec::new();
        for (id, stream) in (0_u64..).zip(listener.incoming()) {
            if self.ends() {
                break;
            }
            threads.retain(|thread| !thread.is_finished());
            let Ok(stream) = stream else {
                // Out of descriptors, say: others have to end first.
                std::thread::sleep(LOOK);
                continue;
            };
            if threads.len() < CONNECTIONS {
                threads.extend(self.welcome(id, stream));
            }
        }
        for stream in self.open().values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        for thread in threads {
            let _ = thread.join();
        }
    }

    fn welcome(self: &Arc<Self>, id: u64, stream: TcpStream) -> Option<JoinHandle<()>> {
        stream.set_nodelay(true).and_then(|()| stream.set_read_timeout(Some(IDLE))).ok()?;
        self.open().insert(id, stream.try_clone().ok()?);
        let shared = Arc::clone(self);
        let work = move || {
            shared.serve(Connection::new(stream));
            shared.open().remove(&id);
        };
        let thread = std::thread::Builder::new().name("lab gateway client".to_owned()).spawn(work);
        if thread.is_err() {
            self.open().remove(&id);
        }
        thread.ok()
    }

    /// Answers one client's requests until it leaves.
    fn serve(&self, mut connection: Connection) {
        while !self.ends() {
            let end = match connection.head() {
                Ok(head) => self.request(&mut connection, &head).map(|end| (end, head.last)),
                Err(trouble) => Err(trouble),
            };
            match end {
                Ok((End::Answer(response), last)) => {
                    if connection.answer(&response, last).is_err() || last {
                        return;
                    }
                }
                Err(Trouble::Bad(status, why)) => {
                    // What follows cannot be told from this request.
                    let _ = connection.answer(&Response::message(status, why), true);
                    return;
                }
                Ok((End::Cut, _)) | Err(Trouble::Gone) => return,
            }
        }
    }

    /// Answers one request, as faults let it. It is in the log before its answer is.
    fn request(&self, connection: &mut Connection, head: &Head) -> Result<End, Trouble> {
        let known = authorised(head);
        let message = known && is_message(&head.method, &head.target);
        let strikes = |kind| if message { self.exchange.strikes(kind) } else { None };
        let end = if strikes(FaultKind::GatewayCutBeforeBody).is_some() {
            End::Cut
        } else {
            let body = connection.body(head)?;
            if !known {
                let realm = "Basic realm=\"the lab's gateway\"";
                End::Answer(Response::message(401, "Unauthorized").with("WWW-Authenticate", realm))
            } else if strikes(FaultKind::Gateway429).is_some() {
                End::Answer(Response::message(429, "Too many requests").with("Retry-After", "1"))
            } else {
                let response = self.api.answer(&head.method, &head.target, &body);
                if message && response.status == 202 { self.spoil(response) } else { End::Answer(response) }
            }
        };
        let status = match &end {
            End::Answer(response) => Some(response.status),
            End::Cut => None,
        };
        let (method, target) = (head.method.clone(), head.target.clone());
        self.exchange.log(Event::Request { method, target, status });
        Ok(end)
    }

    /// What becomes of the answer to a message that was taken.
    fn spoil(&self, mut response: Response) -> End {
        let strikes = |kind| self.exchange.strikes(kind);
        if let Some(fault) = strikes(FaultKind::GatewaySlow) {
            self.sleep(fault.time);
        }
        if strikes(FaultKind::GatewayCutAfterBody).is_some() {
            return End::Cut;
        }
        if strikes(FaultKind::Gateway503).is_some() {
            return End::Answer(Response::message(503, "Service unavailable"));
        }
        if strikes(FaultKind::GatewayBadJson).is_some() {
            let half = response.body.char_indices().nth(response.body.chars().count() / 2);
            response.body.truncate(half.map_or(0, |(at, _)| at));
        }
        End::Answer(response)
    }

    /// Sleeps, but no longer than the gateway is there.
    fn sleep(&self, time: Duration) {
        let mut left = time;
        while !left.is_zero() && !self.ends() {
            let nap = left.min(LOOK);
            std::thread::sleep(nap);
            left -= nap;
        }
    }

    /// The thread of the webhooks.
    fn tell(&self) {
        while !self.ends() {
            self.api.tell(|| self.ends());
            std::thread::sleep(LOOK);
        }
    }
}

/// Whether a request comes with the gateway's user and password.
fn authorised(head: &Head) -> bool {
    let given = head.authorization.as_deref().and_then(|text| text.split_once(' '));
    given.is_some_and(|(scheme, given)| {
        scheme.eq_ignore_ascii_case("basic") && given.trim() == base64(&format!("{USER}:{PASSWORD}"))
    })
}

/// RFC 4648, section 4.
fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut made = String::new();
    for three in text.as_bytes().chunks(3) {
        let octet = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = octet(0) << 16 | octet(1) << 8 | octet(2);
        for at in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * at) & 63) as usize).copied().unwrap_or(b'=');
            made.push(if at > three.len() { '=' } else { char::from(digit) });
        }
    }
    made
}
