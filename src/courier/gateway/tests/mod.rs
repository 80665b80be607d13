//! The courier against hand-made servers: what it asks, what it makes of every answer and of every way to cut it off.

mod cuts;
mod definitions;
mod examples;
mod hooks;
mod outcomes;
mod readme;
mod replies;
mod secrets;
mod server;
mod tokens;

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::super::Post;
use super::{Given, Setup, load, open};
use crate::engine::{AttemptId, Cause, News, Order, Outcome, Recipient};
use crate::secret::Secret;
use crate::tracker::Phone;

/// Longer than anything here takes; a wait that is so long fails its test.
const PATIENCE: Duration = Duration::from_secs(20);

/// A one-way gateway of the simplest kind.
const PLAIN: &str = r#"
schema = 1
id = "plain"
name = "Plain"
two_way = false
idempotent = false
to_format = "e164"

[variable.token]
help = "the token"
secret = true
optional = true

[auth]
kind = "bearer"
token = "{token}"

[send]
method = "POST"
url = "{base}/send"
status = [200, 202]
id = "/id"

[send.json]
to = "{to}"
text = "{text}"
ref = "{ref}"

[send.error]
code = "/code"
text = "/message"
temporary = ["busy"]
unknown = ["lost"]
"#;

/// A courier and what it tells.
struct Bench {
    post: Post,
    news: Receiver<News>,
}

impl Bench {
    fn open(definition: &str, url: &str) -> Self {
        Self::with(setup(definition, url, |_| {}))
    }

    fn with(setup: Setup) -> Self {
        let (sender, news) = channel();
        let tell = move |news| drop(sender.send(news));
        Self { post: open(setup, Box::new(tell)).unwrap(), news }
    }

    fn next(&self) -> News {
        self.news.recv_timeout(PATIENCE).expect("news of the courier")
    }

    /// Waits for `Up`.
    fn up(self) -> Self {
        match self.next() {
            News::Up(_) => self,
            other => panic!("{other:?} instead of Up"),
        }
    }

    fn hand(&self, id: u64, text: &str) {
        self.post.give(Order::Hand { id: AttemptId(id), to: to(), text: text.to_owned() });
    }

    /// Hands a message over, lets it out and waits for how it ends.
    fn outcome(&self, id: u64, text: &str) -> Outcome {
        self.hand(id, text);
        loop {
            match self.next() {
                News::Prompt(prompt) => self.post.give(Order::Release(prompt)),
                News::Outcome(of, outcome) if of == AttemptId(id) => return outcome,
                other => panic!("{other:?} instead of an outcome"),
            }
        }
    }
}

/// The tracker's number in these tests.
fn to() -> Recipient {
    Recipient { phone: Some(Phone::parse("+573001234567", None).unwrap()), ..Recipient::default() }
}

/// A gateway with a token, quick to give up.
fn setup(definition: &str, url: &str, change: impl FnOnce(&mut Given)) -> Setup {
    let definition = load(definition).unwrap();
    let mut given = Given {
        url: Some(url.to_owned()),
        connect: Some(Duration::from_secs(5)),
        read: Some(Duration::from_secs(5)),
        poll: Some(Duration::from_millis(20)),
        ..Given::default()
    };
    for variable in definition.variables().map(str::to_owned).collect::<Vec<_>>() {
        given.values.insert(variable.clone(), Secret::new(format!("the-{variable}")));
    }
    change(&mut given);
    Setup::new("office", definition, given).unwrap()
}

/// A file of this folder.
fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/courier/gateway/tests").join(name)
}

fn rejected(outcome: Outcome) -> (Cause, bool) {
    match outcome {
        Outcome::Rejected { cause, temporary } => (cause, temporary),
        other => panic!("{other:?} instead of Rejected"),
    }
}

fn not_sent(outcome: Outcome) -> Cause {
    match outcome {
        Outcome::NotSent(cause) => cause,
        other => panic!("{other:?} instead of NotSent"),
    }
}

fn unknown(outcome: Outcome) -> Cause {
    match outcome {
        Outcome::Unknown(cause) => cause,
        other => panic!("{other:?} instead of Unknown"),
    }
}

fn accepted(outcome: Outcome) -> Vec<String> {
    match outcome {
        Outcome::Accepted { references } => references,
        other => panic!("{other:?} instead of Accepted"),
    }
}
