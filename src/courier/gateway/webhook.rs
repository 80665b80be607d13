//! The listener that a gateway calls when a message was received. It takes only calls that show the secret path or the
//! signature, bounds what it reads, and hands on what it read; which message is new is the courier's to say. A call is
//! answered with success only once what it told is kept: a gateway that is told so does not tell it again.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener as Socket};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use ring::hmac;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

use super::callers::Call;
use super::definition::Signature;
use super::extract::Body;
use super::guests::{Guests, Stage};
use super::inbox::Letter;
use super::setup::Setup;

/// The longest call that is read: a batch of a hundred messages is less.
const LONGEST: usize = 256 * 1024;
/// Connections at the same time.
const CONNECTIONS: usize = 64;
/// A pause after the system gave no connection, as when there are too many files open.
const BREATH: Duration = Duration::from_millis(200);
/// How long those that call last are waited for when the courier has ended.
const LAST: Duration = Duration::from_secs(1);

/// Takes an address of this machine; called inside the runtime that is to listen.
///
/// # Errors
/// It is in use, or none of this machine's.
pub(super) fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::bind(address)?;
    socket.set_nonblocking(true)?;
    TcpListener::from_std(socket)
}

/// Takes calls until the courier ends, and then answers those that are there.
pub(super) async fn listen(listener: TcpListener, setup: Arc<Setup>, calls: mpsc::Sender<Call>) {
    let mut guests = Guests::new(CONNECTIONS);
    loop {
        let takes = guests.takes();
        let stream = tokio::select! {
            () = calls.closed() => break,
            () = guests.leaves() => continue,
            stream = next(&listener), if takes => stream,
        };
        if let Some(stream) = stream {
            let stage = Stage::default();
            let call = serve(stream, Arc::clone(&setup), calls.clone(), stage.clone());
            guests.enter(stage, call);
        }
    }
    drop(listener);
    // Connections that say nothing are not waited for.
    let _ = timeout(LAST, guests.all_left()).await;
}

/// The next connection; none when the system gave none.
async fn next(listener: &TcpListener) -> Option<TcpStream> {
    if let Ok((stream, _)) = listener.accept().await {
        return Some(stream);
    }
    tokio::time::sleep(BREATH).await;
    None
}

/// Hears one call. All of it has to be there in its time, however it is dealt out.
async fn serve(stream: TcpStream, setup: Arc<Setup>, calls: mpsc::Sender<Call>, stage: Stage) {
    let (patience, until) = (setup.read_within, Instant::now() + setup.read_within);
    let longest = patience + setup.kept_within + LAST;
    let service = service_fn(move |request| {
        let (setup, calls, stage) = (Arc::clone(&setup), calls.clone(), stage.clone());
        async move {
            let status = answer(request, &setup, &calls, (&stage, until)).await;
            let mut response = Response::new(Empty::<Bytes>::new());
            *response.status_mut() = status;
            Ok::<_, Infallible>(response)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(64 * 1024)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    // A caller that breaks off calls again, and one that talks no HTTP was no gateway.
    let _ = timeout(longest, connection).await;
}

/// The status that a call is answered with: success only once what it says is kept.
async fn answer(
    request: Request<Incoming>,
    setup: &Setup,
    calls: &mpsc::Sender<Call>,
    (stage, until): (&Stage, Instant),
) -> StatusCode {
    let Some(webhook) = &setup.definition.webhook else { return StatusCode::NOT_FOUND };
    if !has_secret_path(setup, request.uri().path()) {
        return StatusCode::NOT_FOUND;
    }
    if request.method() != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED;
    }
    stage.known();
    let (head, body) = request.into_parts();
    let body = match timeout_at(until, Limited::new(body, LONGEST).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE,
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
    };
    stage.read();
    if let Some(signature) = &webhook.signature
        && let Some(key) = signature.key.fill(&setup.values)
        && !signature.fits(&key, &head.headers, &body)
    {
        return StatusCode::UNAUTHORIZED;
    }
    match webhook.fields.letters(&Body::read(&body)) {
        // A call about something else is none of ours, and need not be repeated.
        None => StatusCode::OK,
        Some(found) => match is_kept(found, setup, calls).await {
            true => StatusCode::OK,
            // Whoever is told so tells it again.
            false => StatusCode::SERVICE_UNAVAILABLE,
        },
    }
}

/// Hands on what a call told, and waits until it is kept; not for ever, and not longer than the courier is there.
async fn is_kept(letters: Vec<Letter>, setup: &Setup, calls: &mpsc::Sender<Call>) -> bool {
    let (done, kept) = oneshot::channel();
    let handed = async { calls.send(Call { letters, done }).await.is_ok() && kept.await.is_ok() };
    timeout(setup.kept_within, handed).await.unwrap_or(false)
}

/// Whether a path is the secret one; without a secret any path will do.
fn has_secret_path(setup: &Setup, path: &str) -> bool {
    let Some(secret) = &setup.webhook_secret else { return true };
    let last = path.rsplit('/').next().unwrap_or_default();
    let wanted = super::template::percent(secret.expose());
    // Compared by their codes, so that the time it takes says nothing of how much was right.
    let key = hmac::Key::new(hmac::HMAC_SHA256, wanted.as_bytes());
    hmac::verify(&key, last.as_bytes(), hmac::sign(&key, wanted.as_bytes()).as_ref()).is_ok()
}

impl Signature {
    /// Whether a call was signed with `key`.
    fn fits(&self, key: &str, headers: &HeaderMap, body: &[u8]) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(given) = text(&self.header).and_then(from_hex) else { return false };
        let mut signed = body.to_vec();
        if let Some(name) = &self.timestamp {
            let Some(timestamp) = text(name) else { return false };
            signed.extend_from_slice(timestamp.as_bytes());
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
        hmac::verify(&key, &signed, &given).is_ok()
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.trim().chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    digits
        .chunks_exact(2)
        .map(|pair| u8::try_from(pair.iter().fold(0, |all, digit| all * 16 + digit)).ok())
        .collect()
}
