//! No secret of any gateway is shown or kept, whatever goes wrong and in whatever form it comes back: all definitions,
//! with secrets that are looked for in everything that a courier tells, and in what runs of the program say and write.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::channel;
use std::time::Duration;

use ::homing::courier::gateway::{Definition, Given, Setup, built_in, load, open};
use ::homing::engine::{AttemptId, News, Order, Recipient};
use ::homing::secret::Secret;
use ::homing::tracker::{Iccid, Phone};
use serde_json::{Value, json};

use crate::answering::{Reply, Seen, Server};
use crate::homing::{Homing, all};
use crate::phone::basic;
use crate::until;

/// Stands in every secret, in letters that no encoding changes.
const CANARY: &str = "c4n4ry";
/// What stands behind it, in letters that travel in other forms.
const TAIL: &str = "/+= \"&";
/// A token that is fetched.
const FETCHED: &str = "c4n4ry-fetched/+=";

/// What comes back of what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It stands in every field that the definition reads, with this status.
    Fields(u16),
    /// The same with what the definition takes for success.
    Taken,
    /// A line of plain text, half encoded as a browser shows a URL.
    Plain(u16),
    /// A page, with the letters of HTML.
    Page(u16),
    /// The place to go to.
    Redirect(u16),
    /// In the head, how long to wait.
    Later(u16),
    /// Something that is no HTTP.
    Garbage,
    /// JSON that is none, and breaks off.
    Torn,
    /// Nothing.
    Cut,
}

const FAULTS: [Fault; 22] = [
    Fault::Fields(200),
    Fault::Fields(400),
    Fault::Fields(401),
    Fault::Fields(403),
    Fault::Fields(409),
    Fault::Fields(429),
    Fault::Fields(500),
    Fault::Taken,
    Fault::Plain(200),
    Fault::Plain(400),
    Fault::Plain(401),
    Fault::Plain(503),
    Fault::Page(400),
    Fault::Page(500),
    Fault::Redirect(302),
    Fault::Redirect(307),
    Fault::Redirect(308),
    Fault::Later(429),
    Fault::Later(503),
    Fault::Garbage,
    Fault::Torn,
    Fault::Cut,
];

/// A definition as its file has it, and the values of a user, of which the secret ones hold the canary.
struct Gateway {
    id: &'static str,
    toml: toml::Table,
    values: Vec<(String, String)>,
}

impl Gateway {
    fn new(id: &'static str, text: &str) -> Gateway {
        let definition = load(text).unwrap();
        let value = |name: &str| match definition.is_secret(name) {
            true => format!("{CANARY}-{name}{TAIL}"),
            false if text.contains(&format!("{{{name}|number}}")) => "1".to_owned(),
            false => format!("open-{name}"),
        };
        let values = definition.variables().map(|name| (name.to_owned(), value(name))).collect();
        Gateway { id, toml: text.parse().unwrap(), values }
    }

    /// What no text may hold: the canary, and what Basic makes of it with any user.
    fn secrets(&self) -> Vec<String> {
        let mut secrets = vec![CANARY.to_owned()];
        for (_, password) in self.values.iter().filter(|(_, value)| value.contains(CANARY)) {
            secrets.extend(self.values.iter().map(|(_, user)| basic(user, password)));
            secrets.push(basic("apikey", password));
        }
        secrets
    }

    fn is_caught(&self, text: &str) -> Option<String> {
        self.secrets().into_iter().find(|secret| text.contains(secret))
    }

    /// JSON that has the words wherever the definition reads; what says success is as it should be, when that is wanted.
    fn body(&self, words: &str, success: bool) -> String {
        let mut body = json!({});
        let mut places = Vec::new();
        pointers(&toml::Value::Table(self.toml.clone()), &mut places);
        for place in places {
            put(&mut body, &place, words);
        }
        if let Some(test) = self.toml["send"].get("accepted").filter(|_| success) {
            let (at, is) = (test["at"].as_str().unwrap(), test["is"][0].as_str().unwrap());
            match at.starts_with('/') {
                true => put(&mut body, at, is),
                false => return format!("{is}: {words}"),
            }
        }
        body.to_string()
    }

    fn status_of_success(&self) -> u16 {
        u16::try_from(self.toml["send"]["status"][0].as_integer().unwrap()).unwrap()
    }

    fn answer(&self, fault: Fault, seen: &Seen) -> Reply {
        let words = self.words(seen);
        let json = "content-type: application/json\r\n".to_owned();
        match fault {
            Fault::Fields(status) => Reply::Whole(status, json, self.body(&words, false)),
            Fault::Taken => Reply::Whole(self.status_of_success(), json, self.body(&words, true)),
            Fault::Plain(status) => Reply::Whole(status, String::new(), format!("ERR {}", half(&words))),
            Fault::Page(status) => {
                let words = words.replace('&', "&amp;").replace('"', "&quot;").replace('/', "&#x2F;");
                Reply::Whole(status, String::new(), format!("ERR {words}"))
            }
            Fault::Redirect(status) => {
                let place = format!("location: http://127.0.0.1:1/{}\r\n", half(&words));
                Reply::Whole(status, place, words)
            }
            Fault::Later(status) => {
                Reply::Whole(status, format!("retry-after: {}\r\n", half(&words)), String::new())
            }
            Fault::Garbage => Reply::Cut(format!("HTTP/9 {}\r\n\r\n", half(&words))),
            Fault::Torn => Reply::Whole(
                400,
                json,
                format!("{{\"message\": {}", json!(words).to_string().replace('/', "\\/")),
            ),
            Fault::Cut => Reply::Cut(String::new()),
        }
    }

    /// The shortest part of what was asked that holds a secret: a long one is not shown anyway.
    fn words(&self, seen: &Seen) -> String {
        let parts = seen.headers.iter().chain([&seen.target, &seen.body]);
        let secret = parts.filter(|part| self.is_caught(part).is_some());
        secret.min_by_key(|part| part.len()).cloned().unwrap_or_else(|| seen.whole())
    }

    /// A token is given where one is asked for, when that is wanted; everything else goes wrong.
    fn server(id: &'static str, text: &'static str, fault: Fault, gives_token: bool) -> Server {
        let gateway = Gateway::new(id, text);
        let step = gateway
            .toml
            .get("token")
            .and_then(|token| token["url"].as_str())
            .map(|url| url.replace("{base}", ""));
        Server::start(move |seen| match gives_token && step.as_deref() == Some(seen.path()) {
            true => {
                let token = json!({ "access_token": FETCHED, "expires_in": 3600 }).to_string();
                Reply::Whole(200, String::new(), token)
            }
            false => gateway.answer(fault, seen),
        })
    }
}

/// The places in JSON that a definition reads.
fn pointers(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::String(text) if text.starts_with('/') => found.push(text.clone()),
        toml::Value::Array(all) => all.iter().for_each(|one| pointers(one, found)),
        toml::Value::Table(table) => {
            let own = table.iter().filter(|(name, _)| !matches!(name.as_str(), "example" | "source"));
            own.for_each(|(_, one)| pointers(one, found));
        }
        _ => {}
    }
}

/// Puts words where a pointer of JSON leads, unless another leads through it.
fn put(body: &mut Value, pointer: &str, words: &str) {
    let mut place = body;
    for step in pointer.split('/').skip(1) {
        place = match step.parse::<usize>() {
            Ok(at) => {
                if !place.is_array() {
                    *place = json!([]);
                }
                let all = place.as_array_mut().unwrap();
                all.resize(all.len().max(at + 1), json!({}));
                &mut all[at]
            }
            Err(_) => {
                if !place.is_object() {
                    *place = json!({});
                }
                place.as_object_mut().unwrap().entry(step).or_insert(json!({}))
            }
        };
    }
    let is_passed = place.as_object().is_some_and(|inside| !inside.is_empty());
    if !is_passed && !place.is_array() {
        *place = json!(words);
    }
}

/// A text that can stand in a head, as a browser writes a URL: some letters encoded, others not.
fn half(text: &str) -> String {
    text.replace(['\r', '\n'], "").replace(' ', "%20").replace('"', "%22")
}

/// Everything that a courier of this gateway tells when it opens and hands a message over.
fn told(definition: Definition, gateway: &Gateway, server: &Server) -> String {
    let values = gateway.values.iter().map(|(name, value)| (name.clone(), Secret::new(value.clone())));
    let given = Given {
        url: Some(server.url()),
        from: Some("12345".to_owned()),
        values: values.collect(),
        connect: Some(Duration::from_secs(10)),
        read: Some(Duration::from_secs(10)),
        ..Given::default()
    };
    let setup = Setup::new("office", definition, given).unwrap();
    let mut shown = format!("{setup:?}\n");
    let (sender, news) = channel();
    let post = open(setup, Box::new(move |news| drop(sender.send(news)))).unwrap();
    let to = Recipient {
        phone: Some(Phone::parse("+573001234567", None).unwrap()),
        iccid: Some(Iccid::parse("8944110202600000178").unwrap().0),
        sim_id: Some("123456".to_owned()),
    };
    // The message has a secret of the tracker's.
    post.give(Order::Hand { id: AttemptId(1), to, text: format!("PASSWORD,{CANARY}&#") });
    while let Ok(one) = news.recv_timeout(Duration::from_secs(20)) {
        shown.push_str(&format!("{one:?}\n"));
        match one {
            News::Prompt(id) => post.give(Order::Release(id)),
            News::Outcome(..) | News::Down { last: true, .. } => break,
            // One that is down for a while takes the message back.
            News::Down { .. } => post.give(Order::Close),
            _ => {}
        }
    }
    shown
}

#[test]
fn no_courier_tells_a_secret_whatever_comes_back() {
    let rows: Vec<_> =
        built_in().flat_map(|entry| FAULTS.map(|fault| (entry.id, entry.text, fault))).collect();
    for some in rows.chunks(24) {
        all(some, |(id, text, fault)| {
            let gateway = Gateway::new(id, text);
            for gives_token in [false, true] {
                let server = Gateway::server(id, text, *fault, gives_token);
                let shown = told(load(text).unwrap(), &gateway, &server);
                let caught = gateway.is_caught(&shown);
                assert!(caught.is_none(), "{id}, {fault:?}: {caught:?} in\n{shown}");
                // It did travel, so that it could have come back.
                let seen = server.seen();
                let travelled = seen.iter().any(|seen| gateway.is_caught(&seen.whole()).is_some());
                assert!(travelled, "{id}, {fault:?}: nothing secret was sent: {seen:?}");
                // Without a token to wait for, the second time is the first.
                if gateway.toml.get("token").is_none() {
                    break;
                }
            }
        });
    }
}

#[test]
fn no_run_of_the_program_shows_or_keeps_a_secret_of_a_gateway() {
    // Basic, a token, a query, a form, a header, and one that is asked for messages.
    let ids = ["twilio", "1nce", "kannel", "vonage", "infobip", "capcom6"];
    let faults = [
        Fault::Fields(400),
        Fault::Fields(401),
        Fault::Taken,
        Fault::Plain(503),
        Fault::Redirect(307),
        Fault::Later(429),
    ];
    let known = built_in().filter(|entry| ids.contains(&entry.id));
    let rows: Vec<_> = known.flat_map(|entry| faults.map(|fault| (entry.id, entry.text, fault))).collect();
    assert_eq!(rows.len(), ids.len() * faults.len());
    // Nearly all of it is waiting for a gateway that does not come back.
    all(&rows, |(id, text, fault)| {
        let gateway = Gateway::new(id, text);
        let server = Gateway::server(id, text, *fault, true);
        let said = runs(&gateway, &server.url());
        let caught = gateway.is_caught(&said);
        assert!(caught.is_none(), "{id}, {fault:?}: {caught:?} in\n{said}");
        assert!(said.contains("gateway:office") && !server.seen().is_empty(), "{id}, {fault:?}: {said}");
    });
}

/// Everything that the program says of a gateway in its commands, and every byte that it leaves.
fn runs(gateway: &Gateway, url: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let mut config = format!("[gateway.office]\ndefinition = \"{}\"\nurl = \"{url}\"\n", gateway.id);
    config.push_str("from = \"12345\"\nread_timeout = \"10s\"\nwebhook_secret = \"c4n4ry-hook\"\n");
    for (name, value) in &gateway.values {
        config.push_str(&format!("{name} = '{value}'\n"));
    }
    fs::write(file("config.toml"), config).unwrap();
    fs::set_permissions(file("config.toml"), fs::Permissions::from_mode(0o600)).unwrap();
    let row = "istartek-vt,+573001234567,8944110202600000178,123456,internet,fleet";
    fs::write(file("fleet.csv"), format!("profile,phone,iccid,sim_id,apn,apn_user\n{row}\n")).unwrap();
    let (config, fleet, journal) = (file("config.toml"), file("fleet.csv"), file("journal.db"));
    let who = ["--phone", "+573001234567", "--iccid", "8944110202600000178", "--sim-id", "123456"];
    let what = ["--apn", "internet", "--apn-user", "fleet"];
    let way = ["--via", "gateway:office", "--yes", "--no-identify", "--timeout", "100ms"];
    let batch = ["--journal", journal.as_str()];
    let report = ["batch", "report", "fleet", "--format"];
    let mut said = String::new();
    for args in [
        vec!["gateway", "test", "office"],
        vec!["gateway", "show", "office"],
        [&["send", "istartek-vt", "--format", "json"][..], &who, &what, &way].concat(),
        [&["send", "istartek-vt"][..], &who, &what, &way].concat(),
        [&["batch", "run", fleet.as_str()][..], &batch, &way].concat(),
        [&["batch", "resolve", "fleet"][..], &batch].concat(),
        [&report[..], &["html"], &batch].concat(),
        [&report[..], &["json"], &batch].concat(),
    ] {
        let homing = Homing::new(&["--config", &config, "--verbose"]).args(&args);
        said.push_str(&until(homing.env("HOMING_APN_PASSWORD", "c4n4ry-apn").command(), 80));
    }
    for entry in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("journal.db") {
            said.push_str(&String::from_utf8_lossy(&fs::read(entry.path()).unwrap()));
        }
    }
    said
}
