//! Every example of every definition that comes with the program, replayed against a server: the request is the one of
//! its documents, and their answer is read as what they say it means.

use super::super::call::Call;
use super::super::definition::{Definition, Example, Kind};
use super::super::extract::Body;
use super::super::hand::send;
use super::super::inbox::fetch;
use super::super::template::Values;
use super::super::wire::Wire;
use super::super::{built_in, judge};
use super::server::{Seen, Server, json};
use super::*;
use crate::engine::{Fate, Sender};

const TEMPLATE: &str = include_str!("../../../../profiles/gateways/_template.toml");

/// What a definition is told in an example: the values that its own places have, and the others.
fn given(example: &Example, name: &str) -> Option<String> {
    example.given.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone())
}

fn opened(definition: Definition, example: &Example, url: &str) -> Setup {
    let values =
        definition.variables().filter_map(|name| Some((name.to_owned(), Secret::new(given(example, name)?))));
    let mut values: std::collections::BTreeMap<_, _> = values.collect();
    for name in
        definition.variables.iter().filter(|variable| !variable.optional).map(|variable| &variable.name)
    {
        values.entry(name.clone()).or_insert_with(|| Secret::new("any"));
    }
    let from = given(example, "from");
    Setup::new("office", definition, Given { url: Some(url.to_owned()), from, values, ..Given::default() })
        .unwrap()
}

fn replay(definition: &Definition, example: &Example) {
    if example.of == Kind::Webhook {
        let webhook = definition.webhook.as_ref().expect("[webhook]");
        let letters = webhook.fields.letters(&Body::read(example.answer.as_bytes())).unwrap_or_default();
        return assert_eq!(shown(&letters), example.gives);
    }
    let (status, answer) = (example.status, example.answer.clone());
    let server = Server::start(move |_| json(status, &answer));
    // What a token step gives is given by the example.
    let definition = Definition { token: None, ..definition.clone() };
    let setup = opened(definition, example, &server.url());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let gives = runtime.block_on(asked(setup, example));
    assert_eq!(gives, example.gives);
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    compare(&seen[0], example);
}

/// Asks as the courier does, and what came of it in an example's words.
async fn asked(setup: Setup, example: &Example) -> Vec<String> {
    let extra = ["access", "id"].into_iter().filter_map(|name| Some((name, given(example, name)?)));
    let values: Values = extra.fold(setup.values.clone(), |values, (name, value)| values.with(name, value));
    let wire = Wire::new(Setup { values, ..setup }).unwrap();
    let definition = wire.setup.definition.clone();
    match example.of {
        Kind::Send => {
            let get = |name: &str| given(example, name).unwrap_or_else(|| panic!("no {name}"));
            let to = Phone::parse(&get("to"), None)
                .map(|phone| phone.as_str().to_owned())
                .unwrap_or_else(|_| get("to"));
            let to = match definition.address {
                super::super::definition::Address::Digits => to.trim_start_matches('+').to_owned(),
                _ => to,
            };
            // Only some gateways are told our own name of a message.
            let (text, reference) =
                (get("text"), given(example, "ref").unwrap_or_else(|| "homing-1".to_owned()));
            vec![ended(send(&wire, &to, &text, &reference).await.outcome)]
        }
        Kind::Status => {
            let status = definition.status.as_ref().expect("[status]");
            let reply = wire.ask(&status.request, wire.setup.values.clone()).await.unwrap();
            let fate = status.fate(&Body::read(&reply.body));
            let words = [
                (Fate::Delivered, "delivered"),
                (Fate::Failed, "failed"),
                (Fate::Trying, "trying"),
                (Fate::Unclear, "unclear"),
            ];
            words.iter().filter(|(of, _)| Some(*of) == fate).map(|(_, word)| (*word).to_owned()).collect()
        }
        Kind::Inbox => {
            let inbox = definition.inbox.as_ref().expect("[inbox]");
            shown(&fetch(&wire, inbox, 0).await.unwrap())
        }
        Kind::Webhook => unreachable!("a webhook asks nothing"),
    }
}

fn shown(letters: &[super::super::inbox::Letter]) -> Vec<String> {
    let from = |sender: &Sender| match sender {
        Sender::Name(name) => name.clone(),
        other => other.to_string(),
    };
    letters.iter().map(|letter| format!("{}: {}", from(&letter.sender), letter.text)).collect()
}

fn ended(outcome: Outcome) -> String {
    let code = |cause: &Cause| cause.code.clone().unwrap_or_default();
    match outcome {
        Outcome::Accepted { references } => {
            format!("accepted {}", references.join(" ")).trim_end().to_owned()
        }
        Outcome::Rejected { cause, temporary: true } => format!("temporary {}", code(&cause)),
        Outcome::Rejected { cause, .. } => format!("rejected {}", code(&cause)),
        Outcome::NotSent(cause) => format!("not sent {}", code(&cause)),
        Outcome::Unknown(cause) => format!("unknown {}", code(&cause)),
    }
}

/// Names and values of a form.
fn fields(form: &str) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://x/?{form}")).unwrap();
    let mut fields: Vec<_> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    fields.sort();
    fields
}

/// The request is the one of the example: method, path, the query that it names, headers and body.
fn compare(seen: &Seen, example: &Example) {
    let mut lines = example.request.iter();
    let (method, target) = lines.next().and_then(|line| line.split_once(' ')).expect("METHOD /path");
    let mut words = seen.line.split(' ');
    assert_eq!(words.next(), Some(method));
    let url = |target: &str| reqwest::Url::parse(&format!("http://x{target}")).unwrap();
    let (wanted, got) = (url(target), url(words.next().unwrap()));
    assert_eq!(got.path(), wanted.path());
    for pair in wanted.query_pairs() {
        assert!(got.query_pairs().any(|other| other == pair), "{pair:?} in {}", seen.line);
    }
    for line in lines {
        assert!(seen.headers.contains(line), "{line} in {:?}", seen.headers);
    }
    let Some(body) = &example.body else { return };
    match serde_json::from_str::<serde_json::Value>(body) {
        Ok(body) => assert_eq!(seen.json(), body),
        // The fields of a form stand in any order.
        Err(_) => assert_eq!(fields(&seen.body), fields(body)),
    }
}

#[test]
fn every_example_of_every_definition_is_what_is_asked_and_understood() {
    let mut replayed = 0;
    let template = ("_template", load(TEMPLATE).unwrap());
    let all = built_in().map(|entry| (entry.id, entry.definition().unwrap())).chain([template]);
    for (id, definition) in all {
        assert_eq!(definition.id, id, "the id is the file's name");
        assert!(
            definition.examples.iter().any(|example| example.of == Kind::Send),
            "{id} has no example of [send]"
        );
        for (table, sources) in definition.claims() {
            assert!(!sources.is_empty(), "{id}: [{table}] rests on nothing");
        }
        for example in &definition.examples {
            replay(&definition, example);
            replayed += 1;
        }
        // What success and a refusal look like is shown for each.
        let gives = |wanted: &[&str]| {
            let mut sends = definition.examples.iter().filter(|example| example.of == Kind::Send);
            sends.any(|example| wanted.iter().any(|word| example.gives[0].starts_with(word)))
        };
        assert!(gives(&["accepted"]) || id == "_template", "{id} shows no success");
        assert!(gives(&["rejected", "not sent"]) || id == "_template", "{id} shows no refusal");
    }
    assert!(replayed >= 40, "{replayed}");
}

#[test]
fn an_example_that_is_not_so_is_noticed() {
    let definition = load(TEMPLATE).unwrap();
    let example = &definition.examples[0];
    let fails = |example: Example| {
        let definition = definition.clone();
        std::thread::spawn(move || replay(&definition, &example)).join().is_err()
    };
    assert!(!fails(example.clone()));
    let request = |line: &str| vec![line.to_owned()];
    assert!(fails(Example { gives: request("accepted 1"), ..example.clone() }));
    assert!(fails(Example { request: request("POST /other"), ..example.clone() }));
    assert!(fails(Example { request: request("PUT /messages"), ..example.clone() }));
    assert!(fails(Example { body: Some("{}".to_owned()), ..example.clone() }));
    assert!(fails(Example {
        request: vec![example.request[0].clone(), "x-other: 1".to_owned()],
        ..example.clone()
    }));
}

#[test]
fn a_request_that_cannot_be_written_names_the_place_and_no_value() {
    let definition = load(&PLAIN.replace("ref = \"{ref}\"", "ref = \"{text|number}\"")).unwrap();
    let values = Values::default().with("base", "http://127.0.0.1").with("to", "1").with("text", "s3cr3t");
    let error = Call::write(&definition.send.request, &definition.auth, &values).map(drop).unwrap_err();
    assert_eq!(error.to_string(), "the request cannot be written: the value of {text} is no whole number");
    let verdict = judge::judge(
        &setup(PLAIN, "http://127.0.0.1:1", |_| {}),
        Err(super::super::client::Fault::Before(error.to_string())),
        "r",
        "s3cr3t",
    );
    assert!(not_sent(verdict.outcome).sentence.ends_with("is no whole number"));
}
