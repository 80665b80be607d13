//! The codec `startek` takes any bytes as a frame, and as a stream.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| homing_fuzz::codec("startek", data));
