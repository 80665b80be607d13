//! How long a network keeps a way open: networks whose router forgets after 5 and after 30 seconds, an echo that is
//! asked to wait, and servers that are no such echo.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::check::{Edit, Schema};
use super::homing_run::{Homing, Said, all};
use super::netns::{At, Net, TARGET, skipped};
use super::running::Listening;
use super::servers::{self, Does};
use super::truth;

/// A router that hides the client and forgets it after so many seconds: a datagram's way, a stream's, a connection's.
fn forgetful([once, stream, tcp]: [u32; 3]) -> Option<Net> {
    let net = Net::build()?;
    let built = net
        .nft(
            At::Router,
            "table ip hides {\nchain c {\ntype nat hook postrouting priority 100;\nip daddr 10.231.2.2 masquerade\n}\n}\n",
        )
        .and_then(|()| {
            let time = |name: &str, seconds: u32| format!("net.netfilter.nf_conntrack_{name}={seconds}");
            let udp = time("udp_timeout", once);
            let stream = time("udp_timeout_stream", stream);
            let tcp = time("tcp_timeout_established", tcp);
            net.sysctl(&net.name(At::Router), &[&udp, &stream, &tcp, "net.netfilter.nf_conntrack_tcp_loose=0"])
        });
    match built {
        Ok(()) => Some(net),
        Err(why) => {
            let required = std::env::var_os("HOMING_REQUIRE_NETNS").is_some_and(|value| value == "1");
            assert!(!required, "no NAT here: {why}");
            skipped(&format!("no NAT here: {why}"));
            None
        }
    }
}

/// The program's own echo in the target, until this is dropped.
struct Echo(Child);

impl Echo {
    fn begin(net: &Net) -> Echo {
        let mut command = net.command(At::Target, env!("CARGO_BIN_EXE_homing"));
        command.args([
            "listen",
            "--echo",
            "--tcp=0.0.0.0:8888",
            "--udp=0.0.0.0:8888",
            "--for=120s",
            "--format=ndjson",
        ]);
        let mut child = command
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = [0; 1];
        child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
        // What it says more is of no use, and must not fill the pipe.
        let mut rest = child.stdout.take().unwrap();
        thread::spawn(move || std::io::copy(&mut rest, &mut std::io::sink()).ok());
        Echo(child)
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// For each method, the longest silence that was kept and the shortest that was not, in seconds.
fn limits(said: &Said) -> Vec<(String, f64, f64)> {
    let json = said.json();
    let limits = json["limits"].as_array().unwrap();
    let second =
        |limit: &Value, name: &str| limit[name].as_f64().unwrap_or_else(|| panic!("no {name}: {said}"));
    limits
        .iter()
        .map(|limit| {
            (limit["method"].as_str().unwrap().to_owned(), second(limit, "kept_s"), second(limit, "lost_s"))
        })
        .collect()
}

#[test]
fn a_router_that_forgets_is_measured_within_one_step() {
    all(&[[5_u32, 5, 5], [30, 30, 30], [4, 17, 9]], |seconds| {
        let Some(net) = forgetful(*seconds) else { return };
        let _echo = Echo::begin(&net);
        let endpoint = format!("{}:8888", TARGET[0]);
        let most = format!("--nat-up-to={}s", seconds.iter().max().unwrap() + 20);
        let said = truth::homing(&net, &["--nat", &endpoint, &most, "--format=json", "--timeout=2s"]);
        assert_eq!(said.code, 0, "{said}");
        Schema::of("homing.nat/1").accepts(&said.json());
        let found = limits(&said);
        let methods: Vec<&str> = found.iter().map(|(method, ..)| method.as_str()).collect();
        assert_eq!(methods, ["udp-once", "udp-stream", "tcp"], "{said}");
        for ((method, kept, lost), seconds) in found.into_iter().zip(seconds) {
            let truth = f64::from(*seconds);
            let step = lost - kept;
            assert!(step > 0.0 && step <= (truth / 4.0).max(1.0), "{method}: a step of {step} s: {said}");
            assert!(
                kept - step <= truth && truth <= lost + step,
                "{method}: {kept} to {lost}, not {truth}: {said}"
            );
        }
    });
}

#[test]
fn keep_alive_measures_the_same_router_without_a_byte_and_with_few_connections() {
    let Some(net) = forgetful([5; 3]) else { return };
    let accepted = thread::scope(|scope| {
        let served = scope.spawn(|| {
            net.enter(At::Target);
            let listener = TcpListener::bind((TARGET[0], 9999)).unwrap();
            listener.set_nonblocking(true).unwrap();
            let mut streams: Vec<TcpStream> = Vec::new();
            // At most half a minute, and as long as somebody may still come.
            for _ in 0..300 {
                streams.extend(listener.accept().map(|(stream, _)| stream));
                thread::sleep(Duration::from_millis(100));
            }
            streams.iter().for_each(|stream| stream.set_nonblocking(true).unwrap());
            streams
        });
        let args =
            ["--nat-keep-alive", "10.231.2.2:9999", "--nat-up-to=12s", "--format=json", "--timeout=2s"];
        let said = truth::homing(&net, &args);
        assert_eq!(said.code, 0, "{said}");
        let [(method, kept, lost)] = &limits(&said)[..] else { panic!("{said}") };
        assert_eq!((method.as_str(), *kept, *lost), ("tcp-keep-alive", 4.0, 6.0), "{said}");
        served.join().unwrap()
    });
    assert!((2..=6).contains(&accepted.len()), "{} connections", accepted.len());
    for mut stream in accepted {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok();
        assert_eq!(bytes, b"", "an application byte came");
    }
}

#[test]
fn an_echo_that_is_asked_to_wait_answers_others_first() {
    let listener = Listening::start(&["--echo"]);
    let later = b"homing-echo/1 after 1500 ms 0000000000000001\n";
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.connect(listener.at("udp")).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.send(later).unwrap();
    socket.send(b"at once").unwrap();
    let mut bytes = [0; 100];
    for wanted in [&b"at once"[..], later] {
        let count = socket.recv(&mut bytes).unwrap();
        assert_eq!(&bytes[..count], wanted);
    }
    // The same for connections: both are asked, in this order, and whoever is answered says so.
    let (tell, told) = std::sync::mpsc::channel();
    for asked in [&later[..], b"at once"] {
        let mut stream = TcpStream::connect(listener.at("tcp")).unwrap();
        stream.write_all(asked).unwrap();
        let tell = tell.clone();
        thread::spawn(move || {
            let mut bytes = vec![0; asked.len()];
            stream.read_exact(&mut bytes).unwrap();
            tell.send(bytes).unwrap();
        });
    }
    for wanted in [&b"at once"[..], later] {
        assert_eq!(told.recv_timeout(Duration::from_secs(20)).unwrap(), wanted);
    }
}

#[test]
fn what_is_no_such_echo_is_told_and_nothing_is_claimed() {
    let own = "127.0.0.1".parse().unwrap();
    let run = |endpoint: &str| {
        let args = ["probe", "--nat", endpoint, "--nat-up-to=3s", "--timeout=1s", "--format=json"];
        Homing::new(&args).run()
    };
    // Something that answers otherwise, something that takes connections and is silent, and nobody.
    let [other, silent] = [Does::Answers, Does::Silent].map(|does| servers::tcp(own, 0, does));
    for (endpoint, words) in [
        (format!("127.0.0.1:{other}/tcp"), "no echo answered on it"),
        (format!("127.0.0.1:{silent}/tcp"), "no echo answered on it"),
        ("127.0.0.1:1/tcp".into(), "ECONNREFUSED"),
    ] {
        let said = run(&endpoint);
        let limit = &said.json()["limits"][0];
        assert_eq!(
            (said.code, &limit["kept_s"], &limit["lost_s"]),
            (3, &Value::Null, &Value::Null),
            "{said}"
        );
        assert!(limit["untold"].as_str().unwrap().contains(words), "{said}");
    }
    let silent = servers::udp(own, 0, Does::Silent);
    let said = run(&format!("127.0.0.1:{silent}/udp"));
    for limit in said.json()["limits"].as_array().unwrap() {
        assert!(limit["untold"].as_str().unwrap().contains("homing listen --echo"), "{said}");
    }
    assert_eq!(said.code, 3, "{said}");
    // An echo that knows no waiting: it sends back at once what was to come later.
    let plain = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = plain.local_addr().unwrap();
    thread::spawn(move || {
        let mut bytes = [0; 200];
        while let Ok((count, from)) = plain.recv_from(&mut bytes) {
            plain.send_to(&bytes[..count], from).ok();
        }
    });
    let said = run(&format!("{at}/udp"));
    assert_eq!(said.code, 3, "{said}");
    assert_eq!(said.json()["limits"][0]["kept_s"], Value::Null, "{said}");
}

#[test]
fn an_echo_that_ends_meanwhile_is_no_limit_of_the_network() {
    let listener = Listening::start(&["--echo", "--for=4s"]);
    for transport in ["tcp", "udp"] {
        let endpoint = format!("{}/{transport}", listener.at(transport));
        let args = ["probe", "--nat", &endpoint, "--nat-up-to=8s", "--timeout=1s", "--format=json"];
        let said = Homing::new(&args).run();
        assert_eq!(said.code, 3, "{said}");
        for limit in said.json()["limits"].as_array().unwrap() {
            assert_eq!(limit["lost_s"], Value::Null, "{said}");
            let untold = limit["untold"].as_str().unwrap();
            assert!(
                ["did it end", "ECONNREFUSED", "no answer came"].iter().any(|words| untold.contains(words)),
                "{said}"
            );
        }
    }
}

/// An echo by hand: whoever `hears` says so is answered when its line wants it, the others never.
fn echo(mut hears: impl FnMut(usize) -> bool + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().flatten().enumerate() {
            let hears = hears(number);
            thread::spawn(move || {
                let mut lines = std::io::BufReader::new(&stream);
                let mut line = String::new();
                while std::io::BufRead::read_line(&mut lines, &mut line).is_ok_and(|count| count > 0) {
                    let ms = line.split(' ').nth(2).unwrap().parse().unwrap();
                    thread::sleep(Duration::from_millis(ms));
                    if hears {
                        (&stream).write_all(line.as_bytes()).ok();
                    }
                    line.clear();
                }
            });
        }
    });
    port
}

#[test]
fn what_could_not_be_asked_is_asked_again_and_told_when_it_stays_so() {
    let run = |port: u16, more: &[&str]| {
        let endpoint = format!("127.0.0.1:{port}/tcp");
        let args = ["probe", "--nat", &endpoint, "--nat-up-to=4s", "--timeout=1s"];
        Homing::new(&[&args, more].concat()).run()
    };
    // The first try of every step is in vain.
    let said = run(echo(|number| number >= 4), &["--format=json"]);
    assert_eq!((said.code, said.json()["limits"][0]["kept_s"].as_f64()), (0, Some(4.0)), "{said}");
    // Only the two shortest are ever answered.
    let said = run(echo(|number| number < 2), &["--format=json"]);
    let limit = &said.json()["limits"][0];
    assert_eq!(
        (said.code, limit["kept_s"].as_f64(), &limit["lost_s"]),
        (3, Some(2.0), &Value::Null),
        "{said}"
    );
    assert!(limit["untold"].as_str().unwrap().contains("no echo answered"), "{said}");
    Schema::of("homing.nat/1").accepts(&said.json());
    for (word, code) in [("ok", 0), ("warn", 0), ("fail", 1)] {
        let said = run(echo(|_| false), &["--inconclusive", word]);
        assert_eq!(said.code, code, "{word}: {said}");
    }
    let said = run(echo(|number| number < 2), &[]);
    assert_eq!(said.code, 3, "{said}");
    for words in
        ["silent for 4s: not measured", "TCP: kept for 2s; longer times were not measured: a connection"]
    {
        assert!(said.out.contains(words), "{words}: {said}");
    }
}

#[test]
fn keep_alive_is_not_asked_of_udp() {
    let args = ["probe", "--nat-keep-alive", "127.0.0.1:9/udp"];
    Homing::new(&args).run().assert_err(2, &["keep-alive is a word of TCP", "leave /udp out"]);
}

#[test]
fn a_way_that_is_never_lost_is_told_with_what_to_set() {
    let listener = Listening::start(&["--echo"]);
    let endpoint = listener.endpoint("tcp").replace("/tcp", "");
    let udp = listener.endpoint("udp");
    let said = Homing::new(&["probe", "--nat", &udp, "--nat-up-to=2s"]).run();
    assert_eq!(said.code, 0, "{said}");
    for words in [
        "UDP, after one datagram: kept for 2s, and not lost",
        "Heartbeat over UDP: every",
        "same SIM and APN",
    ] {
        assert!(said.out.contains(words), "{words}: {said}");
    }
    let said =
        Homing::new(&["probe", "--nat", &format!("{endpoint}/tcp"), "--nat-up-to=1s", "--format=json"]).run();
    let document = said.json();
    assert_eq!((said.code, document["limits"][0]["kept_s"].as_f64()), (0, Some(1.0)), "{said}");
    let schema = Schema::of("homing.nat/1");
    schema.accepts(&document);
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(&document, &[("/exit", Edit::Gone), ("/limits/0/method", Edit::To("icmp".into()))]);
}

#[test]
fn a_measurement_that_is_cut_short_still_gives_one_document() {
    let listener = Listening::start(&["--echo"]);
    let udp = listener.endpoint("udp");
    let args = ["probe", "--nat", &udp, "--nat-up-to=50s", "--deadline=2500ms", "--format=json"];
    let said = Homing::new(&args).run();
    Schema::of("homing.nat/1").accepts(&said.json());
    assert_eq!((said.code, said.json()["ended"].as_str()), (3, Some("deadline")), "{said}");
    assert_eq!(said.json()["limits"][0]["steps"][0]["fate"], "kept", "what is known stays known: {said}");
}

#[test]
fn a_measurement_that_cannot_be_made_is_refused() {
    for (args, words) in [
        (&["--nat"][..], "an echo of your own"),
        (&["--nat", "127.0.0.1:1", "127.0.0.1:2"], "one endpoint"),
        (&["--nat", "127.0.0.1:1", "--format=junit"], "table or json"),
        (&["--nat", "127.0.0.1:1", "--nat-up-to=2h"], "1s to 1h"),
        (&["--nat", "127.0.0.1:1", "--payload=text:a"], "--payload"),
    ] {
        Homing::new(&["probe"]).args(args).run().assert_err(2, &[words]);
    }
}
