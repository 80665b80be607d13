//! Any bytes, read as anything: no panic, and memory that does not grow with what is claimed.

use proptest::prelude::*;

use super::packets::{framed, pcap};
use super::reassembly::{Segment, capture};
use super::*;

const FORMS: [Option<Form>; 7] = [
    None,
    Some(Form::Hex),
    Some(Form::Text),
    Some(Form::Log),
    Some(Form::Raw),
    Some(Form::Pcap),
    Some(Form::Lines),
];

/// Bytes that were given out must have been there: hex halves them, text adds a line end to each line.
fn check(input: &[u8]) {
    for form in FORMS {
        let Ok(seen) = try_seen(input, &Options { form, ..Options::default() }) else { continue };
        let given: usize = seen.whole.iter().map(|(.., bytes)| bytes.len()).sum::<usize>()
            + seen.streams.values().map(Vec::len).sum::<usize>();
        assert!(given <= 3 * input.len() + 2, "{form:?}: {given} of {}", input.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_read_without_a_panic(input in prop::collection::vec(any::<u8>(), 0..2_000)) {
        check(&input);
    }

    #[test]
    fn any_text_is_read_without_a_panic(input in "[0-9a-fA-Fx: \\\\,&$\\[\\]\"\r\n\t.-]{0,600}") {
        check(input.as_bytes());
    }

    #[test]
    fn any_packets_are_read_without_a_panic(
        layer in prop::sample::select(vec![0_u32, 1, 12, 101, 108, 113, 276, 147]),
        packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..120), 0..20),
    ) {
        let packets: Vec<_> = packets.into_iter().map(|bytes| (0, 0, bytes)).collect();
        check(&pcap(layer, &packets));
    }

    #[test]
    fn any_headers_of_tcp_and_udp_are_read_without_a_panic(
        packets in prop::collection::vec(
            (prop::sample::select(vec![6_u8, 17]), prop::collection::vec(any::<u8>(), 0..80)),
            0..40,
        ),
    ) {
        let packets: Vec<_> = packets.iter().map(|(protocol, bytes)| (0, 0, framed(*protocol, bytes))).collect();
        check(&pcap(1, &packets));
    }

    #[test]
    fn a_capture_with_a_flipped_bit_or_cut_anywhere_is_read_without_a_panic(
        at in any::<prop::sample::Index>(),
        bit in 0_u8..8,
        end in any::<prop::sample::Index>(),
    ) {
        let segment = |sequence: u32, payload: &[u8]| {
            Segment { up: true, sequence, acknowledged: 0, flags: 16, payload: payload.to_vec() }
        };
        let mut file = capture(&[segment(100, b"hello"), segment(105, b"world")]);
        let at = at.index(file.len());
        file[at] ^= 1 << bit;
        check(&file);
        check(&file[..end.index(file.len())]);
    }

    #[test]
    fn segments_in_any_order_with_repeats_and_overlaps_give_the_stream(
        stream in prop::collection::vec(any::<u8>(), 1..400),
        first in any::<u32>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 1_usize..60), 0..40),
        order in any::<prop::sample::Index>(),
    ) {
        // Everything once in pieces, and any pieces besides, turned round by some.
        let mut pieces: Vec<(usize, usize)> = (0..stream.len()).step_by(37).map(|at| (at, 37)).collect();
        pieces.extend(cuts.iter().map(|(at, length)| (at.index(stream.len()), *length)));
        let turn = order.index(pieces.len());
        pieces.rotate_left(turn);
        if turn % 2 == 0 {
            pieces.reverse();
        }
        let mut segments =
            vec![Segment { up: true, sequence: first.wrapping_sub(1), acknowledged: 0, flags: 2, payload: Vec::new() }];
        segments.extend(pieces.iter().map(|(at, length)| Segment {
            up: true,
            sequence: first.wrapping_add(*at as u32),
            acknowledged: 0,
            flags: 16,
            payload: stream[*at..(*at + *length).min(stream.len())].to_vec(),
        }));
        let seen = seen(&capture(&segments), None);
        prop_assert_eq!(&seen.streams[&(0, 0)], &stream);
        prop_assert!(seen.said.is_empty());
    }
}
