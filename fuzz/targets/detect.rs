//! A stream whose protocol is to be found out takes any bytes, in pieces that the first byte chooses.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| homing_fuzz::detection(data));
