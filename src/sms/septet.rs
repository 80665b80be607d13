//! Septets in octets, the first bit lowest (3GPP TS 23.038 section 6.1.2.1.1).
//! It knows bits and counts only: what a septet means is for the tables.

/// Packs septets behind `fill` zero bits; the bits left in the last octet are zero.
pub(super) fn pack(septets: &[u8], fill: usize) -> Vec<u8> {
    let mut octets = vec![0; (fill + septets.len() * 7).div_ceil(8)];
    for (index, septet) in septets.iter().enumerate() {
        let bit = fill + index * 7;
        let wide = u16::from(septet & 0x7F) << (bit % 8);
        for (octet, half) in octets.iter_mut().skip(bit / 8).zip(wide.to_le_bytes()) {
            *octet |= half;
        }
    }
    octets
}

/// Unpacks up to `count` septets from bit `first` on; it stops where the octets end.
pub(super) fn unpack(octets: &[u8], first: usize, count: usize) -> Vec<u8> {
    let septet = |index: usize| {
        let bit = first + index * 7;
        let low = u16::from(*octets.get(bit / 8)?);
        let high = octets.get(bit / 8 + 1).map(|octet| u16::from(*octet));
        if bit % 8 > 1 && high.is_none() {
            return None;
        }
        Some(((low | high.unwrap_or(0) << 8) >> (bit % 8)) as u8 & 0x7F)
    };
    (0..count).map_while(septet).collect()
}

/// Septets that so many octets of header take, fill bits included (TS 23.040 section 9.2.3.24).
pub(super) fn header_septets(octets: usize) -> usize {
    (octets * 8).div_ceil(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn septets_fill_octets_from_the_lowest_bit_on() {
        // `hellohello`, the example that every tutorial of the standard gives.
        let septets = b"hellohello";
        let octets = [0xE8, 0x32, 0x9B, 0xFD, 0x46, 0x97, 0xD9, 0xEC, 0x37];
        assert_eq!(pack(septets, 0), octets);
        assert_eq!(unpack(&octets, 0, 10), septets);
        // Section 6.1.2.1.1: 7 characters leave 7 zero bits in the 7th octet, 8 fill 7 octets to the last bit.
        assert_eq!(pack(&[0x7F; 7], 0), [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]);
        assert_eq!(pack(&[0x7F; 8], 0), [0xFF; 7]);
        assert_eq!(pack(&[0x01], 0), [0x01]);
        assert_eq!(pack(&[0x01, 0x01], 0), [0x81, 0x00]);
    }

    #[test]
    fn fill_bits_come_first_and_stay_zero() {
        // A header of 6 octets is 48 bits: one fill bit, and the text begins at septet 7.
        assert_eq!(pack(&[0x61], 1), [0xC2]);
        assert_eq!(unpack(&[0, 0, 0, 0, 0, 0, 0xC2], 49, 1), [0x61]);
        for (octets, septets) in [(0, 0), (1, 2), (4, 5), (6, 7), (7, 8), (8, 10), (140, 160)] {
            assert_eq!(header_septets(octets), septets, "{octets} octets");
        }
    }

    #[test]
    fn unpacking_ends_where_the_octets_end() {
        assert_eq!(unpack(&[0xE8, 0x32], 0, 10), b"he");
        assert_eq!(unpack(&[0xE8], 0, 10), b"h");
        assert!(unpack(&[], 0, 10).is_empty());
        assert!(unpack(&[0xFF; 3], 1_000, 10).is_empty());
        assert_eq!(unpack(&[0xFF; 7], 0, usize::MAX / 8).len(), 8);
    }
}
