//! Names: every way in which a lookup can end, by a name server of the test's own.

use serde_json::Value;

use super::homing_run::{Homing, Said, all};
use super::netns::{At, TARGET};
use super::servers::{self, Does};
use super::{names, truth};

fn loopback() -> String {
    names::serve("127.0.0.1:0".parse().unwrap()).to_string()
}

fn ask(server: &str, args: &[&str]) -> Said {
    Homing::new(&["probe", "--format=json", "--timeout=1500ms", "--dns", server]).args(args).run()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn a_name_without_an_address_is_told_with_its_cause() {
    let server = loopback();
    // Name, verdict, answer code: RFC 1035 section 4.1.1 numbers them, RFC 2308 tells the two kinds of nothing apart.
    let rows = [
        ("nx.test", "nxdomain", Some("NXDOMAIN")),
        ("servfail.test", "servfail", Some("SERVFAIL")),
        ("refused.test", "refused", Some("REFUSED")),
        ("nothing.test", "nodata", Some("NOERROR")),
        ("loop.test", "cname-loop", Some("NOERROR")),
        ("silent.test", "timeout", None),
    ];
    all(&rows, |(name, verdict, code)| {
        let said = ask(&server, &[name]);
        let json = said.json();
        let dns = &json["dns"][0];
        assert_eq!(dns["verdict"], *verdict, "{said}");
        assert_eq!(dns["query"]["code"].as_str(), *code, "{said}");
        assert_eq!(dns["query"]["server"], server.as_str(), "{said}");
        assert_eq!(json["results"], Value::Array(vec![]), "nothing is tried without an address: {said}");
        assert_eq!((said.code, json["state"].as_str()), (1, Some("CRITICAL")), "{said}");
        assert!(dns["advice"].is_string(), "{said}");
    });
}

#[test]
fn a_name_without_an_address_of_the_family_that_is_asked_for_is_no_success() {
    let server = loopback();
    let said = ask(&server, &["six.test", "-4"]);
    let json = said.json();
    assert_eq!(
        (json["dns"][0]["verdict"].as_str(), &json["results"]),
        (Some("nodata"), &Value::Array(vec![]))
    );
    assert_eq!((said.code, json["state"].as_str()), (1, Some("CRITICAL")), "{said}");
    let told = Homing::new(&["probe", "--dns", &server, "six.test", "-4"]).run();
    assert!(
        told.out.starts_with("not reachable: six.test has no address of the kind that was asked for"),
        "{told}"
    );
    // What is an address is known before anything is asked.
    ask(&server, &["192.0.2.1", "-6"])
        .assert_err(2, &["192.0.2.1:8888 is left out by -6", "nothing is left to ask"]);
    ask(&server, &["[2001:db8::1]:7001", "--source=127.0.0.1"]).assert_err(2, &["left out by --source"]);
}

#[test]
fn a_resolver_that_is_not_there_is_this_machines_trouble_and_not_the_names() {
    // No system hands out port 1 to a socket that asks for any.
    let said = ask("127.0.0.1:1", &["good.test"]);
    let json = said.json();
    assert_eq!(json["dns"][0]["verdict"], "resolver-unreachable", "{said}");
    assert_eq!(json["dns"][0]["query"]["errno"], "ECONNREFUSED", "{said}");
    assert_eq!((said.code, json["state"].as_str()), (4, Some("CRITICAL")), "{said}");
}

#[test]
fn aliases_are_followed_and_shown_with_their_times() {
    let server = loopback();
    for name in ["alias.test", "half.test"] {
        let said = ask(&server, &[&format!("{name}/udp")]);
        let dns = &said.json()["dns"][0];
        assert_eq!(strings(&dns["addresses"]), ["10.231.2.2"], "{said}");
        let alias = &dns["query"]["chain"][0];
        assert_eq!((alias["from"].as_str(), alias["to"].as_str()), (Some(name), Some("good.test")), "{said}");
        assert_eq!((alias["ttl"].as_u64(), dns["query"]["ttl"].as_u64()), (Some(60), Some(300)), "{said}");
    }
}

#[test]
fn answers_with_another_id_or_to_another_question_are_not_believed() {
    let server = loopback();
    let said = ask(&server, &["spoofed.test/udp"]);
    assert_eq!(strings(&said.json()["dns"][0]["addresses"]), ["10.231.2.2"], "{said}");
}

#[test]
fn a_name_that_leads_elsewhere_fails_only_when_the_address_was_named() {
    let server = loopback();
    let args = |expect| ["wrong.test/udp", "--inconclusive=ok", expect];
    let said = ask(&server, &args("--expect-ip=10.231.2.77"));
    assert_eq!((said.code, said.json()["dns"][0]["matches"].as_bool()), (0, Some(true)), "{said}");
    let said = ask(&server, &args("--expect-ip=10.231.2.2"));
    let json = said.json();
    assert_eq!((said.code, json["state"].as_str()), (1, Some("CRITICAL")), "{said}");
    assert_eq!(json["dns"][0]["matches"], false, "{said}");
}

#[test]
fn a_published_name_that_leads_elsewhere_is_a_warning() {
    let server = loopback();
    let folder = std::env::temp_dir().join(format!("homing-probe-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = folder.join("config.toml");
    std::fs::write(&config, "[server.yard]\nhost = \"wrong.test\"\nip = \"10.231.2.2\"\nport = 7001\n")
        .unwrap();
    let config = config.to_str().unwrap();
    let said = ask(&server, &["wrong.test/udp", "--inconclusive=ok", "--config", config]);
    let json = said.json();
    assert_eq!(strings(&json["dns"][0]["expected"]), ["10.231.2.2"], "{said}");
    assert_eq!((said.code, json["state"].as_str()), (0, Some("WARNING")), "{said}");
    // The server by its own name is both: its host name and its address.
    let said = ask(&server, &["yard/udp", "--config", config]);
    let json = said.json();
    let addresses: Vec<_> =
        json["results"].as_array().unwrap().iter().map(|result| result["address"].clone()).collect();
    assert_eq!(addresses, ["10.231.2.2", "10.231.2.77"], "{said}");
    std::fs::remove_dir_all(folder).ok();
}

#[test]
fn the_systems_resolver_and_the_cause_stand_side_by_side() {
    let Some(net) = truth::lab() else { return };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            net.enter(At::Client);
            names::serve("127.0.0.1:53".parse().unwrap());
        });
    });
    net.resolver("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
    let rows = [
        ("good.test", "resolved", 0, true),
        ("six.test", "resolved", 0, true),
        ("nx.test", "nxdomain", 1, false),
        ("servfail.test", "servfail", 1, false),
        ("refused.test", "refused", 1, false),
        ("nothing.test", "nodata", 1, false),
        ("silent.test", "timeout", 1, false),
    ];
    all(&rows, |(name, verdict, code, found)| {
        let said = truth::homing(&net, &[&format!("{name}:7001"), "--format=json"]);
        let json = said.json();
        let dns = &json["dns"][0];
        assert_eq!(dns["verdict"], *verdict, "{said}");
        assert_eq!(said.code, *code, "{said}");
        assert_eq!(dns["system"]["error"].is_null(), *found, "{said}");
        assert_eq!(dns["query"]["server"], "127.0.0.1:53", "{said}");
        assert_eq!(dns["system"]["addresses"], dns["query"]["addresses"], "{said}");
    });
    // Six leads to IPv6 only: it is reached, and whoever sets trackers by it is warned.
    let said = truth::homing(&net, &["six.test:7001", "--format=json"]);
    let json = said.json();
    assert_eq!(json["results"][0]["address"], TARGET[1], "{said}");
    assert_eq!(
        (json["results"][0]["verdict"].as_str(), json["state"].as_str()),
        (Some("open"), Some("WARNING"))
    );
}

#[test]
fn equal_addresses_are_tried_once() {
    let server = loopback();
    let port = servers::tcp("127.0.0.1".parse().unwrap(), 0, Does::Silent);
    let endpoint = format!("127.0.0.1:{port}");
    let said = ask(&server, &[&endpoint, &endpoint, &format!("{endpoint}/tcp")]);
    let json = said.json();
    let results = json["results"].as_array().unwrap();
    assert_eq!(results.iter().filter(|result| result["transport"] == "tcp").count(), 1, "{said}");
}

#[test]
fn an_address_family_without_a_route_does_not_count_where_the_other_is_reached() {
    let Some(net) = truth::lab() else { return };
    let server = std::thread::scope(|scope| {
        scope
            .spawn(|| {
                net.enter(At::Client);
                names::serve("127.0.0.1:0".parse().unwrap()).to_string()
            })
            .join()
            .unwrap()
    });
    net.ip(&net.name(At::Client), &["-6", "route", "del", "fd00:231:2::/64"]).unwrap();
    let said = truth::homing(&net, &["both.test:7001", "--format=json", "--dns", &server]);
    let json = said.json();
    let verdicts: Vec<_> = json["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|result| result["transport"] == "tcp")
        .map(|result| (result["verdict"].as_str().unwrap(), result["asked"].as_bool().unwrap()))
        .collect();
    assert_eq!(verdicts, [("open", true), ("no-route", false)], "{said}");
    assert_eq!(said.code, 0, "{said}");
}
