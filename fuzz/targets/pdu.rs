//! Any octets as a short message, from the network and to it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| homing_fuzz::pdu(data));
