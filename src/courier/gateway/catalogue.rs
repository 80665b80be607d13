//! The definitions that came with the program.

use super::definition::Definition;
use super::load::load;
use crate::profile::Finding;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/gateways.rs"));
}

/// One definition that came with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The file's name without `.toml`, which is the definition's id.
    pub id: &'static str,
    /// Its TOML.
    pub text: &'static str,
}

impl Entry {
    /// The definition.
    ///
    /// # Errors
    /// What is wrong with the text; the tests hold that nothing is.
    pub fn definition(&self) -> Result<Definition, Vec<Finding>> {
        load(self.text)
    }
}

/// All of them, by id.
pub fn built_in() -> impl Iterator<Item = Entry> {
    embedded::GATEWAYS.iter().map(|(id, text)| Entry { id, text })
}
