//! One run: a fleet, faults, a seed, and whether replies are asked for or told.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use homing::courier::gateway::{Given, Setup, load, open};
use homing::engine::batch::{Engine, Policy, Turn};
use homing::lab::{Fault, GATEWAY_PASSWORD, GATEWAY_USER, Lab, LabOptions};
use homing::run::{Clock, Inputs, Threads, Work};
use homing::secret::Secret;

use super::log::{Known, Memory};
use crate::books::Books;
use crate::fleet::Fleet;
use crate::record::File;
use crate::round::{Nobody, Outcome, look};
use crate::walk::is_query;

/// The longest silence of the gateway that is waited for.
pub(super) const READ: Duration = Duration::from_secs(2);
/// How long an answer may take. The lab answers at once; the rest is for a machine that has much to do.
const ANSWER: Duration = Duration::from_secs(6);
/// Messages that are handed over at a time.
const AT_ONCE: usize = 8;
const HOOK: &str = "campaign";

/// How replies come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Polled,
    Webhook,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Came {
    pub(super) outcome: Outcome,
    /// Replies that reached the gateway and are not in the journal.
    pub(super) lost: Vec<String>,
    pub(super) hooks: String,
}

/// The definition of the application's API with a token in place of a password; each request says in its URL what it
/// carries, so that the lab's log tells it also of one whose body it never read.
fn definition() -> String {
    let text = include_str!("../../../profiles/gateways/capcom6.toml");
    let mut text = text.to_owned();
    for (old, new) in [
        ("[auth]\nkind = \"basic\"\nuser = \"{user}\"\npassword = \"{password}\"\n", AUTH),
        ("[send.json]\n", "[send.query]\nto = \"{to}\"\ntext = \"{text}\"\nref = \"{ref}\"\n\n[send.json]\n"),
        ("id = \"capcom6\"", "id = \"campaign\""),
    ] {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    // Its examples are of another definition.
    text.split("[[example]]").next().unwrap().to_owned()
}

const AUTH: &str = r#"[auth]
kind = "bearer"
token = "{access}"

[token]
method = "POST"
url = "{base}/auth/token"
at = "/access_token"

[token.auth]
kind = "basic"
user = "{user}"
password = "{password}"
"#;

fn setup(gateway: SocketAddr, hook: Option<SocketAddr>) -> Setup {
    let values = [("user", GATEWAY_USER), ("password", GATEWAY_PASSWORD)];
    let given = Given {
        url: Some(format!("http://{gateway}")),
        values: values.map(|(name, value)| (name.to_owned(), Secret::new(value))).into(),
        poll: Some(Duration::from_millis(30)),
        read: Some(READ),
        concurrency: Some(AT_ONCE),
        webhook_secret: hook.map(|_| Secret::new(HOOK)),
        ..Given::default()
    };
    let mut setup = Setup::new("lab", load(&definition()).unwrap(), given).unwrap();
    if let Some(hook) = hook {
        setup.webhook(hook).unwrap();
    }
    setup
}

/// Has the lab's gateway call a webhook.
fn register(gateway: SocketAddr, hook: SocketAddr) {
    let body = format!(r#"{{"id":"campaign","url":"http://{hook}/{HOOK}","event":"sms:received"}}"#);
    let mut stream = TcpStream::connect(gateway).unwrap();
    // `lab:lab` in base64.
    write!(
        stream,
        "POST /webhooks HTTP/1.1\r\nAuthorization: Basic bGFiOmxhYg==\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}

fn policy(seed: u64) -> Policy {
    // As many pauses as in earnest, and shorter.
    let pauses = [300, 600, 1200].map(Duration::from_millis).to_vec();
    Policy { seed, answer_within: Some(ANSWER), pauses, ..Policy::default() }
}

pub(super) fn run(fleet: &Fleet, faults: Vec<Fault>, seed: u64, mode: Mode) -> Came {
    let (began, memory) = (Instant::now(), Memory::default());
    let lab = Lab::start(LabOptions {
        modems: 0,
        subscribers: fleet.subscribers(),
        faults,
        seed,
        log: Some(Box::new(memory.clone())),
        gateway: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        ..LabOptions::default()
    });
    let lab = lab.unwrap();
    let gateway = lab.gateway().unwrap();
    let free = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let hook = (mode == Mode::Webhook).then(free);

    let mut books = Books::new(fleet);
    let id = books.courier("gateway:lab");
    let (inputs, clock) = (Inputs::default(), Clock::default());
    let post = open(setup(gateway, hook), inputs.tell(id)).unwrap();
    if let Some(hook) = hook {
        register(gateway, hook);
    }
    let mut begun = Turn::default();
    let mut engine = Engine::new(books.snapshot(), policy(seed), &mut begun);
    engine.courier(id, AT_ONCE, clock.now());
    let world = Threads::new(vec![(id, post)], clock, inputs);
    let mut work = Work { engine, ledger: &mut books, world };
    work.run(begun, &mut Nobody).unwrap();
    drop(work);
    drop(lab);

    let took = began.elapsed();
    let numbers = fleet.members.iter().map(|member| member.tracker.phone.unwrap().as_str().to_owned());
    let known = Known::read(numbers, &memory.events());
    assert_eq!(known.taken, known.submits, "requests and the network tell of as many messages");
    assert!(!known.followed, "a redirect was followed");
    let mut outcome = look(fleet, &books, (&known.files, &known.faults), Some(ANSWER), (took, took));
    outcome.twice.extend(twice(fleet, &known.files));
    let hooks = known.hooks.iter().map(|(status, count)| format!("{count} x {status}"));
    Came {
        lost: lost(fleet, &books, &known.files, took),
        hooks: hooks.collect::<Vec<_>>().join(", "),
        outcome,
    }
}

/// Commands that the network took more than once, whatever the reason.
fn twice(fleet: &Fleet, files: &[File]) -> Vec<String> {
    let mut twice = Vec::new();
    for (member, file) in fleet.members.iter().zip(files) {
        let commands = member.script.commands.commands.iter();
        for command in commands.filter(|command| !is_query(&member.profile, command)) {
            let taken = file.tries.iter().filter(|one| one.taken && one.text == command.text).count();
            if taken > 1 {
                twice.push(format!("{}: {:?} was taken {taken} times", member.tracker.name, command.text));
            }
        }
    }
    twice
}

/// Replies that are not in the journal; what came at the very end nobody waited for.
fn lost(fleet: &Fleet, books: &Books<'_>, files: &[File], took: Duration) -> Vec<String> {
    let mut lost = Vec::new();
    for ((member, file), id) in fleet.members.iter().zip(files).zip(&books.ids) {
        let mut kept: HashMap<String, usize> = HashMap::new();
        for reply in books.journal.replies(*id).unwrap() {
            *kept.entry(reply.text).or_default() += 1;
        }
        for letter in file.letters.iter().filter(|letter| letter.at + Duration::from_secs(1) < took) {
            match kept.get_mut(&letter.text).filter(|left| **left > 0) {
                Some(left) => *left -= 1,
                None => lost.push(format!("{}: {:?} at {:?}", member.tracker.name, letter.text, letter.at)),
            }
        }
    }
    lost
}
