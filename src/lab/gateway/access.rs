//! Who may ask the gateway: whoever has its user and password, or a token that was fetched with them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::json;

use super::api::is_token_request;
use super::http::{Head, Response};
use super::time::now_ms;
use super::{PASSWORD, USER};
use crate::lab::log::rfc_3339;

/// Tokens that are taken at once; the oldest gives way.
const TOKENS: usize = 64;

/// How long a token says that it is good for. The lab's tokens end only by a fault.
const LIFETIME_MS: i64 = 60 * 60 * 1000;

/// The tokens that are taken.
#[derive(Default)]
pub(super) struct Access {
    tokens: Mutex<Tokens>,
}

#[derive(Default)]
struct Tokens {
    good: VecDeque<String>,
    made: u64,
}

/// What a client has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pass {
    Password,
    Token(String),
}

impl Access {
    /// What a request shows that is taken.
    pub(super) fn pass(&self, head: &Head) -> Option<Pass> {
        let (scheme, given) = head.authorization.as_deref()?.split_once(' ')?;
        let given = given.trim();
        if scheme.eq_ignore_ascii_case("basic") {
            return (given == base64(&format!("{USER}:{PASSWORD}"))).then_some(Pass::Password);
        }
        let known =
            scheme.eq_ignore_ascii_case("bearer") && self.tokens().good.iter().any(|good| good == given);
        known.then(|| Pass::Token(given.to_owned()))
    }

    /// Gives a token to whoever asks for one with the password; none when something else is asked.
    pub(super) fn token(&self, head: &Head, pass: &Pass) -> Option<Response> {
        if *pass != Pass::Password || !is_token_request(&head.method, &head.target) {
            return None;
        }
        let mut tokens = self.tokens();
        tokens.made += 1;
        let (id, token) = (format!("lab-{}", tokens.made), format!("lab-token-{:06}", tokens.made));
        tokens.good.push_back(token.clone());
        if tokens.good.len() > TOKENS {
            tokens.good.pop_front();
        }
        let until = rfc_3339(now_ms() + LIFETIME_MS);
        let body = json!({ "id": id, "token_type": "Bearer", "access_token": token, "expires_at": until });
        Some(Response::json(201, &body))
    }

    /// A token is taken no more.
    pub(super) fn expire(&self, token: &str) {
        self.tokens().good.retain(|good| good != token);
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What whoever shows nothing of it is told.
pub(super) fn unauthorised() -> Response {
    Response::message(401, "Unauthorized").with("WWW-Authenticate", "Basic realm=\"the lab's gateway\"")
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
