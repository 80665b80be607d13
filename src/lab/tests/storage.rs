//! Stores, lists and notifications: 3GPP TS 27.005 sections 3.2 to 3.4 and 4.1 to 4.7.

use std::time::Duration;

use super::Bench;
use crate::sms::{Direction, Message, Pdu};

/// The text of the PDU behind a header that ends in its length.
fn text_of(answer: &str, header: &str) -> String {
    let rest = answer.split_once(header).unwrap_or_else(|| panic!("{header} is not in {answer:?}")).1;
    let (length, rest) = rest.split_once("\r\n").unwrap();
    let hex = rest.split("\r\n").next().unwrap();
    let decoded = Pdu::from_at(length.parse().unwrap(), hex, Direction::ToMobile).unwrap();
    assert_eq!(decoded.damage, [], "{hex}");
    match decoded.pdu.message {
        Message::Deliver(deliver) => deliver.user_data.text().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_message_is_announced_listed_read_and_deleted() {
    let mut bench = Bench::new();
    assert_eq!(bench.ask("AT+CNMI=2,1,0,0,0"), "OK");
    assert_eq!(bench.echo("one"), "\r\n+CMGS: 0\r\n\r\nOK\r\n\r\n+CMTI: \"ME\",1\r\n");
    assert_eq!(bench.echo("two"), "\r\n+CMGS: 1\r\n\r\nOK\r\n\r\n+CMTI: \"ME\",2\r\n");
    assert_eq!(bench.ask("AT+CPMS?"), "+CPMS: \"ME\",2,100,\"ME\",2,100,\"ME\",2,100 OK");
    assert_eq!(text_of(&bench.say("AT+CMGR=1\r"), "+CMGR: 0,,"), "one");
    // Read now, and listed as such.
    assert_eq!(text_of(&bench.say("AT+CMGR=1\r"), "+CMGR: 1,,"), "one");
    let unread = bench.say("AT+CMGL\r");
    assert_eq!(text_of(&unread, "+CMGL: 2,0,,"), "two");
    assert!(!unread.contains("+CMGL: 1,"));
    let all = bench.say("AT+CMGL=4\r");
    assert_eq!((text_of(&all, "+CMGL: 1,1,,"), text_of(&all, "+CMGL: 2,1,,")), ("one".into(), "two".into()));
    assert_eq!(bench.ask("AT+CMGD=1"), "OK");
    assert_eq!(bench.ask("AT+CMGR=1"), "+CMS ERROR: 321");
    assert_eq!(bench.ask("AT+CMGD=?"), "+CMGD: (2),(0-4) OK");
    assert_eq!(bench.ask("AT+CMGD=101"), "+CMS ERROR: 321");
    assert_eq!(bench.ask("AT+CMGD=1,4"), "OK");
    assert_eq!(bench.ask("AT+CMGL=4"), "OK");
}

#[test]
fn messages_are_listed_in_text_mode() {
    let mut bench = Bench::new();
    bench.echo("hello");
    bench.ask("AT+CMGF=1");
    let head = "\"+99920000000\",,\"26/08/01,12:34:56+00\"";
    assert_eq!(bench.ask("AT+CMGL=\"ALL\""), format!("+CMGL: 1,\"REC UNREAD\",{head} hello OK"));
    assert_eq!(bench.ask("AT+CMGL"), "OK");
    assert_eq!(bench.ask("AT+CMGR=1"), format!("+CMGR: \"REC READ\",{head} hello OK"));
    assert_eq!(bench.ask("AT+CMGL=4"), "+CMS ERROR: 305");
}

#[test]
fn a_message_goes_straight_to_the_client_where_that_is_wanted() {
    let mut bench = Bench::new();
    bench.ask("AT+CNMI=2,2,0,0,0");
    assert_eq!(text_of(&bench.echo("straight"), "+CMT: ,"), "straight");
    assert_eq!(bench.ask("AT+CPMS?"), "+CPMS: \"ME\",0,100,\"ME\",0,100,\"ME\",0,100 OK");
    bench.ask("AT+CMGF=1");
    let said = bench.echo_text("in text");
    // No two answers of one number have the same second.
    assert!(
        said.ends_with("\r\n+CMT: \"+99920000000\",,\"26/08/01,12:34:57+00\"\r\nin text\r\n"),
        "{said:?}"
    );
}

#[test]
fn what_is_not_acknowledged_is_stored_and_routing_ends() {
    let mut bench = Bench::new();
    assert_eq!(bench.ask("AT+CSMS=1"), "+CSMS: 1,1,1 OK");
    bench.ask("AT+CNMI=2,2,0,0,0");
    assert_eq!(bench.ask("AT+CNMA"), "+CMS ERROR: 340");
    assert!(bench.echo("one").contains("+CMT: "));
    assert!(!bench.echo("two").contains("+CMT: "), "the second waits for the first one's acknowledgement");
    assert_eq!(text_of(&bench.say("AT+CNMA\r"), "+CMT: ,"), "two");
    bench.wait(Duration::from_secs(60));
    assert_eq!(bench.ask("AT+CNMI?"), "+CNMI: 2,0,0,0,0 OK");
    assert_eq!(text_of(&bench.say("AT+CMGL=4\r"), "+CMGL: 1,0,,"), "two");
}

#[test]
fn status_reports_are_stored_shown_or_dropped() {
    let mut bench = Bench::new();
    let nobody = "+99950000000";
    assert!(!bench.send_as(nobody, "x", true).contains("+CDS"));
    bench.ask("AT+CNMI=2,1,0,1,0");
    let said = bench.send_as(nobody, "x", true);
    let hex = said.trim().split("\r\n").last().unwrap();
    let Message::StatusReport(report) = Pdu::from_hex(hex, Direction::ToMobile).unwrap().pdu.message else {
        panic!("{said:?}")
    };
    assert_eq!((report.message_reference, report.recipient.to_string()), (1, nobody.to_owned()));
    assert!(!report.status.is_confirmed());
    bench.ask("AT+CNMI=2,1,0,2,0");
    assert!(bench.send_as(nobody, "x", true).ends_with("\r\n+CDSI: \"SR\",1\r\n"));
    assert_eq!(bench.ask("AT+CPMS=\"SR\""), "+CPMS: 1,20,0,100,0,100 OK");
    assert!(bench.ask("AT+CMGR=1").starts_with("+CMGR: 0,,"));
}

#[test]
fn announcements_wait_while_the_line_is_in_use_and_while_they_are_held_back() {
    let mut bench = Bench::new();
    bench.ask("AT+CNMI=0,1,0,0,0");
    assert!(!bench.echo("one").contains("+CMTI"));
    // TS 27.005 section 3.4.1: they are flushed when the mode is changed.
    assert_eq!(bench.ask("AT+CNMI=2,1"), "OK +CMTI: \"ME\",1");
    assert_eq!(bench.say("AT+CMGS=14\r"), "\r\n> ");
    let during = bench.network_sends("two");
    assert_eq!(during, "");
    assert_eq!(bench.say("\u{1b}"), "\r\nOK\r\n\r\n+CMTI: \"ME\",2\r\n");
}

#[test]
fn a_full_store_leaves_messages_with_the_network_until_there_is_room() {
    let mut bench = Bench::new();
    bench.ask("AT+CPMS=\"SM\",\"SM\",\"SM\"");
    bench.ask("AT+CNMI=2,1");
    for number in 0..25 {
        assert!(bench.echo(&number.to_string()).contains("+CMTI: \"SM\","));
    }
    assert!(!bench.echo("late").contains("+CMTI"));
    assert!(!bench.echo("later").contains("+CMTI"));
    assert_eq!(bench.ask("AT+CMGD=3"), "OK +CMTI: \"SM\",3");
    assert_eq!(text_of(&bench.say("AT+CMGR=3\r"), "+CMGR: 0,,"), "late");
    assert_eq!(bench.ask("AT+CMGD=9"), "OK +CMTI: \"SM\",9");
}

#[test]
fn a_message_is_written_to_the_store_and_sent_from_there() {
    let mut bench = Bench::new();
    bench.ask("AT+CMGF=1");
    assert_eq!(bench.say("AT+CMGW=\"+99920000000\"\r"), "\r\n> ");
    assert_eq!(bench.say("stored\u{1a}"), "\r\n+CMGW: 1\r\n\r\nOK\r\n");
    assert_eq!(bench.ask("AT+CMGR=1"), "+CMGR: \"STO UNSENT\",\"+99920000000\", stored OK");
    assert_eq!(bench.ask("AT+CMSS=1"), "+CMSS: 0 OK");
    assert_eq!(bench.ask("AT+CMGR=1"), "+CMGR: \"STO SENT\",\"+99920000000\", stored OK");
    // The echo's answer took the next place; it is no message that can be sent.
    assert_eq!(bench.ask("AT+CMSS=2"), "+CMS ERROR: 302");
    assert_eq!(bench.ask("AT+CMSS=3"), "+CMS ERROR: 321");
}

impl Bench {
    /// Sends to the echo in text mode.
    fn echo_text(&mut self, text: &str) -> String {
        assert_eq!(self.say("AT+CMGS=\"+99920000000\"\r"), "\r\n> ");
        self.say(format!("{text}\u{1a}"))
    }

    /// A gateway writes to the modem; what the client hears of it at once.
    fn network_sends(&mut self, text: &str) -> String {
        let mut out = Vec::new();
        self.network.submit("+99960000000", "+99910000000", text, self.now, &mut out).unwrap();
        self.take(out)
    }
}
