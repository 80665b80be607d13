//! Command lines, result codes and the prompt: ITU-T V.250 sections 5 and 6, 3GPP TS 27.005 sections 3.5 and 4,
//! TS 27.007 section 9.2.

use super::Bench;
use crate::lab::network::ECHO;

#[test]
fn answers_are_framed_by_line_ends_on_both_sides() {
    let mut bench = Bench::new();
    assert_eq!(bench.say("AT\r"), "\r\nOK\r\n");
    assert_eq!(bench.say("AT+CSQ\r"), "\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
    assert_eq!(bench.say("ATV0\r"), "0\r");
    assert_eq!(bench.say("AT+CSQ\r"), "+CSQ: 20,99\r\n0\r");
    assert_eq!(bench.say("AT+NONE\r"), "4\r");
    assert_eq!(bench.say("ATV1\r"), "\r\nOK\r\n");
    assert_eq!(bench.say("ATQ1\r"), "");
    assert_eq!(bench.say("AT\r"), "");
    assert_eq!(bench.say("ATQ0\r"), "\r\nOK\r\n");
}

#[test]
fn characters_are_echoed_until_that_is_switched_off() {
    let mut bench = Bench::new();
    assert_eq!(bench.say("ATE1\r"), "\r\nOK\r\n");
    assert_eq!(bench.say("at\r"), "at\r\r\nOK\r\n");
    assert_eq!(bench.say("ATE0\r"), "ATE0\r\r\nOK\r\n");
    assert_eq!(bench.say("AT\r"), "\r\nOK\r\n");
}

#[test]
fn a_line_holds_several_commands_and_ends_at_the_first_that_fails() {
    let mut bench = Bench::new();
    assert_eq!(bench.ask("AT+CMEE=1;+CREG=2"), "OK");
    assert_eq!(bench.ask("AT+CREG?;+CMEE?"), "+CREG: 2,1,\"00C3\",\"0000A1B2\",7 +CMEE: 1 OK");
    assert_eq!(bench.ask("ATE0V1+CMEE?"), "+CMEE: 1 OK");
    assert_eq!(bench.ask("AT+CMEE=9;+CREG=0"), "+CME ERROR: 50");
    assert_eq!(bench.ask("AT+CREG?"), "+CREG: 2,1,\"00C3\",\"0000A1B2\",7 OK");
}

#[test]
fn what_is_no_command_line_gets_no_answer() {
    let mut bench = Bench::new();
    assert_eq!(bench.say("\r\n\x1b\x1a hello\r"), "");
    assert_eq!(bench.say("AT\r"), "\r\nOK\r\n");
    assert_eq!(bench.say("AT+CSQX\u{8}\r"), "\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
    assert_eq!(bench.say("A/"), "\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
}

#[test]
fn errors_are_told_as_the_client_asked() {
    let mut bench = Bench::new();
    assert_eq!(bench.ask("AT+COPS=1,9"), "ERROR");
    assert_eq!(bench.ask("AT+CMGR=1"), "+CMS ERROR: 321");
    assert_eq!(bench.ask("AT+CMEE=1"), "OK");
    assert_eq!(bench.ask("AT+COPS=1,9"), "+CME ERROR: 50");
    assert_eq!(bench.ask("AT+CMEE=2"), "OK");
    assert_eq!(bench.ask("AT+COPS=1,9"), "+CME ERROR: incorrect parameters");
    assert_eq!(bench.ask("AT+CMGR=1"), "+CMS ERROR: invalid memory index");
    assert_eq!(bench.ask("AT+CNONE"), "ERROR");
}

#[test]
fn it_says_who_it_is() {
    let mut bench = Bench::new();
    assert_eq!(bench.ask("AT+CGMI"), "homing OK");
    assert_eq!(bench.ask("AT+CGMM"), "lab OK");
    // 3GPP TS 23.003 annex B: the check digit of 00101000000000 is 8.
    assert_eq!(bench.ask("AT+CGSN"), "001010000000008 OK");
    assert_eq!(bench.ask("AT+CIMI"), "001010000000000 OK");
    assert_eq!(bench.ask("AT+CNUM"), "+CNUM: ,\"+99910000000\",145 OK");
    assert_eq!(bench.ask("AT+CSCA?"), "+CSCA: \"+99900000000\",145 OK");
    assert_eq!(bench.ask("AT+CCLK?"), "+CCLK: \"26/08/01,12:34:56+00\" OK");
}

/// The message of TS 23.040 with nothing in it but a recipient and the letter A, by hand: SCA 00; first octet 01,
/// reference 00; 11 digits, 91, 99 92 00 00 00 0; PID 00, DCS 00, UDL 01, 41.
const LETTER_A: &str = "0001000B919929000000F000000141";

#[test]
fn the_prompt_comes_before_the_pdu_and_the_reference_behind_it() {
    let mut bench = Bench::new();
    for reference in 0..=255 {
        assert_eq!(bench.say("AT+CMGS=14\r"), "\r\n> ");
        let said = bench.say(format!("{LETTER_A}\u{1a}"));
        assert!(said.starts_with(&format!("\r\n+CMGS: {reference}\r\n\r\nOK\r\n")), "{said:?}");
        bench.ask("AT+CMGD=1,4");
    }
    bench.say("AT+CMGS=14\r");
    assert!(bench.say(format!("{LETTER_A}\u{1a}")).starts_with("\r\n+CMGS: 0\r\n"));
}

#[test]
fn a_length_that_does_not_fit_the_pdu_is_refused() {
    let mut bench = Bench::new();
    for length in [13, 15] {
        assert_eq!(bench.say(format!("AT+CMGS={length}\r")), "\r\n> ");
        assert_eq!(bench.say(format!("{LETTER_A}\u{1a}")), "\r\n+CMS ERROR: 304\r\n");
    }
    for broken in ["", "00", "XY", "0001000B919929000000F0000002E1", &"0".repeat(3000)] {
        bench.say("AT+CMGS=14\r");
        assert_eq!(bench.say(format!("{broken}\u{1a}")), "\r\n+CMS ERROR: 304\r\n", "{broken}");
    }
    assert_eq!(bench.ask("AT+CMGS=0"), "+CMS ERROR: 304");
    assert_eq!(bench.ask("AT+CMGS=\"+99920000000\""), "+CMS ERROR: 304");
    assert_eq!(bench.submissions(), 0);
}

#[test]
fn escape_takes_a_message_back() {
    let mut bench = Bench::new();
    assert_eq!(bench.say("AT+CMGS=14\r"), "\r\n> ");
    assert_eq!(bench.say("0001000B\u{1b}"), "\r\nOK\r\n");
    assert_eq!(bench.say("AT\r"), "\r\nOK\r\n");
    assert_eq!(bench.submissions(), 0);
}

#[test]
fn a_message_goes_out_in_text_mode() {
    let mut bench = Bench::new();
    bench.ask("AT+CMGF=1");
    assert_eq!(bench.say(format!("AT+CMGS=\"{ECHO}\"\r")), "\r\n> ");
    // In the GSM alphabet 00 is @, 1B 65 the euro sign and 1B 28 the left brace (TS 23.038 section 6.2.1).
    let said = bench.say("a\u{0}\u{1b}");
    assert_eq!(said, "\r\nOK\r\n", "an escape cannot be typed in this character set");
    bench.ask("AT+CSCS=\"UCS2\"");
    let number = "002B00390039003900320030003000300030003000300030";
    assert_eq!(bench.say(format!("AT+CMGS=\"{number}\"\r")), "\r\n> ");
    assert!(bench.say("006120AC0040\u{1a}").starts_with("\r\n+CMGS: 0\r\n\r\nOK\r\n"));
    assert_eq!(
        bench.ask("AT+CMGR=1"),
        format!("+CMGR: \"REC UNREAD\",\"{number}\",,\"26/08/01,12:34:56+00\" 006120AC0040 OK")
    );
}

#[test]
fn text_that_does_not_fit_is_refused() {
    let mut bench = Bench::new();
    bench.ask("AT+CMGF=1");
    bench.say(format!("AT+CMGS=\"{ECHO}\"\r"));
    assert_eq!(bench.say(format!("{}\u{1a}", "x".repeat(161))), "\r\n+CMS ERROR: 305\r\n");
    bench.say(format!("AT+CMGS=\"{ECHO}\"\r"));
    assert!(bench.say(format!("{}\u{1a}", "x".repeat(160))).starts_with("\r\n+CMGS: 0\r\n"));
    assert_eq!(bench.ask("AT+CMGS"), "+CMS ERROR: 305");
    assert_eq!(bench.ask("AT+CMGS=\"+12x\""), "+CMS ERROR: 305");
}

#[test]
fn without_a_service_centre_nothing_is_sent() {
    let mut bench = Bench::new();
    assert_eq!(bench.ask("AT+CSCA=\"\""), "OK");
    bench.say("AT+CMGS=14\r");
    assert_eq!(bench.say(format!("{LETTER_A}\u{1a}")), "\r\n+CMS ERROR: 330\r\n");
    assert_eq!(bench.ask("AT+CSCA=\"+99900000000\",145"), "OK");
    bench.say("AT+CMGS=14\r");
    assert!(bench.say(format!("{LETTER_A}\u{1a}")).starts_with("\r\n+CMGS: 0\r\n"));
}

#[test]
fn a_client_that_dies_with_half_a_command_leaves_a_working_modem() {
    let mut bench = Bench::new();
    assert_eq!(bench.say("AT+CM"), "");
    bench.leave();
    assert_eq!(bench.say("AT\r"), "\r\nOK\r\n");
    assert_eq!(bench.say("AT+CMGS=14\r"), "\r\n> ");
    bench.say(&LETTER_A[..8]);
    bench.leave();
    assert_eq!(bench.say("AT\r"), "\r\nOK\r\n");
    assert_eq!(bench.submissions(), 0);
}
