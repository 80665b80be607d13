//! What each fault does to a client, as the table of faults says.

use std::time::Duration;

use super::Bench;
use crate::lab::event::Event;
use crate::lab::fault::{FAULTS, Fault, FaultError, Needs};
use crate::lab::network::{Network, STRANGER, Setup};

#[test]
fn every_fault_has_a_name_that_is_read_and_written_alike() {
    for entry in FAULTS {
        let value = match entry.needs {
            Needs::Nothing => "",
            Needs::Time => "=5s",
            Needs::Code => "=38",
        };
        let text = format!("{}{value}", entry.name);
        let fault: Fault = text.parse().unwrap();
        assert_eq!((fault.kind, fault.to_string()), (entry.kind, text));
        assert_eq!(fault.kind.entry(), &entry);
    }
    let twice = vec!["pin".parse().unwrap(), "pin".parse().unwrap()];
    let error = Network::new(Setup { faults: twice, ..Setup::default() }).err();
    assert_eq!(error, Some(FaultError::Twice("pin".to_owned())));
}

#[test]
fn silent_after_ctrl_z_takes_the_message_and_answers_the_next_command() {
    let mut bench = Bench::with(&["silent-after-ctrl-z"]);
    assert_eq!(bench.send("+99950000000", "x"), "");
    assert_eq!((bench.submissions(), bench.say("AT\r")), (1, "\r\nOK\r\n".to_owned()));
}

#[test]
fn late_cmgs_holds_every_answer_back() {
    let mut bench = Bench::with(&["late-cmgs=30s"]);
    assert_eq!(bench.send("+99950000000", "x"), "");
    assert_eq!(bench.say("AT\r"), "");
    assert_eq!(bench.wait(Duration::from_secs(29)), "");
    assert_eq!(bench.wait(Duration::from_secs(1)), "\r\n+CMGS: 0\r\n\r\nOK\r\n\r\nOK\r\n");
}

#[test]
fn an_error_or_nothing_stands_in_place_of_the_prompt() {
    let mut bench = Bench::with(&["error-at-prompt"]);
    assert_eq!(bench.say("AT+CMGS=14\r"), "\r\nERROR\r\n");
    assert_eq!(bench.say("AT\r"), "\r\nOK\r\n");
    let mut bench = Bench::with(&["no-prompt"]);
    assert_eq!(bench.say("AT+CMGS=14\r"), "");
    assert_eq!(bench.say("\u{1b}AT\r"), "\r\nOK\r\n");
}

#[test]
fn a_refusal_carries_its_number_and_the_message_goes_nowhere() {
    let mut bench = Bench::with(&["cms=38"]);
    assert_eq!(bench.echo("x"), "\r\n+CMS ERROR: 38\r\n");
    assert_eq!(bench.submissions(), 0);
    let mut bench = Bench::with(&["not-registered"]);
    assert_eq!(bench.ask("AT+CREG?"), "+CREG: 0,2 OK");
    assert_eq!(bench.echo("x"), "\r\n+CMS ERROR: 331\r\n");
    assert!(bench.events.iter().any(|event| matches!(event, Event::Submit { refused: Some(331), .. })));
}

#[test]
fn the_port_vanishes_behind_a_message_that_was_taken() {
    let mut bench = Bench::with(&["vanish"]);
    assert_eq!(bench.send("+99950000000", "x"), "");
    assert_eq!((bench.submissions(), bench.closed), (1, true));
}

#[test]
fn unsolicited_lines_stand_inside_answers() {
    let mut bench = Bench::with(&["urc-in-answers"]);
    let said = bench.echo("x");
    let before = said.find("+CMGS: 0").unwrap();
    assert!(said[..before].contains(": "), "{said:?}");
    assert!(said.contains("\r\nOK\r\n"));
}

#[test]
fn the_sim_card_wants_its_pin_three_times_and_then_its_puk() {
    let mut bench = Bench::with(&["pin"]);
    bench.ask("AT+CMEE=1");
    assert_eq!(bench.ask("AT+CPIN?"), "+CPIN: SIM PIN OK");
    assert_eq!(bench.ask("AT+CMGS=14"), "+CMS ERROR: 311");
    assert_eq!(bench.ask("AT+CIMI"), "+CME ERROR: 11");
    assert_eq!(bench.ask("AT+CPINR=\"SIM PIN\""), "+CPINR: SIM PIN,3,3 OK");
    assert_eq!(bench.ask("AT+CPIN=0000"), "+CME ERROR: 16");
    assert_eq!(bench.ask("AT+CPINR=\"SIM PIN\""), "+CPINR: SIM PIN,2,3 OK");
    assert_eq!(bench.ask("AT+CPIN=\"1234\""), "OK");
    assert_eq!(bench.ask("AT+CPIN?"), "+CPIN: READY OK");
    let mut bench = Bench::with(&["pin"]);
    for _ in 0..3 {
        bench.ask("AT+CPIN=0000");
    }
    assert_eq!(bench.ask("AT+CPIN?"), "+CPIN: SIM PUK OK");
    assert_eq!(Bench::with(&["puk"]).ask("AT+CPIN?"), "+CPIN: SIM PUK OK");
}

#[test]
fn a_full_store_and_a_delete_that_fails() {
    let mut bench = Bench::with(&["storage-full"]);
    assert_eq!(bench.ask("AT+CPMS?"), "+CPMS: \"ME\",100,100,\"ME\",100,100,\"ME\",100,100 OK");
    bench.ask("AT+CNMI=2,1");
    assert!(!bench.echo("x").contains("+CMTI"));
    assert_eq!(bench.ask("AT+CMGD=5"), "OK +CMTI: \"ME\",5");
    let mut bench = Bench::with(&["delete-fails"]);
    bench.echo("x");
    assert_eq!(bench.ask("AT+CMGD=1"), "OK");
    assert!(bench.ask("AT+CMGR=1").starts_with("+CMGR: 0"));
}

#[test]
fn messages_come_twice_or_unannounced() {
    let mut bench = Bench::with(&["duplicate-delivery"]);
    bench.echo("x");
    // The message twice, and each answer to it twice.
    assert_eq!((bench.submissions(), bench.ask("AT+CMGL=4").matches("+CMGL: ").count()), (1, 4));
    let mut bench = Bench::with(&["cmti-lost"]);
    bench.ask("AT+CNMI=2,1");
    assert!(!bench.echo("x").contains("+CMTI"));
    assert_eq!(bench.ask("AT+CMGL=4").matches("+CMGL: ").count(), 1);
}

fn inbound(bench: &Bench) -> Vec<(String, String)> {
    let of = |event: &Event| match event {
        Event::Inbound { from, text, .. } => Some((from.clone(), text.clone().unwrap_or_default())),
        _ => None,
    };
    bench.events.iter().filter_map(of).collect()
}

#[test]
fn answers_get_lost_come_from_elsewhere_or_bring_what_drives_terminals() {
    let mut bench = Bench::with(&["silent-answers"]);
    bench.echo("x");
    assert_eq!(inbound(&bench), []);
    let mut bench = Bench::with(&["answer-from-other-number"]);
    bench.echo("x");
    assert_eq!(inbound(&bench), [(STRANGER.to_owned(), "x".to_owned())]);
    let mut bench = Bench::with(&["hostile-answer"]);
    bench.echo("answer");
    let [(_, text)] = inbound(&bench).try_into().unwrap();
    assert!(text.starts_with('=') && text.contains('\u{1b}') && text.contains("answer"), "{text:?}");
}

#[test]
fn parts_come_in_the_wrong_order_and_answers_with_an_old_time() {
    let mut bench = Bench::with(&["parts-out-of-order"]);
    bench.echo(&("a".repeat(153) + &"b".repeat(20)));
    let first = inbound(&bench).remove(0).1;
    assert_eq!(first, "b".repeat(20));
    let mut bench = Bench::with(&["stale-answer"]);
    bench.ask("AT+CMGF=1");
    bench.say("AT+CMGS=\"+99920000000\"\r");
    bench.say("x\u{1a}");
    assert!(bench.ask("AT+CMGR=1").contains("\"26/08/01,11:34:56+00\""));
}

#[test]
fn a_slow_network_takes_its_time_thrice() {
    let mut bench = Bench::with(&["slow=10s"]);
    bench.ask("AT+CNMI=2,1");
    assert_eq!(bench.echo("x"), "");
    assert_eq!(bench.wait(Duration::from_secs(10)), "\r\n+CMGS: 0\r\n\r\nOK\r\n");
    assert_eq!(bench.wait(Duration::from_secs(10)), "");
    assert_eq!(bench.wait(Duration::from_secs(10)), "\r\n+CMTI: \"ME\",1\r\n");
}

#[test]
fn the_echo_of_commands_stays_on() {
    let mut bench = Bench::with(&["echo-on"]);
    assert_eq!(bench.say("AT\r"), "AT\r\r\nOK\r\n");
}
