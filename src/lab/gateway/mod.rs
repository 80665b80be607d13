//! The lab's SMS gateway: it speaks the HTTP API of "SMS Gateway for Android" (capcom6) on loopback, and its messages go
//! through the lab's network. It calls nobody but webhooks on loopback, and its faults strike where messages are taken.
//!
//! Not as in the application: webhooks are not signed, and the tokens that it gives are no JWT.

mod access;
mod api;
mod faults;
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
use super::network::GATEWAY as NUMBER;
use access::Access;
use api::Api;
use http::{Connection, Response, Trouble};

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
    access: Access,
    /// The port that it listens at.
    port: u16,
    exchange: Arc<dyn Exchange>,
    stop: AtomicBool,
    /// The open connections, so that they can be closed.
    open: Mutex<HashMap<u64, TcpStream>>,
}

/// How a request ends.
enum End {
    Answer(Response),
    /// With an answer, and its body unread: what follows cannot be told from it, so that the connection ends.
    Unread(Response),
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
            access: Access::default(),
            port: address.port(),
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
                Ok((End::Unread(response), _)) => {
                    if connection.answer(&response, true).is_ok() {
                        connection.linger();
                    }
                    return;
                }
                Ok((End::Cut, _)) | Err(Trouble::Gone) => return,
            }
        }
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
            // What waits behind a message that was taken is told at once.
            if !self.api.tell(|| self.ends()) {
                std::thread::sleep(LOOK);
            }
        }
    }
}
