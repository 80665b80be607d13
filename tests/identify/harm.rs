//! No question can be a command of another family: every text that `identify` may ask, against every command of all
//! profiles that is none.

use homing::engine::survey;
use homing::identify::Deed;
use homing::secret::Secret;
use homing::tracker::Tracker;

use super::{ALL, catalogue, in_the_field};

/// Everything that is asked of silence, by the name of the family whose question it is.
fn asked(known: &Tracker) -> Vec<(String, String, Option<String>)> {
    let all = catalogue();
    let mut texts = Vec::new();
    // One by one: among all, a password that one of them took is not tried for the next.
    for family in &all {
        let mut survey = survey(std::slice::from_ref(family), &all, known, ALL);
        while let Some(inquiry) = survey.next() {
            let password = inquiry.password.as_ref().map(|password| password.expose().to_owned());
            let text = inquiry.text.expose().to_owned();
            texts.push((family.id.value.clone(), text, password));
            survey.hear(&[], false);
        }
    }
    texts
}

/// Facts: `GPRSSET` is a query on Concox and the server setting on Goome (catalogue, surprise 4).
#[test]
fn no_question_begins_as_a_command_of_another_family_does() {
    let deeds: Vec<Deed> = catalogue().iter().flat_map(Deed::all).collect();
    assert!(deeds.len() > 500, "{} commands", deeds.len());
    let mut known = in_the_field();
    let mut count = 0;
    for password in [None, Some("123456"), Some("0000")] {
        known.settings.password = password.map(|password| Secret::new(password.to_owned()));
        for (family, text, password) in asked(&known) {
            let other = deeds.iter().filter(|deed| deed.profile != family);
            let harm = other.into_iter().find(|deed| deed.may_be(&text, password.as_deref()));
            assert!(harm.is_none(), "{text:?} of {family} may be {harm:?}");
            assert!(!text.to_uppercase().starts_with("GPRSSET,"), "{text:?} of {family}");
            count += 1;
        }
    }
    assert!(count > 60, "{count} questions");
}

#[test]
fn a_word_with_values_is_a_command_and_the_bare_word_a_question() {
    let all = catalogue();
    let goome = all.iter().find(|profile| profile.id.as_str() == "goome").unwrap();
    let sets = |text: &str, password: Option<&str>| {
        let found: Vec<String> =
            Deed::all(goome).filter(|deed| deed.may_be(text, password)).map(|deed| deed.step).collect();
        found.first().cloned()
    };
    assert_eq!(sets("GPRSSET,666666#", Some("666666")).as_deref(), Some("server"));
    assert_eq!(sets("gprsset,1#", None).as_deref(), Some("server"));
    assert_eq!(sets("GPRSSET#", None), None);
    // A command without values is one however it is written.
    assert_eq!(sets("FACTORY,666666#", Some("666666")).as_deref(), Some("factory"));
    assert_eq!(sets("FACTORY#", None).as_deref(), Some("factory"));
    assert_eq!(sets("STATUS#", None), None);
}

/// A name on a box is not always that of the tracker in it: Goome is no candidate by any of these names.
#[test]
fn what_sets_the_server_of_goome_is_not_asked_whatever_stands_on_the_box() {
    for model in ["GT06", "GT02", "TR02"] {
        let candidates = super::candidates_of(model);
        assert!(candidates.iter().any(|profile| profile.id.as_str() == "uvi-gt06"), "{model}");
        let mut survey = survey(&candidates, &catalogue(), &Tracker::default(), ALL);
        let mut texts = Vec::new();
        while let Some(inquiry) = survey.next() {
            texts.push(inquiry.text.expose().to_owned());
            survey.hear(&[], false);
        }
        assert!(texts.iter().any(|text| text == "status,666666#"), "{model}: {texts:?}");
        assert!(texts.iter().all(|text| !text.starts_with("GPRSSET,")), "{model}: {texts:?}");
    }
}
