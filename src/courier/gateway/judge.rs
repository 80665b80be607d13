//! What an answer to a message means: taken, refused, or unknown. Pure; the law is that of the project's facts on
//! gateways, and in doubt it is unknown, as only that can never send a message twice.

use std::time::Duration;

use super::client::{Fault, Reply};
use super::definition::{Definition, ErrorForm};
use super::extract::Body;
use super::hidden::repeats;
use super::setup::Setup;
use crate::engine::{Cause, Outcome};

/// What became of a message, and what else the answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    /// The gateway asked to be left alone for so long.
    pub(super) pause: Option<Duration>,
    /// It does not take the credentials.
    pub(super) unauthorised: bool,
}

/// The longest text of a gateway that goes into a sentence, in characters.
const WORDS: usize = 200;

/// Judges what came of handing over `text` under `reference`.
pub(super) fn judge(setup: &Setup, result: Result<Reply, Fault>, reference: &str, text: &str) -> Verdict {
    let plain = |outcome| Verdict { outcome, pause: None, unauthorised: false };
    let origin = setup.origin();
    let reply = match result {
        Ok(reply) => reply,
        Err(Fault::Before(why)) => {
            return plain(Outcome::NotSent(
                Cause::new(format!("{origin}: {why}"))
                    .hint("nothing left this machine: check `url`, the network and whether the gateway runs"),
            ));
        }
        Err(Fault::After(why)) => {
            let cause = Cause::new(format!("{origin}: {why}, after the message was written"));
            return plain(Outcome::Unknown(cause.hint(LOOK)));
        }
    };
    let answer = Answer { setup, body: Body::read(&reply.body), reply: &reply, text };
    let definition = &setup.definition;
    let pause = reply.retry_after.as_ref().and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
    let outcome = match reply.status {
        status if definition.send.taken.contains(&status) => {
            Outcome::Accepted { references: vec![reference.to_owned()] }
        }
        200..=299 => answer.success(definition, reference),
        300..=399 => answer.redirect(),
        // The gateway or one before it waited too long for something: for whom is not said.
        408 => Outcome::Unknown(answer.cause("waited too long for something").hint(LOOK)),
        401 => {
            let cause = answer.cause(&unauthorised(setup)).hint(credentials(setup));
            // A token that ran out is fetched anew; credentials that are wrong stay wrong, whatever is sent with them.
            let stays = definition.token.is_none();
            Outcome::NotSent(Cause { of_courier: stays, ..cause })
        }
        429 => {
            let after = reply.retry_after.as_deref().map(|after| answer.words(after));
            let after = after.map(|after| format!(", and says to wait {}", wait(&after)));
            let cause = answer.cause(&format!("takes no more for now{}", after.unwrap_or_default()));
            Outcome::Rejected { cause, temporary: true }
        }
        400..=499 => answer.refused(&definition.send.error),
        _ => Outcome::Unknown(answer.cause("had a fault of its own").hint(LOOK)),
    };
    let pause = pause.filter(|_| reply.status == 429);
    Verdict { outcome, pause, unauthorised: reply.status == 401 }
}

const LOOK: &str = "look into the gateway's own list of messages whether it is there";

/// What a gateway says that answers with 401.
pub(super) fn unauthorised(setup: &Setup) -> String {
    match setup.definition.credentials() {
        none if none.is_empty() => "wants credentials, and its definition has none".to_owned(),
        names => format!("does not take {names}"),
    }
}

/// What to do about credentials.
pub(super) fn credentials(setup: &Setup) -> String {
    let names = setup.definition.credentials();
    let names = if names.is_empty() { "[auth] of the definition".to_owned() } else { names };
    format!("check {names} in [gateway.{}] of the configuration", setup.name)
}

fn wait(after: &str) -> String {
    if after.trim().bytes().all(|b| b.is_ascii_digit()) {
        format!("{} s", after.trim())
    } else {
        format!("until {}", after.trim())
    }
}

/// An answer with what is needed to read it.
struct Answer<'a> {
    setup: &'a Setup,
    reply: &'a Reply,
    body: Body,
    text: &'a str,
}

impl Answer<'_> {
    /// An answer of the 200s: only what the definition knows as success is one.
    fn success(&self, definition: &Definition, reference: &str) -> Outcome {
        let send = &definition.send;
        if !send.status.contains(&self.reply.status) {
            let cause = self.cause("answered with a status that its definition does not know");
            return Outcome::Unknown(cause.hint(LOOK));
        }
        let needs_body = send.accepted.is_some() || !send.id.is_none() || !send.error.code.is_none();
        if needs_body && !self.reply.whole {
            return Outcome::Unknown(self.cause("broke off in the middle of its answer").hint(LOOK));
        }
        // An id that repeats a secret is none: it would be kept.
        let id = send.id.of(&self.body).filter(|id| !is_kept_back(self.setup, id, self.text));
        let accepted = send.accepted.as_ref().is_none_or(|test| test.holds(&self.body));
        // Without a test, an answer that should hold an id and does not is none of this gateway's.
        if accepted && (send.accepted.is_some() || send.id.is_none() || id.is_some()) {
            let own = definition.idempotent.then(|| reference.to_owned());
            return Outcome::Accepted { references: id.or(own).into_iter().collect() };
        }
        let says_why = send.error.code.of(&self.body).or_else(|| send.error.text.of(&self.body)).is_some();
        if says_why {
            return self.refused(&send.error);
        }
        Outcome::Unknown(self.cause("answered something that its definition does not know").hint(LOOK))
    }

    /// An answer that says where else to ask. A redirect that keeps method and body (307, 308), and 301, was given
    /// instead of taking the message. 302 and 303 are also what a program answers after it has taken a form, and the
    /// others say nothing of it: these are unknown.
    fn redirect(&self) -> Outcome {
        let to = self.reply.location.as_deref().map(|to| self.words(without_query(to))).unwrap_or_default();
        let to = if to.is_empty() { to } else { format!(" ({to})") };
        let cause = self.cause(&format!("says that it is to be asked elsewhere{to}"));
        match self.reply.status {
            301 | 307 | 308 => Outcome::Rejected {
                cause: cause
                    .hint("give the right `url`: redirects are not followed, as that could send twice"),
                temporary: false,
            },
            _ => Outcome::Unknown(cause.hint(LOOK)),
        }
    }

    /// What the gateway says it refuses; its own code decides whether it passes.
    fn refused(&self, form: &ErrorForm) -> Outcome {
        let code = form.code.of(&self.body);
        let cause = self.cause("does not take the message");
        let is = |codes: &[String]| code.as_ref().is_some_and(|code| codes.contains(code));
        if is(&form.unknown) {
            return Outcome::Unknown(cause.hint(LOOK));
        }
        // 425: too early; 423: locked by another request.
        let temporary = is(&form.temporary) || matches!(self.reply.status, 423 | 425);
        // 402, payment required: the account is empty, whatever the message.
        let cause = Cause { of_courier: self.reply.status == 402, ..cause };
        Outcome::Rejected { cause, temporary }
    }

    /// A cause with the gateway's own code and words.
    fn cause(&self, what: &str) -> Cause {
        let form = &self.setup.definition.send.error;
        let status = format!("HTTP {}", self.reply.status);
        let code = form.code.of(&self.body).map(|code| self.words(&code)).filter(|code| !code.is_empty());
        let words = form.text.of(&self.body).or_else(|| self.plain()).map(|words| self.words(&words));
        let words = words.unwrap_or_default();
        let origin = self.setup.origin();
        let sentence = match (words.is_empty(), code.is_some()) {
            (true, _) => format!("{origin} {what}"),
            (false, _) => format!("{origin} {what}: {words}"),
        };
        let sentence = if code.is_some() { format!("{sentence} ({status})") } else { sentence };
        Cause::new(sentence).code(code.unwrap_or(status))
    }

    /// A body that is one line of plain text says itself what is wrong.
    fn plain(&self) -> Option<String> {
        let text = self.body.text.trim();
        let is_line = !text.contains(['<', '\n']) && text.chars().count() <= WORDS;
        (is_line && self.body.json.is_none() && self.reply.whole && !text.is_empty()).then(|| text.to_owned())
    }

    /// Words of the gateway, unless they repeat a credential or the message, in which a tracker's password may stand.
    fn words(&self, words: &str) -> String {
        own_words(self.setup, words, self.text)
    }
}

/// Whether words repeat a credential or the message.
fn is_kept_back(setup: &Setup, words: &str, text: &str) -> bool {
    setup.hidden.is_in(words) || repeats(words, text)
}

/// Words of a gateway as they may be shown.
pub(super) fn own_words(setup: &Setup, words: &str, text: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    if setup.hidden.is_in(words) {
        return "(its words are not shown, as they repeat a credential)".to_owned();
    }
    if repeats(words, text) {
        return "(its words are not shown, as they repeat the message)".to_owned();
    }
    let mut shown: String = words.chars().take(WORDS).collect();
    if words.chars().nth(WORDS).is_some() {
        shown.push('…');
    }
    shown
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}
