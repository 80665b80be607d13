//! What goes over the wire, seen by tcpdump and not by the program: how polite a probe is.

use std::io::Read;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::netns::{At, Net, TARGET, skipped};
use super::truth;

/// tcpdump inside the client, writing lines; none when it is not installed.
struct Capture(Child);

impl Capture {
    fn begin(net: &Net) -> Option<Capture> {
        let link = format!("{}0", net.name(At::Client));
        let mut command = net.command(At::Client, "tcpdump");
        // Numbers as they are, every packet at once.
        command.args(["-i", &link, "-nn", "-S", "-U", "--immediate-mode", "-l", "tcp", "or", "udp"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        std::thread::sleep(Duration::from_millis(1_500));
        Some(Capture(child))
    }

    fn end(mut self) -> Vec<String> {
        std::thread::sleep(Duration::from_millis(700));
        let id = nix::unistd::Pid::from_raw(i32::try_from(self.0.id()).unwrap());
        nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGINT).ok();
        let mut text = String::new();
        self.0.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        self.0.wait().ok();
        text.lines().map(str::to_owned).collect()
    }
}

/// The flags of each packet that left for this port, and the application bytes in it.
fn left(lines: &[String], port: u16) -> Vec<(String, u32)> {
    let to = format!(".{port}: Flags [");
    let of = |line: &String| {
        let (_, rest) = line.split_once(&to)?;
        let (flags, rest) = rest.split_once(']')?;
        let length = rest.rsplit_once("length ")?.1.trim().parse().ok()?;
        Some((flags.to_owned(), length))
    };
    lines.iter().filter_map(of).collect()
}

#[test]
fn a_default_probe_sends_one_connect_closed_with_a_fin_and_no_application_byte() {
    let Some(net) = truth::lab() else { return };
    let Some(capture) = Capture::begin(&net) else {
        skipped("tcpdump is not installed");
        return;
    };
    let endpoint = format!("{}:7001", TARGET[0]);
    let said = truth::homing(&net, &[&endpoint]);
    let lines = capture.end();
    assert_eq!(said.code, 0, "{said}");
    let sent = left(&lines, 7001);
    let flags: Vec<&str> = sent.iter().map(|(flags, _)| flags.as_str()).collect();
    assert_eq!(flags.iter().filter(|flags| **flags == "S").count(), 1, "one connection: {lines:#?}");
    assert_eq!(flags.iter().filter(|flags| flags.contains('F')).count(), 1, "closed with a FIN: {lines:#?}");
    assert!(!flags.iter().any(|flags| flags.contains('R')), "and no reset: {lines:#?}");
    assert!(sent.iter().all(|(_, length)| *length == 0), "no application byte: {lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("UDP")), "nothing over UDP: {lines:#?}");
}
