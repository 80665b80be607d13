//! What users write: payloads, expectations, endpoints; and what a machine writes: resolv.conf.

use crate::probe::{Endpoint, Expect, Judged, Plain, Talk, Want, payload, resolv_conf::resolvers};
use crate::tracker::{Directory, Transport};

#[test]
fn payloads_are_read_in_both_forms() {
    for (text, bytes) in [
        ("hex:7878", &[0x78, 0x78][..]),
        ("hex:78 78:0D-0a", &[0x78, 0x78, 0x0d, 0x0a]),
        ("text:##,imei:1,A;", b"##,imei:1,A;"),
        ("text:a\\r\\n\\t\\0\\\\\\xfF", b"a\r\n\t\0\\\xff"),
        ("text:\u{e9}", "\u{e9}".as_bytes()),
    ] {
        assert_eq!(payload(text).unwrap(), bytes, "{text}");
    }
}

#[test]
fn a_wrong_payload_says_where() {
    for (text, words) in [
        ("7878", "--payload takes hex: or text:"),
        ("re:x", "--payload takes hex: or text:"),
        ("hex:", "nothing behind its prefix"),
        ("text:", "nothing behind its prefix"),
        ("hex:7g", "`g` at position 6"),
        ("hex:787", "odd number"),
        ("text:a\\q", "`\\q`"),
        ("text:a\\", "`\\`"),
        ("text:\\x4", "`\\x4`"),
        ("text:\\x\u{e9}1", "`\\x"),
    ] {
        let error = payload(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
    assert!(payload(&format!("text:{}", "a".repeat(1_452))).is_ok());
    assert!(payload(&format!("text:{}", "a".repeat(1_453))).unwrap_err().to_string().contains("1453"));
}

#[test]
fn an_answer_is_held_against_what_was_expected() {
    for (expect, answer, wanted) in [
        (None, &b"anything"[..], true),
        (Some("text:LOAD"), b"xLOADx", true),
        (Some("text:LOAD"), b"LOA", false),
        (Some("hex:0d0a"), b"78\r\n", true),
        (Some("re:^\\x78\\x78\\x05\\x01"), b"\x78\x78\x05\x01\x00\x01\xd9\xdc\x0d\x0a", true),
        (Some("re:^\\xff$"), b"\xff", true),
        (Some("re:^\\xff$"), b"\xfe", false),
    ] {
        let expect = expect.map(|expect| Expect::parse(expect).unwrap());
        let talk = Plain::new(b"q".to_vec(), expect.clone());
        assert_eq!(talk.judge(b"q", answer) == Judged::Wanted, wanted, "{expect:?} {answer:?}");
    }
    assert!(Expect::parse("LOAD").unwrap_err().to_string().contains("re:, hex: or text:"));
}

#[test]
fn endpoints_are_read_and_say_what_they_ask() {
    let servers = Directory::new();
    for (text, shown, tcp, udp) in [
        ("d.plaspy.com", &["d.plaspy.com:8888"][..], Want::Asked, Want::Shown),
        ("192.0.2.1:5023/tcp", &["192.0.2.1:5023"], Want::Asked, Want::No),
        ("192.0.2.1:5023/UDP", &["192.0.2.1:5023"], Want::No, Want::Asked),
        ("2001:db8::1/udp", &["[2001:db8::1]:8888"], Want::No, Want::Asked),
        ("[2001:db8::1]:70", &["[2001:db8::1]:70"], Want::Asked, Want::Shown),
        ("localhost", &["localhost:8888"], Want::Asked, Want::Shown),
        ("plaspy", &["d.plaspy.com:8888", "54.85.159.138:8888"], Want::Asked, Want::Shown),
        ("plaspy/udp", &["d.plaspy.com:8888", "54.85.159.138:8888"], Want::No, Want::Asked),
    ] {
        let read = Endpoint::parse(text, &servers).unwrap();
        assert_eq!(read.iter().map(ToString::to_string).collect::<Vec<_>>(), shown, "{text}");
        for endpoint in read {
            let wants = (endpoint.wants(Transport::Tcp, false), endpoint.wants(Transport::Udp, false));
            assert_eq!(wants, (tcp, udp), "{text}");
            let talking = if udp == Want::No { Want::No } else { Want::Asked };
            assert_eq!(endpoint.wants(Transport::Udp, true), talking, "{text}");
        }
    }
    for text in ["plasby", "host:0", "host/sctp", "http://d.plaspy.com:8888", "", "a b"] {
        assert!(Endpoint::parse(text, &servers).is_err(), "{text}");
    }
    let named = Endpoint::parse("D.Plaspy.com:9", &servers).unwrap();
    assert_eq!(
        named[0].published,
        "54.85.159.138".parse().ok(),
        "the published address is expected of the name"
    );
}

#[test]
fn resolvers_are_read_as_the_manual_says() {
    let shown = |text: &str| resolvers(text).iter().map(ToString::to_string).collect::<Vec<_>>();
    let text = "# nameserver 192.0.2.9\nsearch a.test\nnameserver 192.0.2.1 extra\n nameserver fe80::1%eth0\noptions x\nnameserver 192.0.2.3\nnameserver 192.0.2.4\nnameserver nonsense\n";
    assert_eq!(shown(text), ["192.0.2.1:53", "[fe80::1]:53", "192.0.2.3:53"]);
    assert_eq!(shown(""), ["127.0.0.1:53"]);
}
