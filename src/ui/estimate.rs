//! An estimate for a person: sums first, then what each of them rests on.

use crate::estimate::{Battery, Estimate, Part, Reporting};
use crate::tracker::Transport;
use crate::units::show_duration;

use super::commands::plural;
use super::term::{Term, escape};

/// Writes an estimate.
pub fn write(term: &mut Term, title: &str, estimate: &Estimate) {
    let title = escape(title);
    let title = term.bold(&title);
    term.line(title);
    messages(term, estimate);
    match &estimate.uplink {
        Ok(uplink) => data(term, uplink),
        Err(why) => term.sentence(&format!("\n  data      not known: {}", escape(why))),
    }
    battery(term, &estimate.battery);
    term.line("\n  what this rests on");
    for one in estimate.assumptions() {
        let source = one.source.as_deref().unwrap_or("assumed");
        term.sentence(&escape(&format!("    -  {} [{source}]", one.text)));
    }
}

fn messages(term: &mut Term, estimate: &Estimate) {
    let messages = &estimate.messages;
    let (least, most) = (messages.least(), messages.sent());
    let range = if least == most { most.to_string() } else { format!("{least} to {most}") };
    term.line(format!("\n  SMS       {range} to the tracker, at most {} back", messages.answers()));
    for (name, part) in
        [("ask first", messages.questions), ("commands", messages.commands), ("read back", messages.reads)]
    {
        if part != Part::default() {
            let Part { texts, sent, answers, .. } = part;
            let many = plural(texts);
            term.line(format!("    {name:<10} {texts} text{many}, {sent} SMS, answers {answers} SMS"));
        }
    }
    let Some(price) = estimate.price else { return };
    let currency = estimate.currency.as_deref().map(|name| format!(" {}", escape(name))).unwrap_or_default();
    term.sentence(&format!(
        "  cost      at most {}{currency} for what is sent, and {}{currency} for the answers where the tracker's SIM pays {price} as well",
        price.times(most),
        price.times(messages.answers())
    ));
}

fn data(term: &mut Term, uplink: &Reporting) {
    let Reporting { protocol, traffic, data, .. } = uplink;
    let every = show_duration(std::time::Duration::from_secs(traffic.interval_s));
    let by = match traffic.transport {
        Transport::Tcp => "TCP",
        Transport::Udp => "UDP",
    };
    let protocol = protocol.as_deref().map(|name| format!(" in {name}")).unwrap_or_default();
    term.sentence(&format!("\n  data      a report every {every} over {by}{protocol}"));
    let size = |bytes: u64| format!("{bytes} bytes ({})", mega(bytes));
    term.line(format!("    a day      {}", size(data.day)));
    term.line(format!("    a month    {}", size(data.month)));
    for item in &data.items {
        let head = format!("{} a day", item.times);
        term.line(format!("    {:<14} {head:<14} of {} bytes: {} bytes", item.what, item.each, item.bytes));
    }
    term.line(format!("    wakes up {} times a day to send", data.wake_ups));
}

/// Millions of bytes, as networks bill them, with what is below a hundredth said.
fn mega(bytes: u64) -> String {
    match (bytes.saturating_add(5_000)) / 10_000 {
        0 => "below 0.01 MB".to_owned(),
        hundredths => format!("{}.{:02} MB", hundredths / 100, hundredths % 100),
    }
}

fn battery(term: &mut Term, battery: &Battery) {
    let capacity = battery.capacity.as_ref();
    match (battery.days(), battery.unknown()) {
        (Some(days), _) => term.line(format!("\n  battery   {days} days")),
        (None, why) => {
            let why = why.unwrap_or_default();
            term.sentence(&format!("\n  battery   days not known: {why}"));
            if let Some(capacity) = capacity {
                term.sentence(&escape(&format!("    it holds {} mAh [{}]", capacity.mah, capacity.source)));
            }
        }
    }
}
