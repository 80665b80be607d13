//! `homing.estimate/1`: what a plan and an interval cost, and what that rests on.

use serde::Serialize;

use crate::estimate::{Assumption, Estimate, Item, Lengths, Part, Reporting};

#[derive(Debug, Serialize)]
struct EstimateView<'a> {
    schema: &'static str,
    profile: &'a str,
    sms: SmsView<'a>,
    data: Option<DataView<'a>>,
    data_unknown: Option<&'a str>,
    battery: BatteryView<'a>,
    assumptions: Vec<AssumptionView>,
}

#[derive(Debug, Serialize)]
struct SmsView<'a> {
    least: usize,
    most: usize,
    answers: usize,
    questions: PartView,
    commands: PartView,
    reads: PartView,
    price: Option<String>,
    currency: Option<&'a str>,
    cost: Option<String>,
    answers_cost: Option<String>,
}

#[derive(Debug, Serialize)]
struct PartView {
    texts: usize,
    sent: usize,
    answers: usize,
    undocumented_answers: usize,
}

#[derive(Debug, Serialize)]
struct DataView<'a> {
    protocol: Option<&'a str>,
    transport: &'static str,
    interval_s: u64,
    heartbeat_s: Option<u64>,
    sessions_per_day: u64,
    report: LengthsView,
    login: Option<LengthsView>,
    heartbeat: Option<LengthsView>,
    items: Vec<ItemView>,
    bytes_per_day: u64,
    bytes_per_month: u64,
    wake_ups_per_day: u64,
}

#[derive(Debug, Serialize)]
struct LengthsView {
    frame: u64,
    answer: u64,
}

#[derive(Debug, Serialize)]
struct ItemView {
    what: &'static str,
    bytes_each: u64,
    every_s: Option<u64>,
    times_per_day: u64,
    bytes_per_day: u64,
}

#[derive(Debug, Serialize)]
struct BatteryView<'a> {
    capacity_mah: Option<f64>,
    capacity_source: Option<&'a str>,
    current_ma: Option<f64>,
    days: Option<f64>,
    unknown: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct AssumptionView {
    text: String,
    source: Option<String>,
}

/// An estimate as JSON.
#[must_use]
pub fn estimate<'a>(profile: &'a str, estimate: &'a Estimate) -> impl Serialize + 'a {
    let messages = &estimate.messages;
    let cost = |count| estimate.price.map(|price| price.times(count).to_string());
    let battery = &estimate.battery;
    EstimateView {
        schema: "homing.estimate/1",
        profile,
        sms: SmsView {
            least: messages.least(),
            most: messages.sent(),
            answers: messages.answers(),
            questions: part(messages.questions),
            commands: part(messages.commands),
            reads: part(messages.reads),
            price: cost(1),
            currency: estimate.currency.as_deref(),
            cost: cost(messages.sent()),
            answers_cost: cost(messages.answers()),
        },
        data: estimate.uplink.as_ref().ok().map(data),
        data_unknown: estimate.uplink.as_ref().err().map(String::as_str),
        battery: BatteryView {
            capacity_mah: battery.capacity.as_ref().map(|capacity| capacity.mah.to_f64()),
            capacity_source: battery.capacity.as_ref().map(|capacity| capacity.source.as_str()),
            current_ma: battery.current_ma.map(|current| current.to_f64()),
            days: battery.days().map(|days| days.to_f64()),
            unknown: battery.unknown(),
        },
        assumptions: estimate
            .assumptions()
            .into_iter()
            .map(|Assumption { text, source }| AssumptionView { text, source })
            .collect(),
    }
}

fn part(part: Part) -> PartView {
    let Part { texts, sent, answers, undocumented } = part;
    PartView { texts, sent, answers, undocumented_answers: undocumented }
}

fn data(uplink: &Reporting) -> DataView<'_> {
    let Reporting { protocol, traffic, frames, data } = uplink;
    let lengths = |Lengths { frame, answer }: Lengths| LengthsView { frame, answer };
    let item = |item: &Item| ItemView {
        what: item.what,
        bytes_each: item.each,
        every_s: item.every_s,
        times_per_day: item.times,
        bytes_per_day: item.bytes,
    };
    DataView {
        protocol: protocol.as_deref(),
        transport: traffic.transport.as_str(),
        interval_s: traffic.interval_s,
        heartbeat_s: traffic.heartbeat_s,
        sessions_per_day: traffic.sessions,
        report: lengths(frames.report),
        login: frames.login.map(lengths),
        heartbeat: frames.heartbeat.map(lengths),
        items: data.items.iter().map(item).collect(),
        bytes_per_day: data.day,
        bytes_per_month: data.month,
        wake_ups_per_day: data.wake_ups,
    }
}
