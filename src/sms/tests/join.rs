//! Parts in any order, twice, from several senders, and some that never come.

use std::time::Duration;

use super::super::*;

fn stamp(seconds: i64) -> Timestamp {
    Timestamp::from_unix(1_772_386_496 + seconds, 0).unwrap()
}

/// The parts of a text as they arrive.
fn parts(sender: &str, text: &str, reference: Reference, seconds: i64) -> Vec<Part> {
    let sender = Address::e164(sender).unwrap();
    let part = |user_data| Part::of(&Deliver::new(sender.clone(), stamp(seconds), user_data)).unwrap();
    split(text, reference).unwrap().parts.into_iter().map(part).collect()
}

const A: &str = "+573001234567";
const B: &str = "+573007654321";
const R: Reference = Reference::Bits8(1);

fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn long(begin: &str) -> String {
    format!("{begin} {}", "0123456789".repeat(40))
}

fn whole(joined: Joined) -> String {
    match joined {
        Joined::Whole(gathered) => {
            assert!(gathered.is_whole() && gathered.missing().next().is_none());
            gathered.text().unwrap()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn parts_are_joined_in_whatever_order_they_come() {
    let text = long("reply");
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut joiner = Joiner::default();
        let parts = parts(A, &text, R, 0);
        let mut last = None;
        for (have, at) in (1..).zip(order) {
            let accepted = joiner.accept(parts[at].clone(), s(have));
            assert_eq!(accepted.given_up, None);
            if have < 3 {
                let have = u8::try_from(have).unwrap();
                assert_eq!(accepted.joined, Joined::Waiting { have, total: 3 });
            }
            last = Some(accepted.joined);
        }
        assert_eq!(whole(last.unwrap()), text, "{order:?}");
        assert_eq!(joiner.waiting().count(), 0);
    }
}

#[test]
fn senders_references_widths_and_totals_are_kept_apart() {
    let mut joiner = Joiner::default();
    let texts = [long("one"), long("two"), long("three"), long("four"), "x".repeat(161)];
    let messages = [
        parts(A, &texts[0], R, 0),
        parts(B, &texts[1], R, 0),
        parts(A, &texts[2], Reference::Bits8(2), 0),
        parts(A, &texts[3], Reference::Bits16(1), 0),
        parts(A, &texts[4], R, 0),
    ];
    let mut joined = vec![];
    for at in 0..3 {
        for parts in &messages {
            if let Some(part) = parts.get(at)
                && let Joined::Whole(gathered) = joiner.accept(part.clone(), s(1)).joined
            {
                joined.push(gathered.text().unwrap());
            }
        }
    }
    joined.sort_unstable();
    let mut expected = texts.to_vec();
    expected.sort_unstable();
    assert_eq!(joined, expected);
}

#[test]
fn duplicates_are_dropped_before_and_after_the_message_is_whole() {
    let mut joiner = Joiner::default();
    let parts = parts(A, &long("reply"), R, 0);
    let _ = joiner.accept(parts[0].clone(), s(0));
    assert_eq!(joiner.accept(parts[0].clone(), s(1)).joined, Joined::Duplicate);
    let _ = joiner.accept(parts[1].clone(), s(2));
    let _ = joiner.accept(parts[2].clone(), s(3));
    for part in parts {
        let (joined, before) = (Joined::Duplicate, Before::Parts);
        let accepted = joiner.accept(part, s(4));
        assert_eq!((accepted.joined, accepted.before, accepted.given_up), (joined, before, None));
    }
}

#[test]
fn a_reference_that_is_used_again_begins_a_new_message() {
    let mut joiner = Joiner::default();
    let (first, second) = (long("first"), long("second"));
    for part in parts(A, &first, R, 0) {
        let _ = joiner.accept(part, s(0));
    }
    // The same text, the same reference, another time: sent again.
    let last = parts(A, &first, R, 60).into_iter().map(|part| joiner.accept(part, s(60))).last().unwrap();
    assert_eq!(whole(last.joined), first);
    // Another text while one is unfinished: both are under way.
    let _ = joiner.accept(parts(A, &long("third"), R, 70)[0].clone(), s(70));
    let new = parts(A, &second, R, 80).into_iter().map(|part| joiner.accept(part, s(81)));
    assert_eq!(whole(new.last().unwrap().joined), second);
    let overdue = joiner.overdue(s(200), s(120));
    assert_eq!(
        overdue.iter().map(|one| one.text().unwrap()[..10].to_owned()).collect::<Vec<_>>(),
        ["third 0123"]
    );
}

/// One sender, one reference, two messages at once: each part goes to the message that the service centre got at its
/// time, in whatever order they come.
#[test]
fn two_messages_of_one_reference_that_come_at_once_are_not_mixed() {
    let texts = [long("first"), long("second")];
    for apart in [1, 60, 290] {
        let both = [parts(A, &texts[0], R, 0), parts(A, &texts[1], R, apart)];
        // Which message each of six parts is of; the parts of one come in order or from the last one.
        for order in 0_u32..64 {
            if order.count_ones() != 3 {
                continue;
            }
            for backwards in [false, true] {
                let mut joiner = Joiner::default();
                let mut next = both.clone().map(Vec::into_iter);
                let mut found = Vec::new();
                for at in 0..6 {
                    let parts = &mut next[usize::from(order >> at & 1 == 1)];
                    let part = if backwards { parts.next_back() } else { parts.next() };
                    let accepted = joiner.accept(part.unwrap(), s(at));
                    assert_eq!(accepted.given_up, None);
                    if let Joined::Whole(gathered) = accepted.joined {
                        assert_eq!(gathered.key, accepted.key);
                        found.push(gathered.text().unwrap());
                    }
                }
                found.sort_unstable();
                assert_eq!(found, texts, "{apart} {order:06b} {backwards}");
            }
        }
    }
}

#[test]
fn what_stays_unfinished_is_given_up_with_its_gaps_shown() {
    let mut joiner = Joiner::default();
    let text = long("reply");
    let all = parts(A, &text, R, 0);
    let _ = joiner.accept(all[1].clone(), s(10));
    let _ = joiner.accept(parts(B, &text, R, 0)[0].clone(), s(15));
    assert_eq!(joiner.overdue(s(19), s(10)), []);
    let overdue = joiner.overdue(s(20), s(10));
    assert_eq!(overdue.len(), 1);
    assert_eq!(overdue[0].text().unwrap(), format!("…{}…", &text[153..306]));
    assert_eq!((overdue[0].is_whole(), overdue[0].parts.len()), (false, 1));
    assert_eq!(
        joiner.waiting().map(|(key, have)| (key.sender.to_string(), have)).collect::<Vec<_>>(),
        [(B.to_owned(), 1)]
    );
    // A clock that goes backwards gives nothing up.
    assert_eq!(joiner.overdue(s(0), s(10)), []);
    assert_eq!(joiner.overdue(s(1_000), s(10)).len(), 1);
}

#[test]
fn a_part_that_comes_after_its_message_was_told_as_unfinished_still_completes_it() {
    let text = long("reply");
    let all = parts(A, &text, R, 0);
    let mut joiner = Joiner::default();
    let _ = joiner.accept(all[0].clone(), s(0));
    assert_eq!(joiner.overdue(s(120), s(120)).len(), 1);
    // Told once, and waited for by nobody.
    assert_eq!((joiner.overdue(s(9_000), s(120)).len(), joiner.waiting().count()), (0, 0));
    let late = joiner.accept(all[2].clone(), s(10_000));
    assert_eq!((late.before, late.given_up), (Before::Told, None));
    assert_eq!(late.joined, Joined::Waiting { have: 2, total: 3 });
    // What there is more of it is told again, and the last part makes it whole.
    assert_eq!(joiner.overdue(s(10_120), s(120))[0].parts.len(), 2);
    let last = joiner.accept(all[1].clone(), s(20_000));
    assert_eq!((last.before, whole(last.joined)), (Before::Told, text));
}

#[test]
fn a_later_message_with_the_same_reference_is_not_put_together_with_parts_that_were_told() {
    let (text, other) = (long("reply"), long("other"));
    let old = parts(A, &text, R, 0);
    let again = parts(A, &text, R, 600);
    let others = parts(A, &other, R, 200);
    // The same words again, another part of them, sent when the time of the first had passed; and other words.
    for (new, seconds) in [(&again[0], 600), (&again[1], 600), (&others[0], 200)] {
        let mut joiner = Joiner::default();
        let _ = joiner.accept(old[0].clone(), s(0));
        let _ = joiner.overdue(s(120), s(120));
        let accepted = joiner.accept(new.clone(), s(seconds));
        assert_eq!((accepted.before, accepted.given_up), (Before::Nothing, None), "{new:?}");
    }
    // And not for ever: a day later nobody believes that it belongs to it.
    let mut joiner = Joiner::default();
    let _ = joiner.accept(old[0].clone(), s(0));
    let _ = joiner.overdue(s(120), s(120));
    assert_eq!(joiner.accept(old[1].clone(), s(24 * 3600)).before, Before::Nothing);
}

#[test]
fn memory_is_bounded_and_finished_messages_make_room_first() {
    let mut joiner = Joiner::new(2);
    let text = long("reply");
    let first = |reference| parts(A, &text, Reference::Bits16(reference), 0);
    for part in first(0) {
        let _ = joiner.accept(part, s(5));
    }
    let _ = joiner.accept(first(1)[0].clone(), s(1));
    assert_eq!(joiner.accept(first(2)[0].clone(), s(6)).given_up, None);
    let given_up = joiner.accept(first(3)[0].clone(), s(7)).given_up.unwrap();
    assert_eq!(given_up.key.reference, Reference::Bits16(1));
    for reference in 4..2_000 {
        assert!(joiner.accept(first(reference)[2].clone(), s(8)).given_up.is_some());
        assert_eq!(joiner.waiting().count(), 2);
    }
}

#[test]
fn a_single_message_and_an_impossible_element_are_no_part() {
    let sender = Address::e164(A).unwrap();
    let deliver = |header| {
        let user_data = UserData { header, ..UserData::from_text("OK") };
        Part::of(&Deliver::new(sender.clone(), stamp(0), user_data))
    };
    assert_eq!(deliver(None), None);
    assert_eq!(deliver(Some(Header::default())), None);
    for (total, sequence) in [(0, 0), (0, 1), (2, 0), (2, 3)] {
        assert_eq!(deliver(Some(Concatenation { reference: R, total, sequence }.into())), None);
    }
    let part = deliver(Some(Concatenation { reference: R, total: 1, sequence: 1 }.into())).unwrap();
    assert_eq!((part.sequence(), part.key().total), (1, 1));
    assert_eq!(whole(Joiner::default().accept(part, s(0)).joined), "OK");
}

/// Parts with these payloads, from one sender.
fn gathered(payloads: Vec<Payload>) -> Gathered {
    let total = u8::try_from(payloads.len()).unwrap();
    let key = Key { sender: Address::e164(A).unwrap(), reference: R, total, nth: 0 };
    let part = |payload| UserData { header: None, payload };
    Gathered { key, parts: (1..).zip(payloads.into_iter().map(part)).collect() }
}

#[test]
fn pairs_that_a_careless_sender_tore_apart_are_whole_again() {
    let torn = gathered(vec![Payload::Gsm7(vec![0x61, 0x1B]), Payload::Gsm7(vec![0x65, 0x62])]);
    assert_eq!(torn.text().as_deref(), Some("a€b"));
    let torn = gathered(vec![Payload::Ucs2(vec![0x41, 0xD83D]), Payload::Ucs2(vec![0xDC15])]);
    assert_eq!(torn.text().as_deref(), Some("A🐕"));
}

#[test]
fn parts_of_different_alphabets_make_one_text_and_octets_make_none() {
    let mixed =
        gathered(vec![Payload::Gsm7(vec![0x61]), Payload::Ucs2(vec![0x0436]), Payload::Gsm7(vec![0x62])]);
    assert_eq!(mixed.text().as_deref(), Some("aжb"));
    let data = gathered(vec![Payload::Gsm7(vec![0x61]), Payload::Data(vec![1])]);
    assert_eq!((data.text(), data.is_whole()), (None, true));
}
