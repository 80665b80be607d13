//! What answers show beside "done": whose they are, and the values that a tracker repeats. The answers are those that the
//! makers' papers and public notes print, with other values put in.

use super::*;

/// The settings of every tracker here, and those given.
fn known(settings: &[(&str, &str)]) -> Tracker {
    let known = [("server", "54.85.159.138"), ("port", "8888"), ("apn", "internet")];
    tracker_with(known.iter().chain(settings).copied()).unwrap()
}

fn session(profile: &Arc<Profile>, tracker: &Tracker, what: What<'_>, asking: Asking) -> Session {
    let ask = Ask { what, ..Ask::routine("provision", FormName::Sms) };
    let script = Script::new(profile, tracker, &ask, asking).unwrap();
    script.session(profile, tracker, |_| None)
}

/// What becomes of the routine, by short message; the answers are tried in order.
fn provisioned(id: &str, settings: &[(&str, &str)], answers: &[Answer<'_>]) -> (TalkOutcome, Vec<String>) {
    let session = session(&profile(id), &known(settings), What::Routine("provision"), Asking::First);
    told(session, answers)
}

/// What becomes of one step, of a tracker that is trusted to obey.
fn one_step(id: &str, step: &str, settings: &[(&str, &str)], answer: &str) -> TalkOutcome {
    let steps = [step.to_owned()];
    let session = session(&profile(id), &known(settings), What::Steps(&steps), Asking::After);
    told(session, &[("", answer)]).0
}

fn verified(id: &str, settings: &[(&str, &str)], answers: &[Answer<'_>]) -> (TalkOutcome, Vec<String>) {
    let (profile, tracker) = (profile(id), known(settings));
    let [questions, reads, expected] = ["identify", "verify", "provision"]
        .map(|name| plan(&profile, &tracker, &Ask::routine(name, FormName::Sms)).unwrap());
    told(Session::new(&profile, tracker, questions, Plan::empty(), reads, expected), answers)
}

fn told(mut session: Session, answers: &[Answer<'_>]) -> (TalkOutcome, Vec<String>) {
    let lines = |text: &str| {
        let found = answers.iter().find(|(begin, _)| text.starts_with(begin));
        Heard::Lines(found.map(|(_, answer)| answer.lines().map(str::to_owned).collect()).unwrap_or_default())
    };
    let sent = lead(&mut session, lines, |_| false);
    (session.outcome(), sent)
}

fn setting<'o>(outcome: &'o TalkOutcome, name: &str) -> &'o Compared {
    outcome.settings.iter().find(|setting| setting.name == name).unwrap()
}

const CALAMP: &str = "APP: LMU2720 8.4b COM:-77 GPS:8 INP:7 MID:4664128457 1 INB:54.85.159.138:8888 LMD";
const PRESET: &str = "ST300CMD;Res;100850001;010;Preset; NTW;0;internet;;;54.85.159.138;8888;;;;1234; RPT;60;60;60;60;3;0;0;;;;";

/// Each maker that tells an id of its own, its answer, that id, and another.
const OWN_IDS: [(&str, Answer<'static>, &str, &str); 2] = [
    ("calamp-lmu", ("!R0", CALAMP), "4664128457", "1234567890"),
    ("suntech-st300", ("ST300CMD;", PRESET), "100850001", "100850000"),
];

#[test]
fn an_answer_with_another_makers_id_than_the_one_meant_is_another_trackers() {
    for (id, answer, own, other) in OWN_IDS {
        let (outcome, _) = verified(id, &[("device_id", own)], &[answer]);
        assert_eq!(stands(&outcome), (Standing::Verified, None), "{id}: {}", outcome.sentence);
        assert_eq!(setting(&outcome, "maker_id").equal, Some(true), "{id}");

        for (outcome, sent) in [
            verified(id, &[("device_id", other)], &[answer]),
            provisioned(id, &[("device_id", other)], &[answer]),
        ] {
            assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::OtherTracker)), "{id}");
            let sentence =
                format!("this tracker says its id is {own}, the plan is for {other}; nothing was changed");
            assert_eq!(outcome.sentence, sentence);
            assert_eq!(sent.len(), 1, "{id}: {sent:?}");
            assert_nothing_was_changed(&outcome);
        }
    }
}

#[test]
fn another_id_is_seen_too_where_nothing_was_asked_first() {
    for (id, answer, own, other) in OWN_IDS {
        let session =
            session(&profile(id), &known(&[("device_id", other)]), What::Routine("provision"), Asking::After);
        let (outcome, _) = told(session, &[answer]);
        assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::OtherTracker)), "{id}");
        assert!(outcome.sentence.contains(own) && outcome.sentence.contains(other), "{}", outcome.sentence);
    }
    // The answer to the command itself tells it.
    for (id, step, settings, answer) in [
        (
            "suntech-st300",
            "server",
            &[("device_id", "907000011")][..],
            "ST300NTW;Res;907000010;010;0;internet;;;54.85.159.138;8888;;;;",
        ),
        (
            "queclink-at",
            "server",
            &[("imei", IMEI), ("password", "gl300")],
            "+ACK:GTSRI,1A0102,135790246811220,,0001,20100310172830,11F0$",
        ),
    ] {
        let outcome = one_step(id, step, settings, answer);
        assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::OtherTracker)), "{id}");
        assert!(outcome.sentence.ends_with("; \"server\" was sent to it"), "{}", outcome.sentence);
        assert_eq!(states(&outcome), [State::Refused]);
    }
}

#[test]
fn a_value_that_a_tracker_repeats_counts_only_when_it_is_the_one_that_was_sent() {
    let suntech = [("device_id", "907000010")];
    for (id, step, settings, right, wrong, sentence) in [
        (
            "sinotrack-h02",
            "timezone",
            &[][..],
            "TIME ZONE SET OK, CURRENT: E00.",
            "TIME ZONE SET OK, CURRENT: E08.",
            "timezone is +08:00 in it, and should be +00:00",
        ),
        (
            "coban",
            "interval",
            &[("interval", "60")],
            "fix060s***n ok",
            "fix030s***n ok",
            "interval is 030 in it, and should be 60",
        ),
        (
            "suntech-st300",
            "server",
            &suntech,
            "ST300NTW;Res;907000010;010;0;internet;;;54.85.159.138;8888;;;;",
            "ST300NTW;Res;907000010;010;0;internet;;;111.111.111.111;8888;;;;",
            "server is 111.111.111.111 in it, and should be 54.85.159.138",
        ),
        (
            "suntech-st300",
            "interval",
            &suntech,
            "ST300RPT;Res;907000010;010;60;60;60;3;0;0;0;0;0",
            "ST300RPT;Res;907000010;010;60;60;120;3;0;0;0;0;0",
            "interval is 120 in it, and should be 60",
        ),
        (
            "teltonika-fmx",
            "server",
            &[],
            "Param ID:2001 Value:internet;2002:;2003:;2004:54.85.159.138;2005:8888;2006:0",
            "Param ID:2001 Value:internet;2002:;2003:;2004:old.example.com;2005:8888;2006:0",
            "server is old.example.com in it, and should be 54.85.159.138",
        ),
        (
            "teltonika-fmx",
            "apn",
            &[],
            "Param ID:2001 Value:internet;2002:;2003:",
            "Param ID:2001 Value:wap2;2002:;2003:",
            "apn is wap2 in it, and should be internet",
        ),
    ] {
        let done = one_step(id, step, settings, right);
        assert_eq!(states(&done)[0], State::Acknowledged, "{id} {step}: {}", done.sentence);
        let differs = one_step(id, step, settings, wrong);
        assert_eq!(stands(&differs), (Standing::Failed, Some(Reason::Differs)), "{id} {step}");
        assert!(differs.sentence.ends_with(sentence), "{}", differs.sentence);
        assert_eq!(states(&differs), [State::Refused], "{id} {step}");
    }
}

#[test]
fn what_a_tracker_repeats_is_shown_and_is_no_reading_back() {
    let outcome = one_step("sinotrack-h02", "timezone", &[], "TIME ZONE SET OK, CURRENT: E00.");
    assert_eq!(stands(&outcome), (Standing::Acknowledged, None), "{}", outcome.sentence);
    assert_eq!(setting(&outcome, "timezone").found.as_deref(), Some("+00:00"));

    // Server and port are in the answer to the command, and the question that reads them back is not answered.
    let echo = "ST300NTW;Res;907000010;010;0;internet;;;54.85.159.138;8888;;;;";
    let steps = ["server".to_owned()];
    let tracker = known(&[("device_id", "907000010")]);
    let asked = session(&profile("suntech-st300"), &tracker, What::Steps(&steps), Asking::After);
    let (outcome, sent) = told(asked, &[("ST300NTW;", echo)]);
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert_eq!(stands(&outcome), (Standing::Acknowledged, Some(Reason::NotReadBack)));
    assert_eq!(setting(&outcome, "server").found, None);
}

#[test]
fn a_setting_that_one_answer_shows_twice_is_wanted_in_both_places() {
    let suntech = [("device_id", "100850001")];
    for (shown, found) in [("60;60;120;60", "120"), ("60;180;60;60", "180")] {
        let text = PRESET.replace("60;60;60;60", shown);
        let (outcome, _) = verified("suntech-st300", &suntech, &[("ST300CMD;", &text)]);
        assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::Differs)), "{shown}");
        assert_eq!(outcome.sentence, format!("interval reads back as {found}, it should be 60"));
    }
}

const NT06L: &[Answer<'static>] = &[
    ("VERSION#", "[VERSION]NT06L_GT06L_WAAG_V7.0_"),
    (
        "GPRSSET#",
        "GPRS: ON; Currently use APN:internet,,; Server:0,54.85.159.138,8888,0; URL:http://maps.google.com/maps?q=;",
    ),
    ("", "OK!"),
];

#[test]
fn a_tracker_that_answers_as_the_list_of_jimi_says_is_verified() {
    let (outcome, _) = provisioned("concox-gt06", &[], NT06L);
    assert_eq!(stands(&outcome), (Standing::Verified, None), "{}", outcome.sentence);
    assert_eq!(states(&outcome), [State::Acknowledged; 5]);

    for (answer, reason) in [
        ("Not support!", Reason::Unsupported),
        ("instruction error!", Reason::Refused),
        ("Error: only SOS number and center number is able to execute the command.", Reason::NotAuthorised),
    ] {
        let answers = [&[("SERVER,", answer)], NT06L].concat();
        let (outcome, _) = provisioned("concox-gt06", &[], &answers);
        assert_eq!(stands(&outcome), (Standing::Refused, Some(reason)), "{answer}");
    }
}

#[test]
fn a_tracker_that_reports_nothing_over_mobile_data_is_not_verified() {
    let off = NT06L[1].1.replace("GPRS: ON", "GPRS: OFF");
    let answers = [&[("GPRSSET#", off.as_str())], NT06L].concat();
    for (outcome, _) in [provisioned("concox-gt06", &[], &answers), verified("concox-gt06", &[], &answers)] {
        assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::Differs)), "{}", outcome.sentence);
        assert_eq!(outcome.sentence, "gprs reads back as off, it should be on");
    }
}

/// The list of Ruptela prints this answer, with the servers of a firm of Lithuania.
const GETAPN: &str =
    "APN: internet User: PSW: IP1: 54.85.159.138 Port1: 8888 IP2: 195.14.173.3 Port2: 9000 TCP/UDP: 0";

#[test]
fn a_second_server_that_the_plan_leaves_as_it_is_is_told_and_one_that_it_sets_is_compared() {
    let (outcome, _) = verified("ruptela", &[], &[("getapn", GETAPN)]);
    assert_eq!(stands(&outcome), (Standing::Verified, None), "{}", outcome.sentence);
    let second = setting(&outcome, "backup_server");
    assert_eq!((second.found.as_deref(), second.equal), (Some("195.14.173.3"), None));
    let matters = audit(&profile("ruptela"), &outcome.talk);
    let second = matters.iter().find(|audited| audited.matter.word() == "second_server").unwrap();
    let told = [("backup_server", "195.14.173.3"), ("backup_port", "9000")];
    assert_eq!(second.values, told.map(|(name, value)| (name.to_owned(), value.to_owned())));

    for (server, stands_as) in [
        ("195.14.173.3", (Standing::Verified, None)),
        ("54.85.159.139", (Standing::Failed, Some(Reason::Differs))),
    ] {
        let settings = [("backup_server", server), ("backup_port", "9000")];
        let (outcome, _) = verified("ruptela", &settings, &[("getapn", GETAPN)]);
        assert_eq!(stands(&outcome), stands_as, "{}", outcome.sentence);
    }
}

#[test]
fn the_answer_of_a_suntech_is_read_to_its_end_on_one_line_or_on_several() {
    let text = "ST300CMD;Res;100850001;010;Preset;\nNTW;0;internet;;;54.85.159.138;8888;35.198.41.183;9601;;1234;\n\
                RPT;60;60;60;60;3;0;0;30;10;1;;\nEVT;1;60;0;3;2;2;30;20;20;1;1;1;0;0;0;0;0;0;0;0;0;0;0;0;\n\
                GSM;1;11988888888;;;;0;;;;;;;;\nSVC;1;120;0;0;0;0;1;1;1;0;0;0;0\nDEV;0;0;0;0";
    let suntech = [("device_id", "100850001")];
    for text in [text.to_owned(), text.replace('\n', " ")] {
        let (outcome, _) = verified("suntech-st300", &suntech, &[("ST300CMD;", &text)]);
        assert_eq!(stands(&outcome), (Standing::Verified, None), "{}", outcome.sentence);
        assert_eq!(setting(&outcome, "interval").equal, Some(true));
        let shown = super::told(&outcome.talk);
        for (name, value) in [
            ("backup_server", "35.198.41.183"),
            ("backup_port", "9601"),
            ("sms_parked_min", "30"),
            ("sms_driving_min", "10"),
            ("sms_lock", "on"),
            ("sms_number_1", "11988888888"),
        ] {
            assert_eq!(shown.get(name), Some(&value), "{name} of {text}");
        }
    }
    let steps = ["preset-a".to_owned()];
    let asked = session(&profile("suntech-st300"), &known(&suntech), What::Steps(&steps), Asking::After);
    let adp = "ST300CMD;Res;100850001;010;PresetA; … SVC;1;120;0;0;0;0;1;1;1;0;0;0;0; ADP;U;T;2;9000;0;0;0;0;0;0; …";
    let (outcome, _) = told(asked, &[("", adp)]);
    assert!(outcome.talk.commands[0].values.contains(&("transport".to_owned(), "udp".to_owned())));
}

#[test]
fn what_the_makers_and_their_kin_print_of_the_settings_is_read() {
    let check = "GSM: 100%\nGPS: OK\nGPRS: OFF\nbattery: 100%\nAPN: internet\nIP: 54.85.159.138\nPORT: 8888";
    let server = "SERVER,0,54.85.159.138,8888,1";
    let interval = "Param ID:10050 Value:60;10055:120;2000:0";
    for (id, step, answer, values) in [
        ("coban", "check", check, &[("apn", "internet"), ("server", "54.85.159.138"), ("gprs", "off")][..]),
        ("istartek-pt32", "server-read", server, &[("server", "54.85.159.138"), ("transport", "udp")]),
        ("istartek-pt32", "param", "SN:355139089215765;APN:CMNET;CENTER:0;TIMER:10", &[("center", "0")]),
        (
            "wanway-gt06",
            "param",
            "SN:355139089215765;APN:CMNET;IP:vt.protrack365.com:8842;CENTER:0;TIMER:10;TimeZone:8.0;LANG:EN",
            &[("timezone", "+08:00"), ("center", "0")],
        ),
        ("concox-gt06", "server-read", server, &[("port", "8888"), ("transport", "udp")]),
        ("teltonika-fmx", "interval-read", interval, &[("interval", "120"), ("gprs", "off")]),
    ] {
        // That family takes its server as a name.
        let settings =
            [("server", "d.plaspy.com")].into_iter().filter(|_| id == "wanway-gt06").collect::<Vec<_>>();
        let outcome = one_step(id, step, &settings, answer);
        let shown: Vec<_> =
            outcome.talk.commands[0].values.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert!(values.iter().all(|value| shown.contains(value)), "{id} {step}: {shown:?}");
    }
    // A board that adds no server is not verified, and one that does is.
    let coban = |answer: &str| {
        let (profile, tracker) = (profile("coban"), known(&[]));
        let [reads, expected] = ["verify", "provision"]
            .map(|name| plan(&profile, &tracker, &Ask::routine(name, FormName::Sms)).unwrap());
        let mut session = Session::new(&profile, tracker, Plan::empty(), Plan::empty(), reads, expected);
        session.trust();
        stands(&told(session, &[("check", answer)]).0)
    };
    assert_eq!(coban(check), (Standing::Verified, None));
    assert_eq!(coban(&check[..36]), (Standing::Planned, Some(Reason::NotReadBack)));
}
