//! The truth lab: a network that is built to be in each state, and what the program says of it, with its evidence, exit
//! code and monitoring state.

use std::net::IpAddr;
use std::sync::Mutex;

use serde_json::Value;

use super::homing_run::{Said, all};
use super::netns::{At, CLIENT, Net, ROUTER, TARGET, skipped};
use super::servers::{self, Does};

/// One state of the network, as it was built, and what must be said of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    /// What it is built to be.
    pub(crate) built: &'static str,
    pub(crate) port: u16,
    pub(crate) to: To,
    /// Over TCP, then UDP with a payload.
    pub(crate) tcp: Truth,
    pub(crate) udp: Truth,
}

/// Which host is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    Target,
    /// No host has the address, on the client's own network.
    Nobody,
    /// An address to which there is no route.
    NoRoute,
    /// Routes of the client that forbid.
    Unreachable,
    Prohibit,
    Blackhole,
}

impl To {
    pub(crate) fn address(self, v6: usize) -> &'static str {
        match self {
            To::Target => TARGET[v6],
            To::Nobody => ["10.231.1.77", "fd00:231:1::77"][v6],
            To::NoRoute => ["203.0.113.1", "2001:db8:99::1"][v6],
            To::Unreachable => ["198.51.100.1", "2001:db8:98::1"][v6],
            To::Prohibit => ["198.51.100.2", "2001:db8:98::2"][v6],
            To::Blackhole => ["198.51.100.3", "2001:db8:98::3"][v6],
        }
    }
}

/// What must be said: verdict, exit code, monitoring state, and the ICMP message for IPv4 and IPv6 with who sent it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Truth {
    pub(crate) verdict: &'static str,
    pub(crate) exit: i64,
    pub(crate) state: &'static str,
    icmp: Option<([(u8, u8); 2], By)>,
}

#[derive(Debug, Clone, Copy)]
enum By {
    Target,
    Router,
    Client,
}

const fn says(verdict: &'static str, exit: i64, state: &'static str) -> Truth {
    Truth { verdict, exit, state, icmp: None }
}

const fn icmp(verdict: &'static str, by: By, codes: [(u8, u8); 2]) -> Truth {
    Truth { icmp: Some((codes, by)), ..says(verdict, 1, "CRITICAL") }
}

const GOOD: Truth = says("open", 0, "OK");
const ANSWERED: Truth = says("answered", 0, "OK");
const CLOSED: Truth = says("closed", 1, "CRITICAL");
const DROPPED: Truth = says("filtered", 1, "CRITICAL");
const SILENT: Truth = says("open-or-filtered", 3, "WARNING");
const NO_ROUTE: Truth = says("no-route", 4, "UNKNOWN");
const BLOCKED: Truth = says("blocked-here", 4, "UNKNOWN");

/// ICMP type and code for IPv4 and IPv6 of nftables' rejects (RFC 792, RFC 4443).
const PORT: [(u8, u8); 2] = [(3, 3), (1, 4)];
const HOST: [(u8, u8); 2] = [(3, 1), (1, 3)];
const ADMIN: [(u8, u8); 2] = [(3, 13), (1, 1)];
const ROUTE: [(u8, u8); 2] = [(3, 0), (1, 0)];

const fn case(built: &'static str, port: u16, tcp: Truth, udp: Truth) -> Case {
    Case { built, port, to: To::Target, tcp, udp }
}

const fn towards(built: &'static str, to: To, both: Truth) -> Case {
    Case { built, port: 7001, to, tcp: both, udp: both }
}

pub(crate) const CASES: [Case; 21] = [
    case("listens and is silent", 7001, GOOD, SILENT),
    case("answers", 7002, GOOD, ANSWERED),
    case("accepts and closes", 7003, says("open-but-closes", 1, "CRITICAL"), CLOSED_BY_TARGET),
    case("accepts and resets", 7004, says("open-but-resets", 1, "CRITICAL"), CLOSED_BY_TARGET),
    case("speaks first", 7005, GOOD, CLOSED_BY_TARGET),
    case("no listener", 7009, CLOSED, CLOSED_BY_TARGET),
    case("target drops", 7010, DROPPED, SILENT),
    case("target rejects: port unreachable", 7011, icmp("filtered", By::Target, PORT), CLOSED_BY_TARGET),
    case(
        "target rejects: host unreachable",
        7012,
        icmp("filtered", By::Target, HOST),
        icmp("filtered", By::Target, HOST),
    ),
    case(
        "target rejects: prohibited",
        7013,
        icmp("filtered", By::Target, ADMIN),
        icmp("filtered", By::Target, ADMIN),
    ),
    case(
        "target rejects: no route",
        7014,
        icmp("filtered", By::Target, ROUTE),
        icmp("filtered", By::Target, ROUTE),
    ),
    case("target rejects: TCP reset", 7015, CLOSED, CLOSED_BY_TARGET),
    case("router drops", 7020, DROPPED, SILENT),
    case(
        "router rejects: prohibited",
        7021,
        icmp("filtered", By::Router, ADMIN),
        icmp("filtered", By::Router, ADMIN),
    ),
    case(
        "router rejects: port unreachable",
        7022,
        icmp("filtered", By::Router, PORT),
        icmp("filtered", By::Router, PORT),
    ),
    // This machine's own drop looks like a remote one to TCP, and is told to UDP by EPERM.
    case("client drops", 7031, DROPPED, BLOCKED),
    case("client rejects", 7032, Truth { icmp: Some((PORT, By::Client)), ..BLOCKED }, BLOCKED),
    towards("no route", To::NoRoute, NO_ROUTE),
    towards("route: unreachable", To::Unreachable, NO_ROUTE),
    towards("route: prohibit", To::Prohibit, BLOCKED),
    towards("route: blackhole", To::Blackhole, NO_ROUTE),
];

const CLOSED_BY_TARGET: Truth = icmp("closed", By::Target, PORT);

/// The network with every state in it.
pub(crate) fn lab() -> Option<Net> {
    let net = Net::build()?;
    let built = rules(&net);
    if let Err(why) = built {
        let required = std::env::var_os("HOMING_REQUIRE_NETNS").is_some_and(|value| value == "1");
        assert!(!required, "no packet filter here: {why}");
        skipped(&format!("no packet filter here: {why}"));
        return None;
    }
    std::thread::scope(|scope| {
        scope.spawn(|| {
            net.enter(At::Target);
            for address in TARGET {
                let address: IpAddr = address.parse().unwrap();
                for (port, does) in [
                    (7001, Does::Silent),
                    (7002, Does::Answers),
                    (7003, Does::Closes),
                    (7004, Does::Resets),
                    (7005, Does::SpeaksFirst),
                ] {
                    servers::tcp(address, port, does);
                }
                servers::udp(address, 7001, Does::Silent);
                servers::udp(address, 7002, Does::Answers);
                // Behind each filter something listens and answers: only the filter is in the way.
                for port in [7010, 7011, 7012, 7013, 7014, 7015, 7020, 7021, 7022, 7031, 7032] {
                    servers::tcp(address, port, Does::Answers);
                    servers::udp(address, port, Does::Answers);
                }
            }
        });
    });
    Some(net)
}

fn rules(net: &Net) -> Result<(), String> {
    let both = |port: u16, what: &str| format!("tcp dport {port} {what}\nudp dport {port} {what}\n");
    let table = |hook: &str, rules: &str| {
        format!("table inet homing {{\nchain c {{\ntype filter hook {hook} priority 0;\n{rules}\n}}\n}}\n")
    };
    let target = [
        both(7010, "drop"),
        both(7011, "reject with icmpx type port-unreachable"),
        both(7012, "reject with icmpx type host-unreachable"),
        both(7013, "reject with icmpx type admin-prohibited"),
        both(7014, "reject with icmpx type no-route"),
        "tcp dport 7015 reject with tcp reset\nudp dport 7015 reject with icmpx type port-unreachable\n"
            .to_owned(),
    ];
    net.nft(At::Target, &table("input", &target.concat()))?;
    let router = [
        both(7020, "drop"),
        both(7021, "reject with icmpx type admin-prohibited"),
        both(7022, "reject with icmpx type port-unreachable"),
    ];
    net.nft(At::Router, &table("forward", &router.concat()))?;
    let client = [both(7031, "drop"), both(7032, "reject with icmpx type port-unreachable")];
    net.nft(At::Client, &table("output", &client.concat()))?;
    let name = net.name(At::Client);
    for (to, kind) in
        [(To::Unreachable, "unreachable"), (To::Prohibit, "prohibit"), (To::Blackhole, "blackhole")]
    {
        net.ip(&name, &["route", "add", kind, to.address(0)])?;
        net.ip(&name, &["-6", "route", "add", kind, to.address(1)])?;
    }
    Ok(())
}

/// A run in the client, as a user runs it.
pub(crate) fn homing(net: &Net, args: &[&str]) -> Said {
    let mut command = net.command(At::Client, env!("CARGO_BIN_EXE_homing"));
    command.arg("probe").args(args).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    command.env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "/nonexistent");
    Said::of(&mut command)
}

/// An endpoint as it is written.
pub(crate) fn endpoint(case: &Case, v6: usize, transport: &str) -> String {
    let address = case.to.address(v6);
    let port = case.port;
    if v6 == 1 { format!("[{address}]:{port}/{transport}") } else { format!("{address}:{port}/{transport}") }
}

/// What is said of each case, in the order of [`rows`].
pub(crate) fn verdicts(net: &Net) -> Vec<(String, Said)> {
    let found: Mutex<Vec<Option<(String, Said)>>> = Mutex::new((0..rows().len()).map(|_| None).collect());
    let numbered: Vec<usize> = (0..rows().len()).collect();
    for part in numbered.chunks(28) {
        all(part, |number| {
            let (case, v6, transport) = rows()[*number];
            let endpoint = endpoint(&case, v6, transport);
            let mut args = vec![endpoint.as_str(), "--format=json"];
            if transport == "udp" {
                args.extend(["--payload=text:hello", "--expect=text:LOAD hello"]);
            }
            let said = homing(net, &args);
            found.lock().unwrap()[*number] = Some((endpoint, said));
        });
    }
    found.into_inner().unwrap().into_iter().flatten().collect()
}

/// Every case, family and transport.
pub(crate) fn rows() -> Vec<(Case, usize, &'static str)> {
    let mut rows = Vec::new();
    for case in CASES {
        for v6 in [0, 1] {
            rows.extend(["tcp", "udp"].map(|transport| (case, v6, transport)));
        }
    }
    rows
}

/// Fails, naming everything that is wrong, when something else was said than how the network was built.
pub(crate) fn hold(found: &[(String, Said)]) {
    let mut wrong = Vec::new();
    for ((case, v6, transport), (endpoint, said)) in rows().into_iter().zip(found) {
        let truth = if transport == "tcp" { case.tcp } else { case.udp };
        let json = said.json();
        let result = &json["results"][0];
        let mut expect = |what: &str, wanted: Value, found: &Value| {
            if wanted != *found {
                wrong.push(format!("{} {endpoint}: {what} is {found}, not {wanted}", case.built));
            }
        };
        expect("verdict", truth.verdict.into(), &result["verdict"]);
        expect("exit", truth.exit.into(), &json["exit"]);
        expect("exit code", truth.exit.into(), &i64::from(said.code).into());
        expect("state", truth.state.into(), &json["state"]);
        let icmp = &result["evidence"]["icmp"];
        match truth.icmp {
            Some((codes, by)) => {
                let (kind, code) = codes[v6];
                let from = match by {
                    By::Target => TARGET[v6],
                    By::Router => ROUTER[v6],
                    By::Client => CLIENT[v6],
                };
                expect("icmp type", kind.into(), &icmp["type"]);
                expect("icmp code", code.into(), &icmp["code"]);
                expect("icmp from", from.into(), &icmp["from"]);
            }
            // EPERM comes with or without a message of this machine to itself.
            None if truth.verdict == "blocked-here" => {}
            None => expect("icmp", Value::Null, icmp),
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_state_of_a_network_is_told_as_it_was_built() {
    let Some(net) = lab() else { return };
    hold(&verdicts(&net));
}

#[test]
fn a_host_that_is_not_there_on_the_own_network_is_unreachable_and_not_filtered() {
    let Some(net) = lab() else { return };
    for v6 in [0, 1] {
        let address = To::Nobody.address(v6);
        let endpoint = if v6 == 1 { format!("[{address}]:7001") } else { format!("{address}:7001") };
        let said = homing(&net, &[&endpoint, "--format=json", "--payload=text:x"]);
        let json = said.json();
        for result in json["results"].as_array().unwrap() {
            assert_eq!(result["verdict"], "unreachable", "{said}");
            assert_eq!(result["evidence"]["local"], true, "{said}");
        }
        assert_eq!(said.code, 1, "{said}");
    }
}
