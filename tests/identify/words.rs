//! What answers in words of several makers come to: never a name. The texts are those of facts/istartek.md, section 4.

use std::sync::Arc;

use homing::engine::survey;
use homing::identify::{Answered, Survey, Verdict};
use homing::profile::Profile;
use homing::tracker::Tracker;

use super::{CEILING, built_in, candidates_of, catalogue, named};

/// A device that answers some texts and no others.
fn answered(candidates: &[Arc<Profile>], most: usize, answers: &[(&str, &str)]) -> Survey {
    let mut survey = survey(candidates, &catalogue(), &Tracker::default(), most);
    while let Some(inquiry) = survey.next() {
        let answer = answers.iter().find(|(asked, _)| *asked == inquiry.text.expose().trim());
        let lines: Vec<String> =
            answer.map(|(_, said)| said.lines().map(str::to_owned).collect()).unwrap_or_default();
        survey.hear(&lines, false);
    }
    survey
}

fn among(ids: &[&str]) -> Vec<Arc<Profile>> {
    ids.iter().map(|id| Arc::clone(built_in().find(id).unwrap())).collect()
}

fn candidates(survey: &Survey) -> Vec<&str> {
    survey.candidates().into_iter().map(|at| survey.profiles()[at].id.as_str()).collect()
}

/// The `#` dialect is that of several makers, and no source gives an answer of iStartek's to it.
#[test]
fn the_words_of_related_makers_name_no_tracker_of_istartek() {
    let status = "Battery:4.20V,NORMAL; SERVER:Link Up, network:\"GSM\",(4); GPS:Successful positioning;";
    let devices: &[&[(&str, &str)]] = &[
        &[("VERSION#", "[VERSION]NT06L_GT06L_WAAG_V7.0"), ("GPRSSET#", "Not support!")],
        &[("VERSION#", "[VERSION]NT06L_GT06L_WAAG_V7.0"), ("STATUS#", "instruction error!")],
        &[("VERSION#", "[VERSION]NT06L_GT06L_WAAG_V7.0"), ("STATUS#", status)],
        &[
            ("VERSION#", "[VERSION]NT06L_GT06L_WAAG_V7.0"),
            ("STATUS#", "EXT-POWER:12.14V;BATTERY:84%;GPRS;FAIL;"),
        ],
        &[
            ("VERSION#", "[VERSION]NT06L_GT06L_WAAG_V7.0"),
            ("STATUS#", "V:4.22V,12V;CSQ:22;PWR:1;ACC:0;GPS:3,0,0"),
        ],
        &[("VERSION#", "MTRACK VERSION:V1.2")],
        &[("VERSION#", "Error: unknown command. SW VERSION:3.1")],
        &[("VERSION#", "Not support!"), ("GPRSSET#", "Not support!"), ("PARAM#", "Not support!")],
    ];
    for device in devices {
        for (candidates, most) in [
            (catalogue(), 1),
            (catalogue(), CEILING),
            (catalogue(), 20),
            (among(&["istartek-pt32"]), CEILING),
            (among(&["istartek-pt32", "istartek-vt"]), CEILING),
            (among(&["concox-gt06", "istartek-pt32"]), CEILING),
        ] {
            let survey = answered(&candidates, most, device);
            let name = named(&survey);
            assert!(name.is_none_or(|name| name == "concox-gt06"), "{device:?}: {name:?}");
        }
    }
}

/// What the Jimi NT06L says to VERSION# and STATUS#.
const JIMI: [(&str, &str); 2] = [
    ("VERSION#", "[VERSION]NT06L_GT06L_WAAG_V7.0"),
    ("STATUS#", "Battery:4.20V,NORMAL; SERVER:Link Up, network:\"GSM\",(4); GPS:Successful positioning;"),
];

/// Nobody knows what the PT32 and Eelink, of which the same lines are printed, answer to these two.
#[test]
fn a_refusal_that_could_be_anybodys_rules_nobody_out() {
    let device = [&JIMI[..], &[("GPRSSET#", "Not support!")]].concat();
    let survey = answered(&catalogue(), CEILING, &device);
    assert_eq!((named(&survey), candidates(&survey)), (None, vec!["concox-gt06", "eelink", "istartek-pt32"]));
    let sentence = survey.sentence();
    assert!(
        sentence.starts_with("it answers as concox-gt06 does; eelink and istartek-pt32 may as well"),
        "{sentence}"
    );
    let how: Vec<Answered> =
        survey.asked().filter(|(one, _)| one.shown == "GPRSSET#").map(|(_, how)| how).collect();
    assert_eq!(how, [Answered::Alike]);
}

#[test]
fn the_words_of_another_maker_are_said_to_be_those_of_several() {
    let device =
        [("STATUS#", "V:4.22V,12V;CSQ:22;PWR:1;ACC:0;GPS:3,0,0;GS:0,1"), ("VERSION#", "MTRACK VERSION:V1.2")];
    let survey = answered(&catalogue(), 10, &device);
    assert!(matches!(survey.verdict(), Verdict::Alike(_)), "{:?}", survey.verdict());
    assert!(survey.sentence().contains("words of several makers"), "{}", survey.sentence());
    // Concox is documented to answer otherwise.
    assert_eq!(candidates(&survey), ["eelink", "istartek-pt32"]);
    // What it says of itself is told all the same.
    let told: Vec<_> = survey.told().iter().flat_map(|told| told.reading.values.clone()).collect();
    assert!(told.contains(&("firmware".to_owned(), "V1.2".to_owned())), "{told:?}");
}

/// Jimi documents the three answers, and no other family is documented to take the three questions.
#[test]
fn what_a_maker_documents_of_several_questions_names_it() {
    let settings = "GPRS: ON; Currently use APN:internet,,; Server:1,d.plaspy.com,8888,0; URL:;";
    let device = [&JIMI[..], &[("GPRSSET#", settings)]].concat();
    assert_eq!(named(&answered(&catalogue(), CEILING, &device)), Some("concox-gt06"));
}

/// facts/istartek.md, section 5: the dialect is right, the password or the support is not.
#[test]
fn a_refusal_that_names_the_question_shows_the_dialect() {
    for said in ["801,Failed", "801,Unsupport"] {
        let survey = answered(&catalogue(), CEILING, &[("0000,801", said)]);
        assert_eq!(named(&survey), Some("istartek-vt"), "{said}");
        assert!(!survey.sentence().contains("source"), "{}", survey.sentence());
    }
}

/// Coban GPS301 manual, page 14; the same in lines, as a device sends it.
#[test]
fn the_state_that_cobans_manual_prints_is_known() {
    let one = "GSM: 100% GPS: OK GPRS: ON battery: 100%";
    for said in [one, &one.replace("% ", "%\n").replace("OK ", "OK\n").replace("ON ", "ON\n")] {
        let device = [("check123456", said)];
        assert_eq!(named(&answered(&candidates_of("TK102"), CEILING, &device)), Some("coban"), "{said}");
        let blind = answered(&catalogue(), 40, &device);
        // Brands with Coban's commands take the question, and nobody prints what they answer.
        assert_eq!(named(&blind), None);
        assert!(
            candidates(&blind).contains(&"coban") && candidates(&blind).contains(&"aoya"),
            "{}",
            blind.sentence()
        );
        assert!(blind.sentence().starts_with("it answers as coban does; "), "{}", blind.sentence());
    }
}

/// Noran's paper: the first word of the answer to 004 is the id, which starts with NR.
#[test]
fn the_id_that_begins_with_nr_is_norans() {
    let survey = answered(
        &among(&["noran"]),
        CEILING,
        &[("A000000,004", "NR09B02761 internet 54.85.159.138 8888 1 1 25")],
    );
    assert_eq!(named(&survey), Some("noran"));
    let told: Vec<_> = survey.told().iter().flat_map(|told| told.reading.values.clone()).collect();
    assert_eq!(told, [("maker_id".to_owned(), "NR09B02761".to_owned())]);
}

/// Protrack's list of the VT02S; of the others that take PARAM# no source gives the answer.
#[test]
fn who_answers_so_is_told_from_who_only_takes_the_question() {
    let said =
        "SN:355139089215765;APN:CMNET;IP:vt.protrack365.com:8842;CENTER:0;TIMER:10;TimeZone:8.0;LANG:EN";
    let survey = answered(&catalogue(), 10, &[("STATUS#", "Not support!"), ("PARAM#", said)]);
    let sentence = survey.sentence();
    assert!(sentence.starts_with("it answers as wanway-gt06 does; "), "{sentence}");
    let others = sentence.split("; ").nth(1).unwrap();
    for id in ["concox-gt06", "eelink", "istartek-pt32"] {
        assert!(others.contains(id) && candidates(&survey).contains(&id), "{sentence}");
    }
    // By the name on the box either answer does.
    let status = "EXT-POWER:12.14V;BATTERY:84%;GPRS;FAIL;";
    for device in
        [[("STATUS#", "Not support!"), ("PARAM#", said)], [("STATUS#", status), ("PARAM#", "Time Out!")]]
    {
        assert_eq!(named(&answered(&candidates_of("WanWay G18"), CEILING, &device)), Some("wanway-gt06"));
    }
}
