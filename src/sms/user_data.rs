//! User data: its length, its header, and text or octets behind it (3GPP TS 23.040 sections 9.2.3.16 and 9.2.3.24).
//! TP-UDL decides how much of it is text, whatever the spare bits look like.

use super::header::Header;
use super::language::Tables;
use super::reader::Reader;
use super::text::{from_septets, from_units, to_septets};
use super::{Coding, Damage, Dcs, EncodeError, PduError, septet};

/// Octets and septets that one message takes.
const OCTETS: usize = 140;
const SEPTETS: usize = 160;

/// TP-UD: a header, where there is one, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserData {
    /// The header; TP-UDHI says that there is one.
    pub header: Option<Header>,
    /// The rest.
    pub payload: Payload,
}

/// What user data holds behind its header.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Payload {
    /// Septets of the GSM alphabet, one in each octet.
    Gsm7(Vec<u8>),
    /// Octets without a meaning that the standard knows.
    Data(Vec<u8>),
    /// 16-bit units.
    Ucs2(Vec<u16>),
    /// Compressed text as octets.
    Compressed(Vec<u8>),
}

impl Payload {
    fn describe(&self) -> &'static str {
        match self {
            Self::Gsm7(_) => "GSM 7-bit text",
            Self::Data(_) => "8-bit data",
            Self::Ucs2(_) => "UCS-2 text",
            Self::Compressed(_) => "compressed text",
        }
    }
}

impl UserData {
    /// A text in the default alphabet or, where that lacks a character, in UCS-2; no header. Whether it fits into
    /// one message is seen when it is written.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let payload = to_septets(text, Tables::default())
            .map_or_else(|_| Payload::Ucs2(text.encode_utf16().collect()), Payload::Gsm7);
        Self { header: None, payload }
    }

    /// The data coding scheme without class that announces it; none for compressed text.
    #[must_use]
    pub fn dcs(&self) -> Option<Dcs> {
        match self.payload {
            Payload::Gsm7(_) => Some(Dcs::GSM7),
            Payload::Data(_) => Some(Dcs::DATA),
            Payload::Ucs2(_) => Some(Dcs::UCS2),
            Payload::Compressed(_) => None,
        }
    }

    /// The tables that its header asks for, as far as they are here.
    #[must_use]
    pub fn tables(&self) -> Tables {
        self.header.as_ref().map(Header::tables).unwrap_or_default()
    }

    /// The text; none when it is octets or compressed.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match &self.payload {
            Payload::Gsm7(septets) => Some(from_septets(septets, self.tables()).0),
            Payload::Ucs2(units) => Some(from_units(units).0),
            Payload::Data(_) | Payload::Compressed(_) => None,
        }
    }

    /// The octets of 8-bit data and of compressed text.
    #[must_use]
    pub fn octets(&self) -> Option<&[u8]> {
        match &self.payload {
            Payload::Data(octets) | Payload::Compressed(octets) => Some(octets),
            Payload::Gsm7(_) | Payload::Ucs2(_) => None,
        }
    }

    /// Reads TP-UDL and TP-UD.
    pub(super) fn read(
        reader: &mut Reader<'_>,
        dcs: Dcs,
        has_header: bool,
        damage: &mut Vec<Damage>,
    ) -> Result<Self, PduError> {
        let length = usize::from(reader.octet("TP-UDL")?);
        let in_septets = dcs.coding() == Coding::Gsm7 && !dcs.is_compressed();
        let claimed = if in_septets { (length * 7).div_ceil(8) } else { length };
        let offset = reader.offset();
        let data = reader.take_up_to(claimed);
        let is_cut = data.len() < claimed;
        if is_cut {
            damage.push(Damage::Cut { claimed, present: data.len() });
        }
        let (header, header_octets) = if has_header { read_header(data, offset, damage)? } else { (None, 0) };
        let behind = data.get(header_octets..).unwrap_or_default();
        let payload = if dcs.is_compressed() {
            Payload::Compressed(behind.to_vec())
        } else if in_septets {
            let count = if is_cut { data.len() * 8 / 7 } else { length };
            let skipped = septet::header_septets(header_octets);
            Payload::Gsm7(septet::unpack(data, skipped * 7, count.saturating_sub(skipped)))
        } else if dcs.coding() == Coding::Ucs2 {
            Payload::Ucs2(units(behind, damage))
        } else {
            Payload::Data(behind.to_vec())
        };
        let user_data = Self { header, payload };
        user_data.note(damage);
        Ok(user_data)
    }

    /// What could not be read as it stands.
    fn note(&self, damage: &mut Vec<Damage>) {
        if let Some(header) = &self.header {
            header.note(matches!(self.payload, Payload::Gsm7(_)), damage);
        }
        match &self.payload {
            Payload::Gsm7(septets) if from_septets(septets, self.tables()).1 => {
                damage.push(Damage::LoneEscape);
            }
            Payload::Ucs2(units) => {
                let count = from_units(units).1;
                if count > 0 {
                    damage.push(Damage::LoneSurrogates { count });
                }
            }
            Payload::Compressed(_) => damage.push(Damage::Compressed),
            Payload::Gsm7(_) | Payload::Data(_) => {}
        }
    }

    /// Writes TP-UDL and TP-UD.
    pub(super) fn write(&self, dcs: Dcs, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let mut data = Vec::new();
        if let Some(header) = &self.header {
            let elements = header.octets()?;
            limit(elements.len() + 1, "octets", OCTETS)?;
            data.push(elements.len() as u8);
            data.extend(elements);
        }
        let length = match (&self.payload, dcs.coding(), dcs.is_compressed()) {
            (Payload::Gsm7(septets), Coding::Gsm7, false) => {
                let skipped = septet::header_septets(data.len());
                let fill = skipped * 7 - data.len() * 8;
                limit(skipped + septets.len(), "septets", SEPTETS)?;
                data.extend(septet::pack(septets, fill));
                skipped + septets.len()
            }
            (Payload::Ucs2(units), Coding::Ucs2, false) => {
                data.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
                data.len()
            }
            (Payload::Data(octets), Coding::Data, false) | (Payload::Compressed(octets), _, true) => {
                data.extend(octets);
                data.len()
            }
            (payload, announced, _) => {
                return Err(EncodeError::Coding { dcs: dcs.0, announced, present: payload.describe() });
            }
        };
        limit(data.len(), "octets", OCTETS)?;
        out.push(length as u8);
        out.extend(data);
        Ok(())
    }
}

/// The header at the start of user data, and the octets that it takes with its length.
fn read_header(
    data: &[u8],
    offset: usize,
    damage: &mut Vec<Damage>,
) -> Result<(Option<Header>, usize), PduError> {
    let Some((length, behind)) = data.split_first() else {
        damage.push(Damage::HeaderMissing);
        return Ok((None, 0));
    };
    let (claimed, present) = (usize::from(*length), behind.len());
    let octets = behind.get(..claimed).ok_or(PduError::HeaderBeyondData { offset, claimed, present })?;
    let header = Header::read(octets);
    if header.is_none() {
        damage.push(Damage::HeaderIgnored { octets: claimed });
    }
    Ok((header, claimed + 1))
}

fn units(octets: &[u8], damage: &mut Vec<Damage>) -> Vec<u16> {
    let (pairs, half) = octets.as_chunks::<2>();
    if !half.is_empty() {
        damage.push(Damage::HalfUnit);
    }
    pairs.iter().copied().map(u16::from_be_bytes).collect()
}

fn limit(units: usize, unit: &'static str, limit: usize) -> Result<(), EncodeError> {
    if units > limit { Err(EncodeError::TooLong { units, unit, limit }) } else { Ok(()) }
}
