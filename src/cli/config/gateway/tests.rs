//! `[gateway.NAME]` as people write it, and as they get it wrong.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;

/// A folder with a configuration of this text and mode.
fn config(text: &str, mode: u32) -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    fs::write(folder.path().join("password"), "hunter2\nsecond line\n").unwrap();
    let config = Config::read(Some(&path)).unwrap();
    (folder, config)
}

fn failure(text: &str, name: &str) -> (String, String) {
    let (_folder, config) = config(text, 0o644);
    let failure = config.gateway(name).map(drop).unwrap_err();
    (failure.message, failure.hint.unwrap_or_default())
}

const PHONE: &str =
    "[gateway.phone]\ndefinition = \"capcom6\"\nurl = \"http://127.0.0.1:8080\"\nuser = \"sms\"\n";

#[test]
fn a_gateway_is_made_of_its_definition_and_what_is_given() {
    let (_folder, config) = config(
        &format!(
            "{PHONE}password = \"file:password\"\nsim = 2\npoll = \"1s\"\nconcurrency = 4\nrate = \"5/s\"\n"
        ),
        0o644,
    );
    let setup = format!("{:?}", config.gateway("phone").unwrap());
    assert!(setup.contains("\"SMS Gateway for Android\"") && setup.contains("concurrency: 4"), "{setup}");
    assert!(!setup.contains("hunter2"), "{setup}");
}

#[test]
fn a_name_that_is_none_is_told_with_what_may_have_been_meant() {
    let (message, hint) = failure(&format!("{PHONE}password = \"file:password\"\n"), "fone");
    assert!(message.contains("has no gateway \"fone\""), "{message}");
    assert_eq!(hint, "did you mean phone?");
    let (_, hint) = failure("[defaults]\n", "phone");
    assert!(hint.contains("write [gateway.phone] with definition = \"...\": 1nce, capcom6"), "{hint}");
    let none = Config::default().gateway("phone").map(drop).unwrap_err();
    assert!(none.message.starts_with("there is no configuration file"), "{}", none.message);
}

#[test]
fn a_wrong_setting_is_told_with_its_place() {
    for (more, says, hint) in [
        ("", "gateway phone has no `password`", "as password = \"file:PATH\" or \"env:NAME\""),
        (
            "pasword = \"file:password\"",
            "`pasword` in [gateway.phone] is no setting of SMS Gateway for Android",
            "did you mean password?",
        ),
        ("pol = \"1s\"", "`pol` in [gateway.phone] is no setting", "did you mean poll?"),
        (
            "password = \"env:HOMING_NO_SUCH_VARIABLE\"",
            "names the environment variable HOMING_NO_SUCH_VARIABLE, which is not set",
            "",
        ),
        ("password = \"file:none\"", "none cannot be read", ""),
        ("password = \"file:password\"\npoll = \"1\"", "`poll` in [gateway.phone] is no time", ""),
        ("password = \"file:password\"\npoll = \"0s\"", "must be more than nothing", ""),
        ("password = \"file:password\"\nrate = \"5\"", "\"5\" is no rate", ""),
        ("password = \"file:password\"\nconcurrency = \"4\"", "must be a whole number", ""),
        ("password = \"file:password\"\ninsecure_http = \"yes\"", "must be true or false", ""),
        ("password = \"file:password\"\nwebhook = \"here\"", "is \"here\", which is not an address", ""),
        (
            "password = \"file:password\"\nwebhook = \"0.0.0.0:80\"",
            "would take messages from everybody",
            "webhook_secret",
        ),
        ("password = \"file:password\"\nca_file = \"none.pem\"", "none.pem holds no certificates", "PEM"),
    ] {
        let (message, found) = failure(&format!("{PHONE}{more}\n"), "phone");
        assert!(message.contains(says), "{more}: {message}");
        assert!(found.contains(hint), "{more}: {found}");
    }
}

#[test]
fn a_secret_in_the_file_itself_needs_a_file_that_nobody_else_can_read() {
    let text = format!("{PHONE}password = \"hunter2\"\n");
    let (message, hint) = failure(&text, "phone");
    assert!(
        message.contains("`password` in [gateway.phone] is a secret in a file that others can read"),
        "{message}"
    );
    assert!(hint.contains("chmod 600"), "{hint}");
    assert!(!format!("{message} {hint}").contains("hunter2"));
    let (_folder, private) = config(&text, 0o600);
    private.gateway("phone").unwrap();
}

#[test]
fn a_definition_of_ones_own_is_read_from_beside_the_configuration() {
    let (folder, config) = config("[gateway.mine]\ndefinition = \"./mine.toml\"\n", 0o644);
    let own = "schema = 1\nid = \"mine\"\nname = \"Mine\"\ntwo_way = false\nidempotent = false\n\
               to_format = \"e164\"\nurl = \"http://127.0.0.1:1\"\n[send]\nmethod = \"GET\"\nurl = \"{base}/{to}\"\n";
    let path = folder.path().join("mine.toml");
    fs::write(&path, own).unwrap();
    config.gateway("mine").unwrap();
    fs::write(&path, own.replace("{to}", "{too}").replace("GET", "SEND")).unwrap();
    let failure = config.gateway("mine").map(drop).unwrap_err();
    assert!(
        failure.message.ends_with("mine.toml line 9: `method` is \"SEND\" [bad-value]"),
        "{}",
        failure.message
    );
    assert!(failure.hint.unwrap().ends_with("one more problem follows"));
    fs::write(&path, own.replace("id = \"mine\"", "id = \"other\"")).unwrap();
    let failure = config.gateway("mine").map(drop).unwrap_err();
    assert!(failure.message.ends_with("its `id` is \"other\""), "{}", failure.message);
}

#[test]
fn a_definition_that_is_none_is_told_with_the_ones_there_are() {
    let (message, hint) = failure(&PHONE.replace("capcom6", "capcom"), "phone");
    assert!(message.contains("is \"capcom\", and there is no such definition"), "{message}");
    assert!(hint.contains("did you mean capcom6?"), "{hint}");
    let (message, hint) = failure("[gateway.phone]\nurl = \"https://127.0.0.1\"\n", "phone");
    assert!(message.ends_with("[gateway.phone] has no `definition`"), "{message}");
    assert!(hint.contains("capcom6"), "{hint}");
}
