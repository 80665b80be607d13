//! The listener on loopback against peers that are written here: what it passes on, answers, sheds and sends back.

mod answers;
mod limits;
mod relay;
mod world;
