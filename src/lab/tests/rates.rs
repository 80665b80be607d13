//! How often faults strike, and what those of the network and of trackers do, as the table of faults says.

use std::sync::Arc;
use std::time::Duration;

use super::Bench;
use crate::lab::event::Event;
use crate::lab::fault::{Fault, FaultError, FaultKind, Faults};
use crate::lab::network::{ECHO, Network, Setup, Subscriber, tracker_number};
use crate::lab::virtual_tracker::Behaviour;
use crate::profile::{Catalogue, tracker_with};

#[test]
fn a_rate_is_read_as_a_share_or_in_percent_and_states_take_none() {
    let rate = |text: &str| text.parse::<Fault>().map(|fault| fault.rate);
    for (text, wanted) in [
        ("cms=38", 1.0),
        ("cms=38:5%", 0.05),
        ("slow=2s:0.25", 0.25),
        ("no-prompt:100%", 1.0),
        ("no-prompt:1", 1.0),
    ] {
        assert_eq!(rate(text), Ok(wanted), "{text}");
    }
    for wrong in ["", "0", "0%", "101%", "1.5", "x", "-1", "5%%", "1e-3", "nan"] {
        let error = rate(&format!("cms=38:{wrong}")).unwrap_err();
        assert_eq!(error, FaultError::Rate("cms", wrong.to_owned()));
    }
    for state in ["pin", "puk", "not-registered", "storage-full", "barred"] {
        assert_eq!(rate(&format!("{state}:5%")), Err(FaultError::State(state)));
    }
    let fault: Fault = "cms=38:5%".parse().unwrap();
    assert_eq!(fault.to_string().parse(), Ok(fault));
}

fn faults(texts: &[&str], seed: u64) -> Faults {
    Faults::new(texts.iter().map(|text| text.parse().unwrap()).collect(), seed).unwrap()
}

#[test]
fn each_fault_has_dice_of_its_own() {
    let throws = |texts: &[&str], seed| {
        let mut faults = faults(texts, seed);
        let throw = |_| {
            let _ = faults.strikes(FaultKind::NoPrompt);
            faults.strikes(FaultKind::Cms).map(|fault| fault.code)
        };
        (0..400).map(throw).collect::<Vec<_>>()
    };
    let alone = throws(&["cms=38:20%"], 7);
    assert_eq!(throws(&["no-prompt:50%", "cms=38:20%"], 7), alone, "the same seed, another fault beside it");
    assert_ne!(throws(&["cms=38:20%"], 8), alone, "another seed");
    let struck = alone.iter().flatten().count();
    assert!((50..=110).contains(&struck), "{struck} of 400 at 20 %");
    // Two of a kind: where the one strikes, it still does.
    let both = throws(&["cms=38:20%", "cms=500:20%"], 7);
    assert!(alone.iter().zip(&both).all(|(alone, both)| alone.is_none() || alone == both));
    assert!(both.contains(&Some(500)));
}

/// Numbers of the texts in the order in which the echo heard them.
fn heard(bench: &Bench) -> Vec<u32> {
    let text = |event: &Event| match event {
        Event::Deliver { to, text, .. } if to == ECHO => text.as_ref().and_then(|text| text.parse().ok()),
        _ => None,
    };
    bench.events.iter().filter_map(text).collect()
}

#[test]
fn messages_get_lost_or_late_or_overtaken() {
    let mut bench = Bench::with(&["sms-lost"]);
    assert_eq!(bench.send_as(ECHO, "1", true), "\r\n+CMGS: 0\r\n\r\nOK\r\n", "it is taken");
    bench.wait(Duration::from_secs(86_400));
    assert_eq!((heard(&bench), bench.submissions()), (Vec::new(), 1));
    assert!(!bench.events.iter().any(|event| matches!(event, Event::StatusReport { .. })));

    let mut bench = Bench::with(&["delayed=2h"]);
    bench.echo("1");
    bench.wait(Duration::from_secs(7_199));
    assert!(heard(&bench).is_empty());
    bench.wait(Duration::from_secs(1));
    assert_eq!(heard(&bench), [1]);

    let mut bench = Bench::with(&["out-of-order:50%"]);
    for number in 1..=20 {
        bench.echo(&number.to_string());
        bench.wait(Duration::from_secs(1));
    }
    bench.wait(Duration::from_secs(60));
    let mut order = heard(&bench);
    assert_ne!(order, (1..=20).collect::<Vec<_>>());
    order.sort_unstable();
    assert_eq!(order, (1..=20).collect::<Vec<_>>(), "none is lost");
}

#[test]
fn answers_come_twice_with_times_of_their_own() {
    let mut bench = Bench::with(&["answer-doubled"]);
    bench.echo("x");
    let said = bench.ask("AT+CMGF=1");
    assert_eq!(said, "OK");
    let list = bench.ask("AT+CMGL=\"ALL\"");
    let times: Vec<&str> = list.split("+CMGL: ").skip(1).filter_map(|one| one.split('"').nth(5)).collect();
    assert_eq!(times.len(), 2, "{list}");
    assert_ne!(times[0], times[1], "{list}");
}

#[test]
fn reports_get_lost_or_name_another_message() {
    let reports = |fault: &str| {
        let mut bench = Bench::with(&[fault]);
        bench.send_as(ECHO, "x", true);
        let reference = |event: &Event| match event {
            Event::StatusReport { reference, .. } => Some(*reference),
            _ => None,
        };
        bench.events.iter().filter_map(reference).collect::<Vec<_>>()
    };
    assert!(reports("report-lost").is_empty());
    assert_eq!(reports("report-wrong"), [3]);
    assert_eq!(reports("cmti-lost"), [0], "any other fault leaves it alone");
}

#[test]
fn a_barred_card_sends_nothing() {
    let mut bench = Bench::with(&["barred"]);
    assert_eq!(bench.echo("x"), "\r\n+CMS ERROR: 8\r\n");
    assert_eq!(bench.submissions(), 0);
}

/// What a tracker was told and set to, and what it answered, when it hears to set its APN and then is asked for it.
fn tracker(fault: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let catalogue = Catalogue::built_in();
    let number = tracker_number(1);
    let tracker = tracker_with([("phone", number.as_str()), ("imei", "869900000000019")]).unwrap();
    let profile = Arc::clone(catalogue.find("istartek-vt").unwrap());
    let one = Subscriber { tracker, profile, behaviour: Behaviour::Obeys, other: None };
    let faults = [fault].iter().filter(|text| !text.is_empty()).map(|text| text.parse().unwrap()).collect();
    let mut bench = Bench::new();
    bench.network =
        Network::new(Setup { modems: 1, subscribers: vec![one], faults, ..Setup::default() }).unwrap();
    bench.say("ATE0\r");
    bench.send(&number, "0000,109,web.example");
    bench.wait(Duration::from_secs(10));
    bench.send(&number, "0000,808,109");
    bench.wait(Duration::from_secs(10));
    let early = bench.events.len();
    bench.wait(Duration::from_secs(30));
    let (mut heard, mut set, mut said) = (Vec::new(), Vec::new(), Vec::new());
    for (at, event) in bench.events.iter().enumerate() {
        match event {
            Event::Deliver { text: Some(text), changed, .. } => {
                heard.push(if at < early { text.clone() } else { format!("late {text}") });
                let apn = changed.iter().filter(|(name, _)| name == "apn");
                set.extend(apn.map(|(name, value)| format!("{name}={value}")));
            }
            Event::Answer { text, .. } => said.push(text.clone()),
            _ => {}
        }
    }
    (heard, set, said)
}

#[test]
fn trackers_refuse_or_say_nothing_or_only_say_it_or_restart() {
    let apn = ["apn=web.example"];
    let (_, set, said) = tracker("");
    assert_eq!(
        (&set[..], said.as_slice()),
        (&apn.map(str::to_owned)[..], &["109,OK".to_owned(), "808,109,web.example,,".to_owned()][..])
    );
    // The paper: <code>,Failed for a command that cannot be done, and Unsupport for one that is not known.
    let (_, set, said) = tracker("refuses");
    assert_eq!((set, said.len()), (Vec::new(), 2), "{said:?}");
    assert!(said.iter().all(|text| text.contains("Failed") || text.contains("Unsupport")), "{said:?}");
    let (_, set, said) = tracker("obeys-silently");
    assert_eq!((&set[..], said), (&apn.map(str::to_owned)[..], Vec::new()));
    let (_, set, said) = tracker("answers-only");
    assert_eq!((set, said[0].as_str()), (Vec::new(), "109,OK"));
    assert!(!said[1].contains("web.example"), "{said:?}");
    let (heard, set, said) = tracker("reboots");
    assert_eq!(
        (heard, said),
        (vec!["0000,109,web.example".to_owned(), "late 0000,808,109".to_owned()], Vec::new())
    );
    assert_eq!(set, apn);
}
