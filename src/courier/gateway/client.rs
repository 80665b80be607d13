//! One request over HTTP and what came of it: an answer, or a fault that is provably before or possibly after the
//! message left. Nothing is repeated and nothing is followed here; what an answer means is judged elsewhere.

use std::convert::Infallible;
use std::error::Error;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::header::{HeaderName, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, redirect, retry};

use super::call::Call;
use super::fault::SetupError;
use super::place::{Names, Reach};
use super::setup::Setup;

/// The longest answer that is read. One to a message is a few hundred bytes, a page of an inbox less than this.
const LONGEST: usize = 1024 * 1024;
/// How long a connection may wait for its next request. A server that is about to close an idle connection would make
/// it unknown whether a request was taken; those in use close after five seconds and more.
const IDLE: Duration = Duration::from_secs(2);

/// The client of a gateway: no redirects, which would repeat a POST, no retries, no certificates but the system's and
/// those that the user trusts.
///
/// # Errors
/// When the system has no certificates at all, or others of its parts are missing.
pub(super) fn http_client(setup: &Setup) -> Result<Client, SetupError> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Whoever installed one before us installed one that works.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .connect_timeout(setup.connect)
        .read_timeout(setup.read)
        .pool_idle_timeout(IDLE)
        .dns_resolver(Names(setup.reach))
        .user_agent(concat!("homing/", env!("CARGO_PKG_VERSION")));
    builder = match setup.reach {
        Reach::Any => builder.https_only(true).tls_certs_merge(setup.roots.clone()),
        // Without encryption no certificates are needed, and no proxy is to read along.
        Reach::Private | Reach::Loopback => builder.no_proxy().tls_certs_only(setup.roots.clone()),
    };
    builder
        .build()
        .map_err(|error| SetupError::Machine { gateway: setup.name.clone(), why: root(&error.without_url()) })
}

/// What a gateway answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) retry_after: Option<String>,
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
    /// The whole body came; an answer that broke off says no more than its status.
    pub(super) whole: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not one byte of the body was handed to a connection.
    Before(String),
    /// The body, or a part of it, may have arrived.
    After(String),
}

/// Sends one request and reads its answer.
///
/// **What proves that a message did not leave.** Its body is handed over by [`Watched`], which notes when it is first
/// asked for bytes. The HTTP layer asks only after a connection stands, with TLS where there is one, and once the
/// request was assigned to it; the bytes reach the socket only through that call, and the body cannot be cloned, so
/// nothing else can repeat it. Not asked, then, means that no byte of the message left this process, whatever went
/// wrong. Once it was asked, the bytes may be anywhere between here and the gateway's own database, also when the
/// connection was an idle one that the other side was closing at that moment: then it is [`Fault::After`], always.
/// A request without a body leaves with its head, so for one only a connection that never stood counts as before.
pub(super) async fn exchange(client: &Client, call: Call, limit: Duration) -> Result<Reply, Fault> {
    let handed = Arc::new(AtomicBool::new(false));
    let has_body = !call.body.is_empty();
    let mut request = client.request(call.method, call.url).headers(call.headers);
    if has_body {
        let body = Watched { bytes: Some(Bytes::from(call.body)), handed: Arc::clone(&handed) };
        request = request.body(reqwest::Body::wrap(body));
    }
    let failed = |never: bool, why: String| {
        let before = if has_body { !handed.load(Ordering::SeqCst) } else { never };
        if before { Fault::Before(why) } else { Fault::After(why) }
    };
    let answered = tokio::time::timeout(limit, request.send()).await;
    let mut response = match answered {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            let never = error.is_connect() || error.is_builder();
            return Err(failed(never, why(error)));
        }
        Err(_) => return Err(failed(false, format!("it did not answer within {} s", limit.as_secs()))),
    };
    Ok(read(&mut response, limit).await)
}

/// Reads an answer as far as it comes and may be long.
async fn read(response: &mut Response, limit: Duration) -> Reply {
    let text = |name: HeaderName| {
        response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut reply = Reply {
        status: response.status().as_u16(),
        retry_after: text(RETRY_AFTER),
        location: text(LOCATION),
        ..Reply::default()
    };
    let reading = async {
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if reply.body.len() + chunk.len() <= LONGEST => {
                    reply.body.extend_from_slice(&chunk);
                }
                Ok(None) => break true,
                Ok(Some(_)) | Err(_) => break false,
            }
        }
    };
    let whole = tokio::time::timeout(limit, reading).await.unwrap_or(false);
    Reply { whole, ..reply }
}

/// What went wrong, in words without the URL, which may hold a secret.
fn why(error: reqwest::Error) -> String {
    let error = error.without_url();
    if error.is_timeout() {
        let what = if error.is_connect() { "no connection came about" } else { "it did not answer" };
        return format!("{what} in time");
    }
    if error.is_connect() {
        return format!("it cannot be connected to: {}", root(&error));
    }
    format!("the connection broke: {}", root(&error))
}

/// The innermost cause: the layers around it say only that there was an error.
fn root(error: &reqwest::Error) -> String {
    let mut inner: &dyn Error = error;
    // A chain of causes is short; a longer one is cut.
    for _ in 0..16 {
        match inner.source() {
            Some(source) => inner = source,
            None => break,
        }
    }
    inner.to_string()
}

/// A body that notes when it is first asked for bytes.
struct Watched {
    bytes: Option<Bytes>,
    handed: Arc<AtomicBool>,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        self.handed.store(true, Ordering::SeqCst);
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
