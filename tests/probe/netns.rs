//! A network of the test's own: client, router and target, each a network namespace, with IPv4 and IPv6.
//! Nothing leaves it. Needs root, `ip` and `nft`; where they are missing the tests say so and pass, unless
//! `HOMING_REQUIRE_NETNS=1`.

use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use nix::sched::{CloneFlags, setns};

/// The three namespaces, gone when this is dropped.
pub(crate) struct Net {
    id: String,
}

/// Addresses of the network.
pub(crate) const CLIENT: [&str; 2] = ["10.231.1.1", "fd00:231:1::1"];
pub(crate) const ROUTER: [&str; 2] = ["10.231.1.2", "fd00:231:1::2"];
pub(crate) const TARGET: [&str; 2] = ["10.231.2.2", "fd00:231:2::2"];

/// Where in the network something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Client,
    Router,
    Target,
}

impl At {
    fn letter(self) -> char {
        match self {
            At::Client => 'c',
            At::Router => 'r',
            At::Target => 't',
        }
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Net {
    /// Builds the network, or says why it cannot be had here.
    pub(crate) fn build() -> Option<Net> {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let net = Net { id: format!("hm{}x{count}", std::process::id()) };
        match net.set_up() {
            Ok(()) => Some(net),
            Err(why) => {
                let required = std::env::var_os("HOMING_REQUIRE_NETNS").is_some_and(|value| value == "1");
                assert!(!required, "no network namespaces here: {why}");
                skipped(&format!("no network namespaces here: {why}"));
                None
            }
        }
    }

    pub(crate) fn name(&self, at: At) -> String {
        format!("{}{}", self.id, at.letter())
    }

    fn set_up(&self) -> Result<(), String> {
        let [c, r, t] = [At::Client, At::Router, At::Target].map(|at| self.name(at));
        let mut script = String::new();
        for name in [&c, &r, &t] {
            script.push_str(&format!("netns add {name}\nnetns exec {name} ip link set lo up\n"));
        }
        // Interfaces are named after their namespace; 15 characters is the most.
        script.push_str(&format!(
            "link add {c}0 netns {c} type veth peer name {r}0 netns {r}\n\
             link add {r}1 netns {r} type veth peer name {t}0 netns {t}\n"
        ));
        for line in script.lines() {
            run(Command::new("ip").args(line.split(' ')))?;
        }
        let addresses = [
            (&c, "0", ["10.231.1.1/24", "fd00:231:1::1/64"]),
            (&r, "0", ["10.231.1.2/24", "fd00:231:1::2/64"]),
            (&r, "1", ["10.231.2.1/24", "fd00:231:2::1/64"]),
            (&t, "0", ["10.231.2.2/24", "fd00:231:2::2/64"]),
        ];
        for (name, number, [v4, v6]) in addresses {
            let link = format!("{name}{number}");
            self.ip(name, &["addr", "add", v4, "dev", &link])?;
            self.ip(name, &["addr", "add", v6, "dev", &link, "nodad"])?;
            self.ip(name, &["link", "set", &link, "up"])?;
        }
        for (name, v4, v6) in
            [(&c, "10.231.2.0/24", "fd00:231:2::/64"), (&t, "10.231.1.0/24", "fd00:231:1::/64")]
        {
            let [via4, via6] = if *name == c { ROUTER } else { ["10.231.2.1", "fd00:231:2::1"] };
            self.ip(name, &["route", "add", v4, "via", via4])?;
            self.ip(name, &["-6", "route", "add", v6, "via", via6])?;
        }
        self.sysctl(&r, &["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"])?;
        for name in [&c, &r, &t] {
            self.sysctl(name, &["net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0"])?;
        }
        Ok(())
    }

    pub(crate) fn ip(&self, name: &str, args: &[&str]) -> Result<(), String> {
        run(Command::new("ip").args(["-n", name]).args(args))
    }

    pub(crate) fn sysctl(&self, name: &str, settings: &[&str]) -> Result<(), String> {
        run(Command::new("ip").args(["netns", "exec", name, "sysctl", "-qw"]).args(settings))
    }

    /// Loads rules of nftables.
    pub(crate) fn nft(&self, at: At, rules: &str) -> Result<(), String> {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name(at), "nft", "-f", "-"]);
        let child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| error.to_string())?;
        child.stdin.take().unwrap().write_all(rules.as_bytes()).map_err(|error| error.to_string())?;
        let output = child.wait_with_output().map_err(|error| error.to_string())?;
        if output.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// A command that runs inside.
    pub(crate) fn command(&self, at: At, program: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name(at), program]);
        command
    }

    /// Moves the calling thread inside: the sockets it opens from now on are there.
    pub(crate) fn enter(&self, at: At) {
        let file = File::open(format!("/var/run/netns/{}", self.name(at))).unwrap();
        setns(file, CloneFlags::CLONE_NEWNET).unwrap();
    }

    /// A resolv.conf for whatever runs in the client.
    pub(crate) fn resolver(&self, text: &str) {
        let folder = format!("/etc/netns/{}", self.name(At::Client));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(format!("{folder}/resolv.conf"), text).unwrap();
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        for at in [At::Client, At::Router, At::Target] {
            let name = self.name(at);
            run(Command::new("ip").args(["netns", "del", &name])).ok();
            std::fs::remove_dir_all(format!("/etc/netns/{name}")).ok();
        }
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let told = format!("{command:?}");
    let Output { status, stderr, .. } = command.output().map_err(|error| format!("{told}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{told}: {}", String::from_utf8_lossy(&stderr).trim()))
    }
}

/// Tells that a test proves nothing on this machine, and why.
#[expect(clippy::print_stderr, reason = "whoever reads the test's output is told that nothing was tested")]
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
