//! The dialogue with a GSM modem in PDU mode (3GPP TS 27.005, TS 27.007) as a pure state machine.
//! Pure: bytes and times in, bytes and events out; it knows no port, no clock, no thread and no tracker.
