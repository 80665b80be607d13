//! Packet captures, pcap and pcapng: packets out of the file, links and their bytes out of the packets.
//! The file's container is read by a crate, the headers by another; what is claimed in either is bounded here.

mod file;
mod flows;
mod packet;
mod parts;
mod tcp;

use std::io::Read;
use std::ops::ControlFlow;

use super::{Each, Error, Options, Summary};
use flows::Flows;
use packet::Found;
use parts::Parts;

pub(super) fn read(
    input: &mut (impl Read + Send),
    options: &Options,
    each: Each<'_>,
) -> Result<Summary, Error> {
    let (mut flows, mut summary) = (Flows::new(options.port), Summary::default());
    let mut parts = Parts::default();
    let broken = file::packets(input, &mut |layer, arrival, bytes| {
        summary.packets += 1;
        let content;
        let packet = match packet::read(layer, bytes) {
            Ok(Found::Packet(packet)) => Ok(packet),
            Ok(Found::Part(part)) => match parts.add(&part) {
                Some(whole) => {
                    content = whole;
                    packet::content(part.whole.from, part.whole.to, part.whole.protocol, &content)
                }
                None => return ControlFlow::Continue(()),
            },
            Err(why) => Err(why),
        };
        match packet {
            Ok(packet) => flows.packet(&packet, arrival, each),
            Err(why) => {
                why.count(layer, &mut summary.passed);
                ControlFlow::Continue(())
            }
        }
    })?;
    summary.passed.fragments = parts.left();
    summary.passed.broken = broken;
    flows.finish(each);
    Ok(summary)
}
