//! How many frames a second are read from a buffer of iStartek's frames, on one core: `cargo bench --bench startek`.
//! Ten runs, best and median: cut alone, cut and decoded, found by a stream and decoded; no assertion.
#![expect(clippy::panic, clippy::print_stdout, reason = "a bench prints its figures and fails by panicking")]

use std::hint::black_box;
use std::time::Instant;

use homing::wire::{Framing, Messages, Protocol, Session, Stream, What, by_name};

/// A position as trackers with four analogue inputs send it: its sum is checked and all of its fields are typed.
const FRAME: &[u8] = b"&&W149,865429043319537,000,0,,211103013512,A,22.679003,114.045085,16,1.1,0,271,76,109075,460|0|249F|000010C5,19,0000003E,00,00,0A57|0168|0000|0000,1,0100000C\r\n";
const FRAMES: usize = 10_000;
const RUNS: usize = 10;

fn main() {
    let Some(startek) = by_name("startek") else { panic!("the protocol is in the table") };
    let buffer = FRAME.repeat(FRAMES);
    println!("frames of {} bytes", FRAME.len());
    measure("cut", || cut(startek, &buffer));
    measure("cut and decoded", || decoded(startek, &buffer));
    measure("found by a stream and decoded", || streamed(&buffer));
}

fn measure(what: &str, run: impl Fn() -> usize) {
    let mut rates: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            let frames = black_box(run());
            let taken = begun.elapsed().as_secs_f64();
            assert_eq!(frames, FRAMES, "{what}: a frame was lost");
            frames as f64 / taken / 1e6
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    println!("{what}: best {:.2}, median {:.2} million frames/s", rates[RUNS - 1], rates[RUNS / 2]);
}

fn cut(protocol: &Protocol, buffer: &[u8]) -> usize {
    let (mut at, mut frames) = (0, 0);
    while let Some(Framing::Frame { len, .. }) =
        buffer.get(at..).filter(|rest| !rest.is_empty()).map(|rest| protocol.frame(rest, false))
    {
        at += len;
        frames += 1;
    }
    frames
}

fn decoded(protocol: &Protocol, buffer: &[u8]) -> usize {
    let (mut session, mut messages) = (Session::new(), Messages::new());
    let (mut at, mut frames) = (0, 0);
    while at < buffer.len() {
        let Framing::Frame { len, .. } = protocol.frame(&buffer[at..], false) else { break };
        protocol.decode(&buffer[at..at + len], &mut session, &mut messages);
        frames += usize::from(messages.first().is_some_and(|message| message.lat.is_some()));
        at += len;
    }
    frames
}

fn streamed(buffer: &[u8]) -> usize {
    let (mut stream, mut session, mut messages) = (Stream::new(), Session::new(), Messages::new());
    let mut frames = 0;
    for mut rest in buffer.chunks(64 * 1024) {
        while !rest.is_empty() {
            let taken = stream.push(rest);
            rest = &rest[taken..];
            while let Some(found) = stream.next() {
                if let What::Frame { protocol, .. } = found.what {
                    protocol.decode(found.bytes, &mut session, &mut messages);
                    frames += usize::from(messages.first().is_some_and(|message| message.lat.is_some()));
                }
            }
        }
    }
    frames
}
