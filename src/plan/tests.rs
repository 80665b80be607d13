use std::sync::Arc;

use super::*;
use crate::profile::{Catalogue, Profile, tracker_with};

mod given;
mod vehicle;

fn profile(id: &str) -> Arc<Profile> {
    Arc::clone(Catalogue::built_in().find(id).unwrap())
}

fn tracker(settings: &[(&str, &str)]) -> Tracker {
    let mut tracker = tracker_with([("server", "d.plaspy.com"), ("port", "8888")]).unwrap();
    for (name, value) in settings {
        match *name {
            "imei" => tracker.imei = Some(value.parse().unwrap()),
            name => tracker.settings.set(name, value).unwrap(),
        }
    }
    tracker
}

fn texts(plan: &Plan) -> Vec<&str> {
    plan.commands.iter().map(|command| command.text.as_str()).collect()
}

const CREDENTIALS: [(&str, &str); 2] = [("apn_user", "user"), ("apn_password", "pass")];
const BY_IP: [(&str, &str); 1] = [("server", "54.85.159.138")];
const UDP: [(&str, &str); 1] = [("transport", "udp")];

/// Profile, settings beside the APN, words assumed, factory reset, and the literal commands.
type Literal = (
    &'static str,
    &'static [&'static [(&'static str, &'static str)]],
    &'static [&'static str],
    bool,
    &'static [&'static str],
);

/// The plans as the platform (PT32) and the vendor (numeric dialect) print them.
const LITERALS: &[Literal] = &[
    (
        "istartek-pt32",
        &[],
        &[],
        false,
        &["GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"],
    ),
    (
        "istartek-pt32",
        &[&CREDENTIALS],
        &[],
        false,
        &["GMT,E,0#", "APN,internet,user,pass#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"],
    ),
    (
        "istartek-pt32",
        &[&BY_IP],
        &[],
        false,
        &["GMT,E,0#", "APN,internet#", "SERVER,0,54.85.159.138,8888#", "TIMER,60#"],
    ),
    (
        "istartek-pt32",
        &[],
        &[],
        true,
        &["FACTORY#", "GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"],
    ),
    (
        "istartek-pt32",
        &[&UDP],
        &["udp"],
        false,
        &["GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888,1#", "TIMER,60#"],
    ),
    (
        "istartek-pt32",
        &[&UDP, &BY_IP, &CREDENTIALS],
        &["udp"],
        true,
        &["FACTORY#", "GMT,E,0#", "APN,internet,user,pass#", "SERVER,0,54.85.159.138,8888,1#", "TIMER,60#"],
    ),
    (
        "istartek-vt",
        &[],
        &[],
        false,
        &["0000,109,internet", "0000,100,1,d.plaspy.com,8888", "0000,102,60", "0000,103,0"],
    ),
    (
        "istartek-vt",
        &[&CREDENTIALS],
        &[],
        false,
        &["0000,109,internet,user,pass", "0000,100,1,d.plaspy.com,8888", "0000,102,60", "0000,103,0"],
    ),
    (
        "istartek-vt",
        &[&UDP],
        &[],
        false,
        &["0000,109,internet", "0000,100,2,d.plaspy.com,8888", "0000,102,60", "0000,103,0"],
    ),
    (
        "istartek-vt",
        &[&BY_IP],
        &[],
        false,
        &["0000,109,internet", "0000,100,1,54.85.159.138,8888", "0000,102,60", "0000,103,0"],
    ),
    (
        "istartek-vt",
        &[&UDP, &BY_IP, &CREDENTIALS],
        &[],
        true,
        &[
            "0000,612,3",
            "0000,109,internet,user,pass",
            "0000,100,2,54.85.159.138,8888",
            "0000,102,60",
            "0000,103,0",
        ],
    ),
];

#[test]
fn the_literal_plans_come_out_to_the_letter() {
    for (id, settings, assume, factory_reset, wanted) in LITERALS {
        let profile = profile(id);
        let settings: Vec<_> =
            [("apn", "internet")].iter().chain(settings.iter().copied().flatten()).copied().collect();
        let assume: Vec<String> = assume.iter().map(ToString::to_string).collect();
        let mut ask = Ask {
            assume: &assume,
            factory_reset: *factory_reset,
            ..Ask::routine("provision", FormName::Sms)
        };
        let sms = plan(&profile, &tracker(&settings), &ask).unwrap();
        assert_eq!(texts(&sms), *wanted, "{id} {settings:?}");
        ask.form = FormName::Cable;
        let cable = plan(&profile, &tracker(&settings), &ask).unwrap();
        let with_line_end: Vec<String> = wanted.iter().map(|text| format!("{text}\r\n")).collect();
        assert_eq!(texts(&cable), with_line_end, "{id} {settings:?} by cable");
    }
}

#[test]
fn reading_back_asks_what_the_sources_say() {
    let ask = Ask::routine("verify", FormName::Sms);
    assert_eq!(texts(&plan(&profile("istartek-pt32"), &tracker(&[]), &ask).unwrap()), ["PARAM#"]);
    assert_eq!(
        texts(&plan(&profile("istartek-vt"), &tracker(&[]), &ask).unwrap()),
        ["0000,801", "0000,808,109", "0000,808,100", "0000,808,102"]
    );
}

#[test]
fn udp_to_a_pt32_is_refused_without_assume_and_marked_inferred_with_it() {
    let profile = profile("istartek-pt32");
    let tracker = tracker(&[("apn", "internet"), ("transport", "udp")]);
    let ask = Ask::routine("provision", FormName::Sms);
    let faults = plan(&profile, &tracker, &ask).unwrap_err();
    assert_eq!(
        (faults.len(), faults[0].rule, faults[0].setting.as_deref()),
        (1, "not-assumed", Some("transport"))
    );
    assert!(faults[0].fix.as_ref().unwrap().contains("SERVER,1,d.plaspy.com,8888,1#"));
    let assume = ["udp".to_owned()];
    let made = plan(&profile, &tracker, &Ask { assume: &assume, ..ask }).unwrap();
    assert_eq!(made.commands[2].evidence, Evidence::Inferred);
    assert_eq!(made.commands[3].evidence, Evidence::Platform);
}

#[test]
fn each_transport_says_what_is_not_known_about_it() {
    let ask = Ask::routine("provision", FormName::Sms);
    let warns = |id: &str, settings: &[(&str, &str)], word: &str| {
        let made = plan(&profile(id), &tracker(settings), &ask).unwrap();
        made.warnings.iter().filter(|warning| warning.contains(word)).count()
    };
    let tcp = [("apn", "internet")];
    assert_eq!(warns("istartek-pt32", &tcp, "states no transport"), 1);
    let udp = [("apn", "internet"), ("transport", "udp")];
    let sentence = "without reliable mode a lost report stays lost; with it (`--set reliable=1`) the tracker repeats \
                    until the server acknowledges, and whether Plaspy does is not known";
    assert_eq!(warns("istartek-vt", &udp, sentence), 1);
    assert_eq!(warns("istartek-vt", &tcp, "reliable"), 0);
}

/// Step, settings, and the text without the password.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// Every command of the numeric dialect that is in, with the example the vendor's paper gives (V1.6, sections 3.2 to
/// 3.4 of the facts; queries in the form of 808). Written from the facts, not from the profile.
const ROWS: &[Row] = &[
    ("server", &[("server", "istartracker.com"), ("port", "8011")], "100,1,istartracker.com,8011"),
    ("backup", &[("backup_server", "87.172.73.51"), ("backup_port", "8011")], "101,87.172.73.51,8011"),
    ("interval", &[("interval", "10")], "102,10"),
    ("interval", &[("interval", "10"), ("interval_acc_off", "60")], "102,10,60"),
    ("interval", &[("interval", "10"), ("interval_stopped", "60")], "102,10,,60"),
    ("reliable", &[], "103,0"),
    ("order", &[("order", "newest")], "104,0"),
    (
        "server2",
        &[("server2", "istartracker.com"), ("port2", "8012"), ("transport2", "tcp")],
        "105,1,istartracker.com,8012",
    ),
    ("interval2", &[("interval2", "10")], "106,10"),
    ("interval2", &[("interval2", "10"), ("interval2_acc_off", "60")], "106,10,60"),
    ("interval2", &[("interval2", "10"), ("interval2_stopped", "60")], "106,10,,60"),
    ("reliable2", &[("reliable2", "0")], "107,0"),
    ("order2", &[("order2", "newest")], "108,0"),
    (
        "apn",
        &[("apn", "internet"), ("apn_user", "internet"), ("apn_password", "internet")],
        "109,internet,internet,internet",
    ),
    ("apn", &[("apn", "CMNET")], "109,CMNET"),
    ("device-id", &[("new_device_id", "827643321798018")], "110,827643321798018"),
    ("device-id", &[("new_device_id", "myID123456")], "110,myID123456"),
    ("dns", &[("dns_server", "121.236.189.173")], "111,121.236.189.173"),
    ("distance", &[("distance_m", "200")], "120,200"),
    ("heading", &[("heading_deg", "30")], "121,30"),
    ("heartbeat", &[("heartbeat_min", "60")], "122,60"),
    ("speeding", &[("speeding_kmh", "100")], "123,100"),
    ("sleep", &[("sleep_mode", "normal")], "124,1"),
    ("gps-log", &[("gps_log_interval", "2")], "150,2"),
    ("low-speed", &[("low_speed_kmh", "10")], "154,10"),
    ("sms-interval", &[("sms_interval_min", "10"), ("sms_interval_acc_off_min", "60")], "200,10,60"),
    ("sms-interval", &[("sms_interval_min", "10"), ("sms_interval_stopped_min", "60")], "200,10,,60"),
    (
        "authorised",
        &[("authorised_1", "13412345678"), ("authorised_2", "13587654321"), ("authorised_3", "13856789123")],
        "201,13412345678,13587654321,13856789123",
    ),
    (
        "sms-events",
        &[
            ("event_number", "1"),
            ("event_op", "add"),
            ("event_1", "2"),
            ("event_2", "7"),
            ("event_3", "15"),
            ("event_4", "20"),
            ("event_5", "39"),
        ],
        "203,1,2,2,7,15,20,39",
    ),
    (
        "link-events",
        &[
            ("event_server", "1"),
            ("event_op", "set"),
            ("event_1", "2"),
            ("event_2", "7"),
            ("event_3", "15"),
            ("event_4", "20"),
            ("event_5", "39"),
        ],
        "210,1,1,2,7,15,20,39",
    ),
    ("password", &[("new_password", "PW37")], "600,PW37"),
    ("timezone", &[("timezone", "+08:00")], "601,480"),
    ("timezone", &[("timezone", "-08:00")], "601,-480"),
    ("pin", &[("pin", "1234")], "602,1234"),
    ("odometer", &[("odometer_m", "1000")], "610,1000"),
    ("buffer-clear", &[("buffer", "server1")], "611,1"),
    ("factory", &[], "612,3"),
    ("leds", &[("led_mode", "dark")], "620,1"),
    ("position", &[], "800"),
    ("identity", &[], "801"),
    ("status", &[], "802"),
    ("iccid", &[], "803"),
    ("read-server", &[], "808,100"),
    ("read-backup", &[], "808,101"),
    ("read-interval", &[], "808,102"),
    ("read-server2", &[], "808,105"),
    ("read-interval2", &[], "808,106"),
    ("read-apn", &[], "808,109"),
    ("restart", &[], "910,3"),
];

#[test]
fn every_numeric_row_gives_the_papers_example() {
    let profile = profile("istartek-vt");
    for (step, settings, wanted) in ROWS {
        let steps = [(*step).to_owned()];
        let ask = Ask { what: What::Steps(&steps), destructive: true, ..Ask::routine("", FormName::Sms) };
        let made = plan(&profile, &tracker(settings), &ask);
        let made = made.unwrap_or_else(|faults| panic!("{step}: {faults:?}"));
        assert_eq!(texts(&made), [format!("0000,{wanted}")], "{step}");
    }
    let rest = profile.steps.iter().map(|step| step.id.as_str());
    let rows = || ROWS.iter().chain(vehicle::ROWS);
    let rest: Vec<&str> =
        rest.filter(|id| rows().all(|(step, ..)| step != id) && !id.starts_with("read-")).collect();
    // Other values of rows that stand above: 124,2; a bare 201; 910,1 and 910,2; 612,1 and 612,2. 264 is no SMS.
    let others = [
        "restart-gsm",
        "restart-gnss",
        "deep-sleep",
        "authorised-clear",
        "factory-keep-link",
        "password-reset",
        "photos-delete",
    ];
    assert_eq!(rest, others, "a step has no row here");
}

/// Packet number, step, settings, and the frame without CR LF.
type Frame = (u8, &'static str, &'static [(&'static str, &'static str)], &'static str);

/// Section 7.5 of the facts: packet number, step, settings and the whole frame without CR LF, computed there by the
/// rules of the vendor's paper, checksum and length included.
const FRAMES: &[Frame] = &[
    (b':', "server", &[], "$$:40,869912033012424,100,1,d.plaspy.com,888802"),
    (
        b';',
        "server",
        &[("transport", "udp"), ("server", "54.85.159.138")],
        "$$;41,869912033012424,100,2,54.85.159.138,888808",
    ),
    (b'<', "interval", &[("interval", "60")], "$$<23,869912033012424,102,606C"),
    (b'=', "apn", &[("apn", "internet")], "$$=29,869912033012424,109,internet7D"),
    (b'>', "reliable", &[("reliable", "1")], "$$>22,869912033012424,103,139"),
    (b'?', "identity", &[], "$$?20,869912033012424,801E0"),
    (b'@', "status", &[], "$$@20,869912033012424,802E2"),
    (b'A', "read-server", &[], "$$A24,869912033012424,808,100AA"),
    (b'B', "restart", &[], "$$B22,869912033012424,910,345"),
];

#[test]
fn link_frames_equal_the_nine_of_the_facts() {
    let profile = profile("istartek-vt");
    for (packet, step, settings, frame) in FRAMES {
        let mut tracker = tracker(settings);
        tracker.imei = Some("869912033012424".parse().unwrap());
        let steps = [(*step).to_owned()];
        let ask = Ask { what: What::Steps(&steps), packet: *packet, ..Ask::routine("", FormName::Link) };
        let made = plan(&profile, &tracker, &ask).unwrap();
        assert_eq!(texts(&made), [format!("{frame}\r\n")], "{step}");
    }
}

#[test]
fn packet_numbers_run_to_the_last_and_start_again() {
    let profile = profile("istartek-vt");
    let tracker = tracker(&[("imei", "869912033012424"), ("apn", "internet")]);
    let ask = Ask { packet: 0x7D, ..Ask::routine("provision", FormName::Link) };
    let made = plan(&profile, &tracker, &ask).unwrap();
    let packets: Vec<u8> = made.commands.iter().map(|command| command.text.as_bytes()[2]).collect();
    assert_eq!(packets, [0x7D, 0x7E, 0x3A, 0x3B]);
}

#[test]
fn a_device_id_of_its_own_takes_the_imeis_place_in_a_frame() {
    let profile = profile("istartek-vt");
    let mut tracker = tracker(&[("imei", "869912033012424")]);
    tracker.device_id = Some("myID123456".into());
    let steps = ["identity".to_owned()];
    let ask = Ask { what: What::Steps(&steps), ..Ask::routine("", FormName::Link) };
    let made = plan(&profile, &tracker, &ask).unwrap();
    assert!(made.commands[0].text.starts_with("$$:15,myID123456,801"), "{}", made.commands[0].text);
}

#[test]
fn what_is_missing_is_named_and_nothing_is_planned() {
    let profile = profile("istartek-vt");
    let faults = plan(&profile, &Tracker::default(), &Ask::routine("provision", FormName::Sms)).unwrap_err();
    let missing: Vec<_> = faults.iter().filter_map(|fault| fault.setting.as_deref()).collect();
    assert_eq!(missing, ["apn", "port"], "{faults:?}");
    assert!(faults[0].fix.as_ref().unwrap().contains("--without apn"));
}

#[test]
fn no_value_can_smuggle_a_second_command() {
    for (id, name, value) in [
        ("istartek-pt32", "apn_user", "a,b"),
        ("istartek-pt32", "apn_user", "a#FACTORY#"),
        ("istartek-vt", "apn_user", "a,b"),
        ("istartek-vt", "password", "0000,612"),
    ] {
        let tracker = tracker(&[("apn", "internet"), ("apn_password", "x"), (name, value)]);
        let faults = plan(&profile(id), &tracker, &Ask::routine("provision", FormName::Sms)).unwrap_err();
        assert!(
            faults.iter().any(|fault| fault.rule == "separator" && fault.setting.as_deref() == Some(name)),
            "{faults:?}"
        );
        let secret = faults.iter().any(|fault| fault.sentence().contains("0000,612"));
        assert!(!secret, "a password stands in an error: {faults:?}");
    }
}

#[test]
fn shown_texts_mask_fields_and_not_equal_digits_elsewhere() {
    let profile = profile("istartek-vt");
    let settings =
        [("apn", "internet"), ("apn_user", "0000"), ("apn_password", "8888"), ("password", "0000")];
    let tracker = tracker(&settings);
    let made = plan(&profile, &tracker, &Ask::routine("provision", FormName::Sms)).unwrap();
    assert_eq!(
        made.shown(&profile, &tracker),
        ["****,109,internet,0000,****", "****,100,1,d.plaspy.com,8888", "****,102,60", "****,103,0"]
    );
}

#[test]
fn over_long_and_odd_texts_are_refused() {
    let long = "a".repeat(150);
    for (name, value, rule) in
        [("apn_user", long.as_str(), "too-long"), ("apn_user", "señor", "odd-character")]
    {
        let tracker = tracker(&[("apn", "internet"), ("apn_password", "x"), (name, value)]);
        let faults =
            plan(&profile("istartek-pt32"), &tracker, &Ask::routine("provision", FormName::Sms)).unwrap_err();
        assert!(faults.iter().any(|fault| fault.rule == rule), "{rule}: {faults:?}");
    }
}

#[test]
fn unknown_settings_are_refused_and_settings_no_command_sends_are_told() {
    let profile = profile("istartek-pt32");
    let ask = Ask::routine("provision", FormName::Sms);
    let faults = plan(&profile, &tracker(&[("apn", "internet"), ("reliable", "1")]), &ask).unwrap_err();
    assert_eq!(faults[0].rule, "unknown-setting");
    let made = plan(&profile, &tracker(&[("apn", "internet"), ("interval", "7200")]), &ask).unwrap();
    assert!(made.remarks.iter().any(|remark| remark.rule == "unusual"), "{:?}", made.remarks);
    let vt = super::tests::profile("istartek-vt");
    let made = plan(&vt, &tracker(&[("apn", "internet"), ("timezone", "+01:00")]), &ask).unwrap();
    assert!(
        made.warnings.iter().any(|warning| warning.starts_with("timezone is given")),
        "{:?}",
        made.warnings
    );
}

#[test]
fn a_range_with_a_source_is_kept_and_named() {
    let tracker = tracker(&[("apn", "internet"), ("interval", "70000")]);
    let faults =
        plan(&profile("istartek-vt"), &tracker, &Ask::routine("provision", FormName::Sms)).unwrap_err();
    assert!(faults[0].sentence().contains("1 to 65535 s"), "{faults:?}");
}

/// Single steps by cable or SMS, in this order.
fn single<'a>(steps: &'a [String], form: FormName) -> Ask<'a> {
    Ask { what: What::Steps(steps), ..Ask::routine("", form) }
}

fn password_after(plan: &Plan) -> Option<String> {
    plan.after.as_ref()?.value("password").map(|password| password.into_owned())
}

#[test]
fn after_a_factory_reset_commands_begin_with_the_makers_password() {
    let tracker = tracker(&[("apn", "internet"), ("password", "1234")]);
    let ask = Ask { factory_reset: true, ..Ask::routine("provision", FormName::Sms) };
    let made = plan(&profile("istartek-vt"), &tracker, &ask).unwrap();
    assert_eq!(
        texts(&made),
        ["1234,612,3", "0000,109,internet", "0000,100,1,d.plaspy.com,8888", "0000,102,60", "0000,103,0"]
    );
    assert_eq!(password_after(&made).as_deref(), Some("0000"));
}

#[test]
fn after_a_change_of_password_commands_begin_with_the_new_one() {
    let tracker = tracker(&[("apn", "internet"), ("password", "1234"), ("new_password", "PW37")]);
    let steps = ["password".to_owned(), "apn".to_owned()];
    let ask = Ask { destructive: true, ..single(&steps, FormName::Sms) };
    let profile = profile("istartek-vt");
    let made = plan(&profile, &tracker, &ask).unwrap();
    assert_eq!(texts(&made), ["1234,600,PW37", "PW37,109,internet"]);
    assert_eq!(password_after(&made).as_deref(), Some("PW37"));
    assert_eq!(made.shown(&profile, &tracker), ["****,600,****", "****,109,internet"]);
    let routine = plan(&profile, &tracker, &Ask::routine("verify", FormName::Sms)).unwrap();
    assert!(routine.after.is_none());
}

#[test]
fn what_cannot_be_undone_needs_its_own_word() {
    for id in ["istartek-pt32", "istartek-vt"] {
        let profile = profile(id);
        for step in profile.steps.iter().filter(|step| step.destructive) {
            let steps = [step.id.value.clone()];
            let faults = plan(&profile, &tracker(&[]), &single(&steps, FormName::Sms)).unwrap_err();
            assert_eq!((faults.len(), faults[0].rule), (1, "destructive"), "{id} {steps:?}");
            assert!(faults[0].sentence().contains("--destructive"), "{faults:?}");
        }
        let ask = Ask::routine("factory_reset", FormName::Sms);
        let faults = plan(&profile, &tracker(&[]), &ask).unwrap_err();
        assert_eq!(faults[0].rule, "destructive");
        assert!(faults[0].sentence().contains("--factory-reset"), "{faults:?}");
        let made = plan(&profile, &tracker(&[]), &Ask { destructive: true, ..ask }).unwrap();
        assert_eq!(made.commands.len(), 1);
    }
}

#[test]
fn a_form_without_a_source_weighs_on_every_command_and_is_told() {
    let profile = profile("istartek-pt32");
    for (form, evidence, told) in
        [(FormName::Sms, Evidence::Platform, 0), (FormName::Cable, Evidence::Inferred, 1)]
    {
        let made =
            plan(&profile, &tracker(&[("apn", "internet")]), &Ask::routine("provision", form)).unwrap();
        assert!(made.commands.iter().all(|command| command.evidence == evidence), "{form}");
        let warnings = made.warnings.iter().filter(|warning| warning.contains("in this way is inferred"));
        assert_eq!(warnings.count(), told, "{:?}", made.warnings);
    }
}

#[test]
fn a_time_zone_that_the_dialect_cannot_say_is_refused() {
    let profile = profile("istartek-pt32");
    let assume = ["timezone".to_owned()];
    let ask = Ask { assume: &assume, ..Ask::routine("provision", FormName::Sms) };
    for (timezone, sends) in [
        ("+13:00", None),
        ("-11:45", Some("GMT,W,11,45#")),
        ("+12:45", Some("GMT,E,12,45#")),
        ("+00:00", Some("GMT,E,0#")),
    ] {
        let made = plan(&profile, &tracker(&[("apn", "internet"), ("timezone", timezone)]), &ask);
        match (made, sends) {
            (Ok(made), Some(sends)) => assert_eq!(made.commands[0].text, sends),
            (Err(faults), None) => {
                assert_eq!((faults[0].rule, faults[0].setting.as_deref()), ("not-allowed", Some("timezone")));
            }
            (made, _) => panic!("{timezone}: {made:?}"),
        }
    }
}

#[test]
fn no_identity_that_a_command_mentions_can_smuggle_a_second_one() {
    let built_in = Catalogue::built_in();
    let entry = built_in.entries().iter().find(|entry| entry.id == "istartek-pt32").unwrap();
    for name in ["name", "notes", "device_id", "sim_id"] {
        let step = format!(
            "[[step]]\nid = \"call\"\nkind = \"act\"\nidempotent = true\nsend = \"CALL,{{{{ {name} }}}}#\"\n\
             source = \"plaspy\"\n"
        );
        let profile = crate::profile::load(&format!("{}\n{step}", entry.text)).unwrap();
        let called = |value: &str| {
            let mut tracker = tracker(&[]);
            match name {
                "name" => value.clone_into(&mut tracker.name),
                "notes" => tracker.notes = Some(value.to_owned()),
                "device_id" => tracker.device_id = Some(value.to_owned()),
                _ => tracker.sim_id = Some(value.to_owned()),
            }
            plan(&profile, &tracker, &single(&["call".to_owned()], FormName::Sms))
        };
        assert_eq!(texts(&called("Rex").unwrap()), ["CALL,Rex#"], "{name}");
        for value in ["Rex#FACTORY#", "a,b", "a\nFACTORY#"] {
            let faults = called(value).unwrap_err();
            let fault = faults.iter().find(|fault| fault.rule == "separator");
            assert_eq!(fault.and_then(|fault| fault.setting.as_deref()), Some(name), "{value:?}: {faults:?}");
        }
    }
}

#[test]
fn a_missing_setting_that_is_sent_as_a_code_is_named() {
    let steps = ["order".to_owned()];
    let faults = plan(&profile("istartek-vt"), &tracker(&[]), &single(&steps, FormName::Sms)).unwrap_err();
    assert_eq!((faults.len(), faults[0].rule), (1, "missing-setting"));
    assert_eq!(faults[0].setting.as_deref(), Some("order"));
    assert_eq!(faults[0].step.as_deref(), Some("order"));
    assert!(faults[0].sentence().contains("--set order=VALUE"), "{faults:?}");
}

#[test]
fn a_setting_that_several_steps_want_is_one_fault_and_two_settings_are_two() {
    let of = |ids: [&str; 3]| {
        let steps = ids.map(str::to_owned);
        plan(&profile("istartek-vt"), &tracker(&[]), &single(&steps, FormName::Sms)).unwrap_err()
    };
    let faults = of(["low-fuel", "order", "fence-delete"]);
    assert_eq!(faults.len(), 3, "{faults:?}");
    let faults = of(["fence-delete", "order", "fence"]);
    let [fence, order] = faults.as_slice() else { panic!("{faults:?}") };
    assert_eq!(
        fence.message,
        "the steps \"fence-delete\" and \"fence\" need fence_index, which is not given"
    );
    assert_eq!(
        fence.fix.as_deref(),
        Some("give --set fence_index=VALUE (in a CSV the column set.fence_index)")
    );
    assert!(order.fix.as_ref().is_some_and(|fix| fix.ends_with("--without order")), "{order:?}");
}

/// Every shipped profile that takes an address alone refuses a name, with the way out, and the other way about.
#[test]
fn a_server_given_in_a_way_the_tracker_does_not_take_is_refused_with_the_way_out() {
    let routine = Ask::routine("provision", FormName::Sms);
    for (id, server, fix) in [
        ("goome", "example.com", "give its IPv4 address"),
        ("goome", "d.plaspy.com", "--by ip"),
        ("wanway-gt06", "54.85.159.138", "give its host name"),
    ] {
        let faults = plan(&profile(id), &tracker(&[("server", server), ("apn", "internet")]), &routine);
        let faults = faults.unwrap_err();
        let fault = faults.iter().find(|fault| fault.rule == "server-kind").unwrap();
        assert_eq!(fault.setting.as_deref(), Some("server"));
        assert!(fault.message.contains(server) && fault.fix.as_ref().unwrap().contains(fix), "{fault:?}");
    }
}

#[test]
fn the_makers_own_id_is_never_taken_from_the_imei_and_is_asked_for_as_the_device_id() {
    let castel = profile("castel");
    let settings = [("server", "54.85.159.138"), ("apn", "internet"), ("imei", "490154203237518")];
    let mut tracker = tracker(&settings);
    let routine = Ask::routine("provision", FormName::Sms);
    let faults = plan(&castel, &tracker, &routine).unwrap_err();
    assert_eq!((faults.len(), faults[0].setting.as_deref()), (1, Some("device_id")));
    let said = faults[0].sentence();
    assert!(said.contains("the maker's own id") && said.contains("--device-id"), "{said}");
    for (id, rule) in
        [("short", Some("not-allowed")), ("213GD#ABC123", Some("separator")), ("213GD2016ABC123", None)]
    {
        tracker.device_id = Some(id.to_owned());
        match plan(&castel, &tracker, &routine) {
            Ok(plan) => {
                assert_eq!(rule, None);
                assert_eq!(texts(&plan), ["*ABC123#set gprs#internet,,,54.85.159.138,8888*"]);
                assert_eq!(plan.register.as_deref(), Some(id));
            }
            Err(faults) => {
                let fault = faults.iter().find(|fault| Some(fault.rule) == rule).unwrap();
                assert_eq!(fault.setting.as_deref(), Some("device_id"), "{id}");
            }
        }
    }
}

#[test]
fn a_form_that_the_profile_does_not_have_is_one_fault_that_names_those_it_has() {
    let faults = plan(&profile("skypatrol-tt8750"), &tracker(&[]), &Ask::routine("provision", FormName::Sms));
    let faults = faults.unwrap_err();
    assert_eq!((faults.len(), faults[0].rule), (1, "no-form"));
    assert!(faults[0].sentence().contains("by: cable"), "{faults:?}");
}
