//! Packet captures, pcap and pcapng: packets out of the file, links and their bytes out of the packets.
//! The file's container is read by a crate, the headers by another; what is claimed in either is bounded here.

mod file;
mod flows;
mod packet;
mod tcp;

use std::io::Read;

use super::{Each, Error, Options, Summary};
use flows::Flows;

pub(super) fn read(
    input: &mut (impl Read + Send),
    options: &Options,
    each: Each<'_>,
) -> Result<Summary, Error> {
    let (mut flows, mut summary) = (Flows::new(options.port), Summary::default());
    let broken = file::packets(input, &mut |layer, arrival, bytes| {
        summary.packets += 1;
        match packet::read(layer, bytes) {
            Ok(packet) => flows.packet(&packet, arrival, each),
            Err(why) => {
                why.count(layer, &mut summary.passed);
                std::ops::ControlFlow::Continue(())
            }
        }
    })?;
    summary.passed.broken = broken;
    flows.finish(each);
    Ok(summary)
}
