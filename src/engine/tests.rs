use std::sync::Arc;

use super::*;
use crate::plan::{Ask, Plan, What, plan};
use crate::profile::{Catalogue, FormName, Profile, load, tracker_with};
use crate::tracker::Tracker;

mod answers;

const PT32: &str = "istartek-pt32";
const VT: &str = "istartek-vt";
const IMEI: &str = "869912033012424";
const OTHER_IMEI: &str = "355139089215765";
const CREDENTIALS: [(&str, &str); 2] = [("apn_user", "user"), ("apn_password", "hunter2")];

/// The beginning of a command, and what comes back: lines, nothing for silence.
type Answer<'a> = (&'a str, &'a str);

/// Trackers that do as they are told, set up with the plan of `tracker`.
const ANSWERS: &[Answer<'static>] = &[
    ("VERSION#", "[VERSION]PT32_V1"),
    ("GMT,", "OK!"),
    ("APN,", "OK!"),
    ("SERVER,", "OK!"),
    ("TIMER,", "OK!"),
    ("PARAM#", "SN:869912033012424;APN:internet;IP:d.plaspy.com:8888;CENTER:0;TIMER:60;TimeZone:0.0;LANG:EN"),
    ("0000,801", "801,143190870823,869912033012424,VT100_V100"),
    ("0000,109", "109,OK"),
    ("0000,100", "100,OK"),
    ("0000,102", "102,OK"),
    ("0000,103", "103,OK"),
    ("0000,808,109", "808,109,internet,,"),
    ("0000,808,100", "808,100,1,d.plaspy.com,8888"),
    ("0000,808,102", "808,102,60,,"),
];

fn profile(id: &str) -> Arc<Profile> {
    Arc::clone(Catalogue::built_in().find(id).unwrap())
}

fn tracker(settings: &[(&str, &str)]) -> Tracker {
    let known = [("server", "d.plaspy.com"), ("port", "8888"), ("apn", "internet")];
    tracker_with(known.iter().chain(settings).copied()).unwrap()
}

fn routine(name: &str) -> Ask<'_> {
    Ask::routine(name, FormName::Cable)
}

/// A session that sends what is asked for and reads back by the profile's routine.
fn sending(profile: &Arc<Profile>, settings: &[(&str, &str)], ask: &Ask<'_>) -> Session {
    let tracker = tracker(settings);
    let commands = plan(profile, &tracker, ask).unwrap();
    let after = commands.after.clone().unwrap_or_else(|| tracker.clone());
    let reads = plan(profile, &after, &routine("verify")).unwrap();
    let questions = plan(profile, &tracker, &routine("identify")).unwrap();
    Session::new(profile, tracker, questions, commands.clone(), reads, commands)
}

fn provisioning(id: &str, settings: &[(&str, &str)]) -> Session {
    sending(&profile(id), settings, &routine("provision"))
}

/// A session that changes nothing.
fn verifying(id: &str, settings: &[(&str, &str)]) -> Session {
    let (profile, tracker) = (profile(id), tracker(settings));
    let [questions, reads, expected] =
        ["identify", "verify", "provision"].map(|name| plan(&profile, &tracker, &routine(name)).unwrap());
    Session::new(&profile, tracker, questions, Plan::empty(), reads, expected)
}

/// Adds the question of the other built-in dialect.
fn or_else(mut session: Session, id: &str, step: &str) -> Session {
    let (other, steps) = (profile(id), [step.to_owned()]);
    let ask = Ask { what: What::Steps(&steps), ..routine("identify") };
    let question = plan(&other, &Tracker::default(), &ask).unwrap();
    session.other(&other, question);
    session
}

fn answer(changes: &[Answer<'_>], text: &str) -> Vec<String> {
    let found = changes.iter().chain(ANSWERS).find(|(begin, _)| text.starts_with(begin));
    found.map(|(_, answer)| answer.lines().map(str::to_owned).collect()).unwrap_or_default()
}

/// Leads a session to its end, or until `stop`; tells what was sent.
fn lead(
    session: &mut Session,
    mut hears: impl FnMut(&str) -> Heard,
    stop: impl Fn(&Turn) -> bool,
) -> Vec<String> {
    let mut sent = Vec::new();
    while let Some(turn) = session.turn().filter(|turn| !stop(turn)) {
        let text = turn.text.trim_end().to_owned();
        session.hear(hears(&text));
        sent.push(text);
    }
    sent
}

fn talk(mut session: Session, changes: &[Answer<'_>]) -> (TalkOutcome, Vec<String>) {
    let sent = lead(&mut session, |text| Heard::Lines(answer(changes, text)), |_| false);
    (session.outcome(), sent)
}

fn outcome(session: Session, changes: &[Answer<'_>]) -> TalkOutcome {
    talk(session, changes).0
}

fn stands(outcome: &TalkOutcome) -> (Standing, Option<Reason>) {
    (outcome.standing, outcome.reason)
}

fn states(outcome: &TalkOutcome) -> Vec<State> {
    outcome.talk.commands.iter().map(|spoken| spoken.state).collect()
}

fn assert_nothing_was_changed(outcome: &TalkOutcome) {
    assert!(states(outcome).iter().all(|state| *state == State::Planned), "{outcome:?}");
}

#[test]
fn a_tracker_that_does_and_shows_everything_is_verified() {
    for (id, settings, says, silent_about) in [
        (PT32, &[][..], "by a reply form that no source gives for this tracker", "cannot be read back"),
        (PT32, &CREDENTIALS[..], "apn_user and apn_password cannot be read back", "not shown"),
        (VT, &[][..], "reliable was not shown", "no source"),
    ] {
        let outcome = outcome(provisioning(id, settings), &[]);
        assert_eq!(stands(&outcome), (Standing::Verified, None), "{}", outcome.sentence);
        assert!(outcome.sentence.contains(says), "{}", outcome.sentence);
        assert!(!outcome.sentence.contains(silent_about), "{}", outcome.sentence);
        assert!(states(&outcome).iter().all(|state| *state == State::Acknowledged));
    }
}

#[test]
fn a_setting_that_reads_back_empty_was_not_taken() {
    let acc_off = [("interval_acc_off", "300")];
    for (settings, name, shown) in [
        (&CREDENTIALS[..], "apn_user", "808,109,internet,,"),
        (&CREDENTIALS[..], "apn_user", "808,109,internet"),
        (&CREDENTIALS[..], "apn_password", "808,109,internet,user,"),
        (&acc_off[..], "interval_acc_off", "808,102,60,,"),
        (&acc_off[..], "interval_acc_off", "808,102,60"),
    ] {
        let query = if name.starts_with("apn") { "0000,808,109" } else { "0000,808,102" };
        let outcome = outcome(provisioning(VT, settings), &[(query, shown)]);
        assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::Differs)), "{shown}");
        assert!(outcome.sentence.starts_with(&format!("{name} reads back as empty")), "{}", outcome.sentence);
        assert!(!outcome.sentence.contains("hunter2"));
    }
}

#[test]
fn a_setting_of_an_earlier_owner_that_is_still_there_is_a_difference() {
    for (query, shown, sentence) in [
        (
            "0000,808,109",
            "808,109,internet,olduser,oldpw",
            "apn_user reads back as olduser, it should be empty",
        ),
        ("0000,808,109", "808,109,internet,,oldpw", "apn_password reads back as ****, it should be empty"),
        (
            "0000,808,102",
            "808,102,60,86400,86400",
            "interval_acc_off reads back as 86400, it should be empty",
        ),
        ("0000,808,102", "808,102,60,,86400", "interval_stopped reads back as 86400, it should be empty"),
    ] {
        for session in [provisioning(VT, &[]), verifying(VT, &[])] {
            let outcome = outcome(session, &[(query, shown)]);
            assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::Differs)), "{shown}");
            assert_eq!(outcome.sentence, sentence);
        }
    }
}

#[test]
fn a_read_that_shows_no_value_leaves_its_settings_open() {
    for (query, setting) in
        [("0000,808,109", "apn"), ("0000,808,100", "server"), ("0000,808,102", "interval")]
    {
        let failed = format!("{},Failed", &query[5..]);
        for shown in [failed.as_str(), "", "100,OK", "808"] {
            let outcome = outcome(provisioning(VT, &[]), &[(query, shown)]);
            let stands = stands(&outcome);
            assert_eq!(stands, (Standing::Acknowledged, Some(Reason::NotReadBack)), "{query} {shown:?}");
            assert!(outcome.sentence.contains(setting), "{}", outcome.sentence);
            assert!(
                outcome.unread().any(|open| open.name == setting && open.outstanding),
                "{query} {shown:?}"
            );
        }
    }
}

#[test]
fn a_read_that_the_tracker_does_not_have_is_named_and_holds_nothing_up() {
    for (query, setting, standing) in [
        ("0000,808,109", "apn", Standing::Verified),
        ("0000,808,102", "interval", Standing::Verified),
        ("0000,808,100", "server", Standing::Acknowledged),
    ] {
        let shown = format!("{},Unsupport", &query[5..]);
        let outcome = outcome(provisioning(VT, &[]), &[(query, &shown)]);
        assert_eq!(outcome.standing, standing, "{query}");
        assert!(outcome.sentence.contains(setting), "{}", outcome.sentence);
        assert!(outcome.unread().any(|open| open.name == setting && !open.outstanding), "{query}");
    }
}

#[test]
fn an_unanswered_set_is_proven_only_by_all_it_carried() {
    let unanswered = [("APN,", "")];
    let open = outcome(provisioning(PT32, &CREDENTIALS), &unanswered);
    assert_eq!(stands(&open), (Standing::Sent, Some(Reason::Silent)), "{}", open.sentence);
    let proven = outcome(provisioning(PT32, &[]), &unanswered);
    assert_eq!(stands(&proven), (Standing::Verified, None), "{}", proven.sentence);
}

#[test]
fn a_tracker_that_is_trusted_is_judged_by_what_comes_back_and_not_by_questions_that_were_never_asked() {
    let trusted = |changes: &[Answer<'_>]| {
        let (profile, tracker) = (profile(PT32), tracker(&[]));
        let [commands, reads] =
            ["provision", "verify"].map(|name| plan(&profile, &tracker, &routine(name)).unwrap());
        let mut session = Session::new(&profile, tracker, Plan::empty(), commands.clone(), reads, commands);
        session.trust();
        outcome(session, changes)
    };
    assert_eq!(stands(&trusted(&[])), (Standing::Verified, None));
    assert_eq!(stands(&trusted(&[("", "")])), (Standing::Sent, Some(Reason::Silent)));
}

#[test]
fn an_ok_that_names_no_command_proves_nothing_after_a_time_out() {
    let late = |changes: &[Answer<'_>]| outcome(provisioning(PT32, &[]), changes);
    let open = late(&[("GMT,", ""), ("PARAM#", "")]);
    assert_eq!(stands(&open), (Standing::Sent, Some(Reason::Silent)));
    assert_eq!(states(&open), [State::Unanswered; 4]);
    assert!(open.talk.commands[0].remark.is_none());
    for spoken in &open.talk.commands[1..] {
        assert!(
            spoken.remark.as_ref().is_some_and(|remark| remark.contains("names no command")),
            "{spoken:?}"
        );
    }
    assert_eq!(stands(&late(&[("GMT,", "")])), (Standing::Verified, None));

    let telling = late(&[("GMT,", ""), ("APN,", "SET APN OK"), ("SERVER,", "server ok"), ("PARAM#", "")]);
    let (done, open) = (State::Acknowledged, State::Unanswered);
    assert_eq!(states(&telling), [open, done, done, open]);
    assert_eq!(telling.standing, Standing::Sent);
}

#[test]
fn a_pending_answer_is_none_until_the_real_one_follows() {
    let built_in = Catalogue::built_in();
    let entry = built_in.entries().iter().find(|entry| entry.id == PT32).unwrap();
    let pending = "[[reply]]\nmeans = \"pending\"\nmatch = '(?i)^please wait'\nexamples = [\"Please wait\"]\n\
                   source = \"other-makers\"\n";
    let profile = Arc::new(load(&format!("{}\n{pending}", entry.text)).unwrap());
    let session = || sending(&profile, &[], &routine("provision"));

    let wait = |text: &str| text.starts_with("GMT,");
    let mut asked = session();
    lead(&mut asked, |text| Heard::Lines(answer(&[], text)), |turn| wait(&turn.text));
    assert!(!asked.is_answer(&["Please wait".into()]));
    assert!(asked.is_answer(&["Please wait".into(), "OK!".into()]));

    let both = outcome(session(), &[("GMT,", "Please wait\nOK!"), ("PARAM#", "")]);
    assert_eq!(states(&both), [State::Acknowledged; 4]);
    let only = outcome(session(), &[("GMT,", "Please wait"), ("PARAM#", "")]);
    assert_eq!(stands(&only), (Standing::Sent, Some(Reason::NotRecognised)));
    assert_eq!(states(&only), [State::Unanswered; 4], "the OK of the next may be the late one");
    assert!(only.sentence.contains("the real answer did not follow"), "{}", only.sentence);
}

#[test]
fn a_refusal_stops_the_rest() {
    for (id, begin, answer, reason) in [
        (VT, "0000,100", "100,Unsupport", Reason::Unsupported),
        (VT, "0000,100", "100,Failed", Reason::Refused),
        (PT32, "SERVER,", "Not support!", Reason::Unsupported),
        (PT32, "SERVER,", "instruction error!", Reason::Refused),
        (
            PT32,
            "SERVER,",
            "Error: only SOS number and center number is able to execute the command.",
            Reason::NotAuthorised,
        ),
    ] {
        let (outcome, sent) = talk(provisioning(id, &[]), &[(begin, answer)]);
        assert_eq!(stands(&outcome), (Standing::Refused, Some(reason)), "{answer}");
        assert!(outcome.sentence.starts_with("\"server\" was answered"), "{}", outcome.sentence);
        assert!(sent.last().unwrap().starts_with(begin), "{sent:?}");
        let states = states(&outcome);
        let at = states.iter().position(|state| *state == State::Refused).unwrap();
        assert!(states[..at].iter().all(|state| *state == State::Acknowledged));
        assert!(states[at + 1..].iter().all(|state| *state == State::Planned) && at + 1 < states.len());
    }
}

#[test]
fn a_tracker_that_may_not_be_asked_is_told_nothing() {
    for (id, begin, answer, reason) in [
        (VT, "0000,801", "801,Failed", Reason::WrongPassword),
        (
            PT32,
            "VERSION#",
            "Error: only SOS number and center number is able to execute the command.",
            Reason::NotAuthorised,
        ),
    ] {
        let (outcome, sent) = talk(provisioning(id, &[]), &[(begin, answer)]);
        assert_eq!(stands(&outcome), (Standing::Refused, Some(reason)));
        assert_eq!(sent, [begin]);
        assert_nothing_was_changed(&outcome);
    }
}

/// The texts that ask which dialect it is, and change nothing.
const QUESTIONS: [&str; 3] = ["VERSION#", "PARAM#", "0000,801"];

#[test]
fn nothing_is_sent_before_the_dialect_was_recognised() {
    let odd = || Heard::Lines(vec!["hello".into()]);
    for (heard, reason) in [
        (Heard::Lines(Vec::new()), Reason::Silent),
        (Heard::OnlyEcho, Reason::OnlyEcho),
        (Heard::Garbage, Reason::Garbage),
        (odd(), Reason::NotRecognised),
    ] {
        let sessions = [
            or_else(provisioning(PT32, &[]), VT, "identity"),
            or_else(provisioning(VT, &[]), PT32, "version"),
        ];
        for mut session in sessions {
            for _ in 0..2 {
                let sent = lead(&mut session, |_| heard.clone(), |_| false);
                assert!(
                    sent.len() > 1 && sent.iter().all(|text| QUESTIONS.contains(&text.as_str())),
                    "{sent:?}"
                );
                assert!(session.is_lost());
                session.probe_again();
            }
            lead(&mut session, |_| heard.clone(), |_| false);
            let outcome = session.outcome();
            assert_eq!(stands(&outcome), (Standing::Planned, Some(reason)), "{}", outcome.sentence);
            assert_nothing_was_changed(&outcome);
        }
    }
}

#[test]
fn another_dialects_answer_stops_before_anything_is_sent() {
    let none = ("VERSION#", "");
    for (session, changes) in [
        (or_else(provisioning(PT32, &[]), VT, "identity"), &[none, ("PARAM#", "")][..]),
        (
            or_else(provisioning(PT32, &[]), VT, "identity"),
            &[none, ("PARAM#", ""), ("0000,801", "801,Failed")][..],
        ),
        (or_else(provisioning(VT, &[]), PT32, "version"), &[("0000,801", "")][..]),
    ] {
        let (outcome, sent) = talk(session, changes);
        assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::OtherDialect)), "{}", outcome.sentence);
        assert!(sent.iter().all(|text| QUESTIONS.contains(&text.as_str())), "{sent:?}");
        assert!(outcome.sentence.contains("nothing was changed"));
        assert_nothing_was_changed(&outcome);
    }
}

#[test]
fn a_profile_without_questions_never_sends_a_command() {
    let (profile, tracker) = (profile(PT32), tracker(&[]));
    let commands = plan(&profile, &tracker, &routine("provision")).unwrap();
    let reads = plan(&profile, &tracker, &routine("verify")).unwrap();
    let session = Session::new(&profile, tracker, Plan::empty(), commands.clone(), reads, commands);
    let mut session = or_else(session, VT, "identity");
    for _ in 0..2 {
        let sent = lead(&mut session, |text| Heard::Lines(answer(&[], text)), |_| false);
        assert!(sent.iter().all(|text| text == "0000,801"), "{sent:?}");
        session.probe_again();
    }
    lead(&mut session, |text| Heard::Lines(answer(&[], text)), |_| false);
    let outcome = session.outcome();
    assert!(outcome.reason.is_some() && outcome.standing != Standing::Verified);
    assert_nothing_was_changed(&outcome);
}

#[test]
fn another_tracker_than_the_one_meant_is_left_alone() {
    for (id, questions) in [(PT32, &["VERSION#", "PARAM#"][..]), (VT, &["0000,801"][..])] {
        let (outcome, sent) = talk(provisioning(id, &[("imei", OTHER_IMEI)]), &[]);
        assert_eq!(stands(&outcome), (Standing::Failed, Some(Reason::OtherTracker)), "{}", outcome.sentence);
        assert!(outcome.sentence.contains(IMEI) && outcome.sentence.contains(OTHER_IMEI));
        assert_eq!(sent, questions);
        assert_nothing_was_changed(&outcome);
        let meant = super::tests::outcome(provisioning(id, &[("imei", IMEI)]), &[]);
        assert_eq!(stands(&meant), (Standing::Verified, None), "{}", meant.sentence);
    }
}

#[test]
fn verifying_claims_what_was_read_and_changes_nothing() {
    let silent = [("0000,808,", "")];
    let one = [("0000,808,102", "")];
    let other = [("0000,808,100", "808,100,1,old.example.com,8888")];
    for (changes, standing, reason, word) in [
        (&[][..], Standing::Verified, None, "server"),
        (
            &silent[..],
            Standing::Planned,
            Some(Reason::NotReadBack),
            "read-apn, read-server and read-interval were not",
        ),
        (&one[..], Standing::Planned, Some(Reason::NotReadBack), "read-interval was not"),
        (&other[..], Standing::Failed, Some(Reason::Differs), "server reads back as old.example.com"),
    ] {
        for settings in [&[][..], &[("imei", IMEI)][..]] {
            let (outcome, sent) = talk(verifying(VT, settings), changes);
            assert_eq!(stands(&outcome), (standing, reason), "{}", outcome.sentence);
            assert!(outcome.sentence.contains(word), "{}", outcome.sentence);
            assert!(sent.iter().all(|text| text.starts_with("0000,80")), "{sent:?}");
        }
    }
}

#[test]
fn without_the_server_nothing_is_verified() {
    let without = ["server".to_owned(), "reliable".to_owned()];
    let ask = Ask { without: &without, ..routine("provision") };
    let only = ["interval".to_owned()];
    let step = Ask { what: What::Steps(&only), ..routine("provision") };
    for id in [VT, PT32] {
        let pt32 = Ask { without: &without[..1], ..ask.clone() };
        for ask in [if id == VT { &ask } else { &pt32 }, &step] {
            let outcome = outcome(sending(&profile(id), &[], ask), &[]);
            assert_eq!(stands(&outcome), (Standing::Acknowledged, None), "{id}: {}", outcome.sentence);
            assert!(outcome.sentence.contains("interval"), "{}", outcome.sentence);
        }
    }
}

#[test]
fn a_courier_that_breaks_leaves_no_claim_beyond_what_was_heard() {
    let done = State::Acknowledged;
    for (changes, at, left, standing, second) in [
        (&[][..], "0000,801", true, Standing::Planned, State::Planned),
        (&[][..], "0000,109", true, Standing::Unknown, State::Planned),
        (&[][..], "0000,109", false, Standing::Planned, State::Planned),
        (&[][..], "0000,100", true, Standing::Unknown, State::Unknown),
        (&[][..], "0000,100", false, Standing::Sent, State::Planned),
        (&[][..], "0000,808,109", true, Standing::Acknowledged, done),
        (&[][..], "0000,808,102", true, Standing::Acknowledged, done),
        (&[("0000,100", "")][..], "0000,808,102", true, Standing::Sent, State::Unanswered),
    ] {
        let mut session = provisioning(VT, &[]);
        lead(&mut session, |text| Heard::Lines(answer(changes, text)), |turn| turn.text.starts_with(at));
        session.cut(Reason::PortLost, "the port is gone".into(), if left { Cut::Left } else { Cut::Kept });
        assert!(session.turn().is_none());
        let outcome = session.outcome();
        assert_eq!(stands(&outcome), (standing, Some(Reason::PortLost)), "{at} {left}");
        assert_eq!(states(&outcome)[1], second, "{at} {left}");
        // Where only a question is missing, it says first what stands all the same.
        assert!(outcome.sentence.ends_with("the port is gone"), "{at} {left}: {}", outcome.sentence);
    }
    let mut session = verifying(VT, &[]);
    lead(&mut session, |text| Heard::Lines(answer(&[], text)), |turn| turn.name == "read-server");
    session.cut(Reason::PortLost, "the port is gone".into(), Cut::Left);
    assert_eq!(session.outcome().standing, Standing::Planned);
}

#[test]
fn no_secret_stands_in_anything_that_is_shown() {
    let settings = [("password", "s3cr"), CREDENTIALS[0], CREDENTIALS[1]];
    let value = "808,109,internet,user,hunter2";
    let cases: [&[Answer<'_>]; 7] = [
        // It repeats the command before its answer.
        &[
            ("s3cr,801", "s3cr,801\n801,1,869912033012424,VT100"),
            ("s3cr,109", "s3cr,109,internet,user,hunter2\n109,OK"),
            ("s3cr,100", "100,OK"),
            ("s3cr,102", "102,OK"),
            ("s3cr,103", "103,OK"),
            ("s3cr,808,109", value),
        ],
        // It quotes the command in words of its own.
        &[("s3cr,801", "801,Unsupport"), ("s3cr,109", "<s3cr,109,internet,user,hunter2>what?")],
        // A refusal that quotes it.
        &[("s3cr,801", "801,Unsupport"), ("s3cr,109", "s3cr,109,internet,user,hunter2\n109,Failed")],
        // Another command is answered by the late value of a query.
        &[("s3cr,801", "801,Unsupport"), ("s3cr,109", value), ("s3cr,100", value), ("s3cr,808,100", value)],
        // The password is not the one that was set.
        &[("s3cr,801", "801,Unsupport"), ("s3cr,808,109", "808,109,internet,user,oldpw")],
        // Nothing is understood.
        &[("s3cr,801", "s3cr,801 unknown")],
        &[("s3cr,801", value)],
    ];
    for changes in cases {
        let mut session = provisioning(VT, &settings);
        let mut shown = Vec::new();
        while let Some(turn) = session.turn() {
            let lines = answer(changes, &turn.text);
            shown.push(turn.shown);
            shown.extend(session.shown(&lines));
            session.hear(Heard::Lines(lines));
        }
        let outcome = session.outcome();
        let talk = &outcome.talk;
        for spoken in talk.probes.iter().chain(&talk.commands).chain(&talk.reads) {
            shown.push(spoken.shown.clone());
            shown.extend(spoken.lines.iter().chain(&spoken.remark).cloned());
        }
        shown.push(outcome.sentence);
        let leaks = |text: &&String| ["s3cr", "hunter2", "oldpw"].iter().any(|secret| text.contains(secret));
        assert_eq!(shown.iter().find(leaks), None, "{changes:?}");
    }
}

#[test]
fn our_own_secrets_are_masked_in_a_form_that_nobody_knows() {
    let read = "SN:869912033012424;APN:internet,user,hunter2;IP:d.plaspy.com:8888;TIMER:60;TimeZone:0.0";
    for (begin, line) in [
        ("PARAM#", read),
        ("APN,", "PN,internet,user,hunter2#"),
        ("APN,", "APN,internet,user,hunter2"),
        ("SERVER,", "the password hunter2 is weak, hunter2!"),
    ] {
        let outcome = outcome(provisioning(PT32, &CREDENTIALS), &[(begin, line)]);
        let talk = &outcome.talk;
        let lines: Vec<&String> =
            talk.commands.iter().chain(&talk.reads).flat_map(|spoken| &spoken.lines).collect();
        assert!(lines.contains(&&line.replace("hunter2", "****")), "{lines:?}");
        assert!(!outcome.sentence.contains("hunter2"));
    }
    let same_digits = [("password", "8888"), CREDENTIALS[0], ("apn_password", "0330")];
    let mut session = provisioning(VT, &same_digits);
    lead(&mut session, |_| Heard::Lines(Vec::new()), |_| true);
    assert_eq!(session.shown(&["801,1,869912033012424,VT100".into()]), ["801,1,869912033012424,VT100"]);
}
