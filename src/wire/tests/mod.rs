//! What the rooms of the house expect of the codecs, held against documents, captures and chance.

mod laws;
pub(super) mod shown;
mod streams;
pub(super) mod support;
mod vectors;
