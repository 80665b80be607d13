//! Every family of the catalogue behind a tracker of software, asked by short message which dialect it obeys.
//! `cargo test --test identify -- --nocapture` prints the table; `HOMING_BLESS=1` writes it into `docs/identify.md`.
#![cfg(test)]
#![expect(clippy::print_stdout, reason = "the table is what the test is run for")]

#[path = "identify/crossing.rs"]
mod crossing;
#[path = "identify/harm.rs"]
mod harm;
#[path = "identify/words.rs"]
mod words;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::{env, fs};

use homing::engine::survey;
use homing::identify::{Survey, Verdict};
use homing::lab::{Behaviour, VirtualTracker};
use homing::plan::{Ask, What, plan};
use homing::profile::{Catalogue, Evidence, FormName, Kind, Means, Profile, Reply, Step, tracker_with};
use homing::tracker::{Imei, Tracker};

/// What the README says that is paid for when nobody says otherwise.
const CEILING: usize = 4;

/// Who asks.
const PERSON: &str = "+573001234567";

/// Enough to ask everything.
const ALL: usize = 1000;

/// The catalogue, read once for all tests.
fn built_in() -> &'static Catalogue {
    static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(Catalogue::built_in);
    &BUILT_IN
}

fn catalogue() -> Vec<Arc<Profile>> {
    built_in().entries().iter().map(|entry| Arc::clone(entry.profile().unwrap())).collect()
}

/// A tracker in the field, set up already.
fn in_the_field() -> Tracker {
    let mut tracker =
        tracker_with([("server", "54.85.159.138"), ("port", "8888"), ("apn", "internet")]).unwrap();
    tracker.imei = Some("869912033012424".parse::<Imei>().unwrap());
    tracker.device_id = Some("100850000".to_owned());
    tracker
}

/// A tracker of a family, set up with what the platform wants.
fn device(family: &Arc<Profile>, behaviour: Behaviour) -> Option<VirtualTracker> {
    let mut tracker = in_the_field();
    if family.id.value == "noran" {
        // Noran's ids begin so.
        tracker.device_id = Some("NR09B02761".to_owned());
    }
    let mut device = VirtualTracker::new(Arc::clone(family), &tracker, behaviour, None).ok()?;
    let commands = plan(family, &tracker, &Ask::routine("provision", FormName::Sms)).ok();
    for command in commands.iter().flat_map(|plan| &plan.commands) {
        device.hear(PERSON, &command.text);
    }
    Some(device)
}

/// One family behind the lab, asked which of the candidates it is, with what is known of it.
fn ask(mut device: VirtualTracker, candidates: &[Arc<Profile>], known: &Tracker, most: usize) -> Survey {
    let mut survey = survey(candidates, &catalogue(), known, most);
    while let Some(inquiry) = survey.next() {
        let heard = device.hear(PERSON, inquiry.text.expose());
        assert!(heard.changed.is_empty() && !heard.set, "{} changed it", inquiry.shown);
        survey.hear(&heard.answer.into_iter().collect::<Vec<_>>(), false);
    }
    assert!(survey.spent() <= most, "{} messages", survey.spent());
    survey
}

fn named(survey: &Survey) -> Option<&str> {
    match survey.verdict() {
        Verdict::Is(at) => Some(&survey.profiles()[at].id.value),
        _ => None,
    }
}

fn candidates_of(model: &str) -> Vec<Arc<Profile>> {
    built_in().meant(model).iter().map(|entry| Arc::clone(entry.profile().unwrap())).collect()
}

/// Whether a source gives this answer to a query for this family itself, and not for related makers.
fn is_told(family: &Profile, step: &Step) -> bool {
    let told =
        |reply: &Reply| reply.means == Means::Value && family.evidence(&reply.source) != Evidence::Inferred;
    step.kind == Kind::Query && step.replies.iter().any(told)
}

/// A step's text by short message, when this much is known of the tracker.
fn text(family: &Profile, step: &Step, known: &Tracker) -> Option<String> {
    let ids = [step.id.value.clone()];
    let asked = Ask { what: What::Steps(&ids), ..Ask::routine("identify", FormName::Sms) };
    Some(plan(family, known, &asked).ok()?.commands.first()?.text.clone())
}

/// The queries that may be asked: those of the profile's `identify`, else all.
fn offered(family: &Profile) -> Vec<&Step> {
    match family.routine("identify") {
        Some(chosen) => chosen.iter().map(|at| &family.steps[*at]).collect(),
        None => family.steps.iter().collect(),
    }
}

/// Whether a document gives an answer to a question that can be asked of a tracker of which `known` is known.
fn is_documented(family: &Profile, known: &Tracker) -> bool {
    offered(family).iter().any(|step| is_told(family, step) && text(family, step, known).is_some())
}

/// The texts by short message to which a document gives this family's answer, when nothing is known of the tracker:
/// all of them, whether or not the profile's `identify` names them.
fn telling_texts(family: &Profile) -> BTreeSet<String> {
    let told = family.steps.iter().filter(|step| is_told(family, step));
    told.filter_map(|step| text(family, step, &Tracker::default())).collect()
}

/// The fewest texts of which each family answers at least one as documented.
fn fewest_texts(families: &[BTreeSet<String>]) -> usize {
    fn reach(families: &[&BTreeSet<String>], most: usize) -> bool {
        let Some(first) = families.first() else { return true };
        let without = |text: &String| -> Vec<_> {
            families.iter().copied().filter(|family| !family.contains(text)).collect()
        };
        most > 0 && first.iter().any(|text| reach(&without(text), most - 1))
    }
    let all: Vec<_> = families.iter().collect();
    (0..=all.len()).find(|most| reach(&all, *most)).unwrap()
}

/// Why not every family can be named for as few messages as the ceiling, worked out of the profiles.
fn floor() -> String {
    let all = catalogue();
    let mut told = all.clone();
    told.retain(|family| is_documented(family, &Tracker::default()));
    let texts: Vec<BTreeSet<String>> = told.iter().map(|family| telling_texts(family)).collect();
    let mut rows = String::new();
    for (at, family) in told.iter().enumerate() {
        let shares = |other: &usize| *other != at && !texts[*other].is_disjoint(&texts[at]);
        let with: Vec<&str> = (0..told.len()).filter(shares).map(|other| told[other].id.as_str()).collect();
        let with = if with.is_empty() { "no other".to_owned() } else { with.join(", ") };
        let first = offered(family).into_iter().find(|step| is_told(family, step)).unwrap();
        let first = &text(family, first, &Tracker::default()).unwrap();
        writeln!(rows, "| {} | `{first}` | {} | {with} |", family.id.as_str(), texts[at].len()).unwrap();
    }
    let (distinct, shared): (Vec<usize>, Vec<usize>) =
        (0..told.len()).partition(|at| is_distinct(&told[*at], &all));
    let fewest = fewest_texts(&distinct.iter().map(|at| texts[*at].clone()).collect::<Vec<_>>());
    let shared: Vec<&str> = shared.iter().map(|at| told[*at].id.as_str()).collect();
    format!(
        "## Why not all of them within {CEILING}\n\n\
         Silence proves nothing, so a family is named only when a text was sent that it is documented to answer. All\n\
         such texts of these families, whether `identify` asks them or not:\n\n\
         | family | the first | how many | some of them are answered as well by |\n|---|---|---|---|\n{rows}\n\
         Of {} of them the answers are nobody else's as far as sources tell. Fewer than {fewest} texts do not reach all of\n\
         those: the test tries every choice. No source says that a family takes another's command beside its own in one\n\
         short message, or what CalAmp, Ruptela or Teltonika answer to a command that they do not have. `--max-sms {fewest}`\n\
         asks all; `--hint`, the name on the box, asks the right one first.\n\n\
         The others ({}) are named among few candidates only: to each of their questions some\n\
         family may say the same of which no source gives the answer.\n\n\
         No source gives an answer of an iStartek PT32. The forms in its profile are those of other makers with the same\n\
         dialect, so by them it is not named, with the hint neither: `identify` says that it is not ruled out, and ends\n\
         with exit code 3.\n\n\
         Suntech's ST300 series answers as documented too, but each of its questions holds the tracker's own id, and to\n\
         another id it is silent: with `--device-id` it is named. No query without the id is published.\n",
        distinct.len(),
        shared.join(", ")
    )
}

/// What a run came to, for the table.
fn cell(survey: &Survey) -> String {
    if let Some(name) = named(survey) {
        return format!("{name} ({})", survey.spent());
    }
    let among = survey.candidates();
    let among: Vec<&str> = among.iter().map(|at| survey.profiles()[*at].id.as_str()).collect();
    let among = if among.is_empty() { String::new() } else { format!(": {}", among.join(", ")) };
    format!("cannot tell{among} ({})", survey.spent())
}

/// The table of all families, and whether every name in it is right.
fn table() -> String {
    let all = catalogue();
    let nothing = Tracker::default();
    let (mut rows, mut right, mut documented, mut asked) = (String::new(), 0, 0, 0);
    for family in &all {
        let id = family.id.as_str();
        let Some(device) = device(family, Behaviour::Obeys) else { continue };
        asked += 1;
        let blind = ask(device.clone(), &all, &nothing, CEILING);
        let hinted = candidates_of(&family.models[0]);
        let hinted = (!hinted.is_empty()).then(|| ask(device, &hinted, &nothing, CEILING));
        for run in [Some(&blind), hinted.as_ref()].into_iter().flatten() {
            assert!(named(run).is_none_or(|name| name == id), "{id} was called {:?}", named(run));
        }
        let known = is_documented(family, &nothing);
        documented += usize::from(known);
        right += usize::from(named(&blind) == Some(id));
        let hinted = hinted.as_ref().map_or_else(|| "-".to_owned(), cell);
        let known = if known { "yes" } else { "no" };
        writeln!(rows, "| {id} | {known} | {} | {} | {hinted} |", cell(&blind), family.models[0]).unwrap();
    }
    format!(
        "# What `homing identify` can tell by short message\n\n\
         Each family of the catalogue that takes commands by short message, played by the lab, asked with nothing but\n\
         its number known. In brackets: the short messages that it took. \"Documented\" says whether a source gives the\n\
         answer to a question that can be asked so; without one nothing is named. This page is written by\n\
         `HOMING_BLESS=1 cargo test --test identify`.\n\n\
         {asked} families, {documented} with a documented answer; {right} named within {CEILING} short messages without \
         a hint, 0 called wrongly.\n\n\
         | family | documented | no hint | hint | with the hint |\n|---|---|---|---|---|\n{rows}\n{}",
        floor()
    )
}

#[test]
fn the_table_of_what_can_be_told_is_as_the_lab_says() {
    let table = table();
    println!("{table}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/identify.md");
    if env::var_os("HOMING_BLESS").is_some() {
        fs::write(&file, &table).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == table,
        "docs/identify.md is another: HOMING_BLESS=1 cargo test --test identify writes it"
    );
}

#[test]
fn a_family_with_a_documented_answer_is_named_within_four_messages_of_the_name_on_its_box() {
    let known = Tracker { device_id: in_the_field().device_id, ..Tracker::default() };
    let mut count = 0;
    for family in catalogue().iter().filter(|family| is_documented(family, &known)) {
        let Some(device) = device(family, Behaviour::Obeys) else { continue };
        let survey = ask(device, &candidates_of(&family.models[0]), &known, CEILING);
        assert_eq!(named(&survey), Some(family.id.as_str()), "{}", cell(&survey));
        count += 1;
    }
    // Those of which facts/catalogue.json gives a reply to a query: CalAmp, Concox, the two of iStartek, Ruptela,
    // Suntech, Teltonika. More are welcome.
    assert!(count >= 7, "{count}");
}

#[test]
fn without_a_hint_four_messages_reach_the_families_of_most_models() {
    for id in ["concox-gt06", "istartek-vt", "ruptela", "teltonika-fmx"] {
        let family = Arc::clone(built_in().find(id).unwrap());
        let survey =
            ask(device(&family, Behaviour::Obeys).unwrap(), &catalogue(), &Tracker::default(), CEILING);
        assert_eq!(named(&survey), Some(id), "{}", cell(&survey));
    }
}

/// Whether its documented answers are nobody else's, as far as sources tell: it is named when everything is asked.
fn is_distinct(family: &Arc<Profile>, all: &[Arc<Profile>]) -> bool {
    let Some(device) = device(family, Behaviour::Obeys) else { return false };
    named(&ask(device, all, &Tracker::default(), ALL)) == Some(family.id.as_str())
}

#[test]
fn as_many_messages_as_there_must_be_reach_every_family_that_documents_tell_from_all_others() {
    let all = catalogue();
    let nothing = Tracker::default();
    let told = all.iter().filter(|family| is_documented(family, &nothing));
    let (distinct, shared): (Vec<_>, Vec<_>) = told.partition(|family| is_distinct(family, &all));
    let shared: Vec<&str> = shared.iter().map(|family| family.id.as_str()).collect();
    // Brands with Coban's commands take its question, the PT32 those of WanWay: nobody prints what they answer.
    assert_eq!(shared, ["coban", "wanway-gt06"]);
    let texts: Vec<_> = distinct.iter().map(|family| telling_texts(family)).collect();
    let fewest = fewest_texts(&texts);
    assert_eq!(fewest, distinct.len(), "none of them answers another's text");
    for family in distinct {
        let survey = ask(device(family, Behaviour::Obeys).unwrap(), &all, &nothing, fewest);
        assert_eq!(named(&survey), Some(family.id.as_str()), "{}", cell(&survey));
    }
}

#[test]
fn nobody_is_called_wrongly_whatever_the_tracker_does() {
    let all = catalogue();
    for behaviour in [Behaviour::Obeys, Behaviour::Silent, Behaviour::WrongPassword, Behaviour::NotAuthorised]
    {
        for family in &all {
            let Some(device) = device(family, behaviour) else { continue };
            let survey = ask(device, &all, &in_the_field(), 12);
            let name = named(&survey);
            assert!(name.is_none_or(|name| name == family.id.value), "{} is {name:?}", family.id.value);
            assert!(behaviour != Behaviour::Silent || name.is_none());
        }
    }
}

#[test]
fn a_password_that_was_not_taken_is_not_tried_again() {
    let all = catalogue();
    for family in &all {
        let Some(device) = device(family, Behaviour::WrongPassword) else { continue };
        let survey = ask(device, &all, &in_the_field(), ALL);
        let mut tried: Vec<&str> =
            survey.asked().filter_map(|(inquiry, _)| Some(inquiry.password.as_ref()?.expose())).collect();
        let all = tried.len();
        tried.sort_unstable();
        tried.dedup();
        // Who was heard without one is not asked for it.
        assert!(all > 0 || survey.verdict() != Verdict::Silent, "{}", family.id.value);
        assert_eq!(tried.len(), all, "{}", family.id.value);
    }
}

#[test]
fn nothing_is_asked_that_any_family_takes_for_a_command() {
    let all = catalogue();
    let devices: Vec<VirtualTracker> =
        all.iter().filter_map(|family| device(family, Behaviour::Obeys)).collect();
    let mut survey = survey(&all, &all, &in_the_field(), ALL);
    let mut count = 0;
    while let Some(inquiry) = survey.next() {
        for device in &devices {
            let heard = device.clone().hear(PERSON, inquiry.text.expose());
            assert!(heard.changed.is_empty() && !heard.note.starts_with("it obeyed"), "{heard:?}");
        }
        survey.hear(&[], false);
        count += 1;
    }
    assert!(count > 15, "{count} questions");
}

/// No source says what Goome answers to GPRSSET#: it may be just what Concox does.
#[test]
fn an_answer_to_a_question_that_another_family_takes_as_well_does_not_name_who_documents_it() {
    let candidates = ["concox-gt06", "goome"].map(|id| Arc::clone(built_in().find(id).unwrap()));
    let mut survey = survey(&candidates, &catalogue(), &Tracker::default(), CEILING);
    while survey.next().is_some_and(|inquiry| inquiry.shown != "GPRSSET#") {
        survey.hear(&[], false);
    }
    assert!(survey.next().is_some(), "GPRSSET# was never asked");
    let answer = "GPRS: ON; Currently use APN:internet,user,pass; Server:1,d.plaspy.com,8888,0; URL:;";
    survey.hear(&[answer.to_owned()], false);
    assert_eq!((named(&survey), survey.candidates()), (None, vec![0, 1]));
}
