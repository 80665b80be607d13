//! Every rule of the lint at work: one small edit of the template brings one finding, with its place to the column.

use std::ops::Range;

use super::super::*;
use Severity::{Error, Note, Warning};

pub(super) const TEMPLATE: &str = include_str!("../../../profiles/_template.toml");

/// A rule, its weight, and texts of the template with what stands there instead. `‹…›` is what the finding points at.
type Case = (&'static str, Severity, &'static [(&'static str, &'static str)]);

/// Edits of `_template.toml`.
pub(super) const CASES: &[Case] = &[
    // The reader: the text, its keys, their types and their words.
    ("syntax", Error, &[("schema = 1", "schema ‹›1")]),
    ("syntax", Error, &[("schema = 1", "schema = 1\n‹schema› = 1")]),
    ("unknown-key", Error, &[(r#"vendor = "Acme""#, "vendor = \"Acme\"\n‹vendour› = \"Acme\"")]),
    ("unknown-key", Error, &[("[routine]", "[‹rutine›]\na = []\n[routine]")]),
    ("unknown-key", Error, &[("idempotent = true", "‹idempotnt› = true")]),
    ("unknown-key", Error, &[(r#"wrap = "{{ body }}""#, "wrap = \"{{ body }}\"\n‹baud› = [9600]")]),
    ("unknown-key", Error, &[(r#"examples = ["APN OK"]"#, "examples = [\"APN OK\"]\n‹kinds› = [\"set\"]")]),
    (
        "missing-key",
        Error,
        &[("[[step]]\nid = \"read\"", "‹[[step]]›\nid = \"read\""), ("kind = \"query\"\n", "")],
    ),
    ("missing-key", Error, &[("[form.sms]\nwrap = \"{{ body }}\"", "‹[form.sms]›")]),
    ("missing-key", Error, &[("[setting.speed_limit]", "‹[setting.speed_limit]›\nusual_max = 200")]),
    ("wrong-type", Error, &[("schema = 1", r#"schema = ‹"1"›"#)]),
    ("wrong-type", Error, &[(r#"name = "Acme A1""#, "name = ‹7›")]),
    ("wrong-type", Error, &[(r#"models = ["A1", "A1 4G"]"#, r#"models = ‹"A1"›"#)]),
    ("wrong-type", Error, &[(r#"models = ["A1", "A1 4G"]"#, r#"models = ["A1", ‹4.5›]"#)]),
    ("wrong-type", Error, &[("baud = [115200, 9600]", r#"baud = [115200, ‹"9600"›]"#)]),
    ("wrong-type", Error, &[("idempotent = true", r#"idempotent = ‹"yes"›"#)]),
    (
        "wrong-type",
        Error,
        &[("examples = [\"TIMER OK\"]", "examples = [\"TIMER OK\"]\ndecode = { interval = ‹[\"gmt\"]› }")],
    ),
    ("wrong-type", Error, &[(r#"cable = "5s""#, r#"cable = ‹["5s"]›"#)]),
    ("wrong-type", Error, &[(r#"id = "factory""#, "id = \"factory\"\nnote = ‹\"x\"›")]),
    ("bad-value", Error, &[("schema = 1", "schema = ‹2›")]),
    ("bad-value", Error, &[(r#"id = "acme-a1""#, r#"id = ‹"Acme A1"›"#)]),
    ("bad-value", Error, &[(r#"transports = ["tcp", "udp"]"#, r#"transports = ["tcp", "udp", ‹"sctp"›]"#)]),
    ("bad-value", Error, &[(r#"alphabet = "[ -~]""#, r#"alphabet = ‹"[ -~"›"#)]),
    ("bad-value", Error, &[(r#"models = ["A1", "A1 4G"]"#, "models = ‹[]›")]),
    ("bad-value", Error, &[(r#"transports = ["tcp", "udp"]"#, "transports = ‹[]›")]),
    ("bad-value", Error, &[("parts = 1", "parts = ‹-1›")]),
    ("bad-value", Error, &[("parts = 1", "parts = ‹0›")]),
    ("bad-value", Error, &[(r#"cable = "5s""#, r#"cable = ‹"5"›"#)]),
    ("bad-value", Error, &[(r#"cable = "5s""#, "cable = \"5s\"\n‹gsm› = \"5s\"")]),
    ("bad-value", Error, &[("max = 255", "max = ‹-1›")]),
    ("bad-value", Error, &[(r#"evidence = "vendor""#, r#"evidence = ‹"rumour"›"#)]),
    ("bad-value", Error, &[(r#"means = "refused""#, r#"means = ‹"no"›"#)]),
    ("bad-value", Error, &[(r#"kind = "act""#, r#"kind = ‹"do"›"#)]),
    ("bad-value", Error, &[(r#"title = "Alarm above this speed, 0 off""#, r#"pattern = ‹'(\d'›"#)]),
    (
        "bad-value",
        Error,
        &[
            ("# [[trial]]", "[[trial]]"),
            ("# firmware", "firmware"),
            (r#"# date = "2025-01-31""#, r#"date = ‹"31.1.2025"›"#),
            ("# by", "by"),
        ],
    ),
    // Templates.
    ("template", Error, &[(r#"send = "TIMER,{{ interval }}#""#, r#"send = ‹"TIMER,{{ interval }#"›"#)]),
    ("template", Error, &[(r#"wrap = "{{ body }}""#, r#"wrap = ‹"{{ body"›"#)]),
    ("template-comment", Error, &[(r#"register = "{{ imei }}""#, r#"register = ‹"{{ imei }}{# x #}"›"#)]),
    // Data.
    (
        "duplicate-id",
        Error,
        &[(
            r#"id = "manual""#,
            "id = \"manual\"\nevidence = \"field\"\ntitle = \"x\"\n[[source]]\nid = ‹\"manual\"›",
        )],
    ),
    (
        "duplicate-id",
        Error,
        &[(r#"id = "speed""#, r#"id = ‹"apn"›"#), (r#""interval", "speed"]"#, r#""interval"]"#)],
    ),
    (
        "source-without-title",
        Error,
        &[("[[source]]", "[[source]]\nid = ‹\"talk\"›\nevidence = \"field\"\n[[source]]")],
    ),
    (
        "source-without-title",
        Error,
        &[("[[source]]", "[[source]]\nid = ‹\"page\"›\nevidence = \"platform\"\ntitle = \"x\"\n[[source]]")],
    ),
    (
        "unknown-source",
        Error,
        &[(
            "{{ apn_password }}{% endif %}#\"\nsource = \"manual\"",
            "{{ apn_password }}{% endif %}#\"\nsource = ‹\"manuel\"›",
        )],
    ),
    (
        "unknown-source",
        Error,
        &[
            ("[setting.interval]", "[setting.‹interval›]"),
            ("max = 65535\nsource = \"manual\"", "max = 65535\nsource = \"x\""),
        ],
    ),
    (
        "unknown-source",
        Error,
        &[("[setting.interval]", "[setting.‹interval›]\nusual_min = 1\nusual_max = 2\nusual_source = \"x\"")],
    ),
    (
        "unknown-source",
        Error,
        &[
            (r#"hint = "the tracker"#, "source = ‹\"x\"›\nhint = \"the tracker"),
            (
                "examples = [\"ERROR\", \"Error: parameter 2\"]\nsource = \"manual\"",
                r#"examples = ["ERROR", "Error: parameter 2"]"#,
            ),
        ],
    ),
    (
        "unknown-decoder",
        Error,
        &[("match = '(?i)^timer ok$'", "match = ‹'(?i)^timer ok$'›\ndecode = { interval = \"seconds\" }")],
    ),
    (
        "unknown-decoder",
        Error,
        &[(
            r#"hears = '^TIMER,(?<interval>\d+)#$'"#,
            "hears = ‹'^TIMER,\\d+#$'›\ndecode = { interval = \"seconds\" }",
        )],
    ),
    ("unknown-setting", Error, &[(r#"register = "{{ imei }}""#, r#"register = ‹"{{ imie }}"›"#)]),
    ("unknown-setting", Error, &[(r#"sets = ["speed_limit"]"#, r#"sets = ["speed_limit", ‹"limit"›]"#)]),
    ("unknown-setting", Error, &[(r#"only_if = ["speed_limit"]"#, r#"only_if = [‹"speed_limits"›]"#)]),
    ("unknown-setting", Error, &[(r#"when = { transport = "udp" }"#, r#"when = { ‹trasport› = "udp" }"#)]),
    (
        "unknown-setting",
        Error,
        &[("[[reply]]", "[[note]]\ntext = \"x\"\nunless = { ‹mode› = \"1\" }\n[[reply]]")],
    ),
    ("unknown-setting", Error, &[("[map.transport]", "[map.‹mode›]\na = \"1\"\n[map.transport]")]),
    ("unknown-setting", Error, &[("[setting.speed_limit]", "[setting.‹speed_limit›]\nneeds = [\"mode\"]")]),
    (
        "note-unknown-routine",
        Error,
        &[(r#"text = "over UDP"#, "routines = [‹\"provison\"›]\ntext = \"over UDP")],
    ),
    ("unknown-map", Error, &[(r#"register = "{{ imei }}""#, r#"register = ‹"{{ code.imei }}"›"#)]),
    (
        "map-incomplete",
        Error,
        &[("[map.transport]\ntcp = \"0\"\nudp = \"1\"", "[map.‹transport›]\ntcp = \"0\"\nsctp = \"1\"")],
    ),
    (
        "map-incomplete",
        Error,
        &[(
            "[setting.speed_limit]",
            "[setting.mode]\nvalues = [\"on\", \"off\"]\n[map.‹mode›]\non = \"1\"\n[setting.speed_limit]",
        )],
    ),
    (
        "bad-default",
        Error,
        &[("[setting.interval]", "[setting.‹interval›]"), (r#"default = "60""#, r#"default = "5""#)],
    ),
    ("no-alphabet", Warning, &[(r#"id = "acme-a1""#, r#"id = ‹"acme-a1"›"#), ("alphabet = \"[ -~]\"\n", "")]),
    ("no-alphabet", Warning, &[(r#"id = "acme-a1""#, r#"id = ‹"acme-a1"›"#), ("separators = \",#\"\n", "")]),
    // Routines and steps.
    ("routine-unknown-step", Error, &[(r#"verify = ["read"]"#, r#"verify = ["read", ‹"raed"›]"#)]),
    ("routine-missing", Error, &[(r#"id = "acme-a1""#, r#"id = ‹"acme-a1"›"#), ("provision =", "first =")]),
    (
        "routine-missing",
        Note,
        &[(r#"id = "acme-a1""#, r#"id = ‹"acme-a1"›"#), ("identify = [\"read\"]\n", "")],
    ),
    ("routine-destructive", Error, &[(r#""interval", "speed"]"#, r#""interval", "speed", ‹"factory"›]"#)]),
    ("routine-not-read-only", Error, &[(r#"identify = ["read"]"#, r#"identify = ["read", ‹"apn"›]"#)]),
    (
        "no-example",
        Error,
        &[(
            "[[step]]\nid = \"factory\"",
            "[[step]]\nid = ‹\"bare\"›\nkind = \"act\"\nsend = \"BARE#\"\nsource = \"manual\"\n[[step]]\nid = \"factory\"",
        )],
    ),
    (
        "no-example",
        Error,
        &[("[[step.note]]", "[[step.instead]]\nsend = ‹\"SERVER#\"›\nsource = \"manual\"\n[[step.note]]")],
    ),
    (
        "example",
        Error,
        &[(r#"sends = "SPEED,90#""#, r#"sends = ‹"SPEED,90"›"#), (r"limit>\d+)#$'", r"limit>\d+)$'")],
    ),
    (
        "example",
        Error,
        &[
            (r#""TIMER,{{ interval }}#""#, r#""TIMER,{{ interval|hex }}#""#),
            (r#"sends = "TIMER,60#""#, r#"sends = ‹"TIMER,60#"›"#),
        ],
    ),
    (
        "example",
        Error,
        &[("with = { speed_limit = \"90\" }\nsends = \"SPEED,90#\"", r#"sends = ‹"SPEED,90#"›"#)],
    ),
    (
        "example",
        Error,
        &[(
            "with = { speed_limit = \"90\" }\nsends = \"SPEED,90#\"",
            "with = { speed_limit = \"90\", imei = \"1\" }\nsends = ‹\"SPEED,90#\"›",
        )],
    ),
    (
        "form-example",
        Error,
        &[(
            "[form.cable]",
            "[[form.sms.example]]\nwith = { body = \"READ#\" }\nsends = ‹\"READ\"›\n[form.cable]",
        )],
    ),
    ("form-example", Error, &[("[form.cable]", "[[form.sms.example]]\nsends = ‹\"READ#\"›\n[form.cable]")]),
    (
        "over-the-limits",
        Error,
        &[
            (r#"send = "FACTORY#""#, r#"send = "FACTORY #""#),
            (r#"sends = "FACTORY#""#, r#"sends = ‹"FACTORY #"›"#),
            ("'^FACTORY#$'", "'^FACTORY #$'"),
            (r#""[ -~]""#, r#""[!-~]""#),
        ],
    ),
    (
        "over-the-limits",
        Error,
        &[
            (r#"send = "FACTORY#""#, r#"send = "FACTORY✓#""#),
            (r#"sends = "FACTORY#""#, r#"sends = ‹"FACTORY✓#"›"#),
            ("'^FACTORY#$'", "'^FACTORY✓#$'"),
            (r#""[ -~]""#, r#"".""#),
        ],
    ),
    (
        "not-in-sets",
        Error,
        &[(r#"id = "factory""#, r#"id = ‹"factory"›"#), (r#"kind = "act""#, r#"kind = "set""#)],
    ),
    (
        "not-in-sets",
        Warning,
        &[
            (r#""server", "port", "transport"]"#, r#""server", "transport"]"#),
            (
                r#"send = "SERVER,{{ server }},{{ port }},{{ code.transport }}#""#,
                r#"send = ‹"SERVER,{{ server }},{{ port }},{{ code.transport }}#"›"#,
            ),
        ],
    ),
    (
        "not-in-sets",
        Warning,
        &[
            (r#""server", "port", "transport"]"#, r#""server", "port"]"#),
            (
                r#"send = "SERVER,{{ server }},{{ port }},{{ code.transport }}#""#,
                r#"send = ‹"SERVER,{{ server }},{{ port }},{{ code.transport }}#"›"#,
            ),
        ],
    ),
    // Replies.
    ("reply-pattern", Error, &[("match = '(?i)^apn ok$' ", "match = ‹'(?i)^(apn ok$'› ")]),
    ("reply-pattern", Error, &[(r#"match = '(?i)^error\b'"#, r#"match = ‹'(?i)^(error\b'›"#)]),
    ("reply-pattern", Error, &[("match = '(?i)^apn ok$' ", "match = ‹'(?i)^{tag} ok$'› ")]),
    (
        "no-reply-example",
        Error,
        &[("match = '(?i)^apn ok$' ", "match = ‹'(?i)^apn ok$'› "), ("examples = [\"APN OK\"]\n", "")],
    ),
    ("reply-example", Error, &[(r#"examples = ["APN OK"]"#, r#"examples = ["APN OK", ‹"OK"›]"#)]),
    (
        "reply-example",
        Error,
        &[(r#"examples = ["ERROR", "Error: parameter 2"]"#, r#"examples = ["ERROR", ‹"Fault"›]"#)],
    ),
    (
        "reply-example",
        Error,
        &[(r#"examples = ["APN OK"]"#, "examples = [‹\"APN OK\"›]\ntells = { apn = \"internet\" }")],
    ),
    ("reply-pattern", Error, &[(r"match = '(?i)^error\b'", r"match = ‹'(?i)^({tag},)?error\b'›")]),
    (
        "ok-not-telling",
        Note,
        &[("'(?i)^apn ok$'", "'(?i)^(apn|timer) ok$'"), ("'(?i)^timer ok$'", "‹'(?i)^timer ok$'›")],
    ),
    ("unreadable", Note, &[(r#"sets = ["interval"]"#, r#"sets = ["interval", ‹"timezone"›]"#)]),
    // Devices.
    (
        "hears",
        Error,
        &[(r#"hears = '^TIMER,(?<interval>\d+)#$'"#, r#"hears = ‹'^TIMER,(?<interval>\d+)$'›"#)],
    ),
    (
        "hears",
        Error,
        &[(r#"hears = '^TIMER,(?<interval>\d+)#$'"#, r#"hears = ‹'^TIMER,(?<interval>\d)\d+#$'›"#)],
    ),
    (
        "hears",
        Error,
        &[(r#"hears = '^TIMER,(?<interval>\d+)#$'"#, r#"hears = ‹'^TIMER,(?<interval>\d+#$'›"#)],
    ),
    (
        "heard-twice",
        Warning,
        &[("hears = '^FACTORY#$'", "hears = '^[A-Z]+#$'"), (r#"sends = "READ#""#, r#"sends = ‹"READ#"›"#)],
    ),
    ("says", Error, &[(r#"says = "TIMER OK""#, r#"says = ‹"TIMER {{ OK"›"#)]),
];

/// The template with some edits, and the bytes between the marks.
fn edited(edits: &[(&str, &str)]) -> (String, Range<usize>) {
    let mut text = TEMPLATE.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "the template has no {from:?}");
        text = text.replacen(from, to, 1);
    }
    let start = text.find('‹').expect("no mark");
    let end = text.find('›').expect("no mark") - '‹'.len_utf8();
    (text.replace(['‹', '›'], ""), start..end)
}

fn show(finding: &Finding, text: &str) -> String {
    let (place, at) = (finding.place(text), &text[finding.at.clone()]);
    format!(
        "{}:{} {at:?} {} [{}]: {}",
        place.line, place.column, finding.severity, finding.rule, finding.message
    )
}

#[test]
fn the_template_is_without_a_fault() {
    assert_eq!(lint(TEMPLATE, None), []);
}

#[test]
fn each_rule_is_triggered_by_a_small_edit_and_points_at_it() {
    let mut wrong = Vec::new();
    for (rule, weight, edits) in CASES {
        let (text, at) = edited(edits);
        let findings = lint(&text, None);
        let fits = |one: &Finding| one.rule == *rule && one.severity == *weight && one.at == at;
        if !matches!(&findings[..], [one] if fits(one)) {
            let found: Vec<String> = findings.iter().map(|finding| show(finding, &text)).collect();
            let wanted = format!("{rule} at {:?} by {edits:?}", &text[at]);
            wrong.push(format!("{wanted}:\n    {}", found.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn an_example_of_more_than_one_short_message_is_over_the_limits() {
    let long = format!("FACTORY,{}#", "7".repeat(152));
    let text = TEMPLATE.replace("FACTORY#", &long);
    let findings: Vec<String> = lint(&text, None).iter().map(|finding| show(finding, &text)).collect();
    let [one] = &findings[..] else { panic!("{findings:#?}") };
    let message = "error [over-the-limits]: it takes 2 short messages, `parts` allows 1";
    assert!(one.starts_with("210:9 \"\\\"FACTORY,") && one.ends_with(message), "{one}");
    let two = text.replace("parts = 1", "parts = 2");
    assert_eq!(lint(&two, None), []);
}

#[test]
fn the_id_is_the_name_of_the_file() {
    let findings: Vec<String> =
        lint(TEMPLATE, Some("acme")).iter().map(|finding| show(finding, TEMPLATE)).collect();
    let message = "error [id-is-not-file]: `id` is \"acme-a1\", the file is called \"acme.toml\"";
    assert_eq!(findings, [format!("11:6 \"\\\"acme-a1\\\"\" {message}")]);
    assert_eq!(lint(TEMPLATE, Some("acme-a1")), []);
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_text() {
    let mut text = TEMPLATE.to_owned();
    for (from, to) in [
        ("vendor = \"Acme\"", "vendour = \"Acme\""),
        ("parts = 1", "parts = \"1\""),
        ("sms = \"3m\"", "sms = \"3 minutes\""),
        ("\"interval\", \"speed\"]", "\"interval\", \"sped\", \"factory\"]"),
        ("evidence = \"vendor\"", "evidence = \"rumour\""),
        ("send = \"TIMER,{{ interval }}#\"", "send = \"TIMER,{{ interval }#\""),
        ("sends = \"SPEED,90#\"", "sends = \"SPEED,91#\""),
        ("hears = '^FACTORY#$'", "hears = '^FACTORY$'"),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let findings = lint(&text, None);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    let wanted = [
        "missing-key",
        "unknown-key",
        "wrong-type",
        "bad-value",
        "routine-unknown-step",
        "routine-destructive",
        "bad-value",
        "template",
        "example",
        "hears",
        "hears",
    ];
    let shown: Vec<String> = findings.iter().map(|finding| show(finding, &text)).collect();
    assert_eq!(rules, wanted, "{shown:#?}");
    assert!(load(&text).is_err());
}

#[test]
fn every_fault_of_the_syntax_is_reported_too() {
    let text = TEMPLATE.replacen("parts = 1", "parts =", 1).replacen("kind = \"act\"", "kind \"act\"", 1);
    let findings = lint(&text, None);
    let lines: Vec<usize> = findings.iter().map(|finding| finding.place(&text).line).collect();
    assert_eq!(lines, [29, 198], "{findings:?}");
    assert!(findings.iter().all(|finding| finding.rule == "syntax"), "{findings:?}");
}
