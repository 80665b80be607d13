//! The languages trackers speak with a server: bytes in, typed values out, and back.
//! Pure: no sockets, no clocks, and nothing here believes a length that came from outside before it was checked.

pub mod checksum;
