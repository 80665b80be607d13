//! Virtual trackers of both built-in dialects, against what the makers' papers print.

use std::sync::Arc;

use super::{Behaviour, Hearing, TrackerError, VirtualTracker};
use crate::profile::{Catalogue, FormName, Kind, Means, Profile, Scope, Step, load, tracker_with};
use crate::tracker::Tracker;

const SENDER: &str = "+99910000000";
const IMEI: &str = "869912033012424";

fn profile(id: &str) -> Arc<Profile> {
    Arc::clone(Catalogue::built_in().find(id).unwrap())
}

/// The dialects: of the box, and the other one.
fn dialects(id: &str) -> (Arc<Profile>, Option<Arc<Profile>>) {
    let all = ["istartek-vt", "istartek-pt32"];
    let other = all.into_iter().find(|other| *other != id).map(profile);
    (profile(id), other)
}

fn plain() -> Tracker {
    tracker_with([("imei", IMEI), ("phone", "+573001234567"), ("apn", "internet")]).unwrap()
}

fn new(id: &str, behaviour: Behaviour) -> VirtualTracker {
    let (profile, other) = dialects(id);
    VirtualTracker::new(profile, &plain(), behaviour, other).unwrap()
}

fn vt(behaviour: Behaviour) -> VirtualTracker {
    new("istartek-vt", behaviour)
}

fn pt32(behaviour: Behaviour) -> VirtualTracker {
    new("istartek-pt32", behaviour)
}

/// What it answers; an empty text for silence.
fn ask(tracker: &mut VirtualTracker, text: &str) -> String {
    tracker.hear(SENDER, text).answer.unwrap_or_default()
}

fn changed(hearing: &Hearing) -> Vec<(&str, &str)> {
    hearing.changed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn the_numeric_dialect_is_obeyed_and_its_settings_are_kept() {
    let mut tracker = vt(Behaviour::Obeys);
    let hearing = tracker.hear(SENDER, "0000,109,web,user,secret");
    assert_eq!(hearing.answer.as_deref(), Some("109,OK"));
    assert_eq!(changed(&hearing), [("apn", "web"), ("apn_password", "secret"), ("apn_user", "user")]);
    assert_eq!(ask(&mut tracker, "0000,808,109"), "808,109,web,user,secret");
    // What the command leaves out is gone.
    let hearing = tracker.hear(SENDER, "0000,109,web");
    assert_eq!(changed(&hearing), [("apn_password", ""), ("apn_user", "")]);
    assert_eq!(ask(&mut tracker, "0000,808,109"), "808,109,web,,");
    let hearing = tracker.hear(SENDER, " 0000,100,2,d.plaspy.com,8888\r\n");
    assert_eq!(hearing.answer.as_deref(), Some("100,OK"));
    assert_eq!(hearing.note, "it obeyed server, and would report to d.plaspy.com:8888");
    assert_eq!(ask(&mut tracker, "0000,808,100"), "808,100,2,d.plaspy.com,8888");
    assert_eq!(tracker.setting("transport"), Some("udp"));
    assert_eq!(ask(&mut tracker, "0000,102,60"), "102,OK");
    assert_eq!(ask(&mut tracker, "0000,808,102"), "808,102,60,,");
    assert_eq!(ask(&mut tracker, "0000,601,-330"), "601,OK");
    assert_eq!(tracker.setting("timezone"), Some("-05:30"));
    assert_eq!(ask(&mut tracker, "0000,808,601"), "808,601,-330");
}

#[test]
fn the_hash_dialect_is_obeyed_and_its_settings_are_kept() {
    let mut tracker = pt32(Behaviour::Obeys);
    // As one maker of the dialect prints it.
    let shown =
        "SN:869912033012424;APN:CMNET;IP:vt.protrack365.com:8842;CENTER:0;TIMER:10;TimeZone:8.0;LANG:EN";
    assert_eq!(ask(&mut tracker, "PARAM#"), shown);
    // The platform's command says no transport: it is what the maker's answer shows, and not another on purpose.
    assert_eq!(tracker.setting("transport"), Some("tcp"));
    for text in ["GMT,W,5,30#", "APN,internet#", "SERVER,0,54.85.159.138,8888#", "TIMER,60#"] {
        assert_eq!(ask(&mut tracker, text), "OK!", "{text}");
    }
    let shown =
        "SN:869912033012424;APN:internet;IP:54.85.159.138:8888;CENTER:0;TIMER:60;TimeZone:-5.5;LANG:EN";
    assert_eq!(ask(&mut tracker, "PARAM#"), shown);
    assert_eq!(ask(&mut tracker, "VERSION#"), "[VERSION]HOMING-LAB_V1");
    // The form that names no transport leaves it as it is.
    ask(&mut tracker, "SERVER,1,d.plaspy.com,8888,1#");
    ask(&mut tracker, "SERVER,1,d.plaspy.com,8888#");
    assert_eq!(tracker.setting("transport"), Some("udp"));
}

#[test]
fn nothing_is_right_before_it_was_told() {
    let mut tracker = vt(Behaviour::Obeys);
    // Values of the paper's examples, of which `internet` and TCP are what this tracker is to be set to.
    assert_eq!(ask(&mut tracker, "0000,808,109"), "808,109,CMNET,internet,internet");
    assert_eq!(ask(&mut tracker, "0000,808,100"), "808,100,2,istartracker.com,8011");
    assert_eq!(ask(&mut tracker, "0000,808,102"), "808,102,10,60,");
}

#[test]
fn a_tracker_tells_who_it_is() {
    assert_eq!(ask(&mut vt(Behaviour::Obeys), "0000,801"), "801,573001234567,869912033012424,HOMING-LAB_V1");
    // One of which only the number is known.
    let known = tracker_with([("phone", "+99940000007")]).unwrap();
    let mut tracker = VirtualTracker::new(profile("istartek-vt"), &known, Behaviour::Obeys, None).unwrap();
    let answer = ask(&mut tracker, "0000,801");
    let imei = answer.split(',').nth(2).unwrap();
    assert!(imei.starts_with("00101001000007"), "{answer}");
    imei.parse::<crate::tracker::Imei>().unwrap();
    let iccid = ask(&mut tracker, "0000,803");
    crate::tracker::Iccid::parse(iccid.strip_prefix("803,").unwrap()).unwrap();
}

#[test]
fn a_wrong_password_is_answered_as_the_paper_says() {
    let mut tracker = vt(Behaviour::WrongPassword);
    // V1.6: Failed means a wrong format or a wrong password.
    for (text, answer) in [
        ("0000,801", "801,Failed"),
        ("0000,109,internet", "109,Failed"),
        ("0000,100,1,d.plaspy.com,8888", "100,Failed"),
        ("0000,808,100", "808,100,Failed"),
        ("0000,999", "999,Failed"),
        ("0000,hello", ""),
        ("hello", ""),
    ] {
        let hearing = tracker.hear(SENDER, text);
        assert_eq!(hearing.answer.unwrap_or_default(), answer, "{text}");
        assert_eq!(hearing.changed, [], "{text}");
    }
    let reading =
        profile("istartek-vt").read_reply(profile("istartek-vt").step("identity").unwrap(), "801,Failed");
    assert_eq!(reading.unwrap().means, Means::BadPassword);
    // Its own one it obeys.
    assert_eq!(tracker.setting("password"), Some("0001"));
    assert_eq!(ask(&mut tracker, "0001,102,60"), "102,OK");
}

#[test]
fn a_dialect_without_a_password_cannot_get_a_wrong_one() {
    assert_eq!(ask(&mut pt32(Behaviour::WrongPassword), "TIMER,60#"), "OK!");
}

#[test]
fn whoever_is_not_authorised_is_told_so_where_a_source_tells_how() {
    let mut tracker = pt32(Behaviour::NotAuthorised);
    let refusal = "Error: only SOS number and center number is able to execute the command.";
    for text in ["TIMER,60#", "PARAM#"] {
        let hearing = tracker.hear(SENDER, text);
        assert_eq!((hearing.answer.as_deref(), hearing.changed), (Some(refusal), Vec::new()), "{text}");
    }
    let hearing = vt(Behaviour::NotAuthorised).hear(SENDER, "0000,102,60");
    assert_eq!((hearing.answer, hearing.changed), (None, Vec::new()));
    assert_eq!(hearing.note, "+99910000000 may not command it; it says nothing");
}

/// Jimi's paper prints whether the server is a name in the answer to GPRSSET#: 1 for d.plaspy.com.
#[test]
fn an_answer_of_a_new_tracker_is_as_complete_as_the_documented_one() {
    let concox = profile("concox-gt06");
    let tracker = tracker_with([("server", "54.85.159.138"), ("port", "8888")]).unwrap();
    let mut device = VirtualTracker::new(Arc::clone(&concox), &tracker, Behaviour::Obeys, None).unwrap();
    let answer = ask(&mut device, "GPRSSET#");
    assert!(answer.contains("Server:1,d.plaspy.com,8888,"), "{answer}");
    assert!(concox.read_reply(concox.step("gprsset").unwrap(), &answer).is_some(), "{answer}");
}

/// Ruptela's list tells "connection data incorrect" of `connect` alone: what it says to a command it does not have, it
/// does not tell.
#[test]
fn what_a_source_tells_of_one_command_is_not_said_to_another() {
    let mut tracker = VirtualTracker::new(
        profile("ruptela"),
        &tracker_with([("apn", "internet")]).unwrap(),
        Behaviour::Obeys,
        None,
    )
    .unwrap();
    assert_eq!(
        tracker.hear(SENDER, "connect 192.168.0.1").answer.as_deref(),
        Some("connection data incorrect")
    );
    assert_eq!(tracker.hear(SENDER, "VERSION#").answer, None);
    assert_eq!(tracker.hear(SENDER, "getapn now").answer, None);
}

#[test]
fn a_silent_tracker_does_and_says_nothing() {
    for (mut tracker, text) in
        [(vt(Behaviour::Silent), "0000,102,60"), (pt32(Behaviour::Silent), "TIMER,60#")]
    {
        let before = tracker.setting("interval").map(str::to_owned);
        let hearing = tracker.hear(SENDER, text);
        assert_eq!((hearing.answer, hearing.changed), (None, Vec::new()));
        assert_eq!(tracker.setting("interval").map(str::to_owned), before);
        assert_eq!(hearing.note, "it is silent; it says nothing");
    }
}

#[test]
fn a_tracker_of_the_other_dialect_obeys_that_one() {
    let mut tracker = pt32(Behaviour::OtherDialect);
    assert_eq!(ask(&mut tracker, "TIMER,60#"), "");
    assert_eq!(ask(&mut tracker, "SERVER,1,d.plaspy.com,8888#"), "");
    assert_eq!(ask(&mut tracker, "0000,102,60"), "102,OK");
    let mut tracker = vt(Behaviour::OtherDialect);
    assert_eq!(ask(&mut tracker, "0000,102,60"), "Not support!");
    assert_eq!(ask(&mut tracker, "TIMER,60#"), "OK!");
    let alone = VirtualTracker::new(profile("istartek-vt"), &plain(), Behaviour::OtherDialect, None);
    assert_eq!(alone.err(), Some(TrackerError::NoOther("istartek-vt".to_owned())));
}

#[test]
fn what_a_tracker_does_not_know_is_answered_as_its_family_does() {
    let mut tracker = vt(Behaviour::Obeys);
    for (text, answer) in [
        // V1.6: Unsupport for what the device has not, Failed for a wrong format.
        ("0000,999,1", "999,Unsupport"),
        ("0000,808,999", "808,999,Unsupport"),
        ("0000,102,soon", "102,Failed"),
        ("0000,100,1", "100,Failed"),
        ("0000,hello", ""),
        ("thank you", ""),
    ] {
        assert_eq!(ask(&mut tracker, text), answer, "{text}");
    }
    let mut tracker = pt32(Behaviour::Obeys);
    for (text, answer) in
        [("SPEED#", "Not support!"), ("TIMER,soon#", "instruction error!"), ("apn#", "instruction error!")]
    {
        assert_eq!(ask(&mut tracker, text), answer, "{text}");
    }
}

#[test]
fn a_changed_password_is_the_one_it_obeys_from_then_on() {
    let mut tracker = vt(Behaviour::Obeys);
    let hearing = tracker.hear(SENDER, "0000,600,PW37");
    assert_eq!(hearing.answer.as_deref(), Some("600,OK"));
    assert!(changed(&hearing).contains(&("password", "PW37")));
    assert_eq!(ask(&mut tracker, "0000,102,60"), "102,Failed");
    assert_eq!(ask(&mut tracker, "PW37,102,60"), "102,OK");
    assert_eq!(ask(&mut tracker, "PW37,612,2"), "612,OK");
    assert_eq!(ask(&mut tracker, "0000,102,60"), "102,OK");
}

#[test]
fn a_factory_reset_forgets_what_was_set() {
    let mut tracker = vt(Behaviour::Obeys);
    ask(&mut tracker, "0000,600,PW37");
    ask(&mut tracker, "PW37,100,1,d.plaspy.com,8888");
    let hearing = tracker.hear(SENDER, "PW37,612,3");
    assert_eq!(hearing.answer.as_deref(), Some("612,OK"));
    assert!(changed(&hearing).contains(&("server", "istartracker.com")), "{hearing:?}");
    assert_eq!(ask(&mut tracker, "0000,808,100"), "808,100,2,istartracker.com,8011");
    let mut tracker = pt32(Behaviour::Obeys);
    ask(&mut tracker, "APN,internet#");
    assert_eq!(ask(&mut tracker, "FACTORY#"), "OK!");
    assert!(ask(&mut tracker, "PARAM#").contains(";APN:CMNET;"));
}

/// `send` and `hears` are written apart: each is held against the other, with the form around it.
#[test]
fn every_example_of_every_profile_is_heard_and_answered_as_its_step_wants() {
    let mut heard = 0;
    for id in ["istartek-vt", "istartek-pt32"] {
        let profile = profile(id);
        // The lab's trackers have a number, and no connection of their own on which they would take a command.
        let by_sms = |step: &&Step| step.forms.is_empty() || step.forms.contains(&FormName::Sms);
        let taken = profile.steps.iter().enumerate().filter(|(_, step)| by_sms(step));
        for (at, step) in taken.filter(|(_, step)| step.device.is_some()) {
            let known = step.replies.iter().chain(&profile.replies);
            let wanted = if step.kind == Kind::Query { Means::Value } else { Means::Ok };
            let known = known.filter(|reply| reply.means == wanted).count() > 0;
            let examples = step.examples.iter().chain(step.instead.iter().flat_map(|way| &way.examples));
            for example in examples {
                let mut tracker =
                    VirtualTracker::new(Arc::clone(&profile), &plain(), Behaviour::Obeys, None).unwrap();
                let scope = Scope::whole(&profile, &plain());
                let text =
                    profile.render_form(FormName::Sms, &scope, example.sends.value.clone(), None).unwrap();
                let hearing = tracker.hear(SENDER, &text);
                for (name, value) in &example.with {
                    let has = tracker.setting(name);
                    assert!(step.kind != Kind::Set || has == Some(value), "{id} {text}: {name} is {has:?}");
                }
                let reading = hearing.answer.as_deref().and_then(|answer| profile.read_reply(at, answer));
                let means = reading.map(|reading| reading.means);
                assert!(!known || means == Some(wanted), "{id} {text}: {hearing:?} is read as {means:?}");
                heard += 1;
            }
        }
    }
    assert!(heard > 60, "{heard}");
}

#[test]
fn a_form_without_its_password_is_told() {
    let text =
        Catalogue::built_in().entries().iter().find(|entry| entry.id == "istartek-vt").unwrap().text.clone();
    let text = text.replace("default = \"0000\"\n", "");
    let profile = load(&text).unwrap();
    let error =
        VirtualTracker::new(Arc::new(profile), &plain(), Behaviour::Obeys, None).unwrap_err().to_string();
    assert_eq!(error, "a tracker of istartek-vt cannot read its short messages: it needs password");
}
