//! One request to the gateway, and what faults make of it. What a request asks for is done elsewhere.

use std::time::Instant;

use super::access::{Pass, unauthorised};
use super::api::is_message;
use super::http::{Connection, Head, Response, Trouble};
use super::{End, Shared};
use crate::lab::event::Event;
use crate::lab::fault::{Fault, FaultKind};

/// Whether a fault strikes this request.
type Strikes<'s> = &'s mut dyn FnMut(FaultKind) -> Option<Fault>;

impl Shared {
    /// Answers one request, as faults let it. It is in the log before its answer is.
    pub(super) fn request(&self, connection: &mut Connection, head: &Head) -> Result<End, Trouble> {
        let (began, mut faults) = (Instant::now(), Vec::new());
        let end = self.end(connection, head, &mut faults)?;
        let status = match &end {
            End::Answer(response) | End::Unread(response) => Some(response.status),
            End::Cut => None,
        };
        let (method, target) = (head.method.clone(), head.target.clone());
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.exchange.log(Event::Request { method, target, status, took_ms, faults });
        Ok(end)
    }

    fn end(
        &self,
        connection: &mut Connection,
        head: &Head,
        faults: &mut Vec<&'static str>,
    ) -> Result<End, Trouble> {
        let mut strikes = |kind: FaultKind| {
            let struck = self.exchange.strikes(kind);
            faults.extend(struck.map(|_| kind.name()));
            struck
        };
        let Some(pass) = self.access.pass(head) else {
            connection.body(head)?;
            return Ok(End::Answer(unauthorised()));
        };
        let message = is_message(&head.method, &head.target);
        if message && let Some(end) = in_front(&mut strikes) {
            return Ok(end);
        }
        let body = connection.body(head)?;
        if let Some(token) = self.access.token(head, &pass) {
            return Ok(End::Answer(token));
        }
        if message && let Some(refusal) = self.refuses(head, &pass, &mut strikes) {
            return Ok(End::Answer(refusal));
        }
        let response = self.api.answer(&head.method, &head.target, &body);
        Ok(if message && response.status == 202 {
            self.spoil(response, &mut strikes)
        } else {
            End::Answer(response)
        })
    }

    /// Why a message is not taken that is all there.
    fn refuses(&self, head: &Head, pass: &Pass, strikes: Strikes<'_>) -> Option<Response> {
        if let Pass::Token(token) = pass
            && strikes(FaultKind::GatewayExpiredToken).is_some()
        {
            self.access.expire(token);
            return Some(unauthorised());
        }
        if strikes(FaultKind::GatewayRedirect).is_some() {
            // To another host that is this one all the same: whoever goes there is in the log.
            let elsewhere = format!("http://localhost:{}/elsewhere{}", self.port, head.target);
            return Some(Response::message(307, "Temporary redirect").with("Location", elsewhere));
        }
        let busy = strikes(FaultKind::Gateway429).is_some();
        busy.then(|| Response::message(429, "Too many requests").with("Retry-After", "1"))
    }

    /// What becomes of the answer to a message that was taken.
    fn spoil(&self, mut response: Response, strikes: Strikes<'_>) -> End {
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
}

/// What becomes of a message when its header has come.
fn in_front(strikes: Strikes<'_>) -> Option<End> {
    if strikes(FaultKind::GatewayCutBeforeBody).is_some() {
        return Some(End::Cut);
    }
    let failed = strikes(FaultKind::Gateway500BeforeBody).is_some();
    failed.then(|| End::Unread(Response::message(500, "Internal server error")))
}
