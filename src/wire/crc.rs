//! The other checksums of tracker protocols, beside the sum in `checksum`: three that shift and one that folds.

/// One step of a reflected CRC per byte value, for the polynomial 0x1021 read backwards.
const REFLECTED: [u16; 256] = {
    let (mut table, mut at) = ([0_u16; 256], 0_usize);
    while at < 256 {
        let (mut value, mut bit) = (at as u16, 0);
        while bit < 8 {
            value = if value & 1 == 1 { (value >> 1) ^ 0x8408 } else { value >> 1 };
            bit += 1;
        }
        table[at] = value;
        at += 1;
    }
    table
};

/// CRC-16/X-25, as GT06 frames carry it: polynomial 0x1021 reflected, start 0xFFFF, inverted at the end.
#[must_use]
pub fn crc16_x25(bytes: &[u8]) -> u16 {
    // The mask keeps the index below 256, the length of the table.
    !bytes
        .iter()
        .fold(0xFFFF, |crc: u16, byte| (crc >> 8) ^ REFLECTED[usize::from((crc ^ u16::from(*byte)) & 0xFF)])
}

/// CRC-16/CCITT-FALSE, as Meiligao frames carry it: polynomial 0x1021, start 0xFFFF.
#[must_use]
pub fn crc16_ccitt_false(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        let mut crc: u16 = crc ^ (u16::from(*byte) << 8);
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
        }
        crc
    })
}

/// All bytes folded by exclusive or, as JT/T 808 messages carry it.
#[must_use]
pub fn xor8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |folded, byte| folded ^ byte)
}

/// The sum of an Eelink UDP packet: turned left by one bit before each byte is added, modulo 65,536.
#[must_use]
pub fn rotating_sum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum: u16, byte| sum.rotate_left(1).wrapping_add(u16::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_values_are_those_of_the_catalogues() {
        // What every catalogue of checksums gives for the digits 1 to 9.
        assert_eq!(crc16_x25(b"123456789"), 0x906E);
        assert_eq!(crc16_ccitt_false(b"123456789"), 0x29B1);
        assert_eq!(xor8(b"123456789"), 0x31);
    }

    #[test]
    fn vendors_samples_carry_these_sums() {
        // The login of the GT06 paper, 78 78 0D 01 01 23 45 67 89 01 23 45 00 01 8C DD 0D 0A.
        let login = [0x0D, 1, 1, 0x23, 0x45, 0x67, 0x89, 1, 0x23, 0x45, 0, 1];
        assert_eq!(crc16_x25(&login), 0x8CDD);
        assert_eq!(crc16_x25(&[5, 1, 0, 1]), 0xD9DC);
        assert_eq!(crc16_x25(&[]), 0);
    }

    #[test]
    fn the_rotating_sum_turns_before_it_adds() {
        // By hand: 0x8000 turned left is 1, plus 2; and 0x00FF turned is 0x01FE, plus 0xFF.
        assert_eq!(rotating_sum(&[0xFF, 0xFF]), 0x01FE + 0xFF);
        assert_eq!(rotating_sum(&[1, 0]), 2);
        assert_eq!(rotating_sum(&[]), 0);
    }
}
