//! Short messages: which alphabet a text needs and how many messages it takes (3GPP TS 23.038 and TS 23.040).
//! Pure: texts and numbers in, texts and numbers out.

mod alphabet;

pub use alphabet::{Alphabet, Size, extension_septet, measure};
