//! The requests of one gateway, each with what proves who asks. It knows no messages and judges no answer but a token's.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, Url};
use tokio::sync::Mutex;

use super::call::Call;
use super::client::{Fault, Reply, exchange, http_client};
use super::definition::{Auth, Request, TokenStep};
use super::extract::Body;
use super::fault::SetupError;
use super::judge::{credentials, own_words, unauthorised};
use super::place::{Reach, reach};
use super::setup::Setup;
use super::template::Values;
use crate::engine::Cause;

/// A token is fetched again so long before it is of no more use.
const EARLY: Duration = Duration::from_secs(10);

/// One gateway that can be asked.
pub(super) struct Wire {
    pub(super) setup: Setup,
    client: Client,
    token: Mutex<Option<Token>>,
    /// Counts the tokens, so that one that was refused is dropped once.
    tokens: AtomicU64,
}

#[derive(Clone)]
struct Token {
    number: u64,
    text: String,
    until: Instant,
}

/// Why a question to the gateway has no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) cause: Cause,
    /// It will not pass by itself.
    pub(super) last: bool,
}

/// The status that stands for credentials that are not taken.
const UNAUTHORISED: u16 = 401;

impl Wire {
    /// # Errors
    /// When there can be no client.
    pub(super) fn new(setup: Setup) -> Result<Self, SetupError> {
        let client = http_client(&setup)?;
        Ok(Self { setup, client, token: Mutex::new(None), tokens: AtomicU64::new(0) })
    }

    /// Sends a request and reads its answer. One that was refused for its token is sent once more with a new one:
    /// what is refused with 401 was not taken.
    pub(super) async fn ask(&self, request: &Request, values: Values) -> Result<Reply, Fault> {
        self.ask_at(request, values, None).await
    }

    /// The same at another URL of the same gateway.
    pub(super) async fn ask_at(
        &self,
        request: &Request,
        values: Values,
        url: Option<&Url>,
    ) -> Result<Reply, Fault> {
        let step = self.setup.definition.token.as_ref().filter(|_| !request.open);
        let Some(step) = step else { return self.once(request, values, url).await };
        for turn in 0..2 {
            let token = match self.token(step).await? {
                Ok(token) => token,
                Err(refused) => return Ok(refused),
            };
            let reply = self.once(request, values.clone().with("access", token.text.clone()), url).await?;
            if reply.status != UNAUTHORISED || turn > 0 {
                return Ok(reply);
            }
            let mut held = self.token.lock().await;
            if held.as_ref().is_some_and(|held| held.number == token.number) {
                *held = None;
            }
        }
        Err(Fault::Before("no token was taken".to_owned()))
    }

    async fn once(&self, request: &Request, values: Values, url: Option<&Url>) -> Result<Reply, Fault> {
        self.once_as(request, &self.setup.definition.auth, values, url).await
    }

    /// The same with something else that proves who asks.
    async fn once_as(
        &self,
        request: &Request,
        auth: &Auth,
        values: Values,
        url: Option<&Url>,
    ) -> Result<Reply, Fault> {
        let call = Call::write(request, auth, &values);
        let mut call = call.map_err(|error| Fault::Before(error.to_string()))?;
        if let Some(url) = url {
            call.url = url.clone();
        }
        // A definition may name a place of its own, beside `url`.
        let private = self.setup.reach == Reach::Private;
        if let Err((host, _)) = reach(&call.url, private) {
            return Err(Fault::Before(format!("plain HTTP is not spoken to {host}")));
        }
        exchange(&self.client, call, self.limit()).await
    }

    /// The longest time that one request may take in all.
    fn limit(&self) -> Duration {
        self.setup.connect + 2 * self.setup.read
    }

    /// The token at hand, or a new one; else the answer that refuses it.
    async fn token(&self, step: &TokenStep) -> Result<Result<Token, Reply>, Fault> {
        // Held while it is fetched: others wait for the same token instead of fetching one each.
        let mut held = self.token.lock().await;
        if let Some(token) = held.as_ref().filter(|token| Instant::now() < token.until) {
            return Ok(Ok(token.clone()));
        }
        let asked = Instant::now();
        let auth = step.auth.as_ref().unwrap_or(&self.setup.definition.auth);
        let reply = self.once_as(&step.request, auth, self.setup.values.clone(), None).await;
        // Whatever happened to this request, no message left with it.
        let reply = reply.map_err(|fault| {
            let (Fault::Before(why) | Fault::After(why)) = fault;
            Fault::Before(format!("there is no token to ask with: {why}"))
        })?;
        if matches!(reply.status, 400 | 401 | 403) {
            return Ok(Err(Reply { status: UNAUTHORISED, ..reply }));
        }
        let body = Body::read(&reply.body);
        let Some(text) = step.at.of(&body).filter(|_| (200..300).contains(&reply.status)) else {
            let why = format!("the answer with status {} holds no token", reply.status);
            return Err(Fault::Before(format!("there is no token to ask with: {why}")));
        };
        self.setup.hidden.fetched(&text);
        let seconds = step.expires.of(&body).and_then(|text| text.trim().parse().ok());
        let lifetime = seconds.map_or(step.lifetime, Duration::from_secs);
        let until = asked.checked_add(lifetime.saturating_sub(EARLY)).unwrap_or(asked);
        let token = Token { number: self.tokens.fetch_add(1, Ordering::Relaxed), text, until };
        *held = Some(token.clone());
        Ok(Ok(token))
    }

    /// The answer to a question, where it is one.
    ///
    /// # Errors
    /// What is wrong, in words for a person.
    pub(super) fn good(&self, result: Result<Reply, Fault>, what: &str) -> Result<Body, Trouble> {
        let setup = &self.setup;
        let origin = setup.origin();
        let trouble = |cause, last| Trouble { cause, last };
        let reply = match result {
            Ok(reply) => reply,
            Err(Fault::Before(why) | Fault::After(why)) => {
                let cause = Cause::new(format!("{origin}: {why}"));
                return Err(trouble(
                    cause.hint("check `url`, the network and whether the gateway runs"),
                    false,
                ));
            }
        };
        let body = Body::read(&reply.body);
        let code = format!("HTTP {}", reply.status);
        let words = setup.definition.send.error.text.of(&body).map(|words| own_words(setup, &words, ""));
        let words =
            words.filter(|words| !words.is_empty()).map(|words| format!(": {words}")).unwrap_or_default();
        let cause = |says: &str| Cause::new(format!("{origin} {says}{words}")).code(code.clone());
        match reply.status {
            200..=299 if reply.whole => Ok(body),
            200..=299 => Err(trouble(cause(&format!("broke off in its answer to {what}")), false)),
            UNAUTHORISED => Err(trouble(cause(&unauthorised(setup)).hint(credentials(setup)), true)),
            403 => Err(trouble(cause(&format!("does not allow {what}")).hint(credentials(setup)), true)),
            404 | 405 => {
                let hint = "check `url`; an older version may not have it";
                Err(trouble(cause(&format!("does not know {what}")).hint(hint), true))
            }
            _ => Err(trouble(cause(&format!("did not answer {what}")), false)),
        }
    }
}
