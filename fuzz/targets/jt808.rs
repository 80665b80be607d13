//! The codec `jt808` takes any bytes as a frame, and as a stream.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| homing_fuzz::codec("jt808", data));
