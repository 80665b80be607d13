//! A listener on a thread of its own, and what it told.

use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use super::super::{Bound, Event, Mode, Options, Peer, Strange, Summary, Why, run};
use crate::wire::{Direction, Transport};

/// What was told, beyond the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    Opened,
    Bytes(Direction, Vec<u8>),
    Message { way: Direction, protocol: &'static str, id: Option<String>, claimed: bool },
    Strange(Strange),
    Closed(Why),
}

/// A listener that runs.
pub(super) struct World {
    pub(super) tcp: SocketAddr,
    pub(super) udp: SocketAddr,
    told: Receiver<Told>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Summary>>,
}

/// For what takes microseconds when nothing is wrong.
const PATIENCE: Duration = Duration::from_secs(10);

impl World {
    pub(super) fn new(mode: Mode, change: impl FnOnce(&mut Options)) -> Self {
        let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let mut options = Options { tcp: vec![any], udp: vec![any], ..Options::new(mode) };
        change(&mut options);
        let bound = Bound::new(&options).unwrap();
        let at = |wanted| bound.addresses().find(|(transport, _)| *transport == wanted).unwrap().1;
        let (tcp, udp) = (at(Transport::Tcp), at(Transport::Udp));
        let (tell, told) = channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let sink = Box::new(move |_: &Peer, event: &Event<'_>| {
                if let Some(what) = what(event) {
                    tell.send(what).ok();
                }
                ControlFlow::Continue(())
            });
            let stop = async {
                stopped.await.ok();
            };
            runtime.block_on(run(bound, &options, sink, stop)).unwrap().1
        });
        Self { tcp, udp, told, stop: Some(stop), thread: Some(thread) }
    }

    /// The next thing told of which `pick` makes something.
    #[track_caller]
    pub(super) fn until<T>(&self, mut pick: impl FnMut(&Told) -> Option<T>) -> T {
        loop {
            match self.told.recv_timeout(PATIENCE) {
                Ok(told) => {
                    if let Some(picked) = pick(&told) {
                        return picked;
                    }
                }
                Err(error) => panic!("the listener did not tell it: {error}"),
            }
        }
    }

    /// Why the next connection that ends did so.
    #[track_caller]
    pub(super) fn closed(&self) -> Why {
        self.until(|told| match told {
            Told::Closed(why) => Some(*why),
            _ => None,
        })
    }

    /// Ends it: everything that was not looked at yet, and the numbers.
    pub(super) fn end(mut self) -> (Vec<Told>, Summary) {
        self.stop.take().unwrap().send(()).unwrap();
        let summary = self.thread.take().unwrap().join().unwrap();
        (self.told.try_iter().collect(), summary)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        self.thread.take().map(JoinHandle::join);
    }
}

fn what(event: &Event<'_>) -> Option<Told> {
    Some(match event {
        Event::Opened => Told::Opened,
        Event::Bytes { way, bytes } => Told::Bytes(*way, bytes.to_vec()),
        Event::Message { way, protocol, claimed, view, .. } => Told::Message {
            way: *way,
            protocol: protocol.name,
            id: view.device_id.map(|id| id.to_string()),
            claimed: *claimed,
        },
        Event::Strange { what, .. } => Told::Strange(*what),
        Event::Closed { why, .. } => Told::Closed(*why),
        Event::Answered { .. } | Event::Sent { .. } | Event::Settled => return None,
    })
}

/// What was said in one direction, in the order in which it was told.
pub(super) fn said(told: &[Told], wanted: Direction) -> Vec<u8> {
    let pieces = told.iter().filter_map(|told| match told {
        Told::Bytes(way, bytes) if *way == wanted => Some(bytes.as_slice()),
        _ => None,
    });
    pieces.collect::<Vec<_>>().concat()
}

/// The login of the GT06 paper, and its answer there.
pub(super) const LOGIN: &[u8] = b"\x78\x78\x0D\x01\x01\x23\x45\x67\x89\x01\x23\x45\x00\x01\x8C\xDD\x0D\x0A";
pub(super) const ANSWER: &[u8] = b"\x78\x78\x05\x01\x00\x01\xD9\xDC\x0D\x0A";
