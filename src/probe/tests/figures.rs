//! Ranges, figures, tries, causes.

use std::net::IpAddr;

use crate::probe::cause::{Cause, silent_connect};
use crate::probe::evidence::{Icmp, Phase};
use crate::probe::{Range, Stats, Tries, Verdict};

#[test]
fn ranges_alert_as_the_guidelines_table_says() {
    // Monitoring Plugins Development Guidelines, "Threshold and Ranges", the examples of the table, and its ends.
    for (range, alerts, quiet) in [
        ("10", &[-0.1, 10.1][..], &[0.0, 10.0][..]),
        ("10:", &[9.9], &[10.0, 1e9]),
        ("~:10", &[10.1], &[-1e9, 10.0]),
        ("10:20", &[9.9, 20.1], &[10.0, 20.0]),
        ("@10:20", &[10.0, 15.0, 20.0], &[9.9, 20.1]),
    ] {
        let range: Range = range.parse().unwrap();
        assert!(alerts.iter().all(|value| range.alerts(*value)), "{range}");
        assert!(quiet.iter().all(|value| !range.alerts(*value)), "{range}");
    }
}

#[test]
fn what_is_no_range_names_the_bound() {
    for (text, words) in [
        ("", "``"),
        ("x", "`x`"),
        ("1:x", "`x`"),
        ("nan", "`nan`"),
        ("inf", "`inf`"),
        ("20:10", "begins above"),
    ] {
        let error = text.parse::<Range>().unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn figures_are_those_of_a_table_worked_by_hand() {
    // 20 times of 1 to 20: the median is 10.5 and the nearest rank of 95 % the 19th.
    let times: Vec<f64> = (1..=20).map(f64::from).collect();
    let stats = Stats::of(25, &times);
    let found = stats.times.unwrap();
    assert_eq!((stats.tries, stats.good, stats.loss_percent), (25, 20, 20.0));
    assert_eq!(
        (found.min, found.median, found.p95, found.max, found.jitter),
        (1.0, 10.5, 19.0, 20.0, Some(1.0))
    );
    let one = Stats::of(1, &[7.0]).times.unwrap();
    assert_eq!((one.median, one.p95, one.jitter), (7.0, 7.0, None));
    // The order of the tries makes the jitter: |30-10| and |20-30|.
    assert_eq!(Stats::of(3, &[10.0, 30.0, 20.0]).times.unwrap().jitter, Some(15.0));
    assert_eq!((Stats::of(4, &[]).loss_percent, Stats::of(4, &[]).times), (100.0, None));
}

fn tried(tries: &str, script: &[Verdict]) -> (usize, Verdict) {
    let tries: Tries = tries.parse().unwrap();
    let mut made = Vec::new();
    while tries.goes_on(&made, false) {
        made.push(script[made.len()]);
    }
    (made.len(), tries.verdict(&made, false).unwrap())
}

#[test]
fn a_failure_counts_only_when_it_repeats() {
    use Verdict::{Closed, Filtered, Open};
    for (tries, script, made, verdict) in [
        ("2/3", &[Open, Closed, Closed][..], 1, Open),
        ("2/3", &[Filtered, Open, Open], 3, Open),
        ("2/3", &[Filtered, Filtered, Open], 2, Filtered),
        ("2/3", &[Filtered, Open, Filtered], 3, Filtered),
        ("2/2", &[Filtered, Open], 2, Open),
        ("1/1", &[Closed], 1, Closed),
        ("1/3", &[Closed, Open, Open], 1, Closed),
    ] {
        assert_eq!(tried(tries, script), (made, verdict), "{tries} {script:?}");
    }
    for text in ["", "2", "3/2", "0/3", "2/x", "1/1001"] {
        assert!(text.parse::<Tries>().is_err(), "{text}");
    }
}

#[test]
fn of_several_tries_the_verdict_that_came_most_often_counts_and_of_two_the_worse() {
    use Verdict::{Closed, Open};
    let fixed = Tries::Fixed(3);
    assert_eq!(fixed.verdict(&[Open, Open, Closed], false), Some(Open));
    assert_eq!(fixed.verdict(&[Open, Closed], false), Some(Closed));
    assert_eq!(fixed.verdict(&[], false), None);
    assert!(fixed.goes_on(&[Open, Open], false) && !fixed.goes_on(&[Open; 3], false));
}

/// An error with the ICMP message behind it, as the kernel hands it over; addresses by their role.
fn cause(errno: &str, icmp: Option<(u8, u8, &str)>, phase: Phase) -> Cause {
    let icmp =
        icmp.map(|(kind, code, from)| Icmp { v6: false, kind, code, from: from.parse::<IpAddr>().ok() });
    let (target, source) = ("192.0.2.80".parse().unwrap(), "10.0.0.2".parse().ok());
    Cause { errno: errno.to_owned(), icmp, phase, target, source }
}

const TARGET: &str = "192.0.2.80";
const ROUTER: &str = "10.0.0.1";
const SELF: &str = "10.0.0.2";

#[test]
fn causes_earn_their_verdicts() {
    use Phase::{Connect, Route};
    use Verdict::{BlockedHere, Closed, Filtered, LocalFault, NoRoute, OpenButResets, Unreachable};
    // Error, ICMP message, phase, over TCP, over UDP: what Linux reports was measured with nftables' rejects.
    for (errno, icmp, phase, tcp, udp) in [
        ("ECONNREFUSED", None, Connect, Closed, Closed),
        ("ECONNREFUSED", Some((3, 3, TARGET)), Connect, Filtered, Closed),
        ("ECONNREFUSED", Some((3, 3, ROUTER)), Connect, Filtered, Filtered),
        ("ECONNREFUSED", Some((3, 3, SELF)), Connect, BlockedHere, BlockedHere),
        ("EHOSTUNREACH", Some((3, 1, ROUTER)), Connect, Filtered, Filtered),
        ("EHOSTUNREACH", Some((3, 1, SELF)), Connect, Unreachable, Unreachable),
        ("EHOSTUNREACH", Some((3, 13, ROUTER)), Connect, Filtered, Filtered),
        ("ENETUNREACH", Some((3, 0, TARGET)), Connect, Filtered, Filtered),
        ("ENETUNREACH", None, Route, NoRoute, NoRoute),
        ("EHOSTUNREACH", None, Route, NoRoute, NoRoute),
        ("EHOSTUNREACH", None, Connect, Unreachable, Unreachable),
        ("EACCES", None, Route, BlockedHere, BlockedHere),
        ("EINVAL", None, Route, NoRoute, NoRoute),
        ("EPERM", None, Connect, BlockedHere, BlockedHere),
        ("ECONNRESET", None, Connect, OpenButResets, Verdict::Inconclusive),
        ("ETIMEDOUT", None, Connect, Filtered, Verdict::Inconclusive),
        ("EMFILE", None, Route, LocalFault, LocalFault),
    ] {
        let cause = cause(errno, icmp, phase);
        assert_eq!((cause.tcp(), cause.udp()), (tcp, udp), "{cause:?}");
    }
}

#[test]
fn a_port_unreachable_from_this_machine_itself_is_the_servers_when_the_server_is_here() {
    let here: IpAddr = "127.0.0.1".parse().unwrap();
    let icmp = Some(Icmp { v6: false, kind: 3, code: 3, from: Some(here) });
    let errno = "ECONNREFUSED".to_owned();
    let cause = Cause { errno, icmp, phase: Phase::Answer, target: here, source: Some(here) };
    assert_eq!(cause.udp(), Verdict::Closed);
    assert!(!cause.is_local());
}

#[test]
fn silence_proves_a_drop_only_after_three_syns() {
    // RFC 6298: the first time-out is 1 s and doubles, so the third SYN leaves at 3 s.
    assert_eq!(silent_connect(2_900), Verdict::Inconclusive);
    assert_eq!(silent_connect(5_000), Verdict::Filtered);
}
