//! Speaks a tracker's own protocol to a server: one login or sign of life of the user's tracker, never a position, and
//! the acknowledgement that answers exactly this one. Bytes in, bytes out: the wire room knows the protocols.

use crate::tracker::{Imei, Transport};
use crate::wire::{
    self, Attribute, Dec, DeviceId, EncodeError, Messages, PROTOCOLS, Protocol, Report, Session, Stream,
    Uplink, UtcTime, Value, View, What,
};

use super::talk::{Judged, Talk};

/// A greeting of one tracker.
#[derive(Debug, Clone)]
pub struct Greeting {
    protocol: &'static Protocol,
    id: DeviceId,
}

/// Why a tracker cannot be spoken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GreetError {
    /// The protocol has neither login nor sign of life that a server must answer.
    #[error(
        "{0} has no login and no heartbeat that a server must answer: nothing but a position would be answered"
    )]
    Nothing(&'static str),
    /// The IMEI is one that documents print.
    #[error("the IMEI {imei} is an example of {place}: a server would take this for somebody else's tracker")]
    Example {
        /// The IMEI.
        imei: Imei,
        /// Where it is printed.
        place: &'static str,
    },
    /// The protocol cannot say it.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl Greeting {
    /// Speaks for this tracker in this protocol.
    ///
    /// # Errors
    /// When the IMEI is an example of documents, or when the protocol has nothing that a server must answer.
    pub fn new(protocol: &'static Protocol, imei: &Imei) -> Result<Self, GreetError> {
        if let Some(place) = imei.is_example() {
            return Err(GreetError::Example { imei: *imei, place });
        }
        let nothing = GreetError::Nothing(protocol.name);
        let id = DeviceId::new(imei.as_str().as_bytes())
            .ok_or(EncodeError::NoIdentity { protocol: protocol.name })?;
        let greeting = Self { protocol, id };
        let question = greeting.frame(Transport::Tcp, 0).map_err(|error| match error {
            EncodeError::Nothing { .. } => nothing.clone(),
            error => error.into(),
        })?;
        if greeting.wanted(&question).is_none() { Err(nothing) } else { Ok(greeting) }
    }

    /// The protocols that can be spoken.
    pub fn protocols() -> impl Iterator<Item = &'static Protocol> {
        // Of a test range, with its check digit: some protocols take nothing else for an IMEI.
        let any = DeviceId::new(b"001017000000003");
        PROTOCOLS.into_iter().filter(move |protocol| {
            any.is_some_and(|id| {
                let greeting = Self { protocol, id };
                let question = greeting.frame(Transport::Tcp, 0).ok();
                question.and_then(|question| greeting.wanted(&question)).is_some()
            })
        })
    }

    /// What it is: a login, or a sign of life. The registration of `jt808` would change what its server knows of the
    /// tracker, and `watch` has no login.
    fn uplink(&self) -> Uplink<'static> {
        const QUIET: Report = Report::at(UtcTime::from_unix(0), Dec::whole(0), Dec::whole(0));
        match self.protocol.name {
            "jt808" | "watch" => Uplink::Heartbeat(&QUIET),
            _ => Uplink::Login,
        }
    }

    fn frame(&self, transport: Transport, attempt: u32) -> Result<Vec<u8>, EncodeError> {
        let mut session = Session::of(self.id);
        // Each try has a number of its own, so that a late answer to an earlier one is told apart.
        session.number = u16::try_from(attempt % 0x8000).unwrap_or_default();
        session.variant = self.protocol.name == "eelink" && transport == Transport::Udp;
        let mut frame = Vec::new();
        self.protocol.encode(&self.uplink(), &mut session, &mut frame)?;
        Ok(frame)
    }

    /// The answer that a server of the embedded kind would give; none where it would give none.
    fn wanted(&self, question: &[u8]) -> Option<Vec<u8>> {
        let (mut messages, mut answer) = (Messages::new(), Vec::new());
        self.protocol.decode(question, &mut Session::new(), &mut messages);
        self.protocol.acknowledge(question, &messages, UtcTime::from_unix(0), &mut answer).then_some(answer)
    }
}

impl Talk for Greeting {
    fn question(&self, transport: Transport, attempt: u32) -> Vec<u8> {
        // What was said once can be said again: only the number is another one.
        self.frame(transport, attempt).unwrap_or_default()
    }

    fn judge(&self, question: &[u8], received: &[u8]) -> Judged {
        let Some(wanted) = self.wanted(question) else { return Judged::Other };
        let mut expected = Messages::new();
        self.protocol.decode(&wanted, &mut Session::new(), &mut expected);
        let mut stream = Stream::of(self.protocol);
        let mut came = Messages::new();
        let mut rest = received;
        // Each turn takes in at least one byte, or is the last.
        loop {
            let taken = stream.push(rest);
            // Each turn gives out at least one byte of what was taken in.
            while let Some(found) = stream.next() {
                if !matches!(found.what, What::Frame { .. }) {
                    continue;
                }
                self.protocol.decode(found.bytes, &mut Session::new(), &mut came);
                let mut views = came.views(found.bytes);
                let fits = came.is_whole()
                    && views.any(|came| expected.views(&wanted).any(|wanted| fits(&wanted, &came)));
                if fits {
                    return Judged::Wanted;
                }
            }
            rest = rest.get(taken..).unwrap_or_default();
            if taken == 0 || rest.is_empty() {
                return Judged::Other;
            }
        }
    }

    fn describe(&self) -> String {
        format!("the {} {} of {}", self.protocol.name, self.uplink().word(), self.id)
    }

    fn only(&self) -> Option<Transport> {
        match self.protocol.transports {
            [wire::Transport::Tcp] => Some(Transport::Tcp),
            [wire::Transport::Udp] => Some(Transport::Udp),
            _ => None,
        }
    }
}

/// Whether an answer is the one that was wanted: of the same kind and type, for the same tracker, and to the same
/// question: by the number it repeats, or by what it says that it answers. What a server may choose (its own number,
/// the time of day) is not compared.
fn fits(wanted: &View<'_>, came: &View<'_>) -> bool {
    let names_question = wanted.attribute("answers").is_some();
    let same = |attribute: &Attribute| {
        attribute.name == "rest"
            || came.attribute(attribute.name).is_some_and(|own| value(own, came) == value(attribute, wanted))
    };
    wanted.direction == came.direction
        && wanted.kind == came.kind
        && wanted.code() == came.code()
        && (!wanted.id_in_frame || wanted.device_id == came.device_id)
        && (names_question || wanted.serial == came.serial)
        && wanted.attributes().iter().all(same)
}

/// A value, with its bytes where it points at some.
fn value<'a>(attribute: &Attribute, view: &View<'a>) -> (Option<Value>, &'a [u8]) {
    match attribute.value {
        Value::Text(span) | Value::Bytes(span) => (None, view.bytes(span)),
        value => (Some(value), &[]),
    }
}
