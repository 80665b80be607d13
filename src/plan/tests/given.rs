//! What a tracker is given, against the rules of its profile: refused, sent, or told that nothing sends it.

use super::*;

/// The plan that provisions a tracker of a profile, with an identity and what some of them want beside it.
fn provisioned(profile: &Profile, given: &[(&str, &str)]) -> Result<Plan, Vec<Fault>> {
    let mut tracker = tracker(given);
    tracker.imei = Some("490154203237518".parse().unwrap());
    tracker.settings.set("server", "54.85.159.138").unwrap();
    plan(profile, &tracker, &Ask::routine("provision", FormName::Sms))
}

/// Those faults of a plan, made or not, that are about a setting, with their rule.
fn about<'f>(made: &'f Result<Plan, Vec<Fault>>, setting: &str) -> Vec<&'f str> {
    let faults = made.as_ref().map_or_else(|faults| faults, |plan| &plan.remarks);
    faults.iter().filter(|fault| fault.setting.as_deref() == Some(setting)).map(|fault| fault.rule).collect()
}

#[test]
fn a_time_zone_that_a_fixed_line_does_not_send_is_refused_in_every_profile() {
    let catalogue = Catalogue::built_in();
    let mut fixed = Vec::new();
    for entry in catalogue.entries() {
        let profile = entry.profile().unwrap();
        let rule = profile.setting("timezone");
        if rule.is_none_or(|rule| rule.values != ["+00:00"]) {
            continue;
        }
        let refused = provisioned(profile, &[("timezone", "+05:30")]);
        assert_eq!(about(&refused, "timezone"), ["not-allowed"], "{}", profile.id.value);
        assert!(refused.is_err(), "{}", profile.id.value);
        let taken = provisioned(profile, &[("timezone", "+00:00")]);
        assert_eq!(about(&taken, "timezone"), [""; 0], "{}", profile.id.value);
        fixed.push(profile.id.value.as_str());
    }
    assert!(fixed.len() >= 20 && fixed.contains(&"coban"), "{fixed:?}");
}

#[test]
fn the_time_zone_of_a_coban_is_refused_with_the_one_it_takes() {
    let faults = provisioned(&profile("coban"), &[("apn", "internet"), ("timezone", "+05:30")]).unwrap_err();
    let said: Vec<String> = faults.iter().map(Fault::sentence).collect();
    assert_eq!(said, ["timezone \"+05:30\": it must be +00:00; Coban takes +00:00"]);
}

#[test]
fn a_transport_that_chooses_between_two_fixed_lines_is_sent_and_not_said_to_be_left_out() {
    for (id, line) in [("coban", "gprs123456,1,1"), ("aoya", "gprs123456,1,1"), ("telic", "gprs123456,1,1")] {
        let plan = provisioned(&profile(id), &[("apn", "internet"), ("transport", "udp")]).unwrap();
        assert!(texts(&plan).contains(&line), "{id}");
        assert_eq!(plan.remarks, [], "{id}");
    }
}

#[test]
fn an_interval_that_a_fixed_line_does_not_send_is_refused() {
    for id in ["v-sun", "tramigo"] {
        let refused = provisioned(&profile(id), &[("apn", "internet"), ("interval", "300")]);
        assert_eq!(about(&refused, "interval"), ["not-allowed"], "{id}");
        let taken = provisioned(&profile(id), &[("apn", "internet"), ("interval", "60")]);
        assert_eq!(about(&taken, "interval"), [""; 0], "{id}");
    }
}

/// The forms of the ids as catalogue.json has them: the MID of a LMU has 10 digits, the id of a SinoTrack
/// 10 characters, that of a Noran begins with NR.
#[test]
fn an_id_that_only_the_platform_gets_is_held_to_its_form_as_well() {
    for (id, wrong, right) in [
        ("calamp-lmu", "46641284570", "4664128457"),
        ("sinotrack-h02", "12", "9170012345"),
        ("noran", "12345", "NR09G05133"),
    ] {
        let profile = profile(id);
        let made = |own: &str| {
            let mut tracker = tracker(&[("apn", "internet")]);
            tracker.settings.set("server", "54.85.159.138").unwrap();
            tracker.device_id = Some(own.to_owned());
            plan(&profile, &tracker, &Ask::routine("provision", FormName::Sms))
        };
        assert_eq!(about(&made(wrong), "device_id"), ["not-allowed"], "{id}");
        assert!(made(wrong).is_err(), "{id}");
        assert_eq!(made(right).unwrap().register.as_deref(), Some(right), "{id}");
    }
}

#[test]
fn a_question_that_does_not_hold_the_id_is_asked_of_a_tracker_with_the_id_of_another_family() {
    let mut tracker = tracker(&BY_IP);
    tracker.device_id = Some("46641284570".to_owned());
    let made = plan(&profile("calamp-lmu"), &tracker, &Ask::routine("identify", FormName::Sms));
    assert_eq!(texts(made.as_ref().unwrap()), ["!R0"]);
    assert_eq!(about(&made, "device_id"), ["not-allowed"]);
}

/// `GMT,E|W,0-12[,0/15/30/45]#` is in the maker's list.
#[test]
fn the_time_zone_of_a_concox_is_sent_as_the_maker_writes_it() {
    let profile = profile("concox-gt06");
    for (zone, line) in [
        ("+00:00", "GMT,E,0#"),
        ("+05:30", "GMT,E,5,30#"),
        ("-03:00", "GMT,W,3#"),
        ("+12:45", "GMT,E,12,45#"),
    ] {
        let plan = provisioned(&profile, &[("apn", "internet"), ("timezone", zone)]).unwrap();
        assert_eq!(texts(&plan)[0], line);
        assert_eq!(plan.remarks, [], "{zone}");
    }
    let made = provisioned(&profile, &[("apn", "internet"), ("timezone", "+13:00")]);
    assert_eq!(about(&made, "timezone"), ["not-allowed"]);
}

#[test]
fn a_user_without_a_password_is_sent_or_refused_and_never_left_out() {
    let catalogue = Catalogue::built_in();
    let (mut sent, mut refused) = (0, 0);
    for entry in catalogue.entries() {
        let profile = entry.profile().unwrap();
        if !profile.mentions("apn_user") {
            continue;
        }
        let mut tracker = tracker(&[("apn", "internet"), ("apn_user", "me")]);
        tracker.imei = Some("490154203237518".parse().unwrap());
        tracker.settings.set("server", "54.85.159.138").unwrap();
        tracker.device_id = Some("123456".to_owned());
        for (name, value) in [("admin_phone", "+573001234567"), ("mccmnc", "73202"), ("password", "123456")] {
            if profile.mentions(name) {
                tracker.settings.set(name, value).unwrap();
            }
        }
        let made = plan(profile, &tracker, &Ask::routine("provision", profile.forms[0].name));
        let together = profile.setting("apn_user").is_some_and(|rule| rule.needs == ["apn_password"]);
        match made {
            Ok(plan) => {
                let left_out = plan.warnings.iter().any(|warning| warning.starts_with("apn_user is given"));
                assert!(!left_out && texts(&plan).iter().any(|text| text.contains("me")), "{}", entry.id);
                sent += 1;
            }
            made => {
                let wants = about(&made, "apn_password");
                assert!(wants.contains(&"needs") == together && together != wants.is_empty(), "{made:?}");
                refused += usize::from(together);
            }
        }
    }
    assert!(sent > 10 && refused > 20, "{sent} and {refused}");
}

/// Three digits and s, m or h: catalogue.json, "interval_unit" of Coban.
#[test]
fn an_interval_of_a_coban_goes_out_in_the_smallest_unit_that_has_room_for_it() {
    for id in ["coban", "boxtrack", "gnxis"] {
        let profile = profile(id);
        let line = |interval: &str| {
            let plan = provisioned(&profile, &[("apn", "internet"), ("interval", interval)])?;
            Ok(texts(&plan).into_iter().find(|text| text.starts_with("fix")).unwrap().to_owned())
        };
        let sent: Result<Vec<String>, Vec<Fault>> =
            ["999", "1020", "59940", "61200", "86400"].into_iter().map(line).collect();
        let wanted = ["999s999s", "017m017m", "999m999m", "017h017h", "024h024h"];
        assert_eq!(sent.unwrap(), wanted.map(|time| format!("fix{time}***n123456")), "{id}");
        // 1,000 minutes are no whole hours.
        assert!(line("60000").is_err() && line("1001").is_err(), "{id}");
    }
}

#[test]
fn what_the_platform_prints_otherwise_or_does_not_say_is_told_with_the_plan() {
    let told = |id: &str, given: &[(&str, &str)], words: &str| {
        let mut tracker = tracker(given);
        tracker.settings.set("apn", "internet").unwrap();
        tracker.imei = Some("490154203237518".parse().unwrap());
        let plan = plan(&profile(id), &tracker, &Ask::routine("provision", FormName::Sms)).unwrap();
        plan.warnings.iter().filter(|warning| warning.contains(words)).count()
    };
    let gl300 = ("password", "gl300");
    assert_eq!(told("queclink-at", &[gl300], "mode 4 (UDP)"), 1);
    assert_eq!(told("queclink-at", &[gl300, ("transport", "udp")], "mode 4 (UDP)"), 0);
    assert_eq!(told("queclink-at", &[gl300], "--set backup_server=ADDRESS"), 1);
    assert_eq!(told("queclink-at", &[gl300, BY_IP[0]], "--set backup_server=ADDRESS"), 0);
    assert_eq!(told("v-sun", &BY_IP, "in which unit it counts no source says"), 1);
    assert_eq!(told("istartek-vt", &[], "VT300 by neither"), 1);
}

/// traccar is a server: what it writes to a connection is no proof of what a tracker takes by SMS.
#[test]
fn what_is_known_from_a_server_of_the_data_link_alone_is_inferred_everywhere() {
    let catalogue = Catalogue::built_in();
    let mut seen = Vec::new();
    for entry in catalogue.entries() {
        let of_server = |title: &str| title.contains("over the data link");
        for source in &entry.profile().unwrap().sources {
            if source.title.as_deref().is_some_and(of_server) {
                assert_eq!(source.evidence, crate::profile::Evidence::Inferred, "{}", entry.id);
                seen.push(entry.id.as_str());
            }
        }
    }
    assert_eq!(seen, ["eelink", "jointech", "queclink-at", "suntech-prg", "suntech-st300", "totem"]);
}
