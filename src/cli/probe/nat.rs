//! `homing probe --nat`: how long this network keeps a silent way open, and the heartbeat that follows.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::time::Instant;

use crate::cli::context::Global;
use crate::probe::{Endpoint, Measured, Method, NatOptions, Outcome, Rules, address_of, nat};
use crate::report;
use crate::tracker::Transport;
use crate::ui::probe::{nat_step, write_nat};
use crate::ui::{Exit, Failure, Term};
use crate::units::{LONGEST_WAIT, show_duration};

use super::ask::Asked;
use super::watch::stopped;
use super::{Format, Probe};

impl Probe {
    /// Whether a way is to be measured, by an echo or by keep-alive.
    pub(super) fn measures(&self) -> bool {
        self.nat.nat || self.nat.nat_keep_alive
    }

    /// The endpoint and what is measured there.
    fn measurement(&self, asked: &Asked) -> Result<(Endpoint, Vec<Method>), Failure> {
        if self.endpoint.is_empty() && self.file.is_empty() {
            return Err(Failure::usage("--nat has no default endpoint: it asks an echo of your own").hint(
                "run `homing listen --echo --tcp 0.0.0.0:8888 --udp 0.0.0.0:8888` on a server and name it",
            ));
        }
        let [endpoint] = asked.endpoints.as_slice() else {
            return Err(Failure::usage("--nat measures the way to one endpoint")
                .hint("name one, as gps.example.org:8888, where `homing listen --echo` runs"));
        };
        if !matches!(self.format, Format::Table | Format::Json) {
            return Err(Failure::usage("--nat is told as table or json"));
        }
        let most = self.nat.nat_up_to;
        if most < Duration::from_secs(1) || most > LONGEST_WAIT {
            let most = show_duration(most);
            return Err(Failure::usage(format!("--nat-up-to {most} is out of range: 1s to 1h")));
        }
        let mut methods = Vec::new();
        if self.nat.nat && endpoint.transport != Some(Transport::Tcp) {
            methods.extend([Method::UdpOnce, Method::UdpStream]);
        }
        if self.nat.nat && endpoint.transport != Some(Transport::Udp) {
            methods.push(Method::Tcp);
        }
        if self.nat.nat_keep_alive && endpoint.transport == Some(Transport::Udp) {
            return Err(Failure::usage(format!("{endpoint}: keep-alive is a word of TCP"))
                .hint("leave /udp out, or ask an echo of your own with --nat"));
        }
        if self.nat.nat_keep_alive {
            methods.push(Method::KeepAlive);
        }
        Ok((endpoint.clone(), methods))
    }

    /// Measures and tells.
    pub(super) async fn measure(&self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let asked = self.asked(global)?;
        let (endpoint, methods) = self.measurement(&asked)?;
        if self.dry_run {
            for method in methods {
                let most = show_duration(self.nat.nat_up_to);
                term.line(format!("{endpoint}: {}, silent for up to {most}", method.name()));
            }
            return Ok(Exit::Done);
        }
        let until = asked.deadline.map(|deadline| Instant::now() + deadline);
        let target = address(&endpoint, &asked).await?;
        let options = NatOptions {
            target,
            methods,
            way: asked.options.way.clone(),
            timeout: asked.options.timeout,
            most: self.nat.nat_up_to,
        };
        let live = self.format == Format::Table;
        let measured = nat(&options, stopped(until), |step| {
            let line = nat_step(step);
            if live {
                term.sentence(&line)
            } else {
                term.detail(&line)
            }
            // A step that is known is shown now; what goes wrong is told at the end.
            let _ = std::io::Write::flush(term);
        })
        .await;
        let exit = exit(&measured, &asked.rules);
        if live {
            write_nat(term, &measured);
        } else {
            let mut text = Vec::new();
            report::pretty(&mut text, &report::nat(&measured, exit.code()))?;
            super::show::put(self.output.as_deref(), &text, term)?;
        }
        Ok(exit)
    }
}

/// The address that is asked: one, so that all steps go the same way.
async fn address(endpoint: &Endpoint, asked: &Asked) -> Result<SocketAddr, Failure> {
    let found: Option<IpAddr> = address_of(endpoint, &asked.options).await;
    found.map(|ip| SocketAddr::new(ip, endpoint.port)).ok_or_else(|| {
        let message = format!("{endpoint} has no address that can be asked from here");
        Failure { exit: Exit::Failed, ..Failure::usage(message) }
            .hint(format!("`homing probe {endpoint}` says why"))
    })
}

/// Good when every way that was asked about is known; else as what is not proven is to be counted.
fn exit(measured: &Measured, rules: &Rules) -> Exit {
    let told = measured.limits.iter().all(|limit| limit.is_known(measured.most));
    match measured.ended {
        crate::probe::Ended::Interrupted => Exit::Interrupted,
        crate::probe::Ended::Deadline => Exit::Unproven,
        crate::probe::Ended::Complete if told => Exit::Done,
        crate::probe::Ended::Complete => match rules.count(Outcome::Unproven) {
            Outcome::Good => Exit::Done,
            Outcome::Failed => Exit::Failed,
            _ => Exit::Unproven,
        },
    }
}
