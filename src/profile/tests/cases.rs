//! What each rule of the lint finds, as edits of the template.

use super::super::Severity::{self, Error, Note, Warning};

/// A rule, its weight, and texts of the template with what stands there instead. `‹…›` is what the finding points at.
pub(super) type Case = (&'static str, Severity, &'static [(&'static str, &'static str)]);

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
    ("bad-value", Error, &[("schema = 1", "schema = 1\nservers = [‹\"name\"›]")]),
    ("bad-value", Error, &[("schema = 1", "schema = 1\nservers = ‹[]›")]),
    ("bad-value", Error, &[("parts = 1", "parts = ‹-1›")]),
    ("bad-value", Error, &[("parts = 1", "parts = ‹0›")]),
    ("bad-value", Error, &[("[routine]", "[battery]\ncapacity_mah = ‹0›\nsource = \"manual\"\n[routine]")]),
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
    ("topic-not-shown", Error, &[("[routine]", "[topic]\nfota = [‹\"fota\"›]\n[routine]")]),
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
    ("unknown-source", Error, &[("[routine]", "[battery]\ncapacity_mah = 700\nsource = ‹\"x\"›\n[routine]")]),
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
    ("unknown-setting", Error, &[("schema = 1", "schema = 1\nconfirmed = { ‹reliable› = \"1\" }")]),
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
        &[
            (
                "[setting.speed_limit]",
                "[setting.mode]\nvalues = [\"on\", \"off\"]\n[map.‹mode›]\non = \"1\"\n[setting.speed_limit]",
            ),
            (r#"only_if = ["speed_limit"]"#, r#"only_if = ["speed_limit", "mode"]"#),
        ],
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
    (
        "no-server",
        Error,
        &[("provision = [\"apn\", \"server\", \"interval\"", "‹provision› = [\"apn\", \"interval\"")],
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
        &[(
            "[[step.note]]",
            "[[step.instead]]\nsend = ‹\"SERVER#\"›\nsets = []\nsource = \"manual\"\n[[step.note]]",
        )],
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
    // Settings and the lines that send them.
    (
        "rule-without-command",
        Warning,
        &[("[setting.speed_limit]", "[setting.‹mode›]\nvalues = [\"on\"]\n[setting.speed_limit]")],
    ),
    (
        "rule-without-command",
        Warning,
        &[("[setting.speed_limit]", "[setting.‹timezone›]\ndefault = \"+00:00\"\n[setting.speed_limit]")],
    ),
    (
        "fixed-without-rule",
        Error,
        &[(r#"send = "FACTORY#""#, "sets = [\"timezone\"]\nsend = ‹\"FACTORY#\"›")],
    ),
    (
        "fixed-without-rule",
        Error,
        &[(r#"send = "FACTORY#""#, "sets = [\"transport\"]\nsend = ‹\"FACTORY#\"›")],
    ),
    (
        "fixed-without-rule",
        Error,
        &[
            (
                "[setting.speed_limit]",
                "[setting.timezone]\nvalues = [\"+00:00\", \"+01:00\"]\n[setting.speed_limit]",
            ),
            (r#"send = "FACTORY#""#, "sets = [\"timezone\"]\nsend = ‹\"FACTORY#\"›"),
        ],
    ),
    (
        "fixed-without-rule",
        Error,
        &[
            (r#"send = "FACTORY#""#, "sets = [\"transport\"]\nsend = \"FACTORY#\""),
            (
                r#"says = "FACTORY OK""#,
                "says = \"FACTORY OK\"\n[[step.instead]]\nunless = { transport = \"sctp\" }\nsend = ‹\"FACTORY#\"›\nsource = \"manual\"\n[[step.instead.example]]\nsends = \"FACTORY#\"",
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
    (
        "unreadable",
        Note,
        &[
            ("[setting.speed_limit]", "[setting.timezone]\nvalues = [\"+00:00\"]\n[setting.speed_limit]"),
            (r#"sets = ["interval"]"#, r#"sets = ["interval", ‹"timezone"›]"#),
        ],
    ),
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
    ("says", Error, &[(r#"says = "TIMER OK""#, r#"says = ‹"TIMER DONE"›"#)]),
];
