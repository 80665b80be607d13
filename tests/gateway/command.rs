//! `homing gateway`: what is known, what each needs, and whether one that is configured takes its credentials.

use super::homing::Homing;
use super::phone::{Phone, Trick};
use super::{Desk, PASSWORD};

#[test]
fn every_definition_is_listed_and_shown_with_what_it_needs_and_cannot_prove() {
    let said = Homing::new(&["gateway", "list"]).run();
    assert_eq!(said.code, 0, "{said}");
    let ids = [
        "1nce",
        "capcom6",
        "clicksend",
        "emnify",
        "hologram",
        "infobip",
        "kannel",
        "onomondo",
        "playsms",
        "plivo",
        "traccar",
        "twilio",
        "vonage",
    ];
    for id in ids {
        assert!(said.out.contains(&format!("│ {id} ")), "{id}: {said}");
        let shown = Homing::new(&["gateway", "show", id]).run();
        assert_eq!(shown.code, 0, "{shown}");
        let wanted = [format!("definition = \"{id}\""), "source      ".to_owned(), "send        ".to_owned()];
        for part in wanted {
            assert!(shown.out.contains(&part), "{part}: {shown}");
        }
    }
    let one_way = Homing::new(&["gateway", "show", "traccar"]).run();
    assert!(one_way.out.contains("ends as `sent` at the most"), "{one_way}");
    Homing::new(&["gateway", "show", "twili"])
        .run()
        .assert_err(2, &["neither a definition", "did you mean twilio?"]);
}

#[test]
fn a_test_says_whether_the_credentials_are_taken_and_sends_no_message() {
    let test = |phone: &Phone| {
        let desk = Desk::new(&phone.url(), "");
        Homing::new(&["--config", desk.config.to_str().unwrap(), "gateway", "test", "phone"]).run()
    };
    let phone = Phone::start(Trick::None, None);
    let said = test(&phone);
    assert_eq!(said.code, 0, "{said}");
    assert!(said.out.contains("phone: works: SMS Gateway for Android"), "{said}");
    assert!(phone.texts().is_empty(), "a message was sent");
    let said = test(&Phone::start(Trick::Refuse(401), None));
    assert_eq!(said.code, 1, "{said}");
    assert!(said.out.contains("does not work"), "{said}");
    assert!(said.err.contains("[gateway.phone]"), "{said}");
    for said in [said, test(&Phone::start(Trick::Garbage, None))] {
        assert!(!format!("{}{}", said.out, said.err).contains(PASSWORD), "{said}");
        assert_eq!(said.code, 1, "{said}");
    }
}

#[test]
fn a_gateway_that_cannot_be_asked_anything_is_not_called_tested() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(
        &config,
        "[gateway.office]\ndefinition = \"traccar\"\nurl = \"http://127.0.0.1:9\"\nkey = \"env:KEY\"\n",
    )
    .unwrap();
    let run = Homing::new(&["--config", config.to_str().unwrap(), "gateway", "test", "office"]);
    let said = run.env("KEY", "canary").run();
    assert_eq!(said.code, 3, "{said}");
    assert!(said.out.contains("office: not tested"), "{said}");
    Homing::new(&["gateway", "test", "office"]).run().assert_err(2, &["no gateway"]);
}
