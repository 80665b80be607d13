//! The documents are as `docs/schemas/` says, for every kind of verdict that can be had on one machine.

use super::check::{Edit, Schema};
use super::homing_run::{Homing, Said};
use super::names;
use super::servers::{self, Does};
use serde_json::json;

fn run(format: &str) -> Said {
    let own = "127.0.0.1".parse().unwrap();
    let resolver = names::serve("127.0.0.1:0".parse().unwrap()).to_string();
    let kinds = [Does::Silent, Does::Answers, Does::Closes, Does::Resets, Does::SpeaksFirst];
    let ports = kinds.map(|does| servers::tcp(own, 0, does));
    servers::udp(own, ports[1], Does::Answers);
    let mut args = vec!["probe".to_owned(), "--timeout=1s".to_owned(), "--payload=text:hi".to_owned()];
    args.push(format!("--format={format}"));
    args.extend(["--dns".to_owned(), resolver, "--expect-ip=127.0.0.1".to_owned(), "--tries=2".to_owned()]);
    args.extend(ports.map(|port| format!("127.0.0.1:{port}")));
    args.extend(["loop.test", "nx.test", "refused.test", "silent.test"].map(str::to_owned));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    Homing::new(&args).run()
}

#[test]
fn one_document_is_as_its_schema_says_and_broken_ones_are_refused() {
    let schema = Schema::of("homing.probe/1");
    let document = run("json").json();
    schema.accepts(&document);
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(
        &document,
        &[
            ("/schema", Edit::To(json!("homing.probe/2"))),
            ("/exit", Edit::To(json!(2))),
            ("/ended", Edit::Gone),
            ("/dns/0/verdict", Edit::To(json!("lost"))),
            ("/results/0/verdict", Edit::To(json!("up"))),
            ("/results/0/port", Edit::To(json!(0))),
            ("/results/0/evidence/received", Edit::To(json!("xyz"))),
            ("/results/0/evidence", Edit::Gone),
        ],
    );
}

#[test]
fn lines_are_as_their_schema_says() {
    let schema = Schema::of("homing.probe-event/1");
    let said = run("ndjson");
    assert!(said.out.lines().count() > 10, "{said}");
    for line in said.out.lines() {
        schema.accepts(&serde_json::from_str(line).unwrap());
    }
}
