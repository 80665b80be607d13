//! Checksums of tracker protocols, each named by what it computes.

/// Low byte of the sum of all bytes, as iStartek frames carry it
/// (protocol V1.6: from the first byte of the frame to the last before the checksum).
#[must_use]
pub fn sum8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

#[cfg(test)]
mod tests {
    use super::sum8;

    #[test]
    fn the_sum_of_the_vendors_sample_is_da() {
        // V1.6 gives 0x04DA for this text, of which the low byte is sent.
        assert_eq!(sum8(b"&&A20,021104023195429,800"), 0xDA);
    }
}
