//! One request to the gateway, and what faults make of it. What a request asks for is done elsewhere.

use std::time::Instant;

use super::access::{Pass, unauthorised};
use super::api::is_message;
use super::http::{Connection, Head, Response, Trouble};
use super::{End, Shared};
use crate::lab::event::Event;
use crate::lab::fault::FaultKind;

impl Shared {
    /// Answers one request, as faults let it. It is in the log before its answer is.
    pub(super) fn request(&self, connection: &mut Connection, head: &Head) -> Result<End, Trouble> {
        let began = Instant::now();
        let end = self.end(connection, head)?;
        let status = match &end {
            End::Answer(response) | End::Unread(response) => Some(response.status),
            End::Cut => None,
        };
        let (method, target) = (head.method.clone(), head.target.clone());
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.exchange.log(Event::Request { method, target, status, took_ms });
        Ok(end)
    }

    fn end(&self, connection: &mut Connection, head: &Head) -> Result<End, Trouble> {
        let Some(pass) = self.access.pass(head) else {
            connection.body(head)?;
            return Ok(End::Answer(unauthorised()));
        };
        let message = is_message(&head.method, &head.target);
        if message && let Some(end) = self.in_front() {
            return Ok(end);
        }
        let body = connection.body(head)?;
        if let Some(token) = self.access.token(head, &pass) {
            return Ok(End::Answer(token));
        }
        if message && let Some(refusal) = self.refuses(head, &pass) {
            return Ok(End::Answer(refusal));
        }
        let response = self.api.answer(&head.method, &head.target, &body);
        Ok(if message && response.status == 202 { self.spoil(response) } else { End::Answer(response) })
    }

    fn has_struck(&self, kind: FaultKind) -> bool {
        self.exchange.strikes(kind).is_some()
    }

    /// What becomes of a message when its header has come.
    fn in_front(&self) -> Option<End> {
        if self.has_struck(FaultKind::GatewayCutBeforeBody) {
            return Some(End::Cut);
        }
        let failed = self.has_struck(FaultKind::Gateway500BeforeBody);
        failed.then(|| End::Unread(Response::message(500, "Internal server error")))
    }

    /// Why a message is not taken that is all there.
    fn refuses(&self, head: &Head, pass: &Pass) -> Option<Response> {
        if let Pass::Token(token) = pass
            && self.has_struck(FaultKind::GatewayExpiredToken)
        {
            self.access.expire(token);
            return Some(unauthorised());
        }
        if self.has_struck(FaultKind::GatewayRedirect) {
            // To another host that is this one all the same: whoever goes there is in the log.
            let elsewhere = format!("http://localhost:{}/elsewhere{}", self.port, head.target);
            return Some(Response::message(307, "Temporary redirect").with("Location", elsewhere));
        }
        let busy = self.has_struck(FaultKind::Gateway429);
        busy.then(|| Response::message(429, "Too many requests").with("Retry-After", "1"))
    }

    /// What becomes of the answer to a message that was taken.
    fn spoil(&self, mut response: Response) -> End {
        if let Some(fault) = self.exchange.strikes(FaultKind::GatewaySlow) {
            self.sleep(fault.time);
        }
        if self.has_struck(FaultKind::GatewayCutAfterBody) {
            return End::Cut;
        }
        if self.has_struck(FaultKind::Gateway503) {
            return End::Answer(Response::message(503, "Service unavailable"));
        }
        if self.has_struck(FaultKind::GatewayBadJson) {
            let half = response.body.char_indices().nth(response.body.chars().count() / 2);
            response.body.truncate(half.map_or(0, |(at, _)| at));
        }
        End::Answer(response)
    }
}
