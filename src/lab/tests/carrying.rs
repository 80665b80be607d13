//! The network between modems, gateways and the echo.

use super::Bench;
use crate::lab::event::{Arrived, Event};
use crate::lab::exchange::Fate;
use crate::lab::network::{ECHO, Network, Setup};

const GATEWAY: &str = "+99960000000";
const MODEM: &str = "+99910000000";

fn texts(bench: &mut Bench, number: &str) -> Vec<String> {
    bench.network.inbox(number, 0).into_iter().map(|letter| letter.text).collect()
}

#[test]
fn a_long_text_is_put_together_and_comes_back_in_parts() {
    let mut bench = Bench::new();
    let text = "{€}".repeat(100);
    bench.echo(&text);
    let heard = bench.events.iter().find_map(|event| match event {
        Event::Deliver { text, to, .. } if to == ECHO => text.clone(),
        _ => None,
    });
    assert_eq!(heard, Some(text));
    // 600 septets of pairs: 152 in each part of 153, so four.
    let parts = bench.events.iter().filter(|event| matches!(event, Event::Inbound { .. })).count();
    assert_eq!(parts, 4);
}

#[test]
fn gateways_send_and_get_whole_texts() {
    let mut bench = Bench::new();
    let text = "Ünïcödé ✓ ".repeat(20);
    let id = bench.gateway(GATEWAY, ECHO, &text);
    assert_eq!(bench.network.fate(id), Some(Fate::Delivered));
    assert_eq!(texts(&mut bench, GATEWAY), [text]);
    let [letter] = bench.network.inbox(GATEWAY, 0).try_into().unwrap();
    assert_eq!((letter.from.as_str(), letter.to.as_str()), (ECHO, GATEWAY));
    assert_eq!(bench.network.inbox(GATEWAY, letter.number), []);
    let lost = bench.gateway(GATEWAY, "+99950000000", "x");
    assert_eq!(bench.network.fate(lost), Some(Fate::Undeliverable));
    assert_eq!(bench.network.fate(99), None);
}

#[test]
fn a_modem_and_a_gateway_write_to_each_other() {
    let mut bench = Bench::new();
    bench.gateway(GATEWAY, MODEM, "to the modem");
    assert!(bench.ask("AT+CMGL=4").starts_with("+CMGL: 1,0,,"));
    bench.send(GATEWAY, "to the gateway");
    assert_eq!(texts(&mut bench, GATEWAY), ["to the gateway"]);
    let taken = Event::Inbound {
        to: GATEWAY.to_owned(),
        modem: None,
        from: MODEM.to_owned(),
        text: Some("to the gateway".to_owned()),
        part: None,
        how: Arrived::Taken,
    };
    assert!(bench.events.contains(&taken));
}

#[test]
fn nobody_answers_from_an_unknown_number_and_the_log_says_so() {
    let mut bench = Bench::new();
    bench.send("+99950000000", "anybody?");
    let note = bench.events.iter().find_map(|event| match event {
        Event::Deliver { note, .. } => Some(note.as_str()),
        _ => None,
    });
    assert_eq!(note, Some("nobody has this number"));
}

#[test]
fn several_modems_have_numbers_and_identities_of_their_own() {
    let network = Network::new(Setup { modems: 3, ..Setup::default() }).unwrap();
    let of = |pick: fn(&crate::lab::Identity) -> &str| {
        let all: std::collections::BTreeSet<_> =
            network.modems().iter().map(|modem| pick(modem.identity()).to_owned()).collect();
        all.len()
    };
    assert_eq!(
        [of(|one| &one.imei), of(|one| &one.imsi), of(|one| &one.iccid), of(|one| &one.number)],
        [3; 4]
    );
    for modem in network.modems() {
        let identity = modem.identity();
        identity.imei.parse::<crate::tracker::Imei>().unwrap();
        identity.imsi.parse::<crate::tracker::Imsi>().unwrap();
        crate::tracker::Iccid::parse(&identity.iccid).unwrap();
    }
}
