//! Definitions that are wrong, each with the place and the words that say so, and setups that do not fit theirs.

use super::*;

const TEMPLATE: &str = include_str!("../../../../profiles/gateways/_template.toml");

/// What is changed in the template, and the rule, the line's beginning and words of what is said then.
const WRONG: &[(&str, &str, &str, &str, &str)] = &[
    ("schema = 1", "schema = 2", "bad-value", "schema", "`schema` is 2"),
    ("schema = 1\n", "", "missing-key", "#", "the definition has no `schema`"),
    ("two_way = true\n", "", "missing-key", "#", "the definition has no `two_way`"),
    (
        "two_way = true",
        "two_way = \"yes\"",
        "wrong-type",
        "two_way",
        "`two_way` in the definition is a string",
    ),
    ("two_way = true", "two_way = false", "bad-value", "#", "two_way is false and there is [inbox]"),
    ("max_chars", "max_char", "unknown-key", "max_char", "`max_char` is no key of the definition"),
    ("rate = \"10/s\"", "rate = \"fast\"", "bad-value", "rate", "\"fast\" is no rate"),
    ("rate = \"10/s\"", "rate = \"0/s\"", "bad-value", "rate", "\"0/s\" is no rate"),
    (
        "to_format = \"digits\"",
        "to_format = \"msisdn\"",
        "bad-value",
        "to_format",
        "`to_format` is \"msisdn\"",
    ),
    ("kind = \"bearer\"", "kind = \"oauth\"", "bad-value", "kind", "`kind` is \"oauth\""),
    ("[send]\nmethod = \"POST\"", "[send]\nmethod = \"SEND\"", "bad-value", "method", "`method` is \"SEND\""),
    (
        "[send]\nmethod = \"POST\"",
        "[send]\nmethod = \"GET\"",
        "bad-value",
        "[send.json]",
        "a GET request has no body",
    ),
    ("\"{base}/messages\"", "\"/messages\"", "bad-value", "url", "it begins with {base} or https://"),
    (
        "\"{base}/messages\"",
        "\"https://{base}/messages\"",
        "bad-value",
        "url",
        "it begins with {base} or https://",
    ),
    ("\"{base}/messages\"", "\"{base}/messages?x=1\"", "bad-value", "url", "`url` holds a query"),
    (
        "text = \"{text}\"",
        "text = \"{txt}\"",
        "bad-value",
        "text",
        "there is no value for {txt} in this place",
    ),
    ("text = \"{text}\"", "text = \"{text\"", "bad-value", "text", "a `{` has no `}`"),
    ("text = \"{text}\"", "text = \"text}\"", "bad-value", "text", "a `}` has no `{` before it"),
    ("text = \"{text}\"", "text = \"{text|upper}\"", "bad-value", "text", "`{text|upper}` is no place"),
    ("text = \"{text}\"", "text = 1.5", "bad-value", "text", "a body holds strings"),
    (
        "since = \"{since}\"",
        "since = \"{text}\"",
        "bad-value",
        "since",
        "there is no value for {text} in this place",
    ),
    ("Accept = ", "\"Ac cept\" = ", "bad-value", "\"Ac cept\"", "\"Ac cept\" is no name of a header"),
    ("id = \"/messages/0/id\"", "id = \"messages.id\"", "bad-value", "id", "is neither a JSON pointer"),
    ("re:^Error \"([^\"]*)\"", "re:^Error", "bad-value", "text", "must have one group"),
    ("re:^Error \"([^\"]*)\"", "re:(", "bad-value", "text", "is no pattern"),
    ("status = [200, 201]", "status = [200, 1000]", "bad-value", "status", "1000 is no HTTP status"),
    (
        "status = [200, 201]",
        "status = [200]\ntaken = [409]",
        "bad-value",
        "#",
        "`taken` is given and idempotent is false",
    ),
    ("idempotent = false", "idempotent = true", "", "", ""),
    ("reference = \"{ref}\"\n", "", "", "", ""),
    ("is = [\"0\", \"queued\"]", "is = []", "bad-value", "is", "`is` is empty"),
    (
        "items = \"/messages\"\nfrom",
        "items = \"messages\"\nfrom",
        "bad-value",
        "items",
        "\"messages\" is no JSON pointer",
    ),
    ("page = 50", "page = 0", "bad-value", "page", "`page` is 0"),
    ("every = \"5s\"", "every = \"5\"", "bad-value", "every", "`every`: the duration `5` has no unit"),
    ("time_form = \"unix\"", "time_form = \"ago\"", "bad-value", "time_form", "`time_form` is \"ago\""),
    ("[variable.user]", "[variable.ref]", "bad-value", "[variable.ref]", "`ref` has a meaning of its own"),
    ("[variable.user]", "[variable.poll]", "bad-value", "[variable.poll]", "`poll` has a meaning of its own"),
    (
        "help = \"its password\"\nsecret = true",
        "help = \"its password\"\nsecret = true\ndefault = \"x\"",
        "bad-value",
        "default",
        "a secret has no default",
    ),
    ("help = \"the account\"\n", "", "missing-key", "[variable.user]", "[variable.user] has no `help`"),
    (
        "source = \"manual\"",
        "source = \"hearsay\"",
        "bad-value",
        "source",
        "no [[source]] with the id \"hearsay\"",
    ),
    ("state = \"/state\"\n", "", "missing-key", "[status]", "[status] has no `state`"),
    (
        "[send.json]",
        "[send.form]\na = \"b\"\n[send.json]",
        "bad-value",
        "[send.form]",
        "`json` or `form`, not both",
    ),
];

#[test]
fn every_slip_is_told_with_its_place() {
    for (from, to, rule, line, says) in WRONG {
        assert!(TEMPLATE.contains(from), "{from}");
        let text = TEMPLATE.replacen(from, to, 1);
        let findings = match load(&text) {
            Ok(_) => {
                assert!(rule.is_empty(), "{to}: nothing was said");
                continue;
            }
            Err(findings) => findings,
        };
        let found = findings.iter().find(|finding| finding.message.contains(says) && finding.rule == *rule);
        let found = found.unwrap_or_else(|| panic!("{to}: {findings:#?}"));
        let place = found.place(&text);
        assert!(place.text.starts_with(line), "{to}: line {} {:?}", place.line, place.text);
    }
}

#[test]
fn all_slips_are_told_at_once() {
    let text =
        TEMPLATE.replace("max_chars", "max_char").replace("{text}", "{txt}").replace("\"unix\"", "\"ago\"");
    let findings = load(&text).unwrap_err();
    assert!(findings.len() >= 4, "{findings:#?}");
    assert!(findings.iter().any(|finding| finding.help.as_deref() == Some("did you mean {text}?")));
    assert!(findings.iter().any(|finding| finding.help.as_deref() == Some("did you mean `max_chars`?")));
    assert_eq!(load("schema = \n").unwrap_err()[0].rule, "syntax");
    assert_eq!(load("").unwrap_err().iter().filter(|finding| finding.rule == "missing-key").count(), 7);
}

#[test]
fn a_gateway_that_promises_not_to_take_an_id_twice_must_be_sent_one() {
    let text =
        TEMPLATE.replace("idempotent = false", "idempotent = true").replace("reference = \"{ref}\"\n", "");
    let findings = load(&text).unwrap_err();
    assert!(findings[0].message.contains("idempotent is true and [send] sends no {ref}"), "{findings:#?}");
}

#[test]
fn a_body_that_is_too_deep_is_refused() {
    let deep = format!("deep = {}1{}\n", "[".repeat(9), "]".repeat(9));
    let text = TEMPLATE.replace("[send.json]\n", &format!("[send.json]\n{deep}"));
    let findings = load(&text).unwrap_err();
    assert!(
        findings.iter().any(|finding| finding.message == "the body is more than 8 deep"),
        "{findings:#?}"
    );
}

#[test]
fn a_setup_that_does_not_fit_says_what_is_missing_or_too_much() {
    let values =
        |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), Secret::new("x1234"))).collect();
    let error = |given: Given| {
        let definition = load(&TEMPLATE.replace("url = \"https://sms.example.net/v1\"\n", "")).unwrap();
        let error = Setup::new("acme", definition, given).unwrap_err();
        format!("{error}; {}", error.hint().unwrap_or_default())
    };
    let url = || Some("https://127.0.0.1".to_owned());
    for (given, says) in [
        (Given::default(), "gateway acme has no `url`; give it as url = \"https://...\" in [gateway.acme]"),
        (
            Given { url: url(), values: values(&["user"]), ..Given::default() },
            "gateway acme has no `password`: its password; give it in [gateway.acme], as password = \"file:PATH\" or \"env:NAME\"",
        ),
        (
            Given { url: url(), values: values(&["user", "pasword"]), ..Given::default() },
            "gateway acme (_template) has no setting `pasword`; did you mean password?",
        ),
        (
            Given {
                url: Some("http://sms.example.net".to_owned()),
                values: values(&["user", "password"]),
                ..Given::default()
            },
            "use https, or say insecure_http = true in [gateway.acme] if nobody else is in that network",
        ),
        (
            Given { url: Some("http://8.8.8.8".to_owned()), insecure_http: true, ..Given::default() },
            "use https; plain HTTP is for this machine and private networks",
        ),
        (
            Given {
                url: url(),
                values: values(&["user", "password"]),
                rate: Some("5".to_owned()),
                ..Given::default()
            },
            "gateway acme: \"5\" is no rate",
        ),
        (
            Given {
                url: url(),
                values: values(&["user", "password"]),
                concurrency: Some(0),
                ..Given::default()
            },
            "gateway acme: `concurrency` is 0",
        ),
    ] {
        let error = error(given);
        assert!(error.contains(says), "{error}");
    }
    let mut setup = setup(PLAIN, "http://127.0.0.1", |_| {});
    for (file, says) in [("tls/none.pem", "No such file"), ("mod.rs", "there is none in it")] {
        let error = setup.trust(&fixture(file)).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}
