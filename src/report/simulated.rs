//! `homing.simulated/1`: what simulated trackers did.

use std::net::SocketAddr;

use serde::Serialize;

use crate::simulate::Counts;
use crate::wire::{Protocol, Transport};

/// The schema of the document.
pub const SIMULATED: &str = "homing.simulated/1";

/// A whole run.
#[derive(Debug, Serialize)]
pub struct SimulatedView<'a> {
    schema: &'static str,
    protocol: &'static str,
    transport: &'static str,
    to: SocketAddr,
    ended: &'static str,
    exit: u8,
    ms: f64,
    trackers: u64,
    sent: u64,
    positions: u64,
    bytes: u64,
    spoiled: u64,
    duplicated: u64,
    dropped: u64,
    answers: u64,
    commands: u64,
    unanswered: u64,
    connected: u64,
    refused: u64,
    lost: u64,
    trouble: Option<&'a str>,
}

/// Where a run went, how long it took, and how it ended.
#[derive(Debug, Clone, Copy)]
pub struct SimulatedRun {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// The transport.
    pub transport: Transport,
    /// The server.
    pub to: SocketAddr,
    /// `complete` or `interrupted`.
    pub ended: &'static str,
    /// The code that the program ends with.
    pub exit: u8,
    /// How long it took.
    pub took: std::time::Duration,
}

/// A view of a run.
#[must_use]
pub fn simulated<'a>(run: &SimulatedRun, counts: &'a Counts) -> SimulatedView<'a> {
    let Counts { trackers, sent, positions, bytes, spoiled, duplicated, dropped, .. } = *counts;
    let Counts { answers, commands, unanswered, connected, refused, lost, .. } = *counts;
    SimulatedView {
        schema: SIMULATED,
        protocol: run.protocol.name,
        transport: run.transport.word(),
        to: run.to,
        ended: run.ended,
        exit: run.exit,
        ms: (run.took.as_secs_f64() * 1_000_000.0).round() / 1_000.0,
        trackers,
        sent,
        positions,
        bytes,
        spoiled,
        duplicated,
        dropped,
        answers,
        commands,
        unanswered,
        connected,
        refused,
        lost,
        trouble: counts.trouble.as_deref(),
    }
}
