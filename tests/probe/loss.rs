//! Loss that is known to the packet: the target drops every tenth question, and the counts of many tries are exact.

use super::homing_run::all;
use super::netns::{At, TARGET};
use super::truth;

#[test]
fn every_tenth_packet_lost_is_ten_per_cent_and_never_a_failure_of_the_whole() {
    let Some(net) = truth::lab() else { return };
    // Only what opens a connection and only questions are counted by the rule: the tenth and the twentieth are dropped.
    let rules = "table inet lossy {\nchain c {\ntype filter hook input priority -10;\n\
                 tcp dport 7001 tcp flags & (syn | ack) == syn numgen inc mod 10 9 drop\n\
                 tcp dport 7005 tcp flags & (syn | ack) == syn numgen inc mod 10 9 drop\n\
                 udp dport 7002 numgen inc mod 10 9 drop\n}\n}\n";
    net.nft(At::Target, rules).unwrap();
    let udp = &["--payload=text:hello", "--expect=text:LOAD hello"][..];
    // A try of 700 ms is over before a lost packet would be sent again, after a second; with time enough it is sent
    // again, and nothing is lost.
    let rows = [
        ("7001/tcp", "--timeout=700ms", &[][..], 18, 10.0),
        ("7002/udp", "--timeout=700ms", udp, 18, 10.0),
        ("7005/tcp", "--timeout=5s", &[], 20, 0.0),
    ];
    all(&rows, |(port, timeout, talk, good, loss)| {
        let endpoint = format!("{}:{port}", TARGET[0]);
        let args = [&endpoint, "--tries=20", timeout, "--format=json", "--hold=10ms"];
        let said = truth::homing(&net, &[&args[..], talk].concat());
        let json = said.json();
        let tries = &json["results"][0]["tries"];
        assert_eq!((&tries["made"], &tries["good"]), (&20.into(), &(*good).into()), "{said}");
        assert_eq!(tries["loss_percent"], *loss, "{said}");
        assert_eq!(said.code, 0, "what works most often works: {said}");
    });
}
