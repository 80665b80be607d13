//! A text in as many messages as it takes (3GPP TS 23.040 section 9.2.3.24.1).
//! No escape pair and no surrogate pair is ever torn apart.

use super::header::{Concatenation, Header, Reference};
use super::language::Tables;
use super::{Dcs, EncodeError, Payload, Submit, UserData, septet};

/// A text as user data of one or several messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The data coding scheme of all of them.
    pub dcs: Dcs,
    /// The user data of each, in their order; with a header when there are several.
    pub parts: Vec<UserData>,
}

/// Splits a text: 160 septets or 70 units in one message; 153 or 67 in each of several with an 8-bit reference,
/// 152 or 66 with a 16-bit one. UCS-2 is used for the whole when the default alphabet lacks a character.
///
/// # Errors
/// When it takes more than 255 messages.
pub fn split(text: &str, reference: Reference) -> Result<Split, EncodeError> {
    // UDHL, the element's identifier and length, the reference, the total and the part.
    let header = match reference {
        Reference::Bits8(_) => 6,
        Reference::Bits16(_) => 7,
    };
    let tables = Tables::default();
    let septets = text.chars().map(|character| tables.septets(character)).collect::<Option<Vec<_>>>();
    let (dcs, payloads): (_, Vec<_>) = if let Some(characters) = septets {
        let each = 160 - septet::header_septets(header);
        (Dcs::GSM7, pieces(&characters, 160, each).into_iter().map(Payload::Gsm7).collect())
    } else {
        let each = (140 - header) / 2;
        let characters: Vec<_> = text.chars().map(units).collect();
        (Dcs::UCS2, pieces(&characters, 70, each).into_iter().map(Payload::Ucs2).collect())
    };
    Ok(Split { dcs, parts: number(payloads, reference)? })
}

impl Split {
    /// One message for each part, like `template` in everything but the data coding scheme and the user data.
    #[must_use]
    pub fn submits(&self, template: &Submit) -> Vec<Submit> {
        let submit = |part: &UserData| Submit { dcs: self.dcs, user_data: part.clone(), ..template.clone() };
        self.parts.iter().map(submit).collect()
    }
}

fn units(character: char) -> ([u16; 2], usize) {
    let mut pair = [0; 2];
    let count = character.encode_utf16(&mut pair).len();
    (pair, count)
}

/// Characters of one or two codes each, filled into one piece of `single` codes or into pieces of `each`.
fn pieces<T: Copy>(characters: &[([T; 2], usize)], single: usize, each: usize) -> Vec<Vec<T>> {
    let all: usize = characters.iter().map(|(_, count)| count).sum();
    let room = if all <= single { single } else { each };
    let (mut full, mut piece) = (Vec::new(), Vec::new());
    for (codes, count) in characters {
        if piece.len() + count > room {
            full.push(std::mem::take(&mut piece));
        }
        piece.extend(codes.iter().take(*count));
    }
    full.push(piece);
    full
}

/// Gives each of several parts its header.
fn number(payloads: Vec<Payload>, reference: Reference) -> Result<Vec<UserData>, EncodeError> {
    let parts = payloads.len();
    let total = u8::try_from(parts).map_err(|_| EncodeError::TooManyParts { parts })?;
    let part = |(sequence, payload)| {
        let concatenation = Concatenation { reference, total, sequence };
        UserData { header: (total > 1).then(|| Header::from(concatenation)), payload }
    };
    Ok((1..=total).zip(payloads).map(part).collect())
}
